//! The picture of who rests on whom: sources at the left, what they rest on at the right, lines between them.

use maud::{DOCTYPE, Markup, PreEscaped, html};

use super::{Rested, name, reason, sentences};
use crate::library::SourceId;
use crate::text::Untrusted;
use crate::workspace::Reading;

const ROW: usize = 34;
const WIDTH: usize = 960;
/// Where the names at the left end, and where those at the right begin.
const COLUMNS: (usize, usize) = (360, 600);
/// Longer names are cut. In characters.
const LONGEST: usize = 46;

const STYLE: &str = "
:root { color-scheme: light dark; --ink: #1b1b1f; --paper: #fff; --line: #5a6b85; }
@media (prefers-color-scheme: dark) { :root { --ink: #e8e8ee; --paper: #16171b; --line: #93a7c9; } }
body { margin: 2rem auto; max-width: 62rem; padding: 0 1rem; font: 1rem/1.5 system-ui, sans-serif; color: var(--ink); background: var(--paper); }
svg { max-width: 100%; height: auto; }
svg text { font: 14px system-ui, sans-serif; fill: currentColor; }
svg path { fill: none; stroke: var(--line, #5a6b85); stroke-width: 1.5; }
li { margin: .3rem 0; }
";

/// A page that can be read without the picture, too.
pub fn page(all: &[Rested], workspace: &Reading<'_>) -> String {
    html! {
        (DOCTYPE)
        html lang="en" {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'";
                title { "Origins" }
                style { (PreEscaped(STYLE)) }
            }
            body {
                h1 { "Origins" }
                p { "On what the sources rest. A line leads from a source to whose word it has." }
                (drawing(all, workspace))
                @for rested in all {
                    h2 { (name(rested, workspace).plain()) }
                    ul {
                        @for (source, (number, link)) in &rested.by {
                            li {
                                b { (workspace.library.path(*source)) }
                                ": " (sentences(*number)) "; " (reason(link, workspace).plain())
                            }
                        }
                    }
                }
            }
        }
    }
    .into_string()
}

/// The picture alone.
pub fn drawing(all: &[Rested], workspace: &Reading<'_>) -> Markup {
    let mut sources: Vec<SourceId> = all.iter().flat_map(|rested| rested.by.keys().copied()).collect();
    sources.sort_unstable();
    sources.dedup();
    let height = ROW * (sources.len().max(all.len()) + 1);
    let y = |row: usize| ROW * row + ROW / 2;
    let row_of = |source: &SourceId| sources.binary_search(source).unwrap_or_default();
    let cut = |name: &Untrusted| name.shortened(LONGEST).plain().to_owned();
    html! {
        svg xmlns="http://www.w3.org/2000/svg" viewBox=(format!("0 0 {WIDTH} {height}")) role="img" aria-label="Which source rests on what" {
            @for (at, source) in sources.iter().enumerate() {
                text x=(COLUMNS.0) y=(y(at) + 5) text-anchor="end" {
                    (cut(&Untrusted::from(workspace.library.path(*source))))
                }
            }
            @for (at, rested) in all.iter().enumerate() {
                text x=(COLUMNS.1) y=(y(at) + 5) { (cut(&name(rested, workspace))) }
                @for source in rested.by.keys() {
                    path fill="none" stroke="#5a6b85" d=(format!(
                        "M {} {} C {} {}, {} {}, {} {}",
                        COLUMNS.0 + 8, y(row_of(source)), COLUMNS.0 + 120, y(row_of(source)),
                        COLUMNS.1 - 120, y(at), COLUMNS.1 - 8, y(at)
                    )) {}
                }
            }
        }
    }
}

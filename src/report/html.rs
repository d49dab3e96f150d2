//! The report as one page: no script, no network, nothing outside of it. It can be read, printed, signed and kept.
//!
//! The note stands at the left with every claim marked and numbered; beside it, under the same numbers, what bears on it.
//! Colour says nothing that a sign, a word and the kind of line do not say, too. All words of notes and sources are text:
//! the page is built by `maud`, which escapes, and a policy in its head forbids whatever could get past that.

use maud::{DOCTYPE, Markup, PreEscaped, Render, html};

use super::{Report, ReportedClaim, ReportedNote, ReportedSource, Standing};
use crate::library::SourceId;
use crate::message;
use crate::note::Sentence;
use crate::origins::{Link, Why};
use crate::rules::{Finding, Severity, cite};
use crate::text::blocks::{Block, BlockKind};
use crate::text::untrusted::markdown::runs;
use crate::text::words::{counted, readable};
use crate::text::{LineIndex, Span, Untrusted};
use crate::verify::{Evidence, Role};

const STYLE: &str = include_str!("style.css");
const POLICY: &str = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'";

/// Longer passages are cut. In characters.
const LONGEST_QUOTE: usize = 600;
/// More passages than this are not shown of a claim.
const MOST_PASSAGES: usize = 4;

impl Render for Untrusted {
    fn render_to(&self, buffer: &mut String) {
        self.plain().render_to(buffer);
    }
}

/// The whole page.
#[must_use]
pub fn page(report: &Report<'_>) -> String {
    let title = title(report);
    html! {
        (DOCTYPE)
        html lang="en" {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta http-equiv="Content-Security-Policy" content=(POLICY);
                meta name="referrer" content="no-referrer";
                meta name="generator" content=(concat!("corroborate ", env!("CARGO_PKG_VERSION")));
                title { (title) }
                style { (PreEscaped(STYLE)) }
            }
            body {
                a.skip href="#notes" { "To the note" }
                header { (head(report, &title)) }
                main {
                    (summary(report))
                    div #notes { @for note in &report.notes { (one(note, report)) } }
                    (accepted(report))
                    (sources(report))
                    (unread(report))
                    (proof(report))
                }
            }
        }
    }
    .into_string()
}

fn title(report: &Report<'_>) -> Untrusted {
    match &report.notes[..] {
        [only] => message!("Report on {}", only.note.path),
        notes => message!("Report on {} notes", notes.len()),
    }
}

fn head(report: &Report<'_>, title: &Untrusted) -> Markup {
    html! {
        h1 { (title) }
        p.meta {
            @if let Some(made) = &report.made { "Checked " (made) ", " }
            "by corroborate " (env!("CARGO_PKG_VERSION"))
        }
        @if report.notes.len() > 1 {
            nav aria-label="Notes" {
                ul { @for (at, note) in report.notes.iter().enumerate() {
                    li { a href=(format!("#note-{}", at + 1)) { (Untrusted::from(&note.note.path)) } " — " (note.counts.shown()) }
                } }
            }
        }
    }
}

fn summary(report: &Report<'_>) -> Markup {
    let severities = [Severity::Error, Severity::Warning, Severity::Information, Severity::Hint];
    html! {
        h2 #summary { "Summary" }
        ul.tally {
            @for standing in Standing::ALL {
                @let number = report.number_of(standing);
                @if number > 0 {
                    li { span class=(format!("sign {}", standing.name())) aria-hidden="true" { (standing.sign()) " " } b { (number) } " " (standing.words().to_lowercase()) }
                }
            }
            @for severity in severities {
                @let number = report.number_found(severity);
                @if number > 0 { li { b { (number) } " " (severity.name()) @if number != 1 && severity != Severity::Information { "s" } } }
            }
            @let accepted = report.accepted().count();
            @if accepted > 0 { li { b { (accepted) } " accepted" } }
            @let (sources, origins) = (report.sources.len(), report.origins());
            li { b { (sources) } " source" @if sources != 1 { "s" } ", " b { (origins) } " origin" @if origins != 1 { "s" } }
        }
    }
}

fn one(reported: &ReportedNote<'_>, report: &Report<'_>) -> Markup {
    let at = report.notes.iter().position(|note| std::ptr::eq(note, reported)).unwrap_or_default() + 1;
    let blocks = &reported.note.checked.note.layout.blocks;
    let mut rows: Vec<Markup> = Vec::new();
    let mut next = 0;
    while next < blocks.len() {
        let first = next;
        next += 1;
        let is_row = |block: &Block| matches!(block.kind, BlockKind::TableHeader | BlockKind::TableRow);
        while is_row(&blocks[first]) && next < blocks.len() && is_row(&blocks[next]) {
            next += 1;
        }
        rows.push(row(reported, first..next, report));
    }
    html! {
        section aria-labelledby=(format!("note-{at}")) {
            h2 id=(format!("note-{at}")) { (Untrusted::from(&reported.note.path)) }
            p.meta { (reported.counts.shown()) }
            @for row in rows { (row) }
            @if !reported.beside.is_empty() {
                h3 { "Of the note as a whole and of its citations" }
                ul {
                    @let lines = LineIndex::new(&reported.note.text);
                    @for found in &reported.beside {
                        li { "line " (lines.line(found.span.start) + 1) ": " (finding(found)) }
                    }
                }
            }
        }
    }
}

/// Some blocks of the note, with what bears on them beside.
fn row(reported: &ReportedNote<'_>, blocks: std::ops::Range<usize>, report: &Report<'_>) -> Markup {
    let note = &reported.note.checked.note;
    let claims: Vec<&ReportedClaim<'_>> =
        reported.claims.iter().filter(|claim| blocks.contains(&note.sentences[claim.at].block)).collect();
    let first = &note.layout.blocks[blocks.start];
    let text = match first.kind {
        BlockKind::Markup => return html! {},
        BlockKind::TableHeader | BlockKind::TableRow => table(reported, blocks, &claims),
        _ => {
            let inside = inside(reported, blocks.start, first.span, &claims);
            match first.kind {
                BlockKind::Heading => heading(&reported.note.text, first, &inside),
                BlockKind::ListItem | BlockKind::Task => html! { ul { li { (inside) } } },
                BlockKind::Quotation => html! { blockquote { p { (inside) } } },
                BlockKind::Code => html! { pre { (first.span.of(&reported.note.text)) } },
                _ => html! { p { (inside) } },
            }
        }
    };
    html! {
        div.row {
            div.text { (text) }
            div.margin { @for claim in claims { (beside(claim, report)) } }
        }
    }
}

fn heading(text: &str, block: &Block, inside: &Markup) -> Markup {
    let line = text[..block.span.start].rfind('\n').map_or(0, |at| at + 1);
    match text[line..].bytes().take_while(|byte| *byte == b'#').count() {
        0 | 1 => html! { h3 { (inside) } },
        2 => html! { h4 { (inside) } },
        3 => html! { h5 { (inside) } },
        _ => html! { h6 { (inside) } },
    }
}

fn table(reported: &ReportedNote<'_>, blocks: std::ops::Range<usize>, claims: &[&ReportedClaim<'_>]) -> Markup {
    let note = &reported.note.checked.note;
    let claim_of = |block: usize| claims.iter().filter(move |claim| note.sentences[claim.at].block == block);
    html! {
        div.scroll { table {
            @for at in blocks {
                @let block = &note.layout.blocks[at];
                tr id=[claim_of(at).next().map(|claim| format!("s{}", claim.number))] {
                    @for (column, cell) in block.cells.iter().enumerate() {
                        @let words = shown(reported, *cell);
                        @if block.kind == BlockKind::TableHeader { th scope="col" { (words) } } @else {
                            td {
                                @if let Some(claim) = claim_of(at).next() { mark class=(claim.standing.name()) { (words) } } @else { (words) }
                                @if column + 1 == block.cells.len() { @for claim in claim_of(at) { (number(claim)) } }
                            }
                        }
                    }
                }
            }
        } }
    }
}

/// The text of a block, with its claims marked.
fn inside(reported: &ReportedNote<'_>, block: usize, span: Span, claims: &[&ReportedClaim<'_>]) -> Markup {
    let sentences: &[Sentence] = &reported.note.checked.note.sentences;
    let mut at = span.start;
    let mut parts: Vec<Markup> = Vec::new();
    for (index, sentence) in sentences.iter().enumerate().filter(|(_, sentence)| sentence.block == block) {
        let start = sentence.span.start.max(at);
        parts.push(html! { (shown(reported, Span::new(at, start))) " " });
        let words = shown(reported, Span::new(start, sentence.span.end.max(start)));
        let claim = claims.iter().find(|claim| claim.at == index);
        parts.push(match claim {
            Some(claim) => html! {
                mark class=(claim.standing.name()) id=(format!("s{}", claim.number)) { (words) } (number(claim)) " "
            },
            None => html! { (words) " " },
        });
        at = sentence.span.end.max(at);
    }
    html! { @for part in &parts { (part) } (shown(reported, Span::new(at, span.end.max(at)))) }
}

fn number(claim: &ReportedClaim<'_>) -> Markup {
    let label = format!("{}: {}", claim.number, claim.standing.words());
    html! {
        a class=(format!("number {}", claim.standing.name())) href=(format!("#c{}", claim.number)) aria-label=(label) {
            (claim.number) " " (claim.standing.sign())
        }
    }
}

/// The words of the note as a reader sees them, with its citations as they are written.
fn shown(reported: &ReportedNote<'_>, span: Span) -> String {
    let (text, note) = (&reported.note.text, &reported.note.checked.note);
    let mut out = String::new();
    let mut at = span.start;
    let first = note.citations.partition_point(|citation| citation.span.end <= span.start);
    for citation in note.citations[first..].iter().take_while(|citation| citation.span.start < span.end) {
        if citation.span.start < at {
            continue;
        }
        out.push_str(Span::new(at, citation.span.start).of(&note.layout.visible));
        let end = citation.span.end.min(span.end);
        out.push_str(Span::new(citation.span.start, end).of(text));
        at = end;
    }
    out.push_str(Span::new(at.min(span.end), span.end).of(&note.layout.visible));
    readable(&out)
}

/// What bears on a claim.
fn beside(claim: &ReportedClaim<'_>, report: &Report<'_>) -> Markup {
    let evidence = &claim.judged.evidence;
    // The best passage, and whatever speaks against the claim; of the rest only where it stands.
    let (shown, also): (Vec<(usize, &Evidence)>, Vec<_>) =
        evidence.iter().enumerate().partition(|(at, evidence)| *at == 0 || evidence.role == Role::Conflicts);
    let shown: Vec<&Evidence> = shown.into_iter().map(|(_, evidence)| evidence).take(MOST_PASSAGES).collect();
    let also: Vec<&Evidence> = also.into_iter().map(|(_, evidence)| evidence).collect();
    html! {
        section class=(format!("claim {}", claim.standing.name())) id=(format!("c{}", claim.number)) aria-labelledby=(format!("h{}", claim.number)) {
            h4 id=(format!("h{}", claim.number)) {
                a href=(format!("#s{}", claim.number)) { (claim.number) } " "
                span aria-hidden="true" { (claim.standing.sign()) " " } (claim.standing.words())
            }
            @for found in &claim.findings { p { (finding(found)) } }
            @for ignored in &claim.accepted {
                p.accepted {
                    "Accepted: " (ignored.finding.message) " " code { (ignored.finding.code) } " — "
                    @if ignored.reason.is_empty() { "no reason is given" } @else { "“" (Untrusted::from(&ignored.reason)) "”" }
                }
            }
            @if let Some(origins) = claim.origins.shown() { p.origins { (origins) } }
            @for evidence in &shown { (passage(evidence, report)) }
            @if !also.is_empty() {
                p.from { "Also in " @for (at, evidence) in also.iter().enumerate() { @if at > 0 { "; " } (reference(evidence, report)) } }
            }
            @if evidence.is_empty() { p.from { "No passage bears on it." } }
        }
    }
}

fn finding(finding: &Finding) -> Markup {
    html! {
        span class=(format!("finding {}", finding.severity.name())) {
            b { (finding.severity.name()) } ": " (finding.message) " " code { (finding.code) }
        }
    }
}

fn passage(evidence: &Evidence, report: &Report<'_>) -> Markup {
    let is_against = evidence.role == Role::Conflicts;
    let metadata = &report.workspace.library.source(evidence.source).metadata;
    let more = [metadata.publisher.as_deref(), metadata.date.as_deref()].into_iter().flatten().map(Untrusted::from);
    let grade = metadata.grade().map(|grade| message!("grade {}", grade));
    html! {
        blockquote class=[is_against.then_some("against")] { "“" (quoted(evidence, report)) "”" }
        p.from {
            @if is_against { b { "Against it: " } }
            (reference(evidence, report))
            @for part in more.chain(grade) { ", " (part) }
        }
    }
}

/// Where a passage stands.
fn reference(evidence: &Evidence, report: &Report<'_>) -> Markup {
    let library = &report.workspace.library;
    let number = report.sources.get(&evidence.source).map_or(0, |source| source.number);
    let title = library.source(evidence.source).title();
    html! { a href=(format!("#source-{number}")) { "[" (number) "] " (title) } ", " (library.place(evidence.source, evidence.span.start)) }
}

/// The passage with the words that it shares with the claim.
fn quoted(evidence: &Evidence, report: &Report<'_>) -> Markup {
    let visible = &report.workspace.library.source(evidence.source).layout.visible;
    let mut left = LONGEST_QUOTE;
    let mut parts: Vec<(bool, String)> = Vec::new();
    let mut add = |is_strong: bool, span: Span| {
        let words: String = span.of(visible).chars().take(left).collect();
        left -= words.chars().count();
        // One space stands for each gap, also at the joints.
        let gap = |is_there: bool| if is_there { " " } else { "" };
        let (before, behind) = (gap(words.starts_with(char::is_whitespace)), gap(words.ends_with(char::is_whitespace)));
        let own = readable(&words);
        parts.push((is_strong, if own.is_empty() { before.to_owned() } else { format!("{before}{own}{behind}") }));
    };
    let mut at = evidence.span.start;
    for run in runs(visible, evidence.span, &evidence.matched) {
        add(false, Span::new(at, run.start));
        add(true, run);
        at = run.end;
    }
    add(false, Span::new(at, evidence.span.end));
    let is_cut = left == 0;
    html! {
        @for (is_strong, words) in &parts {
            @if *is_strong { b { (words) } } @else { (words) }
        }
        @if is_cut { "…" }
    }
}

fn accepted(report: &Report<'_>) -> Markup {
    let all: Vec<_> =
        report.notes.iter().flat_map(|note| note.note.checked.ignored.findings.iter().map(move |it| (note, it))).collect();
    html! {
        @if !all.is_empty() {
            h2 #accepted { "Accepted findings" }
            div.scroll { table.list {
                thead { tr { th scope="col" { "Where" } th scope="col" { "Finding" } th scope="col" { "Reason" } th scope="col" { "Said in" } } }
                tbody { @for (note, it) in all {
                    tr {
                        td { (Untrusted::from(&note.note.path)) ", line " (LineIndex::new(&note.note.text).line(it.finding.span.start) + 1) }
                        td { (it.finding.message) " " code { (it.finding.code) } }
                        td { @if it.reason.is_empty() { "none is given" } @else { (Untrusted::from(&it.reason)) } }
                        td { @if it.is_in_note { "the note" } @else { "corroborate-ignore.toml" } }
                    }
                } }
            } }
        }
    }
}

fn sources(report: &Report<'_>) -> Markup {
    html! {
        h2 #sources { "Sources" }
        p.meta { "Grades are two judgements: how reliable the source is (A–F), and how credible what it says (1–6). F and 6 mean that it cannot be judged." }
        div.scroll { table.list {
            thead { tr {
                th scope="col" { "No." } th scope="col" { "Source" } th scope="col" { "Date" } th scope="col" { "Grade" }
                th scope="col" { "Rests on" } th scope="col" { "Claims" }
            } }
            tbody { @for (id, source) in &report.sources { (source_row(*id, source, report)) } }
        } }
    }
}

fn source_row(id: SourceId, reported: &ReportedSource, report: &Report<'_>) -> Markup {
    let library = &report.workspace.library;
    let source = library.source(id);
    let metadata = &source.metadata;
    let makers = [&metadata.author, &metadata.publisher].into_iter().flatten().map(Untrusted::from);
    html! {
        tr id=(format!("source-{}", reported.number)) {
            td { (reported.number) }
            td {
                b { (source.title()) }
                @for maker in makers { ", " (maker) }
                br; code { (Untrusted::from(&source.path)) }
                @if let Some(key) = cite::key(library, id) { " · " code { "@" (Untrusted::from(key)) } }
                @if let Some(url) = &metadata.url { br; span.from { (Untrusted::from(url)) } }
                @for notice in library.notices_of(id) { br; b { "Not read whole: " } (Untrusted::from(notice)) }
                br; span.hash { @match &reported.hash { Some(hash) => { "SHA-256 " (hash) } None => { "the file cannot be read now" } } }
            }
            td { (metadata.date.as_deref().map(Untrusted::from).unwrap_or_default()) }
            td { (metadata.grade().map(Untrusted::from).unwrap_or_default()) }
            td {
                @if reported.origins.is_empty() { "its own work, as far as it says" }
                @for link in &reported.origins { (rests(link, report)) br; }
            }
            td { @for number in &reported.claims { a href=(format!("#c{number}")) { (number) } " " } }
        }
    }
}

fn rests(link: &Link, report: &Report<'_>) -> Markup {
    let words = link.why.words().map(|span| report.workspace.library.source(link.source).quote(span).shortened(60));
    html! {
        (link.origin.name) @if link.origin.held.is_none() { " (not held)" }
        span.from {
            @match (link.why, words) {
                (Why::Made, _) => { ", by the same people" }
                (Why::Noted, _) | (_, None) => { ", as noted" }
                (Why::SameWords(_), Some(words)) => { ", same words “" (words) "”" }
                (_, Some(words)) => { ", “" (words) "”" }
            }
        }
    }
}

fn unread(report: &Report<'_>) -> Markup {
    let files = report.workspace.library.unreadable_files();
    html! {
        @if !files.is_empty() {
            h2 #unread { "Not read" }
            ul { @for file in &files { li { code { (Untrusted::from(&file.path)) } ": " (Untrusted::from(&file.reason)) } } }
        }
    }
}

fn proof(report: &Report<'_>) -> Markup {
    html! {
        h2 #proof { "What was checked" }
        dl {
            @for note in &report.notes {
                dt { (Untrusted::from(&note.note.path)) } dd.hash { "SHA-256 " (note.hash) }
            }
            @for (name, hash) in &report.settings { dt { (name) } dd.hash { "SHA-256 " (hash) } }
            @if report.settings.is_empty() { dt { "Settings" } dd { "the defaults" } }
            dt { "Program" } dd { "corroborate " (env!("CARGO_PKG_VERSION")) }
            dt { "Sources" } dd { (counted(report.workspace.library.len(), "source")) " in the library" }
        }
        p.meta { "A verdict says what the sources say, not what is true. What no source says may be so; what one says may be wrong." }
        div.signing { div { "Checked by" } div { "Date" } div { "Signature" } }
    }
}

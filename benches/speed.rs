//! `cargo bench --bench speed`: the time of a claim on one thread, and where it goes.
//!
//! Stages are timed apart on the same claims: cutting and analysing the claim's text, searching the library, judging it by
//! words alone, and judging it with the model, of which the rest is reading.

mod eval;

use std::hint::black_box;
use std::time::{Duration, Instant};

use corroborate::entail;
use corroborate::library::Library;
use corroborate::text::words::Term;
use corroborate::text::{Analysis, sentences};

/// How many passages the verifier looks at.
const PASSAGES: usize = 40;

fn main() {
    let Some(folder) = eval::folder() else { return };
    println!(
        "{:16}{:>8}{:>10}{:>12}{:>11}{:>11}{:>10}{:>10}{:>10}",
        "set", "claims", "load ms", "claims/s", "ms/claim", "words ms", "text %", "search %", "compare %"
    );
    for name in eval::SETS {
        let start = Instant::now();
        let set = eval::read(&folder, name, "dev");
        let load = start.elapsed();
        // Caches of words and stems are warm in an editor too.
        run(&set, |set, case| drop(black_box(set.judge(case, &case.claim, None))));
        let whole = run(&set, |set, case| drop(black_box(set.judge(case, &case.claim, None))));
        let read = run(&set, |set, case| drop(black_box(set.judge(case, &case.claim, Some(entail::bundled())))));
        let text = run(&set, |_, case| drop(black_box(analyse(&case.claim))));
        let search = run(&set, |set, case| {
            for analysis in analyse(&case.claim) {
                black_box(search(&set.library, &analysis, &case.doc_id));
            }
        });
        let search = search.saturating_sub(text);
        let share = |part: Duration| 100.0 * part.as_secs_f64() / whole.as_secs_f64();
        let count = set.cases.len() as f64;
        println!(
            "{name:16}{:8}{:10.0}{:12.0}{:11.2}{:11.2}{:10.0}{:10.0}{:10.0}",
            set.cases.len(),
            1000.0 * load.as_secs_f64(),
            count / read.as_secs_f64(),
            1000.0 * read.as_secs_f64() / count,
            1000.0 * whole.as_secs_f64() / count,
            share(text),
            share(search),
            100.0 - share(text) - share(search),
        );
    }
}

fn run(set: &eval::Set, each: impl Fn(&eval::Set, &eval::Case)) -> Duration {
    let start = Instant::now();
    set.cases.iter().for_each(|case| each(set, case));
    start.elapsed()
}

fn analyse(text: &str) -> Vec<Analysis> {
    sentences::sentences(text).into_iter().map(|span| Analysis::of(text, span)).collect()
}

fn search(library: &Library, analysis: &Analysis, document: &str) -> usize {
    let query: Vec<(Term, f32)> = analysis.words.iter().filter(|w| !w.is_stop).map(|w| (w.term, 1.0)).collect();
    library.view().passages(&query, library.by_path(document), PASSAGES).len()
}

//! Windows: passages of one to three neighbouring sentences, and how much of a claim they hold.

use std::collections::BTreeMap;

use super::items::Items;
use super::proof::Proof;
use super::values::same_time;
use crate::library::{SentenceId, SourceId, View};
use crate::text::Span;
use crate::text::blocks::BlockKind;
use crate::text::words::Term;
use crate::verify::claim::Claim;
use crate::verify::gather::candidate::{Candidate, Held, Mask};
use crate::verify::verification::{Evidence, Role};

/// A run of sentences of one source.
#[derive(Clone, Debug)]
pub struct Window {
    pub source: SourceId,
    pub first: usize,
    pub last: usize,
    pub held: Held,
    /// Share of the claim's weight that it has; what only its surroundings have counts half.
    pub coverage: f32,
}

/// The windows that matter for one claim.
#[derive(Debug, Default)]
pub struct Windows<'l> {
    /// Best first; the ones behind the first hold something that those before them lack, or
    /// stand in another source.
    pub best: Vec<Window>,
    /// The sentences that were found, in the order of the search.
    pub candidates: Vec<Candidate<'l>>,
    /// Items that the best window's source has in any candidate sentence or beside one, in its text or around it.
    pub in_source: Mask,
    /// The same in other words only.
    pub near_in_source: Mask,
}

/// What a longer window must win over a shorter one, per sentence.
const LENGTH_COST: f32 = 0.06;
/// What a headline is worth less than running text.
const HEADING_COST: f32 = 0.15;
/// What a window of a cited source is worth more than another.
const CITED_BONUS: f32 = 0.08;
/// What a term counts that stands there in other words, or only in the headings.
const NEAR_SHARE: f32 = 0.7;
const AROUND_SHARE: f32 = 0.5;
const MOST_WINDOWS: usize = 8;
/// How many passages with the claim's names are looked at for one in another language.
const MOST_FOREIGN: usize = 40;

/// Finds the windows around the found sentences that hold most of the claim.
pub fn best<'l>(items: &Items, claim: &Claim<'_>, found: &[SentenceId], proof: &Proof, library: &'l View<'_>) -> Windows<'l> {
    let look = |at: usize| {
        let sentence = library.sentence(SentenceId(at));
        let exact = items.found_in(claim, sentence) | proof.held_by(at);
        Held { exact, near: items.nearly_in(sentence, library), around: items.found_around(sentence) }
    };
    let mut looked_at: BTreeMap<usize, Held> = BTreeMap::new();
    let mut ranked: Vec<(f32, Window)> = Vec::new();
    let mut candidates = Vec::with_capacity(found.len());
    for SentenceId(at) in found.iter().copied() {
        let source = library.sentence(SentenceId(at)).source;
        let range = library.sentences_of(source);
        for neighbour in at.saturating_sub(1).max(range.start)..(at + 2).min(range.end) {
            looked_at.entry(neighbour).or_insert_with(|| look(neighbour));
        }
        candidates.push(Candidate::of(at, looked_at[&at], library));
        for (first, last) in [(at, at), (at, at + 1), (at.wrapping_sub(1), at), (at.wrapping_sub(1), at + 1)] {
            if first < range.start || last >= range.end || first > last {
                continue;
            }
            let window = Window::of(items, source, first, last, looked_at.range(first..=last).map(|(_, held)| *held));
            let heading = if window.is_heading(library) { HEADING_COST } else { 0.0 };
            let cited = if claim.cited.contains(&source) { CITED_BONUS } else { 0.0 };
            ranked.push((window.coverage - heading - LENGTH_COST * (last - first) as f32 + cited, window));
        }
    }
    ranked.sort_by(|a, b| b.0.total_cmp(&a.0).then((a.1.first, a.1.last).cmp(&(b.1.first, b.1.last))));
    let best = choose(ranked);
    let of_source = best.first().map_or_else(Held::default, |first| {
        looked_at.range(library.sentences_of(first.source)).fold(Held::default(), |all, (_, held)| all.join(*held))
    });
    let in_source = of_source.literal();
    Windows { best, candidates, in_source, near_in_source: of_source.near & !in_source }
}

/// A headline or the header of a table, which name what the text below says, or what stands around
/// the content.
fn is_heading(library: &View<'_>, at: usize) -> bool {
    let sentence = library.sentence(SentenceId(at));
    sentence.is_heading
        || sentence.is_boilerplate
        || library.source(sentence.source).layout.blocks[sentence.block].kind == BlockKind::TableHeader
}

fn choose(ranked: Vec<(f32, Window)>) -> Vec<Window> {
    let mut chosen: Vec<Window> = Vec::new();
    for (_, window) in ranked {
        if !chosen.iter().any(|w| w.first <= window.last && window.first <= w.last) {
            chosen.push(window);
        }
        if chosen.len() == MOST_WINDOWS {
            break;
        }
    }
    chosen
}

impl Windows<'_> {
    /// The windows to show as evidence: the best, and others that say as much or that say what
    /// it lacks. A weak second passage is worse than none.
    pub fn evidence(&self, items: &Items, claim: &Claim<'_>, proof: &Proof, library: &View<'_>, most: usize) -> Vec<Evidence> {
        const WORTH_SHOWING: f32 = 0.2;
        const AS_MUCH: f32 = 0.85;
        const AS_MUCH_NEAR_BY: f32 = 0.6;
        const ADDS: f32 = 0.08;
        const WORTH_ADDING: f32 = 0.3;
        let Some(first) = self.best.first() else { return Vec::new() };
        let mut held = 0;
        let mut shown: Vec<Window> = Vec::new();
        for window in self.best.iter().filter(|w| w.coverage >= WORTH_SHOWING) {
            let is_first = shown.is_empty();
            let adds = is_first || items.share(window.held.exact & !held) > ADDS && window.coverage >= WORTH_ADDING;
            // The same source is likelier to speak of the same matter.
            let as_much = if window.source == first.source { AS_MUCH_NEAR_BY } else { AS_MUCH };
            let is_text = is_first || !window.is_heading(library);
            if shown.len() < most && is_text && (adds || window.coverage >= as_much * first.coverage) {
                held |= window.held.exact;
                shown.push(window.clone());
            }
        }
        self.add_proof(&mut shown, proof, library);
        shown.truncate(most);
        shown.iter().map(|window| window.evidence(items, claim, library)).collect()
    }

    /// What a calculation rests on is shown whole: windows grow by the sentences beside them, and
    /// what stands further off comes right behind the first window that has a part of it.
    fn add_proof(&self, shown: &mut Vec<Window>, proof: &Proof, library: &View<'_>) {
        for at in proof.sentences() {
            let source = library.sentence(SentenceId(at)).source;
            if shown.iter().any(|w| w.first <= at && at <= w.last) {
                continue;
            }
            if let Some(window) = shown.iter_mut().find(|w| w.source == source && (w.last + 1 == at || at + 1 == w.first)) {
                (window.first, window.last) = (window.first.min(at), window.last.max(at));
            } else if let Some(found) = self.candidates.iter().find(|c| c.at == at) {
                let alone = Window { source, first: at, last: at, held: found.held, coverage: 0.0 };
                shown.insert(shown.len().min(1), alone);
            }
        }
    }

    /// Clauses that neither the shown windows nor their surroundings bear out, while another
    /// clause holds. A short clause may be said in other words; it needs several words missing.
    pub fn unsupported(&self, items: &Items, claim: &Claim<'_>, clauses: &[Span]) -> Vec<Span> {
        const HOLDS: f32 = 0.6;
        const FAILS: f32 = 0.34;
        const FAILS_IN_OTHER_WORDS: f32 = 0.5;
        const MISSING: u32 = 2;
        let Some(first) = self.best.first() else { return Vec::new() };
        // "two" stands everywhere and says nothing.
        let small = items.small_counts(claim);
        let of = |clause: &Span| items.within(*clause) & !small;
        // A clause without items lacks nothing.
        let share = |clause: &Span, held: Mask| if of(clause) == 0 { 1.0 } else { items.share_of(held, of(clause)) };
        if clauses.len() < 2 || !clauses.iter().any(|c| share(c, first.held.any()) >= HOLDS) {
            return Vec::new();
        }
        let elsewhere = |clause: &Span| self.best.iter().any(|w| share(clause, w.held.literal()) >= HOLDS);
        // One passage must say the clause; words here and there say nothing.
        let is_near = |w: &&Window| w.source == first.source && w.first <= first.last + 3 && first.first <= w.last + 3;
        let fails = |clause: &&Span| {
            let near_by = || self.best.iter().filter(is_near);
            let exact = near_by().map(|w| (share(clause, w.held.literal()), (of(clause) & !w.held.literal()).count_ones()));
            let (exact, missing) = exact.max_by(|a, b| a.0.total_cmp(&b.0)).unwrap_or((0.0, u32::MAX));
            let near = near_by().map(|w| share(clause, w.held.any())).fold(0.0, f32::max);
            // A value that stands somewhere may be the result of a calculation.
            let values = of(clause) & items.values;
            let has_value = self.candidates.iter().any(|c| c.held.exact & values != 0);
            exact <= FAILS && near <= FAILS_IN_OTHER_WORDS && missing >= MISSING && !has_value && !elsewhere(clause)
        };
        clauses.iter().filter(fails).copied().collect()
    }

    /// A passage of a source in another language that has all of the claim's values, of which there
    /// is one at least, and one of its names.
    pub fn in_another_language(&self, items: &Items, claim: &Claim<'_>, library: &View<'_>) -> Option<Evidence> {
        // "One" and "two" are articles and pronouns in other languages.
        let values = items.values & !items.small_counts(claim);
        if values == 0 || !library.has_foreign() {
            return None;
        }
        // Its words are not the claim's, so by all words together it would hardly be found.
        let names: Vec<(Term, f32)> = items.name_terms().map(|term| (term, 1.0)).collect();
        let found = library.passages(&names, claim.only, MOST_FOREIGN);
        let mut foreign = found.iter().filter(|(SentenceId(at), _)| library.is_foreign(library.source_of(SentenceId(*at))));
        foreign.find_map(|(SentenceId(at), _)| {
            // Values are no search terms, so the sentence with them may be a neighbour.
            let range = library.sentences_of(library.source_of(SentenceId(*at)));
            let near = at.saturating_sub(1).max(range.start)..(at + 2).min(range.end);
            let held = |at: usize| items.found_in(claim, library.sentence(SentenceId(at)));
            let all = near.clone().fold(0, |mask, at| mask | held(at));
            let bears_out = all & values == values && all & items.names != 0;
            let place = near.clone().find(|at| held(*at) & values != 0).filter(|_| bears_out)?;
            let source = library.source_of(SentenceId(place));
            let exact = Held { exact: held(place), ..Held::default() };
            Some(Window::of(items, source, place, place, std::iter::once(exact)).evidence(items, claim, library))
        })
    }

    /// The coverage of the best window in one of these sources, or of all that they hold.
    pub fn best_of(&self, sources: &[SourceId], items: &Items) -> f32 {
        const SCATTERED: f32 = 0.8;
        let of = |source: &SourceId| {
            let own = self.candidates.iter().filter(|c| c.source() == *source);
            let held = own.fold(0, |mask, c| mask | c.held.inside());
            let best = self.best.iter().filter(|w| w.source == *source).map(|w| w.coverage).fold(0.0, f32::max);
            best.max(SCATTERED * items.share(held))
        };
        sources.iter().map(of).fold(0.0, f32::max)
    }

    /// Whether the best windows of its source lack a value or a name of the claim, or nearly all of it.
    pub fn lacks_facts(&self, items: &Items, claim: &Claim<'_>) -> bool {
        const NEARLY_NOTHING: f32 = 0.2;
        let Some(first) = self.best.first() else { return true };
        let near = self.best.iter().filter(|w| w.source == first.source).take(2);
        let held = near.fold(0, |mask, w| mask | w.held.any());
        // "Two" and "four" are often said without a number.
        let facts = (items.values | items.names) & !items.small_counts(claim);
        facts & !held != 0 || first.coverage < NEARLY_NOTHING
    }

    /// Words of the claim that neither the best window nor its surroundings have.
    pub fn missing(&self, items: &Items) -> Vec<Span> {
        let held = self.best.first().map_or(0, |w| w.held.any());
        let mut missing: Vec<Span> = items.spans(items.all() & !held).collect();
        missing.sort_unstable();
        missing
    }

    /// The candidates of the source with the best window.
    pub fn of_best_source(&self) -> impl Iterator<Item = &Candidate<'_>> {
        let best = self.best.first().map(|w| w.source);
        self.candidates.iter().filter(move |c| best == Some(c.source()))
    }
}

impl Window {
    fn of(items: &Items, source: SourceId, first: usize, last: usize, sentences: impl Iterator<Item = Held>) -> Self {
        let all = sentences.fold(Held::default(), Held::join);
        let held = Held { near: all.near & !all.exact, ..all };
        let only_around = held.around & !held.inside();
        let coverage = items.share(held.exact) + NEAR_SHARE * items.share(held.near) + AROUND_SHARE * items.share(only_around);
        Self { source, first, last, held, coverage }
    }

    /// Where the window stands in its source.
    pub fn span(&self, library: &View<'_>) -> Span {
        let first = library.sentence(SentenceId(self.first)).span;
        first.cover(library.sentence(SentenceId(self.last)).span)
    }

    fn is_heading(&self, library: &View<'_>) -> bool {
        self.first == self.last && is_heading(library, self.first)
    }

    fn evidence(&self, items: &Items, claim: &Claim<'_>, library: &View<'_>) -> Evidence {
        let wanted: Vec<Term> = items.terms().collect();
        let own = claim.analysis;
        let mut matched: Vec<Span> = Vec::new();
        for sentence in (self.first..=self.last).map(|at| library.sentence(SentenceId(at))) {
            let theirs = &sentence.analysis;
            matched.extend(theirs.words.iter().filter(|word| wanted.contains(&word.term)).map(|word| word.span));
            matched.extend(theirs.numbers.iter().filter(|n| own.numbers.iter().any(|c| c.satisfied_by(n))).map(|n| n.span));
            matched.extend(theirs.dates.iter().filter(|d| own.dates.iter().any(|c| c.agrees(d))).map(|d| d.span));
            matched.extend(theirs.times.iter().filter(|t| own.times.iter().any(|c| same_time(c, t))).map(|t| t.span));
        }
        matched.sort_unstable();
        Evidence { source: self.source, span: self.span(library), role: Role::Supports, matched }
    }
}

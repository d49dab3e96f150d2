//! Windows: passages of one to three neighbouring sentences, and how much of a claim they hold.

use super::items::{Items, Mask, What, same_time};
use super::proof::Proof;
use super::{Claim, Evidence, Role};
use crate::library::{SentenceId, SourceId, View};
use crate::text::Span;
use crate::text::blocks::BlockKind;
use crate::text::words::Term;

/// A run of sentences of one source.
#[derive(Clone, Debug)]
pub struct Window {
    pub source: SourceId,
    pub first: usize,
    pub last: usize,
    /// Items that its sentences have.
    pub mask: Mask,
    /// Items that it has in other words.
    pub near: Mask,
    /// Items that its headings or table headers have.
    pub around: Mask,
    /// Share of the claim's weight that it has; what only its surroundings have counts half.
    pub coverage: f32,
}

/// The windows that matter for one claim.
#[derive(Clone, Debug, Default)]
pub struct Windows {
    /// Best first; the ones behind the first hold something that those before them lack, or
    /// stand in another source.
    pub best: Vec<Window>,
    /// Every candidate sentence, in the order of the search.
    pub looked_at: Vec<Looked>,
    /// Items that the best window's source has in any candidate sentence.
    pub in_source: Mask,
    /// The same in other words.
    pub near_in_source: Mask,
}

/// A candidate sentence, and which items it has.
#[derive(Clone, Copy, Debug)]
pub struct Looked {
    pub at: usize,
    pub source: SourceId,
    pub mask: Mask,
    pub near: Mask,
    pub around: Mask,
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

/// Finds the windows around the candidates that hold most of the claim.
pub fn best(items: &Items, claim: &Claim<'_>, candidates: &[SentenceId], proof: &Proof, library: &View<'_>) -> Windows {
    let look = |at: usize| {
        let sentence = library.sentence(SentenceId(at));
        Looked {
            at,
            source: sentence.source,
            mask: items.found_in(claim, sentence) | proof.held_by(at),
            near: items.nearly_in(sentence, library),
            around: items.found_around(sentence),
        }
    };
    let mut near: rustc_hash::FxHashMap<usize, Looked> = rustc_hash::FxHashMap::default();
    let mut all: Vec<(f32, Window)> = Vec::new();
    let mut looked_at = Vec::new();
    for SentenceId(at) in candidates.iter().copied() {
        let source = library.sentence(SentenceId(at)).source;
        let range = library.sentences_of(source);
        for neighbour in at.saturating_sub(1).max(range.start)..(at + 2).min(range.end) {
            near.entry(neighbour).or_insert_with(|| look(neighbour));
        }
        looked_at.push(near[&at]);
        for (first, last) in [(at, at), (at, at + 1), (at.wrapping_sub(1), at), (at.wrapping_sub(1), at + 1)] {
            if first < range.start || last >= range.end || first > last {
                continue;
            }
            let window = window(items, source, (first..=last).map(|i| near[&i]));
            let is_heading = first == last && is_heading(library, first);
            let rank = window.coverage - if is_heading { HEADING_COST } else { 0.0 } - LENGTH_COST * (last - first) as f32
                + if claim.cited.contains(&source) { CITED_BONUS } else { 0.0 };
            all.push((rank, window));
        }
    }
    all.sort_by(|a, b| b.0.total_cmp(&a.0).then((a.1.first, a.1.last).cmp(&(b.1.first, b.1.last))));
    let best = choose(all);
    let in_source = best
        .first()
        .map_or(0, |first| near.values().filter(|l| l.source == first.source).fold(0, |mask, l| mask | l.mask | l.around));
    let near_in_source = best
        .first()
        .map_or(0, |first| near.values().filter(|l| l.source == first.source).fold(0, |mask, l| mask | l.near) & !in_source);
    Windows { best, looked_at, in_source, near_in_source }
}

/// A headline or the header of a table, which name what the text below says, or what stands around
/// the content.
fn is_heading(library: &View<'_>, at: usize) -> bool {
    let sentence = library.sentence(SentenceId(at));
    sentence.is_heading
        || sentence.is_boilerplate
        || library.source(sentence.source).layout.blocks[sentence.block].kind == BlockKind::TableHeader
}

fn window(items: &Items, source: SourceId, sentences: impl Iterator<Item = Looked>) -> Window {
    let (mut first, mut last, mut mask, mut near, mut around) = (usize::MAX, 0, 0, 0, 0);
    for sentence in sentences {
        first = first.min(sentence.at);
        last = last.max(sentence.at);
        mask |= sentence.mask;
        near |= sentence.near;
        around |= sentence.around;
    }
    let other_words = near & !mask;
    let coverage = items.share(mask) + NEAR_SHARE * items.share(other_words) + AROUND_SHARE * items.share(around & !mask & !near);
    Window { source, first, last, mask, near: other_words, around, coverage }
}

fn choose(ranked: Vec<(f32, Window)>) -> Vec<Window> {
    let mut chosen: Vec<Window> = Vec::new();
    for (_, window) in ranked {
        let overlaps = |w: &Window| w.first <= window.last && window.first <= w.last;
        if !chosen.iter().any(overlaps) {
            chosen.push(window);
        }
        if chosen.len() == MOST_WINDOWS {
            break;
        }
    }
    chosen
}

impl Windows {
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
            let adds = shown.is_empty() || items.share(window.mask & !held) > ADDS && window.coverage >= WORTH_ADDING;
            // The same source is likelier to speak of the same matter.
            let as_much = if window.source == first.source { AS_MUCH_NEAR_BY } else { AS_MUCH };
            let is_heading = window.first == window.last && is_heading(library, window.first);
            if shown.len() < most && (shown.is_empty() || !is_heading) && (adds || window.coverage >= as_much * first.coverage) {
                held |= window.mask;
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
            } else if let Some(looked) = self.looked_at.iter().find(|l| l.at == at) {
                let behind = shown.len().min(1);
                shown.insert(behind, Window::of(looked));
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
        let share = |clause: &Span, held: Mask| {
            let of = items.mask_within(*clause) & !small;
            let total = items.weight(of);
            (if total > 0.0 { items.weight(held & of) / total } else { 1.0 }, (of & !held).count_ones())
        };
        if clauses.len() < 2 || !clauses.iter().any(|c| share(c, first.mask | first.near | first.around).0 >= HOLDS) {
            return Vec::new();
        }
        let elsewhere = |clause: &Span| self.best.iter().any(|w| share(clause, w.mask | w.around).0 >= HOLDS);
        // One passage must say the clause; words here and there say nothing.
        let near_by =
            || self.best.iter().filter(|w| w.source == first.source && w.first <= first.last + 3 && first.first <= w.last + 3);
        let fails = |clause: &&Span| {
            let exact = near_by().map(|w| share(clause, w.mask | w.around)).max_by(|a, b| a.0.total_cmp(&b.0));
            let (exact, missing) = exact.unwrap_or((0.0, u32::MAX));
            let near = near_by().map(|w| share(clause, w.mask | w.near | w.around).0).fold(0.0, f32::max);
            let slots = items.mask_within(**clause) & items.slots & !small;
            // A value that stands somewhere may be the result of a calculation.
            let has_value = slots != 0 && self.looked_at.iter().any(|l| l.mask & slots != 0);
            exact <= FAILS && near <= FAILS_IN_OTHER_WORDS && missing >= MISSING && !has_value && !elsewhere(clause)
        };
        clauses.iter().filter(fails).copied().collect()
    }

    /// A passage of a source in another language that has all of the claim's values, of which there
    /// is one at least, and one of its names.
    pub fn in_another_language(&self, items: &Items, claim: &Claim<'_>, library: &View<'_>) -> Option<Evidence> {
        // "One" and "two" are articles and pronouns in other languages.
        let slots = items.slots & !items.small_counts(claim);
        if slots == 0 || !library.has_foreign() {
            return None;
        }
        // Its words are not the claim's, so by all words together it would hardly be found.
        let names: Vec<(Term, f32)> = items.name_terms().map(|term| (term, 1.0)).collect();
        let mut foreign = library.passages(&names, claim.only, MOST_FOREIGN).into_iter().filter_map(|(SentenceId(at), _)| {
            let source = library.sentence(SentenceId(at)).source;
            library.is_foreign(source).then_some((at, source))
        });
        foreign.find_map(|(at, source)| {
            // Values are no search terms, so the sentence with them may be a neighbour.
            let range = library.sentences_of(source);
            let near = (at.saturating_sub(1).max(range.start)..(at + 2).min(range.end)).map(|at| {
                let sentence = library.sentence(SentenceId(at));
                Looked { at, source, mask: items.found_in(claim, sentence), near: 0, around: 0 }
            });
            let held = near.clone().fold(0, |mask, o| mask | o.mask);
            let bears_out = held & slots == slots && held & items.names != 0;
            let place = near.clone().find(|o| o.mask & slots != 0).filter(|_| bears_out)?;
            Some(window(items, source, std::iter::once(place)).evidence(items, claim, library))
        })
    }

    /// The coverage of the best window in one of these sources, or of all that they hold.
    pub fn best_of(&self, sources: &[SourceId], items: &Items) -> f32 {
        let of = |source: &SourceId| {
            let held = self.looked_at.iter().filter(|l| l.source == *source).fold(0, |mask, l| mask | l.mask | l.near);
            let best = self.best.iter().filter(|w| w.source == *source).map(|w| w.coverage).fold(0.0, f32::max);
            best.max(0.8 * items.share(held))
        };
        sources.iter().map(of).fold(0.0, f32::max)
    }

    /// Whether the best windows of its source lack a value or a name of the claim, or nearly all of it.
    pub fn lacks_facts(&self, items: &Items, claim: &Claim<'_>) -> bool {
        const NEARLY_NOTHING: f32 = 0.2;
        let Some(first) = self.best.first() else { return true };
        let near = self.best.iter().filter(|w| w.source == first.source).take(2);
        let held = near.fold(0, |mask, w| mask | w.mask | w.near | w.around);
        // "Two" and "four" are often said without a number.
        let facts = (items.slots | items.names) & !items.small_counts(claim);
        facts & !held != 0 || first.coverage < NEARLY_NOTHING
    }

    /// Words of the claim that neither the best window nor its surroundings have.
    pub fn missing(&self, items: &Items) -> Vec<Span> {
        let held = self.best.first().map_or(0, |w| w.mask | w.near | w.around);
        let mut missing: Vec<Span> =
            items.items.iter().enumerate().filter(|(at, _)| held >> at & 1 == 0).map(|(_, item)| item.span).collect();
        missing.sort_unstable();
        missing
    }
}

impl Window {
    /// A sentence alone, as a window to show.
    fn of(looked: &Looked) -> Self {
        let Looked { at, source, mask, near, around } = *looked;
        Self { source, first: at, last: at, mask, near, around, coverage: 0.0 }
    }

    /// Where the window stands in its source.
    pub fn span(&self, library: &View<'_>) -> Span {
        let first = library.sentence(SentenceId(self.first)).span;
        first.cover(library.sentence(SentenceId(self.last)).span)
    }

    fn evidence(&self, items: &Items, claim: &Claim<'_>, library: &View<'_>) -> Evidence {
        let wanted: Vec<Term> = items
            .items
            .iter()
            .filter_map(|item| match item.what {
                What::Term(term) => Some(term),
                _ => None,
            })
            .collect();
        let mut matched: Vec<Span> = Vec::new();
        for sentence in (self.first..=self.last).map(|at| library.sentence(SentenceId(at))) {
            let theirs = &sentence.analysis;
            matched.extend(theirs.words.iter().filter(|word| wanted.contains(&word.term)).map(|word| word.span));
            matched.extend(
                theirs.numbers.iter().filter(|n| claim.analysis.numbers.iter().any(|c| c.satisfied_by(n))).map(|n| n.span),
            );
            matched.extend(theirs.dates.iter().filter(|d| claim.analysis.dates.iter().any(|c| c.agrees(d))).map(|d| d.span));
            matched.extend(theirs.times.iter().filter(|t| claim.analysis.times.iter().any(|c| same_time(c, t))).map(|t| t.span));
        }
        matched.sort_unstable();
        Evidence { source: self.source, span: self.span(library), role: Role::Supports, matched }
    }
}

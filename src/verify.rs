//! Floor 4, the heart: does the library say what a claim says?
//!
//! The way of a claim: its informative terms and slots (numbers, dates, times) become
//! [`items`]; the library's best passages become [`windows`] of one to three sentences; the
//! window that holds the most is compared with the claim slot by slot ([`slots`]), quotations
//! word by word ([`quotation`]); and [`support`] turns what was found and what is missing into
//! one score.
//!
//! *Architecture invariant:* everything here is a pure function of claim and library. Nothing
//! words messages or decides severities; that is the business of `rules`.

mod agency;
mod alternatives;
mod antonyms;
mod arithmetic;
mod attribution;
mod binding;
mod certainty;
mod clauses;
mod corrections;
mod denial;
mod disputed;
mod extent;
mod items;
mod lexicon;
mod opposites;
mod pairing;
mod polarity;
mod proof;
mod quotation;
mod roles;
mod saying;
mod slots;
mod speaker;
pub mod support;
mod synonyms;
mod tables;
mod titles;
mod weights;
mod windows;

use saying::saying;

use crate::library::{SentenceId, SourceId, SourceSentence, View};
use crate::note::{Quotation, is_estimate};
use crate::text::words::Term;
use crate::text::{Analysis, Span};

pub use attribution::is_saying;
pub use quotation::{Change, MOST_QUOTED, QuotationMatch};
pub use speaker::WrongSpeaker;

/// What the verifier says of a sentence.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Verdict {
    Supported,
    Partial,
    Unsupported,
    Contradicted,
    Misquoted,
    NotAClaim,
}

impl Verdict {
    /// The name of the verdict in reports.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Supported => "supported",
            Self::Partial => "partial",
            Self::Unsupported => "unsupported",
            Self::Contradicted => "contradicted",
            Self::Misquoted => "misquoted",
            Self::NotAClaim => "not-a-claim",
        }
    }
}

impl Verification {
    /// Whether what supports the claim does so as a whole or in part, and nothing speaks against it.
    #[must_use]
    pub fn is_borne_out(&self) -> bool {
        matches!(self.verdict, Verdict::Supported | Verdict::Partial)
    }

    /// The evidence for the claim, best first.
    pub fn supporting(&self) -> impl Iterator<Item = &Evidence> {
        self.evidence.iter().filter(|evidence| evidence.role == Role::Supports)
    }
}

/// What a piece of evidence does to the claim.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Role {
    Supports,
    Conflicts,
}

impl Role {
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Supports => "supports",
            Self::Conflicts => "conflicts",
        }
    }
}

/// A span of a source that bears on a claim.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Evidence {
    pub source: SourceId,
    pub span: Span,
    pub role: Role,
    /// Words and values of the span that the claim has too, as spans of the source, in order.
    pub matched: Vec<Span>,
}

/// What kind of slot the claim fills otherwise than the source.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Slot {
    Number,
    Date,
    Time,
    Name,
    /// Affirmed on one side and denied on the other.
    Negation,
    /// A word whose opposite the source has.
    Opposite,
    /// What a later correction takes back.
    Correction,
    /// An office that somebody else holds.
    Role,
    /// Who does it to whom.
    Agent,
    /// "All" for "most", "first" for "longest".
    Extent,
    /// A fact for what the source hedges.
    Certainty,
}

impl Slot {
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Number => "number",
            Self::Date => "date",
            Self::Time => "time",
            Self::Name => "name",
            Self::Negation => "negation",
            Self::Opposite => "opposite",
            Self::Correction => "correction",
            Self::Role => "role",
            Self::Agent => "agent",
            Self::Extent => "extent",
            Self::Certainty => "certainty",
        }
    }
}

/// Words of the claim against words of a source.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Conflict {
    pub slot: Slot,
    /// The wrong words, in the note.
    pub claim: Span,
    pub source: SourceId,
    /// The words that the source has in their place.
    pub value: Span,
    /// The sentence around them.
    pub sentence: Span,
}

impl Conflict {
    /// Words of the claim against words of a sentence of the library.
    fn with(sentence: &SourceSentence, slot: Slot, claim: Span, value: Span) -> Self {
        Self { slot, claim, source: sentence.source, value, sentence: sentence.span }
    }
}

/// A quotation of the claim, and where its words were found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct QuotationCheck {
    pub quotation: Quotation,
    pub found: QuotationMatch,
}

/// The whole judgement on one claim.
#[derive(Clone, Debug)]
pub struct Verification {
    pub verdict: Verdict,
    /// How well supported, in [0, 1]; 0.5 is the line between.
    pub score: f32,
    /// Best first.
    pub evidence: Vec<Evidence>,
    pub conflicts: Vec<Conflict>,
    pub quotations: Vec<QuotationCheck>,
    /// Words of the claim that the best evidence does not have.
    pub missing: Vec<Span>,
    /// The sources lack a value or a name of the claim, or nearly all of it; otherwise they may say
    /// it in other words.
    pub lacks_facts: bool,
    /// The nearest passage denies what it has in common with the claim, or the claim does.
    pub is_denied: bool,
    /// Somebody to whom the note gives the words of somebody else.
    pub wrong_speaker: Option<WrongSpeaker>,
    /// The passage that gives the claim only as somebody's disputed statement.
    pub contested: Option<(SourceId, Span)>,
    /// Whether a cited source says it; `None` for a claim that cites none.
    pub cited_support: Option<bool>,
    /// Clauses that nothing bears out while the others hold.
    pub unsupported: Vec<Span>,
    /// What the score was made of.
    pub features: support::Features,
}

impl Verification {
    /// The same verification of a claim whose text begins `by` bytes earlier. Spans of sources
    /// stay as they are.
    #[must_use]
    pub fn shifted(&self, by: usize) -> Self {
        let mut v = self.clone();
        v.conflicts.iter_mut().for_each(|c| c.claim = c.claim.shifted(by));
        v.missing.iter_mut().chain(&mut v.unsupported).for_each(|span| *span = span.shifted(by));
        if let Some(wrong) = &mut v.wrong_speaker {
            wrong.claim = wrong.claim.shifted(by);
        }
        for check in &mut v.quotations {
            check.quotation = check.quotation.shifted(by);
            check.found.shift(by);
        }
        v
    }
}

/// A cell of a table's row.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Cell {
    pub span: Span,
    /// The words above its column.
    pub header: String,
}

/// A claim as the verifier sees it.
#[derive(Clone, Copy, Debug)]
pub struct Claim<'a> {
    /// The text that all spans of the claim are of; markup is blank.
    pub text: &'a str,
    pub analysis: &'a Analysis,
    pub quotations: &'a [Quotation],
    /// Terms that a reader has in mind: names of the sentence before, words of the heading.
    pub context: &'a [Term],
    /// The cells of the claim if it is a table's row; none for prose.
    pub cells: &'a [Cell],
    /// Sources that the claim cites; their passages come first.
    pub cited: &'a [SourceId],
    /// The only source to look at, if there is one.
    pub only: Option<SourceId>,
    /// An assessment or forecast: only its premises are held against the sources.
    pub is_judgement: bool,
}

/// How many passages are looked at for one claim, and how many per cited source.
const CANDIDATES: usize = 40;
const CITED_CANDIDATES: usize = 12;
/// Which share of the common words must be denied.
const DENIED: f32 = 0.6;
/// How many passages are shown.
const MOST_EVIDENCE: usize = 4;

/// Judges a claim.
#[must_use]
pub fn verify(claim: &Claim<'_>, library: &View<'_>) -> Verification {
    let mut items = items::Items::of(claim, library);
    let candidates = cited_first(claim, &items.query(claim, library), CITED_CANDIDATES, CANDIDATES, library);
    let tables = tables::read(claim, &items, &candidates, library);
    let mut proof = tables.proof;
    items.proved = proof.all;
    let mut windows = windows::best(&items, claim, &candidates, &proof, library);
    let calculated = arithmetic::read(claim, &items, &windows, library);
    if calculated.proof.all != 0 {
        proof.join(&calculated.proof);
        items.proved = proof.all;
        windows = windows::best(&items, claim, &candidates, &proof, library);
    }
    let quotations = quotation::find_all(claim, library);
    let quoted: Vec<Span> = claim.quotations.iter().map(|q| q.span).collect();
    let clauses = clauses::clauses(claim.text, claim.analysis, &quoted);
    let stated: Vec<Span> = clauses.iter().copied().filter(|c| !claim.is_judgement || !is_estimate(c.of(claim.text))).collect();
    let mut known = [tables.conflicts, calculated.conflicts].concat();
    known.retain(|c| stated.iter().any(|clause| clause.overlaps(c.claim)));
    let conflicts = conflicts(claim, &items, &windows, &stated, known, library);
    let unsupported = windows.unsupported(&items, claim, &clauses);
    let features = support::Features::of(claim, &items, &windows, &conflicts, library);
    let score = features.score();
    let mut verification = Verification {
        verdict: Verdict::Unsupported,
        score,
        evidence: windows.evidence(&items, claim, &proof, library, MOST_EVIDENCE),
        conflicts,
        quotations,
        missing: windows.missing(&items),
        lacks_facts: windows.lacks_facts(&items, claim),
        unsupported,
        is_denied: features.denied() >= DENIED,
        wrong_speaker: None,
        contested: None,
        cited_support: None,
        features,
    };
    settle(claim, &mut verification);
    if matches!(verification.verdict, Verdict::Unsupported | Verdict::Partial)
        && let Some(evidence) = windows.in_another_language(&items, claim, library)
    {
        // Its words cannot be compared; its names and values agree, so nothing is held against it.
        verification.verdict = Verdict::Supported;
        verification.score = verification.score.max(0.5);
        verification.unsupported.clear();
        verification.evidence.insert(0, evidence);
        verification.evidence.truncate(MOST_EVIDENCE);
    }
    verification.cited_support = cited_support(claim, &items, &windows, &verification);
    verification.wrong_speaker = speaker::wrong_speaker(claim, &verification.quotations, library);
    if verification.wrong_speaker.is_some() {
        verification.verdict = Verdict::Contradicted;
        verification.score = verification.score.min(0.3);
    } else if matches!(verification.verdict, Verdict::Supported | Verdict::Unsupported)
        && claim.quotations.is_empty()
        && !claim.is_judgement
    {
        let certain =
            clauses.iter().filter_map(|c| certainty::overstated(claim, *c, &saying(claim, *c, &items, &windows, library)));
        verification.conflicts.extend(certain);
        if verification.verdict == Verdict::Supported && verification.conflicts.is_empty() {
            verification.contested = disputed::contested(claim, &windows, library);
        }
        if verification.contested.is_some() || !verification.conflicts.is_empty() {
            verification.verdict = Verdict::Unsupported;
            verification.score = verification.score.min(0.45);
        }
    }
    verification
}

/// Whether one of the cited sources holds about as much of the claim as the best source does.
fn cited_support(claim: &Claim<'_>, items: &items::Items, windows: &windows::Windows, v: &Verification) -> Option<bool> {
    const AS_GOOD: f32 = 0.75;
    const SAYS_IT: f32 = 0.5;
    const SURELY_ELSEWHERE: f32 = 0.6;
    if claim.cited.is_empty() {
        return None;
    }
    let verbatim: Vec<SourceId> = v.quotations.iter().filter_map(|q| q.found.verbatim_in()).collect();
    if !verbatim.is_empty() {
        return Some(verbatim.iter().all(|source| claim.cited.contains(source)));
    }
    let best = windows.best.iter().map(|w| w.coverage).fold(0.0, f32::max);
    let cited = windows.best_of(claim.cited, items);
    Some(cited >= SAYS_IT || cited >= AS_GOOD * best || best < SURELY_ELSEWHERE)
}

/// The sentences of the library that are worth a look for a claim, best first.
#[must_use]
pub fn candidates(claim: &Claim<'_>, library: &View<'_>, most: usize) -> Vec<SentenceId> {
    let items = items::Items::of(claim, library);
    cited_first(claim, &items.query(claim, library), most, most, library)
}

/// The best passages for a query, those of each cited source before those of the library.
fn cited_first(claim: &Claim<'_>, query: &[(Term, f32)], most_cited: usize, most: usize, library: &View<'_>) -> Vec<SentenceId> {
    let mut found: Vec<SentenceId> = Vec::new();
    let cited = claim.cited.iter().flat_map(|id| library.passages(query, Some(*id), most_cited));
    for (id, _) in cited.chain(library.passages(query, claim.only, most)) {
        if !found.contains(&id) {
            found.push(id);
        }
    }
    found
}

/// Everything that a source says otherwise, with what is `found` already.
fn conflicts(
    claim: &Claim<'_>,
    items: &items::Items,
    windows: &windows::Windows,
    clauses: &[Span],
    mut found: Vec<Conflict>,
    library: &View<'_>,
) -> Vec<Conflict> {
    let is_new = |c: &Conflict| {
        let is_known = items.is_proved(c.claim) || found.iter().any(|f| f.claim.overlaps(c.claim));
        !is_known && !tables::needs_a_column(c, library)
    };
    let more: Vec<Conflict> = slots::conflicts(claim, items, windows, clauses, library).into_iter().filter(is_new).collect();
    found.extend(more);
    for clause in clauses {
        if found.iter().any(|c| clause.overlaps(c.claim)) {
            continue;
        }
        let said = saying(claim, *clause, items, windows, library);
        let more = corrections::retraction(items, *clause, windows, library);
        let more = more.or_else(|| pairing::mispaired(claim, *clause, items, &said));
        let more = more.or_else(|| denial::contrast(claim, *clause, &said));
        let more = more.or_else(|| denial::denial(claim, *clause, items, windows, library));
        let more = more.or_else(|| opposites::opposed(claim, *clause, items, windows, library));
        let more = more.or_else(|| roles::wrong_role(claim, *clause, items, windows, library));
        let more = more.or_else(|| agency::swapped(claim, *clause, &said));
        let more = more.or_else(|| agency::other_agent(claim, *clause, items, windows, library));
        let more = more.or_else(|| extent::overstated(claim, *clause, &said));
        found.extend(more.or_else(|| certainty::caused(claim, *clause, &said)));
    }
    found.sort_by_key(|c| (c.claim, c.slot));
    found
}

/// The verdict from score, conflicts and quotations.
fn settle(claim: &Claim<'_>, v: &mut Verification) {
    let quoted: Vec<&QuotationMatch> = v.quotations.iter().map(|q| &q.found).collect();
    let wrong = quoted.iter().any(|q| q.is_wrong());
    let verbatim = quoted.iter().any(|q| matches!(q, QuotationMatch::Verbatim { .. }));
    let from_quotations: Vec<Evidence> = v.quotations.iter().filter_map(|q| q.found.evidence()).collect();
    for evidence in from_quotations.into_iter().rev() {
        show_first(&mut v.evidence, evidence);
    }
    v.evidence.truncate(MOST_EVIDENCE);
    if verbatim && !wrong && quotation::carries(claim, &v.quotations) {
        v.conflicts.clear();
        v.unsupported.clear();
        v.score = 0.6 + 0.4 * v.score;
    }
    if quoted.iter().any(|q| matches!(q, QuotationMatch::Translated)) && v.conflicts.is_empty() {
        // Words in another language are beyond word-by-word comparison: nothing speaks against it.
        v.score = v.score.max(0.5);
    }
    // What is wrong inside a quotation is said once, as a misquote.
    let quotations: Vec<Span> = v.quotations.iter().filter(|q| q.found.is_wrong()).map(|q| q.quotation.span).collect();
    v.conflicts.retain(|c| !quotations.iter().any(|q| q.overlaps(c.claim)));
    if wrong {
        v.score *= 0.2;
    } else if !v.conflicts.is_empty() {
        v.score *= 0.5;
    }
    v.verdict = if wrong {
        Verdict::Misquoted
    } else if !v.conflicts.is_empty() {
        Verdict::Contradicted
    } else if !v.unsupported.is_empty() {
        Verdict::Partial
    } else if v.score >= 0.5 {
        Verdict::Supported
    } else {
        Verdict::Unsupported
    };
    // A verdict and its score stand on the same side of the line; half support may be on either.
    if v.verdict == Verdict::Partial {
        v.score *= 0.9;
    } else if v.verdict != Verdict::Supported && v.score >= 0.5 {
        v.score = 0.49;
    }
    if v.verdict == Verdict::Contradicted {
        let conflict = &v.conflicts[0];
        let shown =
            Evidence { source: conflict.source, span: conflict.sentence, role: Role::Conflicts, matched: vec![conflict.value] };
        show_first(&mut v.evidence, shown);
        v.evidence.truncate(MOST_EVIDENCE);
    }
}

/// Puts a passage before all others, and drops those that overlap it.
fn show_first(evidence: &mut Vec<Evidence>, first: Evidence) {
    evidence.retain(|e| e.source != first.source || !e.span.overlaps(first.span));
    evidence.insert(0, first);
}

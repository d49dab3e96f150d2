//! Settling: one verdict from what was found. Nothing changes it afterwards.

use super::claim::Claim;
use super::compare::{Effect, effect_of};
use super::quotation;
use super::verification::{Confidence, Conflict, Evidence, QuotationMatch, Role, Slot, Verdict, Verification};
use crate::text::Span;

/// How many passages are shown.
pub const MOST_EVIDENCE: usize = 4;

/// What decides, the first that applies.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Ground {
    /// A right quotation in the mouth of somebody else.
    WrongSpeaker,
    WrongQuotation,
    Contradiction,
    /// The model reads a source otherwise.
    ReadsOtherwise,
    /// The claim is a sentence of a source.
    Verbatim,
    /// A source in another language, whose words cannot be compared, has its names and values.
    Translated,
    UnsupportedClause,
    Overstatement,
    Score,
}

/// The verdict that a ground leads to, what becomes of the score, and between what it is then kept.
struct Ruling {
    verdict: Verdict,
    factor: f32,
    least: f32,
    most: f32,
}

/// From this probability on the model's word counts more than words that are missing.
const ENTAILED: f32 = 0.8;
/// From this probability on a comparison of words that contradicts gives way: of those one in ten was right.
const SURELY_ENTAILED: f32 = 0.9;

/// The line between supported and unsupported, and what is just below it.
const LINE: f32 = 0.5;
const BELOW: f32 = 0.49;

impl Ground {
    fn ruling(self, score: f32) -> Ruling {
        let ruling = |verdict, factor, least, most| Ruling { verdict, factor, least, most };
        match self {
            Self::WrongSpeaker => ruling(Verdict::Contradicted, 1.0, 0.0, 0.3),
            Self::WrongQuotation => ruling(Verdict::Misquoted, 0.2, 0.0, BELOW),
            Self::Contradiction => ruling(Verdict::Contradicted, 0.5, 0.0, BELOW),
            Self::ReadsOtherwise => ruling(Verdict::Contradicted, 1.0, 0.0, BELOW),
            Self::Verbatim => ruling(Verdict::Supported, 1.0, 0.9, 1.0),
            Self::Translated => ruling(Verdict::Supported, 1.0, LINE, 1.0),
            // Half support may be on either side of the line.
            Self::UnsupportedClause => ruling(Verdict::Partial, 0.9, 0.0, 1.0),
            Self::Overstatement => ruling(Verdict::Unsupported, 1.0, 0.0, 0.45),
            Self::Score if score >= LINE => ruling(Verdict::Supported, 1.0, LINE, 1.0),
            Self::Score => ruling(Verdict::Unsupported, 1.0, 0.0, BELOW),
        }
    }
}

/// Gives a verification its verdict and score, and leaves in it only what counts beside that. `is_verbatim`: the
/// claim is a sentence of a source. `translated` looks for evidence in another language.
pub fn settle(claim: &Claim<'_>, v: &mut Verification, is_verbatim: bool, translated: impl FnOnce() -> Option<Evidence>) {
    let quoted: Vec<&QuotationMatch> = v.quotations.iter().map(|q| &q.found).collect();
    let is_wrong = quoted.iter().any(|q| q.is_wrong());
    let has_verbatim = quoted.iter().any(|q| matches!(q, QuotationMatch::Verbatim { .. }));
    let has_translated = quoted.iter().any(|q| matches!(q, QuotationMatch::Translated));
    let shown: Vec<Evidence> = quoted.iter().filter_map(|q| q.evidence()).collect();
    shown.into_iter().rev().for_each(|evidence| show_first(&mut v.evidence, evidence));
    if has_verbatim && !is_wrong && quotation::carries(claim, &v.quotations) {
        v.conflicts.clear();
        v.unsupported.clear();
        v.score = 0.6 + 0.4 * v.score;
    }
    if has_translated && v.conflicts.is_empty() {
        // Words in another language are beyond word-by-word comparison: nothing speaks against it.
        v.score = v.score.max(LINE);
    }
    if entailed(v) >= SURELY_ENTAILED {
        v.conflicts.retain(|c| effect_of(c.comparison) != Effect::Contradicts);
    }
    // What is wrong inside a quotation is said once, as a misquote.
    let wrong: Vec<Span> = v.quotations.iter().filter(|q| q.found.is_wrong()).map(|q| q.quotation.span).collect();
    v.conflicts.retain(|c| !wrong.iter().any(|span| span.overlaps(c.claim)));
    let ground = ground(v, is_wrong, is_verbatim, translated);
    let ruling = ground.ruling(v.score);
    v.verdict = ruling.verdict;
    v.score = (v.score * ruling.factor).clamp(ruling.least, ruling.most);
    v.confidence = confidence(v, ground);
    match ground {
        Ground::Contradiction | Ground::ReadsOtherwise => {
            if let Some(conflict) = v.conflicts.first() {
                let (source, span, matched) = (conflict.source, conflict.sentence, vec![conflict.value]);
                show_first(&mut v.evidence, Evidence { source, span, role: Role::Conflicts, matched });
            }
        }
        Ground::Overstatement | Ground::WrongSpeaker | Ground::WrongQuotation => {
            v.conflicts.retain(|conflict| conflict.slot != Slot::Meaning);
        }
        _ => v.conflicts.clear(),
    }
    if matches!(ground, Ground::Verbatim | Ground::Translated | Ground::Score) {
        v.unsupported.clear();
    }
    v.evidence.truncate(MOST_EVIDENCE);
}

fn ground(v: &mut Verification, is_misquoted: bool, is_verbatim: bool, translated: impl FnOnce() -> Option<Evidence>) -> Ground {
    let effect = |c: &Conflict| effect_of(c.comparison);
    let overstates = v.conflicts.iter().any(|c| effect(c) == Effect::Overstates);
    let reports = v.conflicts.iter().any(|c| effect(c) == Effect::Reports);
    let is_below = v.score < LINE;
    if v.wrong_speaker.is_some() {
        return Ground::WrongSpeaker;
    }
    if is_misquoted {
        return Ground::WrongQuotation;
    }
    let is_of_words = |c: &&Conflict| c.slot != Slot::Meaning && matches!(effect(c), Effect::Contradicts | Effect::Retracts);
    if v.conflicts.iter().any(|c| is_of_words(&c)) {
        return Ground::Contradiction;
    }
    if is_verbatim {
        return Ground::Verbatim;
    }
    // What is only possible is no contradiction yet; and where one clause holds, that is the clause that does not.
    if v.unsupported.is_empty() && v.conflicts.iter().any(|c| c.slot == Slot::Meaning) && v.score < LIKELY {
        return Ground::ReadsOtherwise;
    }
    if (is_below || !v.unsupported.is_empty())
        && let Some(evidence) = translated()
    {
        v.evidence.insert(0, evidence);
        return Ground::Translated;
    }
    if !v.unsupported.is_empty() && entailed(v) < ENTAILED {
        Ground::UnsupportedClause
    } else if overstates || reports && (!is_below || v.missing.is_empty()) {
        Ground::Overstatement
    } else {
        Ground::Score
    }
}

/// Below the first of these scores a verdict against the claim is sure, below the second it is likely. Chosen on the
/// tuning part of `tests/claims` (`cargo bench --bench confidence`).
const SURE: f32 = 0.20;
pub const LIKELY: f32 = 0.30;
/// From this probability that the sources say neither, it is sure that they do not say it, if they lack a word of it.
const SAYS_NEITHER: f32 = 0.6;
/// Below this score it is sure that nothing bears out a clause.
const SURE_OF_CLAUSE: f32 = 0.40;

/// How sure the verdict is. Where words alone decide, other words may say the same.
fn confidence(v: &Verification, ground: Ground) -> Confidence {
    let says_neither = v.excerpt.as_ref().is_some_and(|excerpt| excerpt.entailment.neither >= SAYS_NEITHER);
    match ground {
        Ground::ReadsOtherwise => Confidence::Likely,
        Ground::Score if says_neither && (v.lacks_facts || !v.missing.is_empty()) => Confidence::Sure,
        Ground::Score if v.excerpt.is_some() => match v.score {
            score if score < SURE => Confidence::Sure,
            score if score < LIKELY => Confidence::Likely,
            _ => Confidence::Unsure,
        },
        Ground::Score if !v.lacks_facts => Confidence::Likely,
        Ground::UnsupportedClause if v.score >= SURE_OF_CLAUSE => Confidence::Likely,
        _ => Confidence::Sure,
    }
}

/// How surely the sources say it, as the model reads.
fn entailed(v: &Verification) -> f32 {
    v.excerpt.as_ref().map_or(0.0, |excerpt| excerpt.entailment.entailed)
}

/// Puts a passage before all others, and drops those that overlap it.
fn show_first(evidence: &mut Vec<Evidence>, first: Evidence) {
    evidence.retain(|e| e.source != first.source || !e.span.overlaps(first.span));
    evidence.insert(0, first);
}

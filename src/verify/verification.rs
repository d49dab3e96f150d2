//! What is said of a claim: verdict, evidence, conflicts. Types only; how they come about stands above.

use std::sync::Arc;

use super::features::Features;
use crate::entail::Entailment;
use crate::library::{SourceId, SourceSentence};
use crate::note::Quotation;
use crate::text::Span;

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
    /// An office or a title that somebody else has.
    Role,
    /// Who does it to whom.
    Agent,
    /// "All" for "most", "first" for "longest".
    Extent,
    /// A fact for what the source hedges.
    Certainty,
    /// A fact for what the source gives as somebody's disputed statement.
    Attribution,
    /// What it says as a whole, as the model reads it.
    Meaning,
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
            Self::Attribution => "attribution",
            Self::Meaning => "meaning",
        }
    }
}

/// Words of the claim against words of a source.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Conflict {
    /// The id of the comparison that found it.
    pub comparison: &'static str,
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
    /// Words of the claim against words of a sentence of the library. Which comparison it was is written on
    /// it by whoever asked.
    pub(super) fn with(sentence: &SourceSentence, slot: Slot, claim: Span, value: Span) -> Self {
        Self { value, ..Self::at(sentence.source, slot, claim, sentence.span) }
    }

    /// Words of the claim against a whole passage.
    pub(super) fn at(source: SourceId, slot: Slot, claim: Span, passage: Span) -> Self {
        Self { comparison: "", slot, claim, source, value: passage, sentence: passage }
    }
}

/// A quotation of the claim, and where its words were found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct QuotationCheck {
    pub quotation: Quotation,
    pub found: QuotationMatch,
}

/// Where a quotation's words stand.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum QuotationMatch {
    /// A title, a term, a scare quote: up to three words, or capitals throughout.
    Short,
    /// The note says that it is a translation.
    Translated,
    Verbatim {
        source: SourceId,
        span: Span,
    },
    /// Nearly these words.
    Altered {
        source: SourceId,
        span: Span,
        changes: Vec<Change>,
    },
    /// These words, but what is left out changes their sense.
    Cut {
        source: SourceId,
        span: Span,
        dropped: Span,
    },
    /// Parts that do not follow each other in the source. An ellipsis at each of the joints,
    /// which are offsets in the claim, would make it right; there are none if it would not.
    Stitched {
        source: SourceId,
        span: Span,
        joints: Vec<usize>,
    },
    Nowhere,
}

impl QuotationMatch {
    /// Whether the quotation should not stand like this.
    #[must_use]
    pub fn is_wrong(&self) -> bool {
        matches!(self, Self::Altered { .. } | Self::Cut { .. } | Self::Stitched { .. } | Self::Nowhere)
    }

    /// The source that has it word for word.
    #[must_use]
    pub fn verbatim_in(&self) -> Option<SourceId> {
        match self {
            Self::Verbatim { source, .. } => Some(*source),
            _ => None,
        }
    }

    /// The passage behind it.
    #[must_use]
    pub fn evidence(&self) -> Option<Evidence> {
        let (source, span, role) = match self {
            Self::Verbatim { source, span } => (*source, *span, Role::Supports),
            Self::Altered { source, span, .. } | Self::Cut { source, span, .. } | Self::Stitched { source, span, .. } => {
                (*source, *span, Role::Conflicts)
            }
            Self::Short | Self::Translated | Self::Nowhere => return None,
        };
        // Of altered words the ones that the note has otherwise stand out.
        let matched = match self {
            Self::Altered { changes, .. } => changes.iter().map(|c| c.source).filter(|s| !s.is_empty()).collect(),
            _ => vec![span],
        };
        Some(Evidence { source, span, role, matched })
    }

    /// The same match of a claim whose text begins `by` bytes earlier.
    pub(super) fn shift(&mut self, by: usize) {
        match self {
            Self::Altered { changes, .. } => changes.iter_mut().for_each(|c| c.claim = c.claim.shifted(by)),
            Self::Stitched { joints, .. } => joints.iter_mut().for_each(|at| *at += by),
            _ => {}
        }
    }
}

/// A difference between a quotation and its source. An empty span marks the place where words
/// are lacking.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Change {
    pub claim: Span,
    pub source: Span,
}

/// A right quotation in the mouth of somebody else.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct WrongSpeaker {
    /// The note's name for the speaker.
    pub claim: Span,
    pub source: SourceId,
    /// Where the words stand.
    pub span: Span,
    /// The source's name for the speaker, where its verb of saying has one.
    pub actual: Option<Span>,
}

/// What the model read beside a claim, and what it made of it.
#[derive(Clone, Debug, PartialEq)]
pub struct Excerpt {
    pub entailment: Entailment,
    /// Sentences of the sources, one behind the other.
    pub text: Arc<str>,
}

/// Another source on what a claim says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Later {
    pub kind: LaterKind,
    /// What it is about, in the claim.
    pub claim: Span,
    /// The passage that bears the claim out.
    pub old_source: SourceId,
    pub old: Span,
    pub source: SourceId,
    /// What it says in its place; the sentence where it takes back the whole.
    pub value: Span,
    pub sentence: Span,
}

/// What a later source does to a claim.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum LaterKind {
    /// Whoever said it takes it back.
    Corrected,
    /// It has a newer state.
    Superseded,
    /// It says otherwise, at about the same time.
    Disputed,
}

/// How sure a verdict against a claim is. `docs/accuracy.md` says what each level was right.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Confidence {
    Unsure,
    Likely,
    Sure,
}

impl Confidence {
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Unsure => "unsure",
            Self::Likely => "likely",
            Self::Sure => "sure",
        }
    }
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
    /// Whether a cited source says it; `None` for a claim that cites none.
    pub cited_support: Option<bool>,
    /// Clauses that nothing bears out while the others hold.
    pub unsupported: Vec<Span>,
    /// What the model read, if it read anything.
    pub excerpt: Option<Excerpt>,
    /// How sure a verdict against the claim is.
    pub confidence: Confidence,
    /// What the score was made of.
    pub features: Features,
    /// What other sources make of a claim that is borne out.
    pub later: Vec<Later>,
}

impl Verification {
    /// Whether what supports the claim does so as a whole or in part, and nothing speaks against it.
    #[must_use]
    pub fn is_borne_out(&self) -> bool {
        matches!(self.verdict, Verdict::Supported | Verdict::Partial)
    }

    /// The evidence for the claim, best first.
    pub fn supporting(&self) -> impl DoubleEndedIterator<Item = &Evidence> {
        self.evidence.iter().filter(|evidence| evidence.role == Role::Supports)
    }

    /// What spoke against the claim, by the ids of [`super::COMPARISONS`], each once.
    #[must_use]
    pub fn comparisons(&self) -> Vec<&'static str> {
        let quotation = self.quotations.iter().filter(|check| check.found.is_wrong()).map(|_| "quotation");
        let speaker = self.wrong_speaker.iter().map(|_| "speaker");
        let mut all: Vec<&'static str> = Vec::new();
        for id in self.conflicts.iter().map(|conflict| conflict.comparison).chain(quotation).chain(speaker) {
            if !all.contains(&id) {
                all.push(id);
            }
        }
        all
    }

    /// The same verification of a claim whose text begins `by` bytes earlier. Spans of sources
    /// stay as they are.
    #[must_use]
    pub fn shifted(&self, by: usize) -> Self {
        let mut v = self.clone();
        v.conflicts.iter_mut().for_each(|c| c.claim = c.claim.shifted(by));
        v.later.iter_mut().for_each(|later| later.claim = later.claim.shifted(by));
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

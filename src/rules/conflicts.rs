//! Conflicts in words: which rule tells of each kind, and how. A new kind that nobody words does not compile.

use super::wording::{note_words, source_at, source_words};
use super::{Finding, Place, Rule, SentenceView, Severity, fix};
use crate::message;
use crate::text::Untrusted;
use crate::verify::{Conflict, Slot, Verification};

/// What a rule has to say of the conflicts of a sentence.
pub fn findings(subject: &SentenceView<'_>, rule: &Rule, v: &Verification) -> Vec<Finding> {
    let own = v.conflicts.iter().filter(|conflict| code(conflict.slot) == rule.code);
    let finding = |conflict: &Conflict| {
        let place = Place { source: conflict.source, span: conflict.sentence };
        let finding = rule.finding(conflict.claim, message(subject, conflict), Some(place));
        if conflict.slot == Slot::Meaning { finding.with_confidence(v.confidence, Severity::Warning) } else { finding }
    };
    own.map(|conflict| {
        let is_value = matches!(conflict.slot, Slot::Number | Slot::Date | Slot::Time | Slot::Name | Slot::Role);
        finding(conflict).with_fixes(fix::of_conflict(subject, conflict).filter(|_| is_value))
    })
    .collect()
}

/// The code of the rule that tells of it.
pub const fn code(slot: Slot) -> &'static str {
    match slot {
        Slot::Number | Slot::Date | Slot::Time => "number-conflict",
        Slot::Name | Slot::Role => "name-conflict",
        Slot::Negation | Slot::Opposite | Slot::Correction | Slot::Agent | Slot::Meaning => "contradicted-claim",
        Slot::Extent | Slot::Certainty => "overclaim",
        Slot::Attribution => "dropped-attribution",
    }
}

fn message(subject: &SentenceView<'_>, conflict: &Conflict) -> Untrusted {
    let own = || note_words(subject, conflict.claim);
    let (value, sentence) = [conflict.value, conflict.sentence].map(|span| Place { source: conflict.source, span }).into();
    // The words in the place of the note's, and where they are; the sentence around them, and where it is.
    let (theirs, at) = (|| source_words(subject, value), || source_at(subject, value));
    let (words, near) = (|| source_words(subject, sentence), || source_at(subject, sentence));
    match conflict.slot {
        Slot::Number | Slot::Date | Slot::Time | Slot::Role | Slot::Extent => {
            message!("The note says {}, but {} says {}.", own(), at(), theirs())
        }
        Slot::Name => message!("The note names {}, but {} names {} here.", own(), at(), theirs()),
        Slot::Negation => message!("The note says the opposite of {}, which says {}.", near(), words()),
        Slot::Opposite => message!("The note says {}, but {} says the opposite: {}.", own(), near(), words()),
        Slot::Correction => message!("A correction takes this back: {} says {}.", near(), words()),
        Slot::Agent => message!("The note has {} do this, but {} has {}: {}.", own(), near(), theirs(), words()),
        Slot::Meaning => message!("This reads otherwise than {}: {}.", near(), words()),
        Slot::Certainty => message!("The note gives as fact what {} leaves open: {}.", at(), theirs()),
        Slot::Attribution => message!("{} gives this as a disputed statement, not as fact: {}.", near(), words()),
    }
}

//! What an origin is, and when two of them are one.

use super::names::Name;
use crate::library::SourceId;
use crate::text::dates::Date;
use crate::text::words::Term;
use crate::text::{Span, Untrusted};

/// An event of reporting, as far as sources tell.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Origin {
    /// What to call it: "Ministry of Transport cable".
    pub name: Untrusted,
    /// The source of the library that it is, if it is one.
    pub held: Option<SourceId>,
    /// Whose word it is.
    pub(super) owner: Name,
    /// The kind of document that it is, by the noun for it; `None` for what somebody said.
    pub(super) kind: Option<Term>,
    /// The day that the document bears.
    pub(super) date: Option<Date>,
    /// The kind of body whose document it is, where nothing says which one.
    pub(super) body: Option<Term>,
    /// The source that speaks of it, of a document.
    pub(super) within: Option<SourceId>,
}

/// That a passage rests on an origin.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Link {
    pub source: SourceId,
    /// The sentence that rests on it; of a whole source its beginning.
    pub passage: Span,
    pub origin: Origin,
    pub why: Why,
}

/// What shows a link.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Why {
    /// The analyst said so.
    Noted,
    /// These words of the source name it.
    Named(Span),
    /// These words of the source say that all of it is somebody's text.
    Whole(Span),
    /// These words of the source, which it quotes, are the other one's own.
    Quoted(Span),
    /// Both have these words, here in the source.
    SameWords(Span),
    /// Both are by the same people.
    Made,
}

impl Why {
    /// The words of the source that show it.
    #[must_use]
    pub const fn words(self) -> Option<Span> {
        match self {
            Self::Noted | Self::Made => None,
            Self::Named(words) | Self::Whole(words) | Self::Quoted(words) | Self::SameWords(words) => Some(words),
        }
    }

    /// Its name in reports.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Noted => "noted",
            Self::Named(_) => "named",
            Self::Whole(_) => "whole",
            Self::Quoted(_) => "quoted",
            Self::SameWords(_) => "same-words",
            Self::Made => "made",
        }
    }
}

impl Origin {
    /// Whether two are surely one: the same source, the same speaker, or documents of one kind and owner with no other day.
    #[must_use]
    pub fn is(&self, other: &Self) -> bool {
        if let (Some(one), Some(two)) = (self.held, other.held) {
            return one == two || self.is_of_one_maker(other);
        }
        match (self.kind, other.kind) {
            (Some(one), Some(two)) => one == two && self.is_told_as(other),
            // A document and whoever made it: "the ministry said", and the ministry's letter.
            _ => self.owner.is(&other.owner),
        }
    }

    fn is_of_one_maker(&self, other: &Self) -> bool {
        self.kind.is_none() && other.kind.is_none() && self.owner.is(&other.owner)
    }

    /// Documents are told apart by owner and day. One that has neither could be any, but for the source that speaks of it.
    fn is_told_as(&self, other: &Self) -> bool {
        let dates = || Some((self.date.as_ref()?, other.date.as_ref()?));
        if self.within == other.within && (!self.owner.is_known() || !other.owner.is_known()) {
            return dates().is_none_or(|(one, two)| !one.conflicts(two));
        }
        match (self.owner.is_known() && other.owner.is_known(), dates()) {
            (true, Some((one, two))) => self.owner.is(&other.owner) && !one.conflicts(two),
            (true, None) => self.owner.is(&other.owner),
            (false, Some((one, two))) => one.day.is_some() && one.agrees(two) && one.day == two.day,
            (false, None) => false,
        }
    }
}

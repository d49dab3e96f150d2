//! What Markdown itself says of a sentence. What its words do is read where notes are checked.

use super::Quotation;
use crate::text::blocks::BlockKind;

/// Why a sentence is or is not checked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum SentenceKind {
    /// Asserts something checkable.
    Claim,
    /// A judgement that states a fact for it, which is checked.
    Premise,
    /// An assessment, forecast or opinion of the analyst.
    Judgement,
    /// Headings, questions, tasks, definitions, gaps, words about the note itself.
    Other,
}

impl SentenceKind {
    /// Whether something of it is to be checked.
    #[must_use]
    pub const fn asserts(self) -> bool {
        matches!(self, Self::Claim | Self::Premise)
    }
}

/// What the kind of block says, if that is enough.
#[must_use]
pub fn of_block(block: BlockKind, quotations: &[Quotation]) -> Option<SentenceKind> {
    match block {
        BlockKind::Heading
        | BlockKind::Task
        | BlockKind::TableHeader
        | BlockKind::Footnote
        | BlockKind::Code
        | BlockKind::Markup
        | BlockKind::Boilerplate => Some(SentenceKind::Other),
        // A line that only says whose the words are asserts nothing.
        BlockKind::Quotation if quotations.is_empty() => Some(SentenceKind::Other),
        BlockKind::Quotation | BlockKind::TableRow => Some(SentenceKind::Claim),
        BlockKind::Paragraph | BlockKind::ListItem => None,
    }
}

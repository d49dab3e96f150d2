//! What a comparison is, and what most of them need.

use crate::verify::context::{Clause, Context};
use crate::verify::gather::values::Value;
use crate::verify::verification::Conflict;

/// Words of the claim against words of a source, in one respect.
pub struct Comparison {
    /// What it is called in reports.
    pub id: &'static str,
    /// What it compares, in a line for people.
    pub compares: &'static str,
    pub effect: Effect,
    pub(super) compare: Compare,
}

/// What a conflict does to the verdict.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Effect {
    /// It takes the claim back, even where a source has it word for word.
    Retracts,
    Contradicts,
    /// The source says less than the claim. It is asked only where nothing contradicts.
    Overstates,
    /// The same where the claim would be supported.
    Reports,
}

/// What a comparison looks at.
pub enum Compare {
    /// Found while evidence was gathered, since what agrees is evidence.
    Gathered,
    /// Found among the quotations.
    Quoted,
    /// The claim as a whole.
    Claim(fn(&Context<'_>, &[Clause<'_>]) -> Vec<Conflict>),
    /// One value of a clause after the other; its index among the items is told.
    Value(fn(&Clause<'_>, usize, Value) -> Option<Conflict>),
    /// A clause of which no comparison before it said anything.
    Clause(fn(&Clause<'_>) -> Option<Conflict>),
}

impl Comparison {
    pub const fn new(id: &'static str, compares: &'static str, compare: Compare) -> Self {
        Self { id, compares, effect: Effect::Contradicts, compare }
    }

    pub const fn with(self, effect: Effect) -> Self {
        Self { effect, ..self }
    }
}

/// What most comparisons need.
pub mod prelude {
    pub use super::{Compare, Comparison, Effect};
    pub use crate::text::words::{Term, Word};
    pub use crate::text::{Analysis, Span};
    pub use crate::verify::context::{Clause, Context, Statement};
    pub use crate::verify::gather::candidate::{Candidate, Mask, enough};
    pub use crate::verify::gather::neighbours::Neighbours;
    pub use crate::verify::gather::values::Value;
    pub use crate::verify::verification::{Conflict, Slot};
    pub use crate::verify::words::negations::NEGATIONS;
    pub use crate::verify::words::{WordSet, gap, has_term, informative};
}

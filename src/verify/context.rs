//! What all comparisons need, worked out once: the claim and what was gathered for it, its clauses, and which
//! sentences say how much of each.

use std::cell::OnceCell;
use std::ops::{Deref, Range};

use super::claim::Claim;
use super::gather::clauses::clauses;
use super::gather::items::{Items, words_of};
use super::gather::verbatim;
use super::gather::windows::Windows;
use super::verification::Conflict;
use super::words::estimates::is_estimate;
use super::words::informative;
use super::words::negations::{NEGATIONS, negated_words};
use super::words::saying::is_attributed;
use crate::library::{SentenceId, View};
use crate::text::Span;
use crate::text::names::Name;
use crate::text::words::{Term, Word};
use crate::verify::gather::candidate::{Candidate, Mask};

/// A claim with what was gathered for it.
pub struct Context<'a> {
    pub claim: &'a Claim<'a>,
    pub items: &'a Items,
    pub windows: &'a Windows<'a>,
    pub library: &'a View<'a>,
    /// For each word of the claim, whether something denies it.
    pub negated: Vec<bool>,
    /// Whether the claim says whose word it is.
    pub is_attributed: bool,
    /// Where the whole claim stands word for word, as sentences of a source.
    pub verbatim: Vec<usize>,
}

impl<'a> Context<'a> {
    pub fn of(claim: &'a Claim<'a>, items: &'a Items, windows: &'a Windows<'a>, library: &'a View<'a>) -> Self {
        let words = &claim.analysis.words;
        Self {
            claim,
            items,
            windows,
            library,
            negated: negated_words(claim.text, words),
            is_attributed: is_attributed(claim.text, words),
            verbatim: verbatim::sentences(claim, items, windows, library),
        }
    }

    /// All parts of the claim.
    pub fn parts(&self) -> Vec<Span> {
        let quoted: Vec<Span> = self.claim.quotations.iter().map(|q| q.span).collect();
        clauses(self.claim.text, self.claim.analysis, &quoted)
    }

    /// The clauses that state something: of a judgement those that foresee nothing.
    pub fn clauses(&self, parts: &[Span]) -> Vec<Clause<'_>> {
        let is_stated = |part: &&Span| !self.claim.is_judgement || !is_estimate(part.of(self.claim.text));
        parts.iter().filter(is_stated).map(|part| Clause::of(self, *part)).collect()
    }

    pub fn candidates(&self) -> &'a [Candidate<'a>] {
        &self.windows.candidates
    }

    /// The share of some items that a sentence has.
    pub fn share_of(&self, held: Mask, of: Mask) -> f32 {
        self.items.share_of(held, of)
    }

    /// Whether the claim has a word in this or an inflected form.
    pub fn has(&self, term: Term) -> bool {
        self.claim.analysis.words.iter().any(|w| w.term == term)
    }

    /// Whether a conflict is one with the sentence `at` of the library.
    pub fn is_in(&self, conflict: &Conflict, at: usize) -> bool {
        let sentence = self.library.sentence(SentenceId(at));
        sentence.source == conflict.source && sentence.span.overlaps(conflict.sentence)
    }

    /// The names that are surely names.
    pub fn sure_names(&self) -> impl Iterator<Item = &'a Name> {
        self.claim.analysis.names.iter().filter(|name| !name.is_doubtful)
    }
}

/// A part of the claim that holds or fails by itself.
pub struct Clause<'a> {
    context: &'a Context<'a>,
    pub span: Span,
    pub items: Mask,
    /// Which words of the claim are its own.
    pub range: Range<usize>,
    statements: OnceCell<Vec<Statement<'a>>>,
    verbatim: OnceCell<Vec<usize>>,
}

impl<'a> Deref for Clause<'a> {
    type Target = Context<'a>;

    fn deref(&self) -> &Context<'a> {
        self.context
    }
}

/// A sentence that says a share of a clause.
pub struct Statement<'a> {
    /// The share of the weight of the clause's words.
    pub share: f32,
    candidate: &'a Candidate<'a>,
}

impl<'a> Deref for Statement<'a> {
    type Target = Candidate<'a>;

    fn deref(&self) -> &Candidate<'a> {
        self.candidate
    }
}

impl<'a> Clause<'a> {
    fn of(context: &'a Context<'a>, span: Span) -> Self {
        let range = words_of(context.claim, span);
        let items = context.items.within(span);
        Self { context, span, items, range, statements: OnceCell::new(), verbatim: OnceCell::new() }
    }

    /// The claim that it is a part of.
    pub fn context(&self) -> &'a Context<'a> {
        self.context
    }

    pub fn words(&self) -> &'a [Word] {
        &self.context.claim.analysis.words[self.range.clone()]
    }

    /// The terms of its informative words.
    pub fn terms(&self) -> impl Iterator<Item = Term> + use<'a> {
        informative(self.words()).map(|w| w.term)
    }

    /// Items that are no values.
    pub fn word_items(&self) -> Mask {
        self.items & !self.context.items.values
    }

    pub fn values(&self) -> Mask {
        self.items & self.context.items.values
    }

    /// Whether nothing denies a word of it.
    pub fn is_affirmed(&self) -> bool {
        !self.negated[self.range.clone()].contains(&true)
    }

    pub fn has_negation(&self) -> bool {
        NEGATIONS.is_in(self.words())
    }

    /// The statements that say at least this share of the clause and nearly as much as the best one, best first.
    pub fn statements(&self, least: f32) -> &[Statement<'a>] {
        const NEARLY: f32 = 0.8;
        let all = self.statements.get_or_init(|| self.read_statements());
        let line = least.max(NEARLY * all.first().map_or(0.0, |s| s.share));
        &all[..all.partition_point(|s| s.share >= line)]
    }

    fn read_statements(&self) -> Vec<Statement<'a>> {
        /// The headline says what the text below says better.
        const HEADING: f32 = 0.8;
        const CITED: f32 = 1.1;
        if self.items.count_ones() < 2 {
            return Vec::new();
        }
        let statement = |candidate: &'a Candidate<'a>| {
            let heading = if candidate.sentence.is_heading { HEADING } else { 1.0 };
            let cited = if self.claim.cited.contains(&candidate.source()) { CITED } else { 1.0 };
            Statement { share: self.share_of(candidate.held.any(), self.items) * heading * cited, candidate }
        };
        let asserting = self.candidates().iter().filter(|c| !c.sentence.is_question);
        let mut found: Vec<Statement<'a>> = asserting.map(statement).collect();
        found.sort_by(|a, b| b.share.total_cmp(&a.share));
        found
    }

    /// Whether the clause stands word for word in sentences other than the one of this conflict, which is then
    /// outweighed.
    pub fn outweighs(&self, conflict: &Conflict) -> bool {
        let places = self.verbatim.get_or_init(|| verbatim::places(self.words(), self.items, self.windows, self.library));
        !places.is_empty() && !places.iter().any(|at| self.is_in(conflict, *at))
    }
}

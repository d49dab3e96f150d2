//! What is judged: a claim, with all that the note says around it.

use crate::library::SourceId;
use crate::note::Quotation;
use crate::text::words::Term;
use crate::text::{Analysis, Span};

/// A claim as the verifier sees it.
#[derive(Clone, Copy, Debug)]
pub struct Claim<'a> {
    /// The text that all spans of the claim are of; markup is blank.
    pub text: &'a str,
    pub analysis: &'a Analysis,
    /// Where its words stand in the text.
    pub span: Span,
    /// The sentence or heading before, if the claim leans on it ("It was closed in May").
    pub before: &'a str,
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
    /// A judgement that states a fact for it.
    pub is_premise: bool,
    /// The comparison that is left out, to measure what it is worth.
    pub without: Option<&'a str>,
}

impl<'a> Claim<'a> {
    /// A claim that stands in no note.
    #[must_use]
    pub fn bare(text: &'a str, analysis: &'a Analysis) -> Self {
        Self {
            text,
            analysis,
            span: Span::new(0, text.len()),
            before: "",
            quotations: &[],
            context: &[],
            cells: &[],
            cited: &[],
            only: None,
            is_judgement: false,
            is_premise: false,
            without: None,
        }
    }
}

/// Whether a sentence leans on what stands before it: it begins with a pronoun.
#[must_use]
pub fn leans(sentence: &str) -> bool {
    const FIRST: usize = 3;
    const PRONOUNS: [&str; 17] = [
        "it", "he", "she", "they", "this", "that", "these", "those", "its", "his", "her", "their", "both", "such", "him", "them",
        "neither",
    ];
    let plain = |word: &str| word.trim_matches(|c: char| !c.is_alphabetic()).to_lowercase();
    sentence.split_whitespace().take(FIRST).any(|word| PRONOUNS.contains(&plain(word).as_str()))
}

/// A cell of a table's row.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Cell {
    pub span: Span,
    /// The words above its column.
    pub header: String,
}

//! Our terms as the index's: it wants text, so each is written in eight letters.

use tantivy::tokenizer::{Token, TokenStream, Tokenizer};

use crate::text::words::Term;

/// The name under which the index knows this way of cutting text.
pub const NAME: &str = "terms";

/// Letters of a term, and bits in each, so that all of them are ASCII.
const LENGTH: usize = 8;
const BITS: usize = 7;

/// A term in letters: 56 bits of its hash, of which two are alike in one of a million libraries.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Letters([u8; LENGTH]);

impl Letters {
    #[must_use]
    pub fn as_str(&self) -> &str {
        str::from_utf8(&self.0).unwrap_or_default()
    }
}

#[must_use]
pub fn letters(term: Term) -> Letters {
    Letters(std::array::from_fn(|at| (term.0 >> (BITS * at)) as u8 & 0x7f))
}

/// Terms as one text.
#[must_use]
pub fn text(terms: impl Iterator<Item = Term>) -> String {
    let mut text = String::with_capacity(terms.size_hint().0 * LENGTH);
    terms.for_each(|term| text.push_str(letters(term).as_str()));
    text
}

/// Cuts such a text into its terms again.
#[derive(Clone, Debug, Default)]
pub struct Terms {
    token: Token,
}

impl Tokenizer for Terms {
    type TokenStream<'a> = Stream<'a>;

    fn token_stream<'a>(&'a mut self, text: &'a str) -> Stream<'a> {
        self.token.reset();
        Stream { text, token: &mut self.token }
    }
}

pub struct Stream<'a> {
    text: &'a str,
    token: &'a mut Token,
}

impl TokenStream for Stream<'_> {
    fn advance(&mut self) -> bool {
        let Some((term, rest)) = self.text.split_at_checked(LENGTH) else { return false };
        self.text = rest;
        self.token.position = self.token.position.wrapping_add(1);
        self.token.text.clear();
        self.token.text.push_str(term);
        true
    }

    fn token(&self) -> &Token {
        self.token
    }

    fn token_mut(&mut self) -> &mut Token {
        self.token
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn terms_are_letters_and_stand_one_behind_the_other() {
        let text = text([Term(7), Term(u64::MAX), Term(7)].into_iter());
        let mut terms = Terms::default();
        let mut stream = terms.token_stream(&text);
        let mut found = Vec::new();
        stream.process(&mut |token| found.push((token.position, token.text.clone())));
        let [seven, most] = [Term(7), Term(u64::MAX)].map(|term| letters(term).as_str().to_owned());
        assert_eq!(found, [(0, seven.clone()), (1, most), (2, seven)]);
    }
}

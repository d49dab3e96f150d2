//! Passages: the runs of neighbouring sentences that are searched as one.

use std::ops::Range;

/// About how many words a passage has. A sentence with more is a passage by itself.
const WORDS: usize = 64;
/// A passage's sentences are counted in one byte.
const MOST_SENTENCES: usize = 255;

/// Cuts the sentences of a source into passages, by the numbers of their words.
pub fn passages(lengths: impl IntoIterator<Item = usize>) -> Vec<Range<usize>> {
    let mut found: Vec<Range<usize>> = Vec::new();
    let mut words = 0;
    for (at, length) in lengths.into_iter().enumerate() {
        words += length;
        match found.last_mut() {
            Some(last) if words <= WORDS && last.len() < MOST_SENTENCES => last.end = at + 1,
            _ => {
                words = length;
                found.push(at..at + 1);
            }
        }
    }
    found
}

#[cfg(test)]
mod tests {
    #[test]
    fn short_sentences_stand_together() {
        assert_eq!(super::passages([30, 30, 10, 70, 1, 1]), [0..2, 2..3, 3..4, 4..6]);
        assert!(super::passages([]).is_empty());
    }
}

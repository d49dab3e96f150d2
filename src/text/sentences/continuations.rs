//! Sentences that go on past a stop: remarks in brackets, speakers behind a quotation, names that end in a mark.

use super::abbreviations::{SPEECH, listed, surely_opens_sentence};
use super::characters::{capitalised, leading_word, lowered, window};
use super::next_words::NextWord;
use super::scan::Scan;
use super::stops::Stop;
use super::{NOTE_CAP, WORD_CAP};

impl Scan<'_> {
    /// Behind what stands in brackets between two sentences and belongs to the first: a remark
    /// that opens small, a source, a link: `It sank. (see the annex) Nobody drowned.`
    pub(super) fn aside(&self, stop: &Stop, next: usize) -> Option<usize> {
        let rest = window(&self.text[next..], NOTE_CAP);
        let link = rest.starts_with("[[");
        let close = if link { "]]" } else { ")" };
        if !(link || rest.starts_with('(')) || self.abbreviates(stop.start) {
            return None;
        }
        let length = rest.find(close)?;
        let inner = &rest[1..length];
        let end = next + length + close.len();
        let behind = self.text[end..].trim_start();
        let apart = self.text[end..].starts_with(char::is_whitespace);
        let word = leading_word(window(behind, WORD_CAP));
        let sourced = inner.len() < WORD_CAP && inner.ends_with(|c: char| c.is_ascii_digit());
        let belongs = if link { lowered(word, surely_opens_sentence) } else { sourced || inner.starts_with(char::is_lowercase) };
        (behind.is_empty() || apart && belongs && capitalised(word)).then_some(end)
    }

    /// `Is it over?” Hale asked.` goes on past its mark.
    pub(super) fn attributes(&self, next: &NextWord) -> bool {
        let text = window(&self.text[next.at..], 2 * WORD_CAP);
        for (index, word) in text.split_whitespace().take(4).enumerate() {
            let bare = word.trim_end_matches(['.', ',', ':', ';']);
            if index > 0 && listed(bare, SPEECH) {
                return bare.len() < word.len() && !lowered(next.word, surely_opens_sentence);
            }
            if !word.starts_with(char::is_uppercase) {
                return false;
            }
        }
        false
    }

    /// Names that end in a mark of their own.
    pub(super) fn exclamation_in_name(&self, at: usize, next: &NextWord) -> bool {
        let is_name = |word: &str| matches!(word, "yahoo" | "jeopardy" | "yum" | "joomla");
        lowered(self.word_before(at), is_name) && !next.starts(self.text)
    }

    /// A quotation with its source in brackets and a stop of its own: `... dark.” (Orr 55).`
    pub(super) fn cites(&self, next: usize) -> bool {
        let rest = window(&self.text[next..], NOTE_CAP);
        rest.starts_with('(')
            && rest
                .find(')')
                .is_some_and(|close| rest[close + 1..].starts_with('.') && rest[..close].bytes().any(|b| b.is_ascii_digit()))
    }
}

//! What a finding is known by, wherever it stands.

use std::fmt;

use unicode_normalization::UnicodeNormalization;

use crate::text::Span;

/// A hash of a rule and of the words that it speaks of, which are a sentence's or a citation's. Place,
/// case, markup, line breaks and punctuation do not change it.
///
/// Desks keep these in their repositories, so what is hashed here must never change: 64-bit FNV-1a over
/// the rule's name, a line feed, and the words in lower case (of Unicode's form NFC), each behind a space.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Fingerprint(u64);

impl Fingerprint {
    #[must_use]
    pub fn of(rule: &str, words: &str) -> Self {
        let mut hash = Hash::default();
        hash.write(rule);
        hash.write("\n");
        let words: String = words.nfc().flat_map(char::to_lowercase).collect();
        for word in words.split(is_between).filter(|word| !word.is_empty()) {
            hash.write(" ");
            hash.write(word);
        }
        Self(hash.0)
    }

    #[must_use]
    pub fn parse(written: &str) -> Option<Self> {
        let is_ours = written.len() == 16 && written.bytes().all(|b| matches!(b, b'0'..=b'9' | b'a'..=b'f'));
        is_ours.then(|| u64::from_str_radix(written, 16).ok()).flatten().map(Self)
    }
}

impl fmt::Display for Fingerprint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:016x}", self.0)
    }
}

/// What stands between words. Signs that change a value, such as `%` and `€`, are part of them.
fn is_between(c: char) -> bool {
    const MARKS: &str = "\0.,;:!?'\"()[]{}<>*_`~\\/|#@-‐‑–—…“”„‘’‚«»‹›¿¡";
    c.is_whitespace() || MARKS.contains(c)
}

/// The words of a text as fingerprints have them, with their places.
pub fn words(text: &str) -> impl Iterator<Item = (Span, String)> {
    let start = text.as_ptr() as usize;
    text.split(is_between).filter(|word| !word.is_empty()).map(move |word| {
        let at = word.as_ptr() as usize - start;
        (Span::new(at, at + word.len()), word.nfc().flat_map(char::to_lowercase).collect())
    })
}

/// A hash of words, made word by word. It must never change, either: 64-bit FNV-1a over "words", a line feed, and the
/// words, each behind a space.
#[derive(Clone, Debug)]
pub struct RunningHash(Hash);

impl Default for RunningHash {
    fn default() -> Self {
        let mut hash = Hash::default();
        hash.write("words\n");
        Self(hash)
    }
}

impl RunningHash {
    pub fn add(&mut self, word: &str) {
        self.0.write(" ");
        self.0.write(word);
    }

    /// The hash of the words so far.
    #[must_use]
    pub const fn so_far(&self) -> Fingerprint {
        Fingerprint(self.0.0)
    }
}

#[derive(Clone, Debug)]
struct Hash(u64);

impl Default for Hash {
    fn default() -> Self {
        Self(0xcbf2_9ce4_8422_2325)
    }
}

impl Hash {
    fn write(&mut self, text: &str) {
        for byte in text.bytes() {
            self.0 = (self.0 ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Fingerprint;

    #[test]
    fn words_make_it_and_nothing_around_them() {
        let of = |words| Fingerprint::of("misquote", words);
        let one = of("The mill closed on 5 May – “for good”.");
        for same in ["the mill\n closed on 5 May: for   good", "  The **mill** closed, on 5 May (“for good”)!"] {
            assert_eq!(of(same), one, "{same}");
        }
        for other in
            ["The mill closed on 6 May for good.", "mill closed on 5 May for good", "The mill closed on 5 % May for good"]
        {
            assert_ne!(of(other), one, "{other}");
        }
        assert_ne!(Fingerprint::of("overclaim", "The mill closed on 5 May for good."), one);
        assert_eq!(of("Caf\u{e9}"), of("CAFE\u{301}"));
    }

    #[test]
    fn it_is_the_same_for_ever() {
        let known = Fingerprint::of("unsupported-claim", "Otto Brandt bought the mill for €3.5 million.");
        assert_eq!(known.to_string(), "28b0232f771beacd");
        assert_eq!(Fingerprint::parse(&known.to_string()), Some(known));
        for wrong in ["", "1", "+123456789abcdef", "123456789ABCDEF0"] {
            assert_eq!(Fingerprint::parse(wrong), None, "{wrong}");
        }
    }
}

//! The pass over one paragraph: where it halts, and the ends of sentences found so far.

use super::lists::{BULLETS, enumeration};

/// Bytes at which the pass halts: the ASCII marks and the first bytes of the others.
const WATCHED: [bool; 256] = {
    let mut watched = [false; 256];
    let mut index = 0;
    let marks = b".!?\"'`()[]\n";
    while index < marks.len() {
        watched[marks[index] as usize] = true;
        index += 1;
    }
    // « »; ؟; ۔; ।; general punctuation; CJK; full width.
    let leads = [0xC2, 0xD8, 0xDB, 0xE0, 0xE2, 0xE3, 0xEF];
    index = 0;
    while index < leads.len() {
        watched[leads[index]] = true;
        index += 1;
    }
    watched
};

/// One pass over one paragraph.
pub(super) struct Scan<'a> {
    pub(super) text: &'a str,
    pub(super) bytes: &'a [u8],
    /// Sentence ends found so far, ascending.
    pub(super) cuts: Vec<usize>,
    /// Enumeration marks still ahead, the nearest last.
    pub(super) items: Vec<usize>,
    /// Opening marks that wait for their partner: the closing mark, and where it opened.
    pub(super) open: Vec<(char, usize)>,
    /// Whether the paragraph opens with a bracket, so that a number in brackets opens an entry
    /// of a list rather than closing a sentence.
    pub(super) entries: bool,
}

impl<'a> Scan<'a> {
    pub(super) fn new(text: &'a str) -> Self {
        let mut items = enumeration(text);
        items.reverse();
        Self {
            text,
            bytes: text.as_bytes(),
            cuts: Vec::new(),
            items,
            open: Vec::new(),
            entries: text.trim_start().starts_with('['),
        }
    }

    pub(super) fn run(mut self) -> Vec<usize> {
        let mut at = 0;
        while at < self.bytes.len() {
            let byte = self.bytes[at];
            if !WATCHED[usize::from(byte)] {
                at += 1;
                continue;
            }
            while self.items.last().is_some_and(|&item| item <= at) {
                let item = self.items.pop().unwrap_or_default();
                self.cut(item);
            }
            at = self.mark(at);
        }
        for item in std::mem::take(&mut self.items).into_iter().rev() {
            self.cut(item);
        }
        self.cuts
    }

    /// Deals with the mark at `at`; returns where to go on.
    fn mark(&mut self, at: usize) -> usize {
        let Some(mark) = self.text[at..].chars().next() else {
            return self.bytes.len();
        };
        let end = at + mark.len_utf8();
        match mark {
            '.' | '!' | '?' | '…' | '‼' | '⁇' | '⁈' | '⁉' | '؟' | '۔' | '।' | '。' | '｡' | '！' | '？' => {
                return self.stop(at);
            }
            _ if BULLETS.contains(&mark) && self.before(at).is_none_or(char::is_whitespace) => {
                self.cut(at);
            }
            '\n' => self.line(end),
            '(' => self.opens(')', at),
            '[' => self.opens(']', at),
            ')' | ']' => self.closes(mark, at),
            '«' | '»' | '‹' | '›' => self.guillemet(mark, at),
            '„' => self.opens('“', at),
            '‚' => self.opens('‘', at),
            '“' if self.opened('“') => self.closes('“', at),
            '“' => self.opens('”', at),
            '”' if self.opened('”') => self.closes('”', at),
            '”' => self.closes('“', at),
            '‘' if self.opened('‘') => self.closes('‘', at),
            '‘' => self.opens('’', at),
            '"' | '\'' | '`' | '’' => self.straight(mark, at),
            _ => {}
        }
        end
    }

    pub(super) fn before(&self, at: usize) -> Option<char> {
        self.text[..at].chars().next_back()
    }

    pub(super) fn after(&self, at: usize) -> Option<char> {
        self.text[at..].chars().next()
    }

    /// Where the sentence at hand began.
    pub(super) fn begun(&self) -> usize {
        self.cuts.last().copied().unwrap_or(0)
    }

    pub(super) fn cut(&mut self, at: usize) {
        if at > self.begun() {
            self.cuts.push(at);
        }
    }

    /// A line that opens with a list mark is an item of its own.
    fn line(&mut self, start: usize) {
        let rest = self.text[start..].trim_start_matches([' ', '\t']);
        if ["- ", "* ", "+ "].iter().any(|mark| rest.starts_with(mark)) {
            self.cut(start);
        }
    }
}

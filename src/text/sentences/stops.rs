//! Stops: the marks that can end a sentence, and whether they do.

use super::next_words::NextKind;
use super::scan::Scan;
use super::{GAP_CAP, WORD_CAP};

/// What the marks at one terminator amount to.
pub(super) struct Stop {
    pub(super) start: usize,
    /// Behind the last of the marks.
    pub(super) end: usize,
    pub(super) kind: StopKind,
}

#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum StopKind {
    /// One full stop.
    Period,
    /// At least one `?` or `!`.
    Exclamation,
    /// Dots, as many as given: `spaced` when the first stands apart from the word before it,
    /// `inner` when they stand apart from each other.
    Dots { spaced: bool, inner: bool, count: usize },
    /// A full stop of a script that puts no space behind it.
    Full,
}

impl Scan<'_> {
    /// Deals with the terminator at `at`; returns where to go on.
    pub(super) fn stop(&mut self, at: usize) -> usize {
        let stop = self.gather(at);
        // Inside a footnote mark that the last sentence has taken along.
        if at < self.begun() {
            return stop.end;
        }
        let tail = self.tail(&stop);
        let rest = &self.text[tail..];
        let gap = rest.len() - rest.trim_start().len();
        if gap == rest.len() {
            return stop.end;
        }
        if gap > 0 {
            self.spaced_stop(&stop, tail, tail + gap);
        } else if stop.kind == StopKind::Full {
            self.cut(tail);
        } else if let Some(cut) = self.glued(&stop, tail) {
            self.cut(cut);
        }
        stop.end
    }

    /// All the marks that make up one stop: `?!`, `....`, `. . .`.
    fn gather(&self, at: usize) -> Stop {
        let (mut end, mut count, mut exclaims, mut full) = (at, 0, false, false);
        for mark in self.text[at..].chars() {
            match mark {
                '.' => count += 1,
                '…' => count += 3,
                '!' | '?' | '‼' | '⁇' | '⁈' | '⁉' | '؟' | '۔' | '।' => exclaims = true,
                '。' | '｡' | '！' | '？' => full = true,
                _ => break,
            }
            end += mark.len_utf8();
        }
        let mut inner = false;
        if count == 1 && !exclaims && !full {
            while let Some(next) = self.dot_apart(end) {
                (end, inner, count) = (next, true, count + 1);
            }
        }
        let spaced = self.before(at).is_some_and(char::is_whitespace);
        let kind = match () {
            () if full => StopKind::Full,
            () if exclaims => StopKind::Exclamation,
            () if count == 1 => StopKind::Period,
            () => StopKind::Dots { spaced, inner, count },
        };
        Stop { start: at, end, kind }
    }

    /// Behind a further dot that follows after one space, as in `. . .`.
    fn dot_apart(&self, at: usize) -> Option<usize> {
        let mut chars = self.text[at..].chars();
        let space = chars.next().filter(|c| c.is_whitespace() && *c != '\n')?;
        let dot = chars.next().filter(|c| *c == '.')?;
        // `.5` and `.com` are words.
        if chars.next().is_some_and(char::is_alphanumeric) {
            return None;
        }
        Some(at + space.len_utf8() + dot.len_utf8())
    }

    /// A stop, white space, and the word at `next`.
    fn spaced_stop(&mut self, stop: &Stop, tail: usize, next: usize) {
        if !self.has_words(stop.start) && stop.kind != StopKind::Full {
            return;
        }
        let word = self.next(next);
        if stop.kind == StopKind::Period
            && let Some(end) = self.aside(stop, next)
        {
            self.cut(end);
            return;
        }
        if word.kind == NextKind::Nothing || word.kind == NextKind::Small && stop.kind != StopKind::Full {
            return;
        }
        let quoted = tail > stop.end;
        let ends = match stop.kind {
            StopKind::Full => true,
            StopKind::Exclamation => !(self.exclamation_in_name(stop.start, &word) || quoted && self.attributes(&word)),
            _ if quoted && self.cites(next) => false,
            StopKind::Period => !(quoted && word.kind == NextKind::Dash) && self.period_ends(stop.start, &word),
            StopKind::Dots { inner: true, spaced: true, count } => count > 3,
            StopKind::Dots { inner: true, spaced: false, count } if count > 3 && !quoted => {
                // A full stop, and then three dots that belong to what follows.
                self.cut(stop.start + 1);
                return;
            }
            StopKind::Dots { spaced: true, .. } => word.starts(self.text) || quoted,
            StopKind::Dots { .. } => true,
        };
        if ends {
            self.cut(tail);
        }
    }

    /// Whether a letter or digit stands near the beginning of the sentence that stops at `at`.
    fn has_words(&self, at: usize) -> bool {
        let own = self.text[self.begun()..at].chars().take(GAP_CAP).skip_while(|c| c.is_whitespace());
        own.take(WORD_CAP).any(char::is_alphanumeric)
    }
}

//! Marks that pair up, quotation marks and brackets: a short pair holds its sentences together.

use super::characters::{dash, opening};
use super::scan::Scan;
use super::{DEPTH_CAP, PAIR_CAP};

impl Scan<'_> {
    pub(super) fn opened(&self, close: char) -> bool {
        self.open.iter().any(|open| open.0 == close)
    }

    pub(super) fn opens(&mut self, close: char, at: usize) {
        if self.open.len() == DEPTH_CAP {
            self.open.remove(0);
        }
        self.open.push((close, at));
    }

    /// Takes back the cuts inside the pair that closes here, when it is a short one. A cut that
    /// lies behind the closing mark was made by the stop before it, and stays.
    pub(super) fn closes(&mut self, close: char, at: usize) {
        let Some(index) = self.open.iter().rposition(|open| open.0 == close) else {
            return;
        };
        let start = self.open[index].1;
        self.open.truncate(index);
        if at - start > PAIR_CAP {
            return;
        }
        let behind = self.cuts.pop_if(|cut| *cut > at);
        while self.cuts.pop_if(|cut| *cut > start).is_some() {}
        self.cuts.extend(behind);
    }

    /// «so» and »so«: whichever came first opens.
    pub(super) fn guillemet(&mut self, mark: char, at: usize) {
        let partner = match mark {
            '«' => '»',
            '»' => '«',
            '‹' => '›',
            _ => '‹',
        };
        if self.opened(mark) {
            self.closes(mark, at);
        } else if matches!(mark, '«' | '‹') || self.before(at).is_none_or(char::is_whitespace) {
            self.opens(partner, at);
        }
    }

    /// A mark that looks the same at both ends: its neighbours tell which end it is.
    pub(super) fn straight(&mut self, mark: char, at: usize) {
        let (before, after) = (self.before(at), self.after(at + mark.len_utf8()));
        let free_before = before.is_none_or(|c| c.is_whitespace() || opening(c) || dash(c));
        let free_after = after.is_none_or(|c| !c.is_alphanumeric());
        match mark {
            '"' if free_before && (!free_after || !self.opened('"')) => self.opens('"', at),
            '"' if free_after || self.opened('"') => self.closes('"', at),
            '"' => self.opens('"', at),
            // `thus' as well as `thus`.
            '`' if free_before && after.is_some_and(|c| !c.is_whitespace()) => self.opens('`', at),
            '`' => self.closes('`', at),
            '\'' if free_before && after.is_some_and(|c| c.is_alphabetic() || dash(c)) => {
                self.opens('\'', at);
            }
            // An apostrophe stands behind a letter; so does a closing mark now and then, but
            // then no stop stands inside.
            '\'' if free_after && !before.is_some_and(char::is_alphanumeric) => {
                self.closes(if self.opened('\'') { '\'' } else { '`' }, at);
            }
            '’' if free_after && !before.is_some_and(char::is_alphanumeric) => {
                self.closes('’', at);
            }
            _ => {}
        }
    }
}

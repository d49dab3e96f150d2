//! Directives: comments that say which findings are to be left out, and why.
//!
//! `<!-- corroborate: ignore[misquote] our own translation -->`

use super::Note;
use crate::text::Span;

/// A directive of a note.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Directive {
    /// The whole comment.
    pub span: Span,
    /// The word that says what it does, such as `ignore`.
    pub word: Span,
    /// For how much it is. `None` if it is not understood.
    pub reach: Option<Reach>,
    /// The rules that it names, as they are written; none for all.
    pub codes: Vec<Span>,
    pub reason: Span,
}

/// How much of a note a directive is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reach {
    /// The sentence before it on its line; on a line of its own the next one.
    Sentence,
    /// The lines around that sentence, up to the next empty ones.
    Block,
    /// The note.
    File,
}

impl Reach {
    pub const ALL: [Self; 3] = [Self::Sentence, Self::Block, Self::File];

    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Sentence => "ignore",
            Self::Block => "ignore-block",
            Self::File => "ignore-file",
        }
    }
}

impl Directive {
    /// The same directive in a note that has `by` bytes before it.
    pub(super) fn shifted(&self, by: usize) -> Self {
        Self {
            span: self.span.shifted(by),
            word: self.word.shifted(by),
            reach: self.reach,
            codes: self.codes.iter().map(|code| code.shifted(by)).collect(),
            reason: self.reason.shifted(by),
        }
    }

    /// Reads a comment.
    fn read(text: &str, comment: Span) -> Option<Self> {
        let whole = comment.of(text);
        let inner = whole.strip_prefix("<!--")?.strip_suffix("-->")?.trim();
        let said = inner.strip_prefix("corroborate:")?.trim_start();
        let span = |part: &str| Span::new(offset(text, part), offset(text, part) + part.len());
        let end = said.find(|c: char| !c.is_alphanumeric() && c != '-').unwrap_or(said.len());
        let (word, rest) = said.split_at(end);
        let rest = rest.trim_start();
        let (codes, reason) = match rest.strip_prefix('[').map(|list| list.split_once(']')) {
            Some(Some((list, reason))) => (list.split(',').map(str::trim).filter(|code| !code.is_empty()).collect(), reason),
            _ => (Vec::new(), rest),
        };
        // An empty list or one without an end does not mean all rules.
        let is_list_good = !rest.starts_with('[') || !codes.is_empty();
        let reach = Reach::ALL.into_iter().find(|reach| reach.name() == word).filter(|_| is_list_good);
        let reason = reason.trim_start_matches(|c: char| c.is_whitespace() || matches!(c, ':' | '-' | '–' | '—')).trim_end();
        Some(Self { span: comment, word: span(word), reach, codes: codes.into_iter().map(span).collect(), reason: span(reason) })
    }
}

/// The directives among the comments of a text.
pub fn find(text: &str, comments: &[Span]) -> Vec<Directive> {
    comments.iter().filter_map(|comment| Directive::read(text, *comment)).collect()
}

impl Note {
    /// The part of its text that a directive is for. `None` if there is none.
    #[must_use]
    pub fn reach(&self, directive: &Directive, text: &str, lines: &Lines) -> Option<Span> {
        let reach = directive.reach?;
        if reach == Reach::File {
            return Some(Span::new(0, text.len()));
        }
        let at = directive.span.start;
        let line = lines.lines[lines.at(at)].start;
        let behind = self.sentences.partition_point(|sentence| sentence.span.start < at);
        let before = behind.checked_sub(1).map(|at| self.whole(at)).filter(|before| before.end > line);
        let target = before.or_else(|| (behind < self.sentences.len()).then(|| self.whole(behind)))?;
        if reach == Reach::Sentence {
            return Some(target);
        }
        let lines = lines.around(target);
        Some(if before.is_none() { Span::new(lines.start.max(at.min(target.start)), lines.end) } else { lines })
    }

    /// A sentence with all that it quotes.
    fn whole(&self, at: usize) -> Span {
        let sentence = &self.sentences[at];
        // They follow each other but for the last, which may hold others.
        let ends = [sentence.quotations.first(), sentence.quotations.last()];
        ends.into_iter().flatten().fold(sentence.span, |span, quotation| span.cover(quotation.span))
    }
}

/// The lines of a note, and which of them hang together.
#[derive(Debug)]
pub struct Lines {
    lines: Vec<Line>,
    end: usize,
}

#[derive(Debug)]
struct Line {
    start: usize,
    is_empty: bool,
    /// The first and the last line that are reached from here without an empty one between.
    first: usize,
    last: usize,
}

impl Lines {
    #[must_use]
    pub fn of(text: &str) -> Self {
        let mut lines: Vec<Line> = Vec::new();
        let mut start = 0;
        // What ends with a line feed has an empty line behind it, on which nothing stands.
        for (at, line) in text.split('\n').enumerate() {
            let is_empty = line.trim_matches([' ', '\t', '\r', '>']).is_empty();
            let first = lines.last().filter(|before| !before.is_empty).map_or(at, |before| before.first);
            lines.push(Line { start, is_empty, first, last: at });
            start += line.len() + 1;
        }
        for at in (1..lines.len()).rev() {
            if !lines[at].is_empty {
                lines[at - 1].last = lines[at].last;
            }
        }
        Self { lines, end: text.len() }
    }

    /// The line on which a place is.
    fn at(&self, offset: usize) -> usize {
        self.lines.partition_point(|line| line.start <= offset) - 1
    }

    /// The lines that a span touches, with those around them up to empty ones.
    fn around(&self, span: Span) -> Span {
        let (first, last) = (self.lines[self.at(span.start)].first, self.lines[self.at(span.end)].last);
        let end = self.lines.get(last + 1).map_or(self.end, |next| next.start);
        Span::new(self.lines[first].start, end)
    }
}

/// Where a part of a text lies in it.
fn offset(text: &str, part: &str) -> usize {
    part.as_ptr() as usize - text.as_ptr() as usize
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The words of each directive, and what it is for.
    fn shown(text: &str) -> Vec<(Vec<&str>, &str, Option<&str>)> {
        let note = Note::parse(text);
        let words = |spans: &[Span]| spans.iter().map(|span| span.of(text)).collect();
        let reach = |directive: &Directive| note.reach(directive, text, &Lines::of(text)).map(|span| span.of(text));
        note.directives.iter().map(|d| (words(&d.codes), d.reason.of(text), reach(d))).collect()
    }

    #[test]
    fn rules_and_reasons_are_read() {
        for (comment, codes, reason) in [
            ("<!-- corroborate: ignore[misquote] our own words -->", vec!["misquote"], "our own words"),
            ("<!--corroborate:ignore [a,b , c]: said -- so -->", vec!["a", "b", "c"], "said -- so"),
            ("<!-- corroborate: ignore — known [since May] -->", vec![], "known [since May]"),
            ("<!-- corroborate: ignore -->", vec![], ""),
            ("<!-- corroborate: ignore[a]\nover two\nlines -->", vec!["a"], "over two\nlines"),
        ] {
            let text = format!("{comment}\nIt rained.\n");
            assert_eq!(shown(&text), [(codes, reason, Some("It rained."))], "{comment}");
        }
    }

    #[test]
    fn what_is_not_understood_is_for_nothing() {
        for comment in ["ignroe[a] x", "ignore[] x", "ignore[a x", "", "ignore-all"] {
            let text = format!("It rained. <!-- corroborate: {comment} -->\n");
            assert!(matches!(&shown(&text)[..], [(_, _, None)]), "{comment}");
        }
        for other in
            ["<!-- ignore -->", "`<!-- corroborate: ignore -->`", "    <!-- corroborate: ignore -->", "<!-- corroborate: ignore"]
        {
            assert_eq!(shown(&format!("{other}\n\nIt rained.\n")), [], "{other}");
        }
    }

    #[test]
    fn behind_words_it_is_for_their_sentence_and_alone_for_the_next() {
        let for_what = |text: &str| shown(text).into_iter().filter_map(|it| it.2.map(str::to_owned)).collect::<Vec<_>>();
        let here = "<!-- corroborate: ignore x -->";
        assert_eq!(for_what(&format!("Dry. It rained [@wire].[^1] {here} Wet.\n\n[^1]: a\n")), ["It rained [@wire].[^1]"]);
        assert_eq!(for_what(&format!("Dry. It {here} rained. Wet.\n")), [format!("It {here} rained.")]);
        assert_eq!(for_what(&format!("Dry.\n{here}\nIt rained. Wet.\n")), ["It rained."]);
        assert_eq!(for_what(&format!("{here}\n\nIt rained. Wet.\n")), ["It rained."]);
        assert_eq!(for_what(&format!("- Dry.\n- It rained. {here}\n- Wet.\n")), ["It rained."]);
        assert_eq!(for_what(&format!("| a | b |\n|---|---|\n| c | d {here} |\n")), ["c | d"]);
        assert_eq!(for_what(&format!("> It rained. {here}\n")), ["It rained."]);
        assert_eq!(for_what(&format!("Dry.\n\n{here}\n")), [""; 0]);
    }

    #[test]
    fn a_block_ends_at_an_empty_line() {
        let for_what = |text: &str| shown(text).into_iter().filter_map(|it| it.2.map(str::to_owned)).collect::<Vec<_>>();
        let here = "<!-- corroborate: ignore-block x -->";
        assert_eq!(
            for_what(&format!("Dry.\n\n{here}\n- It rained.\n- Wet.\n\nDry.\n")),
            [format!("{here}\n- It rained.\n- Wet.\n")]
        );
        assert_eq!(for_what(&format!("Dry.\n\n{here}\n\nIt rained.\nWet.\n \nDry.")), ["It rained.\nWet.\n"]);
        assert_eq!(
            for_what(&format!("Dry.\n\nIt\nrained. {here} Wet.\nCold.\n\nDry.")),
            [format!("It\nrained. {here} Wet.\nCold.\n")]
        );
        let all = "Dry.\n\n<!-- corroborate: ignore-file x -->\n";
        assert_eq!(for_what(all), [all]);
    }
}

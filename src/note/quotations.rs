//! Quotations: words in quotation marks, and block quotations.

mod block_quotation;

use crate::cache::Key;
use crate::text::Span;
use crate::text::blocks::{Block, BlockKind};

/// Words that are given as somebody else's.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Quotation {
    /// With its marks.
    pub span: Span,
    /// Without them.
    pub inner: Span,
    pub is_block: bool,
}

impl Quotation {
    /// The same quotation in a text that begins `by` bytes earlier.
    #[must_use]
    pub const fn shifted(self, by: usize) -> Self {
        Self { span: self.span.shifted(by), inner: self.inner.shifted(by), is_block: self.is_block }
    }

    /// As much of it as stands before a place.
    #[must_use]
    pub fn until(self, end: usize) -> Self {
        let before = |span: Span| Span::new(span.start, span.end.min(end));
        Self { span: before(self.span), inner: before(self.inner), is_block: self.is_block }
    }

    /// Writes into a key where it stands, seen from `from`.
    pub(crate) fn write(self, key: &mut Key, from: usize) {
        key.number(usize::from(self.is_block)).span(self.span, from).span(self.inner, from);
    }

    /// The same quotation in the part of its text that begins at `start`.
    #[must_use]
    pub const fn from_start(self, start: usize) -> Self {
        Self {
            span: Span::new(self.span.start - start, self.span.end - start),
            inner: Span::new(self.inner.start - start, self.inner.end - start),
            is_block: self.is_block,
        }
    }
}

/// The quotations of one block of a note; `next` is the block behind it.
pub fn find(text: &str, visible: &str, block: &Block, next: Option<&Block>, code: &[Span]) -> Vec<Quotation> {
    if block.kind == BlockKind::Quotation {
        // HTML has an element for who is quoted.
        let end = block.span.of(text).find("<cite").map_or(block.span.end, |at| block.span.start + at);
        let whole = Span::new(block.span.start, end).trimmed(visible);
        let quotation = |words: Span| {
            let start = if words.start > whole.start { words.start } else { block.span.trimmed(text).start };
            Quotation { span: Span::new(start, words.end), inner: strip_marks(visible, words), is_block: true }
        };
        let turns = block_quotation::turns(visible, whole);
        return turns.into_iter().map(quotation).filter(|quotation| !quotation.inner.is_empty()).collect();
    }
    let mut found = quotations_in(visible, block.span);
    found.extend(next.filter(|next| next.kind == block.kind).and_then(|next| going_on(visible, block.span, next.span)));
    found.retain(|q| !is_in_code(q.span, code));
    found
}

/// Spans of code follow each other, so only the last one that begins before the end can overlap.
pub(super) fn is_in_code(span: Span, code: &[Span]) -> bool {
    let before = code.partition_point(|code| code.start < span.end);
    code[..before].last().is_some_and(|code| code.overlaps(span))
}

/// A quotation that is not closed because it goes on in the next paragraph, which opens it again.
fn going_on(text: &str, block: Span, next: Span) -> Option<Quotation> {
    let mark = next.of(text).trim_start().chars().next().filter(|c| matches!(c, '“' | '"' | '„' | '«' | '‘'))?;
    let start = unclosed(text, block).filter(|at| text[*at..].starts_with(mark))?;
    let span = Span::new(start, block.end).trimmed(text);
    let inner = Span::new(start + mark.len_utf8(), span.end).trimmed(text);
    (!inner.is_empty()).then_some(Quotation { span, inner, is_block: false })
}

/// The first mark that opens a quotation which does not end in the text.
fn unclosed(text: &str, within: Span) -> Option<usize> {
    let mut closed = quotations_in(text, within).into_iter().peekable();
    let mut outside = move |at: usize| {
        while closed.next_if(|q| q.span.end <= at).is_some() {}
        closed.peek().is_none_or(|q| at < q.span.start)
    };
    within
        .of(text)
        .char_indices()
        .map(|(i, c)| (within.start + i, c))
        .find(|(at, c)| outside(*at) && opens(text, *at, *c))
        .map(|(at, _)| at)
}

/// A block quotation may have quotation marks of its own around it.
fn strip_marks(text: &str, span: Span) -> Span {
    let words = span.of(text);
    let inside = words.trim_start_matches(['“', '"', '«', '„']);
    let start = span.start + words.len() - inside.len();
    Span::new(start, start + inside.trim_end_matches(['”', '"', '»', '“']).len())
}

/// Text between matching quotation marks, outermost pairs only: “…”, "…", „…“, «…», »…« and,
/// where they cannot be apostrophes, ‘…’.
#[must_use]
pub fn quotations_in(text: &str, within: Span) -> Vec<Quotation> {
    let mut found = Vec::new();
    let mut closers = Closers::of(text, within);
    let mut at = within.start;
    while at < within.end {
        let rest = &text[at..within.end];
        let Some((open, mark)) = rest.char_indices().find(|(i, c)| opens(text, at + i, *c)) else { break };
        let start = at + open;
        let inside = start + mark.len_utf8();
        match closers.behind(mark, inside) {
            Some((close, end)) => {
                let inner = Span::new(inside, close).trimmed(text);
                if !inner.is_empty() {
                    found.push(Quotation { span: Span::new(start, end), inner, is_block: false });
                }
                at = end;
            }
            None => at = inside,
        }
    }
    found
}

fn opens(text: &str, at: usize, c: char) -> bool {
    let before = text[..at].chars().next_back();
    let after = text[at + c.len_utf8()..].chars().next();
    let at_word_start =
        before.is_none_or(|b| b.is_whitespace() || matches!(b, '(' | '[' | '—' | '–' | '-' | '|' | '/' | '*' | '_' | '¿' | '¡'));
    match c {
        '“' | '„' | '«' | '‟' => true,
        '»' => at_word_start && after.is_some_and(char::is_alphanumeric),
        '"' | '‘' | '‹' => at_word_start && after.is_some_and(|a| !a.is_whitespace()),
        _ => false,
    }
}

/// Where quotations end. Marks that nothing closes are common in bad texts; each is looked for once.
struct Closers<'t> {
    text: &'t str,
    within: Span,
    /// Kinds of marks that nothing closes from here on.
    unclosed: Vec<char>,
    /// What closes each “ that is open, made when one is not closed.
    nested: Option<Nested>,
}

impl<'t> Closers<'t> {
    const fn of(text: &'t str, within: Span) -> Self {
        Self { text, within, unclosed: Vec::new(), nested: None }
    }

    /// The offset of the mark that closes what `open` began before `inside`, and the one behind it. `inside`
    /// never goes back.
    fn behind(&mut self, open: char, inside: usize) -> Option<(usize, usize)> {
        let within = Span::new(inside, self.within.end);
        if open == '“' {
            if let Some(nested) = &self.nested {
                return nested.closing(inside);
            }
            let found = closing(self.text, open, within);
            if found.is_none() {
                // Another “ in it may be closed, so each has to be told apart.
                self.nested = Some(Nested::of(self.text, within));
            }
            return found;
        }
        if self.unclosed.contains(&open) {
            return None;
        }
        let found = closing(self.text, open, within);
        if found.is_none() {
            self.unclosed.push(open);
        }
        found
    }
}

/// The marks inside quotations of the kind “…”, in one pass.
struct Nested {
    /// Each mark with the offset behind it, in order.
    marks: Vec<(usize, usize)>,
    /// For what begins right before each mark, the place of the mark that closes it.
    closes: Vec<Option<usize>>,
}

impl Nested {
    fn of(text: &str, within: Span) -> Self {
        let (mut marks, mut depths) = (Vec::new(), vec![0isize]);
        for (i, c) in within.of(text).char_indices() {
            let (at, end) = (within.start + i, within.start + i + c.len_utf8());
            if let Some(step) = step(text, '“', c, at) {
                marks.push((at, end));
                depths.push(depths[depths.len() - 1] + step);
            }
        }
        // The next smaller depth of each: those that wait for one are on the stack.
        let mut closes = vec![None; marks.len()];
        let mut waiting: Vec<usize> = Vec::new();
        for at in 0..depths.len() {
            while let Some(before) = waiting.pop_if(|before| depths[*before] > depths[at]) {
                closes[before] = Some(at - 1);
            }
            waiting.push(at);
        }
        Self { marks, closes }
    }

    fn closing(&self, inside: usize) -> Option<(usize, usize)> {
        let next = self.marks.partition_point(|(at, _)| *at < inside);
        self.closes.get(next).copied().flatten().map(|at| self.marks[at])
    }
}

/// What closes a quotation that `open` began.
const fn closers(open: char) -> &'static [char] {
    match open {
        '“' | '‟' => &['”', '“'],
        '„' => &['“', '”', '‟'],
        '«' => &['»'],
        '»' => &['«'],
        '‹' => &['›'],
        '‘' => &['’'],
        _ => &['"'],
    }
}

/// Whether a mark inside of what `open` began goes one deeper or one back.
fn step(text: &str, open: char, c: char, at: usize) -> Option<isize> {
    if open == '“' && c == '“' && opens_again(text, at) {
        return Some(1);
    }
    let closes = closers(open).contains(&c) && (open != '‘' || ends_word(text, at, at + c.len_utf8()));
    closes.then_some(-1)
}

/// Where the quotation that `open` began ends: the offset of the closing mark and the one behind it.
fn closing(text: &str, open: char, within: Span) -> Option<(usize, usize)> {
    let mut depth = 0isize;
    for (i, c) in within.of(text).char_indices() {
        let at = within.start + i;
        depth += step(text, open, c, at).unwrap_or(0);
        if depth < 0 {
            return Some((at, at + c.len_utf8()));
        }
    }
    None
}

/// A second “ inside a quotation opens another one when a word follows it directly.
fn opens_again(text: &str, at: usize) -> bool {
    text[..at].ends_with(char::is_whitespace) && text[at + '“'.len_utf8()..].starts_with(char::is_alphanumeric)
}

/// A ’ that is not an apostrophe: behind a word or a stop and before a space or a stop.
fn ends_word(text: &str, at: usize, end: usize) -> bool {
    !text[..at].ends_with(char::is_whitespace) && !text[end..].starts_with(char::is_alphanumeric)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn shown(text: &str) -> Vec<&str> {
        quotations_in(text, Span::new(0, text.len())).iter().map(|q| q.inner.of(text)).collect()
    }

    #[test]
    fn all_kinds_of_marks() {
        for text in [
            "He said “so it is” twice.",
            "He said \"so it is\" twice.",
            "Er sagte „so it is“ wieder.",
            "Il dit « so it is » hier.",
            "Er sagte »so it is« wieder.",
            "He said ‘so it is’ twice.",
        ] {
            assert_eq!(shown(text), ["so it is"], "{text}");
        }
    }

    #[test]
    fn apostrophes_inches_and_open_ends_are_no_quotations() {
        for text in ["The workers’ rights and the ‘90s aren’t", "a 5\" gun", "He said “so it is", "‘tis the season"] {
            assert_eq!(shown(text), Vec::<&str>::new(), "{text}");
        }
    }

    #[test]
    fn block_quotations_end_before_their_origin() {
        for (text, words) in [
            ("So it is.\n— Ines Dorr, coach", "So it is."),
            ("— Ines Dorr", ""),
            ("It is\n– I think – so.", "It is\n– I think – so."),
        ] {
            let block = Block {
                kind: BlockKind::Quotation,
                span: Span::new(0, text.len()),
                lead: None,
                heading: None,
                cells: Vec::new(),
            };
            let found = find(text, text, &block, None, &[]);
            assert_eq!(found.first().map_or("", |q| q.inner.of(text)), words);
        }
    }

    /// What [`quotations_in`] finds, where each mark is looked for by itself.
    fn one_by_one(text: &str) -> Vec<Span> {
        let (mut found, mut at) = (Vec::new(), 0);
        while let Some((open, mark)) = text[at..].char_indices().find(|(i, c)| opens(text, at + i, *c)) {
            let inside = at + open + mark.len_utf8();
            let end = closing(text, mark, Span::new(inside, text.len())).map(|(close, end)| {
                if !Span::new(inside, close).trimmed(text).is_empty() {
                    found.push(Span::new(at + open, end));
                }
                end
            });
            at = end.unwrap_or(inside);
        }
        found
    }

    proptest! {
        #[test]
        fn marks_without_an_end_change_no_others(text in "([“”„‟«»‹›‘’\"]|a| |, ){0,40}") {
            let found: Vec<Span> = quotations_in(&text, Span::new(0, text.len())).iter().map(|q| q.span).collect();
            prop_assert_eq!(found, one_by_one(&text));
        }
    }

    #[test]
    fn nested_marks_stay_inside() {
        assert_eq!(shown("She said “he called it ‘a mess’ then” again."), ["he called it ‘a mess’ then"]);
        assert_eq!(shown("“One,” he said. “Two.”"), ["One,", "Two."]);
    }
}

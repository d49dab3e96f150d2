//! Floor 2: notes. Markdown becomes sentences with their quotations and citations.
//!
//! A [`Note`] is a pure function of the note's text. It knows nothing of sources: whether a
//! citation leads anywhere, and whether a claim holds, is decided upstairs.

mod bibliography;
mod cache;
mod citations;
pub mod descriptors;
mod directives;
mod kind;
pub mod locators;
mod obsidian;
mod parts;
mod quotations;

pub use bibliography::bibliographies;
pub use cache::NoteCache;
pub use citations::{Citation, CitationKind, MOST_DEFINED};
pub use directives::{Directive, Lines, Reach};
pub use kind::SentenceKind;
pub use obsidian::is_daily_note;
pub use parts::{Part, PlacedPart};
pub use quotations::{Quotation, quotations_in};

use std::ops::Range;

use crate::text::blocks::{Block, BlockKind, Layout};
use crate::text::words::readable;
use crate::text::{Span, sentences};

/// A document that the analyst writes.
#[derive(Clone, Debug, Default)]
pub struct Note {
    pub layout: Layout,
    /// In the order of the text, not overlapping.
    pub sentences: Vec<Sentence>,
    /// In the order of the text.
    pub citations: Vec<Citation>,
    /// In the order of the text.
    pub directives: Vec<Directive>,
    /// The bibliographies that its front matter names, as they are written there.
    pub bibliographies: Vec<String>,
    /// Where reading ended, if it is too long.
    pub cut: Option<usize>,
}

/// A longer note is read as far as this, in bytes: about 170,000 words.
pub const LONGEST: usize = 1 << 20;
/// Of a longer sentence or row, or a longer paragraph of a block quotation, as much is checked, in bytes.
pub const LONGEST_SENTENCE: usize = 20_000;
/// Of longer headings and headers of columns as much counts for what stands below, in bytes.
pub const LONGEST_AROUND: usize = 1_000;

/// The beginning of a text, up to about so many bytes; between words, where there are any.
#[must_use]
pub fn beginning(text: &str, most: usize) -> &str {
    const LONGEST_WORD: usize = 200;
    if text.len() <= most {
        return text;
    }
    let text = &text[..text.floor_char_boundary(most)];
    let near = text.floor_char_boundary(text.len().saturating_sub(LONGEST_WORD));
    &text[..text[near..].rfind(char::is_whitespace).map_or(text.len(), |at| near + at)]
}

/// The end of a text, not longer than so many bytes.
#[must_use]
pub fn ending(text: &str, most: usize) -> &str {
    &text[text.ceil_char_boundary(text.len().saturating_sub(most))..]
}

/// A sentence, heading, list item or table row of a note.
#[derive(Clone, Debug)]
pub struct Sentence {
    /// Where it stands, with the citations behind its full stop.
    pub span: Span,
    /// Its own words, without the citations behind it.
    pub words: Span,
    /// What it does, or `None` until its words have been read.
    pub kind: Option<SentenceKind>,
    /// Index into the layout's blocks.
    pub block: usize,
    pub quotations: Vec<Quotation>,
    /// Indices into [`Note::citations`].
    pub citations: Vec<usize>,
}

impl Note {
    /// Parses a note. Every text is a note; nothing fails.
    #[must_use]
    pub fn parse(text: &str) -> Self {
        let read = beginning(text, LONGEST);
        Part::read(read, "", None).alone(read).padded(text.len())
    }

    /// Parses a note of which most was parsed before: only parts that changed are looked into. The
    /// note is the same, whatever was parsed before.
    #[must_use]
    pub fn parse_again(text: &str, cache: &NoteCache) -> (Self, Vec<PlacedPart>) {
        let (note, parts) = parts::of(beginning(text, LONGEST), cache);
        (note.padded(text.len()), parts)
    }

    /// The note with the rest of its text, which is not read.
    fn padded(mut self, length: usize) -> Self {
        let read = self.layout.visible.len();
        if read < length {
            self.cut = Some(read);
            self.layout.visible.extend(std::iter::repeat_n(' ', length - read));
        }
        self
    }

    /// The sentence of a note's text in which somebody types at a byte offset, if it is not finished.
    #[must_use]
    pub fn unfinished(&self, text: &str, typing_at: usize) -> Option<usize> {
        let is_stop = |c: char| matches!(c, '.' | '!' | '?' | '…' | ':' | ';' | '|' | '。');
        let at = self.sentence_at(typing_at)?;
        let span = self.sentences[at].span;
        let words = span.of(text).trim_end_matches(|c: char| !c.is_alphanumeric() && !is_stop(c));
        let is_cited = || typing_at < span.end && words.trim_end_matches(|c| c != ']').ends_with(']');
        (!words.ends_with(is_stop) && !is_cited() && typing_at + 1 >= span.end).then_some(at)
    }

    /// The note with what its sentences do, where it is known.
    #[must_use]
    pub fn with_kinds(mut self, kinds: Vec<Option<SentenceKind>>) -> Self {
        for (sentence, kind) in self.sentences.iter_mut().zip(kinds) {
            sentence.kind = sentence.kind.or(kind);
        }
        self
    }

    /// The words of a sentence as a reader sees them, without its citations.
    #[must_use]
    pub fn words_of(&self, sentence: &Sentence) -> String {
        let mut words = readable(sentence.words.of(&self.layout.visible));
        // Where a citation stood before the full stop.
        for stop in ['.', '!', '?', ',', ';', ':'] {
            words = words.replace(&format!(" {stop}"), &stop.to_string());
        }
        words
    }

    /// The sentence that the byte offset points at.
    #[must_use]
    pub fn sentence_at(&self, offset: usize) -> Option<usize> {
        // A link may hold a few sentences, and belongs to the first.
        const FEW: usize = 64;
        let behind = self.sentences.partition_point(|sentence| sentence.span.start <= offset);
        (behind.saturating_sub(FEW)..behind).find(|at| self.sentences[*at].span.touches(offset))
    }
}

impl Sentence {
    /// Its words with all that it quotes.
    #[must_use]
    pub fn quoting(&self, visible: &str) -> Span {
        self.quotations.iter().fold(self.span.trimmed(visible), |span, q| span.cover(q.span))
    }

    /// The same sentence in a note that has `by` bytes, `blocks` and `citations` before it.
    fn placed(&self, by: usize, blocks: usize, citations: usize) -> Self {
        Self {
            span: self.span.shifted(by),
            words: self.words.shifted(by),
            kind: self.kind,
            block: self.block + blocks,
            quotations: self.quotations.iter().map(|q| q.shifted(by)).collect(),
            citations: self.citations.iter().map(|at| at + citations).collect(),
        }
    }
}

/// Citations are pointers and not words of the sentence.
fn hide(visible: &mut String, text: &str, citations: &[Citation]) {
    let mut lists: Vec<Span> = Vec::new();
    for citation in citations.iter().filter(|c| c.kind != CitationKind::Link) {
        // All keys of a list stand in the same brackets.
        if citation.kind != CitationKind::Key || !lists.last().is_some_and(|list| list.encloses(citation.span)) {
            lists.push(with_brackets(text, citation));
        }
    }
    let bracketed: Vec<Span> = bracketed_links(text, citations).collect();
    let links = citations.iter().filter(|c| c.kind == CitationKind::Link).map(|c| c.span);
    let described = lists.iter().chain(&bracketed).copied().chain(links).filter_map(|span| descriptors::behind(text, span.end));
    for span in described.collect::<Vec<_>>().into_iter().chain(lists).chain(bracketed) {
        span.blank(visible);
    }
}

/// Brackets that hold nothing but links: `([source](a.txt); [more](b.txt))`.
fn bracketed_links<'t>(text: &'t str, citations: &'t [Citation]) -> impl Iterator<Item = Span> + 't {
    let links: Vec<Span> = citations.iter().filter(|c| c.kind == CitationKind::Link).map(|c| c.span).collect();
    let is_between = |gap: &str| !gap.contains("\n\n") && gap.chars().all(|c| c.is_whitespace() || matches!(c, ',' | ';'));
    let groups: Vec<Span> = links
        .chunk_by(|a, b| text.get(a.end..b.start).is_some_and(is_between))
        .map(|group| Span::new(group[0].start, group[group.len() - 1].end))
        .collect();
    groups.into_iter().filter_map(|group| {
        let before = text[..group.start].trim_end().strip_suffix("see").unwrap_or(&text[..group.start]).trim_end();
        let opening = before.strip_suffix('(')?.len();
        let gap = text[group.end..].len() - text[group.end..].trim_start().len();
        text[group.end + gap..].starts_with(')').then(|| Span::new(opening, group.end + gap + 1))
    })
}

/// The list of keys in which a key stands, with its "see" and its pages.
fn with_brackets(text: &str, citation: &Citation) -> Span {
    let span = citation.span;
    if citation.kind != CitationKind::Key || span.of(text).starts_with('[') {
        return span;
    }
    let start = text[..span.start].rfind('[').unwrap_or(span.start);
    let end = text[span.end..].find(']').map_or(span.end, |at| span.end + at + 1);
    Span::new(start, end)
}

/// The visible text for cutting sentences, in which `@key says` begins one like any subject, and
/// `[words](target).` ends in its full stop.
fn with_subjects(visible: &str, citations: &[Citation]) -> String {
    let mut text = visible.to_owned();
    for citation in citations.iter().filter(|c| c.kind == CitationKind::BareKey) {
        let stand_in: String = std::iter::once('X').chain(std::iter::repeat('x')).take(citation.span.len()).collect();
        text.replace_range(citation.span.start..citation.span.end, &stand_in);
    }
    for citation in citations.iter().filter(|c| c.kind == CitationKind::Link) {
        let words = citation.span.of(&text).trim_end();
        let tail = citation.span.start + words.len()..citation.span.end;
        let is_stop = |c: char| matches!(c, '.' | '!' | '?');
        if text[tail.end..].starts_with(is_stop) && !words.is_empty() && !words.ends_with(is_stop) {
            text.replace_range(tail.clone(), &"x".repeat(tail.len()));
        }
    }
    text
}

fn block_sentences(
    layout: &Layout,
    text: &str,
    at: usize,
    block: &Block,
    quotations: &[Quotation],
    citations: &[Citation],
    inside: Range<usize>,
) -> Vec<Sentence> {
    let spans = merge_across(sentence_spans(text, block), quotations);
    let starts: Vec<usize> = spans.iter().skip(1).map(|s| s.start).chain([block.span.end.max(block.span.start)]).collect();
    let mut found = Vec::new();
    for (whole, next) in spans.into_iter().zip(starts) {
        let words = whole.trimmed(&layout.visible);
        if words.is_empty() {
            continue;
        }
        let until = next.max(whole.end);
        let first = inside.start + citations[inside.clone()].partition_point(|c| c.span.start + 1 < whole.start);
        let cited: Vec<usize> = (first..inside.end)
            .take_while(|i| citations[*i].span.start < until)
            .filter(|i| (whole.start..until).contains(&begin(&citations[*i])) && citations[*i].is_pointer())
            .collect();
        let span = cited.iter().fold(words, |span, i| span.cover(citations[*i].span));
        let quoted: Vec<Quotation> = overlapping(quotations, words).copied().collect();
        let kind = kind::of_block(block.kind, &quoted);
        found.push(Sentence { span, words, kind, block: at, quotations: quoted, citations: cited });
    }
    found
}

/// Where a citation begins among the visible words: a link does so behind its bracket.
fn begin(citation: &Citation) -> usize {
    citation.span.start + usize::from(citation.kind == CitationKind::Link)
}

/// Headings, rows and block quotations are one unit each, whatever stops they hold.
fn sentence_spans(text: &str, block: &Block) -> Vec<Span> {
    let whole = block.span.trimmed(text);
    if whole.is_empty() {
        return Vec::new();
    }
    match block.kind {
        BlockKind::Heading | BlockKind::TableHeader | BlockKind::TableRow | BlockKind::Quotation => vec![whole],
        _ => sentences::sentences(whole.of(text)).into_iter().map(|s| s.shifted(whole.start)).collect(),
    }
}

/// A quotation of several sentences belongs to one sentence of the note.
fn merge_across(spans: Vec<Span>, quotations: &[Quotation]) -> Vec<Span> {
    let mut merged: Vec<Span> = Vec::new();
    for span in spans {
        match merged.last_mut() {
            Some(last) if goes_on(quotations, last.end, span.start) => *last = last.cover(span),
            _ => merged.push(span),
        }
    }
    merged
}

/// The quotations follow each other but for the last, which may hold others if it goes on behind the block.
fn overlapping(quotations: &[Quotation], span: Span) -> impl Iterator<Item = &Quotation> {
    let (last, rest) = quotations.split_last().map_or((None, quotations), |(last, rest)| (Some(last), rest));
    let first = rest.partition_point(|q| q.span.end <= span.start);
    let inside = rest[first..].iter().take_while(move |q| q.span.start < span.end);
    inside.chain(last).filter(move |q| span.overlaps(q.span))
}

/// Whether a quotation holds the end of one sentence and the start of the next.
fn goes_on(quotations: &[Quotation], end: usize, start: usize) -> bool {
    let holds = |q: &Quotation| q.inner.start < end && start < q.inner.end;
    let (last, rest) = quotations.split_last().map_or((None, quotations), |(last, rest)| (Some(last), rest));
    rest.get(rest.partition_point(|q| q.inner.end <= start)).is_some_and(holds) || last.is_some_and(holds)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(text: &str) -> Vec<&str> {
        Note::parse(text).sentences.iter().map(|s| s.span.of(text)).collect()
    }

    #[test]
    fn citations_behind_the_stop_belong_to_the_sentence_before() {
        let text = "The mill closed.[^1] It rained [@wire, p. 3]. See [[log]].\n\n[^1]: log.txt\n";
        assert_eq!(shown(text)[..3], ["The mill closed.[^1]", "It rained [@wire, p. 3].", "See [[log]]."]);
    }

    #[test]
    fn a_list_of_keys_holds_no_words_of_the_sentence() {
        let note = Note::parse("It rained [see @wire, p. 3; also @log]. Dry.");
        let words = crate::text::words::words(note.sentences[0].words.of(&note.layout.visible)).len();
        assert_eq!((words, note.sentences.len(), note.citations.len()), (2, 2, 2));
    }

    #[test]
    fn a_link_before_the_stop_does_not_hide_it() {
        let text = "[It rained](wire.txt). [It snowed](log.txt#x). Dry [here.](a.txt) Wet.";
        assert_eq!(shown(text), ["[It rained](wire.txt).", "[It snowed](log.txt#x).", "Dry [here.](a.txt)", "Wet."]);
    }

    #[test]
    fn a_key_in_running_text_belongs_to_its_own_sentence() {
        let note = Note::parse("It rained [@wire]. @log2024 says that it snowed.");
        let cited: Vec<_> = note.sentences.iter().map(|s| note.citations[s.citations[0]].target.as_str()).collect();
        assert_eq!(cited, ["wire", "log2024"]);
    }

    #[test]
    fn a_quotation_of_two_sentences_is_not_cut() {
        let text = "“I did not look. I did not ask,” he said. She did.";
        assert_eq!(shown(text), ["“I did not look. I did not ask,” he said.", "She did."]);
    }

    #[test]
    fn table_rows_and_list_items_are_units() {
        let text = "| a | b |\n|---|---|\n| Vesk. No | 59.2 % |\n\n* One. Two.\n";
        assert_eq!(shown(text), ["a | b", "Vesk. No | 59.2 %", "One.", "Two."]);
    }

    #[test]
    fn hard_wrapped_sentences_and_block_quotations_are_whole() {
        let text = "It sent 64 observers from a dozen\nstates [[log]]. Done.\n\n> said\n> twice\n";
        assert_eq!(shown(text), ["It sent 64 observers from a dozen\nstates [[log]].", "Done.", "said\n> twice"]);
    }
}

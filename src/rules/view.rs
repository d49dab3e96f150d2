//! What a rule sees: of a sentence or of a citation just what its findings may depend on.
//!
//! Findings are kept under a key (`workspace/sentence.rs`) and found again by it in another state of the
//! note. So a rule must read nothing that is not in the key. It cannot: it gets a view and not the note, and
//! the view writes the key itself (`write`), field by field; a field that is not written does not compile.
//! Spans count from the beginning of the view's text, as where that stands in the note is in no key. The
//! library is in none either, as what is kept belongs to one state of one library.
//!
//! What is left are the places and footnotes elsewhere that a fix may change. Findings that touch them
//! are not kept ([`SentenceView::is_all_of`]).

use std::cell::Cell;

use super::cite::Style;
use super::grounds::Grounds;
use super::yardstick::Yardstick;
use super::{CitedNote, Finding, Fix};
use crate::cache::Key;
use crate::library::anchors::{self, Anchor};
use crate::library::locators;
use crate::library::resolve::CitationTarget;
use crate::library::{SourceId, View};
use crate::note::locators::Locator;
use crate::note::{Citation, CitationKind, Quotation, SentenceKind};
use crate::text::blocks::BlockKind;
use crate::text::{Span, Untrusted};

/// A sentence with its surroundings.
pub struct SentenceView<'a> {
    pub library: &'a View<'a>,
    /// The sentence, and what stands around it up to its neighbours.
    pub text: &'a str,
    /// The same without markup.
    pub visible: &'a str,
    pub block: BlockKind,
    pub kind: SentenceKind,
    /// Where it stands, with the citations behind its full stop.
    pub span: Span,
    /// Its own words, without the citations behind it.
    pub words: Span,
    pub quotations: Vec<Quotation>,
    pub marks: Marks<'a>,
    /// How a citation would be written; `None` where nobody wants to hear that one is missing.
    pub manner: Option<Manner<'a>>,
    /// The words of likelihood that the desk uses; `None` where nobody wants to hear of others.
    pub yardstick: Option<&'a Yardstick>,
    /// Whether the sentence and those around it say on what they rest; `None` where nobody wants to hear of it.
    pub grounds: Option<Grounds>,
    /// Where the blocks of the text begin, and whether there is a backtick in them.
    pub(super) blocks: Vec<(usize, bool)>,
    pub(super) footnotes: Footnotes<'a>,
}

/// How citations are written in a note, and what is cited already.
pub struct Manner<'a> {
    /// The note's name, relative to the root.
    pub path: &'a str,
    pub style: Style,
    /// The sources that the sentences behind one cite in its block.
    pub cited_behind: Vec<SourceId>,
}

/// The citations of a sentence or of a part of a note.
pub struct Marks<'a> {
    pub all: Vec<Mark<'a>>,
    /// What footnotes lead to, once for each label.
    pub(super) definitions: Vec<Definition<'a>>,
}

/// A citation where it stands.
pub struct Mark<'a> {
    pub span: Span,
    pub citation: Pointer<'a>,
    /// Of a footnote the place of its definition.
    pub(super) definition: Option<usize>,
}

/// What stands in the definition of a footnote.
pub struct Definition<'a> {
    /// Whether the note has other marks of this footnote.
    pub is_shared: bool,
    pub(super) citations: Vec<Pointer<'a>>,
}

/// A citation that says where in a source, in a sentence or in the definition of a footnote.
#[derive(Clone, Copy)]
pub struct Pointing<'v, 'a> {
    pub citation: &'v Pointer<'a>,
    /// Where it stands, or its footnote's mark.
    pub span: Span,
    /// The definition of the footnote in which it stands.
    pub definition: Option<&'v Definition<'a>>,
    pub source: SourceId,
}

/// What is written in a citation, and what it leads to. Where it stands is not known.
pub struct Pointer<'a> {
    pub(super) citation: &'a Citation,
    /// With its locator.
    pub(super) text: &'a str,
    pub cited: &'a CitationTarget,
    /// Where it begins. It may lie before the text of the view.
    pub(super) start: usize,
}

/// A citation.
pub struct CitationView<'a> {
    pub library: &'a View<'a>,
    pub citation: Pointer<'a>,
    /// How many citations are in the definition of a footnote.
    pub defined: usize,
    /// Whether it leads nowhere in a note in which few do, so that it is worth to look for what was meant.
    pub is_lone_unknown: bool,
    /// What bears out the claims for which it stands in the source that it cites first.
    pub borne_out: Vec<Span>,
}

/// The other footnotes of a note, and whether anybody asked for them.
pub(super) struct Footnotes<'a> {
    pub note: &'a CitedNote<'a>,
    pub were_asked: Cell<bool>,
}

impl<'a> SentenceView<'a> {
    /// Writes all that findings on the sentence depend on, beside the verification.
    pub fn write(&self, key: &mut Key) {
        let Self {
            library: _,
            text,
            visible,
            block,
            kind,
            span,
            words,
            quotations,
            marks,
            manner,
            yardstick,
            grounds,
            blocks,
            footnotes: _,
        } = self;
        key.number(*block as usize).number(*kind as usize).text(text).text(visible).span(*span, 0).span(*words, 0);
        key.number(quotations.len());
        quotations.iter().for_each(|quotation| quotation.write(key, 0));
        key.number(blocks.len());
        blocks.iter().for_each(|(start, has_backtick)| _ = key.number(*start).number(usize::from(*has_backtick)));
        marks.write(key);
        if let Some(Manner { path, style, cited_behind }) = manner {
            key.text(path).number(*style as usize).number(cited_behind.len());
            cited_behind.iter().for_each(|id| _ = key.number(id.0));
        }
        yardstick.iter().for_each(|yardstick| yardstick.write(key));
        if let Some(Grounds { are_near, are_in_block }) = grounds {
            key.number(usize::from(*are_near)).number(usize::from(*are_in_block));
        }
    }

    /// Whether findings depend on nothing but what is in the key. A fix may lie in the definition of a
    /// footnote, or put another footnote in the place of one.
    #[must_use]
    pub fn is_all_of(&self, found: &[Finding]) -> bool {
        let whole = Span::new(0, self.text.len());
        let is_inside =
            |f: &Finding| whole.encloses(f.span) && f.fixes.iter().flat_map(|fix| &fix.edits).all(|e| whole.encloses(e.span));
        !self.footnotes.were_asked.get() && found.iter().all(is_inside)
    }

    /// Its words with all that it quotes.
    #[must_use]
    pub fn quoting(&self) -> Span {
        self.quotations.iter().fold(self.span.trimmed(self.visible), |span, q| span.cover(q.span))
    }

    /// Its citations with the sources that they lead to.
    pub fn cited_sources(&self) -> impl Iterator<Item = (&Mark<'a>, SourceId)> {
        self.marks.all.iter().flat_map(|mark| mark.citation.sources().iter().map(move |id| (mark, *id)))
    }

    /// Its citations that say where in a source, with that source. A footnote says it in its definition.
    pub fn pointing(&self) -> impl Iterator<Item = Pointing<'_, 'a>> {
        self.marks.all.iter().flat_map(|mark| {
            let definition = mark.definition.map(|at| &self.marks.definitions[at]);
            let citations = definition.map_or(std::slice::from_ref(&mark.citation), |definition| &definition.citations);
            citations.iter().flat_map(move |citation| {
                citation.sources().iter().map(move |source| Pointing { citation, span: mark.span, definition, source: *source })
            })
        })
    }

    /// Whether it cites a file or a page that may say it, but cannot be read.
    #[must_use]
    pub fn cites_unreadable(&self) -> bool {
        self.marks.all.iter().any(|mark| matches!(mark.citation.cited, CitationTarget::Unreadable(_)))
            || self.pointing().any(|it| it.citation.lost_page(it.source, self.library).is_some())
    }

    /// Whether code may stand at a place.
    pub(super) fn may_be_code(&self, at: usize) -> bool {
        self.blocks.iter().rev().find(|(start, _)| *start <= at).is_none_or(|(_, has_backtick)| *has_backtick)
    }

    /// A footnote of the note that cites just this source already.
    pub(super) fn footnote_citing(&self, source: SourceId) -> Option<&'a str> {
        let Footnotes { note, were_asked } = &self.footnotes;
        were_asked.set(true);
        let is_it = |cited: &CitationTarget| matches!(cited, CitationTarget::Sources(ids) if ids[..] == [source]);
        let mut footnotes = note.note.citations.iter().zip(note.cited).filter(|(c, _)| c.kind == CitationKind::Footnote);
        footnotes.find(|(_, cited)| is_it(cited)).map(|(citation, _)| citation.target.as_str())
    }
}

impl Marks<'_> {
    pub fn write(&self, key: &mut Key) {
        let Self { all, definitions } = self;
        key.number(all.len());
        for Mark { span, citation, definition } in all {
            citation.write(key.span(*span, 0).number(definition.map_or(0, |at| at + 1)));
        }
        for Definition { is_shared, citations } in definitions {
            key.number(usize::from(*is_shared)).number(citations.len());
            citations.iter().for_each(|citation| citation.write(key));
        }
    }
}

impl<'a> Pointer<'a> {
    #[must_use]
    pub const fn kind(&self) -> CitationKind {
        self.citation.kind
    }

    #[must_use]
    pub fn target(&self) -> &'a str {
        &self.citation.target
    }

    #[must_use]
    pub fn locator(&self) -> Option<&'a str> {
        self.citation.locator.as_deref()
    }

    /// The pages, paragraphs and other places that its locator names by numbers.
    #[must_use]
    pub fn places(&self) -> Vec<Locator> {
        self.citation.places()
    }

    /// The words, the heading or the element at which it points.
    #[must_use]
    pub fn anchors(&self) -> Vec<Anchor> {
        anchors::of(self.citation)
    }

    #[must_use]
    pub fn sources(&self) -> &'a [SourceId] {
        match self.cited {
            CitationTarget::Sources(ids) => ids,
            _ => &[],
        }
    }

    /// The page at which it points in a source of which text was lost, by its label, and why.
    #[must_use]
    pub fn lost_page<'l>(&self, id: SourceId, library: &'l View<'_>) -> Option<(&'l str, &'l str)> {
        self.places().iter().find_map(|locator| locators::lost_page(locator, id, library))
    }

    /// As it is written.
    #[must_use]
    pub fn text(&self) -> &'a str {
        Span::new(0, self.citation.span.len()).of(self.text)
    }

    /// As it is written, with its locator, which in a list of keys stands behind.
    #[must_use]
    pub const fn with_locator(&self) -> &'a str {
        self.text
    }

    /// Other words in the place of some of its own.
    pub(super) fn fix(&self, title: impl Into<Untrusted>, within: Span, text: String) -> Fix {
        Fix::one(title, within, text).shifted(self.start)
    }

    fn write(&self, key: &mut Key) {
        let Self { citation, text, cited, start: _ } = self;
        let Citation { kind, span, target, locator, definition } = citation;
        key.number(*kind as usize).number(span.len()).text(target).maybe(locator.as_deref());
        key.number(usize::from(definition.is_some())).text(text);
        let (what, which): (usize, &[SourceId]) = match cited {
            CitationTarget::Sources(ids) => (0, ids),
            CitationTarget::Entry => (1, &[]),
            CitationTarget::NotASource => (2, &[]),
            CitationTarget::Unknown => (3, &[]),
            CitationTarget::Unreadable(at) => (4 + at, &[]),
        };
        key.number(what).number(which.len());
        which.iter().for_each(|id| _ = key.number(id.0));
    }
}

impl CitationView<'_> {
    /// Where it stands.
    #[must_use]
    pub fn span(&self) -> Span {
        Span::new(0, self.citation.citation.span.len())
    }

    /// Writes all that findings on the citation depend on.
    pub fn write(&self, key: &mut Key) {
        let Self { library: _, citation, defined, is_lone_unknown, borne_out } = self;
        citation.write(key);
        key.number(*defined).number(usize::from(*is_lone_unknown));
        borne_out.iter().for_each(|span| _ = key.span(*span, 0));
    }
}

//! Reads on whose word a sentence of a source rests, with what the source said before.

use std::cell::RefCell;
use std::rc::Rc;

use rustc_hash::FxHashMap;

use super::attribution::{self, Attribution};
use super::documents::{self, Document};
use super::held;
use super::names::{self, Name};
use super::origin::{Link, Origin, Why};
use super::whole;
use crate::library::{SentenceId, SourceId, View};
use crate::source::Source;
use crate::text::words::{Term, fold, readable};
use crate::text::{Span, Untrusted};

/// Reads origins out of the sources of a library.
pub struct Reader<'v, 'l> {
    pub(super) library: &'v View<'l>,
    /// The documents of which each source speaks.
    mentioned: RefCell<FxHashMap<SourceId, Rc<Vec<Mention>>>>,
    /// How each source is called.
    names: RefCell<FxHashMap<SourceId, Rc<Vec<Name>>>>,
    /// What each source is as a whole.
    wholes: RefCell<FxHashMap<SourceId, Rc<Vec<Link>>>>,
}

/// That a sentence speaks of a document, by the place of its noun among the words.
struct Mention {
    sentence: SentenceId,
    at: usize,
    origin: Origin,
}

/// In longer sources only so many sentences are looked at for the documents of which they speak.
const MOST_SENTENCES: usize = 2_000;

impl<'v, 'l> Reader<'v, 'l> {
    pub fn new(library: &'v View<'l>) -> Self {
        Self { library, mentioned: RefCell::default(), names: RefCell::default(), wholes: RefCell::default() }
    }

    /// On what a sentence rests, as far as its source says. Nothing: it is the source's own.
    pub fn links(&self, id: SentenceId) -> Vec<Link> {
        let source_id = self.library.source_of(id);
        let whole = self.whole(source_id);
        if whole.first().is_some_and(|link| link.why == Why::Noted) {
            return whole.to_vec();
        }
        let mut found = self.attributed(id, 0);
        found.extend(held::quoted(self, id));
        let source = self.library.source(source_id);
        found.retain(|link| !is_denied(source, link));
        dedup(&mut found);
        if found.is_empty() { whole.to_vec() } else { found }
    }

    /// A source as an origin: whoever made it, or it itself.
    pub fn own(&self, id: SourceId) -> Origin {
        let source = self.library.source(id);
        let metadata = &source.metadata;
        let maker = metadata.publisher.as_deref().or(metadata.author.as_deref());
        Origin {
            name: maker.map_or_else(|| source.title(), Untrusted::from),
            held: Some(id),
            owner: maker.map(Name::of).unwrap_or_default(),
            ..Origin::default()
        }
    }

    /// The names by which others call a source.
    pub fn names(&self, id: SourceId) -> Rc<Vec<Name>> {
        if let Some(known) = self.names.borrow().get(&id) {
            return Rc::clone(known);
        }
        let names = Rc::new(names::of_source(self.library.source(id)));
        self.names.borrow_mut().insert(id, Rc::clone(&names));
        names
    }

    /// Whether an origin is what a source says, as far as its names tell.
    pub fn is_by(&self, origin: &Origin, id: SourceId) -> bool {
        origin.held == Some(id) || origin.kind.is_none() && self.names(id).iter().any(|name| name.is(&origin.owner))
    }

    /// On what the whole of a source rests.
    pub fn whole(&self, id: SourceId) -> Rc<Vec<Link>> {
        if let Some(known) = self.wholes.borrow().get(&id) {
            return Rc::clone(known);
        }
        let mut links: Vec<Link> = whole::links(self, id);
        let source = self.library.source(id);
        links.retain(|link| link.why == Why::Noted || !is_denied(source, link));
        let links = Rc::new(links);
        self.wholes.borrow_mut().insert(id, Rc::clone(&links));
        links
    }

    fn attributed(&self, id: SentenceId, depth: usize) -> Vec<Link> {
        let source_id = self.library.source_of(id);
        let sentence = self.library.sentence(id);
        let source = self.library.source(source_id);
        let text = &source.layout.visible;
        let own = self.names(source_id);
        let is_own = |name: &Name| own.iter().any(|own| own.is(name));
        let link =
            |origin: Origin, words: Span| Link { source: source_id, passage: sentence.span, origin, why: Why::Named(words) };
        let mut found = Vec::new();
        for attribution in attribution::in_sentence(text, sentence) {
            match attribution {
                Attribution::Document(document) => {
                    let is_others = |origin: &Origin| !is_own(&origin.owner) || origin.held.is_some();
                    found.extend(self.document(id, &document).filter(is_others).map(|origin| link(origin, document.span)));
                }
                Attribution::Named { name, words, is_doubtful } => {
                    let full = name.only().and_then(|only| self.name_with(only, source_id));
                    let full = full.or_else(|| (!is_doubtful).then_some((name, words))).filter(|(name, _)| !is_own(name));
                    found.extend(full.map(|(name, at)| link(self.speaker(name, at, source_id), words)));
                }
                Attribution::Body(body, words) => {
                    let named = self.name_with(body, source_id).filter(|(name, _)| !is_own(name));
                    found.extend(named.map(|(name, at)| link(self.speaker(name, at, source_id), words)));
                }
                Attribution::Pronoun(words) => {
                    const FARTHEST: usize = 3;
                    let before = self.before(id).filter(|_| depth < FARTHEST);
                    let meant = before.map(|before| self.attributed(before, depth + 1)).unwrap_or_default();
                    found.extend(meant.into_iter().map(|meant| link(meant.origin, words)));
                }
            }
        }
        found
    }

    /// The sentence before, in the same source.
    fn before(&self, id: SentenceId) -> Option<SentenceId> {
        let first = self.library.sentences_of(self.library.source_of(id)).start;
        (id.0 > first).then(|| SentenceId(id.0 - 1))
    }

    /// What a document that a sentence speaks of is.
    fn document(&self, id: SentenceId, document: &Document) -> Option<Origin> {
        let mentioned = self.mentioned(self.library.source_of(id));
        let found = mentioned.iter().find(|mention| mention.sentence == id && mention.at == document.at);
        found.map(|mention| mention.origin.clone()).filter(|origin| origin.kind.is_some())
    }

    /// The documents of which a source speaks, each with all that was said of it before: "the cable", "the document".
    fn mentioned(&self, id: SourceId) -> Rc<Vec<Mention>> {
        if let Some(known) = self.mentioned.borrow().get(&id) {
            return Rc::clone(known);
        }
        let text = &self.library.source(id).layout.visible;
        let sentences = self.library.sentences_of(id).take(MOST_SENTENCES).map(SentenceId);
        let mut found: Vec<Mention> = Vec::new();
        let speaks = |at: &SentenceId| documents::may_be_in(self.library.span(*at).of(text));
        for at in sentences.filter(speaks) {
            let sentence = self.library.sentence(at);
            // "It is dated 11 February" is told of what was spoken of just before.
            if let (Some(date), Some(last)) = (documents::dated(sentence), found.last_mut()) {
                last.origin.date.get_or_insert(date);
            }
            for document in documents::in_sentence(text, sentence) {
                let mut origin = self.described(&document, id);
                let fits = |before: &&Mention| {
                    let is_kind = document.is_any || before.origin.kind == origin.kind;
                    is_kind && before.origin.kind.is_some() && may_be_one(&before.origin, &origin)
                };
                let says_much = document.is_new || origin.owner.is_known() && origin.date.is_some();
                match found.iter().rev().find(fits).filter(|_| !says_much) {
                    Some(before) => origin = completed(origin, &before.origin),
                    // Words for any document mean one that was named before, or nothing.
                    None if document.is_any => origin.kind = None,
                    None => {}
                }
                if origin.held.is_none() && origin.kind.is_some() {
                    origin.held = held::document(self, &origin, sentence, id);
                }
                if let Some(held) = origin.held {
                    origin.name = self.library.source(held).title();
                }
                found.push(Mention { sentence: at, at: document.at, origin });
            }
        }
        let found = Rc::new(found);
        self.mentioned.borrow_mut().insert(id, Rc::clone(&found));
        found
    }

    /// A document by its phrase alone.
    fn described(&self, document: &Document, from: SourceId) -> Origin {
        let text = &self.library.source(from).layout.visible;
        let mut owner = document.owner.clone();
        if let (false, Some(body)) = (owner.is_known(), document.body) {
            owner = self.name_with(body, from).map(|(name, _)| name).unwrap_or_default();
        }
        let name = readable(document.span.of(text)).into();
        Origin {
            name,
            held: None,
            owner,
            kind: Some(document.kind),
            date: document.date.clone(),
            body: document.body,
            within: Some(from),
        }
    }

    fn speaker(&self, name: Name, words: Span, from: SourceId) -> Origin {
        let text = &self.library.source(from).layout.visible;
        Origin { name: readable(words.of(text)).into(), owner: name, ..Origin::default() }
    }

    /// The whole name that has this word, which may be all that a sentence says of it, among the first that a source speaks of.
    fn name_with(&self, word: Term, id: SourceId) -> Option<(Name, Span)> {
        const MOST: usize = 40;
        self.library.sentences_of(id).take(MOST).find_map(|at| {
            let analysis = &self.library.sentence(SentenceId(at)).analysis;
            let name = analysis.names.iter().find(|name| {
                let words = &analysis.words[name.first..name.last];
                words.len() > 1 && words.iter().any(|own| own.term == word)
            })?;
            Some((Name::of_words(&analysis.words[name.first..name.last]), name.span))
        })
    }
}

/// Whether nothing that is known of two documents tells them apart.
fn may_be_one(one: &Origin, two: &Origin) -> bool {
    let is_owned = !one.owner.is_known() || !two.owner.is_known() || one.owner.is(&two.owner);
    let conflicts = one.date.as_ref().zip(two.date.as_ref()).is_some_and(|(one, two)| one.conflicts(two));
    is_owned && !conflicts
}

/// A document with what was said of it before.
fn completed(origin: Origin, before: &Origin) -> Origin {
    let owner = if origin.owner.is_known() { origin.owner } else { before.owner.clone() };
    Origin { owner, date: origin.date.or_else(|| before.date.clone()), ..before.clone() }
}

/// Whether the analyst said that it does not rest on that.
fn is_denied(source: &Source, link: &Link) -> bool {
    let denied = source.metadata.not_origin.as_deref().unwrap_or_default();
    let name = fold(link.origin.name.plain());
    denied
        .split([';', ','])
        .map(str::trim)
        .filter(|part| !part.is_empty())
        .any(|part| name.contains(&fold(part)) || link.origin.owner.is(&Name::of(part)))
}

fn dedup(links: &mut Vec<Link>) {
    let mut seen: Vec<Link> = Vec::new();
    for link in links.drain(..) {
        if !seen.iter().any(|other| other.origin.is(&link.origin)) {
            seen.push(link);
        }
    }
    *links = seen;
}

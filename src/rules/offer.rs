//! Offers: edits of a sentence that an analyst may want though nothing is wrong with it.

use super::missing_citation::cited;
use super::{CitedNote, ClaimVerification, Fix, Place, cite, fix};
use crate::library::View;
use crate::message;
use crate::note::{Sentence, SentenceKind};
use crate::text::blocks::BlockKind;
use crate::text::untrusted::Gap;
use crate::text::{Span, Untrusted};
use crate::verify::Verdict;

/// What can be offered for a judged sentence: a citation of its evidence, the words of its source, and
/// to call it a judgement.
#[must_use]
pub fn offers(note: &CitedNote<'_>, at: usize, judged: &ClaimVerification, library: &View<'_>) -> Vec<Fix> {
    let sentence = &note.note.sentences[at];
    if !sentence.kind.is_some_and(SentenceKind::asserts) {
        return Vec::new();
    }
    let supporting = judged.supporting();
    let place = supporting.map(Place::from).next();
    let is_borne_out = judged.verdict == Verdict::Supported;
    let uncited = place.filter(|_| is_borne_out && sentence.citations.is_empty());
    let citation = uncited.and_then(|place| {
        let view = note.sentence(at, library);
        let fix = cited(&view, view.span.trimmed(view.visible), place, note.path, note.style)?;
        Some(fix.shifted(note.surroundings(at).start))
    });
    let quotation = place.filter(|_| judged.is_borne_out()).and_then(|place| quoted(note, sentence, place, library));
    let is_in_doubt = matches!(judged.verdict, Verdict::Unsupported | Verdict::Partial);
    let estimate = is_in_doubt.then(|| judgement(note, sentence)).flatten();
    [citation, quotation, estimate].into_iter().flatten().collect()
}

/// The source's words as a block quotation below the paragraph.
fn quoted(note: &CitedNote<'_>, sentence: &Sentence, place: Place, library: &View<'_>) -> Option<Fix> {
    let block = &note.note.layout.blocks[sentence.block];
    if block.kind != BlockKind::Paragraph {
        return None;
    }
    let source = library.source(place.source);
    let citation = cite::written(library, note.path, place, note.style);
    let end = block.span.start + block.span.of(note.text).trim_end().len();
    let words = Untrusted::from(fix::in_double_marks(source.quote(place.span).plain()));
    let text = format!("\n\n> “{}” {citation}", words.inserted(Gap::in_marks()));
    let title = message!("quote {} below", fix::shown(source.title().plain()));
    Some(Fix::one(title, Span::new(end, end), text))
}

/// "We assess that" before the sentence: it is the analyst's own then.
fn judgement(note: &CitedNote<'_>, sentence: &Sentence) -> Option<Fix> {
    let words = sentence.words.trimmed(&note.note.layout.visible);
    let first = crate::text::words::words(words.of(note.text)).into_iter().next()?;
    if first.span.start != 0 {
        return None;
    }
    let raw = first.span.of(words.of(note.text));
    // Only function words lose their capital: others may be names.
    let lowered = if first.is_stop && raw != "I" { raw.to_lowercase() } else { raw.to_owned() };
    let span = Span::new(words.start, words.start + first.span.end);
    Some(Fix::one("mark as a judgement", span, format!("We assess that {lowered}")))
}

//! Offers: edits of a sentence that an analyst may want though nothing is wrong with it.

use super::missing_citation::cited;
use super::{Fix, Judged, Place, Subject, cite, fix};
use crate::message;
use crate::note::{Sentence, SentenceKind};
use crate::text::blocks::BlockKind;
use crate::text::untrusted::Gap;
use crate::text::{Span, Untrusted};
use crate::verify::Verdict;

/// What can be offered for a judged sentence: a citation of its evidence, the words of its source, and
/// to call it a judgement.
#[must_use]
pub fn offers(subject: &Subject<'_>, at: usize, judged: &Judged) -> Vec<Fix> {
    let sentence = &subject.note.sentences[at];
    if sentence.kind != SentenceKind::Claim {
        return Vec::new();
    }
    let words = sentence.span.trimmed(&subject.note.layout.visible);
    let supporting = judged.supporting();
    let place = supporting.map(Place::from).next();
    let is_borne_out = judged.verdict == Verdict::Supported;
    let citation =
        place.filter(|_| is_borne_out && sentence.citations.is_empty()).and_then(|p| cited(subject, sentence, words, p));
    let quotation = place.filter(|_| judged.is_borne_out()).and_then(|place| quoted(subject, sentence, place));
    let is_in_doubt = matches!(judged.verdict, Verdict::Unsupported | Verdict::Partial);
    let estimate = is_in_doubt.then(|| judgement(subject, sentence)).flatten();
    [citation, quotation, estimate].into_iter().flatten().collect()
}

/// The source's words as a block quotation below the paragraph.
fn quoted(subject: &Subject<'_>, sentence: &Sentence, place: Place) -> Option<Fix> {
    let block = &subject.note.layout.blocks[sentence.block];
    if block.kind != BlockKind::Paragraph {
        return None;
    }
    let source = subject.library.source(place.source);
    let style = subject.citation_style.unwrap_or_else(|| cite::style_of(subject.note, subject.cited));
    let citation = cite::written(subject.library, subject.path, place, style);
    let end = block.span.start + block.span.of(subject.text).trim_end().len();
    let words = Untrusted::from(fix::in_double_marks(source.quote(place.span).plain()));
    let text = format!("\n\n> “{}” {citation}", words.inserted(Gap::in_marks()));
    let title = message!("quote {} below", fix::shown(source.title().plain()));
    Some(Fix::one(title, Span::new(end, end), text))
}

/// "We assess that" before the sentence: it is the analyst's own then.
fn judgement(subject: &Subject<'_>, sentence: &Sentence) -> Option<Fix> {
    let words = sentence.words.trimmed(&subject.note.layout.visible);
    let first = crate::text::words::words(words.of(subject.text)).into_iter().next()?;
    if first.span.start != 0 {
        return None;
    }
    let raw = first.span.of(words.of(subject.text));
    // Only function words lose their capital: others may be names.
    let lowered = if first.is_stop && raw != "I" { raw.to_lowercase() } else { raw.to_owned() };
    let span = Span::new(words.start, words.start + first.span.end);
    Some(Fix::one("mark as a judgement", span, format!("We assess that {lowered}")))
}

//! Claims that stand in no note: the output of other tools, one text each.

use crate::entail::Model;
use crate::library::{Library, SourceId};
use crate::note::quotations_in;
use crate::text::{Analysis, Span, sentences};
use crate::verify::{self, Claim, Evidence, Verdict, Verification};

/// The judgement on a text of one or more sentences.
#[derive(Clone, Debug)]
pub struct TextVerification {
    pub verdict: Verdict,
    /// In [0, 1]; 0.5 is the line between.
    pub score: f32,
    /// Best first.
    pub evidence: Vec<Evidence>,
    pub sentences: Vec<Verification>,
}

/// Judges a text against the library, or against one source of it.
#[must_use]
pub fn judge(text: &str, library: &Library, only: Option<SourceId>, model: Option<&dyn Model>) -> TextVerification {
    let library = &library.view();
    let whole = Span::new(0, text.len());
    let quotations = quotations_in(text, whole);
    let verifications: Vec<Verification> = sentences::sentences(text)
        .into_iter()
        .scan(Span::new(0, 0), |before, span| Some((std::mem::replace(before, span), span)))
        .map(|(before, span)| {
            let before = if verify::leans(span.of(text)) { before.of(text) } else { "" };
            let inside: Vec<_> = quotations.iter().filter(|q| span.encloses(q.span)).copied().collect();
            let analysis = Analysis::of(text, span);
            let claim = Claim { quotations: &inside, only, span, before, ..Claim::bare(text, &analysis) };
            verify::verify(&claim, library, model)
        })
        .collect();
    combine(verifications)
}

/// The sentences of the library that are looked at for a text of one sentence, best first.
#[must_use]
pub fn candidates(text: &str, library: &Library, most: usize) -> Vec<String> {
    let library = &library.view();
    let analysis = Analysis::of(text, Span::new(0, text.len()));
    let found = verify::candidates(&Claim::bare(text, &analysis), library, most);
    found
        .into_iter()
        .map(|id| {
            let sentence = library.sentence(id);
            library.source(sentence.source).quote(sentence.span).plain().to_owned()
        })
        .collect()
}

/// What the least supported sentence of a text counts, where the mean of all counts the rest.
pub const WORST_COUNTS: f32 = 0.7;

/// A text is as well supported as its sentences: their mean, drawn down by the weakest.
fn combine(sentences: Vec<Verification>) -> TextVerification {
    let worst = sentences.iter().min_by(|a, b| a.score.total_cmp(&b.score));
    let Some(worst) = worst else {
        return TextVerification { verdict: Verdict::NotAClaim, score: 0.0, evidence: Vec::new(), sentences };
    };
    let mean = sentences.iter().map(|v| v.score).sum::<f32>() / sentences.len() as f32;
    let score = WORST_COUNTS * worst.score + (1.0 - WORST_COUNTS) * mean;
    let contradicted = matches!(worst.verdict, Verdict::Contradicted | Verdict::Misquoted);
    let verdict = if contradicted {
        worst.verdict
    } else if score >= 0.5 {
        Verdict::Supported
    } else {
        Verdict::Unsupported
    };
    let mut evidence: Vec<Evidence> = Vec::new();
    for found in
        sentences.iter().flat_map(|v| v.evidence.iter().take(1)).chain(sentences.iter().flat_map(|v| v.evidence.iter().skip(1)))
    {
        if !evidence.contains(found) {
            evidence.push(found.clone());
        }
    }
    TextVerification { verdict, score, evidence, sentences }
}

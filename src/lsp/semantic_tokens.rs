//! Semantic tokens: claims by their verdicts, judgements and quotations.

use tower_lsp::lsp_types::{
    Range, SemanticToken, SemanticTokenModifier, SemanticTokenType, SemanticTokens, SemanticTokensLegend,
};

use super::request::DocumentView;
use crate::note::SentenceKind;
use crate::text::Span;
use crate::verify::Verdict;

const TYPES: [&str; 3] = ["claim", "judgement", "quotation"];
const CLAIM: u32 = 0;
const JUDGEMENT: u32 = 1;
const QUOTATION: u32 = 2;
const MODIFIERS: [Verdict; 5] =
    [Verdict::Supported, Verdict::Partial, Verdict::Unsupported, Verdict::Contradicted, Verdict::Misquoted];

pub fn legend() -> SemanticTokensLegend {
    SemanticTokensLegend {
        token_types: TYPES.iter().map(|name| SemanticTokenType::new(name)).collect(),
        token_modifiers: MODIFIERS.iter().map(|verdict| SemanticTokenModifier::new(verdict.name())).collect(),
    }
}

/// A part of one line, in the protocol's order.
struct Token {
    span: Span,
    kind: u32,
    modifiers: u32,
}

pub fn tokens(seen: &DocumentView, range: Option<Range>) -> Option<SemanticTokens> {
    let snapshot = seen.snapshot().filter(|_| seen.workspace.settings.semantic_tokens)?;
    let whole = Span::new(0, snapshot.text.len());
    let asked = range.map_or(whole, |range| seen.text().span(range));
    let checked = &snapshot.checked;
    let mut found = Vec::new();
    for (at, sentence) in checked.note.sentences.iter().enumerate().filter(|(_, s)| s.span.overlaps(asked)) {
        let verdict = checked.verdict(at);
        let kind = match (sentence.kind, verdict) {
            (Some(SentenceKind::Judgement), _) => JUDGEMENT,
            (_, Some(_)) => CLAIM,
            _ => continue,
        };
        let modifiers = MODIFIERS.iter().position(|own| Some(*own) == verdict).map_or(0, |bit| 1 << bit);
        // Tokens do not overlap: quotations and citations part their sentence.
        let quotations = sentence.quotations.iter().map(|quotation| (quotation.span, Some(QUOTATION)));
        let citations = sentence.citations.iter().map(|at| (checked.note.citations[*at].span, None));
        let mut parts: Vec<(Span, Option<u32>)> =
            quotations.chain(citations).filter(|(span, _)| sentence.words.encloses(*span)).collect();
        parts.sort_unstable();
        let mut from = sentence.words.start;
        for (span, own) in parts.into_iter().chain([(Span::new(sentence.words.end, sentence.words.end), None)]) {
            if span.start >= from {
                lines(&snapshot.text, Span::new(from, span.start), kind, modifiers, &mut found);
                own.into_iter().for_each(|kind| lines(&snapshot.text, span, kind, modifiers, &mut found));
                from = span.end;
            }
        }
    }
    found.sort_by_key(|token| token.span);
    Some(SemanticTokens { result_id: None, data: encoded(seen, &found) })
}

/// Parts a span into its lines, as a token may not go over a line's end.
fn lines(text: &str, span: Span, kind: u32, modifiers: u32, found: &mut Vec<Token>) {
    let mut start = span.start;
    for line in span.of(text).split_inclusive(['\n', '\r']) {
        let shown = Span::new(start, start + line.len()).trimmed(text);
        if shown.of(text).contains(char::is_alphanumeric) {
            found.push(Token { span: shown, kind, modifiers });
        }
        start += line.len();
    }
}

/// Each token by its distance from the one before.
fn encoded(seen: &DocumentView, tokens: &[Token]) -> Vec<SemanticToken> {
    let text = seen.text();
    let (mut line, mut column) = (0, 0);
    let token = |token: &Token| {
        let Range { start, end } = text.range(token.span);
        let delta_line = start.line - line;
        let delta_start = if delta_line == 0 { start.character - column } else { start.character };
        (line, column) = (start.line, start.character);
        SemanticToken {
            delta_line,
            delta_start,
            length: end.character - start.character,
            token_type: token.kind,
            token_modifiers_bitset: token.modifiers,
        }
    };
    tokens.iter().map(token).collect()
}

//! Numbers of names and places, which count nothing: "Terminal 3", "Article 5", "Directorate Nine".

use super::Kind;
use super::value::Value;
use crate::text::language::{Language, Vocabulary, has};
use crate::text::tokens::Tokens;

/// Words whose number says which one.
static LABELS: [Vocabulary; 1] = [Vocabulary::new(
    Language::English,
    "no nos number page p pp par para section article chapter table figure fig day paragraph vol line note version",
)];

/// Larger numbers are seldom part of a name.
const LARGEST: f64 = 999.0;

pub(super) fn is_label(tokens: Tokens<'_>, at: usize, value: &Value, unit: Option<&str>) -> bool {
    if at == 0 || unit.is_some() {
        return false;
    }
    let lower = tokens.lower(at - 1);
    if matches!(lower.as_str(), "top" | "best") {
        return true;
    }
    if value.kind != Kind::Count || value.value > LARGEST || value.value.fract() != 0.0 {
        return false;
    }
    let gap = tokens.gap(at - 1);
    // "(2)": the mark of a footnote or of a list.
    if gap.ends_with('(') && tokens.behind(at).starts_with(')') {
        return true;
    }
    let before = &tokens.words[at - 1];
    let is_spaced = gap == " " || gap == ". " || gap == "\u{a0}";
    let is_name =
        before.is_capital && !before.is_stop && at > 1 && gap != ". " || tokens.words[at].is_capital && before.is_capital;
    is_spaced && !before.has_digit && (is_name || has(&LABELS, &lower) && !(lower == "no" && gap == " "))
}

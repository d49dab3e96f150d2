//! Lists of bare labels, one a line.

use super::LABEL_CAP;
use super::abbreviations::leans_forward;

/// Three or more short lines of which none ends like a sentence, or in the middle of one, are a
/// list of labels rather than wrapped prose: one piece per line.
pub(super) fn label_lines(text: &str) -> Option<Vec<usize>> {
    let body = text.trim();
    let first = body.find('\n')?;
    if first > LABEL_CAP {
        return None;
    }
    let from = text.len() - text.trim_start().len();
    let mut cuts = Vec::new();
    let mut at = from;
    for line in body.split_inclusive('\n') {
        at += line.len();
        let line = line.trim();
        let last = line.rsplit(char::is_whitespace).next().unwrap_or_default();
        if line.len() > LABEL_CAP || !line.ends_with(char::is_alphanumeric) || leans_forward(last) || line.contains(". ") {
            return None;
        }
        cuts.push(at);
    }
    (cuts.len() >= 3).then_some(cuts)
}

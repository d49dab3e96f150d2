//! Names that were meant by names that are not there.

/// What is most like `word`, if anything is.
#[must_use]
pub fn nearest<'n>(word: &str, names: impl IntoIterator<Item = &'n str>) -> Option<&'n str> {
    let most = word.chars().count() / 3;
    let distances = names.into_iter().map(|name| (strsim::damerau_levenshtein(word, name), name));
    distances.filter(|(distance, _)| (1..=most).contains(distance)).min().map(|(_, name)| name)
}

#[cfg(test)]
mod tests {
    use super::nearest;

    #[test]
    fn a_slip_is_understood_and_anything_else_is_not() {
        let names = ["misquote", "missing-citation", "wrong-citation"];
        assert_eq!(nearest("misqoute", names), Some("misquote"));
        assert_eq!(nearest("missing_citations", names), Some("missing-citation"));
        assert_eq!(nearest("grammar", names), None);
        assert_eq!(nearest("misquote", names), None);
    }
}

//! Names that were meant by names that are not there.

use std::collections::BTreeMap;

/// What is most like `word`, if anything is.
#[must_use]
pub fn nearest<'n>(word: &str, names: impl IntoIterator<Item = &'n str>) -> Option<&'n str> {
    let length = word.chars().count();
    let most = length / 3;
    let may_be_near = |name: &&str| name.chars().count().abs_diff(length) <= most;
    let distances = names.into_iter().filter(may_be_near).map(|name| (strsim::damerau_levenshtein(word, name), name));
    distances.filter(|(distance, _)| (1..=most).contains(distance)).min().map(|(_, name)| name)
}

/// Many names, among which the one that was meant is found without looking at all.
#[derive(Debug, Default)]
pub struct Names(BTreeMap<usize, Vec<Name>>);

#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Name {
    written: Box<str>,
    /// A bit for each character that it has; characters may share one.
    characters: u64,
}

/// If more names than this may be near, none can be said to be meant.
const MOST_COMPARED: usize = 10_000;

impl Names {
    #[must_use]
    pub fn of<'n>(names: impl Iterator<Item = &'n str>) -> Self {
        let mut by_length: BTreeMap<usize, Vec<Name>> = BTreeMap::new();
        for name in names {
            let known = by_length.entry(name.chars().count()).or_default();
            known.push(Name { written: name.into(), characters: characters(name.chars()) });
        }
        for known in by_length.values_mut() {
            known.sort_unstable();
            known.dedup();
        }
        Self(by_length)
    }

    /// The name that is most like `word`, if one is quite alike: at most a quarter of its characters differ,
    /// and no more than four. Of several the first.
    #[must_use]
    pub fn nearest(&self, word: &str) -> Option<&str> {
        let word: Vec<char> = word.chars().collect();
        let furthest = (word.len() / 4).clamp(1, 4);
        let own = characters(word.iter().copied());
        // One change takes one character and puts another.
        let may_be_near = |name: &&Name| (name.characters ^ own).count_ones() as usize <= 2 * furthest;
        let lengths = word.len().saturating_sub(furthest)..=word.len() + furthest;
        let near = self.0.range(lengths).flat_map(|(_, names)| names).filter(may_be_near);
        let mut best: Option<(usize, &str)> = None;
        let mut other = Vec::new();
        for (compared, name) in near.enumerate() {
            if compared == MOST_COMPARED {
                return None;
            }
            other.clear();
            other.extend(name.written.chars());
            let most = best.map_or(furthest, |(distance, _)| distance);
            let found = distance(&word, &other, most).map(|distance| (distance, &*name.written));
            best = best.into_iter().chain(found).min();
        }
        best.map(|(_, name)| name)
    }
}

fn characters(chars: impl Iterator<Item = char>) -> u64 {
    chars.fold(0, |all, c| all | 1 << (c as u32 % u64::BITS))
}

/// How many characters must be changed, put in or left out to make one of the other, if that are at most so
/// many.
fn distance(a: &[char], b: &[char], most: usize) -> Option<usize> {
    let same = a.iter().zip(b).take_while(|(a, b)| a == b).count();
    let (a, b) = (&a[same..], &b[same..]);
    let same = a.iter().rev().zip(b.iter().rev()).take_while(|(a, b)| a == b).count();
    let (a, b) = (&a[..a.len() - same], &b[..b.len() - same]);
    if a.len().abs_diff(b.len()) > most {
        return None;
    }
    // Only places at most so far apart can belong to each other: the row is that wide.
    let far = most + 1;
    let width = 2 * most + 1;
    let mut row: Vec<usize> = (0..width).map(|at| at.checked_sub(most).unwrap_or(far)).collect();
    let mut next = row.clone();
    for i in 1..=a.len() {
        for at in 0..width {
            // The place in `b` is `i + at - most`.
            next[at] = match (i + at).checked_sub(most) {
                Some(0) => i,
                Some(j) if j <= b.len() => {
                    let changed = row[at] + usize::from(a[i - 1] != b[j - 1]);
                    let left_out = row.get(at + 1).map_or(far, |cost| cost + 1);
                    let put_in = at.checked_sub(1).map_or(far, |before| next[before] + 1);
                    changed.min(left_out).min(put_in).min(far)
                }
                _ => far,
            };
        }
        std::mem::swap(&mut row, &mut next);
        if row.iter().all(|cost| *cost >= far) {
            return None;
        }
    }
    Some(row[b.len() + most - a.len()]).filter(|cost| *cost <= most)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{Names, nearest};

    /// What [`Names::nearest`] finds, by looking at all.
    fn nearest_of_all<'n>(word: &str, names: &'n [String]) -> Option<&'n str> {
        let furthest = (word.chars().count() / 4).clamp(1, 4);
        let all = names.iter().map(|name| (strsim::levenshtein(word, name), name.as_str()));
        all.filter(|(distance, _)| *distance <= furthest).min().map(|(_, name)| name)
    }

    proptest! {
        #[test]
        fn the_nearest_name_is_that_of_all(
            names in proptest::collection::vec("[ab]{0,9}|[a-cé]{10,18}|key[0-9]{4}(ab)?", 0..60),
            words in proptest::collection::vec("[ab]{0,9}|[a-cé]{10,18}|kez?[0-9]{4}a?", 1..20),
        ) {
            let known = Names::of(names.iter().map(String::as_str));
            for word in words.iter().chain(&names) {
                prop_assert_eq!(known.nearest(word), nearest_of_all(word, &names), "{}", word);
            }
        }
    }

    #[test]
    fn long_names_are_compared_in_no_time() {
        let name = "k".repeat(300_000) + "2021";
        let known = Names::of([name.as_str()].into_iter());
        assert_eq!(known.nearest(&("j".repeat(300_000) + "2021")), None);
        assert_eq!(known.nearest(&format!("x{}x", &name[1..])), Some(name.as_str()));
    }

    #[test]
    fn a_slip_is_understood_and_anything_else_is_not() {
        let names = ["misquote", "missing-citation", "wrong-citation"];
        assert_eq!(nearest("misqoute", names), Some("misquote"));
        assert_eq!(nearest("missing_citations", names), Some("missing-citation"));
        assert_eq!(nearest("grammar", names), None);
        assert_eq!(nearest("misquote", names), None);
    }
}

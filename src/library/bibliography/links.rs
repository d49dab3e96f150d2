//! What leads from one part of a BibTeX file to another: abbreviations that are made of others, and entries
//! that take fields from others (`crossref`, `xdata`).
//!
//! `biblatex` follows all of it, in circles without end. So what no honest file has is taken out before: circles,
//! long ways, and abbreviations that grow with every step.

use std::collections::{HashMap, HashSet};

use biblatex::{Bibliography, Entry, Pair, RawBibliography, RawChunk, RawEntry};

use crate::text::words::readable;

/// What an abbreviation may stand for, in bytes.
const LONGEST: usize = 16 << 10;

/// So many steps an abbreviation may lead on.
const FARTHEST: usize = 16;

/// So many others an entry may take fields from, straight or through others.
const MOST_TAKEN: usize = 64;

/// Takes out what leads in circles or too far. Returns what was taken out, in words.
pub fn cut(raw: &mut RawBibliography<'_>) -> Vec<String> {
    let abbreviations = cut_abbreviations(&mut raw.abbreviations);
    let entries = cut_entries(raw);
    let abbreviations = named(&abbreviations).map(|names| {
        format!("the abbreviation {names} is made of itself, of later ones, or of too much, and stands for nothing")
    });
    let entries = named(&entries).map(|names| {
        format!("the entry {names} leads back to itself or to too many others by crossref or xdata, and is read without")
    });
    abbreviations.into_iter().chain(entries).collect()
}

/// As in BibTeX itself, an abbreviation may be made of those before it. Of two with one name the last counts.
fn cut_abbreviations(pairs: &mut Vec<Pair<'_>>) -> Vec<String> {
    let last: HashMap<&str, usize> = pairs.iter().enumerate().map(|(at, pair)| (pair.key.v, at)).collect();
    let mut at = 0;
    pairs.retain(|pair| {
        at += 1;
        last[pair.key.v] == at - 1
    });
    let all: HashSet<&str> = pairs.iter().map(|pair| pair.key.v).collect();
    // How long each is, and how many steps it leads on.
    let mut known: HashMap<&str, (usize, usize)> = HashMap::new();
    let mut cut = Vec::new();
    for pair in pairs {
        let mut size = Some((0, 0));
        for chunk in &pair.value.v {
            let (length, steps) = match &chunk.v {
                RawChunk::Normal(text) => (text.len(), 0),
                RawChunk::Abbreviation(name) => match known.get(name) {
                    Some((length, steps)) => (*length, steps + 1),
                    // The names of months are known without being defined.
                    None if !all.contains(name) => (0, 0),
                    None => {
                        size = None;
                        break;
                    }
                },
            };
            size = size.map(|(all, most)| (all + length + 1, steps.max(most)));
        }
        let fits = |(length, steps): &(usize, usize)| *length <= LONGEST && *steps <= FARTHEST;
        let size = size.filter(fits).unwrap_or_else(|| {
            pair.value.v.clear();
            cut.push(pair.key.v.to_owned());
            (0, 0)
        });
        known.insert(pair.key.v, size);
    }
    cut
}

fn cut_entries(raw: &mut RawBibliography<'_>) -> Vec<String> {
    let cut = far_ways(&leads(raw));
    let names = cut.iter().map(|at| raw.entries[*at].v.key.v.to_owned()).collect();
    for at in cut {
        raw.entries[at].v.fields.retain(|field| !is_link(field));
    }
    names
}

/// The places of the entries that each entry takes fields from, as `biblatex` itself reads their keys: through
/// abbreviations, braces, commands, and other names of an entry (`ids`). So it reads a file that has nothing else, in
/// which the links have names that it does not follow. Nothing where it would refuse the file.
fn leads(raw: &RawBibliography<'_>) -> Vec<Vec<usize>> {
    const ONE: &str = "leads-to-one";
    const SEVERAL: &str = "leads-to-several";
    let mut bare =
        RawBibliography { preamble: String::new(), entries: raw.entries.clone(), abbreviations: raw.abbreviations.clone() };
    for entry in &mut bare.entries {
        entry.v.fields.retain(|field| is_link(field) || field.key.v.eq_ignore_ascii_case("ids"));
        for field in entry.v.fields.iter_mut().filter(|field| is_link(field)) {
            field.key.v = if field.key.v.eq_ignore_ascii_case("crossref") { ONE } else { SEVERAL };
        }
    }
    let Ok(parsed) = Bibliography::from_raw(bare) else { return Vec::new() };
    let places: HashMap<&str, usize> = parsed.iter().enumerate().map(|(at, entry)| (entry.key.as_str(), at)).collect();
    let keys = |entry: &Entry| {
        let one: Option<String> = entry.get_as(ONE).ok();
        let several: Vec<String> = entry.get_as(SEVERAL).unwrap_or_default();
        one.into_iter().chain(several)
    };
    parsed
        .iter()
        .map(|entry| keys(entry).filter_map(|key| places.get(parsed.get(&key)?.key.as_str()).copied()).collect())
        .collect()
}

/// The places from which the ways must not go on, so that none leads in a circle or to too many others.
fn far_ways(leads: &[Vec<usize>]) -> Vec<usize> {
    #[derive(Clone, Copy, PartialEq)]
    enum State {
        Unseen,
        OnTheWay,
        /// With the number of others that are read for it, each as often as a way leads there.
        Done(usize),
    }
    let mut states = vec![State::Unseen; leads.len()];
    let mut cut = Vec::new();
    for start in 0..leads.len() {
        if states[start] != State::Unseen {
            continue;
        }
        // Each with how many of its ways were gone. No recursion: the way may be as long as the file.
        let mut way = vec![(start, 0)];
        states[start] = State::OnTheWay;
        while let Some((at, gone)) = way.last_mut() {
            let at = *at;
            if let Some(next) = leads[at].get(*gone) {
                *gone += 1;
                if states[*next] == State::Unseen {
                    states[*next] = State::OnTheWay;
                    way.push((*next, 0));
                }
                continue;
            }
            let taken = leads[at].iter().try_fold(0, |all: usize, next| match states[*next] {
                State::Done(taken) => Some(all.saturating_add(taken + 1)),
                State::OnTheWay | State::Unseen => None,
            });
            let taken = taken.filter(|taken| *taken <= MOST_TAKEN).unwrap_or_else(|| {
                cut.push(at);
                0
            });
            states[at] = State::Done(taken);
            way.pop();
        }
    }
    cut.sort_unstable();
    cut
}

fn is_link(field: &Pair<'_>) -> bool {
    ["crossref", "xdata"].iter().any(|name| field.key.v.eq_ignore_ascii_case(name))
}

/// The entry by itself, with the abbreviations that it is made of. It could lead to nothing but itself.
pub fn alone<'s>(entry: &biblatex::Spanned<RawEntry<'s>>, all: &HashMap<&str, &Pair<'s>>) -> RawBibliography<'s> {
    let mut abbreviations: Vec<Pair<'s>> = Vec::new();
    let mut seen = HashSet::new();
    let mut entry = entry.clone();
    entry.v.fields.retain(|field| !is_link(field));
    let mut open: Vec<&Pair<'s>> = entry.v.fields.iter().collect();
    while let Some(pair) = open.pop() {
        for chunk in &pair.value.v {
            let RawChunk::Abbreviation(name) = chunk.v else { continue };
            if let Some(found) = all.get(name).filter(|_| seen.insert(name)) {
                abbreviations.push((*found).clone());
                open.push(found);
            }
        }
    }
    RawBibliography { preamble: String::new(), entries: vec![entry], abbreviations }
}

/// `“a” (and 3 others)`.
fn named(names: &[String]) -> Option<String> {
    const LONGEST_NAME: usize = 40;
    let first: String = readable(names.first()?).chars().take(LONGEST_NAME).collect();
    match names.len() - 1 {
        0 => Some(format!("“{first}”")),
        more => Some(format!("“{first}” (and {more} more)")),
    }
}

#[cfg(test)]
mod tests {
    use super::{MOST_TAKEN, far_ways};

    #[test]
    fn circles_are_cut_where_they_close_and_long_ways_in_pieces() {
        assert!(far_ways(&[vec![1], vec![2], vec![]]).is_empty());
        assert_eq!(far_ways(&[vec![0]]), [0]);
        assert_eq!(far_ways(&[vec![1], vec![0], vec![0]]), [1]);
        let long: Vec<Vec<usize>> = (0..100_000).map(|at| vec![at + 1]).chain([vec![]]).collect();
        assert_eq!(far_ways(&long).len(), 100_000 / (MOST_TAKEN + 1));
        let doubled: Vec<Vec<usize>> = (0..60).map(|at| vec![at + 1, at + 1]).chain([vec![]]).collect();
        assert_eq!(far_ways(&doubled).len(), 60 / 6);
    }
}

//! Names: another one in the place of the claim's, and two that the claim has the wrong way round.

use super::{Neighbours, sentence_text, share_of};
use crate::library::{SentenceId, SourceSentence, View};
use crate::text::Span;
use crate::text::words::{Term, Word};
use crate::verify::items::{Items, Mask};
use crate::verify::titles::is_title;
use crate::verify::windows::{Looked, Windows};
use crate::verify::{Claim, Conflict, Slot};

/// The same where only the place in the sentence ties two names together.
const SAYS_NEARLY_ALL: f32 = 0.7;

/// Names in the place of another: same surname with another forename, or the only name beside
/// the same word in a sentence that says all the rest.
pub fn names(claim: &Claim<'_>, items: &Items, windows: &Windows, library: &View<'_>) -> Vec<Conflict> {
    let mut found = Vec::new();
    let terms = items.all() & !items.slots;
    for name in claim.analysis.names.iter().filter(|n| !n.is_doubtful) {
        let words: Vec<&Word> =
            claim.analysis.words[name.first..name.last].iter().filter(|w| !w.is_stop && !w.has_digit).collect();
        let own = items
            .items
            .iter()
            .enumerate()
            .filter(|(_, item)| name.span.encloses(item.span))
            .fold(0, |mask, (at, _)| mask | 1 << at);
        let rest = terms & !own;
        let known = |word: &Word| windows.looked_at.iter().any(|l| has(library, l, word.term));
        // The source may call it by another name.
        let is_found = windows.looked_at.iter().any(|l| own & !l.mask == 0);
        if rest == 0 || is_found || words.is_empty() || words.iter().all(|w| known(w)) {
            continue;
        }
        let mine = Neighbours::of(claim.analysis, name.span);
        let best = windows
            .looked_at
            .iter()
            .map(|l| (share_of(items, (l.mask | l.around) & rest, rest), l))
            .filter(|(says, _)| *says >= SAYS_NEARLY_ALL)
            .filter_map(|(says, l)| {
                let sentence = library.sentence(SentenceId(l.at));
                other_name(claim, &words, &mine, sentence, library).map(|span| (says, sentence, span))
            })
            .max_by(|a, b| a.0.total_cmp(&b.0).then(b.1.span.cmp(&a.1.span)));
        found.extend(best.map(|(_, sentence, value)| Conflict::with(sentence, Slot::Name, name.span, value)));
    }
    found
}

/// Two names that the claim has the wrong way round: each clause is said, word for word, of the
/// name in the other one.
pub fn swapped(claim: &Claim<'_>, items: &Items, windows: &Windows, clauses: &[Span], library: &View<'_>) -> Vec<Conflict> {
    const SAYS_ALL: f32 = 0.8;
    const SAYS_HALF: f32 = 0.5;
    let name_of =
        |clause: &Span| claim.analysis.names.iter().find(|n| clause.encloses(n.span)).map(|n| (n.span, items.name_mask(n.span)));
    let mut found = Vec::new();
    for (i, clause) in clauses.iter().enumerate() {
        let others = clauses.iter().enumerate().filter(|(j, _)| *j != i).filter_map(|(_, c)| name_of(c));
        let Some((span, own)) = name_of(clause).filter(|(_, own)| *own != 0) else { continue };
        let rest = items.mask_within(*clause) & !own & !items.slots;
        for (_, other) in others.filter(|(_, other)| *other != 0 && *other & own == 0) {
            let says = |l: &Looked| share_of(items, (l.mask | l.near) & rest, rest);
            let with = |l: &&Looked, name: Mask, not: Mask| l.mask & name != 0 && l.mask & not == 0;
            let own_is_said = windows.looked_at.iter().any(|l| l.mask & own != 0 && says(l) >= SAYS_HALF);
            let place = windows.looked_at.iter().find(|l| with(l, other, own) && says(l) >= SAYS_ALL);
            if let (false, Some(looked), true) = (own_is_said, place, rest.count_ones() >= 2) {
                let sentence = library.sentence(SentenceId(looked.at));
                let value = items.first_found(other, &sentence.analysis).unwrap_or(sentence.span);
                found.push(Conflict::with(sentence, Slot::Name, span, value));
                break;
            }
        }
    }
    found
}

fn has(library: &View<'_>, looked: &Looked, term: Term) -> bool {
    library.sentence(SentenceId(looked.at)).analysis.words.iter().any(|w| w.term == term)
}

fn other_name(
    claim: &Claim<'_>,
    words: &[&Word],
    mine: &Neighbours,
    sentence: &SourceSentence,
    library: &View<'_>,
) -> Option<Span> {
    let visible = sentence_text(library, sentence);
    let in_claim = |term: Term| claim.analysis.words.iter().any(|w| w.term == term);
    let of_sentence = &sentence.analysis;
    of_sentence
        .names
        .iter()
        .filter(|n| !n.is_doubtful || n.last - n.first > 1)
        .find(|n| {
            let theirs: Vec<&Word> = of_sentence.words[n.first..n.last].iter().filter(|w| !w.is_stop && !w.has_digit).collect();
            let (Some(my_last), Some(their_last)) = (words.last(), theirs.last()) else { return false };
            let new = theirs.iter().filter(|w| !in_claim(w.term)).count();
            let forename = |of: &[&Word]| of.len().checked_sub(2).map(|i| of[i].term).filter(|_| of.len() <= 3);
            let same_surname = my_last.term == their_last.term
                && matches!((forename(words), forename(&theirs)), (Some(a), Some(b)) if a != b && !is_title(a) && !is_title(b));
            let their_place = Neighbours::of(of_sentence, n.span);
            let replaced = new == theirs.len() && mine.touches(&their_place) && mine.agreement(&their_place, false) >= 3;
            let misspelt = words.iter().any(|w| theirs.iter().any(|t| alike(w.span.of(claim.text), t.span.of(visible))));
            (same_surname || replaced) && !misspelt
        })
        .map(|n| n.span)
}

/// Two spellings of one name, such as "Sauvel" and "Sauvell" or "Frân" and "Frn".
fn alike(a: &str, b: &str) -> bool {
    let (a, b): (Vec<char>, Vec<char>) = (a.to_lowercase().chars().collect(), b.to_lowercase().chars().collect());
    let prefix = a.iter().zip(&b).take_while(|(x, y)| x == y).count();
    let suffix = a.iter().rev().zip(b.iter().rev()).take_while(|(x, y)| x == y).count();
    let longest = a.len().max(b.len());
    longest > 2 && a != b && prefix + suffix + 1 >= longest
}

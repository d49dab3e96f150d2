//! Offices: what people are, and what stands before their names.

use super::WordSet;
use crate::text::words::Word;

/// Offices of which one person at a time is likely to hold each, and which are compared.
pub static OFFICES: WordSet = WordSet::forms(
    "ambassador captain chair chairman chairwoman chairperson chancellor coach commissioner conductor coroner deputy \
     director editor governor inspector judge manager mayor minister ombudsman president principal prosecutor rector \
     referee secretary spokesman spokesperson spokeswoman treasurer",
);

/// Whatever somebody may be who says something.
static POSITIONS: WordSet = WordSet::forms(
    "analyst attorney author boss captain chair chairman chairwoman chief coach commander commissioner contractor \
     coordinator counsel councillor defendant deputy director doctor driver economist editor engineer examiner executive \
     expert farmer founder goalkeeper governor head inspector investigator judge lawyer leader lecturer manager mayor \
     minister nurse officer official owner pilot player president professor prosecutor referee researcher scientist \
     secretary senator skipper solicitor spokesman spokesperson spokeswoman statistician steward striker supervisor \
     surgeon teacher teammate trainer treasurer witness",
);

/// Words that go before names and are none.
static TITLES: WordSet = WordSet::stems(
    "judge minister president dr mr mrs ms sir lord lady professor prof senator governor mayor captain general colonel \
     chancellor king queen prince princess councillor inspector bishop pope justice ambassador secretary chief director \
     chairman prime deputy vice",
);

/// "Deputy", "vice" and the like, which make another office of one.
pub static RANKS: WordSet = WordSet::forms("deputy vice assistant acting associate junior");

/// Whether a word says what somebody is.
pub fn is_position(word: &Word) -> bool {
    POSITIONS.has(word)
}

/// A word that goes before names and is none.
pub fn is_title(word: &Word) -> bool {
    TITLES.has(word)
}

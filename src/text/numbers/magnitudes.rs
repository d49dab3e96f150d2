//! Words that multiply what stands before them: "million", "crore", "mil".

use crate::text::language::{Language, Vocabulary, position};

const FACTORS: [f64; 7] = [1e2, 1e3, 1e5, 1e6, 1e7, 1e9, 1e12];

/// In the order of [`FACTORS`].
static MAGNITUDES: [Vocabulary; 5] = [
    Vocabulary::new(
        Language::English,
        "hundred | thousand | lakh lakhs | million millions mn mln | crore crores | billion billions bn bln | trillion tn",
    ),
    Vocabulary::new(Language::Spanish, "| mil | | millones millón | | |"),
    Vocabulary::new(Language::Portuguese, "| mil | | | | |"),
    Vocabulary::new(Language::French, "| mille | | millions | | milliard milliards | "),
    Vocabulary::new(Language::German, "| tausend | | million millionen mio | | milliarde milliarden mrd | billionen"),
];

pub(super) fn factor(word: &str) -> Option<f64> {
    position(&MAGNITUDES, word).map(|at| FACTORS[at])
}

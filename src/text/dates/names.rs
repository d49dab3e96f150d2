//! Names of months and weekdays.

use std::sync::LazyLock;

use rustc_hash::FxHashMap;

use crate::text::language::{Language, Vocabulary, has};

/// From January. Where languages share a name, it is English.
static MONTHS: [Vocabulary; 6] = [
    Vocabulary::new(
        Language::English,
        "january jan | february feb | march mar | april apr | may | june jun | july jul | august aug | september sep sept | \
         october oct | november nov | december dec",
    ),
    Vocabulary::new(
        Language::Spanish,
        "enero | febrero | marzo | abril | mayo | junio | julio | agosto | septiembre setiembre | octubre | noviembre | \
         diciembre",
    ),
    Vocabulary::new(
        Language::French,
        "janvier | février | mars | avril | mai | juin | juillet | août | septembre | octobre | novembre | décembre",
    ),
    Vocabulary::new(
        Language::German,
        "januar | februar | märz | april | mai | juni | juli | august | september | oktober | november | dezember",
    ),
    Vocabulary::new(
        Language::Italian,
        "gennaio | febbraio | marzo | aprile | maggio | giugno | luglio | agosto | settembre | ottobre | novembre | dicembre",
    ),
    Vocabulary::new(
        Language::Portuguese,
        "janeiro | fevereiro | março | abril | maio | junho | julho | agosto | setembro | outubro | novembro | dezembro",
    ),
];

/// Months that are also other words.
static AMBIGUOUS: [Vocabulary; 3] = [
    Vocabulary::new(Language::English, "may march mar dec jan sept"),
    Vocabulary::new(Language::Spanish, "abril"),
    Vocabulary::new(Language::French, "mai"),
];

/// From Monday.
static WEEKDAYS: [Vocabulary; 6] = [
    Vocabulary::new(
        Language::English,
        "monday mon | tuesday tue | wednesday wed | thursday thu | friday fri | saturday sat | sunday sun",
    ),
    Vocabulary::new(Language::Spanish, "lunes | martes | miércoles | jueves | viernes | sábado | domingo"),
    Vocabulary::new(Language::French, "lundi | mardi | mercredi | jeudi | vendredi | samedi | dimanche"),
    Vocabulary::new(Language::German, "montag | dienstag | mittwoch | donnerstag | freitag | samstag | sonntag"),
    Vocabulary::new(Language::Italian, "lunedì | martedì | mercoledì | giovedì | venerdì | sabato | domenica"),
    Vocabulary::new(Language::Portuguese, "segunda-feira | | | | | sábado | domingo"),
];

/// A month by one of its names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Month {
    pub number: u8,
    pub language: Language,
    /// Also an ordinary word.
    pub is_ambiguous: bool,
}

pub(super) fn month(word: &str) -> Option<Month> {
    static BY_NAME: LazyLock<FxHashMap<&str, Month>> = LazyLock::new(|| {
        by_name(&MONTHS, |at, language, name| Month { number: at as u8 + 1, language, is_ambiguous: has(&AMBIGUOUS, name) })
    });
    BY_NAME.get(lower(word)?.as_str()).copied()
}

/// 0 is Monday. English weekdays have a capital: "sun" is no day.
pub(super) fn weekday(word: &str) -> Option<u8> {
    static BY_NAME: LazyLock<FxHashMap<&str, (u8, Language)>> =
        LazyLock::new(|| by_name(&WEEKDAYS, |at, language, _| (at as u8, language)));
    let (number, language) = *BY_NAME.get(lower(word)?.as_str())?;
    (language != Language::English || word.starts_with(char::is_uppercase)).then_some(number)
}

/// All names of months and weekdays.
pub(super) fn all() -> impl Iterator<Item = &'static str> {
    let months = MONTHS.iter().flat_map(Vocabulary::entries);
    months.chain(WEEKDAYS.iter().flat_map(Vocabulary::entries)).map(|(_, name)| name)
}

/// A word in small letters, if it is no longer than a name.
fn lower(word: &str) -> Option<String> {
    const LENGTHS: std::ops::RangeInclusive<usize> = 3..=13;
    LENGTHS.contains(&word.len()).then(|| word.to_lowercase())
}

/// What each name stands for; the first language that has it counts.
fn by_name<T>(vocabularies: &[Vocabulary], make: impl Fn(usize, Language, &'static str) -> T) -> FxHashMap<&'static str, T> {
    let mut found = FxHashMap::default();
    for vocabulary in vocabularies {
        for (at, name) in vocabulary.entries() {
            found.entry(name).or_insert_with(|| make(at, vocabulary.language, name));
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_of_its_language() {
        let shown = |word: &str| month(word).map(|m| (m.number, m.language));
        for (word, expected) in [
            ("March", Some((3, Language::English))),
            ("marzo", Some((3, Language::Spanish))),
            ("mars", Some((3, Language::French))),
            ("März", Some((3, Language::German))),
            ("settembre", Some((9, Language::Italian))),
            ("março", Some((3, Language::Portuguese))),
            // German has it too.
            ("August", Some((8, Language::English))),
            ("Smarch", None),
            ("", None),
        ] {
            assert_eq!(shown(word), expected, "{word}");
        }
    }

    #[test]
    fn a_name_means_one_thing_in_all_languages() {
        for vocabulary in &MONTHS {
            for (at, name) in vocabulary.entries() {
                assert_eq!(month(name).map(|m| usize::from(m.number)), Some(at + 1), "{name} ({:?})", vocabulary.language);
            }
        }
        for vocabulary in &WEEKDAYS {
            for (at, name) in vocabulary.entries() {
                let word = crate::text::words::capitalised(name);
                assert_eq!(weekday(&word).map(usize::from), Some(at), "{name} ({:?})", vocabulary.language);
            }
        }
    }

    #[test]
    fn tables_are_whole() {
        let things = |v: &Vocabulary| v.words.split('|').count();
        assert!(MONTHS.iter().all(|v| things(v) == 12) && WEEKDAYS.iter().all(|v| things(v) == 7));
        let has_month = |v: &Vocabulary, month| v.entries().any(|(at, _)| at == month);
        assert!(MONTHS.iter().all(|v| (0..12).all(|month| has_month(v, month))));
    }

    #[test]
    fn english_weekdays_have_a_capital() {
        assert_eq!((weekday("Sun"), weekday("sun"), weekday("lundi"), weekday("Lundi")), (Some(6), None, Some(0), Some(0)));
    }
}

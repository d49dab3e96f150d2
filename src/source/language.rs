//! The language of a text by its small words, which every page of prose has.

use std::sync::LazyLock;

use rustc_hash::FxHashMap;

const SMALL_WORDS: [(&str, &str); 7] = [
    ("en", " the of and to in that is was for on with as by at from it be had not were "),
    ("es", " el los las de que y en un una por con para se del al su como más fue es "),
    ("fr", " le les des de et en un une du que qui dans pour sur pas est au par avec il "),
    ("de", " der die das und in den von zu mit ist nicht ein eine im dem auf für sich des war "),
    ("it", " il lo gli di che e in un una per con del della non sono è da al nel si "),
    ("pt", " o os as de que e em um uma por com para do da não se no na ao foi "),
    ("nl", " de het een van en in is dat op te zijn met voor niet aan er om door bij was "),
];

/// In bytes.
const LONGEST_SMALL_WORD: usize = 6;

/// The languages that have a word, by their places above.
static BY_WORD: LazyLock<FxHashMap<&str, Vec<usize>>> = LazyLock::new(|| {
    let mut languages: FxHashMap<&str, Vec<usize>> = FxHashMap::default();
    for (at, (_, words)) in SMALL_WORDS.iter().enumerate() {
        words.split_whitespace().for_each(|word| languages.entry(word).or_default().push(at));
    }
    languages
});

/// How much of a text is looked at, in words.
const ENOUGH: usize = 1000;

/// Fewer small words tell nothing.
const LEAST: usize = 8;

/// The code of the language, if one is by far the likeliest.
pub fn of(text: &str) -> Option<&'static str> {
    let words = text.split(|c: char| !c.is_alphabetic()).filter(|word| !word.is_empty()).take(ENOUGH);
    let mut all = 0;
    let mut counts = SMALL_WORDS.map(|(language, _)| (0, language));
    for word in words {
        all += 1;
        if word.len() > LONGEST_SMALL_WORD {
            continue;
        }
        for language in BY_WORD.get(word.to_lowercase().as_str()).into_iter().flatten() {
            counts[*language].0 += 1;
        }
    }
    counts.sort_unstable();
    let [.., (second, _), (first, language)] = counts;
    (first >= LEAST && first * 8 >= all && first * 3 >= second * 4).then_some(language)
}

#[cfg(test)]
mod tests {
    use super::of;

    #[test]
    fn prose_tells_its_language() {
        for (text, language) in [
            ("The mill at the river was closed on the third of May, and it had not been in use for years.", Some("en")),
            ("Los observadores piden que se aclaren los retrasos en los distritos del norte y en el puerto.", Some("es")),
            ("Die Mühle an dem Fluss war nicht in Betrieb, und der Müller ist mit den Säcken auf die Reise.", Some("de")),
            ("Orrin 48, Vesk 41.", None),
        ] {
            assert_eq!(of(text), language, "{text}");
        }
    }
}

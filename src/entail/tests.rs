use std::thread;

use proptest::prelude::*;

use super::*;

const PASSAGE: &str = "The bank sold its stake in Orlo to the ministry on 4 May. The price was not disclosed.";
const CLAIMS: [&str; 7] = [
    "The ministry bought the bank's stake in Orlo.",
    "The bank bought the ministry's stake in Orlo.",
    "Orlo was founded in 1911.",
    "The sale took place in May.",
    "Nobody has published the price.",
    "The price was 40 million.",
    "A stake changed hands.",
];

#[test]
fn a_pair_gets_the_same_answer_in_any_company() {
    let alone: Vec<Option<Entailment>> = CLAIMS.iter().map(|claim| bundled().entailment("", claim, PASSAGE)).collect();
    for (threads, size) in [(1, 1), (1, 7), (4, 7), (4, 32)] {
        let wanted: Vec<&str> = CLAIMS.iter().copied().cycle().take(size).collect();
        let read = |claims: &[&str]| claims.iter().map(|claim| bundled().entailment("", claim, PASSAGE)).collect::<Vec<_>>();
        let found: Vec<Option<Entailment>> = thread::scope(|scope| {
            let parts = wanted.chunks(wanted.len().div_ceil(threads));
            let running: Vec<_> = parts.map(|part| scope.spawn(move || read(part))).collect();
            running.into_iter().flat_map(|part| part.join().unwrap()).collect()
        });
        assert!(found.iter().zip(alone.iter().cycle()).all(|(a, b)| a == b), "{threads} threads, {size} pairs");
    }
}

#[test]
fn texts_that_are_too_long_are_cut() {
    let long = "word ".repeat(100_000);
    let pieces = vocabulary().pair(&long, &long, &long);
    assert_eq!(pieces.ids.len(), wordpieces::MOST);
    bundled().entailment(&long, &long, &long);
    bundled().kinds(&long, &long, &long);
}

#[test]
fn wordpieces_are_those_of_the_published_tokenizer() {
    // Worked out with the tokenizer with which the model was trained (`model/train`).
    let texts: [(&str, &[i32]); 7] = [
        (
            "The café’s naïve Ökonom paid £1,100.50 (2½ %)!",
            &[
                1996, 7668, 1521, 1055, 15743, 7929, 17175, 2213, 3825, 14534, 1010, 2531, 1012, 2753, 1006, 1016, 13714, 1003,
                1007, 999,
            ],
        ),
        ("Straße und Zürich: 27.08.2019", &[2358, 27807, 6151, 10204, 1024, 2676, 1012, 5511, 1012, 10476]),
        ("北京 said 3,000 ✈ people", &[1781, 1755, 2056, 1017, 1010, 2199, 100, 2111]),
        ("Ünïcödé\u{ad}soft x\u{200b}y", &[27260, 6499, 6199, 1060, 2100]),
        ("wordwithunknown☃inside antidisestablishmentarianism", &[100, 3424, 10521, 4355, 7875, 13602, 3672, 12199, 2964]),
        ("“quoted” — dash…", &[1523, 9339, 1524, 1517, 11454, 1529]),
        ("e\u{301}clair CO₂ №5", &[14925, 19771, 2099, 20190, 1578, 2629]),
    ];
    for (text, ids) in texts {
        assert_eq!(vocabulary().ids(text), ids, "{text}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn any_text_can_be_read(before in "\\PC{0,20}", claim in any::<String>(), passage in any::<String>()) {
        let pieces = vocabulary().pair(&before, &claim, &passage);
        prop_assert!(pieces.ids.len() <= wordpieces::MOST);
        prop_assert!(pieces.first < pieces.ids.len());
        vocabulary().sentence(&claim, &passage, &before);
    }
}

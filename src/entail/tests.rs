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
    // "[CLS] the bank ##rupt naive cafe . [SEP] …", by numbers.
    let pieces = vocabulary().pair("", "The café's naïve.", "Ökonom 1,100");
    insta_like(&pieces.ids);
}

fn insta_like(ids: &[i32]) {
    expect_test::expect![[r#"[]"#]].assert_eq(&format!("{ids:?}"));
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

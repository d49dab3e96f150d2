//! Labelled notes: the shipped example, and notes of four other domains. The floors only rise; with
//! the model those of precision rose, for which some of recall fell.

mod support;

use std::collections::BTreeSet;

use support::labelled;

#[test]
fn warnings_on_the_example_are_as_good_as_promised() {
    let (folder, labels) = labelled::folder("example");
    let scores = labelled::score(&folder, &labels, "model");
    assert!(scores.precision >= 0.98, "precision {:.3}", scores.precision);
    assert!(scores.recall >= 0.78, "recall {:.3}", scores.recall);
    assert!(scores.first_evidence >= 0.90, "first evidence {:.3}", scores.first_evidence);
    assert!(scores.citation_precision >= 1.0, "citations {:.3}", scores.citation_precision);
}

#[test]
fn the_report_is_the_same_every_time_and_its_spans_are_true() {
    let report = labelled::report(&support::example(), "model");
    assert_eq!(report, labelled::report(&support::example(), "model"));
    let root = support::example();
    let verdicts: BTreeSet<&str> =
        BTreeSet::from(["supported", "partial", "unsupported", "contradicted", "misquoted", "not-a-claim"]);
    for note in report["notes"].as_array().expect("notes") {
        let text = std::fs::read_to_string(root.join(note["path"].as_str().expect("a path"))).expect("the note");
        for sentence in note["sentences"].as_array().expect("sentences") {
            let (start, end) = labelled::span(&sentence["span"]);
            assert_eq!(text.get(start..end), sentence["text"].as_str());
            assert!(verdicts.contains(sentence["verdict"].as_str().expect("a verdict")));
            for evidence in sentence["evidence"].as_array().expect("evidence") {
                let path = evidence["source"].as_str().expect("a source");
                let file = std::fs::read_to_string(root.join(path)).expect("the source");
                let source = support::sources(path, &file).pop().expect("a source that can be read");
                let (start, end) = labelled::span(&evidence["span"]);
                let raw = source.text.get(start..end).expect("a span on character boundaries");
                let quote = evidence["quote"].as_str().expect("a quote");
                assert!(labelled::shares_words(raw, quote), "{raw} / {quote}");
            }
        }
    }
}

#[test]
fn hidden_text_of_a_page_is_never_shown() {
    let report = labelled::report(&support::example(), "model").to_string();
    assert!(!report.contains("Achterlund resigned on 23 June"), "hidden text became evidence");
    assert!(!report.contains("ignore all earlier instructions"), "a comment became evidence");
}

/// Notes in which nearly every true sentence has a false twin beside it.
#[track_caller]
fn domain(name: &str, precision: f64, recall: f64) {
    let (folder, labels) = labelled::folder(name);
    let scores = labelled::score(&folder, &labels, "model");
    assert!(scores.precision >= precision, "precision {:.3}", scores.precision);
    assert!(scores.recall >= recall, "recall {:.3}", scores.recall);
}

#[test]
fn warnings_in_business() {
    domain("business", 0.98, 0.69);
}

#[test]
fn warnings_in_court() {
    domain("court", 0.98, 0.56);
}

#[test]
fn warnings_in_science() {
    domain("science", 0.92, 0.46);
}

#[test]
fn warnings_in_sport() {
    domain("sport", 0.91, 0.50);
}

//! The language of judgement: what the profile `icd203` asks for, and what stays silent without it.

mod support;

use corroborate::library::Library;
use corroborate::rules::{CitedNote, Fix, descriptor, source_list};
use corroborate::workspace::settings::Settings;
use corroborate::workspace::{self, CheckResult, Workspace};
use serde_json::{Value, json};
use support::findings::Marked;

const SOURCES: &str = "
//- sources/mill.md
---
title: The end of the mill
publisher: The Orrin Post
author: Ada Moss
date: 2024-05-04
url: https://post.example/mill
reliability: B
credibility: 2
---
The mill at Orrin closed on 3 May. Reportedly 47 people lost their work.
//- sources/dam.txt
The dam at Hollin is 61 metres high, said the engineer Ruta Lind. It was built by 213 convicts.
";

/// What is asked for here. Other rules of the profile have tests of their own.
const RULES: [&str; 5] = ["bare-confidence", "bare-judgement", "likelihood-word", "mixed-confidence", "vague-number"];

fn workspace(sources: &str, settings: &Value) -> Workspace {
    let sources = support::parts(sources).into_iter().flat_map(|(path, text)| support::sources(path, &text)).collect();
    let mut workspace = Workspace::of_library(Library::new(sources, Default::default()));
    let (settings, mistakes) = Settings::layered(None, Some(settings), None);
    assert_eq!(mistakes, []);
    workspace.settings = settings;
    workspace
}

fn checked(workspace: &Workspace, text: &str) -> CheckResult {
    workspace::check(text, "note.md", workspace, &|| false).expect("nobody cancels")
}

/// Checks a note with marks under these settings; of the findings those of the rules above count.
#[track_caller]
fn check_with(settings: &Value, note: &str) {
    let marked = Marked::read(note);
    let mut findings = checked(&workspace(SOURCES, settings), &marked.text).findings.to_vec();
    findings.retain(|finding| RULES.contains(&finding.code));
    assert!(marked.is_borne_out(&findings), "expected:\n{note}\ncame:\n{}", marked.with(&findings, false));
}

/// The same with one rule alone.
#[track_caller]
fn check(rule: &str, note: &str) {
    let off: Value = RULES.iter().filter(|other| **other != rule).map(|other| ((*other).to_owned(), json!("off"))).collect();
    check_with(&json!({ "profile": "icd203", "rules": off }), note);
}

const MIXED: &str = "\
We assess with high confidence that it is quite likely that Hollin will sell possibly 47 boats.
";

#[test]
fn nothing_is_asked_of_drafts_and_releases() {
    for settings in [json!({}), json!({ "profile": "draft" }), json!({ "profile": "release" })] {
        check_with(&settings, MIXED);
    }
    check_with(
        &json!({ "rules": { "mixed-confidence": "hint" } }),
        &format!("{MIXED}               ^^^^^^^^^^^^^^^ hint[mixed-confidence]\n"),
    );
}

#[test]
fn the_profile_asks_for_all_of_it_as_warnings() {
    let codes: Vec<&str> = checked(&workspace(SOURCES, &json!({ "profile": "icd203" })), MIXED)
        .findings
        .iter()
        .filter(|finding| RULES.contains(&finding.code))
        .map(|finding| {
            assert_eq!(finding.severity.name(), "warning");
            finding.code
        })
        .collect();
    assert_eq!(RULES.iter().filter(|rule| codes.contains(rule)).count(), RULES.len(), "{codes:?}");
}

#[test]
fn words_of_likelihood_are_those_of_the_table() {
    check(
        "likelihood-word",
        "\
We judge that the owner will probably sell the mill this year.
We judge that the owner will most likely sell the mill this year.
                             ^^^^^^^^^^^ likelihood-word
= “most likely” is no word of ICD 203; the nearest is “very likely”, 80 to 95 per cent.
= fix: replace “most likely” with “very likely”
Perhaps the owner will sell the mill this year.
^^^^^^^ likelihood-word
= “Perhaps” is no word of ICD 203, and says no likelihood.
We assess that the dam may well fail next winter.
                       ^^^^^^^^ likelihood-word
We assess that it is quite possibly the end of the mill.
                     ^^^^^^^^^^^^^^ likelihood-word
",
    );
}

#[test]
fn other_yardsticks_have_other_words() {
    let settings =
        |yardstick: Value| json!({ "profile": "icd203", "yardstick": yardstick, "rules": { "bare-judgement": "off" } });
    check_with(
        &settings(json!("ipcc")),
        "\
We judge that the owner will probably sell the mill this year.
                             ^^^^^^^^ likelihood-word
= “probably” is no word of the IPCC's guidance; the nearest is “likely”, 66 to 100 per cent.
= fix: replace “probably” with “likely”
We judge that the sale of the mill is virtually certain this year.
",
    );
    check_with(
        &settings(json!("phia")),
        "\
We judge that a sale of the mill is very likely this year.
                                    ^^^^^^^^^^^ likelihood-word
= “very likely” is no word of the PHIA yardstick; the nearest is “highly likely”, 80 to 90 per cent.
= fix: replace “very likely” with “highly likely”
We judge that there is a realistic possibility of a sale of the mill this year.
We judge that there is a fair chance of a sale of the mill this year.
                         ^^^^^^^^^^^ likelihood-word
",
    );
    check_with(
        &settings(json!({ "perhaps": [20, 50], "probable": [50, 80], "a fair chance": [50, 80] })),
        "\
Perhaps the owner will sell the mill this year.
We judge that the owner will probably sell the mill this year.
We judge that there is a fair chance of a sale of the mill this year.
We judge that the owner is likely to sell the mill this year.
                           ^^^^^^ likelihood-word
= “likely” is no word of the desk's yardstick, and says no likelihood.
",
    );
}

#[test]
fn words_of_others_and_other_senses_are_left_alone() {
    check(
        "likelihood-word",
        "\
The owner said that he would perhaps sell the mill.
In our view the phrase “most likely to fail” was the engineer's.
We judge that a sale of the mill is more likely than a lease.
We judge that we could do the same count of the dams.
In May the dam was painted.
We judge that the dam is unlikely to fail, and that nobody could repair it.
",
    );
}

#[test]
fn confidence_and_likelihood_do_not_share_a_sentence() {
    check(
        "mixed-confidence",
        "\
We assess with high confidence that the owner is likely to sell the mill.
               ^^^^^^^^^^^^^^^ mixed-confidence
= “high confidence” says how sure you are, “likely” how likely it is: in one sentence readers take one for the other.
We judge that the owner is likely to sell the mill. We have moderate confidence in this judgement.
We assess with low to moderate confidence that the owner will sell the mill.
",
    );
    let ipcc =
        json!({ "profile": "icd203", "yardstick": "ipcc", "rules": { "bare-judgement": "off", "bare-confidence": "off" } });
    check_with(&ipcc, "We assess with high confidence that the owner is likely to sell the mill.\n");
}

#[test]
fn confidence_has_a_reason_near() {
    check(
        "bare-confidence",
        "\
We assess with moderate confidence that the owner will sell the mill.
               ^^^^^^^^^^^^^^^^^^^ bare-confidence
= “moderate confidence” comes without a reason, here and in the sentences beside it.

We assess with moderate confidence that the owner will sell the mill, because his debts fall due.

We assess with moderate confidence that the owner will sell the mill. This rests on two letters.

We assess with moderate confidence that the owner will sell the mill [@mill].

The mill has closed [@mill]. The fair went on. We assess with moderate confidence that the owner will sell the mill.
                                                              ^^^^^^^^^^^^^^^^^^^ bare-confidence
",
    );
}

#[test]
fn a_judgement_names_what_it_rests_on() {
    check(
        "bare-judgement",
        "\
We judge that the owner of the mill will sell it this year.
^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ bare-judgement
= This judgement names no evidence: its paragraph cites nothing and gives no reason.

The mill has closed [@mill]. The fair went on. We judge that the owner of the mill will sell it this year.

We judge that the owner of the mill will sell it this year, given that his debts fall due.

We judge that the owner of the mill will sell it this year. He has asked for offers. The minutes of the council give three names.

We think not.
",
    );
}

#[test]
fn an_exact_number_is_not_possible() {
    check(
        "vague-number",
        "\
The army moved possibly 48 trucks to the dam.
               ^^^^^^^^^^^ vague-number
= “48” is exact, and “possibly” leaves it open: say who counted, or give a range.
The army moved perhaps 48 trucks to the dam.
               ^^^^^^^^^^ vague-number
The army moved perhaps 50 trucks to the dam.
The army moved possibly 45 trucks to the dam.
The army moved possibly 40 to 48 trucks to the dam.
The army moved perhaps a dozen trucks to the dam on 17 May.
The army reportedly moved trucks to the dam at 17 places.
The mill at Orrin was closed and reportedly 47 people lost their work.
",
    );
}

#[test]
fn a_fix_reads_well_where_it_stands() {
    let fixed = |yardstick: &str, note: &str| {
        let settings = json!({ "profile": "icd203", "yardstick": yardstick });
        let checked = checked(&workspace(SOURCES, &settings), note);
        let finding = checked.findings.iter().find(|finding| finding.code == "likelihood-word").expect("a finding");
        finding.fixes.first().map(|fix| applied(note, fix))
    };
    let note = "Most probably the owner will sell the mill this year.\n";
    assert_eq!(fixed("icd203", note).as_deref(), Some("Very likely the owner will sell the mill this year.\n"));
    let note = "We judge that an all but certain sale of the mill comes this year.\n";
    assert_eq!(fixed("icd203", note).as_deref(), Some("We judge that an almost certain sale of the mill comes this year.\n"));
    let note = "We judge that an extremely likely sale of the mill comes this year.\n";
    assert_eq!(fixed("phia", note), None, "the article does not fit");
}

/// What the cache keeps of a sentence does not outlive what stands beside it, or the yardstick.
#[test]
fn what_changes_beside_a_sentence_is_seen() {
    let mut workspace = workspace(SOURCES, &json!({ "profile": "icd203", "rules": { "missing-citation": "off" } }));
    let codes = |workspace: &Workspace, text: &str| -> Vec<&str> {
        checked(workspace, text).findings.iter().map(|finding| finding.code).filter(|code| RULES.contains(code)).collect()
    };
    let judgement = "We assess with moderate confidence that the owner will sell the mill.";
    assert_eq!(codes(&workspace, judgement), ["bare-judgement", "bare-confidence"]);
    assert_eq!(codes(&workspace, &format!("{judgement} His debts are due.")), ["bare-judgement", "bare-confidence"]);
    assert_eq!(codes(&workspace, &format!("{judgement} His debts are due [@mill].")), [""; 0]);
    // What stands further off does not change what the sentence does, so that all but its grounds is known.
    let behind = |end: &str| format!("{judgement} His debts are due. The fair went on{end}");
    assert_eq!(codes(&workspace, &behind(".")), ["bare-judgement", "bare-confidence"]);
    assert_eq!(codes(&workspace, &behind(" [@mill].")), ["bare-confidence"]);
    assert_eq!(codes(&workspace, judgement), ["bare-judgement", "bare-confidence"]);
    let likely = "We judge that the owner will probably sell the mill, because he is in debt.";
    assert_eq!(codes(&workspace, likely), [""; 0]);
    workspace.settings.yardstick = Settings::layered(None, Some(&json!({ "yardstick": "ipcc" })), None).0.yardstick;
    assert_eq!(codes(&workspace, likely), ["likelihood-word"]);
}

fn applied(text: &str, fix: &Fix) -> String {
    let mut text = text.to_owned();
    for edit in fix.edits.iter().rev() {
        text.replace_range(edit.span.start..edit.span.end, &edit.text);
    }
    text
}

/// What an edit makes of a note.
fn offered(
    sources: &str,
    note: &str,
    offer: impl Fn(&CitedNote<'_>, &corroborate::library::View<'_>) -> Option<Fix>,
) -> Option<String> {
    let workspace = workspace(sources, &json!({}));
    let checked = checked(&workspace, note);
    let (severities, yardstick) = (workspace.settings.severities("note.md"), &workspace.settings.yardstick);
    let cited = CitedNote::new("note.md", note, &checked.note, &checked.cited, &severities, None, yardstick);
    offer(&cited, &workspace.library.view()).map(|fix| applied(note, &fix))
}

#[test]
fn a_source_is_described_behind_its_citation() {
    let described = |note: &str, at: &str| {
        offered(SOURCES, note, |cited, library| descriptor::offer(cited, note.find(at).expect("the place"), library))
    };
    let words = "(source: The Orrin Post, text, 2024-05-04; usually reliable, probably true)";
    for (note, at, expected) in [
        ("The mill closed on 3 May [@mill].\n", "mill]", format!("The mill closed on 3 May [@mill] {words}.\n")),
        ("The mill closed [@dam; @mill, p. 3].\n", "mill,", format!("The mill closed [@dam; @mill, p. 3] {words}.\n")),
        ("The mill closed [[mill]].\n", "[[mill", format!("The mill closed [[mill]] {words}.\n")),
        ("It closed ([source](sources/mill.md)).\n", "source", format!("It closed ([source](sources/mill.md)) {words}.\n")),
    ] {
        let came = described(note, at);
        assert_eq!(came.as_ref(), Some(&expected));
        assert_eq!(described(&expected, at), None, "there is one already");
    }
    assert_eq!(described("The dam is 61 metres high [@dam].\n", "dam]"), None, "nothing is known of it");
    assert_eq!(described("The mill closed [@mill].\n", "closed"), None, "no citation");
}

#[test]
fn a_descriptor_claims_nothing() {
    let note = "The mill at Orrin closed on 3 May [@mill] (source: The Vesk Daily, text, 1999-01-02; improbable). It was old.\n";
    let checked = checked(&workspace(SOURCES, &json!({})), note);
    let words: Vec<String> = checked.note.sentences.iter().map(|sentence| checked.note.words_of(sentence)).collect();
    assert_eq!(words, ["The mill at Orrin closed on 3 May.", "It was old."]);
    assert!(checked.findings.iter().all(|finding| !finding.span.of(note).contains("Vesk")), "{:?}", checked.findings);
}

#[test]
fn sources_are_listed_once_and_the_list_is_written_anew() {
    let write = |note: &str| offered(SOURCES, note, source_list::offer);
    let note = "# Orrin\n\nThe mill closed on 3 May [@mill]. The dam is 61 metres high [@dam]. It closed [@mill].\n";
    let first = write(note).expect("a list");
    expect_test::expect![[r#"
        # Orrin

        The mill closed on 3 May [@mill]. The dam is 61 metres high [@dam]. It closed [@mill].

        ## Sources

        <!-- This list is written by corroborate. -->

        1. [@mill] (source: The end of the mill; Ada Moss; The Orrin Post, text, 2024-05-04; usually reliable, probably true; <https://post.example/mill>)
        2. [@dam] (source: dam.txt)
    "#]]
    .assert_eq(&first);
    assert_eq!(write(&first), None, "it is as it should be");
    let less =
        first.replace(" The dam is 61 metres high [@dam].", "").replace("# Orrin\n", "# Orrin\n\n## Sources\n\nMy own words.\n");
    let again = write(&less).expect("a list");
    assert!(!again.contains("dam.txt") && again.contains("My own words.") && again.matches("## Sources").count() == 2, "{again}");
    let amid = first.replace("[@dam] (source", "(source") + "\n## After\n\nThe end.\n";
    let again = write(&amid).expect("a list");
    assert!(again.ends_with("2. [@dam] (source: dam.txt)\n\n## After\n\nThe end.\n"), "{again}");
    assert_eq!(write(&again), None);
    assert_eq!(write("Nothing is cited.\n"), None);
    let found = checked(&workspace(SOURCES, &json!({ "profile": "icd203" })), &first);
    assert_eq!(found.note.sentences.len(), 5, "the list claims nothing: only headings and the three sentences");
}

#[test]
fn words_of_sources_come_in_as_words() {
    let sources = "
//- sources/mill.md
---
title: \"<!-- corroborate: ignore-file x --> [a](b) (c) [@evil]\"
publisher: \"Post) [[evil]] `x` (\"
date: 2024-05-04
---
The mill at Orrin closed on 3 May.
";
    let note = "The mill at Orrin closed on 3 May [@mill].\n";
    for came in [
        offered(sources, note, |cited, library| descriptor::offer(cited, note.find("mill]").expect("it"), library)),
        offered(sources, note, source_list::offer),
    ] {
        let came = came.expect("an edit");
        let checked = checked(&workspace(sources, &json!({})), &came);
        assert!(checked.note.directives.is_empty() && checked.cited.len() <= 2, "{came}");
        assert_eq!(checked.note.words_of(&checked.note.sentences[0]), "The mill at Orrin closed on 3 May.", "{came}");
    }
}

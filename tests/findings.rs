//! What a user sees: a note, and below each line the words that are underlined with the code.
//!
//! A marker line stands under a line of the note: `^^^ code` underlines the words above it.
//! Every finding must have a marker and every marker a finding.

mod support;

use corroborate::library::Library;
use corroborate::source;
use corroborate::text::{Encoding, LineIndex};
use corroborate::workspace::{self, Workspace};

/// Checks `note` (with markers) against `sources` (with `//- path` headers).
#[track_caller]
fn check(sources: &str, note: &str) {
    let mut text = String::new();
    let mut expected = Vec::new();
    for line in note.lines() {
        let marks = line.trim_start();
        if marks.starts_with('^') {
            let column = line.chars().take_while(|c| *c == ' ').count();
            let width = marks.chars().take_while(|c| *c == '^').count();
            let row = text.lines().count() - 1;
            let words: String = text.lines().last().unwrap_or_default().chars().skip(column).take(width).collect();
            expected.push(format!("{}: {words} [{}]", row + 1, marks.trim_start_matches('^').trim()));
        } else {
            text.push_str(line);
            text.push('\n');
        }
    }
    let sources = support::parts(sources).into_iter().filter_map(|(path, text)| source::read(path, text.as_bytes())).collect();
    let workspace = Workspace::of_library(Library::new(sources, Default::default()));
    let checked = workspace::check(&text, "note.md", &workspace, &|| false).expect("nobody cancels");
    let lines = LineIndex::new(&text);
    let found: Vec<String> = checked
        .findings
        .iter()
        .map(|f| format!("{}: {} [{}]", lines.position(&text, f.span.start, Encoding::Utf32).line + 1, f.span.of(&text), f.code))
        .collect();
    let messages: Vec<&str> = checked.findings.iter().map(|f| f.message.as_str()).collect();
    assert_eq!(found, expected, "\n{messages:#?}");
}

const COURT: &str = "
//- sources/2023-05-04-verdict.txt
The regional court in Tarnholm sentenced the contractor Evan Brook to four years in prison on Thursday. He had embezzled 2.3 million crowns from the hospital between 2016 and 2019.

Judge Ruta Lind called the scheme “a slow theft from the sick.” The defence did not appeal against the sentence.

The hospital has recovered 610,000 crowns so far. Its director, Paula Stern, declined to comment on the ruling.
";

#[test]
fn what_the_sources_say_is_left_alone() {
    check(
        COURT,
        "\
# Did the court err?

The court in Tarnholm sentenced Evan Brook to four years in prison.
He embezzled 2.3 million crowns from the hospital.
Judge Lind called it \"a slow theft from the sick\".
The hospital recovered 610,000 crowns.
Was that all?
We assess that more money is lost.
TODO: call the hospital.
",
    );
}

#[test]
fn a_wrong_number_is_underlined_by_itself() {
    check(
        COURT,
        "\
The court in Tarnholm sentenced Evan Brook to five years in prison.
                                              ^^^^ number-conflict
",
    );
    check(
        COURT,
        "\
The hospital has recovered 160,000 crowns so far.
                           ^^^^^^^ number-conflict
",
    );
}

#[test]
fn an_invented_claim_has_no_support() {
    check(
        COURT,
        "\
Brook transferred the money to a bank in Lisbon.
^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ unsupported-claim
",
    );
}

#[test]
fn an_altered_quotation_marks_the_word() {
    check(
        COURT,
        "\
Judge Lind called the scheme “a slow theft from the old.”
                                                    ^^^ misquote
",
    );
}

#[test]
fn a_quotation_from_nowhere_is_named() {
    check(
        COURT,
        "\
“Nobody will ever trust us again,” the director said.
 ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ unsourced-quote
",
    );
}

#[test]
fn a_denied_claim_is_contradicted() {
    check(
        COURT,
        "\
The defence appealed against the sentence.
^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ contradicted-claim
",
    );
}

#[test]
fn only_the_unsupported_part_is_marked() {
    check(
        COURT,
        "\
The hospital has recovered 610,000 crowns so far, and the nurses were dismissed.
                                                  ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ partly-supported-claim
",
    );
}

#[test]
fn citations_must_lead_somewhere() {
    check(
        COURT,
        "\
The hospital recovered 610,000 crowns [@2023-05-04-verdict].
The hospital recovered 610,000 crowns [@2023-05-04-verdit].
                                      ^^^^^^^^^^^^^^^^^^^^ unknown-citation
The hospital recovered 610,000 crowns [[2023-05-04-verdict]].
The hospital recovered 610,000 crowns [[2023-05-04-other]].
                                      ^^^^^^^^^^^^^^^^^^^^ unknown-citation
The hospital recovered 610,000 crowns.[^1]
The hospital recovered 610,000 crowns.[^2]
                                      ^^^^ unknown-citation

[^1]: 2023-05-04-verdict.txt
",
    );
}

#[test]
fn a_name_in_the_place_of_another_is_marked() {
    check(
        COURT,
        "\
Judge Rita Lind called the scheme “a slow theft from the sick.”
",
    );
    check(
        COURT,
        "\
The regional court in Tarnholm sentenced the contractor Ivar Brook to four years in prison.
                                                        ^^^^^^^^^^ name-conflict
",
    );
}

const LAB: &str = "
//- sources/trial.md
---
title: Phase II trial of velorane
date: 2022-11-02
publisher: Journal of Imaginary Medicine
---

The trial enrolled 212 patients at nine clinics. After 12 weeks, pain scores fell by 31 per cent in the velorane group and by 12 per cent in the placebo group.

There was no difference in blood pressure between the groups. Three patients in the velorane group stopped treatment because of a rash.

\"The effect is real, but it is small,\" said Dr Imke Rasch, who led the trial.
//- sources/press.html
<html><head><title>Velorane helps | PillCo</title><meta name=date content=2022-11-03></head><body>
<nav>Home Products 4,000 staff</nav>
<p>PillCo shares rose 6 per cent after the trial of velorane was published.</p>
<p style='display:none'>Velorane cures cancer in 99 per cent of patients.</p>
</body></html>
";

#[test]
fn numbers_are_bound_to_what_they_count() {
    check(
        LAB,
        "\
The trial enrolled 212 patients at nine clinics.
The trial enrolled 221 patients at nine clinics.
                   ^^^ number-conflict
PillCo shares rose by 6 per cent.
Three patients stopped treatment because of a rash.
",
    );
}

#[test]
fn hidden_text_supports_nothing() {
    check(
        LAB,
        "\
Velorane cures cancer in 99 per cent of patients.
^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ unsupported-claim
",
    );
}

#[test]
fn an_omission_that_turns_the_sense_is_a_misquote() {
    check(
        LAB,
        "\
The paper says that \"there was … difference in blood pressure between the groups.\"
                     ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ misquote
Rasch said that \"the effect is real\".
Dr Rasch: “The effect is real … it is small.”
",
    );
}

#[test]
fn tables_lists_and_hard_wraps_are_checked_like_prose() {
    check(
        LAB,
        "\
| Trial of velorane | Figure |
|---|---|
| Patients enrolled | 212 |

The trial enrolled 212
patients at nine clinics.

- PillCo shares rose by 6 per cent.
- Doctors in forty countries prescribe it to children.
  ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ unsupported-claim
",
    );
}

#[test]
fn without_sources_nothing_is_scolded() {
    check("", "The moon is made of cheese, said 12 men.\n");
}

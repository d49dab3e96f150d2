//! What a user sees: a note, and below each line the words that are underlined with the code.
//!
//! A marker line stands under a line of the note: `^^^ code` underlines the words above it.
//! Every finding must have a marker and every marker a finding.

mod support;

use support::findings::check;

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

const FERRY: &str = "
//- sources/2024-04-02-ferry.txt
The ferry line between Tarnholm and Ilver was closed on 21 March after a fire in the engine room. Nobody was hurt.
";

#[test]
fn a_day_in_words_is_the_day_in_figures() {
    check(
        FERRY,
        "\
The ferry line between Tarnholm and Ilver was closed on the twenty-first of March.
The ferry line between Tarnholm and Ilver was closed on March the twenty-first.
The ferry line between Tarnholm and Ilver was closed on twenty-first March.
",
    );
    check(
        FERRY,
        "\
The ferry line between Tarnholm and Ilver was closed on the twenty-second of March.
                                                            ^^^^^^^^^^^^^^^^^^^^^^ number-conflict
",
    );
    check(
        FERRY,
        "\
The ferry line between Tarnholm and Ilver was closed on March the first.
                                                        ^^^^^^^^^^^^^^^ number-conflict
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
fn a_dropped_word_is_named() {
    check(
        COURT,
        "\
The paper says that the defence “did appeal against the sentence.”
                                 ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ misquote
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

const LEAGUE: &str = "
//- sources/match.txt
ORLEM — Harrow Town beat Castle Vale 3-1 on Saturday in front of 14,200 people. Mara Quist scored twice, and Tess Oland added a third from the penalty spot.

“We were second best in every part of the pitch,” Vale coach Ines Dorr said. “Nobody in our dressing room has an excuse.”

Harrow's captain, Lotte Brann, missed the match because of a knee injury. The club has not signed a new goalkeeper.
//- sources/correction.txt
CORRECTIONS

An article published on Sunday said that 14,200 people watched the match between Harrow Town and Castle Vale. The club's own count was 11,900.
//- sources/board.txt
A former steward, Ulf Renner, said on Monday that Harrow Town had paid a referee before the match, a claim that the league rejected within hours.
//- sources/fees.txt
Harrow Town paid 2.1 million crowns for Mara Quist in January. Castle Vale sold its training ground to the city for 9 million crowns.
";

#[test]
fn a_quotation_belongs_to_its_speaker() {
    check(
        LEAGUE,
        "\
“We were second best in every part of the pitch,” Ines Dorr said.
“We were second best in every part of the pitch,” said Ulf Renner.
                                                       ^^^^^^^^^^ misattributed-quote
",
    );
}

#[test]
fn a_disputed_statement_is_no_fact() {
    check(
        LEAGUE,
        "\
Ulf Renner said that Harrow Town had paid a referee before the match.
Harrow Town paid a referee before the match.
^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ dropped-attribution
",
    );
}

#[test]
fn a_correction_takes_a_figure_back() {
    check(
        LEAGUE,
        "\
The match between Harrow Town and Castle Vale was watched by 14,200 people.
^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ contradicted-claim
",
    );
}

#[test]
fn citations_must_support_the_sentence() {
    check(
        LEAGUE,
        "\
Castle Vale sold its training ground for 9 million crowns [@fees].
Castle Vale sold its training ground for 9 million crowns [@board].
                                                          ^^^^^^^^ wrong-citation
Lotte Brann missed the match because of a knee injury [@match; @fees].
The league fined Castle Vale after a pitch invasion [@board].
^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ unsupported-claim
",
    );
}

#[test]
fn names_the_wrong_way_round_are_noticed() {
    check(
        LEAGUE,
        "\
Castle Vale bought Mara Quist for 2.1 million crowns and Harrow Town sold its training ground to the city.
                                                         ^^^^^^^^^^^ name-conflict
",
    );
}

#[test]
fn signing_and_not_signing_differ() {
    check(
        LEAGUE,
        "\
The club has signed a new goalkeeper.
^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ contradicted-claim
The club has not signed a new goalkeeper.
",
    );
}

#[test]
fn a_source_in_another_language_is_not_held_against_the_note() {
    check(
        "
//- sources/nota.txt
El alcalde de Sobrado, Ramón Ceide, dijo el lunes que la obra del puente costará 4,2 millones de coronas y que las máquinas llegarán al pueblo antes de que termine el mes de julio, aunque los vecinos esperan desde hace muchos años y ya no creen en las promesas.
",
        "\
According to Ramón Ceide, building the new bridge is to cost 4.2 million crowns.
",
    );
}

const BEACHES: &str = "
//- sources/2022-06-03-playa.txt
El alcalde de Morro, Luis Tena, anunció el viernes que la playa se queda cerrada hasta el domingo. La policía espera la decisión de un juez sobre los daños del puente. Los vecinos de la ciudad pidieron ayuda al gobierno.

La empresa de transporte perdió dos barcos durante la tormenta y ha despedido a sus conductores. El puerto abrió a las 9.30, dos horas más tarde de lo previsto.
//- sources/2022-06-05-notes.txt
The diary of a gardener in Morro. The roses are late this year, and the beans are early.
";

#[test]
fn common_words_of_other_languages_are_known() {
    check(
        BEACHES,
        "\
The police expect a judge's decision on the damage to the bridge. The port of Morro opened at 9:30.

Nobody in Morro was asked about the museum's 400 paintings.
^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ unsupported-claim
",
    );
}

#[test]
fn a_wrong_name_is_replaced_without_the_office_before_it() {
    let sources = "\n//- sources/a.txt\nTreasurer Miriam Oduya resigned from the board on 3 May 2021 after nine years.\n";
    let (title, text) =
        support::findings::fixed(sources, "Treasurer Marian Oduya resigned from the board on 3 May 2021 after nine years.\n");
    assert_eq!(text, "Treasurer Miriam Oduya resigned from the board on 3 May 2021 after nine years.\n", "{title}");
}

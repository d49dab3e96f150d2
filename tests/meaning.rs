//! What claims mean, beyond their words: days, units, bounds, places of numbers, offices, who does it
//! to whom, how much, and how sure. Each ability has lines that must warn and lines that must not.
//!
//! A marker line stands under a line of the note: `^^^ code` underlines the words above it.

mod support;

use corroborate::entail::MODEL;
use corroborate::workspace::{self, Workspace};
use support::Folder;
use support::findings::check;

const BAKERY: &str = "
//- sources/2025-05-08-wire.txt
CRANMOOR, 8 May 2025 — The board of Velden Foods dismissed its chief executive, Marit Ollendorf, on Wednesday. The new plant will open on Friday with 340 workers.

The company will close its mill in Cranmoor next month. Most of the shareholders backed the sale of the bakery division. Velden Foods sold the bakery to Corrin Mills for 48 million euros.

At least 600 jobs will be lost in the region. The pipeline is 410 kilometres long. Hundreds of customers complained about stale bread.

The price was not the only reason for the sale. Anselm Vuk, the deputy chairman, said that the bank had refused a loan. The firm's debts were 41 million euros, not 39 million.
";

#[test]
fn days_of_a_dated_source_are_calendar_dates() {
    check(
        BAKERY,
        "\
The board dismissed Marit Ollendorf on 7 May 2025.
The new plant opens on 9 May 2025.
The company will close its mill in Cranmoor in June 2025.
The board dismissed Marit Ollendorf on Wednesday, 7 May 2025.
",
    );
}

#[test]
fn another_day_than_the_sources_is_wrong() {
    check(
        BAKERY,
        "\
The board dismissed Marit Ollendorf on 6 May 2025.
                                       ^^^^^^^^^^ number-conflict
The new plant opens on 2 May 2025.
                       ^^^^^^^^^^ number-conflict
The company will close its mill in Cranmoor in August 2025.
                                               ^^^^^^^^^^^ number-conflict
",
    );
}

const TRIAL: &str = "
//- sources/2023-11-16-trial.txt
HOLT, 16 November 2023 — The district court in Holt acquitted the trader Jonas Merrow on Thursday. Merrow sued the town of Brennick in March. Judge Lena Farrow ordered the town to pay 90,000 crowns in costs.

The prosecutor, Aldo Reiss, will appeal by 1 December. Some of the witnesses changed their statements. The court rejected the appeal of the bank.

The town's lawyer, Greta Sund, said that Merrow had forged two letters, an accusation that he denied. The jury convicted Ekman of fraud, not of theft. The report was signed by the mayor, not by the council. The trial lasted eleven days.
//- sources/correction.txt
CORRECTION

The article said that the trial lasted eleven days. It lasted nine days.
";

#[test]
fn the_nearest_day_of_a_month_is_meant() {
    check(
        TRIAL,
        "\
Aldo Reiss, the prosecutor, will appeal by 1 December 2023.
The court in Holt acquitted the trader Jonas Merrow on 16 November 2023.
",
    );
}

const CUP: &str = "
//- sources/2025-01-13-cup.txt
HARROW, 13 January 2025 — The Rovers signed the striker Edda Moll from Vale City on Friday for 1.4 million crowns. It is the largest fee in the club's history.

Only two of the eleven players trained on Sunday. Several fans were hurt. The coach, Tom Berg, is not the only one to blame, the chairman, Lars Holt, said. The new stand will be ready in about 14 months.

The goalkeeper, Ida Frost, could miss the rest of the season. The race over 42 kilometres was won by Kaya Lund. Lund beat Ana Reyes by 12 seconds. At least 9,000 runners took part, and up to 60,000 people watched. It was the first time since 2017 that the race was held in winter.

Moll had refused an offer from Castle Vale. The captain, Jo Hahn, denied that she wants to leave. The club never paid a bonus to its players.
";

#[test]
fn a_day_of_the_week_counts_from_the_day_of_writing() {
    check(
        CUP,
        "\
The Rovers signed Edda Moll on 10 January 2025.
The Rovers signed Edda Moll on 11 January 2025.
                               ^^^^^^^^^^^^^^^ number-conflict
",
    );
}

const CRANES: &str = "
//- sources/2025-02-03-cranes.txt
TAVASK, 3 February 2025 — The harbour board said that the cranes would be repaired at the end of March.

The levy rises at the start of September. The dredger Orla will be sold by Helm Works on 30 April.
";

#[test]
fn the_end_of_a_month_is_its_last_day() {
    check(
        CRANES,
        "\
The cranes will be repaired by 31 March 2025.
The cranes will be repaired by the end of March.
The levy rises on 1 September.
The dredger Orla will be sold by Helm Works by the end of April.
The levy rises on 20 September.
^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ unsupported-claim
",
    );
}

#[test]
fn a_weekday_must_fit_its_date() {
    check(
        BAKERY,
        "\
The board dismissed Marit Ollendorf on Monday, 7 May 2025.
                                       ^^^^^^^^^^^^^^^^^^ number-conflict
",
    );
}

#[test]
fn floors_and_ceilings_oppose_each_other() {
    check(
        CUP,
        "\
At least 9,000 runners took part.
Up to 9,000 runners took part.
^^^^^^^^^^^^^^^^^^^ number-conflict
Up to 60,000 people watched.
At least 60,000 people watched.
^^^^^^^^^^^^^^^^^^^^^^ number-conflict
",
    );
}

const SHIPS: &str = "
//- sources/2025-09-02-report.txt
LOWMARK, 2 September 2025 — Tarn Shipping said on Monday that it will cut 120 jobs by the end of the year. The chief executive, Nadia Brock, announced the plan at a meeting in Lowmark.

All of the firm's ships were built in Hallin. Some customers have left. The union, which represents every dockworker in the port, wants talks.

The pier cost 85 million crowns, not 58 million as some papers wrote. The lease of the dock runs for 18 months. More than 2,000 people work for the firm.
";

#[test]
fn a_floor_is_no_ceiling_in_business_either() {
    check(
        SHIPS,
        "\
Over 2,000 people work for the firm.
At most 2,000 people work for the firm.
^^^^^^^^^^^^^^^^^^^^ number-conflict
",
    );
}

const NURSES: &str = "
//- sources/study.md
---
title: Sleep and memory in night nurses
date: 2024-10-21
publisher: Journal of Imaginary Physiology
---

Night work is associated with poorer memory in older nurses, the team from the University of Harl reports. The drug may slow the decline of memory in some patients.

Most participants slept less than six hours. Five of the seven hospitals took part in the second phase. The trial was the longest study of shift work in the country.

The Food Agency of Ilvane (FAI) approved the drug in 2021. Researchers did not find a link between coffee and sleep. The drug was tested on mice, not on people.

Fewer than 40 nurses left the study. The experiment began before the funding was approved.
//- sources/news.txt
25 October 2024

Dr Ilse Harrow, the director of the institute, praised the study on Tuesday. Her deputy, Piet Lomond, warned that the sample was small. The technician allegedly sold the samples to a rival laboratory.

The laboratory was closed for three weeks.
";

#[test]
fn fewer_is_not_more() {
    check(
        NURSES,
        "\
Fewer than 40 nurses left the study.
More than 40 nurses left the study.
^^^^^^^^^^^^^^^^^^^ number-conflict
",
    );
}

const BAY: &str = "
//- sources/2024-02-20-survey.txt
20 February 2024

Divers from the Marine Survey of Oram (MSO) counted 1,240 seals on Monday, 90 fewer than last year. The team will return on 4 March.

The deepest point of the bay is 212 metres. The survey covered an area of 35 hectares. About half of the pups were born in October. None of the divers was injured. Not all of the buoys were found.

The disease could spread to Harl next spring, the survey warns. Fishing was thought to have killed the porpoises.
//- sources/2024-03-01-comment.txt
1 March 2024

Fishing nets, not pollution, killed the birds. Hundreds of people came to the beach on Saturday. Volunteers cleaned the beach for two days.
";

#[test]
fn units_must_be_the_sources() {
    check(
        BAY,
        "\
The deepest point of the bay is 212 metres.
The deepest point of the bay is 212 feet.
                                ^^^^^^^^ number-conflict
The survey covered 35 hectares.
The survey covered 35 acres.
                   ^^^^^^^^ number-conflict
",
    );
}

#[test]
fn currencies_must_be_the_sources() {
    check(
        BAKERY,
        "\
Velden Foods sold the bakery for 48 million euros.
Velden Foods sold the bakery for 48 million dollars.
                                 ^^^^^^^^^^^^^^^^^^ number-conflict
",
    );
}

#[test]
fn seconds_are_no_minutes() {
    check(
        CUP,
        "\
Kaya Lund beat Ana Reyes by 12 seconds.
Kaya Lund beat Ana Reyes by 12 minutes.
                            ^^^^^^^^^^ number-conflict
The new stand will be ready in 14 months.
The new stand will be ready in about 14 weeks.
                               ^^^^^^^^^^^^^^ number-conflict
",
    );
}

#[test]
fn durations_are_compared_by_their_length() {
    check(
        BAY,
        "\
Volunteers cleaned the beach for two days.
Volunteers cleaned the beach for three days.
                                 ^^^^^ number-conflict
",
    );
}

#[test]
fn vague_numbers_have_their_order() {
    check(
        BAY,
        "\
Hundreds of people came to the beach.
Several hundred people came to the beach.
Dozens of people came to the beach on Saturday.
^^^^^^ number-conflict
",
    );
}

#[test]
fn thousands_are_not_hundreds() {
    check(
        BAKERY,
        "\
Hundreds of customers complained about stale bread.
Thousands of customers complained about stale bread.
^^^^^^^^^ number-conflict
",
    );
}

const FIGURES: &str = "
//- sources/2024-05-02-figures.txt
The survey found 45 cracks in the southern wall and 32 leaks in the northern tower. In May the harbour exported 30,000 papers, against 36,000 in September.

Turnout was 61 per cent in Vesk, 48 per cent in Orlan. Ticket sales reached 4,200 in the stadium and 1,900 online. The army has 22,000 soldiers and 310 tanks.
";

#[test]
fn the_right_number_in_the_wrong_place() {
    check(
        FIGURES,
        "\
The survey found 32 cracks in the southern wall.
                 ^^ number-conflict
The harbour exported 36,000 papers in May.
                     ^^^^^^ number-conflict
Turnout in Vesk was 48 per cent.
                    ^^^^^^^^^^^ number-conflict
Ticket sales reached 1,900 in the stadium.
                     ^^^^^ number-conflict
The army has 310 soldiers.
             ^^^ number-conflict
",
    );
}

#[test]
fn the_right_number_in_its_place() {
    check(
        FIGURES,
        "\
The survey found 45 cracks in the southern wall.
The survey found 32 leaks in the northern tower.
The harbour exported 30,000 papers in May.
Turnout in Orlan was 48 per cent.
Ticket sales reached 1,900 online.
The army has 22,000 soldiers and 310 tanks.
",
    );
}

#[test]
fn offices_belong_to_their_holders() {
    check(
        BAKERY,
        "\
Anselm Vuk is the chairman.
                  ^^^^^^^^ name-conflict
Marit Ollendorf is the deputy chairman.
                       ^^^^^^^^^^^^^^^ name-conflict
Anselm Vuk was the chief executive of Velden Foods.
                   ^^^^^^^^^^^^^^^ name-conflict
",
    );
}

#[test]
fn an_office_as_the_source_has_it() {
    check(
        BAKERY,
        "\
Anselm Vuk is the deputy chairman.
",
    );
}

#[test]
fn a_chief_executive_as_the_source_has_her() {
    check(
        SHIPS,
        "\
Nadia Brock is chief executive of Tarn Shipping.
",
    );
}

#[test]
fn a_director_is_not_her_deputy() {
    check(
        NURSES,
        "\
Ilse Harrow, the director of the institute, praised the study.
Ilse Harrow, the deputy director, praised the study.
                 ^^^^^^^^^^^^^^^ name-conflict
",
    );
}

#[test]
fn a_coach_is_no_chairman() {
    check(
        CUP,
        "\
Lars Holt is the chairman.
Lars Holt is the coach.
                 ^^^^^ name-conflict
",
    );
}

const FINAL: &str = "
//- sources/2024-08-12-final.txt
ORLEM, 12 August 2024 — Harrow Town beat Castle Vale 3-1 on Sunday in front of 14,200 people. Mara Quist scored twice, and Tess Oland added a third.

Most of the spectators stayed until the end. It was the club's third title. The next match is on Saturday at 19.00.

The club may sell Mara Quist in January. Castle Vale paid 2.1 million crowns for Ines Dorr in 2022. Rain interrupted the match for 20 minutes. The stadium holds up to 15,000 people.

Lotte Brann is the captain of Harrow Town, and Ines Dorr is the coach of Castle Vale.
";

#[test]
fn a_captain_is_no_coach() {
    check(
        FINAL,
        "\
Ines Dorr is the coach of Castle Vale.
Ines Dorr is the captain of Harrow Town.
                 ^^^^^^^ name-conflict
",
    );
}

#[test]
fn who_beats_whom() {
    check(
        FINAL,
        "\
Harrow Town beat Castle Vale.
Castle Vale was beaten by Harrow Town.
Castle Vale beat Harrow Town.
^^^^^^^^^^^ contradicted-claim
",
    );
}

#[test]
fn who_sues_whom() {
    check(
        TRIAL,
        "\
Jonas Merrow sued the town of Brennick in March.
The town of Brennick was sued by Jonas Merrow.
Jonas Merrow was sued by the town of Brennick.
                             ^^^^ contradicted-claim
",
    );
}

#[test]
fn who_sells_to_whom() {
    check(
        BAKERY,
        "\
Velden Foods sold the bakery to Corrin Mills.
Corrin Mills sold the bakery to Velden Foods.
^^^^^^^^^^^^ contradicted-claim
",
    );
}

const RULING: &str = "
//- sources/2022-06-30-ruling.txt
TARNHOLM, 30 June 2022 — The Supreme Court dismissed the complaint of the Harrow family against Orlan Bank on Wednesday. The family accused the bank of hiding documents.

Two of the five judges disagreed. Chief prosecutor Ivo Kant said that the police had not searched the house. The ruling was the first in the country on digital contracts.

A juror was reportedly paid by the family. The fraud was discovered by an accountant, not by the police. Kant expects a decision by 15 July.
";

#[test]
fn who_accuses_whom() {
    check(
        RULING,
        "\
The family accused the bank of hiding documents.
The bank accused the family of hiding documents.
    ^^^^ contradicted-claim
",
    );
}

#[test]
fn a_deed_belongs_to_its_doer() {
    check(
        FINAL,
        "\
Castle Vale paid 2.1 million crowns for Ines Dorr in 2022.
Harrow Town paid 2.1 million crowns for Ines Dorr in 2022.
^^^^^^^^^^^ name-conflict
",
    );
}

#[test]
fn most_is_not_all() {
    check(
        BAKERY,
        "\
Most of the shareholders backed the sale of the bakery division.
All of the shareholders backed the sale of the bakery division.
^^^ overclaim
",
    );
}

#[test]
fn five_of_seven_are_not_all() {
    check(
        NURSES,
        "\
Five of the seven hospitals took part in the second phase.
All seven hospitals took part in the second phase.
^^^ overclaim
Every hospital took part in the second phase.
^^^^^ overclaim
",
    );
}

#[test]
fn some_and_several_are_not_all() {
    check(
        CUP,
        "\
Several fans were hurt.
All fans were hurt.
^^^ overclaim
All eleven players trained on Sunday.
^^^ overclaim
",
    );
}

#[test]
fn all_is_all_in_other_words_too() {
    check(
        SHIPS,
        "\
All of the firm's ships were built in Hallin.
Every ship of the firm was built in Hallin.
The union represents all dockworkers in the port.
All customers have left.
^^^ overclaim
",
    );
}

#[test]
fn the_longest_is_not_the_first() {
    check(
        NURSES,
        "\
The trial was the longest study of shift work in the country.
The trial was the first study of shift work in the country.
                  ^^^^^ overclaim
",
    );
}

#[test]
fn the_first_is_not_the_longest() {
    check(
        RULING,
        "\
The ruling was the first in the country on digital contracts.
The ruling was the longest in the country on digital contracts.
                   ^^^^^^^ overclaim
",
    );
}

#[test]
fn the_largest_is_not_the_smallest() {
    check(
        CUP,
        "\
It is the largest fee in the club's history.
It is the smallest fee in the club's history.
          ^^^^^^^^ overclaim
",
    );
}

#[test]
fn the_first_time_since_is_not_the_first_ever() {
    check(
        CUP,
        "\
The race was held in winter for the first time since 2017.
It was the first time ever that the race was held in winter.
                      ^^^^ overclaim
",
    );
}

#[test]
fn not_the_only_one() {
    check(
        CUP,
        "\
Tom Berg is not the only one to blame.
Tom Berg is the only one to blame.
^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ contradicted-claim
",
    );
}

#[test]
fn a_hedge_is_kept() {
    check(
        FINAL,
        "\
The club may sell Mara Quist in January.
The club will sell Mara Quist in January.
^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ overclaim
",
    );
}

#[test]
fn what_could_happen_has_not_happened() {
    check(
        BAY,
        "\
The disease could spread to Harl next spring.
The disease will spread to Harl next spring.
^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ overclaim
Fishing killed the porpoises.
^^^^^^^^^^^^^^^^^^^^^^^^^^^^ overclaim
",
    );
}

#[test]
fn an_allegation_is_no_fact() {
    check(
        NURSES,
        "\
The technician allegedly sold the samples to a rival laboratory.
The technician sold the samples to a rival laboratory.
^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ overclaim
",
    );
}

#[test]
fn a_report_is_no_fact() {
    check(
        RULING,
        "\
A juror was reportedly paid by the family.
The family paid a juror.
^^^^^^^^^^^^^^^^^^^^^^^ overclaim
",
    );
}

#[test]
fn an_injury_may_end_a_season() {
    check(
        CUP,
        "\
Ida Frost may miss the rest of the season.
The goalkeeper, Ida Frost, missed the rest of the season.
^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ overclaim
",
    );
}

#[test]
fn a_link_is_no_cause() {
    check(
        NURSES,
        "\
Night work is linked to poorer memory in older nurses.
Night work causes poorer memory in older nurses.
           ^^^^^^ overclaim
Poorer memory in older nurses is due to night work.
                                 ^^^ overclaim
",
    );
}

#[test]
fn what_is_set_apart_is_denied() {
    check(
        NURSES,
        "\
The drug was tested on mice.
The drug was tested on people.
                       ^^^^^^ contradicted-claim
",
    );
}

#[test]
fn fraud_is_no_theft() {
    check(
        TRIAL,
        "\
The jury convicted Ekman of fraud.
The jury convicted Ekman of theft.
                            ^^^^^ contradicted-claim
The report was signed by the mayor.
The report was signed by the council.
                             ^^^^^^^ contradicted-claim
",
    );
}

#[test]
fn a_contrast_in_the_middle() {
    check(
        BAY,
        "\
Fishing nets killed the birds.
Pollution killed the birds.
^^^^^^^^^ contradicted-claim
",
    );
}

#[test]
fn an_agent_that_is_ruled_out() {
    check(
        RULING,
        "\
An accountant discovered the fraud.
The police discovered the fraud.
    ^^^^^^ contradicted-claim
",
    );
}

#[test]
fn a_denied_value_is_wrong() {
    check(
        BAKERY,
        "\
The firm's debts were 41 million euros.
The firm's debts were 39 million euros.
                      ^^^^^^^^^^ number-conflict
",
    );
}

#[test]
fn a_price_that_papers_had_wrong() {
    check(
        SHIPS,
        "\
The pier cost 85 million crowns.
The pier cost 58 million crowns.
              ^^^^^^^^^^ number-conflict
",
    );
}

#[test]
fn what_a_correction_puts_right() {
    check(
        TRIAL,
        "\
The trial lasted nine days.
The trial lasted eleven days.
^^^^^^^^^^^^^^^^^^^^^^^^^^^^ contradicted-claim
",
    );
}

#[test]
fn denied_phrases() {
    check(
        NURSES,
        "\
Researchers found no link between coffee and sleep.
Researchers found a link between coffee and sleep.
^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ contradicted-claim
",
    );
}

#[test]
fn refusals_and_denials() {
    check(
        CUP,
        "\
Edda Moll refused an offer from Castle Vale.
Edda Moll accepted an offer from Castle Vale.
^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ contradicted-claim
Jo Hahn wants to leave.
^^^^^^^^^^^^^^^^^^^^^^ contradicted-claim
The club paid a bonus to its players.
^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ contradicted-claim
",
    );
}

#[test]
fn searched_and_not_searched() {
    check(
        RULING,
        "\
The police did not search the house.
The police searched the house.
^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ contradicted-claim
",
    );
}

#[test]
fn none_is_not_some() {
    check(
        BAY,
        "\
None of the divers was injured.
Some of the divers were injured.
^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ contradicted-claim
",
    );
}

#[test]
fn opposites_in_the_same_place() {
    check(
        TRIAL,
        "\
The court rejected the appeal of the bank.
The court accepted the appeal of the bank.
          ^^^^^^^^ contradicted-claim
The court in Holt convicted the trader Jonas Merrow.
                  ^^^^^^^^^ contradicted-claim
",
    );
}

#[test]
fn before_is_not_after() {
    check(
        NURSES,
        "\
The experiment began before the funding was approved.
The experiment began after the funding was approved.
                     ^^^^^ contradicted-claim
",
    );
}

#[test]
fn disputed_words_keep_their_speaker() {
    check(
        TRIAL,
        "\
Greta Sund said that Merrow had forged two letters.
Merrow forged two letters.
^^^^^^^^^^^^^^^^^^^^^^^^^^ dropped-attribution
",
    );
}

#[test]
fn acronyms_that_sources_define() {
    check(
        NURSES,
        "\
The FAI approved the drug in 2021.
The Food Agency of Ilvane approved the drug in 2021.
The FAI approved the drug in 2019.
                             ^^^^ number-conflict
",
    );
}

#[test]
fn an_acronym_for_its_long_form() {
    check(
        BAY,
        "\
The MSO counted 1,240 seals on 19 February 2024.
The Marine Survey of Oram counted 1,240 seals.
",
    );
}

#[test]
fn premises_of_a_judgement_are_checked() {
    check(
        SHIPS,
        "\
We assess that the firm will need a loan, since the pier cost 85 million crowns.
We assess that the firm will need a loan, since the pier cost 58 million crowns.
                                                              ^^^^^^^^^^ number-conflict
In our view the firm is in deep trouble.
",
    );
}

#[test]
fn a_clock_time_of_a_match() {
    check(
        FINAL,
        "\
The next match is at 19.00.
The next match is at 21.00.
                     ^^^^^ number-conflict
",
    );
}

#[test]
fn a_rank_of_titles() {
    check(
        FINAL,
        "\
It was the club's third title.
It was the club's first title.
                  ^^^^^ number-conflict
",
    );
}

/// The codes of the findings in `note.md`.
fn codes(files: &str) -> Vec<&'static str> {
    codes_without(None, files)
}

fn codes_without(left_out: Option<&'static str>, files: &str) -> Vec<&'static str> {
    let folder = Folder::with(files);
    let workspace = Workspace::open(&folder.0).without(left_out);
    let note = std::fs::read_to_string(folder.path("note.md")).expect("a note");
    let checked = workspace::check(&note, "note.md", &workspace, &|| false).expect("nobody cancels");
    checked.findings.iter().map(|f| f.code).collect()
}

const CABLE: &str = "
//- sources/2024-03-18_cable.txt
The Ministry of Ports closed the harbour of Port Ansel on 4 March.
//- note.md
Big Blue was closed by the Ministry of Ports on 4 March 2024.
";

#[test]
fn aliases_of_the_settings_are_other_names() {
    let settings = "//- corroborate.toml\n[aliases]\n\"Big Blue\" = \"Port Ansel\"\n";
    // The model takes them for the same without being told.
    assert_eq!(codes_without(Some(MODEL), CABLE), ["unsupported-claim"]);
    assert_eq!(codes_without(Some(MODEL), &format!("{CABLE}{settings}")), [""; 0]);
    assert_eq!(codes(&format!("{CABLE}{settings}")), [""; 0]);
}

#[test]
fn missing_citations_are_named_where_the_settings_say_so() {
    let settings = "//- corroborate.toml\nrules.missing-citation = \"hint\"\n[aliases]\n\"Big Blue\" = \"Port Ansel\"\n";
    assert_eq!(codes(&format!("{CABLE}{settings}")), ["missing-citation"]);
}

#[test]
fn nearly_all_is_not_all() {
    check(
        "
//- sources/2025-05-02-catch.txt
Nearly all of the nets in the bay were torn by the ice in March.
",
        "\
All of the nets in the bay were torn by the ice in March.
^^^ overclaim
Nearly all of the nets in the bay were torn by the ice.
",
    );
}

#[test]
fn what_a_correction_quotes_is_taken_back() {
    check(
        "
//- sources/2025-07-02-correction.txt
Correction: A report on 30 June said that the loan to the ferry company was 3 million crowns. It was 2 million crowns.
",
        "\
The loan to the ferry company was 3 million crowns.
^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ contradicted-claim
The loan to the ferry company was 2 million crowns.
",
    );
}

#[test]
fn what_is_undone_is_not_done() {
    const SHAFT: &str = "
//- sources/shaft.txt
The report on the shaft has not been corroborated. The second shaft was inspected on Monday.
";
    check(
        SHAFT,
        "\
The report on the shaft is uncorroborated.
",
    );
}

const BRIDGE: &str = "
//- sources/bridge.txt
The iron bridge over the Lenne was built by the Garside company in 1874. The tram line across the bridge was closed in the 1950s. The old customs house dates from the 16th century.
";

#[test]
fn years_lie_in_decades_and_centuries() {
    check(
        BRIDGE,
        "\
The Garside company built the bridge over the Lenne in the 1870s. The bridge over the Lenne was built in the 19th century.

The tram line across the bridge was closed in the 1930s.
                                                  ^^^^^ number-conflict

The old customs house dates from the 18th century.
                                     ^^^^^^^^^^^^ number-conflict
",
    );
}

const BOARD: &str = "
//- sources/board.txt
Ines Dorr, who has chaired the board of the yard since 2019, opened the meeting. The chief executive, Otto Reiss, spoke of new orders. Lena Moss edits the paper of the dockers.
";

#[test]
fn verbs_give_offices_too() {
    check(
        BOARD,
        "\
Ines Dorr is the chairwoman of the board. Lena Moss is the editor of the dockers' paper.

Otto Reiss is the chairman of the board.
                  ^^^^^^^^ name-conflict

The board is chaired by Ines Dorr. Otto Reiss is chief executive of the yard.
",
    );
}

const LEDGER: &str = "
//- sources/ledger.txt
Special costs include 17.0 million crowns for the burnt hall, 6.4 million crowns for the canal and 2.1 million crowns for the hardship fund.

The quarry closed on 3 May, and the court heard the case of the owners on 17 May. The buyer of the lime gave notice in June that he will not renew his contract, which ends in December.
";

#[test]
fn a_part_says_nothing_against_the_total() {
    check(
        LEDGER,
        "\
Special costs came to 25.5 million crowns, of which 17.0 million crowns was for the hall.

Special costs include 19.0 million crowns for the burnt hall.
                      ^^^^^^^^^^^^ number-conflict

The special costs for the canal were 4.6 million crowns.
                                     ^^^^^^^^^^^ number-conflict
",
    );
}

#[test]
fn each_event_has_its_own_date() {
    check(
        LEDGER,
        "\
The quarry closed on 3 May. The court heard the case of the owners on 17 May. The contract of the buyer runs out in December.

The quarry closed on 17 May.
                     ^^^^^^ number-conflict

The court heard the case of the owners on 3 May.
                                          ^^^^^ number-conflict
",
    );
}

#[test]
fn small_measures_have_units() {
    check(
        "
//- sources/dose.txt
Each patient was given 40 milligrams of lorvatin twice a day for eight weeks.
",
        "\
Each patient was given 40 mg of lorvatin twice a day.

Each patient was given 40 micrograms of lorvatin twice a day.
                       ^^^^^^^^^^^^^ number-conflict
",
    );
}

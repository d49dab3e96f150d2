//! Quotations: what is verbatim, what is altered, who said it, and what puts it right.

mod support;

use support::findings::{check, fixed};

const COMPANY: &str = "
//- sources/2023-09-12-call.txt
Wendmoor Foods held its results call on Tuesday. The chief executive, Petra Volk, opened it with a forecast.

“We do not expect the Harrel plant to open again before spring,” Volk said. “Some of our suppliers have been patient, and only two have asked for their money back.”

The finance director, Iven Marsh, disagreed on the date. “I would plan for June, not for spring,” he said.

An analyst at Quay Capital, Lise Orban, asked about the debt. “The covenants hold — for now — and they'll hold in the third quarter too,” Marsh said.

“Nobody sold a single share,” Volk said, “and nobody will be asked to.”
//- sources/2023-09-14-letter.md
---
title: Letter to shareholders
author: Petra Volk
publisher: Wendmoor Foods
---

Dear shareholders, it would be a mistake to read every delay as a failure. We owe the banks 41 million crowns, and we intend to pay them on time.

Three of the four ovens at Harrel are sound. The fourth has to be replaced, at a cost of 2.6 million crowns.
//- sources/forum.html
<title>Dough talk: forum</title><p>A poster wrote that “every delay is a failure” in her letter, ask anyone.</p>
";

#[test]
fn typography_is_free() {
    check(
        COMPANY,
        "\
“We do not expect the Harrel plant to open again before spring,” Volk said.
\"We do not expect the Harrel plant to open again before spring\", Volk said.
Volk said: „we do not expect the Harrel plant to open again before spring“.
Volk said: «We do not expect the Harrel plant to open again before spring».
Volk: ‘We do not expect the Harrel plant to open again before spring.’
Marsh said: “The covenants hold - for now - and they’ll hold in the third quarter too.”
Volk said that they “do not **expect** the Harrel\u{a0}plant to open a\u{ad}gain before spring”.
",
    );
}

#[test]
fn altered_words_are_marked() {
    check(
        COMPANY,
        "\
“We do not expect the Harrel plant to open again before summer,” Volk said.
                                                        ^^^^^^ misquote
The letter says: “We owe the banks 14 million crowns, and we intend to pay them on time.”
                                   ^^ misquote
“We expect the Harrel plant to open again before spring,” Volk said.
 ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ misquote
“We certainly do not expect the Harrel plant to open again before spring,” Volk said.
    ^^^^^^^^^ misquote
«Three of the four mixers at Harrel are sound», the letter says.
                   ^^^^^^ misquote
",
    );
}

#[test]
fn a_reworded_quotation_is_altered_or_unsourced() {
    check(
        COMPANY,
        "\
“We are not expecting the plant at Harrel to be opened again before spring,” Volk said.
 ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ misquote
“The board has lost all faith in the oven maker,” Volk said.
 ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ unsourced-quote
",
    );
}

#[test]
fn stitched_words_are_noticed() {
    check(
        COMPANY,
        "\
The letter says: “We owe the banks 41 million crowns. The fourth has to be replaced.”
                  ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ misquote
The letter says: “We owe the banks 41 million crowns. … The fourth has to be replaced.”
The letter says that “we intend to pay them on time at a cost of 2.6 million crowns”.
                      ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ misquote
",
    );
}

#[test]
fn omissions_may_not_turn_the_sense() {
    check(
        COMPANY,
        "\
“We do … expect the Harrel plant to open again before spring,” Volk said.
 ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ misquote
“Some of our suppliers have been patient, and … two have asked for their money back,” Volk said.
 ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ misquote
“Some of our suppliers have been patient, and only … have asked for their money back,” Volk said.
“We do not expect the […] plant to open again before spring,” Volk said.
",
    );
}

#[test]
fn a_denial_that_was_cut_off_is_missed() {
    check(
        COMPANY,
        "\
Volk told the call that they “expect the Harrel plant to open again before spring”.
                              ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ misquote
Volk told the call that they do not “expect the Harrel plant to open again before spring”.
",
    );
}

#[test]
fn split_quotations_are_two_halves_of_one() {
    check(
        COMPANY,
        "\
“We do not expect the Harrel plant,” Volk said, “to open again before spring.”
“We do,” Volk said, “expect the Harrel plant to open again before spring.”
                     ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ misquote
“Nobody sold a single share,” said Volk, “and nobody will be asked to.”
",
    );
}

#[test]
fn words_from_a_named_document_must_stand_in_it() {
    check(
        COMPANY,
        "\
In her letter Volk wrote that “every delay is a failure.”
                                           ^^ misquote
A poster claimed that “every delay is a failure”.
In her letter Volk wrote that it would be a mistake “to read every delay as a failure.”
",
    );
}

#[test]
fn scare_quotes_and_titles_pass() {
    check(
        COMPANY,
        "\
The “mistake” was to trust the ovens; is “Harrel First” a plan?
They call it “the big reset”?
",
    );
}

#[test]
fn the_one_who_speaks_is_bound_by_the_verb() {
    check(
        COMPANY,
        "\
“I would plan for June, not for spring,” Marsh said.
“I would plan for June, not for spring,” Volk said.
                                         ^^^^ misattributed-quote
“I would plan for June, not for spring,” the finance director said.
“I would plan for June, not for spring,” said the chief executive.
                                                        ^^^^^^^^^ misattributed-quote
“Nobody sold a single share,” said Iven Marsh.
                                   ^^^^^^^^^^ misattributed-quote
“Nobody sold a single share,” said Wendmoor Foods.
",
    );
}

const TRIAL: &str = "
//- sources/hearing.txt
TARNE, 4 May — The second day of the hearing belonged to the engineers. Dr Maria Chen told the panel that the weld had been checked twice.

“The crack was there before the first frost,” Chen said. Luis Ruiz disagreed.

Ruiz, who built the bridge, called the finding careless. “You cannot date a crack by looking at it,” he said.

Judge Oda Brandt thanked both. “We will hear the welders on Friday,” the judge said.
//- sources/opinion.txt
Ms Jones resigned on Monday, and nobody thanked her. The council had asked Ann Jones to stay. He resigned a week later; the council had counted on Tom Albrook.
//- sources/transcript.txt
PANEL ON THE TARNE BRIDGE
Transcript

MR ADEY: When did you first see the rust on the eastern pier?

MS KORB: I saw the rust in March and I wrote it into the log the same day.

MR ADEY: And nobody called you back?

MS KORB: Nobody ever called me back about that log.
";

#[test]
fn in_the_same_source_the_wrong_name_is_wrong() {
    check(
        TRIAL,
        "\
“The crack was there before the first frost,” Chen said.
“The crack was there before the first frost,” said Dr Chen.
“The crack was there before the first frost,” she said.
“The crack was there before the first frost,” Ruiz said.
                                              ^^^^ misattributed-quote
Ruiz told the panel: “The crack was there before the first frost.”
^^^^ misattributed-quote
“You cannot date a crack by looking at it,” Ruiz said.
“You cannot date a crack by looking at it,” Maria Chen said.
                                            ^^^^^^^^^^ misattributed-quote
“We will hear the welders on Friday,” Judge Brandt said.
“We will hear the welders on Friday,” the judge said.
",
    );
}

#[test]
fn transcripts_name_their_speakers() {
    check(
        TRIAL,
        "\
Ms Korb: “I saw the rust in March and I wrote it into the log the same day.”
“I saw the rust in March and I wrote it into the log the same day,” Mr Adey said.
                                                                    ^^^^^^^ misattributed-quote
",
    );
}

#[test]
fn brackets_may_explain_but_not_rename() {
    check(
        TRIAL,
        "\
“[Jones] resigned on Monday, and nobody thanked her,” it was said.
“[Smith] resigned on Monday, and nobody thanked her,” it was said.
  ^^^^^ misquote
“The crack [in the eastern pier] was there before the first frost,” Chen said.
“The crack was [not] there before the first frost,” Chen said.
                ^^^ misquote
“[T]he crack was there before the first frost,” Chen said.
“You cannot date a crack by looking [sic] at it,” Ruiz said.
",
    );
}

const MILL: &str = "
//- sources/2024-05-01-mill.txt
Mayor Anna Lind met the owners of the mill on Monday. She said: “We told Borg in March that the dam would not hold. Nobody in the council listened to Engineer Sten Falk.”

“Harald Borg saw the crack himself, and he did nothing about it for a year,” Lind said. Reiss, the chairman of the council, laughed at Borg.

“Kit has never set foot on the dam,” said the miller. Lena “Kit” Moss would not comment. “The council got two letters, and four calls from the mill,” said the clerk.
";

#[test]
fn who_stands_in_one_sentence_with_somebody_is_somebody_else() {
    check(
        MILL,
        "\
Lind said: “We told [Falk] in March that the dam would not hold.”
                     ^^^^ misquote
Lind said: “[Reiss] saw the crack himself, and he did nothing about it for a year.”
             ^^^^^ misquote
Lind said: “Nobody in the council listened to [Borg].”
                                               ^^^^ misquote
Lind said: “[Borg] saw the crack himself, and he did nothing about it for a year.”
Lind said: “We told [Harald Borg] in March that the dam would not hold.”
Lind said: “We told [the owner] in March that the dam would not hold.”
“[Moss] has never set foot on the dam,” said the miller.
“The council got two letters, and [three] calls from the mill,” said the clerk.
                                   ^^^^^ misquote
“The council got [2] letters,” said the clerk.
",
    );
}

const MATCH: &str = "
//- sources/report.txt
KOLDE — Vale Rovers lost 2-0 at home on Sunday. Their coach, Ines Dorr, spoke for ten minutes.

“I have never seen us defend so badly. I will not hide behind the weather. Some of the players were ill,” Dorr said.

“That has nothing to do with illness,

“it has to do with courage, and we had none,” she added.

The captain, Lotte Brann, left without a word; the kit man said “it was the socks, it is always the socks”.
//- sources/gallery.html
<title>Gallery</title><p>Two hands are on the cup, ofﬁcials of the league say, and the ﬁnal whistle has not been blown.</p>
";

#[test]
fn long_quotations_are_whole() {
    check(
        MATCH,
        "\
“I have never seen us defend so badly. I will not hide behind the weather. Some of the players were ill,” Dorr said.

> I have never seen us defend so badly. I will not hide behind the weather.

> I have often seen us defend so badly. I will not hide behind the weather.
         ^^^^^ misquote

> I will not hide behind the weather. Some of the players were ill.
>
> — Ines Dorr, after the match

“I will not hide behind the weather. The players were ill,” Dorr said.
 ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ misquote
",
    );
}

#[test]
fn a_quotation_goes_on_in_the_next_paragraph() {
    check(
        MATCH,
        "\
Dorr said: “I will not hide behind the weather. Some of the players were ill.

“That has nothing to do with illness, it has to do with courage, and we had none.”

Dorr said: “I will not hide behind the wind. Some of the players were ill.
                                       ^^^^ misquote

“That has nothing to do with illness, it has to do with weather, and we had none.”
                                                        ^^^^^^^ misquote
",
    );
}

#[test]
fn ligatures_and_nested_marks_are_no_difference() {
    check(
        MATCH,
        "\
The league's officials say that “the final whistle has not been blown”.
The paper has “the kit man said ‘it was the socks, it is always the socks’”.
",
    );
}

#[test]
fn roles_are_held_against_roles() {
    check(
        MATCH,
        "\
“I have never seen us defend so badly,” the coach said.
“I have never seen us defend so badly,” the captain said.
                                            ^^^^^^^ misattributed-quote
“I have never seen us defend so badly,” Coach Dorr said.
“I have never seen us defend so badly,” Vale Rovers said.
",
    );
}

const DESK: &str = r#"
//- sources/ferry.txt
HALDEN — The ferry company Nordbay will cut two of its night crossings from October, its managing director said on Wednesday.

“Nobody wants to sail at three in the morning any more, and we cannot pay crews to carry empty cars,” Signe Aalto told reporters at the terminal. “We looked at every other way first.”

Aalto, who took over in 2019, said the company had lost 12 million crowns on the two crossings since spring.

The seamen's union called the decision “a slap in the face for 140 people”. Its chairman, Rolf Tveit, said he had learned of it from the radio. “You do not treat people like this,” he said. “Not after thirty years.”

Nordbay's spokeswoman, Kari Moen, later said that no one would be dismissed before Christmas.

Halden mayor Per Lund was more cautious. “I can understand the numbers,” he said, “but I do not understand the timing.”

“The island will not empty because of two ferries,” Lund added. “If the road is built, it may even grow.”
//- sources/vaccine.md
---
title: Cattle vaccine trial in Brennick
date: 2022-05-11
publisher: Institute of Herd Health
author: Moira Keane
---

# Results

The vaccine cut infections by 64% in the first herd. "We saw fewer sick calves than in any year since the records began," said Prof. Edda Stroem, the trial's lead investigator.

Veterinarian Jonas Pratt, who was not involved, urged caution: "One herd is not a country. I'd want to see it in the hills, and I'd want to see it in winter."

Farmers were less patient. "Just give it to us," Ellie Brand, a dairy farmer near Brennick, said.

According to Stroem, "the second herd is being monitored as we speak".

A spokesperson for the institute said the data "will be published in full, including the failures".
//- sources/trial.html
<html><head><title>Witness: I never signed it | Court Post</title><meta name="author" content="Nils Varga"></head><body>
<p>The former treasurer of the Lysne choir told the court on Monday that she &ldquo;never signed a single cheque without a second pair of eyes.&rdquo;</p>
<p>Under questioning by prosecutor Ivo Hartmann, Berit Solheim, 58, said: &ldquo;The money was there when I left. What happened after that, ask the board.&rdquo;</p>
<p>&ldquo;So you blame the board?&rdquo; Hartmann asked.</p>
<p>&ldquo;I blame nobody. I count,&rdquo; she replied.</p>
<p>Her lawyer, Tea Mikkola, objected twice. &ldquo;My client is a bookkeeper, not a detective,&rdquo; Mikkola told Judge Anders Roe, who said he &ldquo;would have preferred a detective.&rdquo;</p>
</body></html>
"#;

#[test]
fn newspapers_name_their_speakers_in_many_ways() {
    check(
        DESK,
        r#"# Ferry

Aalto said that “nobody wants to sail at three in the morning any more”.
“We looked at every other way first,” the managing director said.
“We looked at every other way first,” said Nordbay.
“We looked at every other way first,” the company said.
The union called it “a slap in the face for 140 people”.
Tveit called the decision “a slap in the face for 140 people”.
“You do not treat people like this,” the union chairman said.
Tveit was bitter: “You do not treat people like this. Not after thirty years.”
“You do not treat people like this,” Rolf Tveit, chairman of the seamen's union, told the radio. “Not after thirty years.”
The mayor: “I can understand the numbers, but I do not understand the timing.”
“I can understand the numbers,” Mayor Lund said, “but I do not understand the timing.”
Per Lund said the island “will not empty because of two ferries.”
“The island will not empty because of two ferries … it may even grow,” the mayor said.
Moen added: “no one would be dismissed before Christmas.”
“[W]e cannot pay crews to carry empty cars,” Aalto said.
“We [Nordbay] looked at every other way first,” Aalto said.
Aalto told reporters at the terminal that the company “cannot pay crews to carry empty cars”.

# Vaccine

“We saw fewer sick calves than in any year since the records began,” Stroem said.
Professor Stroem spoke of “fewer sick calves than in any year since the records began”.
Pratt warned that “one herd is not a country”.
“I’d want to see it in the hills, and I’d want to see it in winter,” the veterinarian said.
Keane reports that “the second herd is being monitored as we speak”.
The institute promised that the data “will be published in full, including the failures”.
A farmer, Ellie Brand, said: “Just give it to us.”
“One herd is not a country,” Jonas Pratt said. “I'd want to see it in the hills.”
Pratt, an outsider, put it bluntly: “One herd is not a country.”
“One herd is not a country [...] I'd want to see it in winter,” Pratt said.

# Court

Solheim told the court that she “never signed a single cheque without a second pair of eyes”.
“The money was there when I left,” Berit Solheim said.
“The money was there when I left,” the treasurer said.
“The money was there when I left,” the witness said.
“My client is a bookkeeper, not a detective,” her lawyer said.
“My client is a bookkeeper, not a detective,” Tea Mikkola told the judge.
Judge Roe “would have preferred a detective”, he said.
The judge said that he “would have preferred a detective.”
“I blame nobody. I count,” Solheim answered.
Hartmann asked: “So you blame the board?”
Asked by Hartmann, Solheim said: “The money was there when I left.”
> The money was there when I left. What happened after that, ask the board.
>
> — Berit Solheim in court
"#,
    );
}

#[test]
fn and_notes_exchange_them_in_many_ways() {
    check(
        DESK,
        "\
“We looked at every other way first,” Kari Moen said.
                                      ^^^^^^^^^ misattributed-quote
“We looked at every other way first,” the mayor said.
                                          ^^^^^ misattributed-quote
“You do not treat people like this,” Per Lund said.
                                     ^^^^^^^^ misattributed-quote
“You do not treat people like this,” Signe Aalto said.
                                     ^^^^^^^^^^^ misattributed-quote
“I do not understand the timing,” Tveit said.
                                  ^^^^^ misattributed-quote
“My client is a bookkeeper, not a detective,” Hartmann said.
                                              ^^^^^^^^ misattributed-quote
“My client is a bookkeeper, not a detective,” the prosecutor told the court.
                                                  ^^^^^^^^^^ misattributed-quote
“One herd is not a country,” said Edda Stroem.
                                  ^^^^^^^^^^^ misattributed-quote
“We saw fewer sick calves than in any year since the records began,” Jonas Pratt said.
                                                                     ^^^^^^^^^^^ misattributed-quote
",
    );
}

#[test]
fn omitted_hedges_and_hours_are_misquotes() {
    check(
        DESK,
        "\
“Nobody wants to sail at four in the morning any more,” Aalto said.
                         ^^^^ misquote
“If the road is built, it … even grow,” Lund said.
 ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ misquote
“The island will empty because of two ferries,” Lund added.
 ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ misquote
",
    );
}

const STORM: &str = r#"
//- sources/interview.txt
THE GRID AFTER THE STORM
An interview with Dr Hanne Vik, head of Tolm Power

Q: When did you know that the line to the north was gone?

A: At four in the morning. I had slept for an hour. The control room called and said, “Hanne, the north is dark.”

Q: Was that avoidable?

A: Not with the money we had. We had asked for new pylons in 2015 and in 2018, and the ministry said no both times.

Q: Your predecessor, Odd Berg, says that the pylons would have held.

A: He is welcome to come and look at them.
//- sources/story1.txt
TOLM — Power is back in all but two valleys, Tolm Power said on Friday. “We have 300 people in the field, and they will not stop before the last house has light,” the utility said in a statement.

Energy minister Lise Dahl visited the control room. “This must never happen again,” she told the crew.

Odd Berg, who ran the utility until 2016, said that the pylons would have held. “Steel does not forget,” he said in a phone call. Vik declined to answer him.

The Sunnvik Hospital, which ran on diesel for 31 hours, praised the crews. “They drove the fuel up themselves,” said its director, Amir Haddad.

“It's the third time in ten years,” Haddad's deputy, Ingrid Moe, said. “We keep a generator because we know the grid.”
//- sources/story2.html
<html><head><title>Tolm minister: “This must never happen again”</title></head><body><p>On her visit to Tolm Power, Dahl promised new money. &ldquo;This must never happen again,&rdquo; the minister said.</p><p>“We will pay for the pylons, all of them, and we will not wait for the budget,” she said, drawing applause. Former chief Berg was in the room.</p><blockquote><p>“I have waited ten years for that sentence.”</p></blockquote><p>That was Berg afterwards.</p>
<p>The report of the safety board, published in May, calls the pylons “fit for use until 2030”, and the board's chair, Eva Lind, stands by it.</p></body></html>
//- sources/2019_board_report.md
# Report on the northern line

The board finds that the pylons of the northern line are fit for use until 2030, provided that the bolts are changed every four years.

The bolts were last changed in 2011.
"#;

#[test]
fn bodies_roles_and_predecessors_may_speak() {
    check(
        STORM,
        r#"
# Storm

Hanne Vik said that she “had slept for an hour”.
“I had slept for an hour,” the head of Tolm Power said.
Vik said: “He is welcome to come and look at them.”
“He is welcome to come and look at them,” Vik said of Berg.
“Not with the money we had,” said Vik.
The control room told Vik: “Hanne, the north is dark.”
“We have 300 people in the field, and they will not stop before the last house has light,” Tolm Power said.
“We have 300 people in the field,” the company said.
“This must never happen again,” Lise Dahl said.
“This must never happen again,” said Energy Minister Dahl.
“This must never happen again,” the minister told the crew.
“Steel does not forget,” Berg said.
“Steel does not forget,” the former head of the utility said.
“Steel does not forget,” said Odd Berg, Vik's predecessor.
“They drove the fuel up themselves,” said Amir Haddad of the Sunnvik Hospital.
“They drove the fuel up themselves,” Sunnvik Hospital said.
“They drove the fuel up themselves,” the hospital's director said.
“It's the third time in ten years,” Ingrid Moe said.
“It’s the third time in ten years,” the hospital’s deputy director said. “We keep a generator because we know the grid.”
“We will pay for the pylons, all of them,” the minister said.
Dahl: “We will pay for the pylons … and we will not wait for the budget.”
“I have waited ten years for that sentence,” Berg said.
The report calls the pylons “fit for use until 2030”.
The report finds that the pylons “are fit for use until 2030, provided that the bolts are changed every four years”.
According to the board's report, the pylons “are fit for use until 2030”.
Lind, the chair of the board, calls the pylons “fit for use until 2030”.
“We had asked for new pylons in 2015 and in 2018,” she said.
She said they would “not stop before the last house has light”.
The minister promised: “We will pay for the pylons, all of them, and we will not wait for the budget.”
The crew drove “the fuel up themselves”, the director said.
“We will pay for the pylons, all of them, and we will not wait for the budget” — Lise Dahl.
“[Tolm Power] had asked for new pylons in 2015 and in 2018,” Vik said.
“[Berg] is welcome to come and look at them,” Vik said.
“They [the crews] drove the fuel up themselves,” Haddad said.
Vik said the ministry “said no both times”.
"#,
    );
}

#[test]
fn a_report_is_quoted_as_it_reads() {
    check(
        STORM,
        "\
The report says that the pylons “are unfit for use until 2030”.
                                     ^^^^^ misquote
“We will pay for the pylons, all of them, and we will wait for the budget,” the minister said.
 ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ misquote
“They drove the fuel up themselves,” said Lise Dahl.
                                          ^^^^^^^^^ misattributed-quote
“Steel does not forget,” Dahl said.
                         ^^^^ misattributed-quote
",
    );
}

#[test]
fn a_fix_restores_the_words_of_the_source() {
    for (note, title, line) in [
        (
            "“We do not expect the Harrel plant to open again before *summer*,” Volk said.",
            "replace “summer” with “spring”",
            "“We do not expect the Harrel plant to open again before *spring*,” Volk said.",
        ),
        (
            "\"We expect the Harrel plant to open again before spring,\" Volk said.",
            "insert “do not”",
            "\"We do not expect the Harrel plant to open again before spring,\" Volk said.",
        ),
        (
            "“We certainly do not expect the Harrel plant to open again before spring,” Volk said.",
            "remove “certainly”",
            "“We do not expect the Harrel plant to open again before spring,” Volk said.",
        ),
        (
            "“We do … expect the Harrel plant to open again before spring,” Volk said.",
            "quote as in the source: “We do not expect the Harrel plant to open again before sprin…”",
            "“We do not expect the Harrel plant to open again before spring,” Volk said.",
        ),
        (
            "“You do not expect the Harrel plant to open again before summer,” Volk said.",
            "quote as in the source: “We do not expect the Harrel plant to open again before sprin…”",
            "“We do not expect the Harrel plant to open again before spring,” Volk said.",
        ),
        (
            "The letter says: “We owe the banks 41 million crowns. The fourth has to be replaced.”",
            "mark the omission with […]",
            "The letter says: “We owe the banks 41 million crowns. […] The fourth has to be replaced.”",
        ),
        (
            "“I would plan for June, not for spring,” Volk said.",
            "replace “Volk” with “Iven Marsh”",
            "“I would plan for June, not for spring,” Iven Marsh said.",
        ),
        (
            "Three of the four ovens at Harrel are sound, and the fourth costs 6.2 million crowns.",
            "replace “6.2 million” with “2.6 million”",
            "Three of the four ovens at Harrel are sound, and the fourth costs 2.6 million crowns.",
        ),
    ] {
        assert_eq!(fixed(COMPANY, note), (title.to_owned(), line.to_owned()), "{note}");
    }
    assert_eq!(
        fixed(MATCH, "“I have never seen us defend so badly,” the captain said.").1,
        "“I have never seen us defend so badly,” Dorr said."
    );
}

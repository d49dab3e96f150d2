//! What is a sentence and what is not.

use super::*;

/// Each line is a paragraph; `|` stands between the sentences that are expected, `\n` for a
/// line break.
fn check(cases: &str) {
    for case in cases.lines().map(str::trim).filter(|line| !line.is_empty()) {
        let case = case.replace("\\n", "\n");
        let expected: Vec<&str> = case.split('|').map(str::trim).collect();
        let text = case.replace("| ", "").replace('|', "");
        let found: Vec<&str> = sentences(&text).iter().map(|span| span.of(&text)).collect();
        assert_eq!(found, expected);
    }
}

/// What every segmentation has to keep to.
fn check_cover(text: &str) {
    let mut end = 0;
    for span in sentences(text) {
        assert!(span.start >= end && span.end > span.start, "{span:?} after {end}");
        assert!(text[end..span.start].trim().is_empty());
        assert_eq!(span, span.trimmed(text));
        end = span.end;
    }
    assert!(text[end..].trim().is_empty());
}

#[test]
fn a_wide_gap_parts_sentences_like_a_small_one() {
    let gap = " ".repeat(200);
    let text = format!("It rained.{gap}It snowed at night.{gap}It was dry.");
    let found: Vec<&str> = sentences(&text).iter().map(|span| span.of(&text)).collect();
    assert_eq!(found, ["It rained.", "It snowed at night.", "It was dry."]);
}

#[test]
fn plain_stops() {
    check(
        "
        The crane stopped. | Nobody saw it.
        Who was there? | Nobody! | Was it late?! | It was!!
        The rails were cold \\n and wet. | The \\n ship left.
        A single line without a stop
        He paid €4.75. | It was all he had. | In 2019. | 40 men left.
        ",
    );
}

#[test]
fn abbreviations() {
    check(
        "
        Dr. Tull and Mrs. Hahn met Lt. Col. Orr at St. Brannoc near Mt. Ilver. | They spoke.
        Calverra Inc. sold Dunmere Ltd. to Orr & Co. on Jan. 5. | Shares fell.
        The buyer was Calverra Inc. | Shares fell. | Tull Corp. Chairman Ada Orr resigned.
        See No. 5, pp. 7 ff. and vol. II, fig. 3. | Was it No. 6? | He said no. | Then he left.
        It cost approx. 5 bn. | Tull paid it, i.e. Orr did, cf. Hahn vs. Orr. | Done.
        Orr lives in the U.S. | She likes the U.S. Navy. | He has a Ph.D. | It helps.
        He came at 5 p.m. | Hale left at 6 p.m. Monday. | At 7 a.m. Tull woke.
        Cranes, rails, etc. | Nobody counted. | Bldg. 7 burned, e.g. Tuesday.
        ",
    );
}

#[test]
fn initials_and_letters() {
    check(
        "
        A. B. Tull met J.K. Orr and Ada C. Hahn. | It was they and I. | They left.
        He chose plan B. | Orr did not. | The port is USB-C. | Cables differ.
        ",
    );
}

#[test]
fn other_languages() {
    check(
        "
        Am 3. Mai kam Dr. Hahn, z. B. mit 5 Mio. Euro. | „Gut so.“ | Dann ging er am 5. | Das war es.
        La Sra. Orr vive en EE. UU. desde 2010. | «No sé. Nadie sabe.» | ¿Quién es? | ¡Nadie!
        M. Tull et Mme Orr sont là. | « Bonjour. » | Quoi ? | Rien.
        今日は。|明日は！
        هل هو؟ | نعم.
        ",
    );
}

#[test]
fn quotations() {
    check(
        r#"
        "It is late." she said. | "It is late." | She left.
        “We had six. Then we had two,” Orr said. | He left.
        ‘Leave. Now.’ he cried. | 'It's late. Go!' | (He meant it.) | Nobody went.
        “Is it over?” Hale asked. | “Yes!” | She ran.
        The pipe is 5" wide. | It broke. | He said "no." | Then he left.
        "It [...] grew [...]" (Orr 55). | Next.
        "#,
    );
}

#[test]
fn brackets_and_notes() {
    check(
        "
        He taught (He had been a smith. Long ago.) at Ilver. | (It was a school.) | It closed.
        It sank. (see the annex) | Nobody drowned.
        Orr wrote it.[^a] | Hale read it. [^b] | Tull did not. [@tull, p. 3] | See [[a.md]]. | Good.
        It grew.[1][2] | It shrank.[citation needed] | It rose.11 12 | It fell. | **Bold.** | Not.
        It closed. [[calverra-notes]] | The end. | [[Calverra]] said so.
        ",
    );
    check("[1] Orr, Cranes. | [2] Hale, Rails.");
}

#[test]
fn dots() {
    check(
        "
        I was ... well, you know ... late. | He paused... | Then he went.
        It grew . . . and shrank. | It was omitted . . . . | Next came Orr.
        It ends. | . . . The rest is lost. . . .
        ",
    );
}

#[test]
fn items() {
    check(
        "
        1. Cranes failed | 2. Rails held | 3. Nobody came
        1.) Cranes failed. | 2.) Rails held. | It was cold.
        a. Cranes | b. Rails | c. Ships
        (i) cranes | (ii) rails | (iii) ships
        • 9. Cranes | • 10. Rails
        ⁃1. Cranes | ⁃2. Rails
        Two things:\\n|1. Cranes failed\\n|2. Rails held\\n|- ships
        1. See chapter 2. | The rest is lost.
        cranes\\n|old rails\\n|ships, boats
        ",
    );
}

#[test]
fn no_space_behind_the_stop() {
    check(
        "
        The ship left.|Then it sank.|Mrs. Orr paid 1,000.|That was all.
        He left the harbour.|Smith came later.
        Visit example.com or write to ada.Orr@example.com. | Open file.Name at 3.5 in the U.S.A now.
        See https://example.com/a.B/c.html. | Yahoo! in Ilver agreed.
        ",
    );
}

#[test]
fn wires_and_transcripts() {
    check(
        "
        DUNMERE, March 29 — Calverra said it would sell. | It did at 10.40.
        [10:06] MR HALE: At 23:41 crane four stopped. | Then six, then two.
        ",
    );
}

#[test]
fn hostile_texts_are_covered_in_linear_time() {
    let many = |part: &str| part.repeat(100_000 / part.len());
    for part in [
        "\"",
        "“",
        "'a ",
        "(",
        "[",
        "`",
        "«",
        ".",
        ". ",
        "…",
        "? ",
        "*",
        "A.",
        "a. ",
        "[^.]",
        ".[1]",
        "\n",
        " ",
        "1. ",
        "\n- ",
        "x.)",
        "😀",
        "😀. ",
        "שלום. ",
        "e\u{301}. ",
        ". (",
        "x. (a",
        "x.[1 ",
        "i. I ",
        "\u{a0}",
        "。",
        "\r\n",
        "A.A ",
        "•",
        " • ",
        "x. [[",
    ] {
        let text = many(part);
        check_cover(&text);
        check_cover(&format!("He said “no. {text} Then he left. \"No."));
    }
    check_cover("");
    check_cover(" \n ");
    assert_eq!(sentences("").len(), 0);
}

#[test]
fn every_short_text_is_covered() {
    let parts = [
        "a", "The", ".", "!", " ", "\"", "”", "“", "(", ")", "[^a]", "1", "\n", "é", "😀", "•", "»", "'", "...", "No", "—", "«",
        "。", "\u{301}", "[[", "*",
    ];
    // A small generator of our own keeps the cases the same on every run.
    let mut state = 7_u32;
    for _ in 0..20_000 {
        let mut text = String::new();
        for _ in 0..12 {
            state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            text.push_str(parts[(state >> 16) as usize % parts.len()]);
        }
        check_cover(&text);
    }
}

//! Citations: whether the cited source says it, whether its anchor is there, and what puts it right.

mod support;

use corroborate::library::Library;
use corroborate::rules::{self, Subject};
use corroborate::workspace;
use support::findings::{check, fixed};

const DAM: &str = "
//- sources/2021-04-02-survey.md
---
title: Survey of the Orrin dam
---

# Survey of the Orrin dam

## 3. Cracks & seepage

The survey found eleven cracks in the eastern wall. Seepage was measured at 14 litres a minute.

## Costs

Sealing the eastern wall is put at 3.1 million crowns.
//- sources/wire/2021-04-09-council.txt
The council of Orrin voted on Friday to close the road below the dam. Mayor Hedda Lunt said that the road would stay closed until the wall was sealed.

Twelve families have moved to the school.
//- sources/page.html
<html><head><title>Dam watch</title></head><body><h2 id=levels>Water levels</h2>
<nav>Share this page</nav><p>The reservoir stood at 61 per cent on Monday, the <b>lowest</b> level in&nbsp;nine years.</p></body></html>
";

#[test]
fn the_cited_source_is_asked_first() {
    check(
        DAM,
        "\
The survey found eleven cracks in the eastern wall [@2021-04-02-survey].
The survey found eleven cracks in the eastern wall [[2021-04-02-survey]].
The survey found eleven cracks in the eastern wall [@2021-04-09-council].
                                                   ^^^^^^^^^^^^^^^^^^^^^ wrong-citation
Twelve families have moved to the school ([survey](sources/2021-04-02-survey.md)).
                                          ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ wrong-citation
Twelve families have moved to the school ([wire](sources/wire/2021-04-09-council.txt)).
",
    );
}

#[test]
fn a_cited_source_that_says_otherwise_does_not_support() {
    check(
        DAM,
        "\
The survey found seven cracks in the eastern wall [@2021-04-02-survey].
                 ^^^^^ number-conflict
                                                  ^^^^^^^^^^^^^^^^^^^^ unsupporting-citation
",
    );
}

#[test]
fn a_wrong_citation_is_swapped_in_its_own_style() {
    let claim = "Twelve families have moved to the school";
    for (wrong, right) in [
        ("[@2021-04-02-survey]", "[@2021-04-09-council]"),
        ("[see @2021-04-02-survey, p. 3]", "[see @2021-04-09-council]"),
        ("[see @2021-04-02-survey, p. 3; @page]", "[see @2021-04-09-council; @page]"),
        ("[-@{2021-04-02-survey}]", "[-@2021-04-09-council]"),
        ("[[2021-04-02-survey]]", "[[2021-04-09-council]]"),
        ("[[2021-04-02-survey.md#Costs|the survey]]", "[[2021-04-09-council.txt|the survey]]"),
        ("([survey](sources/2021-04-02-survey.md))", "([survey](sources/wire/2021-04-09-council.txt))"),
        ("([survey](sources/2021-04-02-survey.md#costs))", "([survey](sources/wire/2021-04-09-council.txt))"),
    ] {
        let (_, line) = fixed(DAM, &format!("{claim} {wrong}.\n"));
        assert_eq!(line, format!("{claim} {right}.\n"), "{wrong}");
    }
    let note = "The survey found eleven cracks.[^s] Twelve families have moved to the school.[^s] \
                The road is closed, the council voted.[^c]\n\n[^s]: 2021-04-02-survey.md\n[^c]: 2021-04-09-council.txt\n";
    let (title, line) = fixed(DAM, note);
    assert_eq!(title, "replace “[^s]” with “[^c]”");
    assert!(line.contains("to the school.[^c]") && line.contains("cracks.[^s]"), "{line}");
}

#[test]
fn a_misspelt_key_is_corrected() {
    let (title, line) = fixed(DAM, "Twelve families have moved to the school [@2021-04-09-counsil, p. 2].");
    assert_eq!(title, "replace “2021-04-09-counsil” with “2021-04-09-council”");
    assert_eq!(line, "Twelve families have moved to the school [@2021-04-09-council, p. 2].");
}

#[test]
fn quoted_anchors_must_stand_in_the_source() {
    check(
        DAM,
        "\
Seepage was measured at 14 litres a minute [@2021-04-02-survey, “seepage was measured”].
Seepage was measured at 14 litres a minute [@2021-04-02-survey, p. 7, “Seepage was  MEASURED”].
Seepage was measured at 14 litres a minute [@2021-04-02-survey, “seepage was guessed”].
                                           ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ broken-anchor
Seepage was measured at 14 litres a minute [@2021-04-02-survey, p. 91].
Seepage was measured at 14 litres a minute [@2021-04-02-survey, chap. “Costs”].
",
    );
}

#[test]
fn text_fragments_must_stand_in_the_source() {
    check(
        DAM,
        "\
[The reservoir stood at 61 per cent on Monday](sources/page.html#:~:text=stood%20at%2061%20per%20cent).
[The reservoir stood at 61 per cent on Monday](sources/page.html#:~:text=the%20lowest%20level%20in%20nine).
[The reservoir stood at 61 per cent on Monday](sources/page.html#:~:text=The%20reservoir,nine%20years).
[The reservoir stood at 61 per cent on Monday](sources/page.html#:~:text=stood-,at%2061,-per%20cent).
[The reservoir stood at 61 per cent on Monday](sources/page.html#:~:text=stood%20at%2016%20per%20cent).
^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ broken-anchor
[The reservoir stood at 61 per cent on Monday](sources/page.html#:~:text=fell-,at%2061).
^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ broken-anchor
[The reservoir stood at 61 per cent on Monday](sources/page.html#:~:text=nine%20years,The%20reservoir).
^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ broken-anchor
[The reservoir stood at 61 per cent on Monday](sources/page.html#:~:text=Dam%20watch).
[The reservoir stood at 61 per cent on Monday](sources/page.html#:~:text=Share%20this%20page).
",
    );
}

#[test]
fn headings_must_stand_in_the_source() {
    check(
        DAM,
        "\
The survey found eleven cracks in the eastern wall [[2021-04-02-survey#Costs]].
The survey found eleven cracks in the eastern wall [[2021-04-02-survey#Survey of the Orrin dam#costs]].
The survey found eleven cracks in the eastern wall [[2021-04-02-survey#Staff]].
                                                   ^^^^^^^^^^^^^^^^^^^^^^^^^^^ broken-anchor
[The survey found eleven cracks in the eastern wall](sources/2021-04-02-survey.md#3-cracks--seepage).
[The survey found eleven cracks in the eastern wall](sources/2021-04-02-survey.md#costs).
[The survey found eleven cracks in the eastern wall](sources/2021-04-02-survey.md#prices).
^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ broken-anchor
[The reservoir stood at 61 per cent on Monday](sources/page.html#levels).
[The reservoir stood at 61 per cent on Monday](sources/page.html#depth).
^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ broken-anchor
",
    );
}

#[test]
fn what_cannot_be_checked_is_left_alone() {
    check(
        DAM,
        "\
Twelve families have moved to the school [[2021-04-09-council#Families]].
[Twelve families have moved to the school](sources/wire/2021-04-09-council.txt#L3).
[Twelve families have moved to the school](sources/wire/2021-04-09-council.txt#page=2).
The survey found eleven cracks in the eastern wall [[2021-04-02-survey#^b12]].
[The survey found eleven cracks in the eastern wall](sources/2021-04-02-survey.md#top).
[Nobody has seen this page](https://dam.example/p#:~:text=no%20such%20words)?
",
    );
}

/// The codes, words and first fixes of a note on a desk that wants citations.
fn wanted(note: &str) -> Vec<(String, String)> {
    let sources = support::parts(DAM).into_iter().flat_map(|(path, text)| support::sources(path, &text)).collect();
    let workspace = workspace::Workspace::of_library(Library::new(sources, Default::default()));
    let checked = workspace::check(note, "note.md", &workspace, &|| false).expect("nobody cancels");
    let subject = Subject {
        text: note,
        note: &checked.note,
        verifications: &checked.verifications,
        cited: &checked.cited,
        library: &workspace.library,
        wants_citations: true,
    };
    let found = rules::findings(&subject);
    assert!(checked.findings.iter().all(|f| f.code != "missing-citation"), "it must be asked for");
    found.iter().map(|f| (f.code.to_owned(), f.fixes.first().map_or(String::new(), |fix| fix.edits[0].text.clone()))).collect()
}

#[test]
fn a_missing_citation_is_hinted_at_where_it_is_wanted() {
    let hint = |fix: &str| vec![("missing-citation".to_owned(), fix.to_owned())];
    assert_eq!(wanted("Twelve families have moved to the school.\n"), hint(" [@2021-04-09-council]"));
    assert_eq!(wanted("Twelve families have moved to the school [@2021-04-09-council].\n"), []);
    assert_eq!(
        wanted("Twelve families moved to the school. The road is closed, the council voted [[2021-04-09-council]].\n"),
        []
    );
    assert_eq!(
        wanted(
            "The council voted to close the road [[2021-04-09-council]].\n\nThe survey found eleven cracks in the eastern wall.\n"
        ),
        hint(" [[2021-04-02-survey]]")
    );
    assert_eq!(wanted("We assess that the wall may fail. Who pays?\n"), []);
}

#[test]
fn a_cited_source_that_denies_it_does_not_support() {
    const VAULT: &str = "
//- sources/gazette.txt
The paper has not been able to confirm the findings on its own. A second auditor, who works for the city, said that the letter is real.

The vault was opened in March. Its lock was changed by a smith from Ham.
";
    check(
        VAULT,
        "\
The same auditor stood by the findings [@gazette].
^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ unsupported-claim
                                       ^^^^^^^^^^ unsupporting-citation
A locksmith of Ham put in another lock [@gazette].
^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ unsupported-claim
",
    );
}

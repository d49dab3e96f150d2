//! Citations: whether the cited source says it, whether its anchor is there, and what puts it right.

mod support;

use corroborate::library::Library;
use corroborate::library::resolve::CitationTarget;
use corroborate::rules::cite::Style;
use corroborate::rules::{self, CitedNote, Level, Profile, Severities, Severity};
use corroborate::source::{Mark, MarkKind, Source};
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
fn links_in_brackets_of_their_own_stand_behind_the_sentence() {
    check(
        DAM,
        "\
The survey found eleven cracks in the eastern wall. ([source](sources/2021-04-02-survey.md)) Twelve families have moved to the school. (see [wire](sources/wire/2021-04-09-council.txt), [survey](sources/2021-04-02-survey.md)) The pope has moved to Avignon.
                                                                                                                                                                                                                                 ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ unsupported-claim
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
Sealing the eastern wall is put at 3.1 million crowns [@2021-04-02-survey, chap. “Costs”].
Seepage was measured at 14 litres a minute [@2021-04-02-survey, chap. “Costs”].
                                           ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ broken-anchor
Seepage was measured at 14 litres a minute [@2021-04-02-survey, chap. “Staff”].
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
    wanted_as(None, note)
}

fn wanted_as(style: Option<Style>, note: &str) -> Vec<(String, String)> {
    let sources = support::parts(DAM).into_iter().flat_map(|(path, text)| support::sources(path, &text)).collect();
    let workspace = workspace::Workspace::of_library(Library::new(sources, Default::default()));
    let checked = workspace::check(note, "notes/note.md", &workspace, &|| false).expect("nobody cancels");
    let severities = Severities::of(Profile::Draft, [("missing-citation", Level::As(Severity::Hint))]);
    let cited =
        CitedNote::new("notes/note.md", note, &checked.note, &checked.cited, &severities, style, &workspace.settings.yardstick);
    let found = rules::findings(&cited, &checked.verifications, &workspace.library.view());
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

const HEARING: &str = "
//- sources/hearing.txt
Hearing of the harbour board, 4 June 2024.

[00:00:10] MS ODE: The board will come to order. Eleven members are present.

[00:04:10] MR HALE: The dredger Aster ran aground off the north mole. Nobody was hurt.

[00:09:30] MS ODE: Repairs to the north mole will cost 3.1 million crowns.
//- sources/ruling.txt
Ruling of the maritime court

11. The court notes that the pilot slept on the bridge.

12. The Ministry of Ports had warned all masters of the sandbank in March.

13. The owner of the Aster must pay 250,000 crowns.
//- sources/report.md
# Report on the mole

## 1. Scope

The report covers the north mole and its two lamps.

## 2. Costs

New lamps would cost 40,000 crowns a year.

## 3. Outlook

Divers will look at the mole again in autumn.
";

#[test]
fn a_place_that_does_not_say_it_is_named_with_the_right_one() {
    check(
        HEARING,
        "\
The dredger Aster ran aground off the north mole [@hearing, 00:04:10].
The dredger Aster ran aground off the north mole [@hearing at 4:15].
The dredger Aster ran aground off the north mole [@hearing, at 9:45].
                                                 ^^^^^^^^^^^^^^^^^^^ broken-anchor
@hearing [at 0:30] says that the dredger Aster ran aground off the north mole.
^^^^^^^^^^^^^^^^^^ broken-anchor
The dredger Aster ran aground off the north mole [cite:@hearing 00:10:40].
                                                 ^^^^^^^^^^^^^^^^^^^^^^^^ broken-anchor
The dredger Aster ran aground off the north mole ([board](sources/hearing.txt#t=640)).
                                                  ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ broken-anchor
The dredger Aster ran aground off the north mole [@hearing, 00:00:10-00:05:00].
The dredger Aster ran aground off the north mole [@hearing, p. 7].
The owner of the Aster must pay 250,000 crowns [@ruling, ¶ 13].
The owner of the Aster must pay 250,000 crowns [@ruling, para. 12].
                                               ^^^^^^^^^^^^^^^^^^^ broken-anchor
The owner of the Aster must pay 250,000 crowns [@ruling, paragraph 3].
                                               ^^^^^^^^^^^^^^^^^^^^^^ broken-anchor
New lamps would cost 40,000 crowns a year [@report, sec. 2].
New lamps would cost 40,000 crowns a year [@report, § 3].
                                          ^^^^^^^^^^^^^^ broken-anchor
New lamps would cost 40,000 crowns a year [@report, sec. 7].
                                          ^^^^^^^^^^^^^^^^^ broken-anchor
New lamps would cost 40,000 crowns a year ([r](sources/report.md#L9)).
New lamps would cost 40,000 crowns a year ([r](sources/report.md#L5)).
                                           ^^^^^^^^^^^^^^^^^^^^^^^^^ broken-anchor
",
    );
}

#[test]
fn several_places_of_one_source_count_together() {
    check(
        HEARING,
        "\
The dredger Aster ran aground off the north mole [@hearing, 00:00:10], where repairs will cost 3.1 million crowns [@hearing, 00:04:10].
The dredger Aster ran aground off the north mole [@hearing; @hearing, 00:00:10].
The dredger Borel sank off Vesk in a storm [@hearing, 00:00:10].
^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ unsupported-claim
",
    );
}

#[test]
fn the_right_place_is_written_as_the_wrong_one_was() {
    let claim = "The dredger Aster ran aground off the north mole";
    for (wrong, right) in [
        ("[@hearing, at 9:45]", "[@hearing, at 00:04:10]"),
        ("[@ruling; @hearing, 0:00:10, emphasis added]", "[@ruling; @hearing, 00:04:10, emphasis added]"),
        ("([b](sources/hearing.txt#t=640))", "([b](sources/hearing.txt#t=00:04:10))"),
        ("[[hearing#t=640|the board]]", "[[hearing#t=00:04:10|the board]]"),
    ] {
        let (_, line) = fixed(HEARING, &format!("{claim} {wrong}.\n"));
        assert_eq!(line, format!("{claim} {right}.\n"), "{wrong}");
    }
    let (title, line) = fixed(HEARING, "The owner of the Aster must pay 250,000 crowns.[^1]\n\n[^1]: ruling.txt, ¶¶ 11-12\n");
    assert_eq!(title, "replace “¶¶ 11-12” with “¶ 13”");
    assert!(line.ends_with("[^1]: ruling.txt, ¶ 13\n"), "{line}");
}

/// The finding of a note about sources with pages.
fn told(note: &str, pages: &[(&str, &str)]) -> Vec<String> {
    let mut text = String::new();
    let mut marks = Vec::new();
    for (label, words) in pages {
        marks.push(Mark { kind: MarkKind::Page, label: (*label).to_owned(), at: text.len() });
        text.push_str(words);
    }
    let source = Source { marks, ..Source::of_text("sources/report.pdf".to_owned(), text) };
    let workspace = workspace::Workspace::of_library(Library::new(vec![source], Default::default()));
    let checked = workspace::check(note, "note.md", &workspace, &|| false).expect("nobody cancels");
    checked
        .findings
        .iter()
        .map(|f| format!("{} {}", f.message.plain(), f.fixes.first().map_or("", |f| f.title.plain())))
        .collect()
}

#[test]
fn pages_are_told_apart() {
    let pages = [
        ("1", "The quay was built in 1931. It has four cranes.\n\n"),
        ("2", "Two cranes were sold to a yard in Vesk\n"),
        ("3", "for 900,000 crowns in May.\n\nThe harbour master resigned.\n\n"),
        ("4", "Seventy dockers went on strike over their pay in June.\n\n"),
    ];
    let says = |claim: &str, locator: &str| told(&format!("{claim} [@report, {locator}].\n"), &pages);
    let strike = "Seventy dockers went on strike over their pay in June";
    assert_eq!(says(strike, "p. 3"), ["report.pdf says so on p. 4, not p. 3. replace “p. 3” with “p. 4”"]);
    assert_eq!(says(strike, "pp. 1-3"), ["report.pdf says so on p. 4, not pp. 1–3. replace “pp. 1-3” with “p. 4”"]);
    assert_eq!(says(strike, "p. 9"), ["report.pdf has no page 9; it says so on p. 4. replace “p. 9” with “p. 4”"]);
    for right in ["p. 4", "pp. 3-4", "pp. 1, 4", "page 4", "¶ 2", "row 3"] {
        assert_eq!(says(strike, right), Vec::<String>::new(), "{right}");
    }
    // A sentence that runs over the end of a page stands on both.
    let sale = "Two cranes were sold to a yard in Vesk for 900,000 crowns in May";
    assert_eq!((says(sale, "p. 2"), says(sale, "p. 3")), (vec![], vec![]));
    assert_eq!(says(sale, "p. 1").len(), 1);
    // What nothing bears out is not the business of pages.
    assert!(says("The quay burned down in a storm of 1987", "p. 3").iter().all(|told| !told.contains("p. 3")));
    let link = "[Seventy dockers went on strike over their pay in June](sources/report.pdf#page=2).\n";
    assert_eq!(told(link, &pages), ["report.pdf says so on p. 4, not p. 2. replace “page=2” with “page=4”"]);
}

#[test]
fn a_place_that_says_it_too_is_right() {
    let pages = [
        ("1", "Summary. Seventy dockers went on strike over their pay in June.\n\n"),
        ("2", "The strike of June was about pay. Seventy dockers went on strike over their pay in June of that year.\n\n"),
    ];
    for page in ["p. 1", "p. 2"] {
        let note = format!("Seventy dockers went on strike over their pay in June [@report, {page}].\n");
        assert_eq!(told(&note, &pages), Vec::<String>::new(), "{page}");
    }
}

#[test]
fn an_anchor_whose_words_stand_elsewhere_is_an_orphan() {
    let link = "[The reservoir stood at 61 per cent on Monday](sources/page.html#:~:text=fell-,at%2061).";
    let found = support::findings::checked(DAM, link).findings;
    assert_eq!(found[0].message.plain(), "page.html has the words “at 61”, but not where the citation has them.");
}

#[test]
fn addresses_lead_to_sources_whatever_is_added_to_them() {
    let sources = "
//- sources/gull.md
---
title: Gull
url: https://www.gull.example/news/mole/
archive-url: https://archive.example/77
---
The north mole of Port Ansel was closed on Tuesday after a storm.
";
    check(
        sources,
        "\
The north mole was closed on Tuesday <http://gull.example/news/mole?utm_source=x>.
The north mole was closed on Tuesday ([Gull](https://gull.example/news/mole#:~:text=closed%20on%20Tuesday)).
The north mole was closed on Tuesday ([Gull](https://gull.example/news/mole#:~:text=closed%20on%20Friday)).
                                      ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ broken-anchor
The north mole was closed on Tuesday ([Gull](https://archive.example/77/)).
The north mole was closed on Tuesday <https://other.example/x>.
The north mole was closed on Tuesday.[^1]

[^1]: https://gull.example/news/mole
",
    );
    let cited = support::findings::checked(
        sources,
        "It was closed <https://gull.example/news/mole/#a>.[^1]\n\n[^1]: See <https://archive.example/77>.\n",
    )
    .cited;
    assert!(cited.iter().all(|cited| matches!(cited, CitationTarget::Sources(_))), "{cited:?}");
}

#[test]
fn a_missing_citation_can_be_written_in_every_style() {
    let note = "Twelve families have moved to the school.\n";
    let target = "../sources/wire/2021-04-09-council.txt";
    for (style, text) in [
        (Style::Key, " [@2021-04-09-council]".to_owned()),
        (Style::Wiki, " [[2021-04-09-council]]".to_owned()),
        (Style::Link, format!(" ([source]({target}))")),
        (Style::TextFragment, format!(" ([source]({target}#:~:text=Twelve%20families%20have%20moved%20to%20the%20school))")),
    ] {
        assert_eq!(wanted_as(Some(style), note), [("missing-citation".to_owned(), text)]);
    }
    // The note's own style, and words that a text fragment would part.
    let cited = "The council voted to close the road ([wire](../sources/wire/2021-04-09-council.txt#:~:text=The%20council)).\n\n";
    let found = wanted(&format!("{cited}The reservoir stood at 61 per cent on Monday, the lowest level in nine years.\n"));
    assert_eq!(
        found.last().map(|(_, text)| text.as_str()),
        Some(" ([source](../sources/page.html#:~:text=The%20reservoir%20stood%20at,level%20in%20nine%20years))")
    );
}

#[test]
fn bibliographies_are_found_and_belong_to_notes() {
    let folder = support::Folder::with(
        r#"
//- corroborate.toml
bibliography = ["refs/main.*"]
//- refs/main.bib
@article{gull24, title = {Gull}, file = {Full Text:/home/me/Zotero/AB12/gull.txt:text/plain}}
//- refs/main.json
[{"id": "ode", "type": "report", "URL": "http://ode.example/x", "issued": {"date-parts": [[2024, 6, 4]]}}]
//- refs/other.bib
@article{other24, file = {../sources/gull.txt}}
//- notes/own.bib
@article{gull24, file = {../sources/ode.md}}
//- notes/a.md
---
bibliography: [own.bib, ../../outside.bib]
---
//- sources/gull.txt
The north mole was closed.
//- sources/ode.md
---
url: https://www.ode.example/x/
---
Nobody was hurt.
"#,
    );
    let workspace = workspace::Workspace::open(&folder.0);
    assert_eq!(workspace.files.bibliographies, ["notes/own.bib", "refs/main.bib", "refs/main.json"]);
    let leads = |note: &str| {
        let checked = workspace::check(note, "notes/a.md", &workspace, &|| false).expect("nobody cancels");
        let path = |cited: &CitationTarget| match cited {
            CitationTarget::Sources(ids) => workspace.library.path(ids[0]).to_owned(),
            other => format!("{other:?}"),
        };
        checked.cited.iter().map(path).collect::<Vec<_>>()
    };
    assert_eq!(leads("[@gull24; @ode; @other24]"), ["sources/ode.md", "sources/ode.md", "Unknown"]);
    std::fs::write(folder.path("refs/main.bib"), "@article{gull24, title = {Gull}, file = {gull.txt}}").expect("a file");
    let front = "---\nbibliography: refs/main.bib\n---\n";
    assert_eq!(leads(&format!("{front}[@gull24]")), ["sources/gull.txt"]);
    assert_eq!(
        workspace.library.view().source(workspace.library.resolve("ode").expect("a source")).metadata.date.as_deref(),
        Some("2024-06-04")
    );
}

#[test]
fn a_half_written_bibliography_keeps_its_last_good_state() {
    let folder = support::Folder::with(
        "//- refs.bib\n@misc{a, file = {sources/x.txt}}\n@misc{b, file = {sources/x.txt}}\n//- sources/x.txt\nOats.\n",
    );
    let first = workspace::Workspace::open(&folder.0);
    let keys = |workspace: &workspace::Workspace| workspace.library.entries().keys().cloned().collect::<Vec<_>>();
    let reopen =
        |before: &std::sync::Arc<workspace::Workspace>| workspace::Opener::default().reopen(before).expect("nobody cancels");
    let now = |text: &str| std::fs::write(folder.path("refs.bib"), text).expect("a file");
    now("@misc{a, file = {sources/x.t");
    let half = reopen(&first);
    assert_eq!(keys(&half), ["a", "b"]);
    now("");
    let empty = reopen(&half);
    assert_eq!(keys(&empty), ["a", "b"]);
    now("@misc{b, title = {B}}\n");
    let whole = reopen(&empty);
    assert_eq!(keys(&whole), ["b"]);
    assert_eq!(whole.library.entries(), workspace::Workspace::open(&folder.0).library.entries());
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

#[test]
fn an_address_that_only_the_bibliography_knows_leads_to_the_source_that_its_key_names() {
    check(
        "//- sources/mole.txt
The mole of Ode was built in 1911.
//- refs.bib
@misc{mole, title = {The mole}, url = {https://www.ode.example/mole}}
",
        "\
The mole of Ode was built in 1912 ([there](https://www.ode.example/mole)).
                             ^^^^ number-conflict
",
    );
}

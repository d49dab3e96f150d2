//! No text makes the program panic, and every span lies on character boundaries.

mod support;

use corroborate::library::{Library, bibliography, urls};
use corroborate::note::{self, Note};
use corroborate::rules::store::{self, Store};
use corroborate::rules::{ClaimVerification, Level, Profile, Severity, suppress};
use corroborate::source::{self, Fields, Mark, MarkKind, Source};
use corroborate::text::{Analysis, Span, sentences};
use corroborate::workspace::settings::{Patterns, Step};
use corroborate::workspace::{self, Workspace};
use proptest::prelude::*;

/// Text with the characters that matter to us, in any order.
fn messy() -> impl Strategy<Value = String> {
    let pieces = prop::sample::select(vec![
        "The mill ",
        "closed ",
        "on 3 May",
        "2024",
        " ",
        "\n",
        "\n\n",
        "“",
        "”",
        "\"",
        "‘",
        "’",
        "'",
        "[@key]",
        "[@one, p. 3]",
        "@two [¶¶ 1-2]",
        "[cite/t:@one at 0:04; @key]",
        "[a](sources/one.txt#:~:text=The-,mill,-closed)",
        "[[three#L2-L9]]",
        "<https://a.example/x>",
        ", pp. iv, 2–",
        "---\nbibliography: [a.bib\n---\n",
        "[[a#b|c]]",
        "[^1]",
        "[^1]: ",
        "- ",
        "> ",
        "# ",
        "| a | b |\n|---|---|\n",
        "```\n",
        "`",
        "<!-- ",
        "-->",
        "<!-- corroborate: ignore[misquote, x] y -->",
        "<!-- corroborate: ignore-block -->\n",
        "ignore-file[overclaim",
        "corroborate: ",
        "&ldquo;",
        "&#x200b;",
        "<p>",
        "</p>",
        "<div style='display:none'>",
        "<table><tr><td>",
        "…",
        "...",
        "[",
        "]",
        "(",
        ")",
        "*",
        "_",
        "é",
        "🦀",
        "e\u{301}",
        "\u{200b}",
        "\u{202e}",
        "\0",
        "\r",
        "\r\n",
        "€6.5 million",
        "12 %",
        "1.234.567",
        "7 a.m.",
        "14/03/2024",
        "HG-07",
        "U.S.",
        "not ",
        "and ",
        "---\n",
        "date 2024-01-02 ",
        "港",
        "Ada Fenn ",
        "said ",
        ",",
        ".",
        "?",
        ":",
        "99999999999999999999999",
        "@a.b",
        "http://a.b/c",
    ]);
    prop::collection::vec(prop_oneof![4 => pieces.prop_map(str::to_owned), 1 => "\\PC{0,4}"], 0..40).prop_map(|p| p.concat())
}

/// A note with all that Markdown has, and edits that break it in the middle.
fn edited() -> impl Strategy<Value = Vec<String>> {
    let blocks = prop::sample::select(vec![
        "# The mill\n\n",
        "The mill closed [@one, p. 3]. It rained.[^1] “It was",
        "The firm said: “We closed.\n\n“We are sorry,” it said. It paid 40 per cent [^2].\n\n",
        "It named three towns [@key; @two]:\n\n- Vesk. Wet.\n- Orrin [[one]]\n\n  and more.\n- [ ] ask\n\n",
        "> The mill closed.\n> — Ada Fenn\n\n> Again.\n\n",
        "| Town | Share |\n|---|---|\n| Vesk | 52 % [^1] |\n| Orrin | 40 % |\n\n",
        "Town | Share\n--|--\nVesk | 52 %\n\n",
        "```text\n\nLater [@one].\n\n```\n\n",
        "~~~\n\nOpen\n\n",
        "<!-- hidden\n\nThe mill [@one]\n\n-->\n\n",
        "<!-- corroborate: ignore[unsupported-claim, number-conflict] told so -->\n",
        "The mill in Vesk closed in June. <!-- corroborate: ignore -->\nIt paid 40 per cent to Ada Fenn.\n\n",
        "<!-- corroborate: ignore-block[number-conflict]\n\nas it is -->\n\n- It paid 46 per cent.\n- The mill in Orrin closed.\n\n",
        "<!-- corroborate: ignore-file[unknown-citation] later -->\n\n",
        "<!-- corroborate: ignore-fiel[unknwon-citation] -->\n\n",
        "We assess with high confidence that the mill will perhaps close. It is likely to rain. Because Ada Fenn said so [@one].\n\n",
        "- We judge that the mill will probably close.\n- It has (source: no) [@one] (source: The Post, 2024) possibly 47 men.\n\n",
        "<div>\n\n**Bold** `code “x”` text [here][ref].\n\n</div>\n\n",
        "[^1]: one.txt, p. 3\n[^2]: See [@two], and “more”.\n\n    It goes on [[one]].\n\n",
        "[^1]: two.html\n\n",
        "[ref]: sources/one.txt \"Title\"\n\n",
        "See [ref], [this][ref] and [that](sources/one.txt#L2). @two says so [p. 3].\n\n",
        "1. One\n   ```\n\nLetter\n\n",
        "A line\r\nof two.\r\n\r\n- item\r\n\r\nNext\r\n\r\n",
        "Title\n---\n\n",
        "---\n\n",
        "---\nbibliography: a.bib\n---\n\n",
        "---\ntitle: x\n\n# Vesk\n\n[^1]: y\n---\n\n",
        "> ---\n> title\n\n# Orrin “x”\n\nIt [@one].\n\n",
        "```\n\n# Mill\n\n“Wet [^1].\n",
        "<!--\n\n# Mill\n\n`",
        "    indented code\n\n",
        "Étude – “é”. ‘Yes’ 🦀.\n\n",
    ]);
    let bits = prop::sample::select(vec![
        "",
        "x",
        " ",
        "\n",
        "ignore",
        "-block",
        "corroborate:",
        "\n\n",
        "\r\n",
        "“",
        "”",
        "```",
        "`",
        "~~~\n",
        "<!--",
        "-->",
        "[^1]",
        "[^2]: ",
        "[ref]",
        "[ref]: ",
        ":",
        "- ",
        "> ",
        "# ",
        "|",
        "@one",
        "[@two]",
        "]",
        "[",
        "---\n",
        ".",
        "é",
        "\t",
        "    ",
        "*",
    ]);
    let edits = prop::collection::vec((any::<prop::sample::Index>(), 0usize..6, bits), 1..8);
    // Words of their own, as some of them decide where a note is parted.
    let blocks = (prop_oneof![Just(String::new()), "[A-Za-z]{1,4} "], blocks).prop_map(|(word, block)| word + block);
    (prop::collection::vec(blocks, 1..14), edits).prop_map(|(blocks, edits)| {
        let mut texts = vec![blocks.concat()];
        for (at, cut, bit) in edits {
            let text = &texts[texts.len() - 1];
            let start = text.floor_char_boundary(at.index(text.len() + 1));
            let end = text.ceil_char_boundary((start + cut).min(text.len()));
            texts.push([&text[..start], bit, &text[end..]].concat());
        }
        texts
    })
}

fn is_within(span: Span, text: &str) -> bool {
    span.start <= span.end && text.is_char_boundary(span.start) && text.is_char_boundary(span.end)
}

fn spans(a: &Analysis) -> Vec<Span> {
    let words = a.words.iter().map(|x| x.span);
    let rest = a.numbers.iter().map(|x| x.span).chain(a.dates.iter().map(|x| x.span));
    words.chain(rest).chain(a.times.iter().map(|x| x.span)).chain(a.names.iter().map(|x| x.span)).collect()
}

/// What stands in other sentences of a block decides what Markdown makes of words that are put into one.
#[test]
fn a_fix_does_not_depend_on_what_stood_elsewhere_in_the_block() {
    let source = "The manual says: “press the `left` `right` keys twice to stop the large pump”. It says: “- twice a day is enough for the pump”.";
    let open = || Workspace::of_library(Library::new(support::sources("sources/manual.txt", source), Default::default()));
    let misquote = "The manual says: “press the upper lower keys twice to stop the large pump”.";
    let notes = [
        format!("The valve is green. It is old. {misquote}\n"),
        format!("The `valve` is green. It is old. {misquote}\n"),
        "In 12. “Twice a night is enough for the pump”, it says.\n".to_owned(),
        "12. “Twice a night is enough for the pump”, it says.\n".to_owned(),
    ];
    let mut fixes = Vec::new();
    for (before, after) in notes.iter().zip(&notes[1..]).flat_map(|(a, b)| [(a, b), (b, a)]) {
        let kept = open();
        let check = |note: &String, workspace: &Workspace| {
            workspace::check(note, "note.md", workspace, &|| false).expect("nobody cancels")
        };
        check(before, &kept);
        let fresh = check(after, &open());
        assert_eq!(check(after, &kept).findings, fresh.findings, "{after}");
        fixes.push(fresh.findings.iter().map(|finding| finding.fixes.len()).sum::<usize>());
    }
    assert!(fixes.contains(&0) && fixes.contains(&1), "{fixes:?}");
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, ..ProptestConfig::default() })]

    #[test]
    fn sentences_cover_the_text_in_order(text in messy()) {
        let mut last = 0;
        for span in sentences::sentences(&text) {
            prop_assert!(is_within(span, &text) && span.start >= last && !span.is_empty());
            prop_assert!(text[last..span.start].trim().is_empty());
            last = span.end;
        }
        prop_assert!(text[last..].trim().is_empty());
    }

    #[test]
    fn analysis_is_within_the_text(text in messy()) {
        for span in spans(&Analysis::of(&text, Span::new(0, text.len()))) {
            prop_assert!(is_within(span, &text) && !span.is_empty(), "{span:?}");
        }
    }

    #[test]
    fn readers_keep_every_offset(text in messy()) {
        for path in ["a.txt", "a.md", "a.html"] {
            let Some(source) = support::sources(path, &text).pop() else { continue };
            prop_assert_eq!(source.layout.visible.len(), source.text.len());
            for block in &source.layout.blocks {
                prop_assert!(is_within(block.span, &source.layout.visible) && is_within(block.span, &source.text));
            }
        }
    }

    #[test]
    fn any_bytes_are_a_source(bytes in prop::collection::vec(any::<u8>(), 1..300)) {
        for path in ["a.txt", "a.md", "a.html"] {
            let _ = source::read(path, &bytes, &Fields::default());
        }
    }

    #[test]
    fn a_note_parsed_again_equals_a_fresh_one(texts in prop_oneof![edited(), prop::collection::vec(messy(), 1..5)]) {
        let cache = note::NoteCache::default();
        for text in &texts {
            let (again, parts) = Note::parse_again(text, &cache);
            prop_assert_eq!(format!("{again:?}"), format!("{:?}", Note::parse(text)));
            prop_assert_eq!(parts.iter().map(|part| part.span.len()).sum::<usize>(), if parts.is_empty() { 0 } else { text.len() });
        }
    }

    #[test]
    fn any_text_is_a_bibliography(text in messy(), noise in "\\PC{0,60}") {
        for field in [&text, &noise] {
            let bibtex = [field.clone(), format!("@misc{{a, file = {{{field}}}, url = {{{field}}}}}"), format!("@string{{{field}")];
            let json = serde_json::json!([{ "id": field, "type": "x", "file": field, "issued": field, "URL": field }]);
            let read = bibtex.iter().map(|text| ("refs/a.bib", text.as_str())).chain([("a.json", field.as_str())]);
            for (path, text) in read.chain([("a.json", json.to_string().as_str())]) {
                let files = bibliography::read(path, text).entries.into_values().flat_map(|entry| entry.files);
                prop_assert!(files.into_iter().all(|file| !file.is_empty()));
            }
            prop_assert_eq!(urls::normal(field), urls::normal(&format!("{field}#x")));
        }
    }

    #[test]
    fn any_note_can_be_checked(note in messy(), one in messy(), two in messy()) {
        let files = [("sources/one.txt", one.as_str()), ("sources/two.html", two.as_str()), ("sources/three.md", note.as_str())];
        let mut sources: Vec<Source> = files.iter().flat_map(|(path, text)| support::sources(path, text)).collect();
        for source in &mut sources {
            let half = source.text.floor_char_boundary(source.text.len() / 2);
            for kind in [MarkKind::Page, MarkKind::Row, MarkKind::Time] {
                let marks = [0, half].map(|at| Mark { kind, label: if at == 0 { "3" } else { "0:00:04" }.to_owned(), at });
                source.marks.extend(marks);
            }
            source.marks.sort_by_key(|mark| mark.at);
        }
        let workspace = Workspace::of_library(Library::new(sources, Default::default()));
        let checked = workspace::check(&note, "note.md", &workspace, &|| false).expect("nobody cancels");
        for finding in &checked.findings {
            prop_assert!(is_within(finding.span, &note), "{finding:?}");
            for fix in suppress::fixes(&checked.note, &note, "note.md", &Store::default(), finding).iter().filter(|fix| fix.file.is_none()) {
                prop_assert!(fix.edits.iter().all(|edit| is_within(edit.span, &note)), "{fix:?}");
            }
        }
        for evidence in checked.verifications.iter().flatten().flat_map(|v| &v.evidence) {
            prop_assert!(is_within(evidence.span, &workspace.library.view().source(evidence.source).text));
        }
        for at in 0..checked.cited.len() {
            for place in checked.cited_places(at, &workspace.library.view()) {
                prop_assert!(is_within(place.span, &workspace.library.view().source(place.source).text), "{place:?}");
            }
        }
        let parsed = Note::parse(&note);
        prop_assert!(parsed.sentences.windows(2).all(|pair| pair[0].span.start <= pair[1].span.start));
        prop_assert!(parsed.sentences.iter().all(|s| is_within(s.span, &note)));
    }
}

proptest! {
    // The model reads all of it anew each time.
    #![proptest_config(ProptestConfig { cases: 16, ..ProptestConfig::default() })]

    #[test]
    fn a_check_after_edits_equals_a_fresh_one(
        notes in prop_oneof![edited(), prop::collection::vec(messy(), 1..5)],
        one in messy(),
        two in messy(),
        wants_all: bool,
        is_hint: bool,
        accepted: Vec<prop::sample::Index>,
    ) {
        let open = || {
            let wire = "The mill in Vesk closed in May. It paid 45 per cent. Ada Fenn said: “We shut. We are sorry.” Vesk: 50 %";
            let files = [("sources/one.txt", one.as_str()), ("sources/two.html", two.as_str()), ("sources/wire.txt", wire)];
            let sources = files.iter().flat_map(|(path, text)| support::sources(path, text)).collect();
            let mut workspace = Workspace::of_library(Library::new(sources, Default::default()));
            let profile = if wants_all { Profile::Icd203 } else { Profile::Draft };
            let level = if is_hint { Level::As(Severity::Hint) } else { Level::Off };
            workspace.settings.steps.push(Step { profile: Some(profile), ..Step::default() });
            let notes = Patterns::new(&["other.md".to_owned()]).ok();
            workspace.settings.steps.push(Step { notes, rules: [("unsupported-claim", level)].into(), ..Step::default() });
            workspace
        };
        let mut kept = open();
        let mut list = String::new();
        for note in &notes {
            // A note of which other rules are wanted has the same parts.
            for path in ["note.md", "other.md"] {
                let again = workspace::check(note, path, &kept, &|| false).expect("nobody cancels");
                let mut new = open();
                new.store = Store::parse(&list);
                let fresh = workspace::check(note, path, &new, &|| false).expect("nobody cancels");
                prop_assert_eq!(&again.findings, &fresh.findings);
                prop_assert_eq!(&again.ignored, &fresh.ignored);
                for finding in accepted.iter().filter(|_| !fresh.findings.is_empty()).map(|at| at.get(&fresh.findings)) {
                    let (fingerprint, entry) = suppress::entry(&fresh.note, note, path, finding);
                    list = store::with(&list, fingerprint, &entry);
                }
                kept.store = Store::parse(&list);
            }
            let again = workspace::check(note, "note.md", &kept, &|| false).expect("nobody cancels");
            let fresh = workspace::check(note, "note.md", &open(), &|| false).expect("nobody cancels");
            let shown = |c: &[Option<ClaimVerification>]| format!("{c:?}");
            prop_assert_eq!(shown(&again.verifications), shown(&fresh.verifications));
        }
    }
}

//! Notes: how they are read, also after an edit, and what is found in them.

use corroborate::library::Library;
use corroborate::note::{Lines, Note, NoteCache};
use corroborate::rules::store::{self, Store};
use corroborate::rules::{Finding, suppress};
use corroborate::source::{self, Fields, Source};
use corroborate::workspace::{self, CheckResult, Workspace};

use super::readers::is_within;

const WIRE: &str = "The mill in Vesk closed in May. It paid 45 per cent. Ada Fenn said: “We shut. We are sorry.”\n";

/// The text of a note; the first bytes are an edit of it.
pub fn note(bytes: &[u8]) {
    let Some(([at, most, cut, length], rest)) = bytes.split_first_chunk::<4>().map(|(head, rest)| (*head, rest)) else { return };
    let text = String::from_utf8_lossy(rest);
    sound(&Note::parse(&text), &text);
    // Some of its text goes elsewhere.
    let place = |byte: u8| text.floor_char_boundary(usize::from(byte) * (text.len() + 1) / 256);
    let after = |start: usize, length: u8| text.floor_char_boundary(text.len().min(start + usize::from(length % 16)));
    let (start, from) = (place(at), place(most));
    let edited = [&text[..start], &text[from..after(from, length)], &text[after(start, cut)..]].concat();
    let cache = NoteCache::default();
    for text in [&*text, &edited, &*text] {
        let (again, parts) = Note::parse_again(text, &cache);
        assert_eq!(format!("{again:?}"), format!("{:?}", Note::parse(text)), "a note that was edited reads as a new one");
        assert_eq!(parts.iter().map(|part| part.span.len()).sum::<usize>(), if parts.is_empty() { 0 } else { text.len() });
    }
}

fn sound(note: &Note, text: &str) {
    let (layout, citations) = (&note.layout, &note.citations);
    assert_eq!(layout.visible.len(), text.len());
    for block in &layout.blocks {
        assert!(is_within(block.span, text) && is_within(block.span, &layout.visible), "{block:?}");
    }
    assert!(note.sentences.is_sorted_by_key(|sentence| sentence.span.start));
    for sentence in &note.sentences {
        assert!(is_within(sentence.span, text) && sentence.span.encloses(sentence.words), "{sentence:?}");
        assert!(is_within(sentence.words, text) && sentence.block < layout.blocks.len(), "{sentence:?}");
        assert!(sentence.citations.iter().all(|at| *at < citations.len()), "{sentence:?}");
        for quotation in &sentence.quotations {
            assert!(is_within(quotation.span, text) && is_within(quotation.inner, text), "{quotation:?}");
            assert!(quotation.span.encloses(quotation.inner), "{quotation:?}");
        }
    }
    for citation in citations {
        assert!(is_within(citation.span, text), "{citation:?}");
        assert!(citation.definition.iter().flat_map(|all| all.iter()).all(|at| *at < citations.len()), "{citation:?}");
        let _ = citation.places();
    }
    let lines = Lines::of(text);
    for directive in &note.directives {
        let parts = [directive.span, directive.word, directive.reason].into_iter().chain(directive.codes.iter().copied());
        assert!(parts.into_iter().all(|span| is_within(span, text)), "{directive:?}");
        assert!(note.reach(directive, text, &lines).is_none_or(|reach| is_within(reach, text)), "{directive:?}");
    }
}

fn workspace(sources: &[(&str, &str)]) -> Workspace {
    let read = |(path, text): &(&str, &str)| source::read(path, text.as_bytes(), &Fields::default()).unwrap_or_default();
    let sources: Vec<Source> = sources.iter().flat_map(read).collect();
    Workspace::of_library(Library::new(sources, Default::default()))
}

/// Checks a note: what is found lies in it, rests on what is there, and is found again.
fn check(text: &str, workspace: &Workspace) -> CheckResult {
    let checked = workspace::check(text, "notes/note.md", workspace, &|| false).expect("nobody cancels");
    let again = workspace::check(text, "notes/note.md", workspace, &|| false).expect("nobody cancels");
    assert_eq!((&checked.findings, &checked.ignored), (&again.findings, &again.ignored), "{text}");
    let view = workspace.library.view();
    for finding in &checked.findings {
        assert!(is_within(finding.span, text) && !finding.message.is_empty(), "{finding:?}");
        for fix in suppress::fixes(&checked.note, text, "notes/note.md", &Store::default(), finding) {
            let is_in_note = fix.file.is_none();
            assert!(!is_in_note || fix.edits.iter().all(|edit| is_within(edit.span, text)), "{fix:?}");
        }
    }
    for evidence in checked.verifications.iter().flatten().flat_map(|judged| &judged.evidence) {
        assert!(is_within(evidence.span, &view.source(evidence.source).text), "{evidence:?}");
    }
    for place in (0..checked.cited.len()).flat_map(|at| checked.cited_places(at, &view)) {
        assert!(is_within(place.span, &view.source(place.source).text), "{place:?}");
    }
    checked
}

/// A note with directives. What it says of each finding is left out when the list says so.
pub fn directives(bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    sound(&Note::parse(&text), &text);
    let mut workspace = workspace(&[("sources/wire.txt", WIRE)]);
    let checked = check(&text, &workspace);
    let mut list = String::new();
    let can_be_listed = |finding: &&Finding| {
        let fixes = suppress::fixes(&checked.note, &text, "notes/note.md", &Store::default(), finding);
        fixes.iter().any(|fix| fix.file.is_some())
    };
    for finding in checked.findings.iter().filter(can_be_listed) {
        let (fingerprint, entry) = suppress::entry(&checked.note, &text, "notes/note.md", finding);
        list = store::with(&list, fingerprint, &entry);
    }
    workspace.store = Store::parse(&list);
    assert!(workspace.store.mistakes.is_empty(), "{list}");
    let left = check(&text, &workspace);
    assert!(!left.findings.iter().any(|finding| can_be_listed(&finding)), "{list}");
}

/// Words in a source, a NUL byte, and words that a note quotes.
pub fn quotation(bytes: &[u8]) {
    let at = bytes.iter().position(|byte| *byte == 0).unwrap_or(bytes.len() / 2);
    let (said, rest) = bytes.split_at(at);
    let (said, quoted) = (String::from_utf8_lossy(said), String::from_utf8_lossy(rest));
    let workspace = workspace(&[("sources/a.txt", &said), ("sources/wire.txt", WIRE)]);
    let quoted = quoted.trim_start_matches('\0');
    for note in [
        format!("# Vesk\n\nAda Fenn said: “{quoted}” [[a]]. She was “{quoted}”.\n"),
        format!("> {quoted}\n>\n> — Ada Fenn [[a]]\n\n{quoted} [[wire]].\n"),
    ] {
        sound(&Note::parse(&note), &note);
        check(&note, &workspace);
    }
}

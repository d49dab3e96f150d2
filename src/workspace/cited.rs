//! What the citations of a note lead to, followed again only in the parts that changed.

use std::sync::Arc;

use rustc_hash::FxHashMap;

use super::Workspace;
use crate::cache::Key;
use crate::library::resolve::{self, CitationTarget};
use crate::note::{Citation, Note, PlacedPart};

/// Follows the citations of the note at `path`, in their order. The result is that of
/// [`resolve::follow`].
pub fn follow(note: &Note, parts: &[PlacedPart], path: &str, workspace: &Workspace) -> Vec<CitationTarget> {
    let with = |citations| Note { citations, bibliographies: note.bibliographies.clone(), ..Note::default() };
    let follow = |note: &Note| resolve::follow(note, path, &workspace.library, workspace);
    if parts.is_empty() {
        return follow(note);
    }
    let mut key = Key::default();
    let mut all: Vec<CitationTarget> = Vec::with_capacity(note.citations.len());
    let ends = parts.iter().skip(1).map(|part| part.citation).chain([note.citations.len()]);
    for (part, end) in parts.iter().zip(ends).filter(|(part, end)| part.citation < *end) {
        key.begin().number(part.part.id).text(path);
        note.bibliographies.iter().for_each(|file| _ = key.text(file));
        let inside = &note.citations[part.citation..end];
        let make = || Arc::from(follow(&with(inside.iter().map(alone).collect())));
        all.extend(workspace.cache.cited.get_or(&key, make).iter().cloned());
    }
    // Footnotes may be defined in other parts than they are used in.
    let (mut marks, mut near) = (Vec::new(), Vec::new());
    // All marks of one label have one definition.
    let mut places: FxHashMap<&str, usize> = FxHashMap::default();
    for (at, mark) in note.citations.iter().enumerate() {
        let Some(inside) = &mark.definition else { continue };
        let place = *places.entry(mark.target.as_str()).or_insert_with(|| {
            let first = near.len();
            near.extend(inside.iter().map(|inside| alone(&note.citations[*inside])));
            near.push(Citation { definition: Some((first..near.len()).collect()), ..mark.clone() });
            near.len() - 1
        });
        marks.push((at, place));
    }
    let led = follow(&with(near));
    for (at, place) in marks {
        all[at] = led[place].clone();
    }
    all
}

fn alone(citation: &Citation) -> Citation {
    Citation { definition: None, ..citation.clone() }
}

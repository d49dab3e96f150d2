//! Forms: pictures made of other pictures. One that draws two others, which draw two others, and so on for thirty steps,
//! would be drawn for ever. What no page could show is taken out before the decoder follows it.

use pdf_extract::{Dictionary, Document, Object, ObjectId};
use rustc_hash::FxHashMap;

/// So many forms a form may draw in all.
const MOST_DRAWN: u64 = 20_000;

/// The decoder goes down by calling itself.
const DEEPEST: u64 = 24;

/// How much a form draws, and how deep.
#[derive(Clone, Copy)]
struct Weight {
    drawn: u64,
    depth: u64,
}

/// Takes the forms out of those that would draw too many, too deep, or themselves. Returns how many those were.
pub fn prune(document: &mut Document) -> usize {
    let forms: Vec<ObjectId> = document.objects.iter().filter(|(_, object)| is_form(object)).map(|(id, _)| *id).collect();
    let parts: FxHashMap<ObjectId, (u64, Vec<ObjectId>)> = forms.iter().map(|id| (*id, parts(document, *id))).collect();
    let mut known: FxHashMap<ObjectId, Option<Weight>> = FxHashMap::default();
    let mut heavy = Vec::new();
    for form in forms {
        // No recursion: forms may lie in each other as deep as the file is long.
        let mut open = vec![(form, false)];
        while let Some((id, is_left)) = open.pop() {
            let Some((times, inner)) = parts.get(&id) else { continue };
            if !is_left {
                if known.contains_key(&id) {
                    continue;
                }
                known.insert(id, None);
                open.push((id, true));
                open.extend(inner.iter().map(|id| (*id, false)));
                continue;
            }
            // What has no weight yet is further up: it draws itself.
            let weights = inner.iter().filter(|id| parts.contains_key(id)).map(|id| known.get(id).copied().flatten());
            let heaviest = weights.reduce(|a, b| {
                let (a, b) = (a?, b?);
                Some(Weight { drawn: a.drawn.max(b.drawn), depth: a.depth.max(b.depth) })
            });
            let weight = match heaviest {
                None => Some(Weight { drawn: 1, depth: 1 }),
                Some(inner) => inner
                    .map(|inner| Weight { drawn: inner.drawn.saturating_mul(*times).saturating_add(1), depth: inner.depth + 1 }),
            };
            let fits = |weight: &Weight| weight.drawn <= MOST_DRAWN && weight.depth <= DEEPEST;
            let weight = weight.filter(fits).unwrap_or_else(|| {
                heavy.push(id);
                Weight { drawn: 1, depth: 1 }
            });
            known.insert(id, Some(weight));
        }
    }
    for id in &heavy {
        let mut own = resources(document, *id).cloned().unwrap_or_default();
        own.remove(b"XObject");
        if let Ok(form) = document.get_object_mut(*id).and_then(Object::as_stream_mut) {
            form.dict.set("Resources", own);
        }
    }
    heavy.len()
}

fn is_form(object: &Object) -> bool {
    object.as_stream().is_ok_and(|stream| stream.dict.get(b"Subtype").and_then(Object::as_name).is_ok_and(|name| name == b"Form"))
}

/// How often a form draws another one, and which it may draw.
fn parts(document: &Document, id: ObjectId) -> (u64, Vec<ObjectId>) {
    let own = resources(document, id);
    let drawn = own.and_then(|own| own.get(b"XObject").ok()).and_then(|drawn| dictionary(document, drawn));
    let drawn = drawn.into_iter().flat_map(Dictionary::iter).filter_map(|(_, object)| object.as_reference().ok());
    let mut ids: Vec<ObjectId> = drawn.filter(|id| document.get_object(*id).is_ok_and(is_form)).collect();
    if own.is_some() && ids.is_empty() {
        return (0, ids);
    }
    let times = document.get_object(id).and_then(Object::as_stream).map_or(0, |form| {
        let content = form.decompressed_content().unwrap_or_else(|_| form.content.clone());
        content.windows(2).filter(|pair| pair == b"Do").count() as u64
    });
    // Without resources of its own it draws what the one does that draws it, which may be itself.
    if own.is_none() && times > 0 {
        ids.push(id);
    }
    (times, ids)
}

fn resources(document: &Document, id: ObjectId) -> Option<&Dictionary> {
    let form = document.get_object(id).and_then(Object::as_stream).ok()?;
    dictionary(document, form.dict.get(b"Resources").ok()?)
}

fn dictionary<'d>(document: &'d Document, object: &'d Object) -> Option<&'d Dictionary> {
    document.dereference(object).ok().and_then(|(_, found)| found.as_dict().ok())
}

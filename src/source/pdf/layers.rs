//! Layers: parts of a page that a viewer shows or hides (ISO 32000-2, 8.11).

use hayro_syntax::object::{Array, Dict, Name, ObjectIdentifier};
use rustc_hash::FxHashSet;

/// The layers that are hidden when the document is opened.
#[derive(Default)]
pub struct Layers {
    hidden: FxHashSet<ObjectIdentifier>,
}

impl Layers {
    pub fn of(catalogue: &Dict<'_>) -> Self {
        let mut hidden = FxHashSet::default();
        let Some(properties) = catalogue.get::<Dict<'_>>("OCProperties") else { return Self::default() };
        let Some(usual) = properties.get::<Dict<'_>>("D") else { return Self::default() };
        if usual.get::<Name<'_>>("BaseState").is_some_and(|state| *state == *b"OFF") {
            hidden.extend(references(&properties, "OCGs"));
        }
        for shown in references(&usual, "ON") {
            hidden.remove(&shown);
        }
        hidden.extend(references(&usual, "OFF"));
        Self { hidden }
    }

    /// Whether what a holder's entry names is hidden: a layer, or a group all of whose layers are.
    pub fn hides(&self, holder: &Dict<'_>, key: &[u8]) -> bool {
        if self.hidden.is_empty() {
            return false;
        }
        if holder.get_ref(key).is_some_and(|layer| self.hidden.contains(&layer.into())) {
            return true;
        }
        let Some(group) = holder.get::<Dict<'_>>(key) else { return false };
        let members = references(&group, "OCGs");
        !members.is_empty() && members.iter().all(|layer| self.hidden.contains(layer))
    }
}

/// What an entry refers to: one object, or those of a list.
fn references(holder: &Dict<'_>, key: &str) -> Vec<ObjectIdentifier> {
    match holder.get::<Array<'_>>(key) {
        Some(list) => list.raw_iter().filter_map(|item| item.as_obj_ref()).map(Into::into).collect(),
        None => holder.get_ref(key).into_iter().map(Into::into).collect(),
    }
}

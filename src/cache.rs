//! A cache: what was worked out lately, found again by all that it depends on.
//!
//! A key holds its content and not only a hash of it, so nothing is ever mistaken for something
//! else. What is not asked for any more is forgotten after a while, the rest is kept.

use std::sync::{Mutex, MutexGuard, PoisonError};

use rustc_hash::FxHashMap;

use crate::text::Span;

/// All that an entry depends on, as bytes. Two keys that are written in the same order are equal
/// only if each part is.
#[derive(Debug, Default)]
pub struct Key(Vec<u8>);

impl Key {
    /// An empty key, for the next entry.
    pub fn begin(&mut self) -> &mut Self {
        self.0.clear();
        self
    }

    pub fn number(&mut self, number: usize) -> &mut Self {
        self.0.extend_from_slice(&number.to_le_bytes());
        self
    }

    pub fn text(&mut self, text: &str) -> &mut Self {
        self.number(text.len());
        self.0.extend_from_slice(text.as_bytes());
        self
    }

    /// A text that may be lacking.
    pub fn maybe(&mut self, text: Option<&str>) -> &mut Self {
        self.number(usize::from(text.is_some()));
        self.text(text.unwrap_or_default())
    }

    /// A character that may be lacking.
    pub fn char(&mut self, c: Option<char>) -> &mut Self {
        self.number(c.map_or(0, |c| c as usize + 1))
    }

    /// Where a span lies, seen from a place at or before it.
    pub fn span(&mut self, span: Span, from: usize) -> &mut Self {
        self.number(span.start.wrapping_sub(from)).number(span.end.wrapping_sub(from))
    }

    pub fn bytes(&self) -> &[u8] {
        &self.0
    }
}

/// Entries by their keys. At least those are kept that were asked for lately.
#[derive(Debug)]
pub struct Cache<V>(Mutex<Halves<V>>);

/// What was asked for since the halves changed places, and what was before.
#[derive(Debug)]
struct Halves<V> {
    new: FxHashMap<Box<[u8]>, V>,
    old: FxHashMap<Box<[u8]>, V>,
    /// About how many bytes the new half takes, and may take.
    size: usize,
    most: usize,
    weight: fn(&V) -> usize,
}

/// Enough for all that stands in a desk's open notes.
const MOST_BYTES: usize = 12 << 20;

impl<V> Default for Cache<V> {
    fn default() -> Self {
        Self::weighing(|_| size_of::<V>())
    }
}

impl<V> Cache<V> {
    /// Entries that take about as many bytes as `weight` says.
    pub fn weighing(weight: fn(&V) -> usize) -> Self {
        Self::limited(MOST_BYTES, weight)
    }

    /// The same, of which no more than about twice `most` bytes are kept.
    pub fn limited(most: usize, weight: fn(&V) -> usize) -> Self {
        Self(Mutex::new(Halves { new: FxHashMap::default(), old: FxHashMap::default(), size: 0, most, weight }))
    }
}

impl<V: Clone> Cache<V> {
    pub fn get(&self, key: &Key) -> Option<V> {
        let mut halves = self.halves();
        if let Some(known) = halves.new.get(key.bytes()) {
            return Some(known.clone());
        }
        let (key, known) = halves.old.remove_entry(key.bytes())?;
        halves.put(key, known.clone());
        Some(known)
    }

    pub fn put(&self, key: &Key, entry: V) {
        self.halves().put(key.bytes().into(), entry);
    }

    /// What is known for the key, else what is made now. Two threads may make the same.
    pub fn get_or(&self, key: &Key, make: impl FnOnce() -> V) -> V {
        self.get(key).unwrap_or_else(|| {
            let made = make();
            self.put(key, made.clone());
            made
        })
    }

    fn halves(&self) -> MutexGuard<'_, Halves<V>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl<V> Halves<V> {
    fn put(&mut self, key: Box<[u8]>, entry: V) {
        if self.size >= self.most {
            self.old = std::mem::take(&mut self.new);
            self.size = 0;
        }
        self.size += key.len() + (self.weight)(&entry);
        self.new.insert(key, entry);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_asked_for_is_kept_and_the_rest_is_forgotten() {
        let (cache, mut key) = (Cache::default(), Key::default());
        let many = MOST_BYTES / 8;
        for at in 0..many {
            cache.put(key.begin().number(at), at);
            assert_eq!(cache.get(key.begin().text("kept")), at.checked_sub(1));
            cache.put(key.begin().text("kept"), at);
        }
        assert_eq!(cache.get(key.begin().number(0)), None);
        assert_eq!(cache.get(key.begin().number(many - 1)), Some(many - 1));
    }

    #[test]
    fn parts_of_keys_do_not_run_together() {
        let (mut one, mut two) = (Key::default(), Key::default());
        one.text("ab").text("c");
        two.text("a").text("bc");
        assert_ne!(one.bytes(), two.bytes());
    }
}

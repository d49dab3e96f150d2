//! A cache of what is worked out of single words. Folding and stemming cost a hundred times a
//! look-up, and a text repeats its words. It holds nothing but results of a pure function, and its
//! size is fixed.

/// Two to the power of this many words are kept.
const BITS: u32 = 16;

/// Each word has one slot, which it shares with others; the last one asked for has it.
pub struct Cache<V> {
    slots: Vec<(Key, V)>,
    work_out: fn(&str) -> V,
}

/// The bytes of a word and their number, nothing of which is lost.
type Key = u128;

/// Longer words are rare: they are worked out each time.
const LONGEST: usize = 15;

fn key(word: &str) -> Option<Key> {
    let mut bytes = [0; LONGEST + 1];
    bytes[..LONGEST].get_mut(..word.len())?.copy_from_slice(word.as_bytes());
    bytes[LONGEST] = word.len() as u8;
    Some(Key::from_le_bytes(bytes))
}

/// Multiplies by odd constants and takes the upper bits, which depend on all others.
const fn slot(key: Key) -> usize {
    let mixed = (key as u64).wrapping_mul(0x9e37_79b9_7f4a_7c15) ^ ((key >> 64) as u64).wrapping_mul(0xd6e8_feb8_6659_fd93);
    (mixed.wrapping_mul(0xa076_1d64_78bd_642f) >> (u64::BITS - BITS)) as usize
}

impl<V: Copy + Default> Cache<V> {
    pub fn new(work_out: fn(&str) -> V) -> Self {
        Self { slots: vec![Default::default(); 1 << BITS], work_out }
    }

    pub fn look_up(&mut self, word: &str) -> V {
        // Nothing has the key 0 but the empty word and slots that were never used.
        let Some(key) = key(word).filter(|key| *key != 0) else { return (self.work_out)(word) };
        let slot = &mut self.slots[slot(key)];
        if slot.0 != key {
            *slot = (key, (self.work_out)(word));
        }
        slot.1
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_that_share_a_slot_are_told_apart() {
        let mut cache = Cache::new(str::len);
        let words: Vec<String> = (0..3 << BITS).map(|n| format!("{n:x}")).collect();
        for word in words.iter().chain(&words).map(String::as_str).chain(["", "a", "a\0", "an exceedingly long one"]) {
            assert_eq!(cache.look_up(word), word.len());
        }
    }
}

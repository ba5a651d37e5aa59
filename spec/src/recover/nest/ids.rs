//! Maps whose keys are ids. Ids are counted by this program, not chosen by the page, so that a cheap hash does
//! what the standard one does against chosen keys.

use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};

/// A map by ids, or pairs of ids.
pub(in crate::recover) type IdMap<K, V> = HashMap<K, V, BuildHasherDefault<IdHasher>>;

/// Multiplies and folds; enough for small numbers.
#[derive(Clone, Copy, Debug, Default)]
pub(in crate::recover) struct IdHasher(u64);

impl Hasher for IdHasher {
    fn write(&mut self, bytes: &[u8]) {
        for byte in bytes {
            self.write_u64(u64::from(*byte));
        }
    }

    fn write_u32(&mut self, id: u32) {
        self.write_u64(u64::from(id));
    }

    fn write_u64(&mut self, word: u64) {
        // The golden ratio in 64 bits: an odd number without a pattern.
        let mixed = (self.0.rotate_left(23) ^ word).wrapping_mul(0x9e37_79b9_7f4a_7c15);
        self.0 = mixed ^ (mixed >> 32);
    }

    fn write_u128(&mut self, word: u128) {
        let [low, high] =
            [word & u128::from(u64::MAX), word >> 64].map(|half| u64::try_from(half).unwrap_or(0));
        self.write_u64(low);
        self.write_u64(high);
    }

    fn write_usize(&mut self, word: usize) {
        self.write_u64(word as u64);
    }

    fn finish(&self) -> u64 {
        self.0
    }
}

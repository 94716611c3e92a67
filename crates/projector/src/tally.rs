//! A tally of what a store holds: how many entries, and a sum over their bytes that does not depend
//! on their order. It moves with every batch and is compared at every open, because sled opens a
//! truncated file without a word.

use serde::{Deserialize, Serialize};

/// Entries of a store, and the sum of their hashes.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Tally {
    entries: u64,
    digest: u64,
}

impl Tally {
    pub(crate) fn entries(&self) -> u64 {
        self.entries
    }

    pub(crate) fn add(&mut self, key: &[u8], value: &[u8]) {
        self.entries = self.entries.wrapping_add(1);
        self.digest = self.digest.wrapping_add(hash(key, value));
    }

    pub(crate) fn remove(&mut self, key: &[u8], value: &[u8]) {
        self.entries = self.entries.wrapping_sub(1);
        self.digest = self.digest.wrapping_sub(hash(key, value));
    }
}

/// Finds accidents, not adversaries: whoever can write the store can write the tally.
fn hash(key: &[u8], value: &[u8]) -> u64 {
    let start = hash_bytes(0xcbf2_9ce4_8422_2325, key);
    hash_bytes(start, value)
}

/// Eight bytes a step, each step a bijection of the state, so that one changed byte always shows.
fn hash_bytes(start: u64, bytes: &[u8]) -> u64 {
    let (words, rest) = bytes.as_chunks::<8>();
    let mut last = [0; 8];
    for (to, from) in last.iter_mut().zip(rest) {
        *to = *from;
    }
    let length = u64::try_from(bytes.len()).unwrap_or(u64::MAX);
    let tail = [u64::from_le_bytes(last), length];
    words
        .iter()
        .map(|word| u64::from_le_bytes(*word))
        .chain(tail)
        .fold(start, |state, word| {
            let mixed = (state ^ word).wrapping_mul(0x9e37_79b9_7f4a_7c15);
            mixed ^ (mixed >> 29)
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_order_of_entries_does_not_show_and_their_bytes_do() {
        let tally = |entries: &[(&str, &str)]| {
            let mut tally = Tally::default();
            for (key, value) in entries {
                tally.add(key.as_bytes(), value.as_bytes());
            }
            tally
        };
        let whole = tally(&[("a", "one"), ("b", "two")]);
        assert_eq!(whole, tally(&[("b", "two"), ("a", "one")]));
        for other in [
            tally(&[("a", "one")]),
            tally(&[("a", "one"), ("b", "twp")]),
            tally(&[("a", "one"), ("bt", "wo")]),
            tally(&[("a", "two"), ("b", "one")]),
            tally(&[("a", "one"), ("b", "two\0")]),
        ] {
            assert_ne!(whole, other);
        }
        let mut less = whole;
        less.remove(b"b", b"two");
        assert_eq!(less, tally(&[("a", "one")]));
    }
}

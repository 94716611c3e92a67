//! Chance that is the same everywhere: `SplitMix64`, seeded by what is drawn for.
//!
//! Source: Steele, Lea and Flood (2014), *Fast splittable pseudorandom number generators*. No secret
//! may ever come from here.

/// A stream of numbers.
#[derive(Debug, Clone)]
pub(super) struct Random(u64);

/// The odd number nearest to 2^64 divided by the golden ratio.
const STEP: u64 = 0x9e37_79b9_7f4a_7c15;

fn mix(state: u64) -> u64 {
    let state = (state ^ (state >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let state = (state ^ (state >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    state ^ (state >> 31)
}

impl Random {
    /// The stream of whatever these numbers name; streams of different names have nothing to do with
    /// each other.
    pub(super) fn of(name: &[u64]) -> Self {
        let fold = |state: u64, part: &u64| mix(state.wrapping_add(STEP) ^ *part);
        Self(name.iter().fold(0, fold))
    }

    pub(super) fn number(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(STEP);
        mix(self.0)
    }

    /// Another stream from here: what is drawn from it leaves this one where it is.
    pub(super) fn aside(&self) -> Self {
        Self::of(&[self.0, 1])
    }

    /// A number from 0 to `count - 1`; 0 when there is none.
    pub(super) fn below(&mut self, count: u32) -> u32 {
        let scaled = (self.number() >> 32) * u64::from(count);
        u32::try_from(scaled >> 32).unwrap_or_default()
    }

    /// A number from `from` to `to`, both included.
    pub(super) fn between(&mut self, from: i64, to: i64) -> i64 {
        let count = u32::try_from(to - from + 1).unwrap_or(1);
        from + i64::from(self.below(count))
    }

    /// As [`Self::between`], for small counts.
    pub(super) fn few(&mut self, from: u8, to: u8) -> u8 {
        let count = u32::from(to.saturating_sub(from)) + 1;
        from.saturating_add(u8::try_from(self.below(count)).unwrap_or_default())
    }

    /// True so many times in a thousand.
    pub(super) fn chance(&mut self, permille: u32) -> bool {
        self.below(1000) < permille
    }

    /// One of these so many times in a thousand; otherwise the first.
    pub(super) fn weighted<T: Copy>(&mut self, otherwise: T, choices: &[(u32, T)]) -> T {
        let mut drawn = self.below(1000);
        for &(permille, choice) in choices {
            match drawn.checked_sub(permille) {
                Some(rest) => drawn = rest,
                None => return choice,
            }
        }
        otherwise
    }

    /// One of these, each as often.
    pub(super) fn pick<'a, T>(&mut self, items: &'a [T]) -> Option<&'a T> {
        let count = u32::try_from(items.len()).unwrap_or(u32::MAX);
        items.get(usize::try_from(self.below(count)).unwrap_or_default())
    }

    /// One of these, each as often.
    pub(super) fn one_of<T: Copy>(&mut self, first: T, others: &[T]) -> T {
        let count = u32::try_from(others.len())
            .unwrap_or(u32::MAX)
            .saturating_add(1);
        let at = usize::try_from(self.below(count)).unwrap_or_default();
        at.checked_sub(1)
            .and_then(|at| others.get(at))
            .copied()
            .unwrap_or(first)
    }

    pub(super) fn bytes(&mut self) -> [u8; 16] {
        (u128::from(self.number()) << 64 | u128::from(self.number())).to_be_bytes()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_those_of_splitmix64() {
        // The first three for the state 1234567, as published with the reference code.
        let mut random = Random(1_234_567);
        assert_eq!(random.number(), 6_457_827_717_110_365_317);
        assert_eq!(random.number(), 3_203_168_211_198_807_973);
        assert_eq!(random.number(), 9_817_491_932_198_370_423);
    }

    #[test]
    fn draws_stay_within_their_bounds() {
        let mut random = Random::of(&[1, 2]);
        for _ in 0..1000 {
            assert!(random.below(7) < 7);
            assert!((3..=5).contains(&random.between(3, 5)));
            assert!((29..=42).contains(&random.few(29, 42)));
        }
        assert_eq!(random.below(0), 0);
        assert_eq!(random.pick::<u8>(&[]), None);
        assert!(!random.chance(0));
        assert!(random.chance(1000));
        assert_eq!(random.weighted('a', &[(1000, 'b')]), 'b');
        assert_eq!(random.weighted('a', &[(0, 'b')]), 'a');
    }
}

//! Numbers that look drawn and follow from a seed: whoever has the seed has the run again.

/// The finaliser of `SplitMix64`: neighbouring numbers become unlike ones.
/// Source: Steele, Lea and Flood, "Fast splittable pseudorandom number generators", 2014.
pub fn mix(seed: u64) -> u64 {
    let mut z = seed.wrapping_add(0x9e37_79b9_7f4a_7c15);
    z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    z ^ (z >> 31)
}

/// A number below `below`, the `nth` that follows from `seed`; 0 where nothing is below.
pub fn pick(seed: u64, nth: u64, below: u64) -> u64 {
    mix(seed ^ mix(nth)) % below.max(1)
}

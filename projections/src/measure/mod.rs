//! Statistics over integer cells, computed when asked.
//!
//! What comes in are whole numbers: times in one unit (days or weeks, the caller says which) and
//! counts of persons. Floats exist only in answers and are never stored. Nothing here reads a clock,
//! a store or a person's name, and the same cells give the same bits in any order of arrival.
//!
//! Each function names the paper it follows and the function of the R package `survival` (Therneau)
//! that it agrees with on the data of Rossi, Berk and Lenihan (1980); the tests hold the figures.
//!
//! One convention holds everywhere, R's: an interval at risk is `(from, to]`. Whoever leaves at a
//! time is still at risk *just before* it, and at equal times failures come before censorings, which
//! come before entries.

pub mod cohort;
pub mod compare;
pub mod competing;
pub mod concordance;
pub mod cox;
pub mod interval;
pub mod paired;
mod partial;
pub mod proportion;
pub mod risk;
pub mod survival;

/// A count as a float.
#[expect(
    clippy::cast_precision_loss,
    clippy::as_conversions,
    reason = "counts of persons stay below 2^52, where every whole number is a float"
)]
const fn real(count: u64) -> f64 {
    count as f64
}

/// A time as a float.
#[expect(
    clippy::cast_precision_loss,
    clippy::as_conversions,
    reason = "times in days stay below 2^52, where every whole number is a float"
)]
const fn real_time(time: i64) -> f64 {
    time as f64
}

/// One whole number by another; `None` where the other is not above 0.
pub fn ratio(part: i64, whole: i64) -> Option<f64> {
    (whole > 0).then(|| real_time(part) / real_time(whole))
}

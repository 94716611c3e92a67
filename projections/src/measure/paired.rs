//! Change between two askings of the same persons, from sums of whole numbers.
//!
//! Source: Student (1908), *The probable error of a mean* (R: `t.test(paired = TRUE)`).

use statrs::distribution::{ContinuousCDF, StudentsT};

use super::interval::inside;
use super::{real, real_time};

/// Pairs of one whole number before and one after, summed up.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Paired {
    /// How many pairs.
    pub pairs: u64,
    /// Sum of the numbers before.
    pub sum_from: i64,
    /// Sum of the numbers after.
    pub sum_to: i64,
    /// Sum of the squares of what changed.
    pub sum_squares: u64,
}

impl Paired {
    /// Adds a pair.
    pub fn add(&mut self, from: u16, to: u16) {
        self.pairs += 1;
        self.sum_from += i64::from(from);
        self.sum_to += i64::from(to);
        let changed = u64::from(from.abs_diff(to));
        self.sum_squares += changed * changed;
    }

    /// Mean before; `None` of no pairs.
    pub fn mean_from(&self) -> Option<f64> {
        self.mean(self.sum_from)
    }

    /// Mean after; `None` of no pairs.
    pub fn mean_to(&self) -> Option<f64> {
        self.mean(self.sum_to)
    }

    /// Mean of what changed; `None` of no pairs.
    pub fn mean_change(&self) -> Option<f64> {
        self.mean(self.sum_to - self.sum_from)
    }

    fn mean(&self, sum: i64) -> Option<f64> {
        (self.pairs > 0).then(|| real_time(sum) / real(self.pairs))
    }

    /// Standard error of the mean of what changed; `None` of fewer than two pairs.
    pub fn standard_error(&self) -> Option<f64> {
        if self.pairs < 2 {
            return None;
        }
        // n times the sum of squares less the square of the sum, exact in whole numbers.
        let (pairs, change) = (
            i128::from(self.pairs),
            i128::from(self.sum_to - self.sum_from),
        );
        let spread = pairs * i128::from(self.sum_squares) - change * change;
        let spread = real(u64::try_from(spread).ok()?);
        let n = real(self.pairs);
        Some((spread / (n * (n - 1.0)) / n).sqrt())
    }

    /// The interval at `level` around the mean of what changed, by Student's distribution; `None` of
    /// fewer than two pairs, or if `level` is not strictly between 0 and 1.
    pub fn interval(&self, level: f64) -> Option<(f64, f64)> {
        let (mean, error) = (self.mean_change()?, self.standard_error()?);
        let freedom = real(self.pairs - 1);
        let student = StudentsT::new(0.0, 1.0, freedom).ok()?;
        let half = inside(level).then(|| student.inverse_cdf(0.5 + level / 2.0) * error)?;
        Some((mean - half, mean + half))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Cushny and Peebles (1905), as R holds them in `sleep`, in tenths of an hour and 16 more, so
    /// that none is below 0. R: `t.test(Pair(extra[1:10], extra[11:20]) ~ 1, sleep)`.
    #[test]
    fn hours_of_sleep_change_as_student_found() {
        let first = [7, -16, -2, -12, -1, 34, 37, 8, 0, 20];
        let second = [19, 8, 11, 1, -1, 44, 55, 16, 46, 34];
        let mut paired = Paired::default();
        for (from, to) in first.into_iter().zip(second) {
            paired.add(
                u16::try_from(from + 16).unwrap(),
                u16::try_from(to + 16).unwrap(),
            );
        }
        let close = |found: f64, expected: f64| (found - expected).abs() < 1e-6;
        assert!(close(paired.mean_change().unwrap(), 15.8));
        assert!(close(paired.standard_error().unwrap(), 3.889_587_2));
        let (lower, upper) = paired.interval(0.95).unwrap();
        assert!(
            close(lower, 7.001_142) && close(upper, 24.598_858),
            "{lower} {upper}"
        );
    }

    #[test]
    fn one_pair_has_a_mean_and_no_interval() {
        let mut paired = Paired::default();
        assert_eq!((paired.mean_from(), paired.mean_change()), (None, None));
        paired.add(10, 40);
        assert_eq!(paired.mean_change(), Some(30.0));
        assert_eq!(
            (paired.standard_error(), paired.interval(0.95)),
            (None, None)
        );
        paired.add(10, 40);
        assert_eq!(paired.standard_error(), Some(0.0));
        assert_eq!(paired.interval(1.0), None);
    }
}

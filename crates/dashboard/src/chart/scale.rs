//! From values to places, and the few values worth a line.

/// More lines than this are never worth drawing, whatever was asked.
const TICKS_MAX: usize = 200;

/// A straight map from values to places in a picture.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Scale {
    from: f64,
    to: f64,
    start: f64,
    end: f64,
}

impl Scale {
    /// `from` is drawn at `start`, `to` at `end`. A range without length is given one: a picture of
    /// one point is still a picture.
    pub(crate) fn new((from, to): (f64, f64), (start, end): (f64, f64)) -> Self {
        let from = if from.is_finite() { from } else { 0.0 };
        let to = if to.is_finite() && to > from {
            to
        } else {
            from + 1.0
        };
        Self {
            from,
            to,
            start,
            end,
        }
    }

    /// Where a value is drawn; beyond the ends, at the ends.
    pub(crate) fn at(self, value: f64) -> f64 {
        let share = ((value - self.from) / (self.to - self.from)).clamp(0.0, 1.0);
        let share = if share.is_nan() { 0.0 } else { share };
        self.start + share * (self.end - self.start)
    }

    pub(crate) fn range(self) -> (f64, f64) {
        (self.from, self.to)
    }
}

/// A number of things as a coordinate.
pub(crate) fn number(count: usize) -> f64 {
    u32::try_from(count).map_or(f64::from(u32::MAX), f64::from)
}

/// Steps between lines, within a power of ten.
const COARSE: [f64; 4] = [1.0, 2.0, 5.0, 10.0];

/// Steps between classes, which show their bounds and can therefore be finer.
const FINE: [f64; 10] = [1.0, 1.5, 2.0, 2.5, 3.0, 4.0, 5.0, 6.0, 8.0, 10.0];

/// Steps in units that calendars have: of months, of weeks.
const CALENDAR: [f64; 9] = [1.0, 2.0, 3.0, 4.0, 6.0, 12.0, 24.0, 48.0, 96.0];

/// The smallest step of a kind that is at least `least`, and a whole number if so asked.
fn round_step(least: f64, kinds: &[f64], whole: bool) -> f64 {
    let least = if whole { least.max(1.0) } else { least };
    let power = 10_f64.powf(least.log10().floor());
    let enough =
        |step: &f64| *step >= least * (1.0 - 1e-9) && (!whole || step.fract().abs() < 1e-9);
    kinds
        .iter()
        .map(|times| times * power)
        .find(enough)
        .unwrap_or(least.ceil())
}

/// The step that makes at most `ticks_max` of a length; with `every`, a multiple of that.
fn step(length: f64, ticks_max: f64, every: Option<f64>, whole: bool) -> f64 {
    let least = length / ticks_max.max(1.0);
    match every.filter(|every| every.is_finite() && *every > 0.0) {
        Some(every) => {
            let mut steps = CALENDAR.iter().map(|times| times * every);
            steps.find(|step| *step >= least).unwrap_or(length)
        }
        None => round_step(least, &COARSE, whole),
    }
}

/// Bounds of at most `classes_max` classes from 0 to a round value that holds `largest`.
pub(crate) fn bounds(largest: f64, classes_max: usize, whole: bool) -> Vec<f64> {
    let largest = if largest.is_finite() && largest > 0.0 {
        largest
    } else {
        1.0
    };
    let step = round_step(largest / number(classes_max), &FINE, whole);
    let (mut found, mut bound) = (vec![0.0], 0.0);
    while bound < largest * (1.0 - 1e-9) && found.len() <= classes_max {
        bound = number(found.len()) * step;
        found.push(bound);
    }
    found
}

/// Round values from `from` to `to`, both included where they are round.
pub(crate) fn ticks(
    (from, to): (f64, f64),
    ticks_max: usize,
    every: Option<f64>,
    whole: bool,
) -> Vec<f64> {
    let length = to - from;
    if !length.is_finite() || length <= 0.0 {
        return vec![from];
    }
    let step = step(length, number(ticks_max), every, whole);
    let mut index = (from / step - 1e-9).ceil();
    let mut found = Vec::new();
    while index * step <= to + step * 1e-6 && found.len() < TICKS_MAX {
        found.push(index * step + 0.0);
        index += 1.0;
    }
    found
}

/// The first tick at or above `to`: where an axis of amounts ends.
pub(crate) fn round_up(to: f64, ticks_max: usize, whole: bool) -> f64 {
    if !to.is_finite() || to <= 0.0 {
        return 1.0;
    }
    let step = step(to, number(ticks_max), None, whole);
    (to / step - 1e-9).ceil() * step
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn ticks_are_round_and_few() {
        let close = |left: Vec<f64>, right: &[f64]| {
            assert_eq!(left.len(), right.len(), "{left:?} {right:?}");
            assert!(
                left.iter().zip(right).all(|(a, b)| (a - b).abs() < 1e-9),
                "{left:?} {right:?}"
            );
        };
        close(
            ticks((0.0, 1.0), 5, None, false),
            &[0.0, 0.2, 0.4, 0.6, 0.8, 1.0],
        );
        close(
            ticks((0.0, 52.0), 6, Some(13.0), false),
            &[0.0, 13.0, 26.0, 39.0, 52.0],
        );
        close(
            ticks((0.0, 60.0), 6, Some(6.0), false),
            &[0.0, 12.0, 24.0, 36.0, 48.0, 60.0],
        );
        close(ticks((0.0, 3.0), 6, None, true), &[0.0, 1.0, 2.0, 3.0]);
        close(ticks((0.0, 0.0), 6, None, true), &[0.0]);
        assert!((round_up(173.0, 5, true) - 200.0).abs() < 1e-9);
        assert!((round_up(0.0, 5, true) - 1.0).abs() < 1e-9);
    }

    proptest! {
        #[test]
        fn ticks_stay_inside_and_rise(from in -1e6..1e6_f64, length in 1e-3..1e6_f64, max in 1_usize..12, whole: bool) {
            let found = ticks((from, from + length), max, None, whole);
            prop_assert!(found.len() <= max + 1, "{found:?}");
            let slack = length * 1e-5;
            prop_assert!(found.iter().all(|tick| *tick >= from - slack && *tick <= from + length + slack));
            prop_assert!(found.windows(2).all(|pair| pair[0] < pair[1]));
        }

        #[test]
        fn places_stay_between_the_ends(value in prop::num::f64::ANY, from in -10.0..10.0_f64, to in -10.0..10.0_f64) {
            let place = Scale::new((from, to), (40.0, 700.0)).at(value);
            prop_assert!((40.0..=700.0).contains(&place));
        }
    }
}

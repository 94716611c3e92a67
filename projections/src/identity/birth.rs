//! Birth dates, as precisely as they are known, and as they are mistaken.

use homeward_events::time::OccurredOn;

use super::evidence::How;
use super::rules::Born;

/// A birth date, taken apart once: every comparison asks for its parts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Birth {
    known: Known,
    year: i16,
    month: i8,
    day: i8,
    /// Year, month and day, four bits a digit.
    digits: u32,
}

/// How precisely a date is known, from coarse to fine.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Known {
    Year,
    Month,
    Day,
}

impl From<OccurredOn> for Birth {
    fn from(on: OccurredOn) -> Self {
        let known = match on {
            OccurredOn::Year(_) => Known::Year,
            OccurredOn::Month(..) => Known::Month,
            OccurredOn::Day(_) | OccurredOn::Instant(..) => Known::Day,
        };
        let (year, month, day) = (on.day().year(), on.day().month(), on.day().day());
        let eight = u32::from(year.unsigned_abs()) * 10_000
            + u32::from(month.unsigned_abs()) * 100
            + u32::from(day.unsigned_abs());
        let tens = (0..8).map(|nth| 10_u32.pow(nth));
        let digits = tens
            .zip(0..8)
            .map(|(ten, nth)| (eight / ten % 10) << (4 * nth));
        Self {
            known,
            year,
            month,
            day,
            digits: digits.sum(),
        }
    }
}

impl Birth {
    /// How two dates compare, and what that weighs; the same from both sides.
    pub(super) fn judge(self, other: Self, weights: &Born) -> (i32, How) {
        let years = (self.year - other.year).abs();
        let by_years = || {
            if years <= weights.years_near_max {
                (weights.near_years, How::Differ)
            } else {
                (weights.other_years, How::Differ)
            }
        };
        match self.known.min(other.known) {
            Known::Day => {
                if self.digits == other.digits {
                    (weights.same_day, How::Same)
                } else if years == 0 && self.day == other.month && self.month == other.day {
                    (weights.swapped, How::DayMonthSwapped)
                } else if one_digit_off(self.digits, other.digits) {
                    (weights.digit, How::Digit)
                } else if years == 0 {
                    (weights.other_day, How::OtherDay)
                } else {
                    by_years()
                }
            }
            Known::Month if years == 0 && self.month == other.month => {
                (weights.same_month, How::SameMonth)
            }
            Known::Month if years == 0 => (weights.other_day, How::OtherDay),
            Known::Month => by_years(),
            Known::Year if years == 0 => (weights.same_year, How::SameYear),
            Known::Year if years <= weights.years_near_max => (weights.about, How::About),
            Known::Year => (weights.other_years, How::Differ),
        }
    }
}

/// Whether one digit differs, or two beside each other changed places.
fn one_digit_off(one: u32, other: u32) -> bool {
    let differ = one ^ other;
    // The lowest bit of each digit that differs.
    let digits = (differ | differ >> 1 | differ >> 2 | differ >> 3) & 0x1111_1111;
    if digits.is_power_of_two() {
        return true;
    }
    if digits.count_ones() != 2 {
        return false;
    }
    let at = digits.trailing_zeros();
    let beside = digits >> at == 0x11;
    let digit = |of: u32, at: u32| of >> at & 0xf;
    beside && digit(one, at) == digit(other, at + 4) && digit(one, at + 4) == digit(other, at)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::identity::Rules;

    fn birth(text: &str) -> Birth {
        text.parse::<OccurredOn>().unwrap().into()
    }

    fn how(one: &str, other: &str) -> How {
        let weights = Rules::shipped().unwrap().weights.born;
        birth(one).judge(birth(other), &weights).1
    }

    #[test]
    fn dates_compare_as_they_are_mistaken() {
        for (one, other, expected) in [
            ("1985-03-04", "1985-03-04", How::Same),
            ("1985-03-04", "1985-04-03", How::DayMonthSwapped),
            ("1985-03-14", "1985-03-19", How::Digit),
            ("1985-03-14", "1958-03-14", How::Digit),
            ("1985-03-14", "1975-03-14", How::Digit),
            ("1985-03-14", "1985-06-19", How::OtherDay),
            ("1985-03-14", "1987-06-19", How::Differ),
            ("1985-03", "1985-03-14", How::SameMonth),
            ("1985", "1985-03-14", How::SameYear),
            ("1985", "1987-03-14", How::About),
            ("1985", "1988", How::Differ),
        ] {
            assert_eq!(how(one, other), expected, "{one} {other}");
            assert_eq!(how(other, one), expected, "{other} {one}");
        }
    }

    proptest! {
        /// By bits as by letters.
        #[test]
        fn one_digit_is_off_as_it_is_written(
            (year, month, day) in (1930..2010_i16, 1..=12_i8, 1..=28_i8),
            (later, month_other, day_other) in (0..20_i16, 1..=12_i8, 1..=28_i8),
        ) {
            let one = format!("{year:04}{month:02}{day:02}");
            let other = format!("{:04}{month_other:02}{day_other:02}", year + later);
            let places: Vec<usize> = (0..8)
                .filter(|at| one.as_bytes()[*at] != other.as_bytes()[*at])
                .collect();
            let written = match places[..] {
                [_] => true,
                [a, b] => {
                    let (one, other) = (one.as_bytes(), other.as_bytes());
                    b == a + 1 && one[a] == other[b] && one[b] == other[a]
                }
                _ => false,
            };
            let digits = |text: &str| u32::from_str_radix(text, 16).unwrap();
            prop_assert_eq!(one_digit_off(digits(&one), digits(&other)), written);
        }
    }
}

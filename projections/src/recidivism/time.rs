//! Time since the origin, in whole units.

use homeward_events::time::{add_months, days_between};
use jiff::civil::Date;
use serde::Serialize;

/// The unit in which time is counted; a unit that has begun counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Unit {
    /// Days.
    #[default]
    Day,
    /// Weeks of seven days.
    Week,
    /// Calendar months; where a month is too short for the day of origin, its last day is meant.
    Month,
}

impl Unit {
    /// Every unit.
    pub const ALL: [Self; 3] = [Self::Day, Self::Week, Self::Month];

    /// Its word.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Day => "day",
            Self::Week => "week",
            Self::Month => "month",
        }
    }

    /// Units that have begun by `day`: the time at which something that happened on it counts.
    pub(super) fn begun(self, origin: Date, day: Date) -> i64 {
        match self {
            Self::Day => i64::from(days_between(origin, day)),
            Self::Week => {
                let days = i64::from(days_between(origin, day));
                days.div_euclid(7) + i64::from(days.rem_euclid(7) > 0)
            }
            Self::Month => {
                let whole = whole_months(origin, day);
                let reached = add_months(origin, i32::try_from(whole).unwrap_or(i32::MAX));
                whole + i64::from(reached < day)
            }
        }
    }

    /// Units that are over by `day`.
    pub(super) fn over(self, origin: Date, day: Date) -> i64 {
        match self {
            Self::Day => i64::from(days_between(origin, day)),
            Self::Week => i64::from(days_between(origin, day)).div_euclid(7),
            Self::Month => whole_months(origin, day),
        }
    }
}

/// Calendar months that are over by `day`: the greatest number that, added to the origin, does not
/// lie after it.
pub(super) fn whole_months(origin: Date, day: Date) -> i64 {
    let years = i64::from(day.year()) - i64::from(origin.year());
    let months = 12 * years + i64::from(day.month()) - i64::from(origin.month());
    let reached = origin.day().min(day.days_in_month());
    months - i64::from(day.day() < reached)
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn a_unit_that_has_begun_counts_and_months_end_where_the_calendar_says() {
        let origin = date(2023, 8, 31);
        for (day, days, weeks, months, over) in [
            (date(2023, 8, 31), 0, 0, 0, 0),
            (date(2023, 9, 1), 1, 1, 1, 0),
            (date(2023, 9, 7), 7, 1, 1, 0),
            (date(2023, 9, 8), 8, 2, 1, 0),
            (date(2023, 9, 29), 29, 5, 1, 0),
            (date(2023, 9, 30), 30, 5, 1, 1),
            (date(2023, 10, 1), 31, 5, 2, 1),
            (date(2024, 2, 28), 181, 26, 6, 5),
            (date(2024, 2, 29), 182, 26, 6, 6),
            (date(2024, 8, 31), 366, 53, 12, 12),
        ] {
            assert_eq!(Unit::Day.begun(origin, day), days, "{day}");
            assert_eq!(Unit::Week.begun(origin, day), weeks, "{day}");
            assert_eq!(Unit::Month.begun(origin, day), months, "{day}");
            assert_eq!(Unit::Month.over(origin, day), over, "{day}");
        }
    }

    #[test]
    fn whole_months_are_what_adding_months_says() {
        let mut origin = date(2023, 12, 25);
        for _ in 0..20 {
            let mut day = origin;
            for _ in 0..800 {
                let months = whole_months(origin, day);
                let whole = i32::try_from(months).unwrap();
                assert!(add_months(origin, whole) <= day, "{origin} {day}");
                assert!(add_months(origin, whole + 1) > day, "{origin} {day}");
                day = day.tomorrow().unwrap();
            }
            origin = origin.tomorrow().unwrap();
        }
    }
}

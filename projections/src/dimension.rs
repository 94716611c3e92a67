//! Dimensions that several read models count by.

use homeward_events::time::{OccurredOn, Precision};
use homeward_journey::Journey;
use jiff::civil::Date;

/// What a dimension says where nothing is known: a value of its own, never left out.
pub const NOT_KNOWN: &str = "not-known";

/// Age bands at reception, in whole years.
pub const AGE_BANDS: [&str; 7] = ["0-17", "18-24", "25-34", "35-44", "45-54", "55+", NOT_KNOWN];

/// The age band on a day, by [`age`].
pub fn age_band(born: Option<OccurredOn>, on: Date) -> &'static str {
    band(age(born, on))
}

/// The age on a day, in whole years; `None` where it is not known or cannot be. Where only the year
/// or month of birth is known, the age is that of the first day it may mean: "about 1985" is counted
/// as born on 1 January 1985.
pub fn age(born: Option<OccurredOn>, on: Date) -> Option<u8> {
    let born = born?;
    let birthday_to_come = born.precision() >= Precision::Day
        && (on.month(), on.day()) < (born.day().month(), born.day().day());
    let years = on.year() - born.day().year() - i16::from(birthday_to_come);
    u8::try_from(years).ok().filter(|years| *years <= AGE_MAX)
}

/// Greatest age in whole years that is believed.
const AGE_MAX: u8 = 130;

/// The band that an age lies in.
pub const fn band(age: Option<u8>) -> &'static str {
    match age {
        Some(0..=17) => "0-17",
        Some(18..=24) => "18-24",
        Some(25..=34) => "25-34",
        Some(35..=44) => "35-44",
        Some(45..=54) => "45-54",
        Some(55..=AGE_MAX) => "55+",
        Some(_) | None => NOT_KNOWN,
    }
}

/// The month of a day, `2026-07`.
pub fn month(day: Date) -> String {
    format!("{:04}-{:02}", day.year(), day.month())
}

/// What a journey is counted under, wherever it is counted.
#[derive(Debug, Clone, Copy)]
pub struct Profile<'f> {
    /// Ledger.
    pub ledger: &'f str,
    /// Site that keeps the case.
    pub site: &'f str,
    /// How the return came about.
    pub return_type: &'static str,
    /// Sex.
    pub sex: &'static str,
    /// Age band at reception.
    pub age_band: &'static str,
    /// Grounds of the return.
    pub grounds: &'static str,
    /// Programme.
    pub programme: &'f str,
}

impl<'f> Profile<'f> {
    /// Reads a journey's.
    pub fn of(journey: &Journey<'f>) -> Self {
        let (origin, notice) = (journey.origin, journey.notice);
        let arrival = origin.map(|o| o.on.day()).or(notice.map(|n| n.expected_on));
        Self {
            ledger: journey.ledger.map_or(NOT_KNOWN, |ledger| ledger.as_str()),
            site: journey
                .site
                .or(notice.and_then(|notice| notice.port))
                .map_or(NOT_KNOWN, |site| site.as_str()),
            return_type: origin
                .map(|o| o.return_type)
                .or(notice.map(|n| n.return_type))
                .map_or(NOT_KNOWN, |kind| kind.as_str()),
            sex: journey.sex.map_or(NOT_KNOWN, |sex| sex.as_str()),
            age_band: arrival.map_or(NOT_KNOWN, |day| age_band(journey.born, day)),
            grounds: origin
                .map(|o| o.grounds)
                .or(notice.map(|n| n.grounds))
                .map_or(NOT_KNOWN, |grounds| grounds.as_str()),
            programme: journey
                .programme
                .map_or(NOT_KNOWN, |programme| programme.as_str()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn age_is_counted_in_birthdays_where_the_day_is_known() {
        let on = date(2026, 7, 1);
        for (born, band) in [
            ("2008-07-01", "18-24"),
            ("2008-07-02", "0-17"),
            ("2008", "18-24"),
            ("1985", "35-44"),
            ("2026-07-02", NOT_KNOWN),
            ("1901", "55+"),
        ] {
            assert_eq!(age_band(Some(born.parse().unwrap()), on), band, "{born}");
        }
        assert_eq!(age_band(None, on), NOT_KNOWN);
    }
}

//! Times of every precision: one spelling, one order, civil days and calendar months.

use homeward_events::time::{OccurredOn, RecordedAt, TimeError, add_months, days_between};
use jiff::civil;

#[test]
fn every_precision_has_one_spelling() {
    for text in [
        "1985",
        "2026-07",
        "2026-02-28",
        "2024-02-29",
        "2026-07-01T09:30:00-05:00",
        "2026-07-01T14:30:00Z",
        "2026-07-01T14:30:00+05:45",
    ] {
        assert_eq!(text.parse::<OccurredOn>().unwrap().to_string(), text);
    }
}

#[test]
fn impossible_dates_are_told_from_misspelled_ones() {
    for text in [
        "2026-02-29",
        "2026-13",
        "2026-04-31",
        "2026-01-01T24:00:00Z",
        "2026-01-00",
    ] {
        assert!(
            matches!(text.parse::<OccurredOn>(), Err(TimeError::Impossible(_))),
            "{text}"
        );
    }
    for text in [
        "",
        "26",
        "2026-7",
        "01/02/2026",
        "2026-07-01T09:30",
        "2026-07-01 09:30:00Z",
        "20é6",
    ] {
        assert!(
            matches!(text.parse::<OccurredOn>(), Err(TimeError::Occurred(_))),
            "{text}"
        );
    }
    for text in ["1899", "2200-01-01", "0000"] {
        assert!(
            matches!(text.parse::<OccurredOn>(), Err(TimeError::Year(_))),
            "{text}"
        );
    }
}

#[test]
fn the_civil_day_is_the_one_of_the_place() {
    let late: OccurredOn = "2026-06-30T23:30:00-05:00".parse().unwrap();
    assert_eq!(late.day(), civil::date(2026, 6, 30));
    let day: OccurredOn = "2026-07-01".parse().unwrap();
    assert!(late < day);
    assert!(day < "2026-07-01T00:00:00Z".parse().unwrap());
}

#[test]
fn one_instant_told_from_two_places_is_two_times_in_one_order() {
    let east: OccurredOn = "2026-07-01T14:30:00Z".parse().unwrap();
    let west: OccurredOn = "2026-07-01T09:30:00-05:00".parse().unwrap();
    assert_eq!(east.sort_key(), west.sort_key());
    assert_ne!(east, west);
    assert!(west < east);
}

#[test]
fn a_time_in_utc_is_written_as_rfc_3339_has_it() {
    for text in [
        "2026-07-01T14:30:00Z",
        "2026-07-01T14:30:00.5Z",
        "2026-07-01T14:30:00.123456789Z",
    ] {
        assert_eq!(text.parse::<RecordedAt>().unwrap().to_string(), text);
    }
    for text in [
        "2026-07-01T14:30Z",
        "2026-07-01T143000Z",
        "2026-07-01T14:30:60Z",
        "2026-07-01T14:30:00,5Z",
        "2026-07-01T14:30:00.Z",
        "2026-07-01T14:30:00z",
        "2026-07-01T14:30:00+00:00",
        "2026-07-01 14:30:00Z",
        "2026-02-30T14:30:00Z",
        "1626-07-01T14:30:00Z",
    ] {
        assert!(text.parse::<RecordedAt>().is_err(), "{text}");
    }
}

#[test]
fn months_clamp_at_their_end() {
    assert_eq!(
        add_months(civil::date(2025, 8, 31), 6),
        civil::date(2026, 2, 28)
    );
    assert_eq!(
        add_months(civil::date(2023, 8, 31), 6),
        civil::date(2024, 2, 29)
    );
    assert_eq!(
        days_between(civil::date(2024, 2, 28), civil::date(2024, 3, 1)),
        2
    );
}

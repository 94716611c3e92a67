//! What was written can be read, and times have one spelling and one order.

use std::cmp::Ordering;

use homeward_events::codec::{decode_event, encode_commit, split};
use homeward_events::sequence::SOURCE_SEQUENCE_MAX;
use homeward_events::time::{Day, OccurredOn, Precision, RecordedAt, YEAR_MAX, YEAR_MIN};
use jiff::civil::Date;
use jiff::tz::Offset;
use jiff::{Timestamp, civil};
use proptest::collection::vec;
use proptest::prelude::*;
use serde_json::Value;

use crate::samples::current_samples;

fn days() -> impl Strategy<Value = Date> {
    (YEAR_MIN..=YEAR_MAX, 1_i8..=12, 1_i8..=31).prop_map(|(year, month, day)| {
        let first = civil::date(year, month, 1);
        civil::date(year, month, day.min(first.days_in_month()))
    })
}

/// Times of every precision, half of them within a few days, so that they often touch.
fn times() -> impl Strategy<Value = OccurredOn> {
    let near = (1_i8..=3).prop_map(|day| civil::date(2026, 1, day));
    let day = prop_oneof![days(), near];
    let clock = (
        0_i8..24,
        prop_oneof![Just(0_i8), Just(30)],
        prop_oneof![Just(0_i8), 0_i8..60],
    );
    let offset = prop_oneof![
        Just(0_i32),
        Just(-5 * 60),
        Just(-4 * 60),
        (-14 * 60_i32..=14 * 60)
    ];
    (day, clock, offset, 0_u8..4).prop_map(|(day, (hour, minute, second), offset, precision)| {
        match precision {
            0 => OccurredOn::Year(day.year()),
            1 => OccurredOn::Month(day.year(), day.month()),
            2 => OccurredOn::Day(day),
            _ => {
                let offset = Offset::from_seconds(offset * 60).unwrap();
                let local = day.at(hour, minute, second, 0);
                OccurredOn::Instant(offset.to_timestamp(local).unwrap(), offset)
            }
        }
    })
}

proptest! {
    #[test]
    fn a_time_is_read_as_it_was_written(time in times()) {
        let text = time.to_string();
        prop_assert_eq!(text.parse::<OccurredOn>().unwrap(), time);
        let json = serde_json::to_string(&time).unwrap();
        prop_assert_eq!(serde_json::from_str::<OccurredOn>(&json).unwrap(), time);
    }

    #[test]
    fn a_text_that_reads_as_a_time_is_its_only_spelling(
        text in "[0-9]{4}(-[0-9]{2}(-[0-9]{2}(T[0-9]{2}:[0-9]{2}:[0-9]{2}(Z|[+-][0-9]{2}:[0-9]{2}))?)?)?"
    ) {
        if let Ok(time) = text.parse::<OccurredOn>() {
            prop_assert_eq!(time.to_string(), text);
        }
    }

    #[test]
    fn any_text_is_read_or_refused(text in "\\PC{0,40}") {
        let _time = text.parse::<OccurredOn>().is_ok();
        let _day = text.parse::<Day>().is_ok();
        let _recorded = text.parse::<RecordedAt>().is_ok();
    }

    #[test]
    fn times_have_one_order(a in times(), b in times(), c in times()) {
        prop_assert_eq!(a.cmp(&b), b.cmp(&a).reverse());
        prop_assert_eq!(a.cmp(&b) == Ordering::Equal, a == b, "{:?} {:?}", a, b);
        if a <= b && b <= c {
            prop_assert!(a <= c);
        }
        prop_assert!(a.day() <= a.last_day());
        prop_assert_eq!(a.sort_key() < b.sort_key(), a.sort_key() < b.sort_key() && a < b);
    }

    #[test]
    fn civil_days_order_times_before_clocks_do(a in times(), b in times()) {
        if a.day() < b.day() {
            prop_assert!(a < b);
        }
        if a.precision() == Precision::Instant && a.precision() == b.precision() && a.day() == b.day() {
            prop_assert!(a.first_instant() >= b.first_instant() || a < b);
        }
    }

    #[test]
    fn a_time_of_recording_is_read_as_it_was_written(micros in 0_i64..4_102_444_800_000_000) {
        let recorded = RecordedAt(Timestamp::from_microsecond(micros).unwrap());
        prop_assert_eq!(recorded.to_string().parse::<RecordedAt>().unwrap(), recorded);
    }

    #[test]
    fn events_are_read_as_they_were_written(
        picks in vec(
            (
                any::<prop::sample::Index>(),
                times(),
                vec(any::<prop::sample::Index>(), 0..6),
                proptest::option::of(1..=SOURCE_SEQUENCE_MAX),
            ),
            1..8
        )
    ) {
        let samples: Vec<(String, String)> = current_samples().collect();
        let mut events = Vec::new();
        for (pick, occurred, dropped, sequence) in picks {
            let (name, json) = pick.get(&samples);
            let mut value: Value = serde_json::from_str(json).unwrap();
            value["occurred"] = serde_json::to_value(occurred).unwrap();
            if let Some(sequence) = sequence {
                value["sequence"] = sequence.to_string().into();
            }
            drop_fields(&mut value, &dropped);
            let event = decode_event(&value.to_string(), None);
            let event = event.map_err(|error| TestCaseError::fail(format!("{name}: {error}")))?;
            prop_assert_eq!(event.sequence.map(homeward_events::sequence::SourceSequence::get), sequence);
            events.push(event);
        }
        let bytes = encode_commit(&events).unwrap();
        let pieces = split(&bytes).unwrap();
        prop_assert_eq!(pieces.len(), events.len());
        for (piece, event) in pieces.iter().zip(&events) {
            prop_assert_eq!(&decode_event(piece.get(), None).unwrap(), event);
        }
        prop_assert_eq!(encode_commit(&events).unwrap(), bytes);
    }
}

/// Leaves out optional fields, as a publisher with less to say would.
fn drop_fields(event: &mut Value, picks: &[prop::sample::Index]) {
    for pick in picks {
        let fields: Vec<String> = event["data"].as_object().unwrap().keys().cloned().collect();
        let field = pick.get(&fields);
        let mut less = event.clone();
        less["data"].as_object_mut().unwrap().remove(field);
        // A required one is put back: refusing it is another test's matter.
        if decode_event(&less.to_string(), None).is_ok() {
            *event = less;
        }
        if event["data"].as_object().unwrap().is_empty() {
            return;
        }
    }
}

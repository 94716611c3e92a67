//! Given steps and ends, when somebody asks how far journeys come, then this.

use std::collections::BTreeMap;

use homeward_projections::steps::{Answer, Query, Stage, Step, answer};
use jiff::civil::Date;
use proptest::prelude::*;
use serde_json::json;

use crate::scribe::{Scribe, uuid};

impl Scribe {
    fn screened(&mut self, journey: u32, on: &str) {
        let data = json!({ "kind": "health", "depth": "rapid", "result": "negative" });
        self.write(journey, "screening.completed", on, data);
    }

    fn planned(&mut self, journey: u32, on: &str) {
        let goals = json!([{ "id": "work", "dimension": "economic", "level": "individual" }]);
        let data = json!({ "plan": uuid(100 + journey), "programme": "new-start", "goals": goals });
        self.write(journey, "plan.agreed", on, data);
    }

    fn ended(&mut self, journey: u32, event_type: &str, on: &str) {
        let data = match event_type {
            "journey.closed" => json!({ "reason": "plan-completed" }),
            "departure.died" => json!({ "cause": "illness" }),
            "departure.contact-lost" => json!({ "planned": false }),
            _ => json!({}),
        };
        self.write(journey, event_type, on, data);
    }
}

fn asked(scribe: &Scribe, on: &str) -> Answer {
    let query = Query {
        only: BTreeMap::new(),
        from: None,
        to: None,
        on: on.parse().unwrap(),
    };
    answer(&scribe.table("steps"), &query).unwrap()
}

/// Five people: one goes on to a plan and closes, one is assessed and dies, one is never assessed, one
/// is out of reach for two days and then assessed, one dies before anything is done.
fn five() -> Scribe {
    let mut scribe = Scribe::default();
    for journey in 1..=5 {
        scribe.received(journey, "2026-01-01");
    }
    scribe.screened(1, "2026-01-04");
    scribe.planned(1, "2026-01-11");
    scribe.ended(1, "journey.closed", "2026-01-21");
    scribe.screened(2, "2026-01-06");
    scribe.ended(2, "departure.died", "2026-01-09");
    scribe.ended(4, "departure.contact-lost", "2026-01-03");
    scribe.ended(4, "departure.contact-regained", "2026-01-05");
    scribe.screened(4, "2026-01-07");
    scribe.ended(5, "departure.died", "2026-01-05");
    scribe
}

fn stage(answer: &Answer, step: Step) -> (i64, i64, i64, Vec<(&str, i64)>) {
    let found = answer.stages.iter().find(|stage| stage.step == step);
    let Stage {
        reached,
        took,
        waiting,
        left,
        ..
    } = found.unwrap();
    let left = left.iter().map(|(how, journeys)| (how.as_str(), *journeys));
    (*reached, *took, *waiting, left.collect())
}

#[test]
fn who_came_no_further_waits_or_left_and_nobody_is_lost() {
    let answer = asked(&five(), "2026-02-01");
    assert_eq!(answer.journeys, 5);
    assert_eq!(stage(&answer, Step::Received), (5, 5, 1, vec![("died", 1)]));
    assert_eq!(stage(&answer, Step::Assessed), (3, 3, 1, vec![("died", 1)]));
    assert_eq!(
        stage(&answer, Step::Planned),
        (1, 1, 0, vec![("plan-completed", 1)])
    );
    assert_eq!(stage(&answer, Step::Referred), (0, 0, 0, vec![]));
}

#[test]
fn on_an_earlier_day_what_is_later_has_not_happened() {
    let answer = asked(&five(), "2026-01-05");
    assert_eq!(stage(&answer, Step::Received), (5, 5, 3, vec![("died", 1)]));
    assert_eq!(stage(&answer, Step::Assessed), (1, 1, 1, vec![]));
    assert_eq!(asked(&five(), "2025-12-31").journeys, 0);
}

#[test]
fn leaving_competes_with_a_step() {
    let answer = asked(&five(), "2026-02-01");
    let assessed = &answer.times[0];
    assert_eq!((assessed.taken, assessed.left, assessed.waiting), (3, 1, 1));
    // Worked out by hand: 1/5; then 4/5 * 1/4 leaves; 1/5 + 3/5 * 1/3; 2/5 + 2/5 * 1/2.
    let expected = [
        (3, 5, 0.2, 0.0),
        (4, 4, 0.2, 0.2),
        (5, 3, 0.4, 0.2),
        (6, 2, 0.6, 0.2),
    ];
    assert_eq!(assessed.curve.len(), expected.len());
    for (point, (days, at_risk, taken, left)) in assessed.curve.iter().zip(expected) {
        assert_eq!((point.days, point.at_risk), (days, at_risk));
        assert!((point.taken - taken).abs() < 1e-12, "{point:?}");
        assert!((point.left - left).abs() < 1e-12, "{point:?}");
    }
    assert_eq!(assessed.median_days, Some(6));
    assert_eq!(answer.times[1].median_days, None);
    assert_eq!(assessed.observed_days, 31);
}

proptest! {
    #[test]
    fn stages_add_up_on_every_day(
        lives in prop::collection::vec((0_u8..5, 0_u8..30, 0_u8..30, 0_u8..4), 1..20),
        day in 0_u8..40,
    ) {
        let on = |offset: u8| Date::constant(2026, 1, 1).checked_add(jiff::Span::new().days(i64::from(offset))).unwrap();
        let mut scribe = Scribe::default();
        for (journey, (received, assessed, planned, end)) in (1..).zip(&lives) {
            scribe.received(journey, &on(*received).to_string());
            if *assessed > 3 {
                scribe.screened(journey, &on(received + assessed).to_string());
            }
            if *planned > 10 {
                scribe.planned(journey, &on(received + planned).to_string());
            }
            let end = ["", "journey.closed", "departure.died", "departure.contact-lost"][usize::from(*end)];
            if !end.is_empty() {
                scribe.ended(journey, end, &on(received + 35).to_string());
            }
        }
        let answer = asked(&scribe, &on(day).to_string());
        prop_assert_eq!(answer.stages[0].reached, answer.journeys);
        for pair in answer.stages.windows(2) {
            let left: i64 = pair[0].left.values().sum();
            prop_assert_eq!(pair[0].reached, pair[0].waiting + left + pair[1].reached);
            prop_assert!(pair[0].took <= pair[0].reached);
        }
        for time in &answer.times {
            prop_assert_eq!(time.taken + time.left + time.waiting, answer.journeys);
            for point in &time.curve {
                prop_assert!(point.taken + point.left <= 1.0 + 1e-9);
            }
        }
    }
}

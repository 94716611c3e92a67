//! Given assessments and spells, when outcomes are asked for on a day, then this.

use std::collections::BTreeMap;

use homeward_events::vocabulary::Wave;
use homeward_projections::instrument::Instruments;
use homeward_projections::outcomes::{
    Answer, Area, ChangeGroup, Measure, Query, ResponseGroup, SpellGroup, answer,
};
use homeward_projections::sheet::Value as Cell;
use homeward_projections::{MemoryTable, quality};
use jiff::civil::{Date, date};
use proptest::prelude::*;
use serde_json::json;

use crate::scribe::{Scribe, uuid};

fn asked_by(table: &MemoryTable, by: &[&str], on: Date) -> Answer {
    let query = Query {
        only: BTreeMap::new(),
        by: by.iter().map(|name| (*name).to_owned()).collect(),
        on,
        language: "en".to_owned(),
    };
    answer(table, &query, Instruments::embedded()).unwrap()
}

fn asked(scribe: &Scribe, on: Date) -> Answer {
    asked_by(&scribe.table("outcomes"), &[], on)
}

impl Scribe {
    fn assessed(&mut self, journey: u32, version: u16, (wave, on): (&str, &str), overall: u16) {
        let data = json!({
            "instrument": { "id": "example-sustainability", "version": version }, "wave": wave,
            "overall": overall, "delivery": "direct"
        });
        self.write(journey, "assessment.completed", on, data);
    }
}

fn change(answer: &Answer, wave: Wave) -> &ChangeGroup {
    let mut changes = answer.changes.iter();
    changes
        .find(|c| {
            c.wave_to == wave && c.dimension == Measure::Overall && c.instrument.ends_with("@1")
        })
        .unwrap()
}

fn counts(change: &ChangeGroup) -> [i64; 8] {
    [
        change.baseline,
        change.paired,
        change.responded,
        change.unscored,
        change.not_comparable,
        change.missing,
        change.not_observed,
        change.not_yet,
    ]
}

/// Seven returns of the same day, each going another way.
fn seven() -> Scribe {
    let mut scribe = Scribe::default();
    for journey in 1..=7 {
        scribe.received(journey, "2026-01-31");
        scribe.assessed(journey, 1, ("baseline", "2026-02-05"), 4000);
    }
    scribe.assessed(1, 1, ("month-3", "2026-04-28"), 5000);
    scribe.assessed(2, 1, ("month-3", "2026-05-04"), 3000);
    scribe.assessed(3, 2, ("month-3", "2026-05-04"), 9000);
    let refused = json!({
        "instrument": { "id": "example-sustainability", "version": 1 }, "wave": "month-3",
        "answers": { "social-1": { "missing": "refused-to-say" }, "social-2": { "missing": "not-asked" } },
    });
    scribe.write(4, "assessment.completed", "2026-05-04", refused);
    scribe.write(5, "departure.died", "2026-04-29", json!({}));
    scribe.write(
        6,
        "departure.contact-lost",
        "2026-04-01",
        json!({ "planned": false }),
    );
    scribe.write(6, "departure.contact-regained", "2026-06-01", json!({}));
    scribe
}

#[test]
fn change_is_of_pairs_and_who_is_missing_stands_beside_it() {
    let scribe = seven();
    // Three months after 31 January is the last day of April; one was asked two days ahead of it.
    for (on, expected) in [
        (date(2026, 4, 29), [7, 1, 0, 0, 0, 0, 0, 7]),
        (date(2026, 4, 30), [7, 1, 1, 0, 0, 4, 2, 0]),
        (date(2026, 5, 4), [7, 2, 2, 1, 1, 1, 2, 0]),
        // Whoever was found again is not out of sight: just not asked.
        (date(2026, 6, 1), [7, 2, 2, 1, 1, 2, 1, 0]),
    ] {
        let answer = asked(&scribe, on);
        let change = change(&answer, Wave::Month3);
        assert_eq!(counts(change), expected, "{on}");
        let parts = change.expected + change.not_observed + change.not_yet;
        assert_eq!(parts, change.baseline, "{on}");
    }
    let answer = asked(&scribe, date(2026, 6, 1));
    let change = change(&answer, Wave::Month3);
    assert_eq!((change.mean_from, change.mean_to), (Some(0.4), Some(0.4)));
    assert_eq!(change.mean_change, Some(0.0));
    // Of 1000 and -1000: the error is 1000, Student's quantile for one degree of freedom 12.7062.
    let upper = change.upper.unwrap();
    assert!((upper - 1.270_62).abs() < 1e-5, "{upper}");
    assert_eq!(change.response_rate(), Some(2.0 / 6.0));
}

#[test]
fn what_was_not_known_on_the_day_is_not_known() {
    let scribe = seven();
    let before = asked(&scribe, date(2026, 1, 30));
    assert_eq!(
        (before.journeys, before.scores.len(), before.spells.len()),
        (0, 0, 0)
    );
    let received = asked(&scribe, date(2026, 2, 4));
    assert_eq!(
        (received.journeys, received.persons, received.scores.len()),
        (7, 7, 0)
    );
    let baseline = asked(&scribe, date(2026, 2, 5));
    assert_eq!(baseline.scores[0].journeys, 7);
    // A wave at which nobody was asked is none of the schedule.
    assert!(baseline.changes.is_empty());
}

#[test]
fn the_last_assessment_of_a_wave_counts() {
    let mut scribe = Scribe::default();
    scribe.received(1, "2026-01-01");
    scribe.assessed(1, 1, ("baseline", "2026-01-10"), 2000);
    scribe.assessed(1, 1, ("baseline", "2026-01-12"), 7000);
    let score = |on| asked(&scribe, on).scores[0].clone();
    assert_eq!(
        (score(date(2026, 1, 11)).sum, score(date(2026, 1, 12)).sum),
        (2000, 7000)
    );
    assert_eq!(score(date(2026, 1, 12)).bands["high"], 1);
}

#[test]
fn responses_are_of_everybody_received() {
    let mut scribe = seven();
    scribe.received(8, "2026-04-20");
    scribe.received(9, "2026-04-20");
    scribe.assessed(9, 1, ("baseline", "2026-04-25"), 1);
    let answer = asked(&scribe, date(2026, 5, 4));
    let of = |wave| -> [i64; 5] {
        let mut responses = answer.responses.iter();
        let found: &ResponseGroup = responses.find(|group| group.wave == wave).unwrap();
        [
            found.expected,
            found.responded,
            found.missing,
            found.not_observed,
            found.not_yet,
        ]
    };
    assert_eq!(of(Wave::Baseline), [9, 8, 1, 0, 0]);
    // Another version, or too few answers for a score: asked all the same.
    assert_eq!(of(Wave::Month3), [5, 4, 1, 2, 2]);
}

#[test]
fn items_refused_and_not_asked_are_told_apart() {
    let scores = asked(&seven(), date(2026, 6, 1)).scores;
    assert!(scores.iter().all(|group| group.items.answered == 0));
    let mut scribe = Scribe::default();
    scribe.received(1, "2026-01-01");
    let data = json!({
        "instrument": { "id": "example-sustainability", "version": 1 }, "wave": "baseline",
        "answers": {
            "social-1": { "known": 3 }, "social-2": { "known": 2 },
            "social-3": { "missing": "refused-to-say" },
            "psychosocial-1": { "missing": "not-asked" }, "psychosocial-2": { "missing": "not-known" },
        },
        "scores": { "social": 6250 }
    });
    scribe.write(1, "assessment.completed", "2026-01-02", data);
    let items = asked(&scribe, date(2026, 1, 2)).scores[0].items;
    let told = (
        items.answered,
        items.refused,
        items.not_known,
        items.not_asked,
    );
    assert_eq!(told, (2, 1, 1, 1));
}

#[test]
fn groups_are_of_the_journey_and_of_how_support_was_delivered() {
    let mut scribe = seven();
    scribe.received_as(8, "2026-01-31", "female");
    let table = scribe.table("outcomes");
    let answer = asked_by(&table, &["sex", "delivery", "programme"], date(2026, 6, 1));
    let months_3 = answer
        .spells
        .iter()
        .filter(|g| g.months == 3 && g.area == Area::Housing);
    let groups: Vec<_> = months_3
        .map(|group| (group.values.join(" "), group.observed + group.not_observed))
        .collect();
    assert_eq!(
        groups,
        [
            ("female not-known new-start".to_owned(), 1),
            ("male direct new-start".to_owned(), 7)
        ]
    );
    assert_eq!((answer.journeys, answer.persons), (8, 8));
}

#[test]
fn every_sheet_with_a_score_says_what_must_be_said_of_the_instrument() {
    let sheets = asked(&seven(), date(2026, 6, 1)).sheets();
    for sheet in &sheets {
        let label = "example-sustainability@1: equal-weight example, not IOM's RSS";
        let is_of_scores = sheet.name.starts_with("score");
        assert_eq!(sheet.title.contains(label), is_of_scores, "{}", sheet.title);
        assert!(
            sheet
                .rows
                .iter()
                .all(|row| row.len() == sheet.columns.len())
        );
        assert!(!sheet.rows.is_empty(), "{}", sheet.name);
    }
    // Versions that are not known here are said to be so.
    assert!(
        sheets[0]
            .title
            .contains("example-sustainability@2: instrument not known here")
    );
    assert_eq!(sheets[3].rows[0][0], Cell::Text("livelihood".to_owned()));
}

fn spell(answer: &Answer, area: Area, months: i32) -> &SpellGroup {
    let mut spells = answer.spells.iter();
    spells
        .find(|group| group.area == area && group.months == months)
        .unwrap()
}

#[test]
fn work_is_read_from_spells_and_only_when_the_mark_has_come() {
    for (ended, in_spell, days) in [
        // A spell that ended on the day of the mark does not cover it: the mark is the day after.
        ("2026-04-29", 0, 87),
        ("2026-04-30", 0, 88),
        ("2026-05-01", 1, 88),
    ] {
        let mut scribe = Scribe::default();
        scribe.received(1, "2026-01-31");
        let employed = json!({ "spell": uuid(80), "kind": "formal" });
        scribe.write(1, "status.employed", "2026-02-01", employed);
        let over = json!({ "spell": uuid(80), "reason": "left" });
        scribe.write(1, "status.ended", ended, over);
        let early = asked(&scribe, date(2026, 4, 29));
        assert_eq!(spell(&early, Area::Livelihood, 3).not_yet, 1);
        let answer = asked(&scribe, date(2026, 4, 30));
        let group = spell(&answer, Area::Livelihood, 3);
        let told = (
            group.observed,
            group.in_spell,
            group.days,
            group.days_in_spell,
        );
        assert_eq!(told, (1, in_spell, 89, days), "{ended}");
        assert_eq!(spell(&answer, Area::Housing, 3).in_spell, 0);
        assert_eq!(spell(&answer, Area::Livelihood, 6).not_yet, 1);
    }
}

#[test]
fn days_within_spells_are_counted_once_and_from_reception_on() {
    let mut scribe = Scribe::default();
    scribe.received(1, "2026-01-01");
    for (number, kind, from, to) in [
        // Begun before reception, two that overlap, and one that goes on.
        (81, "informal", "2025-12-01", Some("2026-01-11")),
        (82, "formal", "2026-01-06", Some("2026-01-21")),
        (83, "self-employed", "2026-03-22", None),
    ] {
        scribe.write(
            1,
            "status.employed",
            from,
            json!({ "spell": uuid(number), "kind": kind }),
        );
        if let Some(to) = to {
            let over = json!({ "spell": uuid(number), "reason": "left" });
            scribe.write(1, "status.ended", to, over);
        }
    }
    let answer = asked(&scribe, date(2026, 12, 31));
    let group = spell(&answer, Area::Livelihood, 3);
    assert_eq!((group.days, group.days_in_spell), (90, 20 + 10));
    assert_eq!(
        group.kinds,
        BTreeMap::from([("self-employed".to_owned(), 1)])
    );
    assert_eq!(spell(&answer, Area::Livelihood, 6).days_in_spell, 20 + 101);
}

#[test]
fn a_score_that_its_answers_do_not_give_is_a_finding() {
    let mut scribe = Scribe::default();
    scribe.received(1, "2026-01-01");
    let assessed = |answers, social| {
        json!({
            "instrument": { "id": "example-sustainability", "version": 1 }, "wave": "baseline",
            "answers": answers, "scores": { "social": social }
        })
    };
    let fine = json!({ "social-1": { "known": 3 }, "social-2": { "known": 2 } });
    let none = json!({ "social-1": { "known": 3 }, "social-9": { "known": 2 } });
    scribe.write(
        1,
        "assessment.completed",
        "2026-01-02",
        assessed(fine.clone(), 6250),
    );
    scribe.write(
        1,
        "assessment.completed",
        "2026-01-03",
        assessed(fine, 6249),
    );
    scribe.write(1, "assessment.completed", "2026-01-04", assessed(none, 1));
    let findings = quality::list(&scribe.table("quality"), &[], None, 10).unwrap();
    let told: Vec<_> = findings
        .iter()
        .map(|row| (row.rule.as_str(), row.detail.as_str()))
        .collect();
    assert_eq!(
        told,
        [
            (
                "score-differs",
                "example-sustainability@1: `social` is stored as 6249, the answers give 6250"
            ),
            (
                "answer-misfit",
                "example-sustainability@1: `social-9` is no item"
            ),
        ]
    );
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    /// Linking journeys, or telling one return's facts under two linked journeys, never raises the
    /// number of persons; and every journey stays in exactly one place of each denominator.
    #[test]
    fn links_never_raise_persons(links in prop::collection::vec((1_u32..8, 1_u32..8), 0..6)) {
        let mut scribe = seven();
        let apart = asked(&scribe, date(2026, 6, 1));
        for (journey, other) in links.into_iter().filter(|(journey, other)| journey != other) {
            scribe.linked(journey, other, "2026-05-20");
            let linked = asked(&scribe, date(2026, 6, 1));
            prop_assert_eq!(linked.journeys, apart.journeys);
            prop_assert!(linked.persons <= apart.persons && linked.persons >= 1);
            prop_assert_eq!(&linked.changes, &apart.changes);
            prop_assert_eq!(&linked.spells, &apart.spells);
            for (now, before) in linked.scores.iter().zip(&apart.scores) {
                prop_assert!(now.persons <= before.persons && now.journeys == before.journeys);
            }
        }
        scribe.received(20, "2026-03-01");
        scribe.linked(20, 1, "2026-05-21");
        let split = asked(&scribe, date(2026, 6, 1));
        prop_assert!(split.persons <= apart.persons);
    }
}

//! Given facts, when a figure is asked for, then these are behind it.

use std::collections::BTreeMap;

use homeward_projections::definition::Definitions;
use homeward_projections::explain::{
    Conditions, Evidence, Figure, How, Returns, Weight, behind, says, steps,
};
use homeward_projections::fold::fold;
use homeward_projections::{ReadModel, all, caseload, follow_ups, histories, referrals};
use jiff::ToSpan;
use jiff::civil::date;
use serde_json::json;

use crate::log::{Log, journey, uuid};

fn conditions(only: &[(&str, &str)]) -> BTreeMap<String, Vec<String>> {
    let mut by: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for (name, value) in only {
        by.entry((*name).to_owned())
            .or_default()
            .push((*value).to_owned());
    }
    by
}

fn cells(model: &'static ReadModel, only: &[(&str, &str)]) -> Figure {
    Figure::Cells(model, Conditions::new(model, &conditions(only)).unwrap())
}

/// Persons by what became of them, as known long after.
fn rearrest(only: &[(&str, &str)]) -> Figure {
    let rearrest = Definitions::shipped().get("rearrest").unwrap().clone();
    Figure::Returns(Returns::new(rearrest, date(2026, 12, 31), &conditions(only)).unwrap())
}

/// The journeys behind a figure, and the numbers of the facts.
fn told(evidence: &[Evidence], log: &Log) -> Vec<(usize, Vec<usize>)> {
    let number = |event| log.placed.iter().position(|p| p.event.id == event).unwrap() + 1;
    evidence
        .iter()
        .map(|one| {
            let first = one.persons[0][0];
            let journey = (1..10).find(|n| journey(*n) == first).unwrap();
            (
                journey,
                one.events
                    .iter()
                    .map(|bearing| number(bearing.event))
                    .collect(),
            )
        })
        .collect()
}

fn count(figure: &Figure, log: &Log) -> i64 {
    figure.of(&log.facts()).cells.values().sum()
}

#[test]
fn a_count_names_its_journeys_and_the_facts_that_make_them_count() {
    let mut log = Log::default();
    log.received(1, "2026-01-01", "female");
    log.received(3, "2026-01-02", "male");
    log.write(
        1,
        "justice.arrested",
        "2026-02-01",
        json!({ "case": uuid(70) }),
    );
    let screened = json!({ "kind": "health", "depth": "rapid", "result": "negative" });
    log.write(1, "screening.completed", "2026-01-03", screened);
    let women = cells(&caseload::CASELOAD, &[("sex", "female")]);
    // The arrest says nothing that the caseload counts by; the screening moved the stage.
    assert_eq!(told(&behind(&women, &log.facts()), &log), [(1, vec![1, 4])]);
    let failed = rearrest(&[("role", "failed")]);
    assert_eq!(
        told(&behind(&failed, &log.facts()), &log),
        [(1, vec![1, 3])]
    );
    let nobody = cells(&caseload::CASELOAD, &[("sex", "other")]);
    assert!(behind(&nobody, &log.facts()).is_empty());
}

#[test]
fn of_facts_that_say_the_same_the_first_is_named() {
    let mut log = Log::default();
    log.received(1, "2026-01-01", "female");
    let first = log.write(1, "departure.died", "2026-03-01", json!({}));
    log.write(1, "departure.died", "2026-03-01", json!({}));
    let died = rearrest(&[("end", "died")]);
    let evidence = behind(&died, &log.facts());
    assert_eq!(told(&evidence, &log), [(1, vec![1, first])]);
    let weights: Vec<Weight> = evidence[0].events.iter().map(|b| b.weight).collect();
    assert_eq!(weights, [Weight::Needed, Weight::OneOfSeveral]);
}

/// A figure on which a correction, a link and a retraction act: explained before and after each.
#[test]
fn corrections_links_and_retractions_are_explained() {
    let mut log = Log::default();
    log.received(1, "2026-01-01", "male"); // 1
    log.received(3, "2026-02-01", "male"); // 2
    let arrest = json!({ "case": uuid(70) });
    log.write(3, "justice.arrested", "2026-02-20", arrest); // 3
    let failed = rearrest(&[("role", "failed")]);
    assert_eq!(count(&failed, &log), 1);
    assert_eq!(
        told(&behind(&failed, &log.facts()), &log),
        [(3, vec![2, 3])]
    );

    // The two are one human being: her time under observation begins with the first reception.
    let link = json!({ "other": uuid(1), "basis": "document" });
    log.write(3, "journey.linked", "2026-03-01", link); // 4
    let evidence = behind(&failed, &log.facts());
    assert_eq!((count(&failed, &log), evidence.len()), (1, 1));
    assert_eq!(evidence[0].persons, [vec![journey(1), journey(3)]]);
    // The later reception no longer matters, the link does.
    assert_eq!(told(&evidence, &log), [(1, vec![1, 3, 4])]);

    // The first reception was dated wrongly: it was in March, so that of the other journey is first.
    let data = json!({
        "site": "norman-manley", "return_type": "deported", "grounds": "drugs",
        "sending_country": "US", "sex": "male"
    });
    log.write(1, "reception.received", "2026-03-05", data); // 5
    let replaced = json!({
        "event": Log::event(1), "by": Log::event(5), "reason": "entry-error"
    });
    log.write(1, "correction.replaced", "2026-03-06", replaced); // 6
    let evidence = behind(&failed, &log.facts());
    assert_eq!(count(&failed, &log), 1);
    let bearing: Vec<usize> = told(&evidence, &log).remove(0).1;
    // The link no longer matters, what keeps the other reception from being first does.
    assert_eq!(bearing, [2, 3, 5, 6]);

    // The arrest was of somebody else: nobody failed, and nothing is behind nothing.
    let retracted = json!({ "event": Log::event(3), "reason": "wrong-person" });
    log.write(3, "correction.retracted", "2026-03-10", retracted); // 7
    assert_eq!(count(&failed, &log), 0);
    assert!(behind(&failed, &log.facts()).is_empty());

    // And the way from the first answer to the last, event by event.
    let cut = BTreeMap::from([("jm".parse().unwrap(), 3)]);
    let (before, then) = log.cut(&cut);
    let steps = steps(&failed, before, then);
    let way: Vec<(u64, How, i64)> = steps
        .iter()
        .map(|step| {
            let moved = step.difference.cells.values().map(|by| by.abs()).sum();
            (step.fact.place.sequence, step.how, moved)
        })
        .collect();
    // The link moves the one who failed to the first reception's day, the correction back, the
    // retraction takes the failure away. The reception under its new number alone moves nothing.
    assert_eq!(
        way,
        [
            (4, How::Link, 2),
            (6, How::Correction, 2),
            (7, How::Correction, 1)
        ]
    );
}

#[test]
fn a_fact_that_comes_after_later_ones_is_late() {
    let mut log = Log::default();
    log.received(1, "2026-01-01", "male");
    log.write(
        1,
        "departure.contact-lost",
        "2026-05-01",
        json!({ "planned": false }),
    );
    log.write(
        1,
        "justice.arrested",
        "2026-02",
        json!({ "case": uuid(70) }),
    );
    let figure = Figure::Table(&histories::HISTORIES);
    let cut = BTreeMap::from([("jm".parse().unwrap(), 1)]);
    let (before, then) = log.cut(&cut);
    let how: Vec<How> = steps(&figure, before, then)
        .iter()
        .map(|step| step.how)
        .collect();
    assert_eq!(how, [How::New, How::Late]);
}

/// What a figure explains is what the model's own answer counts, on every day.
#[test]
fn standings_are_those_of_the_answers() {
    let mut log = Log::default();
    log.received(1, "2026-05-01", "male");
    for (key, due, closes) in [
        ("a", "2026-06-01", "2026-06-15"),
        ("b", "2026-06-10", "2026-06-11"),
    ] {
        let data = json!({ "key": key, "wave": "month-1", "due_on": due, "closes_on": closes });
        log.write(1, "follow-up.scheduled", "2026-05-01", data);
    }
    let sent = json!({
        "referral": uuid(60), "to": "health-desk", "need": "health", "priority": "urgent",
        "consent": uuid(50), "discloses": ["needs"]
    });
    log.write(1, "referral.sent", "2026-06-05T10:00:00-05:00", sent);
    let tables = fold(all(), &log.facts());
    let none = BTreeMap::new();
    for day in (0..40).map(|days| date(2026, 5, 25).saturating_add(days.days())) {
        let counted = |model: &'static ReadModel, word: &str| {
            let conditions = Conditions::new(model, &none).unwrap();
            let conditions = conditions.standing(model, word, day).unwrap();
            count(&Figure::Cells(model, conditions), &log)
        };
        let follow_ups = &follow_ups::FOLLOW_UPS;
        let answer = follow_ups::count(&tables["follow-ups"], &none, &[], day)
            .unwrap()
            .all;
        let told = ["upcoming", "due", "overdue"].map(|word| counted(follow_ups, word));
        assert_eq!(told, [answer.upcoming, answer.due, answer.overdue], "{day}");
        let answer = referrals::count(&tables["referrals"], &none, &[], day).unwrap();
        let told = ["open", "overdue"].map(|word| counted(&referrals::REFERRALS, word));
        assert_eq!(told, [answer.open, answer.overdue], "{day}");
    }
    let conditions = Conditions::new(&caseload::CASELOAD, &none).unwrap();
    let refused = conditions.standing(&caseload::CASELOAD, "overdue", date(2026, 1, 1));
    assert!(
        refused
            .unwrap_err()
            .to_string()
            .contains("`caseload` has no standing")
    );
}

#[test]
fn an_event_says_what_it_says_without_personal_data() {
    let mut log = Log::default();
    let mut data = json!({
        "site": "norman-manley", "return_type": "deported", "grounds": "drugs",
        "sending_country": "US", "sex": "male", "born": "1990-05-05", "minors": 2,
        "needs": ["meals", "shelter"], "place_to_stay": { "missing": "refused-to-say" },
        "personal": { "free_text": "tall" }
    });
    log.write(1, "reception.received", "2026-01-01", data.take());
    assert_eq!(
        says(&log.placed[0].event),
        "grounds drugs, minors 2, needs meals shelter, place to stay missing=refused-to-say, return type deported, \
         sending country US, sex male, site norman-manley"
    );
}

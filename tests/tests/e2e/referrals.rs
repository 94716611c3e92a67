//! Referrals through the door: a consent withdrawn in the middle of one closes it, stops what would share
//! more, leaves history, and tells the other agency why; and clocks at a reference time.

use homeward_e2e::facts::{event, id, received};
use homeward_e2e::house::House;
use serde_json::{Value, json};
use uuid::Uuid;

/// An event of one agency.
fn of(agency: &str, journey: Uuid, event_type: &str, on: &str, data: &Value) -> Value {
    let mut event = event(journey, event_type, on, data);
    event["agency"] = json!(agency);
    event
}

/// What a refused commit says of its first event.
fn refused(answer: &Value) -> (&Value, &Value) {
    let refusal = &answer["results"][0]["errors"][0];
    (&refusal["code"], &refusal["field"])
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_consent_withdrawn_in_the_middle_of_a_referral_acts() {
    let house = House::start(&["jm"]).await;
    let key = house.key("operator", &[]);
    let (journey, consent, referral, other) = (id(), id(), id(), id());
    let sent = json!({
        "referral": referral, "to": "clinic", "need": "health", "priority": "urgent",
        "consent": consent, "discloses": ["needs"], "goals": ["recover"]
    });
    let given = json!({
        "consent": consent, "purposes": ["referral"], "categories": ["needs"], "form": "written"
    });
    let step = json!({ "referral": referral });
    let gone = json!({ "consent": consent });
    let office = |kind: &str, on: &str, data: &Value| of("moss", journey, kind, on, data);
    let clinic = |kind: &str, on: &str, data: &Value| of("clinic", journey, kind, on, data);
    // Both agencies write to the same journey.
    for commit in [
        vec![received(journey, "2026-03-01")],
        vec![
            office("consent.given", "2026-03-02T09:00:00-05:00", &given),
            office("referral.sent", "2026-03-02T10:00:00-05:00", &sent),
        ],
        vec![clinic(
            "referral.accepted",
            "2026-03-03T10:00:00-05:00",
            &step,
        )],
    ] {
        let (status, answer) = house.publish(&key, &commit).await;
        assert_eq!(status, 201, "{answer}");
    }
    // The clinic's list: its turn, and how urgent, to the second.
    for (at, level, overdue) in [
        ("2026-03-05T15:00:00Z", "on-time", false),
        ("2026-03-06T15:00:00Z", "due-soon", false),
        ("2026-03-06T15:00:01Z", "overdue", true),
        ("2026-03-09T15:00:00Z", "overdue", true),
        ("2026-03-09T15:00:01Z", "escalated", true),
    ] {
        let path = format!("/v1/referrals/open?to=clinic&at={at}&at_least=jm:3");
        let (status, answer) = house.get(&key, &path).await;
        assert_eq!(status, 200, "{answer}");
        let row = &answer["referrals"][0];
        assert_eq!(
            (&row["owner"], &row["clock"]),
            (&json!("provider"), &json!("first-contact"))
        );
        assert_eq!(
            (&row["level"], &row["overdue"]),
            (&json!(level), &json!(overdue)),
            "{at}"
        );
    }
    // Withdrawn on the fourth of March, and nobody says a word about the referral.
    let withdrawn = [office(
        "consent.withdrawn",
        "2026-03-04T12:00:00-05:00",
        &gone,
    )];
    let (status, answer) = house.publish(&key, &withdrawn).await;
    assert_eq!(status, 201, "{answer}");
    check_lists(&house, &key, referral).await;
    // Whatever would share more is refused, with one code.
    let again = json!({
        "referral": other, "to": "clinic", "need": "health", "priority": "urgent",
        "consent": consent, "discloses": ["needs"]
    });
    let disclosed = json!({
        "to": "nurse", "agency": "clinic", "purpose": "case-management", "categories": ["needs"]
    });
    let later = "2026-03-05T10:00:00-05:00";
    for event in [
        office("referral.sent", later, &again),
        office("referral.reopened", later, &step),
        clinic("referral.contacted", later, &step),
        office("access.disclosed", later, &disclosed),
    ] {
        let (status, answer) = house.publish(&key, std::slice::from_ref(&event)).await;
        assert_eq!(status, 409, "{answer}");
        let expected = (&json!("consent-withdrawn"), &json!("/occurred"));
        assert_eq!(refused(&answer), expected, "{answer}");
    }
    // What happened before is welcome, and who says what is known already is no trouble.
    let said = json!({ "referral": referral, "consent": consent });
    for event in [
        clinic("referral.contacted", "2026-03-04T09:00:00-05:00", &step),
        office("referral.consent-withdrawn", later, &said),
    ] {
        let (status, answer) = house.publish(&key, &[event]).await;
        assert_eq!(status, 201, "{answer}");
    }
    check_lists(&house, &key, referral).await;
    // History stays: every event stands.
    let (status, answer) = house
        .get(&key, &format!("/v1/journeys/{journey}?at_least=jm:6"))
        .await;
    assert_eq!(status, 200, "{answer}");
    assert_eq!(answer["entries"].as_array().unwrap().len(), 7, "{answer}");
    assert_eq!(
        answer["referrals"][0]["accepted"],
        json!("2026-03-03T10:00:00-05:00")
    );
    // And a new consent takes it up again.
    let anew = json!({
        "consent": other, "purposes": ["referral"], "categories": ["needs"], "form": "verbal"
    });
    let (status, answer) = house
        .publish(
            &key,
            &[
                office("consent.given", "2026-03-10T09:00:00-05:00", &anew),
                office("referral.reopened", "2026-03-10T10:00:00-05:00", &step),
            ],
        )
        .await;
    assert_eq!(status, 201, "{answer}");
    let (_, answer) = house
        .get(
            &key,
            "/v1/referrals/open?to=clinic&at=2026-03-11T00:00:00Z&at_least=jm:7",
        )
        .await;
    assert_eq!(answer["referrals"][0]["state"], json!("sent"), "{answer}");
    assert!(house.run(&["fsck", "--key", key.as_str()]).status.success());
}

/// Nothing is open for either agency; the clinic sees what was closed, from when and why, and the
/// reason is counted.
async fn check_lists(house: &House, key: &str, referral: Uuid) {
    let at = "at=2026-03-20T00:00:00Z&at_least=jm:4";
    let path = format!("/v1/referrals/open?acting=clinic&{at}");
    let (status, answer) = house.get(key, &path).await;
    assert_eq!(
        (status, &answer["referrals"]),
        (200, &json!([])),
        "{answer}"
    );
    for agency in ["to=clinic", "from=moss"] {
        let path = format!("/v1/referrals/closed?{agency}&days=30&{at}");
        let (status, answer) = house.get(key, &path).await;
        assert_eq!(status, 200, "{answer}");
        let row = &answer["referrals"][0];
        assert_eq!(row["referral"], json!(referral));
        assert_eq!(row["state"], json!("consent-withdrawn"));
        assert_eq!(
            row["why"],
            json!("closed because consent was withdrawn on 2026-03-04T12:00:00-05:00")
        );
        assert!(
            row.get("owner").is_none() && row.get("due").is_none(),
            "{row}"
        );
    }
    let path =
        format!("/v1/referrals/closed?to=clinic&days=30&at=2026-03-04T16:59:59Z&at_least=jm:4");
    let (_, answer) = house.get(key, &path).await;
    assert_eq!(answer["referrals"], json!([]), "{answer}");
    let (_, answer) = house
        .get(key, "/v1/referrals/reasons?language=es&at_least=jm:4")
        .await;
    let line = &answer["lines"][0];
    assert_eq!(
        (
            &line["kind"],
            &line["group"],
            &line["label"],
            &line["referrals"]
        ),
        (
            &json!("consent-withdrawn"),
            &json!("client"),
            &json!("Se retiró el consentimiento"),
            &json!(1)
        )
    );
    let path = "/v1/referrals/turnaround?day=2026-03-20&at_least=jm:4";
    let (_, answer) = house.get(key, path).await;
    let told = answer["lines"].as_array().unwrap();
    let whole = told
        .iter()
        .find(|line| line["step"] == "whole-loop")
        .unwrap();
    assert_eq!(
        (&whole["left"], &whole["running"]),
        (&json!(1), &json!(0)),
        "{whole}"
    );
    let path = "/v1/referrals/providers?day=2026-03-20&at_least=jm:4";
    let (_, answer) = house.get(key, path).await;
    let line = &answer["lines"][0];
    assert_eq!(
        (&line["accepted"], &line["open"]),
        (&json!(1), &json!(0)),
        "{line}"
    );
}

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

/// A house with one journey, its consent and its referral.
struct Case {
    house: House,
    key: String,
    journey: Uuid,
    consent: Uuid,
    referral: Uuid,
}

impl Case {
    /// Received, agreed to and sent by the office, and accepted by the clinic: both write to the same
    /// journey.
    async fn accepted() -> Self {
        let house = House::start(&["jm"]).await;
        let key = house.key("operator", &[]);
        let (journey, consent, referral) = (id(), id(), id());
        let case = Self {
            house,
            key,
            journey,
            consent,
            referral,
        };
        for commit in [
            vec![received(journey, "2026-03-01")],
            vec![
                case.given(consent, "2026-03-02T09:00:00-05:00"),
                case.sent(referral, "2026-03-02T10:00:00-05:00"),
            ],
            vec![case.step("clinic", "accepted", "2026-03-03T10:00:00-05:00")],
        ] {
            case.take_in(&commit).await;
        }
        case
    }

    fn given(&self, consent: Uuid, on: &str) -> Value {
        let data = json!({
            "consent": consent, "purposes": ["referral"], "categories": ["needs"], "form": "written"
        });
        of("moss", self.journey, "consent.given", on, &data)
    }

    fn sent(&self, referral: Uuid, on: &str) -> Value {
        let data = json!({
            "referral": referral, "to": "clinic", "need": "health", "priority": "urgent",
            "consent": self.consent, "discloses": ["needs"], "goals": ["recover"]
        });
        of("moss", self.journey, "referral.sent", on, &data)
    }

    fn step(&self, agency: &str, step: &str, on: &str) -> Value {
        let data = json!({ "referral": self.referral });
        of(agency, self.journey, &format!("referral.{step}"), on, &data)
    }

    fn withdrawn(&self, on: &str) -> Value {
        let data = json!({ "consent": self.consent });
        of("moss", self.journey, "consent.withdrawn", on, &data)
    }

    fn disclosed(&self, on: &str) -> Value {
        let data = json!({
            "to": "nurse", "agency": "clinic", "purpose": "case-management", "categories": ["needs"]
        });
        of("moss", self.journey, "access.disclosed", on, &data)
    }

    async fn take_in(&self, commit: &[Value]) {
        let (status, answer) = self.house.publish(&self.key, commit).await;
        assert_eq!(status, 201, "{answer}");
    }

    async fn get(&self, path: &str) -> Value {
        let (status, answer) = self.house.get(&self.key, path).await;
        assert_eq!(status, 200, "{answer}");
        answer
    }

    /// Nothing is open for either agency; both see what was closed, from when and why, and the reason
    /// is counted.
    async fn check_closed(&self) {
        let at = "at=2026-03-20T00:00:00Z&at_least=jm:4";
        let answer = self
            .get(&format!("/v1/referrals/open?acting=clinic&{at}"))
            .await;
        assert_eq!(answer["referrals"], json!([]), "{answer}");
        for agency in ["to=clinic", "from=moss"] {
            let path = format!("/v1/referrals/closed?{agency}&days=30&{at}");
            let answer = self.get(&path).await;
            let row = &answer["referrals"][0];
            assert_eq!(row["referral"], json!(self.referral));
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
        let before = "/v1/referrals/closed?to=clinic&at=2026-03-04T16:59:59Z&at_least=jm:4";
        let answer = self.get(before).await;
        assert_eq!(answer["referrals"], json!([]), "{answer}");
    }

    /// What figures say of it: nothing is lost, and nothing is counted as running.
    async fn check_figures(&self) {
        let answer = self
            .get("/v1/referrals/reasons?language=es&at_least=jm:4")
            .await;
        let line = &answer["lines"][0];
        let told = ["kind", "group", "label", "referrals"].map(|name| &line[name]);
        let expected = ["consent-withdrawn", "client", "Se retiró el consentimiento"];
        assert_eq!(told[..3], expected.map(Value::from).each_ref(), "{line}");
        assert_eq!(told[3], 1);
        let answer = self
            .get("/v1/referrals/turnaround?day=2026-03-20&at_least=jm:4")
            .await;
        let told = answer["lines"].as_array().unwrap();
        let whole = told
            .iter()
            .find(|line| line["step"] == "whole-loop")
            .unwrap();
        assert_eq!([&whole["left"], &whole["running"]], [1, 0], "{whole}");
        let answer = self
            .get("/v1/referrals/providers?day=2026-03-20&at_least=jm:4")
            .await;
        let line = &answer["lines"][0];
        assert_eq!([&line["accepted"], &line["open"]], [1, 0], "{line}");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_consent_withdrawn_in_the_middle_of_a_referral_acts() {
    let case = Case::accepted().await;
    // Withdrawn on the fourth of March, and nobody says a word about the referral.
    case.take_in(&[case.withdrawn("2026-03-04T12:00:00-05:00")])
        .await;
    case.check_closed().await;
    case.check_figures().await;
    // Whatever would share more is refused, with one code.
    let later = "2026-03-05T10:00:00-05:00";
    for event in [
        case.sent(id(), later),
        case.step("moss", "reopened", later),
        case.step("clinic", "contacted", later),
        case.disclosed(later),
    ] {
        let (status, answer) = case.house.publish(&case.key, &[event]).await;
        assert_eq!(status, 409, "{answer}");
        let expected = (&json!("consent-withdrawn"), &json!("/occurred"));
        assert_eq!(refused(&answer), expected, "{answer}");
    }
    // What happened before is welcome, and who says what is known already is no trouble.
    for event in [
        case.step("clinic", "contacted", "2026-03-04T09:00:00-05:00"),
        case.step("moss", "consent-withdrawn", later),
    ] {
        case.take_in(&[event]).await;
    }
    case.check_closed().await;
    // History stays: every event stands.
    let path = format!("/v1/journeys/{}?at_least=jm:6", case.journey);
    let answer = case.get(&path).await;
    assert_eq!(answer["entries"].as_array().unwrap().len(), 7, "{answer}");
    let accepted = &answer["referrals"][0]["accepted"];
    assert_eq!(accepted, "2026-03-03T10:00:00-05:00");
    // And a new consent takes it up again.
    case.take_in(&[
        case.given(id(), "2026-03-10T09:00:00-05:00"),
        case.step("moss", "reopened", "2026-03-10T10:00:00-05:00"),
    ])
    .await;
    let path = "/v1/referrals/open?to=clinic&at=2026-03-11T00:00:00Z&at_least=jm:7";
    let answer = case.get(path).await;
    assert_eq!(answer["referrals"][0]["state"], "sent", "{answer}");
    let checked = case.house.run(&["fsck", "--key", case.key.as_str()]);
    assert!(checked.status.success());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_provider_sees_its_turn_and_how_urgent_it_is() {
    let case = Case::accepted().await;
    for (at, level, overdue) in [
        ("2026-03-05T15:00:00Z", "on-time", false),
        ("2026-03-06T15:00:00Z", "due-soon", false),
        ("2026-03-06T15:00:01Z", "overdue", true),
        ("2026-03-09T15:00:00Z", "overdue", true),
        ("2026-03-09T15:00:01Z", "escalated", true),
    ] {
        let path = format!("/v1/referrals/open?to=clinic&at={at}&at_least=jm:3");
        let answer = case.get(&path).await;
        let row = &answer["referrals"][0];
        assert_eq!(
            [&row["owner"], &row["clock"]],
            ["provider", "first-contact"]
        );
        assert_eq!(
            (&row["level"], &row["overdue"]),
            (&json!(level), &json!(overdue)),
            "{at}"
        );
    }
}

/// Priority, when it was sent, and the last instant that is still in time: 24 hours, 72 hours and two
/// weeks, from UTC-5 and UTC+1, over a change of the clock and a leap day.
const OWED: &[(&str, &str, &str)] = &[
    (
        "emergency",
        "2026-03-07T12:00:00-05:00",
        "2026-03-08T17:00:00Z",
    ),
    (
        "emergency",
        "2024-02-29T00:00:00+01:00",
        "2024-02-29T23:00:00Z",
    ),
    (
        "urgent",
        "2024-02-27T00:00:00+01:00",
        "2024-02-29T23:00:00Z",
    ),
    (
        "urgent",
        "2026-05-01T10:00:00-05:00",
        "2026-05-04T15:00:00Z",
    ),
    (
        "normal",
        "2025-10-20T08:00:00-05:00",
        "2025-11-03T13:00:00Z",
    ),
    (
        "normal",
        "2024-02-20T08:00:00+01:00",
        "2024-03-05T07:00:00Z",
    ),
];

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_clock_ends_to_the_second_at_the_reference_time() {
    let house = House::start(&["jm"]).await;
    let key = house.key("operator", &[]);
    for (nth, (priority, on, _)) in OWED.iter().enumerate() {
        let (journey, consent) = (id(), id());
        let given = json!({
            "consent": consent, "purposes": ["referral"], "categories": ["needs"], "form": "written"
        });
        let sent = json!({
            "referral": id(), "to": format!("clinic-{nth}"), "need": "health", "priority": priority,
            "consent": consent, "discloses": ["needs"]
        });
        let commit = [
            received(journey, "2024-01-01"),
            event(journey, "consent.given", "2024-01-02", &given),
            event(journey, "referral.sent", on, &sent),
        ];
        let (status, answer) = house.publish(&key, &commit).await;
        assert_eq!(status, 201, "{answer}");
    }
    for (nth, (priority, on, due)) in OWED.iter().enumerate() {
        let due: jiff::Timestamp = due.parse().unwrap();
        for (seconds, overdue) in [(-1, false), (0, false), (1, true)] {
            let at = due + jiff::SignedDuration::from_secs(seconds);
            let path = format!(
                "/v1/referrals/open?acting=clinic-{nth}&overdue=true&at={at}&at_least=jm:{}",
                OWED.len()
            );
            let (status, answer) = house.get(&key, &path).await;
            assert_eq!(status, 200, "{answer}");
            let rows = answer["referrals"].as_array().unwrap();
            assert_eq!(rows.len(), usize::from(overdue), "{priority} {on} at {at}");
        }
    }
}

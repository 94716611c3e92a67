//! Figures explained from outside: who and what is behind one, and what moved it, before and after a
//! link, a correction and a retraction.

use std::fmt::Write as _;

use homeward_e2e::facts::{event, received};
use homeward_e2e::house::{House, until};
use serde_json::{Value, json};
use uuid::Uuid;

const A: Uuid = Uuid::from_u128(0xa);
const B: Uuid = Uuid::from_u128(0xb);
const ELSEWHERE: Uuid = Uuid::from_u128(0xc);

/// An event under an id of the test's choice.
fn under(id: u128, mut event: Value) -> Value {
    event["id"] = json!(Uuid::from_u128(id));
    event
}

/// Five commits in one ledger, and one in another that links to the first journey.
async fn told(house: &House, key: &str) {
    let mut corrected = received(B, "2026-05-02");
    corrected["data"]["sex"] = json!("female");
    let replaced = json!({
        "event": Uuid::from_u128(2), "by": Uuid::from_u128(4), "reason": "entry-error"
    });
    let retracted = json!({ "event": Uuid::from_u128(1), "reason": "wrong-person" });
    let link = json!({ "other": A, "basis": "document" });
    let later = |mut event: Value, minute: u32| {
        event["recordedtime"] = json!(format!("2026-06-01T12:{minute:02}:00Z"));
        event
    };
    let mut elsewhere = received(ELSEWHERE, "2026-05-03");
    elsewhere["ledger"] = json!("tt");
    let mut link_elsewhere = event(ELSEWHERE, "journey.linked", "2026-05-20", &link);
    link_elsewhere["ledger"] = json!("tt");
    for commit in [
        vec![under(1, received(A, "2026-05-01"))],
        vec![under(2, received(B, "2026-05-03"))],
        vec![under(
            3,
            later(event(B, "journey.linked", "2026-05-10", &link), 3),
        )],
        vec![
            under(4, later(corrected, 4)),
            under(
                5,
                later(event(B, "correction.replaced", "2026-05-11", &replaced), 5),
            ),
        ],
        vec![under(
            6,
            later(
                event(A, "correction.retracted", "2026-05-12", &retracted),
                6,
            ),
        )],
        vec![under(7, elsewhere), under(8, later(link_elsewhere, 8))],
    ] {
        let (status, answer) = house.publish(key, &commit).await;
        assert_eq!(status, 201, "{answer}");
    }
    // Facts may come a moment after the read models that are served.
    until("facts to explain by", async || {
        let (status, _) = house.get(key, "/v1/explain/caseload").await;
        (status == 200).then_some(())
    })
    .await;
}

/// The last digits of an id.
fn short(id: &Value) -> u128 {
    id.as_str().unwrap().parse::<Uuid>().unwrap().as_u128()
}

/// Persons by their journeys, each with the events behind it.
fn behind(persons: &Value) -> Vec<(Vec<u128>, Vec<u128>)> {
    persons
        .as_array()
        .unwrap()
        .iter()
        .map(|person| {
            let persons = person["persons"].as_array().unwrap().iter();
            let journeys = persons.flat_map(|journeys| journeys.as_array().unwrap());
            let events = person["events"].as_array().unwrap().iter();
            (
                journeys.map(short).collect(),
                events.map(|event| short(&event["event"])).collect(),
            )
        })
        .collect()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_figure_is_explained_before_and_after_it_was_corrected() {
    let house = House::start(&["jm", "tt"]).await;
    let operator = house.key("operator", &[]);
    told(&house, &operator).await;
    let reader = house.key("reader", &["--ledger", "jm"]);
    let settled = "at_least=jm:5&at_least=tt:1";

    for (known, expected) in [
        (
            "known=jm:2",
            vec![(vec![0xa], vec![1]), (vec![0xb], vec![2])],
        ),
        ("known=jm:3", vec![(vec![0xa, 0xb], vec![1, 2])]),
        // One of the two was a woman: what says so is behind the figure too.
        ("known=jm:4", vec![(vec![0xa, 0xb], vec![1, 4, 5])]),
        (settled, vec![]),
    ] {
        let path = format!("/v1/explain/caseload?sex=male&ledger=jm&{known}");
        let (status, answer) = house.get(&reader, &path).await;
        assert_eq!(status, 200, "{answer}");
        assert_eq!(behind(&answer["evidence"]), expected, "{known}");
    }

    // The same, event by event, and the steps add up to the difference.
    let path = format!("/v1/diff?model=caseload&from=jm:2&sex=male&ledger=jm&{settled}");
    let (status, diff) = house.get(&reader, &path).await;
    assert_eq!(status, 200, "{diff}");
    let steps = diff["steps"].as_array().unwrap().iter();
    let told: Vec<(u128, &str)> = steps
        .map(|step| (short(&step["event"]), step["how"].as_str().unwrap()))
        .collect();
    assert_eq!(told, [(5, "correction"), (6, "correction")], "{diff}");
    assert_eq!(diff["cells"]["before"], 2);
    assert_eq!(diff["cells"]["after"], 0);

    // The command line says the same from the log alone.
    let asked = [
        "diff", "--from", "jm:2", "--only", "sex=male", "--ledger", "jm",
    ];
    let output = house.run(&[&["--json"], asked.as_slice()].concat());
    let offline: Value = serde_json::from_slice(&output.stdout).unwrap();
    let steps = offline["steps"].as_array().unwrap().iter();
    let alone: Vec<u128> = steps.map(|step| short(&step["event"])).collect();
    assert_eq!(
        (alone, &offline["after"]),
        (vec![5, 6], &json!(0)),
        "{offline}"
    );
    let output = house.run(&asked);
    let readable = String::from_utf8(output.stdout).unwrap();
    for line in [
        "before 2, after 0, difference -2",
        "(2 correction)",
        "-1 ledger jm",
    ] {
        assert!(readable.contains(line), "{readable}");
    }
    let asked = [
        "--json", "explain", "caseload", "--only", "sex=male", "--known", "jm:4",
    ];
    let output = house.run(&asked);
    let offline: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(
        behind(&offline["evidence"]),
        [(vec![0xa, 0xb], vec![1, 4, 5])]
    );
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn explanations_keep_within_what_a_key_opens() {
    let house = House::start(&["jm", "tt"]).await;
    let operator = house.key("operator", &[]);
    told(&house, &operator).await;
    let settled = "at_least=jm:5&at_least=tt:1";
    let publisher = house.key("publisher", &["--ledger", "jm"]);
    for path in ["/v1/explain/caseload", "/v1/diff?model=caseload&from=jm:1"] {
        let (status, refused) = house.get(&publisher, path).await;
        assert_eq!(
            (status, &refused["code"]),
            (403, &json!("forbidden")),
            "{path}"
        );
    }
    // A link that was written in another ledger makes one person of two there; who the other is
    // stays there.
    let reader = house.key("reader", &["--ledger", "jm"]);
    let elsewhere = ELSEWHERE.to_string();
    for path in [
        format!("/v1/explain/caseload?{settled}"),
        format!("/v1/diff?model=caseload&from=jm:1&{settled}"),
    ] {
        let (status, answer) = house.get(&reader, &path).await;
        assert_eq!(status, 200, "{answer}");
        assert!(!answer.to_string().contains(&elsewhere), "{answer}");
    }
    let path = format!("/v1/explain/caseload?ledger=tt&{settled}");
    assert_eq!(house.get(&reader, &path).await.0, 403);
    let path = format!("/v1/explain/caseload?ledger=tt&{settled}");
    let (_, answer) = house.get(&operator, &path).await;
    assert!(answer.to_string().contains(&elsewhere), "{answer}");

    // Pages: one step each, and together they are what one page tells.
    let whole = format!("/v1/diff?model=caseload&from=jm:1&{settled}");
    let (_, whole) = house.get(&operator, &whole).await;
    let (mut paged, mut next) = (Vec::new(), String::new());
    loop {
        let path = format!("/v1/diff?model=caseload&from=jm:1&limit=1&{settled}{next}");
        let (status, page) = house.get(&operator, &path).await;
        assert_eq!(status, 200, "{page}");
        paged.extend(page["steps"].as_array().unwrap().clone());
        match page["next"].as_str() {
            Some(after) => next = format!("&after={}", encoded(after)),
            None => break,
        }
    }
    assert_eq!(&paged, whole["steps"].as_array().unwrap());
    assert!(paged.len() > 3, "{whole}");

    for (path, code) in [
        ("/v1/explain/timeline", "not-found"),
        ("/v1/explain/caseload?shoe_size=44", "parameter-invalid"),
        ("/v1/explain/caseload?standing=overdue", "parameter-invalid"),
        (
            "/v1/diff?model=caseload&from=jm:3&to=jm:2",
            "parameter-invalid",
        ),
        (
            "/v1/diff?model=caseload&from=yesterday",
            "parameter-invalid",
        ),
    ] {
        let (_, refused) = house.get(&operator, path).await;
        assert_eq!(refused["code"], code, "{path}: {refused}");
    }
}

/// A figure about returns: who is behind it, and why one person is counted so.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_person_is_traced_through_a_definition() {
    let house = House::start(&["jm", "tt"]).await;
    let operator = house.key("operator", &[]);
    told(&house, &operator).await;
    let case = json!({ "case": Uuid::from_u128(70) });
    let arrested = event(B, "justice.arrested", "2026-05-25", &case);
    let (status, answer) = house.publish(&operator, &[under(9, arrested)]).await;
    assert_eq!(status, 201, "{answer}");
    let on = "day=2026-06-30&at_least=jm:6&at_least=tt:1";
    let path = format!("/v1/explain/recidivism?definition=rearrest&role=failed&ledger=jm&{on}");
    let (status, answer) = house.get(&operator, &path).await;
    assert_eq!(status, 200, "{answer}");
    let found = behind(&answer["evidence"]);
    assert_eq!(found.len(), 1, "{answer}");
    assert!(found[0].1.contains(&9), "{answer}");

    let trace = format!("/v1/explain/journey/{B}?{on}");
    let (status, answer) = house.get(&operator, &trace).await;
    assert_eq!(status, 200, "{answer}");
    let courses = answer["trace"]["courses"].as_array().unwrap();
    assert!(
        courses.iter().any(|course| course["verdict"] == "failed"),
        "{answer}"
    );
    // The person has a journey in a ledger that this key does not open.
    let reader = house.key("reader", &["--ledger", "jm"]);
    assert_eq!(house.get(&reader, &trace).await.0, 403);
    let elsewhere = format!("/v1/explain/journey/{ELSEWHERE}?{on}");
    assert_eq!(house.get(&reader, &elsewhere).await.0, 404);

    let output = house.run(&["explain", "journey", &B.to_string(), "--day", "2026-06-30"]);
    let readable = String::from_utf8(output.stdout).unwrap();
    for words in ["rearrest@1 on 2026-06-30", "failed", "2026-05-25"] {
        assert!(readable.contains(words), "{readable}");
    }
    // The same event is what moved the figure since the commit before it.
    let asked = [
        "--json",
        "diff",
        "--model",
        "recidivism",
        "--from",
        "jm:5",
        "--from",
        "tt:1",
    ];
    let output = house.run(&[asked.as_slice(), &["--day", "2026-06-30"]].concat());
    let diff: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(diff["events"], 1, "{diff}");
    assert_eq!(short(&diff["steps"][0]["event"]), 9);
}

/// A text as part of a query.
fn encoded(text: &str) -> String {
    text.bytes().fold(String::new(), |mut text, byte| {
        write!(text, "%{byte:02X}").unwrap();
        text
    })
}

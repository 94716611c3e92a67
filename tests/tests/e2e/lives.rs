//! Outcomes, instruments and services through the door: an office's own instrument, what must be said
//! beside its scores, and one person over two months.

use homeward_e2e::facts::{event, id, received};
use homeward_e2e::house::House;
use serde_json::{Value, json};

/// An office's own instrument: two questions of one dimension.
const OWN: &str = r#"
id = "office-own"
version = 1
languages = ["en"]
source = "the office"
title = { en = "Two questions" }
label = { en = "two questions of our own" }
missing = { dimensions_min = 1 }
dimensions = [{ id = "social", weight = 1, answered_min = 1, title = { en = "Social" } }]
bands = [
  { id = "alone", from = 0, title = { en = "alone" } },
  { id = "held", from = 5000, title = { en = "held" } },
]
scales = [{ id = "yes", options = [
  { score = 0, text = { en = "no" } }, { score = 10000, text = { en = "yes" } },
] }]
items = [
  { id = "family", dimension = "social", weight = 1, scale = "yes", text = { en = "Family?" } },
  { id = "friends", dimension = "social", weight = 1, scale = "yes", text = { en = "Friends?" } },
]
"#;

fn assessed(journey: uuid::Uuid, wave: &str, on: &str, score: u16) -> Value {
    let data = json!({
        "instrument": { "id": "office-own", "version": 1 }, "wave": wave,
        "scores": { "social": score }, "overall": score, "delivery": "direct"
    });
    event(journey, "assessment.completed", on, &data)
}

fn delivered(journey: uuid::Uuid, on: &str) -> Value {
    let data = json!({ "assistance": id(), "kind": "cash", "mode": "direct" });
    event(journey, "assistance.delivered", on, &data)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_offices_own_instrument_and_the_people_it_serves() {
    let folder = tempfile::tempdir().unwrap();
    let own = folder.path().join("instruments");
    std::fs::create_dir(&own).unwrap();
    std::fs::write(own.join("own.toml"), OWN).unwrap();
    let house = House::start_in(folder, &["jm"], &[]).await;
    let key = house.key("operator", &[]);
    let (one, two) = (id(), id());
    for commit in [
        vec![received(one, "2025-01-10"), delivered(one, "2025-01-11")],
        vec![received(two, "2025-01-10"), delivered(two, "2025-02-11")],
        vec![
            assessed(one, "baseline", "2025-01-12", 5000),
            delivered(one, "2025-02-12"),
        ],
        vec![assessed(one, "month-3", "2025-04-12", 10_000)],
        vec![assessed(two, "baseline", "2025-01-12", 0)],
    ] {
        let (status, answer) = house.publish(&key, &commit).await;
        assert_eq!(status, 201, "{answer}");
    }
    let (_, known) = house.get(&key, "/v1/instruments").await;
    assert_eq!(known["instruments"][1]["name"], "office-own@1", "{known}");
    let path = "/v1/outcomes?day=2025-06-30&at_least=jm:5";
    let (status, outcomes) = house.get(&key, path).await;
    assert_eq!(status, 200, "{outcomes}");
    assert_eq!(
        outcomes["instruments"][0]["label"],
        "two questions of our own"
    );
    assert_eq!(
        outcomes["scores"][0]["bands"],
        json!({ "alone": 1, "held": 1 })
    );
    let change = &outcomes["changes"][0];
    let told = ["baseline", "paired", "expected", "responded", "missing"].map(|name| &change[name]);
    assert_eq!(told, [2, 1, 2, 1, 1], "{change}");
    assert_eq!(change["mean_change"], 0.5);
    let path = "/v1/five-w?from=2025-01&to=2025-06&at_least=jm:5";
    let (_, five_w) = house.get(&key, path).await;
    let months = |name: &str| -> Vec<&Value> {
        let months = five_w["months"].as_array().unwrap();
        months.iter().map(|month| &month[name]).collect()
    };
    assert_eq!(months("month"), ["2025-01", "2025-02"]);
    assert_eq!(
        (months("services"), months("persons")),
        (vec![&json!(1), &json!(2)], vec![&json!(1), &json!(2)])
    );
    assert_eq!(
        (&five_w["services"], &five_w["persons"]),
        (&json!(3), &json!(2))
    );
    let (status, refused) = house.get(&key, "/v1/five-w?from=2025-02&to=2025-01").await;
    assert_eq!(
        (status, &refused["code"]),
        (400, &json!("parameter-invalid"))
    );
    let checked = house.run(&[
        "instruments",
        "check",
        own.join("own.toml").to_str().unwrap(),
    ]);
    let told = String::from_utf8(checked.stdout).unwrap();
    assert!(
        told.contains("social: 2 items, a score from 1 answers, weight 1"),
        "{told}"
    );
    assert!(house.run(&["fsck", "--key", key.as_str()]).status.success());
}

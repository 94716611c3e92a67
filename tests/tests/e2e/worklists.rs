//! Worklists through the door: a day that passes moves counts without any event, an office's own list is
//! at hand, and a request can be a list of its own.

use homeward_e2e::facts::{event, id, received};
use homeward_e2e::house::{House, PATIENCE, bearer};
use serde_json::{Value, json};

/// An office's own list: follow-ups of the coming week.
const OWN: &str = r#"
id = "this-week"
version = 1
title = { en = "This week" }
[[show]]
kinds = ["follow-up"]
due_within = "7 days"
[[escalation]]
level = "coordinator"
after = "1 day"
"#;

fn scheduled(journey: uuid::Uuid, due_on: &str, closes_on: &str) -> Value {
    let data = json!({
        "key": "month-3", "wave": "month-3", "due_on": due_on, "closes_on": closes_on,
        "channel": "phone", "assigned_to": "worker-3"
    });
    event(journey, "follow-up.scheduled", "2026-03-02", &data)
}

fn list<'v>(answer: &'v Value, id: &str) -> &'v Value {
    let mut lists = answer["worklists"].as_array().unwrap().iter();
    lists.find(|list| list["id"] == id).unwrap()
}

async fn what_is_no_list_is_refused(house: &House, key: &str) {
    for (path, code) in [
        ("/v1/worklists/nothing", "not-found"),
        ("/v1/worklists/today?kind=shoes", "parameter-invalid"),
        ("/v1/worklists/today?level=chief", "parameter-invalid"),
        ("/v1/worklists/ad-hoc?due_within=soon", "parameter-invalid"),
        ("/v1/worklists/today?due_within=7d", "parameter-invalid"),
    ] {
        let (_, refused) = house.get(key, path).await;
        assert_eq!(refused["code"], code, "{path}: {refused}");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_day_that_passes_moves_counts_without_any_event() {
    let folder = tempfile::tempdir().unwrap();
    let own = folder.path().join("worklists");
    std::fs::create_dir(&own).unwrap();
    std::fs::write(own.join("own.toml"), OWN).unwrap();
    let house = House::start_in(folder, &["jm"], &[]).await;
    let key = house.key("operator", &[]);
    let url = format!("{}/v1/stream?model=worklist", house.url);
    let opened = house.client.get(url).header("authorization", bearer(&key));
    let mut stream = opened.send().await.unwrap();
    let (one, two) = (id(), id());
    for commit in [
        vec![
            received(one, "2026-03-01"),
            scheduled(one, "2026-06-01", "2026-06-30"),
        ],
        vec![
            received(two, "2026-03-01"),
            scheduled(two, "2026-07-01", "2026-07-15"),
        ],
    ] {
        let (status, answer) = house.publish(&key, &commit).await;
        assert_eq!(status, 201, "{answer}");
    }
    let told = tokio::time::timeout(PATIENCE, stream.chunk()).await;
    let told = told.expect("told in time").unwrap().unwrap();
    let told = std::str::from_utf8(&told).unwrap();
    assert!(told.contains("\"model\":\"worklist\""), "{told}");
    let path = "/v1/worklists?kind=follow-up&at_least=jm:2";
    let (status, before) = house.get(&key, &format!("{path}&day=2026-06-30")).await;
    assert_eq!(status, 200, "{before}");
    let (_, after) = house.get(&key, &format!("{path}&day=2026-07-01")).await;
    let told = |answer: &Value| {
        let rows = |id: &str| list(answer, id)["counts"]["rows"].as_i64().unwrap();
        ["today", "overdue", "this-week"].map(rows)
    };
    assert_eq!((told(&before), told(&after)), ([1, 0, 1], [1, 1, 0]));
    assert_eq!(before["as_of"]["ledgers"], after["as_of"]["ledgers"]);
    assert_eq!(list(&after, "this-week")["file"], OWN);

    let (_, rows) = house
        .get(&key, "/v1/worklists/overdue?kind=follow-up&day=2026-07-09")
        .await;
    assert_eq!(rows["list"]["name"], "overdue@1");
    assert_eq!(
        rows["manifest"]["by"][0]["sha256"], rows["list"]["digest"],
        "{rows}"
    );
    let row = &rows["rows"][0];
    assert_eq!(row["journey"], json!(one));
    assert_eq!(
        (&row["level"], &row["closes"], &row["next"]),
        (
            &json!("supervisor"),
            &json!("2026-06-30"),
            &json!({ "what": "ask", "who": "worker-3", "by": "2026-06-30" })
        ),
        "{row}"
    );
    // Midnight in UTC is the evening before in Kingston: the day is that of the office.
    for (at, overdue) in [
        ("2026-07-01T00:30:00Z", 1),
        ("2026-06-30T19:30:00-05:00", 0),
    ] {
        let path = format!("/v1/worklists/overdue?kind=follow-up&at={at}");
        let (_, told) = house.get(&key, &path).await;
        assert_eq!(told["counts"]["overdue"], overdue, "{at}: {told}");
    }
    let asked = "/v1/worklists/ad-hoc?kind=plan&overdue_by=90d&escalate=chief:91d&day=2026-07-01";
    let (_, told) = house.get(&key, asked).await;
    assert_eq!(told["counts"]["rows"], 2, "{told}");
    assert_eq!(
        told["levels"],
        json!([{ "level": "chief", "after": "91 days", "rows": 0 }])
    );
    let known = "/v1/worklists/overdue?kind=follow-up&day=2026-07-01&known=jm:2";
    let (_, past) = house.get(&key, known).await;
    assert_eq!(past["counts"]["overdue"], 1, "{past}");
    what_is_no_list_is_refused(&house, &key).await;
    let replay = [
        "replay",
        "--model",
        "worklist",
        "--day",
        "2026-07-01",
        "--json",
    ];
    let replayed = house.run(&replay);
    let replayed: Value = serde_json::from_slice(&replayed.stdout).unwrap();
    assert_eq!(
        replayed["answer"].as_array().unwrap().len(),
        8,
        "{replayed}"
    );
    let checked = house.run(&["worklists", "check", own.join("own.toml").to_str().unwrap()]);
    let told = String::from_utf8(checked.stdout).unwrap();
    assert!(told.contains("follow-up; due within 7 days"), "{told}");
    assert!(house.run(&["fsck", "--key", key.as_str()]).status.success());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn follow_ups_planned_twice_are_planned_once() {
    let house = House::start(&["jm", "tt"]).await;
    let key = house.key("publisher", &["--ledger", "jm", "--agency", "moss"]);
    let reader = house.key("operator", &[]);
    let journey = id();
    let (status, answer) = house
        .publish(&key, &[received(journey, "2025-08-31")])
        .await;
    assert_eq!(status, 201, "{answer}");
    let plan = async |key: &str, journey: uuid::Uuid, body: Value| {
        let url = format!("{}/v1/journeys/{journey}/follow-ups", house.url);
        let request = house.client.post(url).header("authorization", bearer(key));
        let answer = request.json(&body).send().await.unwrap();
        let status = answer.status().as_u16();
        (status, answer.json::<Value>().await.unwrap())
    };
    let asked = json!({ "ledger": "jm", "assigned_to": "worker-3" });
    let (status, first) = plan(&key, journey, asked.clone()).await;
    assert_eq!(
        (status, &first["position"]),
        (201, &json!("jm:2")),
        "{first}"
    );
    let due = |answer: &Value| -> Vec<Value> {
        let follow_ups = answer["follow_ups"].as_array().unwrap();
        follow_ups
            .iter()
            .map(|known| known["due_on"].clone())
            .collect()
    };
    // Calendar months that end with their month.
    assert_eq!(
        due(&first),
        ["2025-09-30", "2025-11-30", "2026-02-28", "2026-08-31"]
    );
    let (status, again) = plan(&key, journey, asked).await;
    assert_eq!((status, &again["position"]), (200, &Value::Null), "{again}");
    assert_eq!(
        again["follow_ups"][0]["event"],
        first["follow_ups"][0]["event"]
    );
    assert_eq!(again["follow_ups"][0]["planned"], false);
    let planned = [
        "schedules",
        "plan",
        &journey.to_string(),
        "--ledger",
        "jm",
        "--key",
        &key,
    ];
    let told = String::from_utf8(house.run(&planned).stdout).unwrap();
    assert_eq!(told.matches("known").count(), 4, "{told}");

    let path = "/v1/follow-ups?day=2025-10-14&at_least=jm:2";
    let (_, counted) = house.get(&reader, path).await;
    assert_eq!(
        (&counted["all"]["due"], &counted["all"]["upcoming"]),
        (&json!(1), &json!(3))
    );
    for (key, journey, asked, status, code) in [
        (&key, id(), json!({ "ledger": "jm" }), 404, "not-found"),
        (&key, journey, json!({ "ledger": "tt" }), 403, "forbidden"),
        (
            &key,
            journey,
            json!({ "ledger": "jm", "schedule": "x" }),
            400,
            "parameter-invalid",
        ),
        (
            &reader,
            journey,
            json!({ "ledger": "jm", "when": "soon" }),
            400,
            "schedule-invalid",
        ),
    ] {
        let (found, refused) = plan(key, journey, asked.clone()).await;
        assert_eq!((found, &refused["code"]), (status, &json!(code)), "{asked}");
    }
    let late = id();
    let closed = json!({ "reason": "withdrew" });
    let commit = [
        received(late, "2026-01-01"),
        event(late, "journey.closed", "2026-02-01", &closed),
    ];
    let (status, answer) = house.publish(&key, &commit).await;
    assert_eq!(status, 201, "{answer}");
    let (status, refused) = plan(&key, late, json!({ "ledger": "jm" })).await;
    assert_eq!(
        (status, &refused["code"]),
        (409, &json!("journey-closed")),
        "{refused}"
    );
}

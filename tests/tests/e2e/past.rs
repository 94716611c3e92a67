//! Asking for the past through both doors: what was known then, the same bytes each time.

use homeward_e2e::facts::{event, id, received};
use homeward_e2e::house::{House, bearer, until};
use reqwest::header::AUTHORIZATION;
use serde_json::{Value, json};

/// A question that the correction below changes.
const QUESTION: &str = "/v1/caseload?by=return_type";

async fn text(house: &House, key: &str, path: &str) -> String {
    let request = house.client.get(format!("{}{path}", house.url));
    let answer = request.header(AUTHORIZATION, bearer(key)).send().await;
    answer.expect("an answer").text().await.expect("text")
}

async fn name(house: &House, key: &str, cut: &Value) -> (u16, Value) {
    let request = house.client.post(format!("{}/v1/cuts", house.url));
    let request = request.header(AUTHORIZATION, bearer(key)).json(cut);
    let answer = request.send().await.expect("an answer");
    (answer.status().as_u16(), answer.json().await.expect("json"))
}

/// Two received, and then one of them retracted: three commits in ledger `jm`.
async fn corrected(house: &House, key: &str) {
    let (first, second) = (id(), id());
    let mistaken = received(first, "2026-05-01");
    let retracted = event(
        first,
        "correction.retracted",
        "2026-05-09",
        &json!({ "event": mistaken["id"], "reason": "wrong-person" }),
    );
    for commit in [mistaken, received(second, "2026-05-02"), retracted] {
        let (status, answer) = house.publish(key, &[commit]).await;
        assert_eq!(status, 201, "{answer}");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn before_a_correction_the_old_figure_is_given_and_always_the_same() {
    let mut house = House::start(&["jm"]).await;
    let key = house.key("operator", &[]);
    corrected(&house, &key).await;
    let (_, now) = house.get(&key, &format!("{QUESTION}&at_least=jm:3")).await;
    assert_eq!(now["manifest"]["known"], json!(["head"]));

    let then = format!("{QUESTION}&known=jm:2");
    let first = text(&house, &key, &then).await;
    let old: Value = serde_json::from_str(&first).unwrap();
    let deported = |answer: &Value| {
        let groups = answer["groups"].as_array().unwrap().clone();
        let group = groups.into_iter().find(|g| g["values"][0] == "deported");
        group.map(|group| group["journeys"].clone())
    };
    assert_eq!(deported(&old), Some(json!(2)), "{old}");
    assert_eq!(deported(&now), Some(json!(1)), "{now}");
    assert_eq!(old["manifest"]["sequences"], json!({ "jm": 2 }));
    assert_ne!(
        old["manifest"]["answer_sha256"],
        now["manifest"]["answer_sha256"]
    );
    assert_eq!(
        old["manifest"]["question_sha256"],
        now["manifest"]["question_sha256"]
    );

    // As of the head is what is so now.
    let (_, head) = house.get(&key, &format!("{QUESTION}&known=jm:3")).await;
    assert_eq!(
        head["manifest"]["answer_sha256"],
        now["manifest"]["answer_sha256"]
    );
    assert_eq!(head["groups"], now["groups"]);

    // The log grows, and the house is started again: not a byte of the past moves.
    let more = received(id(), "2026-05-20");
    assert_eq!(house.publish(&key, &[more]).await.0, 201);
    assert_eq!(text(&house, &key, &then).await, first);
    house.kill();
    house.restart().await;
    assert_eq!(text(&house, &key, &then).await, first);

    // The same figure from the log, twice, and its digest of the log is the door's.
    let replay = || {
        let known = [
            "--json",
            "replay",
            "--model",
            "caseload",
            "--by",
            "return_type",
        ];
        let output = house.run(
            &[
                known.as_slice(),
                &["--known", "jm:2", "--day", "2026-06-01"],
            ]
            .concat(),
        );
        let told = String::from_utf8_lossy(&output.stderr).into_owned();
        assert!(output.status.success(), "{told}");
        output.stdout
    };
    let replayed = replay();
    assert_eq!(replayed, replay());
    let replayed: Value = serde_json::from_slice(&replayed).unwrap();
    assert_eq!(replayed["answer"]["groups"], old["groups"]);
    assert_eq!(
        replayed["manifest"]["log_sha256"],
        old["manifest"]["log_sha256"]
    );
    assert_eq!(replayed["manifest"]["build"], old["manifest"]["build"]);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_read_model_can_be_asked_for_the_past() {
    let house = House::start(&["jm"]).await;
    let key = house.key("operator", &[]);
    let journey = id();
    let registered = event(
        journey,
        "reception.registered",
        "2026-05-03",
        &json!({ "site": "kingston-office" }),
    );
    for commit in [received(journey, "2026-05-01"), registered] {
        let (status, answer) = house.publish(&key, &[commit]).await;
        assert_eq!(status, 201, "{answer}");
    }
    for path in [
        "/v1/caseload?",
        "/v1/journeys?",
        "/v1/referrals?day=2026-06-01&",
        "/v1/referrals/open?",
        "/v1/follow-ups?day=2026-06-01&",
        "/v1/follow-ups/due?day=2026-06-01&",
        "/v1/outcomes?day=2026-06-01&",
        "/v1/recidivism?day=2026-06-01&",
        "/v1/quality?",
        "/v1/quality/findings?",
        &format!("/v1/journeys/{journey}?at=2026-06-01T00:00:00Z&"),
    ] {
        // Single journeys are told from facts, which may come a moment after the models.
        let answer = until(path, async || {
            let (status, answer) = house.get(&key, &format!("{path}known=jm:1")).await;
            (status != 503).then_some((status, answer))
        })
        .await;
        assert_eq!(answer.0, 200, "{path}: {}", answer.1);
        assert_eq!(answer.1["as_of"]["ledgers"]["jm"]["sequence"], 1, "{path}");
        assert_eq!(answer.1["manifest"]["known"], json!(["jm:1"]), "{path}");
        let digest = answer.1["manifest"]["log_sha256"].as_str().unwrap();
        assert_eq!(digest.len(), 64, "{path}");
    }
    let path = format!("/v1/journeys/{journey}?known=jm:1");
    let (_, then) = house.get(&key, &path).await;
    assert_eq!(then["entries"].as_array().unwrap().len(), 1, "{then}");

    for (query, code) in [
        ("known=jm:3", "known-beyond"),
        ("known=tt:1", "parameter-invalid"),
        ("known=yesterday", "parameter-invalid"),
        ("known=jm:1&known=head", "parameter-invalid"),
        ("known=jm:1&at_least=jm:1", "parameter-invalid"),
        ("known=cut:nowhere", "cut-unknown"),
    ] {
        let (status, problem) = house.get(&key, &format!("/v1/caseload?{query}")).await;
        assert!((400..500).contains(&status), "{query}: {problem}");
        assert_eq!(problem["code"], code, "{query}: {problem}");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_cut_is_named_once_and_asked_for_by_its_name() {
    let house = House::start(&["jm"]).await;
    let key = house.key("operator", &[]);
    corrected(&house, &key).await;

    let named = house.run(&["--json", "cut", "2026-Q2", "--at", "jm:2", "--key", &key]);
    assert!(
        named.status.success(),
        "{}",
        String::from_utf8_lossy(&named.stderr)
    );
    let named: Value = serde_json::from_slice(&named.stdout).unwrap();
    let named = &named["cuts"][0];
    assert_eq!(named["positions"], json!({ "jm": 2 }));
    assert_eq!(named["sequence"], 4);

    let cut = json!({ "name": "2026-Q2", "known": ["jm:2"] });
    let (status, again) = name(&house, &key, &cut).await;
    assert_eq!((status, &again), (200, named));
    let (status, taken) = name(&house, &key, &json!({ "name": "2026-Q2" })).await;
    assert_eq!(
        (status, &taken["code"]),
        (409, &json!("cut-name-taken")),
        "{taken}"
    );
    let beyond = json!({ "name": "2030-Q1", "known": ["jm:99"] });
    let (status, beyond) = name(&house, &key, &beyond).await;
    assert_eq!(
        (status, &beyond["code"]),
        (400, &json!("known-beyond")),
        "{beyond}"
    );
    let reader = house.key("reader", &[]);
    assert_eq!(name(&house, &reader, &cut).await.0, 403);

    let (_, listed) = house.get(&reader, "/v1/cuts").await;
    assert_eq!(listed["cuts"], json!([named]));
    let (_, by_name) = house
        .get(&reader, &format!("{QUESTION}&known=cut:2026-Q2"))
        .await;
    let (_, by_place) = house.get(&reader, &format!("{QUESTION}&known=jm:2")).await;
    assert_eq!(by_name["groups"], by_place["groups"]);
    assert_eq!(by_name["manifest"]["known"], json!(["cut:2026-Q2"]));
    assert_eq!(by_name["manifest"]["log_sha256"], named["log_sha256"]);

    // Nobody's journey: counted nowhere, and in the timeline all the same.
    let (_, all) = house.get(&key, "/v1/caseload?at_least=jm:4").await;
    assert_eq!((&all["journeys"], &all["persons"]), (&json!(2), &json!(2)));
    let cuts = "ef97ffad-7975-5684-8c46-1ba34fe1e8d9";
    let (_, timeline) = house
        .get(&key, &format!("/v1/journeys/{cuts}?at_least=jm:4"))
        .await;
    assert_eq!(timeline["entries"][0]["type"], "cut.named", "{timeline}");

    // The border asks of cuts what the door asks of them.
    let mut far = event(
        id(),
        "cut.named",
        "2026-05-31",
        &json!({ "name": "far", "positions": { "jm": 99 } }),
    );
    far["subject"] = cuts.into();
    let (status, refused) = house.publish(&key, &[far.clone()]).await;
    assert_eq!(status, 409, "{refused}");
    assert_eq!(refused["results"][0]["code"], "cut-beyond-head");
    far["data"]["positions"]["jm"] = 1.into();
    far["subject"] = id().to_string().into();
    let (status, refused) = house.publish(&key, &[far]).await;
    assert_eq!(status, 409, "{refused}");
    assert_eq!(refused["results"][0]["code"], "cut-elsewhere");
    let mut stray = received(id(), "2026-05-01");
    stray["subject"] = cuts.into();
    let (_, refused) = house.publish(&key, &[stray]).await;
    assert_eq!(refused["results"][0]["code"], "cuts-only", "{refused}");
}

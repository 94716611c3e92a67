//! Bad input at the border: each kind gets its status, its code and its field; the log is unchanged;
//! the refused bytes are kept.

use homeward_e2e::facts::{event, id, received, screened};
use homeward_e2e::house::{House, bearer};
use serde_json::{Value, json};

/// One kind of bad input and what must be said of it.
struct Bad {
    what: &'static str,
    body: Vec<u8>,
    status: u16,
    code: &'static str,
    field: &'static str,
}

fn bad(
    what: &'static str,
    body: impl Into<Vec<u8>>,
    status: u16,
    code: &'static str,
    field: &'static str,
) -> Bad {
    Bad {
        what,
        body: body.into(),
        status,
        code,
        field,
    }
}

/// A reception with one thing changed, as a commit.
fn changed(pointer: &str, value: Value) -> String {
    let mut event = received(id(), "2026-05-01");
    let (parent, name) = pointer.rsplit_once('/').unwrap();
    let parent = event.pointer_mut(parent).unwrap().as_object_mut().unwrap();
    if value == json!("<absent>") {
        parent.remove(name);
    } else {
        parent.insert(name.to_owned(), value);
    }
    json!([event]).to_string()
}

/// A reception whose text is edited after it was written.
fn edited(from: &str, to: &str) -> String {
    let text = json!([received(id(), "2026-05-01")]).to_string();
    assert!(text.contains(from), "{from}");
    text.replacen(from, to, 1)
}

/// A text, or what shows that there is none.
fn text(value: &Value) -> &str {
    value.as_str().unwrap_or("<absent>")
}

fn unreadable() -> Vec<Bad> {
    let deep = format!("{}{}", "[".repeat(40), "]".repeat(40));
    let not_utf8: Vec<u8> = edited("norman-manley", "norman-XX")
        .replace("XX", "\u{1}")
        .into_bytes()
        .into_iter()
        .map(|byte| if byte == 1 { 0xff } else { byte })
        .collect();
    vec![
        bad("not json", "{", 400, "not-json", ""),
        bad(
            "NaN",
            edited("\"schemaversion\":2", "\"schemaversion\":NaN"),
            400,
            "not-json",
            "",
        ),
        bad("bad utf-8", not_utf8, 400, "not-utf8", ""),
        bad("deep nesting", deep, 400, "too-deep", ""),
        bad(
            "a key twice in the envelope",
            edited("\"ledger\":\"jm\"", "\"ledger\":\"jm\",\"ledger\":\"tt\""),
            400,
            "key-twice",
            "/0/ledger",
        ),
        bad(
            "a key twice in the body",
            edited("\"sex\":\"male\"", "\"sex\":\"male\",\"sex\":\"female\""),
            400,
            "key-twice",
            "/0/data/sex",
        ),
        bad("a number", "3", 422, "field-invalid", ""),
        bad("no event", "[]", 422, "empty", ""),
        bad("2 MiB", vec![b' '; 2 * 1024 * 1024], 413, "too-large", ""),
        bad(
            "an event above 256 KiB",
            changed(
                "/data/personal",
                json!({ "free_text": "x".repeat(300 * 1024) }),
            ),
            413,
            "too-large",
            "",
        ),
        bad(
            "65 events",
            json!(vec![json!({}); 65]).to_string(),
            413,
            "too-many-events",
            "",
        ),
    ]
}

fn envelope() -> Vec<Bad> {
    vec![
        bad(
            "unknown type",
            changed("/type", json!("reception.teleported")),
            422,
            "type-unknown",
            "/type",
        ),
        bad(
            "newer version",
            changed("/schemaversion", json!(3)),
            422,
            "version-newer",
            "/schemaversion",
        ),
        bad(
            "version 0",
            changed("/schemaversion", json!(0)),
            422,
            "version-unknown",
            "/schemaversion",
        ),
        bad(
            "missing version",
            changed("/schemaversion", json!("<absent>")),
            422,
            "field-missing",
            "/schemaversion",
        ),
        bad(
            "missing id",
            changed("/id", json!("<absent>")),
            422,
            "field-missing",
            "/id",
        ),
        bad(
            "wrong subject",
            changed("/subject", json!("john-doe")),
            422,
            "field-invalid",
            "/subject",
        ),
        bad(
            "upper-case id",
            changed("/id", json!("0198C2F4-7F6A-7C1E-9D53-0A5B3C1D2E4F")),
            422,
            "field-invalid",
            "/id",
        ),
        bad(
            "wildcard in a ledger",
            changed("/ledger", json!("jm.>")),
            422,
            "field-invalid",
            "/ledger",
        ),
    ]
}

fn clocks_and_scope() -> Vec<Bad> {
    vec![
        bad(
            "unknown attribute",
            changed("/hobby", json!("chess")),
            422,
            "field-unknown",
            "/hobby",
        ),
        bad(
            "other CloudEvents version",
            changed("/specversion", json!("0.3")),
            422,
            "field-invalid",
            "/specversion",
        ),
        bad(
            "impossible date",
            changed("/occurred", json!("2026-02-30")),
            422,
            "field-invalid",
            "/occurred",
        ),
        bad(
            "misspelled date",
            changed("/occurred", json!("01/05/2026")),
            422,
            "field-invalid",
            "/occurred",
        ),
        bad(
            "year of another century",
            changed("/occurred", json!("1026-05-01")),
            422,
            "field-invalid",
            "/occurred",
        ),
        bad(
            "dated after it was recorded",
            changed("/occurred", json!("2026-06-10")),
            422,
            "occurred-later",
            "/occurred",
        ),
        bad(
            "recorded without a zone",
            changed("/recordedtime", json!("2026-06-01T12:00:00")),
            422,
            "field-invalid",
            "/recordedtime",
        ),
        bad(
            "unknown role",
            changed("/role", json!("king")),
            422,
            "word-unknown",
            "/role",
        ),
        bad(
            "other ledger",
            changed("/ledger", json!("tt")),
            403,
            "ledger-forbidden",
            "/ledger",
        ),
        bad(
            "other agency",
            changed("/agency", json!("police")),
            403,
            "agency-forbidden",
            "/agency",
        ),
    ]
}

fn bodies() -> Vec<Bad> {
    let twice = received(id(), "2026-05-01");
    let mixed = [received(id(), "2026-05-01"), received(id(), "2026-05-01")];
    vec![
        bad("wrong field", changed("/data/colour", json!("red")), 422, "field-unknown", "/data/colour"),
        bad("wrong word", changed("/data/sex", json!("m")), 422, "word-unknown", "/data/sex"),
        bad("wrong kind of value", changed("/data/site", json!(7)), 422, "field-invalid", "/data/site"),
        bad("missing key", changed("/data/grounds", json!("<absent>")), 422, "field-missing", "/data/grounds"),
        bad("negative count", changed("/data/minors", json!(-1)), 422, "field-invalid", "/data/minors"),
        bad("impossible birth date", changed("/data/born", json!("1985-13")), 422, "field-invalid", "/data/born"),
        bad("unknown compartment", changed("/data/personal", json!({ "secrets": {} })), 422, "field-unknown", "/data/personal/secrets"),
        bad("event twice", json!([twice, twice]).to_string(), 422, "event-twice", "/id"),
        bad("two journeys", json!(mixed).to_string(), 422, "mixed-journeys", "/subject"),
        bad("unknown journey", json!([screened(id(), "2026-05-01")]).to_string(), 409, "origin-missing", "/subject"),
        bad("score above one", json!([event(id(), "assessment.completed", "2026-05-01", &json!({
            "instrument": { "id": "example-sustainability", "version": 1 }, "wave": "baseline", "overall": 10_001
        }))]).to_string(), 422, "field-invalid", "/data/overall"),
        bad("amount with one decimal", json!([event(id(), "assistance.delivered", "2026-05-01", &json!({
            "assistance": id(), "kind": "cash", "mode": "direct", "value": { "amount": "1.5", "currency": "JMD" }
        }))]).to_string(), 422, "field-invalid", "/data/value/amount"),
    ]
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_kind_of_bad_input_is_told_what_is_wrong_and_where() {
    let house = House::start(&["jm", "tt"]).await;
    let publisher = house.key("publisher", &["--ledger", "jm", "--agency", "moss"]);
    let operator = house.key("operator", &[]);
    let cases: Vec<Bad> = unreadable()
        .into_iter()
        .chain(envelope())
        .chain(clocks_and_scope())
        .chain(bodies())
        .collect();
    assert!(cases.len() >= 30, "{}", cases.len());
    for case in &cases {
        let (status, answer) = house.post(&publisher, case.body.clone()).await;
        let result = &answer["results"][0];
        let error = &result["errors"][0];
        let said = (status, text(&result["code"]), text(&error["field"]));
        assert_eq!(
            said,
            (case.status, case.code, case.field),
            "{}: {answer}",
            case.what
        );
        assert!(
            !error["message"].as_str().unwrap().is_empty(),
            "{}",
            case.what
        );
        // What was refused is kept, to the byte (of what is too large, the beginning).
        let place = result["dead_letter"]
            .as_u64()
            .unwrap_or_else(|| panic!("{}: {answer}", case.what));
        let (_, letters) = house
            .get(&operator, &format!("/v1/dead-letters?from={place}&limit=1"))
            .await;
        let letter = &letters["letters"][0];
        assert_eq!(letter["code"], case.code, "{}", case.what);
        assert_eq!(
            letter["bytes"].as_u64().unwrap(),
            u64::try_from(case.body.len().min(1 << 20)).unwrap(),
            "{}",
            case.what
        );
        if let Ok(text) = std::str::from_utf8(&case.body) {
            assert_eq!(
                letter["text"].as_str().unwrap(),
                &text[..text.len().min(1 << 20)],
                "{}",
                case.what
            );
        }
    }
    // Nothing came into the log.
    let (_, caseload) = house.get(&operator, "/v1/caseload").await;
    assert_eq!(caseload["journeys"], 0, "{caseload}");
    let (_, status) = house.get(&operator, "/v1/status").await;
    for model in status["models"].as_array().unwrap() {
        assert_eq!(model["lag_commits"], 0, "{model}");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_door_opens_only_to_keys_that_allow_it() {
    let house = House::start(&["jm"]).await;
    let publisher = house.key("publisher", &["--ledger", "jm"]);
    let reader = house.key("reader", &[]);
    let body = json!([received(id(), "2026-05-01")]).to_string();

    let nobody = house
        .client
        .post(format!("{}/v1/events", house.url))
        .body(body.clone());
    let answer = nobody.send().await.unwrap();
    assert_eq!(answer.status(), 401);
    assert_eq!(answer.headers()["www-authenticate"], "Bearer");
    assert_eq!(answer.headers()["content-type"], "application/problem+json");
    assert_eq!(answer.json::<Value>().await.unwrap()["code"], "key-missing");

    let wrong = format!("{publisher}x");
    assert_eq!(
        house.get(&wrong, "/v1/caseload").await.1["code"],
        "key-invalid"
    );
    assert_eq!(house.get(&publisher, "/v1/caseload").await.0, 403);
    assert_eq!(house.post(&reader, body.clone()).await.0, 403);
    assert_eq!(house.get(&reader, "/v1/dead-letters").await.0, 403);
    assert_eq!(house.get(&reader, "/v1/caseload").await.0, 200);

    let text = house
        .client
        .post(format!("{}/v1/events", house.url))
        .body(body);
    let plain = text
        .header("authorization", bearer(&publisher))
        .header("content-type", "text/plain");
    assert_eq!(plain.send().await.unwrap().status(), 415);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_commit_is_read_back_and_its_retry_is_answered_alike() {
    let house = House::start(&["jm"]).await;
    let operator = house.key("operator", &[]);
    let journey = id();
    let commit = [
        received(journey, "2026-05-01"),
        screened(journey, "2026-05-02"),
    ];
    let first = house.publish(&operator, &commit).await;
    assert_eq!(first.0, 201, "{}", first.1);
    let position = first.1["results"][0]["position"]
        .as_str()
        .unwrap()
        .to_owned();
    let again = house.publish(&operator, &commit).await;
    assert_eq!(again, first);

    let path = format!("/v1/journeys/{journey}?at_least={position}");
    let (status, timeline) = house.get(&operator, &path).await;
    assert_eq!(status, 200, "{timeline}");
    assert_eq!(timeline["entries"].as_array().unwrap().len(), 2);
    assert_eq!(timeline["stage"], "assessed");
    assert_eq!(timeline["as_of"]["ledgers"]["jm"]["sequence"], 1);

    let (status, unknown) = house
        .get(&operator, &format!("/v1/journeys/{}", id()))
        .await;
    assert_eq!((status, &unknown["code"]), (404, &json!("not-found")));
    let (status, odd) = house.get(&operator, "/v1/caseload?colour=red").await;
    assert_eq!((status, &odd["code"]), (400, &json!("parameter-invalid")));

    let fsck = house.run(&["fsck", "--key", &operator]);
    assert!(
        fsck.status.success(),
        "{}",
        String::from_utf8_lossy(&fsck.stderr)
    );
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_house_that_was_restarted_knows_what_it_took_in_before() {
    let mut house = House::start(&["jm"]).await;
    let operator = house.key("operator", &[]);
    let journey = id();
    let registered = event(
        journey,
        "reception.registered",
        "2026-05-03",
        &json!({ "site": "kingston-office" }),
    );
    let commits = [[received(journey, "2026-05-01")], [registered]];
    let mut first = Vec::new();
    for commit in &commits {
        first.push(house.publish(&operator, commit).await);
    }
    assert_eq!(first[1].0, 201, "{}", first[1].1);
    house.kill();
    house.restart().await;
    // The later commit comes first: nothing is at hand of its journey.
    for (commit, answer) in commits.iter().zip(&first).rev() {
        assert_eq!(&house.publish(&operator, commit).await, answer);
    }
}

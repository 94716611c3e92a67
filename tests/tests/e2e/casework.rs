//! Casework through the doors: who may correct, how a case passes on.

use homeward_e2e::facts::{event, id, received, screened};
use homeward_e2e::house::{House, bearer};
use serde_json::{Value, json};
use uuid::Uuid;

/// An event told by another agency, in a capacity.
fn told_by(mut event: Value, agency: &str, role: Option<&str>) -> Value {
    event["agency"] = json!(agency);
    if let Some(role) = role {
        event["role"] = json!(role);
    }
    event
}

/// A later minute of recording, so that what comes after is recorded after.
fn at_minute(mut event: Value, minute: u32) -> Value {
    event["recordedtime"] = json!(format!("2026-06-01T12:{minute:02}:00Z"));
    event
}

fn retraction(journey: Uuid, of: &Value, minute: u32) -> Value {
    let body = json!({ "event": of["id"], "reason": "wrong-person" });
    at_minute(
        event(journey, "correction.retracted", "2026-05-20", &body),
        minute,
    )
}

/// The code of a refusal, or the status of what was taken in.
fn code(answer: &(u16, Value)) -> &str {
    let result = &answer.1["results"][0];
    result["code"].as_str().unwrap_or("accepted")
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_fact_is_corrected_by_those_whose_it_is() {
    let house = House::start(&["jm"]).await;
    let publisher = house.key("publisher", &[]);
    let supervisor = house.key("supervisor", &["--agency", "ministry"]);
    let journey = id();
    // Received by one agency; screened by another.
    let reception = received(journey, "2026-05-01");
    let screening = told_by(screened(journey, "2026-05-02"), "clinic", None);
    for fact in [&reception, &screening] {
        let answer = house.publish(&publisher, std::slice::from_ref(fact)).await;
        assert_eq!(answer.0, 201, "{}", answer.1);
    }
    // A third one may not take back what was screened, in whatever capacity its key does not have.
    let stranger = told_by(retraction(journey, &screening, 5), "ministry", None);
    let posing = told_by(
        retraction(journey, &screening, 6),
        "ministry",
        Some("supervisor"),
    );
    for refused in [&stranger, &posing] {
        let answer = house
            .publish(&publisher, std::slice::from_ref(refused))
            .await;
        assert_eq!((answer.0, code(&answer)), (409, "correction-foreign"));
    }
    // The key of a supervisor may; and only where it says so.
    let answer = house.publish(&supervisor, &[stranger]).await;
    assert_eq!((answer.0, code(&answer)), (409, "correction-foreign"));
    let answer = house
        .publish(&supervisor, std::slice::from_ref(&posing))
        .await;
    assert_eq!(answer.0, 201, "{}", answer.1);
    // The clinic restores what it told: a correction of a correction, which is not its own to make.
    let restored = told_by(retraction(journey, &posing, 7), "clinic", None);
    let answer = house.publish(&publisher, &[restored]).await;
    assert_eq!((answer.0, code(&answer)), (409, "correction-foreign"));
    // The keeper of the case may.
    let restored = retraction(journey, &posing, 8);
    let answer = house
        .publish(&publisher, std::slice::from_ref(&restored))
        .await;
    assert_eq!(answer.0, 201, "{}", answer.1);

    let path = format!("/v1/journeys/{journey}?at_least=jm:4");
    let (status, told) = house.get(&supervisor, &path).await;
    assert_eq!(status, 200, "{told}");
    let entry = |of: &Value| -> Value {
        let entries = told["entries"].as_array().unwrap();
        let found = entries.iter().find(|entry| entry["event"] == of["id"]);
        found.unwrap().clone()
    };
    assert_eq!(entry(&screening)["struck"], Value::Null);
    let struck = &entry(&posing)["struck"];
    assert_eq!(struck["by"], restored["id"]);
    assert_eq!(struck["agency"], "moss");
    assert_eq!(struck["reason"], "wrong-person");
    assert_eq!(struck["recorded"], "2026-06-01T12:08:00Z");
    assert_eq!(entry(&posing)["corrects"]["event"], screening["id"]);
    assert_eq!(told["stage"], "assessed");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_case_passes_on_when_the_other_side_accepts() {
    let house = House::start(&["jm"]).await;
    let operator = house.key("operator", &[]);
    let journey = id();
    let transfer = id();
    let proposal = json!({ "transfer": transfer, "to": "north", "site": "north-office",
        "reason": "moved" });
    let accepted = json!({ "transfer": transfer, "to": "north", "site": "north-office",
        "accepted": true });
    let mut acceptance = event(journey, "journey.transferred", "2026-05-12", &accepted);
    acceptance["schemaversion"] = json!(2);
    let acceptance = at_minute(acceptance, 3);
    let proposed = at_minute(
        event(
            journey,
            "journey.transfer-proposed",
            "2026-05-10",
            &proposal,
        ),
        2,
    );
    for fact in [received(journey, "2026-05-01"), proposed] {
        let answer = house.publish(&operator, &[fact]).await;
        assert_eq!(answer.0, 201, "{}", answer.1);
    }
    let (_, told) = house
        .get(&operator, "/v1/caseload?by=site&at_least=jm:2")
        .await;
    assert_eq!(
        told["groups"][0]["values"],
        json!(["norman-manley"]),
        "{told}"
    );
    let answer = house
        .publish(&operator, std::slice::from_ref(&acceptance))
        .await;
    assert_eq!((answer.0, code(&answer)), (409, "transfer-foreign"));
    let answer = house
        .publish(&operator, &[told_by(acceptance, "north", None)])
        .await;
    assert_eq!(answer.0, 201, "{}", answer.1);
    let (_, told) = house
        .get(&operator, "/v1/caseload?by=site&at_least=jm:3")
        .await;
    assert_eq!(
        told["groups"][0]["values"],
        json!(["north-office"]),
        "{told}"
    );
}

/// SHA-256 of `signed form\n`.
const DIGEST: &str = "b8402034c23eb5a7bf741d49e27750735965fcb9e9fe8e2d6c1959b9105eb97c";
const BYTES: &[u8] = b"signed form\n";

/// Puts bytes; gives the status and what was said.
async fn put(
    house: &House,
    key: &str,
    path: &str,
    bytes: impl Into<reqwest::Body>,
) -> (u16, Value) {
    let request = house.client.put(format!("{}{path}", house.url));
    let request = request.header("authorization", bearer(key)).body(bytes);
    let answer = request.send().await.unwrap();
    (answer.status().as_u16(), answer.json().await.unwrap())
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_attachment_is_kept_before_a_fact_names_it() {
    let mut house = House::start(&["jm", "tt"]).await;
    let publisher = house.key("publisher", &["--ledger", "jm"]);
    let reader = house.key("reader", &["--ledger", "jm"]);
    let journey = id();
    let body = json!({
        "attachment": id(), "sha256": DIGEST, "media_type": "text/html", "bytes": BYTES.len(),
        "kind": "consent", "title": "signed form"
    });
    let attached = at_minute(event(journey, "journey.attached", "2026-05-03", &body), 2);
    let answer = house
        .publish(&publisher, &[received(journey, "2026-05-01")])
        .await;
    assert_eq!(answer.0, 201, "{}", answer.1);
    let answer = house
        .publish(&publisher, std::slice::from_ref(&attached))
        .await;
    assert_eq!((answer.0, code(&answer)), (409, "attachment-absent"));

    let path = format!("/v1/attachments/jm/{DIGEST}");
    let (status, told) = put(&house, &publisher, &path, &b"another form"[..]).await;
    assert_eq!((status, &told["code"]), (422, &json!("digest-differs")));
    let large = vec![0_u8; (10 << 20) + 1];
    let (status, told) = put(&house, &publisher, &path, large).await;
    assert_eq!((status, &told["code"]), (413, &json!("too-large")));
    assert_eq!(put(&house, &reader, &path, BYTES).await.0, 403);
    let elsewhere = format!("/v1/attachments/tt/{DIGEST}");
    assert_eq!(put(&house, &publisher, &elsewhere, BYTES).await.0, 404);
    assert_eq!(house.get(&reader, &path).await.0, 404);

    let (status, told) = put(&house, &publisher, &path, BYTES).await;
    assert_eq!((status, &told["known"]), (201, &json!(false)), "{told}");
    let (status, told) = put(&house, &publisher, &path, BYTES).await;
    assert_eq!((status, &told["known"]), (200, &json!(true)), "{told}");
    let mut wrong = attached.clone();
    wrong["data"]["bytes"] = json!(1);
    let answer = house.publish(&publisher, &[wrong]).await;
    assert_eq!((answer.0, code(&answer)), (409, "attachment-size"));
    let answer = house.publish(&publisher, &[attached]).await;
    assert_eq!(answer.0, 201, "{}", answer.1);

    // There after a crash, too; and as a file to save, whatever it was said to be.
    house.kill();
    house.restart().await;
    let url = format!("{}{path}", house.url);
    let request = house
        .client
        .get(&url)
        .header("authorization", bearer(&reader));
    let answer = request.send().await.unwrap();
    assert_eq!(answer.status(), 200);
    let header = |name: &str| answer.headers()[name].to_str().unwrap().to_owned();
    assert_eq!(header("content-type"), "application/octet-stream");
    assert!(header("content-disposition").starts_with("attachment; "));
    assert_eq!(header("x-content-type-options"), "nosniff");
    assert_eq!(header("cache-control"), "no-store");
    assert_eq!(answer.bytes().await.unwrap(), BYTES);

    let (_, told) = house
        .get(&reader, &format!("/v1/journeys/{journey}?at_least=jm:2"))
        .await;
    assert_eq!(told["attachments"][0]["sha256"], DIGEST, "{told}");
    assert_eq!(told["attachments"][0]["kind"], "consent");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_journey_shows_its_whole_case() {
    let house = House::start(&["jm"]).await;
    let operator = house.key("operator", &[]);
    let (journey, child) = (id(), id());
    let goals = json!([{ "id": "work", "dimension": "economic", "level": "individual" }]);
    let plan = json!({ "plan": id(), "goals": goals });
    let value = json!({ "amount": "150.05", "currency": "JMD" });
    let cash = json!({ "assistance": id(), "kind": "cash", "mode": "direct", "value": value });
    let parent = json!({ "other": journey, "relation": "parent" });
    let told = [
        received(journey, "2026-05-01"),
        received(child, "2026-05-01"),
        event(journey, "plan.agreed", "2026-05-04", &plan),
        event(journey, "assistance.delivered", "2026-05-05", &cash),
        event(child, "journey.related", "2026-05-06", &parent),
    ];
    for fact in told {
        let answer = house.publish(&operator, &[fact]).await;
        assert_eq!(answer.0, 201, "{}", answer.1);
    }
    let at = "at=2026-09-01T00:00:00Z&at_least=jm:5";
    let (status, whole) = house
        .get(&operator, &format!("/v1/journeys/{journey}?{at}"))
        .await;
    assert_eq!(status, 200, "{whole}");
    assert_eq!(whole["keeper"], "moss");
    assert_eq!(whole["plans"][0]["goals"][0]["progress"], "not-begun");
    assert_eq!(whole["assistance"][0]["value"]["amount"], "150.05");
    // Told on the child's side.
    assert_eq!(whole["relatives"][0]["journey"], json!(child));
    assert_eq!(whole["relatives"][0]["relation"], "child");
    let next: Vec<(&str, bool)> = whole["next_actions"]
        .as_array()
        .unwrap()
        .iter()
        .map(|next| (next["what"].as_str().unwrap(), next["overdue"] == true))
        .collect();
    assert_eq!(next, [("confirm-assistance", true), ("decide-plan", false)]);

    let (_, sums) = house.get(&operator, "/v1/assistance?by=kind&by=mode").await;
    let cash = &sums["groups"][0];
    assert_eq!(cash["values"], json!(["cash", "direct"]), "{sums}");
    assert_eq!(
        (&cash["deliveries"], &cash["persons"]),
        (&json!(1), &json!(1))
    );
    assert_eq!(
        cash["worth"],
        json!([{ "currency": "JMD", "amount": "150.05" }])
    );
    let (_, plans) = house.get(&operator, "/v1/plans?by=state").await;
    assert_eq!(plans["groups"][0]["plans"], 1, "{plans}");
    let (_, pending) = house.get(&operator, "/v1/plans/list?state=pending").await;
    assert_eq!(pending["plans"][0]["journey"], json!(journey));
}

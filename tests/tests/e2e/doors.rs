//! The other doors: requests over NATS, and the stream that says what changed.

use async_nats::{ConnectOptions, HeaderMap};
use homeward_e2e::facts::{id, received, screened};
use homeward_e2e::house::{House, PATIENCE, bearer};
use serde_json::{Value, json};

/// Connects as a publishing service does: with the identity that may ask the intake and nothing else.
async fn publisher(house: &House) -> async_nats::Client {
    let identities = std::fs::read(house.folder().join("log/nats-identities.json")).unwrap();
    let identities: Value = serde_json::from_slice(&identities).unwrap();
    let login = |field: &str| {
        identities["logins"]["publisher"][field]
            .as_str()
            .unwrap()
            .to_owned()
    };
    let url = house.running().unwrap()["nats_url"]
        .as_str()
        .unwrap()
        .to_owned();
    let options = ConnectOptions::with_user_and_password(login("user"), login("password"));
    options.connect(url).await.unwrap()
}

async fn ask(client: &async_nats::Client, key: Option<&str>, body: &Value) -> (String, Value) {
    let mut headers = HeaderMap::new();
    if let Some(key) = key {
        headers.insert("Authorization", bearer(key).as_str());
    }
    let asked = client.request_with_headers("intake.v1", headers, body.to_string().into());
    let reply = asked.await.unwrap();
    let status = reply.headers.unwrap().get("Status").unwrap().to_string();
    (status, serde_json::from_slice(&reply.payload).unwrap())
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_same_intake_answers_over_nats() {
    let house = House::start(&["jm"]).await;
    let key = house.key("publisher", &["--ledger", "jm"]);
    let operator = house.key("operator", &[]);
    let client = publisher(&house).await;

    let journey = id();
    let commit = json!([received(journey, "2026-05-01")]);
    let first = ask(&client, Some(&key), &commit).await;
    assert_eq!(first.0, "201", "{}", first.1);
    assert_eq!(first.1["results"][0]["position"], "jm:1");
    // Again, and at the other door: the answer of the first time.
    assert_eq!(ask(&client, Some(&key), &commit).await, first);
    assert_eq!(house.post(&key, commit.to_string()).await, (201, first.1));

    assert_eq!(ask(&client, None, &commit).await.0, "401");
    let (status, refused) = ask(&client, Some(&key), &json!([screened(id(), "2026-05-01")])).await;
    assert_eq!(
        (status.as_str(), &refused["results"][0]["code"]),
        ("409", &json!("origin-missing"))
    );
    let (_, letters) = house.get(&operator, "/v1/dead-letters").await;
    assert_eq!(letters["letters"][0]["door"], "nats", "{letters}");

    // This identity cannot write to a ledger itself, nor look into one.
    client
        .publish(format!("ledger.jm.{journey}"), "[]".into())
        .await
        .unwrap();
    client.flush().await.unwrap();
    let (_, caseload) = house.get(&operator, "/v1/caseload?at_least=jm:1").await;
    assert_eq!(caseload["as_of"]["ledgers"]["jm"]["head"], 1);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_stream_tells_what_changed_without_being_asked() {
    let house = House::start(&["jm"]).await;
    let operator = house.key("operator", &[]);
    let url = format!("{}/v1/stream?model=caseload", house.url);
    let opened = house
        .client
        .get(url)
        .header("authorization", bearer(&operator))
        .send();
    let mut stream = opened.await.unwrap();
    assert_eq!(stream.headers()["content-type"], "text/event-stream");

    let journey = id();
    let (status, answer) = house
        .publish(&operator, &[received(journey, "2026-05-01")])
        .await;
    assert_eq!(status, 201, "{answer}");
    let mut told = String::new();
    while !told.contains("\n\n") {
        let chunk = tokio::time::timeout(PATIENCE, stream.chunk())
            .await
            .expect("told in time");
        told.push_str(std::str::from_utf8(&chunk.unwrap().expect("more to come")).unwrap());
    }
    assert!(told.contains("event: change\nid: jm:1\n"), "{told}");
    let data = told
        .lines()
        .find_map(|line| line.strip_prefix("data: "))
        .unwrap();
    let note: Value = serde_json::from_str(data).unwrap();
    assert_eq!(note["journeys"], json!([journey]));
    assert_eq!(note["model"], "caseload");
}

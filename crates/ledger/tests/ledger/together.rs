//! Commits that go together, seen from the server.

use std::time::Duration;

use futures::StreamExt as _;
use futures::future::join_all;
use homeward_ledger::{Appended, Ledgers};
use serde_json::{Value, json};

use crate::support::{Foreign, commit, eventually, jm};

const STREAM: &str = "LEDGER_jm";

/// How many of the stream's messages came as part of a batch.
async fn batched(admin: &async_nats::jetstream::Context) -> usize {
    let stream = admin.get_stream(STREAM).await.unwrap();
    let config = async_nats::jetstream::consumer::pull::OrderedConfig::default();
    let mut messages = stream
        .create_consumer(config)
        .await
        .unwrap()
        .messages()
        .await
        .unwrap();
    let mut batched = 0;
    loop {
        let message = messages.next().await.unwrap().unwrap();
        let headers = message.headers.as_ref();
        batched += usize::from(headers.is_some_and(|all| all.get("Nats-Batch-Id").is_some()));
        if message.info().unwrap().pending == 0 {
            return batched;
        }
    }
}

/// Turns the stream's switch off.
async fn take_no_batches(admin: &async_nats::jetstream::Context) {
    let info: Value = admin
        .request(format!("STREAM.INFO.{STREAM}"), &json!({}))
        .await
        .unwrap();
    let mut config = info["config"].clone();
    config["allow_atomic"] = json!(false);
    let answer: Value = admin
        .request(format!("STREAM.UPDATE.{STREAM}"), &config)
        .await
        .unwrap();
    assert_eq!(answer["error"], Value::Null, "{answer}");
}

async fn connect(server: &Foreign) -> Ledgers {
    homeward_ledger::connect(&server.connection())
        .await
        .unwrap()
}

async fn append_200(ledgers: &Ledgers) {
    let commits: Vec<_> = (0..200).map(|n| commit(n, n)).collect();
    let appends = commits
        .iter()
        .map(|commit| ledgers.appender.append(commit, 0));
    for told in join_all(appends).await {
        assert!(matches!(told, Ok(Appended::New { .. })), "{told:?}");
    }
    assert_eq!(ledgers.reader.head(&jm()).await.unwrap().last, 200);
}

#[tokio::test]
async fn what_comes_at_once_goes_together() {
    let server = Foreign::start("").await;
    append_200(&connect(&server).await).await;
    let batched = batched(&server.admin().await).await;
    assert!(batched >= 100, "only {batched} of 200 went together");
}

/// Streams that were made before commits went together stay as they are.
#[tokio::test]
async fn a_ledger_that_takes_no_batches_is_as_good() {
    let server = Foreign::start("").await;
    connect(&server).await;
    let admin = server.admin().await;
    take_no_batches(&admin).await;
    append_200(&connect(&server).await).await;
    assert_eq!(batched(&admin).await, 0);
}

/// The switch is turned off under a running house: what it sends together is refused, and goes alone.
#[tokio::test]
async fn a_group_that_is_refused_goes_one_by_one() {
    let server = Foreign::start("").await;
    let ledgers = connect(&server).await;
    let admin = server.admin().await;
    take_no_batches(&admin).await;
    append_200(&ledgers).await;
    assert_eq!(batched(&admin).await, 0);
}

/// Whoever stops waiting stops nobody else, whether they were to go alone or together.
#[tokio::test]
async fn callers_that_give_up_hold_nobody_up() {
    let server = Foreign::start("").await;
    let ledgers = connect(&server).await;
    for round in 0..20_u32 {
        let first = round * 1000;
        let commits: Vec<_> = (first..first + 100).map(|n| commit(n, n)).collect();
        let appends = commits
            .iter()
            .map(|commit| ledgers.appender.append(commit, 0));
        let patience = Duration::from_micros(u64::from(round) * 300);
        let gave_up = tokio::time::timeout(patience, join_all(appends)).await;
        drop(gave_up);
        let last = commit(first + 500, first + 500);
        let told = ledgers.appender.append(&last, 0).await;
        assert!(matches!(told, Ok(Appended::New { .. })), "{told:?}");
    }
    // What was given up is stored whole or not at all: the log has no gaps.
    eventually("a log without gaps", async || {
        let head = ledgers.reader.head(&jm()).await.unwrap();
        head.messages == head.last && head.last >= 20
    })
    .await;
}

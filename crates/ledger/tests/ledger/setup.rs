//! Opening the log: what is refused, and how it is told.

use std::time::Duration;

use futures::StreamExt as _;
use homeward_ledger::streams::{Choices, DEAD_LETTERS, StreamSettings};
use homeward_ledger::{AppendError, Appended, ConnectError, Connection, Login, connect};
use serde_json::json;

use crate::support::{Foreign, Private, append, as_identity, commit, in_time, jm};

#[tokio::test]
async fn a_stream_that_is_set_up_otherwise_is_refused_by_name_of_the_setting() {
    let foreign = Foreign::start("").await;
    let mut wrong = StreamSettings::of_ledger(&jm(), &Choices::default()).to_json();
    wrong["deny_delete"] = json!(false);
    wrong["max_msgs"] = json!(50);
    wrong["allow_batched"] = json!(true);
    let admin = foreign.admin().await;
    let created: serde_json::Value = admin
        .request("STREAM.CREATE.LEDGER_jm", &wrong)
        .await
        .unwrap();
    assert_eq!(created.get("error"), None, "{created}");
    let Err(refused) = connect(&foreign.connection()).await else {
        panic!("a ledger that forgets was accepted");
    };
    assert_eq!(
        refused.to_string(),
        "the log is not set up as a ledger must be; \
         LEDGER_jm: allow_batched: expected null, found true; \
         LEDGER_jm: deny_delete: expected true, found false; \
         LEDGER_jm: max_msgs: expected -1, found 50"
    );
}

#[tokio::test]
async fn a_server_that_takes_too_little_is_refused() {
    let foreign = Foreign::start("max_payload: 1MB").await;
    let refused = connect(&foreign.connection()).await.err().unwrap();
    let told = refused.to_string();
    assert!(
        told.contains("server: max_payload: expected at least"),
        "{told}"
    );
}

#[tokio::test]
async fn missing_streams_are_made_only_when_asked() {
    let foreign = Foreign::start("").await;
    let look = Connection {
        create: false,
        ..foreign.connection()
    };
    let refused = connect(&look).await.err();
    assert_eq!(
        refused,
        Some(ConnectError::Missing(DEAD_LETTERS.to_owned()))
    );
    connect(&foreign.connection()).await.unwrap();
    connect(&look).await.unwrap();
    connect(&foreign.connection()).await.unwrap();
}

#[tokio::test]
async fn nobody_there_is_told_with_the_address() {
    let config = Connection::new("nats://127.0.0.1:1", Login::Anonymous, &[jm()]);
    let refused = connect(&config).await.err().unwrap().to_string();
    assert!(
        refused.starts_with("cannot connect to nats at nats://127.0.0.1:1: "),
        "{refused}"
    );
}

#[tokio::test]
async fn an_id_is_recognised_after_the_server_forgot_it() {
    let foreign = Foreign::start("").await;
    let window = Duration::from_millis(100);
    let mut config = foreign.connection();
    config.choices.duplicate_window = window;
    let ledgers = connect(&config).await.unwrap();
    ledgers.appender.append(&commit(1, 1), 0).await.unwrap();
    ledgers.appender.append(&commit(1, 2), 1).await.unwrap();
    // The passing of the window is what is tested: there is nothing to poll for.
    tokio::time::sleep(window * 5).await;
    assert_eq!(
        ledgers.appender.append(&commit(1, 1), 0).await,
        Ok(Appended::Already { sequence: 1 })
    );
    assert_eq!(
        ledgers.appender.append(&commit(1, 2), 1).await,
        Ok(Appended::Already { sequence: 2 })
    );
    assert_eq!(
        ledgers.appender.append(&commit(1, 3), 1).await,
        Err(AppendError::Conflict {
            expected: 1,
            found: 2
        })
    );
}

#[tokio::test]
async fn a_reached_quota_is_told_at_once() {
    let private = Private::start_with(Some(8 << 20)).await;
    let ledgers = private.open().await;
    let large = |id| homeward_ledger::NewCommit {
        payload: vec![b' '; 1 << 20].into(),
        ..commit(id, id)
    };
    let refused = in_time("the quota", async {
        for id in 0..32 {
            match ledgers.appender.append(&large(id), 0).await {
                Ok(_) => {}
                Err(error) => return Some((id, error)),
            }
        }
        None
    });
    let (id, refused) = refused.await.expect("32 MiB do not fit into 8");
    assert!(matches!(refused, AppendError::QuotaReached(_)), "{refused}");
    let head = ledgers.reader.verify_complete(&jm()).await.unwrap();
    assert_eq!(head.last, u64::from(id), "what was acknowledged is there");
}

#[tokio::test]
async fn full_dead_letters_forget_nothing() {
    let foreign = Foreign::start("").await;
    let mut config = foreign.connection();
    config.choices.dead_letter_store_bytes_max = 64 << 10;
    let ledgers = connect(&config).await.unwrap();
    let letter = |n: usize| homeward_ledger::DeadLetter {
        ledger: None,
        publisher: "desk-1".to_owned(),
        door: "http",
        code: "not-json".to_owned(),
        reason: "expected value".to_owned(),
        bytes: vec![b'x'; 10_000 + n].into(),
    };
    let mut kept = 0;
    let refused = loop {
        match ledgers.appender.refuse(letter(kept)).await {
            Ok(_) => kept += 1,
            Err(error) => break error,
        }
        assert!(kept < 10, "64 KiB hold no ten letters of 10 kB");
    };
    assert!(matches!(refused, AppendError::QuotaReached(_)), "{refused}");
    let letters = ledgers.reader.dead_letters(1, 100).await.unwrap();
    assert_eq!(letters.len(), kept);
}

#[tokio::test]
async fn denied_calls_are_told_from_silent_servers() {
    let foreign = Foreign::start(
        r#"authorization { users: [
            { user: "reader", password: "r", permissions: { publish: { deny: ["ledger.>", "$JS.API.CONSUMER.CREATE.>", "$JS.API.DIRECT.GET.>"] } } }
            { user: "writer", password: "w" }
            { user: "stranger", password: "s", permissions: { publish: { deny: ["$JS.API.>"] } } }
        ] }"#,
    )
    .await;
    let login = |user: &str, password: &str| Connection {
        login: Login::Password {
            user: user.to_owned(),
            password: password.to_owned(),
        },
        ..foreign.connection()
    };
    let refused = connect(&login("stranger", "s")).await.err();
    assert_eq!(
        refused,
        Some(ConnectError::Forbidden("$JS.API.INFO".to_owned()))
    );
    let refused = connect(&login("reader", "wrong")).await.err().unwrap();
    assert!(
        refused.to_string().contains("authorization violation"),
        "{refused}"
    );
    let ledgers = connect(&login("reader", "r")).await.unwrap();
    let appended = ledgers.appender.append(&commit(1, 1), 0).await;
    assert!(
        matches!(&appended, Err(AppendError::Forbidden(subject)) if subject.starts_with("ledger.jm.")),
        "{appended:?}"
    );
    let writing = connect(&login("writer", "w")).await.unwrap();
    append(&writing, &commit(1, 1)).await;
    let denied = |call: &str| {
        let subject = format!("$JS.API.{call}.LEDGER_jm");
        Some(Err(homeward_ledger::ReadError::Forbidden(subject)))
    };
    let mut following = ledgers.reader.follow(&jm(), 1);
    let told = in_time("the denial", following.next()).await;
    assert_eq!(told, denied("DIRECT.GET"));
    let mut range = ledgers.reader.range(&jm(), 1, 1);
    let told = in_time("the denial", range.next()).await;
    assert_eq!(told, denied("CONSUMER.CREATE"));
}

#[tokio::test]
async fn our_own_identity_cannot_change_a_stream() {
    let private = Private::start().await;
    let ledgers = private.open().await;
    ledgers.appender.append(&commit(1, 1), 0).await.unwrap();
    let (client, mut denials) = as_identity(
        &private.server.url(),
        &private.server.homeward(),
        "_HOMEWARD",
    )
    .await;
    for subject in [
        "$JS.API.STREAM.DELETE.LEDGER_jm",
        "$JS.API.STREAM.PURGE.LEDGER_jm",
        "$JS.API.STREAM.UPDATE.LEDGER_jm",
        "$JS.API.STREAM.MSG.DELETE.LEDGER_jm",
        "$JS.API.STREAM.RESTORE.LEDGER_jm",
        "$JS.API.STREAM.SNAPSHOT.LEDGER_jm",
        "$JS.API.ACCOUNT.PURGE.$G",
        "$SYS.REQ.SERVER.PING",
        "intake.v1",
        "_INBOX.somebody",
    ] {
        client.publish(subject, "{}".into()).await.unwrap();
        let denied = in_time(subject, denials.recv()).await.unwrap();
        assert!(
            denied.contains(&format!("Publish to \"{subject}\"")),
            "{denied}"
        );
    }
    // Creating what exists with other settings is allowed to be asked, and refused.
    let mut other = StreamSettings::of_ledger(&jm(), &Choices::default()).to_json();
    other["max_msgs"] = json!(1);
    let answer = client
        .request("$JS.API.STREAM.CREATE.LEDGER_jm", other.to_string().into())
        .await
        .unwrap();
    let answer: serde_json::Value = serde_json::from_slice(&answer.payload).unwrap();
    assert_eq!(answer["error"]["err_code"], json!(10058), "{answer}");
    assert_eq!(ledgers.reader.verify_complete(&jm()).await.unwrap().last, 1);
    assert_eq!(ledgers.verify().await, Ok(()));
}

#[tokio::test]
async fn publishers_may_ask_and_nothing_else() {
    let private = Private::start().await;
    let ledgers = private.open().await;
    let (client, mut denials) =
        as_identity(&private.server.url(), &private.server.publisher(), "_INBOX").await;
    for subject in [
        "ledger.jm.x",
        "dead-letter.x",
        "$JS.API.INFO",
        "$SRV.PING",
        "intake.v2",
    ] {
        client.publish(subject, "{}".into()).await.unwrap();
        let denied = in_time(subject, denials.recv()).await.unwrap();
        assert!(
            denied.contains(&format!("Publish to \"{subject}\"")),
            "{denied}"
        );
    }
    for subject in ["ledger.>", "dead-letter.>", "_HOMEWARD.>", "intake.v1", ">"] {
        let _subscriber = client.subscribe(subject).await.unwrap();
        let denied = in_time(subject, denials.recv()).await.unwrap();
        assert!(denied.contains("Subscription to"), "{denied}");
    }
    assert_eq!(ledgers.reader.head(&jm()).await.unwrap().last, 0);
}

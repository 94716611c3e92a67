//! The NATS door.

use std::sync::Arc;

use bytes::Bytes;
use futures::future::join_all;
use homeward_ledger::{Ledgers, Reply, Request, ServiceName, in_memory, serve_requests};
use tokio::sync::Semaphore;
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;

use crate::support::{Private, as_identity, eventually, in_time, jm, journey};

fn intake() -> ServiceName {
    ServiceName {
        name: "homeward-intake".to_owned(),
        version: "0.1.0".to_owned(),
        subject: "intake.v1".to_owned(),
        description: "takes in facts".to_owned(),
    }
}

/// Answers with what it was asked; refuses whoever does not say who they are.
async fn echo(request: Request) -> Reply {
    let said = format!(
        "{:?} {:?} {}",
        request.authorization,
        request.content_type,
        String::from_utf8_lossy(&request.payload)
    );
    Reply {
        status: if request.authorization.is_some() {
            201
        } else {
            401
        },
        content_type: "text/plain",
        payload: Bytes::from(said),
    }
}

struct Serving {
    tracker: TaskTracker,
    stop: CancellationToken,
}

impl Serving {
    fn start(ledgers: &Ledgers) -> Self {
        let (tracker, stop) = (TaskTracker::new(), CancellationToken::new());
        let (responder, token) = (ledgers.responder.clone(), stop.clone());
        tracker.spawn(async move {
            serve_requests(&responder, &intake(), echo, token)
                .await
                .unwrap();
        });
        tracker.close();
        Self { tracker, stop }
    }

    async fn stop(self) {
        self.stop.cancel();
        in_time("the service to stop", self.tracker.wait()).await;
    }
}

#[tokio::test]
async fn requests_are_answered() {
    let private = Private::start().await;
    let ledgers = private.open().await;
    let serving = Serving::start(&ledgers);
    let (client, _denials) =
        as_identity(&private.server.url(), &private.server.publisher(), "_INBOX").await;
    eventually("the service listens", async || {
        client.request("intake.v1", "".into()).await.is_ok()
    })
    .await;
    let mut headers = async_nats::HeaderMap::new();
    headers.insert("Authorization", "Bearer t");
    headers.insert("Content-Type", "application/cloudevents+json");
    let reply = client
        .request_with_headers("intake.v1", headers, "{}".into())
        .await
        .unwrap();
    assert_eq!(
        reply.payload,
        r#"Some("Bearer t") Some("application/cloudevents+json") {}"#
    );
    let header = |reply: &async_nats::Message, name: &str| {
        let headers = reply.headers.clone().unwrap();
        headers.get(name).map(|value| value.as_str().to_owned())
    };
    assert_eq!(header(&reply, "Status").unwrap(), "201");
    assert_eq!(header(&reply, "Content-Type").unwrap(), "text/plain");
    assert_eq!(header(&reply, "Nats-Service-Error-Code"), None);

    let refused = client.request("intake.v1", "{}".into()).await.unwrap();
    assert_eq!(header(&refused, "Nats-Service-Error-Code").unwrap(), "401");
    assert_eq!(
        refused.payload, "None None {}",
        "the problem is in the body"
    );

    let many = (0..500).map(|n| client.request("intake.v1", n.to_string().into()));
    for (reply, n) in in_time("many replies", join_all(many))
        .await
        .iter()
        .zip(0..)
    {
        let reply = reply.as_ref().unwrap();
        assert_eq!(reply.payload, format!("None None {n}"));
    }
    serving.stop().await;
    eventually("nobody listens", async || {
        let gone = client.request("intake.v1", "".into()).await;
        gone.is_err_and(|error| error.kind() == async_nats::RequestErrorKind::NoResponders)
    })
    .await;
}

#[tokio::test]
async fn a_reply_never_becomes_a_fact() {
    let private = Private::start().await;
    let ledgers = private.open().await;
    let serving = Serving::start(&ledgers);
    let (client, _denials) =
        as_identity(&private.server.url(), &private.server.publisher(), "_INBOX").await;
    eventually("the service listens", async || {
        client.request("intake.v1", "".into()).await.is_ok()
    })
    .await;
    // The requester chooses where the reply goes, and chooses a journey.
    for subject in [
        format!("ledger.jm.{}", journey(1)),
        "dead-letter.jm".to_owned(),
    ] {
        client
            .publish_with_reply("intake.v1", subject, "{}".into())
            .await
            .unwrap();
    }
    client.request("intake.v1", "".into()).await.unwrap();
    serving.stop().await;
    assert_eq!(ledgers.reader.head(&jm()).await.unwrap().last, 0);
    assert_eq!(ledgers.reader.dead_letters(1, 10).await, Ok(vec![]));
}

#[tokio::test]
async fn a_stop_lets_requests_finish() {
    let private = Private::start().await;
    let ledgers = private.open().await;
    let (gate, entered) = (Arc::new(Semaphore::new(0)), Arc::new(Semaphore::new(0)));
    let (tracker, stop) = (TaskTracker::new(), CancellationToken::new());
    let (responder, token) = (ledgers.responder.clone(), stop.clone());
    let handler = {
        let (gate, entered) = (Arc::clone(&gate), Arc::clone(&entered));
        move |request| {
            let (gate, entered) = (Arc::clone(&gate), Arc::clone(&entered));
            async move {
                entered.add_permits(1);
                gate.acquire().await.unwrap().forget();
                echo(request).await
            }
        }
    };
    tracker.spawn(async move {
        serve_requests(&responder, &intake(), handler, token)
            .await
            .unwrap();
    });
    tracker.close();
    let (client, _denials) =
        as_identity(&private.server.url(), &private.server.publisher(), "_INBOX").await;
    let asked = TaskTracker::new();
    let reply = asked.spawn({
        let client = client.clone();
        async move {
            loop {
                match client.request("intake.v1", "last".into()).await {
                    Ok(reply) => break reply,
                    Err(_) => tokio::task::yield_now().await,
                }
            }
        }
    });
    entered.acquire().await.unwrap().forget();
    stop.cancel();
    gate.add_permits(1);
    in_time("the service to stop", tracker.wait()).await;
    let reply = in_time("the reply", reply).await.unwrap();
    assert_eq!(reply.payload, "None None last");
}

#[tokio::test]
async fn a_flood_is_answered_and_not_dropped() {
    let private = Private::start().await;
    let ledgers = private.open().await;
    let (gate, stop) = (Arc::new(Semaphore::new(0)), CancellationToken::new());
    let handler = {
        let gate = Arc::clone(&gate);
        move |request| {
            let gate = Arc::clone(&gate);
            async move {
                let _pass = gate.acquire().await.unwrap();
                echo(request).await
            }
        }
    };
    let tracker = TaskTracker::new();
    let (responder, token) = (ledgers.responder.clone(), stop.clone());
    tracker.spawn(async move {
        serve_requests(&responder, &intake(), handler, token)
            .await
            .unwrap();
    });
    tracker.close();
    let (client, _denials) =
        as_identity(&private.server.url(), &private.server.publisher(), "_INBOX").await;
    let payload = Bytes::from(vec![b' '; 1 << 20]);
    let ask = async || loop {
        let asked = client.request("intake.v1", payload.clone()).await;
        match asked {
            Err(error) if error.kind() == async_nats::RequestErrorKind::NoResponders => {
                tokio::task::yield_now().await;
            }
            asked => break asked.unwrap(),
        }
    };
    let refused = async |reply: async_nats::Message| {
        let headers = reply.headers.unwrap();
        let busy = headers.get("Status").unwrap().as_str() == "503";
        if busy {
            // Only now may the others go on.
            gate.add_permits(1);
        }
        busy
    };
    let flood = (0..24).map(|_| async { refused(ask().await).await });
    let refusals = in_time("the flood", join_all(flood)).await;
    assert_eq!(refusals.len(), 24, "all are answered");
    assert!(refusals.contains(&true), "24 MiB do not fit into 16");
    stop.cancel();
    in_time("the service to stop", tracker.wait()).await;
}

#[tokio::test]
async fn nobody_asks_a_log_in_memory() {
    let serving = Serving::start(&in_memory(&[jm()]));
    serving.stop().await;
}

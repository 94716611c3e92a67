//! Three servers, three copies of everything.

use std::net::TcpListener;

use futures::StreamExt as _;
use homeward_ledger::{Appended, Connection, Ledgers, Login, connect};

use crate::support::{Foreign, append, commit, eventually, in_time, jm, journey};

async fn start() -> Vec<Foreign> {
    let listeners: Vec<TcpListener> = (0..3)
        .map(|_| TcpListener::bind("127.0.0.1:0").unwrap())
        .collect();
    let ports: Vec<u16> = listeners
        .iter()
        .map(|listener| listener.local_addr().unwrap().port())
        .collect();
    drop(listeners);
    let routes = ports.iter().map(|port| format!("nats://127.0.0.1:{port}"));
    let routes: Vec<String> = routes.collect();
    let mut servers = Vec::new();
    for (port, n) in ports.iter().zip(1..) {
        let extra = format!(
            "server_name: n{n}\ncluster {{ name: c, listen: \"127.0.0.1:{port}\", routes: [{}] }}",
            routes.join(", ")
        );
        servers.push(Foreign::start(&extra).await);
    }
    servers
}

fn connection(servers: &[Foreign]) -> Connection {
    let urls: Vec<String> = servers.iter().map(Foreign::url).collect();
    let mut connection = Connection::new(urls.join(","), Login::Anonymous, &[jm()]);
    connection.choices.replicas = 3;
    connection
}

async fn open(servers: &[Foreign]) -> Ledgers {
    let mut ledgers = None;
    // A cluster that has just formed may not place streams yet.
    eventually("the cluster takes streams", async || {
        ledgers = connect(&connection(servers)).await.ok();
        ledgers.is_some()
    })
    .await;
    ledgers.unwrap()
}

#[tokio::test]
async fn every_read_sees_every_append_and_readers_outlive_a_server() {
    let mut servers = start().await;
    let ledgers = open(&servers).await;
    let mut following = ledgers.reader.follow(&jm(), 1);
    let mut end = 0;
    for id in 1..=100 {
        let appended = ledgers.appender.append(&commit(1, id), end).await;
        end = appended.unwrap().sequence();
        let history = ledgers.reader.journey(&jm(), journey(1)).await.unwrap();
        assert_eq!(history.last().unwrap().sequence, end, "read your own write");
    }
    assert_eq!(
        ledgers.appender.append(&commit(1, 7), 6).await,
        Ok(Appended::Already { sequence: 7 })
    );
    drop(servers.remove(0));
    for id in 101..=120 {
        append(&ledgers, &commit(2, id)).await;
    }
    for expected in 1..=120 {
        let next = in_time("a commit", following.next()).await;
        assert_eq!(next.unwrap().unwrap().sequence, expected);
    }
    in_time("a complete ledger", async {
        while ledgers.reader.verify_complete(&jm()).await.is_err() {}
    })
    .await;
    // The dead letters may have been led by the server that is gone: two others elect a leader first.
    eventually("every stream is as it must be", async || {
        ledgers.verify().await.is_ok()
    })
    .await;
}

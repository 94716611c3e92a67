//! Readers outlive the server.

use bytes::Bytes;
use futures::StreamExt as _;
use homeward_ledger::{NewCommit, StoredCommit};
use rustix::process::{Pid, Signal, kill_process};

use crate::support::{Private, append, commit, eventually, in_time, jm};

#[tokio::test]
async fn following_goes_on_without_a_gap_when_the_server_is_killed() {
    let private = Private::start().await;
    let ledgers = private.open().await;
    let mut following = ledgers.reader.follow(&jm(), 1);
    let mut expected = 0;
    for round in 0..3 {
        for id in 0..20 {
            append(&ledgers, &commit(id, round * 100 + id)).await;
        }
        // Half before the kill, the rest after it.
        for _ in 0..10 {
            expected += 1;
            let next = in_time("a commit", following.next()).await;
            assert_eq!(next.unwrap().unwrap().sequence, expected);
        }
        let before = private.server.restarts();
        let pid = Pid::from_raw(private.server.pid().unwrap()).unwrap();
        kill_process(pid, Signal::KILL).unwrap();
        for _ in 0..10 {
            expected += 1;
            let next = in_time("a commit after the kill", following.next()).await;
            assert_eq!(next.unwrap().unwrap().sequence, expected);
        }
        eventually("the server is back", async || {
            private.server.restarts() > before && private.server.pid().is_some()
        })
        .await;
    }
    append(&ledgers, &commit(99, 999)).await;
    let live = in_time("a live commit", following.next()).await;
    assert_eq!(live.unwrap().unwrap().sequence, expected + 1);
    assert_eq!(
        ledgers.reader.verify_complete(&jm()).await.unwrap().last,
        61
    );
}

#[tokio::test]
async fn a_retry_across_a_restart_finds_what_it_stored() {
    let private = Private::start().await;
    let ledgers = private.open().await;
    let first = append(&ledgers, &commit(1, 1)).await;
    append(&ledgers, &commit(1, 2)).await;
    let pid = Pid::from_raw(private.server.pid().unwrap()).unwrap();
    kill_process(pid, Signal::KILL).unwrap();
    let again = in_time("the retry", async {
        loop {
            if let Ok(appended) = ledgers.appender.append(&commit(1, 1), 0).await {
                break appended;
            }
        }
    });
    assert_eq!(
        again.await,
        homeward_ledger::Appended::Already { sequence: first }
    );
}

#[tokio::test]
async fn a_range_larger_than_any_batch_comes_whole() {
    let private = Private::start_with(Some(4 << 30)).await;
    let ledgers = private.open().await;
    // More bytes than are asked for at once, in commits of very different sizes.
    let sizes = [1, 1 << 20, 300, 70_000];
    let payload = |id: u32| {
        let size = sizes[usize::try_from(id).unwrap() % sizes.len()];
        Bytes::from(vec![b'0' + u8::try_from(id % 10).unwrap(); size])
    };
    for id in 1..=400 {
        let large = NewCommit {
            payload: payload(id),
            ..commit(id, id)
        };
        ledgers.appender.append(&large, 0).await.unwrap();
    }
    let all = in_time("the range", async {
        let range = ledgers.reader.range(&jm(), 1, 400);
        range
            .map(Result::unwrap)
            .collect::<Vec<StoredCommit>>()
            .await
    })
    .await;
    assert_eq!(all.len(), 400);
    for (stored, id) in all.iter().zip(1..) {
        assert!(
            stored.payload == payload(id),
            "commit {id} came back changed"
        );
    }
}

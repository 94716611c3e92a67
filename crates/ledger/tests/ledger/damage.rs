//! A damaged log is found out: nothing is skipped without a word.

use std::path::{Path, PathBuf};

use futures::StreamExt as _;
use homeward_ledger::private_server::PrivateServer;
use homeward_ledger::{Incomplete, ReadError, connect, in_memory};

use crate::support::{Foreign, Private, append, commit, in_time, jm};

#[tokio::test]
async fn a_lost_commit_is_a_gap_in_memory() {
    let ledgers = in_memory(&[jm()]);
    for id in 1..=5 {
        append(&ledgers, &commit(id, id)).await;
    }
    let memory = ledgers.memory().unwrap();
    assert!(memory.lose(&jm(), 3));
    assert!(!memory.lose(&jm(), 3));
    let read: Vec<_> = ledgers.reader.range(&jm(), 1, 5).collect().await;
    assert_eq!(read.len(), 3);
    assert_eq!(read[2], gap(3, 4));
    assert_eq!(
        ledgers.reader.verify_complete(&jm()).await,
        Err(Incomplete::Deleted {
            ledger: jm(),
            deleted: 1
        })
    );
    // At either end there is no neighbour to notice it by.
    assert!(memory.lose(&jm(), 5));
    let mut tail = ledgers.reader.follow(&jm(), 5);
    assert_eq!(tail.next().await, Some(gap(5, 6)));
    assert!(memory.lose(&jm(), 1));
    assert_eq!(
        ledgers.reader.verify_complete(&jm()).await,
        Err(Incomplete::BeginsLate {
            ledger: jm(),
            first: 2
        })
    );
}

fn gap<T>(expected: u64, found: u64) -> Result<T, ReadError> {
    Err(ReadError::Gap {
        ledger: jm(),
        expected,
        found,
    })
}

/// Every file of the ledger's stream that holds messages.
fn blocks(folder: &Path) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(folder).unwrap().map(Result::unwrap);
    entries
        .flat_map(|entry| match entry.path() {
            path if path.is_dir() => blocks(&path),
            path => vec![path],
        })
        .filter(|path| path.extension().is_some_and(|end| end == "blk"))
        .filter(|path| path.to_string_lossy().contains("LEDGER_jm"))
        .collect()
}

/// Damages the files of a stopped server so that the payload of one commit changes.
fn flip_a_bit_of(data_dir: &Path, id: u32) {
    let marker = commit(1, id).payload;
    let found = blocks(data_dir).into_iter().find_map(|path| {
        let bytes = std::fs::read(&path).unwrap();
        let at = bytes
            .windows(marker.len())
            .position(|part| part == marker)?;
        Some((path, bytes, at))
    });
    let (path, mut bytes, at) = found.expect("the commit is in a block file");
    bytes[at] ^= 1;
    std::fs::write(path, bytes).unwrap();
}

#[tokio::test]
async fn a_flipped_bit_on_disk_is_found_by_every_reader() {
    let private = Private::start().await;
    let ledgers = private.open().await;
    for id in 1..=30 {
        append(&ledgers, &commit(id, id)).await;
    }
    private.server.stop().await;
    flip_a_bit_of(&private.config.data_dir, 20);
    let server = PrivateServer::start(private.config).await.unwrap();
    let ledgers = connect(&server.connection(&[jm()])).await.unwrap();

    let read = in_time("the damaged range", async {
        ledgers.reader.range(&jm(), 1, 30).collect::<Vec<_>>().await
    });
    let read = read.await;
    assert_eq!(read.len(), 20, "19 commits and an error");
    assert!(
        matches!(read[19], Err(ReadError::Gap { expected: 20, .. })),
        "{:?}",
        read[19]
    );
    let mut following = ledgers.reader.follow(&jm(), 20);
    let followed = in_time("the damaged tail", following.next()).await;
    assert!(
        matches!(followed, Some(Err(ReadError::Gap { expected: 20, .. }))),
        "{followed:?}"
    );
}

#[tokio::test]
async fn a_stream_that_was_deleted_and_made_again_is_not_the_same() {
    let foreign = Foreign::start("").await;
    let ledgers = connect(&foreign.connection()).await.unwrap();
    for id in 1..=3 {
        append(&ledgers, &commit(id, id)).await;
    }
    let mut following = ledgers.reader.follow(&jm(), 1);
    for _ in 1..=3 {
        in_time("a commit", following.next())
            .await
            .unwrap()
            .unwrap();
    }
    let admin = foreign.admin().await;
    admin.delete_stream("LEDGER_jm").await.unwrap();
    let again = connect(&foreign.connection()).await.unwrap();
    for id in 1..=4 {
        append(&again, &commit(id, id)).await;
    }
    let told = in_time("the follower to notice", following.next()).await;
    assert!(
        matches!(told, Some(Err(ReadError::Replaced { .. }))),
        "{told:?}"
    );
    assert_eq!(following.next().await, None);
    let head = ledgers.reader.head(&jm()).await;
    assert!(matches!(head, Err(ReadError::Replaced { .. })), "{head:?}");
    let verified = ledgers.verify().await.unwrap_err().to_string();
    assert!(verified.contains("was replaced"), "{verified}");
}

fn copy_folder(from: &Path, to: &Path) {
    std::fs::create_dir_all(to).unwrap();
    for entry in std::fs::read_dir(from).unwrap().map(Result::unwrap) {
        let target = to.join(entry.file_name());
        if entry.path().is_dir() {
            copy_folder(&entry.path(), &target);
        } else {
            std::fs::copy(entry.path(), target).unwrap();
        }
    }
}

/// A reader that has seen three commits meets the same server with the files of after the second.
async fn restored_to_an_older_copy(
    before_the_reader_is_back: impl AsyncFnOnce(&PrivateServer),
) -> Option<Result<homeward_ledger::StoredCommit, ReadError>> {
    let private = Private::start().await;
    let ledgers = private.open().await;
    for id in 1..=2 {
        append(&ledgers, &commit(id, id)).await;
    }
    let mut following = ledgers.reader.follow(&jm(), 1);
    private.server.stop().await;
    let (store, copy) = (
        private.config.data_dir.join("nats"),
        private.config.data_dir.join("copy"),
    );
    copy_folder(&store, &copy);
    let server = PrivateServer::start(private.config.clone()).await.unwrap();
    append(&ledgers, &commit(3, 3)).await;
    for _ in 1..=3 {
        in_time("a commit", following.next())
            .await
            .unwrap()
            .unwrap();
    }
    server.stop().await;
    std::fs::remove_dir_all(&store).unwrap();
    copy_folder(&copy, &store);
    let server = PrivateServer::start(private.config.clone()).await.unwrap();
    before_the_reader_is_back(&server).await;
    in_time("the reader to notice", following.next()).await
}

#[tokio::test]
async fn a_log_that_lost_its_tail_is_noticed() {
    let told = restored_to_an_older_copy(async |_| {}).await;
    let behind = ReadError::Behind {
        ledger: jm(),
        position: 3,
        last: 2,
    };
    assert_eq!(told, Some(Err(behind)));
}

#[tokio::test]
async fn a_log_that_lost_its_tail_and_grew_another_is_noticed() {
    let told = restored_to_an_older_copy(async |server| {
        let ledgers = connect(&server.connection(&[jm()])).await.unwrap();
        append(&ledgers, &commit(4, 4)).await;
        append(&ledgers, &commit(5, 5)).await;
    })
    .await;
    let rewritten = ReadError::Rewritten {
        ledger: jm(),
        sequence: 3,
        known: commit(3, 3).id,
    };
    assert_eq!(told, Some(Err(rewritten)));
}

#[tokio::test]
async fn a_purged_stream_is_incomplete_and_unreadable() {
    let foreign = Foreign::start("").await;
    let ledgers = connect(&foreign.connection()).await.unwrap();
    for id in 1..=5 {
        append(&ledgers, &commit(id, id)).await;
    }
    // What the flags deny, an administrator reaches by changing the flags.
    let admin = foreign.admin().await;
    let mut stream = admin.get_stream("LEDGER_jm").await.unwrap();
    let mut config = stream.info().await.unwrap().config.clone();
    config.max_messages = 2;
    config.discard = async_nats::jetstream::stream::DiscardPolicy::Old;
    admin.update_stream(&config).await.unwrap();

    assert_eq!(
        ledgers.reader.verify_complete(&jm()).await,
        Err(Incomplete::BeginsLate {
            ledger: jm(),
            first: 4
        })
    );
    let mut range = ledgers.reader.range(&jm(), 1, 5);
    assert_eq!(in_time("the range", range.next()).await, Some(gap(1, 4)));
    let verified = ledgers.verify().await.unwrap_err().to_string();
    assert!(
        verified.contains("LEDGER_jm: max_msgs: expected -1, found 2"),
        "{verified}"
    );
    assert!(verified.contains("discard"), "{verified}");
}

#[tokio::test]
async fn a_message_that_is_no_commit_stops_the_reader() {
    let foreign = Foreign::start("").await;
    let ledgers = connect(&foreign.connection()).await.unwrap();
    append(&ledgers, &commit(1, 1)).await;
    let stranger = format!("ledger.jm.{}", crate::support::journey(1));
    let admin = foreign.admin().await;
    admin
        .publish(stranger, "x".into())
        .await
        .unwrap()
        .await
        .unwrap();
    let mut following = ledgers.reader.follow(&jm(), 1);
    assert!(
        in_time("the commit", following.next())
            .await
            .unwrap()
            .is_ok()
    );
    let told = in_time("the stranger", following.next()).await.unwrap();
    assert!(
        matches!(told, Err(ReadError::Unreadable { sequence: 2, .. })),
        "{told:?}"
    );
}

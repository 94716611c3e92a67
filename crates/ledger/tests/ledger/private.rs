//! The private server: its life and its leftovers.

use std::os::unix::fs::PermissionsExt as _;
use std::process::{Command, Stdio};

use homeward_ledger::private_server::{
    PrivateServer, PrivateServerConfig, PrivateServerError, check_version,
};
use homeward_ledger::{Durability, connect};
use rustix::process::{Pid, Signal, kill_process};

use crate::support::{Private, append, binary, commit, eventually, jm};

#[tokio::test]
async fn it_keeps_port_identities_and_facts_across_starts() {
    let private = Private::start().await;
    let ledgers = private.open().await;
    assert_eq!(ledgers.durability, Durability::Synced);
    append(&ledgers, &commit(1, 1)).await;
    let (url, login) = (private.server.url(), private.server.homeward());
    let pid = private.server.pid().unwrap();
    private.server.stop().await;
    assert!(!is_running(pid), "stopping waits for the end");
    assert!(!private.config.data_dir.join("nats.pid").exists());

    let server = PrivateServer::start(private.config).await.unwrap();
    assert_eq!((server.url(), server.homeward()), (url, login));
    let ledgers = connect(&server.connection(&[jm()])).await.unwrap();
    assert_eq!(ledgers.reader.verify_complete(&jm()).await.unwrap().last, 1);
}

fn is_running(pid: i32) -> bool {
    std::fs::read(format!("/proc/{pid}/cmdline")).is_ok_and(|line| !line.is_empty())
}

#[tokio::test]
async fn a_child_that_dies_is_started_again_on_the_same_port() {
    let private = Private::start().await;
    let url = private.server.url();
    for round in 1..=2 {
        let pid = private.server.pid().unwrap();
        kill_process(Pid::from_raw(pid).unwrap(), Signal::KILL).unwrap();
        eventually("it runs again", async || {
            private.server.restarts() == round && private.server.pid().is_some_and(|now| now != pid)
        })
        .await;
    }
    assert_eq!(private.server.url(), url);
    append(&private.open().await, &commit(1, 1)).await;
}

#[tokio::test]
async fn one_folder_has_one_server() {
    let private = Private::start().await;
    let second = PrivateServer::start(private.config.clone()).await;
    assert!(
        matches!(second, Err(PrivateServerError::InUse(_))),
        "{second:?}"
    );
    assert!(is_running(private.server.pid().unwrap()));
}

#[tokio::test]
async fn a_server_left_behind_is_ended_first() {
    let private = Private::start().await;
    append(&private.open().await, &commit(1, 1)).await;
    private.server.stop().await;
    // What a parent leaves that was killed: a running server, and its pid in the file.
    let data_dir = std::fs::canonicalize(&private.config.data_dir).unwrap();
    let mut left = Command::new(binary())
        .arg("-c")
        .arg(data_dir.join("nats.conf"))
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    std::fs::write(data_dir.join("nats.pid"), left.id().to_string()).unwrap();

    let server = PrivateServer::start(private.config).await.unwrap();
    let exit = left.try_wait().unwrap();
    assert!(exit.is_some(), "the old server still runs");
    let ledgers = connect(&server.connection(&[jm()])).await.unwrap();
    assert_eq!(ledgers.reader.verify_complete(&jm()).await.unwrap().last, 1);
}

#[tokio::test]
async fn a_stranger_with_the_same_process_id_is_left_alone() {
    let private = Private::start().await;
    private.server.stop().await;
    let mut stranger = Command::new("sleep").arg("600").spawn().unwrap();
    let pid_file = private.config.data_dir.join("nats.pid");
    std::fs::write(pid_file, stranger.id().to_string()).unwrap();
    let server = PrivateServer::start(private.config).await.unwrap();
    assert!(stranger.try_wait().unwrap().is_none(), "it was ended");
    stranger.kill().unwrap();
    stranger.wait().unwrap();
    server.stop().await;
}

#[tokio::test]
async fn a_port_taken_by_somebody_else_is_replaced() {
    let private = Private::start().await;
    append(&private.open().await, &commit(1, 1)).await;
    let url = private.server.url();
    private.server.stop().await;
    let port = url.rsplit(':').next().unwrap().parse::<u16>().unwrap();
    let squatter = std::net::TcpListener::bind(("127.0.0.1", port)).unwrap();
    let server = PrivateServer::start(private.config).await.unwrap();
    assert_ne!(server.url(), url);
    drop(squatter);
    let ledgers = connect(&server.connection(&[jm()])).await.unwrap();
    assert_eq!(ledgers.reader.head(&jm()).await.unwrap().last, 1);
}

#[tokio::test]
async fn without_a_quota_it_takes_a_share_of_the_volume() {
    let private = Private::start().await;
    append(&private.open().await, &commit(1, 1)).await;
    private.server.stop().await;
    let config = PrivateServerConfig {
        max_file_store: None,
        sync_always: false,
        ..private.config
    };
    let server = PrivateServer::start(config).await.unwrap();
    let connection = server.connection(&[jm()]);
    assert_eq!(connection.durability, Durability::NotSynced);
    let ledgers = connect(&connection).await.unwrap();
    append(&ledgers, &commit(1, 2)).await;
    assert_eq!(ledgers.reader.verify_complete(&jm()).await.unwrap().last, 2);
}

#[tokio::test]
async fn credentials_are_for_the_owner_only() {
    let private = Private::start().await;
    for name in ["nats.conf", "nats-identities.json"] {
        let metadata = std::fs::metadata(private.config.data_dir.join(name)).unwrap();
        assert_eq!(metadata.permissions().mode() & 0o777, 0o600, "{name}");
    }
    let folder = std::fs::metadata(&private.config.data_dir).unwrap();
    assert_eq!(folder.permissions().mode() & 0o777, 0o700);
}

#[tokio::test]
async fn what_is_no_nats_server_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let config = |binary: &str| PrivateServerConfig {
        binary: binary.into(),
        data_dir: folder.path().join("data"),
        sync_always: false,
        max_file_store: None,
    };
    for wrong in ["/bin/true", "/no/such/file"] {
        let refused = PrivateServer::start(config(wrong)).await;
        assert!(
            matches!(&refused, Err(PrivateServerError::Unusable { binary, .. }) if binary == wrong),
            "{refused:?}"
        );
    }
    assert!(check_version(&binary()).await.unwrap().minor >= 14);
}

#[tokio::test]
async fn a_server_that_cannot_start_says_why() {
    let private = Private::start().await;
    private.server.stop().await;
    // A file where the folder of the log should be.
    let store = private.config.data_dir.join("nats");
    std::fs::remove_dir_all(&store).unwrap();
    std::fs::write(&store, "").unwrap();
    let refused = PrivateServer::start(private.config).await.unwrap_err();
    let told = refused.to_string();
    assert!(told.contains("the end of its log"), "{told}");
    assert!(told.contains("nats"), "{told}");
}

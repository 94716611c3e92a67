//! Servers, ids and patience for the tests.

use std::fmt::Write as _;
use std::future::Future;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use homeward_events::id::{CommitId, JourneyId, LedgerId};
use homeward_ledger::private_server::{PrivateServer, PrivateServerConfig};
use homeward_ledger::{Appended, Connection, Ledgers, Login, NewCommit, connect};
use tempfile::TempDir;
use tokio::time::Instant;

/// How long anything may take before a test fails: far more than it ever does.
const PATIENCE: Duration = Duration::from_mins(1);

/// The nats-server that the tests run.
pub(crate) fn binary() -> PathBuf {
    let configured = std::env::var_os("HOMEWARD_NATS_SERVER").map(PathBuf::from);
    let fetched = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../../target/tools/nats-server-2.15.1/nats-server");
    let found = configured.unwrap_or(fetched);
    assert!(
        found.is_file(),
        "no nats-server at {}: run the tests with `cargo xtask test`, which fetches one",
        found.display()
    );
    found
}

pub(crate) fn jm() -> LedgerId {
    "jm".parse().unwrap()
}

/// The `n`th journey, the same in every run.
pub(crate) fn journey(n: u32) -> JourneyId {
    format!("00000000-0000-4000-8000-{n:012x}").parse().unwrap()
}

/// The `n`th commit id, the same in every run.
pub(crate) fn commit_id(n: u32) -> CommitId {
    format!("00000000-0000-4000-9000-{n:012x}").parse().unwrap()
}

/// A commit whose payload names it.
pub(crate) fn commit(on: u32, id: u32) -> NewCommit {
    NewCommit {
        ledger: jm(),
        journey: journey(on),
        id: commit_id(id),
        payload: format!("[\"commit {id}\"]").into(),
    }
}

/// A private server in a folder of its own, with its settings.
pub(crate) struct Private {
    pub(crate) server: PrivateServer,
    pub(crate) config: PrivateServerConfig,
    /// Removed when the test ends.
    _folder: TempDir,
}

impl Private {
    pub(crate) async fn start() -> Self {
        Self::start_with(None).await
    }

    pub(crate) async fn start_with(max_file_store: Option<u64>) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let config = PrivateServerConfig {
            binary: binary(),
            data_dir: folder.path().join("data"),
            sync_always: true,
            max_file_store: Some(max_file_store.unwrap_or(1 << 30)),
        };
        let server = PrivateServer::start(config.clone()).await.unwrap();
        Self {
            server,
            config,
            _folder: folder,
        }
    }

    pub(crate) async fn open(&self) -> Ledgers {
        connect(&self.server.connection(&[jm()])).await.unwrap()
    }
}

/// A nats-server that is not ours: no supervision, no login unless told otherwise.
pub(crate) struct Foreign {
    process: Child,
    pub(crate) port: u16,
    /// Removed when the test ends.
    _folder: TempDir,
}

impl Foreign {
    /// Starts one; `extra` is added to its configuration.
    pub(crate) async fn start(extra: &str) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
        let port = listener.local_addr().unwrap().port();
        drop(listener);
        let mut text = format!(
            "listen: \"127.0.0.1:{port}\"\njetstream {{ store_dir: \"{}\" }}\n",
            folder.path().join("store").display()
        );
        if !extra.contains("max_payload") {
            text.push_str("max_payload: 4MB\n");
        }
        writeln!(text, "{extra}").unwrap();
        let config = folder.path().join("nats.conf");
        std::fs::write(&config, text).unwrap();
        let process = Command::new(binary())
            .arg("-c")
            .arg(&config)
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let foreign = Self {
            process,
            port,
            _folder: folder,
        };
        eventually("the foreign server listens", async || {
            tokio::net::TcpStream::connect(("127.0.0.1", port))
                .await
                .is_ok()
        })
        .await;
        foreign
    }

    pub(crate) fn url(&self) -> String {
        format!("nats://127.0.0.1:{}", self.port)
    }

    pub(crate) fn connection(&self) -> Connection {
        Connection::new(self.url(), Login::Anonymous, &[jm()])
    }

    pub(crate) async fn admin(&self) -> async_nats::jetstream::Context {
        async_nats::jetstream::new(async_nats::connect(self.url()).await.unwrap())
    }
}

impl Drop for Foreign {
    fn drop(&mut self) {
        self.process.kill().unwrap();
        self.process.wait().unwrap();
    }
}

/// Asks again and again until the answer is yes.
pub(crate) async fn eventually(what: &str, mut ask: impl AsyncFnMut() -> bool) {
    let deadline = Instant::now() + PATIENCE;
    while !ask().await {
        assert!(Instant::now() < deadline, "waited too long until {what}");
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
}

/// Fails rather than waits for ever.
pub(crate) async fn in_time<T>(what: &str, work: impl Future<Output = T>) -> T {
    match tokio::time::timeout(PATIENCE, work).await {
        Ok(done) => done,
        Err(tokio::time::error::Elapsed { .. }) => panic!("waited too long for {what}"),
    }
}

/// Appends a commit to the end of its journey, whatever it takes.
pub(crate) async fn append(ledgers: &Ledgers, commit: &NewCommit) -> u64 {
    in_time("an append", async {
        loop {
            let history = ledgers.reader.journey(&commit.ledger, commit.journey).await;
            let Ok(history) = history else { continue };
            let expected = history.last().map_or(0, |last| last.sequence);
            match ledgers.appender.append(commit, expected).await {
                Ok(Appended::New { sequence } | Appended::Already { sequence }) => return sequence,
                Err(error) => eprintln!("appending again after: {error}"),
            }
        }
    })
    .await
}

/// Connects as one of the identities of a private server, and counts what it is denied.
pub(crate) async fn as_identity(
    url: &str,
    login: &Login,
    inbox: &str,
) -> (
    async_nats::Client,
    tokio::sync::mpsc::UnboundedReceiver<String>,
) {
    let Login::Password { user, password } = login else {
        panic!("private servers give out passwords");
    };
    let (sender, denials) = tokio::sync::mpsc::unbounded_channel();
    let client = async_nats::ConnectOptions::with_user_and_password(user.clone(), password.clone())
        .custom_inbox_prefix(inbox)
        .event_callback(move |event| {
            if let async_nats::Event::ServerError(error) = event {
                sender.send(error.to_string()).unwrap();
            }
            std::future::ready(())
        })
        .connect(url)
        .await
        .unwrap();
    (client, denials)
}

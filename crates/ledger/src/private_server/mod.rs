//! Our own nats-server: a child process on the loopback interface, with generated credentials.
//!
//! What it guarantees: every acknowledged write is on disk (`sync_interval: always`); nobody
//! outside this machine can connect; no identity it gives out may delete, purge, change or restore
//! a stream; a child that dies is started again on the same port; one that a killed parent left
//! behind is ended before a new one touches its files.

mod binary;
mod process;
mod settings;

use std::fmt;
use std::fs::File;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use tokio_util::sync::{CancellationToken, DropGuard};
use tokio_util::task::TaskTracker;

pub use binary::{check_version, find_binary};

use crate::connect::{Connection, Durability, Login};
use crate::streams::{Choices, DEAD_LETTER_STORE_BYTES_MAX};
use homeward_events::id::LedgerId;
use process::{Child, Status};
use settings::Settings;

/// Dead letters get at most one part in so many of the space for the log.
const DEAD_LETTER_SHARE: u64 = 8;

/// How to run the server.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PrivateServerConfig {
    /// The nats-server to run, see [`find_binary`].
    pub binary: PathBuf,
    /// Where it keeps everything: the log, its configuration, its credentials. Created if missing.
    pub data_dir: PathBuf,
    /// Sync every write before it is acknowledged. Without it a power cut loses what was
    /// acknowledged in the last two minutes: for demonstrations and load tests only.
    pub sync_always: bool,
    /// Space for the log, in bytes; four fifths of what the volume has left, if not given.
    pub max_file_store: Option<u64>,
}

/// Why the server does not run.
#[derive(Debug, thiserror::Error)]
pub enum PrivateServerError {
    /// No nats-server was found.
    #[error("no nats-server found: looked at {looked}")]
    NotFound {
        /// Where we looked.
        looked: String,
    },
    /// The nats-server that was found cannot be used.
    #[error("cannot use {binary}: {reason}")]
    Unusable {
        /// Which one.
        binary: String,
        /// Why not.
        reason: String,
    },
    /// Another process of ours runs the server of this data directory.
    #[error("{0} is in use by another running homeward")]
    InUse(String),
    /// A file could not be read or written.
    #[error("cannot {doing} {path}: {reason}")]
    File {
        /// What was being done.
        doing: &'static str,
        /// With which file.
        path: String,
        /// What went wrong.
        reason: String,
    },
    /// A server left behind by an earlier run cannot be ended.
    #[error("cannot end the nats-server left behind by an earlier run (process {pid}): {reason}")]
    LeftBehind {
        /// Its process id.
        pid: i32,
        /// What went wrong.
        reason: String,
    },
    /// It was started, but does not answer. The end of its log is part of the message.
    #[error("nats-server did not answer within {patience_s} s; the end of its log:\n{log}")]
    Silent {
        /// How long we waited, in seconds.
        patience_s: u64,
        /// The end of its log.
        log: String,
    },
}

/// A running server. Dropping it ends the server too, but only [`Self::stop`] waits for the end.
pub struct PrivateServer {
    settings: Arc<Settings>,
    status: tokio::sync::watch::Receiver<Status>,
    stop: DropGuard,
    tracker: TaskTracker,
    /// Held for as long as the server may touch its files.
    _lock: File,
}

impl fmt::Debug for PrivateServer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("PrivateServer")
            .field("url", &self.url())
            .field("pid", &self.pid())
            .field("restarts", &self.restarts())
            .finish_non_exhaustive()
    }
}

impl PrivateServer {
    /// Starts the server and waits until it answers. Ends one that was left behind.
    ///
    /// # Errors
    /// See [`PrivateServerError`].
    pub async fn start(config: PrivateServerConfig) -> Result<Self, PrivateServerError> {
        let version = check_version(&config.binary).await?;
        let lock = settings::lock(&config.data_dir)?;
        process::end_left_behind(&config.data_dir).await?;
        let settings = Arc::new(Settings::prepare(&config)?);
        let mut child = Child::spawn(&settings)?;
        if let Err(error) = child.wait_until_ready(&settings).await {
            child.end().await;
            return Err(error);
        }
        tracing::info!(%version, url = %settings.url(), pid = child.pid(), "nats-server runs");
        let (sender, status) = tokio::sync::watch::channel(Status {
            pid: child.pid(),
            restarts: 0,
        });
        let (tracker, token) = (TaskTracker::new(), CancellationToken::new());
        let supervised = Arc::clone(&settings);
        let stop = token.clone();
        tracker.spawn(async move { process::supervise(supervised, child, sender, stop).await });
        tracker.close();
        Ok(Self {
            settings,
            status,
            stop: token.drop_guard(),
            tracker,
            _lock: lock,
        })
    }

    /// Where it listens: `nats://127.0.0.1:<port>`. The same across its restarts, and across ours
    /// unless somebody else took the port in between.
    pub fn url(&self) -> String {
        self.settings.url()
    }

    /// The process id of the child, unless it is down at this moment.
    pub fn pid(&self) -> Option<i32> {
        self.status.borrow().pid
    }

    /// How often the child died and was started again.
    pub fn restarts(&self) -> u64 {
        self.status.borrow().restarts
    }

    /// The identity that reads and writes the streams.
    pub fn homeward(&self) -> Login {
        self.settings.logins.homeward.login()
    }

    /// The identity that answers requests and may do nothing else.
    pub fn responder(&self) -> Login {
        self.settings.logins.responder.login()
    }

    /// The identity for publishers: may send requests and receive replies.
    pub fn publisher(&self) -> Login {
        self.settings.logins.publisher.login()
    }

    /// How to open the log on this server.
    pub fn connection(&self, ledgers: &[LedgerId]) -> Connection {
        let durability = if self.settings.sync_always {
            Durability::Synced
        } else {
            Durability::NotSynced
        };
        let dead_letters = self.settings.quota / DEAD_LETTER_SHARE;
        let choices = Choices {
            dead_letter_store_bytes_max: dead_letters.min(DEAD_LETTER_STORE_BYTES_MAX),
            ..Choices::default()
        };
        Connection {
            choices,
            responder: Some(self.responder()),
            durability,
            ..Connection::new(self.url(), self.homeward(), ledgers)
        }
    }

    /// The file that it writes its log to.
    pub fn log_file(&self) -> &Path {
        &self.settings.log_file
    }

    /// Ends the server in order and waits for it: what it acknowledged is on disk either way.
    pub async fn stop(self) {
        drop(self.stop);
        self.tracker.wait().await;
    }
}

//! Opening the log: connect, check the server, create or verify the streams.

use std::fmt;
use std::path::PathBuf;
use std::sync::Arc;

use async_nats::Client;
use homeward_events::id::LedgerId;

use crate::append::Appender;
use crate::attachments::Attachments;
use crate::error::ConnectError;
use crate::jetstream::JetStreamLog;
use crate::jetstream::link::{self, Link};
use crate::memory::MemoryLog;
use crate::read::Reader;
use crate::streams::Choices;

/// How to prove who we are to a NATS server.
#[derive(Clone, PartialEq, Eq)]
pub enum Login {
    /// The server asks for nothing. For tests and for networks that do the asking.
    Anonymous,
    /// A name and a password.
    Password {
        /// The name.
        user: String,
        /// The password; never printed.
        password: String,
    },
    /// A credentials file (JWT and seed), as `nsc` writes it.
    Credentials(PathBuf),
}

impl fmt::Debug for Login {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Anonymous => f.write_str("Anonymous"),
            Self::Password { user, .. } => write!(f, "Password({user})"),
            Self::Credentials(path) => write!(f, "Credentials({})", path.display()),
        }
    }
}

/// Whether what the server acknowledges survives a power cut. No client can ask a server for its
/// `sync_interval`, so this is what is known about it, not what was measured.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Durability {
    /// Our own server, which we told to sync every write before it answers.
    Synced,
    /// The operator of the server says that it does.
    Asserted,
    /// Another server, and nobody said so.
    NotVerifiable,
    /// Our own server, told not to: for demonstrations and load tests.
    NotSynced,
    /// A log in memory.
    None,
}

impl fmt::Display for Durability {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Synced => "durable sync: on",
            Self::Asserted => "durable sync: asserted by the operator",
            Self::NotVerifiable => {
                "durable sync: not verifiable; set `sync_interval: always` on the server and say so"
            }
            Self::NotSynced => "durable sync: off, a power cut loses acknowledged facts",
            Self::None => "durable sync: none, the log is in memory",
        })
    }
}

/// Everything that opening a log needs to know.
#[derive(Debug, Clone)]
pub struct Connection {
    /// One or more servers, separated by commas: `nats://host:4222`. Without credentials.
    pub url: String,
    /// A file of certificates (PEM) to trust besides those of the system, for `tls://` servers.
    pub root_certificates: Option<PathBuf>,
    /// The identity that reads and writes the streams.
    pub login: Login,
    /// The identity that answers requests, if it is another one. It should be: a requester chooses
    /// the subject that the answer goes to, so the one who answers must not be able to write to a
    /// ledger.
    pub responder: Option<Login>,
    /// The ledgers to open, each a stream.
    pub ledgers: Vec<LedgerId>,
    /// Replicas, windows and sizes.
    pub choices: Choices,
    /// Create the streams that are missing. If not, a missing stream is an error.
    pub create: bool,
    /// What is known about the server's durable sync.
    pub durability: Durability,
    /// First token of the subjects that replies to us come to. The server should let nobody else
    /// listen there: the answers hold what was read.
    pub inbox: String,
}

/// The prefix of our inboxes unless told otherwise. Not `_INBOX`, where every client may listen.
pub const INBOX: &str = "_HOMEWARD";

impl Connection {
    /// One server, one login, defaults for the rest.
    pub fn new(url: impl Into<String>, login: Login, ledgers: &[LedgerId]) -> Self {
        Self {
            url: url.into(),
            root_certificates: None,
            login,
            responder: None,
            ledgers: ledgers.to_vec(),
            choices: Choices::default(),
            create: true,
            durability: Durability::NotVerifiable,
            inbox: INBOX.to_owned(),
        }
    }
}

/// An open log.
#[derive(Clone)]
pub struct Ledgers {
    /// The only way in.
    pub appender: Appender,
    /// The way out.
    pub reader: Reader,
    /// What is attached to facts.
    pub attachments: Attachments,
    /// For [`crate::serve_requests`].
    pub responder: Responder,
    /// What is known about durability.
    pub durability: Durability,
    log: Log,
}

#[derive(Clone)]
enum Log {
    JetStream(Arc<JetStreamLog>),
    Memory(Arc<MemoryLog>),
}

/// The handle that requests are answered with.
#[derive(Clone)]
pub struct Responder(pub(crate) Respond);

#[derive(Clone)]
pub(crate) enum Respond {
    Nats(Client),
    /// Nobody can ask a log in memory.
    Nobody,
}

impl Ledgers {
    /// Checks again what was checked at the start: the server's version and limits, every setting
    /// of every stream, and that each stream is still the one that was opened. To be called now
    /// and then while running.
    ///
    /// # Errors
    /// The first thing that is not as it must be; settings are all listed in one error.
    pub async fn verify(&self) -> Result<(), ConnectError> {
        match &self.log {
            Log::JetStream(log) => log.verify().await,
            Log::Memory(_) => Ok(()),
        }
    }

    /// The log in memory, if this is one: tests set its clock and damage it.
    pub fn memory(&self) -> Option<&MemoryLog> {
        match &self.log {
            Log::JetStream(_) => None,
            Log::Memory(log) => Some(log),
        }
    }

    /// Whether the server is connected at this moment.
    pub fn is_connected(&self) -> bool {
        match &self.log {
            Log::JetStream(log) => log.is_connected(),
            Log::Memory(_) => true,
        }
    }
}

/// Connects, checks server and streams, creates the streams that are missing.
///
/// # Errors
/// See [`ConnectError`]; nothing is changed on the server when a setting differs.
pub async fn connect(config: &Connection) -> Result<Ledgers, ConnectError> {
    let link = Link::open(config, &config.login, &config.inbox).await?;
    let log = Arc::new(JetStreamLog::open(link, config).await?);
    // A connection of its own, so that a flood of requests does not hold up the log.
    let responder = config.responder.as_ref().unwrap_or(&config.login);
    let responder = link::dial(config, responder, &config.inbox).await?;
    tracing::info!(
        ledgers = config.ledgers.len(),
        durability = %config.durability,
        "the log is open"
    );
    Ok(Ledgers {
        appender: Appender::jetstream(&log),
        reader: Reader::jetstream(&log),
        attachments: Attachments::jetstream(&log),
        responder: Responder(Respond::Nats(responder)),
        durability: config.durability,
        log: Log::JetStream(log),
    })
}

/// A log in memory with the same semantics, for tests.
pub fn in_memory(ledgers: &[LedgerId]) -> Ledgers {
    let log = Arc::new(MemoryLog::new(ledgers));
    Ledgers {
        appender: Appender::memory(&log),
        reader: Reader::memory(&log),
        attachments: Attachments::memory(&log),
        responder: Responder(Respond::Nobody),
        durability: Durability::None,
        log: Log::Memory(log),
    }
}

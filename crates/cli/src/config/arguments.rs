//! What can be said on the command line and in the environment.

use std::net::SocketAddr;
use std::path::PathBuf;

use clap::Args;
use homeward_events::id::LedgerId;

use super::LogFormat;

/// Where the log is. The same for every command that opens it.
#[derive(Debug, Clone, Default, Args)]
pub(crate) struct LogArgs {
    /// Ledgers, each a country's or agency's log; repeat, or separate by commas
    #[arg(
        long = "ledger",
        env = "HOMEWARD_LEDGERS",
        value_name = "LEDGER",
        value_delimiter = ','
    )]
    pub(crate) ledgers: Vec<LedgerId>,
    /// NATS server to use; without it, a private nats-server is run
    #[arg(long, env = "HOMEWARD_NATS_URL", value_name = "URL")]
    pub(super) nats_url: Option<String>,
    /// User of that server
    #[arg(long, env = "HOMEWARD_NATS_USER", value_name = "NAME")]
    pub(super) nats_user: Option<String>,
    /// File with the password of that user
    #[arg(long, env = "HOMEWARD_NATS_PASSWORD_FILE", value_name = "FILE")]
    pub(super) nats_password_file: Option<PathBuf>,
    /// Credentials file (JWT and seed) for that server, instead of a user
    #[arg(long, env = "HOMEWARD_NATS_CREDS", value_name = "FILE")]
    pub(super) nats_creds: Option<PathBuf>,
    /// Credentials file of the identity that answers requests and cannot write to the ledgers
    #[arg(long, env = "HOMEWARD_NATS_RESPONDER_CREDS", value_name = "FILE")]
    pub(super) nats_responder_creds: Option<PathBuf>,
    /// That server syncs every write (`sync_interval: always`): I checked it
    #[arg(long, env = "HOMEWARD_NATS_DURABLE")]
    pub(super) nats_durable: bool,
    /// Copies of each message: 3 in a cluster
    #[arg(long, env = "HOMEWARD_NATS_REPLICAS", value_name = "N",
          value_parser = clap::value_parser!(u8).range(1..=5))]
    pub(super) nats_replicas: Option<u8>,
    /// nats-server to run; otherwise the one on the path
    #[arg(long, env = "HOMEWARD_NATS_SERVER", value_name = "PATH")]
    pub(super) nats_server: Option<PathBuf>,
    /// Let the private nats-server sync later than it answers: faster, and a power cut loses facts
    #[arg(long, env = "HOMEWARD_NATS_NO_SYNC")]
    pub(super) nats_no_sync: bool,
    /// Space for the private log, in bytes; otherwise four fifths of what the volume has left
    #[arg(long, env = "HOMEWARD_NATS_MAX_FILE_STORE", value_name = "BYTES")]
    pub(super) nats_max_file_store: Option<u64>,
}

impl LogArgs {
    /// Whether a ledger is meant: every one is, unless some are named.
    pub(crate) fn names(&self, ledger: &LedgerId) -> bool {
        self.ledgers.is_empty() || self.ledgers.contains(ledger)
    }
}

/// What a server is told.
#[derive(Debug, Clone, Default, Args)]
pub(crate) struct ServeArgs {
    /// Where HTTP listens; port 0 takes a free one [default: 127.0.0.1:8080]
    #[arg(long, env = "HOMEWARD_LISTEN", value_name = "ADDRESS")]
    pub(super) listen: Option<SocketAddr>,
    #[command(flatten)]
    pub(crate) log: LogArgs,
    /// Take events through HTTP only
    #[arg(long, env = "HOMEWARD_NO_NATS_INTAKE")]
    pub(super) no_nats_intake: bool,
    /// How log lines are written
    #[arg(long, env = "HOMEWARD_LOG_FORMAT", value_enum)]
    pub(crate) log_format: Option<LogFormat>,
}

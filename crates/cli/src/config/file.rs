//! `homeward.toml` in the data directory: the lowest layer above the defaults.

use std::fs;
use std::io;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result};
use homeward_events::id::LedgerId;
use serde::Deserialize;

use super::LogFormat;

/// The name of the file within the data directory.
pub(crate) const FILE: &str = "homeward.toml";

/// `homeward.toml`. A key that is not here is an error: it would be a setting that nobody obeys.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct ConfigFile {
    /// Where HTTP listens.
    pub(super) listen: Option<SocketAddr>,
    /// Ledgers to open.
    pub(super) ledgers: Option<Vec<LedgerId>>,
    /// Whether events are taken from NATS too.
    pub(super) nats_intake: Option<bool>,
    /// How log lines are written.
    pub(super) log_format: Option<LogFormat>,
    /// Server that commands ask.
    pub(crate) url: Option<String>,
    /// The NATS server.
    #[serde(default)]
    pub(super) nats: NatsFile,
}

/// `[nats]` in `homeward.toml`.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct NatsFile {
    pub(super) url: Option<String>,
    pub(super) user: Option<String>,
    pub(super) password_file: Option<PathBuf>,
    pub(super) creds: Option<PathBuf>,
    pub(super) responder_creds: Option<PathBuf>,
    pub(super) durable: Option<bool>,
    pub(super) replicas: Option<u8>,
    pub(super) server: Option<PathBuf>,
    pub(super) sync_always: Option<bool>,
    pub(super) max_file_store_bytes: Option<u64>,
}

impl ConfigFile {
    /// Reads the file; one that is not there says nothing.
    ///
    /// # Errors
    /// It cannot be read, or holds what no setting is called.
    pub(crate) fn read(data_dir: &Path) -> Result<Self> {
        let path = data_dir.join(FILE);
        match fs::read_to_string(&path) {
            Ok(text) => {
                toml::from_str(&text).with_context(|| format!("configuration {}", path.display()))
            }
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(Self::default()),
            Err(error) => Err(error).with_context(|| format!("configuration {}", path.display())),
        }
    }
}

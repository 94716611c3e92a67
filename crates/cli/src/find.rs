//! What commands leave for each other in the data directory: where the server is, which ledgers there
//! are.

use std::fs;
use std::io::{self, Write as _};
use std::net::SocketAddr;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result};
use clap::Args;
use homeward_events::id::LedgerId;
use serde::{Deserialize, Serialize};

use crate::config::ConfigFile;
use crate::door::Door;
use crate::publish::create_private;

/// Where a server is when nobody says anything else.
const URL: &str = "http://127.0.0.1:8080";

/// Which server to ask, and with which key.
#[derive(Debug, Clone, Default, Args)]
pub(crate) struct ServerArgs {
    /// Address of the server; otherwise the one that runs on this data directory
    #[arg(long, env = "HOMEWARD_URL", value_name = "URL")]
    pub(crate) url: Option<String>,
    /// Key to show it, as `homeward keys create` printed it
    #[arg(long, env = "HOMEWARD_KEY", hide_env_values = true, value_name = "KEY")]
    pub(crate) key: Option<String>,
}

impl ServerArgs {
    /// The door that these arguments, the configuration or a running server point to.
    ///
    /// # Errors
    /// The configuration cannot be read, or the address is none.
    pub(crate) fn door(&self, data_dir: &Path) -> Result<Door> {
        let url = match &self.url {
            Some(url) => url.clone(),
            None => match ConfigFile::read(data_dir)?.url {
                Some(url) => url,
                None => Left::read(data_dir)?
                    .running
                    .map_or_else(|| URL.to_owned(), |running| running.url()),
            },
        };
        Door::new(&url, self.key.clone())
    }
}

/// What the last server of a data directory left behind in `serve.json`.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Left {
    /// The ledgers that it opened.
    pub(crate) ledgers: Vec<LedgerId>,
    /// The server itself, unless it ended in order.
    pub(crate) running: Option<RunningServer>,
}

/// A server that runs, or was killed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct RunningServer {
    /// Where its door is.
    pub(crate) address: SocketAddr,
    /// Its process.
    pub(crate) pid: u32,
    /// Its NATS server.
    pub(crate) nats_url: String,
    /// The way into its own private NATS server; absent for one that others run.
    pub(crate) nats_login: Option<NatsLogin>,
}

/// A name and a password. The file that holds it is for its owner only.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct NatsLogin {
    pub(crate) user: String,
    pub(crate) password: String,
}

impl std::fmt::Debug for NatsLogin {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "NatsLogin({})", self.user)
    }
}

impl RunningServer {
    /// Its address for a client on this machine: one that listens everywhere is reached here.
    pub(crate) fn url(&self) -> String {
        let mut address = self.address;
        if address.ip().is_unspecified() {
            address.set_ip(std::net::Ipv4Addr::LOCALHOST.into());
        }
        format!("http://{address}")
    }
}

impl Left {
    fn path(data_dir: &Path) -> PathBuf {
        data_dir.join("serve.json")
    }

    /// Reads it; nothing was left where no server ever ran.
    ///
    /// # Errors
    /// The file is there and cannot be read.
    pub(crate) fn read(data_dir: &Path) -> Result<Self> {
        let path = Self::path(data_dir);
        match fs::read(&path) {
            Ok(bytes) => serde_json::from_slice(&bytes).with_context(|| {
                format!(
                    "{} cannot be read; remove it and start the server again",
                    path.display()
                )
            }),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(Self::default()),
            Err(error) => Err(error).with_context(|| format!("{} cannot be read", path.display())),
        }
    }

    /// Writes it, whole or not at all.
    ///
    /// # Errors
    /// The data directory cannot be written to.
    pub(crate) fn write(&self, data_dir: &Path) -> Result<()> {
        let path = Self::path(data_dir);
        let fresh = path.with_extension("json.new");
        let written = fs::create_dir_all(data_dir)
            .and_then(|()| create_private(&fresh))
            .and_then(|mut file| {
                serde_json::to_writer_pretty(&mut file, self)?;
                file.write_all(b"\n")
            })
            .and_then(|()| fs::rename(&fresh, &path));
        written.with_context(|| format!("{} cannot be written", path.display()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_server_is_found_by_what_it_left_and_only_its_owner_can_read_that() {
        let folder = tempfile::tempdir().unwrap();
        let data_dir = folder.path().join("new");
        assert_eq!(Left::read(&data_dir).unwrap(), Left::default());
        let left = Left {
            ledgers: vec!["jm".parse().unwrap()],
            running: Some(RunningServer {
                address: "0.0.0.0:8123".parse().unwrap(),
                pid: 7,
                nats_url: "nats://127.0.0.1:4222".to_owned(),
                nats_login: Some(NatsLogin {
                    user: "homeward".to_owned(),
                    password: "secret".to_owned(),
                }),
            }),
        };
        left.write(&data_dir).unwrap();
        assert_eq!(Left::read(&data_dir).unwrap(), left);
        assert!(!format!("{left:?}").contains("secret"));
        let door = ServerArgs::default().door(&data_dir).unwrap();
        assert_eq!(door.url(), "http://127.0.0.1:8123");
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt as _;
            let mode = fs::metadata(data_dir.join("serve.json"))
                .unwrap()
                .permissions()
                .mode();
            assert_eq!(mode & 0o777, 0o600);
        }
    }

    #[test]
    fn a_flag_comes_before_the_file_and_the_file_before_a_running_server() {
        let folder = tempfile::tempdir().unwrap();
        let nobody = ServerArgs::default();
        assert_eq!(nobody.door(folder.path()).unwrap().url(), URL);
        fs::write(
            folder.path().join("homeward.toml"),
            "url = \"http://file:1\"",
        )
        .unwrap();
        assert_eq!(nobody.door(folder.path()).unwrap().url(), "http://file:1");
        let told = ServerArgs {
            url: Some("http://flag:1".to_owned()),
            key: None,
        };
        assert_eq!(told.door(folder.path()).unwrap().url(), "http://flag:1");
    }
}

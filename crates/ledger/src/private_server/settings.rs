//! What the server is told: where to listen, where to keep the log, who may do what.

use std::fs::{self, File, OpenOptions, TryLockError};
use std::io::Write as _;
use std::net::{Ipv4Addr, TcpListener};
use std::os::unix::fs::{DirBuilderExt as _, OpenOptionsExt as _};
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use super::{PrivateServerConfig, PrivateServerError};
use crate::connect::{INBOX, Login};
use crate::streams::{DEAD_LETTER_SUBJECT, LEDGER_SUBJECT};

/// Largest message of the server, in bytes: above the largest of ours, with room for a request
/// that is refused with a reason instead of a broken connection.
const PAYLOAD_BYTES_MAX: u64 = 2 << 20;

/// Space for what JetStream keeps in memory, in bytes: the positions of readers, nothing else.
const MEMORY_STORE_BYTES: u64 = 64 << 20;

/// Share of the volume that the log may take, in percent. A full volume answers publishers with
/// time-outs; a reached quota answers with an error at once.
const VOLUME_PERCENT: u64 = 80;

/// Size at which the server's own log file is turned over, and how many are kept.
const LOG_BYTES_MAX: u64 = 16 << 20;
const LOG_FILES_MAX: u64 = 3;

/// Files and folders with credentials are for their owner only.
const FILE_MODE: u32 = 0o600;
const FOLDER_MODE: u32 = 0o700;

/// The subjects of the NATS door.
const INTAKE_SUBJECTS: &str = "intake.>";
/// The one that publishers may send to.
const INTAKE_SUBJECT: &str = "intake.v1";

/// Everything about one server.
pub(super) struct Settings {
    pub(super) binary: PathBuf,
    pub(super) config_file: PathBuf,
    pub(super) pid_file: PathBuf,
    pub(super) log_file: PathBuf,
    /// What the server prints before it has its log file.
    pub(super) error_file: PathBuf,
    pub(super) sync_always: bool,
    /// Space for the log, in bytes.
    pub(super) quota: u64,
    pub(super) port: u16,
    pub(super) server_name: String,
    pub(super) logins: Logins,
}

/// The identities of one server, kept from start to start.
#[derive(Serialize, Deserialize)]
pub(super) struct Logins {
    pub(super) homeward: NamedLogin,
    pub(super) responder: NamedLogin,
    pub(super) publisher: NamedLogin,
}

/// A name with its password.
#[derive(Serialize, Deserialize)]
pub(super) struct NamedLogin {
    user: String,
    password: String,
}

impl NamedLogin {
    fn generate(user: &str) -> Self {
        Self {
            user: user.to_owned(),
            password: random_hex(),
        }
    }

    pub(super) fn login(&self) -> Login {
        Login::Password {
            user: self.user.clone(),
            password: self.password.clone(),
        }
    }
}

/// What is kept in the data directory between starts.
#[derive(Serialize, Deserialize)]
struct Kept {
    port: u16,
    logins: Logins,
}

/// 128 bits from the operating system (122 of them random), as hex.
#[expect(
    clippy::disallowed_methods,
    reason = "a password for our own child process, not an id of anything that is stored"
)]
fn random_hex() -> String {
    uuid::Uuid::new_v4().simple().to_string()
}

/// The file that names the running server.
pub(super) fn pid_file(data_dir: &Path) -> PathBuf {
    data_dir.join("nats.pid")
}

/// The file that the server is configured with; part of its command line, so its mark.
pub(super) fn config_file(data_dir: &Path) -> PathBuf {
    data_dir.join("nats.conf")
}

/// Makes sure that no other process runs a server on this folder, until the file is dropped.
pub(super) fn lock(data_dir: &Path) -> Result<File, PrivateServerError> {
    let mut builder = fs::DirBuilder::new();
    builder.recursive(true).mode(FOLDER_MODE);
    builder
        .create(data_dir)
        .map_err(|error| file_error("create", data_dir, &error))?;
    let path = data_dir.join("nats.lock");
    let file = OpenOptions::new()
        .create(true)
        .write(true)
        .truncate(false)
        .mode(FILE_MODE)
        .open(&path)
        .map_err(|error| file_error("open", &path, &error))?;
    match file.try_lock() {
        Ok(()) => Ok(file),
        Err(TryLockError::WouldBlock) => {
            Err(PrivateServerError::InUse(data_dir.display().to_string()))
        }
        Err(TryLockError::Error(error)) => Err(file_error("lock", &path, &error)),
    }
}

impl Settings {
    /// Reads or makes what is kept, and writes the configuration.
    pub(super) fn prepare(config: &PrivateServerConfig) -> Result<Self, PrivateServerError> {
        let data_dir = fs::canonicalize(&config.data_dir)
            .map_err(|error| file_error("find", &config.data_dir, &error))?;
        let kept = keep(&data_dir.join("nats-identities.json"))?;
        let store = data_dir.join("nats");
        let quota = match config.max_file_store {
            Some(bytes) => bytes,
            None => volume_share(&data_dir, &store)?,
        };
        let settings = Self {
            binary: config.binary.clone(),
            config_file: config_file(&data_dir),
            pid_file: pid_file(&data_dir),
            log_file: data_dir.join("nats-server.log"),
            error_file: data_dir.join("nats-server.err"),
            sync_always: config.sync_always,
            quota,
            port: kept.port,
            // Tells our server from any other that happens to answer on the port.
            server_name: format!("homeward-{}", random_hex()),
            logins: kept.logins,
        };
        let text = settings.render(&store)?;
        write_private(&settings.config_file, text.as_bytes())?;
        Ok(settings)
    }

    pub(super) fn url(&self) -> String {
        format!("nats://{}:{}", Ipv4Addr::LOCALHOST, self.port)
    }

    fn render(&self, store: &Path) -> Result<String, PrivateServerError> {
        let store = quoted(store)?;
        let log = quoted(&self.log_file)?;
        let (port, quota, name) = (self.port, self.quota, &self.server_name);
        let sync = if self.sync_always { "always" } else { "2m" };
        let users = self.users();
        Ok(format!(
            r#"# Written by homeward at every start: changes are lost.
server_name: "{name}"
listen: "127.0.0.1:{port}"
max_payload: {PAYLOAD_BYTES_MAX}
log_file: {log}
logfile_size_limit: {LOG_BYTES_MAX}
logfile_max_num: {LOG_FILES_MAX}
jetstream {{
  store_dir: {store}
  sync_interval: "{sync}"
  max_file_store: {quota}
  max_memory_store: {MEMORY_STORE_BYTES}
}}
authorization {{
  users: [
{users}  ]
}}
"#
        ))
    }

    /// Nobody gets more than they need. In particular nobody may update, delete, purge, restore or
    /// snapshot a stream, delete a message, or listen where the log answers us.
    fn users(&self) -> String {
        let ledgers = format!("{LEDGER_SUBJECT}.>");
        let letters = format!("{DEAD_LETTER_SUBJECT}.>");
        let inbox = format!("{INBOX}.>");
        let homeward = [
            ledgers.as_str(),
            &letters,
            // Chunks and names of attachments.
            "$O.*.C.*",
            "$O.*.M.*",
            "$JS.API.INFO",
            "$JS.API.STREAM.INFO.*",
            // Creating an existing stream with other settings is refused by the server.
            "$JS.API.STREAM.CREATE.*",
            "$JS.API.STREAM.MSG.GET.*",
            "$JS.API.DIRECT.GET.>",
            "$JS.API.CONSUMER.CREATE.>",
            "$JS.API.CONSUMER.INFO.*.*",
            "$JS.API.CONSUMER.MSG.NEXT.*.*",
            "$JS.API.CONSUMER.DELETE.*.*",
        ];
        let Logins {
            homeward: us,
            responder,
            publisher,
        } = &self.logins;
        [
            user(us, &homeward, &[&inbox]),
            user(responder, &["_INBOX.>"], &[INTAKE_SUBJECTS, "$SRV.>"]),
            user(publisher, &[INTAKE_SUBJECT], &["_INBOX.>"]),
        ]
        .concat()
    }
}

fn user(login: &NamedLogin, publish: &[&str], subscribe: &[&str]) -> String {
    let list = |subjects: &[&str]| {
        let quoted: Vec<String> = subjects.iter().map(|text| format!("{text:?}")).collect();
        quoted.join(", ")
    };
    let NamedLogin { user, password } = login;
    format!(
        "    {{ user: \"{user}\", password: \"{password}\", permissions: {{\n      \
         publish: {{ allow: [{}] }}\n      subscribe: {{ allow: [{}] }}\n    }} }}\n",
        list(publish),
        list(subscribe)
    )
}

/// The kept port and identities; made at the first start. A port that somebody else took in the
/// meantime is replaced.
fn keep(path: &Path) -> Result<Kept, PrivateServerError> {
    let before: Option<Kept> = match fs::read(path) {
        Ok(bytes) => {
            Some(
                serde_json::from_slice(&bytes).map_err(|error| PrivateServerError::File {
                    doing: "read",
                    path: path.display().to_string(),
                    reason: error.to_string(),
                })?,
            )
        }
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => None,
        Err(error) => return Err(file_error("read", path, &error)),
    };
    let kept = match before {
        Some(kept) if port_is_free(kept.port) => return Ok(kept),
        Some(kept) => Kept {
            port: free_port(path)?,
            logins: kept.logins,
        },
        None => Kept {
            port: free_port(path)?,
            logins: Logins {
                homeward: NamedLogin::generate("homeward"),
                responder: NamedLogin::generate("responder"),
                publisher: NamedLogin::generate("publisher"),
            },
        },
    };
    let text = serde_json::to_vec_pretty(&kept).map_err(|error| PrivateServerError::File {
        doing: "write",
        path: path.display().to_string(),
        reason: error.to_string(),
    })?;
    write_private(path, &text)?;
    Ok(kept)
}

fn port_is_free(port: u16) -> bool {
    TcpListener::bind((Ipv4Addr::LOCALHOST, port)).is_ok()
}

fn free_port(path: &Path) -> Result<u16, PrivateServerError> {
    TcpListener::bind((Ipv4Addr::LOCALHOST, 0))
        .and_then(|listener| listener.local_addr())
        .map(|address| address.port())
        .map_err(|error| file_error("choose a port for", path, &error))
}

/// Four fifths of what the volume has left, counting what the log takes already.
fn volume_share(data_dir: &Path, store: &Path) -> Result<u64, PrivateServerError> {
    let volume = rustix::fs::statvfs(data_dir)
        .map_err(|error| file_error("measure the volume of", data_dir, &error.into()))?;
    let free = volume.f_bavail.saturating_mul(volume.f_frsize);
    let total = free.saturating_add(bytes_below(store));
    Ok(total / 100 * VOLUME_PERCENT)
}

/// The bytes of all files below a folder; what cannot be read counts nothing.
fn bytes_below(folder: &Path) -> u64 {
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
    let sizes = entries.map(|entry| match entry.metadata() {
        Ok(metadata) if metadata.is_dir() => bytes_below(&entry.path()),
        Ok(metadata) => metadata.len(),
        Err(_) => 0,
    });
    sizes.sum()
}

/// Writes a file that only its owner may read, whole or not at all.
fn write_private(path: &Path, bytes: &[u8]) -> Result<(), PrivateServerError> {
    let fresh = path.with_extension("new");
    let written = OpenOptions::new()
        .create(true)
        .write(true)
        .truncate(true)
        .mode(FILE_MODE)
        .open(&fresh)
        .and_then(|mut file| {
            file.write_all(bytes)?;
            file.sync_all()
        })
        .and_then(|()| fs::rename(&fresh, path));
    written.map_err(|error| file_error("write", path, &error))
}

/// A path as the server's configuration reads it.
fn quoted(path: &Path) -> Result<String, PrivateServerError> {
    match path.to_str() {
        Some(text) if !text.contains(['"', '\\', '\n', '\r']) => Ok(format!("\"{text}\"")),
        Some(_) | None => Err(PrivateServerError::File {
            doing: "write into a configuration",
            path: path.display().to_string(),
            reason: "quotes, backslashes and line ends are not possible there".to_owned(),
        }),
    }
}

pub(super) fn file_error(
    doing: &'static str,
    path: &Path,
    error: &std::io::Error,
) -> PrivateServerError {
    PrivateServerError::File {
        doing,
        path: path.display().to_string(),
        reason: error.to_string(),
    }
}

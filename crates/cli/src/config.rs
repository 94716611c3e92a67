//! Configuration in three layers: `homeward.toml` in the data directory, the environment, flags; the
//! later one wins. What nobody says has a default here.

use std::fmt::Display;
use std::fs;
use std::io;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result, bail};
use clap::parser::ValueSource;
use clap::{ArgMatches, Args, ValueEnum};
use comfy_table::Table;
use homeward_events::id::LedgerId;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use crate::find::Left;
use crate::out;

/// The name of the file within the data directory.
pub(crate) const FILE: &str = "homeward.toml";

/// How log lines are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, ValueEnum, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum LogFormat {
    /// For people.
    #[default]
    Human,
    /// One JSON object on each line.
    Json,
}

impl Display for LogFormat {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::Human => "human",
            Self::Json => "json",
        })
    }
}

/// `homeward.toml`. A key that is not here is an error: it would be a setting that nobody obeys.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct ConfigFile {
    /// Where HTTP listens.
    listen: Option<SocketAddr>,
    /// Ledgers to open.
    ledgers: Option<Vec<LedgerId>>,
    /// Whether events are taken from NATS too.
    nats_intake: Option<bool>,
    /// How log lines are written.
    log_format: Option<LogFormat>,
    /// Server that commands ask.
    pub(crate) url: Option<String>,
    /// The NATS server.
    #[serde(default)]
    nats: NatsFile,
}

/// `[nats]` in `homeward.toml`.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct NatsFile {
    url: Option<String>,
    user: Option<String>,
    password_file: Option<PathBuf>,
    creds: Option<PathBuf>,
    responder_creds: Option<PathBuf>,
    durable: Option<bool>,
    replicas: Option<u8>,
    server: Option<PathBuf>,
    sync_always: Option<bool>,
    max_file_store_bytes: Option<u64>,
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
            Err(error) => {
                Err(error).with_context(|| format!("configuration {}", path.display()))
            }
        }
    }
}

/// Where the log is. The same for every command that opens it.
#[derive(Debug, Clone, Default, Args)]
pub(crate) struct LogArgs {
    /// Ledgers, each a country's or agency's log; repeat, or separate by commas
    #[arg(long = "ledger", env = "HOMEWARD_LEDGERS", value_name = "LEDGER", value_delimiter = ',')]
    pub(crate) ledgers: Vec<LedgerId>,
    /// NATS server to use; without it, a private nats-server is run
    #[arg(long, env = "HOMEWARD_NATS_URL", value_name = "URL")]
    nats_url: Option<String>,
    /// User of that server
    #[arg(long, env = "HOMEWARD_NATS_USER", value_name = "NAME")]
    nats_user: Option<String>,
    /// File with the password of that user
    #[arg(long, env = "HOMEWARD_NATS_PASSWORD_FILE", value_name = "FILE")]
    nats_password_file: Option<PathBuf>,
    /// Credentials file (JWT and seed) for that server, instead of a user
    #[arg(long, env = "HOMEWARD_NATS_CREDS", value_name = "FILE")]
    nats_creds: Option<PathBuf>,
    /// Credentials file of the identity that answers requests and cannot write to the ledgers
    #[arg(long, env = "HOMEWARD_NATS_RESPONDER_CREDS", value_name = "FILE")]
    nats_responder_creds: Option<PathBuf>,
    /// That server syncs every write (`sync_interval: always`): I checked it
    #[arg(long, env = "HOMEWARD_NATS_DURABLE")]
    nats_durable: bool,
    /// Copies of each message: 3 in a cluster
    #[arg(long, env = "HOMEWARD_NATS_REPLICAS", value_name = "N",
          value_parser = clap::value_parser!(u8).range(1..=5))]
    nats_replicas: Option<u8>,
    /// nats-server to run; otherwise the one on the path
    #[arg(long, env = "HOMEWARD_NATS_SERVER", value_name = "PATH")]
    nats_server: Option<PathBuf>,
    /// Let the private nats-server sync later than it answers: faster, and a power cut loses facts
    #[arg(long, env = "HOMEWARD_NATS_NO_SYNC")]
    nats_no_sync: bool,
    /// Space for the private log, in bytes; otherwise four fifths of what the volume has left
    #[arg(long, env = "HOMEWARD_NATS_MAX_FILE_STORE", value_name = "BYTES")]
    nats_max_file_store: Option<u64>,
}

/// What a server is told.
#[derive(Debug, Clone, Default, Args)]
pub(crate) struct ServeArgs {
    /// Where HTTP listens; port 0 takes a free one [default: 127.0.0.1:8080]
    #[arg(long, env = "HOMEWARD_LISTEN", value_name = "ADDRESS")]
    listen: Option<SocketAddr>,
    #[command(flatten)]
    pub(crate) log: LogArgs,
    /// Take events through HTTP only
    #[arg(long, env = "HOMEWARD_NO_NATS_INTAKE")]
    no_nats_intake: bool,
    /// How log lines are written
    #[arg(long, env = "HOMEWARD_LOG_FORMAT", value_enum)]
    pub(crate) log_format: Option<LogFormat>,
}

/// Who said so.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum Origin {
    /// Nobody.
    Default,
    /// The server that ran here before.
    LastRun,
    /// `homeward.toml`.
    File,
    /// The environment.
    Environment,
    /// A flag.
    Flag,
}

impl Display for Origin {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::Default => "default",
            Self::LastRun => "last run",
            Self::File => FILE,
            Self::Environment => "environment",
            Self::Flag => "flag",
        })
    }
}

/// A setting, and who said so.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Given<T> {
    pub(crate) value: T,
    pub(crate) origin: Origin,
}

/// The effective configuration.
#[derive(Debug, Clone)]
pub(crate) struct Settings {
    pub(crate) listen: Given<SocketAddr>,
    pub(crate) nats_intake: Given<bool>,
    pub(crate) log_format: Given<LogFormat>,
    /// The server that commands ask, unless they are told otherwise.
    url: Given<Option<String>>,
    pub(crate) log: LogSettings,
}

/// The effective configuration of the log.
#[derive(Debug, Clone)]
pub(crate) struct LogSettings {
    pub(crate) ledgers: Given<Vec<LedgerId>>,
    pub(crate) url: Given<Option<String>>,
    pub(crate) user: Given<Option<String>>,
    pub(crate) password_file: Given<Option<PathBuf>>,
    pub(crate) creds: Given<Option<PathBuf>>,
    pub(crate) responder_creds: Given<Option<PathBuf>>,
    pub(crate) durable: Given<bool>,
    pub(crate) replicas: Given<u8>,
    pub(crate) server: Given<Option<PathBuf>>,
    pub(crate) sync_always: Given<bool>,
    pub(crate) max_file_store_bytes: Given<Option<u64>>,
}

/// Chooses between what was said on the command line, in the environment and in the file.
struct Layers<'m>(&'m ArgMatches);

impl Layers<'_> {
    fn pick<T>(&self, id: &str, told: Option<T>, file: Option<T>, default: T) -> Given<T> {
        match (told, file) {
            (Some(value), _) => Given { value, origin: self.origin(id) },
            (None, Some(value)) => Given { value, origin: Origin::File },
            (None, None) => Given { value: default, origin: Origin::Default },
        }
    }

    fn maybe<T>(&self, id: &str, told: Option<T>, file: Option<T>) -> Given<Option<T>> {
        self.pick(id, told.map(Some), file.map(Some), None)
    }

    fn origin(&self, id: &str) -> Origin {
        // A command without such an argument did not say it.
        let source = self.0.try_contains_id(id).ok().and_then(|_| self.0.value_source(id));
        match source {
            Some(ValueSource::EnvVariable) => Origin::Environment,
            Some(_) | None => Origin::Flag,
        }
    }
}

impl Settings {
    /// Layers what was said. `matches` are those of the command that `args` come from.
    ///
    /// # Errors
    /// The file cannot be read, or what was said does not fit together.
    pub(crate) fn layer(data_dir: &Path, args: &ServeArgs, matches: &ArgMatches) -> Result<Self> {
        let mut file = ConfigFile::read(data_dir)?;
        let layers = Layers(matches);
        Ok(Self {
            listen: layers.pick(
                "listen",
                args.listen,
                file.listen,
                SocketAddr::from(([127, 0, 0, 1], 8080)),
            ),
            nats_intake: layers.pick(
                "no_nats_intake",
                args.no_nats_intake.then_some(false),
                file.nats_intake,
                true,
            ),
            log_format: layers.pick(
                "log_format",
                args.log_format,
                file.log_format,
                LogFormat::default(),
            ),
            url: file.url.take().map_or(Given { value: None, origin: Origin::Default }, |url| {
                Given { value: Some(url), origin: Origin::File }
            }),
            log: LogSettings::from_layers(data_dir, &args.log, &mut file, &layers)?,
        })
    }
}

impl LogSettings {
    /// Layers what was said about the log alone.
    ///
    /// # Errors
    /// As [`Settings::layer`].
    pub(crate) fn layer(data_dir: &Path, args: &LogArgs, matches: &ArgMatches) -> Result<Self> {
        let mut file = ConfigFile::read(data_dir)?;
        Self::from_layers(data_dir, args, &mut file, &Layers(matches))
    }

    fn from_layers(
        data_dir: &Path,
        args: &LogArgs,
        file: &mut ConfigFile,
        layers: &Layers<'_>,
    ) -> Result<Self> {
        let nats = std::mem::take(&mut file.nats);
        let told = (!args.ledgers.is_empty()).then(|| args.ledgers.clone());
        let mut ledgers = layers.pick("ledgers", told, file.ledgers.take(), Vec::new());
        if ledgers.value.is_empty() {
            let left = Left::read(data_dir)?.ledgers;
            if !left.is_empty() {
                ledgers = Given { value: left, origin: Origin::LastRun };
            }
        }
        let a = args.clone();
        let settings = Self {
            ledgers,
            url: layers.maybe("nats_url", a.nats_url, nats.url),
            user: layers.maybe("nats_user", a.nats_user, nats.user),
            password_file: layers.maybe(
                "nats_password_file",
                a.nats_password_file,
                nats.password_file,
            ),
            creds: layers.maybe("nats_creds", a.nats_creds, nats.creds),
            responder_creds: layers.maybe(
                "nats_responder_creds",
                a.nats_responder_creds,
                nats.responder_creds,
            ),
            durable: layers.pick(
                "nats_durable",
                a.nats_durable.then_some(true),
                nats.durable,
                false,
            ),
            replicas: layers.pick("nats_replicas", a.nats_replicas, nats.replicas, 1),
            server: layers.maybe("nats_server", a.nats_server, nats.server),
            sync_always: layers.pick(
                "nats_no_sync",
                a.nats_no_sync.then_some(false),
                nats.sync_always,
                true,
            ),
            max_file_store_bytes: layers.maybe(
                "nats_max_file_store",
                a.nats_max_file_store,
                nats.max_file_store_bytes,
            ),
        };
        settings.check()?;
        Ok(settings)
    }

    fn check(&self) -> Result<()> {
        if self.user.value.is_some() != self.password_file.value.is_some() {
            bail!("a NATS user needs a password file and the other way round: give both");
        }
        if self.user.value.is_some() && self.creds.value.is_some() {
            bail!("a NATS user and a credentials file were both given: choose one");
        }
        let login = self.user.value.is_some() || self.creds.value.is_some();
        if login && self.url.value.is_none() {
            bail!("a NATS login was given without a server: name it with --nats-url");
        }
        Ok(())
    }
}

impl Settings {
    /// Every setting by name; secrets are files, so there is nothing to hide.
    fn lines(&self) -> Vec<(&'static str, Value, Origin)> {
        fn line<T: Serialize>(
            name: &'static str,
            given: &Given<T>,
        ) -> (&'static str, Value, Origin) {
            (name, json!(given.value), given.origin)
        }
        let log = &self.log;
        vec![
            line("listen", &self.listen),
            line("ledgers", &log.ledgers),
            line("nats_intake", &self.nats_intake),
            line("log_format", &self.log_format),
            line("url", &self.url),
            line("nats.url", &log.url),
            line("nats.user", &log.user),
            line("nats.password_file", &log.password_file),
            line("nats.creds", &log.creds),
            line("nats.responder_creds", &log.responder_creds),
            line("nats.durable", &log.durable),
            line("nats.replicas", &log.replicas),
            line("nats.server", &log.server),
            line("nats.sync_always", &log.sync_always),
            line("nats.max_file_store_bytes", &log.max_file_store_bytes),
        ]
    }

    /// `homeward config check`: prints the effective configuration.
    ///
    /// # Errors
    /// Standard output is closed.
    pub(crate) fn print(&self, as_json: bool) -> Result<()> {
        if as_json {
            let settings: serde_json::Map<String, Value> = self
                .lines()
                .into_iter()
                .map(|(name, value, origin)| {
                    (name.to_owned(), json!({ "value": value, "from": origin }))
                })
                .collect();
            return Ok(out::json(&settings)?);
        }
        let mut table = Table::new();
        table.load_style(comfy_table::presets::NOTHING);
        table.set_header(["setting", "value", "from"]);
        for (name, value, origin) in self.lines() {
            table.add_row([name.to_owned(), text(&value), origin.to_string()]);
        }
        Ok(out::line(table.trim_fmt())?)
    }
}

/// A value, for people.
fn text(value: &Value) -> String {
    match value {
        Value::Null => "-".to_owned(),
        Value::String(text) => text.clone(),
        Value::Array(items) => items.iter().map(text).collect::<Vec<_>>().join(", "),
        Value::Bool(_) | Value::Number(_) | Value::Object(_) => value.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::{Command, FromArgMatches as _};

    /// The settings that a file and a command line make together, without the environment.
    fn settings(folder: &Path, file: &str, line: &[&str]) -> Result<Settings> {
        fs::write(folder.join(FILE), file).unwrap();
        let command = ServeArgs::augment_args(Command::new("serve").no_binary_name(true))
            .mut_args(|arg| arg.env(None::<&'static str>));
        let matches = command.try_get_matches_from(line).unwrap();
        Settings::layer(folder, &ServeArgs::from_arg_matches(&matches).unwrap(), &matches)
    }

    fn told(settings: &Settings, name: &str) -> (String, Origin) {
        let line = settings.lines().into_iter().find(|(known, ..)| *known == name);
        let (_, value, origin) = line.unwrap();
        (text(&value), origin)
    }

    #[test]
    fn a_flag_wins_over_the_file_and_the_file_over_the_default() {
        let folder = tempfile::tempdir().unwrap();
        let file = "listen = \"127.0.0.1:1\"\nledgers = [\"jm\", \"tt\"]\n[nats]\nsync_always = false\n";
        let nothing = settings(folder.path(), "", &[]).unwrap();
        assert_eq!(told(&nothing, "listen"), ("127.0.0.1:8080".to_owned(), Origin::Default));
        assert_eq!(told(&nothing, "ledgers"), (String::new(), Origin::Default));
        assert_eq!(told(&nothing, "nats.url"), ("-".to_owned(), Origin::Default));
        let filed = settings(folder.path(), file, &[]).unwrap();
        assert_eq!(told(&filed, "listen"), ("127.0.0.1:1".to_owned(), Origin::File));
        assert_eq!(told(&filed, "ledgers"), ("jm, tt".to_owned(), Origin::File));
        assert_eq!(told(&filed, "nats.sync_always"), ("false".to_owned(), Origin::File));
        let line = ["--listen", "127.0.0.1:2", "--ledger", "bb,gy", "--no-nats-intake"];
        let flagged = settings(folder.path(), file, &line).unwrap();
        assert_eq!(told(&flagged, "listen"), ("127.0.0.1:2".to_owned(), Origin::Flag));
        assert_eq!(told(&flagged, "ledgers"), ("bb, gy".to_owned(), Origin::Flag));
        assert_eq!(told(&flagged, "nats_intake"), ("false".to_owned(), Origin::Flag));
        assert_eq!(told(&flagged, "nats.sync_always"), ("false".to_owned(), Origin::File));
    }

    #[test]
    fn a_data_directory_remembers_its_ledgers() {
        let folder = tempfile::tempdir().unwrap();
        let left = Left { ledgers: vec!["jm".parse().unwrap()], running: None };
        left.write(folder.path()).unwrap();
        let again = settings(folder.path(), "", &[]).unwrap();
        assert_eq!(told(&again, "ledgers"), ("jm".to_owned(), Origin::LastRun));
    }

    #[test]
    fn a_file_with_a_mistake_is_refused_and_says_where() {
        let folder = tempfile::tempdir().unwrap();
        for (file, expected) in [
            ("lisen = \"127.0.0.1:1\"", "lisen"),
            ("[nats]\nuser = \"a\"\nusr = 1", "usr"),
            ("ledgers = [\"JM\"]", "JM"),
            ("[nats]\nuser = \"homeward\"", "password"),
            ("[nats]\ncreds = \"x.creds\"", "--nats-url"),
        ] {
            let refused = format!("{:#}", settings(folder.path(), file, &[]).unwrap_err());
            assert!(refused.contains(expected), "{file}: {refused}");
        }
    }
}

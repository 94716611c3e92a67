//! Configuration in three layers: `homeward.toml` in the data directory, the environment, flags; the
//! later one wins. What nobody says has a default here.

mod arguments;
mod file;

use std::fmt::Display;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};

use anyhow::{Result, bail};
use clap::parser::ValueSource;
use clap::{ArgMatches, ValueEnum};
use comfy_table::Table;
use homeward_events::id::LedgerId;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

pub(crate) use self::arguments::{LogArgs, ServeArgs};
pub(crate) use self::file::{ConfigFile, FILE};
use crate::find::Left;
use crate::out;

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
            (Some(value), _) => Given {
                value,
                origin: self.origin(id),
            },
            (None, Some(value)) => Given {
                value,
                origin: Origin::File,
            },
            (None, None) => Given {
                value: default,
                origin: Origin::Default,
            },
        }
    }

    fn maybe<T>(&self, id: &str, told: Option<T>, file: Option<T>) -> Given<Option<T>> {
        self.pick(id, told.map(Some), file.map(Some), None)
    }

    fn origin(&self, id: &str) -> Origin {
        // A command without such an argument did not say it.
        let source = self
            .0
            .try_contains_id(id)
            .ok()
            .and_then(|_| self.0.value_source(id));
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
            url: file.url.take().map_or(
                Given {
                    value: None,
                    origin: Origin::Default,
                },
                |url| Given {
                    value: Some(url),
                    origin: Origin::File,
                },
            ),
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
                ledgers = Given {
                    value: left,
                    origin: Origin::LastRun,
                };
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
    use clap::{Args as _, Command, FromArgMatches as _};
    use std::fs;

    /// The settings that a file and a command line make together, without the environment.
    fn settings(folder: &Path, file: &str, line: &[&str]) -> Result<Settings> {
        fs::write(folder.join(FILE), file).unwrap();
        let command = ServeArgs::augment_args(Command::new("serve").no_binary_name(true))
            .mut_args(|arg| arg.env(None::<&'static str>));
        let matches = command.try_get_matches_from(line).unwrap();
        Settings::layer(
            folder,
            &ServeArgs::from_arg_matches(&matches).unwrap(),
            &matches,
        )
    }

    fn told(settings: &Settings, name: &str) -> (String, Origin) {
        let line = settings
            .lines()
            .into_iter()
            .find(|(known, ..)| *known == name);
        let (_, value, origin) = line.unwrap();
        (text(&value), origin)
    }

    #[test]
    fn a_flag_wins_over_the_file_and_the_file_over_the_default() {
        let folder = tempfile::tempdir().unwrap();
        let file =
            "listen = \"127.0.0.1:1\"\nledgers = [\"jm\", \"tt\"]\n[nats]\nsync_always = false\n";
        let nothing = settings(folder.path(), "", &[]).unwrap();
        assert_eq!(
            told(&nothing, "listen"),
            ("127.0.0.1:8080".to_owned(), Origin::Default)
        );
        assert_eq!(told(&nothing, "ledgers"), (String::new(), Origin::Default));
        assert_eq!(
            told(&nothing, "nats.url"),
            ("-".to_owned(), Origin::Default)
        );
        let filed = settings(folder.path(), file, &[]).unwrap();
        assert_eq!(
            told(&filed, "listen"),
            ("127.0.0.1:1".to_owned(), Origin::File)
        );
        assert_eq!(told(&filed, "ledgers"), ("jm, tt".to_owned(), Origin::File));
        assert_eq!(
            told(&filed, "nats.sync_always"),
            ("false".to_owned(), Origin::File)
        );
        let line = [
            "--listen",
            "127.0.0.1:2",
            "--ledger",
            "bb,gy",
            "--no-nats-intake",
        ];
        let flagged = settings(folder.path(), file, &line).unwrap();
        assert_eq!(
            told(&flagged, "listen"),
            ("127.0.0.1:2".to_owned(), Origin::Flag)
        );
        assert_eq!(
            told(&flagged, "ledgers"),
            ("bb, gy".to_owned(), Origin::Flag)
        );
        assert_eq!(
            told(&flagged, "nats_intake"),
            ("false".to_owned(), Origin::Flag)
        );
        assert_eq!(
            told(&flagged, "nats.sync_always"),
            ("false".to_owned(), Origin::File)
        );
    }

    #[test]
    fn a_data_directory_remembers_its_ledgers() {
        let folder = tempfile::tempdir().unwrap();
        let left = Left {
            ledgers: vec!["jm".parse().unwrap()],
            running: None,
        };
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

//! Opening the log: a server that others run, the private one of a running `homeward serve`, or our own.

use std::path::Path;

use anyhow::{Context as _, Result, anyhow, bail};
use homeward_events::id::LedgerId;
use homeward_ledger::private_server::{
    PrivateServer, PrivateServerConfig, PrivateServerError, find_binary,
};
use homeward_ledger::streams::Choices;
use homeward_ledger::{Connection, Durability, Ledgers, Login, connect};

use crate::config::{Given, LogSettings};
use crate::find::{Left, NatsLogin};

/// The folder of the private nats-server within the data directory.
const FOLDER: &str = "log";

/// An open log, and the server behind it if that is ours.
pub(crate) struct OpenLog {
    /// The log.
    pub(crate) ledgers: Ledgers,
    /// Where its server listens.
    pub(crate) nats_url: String,
    /// The way into our own server; absent for one that others run.
    pub(crate) nats_login: Option<NatsLogin>,
    own: Option<PrivateServer>,
}

/// What is done with the log.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Purpose {
    /// Appending and reading: missing ledgers are made, and the private server is ours alone.
    Serving,
    /// Reading what is there, beside a running server if there is one.
    Reading,
}

impl OpenLog {
    /// Opens the log that the settings name.
    ///
    /// # Errors
    /// There is no ledger to open, no nats-server to run, or the log is not as it must be.
    pub(crate) async fn open(
        data_dir: &Path,
        settings: &LogSettings,
        purpose: Purpose,
    ) -> Result<Self> {
        let ledgers = &settings.ledgers.value;
        if ledgers.is_empty() {
            bail!(
                "no ledger is named: give at least one with --ledger, such as `--ledger jm`, or in {}",
                data_dir.join(crate::config::FILE).display()
            );
        }
        if let Some(url) = &settings.url.value {
            let connection = theirs(url, settings, purpose)?;
            return Self::connect(connection, None).await;
        }
        match start(data_dir, settings).await {
            Ok(own) => {
                let mut connection = own.connection(ledgers);
                connection.create = purpose == Purpose::Serving;
                Self::connect(connection, Some(own)).await
            }
            Err(error) if purpose == Purpose::Reading && is_in_use(&error) => {
                beside(data_dir, ledgers).await
            }
            // Whoever finds no nats-server may still read beside one that runs.
            Err(error) if purpose == Purpose::Reading && is_missing(&error) => {
                beside(data_dir, ledgers).await.map_err(|_| error)
            }
            Err(error) => Err(error),
        }
    }

    async fn connect(connection: Connection, own: Option<PrivateServer>) -> Result<Self> {
        let ledgers = match connect(&connection).await {
            Ok(ledgers) => ledgers,
            Err(error) => {
                if let Some(own) = own {
                    own.stop().await;
                }
                return Err(error).context("the log cannot be opened");
            }
        };
        let nats_login = match own.as_ref().map(PrivateServer::homeward) {
            Some(Login::Password { user, password }) => Some(NatsLogin { user, password }),
            Some(Login::Anonymous | Login::Credentials(_)) | None => None,
        };
        Ok(Self {
            ledgers,
            nats_url: connection.url,
            nats_login,
            own,
        })
    }

    /// Ends our own server in order, if it is ours.
    pub(crate) async fn close(self) {
        // Whoever still reads would otherwise see the connection break.
        drop(self.ledgers);
        if let Some(own) = self.own {
            own.stop().await;
        }
    }
}

/// How to connect to a server that others run.
fn theirs(url: &str, settings: &LogSettings, purpose: Purpose) -> Result<Connection> {
    let login = match (&settings.user.value, &settings.password_file.value) {
        (Some(user), Some(file)) => {
            let password = std::fs::read_to_string(file)
                .with_context(|| format!("password file {} cannot be read", file.display()))?;
            Login::Password {
                user: user.clone(),
                password: password.trim_end().to_owned(),
            }
        }
        (Some(_) | None, _) => settings
            .creds
            .value
            .clone()
            .map_or(Login::Anonymous, Login::Credentials),
    };
    let Given { value: durable, .. } = settings.durable;
    Ok(Connection {
        responder: settings
            .responder_creds
            .value
            .clone()
            .map(Login::Credentials),
        choices: Choices {
            replicas: settings.replicas.value,
            ..Choices::default()
        },
        create: purpose == Purpose::Serving,
        durability: if durable {
            Durability::Asserted
        } else {
            Durability::NotVerifiable
        },
        ..Connection::new(url, login, &settings.ledgers.value)
    })
}

/// Starts our own server on the data directory.
async fn start(data_dir: &Path, settings: &LogSettings) -> Result<PrivateServer> {
    let path = std::env::var_os("PATH");
    let binary = find_binary(settings.server.value.as_deref(), path.as_deref()).context(
        "name one with --nats-server or HOMEWARD_NATS_SERVER, use a running one with --nats-url, or let `cargo xtask demo` fetch one",
    )?;
    let config = PrivateServerConfig {
        binary,
        data_dir: data_dir.join(FOLDER),
        sync_always: settings.sync_always.value,
        max_file_store: settings.max_file_store_bytes.value,
    };
    Ok(PrivateServer::start(config).await?)
}

fn is_in_use(error: &anyhow::Error) -> bool {
    matches!(error.downcast_ref(), Some(PrivateServerError::InUse(_)))
}

fn is_missing(error: &anyhow::Error) -> bool {
    matches!(
        error.downcast_ref(),
        Some(PrivateServerError::NotFound { .. })
    )
}

/// Opens the log of the `homeward serve` that runs on this data directory.
async fn beside(data_dir: &Path, ledgers: &[LedgerId]) -> Result<OpenLog> {
    let running = Left::read(data_dir)?.running.ok_or_else(|| {
        anyhow!(
            "another homeward is starting or stopping on {}: try again in a moment",
            data_dir.display()
        )
    })?;
    let login = running
        .nats_login
        .map_or(Login::Anonymous, |login| Login::Password {
            user: login.user,
            password: login.password,
        });
    let mut connection = Connection::new(running.nats_url, login, ledgers);
    connection.create = false;
    OpenLog::connect(connection, None).await
}

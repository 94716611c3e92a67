//! `homeward serve`: the log, the read models and the doors, from start to end.

use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::time::Duration;

use anyhow::{Context as _, Result, bail};
use homeward_api::keys::KeyStore;
use homeward_api::{Doors, ServeConfig};
use homeward_ledger::Ledgers;
use homeward_projections::definition::Definitions;
use homeward_projections::identity::Rules;
use homeward_projections::instrument::Instruments;
use homeward_projections::schedule::Schedules;
use homeward_projections::worklist::Worklists;
use homeward_projector::{Config, Identities, Projector};
use tokio::signal::unix::{SignalKind, signal};
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;

use crate::config::Settings;
use crate::definitions;
use crate::exit::Outcome;
use crate::find::{Left, RunningServer};
use crate::instruments;
use crate::keys;
use crate::log::{OpenLog, Purpose};
use crate::out;
use crate::shelves;

/// How long everything may take to end in order: requests in flight have ten seconds.
const STOP_WITHIN: Duration = Duration::from_secs(20);

/// How often the settings of the log are compared with what they must be.
const VERIFY_EVERY: Duration = Duration::from_mins(1);

/// A house that is open.
pub(crate) struct House {
    /// Its read models.
    pub(crate) projector: Projector,
    /// Who may come in.
    pub(crate) keys: KeyStore,
    data_dir: PathBuf,
    left: Left,
    log: OpenLog,
    tracker: TaskTracker,
    stop: CancellationToken,
}

/// Why a house is left.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Why {
    /// Somebody asked for it.
    Asked,
    /// Something in it ended early.
    Early,
}

/// `homeward serve`.
pub(crate) async fn run(data_dir: &Path, settings: &Settings) -> Result<Outcome> {
    let mut signals = Signals::new()?;
    let house = tokio::select! {
        house = House::open(data_dir, settings) => house?,
        () = signals.next() => bail!("stopped before everything was open"),
    };
    if house.keys.list().is_empty() {
        out::remark(
            "no key opens this server yet: make one with `homeward keys create --name <who> --role operator`",
        );
    }
    let why = tokio::select! {
        () = signals.next() => Why::Asked,
        () = house.ended() => Why::Early,
    };
    tokio::select! {
        closed = house.close() => closed?,
        () = signals.next() => bail!("stopped at once, as asked; what was acknowledged is in the log"),
    }
    match why {
        Why::Asked => Ok(Outcome::Done),
        Why::Early => bail!(
            "a part of the server ended early and the rest was stopped; the log lines above say which"
        ),
    }
}

impl House {
    /// Opens the log, the read models and the doors.
    ///
    /// # Errors
    /// One of them cannot be opened; what was opened before it is closed.
    pub(crate) async fn open(data_dir: &Path, settings: &Settings) -> Result<Self> {
        std::fs::create_dir_all(data_dir)
            .with_context(|| format!("data directory {} cannot be made", data_dir.display()))?;
        let definitions = definitions::at_hand(data_dir)?;
        let keys = keys::open(data_dir)?;
        let instruments = instruments::known(data_dir)?;
        let log = OpenLog::open(data_dir, &settings.log, Purpose::Serving).await?;
        let (tracker, stop) = (TaskTracker::new(), CancellationToken::new());
        let files = Files {
            definitions,
            instruments,
            schedules: shelves::at_hand(data_dir)?,
            worklists: shelves::at_hand(data_dir)?,
        };
        match furnish(data_dir, settings, &log, (&keys, files), &tracker, &stop).await {
            Ok((address, projector)) => {
                let left = Left {
                    ledgers: settings.log.ledgers.value.clone(),
                    running: Some(RunningServer {
                        address,
                        pid: std::process::id(),
                        nats_url: log.nats_url.clone(),
                        nats_login: log.nats_login.clone(),
                    }),
                };
                let data_dir = data_dir.to_owned();
                let house = Self {
                    projector,
                    keys,
                    data_dir,
                    left,
                    log,
                    tracker,
                    stop,
                };
                if let Err(error) = house.left.write(&house.data_dir) {
                    house.close().await?;
                    return Err(error);
                }
                Ok(house)
            }
            Err(error) => {
                stop.cancel();
                wind_down(&tracker).await;
                log.close().await;
                Err(error)
            }
        }
    }

    /// Where a client on this machine finds its door.
    pub(crate) fn url(&self) -> String {
        self.left
            .running
            .as_ref()
            .map(RunningServer::url)
            .unwrap_or_default()
    }

    /// Waits until something in the house ends although nobody asked for it.
    pub(crate) async fn ended(&self) {
        self.stop.cancelled().await;
    }

    /// Closes the doors, lets what is in flight finish, and ends the log last.
    ///
    /// # Errors
    /// Something did not end in time; the log was ended all the same.
    pub(crate) async fn close(self) -> Result<()> {
        let Self {
            projector,
            data_dir,
            left,
            log,
            tracker,
            stop,
            ..
        } = self;
        tracing::info!("stopping");
        stop.cancel();
        drop(projector);
        let in_time = wind_down(&tracker).await;
        log.close().await;
        Left {
            running: None,
            ..left
        }
        .write(&data_dir)?;
        if !in_time {
            bail!(
                "{} tasks did not end within {} s",
                tracker.len(),
                STOP_WITHIN.as_secs()
            );
        }
        tracing::info!("stopped");
        Ok(())
    }
}

/// What is read from files before anything opens.
struct Files {
    definitions: Definitions,
    instruments: Instruments,
    schedules: Schedules,
    worklists: Worklists,
}

async fn furnish(
    data_dir: &Path,
    settings: &Settings,
    log: &OpenLog,
    (keys, files): (&KeyStore, Files),
    tracker: &TaskTracker,
    stop: &CancellationToken,
) -> Result<(SocketAddr, Projector)> {
    let ledgers = log.ledgers.clone();
    let reader = ledgers.reader.clone();
    let projector = Projector::start(Config::new(data_dir), reader, tracker.clone(), stop.clone())
        .await
        .context("the read models cannot be opened")?;
    let rules = Rules::shipped().context("the rules that people are compared by")?;
    let people = Identities::start(ledgers.reader.clone(), rules, tracker, stop.clone());
    tracker.spawn(verify(ledgers.clone(), stop.clone()));
    let config = ServeConfig {
        listen: settings.listen.value,
        nats_intake: settings.nats_intake.value,
    };
    let doors = Doors {
        ledgers,
        projector: projector.clone(),
        people,
        definitions: files.definitions,
        keys: keys.clone(),
        instruments: files.instruments,
        schedules: files.schedules,
        worklists: files.worklists,
        secret: keys::random_secret,
    };
    let running = homeward_api::serve(config, doors, tracker, stop.clone())
        .await
        .context("choose another address with --listen")?;
    Ok((running.address, projector))
}

/// Compares the log's settings with what they must be, now and then: permissions keep others from
/// changing them, and this notices if they did not.
async fn verify(ledgers: Ledgers, stop: CancellationToken) {
    loop {
        tokio::select! {
            () = stop.cancelled() => return,
            () = tokio::time::sleep(VERIFY_EVERY) => {}
        }
        if let Err(error) = ledgers.verify().await {
            tracing::error!(%error, "the log is not as it must be");
        }
    }
}

async fn wind_down(tracker: &TaskTracker) -> bool {
    tracker.close();
    tokio::time::timeout(STOP_WITHIN, tracker.wait())
        .await
        .is_ok()
}

/// Requests to stop, from a terminal or from whatever supervises us.
pub(crate) struct Signals {
    interrupt: tokio::signal::unix::Signal,
    terminate: tokio::signal::unix::Signal,
}

impl Signals {
    /// From now on, requests to stop are noticed here instead of ending the process.
    ///
    /// # Errors
    /// The operating system refuses.
    pub(crate) fn new() -> Result<Self> {
        let listen = |kind| signal(kind).context("signals cannot be listened to");
        Ok(Self {
            interrupt: listen(SignalKind::interrupt())?,
            terminate: listen(SignalKind::terminate())?,
        })
    }

    /// Waits for the next one.
    pub(crate) async fn next(&mut self) {
        tokio::select! {
            _ = self.interrupt.recv() => {}
            _ = self.terminate.recv() => {}
        }
    }
}

//! Rebuild: every read model from an empty folder, against one raw consumer that drains and parses
//! the same log. Each runs in a fresh process of its own, so that memory and warm caches are nobody
//! else's.

use std::collections::BTreeMap;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use homeward_events::id::LedgerId;
use homeward_ledger::{Connection, Login};
use homeward_projector::{Config, ModelStatus, Projector, Stage};
use serde::{Deserialize, Serialize};
use serde_json::json;
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;

use crate::broker::{self, Broker, Engine, Parse};
use crate::process::{self, Processor};
use crate::report::{Bar, Figure, quantile, real};
use crate::story::Story;
use crate::{Errand, Result, Size, Target, archive, say};

/// The most memory that a rebuild may take: 1.5 GiB.
const PEAK_GIB_MAX: f64 = 1.5;
/// The least share of the raw speed.
const RATIO_MIN: f64 = 0.5;
const GIB: f64 = 1024.0 * 1024.0 * 1024.0;
/// How often a rebuild is asked how far it is.
const LOOK_EVERY: Duration = Duration::from_millis(5);
/// How long a rebuild may take.
const REBUILD_WITHIN: Duration = Duration::from_mins(15);

/// What a process of its own found.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub(crate) struct Found {
    pub(crate) events: usize,
    pub(crate) seconds: f64,
    /// Processor time of this process alone, all threads together.
    processor_seconds: f64,
    peak_bytes: u64,
    /// Seconds that a rebuild spent in each stage.
    stages: BTreeMap<String, f64>,
    /// Rows that a rebuild wrote, without the facts.
    rows: u64,
}

impl Found {
    pub(crate) fn per_second(&self) -> f64 {
        real(self.events) / self.seconds
    }
}

/// The log that is rebuilt from.
#[derive(Debug, Clone)]
pub(crate) struct Log {
    pub(crate) story: Story,
    pub(crate) commits: usize,
    pub(crate) what: &'static str,
}

/// Compares rebuilding from a log with draining it.
pub(crate) fn compare(size: Size, engine: &Engine, log: &Log) -> Result<Vec<Figure>> {
    let rounds = match size {
        Size::Full => 3,
        Size::Quick => 1,
    };
    let (mut ours, mut typed, mut values) = (Vec::new(), Vec::new(), Vec::new());
    for round in 0..rounds {
        values.push(alone(&engine.url, log, Errand::Drain(Parse::Value), None)?);
        ours.push(alone(&engine.url, log, Errand::Rebuild, None)?);
        typed.push(alone(&engine.url, log, Errand::Drain(Parse::Typed), None)?);
        if let (Some(ours), Some(typed)) = (ours.last(), typed.last()) {
            say(&format!(
                "rebuild round {round}, {}: house {:.0}/s, raw {:.0}/s",
                log.what,
                ours.per_second(),
                typed.per_second()
            ));
        }
    }
    let peak = ours
        .iter()
        .map(|found| found.peak_bytes)
        .max()
        .unwrap_or_default();
    let details = |raw: &[Found]| json!({ "commits": log.commits, "journeys": log.story.journeys, "house": ours, "raw": raw });
    let against = |raw: &[Found], compared_with: &str| Figure {
        group: "rebuild",
        what: format!("every read model, {}", log.what),
        house: format!("{:.0} events/s", speed(&ours)),
        compared_with: compared_with.to_owned(),
        other: format!("{:.0} events/s", speed(raw)),
        ratio: speed(&ours) / speed(raw),
        bar: Some(Bar::AtLeast(RATIO_MIN)),
        details: details(raw),
    };
    Ok(vec![
        against(&typed, "one ordered consumer, parsed into typed events"),
        against(
            &values,
            "one ordered consumer, parsed into `serde_json::Value`",
        ),
        Figure {
            group: "rebuild",
            what: format!("peak memory, {}", log.what),
            house: format!("{:.2} GiB", gib(peak)),
            compared_with: String::new(),
            other: String::new(),
            ratio: gib(peak),
            bar: Some(Bar::AtMost(PEAK_GIB_MAX)),
            details: json!({ "peak_bytes": peak }),
        },
    ])
}

/// The median of several rounds, in events a second.
pub(crate) fn speed(found: &[Found]) -> f64 {
    quantile(
        &mut found.iter().map(Found::per_second).collect::<Vec<f64>>(),
        0.5,
    )
}

/// Bytes as GiB, to a KiB.
fn gib(bytes: u64) -> f64 {
    f64::from(u32::try_from(bytes / 1024).unwrap_or(u32::MAX)) * 1024.0 / GIB
}

/// Has an errand run in a process of its own, on an archive if one is given.
pub(crate) fn alone(
    nats_url: &str,
    log: &Log,
    errand: Errand,
    archive: Option<&Path>,
) -> Result<Found> {
    let mut command = Command::new(std::env::current_exe()?);
    errand.spell(&mut command);
    let output = command
        .args(["--nats-url", nats_url, "--ledger", log.story.ledger])
        .args(["--commits", &log.commits.to_string()])
        .args(["--events", &log.story.events().to_string()])
        .args(
            archive
                .map(|path| [Path::new("--archive"), path])
                .into_iter()
                .flatten(),
        )
        .stdin(Stdio::null())
        .stderr(Stdio::inherit())
        .output()?;
    if !output.status.success() {
        return Err(format!("{errand:?} ended with {}", output.status).into());
    }
    let found: Found = serde_json::from_slice(&output.stdout)?;
    say(&format!("{errand:?}: {found:?}"));
    Ok(found)
}

/// What such a process does. Gives what it prints.
pub(crate) async fn run_alone(errand: Errand, target: &Target) -> Result<String> {
    let Target {
        nats_url,
        ledger,
        commits,
        events,
        archive,
    } = target;
    let (commits, events) = (*commits, *events);
    let before = Processor::of(process::own_pid())?;
    let mut found = match errand {
        Errand::Rebuild => rebuild(nats_url, ledger, commits).await?,
        Errand::Drain(parse) => {
            let broker = Broker::connect(nats_url, &Login::Anonymous).await?;
            let begun = Instant::now();
            let read = match archive {
                Some(path) => archive::drain(path, ledger, parse).await?,
                None => broker.drain(ledger, commits, parse).await?,
            };
            let expected = match parse {
                Parse::Typed | Parse::Value => events,
                Parse::Nothing => commits,
            };
            if read != expected {
                return Err(format!("{read} where {expected} are").into());
            }
            Found {
                seconds: begun.elapsed().as_secs_f64(),
                ..Found::default()
            }
        }
        Errand::Fold(models) => {
            let begun = Instant::now();
            archive::fold(models, archive.as_deref(), nats_url, ledger).await?;
            Found {
                seconds: begun.elapsed().as_secs_f64(),
                ..Found::default()
            }
        }
    };
    found.events = events;
    found.processor_seconds = Processor::of(process::own_pid())?.seconds - before.seconds;
    found.peak_bytes = process::peak_bytes()?;
    Ok(serde_json::to_string(&found)?)
}

/// Rebuilds every read model in a fresh folder, until all of them are current.
async fn rebuild(nats_url: &str, ledger: &LedgerId, commits: usize) -> Result<Found> {
    let connection = Connection::new(nats_url, Login::Anonymous, std::slice::from_ref(ledger));
    let ledgers = homeward_ledger::connect(&connection).await?;
    let folder = broker::folder()?;
    let (tracker, stop) = (TaskTracker::new(), CancellationToken::new());
    let (begun, last) = (Instant::now(), u64::try_from(commits)?);
    let config = Config::new(folder.path());
    let projector = Projector::start(config, ledgers.reader, tracker.clone(), stop.clone()).await?;
    let (mut found, mut looked) = (Found::default(), begun);
    loop {
        let status = projector.status();
        let knows = |model: &ModelStatus| {
            model
                .as_of
                .as_ref()
                .is_some_and(|as_of| as_of.watermark.covers(ledger, last))
        };
        if status.iter().all(knows) {
            break;
        }
        if let Some(progress) = status.iter().find_map(|model| model.progress) {
            let stage = found
                .stages
                .entry(progress.stage.as_str().to_owned())
                .or_default();
            *stage += looked.elapsed().as_secs_f64();
            if progress.stage == Stage::Writing {
                found.rows = progress.total;
            }
        }
        looked = Instant::now();
        if begun.elapsed() > REBUILD_WITHIN {
            return Err(format!("not rebuilt in time: {status:?}").into());
        }
        tokio::time::sleep(LOOK_EVERY).await;
    }
    found.seconds = begun.elapsed().as_secs_f64();
    stop.cancel();
    tracker.close();
    tracker.wait().await;
    Ok(found)
}

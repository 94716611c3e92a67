//! Archive: a log in one file against the raw consumer that drains the same log, each handing every
//! commit over in order; and the same fold from either, for information.

use std::path::Path;
use std::time::Instant;

use futures::StreamExt as _;
use homeward_events::id::LedgerId;
use homeward_ledger::archive::{Archive, Plan, write_archive};
use homeward_ledger::{Connection, Login, Reader};
use homeward_projector::{Bound, fold_log};
use serde_json::json;

use crate::broker::{self, Engine, Parse};
use crate::rebuild::{Log, alone, speed};
use crate::report::{Bar, Figure};
use crate::{Errand, Models, Result, Size, say};

/// The least that an archive may be faster than the raw drain.
const RATIO_MIN: f64 = 1.5;
/// Threads that fold.
const WORKERS: usize = 2;

/// Writes an archive of a log, and compares reading it with reading the log.
pub(crate) async fn compare(size: Size, engine: &Engine, log: &Log) -> Result<Vec<Figure>> {
    let rounds = match size {
        Size::Full => 3,
        Size::Quick => 1,
    };
    let folder = broker::folder()?;
    let path = folder.path().join("log.homeward");
    let ledger: LedgerId = log.story.ledger.parse()?;
    let reader = log_reader(&engine.url, &ledger).await?;
    let begun = Instant::now();
    let plan = Plan {
        ledgers: vec![ledger],
        from: 1,
        to: None,
        homeward: "bench".to_owned(),
        by: None,
    };
    let manifest = write_archive(&reader, &plan, &path, |_, _| {}).await?;
    drop(reader);
    let payload_bytes: u64 = manifest.ledgers.iter().map(|e| e.payload_bytes).sum();
    let written = begun.elapsed().as_secs_f64();
    let bytes = std::fs::metadata(&path)?.len();
    say(&format!(
        "archived {} in {written:.1} s: {bytes} bytes",
        log.what
    ));
    let mut figures = Vec::new();
    for (errand, what, bar) in [
        (
            Errand::Drain(Parse::Nothing),
            "handed over",
            Some(Bar::AtLeast(RATIO_MIN)),
        ),
        (
            Errand::Drain(Parse::Typed),
            "parsed into typed events",
            None,
        ),
        (
            Errand::Fold(Models::Caseload),
            "folded into the caseload",
            None,
        ),
        (
            Errand::Fold(Models::All),
            "folded into every read model",
            None,
        ),
    ] {
        let (mut ours, mut raw) = (Vec::new(), Vec::new());
        for _ in 0..rounds {
            raw.push(alone(&engine.url, log, errand, None)?);
            ours.push(alone(&engine.url, log, errand, Some(&path))?);
        }
        let compared_with = match errand {
            Errand::Drain(_) => "one raw ordered consumer, the same",
            Errand::Fold(_) | Errand::Rebuild => "the same from the log",
        };
        figures.push(Figure {
            group: "archive",
            what: format!("{what}, {}", log.what),
            house: format!("{:.0} events/s", speed(&ours)),
            compared_with: compared_with.to_owned(),
            other: format!("{:.0} events/s", speed(&raw)),
            ratio: speed(&ours) / speed(&raw),
            bar,
            details: json!({
                "commits": log.commits,
                "journeys": log.story.journeys,
                "payload_bytes": payload_bytes,
                "archive_bytes": bytes,
                "written_seconds": written,
                "house": ours,
                "raw": raw,
            }),
        });
    }
    Ok(figures)
}

async fn log_reader(nats_url: &str, ledger: &LedgerId) -> Result<Reader> {
    let connection = Connection::new(nats_url, Login::Anonymous, std::slice::from_ref(ledger));
    Ok(homeward_ledger::connect(&connection).await?.reader)
}

/// Reads every commit of a ledger from an archive. Gives how many events there were.
pub(crate) async fn drain(path: &Path, ledger: &LedgerId, parse: Parse) -> Result<usize> {
    let reader = Archive::open(path)?.reader();
    let head = reader.verify_complete(ledger).await?;
    let mut range = reader.range(ledger, 1, head.last);
    let mut events = 0;
    while let Some(commit) = range.next().await {
        events += parse.read(&commit?.payload)?;
    }
    Ok(events)
}

/// Folds read models in memory from an archive, or from the log.
pub(crate) async fn fold(
    models: Models,
    archive: Option<&Path>,
    nats_url: &str,
    ledger: &LedgerId,
) -> Result<()> {
    let reader = match archive {
        Some(path) => Archive::open(path)?.reader(),
        None => log_reader(nats_url, ledger).await?,
    };
    let all = homeward_projections::all();
    let models: Vec<_> = match models {
        Models::All => all.to_vec(),
        Models::Caseload => all
            .iter()
            .copied()
            .filter(|model| model.name == "caseload")
            .collect(),
    };
    fold_log(&reader, &models, &Bound::Head, WORKERS, |_| {}).await?;
    Ok(())
}

//! Past: a question as of an earlier cut, the second time, against folding the log up to there.
//!
//! The second question comes after a restart: nothing is in memory, and what the first one left on
//! disk is all there is.

use std::path::Path;
use std::time::{Duration, Instant};

use homeward_events::id::LedgerId;
use homeward_ledger::{Connection, Login, Reader};
use homeward_projections::{ReadModel, caseload, quality, timeline};
use homeward_projector::past::{Past, PastConfig};
use homeward_projector::{Bound, Watermark, fold_log};
use serde_json::json;

use crate::broker::{self, Engine};
use crate::rebuild::Log;
use crate::report::{Bar, Figure, quantile};
use crate::{Result, say};

/// How many times quicker the second question must be than a fold.
const RATIO_MIN: f64 = 10.0;
/// Where the cuts are, in hundredths of the log.
const CUTS: [u64; 3] = [40, 60, 80];
/// How long a fold may take.
const FOLD_WITHIN: Duration = Duration::from_mins(10);
/// Threads that fold.
const WORKERS: usize = 2;

/// What was measured at one cut, in seconds.
struct Measured {
    /// The plain fold of the model that is asked.
    fold: f64,
    /// The first question: every model is folded and kept.
    first: f64,
    /// The second question, after a restart.
    second: f64,
    /// Another model, after a restart: it was folded together with the first.
    other: f64,
    /// The second question again, from memory.
    third: f64,
}

/// Asks as of three cuts of a log.
pub(crate) async fn run(engine: &Engine, log: &Log) -> Result<Vec<Figure>> {
    let folder = broker::folder()?;
    let ledger: LedgerId = log.story.ledger.parse()?;
    let mut all = Vec::new();
    for cut in CUTS {
        let last = u64::try_from(log.commits)? * cut / 100;
        let bound = Bound::Watermark([(ledger.clone(), last)].into_iter().collect::<Watermark>());
        let measured = measure(engine, &ledger, folder.path(), &bound).await?;
        say(&format!(
            "as of {last}: fold {:.2} s, first {:.2} s, second {:.3} s, another model {:.3} s, from memory {:.6} s",
            measured.fold, measured.first, measured.second, measured.other, measured.third
        ));
        all.push(measured);
    }
    let bytes = kept_bytes(&folder.path().join("past"))?;
    let median =
        |of: fn(&Measured) -> f64| quantile(&mut all.iter().map(of).collect::<Vec<_>>(), 0.5);
    let fold = median(|m| m.fold);
    let details = json!({
        "commits": log.commits,
        "journeys": log.story.journeys,
        "cuts_percent": CUTS,
        "kept_bytes": bytes,
        "fold_seconds": all.iter().map(|m| m.fold).collect::<Vec<_>>(),
        "first_seconds": all.iter().map(|m| m.first).collect::<Vec<_>>(),
        "second_seconds": all.iter().map(|m| m.second).collect::<Vec<_>>(),
        "other_model_seconds": all.iter().map(|m| m.other).collect::<Vec<_>>(),
        "from_memory_seconds": all.iter().map(|m| m.third).collect::<Vec<_>>(),
    });
    let against = |what: &str, seconds: f64, bar: Option<Bar>| Figure {
        group: "past",
        what: format!("{what}, {}", log.what),
        house: format!("{:.1} ms", seconds * 1000.0),
        compared_with: "a fold of that one model from the log".to_owned(),
        other: format!("{:.1} ms", fold * 1000.0),
        ratio: fold / seconds,
        bar,
        details: details.clone(),
    };
    Ok(vec![
        against(
            "first question as of a cut, keeping every model",
            median(|m| m.first),
            None,
        ),
        against(
            "second question, after a restart",
            median(|m| m.second),
            Some(Bar::AtLeast(RATIO_MIN)),
        ),
        against(
            "another model, after a restart",
            median(|m| m.other),
            Some(Bar::AtLeast(RATIO_MIN)),
        ),
        against("third question, from memory", median(|m| m.third), None),
    ])
}

async fn measure(
    engine: &Engine,
    ledger: &LedgerId,
    folder: &Path,
    bound: &Bound,
) -> Result<Measured> {
    let reader = log_reader(&engine.url, ledger).await?;
    let begun = Instant::now();
    fold_log(&reader, &[&caseload::CASELOAD], bound, WORKERS, |_| {}).await?;
    let fold = begun.elapsed().as_secs_f64();
    let fresh = || open(folder, reader.clone());
    let first = ask(&fresh(), &caseload::CASELOAD, bound).await?;
    let again = fresh();
    let second = ask(&again, &caseload::CASELOAD, bound).await?;
    let third = ask(&again, &caseload::CASELOAD, bound).await?;
    let other = ask(&fresh(), &quality::QUALITY, bound).await?;
    Ok(Measured {
        fold,
        first,
        second,
        other,
        third,
    })
}

/// As a server keeps it: everything but timelines is folded together.
fn open(folder: &Path, reader: Reader) -> Past {
    let all = homeward_projections::all().iter().copied();
    let together = all.filter(|model| model.name != timeline::TIMELINE.name);
    let config = PastConfig {
        together: together.collect(),
        workers: WORKERS,
        ..PastConfig::new(folder)
    };
    Past::open(config, reader)
}

/// Asks, from the bound to the answer; gives the seconds.
async fn ask(past: &Past, model: &'static ReadModel, bound: &Bound) -> Result<f64> {
    let begun = Instant::now();
    let moment = past.resolve(bound).await?;
    let kept = past.table(model, &moment, FOLD_WITHIN).await?;
    if model.name == caseload::CASELOAD.name {
        caseload::count(&kept.table, &caseload::Query::default())?;
    } else {
        quality::report(&kept.table, &std::collections::BTreeMap::new())?;
    }
    Ok(begun.elapsed().as_secs_f64())
}

fn kept_bytes(folder: &Path) -> Result<u64> {
    let mut bytes = 0;
    for entry in std::fs::read_dir(folder)? {
        bytes += entry?.metadata()?.len();
    }
    Ok(bytes)
}

async fn log_reader(nats_url: &str, ledger: &LedgerId) -> Result<Reader> {
    let connection = Connection::new(nats_url, Login::Anonymous, std::slice::from_ref(ledger));
    Ok(homeward_ledger::connect(&connection).await?.reader)
}

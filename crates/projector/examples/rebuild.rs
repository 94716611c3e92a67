//! How fast read models are rebuilt, against how fast one consumer reads and parses the same stream.
//!
//! `cargo run --release -p homeward-projector --example rebuild -- <nats-server> <folder> [journeys]`
//!
//! Stores ten commits of one event for each journey (100,000 unless said otherwise) on a private
//! nats-server in `<folder>`, once: a second run finds them there. Then measures, in events a second:
//! reading alone, reading and parsing, a start with no stores at all until every read model is
//! current, a start with everything there, and commits that are followed as they come.
#![expect(clippy::print_stdout, reason = "a report to whoever runs it")]

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use futures::StreamExt;
use homeward_events::codec;
use homeward_events::id::{CommitId, JourneyId, LedgerId};
use homeward_ledger::private_server::{PrivateServer, PrivateServerConfig};
use homeward_ledger::{NewCommit, Reader, connect};
use homeward_projector::{Config, Projector};
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;
use uuid::Uuid;

type Failed = Box<dyn std::error::Error>;

/// One event of each, by journey, in this order.
const STORY: [&str; 10] = [
    "notice.notified.v1",
    "reception.received.v2",
    "screening.completed.v1",
    "consent.given.v1",
    "plan.agreed.v1",
    "referral.sent.v1",
    "referral.accepted.v1",
    "referral.concluded.v1",
    "follow-up.scheduled.v1",
    "justice.arrested.v1",
];

/// Journeys that go through their story at the same time.
const AT_ONCE: u64 = 2_000;

#[tokio::main]
async fn main() -> Result<(), Failed> {
    let mut args = std::env::args().skip(1);
    let (Some(binary), Some(folder)) = (args.next(), args.next()) else {
        return Err("expected <nats-server> <folder> [journeys]".into());
    };
    let journeys: u64 = args.next().map_or(Ok(100_000), |text| text.parse())?;
    let folder = PathBuf::from(folder);
    let server = PrivateServer::start(PrivateServerConfig {
        binary: binary.into(),
        data_dir: folder.join("nats"),
        sync_always: false,
        max_file_store: None,
    });
    let server = server.await?;
    let ledger: LedgerId = "jm".parse()?;
    let ledgers = connect(&server.connection(std::slice::from_ref(&ledger))).await?;
    let reader = ledgers.reader.clone();
    if reader.head(&ledger).await?.last == 0 {
        fill(&ledgers.appender, &ledger, journeys).await?;
    }
    let head = reader.head(&ledger).await?;
    println!("{} commits of one event, {journeys} journeys", head.last);

    let used = processor()?;
    let (seconds, bytes) = drain(&reader, &ledger, head.last, false).await?;
    report("read", head.last, seconds);
    println!("  {:.1} s of processor", processor()? - used);
    println!("  {} bytes an event", bytes / head.last.max(1));
    let used = processor()?;
    let (baseline, _) = drain(&reader, &ledger, head.last, true).await?;
    report("read and parse", head.last, baseline);
    println!("  {:.1} s of processor", processor()? - used);

    let views = folder.join("rebuilt");
    if views.exists() {
        std::fs::remove_dir_all(&views)?;
    }
    let used = processor()?;
    let rebuilt = rebuild(reader.clone(), &views, &ledger, head.last).await?;
    report("rebuild", head.last, rebuilt);
    println!(
        "  {:.2} of read and parse; {}",
        baseline / rebuilt,
        memory()?
    );
    println!("  {:.1} s of processor", processor()? - used);
    let opened = rebuild(reader, &views, &ledger, head.last).await?;
    report("open again", head.last, opened);
    server.stop().await;
    follow(&folder.join("followed"), &ledger).await
}

/// Commits that come faster than they are folded, from a log in memory.
async fn follow(views: &Path, ledger: &LedgerId) -> Result<(), Failed> {
    if views.exists() {
        std::fs::remove_dir_all(views)?;
    }
    let (tracker, cancel) = (TaskTracker::new(), CancellationToken::new());
    let ledgers = homeward_ledger::in_memory(std::slice::from_ref(ledger));
    let config = Config::new(views);
    let names: Vec<&'static str> = config.models.iter().map(|model| model.name).collect();
    let reader = ledgers.reader.clone();
    let projector = Projector::start(config, reader, tracker.clone(), cancel.clone()).await?;
    while names.iter().any(|name| projector.view(name).is_err()) {
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
    let started = Instant::now();
    fill(&ledgers.appender, ledger, 2_000).await?;
    let last = ledgers.reader.head(ledger).await?.last;
    for name in names {
        projector
            .wait_for(name, ledger, last, Duration::from_mins(10))
            .await?;
    }
    report("follow", last, started.elapsed().as_secs_f64());
    cancel.cancel();
    tracker.close();
    tracker.wait().await;
    Ok(())
}

fn report(what: &str, events: u64, seconds: f64) {
    let events = u32::try_from(events).map_or(f64::MAX, f64::from);
    println!(
        "{what}: {seconds:.2} s, {:.0} events a second",
        events / seconds
    );
}

async fn drain(
    reader: &Reader,
    ledger: &LedgerId,
    last: u64,
    parse: bool,
) -> Result<(f64, u64), Failed> {
    let started = Instant::now();
    let mut bytes = 0;
    let mut commits = std::pin::pin!(reader.range(ledger, 1, last));
    while let Some(commit) = commits.next().await {
        let payload = commit?.payload;
        bytes += u64::try_from(payload.len())?;
        if parse {
            for piece in codec::split(&payload)? {
                std::hint::black_box(codec::decode_event(piece.get(), None)?);
            }
        }
    }
    Ok((started.elapsed().as_secs_f64(), bytes))
}

async fn rebuild(
    reader: Reader,
    data_dir: &Path,
    ledger: &LedgerId,
    last: u64,
) -> Result<f64, Failed> {
    let (tracker, cancel) = (TaskTracker::new(), CancellationToken::new());
    let started = Instant::now();
    let config = Config::new(data_dir);
    let names: Vec<&'static str> = config.models.iter().map(|model| model.name).collect();
    let projector = Projector::start(config, reader, tracker.clone(), cancel.clone()).await?;
    let reported = tracker.spawn({
        let projector = projector.clone();
        async move {
            let mut stage = None;
            while let Some(progress) =
                projector
                    .status()
                    .iter()
                    .find_map(|s| s.progress)
                    .or(projector
                        .status()
                        .iter()
                        .any(|s| s.as_of.is_none())
                        .then_some(homeward_projector::Progress {
                            stage: homeward_projector::Stage::Reading,
                            done: 0,
                            total: 0,
                            rate_per_second: 0,
                        }))
            {
                if stage != Some(progress.stage) {
                    stage = Some(progress.stage);
                    println!(
                        "  {:.2} s: {}",
                        started.elapsed().as_secs_f64(),
                        progress.stage.as_str()
                    );
                }
                tokio::time::sleep(Duration::from_millis(20)).await;
            }
        }
    });
    for name in names {
        projector
            .wait_for(name, ledger, last, Duration::from_mins(10))
            .await?;
    }
    let seconds = started.elapsed().as_secs_f64();
    reported.await?;
    cancel.cancel();
    tracker.close();
    tracker.wait().await;
    Ok(seconds)
}

async fn fill(
    appender: &homeward_ledger::Appender,
    ledger: &LedgerId,
    journeys: u64,
) -> Result<(), Failed> {
    let mut templates = Vec::new();
    for name in STORY {
        let path = format!(
            "{}/../../events/samples/{name}.json",
            env!("CARGO_MANIFEST_DIR")
        );
        let mut event: serde_json::Value = serde_json::from_slice(&std::fs::read(path)?)?;
        if let Some(data) = event.get_mut("data").and_then(|data| data.as_object_mut()) {
            data.remove("personal");
        }
        templates.push(event);
    }
    let mut last: BTreeMap<u64, u64> = BTreeMap::new();
    let mut from = 0;
    while from < journeys {
        let block = from..journeys.min(from + AT_ONCE);
        for (step, template) in (0..).zip(&templates) {
            let appends = block.clone().map(|journey| {
                let (commit, expected) = (
                    commit(ledger, template, journey, step),
                    last.get(&journey).copied(),
                );
                async move {
                    (
                        journey,
                        appender.append(&commit, expected.unwrap_or(0)).await,
                    )
                }
            });
            let stored: Vec<_> = futures::stream::iter(appends)
                .buffer_unordered(256)
                .collect()
                .await;
            for (journey, result) in stored {
                last.insert(journey, result?.sequence());
            }
        }
        last.clear();
        from = block.end;
    }
    Ok(())
}

/// The journey's own copy of a sample.
fn commit(ledger: &LedgerId, template: &serde_json::Value, journey: u64, step: u64) -> NewCommit {
    // Ids in no order, as those of many publishers are.
    let scattered = journey.wrapping_mul(0x9e37_79b9_7f4a_7c15);
    let id = Uuid::from_u64_pair(scattered, journey * 16 + step);
    let subject = Uuid::from_u64_pair(scattered, journey);
    let mut event = template.clone();
    let set = |event: &mut serde_json::Value, field: &str, text: String| {
        if let Some(event) = event.as_object_mut() {
            event.insert(field.to_owned(), text.into());
        }
    };
    let day = format!(
        "2025-{:02}-{:02}",
        journey % 12 + 1,
        (journey / 12 + step) % 28 + 1
    );
    set(&mut event, "id", id.to_string());
    set(&mut event, "subject", subject.to_string());
    set(
        &mut event,
        "recordedtime",
        format!("{day}T{:02}:00:00Z", step + 10),
    );
    set(&mut event, "occurred", day);
    NewCommit {
        ledger: ledger.clone(),
        journey: JourneyId::from_uuid(subject),
        id: CommitId::from_uuid(id),
        payload: format!("[{event}]").into(),
    }
}

/// Seconds of processor that this process has used: on a busy machine they say more than the clock.
fn processor() -> Result<f64, Failed> {
    let stat = std::fs::read_to_string("/proc/self/stat")?;
    let after_name = stat.rsplit(')').next().unwrap_or_default();
    let ticks = after_name
        .split_whitespace()
        .skip(11)
        .take(2)
        .map(str::parse::<f64>);
    // A tick is a hundredth of a second on every Linux that we know.
    Ok(ticks.sum::<Result<f64, _>>()? / 100.0)
}

/// The most memory that this process has held.
fn memory() -> Result<String, Failed> {
    let status = std::fs::read_to_string("/proc/self/status")?;
    let peak = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    Ok(format!(
        "at most {} of memory",
        peak.unwrap_or("unknown").trim()
    ))
}

//! The house in small: a log in memory, a projector on a folder of its own, and the plain fold to
//! compare with.

mod asking;
mod doubt;
mod equality;
mod explaining;
mod halting;
mod past;
mod people;

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::OnceLock;
use std::time::Duration;

use homeward_events::codec;
use homeward_events::id::{CommitId, JourneyId, LedgerId};
use homeward_ledger::{Ledgers, NewCommit, in_memory};
use homeward_projections::fold::{self, Facts as PlainFacts};
use homeward_projections::{MemoryTable, ReadModel};
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;
use uuid::Uuid;

use crate::{Config, Projector, Watermark};

/// Long enough for the slowest machine; nothing waits this long unless it fails.
const PATIENCE: Duration = Duration::from_mins(2);

fn ledger(number: usize) -> LedgerId {
    ["jm", "tt"][number].parse().unwrap()
}

fn journey(number: u128) -> JourneyId {
    JourneyId::from_uuid(Uuid::from_u128(
        0x0198_c2f4_0001_7000_8000_0000_0000_0000 + number,
    ))
}

fn event_id(number: u128) -> String {
    Uuid::from_u128(0x0198_c2f4_0002_7000_8000_0000_0000_0000 + number).to_string()
}

/// The golden samples of every event type and version.
fn samples() -> &'static [serde_json::Value] {
    static SAMPLES: OnceLock<Vec<serde_json::Value>> = OnceLock::new();
    SAMPLES.get_or_init(|| {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../events/samples");
        let mut paths: Vec<_> = std::fs::read_dir(folder)
            .unwrap()
            .map(|entry| entry.unwrap().path())
            .collect();
        paths.sort();
        paths.retain(|path| path.extension().is_some_and(|kind| kind == "json"));
        let read = |path| serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap();
        paths.iter().map(read).collect()
    })
}

/// A sample made into a fact of its own.
#[derive(Debug, Clone)]
struct Fact {
    sample: usize,
    id: u128,
    journey: u128,
    ledger: usize,
    day: u32,
    /// Another journey, for links; another event, for corrections.
    other: u128,
    /// Whether this program can read its type.
    readable: bool,
}

impl Fact {
    /// A fact of a type, by the type's name.
    fn of(name: &str, id: u128, journey: u128) -> Self {
        let sample = samples()
            .iter()
            .rposition(|sample| sample["type"] == name)
            .unwrap();
        Self {
            sample,
            id,
            journey,
            ledger: 0,
            day: 1,
            other: 0,
            readable: true,
        }
    }

    fn json(&self) -> String {
        let mut event = samples()[self.sample % samples().len()].clone();
        let day =
            jiff::civil::date(2026, 1, 1).saturating_add(jiff::ToSpan::days(i64::from(self.day)));
        event["id"] = event_id(self.id).into();
        event["subject"] = journey(self.journey).to_string().into();
        event["ledger"] = ledger(self.ledger).to_string().into();
        event["occurred"] = day.to_string().into();
        event["recordedtime"] = format!("{day}T{:02}:00:00Z", self.id % 24).into();
        if !self.id.is_multiple_of(3) {
            event["sequence"] = (self.id % 40 + 1).to_string().into();
        }
        if event["type"].as_str().unwrap().ends_with("linked") {
            event["data"]["other"] = journey(self.other).to_string().into();
        }
        if event["type"].as_str().unwrap().starts_with("correction.") {
            event["data"]["event"] = event_id(self.other).into();
        }
        if !self.readable {
            event["type"] = "plan.celebrated".into();
        }
        event.to_string()
    }
}

/// Facts of one journey in one ledger that were stored together.
#[derive(Debug, Clone)]
struct Commit {
    facts: Vec<Fact>,
}

impl Commit {
    fn ledger(&self) -> LedgerId {
        ledger(self.facts[0].ledger)
    }

    fn journey(&self) -> JourneyId {
        journey(self.facts[0].journey)
    }

    fn payload(&self) -> String {
        let facts: Vec<String> = self.facts.iter().map(Fact::json).collect();
        format!("[{}]", facts.join(","))
    }
}

/// Commits of one fact each.
fn singly(facts: impl IntoIterator<Item = Fact>) -> Vec<Commit> {
    facts
        .into_iter()
        .map(|fact| Commit { facts: vec![fact] })
        .collect()
}

/// A small caseload: journeys with a reception, a screening, a plan and a referral each.
fn caseload(journeys: u128) -> Vec<Commit> {
    let names = [
        "reception.received",
        "screening.completed",
        "plan.agreed",
        "referral.sent",
    ];
    singly((0..journeys).flat_map(|journey| {
        (0..).zip(names).map(move |(step, name)| Fact {
            day: u32::try_from(journey % 90 + step * 5).unwrap(),
            ..Fact::of(name, journey * 10 + step, journey)
        })
    }))
}

/// A log in memory and what was stored in it, in order.
struct Log {
    ledgers: Ledgers,
    stored: Vec<(LedgerId, u64, Commit)>,
    /// Makes the ids of its commits different from those of other logs.
    salt: u128,
}

impl Log {
    fn new() -> Self {
        Self {
            ledgers: in_memory(&[ledger(0), ledger(1)]),
            stored: Vec::new(),
            salt: 0,
        }
    }

    async fn append(&mut self, commits: &[Commit]) {
        for commit in commits {
            let (ledger, journey) = (commit.ledger(), commit.journey());
            let last = self
                .stored
                .iter()
                .rev()
                .find_map(|(in_ledger, sequence, other)| {
                    (*in_ledger == ledger && other.journey() == journey).then_some(*sequence)
                });
            let number = u128::try_from(self.stored.len()).unwrap();
            let id = CommitId::from_uuid(Uuid::from_u128((self.salt << 64) | number));
            let payload = commit.payload().into();
            let new = NewCommit {
                ledger: ledger.clone(),
                journey,
                id,
                payload,
            };
            let appended = self
                .ledgers
                .appender
                .append(&new, last.unwrap_or(0))
                .await
                .unwrap();
            self.stored
                .push((ledger, appended.sequence(), commit.clone()));
        }
    }

    fn head(&self) -> Watermark {
        self.stored
            .iter()
            .map(|(ledger, sequence, _)| (ledger.clone(), *sequence))
            .collect()
    }

    /// The facts up to a position that can be read.
    fn facts(&self, at: &Watermark) -> PlainFacts {
        let mut facts = PlainFacts::new();
        for (ledger, sequence, commit) in &self.stored {
            if at.covers(ledger, *sequence) {
                let known = facts.entry(commit.journey()).or_default();
                for fact in &commit.facts {
                    let json = fact.json();
                    let json = codec::without_personal(&json).unwrap();
                    known.extend(codec::decode_event(&json, None).ok());
                }
            }
        }
        facts
    }

    /// Where a model must stand when everything is folded that it can fold.
    fn reachable(&self, model: &ReadModel) -> Watermark {
        let mut at = self.head();
        for (ledger, sequence, commit) in self.stored.iter().rev() {
            let unreadable = commit.facts.iter().any(|fact| !fact.readable);
            if unreadable && model.halts_at(Some(homeward_events::Family::Plan)) {
                at = at.with(ledger, sequence - 1);
            }
        }
        at
    }
}

/// A projector that runs.
struct Running {
    projector: Projector,
    tracker: TaskTracker,
    cancel: CancellationToken,
}

impl Running {
    async fn start(config: Config, log: &Log) -> Self {
        let (tracker, cancel) = (TaskTracker::new(), CancellationToken::new());
        let reader = log.ledgers.reader.clone();
        let projector = Projector::start(config, reader, tracker.clone(), cancel.clone());
        Self {
            projector: projector.await.unwrap(),
            tracker,
            cancel,
        }
    }

    /// Stops as at the end of a program; everything is on disk.
    async fn stop(self) {
        self.cancel.cancel();
        self.tracker.close();
        tokio::time::timeout(PATIENCE, self.tracker.wait())
            .await
            .unwrap();
    }

    /// Waits until every model is as far as it can come, and facts are there.
    async fn settle(&self, log: &Log, models: &[&'static ReadModel]) {
        for model in models {
            for (ledger, sequence) in log.reachable(model).iter() {
                let reached = self
                    .projector
                    .wait_for(model.name, ledger, sequence, PATIENCE)
                    .await;
                reached.unwrap_or_else(|behind| panic!("{behind}: {:#?}", self.projector.status()));
            }
            if log.head().iter().next().is_none() {
                self.until(|running| running.projector.view(model.name).is_ok())
                    .await;
            }
        }
        // Models are served before the facts that they go on with are all there.
        self.until(|running| running.projector.facts(journey(0)).is_ok())
            .await;
    }

    /// Waits until something is so.
    async fn until(&self, so: impl Fn(&Self) -> bool) {
        let polled = async {
            while !so(self) {
                tokio::time::sleep(Duration::from_millis(5)).await;
            }
        };
        let polled = tokio::time::timeout(PATIENCE, polled).await;
        polled.unwrap_or_else(|_| panic!("never came to be: {:#?}", self.projector.status()));
    }

    fn table(&self, model: &str) -> (Watermark, Contents) {
        let view = self.projector.view(model).unwrap();
        let (contents, as_of) = view.read_as_of(|table| {
            let mut contents = Contents::default();
            table
                .rows_from("", &mut |key, row| {
                    contents
                        .rows
                        .insert(key.to_owned(), String::from_utf8(row.to_vec()).unwrap());
                    true
                })
                .unwrap();
            table
                .cells_under("", &mut |cell, count| {
                    contents.cells.insert(cell.to_owned(), count);
                })
                .unwrap();
            contents.index = table.index().cloned();
            contents
        });
        (as_of.watermark, contents)
    }

    /// Every model is where it can be, and holds what the plain fold gives there.
    async fn assert_right(&self, log: &Log, models: &[&'static ReadModel]) {
        self.settle(log, models).await;
        for model in models {
            let (watermark, found) = self.table(model.name);
            assert_eq!(watermark, log.reachable(model), "{}", model.name);
            assert_eq!(
                found,
                plain(model, &log.facts(&watermark)),
                "{}",
                model.name
            );
        }
        let facts = log.facts(&log.head());
        for journey in facts.keys() {
            assert_eq!(
                facts_of(&self.projector, *journey),
                expected_facts(log, *journey)
            );
        }
    }

    fn quarantines(&self) -> u64 {
        self.projector
            .status()
            .iter()
            .map(|status| status.quarantines)
            .sum()
    }
}

/// What a table holds.
#[derive(Debug, Default, PartialEq)]
struct Contents {
    rows: BTreeMap<String, String>,
    cells: BTreeMap<String, i64>,
    index: Option<homeward_projections::Index>,
}

impl From<MemoryTable> for Contents {
    fn from(table: MemoryTable) -> Self {
        use homeward_projections::Table;
        let text = |row: Vec<u8>| String::from_utf8(row).unwrap();
        let index = table.index().cloned();
        let rows = table
            .rows
            .into_iter()
            .map(|(key, row)| (key, text(row)))
            .collect();
        Self {
            rows,
            cells: table.cells,
            index,
        }
    }
}

fn plain(model: &'static ReadModel, facts: &PlainFacts) -> Contents {
    fold::fold(&[model], facts)
        .remove(model.name)
        .unwrap()
        .into()
}

type Placed = (LedgerId, u64, u32, String);

fn facts_of(projector: &Projector, journey: JourneyId) -> Vec<Placed> {
    let facts = projector.facts(journey).unwrap();
    facts
        .into_iter()
        .map(|fact| (fact.ledger, fact.sequence, fact.index, fact.json))
        .collect()
}

/// By place, each once in a ledger, without personal data.
fn expected_facts(log: &Log, journey: JourneyId) -> Vec<Placed> {
    let mut expected: Vec<Placed> = Vec::new();
    for (ledger, sequence, commit) in log.stored.iter().filter(|(_, _, c)| c.journey() == journey) {
        for (index, fact) in (0..).zip(&commit.facts) {
            let json = fact.json();
            let json = codec::without_personal(&json).unwrap().into_owned();
            if !expected
                .iter()
                .any(|(l, _, _, known)| l == ledger && *known == json)
            {
                expected.push((ledger.clone(), *sequence, index, json));
            }
        }
    }
    expected.sort();
    expected
}

fn copy_folder(from: &Path, to: &Path) {
    std::fs::create_dir_all(to).unwrap();
    for entry in std::fs::read_dir(from).into_iter().flatten().flatten() {
        let (path, target) = (entry.path(), to.join(entry.file_name()));
        if path.is_dir() {
            copy_folder(&path, &target);
        } else {
            // Files come and go while they are copied: that is the point.
            drop(std::fs::copy(&path, &target));
        }
    }
}

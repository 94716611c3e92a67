//! Earlier positions.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::time::Duration;

use homeward_events::id::{LedgerId, LogDigest};
use homeward_events::time::StoredAt;
use homeward_ledger::ReadError;
use homeward_projections::{MemoryTable, ReadModel};
use jiff::SignedDuration;
use proptest::prelude::*;
use sha2::{Digest as _, Sha256};

use super::equality::commits;
use super::{Commit, Contents, Fact, Log, PATIENCE, Running, caseload, journey, ledger, singly};
use crate::past::{Moment, Past, PastConfig, PastError, touched};
use crate::{Bound, Config, FoldError, Watermark, fold_log};

#[tokio::test]
async fn journeys_between_two_positions_are_those_with_a_commit_there() {
    let mut log = Log::new();
    log.append(&caseload(3)).await;
    log.append(&singly([Fact {
        ledger: 1,
        ..Fact::of("reception.received", 500, 50)
    }]))
    .await;
    let at = |jm: u64, tt: u64| -> Watermark {
        [(ledger(0), jm), (ledger(1), tt)].into_iter().collect()
    };
    let reader = &log.ledgers.reader;
    let between = async |one: Watermark, other: Watermark| touched(reader, &one, &other).await;
    assert_eq!(between(at(5, 1), at(5, 1)).await, Ok(BTreeSet::new()));
    // Journey 0 has the commits 1 to 4, journey 1 those from 5 to 8.
    let two = BTreeSet::from([journey(0), journey(1)]);
    assert_eq!(between(at(3, 0), at(6, 0)).await, Ok(two));
    // Ahead in one ledger, behind in the other, and either way round.
    let both = BTreeSet::from([journey(2), journey(50)]);
    assert_eq!(between(at(12, 0), at(10, 1)).await, Ok(both.clone()));
    assert_eq!(between(at(10, 1), at(12, 0)).await, Ok(both));
    assert!(matches!(
        between(at(12, 1), at(13, 1)).await,
        Err(ReadError::Behind { .. })
    ));
}

#[tokio::test(flavor = "multi_thread")]
async fn facts_are_given_as_they_were_known() {
    let (mut log, folder) = (Log::new(), tempfile::tempdir().unwrap());
    log.append(&caseload(2)).await;
    let running = Running::start(Config::new(folder.path()), &log).await;
    running.settle(&log, homeward_projections::all()).await;
    for known in 0..=8 {
        let at = Watermark::default().with(&ledger(0), known);
        let facts = running.projector.facts_at(journey(1), &at).unwrap();
        let sequences: Vec<u64> = facts.iter().map(|fact| fact.sequence).collect();
        assert_eq!(sequences, (5..=known).collect::<Vec<_>>());
    }
    running.stop().await;
}

/// What happens between two questions.
#[derive(Debug, Clone)]
enum Step {
    /// A model is asked at a position, given in thousandths of each ledger; with what follows the log
    /// at hand, or without.
    Ask {
        model: usize,
        at: [u64; 2],
        live: bool,
    },
    /// The programs begin again: nothing is in memory.
    Restart,
    /// One byte of a kept file changes, or its end is cut off, or it is gone.
    Damage { file: usize, byte: usize, how: u8 },
    /// More of the log is stored.
    Grow { commits: usize },
}

fn step() -> impl Strategy<Value = Step> {
    prop_oneof![
        6 => (any::<usize>(), any::<[u64; 2]>(), any::<bool>()).prop_map(|(model, at, live)| {
            // Few positions, so that they are met again.
            let at = at.map(|part| part % 6 * 200);
            Step::Ask { model, at, live }
        }),
        1 => Just(Step::Restart),
        2 => (any::<usize>(), any::<usize>(), 0..3_u8)
            .prop_map(|(file, byte, how)| Step::Damage { file, byte, how }),
        1 => (1..10_usize).prop_map(|commits| Step::Grow { commits }),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 16, max_shrink_iters: 60, ..ProptestConfig::default() })]

    #[test]
    fn the_past_is_what_a_plain_fold_gives_whatever_was_kept(
        commits in commits(),
        steps in prop::collection::vec(step(), 4..24),
    ) {
        let runtime = tokio::runtime::Builder::new_multi_thread()
            .worker_threads(2)
            .enable_all()
            .build()
            .unwrap();
        runtime.block_on(check(&commits, &steps));
    }
}

async fn check(commits: &[Commit], steps: &[Step]) {
    let models = homeward_projections::all();
    let (mut log, folder) = (Log::new(), tempfile::tempdir().unwrap());
    let (first, mut left) = commits.split_at(commits.len() / 2);
    log.append(first).await;
    let reader = log.ledgers.reader.clone();
    let start = async |log: &Log| {
        let running = Running::start(Config::new(folder.path()), log).await;
        running.settle(log, models).await;
        running
    };
    let alone = || Past::open(PastConfig::new(folder.path()), reader.clone());
    let (mut running, mut past) = (start(&log).await, alone());
    for step in steps {
        match step {
            Step::Ask { model, at, live } => {
                let at: Watermark = log
                    .head()
                    .iter()
                    .zip(at)
                    .map(|((ledger, last), part)| (ledger.clone(), last * part / 1000))
                    .collect();
                let asked = if *live {
                    running.projector.past()
                } else {
                    &past
                };
                ask(asked, models[model % models.len()], &at, &log).await;
            }
            Step::Restart => {
                running.stop().await;
                (running, past) = (start(&log).await, alone());
            }
            Step::Damage { file, byte, how } => damage(folder.path(), *file, *byte, *how),
            Step::Grow { commits } => {
                let (more, rest) = left.split_at(left.len().min(*commits));
                left = rest;
                log.append(more).await;
                running.settle(&log, models).await;
            }
        }
    }
    // As of the head is what follows the log says, where nothing halts it.
    let head = running
        .projector
        .past()
        .resolve(&Bound::Head)
        .await
        .unwrap();
    for model in models {
        let (watermark, live) = running.table(model.name);
        if watermark == *head.watermark() {
            let kept = running.projector.past().table(model, &head, PATIENCE).await;
            assert_eq!(
                Contents::from(kept.unwrap().table.clone()),
                live,
                "{}",
                model.name
            );
        }
    }
    running.stop().await;
}

/// Asks, and compares with a fold of the log.
async fn ask(past: &Past, model: &'static ReadModel, at: &Watermark, log: &Log) {
    let bound = Bound::Watermark(at.clone());
    let moment = past.resolve(&bound).await.unwrap();
    let found = past.table(model, &moment, PATIENCE).await;
    let folded = fold_log(&log.ledgers.reader, &[model], &bound, 1, |_| ()).await;
    match folded {
        Ok(folded) => {
            let kept = found.unwrap();
            let expected = folded.tables.into_values().next().unwrap();
            assert_eq!(kept.table, expected, "{} at {at:?}", model.name);
            assert_eq!(kept.log_sha256, digest(log, at));
            for number in 0..6 {
                one(past, model, number, &moment, &kept.table).await;
            }
        }
        Err(error) => assert_eq!(found.unwrap_err(), PastError::Fold(error)),
    }
}

/// Rows under a journey's key are found without folding everything.
async fn one(
    past: &Past,
    model: &'static ReadModel,
    number: u128,
    moment: &Moment,
    whole: &MemoryTable,
) {
    let id = journey(number).to_string();
    match past
        .of_journey(model, journey(number), moment, PATIENCE)
        .await
    {
        Ok(kept) => {
            let of_it = |table: &MemoryTable| -> BTreeMap<String, Vec<u8>> {
                let rows = table.rows.iter().filter(|(key, _)| is_told_by(key, &id));
                rows.map(|(key, row)| (key.clone(), row.clone())).collect()
            };
            assert_eq!(of_it(&kept.table), of_it(whole), "{}", model.name);
        }
        // Without what follows the log there are no facts to tell from.
        Err(error) => assert_eq!(error, PastError::NotReady),
    }
}

/// Whether a row stands under a journey's key. What another journey tells of it as a relative or of the same
/// household does not: an answer of the past about one journey knows what that journey tells.
fn is_told_by(key: &str, id: &str) -> bool {
    match key.split('|').collect::<Vec<_>>()[..] {
        ["related", _, teller] | ["household", _, teller, _] => teller == id,
        _ => key.contains(id),
    }
}

fn damage(folder: &Path, file: usize, byte: usize, how: u8) {
    let mut files: Vec<_> = std::fs::read_dir(folder.join("past"))
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.is_file())
        .collect();
    files.sort();
    if files.is_empty() {
        return;
    }
    let path = &files[file % files.len()];
    let mut bytes = std::fs::read(path).unwrap();
    // Links are kept as they are, or not at all: they are not believed without the log.
    if path.extension().is_some_and(|kind| kind == "chain") || how == 0 {
        return std::fs::remove_file(path).unwrap();
    }
    let at = byte % bytes.len();
    if how == 1 {
        bytes[at] ^= 1;
    } else {
        bytes.truncate(at);
    }
    std::fs::write(path, bytes).unwrap();
}

/// The digest of the log, from its definition.
fn digest(log: &Log, at: &Watermark) -> LogDigest {
    let mut links: BTreeMap<LedgerId, [u8; 32]> = BTreeMap::new();
    for (ledger, sequence, commit) in &log.stored {
        if at.covers(ledger, *sequence) {
            let link = links.entry(ledger.clone()).or_default();
            let payload = Sha256::digest(commit.payload());
            *link = Sha256::digest([link.as_slice(), payload.as_slice()].concat()).into();
        }
    }
    let mut whole = Vec::new();
    for (ledger, link) in links {
        whole.extend_from_slice(ledger.as_str().as_bytes());
        whole.push(0);
        whole.extend_from_slice(&at.sequence(&ledger).to_be_bytes());
        whole.extend_from_slice(&link);
    }
    LogDigest::of(Sha256::digest(whole).into())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_time_is_found_in_the_log_without_reading_it() {
    let mut log = Log::new();
    log.append(&caseload(5)).await;
    let reader = &log.ledgers.reader;
    let first = reader.commit(&ledger(0), 1).await.unwrap().unwrap().stored;
    for known in 0..=20_i64 {
        let time = StoredAt(first.0 + SignedDuration::from_secs(known));
        let bound = Bound::StoredBefore(time);
        let moment = Moment::resolve(reader, &bound).await.unwrap();
        let folded = fold_log(reader, &[], &bound, 1, |_| ()).await.unwrap();
        assert_eq!(*moment.watermark(), folded.watermark);
        assert_eq!(moment.watermark().commits(), u64::try_from(known).unwrap());
    }
    let beyond = Bound::Watermark(Watermark::default().with(&ledger(0), 21));
    assert!(matches!(
        Moment::resolve(reader, &beyond).await,
        Err(PastError::Fold(FoldError::Beyond {
            asked: 21,
            last: 20,
            ..
        }))
    ));
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_kept_is_believed_of_another_log() {
    let folder = tempfile::tempdir().unwrap();
    let model = &homeward_projections::caseload::CASELOAD;
    for salt in 0..3 {
        let mut log = Log::new();
        log.salt = salt;
        // The same length and the same journeys, and one fact is another.
        log.append(&caseload(4)).await;
        let mut last = Fact::of("departure.died", 900 + salt, salt);
        last.day = 200;
        log.append(&singly([last])).await;
        let past = Past::open(PastConfig::new(folder.path()), log.ledgers.reader.clone());
        ask(&past, model, &log.head(), &log).await;
        // Told from the file the second time.
        let past = Past::open(PastConfig::new(folder.path()), log.ledgers.reader.clone());
        ask(&past, model, &log.head(), &log).await;
    }
    assert!(!folder.path().join("past/aside").exists());
}

#[tokio::test(flavor = "multi_thread")]
async fn who_cannot_wait_is_told_to_come_back_and_then_it_is_there() {
    let mut log = Log::new();
    log.append(&caseload(200)).await;
    let folder = tempfile::tempdir().unwrap();
    let past = Past::open(PastConfig::new(folder.path()), log.ledgers.reader.clone());
    let moment = past.resolve(&Bound::Head).await.unwrap();
    let model = &homeward_projections::quality::QUALITY;
    let hurried = past.table(model, &moment, Duration::ZERO).await;
    assert!(matches!(hurried, Err(PastError::Folding(_))), "{hurried:?}");
    assert!(past.table(model, &moment, PATIENCE).await.is_ok());
    assert!(past.table(model, &moment, Duration::ZERO).await.is_ok());
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_kept_is_bounded() {
    let mut log = Log::new();
    log.append(&caseload(30)).await;
    let folder = tempfile::tempdir().unwrap();
    let config = PastConfig {
        memory_bytes_max: 1,
        disk_bytes_max: 60_000,
        ..PastConfig::new(folder.path())
    };
    let past = Past::open(config, log.ledgers.reader.clone());
    let model = &homeward_projections::timeline::TIMELINE;
    for last in 100..=120 {
        ask(
            &past,
            model,
            &Watermark::default().with(&ledger(0), last),
            &log,
        )
        .await;
    }
    let files = std::fs::read_dir(folder.path().join("past")).unwrap();
    let bytes: u64 = files
        .map(|file| file.unwrap().metadata().unwrap().len())
        .sum();
    assert!((20_000..=64_000).contains(&bytes), "{bytes}");
}

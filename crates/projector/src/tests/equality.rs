//! The main equality of the house: live = rebuilt = folded in memory, byte for byte, whatever came
//! between.

use std::time::{Duration, Instant};

use proptest::prelude::*;

use super::{Commit, Contents, Fact, Log, PATIENCE, Running, copy_folder, plain, samples};
use crate::config::Interruption;
use crate::{Bound, Config, fold_log};

/// How one run of the program ends.
#[derive(Debug, Clone, Copy)]
enum Ending {
    /// As asked.
    Clean,
    /// After the nth batch of facts, before any model has it.
    AfterFacts(u64),
    /// When only some models have the nth batch.
    AfterFirstModel(u64),
    /// The folder is copied while the program writes, and the copy is all that is left.
    Copied,
}

#[derive(Debug, Clone)]
struct Run {
    /// How many of the commits arrive before or during it, in percent of what is left.
    percent: usize,
    ending: Ending,
    rebuild_lag_commits: u64,
    group_commits: usize,
    write_after: Duration,
}

fn fact() -> impl Strategy<Value = Fact> {
    let types = samples().len();
    // Links, unlinks and corrections are what makes it hard: let them come often.
    let sample = prop_oneof![
        3 => (0..types).boxed(),
        1 => Just(position("journey.linked")).boxed(),
        1 => Just(position("journey.unlinked")).boxed(),
        1 => Just(position("correction.retracted")).boxed(),
        2 => Just(position("reception.received")).boxed(),
    ];
    (
        sample,
        0..60_u128,
        0..6_u128,
        0..10_u8,
        0..400_u32,
        0..60_u128,
    )
        .prop_map(|(sample, id, journey, stray, day, other)| {
            // Now and then a fact is filed with the wrong ledger.
            let home = usize::try_from(journey % 2).unwrap();
            let ledger = if stray == 0 { 1 - home } else { home };
            let linked = samples()[sample]["type"]
                .as_str()
                .unwrap()
                .ends_with("linked");
            let other = if linked { other % 6 } else { other };
            Fact {
                sample,
                id,
                journey,
                ledger,
                day,
                other,
                readable: stray != 1 || day != 7,
            }
        })
}

fn position(name: &str) -> usize {
    samples()
        .iter()
        .rposition(|sample| sample["type"] == name)
        .unwrap()
}

pub(super) fn commits() -> impl Strategy<Value = Vec<Commit>> {
    let several = prop::collection::vec(fact(), 1..4).prop_map(|mut facts| {
        let first = facts[0].clone();
        for fact in &mut facts {
            (fact.journey, fact.ledger) = (first.journey, first.ledger);
        }
        Commit { facts }
    });
    let repeats = prop::collection::vec(any::<prop::sample::Index>(), 0..4);
    (prop::collection::vec(several, 0..40), repeats).prop_flat_map(|(mut commits, repeats)| {
        // The same facts again in another commit.
        let again: Vec<Commit> = match commits.len() {
            0 => Vec::new(),
            _ => repeats
                .iter()
                .map(|index| index.get(&commits).clone())
                .collect(),
        };
        commits.extend(again);
        Just(commits).prop_shuffle()
    })
}

fn run() -> impl Strategy<Value = Run> {
    let ending = prop_oneof![
        Just(Ending::Clean),
        (1..8_u64).prop_map(Ending::AfterFacts),
        (1..8_u64).prop_map(Ending::AfterFirstModel),
        Just(Ending::Copied),
    ];
    let lag = prop_oneof![Just(0_u64), Just(3), Just(20_000)];
    let group = prop_oneof![Just(1_usize), Just(3), Just(2048)];
    // At once: stores are cut off at different positions. Much later: all that was new is lost.
    let after = prop_oneof![Just(0), Just(3600)].prop_map(Duration::from_secs);
    (0..=100_usize, ending, lag, group, after).prop_map(
        |(percent, ending, rebuild_lag_commits, group_commits, write_after)| Run {
            percent,
            ending,
            rebuild_lag_commits,
            group_commits,
            write_after,
        },
    )
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 16, max_shrink_iters: 60, ..ProptestConfig::default() })]

    #[test]
    fn live_and_rebuilt_stores_hold_what_the_plain_fold_gives(
        commits in commits(),
        runs in prop::collection::vec(run(), 1..4),
    ) {
        let runtime = tokio::runtime::Builder::new_multi_thread()
            .worker_threads(2)
            .enable_all()
            .build()
            .unwrap();
        runtime.block_on(check(&commits, &runs));
    }
}

async fn check(commits: &[Commit], runs: &[Run]) {
    let models = homeward_projections::all();
    let mut log = Log::new();
    let mut folder = tempfile::tempdir().unwrap();
    let mut left = commits;
    for run in runs {
        let (before, rest) = left.split_at(left.len() * run.percent / 100);
        left = rest;
        let mut config = Config::new(folder.path());
        config.rebuild_lag_commits = run.rebuild_lag_commits;
        config.group_commits = run.group_commits;
        config.write_after = run.write_after;
        config.interruption = match run.ending {
            Ending::AfterFacts(at) => Some(Interruption::AfterFacts(at)),
            Ending::AfterFirstModel(at) => Some(Interruption::AfterFirstModel(at)),
            Ending::Clean | Ending::Copied => None,
        };
        let running = Running::start(config, &log).await;
        let (one, two) = before.split_at(before.len() / 2);
        log.append(one).await;
        match run.ending {
            Ending::Clean => {
                log.append(two).await;
                running.assert_right(&log, models).await;
                running.stop().await;
            }
            Ending::AfterFacts(_) | Ending::AfterFirstModel(_) => {
                settle_or_end(&running, &log).await;
                log.append(two).await;
                settle_or_end(&running, &log).await;
                running.stop().await;
            }
            Ending::Copied => {
                running.settle(&log, models).await;
                log.append(two).await;
                let copy = tempfile::tempdir().unwrap();
                copy_folder(folder.path(), copy.path());
                running.stop().await;
                folder = copy;
            }
        }
    }
    log.append(left).await;
    let running = Running::start(Config::new(folder.path()), &log).await;
    running.assert_right(&log, models).await;
    assert!(running.projector.fsck().await.unwrap().is_clean());
    running.stop().await;

    let fresh = tempfile::tempdir().unwrap();
    let running = Running::start(Config::new(fresh.path()), &log).await;
    running.assert_right(&log, models).await;
    running.stop().await;

    for model in models {
        let bound = Bound::Watermark(log.reachable(model));
        let replayed = fold_log(&log.ledgers.reader, &[model], &bound, 2, |_| ())
            .await
            .unwrap();
        let expected = plain(model, &log.facts(&replayed.watermark));
        let found: Contents = replayed.tables.into_values().next().unwrap().into();
        assert_eq!(found, expected, "{}", model.name);
    }
}

/// Waits until every model is there, or the writer was cut off.
async fn settle_or_end(running: &Running, log: &Log) {
    let ended = || {
        let mut status = running.projector.status().into_iter();
        status.any(|status| {
            let why = running
                .projector
                .view(status.model)
                .err()
                .map(|not| not.reason);
            why.as_deref() == Some("interrupted")
        })
    };
    for model in homeward_projections::all() {
        for (ledger, sequence) in log.reachable(model).iter() {
            let patience = Duration::from_millis(20);
            let started = Instant::now();
            while running
                .projector
                .wait_for(model.name, ledger, sequence, patience)
                .await
                .is_err()
            {
                if ended() {
                    return;
                }
                assert!(
                    started.elapsed() < PATIENCE,
                    "{:#?}",
                    running.projector.status()
                );
            }
        }
    }
}

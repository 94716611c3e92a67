//! What can be asked, and what is answered while things move.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use homeward_projections::Table;

use super::{Fact, Log, PATIENCE, Running, caseload, facts_of, journey, ledger, singly};
use crate::delta::{Delta, RowChange};
use crate::folder::Views;
use crate::table::ModelStore;
use crate::{Bound, Config, FoldError, NotCurrent, Stage, State, fold_log, fsck};

#[tokio::test(flavor = "multi_thread")]
async fn lag_rate_and_changes_are_visible() {
    let models = homeward_projections::all();
    let (mut log, folder) = (Log::new(), tempfile::tempdir().unwrap());
    let running = Running::start(Config::new(folder.path()), &log).await;
    running.settle(&log, models).await;
    let mut changes = running.projector.changes();
    log.append(&caseload(10)).await;
    running.assert_right(&log, models).await;
    running
        .until(|running| {
            running.projector.status().iter().all(|status| {
                let as_of = status.as_of.as_ref().unwrap();
                as_of.current.is_ok() && as_of.lag_commits == 0 && status.rate_per_second > 0
            })
        })
        .await;
    for status in running.projector.status() {
        assert_eq!((status.state, status.quarantines), (State::Live, 0));
        assert_eq!(
            status.as_of.unwrap().heads[&ledger(0)].last,
            log.head().sequence(&ledger(0))
        );
    }
    let mut last: BTreeMap<&str, u64> = BTreeMap::new();
    while let Ok(change) = changes.try_recv() {
        assert_eq!(change.ledger, ledger(0));
        assert!(
            change.rows + change.cells > 0 && !change.journeys.is_empty(),
            "{change:?}"
        );
        assert!(
            last.insert(change.model, change.sequence)
                .is_none_or(|l| l < change.sequence)
        );
    }
    assert_eq!(last["caseload"], log.head().commits());
    running.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn your_own_write_can_be_waited_for() {
    let models = homeward_projections::all();
    let (mut log, folder) = (Log::new(), tempfile::tempdir().unwrap());
    let running = Running::start(Config::new(folder.path()), &log).await;
    let projector = running.projector.clone();
    let waiting = running.tracker.spawn(async move {
        projector
            .wait_for("timeline", &ledger(0), 4, PATIENCE)
            .await
    });
    log.append(&caseload(1)).await;
    waiting.await.unwrap().unwrap();
    let behind = running
        .projector
        .wait_for("timeline", &ledger(0), 5, Duration::ZERO)
        .await;
    let behind = behind.unwrap_err();
    assert_eq!((behind.reached, behind.wanted, behind.reason), (4, 5, None));
    assert!(
        running
            .projector
            .wait_for("nothing", &ledger(0), 1, PATIENCE)
            .await
            .is_err()
    );
    assert!(running.projector.view("nothing").is_err());
    running.assert_right(&log, models).await;
    let projector = running.projector.clone();
    running.stop().await;
    let stopped = projector.view("timeline").err().unwrap();
    assert_eq!(
        (stopped.reason.as_str(), stopped.progress),
        ("stopped", None)
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_question_is_answered_of_one_position() {
    let (mut log, folder) = (Log::new(), tempfile::tempdir().unwrap());
    let running = Running::start(Config::new(folder.path()), &log).await;
    running.settle(&log, homeward_projections::all()).await;
    let done = std::sync::Arc::new(AtomicBool::new(false));
    let (projector, ended) = (running.projector.clone(), std::sync::Arc::clone(&done));
    let asking = running.tracker.spawn_blocking(move || {
        let mut answers = 0_u64;
        loop {
            let last = ended.load(Ordering::Relaxed);
            let view = projector.view("caseload").unwrap();
            // Every journey has one row and counts once.
            let (rows, counted) = view.read(|table| (rows(table), journeys(table)));
            assert_eq!(rows, counted);
            answers += 1;
            if last {
                return (answers, rows);
            }
        }
    });
    log.append(&caseload(50)).await;
    running.settle(&log, homeward_projections::all()).await;
    done.store(true, Ordering::Relaxed);
    let (answers, rows) = asking.await.unwrap();
    assert_eq!(rows, 50);
    assert!(answers > 1);
    running.stop().await;
}

fn rows(table: &dyn Table) -> i64 {
    let mut rows = 0;
    table
        .rows_from("case|", &mut |key, _| {
            rows += i64::from(key.starts_with("case|"));
            true
        })
        .unwrap();
    rows
}

fn journeys(table: &dyn Table) -> i64 {
    table
        .cube()
        .unwrap()
        .sums(&homeward_projections::cube::Filter::default(), &[])
        .values()
        .sum()
}

#[tokio::test(flavor = "multi_thread")]
async fn an_incomplete_log_is_not_called_current_and_not_folded_afresh() {
    let models = homeward_projections::all();
    let (mut log, folder) = (Log::new(), tempfile::tempdir().unwrap());
    log.append(&caseload(3)).await;
    let running = Running::start(Config::new(folder.path()), &log).await;
    running.assert_right(&log, models).await;
    assert!(log.ledgers.memory().unwrap().lose(&ledger(0), 5));
    let refused = |running: &Running| {
        running.projector.status().into_iter().all(|status| {
            matches!(
                status.as_of.unwrap().current,
                Err(NotCurrent::LogIncomplete { .. })
            )
        })
    };
    running.until(refused).await;
    running.assert_right(&log, models).await;
    running.stop().await;
    // What was folded before the damage is served, with the reason why it is not current.
    let running = Running::start(Config::new(folder.path()), &log).await;
    running.assert_right(&log, models).await;
    assert!(refused(&running));
    running.stop().await;
    // What was not is not.
    let fresh = tempfile::tempdir().unwrap();
    let running = Running::start(Config::new(fresh.path()), &log).await;
    running
        .until(|running| {
            running.projector.status().iter().all(|status| {
                status
                    .last_error
                    .as_ref()
                    .is_some_and(|error| error.contains("deleted"))
            })
        })
        .await;
    assert!(running.projector.view("timeline").is_err());
    running.stop().await;
    let replayed = fold_log(&log.ledgers.reader, models, &Bound::Head, 2, |_| ()).await;
    assert!(matches!(replayed, Err(FoldError::Incomplete(_))));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_replay_ends_where_it_is_told_to() {
    let models = homeward_projections::all();
    let mut log = Log::new();
    log.append(&caseload(8)).await;
    let reader = &log.ledgers.reader;
    let mut stages = Vec::new();
    let whole = fold_log(reader, models, &Bound::Head, 1, |progress| {
        stages.push(progress);
    })
    .await;
    assert_eq!(whole.unwrap().watermark, log.head());
    assert_eq!(
        stages.last().map(|last| (last.stage, last.done)),
        Some((Stage::Folding, 32))
    );
    let stored: Vec<_> = {
        use futures::StreamExt;
        let commits = reader.range(&ledger(0), 1, 32);
        commits.map(|commit| commit.unwrap().stored).collect().await
    };
    let bound = Bound::StoredBefore(stored[20]);
    let folded = fold_log(reader, models, &bound, 2, |_| ()).await.unwrap();
    assert_eq!(folded.watermark.sequence(&ledger(0)), 20);
    let beyond = Bound::Watermark(log.head().with(&ledger(1), 3));
    let folded = fold_log(reader, models, &beyond, 2, |_| ()).await;
    assert!(matches!(
        folded,
        Err(FoldError::Beyond {
            asked: 3,
            last: 0,
            ..
        })
    ));
}

#[tokio::test(flavor = "multi_thread")]
async fn fsck_names_what_is_wrong() {
    let models = homeward_projections::all();
    let (mut log, folder) = (Log::new(), tempfile::tempdir().unwrap());
    log.append(&caseload(5)).await;
    let running = Running::start(Config::new(folder.path()), &log).await;
    running.settle(&log, models).await;
    assert!(running.projector.fsck().await.unwrap().is_clean());
    running.stop().await;
    let reader = &log.ledgers.reader;
    let report = fsck(folder.path(), models, reader).await.unwrap();
    assert!(report.is_clean(), "{report:#?}");
    assert_eq!(report.stores.len(), models.len() + 1);
    assert_eq!(report.stores[0].rows, 20);
    // A store that is whole, and says something else.
    {
        let views = Views::take(folder.path()).unwrap();
        let folder = views.store("caseload");
        let generation = folder.current().unwrap();
        let path = folder.path(generation);
        let model = models
            .iter()
            .find(|model| model.name == "caseload")
            .unwrap();
        let mut store = ModelStore::open(model, generation, &path).unwrap();
        let reached = store.checkpoint().ledgers[&ledger(0)].clone();
        let mut wrong = Delta::default();
        let invented = RowChange {
            before: None,
            after: Some(b"{}".to_vec()),
        };
        wrong.rows.insert("case|nobody".to_owned(), invented);
        wrong.cells.insert("persons|jm".to_owned(), 1);
        store.apply(wrong, &ledger(0), reached).unwrap();
        store.flush().unwrap();
    }
    let report = fsck(folder.path(), models, reader).await.unwrap();
    let wrong = report
        .stores
        .iter()
        .find(|store| store.differences_total > 0)
        .unwrap();
    assert_eq!(
        (wrong.store.as_str(), wrong.differences_total),
        ("caseload", 2)
    );
    assert!(
        wrong.differences[0].contains("case|nobody"),
        "{:?}",
        wrong.differences
    );
    assert!(
        wrong.differences[1].contains("holds 6, expected 5"),
        "{:?}",
        wrong.differences
    );
    assert!(!report.is_clean());
}

#[tokio::test(flavor = "multi_thread")]
async fn facts_are_given_by_place_each_once_without_personal_data() {
    let (mut log, folder) = (Log::new(), tempfile::tempdir().unwrap());
    let received = Fact::of("reception.received", 1, 0);
    assert!(received.json().contains("Testperson"));
    log.append(&singly([
        received.clone(),
        Fact::of("plan.agreed", 2, 0),
        received,
    ]))
    .await;
    for _ in ["built", "opened"] {
        let running = Running::start(Config::new(folder.path()), &log).await;
        running
            .assert_right(&log, homeward_projections::all())
            .await;
        let facts = facts_of(&running.projector, journey(0));
        assert_eq!(
            facts
                .iter()
                .map(|(_, sequence, ..)| *sequence)
                .collect::<Vec<_>>(),
            [1, 2]
        );
        assert!(facts.iter().all(|(.., json)| !json.contains("Testperson")));
        assert!(facts_of(&running.projector, journey(7)).is_empty());
        running.stop().await;
    }
}

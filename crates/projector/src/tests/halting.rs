//! Readers stop at what they do not know, and only those who need it.

use homeward_events::Family;

use super::{Commit, Fact, Log, PATIENCE, Running, caseload, ledger, singly};
use crate::decoder::Decoder;
use crate::folder::Views;
use crate::store::{Batch, Store};
use crate::{Bound, Config, FoldError, ModelStatus, NotCurrent, State, fold_log};

/// A caseload with an event in the middle that only a later program can read.
fn with_an_unknown_type() -> (Vec<Commit>, Vec<Commit>) {
    let before = caseload(5);
    let mut after = singly([Fact {
        readable: false,
        ..Fact::of("plan.agreed", 900, 2)
    }]);
    after.extend(singly([
        Fact::of("referral.accepted", 901, 2),
        Fact::of("status.housed", 902, 7),
    ]));
    (before, after)
}

fn halts(model: &homeward_projections::ReadModel) -> bool {
    model.halts_at(Some(Family::Plan))
}

#[tokio::test(flavor = "multi_thread")]
async fn an_unknown_type_halts_its_family_s_readers_and_nobody_else() {
    let models = homeward_projections::all();
    assert!(models.iter().any(|model| halts(model)));
    assert!(models.iter().any(|model| !halts(model)));
    let (before, after) = with_an_unknown_type();
    let unknown_at = u64::try_from(before.len()).unwrap() + 1;
    // Met while following the log, and met while building; then at a start with what is there.
    for follow in [true, false] {
        let (mut log, folder) = (Log::new(), tempfile::tempdir().unwrap());
        log.append(&before).await;
        if !follow {
            log.append(&after).await;
        }
        let mut running = Running::start(Config::new(folder.path()), &log).await;
        running.settle(&log, models).await;
        if follow {
            log.append(&after).await;
        }
        for round in ["first", "again"] {
            running.assert_right(&log, models).await;
            // A model that stood where it halts already is found out to halt a moment later.
            running
                .until(|running| {
                    let halted = |status: &ModelStatus| status.state == State::Halted;
                    let status = running.projector.status();
                    status.iter().filter(|s| halted(s)).count()
                        == models.iter().filter(|model| halts(model)).count()
                })
                .await;
            for status in running.projector.status() {
                let model = models
                    .iter()
                    .find(|model| model.name == status.model)
                    .unwrap();
                let as_of = status.as_of.unwrap();
                if halts(model) {
                    assert_eq!(status.state, State::Halted, "{round} {}", model.name);
                    let halted = &as_of.halted[0];
                    assert_eq!((&halted.ledger, halted.sequence), (&ledger(0), unknown_at));
                    assert_eq!(halted.event_type.as_deref(), Some("plan.celebrated"));
                    assert!(
                        halted.reason.contains("plan.celebrated"),
                        "{}",
                        halted.reason
                    );
                    assert_eq!(as_of.watermark.sequence(&ledger(0)), unknown_at - 1);
                    assert!(matches!(as_of.current, Err(NotCurrent::Halted(_))));
                    let behind = running
                        .projector
                        .wait_for(model.name, &ledger(0), unknown_at, PATIENCE)
                        .await
                        .unwrap_err();
                    assert!(
                        behind.reason.unwrap().contains("halted"),
                        "waits for nothing"
                    );
                } else {
                    assert_eq!(status.state, State::Live, "{round} {}", model.name);
                    assert_eq!(as_of.watermark, log.head());
                }
            }
            running.stop().await;
            running = Running::start(Config::new(folder.path()), &log).await;
        }
        assert_eq!(running.quarantines(), 0);
        running.stop().await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn other_ledgers_go_on_for_a_model_that_halts_in_one() {
    let models = homeward_projections::all();
    let (mut log, folder) = (Log::new(), tempfile::tempdir().unwrap());
    let (before, after) = with_an_unknown_type();
    log.append(&before).await;
    log.append(&after).await;
    let running = Running::start(Config::new(folder.path()), &log).await;
    running.settle(&log, models).await;
    let elsewhere = |id| Fact {
        ledger: 1,
        ..Fact::of("plan.agreed", id, 50)
    };
    log.append(&singly([elsewhere(950), elsewhere(951)])).await;
    running.assert_right(&log, models).await;
    running.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_replay_refuses_what_it_cannot_read() {
    let mut log = Log::new();
    let (before, after) = with_an_unknown_type();
    log.append(&before).await;
    let head = log.head();
    log.append(&after).await;
    let reader = &log.ledgers.reader;
    for model in homeward_projections::all() {
        let folded = fold_log(reader, &[model], &Bound::Head, 2, |_| ()).await;
        match folded {
            Err(FoldError::Halted {
                model: name,
                halted,
            }) => {
                assert!(halts(model));
                assert_eq!((name, halted.sequence), (model.name, head.commits() + 1));
            }
            folded => assert_eq!(folded.unwrap().watermark, log.head(), "{}", model.name),
        }
        let bound = Bound::Watermark(head.clone());
        let folded = fold_log(reader, &[model], &bound, 1, |_| ()).await.unwrap();
        assert_eq!(folded.watermark, head);
    }
}

/// Starts on stores that say they were written by a program with another decoder, and waits until
/// exactly the models that `replaced` names were built again.
async fn start_after(
    another: impl Fn(&mut serde_json::Map<String, serde_json::Value>),
    replaced: impl Fn(&homeward_projections::ReadModel) -> bool,
) {
    let models = homeward_projections::all();
    let (mut log, folder) = (Log::new(), tempfile::tempdir().unwrap());
    let (before, after) = with_an_unknown_type();
    log.append(&before).await;
    log.append(&after).await;
    let running = Running::start(Config::new(folder.path()), &log).await;
    running.settle(&log, models).await;
    running.stop().await;
    let mut decoder = serde_json::to_value(Decoder::ours()).unwrap();
    another(decoder.as_object_mut().unwrap());
    let views = Views::take(folder.path()).unwrap();
    for name in models.iter().map(|model| model.name).chain(["facts"]) {
        let folder = views.store(name);
        let store = Store::open(&folder.path(folder.current().unwrap()), 1 << 20).unwrap();
        let mut batch = Batch::default();
        batch.insert(b"mdecoder", decoder.to_string().as_bytes());
        store.apply(batch).unwrap();
        store.flush().unwrap();
    }
    drop(views);
    let running = Running::start(Config::new(folder.path()), &log).await;
    running.settle(&log, models).await;
    let generation = |model| running.projector.view(model).unwrap().as_of().generation;
    let as_expected = |_: &Running| {
        models
            .iter()
            .all(|model| generation(model.name).ends_with("-2") == replaced(model))
    };
    running.until(as_expected).await;
    running.assert_right(&log, models).await;
    assert!(as_expected(&running));
    running.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_passed_over_is_made_good_once_it_may_be_readable() {
    let older = |decoder: &mut serde_json::Map<_, _>| drop(decoder.remove("plan.approved"));
    // Those that halt stand before the event and simply go on; the others have passed it.
    start_after(older, |model| !halts(model)).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_a_newer_program_folded_is_folded_again() {
    let newer = |decoder: &mut serde_json::Map<_, _>| {
        drop(decoder.insert("plan.invented".into(), 1.into()));
    };
    start_after(newer, |_| true).await;
}

//! Facts for explanations: from the log and from the store, the same.

use homeward_projections::all;
use homeward_projections::explain::{PlacedFacts, plain};
use homeward_projections::fold::Facts;
use homeward_projections::timeline::TIMELINE;

use super::{Fact, Log, Running, caseload, journey, singly};
use crate::past::{commits_between, placed, read_log};
use crate::{Bound, Config, FactsError, FoldError, Watermark};

/// A few journeys, two of them linked, and one that mentions a journey that nobody knows.
fn linked() -> Vec<super::Commit> {
    let link = |id, of, other| Fact {
        other,
        ..Fact::of("journey.linked", id, of)
    };
    let mut commits = caseload(5);
    commits.extend(singly([link(900, 3, 1), link(901, 4, 77)]));
    commits
}

#[tokio::test(flavor = "multi_thread")]
async fn the_log_and_the_store_tell_the_same_facts_together() {
    let (mut log, folder) = (Log::new(), tempfile::tempdir().unwrap());
    log.append(&linked()).await;
    let running = Running::start(Config::new(folder.path()), &log).await;
    running.settle(&log, all()).await;
    for cut in [0, 1, 9, 17, 21, 22] {
        let at: Watermark = log
            .head()
            .iter()
            .map(|(ledger, last)| (ledger.clone(), last.min(cut)))
            .collect();
        let bound = Bound::Watermark(at.clone());
        let read = read_log(&log.ledgers.reader, &bound, |_| {}).await.unwrap();
        assert_eq!(read.watermark, at);
        let mut together = Facts::new();
        for part in read.together(&TIMELINE) {
            let part: PlacedFacts = part.unwrap();
            let first = *part.keys().next().unwrap();
            assert_eq!(read.with(&TIMELINE, first).unwrap(), part);
            let stored = running.projector.told_together(first, &at).unwrap();
            // Though the store knows who will be told together later on.
            assert_eq!(stored, part, "{cut}");
            for (id, facts) in plain(&part) {
                assert_eq!(together.insert(id, facts), None, "{id} is told twice");
            }
        }
        assert_eq!(together, log.facts(&at), "{cut}");
    }
    let head = log.head();
    let together = running.projector.told_together(journey(1), &head).unwrap();
    assert_eq!(
        together.keys().copied().collect::<Vec<_>>(),
        [journey(1), journey(3)]
    );
    let beyond = head.with(&super::ledger(0), 99);
    let refused = running.projector.told_together(journey(1), &beyond);
    assert_eq!(refused, Err(FactsError::NotReady));
    running.stop().await;
}

#[tokio::test]
async fn commits_are_told_with_their_places_and_what_cannot_be_read_halts() {
    use futures::StreamExt as _;
    let mut log = Log::new();
    log.append(&linked()).await;
    let commits = commits_between(&log.ledgers.reader, &Watermark::default(), &log.head());
    let events: Vec<_> = commits
        .map(|commit| placed(&commit.unwrap()))
        .collect::<Vec<_>>()
        .await
        .concat();
    let sequences: Vec<u64> = events.iter().map(|event| event.place.sequence).collect();
    assert_eq!(sequences, (1..=22).collect::<Vec<_>>());
    log.append(&singly([Fact {
        readable: false,
        ..Fact::of("plan.agreed", 950, 2)
    }]))
    .await;
    let read = read_log(&log.ledgers.reader, &Bound::Head, |_| {})
        .await
        .unwrap();
    let refused = read.with(&TIMELINE, journey(2));
    assert!(
        matches!(refused, Err(FoldError::Halted { .. })),
        "{refused:?}"
    );
}

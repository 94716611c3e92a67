//! Earlier positions.

use std::collections::BTreeSet;

use homeward_ledger::ReadError;

use super::{Fact, Log, Running, caseload, journey, ledger, singly};
use crate::past::touched;
use crate::{Config, Watermark};

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

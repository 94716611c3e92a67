//! Names follow the log in memory: found once they are known, gone once they are struck, and nothing
//! of them on disk.

use homeward_events::sealed::{Identity, Sensitive};
use homeward_ledger::{NewCommit, in_memory};
use homeward_projections::identity::{Rules, Search, Statement};

use super::*;
use crate::{Identities, NotRead};

fn search(surname: &str) -> Search {
    Search {
        who: Statement {
            identity: Identity {
                surnames: vec![Sensitive::new(surname)],
                ..Identity::default()
            },
            ..Statement::default()
        },
        limit: 10,
    }
}

/// A reception whose person is called so.
fn named(id: u128, of: u128, surname: &str) -> String {
    let json = Fact::of("reception.received", id, of).json();
    let mut event: serde_json::Value = serde_json::from_str(&json).unwrap();
    event["data"]["personal"]["identity"] =
        serde_json::json!({ "given_names": ["Ana"], "surnames": [surname] });
    event.to_string()
}

async fn append(ledgers: &Ledgers, nth: u128, of: u128, json: &str, last: u64) -> u64 {
    let commit = NewCommit {
        ledger: ledger(0),
        journey: journey(of),
        id: CommitId::from_uuid(Uuid::from_u128(nth + 1)),
        payload: format!("[{json}]").into(),
    };
    let appended = ledgers.appender.append(&commit, last).await.unwrap();
    appended.sequence()
}

#[tokio::test(flavor = "multi_thread")]
async fn names_are_found_until_they_are_struck() {
    let ledgers = in_memory(&[ledger(0), ledger(1)]);
    append(&ledgers, 1, 1, &named(1, 1, "Quiñónez"), 0).await;
    let (tracker, cancel) = (TaskTracker::new(), CancellationToken::new());
    let rules = Rules::shipped().unwrap();
    let people = Identities::start(ledgers.reader.clone(), rules, &tracker, cancel.clone());
    let found = async |sequence: u64, surname: &str| {
        people
            .wait_for(&ledger(0), sequence, PATIENCE)
            .await
            .unwrap();
        let search = search(surname);
        loop {
            match people.ask(|people| people.search(&search, &|_| true)) {
                Ok((found, as_of)) => {
                    assert!(as_of.watermark.covers(&ledger(0), sequence));
                    return found.iter().map(|found| found.journey).collect::<Vec<_>>();
                }
                Err(NotRead::Reading { .. }) => tokio::task::yield_now().await,
                Err(error) => panic!("{error}"),
            }
        }
    };
    assert_eq!(found(1, "Quinones").await, [journey(1)]);
    let twin = append(&ledgers, 2, 2, &named(2, 2, "QUINONEZ"), 0).await;
    assert_eq!(found(twin, "Quinones").await.len(), 2);
    let mut retracted = Fact::of("correction.retracted", 3, 1);
    (retracted.other, retracted.day) = (1, 2);
    let struck = append(&ledgers, 3, 1, &retracted.json(), 1).await;
    assert_eq!(found(struck, "Quinones").await, [journey(2)]);
    let behind = people.wait_for(&ledger(0), 9, Duration::ZERO).await;
    assert!(matches!(behind, Err(NotRead::Behind { reached: 3, .. })));
    cancel.cancel();
    tracker.close();
    tracker.wait().await;
}

//! What holds for every log, in memory or on a server: the same bodies run against both.

use bytes::Bytes;
use futures::StreamExt as _;
use homeward_ledger::archive::{Archive, Plan, write_archive};
use homeward_ledger::{
    AppendError, Appended, COMMIT_BYTES_MAX, DeadLetter, Ledgers, NewCommit, ReadError, in_memory,
    sequence_of,
};

use crate::support::{Private, append, commit, commit_id, in_time, jm, journey};

macro_rules! on_both_logs {
    ($($name:ident),+ $(,)?) => {
        mod memory {
            $(#[tokio::test]
            async fn $name() {
                super::$name(&homeward_ledger::in_memory(&[crate::support::jm()])).await;
            })+
        }
        mod jetstream {
            $(#[tokio::test]
            async fn $name() {
                let private = crate::support::Private::start().await;
                super::$name(&private.open().await).await;
                private.server.stop().await;
            })+
        }
    };
}

on_both_logs!(
    an_append_expects_the_end_of_its_journey,
    a_commit_offered_again_is_stored_once,
    an_id_names_one_commit_of_one_journey,
    two_writers_never_both_win,
    many_at_once_are_judged_one_by_one,
    readers_see_what_was_appended,
    the_head_tells_what_is_there,
    what_is_too_large_is_refused,
    unknown_ledgers_are_named,
    refusals_are_kept,
    a_reader_ahead_of_the_log_is_told,
    an_archive_answers_as_its_log_does,
);

async fn an_append_expects_the_end_of_its_journey(ledgers: &Ledgers) {
    let appender = &ledgers.appender;
    assert_eq!(
        appender.append(&commit(1, 1), 0).await,
        Ok(Appended::New { sequence: 1 })
    );
    assert_eq!(
        appender.append(&commit(2, 2), 0).await,
        Ok(Appended::New { sequence: 2 }),
        "another journey has an end of its own"
    );
    assert_eq!(
        appender.append(&commit(1, 3), 0).await,
        Err(AppendError::Conflict {
            expected: 0,
            found: 1
        })
    );
    assert_eq!(
        appender.append(&commit(1, 3), 2).await,
        Err(AppendError::Conflict {
            expected: 2,
            found: 1
        })
    );
    assert_eq!(
        appender.append(&commit(3, 4), 7).await,
        Err(AppendError::Conflict {
            expected: 7,
            found: 0
        })
    );
    assert_eq!(
        appender.append(&commit(1, 3), 1).await,
        Ok(Appended::New { sequence: 3 })
    );
}

async fn a_commit_offered_again_is_stored_once(ledgers: &Ledgers) {
    let appender = &ledgers.appender;
    appender.append(&commit(1, 1), 0).await.unwrap();
    let again = Ok(Appended::Already { sequence: 1 });
    assert_eq!(appender.append(&commit(1, 1), 0).await, again);
    appender.append(&commit(1, 2), 1).await.unwrap();
    assert_eq!(
        appender.append(&commit(1, 1), 0).await,
        again,
        "with the old expectation, though another commit came after it"
    );
    assert_eq!(
        appender.append(&commit(1, 1), 2).await,
        again,
        "with the new one"
    );
    let history = ledgers.reader.journey(&jm(), journey(1)).await.unwrap();
    assert_eq!(sequence_of(&history, commit_id(1)), Some(1));
    assert_eq!(sequence_of(&history, commit_id(9)), None);
    assert_eq!(history.len(), 2);
}

async fn an_id_names_one_commit_of_one_journey(ledgers: &Ledgers) {
    ledgers.appender.append(&commit(1, 1), 0).await.unwrap();
    assert_eq!(
        ledgers.appender.append(&commit(2, 1), 0).await,
        Err(AppendError::Reused {
            commit: commit_id(1)
        })
    );
    assert_eq!(ledgers.reader.journey(&jm(), journey(2)).await, Ok(vec![]));
}

async fn two_writers_never_both_win(ledgers: &Ledgers) {
    let mut end = 0;
    for round in 0..200 {
        let (left, right) = (commit(1, 2 * round), commit(1, 2 * round + 1));
        let (left, right) = tokio::join!(
            ledgers.appender.append(&left, end),
            ledgers.appender.append(&right, end)
        );
        let (winner, loser) = match (left, right) {
            (Ok(Appended::New { sequence }), Err(error))
            | (Err(error), Ok(Appended::New { sequence })) => (sequence, error),
            other => panic!("round {round}: {other:?}"),
        };
        assert_eq!(
            loser,
            AppendError::Conflict {
                expected: end,
                found: winner
            }
        );
        end = winner;
    }
    assert_eq!(end, 200, "no sequence was lost to a loser");
}

/// More at once than go alone, so that they go together: what each is told is its own.
async fn many_at_once_are_judged_one_by_one(ledgers: &Ledgers) {
    for n in 0..10 {
        append(ledgers, &commit(n, n)).await;
    }
    for round in 1..=4_u32 {
        let (first, mut offered) = (round * 1000, Vec::new());
        // New journeys, each with a commit of its own; in the later rounds nothing else, so that
        // nothing keeps them from staying together.
        offered.extend((first..first + 100).map(|n| (commit(n, n), 0)));
        if round <= 2 {
            // Offered before; of an end that is not there; and two that cannot both be first.
            offered.extend((0..10).map(|n| (commit(n, n), 0)));
            offered.extend((0..10).map(|n| (commit(n, first + 200 + n), 7_000)));
            offered.extend((0..10).map(|n| (commit(first + n, first + 300 + n), 0)));
        }
        let appends = offered
            .iter()
            .map(|(commit, expected)| ledgers.appender.append(commit, *expected));
        let told = in_time("all of them", futures::future::join_all(appends)).await;
        for ((commit, expected), told) in offered.iter().zip(told) {
            let history = ledgers.reader.journey(&jm(), commit.journey).await.unwrap();
            let stands = sequence_of(&history, commit.id);
            match told {
                Ok(told) => assert_eq!(Some(told.sequence()), stands, "{commit:?}"),
                Err(AppendError::Conflict { found, .. }) => {
                    assert_eq!(stands, None);
                    assert_ne!(found, *expected);
                }
                Err(other) => panic!("{commit:?}: {other}"),
            }
            let one_alone = history.iter().filter(|stored| stored.commit == commit.id);
            assert!(one_alone.count() <= 1, "{commit:?} is there once at most");
        }
    }
    let head = ledgers.reader.head(&jm()).await.unwrap();
    assert_eq!(head.last, 410, "what was new, and nothing twice");
    assert_eq!(head.messages, 410);
}

async fn readers_see_what_was_appended(ledgers: &Ledgers) {
    let reader = &ledgers.reader;
    assert_eq!(reader.ledgers(), [jm()]);
    let mut following = reader.follow(&jm(), 1);
    for id in 1..=3 {
        ledgers.appender.append(&commit(id, id), 0).await.unwrap();
    }
    ledgers.appender.append(&commit(1, 4), 1).await.unwrap();
    let all: Vec<_> = reader
        .range(&jm(), 1, 4)
        .map(Result::unwrap)
        .collect()
        .await;
    let sequences: Vec<_> = all.iter().map(|stored| stored.sequence).collect();
    assert_eq!(sequences, [1, 2, 3, 4]);
    assert_eq!(all[3].journey, journey(1));
    assert_eq!(all[3].commit, commit_id(4));
    assert_eq!(all[3].payload, commit(1, 4).payload);
    assert!(all.is_sorted_by_key(|stored| stored.stored));
    for expected in &all {
        let followed = in_time("a followed commit", following.next()).await;
        assert_eq!(followed.unwrap().as_ref(), Ok(expected));
    }
    let middle: Vec<_> = reader
        .range(&jm(), 2, 3)
        .map(Result::unwrap)
        .collect()
        .await;
    assert_eq!(middle, all[1..3]);
    assert_eq!(reader.range(&jm(), 3, 2).count().await, 0);
    let journey_1 = reader.journey(&jm(), journey(1)).await.unwrap();
    assert_eq!(journey_1, [all[0].clone(), all[3].clone()]);
    // Live: the next one arrives without being asked for again.
    ledgers.appender.append(&commit(5, 5), 0).await.unwrap();
    let live = in_time("a live commit", following.next()).await;
    assert_eq!(live.unwrap().unwrap().sequence, 5);
}

async fn the_head_tells_what_is_there(ledgers: &Ledgers) {
    let empty = ledgers.reader.verify_complete(&jm()).await.unwrap();
    assert_eq!(
        (empty.last, empty.messages, empty.last_stored),
        (0, 0, None)
    );
    for id in 1..=3 {
        ledgers.appender.append(&commit(id, id), 0).await.unwrap();
    }
    let head = ledgers.reader.verify_complete(&jm()).await.unwrap();
    assert_eq!((head.first, head.last), (1, 3));
    assert_eq!((head.messages, head.deleted), (3, 0));
    assert_eq!(head.created, empty.created);
    let last = ledgers.reader.journey(&jm(), journey(3)).await.unwrap();
    assert_eq!(head.last_stored, Some(last[0].stored));
    assert_eq!(ledgers.verify().await, Ok(()));
}

async fn what_is_too_large_is_refused(ledgers: &Ledgers) {
    let sized = |id: u32, bytes: usize| NewCommit {
        payload: Bytes::from(vec![b' '; bytes]),
        ..commit(id, id)
    };
    let largest = sized(1, COMMIT_BYTES_MAX);
    assert!(ledgers.appender.append(&largest, 0).await.is_ok());
    let larger = sized(2, COMMIT_BYTES_MAX + 1);
    assert_eq!(
        ledgers.appender.append(&larger, 0).await,
        Err(AppendError::TooLarge {
            bytes: COMMIT_BYTES_MAX + 1,
            bytes_max: COMMIT_BYTES_MAX
        })
    );
    let history = ledgers.reader.journey(&jm(), journey(1)).await.unwrap();
    assert_eq!(history[0].payload.len(), COMMIT_BYTES_MAX);
}

async fn unknown_ledgers_are_named(ledgers: &Ledgers) {
    let ht: homeward_events::id::LedgerId = "ht".parse().unwrap();
    let elsewhere = NewCommit {
        ledger: ht.clone(),
        ..commit(1, 1)
    };
    assert_eq!(
        ledgers.appender.append(&elsewhere, 0).await,
        Err(AppendError::LedgerUnknown(ht.clone()))
    );
    let unknown = ReadError::LedgerUnknown(ht.clone());
    assert_eq!(ledgers.reader.head(&ht).await, Err(unknown.clone()));
    assert_eq!(
        ledgers.reader.journey(&ht, journey(1)).await,
        Err(unknown.clone())
    );
    let mut following = ledgers.reader.follow(&ht, 1);
    assert_eq!(following.next().await, Some(Err(unknown)));
    assert_eq!(following.next().await, None);
}

async fn refusals_are_kept(ledgers: &Ledgers) {
    let letter = |code: &str, bytes: &'static [u8]| DeadLetter {
        ledger: Some(jm()),
        publisher: "desk-1".to_owned(),
        door: "nats",
        code: code.to_owned(),
        reason: "at `body.day`:\r\nexpected a day, found \"gestern – früh\"".to_owned(),
        bytes: Bytes::from_static(bytes),
    };
    let unknown = DeadLetter {
        ledger: None,
        door: "http",
        ..letter("not-json", b"\x00\xff{")
    };
    let appender = &ledgers.appender;
    assert_eq!(appender.refuse(letter("body-invalid", b"{}")).await, Ok(1));
    assert_eq!(appender.refuse(unknown.clone()).await, Ok(2));
    assert_eq!(
        appender.refuse(letter("body-invalid", b"{}")).await,
        Ok(1),
        "the same again is kept once"
    );
    assert_eq!(appender.refuse(letter("other", b"{}")).await, Ok(3));
    let kept = ledgers.reader.dead_letters(1, 10).await.unwrap();
    let letters: Vec<_> = kept.iter().map(|kept| kept.letter.clone()).collect();
    assert_eq!(
        letters,
        [
            letter("body-invalid", b"{}"),
            unknown,
            letter("other", b"{}")
        ]
    );
    let page = ledgers.reader.dead_letters(2, 1).await.unwrap();
    assert_eq!(page, kept[1..2]);
    assert_eq!(ledgers.reader.dead_letters(4, 10).await, Ok(vec![]));
    assert_eq!(ledgers.reader.dead_letters(1, 0).await, Ok(vec![]));
}

async fn a_reader_ahead_of_the_log_is_told(ledgers: &Ledgers) {
    ledgers.appender.append(&commit(1, 1), 0).await.unwrap();
    let behind = |position| {
        Some(Err(ReadError::Behind {
            ledger: jm(),
            position,
            last: 1,
        }))
    };
    let mut following = ledgers.reader.follow(&jm(), 8);
    assert_eq!(following.next().await, behind(7));
    assert_eq!(following.next().await, None);
    let mut range = ledgers.reader.range(&jm(), 1, 2);
    assert_eq!(range.next().await, behind(2));
}

#[tokio::test]
async fn memory_stores_a_commit_a_second() {
    let ledgers = in_memory(&[jm()]);
    ledgers.appender.append(&commit(1, 1), 0).await.unwrap();
    let memory = ledgers.memory().unwrap();
    memory.set_next_stored("2026-07-01T00:00:00Z".parse().unwrap());
    ledgers.appender.append(&commit(2, 2), 0).await.unwrap();
    ledgers.appender.append(&commit(3, 3), 0).await.unwrap();
    let all: Vec<_> = ledgers.reader.range(&jm(), 1, 3).collect().await;
    let stored: Vec<_> = all
        .into_iter()
        .map(|commit| commit.unwrap().stored.to_string())
        .collect();
    assert_eq!(
        stored,
        [
            "2026-01-01T00:00:01Z",
            "2026-07-01T00:00:00Z",
            "2026-07-01T00:00:01Z"
        ]
    );
}

#[tokio::test]
async fn a_journey_of_many_commits_is_read_whole() {
    let private = Private::start().await;
    let ledgers = private.open().await;
    let mut end = 0;
    for id in 0..1100 {
        let appended = ledgers.appender.append(&commit(1, id), end).await;
        end = appended.unwrap().sequence();
    }
    let history = ledgers.reader.journey(&jm(), journey(1)).await.unwrap();
    assert_eq!(history.len(), 1100);
    assert!(history.is_sorted_by_key(|stored| stored.sequence));
}

async fn an_archive_answers_as_its_log_does(ledgers: &Ledgers) {
    let mut dice = Dice(5);
    for id in 1..=60 {
        let on = dice.roll(7);
        // Large enough for several blocks.
        let text = format!(
            "[\"{}\"]",
            "abcdefgh ".repeat(4_000 + usize::try_from(id).unwrap())
        );
        let offered = NewCommit {
            payload: text.into(),
            ..commit(on, id)
        };
        append(ledgers, &offered).await;
    }
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("log.homeward");
    let plan = Plan {
        ledgers: vec![jm()],
        from: 1,
        to: None,
        homeward: "0.0.1".to_owned(),
        by: None,
    };
    let written = write_archive(&ledgers.reader, &plan, &path, |_, _| {}).await;
    let archive = Archive::open(&path).unwrap();
    assert_eq!(written.as_ref(), Ok(archive.manifest()));
    assert_eq!(archive.check(|_| {}), []);
    let (log, reader) = (&ledgers.reader, archive.reader());
    assert_eq!(reader.ledgers(), log.ledgers());
    let head = log.verify_complete(&jm()).await;
    assert_eq!(reader.verify_complete(&jm()).await, head);
    assert_eq!(reader.head(&jm()).await, log.head(&jm()).await);
    for (from, to) in [
        (1, 60),
        (0, 60),
        (17, 44),
        (60, 60),
        (5, 4),
        (61, 60),
        (61, 70),
        (3, 61),
    ] {
        let (ours, its) = (reader.range(&jm(), from, to), log.range(&jm(), from, to));
        let (ours, its): (Vec<_>, Vec<_>) = (ours.collect().await, its.collect().await);
        assert!(ours == its, "{from} to {to}: {ours:?} is not {its:?}");
    }
    for n in 0..8 {
        let expected = log.journey(&jm(), journey(n)).await;
        assert!(
            reader.journey(&jm(), journey(n)).await == expected,
            "journey {n}"
        );
    }
    for sequence in [0, 1, 33, 60, 61] {
        let expected = log.commit(&jm(), sequence).await;
        assert!(
            reader.commit(&jm(), sequence).await == expected,
            "commit {sequence}"
        );
    }
    let followed = log.follow(&jm(), 31).take(30).collect::<Vec<_>>().await;
    assert!(reader.follow(&jm(), 31).take(30).collect::<Vec<_>>().await == followed);
    let ht: homeward_events::id::LedgerId = "ht".parse().unwrap();
    let unknown = ReadError::LedgerUnknown(ht.clone());
    assert_eq!(reader.journey(&ht, journey(1)).await, Err(unknown.clone()));
    assert_eq!(reader.follow(&ht, 1).next().await, Some(Err(unknown)));
    assert_eq!(reader.dead_letters(1, 10).await, Ok(vec![]));
}

/// Numbers that look random and are the same in every run.
struct Dice(u32);

impl Dice {
    fn roll(&mut self, sides: u32) -> u32 {
        self.0 = self.0.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        (self.0 >> 16) % sides
    }
}

#[tokio::test]
async fn memory_answers_as_the_server_does() {
    let private = Private::start().await;
    let (server, memory) = (private.open().await, in_memory(&[jm()]));
    let mut dice = Dice(7);
    let (mut stored, mut again, mut refused) = (0, 0, 0);
    for step in 0..800 {
        // Few journeys and few ids, so that everything collides with everything.
        let offered = commit(dice.roll(5), dice.roll(120));
        let history = memory.reader.journey(&jm(), offered.journey).await.unwrap();
        let end = history.last().map_or(0, |last| last.sequence);
        let expected = match dice.roll(4) {
            0 => u64::from(dice.roll(60)),
            _ => end,
        };
        let answer = memory.appender.append(&offered, expected).await;
        assert_eq!(
            server.appender.append(&offered, expected).await,
            answer,
            "step {step}: {offered:?} after {expected}"
        );
        match answer {
            Ok(Appended::New { .. }) => stored += 1,
            Ok(Appended::Already { .. }) => again += 1,
            Err(_) => refused += 1,
        }
    }
    assert!(
        stored > 50 && again > 50 && refused > 50,
        "the dice are loaded"
    );
    for n in 0..5 {
        let ids = async |ledgers: &Ledgers| {
            let history = ledgers.reader.journey(&jm(), journey(n)).await.unwrap();
            let ids = history.into_iter().map(|at| (at.sequence, at.commit));
            ids.collect::<Vec<_>>()
        };
        assert_eq!(ids(&server).await, ids(&memory).await);
    }
}

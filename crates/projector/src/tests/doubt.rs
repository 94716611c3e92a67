//! sled is a cache of the log: whatever is wrong with it, it is built again.

use std::fs;
use std::path::{Path, PathBuf};

use homeward_events::Family;
use homeward_journey::Person;
use homeward_projections::{Contributions, ReadModel};

use super::{Fact, Log, Running, caseload, copy_folder, ledger, singly};
use crate::folder::Views;
use crate::store::{Batch, Store};
use crate::{Config, StartError};

static COUNTED: ReadModel = ReadModel {
    name: "counted",
    version: 1,
    reads: &[Family::Reception, Family::Lifecycle],
    contribute: count_persons,
    index: None,
};
static COUNTED_AGAIN: ReadModel = ReadModel {
    version: 2,
    contribute: count_journeys,
    ..COUNTED
};

fn count_persons(person: &Person<'_>, out: &mut Contributions) {
    out.count("persons".to_owned());
    if let Some(first) = person.first() {
        out.row(format!("person|{}", first.id), &person.journeys.len());
    }
}

fn count_journeys(person: &Person<'_>, out: &mut Contributions) {
    for journey in &person.journeys {
        out.count(format!("stage|{}", journey.stage.as_str()));
    }
}

fn config(folder: &Path, models: &[&'static ReadModel]) -> Config {
    Config {
        models: models.to_vec(),
        ..Config::new(folder)
    }
}

/// Something that happens to a file.
type Damage = fn(&Path);

/// The files of a store's current generation that sled keeps its data in.
fn sled_files(folder: &Path, store: &str) -> Vec<PathBuf> {
    let views = Views::take(folder).unwrap();
    let folder = views.store(store);
    let path = folder.path(folder.current().unwrap());
    let files = fs::read_dir(path)
        .unwrap()
        .map(|entry| entry.unwrap().path());
    files.filter(|path| path.is_file()).collect()
}

/// A stopped projector with something in its stores.
async fn stopped(models: &[&'static ReadModel]) -> (Log, tempfile::TempDir) {
    let (mut log, folder) = (Log::new(), tempfile::tempdir().unwrap());
    log.append(&caseload(60)).await;
    let running = Running::start(config(folder.path(), models), &log).await;
    running.settle(&log, models).await;
    log.append(&singly([Fact {
        other: 3,
        ..Fact::of("journey.linked", 990, 4)
    }]))
    .await;
    running.assert_right(&log, models).await;
    running.stop().await;
    (log, folder)
}

/// Starts again, and gives how many generations of models were put aside.
async fn restarted(log: &Log, folder: &Path, models: &[&'static ReadModel]) -> u64 {
    let running = Running::start(config(folder, models), log).await;
    running.assert_right(log, models).await;
    let quarantines = running.quarantines();
    running.stop().await;
    quarantines
}

#[tokio::test(flavor = "multi_thread")]
async fn damaged_files_are_put_aside_and_built_again() {
    let models = homeward_projections::all();
    let damages: [(&str, Damage); 4] = [
        ("cut to half", |path| {
            let half = fs::metadata(path).unwrap().len() / 2;
            fs::File::options()
                .write(true)
                .open(path)
                .unwrap()
                .set_len(half)
                .unwrap();
        }),
        ("emptied", |path| fs::write(path, b"").unwrap()),
        ("flipped here and there", |path| {
            let mut bytes = fs::read(path).unwrap();
            bytes.iter_mut().step_by(97).for_each(|byte| *byte ^= 0x40);
            fs::write(path, bytes).unwrap();
        }),
        ("gone", |path| fs::remove_file(path).unwrap()),
    ];
    for (what, damage) in damages {
        let (log, folder) = stopped(models).await;
        for store in ["caseload", "facts"] {
            for path in sled_files(folder.path(), store) {
                damage(&path);
            }
        }
        assert_eq!(restarted(&log, folder.path(), models).await, 1, "{what}");
        let caseload = homeward_projections::caseload::CASELOAD.version;
        for (store, version) in [
            ("caseload-1", caseload),
            ("facts-1", crate::facts::FACTS_VERSION),
        ] {
            let aside = folder.path().join("views/quarantine").join(store);
            let why = fs::read_to_string(aside.join("WHY")).unwrap();
            assert!(why.starts_with(&format!("v{version}-1: ")), "{what}: {why}");
        }
        // And then all is well.
        assert_eq!(restarted(&log, folder.path(), models).await, 0, "{what}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn one_flipped_byte_is_found_or_does_not_matter() {
    let models = &homeward_projections::all()[..2];
    let (log, folder) = stopped(models).await;
    for part in 1..8 {
        for store in ["timeline", "facts"] {
            let files = sled_files(folder.path(), store);
            let path = files.iter().find(|path| path.ends_with("db")).unwrap();
            let mut bytes = fs::read(path).unwrap();
            let used = bytes.iter().rposition(|byte| *byte != 0).unwrap();
            bytes[used * part / 8] ^= 1;
            fs::write(path, bytes).unwrap();
        }
        restarted(&log, folder.path(), models).await;
    }
}

/// What sled does not notice when a file was cut off: entries are missing, and all else is well.
#[tokio::test(flavor = "multi_thread")]
async fn a_missing_entry_is_noticed() {
    let models = homeward_projections::all();
    for (store, kind) in [
        ("timeline", b'r'),
        ("caseload", b'c'),
        ("facts", b'f'),
        ("facts", b'n'),
    ] {
        let (log, folder) = stopped(models).await;
        {
            let views = Views::take(folder.path()).unwrap();
            let folder = views.store(store);
            let path = folder.path(folder.current().unwrap());
            let opened = Store::open(&path, 1 << 20).unwrap();
            let mut found = None;
            opened
                .visit_under(&[kind], &mut |key, _| found = Some(key.to_vec()))
                .unwrap();
            let mut batch = Batch::default();
            batch.remove(&found.unwrap());
            opened.apply(batch).unwrap();
            opened.flush().unwrap();
        }
        restarted(&log, folder.path(), models).await;
        let aside = folder
            .path()
            .join(format!("views/quarantine/{store}-1/WHY"));
        let why = fs::read_to_string(aside).unwrap();
        assert!(why.contains("entries"), "{store}: {why}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_store_that_was_open_when_the_machine_died_is_built_again() {
    let models = homeward_projections::all();
    let (log, folder) = stopped(models).await;
    let marks =
        || ["caseload", "facts"].map(|store| folder.path().join("views").join(store).join("OPEN"));
    assert!(marks().iter().all(|mark| !mark.exists()));
    for mark in marks() {
        fs::write(mark, "another boot").unwrap();
    }
    assert_eq!(restarted(&log, folder.path(), models).await, 1);
    assert!(marks().iter().all(|mark| !mark.exists()));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_store_ahead_of_the_log_or_of_another_log_is_built_again() {
    let models = homeward_projections::all();
    let all = u64::try_from(models.len()).unwrap();
    let (log, folder) = stopped(models).await;
    let commits: Vec<_> = log
        .stored
        .iter()
        .map(|(_, _, commit)| commit.clone())
        .collect();
    // The log lost its tail.
    let mut shorter = Log::new();
    shorter.append(&commits[..100]).await;
    assert_eq!(restarted(&shorter, folder.path(), models).await, all);
    // The log is as long as before, and holds other commits.
    let mut other = Log {
        salt: 1,
        ..Log::new()
    };
    other.append(&commits[100..200]).await;
    assert_eq!(restarted(&other, folder.path(), models).await, all);
    let why = fs::read_to_string(folder.path().join("views/quarantine/timeline-2/WHY")).unwrap();
    assert!(why.contains("another commit at 100"), "{why}");
}

#[tokio::test(flavor = "multi_thread")]
async fn each_store_may_have_lost_another_last_second() {
    let models = homeward_projections::all();
    for (behind, others) in [("facts", "caseload"), ("caseload", "facts")] {
        let (mut log, folder) = stopped(models).await;
        let (views, earlier) = (folder.path().join("views"), tempfile::tempdir().unwrap());
        copy_folder(&views.join(behind), earlier.path());
        let late = |id, journey| Fact {
            day: 3,
            ..Fact::of("plan.agreed", id, journey)
        };
        log.append(&singly([late(980, 4), late(981, 5), late(982, 61)]))
            .await;
        assert_eq!(restarted(&log, folder.path(), models).await, 0);
        assert!(views.join(others).is_dir());
        fs::remove_dir_all(views.join(behind)).unwrap();
        copy_folder(earlier.path(), &views.join(behind));
        // What is told next must be told with what was lost.
        let unlinked = Fact {
            other: 3,
            ..Fact::of("journey.unlinked", 991, 4)
        };
        log.append(&singly([unlinked, late(983, 5)])).await;
        assert_eq!(restarted(&log, folder.path(), models).await, 0, "{behind}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_new_version_is_built_beside_the_old_one() {
    let (log, folder) = stopped(&[&COUNTED]).await;
    let generations = || -> Vec<String> {
        let entries = fs::read_dir(folder.path().join("views/counted")).unwrap();
        let names = entries.map(|entry| entry.unwrap().file_name().into_string().unwrap());
        let mut names: Vec<_> = names.filter(|name| name.starts_with('v')).collect();
        names.sort();
        names
    };
    assert_eq!(generations(), ["v1-1"]);
    // The new version has not taken over: the old one is there for the old program.
    let mut incomplete = Log::new();
    let commits: Vec<_> = log
        .stored
        .iter()
        .map(|(_, _, commit)| commit.clone())
        .collect();
    incomplete.append(&commits).await;
    assert!(incomplete.ledgers.memory().unwrap().lose(&ledger(0), 7));
    let running = Running::start(config(folder.path(), &[&COUNTED_AGAIN]), &incomplete).await;
    running
        .until(|running| running.projector.status()[0].last_error.is_some())
        .await;
    let not_ready = running.projector.view("counted").err().unwrap();
    assert!(
        not_ready.reason.contains("version 1 is there"),
        "{not_ready}"
    );
    running.stop().await;
    assert!(generations().contains(&"v1-1".to_owned()));
    assert_eq!(restarted(&log, folder.path(), &[&COUNTED]).await, 0);
    // Now it has.
    assert_eq!(restarted(&log, folder.path(), &[&COUNTED_AGAIN]).await, 0);
    assert_eq!(generations(), ["v2-2"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn one_program_at_a_time() {
    let (log, folder) = (Log::new(), tempfile::tempdir().unwrap());
    let running = Running::start(Config::new(folder.path()), &log).await;
    let (tracker, cancel) = (running.tracker.clone(), running.cancel.clone());
    let second = crate::Projector::start(
        Config::new(folder.path()),
        log.ledgers.reader.clone(),
        tracker,
        cancel,
    );
    assert!(matches!(second.await, Err(StartError::InUse(_))));
    running.stop().await;
    let twice = config(folder.path(), &[&COUNTED, &COUNTED_AGAIN]);
    let (tracker, cancel) = Default::default();
    let started = crate::Projector::start(twice, log.ledgers.reader.clone(), tracker, cancel);
    assert!(matches!(started.await, Err(StartError::Name("counted"))));
}

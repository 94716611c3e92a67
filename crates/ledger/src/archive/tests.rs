//! What is written comes back; what is changed, cut off or not whole is refused, with its place.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use bytes::Bytes;
use futures::{FutureExt as _, StreamExt as _};
use homeward_events::id::{CommitId, JourneyId, LedgerId};
use jiff::{SignedDuration, Timestamp};
use proptest::prelude::*;
use proptest::test_runner::TestRng;
use tempfile::TempDir;
use uuid::Uuid;

use super::layout::{Directory, FOOTER_BYTES, Footer, Section, hex, sha256};
use super::{Archive, ArchiveError, Manifest, Plan, WriteError, write_archive};
use crate::commit::{NewCommit, StoredCommit};
use crate::connect::{Ledgers, in_memory};
use crate::error::{Incomplete, ReadError};

fn id(text: &str) -> LedgerId {
    text.parse().unwrap()
}

fn whole(ledgers: &[LedgerId]) -> Plan {
    Plan {
        ledgers: ledgers.to_vec(),
        from: 1,
        to: None,
        homeward: "0.0.1".to_owned(),
        by: Some("the evaluation unit".to_owned()),
    }
}

/// A commit of a log that is made up: where, whose, what, and how long after the one before.
#[derive(Debug, Clone)]
struct Made {
    ledger: usize,
    journey: u8,
    payload: Vec<u8>,
    pause: SignedDuration,
}

async fn log(ledgers: &[LedgerId], made: &[Made]) -> Ledgers {
    let log = in_memory(ledgers);
    let mut now: Timestamp = "2026-02-01T00:00:00Z".parse().unwrap();
    let mut ends: BTreeMap<(usize, u8), u64> = BTreeMap::new();
    for (number, made) in (0_u128..).zip(made) {
        now += made.pause;
        log.memory().unwrap().set_next_stored(now);
        let commit = NewCommit {
            ledger: ledgers[made.ledger].clone(),
            journey: JourneyId::from_uuid(Uuid::from_u128(u128::from(made.journey) << 64)),
            id: CommitId::from_uuid(Uuid::from_u128(number + 1)),
            payload: Bytes::from(made.payload.clone()),
        };
        let end = ends.entry((made.ledger, made.journey)).or_default();
        *end = log.appender.append(&commit, *end).await.unwrap().sequence();
    }
    log
}

/// Text that compresses as facts do, in commits of one ledger.
fn many(commits: usize) -> Vec<Made> {
    let made = (0..commits).map(|number| Made {
        ledger: 0,
        journey: u8::try_from(number * number % 251).unwrap(),
        payload: format!(
            "[{{\"number\":{number},\"text\":\"{}\"}}]",
            "fact ".repeat(number % 90)
        )
        .into_bytes(),
        pause: SignedDuration::from_millis(7),
    });
    made.collect()
}

async fn all(reader: &crate::Reader, ledger: &LedgerId) -> Vec<StoredCommit> {
    let last = reader.head(ledger).await.unwrap().last;
    let range = reader.range(ledger, 1, last).map(Result::unwrap);
    range.collect().await
}

/// An archive of a log of one ledger, and what the log held.
async fn archived(commits: usize) -> (TempDir, PathBuf, Vec<StoredCommit>) {
    let (folder, jm) = (tempfile::tempdir().unwrap(), [id("jm")]);
    let path = folder.path().join("log.homeward");
    let log = log(&jm, &many(commits)).await;
    write_archive(&log.reader, &whole(&jm), &path, |_, _| {})
        .await
        .unwrap();
    let held = all(&log.reader, &jm[0]).await;
    (folder, path, held)
}

fn made() -> impl Strategy<Value = Made> {
    let bytes = prop_oneof![200 => 0_usize..3_000, 1 => 0..=crate::COMMIT_BYTES_MAX];
    (
        0_usize..2,
        0_u8..9,
        bytes,
        any::<(u64, bool)>(),
        0_i64..i64::pow(10, 16),
    )
        .prop_map(|(ledger, journey, bytes, (seed, is_noise), nanos)| Made {
            ledger,
            journey,
            payload: if is_noise {
                noise(seed, bytes)
            } else {
                b"as text".iter().copied().cycle().take(bytes).collect()
            },
            pause: SignedDuration::from_nanos(nanos),
        })
}

/// Bytes that cannot be compressed.
fn noise(seed: u64, bytes: usize) -> Vec<u8> {
    let words = std::iter::successors(Some(seed), |word| {
        Some(word.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1))
    });
    words
        .map(|word| word.to_be_bytes()[0])
        .take(bytes)
        .collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 40, ..ProptestConfig::default() })]

    #[test]
    fn whatever_is_written_comes_back(made in prop::collection::vec(made(), 0..300)) {
        let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
        runtime.block_on(async {
            let (folder, names) = (tempfile::tempdir().unwrap(), [id("jm"), id("tt")]);
            let path = folder.path().join("a");
            let log = log(&names, &made).await;
            let manifest = write_archive(&log.reader, &whole(&names), &path, |_, _| {}).await.unwrap();
            let archive = Archive::open(&path).unwrap();
            prop_assert_eq!(archive.manifest(), &manifest);
            prop_assert_eq!(archive.check(|_| {}), vec![]);
            let reader = archive.reader();
            for ledger in &names {
                prop_assert_eq!(reader.verify_complete(ledger).await, log.reader.verify_complete(ledger).await);
                let held = all(&log.reader, ledger).await;
                prop_assert!(all(&reader, ledger).await == held);
                for journey in 0..10_u8 {
                    let journey = JourneyId::from_uuid(Uuid::from_u128(u128::from(journey) << 64));
                    let expected = log.reader.journey(ledger, journey).await;
                    prop_assert!(reader.journey(ledger, journey).await == expected);
                }
            }
            Ok(())
        })?;
    }
}

/// Reads an archive to its end, or to what is wrong with it: that must come in the place where the
/// good ones end, and name it.
async fn read(path: &Path, held: &[StoredCommit]) -> Result<(), String> {
    let archive = Archive::open(path).map_err(|error| error.to_string())?;
    let jm = id("jm");
    let (mut range, mut good) = (archive.reader().range(&jm, 1, 3_000), 0);
    while let Some(commit) = range.next().await {
        match commit {
            Ok(commit) => assert!(held[good] == commit, "commit {good} came back changed"),
            Err(ReadError::Damaged {
                ledger,
                first,
                last,
                reason,
            }) => {
                assert_eq!((ledger, first), (jm, u64::try_from(good).unwrap() + 1));
                assert!(last >= first && reason.contains("at byte"), "{reason}");
                assert!(range.next().await.is_none(), "an error is the end");
                assert_eq!(archive.check(|_| {}).len(), 1);
                return Err(reason);
            }
            Err(other) => panic!("{other}"),
        }
        good += 1;
    }
    assert_eq!(good, held.len());
    Ok(())
}

#[tokio::test]
async fn no_changed_byte_goes_unnoticed() {
    let (folder, path, held) = archived(3_000).await;
    assert_eq!(read(&path, &held).await, Ok(()));
    let bytes = fs::read(&path).unwrap();
    let other = folder.path().join("changed");
    let mut dice = TestRng::deterministic_rng(proptest::test_runner::RngAlgorithm::ChaCha);
    // Some anywhere, and all of what is smallest: header, footer, and the directory's beginning.
    let anywhere = (0..400).map(|_| usize::try_from(dice.next_u64()).unwrap() % bytes.len());
    let mut places: Vec<usize> = anywhere.collect();
    places.extend((0..12).chain(bytes.len() - 150..bytes.len()));
    let (mut at_open, mut reading) = (0, 0);
    for place in places {
        let mut changed = bytes.clone();
        changed[place] ^= 1 << (place % 8);
        fs::write(&other, &changed).unwrap();
        match read(&other, &held).await {
            Ok(()) => panic!("byte {place} was changed, and nothing was said"),
            Err(reason) if reason.contains("block at byte") => reading += 1,
            Err(_) => at_open += 1,
        }
    }
    assert!(
        at_open > 162 && reading > 100,
        "{at_open} at open, {reading} while reading"
    );
}

#[tokio::test]
async fn a_cut_off_file_does_not_open() {
    let (folder, path, _) = archived(3_000).await;
    let bytes = fs::read(&path).unwrap();
    let archive = Archive::open(&path).unwrap();
    let blocks = archive.0.each().next().unwrap().blocks.clone();
    assert!(blocks.len() > 2);
    let boundaries = blocks.iter().flat_map(|block| [block.at, block.end()]);
    let mut cuts: Vec<usize> = boundaries.map(|at| usize::try_from(at).unwrap()).collect();
    cuts.extend((0..bytes.len()).step_by(1_009));
    cuts.extend(bytes.len() - 200..bytes.len());
    cuts.push(11);
    let other = folder.path().join("cut");
    for cut in cuts {
        fs::write(&other, &bytes[..cut]).unwrap();
        let refused = Archive::open(&other).err();
        let expected = match cut {
            0..12 => matches!(refused, Some(ArchiveError::NotAnArchive)),
            _ => matches!(refused, Some(ArchiveError::CutOff(_))),
        };
        assert!(expected, "cut at {cut}: {refused:?}");
    }
    let mut longer = bytes;
    longer.push(0);
    fs::write(&other, longer).unwrap();
    assert!(matches!(
        Archive::open(&other).err(),
        Some(ArchiveError::CutOff(_))
    ));
}

#[tokio::test]
async fn other_files_are_not_taken_for_archives() {
    let (folder, path, _) = archived(3).await;
    let other = folder.path().join("other");
    fs::write(&other, "{\"ledger\":\"jm\",\"sequence\":1}\n".repeat(9)).unwrap();
    assert_eq!(
        Archive::open(&other).err(),
        Some(ArchiveError::NotAnArchive)
    );
    let mut bytes = fs::read(&path).unwrap();
    bytes[8] = 2;
    fs::write(&other, bytes).unwrap();
    let newer = ArchiveError::FormatUnknown { found: 2, known: 1 };
    assert_eq!(Archive::open(&other).err(), Some(newer));
    let missing = Archive::open(&folder.path().join("missing")).err();
    assert!(matches!(missing, Some(ArchiveError::Unavailable(_))));
}

/// Rewrites the manifest, and every digest that covers it: what a careful liar does.
fn forge(path: &Path, change: impl FnOnce(&mut Manifest)) {
    let bytes = fs::read(path).unwrap();
    let end = bytes.len() - usize::try_from(FOOTER_BYTES).unwrap();
    let footer = Footer::read(&bytes[end..], u64::try_from(bytes.len()).unwrap()).unwrap();
    let directory_at = usize::try_from(footer.at).unwrap();
    let mut directory = Directory::read(&bytes[directory_at..end], &footer).unwrap();
    let Section { at, .. } = directory.sections.pop().unwrap();
    let at_byte = usize::try_from(at).unwrap();
    let mut manifest = serde_json::from_slice(&bytes[at_byte..directory_at]).unwrap();
    change(&mut manifest);
    let manifest = serde_json::to_vec(&manifest).unwrap();
    directory.sections.push(Section {
        name: "manifest".to_owned(),
        at,
        bytes: u64::try_from(manifest.len()).unwrap(),
        sha256: hex(&sha256(&manifest)),
    });
    let directory = serde_json::to_vec(&directory).unwrap();
    let mut forged = bytes[..at_byte].to_vec();
    forged.extend(manifest);
    let footer = Footer::of(u64::try_from(forged.len()).unwrap(), &directory);
    forged.extend(directory);
    forged.extend(footer.to_bytes());
    fs::write(path, forged).unwrap();
}

#[tokio::test]
async fn a_manifest_that_contradicts_the_rest_is_found_out() {
    let contradictions: [fn(&mut Manifest); 8] = [
        |m| m.ledgers[0].commits += 1,
        |m| m.ledgers[0].whole = false,
        |m| m.ledgers[0].log_last += 1,
        |m| m.ledgers[0].first = 2,
        |m| {
            let Some(extent) = m.ledgers.first_mut() else {
                return;
            };
            (extent.last, extent.commits, extent.log_last) = (999, 999, 999);
        },
        |m| m.ledgers[0].ledger = id("tt"),
        |m| m.ledgers.clear(),
        |m| m.ledgers.extend(m.ledgers.clone()),
    ];
    for (number, change) in contradictions.into_iter().enumerate() {
        let (_folder, path, _) = archived(1_000).await;
        forge(&path, change);
        let refused = Archive::open(&path).err();
        assert!(
            matches!(refused, Some(ArchiveError::Damaged { .. })),
            "{number}: {refused:?}"
        );
    }
    let lies: [fn(&mut Manifest); 3] = [
        |m| m.ledgers[0].payload_bytes += 1,
        |m| m.ledgers[0].payloads_sha256 = "00".repeat(32),
        |m| m.ledgers[0].last_stored = Some("2026-01-01T00:00:00Z".parse().unwrap()),
    ];
    for change in lies {
        let (_folder, path, _) = archived(1_000).await;
        let before = Archive::open(&path).unwrap();
        forge(&path, change);
        let archive = Archive::open(&path).unwrap();
        assert_ne!(
            archive.sha256(),
            before.sha256(),
            "another file has another digest"
        );
        assert_eq!(archive.check(|_| {}).len(), 1);
    }
}

#[tokio::test]
async fn a_slice_does_not_pass_for_the_whole() {
    let (folder, jm) = (tempfile::tempdir().unwrap(), id("jm"));
    let log = log(std::slice::from_ref(&jm), &many(2_000)).await;
    let held = all(&log.reader, &jm).await;
    for (from, to, first, last) in [
        (700, Some(1_500), 700, 1_500),
        (1, Some(1_999), 1, 1_999),
        (2, None, 2, 2_000),
    ] {
        let path = folder.path().join("slice");
        let plan = Plan {
            from,
            to,
            ..whole(std::slice::from_ref(&jm))
        };
        write_archive(&log.reader, &plan, &path, |_, _| {})
            .await
            .unwrap();
        let archive = Archive::open(&path).unwrap();
        assert!(!archive.manifest().ledgers[0].whole);
        assert_eq!(archive.check(|_| {}), []);
        let reader = archive.reader();
        let slice = Incomplete::Slice {
            ledger: jm.clone(),
            first,
            last,
            log_last: 2_000,
        };
        assert_eq!(reader.verify_complete(&jm).await, Err(slice));
        let range = reader.range(&jm, first, last).map(Result::unwrap);
        let (begin, end) = (
            usize::try_from(first).unwrap() - 1,
            usize::try_from(last).unwrap(),
        );
        assert!(range.collect::<Vec<_>>().await == held[begin..end]);
        if first > 1 {
            let gap = ReadError::Gap {
                ledger: jm.clone(),
                expected: 1,
                found: first,
            };
            assert_eq!(reader.range(&jm, 1, last).next().await, Some(Err(gap)));
        }
        // A slice of a slice would be taken for one of the log.
        let plan = whole(std::slice::from_ref(&jm));
        let again = write_archive(&reader, &plan, &path, |_, _| {});
        assert!(matches!(again.await, Err(WriteError::Incomplete(_))));
    }
    let all = Plan {
        to: Some(2_000),
        ..whole(std::slice::from_ref(&jm))
    };
    let path = folder.path().join("all");
    write_archive(&log.reader, &all, &path, |_, _| {})
        .await
        .unwrap();
    assert!(Archive::open(&path).unwrap().manifest().ledgers[0].whole);
    for (from, to) in [(1, Some(2_001)), (2_002, None)] {
        let beyond = Plan {
            from,
            to,
            ..all.clone()
        };
        let refused = write_archive(&log.reader, &beyond, &path, |_, _| {}).await;
        assert!(matches!(
            refused,
            Err(WriteError::Beyond {
                asked: 2_001,
                last: 2_000,
                ..
            })
        ));
    }
}

#[tokio::test]
async fn following_an_archive_waits_after_its_last_commit() {
    let (_folder, path, held) = archived(500).await;
    let reader = Archive::open(&path).unwrap().reader();
    let mut following = reader.follow(&id("jm"), 400);
    for expected in &held[399..] {
        assert!(following.next().await == Some(Ok(expected.clone())));
    }
    assert_eq!(following.next().now_or_never(), None);
    // One past the end is where a follower stands that has read everything.
    assert_eq!(reader.follow(&id("jm"), 501).next().now_or_never(), None);
    let behind = reader.follow(&id("jm"), 502).next().await;
    assert!(matches!(
        behind,
        Some(Err(ReadError::Behind {
            position: 501,
            last: 500,
            ..
        }))
    ));
}

#[tokio::test]
async fn an_archive_appears_whole_or_not_at_all() {
    let (folder, jm) = (tempfile::tempdir().unwrap(), [id("jm")]);
    let path = folder.path().join("log.homeward");
    fs::write(&path, "what was there before").unwrap();
    fs::write(
        folder.path().join("log.homeward.partial"),
        "left by a crash",
    )
    .unwrap();
    let log = log(&jm, &many(3_000)).await;
    let mut told = Vec::new();
    let plan = whole(&jm);
    let damaged = write_archive(&log.reader, &plan, &path, |done, total| {
        told.push((done, total));
        log.memory().unwrap().lose(&jm[0], 2_500);
    });
    assert!(matches!(
        damaged.await,
        Err(WriteError::Read(ReadError::Gap {
            expected: 2_500,
            ..
        }))
    ));
    assert_eq!(told, [(1_024, 3_000), (2_048, 3_000)]);
    let names: Vec<_> = fs::read_dir(folder.path())
        .unwrap()
        .map(|e| e.unwrap().file_name())
        .collect();
    assert_eq!(names, ["log.homeward"]);
    assert_eq!(fs::read(&path).unwrap(), b"what was there before");
    let incomplete = write_archive(&log.reader, &whole(&jm), &path, |_, _| {}).await;
    assert!(matches!(incomplete, Err(WriteError::Incomplete(_))));

    let (_other, path, _) = archived(3).await;
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        assert_eq!(
            fs::metadata(&path).unwrap().permissions().mode() & 0o777,
            0o600
        );
    }
}

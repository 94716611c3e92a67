//! A store beside a plain map.

use std::collections::BTreeMap;

use proptest::prelude::*;

use super::*;

type Entries = BTreeMap<Vec<u8>, Vec<u8>>;

/// Few keys, so that they meet; values of which some fill a page.
fn entry() -> impl Strategy<Value = (Vec<u8>, Vec<u8>)> {
    let key = prop::collection::vec(0_u8..4, 0..4);
    let value = (any::<u8>(), prop_oneof![0_usize..20, Just(9000)]);
    (key, value.prop_map(|(byte, length)| vec![byte; length]))
}

fn all(store: &Store, from: &[u8], most: usize) -> Vec<(Vec<u8>, Vec<u8>)> {
    let mut found = Vec::new();
    let visited = store.visit_from(from, &mut |key, value| {
        found.push((key.to_vec(), value.to_vec()));
        found.len() < most
    });
    visited.unwrap();
    found
}

/// Entries to set (`true`) or to remove.
type Changes = Vec<((Vec<u8>, Vec<u8>), bool)>;

/// What is done to a store, and to a plain map beside it.
#[derive(Debug, Clone)]
enum Step {
    Change(Changes),
    Write,
    /// All of it closed and opened again.
    Open,
    /// As a kill leaves it: what was not written is lost.
    Kill,
}

fn step() -> impl Strategy<Value = Step> {
    prop_oneof![
        6 => prop::collection::vec((entry(), any::<bool>()), 0..8).prop_map(Step::Change),
        3 => Just(Step::Write),
        1 => Just(Step::Open),
        1 => Just(Step::Kill),
    ]
}

fn batch(changes: Changes, expected: &mut Entries) -> Batch {
    let changes: BTreeMap<Vec<u8>, (Vec<u8>, bool)> = changes
        .into_iter()
        .map(|((key, value), is_kept)| (key, (value, is_kept)))
        .collect();
    let mut batch = Batch::default();
    for (key, (value, is_kept)) in changes {
        if is_kept {
            batch.insert(&key, value.as_slice());
            expected.insert(key, value);
        } else {
            batch.remove(&key);
            expected.remove(&key);
        }
    }
    batch
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, ..ProptestConfig::default() })]

    #[test]
    fn layers_and_what_is_new_read_as_one_map(
        loaded in prop::collection::vec(entry(), 0..40),
        steps in prop::collection::vec(step(), 0..24),
        asked in prop::collection::vec(entry(), 1..8),
    ) {
        let folder = tempfile::tempdir().unwrap();
        let mut store = Store::open(folder.path(), 1 << 20).unwrap();
        let mut expected: Entries = loaded.into_iter().collect();
        store.load(expected.iter()).unwrap();
        let mut written = expected.clone();
        for step in steps {
            match step {
                Step::Change(changes) => store.apply(batch(changes, &mut expected)).unwrap(),
                Step::Write => {
                    store.write().unwrap();
                    prop_assert_eq!(store.waits_since(), None);
                    written.clone_from(&expected);
                }
                Step::Open => {
                    store.flush().unwrap();
                    written.clone_from(&expected);
                    drop(store);
                    store = Store::open(folder.path(), 1 << 20).unwrap();
                }
                Step::Kill => {
                    expected.clone_from(&written);
                    drop(store);
                    store = Store::open(folder.path(), 1 << 20).unwrap();
                }
            }
            prop_assert_eq!(&all(&store, b"", usize::MAX), &expected.clone().into_iter().collect::<Vec<_>>());
        }
        for (key, _) in asked {
            prop_assert_eq!(store.get(&key).unwrap(), expected.get(&key).cloned());
            let from: Vec<_> = expected
                .range(key.clone()..)
                .map(|(key, value)| (key.clone(), value.clone()))
                .collect();
            prop_assert_eq!(&all(&store, &key, usize::MAX), &from);
            prop_assert_eq!(all(&store, &key, 2), from.into_iter().take(2).collect::<Vec<_>>());
        }
    }
}

#[test]
fn layers_grow_into_each_other_and_leave_nothing_behind() {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::open(folder.path(), 1 << 20).unwrap();
    for number in 0..200_u32 {
        let mut batch = Batch::default();
        batch.insert(&number.to_be_bytes(), vec![7; 900]);
        batch.insert(b"last", number.to_be_bytes());
        store.apply(batch).unwrap();
        store.write().unwrap();
        let layers = store.read().layers.len();
        assert!(layers <= 9, "{layers} layers after {number} writes");
    }
    let pages = store.db.scan_prefix([PAGE]).count();
    let of_layers: usize = store.read().layers.iter().map(Layer::pages).sum();
    assert_eq!(pages, of_layers);
    for number in 0..200_u32 {
        let mut batch = Batch::default();
        batch.remove(&number.to_be_bytes());
        store.apply(batch).unwrap();
    }
    store.write().unwrap();
    assert_eq!(
        all(&store, b"", 9),
        [(b"last".to_vec(), 199_u32.to_be_bytes().to_vec())]
    );
}

#[test]
fn whoever_visits_may_ask_while_another_writes() {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::open(folder.path(), 1 << 20).unwrap();
    let mut one = Batch::default();
    one.insert(b"a", b"1".as_slice());
    store.apply(one).unwrap();
    thread::scope(|scope| {
        let (visiting, visited) = std::sync::mpsc::channel();
        let (done, writing) = std::sync::mpsc::channel::<()>();
        let store = &store;
        scope.spawn(move || {
            store.visit_from(b"", &mut |_, _| {
                visiting.send(()).unwrap();
                // The writer waits for this visit by now, or soon.
                assert!(writing.recv_timeout(Duration::from_millis(50)).is_err());
                store.get(b"a").unwrap().is_some()
            })
        });
        visited.recv().unwrap();
        store.write().unwrap();
        drop(done);
    });
}

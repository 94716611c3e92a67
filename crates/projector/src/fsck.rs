//! Everything derived once more, the plain way, and compared byte for byte with what is stored.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Debug;
use std::path::Path;
use std::sync::Arc;

use homeward_events::id::JourneyId;
use homeward_ledger::Reader;
use homeward_projections::fold::{self, Facts as PlainFacts};
use homeward_projections::{MemoryTable, ReadModel};
use tokio_util::sync::CancellationToken;

use crate::facts::{FACTS, FACTS_VERSION, Facts, watermark_of};
use crate::fold_log::{FoldError, on_thread};
use crate::folder::{Generation, Views};
use crate::position::Watermark;
use crate::progress::Meter;
use crate::projector::{Projector, StartError};
use crate::rebuild::{Bound, Drained, drain};
use crate::runs::{visit_journey, without_repeats};
use crate::shared::read;
use crate::store::{Store, StoreError};
use crate::table::ModelStore;

/// Differences that are named for each store; the others are counted.
pub const DIFFERENCES_NAMED_MAX: usize = 10;

/// How much of a value is shown in a difference.
const SHOWN_CHARACTERS: usize = 400;

/// What a check found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Report {
    /// One entry a store: facts first, then every read model.
    pub stores: Vec<StoreReport>,
}

/// What a check found in one store.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoreReport {
    /// `facts`, or the read model's name.
    pub store: String,
    /// Which generation, as `v1-3`; `None` if there is none.
    pub generation: Option<String>,
    /// The position that it was compared at.
    pub watermark: Watermark,
    /// Rows (events, for facts) that were compared.
    pub rows: usize,
    /// Cells that were compared.
    pub cells: usize,
    /// The first differences: the key, what is stored and what should be.
    pub differences: Vec<String>,
    /// How many differences there are.
    pub differences_total: usize,
    /// Why the store could not be compared.
    pub unchecked: Option<String>,
}

/// Why nothing could be compared.
#[derive(Debug, thiserror::Error)]
pub enum FsckError {
    /// The folder cannot be used.
    #[error(transparent)]
    Folder(#[from] StartError),
    /// The log cannot be folded.
    #[error(transparent)]
    Fold(#[from] FoldError),
}

impl Report {
    /// Whether every store was compared and is as it should be.
    pub fn is_clean(&self) -> bool {
        let clean = |store: &StoreReport| store.unchecked.is_none() && store.differences_total == 0;
        self.stores.iter().all(clean)
    }
}

/// What a store holds, copied while nothing was written to it.
struct Copy {
    model: &'static ReadModel,
    found: Result<(Generation, Watermark, MemoryTable), String>,
}

/// Compares the stores of a projector that is not running with the log.
///
/// # Errors
/// The folder is in use, or the log is not complete.
pub async fn fsck(
    data_dir: &Path,
    models: &[&'static ReadModel],
    reader: &Reader,
) -> Result<Report, FsckError> {
    let views = Arc::new(Views::take(data_dir).map_err(StartError::from)?);
    let drained = drained(reader).await?;
    let models = models.to_vec();
    let checked = on_thread("fsck", move || {
        let (folder, mut stores) = (views.store(FACTS), Vec::new());
        let facts = match folder.current() {
            Some(generation) if generation.version == FACTS_VERSION => {
                let opened = Facts::open(&folder.path(generation));
                opened
                    .map(|facts| Arc::clone(facts.store()))
                    .map_err(|error| error.to_string())
            }
            Some(_) | None => Err("there is none of this version".to_owned()),
        };
        stores.push(check_facts(
            facts.as_deref().map_err(Clone::clone),
            &drained,
        ));
        drop(facts);
        for model in models {
            stores.push(check_model(open_copy(&views, model), &drained));
        }
        Report { stores }
    });
    checked
        .await
        .map_err(|error| FoldError::Broken(error).into())
}

impl Projector {
    /// Compares the stores with the log while they move: each is copied at one position, and held
    /// still only for as long as that takes.
    ///
    /// # Errors
    /// The log is not complete.
    pub async fn fsck(&self) -> Result<Report, FsckError> {
        // Copies first: whatever is in them is in the log by then.
        let shared = Arc::clone(&self.shared);
        let copying = on_thread("fsck-copy", move || {
            let facts = shared.facts().ok_or_else(|| "is being built".to_owned());
            let facts = facts.and_then(|known| {
                let store = known.store;
                let at = watermark_of(&store).map_err(|error| error.to_string())?;
                Ok((store, at))
            });
            let copies: Vec<Copy> = shared
                .slots()
                .iter()
                .map(|slot| {
                    let found = slot.store().ok_or_else(|| slot.not_ready().reason);
                    let found =
                        found.and_then(|store| copy(&read(&store)).map_err(|e| e.to_string()));
                    Copy {
                        model: slot.model,
                        found,
                    }
                })
                .collect();
            (facts, copies)
        });
        let (facts, copies) = copying.await.map_err(FoldError::Broken)?;
        let drained = drained(&self.reader).await?;
        let checked = on_thread("fsck", move || {
            let facts = facts
                .as_ref()
                .map(|(store, _)| &**store)
                .map_err(Clone::clone);
            let mut stores = vec![check_facts(facts, &drained)];
            stores.extend(copies.into_iter().map(|copy| check_model(copy, &drained)));
            Report { stores }
        });
        checked
            .await
            .map_err(|error| FoldError::Broken(error).into())
    }
}

async fn drained(reader: &Reader) -> Result<Drained, FoldError> {
    Ok(drain(
        reader,
        &Bound::Head,
        &Meter::new(),
        &CancellationToken::new(),
    )
    .await?)
}

fn copy(store: &ModelStore) -> Result<(Generation, Watermark, MemoryTable), StoreError> {
    Ok((store.generation, store.watermark().clone(), store.copy()?))
}

fn open_copy(views: &Views, model: &'static ReadModel) -> Copy {
    let folder = views.store(model.name);
    let found = match folder.current() {
        Some(generation) if generation.version == model.version => {
            let opened = ModelStore::open(model, generation, &folder.path(generation));
            opened
                .and_then(|store| copy(&store))
                .map_err(|error| error.to_string())
        }
        Some(generation) => Err(format!("version {} is there", generation.version)),
        None => Err("there is none".to_owned()),
    };
    Copy { model, found }
}

fn report(store: &str) -> StoreReport {
    StoreReport {
        store: store.to_owned(),
        generation: None,
        watermark: Watermark::default(),
        rows: 0,
        cells: 0,
        differences: Vec::new(),
        differences_total: 0,
        unchecked: None,
    }
}

fn check_model(copy: Copy, drained: &Drained) -> StoreReport {
    let mut report = report(copy.model.name);
    let (generation, watermark, found) = match copy.found {
        Ok(found) => found,
        Err(why) => {
            return StoreReport {
                unchecked: Some(why),
                ..report
            };
        }
    };
    let facts = plain_facts(drained, &watermark);
    let expected = fold::fold(&[copy.model], &facts)
        .remove(copy.model.name)
        .unwrap_or_default();
    report.generation = Some(generation.to_string());
    report.watermark = watermark;
    (report.rows, report.cells) = (found.rows.len(), found.cells.len());
    let text = |row: &Vec<u8>| String::from_utf8_lossy(row).into_owned();
    report.compare("row", &found.rows, &expected.rows, text);
    report.compare("cell", &found.cells, &expected.cells, i64::to_string);
    report
}

/// Everything readable up to a position, for the plain fold.
fn plain_facts(drained: &Drained, at: &Watermark) -> PlainFacts {
    let told = drained.journeys().into_iter().map(|(journey, commits)| {
        let told = drained.tell(commits).into_iter();
        let told = told.filter(|told| at.covers(&told.place.ledger, told.place.sequence));
        (journey, told.filter_map(|told| told.event.ok()).collect())
    });
    told.collect()
}

fn check_facts(store: Result<&Store, String>, drained: &Drained) -> StoreReport {
    let mut report = report(FACTS);
    let checked = store.and_then(|store| {
        report.watermark = watermark_of(store).map_err(|error| error.to_string())?;
        let at = report.watermark.clone();
        for (journey, commits) in drained.journeys() {
            let mut expected = drained.pieces(commits);
            expected.retain(|(place, _)| at.covers(&place.ledger, place.sequence));
            without_repeats(&mut expected);
            let expected: BTreeMap<_, _> = expected
                .into_iter()
                .map(|(place, json)| (place, json.into_owned()))
                .collect();
            let mut found = BTreeMap::new();
            visit_journey(store, journey, &mut |place, json| {
                if at.covers(&place.ledger, place.sequence) {
                    found.insert(place, json.to_owned());
                }
            })
            .map_err(|error| error.to_string())?;
            report.rows += found.len();
            report.compare(&named(journey), &found, &expected, Clone::clone);
        }
        Ok(())
    });
    report.unchecked = checked.err();
    report
}

/// Enough of a value to recognise it.
fn cut(text: &str) -> String {
    text.chars().take(SHOWN_CHARACTERS).collect()
}

fn named(journey: JourneyId) -> String {
    format!("journey {journey}, event at")
}

impl StoreReport {
    fn compare<K: Ord + Debug, V: PartialEq>(
        &mut self,
        kind: &str,
        found: &BTreeMap<K, V>,
        expected: &BTreeMap<K, V>,
        text: impl Fn(&V) -> String,
    ) {
        let keys: BTreeSet<&K> = found.keys().chain(expected.keys()).collect();
        for key in keys {
            let (found, expected) = (found.get(key), expected.get(key));
            if found == expected {
                continue;
            }
            self.differences_total += 1;
            if self.differences.len() < DIFFERENCES_NAMED_MAX {
                let shown =
                    |value: Option<&V>| value.map_or("nothing".to_owned(), |v| cut(&text(v)));
                let (found, expected) = (shown(found), shown(expected));
                self.differences.push(format!(
                    "{kind} {key:?}: holds {found}, expected {expected}"
                ));
            }
        }
    }
}

//! From something that is there to a moment nearby: only the journeys that have a commit in between
//! are told again, as they were there and as they were at the moment, and the difference is applied.

use std::collections::BTreeSet;
use std::sync::Arc;

use homeward_events::id::JourneyId;
use homeward_projections::fold::Mentions;
use homeward_projections::{Contributions, Difference, MemoryTable, ReadModel};

use super::{Keeper, Moment, PastError, distance, lock, touched};
use crate::delta::contributions;
use crate::facts::watermark_of;
use crate::fold_log::{FoldError, on_thread};
use crate::position::Watermark;
use crate::runs::{MENTION, UNREADABLE, read_mention, read_unreadable, visit_journey};
use crate::shared::read;
use crate::status::Halted;
use crate::store::Store;
use crate::told::{Told, ToldJourneys, persons};

/// Commits in between are worth telling again when they are fewer than one in so many of those before
/// the moment: a journey that is looked up costs several times what it costs in a fold.
const WORTH_ONE_IN: u64 = 12;
/// So few commits in between are always worth it.
const FEW_COMMITS: u64 = 256;
/// How many journeys are told at a time: enough that none of it is in memory twice.
const BLOCK: usize = 512;

/// Something to start from.
struct Base {
    at: Watermark,
    table: MemoryTable,
}

impl Keeper {
    /// A model at a moment, from the nearest thing that is there; `None` if nothing is near.
    pub(super) async fn near(
        &self,
        model: &'static ReadModel,
        moment: &Moment,
    ) -> Result<Option<MemoryTable>, PastError> {
        let Some(known) = self.live.as_ref().and_then(|live| live.facts()) else {
            return Ok(None);
        };
        let facts = known.store;
        let Some(base) = self.base(model, moment).await else {
            return Ok(None);
        };
        let between = touched(&self.reader, &base.at, moment.watermark()).await;
        let between = between.map_err(FoldError::Read)?;
        let to = moment.watermark().clone();
        let told = on_thread("past", move || -> Result<MemoryTable, PastError> {
            facts_reach(&facts, &base.at)?;
            facts_reach(&facts, &to)?;
            let Base { at, mut table } = base;
            let index = Index::read(&facts)?;
            index.check(&facts, model, &to)?;
            for group in index.groups(between) {
                let told = load(&facts, &group)?;
                let before = contributions(model, &persons_at(&told, &at));
                let after = contributions(model, &persons_at(&told, &to));
                table.apply(Difference::between(before, after));
            }
            Ok(table)
        });
        match told.await {
            Ok(Ok(table)) => Ok(Some(table)),
            // Facts are a cache: the log can be folded without them.
            Ok(Err(PastError::NotReady | PastError::Broken(_))) | Err(_) => Ok(None),
            Ok(Err(error)) => Err(error),
        }
    }

    /// The nearest of what follows the log, what is in memory and what is on disk, if it is near
    /// enough to be worth it.
    async fn base(&self, model: &'static ReadModel, moment: &Moment) -> Option<Base> {
        let to = moment.watermark();
        let worth = FEW_COMMITS.max(to.commits() / WORTH_ONE_IN);
        let far = |at: &Watermark| distance(at, to);
        let live = self.live.as_ref().and_then(|live| live.slot(model.name));
        let live = live.and_then(|slot| slot.store());
        let live_far = live
            .as_ref()
            .map_or(u64::MAX, |store| far(read(store).watermark()));
        let kept = {
            let memory = lock(&self.memory);
            let of_model = memory.of(model);
            of_model
                .min_by_key(|kept| far(kept.moment.watermark()))
                .map(Arc::clone)
        };
        let kept_far = kept
            .as_ref()
            .map_or(u64::MAX, |kept| far(kept.moment.watermark()));
        let folder = Arc::clone(&self.folder);
        let files = on_thread("past", move || folder.moments(model)).await;
        let file = files
            .unwrap_or_default()
            .into_iter()
            .min_by_key(|file| far(file.watermark()))
            .filter(|file| far(file.watermark()) < live_far.min(kept_far));
        if let Some(file) = file.filter(|file| far(file.watermark()) <= worth)
            && file.holds(&self.reader).await
        {
            let folder = Arc::clone(&self.folder);
            let loaded = on_thread("past", move || folder.load(model, &file)).await;
            if let Ok(Some(kept)) = loaded {
                let at = kept.moment.watermark().clone();
                return Some(Base {
                    at,
                    table: kept.table,
                });
            }
        }
        if let Some(kept) = kept.filter(|_| kept_far <= worth.min(live_far)) {
            let holds = kept.moment.holds(&self.reader).await;
            return holds.then(|| Base {
                at: kept.moment.watermark().clone(),
                table: kept.table.clone(),
            });
        }
        let store = live.filter(|_| live_far <= worth)?;
        let copied = on_thread("past", move || {
            let store = read(&store);
            let complete = store.checkpoint().ledgers.values();
            let complete = complete
                .into_iter()
                .all(|reached| reached.commits == reached.sequence);
            let copy = store.copy().ok().filter(|_| complete)?;
            Some((store.watermark().clone(), copy))
        });
        let (at, copy) = copied.await.ok().flatten()?;
        let mut table = MemoryTable::new(model);
        table.apply(Difference {
            rows: copy
                .rows
                .into_iter()
                .map(|(key, row)| (key, Some(row)))
                .collect(),
            cells: copy.cells,
        });
        Some(Base { at, table })
    }
}

/// Facts are ahead of everything that is told from them.
pub(crate) fn facts_reach(facts: &Store, at: &Watermark) -> Result<(), PastError> {
    if watermark_of(facts)?.covers_all(at) {
        return Ok(());
    }
    Err(PastError::NotReady)
}

/// What a model says of some journeys and of those told together with them.
pub(crate) fn of_journeys(
    facts: &Store,
    model: &'static ReadModel,
    journeys: impl IntoIterator<Item = JourneyId>,
    at: &Watermark,
) -> Result<MemoryTable, PastError> {
    let index = Index::read(facts)?;
    index.check(facts, model, at)?;
    let told = load(facts, &index.mentions.reach(journeys))?;
    let mut table = MemoryTable::new(model);
    let now = contributions(model, &persons_at(&told, at));
    table.apply(Difference::between(Contributions::default(), now));
    Ok(table)
}

/// What the facts store notes besides the events themselves.
struct Index {
    mentions: Mentions,
    /// Journeys with an event that could not be read when it was stored.
    unreadable: BTreeSet<JourneyId>,
}

impl Index {
    fn read(facts: &Store) -> Result<Self, PastError> {
        let (mut mentions, mut unreadable) = (Mentions::default(), BTreeSet::new());
        facts.visit_under(&[MENTION], &mut |key, _| {
            if let Some((a, b)) = key.get(1..).and_then(read_mention) {
                mentions.note(a, b);
            }
        })?;
        facts.visit_under(&[UNREADABLE], &mut |key, value| {
            let entry = key.get(1..).and_then(|place| read_unreadable(place, value));
            unreadable.extend(entry.map(|(_, journey)| journey));
        })?;
        // Events that another program could not read may be readable now, and mention others.
        for journey in &unreadable {
            for other in load_one(facts, *journey)?.iter().filter_map(Told::mention) {
                mentions.note(*journey, other);
            }
        }
        Ok(Self {
            mentions,
            unreadable,
        })
    }

    /// Refuses a moment after an event that the model cannot do without and that cannot be read.
    fn check(
        &self,
        facts: &Store,
        model: &'static ReadModel,
        at: &Watermark,
    ) -> Result<(), PastError> {
        let mut first: Option<Halted> = None;
        for journey in &self.unreadable {
            for told in load_one(facts, *journey)? {
                let place = &told.place;
                if let Err(unreadable) = &told.event
                    && told.halts(model)
                    && at.covers(&place.ledger, place.sequence)
                {
                    let earlier = first.as_ref().is_none_or(|first| {
                        (&place.ledger, place.sequence) < (&first.ledger, first.sequence)
                    });
                    if earlier {
                        first = Some(Halted::new(place, unreadable));
                    }
                }
            }
        }
        match first {
            None => Ok(()),
            Some(halted) => Err(PastError::Fold(FoldError::Halted {
                model: model.name,
                halted,
            })),
        }
    }

    /// Journeys in groups of a few hundred, none of which mentions one of another group.
    fn groups(&self, journeys: BTreeSet<JourneyId>) -> Vec<BTreeSet<JourneyId>> {
        let mut left = journeys;
        let mut groups = Vec::new();
        let mut group = BTreeSet::new();
        while let Some(journey) = left.pop_first() {
            let reached = self.mentions.reach([journey]);
            for other in &reached {
                left.remove(other);
            }
            group.extend(reached);
            if group.len() >= BLOCK {
                groups.push(std::mem::take(&mut group));
            }
        }
        groups.push(group);
        groups
    }
}

fn load(facts: &Store, journeys: &BTreeSet<JourneyId>) -> Result<ToldJourneys, PastError> {
    journeys
        .iter()
        .map(|journey| Ok((*journey, load_one(facts, *journey)?)))
        .collect()
}

fn load_one(facts: &Store, journey: JourneyId) -> Result<Vec<Told>, PastError> {
    let mut told = Vec::new();
    visit_journey(facts, journey, &mut |place, json| {
        told.push(Told::read(place, json));
    })?;
    Ok(told)
}

fn persons_at<'t>(told: &'t ToldJourneys, at: &Watermark) -> Vec<homeward_journey::Person<'t>> {
    persons(
        told.iter()
            .map(|(journey, told)| (*journey, told.as_slice())),
        Some(at),
    )
}

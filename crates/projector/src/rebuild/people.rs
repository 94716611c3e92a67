//! The fold itself, person by person, on several threads: what each person adds to every model, told
//! once. Which thread tells whom does not matter: rows have keys of their own, and cells are sums.

use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread::{self, ScopedJoinHandle};

use homeward_events::id::JourneyId;
use homeward_projections::model::add_cell;
use homeward_projections::{Contributions, ReadModel};
use tokio_util::sync::CancellationToken;

use crate::position::Watermark;
use crate::progress::Meter;
use crate::rebuild::arena::Rows;
use crate::rebuild::drain::Drained;
use crate::runs::Entries;
use crate::store::words;
use crate::told::{Place, Told, Unreadable, persons};

/// Journeys that a thread takes at a time: enough that taking costs nothing, few enough that no
/// thread is left with a long tail.
const BLOCK: usize = 256;

/// A model to fold, and how far: `None` for everything there is.
pub(crate) struct Scoped {
    pub(crate) model: &'static ReadModel,
    pub(crate) at: Option<Watermark>,
}

/// What all persons add to a model.
#[derive(Default)]
pub(crate) struct Sum {
    /// In parts, one a thread; no key stands twice.
    pub(crate) rows: Vec<Rows>,
    pub(crate) cells: BTreeMap<String, i64>,
}

impl Sum {
    /// About how much there is to write, in bytes.
    pub(crate) fn bytes(&self) -> usize {
        let cells: usize = self.cells.keys().map(|cell| cell.len() + 8).sum();
        cells + self.rows.iter().map(Rows::bytes).sum::<usize>()
    }
}

/// An event that could not be read, and where.
pub(crate) type Unread = (Place, Unreadable);

/// What all persons add up to, and what was seen on the way.
#[derive(Default)]
pub(crate) struct FoldedPeople {
    /// In the order of the models.
    pub(crate) sums: Vec<Sum>,
    /// By place.
    pub(crate) unread: Vec<Unread>,
    /// What the facts store notes besides the events themselves.
    pub(crate) notes: Vec<Entries>,
}

/// Why the fold did not end.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub(crate) enum FoldStopped {
    #[error("stopped")]
    Cancelled,
    #[error("panicked: {0}")]
    Panicked(String),
}

/// How a fold is to be made.
pub(crate) struct Fold<'f> {
    pub(crate) drained: &'f Drained,
    pub(crate) models: &'f [Scoped],
    pub(crate) workers: usize,
    pub(crate) meter: &'f Meter,
    pub(crate) cancel: &'f CancellationToken,
}

/// A journey on its own, or the first of several that must be told together.
enum Group {
    Alone(JourneyId, Range<usize>),
    Together(Vec<(JourneyId, Range<usize>)>),
}

impl Fold<'_> {
    /// Folds. Sums are in the order of the models.
    pub(crate) fn run(&self) -> Result<FoldedPeople, FoldStopped> {
        let groups = groups(self.drained);
        let next = AtomicUsize::new(0);
        let parts: Vec<Result<Part, FoldStopped>> = thread::scope(|scope| {
            let threads: Vec<_> = (0..self.workers.max(1))
                .map(|_| scope.spawn(|| self.work(&groups, &next)))
                .collect();
            let ended = threads.into_iter().map(ScopedJoinHandle::join);
            ended
                .map(|end| end.unwrap_or_else(|p| Err(FoldStopped::Panicked(words(&p)))))
                .collect()
        });
        let mut people = FoldedPeople::default();
        people
            .sums
            .extend(self.models.iter().map(|_| Sum::default()));
        for part in parts {
            let part = part?;
            people.unread.extend(part.unread);
            people.notes.push(part.notes);
            for (sum, (rows, cells)) in people.sums.iter_mut().zip(part.sums) {
                sum.rows.push(rows);
                for (cell, by) in cells {
                    add_cell(&mut sum.cells, cell, by);
                }
            }
        }
        people.unread.sort_by(|(a, _), (b, _)| a.cmp(b));
        Ok(people)
    }

    fn work(&self, groups: &[Group], next: &AtomicUsize) -> Result<Part, FoldStopped> {
        let mut part = Part::new(self.models.len());
        loop {
            if self.cancel.is_cancelled() {
                return Err(FoldStopped::Cancelled);
            }
            let from = next.fetch_add(BLOCK, Ordering::Relaxed);
            let Some(block) = groups.get(from..groups.len().min(from + BLOCK)) else {
                break;
            };
            let mut sums = vec![Contributions::default(); self.models.len()];
            let mut commits = 0;
            for group in block {
                commits += self.tell(group, &mut sums, &mut part);
            }
            part.add(sums);
            self.meter.add(commits);
        }
        Ok(part)
    }

    /// Adds one group's persons to every model; gives the commits that were told.
    fn tell(&self, group: &Group, sums: &mut [Contributions], part: &mut Part) -> u64 {
        let members = match group {
            Group::Alone(journey, commits) => &[(*journey, commits.clone())],
            Group::Together(members) => members.as_slice(),
        };
        let mut told: Vec<(JourneyId, Vec<Told>)> = Vec::with_capacity(members.len());
        for (journey, commits) in members {
            let facts = self.drained.tell(commits.clone());
            for fact in &facts {
                part.notes.note(*journey, fact);
                if let Err(unreadable) = &fact.event {
                    part.unread
                        .push((fact.place.clone(), (**unreadable).clone()));
                }
            }
            told.push((*journey, facts));
        }
        let given = || {
            told.iter()
                .map(|(journey, facts)| (*journey, facts.as_slice()))
        };
        let whole = persons(given(), None);
        for (sum, scoped) in sums.iter_mut().zip(self.models) {
            let bounded = scoped.at.as_ref().map(|at| persons(given(), Some(at)));
            for person in bounded.as_ref().unwrap_or(&whole) {
                (scoped.model.contribute)(person, sum);
            }
        }
        members
            .iter()
            .map(|(_, c)| u64::try_from(c.len()).unwrap_or(0))
            .sum()
    }
}

/// What one thread has added up.
struct Part {
    sums: Vec<(Rows, BTreeMap<String, i64>)>,
    unread: Vec<Unread>,
    notes: Entries,
}

impl Part {
    fn new(models: usize) -> Self {
        Self {
            sums: (0..models).map(|_| Default::default()).collect(),
            unread: Vec::new(),
            notes: Entries::default(),
        }
    }

    fn add(&mut self, sums: Vec<Contributions>) {
        for ((rows, cells), sum) in self.sums.iter_mut().zip(sums) {
            for (key, row) in &sum.rows {
                rows.push(key, row);
            }
            for (cell, by) in sum.cells.into_iter().filter(|(_, by)| *by != 0) {
                add_cell(cells, cell, by);
            }
        }
    }
}

/// Journeys alone or together, in the order of the (first) journey.
fn groups(drained: &Drained) -> Vec<Group> {
    let journeys = drained.journeys();
    let together = together(drained);
    let mut grouped: BTreeMap<JourneyId, Vec<(JourneyId, Range<usize>)>> = BTreeMap::new();
    for (journey, commits) in &journeys {
        if let Some(first) = together.get(journey) {
            grouped
                .entry(*first)
                .or_default()
                .push((*journey, commits.clone()));
        }
    }
    let alone = journeys
        .into_iter()
        .filter(|(journey, _)| !together.contains_key(journey));
    let mut groups: Vec<Group> = alone
        .map(|(id, commits)| Group::Alone(id, commits))
        .collect();
    groups.extend(grouped.into_values().map(Group::Together));
    groups
}

/// For each journey that must be told with others: the smallest of them, which names the group.
fn together(drained: &Drained) -> BTreeMap<JourneyId, JourneyId> {
    let mut named: BTreeMap<JourneyId, JourneyId> = BTreeMap::new();
    for journey in drained.mentions.journeys() {
        if !named.contains_key(&journey) {
            let reached = drained.mentions.reach([journey]);
            named.extend(reached.into_iter().map(|other| (other, journey)));
        }
    }
    named
}

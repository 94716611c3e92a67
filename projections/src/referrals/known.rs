//! Every referral in memory, as questions over everybody need it: fed by rows, never stored.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use homeward_events::id::{JourneyId, ReferralId};
use homeward_events::referral::Priority;
use homeward_events::time::OccurredOn;
use homeward_journey::referral::State;
use jiff::Timestamp;
use jiff::civil::Date;

use super::{COUNTED, ROWS, Row};
use crate::cube::{Cube, NoSuchDimension};
use crate::dimension::month;
use crate::index::Index;
use crate::model::{Table, TableError, read_row};

/// A place in a list: when, whose, which.
pub type Place = (Timestamp, JourneyId, ReferralId);

/// The cells by dimension, and the rows by referral.
#[derive(Debug, Clone)]
pub struct Known {
    cube: Cube,
    by_id: BTreeMap<(JourneyId, ReferralId), Arc<Walk>>,
    /// Open ones, by when their clock ends.
    open: BTreeMap<Place, Arc<Walk>>,
    /// Ended ones, by when they ended.
    closed: BTreeMap<Place, Arc<Walk>>,
    names: BTreeSet<Arc<str>>,
}

/// What follows from the cells and the rows alone is equal where they are.
impl PartialEq for Known {
    fn eq(&self, other: &Self) -> bool {
        self.cube == other.cube && self.by_id == other.by_id
    }
}

impl Eq for Known {}

/// One referral's way.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Walk {
    /// Values of [`COUNTED`].
    names: [Arc<str>; COUNTED.len()],
    /// How fast an answer is owed.
    pub priority: Priority,
    /// Where it stands, since when.
    pub state: State,
    /// Since when.
    pub since: OccurredOn,
    /// When the running clock ends; `None` once it has ended.
    pub due: Option<Timestamp>,
    /// When it was sent.
    pub sent: OccurredOn,
    /// When the provider first had it.
    pub received: Option<OccurredOn>,
    /// When the provider first said yes or no.
    pub decided: Option<OccurredOn>,
    /// When the provider first said yes.
    pub accepted: Option<OccurredOn>,
    /// When the client was first reached.
    pub contacted: Option<OccurredOn>,
    /// When the client first came.
    pub attended: Option<OccurredOn>,
    /// When it was concluded.
    pub concluded: Option<OccurredOn>,
    /// Why it ended without what was asked for: by kind, each reason.
    pub reasons: Vec<(&'static str, Arc<str>)>,
    /// When it ended; of a day, when that day began.
    ended: Option<Timestamp>,
}

impl Walk {
    /// The value of a dimension of [`COUNTED`], by its place.
    pub fn value(&self, place: usize) -> &str {
        self.names.get(place).map_or("", |name| name)
    }

    /// Whether it was open at the end of a day.
    pub fn open_on(&self, on: Date) -> bool {
        self.sent.day() <= on && (self.due.is_some() || self.since.day() > on)
    }
}

impl Known {
    /// Nothing yet, counted by these dimensions.
    pub fn new(dimensions: &'static [&'static str]) -> Self {
        Self {
            cube: Cube::new(dimensions),
            by_id: BTreeMap::new(),
            open: BTreeMap::new(),
            closed: BTreeMap::new(),
            names: BTreeSet::new(),
        }
    }

    /// Those of a table: from memory where it keeps them, otherwise from its rows.
    pub(crate) fn of(table: &dyn Table) -> Result<Cow<'_, Self>, TableError> {
        if let Some(kept) = table.index().and_then(Index::referrals) {
            return Ok(Cow::Borrowed(kept));
        }
        let (mut known, mut failed) = (Self::new(super::DIMENSIONS), None);
        table.rows_from(ROWS, &mut |key, row| {
            failed = known.note_row(key, Some(row)).err();
            failed.is_none()
        })?;
        failed.map_or(Ok(Cow::Owned(known)), Err)
    }

    /// The counts.
    pub const fn cube(&self) -> &Cube {
        &self.cube
    }

    /// Notes that a cell grew.
    pub fn note_cell(&mut self, key: &str, by: i64) {
        self.cube.add(key, by);
    }

    /// Notes that a row was written, or (`None`) removed.
    ///
    /// # Errors
    /// The row is not what this version writes; it is then left out.
    pub fn note_row(&mut self, key: &str, row: Option<&[u8]>) -> Result<(), TableError> {
        let Some(id) = id_of(key) else { return Ok(()) };
        if let Some(walk) = self.by_id.remove(&id) {
            for (list, at) in [(&mut self.open, walk.due), (&mut self.closed, walk.ended)] {
                if let Some(at) = at {
                    list.remove(&(at, id.0, id.1));
                }
            }
        }
        if let Some(row) = row {
            let row: Row = read_row(key, row)?;
            let walk = Arc::new(self.walk(&row));
            for (list, at) in [(&mut self.open, walk.due), (&mut self.closed, walk.ended)] {
                if let Some(at) = at {
                    list.insert((at, id.0, id.1), Arc::clone(&walk));
                }
            }
            self.by_id.insert(id, walk);
        }
        Ok(())
    }

    fn walk(&mut self, row: &Row) -> Walk {
        let sent_month = month(row.sent.day());
        let names = [
            row.ledger.as_str(),
            row.from.as_str(),
            row.to.as_str(),
            &row.need,
            row.priority.as_str(),
            &sent_month,
        ];
        let mut reasons = Vec::new();
        for (kind, reason) in row.reasons() {
            reasons.push((kind, self.name(reason)));
        }
        let state = State::ALL.iter().find(|state| state.as_str() == row.state);
        Walk {
            names: names.map(|name| self.name(name)),
            priority: row.priority,
            state: state.copied().unwrap_or(State::Sent),
            since: row.since,
            due: row.due,
            sent: row.sent,
            received: row.received,
            decided: row.decided,
            accepted: row.accepted,
            contacted: row.contacted,
            attended: row.attended,
            concluded: row.concluded,
            reasons,
            ended: row.due.is_none().then(|| row.since.first_instant()),
        }
    }

    fn name(&mut self, text: &str) -> Arc<str> {
        if let Some(known) = self.names.get(text) {
            return Arc::clone(known);
        }
        let name: Arc<str> = text.into();
        self.names.insert(Arc::clone(&name));
        name
    }

    /// Open referrals, the one whose clock ends first before the others.
    pub(crate) const fn open(&self) -> &BTreeMap<Place, Arc<Walk>> {
        &self.open
    }

    /// Ended referrals, the one that ended first before the others.
    pub(crate) const fn closed(&self) -> &BTreeMap<Place, Arc<Walk>> {
        &self.closed
    }

    /// Referrals that some conditions let through.
    pub(crate) fn passing<'k>(&'k self, only: &'k Only) -> impl Iterator<Item = &'k Walk> {
        self.by_id
            .values()
            .map(|walk| &**walk)
            .filter(|walk| only.passes(walk))
    }
}

/// Which referral a row is of: `of|journey|referral`.
fn id_of(key: &str) -> Option<(JourneyId, ReferralId)> {
    let (journey, referral) = key.strip_prefix(ROWS)?.split_once('|')?;
    Some((journey.parse().ok()?, referral.parse().ok()?))
}

/// The key of a referral's row.
pub(crate) fn key_of(journey: JourneyId, referral: ReferralId) -> String {
    format!("{ROWS}{journey}|{referral}")
}

/// Conditions on [`COUNTED`].
#[derive(Debug, Clone, Default)]
pub(crate) struct Only {
    any_of: Vec<(usize, Vec<String>)>,
}

impl Only {
    /// # Errors
    /// A dimension does not exist.
    pub(crate) fn new(only: &BTreeMap<String, Vec<String>>) -> Result<Self, NoSuchDimension> {
        let named = only.iter().filter(|(_, values)| !values.is_empty());
        let any_of = named.map(|(name, values)| Ok((place(name)?, values.clone())));
        Ok(Self {
            any_of: any_of.collect::<Result<_, NoSuchDimension>>()?,
        })
    }

    fn passes(&self, walk: &Walk) -> bool {
        self.any_of
            .iter()
            .all(|(place, values)| values.iter().any(|value| value == walk.value(*place)))
    }
}

/// The places of dimensions to group by.
///
/// # Errors
/// A dimension does not exist.
pub(crate) fn places(by: &[String]) -> Result<Vec<usize>, NoSuchDimension> {
    by.iter().map(|name| place(name)).collect()
}

fn place(name: &str) -> Result<usize, NoSuchDimension> {
    let place = COUNTED.iter().position(|dimension| *dimension == name);
    place.ok_or_else(|| NoSuchDimension {
        found: name.to_owned(),
        expected: COUNTED,
    })
}

/// A referral's group.
pub(crate) fn group<'w>(walk: &'w Walk, by: &[usize]) -> Vec<&'w str> {
    by.iter().map(|place| walk.value(*place)).collect()
}

/// A group's values, for an answer.
pub(crate) fn values(group: &[&str]) -> Vec<String> {
    group.iter().map(|value| (*value).to_owned()).collect()
}

//! What is owed, in memory: by kind and deadline, so that a page of a list is found where it begins;
//! and the deadlines of each kind and profile, so that it is told how many have passed without looking at
//! each. Never stored, and made anew equal.
//!
//! Times are whole microseconds: of an instant, since 1970; of a civil day, what midnight of that day
//! would be in UTC. Kinds told by days are only ever compared with days.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::sync::Arc;

use homeward_events::id::JourneyId;
use homeward_events::referral::Priority;
use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::Offset;

use super::kind::{Kind, Standing};
use super::ordered::Ordered;
use super::owed::{Moment, Owed, Row};
use super::{NONE, ROWS};
use crate::model::{Table, TableError, read_row};

/// Microseconds of a day.
pub(super) const DAY_US: i64 = 24 * 3600 * 1_000_000;

/// The rows, read: what is owed by kind, sorted by deadline (by beginning, where there is none).
#[derive(Debug, Clone, Default)]
pub struct Board {
    lanes: BTreeMap<Lane, BTreeMap<Place, Item>>,
    /// The times of what is owed, by kind and profile.
    lines: BTreeMap<Kind, BTreeMap<u32, Line>>,
    /// Where what a journey is owed stands.
    journeys: BTreeMap<JourneyId, Vec<(Lane, Place)>>,
    profiles: Profiles,
}

/// Things owed that no order of a list mixes: of one kind and priority.
pub(super) type Lane = (Kind, Option<Priority>);

/// The times of everything of one kind that is counted alike.
#[derive(Debug, Clone, Default)]
pub(super) struct Line {
    /// Deadlines, or beginnings where there is none.
    pub(super) anchors: Ordered,
    /// When they become due.
    pub(super) dues: Ordered,
}

/// Where something owed stands among its kind.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Place {
    /// Its deadline, or where it has none, its beginning.
    pub(super) anchor: i64,
    pub(super) journey: JourneyId,
    /// Which of the things that the journey is owed, from 0.
    pub(super) nth: u16,
}

/// Something owed: its times, and by what it is counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Item {
    pub(super) due: i64,
    pub(super) since: i64,
    profile: u32,
}

impl Item {
    /// The number of its profile among [`Board::profiles`].
    pub(super) fn profile(&self) -> usize {
        position(self.profile)
    }
}

fn position(number: u32) -> usize {
    usize::try_from(number).unwrap_or(usize::MAX)
}

/// By what something owed is counted.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Profile {
    ledger: Box<str>,
    site: Box<str>,
    agency: Box<str>,
    programme: Box<str>,
    return_type: Box<str>,
    sex: Box<str>,
    stage: Box<str>,
    pub(super) priority: Option<Priority>,
    clock: Box<str>,
    about: Box<str>,
}

impl Profile {
    fn of(row: &Row<'_>, owed: &Owed<'_>) -> Self {
        let or_none = |text: &Option<Cow<'_, str>>| text.as_deref().unwrap_or(NONE).into();
        Self {
            ledger: (*row.ledger).into(),
            site: (*row.site).into(),
            agency: (*owed.agency).into(),
            programme: (*row.programme).into(),
            return_type: (*row.return_type).into(),
            sex: (*row.sex).into(),
            stage: (*row.stage).into(),
            priority: owed.priority,
            clock: or_none(&owed.clock),
            about: or_none(&owed.about),
        }
    }

    /// The value of a dimension; `None` if it is not told by profiles.
    pub(super) fn value(&self, dimension: &str) -> Option<&str> {
        Some(match dimension {
            "ledger" => &self.ledger,
            "site" => &self.site,
            "agency" => &self.agency,
            "programme" => &self.programme,
            "return_type" => &self.return_type,
            "sex" => &self.sex,
            "stage" => &self.stage,
            "priority" => self.priority.map_or(NONE, Priority::as_str),
            "clock" => &self.clock,
            "about" => &self.about,
            _ => return None,
        })
    }
}

/// Profiles that were seen, each kept once: far fewer than things owed, so that conditions are held
/// against each of them once for a question.
#[derive(Debug, Clone, Default)]
struct Profiles {
    numbers: BTreeMap<Arc<Profile>, u32>,
    all: Vec<Arc<Profile>>,
}

impl Profiles {
    fn number(&mut self, profile: Profile) -> u32 {
        if let Some(number) = self.numbers.get(&profile) {
            return *number;
        }
        let number = u32::try_from(self.all.len()).unwrap_or(u32::MAX);
        let profile = Arc::new(profile);
        self.all.push(Arc::clone(&profile));
        self.numbers.insert(profile, number);
        number
    }
}

/// Equal when they tell the same, whatever numbers they use inside.
impl PartialEq for Board {
    fn eq(&self, other: &Self) -> bool {
        self.journeys == other.journeys && self.told().eq(other.told())
    }
}

impl Eq for Board {}

impl Board {
    /// Notes that a row was written, or (`None`) removed.
    ///
    /// # Errors
    /// The row is not what this version writes; it is then left out.
    pub fn note_row(&mut self, key: &str, row: Option<&[u8]>) -> Result<(), TableError> {
        let Some(journey) = key.strip_prefix(ROWS).and_then(|id| id.parse().ok()) else {
            return Ok(());
        };
        for (lane, place) in self.journeys.remove(&journey).unwrap_or_default() {
            self.take_out(lane, place);
        }
        let Some(bytes) = row else {
            return Ok(());
        };
        let row: Row<'_> = read_row(key, bytes)?;
        let mut places = Vec::with_capacity(row.owed.len());
        for (owed, nth) in row.owed.iter().zip(0_u16..) {
            let since = micros(owed.since);
            let closes = owed.closes.filter(|_| !owed.kind.runs());
            let place = Place {
                anchor: closes.map_or(since, micros),
                journey,
                nth,
            };
            let item = Item {
                // Nothing becomes due after it was to be done.
                due: owed.due.map_or(since, micros).min(place.anchor),
                since,
                profile: self.profiles.number(Profile::of(&row, owed)),
            };
            let lane = (owed.kind, owed.priority);
            self.put_in(lane, place, item);
            places.push((lane, place));
        }
        self.journeys.insert(journey, places);
        Ok(())
    }

    fn put_in(&mut self, lane: Lane, place: Place, item: Item) {
        let lines = self.lines.entry(lane.0).or_default();
        let times = lines.entry(item.profile).or_default();
        times.anchors.insert(place.anchor);
        times.dues.insert(item.due);
        self.lanes.entry(lane).or_default().insert(place, item);
    }

    fn take_out(&mut self, lane: Lane, place: Place) {
        let places = self.lanes.get_mut(&lane);
        let Some(item) = places.and_then(|places| places.remove(&place)) else {
            return;
        };
        let lines = self.lines.get_mut(&lane.0);
        if let Some(times) = lines.and_then(|lines| lines.get_mut(&item.profile)) {
            times.anchors.remove(place.anchor);
            times.dues.remove(item.due);
        }
    }

    /// That of a table: from memory where it keeps one, otherwise from its rows.
    pub(super) fn of(table: &dyn Table) -> Result<Cow<'_, Self>, TableError> {
        if let Some(kept) = table.index().and_then(crate::index::Index::board) {
            return Ok(Cow::Borrowed(kept));
        }
        let (mut board, mut failed) = (Self::default(), None);
        table.rows_from(ROWS, &mut |key, row| {
            failed = board.note_row(key, Some(row)).err();
            failed.is_none()
        })?;
        failed.map_or(Ok(Cow::Owned(board)), Err)
    }

    /// The lanes of a kind: priorities in their order, then what has none.
    pub(super) fn lanes(&self, kind: Kind) -> impl Iterator<Item = Lane> {
        let lanes = self.lanes.keys().copied();
        lanes.filter(move |(of, _)| *of == kind)
    }

    /// What is owed in a lane whose anchors lie within bounds, both included, in order.
    pub(super) fn within(
        &self,
        lane: Lane,
        (from, to): (i64, i64),
    ) -> impl Iterator<Item = (&Place, &Item)> {
        let none = JourneyId::from_uuid(uuid::Uuid::nil());
        let all = JourneyId::from_uuid(uuid::Uuid::max());
        let at = |anchor, journey, nth| Place {
            anchor,
            journey,
            nth,
        };
        let bounds = (from <= to).then(|| at(from, none, 0)..=at(to, all, u16::MAX));
        let places = self.lanes.get(&lane);
        places
            .zip(bounds)
            .into_iter()
            .flat_map(|(places, bounds)| places.range(bounds))
    }

    /// The times of a kind, by profile.
    pub(super) fn lines(&self, kind: Kind) -> impl Iterator<Item = (usize, &Line)> {
        let lines = self.lines.get(&kind).into_iter().flatten();
        lines.map(|(number, line)| (position(*number), line))
    }

    /// Every profile that was seen, by its number.
    pub(super) fn profiles(&self) -> &[Arc<Profile>] {
        &self.profiles.all
    }

    fn told(&self) -> impl Iterator<Item = (Lane, &Place, i64, i64, Option<&Arc<Profile>>)> {
        self.lanes.iter().flat_map(|(lane, places)| {
            places.iter().map(|(place, item)| {
                let profile = self.profiles.all.get(item.profile());
                (*lane, place, item.due, item.since, profile)
            })
        })
    }
}

/// A moment in microseconds.
pub(super) fn micros(moment: Moment) -> i64 {
    match moment {
        Moment::At(at) => at.as_microsecond(),
        Moment::Day(day) => day_micros(day.0),
    }
}

/// A day in microseconds.
pub(super) fn day_micros(day: Date) -> i64 {
    let midnight = Offset::UTC.to_timestamp(day.to_datetime(jiff::civil::Time::midnight()));
    midnight.map_or(i64::MAX, Timestamp::as_microsecond)
}

/// How something stands, `reference` being told as its kind is.
pub(super) fn standing(kind: Kind, place: &Place, item: &Item, reference: i64) -> Standing {
    if kind.runs() {
        Standing::Running
    } else if place.anchor < reference {
        Standing::Overdue
    } else if item.due <= reference {
        Standing::Due
    } else {
        Standing::Upcoming
    }
}

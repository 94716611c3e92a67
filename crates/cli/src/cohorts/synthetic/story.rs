//! One journey while it is being invented: its chance, its clock, and what has been written down.
//!
//! Time is local civil time in minutes. What happens is recorded within half an hour, and steps that
//! build on each other lie at least an hour apart: so commits sorted by recording are in the order in
//! which each may join. Facts on which nothing builds may be recorded late.

use homeward_events::id::{ActorId, AgencyId, EventId, JourneyId};
use homeward_events::time::{Day, OccurredOn, Precision, RecordedAt};
use homeward_events::vocabulary::Role;
use homeward_events::{Body, Event};
use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::Offset;
use uuid::{Builder, Uuid};

use super::place::{Place, Provider};
use super::random::Random;

const HOUR: i64 = 60;
const DAY: i64 = 24 * HOUR;
/// Longest time from an event to its recording, in minutes, unless it is late.
const SOON: i64 = 30;

/// A minute of local civil time, counted from the beginning of 1970.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Moment(i64);

impl Moment {
    pub(super) fn on(day: Date, minute: i64) -> Self {
        let midnight = Offset::UTC
            .to_timestamp(day.at(0, 0, 0, 0))
            .unwrap_or_default();
        Self(midnight.as_second().div_euclid(60) + minute)
    }

    pub(super) fn hours_on(self, hours: i64) -> Self {
        Self(self.0 + hours * HOUR)
    }

    pub(super) fn days_on(self, days: i64) -> Self {
        Self(self.0 + days * DAY)
    }

    /// The same day at midnight.
    pub(super) fn midnight(self) -> Self {
        Self(self.0 - self.0.rem_euclid(DAY))
    }

    pub(super) fn day(self) -> Date {
        Offset::UTC.to_datetime(self.instant(Offset::UTC)).date()
    }

    pub(super) fn civil(self) -> Day {
        Day(self.day())
    }

    fn instant(self, offset: Offset) -> Timestamp {
        let seconds = self.0 * 60 - i64::from(offset.seconds());
        Timestamp::from_second(seconds).unwrap_or_default()
    }

    fn occurred(self, precision: Precision, offset: Offset) -> OccurredOn {
        let day = self.day();
        match precision {
            Precision::Year => OccurredOn::Year(day.year()),
            Precision::Month => OccurredOn::Month(day.year(), day.month()),
            Precision::Day => OccurredOn::Day(day),
            Precision::Instant => OccurredOn::Instant(self.instant(offset), offset),
        }
    }
}

/// Who writes.
#[derive(Debug, Clone, Copy)]
pub(super) enum Desk<'a> {
    /// Manifests of the sending state, by machine.
    Manifest,
    /// The border.
    Border,
    /// Health staff at the port.
    Health,
    /// The office that keeps the case.
    Office,
    /// Whoever decides there.
    Supervisor,
    /// Whoever keeps its records straight.
    Registrar,
    /// A provider of services.
    Provider(&'a Provider),
    /// The police.
    Police,
    /// A court.
    Court,
    /// The prison service.
    Prison,
    /// Probation.
    Probation,
}

/// When something happened, how exactly that is known, and who wrote it down when.
#[derive(Debug, Clone, Copy)]
pub(super) struct Note<'a> {
    at: Moment,
    precision: Precision,
    late_days: i64,
    desk: Desk<'a>,
    because: Option<EventId>,
}

impl<'a> Note<'a> {
    /// To the minute, and written down at once.
    pub(super) fn at(at: Moment, desk: Desk<'a>) -> Self {
        Self {
            at,
            precision: Precision::Instant,
            late_days: 0,
            desk,
            because: None,
        }
    }

    /// To the day.
    pub(super) fn on(at: Moment, desk: Desk<'a>) -> Self {
        Self::at(at, desk).to(Precision::Day)
    }

    pub(super) fn to(self, precision: Precision) -> Self {
        Self { precision, ..self }
    }

    pub(super) fn late(self, late_days: i64) -> Self {
        Self { late_days, ..self }
    }

    pub(super) fn because(self, because: EventId) -> Self {
        Self {
            because: Some(because),
            ..self
        }
    }
}

/// One journey in the making.
pub(super) struct Story<'p> {
    pub(super) random: Random,
    pub(super) place: &'p Place,
    pub(super) journey: JourneyId,
    /// Nothing but the end itself happens from here on.
    pub(super) limit: Moment,
    /// The office passed the case on.
    pub(super) moved: bool,
    /// Commits with the second of their recording.
    told: Vec<(i64, Vec<Event>)>,
}

impl<'p> Story<'p> {
    pub(super) fn new(place: &'p Place, journey: JourneyId, random: Random) -> Self {
        Self {
            random,
            place,
            journey,
            limit: Moment(i64::MAX / 64),
            moved: false,
            told: Vec::with_capacity(16),
        }
    }

    /// An id for something of this journey.
    pub(super) fn uuid(&mut self) -> Uuid {
        Builder::from_custom_bytes(self.random.bytes()).into_uuid()
    }

    /// Whether a moment lies beyond what may happen.
    pub(super) fn over(&self, at: Moment) -> bool {
        at >= self.limit
    }

    /// A working hour so many days on.
    pub(super) fn workday(&mut self, from: Moment, days: (i64, i64)) -> Moment {
        let days = self.random.between(days.0, days.1);
        let minute = self.random.between(8 * HOUR, 17 * HOUR);
        Moment(from.midnight().days_on(days).0 + minute)
    }

    /// One fact in a commit of its own.
    pub(super) fn tell(&mut self, note: Note<'_>, body: impl Into<Body>) -> EventId {
        let recorded = self.recorded(note);
        let event = self.event(note, recorded, body.into());
        let id = event.id;
        self.told.push((recorded, vec![event]));
        id
    }

    /// Facts that become true together, written down by one hand.
    pub(super) fn tell_together(&mut self, note: Note<'_>, bodies: Vec<Body>) -> Vec<EventId> {
        let recorded = self.recorded(note);
        let events: Vec<Event> = bodies
            .into_iter()
            .map(|body| self.event(note, recorded, body))
            .collect();
        let ids = events.iter().map(|event| event.id).collect();
        if !events.is_empty() {
            self.told.push((recorded, events));
        }
        ids
    }

    /// A fact that takes the place of an earlier one, with the correction that says so. The fact has
    /// the earlier one's time, and is recorded when the correction is.
    pub(super) fn tell_instead(
        &mut self,
        note: Note<'_>,
        corrected: Moment,
        body: Body,
        correction: impl FnOnce(EventId) -> Body,
    ) {
        let recorded = self.recorded(Note {
            at: corrected,
            ..note
        });
        let fact = self.event(note, recorded, body);
        let correction = self.event(
            Note::at(corrected, note.desk),
            recorded,
            correction(fact.id),
        );
        self.told.push((recorded, vec![fact, correction]));
    }

    fn recorded(&mut self, note: Note<'_>) -> i64 {
        let minutes = note.at.0 + note.late_days * DAY + self.random.between(1, SOON);
        minutes * 60 + self.random.between(0, 59)
    }

    fn event(&mut self, note: Note<'_>, recorded: i64, body: Body) -> Event {
        let offset = self.place.offset;
        let recorded =
            Timestamp::from_second(recorded - i64::from(offset.seconds())).unwrap_or_default();
        let (agency, role, actor) = self.hand(note.desk);
        Event {
            id: EventId::from_uuid(self.timed_uuid(recorded)),
            ledger: self.place.ledger.clone(),
            journey: self.journey,
            source: self.place.source.clone(),
            occurred: note.at.occurred(note.precision, offset),
            recorded: RecordedAt(recorded),
            agency: agency.clone(),
            actor,
            role: Some(role),
            causation: note.because,
            correlation: None,
            sequence: None,
            body,
        }
    }

    /// As publishers make them: version 7, by the time of recording.
    fn timed_uuid(&mut self, at: Timestamp) -> Uuid {
        let millis = u64::try_from(at.as_millisecond()).unwrap_or_default();
        let [random @ .., _, _, _, _, _, _] = self.random.bytes();
        Builder::from_unix_timestamp_millis(millis, &random).into_uuid()
    }

    fn hand<'a>(&mut self, desk: Desk<'a>) -> (&'a AgencyId, Role, Option<ActorId>)
    where
        'p: 'a,
    {
        let place = self.place;
        let office = if self.moved {
            &place.second_office
        } else {
            &place.office
        };
        let officer = |random: &mut Random| random.pick(&place.officers).cloned();
        match desk {
            Desk::Manifest => (&place.border, Role::Import, None),
            Desk::Border => (&place.border, Role::Intake, officer(&mut self.random)),
            Desk::Health => (&place.health, Role::Health, None),
            Desk::Office => (
                office,
                Role::CaseWorker,
                self.random.pick(&place.workers).cloned(),
            ),
            Desk::Supervisor => (office, Role::Supervisor, Some(place.supervisor.clone())),
            Desk::Registrar => (office, Role::Administrator, Some(place.registrar.clone())),
            Desk::Provider(provider) => (
                &provider.agency,
                Role::Provider,
                Some(provider.worker.clone()),
            ),
            Desk::Police => (&place.police, Role::Justice, officer(&mut self.random)),
            Desk::Court => (&place.court, Role::Justice, None),
            Desk::Prison => (&place.prison, Role::Justice, None),
            Desk::Probation => (&place.probation, Role::Justice, None),
        }
    }

    /// What was recorded up to the end of a day, in the order of recording.
    pub(super) fn commits(self, until: Date) -> Vec<Vec<Event>> {
        let end = Moment::on(until, DAY).0 * 60;
        let mut told = self.told;
        told.retain(|(recorded, _)| *recorded < end);
        told.sort_by_key(|(recorded, _)| *recorded);
        told.into_iter().map(|(_, events)| events).collect()
    }
}

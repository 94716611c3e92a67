//! Schedules of follow-ups as data: programme templates that say when a person is asked again after a
//! reception, in which window and how.
//!
//! A file in `schedules/` ships or is an office's own. Planning by it writes `follow-up.scheduled`
//! facts whose keys are the template's and whose ids follow from the journey, the template and the
//! key: planned again, nothing is new.
//!
//! To ship one: a file beside the others, and a line in `SHIPPED`.

use std::collections::BTreeSet;

use homeward_events::follow_up::Scheduled;
use homeward_events::id::{ActorId, EventId, ScheduleKey};
use homeward_events::time::{Day, add_days, add_months};
use homeward_events::vocabulary::{Channel, Wave};
use homeward_journey::Journey;
use jiff::civil::Date;
use serde::Deserialize;
use uuid::Uuid;

use crate::instrument::Texts;
use crate::shelf::{self, OnFile, Problem, Said, Shelf};

/// The schedules at hand.
pub type Schedules = Shelf<Schedule>;

/// The shipped files: to add one, a line here.
const SHIPPED: &[(&str, &str)] = &[("standard.toml", include_str!("../schedules/standard.toml"))];

/// The schedules that ship.
pub fn shipped() -> Schedules {
    Shelf::of(SHIPPED)
}

/// The schedule that is planned by when none is named.
pub const DEFAULT: &str = "standard";

/// Most follow-ups of a schedule: all of them are planned in one commit.
const STEPS_MAX: usize = 32;
/// Furthest follow-up, in calendar months: twenty years.
const MONTHS_MAX: u16 = 240;
/// Widest half of a window, in days.
const WINDOW_DAYS_MAX: u16 = 183;

/// A schedule that was read and found sound.
pub type Schedule = OnFile<Terms>;

/// What a schedule says.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Terms {
    /// Its id, a slug.
    pub id: String,
    /// Its version, from 1; a version is never edited.
    pub version: u16,
    /// What it is called, by language.
    pub title: Texts,
    /// The follow-ups, the earliest first.
    pub follow_ups: Vec<Step>,
}

/// One follow-up of a schedule.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Step {
    /// Its key within a journey, such as `month-3`.
    pub key: ScheduleKey,
    /// Which wave.
    pub wave: Wave,
    /// Due so many calendar months after the reception; where that month is shorter, on its last day.
    pub months: u16,
    /// The window opens so many days before it is due.
    #[serde(default)]
    pub opens_days_before: u16,
    /// The window closes so many days after it is due.
    #[serde(default)]
    pub closes_days_after: u16,
    /// How.
    pub channel: Option<Channel>,
}

/// A follow-up as a schedule plans it for a journey.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Planned {
    /// The event's id: the same whenever it is planned.
    pub event: EventId,
    /// What it says.
    pub body: Scheduled,
    /// Whether the journey has a follow-up of that key already, however it stands: then nothing is to
    /// be written, or one that was called off on purpose would come back.
    pub is_known: bool,
}

/// A journey that nothing can be planned for.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("nobody was received or registered: there is no day to count from")]
pub struct NoOrigin;

impl Said for Terms {
    fn id(&self) -> &str {
        &self.id
    }

    fn version(&self) -> u16 {
        self.version
    }

    fn unsound(&self) -> Option<(String, String)> {
        problem(self)
    }
}

impl OnFile<Terms> {
    /// What it plans for a journey, counted from the reception, or from the registration of somebody
    /// whom nobody received.
    ///
    /// # Errors
    /// There is neither.
    pub fn plan(
        &self,
        journey: &Journey<'_>,
        assigned_to: Option<&ActorId>,
    ) -> Result<Vec<Planned>, NoOrigin> {
        let origin = journey.arrived_on().ok_or(NoOrigin)?;
        let struck = journey.struck.iter().map(|(event, _)| event.id);
        let written: BTreeSet<EventId> = journey
            .facts
            .iter()
            .map(|event| event.id)
            .chain(struck)
            .collect();
        let planned = self.terms().follow_ups.iter().map(|step| {
            let event = self.event_id(journey, &step.key);
            Planned {
                event,
                body: step.scheduled(origin, assigned_to),
                is_known: written.contains(&event) || journey.follow_ups.contains_key(&step.key),
            }
        });
        Ok(planned.collect())
    }

    /// Of the template and not of its version: what was planned by one is not planned again by the next.
    fn event_id(&self, journey: &Journey<'_>, key: &ScheduleKey) -> EventId {
        let name = format!("follow-up {} {key}", self.terms().id);
        EventId::from_uuid(Uuid::new_v5(journey.id.as_uuid(), name.as_bytes()))
    }
}

impl Step {
    fn scheduled(&self, origin: Date, assigned_to: Option<&ActorId>) -> Scheduled {
        let due = add_months(origin, i32::from(self.months));
        Scheduled {
            key: self.key.clone(),
            wave: self.wave,
            due_on: Day(due),
            opens_on: Some(Day(add_days(due, -i32::from(self.opens_days_before)))),
            closes_on: Some(Day(add_days(due, i32::from(self.closes_days_after)))),
            channel: self.channel,
            assigned_to: assigned_to.cloned(),
        }
    }
}

/// When it is due, in words.
impl std::fmt::Display for Step {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let (key, months) = (&self.key, self.months);
        let (before, after) = (self.opens_days_before, self.closes_days_after);
        write!(
            f,
            "{key} ({}): {months} months after reception, from {before} days before to {after} after",
            self.wave
        )?;
        match self.channel {
            Some(channel) => write!(f, ", {channel}"),
            None => Ok(()),
        }
    }
}

fn problem(terms: &Terms) -> Option<Problem> {
    let at = |field: String, problem: String| Some((field, problem));
    if let Some(problem) = shelf::check_names(&terms.id, terms.version, &terms.title) {
        return Some(problem);
    }
    let steps = &terms.follow_ups;
    if steps.is_empty() || steps.len() > STEPS_MAX {
        let expected = format!("expected 1 to {STEPS_MAX} follow-ups");
        return at("follow_ups".to_owned(), expected);
    }
    for (nth, step) in steps.iter().enumerate() {
        let field = |name: &str| format!("follow_ups[{nth}].{name}");
        if step.months > MONTHS_MAX {
            let expected = format!("expected at most {MONTHS_MAX} months");
            return at(field("months"), expected);
        }
        let windows = [
            ("opens_days_before", step.opens_days_before),
            ("closes_days_after", step.closes_days_after),
        ];
        if let Some((name, _)) = windows.iter().find(|(_, days)| *days > WINDOW_DAYS_MAX) {
            let expected = format!("expected at most {WINDOW_DAYS_MAX} days");
            return at(field(name), expected);
        }
        if steps
            .iter()
            .take(nth)
            .any(|earlier| earlier.key == step.key)
        {
            return at(
                field("key"),
                format!("`{}` is another's key already", step.key),
            );
        }
    }
    if !steps.is_sorted_by_key(|step| step.months) {
        let expected = "expected the earliest first".to_owned();
        return at("follow_ups".to_owned(), expected);
    }
    None
}

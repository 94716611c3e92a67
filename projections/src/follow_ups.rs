//! Follow-ups: what is due and what is overdue on a given day. The day comes with the question, so a
//! due date that passes moves the counts without any event.

use std::collections::BTreeMap;

use homeward_events::Family;
use homeward_events::id::{ActorId, JourneyId, ScheduleKey};
use homeward_events::time::Day;
use homeward_events::vocabulary::Channel;
use homeward_journey::{FollowUpState, Journey, Person, Stage};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use serde_with::skip_serializing_none;

use crate::caseload::{QueryError, filter};
use crate::cube::{Cube, cell_key};
use crate::dimension::Profile;
use crate::index::Index;
use crate::model::{Contributions, ReadModel, Table, TableError};
use crate::referrals::collect;

/// The read model.
pub static FOLLOW_UPS: ReadModel = ReadModel {
    name: "follow-ups",
    version: 2,
    reads: &[
        Family::Notice,
        Family::Reception,
        Family::FollowUp,
        Family::Departure,
        Family::Lifecycle,
        Family::Correction,
    ],
    contribute,
    index: Some(|| Index::Cube(Cube::new(DIMENSIONS))),
};

/// What follow-ups are counted by.
pub const DIMENSIONS: &[&str] = &["ledger", "site", "wave", "state", "due_on", "closes_on"];

/// State of a follow-up that can no longer take place, because the journey closed or the person died
/// or left: it is owed by nobody.
pub const LAPSED: &str = "lapsed";

/// A follow-up that is still to take place.
#[skip_serializing_none]
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Row {
    /// Its journey.
    pub journey: JourneyId,
    /// Its key within the journey.
    pub key: ScheduleKey,
    /// Ledger.
    pub ledger: String,
    /// Site that keeps the case.
    pub site: String,
    /// Which wave.
    pub wave: String,
    /// `scheduled`, or `missed` when it was tried in vain.
    pub state: String,
    /// Day on which it is due.
    pub due_on: Day,
    /// Last day on which it counts; overdue after it.
    pub closes_on: Day,
    /// Attempts in vain.
    pub attempts: u32,
    /// How, as planned.
    pub channel: Option<Channel>,
    /// Who does it, as planned.
    pub assigned_to: Option<ActorId>,
    /// The windows that it was moved out of, in order: due day and last day.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub moved: Vec<(Day, Day)>,
}

/// Whether follow-ups of this journey are still owed.
pub(crate) fn owed(journey: &Journey<'_>) -> bool {
    match journey.stage {
        Stage::Closed | Stage::Died | Stage::Departed | Stage::Cancelled | Stage::NotArrived => {
            false
        }
        Stage::Unknown
        | Stage::Expected
        | Stage::Received
        | Stage::Assessed
        | Stage::Planned
        | Stage::Referred
        | Stage::InService
        | Stage::ContactLost => true,
    }
}

fn contribute(person: &Person<'_>, out: &mut Contributions) {
    for journey in &person.journeys {
        let profile = Profile::of(journey);
        for (key, follow_up) in &journey.follow_ups {
            let open = match follow_up.state {
                FollowUpState::Scheduled | FollowUpState::Missed(_) => true,
                FollowUpState::Completed(_) | FollowUpState::Cancelled(_) => false,
            };
            let state = if open && !owed(journey) {
                LAPSED
            } else {
                follow_up.state.as_str()
            };
            out.count(cell_key(&[
                profile.ledger,
                profile.site,
                follow_up.wave.as_str(),
                state,
                &follow_up.due_on.to_string(),
                &follow_up.closes_on.to_string(),
            ]));
            if open && state != LAPSED {
                let row = Row {
                    journey: journey.id,
                    key: (*key).clone(),
                    ledger: profile.ledger.to_owned(),
                    site: profile.site.to_owned(),
                    wave: follow_up.wave.as_str().to_owned(),
                    state: state.to_owned(),
                    due_on: Day(follow_up.due_on),
                    closes_on: Day(follow_up.closes_on),
                    attempts: follow_up.attempts,
                    channel: follow_up.channel,
                    assigned_to: follow_up.assigned_to.cloned(),
                    moved: follow_up
                        .moved
                        .iter()
                        .map(|(due_on, closes_on)| (Day(*due_on), Day(*closes_on)))
                        .collect(),
                };
                out.row(
                    format!("open|{}|{}|{key}", follow_up.due_on, journey.id),
                    &row,
                );
            }
        }
    }
}

/// How follow-ups stand on a day.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Standing {
    /// Not due yet.
    pub upcoming: i64,
    /// Due, and within the window.
    pub due: i64,
    /// The window has closed without an answer.
    pub overdue: i64,
    /// Of those that are due or overdue, tried in vain.
    pub missed: i64,
    /// Took place.
    pub completed: i64,
    /// Cancelled.
    pub cancelled: i64,
    /// Owed by nobody any more.
    pub lapsed: i64,
}

impl Standing {
    fn add(&mut self, state: &str, due_on: &str, closes_on: &str, on: &str, count: i64) {
        // Dates of one form sort as texts.
        let place = match state {
            "completed" => &mut self.completed,
            "cancelled" => &mut self.cancelled,
            LAPSED => &mut self.lapsed,
            _ if closes_on < on => &mut self.overdue,
            _ if due_on <= on => &mut self.due,
            _ => &mut self.upcoming,
        };
        *place += count;
        if state == "missed" && due_on <= on {
            self.missed += count;
        }
    }
}

/// One group of a count.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Group {
    /// The values of the dimensions grouped by.
    pub values: Vec<String>,
    /// How its follow-ups stand.
    pub standing: Standing,
}

/// A count of follow-ups.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Answer {
    /// The reference day.
    pub on: Day,
    /// The dimensions grouped by.
    pub by: Vec<String>,
    /// Each group, in the order of the groups' values.
    pub groups: Vec<Group>,
    /// All groups together.
    pub all: Standing,
}

/// Counts follow-ups as they stand on a day.
///
/// # Errors
/// A dimension does not exist.
pub fn count(
    table: &dyn Table,
    only: &BTreeMap<String, Vec<String>>,
    by: &[String],
    on: Date,
) -> Result<Answer, QueryError> {
    let empty = Cube::new(DIMENSIONS);
    let cube = table.cube().unwrap_or(&empty);
    let filter = filter(cube, only)?;
    let mut wanted = by
        .iter()
        .map(|name| cube.dimension(name))
        .collect::<Result<Vec<_>, _>>()?;
    for name in ["state", "due_on", "closes_on"] {
        wanted.push(cube.dimension(name)?);
    }
    let day = on.to_string();
    let mut all = Standing::default();
    let mut groups: BTreeMap<Vec<String>, Standing> = BTreeMap::new();
    cube.visit(&filter, &wanted, |values, count| {
        let [group @ .., state, due_on, closes_on] = values else {
            return;
        };
        all.add(state, due_on, closes_on, &day, count);
        let key = group.iter().map(|value| (*value).to_owned()).collect();
        groups
            .entry(key)
            .or_default()
            .add(state, due_on, closes_on, &day, count);
    });
    let groups = groups
        .into_iter()
        .map(|(values, standing)| Group { values, standing })
        .collect();
    Ok(Answer {
        on: Day(on),
        by: by.to_vec(),
        groups,
        all,
    })
}

/// A page of follow-ups due on or before a day and still owed, the longest due first; only overdue
/// ones if asked for. `after` is the last row of the page before.
///
/// # Errors
/// The store cannot be read.
pub fn list_due(
    table: &dyn Table,
    ledgers: &[String],
    on: Date,
    overdue_only: bool,
    after: Option<&(Day, JourneyId, ScheduleKey)>,
    limit: usize,
) -> Result<Vec<Row>, TableError> {
    let from = after.map_or_else(
        || "open|".to_owned(),
        |(due_on, journey, key)| format!("open|{due_on}|{journey}|{key}\0"),
    );
    let mut rows = collect(table, &from, "open|", limit, |row: &Row| {
        (ledgers.is_empty() || ledgers.contains(&row.ledger))
            && row.due_on.0 <= on
            && (!overdue_only || row.closes_on.0 < on)
    })?;
    rows.truncate(limit);
    Ok(rows)
}

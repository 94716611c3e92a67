//! Plans: how many, where they stand with those who decide on them, and how far their goals have come,
//! by dimension and level. Plans and goals are two units, and both are told.

use std::collections::BTreeMap;

use homeward_events::Family;
use homeward_events::id::{ActorId, AgencyId, GoalId, JourneyId, PlanId, ProgrammeId};
use homeward_events::plan::GoalProgress;
use homeward_events::time::{Day, OccurredOn};
use homeward_events::vocabulary::{Dimension, Level};
use homeward_journey::{Goal, Journey, Person, Plan};
use serde::{Deserialize, Serialize};
use serde_with::skip_serializing_none;

use crate::caseload::{QueryError, filter};
use crate::cube::{Cube, cell_key};
use crate::dimension::{NOT_KNOWN, month};
use crate::index::Index;
use crate::model::{Contributions, ReadModel, Table, TableError, read_row};
use crate::referrals::collect;

/// The read model.
pub static PLANS: ReadModel = ReadModel {
    name: "plans",
    version: 1,
    reads: &[Family::Plan, Family::Correction],
    contribute,
    index: Some(|| Index::Cube(Cube::new(CELLS))),
};

/// What plans and goals are counted by. The last three are of goals.
pub const DIMENSIONS: &[&str] = &[
    "ledger",
    "agency",
    "programme",
    "agreed_month",
    "state",
    "dimension",
    "level",
    "progress",
];

/// The same, after what is counted: `plan` or `goal`.
const CELLS: &[&str] = &[
    "unit",
    "ledger",
    "agency",
    "programme",
    "agreed_month",
    "state",
    "dimension",
    "level",
    "progress",
];

/// Dimensions that plans do not have.
const OF_GOALS: [&str; 3] = ["dimension", "level", "progress"];

/// What the dimensions of goals say of a plan.
const NONE: &str = "none";

/// Keys of a journey's plans.
const OF: &str = "of|";
/// Keys of plans by where they stand, oldest first; the row itself lies under the journey.
const STATE: &str = "state|";

/// A plan in a list.
#[skip_serializing_none]
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Row {
    /// The plan.
    pub plan: PlanId,
    /// Its journey.
    pub journey: JourneyId,
    /// Ledger.
    pub ledger: String,
    /// The agency that agreed it.
    pub agency: AgencyId,
    /// Programme.
    pub programme: Option<ProgrammeId>,
    /// When it was agreed.
    pub agreed: OccurredOn,
    /// Where it stands: pending, approved, sent-back, rejected.
    pub state: String,
    /// When that was decided.
    pub decided: Option<OccurredOn>,
    /// By whom.
    pub approver: Option<ActorId>,
    /// How often it was reviewed.
    pub reviews: u32,
    /// When it was reviewed, last.
    pub reviewed: Option<OccurredOn>,
    /// Its goals, by id.
    pub goals: Vec<GoalRow>,
}

/// A goal of a plan.
#[skip_serializing_none]
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct GoalRow {
    /// The goal.
    pub id: GoalId,
    /// Dimension.
    pub dimension: Dimension,
    /// Level.
    pub level: Level,
    /// By when.
    pub due_on: Option<Day>,
    /// How far, as told last.
    pub progress: GoalProgress,
    /// When that was told.
    pub since: OccurredOn,
    /// What, in a few words.
    pub summary: Option<String>,
}

fn contribute(person: &Person<'_>, out: &mut Contributions) {
    for journey in &person.journeys {
        for (id, plan) in &journey.plans {
            let row = row(journey, *id, plan);
            let agreed_month = month(plan.on.day());
            let mut count = |unit: &str, [dimension, level, progress]: [&str; 3]| {
                out.count(cell_key(&[
                    unit,
                    &row.ledger,
                    row.agency.as_str(),
                    row.programme
                        .as_ref()
                        .map_or(NOT_KNOWN, ProgrammeId::as_str),
                    &agreed_month,
                    &row.state,
                    dimension,
                    level,
                    progress,
                ]));
            };
            count("plan", [NONE; 3]);
            for goal in &row.goals {
                let told = [
                    goal.dimension.as_str(),
                    goal.level.as_str(),
                    goal.progress.as_str(),
                ];
                count("goal", told);
            }
            let place = format!("{}|{}|{id}", plan.on.day(), journey.id);
            out.row(format!("{STATE}{}|{place}", row.state), &());
            out.row(format!("{OF}{}|{id}", journey.id), &row);
        }
    }
}

fn row(journey: &Journey<'_>, id: PlanId, plan: &Plan<'_>) -> Row {
    let goal = |(id, goal): (&&GoalId, &Goal<'_>)| GoalRow {
        id: GoalId::clone(id),
        dimension: goal.dimension,
        level: goal.level,
        due_on: goal.due_on.map(Day),
        progress: goal.progress,
        since: goal.since,
        summary: goal.summary.map(str::to_owned),
    };
    let ledger = journey.ledger.map_or(NOT_KNOWN, |ledger| ledger.as_str());
    Row {
        plan: id,
        journey: journey.id,
        ledger: ledger.to_owned(),
        agency: plan.agency.clone(),
        programme: plan.programme.cloned(),
        agreed: plan.on,
        state: plan.approval.as_str().to_owned(),
        decided: plan.decided.map(|(on, _)| on),
        approver: plan.decided.map(|(_, by)| by.clone()),
        reviews: plan.reviews,
        reviewed: plan.reviewed,
        goals: plan.goals.iter().map(goal).collect(),
    }
}

/// A count of plans and of their goals.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Answer {
    /// The dimensions grouped by.
    pub by: Vec<String>,
    /// Each group, in the order of its values.
    pub groups: Vec<Group>,
    /// Plans in all groups; only where nothing of goals is asked for, because a plan has several.
    pub plans: Option<i64>,
    /// Goals in all groups.
    pub goals: i64,
}

/// One group of a count.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Group {
    /// The values of the dimensions grouped by.
    pub values: Vec<String>,
    /// Plans; only where nothing of goals is asked for.
    pub plans: Option<i64>,
    /// Goals.
    pub goals: i64,
}

/// Counts plans and goals.
///
/// # Errors
/// A dimension does not exist.
pub fn count(
    table: &dyn Table,
    only: &BTreeMap<String, Vec<String>>,
    by: &[String],
) -> Result<Answer, QueryError> {
    let empty = Cube::new(CELLS);
    let cube = table.cube().unwrap_or(&empty);
    let unit = cube.dimension("unit")?;
    let wanted = by
        .iter()
        .map(|name| cube.dimension(name))
        .collect::<Result<Vec<_>, _>>()?;
    let restricted = only.iter().filter(|(_, values)| !values.is_empty());
    let asked = by.iter().chain(restricted.map(|(name, _)| name));
    let of_goals = asked
        .into_iter()
        .any(|name| OF_GOALS.contains(&name.as_str()));
    let sums = |of: &'static str| -> Result<BTreeMap<Vec<String>, i64>, QueryError> {
        Ok(cube.sums(&filter(cube, only)?.any_of(unit, [of]), &wanted))
    };
    let goals = sums("goal")?;
    let plans = if of_goals {
        BTreeMap::new()
    } else {
        sums("plan")?
    };
    let mut groups: BTreeMap<Vec<String>, Group> = BTreeMap::new();
    for values in plans.keys().chain(goals.keys()) {
        let group = || Group {
            values: values.clone(),
            plans: (!of_goals).then(|| plans.get(values).copied().unwrap_or_default()),
            goals: goals.get(values).copied().unwrap_or_default(),
        };
        groups.entry(values.clone()).or_insert_with(group);
    }
    Ok(Answer {
        by: by.to_vec(),
        groups: groups.into_values().collect(),
        plans: (!of_goals).then(|| plans.values().sum()),
        goals: goals.values().sum(),
    })
}

/// What a list of plans is restricted to.
#[derive(Debug, Clone, Default)]
pub struct ListQuery {
    /// Where they stand.
    pub state: String,
    /// Ledgers; empty means all.
    pub ledger: Vec<String>,
    /// The agency that agreed them.
    pub agency: Option<AgencyId>,
    /// The page begins after this row: its day, journey and plan.
    pub after: Option<(Day, JourneyId, PlanId)>,
}

/// A page of plans that stand somewhere, the oldest first.
///
/// # Errors
/// The store cannot be read.
pub fn list(table: &dyn Table, query: &ListQuery, limit: usize) -> Result<Vec<Row>, TableError> {
    let prefix = format!("{STATE}{}|", query.state);
    let from = query.after.as_ref().map_or_else(
        || prefix.clone(),
        |(day, journey, plan)| format!("{prefix}{day}|{journey}|{plan}\0"),
    );
    let (mut page, mut failed) = (Vec::new(), None);
    table.rows_from(&from, &mut |key, _| {
        if !key.starts_with(&prefix) || page.len() >= limit {
            return false;
        }
        match of_place(table, key.trim_start_matches(&prefix)) {
            Ok(Some(row)) if row.passes(query) => page.push(row),
            Ok(_) => {}
            Err(error) => failed = Some(error),
        }
        failed.is_none()
    })?;
    failed.map_or(Ok(page), Err)
}

/// The row at a place such as `2026-03-20|journey|plan`.
fn of_place(table: &dyn Table, place: &str) -> Result<Option<Row>, TableError> {
    let Some((_, of)) = place.split_once('|') else {
        return Ok(None);
    };
    let key = format!("{OF}{of}");
    let bytes = table.row(&key)?;
    bytes.map(|bytes| read_row(&key, &bytes)).transpose()
}

impl Row {
    fn passes(&self, query: &ListQuery) -> bool {
        (query.ledger.is_empty() || query.ledger.contains(&self.ledger))
            && query
                .agency
                .as_ref()
                .is_none_or(|agency| *agency == self.agency)
    }

    /// Where it stands in a list.
    pub fn place(&self) -> (Day, JourneyId, PlanId) {
        (Day(self.agreed.day()), self.journey, self.plan)
    }
}

/// Every plan of a journey, by id.
///
/// # Errors
/// The store cannot be read.
pub fn of_journey(table: &dyn Table, journey: JourneyId) -> Result<Vec<Row>, TableError> {
    let prefix = format!("{OF}{journey}|");
    collect(table, &prefix, &prefix, usize::MAX, |_: &Row| true)
}

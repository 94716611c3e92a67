//! `GET /v1/recidivism`: time to first failure, by a definition that every answer names.

use std::collections::BTreeMap;

use axum::Json;
use axum::extract::{Query, State};
use homeward_events::time::Day;
use homeward_projections::recidivism::{self, Unit};
use serde::Serialize;
use utoipa::ToSchema;

use crate::asked::{AsOfFooter, Asked, read, view};
use crate::gate::{Gate, Reading};
use crate::problem::Problem;

/// Most times at which a curve is read in one answer.
const TIMES_MAX: usize = 400;

/// Time to first failure.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Recidivism {
    /// Definition and version.
    definition: String,
    /// What it says.
    definition_text: String,
    /// The reference day: nothing later is known to this answer.
    #[schema(value_type = String, format = Date)]
    on: Day,
    /// Unit of `time`.
    unit: &'static str,
    /// Persons at the start.
    persons: i64,
    /// Persons by how their time under observation ended.
    ends: BTreeMap<String, i64>,
    /// The Kaplan-Meier curve at the times asked for.
    curve: Vec<CurvePoint>,
    /// Fixed windows in calendar months.
    windows: Vec<WindowCounts>,
    as_of: AsOfFooter,
}

/// The curve at one time.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct CurvePoint {
    /// Units after origin.
    time: i64,
    /// Still observed and free of failure just before it.
    at_risk: u64,
    /// Failures up to and including it.
    failed: u64,
    /// Share free of failure (Kaplan-Meier).
    survival: f64,
    /// Standard error (Greenwood).
    standard_error: f64,
    /// Lower bound of the 95 % interval (log-log).
    lower: Option<f64>,
    /// Upper bound.
    upper: Option<f64>,
}

/// A fixed window; "not yet" is never counted as "no".
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct WindowCounts {
    /// Calendar months after origin.
    months: i32,
    /// Failed within it.
    failed: i64,
    /// Observed to its end without failing.
    not_failed: i64,
    /// Died, re-migrated or were removed again within it.
    competing: i64,
    /// Censored within it.
    censored: i64,
    /// Still open, and the window ends after the reference day.
    not_yet: i64,
}

/// Read time to first failure: persons, how their observation ended, the survival curve with its
/// interval, and fixed windows with three values.
#[utoipa::path(
    get, path = "/v1/recidivism", tag = "read models",
    params(
        ("unit" = Option<String>, Query, description = "day (default) or week"),
        ("at" = Option<Vec<i64>>, Query, description = "times at which the curve is read, in units after origin; repeat"),
        ("day" = Option<String>, Query, description = "reference day, today in UTC when absent"),
        ("origin_from" = Option<String>, Query, description = "cohort: first day of origin"),
        ("origin_to" = Option<String>, Query, description = "cohort: last day of origin"),
        ("ledger" = Option<Vec<String>>, Query, description = "only these ledgers; site, return_type, sex, age_band, grounds and programme likewise"),
        ("at_least" = Option<Vec<String>>, Query, description = "wait until the answer knows ledger:sequence"),
    ),
    responses((status = 200, body = Recidivism), (status = "4XX", body = Problem), (status = 503, body = Problem)),
    security(("key" = []))
)]
pub(crate) async fn answer(
    State(gate): State<Gate>,
    Reading(key): Reading,
    Query(pairs): Query<Vec<(String, String)>>,
) -> Result<Json<Recidivism>, Problem> {
    let mut asked = Asked::new(pairs);
    let view = view(&gate, "recidivism", &mut asked).await?;
    let (unit, unit_name) = match asked.one::<String>("unit")?.as_deref() {
        None | Some("day") => (Unit::Day, "day"),
        Some("week") => (Unit::Week, "week"),
        Some(_) => return Err(Problem::parameter("unit", "expected day or week")),
    };
    let times: Result<Vec<i64>, Problem> = asked
        .all("at")
        .iter()
        .map(|text| {
            text.parse()
                .map_err(|error| Problem::parameter("at", error))
        })
        .collect();
    let at = times?;
    if at.len() > TIMES_MAX {
        return Err(Problem::parameter(
            "at",
            format!("at most {TIMES_MAX} times"),
        ));
    }
    let query = recidivism::Query {
        origin_from: asked.one::<Day>("origin_from")?.map(|day| day.0),
        origin_to: asked.one::<Day>("origin_to")?.map(|day| day.0),
        on: asked.day()?,
        unit,
        at,
        only: asked.only(&key, recidivism::DIMENSIONS)?,
    };
    let (answer, as_of) = read(&view, |table| recidivism::answer(table, &query))?;
    Ok(Json(Recidivism {
        definition: answer.definition.to_owned(),
        definition_text: answer.definition_text.to_owned(),
        on: answer.on,
        unit: unit_name,
        persons: answer.persons,
        ends: answer
            .ends
            .into_iter()
            .map(|(end, count)| (end.to_owned(), count))
            .collect(),
        curve: answer.at.into_iter().map(Into::into).collect(),
        windows: answer.windows.into_iter().map(Into::into).collect(),
        as_of,
    }))
}

impl From<recidivism::Reading> for CurvePoint {
    fn from(reading: recidivism::Reading) -> Self {
        Self {
            time: reading.time,
            at_risk: reading.at_risk,
            failed: reading.failed,
            survival: reading.survival,
            standard_error: reading.standard_error,
            lower: reading.interval.map(|(lower, _)| lower),
            upper: reading.interval.map(|(_, upper)| upper),
        }
    }
}

impl From<recidivism::Window> for WindowCounts {
    fn from(window: recidivism::Window) -> Self {
        let recidivism::Window {
            months,
            failed,
            not_failed,
            competing,
            censored,
            not_yet,
        } = window;
        Self {
            months,
            failed,
            not_failed,
            competing,
            censored,
            not_yet,
        }
    }
}

//! `GET /v1/outcomes`: scores by wave and dimension; livelihood, housing and schooling.

use std::collections::BTreeMap;

use axum::Json;
use axum::extract::{Query, State};
use homeward_events::time::Day;
use homeward_projections::outcomes;
use serde::Serialize;
use utoipa::ToSchema;

use crate::asked::{AsOfFooter, Asked, read, view};
use crate::gate::{Gate, Reading};
use crate::problem::Problem;

/// Outcomes as of a reference day.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Outcomes {
    /// The reference day.
    #[schema(value_type = String, format = Date)]
    on: Day,
    /// The dimensions grouped by besides.
    by: Vec<String>,
    /// Scores by instrument, dimension and wave.
    scores: Vec<Scores>,
    /// Livelihood, housing and schooling, so many months after reception.
    spells: Vec<Spells>,
    as_of: AsOfFooter,
}

/// Scores of one instrument, dimension and wave.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Scores {
    /// Instrument and version.
    instrument: String,
    /// Dimension, or `overall`.
    dimension: String,
    /// Wave.
    wave: String,
    /// The values of the dimensions grouped by besides.
    values: Vec<String>,
    /// Persons with a score.
    persons: i64,
    /// Mean score from 0 to 1.
    mean: Option<f64>,
}

/// How a part of life stood so many months after reception.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Spells {
    /// `livelihood`, `housing` or `schooling`.
    area: String,
    /// Calendar months after reception.
    months: i32,
    /// The values of the dimensions grouped by besides.
    values: Vec<String>,
    /// Journeys whose mark has come and who were still observed.
    observed: i64,
    /// Of them, within a spell.
    in_spell: i64,
    /// Share of those observed that were within a spell.
    share: Option<f64>,
    /// The same by kind of spell.
    kinds: BTreeMap<String, i64>,
    /// Journeys whose mark has come, no longer observed.
    not_observed: i64,
    /// Journeys whose mark has not come.
    not_yet: i64,
}

/// Read outcomes: mean scores with how many persons stand behind them, and shares in housing, work
/// and schooling at 3, 6 and 12 months with who is missing.
#[utoipa::path(
    get, path = "/v1/outcomes", tag = "read models",
    params(
        ("by" = Option<Vec<String>>, Query, description = "dimension to group by besides: ledger, return_type, sex"),
        ("day" = Option<String>, Query, description = "reference day, today in UTC when absent"),
        ("ledger" = Option<Vec<String>>, Query, description = "only these ledgers; return_type and sex likewise"),
        ("at_least" = Option<Vec<String>>, Query, description = "wait until the answer knows ledger:sequence"),
    ),
    responses((status = 200, body = Outcomes), (status = "4XX", body = Problem), (status = 503, body = Problem)),
    security(("key" = []))
)]
pub(crate) async fn answer(
    State(gate): State<Gate>,
    Reading(key): Reading,
    Query(pairs): Query<Vec<(String, String)>>,
) -> Result<Json<Outcomes>, Problem> {
    const DIMENSIONS: [&str; 3] = ["ledger", "return_type", "sex"];
    let mut asked = Asked::new(pairs);
    let view = view(&gate, "outcomes", &mut asked).await?;
    let (by, on) = (asked.all("by"), asked.day()?);
    if let Some(other) = by.iter().find(|name| !DIMENSIONS.contains(&name.as_str())) {
        let detail = format!(
            "no dimension `{other}` here; there are {}",
            DIMENSIONS.join(", ")
        );
        return Err(Problem::parameter("by", detail));
    }
    let only = asked.only(&key, &DIMENSIONS)?;
    let ((scores, spells), as_of) = read(&view, |table| {
        let scores = outcomes::score_groups(table, &only, &by)?;
        outcomes::spell_groups(table, &only, &by, on).map(|spells| (scores, spells))
    })?;
    Ok(Json(Outcomes {
        on: Day(on),
        by,
        scores: scores.into_iter().map(Into::into).collect(),
        spells: spells.into_iter().map(Into::into).collect(),
        as_of,
    }))
}

/// A share of counts; `None` of nothing.
fn share(part: i64, whole: i64) -> Option<f64> {
    #[expect(
        clippy::cast_precision_loss,
        clippy::as_conversions,
        reason = "far below 2^52"
    )]
    let real = |count: i64| count as f64;
    (whole > 0).then(|| real(part) / real(whole))
}

impl From<outcomes::ScoreGroup> for Scores {
    fn from(group: outcomes::ScoreGroup) -> Self {
        Self {
            mean: share(group.sum, group.persons * 10_000),
            instrument: group.instrument,
            dimension: group.dimension,
            wave: group.wave,
            values: group.values,
            persons: group.persons,
        }
    }
}

impl From<outcomes::SpellGroup> for Spells {
    fn from(group: outcomes::SpellGroup) -> Self {
        Self {
            share: share(group.in_spell, group.observed),
            area: group.area,
            months: group.months,
            values: group.values,
            observed: group.observed,
            in_spell: group.in_spell,
            kinds: group.kinds,
            not_observed: group.not_observed,
            not_yet: group.not_yet,
        }
    }
}

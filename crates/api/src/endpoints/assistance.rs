//! `GET /v1/assistance`: what was given, worth how much, to how many different persons.

use std::sync::Arc;

use axum::Json;
use axum::extract::{Query, State};
use homeward_projections::assistance;
use homeward_projections::caseload::QueryError;
use homeward_projections::five_w::Month;
use serde::Serialize;
use utoipa::ToSchema;

use crate::answer::{Answer, view};
use crate::asked::Asked;
use crate::gate::{Gate, Reading};
use crate::kept::read_kept;
use crate::problem::Problem;

/// Deliveries, different persons, and money by currency: three units, and none of them is another.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct AssistanceAnswer {
    /// The dimensions grouped by.
    by: Vec<String>,
    /// Each group, in the order of its values: persons of several groups must not be added up.
    groups: Vec<AssistanceGroup>,
    /// Everything.
    all: AssistanceFigures,
}

/// One group.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct AssistanceGroup {
    /// The values of the dimensions grouped by.
    values: Vec<String>,
    #[serde(flatten)]
    figures: AssistanceFigures,
}

/// What was given. What was undone is not counted.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct AssistanceFigures {
    /// Deliveries.
    deliveries: i64,
    /// Different persons that they reached, each once.
    persons: i64,
    /// What they were worth, one sum for each currency.
    worth: Vec<Worth>,
    /// Deliveries whose worth is not known.
    without_worth: i64,
}

/// An exact sum in one currency.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Worth {
    /// ISO 4217 code.
    currency: String,
    /// The sum, a decimal with two places.
    amount: String,
}

impl From<assistance::Figures> for AssistanceFigures {
    fn from(figures: assistance::Figures) -> Self {
        let worth = |sum: assistance::Sum| Worth {
            currency: sum.currency,
            amount: sum.amount,
        };
        Self {
            deliveries: figures.deliveries,
            persons: figures.persons,
            worth: figures.worth.into_iter().map(worth).collect(),
            without_worth: figures.without_worth,
        }
    }
}

/// Read what was given: deliveries, different persons, and exact sums of money by currency.
#[utoipa::path(
    get, path = "/v1/assistance", tag = "read models",
    params(
        ("from" = Option<String>, Query, description = "first month, 2026-01; from the beginning when absent"),
        ("to" = Option<String>, Query, description = "last month, included; to the end when absent"),
        ("by" = Option<Vec<String>>, Query, description = "dimension to group by; repeat for several: agency, kind, mode, programme, month, currency, confirmation (none, in-use, ...), ledger, site, area, group, return_type, grounds, sex, age_band"),
        ("ledger" = Option<Vec<String>>, Query, description = "only these ledgers; every other dimension is restricted in the same way by its name"),
        ("known" = Option<Vec<String>>, Query, description = "up to where the log is known: head, ledger:sequence (repeat for several ledgers), a time in UTC before which it was stored, or cut:name"),
        ("at_least" = Option<Vec<String>>, Query, description = "wait until the answer knows ledger:sequence"),
    ),
    responses((status = 200, body = Answer<AssistanceAnswer>), (status = "4XX", body = Problem), (status = 503, body = Problem)),
    security(("key" = []))
)]
pub(crate) async fn answer(
    State(gate): State<Gate>,
    Reading(key): Reading,
    Query(pairs): Query<Vec<(String, String)>>,
) -> Result<Json<Answer<Arc<AssistanceAnswer>>>, Problem> {
    let mut asked = Asked::new(pairs);
    let view = view(&gate, "assistance", &mut asked).await?;
    let (from, to) = (asked.one::<Month>("from")?, asked.one::<Month>("to")?);
    if let (Some(from), Some(to)) = (from, to)
        && to < from
    {
        return Err(Problem::parameter("to", format!("{to} is before {from}")));
    }
    let by = asked.all("by");
    let only = asked.only(&key, assistance::DIMENSIONS)?;
    let query = assistance::Query { only, by, from, to };
    let (told, as_of) = read_kept(&gate, &view, &query, |table| {
        let answer = assistance::answer(table, &query)?;
        let group = |group: assistance::Group| AssistanceGroup {
            values: group.values,
            figures: group.figures.into(),
        };
        Ok::<_, QueryError>(AssistanceAnswer {
            by: answer.by,
            groups: answer.groups.into_iter().map(group).collect(),
            all: answer.all.into(),
        })
    })?;
    asked.answer(as_of, told)
}

//! `GET /v1/outcomes`: scores, change between waves with who is missing, livelihood, housing and
//! schooling.

use std::collections::BTreeMap;

use std::sync::Arc;

use axum::Json;
use axum::extract::{Query, State};
use homeward_events::time::Day;
use homeward_projections::caseload::QueryError;
use homeward_projections::outcomes;
use serde::Serialize;
use utoipa::ToSchema;

use crate::answer::{Answer, view};
use crate::asked::Asked;
use crate::gate::{Gate, Reading};
use crate::kept::read_kept;
use crate::problem::Problem;

/// Outcomes as of a reference day.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Outcomes {
    /// The reference day: nothing later is known.
    #[schema(value_type = String, format = Date)]
    pub(crate) on: Day,
    /// The dimensions grouped by.
    pub(crate) by: Vec<String>,
    /// Journeys that the figures are of.
    pub(crate) journeys: i64,
    /// Different persons among them.
    pub(crate) persons: i64,
    /// The instruments, each with what must be said wherever one of its figures is shown.
    pub(crate) instruments: Vec<InstrumentLabel>,
    /// Scores by instrument, dimension and wave.
    pub(crate) scores: Vec<Scores>,
    /// Paired change from the baseline to each later wave of the same version of an instrument.
    pub(crate) changes: Vec<Changes>,
    /// How many of the received were asked at each wave, with any instrument.
    pub(crate) responses: Vec<Responses>,
    /// Livelihood, housing and schooling, so many months after reception.
    pub(crate) spells: Vec<Spells>,
}

/// An instrument that figures are of.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct InstrumentLabel {
    /// Instrument and version.
    pub(crate) name: String,
    /// What must be said wherever one of its figures is shown.
    pub(crate) label: String,
    /// SHA-256 of its file; absent where it is not known here.
    pub(crate) digest: Option<String>,
}

/// Scores of one instrument, dimension and wave.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Scores {
    /// Instrument and version.
    pub(crate) instrument: String,
    /// Dimension, or `overall`.
    pub(crate) dimension: String,
    /// Wave.
    pub(crate) wave: String,
    /// The values of the dimensions grouped by.
    pub(crate) values: Vec<String>,
    /// Journeys with a score.
    pub(crate) journeys: i64,
    /// Different persons among them.
    pub(crate) persons: i64,
    /// Mean score from 0 to 1.
    pub(crate) mean: Option<f64>,
    /// Journeys by band of the instrument.
    pub(crate) bands: BTreeMap<String, i64>,
    /// Items answered in these assessments, of all dimensions.
    pub(crate) items_answered: u32,
    /// Items that persons would rather not answer.
    pub(crate) items_refused: u32,
    /// Items that were asked, and nobody knows.
    pub(crate) items_not_known: u32,
    /// Items that were not asked.
    pub(crate) items_not_asked: u32,
}

/// Paired change between two waves, and who is missing. `expected` is `responded`, `unscored`,
/// `not_comparable` and `missing` together; with `not_observed` and `not_yet` it is `baseline`,
/// where the wave has a day on which it is due.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Changes {
    /// Instrument and version.
    pub(crate) instrument: String,
    /// Dimension, or `overall`.
    pub(crate) dimension: String,
    /// The earlier wave.
    pub(crate) wave_from: String,
    /// The later wave.
    pub(crate) wave_to: String,
    /// The values of the dimensions grouped by.
    pub(crate) values: Vec<String>,
    /// Journeys with a score at the earlier wave.
    pub(crate) baseline: i64,
    /// Journeys with a score at both.
    pub(crate) paired: i64,
    /// Mean score of the pairs at the earlier wave.
    pub(crate) mean_from: Option<f64>,
    /// Mean score of the pairs at the later wave.
    pub(crate) mean_to: Option<f64>,
    /// Mean change of the pairs.
    pub(crate) mean_change: Option<f64>,
    /// Its standard error.
    pub(crate) standard_error: Option<f64>,
    /// Lower end of its 95 % interval.
    pub(crate) lower: Option<f64>,
    /// Upper end of its 95 % interval.
    pub(crate) upper: Option<f64>,
    /// Journeys that should have been asked at the later wave.
    pub(crate) expected: i64,
    /// Of them, with a score there.
    pub(crate) responded: i64,
    /// Of those expected, the share with a score.
    pub(crate) response_rate: Option<f64>,
    /// Of them, asked, with too few answers for a score.
    pub(crate) unscored: i64,
    /// Of them, asked with another version of the instrument only: not comparable.
    pub(crate) not_comparable: i64,
    /// Of them, not asked.
    pub(crate) missing: i64,
    /// Journeys out of sight when the wave was due.
    pub(crate) not_observed: i64,
    /// Journeys whose wave is not due yet.
    pub(crate) not_yet: i64,
}

/// How many were asked at a wave.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Responses {
    /// Wave.
    pub(crate) wave: String,
    /// The values of the dimensions grouped by.
    pub(crate) values: Vec<String>,
    /// Received journeys that should have been asked.
    pub(crate) expected: i64,
    /// Of them, asked.
    pub(crate) responded: i64,
    /// Of those expected, the share that was asked.
    pub(crate) response_rate: Option<f64>,
    /// Of them, not asked.
    pub(crate) missing: i64,
    /// Journeys out of sight when the wave was due.
    pub(crate) not_observed: i64,
    /// Journeys whose wave is not due yet.
    pub(crate) not_yet: i64,
}

/// How a part of life stood so many months after reception.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Spells {
    /// `livelihood`, `housing` or `schooling`.
    pub(crate) area: String,
    /// Calendar months after reception.
    pub(crate) months: i32,
    /// The values of the dimensions grouped by.
    pub(crate) values: Vec<String>,
    /// Journeys whose mark has come and who were still observed.
    pub(crate) observed: i64,
    /// Of them, within a spell.
    pub(crate) in_spell: i64,
    /// Share of those observed that were within a spell.
    pub(crate) share: Option<f64>,
    /// The same by kind of spell.
    pub(crate) kinds: BTreeMap<String, i64>,
    /// Share of the days up to the mark, of those observed, that lay within a spell.
    pub(crate) share_of_days: Option<f64>,
    /// Journeys whose mark has come, no longer observed.
    pub(crate) not_observed: i64,
    /// Journeys whose mark has not come.
    pub(crate) not_yet: i64,
}

/// Read outcomes: mean scores, paired change with interval, response rate and who is missing, and
/// shares in housing, work and schooling at 3, 6 and 12 months. The unit is the journey; different
/// persons stand beside it.
#[utoipa::path(
    get, path = "/v1/outcomes", tag = "read models",
    params(
        ("by" = Option<Vec<String>>, Query, description = "dimension to group by; repeat for several: ledger, site, area, programme, return_type, grounds, group, sex, age_band, delivery"),
        ("day" = Option<String>, Query, description = "reference day, today in UTC when absent"),
        ("language" = Option<String>, Query, description = "language of labels, en when absent"),
        ("ledger" = Option<Vec<String>>, Query, description = "only these ledgers; every other dimension is restricted in the same way by its name"),
        ("known" = Option<Vec<String>>, Query, description = "up to where the log is known: head, ledger:sequence (repeat for several ledgers), a time in UTC before which it was stored, or cut:name"),
        ("at_least" = Option<Vec<String>>, Query, description = "wait until the answer knows ledger:sequence"),
    ),
    responses((status = 200, body = Answer<Outcomes>), (status = "4XX", body = Problem), (status = 503, body = Problem)),
    security(("key" = []))
)]
pub(crate) async fn answer(
    State(gate): State<Gate>,
    Reading(key): Reading,
    Query(pairs): Query<Vec<(String, String)>>,
) -> Result<Json<Answer<Arc<Outcomes>>>, Problem> {
    let mut asked = Asked::new(pairs);
    let view = view(&gate, "outcomes", &mut asked).await?;
    let (by, on, language) = (asked.all("by"), asked.day()?, asked.one("language")?);
    let query = outcomes::Query {
        only: asked.only(&key, outcomes::DIMENSIONS)?,
        by,
        on,
        language: language.unwrap_or_else(|| "en".to_owned()),
    };
    let (told, as_of) = read_kept(&gate, &view, &query, |table| {
        let answer = outcomes::answer(table, &query, &gate.instruments)?;
        Ok::<_, QueryError>(Outcomes {
            on: answer.on,
            by: answer.by,
            journeys: answer.journeys,
            persons: answer.persons,
            instruments: answer.instruments.into_iter().map(Into::into).collect(),
            scores: answer.scores.into_iter().map(Into::into).collect(),
            changes: answer.changes.into_iter().map(Into::into).collect(),
            responses: answer.responses.into_iter().map(Into::into).collect(),
            spells: answer.spells.into_iter().map(Into::into).collect(),
        })
    })?;
    let as_of = told.instruments.iter().fold(as_of, |as_of, named| {
        as_of.by(&named.name, named.digest.clone())
    });
    asked.answer(as_of, told)
}

impl From<outcomes::Named> for InstrumentLabel {
    fn from(named: outcomes::Named) -> Self {
        Self {
            name: named.name,
            label: named.label,
            digest: named.digest,
        }
    }
}

impl From<outcomes::ScoreGroup> for Scores {
    fn from(group: outcomes::ScoreGroup) -> Self {
        Self {
            mean: group.mean(),
            instrument: group.instrument,
            dimension: group.dimension.as_str().to_owned(),
            wave: group.wave.to_string(),
            values: group.values,
            journeys: group.journeys,
            persons: group.persons,
            bands: group.bands,
            items_answered: group.items.answered,
            items_refused: group.items.refused,
            items_not_known: group.items.not_known,
            items_not_asked: group.items.not_asked,
        }
    }
}

impl From<outcomes::ChangeGroup> for Changes {
    fn from(group: outcomes::ChangeGroup) -> Self {
        Self {
            response_rate: group.response_rate(),
            instrument: group.instrument,
            dimension: group.dimension.as_str().to_owned(),
            wave_from: group.wave_from.to_string(),
            wave_to: group.wave_to.to_string(),
            values: group.values,
            baseline: group.baseline,
            paired: group.paired,
            mean_from: group.mean_from,
            mean_to: group.mean_to,
            mean_change: group.mean_change,
            standard_error: group.standard_error,
            lower: group.lower,
            upper: group.upper,
            expected: group.expected,
            responded: group.responded,
            unscored: group.unscored,
            not_comparable: group.not_comparable,
            missing: group.missing,
            not_observed: group.not_observed,
            not_yet: group.not_yet,
        }
    }
}

impl From<outcomes::ResponseGroup> for Responses {
    fn from(group: outcomes::ResponseGroup) -> Self {
        Self {
            response_rate: group.response_rate(),
            wave: group.wave.to_string(),
            values: group.values,
            expected: group.expected,
            responded: group.responded,
            missing: group.missing,
            not_observed: group.not_observed,
            not_yet: group.not_yet,
        }
    }
}

impl From<outcomes::SpellGroup> for Spells {
    fn from(group: outcomes::SpellGroup) -> Self {
        Self {
            share: group.share(),
            share_of_days: group.share_of_days(),
            area: group.area.as_str().to_owned(),
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

//! `GET /v1/instruments`: which instruments are known here.

use std::collections::BTreeMap;

use axum::Json;
use axum::extract::{Query, State};
use homeward_projections::instrument::Instrument;
use serde::Serialize;
use utoipa::ToSchema;

use crate::asked::Asked;
use crate::gate::{Gate, Reading};
use crate::problem::Problem;

/// Instruments that are known here, by id and version.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct InstrumentList {
    /// Each version of each.
    instruments: Vec<KnownInstrument>,
}

/// One version of an instrument.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct KnownInstrument {
    /// `example-sustainability@1`.
    name: String,
    /// What it is called, by language.
    title: BTreeMap<String, String>,
    /// What must be said wherever one of its figures is shown, by language.
    label: BTreeMap<String, String>,
    /// Where it comes from.
    source: String,
    /// Its dimensions, with how many items each has.
    dimensions: BTreeMap<String, usize>,
    /// SHA-256 of its file.
    digest: String,
    /// Its file: items, options, scores, weights, missing rule and bands.
    text: String,
}

/// List the instruments that scores are held against and labelled by: those that ship and the office's
/// own.
#[utoipa::path(
    get, path = "/v1/instruments", tag = "read models",
    responses((status = 200, body = InstrumentList), (status = "4XX", body = Problem)),
    security(("key" = []))
)]
pub(crate) async fn list(
    State(gate): State<Gate>,
    Reading(_key): Reading,
    Query(pairs): Query<Vec<(String, String)>>,
) -> Result<Json<InstrumentList>, Problem> {
    Asked::new(pairs).done(&[])?;
    let instruments = gate.instruments.all().map(Into::into).collect();
    Ok(Json(InstrumentList { instruments }))
}

impl From<&Instrument> for KnownInstrument {
    fn from(known: &Instrument) -> Self {
        let items = |dimension| known.items.iter().filter(move |i| i.dimension == dimension);
        let dimensions = known.dimensions.iter().map(|part| part.dimension);
        Self {
            name: known.name(),
            title: known.title.all().clone(),
            label: known.label.all().clone(),
            source: known.source.clone(),
            dimensions: dimensions
                .map(|dimension| (dimension.to_string(), items(dimension).count()))
                .collect(),
            digest: known.digest.clone(),
            text: known.text.clone(),
        }
    }
}

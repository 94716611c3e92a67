//! `GET /v1/definitions`: what figures about returns count, and the files that say so.

use axum::Json;
use axum::extract::{Query, State};
use homeward_events::time::Day;
use homeward_projections::definition::{Definition, Language};
use serde::Serialize;
use utoipa::ToSchema;

use crate::asked::Asked;
use crate::gate::{Gate, Reading};
use crate::problem::Problem;

/// The definitions at hand.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct DefinitionList {
    pub(crate) definitions: Vec<DefinitionTold>,
}

/// One definition.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct DefinitionTold {
    /// Its id; `/v1/recidivism?definition=` takes it, or the name.
    pub(crate) id: String,
    /// Its version.
    version: u16,
    /// Id and version.
    pub(crate) name: String,
    /// What it is about.
    pub(crate) title: String,
    /// Where its rules come from.
    pub(crate) source: String,
    /// What it counts, made from its fields.
    pub(crate) sentence: String,
    /// First day on which it is in force.
    #[schema(value_type = String, format = Date)]
    pub(crate) effective_from: Day,
    /// Last day, if it is no longer.
    #[schema(value_type = Option<String>, format = Date)]
    effective_to: Option<Day>,
    /// SHA-256 of its file.
    pub(crate) digest: String,
    /// The file, TOML.
    file: String,
}

impl DefinitionTold {
    fn of(definition: &Definition, language: Language) -> Self {
        let terms = definition.terms();
        Self {
            id: terms.id.clone(),
            version: terms.version,
            name: definition.name(),
            title: terms.title.clone(),
            source: terms.source.clone(),
            sentence: definition.sentence(language),
            effective_from: terms.effective_from,
            effective_to: terms.effective_to,
            digest: definition.digest().to_owned(),
            file: definition.text().to_owned(),
        }
    }
}

/// List the definitions of returns to offending or to the road: what they count, in a sentence made
/// from their fields, and the files themselves.
#[utoipa::path(
    get, path = "/v1/definitions", tag = "read models",
    params(
        ("lang" = Option<String>, Query, description = "language of the sentences: en (default), es, fr, pt, ht"),
    ),
    responses((status = 200, body = DefinitionList), (status = "4XX", body = Problem)),
    security(("key" = []))
)]
pub(crate) async fn list(
    State(gate): State<Gate>,
    Reading(_key): Reading,
    Query(pairs): Query<Vec<(String, String)>>,
) -> Result<Json<DefinitionList>, Problem> {
    let mut asked = Asked::new(pairs);
    let language = asked.one("lang")?.unwrap_or_default();
    asked.done(&[])?;
    let told = |definition: &std::sync::Arc<Definition>| DefinitionTold::of(definition, language);
    Ok(Json(DefinitionList {
        definitions: gate.definitions.iter().map(told).collect(),
    }))
}

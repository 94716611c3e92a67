//! What becomes of people after an origin, as sheets.

use std::sync::Arc;

use super::{AskError, Loaded, Question, Told};
use crate::definition::Definition;
use crate::definition::shelf::{DEFAULT, Definitions};
use crate::model::Table;
use crate::recidivism::{self, Query};

/// The sheet that people mean: who was at risk when, and the share free of failure.
const SURVIVAL: &str = "survival";

pub(super) fn told(
    table: &dyn Table,
    question: &Question,
    _: Loaded<'_>,
) -> Result<Told, AskError> {
    let definition = definition(question).ok_or(AskError::WhichDefinition)?;
    let query = Query {
        only: question.only.clone(),
        ..question.returns.clone()
    };
    let answer = recidivism::answer(table, &definition, &query)?;
    let mut sheets = answer.sheets();
    sheets.sort_by_key(|sheet| sheet.name != SURVIVAL);
    Ok(Told {
        answer: serde_json::to_value(&answer)?,
        sheets,
    })
}

/// The definition that is asked for; the usual one unless another is named.
pub(super) fn definition(question: &Question) -> Option<Arc<Definition>> {
    let usual = || Definitions::shipped().get(DEFAULT).cloned();
    question.definition.clone().or_else(usual)
}

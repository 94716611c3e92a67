//! A figure by a definition, as cells: what became of persons, as known on a day.

use std::collections::BTreeMap;
use std::sync::Arc;

use homeward_journey::Person;
use jiff::civil::Date;

use crate::cube::{NoSuchDimension, cell_key};
use crate::definition::{Definition, Outcome, StopKind};
use crate::explain::figure::Conditions;
use crate::histories::{self, Dimension};
use crate::model::Contributions;

/// Persons by what became of them under a definition.
#[derive(Debug, Clone)]
pub struct Returns {
    definition: Arc<Definition>,
    on: Date,
    conditions: Conditions,
}

impl Returns {
    /// What its cells are counted by. `role` is `failed`, `competing`, `censored`, `complete`, `open`
    /// or `not-mature`; `end` the cause of failure or the kind of end; `ended_on` empty where nothing
    /// has ended.
    pub const DIMENSIONS: &'static [&'static str] = &[
        "ledger",
        "site",
        "return_type",
        "sex",
        "age_band",
        "grounds",
        "programme",
        "origin_on",
        "role",
        "end",
        "ended_on",
    ];

    /// Persons under a definition as known on a day, those whom some conditions let through.
    ///
    /// # Errors
    /// There is no such dimension.
    pub fn new(
        definition: Arc<Definition>,
        on: Date,
        only: &BTreeMap<String, Vec<String>>,
    ) -> Result<Self, NoSuchDimension> {
        let conditions = Conditions::over(Self::DIMENSIONS, only)?;
        Ok(Self {
            definition,
            on,
            conditions,
        })
    }

    pub(super) fn add(&self, person: &Person<'_>, sum: &mut Contributions) {
        let Some(history) = histories::history(person) else {
            return;
        };
        for outcome in self.definition.evaluate(&history, self.on) {
            let cell = self.cell(&outcome);
            if self.conditions.pass(&cell) {
                sum.count(cell);
            }
        }
    }

    fn cell(&self, outcome: &Outcome<'_>) -> String {
        let value = |dimension: &Dimension| outcome.past.value(outcome.arrival, dimension);
        let cause = outcome
            .failed()
            .map(|failed| self.definition.causes().get(usize::from(failed.cause)));
        let (role, end, has_ended) = match (cause, outcome.stop.kind) {
            _ if !outcome.mature => ("not-mature", "", false),
            (Some(cause), _) => ("failed", cause.map_or("", String::as_str), true),
            (None, StopKind::Competed(kind)) => ("competing", kind.as_str(), true),
            (None, StopKind::Censored(kind)) => ("censored", kind.as_str(), true),
            (None, StopKind::Complete) => ("complete", "", true),
            (None, StopKind::Open) => ("open", "", false),
        };
        let ended_on = has_ended.then(|| outcome.ended().to_string());
        cell_key(&[
            &value(&Dimension::Ledger),
            &value(&Dimension::Site),
            &value(&Dimension::ReturnType),
            &value(&Dimension::Sex),
            &value(&Dimension::AgeBand),
            &value(&Dimension::Grounds),
            &value(&Dimension::Programme),
            &outcome.origin.to_string(),
            role,
            end,
            &ended_on.unwrap_or_default(),
        ])
    }
}

//! A figure by a definition, as cells: what became of persons, as known on a day.

use std::collections::BTreeMap;
use std::sync::Arc;

use homeward_events::id::JourneyId;
use homeward_journey::Person;
use jiff::civil::Date;

use crate::cube::{NoSuchDimension, cell_key};
use crate::definition::{Definition, Outcome, StopKind, Trace, trace};
use crate::explain::figure::Conditions;
use crate::fold::{self, Facts};
use crate::histories::{self, Dimension, History};
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
        if let Some(history) = histories::history(person) {
            self.add_history(&history, sum);
        }
    }

    pub(super) fn add_history(&self, history: &History, sum: &mut Contributions) {
        for outcome in self.definition.evaluate(history, self.on) {
            let cell = self.cell(&outcome);
            if self.conditions.pass(&cell) {
                sum.count(cell);
            }
        }
    }

    pub(super) fn counts(&self, cell: &str) -> bool {
        self.conditions.pass(cell)
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

/// What a definition makes of the person that a journey belongs to, as known on a day, step by step;
/// and which journeys are that person. No trace for somebody who was never received; `None` if nobody
/// has heard of the journey. `together` are the facts of all that are told together with it.
pub fn course_of(
    definition: &Definition,
    on: Date,
    together: &Facts,
    journey: JourneyId,
) -> Option<(Vec<JourneyId>, Option<Trace>)> {
    let person = fold::persons(together)
        .into_iter()
        .find(|person| person.journeys.iter().any(|told| told.id == journey))?;
    let journeys = person.journeys.iter().map(|told| told.id).collect();
    let history = histories::history(&person);
    Some((
        journeys,
        history.map(|history| trace(definition, &history, on)),
    ))
}

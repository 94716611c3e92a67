//! What can be explained: a figure is whatever persons add up to.

use std::collections::{BTreeMap, BTreeSet};

use homeward_journey::Person;

use crate::cube::{NoSuchDimension, SEPARATOR};
use crate::explain::returns::Returns;
use crate::fold::{self, Facts};
use crate::model::{Contributions, ReadModel};

/// A figure that is to be explained.
#[derive(Debug, Clone)]
pub enum Figure {
    /// A whole read model: every row and every cell.
    Table(&'static ReadModel),
    /// The cells of a read model that some conditions let through.
    Cells(&'static ReadModel, Conditions),
    /// Persons by what became of them under a definition.
    Returns(Returns),
}

impl Figure {
    /// What some persons add to the figure; a cell that sums to zero is no cell.
    pub fn adds(&self, persons: &[Person<'_>]) -> Contributions {
        let mut sum = Contributions::default();
        for person in persons {
            match self {
                Self::Table(model) | Self::Cells(model, _) => (model.contribute)(person, &mut sum),
                Self::Returns(returns) => returns.add(person, &mut sum),
            }
        }
        sum.cells.retain(|_, count| *count != 0);
        match self {
            Self::Table(_) | Self::Returns(_) => {}
            Self::Cells(_, conditions) => {
                sum.rows.clear();
                sum.cells.retain(|cell, _| conditions.pass(cell));
            }
        }
        sum
    }

    /// What the persons behind some facts add to the figure.
    pub fn of(&self, facts: &Facts) -> Contributions {
        self.adds(&fold::persons(facts))
    }
}

/// Which cells of a read model count.
#[derive(Debug, Clone)]
pub struct Conditions {
    dimensions: &'static [&'static str],
    /// Allowed values by dimension.
    any_of: BTreeMap<usize, BTreeSet<String>>,
    /// By dimension: only values that sort before this one. Dates of one form sort as texts.
    before: BTreeMap<usize, String>,
}

impl Conditions {
    /// Conditions on a model's cells: allowed values by dimension, and a dimension that is absent or
    /// empty is not restricted.
    ///
    /// # Errors
    /// The model has no such dimension.
    pub fn new(
        model: &ReadModel,
        only: &BTreeMap<String, Vec<String>>,
    ) -> Result<Self, NoSuchDimension> {
        Self::over(model.dimensions(), only)
    }

    /// The same on cells that are counted by these dimensions.
    ///
    /// # Errors
    /// There is no such dimension.
    pub fn over(
        dimensions: &'static [&'static str],
        only: &BTreeMap<String, Vec<String>>,
    ) -> Result<Self, NoSuchDimension> {
        let mut conditions = Self {
            dimensions,
            any_of: BTreeMap::new(),
            before: BTreeMap::new(),
        };
        for (name, values) in only.iter().filter(|(_, values)| !values.is_empty()) {
            let dimension = conditions.dimension(name)?;
            let values = values.iter().cloned().collect();
            conditions.any_of.insert(dimension, values);
        }
        Ok(conditions)
    }

    /// The same, and only cells whose `dimension` sorts before a value: due before a day, say.
    ///
    /// # Errors
    /// The model has no such dimension.
    pub fn before(mut self, dimension: &str, value: String) -> Result<Self, NoSuchDimension> {
        let dimension = self.dimension(dimension)?;
        self.before.insert(dimension, value);
        Ok(self)
    }

    fn dimension(&self, name: &str) -> Result<usize, NoSuchDimension> {
        let place = self.dimensions.iter().position(|known| *known == name);
        place.ok_or_else(|| NoSuchDimension {
            found: name.to_owned(),
            expected: self.dimensions,
        })
    }

    /// Whether a cell counts. A cell of another shape than the model's dimensions (persons by ledger)
    /// ends in its ledger, and counts where nothing but ledgers is asked for.
    pub fn pass(&self, cell: &str) -> bool {
        let values: Vec<&str> = cell.split(SEPARATOR).collect();
        if values.len() != self.dimensions.len() {
            return self.pass_other(values.last().copied().unwrap_or_default());
        }
        let value = |dimension: &usize| values.get(*dimension).copied().unwrap_or_default();
        self.any_of
            .iter()
            .all(|(dimension, allowed)| allowed.contains(value(dimension)))
            && self
                .before
                .iter()
                .all(|(dimension, end)| value(dimension) < end.as_str())
    }

    fn pass_other(&self, ledger: &str) -> bool {
        let ledgers = self.dimensions.iter().position(|name| *name == "ledger");
        self.before.is_empty()
            && self
                .any_of
                .iter()
                .all(|(dimension, allowed)| Some(*dimension) == ledgers && allowed.contains(ledger))
    }
}

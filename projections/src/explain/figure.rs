//! What can be explained: a figure is whatever persons add up to.

use std::collections::{BTreeMap, BTreeSet};

use homeward_events::time::add_days;
use homeward_journey::Person;
use jiff::civil::Date;

use crate::caseload::PERSONS;
use crate::cube::{NoSuchDimension, SEPARATOR};
use crate::explain::returns::Returns;
use crate::fold::{self, Facts};
use crate::histories::Histories;
use crate::model::{Contributions, ReadModel, Table, TableError};
use crate::referrals;

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

    /// Whether a cell of its read model counts.
    pub fn counts(&self, cell: &str) -> bool {
        match self {
            Self::Table(_) => true,
            Self::Cells(_, conditions) => conditions.pass(cell),
            Self::Returns(returns) => returns.counts(cell),
        }
    }

    /// Visits the figure's cells as its read model's table holds them.
    ///
    /// # Errors
    /// The store cannot be read.
    pub fn read(
        &self,
        table: &dyn Table,
        visit: &mut dyn FnMut(&str, i64),
    ) -> Result<(), TableError> {
        match self {
            Self::Table(_) | Self::Cells(..) => table.cells_under("", &mut |cell, count| {
                if self.counts(cell) {
                    visit(cell, count);
                }
            }),
            Self::Returns(returns) => {
                let mut sum = Contributions::default();
                for history in table.histories().into_iter().flat_map(Histories::iter) {
                    returns.add_history(history, &mut sum);
                }
                for (cell, count) in sum.cells {
                    visit(&cell, count);
                }
                Ok(())
            }
        }
    }

    /// The dimensions of its cells.
    pub fn dimensions(&self) -> &'static [&'static str] {
        match self {
            Self::Table(model) | Self::Cells(model, _) => model.dimensions(),
            Self::Returns(_) => Returns::DIMENSIONS,
        }
    }

    /// The parts of a cell by the names of the model's dimensions. A cell of another shape has one
    /// part: of `persons`, whose ledger, and otherwise without a name.
    pub fn named<'c>(&self, cell: &'c str) -> Vec<(&'static str, &'c str)> {
        let dimensions = self.dimensions();
        if self.is_in_total(cell) {
            let values = cell.split(SEPARATOR);
            return dimensions.iter().copied().zip(values).collect();
        }
        match cell.strip_prefix(PERSONS) {
            Some(ledger) => vec![("persons", ledger)],
            None => vec![("", cell)],
        }
    }

    /// Whether a cell counts by the model's dimensions. The others count the same once more in another
    /// unit: journeys and persons are never added up.
    pub fn is_in_total(&self, cell: &str) -> bool {
        cell.split(SEPARATOR).count() == self.dimensions().len()
    }

    /// The sum of those of some cells that may be added up.
    pub fn total<'c>(&self, cells: impl IntoIterator<Item = (&'c str, i64)>) -> i64 {
        let cells = cells.into_iter();
        cells
            .filter(|(cell, _)| self.is_in_total(cell))
            .map(|(_, count)| count)
            .sum()
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
    /// By dimension: only values that sort from the first text up to, not including, the second.
    /// Dates of one form sort as texts, and before the word `none`.
    between: Vec<(usize, String, String)>,
}

/// A figure that a model does not have.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum NoSuchFigure {
    /// A dimension that the model does not have.
    #[error(transparent)]
    Dimension(#[from] NoSuchDimension),
    /// A word for what the reference day makes of a cell that the model does not have.
    #[error("`{model}` has no standing `{found}`: expected one of {}", .expected.join(", "))]
    Standing {
        /// The model.
        model: &'static str,
        /// What was asked for.
        found: String,
        /// The words there are.
        expected: &'static [&'static str],
    },
}

/// After every date, and after every word.
const AFTER_ALL: &str = "~";

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
            between: Vec::new(),
        };
        for (name, values) in only.iter().filter(|(_, values)| !values.is_empty()) {
            conditions = conditions.any_of(name, values.clone())?;
        }
        Ok(conditions)
    }

    /// The same, and only what stands so on a reference day: `open` or `overdue` referrals;
    /// `upcoming`, `due` or `overdue` follow-ups.
    ///
    /// # Errors
    /// The model has no such standing.
    pub fn standing(self, model: &ReadModel, word: &str, on: Date) -> Result<Self, NoSuchFigure> {
        let (day, next) = (on.to_string(), add_days(on, 1).to_string());
        let owed = || vec!["scheduled".to_owned(), "missed".to_owned()];
        let narrowed = match (model.name, word) {
            ("referrals", "open") => self.between("due_on", "", referrals::NONE)?,
            ("referrals", "overdue") => self.between("due_on", "", &day)?,
            ("follow-ups", "upcoming") => {
                let owed = self.any_of("state", owed())?;
                owed.between("due_on", &next, AFTER_ALL)?
            }
            ("follow-ups", "due") => {
                let owed = self.any_of("state", owed())?;
                let begun = owed.between("due_on", "", &next)?;
                begun.between("closes_on", &day, AFTER_ALL)?
            }
            ("follow-ups", "overdue") => {
                let owed = self.any_of("state", owed())?;
                owed.between("closes_on", "", &day)?
            }
            (name, _) => {
                return Err(NoSuchFigure::Standing {
                    model: model.name,
                    found: word.to_owned(),
                    expected: match name {
                        "referrals" => &["open", "overdue"],
                        "follow-ups" => &["upcoming", "due", "overdue"],
                        _ => &[],
                    },
                });
            }
        };
        Ok(narrowed)
    }

    /// The same, and only some values of a dimension.
    fn any_of(mut self, name: &str, values: Vec<String>) -> Result<Self, NoSuchDimension> {
        let dimension = self.dimension(name)?;
        let mut allowed: BTreeSet<String> = values.into_iter().collect();
        if let Some(already) = self.any_of.get(&dimension) {
            allowed.retain(|value| already.contains(value));
        }
        self.any_of.insert(dimension, allowed);
        Ok(self)
    }

    fn between(mut self, name: &str, from: &str, until: &str) -> Result<Self, NoSuchDimension> {
        let dimension = self.dimension(name)?;
        self.between
            .push((dimension, from.to_owned(), until.to_owned()));
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
            && self.between.iter().all(|(dimension, from, until)| {
                (from.as_str()..until.as_str()).contains(&value(dimension))
            })
    }

    fn pass_other(&self, ledger: &str) -> bool {
        let ledgers = self.dimensions.iter().position(|name| *name == "ledger");
        self.between.is_empty()
            && self
                .any_of
                .iter()
                .all(|(dimension, allowed)| Some(*dimension) == ledgers && allowed.contains(ledger))
    }
}

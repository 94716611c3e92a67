//! What can be asked.

use std::collections::BTreeMap;

use jiff::civil::Date;
use serde::Serialize;

use super::Unit;
use crate::definition::Language;
use crate::histories::{Arrival, Dimension, NoSuchColumn, Past};
use crate::measure::survival::Interval;

/// A question about returns.
#[derive(Debug, Clone)]
pub struct Query {
    /// Allowed values by dimension; see [`Dimension`].
    pub only: BTreeMap<String, Vec<String>>,
    /// Cohort: first day of origin.
    pub origin_from: Option<Date>,
    /// Cohort: last day of origin.
    pub origin_to: Option<Date>,
    /// Reference day: what is later is not known yet.
    pub on: Date,
    /// Unit of time.
    pub unit: Unit,
    /// Times at which the curve is read, in units.
    pub at: Vec<i64>,
    /// Up to where the mean time is taken, in units; the last time at which somebody left, if absent.
    pub horizon: Option<i64>,
    /// Dimensions to tell groups by.
    pub by: Vec<String>,
    /// Dimensions within whose values groups are compared.
    pub strata: Vec<String>,
    /// How early failures weigh when groups are compared: each as the share free of failure before
    /// it, to this power. 0 is the log-rank test; 1 that of Peto and Peto, which looks at early ones.
    pub rho: u8,
    /// Conditions of `only` to give up one after another until a group says enough.
    pub widen: Vec<String>,
    /// How cohorts are told apart.
    pub cohorts: CohortBy,
    /// Scale on which the curve's intervals are symmetric.
    pub interval: Scale,
    /// Level of every interval.
    pub level: f64,
    /// Language of the definition's sentence.
    pub language: Language,
}

impl Query {
    /// Everybody, as known on a day, in days, with intervals of 95 %.
    pub fn new(on: Date) -> Self {
        Self {
            only: BTreeMap::new(),
            origin_from: None,
            origin_to: None,
            on,
            unit: Unit::Day,
            at: Vec::new(),
            horizon: None,
            by: Vec::new(),
            strata: Vec::new(),
            rho: 0,
            widen: Vec::new(),
            cohorts: CohortBy::Year,
            interval: Scale::LogLog,
            level: 0.95,
            language: Language::English,
        }
    }

    /// Whether its numbers can be meant.
    pub(super) fn checked(&self) -> Result<(), QueryError> {
        if !(self.level > 0.0 && self.level < 1.0) {
            return Err(QueryError::Level(self.level));
        }
        if self.rho > 1 {
            return Err(QueryError::Rho(self.rho));
        }
        Ok(())
    }
}

/// How cohorts are told apart by their day of origin.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum CohortBy {
    /// By calendar year.
    #[default]
    Year,
    /// By quarter.
    Quarter,
    /// By calendar month.
    Month,
}

impl CohortBy {
    /// Every way.
    pub const ALL: [Self; 3] = [Self::Year, Self::Quarter, Self::Month];

    /// Its word.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Year => "year",
            Self::Quarter => "quarter",
            Self::Month => "month",
        }
    }

    /// The cohort of a day: `2026`, `2026-Q2`, `2026-05`.
    pub(super) fn of(self, day: Date) -> String {
        match self {
            Self::Year => format!("{:04}", day.year()),
            Self::Quarter => format!("{:04}-Q{}", day.year(), (day.month() + 2) / 3),
            Self::Month => crate::dimension::month(day),
        }
    }
}

/// Scale of an interval, as it is asked for and told.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Scale {
    /// The share itself.
    Plain,
    /// Its logarithm.
    Log,
    /// The logarithm of its hazard: never leaves 0 to 1.
    #[default]
    LogLog,
}

impl Scale {
    /// Every scale.
    pub const ALL: [Self; 3] = [Self::Plain, Self::Log, Self::LogLog];

    /// Its word.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Plain => "plain",
            Self::Log => "log",
            Self::LogLog => "log-log",
        }
    }

    pub(super) const fn measure(self) -> Interval {
        match self {
            Self::Plain => Interval::Plain,
            Self::Log => Interval::Log,
            Self::LogLog => Interval::LogLog,
        }
    }
}

/// A question that cannot be answered.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub enum QueryError {
    /// A dimension that histories do not have.
    #[error(transparent)]
    Dimension(#[from] NoSuchColumn),
    /// No interval has such a level.
    #[error("level {0}: expected a number between 0 and 1, such as 0.95")]
    Level(f64),
    /// No test weighs failures so.
    #[error("rho {0}: expected 0 (log-rank) or 1 (Peto and Peto)")]
    Rho(u8),
    /// The ladder gives up a condition that was not made.
    #[error("`{0}` cannot be widened: there is no condition on it")]
    Widen(String),
}

/// Conditions, read once.
pub(super) struct Chosen {
    only: Vec<(Dimension, Vec<String>)>,
    from: Option<Date>,
    to: Option<Date>,
}

impl Chosen {
    pub(super) fn of(query: &Query) -> Result<Self, QueryError> {
        let conditions = query.only.iter().filter(|(_, values)| !values.is_empty());
        let only = conditions
            .map(|(name, values)| Ok((Dimension::named(name)?, values.clone())))
            .collect::<Result<_, NoSuchColumn>>()?;
        Ok(Self {
            only,
            from: query.origin_from,
            to: query.origin_to,
        })
    }

    pub(super) fn lets_through(&self, past: &Past, arrival: &Arrival, origin: Date) -> bool {
        self.from.is_none_or(|from| origin >= from)
            && self.to.is_none_or(|to| origin <= to)
            && self.only.iter().all(|(dimension, values)| {
                let value = past.value(arrival, dimension);
                values.iter().any(|allowed| *allowed == *value)
            })
    }
}

/// Dimensions by their names.
pub(super) fn dimensions(names: &[String]) -> Result<Vec<Dimension>, QueryError> {
    let found = names.iter().map(|name| Dimension::named(name));
    Ok(found.collect::<Result<_, NoSuchColumn>>()?)
}

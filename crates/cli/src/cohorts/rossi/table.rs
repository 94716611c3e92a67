//! The study's tables, as they stand in `data/rossi/`.

use std::collections::BTreeMap;

use csv::StringRecord;

use super::PEOPLE;

/// Covariates of the numeric table, in the order in which they are registered.
pub(super) const COVARIATES: [&str; 7] = ["fin", "age", "race", "wexp", "mar", "paro", "prio"];

pub(super) const NUMBERS: &str = include_str!("../../../data/rossi/rossi.csv");
pub(super) const WEEKLY: &str = include_str!("../../../data/rossi/rossi-weekly-employment.csv");

/// The embedded tables are not what they were.
#[derive(Debug, thiserror::Error)]
pub enum CohortError {
    /// Not a table.
    #[error("{table}: {source}")]
    Table {
        /// Which table.
        table: &'static str,
        /// What is wrong.
        source: csv::Error,
    },
    /// A cell is absent or not of its kind.
    #[error("{table}, row {row}: column `{column}` is absent or not a number")]
    Cell {
        /// Which table.
        table: &'static str,
        /// Row, from 1.
        row: usize,
        /// Column.
        column: String,
    },
    /// The two tables tell of different people.
    #[error("row {row}: the tables disagree about `{column}`")]
    Disagree {
        /// Row, from 1.
        row: usize,
        /// Column.
        column: &'static str,
    },
    /// Rows are missing or too many.
    #[error("expected {PEOPLE} rows, found {found}")]
    Rows {
        /// How many there are.
        found: usize,
    },
}

/// One row.
pub(super) struct Person {
    pub(super) week: u8,
    pub(super) arrested: bool,
    pub(super) age: i16,
    pub(super) covariates: BTreeMap<String, i64>,
    /// First and last week of each spell of employment, from 1.
    pub(super) employed: Vec<(u8, u8)>,
}

pub(super) struct Table {
    name: &'static str,
    columns: BTreeMap<String, usize>,
    rows: Vec<StringRecord>,
}

impl Table {
    pub(super) fn read(name: &'static str, text: &str) -> Result<Self, CohortError> {
        let refused = |source| CohortError::Table {
            table: name,
            source,
        };
        let mut reader = csv::Reader::from_reader(text.as_bytes());
        let header = reader.headers().map_err(refused)?.clone();
        let columns = header.iter().map(str::to_owned).zip(0..).collect();
        let rows = reader
            .records()
            .collect::<Result<_, _>>()
            .map_err(refused)?;
        Ok(Self {
            name,
            columns,
            rows,
        })
    }

    pub(super) fn cell(&self, row: usize, column: &str) -> Result<&str, CohortError> {
        self.columns
            .get(column)
            .and_then(|&at| self.rows.get(row)?.get(at))
            .ok_or_else(|| self.refuse(row, column))
    }

    pub(super) fn number<N: TryFrom<i64>>(
        &self,
        row: usize,
        column: &str,
    ) -> Result<N, CohortError> {
        let number = self.cell(row, column)?.parse::<i64>().ok();
        number
            .and_then(|number| N::try_from(number).ok())
            .ok_or_else(|| self.refuse(row, column))
    }

    fn refuse(&self, row: usize, column: &str) -> CohortError {
        CohortError::Cell {
            table: self.name,
            row: row + 1,
            column: column.to_owned(),
        }
    }
}

pub(super) fn people() -> Result<Vec<Person>, CohortError> {
    let numbers = Table::read("rossi.csv", NUMBERS)?;
    let weekly = Table::read("rossi-weekly-employment.csv", WEEKLY)?;
    if numbers.rows.len() != PEOPLE || weekly.rows.len() != PEOPLE {
        let found = numbers.rows.len().min(weekly.rows.len());
        return Err(CohortError::Rows { found });
    }
    (0..PEOPLE)
        .map(|row| person(&numbers, &weekly, row))
        .collect()
}

fn person(numbers: &Table, weekly: &Table, row: usize) -> Result<Person, CohortError> {
    // The same people in the same order: what both tables hold as numbers must agree.
    for column in ["week", "arrest", "age", "prio"] {
        if numbers.number::<i64>(row, column)? != weekly.number::<i64>(row, column)? {
            return Err(CohortError::Disagree {
                row: row + 1,
                column,
            });
        }
    }
    let mut covariates = COVARIATES
        .iter()
        .map(|column| Ok(((*column).to_owned(), numbers.number(row, column)?)))
        .collect::<Result<BTreeMap<_, _>, CohortError>>()?;
    covariates.insert("educ".to_owned(), weekly.number(row, "educ")?);
    let week = numbers.number(row, "week")?;
    Ok(Person {
        week,
        arrested: numbers.number::<u8>(row, "arrest")? == 1,
        age: numbers.number(row, "age")?,
        covariates,
        employed: employed(weekly, row, week)?,
    })
}

/// Runs of consecutive weeks in work.
fn employed(weekly: &Table, row: usize, last: u8) -> Result<Vec<(u8, u8)>, CohortError> {
    let mut spells: Vec<(u8, u8)> = Vec::new();
    for week in 1..=last {
        let column = format!("emp{week}");
        match weekly.cell(row, &column)? {
            "yes" => match spells.last_mut() {
                Some((_, end)) if *end + 1 == week => *end = week,
                _ => spells.push((week, week)),
            },
            "no" => {}
            _ => return Err(weekly.refuse(row, &column)),
        }
    }
    Ok(spells)
}

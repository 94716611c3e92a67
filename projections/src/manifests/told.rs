//! How manifests stand on a day: counts by batch, and the lines of one.

use std::collections::{BTreeMap, BTreeSet};

use homeward_events::id::BatchId;
use homeward_events::time::Day;
use homeward_events::vocabulary::Provided;
use jiff::civil::Date;
use serde::Serialize;

use super::{DIMENSIONS, Line, Standing};
use crate::caseload::{QueryError, filter};
use crate::cube::Cube;
use crate::model::{Table, TableError};
use crate::referrals::collect;

/// Most lines of one manifest that are told; an aircraft holds fewer.
pub const LINES_MAX: usize = 5_000;

/// How many stand how.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct Counts {
    /// Announced, cancelled ones included.
    pub announced: i64,
    /// Announced; nothing is told yet, and the day has not passed.
    pub expected: i64,
    /// Announced; the day has passed, and nothing is told.
    pub untold: i64,
    /// Received.
    pub arrived: i64,
    /// Reception waited in vain, and said so.
    pub not_arrived: i64,
    /// Withdrawn.
    pub cancelled: i64,
    /// Received without a notice: in this batch, or removed to its port on its day.
    pub unannounced: i64,
}

/// Whether a kind of information was handed over, for those who were announced.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct Handed {
    /// It was.
    pub provided: i64,
    /// The sending state says that there is nothing to hand over.
    pub none: i64,
    /// It was not: nobody here knows.
    pub not_provided: i64,
}

/// One manifest, as it stands on a day.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Manifest {
    /// Ledger.
    pub ledger: String,
    /// Charter batch; empty for those who were announced without one.
    pub batch: String,
    /// The days that are announced, in order.
    pub expected_on: Vec<Day>,
    /// The ports that are announced, in order.
    pub ports: Vec<String>,
    /// How many stand how.
    #[serde(flatten)]
    pub counts: Counts,
    /// Medical information.
    pub medical_information: Handed,
    /// Criminal history.
    pub criminal_information: Handed,
}

impl Counts {
    fn add(&mut self, standing: Standing, count: i64) {
        if standing != Standing::Unannounced {
            self.announced += count;
        }
        *match standing {
            Standing::Expected => &mut self.expected,
            Standing::Untold => &mut self.untold,
            Standing::Arrived => &mut self.arrived,
            Standing::NotArrived => &mut self.not_arrived,
            Standing::Cancelled => &mut self.cancelled,
            Standing::Unannounced => &mut self.unannounced,
        } += count;
    }
}

impl Handed {
    fn add(&mut self, word: &str, count: i64) {
        match word.parse() {
            Ok(Provided::Provided) => self.provided += count,
            Ok(Provided::None) => self.none += count,
            Ok(Provided::NotProvided) => self.not_provided += count,
            Err(_) => {}
        }
    }
}

/// A manifest that is being added up.
#[derive(Default)]
struct Adding {
    days: BTreeSet<Day>,
    ports: BTreeSet<String>,
    /// Days and ports of the lines: where somebody unannounced may belong to it.
    landings: BTreeSet<(Day, String)>,
    counts: Counts,
    medical: Handed,
    criminal: Handed,
}

/// Manifests as they stand on a day, the last expected first.
///
/// # Errors
/// A dimension does not exist.
pub fn list(
    table: &dyn Table,
    only: &BTreeMap<String, Vec<String>>,
    day: Date,
) -> Result<Vec<Manifest>, QueryError> {
    let empty = Cube::new(DIMENSIONS);
    let cube = table.cube().unwrap_or(&empty);
    // Who was announced by nobody may have no batch, and belong to one all the same.
    let mut wide = only.clone();
    let batches = wide.remove("batch").unwrap_or_default();
    let filter = filter(cube, &wide)?;
    let mut adding: BTreeMap<(String, String), Adding> = BTreeMap::new();
    let mut unannounced: BTreeMap<(String, Day, String), i64> = BTreeMap::new();
    cube.visit(&filter, &[0, 1, 2, 3, 4, 5, 6], |values, count| {
        let &[
            ledger,
            batch,
            expected_on,
            port,
            standing,
            medical,
            criminal,
        ] = values
        else {
            return;
        };
        let standing = Standing::ALL
            .iter()
            .find(|known| known.as_str() == standing);
        let (Ok(expected_on), Some(standing)) = (expected_on.parse::<Day>(), standing) else {
            return;
        };
        if *standing == Standing::Unannounced && batch.is_empty() {
            let landing = (ledger.to_owned(), expected_on, port.to_owned());
            *unannounced.entry(landing).or_default() += count;
            return;
        }
        if !batches.is_empty() && !batches.iter().any(|asked| asked == batch) {
            return;
        }
        let manifest = adding
            .entry((ledger.to_owned(), batch.to_owned()))
            .or_default();
        manifest.counts.add(standing.on(expected_on, day), count);
        if *standing != Standing::Unannounced {
            manifest.days.insert(expected_on);
            manifest.landings.insert((expected_on, port.to_owned()));
            if !port.is_empty() {
                manifest.ports.insert(port.to_owned());
            }
            manifest.medical.add(medical, count);
            manifest.criminal.add(criminal, count);
        }
    });
    let told = adding.into_iter().map(|((ledger, batch), mut manifest)| {
        if !batch.is_empty() {
            for (on, port) in &manifest.landings {
                let landing = (ledger.clone(), *on, port.clone());
                manifest.counts.unannounced += unannounced.get(&landing).copied().unwrap_or(0);
            }
        }
        Manifest {
            ledger,
            batch,
            expected_on: manifest.days.into_iter().collect(),
            ports: manifest.ports.into_iter().collect(),
            counts: manifest.counts,
            medical_information: manifest.medical,
            criminal_information: manifest.criminal,
        }
    });
    let mut told: Vec<Manifest> = told.collect();
    told.sort_by_key(|manifest| std::cmp::Reverse(manifest.expected_on.last().copied()));
    Ok(told)
}

/// The lines of a batch as they stand on a day, by ledger and line; then those who were received
/// without a notice, in the batch or removed to its port on its day. At most [`LINES_MAX`] of either.
///
/// # Errors
/// The store cannot be read.
pub fn lines(
    table: &dyn Table,
    batch: &BatchId,
    ledgers: &[String],
    day: Date,
) -> Result<(Vec<Line>, Vec<Line>), TableError> {
    let opens = |line: &Line| ledgers.is_empty() || ledgers.contains(&line.ledger);
    let prefix = format!("batch|{batch}|");
    let all: Vec<Line> = collect(table, &prefix, &prefix, 2 * LINES_MAX, opens)?;
    let (mut unannounced, mut announced): (Vec<Line>, Vec<Line>) = all
        .into_iter()
        .partition(|line| line.standing == Standing::Unannounced);
    announced.truncate(LINES_MAX);
    let landings: BTreeSet<(Day, String, String)> = announced
        .iter()
        .filter_map(|line| {
            let port = line.port.as_ref()?;
            Some((line.expected_on, port.to_string(), line.ledger.clone()))
        })
        .collect();
    for (on, port, ledger) in landings {
        let prefix = format!("day|{on}|{port}|{ledger}|");
        let room = LINES_MAX.saturating_sub(unannounced.len());
        unannounced.extend(collect(table, &prefix, &prefix, room, opens)?);
    }
    for line in &mut announced {
        line.standing = line.standing.on(line.expected_on, day);
    }
    Ok((announced, unannounced))
}

//! Which of a source's own numbers are in, and which between them never came.
//!
//! A cell says by how much the count of events changes at a number: one up where an event stands, one
//! down behind it. Neighbours cancel, so that a source whose numbers are all in costs two cells,
//! however many there are; the sums are exact in whatever order events come; and a number that two
//! events carry is a count of two.

use std::collections::BTreeSet;

use homeward_events::sequence::SourceSequence;
use serde::Serialize;

use crate::cube::cell_key;
use crate::model::{Contributions, Table, TableError};

/// What cells of this kind begin with. They have another shape than those of the cube, which passes
/// them over.
const NUMBER: &str = "number";

/// Counts an event with a number.
pub(super) fn count(ledger: &str, source: &str, number: SourceSequence, out: &mut Contributions) {
    out.add(boundary(ledger, source, number.get()), 1);
    out.add(boundary(ledger, source, number.get() + 1), -1);
}

/// Sixteen digits, so that the order of keys is that of numbers.
fn boundary(ledger: &str, source: &str, number: u64) -> String {
    cell_key(&[NUMBER, ledger, source, &format!("{number:016}")])
}

/// Numbers in a row that equally many events carry.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Run {
    /// The first.
    pub first: u64,
    /// The last; the first, where it is one number.
    pub last: u64,
    /// How many different events carry each of them; at least one.
    pub events: i64,
}

/// Numbers in a row that never came.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Gap {
    /// The first.
    pub first: u64,
    /// The last; the first, where it is one number.
    pub last: u64,
    /// How many there are.
    pub count: u64,
}

/// The numbers of a source that are in, in order.
///
/// # Errors
/// The store cannot be read.
pub fn arrived(table: &dyn Table, ledger: &str, source: &str) -> Result<Vec<Run>, TableError> {
    let prefix = cell_key(&[NUMBER, ledger, &super::escaped(source), ""]);
    let (mut runs, mut from, mut events) = (Vec::new(), 0, 0);
    table.cells_under(&prefix, &mut |cell, by| {
        let number = cell.strip_prefix(prefix.as_str());
        let Some(number) = number.and_then(|number| number.parse::<u64>().ok()) else {
            return;
        };
        if events > 0 {
            runs.push(Run {
                first: from,
                last: number.saturating_sub(1),
                events,
            });
        }
        (from, events) = (number, events + by);
    })?;
    Ok(runs)
}

/// A source's numbers from a first to a last one, compared with what is in and what was refused. Every
/// number is one of the three: in, refused, missing.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Compared {
    /// How many numbers are in.
    pub in_log: u64,
    /// Numbers that were refused and are not in, in order.
    pub refused: Vec<u64>,
    /// How many numbers never came.
    pub missing: u64,
    /// Which, in order.
    pub gaps: Vec<Gap>,
    /// Numbers that several events carry, in order: at least one of them has another's number.
    pub twice: Vec<Run>,
}

/// Compares the numbers from `first` to `last`, both included, with the `runs` that are in, in order,
/// and those that were `refused`.
pub fn compare(runs: &[Run], refused: &BTreeSet<u64>, (first, last): (u64, u64)) -> Compared {
    let mut compared = Compared::default();
    let mut next = first;
    for run in runs {
        let run = Run {
            first: run.first.max(first),
            last: run.last.min(last),
            events: run.events,
        };
        if run.first > run.last {
            continue;
        }
        compared.leave_out(next, run.first - 1, refused);
        compared.in_log += length(run.first, run.last);
        if run.events > 1 {
            compared.twice.push(run);
        }
        next = run.last + 1;
    }
    compared.leave_out(next, last, refused);
    compared
}

impl Compared {
    /// Numbers that are not in: refused ones apart from those that never came.
    fn leave_out(&mut self, first: u64, last: u64, refused: &BTreeSet<u64>) {
        if first > last {
            return;
        }
        let mut next = first;
        for number in refused.range(first..=last) {
            self.miss(next, number - 1);
            self.refused.push(*number);
            next = number + 1;
        }
        self.miss(next, last);
    }

    fn miss(&mut self, first: u64, last: u64) {
        if first > last {
            return;
        }
        let count = length(first, last);
        self.missing += count;
        self.gaps.push(Gap { first, last, count });
    }
}

/// How many numbers there are from one to another, both included.
const fn length(first: u64, last: u64) -> u64 {
    last - first + 1
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::model::MemoryTable;

    fn table(numbers: &[u64]) -> MemoryTable {
        let mut out = Contributions::default();
        for number in numbers {
            let number = number.to_string().parse().unwrap();
            count("jm", "urn:a", number, &mut out);
        }
        let mut table = MemoryTable::default();
        out.cells.retain(|_, by| *by != 0);
        table.cells = out.cells;
        table
    }

    fn told(numbers: &[u64], refused: &[u64], range: (u64, u64)) -> String {
        let runs = arrived(&table(numbers), "jm", "urn:a").unwrap();
        let compared = compare(&runs, &refused.iter().copied().collect(), range);
        let gaps = compared.gaps.iter().map(|gap| match gap.count {
            1 => gap.first.to_string(),
            _ => format!("{}-{}", gap.first, gap.last),
        });
        let twice = compared
            .twice
            .iter()
            .map(|run| format!("{}-{}x{}", run.first, run.last, run.events));
        format!(
            "in {} refused {:?} missing {} [{}] twice [{}]",
            compared.in_log,
            compared.refused,
            compared.missing,
            gaps.collect::<Vec<_>>().join(" "),
            twice.collect::<Vec<_>>().join(" ")
        )
    }

    #[test]
    fn every_number_is_in_refused_or_missing() {
        let whole: Vec<u64> = (1..=9).collect();
        for (numbers, refused, range, expected) in [
            (
                &whole[..],
                &[][..],
                (1, 9),
                "in 9 refused [] missing 0 [] twice []",
            ),
            (
                &whole,
                &[3],
                (1, 9),
                "in 9 refused [] missing 0 [] twice []",
            ),
            (
                &[1, 2, 5, 9],
                &[],
                (1, 9),
                "in 4 refused [] missing 5 [3-4 6-8] twice []",
            ),
            (
                &[1, 2, 5, 9],
                &[4, 7],
                (1, 9),
                "in 4 refused [4, 7] missing 3 [3 6 8] twice []",
            ),
            (
                &[2, 3],
                &[1, 4],
                (1, 4),
                "in 2 refused [1, 4] missing 0 [] twice []",
            ),
            (
                &[2, 3],
                &[1, 9],
                (1, 5),
                "in 2 refused [1] missing 2 [4-5] twice []",
            ),
            (
                &[2, 3, 8],
                &[],
                (3, 6),
                "in 1 refused [] missing 3 [4-6] twice []",
            ),
            (
                &[5, 5, 6, 6, 6, 7],
                &[],
                (4, 6),
                "in 2 refused [] missing 1 [4] twice [5-5x2 6-6x3]",
            ),
            (&[], &[], (1, 3), "in 0 refused [] missing 3 [1-3] twice []"),
            (&[1], &[], (2, 1), "in 0 refused [] missing 0 [] twice []"),
            (
                &[999_999_999_999_999, 1_000_000_000_000_000],
                &[],
                (1, 1_000_000_000_000_000),
                "in 2 refused [] missing 999999999999998 [1-999999999999998] twice []",
            ),
        ] {
            assert_eq!(
                told(numbers, refused, range),
                expected,
                "{numbers:?} {refused:?}"
            );
        }
    }

    #[test]
    fn a_source_that_lacks_nothing_costs_two_cells() {
        let mut numbers: Vec<u64> = (1..=500).rev().collect();
        numbers.rotate_left(137);
        assert_eq!(table(&numbers).cells.len(), 2);
    }

    proptest! {
        #[test]
        fn runs_say_how_often_each_number_came(
            numbers in proptest::collection::vec(1_u64..40, 0..60),
            refused in proptest::collection::btree_set(1_u64..45, 0..10),
            first in 1_u64..20, more in 0_u64..30,
        ) {
            let range = (first, first + more);
            let runs = arrived(&table(&numbers), "jm", "urn:a").unwrap();
            let compared = compare(&runs, &refused, range);
            let came = |number: u64| numbers.iter().filter(|came| **came == number).count();
            let (mut in_log, mut left, mut missing) = (0, Vec::new(), Vec::new());
            for number in range.0..=range.1 {
                match (came(number), refused.contains(&number)) {
                    (0, true) => left.push(number),
                    (0, false) => missing.push(number),
                    (times, _) => {
                        in_log += 1;
                        let twice = compared.twice.iter();
                        let told = twice.filter(|run| (run.first..=run.last).contains(&number));
                        let told: Vec<i64> = told.map(|run| run.events).collect();
                        let expected = if times > 1 { vec![i64::try_from(times).unwrap()] } else { vec![] };
                        prop_assert_eq!(told, expected);
                    }
                }
            }
            let gaps: Vec<u64> = compared.gaps.iter().flat_map(|gap| gap.first..=gap.last).collect();
            prop_assert_eq!((compared.in_log, compared.refused), (in_log, left));
            prop_assert_eq!(compared.missing, u64::try_from(missing.len()).unwrap());
            prop_assert_eq!(gaps, missing);
        }
    }
}

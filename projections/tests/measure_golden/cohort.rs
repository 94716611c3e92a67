//! The cohort of Rossi, Berk and Lenihan (1980), whole and thinned.

use std::collections::BTreeMap;
use std::path::PathBuf;

use homeward_projections::measure::cox;
use homeward_projections::measure::survival::{Cause, Exit, Kind, RiskTable, Spell};

/// One line of a table, by the names of its columns.
pub(crate) type Line = BTreeMap<String, String>;

pub(crate) fn path(file: &str) -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
        .join("tests/data")
        .join(file)
}

pub(crate) fn lines(file: &str) -> Vec<Line> {
    let mut reader = csv::Reader::from_path(path(file)).expect("data is there");
    reader
        .deserialize()
        .collect::<Result<_, _>>()
        .expect("data is a table")
}

/// One person, thinned as `golden.R` thins: observation may end early and begin late.
#[derive(Debug, Clone)]
pub(crate) struct Person {
    place: i64,
    columns: BTreeMap<String, i64>,
    pub(crate) stop: i64,
    pub(crate) event: bool,
    pub(crate) late: i64,
}

pub(crate) fn people() -> Vec<Person> {
    let lines = lines("rossi.csv");
    let person = |(place, line): (i64, Line)| {
        let columns: BTreeMap<String, i64> = line
            .into_iter()
            .map(|(name, value)| (name, value.parse().expect("a whole number")))
            .collect();
        let (week, arrest) = (columns["week"], columns["arrest"] == 1);
        let seen = 8 + (place * 7) % 50;
        let stop = week.min(seen);
        let late = (place * 5) % 11;
        Person {
            place,
            columns,
            stop,
            event: arrest && week <= seen,
            late: if late >= stop { 0 } else { late },
        }
    };
    (0..).zip(lines).map(person).collect()
}

impl Person {
    pub(crate) fn get(&self, column: &str) -> i64 {
        self.columns[column]
    }

    pub(crate) fn copies(&self) -> u64 {
        1 + u64::try_from(self.place % 3).expect("not negative")
    }

    pub(crate) fn group(&self) -> u32 {
        u32::try_from((self.get("prio") / 2).min(3)).expect("not negative")
    }

    /// As in the whole cohort.
    pub(crate) fn whole(&self) -> Exit {
        if self.get("arrest") == 1 {
            Exit::event(self.get("week"), 1)
        } else {
            Exit::censored(self.get("week"), 1)
        }
    }

    /// Why it ended, in the thinned cohort.
    pub(crate) fn kind(&self) -> Kind {
        match (self.event, self.get("prio") > 2) {
            (false, _) => Kind::Censored,
            (true, false) => Kind::Event(Cause(1)),
            (true, true) => Kind::Event(Cause(2)),
        }
    }

    pub(crate) fn censored(&self) -> Exit {
        Exit::new(self.stop, self.kind(), 1)
    }

    pub(crate) fn entering_late(&self) -> Exit {
        self.censored().entering(self.late).expect("before its end")
    }

    /// Every fourth person is away in (3, 6].
    pub(crate) fn with_gap(&self) -> Spell {
        let intervals = if self.place % 4 == 0 && self.stop > 6 {
            vec![(0, 3), (6, self.stop)]
        } else {
            vec![(0, self.stop)]
        };
        Spell::new(intervals, self.kind(), 1).expect("in order")
    }

    pub(crate) fn row(&self, covariates: &[&str]) -> cox::Row {
        cox::Row {
            stratum: 0,
            start: None,
            stop: self.stop,
            event: self.event,
            count: 1,
            covariates: covariates.iter().map(|name| self.get(name)).collect(),
        }
    }

    pub(crate) fn whole_row(&self, covariates: &[&str]) -> cox::Row {
        cox::Row {
            stop: self.get("week"),
            event: self.get("arrest") == 1,
            ..self.row(covariates)
        }
    }
}

/// Tables of those whom a function gives the same number, in order of the number.
pub(crate) fn tables(
    people: &[Person],
    exit: impl Fn(&Person) -> Exit,
    group: impl Fn(&Person) -> i64,
) -> Vec<RiskTable> {
    let mut groups: BTreeMap<i64, Vec<Exit>> = BTreeMap::new();
    for person in people {
        groups.entry(group(person)).or_default().push(exit(person));
    }
    groups.into_values().map(RiskTable::from_exits).collect()
}

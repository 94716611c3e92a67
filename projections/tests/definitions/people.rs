//! Histories in a small language, and what is asked about them.
//!
//! ```text
//! received 2025-01-01 | convicted 2025-09-01 offence:2025-03-01 | 2: received 2026-01-01
//! ```
//!
//! Facts of one person stand between `|`; `2:` before a fact means the person's second journey. A
//! case has a number of its own unless `case:N` gives one. Strict: a word too many fails the row.

use std::sync::Arc;

use homeward_events::time::Day;
use homeward_projections::definition::{Definition, Definitions};
use homeward_projections::histories::{
    Arrival, Case, Custody, HISTORIES, History, Parting, PartingKind, Past, Told,
};
use homeward_projections::model::{Contributions, Difference, MemoryTable};
use homeward_projections::recidivism::{self, Answer, Query};
use jiff::civil::Date;
use serde::de::DeserializeOwned;

/// A word of a vocabulary.
fn word<T: DeserializeOwned>(text: &str) -> T {
    serde_json::from_value(text.into()).unwrap_or_else(|error| panic!("`{text}`: {error}"))
}

pub(crate) fn day(text: &str) -> Day {
    text.parse().unwrap_or_else(|error| panic!("{error}"))
}

fn uuid(number: usize) -> String {
    format!("00000000-0000-4000-8000-{number:012}")
}

pub(crate) fn shipped(name: &str) -> Arc<Definition> {
    Definitions::shipped().get(name).unwrap().clone()
}

/// A person's history.
pub(crate) fn person(row: &str) -> History {
    let mut history = History::default();
    for (number, fact) in row.split('|').map(str::trim).enumerate() {
        let (journey, fact) = match fact.split_once(": ") {
            Some((journey, fact)) => (journey.parse().unwrap(), fact),
            None => (1, fact),
        };
        while history.journeys.len() < journey {
            history.journeys.push(Past {
                journey: word(&uuid(history.journeys.len() + 1)),
                ledger: Some(word("jm")),
                arrival: None,
                cases: Vec::new(),
                breaches: Vec::new(),
                custody: Vec::new(),
                partings: Vec::new(),
                spells: Vec::new(),
            });
        }
        tell(&mut history.journeys[journey - 1], number, fact, row);
    }
    history
}

fn tell(past: &mut Past, number: usize, fact: &str, row: &str) {
    let (mut plain, mut options) = (Vec::new(), std::collections::BTreeMap::new());
    for text in fact.split_whitespace() {
        match text.split_once(':') {
            Some((name, value)) => drop(options.insert(name, value)),
            None => plain.push(text),
        }
    }
    let [what, on] = plain[..] else {
        panic!("expected a word and a day in `{fact}` of `{row}`");
    };
    let mut option = |name: &str| options.remove(name);
    let (from, to) = on.split_once("..").unwrap_or((on, ""));
    let told = Told {
        on: day(from),
        recorded: option("recorded").map_or(day(from), day),
    };
    match what {
        "received" => {
            past.arrival = Some(Arrival {
                on: told.on,
                site: Some(word("norman-manley")),
                return_type: word(option("type").unwrap_or("deported")),
                grounds: word(option("grounds").unwrap_or("drugs")),
                sex: Some(word(option("sex").unwrap_or("male"))),
                age: option("age").map(|age| age.parse().unwrap()),
                programme: None,
                sending_country: word("US"),
                group: None,
                cohort: std::collections::BTreeMap::new(),
            });
        }
        "custody" => past.custody.push(Custody {
            reason: word(option("reason").unwrap_or("new-offence")),
            from: told,
            to: Some(to).filter(|to| !to.is_empty()).map(day),
        }),
        "breached" => past.breaches.push(told),
        "arrested" | "charged" | "convicted" | "acquitted" | "quashed" => {
            let id = uuid(option("case").map_or(100 + number, |case| case.parse().unwrap()));
            let place = past.cases.iter().position(|case| case.case == word(&id));
            let place = place.unwrap_or_else(|| {
                past.cases.push(Case {
                    case: word(&id),
                    offence: None,
                    arrested: None,
                    charged: None,
                    convicted: None,
                    acquitted: None,
                    quashed: None,
                    class: None,
                    severity: None,
                });
                past.cases.len() - 1
            });
            let case = &mut past.cases[place];
            case.offence = option("offence").map(day).or(case.offence);
            case.class = option("class").map(word).or(case.class);
            case.severity = option("severity").map(word).or(case.severity);
            *match what {
                "arrested" => &mut case.arrested,
                "charged" => &mut case.charged,
                "convicted" => &mut case.convicted,
                "acquitted" => &mut case.acquitted,
                _ => &mut case.quashed,
            } = Some(told);
        }
        parting => past.partings.push(Parting {
            kind: word::<PartingKind>(parting),
            told,
        }),
    }
    assert!(options.is_empty(), "{options:?} in `{fact}` of `{row}`");
}

/// People as a fold leaves them: a row each, and the index that the rows feed.
pub(crate) fn table(people: &[History]) -> MemoryTable {
    let mut rows = Contributions::default();
    for (number, history) in people.iter().enumerate() {
        rows.row(format!("person|{number:06}"), history);
    }
    let mut table = MemoryTable::new(&HISTORIES);
    table.apply(Difference::between(Contributions::default(), rows));
    table
}

pub(crate) fn ask(people: &[History], definition: &Definition, query: &Query) -> Answer {
    recidivism::answer(&table(people), definition, query).unwrap()
}

/// The answer of a window about one person: `yes`, `no`, `competing`, `lost` or `not-yet`; `nobody`
/// if the person is not counted.
pub(crate) fn within(history: &History, definition: &Definition, on: Date, place: usize) -> String {
    let answer = ask(std::slice::from_ref(history), definition, &Query::new(on));
    let window = &answer.figures.windows[place];
    let counts = [
        ("yes", window.failed),
        ("no", window.not_failed),
        ("competing", window.competing),
        ("lost", window.censored),
        ("not-yet", window.not_yet),
    ];
    let told: Vec<&str> = counts
        .iter()
        .filter(|(_, persons)| *persons > 0)
        .map(|(word, _)| *word)
        .collect();
    match told[..] {
        [] => "nobody".to_owned(),
        _ => told.join("+"),
    }
}

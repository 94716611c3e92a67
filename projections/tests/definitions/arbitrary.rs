//! Any people: facts of every kind on any day of a few years, in one journey or two.

use homeward_projections::histories::History;
use proptest::prelude::*;

use crate::people::person;

/// What can be told, with `D` for a day that is never before the origin of the pick.
const FACTS: &[&str] = &[
    "arrested D",
    "arrested D class:drugs severity:indictable",
    "charged D",
    "convicted D offence:E severity:summary",
    "convicted D offence:E severity:indictable",
    "convicted D case:7 offence:E",
    "quashed D case:7",
    "custody D..E reason:remand",
    "custody D..E reason:new-offence",
    "custody D..E reason:technical-breach",
    "custody D reason:old-sentence",
    "breached D",
    "died D",
    "remigrated D",
    "removed-again D",
];

/// What hides a failure from view.
const HIDING: &[&str] = &[
    "contact-lost D",
    "contact-regained D",
    "moved-away D",
    "observation-ended D",
];

fn date(days: i64) -> String {
    jiff::civil::date(2020, 1, 1)
        .saturating_add(jiff::ToSpan::days(days))
        .to_string()
}

/// One person; nothing hides a failure unless `hidden`. Days lie in 2020 to 2023.
fn someone(hidden: bool) -> impl Strategy<Value = String> {
    let kinds = FACTS.len() + if hidden { HIDING.len() } else { 0 };
    let fact = (0..kinds, 0_i64..900, 0_i64..200, 1_usize..=2);
    let facts = prop::collection::vec(fact, 0..6);
    (0_i64..400, facts, prop::option::of(0_i64..900)).prop_map(|(origin, facts, second)| {
        let mut told = vec![format!("received {}", date(origin))];
        told.extend(second.map(|day| format!("2: received {}", date(origin + 1 + day))));
        for (kind, day, more, journey) in facts {
            let words = FACTS
                .get(kind)
                .or(HIDING.get(kind.wrapping_sub(FACTS.len())))
                .unwrap();
            // A custody's end comes after, an offence before.
            let other = if words.contains("..") {
                day + more
            } else {
                day - more
            };
            let words = words.replace('D', &date(day)).replace('E', &date(other));
            told.push(format!("{journey}: {words}"));
        }
        // As a fold writes them: what ended observation in the order of its days.
        told.join(" | ")
    })
}

/// A history as a fold writes it: what suspends observation stands in the order of its days.
pub(crate) fn tidy(row: &str) -> History {
    let mut history = person(row);
    for past in &mut history.journeys {
        past.partings
            .sort_by_key(|parting| (parting.told, parting.kind));
    }
    let (mut received, others): (Vec<_>, Vec<_>) = history
        .journeys
        .into_iter()
        .partition(|past| past.arrival.is_some());
    received.sort_by_key(|past| {
        (
            past.arrival.as_ref().map(|arrival| arrival.on),
            past.journey,
        )
    });
    History {
        journeys: received.into_iter().chain(others).collect(),
    }
}

/// Several people.
pub(crate) fn people(hidden: bool) -> impl Strategy<Value = Vec<History>> {
    prop::collection::vec(someone(hidden), 1..25)
        .prop_map(|rows| rows.iter().map(|row| tidy(row)).collect())
}

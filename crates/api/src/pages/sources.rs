//! `/sources`: what came in from each publishing system, which of its own numbers never came, and what
//! of it was refused.

use axum::extract::{Query, State};
use axum::response::Response;

use super::ask::Ask;
use super::panel::{Cell, Column, Guard, Panel, State as Stands, TableTwin};
use super::{Visitor, shell};
use crate::endpoints::sources::{self, CameIn};
use crate::gate::{Gate, KeyHolder};
use crate::problem::Problem;

/// What sources take of the frame.
pub(crate) const TAKES: &[&str] = &["ledger", "agency", "known"];
/// Gaps that are written out in a cell.
const GAPS_SHOWN: usize = 5;

/// `GET /sources`
pub(crate) async fn page(
    State(gate): State<Gate>,
    visitor: Visitor,
    Query(pairs): Query<Vec<(String, String)>>,
) -> Response {
    let ask = Ask::new(gate, visitor, pairs);
    let came_in = ask.panel("came-in", "nav-sources", came_in(&ask).await);
    shell::panels(&ask, "nav-sources", vec![came_in]).await
}

async fn came_in(ask: &Ask) -> Result<Panel, Problem> {
    let speech = ask.speech();
    let (gate, _, query) = ask.question(TAKES, &[]);
    let answer = sources::report(gate, KeyHolder(ask.key()), query).await?.0;
    let told = &answer.told;
    let missing = told
        .numbers
        .iter()
        .map(|numbers| numbers.missing)
        .sum::<u64>();
    let tables = [systems(ask, told), numbers(ask, told), refused(ask, told)];
    Ok(Panel {
        id: "came-in",
        headline: if told.numbers.is_empty() {
            speech.say("sources-in")
        } else {
            speech.tell("sources-headline", &[("missing", whole(missing).into())])
        },
        subtitle: speech.say("sources-subtitle"),
        tables: tables
            .into_iter()
            .filter(|table| !table.rows.is_empty())
            .collect(),
        table_first: true,
        notes: ask.passed_over(TAKES).into_iter().collect(),
        foot: ask.foot(&answer.as_of, &answer.manifest),
        state: if told.sources.is_empty() {
            Stands::Empty
        } else {
            Stands::Told
        },
        ..Panel::default()
    })
}

fn whole(count: u64) -> i64 {
    i64::try_from(count).unwrap_or(i64::MAX)
}

fn systems(ask: &Ask, told: &CameIn) -> TableTwin {
    let speech = ask.speech();
    let words = |said| Column::words(speech.say(said));
    TableTwin {
        caption: speech.say("sources-in"),
        columns: vec![
            words("column-source"),
            words("column-ledger"),
            words("column-agency"),
            Column::kept(speech.say("sources-events")),
            words("sources-first"),
            words("sources-last"),
        ],
        rows: told
            .sources
            .iter()
            .map(|source| {
                vec![
                    Cell::text(source.source.clone()),
                    Cell::text(source.ledger.clone()),
                    Cell::text(source.agency.clone()),
                    Cell::count(speech, source.events),
                    Cell::day(source.first_on.to_string()),
                    Cell::day(source.last_on.to_string()),
                ]
            })
            .collect(),
        totals: Vec::new(),
        guard: Guard::Closed,
    }
}

fn numbers(ask: &Ask, told: &CameIn) -> TableTwin {
    let speech = ask.speech();
    let words = |said| Column::words(speech.say(said));
    let count = |said| Column::kept(speech.say(said));
    let row = |of: &sources::Numbers| {
        let gaps = of.gaps.iter().take(GAPS_SHOWN);
        let mut gaps: Vec<String> = gaps
            .map(|gap| {
                if gap.first == gap.last {
                    gap.first.to_string()
                } else {
                    format!("{}–{}", gap.first, gap.last)
                }
            })
            .collect();
        if of.gaps.len() > GAPS_SHOWN {
            gaps.push("…".to_owned());
        }
        let missing = Cell::count(speech, whole(of.missing));
        let refused = i64::try_from(of.refused).unwrap_or(i64::MAX);
        vec![
            Cell::text(of.source.clone()),
            Cell::text(of.ledger.clone()),
            Cell::count(speech, whole(of.in_log)),
            Cell::count(speech, refused),
            missing.drawn(if of.missing > 0 { "pressing" } else { "" }),
            Cell::text(gaps.join(", ")),
        ]
    };
    TableTwin {
        caption: speech.say("sources-numbers"),
        columns: vec![
            words("column-source"),
            words("column-ledger"),
            count("sources-numbers-in"),
            count("sources-numbers-refused"),
            count("sources-numbers-missing"),
            words("sources-which"),
        ],
        rows: told.numbers.iter().map(row).collect(),
        totals: Vec::new(),
        guard: Guard::Closed,
    }
}

fn refused(ask: &Ask, told: &CameIn) -> TableTwin {
    let speech = ask.speech();
    let words = |said| Column::words(speech.say(said));
    let row = |of: &sources::RefusedCount| {
        vec![
            Cell::text(of.source.clone()),
            Cell::text(of.ledger.clone()),
            // A rule is said in words; what could not be read at all has a code of its own.
            Cell::word(speech, "finding", &of.code),
            Cell::count(speech, whole(of.events)),
        ]
    };
    TableTwin {
        caption: speech.say("sources-refused"),
        columns: vec![
            words("column-source"),
            words("column-ledger"),
            words("column-reason"),
            Column::kept(speech.say("sources-events")),
        ],
        rows: told.refused.iter().flatten().map(row).collect(),
        totals: Vec::new(),
        guard: Guard::Closed,
    }
}

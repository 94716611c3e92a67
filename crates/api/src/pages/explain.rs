//! `/explain/{model}`: who is behind a figure, and the facts that it rests on, each leading to its
//! journey.

use axum::extract::{Path, Query, State};
use axum::response::Response;

use super::Visitor;
use super::ask::Ask;
use super::panel::{Cell, Column, Guard, Link, Panel, State as Stands, TableTwin};
use super::{shell, written};
use crate::endpoints::explain::{self, Behind, CountedCell, EventBehind};
use crate::gate::Gate;
use crate::problem::Problem;

/// What explanations take of the frame; a figure that knows fewer conditions says so.
pub(crate) const TAKES: &[&str] = &[
    "ledger",
    "site",
    "return_type",
    "sex",
    "age_band",
    "grounds",
    "programme",
    "group",
    "definition",
    "known",
    "day",
];

/// `GET /explain/{model}`
pub(crate) async fn page(
    State(gate): State<Gate>,
    visitor: Visitor,
    Path(model): Path<String>,
    Query(pairs): Query<Vec<(String, String)>>,
) -> Response {
    let ask = Ask::new(gate, visitor, pairs);
    let behind = ask.panel("behind", "explain-title", behind(&ask, model).await);
    shell::panels(&ask, "explain-title", vec![behind]).await
}

/// Who adds to the figure, and what that rests on.
async fn behind(ask: &Ask, model: String) -> Result<Panel, Problem> {
    let speech = ask.speech();
    let own = ask.frame.own().iter();
    let own: Vec<(&str, &str)> = own
        .map(|(name, value)| (name.as_str(), value.as_str()))
        .collect();
    let (gate, key, query) = ask.question(TAKES, &own);
    let told = explain::figure(gate, key, Path(model), query).await?.0;
    let persons: usize = told
        .evidence
        .iter()
        .map(|behind| behind.persons.len())
        .sum();
    let persons = i64::try_from(persons).unwrap_or(i64::MAX);
    let examined = i64::try_from(told.examined).unwrap_or(i64::MAX);
    let rows = told.evidence.iter().flat_map(|behind| rows_of(ask, behind));
    let next = told
        .next
        .as_ref()
        .map(|next| Link::new(ask.frame.with("after", next), speech.say("explain-next")));
    let subtitle = [
        ("model", told.model.into()),
        ("day", speech.date(told.day.0).into()),
        ("count", examined.into()),
    ];
    Ok(Panel {
        id: "behind",
        headline: speech.tell("explain-headline", &[("count", persons.into())]),
        subtitle: speech.tell("explain-subtitle", &subtitle),
        switches: next.into_iter().collect(),
        tables: vec![TableTwin {
            caption: speech.say("explain-title"),
            columns: [
                "explain-journeys",
                "explain-adds",
                "explain-fact",
                "explain-occurred",
                "explain-says",
                "explain-weight",
            ]
            .map(|said| Column::words(speech.say(said)))
            .into(),
            rows: rows.collect(),
            totals: Vec::new(),
            guard: Guard::Closed,
        }],
        table_first: true,
        state: if told.evidence.is_empty() && told.next.is_none() {
            Stands::Empty
        } else {
            Stands::Told
        },
        ..Panel::default()
    })
}

/// A row for each fact; who it is of and what they add stands in the first.
fn rows_of(ask: &Ask, behind: &Behind) -> Vec<Vec<Cell>> {
    let speech = ask.speech();
    let journeys: Vec<String> = behind
        .persons
        .iter()
        .flatten()
        .map(ToString::to_string)
        .collect();
    let first = journeys.first().cloned().unwrap_or_default();
    let who = Cell {
        said: journeys
            .iter()
            .map(|id| written::short(id))
            .collect::<Vec<_>>()
            .join(", "),
        value: journeys.join(" "),
        href: Some(ask.journey(&first)),
        ..Cell::default()
    };
    let adds = behind.adds.iter().map(|cell| cell_said(ask, cell));
    let adds = Cell::text(adds.collect::<Vec<_>>().join("; "));
    let (mut who, mut adds) = (Some(who), Some(adds));
    let mut rows: Vec<Vec<Cell>> = Vec::new();
    for fact in &behind.events {
        let (who, adds) = (
            who.take().unwrap_or_default(),
            adds.take().unwrap_or_default(),
        );
        rows.push([vec![who, adds], fact_of(ask, fact)].concat());
    }
    if behind.events_withheld > 0 {
        let withheld = i64::try_from(behind.events_withheld).unwrap_or(i64::MAX);
        let said = speech.tell("explain-withheld", &[("count", withheld.into())]);
        let (who, adds) = (
            who.take().unwrap_or_default(),
            adds.take().unwrap_or_default(),
        );
        let nothing = Cell::default;
        rows.push(vec![
            who,
            adds,
            Cell::text(said),
            nothing(),
            nothing(),
            nothing(),
        ]);
    }
    rows
}

fn fact_of(ask: &Ask, fact: &EventBehind) -> Vec<Cell> {
    let (speech, event) = (ask.speech(), &fact.event);
    let weight = match fact.weight {
        homeward_projections::explain::Weight::Needed => "explain-needed",
        homeward_projections::explain::Weight::OneOfSeveral => "explain-one-of-several",
    };
    let href = format!("{}#event-{}", ask.journey(&event.journey), event.event);
    vec![
        Cell {
            value: event.event.clone(),
            href: Some(href),
            ..Cell::text(speech.word("event", event.event_type))
        },
        Cell::text(&event.occurred),
        Cell::text(&event.says),
        Cell::text(speech.say(weight)),
    ]
}

/// A cell in words: what it counts by, and how many.
fn cell_said(ask: &Ask, counted: &CountedCell) -> String {
    let speech = ask.speech();
    let parts = counted.cell.iter();
    let parts = parts.map(|(name, value)| speech.word(name, value));
    let count = speech.count(counted.count);
    format!("{}: {count}", parts.collect::<Vec<_>>().join(", "))
}

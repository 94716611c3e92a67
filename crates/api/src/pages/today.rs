//! `/`: what is owed today, list by list, each leading to its worklist.

use axum::extract::{Query, State};
use axum::response::Response;

use super::Visitor;
use super::ask::Ask;
use super::panel::{Cell, Column, Figure, Guard, Panel, Row, State as Stands, TableTwin};
use super::shell;
use crate::endpoints::worklists;
use crate::gate::Gate;
use crate::problem::Problem;

/// What worklists take of the frame.
pub(crate) const TAKES: &[&str] = &[
    "ledger",
    "site",
    "agency",
    "programme",
    "return_type",
    "sex",
    "known",
    "day",
];

/// `GET /`
pub(crate) async fn page(
    State(gate): State<Gate>,
    visitor: Visitor,
    Query(pairs): Query<Vec<(String, String)>>,
) -> Response {
    let ask = Ask::new(gate, visitor, pairs);
    let owed = ask.panel("owed", "today-owed-title", owed(&ask).await);
    shell::panels(&ask, "nav-today", vec![owed]).await
}

/// What is owed: every list with its counts.
pub(crate) async fn owed(ask: &Ask) -> Result<Panel, Problem> {
    let speech = ask.speech();
    let (gate, key, query) = ask.question(TAKES, &[]);
    let answer = worklists::all(gate, key, query).await?.0;
    let (mut figures, mut rows) = (Vec::new(), Vec::new());
    let mut pressing = 0;
    for list in &answer.told.worklists {
        let (id, title) = (
            list.list.id.as_str(),
            list.list.title(speech.language.code()),
        );
        let href = ask.frame.link(&format!("/worklists/{id}"), &[]);
        let counts = &list.counts;
        pressing += i64::from(counts.overdue > 0);
        figures.push(Figure {
            value: counts.rows.to_string(),
            said: speech.count(counts.rows),
            label: title.to_owned(),
            href: Some(href.clone()),
            pressing: counts.overdue > 0,
        });
        rows.push(vec![
            Cell::text(title).to(href),
            Cell::count(speech, counts.rows),
            Cell::count(speech, counts.upcoming),
            Cell::count(speech, counts.due),
            Cell::count(speech, counts.overdue),
            Cell::count(speech, counts.running),
        ]);
    }
    let columns = [
        "today-list",
        "today-rows",
        "today-upcoming",
        "today-due",
        "today-overdue",
        "today-running",
    ];
    let column = |(index, said): (usize, &&str)| match index {
        0 => Column::words(speech.say(said)),
        1 => Column::whole(speech.say(said)),
        _ => Column::part(speech.say(said)),
    };
    let nothing = answer
        .told
        .worklists
        .iter()
        .all(|list| list.counts.rows == 0);
    let headline = if nothing {
        speech.say("today-nothing")
    } else {
        speech.tell("today-headline", &[("lists", pressing.into())])
    };
    let day = speech.date(answer.told.day.0);
    Ok(Panel {
        id: "owed",
        headline,
        subtitle: speech.tell("today-subtitle", &[("day", day.into())]),
        figures,
        tables: vec![TableTwin {
            caption: speech.say("today-owed-title"),
            columns: columns.iter().enumerate().map(column).collect(),
            rows,
            totals: Vec::new(),
            guard: Guard::Counts(Row::Exact),
        }],
        notes: ask.passed_over(TAKES).into_iter().collect(),
        foot: ask.foot(&answer.as_of, &answer.manifest),
        state: Stands::Told,
        ..Panel::default()
    })
}

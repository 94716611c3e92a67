//! `/definitions`: the same people under each definition side by side, and what each definition counts.

use std::collections::BTreeSet;

use axum::extract::{Query, State};
use axum::response::Response;

use super::Visitor;
use super::ask::Ask;
use super::panel::{Cell, Column, Guard, Panel, Rests, State as Stands, TableTwin};
use super::returns::windows::Unsettled;
use super::returns::{Told, basis, people, windows};
use super::shell;
use crate::endpoints::{definitions, recidivism};
use crate::gate::Gate;
use crate::problem::Problem;

/// `GET /definitions`
pub(crate) async fn page(
    State(gate): State<Gate>,
    visitor: Visitor,
    Query(pairs): Query<Vec<(String, String)>>,
) -> Response {
    let ask = Ask::new(gate, visitor, pairs);
    let panels = vec![
        ask.panel("texts", "definitions-title", texts(&ask).await),
        ask.panel(
            "side-by-side",
            "definitions-beside-title",
            beside(&ask).await,
        ),
    ];
    shell::panels(&ask, "nav-definitions", panels).await
}

/// What each counts, in the page's language, made from its file.
async fn texts(ask: &Ask) -> Result<Panel, Problem> {
    let speech = ask.speech();
    let (gate, key, query) = ask.question(&[], &[("lang", speech.language.code())]);
    let list = definitions::list(gate, key, query).await?.0.definitions;
    let chosen = ask.frame.one("definition");
    let is_chosen = |name: &str, id: &str| name == chosen || id == chosen;
    let row = |definition: &definitions::DefinitionTold| {
        let name = Cell::text(&definition.name).to(ask
            .frame
            .link("/returns", &[("definition", &definition.name)]));
        let chosen = is_chosen(&definition.name, &definition.id);
        vec![
            name,
            Cell::text(&definition.sentence).drawn(if chosen { "chosen" } else { "" }),
            Cell::text(&definition.source),
        ]
    };
    let columns = ["name", "counts", "source"]
        .map(|name| Column::words(speech.say(&format!("definitions-{name}"))));
    let said = list
        .iter()
        .find(|definition| is_chosen(&definition.name, &definition.id));
    let count = [(
        "count",
        i64::try_from(list.len()).unwrap_or(i64::MAX).into(),
    )];
    Ok(Panel {
        id: "texts",
        headline: said.map_or_else(
            || speech.tell("definitions-headline", &count),
            |said| said.name.clone(),
        ),
        subtitle: speech.say("definitions-subtitle"),
        sentences: said.map(|said| said.sentence.clone()).into_iter().collect(),
        tables: vec![TableTwin {
            caption: speech.say("definitions-title"),
            columns: columns.to_vec(),
            rows: list.iter().map(row).collect(),
            totals: Vec::new(),
            guard: Guard::Open,
        }],
        table_first: true,
        words_follow_table: true,
        ..Panel::default()
    })
}

/// The same people under each, at every window that one of them has.
async fn beside(ask: &Ask) -> Result<Panel, Problem> {
    let speech = ask.speech();
    let mut told: Vec<Told> = Vec::new();
    for name in ask.gate.definitions.names() {
        let (gate, key, query) = ask.question(windows::taken(), &[("definition", &name)]);
        told.push(recidivism::answer(gate, key, query).await?.0);
    }
    let months: BTreeSet<u16> = told
        .iter()
        .flat_map(|told| told.told.figures.windows.iter().map(|window| window.months))
        .collect();
    let mut columns = vec![
        Column::words(speech.say("frame-definition")),
        Column::answer(speech.say("definitions-people")),
    ];
    columns.extend(months.iter().map(|months| {
        Column::answer(speech.tell("count-months", &[("count", i64::from(*months).into())]))
    }));
    let row = |told: &Told| {
        let figures = &told.told.figures;
        let link = basis(ask, &told.told);
        let mut row = vec![
            Cell::text(&told.told.definition).to(link.href),
            Cell::count(speech, people(figures.persons)),
        ];
        row.extend(months.iter().map(|months| {
            let window = figures
                .windows
                .iter()
                .find(|window| window.months == *months);
            window.map_or_else(
                || Cell::number("–", ""),
                |window| {
                    let unsettled = Unsettled {
                        not_yet: window.not_yet,
                        lost: window.censored,
                    };
                    windows::cell(speech, window.share.as_ref(), unsettled)
                },
            )
        }));
        row
    };
    let rows: Vec<_> = told.iter().map(row).collect();
    let persons = told
        .iter()
        .map(|told| told.told.figures.persons)
        .max()
        .unwrap_or(0);
    let foot = told
        .first()
        .map(|first| ask.foot(&first.as_of, &first.manifest));
    Ok(Panel {
        id: "side-by-side",
        headline: speech.say("definitions-beside-headline"),
        subtitle: speech.tell(
            "definitions-beside-subtitle",
            &[("count", people(persons).into())],
        ),
        tables: vec![TableTwin {
            caption: speech.say("definitions-beside-title"),
            columns,
            rows,
            totals: Vec::new(),
            guard: Guard::Answers(rests(&told, &months)),
        }],
        table_first: true,
        notes: ask.passed_over(windows::taken()).into_iter().collect(),
        foot: foot.unwrap_or_default(),
        state: if persons == 0 {
            Stands::Empty
        } else {
            Stands::Told
        },
        ..Panel::default()
    })
}

/// What the figures beside each other rest on: every definition asks about the same people.
fn rests(told: &[Told], months: &BTreeSet<u16>) -> Vec<Rests> {
    let mut rests = Vec::new();
    for (row, told) in told.iter().enumerate() {
        let figures = &told.told.figures;
        let persons = people(figures.persons);
        rests.push(Rests {
            row,
            columns: vec![1],
            among: String::new(),
            counts: vec![0, 0, persons, 0, 0],
            people: persons,
        });
        for (column, months) in months.iter().enumerate() {
            let mut all = figures.windows.iter();
            let window = all.find(|window| window.months == *months);
            rests.extend(window.map(|window| {
                let unsettled = Unsettled {
                    not_yet: window.not_yet,
                    lost: window.censored,
                };
                let share = window.share.as_ref();
                windows::rests((row, column + 2), String::new(), share, unsettled)
            }));
        }
    }
    rests
}

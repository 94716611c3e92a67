//! `/journeys`: which there are, within the frame.

use axum::extract::{Query, State};
use axum::response::Response;
use homeward_projections::caseload::Case;

use super::ask::Ask;
use super::panel::{Cell, Column, Guard, Panel, State as Stands, TableTwin};
use super::{Visitor, arrivals, shell, written};
use crate::endpoints::{caseload, journeys};
use crate::gate::Gate;
use crate::problem::Problem;

/// Rows of a page.
const ROWS: &str = "50";

/// `GET /journeys`
pub(crate) async fn page(
    State(gate): State<Gate>,
    visitor: Visitor,
    Query(pairs): Query<Vec<(String, String)>>,
) -> Response {
    let ask = Ask::new(gate, visitor, pairs);
    let list = ask.panel("list", "nav-journeys", list(&ask).await);
    shell::panels(&ask, "nav-journeys", vec![list]).await
}

async fn list(ask: &Ask) -> Result<Panel, Problem> {
    let speech = ask.speech();
    let own: Vec<(&str, &str)> = ["stage", "month", "after"]
        .into_iter()
        .flat_map(|name| ask.frame.values(name).map(move |value| (name, value)))
        .collect();
    let counted: Vec<(&str, &str)> = own
        .iter()
        .filter(|(name, _)| *name != "after")
        .copied()
        .collect();
    let (gate, key, query) = ask.question(arrivals::TAKES, &counted);
    let all = caseload::count(gate, key, query).await?.0.told.journeys;
    let own: Vec<(&str, &str)> = own.into_iter().chain([("limit", ROWS)]).collect();
    let (gate, key, query) = ask.question(arrivals::TAKES, &own);
    let answer = journeys::list(gate, key, query).await?.0;
    let page = &answer.told;
    let columns = [
        "journeys-journey",
        "journeys-stage",
        "journeys-arrival",
        "journeys-last",
        "column-return-type",
        "column-sex",
        "column-age-band",
        "column-grounds",
        "column-site",
        "column-ledger",
    ];
    Ok(Panel {
        id: "list",
        headline: speech.tell("count-journeys", &[("count", all.into())]),
        subtitle: speech.say("journeys-subtitle"),
        tables: vec![TableTwin {
            caption: speech.say("nav-journeys"),
            columns: columns.map(|said| Column::words(speech.say(said))).into(),
            rows: page.journeys.iter().map(|case| row(ask, case)).collect(),
            totals: Vec::new(),
            guard: Guard::Closed,
        }],
        table_first: true,
        leads: ask.leads(page.next.as_deref()),
        takes: ask.takes("journeys", arrivals::TAKES, &counted),
        notes: ask.passed_over(arrivals::TAKES).into_iter().collect(),
        foot: ask.foot(&answer.as_of, &answer.manifest),
        state: if page.journeys.is_empty() {
            Stands::Empty
        } else {
            Stands::Told
        },
        ..Panel::default()
    })
}

fn row(ask: &Ask, case: &Case) -> Vec<Cell> {
    let speech = ask.speech();
    let journey = case.journey.to_string();
    let day = |day: Option<homeward_events::time::Day>| {
        Cell::day(day.map(|day| day.to_string()).unwrap_or_default())
    };
    vec![
        Cell {
            value: journey.clone(),
            ..Cell::text(written::short(&journey))
        }
        .to(ask.journey(&journey)),
        Cell::word(speech, "stage", &case.stage),
        day(case.arrival),
        day(case.last_day),
        Cell::word(speech, "return_type", &case.return_type),
        Cell::word(speech, "sex", &case.sex),
        Cell::word(speech, "age_band", &case.age_band),
        Cell::word(speech, "grounds", &case.grounds),
        Cell::word(speech, "site", &case.site),
        Cell::word(speech, "ledger", &case.ledger),
    ]
}

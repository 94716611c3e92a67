//! `/manifests` and `/manifests/{batch}`: who was announced, and who came.

use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use axum::response::Response;
use homeward_projections::manifests::{Handed, Line, Manifest, Standing};

use super::ask::Ask;
use super::panel::{Cell, Column, Guard, Link, Panel, State as Stands, TableTwin};
use super::{Visitor, shell, written};
use crate::answer::Answer;
use crate::endpoints::manifests::{self, Reconciled};
use crate::gate::Gate;
use crate::problem::Problem;

/// What manifests take of the frame.
const TAKES: &[&str] = &["ledger", "known", "day"];
/// Manifests of a page.
const ROWS: &str = "50";

/// `GET /manifests`
pub(crate) async fn all(
    State(gate): State<Gate>,
    visitor: Visitor,
    Query(pairs): Query<Vec<(String, String)>>,
) -> Response {
    let ask = Ask::new(gate, visitor, pairs);
    let list = ask.panel("list", "nav-manifests", list(&ask).await);
    shell::panels(&ask, "nav-manifests", vec![list]).await
}

async fn list(ask: &Ask) -> Result<Panel, Problem> {
    let speech = ask.speech();
    let after = ask.frame.values("after").map(|after| ("after", after));
    let own: Vec<(&str, &str)> = [("limit", ROWS)].into_iter().chain(after).collect();
    let (gate, key, query) = ask.question(TAKES, &own);
    let answer = manifests::list(gate, key, query).await?.0;
    let page = &answer.told;
    let untold: i64 = page.manifests.iter().map(|m| m.counts.untold).sum();
    Ok(Panel {
        id: "list",
        headline: speech.tell("manifests-headline", &[("untold", untold.into())]),
        subtitle: speech.tell(
            "manifests-subtitle",
            &[("day", speech.date(page.on.0).into())],
        ),
        tables: vec![TableTwin {
            caption: speech.say("nav-manifests"),
            columns: columns(ask, "column-batch"),
            rows: page.manifests.iter().map(|it| row(ask, it, true)).collect(),
            totals: Vec::new(),
            guard: Guard::Closed,
        }],
        table_first: true,
        leads: ask.leads(page.next.as_deref()),
        takes: ask.takes("manifests", TAKES, &[]),
        notes: ask.passed_over(TAKES).into_iter().collect(),
        foot: ask.foot(&answer.as_of, &answer.manifest),
        state: if page.manifests.is_empty() {
            Stands::Empty
        } else {
            Stands::Told
        },
        ..Panel::default()
    })
}

fn columns(ask: &Ask, first: &str) -> Vec<Column> {
    let speech = ask.speech();
    let mut columns = vec![
        Column::words(speech.say(first)),
        Column::words(speech.say("column-ledger")),
        Column::words(speech.say("column-expected-on")),
        Column::words(speech.say("column-port")),
        Column::kept(speech.say("manifests-announced")),
    ];
    columns.extend(
        Standing::ALL
            .iter()
            .map(|standing| Column::kept(speech.word("manifest-standing", standing.as_str()))),
    );
    columns.push(Column::words(speech.say("column-medical-information")));
    columns.push(Column::words(speech.say("column-criminal-information")));
    columns
}

fn row(ask: &Ask, manifest: &Manifest, leads: bool) -> Vec<Cell> {
    let speech = ask.speech();
    let batch = if manifest.batch.is_empty() {
        Cell::text(speech.say("manifests-no-batch"))
    } else if leads {
        let path = format!("/manifests/{}", manifest.batch);
        Cell::text(manifest.batch.clone()).to(ask.frame.link(&path, &[]))
    } else {
        Cell::text(manifest.batch.clone())
    };
    let days: Vec<String> = manifest
        .expected_on
        .iter()
        .map(ToString::to_string)
        .collect();
    let counts = &manifest.counts;
    let mut row = vec![
        batch,
        Cell::word(speech, "ledger", &manifest.ledger),
        Cell::day(days.join(", ")),
        Cell::text(manifest.ports.join(", ")),
        Cell::count(speech, counts.announced),
    ];
    row.extend(Standing::ALL.iter().map(|standing| {
        let count = match standing {
            Standing::Expected => counts.expected,
            Standing::Untold => counts.untold,
            Standing::Arrived => counts.arrived,
            Standing::NotArrived => counts.not_arrived,
            Standing::Cancelled => counts.cancelled,
            Standing::Unannounced => counts.unannounced,
        };
        let pressing = *standing == Standing::Untold && count > 0;
        Cell::count(speech, count).drawn(if pressing { "pressing" } else { "" })
    }));
    row.push(handed(ask, &manifest.medical_information));
    row.push(handed(ask, &manifest.criminal_information));
    row
}

fn handed(ask: &Ask, handed: &Handed) -> Cell {
    let told = [
        ("provided", handed.provided.into()),
        ("none", handed.none.into()),
        ("missing", handed.not_provided.into()),
    ];
    Cell::text(ask.speech().tell("manifests-handed", &told))
}

/// `GET /manifests/{batch}`
pub(crate) async fn one(
    State(gate): State<Gate>,
    visitor: Visitor,
    Path(batch): Path<String>,
    Query(pairs): Query<Vec<(String, String)>>,
) -> Response {
    let ask = Ask::new(gate, visitor, pairs);
    let (gate, key, query) = ask.question(TAKES, &[]);
    let speech = ask.speech();
    let title = speech.tell("manifest-title", &[("batch", (&batch).into())]);
    let panels = match manifests::one(gate, key, Path(batch), query).await {
        Ok(answer) => reconciled(&ask, &answer.0),
        Err(problem) if problem.status == StatusCode::NOT_FOUND.as_u16() => {
            return shell::trouble(&ask.visitor, problem);
        }
        Err(problem) => vec![Panel::untold("counts", title.clone(), &problem, speech)],
    };
    let all = ask.frame.link("/manifests", &[]);
    let back = Link::new(all, speech.say("manifest-back"));
    shell::panels_under(&ask, title, Some(back), panels).await
}

fn reconciled(ask: &Ask, answer: &Answer<Reconciled>) -> Vec<Panel> {
    let speech = ask.speech();
    let told = &answer.told;
    let foot = ask.foot(&answer.as_of, &answer.manifest);
    let day = [("day", speech.date(told.on.0).into())];
    let table = |caption: String, columns: Vec<Column>, rows: Vec<Vec<Cell>>| {
        vec![TableTwin {
            caption,
            columns,
            rows,
            totals: Vec::new(),
            guard: Guard::Closed,
        }]
    };
    let counts = Panel {
        id: "counts",
        headline: speech.say("manifest-counts"),
        subtitle: speech.tell("manifests-subtitle", &day),
        tables: table(
            speech.say("manifest-counts"),
            columns(ask, "column-batch"),
            told.manifests
                .iter()
                .map(|it| row(ask, it, false))
                .collect(),
        ),
        table_first: true,
        notes: ask.passed_over(TAKES).into_iter().collect(),
        foot: foot.clone(),
        ..Panel::default()
    };
    let people = |id: &'static str, lines: &[Line]| Panel {
        id,
        headline: speech.tell(id, &[("count", count(lines).into())]),
        tables: table(
            speech.tell(id, &[("count", count(lines).into())]),
            line_columns(ask),
            lines.iter().map(|it| line(ask, it)).collect(),
        ),
        table_first: true,
        foot: foot.clone(),
        state: if lines.is_empty() {
            Stands::Empty
        } else {
            Stands::Told
        },
        ..Panel::default()
    };
    vec![
        counts,
        people("manifest-announced", &told.lines),
        people("manifest-unannounced", &told.unannounced),
    ]
}

fn count(lines: &[Line]) -> i64 {
    i64::try_from(lines.len()).unwrap_or(i64::MAX)
}

fn line_columns(ask: &Ask) -> Vec<Column> {
    let said = [
        "column-journey",
        "manifest-line",
        "column-standing",
        "column-expected-on",
        "manifest-received-on",
        "column-port",
        "column-return-type",
        "column-grounds",
        "column-medical-information",
        "column-criminal-information",
    ];
    said.map(|said| Column::words(ask.speech().say(said)))
        .into()
}

fn line(ask: &Ask, line: &Line) -> Vec<Cell> {
    let speech = ask.speech();
    let journey = line.journey.to_string();
    let reason = line.not_arrived_reason;
    let mut standing = Cell::word(speech, "manifest-standing", line.standing.as_str());
    if let Some(reason) = reason {
        let why = speech.word("not-arrived-reason", reason.as_str());
        standing.said = format!("{}: {why}", standing.said);
    }
    let received = line.received_on.map(written::occurred);
    let port = line.received_at.as_ref().or(line.port.as_ref());
    vec![
        Cell {
            value: journey.clone(),
            ..Cell::text(written::short(&journey))
        }
        .to(ask.journey(&journey)),
        Cell::text(line.line.map(|line| line.to_string()).unwrap_or_default()),
        standing.drawn(if line.standing == Standing::Untold {
            "pressing"
        } else {
            ""
        }),
        Cell::day(line.expected_on.to_string()),
        Cell::day(received.unwrap_or_default()),
        Cell::text(port.map(ToString::to_string).unwrap_or_default()),
        Cell::word(speech, "return-type", line.return_type.as_str()),
        Cell::word(speech, "grounds", line.grounds.as_str()),
        Cell::word(speech, "provided", line.medical_information.as_str()),
        Cell::word(speech, "provided", line.criminal_information.as_str()),
    ]
}

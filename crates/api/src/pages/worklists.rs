//! `/worklists` and `/worklists/{list}`: what is owed, who does what next, by when.

use std::sync::Arc;

use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use axum::response::Response;
use homeward_dashboard::language::Speech;
use homeward_projections::worklist::{Counts, Kind, LevelCount, Shown, Standing};

use super::ask::Ask;
use super::panel::{Cell, Column, Figure, Guard, Link, Panel, State as Stands, TableTwin};
use super::today::{TAKES, owed};
use super::{Visitor, shell, written};
use crate::answer::Answer;
use crate::endpoints::worklists::{self, WorklistTold};
use crate::gate::Gate;

/// Rows of a page: what one reads before asking for fewer.
const ROWS: &str = "50";
/// What is said of each row.
const COLUMNS: [&str; 8] = [
    "worklist-journey",
    "worklist-owed",
    "worklist-next",
    "worklist-who",
    "worklist-by",
    "worklist-standing",
    "worklist-told",
    "worklist-site",
];
/// What a list alone can be narrowed to.
const OWN: &[&str] = &["standing", "kind", "level", "after"];

/// `GET /worklists`
pub(crate) async fn all(
    State(gate): State<Gate>,
    visitor: Visitor,
    Query(pairs): Query<Vec<(String, String)>>,
) -> Response {
    let ask = Ask::new(gate, visitor, pairs);
    let lists = owed(&ask).await.map(|owed| Panel {
        figures: Vec::new(),
        table_first: true,
        ..owed
    });
    let lists = ask.panel("owed", "nav-worklists", lists);
    shell::panels(&ask, "nav-worklists", vec![lists]).await
}

/// `GET /worklists/{list}`
pub(crate) async fn one(
    State(gate): State<Gate>,
    visitor: Visitor,
    Path(name): Path<String>,
    Query(pairs): Query<Vec<(String, String)>>,
) -> Response {
    let ask = Ask::new(gate, visitor, pairs);
    let own: Vec<(&str, &str)> = OWN
        .iter()
        .flat_map(|name| ask.frame.values(name).map(move |value| (*name, value)))
        .chain([("limit", ROWS)])
        .collect();
    let (gate, key, query) = ask.question(TAKES, &own);
    let told = worklists::one(gate, key, Path(name.clone()), query).await;
    let speech = ask.speech();
    let (title, panel) = match told {
        Ok(answer) => {
            let title = answer.0.told.list.title(speech.language.code()).to_owned();
            let panel = list(&ask, &title, &answer.0);
            (title, panel)
        }
        Err(problem) if problem.status == StatusCode::NOT_FOUND.as_u16() => {
            return shell::trouble(&ask.visitor, problem);
        }
        Err(problem) => {
            let panel = Panel::untold("list", name.clone(), &problem, speech);
            (name, panel)
        }
    };
    let all = ask.frame.link("/worklists", &[]);
    let back = Link::new(all, speech.say("worklist-back"));
    shell::panels_under(&ask, title, Some(back), vec![panel]).await
}

/// The list: how many stand how, and a page of rows.
fn list(ask: &Ask, title: &str, answer: &Answer<Arc<WorklistTold>>) -> Panel {
    let speech = ask.speech();
    let told = &answer.told.told;
    let level = |level: &LevelCount| {
        let told = [
            (
                "level",
                speech.word("escalation-level", &level.level).into(),
            ),
            ("rows", level.rows.into()),
        ];
        speech.tell("worklist-escalated", &told)
    };
    let mut leads = ask.leads(answer.told.next_page.as_deref());
    if !ask.frame.one("standing").is_empty() {
        let all = ask.frame.with("standing", "");
        leads.insert(0, Link::new(all, speech.say("worklist-all")));
    }
    let day = [("day", speech.date(told.day.0).into())];
    Panel {
        id: "list",
        headline: speech.tell("worklist-headline", &[("count", told.counts.rows.into())]),
        subtitle: speech.tell("worklist-subtitle", &day),
        figures: figures(ask, &told.counts),
        sentences: told
            .levels
            .iter()
            .filter(|level| level.rows > 0)
            .map(level)
            .collect(),
        tables: vec![TableTwin {
            caption: title.to_owned(),
            columns: COLUMNS.map(|said| Column::words(speech.say(said))).into(),
            rows: told.rows.iter().map(|shown| row(ask, shown)).collect(),
            totals: Vec::new(),
            guard: Guard::Closed,
        }],
        table_first: true,
        leads,
        notes: ask.passed_over(TAKES).into_iter().collect(),
        foot: ask.foot(&answer.as_of, &answer.manifest),
        state: if told.counts.rows == 0 {
            Stands::Empty
        } else {
            Stands::Told
        },
        ..Panel::default()
    }
}

/// How many stand how, each leading to those alone; what there is nothing of is left out.
fn figures(ask: &Ask, counts: &Counts) -> Vec<Figure> {
    let speech = ask.speech();
    let all = [
        (Standing::Overdue, counts.overdue),
        (Standing::Due, counts.due),
        (Standing::Upcoming, counts.upcoming),
        (Standing::Running, counts.running),
    ];
    let figure = |(standing, count): (Standing, i64)| Figure {
        value: count.to_string(),
        said: speech.count(count),
        label: speech.word("worklist-standing", standing.as_str()),
        href: Some(ask.frame.with("standing", standing.as_str())),
        pressing: standing == Standing::Overdue,
    };
    all.into_iter()
        .filter(|(_, count)| *count > 0)
        .map(figure)
        .collect()
}

fn row(ask: &Ask, shown: &Shown) -> Vec<Cell> {
    let speech = ask.speech();
    let text = |value: Option<String>| Cell::text(value.unwrap_or_default());
    let journey = shown.journey.to_string();
    let overdue = shown.standing == Standing::Overdue;
    let standing = Cell::word(speech, "worklist-standing", shown.standing.as_str());
    let level = shown.level.as_deref();
    vec![
        Cell {
            value: journey.clone(),
            ..Cell::text(written::short(&journey))
        }
        .to(ask.journey(&journey)),
        Cell::text(owed_said(speech, shown)),
        Cell::word(speech, "next", shown.next.what),
        Cell::text(shown.next.who.clone()),
        Cell::day(
            shown
                .next
                .by
                .as_ref()
                .map(written::moment)
                .unwrap_or_default(),
        ),
        standing.drawn(if overdue { "pressing" } else { "" }),
        text(level.map(|level| speech.word("escalation-level", level))),
        Cell::word(speech, "site", &shown.site),
    ]
}

/// What is owed: `referral: shelter or housing, urgent`.
fn owed_said(speech: Speech, shown: &Shown) -> String {
    let owed = &shown.owed;
    let mut said = speech.word("worklist-kind", owed.kind.as_str());
    let vocabulary = match owed.kind {
        Kind::Referral | Kind::Waitlist => "service-need",
        Kind::FollowUp => "wave",
        Kind::Confirmation => "assistance-kind",
        Kind::Arrival | Kind::Assessment | Kind::Plan | Kind::Contact | Kind::Consent => "about",
    };
    if let Some(about) = &owed.about {
        said.push_str(": ");
        said.push_str(&speech.word(vocabulary, about));
    }
    if let Some(priority) = owed.priority {
        said.push_str(", ");
        said.push_str(&speech.word("priority", priority.as_str()));
    }
    said
}

//! `/services`: which services answer a need, the most fitting first, each with why it stands where it
//! stands; and the versions of the directory.

use std::collections::BTreeMap;

use askama::Template;
use axum::extract::{self, Query};
use axum::response::Response;
use homeward_events::referral::ServiceNeed;
use homeward_projections::directory;

use super::Visitor;
use super::ask::Ask;
use super::frame::Choice;
use super::panel::{Cell, Column, Guard, Panel, State, TableTwin};
use super::shell::{self, Shell};
use crate::endpoints::services::{self, Directories, DirectoryVersion, SuggestedService};
use crate::gate::Gate;
use crate::problem::Problem;

/// What a search for services takes of the frame.
const TAKES: &[&str] = &["ledger", "sex", "group", "return_type", "known", "day"];
/// What the directory takes of it.
const DIRECTORY_TAKES: &[&str] = &["ledger", "known"];
/// What this page alone is asked.
const OWN: &[&str] = &["need", "area", "language", "age", "version"];
/// Languages that services of the region are offered in, beside those of the pages.
const LANGUAGES: &[&str] = &["en", "es", "fr", "pt", "ht", "nl"];

/// The page.
#[derive(Template)]
#[template(path = "services.html")]
struct Page {
    shell: Shell,
    heading: String,
    /// What of the frame the form carries on.
    kept: Vec<(String, String)>,
    /// Value, as it is read, chosen.
    needs: Vec<(&'static str, String, bool)>,
    languages: Vec<(&'static str, String, bool)>,
    area: String,
    age: String,
    panels: Vec<Panel>,
}

/// `GET /services`
pub(crate) async fn page(
    extract::State(gate): extract::State<Gate>,
    visitor: Visitor,
    Query(pairs): Query<Vec<(String, String)>>,
) -> Response {
    let ask = Ask::new(gate, visitor, pairs);
    let speech = ask.speech();
    let found = ask.panel("found", "services-title", found(&ask).await);
    let directory = ask.panel("directory", "services-directory", directory(&ask).await);
    let heading = speech.say("nav-services");
    let mut shell = Shell::framed(&ask, heading.clone()).await;
    let panels = vec![found, directory];
    shell.again = panels.iter().any(Panel::is_loading);
    let needs = ServiceNeed::ALL.iter().map(|need| {
        let value = need.as_str();
        let chosen = ask.frame.one("need") == value;
        (value, speech.word("service-need", value), chosen)
    });
    let languages = LANGUAGES.iter().map(|code| {
        let chosen = ask.frame.one("language") == *code;
        (
            *code,
            speech.say(&format!("services-language-{code}")),
            chosen,
        )
    });
    shell::html(&Page {
        heading,
        kept: ask.frame.asked(TAKES),
        needs: needs.collect(),
        languages: languages.collect(),
        area: ask.frame.one("area").to_owned(),
        age: ask.frame.one("age").to_owned(),
        panels,
        shell,
    })
}

fn own(ask: &Ask) -> Vec<(&str, &str)> {
    let said = OWN.iter().map(|name| (*name, ask.frame.one(name)));
    said.filter(|(_, value)| !value.is_empty()).collect()
}

async fn found(ask: &Ask) -> Result<Panel, Problem> {
    let speech = ask.speech();
    let (gate, key, query) = ask.question(TAKES, &own(ask));
    let answer = services::find(gate, key, query).await?.0;
    let told = &answer.told;
    let all = i64::try_from(told.all).unwrap_or(i64::MAX);
    let shown = i64::try_from(told.services.len()).unwrap_or(i64::MAX);
    let columns = [
        "column-service",
        "column-agency",
        "services-needs",
        "services-fit",
        "services-places",
        "services-answers",
    ];
    Ok(Panel {
        id: "found",
        headline: speech.tell("services-headline", &[("count", all.into())]),
        subtitle: if shown == 0 {
            String::new()
        } else {
            let day = ("day", speech.date(told.on.0).into());
            speech.tell("services-subtitle", &[("shown", shown.into()), day])
        },
        tables: vec![TableTwin {
            caption: speech.say("services-title"),
            columns: columns.map(|said| Column::words(speech.say(said))).into(),
            rows: told.services.iter().map(|it| row(ask, it)).collect(),
            totals: Vec::new(),
            guard: Guard::Closed,
        }],
        table_first: true,
        notes: ask.passed_over(TAKES).into_iter().collect(),
        foot: ask.foot(&answer.as_of, &answer.manifest),
        state: if told.services.is_empty() {
            State::Empty
        } else {
            State::Told
        },
        ..Panel::default()
    })
}

/// A name in the language of the page, in English, or in whatever language there is.
fn named(ask: &Ask, name: &BTreeMap<String, String>, id: &str) -> String {
    let code = ask.speech().language.code();
    let said = name.get(code).or_else(|| name.get("en"));
    let said = said.or_else(|| name.values().next());
    said.cloned().unwrap_or_else(|| id.to_owned())
}

fn row(ask: &Ask, it: &SuggestedService) -> Vec<Cell> {
    let speech = ask.speech();
    let needs = it.needs.iter();
    let needs: Vec<String> = needs
        .map(|need| speech.word("service-need", need))
        .collect();
    // What was not asked fits nobody better or worse.
    let asked = |name: &str| !ask.frame.one(name).is_empty();
    let mut fit = Vec::new();
    if asked("need") {
        fit.push(speech.word("need-match", it.need));
    }
    if asked("area") {
        fit.push(speech.word("place-match", it.place));
    }
    if asked("language") {
        fit.push(speech.word("language-match", it.language));
    }
    fit.push(speech.word("fit", it.eligibility));
    let places = it.capacity.as_ref().map(|capacity| {
        let told = [
            ("free", capacity.free.max(0).into()),
            ("places", i64::from(capacity.places).into()),
        ];
        speech.tell("services-free", &told)
    });
    let full = it
        .capacity
        .as_ref()
        .is_some_and(|capacity| capacity.free < 1);
    let answers = [
        ("accepted", it.answers.accepted.into()),
        ("declined", it.answers.declined.into()),
        ("months", i64::from(it.answers.months).into()),
    ];
    let places = Cell::text(places.unwrap_or_else(|| speech.say("services-places-unknown")));
    vec![
        Cell {
            value: it.service.clone(),
            ..Cell::text(named(ask, &it.name, &it.service))
        },
        Cell {
            value: it.to.clone(),
            ..Cell::text(it.organization.clone())
        },
        Cell::text(needs.join(", ")),
        Cell::text(fit.join("; ")),
        if full {
            places.drawn("pressing")
        } else {
            places
        },
        Cell::text(speech.tell("services-answered", &answers)),
    ]
}

/// Versions of the directory, and referrals that name what it does not list.
async fn directory(ask: &Ask) -> Result<Panel, Problem> {
    let (gate, key, query) = ask.question(DIRECTORY_TAKES, &[]);
    let answer = services::versions(gate, key, query).await?.0;
    let tables = [versions(ask, &answer.told), astray(ask, &answer.told)];
    let tables = tables.into_iter().filter(|table| !table.rows.is_empty());
    let tables: Vec<TableTwin> = tables.collect();
    Ok(Panel {
        id: "directory",
        headline: ask.speech().say("services-directory"),
        state: if tables.is_empty() {
            State::Empty
        } else {
            State::Told
        },
        tables,
        table_first: true,
        foot: ask.foot(&answer.as_of, &answer.manifest),
        ..Panel::default()
    })
}

fn versions(ask: &Ask, told: &Directories) -> TableTwin {
    let speech = ask.speech();
    let words = |said| Column::words(speech.say(said));
    let numbers = |said| Column::kept(speech.say(said));
    let count = |count: usize| Cell::count(speech, i64::try_from(count).unwrap_or(i64::MAX));
    let row = |ledger: &str, version: &DirectoryVersion| {
        let stands = if version.as_published {
            "services-as-published"
        } else {
            "services-corrected"
        };
        vec![
            Cell::text(format!("{ledger}@{}", version.version)),
            Cell::text(version.on.clone()),
            Cell::count(speech, i64::from(version.services)),
            count(version.new.len()),
            count(version.changed.len()),
            count(version.withdrawn.len()),
            Cell::text(speech.say(stands)),
            Cell::text(version.note.clone().unwrap_or_default()),
        ]
    };
    let directories = told.directories.iter();
    let rows = directories.flat_map(|directory| {
        let versions = directory.versions.iter();
        versions.map(|version| row(&directory.ledger, version))
    });
    TableTwin {
        caption: speech.say("services-versions"),
        columns: vec![
            words("services-version"),
            words("services-published-on"),
            numbers("services-number"),
            numbers("services-new"),
            numbers("services-changed"),
            numbers("services-withdrawn"),
            words("column-standing"),
            words("services-note"),
        ],
        rows: rows.collect(),
        totals: Vec::new(),
        guard: Guard::Closed,
    }
}

fn astray(ask: &Ask, told: &Directories) -> TableTwin {
    let speech = ask.speech();
    let words = |said| Column::words(speech.say(said));
    let row = |astray: &directory::Astray| {
        vec![
            Cell::text(astray.service.clone()),
            Cell::text(astray.ledger.clone()),
            Cell::text(astray.to.clone()),
            Cell::word(speech, "astray", astray.why.as_str()),
            Cell::count(speech, astray.referrals),
        ]
    };
    TableTwin {
        caption: speech.say("services-astray"),
        columns: vec![
            words("column-service"),
            words("column-ledger"),
            words("column-to"),
            words("column-reason"),
            Column::kept(speech.say("nav-referrals")),
        ],
        rows: told.astray.iter().map(row).collect(),
        totals: Vec::new(),
        guard: Guard::Closed,
    }
}

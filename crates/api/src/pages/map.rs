//! `/map`: where the people live whom services reached, by first-level area, one map for each country.

use std::collections::BTreeMap;

use axum::extract::{Query, State};
use axum::response::Response;
use homeward_dashboard::chart::{Chart, ChartId, Kind, Say, Words};
use homeward_dashboard::map::{Country, Map, Place};
use homeward_ledger::clock;
use jiff::ToSpan as _;
use jiff::civil::Date;
use jiff::tz::Offset;

use super::Visitor;
use super::arrivals::month_said;
use super::ask::Ask;
use super::panel::{Cell, Column, Drawn, Guard, Link, Panel, Row, State as Stands, TableTwin};
use super::shell;
use crate::endpoints::five_w::{self, FiveWGroup};
use crate::gate::Gate;
use crate::problem::Problem;

/// What the question takes of the frame.
const TAKES: &[&str] = &[
    "ledger",
    "agency",
    "site",
    "programme",
    "group",
    "return_type",
    "grounds",
    "sex",
    "age_band",
    "known",
];

/// Panels of countries, by their codes; areas of any other, and those that are not known, share one.
const PANELS: [(&str, &str); 7] = [
    ("AG", "map-ag"),
    ("BB", "map-bb"),
    ("GD", "map-gd"),
    ("GY", "map-gy"),
    ("HT", "map-ht"),
    ("JM", "map-jm"),
    ("TT", "map-tt"),
];
const ELSEWHERE: &str = "map-elsewhere";

/// The months that are asked about.
struct Period {
    from: String,
    to: String,
}

impl Period {
    /// The frame's cohort days, or the three years up to the reference day.
    fn of(ask: &Ask) -> Self {
        let day = |name: &str| ask.frame.one(name).parse::<Date>().ok();
        let today = || Offset::UTC.to_datetime(clock::now()).date();
        let last = day("origin_to")
            .or_else(|| day("day"))
            .unwrap_or_else(today);
        let three_years = || {
            last.first_of_month()
                .checked_sub(35.months())
                .unwrap_or(last)
        };
        let first = day("origin_from").unwrap_or_else(three_years);
        let month = |day: Date| format!("{:04}-{:02}", day.year(), day.month());
        Self {
            from: month(first),
            to: month(last),
        }
    }
}

/// `GET /map`
pub(crate) async fn page(
    State(gate): State<Gate>,
    visitor: Visitor,
    Query(pairs): Query<Vec<(String, String)>>,
) -> Response {
    let ask = Ask::new(gate, visitor, pairs);
    let panels = match maps(&ask).await {
        Ok(panels) => panels,
        Err(problem) => vec![ask.panel(ELSEWHERE, "map-title", Err(problem))],
    };
    shell::panels(&ask, "nav-map", panels).await
}

async fn maps(ask: &Ask) -> Result<Vec<Panel>, Problem> {
    let period = Period::of(ask);
    let by = [
        ("by", "area"),
        ("from", period.from.as_str()),
        ("to", period.to.as_str()),
    ];
    let (gate, key, query) = ask.question(TAKES, &by);
    let answer = five_w::answer(gate, key, query).await?.0;
    let mut countries: BTreeMap<&'static str, Vec<&FiveWGroup>> = BTreeMap::new();
    for group in &answer.told.consolidated {
        let area = group.values.first().map_or("", String::as_str);
        let country = area.get(..2).unwrap_or_default();
        let panel = PANELS.iter().find(|(code, _)| *code == country);
        countries
            .entry(panel.map_or(ELSEWHERE, |(_, id)| id))
            .or_default()
            .push(group);
    }
    let foot = ask.foot(&answer.as_of, &answer.manifest);
    let mut panels = Vec::new();
    for (id, groups) in countries {
        let panel = panel(ask, id, &groups, &period);
        panels.push(Panel {
            foot: foot.clone(),
            ..panel
        });
    }
    if panels.is_empty() {
        let headline = ask.speech().say("map-title");
        panels.push(Panel {
            id: ELSEWHERE,
            headline,
            state: Stands::Empty,
            foot,
            ..Panel::default()
        });
    }
    Ok(panels)
}

/// What an area is called: as its outline has it, or by its code.
fn named(ask: &Ask, area: &str) -> String {
    let country = area.get(..2).and_then(Country::of);
    let known = country.and_then(|country| country.area(area));
    known.map_or_else(
        || ask.speech().word("area", area),
        |area| area.name.to_owned(),
    )
}

fn panel(ask: &Ask, id: &'static str, groups: &[&FiveWGroup], period: &Period) -> Panel {
    let speech = ask.speech();
    let country = PANELS
        .iter()
        .find(|(_, panel)| *panel == id)
        .map_or("", |(code, _)| code);
    let area = |group: &FiveWGroup| group.values.first().cloned().unwrap_or_default();
    let mut sorted = groups.to_vec();
    sorted.sort_by(|left, right| {
        right
            .persons
            .cmp(&left.persons)
            .then_with(|| left.values.cmp(&right.values))
    });
    let place = speech.word("country", country);
    let most = sorted
        .first()
        .map(|group| (named(ask, &area(group)), group.persons));
    let headline = most.map_or_else(
        || speech.say("map-title"),
        |(area, persons)| {
            let told = [
                ("country", (&place).into()),
                ("area", area.into()),
                ("count", persons.into()),
            ];
            speech.tell(
                if country.is_empty() {
                    "map-headline-elsewhere"
                } else {
                    "map-headline"
                },
                &told,
            )
        },
    );
    let months = [
        ("from", month_said(ask, &period.from).into()),
        ("to", month_said(ask, &period.to).into()),
    ];
    let row = |group: &&FiveWGroup| {
        let area = area(group);
        vec![
            Cell {
                value: area.clone(),
                ..Cell::text(named(ask, &area))
            },
            Cell::text(area),
            Cell::count(speech, group.persons),
            Cell::count(speech, group.services),
        ]
    };
    let take = |format: &str| {
        let more = [
            ("by", "area"),
            ("from", period.from.as_str()),
            ("to", period.to.as_str()),
            ("format", format),
        ];
        Link::new(
            ask.address("/take/five-w", TAKES, &more),
            format.to_uppercase(),
        )
    };
    let title = match country {
        "" => speech.say("map-title"),
        _ => format!("{}: {place}", speech.say("map-title")),
    };
    let mut panel = Panel {
        id,
        title,
        headline,
        subtitle: speech.tell("map-subtitle", &months),
        tables: vec![ask.shown(TableTwin {
            caption: speech.say("map-title"),
            columns: vec![
                Column::words(speech.say("map-area")),
                Column::words(speech.say("map-code")),
                Column::alone(speech.say("map-people")),
                Column::alone(speech.say("map-services")),
            ],
            rows: sorted.iter().map(row).collect(),
            totals: Vec::new(),
            guard: Guard::Counts(Row::Apart),
        })],
        takes: ["csv", "xlsx", "hxl"].into_iter().map(take).collect(),
        notes: std::iter::once(speech.say("map-note"))
            .chain(ask.passed_over(TAKES))
            .collect(),
        ..Panel::default()
    };
    panel.picture = Some(picture(ask, country, &panel));
    panel
}

/// The areas as the panel's table shows them.
fn picture(ask: &Ask, country: &str, panel: &Panel) -> Drawn {
    let speech = ask.speech();
    let people = |value: f64| speech.decimal(value, 0);
    let rows = panel.tables.iter().flat_map(|table| &table.rows);
    let places = rows.filter_map(|row| match row.as_slice() {
        [area, code, persons, ..] => Some(Place {
            code: &code.value,
            name: &area.said,
            amount: persons.amount(),
        }),
        _ => None,
    });
    // Its words are read out with it, and the figures of the headline may not be for everybody.
    let words = if ask.frame.withholds() {
        (panel.title.clone(), String::new())
    } else {
        (panel.headline.clone(), panel.subtitle.clone())
    };
    let (title, nothing, elsewhere) = (
        speech.say("map-people"),
        speech.say("map-nobody"),
        speech.say("map-not-shown"),
    );
    let chart = Chart {
        words: Words {
            title: &words.0,
            desc: &words.1,
            empty: &speech.say("panel-empty"),
        },
        kind: Kind::Map(Map {
            country,
            title: &title,
            places: places.collect(),
            nothing: &nothing,
            elsewhere: &elsewhere,
            classes: None,
            say: Say::new(&people),
        }),
    };
    Drawn::Table(chart.figure(&ChartId::new(panel.id)))
}

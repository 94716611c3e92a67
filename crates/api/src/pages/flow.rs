//! `/flow`: how far journeys come, and how long each step takes.

use std::sync::Arc;

use axum::extract::{Query, State};
use axum::response::Response;
use homeward_dashboard::chart::{
    Amount, Axis, Chart, ChartId, Curve, Curves, Flow, Kind, Leaving, Say, Stage as Passed,
    Step as Turn, Words,
};
use homeward_dashboard::language::Speech;
use homeward_projections::steps::{Point, Stage, Step, Time};

use super::Visitor;
use super::arrivals::share;
use super::ask::{Ask, FEW};
use super::panel::{Cell, Column, Drawn, Guard, Link, Panel, Row, State as Stands, TableTwin};
use super::shell;
use crate::answer::Answer;
use crate::endpoints::steps::{self, Steps};
use crate::gate::Gate;

/// What steps take of the frame.
const TAKES: &[&str] = &[
    "ledger",
    "site",
    "programme",
    "return_type",
    "grounds",
    "group",
    "sex",
    "age_band",
    "origin_from",
    "origin_to",
    "known",
    "day",
];
/// Days after reception at which the table tells shares.
const MARKS: [i64; 6] = [7, 14, 30, 90, 180, 365];

/// `GET /flow`
pub(crate) async fn page(
    State(gate): State<Gate>,
    visitor: Visitor,
    Query(pairs): Query<Vec<(String, String)>>,
) -> Response {
    let ask = Ask::new(gate, visitor, pairs);
    let (gate, key, query) = ask.question(TAKES, &[]);
    let (flow, times) = match steps::answer(gate, key, query).await {
        Ok(answer) => (Ok(flow(&ask, &answer.0)), Ok(times(&ask, &answer.0))),
        Err(problem) => (Err(problem.clone()), Err(problem)),
    };
    let panels = vec![
        ask.panel("flow", "flow-title", flow),
        ask.panel("times", "times-title", times),
    ];
    shell::panels(&ask, "nav-flow", panels).await
}

fn stands(answer: &Answer<Arc<Steps>>) -> Stands {
    if answer.told.journeys == 0 {
        Stands::Empty
    } else {
        Stands::Told
    }
}

/// How many come how far, and how those left who came no further.
fn flow(ask: &Ask, answer: &Answer<Arc<Steps>>) -> Panel {
    let (speech, told) = (ask.speech(), &answer.told);
    let reached = |step: Step| {
        let stage = told.stages.iter().find(|stage| stage.step == step);
        stage.map_or(0, |stage| stage.reached)
    };
    let count = ("count", told.journeys.into());
    let steps = [("assessed", Step::Assessed), ("served", Step::InService)];
    let headline = if told.journeys < FEW {
        let [assessed, served] = steps.map(|(name, step)| (name, reached(step).into()));
        speech.tell("flow-headline-few", &[count, assessed, served])
    } else {
        let said = |step| speech.percent(share(reached(step), told.journeys), 0);
        let [assessed, served] = steps.map(|(name, step)| (name, said(step).into()));
        speech.tell("flow-headline", &[count, assessed, served])
    };
    let day = speech.date(told.on.0);
    let table = ask.shown(table_of_flow(speech, &told.stages, told.journeys));
    Panel {
        id: "flow",
        headline,
        subtitle: speech.tell(
            "flow-subtitle",
            &[("count", told.journeys.into()), ("day", day.into())],
        ),
        picture: Some(picture_of_flow(ask, told, &table)),
        tables: vec![table],
        takes: takes(ask),
        notes: ask.passed_over(TAKES).into_iter().collect(),
        foot: ask.foot(&answer.as_of, &answer.manifest),
        state: stands(answer),
        ..Panel::default()
    }
}

/// The files, which take no cohort.
fn takes(ask: &Ask) -> Vec<Link> {
    let cohort = ["origin_from", "origin_to"];
    if cohort.iter().any(|name| !ask.frame.one(name).is_empty()) {
        return Vec::new();
    }
    ask.takes("steps", TAKES, &[])
}

fn step_said(speech: Speech, step: Step) -> String {
    speech.word("stage", step.as_str())
}

fn how_said(speech: Speech, how: &str) -> String {
    let closed = speech.word("closure-reason", how);
    if closed == how {
        speech.word("leaving", how)
    } else {
        closed
    }
}

fn table_of_flow(speech: Speech, stages: &[Stage], journeys: i64) -> TableTwin {
    let mut columns = vec![Column::words(speech.say("flow-step"))];
    columns.extend([
        Column::whole(speech.say("flow-reached")),
        Column::kept(speech.say("flow-share")),
        Column::kept(speech.say("flow-took")),
        Column::part(speech.say("flow-waiting")),
        Column::part(speech.say("flow-left")),
        Column::kept(speech.say("flow-how")),
    ]);
    let row = |stage: &Stage| {
        let how = stage
            .left
            .iter()
            .map(|(how, count)| format!("{}: {}", how_said(speech, how), speech.count(*count)));
        let reached = share(stage.reached, journeys);
        vec![
            Cell {
                value: stage.step.as_str().to_owned(),
                ..Cell::text(step_said(speech, stage.step))
            },
            Cell::count(speech, stage.reached),
            Cell::number(speech.percent(reached, 1), reached),
            Cell::count(speech, stage.took),
            Cell::count(speech, stage.waiting),
            Cell::count(speech, stage.left.values().sum()),
            Cell::text(how.collect::<Vec<_>>().join("; ")),
        ]
    };
    TableTwin {
        caption: speech.say("flow-title"),
        columns,
        rows: stages.iter().map(row).collect(),
        totals: Vec::new(),
        // Who came so far is who came further, who waits here and who left from here.
        guard: Guard::Counts(Row::Onward),
    }
}

/// How those left who came no further than a stage, the most frequent way first.
fn ways_of_leaving(speech: Speech, stage: &Stage) -> Vec<(String, i64)> {
    let left = stage.left.iter();
    let left = left.map(|(how, count)| (how_said(speech, how), *count));
    let mut left: Vec<(String, i64)> = left.collect();
    left.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
    left
}

/// The stages as their table shows them. Where small numbers are withheld, all who left from a stage stand
/// together.
fn picture_of_flow(ask: &Ask, told: &Steps, table: &TableTwin) -> Drawn {
    let (speech, withholds) = (ask.speech(), ask.frame.withholds());
    let stages = told.stages.iter();
    let ways: Vec<Vec<(String, i64)>> =
        stages.map(|stage| ways_of_leaving(speech, stage)).collect();
    let left_at_all = speech.say("flow-left");
    let say = |value: f64| speech.decimal(value, 0);
    let say_share = |value: f64| speech.percent(value, 0);
    let drawn = table.rows.iter().zip(&ways).filter_map(|(row, ways)| {
        let [step, reached, _, _, waiting, left, _] = row.as_slice() else {
            return None;
        };
        let leaving = if withholds {
            vec![Leaving {
                label: &left_at_all,
                amount: left.amount(),
            }]
        } else {
            ways.iter()
                .map(|(label, count)| Leaving {
                    label,
                    amount: Amount::Known(share(*count, 1)),
                })
                .collect()
        };
        Some(Passed {
            label: &step.said,
            reached: reached.amount(),
            waiting: waiting.amount(),
            leaving,
        })
    });
    let (title, empty) = (speech.say("flow-title"), speech.say("panel-empty"));
    let desc = if withholds {
        title.clone()
    } else {
        speech.tell(
            "flow-subtitle",
            &[("count", told.journeys.into()), ("day", "".into())],
        )
    };
    let waiting = speech.say("flow-waiting");
    let chart = Chart {
        words: Words {
            title: &title,
            desc: &desc,
            empty: &empty,
        },
        kind: Kind::Flow(Flow {
            stages: drawn.collect(),
            waiting: &waiting,
            say: Say::new(&say),
            say_share: Say::new(&say_share),
        }),
    };
    Drawn::Table(chart.figure(&ChartId::new("flow")))
}

/// How long each step takes, while leaving competes with it.
fn times(ask: &Ask, answer: &Answer<Arc<Steps>>) -> Panel {
    let (speech, told) = (ask.speech(), &answer.told);
    let sentence = |time: &Time| {
        let step = ("step", capital(&step_said(speech, time.step)).into());
        match time.median_days {
            Some(0) => speech.tell("times-half-at-once", &[step]),
            Some(days) => {
                let days = speech.tell("count-days", &[("count", days.into())]);
                speech.tell("times-half", &[step, ("days", days.into())])
            }
            None => speech.tell("times-no-half", &[step]),
        }
    };
    // Half of few is nobody's typical time.
    let few = told.journeys < FEW;
    let first = told.times.first().filter(|_| !few);
    Panel {
        id: "times",
        headline: first.map_or_else(|| speech.say("times-title"), sentence),
        subtitle: speech.tell("times-subtitle", &[("count", told.journeys.into())]),
        sentences: if few {
            vec![ask.too_few()]
        } else {
            told.times.iter().skip(1).map(sentence).collect()
        },
        picture: (!few).then(|| Drawn::Answer(picture_of_times(speech, &told.times))),
        tables: vec![table_of_times(speech, &told.times)],
        takes: takes(ask),
        notes: ask.passed_over(TAKES).into_iter().collect(),
        foot: ask.foot(&answer.as_of, &answer.manifest),
        state: stands(answer),
        ..Panel::default()
    }
}

/// A word as a sentence begins with it.
fn capital(word: &str) -> String {
    let mut letters = word.chars();
    let first = letters.next().map(char::to_uppercase);
    first.into_iter().flatten().chain(letters).collect()
}

/// The last point at or before a day.
fn point_at(time: &Time, days: i64) -> Option<&Point> {
    time.curve.iter().rev().find(|point| point.days <= days)
}

fn table_of_times(speech: Speech, times: &[Time]) -> TableTwin {
    let mut columns = vec![Column::words(speech.say("flow-step"))];
    let parts = ["times-taken", "times-left", "times-waiting"];
    columns.extend(parts.iter().map(|said| Column::part(speech.say(said))));
    let everybody = [1, 2, 3];
    let median = speech.say("times-median");
    columns.push(Column::share(median, &everybody, &everybody));
    columns.extend(
        MARKS
            .iter()
            .map(|days| Column::kept(speech.tell("times-by-day", &[("days", (*days).into())]))),
    );
    let row = |time: &Time| {
        let mut row = vec![
            Cell {
                value: time.step.as_str().to_owned(),
                ..Cell::text(step_said(speech, time.step))
            },
            Cell::count(speech, time.taken),
            Cell::count(speech, time.left),
            Cell::count(speech, time.waiting),
            match time.median_days {
                Some(days) => Cell::count(speech, days),
                None => Cell::number(speech.say("times-not-reached"), ""),
            },
        ];
        row.extend(MARKS.iter().map(|days| mark(speech, time, *days)));
        row
    };
    TableTwin {
        caption: speech.say("times-title"),
        columns,
        rows: times.iter().map(row).collect(),
        totals: Vec::new(),
        // Everybody who was received, as the flow above has them.
        guard: Guard::Counts(Row::Known),
    }
}

/// Up to which day shares are known: where nobody waits, nothing can change any more.
fn settled_until(time: &Time, whole: i64) -> i64 {
    if time.waiting == 0 {
        whole
    } else {
        time.observed_days.min(whole)
    }
}

/// The share by a day; nothing where nobody was observed so long.
fn mark(speech: Speech, time: &Time, days: i64) -> Cell {
    if days > settled_until(time, days) {
        return Cell::number(speech.say("times-not-observed"), "").drawn("hatched");
    }
    match point_at(time, days) {
        None => Cell::number(speech.percent(0.0, 1), 0),
        Some(point) => {
            let said = match (point.lower, point.upper) {
                (Some(low), Some(high)) => speech.percent_between(point.taken, low, high, 1),
                _ => speech.percent(point.taken, 1),
            };
            Cell::number(said, point.taken)
        }
    }
}

fn picture_of_times(speech: Speech, times: &[Time]) -> String {
    let names: Vec<String> = times
        .iter()
        .map(|time| step_said(speech, time.step))
        .collect();
    let turn = |point: &Point| Turn {
        at: share(point.days, 1),
        value: point.taken,
        band: point.lower.zip(point.upper),
    };
    let until = times
        .iter()
        .map(|time| time.observed_days.min(365))
        .max()
        .unwrap_or(0);
    let curve = |(time, name): (&Time, &'_ String)| -> (String, Vec<Turn>, f64) {
        let within = time.curve.iter().filter(|point| point.days <= until);
        (
            name.clone(),
            within.map(turn).collect(),
            share(settled_until(time, until), 1),
        )
    };
    let drawn: Vec<(String, Vec<Turn>, f64)> = times.iter().zip(&names).map(curve).collect();
    let curves = drawn.iter().map(|(name, steps, until)| Curve {
        label: name,
        start: 0.0,
        steps: steps.clone(),
        censored: Vec::new(),
        until: *until,
        withheld: None,
    });
    let (title, empty) = (speech.say("times-title"), speech.say("panel-empty"));
    let (x, y) = (speech.say("times-days"), speech.say("times-share"));
    let days = |value: f64| speech.decimal(value, 0);
    let percent = |value: f64| speech.percent(value, 0);
    let every = if until > 120 {
        60.0
    } else if until > 40 {
        30.0
    } else {
        7.0
    };
    let desc = speech.say("times-desc");
    let chart = Chart {
        words: Words {
            title: &title,
            desc: &desc,
            empty: &empty,
        },
        kind: Kind::Curves(Curves {
            x: Axis::time(&x, share(until.max(1), 1), every, Say::new(&days)),
            y: Axis::share(&y, Say::new(&percent)),
            curves: curves.collect(),
            band: None,
            mark: None,
            caution: None,
            below: Vec::new(),
        }),
    };
    chart.figure(&ChartId::new("times"))
}

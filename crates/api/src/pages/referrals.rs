//! `/referrals`: where referrals stand, how long providers take, and what they answer.

use axum::extract::{Query, State};
use axum::response::Response;
use homeward_dashboard::chart::{
    Amount, Arrangement, Axis, Bar, Bars, Chart, ChartId, Direction, Interval, Intervals, Kind,
    Limit, Say, Words,
};
use homeward_dashboard::language::Speech;
use homeward_events::referral::Priority;
use homeward_projections::referrals::{providers, reasons};
use homeward_projections::turnaround::{Line, Step};

use super::Visitor;
use super::arrivals::share;
use super::ask::Ask;
use super::panel::{Cell, Column, Link, Panel, State as Stands, TableTwin};
use super::shell;
use crate::endpoints::referrals as counted;
use crate::endpoints::referrals::figures;
use crate::gate::Gate;
use crate::problem::Problem;

/// What referrals take of the frame; `agency` is the provider.
const TAKES: &[&str] = &["ledger", "known", "day"];
/// Hours of a day: providers answer in days.
const HOURS: f64 = 24.0;

/// `GET /referrals`
pub(crate) async fn page(
    State(gate): State<Gate>,
    visitor: Visitor,
    Query(pairs): Query<Vec<(String, String)>>,
) -> Response {
    let ask = Ask::new(gate, visitor, pairs);
    let panels = vec![
        ask.panel("funnel", "funnel-title", funnel(&ask).await),
        ask.panel("ages", "ages-title", ages(&ask).await),
        ask.panel("clocks", "clocks-title", clocks(&ask).await),
        ask.panel("providers", "providers-title", answers(&ask).await),
        ask.panel("reasons", "reasons-title", why(&ask).await),
    ];
    shell::panels(&ask, "nav-referrals", panels).await
}

/// Conditions of the frame, with its agency as the provider.
fn provider(ask: &Ask) -> Vec<(&str, &str)> {
    ask.frame
        .values("agency")
        .map(|agency| ("to", agency))
        .collect()
}

fn passed_over(ask: &Ask) -> Vec<String> {
    let mut takes = TAKES.to_vec();
    takes.push("agency");
    ask.passed_over(&takes).into_iter().collect()
}

/// Lying bars of one count each.
fn bars(speech: Speech, id: &str, title: &str, axis: &str, rows: &[(String, i64)]) -> String {
    let say = |value: f64| speech.decimal(value, 0);
    let empty = speech.say("panel-empty");
    let chart = Chart {
        words: Words {
            title,
            desc: title,
            empty: &empty,
        },
        kind: Kind::Bars(Bars {
            value: Axis::count(axis, Say::new(&say)),
            series: vec![axis],
            bars: rows
                .iter()
                .map(|(label, count)| Bar {
                    label,
                    parts: vec![Amount::Known(share(*count, 1))],
                })
                .collect(),
            direction: Direction::Lying,
            arrangement: Arrangement::Stacked,
        }),
    };
    chart.figure(&ChartId::new(id))
}

/// How far referrals come, step by step.
async fn funnel(ask: &Ask) -> Result<Panel, Problem> {
    let speech = ask.speech();
    let mut more = provider(ask);
    more.push(("by", "state"));
    let (gate, key, query) = ask.question(TAKES, &more);
    let answer = counted::count(gate, key, query).await?.0;
    let told = &answer.told;
    let state = |group: &counted::ReferralGroup| group.values.first().cloned().unwrap_or_default();
    // In the order of a referral's life.
    let order = homeward_journey::referral::State::ALL;
    let place = |name: &str| order.iter().position(|state| state.as_str() == name);
    let mut groups: Vec<_> = told.groups.iter().collect();
    groups.sort_by_key(|group| place(&state(group)));
    let bars_of: Vec<(String, i64)> = groups
        .iter()
        .map(|group| {
            (
                speech.word("referral-state", &state(group)),
                group.counts.referrals,
            )
        })
        .collect();
    let row = |group: &&counted::ReferralGroup| {
        vec![
            Cell::word(speech, "referral-state", &state(group)),
            Cell::count(speech, group.counts.referrals),
            Cell::count(speech, group.counts.open),
            Cell::count(speech, group.counts.overdue),
        ]
    };
    let title = speech.say("funnel-title");
    let headline = [
        ("count", told.all.open.into()),
        ("overdue", told.all.overdue.into()),
    ];
    let day = speech.date(told.on.0);
    let subtitle = [("count", told.all.referrals.into()), ("day", day.into())];
    Ok(Panel {
        id: "funnel",
        headline: speech.tell("funnel-headline", &headline),
        subtitle: speech.tell("funnel-subtitle", &subtitle),
        picture: Some(bars(
            speech,
            "funnel",
            &title,
            &speech.say("funnel-referrals"),
            &bars_of,
        )),
        tables: vec![TableTwin {
            caption: title.clone(),
            columns: vec![
                Column::words(speech.say("funnel-state")),
                Column::numbers(speech.say("funnel-referrals")),
                Column::numbers(speech.say("funnel-open")),
                Column::numbers(speech.say("funnel-overdue")),
            ],
            rows: groups.iter().map(row).collect(),
            totals: vec![
                Cell::text(speech.say("column-total")),
                Cell::count(speech, told.all.referrals),
                Cell::count(speech, told.all.open),
                Cell::count(speech, told.all.overdue),
            ],
        }],
        takes: ask.takes("referrals", TAKES, &more),
        notes: passed_over(ask),
        foot: ask.foot(&answer.as_of, &answer.manifest),
        state: if told.all.referrals == 0 {
            Stands::Empty
        } else {
            Stands::Told
        },
        ..Panel::default()
    })
}

/// How old open referrals are.
async fn ages(ask: &Ask) -> Result<Panel, Problem> {
    let speech = ask.speech();
    let mut more = provider(ask);
    more.push(("by", "ledger"));
    let (gate, key, query) = ask.question(TAKES, &more);
    let answer = figures::providers(gate, key, query).await?.0;
    let mut by_age = [0_i64; providers::AGE_DAYS.len() + 1];
    let (mut open, mut escalated) = (0, 0);
    for line in &answer.told.lines {
        open += line.tally.open;
        escalated += line.tally.escalated;
        for (sum, count) in by_age.iter_mut().zip(line.tally.open_by_age) {
            *sum += count;
        }
    }
    let mut from = 0;
    let mut names: Vec<String> = Vec::new();
    for to in providers::AGE_DAYS {
        names.push(speech.tell(
            "ages-class",
            &[("days", format!("{from}\u{2013}{to}").into())],
        ));
        from = to + 1;
    }
    names.push(speech.tell("ages-class", &[("days", format!("{from}+").into())]));
    let rows: Vec<(String, i64)> = names.into_iter().zip(by_age).collect();
    let title = speech.say("ages-title");
    let headline = [("count", open.into()), ("escalated", escalated.into())];
    Ok(Panel {
        id: "ages",
        headline: speech.tell("ages-headline", &headline),
        subtitle: speech.say("ages-subtitle"),
        picture: Some(bars(
            speech,
            "ages",
            &title,
            &speech.say("funnel-open"),
            &rows,
        )),
        tables: vec![TableTwin {
            caption: title.clone(),
            columns: vec![
                Column::words(speech.say("ages-age")),
                Column::numbers(speech.say("funnel-open")),
            ],
            rows: rows
                .iter()
                .map(|(name, count)| vec![Cell::text(name), Cell::count(speech, *count)])
                .collect(),
            totals: Vec::new(),
        }],
        notes: passed_over(ask),
        foot: ask.foot(&answer.as_of, &answer.manifest),
        state: if open == 0 {
            Stands::Empty
        } else {
            Stands::Told
        },
        ..Panel::default()
    })
}

/// How long providers take to answer, what is still open counted in, against what was agreed.
async fn clocks(ask: &Ask) -> Result<Panel, Problem> {
    let speech = ask.speech();
    let asked = ask.frame.one("priority");
    let priority = Priority::ALL
        .iter()
        .copied()
        .find(|known| known.as_str() == asked);
    let priority = priority.unwrap_or(Priority::Normal);
    let mut more = provider(ask);
    more.extend([("by", "to"), ("priority", priority.as_str())]);
    let (gate, key, query) = ask.question(TAKES, &more);
    let answer = figures::turnaround(gate, key, query).await?.0;
    let answers = answer
        .told
        .lines
        .iter()
        .filter(|line| line.step == Step::Answer.as_str());
    let lines: Vec<&Line> = answers.collect();
    let limit = Step::Answer.limit_hours(priority).map(f64::from);
    let beyond = |line: &&&Line| match (line.median_hours, limit) {
        (Some(hours), Some(limit)) => share(hours, 1) > limit,
        _ => false,
    };
    let slow = i64::try_from(lines.iter().filter(beyond).count()).unwrap_or(i64::MAX);
    let all = i64::try_from(lines.len()).unwrap_or(i64::MAX);
    let said = speech.word("priority", priority.as_str());
    let switch = Priority::ALL.iter().map(|known| {
        let said = speech.word("priority", known.as_str());
        Link::new(ask.frame.with("priority", known.as_str()), said)
    });
    Ok(Panel {
        id: "clocks",
        headline: speech.tell(
            "clocks-headline",
            &[("slow", slow.into()), ("count", all.into())],
        ),
        subtitle: speech.tell("clocks-subtitle", &[("priority", said.into())]),
        switches: switch.collect(),
        picture: Some(picture_of_clocks(speech, &lines, limit)),
        tables: vec![table_of_clocks(speech, &lines)],
        takes: ask.takes("referral-turnaround", TAKES, &more),
        notes: passed_over(ask),
        foot: ask.foot(&answer.as_of, &answer.manifest),
        state: if lines.is_empty() {
            Stands::Empty
        } else {
            Stands::Told
        },
        ..Panel::default()
    })
}

fn to(line: &Line) -> &str {
    line.values.first().map_or("", String::as_str)
}

fn picture_of_clocks(speech: Speech, lines: &[&Line], limit: Option<f64>) -> String {
    let note = |line: &&Line| {
        speech.tell(
            "clocks-note",
            &[
                ("count", line.referrals.into()),
                ("running", line.running.into()),
            ],
        )
    };
    let notes: Vec<String> = lines.iter().map(note).collect();
    let days = |hours: Option<i64>| hours.map(|hours| share(hours, 1) / HOURS);
    let rows = lines.iter().zip(&notes).map(|(line, note)| Interval {
        label: to(line),
        note,
        middle: days(line.median_hours),
        lower: days(line.median_least),
        upper: days(line.median_most),
        withheld: None,
    });
    let (title, empty) = (speech.say("clocks-title"), speech.say("panel-empty"));
    let (axis, open) = (speech.say("clocks-days"), speech.say("times-not-reached"));
    let (within, beyond) = (speech.say("clocks-within"), speech.say("clocks-beyond"));
    let limit_said = limit.map(|hours| {
        let days = speech.decimal(hours / HOURS, 0);
        (
            hours / HOURS,
            speech.tell("clocks-limit", &[("days", days.into())]),
        )
    });
    let say = |value: f64| speech.decimal(value, 0);
    let desc = speech.say("clocks-desc");
    let chart = Chart {
        words: Words {
            title: &title,
            desc: &desc,
            empty: &empty,
        },
        kind: Kind::Intervals(Intervals {
            x: Axis::amount(&axis, Say::new(&say)),
            rows: rows.collect(),
            limit: limit_said.as_ref().map(|(at, label)| Limit {
                at: *at,
                label,
                within: &within,
                beyond: &beyond,
            }),
            open: &open,
        }),
    };
    chart.figure(&ChartId::new("clocks"))
}

fn table_of_clocks(speech: Speech, lines: &[&Line]) -> TableTwin {
    let mut columns = vec![Column::words(speech.say("clocks-provider"))];
    let numbers = [
        "clocks-asked",
        "clocks-answered",
        "clocks-running",
        "clocks-left",
        "clocks-median",
        "clocks-nine",
        "clocks-in-time",
        "clocks-late",
    ];
    columns.extend(numbers.iter().map(|said| Column::numbers(speech.say(said))));
    let hours = |hours: Option<i64>| match hours {
        Some(hours) => Cell::number(speech.decimal(share(hours, 1) / HOURS, 1), hours),
        None => Cell::number(speech.say("times-not-reached"), ""),
    };
    let counted = |count: Option<i64>| match count {
        Some(count) => Cell::count(speech, count),
        None => Cell::number("\u{2013}", ""),
    };
    let row = |line: &&Line| {
        vec![
            Cell::text(to(line)),
            Cell::count(speech, line.referrals),
            Cell::count(speech, line.taken),
            Cell::count(speech, line.running),
            Cell::count(speech, line.left),
            hours(line.median_hours),
            hours(line.p90_hours),
            counted(line.in_time),
            counted(line.late),
        ]
    };
    TableTwin {
        caption: speech.say("clocks-title"),
        columns,
        rows: lines.iter().map(row).collect(),
        totals: Vec::new(),
    }
}

/// What providers answer, and how many can still become accepted.
async fn answers(ask: &Ask) -> Result<Panel, Problem> {
    let speech = ask.speech();
    let more = provider(ask);
    let (gate, key, query) = ask.question(TAKES, &more);
    let answer = figures::providers(gate, key, query).await?.0;
    let lines = &answer.told.lines;
    let names = ["accepted", "declined", "undecided", "unanswered", "left"];
    let parts = |line: &providers::Line| {
        let tally = &line.tally;
        [
            tally.accepted,
            tally.declined,
            tally.undecided,
            tally.unanswered,
            tally.left,
        ]
    };
    let series: Vec<String> = names
        .iter()
        .map(|name| speech.say(&format!("providers-{name}")))
        .collect();
    let first = |line: &providers::Line| line.values.first().cloned().unwrap_or_default();
    let row = |line: &providers::Line| {
        let mut row = vec![
            Cell::text(first(line)),
            Cell::count(speech, line.tally.referrals),
        ];
        row.extend(parts(line).map(|count| Cell::count(speech, count)));
        row.push(match (line.share, line.share_least, line.share_most) {
            (Some(of), Some(least), Some(most)) => {
                Cell::number(speech.percent_between(of, least, most, 0), of)
            }
            _ => Cell::number("\u{2013}", ""),
        });
        row
    };
    let drawn: Vec<(String, [i64; 5])> = lines
        .iter()
        .map(|line| (first(line), parts(line)))
        .collect();
    let (title, empty, axis) = (
        speech.say("providers-title"),
        speech.say("panel-empty"),
        speech.say("funnel-referrals"),
    );
    let say = |value: f64| speech.decimal(value, 0);
    let chart = Chart {
        words: Words {
            title: &title,
            desc: &title,
            empty: &empty,
        },
        kind: Kind::Bars(Bars {
            value: Axis::count(&axis, Say::new(&say)),
            series: series.iter().map(String::as_str).collect(),
            bars: drawn
                .iter()
                .map(|(label, parts)| Bar {
                    label,
                    parts: parts
                        .iter()
                        .map(|count| Amount::Known(share(*count, 1)))
                        .collect(),
                })
                .collect(),
            direction: Direction::Lying,
            arrangement: Arrangement::Stacked,
        }),
    };
    let (sent, accepted) = lines.iter().fold((0, 0), |(sent, accepted), line| {
        (sent + line.tally.referrals, accepted + line.tally.accepted)
    });
    let mut columns = vec![
        Column::words(speech.say("clocks-provider")),
        Column::numbers(speech.say("funnel-referrals")),
    ];
    columns.extend(series.iter().map(Column::numbers));
    columns.push(Column::numbers(speech.say("providers-share")));
    let headline = [
        ("count", sent.into()),
        ("share", speech.percent(share(accepted, sent), 0).into()),
    ];
    Ok(Panel {
        id: "providers",
        headline: speech.tell("providers-headline", &headline),
        subtitle: speech.say("providers-subtitle"),
        picture: Some(chart.figure(&ChartId::new("providers"))),
        tables: vec![TableTwin {
            caption: title.clone(),
            columns,
            rows: lines.iter().map(row).collect(),
            totals: Vec::new(),
        }],
        takes: ask.takes("referral-providers", TAKES, &more),
        notes: passed_over(ask),
        foot: ask.foot(&answer.as_of, &answer.manifest),
        state: if lines.is_empty() {
            Stands::Empty
        } else {
            Stands::Told
        },
        ..Panel::default()
    })
}

/// Why referrals ended without what was asked for.
async fn why(ask: &Ask) -> Result<Panel, Problem> {
    let speech = ask.speech();
    let mut more = provider(ask);
    more.push(("language", speech.language.code()));
    let takes_reasons = ["ledger", "known"];
    let (gate, key, query) = ask.question(&takes_reasons, &more);
    let answer = figures::reasons(gate, key, query).await?.0;
    let mut lines: Vec<&reasons::Line> = answer.told.lines.iter().collect();
    lines.sort_by(|a, b| {
        b.referrals
            .cmp(&a.referrals)
            .then_with(|| a.reason.cmp(&b.reason))
    });
    let row = |line: &&reasons::Line| {
        vec![
            Cell {
                value: line.reason.clone(),
                ..Cell::text(&line.label)
            },
            Cell {
                value: line.kind.clone(),
                ..Cell::text(speech.say(&format!("reasons-{}", line.kind)))
            },
            Cell {
                value: line.group.clone(),
                ..Cell::text(&line.group_label)
            },
            Cell::count(speech, line.referrals),
        ]
    };
    let headline = match lines.first() {
        Some(first) => speech.tell(
            "reasons-headline",
            &[
                ("reason", (&first.label).into()),
                ("count", first.referrals.into()),
            ],
        ),
        None => speech.say("reasons-title"),
    };
    Ok(Panel {
        id: "reasons",
        headline,
        subtitle: speech.tell(
            "reasons-subtitle",
            &[
                ("count", answer.told.referrals.into()),
                ("file", (&answer.told.reasons).into()),
            ],
        ),
        tables: vec![TableTwin {
            caption: speech.say("reasons-title"),
            columns: vec![
                Column::words(speech.say("reasons-reason")),
                Column::words(speech.say("reasons-kind")),
                Column::words(speech.say("reasons-group")),
                Column::numbers(speech.say("funnel-referrals")),
            ],
            rows: lines.iter().map(row).collect(),
            totals: Vec::new(),
        }],
        table_first: true,
        notes: ask
            .passed_over(&["ledger", "known", "agency"])
            .into_iter()
            .collect(),
        foot: ask.foot(&answer.as_of, &answer.manifest),
        state: if lines.is_empty() {
            Stands::Empty
        } else {
            Stands::Told
        },
        ..Panel::default()
    })
}

//! `/follow-ups`: which days follow-ups fall on, and whether they take place.

use std::collections::BTreeMap;

use axum::extract::{Query, State};
use axum::response::Response;
use homeward_dashboard::chart::{Amount, Calendar, Chart, ChartId, Direction, Kind, Say, Words};
use jiff::Span;
use jiff::civil::Date;

use super::Visitor;
use super::arrivals::share;
use super::ask::{Ask, FEW};
use super::draw::Counts;
use super::panel::{Cell, Column, Drawn, Guard, Panel, Row, State as Stands, TableTwin};
use super::shell;
use crate::endpoints::follow_ups::{self, FollowUpStanding};
use crate::gate::Gate;
use crate::problem::Problem;

/// What follow-ups take of the frame.
const TAKES: &[&str] = &["ledger", "site", "known", "day"];
/// Weeks before the reference day's week that the calendar shows.
const WEEKS_BEFORE: i32 = 8;
/// Weeks of the calendar.
const WEEKS: i32 = 17;

/// `GET /follow-ups`
pub(crate) async fn page(
    State(gate): State<Gate>,
    visitor: Visitor,
    Query(pairs): Query<Vec<(String, String)>>,
) -> Response {
    let ask = Ask::new(gate, visitor, pairs);
    let panels = vec![
        ask.panel("adherence", "adherence-title", adherence(&ask).await),
        ask.panel("calendar", "calendar-title", calendar(&ask).await),
    ];
    shell::panels(&ask, "nav-follow-ups", panels).await
}

/// The parts of a standing, in the order in which they are shown.
const PARTS: [&str; 6] = [
    "completed",
    "overdue",
    "due",
    "upcoming",
    "cancelled",
    "lapsed",
];

fn parts(standing: &FollowUpStanding) -> [i64; 6] {
    [
        standing.completed,
        standing.overdue,
        standing.due,
        standing.upcoming,
        standing.cancelled,
        standing.lapsed,
    ]
}

/// How many took place of those whose time is over, wave by wave.
async fn adherence(ask: &Ask) -> Result<Panel, Problem> {
    let speech = ask.speech();
    let (gate, key, query) = ask.question(TAKES, &[("by", "wave")]);
    let answer = follow_ups::count(gate, key, query).await?.0;
    let order = homeward_events::vocabulary::Wave::ALL;
    let wave =
        |group: &follow_ups::FollowUpGroup| group.values.first().cloned().unwrap_or_default();
    let place = |name: &str| order.iter().position(|wave| wave.as_str() == name);
    let mut groups: Vec<_> = answer.told.groups.iter().collect();
    groups.sort_by_key(|group| place(&wave(group)));
    let series: Vec<String> = PARTS
        .iter()
        .map(|part| speech.say(&format!("adherence-{part}")))
        .collect();
    let kept = |standing: &FollowUpStanding| {
        let over = standing.completed + standing.overdue;
        if over == 0 {
            return Cell::number(speech.say("adherence-nothing-over"), "").drawn("hatched");
        }
        let of = share(standing.completed, over);
        Cell::number(speech.percent(of, 0), of)
    };
    let cells = |name: Cell, standing: &FollowUpStanding| {
        let mut row = vec![name];
        row.extend(parts(standing).map(|count| Cell::count(speech, count)));
        row.push(Cell::count(speech, standing.missed));
        row.push(kept(standing));
        row
    };
    let row = |group: &&follow_ups::FollowUpGroup| {
        cells(Cell::word(speech, "wave", &wave(group)), &group.standing)
    };
    let (title, axis) = (
        speech.say("adherence-title"),
        speech.say("adherence-follow-ups"),
    );
    let all = &answer.told.all;
    let over = all.completed + all.overdue;
    let mut columns = vec![Column::words(speech.say("adherence-wave"))];
    columns.extend(series.iter().map(Column::part));
    columns.push(Column::alone(speech.say("adherence-missed")));
    // Of those whose time is over: what took place, and what is overdue.
    let over_columns = [1, 2];
    let kept = speech.say("adherence-kept");
    columns.push(Column::share(kept, &over_columns, &over_columns));
    let table = ask.shown(TableTwin {
        caption: title.clone(),
        columns,
        rows: groups.iter().map(row).collect(),
        totals: cells(Cell::text(speech.say("column-total")), all),
        guard: Guard::Counts(Row::Apart),
    });
    let counts = Counts {
        id: "adherence",
        title: &title,
        axis: &axis,
        direction: Direction::Lying,
        series,
        bars: table.bars(1, PARTS.len()),
    };
    let count = ("count", over.into());
    let headline = match over {
        0 => speech.say("adherence-nothing-over"),
        1..FEW => speech.tell(
            "adherence-headline-few",
            &[count, ("part", all.completed.into())],
        ),
        over => {
            let share = speech.percent(share(all.completed, over), 0);
            speech.tell("adherence-headline", &[count, ("share", share.into())])
        }
    };
    let day = speech.date(answer.told.on.0);
    let nobody = parts(all).iter().all(|count| *count == 0);
    Ok(Panel {
        id: "adherence",
        headline,
        subtitle: speech.tell("adherence-subtitle", &[("day", day.into())]),
        picture: Some(counts.picture(speech)),
        tables: vec![table],
        takes: ask.takes("follow-ups", TAKES, &[("by", "wave")]),
        explain: Some(ask.address("/explain/follow-ups", TAKES, &[])),
        notes: ask.passed_over(TAKES).into_iter().collect(),
        foot: ask.foot(&answer.as_of, &answer.manifest),
        state: if nobody { Stands::Empty } else { Stands::Told },
        ..Panel::default()
    })
}

/// Follow-ups by the day that they are due, around the reference day: weeks beside each other.
async fn calendar(ask: &Ask) -> Result<Panel, Problem> {
    let speech = ask.speech();
    let (gate, key, query) = ask.question(TAKES, &[("by", "due_on")]);
    let answer = follow_ups::count(gate, key, query).await?.0;
    let on = answer.told.on.0;
    let owed = |standing: &FollowUpStanding| standing.upcoming + standing.due + standing.overdue;
    let by_day: BTreeMap<Date, (i64, i64)> = answer
        .told
        .groups
        .iter()
        .filter_map(|group| {
            let day: Date = group.values.first()?.parse().ok()?;
            Some((day, (owed(&group.standing), group.standing.completed)))
        })
        .collect();
    let monday = on.saturating_sub(
        Span::new()
            .days(i64::from(on.weekday().to_monday_zero_offset()) + i64::from(WEEKS_BEFORE * 7)),
    );
    let (title, axis) = (speech.say("calendar-title"), speech.say("calendar-owed"));
    let shown = |(day, (owed, done)): (&Date, &(i64, i64))| {
        vec![
            Cell {
                value: day.to_string(),
                ..Cell::text(speech.day(*day))
            },
            Cell::count(speech, *owed),
            Cell::count(speech, *done),
        ]
    };
    let within = monday..day_at(monday, WEEKS, 0);
    let table = ask.shown(TableTwin {
        caption: title,
        columns: vec![
            Column::words(speech.say("calendar-day")),
            Column::alone(axis),
            Column::alone(speech.say("adherence-completed")),
        ],
        rows: by_day.range(within).map(shown).collect(),
        totals: Vec::new(),
        guard: Guard::Counts(Row::Apart),
    });
    let busiest = by_day
        .range(on..)
        .max_by_key(|(day, (owed, _))| (*owed, std::cmp::Reverse(**day)));
    let headline = match busiest {
        Some((day, (owed, _))) if *owed > 0 => speech.tell(
            "calendar-headline",
            &[("day", speech.date(*day).into()), ("count", (*owed).into())],
        ),
        _ => speech.say("calendar-nothing"),
    };
    Ok(Panel {
        id: "calendar",
        headline,
        subtitle: speech.say("calendar-subtitle"),
        picture: Some(picture(ask, &table, monday)),
        tables: vec![table],
        takes: ask.takes("follow-ups", TAKES, &[("by", "due_on")]),
        notes: ask.passed_over(TAKES).into_iter().collect(),
        foot: ask.foot(&answer.as_of, &answer.manifest),
        state: if by_day.is_empty() {
            Stands::Empty
        } else {
            Stands::Told
        },
        ..Panel::default()
    })
}

/// A day of the calendar.
fn day_at(monday: Date, week: i32, weekday: i32) -> Date {
    monday.saturating_add(Span::new().days(i64::from(week * 7 + weekday)))
}

/// What the table shows of each day, weeks beside each other; a day without a row owes nothing.
fn picture(ask: &Ask, table: &TableTwin, monday: Date) -> Drawn {
    let speech = ask.speech();
    let weeks: Vec<String> = (0..WEEKS)
        .map(|week| week_said(ask, day_at(monday, week, 0)))
        .collect();
    let weekdays: Vec<String> = (1..=7)
        .map(|weekday| speech.say(&format!("weekday-{weekday}")))
        .collect();
    let rows = table.rows.iter();
    let amounts: BTreeMap<&str, Amount<'_>> = rows
        .filter_map(|row| Some((row.first()?.value.as_str(), row.get(1)?.amount())))
        .collect();
    let cells = (0..7).map(|weekday| {
        let amount = |week| {
            let day = day_at(monday, week, weekday).to_string();
            let known = amounts.get(day.as_str()).copied();
            known.unwrap_or(Amount::Known(0.0))
        };
        (0..WEEKS).map(amount).collect()
    });
    let (title, empty) = (speech.say("calendar-title"), speech.say("panel-empty"));
    let axis = speech.say("calendar-owed");
    let say = |value: f64| speech.decimal(value, 0);
    let chart = Chart {
        words: Words {
            title: &title,
            desc: &title,
            empty: &empty,
        },
        kind: Kind::Calendar(Calendar {
            title: &axis,
            rows: weekdays.iter().map(String::as_str).collect(),
            columns: weeks.iter().map(String::as_str).collect(),
            cells: cells.collect(),
            classes: None,
            say: Say::new(&say),
        }),
    };
    Drawn::Table(chart.figure(&ChartId::new("calendar")))
}

/// A week by its Monday: `29 Jun`.
fn week_said(ask: &Ask, monday: Date) -> String {
    format!(
        "{} {}",
        monday.day(),
        ask.speech().month_short(monday.month())
    )
}

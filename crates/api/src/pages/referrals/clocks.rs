//! How long providers take to answer, what is still open counted in, against what was agreed.

use homeward_dashboard::chart::{
    Axis, Chart, ChartId, Interval, Intervals, Kind, Limit, Say, Words,
};
use homeward_dashboard::language::Speech;
use homeward_events::referral::Priority;
use homeward_projections::turnaround::{Line, Step};

use super::{TAKES, passed_over, provider};
use crate::endpoints::referrals::figures;
use crate::pages::arrivals::share;
use crate::pages::ask::Ask;
use crate::pages::panel::{
    Cell, Column, Drawn, Guard, Link, Panel, Row, State as Stands, TableTwin,
};
use crate::problem::Problem;

/// Hours of a day: providers answer in days.
const HOURS: f64 = 24.0;

/// How long providers take to answer, what is still open counted in, against what was agreed.
pub(super) async fn clocks(ask: &Ask) -> Result<Panel, Problem> {
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
        picture: Some(Drawn::Answer(picture_of_clocks(speech, &lines, limit))),
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
    columns.push(Column::whole(speech.say("clocks-asked")));
    let parts = ["clocks-answered", "clocks-running", "clocks-left"];
    columns.extend(parts.iter().map(|said| Column::part(speech.say(said))));
    let times = ["clocks-median", "clocks-nine"];
    columns.extend(times.map(|said| Column::share(speech.say(said), &[2], &[1])));
    let kept = ["clocks-in-time", "clocks-late"];
    columns.extend(kept.iter().map(|said| Column::kept(speech.say(said))));
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
        guard: Guard::Counts(Row::Exact),
    }
}

//! `/referrals`: where referrals stand, how long providers take, and what they answer.

mod clocks;
mod providers;

use axum::extract::{Query, State};
use axum::response::Response;
use homeward_dashboard::chart::Direction;
use homeward_dashboard::language::Speech;
use homeward_projections::referrals::providers::AGE_DAYS;

use super::Visitor;
use super::ask::Ask;
use super::draw::Counts;
use super::panel::{Cell, Column, Panel, State as Stands, TableTwin};
use super::shell;
use crate::endpoints::referrals as counted;
use crate::endpoints::referrals::figures;
use crate::gate::Gate;
use crate::problem::Problem;

/// What referrals take of the frame; `agency` is the provider.
const TAKES: &[&str] = &["ledger", "known", "day"];

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
        ask.panel("clocks", "clocks-title", clocks::clocks(&ask).await),
        ask.panel(
            "providers",
            "providers-title",
            providers::answers(&ask).await,
        ),
        ask.panel("reasons", "reasons-title", providers::why(&ask).await),
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
    let bars = rows.iter();
    let counts = Counts {
        id,
        title,
        axis,
        direction: Direction::Lying,
        series: vec![axis.to_owned()],
        bars: bars
            .map(|(name, count)| (name.clone(), vec![*count]))
            .collect(),
    };
    counts.picture(speech)
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
        explain: Some(ask.address("/explain/referrals", TAKES, &provider(ask))),
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
    let mut by_age = [0_i64; AGE_DAYS.len() + 1];
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
    for to in AGE_DAYS {
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

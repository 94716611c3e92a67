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
use super::panel::{Cell, Column, Drawn, Guard, Panel, Row, State as Stands, TableTwin};
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

/// Lying bars of the first count of each row.
fn bars(speech: Speech, id: &str, axis: &str, table: &TableTwin) -> Drawn {
    let counts = Counts {
        id,
        title: &table.caption,
        axis,
        direction: Direction::Lying,
        series: vec![axis.to_owned()],
        bars: table.bars(1, 1),
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
    let row = |group: &&counted::ReferralGroup| {
        vec![
            Cell::word(speech, "referral-state", &state(group)),
            Cell::count(speech, group.counts.referrals),
            Cell::count(speech, group.counts.open),
            Cell::count(speech, group.counts.overdue),
        ]
    };
    let table = ask.shown(TableTwin {
        caption: speech.say("funnel-title"),
        columns: vec![
            Column::words(speech.say("funnel-state")),
            Column::whole(speech.say("funnel-referrals")),
            // All of a state or none of it: it says nothing that the state does not.
            Column::kept(speech.say("funnel-open")),
            Column::part(speech.say("funnel-overdue")),
        ],
        rows: groups.iter().map(row).collect(),
        totals: vec![
            Cell::text(speech.say("column-total")),
            Cell::count(speech, told.all.referrals),
            Cell::count(speech, told.all.open),
            Cell::count(speech, told.all.overdue),
        ],
        guard: Guard::Counts(Row::Within),
    });
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
            &speech.say("funnel-referrals"),
            &table,
        )),
        tables: vec![table],
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
    let rows = names.iter().zip(by_age);
    let rows = rows.map(|(name, count)| vec![Cell::text(name), Cell::count(speech, count)]);
    let table = ask.shown(TableTwin {
        caption: speech.say("ages-title"),
        columns: vec![
            Column::words(speech.say("ages-age")),
            Column::alone(speech.say("funnel-open")),
        ],
        rows: rows.collect(),
        totals: vec![
            Cell::text(speech.say("column-total")),
            Cell::count(speech, open),
        ],
        guard: Guard::Counts(Row::Apart),
    });
    let headline = [("count", open.into()), ("escalated", escalated.into())];
    Ok(Panel {
        id: "ages",
        headline: speech.tell("ages-headline", &headline),
        subtitle: speech.say("ages-subtitle"),
        picture: Some(bars(speech, "ages", &speech.say("funnel-open"), &table)),
        tables: vec![table],
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

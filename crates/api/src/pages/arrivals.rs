//! `/arrivals`: who arrived, when, and by which kind of return.

use std::collections::BTreeMap;

use axum::extract::{Query, State};
use axum::response::Response;
use homeward_dashboard::chart::{Amount, Direction};

use super::Visitor;
use super::ask::Ask;
use super::draw::Counts;
use super::panel::{Cell, Column, Drawn, Guard, Panel, Row, State as Stands, TableTwin};
use super::shell;
use super::table::amounts;
use crate::endpoints::caseload;
use crate::gate::Gate;
use crate::problem::Problem;

/// What the caseload takes of the frame.
pub(crate) const TAKES: &[&str] = &[
    "ledger",
    "site",
    "return_type",
    "sex",
    "age_band",
    "grounds",
    "known",
];

/// `GET /arrivals`
pub(crate) async fn page(
    State(gate): State<Gate>,
    visitor: Visitor,
    Query(pairs): Query<Vec<(String, String)>>,
) -> Response {
    let ask = Ask::new(gate, visitor, pairs);
    let by_month = ask.panel("arrivals", "arrivals-title", by_month(&ask).await);
    shell::panels(&ask, "nav-arrivals", vec![by_month]).await
}

/// Journeys by month of arrival and type of return.
async fn by_month(ask: &Ask) -> Result<Panel, Problem> {
    let speech = ask.speech();
    let by = [("by", "month"), ("by", "return_type")];
    let (gate, key, query) = ask.question(TAKES, &by);
    let answer = caseload::count(gate, key, query).await?.0;
    let (mut months, mut kinds) = (
        BTreeMap::<&str, BTreeMap<&str, i64>>::new(),
        BTreeMap::new(),
    );
    for group in &answer.told.groups {
        let [month, kind] = group.values.as_slice() else {
            continue;
        };
        let cell = months.entry(month).or_default();
        *cell.entry(kind.as_str()).or_insert(0) += group.journeys;
        *kinds.entry(kind.as_str()).or_insert(0) += group.journeys;
    }
    // The most frequent kind first: that is how the picture is stacked.
    let mut kinds: Vec<(&str, i64)> = kinds.into_iter().collect();
    kinds.sort_by_key(|(kind, journeys)| (std::cmp::Reverse(*journeys), *kind));
    let all = answer.told.journeys;
    let (mut columns, mut rows) = (
        vec![Column::words(speech.say("arrivals-month"))],
        Vec::new(),
    );
    columns.extend(
        kinds
            .iter()
            .map(|(kind, _)| Column::part(speech.word("return_type", kind))),
    );
    columns.push(Column::whole(speech.say("column-total")));
    for (month, by_kind) in &months {
        let mut row = vec![Cell {
            value: (*month).to_owned(),
            ..Cell::text(month_said(ask, month))
        }];
        let count = |kind| by_kind.get(kind).copied().unwrap_or(0);
        row.extend(
            kinds
                .iter()
                .map(|(kind, _)| Cell::count(speech, count(kind))),
        );
        row.push(Cell::count(speech, by_kind.values().sum()));
        rows.push(row);
    }
    let mut totals = vec![Cell::text(speech.say("column-total"))];
    totals.extend(
        kinds
            .iter()
            .map(|(_, journeys)| Cell::count(speech, *journeys)),
    );
    totals.push(Cell::count(speech, all));
    let (state, headline) = match kinds.first() {
        None => (Stands::Empty, speech.say("arrivals-title")),
        Some((kind, journeys)) => {
            let told = [
                ("count", all.into()),
                ("kind", speech.word("return_type", kind).into()),
                ("share", speech.percent(share(*journeys, all), 0).into()),
            ];
            (Stands::Told, speech.tell("arrivals-headline", &told))
        }
    };
    let table = ask.shown(TableTwin {
        caption: speech.say("arrivals-title"),
        columns,
        rows,
        totals,
        guard: Guard::Counts(Row::Exact),
    });
    Ok(Panel {
        id: "arrivals",
        headline,
        subtitle: speech.tell("arrivals-subtitle", &[("count", all.into())]),
        picture: Some(picture(ask, &table, &kinds)),
        tables: vec![table],
        takes: ask.takes("caseload", TAKES, &by),
        explain: Some(ask.address("/explain/caseload", TAKES, &[])),
        notes: ask.passed_over(TAKES).into_iter().collect(),
        foot: ask.foot(&answer.as_of, &answer.manifest),
        state,
        ..Panel::default()
    })
}

/// Kinds of return that are told apart in the picture: more than this many patterns are not.
const KINDS_DRAWN: usize = 5;
/// Months without anybody that are drawn as such; a longer gap is one empty place with an ellipsis.
const GAP_MONTHS_MAX: i16 = 12;

/// Months beside each other, kinds on top of each other, the most frequent at the bottom.
fn picture(ask: &Ask, table: &TableTwin, kinds: &[(&str, i64)]) -> Drawn {
    let speech = ask.speech();
    let (drawn, rest) = kinds.split_at(kinds.len().min(KINDS_DRAWN));
    let mut series: Vec<String> = drawn
        .iter()
        .map(|(kind, _)| speech.word("return_type", kind))
        .collect();
    if !rest.is_empty() {
        series.push(speech.say("arrivals-other-kinds"));
    }
    let mut bars: Vec<(String, Vec<Amount<'_>>)> = Vec::new();
    let mut last = None;
    for row in &table.rows {
        let mut parts = amounts(row, 1..=drawn.len());
        let others = amounts(row, drawn.len() + 1..=kinds.len());
        parts.extend(others.into_iter().reduce(Amount::plus));
        let month = row.first().map_or("", |cell| cell.value.as_str());
        let this = number(month);
        if let (Some(last), Some(this)) = (last, this) {
            for between in gap(last, this) {
                let label = between.map_or_else(|| "\u{2026}".to_owned(), |at| short(ask, at));
                bars.push((label, Vec::new()));
            }
        }
        let label = this.map_or_else(|| month.to_owned(), |at| short(ask, at));
        bars.push((label, parts));
        last = this;
    }
    let (title, axis) = (
        speech.say("arrivals-title"),
        speech.say("arrivals-journeys"),
    );
    let counts = Counts {
        id: "arrivals",
        title: &title,
        axis: &axis,
        direction: Direction::Standing,
        series,
        bars,
    };
    counts.picture(speech)
}

/// A month as one number: years times twelve and months.
fn number(month: &str) -> Option<i16> {
    let (year, month) = month.split_once('-')?;
    let (year, month): (i16, i16) = (year.parse().ok()?, month.parse().ok()?);
    year.checked_mul(12)?.checked_add(month - 1)
}

/// The months between two, or one `None` for all of them where they are too many.
fn gap(last: i16, this: i16) -> Vec<Option<i16>> {
    if this - last - 1 > GAP_MONTHS_MAX {
        return vec![None];
    }
    (last + 1..this).map(Some).collect()
}

/// A month in few letters, with its year where the year begins.
fn short(ask: &Ask, month: i16) -> String {
    let (year, month) = (month.div_euclid(12), month.rem_euclid(12) + 1);
    let said = ask.speech().month_short(i8::try_from(month).unwrap_or(1));
    if month == 1 {
        format!("{said} {year}")
    } else {
        said
    }
}

/// A month as `2026-07` in words; what is no month stays as it is.
pub(crate) fn month_said(ask: &Ask, month: &str) -> String {
    let parts = month.split_once('-');
    let parts = parts.and_then(|(year, month)| Some((year.parse().ok()?, month.parse().ok()?)));
    match parts {
        Some((year, month)) => ask.speech().month(year, month),
        None => ask.speech().word("month", month),
    }
}

/// A share of a whole; nothing of nothing.
pub(crate) fn share(part: i64, whole: i64) -> f64 {
    // Counts of people are far below 2^53.
    let float = |count: i64| f64::from(i32::try_from(count).unwrap_or(i32::MAX));
    if whole == 0 {
        0.0
    } else {
        float(part) / float(whole)
    }
}

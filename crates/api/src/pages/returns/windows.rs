//! Cohorts by window: who failed within so many months, of those whose answer stands. What is not final
//! is hatched and says how many are still to come; "not yet" is never "no".

use std::collections::{BTreeMap, BTreeSet};

use homeward_dashboard::language::Speech;

use super::{TAKES, Told, Unit, asked, people, rooted, takes};
use crate::endpoints::recidivism::{CohortWindow, ShareOf};
use crate::pages::arrivals;
use crate::pages::ask::{Ask, label};
use crate::pages::panel::{Cell, Column, Guard, Panel, Rests, State, TableTwin};
use crate::problem::Problem;

/// Conditions that a group gives up first, in this order, when it says too little.
const WIDENED: &[&str] = &[
    "site",
    "programme",
    "group",
    "age_band",
    "grounds",
    "sex",
    "return_type",
];

pub(super) async fn panel(ask: &Ask, told: &Told) -> Result<Panel, Problem> {
    let speech = ask.speech();
    let cohorts = &told.told.cohorts;
    let count = people(told.told.figures.persons);
    let subtitle = speech.tell("returns-windows-subtitle", &[("count", count.into())]);
    let base = Panel {
        id: "windows",
        subtitle,
        ..Panel::default()
    };
    if cohorts.is_empty() || count == 0 {
        let headline = speech.say("returns-windows-title");
        return Ok(rooted(
            ask,
            told,
            Panel {
                headline,
                state: State::Empty,
                ..base
            },
        ));
    }
    let finals = cohorts.iter().filter(|window| window.is_final).count();
    let said = [
        ("final", i64::try_from(finals).unwrap_or(i64::MAX).into()),
        (
            "all",
            i64::try_from(cohorts.len()).unwrap_or(i64::MAX).into(),
        ),
    ];
    let mut tables = vec![table(speech, cohorts)];
    tables.extend(ladder(ask).await?);
    let panel = Panel {
        headline: speech.tell("returns-windows-headline", &said),
        sentences: vec![speech.say("returns-windows-sentence")],
        tables,
        table_first: true,
        takes: takes(ask, Unit::of(ask), &[]),
        ..base
    };
    Ok(rooted(ask, told, panel))
}

fn table(speech: Speech, cohorts: &[CohortWindow]) -> TableTwin {
    let months: BTreeSet<u16> = cohorts.iter().map(|window| window.months).collect();
    let mut by_cohort: BTreeMap<&str, BTreeMap<u16, &CohortWindow>> = BTreeMap::new();
    for window in cohorts {
        by_cohort
            .entry(&window.cohort)
            .or_default()
            .insert(window.months, window);
    }
    let mut columns = vec![Column::words(speech.say("returns-column-cohort"))];
    columns.extend(months.iter().map(|months| {
        Column::answer(speech.tell("count-months", &[("count", i64::from(*months).into())]))
    }));
    let (mut rows, mut answers) = (Vec::new(), Vec::new());
    for (cohort, windows) in by_cohort {
        for (column, months) in months.iter().enumerate() {
            let at = (rows.len(), column + 1);
            answers.extend(windows.get(months).map(|window| {
                let unsettled = Unsettled {
                    not_yet: window.not_yet,
                    lost: window.censored,
                };
                rests(at, cohort.to_owned(), window.share.as_ref(), unsettled)
            }));
        }
        let mut row = vec![Cell::text(cohort)];
        row.extend(months.iter().map(|months| {
            let window = windows.get(months);
            window.map_or_else(
                || Cell::number("–", ""),
                |window| {
                    let unsettled = Unsettled {
                        not_yet: window.not_yet,
                        lost: window.censored,
                    };
                    cell(speech, window.share.as_ref(), unsettled)
                },
            )
        }));
        rows.push(row);
    }
    let caption = speech.say("returns-windows-title");
    TableTwin {
        caption,
        columns,
        rows,
        totals: Vec::new(),
        guard: Guard::Answers(answers),
    }
}

/// What a window rests on, beside other windows of the same people.
pub(crate) fn rests(
    (row, column): (usize, usize),
    among: String,
    share: Option<&ShareOf>,
    unsettled: Unsettled,
) -> Rests {
    let (part, whole) = share.map_or((0, 0), |share| (people(share.part), people(share.whole)));
    let (not_yet, lost) = (people(unsettled.not_yet), people(unsettled.lost));
    Rests {
        row,
        columns: vec![column],
        among,
        counts: vec![part, whole - part, whole, not_yet, lost],
        people: whole,
    }
}

/// What a window tells besides its share.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Unsettled {
    /// People whose answer does not stand yet.
    pub(crate) not_yet: u64,
    /// People lost from view before it could.
    pub(crate) lost: u64,
}

/// A share of so many people cannot be told closer than this where others were lost from view: then
/// what it lies between is told instead (bounds without assumptions, Manski 1989).
const APART_MAX: f64 = 0.1;

/// One window: the share of those whose answer stands, of how many, and how many are still to come.
pub(crate) fn cell(speech: Speech, share: Option<&ShareOf>, unsettled: Unsettled) -> Cell {
    let Unsettled { not_yet, lost } = unsettled;
    let waiting = speech.tell("returns-not-yet", &[("count", people(not_yet).into())]);
    let class = if not_yet == 0 { "" } else { "hatched" };
    let Some(share) = share.filter(|share| share.whole > 0) else {
        let said = if not_yet > 0 { waiting } else { "–".into() };
        return Cell::number(said, "").drawn(class);
    };
    let all = share.whole.saturating_add(lost);
    let of_all = |count: u64| arrivals::share(people(count), people(all));
    let (least, most) = (of_all(share.part), of_all(share.part.saturating_add(lost)));
    let mut said = if most - least > APART_MAX {
        let between = [
            ("low", speech.decimal(least * 100.0, 1).into()),
            ("high", speech.percent(most, 1).into()),
        ];
        let lost = [("count", people(lost).into())];
        let lost = speech.tell("returns-lost", &lost);
        format!(
            "{} (n = {}) · {lost}",
            speech.tell("number-between", &between),
            speech.count(people(all))
        )
    } else {
        format!(
            "{} (n = {})",
            speech.percent(share.share, 1),
            speech.count(people(share.whole))
        )
    };
    if not_yet > 0 {
        said = format!("{said} · {waiting}");
    }
    Cell::number(said, share.share).drawn(class)
}

/// Where the frame is narrowed: for each window the narrowest group that says enough.
async fn ladder(ask: &Ask) -> Result<Option<TableTwin>, Problem> {
    let set = WIDENED
        .iter()
        .filter(|name| !ask.frame.one(name).is_empty());
    let widen: Vec<(&str, &str)> = set.map(|name| ("widen", *name)).collect();
    if widen.is_empty() {
        return Ok(None);
    }
    let speech = ask.speech();
    let told = asked(ask, Unit::of(ask), &widen).await?;
    let given_up = |names: &[String]| match names {
        [] => speech.say("returns-ladder-nothing"),
        names => names
            .iter()
            .map(|name| label(speech, name))
            .collect::<Vec<_>>()
            .join(", "),
    };
    let row = |rung: &crate::endpoints::recidivism::LadderRung| {
        let share = &rung.share;
        let said = match (share.wilson_lower, share.wilson_upper) {
            (Some(lower), Some(upper)) => speech.percent_between(share.share, lower, upper, 1),
            (Some(_) | None, _) => speech.percent(share.share, 1),
        };
        let months = speech.tell("count-months", &[("count", i64::from(rung.months).into())]);
        let enough = if rung.enough {
            "returns-ladder-enough"
        } else {
            "returns-ladder-not-enough"
        };
        vec![
            Cell {
                value: rung.months.to_string(),
                ..Cell::text(months)
            },
            Cell::text(given_up(&rung.without)),
            Cell::number(said, share.share),
            Cell::count(speech, people(share.whole)),
            Cell::text(speech.say(enough)).drawn(if rung.enough { "" } else { "hatched" }),
        ]
    };
    let rows: Vec<_> = told.told.ladder.iter().map(row).collect();
    let words = ["window", "given-up"]
        .map(|name| Column::words(speech.say(&format!("returns-ladder-{name}"))));
    let numbers = ["returns-ladder-share", "returns-ladder-people"]
        .map(|name| Column::kept(speech.say(name)));
    let mut columns = words.to_vec();
    columns.extend(numbers);
    columns.push(Column::words(speech.say("returns-ladder-says")));
    let caption = speech.say("returns-ladder-title");
    Ok((!rows.is_empty()).then_some(TableTwin {
        caption,
        columns,
        rows,
        totals: Vec::new(),
        // Each rung holds the one before it: what is between them would be told.
        guard: Guard::Closed,
    }))
}

/// What questions of this panel take.
pub(crate) const fn taken() -> &'static [&'static str] {
    TAKES
}

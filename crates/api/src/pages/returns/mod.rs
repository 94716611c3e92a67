//! `/returns`: what becomes of people after their reception, by a definition that every figure names.
//!
//! One question to `/v1/recidivism` tells the curve, the outcomes that compete and the windows, so
//! the three panels cannot disagree. Groups, or other definitions beside this one, are asked for by
//! the page's own switches.

mod curve;
mod outcomes;
pub(crate) mod windows;

use std::sync::Arc;

use axum::extract::{Query, State};
use axum::response::Response;
use homeward_dashboard::language::Speech;

use super::Visitor;
use super::ask::{self, Ask, label};
use super::panel::{Choice, Link, Panel};
use super::shell;
use crate::answer::Answer;
use crate::endpoints::recidivism::{self, Recidivism, ReturnFigures};
use crate::gate::Gate;
use crate::problem::Problem;

/// What questions about returns take of the frame.
pub(crate) const TAKES: &[&str] = &[
    "ledger",
    "site",
    "return_type",
    "sex",
    "age_band",
    "grounds",
    "programme",
    "group",
    "origin_from",
    "origin_to",
    "definition",
    "known",
    "day",
];

/// By what groups can be told, in the order in which the page offers it.
const GROUPS: &[&str] = &[
    "return_type",
    "sex",
    "age_band",
    "grounds",
    "programme",
    "group",
    "ledger",
];

/// Fewer people than this are [few](ask::FEW).
pub(crate) const FEW: u64 = ask::FEW.unsigned_abs();

/// An answer about returns.
pub(crate) type Told = Answer<Arc<Recidivism>>;

/// In which unit the page counts time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Unit {
    Week,
    Month,
}

impl Unit {
    const ALL: [Self; 2] = [Self::Week, Self::Month];

    fn of(ask: &Ask) -> Self {
        let asked = ask.frame.one("unit");
        Self::ALL
            .into_iter()
            .find(|unit| unit.as_str() == asked)
            .unwrap_or(Self::Week)
    }

    const fn as_str(self) -> &'static str {
        match self {
            Self::Week => "week",
            Self::Month => "month",
        }
    }

    /// The last time at which curves are read: five years.
    const fn last(self) -> i64 {
        match self {
            Self::Week => 260,
            Self::Month => 60,
        }
    }

    /// Times between lines of the axis.
    const fn every(self) -> i64 {
        match self {
            Self::Week => 13,
            Self::Month => 6,
        }
    }

    /// So many of it: `52 weeks`.
    pub(crate) fn times(self, speech: Speech, count: i64) -> String {
        let id = match self {
            Self::Week => "count-weeks",
            Self::Month => "count-months",
        };
        speech.tell(id, &[("count", count.into())])
    }

    /// What the axis says.
    fn axis(self, speech: Speech) -> String {
        speech.say(match self {
            Self::Week => "returns-axis-weeks",
            Self::Month => "returns-axis-months",
        })
    }
}

/// `GET /returns`
pub(crate) async fn page(
    State(gate): State<Gate>,
    visitor: Visitor,
    Query(pairs): Query<Vec<(String, String)>>,
) -> Response {
    let ask = Ask::new(gate, visitor, pairs);
    let unit = Unit::of(&ask);
    let panels = match all(&ask, unit).await {
        Ok(told) => {
            let curve = curve::panel(&ask, unit, &told).await;
            let outcomes = outcomes::panel(&ask, unit, &told);
            let windows = windows::panel(&ask, &told).await;
            vec![
                ask.panel("survival", "returns-survival-title", curve),
                ask.panel("outcomes", "returns-outcomes-title", Ok(outcomes)),
                ask.panel("windows", "returns-windows-title", windows),
            ]
        }
        // Whoever comes for one of them finds it, and why it says nothing.
        Err(problem) => [
            ("survival", "returns-survival-title"),
            ("outcomes", "returns-outcomes-title"),
            ("windows", "returns-windows-title"),
        ]
        .map(|(id, title)| ask.panel(id, title, Err(problem.clone())))
        .to_vec(),
    };
    shell::panels(&ask, "nav-returns", panels).await
}

/// Everybody within the frame, at every time.
async fn all(ask: &Ask, unit: Unit) -> Result<Told, Problem> {
    asked(ask, unit, &[]).await
}

/// The question with the curve's times, and more.
pub(crate) async fn asked(ask: &Ask, unit: Unit, more: &[(&str, &str)]) -> Result<Told, Problem> {
    let times: Vec<String> = (0..=unit.last()).map(|time| time.to_string()).collect();
    let mut all = vec![
        ("unit", unit.as_str()),
        ("lang", ask.speech().language.code()),
    ];
    all.extend(times.iter().map(|time| ("at", time.as_str())));
    all.extend(more);
    let (gate, key, query) = ask.question(TAKES, &all);
    Ok(recidivism::answer(gate, key, query).await?.0)
}

/// The definition within the frame, by its id: what its messages are named by.
pub(crate) fn id(told: &Recidivism) -> &str {
    told.definition.split('@').next().unwrap_or_default()
}

/// Which definition it is, and where its text is.
pub(crate) fn basis(ask: &Ask, told: &Recidivism) -> Link {
    let href = ask
        .frame
        .link("/definitions", &[("definition", &told.definition)]);
    let said = [("definition", (&told.definition).into())];
    Link::new(href, ask.speech().tell("panel-by", &said))
}

/// Files of everything that the answer holds.
pub(crate) fn takes(ask: &Ask, unit: Unit, more: &[(&str, &str)]) -> Vec<Link> {
    let take = |format: &'static str| {
        let mut all = vec![("unit", unit.as_str()), ("format", format)];
        all.extend(more);
        Link::new(
            ask.address("/take/recidivism", TAKES, &all),
            format.to_uppercase(),
        )
    };
    ["csv", "xlsx", "hxl"].map(take).to_vec()
}

/// What a cause of failure or a competing end is called.
pub(crate) fn ending(speech: Speech, end: &str) -> String {
    let vocabularies = ["return-cause", "parting", "failure-event"];
    let said = vocabularies.map(|vocabulary| speech.word(vocabulary, end));
    said.into_iter()
        .find(|said| said != end)
        .unwrap_or_else(|| end.to_owned())
}

/// A message about a definition, or about any where it has none of its own.
pub(crate) fn by_definition(speech: Speech, message: &str, definition: &str) -> String {
    let own = format!("{message}-{definition}");
    if speech.knows(&own) {
        own
    } else {
        format!("{message}-other")
    }
}

/// The definitions at hand besides the one in the frame.
fn others(ask: &Ask, told: &Recidivism) -> Vec<String> {
    let names = ask.gate.definitions.names().into_iter();
    names.filter(|name| *name != told.definition).collect()
}

/// The switches of the curve: unit, groups, other definitions.
fn choices(ask: &Ask, unit: Unit, told: &Recidivism) -> Vec<Choice> {
    let speech = ask.speech();
    let link = |name: &str, value: &str, said: String| Link::new(ask.frame.with(name, value), said);
    let units = Unit::ALL.map(|choice| {
        let said = speech.say(&format!("returns-in-{}s", choice.as_str()));
        (link("unit", choice.as_str(), said), choice == unit)
    });
    let by = ask.frame.one("by");
    let mut groups = vec![(link("by", "", speech.say("returns-by-none")), by.is_empty())];
    groups.extend(
        GROUPS
            .iter()
            .map(|name| (link("by", name, label(speech, name)), *name == by)),
    );
    let also = ask.frame.one("also");
    let mut definitions = vec![(
        link("also", "", speech.say("returns-also-none")),
        also.is_empty(),
    )];
    let others = others(ask, told);
    definitions.extend(
        others
            .iter()
            .map(|name| (link("also", name, name.clone()), name == also)),
    );
    vec![
        Choice {
            label: speech.say("returns-in"),
            links: units.to_vec(),
        },
        Choice {
            label: speech.say("returns-by"),
            links: groups,
        },
        Choice {
            label: speech.say("returns-also"),
            links: definitions,
        },
    ]
}

/// What panels of one answer have in common.
pub(crate) fn rooted(ask: &Ask, told: &Told, panel: Panel) -> Panel {
    Panel {
        basis: Some(basis(ask, &told.told)),
        notes: panel
            .notes
            .into_iter()
            .chain(ask.passed_over(TAKES))
            .collect(),
        foot: ask.foot(&told.as_of, &told.manifest),
        ..panel
    }
}

/// A count of people as messages take it.
pub(crate) fn people(count: u64) -> i64 {
    i64::try_from(count).unwrap_or(i64::MAX)
}

/// Times are far below 2^31.
fn float(time: i64) -> f64 {
    i32::try_from(time).map_or(f64::from(i32::MAX), f64::from)
}

/// What is said of people who are few: how many of them, and why no share.
fn of_few(ask: &Ask, figures: &ReturnFigures) -> (String, Vec<String>) {
    let so_far = [
        ("part", people(figures.failed).into()),
        ("count", people(figures.persons).into()),
    ];
    (ask.speech().tell("few-title", &so_far), vec![ask.too_few()])
}

//! Lists as data: a file says what it shows, relative to a reference day or time that comes with the
//! question, in which order, and who is told when something stays undone.

use std::collections::BTreeMap;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use super::DIMENSIONS;
use super::kind::{Kind, NoSuchWord, Standing, words};
use crate::instrument::Texts;
use crate::shelf::{self, OnFile, Problem, Said, Shelf};

/// The lists at hand.
pub type Worklists = Shelf<Worklist>;

/// The shipped files: to add one, a line here.
const SHIPPED: &[(&str, &str)] = &[
    ("today.toml", include_str!("../../worklists/today.toml")),
    ("overdue.toml", include_str!("../../worklists/overdue.toml")),
    (
        "unanswered-referrals.toml",
        include_str!("../../worklists/unanswered-referrals.toml"),
    ),
    (
        "arrivals-expected.toml",
        include_str!("../../worklists/arrivals-expected.toml"),
    ),
    (
        "unassessed.toml",
        include_str!("../../worklists/unassessed.toml"),
    ),
    (
        "no-contact-30-days.toml",
        include_str!("../../worklists/no-contact-30-days.toml"),
    ),
    (
        "consent-expiring.toml",
        include_str!("../../worklists/consent-expiring.toml"),
    ),
    (
        "clock-breaches.toml",
        include_str!("../../worklists/clock-breaches.toml"),
    ),
    (
        "confirmations-due.toml",
        include_str!("../../worklists/confirmations-due.toml"),
    ),
];

/// The lists that ship.
pub fn shipped() -> Worklists {
    Shelf::of(SHIPPED)
}

/// Most parts, and most levels of escalation, of a list.
const PARTS_MAX: usize = 16;
/// Longest span, in hours: ten years.
const HOURS_MAX: u32 = 10 * 366 * 24;

/// A list that was read and found sound.
pub type Worklist = OnFile<Terms>;

/// What a list says.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Terms {
    /// Its id, a slug.
    pub id: String,
    /// Its version, from 1; a version is never edited.
    pub version: u16,
    /// What it is called, by language.
    pub title: Texts,
    /// In which order it is shown.
    #[serde(default)]
    pub order: Order,
    /// What it shows: whatever one of these lets through, once.
    pub show: Vec<Show>,
    /// Who is told when something stays undone, the soonest first.
    #[serde(default)]
    pub escalation: Vec<Escalation>,
}

/// In which order a list is shown.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Order {
    /// By deadline, the earliest first; what has none by its beginning.
    #[default]
    Deadline,
    /// Emergencies first, then what is urgent, normal, and without a priority; each by deadline.
    Priority,
}

impl Order {
    /// Every order.
    pub const ALL: &'static [Self] = &[Self::Deadline, Self::Priority];

    /// The order's word.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Deadline => "deadline",
            Self::Priority => "priority",
        }
    }
}

words!(Order);

/// One part of a list: every condition that stands here holds.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Show {
    /// Any of these kinds; every kind if empty.
    #[serde(default)]
    pub kinds: Vec<Kind>,
    /// Standing in any of these ways; in any way if empty.
    #[serde(default)]
    pub standing: Vec<Standing>,
    /// The deadline has not passed, and passes within so long.
    pub due_within: Option<Span>,
    /// The deadline has passed, by more than so long.
    pub overdue_by: Option<Span>,
    /// It has stood so for at least so long.
    pub since: Option<Span>,
    /// Any of some values, by dimension.
    #[serde(default)]
    pub only: BTreeMap<String, Vec<String>>,
}

/// A level of escalation.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Escalation {
    /// Who is told, a slug such as `supervisor`.
    pub level: String,
    /// Once the deadline has passed by more than so long; where there is none, once it has stood for
    /// so long.
    pub after: Span,
}

/// A span of time relative to the reference: `7 days`, `24 hours`, or short, `7d`, `24h`. A day is 24
/// hours, and what is told by civil days is counted in days.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Span {
    hours: u32,
}

/// A text that is no span.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("expected a span such as `7 days` or `24 hours`, at most ten years, found `{0}`")]
pub struct SpanError(String);

impl Span {
    /// How long it is, in microseconds.
    pub(super) fn micros(self) -> i64 {
        i64::from(self.hours) * 3600 * 1_000_000
    }
}

impl FromStr for Span {
    type Err = SpanError;
    fn from_str(text: &str) -> Result<Self, SpanError> {
        let wrong = || SpanError(text.chars().take(64).collect());
        let digits = text
            .find(|c: char| !c.is_ascii_digit())
            .unwrap_or(text.len());
        let (number, unit) = text.split_at(digits);
        let number: u32 = number.parse().map_err(|_| wrong())?;
        let hours = match unit.trim_start() {
            "h" | "hour" | "hours" => Some(number),
            "d" | "day" | "days" => number.checked_mul(24),
            _ => None,
        };
        let hours = hours
            .filter(|hours| *hours <= HOURS_MAX)
            .ok_or_else(wrong)?;
        Ok(Self { hours })
    }
}

impl std::fmt::Display for Span {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let (number, unit) = if self.hours.is_multiple_of(24) {
            (self.hours / 24, "day")
        } else {
            (self.hours, "hour")
        };
        write!(f, "{number} {unit}{}", if number == 1 { "" } else { "s" })
    }
}

impl Serialize for Span {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Span {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        text.parse().map_err(serde::de::Error::custom)
    }
}

impl Said for Terms {
    fn id(&self) -> &str {
        &self.id
    }

    fn version(&self) -> u16 {
        self.version
    }

    fn unsound(&self) -> Option<(String, String)> {
        problem(self)
    }
}

impl Terms {
    /// A list that is told in the question itself, and lives no longer.
    pub fn ad_hoc(show: Show, order: Order, escalation: Vec<Escalation>) -> Self {
        Self {
            id: "ad-hoc".to_owned(),
            version: 1,
            title: Texts::default(),
            order,
            show: vec![show],
            escalation,
        }
    }

    /// What cannot be meant: the field, and what was expected.
    pub fn problem(&self) -> Option<(String, String)> {
        let at = |field: &str, problem: String| Some((field.to_owned(), problem));
        if self.show.is_empty() || self.show.len() > PARTS_MAX {
            return at("show", format!("expected 1 to {PARTS_MAX} parts"));
        }
        if self.escalation.len() > PARTS_MAX {
            return at("escalation", format!("expected at most {PARTS_MAX} levels"));
        }
        for (nth, show) in self.show.iter().enumerate() {
            if let Some((field, problem)) = show.problem() {
                return at(&format!("show[{nth}].{field}"), problem);
            }
        }
        for (nth, level) in self.escalation.iter().enumerate() {
            if level
                .level
                .parse::<homeward_events::id::LedgerId>()
                .is_err()
            {
                let expected = "expected 1 to 64 of a-z, 0-9 and inner `-`".to_owned();
                return at(&format!("escalation[{nth}].level"), expected);
            }
        }
        if !self.escalation.is_sorted_by(|a, b| a.after < b.after) {
            return at("escalation", "expected rising spans, none twice".to_owned());
        }
        None
    }
}

fn problem(terms: &Terms) -> Option<Problem> {
    if terms.id == "ad-hoc" {
        let taken = "`ad-hoc` is what lists without a file are called";
        return Some(("id".to_owned(), taken.to_owned()));
    }
    shelf::check_names(&terms.id, terms.version, &terms.title).or_else(|| terms.problem())
}

/// What a part lets through, in words.
impl std::fmt::Display for Show {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let words = |words: Vec<&str>, all: &str| match words.as_slice() {
            [] => all.to_owned(),
            some => some.join(", "),
        };
        let kinds = self.kinds.iter().map(|kind| kind.as_str()).collect();
        write!(f, "{}", words(kinds, "everything"))?;
        let standing: Vec<&str> = self.standing.iter().map(|s| s.as_str()).collect();
        if !standing.is_empty() {
            write!(f, "; {}", standing.join(" or "))?;
        }
        if let Some(span) = self.due_within {
            write!(f, "; due within {span}")?;
        }
        if let Some(span) = self.overdue_by {
            write!(f, "; overdue by more than {span}")?;
        }
        if let Some(span) = self.since {
            write!(f, "; for at least {span}")?;
        }
        for (name, values) in &self.only {
            write!(f, "; {name} {}", values.join(" or "))?;
        }
        Ok(())
    }
}

impl Show {
    fn problem(&self) -> Option<Problem> {
        let at = |field: &str, problem: &str| Some((field.to_owned(), problem.to_owned()));
        let kinds = || {
            let every = Kind::ALL.iter().copied();
            every.filter(|kind| self.kinds.is_empty() || self.kinds.contains(kind))
        };
        let by_deadline = self.due_within.is_some() || self.overdue_by.is_some();
        if by_deadline && kinds().all(Kind::runs) {
            return at("kinds", "none of these has a deadline: expected `since`");
        }
        if self.due_within.is_some() && self.overdue_by.is_some() {
            return at(
                "overdue_by",
                "nothing is due and overdue: expected one of them",
            );
        }
        let known = |name: &String| {
            let told_apart = ["kind", "standing"].contains(&name.as_str());
            !told_apart && DIMENSIONS.contains(&name.as_str())
        };
        if let Some(other) = self.only.keys().find(|name| !known(name)) {
            let expected = DIMENSIONS.get(2..).unwrap_or_default().join(", ");
            return at(
                &format!("only.{other}"),
                &format!("expected one of {expected}"),
            );
        }
        if let Some((name, _)) = self.only.iter().find(|(_, values)| values.is_empty()) {
            return at(&format!("only.{name}"), "expected at least one value");
        }
        None
    }

    /// Whether something passes, of which everything but its profile is told here.
    pub(super) fn lets(
        &self,
        kind: Kind,
        standing: Standing,
        (anchor, since): (i64, i64),
        reference: i64,
    ) -> bool {
        let by_deadline = |span: Option<Span>, holds: &dyn Fn(i64) -> bool| {
            span.is_none_or(|span| !kind.runs() && holds(span.micros()))
        };
        (self.standing.is_empty() || self.standing.contains(&standing))
            && by_deadline(self.due_within, &|span| {
                reference <= anchor && anchor <= reference.saturating_add(span)
            })
            && by_deadline(self.overdue_by, &|span| {
                anchor < reference.saturating_sub(span)
            })
            && self
                .since
                .is_none_or(|span| since <= reference.saturating_sub(span.micros()))
    }

    /// The anchors outside which nothing passes; `None` if nothing of the kind does.
    pub(super) fn bounds(&self, kind: Kind, reference: i64) -> Option<(i64, i64)> {
        if !self.kinds.is_empty() && !self.kinds.contains(&kind) {
            return None;
        }
        let (mut from, mut to) = (i64::MIN, i64::MAX);
        let stands = |standing: &Standing| (*standing == Standing::Running) == kind.runs();
        if !self.standing.is_empty() && !self.standing.iter().any(stands) {
            return None;
        }
        if kind.runs() {
            if self.due_within.is_some() || self.overdue_by.is_some() {
                return None;
            }
            if let Some(span) = self.since {
                to = reference.saturating_sub(span.micros());
            }
            return Some((from, to));
        }
        if !self.standing.is_empty() {
            if !self.standing.contains(&Standing::Overdue) {
                from = reference;
            }
            if self.standing == [Standing::Overdue] {
                to = reference.saturating_sub(1);
            }
        }
        if let Some(span) = self.due_within {
            from = from.max(reference);
            to = to.min(reference.saturating_add(span.micros()));
        }
        if let Some(span) = self.overdue_by {
            to = to.min(reference.saturating_sub(span.micros()).saturating_sub(1));
        }
        Some((from, to))
    }
}

//! A panel: one finding with its picture, the same as a table, and what it rests on.

use std::fmt::Display;

use axum::http::StatusCode;
use homeward_dashboard::language::Speech;

use crate::problem::Problem;

/// A finding.
#[derive(Debug, Clone, Default)]
pub(crate) struct Panel {
    /// What links to it say.
    pub id: &'static str,
    /// What it finds, as a sentence.
    pub headline: String,
    /// What is measured, of how many.
    pub subtitle: String,
    /// By which definition, and where its text is.
    pub basis: Option<Link>,
    /// What else there is to say, in sentences.
    pub sentences: Vec<String>,
    /// Numbers that stand on their own, each with where it leads.
    pub figures: Vec<Figure>,
    /// The same asked otherwise: links.
    pub switches: Vec<Link>,
    /// The picture: SVG.
    pub picture: Option<String>,
    /// The same as tables.
    pub tables: Vec<TableTwin>,
    /// Whether the table is what is looked at: it stands open.
    pub table_first: bool,
    /// Where a list goes on, and where it began.
    pub leads: Vec<Link>,
    /// Files to take away.
    pub takes: Vec<Link>,
    /// Where the figure explains itself.
    pub explain: Option<String>,
    /// What must be known to read it.
    pub notes: Vec<String>,
    /// Up to where it knows the log.
    pub foot: String,
    /// Choices of its own, each a row of links.
    pub choices: Vec<Choice>,
    /// How it stands.
    pub state: State,
}

/// A choice within a panel, as links.
#[derive(Debug, Clone)]
pub(crate) struct Choice {
    /// What is chosen.
    pub label: String,
    /// What there is to choose, and which stands.
    pub links: Vec<(Link, bool)>,
}

/// How a panel stands.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) enum State {
    /// It says something.
    #[default]
    Told,
    /// Nobody fits.
    Empty,
    /// It is being worked out.
    Loading(String),
    /// The question cannot be answered.
    Refused(String),
}

/// A number that stands on its own.
#[derive(Debug, Clone)]
pub(crate) struct Figure {
    /// As the API says it.
    pub value: String,
    /// As it is read.
    pub said: String,
    /// What it counts.
    pub label: String,
    /// Where it leads.
    pub href: Option<String>,
    /// Whether somebody has to act.
    pub pressing: bool,
}

/// A link.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Link {
    /// Where to.
    pub href: String,
    /// What it says.
    pub said: String,
}

impl Link {
    /// A link.
    pub(crate) fn new(href: impl Into<String>, said: impl Into<String>) -> Self {
        Self {
            href: href.into(),
            said: said.into(),
        }
    }
}

/// A table.
#[derive(Debug, Clone, Default)]
pub(crate) struct TableTwin {
    /// What it shows.
    pub caption: String,
    /// Its columns.
    pub columns: Vec<Column>,
    /// Its rows; the first cell names the row.
    pub rows: Vec<Vec<Cell>>,
    /// Totals below.
    pub totals: Vec<Cell>,
}

/// A column.
#[derive(Debug, Clone)]
pub(crate) struct Column {
    /// What it is called.
    pub said: String,
    /// Whether it holds numbers.
    pub number: bool,
}

impl Column {
    /// A column of words.
    pub(crate) fn words(said: impl Into<String>) -> Self {
        Self {
            said: said.into(),
            number: false,
        }
    }

    /// A column of numbers.
    pub(crate) fn numbers(said: impl Into<String>) -> Self {
        Self {
            said: said.into(),
            number: true,
        }
    }
}

/// A cell.
#[derive(Debug, Clone, Default)]
pub(crate) struct Cell {
    /// As it is read.
    pub said: String,
    /// As the API says it.
    pub value: String,
    /// Where it leads.
    pub href: Option<String>,
    /// Whether it holds a number.
    pub number: bool,
    /// How it is drawn besides: `hatched`, `struck`, `pressing`.
    pub class: &'static str,
}

impl Cell {
    /// A text.
    pub(crate) fn text(said: impl Into<String>) -> Self {
        let said = said.into();
        Self {
            value: said.clone(),
            said,
            ..Self::default()
        }
    }

    /// A day or an instant, which stays on one line.
    pub(crate) fn day(said: impl Into<String>) -> Self {
        Self {
            class: "day",
            ..Self::text(said)
        }
    }

    /// A word of a vocabulary, with its spelling in the API.
    pub(crate) fn word(speech: Speech, vocabulary: &str, value: &str) -> Self {
        Self {
            said: speech.word(vocabulary, value),
            value: value.to_owned(),
            ..Self::default()
        }
    }

    /// A whole number.
    pub(crate) fn count(speech: Speech, count: i64) -> Self {
        Self {
            said: speech.count(count),
            value: count.to_string(),
            number: true,
            ..Self::default()
        }
    }

    /// A number as it is said, with what the API says.
    pub(crate) fn number(said: impl Into<String>, value: impl Display) -> Self {
        Self {
            said: said.into(),
            value: value.to_string(),
            number: true,
            ..Self::default()
        }
    }

    /// The same, leading somewhere.
    #[must_use]
    pub(crate) fn to(mut self, href: impl Into<String>) -> Self {
        self.href = Some(href.into());
        self
    }

    /// The same, drawn otherwise.
    #[must_use]
    pub(crate) fn drawn(mut self, class: &'static str) -> Self {
        self.class = class;
        self
    }
}

impl Panel {
    /// A panel that could not be told.
    pub(crate) fn untold(
        id: &'static str,
        headline: String,
        problem: &Problem,
        speech: Speech,
    ) -> Self {
        let why = [("why", (&problem.detail).into())];
        let state = if problem.status == StatusCode::SERVICE_UNAVAILABLE.as_u16() {
            State::Loading(speech.tell("panel-loading", &why))
        } else {
            State::Refused(speech.tell("panel-refused", &why))
        };
        Self {
            id,
            headline,
            state,
            ..Self::default()
        }
    }

    /// Whether it is being worked out.
    pub(crate) fn is_loading(&self) -> bool {
        matches!(self.state, State::Loading(_))
    }
}

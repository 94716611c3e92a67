//! A panel: one finding with its picture, the same as a table, and what it rests on.

use axum::http::StatusCode;
use homeward_dashboard::language::Speech;

pub(crate) use super::table::{Cell, Column, Guard, Rests, Row, TableTwin};
use crate::problem::Problem;

/// A finding.
#[derive(Debug, Clone, Default)]
pub(crate) struct Panel {
    /// What links to it say.
    pub id: &'static str,
    /// What it is about, without a figure.
    pub title: String,
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
    /// The picture.
    pub picture: Option<Drawn>,
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
    /// What must be known to read it; it tells no figure of its own.
    pub notes: Vec<String>,
    /// Up to where it knows the log.
    pub foot: String,
    /// Choices of its own, each a row of links.
    pub choices: Vec<Choice>,
    /// How it stands.
    pub state: State,
    /// Whether headline, sub-title and sentences tell only what the tables show when small numbers are
    /// withheld; those of other panels are not published.
    pub words_follow_table: bool,
}

/// A picture, SVG, by what it was drawn from.
#[derive(Debug, Clone)]
pub(crate) enum Drawn {
    /// From the answer itself: it shows what a published table withholds.
    Answer(String),
    /// From a table as it is shown, withheld cells and all.
    Table(String),
}

impl Drawn {
    /// The picture.
    pub(crate) fn svg(&self) -> &str {
        match self {
            Self::Answer(svg) | Self::Table(svg) => svg,
        }
    }
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
    /// Too few stand behind it for it to be published.
    Withheld(String),
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

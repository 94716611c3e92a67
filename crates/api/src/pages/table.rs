//! A table: what a panel says, figure by figure, and what of it may be published.
//!
//! Every column says what it holds and every table how its counts hang together, because that decides
//! what is withheld where small numbers are ([`super::published`]): whoever adds a table is asked for it
//! by the compiler.

use std::fmt::Display;

use homeward_dashboard::chart::Amount;
use homeward_dashboard::language::Speech;

/// How a cell is drawn that may not be told.
pub(super) const WITHHELD: &str = "withheld";

/// A table.
#[derive(Debug, Clone)]
pub(crate) struct TableTwin {
    /// What it shows.
    pub caption: String,
    /// Its columns.
    pub columns: Vec<Column>,
    /// Its rows; the first cell names the row.
    pub rows: Vec<Vec<Cell>>,
    /// Totals below.
    pub totals: Vec<Cell>,
    /// What of it may be published.
    pub guard: Guard,
}

/// What of a table may be published.
#[derive(Debug, Clone)]
pub(crate) enum Guard {
    /// It counts nobody: all of it.
    Open,
    /// Nothing: it lists single journeys, people or facts, or nobody has said how to publish it.
    Closed,
    /// Counts of different people in different cells, which add up in each row in this way, and in each
    /// column to its total below.
    Counts(Row),
    /// Answers about people who are partly the same: each is published or withheld as one.
    Answers(Vec<Rests>),
    /// It is as it may be published already.
    Done,
    /// Too few stand behind it: nothing of it may be.
    Withheld,
}

/// How the counts of a row belong together.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Row {
    /// They do not.
    Apart,
    /// The parts add up to the whole.
    Exact,
    /// The parts and a rest that is not told add up to the whole.
    Within,
    /// The parts add up to something that anybody may know.
    Known,
    /// The parts and the whole of the next row add up to the whole.
    Onward,
}

/// What an answer within a table rests on.
#[derive(Debug, Clone)]
pub(crate) struct Rests {
    /// Its row.
    pub row: usize,
    /// Its columns.
    pub columns: Vec<usize>,
    /// Answers of the same name are about people who are partly the same.
    pub among: String,
    /// Every count that it tells or that follows from it, in one order for all answers of a name.
    pub counts: Vec<i64>,
    /// Of how many people shares or means in it are.
    pub people: i64,
}

/// A column.
#[derive(Debug, Clone)]
pub(crate) struct Column {
    /// What it is called.
    pub said: String,
    /// What it holds.
    pub holds: Holds,
}

/// What a column holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Holds {
    /// Words.
    Words,
    /// Numbers that count nobody: months, rates of machines.
    Nobody,
    /// Counts that are parts of their row's whole.
    Part,
    /// What the parts of the row add up to.
    Whole,
    /// Counts that belong to nothing else in their row.
    Alone,
    /// A share, a mean or a middle value: it tells of the counts in the first columns, and is one of as
    /// many people as the second hold together.
    Share(Vec<usize>, Vec<usize>),
    /// Figures that an answer of [`Guard::Answers`] tells.
    Answer,
    /// Figures that are not published.
    Kept,
}

impl Column {
    fn new(said: impl Into<String>, holds: Holds) -> Self {
        Self {
            said: said.into(),
            holds,
        }
    }

    /// A column of words.
    pub(crate) fn words(said: impl Into<String>) -> Self {
        Self::new(said, Holds::Words)
    }

    /// A column of numbers that count nobody.
    pub(crate) fn of_nobody(said: impl Into<String>) -> Self {
        Self::new(said, Holds::Nobody)
    }

    /// A column of parts.
    pub(crate) fn part(said: impl Into<String>) -> Self {
        Self::new(said, Holds::Part)
    }

    /// The column of wholes.
    pub(crate) fn whole(said: impl Into<String>) -> Self {
        Self::new(said, Holds::Whole)
    }

    /// A column of counts beside the others.
    pub(crate) fn alone(said: impl Into<String>) -> Self {
        Self::new(said, Holds::Alone)
    }

    /// A column of shares or middle values, of the people in these columns.
    pub(crate) fn share(said: impl Into<String>, from: &[usize], of: &[usize]) -> Self {
        Self::new(said, Holds::Share(from.to_vec(), of.to_vec()))
    }

    /// A column that answers fill.
    pub(crate) fn answer(said: impl Into<String>) -> Self {
        Self::new(said, Holds::Answer)
    }

    /// A column of figures that are not published.
    pub(crate) fn kept(said: impl Into<String>) -> Self {
        Self::new(said, Holds::Kept)
    }

    /// Whether it holds numbers.
    pub(crate) fn number(&self) -> bool {
        self.holds != Holds::Words
    }

    /// Whether it holds counts of people or facts.
    pub(super) fn counts(&self) -> bool {
        match self.holds {
            Holds::Part | Holds::Whole | Holds::Alone => true,
            Holds::Words | Holds::Nobody | Holds::Share(..) | Holds::Answer | Holds::Kept => false,
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
    /// How it is drawn besides: `hatched`, `withheld`, `struck`, `pressing`.
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

    /// A figure that may not be told: neither zero nor nothing.
    pub(super) fn withheld(speech: Speech) -> Self {
        Self {
            said: speech.say("small-withheld"),
            value: WITHHELD.to_owned(),
            number: true,
            class: WITHHELD,
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

    /// The count that it holds.
    pub(super) fn counted(&self) -> Option<i64> {
        self.value.parse().ok()
    }

    /// What a picture may draw of it.
    pub(crate) fn amount(&self) -> Amount<'_> {
        match self.value.parse() {
            _ if self.class == WITHHELD => Amount::Withheld(&self.said),
            Ok(value) => Amount::Known(value),
            Err(_) => Amount::Nothing(&self.said),
        }
    }
}

/// What pictures may draw of a row's cells in some columns.
pub(crate) fn amounts(row: &[Cell], columns: impl IntoIterator<Item = usize>) -> Vec<Amount<'_>> {
    let amount = |column: usize| row.get(column).map(Cell::amount);
    columns.into_iter().filter_map(amount).collect()
}

impl TableTwin {
    /// What bars may draw of it: each row by its name, with its cells in so many columns from the first.
    pub(crate) fn bars(&self, first: usize, columns: usize) -> Vec<(String, Vec<Amount<'_>>)> {
        let name = |row: &[Cell]| {
            row.first()
                .map_or_else(String::new, |cell| cell.said.clone())
        };
        let rows = self.rows.iter();
        rows.map(|row| (name(row), amounts(row, first..first + columns)))
            .collect()
    }
}

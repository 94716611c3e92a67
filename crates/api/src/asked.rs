//! What a reader asks for: query parameters, each of them understood or refused.

use std::collections::BTreeMap;
use std::fmt::Display;
use std::str::FromStr;
use std::time::Duration;

use homeward_events::id::LedgerId;
use homeward_events::time::Day;
use homeward_ledger::clock;
use homeward_projections::Table;
use homeward_projector::{AsOf, SeenHead, View};
use jiff::civil::Date;
use jiff::tz::Offset;
use serde::Serialize;
use utoipa::ToSchema;

use crate::gate::Gate;
use crate::keys::Key;
use crate::problem::Problem;

/// Rows of a page, unless asked otherwise.
pub(crate) const PAGE_ROWS: usize = 100;
/// Most rows of a page.
pub(crate) const PAGE_ROWS_MAX: usize = 1000;
/// How long `at_least` waits for a read model to catch up.
pub(crate) const AT_LEAST_WAIT: Duration = Duration::from_secs(5);

/// Query parameters, taken one by one: what is left over at the end is not understood, and refused.
#[derive(Debug)]
pub(crate) struct Asked {
    pairs: Vec<(String, String)>,
}

impl Asked {
    /// The parameters of a request.
    pub(crate) fn new(pairs: Vec<(String, String)>) -> Self {
        Self { pairs }
    }

    /// Every value of a parameter.
    pub(crate) fn all(&mut self, name: &str) -> Vec<String> {
        let (taken, left) = std::mem::take(&mut self.pairs)
            .into_iter()
            .partition(|(n, _)| n == name);
        self.pairs = left;
        let taken: Vec<(String, String)> = taken;
        taken
            .into_iter()
            .map(|(_, value)| value)
            .filter(|value| !value.is_empty())
            .collect()
    }

    /// Every parameter whose name begins so, with its values.
    pub(crate) fn under(&mut self, prefix: &str) -> BTreeMap<String, Vec<String>> {
        let mut found: BTreeMap<String, Vec<String>> = BTreeMap::new();
        for (name, value) in self
            .pairs
            .extract_if(.., |(name, _)| name.starts_with(prefix))
        {
            if !value.is_empty() {
                found.entry(name).or_default().push(value);
            }
        }
        found
    }

    /// The one value of a parameter, if it is there.
    ///
    /// # Errors
    /// It stands more than once, or cannot be read.
    pub(crate) fn one<T: FromStr<Err: Display>>(
        &mut self,
        name: &str,
    ) -> Result<Option<T>, Problem> {
        let values = self.all(name);
        match values.as_slice() {
            [] => Ok(None),
            [value] => value
                .parse()
                .map(Some)
                .map_err(|error| Problem::parameter(name, error)),
            _ => Err(Problem::parameter(name, "stands more than once")),
        }
    }

    /// The reference day: `day=2026-06-30`, today (in UTC) when absent.
    ///
    /// # Errors
    /// Not a day.
    pub(crate) fn day(&mut self) -> Result<Date, Problem> {
        let day: Option<Day> = self.one("day")?;
        Ok(day.map_or_else(|| Offset::UTC.to_datetime(clock::now()).date(), |day| day.0))
    }

    /// How many rows: `limit=100`.
    ///
    /// # Errors
    /// Not a number from 1 to [`PAGE_ROWS_MAX`].
    pub(crate) fn limit(&mut self) -> Result<usize, Problem> {
        match self.one::<usize>("limit")? {
            None => Ok(PAGE_ROWS),
            Some(limit) if (1..=PAGE_ROWS_MAX).contains(&limit) => Ok(limit),
            Some(_) => Err(Problem::parameter(
                "limit",
                format!("expected 1 to {PAGE_ROWS_MAX}"),
            )),
        }
    }

    /// Where the page before ended, as its `next` said.
    ///
    /// # Errors
    /// Not what a page's `next` says.
    pub(crate) fn after<T: serde::de::DeserializeOwned>(&mut self) -> Result<Option<T>, Problem> {
        let Some(text) = self.one::<String>("after")? else {
            return Ok(None);
        };
        serde_json::from_str(&text)
            .map(Some)
            .map_err(|_| Problem::parameter("after", "expected what `next` said, unchanged"))
    }

    /// The ledgers that the caller asks for and may read; empty means every ledger.
    ///
    /// # Errors
    /// The key does not open a ledger that is asked for.
    pub(crate) fn ledgers(&mut self, key: &Key) -> Result<Vec<String>, Problem> {
        let asked = self.all("ledger");
        if asked.is_empty() {
            return Ok(key.ledgers.iter().map(ToString::to_string).collect());
        }
        for name in &asked {
            let ledger: LedgerId = name
                .parse()
                .map_err(|error| Problem::parameter("ledger", error))?;
            if !key.may_use(&ledger) {
                return Err(Problem::forbidden("this key does not open that ledger"));
            }
        }
        Ok(asked)
    }

    /// Conditions on dimensions, `sex=female&sex=other`; every parameter that is left must be one.
    ///
    /// # Errors
    /// A parameter is no dimension, or the key does not open a ledger that is asked for.
    pub(crate) fn only(
        mut self,
        key: &Key,
        dimensions: &[&str],
    ) -> Result<BTreeMap<String, Vec<String>>, Problem> {
        let mut only = BTreeMap::new();
        let ledgers = self.ledgers(key)?;
        if !ledgers.is_empty() {
            only.insert("ledger".to_owned(), ledgers);
        }
        for name in dimensions {
            let values = self.all(name);
            if !values.is_empty() {
                only.insert((*name).to_owned(), values);
            }
        }
        self.done(dimensions)?;
        Ok(only)
    }

    /// Refuses what was not understood.
    ///
    /// # Errors
    /// A parameter is left.
    pub(crate) fn done(&self, dimensions: &[&str]) -> Result<(), Problem> {
        match self.pairs.first() {
            None => Ok(()),
            Some((name, _)) => {
                let known = dimensions.join(", ");
                let detail = format!("no such parameter here; dimensions are: {known}");
                Err(Problem::parameter(name, detail))
            }
        }
    }
}

/// Up to where an answer knows the log.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub(crate) struct AsOfFooter {
    /// By ledger: the last sequence that the answer knows, and the last there is.
    pub ledgers: BTreeMap<String, LedgerPosition>,
    /// Commits that are in the log and not in the answer.
    pub lag_commits: u64,
    /// Whether everything in complete logs is in the answer.
    pub current: bool,
    /// Why not, if it is not.
    pub not_current: Option<String>,
}

/// A place in a ledger.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub(crate) struct LedgerPosition {
    /// The last sequence that the answer knows.
    pub sequence: u64,
    /// The last sequence that the log was known to have.
    pub head: u64,
}

impl From<AsOf> for AsOfFooter {
    fn from(as_of: AsOf) -> Self {
        let position = |(ledger, head): (&LedgerId, &SeenHead)| {
            let sequence = as_of.watermark.sequence(ledger);
            (
                ledger.to_string(),
                LedgerPosition {
                    sequence,
                    head: head.last.max(sequence),
                },
            )
        };
        Self {
            ledgers: as_of.heads.iter().map(position).collect(),
            lag_commits: as_of.lag_commits,
            current: as_of.current.is_ok(),
            not_current: as_of.current.err().map(|why| why.to_string()),
        }
    }
}

/// A read model, once it knows at least the positions in `at_least=ledger:sequence`.
///
/// # Errors
/// The model is not ready, or does not catch up in time.
pub(crate) async fn view(gate: &Gate, model: &str, asked: &mut Asked) -> Result<View, Problem> {
    for position in asked.all("at_least") {
        let expected = "expected ledger:sequence, as the answer to a commit says";
        let (ledger, sequence) = position
            .rsplit_once(':')
            .ok_or_else(|| Problem::parameter("at_least", expected))?;
        let ledger: LedgerId = ledger
            .parse()
            .map_err(|error| Problem::parameter("at_least", error))?;
        let sequence: u64 = sequence
            .parse()
            .map_err(|_| Problem::parameter("at_least", expected))?;
        gate.projector
            .wait_for(model, &ledger, sequence, AT_LEAST_WAIT)
            .await
            .map_err(|behind| {
                Problem::new(
                    axum::http::StatusCode::SERVICE_UNAVAILABLE,
                    "still-behind",
                    behind.to_string(),
                )
            })?;
    }
    gate.projector.view(model).map_err(|not_ready| {
        Problem::new(
            axum::http::StatusCode::SERVICE_UNAVAILABLE,
            "read-model-not-ready",
            not_ready.to_string(),
        )
    })
}

/// Asks a read model, and says up to where the answer knows the log.
///
/// # Errors
/// The question's.
pub(crate) fn read<T, E>(
    view: &View,
    question: impl FnOnce(&dyn Table) -> Result<T, E>,
) -> Result<(T, AsOfFooter), Problem>
where
    Problem: From<E>,
{
    let (answer, as_of) = view.read_as_of(question);
    Ok((answer?, as_of.into()))
}

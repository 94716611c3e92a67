//! What a reader asks for: query parameters, each of them understood or refused.

use std::collections::BTreeMap;
use std::fmt::Display;
use std::str::FromStr;

use homeward_events::id::LedgerId;
use homeward_events::time::{Day, OccurredOn};
use homeward_ledger::clock;
use homeward_projections::worklist::Reference;
use homeward_projector::past::Known;
use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::Offset;

use crate::keys::Key;
use crate::problem::Problem;

/// Rows of a page, unless asked otherwise.
pub(crate) const PAGE_ROWS: usize = 100;
/// Most rows of a page.
pub(crate) const PAGE_ROWS_MAX: usize = 1000;

/// Query parameters, taken one by one: what is left over at the end is not understood, and refused.
#[derive(Debug, Clone)]
pub(crate) struct Asked {
    pairs: Vec<(String, String)>,
    /// Everything that is asked besides up to where the log is known, by name.
    question: Vec<(String, String)>,
    /// The reference day, once it was asked for.
    day: Option<Day>,
}

/// Parameters that say up to where the log is known, and not what is asked.
const POSITIONS: [&str; 2] = ["at_least", "known"];

impl Asked {
    /// The parameters of a request.
    pub(crate) fn new(pairs: Vec<(String, String)>) -> Self {
        let mut question = pairs.clone();
        question.retain(|(name, value)| !POSITIONS.contains(&name.as_str()) && !value.is_empty());
        // Values of one name stay in the order in which they were asked: it may be that of groups.
        question.sort_by(|(a, _), (b, _)| a.cmp(b));
        Self {
            pairs,
            question,
            day: None,
        }
    }

    /// Notes what else is asked: what stands in the path, or which of several lists.
    pub(crate) fn about(&mut self, name: &str, value: impl Display) {
        self.question.push((name.to_owned(), value.to_string()));
    }

    /// What is asked, in one spelling, and the reference day where there is one.
    pub(crate) fn question(&self) -> (&[(String, String)], Option<Day>) {
        (&self.question, self.day)
    }

    /// Up to where the log is to be known: `known=jm:1200&known=tt:9`, `known=2026-07-01T00:00Z`,
    /// `known=cut:2026-Q2`; empty, as with `known=head`, for everything there is.
    ///
    /// # Errors
    /// None of these.
    pub(crate) fn known(&mut self) -> Result<Vec<Known>, Problem> {
        let known = self.all("known");
        let known: Result<Vec<Known>, Problem> = known
            .iter()
            .map(|text| text.parse().map_err(|why| Problem::parameter("known", why)))
            .collect();
        let known = known?;
        Ok(if known == [Known::Head] {
            Vec::new()
        } else {
            known
        })
    }

    /// The positions that the answer must know at least: `at_least=jm:1200`.
    ///
    /// # Errors
    /// No position.
    pub(crate) fn at_least(&mut self) -> Result<Vec<(LedgerId, u64)>, Problem> {
        let expected = "expected ledger:sequence, as the answer to a commit says";
        let position = |text: String| {
            let (ledger, sequence) = text
                .rsplit_once(':')
                .ok_or_else(|| Problem::parameter("at_least", expected))?;
            let ledger = ledger
                .parse()
                .map_err(|error| Problem::parameter("at_least", error))?;
            let sequence = sequence
                .parse()
                .map_err(|_| Problem::parameter("at_least", expected))?;
            Ok((ledger, sequence))
        };
        self.all("at_least").into_iter().map(position).collect()
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

    /// Whether a parameter is there and says something.
    pub(crate) fn has(&self, name: &str) -> bool {
        self.pairs
            .iter()
            .any(|(known, value)| known == name && !value.is_empty())
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
        let day = day.unwrap_or_else(|| Day(Offset::UTC.to_datetime(clock::now()).date()));
        self.day = Some(day);
        Ok(day.0)
    }

    /// What worklists are relative to: `at=2026-07-01T16:00:00-05:00`, the instant and the day that it
    /// is there; or `day=2026-07-01`, from its beginning in UTC; or else the minute that it is now.
    ///
    /// # Errors
    /// Neither a day nor an instant, or both.
    pub(crate) fn reference(&mut self) -> Result<Reference, Problem> {
        let (at, has_day) = (self.one::<OccurredOn>("at")?, self.has("day"));
        let reference = match at {
            Some(_) if has_day => return Err(Problem::parameter("at", "goes without `day`")),
            Some(at) => {
                let expected = "expected an instant such as 2026-07-01T16:00:00-05:00";
                Reference::at(at).ok_or_else(|| Problem::parameter("at", expected))?
            }
            None if has_day => Reference::on(self.day()?),
            None => {
                // To the minute, so that a screen that asks again soon is answered at once.
                let seconds = clock::now().as_second();
                let at = Timestamp::from_second(seconds - seconds.rem_euclid(60));
                let at = at.unwrap_or(Timestamp::MIN);
                self.about("at", at);
                Reference {
                    day: Offset::UTC.to_datetime(at).date(),
                    at,
                }
            }
        };
        self.day = Some(Day(reference.day));
        Ok(reference)
    }

    /// How many rows: `limit=100`.
    ///
    /// # Errors
    /// Not a number from 1 to [`PAGE_ROWS_MAX`].
    pub(crate) fn limit(&mut self) -> Result<usize, Problem> {
        self.limit_to(PAGE_ROWS, PAGE_ROWS_MAX)
    }

    /// As [`Self::limit`], where another number is usual, and another is the most.
    ///
    /// # Errors
    /// Not a number from 1 to `most`.
    pub(crate) fn limit_to(&mut self, usual: usize, most: usize) -> Result<usize, Problem> {
        match self.one::<usize>("limit")? {
            None => Ok(usual),
            Some(limit) if (1..=most).contains(&limit) => Ok(limit),
            Some(_) => Err(Problem::parameter("limit", format!("expected 1 to {most}"))),
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
        &mut self,
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

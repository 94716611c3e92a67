//! By the source's own numbers: which came, which were refused, and which never did.

use std::io;
use std::str::FromStr;

use anyhow::{Context as _, Result, bail};
use homeward_events::sequence::SourceSequence;
use homeward_events::time::Day;
use serde::Deserialize;
use serde_json::Value;

use crate::out;

/// One end of what is asked for: a day of recording, or one of the source's numbers.
#[derive(Debug, Clone, Copy)]
pub(super) enum End {
    Day(Day),
    Number(SourceSequence),
}

impl FromStr for End {
    type Err = String;
    fn from_str(text: &str) -> Result<Self, String> {
        if text.bytes().all(|byte| byte.is_ascii_digit()) {
            return text.parse().map(Self::Number).map_err(
                |error: homeward_events::sequence::SourceSequenceError| error.to_string(),
            );
        }
        text.parse()
            .map(Self::Day)
            .map_err(|error| format!("neither a number nor a day: {error}"))
    }
}

/// From where to where, as parameters of the question.
///
/// # Errors
/// One end is a day, and the other a number.
pub(super) fn parameters(
    from: Option<End>,
    to: Option<End>,
) -> Result<Vec<(&'static str, Option<String>)>> {
    if let (Some(End::Day(_)), Some(End::Number(_))) | (Some(End::Number(_)), Some(End::Day(_))) =
        (from, to)
    {
        bail!("--from and --to are two days, or two numbers");
    }
    let told = |end: Option<End>, [day, number]: [&'static str; 2]| match end {
        Some(End::Day(on)) => (day, Some(on.to_string())),
        Some(End::Number(at)) => (number, Some(at.to_string())),
        None => (day, None),
    };
    Ok(vec![
        told(from, ["from", "first"]),
        told(to, ["to", "last"]),
    ])
}

/// Whether numbers were asked for.
pub(super) fn by_number(from: Option<End>, to: Option<End>) -> bool {
    let is_number = |end: Option<End>| matches!(end, Some(End::Number(_)));
    is_number(from) || is_number(to)
}

/// The numbers of one source in one ledger, as the server tells them.
#[derive(Debug, Deserialize)]
pub(super) struct Numbers {
    ledger: String,
    source: String,
    first: u64,
    last: u64,
    #[serde(rename = "in")]
    in_log: u64,
    refused: u64,
    missing: u64,
    gaps: Vec<Gap>,
    refusals: Vec<Refused>,
    twice: Vec<Twice>,
    shortened: bool,
}

#[derive(Debug, Deserialize)]
struct Gap {
    first: u64,
    last: u64,
    count: u64,
}

#[derive(Debug, Deserialize)]
struct Refused {
    number: u64,
    code: String,
    reason: String,
}

#[derive(Debug, Deserialize)]
struct Twice {
    first: u64,
    last: u64,
    events: u64,
}

impl Numbers {
    /// Those of an answer.
    ///
    /// # Errors
    /// The server answers otherwise than this version asks.
    pub(super) fn of(answer: &Value) -> Result<Vec<Self>> {
        let numbers = answer.get("numbers").cloned().unwrap_or_default();
        serde_json::from_value(numbers).context("the server does not tell numbers as expected")
    }

    /// Whether every number is in, and on one event.
    pub(super) const fn agrees(&self) -> bool {
        self.refused == 0 && self.missing == 0 && self.twice.is_empty()
    }

    /// Tells each number that is not in, and each that is in twice.
    ///
    /// # Errors
    /// Standard output cannot be written.
    pub(super) fn tell(&self) -> io::Result<()> {
        for refused in &self.refusals {
            let Refused {
                number,
                code,
                reason,
            } = refused;
            out::line(format!("number {number} was refused, {code}: {reason}"))?;
        }
        for gap in &self.gaps {
            if gap.count == 1 {
                out::line(format!("number {} never came", gap.first))?;
            } else {
                let Gap { first, last, count } = gap;
                out::line(format!("numbers {first} to {last} never came: {count}"))?;
            }
        }
        for twice in &self.twice {
            let Twice {
                first,
                last,
                events,
            } = twice;
            let numbers = if first == last {
                format!("number {first} stands")
            } else {
                format!("numbers {first} to {last} stand, each,")
            };
            out::line(format!("{numbers} on {events} different events"))?;
        }
        if self.shortened {
            out::remark("there is more than is listed: ask for fewer numbers by --from and --to");
        }
        out::line(format!(
            "{} {}: of the numbers {} to {}, {} are in, {} were refused, {} never came",
            self.ledger,
            self.source,
            self.first,
            self.last,
            self.in_log,
            self.refused,
            self.missing
        ))
    }
}

//! Up to where the log is known, as people write it.

use std::fmt;
use std::str::FromStr;

use homeward_events::id::{CutName, LedgerId, LogDigest};
use homeward_events::time::StoredAt;
use homeward_ledger::Reader;

use super::{CutsError, Moment, PastError, named_cuts};
use crate::position::Watermark;
use crate::rebuild::Bound;

/// One word on what is known.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Known {
    /// Everything that is there.
    Head,
    /// Everything of one ledger up to a sequence: `jm:1200`.
    Sequence(LedgerId, u64),
    /// Everything that was stored before a time in UTC.
    Before(StoredAt),
    /// What a cut names: `cut:2026-Q2`.
    Cut(CutName),
}

/// The prefix of a cut. No ledger can be called so and have a sequence that is a cut's name, but for
/// a cut of digits: there, the cut is meant.
const CUT: &str = "cut:";

impl FromStr for Known {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        if text == "head" {
            return Ok(Self::Head);
        }
        if let Some(name) = text.strip_prefix(CUT) {
            return name
                .parse()
                .map(Self::Cut)
                .map_err(|error: homeward_events::id::IdError| error.to_string());
        }
        // A time to the minute is a time of whole minutes.
        let to_the_second = text.strip_suffix('Z').map(|minute| format!("{minute}:00Z"));
        let time = text.parse().ok();
        if let Some(time) = time.or_else(|| to_the_second?.parse().ok()) {
            return Ok(Self::Before(time));
        }
        let expected = || {
            format!(
                "expected `head`, a ledger with its sequence as jm:1200, a cut as cut:2026-Q2, or a \
                 time in UTC as 2026-07-01T00:00:00Z, found `{text}`"
            )
        };
        let (ledger, sequence) = text.split_once(':').ok_or_else(expected)?;
        match (ledger.parse(), sequence.parse()) {
            (Ok(ledger), Ok(sequence)) => Ok(Self::Sequence(ledger, sequence)),
            _ => Err(expected()),
        }
    }
}

impl fmt::Display for Known {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Head => f.write_str("head"),
            Self::Sequence(ledger, sequence) => write!(f, "{ledger}:{sequence}"),
            Self::Before(time) => time.fmt(f),
            Self::Cut(name) => write!(f, "{CUT}{name}"),
        }
    }
}

/// Why what is asked for is not a position.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum KnownError {
    /// They contradict each other.
    #[error("{0}")]
    Contradiction(String),
    /// No cut has that name.
    #[error("no cut is called `{0}`")]
    NoSuchCut(CutName),
    /// Cuts of several ledgers have that name, and name different positions.
    #[error("ledgers {0} each have a cut called `{1}`: give the positions themselves")]
    Ambiguous(String, CutName),
    /// Cuts cannot be read.
    #[error(transparent)]
    Cuts(#[from] CutsError),
    /// There is no such position.
    #[error(transparent)]
    Past(#[from] PastError),
}

/// A position that was asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Resolved {
    /// Where it is.
    pub moment: Moment,
    /// The digest that the log must have up to there, where a cut says so.
    pub log_sha256: Option<LogDigest>,
}

impl Resolved {
    pub(super) async fn of(reader: &Reader, known: &[Known]) -> Result<Self, KnownError> {
        let mut log_sha256 = None;
        let bound = match known {
            [Known::Cut(name)] => {
                let cut = find(reader, name).await?;
                log_sha256 = cut.log_sha256;
                Bound::Watermark(cut.positions.into_iter().collect())
            }
            others => bound(others)?,
        };
        let moment = Moment::resolve(reader, &bound).await?;
        Ok(Self { moment, log_sha256 })
    }
}

async fn find(reader: &Reader, name: &CutName) -> Result<homeward_events::cut::Named, KnownError> {
    let mut found = named_cuts(reader, reader.ledgers()).await?;
    found.retain(|cut| cut.named.name == *name);
    let first = found.first().cloned();
    let first = first.ok_or_else(|| KnownError::NoSuchCut(name.clone()))?;
    if found
        .iter()
        .any(|cut| cut.named.positions != first.named.positions)
    {
        let ledgers: Vec<String> = found.iter().map(|cut| cut.ledger.to_string()).collect();
        return Err(KnownError::Ambiguous(ledgers.join(", "), name.clone()));
    }
    Ok(first.named)
}

/// The bound that several of them make together: positions of several ledgers are gathered, and
/// everything else stands alone.
fn bound(known: &[Known]) -> Result<Bound, KnownError> {
    match known {
        [] | [Known::Head] => return Ok(Bound::Head),
        [Known::Before(time)] => return Ok(Bound::StoredBefore(*time)),
        _ => {}
    }
    let mut positions: Vec<(LedgerId, u64)> = Vec::new();
    for one in known {
        let Known::Sequence(ledger, sequence) = one else {
            let why = format!("{one} stands alone: only positions of several ledgers go together");
            return Err(KnownError::Contradiction(why));
        };
        if positions.iter().any(|(other, _)| other == ledger) {
            let why = format!("ledger {ledger} is named twice");
            return Err(KnownError::Contradiction(why));
        }
        positions.push((ledger.clone(), *sequence));
    }
    Ok(Bound::Watermark(
        positions.into_iter().collect::<Watermark>(),
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn all(texts: &[&str]) -> Result<Bound, KnownError> {
        let known: Vec<Known> = texts.iter().map(|text| text.parse().unwrap()).collect();
        bound(&known)
    }

    #[test]
    fn positions_are_gathered_and_everything_else_stands_alone() {
        assert_eq!(all(&[]).unwrap(), Bound::Head);
        assert_eq!(all(&["head"]).unwrap(), Bound::Head);
        let time = "2026-07-01T00:00:00Z";
        assert_eq!(
            all(&[time]).unwrap(),
            Bound::StoredBefore(time.parse().unwrap())
        );
        let positions = [("jm".parse().unwrap(), 7), ("tt".parse().unwrap(), 9)];
        let expected = Bound::Watermark(positions.into_iter().collect());
        assert_eq!(all(&["jm:7", "tt:9"]).unwrap(), expected);
        for wrong in [
            ["jm:7", "head"],
            ["jm:7", "jm:8"],
            [time, time],
            ["jm:7", "cut:2026-Q2"],
            ["cut:2026-Q2", "cut:2026-Q3"],
        ] {
            assert!(all(&wrong).is_err(), "{wrong:?}");
        }
    }

    #[test]
    fn a_time_may_leave_out_its_seconds() {
        let minute = "2026-07-01T00:00Z".parse::<Known>().unwrap();
        assert_eq!(minute, "2026-07-01T00:00:00Z".parse().unwrap());
    }

    #[test]
    fn what_is_written_is_read_again() {
        for text in ["head", "jm:1200", "cut:2026-Q2", "2026-07-01T00:00:00Z"] {
            assert_eq!(text.parse::<Known>().unwrap().to_string(), text);
        }
    }

    #[test]
    fn what_cannot_be_read_is_explained() {
        for wrong in [
            "",
            "tail",
            "jm",
            "jm:",
            "jm:x",
            "2026-07-01",
            "2026-07-01T00:00:00-05:00",
        ] {
            let refused = wrong.parse::<Known>().unwrap_err();
            assert!(refused.contains("jm:1200"), "{wrong}");
        }
        assert!("cut:".parse::<Known>().is_err());
        assert!("cut:a b".parse::<Known>().is_err());
    }
}

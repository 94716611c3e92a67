//! Up to where a replay knows the log.

use std::fmt;
use std::str::FromStr;

use anyhow::{Result, bail};
use homeward_events::id::LedgerId;
use homeward_events::time::StoredAt;
use homeward_projector::{Bound, Watermark};

/// One `--known`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Known {
    /// Everything that is there.
    Head,
    /// Everything of one ledger up to a sequence.
    Sequence(LedgerId, u64),
    /// Everything that was stored before a time.
    Before(StoredAt),
}

impl FromStr for Known {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        if text == "head" {
            return Ok(Self::Head);
        }
        // A time to the minute is a time of whole minutes.
        let to_the_second = text.strip_suffix('Z').map(|minute| format!("{minute}:00Z"));
        let time = text.parse().ok();
        if let Some(time) = time.or_else(|| to_the_second?.parse().ok()) {
            return Ok(Self::Before(time));
        }
        let expected = || {
            format!(
                "expected `head`, a ledger with its sequence as jm:1200, or a time in UTC as \
                 2026-07-01T00:00:00Z, found `{text}`"
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
        }
    }
}

/// The bound that several of them make together.
///
/// # Errors
/// They contradict each other.
pub(super) fn bound(known: &[Known]) -> Result<Bound> {
    match known {
        [] | [Known::Head] => return Ok(Bound::Head),
        [Known::Before(time)] => return Ok(Bound::StoredBefore(*time)),
        _ => {}
    }
    let mut positions: Vec<(LedgerId, u64)> = Vec::new();
    for one in known {
        let Known::Sequence(ledger, sequence) = one else {
            bail!(
                "--known {one} stands alone: only positions of several ledgers are given together"
            );
        };
        if positions.iter().any(|(other, _)| other == ledger) {
            bail!("--known names ledger {ledger} twice");
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

    fn all(texts: &[&str]) -> Result<Bound> {
        bound(
            &texts
                .iter()
                .map(|text| text.parse().unwrap())
                .collect::<Vec<_>>(),
        )
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
        for wrong in [["jm:7", "head"], ["jm:7", "jm:8"], [time, time]] {
            assert!(all(&wrong).is_err(), "{wrong:?}");
        }
    }

    #[test]
    fn a_time_may_leave_out_its_seconds() {
        let minute = "2026-07-01T00:00Z".parse::<Known>().unwrap();
        assert_eq!(minute, "2026-07-01T00:00:00Z".parse().unwrap());
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
    }
}

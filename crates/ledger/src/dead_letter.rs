//! How a dead letter is written down, whichever log it goes to.

use std::fmt::Write as _;

use bytes::Bytes;
use homeward_events::id::LedgerId;
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};

use crate::commit::{DEAD_LETTER_BYTES_MAX, DeadLetter, REASON_BYTES_MAX};
use crate::error::AppendError;

/// The doors that a letter can come to; anything else reads back as `unknown`.
const DOORS: [&str; 2] = ["http", "nats"];

/// What stands beside the refused bytes, as JSON in one header: JSON escapes line ends, which a
/// header may not contain.
#[derive(Serialize, Deserialize)]
struct Label {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    ledger: Option<LedgerId>,
    publisher: String,
    door: String,
    code: String,
    reason: String,
}

/// Refuses what is too large to keep.
pub(crate) fn check(letter: &DeadLetter) -> Result<(), AppendError> {
    if letter.bytes.len() > DEAD_LETTER_BYTES_MAX {
        return Err(AppendError::TooLarge {
            bytes: letter.bytes.len(),
            bytes_max: DEAD_LETTER_BYTES_MAX,
        });
    }
    Ok(())
}

/// The reason, cut at [`REASON_BYTES_MAX`] between characters.
pub(crate) fn cut(reason: &str) -> &str {
    reason
        .get(..reason.floor_char_boundary(REASON_BYTES_MAX))
        .unwrap_or_default()
}

/// Names a letter by what it says, so that offering the same bytes again fills no storage. Hex.
pub(crate) fn digest(letter: &DeadLetter) -> String {
    let mut hasher = Sha256::new();
    // Lengths keep the parts apart.
    for part in [
        letter.publisher.as_bytes(),
        letter.code.as_bytes(),
        &letter.bytes,
    ] {
        hasher.update(u64::try_from(part.len()).unwrap_or(u64::MAX).to_be_bytes());
        hasher.update(part);
    }
    let mut hex = String::new();
    for byte in hasher.finalize() {
        // Writing to a string cannot fail.
        write!(hex, "{byte:02x}").unwrap_or_default();
    }
    hex
}

/// The label of a letter, on one line.
pub(crate) fn label(letter: &DeadLetter) -> Result<String, AppendError> {
    let label = Label {
        ledger: letter.ledger.clone(),
        publisher: letter.publisher.clone(),
        door: letter.door.to_owned(),
        code: letter.code.clone(),
        reason: cut(&letter.reason).to_owned(),
    };
    serde_json::to_string(&label)
        .map_err(|error| AppendError::Unavailable(format!("dead letter label: {error}")))
}

/// The letter that a label and its bytes make.
pub(crate) fn read(label: &str, bytes: Bytes) -> Result<DeadLetter, serde_json::Error> {
    let label: Label = serde_json::from_str(label)?;
    let known = DOORS.into_iter().find(|door| *door == label.door);
    Ok(DeadLetter {
        ledger: label.ledger,
        publisher: label.publisher,
        door: known.unwrap_or("unknown"),
        code: label.code,
        reason: label.reason,
        bytes,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn letter(publisher: &str, bytes: &'static [u8]) -> DeadLetter {
        DeadLetter {
            ledger: Some("jm".parse().unwrap()),
            publisher: publisher.to_owned(),
            door: "http",
            code: "body-invalid".to_owned(),
            reason: "line one\r\nline two: é".to_owned(),
            bytes: Bytes::from_static(bytes),
        }
    }

    #[test]
    fn a_label_is_one_line_and_reads_back() {
        let written = letter("desk", b"{");
        let label = label(&written).unwrap();
        assert!(!label.contains(['\r', '\n']), "{label}");
        assert_eq!(read(&label, written.bytes.clone()).unwrap(), written);
    }

    #[test]
    fn a_long_reason_is_cut_between_characters() {
        let long = "é".repeat(REASON_BYTES_MAX);
        let kept = cut(&format!("a{long}")).to_owned();
        assert_eq!(kept.len(), REASON_BYTES_MAX - 1);
    }

    #[test]
    fn digests_keep_publisher_and_bytes_apart() {
        assert_eq!(digest(&letter("a", b"bc")), digest(&letter("a", b"bc")));
        assert_ne!(digest(&letter("a", b"bc")), digest(&letter("ab", b"c")));
        assert_eq!(digest(&letter("a", b"bc")).len(), 64);
    }
}

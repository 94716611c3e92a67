//! A publishing system's own number of an event, by which it and we can tell what never came.

use std::fmt;
use std::num::NonZeroU64;
use std::str::FromStr;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// The `sequence` attribute: the number of an event among those of its `source` in one ledger, from 1
/// without gaps. Written as a text, as the documented extension of `CloudEvents` has it; the extension
/// lets a source choose its spelling, and ours is one: decimal, without leading zeros, so that numbers
/// can be compared and missing ones told.
///
/// It numbers what was sent and is no part of what is said: the same fact sent again under another
/// number is the same fact, and keeps the number under which it first came in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SourceSequence(NonZeroU64);

/// Largest number: it passes through programs that read numbers as binary fractions (exact up to 2^53).
pub const SOURCE_SEQUENCE_MAX: u64 = 1_000_000_000_000_000;

/// A text that is no such number.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error(
    "expected a whole number from 1 to {SOURCE_SEQUENCE_MAX} without leading zeros, found `{0}`"
)]
pub struct SourceSequenceError(String);

/// Most characters of a wrong text that are repeated.
const FOUND_CHARS_MAX: usize = 32;

impl SourceSequence {
    /// The number: 1 to [`SOURCE_SEQUENCE_MAX`].
    pub const fn get(self) -> u64 {
        self.0.get()
    }
}

impl FromStr for SourceSequence {
    type Err = SourceSequenceError;
    fn from_str(text: &str) -> Result<Self, SourceSequenceError> {
        let canonical = !text.starts_with('0') && text.bytes().all(|byte| byte.is_ascii_digit());
        let number = canonical.then(|| text.parse::<NonZeroU64>().ok()).flatten();
        number
            .filter(|number| number.get() <= SOURCE_SEQUENCE_MAX)
            .map(Self)
            .ok_or_else(|| SourceSequenceError(text.chars().take(FOUND_CHARS_MAX).collect()))
    }
}

impl fmt::Display for SourceSequence {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl Serialize for SourceSequence {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for SourceSequence {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_str(crate::text::FromText::new(
            "whole number without leading zeros, written as a text",
        ))
    }
}

impl JsonSchema for SourceSequence {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "SourceSequence".into()
    }
    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({ "type": "string", "pattern": "^(1000000000000000|[1-9][0-9]{0,14})$" })
    }
}

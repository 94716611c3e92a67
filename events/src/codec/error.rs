//! Why bytes are not an event: stable codes, and where it fails.

use std::fmt;

use crate::catalogue::Family;

/// Why bytes are not an event: a stable code that clients may rely on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Code {
    /// Not UTF-8.
    NotUtf8,
    /// Not JSON.
    NotJson,
    /// Nested too deep.
    TooDeep,
    /// A key stands twice in one object.
    KeyTwice,
    /// Larger than the limit.
    TooLarge,
    /// No event at all.
    Empty,
    /// More events than a commit may hold.
    TooManyEvents,
    /// An event id stands twice in one commit.
    EventTwice,
    /// Events of one commit name different journeys or ledgers.
    MixedJourneys,
    /// A required field is absent.
    FieldMissing,
    /// A field that the type does not have.
    FieldUnknown,
    /// A field's value is not of its kind.
    FieldInvalid,
    /// A word that its vocabulary does not have.
    WordUnknown,
    /// Event type that this version does not know.
    TypeUnknown,
    /// Body version newer than this version knows.
    VersionNewer,
    /// Body version that never existed.
    VersionUnknown,
    /// Dated later than it was recorded.
    OccurredLater,
}

impl Code {
    /// The code's text.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::NotUtf8 => "not-utf8",
            Self::NotJson => "not-json",
            Self::TooDeep => "too-deep",
            Self::KeyTwice => "key-twice",
            Self::TooLarge => "too-large",
            Self::Empty => "empty",
            Self::TooManyEvents => "too-many-events",
            Self::EventTwice => "event-twice",
            Self::MixedJourneys => "mixed-journeys",
            Self::FieldMissing => "field-missing",
            Self::FieldUnknown => "field-unknown",
            Self::FieldInvalid => "field-invalid",
            Self::WordUnknown => "word-unknown",
            Self::TypeUnknown => "type-unknown",
            Self::VersionNewer => "version-newer",
            Self::VersionUnknown => "version-unknown",
            Self::OccurredLater => "occurred-later",
        }
    }
}

impl fmt::Display for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// Bytes that are not an event, and where they fail.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{code} at event {index}{}, field `{field}`: {message}", Named(.event_type))]
pub struct DecodeError {
    /// Which event of the commit, from 0.
    pub index: usize,
    /// Its type, where it could be read.
    pub event_type: Option<String>,
    /// JSON pointer within the event; empty for the event itself.
    pub field: String,
    /// The stable code.
    pub code: Code,
    /// What was expected and what was found.
    pub message: String,
}

struct Named<'a>(&'a Option<String>);

impl fmt::Display for Named<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0
            .as_ref()
            .map_or(Ok(()), |name| write!(f, " ({name})"))
    }
}

impl DecodeError {
    pub(super) fn new(code: Code, field: impl Into<String>, message: impl Into<String>) -> Self {
        let (field, message) = (field.into(), message.into());
        Self {
            index: 0,
            event_type: None,
            field,
            code,
            message,
        }
    }

    pub(super) fn at(mut self, index: usize) -> Self {
        self.index = index;
        self
    }

    /// The family that the unreadable type belongs to, if it is one we know: readers of other
    /// families may go on.
    pub fn family(&self) -> Option<Family> {
        self.event_type.as_ref()?.split('.').next()?.parse().ok()
    }
}

//! Bytes to events and back. Strict: what cannot be read exactly is refused, with the event, the
//! field and what was expected.
//!
//! Two readings: [`decode_commit`] at the border, where publishers' bytes are checked for everything;
//! [`decode_event`] for stored bytes, as fast as the types allow.

mod border;
mod error;

use std::borrow::Cow;

use serde::Deserialize;
use serde_json::value::RawValue;

use crate::catalogue::{Body, BodyError, EventType, NotLifted};
use crate::envelope::Event;
use crate::id::{ActorId, AgencyId, EventId, JourneyId, LedgerId};
use crate::json_guard::pointer_token;
use crate::sequence::SourceSequence;
use crate::time::{OccurredOn, RecordedAt, days_between};
use crate::vocabulary::Role;

pub use border::{check_json, decode_checked_commit, decode_commit};
pub use error::{Code, DecodeError};

/// Most events in a commit: what becomes true together is small, and one message holds it.
pub const COMMIT_EVENTS_MAX: usize = 64;
/// Largest event, in bytes: a page of text per compartment, not a file.
pub const EVENT_BYTES_MAX: usize = 256 * 1024;
/// Largest commit, in bytes: the log's message limit, less room for headers.
pub const COMMIT_BYTES_MAX: usize = 1024 * 1024;
/// Deepest nesting of JSON: bodies need eight.
pub const JSON_DEPTH_MAX: usize = 32;
/// Longest `source` and `correlationid`, in bytes.
pub const REFERENCE_BYTES_MAX: usize = 256;

/// What the border fills in where the publisher left it out.
#[derive(Debug, Clone)]
pub struct Defaults {
    /// When the border took the event.
    pub recorded: RecordedAt,
    /// The agency that the publisher's key speaks for.
    pub agency: Option<AgencyId>,
    /// The account of the publisher's key.
    pub actor: Option<ActorId>,
}

/// The attributes as they stand in JSON.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Wire<'a> {
    #[serde(borrow)]
    specversion: Cow<'a, str>,
    id: EventId,
    #[serde(borrow)]
    source: Cow<'a, str>,
    #[serde(borrow, rename = "type")]
    event_type: Cow<'a, str>,
    subject: JourneyId,
    #[serde(borrow)]
    datacontenttype: Option<Cow<'a, str>>,
    schemaversion: u16,
    ledger: LedgerId,
    occurred: OccurredOn,
    recordedtime: Option<RecordedAt>,
    time: Option<RecordedAt>,
    agency: Option<AgencyId>,
    actor: Option<ActorId>,
    role: Option<Role>,
    causationid: Option<EventId>,
    #[serde(borrow)]
    correlationid: Option<Cow<'a, str>>,
    sequence: Option<SourceSequence>,
    #[serde(borrow)]
    data: &'a RawValue,
}

/// The events of a stored commit as separate pieces of JSON.
///
/// # Errors
/// The payload is not a JSON array.
pub fn split(payload: &[u8]) -> Result<Vec<&RawValue>, DecodeError> {
    serde_json::from_slice(payload).map_err(|error| {
        let code = if std::str::from_utf8(payload).is_ok() {
            Code::NotJson
        } else {
            Code::NotUtf8
        };
        DecodeError::new(code, "", error.to_string())
    })
}

/// Reads one event; `defaults` fill in what a publisher may leave out, and stored events need none.
///
/// # Errors
/// The field, what was expected and what was found.
pub fn decode_event(json: &str, defaults: Option<&Defaults>) -> Result<Event, DecodeError> {
    let wire: Wire<'_> = match serde_json::from_str(json) {
        Ok(wire) => wire,
        Err(error) => return Err(explain_envelope(json, &error)),
    };
    let name = wire.event_type.as_ref();
    let named = |mut error: DecodeError| {
        error.event_type = Some(name.chars().take(64).collect());
        error
    };
    check_fixed(&wire).map_err(named)?;
    let missing = |field: &str| {
        named(DecodeError::new(
            Code::FieldMissing,
            format!("/{field}"),
            "required, and absent",
        ))
    };
    let body = decode_body(name, wire.schemaversion, wire.data.get()).map_err(named)?;
    Ok(Event {
        id: wire.id,
        ledger: wire.ledger,
        journey: wire.subject,
        source: wire.source.into(),
        occurred: wire.occurred,
        recorded: wire
            .recordedtime
            .or(wire.time)
            .or(defaults.map(|defaults| defaults.recorded))
            .ok_or_else(|| missing("recordedtime"))?,
        agency: wire
            .agency
            .or_else(|| defaults.and_then(|defaults| defaults.agency.clone()))
            .ok_or_else(|| missing("agency"))?,
        actor: wire
            .actor
            .or_else(|| defaults.and_then(|defaults| defaults.actor.clone())),
        role: wire.role,
        causation: wire.causationid,
        correlation: wire.correlationid.map(Into::into),
        sequence: wire.sequence,
        body,
    })
}

/// Attributes with a fixed value or a bounded length.
fn check_fixed(wire: &Wire<'_>) -> Result<(), DecodeError> {
    let invalid = |field: &str, message: String| {
        Err(DecodeError::new(
            Code::FieldInvalid,
            format!("/{field}"),
            message,
        ))
    };
    if wire.specversion != "1.0" {
        return invalid(
            "specversion",
            format!("expected `1.0`, found `{}`", wire.specversion),
        );
    }
    if wire
        .datacontenttype
        .as_ref()
        .is_some_and(|kind| kind != "application/json")
    {
        return invalid("datacontenttype", "expected `application/json`".to_owned());
    }
    let printable = |text: &str| {
        (1..=REFERENCE_BYTES_MAX).contains(&text.len())
            && text.bytes().all(|b| b.is_ascii_graphic())
    };
    if !printable(&wire.source) {
        return invalid(
            "source",
            "expected a URI reference of 1 to 256 characters".to_owned(),
        );
    }
    if wire
        .correlationid
        .as_ref()
        .is_some_and(|text| !printable(text))
    {
        return invalid(
            "correlationid",
            "expected 1 to 256 printable characters".to_owned(),
        );
    }
    Ok(())
}

fn decode_body(name: &str, version: u16, json: &str) -> Result<Body, DecodeError> {
    let unknown = || {
        DecodeError::new(
            Code::TypeUnknown,
            "/type",
            format!("no event type `{name}` is known here"),
        )
    };
    let entry = EventType::find(name).ok_or_else(unknown)?;
    if version == entry.version {
        return read_body(name, json);
    }
    if version > entry.version {
        let message = format!("knows `{name}` up to {}, found {version}", entry.version);
        return Err(DecodeError::new(
            Code::VersionNewer,
            "/schemaversion",
            message,
        ));
    }
    if version == 0 {
        let message = "versions count from 1".to_owned();
        return Err(DecodeError::new(
            Code::VersionUnknown,
            "/schemaversion",
            message,
        ));
    }
    let lifted = entry.upcast(version, json).map_err(|error| {
        let (code, field, message) = match error {
            BodyError::Json(error) => (Code::FieldInvalid, "/data".to_owned(), error.to_string()),
            BodyError::Upcast(NotLifted {
                field,
                unknown,
                message,
            }) => {
                let code = if unknown {
                    Code::FieldUnknown
                } else {
                    Code::FieldInvalid
                };
                (code, format!("/data/{field}"), message)
            }
        };
        DecodeError::new(code, field, message)
    })?;
    read_body(name, &lifted)
}

fn read_body(name: &str, json: &str) -> Result<Body, DecodeError> {
    match Body::from_json(name, json) {
        Some(Ok(body)) => Ok(body),
        Some(Err(error)) => Err(Body::explain_json(name, json).map_or_else(
            || classify("/data", &error.to_string()),
            |error| classify(&pointer("/data", error.path()), &error.inner().to_string()),
        )),
        None => Err(DecodeError::new(
            Code::TypeUnknown,
            "/type",
            "not in the catalogue",
        )),
    }
}

/// An unreadable envelope may still name its type, and that helps whoever wrote it.
#[derive(Deserialize)]
struct TypeOnly {
    r#type: Option<String>,
}

fn explain_envelope(json: &str, error: &serde_json::Error) -> DecodeError {
    let mut reader = serde_json::Deserializer::from_str(json);
    let mut explained = match serde_path_to_error::deserialize::<_, Wire<'_>>(&mut reader) {
        Ok(_) => classify("", &error.to_string()),
        Err(error) => classify(&pointer("", error.path()), &error.inner().to_string()),
    };
    if error.is_syntax() || error.is_eof() {
        explained.code = Code::NotJson;
    }
    explained.event_type = serde_json::from_str::<TypeOnly>(json)
        .ok()
        .and_then(|wire| wire.r#type)
        .map(|name| name.chars().take(64).collect());
    explained
}

/// A JSON pointer (RFC 6901) from the path to a failing field.
fn pointer(prefix: &str, path: &serde_path_to_error::Path) -> String {
    use serde_path_to_error::Segment;
    path.iter()
        .fold(prefix.to_owned(), |pointer, segment| match segment {
            Segment::Seq { index } => format!("{pointer}/{index}"),
            Segment::Map { key } => format!("{pointer}/{}", pointer_token(key)),
            Segment::Enum { variant } => format!("{pointer}/{}", pointer_token(variant)),
            Segment::Unknown => pointer,
        })
}

/// Turns the reader's words into a code and, where the words name a field, a finer pointer.
fn classify(pointer: &str, message: &str) -> DecodeError {
    // The position within a fragment helps nobody: the pointer says where.
    let message = message.split(" at line ").next().unwrap_or(message);
    let quoted = |prefix: &str| {
        message
            .strip_prefix(prefix)?
            .split('`')
            .next()
            .map(|name| format!("{pointer}/{name}"))
    };
    // A path ends in the unknown field itself, or in its parent, as the reader happens to see it.
    let inside = |field: String| {
        let last = field.rsplit('/').next().unwrap_or_default().to_owned();
        if pointer.ends_with(&format!("/{last}")) {
            pointer.to_owned()
        } else {
            field
        }
    };
    if let Some(field) = quoted("missing field `") {
        return DecodeError::new(Code::FieldMissing, field, "required, and absent");
    }
    if let Some(field) = quoted("unknown field `") {
        return DecodeError::new(Code::FieldUnknown, inside(field), message);
    }
    if let Some(field) = quoted("duplicate field `") {
        return DecodeError::new(Code::KeyTwice, inside(field), message);
    }
    if message.starts_with("unknown variant") {
        return DecodeError::new(Code::WordUnknown, pointer, message);
    }
    if pointer.starts_with("/data/personal") {
        return DecodeError::new(Code::FieldInvalid, pointer, expected_only(message));
    }
    DecodeError::new(Code::FieldInvalid, pointer, message)
}

/// What was expected, without what was found: refusals are logged, and a name must not be.
fn expected_only(message: &str) -> String {
    let by_the_reader = message
        .rsplit_once(", expected ")
        .map(|(_, expected)| expected);
    let by_a_type = message
        .strip_prefix("expected ")
        .and_then(|rest| rest.split_once(", found"))
        .map(|(expected, _)| expected);
    by_the_reader.or(by_a_type).map_or_else(
        || "not a value of its kind".to_owned(),
        |expected| format!("expected {expected}"),
    )
}

/// The stored bytes of a commit: a CloudEvents JSON batch. Decided once, hashed and archived as they
/// are, never written again.
///
/// # Errors
/// None with the types of this crate: they have no maps with keys that are not texts.
pub fn encode_commit(events: &[Event]) -> Result<Vec<u8>, serde_json::Error> {
    serde_json::to_vec(events)
}

/// One event's JSON without its personal data; borrowed when there is none.
///
/// # Errors
/// As [`decode_event`].
pub fn without_personal(json: &str) -> Result<Cow<'_, str>, DecodeError> {
    if !json.contains("\"personal\"") {
        return Ok(Cow::Borrowed(json));
    }
    let not_json =
        |error: serde_json::Error| DecodeError::new(Code::NotJson, "", error.to_string());
    let mut event: serde_json::Map<String, serde_json::Value> =
        serde_json::from_str(json).map_err(not_json)?;
    if let Some(serde_json::Value::Object(data)) = event.get_mut("data") {
        data.remove("personal");
    }
    serde_json::to_string(&event)
        .map(Cow::Owned)
        .map_err(not_json)
}

/// Days from the fact to its recording; negative never passes the border by more than one.
pub fn recording_lag_days(event: &Event) -> i32 {
    days_between(event.occurred.last_day(), event.recorded.day())
}

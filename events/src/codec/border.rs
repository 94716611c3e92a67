//! Reading at the border: everything that can be wrong with a publisher's bytes is found here.

use super::{
    COMMIT_BYTES_MAX, COMMIT_EVENTS_MAX, Code, DecodeError, Defaults, EVENT_BYTES_MAX,
    JSON_DEPTH_MAX, decode_event, split,
};
use crate::envelope::Event;
use crate::json_guard::{self, GuardError};
use crate::time::add_days;

/// Reads a publisher's commit: a JSON array of 1 to [`COMMIT_EVENTS_MAX`] events of one journey.
/// Everything that can be wrong with bytes is found here, and every event is looked at.
///
/// # Errors
/// Everything that is wrong, in order; at least one.
pub fn decode_commit(payload: &[u8], defaults: &Defaults) -> Result<Vec<Event>, Vec<DecodeError>> {
    check_size(payload)?;
    let text = std::str::from_utf8(payload).map_err(|error| {
        let message = format!("byte {}", error.valid_up_to());
        vec![DecodeError::new(Code::NotUtf8, "", message)]
    })?;
    if let Err(error) = check_json(text) {
        return Err(vec![error]);
    }
    decode_checked_commit(payload, defaults)
}

fn check_size(payload: &[u8]) -> Result<(), Vec<DecodeError>> {
    if payload.len() <= COMMIT_BYTES_MAX {
        return Ok(());
    }
    let message = format!("{} bytes, at most {COMMIT_BYTES_MAX}", payload.len());
    Err(vec![DecodeError::new(Code::TooLarge, "", message)])
}

/// As [`decode_commit`], for a part of a document that [`check_json`] has let through already.
///
/// # Errors
/// One for every event that is not as it should be.
pub fn decode_checked_commit(
    payload: &[u8],
    defaults: &Defaults,
) -> Result<Vec<Event>, Vec<DecodeError>> {
    check_size(payload)?;
    let whole = |code, message: String| Err(vec![DecodeError::new(code, "", message)]);
    let pieces = split(payload).map_err(|error| vec![error])?;
    if pieces.is_empty() {
        return whole(Code::Empty, "a commit has at least one event".to_owned());
    }
    if pieces.len() > COMMIT_EVENTS_MAX {
        let message = format!("{} events, at most {COMMIT_EVENTS_MAX}", pieces.len());
        return whole(Code::TooManyEvents, message);
    }
    let (mut events, mut errors) = (Vec::with_capacity(pieces.len()), Vec::new());
    for (index, piece) in pieces.iter().enumerate() {
        let read = decode_event(piece.get(), Some(defaults)).and_then(|event| {
            check_at_border(&event, piece.get().len(), &events)?;
            Ok(event)
        });
        match read {
            Ok(event) => events.push(event),
            Err(error) => errors.push(error.at(index)),
        }
    }
    if errors.is_empty() {
        Ok(events)
    } else {
        Err(errors)
    }
}

/// Refuses JSON that is malformed, too deep or ambiguous, before anything is read from it.
///
/// # Errors
/// What is wrong and where.
pub fn check_json(text: &str) -> Result<(), DecodeError> {
    json_guard::check(text, JSON_DEPTH_MAX).map_err(|error| match error {
        GuardError::TooDeep => DecodeError::new(
            Code::TooDeep,
            "",
            format!("nested deeper than {JSON_DEPTH_MAX}"),
        ),
        GuardError::KeyTwice(field) => DecodeError::new(
            Code::KeyTwice,
            field,
            "the same key stands twice in one object",
        ),
        GuardError::Syntax(message) => DecodeError::new(Code::NotJson, "", message),
    })
}

fn check_at_border(event: &Event, bytes: usize, earlier: &[Event]) -> Result<(), DecodeError> {
    let refuse = |code, field: &str, message: String| {
        let mut error = DecodeError::new(code, field, message);
        error.event_type = Some(event.body.event_type().name.to_owned());
        Err(error)
    };
    if bytes > EVENT_BYTES_MAX {
        return refuse(
            Code::TooLarge,
            "",
            format!("{bytes} bytes, at most {EVENT_BYTES_MAX}"),
        );
    }
    // A day of grace: the civil day where it happened may be ahead of the day in UTC.
    if event.occurred.day() > add_days(event.recorded.day(), 1) {
        let (occurred, recorded) = (event.occurred, event.recorded);
        let message = format!("dated {occurred}, which is after it was recorded ({recorded})");
        return refuse(Code::OccurredLater, "/occurred", message);
    }
    if earlier.iter().any(|other| other.id == event.id) {
        let message = format!("event {} stands twice in this commit", event.id);
        return refuse(Code::EventTwice, "/id", message);
    }
    if let Some(first) = earlier.first() {
        if first.journey != event.journey {
            let message = format!("the first event is of journey {}", first.journey);
            return refuse(Code::MixedJourneys, "/subject", message);
        }
        if first.ledger != event.ledger {
            let message = format!("the first event is of ledger {}", first.ledger);
            return refuse(Code::MixedJourneys, "/ledger", message);
        }
    }
    Ok(())
}

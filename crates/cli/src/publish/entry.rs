//! What a piece of an input says: a commit to send, or a refusal before anything is sent.
//!
//! Read only as far as sending needs: which journey it is about, how many events it holds. What the
//! events say is judged in one place, at the border.

use std::borrow::Cow;
use std::sync::Arc;

use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;

use super::pieces::{Fault, PIECE_BYTES_MAX, Piece};

/// One piece of the input, read.
#[derive(Debug, Clone)]
pub(crate) struct Entry {
    /// The line it begins at, from 1; the place in the cohort for what was made here.
    pub(crate) line: u64,
    /// How far the source has come with it, in the source's own measure.
    pub(crate) consumed: u64,
    /// What it says.
    pub(crate) content: Result<Commit, Refused>,
}

/// A commit as it is sent.
#[derive(Debug, Clone)]
pub(crate) struct Commit {
    /// `{"id": ..., "events": [...]}`, as JSON.
    pub(crate) json: String,
    /// The journey of its first event, as the publisher wrote it; empty if there is none.
    pub(crate) journey: String,
    /// How many events.
    pub(crate) events: u64,
    /// The row that it was made from, where it was made from one.
    pub(crate) row: Option<Arc<TableRow>>,
}

/// A row of a table, as it is written down again where its commit is refused.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct TableRow {
    /// Its cells, as they were.
    pub(crate) cells: Vec<String>,
    /// Which rule of the mapping made each event.
    pub(crate) rules: Vec<usize>,
}

/// Why something was not published, with what it was.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct Refused {
    /// The line it begins at.
    pub(crate) line: u64,
    /// The stable code.
    pub(crate) code: String,
    /// JSON pointer to the field, within its event; empty for the whole.
    pub(crate) field: String,
    /// Why, for people.
    pub(crate) reason: String,
    /// Everything that the border found, where it looked.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(crate) errors: Vec<FieldError>,
    /// What was refused, ready to be mended and published again; absent where it is not JSON.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) commit: Option<Box<RawValue>>,
    /// What was refused, or its beginning, where it is not JSON.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) text: Option<String>,
    /// The row of a table, where it was one.
    #[serde(skip)]
    pub(crate) row: Option<Arc<TableRow>>,
}

/// One thing that the border found.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct FieldError {
    /// Which event of the commit, from 0.
    #[serde(default)]
    pub(crate) index: u64,
    /// The event, where that is known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) event: Option<String>,
    /// JSON pointer within the event.
    #[serde(default)]
    pub(crate) field: String,
    /// The stable code.
    pub(crate) code: String,
    /// Why, for people.
    pub(crate) message: String,
    /// The column of the table, where the row itself was found to be wrong.
    #[serde(skip)]
    pub(crate) column: Option<String>,
}

/// Longest text that is kept of what is not JSON, in characters.
const TEXT_CHARS_MAX: usize = 1024;

/// What can stand in a piece, as far as sending needs to know. One line of an export is a commit
/// too: what the log added to it is passed over. So is one line of a reject file: what was refused
/// stands in it, mended by now.
#[derive(Deserialize)]
struct Shape<'a> {
    #[serde(borrow)]
    id: Option<&'a RawValue>,
    /// Of an export, the commit's id; of a reject file, the commit.
    #[serde(borrow)]
    commit: Option<&'a RawValue>,
    #[serde(borrow)]
    events: Option<&'a RawValue>,
    /// Of a reject file: why.
    #[serde(borrow)]
    reason: Option<&'a RawValue>,
}

#[derive(Deserialize)]
struct Head<'a> {
    #[serde(borrow)]
    subject: Option<Cow<'a, str>>,
}

impl Entry {
    /// Reads a piece.
    pub(crate) fn read(piece: &Piece) -> Self {
        let content = read(piece).map_err(|(code, reason)| Refused {
            line: piece.line,
            code: code.to_owned(),
            field: String::new(),
            reason,
            errors: Vec::new(),
            commit: None,
            row: None,
            text: Some(
                String::from_utf8_lossy(&piece.bytes)
                    .chars()
                    .take(TEXT_CHARS_MAX)
                    .collect(),
            ),
        });
        Self {
            line: piece.line,
            consumed: piece.consumed,
            content,
        }
    }
}

fn read(piece: &Piece) -> Result<Commit, (&'static str, String)> {
    match piece.fault {
        Some(Fault::TooLarge(bytes)) => {
            let reason = format!("{bytes} bytes, at most {PIECE_BYTES_MAX}: split the commit");
            return Err(("too-large", reason));
        }
        Some(Fault::NotClosed) => {
            let reason = "the input ends within the array: the last part of it is missing";
            return Err(("not-json", reason.to_owned()));
        }
        Some(Fault::AfterTheEnd) => {
            let reason = "stands after the end of the array: one array in each input";
            return Err(("not-json", reason.to_owned()));
        }
        None => {}
    }
    let text = std::str::from_utf8(&piece.bytes)
        .map_err(|error| ("not-utf8", format!("byte {}", error.valid_up_to())))?;
    let not_json = |error: serde_json::Error| ("not-json", error.to_string());
    let mut whole: &RawValue = serde_json::from_str(text).map_err(not_json)?;
    let expected = "expected an event, an array of events, or {\"events\": [...]}";
    let (id, events) = loop {
        match whole.get().as_bytes().first() {
            Some(b'[') => break (None, whole.get()),
            Some(b'{') => {
                let shape: Shape<'_> = serde_json::from_str(whole.get()).map_err(not_json)?;
                match (shape.events, shape.commit, shape.reason) {
                    (Some(events), ..) => break (shape.id.or(shape.commit), events.get()),
                    (None, Some(commit), Some(_)) => whole = commit,
                    (None, None, Some(_)) => {
                        let reason = "was refused because it is no JSON; give it as `commit`";
                        return Err(("not-json", reason.to_owned()));
                    }
                    (None, _, None) => return one_event(whole),
                }
            }
            _ => return Err(("not-an-event", expected.to_owned())),
        }
    };
    let heads: Vec<Head<'_>> = serde_json::from_str(events)
        .map_err(|error| ("not-an-event", format!("{expected}: {error}")))?;
    let first = heads.first().ok_or_else(|| {
        let reason = "a commit has at least one event".to_owned();
        ("empty", reason)
    })?;
    Ok(Commit {
        json: id.map_or_else(
            || format!("{{\"events\":{events}}}"),
            |id| format!("{{\"id\":{id},\"events\":{events}}}"),
        ),
        journey: first.subject.as_deref().unwrap_or_default().to_owned(),
        events: u64::try_from(heads.len()).unwrap_or(u64::MAX),
        row: None,
    })
}

fn one_event(event: &RawValue) -> Result<Commit, (&'static str, String)> {
    let head: Head<'_> = serde_json::from_str(event.get())
        .map_err(|error| ("field-invalid", format!("subject: {error}")))?;
    Ok(Commit {
        json: format!("{{\"events\":[{event}]}}"),
        journey: head.subject.unwrap_or_default().into_owned(),
        events: 1,
        row: None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn entry(text: &[u8]) -> Entry {
        Entry::read(&Piece {
            line: 7,
            bytes: text.to_vec(),
            fault: None,
            consumed: 99,
        })
    }

    fn refusal(text: &[u8]) -> Refused {
        entry(text).content.unwrap_err()
    }

    #[test]
    fn an_event_an_array_and_a_commit_are_commits() {
        for (text, json, events) in [
            (
                r#"{"specversion":"1.0","subject":"s"}"#,
                r#"{"events":[{"specversion":"1.0","subject":"s"}]}"#,
                1,
            ),
            (
                r#"[{"subject":"s"},{}]"#,
                r#"{"events":[{"subject":"s"},{}]}"#,
                2,
            ),
            (
                r#"{ "events": [ {"subject":"s"} ], "id": "c" }"#,
                r#"{"id":"c","events":[ {"subject":"s"} ]}"#,
                1,
            ),
            (
                r#"{"ledger":"jm","sequence":4,"commit":"c","events":[{"subject":"s"}]}"#,
                r#"{"id":"c","events":[{"subject":"s"}]}"#,
                1,
            ),
            (
                r#"{"line":3,"code":"x","field":"","reason":"r","commit":{"id":"c","events":[{"subject":"s"}]}}"#,
                r#"{"id":"c","events":[{"subject":"s"}]}"#,
                1,
            ),
        ] {
            let commit = entry(text.as_bytes()).content.unwrap();
            assert_eq!(commit.json, json);
            assert_eq!((commit.journey.as_str(), commit.events), ("s", events));
        }
    }

    #[test]
    fn what_is_no_commit_is_refused_with_its_line_and_text() {
        for (text, code) in [
            (b"{\"a\":".as_slice(), "not-json"),
            (b"{} {}", "not-json"),
            (b"\xff", "not-utf8"),
            (b"12", "not-an-event"),
            (b"[12]", "not-an-event"),
            (b"{\"events\":{}}", "not-an-event"),
            (b"[]", "empty"),
            (b"{\"subject\":4}", "field-invalid"),
            (b"{\"line\":2,\"reason\":\"r\",\"text\":\"{\"}", "not-json"),
        ] {
            let refused = refusal(text);
            let name = String::from_utf8_lossy(text);
            assert_eq!((refused.code.as_str(), refused.line), (code, 7), "{name}");
            assert_eq!(refused.text.as_deref(), Some(name.as_ref()));
        }
    }

    #[test]
    fn an_event_that_lacks_everything_is_left_to_the_border() {
        assert_eq!(entry(b"{}").content.unwrap().journey, "");
    }
}

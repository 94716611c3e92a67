//! What publishers send: one event, one commit, or a batch of commits. Told apart by their JSON, not
//! by their label: CloudEvents libraries label them differently.

use bytes::Bytes;
use homeward_events::codec::{self, Code, DecodeError};
use homeward_events::id::CommitId;
use serde::Deserialize;
use serde_json::value::RawValue;

use crate::intake::Offer;
use crate::outcome::{Refused, refuse_bytes, status_of};

/// Most commits in one request: a page of an offline day's work.
pub(crate) const COMMITS_MAX: usize = 100;
/// Largest request body, in bytes.
pub(crate) const BODY_BYTES_MAX: usize = 1024 * 1024;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Batch<'a> {
    #[serde(borrow)]
    commits: Vec<&'a RawValue>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Commit<'a> {
    id: Option<CommitId>,
    #[serde(borrow)]
    events: &'a RawValue,
}

#[derive(Deserialize)]
struct Looks<'a> {
    #[serde(borrow)]
    commits: Option<&'a RawValue>,
}

/// What a request asks for.
#[derive(Debug)]
pub(crate) struct Request {
    /// Each commit, or why it is none, with its bytes.
    pub offers: Vec<Result<Offer, (Bytes, Refused)>>,
    /// Whether the publisher sent a batch and expects a list of results.
    pub batch: bool,
}

/// Reads a request's body.
///
/// # Errors
/// The body is no commit and no batch of commits.
pub(crate) fn read(body: &Bytes, id: Option<CommitId>) -> Result<Request, Refused> {
    let refuse = |code: Code, message: String| {
        let error = DecodeError {
            index: 0,
            event_type: None,
            field: String::new(),
            code,
            message,
        };
        refuse_bytes(status_of(code), error)
    };
    if body.len() > BODY_BYTES_MAX {
        let message = format!("{} bytes, at most {BODY_BYTES_MAX}", body.len());
        return Err(refuse(Code::TooLarge, message));
    }
    let text = std::str::from_utf8(body)
        .map_err(|error| refuse(Code::NotUtf8, format!("byte {}", error.valid_up_to())))?;
    codec::check_json(text).map_err(|error| refuse_bytes(status_of(error.code), error))?;
    let shape = |error: serde_json::Error| refuse(Code::FieldInvalid, error.to_string());
    if text.trim_start().starts_with('[') {
        return Ok(one(Offer {
            id,
            events: body.clone(),
        }));
    }
    if !text.trim_start().starts_with('{') {
        return Err(refuse(
            Code::FieldInvalid,
            "expected an event or commits".to_owned(),
        ));
    }
    if serde_json::from_str::<Looks<'_>>(text)
        .map_err(shape)?
        .commits
        .is_none()
    {
        // A single event is a commit of one.
        let events = [b"[", body.as_ref(), b"]"].concat();
        return Ok(one(Offer {
            id,
            events: events.into(),
        }));
    }
    let batch: Batch<'_> = serde_json::from_str(text).map_err(shape)?;
    if batch.commits.is_empty() {
        return Err(refuse(
            Code::Empty,
            "a batch has at least one commit".to_owned(),
        ));
    }
    if batch.commits.len() > COMMITS_MAX {
        let message = format!("{} commits, at most {COMMITS_MAX}", batch.commits.len());
        return Err(refuse(Code::TooLarge, message));
    }
    let offer = |commit: &&RawValue| {
        let bytes = body.slice_ref(commit.get().as_bytes());
        match serde_json::from_str::<Commit<'_>>(commit.get()) {
            Ok(commit) => Ok(Offer {
                id: commit.id,
                events: body.slice_ref(commit.events.get().as_bytes()),
            }),
            Err(error) => Err((bytes, refuse(Code::FieldInvalid, error.to_string()))),
        }
    };
    Ok(Request {
        offers: batch.commits.iter().map(offer).collect(),
        batch: true,
    })
}

fn one(offer: Offer) -> Request {
    Request {
        offers: vec![Ok(offer)],
        batch: false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn count(body: &'static str) -> Result<usize, String> {
        read(&Bytes::from_static(body.as_bytes()), None)
            .map(|request| request.offers.len())
            .map_err(|refused| refused.code)
    }

    #[test]
    fn an_event_a_commit_and_a_batch_are_told_apart() {
        assert_eq!(count("[{}]"), Ok(1));
        assert_eq!(count("{\"id\":\"x\"}"), Ok(1));
        assert_eq!(
            count("{\"commits\":[{\"events\":[]},{\"events\":[]}]}"),
            Ok(2)
        );
        assert_eq!(count("{\"commits\":[]}"), Err("empty".to_owned()));
        assert_eq!(count("3"), Err("field-invalid".to_owned()));
        assert_eq!(
            count("{\"commits\":[],\"x\":1}"),
            Err("field-invalid".to_owned())
        );
        assert_eq!(
            count("{\"commits\":1,\"commits\":2}"),
            Err("key-twice".to_owned())
        );
    }

    #[test]
    fn a_malformed_commit_leaves_its_neighbours_alone() {
        let body = Bytes::from_static(b"{\"commits\":[{\"events\":[]},{\"evnts\":[]}]}");
        let request = read(&body, None).unwrap();
        assert!(request.offers[0].is_ok());
        let (bytes, refused) = request.offers[1].as_ref().unwrap_err();
        assert_eq!(bytes.as_ref(), b"{\"evnts\":[]}");
        assert_eq!(refused.code, "field-invalid");
    }
}

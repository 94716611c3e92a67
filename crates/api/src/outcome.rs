//! What becomes of an offer: accepted, refused with reasons, or failed for none of the publisher's.

use homeward_events::Event;
use homeward_events::codec::{Code, DecodeError};
use homeward_events::id::{CommitId, JourneyId, LedgerId};
use homeward_journey::Refusal;
use homeward_ledger::{AppendError, ReadError};

/// What became of an offer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Outcome {
    /// It is in the log.
    Accepted(Accepted),
    /// It is not, and must be changed before it can be.
    Refused(Refused),
    /// It is not, or may be, for a reason that is not the publisher's: offer it again unchanged.
    Failed(Failed),
}

/// In the log.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Accepted {
    /// The commit.
    pub commit: CommitId,
    /// Its ledger.
    pub ledger: LedgerId,
    /// Its journey.
    pub journey: JourneyId,
    /// Its place in the ledger: the same, however often it is offered.
    pub sequence: u64,
    /// Whether it was there before this offer.
    pub known: bool,
}

/// Refused.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Refused {
    /// HTTP status.
    pub status: u16,
    /// Stable code of the first reason.
    pub code: String,
    /// Every reason.
    pub errors: Vec<Reason>,
    /// Where the refused bytes are kept among the dead letters; `None` when they could not be.
    pub dead_letter: Option<u64>,
}

/// One reason.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Reason {
    /// Which event of the commit, from 0.
    pub index: usize,
    /// Its type, where it could be read.
    pub event_type: Option<String>,
    /// JSON pointer within the event.
    pub field: String,
    /// Stable code.
    pub code: String,
    /// What was expected and what was found.
    pub message: String,
}

/// Not the publisher's fault.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Failed {
    /// HTTP status: 503, or 507 when storage is used up.
    pub status: u16,
    /// Stable code.
    pub code: &'static str,
    /// What happened.
    pub message: String,
}

pub(crate) fn reused(commit: CommitId) -> Refused {
    refused(
        409,
        vec![Reason {
            index: 0,
            event_type: None,
            field: "/id".to_owned(),
            code: "commit-id-reused".to_owned(),
            message: format!("commit {commit} is in the log with other events"),
        }],
    )
}

pub(crate) fn refused(status: u16, errors: Vec<Reason>) -> Refused {
    let code = errors
        .first()
        .map_or_else(|| "refused".to_owned(), |error| error.code.clone());
    Refused {
        status,
        code,
        errors,
        dead_letter: None,
    }
}

/// A refusal of bytes that are no offer at all.
pub(crate) fn refuse_bytes(status: u16, error: DecodeError) -> Refused {
    refused(status, vec![error.into()])
}

pub(crate) fn refused_by_rules(refusals: &[Refusal], events: &[Event]) -> Refused {
    let reason = |refusal: &Refusal| Reason {
        index: refusal.index,
        event_type: events
            .get(refusal.index)
            .map(|event| event.body.event_type().name.to_owned()),
        field: refusal.rule.field().to_owned(),
        code: refusal.rule.code().to_owned(),
        message: refusal.detail.clone(),
    };
    refused(409, refusals.iter().map(reason).collect())
}

/// The HTTP status of bytes that cannot be read.
pub(crate) fn status_of(code: Code) -> u16 {
    match code {
        Code::NotUtf8 | Code::NotJson | Code::TooDeep | Code::KeyTwice => 400,
        Code::TooLarge | Code::TooManyEvents => 413,
        Code::Empty
        | Code::EventTwice
        | Code::MixedJourneys
        | Code::FieldMissing
        | Code::FieldUnknown
        | Code::FieldInvalid
        | Code::WordUnknown
        | Code::TypeUnknown
        | Code::VersionNewer
        | Code::VersionUnknown
        | Code::OccurredLater => 422,
    }
}

pub(crate) fn failed_append(error: &AppendError, commit: CommitId) -> Outcome {
    let message = error.to_string();
    let failed = |status, code| {
        Outcome::Failed(Failed {
            status,
            code,
            message: message.clone(),
        })
    };
    match error {
        AppendError::Reused { .. } => Outcome::Refused(reused(commit)),
        AppendError::TooLarge { .. } => Outcome::Refused(refused(
            413,
            vec![Reason {
                index: 0,
                event_type: None,
                field: String::new(),
                code: Code::TooLarge.to_string(),
                message,
            }],
        )),
        AppendError::Unknown(_) => failed(503, "outcome-unknown"),
        AppendError::QuotaReached(_) => failed(507, "storage-full"),
        AppendError::Forbidden(_) => failed(503, "log-forbidden"),
        AppendError::Conflict { .. }
        | AppendError::Unavailable(_)
        | AppendError::LedgerUnknown(_) => failed(503, "log-unavailable"),
    }
}

pub(crate) fn failed_read(error: &ReadError) -> Failed {
    let code = match error {
        ReadError::Gap { .. }
        | ReadError::Replaced { .. }
        | ReadError::Rewritten { .. }
        | ReadError::Behind { .. }
        | ReadError::Damaged { .. }
        | ReadError::Unreadable { .. } => "log-damaged",
        ReadError::Unavailable(_) | ReadError::LedgerUnknown(_) => "log-unavailable",
        ReadError::Forbidden(_) => "log-forbidden",
    };
    Failed {
        status: 503,
        code,
        message: error.to_string(),
    }
}

pub(crate) fn unavailable(message: &str) -> Failed {
    Failed {
        status: 503,
        code: "log-unavailable",
        message: message.to_owned(),
    }
}

impl From<DecodeError> for Reason {
    fn from(error: DecodeError) -> Self {
        Self {
            index: error.index,
            event_type: error.event_type,
            field: error.field,
            code: error.code.to_string(),
            message: error.message,
        }
    }
}

impl std::fmt::Display for Reason {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let Self {
            index,
            field,
            code,
            message,
            ..
        } = self;
        write!(f, "event {index} `{field}`: {code}: {message}")
    }
}

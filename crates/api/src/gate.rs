//! The gate: what every door shares, and who is let through it.

use std::ops::Deref;
use std::sync::Arc;

use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use axum::http::{StatusCode, header};
use homeward_ledger::{Attachments, Reader};
use homeward_projections::definition::Definitions;
use homeward_projections::instrument::Instruments;
use homeward_projections::schedule::Schedules;
use homeward_projections::worklist::Worklists;
use homeward_projector::{Identities, Projector};
use tokio::sync::Semaphore;
use tokio_util::sync::CancellationToken;

use crate::intake::Intake;
use crate::kept::KeptAnswers;
use crate::keys::{Key, KeyStore};
use crate::pages::Sessions;
use crate::problem::Problem;
use crate::refusals::Refusals;

/// What every door shares. Cheap to clone: every request does, several times.
#[derive(Clone)]
pub(crate) struct Gate(Arc<Common>);

impl Gate {
    pub(crate) fn new(common: Common) -> Self {
        Self(Arc::new(common))
    }
}

impl Deref for Gate {
    type Target = Common;
    fn deref(&self) -> &Common {
        &self.0
    }
}

/// As [`Gate`], which gives all of it.
pub(crate) struct Common {
    /// The way into the log.
    pub intake: Intake,
    /// The log, for reading.
    pub reader: Reader,
    /// What is attached to facts.
    pub attachments: Attachments,
    /// Places for attachments that pass.
    pub passing: Semaphore,
    /// The read models.
    pub projector: Projector,
    /// Who is who.
    pub people: Identities,
    /// What figures about returns may count.
    pub definitions: Definitions,
    /// Who may come in.
    pub keys: KeyStore,
    /// Instruments that scores are labelled by.
    pub instruments: Instruments,
    /// Templates that follow-ups can be planned by.
    pub schedules: Schedules,
    /// Worklists at hand.
    pub worklists: Worklists,
    /// What was refused, by event.
    pub refusals: Refusals,
    /// Answers that were worked out before.
    pub kept: KeptAnswers,
    /// Who is signed in to the pages.
    pub sessions: Sessions,
    /// Cancelled when the server stops: long answers end with it.
    pub stopping: CancellationToken,
}

/// A caller who may publish.
pub(crate) struct Publisher(pub Arc<Key>);

/// A caller who may read.
pub(crate) struct Reading(pub Arc<Key>);

/// A caller whose key works, whatever it is for: who asks about what they published themselves.
pub(crate) struct KeyHolder(pub Arc<Key>);

/// A caller who may see who people are.
pub(crate) struct CaseWorker(pub Arc<Key>);

/// A caller who may operate.
pub(crate) struct Operator(pub Arc<Key>);

fn authenticate(parts: &Parts, gate: &Gate) -> Result<Arc<Key>, Problem> {
    let header = parts.headers.get(header::AUTHORIZATION);
    Ok(gate
        .keys
        .authenticate(header.and_then(|value| value.to_str().ok()))?)
}

impl FromRequestParts<Gate> for Publisher {
    type Rejection = Problem;
    async fn from_request_parts(parts: &mut Parts, gate: &Gate) -> Result<Self, Problem> {
        let key = authenticate(parts, gate)?;
        if key.role.publishes() {
            Ok(Self(key))
        } else {
            Err(Problem::forbidden("this key does not allow publishing"))
        }
    }
}

impl FromRequestParts<Gate> for Reading {
    type Rejection = Problem;
    async fn from_request_parts(parts: &mut Parts, gate: &Gate) -> Result<Self, Problem> {
        let key = authenticate(parts, gate)?;
        if key.role.reads() {
            Ok(Self(key))
        } else {
            Err(Problem::forbidden("this key does not allow reading"))
        }
    }
}

impl FromRequestParts<Gate> for KeyHolder {
    type Rejection = Problem;
    async fn from_request_parts(parts: &mut Parts, gate: &Gate) -> Result<Self, Problem> {
        authenticate(parts, gate).map(Self)
    }
}

impl FromRequestParts<Gate> for CaseWorker {
    type Rejection = Problem;
    async fn from_request_parts(parts: &mut Parts, gate: &Gate) -> Result<Self, Problem> {
        let key = authenticate(parts, gate)?;
        if key.role.identifies() {
            Ok(Self(key))
        } else {
            let detail = "this key does not allow seeing who people are";
            let (status, code) = (StatusCode::FORBIDDEN, "identity-forbidden");
            Err(Problem::new(status, code, detail))
        }
    }
}

impl FromRequestParts<Gate> for Operator {
    type Rejection = Problem;
    async fn from_request_parts(parts: &mut Parts, gate: &Gate) -> Result<Self, Problem> {
        let key = authenticate(parts, gate)?;
        if key.role.operates() {
            Ok(Self(key))
        } else {
            Err(Problem::forbidden("this key does not allow operating"))
        }
    }
}

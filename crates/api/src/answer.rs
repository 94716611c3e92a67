//! Answers: a read model as it is or as it was known, and with every answer what it rests on.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

use axum::Json;
use axum::http::StatusCode;
use homeward_events::id::{JourneyId, LedgerId, LogDigest};
use homeward_events::time::Day;
use homeward_projections::{ReadModel, Table};
use homeward_projector::past::{Kept, Known, KnownError, PastError, Resolved, build, digest};
use homeward_projector::{AsOf, FoldError, NotReady, SeenHead};
use serde::Serialize;
use tokio::runtime::{Handle, RuntimeFlavor};
use utoipa::ToSchema;

use crate::asked::Asked;
use crate::gate::Gate;
use crate::problem::Problem;

/// How long `at_least` waits for a read model to catch up.
pub(crate) const AT_LEAST_WAIT: Duration = Duration::from_secs(5);
/// How long a question about the past waits for a fold. Less than an answer may take, and the fold
/// goes on: asked again, it is there.
const PAST_WAIT: Duration = Duration::from_secs(20);
/// When to ask again for what is being folded, in seconds.
const FOLDING_RETRY_SECONDS: u32 = 5;

/// An answer, up to where it knows the log, and what it rests on.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Answer<T> {
    #[serde(flatten)]
    pub(crate) told: T,
    pub(crate) as_of: AsOfFooter,
    pub(crate) manifest: Manifest,
}

/// Up to where an answer knows the log.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub(crate) struct AsOfFooter {
    /// By ledger: the last sequence that the answer knows, and the last there is.
    pub ledgers: BTreeMap<String, LedgerPosition>,
    /// Commits that are in the log and not in the answer.
    pub lag_commits: u64,
    /// Whether everything in complete logs is in the answer.
    pub current: bool,
    /// Why not, if it is not.
    pub not_current: Option<String>,
}

/// A place in a ledger.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub(crate) struct LedgerPosition {
    /// The last sequence that the answer knows.
    pub sequence: u64,
    /// The last sequence that the log was known to have; of an answer about the past, the last that
    /// was asked for.
    pub head: u64,
}

/// What an answer rests on. Of an answer about the past, all of it can be had again: the same question
/// at the same sequences gives the same bytes.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub(crate) struct Manifest {
    /// Version of this program.
    homeward: &'static str,
    /// Digest of which events this program reads and which read models it folds.
    build: String,
    /// The read model.
    model: &'static str,
    /// Its version.
    model_version: u32,
    /// Definitions and instruments that the figures were computed by.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    by: Vec<Used>,
    /// Up to where the log is known, as it was asked.
    pub(crate) known: Vec<String>,
    /// The last sequence of each ledger that is in.
    sequences: BTreeMap<String, u64>,
    /// SHA-256 of the log up to there; of answers about the past only.
    #[serde(skip_serializing_if = "Option::is_none")]
    log_sha256: Option<String>,
    /// The reference day, where the question has one.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>, format = Date)]
    day: Option<Day>,
    /// SHA-256 of the question, the reference day in it.
    question_sha256: String,
    /// SHA-256 of the answer without `as_of` and `manifest`.
    answer_sha256: String,
}

/// A definition or an instrument.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub(crate) struct Used {
    /// Its id and version, as `rearrest@1`.
    pub id: String,
    /// SHA-256 of its text; absent where it is not known here.
    pub sha256: Option<String>,
}

/// A read model to ask: as it is, or as it was known.
pub(crate) struct View {
    model: &'static ReadModel,
    known: Vec<Known>,
    source: Source,
}

enum Source {
    Live(homeward_projector::View),
    Past(Arc<Kept>),
}

/// What stands below an answer.
pub(crate) struct Footing {
    model: &'static ReadModel,
    known: Vec<Known>,
    /// Which generation at which position, or which log.
    place: String,
    as_of: AsOfFooter,
    log_sha256: Option<LogDigest>,
    by: Vec<Used>,
}

impl From<AsOf> for AsOfFooter {
    fn from(as_of: AsOf) -> Self {
        let position = |(ledger, head): (&LedgerId, &SeenHead)| {
            let sequence = as_of.watermark.sequence(ledger);
            (
                ledger.to_string(),
                LedgerPosition {
                    sequence,
                    head: head.last.max(sequence),
                },
            )
        };
        Self {
            ledgers: as_of.heads.iter().map(position).collect(),
            lag_commits: as_of.lag_commits,
            current: as_of.current.is_ok(),
            not_current: as_of.current.err().map(|why| why.to_string()),
        }
    }
}

impl AsOfFooter {
    /// Of an answer about the past: nothing in it moves when the log does.
    fn past(kept: &Kept) -> Self {
        let position = |(ledger, sequence): (&LedgerId, u64)| {
            let head = sequence;
            (ledger.to_string(), LedgerPosition { sequence, head })
        };
        Self {
            ledgers: kept.moment.watermark().iter().map(position).collect(),
            lag_commits: 0,
            current: false,
            not_current: Some("as of an earlier position, as asked".to_owned()),
        }
    }
}

/// A read model: as it is, once it knows at least the positions in `at_least=ledger:sequence`, or as
/// it was known at `known=`.
///
/// # Errors
/// The model is not ready, does not catch up in time, or is being folded; or the position is none.
pub(crate) async fn view(gate: &Gate, name: &str, asked: &mut Asked) -> Result<View, Problem> {
    let Some(at) = begin(gate, name, asked).await? else {
        return live(gate, name);
    };
    let past = gate.projector.past();
    let kept = past.table(at.model, &at.resolved.moment, PAST_WAIT).await?;
    at.view(kept)
}

/// As [`view`], for the rows of one journey: of the past, only that journey is told.
///
/// # Errors
/// As [`view`].
pub(crate) async fn view_journey(
    gate: &Gate,
    name: &str,
    journey: JourneyId,
    asked: &mut Asked,
) -> Result<View, Problem> {
    let Some(at) = begin(gate, name, asked).await? else {
        return live(gate, name);
    };
    let past = gate.projector.past();
    let moment = &at.resolved.moment;
    let kept = past
        .of_journey(at.model, journey, moment, PAST_WAIT)
        .await?;
    at.view(Arc::new(kept))
}

fn live(gate: &Gate, name: &str) -> Result<View, Problem> {
    Ok(View {
        model: model(name)?,
        known: vec![Known::Head],
        source: Source::Live(gate.projector.view(name)?),
    })
}

/// An earlier position that is asked for.
struct Earlier {
    model: &'static ReadModel,
    known: Vec<Known>,
    resolved: Resolved,
}

impl Earlier {
    fn view(self, kept: Arc<Kept>) -> Result<View, Problem> {
        let Self {
            model,
            known,
            resolved,
        } = self;
        if resolved
            .log_sha256
            .is_some_and(|digest| digest != kept.log_sha256)
        {
            let detail = "the log is not what it was when the cut was named";
            return Err(Problem::new(StatusCode::CONFLICT, "cut-broken", detail));
        }
        Ok(View {
            model,
            known,
            source: Source::Past(kept),
        })
    }
}

/// Waits for what the answer must know at least; gives the earlier position that is asked for, if one
/// is.
async fn begin(gate: &Gate, name: &str, asked: &mut Asked) -> Result<Option<Earlier>, Problem> {
    let (known, at_least) = (asked.known()?, asked.at_least()?);
    if known.is_empty() {
        for (ledger, sequence) in at_least {
            let caught_up = gate
                .projector
                .wait_for(name, &ledger, sequence, AT_LEAST_WAIT)
                .await;
            caught_up.map_err(|behind| {
                let (status, code) = (StatusCode::SERVICE_UNAVAILABLE, "still-behind");
                Problem::new(status, code, behind.to_string())
            })?;
        }
        return Ok(None);
    }
    if !at_least.is_empty() {
        let why = "goes with the head of the log only: `known` says what is known to the commit";
        return Err(Problem::parameter("at_least", why));
    }
    let resolved = gate.projector.past().known(&known).await?;
    Ok(Some(Earlier {
        model: model(name)?,
        known,
        resolved,
    }))
}

fn model(name: &str) -> Result<&'static ReadModel, Problem> {
    let found = homeward_projections::all().iter().copied();
    let found = found.into_iter().find(|model| model.name == name);
    found.ok_or_else(|| Problem::not_found("this read model"))
}

/// Works on a question while others go on: those who publish do not wait for those who ask, however
/// few threads there are for both.
pub(crate) fn aside<T>(work: impl FnOnce() -> T) -> T {
    let here = Handle::try_current().map(|runtime| runtime.runtime_flavor());
    // A runtime of one thread has nobody to hand its other work to.
    if here.is_ok_and(|flavor| flavor == RuntimeFlavor::MultiThread) {
        tokio::task::block_in_place(work)
    } else {
        work()
    }
}

/// Asks a read model, and says up to where the answer knows the log.
///
/// # Errors
/// The question's.
pub(crate) fn read<T, E>(
    view: &View,
    question: impl FnOnce(&dyn Table) -> Result<T, E>,
) -> Result<(T, Footing), Problem>
where
    Problem: From<E>,
{
    match &view.source {
        Source::Live(live) => {
            let (answer, as_of) = aside(|| live.read_as_of(question));
            Ok((answer?, view.live(as_of)))
        }
        Source::Past(kept) => Ok((aside(|| question(&kept.table))?, view.past(kept))),
    }
}

impl View {
    /// What stands below an answer that is known already.
    pub(crate) fn footing(&self) -> Footing {
        match &self.source {
            Source::Live(view) => self.live(view.as_of()),
            Source::Past(kept) => self.past(kept),
        }
    }

    fn live(&self, as_of: AsOf) -> Footing {
        Footing {
            model: self.model,
            known: self.known.clone(),
            place: format!("{} {:?}", as_of.generation, as_of.watermark),
            as_of: as_of.into(),
            log_sha256: None,
            by: Vec::new(),
        }
    }

    fn past(&self, kept: &Kept) -> Footing {
        Footing {
            model: self.model,
            known: self.known.clone(),
            place: format!("{:?} {}", kept.moment, kept.log_sha256),
            as_of: AsOfFooter::past(kept),
            log_sha256: Some(kept.log_sha256.clone()),
            by: Vec::new(),
        }
    }
}

impl Footing {
    /// The read model, and what of it: which generation at which position, or which log.
    pub(crate) fn of(&self) -> (&'static str, &str) {
        (self.model.name, &self.place)
    }

    /// Up to where the answer knows the log.
    pub(crate) fn as_of(&self) -> &AsOfFooter {
        &self.as_of
    }

    /// Up to where the log is known, as it was asked; empty for the head.
    pub(crate) fn known(&self) -> impl Iterator<Item = String> {
        self.known.iter().map(ToString::to_string)
    }

    /// SHA-256 of the log up to there; of answers about the past only.
    pub(crate) fn log_sha256(&self) -> Option<String> {
        self.log_sha256.as_ref().map(ToString::to_string)
    }

    /// Says which definition or instrument, `id@version`, the figures were computed by, and the digest
    /// of its text.
    #[must_use]
    pub(crate) fn by(mut self, id: &str, sha256: Option<String>) -> Self {
        self.by.push(Used {
            id: id.to_owned(),
            sha256,
        });
        self
    }
}

impl Asked {
    /// An answer to what was asked, with what it rests on.
    ///
    /// # Errors
    /// The answer cannot be written.
    pub(crate) fn answer<T: Serialize>(
        &self,
        footing: Footing,
        told: T,
    ) -> Result<Json<Answer<T>>, Problem> {
        let Footing {
            model,
            known,
            as_of,
            log_sha256,
            by,
            place: _,
        } = footing;
        let sha256 = |written: serde_json::Result<Vec<u8>>| match written {
            Ok(bytes) => Ok(digest(&bytes).to_string()),
            Err(error) => {
                tracing::error!(%error, "an answer cannot be written");
                let (status, code) = (StatusCode::INTERNAL_SERVER_ERROR, "internal");
                Err(Problem::new(status, code, "the answer cannot be written"))
            }
        };
        let (question, day) = self.question();
        let manifest = Manifest {
            homeward: env!("CARGO_PKG_VERSION"),
            build: build().to_owned(),
            model: model.name,
            model_version: model.version,
            by,
            known: known.iter().map(ToString::to_string).collect(),
            sequences: as_of
                .ledgers
                .iter()
                .map(|(ledger, position)| (ledger.clone(), position.sequence))
                .collect(),
            log_sha256: log_sha256.map(|digest| digest.to_string()),
            day,
            question_sha256: sha256(serde_json::to_vec(&(model.name, question, day)))?,
            answer_sha256: sha256(serde_json::to_vec(&told))?,
        };
        Ok(Json(Answer {
            told,
            as_of,
            manifest,
        }))
    }
}

impl From<NotReady> for Problem {
    fn from(not_ready: NotReady) -> Self {
        let (status, code) = (StatusCode::SERVICE_UNAVAILABLE, "read-model-not-ready");
        Self::new(status, code, not_ready.to_string())
    }
}

impl From<KnownError> for Problem {
    fn from(error: KnownError) -> Self {
        match error {
            KnownError::NoSuchCut(_) => {
                Self::new(StatusCode::NOT_FOUND, "cut-unknown", error.to_string())
            }
            KnownError::Contradiction(_) | KnownError::Ambiguous(..) => {
                Self::parameter("known", error)
            }
            KnownError::Cuts(error) => {
                let (status, code) = (StatusCode::SERVICE_UNAVAILABLE, "cuts-unreadable");
                Self::new(status, code, error.to_string())
            }
            KnownError::Past(error) => error.into(),
        }
    }
}

impl From<PastError> for Problem {
    fn from(error: PastError) -> Self {
        let unavailable =
            |code| Self::new(StatusCode::SERVICE_UNAVAILABLE, code, error.to_string());
        match &error {
            PastError::Folding(progress) => {
                let (done, total) = (progress.done, progress.total);
                let detail = format!(
                    "the log is being folded up to there ({}, {done} of {total} commits): ask again",
                    progress.stage.as_str()
                );
                Self {
                    detail,
                    retry_after: Some(FOLDING_RETRY_SECONDS),
                    ..unavailable("past-folding")
                }
            }
            PastError::Fold(FoldError::Beyond { .. }) => {
                Self::new(StatusCode::BAD_REQUEST, "known-beyond", error.to_string())
            }
            PastError::Fold(FoldError::Read(homeward_ledger::ReadError::LedgerUnknown(_))) => {
                Self::parameter("known", error)
            }
            PastError::Fold(FoldError::Halted { .. }) => unavailable("past-halted"),
            PastError::Busy => unavailable("past-busy"),
            PastError::NotReady => unavailable("read-model-not-ready"),
            PastError::Fold(_) | PastError::Broken(_) => {
                tracing::error!(%error, "the past could not be told");
                unavailable("past-failed")
            }
        }
    }
}

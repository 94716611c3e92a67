//! What is known of each read model from outside.

use std::collections::BTreeMap;

use homeward_events::id::{JourneyId, LedgerId};
use homeward_ledger::Head;
use jiff::Timestamp;

use crate::position::Watermark;
use crate::progress::Progress;
use crate::told::{Place, Unreadable};

/// Most journeys that are named in one [`Change`].
pub const CHANGE_JOURNEYS_MAX: usize = 64;

/// A model that stopped before an event that it cannot do without and that this program cannot read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Halted {
    /// The ledger that it stopped in; it goes on with others.
    pub ledger: LedgerId,
    /// The commit that holds the event; the model is just before it.
    pub sequence: u64,
    /// The event's type, where even that could be read.
    pub event_type: Option<String>,
    /// Why it cannot be read.
    pub reason: String,
}

impl Halted {
    pub(crate) fn new(place: &Place, unreadable: &Unreadable) -> Self {
        Self {
            ledger: place.ledger.clone(),
            sequence: place.sequence,
            event_type: unreadable.event_type.clone(),
            reason: unreadable.reason.clone(),
        }
    }
}

/// The end of a ledger as it was last seen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SeenHead {
    /// When its stream was created.
    pub created: Timestamp,
    /// Its first sequence.
    pub first: u64,
    /// Its last sequence.
    pub last: u64,
    /// How many commits it holds.
    pub messages: u64,
    /// How many are known to be removed.
    pub deleted: u64,
}

impl SeenHead {
    /// What keeps the ledger from being complete.
    pub fn incomplete(&self) -> Option<String> {
        if self.last > 0 && self.first != 1 {
            return Some(format!("the log begins at {}", self.first));
        }
        if self.deleted > 0 {
            return Some(format!(
                "{} commits were removed from the log",
                self.deleted
            ));
        }
        let (messages, last) = (self.messages, self.last);
        (messages != last).then(|| format!("the log holds {messages} of {last} commits"))
    }
}

impl From<Head> for SeenHead {
    fn from(head: Head) -> Self {
        let Head {
            created,
            first,
            last,
            messages,
            deleted,
            last_stored: _,
        } = head;
        Self {
            created,
            first,
            last,
            messages,
            deleted,
        }
    }
}

/// How far a read model is, and how far the log.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AsOf {
    /// What is in the read model.
    pub watermark: Watermark,
    /// The logs' ends as last seen.
    pub heads: BTreeMap<LedgerId, SeenHead>,
    /// Commits that are in the logs and not in the read model.
    pub lag_commits: u64,
    /// Where it stopped before an event that cannot be read.
    pub halted: Vec<Halted>,
    /// Which generation of its store, as `v1-3`.
    pub generation: String,
    /// `Ok` if everything in complete logs is in; else why it may not be called current.
    pub current: Result<(), NotCurrent>,
}

/// Why a read model may not be called current: complete or refuse.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum NotCurrent {
    /// The log cannot be asked for its end.
    #[error("ledger `{ledger}` cannot be asked: {reason}")]
    LogUnknown {
        /// Which ledger.
        ledger: LedgerId,
        /// Why not.
        reason: String,
    },
    /// The log itself is not complete.
    #[error("ledger `{ledger}`: {reason}")]
    LogIncomplete {
        /// Which ledger.
        ledger: LedgerId,
        /// What is wrong with it.
        reason: String,
    },
    /// An event cannot be read.
    #[error("halted before sequence {} of ledger `{}`: {}", .0.sequence, .0.ledger, .0.reason)]
    Halted(Halted),
    /// Commits are still to be folded.
    #[error("{lag_commits} commits behind")]
    Behind {
        /// How many.
        lag_commits: u64,
    },
    /// The number of commits that were folded is not the position that was reached.
    #[error("ledger `{ledger}`: {folded} commits folded up to sequence {sequence}")]
    Miscounted {
        /// Which ledger.
        ledger: LedgerId,
        /// Commits folded, counted one by one.
        folded: u64,
        /// The position reached.
        sequence: u64,
    },
}

/// What a read model is doing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum State {
    /// A fresh generation is being made, perhaps while an earlier one serves.
    Building,
    /// Follows the log.
    Live,
    /// Stopped before an event that cannot be read; serves what it has.
    Halted,
    /// Cannot be served, and the last try to mend that failed; it is tried again.
    Failed,
}

impl State {
    /// The state's text.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Building => "building",
            Self::Live => "live",
            Self::Halted => "halted",
            Self::Failed => "failed",
        }
    }
}

/// Everything that is known of one read model.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ModelStatus {
    /// Its name.
    pub model: &'static str,
    /// Its version in this program.
    pub version: u32,
    /// What it is doing.
    pub state: State,
    /// How far it is, if it can be served.
    pub as_of: Option<AsOf>,
    /// How far the generation in the making is, if there is one.
    pub progress: Option<Progress>,
    /// Commits folded a second, over the last seconds.
    pub rate_per_second: u64,
    /// The last thing that went wrong.
    pub last_error: Option<String>,
    /// How many generations were put aside since the program started.
    pub quarantines: u64,
}

/// A read model that cannot be asked now.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{model}` cannot be asked: {reason}")]
pub struct NotReady {
    /// Its name.
    pub model: String,
    /// Why not.
    pub reason: String,
    /// How far the generation in the making is.
    pub progress: Option<Progress>,
}

/// A position was not reached in time.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{model}` has reached {reached} of {wanted} in ledger `{ledger}`{}", Why(.reason))]
pub struct StillBehind {
    /// Which read model.
    pub model: String,
    /// Which ledger.
    pub ledger: LedgerId,
    /// The sequence that was waited for.
    pub wanted: u64,
    /// The sequence that is in; 0 if none, or if the model cannot be asked at all.
    pub reached: u64,
    /// Why waiting longer would not help, if that is known.
    pub reason: Option<String>,
}

struct Why<'a>(&'a Option<String>);

impl std::fmt::Display for Why<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.0
            .as_ref()
            .map_or(Ok(()), |reason| write!(f, ": {reason}"))
    }
}

/// Something changed in a read model: what server-sent events tell.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// Which read model.
    pub model: &'static str,
    /// Which ledger moved.
    pub ledger: LedgerId,
    /// Up to which commit.
    pub sequence: u64,
    /// Journeys whose facts arrived, by id, at most [`CHANGE_JOURNEYS_MAX`]; empty when a whole new
    /// generation took over.
    pub journeys: Vec<JourneyId>,
    /// Cells that changed.
    pub cells: usize,
    /// Rows that changed.
    pub rows: usize,
}

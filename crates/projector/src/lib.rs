//! From log to read models, and the only crate that names sled.
//!
//! One thread writes. Commits come out of the log, each with its position; their facts go into one
//! *facts store*; and every read model is moved by the difference between what the touched persons
//! added before and add now (`homeward_projections`). Rows, cells and position of a model move in one
//! batch, so each model stands at exactly one position whatever happens. What is new, far behind or
//! doubted is built afresh beside what serves: the log into memory, person by person over several
//! threads, rows in order into a fresh folder, and then a switch. All ways give the same bytes.
//!
//! ```text
//! log -> facts (by journey) -> persons before and after -> difference -> rows, cells, position
//!     \-> all of it in memory -> persons, on several threads -> fresh folders -> switch
//! ```
//!
//! Invariants:
//! - the log is the truth, a store is a cache of it: nothing is repaired, everything can be built;
//! - a batch holds rows, cells and position of one model, or facts and their position, and nothing
//!   that belongs together is in two batches;
//! - facts are at or ahead of every model that moves, so a crash between two batches is harmless;
//! - nothing is served as current that is not complete: [`NotCurrent`] says why;
//! - nothing is skipped in silence: a model halts before an event that it needs and cannot read;
//! - no personal data is stored; names are kept in memory, in `people.rs` only;
//! - no sled call, and nothing else that is long, on a thread of the runtime.
//!
//! | file | is |
//! |---|---|
//! | `projector.rs`, `view.rs`, `status.rs` | what others ask |
//! | `writer/` | the thread: opening, checking, following, letting generations take over |
//! | `rebuild/` | from log to fresh generations, in memory |
//! | `past/` | earlier positions, and what makes asking for them quick |
//! | `facts.rs`, `table.rs`, `store/`, `folder.rs` | what lies on disk |
//! | `people.rs` | who is who, in memory |
//! | `fold_log.rs`, `fsck.rs` | without a store; a store against the plain fold |

mod checkpoint;
mod config;
mod decoder;
mod delta;
mod facts;
mod fold_log;
mod folder;
mod fsck;
mod moved;
pub mod past;
mod people;
mod position;
mod progress;
mod projector;
mod rebuild;
mod runs;
mod shared;
mod status;
mod store;
mod table;
mod tally;
mod told;
mod view;
mod writer;

#[cfg(test)]
mod tests;

pub use config::Config;
pub use fold_log::{FoldError, FoldedLog, fold_log};
pub use fsck::{DIFFERENCES_NAMED_MAX, FsckError, Report, StoreReport, fsck};
pub use people::{Identities, NotRead, PeopleAsOf};
pub use position::Watermark;
pub use progress::{Progress, Stage};
pub use projector::{FactsError, PositionedEvent, Projector, StartError};
pub use rebuild::Bound;
pub use status::{
    AsOf, CHANGE_JOURNEYS_MAX, Change, Halted, ModelStatus, NotCurrent, NotReady, SeenHead, State,
    StillBehind,
};
pub use view::View;

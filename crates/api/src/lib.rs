//! The doors: HTTP and NATS. Commits go in, read models come out.
//!
//! Everything that comes in goes through one intake, whichever door it came through; everything
//! that goes out says up to where it knows the log. This crate asks the ledger (append, read) and
//! the projector (views), and touches neither streams nor trees itself.
//!
//! Invariants: nobody is let in without a key that allows it, except to ask for health, readiness
//! and the document; a refusal names event, field and code, and its bytes are kept; nothing waits
//! without a bound.
//!
//! To add an endpoint: a file under `endpoints/`, and a line in `server::routes`. To add a page: see `pages`.

mod answer;
mod asked;
mod authority;
mod endpoints;
mod gate;
mod intake;
mod kept;
pub mod keys;
mod nats_door;
mod offers;
mod outcome;
mod pages;
mod positions;
mod problem;
mod refusals;
mod server;
pub mod table_file;
mod telemetry;

use std::net::SocketAddr;

use homeward_ledger::Ledgers;
use homeward_projections::definition::Definitions;
use homeward_projections::instrument::Instruments;
use homeward_projections::schedule::Schedules;
use homeward_projections::worklist::Worklists;
use homeward_projector::{Identities, Projector};
use tokio::net::TcpListener;
use tokio::sync::Semaphore;
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;

use crate::endpoints::attachments::ATTACHMENTS_AT_ONCE;
use crate::gate::{Common, Gate};
use crate::intake::Intake;
use crate::kept::KeptAnswers;
use crate::keys::KeyStore;
pub use crate::nats_door::SUBJECT;
use crate::pages::Sessions;
use crate::refusals::Refusals;
pub use crate::server::{Running, document};

/// How the doors are set up.
#[derive(Debug, Clone)]
pub struct ServeConfig {
    /// Where HTTP listens; port 0 takes a free one.
    pub listen: SocketAddr,
    /// Whether the NATS door is open too.
    pub nats_intake: bool,
}

/// What stands behind the doors.
pub struct Doors {
    /// The log.
    pub ledgers: Ledgers,
    /// The read models.
    pub projector: Projector,
    /// Who is who.
    pub people: Identities,
    /// What figures about returns may count.
    pub definitions: Definitions,
    /// Who may come in.
    pub keys: KeyStore,
    /// Instruments that scores are labelled by: those that ship, and the office's own.
    pub instruments: Instruments,
    /// Templates of follow-ups: those that ship, and the office's own.
    pub schedules: Schedules,
    /// Worklists: those that ship, and the office's own.
    pub worklists: Worklists,
    /// Makes a text that nobody can guess: at least 128 random bits in letters and digits.
    pub secret: fn() -> String,
}

/// Why a door cannot open.
#[derive(Debug, thiserror::Error)]
pub enum ServeError {
    /// The address cannot be listened on.
    #[error("cannot listen on {listen}: {source}")]
    Listen {
        /// Which address.
        listen: SocketAddr,
        /// What happened.
        source: std::io::Error,
    },
}

/// Opens the doors. They stay open until `stop` is cancelled; a door that closes early cancels it,
/// so that whoever waits for it notices.
///
/// # Errors
/// The address cannot be listened on.
pub async fn serve(
    config: ServeConfig,
    doors: Doors,
    tracker: &TaskTracker,
    stop: CancellationToken,
) -> Result<Running, ServeError> {
    telemetry::start();
    let cannot = |source| ServeError::Listen {
        listen: config.listen,
        source,
    };
    let listener = TcpListener::bind(config.listen).await.map_err(cannot)?;
    let address = listener.local_addr().map_err(cannot)?;
    let Ledgers {
        appender,
        reader,
        attachments,
        responder,
        ..
    } = doors.ledgers;
    let gate = Gate::new(Common {
        intake: Intake::new(appender, reader.clone(), attachments.clone()),
        reader,
        attachments,
        passing: Semaphore::new(ATTACHMENTS_AT_ONCE),
        projector: doors.projector,
        people: doors.people,
        definitions: doors.definitions,
        keys: doors.keys,
        instruments: doors.instruments,
        schedules: doors.schedules,
        worklists: doors.worklists,
        refusals: Refusals::default(),
        kept: KeptAnswers::new(),
        sessions: Sessions::new(doors.secret),
        stopping: stop.clone(),
    });
    if config.nats_intake {
        let (gate, stop) = (gate.clone(), stop.clone());
        tracker.spawn(async move {
            if let Err(error) = nats_door::serve(responder, gate, stop.clone()).await {
                tracing::error!(%error, "the nats door closed early");
                stop.cancel();
            }
        });
    }
    tracker.spawn(telemetry::sum_up(stop.clone()));
    let router = server::router(gate);
    tracker.spawn(server::accept(listener, router, tracker.clone(), stop));
    tracing::info!(%address, "http door open");
    Ok(Running { address })
}

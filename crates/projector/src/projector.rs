//! The projector's handle: what the rest of the house asks.

use std::collections::BTreeSet;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use homeward_events::id::{JourneyId, LedgerId};
use homeward_journey::person;
use homeward_ledger::Reader;
use homeward_projections::explain::PlacedFacts;
use homeward_projections::fold::Mentions;
use homeward_projections::{ReadModel, timeline};
use tokio::runtime::Handle;
use tokio::sync::broadcast;
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;

use crate::config::Config;
use crate::facts::{FACTS, watermark_of};
use crate::fold_log::on_thread;
use crate::folder::{QUARANTINE, Views, ViewsError};
use crate::past::{Past, PastConfig};
use crate::position::Watermark;
use crate::runs::visit_journey;
use crate::shared::{Shared, read};
use crate::status::{Change, ModelStatus, NotReady, StillBehind};
use crate::store::StoreError;
use crate::told::Told;
use crate::view::View;
use crate::writer::Writer;

/// Keeps read models up to date and answers for them. Cheap to clone.
#[derive(Clone)]
pub struct Projector {
    pub(crate) shared: Arc<Shared>,
    pub(crate) reader: Reader,
    past: Past,
}

/// Why a projector does not start.
#[derive(Debug, thiserror::Error)]
pub enum StartError {
    /// Another program keeps its read models there.
    #[error("another program uses {0}")]
    InUse(PathBuf),
    /// The folder cannot be used.
    #[error("{path}: {error}")]
    Folder {
        /// Which folder.
        path: PathBuf,
        /// What happened.
        error: std::io::Error,
    },
    /// Two models of one name, or one with a name that means something else on disk.
    #[error("`{0}` cannot be the name of a read model, or is one already")]
    Name(&'static str),
}

impl From<ViewsError> for StartError {
    fn from(error: ViewsError) -> Self {
        match error {
            ViewsError::InUse(path) => Self::InUse(path),
            ViewsError::Io { path, error } => Self::Folder { path, error },
        }
    }
}

/// A fact of a journey and where it stands in the log.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PositionedEvent {
    /// In which ledger.
    pub ledger: LedgerId,
    /// In which commit.
    pub sequence: u64,
    /// Where in the commit, from 0.
    pub index: u32,
    /// The event as stored, without personal data.
    pub json: String,
}

/// Why facts cannot be given.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum FactsError {
    /// The store is being built.
    #[error("facts are being built")]
    NotReady,
    /// The store failed.
    #[error("facts cannot be read: {0}")]
    Store(String),
}

impl Projector {
    /// Starts to keep read models. Returns at once; models can be asked when they are ready, which
    /// [`Self::view`] and [`Self::status`] say. Ends, with everything on disk, when `cancel` is
    /// cancelled; `tracker` knows when that is done.
    ///
    /// # Errors
    /// The folder is in use or cannot be used, or names of models clash.
    pub async fn start(
        config: Config,
        reader: Reader,
        tracker: TaskTracker,
        cancel: CancellationToken,
    ) -> Result<Self, StartError> {
        check_names(&config.models)?;
        let data_dir = config.data_dir.clone();
        let taken = tracker.spawn_blocking(move || Views::take(&data_dir)).await;
        let views = match taken {
            Ok(views) => Arc::new(views?),
            Err(error) => {
                let (path, error) = (config.data_dir, std::io::Error::other(error));
                return Err(StartError::Folder { path, error });
            }
        };
        let shared = Arc::new(Shared::new(&config.models, reader.clone()));
        // A timeline is told from its own journey alone, and all of them together are as large as the
        // log.
        let together = config.models.iter().copied();
        let past = PastConfig {
            together: together
                .filter(|m| m.name != timeline::TIMELINE.name)
                .collect(),
            workers: config.workers,
            ..PastConfig::new(&config.data_dir)
        };
        let past = Past::beside(
            past,
            reader.clone(),
            Some(Arc::clone(&shared)),
            tracker.clone(),
            cancel.clone(),
        );
        let (common, tasks) = (Arc::clone(&shared), tracker.clone());
        let writer = Writer::new(config, reader.clone(), common, views, tasks, cancel);
        let runtime = Handle::current();
        drop(tracker.spawn(on_thread("projector", move || {
            // The writer waits for the log, and for time to pass.
            let _within = runtime.enter();
            behind_the_border();
            writer.run();
        })));
        Ok(Self {
            shared,
            reader,
            past,
        })
    }

    /// Read models as they were known at earlier positions.
    pub fn past(&self) -> &Past {
        &self.past
    }

    /// A read model to ask.
    ///
    /// # Errors
    /// There is none of that name, or none that can be served yet, and how far it is.
    pub fn view(&self, model: &str) -> Result<View, NotReady> {
        let Some(slot) = self.shared.slot(model) else {
            let (model, reason) = (model.to_owned(), "there is no such read model".to_owned());
            return Err(NotReady {
                model,
                reason,
                progress: None,
            });
        };
        let store = slot.store().ok_or_else(|| slot.not_ready())?;
        Ok(View::new(&self.shared, slot, store))
    }

    /// Waits until the commit `sequence` of `ledger` is in a read model, at most for `patience`.
    ///
    /// # Errors
    /// It was not reached in time, or cannot be reached because the model has halted before it.
    pub async fn wait_for(
        &self,
        model: &str,
        ledger: &LedgerId,
        sequence: u64,
        patience: Duration,
    ) -> Result<(), StillBehind> {
        let mut ticks = self.shared.ticks.subscribe();
        let waiting = async {
            loop {
                ticks.mark_unchanged();
                match self.reached(model, ledger, sequence) {
                    Err(behind) if behind.reason.is_none() => {}
                    known => return known,
                }
                // The sender lives as long as `self`.
                if ticks.changed().await.is_err() {
                    return self.reached(model, ledger, sequence);
                }
            }
        };
        match tokio::time::timeout(patience, waiting).await {
            Ok(known) => known,
            Err(_) => self.reached(model, ledger, sequence),
        }
    }

    /// Whether a model has come so far; the reason says if waiting is of no use.
    fn reached(&self, model: &str, ledger: &LedgerId, wanted: u64) -> Result<(), StillBehind> {
        let behind = |reached, reason| StillBehind {
            model: model.to_owned(),
            ledger: ledger.clone(),
            wanted,
            reached,
            reason,
        };
        let Some(slot) = self.shared.slot(model) else {
            return Err(behind(0, Some("there is no such read model".to_owned())));
        };
        let store = slot.store();
        let reached = store.map_or(0, |store| read(&store).watermark().sequence(ledger));
        if wanted <= reached {
            return Ok(());
        }
        let halted = slot.read().halted.get(ledger).map(|halted| {
            format!(
                "halted before sequence {}: {}",
                halted.sequence, halted.reason
            )
        });
        Err(behind(reached, halted))
    }

    /// Everything that is known of every read model, in the order in which they were given.
    pub fn status(&self) -> Vec<ModelStatus> {
        self.shared
            .slots()
            .iter()
            .map(|slot| slot.status(&self.shared))
            .collect()
    }

    /// What changes from now on. A listener that is too slow is told how much it has missed.
    pub fn changes(&self) -> broadcast::Receiver<Change> {
        self.shared.changes.subscribe()
    }

    /// The facts of one journey as they were known at an earlier position, by place. What stands
    /// later in the log is as if it had never been written.
    ///
    /// # Errors
    /// The facts store is being built, or failed.
    pub fn facts_at(
        &self,
        journey: JourneyId,
        at: &Watermark,
    ) -> Result<Vec<PositionedEvent>, FactsError> {
        let mut facts = self.facts(journey)?;
        facts.retain(|fact| at.covers(&fact.ledger, fact.sequence));
        Ok(facts)
    }

    /// The facts of one journey, by place; none for a journey that is not known.
    ///
    /// # Errors
    /// The facts store is being built, or failed.
    pub fn facts(&self, journey: JourneyId) -> Result<Vec<PositionedEvent>, FactsError> {
        let store = self.shared.facts().ok_or(FactsError::NotReady)?.store;
        let mut events = Vec::new();
        let visited = visit_journey(&store, journey, &mut |place, json| {
            events.push(PositionedEvent {
                ledger: place.ledger,
                sequence: place.sequence,
                index: place.index,
                json: json.to_owned(),
            });
        });
        visited
            .map(|()| events)
            .map_err(|error| FactsError::Store(error.to_string()))
    }
}

impl Projector {
    /// The facts of a journey and of all that must be told together with it, as they were known at a
    /// position: decoded, without those that this program cannot read, each journey's by place. A
    /// journey without a fact then is left out.
    ///
    /// # Errors
    /// The facts store is being built or does not reach the position, or failed.
    pub fn told_together(
        &self,
        journey: JourneyId,
        at: &Watermark,
    ) -> Result<PlacedFacts, FactsError> {
        let known = self.shared.facts().ok_or(FactsError::NotReady)?;
        let store = |error: StoreError| FactsError::Store(error.to_string());
        // After a rebuild, models are served before the facts that they go on with.
        if !watermark_of(&known.store).map_err(store)?.covers_all(at) {
            return Err(FactsError::NotReady);
        }
        let together = read(&known.mentions).reach([journey]);
        let mut facts = PlacedFacts::new();
        for other in together {
            let mut told = Vec::new();
            visit_journey(&known.store, other, &mut |place, json| {
                if at.covers(&place.ledger, place.sequence) {
                    told.extend(Told::read(place, json).placed());
                }
            })
            .map_err(store)?;
            if !told.is_empty() {
                facts.insert(other, told);
            }
        }
        // Who mentions whom only later does not belong together yet.
        let mut mentions = Mentions::default();
        for event in facts.values().flatten().map(|fact| &fact.event) {
            if let Some(other) = person::mention(event) {
                mentions.note(event.journey, other);
            }
        }
        let then = mentions.reach([journey]);
        facts.retain(|journey, _| then.contains(journey));
        Ok(facts)
    }
}

/// How much less of a crowded processor the writer asks for than the border does: about a third.
const NICENESS: i32 = 5;

/// Lets publishers go first where there is not enough processor for all: what is in the log is safe,
/// and a read model may be a moment late. Holds for this thread and those that it starts, the
/// store's among them.
#[cfg(target_os = "linux")]
fn behind_the_border() {
    let thread = rustix::thread::gettid();
    if let Err(error) = rustix::process::setpriority_process(Some(thread), NICENESS) {
        tracing::debug!(%error, "read models are written as urgently as commits are taken in");
    }
}

/// Elsewhere a priority is that of a whole process, the border included.
#[cfg(not(target_os = "linux"))]
fn behind_the_border() {}

fn check_names(models: &[&'static ReadModel]) -> Result<(), StartError> {
    let mut names = BTreeSet::from([FACTS, QUARANTINE]);
    for model in models {
        let plain = |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-' || b == b'_';
        let fits = !model.name.is_empty() && model.name.bytes().all(plain);
        if !fits || !names.insert(model.name) {
            return Err(StartError::Name(model.name));
        }
    }
    Ok(())
}

//! The one thread that writes. It opens what earlier runs left, has built what is missing or doubted,
//! and applies what comes out of the log.
//!
//! It works in sessions. A session begins by comparing every store with the log, and ends when
//! something must be compared again: a generation was put aside or has taken over, or the log could
//! not be read. Stores stay open between sessions.

mod adopt;
mod check;
pub(crate) mod follow;
mod interrupt;
mod live;
mod open;

use std::collections::{BTreeMap, BTreeSet};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::time::Duration;

use homeward_events::id::LedgerId;
use homeward_ledger::{Head, Reader};
use tokio::runtime::Handle;
use tokio::sync::mpsc;
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;

use crate::config::Config;
use crate::facts::Facts;
use crate::folder::{Generation, Views};
use crate::rebuild::{BuildError, Built};
use crate::shared::{Serving, Shared};
use crate::status::SeenHead;
use crate::store::words;
use crate::writer::follow::Following;

/// How long to wait after something failed, at first and at most; doubled in between.
const WAIT_FIRST: Duration = Duration::from_millis(100);
const WAIT_MOST: Duration = Duration::from_secs(30);

/// Why a session ended.
#[derive(Debug, PartialEq, Eq)]
enum End {
    /// Asked to stop.
    Cancelled,
    /// Something has changed for the better: compare again, at once.
    Again,
    /// Something failed: compare again, after a while.
    Trouble(String),
    /// A test wants everything to end as if the process had been killed.
    #[cfg(test)]
    Interrupted,
}

/// The thread's state.
pub(crate) struct Writer {
    config: Config,
    reader: Reader,
    shared: Arc<Shared>,
    views: Arc<Views>,
    tracker: TaskTracker,
    handle: Handle,
    cancel: CancellationToken,
    facts: Option<(Facts, Generation)>,
    /// Models whose store follows the log. Others are being built, or are beyond mending.
    live: BTreeSet<&'static str>,
    /// Why the facts store or a model has to be built, by name.
    wanted: BTreeMap<&'static str, String>,
    building: Option<mpsc::Receiver<Result<Built, BuildError>>>,
    /// Stores that are served no more, until their last reader has gone: closing takes a while, and
    /// must not happen on a reader's thread.
    retired: Vec<Serving>,
    opened: bool,
    /// Whether anything was folded since the last trouble.
    moved: bool,
    #[cfg(test)]
    groups_done: u64,
}

impl Writer {
    pub(crate) fn new(
        config: Config,
        reader: Reader,
        shared: Arc<Shared>,
        views: Arc<Views>,
        tracker: TaskTracker,
        cancel: CancellationToken,
    ) -> Self {
        Self {
            config,
            reader,
            shared,
            views,
            tracker,
            handle: Handle::current(),
            cancel,
            facts: None,
            live: BTreeSet::new(),
            wanted: BTreeMap::new(),
            building: None,
            retired: Vec::new(),
            opened: false,
            moved: false,
            #[cfg(test)]
            groups_done: 0,
        }
    }

    /// Works until it is asked to stop.
    pub(crate) fn run(mut self) {
        let mut wait = WAIT_FIRST;
        loop {
            let end = catch_unwind(AssertUnwindSafe(|| self.session()));
            let why = match end {
                Ok(End::Cancelled) => break,
                Ok(End::Again) => continue,
                #[cfg(test)]
                Ok(End::Interrupted) => return self.drop_everything("interrupted"),
                Ok(End::Trouble(why)) => why,
                Err(panic) => {
                    // Whatever is in memory may be half of something: begin with what is on disk.
                    let why = format!("panicked: {}", words(&panic));
                    self.drop_everything(&why);
                    self.opened = false;
                    why
                }
            };
            if std::mem::take(&mut self.moved) {
                wait = WAIT_FIRST;
            }
            tracing::warn!(
                why,
                wait_ms = wait.as_millis(),
                "read models wait and try again"
            );
            for slot in self.shared.slots() {
                slot.write().last_error = Some(why.clone());
            }
            let cancelled = self
                .handle
                .block_on(tokio::time::timeout(wait, self.cancel.cancelled()));
            if cancelled.is_ok() {
                break;
            }
            wait = WAIT_MOST.min(wait * 2);
        }
        self.close();
    }

    fn session(&mut self) -> End {
        if self.cancel.is_cancelled() {
            return End::Cancelled;
        }
        if !self.opened {
            self.open_all();
            self.opened = true;
        }
        let heads = match self.heads() {
            Ok(heads) => heads,
            Err(end) => return end,
        };
        if let Err(end) = self.check_all(&heads) {
            return end;
        }
        self.start_build();
        if let Err(end) = self.catch_up_facts(&heads) {
            return end;
        }
        let after = self.after();
        let Self {
            reader,
            tracker,
            handle,
            cancel,
            ..
        } = self;
        let following = Following::start(reader, after.as_ref(), tracker, handle, cancel);
        self.live(following, &heads)
    }

    /// The end of every ledger, as the log tells it now.
    fn heads(&mut self) -> Result<BTreeMap<LedgerId, Head>, End> {
        let mut heads = BTreeMap::new();
        let (reader, cancel) = (self.reader.clone(), self.cancel.clone());
        for ledger in reader.ledgers() {
            let head = self.handle.block_on(async {
                tokio::select! {
                    biased;
                    () = cancel.cancelled() => Err(End::Cancelled),
                    head = reader.head(ledger) => head.map_err(|error| End::Trouble(error.to_string())),
                }
            });
            match head {
                Ok(head) => {
                    self.shared.saw_head(ledger, SeenHead::from(head));
                    heads.insert(ledger.clone(), head);
                }
                Err(End::Trouble(why)) => {
                    self.shared.missed_head(ledger, why.clone());
                    return Err(End::Trouble(why));
                }
                Err(end) => return Err(end),
            }
        }
        Ok(heads)
    }

    /// Everything to disk, and a note that it is there.
    fn close(&mut self) {
        let models: Vec<_> = self
            .shared
            .slots()
            .iter()
            .filter_map(|slot| Some((slot.model.name, slot.store()?)))
            .collect();
        for (name, store) in models {
            let flushed = crate::shared::read(&store).flush();
            self.note_closed(name, flushed.map_err(|error| error.to_string()));
        }
        if let Some((facts, _)) = &self.facts {
            let flushed = facts.flush().map_err(|error| error.to_string());
            self.note_closed(crate::facts::FACTS, flushed);
        }
        self.drop_everything("stopped");
    }

    fn note_closed(&self, name: &str, flushed: Result<(), String>) {
        let folder = self.views.store(name);
        let closed = flushed.and_then(|()| folder.mark_closed().map_err(|error| error.to_string()));
        if let Err(error) = closed {
            tracing::warn!(
                store = name,
                error,
                "a store was not closed; the next start checks it"
            );
        }
    }

    /// Closes stores that are served no more and read no more.
    fn close_unread(&mut self) {
        self.retired.retain(|store| Arc::strong_count(store) > 1);
    }

    fn drop_everything(&mut self, why: &str) {
        self.facts = None;
        self.retired.clear();
        self.shared.set_facts(None);
        for slot in self.shared.slots() {
            let mut state = slot.write();
            (state.store, state.found) = (None, None);
            state.meter = None;
            why.clone_into(&mut state.reason);
        }
        self.shared.tick();
    }
}

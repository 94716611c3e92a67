//! Following the log: one task a ledger for its commits, one for its end.

use std::time::Duration;

use futures::StreamExt;
use homeward_events::id::LedgerId;
use homeward_ledger::{Head, ReadError, Reader, StoredCommit};
use tokio::sync::mpsc;
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;

use crate::position::Watermark;

/// How often a ledger is asked for its end, so that lag shows even when commits do not come.
const HEAD_EVERY: Duration = Duration::from_secs(1);

/// Commits on their way to the writer: enough to keep it busy, few enough to weigh little.
const INBOX: usize = 2048;

/// What comes out of the log.
pub(crate) enum Message {
    Commit(StoredCommit),
    Head(LedgerId, Result<Head, ReadError>),
    /// No more commits will come, and why.
    Ended(LedgerId, String),
}

/// Tasks that follow every ledger; they end with this.
pub(crate) struct Following {
    pub(crate) inbox: mpsc::Receiver<Message>,
    cancel: CancellationToken,
}

impl Drop for Following {
    fn drop(&mut self) {
        self.cancel.cancel();
    }
}

impl Following {
    /// Watches the end of every ledger, and follows those named in `after` from the commit after
    /// there on.
    pub(crate) fn start(
        reader: &Reader,
        after: Option<&Watermark>,
        tracker: &TaskTracker,
        handle: &tokio::runtime::Handle,
        cancel: &CancellationToken,
    ) -> Self {
        let (outbox, inbox) = mpsc::channel(INBOX);
        let cancel = cancel.child_token();
        let run = |task| {
            let cancelled = cancel.clone().cancelled_owned();
            tracker.spawn_on(
                async move {
                    tokio::select! { biased; () = cancelled => {} () = task => {} }
                },
                handle,
            );
        };
        for ledger in reader.ledgers() {
            let watching = watch(reader.clone(), ledger.clone(), outbox.clone());
            run(futures::future::Either::Left(watching));
            if let Some(after) = after {
                let from = after.sequence(ledger) + 1;
                let following = follow(reader.clone(), ledger.clone(), from, outbox.clone());
                run(futures::future::Either::Right(following));
            }
        }
        Self { inbox, cancel }
    }
}

async fn follow(reader: Reader, ledger: LedgerId, from: u64, outbox: mpsc::Sender<Message>) {
    let mut commits = std::pin::pin!(reader.follow(&ledger, from));
    let why = loop {
        match commits.next().await {
            Some(Ok(commit)) => {
                if outbox.send(Message::Commit(commit)).await.is_err() {
                    return;
                }
            }
            Some(Err(error)) => break error.to_string(),
            None => break "the stream of commits ended".to_owned(),
        }
    };
    // The writer is gone only when nobody needs to know.
    drop(outbox.send(Message::Ended(ledger, why)).await);
}

async fn watch(reader: Reader, ledger: LedgerId, outbox: mpsc::Sender<Message>) {
    let mut ticks = tokio::time::interval(HEAD_EVERY);
    ticks.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
    loop {
        ticks.tick().await;
        let head = reader.head(&ledger).await;
        if outbox
            .send(Message::Head(ledger.clone(), head))
            .await
            .is_err()
        {
            return;
        }
    }
}

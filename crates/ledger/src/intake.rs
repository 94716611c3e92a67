//! The NATS door: requests and replies, as a NATS micro service.
//!
//! A requester chooses the subject that the reply goes to. Were it the subject of a journey, our
//! own permission to write there would store the reply as a fact. So a reply goes to an inbox or
//! nowhere, and whoever can should answer with an identity that may not write to ledgers at all
//! ([`crate::Connection::responder`]).

use std::future::Future;
use std::sync::Arc;
use std::time::Duration;

use async_nats::HeaderMap;
use async_nats::service::{self, ServiceExt as _};
use bytes::Bytes;
use futures::StreamExt as _;
use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;

use crate::connect::{Respond, Responder};
use crate::error::ServeError;

/// Requests handled at the same time. More would only wait for the log: one server syncs three to
/// four thousand commits a second, whatever the number of writers.
const CONCURRENT_MAX: usize = 64;

/// How much may wait or be handled, in KiB; a request counts one at least. The client library would
/// buffer tens of thousands of requests of any size and then drop the next without a word, and the
/// server closes a connection that is 64 MB behind: here they are answered long before that.
const WAITING_KIB_MAX: usize = 16 * 1024;

/// What those are answered with for whom there is no room, as in HTTP.
const BUSY_STATUS: u16 = 503;

/// How long handlers may take to finish after a stop: as long as the slowest append.
const DRAIN_PATIENCE: Duration = Duration::from_secs(20);

/// What the reply subjects of clients begin with, with or without a prefix of their own
/// (`_INBOX.` or `_INBOX_desk.`).
const INBOX: &str = "_INBOX";

/// Statuses from here on tell of errors, as in HTTP.
const ERROR_STATUS_MIN: u16 = 400;

/// What the service is called and where it listens.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ServiceName {
    /// Name of the service: letters, digits, `-`, `_`. `homeward-intake`.
    pub name: String,
    /// Its semantic version.
    pub version: String,
    /// The subject it answers. `intake.v1`.
    pub subject: String,
    /// What it is for, in a sentence.
    pub description: String,
}

/// One request.
#[derive(Clone, PartialEq, Eq)]
pub struct Request {
    /// The `Authorization` header.
    pub authorization: Option<String>,
    /// The `Content-Type` header.
    pub content_type: Option<String>,
    /// The body.
    pub payload: Bytes,
}

impl std::fmt::Debug for Request {
    // Tokens and bodies are never printed.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Request")
            .field("content_type", &self.content_type)
            .field("payload_bytes", &self.payload.len())
            .finish_non_exhaustive()
    }
}

/// The answer to one request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reply {
    /// Status as in HTTP; from 400 on it is also told in the headers of NATS services.
    pub status: u16,
    /// What the body is.
    pub content_type: &'static str,
    /// The body.
    pub payload: Bytes,
}

/// Answers requests with `handler` until `stop`, then lets those in progress finish.
///
/// The reply carries `Status` and `Content-Type`; with a status of 400 or more also
/// `Nats-Service-Error-Code` and `Nats-Service-Error`. At most 64 requests are handled at once;
/// the rest wait, up to 16 MiB of them; beyond that they are answered with 503.
///
/// # Errors
/// `Start` if the service cannot be registered, `Ended` if the subscription ends before `stop`.
pub async fn serve_requests<H, F>(
    responder: &Responder,
    service: &ServiceName,
    handler: H,
    stop: CancellationToken,
) -> Result<(), ServeError>
where
    H: Fn(Request) -> F + Clone + Send + 'static,
    F: Future<Output = Reply> + Send + 'static,
{
    let client = match &responder.0 {
        Respond::Nats(client) => client,
        Respond::Nobody => {
            stop.cancelled().await;
            return Ok(());
        }
    };
    let refused = |error: async_nats::Error| ServeError::Start {
        subject: service.subject.clone(),
        reason: error.to_string(),
    };
    let registered = client
        .service_builder()
        .description(&service.description)
        .start(&service.name, &service.version)
        .await
        .map_err(refused)?;
    let endpoint = registered.endpoint_builder().name(&service.name);
    let mut requests = endpoint.add(&service.subject).await.map_err(refused)?;
    tracing::info!(subject = %service.subject, "serving requests");
    let (room, tracker) = (Room::new(), TaskTracker::new());
    let take = |request: service::Request| {
        let place = room.admit(request.message.payload.len());
        let handler = handler.clone();
        tracker.spawn(async move {
            match place {
                Some(place) => {
                    let turn = place.turn().await;
                    answer(request, handler).await;
                    drop(turn);
                }
                None => answer(request, async |_| busy()).await,
            }
        });
    };
    let ended = loop {
        tokio::select! {
            biased;
            () = stop.cancelled() => break Ok(()),
            request = requests.next() => match request {
                Some(request) => take(request),
                None => break Err(ServeError::Ended { subject: service.subject.clone() }),
            },
        }
    };
    if let Err(error) = registered.stop().await {
        tracing::debug!(%error, "the service did not stop in order");
    }
    let rest = async {
        // What had arrived before we stopped listening is answered too.
        while let Some(request) = requests.next().await {
            take(request);
        }
        tracker.close();
        tracker.wait().await;
        client.flush().await
    };
    match tokio::time::timeout(DRAIN_PATIENCE, rest).await {
        Ok(Ok(())) => {}
        Ok(Err(error)) => tracing::debug!(%error, "the connection ended before the service"),
        Err(_) => tracing::warn!(left = tracker.len(), "requests were left unanswered"),
    }
    ended
}

/// Room for requests: how many are handled at once, and how much may wait.
struct Room {
    turns: Arc<Semaphore>,
    waiting_kib: Arc<Semaphore>,
}

/// A request that was let in.
struct Place {
    turns: Arc<Semaphore>,
    /// Given back when the request is done with.
    _waiting_kib: OwnedSemaphorePermit,
}

impl Room {
    fn new() -> Self {
        Self {
            turns: Arc::new(Semaphore::new(CONCURRENT_MAX)),
            waiting_kib: Arc::new(Semaphore::new(WAITING_KIB_MAX)),
        }
    }

    /// Lets a request in, unless too much waits already.
    fn admit(&self, bytes: usize) -> Option<Place> {
        // At least one each, so that empty requests are limited too.
        let kib = u32::try_from(bytes / 1024 + 1).ok()?;
        let waiting = Arc::clone(&self.waiting_kib).try_acquire_many_owned(kib);
        Some(Place {
            turns: Arc::clone(&self.turns),
            _waiting_kib: waiting.ok()?,
        })
    }
}

/// A request that is being handled.
struct Turn {
    _place: Place,
    _turn: Option<OwnedSemaphorePermit>,
}

impl Place {
    async fn turn(self) -> Turn {
        // It is never closed; were it, nothing would be limited, but all would be answered.
        let turn = Arc::clone(&self.turns).acquire_owned().await.ok();
        Turn {
            _place: self,
            _turn: turn,
        }
    }
}

/// The answer when there is no room.
fn busy() -> Reply {
    Reply {
        status: BUSY_STATUS,
        content_type: "text/plain",
        payload: Bytes::from_static(b"too many requests are waiting: ask again later"),
    }
}

async fn answer<H, F>(request: service::Request, handler: H)
where
    H: Fn(Request) -> F,
    F: Future<Output = Reply>,
{
    let message = &request.message;
    match &message.reply {
        Some(reply) if reply.starts_with(INBOX) => {}
        Some(_) | None => {
            tracing::warn!("a request without an inbox to reply to was dropped");
            return;
        }
    }
    let header = |name: &str| {
        let headers = message.headers.as_ref();
        let value = headers.and_then(|headers| headers.get(name));
        value.map(|value| value.as_str().to_owned())
    };
    let reply = handler(Request {
        authorization: header("Authorization"),
        content_type: header("Content-Type"),
        payload: message.payload.clone(),
    })
    .await;
    let status = reply.status.to_string();
    let mut headers = HeaderMap::new();
    headers.insert("Content-Type", reply.content_type);
    if reply.status >= ERROR_STATUS_MIN {
        headers.insert("Nats-Service-Error-Code", status.as_str());
        headers.insert("Nats-Service-Error", "see the body");
    }
    headers.insert("Status", status);
    // The body of an error is the problem itself, so it goes out as any other reply.
    let sent = request.respond_with_headers(Ok(reply.payload), headers);
    if let Err(error) = sent.await {
        tracing::warn!(%error, "a reply could not be sent");
    }
}

//! The log in JetStream.

mod append;
mod fetch;
mod follow;
mod group;
pub(crate) mod link;
mod objects;
mod range;

use std::collections::BTreeMap;
use std::sync::Arc;

use async_nats::jetstream::stream::Stream;
use homeward_events::id::LedgerId;
use jiff::Timestamp;
use serde::Deserialize;
use serde_json::{Map, Value};
use tokio::sync::watch;

use crate::connect::Connection;
use crate::error::{ConnectError, ReadError};
use crate::streams::{Mismatch, Mismatches, SERVER_PAYLOAD_BYTES_MIN, StreamSettings};
use group::Gathering;
use link::{Link, LinkError};

/// JetStream says: the cluster has no leader at this moment.
const CLUSTER_NOT_AVAILABLE: u64 = 10008;
/// JetStream says: no stream of this name.
const STREAM_NOT_FOUND: u64 = 10059;
/// JetStream says: a stream of this name exists with other settings.
const STREAM_NAME_IN_USE: u64 = 10058;

/// One server or cluster, with the streams of our ledgers.
pub(crate) struct JetStreamLog {
    link: Link,
    names: Vec<LedgerId>,
    ledgers: BTreeMap<LedgerId, LedgerStream>,
    dead_letters: OpenStream,
    /// With replicas, a read may be answered by a follower that has not seen the last append.
    replicated: bool,
}

/// A stream as it was when we opened it.
struct OpenStream {
    settings: StreamSettings,
    created: Timestamp,
    /// Whether it takes several messages as one batch.
    takes_batches: bool,
}

/// The stream of a ledger.
struct LedgerStream {
    stream: OpenStream,
    /// The stream of its attachments.
    attachments: OpenStream,
    /// The client library's handle, for what it does well.
    handle: Stream<()>,
    /// The last sequence that was appended here, for those who follow.
    appended: watch::Sender<u64>,
    /// Commits on their way, if the stream takes them together.
    gathering: Option<Arc<Gathering>>,
}

/// What the server tells about a stream.
#[derive(Deserialize)]
struct StreamInfo {
    config: Map<String, Value>,
    created: Timestamp,
    state: StreamState,
}

#[derive(Deserialize)]
struct StreamState {
    messages: u64,
    first_seq: u64,
    last_seq: u64,
    last_ts: Timestamp,
    #[serde(default)]
    num_deleted: u64,
}

/// A commit is missing: `found` stands where `expected` should.
fn gap(ledger: &LedgerId, expected: u64, found: u64) -> ReadError {
    tracing::error!(%ledger, expected, found, "the log has a gap");
    ReadError::Gap {
        ledger: ledger.clone(),
        expected,
        found,
    }
}

impl JetStreamLog {
    /// Finds or creates the streams, and checks every one before any is used.
    pub(crate) async fn open(link: Link, config: &Connection) -> Result<Self, ConnectError> {
        check_jetstream(&link).await?;
        let dead_letters = StreamSettings::of_dead_letters(&config.choices);
        let mut wrong = check_payload(&link);
        let (dead_letters, mut mismatches) = find(&link, dead_letters, config.create).await?;
        wrong.append(&mut mismatches);
        let mut ledgers = BTreeMap::new();
        let context = async_nats::jetstream::new(link.client().clone());
        for ledger in &config.ledgers {
            let settings = StreamSettings::of_ledger(ledger, &config.choices);
            let (stream, mut mismatches) = find(&link, settings, config.create).await?;
            wrong.append(&mut mismatches);
            let bucket = StreamSettings::of_attachments(ledger, &config.choices);
            let (attachments, mut mismatches) = find(&link, bucket, config.create).await?;
            wrong.append(&mut mismatches);
            let handle = context.get_stream_no_info(stream.settings.name()).await;
            let handle = handle.map_err(|error| ConnectError::Failed {
                doing: format!("cannot open ledger `{ledger}`"),
                reason: error.to_string(),
            })?;
            let appended = watch::Sender::new(0);
            let gathering = stream.takes_batches.then(|| Gathering::new(link.clone()));
            let stream = LedgerStream {
                stream,
                attachments,
                handle,
                appended,
                gathering,
            };
            ledgers.insert(ledger.clone(), stream);
        }
        refuse_mismatches(wrong)?;
        Ok(Self {
            link,
            names: config.ledgers.clone(),
            ledgers,
            dead_letters,
            replicated: config.choices.replicas > 1,
        })
    }

    pub(crate) fn is_connected(&self) -> bool {
        self.link.is_connected()
    }

    pub(crate) fn ledgers(&self) -> &[LedgerId] {
        &self.names
    }

    /// The same checks as at the start, plus: every stream is still the one that we opened.
    pub(crate) async fn verify(&self) -> Result<(), ConnectError> {
        self.link.check_version()?;
        let mut wrong = check_payload(&self.link);
        let ledgers = self.ledgers.values();
        let streams = ledgers.flat_map(|ledger| [&ledger.stream, &ledger.attachments]);
        for stream in streams.chain([&self.dead_letters]) {
            let name = stream.settings.name();
            let info = match stream_info(&self.link, name).await {
                Ok(info) => info,
                Err(LinkError::Refused(refusal)) if refusal.code == STREAM_NOT_FOUND => {
                    return Err(ConnectError::Missing(name.to_owned()));
                }
                Err(error) => return Err(failed(&format!("cannot check stream {name}"), error)),
            };
            if info.created != stream.created {
                return Err(ConnectError::Replaced {
                    stream: name.to_owned(),
                    known: stream.created,
                    found: info.created,
                });
            }
            wrong.append(&mut stream.settings.compare(&info.config));
        }
        refuse_mismatches(wrong)
    }

    /// The last sequence that was appended here; 0 for none.
    pub(crate) fn last_appended(&self, ledger: &LedgerId) -> u64 {
        let stream = self.ledgers.get(ledger);
        stream.map_or(0, |stream| *stream.appended.borrow())
    }

    /// Learns of what is appended here.
    fn appended(&self, ledger: &LedgerId) -> Option<watch::Receiver<u64>> {
        let stream = self.ledgers.get(ledger)?;
        Some(stream.appended.subscribe())
    }

    fn ledger(&self, id: &LedgerId) -> Result<&LedgerStream, ReadError> {
        self.ledgers
            .get(id)
            .ok_or_else(|| ReadError::LedgerUnknown(id.clone()))
    }
}

/// How often the first question is asked: JetStream may still be starting, or a cluster electing.
const JETSTREAM_TRIES: u32 = 60;
/// The pause between them.
const JETSTREAM_PAUSE: std::time::Duration = std::time::Duration::from_millis(250);

async fn check_jetstream(link: &Link) -> Result<(), ConnectError> {
    let mut tries = 0;
    loop {
        tries += 1;
        match link.call::<Map<String, Value>>("INFO", None).await {
            Ok(_) => return Ok(()),
            Err(LinkError::Denied(subject)) => return Err(ConnectError::Forbidden(subject)),
            Err(error) if tries < JETSTREAM_TRIES && may_pass(&error) => {
                tokio::time::sleep(JETSTREAM_PAUSE).await;
            }
            Err(error) => return Err(ConnectError::NoJetStream(error.to_string())),
        }
    }
}

/// Whether a server or cluster that has just started may say so.
fn may_pass(error: &LinkError) -> bool {
    match error {
        LinkError::NobodyThere(_) => true,
        LinkError::Refused(refusal) => refusal.code == CLUSTER_NOT_AVAILABLE,
        LinkError::Denied(_)
        | LinkError::Disconnected
        | LinkError::NoAnswer(_)
        | LinkError::TooLarge
        | LinkError::Garbled(_) => false,
    }
}

fn check_payload(link: &Link) -> Vec<Mismatch> {
    let found = link.client().max_payload();
    if found >= SERVER_PAYLOAD_BYTES_MIN {
        return Vec::new();
    }
    vec![Mismatch {
        subject: "server".to_owned(),
        setting: "max_payload".to_owned(),
        expected: format!("at least {SERVER_PAYLOAD_BYTES_MIN}"),
        found: found.to_string(),
    }]
}

fn refuse_mismatches(wrong: Vec<Mismatch>) -> Result<(), ConnectError> {
    if wrong.is_empty() {
        Ok(())
    } else {
        Err(ConnectError::Settings(Mismatches(wrong)))
    }
}

/// Finds the stream, or creates it if it is missing and we may.
async fn find(
    link: &Link,
    settings: StreamSettings,
    create: bool,
) -> Result<(OpenStream, Vec<Mismatch>), ConnectError> {
    let name = settings.name().to_owned();
    let doing = || format!("cannot open stream {name}");
    let info = match stream_info(link, &name).await {
        Ok(info) => info,
        Err(LinkError::Refused(refusal)) if refusal.code == STREAM_NOT_FOUND && create => {
            create_stream(link, &settings).await?
        }
        Err(LinkError::Refused(refusal)) if refusal.code == STREAM_NOT_FOUND => {
            return Err(ConnectError::Missing(name));
        }
        Err(error) => return Err(failed(&doing(), error)),
    };
    let mismatches = settings.compare(&info.config);
    let stream = OpenStream {
        settings,
        created: info.created,
        takes_batches: info.config.get("allow_atomic") == Some(&Value::Bool(true)),
    };
    Ok((stream, mismatches))
}

async fn create_stream(link: &Link, settings: &StreamSettings) -> Result<StreamInfo, ConnectError> {
    let name = settings.name();
    let verb = format!("STREAM.CREATE.{name}");
    let doing = || format!("cannot create stream {name}");
    match link.call::<Value>(&verb, Some(&settings.to_json())).await {
        Ok(_) => tracing::info!(stream = name, "created the stream"),
        // Someone else created it in between: what they made is compared like any other.
        Err(LinkError::Refused(refusal)) if refusal.code == STREAM_NAME_IN_USE => {}
        Err(error) => return Err(failed(&doing(), error)),
    }
    stream_info(link, name)
        .await
        .map_err(|error| failed(&doing(), error))
}

async fn stream_info(link: &Link, name: &str) -> Result<StreamInfo, LinkError> {
    link.call(&format!("STREAM.INFO.{name}"), None).await
}

fn failed(doing: &str, error: LinkError) -> ConnectError {
    if let LinkError::Denied(subject) = error {
        return ConnectError::Forbidden(subject);
    }
    ConnectError::Failed {
        doing: doing.to_owned(),
        reason: error.to_string(),
    }
}

//! The raw engine: a nats-server and its client, doing the same work with nothing of the house around
//! it. What the house costs is told by comparing with this.
//!
//! The one place outside the ledger that names the NATS client: a baseline that went through the
//! ledger would measure the ledger against itself.

use std::collections::VecDeque;
use std::hint::black_box;
use std::net::{Ipv4Addr, TcpListener};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use async_nats::jetstream::consumer::{DeliverPolicy, ReplayPolicy, push};
use async_nats::jetstream::context::PublishAckFuture;
use async_nats::jetstream::{self, Context};
use async_nats::{Client, ConnectOptions, HeaderMap, header};
use futures::StreamExt as _;
use homeward_e2e::house;
use homeward_events::codec;
use homeward_events::id::LedgerId;
use homeward_ledger::streams::{Choices, StreamSettings, ledger_stream};
use homeward_ledger::{INBOX, Login};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use tempfile::TempDir;
use uuid::Uuid;

use crate::story::{Commit, Story};
use crate::{Result, say};

/// How long a server may take to answer for the first time.
const START_PATIENCE: Duration = Duration::from_secs(20);
/// How often it is looked at until then.
const LOOK_EVERY: Duration = Duration::from_millis(50);
/// Messages on their way at once while loading.
const OUTSTANDING: usize = 2048;

/// A connection to the engine.
#[derive(Clone)]
pub(crate) struct Broker {
    client: Client,
    jetstream: Context,
}

/// How the drained messages are read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, clap::ValueEnum)]
pub(crate) enum Parse {
    /// Into the typed events of the house.
    Typed,
    /// Into `serde_json::Value`.
    Value,
    /// Not at all: handed over as they are.
    Nothing,
}

impl Parse {
    /// Reads a commit, and gives how many events it holds; one if it is not looked into.
    pub(crate) fn read(self, payload: &[u8]) -> Result<usize> {
        Ok(match self {
            Self::Typed => {
                let pieces = codec::split(payload)?;
                for piece in &pieces {
                    black_box(codec::decode_event(piece.get(), None)?);
                }
                pieces.len()
            }
            Self::Value => {
                let value: Value = serde_json::from_slice(payload)?;
                black_box(&value).as_array().map_or(0, Vec::len)
            }
            Self::Nothing => {
                black_box(payload);
                1
            }
        })
    }
}

impl Broker {
    pub(crate) async fn connect(url: &str, login: &Login) -> Result<Self> {
        let options = ConnectOptions::new().custom_inbox_prefix(INBOX);
        let options = match login {
            Login::Anonymous => options,
            Login::Password { user, password } => {
                options.user_and_password(user.clone(), password.clone())
            }
            Login::Credentials(path) => options.credentials_file(path).await?,
        };
        let client = options.connect(url).await?;
        let jetstream = jetstream::new(client.clone());
        Ok(Self { client, jetstream })
    }

    /// Creates a ledger's stream, with the settings that the house itself gives it.
    pub(crate) async fn create(&self, ledger: &LedgerId) -> Result<()> {
        let settings = StreamSettings::of_ledger(ledger, &Choices::default());
        let verb = format!("$JS.API.STREAM.CREATE.{}", settings.name());
        let answer = self
            .client
            .request(verb, settings.to_json().to_string().into())
            .await?;
        let answer: Value = serde_json::from_slice(&answer.payload)?;
        match answer.get("error") {
            None => Ok(()),
            Some(error) => Err(format!("stream {}: {error}", settings.name()).into()),
        }
    }

    /// Appends a commit to a journey that ends at `expected`, and gives its sequence.
    pub(crate) async fn append(
        &self,
        ledger: &LedgerId,
        commit: &Commit,
        expected: u64,
    ) -> Result<u64> {
        Ok(self
            .send(ledger, commit, Some(expected))
            .await?
            .await?
            .sequence)
    }

    async fn send(
        &self,
        ledger: &LedgerId,
        commit: &Commit,
        expected: Option<u64>,
    ) -> Result<PublishAckFuture> {
        let mut headers = HeaderMap::new();
        headers.insert(header::NATS_MESSAGE_ID, commit.id.to_string());
        if let Some(expected) = expected {
            headers.insert(
                header::NATS_EXPECTED_LAST_SUBJECT_SEQUENCE,
                expected.to_string(),
            );
        }
        headers.insert("Content-Type", "application/cloudevents-batch+json");
        let subject = format!("ledger.{ledger}.{}", commit.journey);
        Ok(self
            .jetstream
            .publish_with_headers(subject, headers, commit.payload.clone().into())
            .await?)
    }

    /// Fills a ledger with a story, journeys mixed, and gives how many commits that took.
    pub(crate) async fn load(&self, story: &Story, one_by_one: bool) -> Result<usize> {
        let ledger: LedgerId = story.ledger.parse()?;
        self.create(&ledger).await?;
        let commits: Vec<_> = (0..story.journeys)
            .map(|journey| story.commits(journey, one_by_one))
            .collect();
        let mut told = vec![0_usize; story.journeys];
        let arrivals = story.arrivals(one_by_one);
        let (begun, mut outstanding) = (Instant::now(), VecDeque::new());
        for journey in &arrivals {
            let (Some(commits), Some(next)) = (commits.get(*journey), told.get_mut(*journey))
            else {
                continue;
            };
            let Some(steps) = commits.get(*next) else {
                continue;
            };
            *next += 1;
            let commit = story.commit(*journey, steps.clone());
            outstanding.push_back(self.send(&ledger, &commit, None).await?);
            if outstanding.len() >= OUTSTANDING
                && let Some(first) = outstanding.pop_front()
            {
                first.await?;
            }
        }
        for ack in outstanding {
            ack.await?;
        }
        let seconds = begun.elapsed().as_secs_f64();
        say(&format!(
            "loaded {} events of {} journeys in {} commits ({seconds:.1} s)",
            story.events(),
            story.journeys,
            arrivals.len()
        ));
        Ok(arrivals.len())
    }

    /// Fills a ledger with commits, one to a journey.
    pub(crate) async fn fill(
        &self,
        ledger: &LedgerId,
        commits: impl Iterator<Item = Commit>,
    ) -> Result<()> {
        let mut outstanding = VecDeque::new();
        for commit in commits {
            outstanding.push_back(self.send(ledger, &commit, None).await?);
            if outstanding.len() >= OUTSTANDING
                && let Some(first) = outstanding.pop_front()
            {
                first.await?;
            }
        }
        for ack in outstanding {
            ack.await?;
        }
        Ok(())
    }

    /// Drains a ledger of `commits` commits through one ordered consumer, and reads every one. Gives
    /// how many events there were.
    pub(crate) async fn drain(
        &self,
        ledger: &LedgerId,
        commits: usize,
        parse: Parse,
    ) -> Result<usize> {
        let stream = self
            .jetstream
            .get_stream_no_info(ledger_stream(ledger))
            .await?;
        let config = push::OrderedConfig {
            deliver_subject: self.client.new_inbox(),
            deliver_policy: DeliverPolicy::All,
            replay_policy: ReplayPolicy::Instant,
            ..push::OrderedConfig::default()
        };
        let mut messages = stream.create_consumer(config).await?.messages().await?;
        let mut events = 0;
        for _ in 0..commits {
            let message = messages.next().await.ok_or("the consumer ended early")??;
            events += parse.read(&message.payload)?;
        }
        Ok(events)
    }

    /// The last sequence of a ledger.
    pub(crate) async fn last(&self, ledger: &LedgerId) -> Result<u64> {
        let stream = self.jetstream.get_stream(ledger_stream(ledger)).await?;
        Ok(stream.cached_info().state.last_sequence)
    }

    /// How many commits a ledger holds, and the payload of a journey's last one.
    pub(crate) async fn end(&self, ledger: &LedgerId, journey: Uuid) -> Result<(u64, Vec<u8>)> {
        let stream = self.jetstream.get_stream(ledger_stream(ledger)).await?;
        let subject = format!("ledger.{ledger}.{journey}");
        let message = stream.get_last_raw_message_by_subject(&subject).await?;
        Ok((
            stream.cached_info().state.messages,
            message.payload.to_vec(),
        ))
    }
}

/// A nats-server with nothing of the house around it, which syncs when it sees fit: for reading and
/// loading, where durability is not what is measured.
pub(crate) struct Engine {
    child: Child,
    /// Where it listens.
    pub(crate) url: String,
    _folder: TempDir,
}

impl Engine {
    pub(crate) async fn start() -> Result<Self> {
        let folder = folder()?;
        let port = TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?
            .local_addr()?
            .port();
        let config = folder.path().join("nats.conf");
        std::fs::write(&config, settings(port, folder.path()))?;
        let child = Command::new(house::nats_server())
            .arg("--config")
            .arg(&config)
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()?;
        let url = format!("nats://{}:{port}", Ipv4Addr::LOCALHOST);
        let engine = Self {
            child,
            url,
            _folder: folder,
        };
        let begun = Instant::now();
        loop {
            match engine.connect().await {
                Ok(_) => return Ok(engine),
                Err(error) if begun.elapsed() > START_PATIENCE => return Err(error),
                Err(_) => tokio::time::sleep(LOOK_EVERY).await,
            }
        }
    }

    pub(crate) async fn connect(&self) -> Result<Broker> {
        let broker = Broker::connect(&self.url, &Login::Anonymous).await?;
        broker.jetstream.query_account().await?;
        Ok(broker)
    }
}

impl Drop for Engine {
    fn drop(&mut self) {
        if let Err(error) = self.child.kill().and_then(|()| self.child.wait()) {
            say(&format!("nats-server could not be ended: {error}"));
        }
    }
}

/// A folder on the disk that things are built on: a memory file system would sync for nothing.
pub(crate) fn folder() -> Result<TempDir> {
    Ok(tempfile::tempdir_in(env!("CARGO_TARGET_TMPDIR"))?)
}

fn settings(port: u16, folder: &Path) -> String {
    let store = folder.join("store");
    format!(
        "listen: \"127.0.0.1:{port}\"\nmax_payload: 4194304\n\
         jetstream {{ store_dir: \"{}\", max_file_store: 20GB, max_memory_store: 64MB }}\n",
        store.display()
    )
}

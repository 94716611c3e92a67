//! One connection to NATS, and requests over it that say why they failed.
//!
//! The client library alone answers a denied call, a dead server and a slow one with the same
//! time-out. Here, what the server says on the side (permission violations) and what happens to
//! the connection end a request at once, each as its own error.

use std::collections::BTreeMap;
use std::future::Future;
use std::time::Duration;

use async_nats::client::PublishErrorKind;
use async_nats::{
    Client, ConnectOptions, Event, HeaderMap, Message, RequestErrorKind, ServerError, Subscriber,
};
use bytes::Bytes;
use futures::StreamExt as _;
use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::Value;
use tokio::sync::watch;

use crate::connect::{Connection, Login};
use crate::error::ConnectError;
use crate::version::{SERVER_VERSION_MIN, ServerVersion};

/// How long one request may take. An append with a full disk takes five seconds to fail in the
/// server; anything slower is no answer.
const REQUEST_TIMEOUT: Duration = Duration::from_secs(5);

/// How long the first connection may take.
const CONNECT_TIMEOUT: Duration = Duration::from_secs(5);

/// How long a request waits for a connection that is down: a supervised server is back in about a
/// second, and a caller at the border would rather wait than fail.
const RECONNECT_PATIENCE: Duration = Duration::from_secs(3);

/// Longest pause between attempts to connect again: recovery is seen within a second.
const RECONNECT_PAUSE_MAX: Duration = Duration::from_millis(500);

/// How often the client asks whether the server is still there.
const PING_INTERVAL: Duration = Duration::from_secs(10);

/// How many denied subjects are remembered: a journey's subject may be among them.
const DENIED_MAX: usize = 256;

/// What the server and the network tell us on the side.
#[derive(Debug, Default)]
struct Weather {
    connected: bool,
    /// Counts lost connections: what was asked before one is not answered after it.
    losses: u64,
    /// Subjects that we may not publish or subscribe to, with the number of the latest denial.
    denied: BTreeMap<String, u64>,
    denials: u64,
}

/// Why a request was not answered as hoped.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum LinkError {
    /// The server says that we may not publish to this subject.
    Denied(String),
    /// There is no connection, so nothing was sent.
    Disconnected,
    /// Nobody listens to this subject: JetStream is off or starting, or the stream is gone.
    NobodyThere(String),
    /// No answer in time, or the connection broke: whatever was asked may have happened.
    NoAnswer(String),
    /// JetStream said no.
    Refused(Refusal),
    /// More bytes than the server takes.
    TooLarge,
    /// The answer is not what was expected.
    Garbled(String),
}

impl std::fmt::Display for LinkError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Denied(subject) => write!(f, "the server denies us {subject}"),
            Self::Disconnected => f.write_str("not connected to nats"),
            Self::NobodyThere(subject) => write!(f, "nobody answers {subject}"),
            Self::NoAnswer(what) => write!(f, "no answer: {what}"),
            Self::Refused(refusal) => {
                write!(f, "jetstream error {}: {}", refusal.code, refusal.text)
            }
            Self::TooLarge => f.write_str("more bytes than the server takes"),
            Self::Garbled(what) => write!(f, "unexpected answer: {what}"),
        }
    }
}

/// An error as JetStream words it.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub(crate) struct Refusal {
    #[serde(rename = "err_code", default)]
    pub(crate) code: u64,
    #[serde(rename = "description", default)]
    pub(crate) text: String,
}

/// A connection with one identity. Cheap to clone.
#[derive(Clone)]
pub(crate) struct Link {
    client: Client,
    weather: watch::Receiver<Weather>,
}

/// Connects once, without watching the weather.
pub(crate) async fn dial(
    config: &Connection,
    login: &Login,
    inbox: &str,
) -> Result<Client, ConnectError> {
    Ok(Link::open(config, login, inbox).await?.client)
}

impl Link {
    /// Connects and checks the server's version. Later losses are mended in the background.
    pub(crate) async fn open(
        config: &Connection,
        login: &Login,
        inbox: &str,
    ) -> Result<Self, ConnectError> {
        let (sender, weather) = watch::channel(Weather {
            connected: true,
            ..Weather::default()
        });
        let options = ConnectOptions::new()
            .name("homeward")
            .connection_timeout(CONNECT_TIMEOUT)
            .request_timeout(Some(REQUEST_TIMEOUT))
            .ping_interval(PING_INTERVAL)
            .custom_inbox_prefix(inbox)
            .reconnect_delay_callback(reconnect_pause)
            .event_callback(move |event| {
                sender.send_modify(|weather| weather.note(&event));
                std::future::ready(())
            });
        let options = identify(options, login).await?;
        let options = match &config.root_certificates {
            None => options,
            Some(path) => options.add_root_certificates(path.clone()),
        };
        let url = config.url.clone();
        let addresses: Vec<String> = url.split(',').map(|part| part.trim().to_owned()).collect();
        let client =
            options
                .connect(addresses)
                .await
                .map_err(|error| ConnectError::Unreachable {
                    url,
                    reason: error.to_string(),
                })?;
        let link = Self { client, weather };
        link.check_version()?;
        Ok(link)
    }

    /// The connection itself.
    pub(crate) fn client(&self) -> &Client {
        &self.client
    }

    /// A name that nothing else on the server has: it ends the client library's inboxes.
    pub(crate) fn new_name(&self) -> String {
        let inbox = self.client.new_inbox();
        inbox.rsplit('.').next().unwrap_or(&inbox).to_owned()
    }

    pub(crate) fn is_connected(&self) -> bool {
        self.weather.borrow().connected
    }

    /// Refuses servers that are too old. After a reconnect it may be another server.
    pub(crate) fn check_version(&self) -> Result<(), ConnectError> {
        let found = self.client.server_info().version;
        match found.parse::<ServerVersion>() {
            Ok(version) if version >= SERVER_VERSION_MIN => Ok(()),
            Ok(_) | Err(_) => Err(ConnectError::TooOld {
                found,
                needed: SERVER_VERSION_MIN.to_string(),
            }),
        }
    }

    /// Waits, for as long as it takes, until there is a connection.
    pub(crate) async fn connected(&self) {
        let mut weather = self.weather.clone();
        // An error means that the client is gone, and with it any hope: then wait for ever.
        if weather.wait_for(|weather| weather.connected).await.is_err() {
            std::future::pending::<()>().await;
        }
    }

    /// Waits, but not for long, until there is a connection; then watches it for `subject`.
    pub(crate) async fn watch(&self, subject: &str) -> Result<Watch, LinkError> {
        let mut weather = self.weather.clone();
        let connected = weather.wait_for(|weather| weather.connected);
        let (losses, denied_before) =
            match tokio::time::timeout(RECONNECT_PATIENCE, connected).await {
                Ok(Ok(weather)) => (weather.losses, weather.denial_of(subject)),
                Ok(Err(_)) | Err(_) => return Err(LinkError::Disconnected),
            };
        Ok(Watch {
            weather,
            subject: subject.to_owned(),
            losses,
            denied_before,
        })
    }

    /// Sends `payload` to `subject` and waits for the one answer.
    pub(crate) async fn ask(
        &self,
        subject: String,
        headers: Option<HeaderMap>,
        payload: Bytes,
    ) -> Result<Message, LinkError> {
        let request = async_nats::Request::new().payload(payload);
        let request = match headers {
            None => request,
            Some(headers) => request.headers(headers),
        };
        let mut watch = self.watch(&subject).await?;
        let asked = self.client.send_request(subject.clone(), request);
        watch.run(asked).await?.map_err(|error| {
            let what = || format!("{subject}: {error}");
            match error.kind() {
                RequestErrorKind::NoResponders => LinkError::NobodyThere(subject.clone()),
                RequestErrorKind::MaxPayloadExceeded => LinkError::TooLarge,
                RequestErrorKind::InvalidSubject => LinkError::Garbled(what()),
                RequestErrorKind::TimedOut | RequestErrorKind::Other => LinkError::NoAnswer(what()),
            }
        })
    }

    /// Sends messages in order and waits for the one answer, which is to the last. What can be known of
    /// the others is in that answer.
    pub(crate) async fn ask_together(
        &self,
        messages: Vec<(String, HeaderMap, Bytes)>,
    ) -> Result<Message, LinkError> {
        let mut messages = messages.into_iter().peekable();
        while let Some((subject, headers, payload)) = messages.next() {
            if messages.peek().is_none() {
                return self.ask(subject, Some(headers), payload).await;
            }
            let sent = self.client.publish_with_headers(subject, headers, payload);
            sent.await.map_err(|error| match error.kind() {
                PublishErrorKind::MaxPayloadExceeded => LinkError::TooLarge,
                PublishErrorKind::InvalidSubject | PublishErrorKind::Send => {
                    LinkError::Disconnected
                }
            })?;
        }
        Err(LinkError::Garbled("nothing was asked".to_owned()))
    }

    /// A call of the JetStream API: JSON there and back.
    pub(crate) async fn call<T: DeserializeOwned>(
        &self,
        verb: &str,
        body: Option<&Value>,
    ) -> Result<T, LinkError> {
        let payload = body.map_or_else(Bytes::new, |body| Bytes::from(body.to_string()));
        let answer = self.ask(format!("$JS.API.{verb}"), None, payload).await?;
        answer_of(&answer.payload)
    }

    /// Asks for many messages at once: they come to an inbox of their own, one by one.
    pub(crate) async fn gather(&self, subject: &str, body: &Value) -> Result<Answers, LinkError> {
        let inbox = self.client.new_inbox();
        let failed = |error: String| LinkError::NoAnswer(format!("{subject}: {error}"));
        let watch = self.watch(subject).await?;
        let answers = self.client.subscribe(inbox.clone()).await;
        let answers = answers.map_err(|error| failed(error.to_string()))?;
        self.client
            .publish_with_reply(subject.to_owned(), inbox, Bytes::from(body.to_string()))
            .await
            .map_err(|error| failed(error.to_string()))?;
        Ok(Answers { answers, watch })
    }

    /// The denied subject that begins like this, if there is one.
    pub(crate) fn denied(&self, prefix: &str) -> Option<String> {
        let weather = self.weather.borrow();
        let mut subjects = weather.denied.keys();
        subjects
            .find(|subject| subject.starts_with(prefix))
            .cloned()
    }
}

/// Many answers to one request.
pub(crate) struct Answers {
    answers: Subscriber,
    watch: Watch,
}

impl Answers {
    /// The next answer.
    pub(crate) async fn next(&mut self) -> Result<Message, LinkError> {
        let what = LinkError::NoAnswer(self.watch.subject.clone());
        let next = tokio::time::timeout(REQUEST_TIMEOUT, self.answers.next());
        match self.watch.run(next).await? {
            Ok(Some(message)) => Ok(message),
            Ok(None) | Err(_) => Err(what),
        }
    }
}

/// Watches one connection on behalf of requests to one subject.
pub(crate) struct Watch {
    weather: watch::Receiver<Weather>,
    subject: String,
    losses: u64,
    denied_before: u64,
}

impl Watch {
    /// Runs `asked` until it ends, the server denies the subject, or the connection breaks.
    pub(crate) async fn run<T>(&mut self, asked: impl Future<Output = T>) -> Result<T, LinkError> {
        let (losses, before) = (self.losses, self.denied_before);
        let subject = &self.subject;
        let turn = self
            .weather
            .wait_for(|weather| weather.losses != losses || weather.denial_of(subject) > before);
        let denied = tokio::select! {
            biased;
            done = asked => return Ok(done),
            turn = turn => turn.is_ok_and(|weather| weather.denial_of(subject) > before),
        };
        if denied {
            Err(LinkError::Denied(subject.clone()))
        } else {
            Err(LinkError::NoAnswer(format!(
                "{subject}: the connection was lost"
            )))
        }
    }
}

/// Reads an answer of JetStream: a refusal, or what was asked for.
pub(crate) fn answer_of<T: DeserializeOwned>(payload: &[u8]) -> Result<T, LinkError> {
    #[derive(Deserialize)]
    struct Failed {
        error: Option<Refusal>,
    }
    let garbled = |error: serde_json::Error| LinkError::Garbled(error.to_string());
    let failed: Failed = serde_json::from_slice(payload).map_err(garbled)?;
    match failed.error {
        Some(refusal) => Err(LinkError::Refused(refusal)),
        None => serde_json::from_slice(payload).map_err(garbled),
    }
}

impl Weather {
    /// The number of the latest denial of `subject`; 0 for none.
    fn denial_of(&self, subject: &str) -> u64 {
        self.denied.get(subject).copied().unwrap_or(0)
    }

    fn note(&mut self, event: &Event) {
        match event {
            Event::Connected => {
                self.connected = true;
                // Permissions are those of the new connection.
                self.denied.clear();
                tracing::info!("connected to nats");
            }
            Event::Disconnected | Event::Closed => {
                self.connected = false;
                self.losses += 1;
                tracing::warn!("the connection to nats is lost");
            }
            Event::ServerError(ServerError::Other(text)) => {
                if let Some(subject) = denied_subject(text) {
                    self.denials += 1;
                    if self.denied.len() >= DENIED_MAX {
                        self.denied.clear();
                    }
                    self.denied.insert(subject.to_owned(), self.denials);
                }
                tracing::warn!(error = %text, "nats reports an error");
            }
            Event::LameDuckMode
            | Event::Draining
            | Event::SlowConsumer(_)
            | Event::ServerError(_)
            | Event::ClientError(_) => tracing::warn!(%event, "nats reports an event"),
        }
    }
}

/// The subject in `Permissions Violation for Publish to "..."`.
fn denied_subject(text: &str) -> Option<&str> {
    let violation = text.strip_prefix("Permissions Violation for ")?;
    violation.split('"').nth(1)
}

fn reconnect_pause(attempts: usize) -> Duration {
    // The first attempt comes at once: servers restart, and load balancers drop connections.
    let millis = u64::try_from(attempts.saturating_sub(1)).unwrap_or(u64::MAX);
    Duration::from_millis(millis.saturating_mul(50)).min(RECONNECT_PAUSE_MAX)
}

async fn identify(options: ConnectOptions, login: &Login) -> Result<ConnectOptions, ConnectError> {
    match login {
        Login::Anonymous => Ok(options),
        Login::Password { user, password } => {
            Ok(options.user_and_password(user.clone(), password.clone()))
        }
        Login::Credentials(path) => {
            options
                .credentials_file(path)
                .await
                .map_err(|error| ConnectError::Credentials {
                    path: path.display().to_string(),
                    reason: error.to_string(),
                })
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_denial_names_its_subject() {
        let text = r#"Permissions Violation for Publish to "$JS.API.STREAM.DELETE.LEDGER_jm""#;
        assert_eq!(
            denied_subject(text),
            Some("$JS.API.STREAM.DELETE.LEDGER_jm")
        );
        assert_eq!(denied_subject("Maximum Connections Exceeded"), None);
    }

    #[test]
    fn an_answer_is_a_refusal_or_what_was_asked_for() {
        #[derive(Debug, PartialEq, Deserialize)]
        struct Ack {
            seq: u64,
        }
        assert_eq!(
            answer_of::<Ack>(br#"{"stream":"S","seq":7}"#),
            Ok(Ack { seq: 7 })
        );
        let refused = br#"{"error":{"code":503,"err_code":10023,"description":"full"},"seq":0}"#;
        assert_eq!(
            answer_of::<Ack>(refused),
            Err(LinkError::Refused(Refusal {
                code: 10023,
                text: "full".to_owned()
            }))
        );
        assert!(matches!(
            answer_of::<Ack>(b"{}"),
            Err(LinkError::Garbled(_))
        ));
    }
}

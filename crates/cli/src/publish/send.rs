//! Sends commits to the door: in batches, in order, and again where the door had no time.

use std::time::Duration;

use reqwest::{Method, StatusCode, header};
use serde::Deserialize;

use super::entry::{Commit, FieldError, Refused};
use crate::door::{Door, Refusal};

/// Where commits go in.
pub(super) const PUBLISH: &str = "/v1/events";
/// Where they are only judged.
pub(super) const DRY_RUN: &str = "/v1/events?dry_run=true";

/// Most commits in one request: the door takes no more.
pub(super) const COMMITS_MAX: usize = 100;
/// Largest request, in bytes: the door takes no more.
pub(super) const BODY_BYTES_MAX: usize = 1 << 20;
/// Bytes around the commits of a request.
const AROUND_BYTES: usize = br#"{"commits":[]}"#.len();

/// How often a request is sent before it is given up.
const TRIES_MAX: u32 = 8;
/// The first pause between two tries; each one after it is twice as long.
const PAUSE: Duration = Duration::from_millis(250);
/// The longest pause.
const PAUSE_MAX: Duration = Duration::from_secs(10);

/// A commit on its way, with the line it came from.
#[derive(Debug, Clone)]
pub(super) struct Sent {
    pub(super) line: u64,
    /// What it counts for in the progress bar.
    pub(super) weight: u64,
    pub(super) commit: Commit,
}

/// What became of a request's commits.
#[derive(Debug, Default)]
pub(super) struct Outcome {
    /// New in the log: commits and events.
    pub(super) accepted: u64,
    /// In the log before.
    pub(super) known: u64,
    /// Events in the log, new or known.
    pub(super) events: u64,
    /// Refused.
    pub(super) refused: Vec<Refused>,
}

/// Commits gathered for one request.
#[derive(Debug, Default)]
pub(super) struct Batch {
    commits: Vec<Sent>,
    bytes: usize,
}

impl Batch {
    /// Whether one more commit fits.
    pub(super) fn has_room_for(&self, commit: &Commit) -> bool {
        self.commits.len() < COMMITS_MAX
            && AROUND_BYTES + self.bytes + commit.json.len() < BODY_BYTES_MAX
    }

    pub(super) fn push(&mut self, sent: Sent) {
        self.bytes += sent.commit.json.len() + 1;
        self.commits.push(sent);
    }

    pub(super) fn is_full(&self) -> bool {
        self.commits.len() >= COMMITS_MAX
    }

    pub(super) fn take(&mut self) -> Vec<Sent> {
        self.bytes = 0;
        std::mem::take(&mut self.commits)
    }
}

#[derive(Deserialize)]
struct Answer {
    results: Vec<CommitResult>,
}

#[derive(Deserialize)]
struct CommitResult {
    status: u16,
    code: Option<String>,
    #[serde(default)]
    errors: Vec<FieldError>,
}

/// What one try told about a request.
enum Told {
    /// One result for each commit, and how many of them were in the log before.
    Each(Vec<CommitResult>, u64),
    /// The request as a whole was refused for what stands in it.
    Whole(CommitResult),
}

/// Sends commits until each of them is in the log or refused.
///
/// # Errors
/// The door cannot be reached, does not know the key, or keeps failing. What was sent is safe to be
/// sent again.
pub(super) async fn send(door: &Door, path: &str, commits: Vec<Sent>) -> Result<Outcome, Refusal> {
    let mut outcome = Outcome::default();
    // Requests still to be sent, in order; a request that is refused as a whole is halved until the
    // commit that is to blame stands alone.
    let mut open = vec![commits];
    let mut tries = 0;
    while let Some(mut commits) = open.pop() {
        if commits.is_empty() {
            continue;
        }
        match try_once(door, path, &commits).await {
            Ok(Told::Each(results, known)) => {
                outcome.known += known;
                let (again, failed) = sort(commits, results, &mut outcome);
                if let Some(failed) = failed {
                    tries += 1;
                    pause(tries, failed).await?;
                    open.push(again);
                } else {
                    tries = 0;
                }
            }
            Ok(Told::Whole(result)) if commits.len() == 1 => {
                outcome
                    .refused
                    .extend(commits.pop().map(|sent| refused(sent, result)));
            }
            Ok(Told::Whole(_)) => {
                let second = commits.split_off(commits.len() / 2);
                open.push(second);
                open.push(commits);
            }
            Err(Refusal::NotNow(why)) => {
                tries += 1;
                pause(tries, why).await?;
                open.push(commits);
            }
            Err(never) => return Err(never),
        }
    }
    // What was known before was answered like everything else that is in the log.
    outcome.accepted = outcome.accepted.saturating_sub(outcome.known);
    Ok(outcome)
}

/// Notes what is settled; gives back what must be sent again, and why. A refusal may rest on a
/// commit of the same journey that failed before it, so that is sent again too.
fn sort(
    commits: Vec<Sent>,
    results: Vec<CommitResult>,
    outcome: &mut Outcome,
) -> (Vec<Sent>, Option<String>) {
    let (mut again, mut failed): (Vec<Sent>, _) = (Vec::new(), None);
    for (sent, result) in commits.into_iter().zip(results) {
        match result.status {
            200..=299 => {
                outcome.accepted += 1;
                outcome.events += sent.commit.events;
            }
            429 | 500.. => {
                let error = result.errors.into_iter().next();
                let why = error.map_or_else(String::new, |error| format!(": {}", error.message));
                let code = result.code.unwrap_or_default();
                failed = Some(format!("line {}: {} {code}{why}", sent.line, result.status));
                again.push(sent);
            }
            _ if again
                .iter()
                .any(|other| other.commit.journey == sent.commit.journey) =>
            {
                again.push(sent);
            }
            _ => outcome.refused.push(refused(sent, result)),
        }
    }
    (again, failed)
}

fn refused(sent: Sent, result: CommitResult) -> Refused {
    let first = result.errors.first();
    let code = result
        .code
        .or_else(|| first.map(|error| error.code.clone()));
    Refused {
        line: sent.line,
        code: code.unwrap_or_else(|| result.status.to_string()),
        field: first.map_or_else(String::new, |error| error.field.clone()),
        reason: first.map_or_else(
            || format!("refused with status {}", result.status),
            |error| error.message.clone(),
        ),
        errors: result.errors,
        commit: serde_json::value::RawValue::from_string(sent.commit.json).ok(),
        text: None,
        row: sent.commit.row,
    }
}

async fn pause(tries: u32, why: String) -> Result<(), Refusal> {
    if tries >= TRIES_MAX {
        let hint = "what was published is safe to publish again";
        return Err(Refusal::NotNow(format!(
            "{why} (tried {tries} times; {hint})"
        )));
    }
    tracing::debug!(tries, why, "the door has no time, trying again");
    let pause = PAUSE.saturating_mul(2_u32.saturating_pow(tries - 1));
    tokio::time::sleep(pause.min(PAUSE_MAX)).await;
    Ok(())
}

async fn try_once(door: &Door, path: &str, commits: &[Sent]) -> Result<Told, Refusal> {
    let texts: Vec<&str> = commits
        .iter()
        .map(|sent| sent.commit.json.as_str())
        .collect();
    let response = door
        .request(Method::POST, path)
        .header(header::CONTENT_TYPE, "application/json")
        .body(format!(r#"{{"commits":[{}]}}"#, texts.join(",")))
        .send()
        .await
        .map_err(|error| door.unreachable(&error))?;
    let status = response.status();
    let known = response
        .headers()
        .get("homeward-known")
        .and_then(|value| value.to_str().ok()?.parse().ok())
        .unwrap_or_default();
    let body = response
        .bytes()
        .await
        .map_err(|error| door.unreachable(&error))?;
    let not_let_in = [StatusCode::UNAUTHORIZED, StatusCode::FORBIDDEN].contains(&status);
    match serde_json::from_slice::<Answer>(&body) {
        Ok(answer) if answer.results.len() == commits.len() => {
            Ok(Told::Each(answer.results, known))
        }
        Ok(answer) if status.is_client_error() && !not_let_in => {
            match answer.results.into_iter().next() {
                Some(result) => Ok(Told::Whole(result)),
                None => Err(door.refusal(status, &body, path)),
            }
        }
        Err(_) if status == StatusCode::PAYLOAD_TOO_LARGE => Ok(Told::Whole(CommitResult {
            status: status.as_u16(),
            code: Some("too-large".to_owned()),
            errors: Vec::new(),
        })),
        Err(error) if status.is_success() => Err(Refusal::Never(format!(
            "{}{path} answered what this version does not understand: {error}",
            door.url()
        ))),
        Ok(_) | Err(_) => Err(door.refusal(status, &body, path)),
    }
}

//! A dry run: nothing is published. What a row says by itself is checked here; what rests on what is in
//! the log already -- a rule of the journey, an id that was used before -- only the border can say, and
//! is asked where there is a key.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::ControlFlow;

use anyhow::{Context as _, Result};
use homeward_events::codec::decode_commit;
use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;
use sha2::{Digest as _, Sha256};
use tokio::sync::mpsc;

use super::entry::{Commit, Entry, FieldError, Refused};
use super::rejects::Remark;
use super::send::{self, Batch, Sent};
use super::{Rejects, Source};
use crate::door::Door;
use crate::exit::Outcome;
use crate::{mapping, out};

/// What a dry run found.
#[derive(Debug, Default, Serialize)]
struct Report {
    /// Says that nothing was sent.
    dry_run: bool,
    /// Commits that can be read as they stand.
    good: u64,
    /// Events in them.
    events: u64,
    /// Commits that say what another one has said already.
    repeated: u64,
    /// Good ones that are in the log already; 0 where no server was asked.
    known: u64,
    /// Good ones that the server was not asked about: their journey began further up in the input, and
    /// it is not there yet.
    unasked: u64,
    /// What is wrong, in the order of the input.
    refused: Vec<Wrong>,
}

/// Something that is wrong.
#[derive(Debug, Serialize)]
struct Wrong {
    row: u64,
    column: String,
    code: String,
    reason: String,
}

#[derive(Deserialize)]
struct Events<'a> {
    #[serde(borrow)]
    events: &'a RawValue,
}

/// Checks a source and tells what is wrong with it.
///
/// # Errors
/// The source cannot be read, or the door cannot be reached or does not know the key.
pub(super) async fn run(
    source: Source,
    rejects: Rejects,
    door: Option<Door>,
    json: bool,
) -> Result<Outcome> {
    let (good, given) = mpsc::channel(send::COMMITS_MAX);
    let reader =
        tokio::task::spawn_blocking(move || check(source, &rejects, &good).map(|r| (r, rejects)));
    let judged = judge(door.as_ref(), given).await?;
    let (mut report, rejects) = reader
        .await
        .context("the reader of the input ended early")??;
    report.known = judged.known;
    report.unasked = judged.unasked;
    for refused in &judged.refused {
        report.good = report.good.saturating_sub(1);
        report.wrong(refused, &rejects);
    }
    report.refused.sort_by_key(|wrong| wrong.row);
    if json {
        out::json(&report)?;
    } else {
        for wrong in &report.refused {
            let at = if wrong.column.is_empty() {
                String::new()
            } else {
                format!(", {}", wrong.column)
            };
            out::line(format!("row {}{at}: {}", wrong.row, wrong.reason))?;
        }
        let (good, refused) = (report.good, report.refused.len());
        out::line(format!(
            "{good} are good, {refused} are not; nothing was sent"
        ))?;
    }
    Ok(if report.refused.is_empty() {
        Outcome::Done
    } else {
        Outcome::SomeRefused
    })
}

/// What the server said.
#[derive(Default)]
struct Judged {
    known: u64,
    unasked: u64,
    refused: Vec<Refused>,
    /// Journeys of requests before: the next does not know of them.
    before: BTreeSet<String>,
}

/// Asks a server what it would refuse of what can be read; without one, only takes it.
async fn judge(door: Option<&Door>, mut given: mpsc::Receiver<Sent>) -> Result<Judged> {
    let (mut judged, mut batch) = (Judged::default(), Batch::default());
    while let Some(sent) = given.recv().await {
        let Some(door) = door else {
            continue;
        };
        if !batch.has_room_for(&sent.commit) {
            judged.ask(door, batch.take()).await?;
        }
        if judged.before.contains(&sent.commit.journey) {
            judged.unasked += 1;
        } else {
            batch.push(sent);
        }
    }
    if let Some(door) = door {
        judged.ask(door, batch.take()).await?;
    }
    Ok(judged)
}

impl Judged {
    async fn ask(&mut self, door: &Door, commits: Vec<Sent>) -> Result<()> {
        self.before
            .extend(commits.iter().map(|sent| sent.commit.journey.clone()));
        let outcome = send::send(door, send::DRY_RUN, commits).await?;
        self.known += outcome.known;
        self.refused.extend(outcome.refused);
        Ok(())
    }
}

impl Report {
    fn wrong(&mut self, refused: &Refused, rejects: &Rejects) {
        let Remark { column, reason } = rejects.remark(refused);
        self.refused.push(Wrong {
            row: refused.line,
            column,
            code: refused.code.clone(),
            reason,
        });
    }
}

fn check(source: Source, rejects: &Rejects, good: &mpsc::Sender<Sent>) -> Result<Report> {
    let mut report = Report {
        dry_run: true,
        ..Report::default()
    };
    let mut seen: BTreeMap<String, ([u8; 32], u64)> = BTreeMap::new();
    (source.entries)(&mut |entry: Entry| {
        let line = entry.line;
        let found = entry.content.map_err(Box::new).and_then(|commit| {
            let repeated = read(line, &commit, &mut seen)?;
            Ok((commit, repeated))
        });
        match found {
            Ok((_, true)) => report.repeated += 1,
            Ok((commit, false)) => {
                report.good += 1;
                report.events += commit.events;
                let sent = Sent {
                    line,
                    weight: 0,
                    commit,
                };
                if good.blocking_send(sent).is_err() {
                    // Whoever asks the server gave up, and says why.
                    return ControlFlow::Break(());
                }
            }
            Err(refused) => report.wrong(&refused, rejects),
        }
        ControlFlow::Continue(())
    })
    .context("the input cannot be read any further")?;
    Ok(report)
}

/// Reads a commit as the border would; says whether all of it was said before.
fn read(
    line: u64,
    commit: &Commit,
    seen: &mut BTreeMap<String, ([u8; 32], u64)>,
) -> Result<bool, Box<Refused>> {
    let refuse = |errors: Vec<FieldError>| {
        let first = errors.first();
        let text = |get: fn(&FieldError) -> &String| first.map(get).cloned().unwrap_or_default();
        Box::new(Refused {
            line,
            code: text(|error| &error.code),
            field: text(|error| &error.field),
            reason: text(|error| &error.message),
            errors,
            commit: None,
            text: None,
            row: commit.row.clone(),
        })
    };
    let error = |index: usize, field: String, code: String, message: String| FieldError {
        index: u64::try_from(index).unwrap_or_default(),
        event: None,
        field,
        code,
        message,
        column: None,
    };
    let events: Events<'_> = serde_json::from_str(&commit.json).map_err(|found| {
        refuse(vec![error(
            0,
            String::new(),
            "not-json".to_owned(),
            found.to_string(),
        )])
    })?;
    let bytes = events.events.get().as_bytes();
    let read = decode_commit(bytes, &mapping::stand_in()).map_err(|found| {
        let told = |found: homeward_events::codec::DecodeError| {
            error(
                found.index,
                found.field,
                found.code.to_string(),
                found.message,
            )
        };
        refuse(found.into_iter().map(told).collect())
    })?;
    let digest: [u8; 32] = Sha256::digest(bytes).into();
    let (mut repeated, mut errors) = (0, Vec::new());
    for (index, event) in read.iter().enumerate() {
        match seen.get(&event.id.to_string()) {
            None => {}
            Some((same, _)) if *same == digest => repeated += 1,
            Some((_, before)) => {
                let message = format!("row {before} has the same id and says something else");
                errors.push(error(
                    index,
                    "/id".to_owned(),
                    "event-id-reused".to_owned(),
                    message,
                ));
            }
        }
    }
    if !errors.is_empty() {
        return Err(refuse(errors));
    }
    for event in &read {
        seen.entry(event.id.to_string()).or_insert((digest, line));
    }
    Ok(repeated == read.len())
}

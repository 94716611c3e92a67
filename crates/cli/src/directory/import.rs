//! `homeward directory import`: what a source says against what stands, published as a new version.

use std::collections::{BTreeMap, BTreeSet};
use std::io;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result, bail};
use clap::Args;
use homeward_events::codec::{COMMIT_BYTES_MAX, COMMIT_EVENTS_MAX, encode_commit};
use homeward_events::directory::{
    Published, Service, ServiceListed, ServiceWithdrawn, WithdrawnReason,
};
use homeward_events::id::{AgencyId, EventId, JourneyId, LedgerId, LogDigest, ServiceId};
use homeward_events::place::LanguageCode;
use homeward_events::time::{Day, OccurredOn, RecordedAt};
use homeward_events::vocabulary::Role;
use homeward_events::{Body, Event};
use homeward_ledger::clock;
use homeward_projections::directory::{digest, fingerprint};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::describe::Described;
use super::record::RowError;
use super::source;
use crate::door::Door;
use crate::exit::Outcome;
use crate::find::ServerArgs;
use crate::out;
use crate::progress::Unit;
use crate::publish::entry::{Commit, Entry};
use crate::publish::{Rejects, Source, Take, publish};

/// Row errors that are shown; all of them with `--json`.
const ERRORS_SHOWN: usize = 50;
/// Room in a commit for what the border adds.
const COMMIT_BYTES: usize = COMMIT_BYTES_MAX - 64 * 1024;

/// Publish a version of a directory from HSDS, or show what would change
#[derive(Debug, Args)]
pub(crate) struct ImportArgs {
    /// Services as JSON (HSDS 3); or a folder or ZIP file of HSDS tables, services.csv among them
    source: PathBuf,
    /// Ledger whose directory it is
    #[arg(long)]
    ledger: LedgerId,
    /// Show what is wrong and what would change, and publish nothing
    #[arg(long)]
    dry_run: bool,
    /// What terms mean, instead of the mapping that comes with the program
    #[arg(long, value_name = "FILE")]
    terms: Option<PathBuf>,
    /// Language of names whose column does not say another
    #[arg(long, value_name = "LANGUAGE", default_value = "en")]
    language: LanguageCode,
    #[command(flatten)]
    publication: Publication,
    /// Where what the border refuses goes
    #[arg(long, value_name = "FILE", default_value = "directory.rejected.jsonl")]
    reject: PathBuf,
    #[command(flatten)]
    server: ServerArgs,
}

/// Who publishes a version, and when.
#[derive(Debug, Clone, Args)]
pub(crate) struct Publication {
    /// Agency that publishes it
    #[arg(long, default_value = "homeward")]
    pub(crate) agency: AgencyId,
    /// Day on which it comes out [default: today in UTC]
    #[arg(long, value_name = "DAY")]
    pub(crate) on: Option<Day>,
    /// Where it comes from and under which terms, in a few words without personal data
    #[arg(long, value_name = "WORDS")]
    pub(crate) note: Option<String>,
    /// Where its events come from, as a URI
    #[arg(long, value_name = "URI", default_value = "urn:homeward:directory")]
    pub(crate) event_source: String,
}

/// What a source changes.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub(crate) struct Imported {
    /// Ledger.
    pub(crate) ledger: String,
    /// The version that stands afterwards; 0 for none.
    pub(crate) version: u32,
    /// Whether it is new.
    pub(crate) is_new: bool,
    /// Services that are new.
    pub(crate) new: Vec<ServiceId>,
    /// Services that are described otherwise.
    pub(crate) changed: Vec<ServiceId>,
    /// Services that are withdrawn.
    pub(crate) withdrawn: Vec<ServiceId>,
    /// Services that stay as they are.
    pub(crate) unchanged: usize,
    /// What is wrong in the source.
    pub(crate) errors: Vec<RowError>,
    /// Terms that mean nothing here, with how often they stand.
    pub(crate) unknown_terms: BTreeMap<String, u64>,
    /// Areas without a code, with how often they stand.
    pub(crate) uncoded_areas: BTreeMap<String, u64>,
}

/// What stands, as the server tells it.
#[derive(Debug, Default, Deserialize)]
struct Directories {
    directories: Vec<Known>,
    as_of: AsOf,
}

#[derive(Debug, Default, Deserialize)]
struct AsOf {
    ledgers: BTreeMap<LedgerId, Position>,
}

#[derive(Debug, Deserialize)]
struct Position {
    sequence: u64,
    head: u64,
}

#[derive(Debug, Default, Deserialize)]
struct Known {
    ledger: String,
    version: Option<u32>,
    services: Vec<KnownService>,
    unpublished: BTreeMap<ServiceId, Option<LogDigest>>,
}

#[derive(Debug, Deserialize)]
struct KnownService {
    service: ServiceId,
    sha256: LogDigest,
}

/// `homeward directory import`.
pub(super) async fn run(args: &ImportArgs, data_dir: &Path, json: bool) -> Result<Outcome> {
    let described = source::read(&args.source, args.terms.as_deref(), &args.language)?;
    let door = args.server.door(data_dir)?;
    let imported = bring(
        &door,
        &args.ledger,
        described,
        &args.publication,
        (!args.dry_run).then_some(&*args.reject),
    )
    .await?;
    if json {
        out::json(&imported)?;
    } else {
        report(&imported, args.dry_run)?;
    }
    Ok(if imported.errors.is_empty() {
        Outcome::Done
    } else {
        Outcome::SomeRefused
    })
}

/// Publishes what a source changes; where `reject` is `None`, only says what that is.
///
/// # Errors
/// The server does not answer, or its border refuses something.
pub(crate) async fn bring(
    door: &Door,
    ledger: &LedgerId,
    described: Described,
    publication: &Publication,
    reject: Option<&Path>,
) -> Result<Imported> {
    let told = known(door, ledger).await?;
    let mut known = told.directories.into_iter();
    let known = known.rfind(|known| known.ledger == ledger.as_str());
    let known = known.unwrap_or_default();
    let plan = Plan::new(ledger, &known, described);
    let Some(reject) = reject.filter(|_| plan.imported.is_new) else {
        return Ok(plan.imported);
    };
    let commits = plan.commits(publication)?;
    let summary = publish(
        door,
        commits_source(commits),
        1,
        Rejects::lines(reject.to_owned()),
    )
    .await?;
    if summary.refused > 0 {
        bail!(
            "{} commits of version {} were refused, and it is not out: see {}",
            summary.refused,
            plan.imported.version,
            reject.display()
        );
    }
    Ok(plan.imported)
}

/// What stands, everything that is in the log in it.
async fn known(door: &Door, ledger: &LedgerId) -> Result<Directories> {
    let mut path = format!("/v1/directory?ledger={ledger}");
    loop {
        let told: Directories = serde_json::from_value(door.get(&path).await?)
            .with_context(|| format!("{}{path} answered otherwise than expected", door.url()))?;
        let position = told.as_of.ledgers.get(ledger);
        match position.filter(|position| position.sequence < position.head) {
            None => return Ok(told),
            // The server waits, bounded, and says so where that is not long enough.
            Some(position) => {
                let head = position.head;
                path = format!("/v1/directory?ledger={ledger}&at_least={ledger}:{head}");
            }
        }
    }
}

/// What a source changes, with the services that it lists anew.
pub(super) struct Plan {
    pub(super) imported: Imported,
    ledger: LedgerId,
    listed: Vec<Service>,
    withdrawn: BTreeMap<ServiceId, WithdrawnReason>,
    /// Everything that stands afterwards.
    standing: BTreeMap<ServiceId, LogDigest>,
}

impl Plan {
    fn new(ledger: &LedgerId, known: &Known, described: Described) -> Self {
        let mut before: BTreeMap<ServiceId, LogDigest> = BTreeMap::new();
        for known in &known.services {
            before.insert(known.service.clone(), known.sha256.clone());
        }
        // What an import that broke off has said already need not be said again.
        let is_unfinished = !known.unpublished.is_empty();
        for (id, sha256) in &known.unpublished {
            match sha256 {
                Some(sha256) => before.insert(id.clone(), sha256.clone()),
                None => before.remove(id),
            };
        }
        Self::of(ledger, known.version, &before, is_unfinished, described)
    }

    /// From what stands to what a source says.
    pub(super) fn of(
        ledger: &LedgerId,
        version: Option<u32>,
        before: &BTreeMap<ServiceId, LogDigest>,
        is_unfinished: bool,
        described: Described,
    ) -> Self {
        let mut imported = Imported {
            ledger: ledger.to_string(),
            errors: described.errors,
            unknown_terms: described.unknown_terms,
            uncoded_areas: described.uncoded_areas,
            ..Imported::default()
        };
        let listed_ids: BTreeSet<ServiceId> = described.services.keys().cloned().collect();
        let (mut standing, mut listed) = (before.clone(), Vec::new());
        for (id, service) in described.services {
            let sha256 = fingerprint(&service);
            match before.get(&id) {
                Some(known) if *known == sha256 => {
                    imported.unchanged += 1;
                    continue;
                }
                Some(_) => imported.changed.push(id.clone()),
                None => imported.new.push(id.clone()),
            }
            standing.insert(id, sha256);
            listed.push(service);
        }
        let mut withdrawn = BTreeMap::new();
        for id in before.keys().filter(|id| !listed_ids.contains(*id)) {
            let reason = if described.defunct.contains(id) {
                WithdrawnReason::Defunct
            } else if imported.errors.is_empty() {
                WithdrawnReason::NotInSource
            } else {
                // A row that cannot be read may be this very service.
                imported.unchanged += 1;
                continue;
            };
            standing.remove(id);
            withdrawn.insert(id.clone(), reason);
        }
        imported.withdrawn = withdrawn.keys().cloned().collect();
        imported.is_new = is_unfinished || !listed.is_empty() || !withdrawn.is_empty();
        imported.version = version.unwrap_or(0) + u32::from(imported.is_new);
        Self {
            imported,
            ledger: ledger.clone(),
            listed,
            withdrawn,
            standing,
        }
    }

    /// The facts, as commits; the publication is the last.
    pub(super) fn commits(&self, publication: &Publication) -> Result<Vec<Vec<Event>>> {
        let version = self.imported.version;
        let mut bodies: Vec<(String, Body)> = Vec::new();
        for service in &self.listed {
            let sha256 = fingerprint(service);
            let said = format!("listed {version} {} {sha256}", service.id);
            let service = service.clone();
            bodies.push((said, ServiceListed { version, service }.into()));
        }
        for (service, reason) in &self.withdrawn {
            let said = format!("withdrawn {version} {service}");
            let (service, reason) = (service.clone(), *reason);
            let body = ServiceWithdrawn {
                version,
                service,
                reason,
            };
            bodies.push((said, body.into()));
        }
        let digest = digest(&self.standing);
        let said = format!("published {version} {digest}");
        let body = Published {
            version,
            services: u32::try_from(self.standing.len())?,
            digest,
            note: publication.note.clone(),
        };
        bodies.push((said, body.into()));
        let now = RecordedAt(clock::now());
        let on = publication.on.unwrap_or_else(|| Day(now.day()));
        let journey = JourneyId::of_directory(&self.ledger);
        let events = bodies.into_iter().map(|(said, body)| Event {
            // The same said again is the same event.
            id: EventId::from_uuid(Uuid::new_v5(journey.as_uuid(), said.as_bytes())),
            ledger: self.ledger.clone(),
            journey,
            source: publication.event_source.as_str().into(),
            occurred: OccurredOn::Day(on.0),
            recorded: now,
            agency: publication.agency.clone(),
            actor: None,
            role: Some(Role::Import),
            causation: None,
            correlation: None,
            sequence: None,
            body,
        });
        into_commits(events)
    }
}

#[cfg(test)]
impl Plan {
    /// What is listed anew, by id.
    pub(super) fn services(&self) -> BTreeMap<ServiceId, Service> {
        let listed = self.listed.iter();
        listed
            .map(|service| (service.id.clone(), service.clone()))
            .collect()
    }
}

/// Events in commits that the border takes.
fn into_commits(events: impl Iterator<Item = Event>) -> Result<Vec<Vec<Event>>> {
    let (mut commits, mut commit, mut bytes) = (Vec::new(), Vec::new(), 0);
    for event in events {
        let size = serde_json::to_vec(&event)?.len();
        if commit.len() == COMMIT_EVENTS_MAX || bytes + size > COMMIT_BYTES {
            commits.push(std::mem::take(&mut commit));
            bytes = 0;
        }
        bytes += size;
        commit.push(event);
    }
    if !commit.is_empty() {
        commits.push(commit);
    }
    Ok(commits)
}

fn commits_source(commits: Vec<Vec<Event>>) -> Source {
    let total = u64::try_from(commits.len()).ok();
    let entries = move |take: Take<'_>| {
        for (line, commit) in (1..).zip(&commits) {
            if take(entry(line, commit)?).is_break() {
                break;
            }
        }
        Ok(())
    };
    Source {
        entries: Box::new(entries),
        total,
        unit: Unit::Commits,
    }
}

fn entry(line: u64, commit: &[Event]) -> io::Result<Entry> {
    let events = encode_commit(commit)?;
    let journey = commit.first().map(|event| event.journey.to_string());
    Ok(Entry {
        line,
        consumed: line,
        content: Ok(Commit {
            json: format!("{{\"events\":{}}}", String::from_utf8_lossy(&events)),
            journey: journey.unwrap_or_default(),
            events: u64::try_from(commit.len()).unwrap_or(u64::MAX),
            row: None,
        }),
    })
}

fn report(imported: &Imported, is_dry: bool) -> Result<()> {
    let Imported {
        ledger,
        version,
        is_new,
        new,
        changed,
        withdrawn,
        unchanged,
        errors,
        unknown_terms,
        uncoded_areas,
    } = imported;
    for error in errors.iter().take(ERRORS_SHOWN) {
        out::line(error)?;
    }
    if errors.len() > ERRORS_SHOWN {
        out::line(format!("... and {} more", errors.len() - ERRORS_SHOWN))?;
    }
    for (term, times) in unknown_terms {
        out::line(format!(
            "term `{term}` ({times}) means nothing here: kept as given, and `other` where nothing else is known"
        ))?;
    }
    for (area, times) in uncoded_areas {
        out::line(format!("area `{area}` ({times}) has no code: kept by name"))?;
    }
    for (what, ids) in [("new", new), ("changed", changed), ("withdrawn", withdrawn)] {
        for id in ids {
            out::line(format!("{what}: {id}"))?;
        }
    }
    let counts = format!(
        "{} new, {} changed, {} withdrawn, {unchanged} unchanged",
        new.len(),
        changed.len(),
        withdrawn.len()
    );
    let what = match (is_new, is_dry) {
        (false, _) if *version == 0 => "nothing to publish".to_owned(),
        (false, _) => format!("version {version} stands already"),
        (true, true) => format!("version {version} would be published"),
        (true, false) => format!("version {version} is published"),
    };
    out::line(format!("{ledger}: {what}: {counts}"))?;
    if !errors.is_empty() {
        let count = errors.len();
        out::line(format!(
            "{count} mistakes: what they are in is as it was, and nothing is withdrawn for being missing"
        ))?;
    }
    Ok(())
}

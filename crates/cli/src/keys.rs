//! `homeward keys`: who may come in through the doors. The only home of random secrets.

use std::path::Path;
use std::time::{Duration, Instant};

use anyhow::{Context as _, Result, anyhow, bail};
use clap::{Subcommand, ValueEnum};
use comfy_table::Table;
use homeward_api::keys::{Key, KeyStore, NewKey, Role};
use homeward_events::id::{AgencyId, LedgerId};
use homeward_events::time::{Day, add_days};
use homeward_ledger::clock;
use jiff::Timestamp;
use jiff::civil::Time;
use jiff::tz::Offset;
use serde::Serialize;

use crate::door::Door;
use crate::exit::Outcome;
use crate::find::Left;
use crate::out;

/// The keys of a data directory.
pub(crate) const FILE: &str = "keys.json";

/// How long a running server may take to notice a new key, and how often it is asked.
const KNOWN_WITHIN: Duration = Duration::from_secs(5);
const LOOK_EVERY: Duration = Duration::from_millis(50);

#[derive(Debug, Subcommand)]
pub(crate) enum KeysCommand {
    /// Make a key, and print it: this once, because only its digest is kept
    Create(CreateArgs),
    /// List the keys, without their secrets
    List,
    /// Stop a key from working; a running server notices within a second
    Revoke {
        /// Its id: the middle part of `hw_<id>_<secret>`
        id: String,
    },
}

#[derive(Debug, clap::Args)]
pub(crate) struct CreateArgs {
    /// What people call it
    #[arg(long)]
    name: String,
    /// What it may do
    #[arg(long, value_enum)]
    role: RoleName,
    /// Ledgers it may use; repeat, or separate by commas; none means every one
    #[arg(long = "ledger", value_name = "LEDGER", value_delimiter = ',')]
    ledgers: Vec<LedgerId>,
    /// Agencies it may write for; repeat, or separate by commas; none means every one
    #[arg(long = "agency", value_name = "AGENCY", value_delimiter = ',')]
    agencies: Vec<AgencyId>,
    /// Last day on which it works, in UTC
    #[arg(long, value_name = "DAY")]
    expires_on: Option<Day>,
}

/// A role, as it is written on the command line.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum RoleName {
    /// Publish events
    Publisher,
    /// Read every read model
    Reader,
    /// Publish, read, and see who people are
    CaseWorker,
    /// Publish, read, and correct what other agencies told
    Supervisor,
    /// Everything
    Operator,
}

impl From<RoleName> for Role {
    fn from(name: RoleName) -> Self {
        match name {
            RoleName::Publisher => Self::Publisher,
            RoleName::Reader => Self::Reader,
            RoleName::CaseWorker => Self::CaseWorker,
            RoleName::Supervisor => Self::Supervisor,
            RoleName::Operator => Self::Operator,
        }
    }
}

/// A key that was made.
#[derive(Serialize)]
struct Made<'a> {
    id: &'a str,
    key: &'a str,
}

/// A key in the list, without its digest.
#[derive(Serialize)]
struct Listed<'a> {
    id: &'a str,
    name: &'a str,
    role: Role,
    ledgers: &'a [LedgerId],
    agencies: &'a [AgencyId],
    created: Timestamp,
    expires: Option<Timestamp>,
    revoked: Option<Timestamp>,
}

/// `homeward keys`.
pub(crate) async fn run(command: &KeysCommand, data_dir: &Path, json: bool) -> Result<Outcome> {
    let store = open(data_dir)?;
    match command {
        KeysCommand::Create(args) => {
            let key = create(&store, args, json)?;
            until_known(data_dir, key).await?;
        }
        KeysCommand::List => list(&store, json)?,
        KeysCommand::Revoke { id } => {
            if !store.revoke(id, clock::now())? {
                bail!("no key has the id `{id}`; `homeward keys list` shows those there are");
            }
            out::line(format!("key {id} is revoked"))?;
        }
    }
    Ok(Outcome::Done)
}

/// The keys of a data directory.
///
/// # Errors
/// Their file cannot be read.
pub(crate) fn open(data_dir: &Path) -> Result<KeyStore> {
    Ok(KeyStore::open(&data_dir.join(FILE))?)
}

/// Makes a key that may use every ledger and write for every agency, and gives its text.
///
/// # Errors
/// The keys cannot be written.
pub(crate) fn make(store: &KeyStore, name: &str, role: Role) -> Result<String> {
    let (_, key) = add(store, name, role, &[], &[], None)?;
    Ok(key)
}

/// Waits until a server that runs here knows a new key: whoever uses it next should not be too early.
async fn until_known(data_dir: &Path, key: String) -> Result<()> {
    let Some(running) = Left::read(data_dir)?.running else {
        return Ok(());
    };
    let door = Door::new(&running.url(), Some(key))?;
    let deadline = Instant::now() + KNOWN_WITHIN;
    while door.refuses_key().await {
        if Instant::now() >= deadline {
            out::remark(format!(
                "the server at {} does not know this key yet",
                door.url()
            ));
            break;
        }
        tokio::time::sleep(LOOK_EVERY).await;
    }
    Ok(())
}

/// Makes the key, prints it and gives it back.
fn create(store: &KeyStore, args: &CreateArgs, json: bool) -> Result<String> {
    if args.name.trim().is_empty() {
        bail!("--name is empty: say who the key is for");
    }
    let expires = args.expires_on.map(end_of).transpose()?;
    let (id, key) = add(
        store,
        &args.name,
        args.role.into(),
        &args.ledgers,
        &args.agencies,
        expires,
    )?;
    if json {
        out::json(&Made { id: &id, key: &key })?;
    } else {
        out::line(&key)?;
        out::remark("keep it now: only its digest is stored, and it is not shown again");
    }
    Ok(key)
}

fn add(
    store: &KeyStore,
    name: &str,
    role: Role,
    ledgers: &[LedgerId],
    agencies: &[AgencyId],
    expires: Option<Timestamp>,
) -> Result<(String, String)> {
    let id: String = random_hex().chars().take(10).collect();
    let secret = random_secret();
    let key = format!("hw_{id}_{secret}");
    store.add(NewKey {
        id: id.clone(),
        secret: &secret,
        name: name.to_owned(),
        role,
        ledgers: ledgers.to_vec(),
        agencies: agencies.to_vec(),
        created: clock::now(),
        expires,
    })?;
    Ok((id, key))
}

/// The instant at which a last day is over, in UTC.
fn end_of(day: Day) -> Result<Timestamp> {
    let end = add_days(day.0, 1).to_datetime(Time::midnight());
    let end = Offset::UTC
        .to_timestamp(end)
        .with_context(|| format!("--expires-on {day}"))?;
    if end <= clock::now() {
        return Err(anyhow!(
            "--expires-on {day} is over already: choose a later day"
        ));
    }
    Ok(end)
}

fn list(store: &KeyStore, json: bool) -> Result<()> {
    let keys = store.list();
    if json {
        let listed: Vec<Listed<'_>> = keys.iter().map(|key| Listed::of(key)).collect();
        return Ok(out::json(&listed)?);
    }
    let mut table = Table::new();
    table.load_style(comfy_table::presets::NOTHING);
    table.set_header([
        "id", "name", "role", "ledgers", "agencies", "created", "state",
    ]);
    for key in &keys {
        let words = |ids: Vec<&str>| {
            if ids.is_empty() {
                "every".to_owned()
            } else {
                ids.join(", ")
            }
        };
        let role: RoleName = key.role.into();
        table.add_row([
            key.id.clone(),
            key.name.clone(),
            role.to_possible_value()
                .map_or_else(String::new, |role| role.get_name().to_owned()),
            words(key.ledgers.iter().map(LedgerId::as_str).collect()),
            words(key.agencies.iter().map(AgencyId::as_str).collect()),
            key.created.strftime("%F").to_string(),
            state(key),
        ]);
    }
    Ok(out::line(table.trim_fmt())?)
}

impl From<Role> for RoleName {
    fn from(role: Role) -> Self {
        match role {
            Role::Publisher => Self::Publisher,
            Role::Reader => Self::Reader,
            Role::CaseWorker => Self::CaseWorker,
            Role::Supervisor => Self::Supervisor,
            Role::Operator => Self::Operator,
        }
    }
}

impl<'a> Listed<'a> {
    fn of(key: &'a Key) -> Self {
        Self {
            id: &key.id,
            name: &key.name,
            role: key.role,
            ledgers: &key.ledgers,
            agencies: &key.agencies,
            created: key.created,
            expires: key.expires,
            revoked: key.revoked,
        }
    }
}

fn state(key: &Key) -> String {
    match (key.revoked, key.expires) {
        (Some(revoked), _) => format!("revoked {}", revoked.strftime("%F")),
        (None, Some(expires)) if expires <= clock::now() => {
            format!("expired {}", expires.strftime("%F"))
        }
        (None, Some(expires)) => format!("works until {}", expires.strftime("%F")),
        (None, None) => "works".to_owned(),
    }
}

/// 128 bits from the operating system, 122 of them random, as hex.
/// A text that nobody can guess: 244 random bits.
pub(crate) fn random_secret() -> String {
    format!("{}{}", random_hex(), random_hex())
}

#[expect(
    clippy::disallowed_methods,
    reason = "this is the one home of random ids that the disallowed list points to"
)]
fn random_hex() -> String {
    uuid::Uuid::new_v4().simple().to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn args(expires_on: Option<&str>) -> CreateArgs {
        CreateArgs {
            name: "port of entry".to_owned(),
            role: RoleName::Publisher,
            ledgers: vec!["jm".parse().unwrap()],
            agencies: Vec::new(),
            expires_on: expires_on.map(|day| day.parse().unwrap()),
        }
    }

    #[test]
    fn keys_are_random_and_open_the_store() {
        let folder = tempfile::tempdir().unwrap();
        let store = open(folder.path()).unwrap();
        let first = make(&store, "one", Role::Reader).unwrap();
        let second = make(&store, "two", Role::Operator).unwrap();
        assert_ne!(first, second);
        let header = format!("Bearer {second}");
        assert_eq!(store.authenticate(Some(&header)).unwrap().name, "two");
        assert_eq!(open(folder.path()).unwrap().list().len(), 2);
    }

    #[test]
    fn a_key_works_through_its_last_day_and_not_from_the_past() {
        let folder = tempfile::tempdir().unwrap();
        let store = open(folder.path()).unwrap();
        let refused = create(&store, &args(Some("2020-02-29")), true).unwrap_err();
        assert!(refused.to_string().contains("2020-02-29"), "{refused}");
        create(&store, &args(Some("2190-12-31")), true).unwrap();
        let key = store.list().pop().unwrap();
        assert_eq!(key.expires.unwrap().to_string(), "2191-01-01T00:00:00Z");
        assert_eq!(state(&key), "works until 2191-01-01");
    }
}

//! `homeward directory suggest` and `list`: the directory as a running server knows it.

use std::collections::BTreeMap;
use std::path::Path;

use anyhow::{Context as _, Result};
use clap::Args;
use comfy_table::{Table, presets};
use homeward_events::id::LedgerId;
use homeward_events::place::{AreaCode, LanguageCode};
use homeward_events::referral::ServiceNeed;
use homeward_events::time::Day;
use homeward_events::vocabulary::{ParticipantGroup, ReturnType, Sex};
use homeward_projector::past::Known;
use serde::Deserialize;
use serde_json::Value;

use crate::exit::Outcome;
use crate::find::ServerArgs;
use crate::out;
use crate::terminal::printable;

/// What every question about a directory may say besides.
#[derive(Debug, Args)]
struct Asked {
    /// Only this ledger; repeat for several [default: every ledger that the key opens]
    #[arg(long, value_name = "LEDGER")]
    ledger: Vec<LedgerId>,
    /// This version of the directory [default: the last one out]
    #[arg(long, value_name = "N")]
    version: Option<u32>,
    /// Up to where the log is known: jm:1200 (repeat for several ledgers), a time in UTC, cut:NAME
    #[arg(long, value_name = "POSITION")]
    known: Vec<Known>,
    #[command(flatten)]
    server: ServerArgs,
}

/// Find services that answer a need, the most fitting first
#[derive(Debug, Args)]
pub(crate) struct SuggestArgs {
    /// What is needed, as in a referral: housing, livelihood, health ...
    #[arg(long, value_name = "NEED")]
    need: Option<ServiceNeed>,
    /// Where the person lives, as JM-01
    #[arg(long, value_name = "AREA")]
    area: Option<AreaCode>,
    /// What the person speaks, as es
    #[arg(long, value_name = "LANGUAGE")]
    language: Option<LanguageCode>,
    /// Age in whole years
    #[arg(long, value_name = "YEARS")]
    age: Option<u8>,
    /// Sex
    #[arg(long, value_name = "SEX")]
    sex: Option<Sex>,
    /// Group of participants
    #[arg(long, value_name = "GROUP")]
    group: Option<ParticipantGroup>,
    /// How the return came about
    #[arg(long, value_name = "TYPE")]
    return_type: Option<ReturnType>,
    /// Reference day [default: today in UTC]
    #[arg(long, value_name = "DAY")]
    day: Option<Day>,
    /// Services to show
    #[arg(long, value_name = "N", default_value_t = 10)]
    limit: u16,
    #[command(flatten)]
    asked: Asked,
}

/// List versions, and the services of one of them
#[derive(Debug, Args)]
pub(crate) struct ListArgs {
    #[command(flatten)]
    asked: Asked,
}

impl Asked {
    async fn ask(
        &self,
        data_dir: &Path,
        path: &str,
        mut parameters: Vec<(&'static str, String)>,
    ) -> Result<Value> {
        let door = self.server.door(data_dir)?;
        let ledgers = self.ledger.iter().map(ToString::to_string);
        parameters.extend(ledgers.map(|ledger| ("ledger", ledger)));
        let version = self.version.map(|version| version.to_string());
        parameters.extend(version.map(|version| ("version", version)));
        let known = self.known.iter().map(ToString::to_string);
        parameters.extend(known.map(|known| ("known", known)));
        let request = door.request(reqwest::Method::GET, path).query(&parameters);
        Ok(door.ask(request, path).await?)
    }
}

#[derive(Deserialize)]
struct Services {
    services: Vec<Suggested>,
    all: usize,
}

#[derive(Deserialize)]
struct Suggested {
    ledger: String,
    directory_version: u32,
    service: String,
    to: String,
    name: BTreeMap<String, String>,
    eligibility: String,
    capacity: Option<Places>,
    why: Vec<Why>,
}

#[derive(Deserialize)]
struct Places {
    places: u32,
    free: i64,
}

#[derive(Deserialize)]
struct Why {
    says: String,
}

/// `homeward directory suggest`.
pub(super) async fn suggest(args: &SuggestArgs, data_dir: &Path, json: bool) -> Result<Outcome> {
    let text = |name, value: Option<String>| value.map(|value| (name, value));
    let said = [
        text("need", args.need.map(|need| need.to_string())),
        text("area", args.area.as_ref().map(ToString::to_string)),
        text("language", args.language.as_ref().map(ToString::to_string)),
        text("age", args.age.map(|age| age.to_string())),
        text("sex", args.sex.map(|sex| sex.to_string())),
        text("group", args.group.map(|group| group.to_string())),
        text("return_type", args.return_type.map(|kind| kind.to_string())),
        text("day", args.day.map(|day| day.0.to_string())),
        text("limit", Some(args.limit.to_string())),
    ];
    let parameters = said.into_iter().flatten().collect();
    let told = args.asked.ask(data_dir, "/v1/services", parameters).await?;
    if json {
        out::json(&told)?;
        return Ok(Outcome::Done);
    }
    let Services { services, all } =
        serde_json::from_value(told).context("the server answered otherwise than expected")?;
    let mut table = Table::new();
    table.load_style(presets::NOTHING);
    table.set_header([
        "service", "agency", "name", "version", "fits", "free", "why",
    ]);
    let shown = services.len();
    for service in services {
        let free = service.capacity;
        let why: Vec<String> = service.why.into_iter().map(|why| why.says).collect();
        table.add_row([
            service.service,
            service.to,
            printable(&name(&service.name)),
            format!("{}@{}", service.ledger, service.directory_version),
            service.eligibility,
            free.map_or_else(
                || "-".to_owned(),
                |free| format!("{} of {}", free.free.max(0), free.places),
            ),
            printable(&why.join("; ")),
        ]);
    }
    out::line(table.trim_fmt())?;
    out::line(format!("{shown} of {all} services"))?;
    Ok(Outcome::Done)
}

#[derive(Deserialize)]
struct Directories {
    directories: Vec<Directory>,
    astray: Vec<Astray>,
}

#[derive(Deserialize)]
struct Directory {
    ledger: String,
    versions: Vec<Edition>,
    version: Option<u32>,
    services: Vec<Standing>,
}

#[derive(Deserialize)]
struct Edition {
    version: u32,
    on: String,
    services: u32,
    digest: String,
    as_published: bool,
    note: Option<String>,
    new: Vec<String>,
    changed: Vec<String>,
    withdrawn: Vec<String>,
    unchanged: usize,
}

#[derive(Deserialize)]
struct Standing {
    service: String,
    to: String,
    name: BTreeMap<String, String>,
    needs: Vec<String>,
    status: String,
}

#[derive(Deserialize)]
struct Astray {
    ledger: String,
    service: String,
    directory_version: Option<u32>,
    why: String,
    referrals: i64,
}

/// `homeward directory list`.
pub(super) async fn list(args: &ListArgs, data_dir: &Path, json: bool) -> Result<Outcome> {
    let told = args
        .asked
        .ask(data_dir, "/v1/directory", Vec::new())
        .await?;
    if json {
        out::json(&told)?;
        return Ok(Outcome::Done);
    }
    let Directories {
        directories,
        astray,
    } = serde_json::from_value(told).context("the server answered otherwise than expected")?;
    for directory in directories {
        print(directory)?;
    }
    for found in astray {
        let version = found.directory_version;
        let version = version.map_or_else(|| "no version".to_owned(), |n| format!("version {n}"));
        out::line(format!(
            "{}: {} referrals name `{}` of {version}: {}",
            found.ledger, found.referrals, found.service, found.why
        ))?;
    }
    Ok(Outcome::Done)
}

fn print(directory: Directory) -> Result<()> {
    let plain = || {
        let mut table = Table::new();
        table.load_style(presets::NOTHING);
        table
    };
    let mut versions = plain();
    versions.set_header([
        "version",
        "out on",
        "services",
        "new",
        "changed",
        "withdrawn",
        "unchanged",
        "digest",
        "note",
    ]);
    let ledger = directory.ledger;
    for version in directory.versions {
        let digest: String = version.digest.chars().take(12).collect();
        versions.add_row([
            format!("{ledger}@{}", version.version),
            version.on,
            version.services.to_string(),
            version.new.len().to_string(),
            version.changed.len().to_string(),
            version.withdrawn.len().to_string(),
            version.unchanged.to_string(),
            if version.as_published {
                digest
            } else {
                format!("{digest}, corrected since")
            },
            printable(&version.note.unwrap_or_default()),
        ]);
    }
    out::line(versions.trim_fmt())?;
    let Some(version) = directory.version else {
        return Ok(());
    };
    out::line(format!("services of {ledger}@{version}:"))?;
    let mut services = plain();
    for service in directory.services {
        services.add_row([
            service.service,
            service.to,
            printable(&name(&service.name)),
            service.needs.join(" "),
            service.status,
        ]);
    }
    out::line(services.trim_fmt())?;
    Ok(())
}

/// The name in English, or else in the first language there is.
fn name(names: &BTreeMap<String, String>) -> String {
    let name = names.get("en").or_else(|| names.values().next());
    name.cloned().unwrap_or_default()
}

//! `homeward demo`: the whole house on the cohorts that come with it. Everything goes through the doors
//! that anybody would use; what is shown is asked back through them, and checked.

mod figures;

use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use anyhow::{Result, bail};
use clap::{ArgMatches, Args};
use homeward_api::keys::{KeyStore, Role};
use homeward_cli::cohorts::synthetic::Scenario;
use homeward_events::id::LedgerId;
use homeward_events::time::Day;
use homeward_ledger::clock;
use jiff::civil::Date;

use crate::config::{Given, Origin, ServeArgs, Settings};
use crate::directory::{self, Publication};
use crate::door::Door;
use crate::exit::Outcome;
use crate::import::{ROSSI_LEDGER, rossi_source, synthetic_source};
use crate::progress::{Progress, Unit};
use crate::publish::{Rejects, Source, Summary, publish};
use crate::serve::{House, Signals};
use crate::{keys, out};

/// Where the demo keeps its log and its read models, unless told otherwise.
pub(crate) const DATA_DIR: &str = ".homeward/demo";

/// How long the read models may take to know everything that was published.
const CURRENT_WITHIN: Duration = Duration::from_mins(5);
/// How often they are looked at.
const LOOK_EVERY: Duration = Duration::from_millis(100);

/// Requests at once. More than a publisher needs: seven ledgers take in what they can.
const WRITERS: u16 = 16;

/// Names of the demo's keys; those of the last time are revoked.
const KEY_NAMES: [&str; 2] = ["demo-publisher", "demo-operator"];

/// Show the whole house on the cohorts that come with it
#[derive(Debug, Args)]
pub(crate) struct DemoArgs {
    #[command(flatten)]
    serve: ServeArgs,
    /// End once everything is published, shown and checked
    #[arg(long)]
    exit: bool,
}

/// `homeward demo`.
pub(crate) async fn run(args: &DemoArgs, data_dir: &Path, matches: &ArgMatches) -> Result<Outcome> {
    let scenario = Scenario::caribbean_year();
    let settings = settings(args, data_dir, matches, &scenario)?;
    let mut signals = Signals::new()?;
    let house = tokio::select! {
        house = House::open(data_dir, &settings) => house?,
        () = signals.next() => bail!("stopped before everything was open"),
    };
    let shown = tokio::select! {
        shown = show(&house, data_dir, scenario, args.exit) => shown,
        () = signals.next() => Err(anyhow::anyhow!("stopped before everything was shown")),
        () = house.ended() => Err(anyhow::anyhow!("a part of the server ended early")),
    };
    let early = match &shown {
        Ok(()) if !args.exit => {
            out::line("Serving until Ctrl-C.")?;
            tokio::select! {
                () = signals.next() => false,
                () = house.ended() => true,
            }
        }
        Ok(()) | Err(_) => false,
    };
    house.close().await?;
    shown?;
    if early {
        bail!("a part of the server ended early and the rest was stopped");
    }
    Ok(Outcome::Done)
}

fn settings(
    args: &DemoArgs,
    data_dir: &Path,
    matches: &ArgMatches,
    scenario: &Scenario,
) -> Result<Settings> {
    let mut settings = Settings::layer(data_dir, &args.serve, matches)?;
    let mut ledgers = vec![ROSSI_LEDGER.parse()?];
    ledgers.extend(scenario.ledgers.iter().map(|(ledger, _)| ledger.clone()));
    for named in &args.serve.log.ledgers {
        if !ledgers.contains(named) {
            ledgers.push(named.clone());
        }
    }
    settings.log.ledgers = Given {
        value: ledgers,
        origin: Origin::Default,
    };
    // The usual port if it is free: a demo should not fail because something else runs.
    if settings.listen.origin == Origin::Default
        && TcpListener::bind(settings.listen.value).is_err()
    {
        settings.listen.value.set_port(0);
    }
    // Nothing here is worth a sync of every write: the cohorts come with the program.
    if settings.log.sync_always.origin == Origin::Default {
        settings.log.sync_always.value = false;
    }
    Ok(settings)
}

async fn show(house: &House, data_dir: &Path, scenario: Scenario, exit: bool) -> Result<()> {
    let url = house.url();
    let [publisher, operator] = make_keys(&house.keys)?;
    let door = Door::new(&url, Some(publisher))?;
    let rossi: LedgerId = ROSSI_LEDGER.parse()?;
    out::line("Rossi cohort: 432 men released from Maryland prisons in the 1970s")?;
    fill(&door, rossi_source(&rossi)?, data_dir, "rossi").await?;
    let asking = Door::new(&url, Some(operator.clone()))?;
    for (ledger, _) in &scenario.ledgers {
        list_services(&asking, ledger, scenario.year, data_dir).await?;
    }
    out::line(format!(
        "SYNTHETIC Caribbean year {}: {} invented journeys in {} ledgers, about nobody",
        scenario.year,
        scenario.journeys_count(),
        scenario.ledgers.len()
    ))?;
    let day = scenario.until;
    let ledgers: Vec<LedgerId> = scenario
        .ledgers
        .iter()
        .map(|(ledger, _)| ledger.clone())
        .collect();
    fill(&door, synthetic_source(scenario), data_dir, "synthetic").await?;
    until_current(house).await?;
    let door = asking;
    out::line("")?;
    let checked = figures::rossi(&door).await?;
    out::line(&checked)?;
    for line in figures::synthetic(&door, &ledgers, day).await? {
        out::line(line)?;
    }
    if exit {
        return Ok(());
    }
    look_at(&url, &operator, data_dir)
}

/// Publishes the synthetic directory in a ledger, out on the first day of a year: the services that
/// synthetic journeys are referred to.
async fn list_services(door: &Door, ledger: &LedgerId, year: i16, data_dir: &Path) -> Result<()> {
    let publication = Publication {
        agency: "homeward".parse()?,
        on: Some(Day(Date::new(year, 1, 1)?)),
        note: Some("SYNTHETIC: invented services".to_owned()),
        event_source: "urn:homeward:synthetic:directory".to_owned(),
    };
    let described = directory::synthetic(&ledger.as_str().to_uppercase().parse()?)?;
    let reject = data_dir.join(format!("directory-{ledger}.rejected.jsonl"));
    let brought = directory::bring(door, ledger, described, &publication, Some(&reject)).await?;
    out::line(format!(
        "SYNTHETIC directory of {ledger}: version {}, {} services new, {} as they were",
        brought.version,
        brought.new.len(),
        brought.unchanged
    ))?;
    Ok(())
}

/// Publishes a cohort and says what came of it. Everything must get in: it is ours.
async fn fill(door: &Door, source: Source, data_dir: &Path, name: &str) -> Result<()> {
    let reject: PathBuf = data_dir.join(format!("{name}.rejected.jsonl"));
    let Summary {
        accepted,
        known,
        refused,
        events,
        ..
    } = publish(door, source, WRITERS, Rejects::lines(reject.clone())).await?;
    if refused > 0 {
        bail!(
            "{refused} commits of the {name} cohort were refused: see {}",
            reject.display()
        );
    }
    out::line(format!(
        "  {events} events in {} commits, {known} known already",
        accepted + known
    ))?;
    Ok(())
}

/// Keys for this run. Of those made before only digests are left, so they are of no use to anyone.
fn make_keys(store: &KeyStore) -> Result<[String; 2]> {
    for key in store.list() {
        if KEY_NAMES.contains(&key.name.as_str()) && key.revoked.is_none() {
            store.revoke(&key.id, clock::now())?;
        }
    }
    let [publisher, operator] = KEY_NAMES;
    Ok([
        // The registrar of the synthetic year takes back arrests that the police told.
        keys::make(store, publisher, Role::Supervisor)?,
        keys::make(store, operator, Role::Operator)?,
    ])
}

/// Waits until every read model knows everything that is in the log.
async fn until_current(house: &House) -> Result<()> {
    let progress = Progress::new("folding", Some(0), Unit::Commits);
    let deadline = Instant::now() + CURRENT_WITHIN;
    loop {
        let models = house.projector.status();
        let waiting = models.iter().find_map(|model| {
            let why = match &model.as_of {
                None => "is being built".to_owned(),
                Some(as_of) => as_of.current.as_ref().err()?.to_string(),
            };
            Some(format!("read model `{}`: {why}", model.model))
        });
        let Some(waiting) = waiting else {
            progress.clear();
            return Ok(());
        };
        if Instant::now() >= deadline {
            progress.clear();
            bail!(
                "not current within {} s: {waiting}",
                CURRENT_WITHIN.as_secs()
            );
        }
        let known = models.iter().filter_map(|model| model.as_of.as_ref());
        let (done, behind) = known.fold((0, 0), |(done, behind), as_of| {
            (done + as_of.watermark.commits(), behind + as_of.lag_commits)
        });
        progress.expect(done + behind);
        progress.reach(done);
        progress.say(waiting);
        tokio::time::sleep(LOOK_EVERY).await;
    }
}

/// Where to go from here.
fn look_at(url: &str, key: &str, data_dir: &Path) -> Result<()> {
    let data_dir = data_dir.display();
    out::line("")?;
    out::line("Look around; this key opens everything, until the demo runs again:")?;
    out::line(format!(
        "  pages: {url}/returns?ledger={ROSSI_LEDGER}&day={} (sign in with the key)",
        figures::ROSSI_DAY
    ))?;
    out::line(format!("  export HOMEWARD_URL={url} HOMEWARD_KEY={key}"))?;
    out::line(format!(
        "  curl -H \"Authorization: Bearer $HOMEWARD_KEY\" '{url}/v1/recidivism?ledger={ROSSI_LEDGER}&unit=week&at=26&at=52&day={}'",
        figures::ROSSI_DAY
    ))?;
    out::line(format!(
        "  curl -H \"Authorization: Bearer $HOMEWARD_KEY\" '{url}/v1/caseload?by=ledger&by=stage'"
    ))?;
    out::line(format!(
        "  homeward --data-dir {data_dir} replay --ledger {ROSSI_LEDGER} --day {} --unit week --at 26 --at 52",
        figures::ROSSI_DAY
    ))?;
    out::line(format!("The API's document: {url}/openapi.json"))?;
    Ok(())
}

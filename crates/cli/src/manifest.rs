//! `homeward manifest`: a sending state's list becomes notices; and who of it came.

use std::path::Path;

use anyhow::{Context as _, Result, bail};
use clap::{Args, Subcommand};
use homeward_events::id::{BatchId, LedgerId};
use homeward_events::time::Day;
use reqwest::Method;
use serde_json::Value;

use crate::exit::Outcome;
use crate::find::ServerArgs;
use crate::mapping::{self, MANIFEST, Mapping};
use crate::publish::{PublishArgs, publish_or_check, table};
use crate::{out, terminal};

/// What is done with manifests.
#[derive(Debug, Subcommand)]
pub(crate) enum ManifestCommand {
    /// Publish a list as notices, one person a row; without --mapping, in the plain layout that
    /// `homeward mapping manifest` prints
    Import(Box<PublishArgs>),
    /// The manifests there are, and how they stand
    List(AskArgs),
    /// Who of a batch arrived, did not arrive, is untold of, was cancelled, came unannounced
    Reconcile {
        /// The batch, as the notices name it
        #[arg(long)]
        batch: BatchId,
        #[command(flatten)]
        ask: AskArgs,
    },
}

/// How a server is asked about manifests.
#[derive(Debug, Clone, Args)]
pub(crate) struct AskArgs {
    /// The reference day: who was expected before it and is not told of is untold [default: today]
    #[arg(long)]
    day: Option<Day>,
    /// Only this ledger
    #[arg(long)]
    ledger: Option<LedgerId>,
    #[command(flatten)]
    server: ServerArgs,
}

/// `homeward manifest`.
pub(crate) async fn run(command: &ManifestCommand, data_dir: &Path, json: bool) -> Result<Outcome> {
    match command {
        ManifestCommand::Import(args) => import(args, data_dir, json).await,
        ManifestCommand::List(ask) => {
            let answer = ask.get(data_dir, "/v1/manifests").await?;
            if json {
                out::json(&answer)?;
            } else {
                print(&answer, "manifests", &COUNTS)?;
            }
            Ok(Outcome::Done)
        }
        ManifestCommand::Reconcile { batch, ask } => {
            let answer = ask.get(data_dir, &format!("/v1/manifests/{batch}")).await?;
            if json {
                out::json(&answer)?;
            } else {
                print(&answer, "manifests", &COUNTS)?;
                print(&answer, "lines", &LINES)?;
                print(&answer, "unannounced", &UNANNOUNCED)?;
            }
            Ok(Outcome::Done)
        }
    }
}

async fn import(args: &PublishArgs, data_dir: &Path, json: bool) -> Result<Outcome> {
    let input = &args.input;
    let mapping = match &input.mapping {
        Some(file) => mapping::read(file)?,
        None => Mapping::read(MANIFEST).context("the mapping that comes with the program")?,
    };
    if let Some(other) = mapping.types().find(|name| !name.starts_with("notice.")) {
        bail!(
            "a manifest announces people, and this mapping tells {other}: use `homeward publish`"
        );
    }
    let reject = args.how.reject.as_deref();
    let (source, rejects) = table::open(&input.path, mapping, &input.table, reject)?;
    publish_or_check(source, rejects, args, data_dir, json).await
}

impl AskArgs {
    async fn get(&self, data_dir: &Path, path: &str) -> Result<Value> {
        let door = self.server.door(data_dir)?;
        let day = self.day.map(|day| ("day", day.to_string()));
        let ledger = self
            .ledger
            .as_ref()
            .map(|ledger| ("ledger", ledger.to_string()));
        let parameters: Vec<_> = day.into_iter().chain(ledger).collect();
        Ok(door
            .ask(door.request(Method::GET, path).query(&parameters), path)
            .await?)
    }
}

/// Columns of the terminal's tables: a field of the answer, and what it is called.
const COUNTS: [(&str, &str); 10] = [
    ("/ledger", "ledger"),
    ("/batch", "batch"),
    ("/expected_on", "expected"),
    ("/announced", "announced"),
    ("/arrived", "arrived"),
    ("/not_arrived", "not arrived"),
    ("/untold", "untold"),
    ("/expected", "still expected"),
    ("/cancelled", "cancelled"),
    ("/unannounced", "unannounced"),
];
const LINES: [(&str, &str); 7] = [
    ("/line", "line"),
    ("/standing", "standing"),
    ("/journey", "journey"),
    ("/received_on", "received"),
    ("/not_arrived_reason", "reason"),
    ("/medical_information", "medical"),
    ("/criminal_information", "criminal"),
];
const UNANNOUNCED: [(&str, &str); 5] = [
    ("/standing", "standing"),
    ("/journey", "journey"),
    ("/received_on", "received"),
    ("/received_at", "at"),
    ("/return_type", "return type"),
];

fn print(answer: &Value, list: &str, columns: &[(&str, &str)]) -> Result<()> {
    let rows = answer.get(list).and_then(Value::as_array);
    let text = |value: &Value| terminal::printable(value.as_str().unwrap_or_default());
    let cell = |value: Option<&Value>| match value {
        None | Some(Value::Null) => "-".to_owned(),
        // Who was announced in no batch stands together.
        Some(Value::String(text)) if text.is_empty() => "(none)".to_owned(),
        Some(Value::String(text)) => terminal::printable(text),
        Some(Value::Array(several)) => match several.as_slice() {
            // In order, so that the first and the last say it all.
            [from, .., to] => format!("{} to {}", text(from), text(to)),
            few => few.iter().map(text).collect(),
        },
        Some(other) => other.to_string(),
    };
    let mut table = comfy_table::Table::new();
    table.load_style(comfy_table::presets::NOTHING);
    table.set_header(columns.iter().map(|(_, name)| *name));
    let mut empty = true;
    for row in rows.into_iter().flatten() {
        empty = false;
        table.add_row(columns.iter().map(|(field, _)| cell(row.pointer(field))));
    }
    if !empty {
        out::line(table.trim_fmt())?;
        out::line("")?;
    }
    Ok(())
}

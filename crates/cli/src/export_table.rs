//! `homeward export --table`: a table as a file, asked of a running server.

use std::path::Path;

use anyhow::{Context as _, Result, bail};
use homeward_api::table_file::Format;
use homeward_projections::tables::TableKind;
use serde_json::Value;

use crate::door::Door;
use crate::export::ExportArgs;
use crate::table_out::{self, Target};

/// How often the sheets of one answer are asked for until all of them rest on the same facts: the
/// log may move while they are fetched.
const TRIES_MAX: u32 = 5;

/// The header that says what an answer rests on.
const MANIFEST: &str = "homeward-manifest";

/// A file that a server sent.
struct Sent {
    bytes: Vec<u8>,
    manifest: Value,
}

/// `homeward export --table`.
pub(crate) async fn run(args: &ExportArgs, kind: &TableKind, data_dir: &Path) -> Result<()> {
    let format = args.table_out.format.unwrap_or(Format::Csv);
    let door = args.server.door(data_dir)?;
    for _ in 0..TRIES_MAX {
        let files = fetch(args, kind, format, &door).await?;
        let (first, others) = files.split_first().context("nothing to write")?;
        if others
            .iter()
            .any(|(_, sent)| sent.manifest != first.1.manifest)
        {
            continue;
        }
        for (target, sent) in &files {
            table_out::write(target, &sent.bytes, &sent.manifest)?;
        }
        return Ok(());
    }
    bail!("the log moves faster than the sheets are fetched: take xlsx or json")
}

async fn fetch(
    args: &ExportArgs,
    kind: &TableKind,
    format: Format,
    door: &Door,
) -> Result<Vec<(Target, Sent)>> {
    let asked = args.table_out.sheet.as_deref();
    let first = ask(args, kind, format, door, asked).await?;
    let sheets: Vec<String> = first
        .manifest
        .get("sheets")
        .and_then(Value::as_array)
        .into_iter()
        .flatten()
        .filter_map(|sheet| Some(sheet.get("name")?.as_str()?.to_owned()))
        .collect();
    let place = args.out.as_deref();
    let targets = table_out::targets(kind.name, &sheets, format, asked, place)?;
    table_out::remark_left_out(&sheets, &targets);
    let (mut files, mut first) = (Vec::new(), Some(first));
    for target in targets {
        // The first answer is of the first target: no sheet named is the first sheet, or all.
        let sent = match first.take() {
            Some(first) => first,
            None => ask(args, kind, format, door, target.sheet.as_deref()).await?,
        };
        files.push((target, sent));
    }
    Ok(files)
}

async fn ask(
    args: &ExportArgs,
    kind: &TableKind,
    format: Format,
    door: &Door,
    sheet: Option<&str>,
) -> Result<Sent> {
    let mut pairs = args.question.pairs(kind)?;
    let mut add = |name: &str, value: String| pairs.push((name.to_owned(), value));
    add("format", format.to_string());
    if let Some(sheet) = sheet {
        add("sheet", sheet.to_owned());
    }
    if let Some(day) = args.day {
        add("day", day.to_string());
    }
    let known = args.known.iter();
    known.for_each(|known| add("known", known.to_string()));
    let ledgers = args.log.ledgers.iter();
    ledgers.for_each(|ledger| add("ledger", ledger.to_string()));
    let path = format!("/v1/tables/{}", kind.name);
    let (headers, bytes) = door.file(&path, &pairs).await?;
    let manifest = headers
        .get(MANIFEST)
        .and_then(|manifest| serde_json::from_slice(manifest.as_bytes()).ok())
        .with_context(|| format!("{} did not say what its answer rests on", door.url()))?;
    Ok(Sent {
        bytes: bytes.to_vec(),
        manifest,
    })
}

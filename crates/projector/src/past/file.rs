//! Folded read models as files: one each, whole or not there, and believed only after its checksum.
//!
//! ```text
//! past/<model>-v<version>-<digest of what it is of>.fold
//! past/<ledger>.chain                                        see `chain.rs`
//! past/aside/                                                what was damaged
//! ```
//!
//! A file is one line of JSON ([`Header`]), the rows and cells in the order of their keys, each with
//! its lengths, and the SHA-256 of all that.

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io::{self, BufRead, BufReader, Write};
use std::path::{Path, PathBuf};

use homeward_events::id::{LedgerId, LogDigest};
use homeward_projections::{Difference, MemoryTable, ReadModel};
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};

use super::{Kept, Moment};
use crate::checkpoint::Reached;
use crate::decoder::Decoder;

/// Raised whenever the layout changes.
const FORMAT: u32 = 1;
/// Damaged files that are kept, for someone to look at.
const ASIDE_KEEP: usize = 2;
/// Length of the checksum at the end, in bytes.
const SUM_BYTES: usize = 32;

/// What a file is of.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
struct Header {
    #[serde(flatten)]
    of: Of,
    log_sha256: LogDigest,
}

/// What decides what a fold gives.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
struct Of {
    format: u32,
    model: String,
    version: u32,
    ledgers: BTreeMap<LedgerId, Reached>,
    /// Which events the folding program could read.
    decoder: Decoder,
}

impl Of {
    fn new(model: &ReadModel, moment: &Moment) -> Self {
        Self {
            format: FORMAT,
            model: model.name.to_owned(),
            version: model.version,
            ledgers: moment.ledgers.clone(),
            decoder: Decoder::ours(),
        }
    }
}

/// The name of what a model is at a moment: equal names, equal bytes.
pub(crate) fn name(model: &ReadModel, moment: &Moment) -> String {
    // Our own types with text keys: they can be written.
    let of = serde_json::to_vec(&Of::new(model, moment)).unwrap_or_default();
    let digest = LogDigest::of(Sha256::digest(of).into());
    let short: String = digest.as_str().chars().take(32).collect();
    format!("{}-v{}-{short}", model.name, model.version)
}

/// The folder of kept folds, bounded in bytes.
#[derive(Debug)]
pub(crate) struct Folder {
    path: Option<PathBuf>,
    bytes_max: u64,
}

impl Folder {
    pub(crate) fn open(path: Option<PathBuf>, bytes_max: u64) -> Self {
        if let Some(path) = &path
            && let Err(error) = fs::create_dir_all(path)
        {
            tracing::warn!(path = %path.display(), %error, "folds cannot be kept");
        }
        Self { path, bytes_max }
    }

    pub(crate) fn path(&self) -> Option<&Path> {
        self.path.as_deref()
    }

    fn file(&self, name: &str) -> Option<PathBuf> {
        Some(self.path.as_ref()?.join(format!("{name}.fold")))
    }

    /// What was kept of a model at a moment. What is damaged is put aside, as if it had not been
    /// there.
    pub(crate) fn load(&self, model: &'static ReadModel, moment: &Moment) -> Option<Kept> {
        let path = self.file(&name(model, moment))?;
        let bytes = fs::read(&path).ok()?;
        let read = decode(&bytes, model, &Of::new(model, moment));
        if read.is_none() {
            Self::put_aside(&path);
        }
        let (table, log_sha256) = read?;
        Some(Kept::new(moment.clone(), table, log_sha256))
    }

    /// Keeps a fold. One that cannot be kept is folded again when it is asked for.
    pub(crate) fn store(&self, model: &ReadModel, kept: &Kept) {
        let Some(path) = self.file(&name(model, &kept.moment)) else {
            return;
        };
        let written = encode(model, kept).and_then(|bytes| write_whole(&path, &bytes));
        if let Err(error) = written {
            tracing::warn!(path = %path.display(), %error, "a fold cannot be kept");
        }
        self.remove_oldest();
    }

    /// The moments of everything kept of a model by this program, as the files say; whether they are
    /// of this log is not known yet.
    pub(crate) fn moments(&self, model: &ReadModel) -> Vec<Moment> {
        let read = |path: PathBuf| {
            let mut line = Vec::new();
            BufReader::new(File::open(path).ok()?)
                .read_until(b'\n', &mut line)
                .ok()?;
            let header: Header = serde_json::from_slice(&line).ok()?;
            let moment = Moment::of(header.of.ledgers.clone());
            (header.of == Of::new(model, &moment)).then_some(moment)
        };
        let files = self.folds().into_iter();
        files.filter_map(|(_, _, path)| read(path)).collect()
    }

    /// Files, oldest first, with their sizes.
    fn folds(&self) -> Vec<(std::time::SystemTime, u64, PathBuf)> {
        let folder = self.path.as_ref().and_then(|path| fs::read_dir(path).ok());
        let entries = folder.into_iter().flatten().flatten();
        let mut found: Vec<_> = entries
            .filter(|entry| entry.path().extension().is_some_and(|kind| kind == "fold"))
            .filter_map(|entry| {
                let meta = entry.metadata().ok()?;
                Some((meta.modified().ok()?, meta.len(), entry.path()))
            })
            .collect();
        found.sort();
        found
    }

    fn remove_oldest(&self) {
        let found = self.folds();
        let mut bytes: u64 = found.iter().map(|(_, length, _)| length).sum();
        for (_, length, path) in found {
            if bytes <= self.bytes_max {
                break;
            }
            bytes -= length;
            if let Err(error) = fs::remove_file(&path) {
                tracing::warn!(path = %path.display(), %error, "a kept fold cannot be removed");
            }
        }
    }

    fn put_aside(path: &Path) {
        tracing::warn!(path = %path.display(), "a kept fold is damaged: it is put aside and folded again");
        let aside = path.with_file_name("aside");
        let moved = fs::create_dir_all(&aside).and_then(|()| {
            let mut kept: Vec<PathBuf> = fs::read_dir(&aside)?
                .flatten()
                .map(|entry| entry.path())
                .collect();
            kept.sort();
            while kept.len() >= ASIDE_KEEP {
                fs::remove_file(kept.remove(0))?;
            }
            fs::rename(path, aside.join(path.file_name().unwrap_or_default()))
        });
        if let Err(error) = moved {
            tracing::warn!(path = %path.display(), %error, "a damaged fold cannot be put aside");
        }
    }
}

/// All of the new bytes or all of the old, and on disk when this returns.
pub(crate) fn write_whole(path: &Path, bytes: &[u8]) -> io::Result<()> {
    // A replay may write beside a server: each has a draft of its own.
    let draft = path.with_extension(format!("{}.new", std::process::id()));
    let mut file = File::create(&draft)?;
    file.write_all(bytes)?;
    file.sync_all()?;
    fs::rename(&draft, path)
}

fn encode(model: &ReadModel, kept: &Kept) -> io::Result<Vec<u8>> {
    let header = Header {
        of: Of::new(model, &kept.moment),
        log_sha256: kept.log_sha256.clone(),
    };
    let mut bytes = serde_json::to_vec(&header)?;
    bytes.push(b'\n');
    let mut push = |part: &[u8]| {
        // Rows are a few KB; a length that does not fit would fail the checksum of its reader.
        let length = u32::try_from(part.len()).unwrap_or(u32::MAX);
        bytes.extend_from_slice(&length.to_be_bytes());
        bytes.extend_from_slice(part);
    };
    for (key, row) in &kept.table.rows {
        push(key.as_bytes());
        push(row);
    }
    // An empty key parts rows from cells: no row has one.
    push(&[]);
    for (cell, count) in &kept.table.cells {
        push(cell.as_bytes());
        push(&count.to_be_bytes());
    }
    let sum: [u8; SUM_BYTES] = Sha256::digest(&bytes).into();
    bytes.extend_from_slice(&sum);
    Ok(bytes)
}

fn decode(bytes: &[u8], model: &'static ReadModel, of: &Of) -> Option<(MemoryTable, LogDigest)> {
    let (content, sum) = bytes.split_at_checked(bytes.len().checked_sub(SUM_BYTES)?)?;
    let found: [u8; SUM_BYTES] = Sha256::digest(content).into();
    if found.as_slice() != sum {
        return None;
    }
    let end = content.iter().position(|byte| *byte == b'\n')?;
    let (line, rest) = content.split_at_checked(end)?;
    let header: Header = serde_json::from_slice(line).ok()?;
    if header.of != *of {
        return None;
    }
    let mut rest = rest.get(1..)?;
    let mut difference = Difference::default();
    loop {
        let key = take(&mut rest)?;
        if key.is_empty() {
            break;
        }
        let row = take(&mut rest)?;
        let key = std::str::from_utf8(key).ok()?.to_owned();
        difference.rows.insert(key, Some(row.to_vec()));
    }
    while !rest.is_empty() {
        let cell = std::str::from_utf8(take(&mut rest)?).ok()?.to_owned();
        let count = i64::from_be_bytes(take(&mut rest)?.try_into().ok()?);
        difference.cells.insert(cell, count);
    }
    let mut table = MemoryTable::new(model);
    table.apply(difference);
    Some((table, header.log_sha256))
}

/// The next part, which stands after its length.
fn take<'b>(bytes: &mut &'b [u8]) -> Option<&'b [u8]> {
    let (length, rest) = bytes.split_first_chunk::<4>()?;
    let length = usize::try_from(u32::from_be_bytes(*length)).ok()?;
    let (part, rest) = rest.split_at_checked(length)?;
    *bytes = rest;
    Some(part)
}

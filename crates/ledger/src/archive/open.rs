//! Opening an archive: everything but the blocks is read and compared with its digest.

use std::collections::BTreeMap;
use std::fs::File;
use std::path::Path;

use bytes::Bytes;

use super::ArchiveError;
use super::index::{self, JourneyIndex};
use super::layout::{
    Directory, FOOTER_BYTES, Footer, HEADER_BYTES, MANIFEST, Section, blocks_of, damaged, hex,
    journeys_of, read_header, sha256,
};
use super::manifest::Manifest;
use super::read::{ArchiveLog, ArchivedLedger, Source};

/// # Errors
/// It is no archive, is damaged, or cannot be read.
pub(super) fn open(path: &Path) -> Result<ArchiveLog, ArchiveError> {
    let unavailable = |error: std::io::Error| ArchiveError::Unavailable(error.to_string());
    let file = File::open(path).map_err(unavailable)?;
    let file_bytes = file.metadata().map_err(unavailable)?.len();
    let source = Source::new(file);
    let part = |at: u64, bytes: u64| source.read(at, bytes).map_err(unavailable);
    read_header(&part(0, HEADER_BYTES.min(file_bytes))?)?;
    let Some(footer_at) = file_bytes
        .checked_sub(FOOTER_BYTES)
        .filter(|at| *at >= HEADER_BYTES)
    else {
        return Err(ArchiveError::CutOff(format!("{file_bytes} bytes")));
    };
    let footer = Footer::read(&part(footer_at, FOOTER_BYTES)?, file_bytes)?;
    let directory = part(footer.at, footer.bytes)?;
    if sha256(&directory) != footer.sha256 {
        let reason = "its bytes are not those that the footer names";
        return Err(damaged("directory", reason));
    }
    let directory = Directory::read(&directory, &footer)?;
    let mut sections = BTreeMap::new();
    for section in &directory.sections {
        let bytes = Bytes::from(part(section.at, section.bytes)?);
        if hex(&sha256(&bytes)) != section.sha256 {
            let reason = "its bytes are not those that were written";
            return Err(damaged(named(section), reason));
        }
        sections.insert(section.name.as_str(), bytes);
    }
    let section = |name: &str| {
        let found = directory.find(name)?;
        let bytes = sections.get(name).cloned();
        bytes.ok_or_else(|| damaged(named(found), "it was not read"))
    };
    let manifest: Manifest = serde_json::from_slice(&section(MANIFEST)?)
        .map_err(|error| damaged(MANIFEST, error.to_string()))?;
    let (mut ledgers, mut end) = (BTreeMap::new(), HEADER_BYTES);
    for (number, extent) in (0..).zip(&manifest.ledgers) {
        let ledger = &extent.ledger;
        if !extent.is_sound() {
            let reason = format!("the figures of ledger `{ledger}` contradict each other");
            return Err(damaged(MANIFEST, reason));
        }
        let name = blocks_of(ledger);
        let blocks = index::read_blocks(&section(&name)?, end, extent.first)
            .map_err(|reason| damaged(name.as_str(), reason))?;
        let last = blocks.last();
        if last.map_or(extent.first - 1, index::BlockEntry::last) != extent.last {
            return Err(damaged(name, "it ends elsewhere than the manifest says"));
        }
        end = last.map_or(end, index::BlockEntry::end);
        let name = journeys_of(ledger);
        let journeys = JourneyIndex::read(section(&name)?, blocks.len())
            .map_err(|reason| damaged(name, reason))?;
        let archived = ArchivedLedger {
            number,
            extent: extent.clone(),
            blocks,
            journeys,
        };
        if ledgers.insert(ledger.clone(), archived).is_some() {
            return Err(damaged(
                MANIFEST,
                format!("ledger `{ledger}` stands there twice"),
            ));
        }
    }
    if end != directory.begins(&footer) {
        return Err(damaged("directory", "the blocks do not fill their place"));
    }
    Ok(ArchiveLog::new(
        source,
        manifest,
        hex(&footer.sha256),
        ledgers,
    ))
}

fn named(section: &Section) -> String {
    format!("section `{}` at byte {}", section.name, section.at)
}

//! What finds a block: by its sequences, or by the journeys that have commits in it.

use std::collections::BTreeMap;

use bytes::{Buf, BufMut, Bytes};
use homeward_events::id::JourneyId;

use super::layout::Sha;

/// Bytes of a block's entry.
const ENTRY_BYTES: usize = 60;

/// Bytes of a journey's entry: its id, and where its block numbers end.
const JOURNEY_BYTES: usize = 20;

/// Bytes of a block number.
const NUMBER_BYTES: usize = 4;

/// A block, as the index knows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct BlockEntry {
    /// The first byte's place in the file.
    pub(super) at: u64,
    /// Bytes in the file.
    pub(super) stored_bytes: u32,
    /// Bytes once it is no longer compressed.
    pub(super) raw_bytes: u32,
    /// The first sequence.
    pub(super) first: u64,
    /// How many commits; at least one.
    pub(super) commits: u32,
    /// Of the bytes in the file.
    pub(super) sha256: Sha,
}

impl BlockEntry {
    /// The last sequence.
    pub(super) fn last(&self) -> u64 {
        (self.first + u64::from(self.commits)).saturating_sub(1)
    }

    /// The first byte after it.
    pub(super) fn end(&self) -> u64 {
        self.at.saturating_add(u64::from(self.stored_bytes))
    }
}

pub(super) fn write_blocks(entries: &[BlockEntry]) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(entries.len() * ENTRY_BYTES);
    for entry in entries {
        bytes.put_u64_le(entry.at);
        bytes.put_u32_le(entry.stored_bytes);
        bytes.put_u32_le(entry.raw_bytes);
        bytes.put_u64_le(entry.first);
        bytes.put_u32_le(entry.commits);
        bytes.put_slice(&entry.sha256);
    }
    bytes
}

/// Reads the blocks of a ledger: each begins where the one before it ends, in the file from `at`
/// on, and in the ledger from `first` on.
///
/// # Errors
/// What is wrong with them.
pub(super) fn read_blocks(
    mut bytes: &[u8],
    mut at: u64,
    mut first: u64,
) -> Result<Vec<BlockEntry>, String> {
    let mut entries = Vec::with_capacity(bytes.len() / ENTRY_BYTES);
    while !bytes.is_empty() {
        let number = entries.len();
        let entry = read_entry(&mut bytes).map_err(|_| "it ends within an entry".to_owned())?;
        let room = entry.first.checked_add(u64::from(entry.commits));
        if entry.at != at || entry.first != first || entry.commits == 0 || room.is_none() {
            return Err(format!("block {number} does not follow the one before it"));
        }
        (at, first) = (entry.end(), entry.last() + 1);
        entries.push(entry);
    }
    Ok(entries)
}

fn read_entry(bytes: &mut impl Buf) -> Result<BlockEntry, bytes::TryGetError> {
    let mut entry = BlockEntry {
        at: bytes.try_get_u64_le()?,
        stored_bytes: bytes.try_get_u32_le()?,
        raw_bytes: bytes.try_get_u32_le()?,
        first: bytes.try_get_u64_le()?,
        commits: bytes.try_get_u32_le()?,
        sha256: [0; 32],
    };
    bytes.try_copy_to_slice(&mut entry.sha256)?;
    Ok(entry)
}

/// Which blocks hold commits of which journey, while they are written or compared.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct JourneyBlocks(BTreeMap<JourneyId, Vec<u32>>);

impl JourneyBlocks {
    /// A block holds a commit of a journey. Blocks come in their order.
    pub(super) fn note(&mut self, journey: JourneyId, block: u32) {
        let blocks = self.0.entry(journey).or_default();
        if blocks.last() != Some(&block) {
            blocks.push(block);
        }
    }

    /// How many journeys; for each its id and where its block numbers end; all block numbers.
    pub(super) fn to_bytes(&self) -> Vec<u8> {
        let journeys = u32::try_from(self.0.len()).unwrap_or(u32::MAX);
        let (mut bytes, mut numbers, mut end) = (Vec::new(), Vec::new(), 0_u32);
        bytes.put_u32_le(journeys);
        for (journey, blocks) in &self.0 {
            for block in blocks {
                numbers.put_u32_le(*block);
                end += 1;
            }
            bytes.put_slice(journey.as_bytes());
            bytes.put_u32_le(end);
        }
        bytes.put_slice(&numbers);
        bytes
    }
}

/// The same, looked up in its bytes: a million journeys cost no more than those.
#[derive(Debug, Clone)]
pub(super) struct JourneyIndex {
    entries: Bytes,
    numbers: Bytes,
}

impl JourneyIndex {
    /// Reads the index of a ledger of `blocks` blocks.
    ///
    /// # Errors
    /// What is wrong with it.
    pub(super) fn read(mut bytes: Bytes, blocks: usize) -> Result<Self, String> {
        let short = || "it ends too early".to_owned();
        let journeys = bytes.try_get_u32_le().map_err(|_| short())?;
        let journeys = usize::try_from(journeys).unwrap_or(usize::MAX);
        let entries_bytes = journeys.saturating_mul(JOURNEY_BYTES);
        if bytes.len() < entries_bytes {
            return Err(short());
        }
        let entries = bytes.split_to(entries_bytes);
        let index = Self {
            entries,
            numbers: bytes,
        };
        let mut before: Option<(&[u8], usize)> = None;
        for (journey, end) in (0..journeys).filter_map(|place| index.entry(place)) {
            if before.is_some_and(|(other, start)| other >= journey || start >= end) || end == 0 {
                return Err("its journeys are not in order".to_owned());
            }
            before = Some((journey, end));
        }
        let numbers = before.map_or(0, |(_, end)| end);
        if index.numbers.len() != numbers.saturating_mul(NUMBER_BYTES) {
            return Err("its block numbers do not fill their place".to_owned());
        }
        if index.numbers(0, numbers).any(|block| block >= blocks) {
            return Err("it names a block that is not there".to_owned());
        }
        Ok(index)
    }

    /// The bytes that it was read from.
    pub(super) fn is(&self, bytes: &[u8]) -> bool {
        let count = bytes.split_at_checked(NUMBER_BYTES);
        let rest = count.and_then(|(_, rest)| rest.split_at_checked(self.entries.len()));
        rest.is_some_and(|(entries, numbers)| entries == self.entries && numbers == self.numbers)
    }

    /// The numbers of the blocks that hold commits of a journey, in order.
    pub(super) fn find(&self, journey: JourneyId) -> Vec<usize> {
        let (mut low, mut high) = (0, self.entries.len() / JOURNEY_BYTES);
        while low < high {
            let middle = usize::midpoint(low, high);
            match self.entry(middle) {
                Some((other, _)) if other < &journey.as_bytes()[..] => low = middle + 1,
                _ => high = middle,
            }
        }
        let start = low.checked_sub(1).and_then(|before| self.entry(before));
        match self.entry(low) {
            Some((found, end)) if found == journey.as_bytes() => {
                self.numbers(start.map_or(0, |(_, end)| end), end).collect()
            }
            _ => Vec::new(),
        }
    }

    /// A journey's id, and where its block numbers end.
    fn entry(&self, place: usize) -> Option<(&[u8], usize)> {
        let rest = self.entries.get(place.checked_mul(JOURNEY_BYTES)?..)?;
        let (journey, mut rest) = rest.split_at_checked(16)?;
        let end = rest.try_get_u32_le().ok()?;
        Some((journey, usize::try_from(end).ok()?))
    }

    fn numbers(&self, start: usize, end: usize) -> impl Iterator<Item = usize> {
        let range = start.saturating_mul(NUMBER_BYTES)..end.saturating_mul(NUMBER_BYTES);
        let bytes = self.numbers.get(range).unwrap_or_default();
        let numbers = bytes.chunks_exact(NUMBER_BYTES);
        // Chunks are of four bytes, so none of them is passed over.
        numbers.filter_map(|mut number| usize::try_from(number.try_get_u32_le().ok()?).ok())
    }
}

//! A page: many entries in one value, in the order of their keys.
//!
//! sled pays by the entry, some twenty microseconds each, and writes what lies near an entry again
//! with it. So entries are written many at once and in order, in pages, and pages are compressed:
//! rows of one kind are much alike.
//!
//! An entry is the length of its key, the length of its value (both four bytes, big-endian), the key,
//! the value. The length [`GONE`] stands where a value was and is no more. A page in the store is its
//! entries as an LZ4 block, after their length.

use std::ops::Range;

/// A page is full from here on, in bytes before compression: large enough that there are few, small
/// enough that reading one row reads little besides.
const PAGE_BYTES: usize = 16 * 1024;

/// No page is longer, in bytes before compression: a value is at most the events of a journey, and a
/// damaged length must not ask for more memory than there is.
const PAGE_BYTES_MAX: usize = 1 << 30;

/// Stands for the length of a value where there is none any more.
const GONE: u32 = u32::MAX;

/// A page that is being filled.
#[derive(Default)]
pub(super) struct Page {
    first: Vec<u8>,
    bytes: Vec<u8>,
}

impl Page {
    /// Adds an entry whose key follows all others'.
    pub(super) fn push(&mut self, key: &[u8], value: Option<&[u8]>) {
        if self.bytes.is_empty() {
            self.first.clear();
            self.first.extend_from_slice(key);
        }
        // Keys are short, and a value is at most as long as a journey's events.
        let length = |bytes: &[u8]| u32::try_from(bytes.len()).unwrap_or(GONE - 1);
        for length in [length(key), value.map_or(GONE, length)] {
            self.bytes.extend_from_slice(&length.to_be_bytes());
        }
        self.bytes.extend_from_slice(key);
        self.bytes.extend_from_slice(value.unwrap_or_default());
    }

    pub(super) fn is_full(&self) -> bool {
        self.bytes.len() >= PAGE_BYTES
    }

    pub(super) fn is_empty(&self) -> bool {
        self.bytes.is_empty()
    }

    /// The key of its first entry, and what the store keeps. Empty afterwards.
    pub(super) fn take(&mut self) -> (&[u8], Vec<u8>) {
        let stored = lz4_flex::block::compress_prepend_size(&self.bytes);
        self.bytes.clear();
        (&self.first, stored)
    }
}

/// The bytes are not a page's.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct NotAPage;

/// A stored page, and the entry that its reader stands at.
#[derive(Default)]
pub(super) struct Reading {
    bytes: Vec<u8>,
    key: Range<usize>,
    /// `None` where the value is gone.
    value: Option<Range<usize>>,
    /// Where the next entry begins.
    next: usize,
}

impl Reading {
    /// Before the first entry.
    pub(super) fn open(stored: &[u8]) -> Result<Self, NotAPage> {
        let (length, block) = lz4_flex::block::uncompressed_size(stored).map_err(|_| NotAPage)?;
        if length > PAGE_BYTES_MAX {
            return Err(NotAPage);
        }
        let bytes = lz4_flex::block::decompress(block, length).map_err(|_| NotAPage)?;
        Ok(Self {
            bytes,
            ..Self::default()
        })
    }

    /// Steps to the next entry, if there is one.
    pub(super) fn step(&mut self) -> Result<bool, NotAPage> {
        let rest = self.bytes.get(self.next..).unwrap_or_default();
        if rest.is_empty() {
            return Ok(false);
        }
        let (key_bytes, rest) = length(rest).ok_or(NotAPage)?;
        let (value_bytes, rest) = length(rest).ok_or(NotAPage)?;
        let size = |bytes: u32| usize::try_from(bytes).map_err(|_| NotAPage);
        let begins = self.bytes.len() - rest.len();
        let key = begins..begins.saturating_add(size(key_bytes)?);
        let value = match value_bytes {
            GONE => None,
            bytes => Some(key.end..key.end.saturating_add(size(bytes)?)),
        };
        let end = value.as_ref().map_or(key.end, |value| value.end);
        if end > self.bytes.len() {
            return Err(NotAPage);
        }
        (self.key, self.value, self.next) = (key, value, end);
        Ok(true)
    }

    /// The entry's key; nothing before the first step.
    pub(super) fn key(&self) -> &[u8] {
        self.bytes.get(self.key.clone()).unwrap_or_default()
    }

    /// The entry's value, unless it is gone.
    pub(super) fn value(&self) -> Option<&[u8]> {
        self.bytes.get(self.value.clone()?)
    }
}

fn length(bytes: &[u8]) -> Option<(u32, &[u8])> {
    let (length, rest) = bytes.split_first_chunk::<4>()?;
    Some((u32::from_be_bytes(*length), rest))
}

#[cfg(test)]
mod tests {
    use super::*;

    type Owned = Vec<(Vec<u8>, Option<Vec<u8>>)>;

    fn read(stored: &[u8]) -> Result<Owned, NotAPage> {
        let (mut page, mut entries) = (Reading::open(stored)?, Vec::new());
        while page.step()? {
            entries.push((page.key().to_vec(), page.value().map(<[u8]>::to_vec)));
        }
        Ok(entries)
    }

    #[test]
    fn what_was_put_on_a_page_is_read_from_it() {
        let mut page = Page::default();
        let entries = [
            ("a", Some("one")),
            ("b", Some("")),
            ("cc", None),
            ("d", Some("four")),
        ]
        .map(|(key, value)| {
            (
                key.as_bytes().to_vec(),
                value.map(|v| v.as_bytes().to_vec()),
            )
        });
        for (key, value) in &entries {
            page.push(key, value.as_deref());
        }
        let (first, stored) = page.take();
        assert_eq!(first, b"a");
        assert_eq!(read(&stored), Ok(entries.to_vec()));
        assert!(page.is_empty());
    }

    #[test]
    fn a_page_that_was_cut_or_bent_is_none() {
        let mut page = Page::default();
        page.push(b"key", Some(b"value"));
        let (_, stored) = page.take();
        for length in 0..stored.len() {
            assert_eq!(read(&stored[..length]), Err(NotAPage), "{length}");
        }
        let mut endless = stored.clone();
        endless[..4].copy_from_slice(&u32::MAX.to_le_bytes());
        assert_eq!(read(&endless), Err(NotAPage));
    }
}

//! A page: many entries in one value, in the order of their keys.
//!
//! sled pays by the entry, some twenty microseconds each, and writes what lies near an entry again
//! with it. So what is written all at once and in order, a fresh generation, is written in pages, and
//! pages are compressed: rows of one kind are much alike.
//!
//! An entry is the length of its key, the length of its value (both four bytes, big-endian), the key,
//! the value. A page in the store is its entries as an LZ4 block, after their length.

use std::ops::ControlFlow;

/// A page is full from here on, in bytes before compression: large enough that there are few, small
/// enough that reading one row reads little besides.
const PAGE_BYTES: usize = 16 * 1024;

/// No page is longer, in bytes before compression: a value is at most the events of a journey, and a
/// damaged length must not ask for more memory than there is.
const PAGE_BYTES_MAX: usize = 1 << 30;

/// A page that is being filled.
#[derive(Default)]
pub(crate) struct Page {
    first: Vec<u8>,
    bytes: Vec<u8>,
}

impl Page {
    /// Adds an entry whose key follows all others'.
    pub(crate) fn push(&mut self, key: &[u8], value: &[u8]) {
        if self.bytes.is_empty() {
            self.first.clear();
            self.first.extend_from_slice(key);
        }
        // Keys are short, and a value is at most as long as a journey's events.
        for length in [key.len(), value.len()] {
            let length = u32::try_from(length).unwrap_or(u32::MAX);
            self.bytes.extend_from_slice(&length.to_be_bytes());
        }
        self.bytes.extend_from_slice(key);
        self.bytes.extend_from_slice(value);
    }

    pub(crate) fn is_full(&self) -> bool {
        self.bytes.len() >= PAGE_BYTES
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.bytes.is_empty()
    }

    /// The key of its first entry, and what the store keeps. Empty afterwards.
    pub(crate) fn take(&mut self) -> (&[u8], Vec<u8>) {
        let stored = lz4_flex::block::compress_prepend_size(&self.bytes);
        self.bytes.clear();
        (&self.first, stored)
    }
}

/// Visits a stored page's entries in order until `visit` breaks off; `None` where it is not a page.
pub(crate) fn visit<B>(
    stored: &[u8],
    mut visit: impl FnMut(&[u8], &[u8]) -> ControlFlow<B>,
) -> Option<ControlFlow<B>> {
    let (length, block) = lz4_flex::block::uncompressed_size(stored).ok()?;
    if length > PAGE_BYTES_MAX {
        return None;
    }
    let bytes = lz4_flex::block::decompress(block, length).ok()?;
    for entry in Entries(&bytes) {
        let (key, value) = entry?;
        if let ControlFlow::Break(found) = visit(key, value) {
            return Some(ControlFlow::Break(found));
        }
    }
    Some(ControlFlow::Continue(()))
}

/// A page's entries, in order; `None` once, and then no more, where the bytes are not a page's.
struct Entries<'p>(&'p [u8]);

impl<'p> Iterator for Entries<'p> {
    type Item = Option<(&'p [u8], &'p [u8])>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.0.is_empty() {
            return None;
        }
        let entry = entry(self.0);
        self.0 = entry.map_or(&[], |(_, rest)| rest);
        Some(entry.map(|(entry, _)| entry))
    }
}

/// An entry, its key first, and what follows it.
type Split<'p> = ((&'p [u8], &'p [u8]), &'p [u8]);

fn entry(bytes: &[u8]) -> Option<Split<'_>> {
    let (key_bytes, rest) = length(bytes)?;
    let (value_bytes, rest) = length(rest)?;
    let (key, rest) = rest.split_at_checked(key_bytes)?;
    let (value, rest) = rest.split_at_checked(value_bytes)?;
    Some(((key, value), rest))
}

fn length(bytes: &[u8]) -> Option<(usize, &[u8])> {
    let (length, rest) = bytes.split_first_chunk::<4>()?;
    Some((usize::try_from(u32::from_be_bytes(*length)).ok()?, rest))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(stored: &[u8]) -> Option<Vec<(Vec<u8>, Vec<u8>)>> {
        let mut entries = Vec::new();
        let read = visit(stored, |key, value| {
            entries.push((key.to_vec(), value.to_vec()));
            ControlFlow::<()>::Continue(())
        });
        read.map(|_| entries)
    }

    #[test]
    fn what_was_put_on_a_page_is_read_from_it() {
        let mut page = Page::default();
        let entries = [("a", "one"), ("b", ""), ("cc", "three")]
            .map(|(key, value)| (key.as_bytes().to_vec(), value.as_bytes().to_vec()));
        for (key, value) in &entries {
            page.push(key, value);
        }
        let (first, stored) = page.take();
        assert_eq!(first, b"a");
        assert_eq!(read(&stored), Some(entries.to_vec()));
        assert!(page.is_empty());
    }

    #[test]
    fn a_page_that_was_cut_or_bent_is_none() {
        let mut page = Page::default();
        page.push(b"key", b"value");
        let (_, stored) = page.take();
        for length in 0..stored.len() {
            assert_eq!(read(&stored[..length]), None, "{length}");
        }
        let mut endless = stored.clone();
        endless[..4].copy_from_slice(&u32::MAX.to_le_bytes());
        assert_eq!(read(&endless), None);
    }
}

//! A page: many entries in one value, in the order of their keys.
//!
//! sled pays by the entry, some twenty microseconds each, and hardly by the byte. So what is written
//! all at once and in order, a fresh generation, is written in pages.
//!
//! An entry is the length of its key, the length of its value (both four bytes, big-endian), the key,
//! the value.

/// A page is full from here on, in bytes: large enough that there are few, small enough that
/// reading one row reads little besides.
const PAGE_BYTES: usize = 8 * 1024;

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

    /// The key of its first entry, and its bytes.
    pub(crate) fn parts(&self) -> (&[u8], &[u8]) {
        (&self.first, &self.bytes)
    }

    pub(crate) fn clear(&mut self) {
        self.bytes.clear();
    }
}

/// A page's entries, in order; `None` once, and then no more, where the bytes are not a page's.
pub(crate) struct Entries<'p>(pub(crate) &'p [u8]);

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

    #[test]
    fn what_was_put_on_a_page_is_read_from_it() {
        let mut page = Page::default();
        let entries: [(&[u8], &[u8]); 3] = [(b"a", b"one"), (b"b", b""), (b"cc", b"three")];
        for (key, value) in entries {
            page.push(key, value);
        }
        let (first, bytes) = page.parts();
        assert_eq!(first, b"a");
        let read: Vec<_> = Entries(bytes).map(Option::unwrap).collect();
        assert_eq!(read, entries);
    }

    #[test]
    fn a_page_that_was_cut_says_so() {
        let mut page = Page::default();
        page.push(b"key", b"value");
        let (_, bytes) = page.parts();
        for length in 1..bytes.len() {
            let mut read = Entries(&bytes[..length]);
            assert_eq!(read.next(), Some(None), "{length}");
            assert_eq!(read.next(), None, "{length}");
        }
    }
}

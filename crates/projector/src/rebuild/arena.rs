//! Many small byte strings in few large pieces: a million of them cost what their bytes cost.

/// Large enough that there are few, small enough that the last one wastes little.
const CHUNK_BYTES: usize = 8 << 20;

/// Bytes that are only added to.
#[derive(Default)]
pub(crate) struct Arena {
    chunks: Vec<Vec<u8>>,
}

/// Where a byte string lies.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Span {
    chunk: u32,
    from: u32,
    length: u32,
}

impl Arena {
    pub(crate) fn push(&mut self, parts: &[&[u8]]) -> Span {
        let length: usize = parts.iter().map(|part| part.len()).sum();
        let fits = |chunk: &Vec<u8>| chunk.capacity() - chunk.len() >= length;
        if !self.chunks.last().is_some_and(fits) {
            self.chunks
                .push(Vec::with_capacity(CHUNK_BYTES.max(length)));
        }
        let number = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
        let chunk = number(self.chunks.len() - 1);
        let mut from = 0;
        if let Some(last) = self.chunks.last_mut() {
            from = number(last.len());
            for part in parts {
                last.extend_from_slice(part);
            }
        }
        Span {
            chunk,
            from,
            length: number(length),
        }
    }

    pub(crate) fn get(&self, span: Span) -> &[u8] {
        let number = |n: u32| usize::try_from(n).unwrap_or(usize::MAX);
        let chunk = self
            .chunks
            .get(number(span.chunk))
            .map_or(&[][..], Vec::as_slice);
        let rest = chunk.get(number(span.from)..).unwrap_or_default();
        rest.get(..number(span.length)).unwrap_or_default()
    }
}

/// Rows of one model: keys and values in an arena.
#[derive(Default)]
pub(crate) struct Rows {
    arena: Arena,
    index: Vec<(Span, u32)>,
}

impl Rows {
    pub(crate) fn push(&mut self, key: &str, value: &[u8]) {
        let span = self.arena.push(&[key.as_bytes(), value]);
        self.index
            .push((span, u32::try_from(key.len()).unwrap_or(u32::MAX)));
    }

    pub(crate) fn len(&self) -> usize {
        self.index.len()
    }

    /// Keys and values together.
    pub(crate) fn bytes(&self) -> usize {
        self.arena.chunks.iter().map(Vec::len).sum()
    }

    pub(crate) fn iter(&self) -> impl Iterator<Item = (&[u8], &[u8])> {
        self.index.iter().map(|(span, key_length)| {
            let both = self.arena.get(*span);
            let at = usize::try_from(*key_length).unwrap_or(usize::MAX);
            both.split_at_checked(at).unwrap_or_default()
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_put_in_comes_out() {
        let mut arena = Arena::default();
        let long = vec![7_u8; CHUNK_BYTES + 1];
        let spans = [
            arena.push(&[b"one", b"", b"two"]),
            arena.push(&[&long]),
            arena.push(&[]),
            arena.push(&[b"three"]),
        ];
        let found: Vec<&[u8]> = spans.iter().map(|span| arena.get(*span)).collect();
        assert_eq!(found, [b"onetwo", long.as_slice(), b"", b"three"]);
    }
}

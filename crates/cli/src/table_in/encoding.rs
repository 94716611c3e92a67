//! Bytes to text: UTF-8, UTF-16 and Windows-1252, told by the mark at the beginning, or else by what
//! the bytes can be.

use std::io::{self, Read};

use anyhow::{Result, bail};
use encoding_rs::{Decoder, Encoding, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252};

/// How much is read at once, in bytes.
const CHUNK_BYTES: usize = 64 * 1024;

/// The encoding of that name.
///
/// # Errors
/// None that is read here.
pub(super) fn named(name: &str) -> Result<Option<&'static Encoding>> {
    Ok(Some(match name.to_ascii_lowercase().as_str() {
        "auto" => return Ok(None),
        "utf-8" => UTF_8,
        "utf-16le" => UTF_16LE,
        "utf-16be" => UTF_16BE,
        "windows-1252" => WINDOWS_1252,
        _ => bail!("encoding `{name}`: expected auto, utf-8, utf-16le, utf-16be or windows-1252"),
    }))
}

/// Tells the encoding of an input by reading it once: its mark; zeros in every other byte of its
/// beginning; else UTF-8 if all of it is, and Windows-1252 if not, which every sequence of bytes is.
pub(super) fn detect(mut input: impl Read) -> io::Result<&'static Encoding> {
    let mut chunk = Vec::with_capacity(CHUNK_BYTES);
    let limit = u64::try_from(CHUNK_BYTES).unwrap_or(u64::MAX);
    let mut first = true;
    let mut decoder = UTF_8.new_decoder_without_bom_handling();
    let mut text = String::new();
    loop {
        chunk.clear();
        let read = input.by_ref().take(limit).read_to_end(&mut chunk)?;
        if first {
            if let Some((marked, _)) = Encoding::for_bom(&chunk) {
                return Ok(marked);
            }
            if let Some(wide) = by_zeros(&chunk) {
                return Ok(wide);
            }
            first = false;
        }
        let last = read < CHUNK_BYTES;
        text.clear();
        text.reserve(
            decoder
                .max_utf8_buffer_length(read)
                .unwrap_or(4 * CHUNK_BYTES),
        );
        let (_, _, malformed) = decoder.decode_to_string(&chunk, &mut text, last);
        if malformed {
            return Ok(WINDOWS_1252);
        }
        if last {
            return Ok(UTF_8);
        }
    }
}

/// UTF-16 without a mark: western text has a zero in every other byte.
fn by_zeros(beginning: &[u8]) -> Option<&'static Encoding> {
    let (mut even, mut odd) = (0_usize, 0_usize);
    for (place, byte) in beginning.iter().take(1024).enumerate() {
        if *byte == 0 {
            *if place % 2 == 0 { &mut even } else { &mut odd } += 1;
        }
    }
    let quarter = beginning.len().min(1024) / 4;
    if odd > quarter && odd > even {
        Some(UTF_16LE)
    } else if even > quarter && even > odd {
        Some(UTF_16BE)
    } else {
        None
    }
}

/// An input as UTF-8, without a mark and with one kind of line end, so that lines can be counted. What
/// its encoding does not have becomes U+FFFD.
pub(super) struct Decoded<R> {
    input: R,
    decoder: Decoder,
    raw: Vec<u8>,
    text: String,
    given: usize,
    /// Half a line end was at the end of what was read.
    half: bool,
    done: bool,
}

impl<R: Read> Decoded<R> {
    pub(super) fn new(input: R, encoding: &'static Encoding) -> Self {
        Self {
            input,
            decoder: encoding.new_decoder_with_bom_removal(),
            raw: Vec::with_capacity(CHUNK_BYTES),
            text: String::new(),
            given: 0,
            half: false,
            done: false,
        }
    }
}

impl<R> Decoded<R> {
    fn end_lines_alike(&mut self) {
        if std::mem::take(&mut self.half) {
            self.text.insert(0, '\r');
        }
        if !self.done && self.text.ends_with('\r') {
            self.text.pop();
            self.half = true;
        }
        if self.text.contains("\r\n") {
            self.text = self.text.replace("\r\n", "\n");
        }
    }
}

impl<R: Read> Read for Decoded<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        while self.given >= self.text.len() {
            if self.done {
                return Ok(0);
            }
            self.raw.clear();
            let limit = u64::try_from(CHUNK_BYTES).unwrap_or(u64::MAX);
            let read = self.input.by_ref().take(limit).read_to_end(&mut self.raw)?;
            self.done = read < CHUNK_BYTES;
            self.text.clear();
            self.given = 0;
            let room = self.decoder.max_utf8_buffer_length(read);
            self.text.reserve(room.unwrap_or(4 * CHUNK_BYTES));
            // There is room for all of it, and what cannot be read is marked in the text.
            let (_, _, _malformed) =
                self.decoder
                    .decode_to_string(&self.raw, &mut self.text, self.done);
            self.end_lines_alike();
        }
        let rest = self.text.as_bytes().get(self.given..).unwrap_or_default();
        let given = rest.len().min(buffer.len());
        if let (Some(to), Some(from)) = (buffer.get_mut(..given), rest.get(..given)) {
            to.copy_from_slice(from);
        }
        self.given += given;
        Ok(given)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn utf_16(text: &str, little: bool, mark: bool) -> Vec<u8> {
        let mark = mark.then_some(0xfeff);
        mark.into_iter()
            .chain(text.encode_utf16())
            .flat_map(|unit| {
                if little {
                    unit.to_le_bytes()
                } else {
                    unit.to_be_bytes()
                }
            })
            .collect()
    }

    #[test]
    fn every_usual_encoding_is_told_and_read() {
        let text = "apellido;país\r\nPeña;Haïti\r\n";
        let (windows, ..) = WINDOWS_1252.encode(text);
        let rows: [(&str, Vec<u8>, &Encoding); 7] = [
            ("utf-8", text.as_bytes().to_vec(), UTF_8),
            ("marked", format!("\u{feff}{text}").into_bytes(), UTF_8),
            ("le", utf_16(text, true, true), UTF_16LE),
            ("be", utf_16(text, false, true), UTF_16BE),
            ("le without a mark", utf_16(text, true, false), UTF_16LE),
            ("be without a mark", utf_16(text, false, false), UTF_16BE),
            ("windows", windows.into_owned(), WINDOWS_1252),
        ];
        for (name, bytes, encoding) in rows {
            let told = detect(bytes.as_slice()).unwrap();
            assert_eq!(told.name(), encoding.name(), "{name}");
            let mut read = String::new();
            Decoded::new(bytes.as_slice(), told)
                .read_to_string(&mut read)
                .unwrap();
            assert_eq!(read, text.replace('\r', ""), "{name}");
        }
    }

    #[test]
    fn a_letter_on_the_edge_of_two_chunks_stays_whole() {
        let text = format!(
            "{}ñ{}",
            "a".repeat(CHUNK_BYTES - 1),
            "b".repeat(CHUNK_BYTES)
        );
        assert_eq!(detect(text.as_bytes()).unwrap().name(), "UTF-8");
        let mut read = String::new();
        Decoded::new(text.as_bytes(), UTF_8)
            .read_to_string(&mut read)
            .unwrap();
        assert!(read == text);
    }

    #[test]
    fn an_encoding_that_is_stated_wrongly_leaves_a_trace() {
        let mut read = String::new();
        Decoded::new(b"Pe\xf1a".as_slice(), UTF_8)
            .read_to_string(&mut read)
            .unwrap();
        assert_eq!(read, "Pe\u{fffd}a");
        assert!(named("latin-1").is_err());
    }
}

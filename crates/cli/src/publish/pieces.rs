//! Cuts an input into pieces of JSON without reading them: lines, or the elements of one array.
//!
//! Invariants: no piece takes more memory than [`PIECE_BYTES_MAX`]; whatever is wrong with a piece,
//! the ones after it are still found; every piece knows the line that it begins at.

use std::ffi::OsStr;
use std::io::{self, BufRead, Chain, Cursor, Read};
use std::path::Path;

use serde_json::value::RawValue;

/// Largest piece that is kept whole, in bytes: a commit may not be larger than one request.
pub(crate) const PIECE_BYTES_MAX: usize = 1 << 20;

/// How much of a piece that is too large is kept, in bytes: enough to recognise it.
const EXCERPT_BYTES: usize = 1024;

/// One line, or one element of the array.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Piece {
    /// The line it begins at, from 1.
    pub(crate) line: u64,
    /// The piece, without the white space around it; if it is too large, its beginning.
    pub(crate) bytes: Vec<u8>,
    /// What is wrong with it already.
    pub(crate) fault: Option<Fault>,
    /// Bytes of the input up to its end, for the progress bar.
    pub(crate) consumed: u64,
}

/// What can be wrong with a piece before anybody reads it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Fault {
    /// More than [`PIECE_BYTES_MAX`]: this many bytes.
    TooLarge(u64),
    /// The input ends within the array: what came next is lost.
    NotClosed,
    /// It stands after the end of the array.
    AfterTheEnd,
}

/// How an input is cut.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub(crate) enum Format {
    /// By the file's name (`.json` is an array, `.jsonl` and `.ndjson` are lines); else an array if
    /// it begins as one and its first line alone is not complete.
    Auto,
    /// JSON Lines: one event, commit or array (one commit) on each line.
    Lines,
    /// One JSON array of events and commits, or one event or commit, over any number of lines.
    Array,
}

impl Format {
    /// What the name of a file says, where nobody said anything else.
    pub(crate) fn or_by_name(self, path: &Path) -> Self {
        let extension = path.extension().and_then(OsStr::to_str).unwrap_or_default();
        match (self, extension) {
            (Self::Auto, "json") => Self::Array,
            (Self::Auto, "jsonl" | "ndjson") => Self::Lines,
            (other, _) => other,
        }
    }
}

/// The pieces of an input.
pub(crate) struct Pieces<R> {
    input: Chain<Cursor<Vec<u8>>, R>,
    array: bool,
    line: u64,
    consumed: u64,
    /// Where we stand in the array; of lines: always before it.
    state: State,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum State {
    Before,
    Inside,
    /// The one value that is no array.
    Alone,
    After,
    NotClosed,
}

impl<R: BufRead> Pieces<R> {
    /// Looks at the beginning of `input` and decides how to cut it.
    ///
    /// # Errors
    /// The input cannot be read.
    pub(crate) fn new(mut input: R, format: Format) -> io::Result<Self> {
        let mut head = Vec::new();
        let limit = u64::try_from(PIECE_BYTES_MAX).unwrap_or(u64::MAX);
        // Blank lines before the beginning say nothing.
        while head.trim_ascii().is_empty() {
            if input.by_ref().take(limit).read_until(b'\n', &mut head)? == 0 {
                break;
            }
        }
        let mut consumed = 0;
        if head.starts_with(b"\xef\xbb\xbf") {
            head.drain(..3);
            consumed = 3;
        }
        let first = head.trim_ascii();
        let array = match format {
            Format::Lines => false,
            Format::Array => true,
            Format::Auto => first.starts_with(b"[") && !is_commit(first),
        };
        Ok(Self {
            input: Cursor::new(head).chain(input),
            array,
            line: 1,
            consumed,
            state: State::Before,
        })
    }

    /// The next piece; blank ones are passed over.
    ///
    /// # Errors
    /// The input cannot be read.
    pub(crate) fn next_piece(&mut self) -> io::Result<Option<Piece>> {
        loop {
            let piece = if self.array {
                self.next_element()?
            } else {
                self.next_line()?
            };
            match piece {
                Some(piece) if piece.bytes.is_empty() && piece.fault.is_none() => {}
                other => return Ok(other),
            }
        }
    }

    fn next_line(&mut self) -> io::Result<Option<Piece>> {
        let mut kept = Kept::new(self.line);
        loop {
            let buffer = self.input.fill_buf()?;
            if buffer.is_empty() {
                return Ok((kept.size > 0).then(|| kept.piece(self.consumed, None)));
            }
            let end = buffer.iter().position(|byte| *byte == b'\n');
            let taken = end.map_or(buffer.len(), |end| end + 1);
            kept.extend(buffer.get(..taken).unwrap_or_default());
            self.input.consume(taken);
            self.consumed += u64::try_from(taken).unwrap_or(u64::MAX);
            if end.is_some() {
                self.line += 1;
                return Ok(Some(kept.piece(self.consumed, None)));
            }
        }
    }

    /// The next element of the array; or the whole input, if it is no array at all.
    fn next_element(&mut self) -> io::Result<Option<Piece>> {
        if self.state == State::Before {
            self.skip_blanks()?;
            if self.peek()? == Some(b'[') {
                self.byte()?;
                self.state = State::Inside;
            } else {
                self.state = State::Alone;
            }
        }
        self.skip_blanks()?;
        let mut kept = Kept::new(self.line);
        if self.state == State::NotClosed {
            self.state = State::After;
            return Ok(Some(kept.piece(self.consumed, Some(Fault::NotClosed))));
        }
        if self.state == State::Inside {
            return self.element(kept).map(Some);
        }
        while let Some(byte) = self.byte()? {
            kept.push(byte);
        }
        let fault = (self.state == State::After).then_some(Fault::AfterTheEnd);
        Ok((kept.size > 0).then(|| kept.piece(self.consumed, fault)))
    }

    /// Reads up to the comma or the bracket that ends this element.
    fn element(&mut self, mut kept: Kept) -> io::Result<Piece> {
        let (mut depth, mut text, mut escaped) = (0_u64, false, false);
        while let Some(byte) = self.byte()? {
            match byte {
                _ if escaped => escaped = false,
                b'\\' if text => escaped = true,
                b'"' => text = !text,
                _ if text => {}
                b',' if depth == 0 => {
                    // An empty element is wrong, and the comma shows it.
                    if kept.size == 0 {
                        kept.push(byte);
                    }
                    return Ok(kept.piece(self.consumed, None));
                }
                b']' if depth == 0 => {
                    self.state = State::After;
                    return Ok(kept.piece(self.consumed, None));
                }
                b'{' | b'[' => depth += 1,
                b'}' | b']' => depth = depth.saturating_sub(1),
                _ => {}
            }
            kept.push(byte);
        }
        self.state = State::NotClosed;
        Ok(kept.piece(self.consumed, None))
    }

    fn skip_blanks(&mut self) -> io::Result<()> {
        while self.peek()?.is_some_and(|byte| byte.is_ascii_whitespace()) {
            self.byte()?;
        }
        Ok(())
    }

    fn peek(&mut self) -> io::Result<Option<u8>> {
        Ok(self.input.fill_buf()?.first().copied())
    }

    fn byte(&mut self) -> io::Result<Option<u8>> {
        let Some(byte) = self.peek()? else {
            return Ok(None);
        };
        self.input.consume(1);
        self.consumed += 1;
        self.line += u64::from(byte == b'\n');
        Ok(Some(byte))
    }
}

/// Whether a line is an array by itself; an empty one holds no commit, and is a file without any.
fn is_commit(line: &[u8]) -> bool {
    serde_json::from_slice::<Vec<&RawValue>>(line).is_ok_and(|events| !events.is_empty())
}

/// What is kept of the piece being read.
struct Kept {
    line: u64,
    bytes: Vec<u8>,
    size: u64,
}

impl Kept {
    fn new(line: u64) -> Self {
        Self {
            line,
            bytes: Vec::new(),
            size: 0,
        }
    }

    fn push(&mut self, byte: u8) {
        self.extend(&[byte]);
    }

    fn extend(&mut self, bytes: &[u8]) {
        self.size += u64::try_from(bytes.len()).unwrap_or(u64::MAX);
        // One more than the limit shows that there was more.
        let room = (PIECE_BYTES_MAX + 1).saturating_sub(self.bytes.len());
        let kept = bytes.get(..room).unwrap_or(bytes);
        self.bytes.extend_from_slice(kept);
    }

    fn piece(self, consumed: u64, fault: Option<Fault>) -> Piece {
        let trimmed = self.bytes.trim_ascii();
        let too_large = trimmed.len() > PIECE_BYTES_MAX;
        let kept = if too_large {
            EXCERPT_BYTES
        } else {
            trimmed.len()
        };
        Piece {
            line: self.line,
            bytes: trimmed.iter().take(kept).copied().collect(),
            fault: fault.or(too_large.then_some(Fault::TooLarge(self.size))),
            consumed,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pieces(input: &[u8], format: Format) -> Vec<Piece> {
        // A small buffer, so that pieces span several.
        let reader = io::BufReader::with_capacity(7, input);
        let mut pieces = Pieces::new(reader, format).unwrap();
        std::iter::from_fn(|| pieces.next_piece().unwrap()).collect()
    }

    fn texts(input: &str, format: Format) -> Vec<(u64, String)> {
        pieces(input.as_bytes(), format)
            .into_iter()
            .map(|piece| (piece.line, String::from_utf8(piece.bytes).unwrap()))
            .collect()
    }

    fn told(expected: &[(u64, &str)]) -> Vec<(u64, String)> {
        expected
            .iter()
            .map(|(line, text)| (*line, (*text).to_owned()))
            .collect()
    }

    #[test]
    fn nothing_holds_nothing() {
        for input in ["", "\n\n", "  \r\n", "\u{feff}", "[]", "[ \n ]"] {
            assert_eq!(texts(input, Format::Auto), [], "{input:?}");
            assert_eq!(texts(input, Format::Array), [], "{input:?}");
        }
    }

    #[test]
    fn lines_are_cut_at_line_ends_of_either_kind_and_keep_their_numbers() {
        let expected = told(&[(1, "{\"a\":1}"), (3, "bad"), (4, "[1,2]")]);
        for input in [
            "{\"a\":1}\n\nbad\n[1,2]",
            "{\"a\":1}\r\n\r\nbad\r\n[1,2]\r\n",
            "\u{feff}{\"a\":1}\n \nbad\n[1,2]\n\n",
        ] {
            assert_eq!(texts(input, Format::Auto), expected, "{input:?}");
        }
    }

    #[test]
    fn an_array_is_cut_into_its_elements() {
        let input = "\n[\n {\"a\": \"x,]\\\"}\"},\n [1,\n2]\n, 3 ]\n";
        let expected = told(&[(3, "{\"a\": \"x,]\\\"}\"}"), (4, "[1,\n2]"), (6, "3")]);
        assert_eq!(texts(input, Format::Auto), expected);
        assert_eq!(texts(input, Format::Array), expected);
    }

    #[test]
    fn an_array_on_one_line_is_a_commit_unless_the_file_is_called_json() {
        for (name, expected) in [("a.json", 2), ("a.jsonl", 1), ("a.ndjson", 1), ("a", 1)] {
            let format = Format::Auto.or_by_name(Path::new(name));
            assert_eq!(pieces(b"[{},{}]\n", format).len(), expected, "{name}");
        }
        let told = Format::Lines.or_by_name(Path::new("a.json"));
        assert_eq!(told, Format::Lines);
    }

    #[test]
    fn a_value_that_is_no_array_is_one_piece() {
        let input = "\n{\n\"a\": 1\n}\n";
        let expected = told(&[(2, "{\n\"a\": 1\n}")]);
        assert_eq!(texts(input, Format::Array), expected);
    }

    #[test]
    fn what_is_wrong_with_an_array_is_told_and_the_rest_is_found() {
        let faults = |input: &str| -> Vec<_> {
            pieces(input.as_bytes(), Format::Array)
                .into_iter()
                .map(|piece| (String::from_utf8(piece.bytes).unwrap(), piece.fault))
                .collect()
        };
        let good = |text: &str| (text.to_owned(), None);
        assert_eq!(faults("[1,,2]"), [good("1"), good(","), good("2")]);
        assert_eq!(
            faults("[1,2"),
            [
                good("1"),
                good("2"),
                (String::new(), Some(Fault::NotClosed))
            ]
        );
        assert_eq!(
            faults("[1] [2]"),
            [good("1"), ("[2]".to_owned(), Some(Fault::AfterTheEnd))]
        );
    }

    #[test]
    fn a_huge_line_is_cut_short_and_the_next_one_found() {
        let huge = "x".repeat(PIECE_BYTES_MAX + 1);
        let fits = "y".repeat(PIECE_BYTES_MAX);
        let input = format!("{huge}\r\n{fits}\r\n{{}}\n");
        for format in [Format::Auto, Format::Lines] {
            let found = pieces(input.as_bytes(), format);
            let [first, second, third] = found.as_slice() else {
                panic!("{} pieces", found.len());
            };
            let size = u64::try_from(huge.len() + 2).unwrap();
            assert_eq!(first.fault, Some(Fault::TooLarge(size)));
            assert_eq!(first.bytes.len(), EXCERPT_BYTES);
            assert_eq!((second.fault, second.bytes.len()), (None, PIECE_BYTES_MAX));
            assert_eq!((third.line, third.bytes.as_slice()), (3, b"{}".as_slice()));
            assert_eq!(third.consumed, u64::try_from(input.len()).unwrap());
        }
    }
}

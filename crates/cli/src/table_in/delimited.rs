//! CSV and its relatives.

use std::fs::File;
use std::io::{self, BufReader, Cursor, Read};
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result, bail};
use csv::{Reader, ReaderBuilder, StringRecord};
use encoding_rs::{Encoding, UTF_8};

use super::encoding::{Decoded, detect, named};
use super::{Row, Shape, TakeRow};

/// Largest table that is taken from standard input, in bytes: it is held to be read twice.
const STDIN_BYTES_MAX: u64 = 64 << 20;

/// What can stand between cells, the likeliest first.
const DELIMITERS: [u8; 4] = [b',', b';', b'\t', b'|'];

/// Visits a record: the line that it begins at, and how many bytes of text end with it.
type Visit<'v> = &'v mut dyn FnMut(&StringRecord, (u64, u64)) -> ControlFlow<()>;

/// A file of delimited cells.
#[derive(Debug)]
pub(super) struct Delimited {
    place: Place,
    encoding: &'static Encoding,
    delimiter: u8,
    header_row: u64,
}

#[derive(Debug, Clone)]
enum Place {
    File(PathBuf),
    Stdin(Vec<u8>),
}

impl Place {
    fn read(&self) -> io::Result<Box<dyn Read + '_>> {
        Ok(match self {
            Self::File(path) => Box::new(BufReader::new(File::open(path)?)),
            Self::Stdin(bytes) => Box::new(Cursor::new(bytes)),
        })
    }
}

impl Delimited {
    /// Opens one and reads its header, with something that its reader should know.
    pub(super) fn open(
        path: &Path,
        shape: &Shape,
        header_row: u64,
    ) -> Result<(Self, Vec<String>, Option<String>)> {
        let place = if path.as_os_str() == "-" {
            let mut bytes = Vec::new();
            io::stdin()
                .lock()
                .take(STDIN_BYTES_MAX + 1)
                .read_to_end(&mut bytes)?;
            if u64::try_from(bytes.len()).unwrap_or(u64::MAX) > STDIN_BYTES_MAX {
                bail!("more than {STDIN_BYTES_MAX} bytes on standard input: give a file");
            }
            Place::Stdin(bytes)
        } else {
            Place::File(path.to_owned())
        };
        let stated = named(&shape.encoding)?;
        let encoding = match stated {
            Some(encoding) => encoding,
            None => detect(place.read()?)?,
        };
        let delimiter = match shape.delimiter {
            Some(letter) => u8::try_from(letter)
                .ok()
                .filter(u8::is_ascii)
                .with_context(|| {
                    format!("delimiter `{letter}`: expected one such as `,` `;` or a tab")
                })?,
            None => find_delimiter(place.read()?, encoding, header_row)?,
        };
        let table = Self {
            place,
            encoding,
            delimiter,
            header_row,
        };
        let mut columns = Vec::new();
        table.records(&mut |record, _| {
            columns = cells(record);
            ControlFlow::Break(())
        })?;
        let guessed = stated.is_none() && encoding != UTF_8;
        let remark = guessed.then(|| format!("{}: read as {}", path.display(), encoding.name()));
        Ok((table, columns, remark))
    }

    pub(super) fn delimiter(&self) -> u8 {
        self.delimiter
    }

    pub(super) fn total(&self) -> Option<u64> {
        match &self.place {
            Place::File(path) => std::fs::metadata(path).ok().map(|meta| meta.len()),
            Place::Stdin(bytes) => u64::try_from(bytes.len()).ok(),
        }
    }

    pub(super) fn rows(self, take: TakeRow<'_>) -> io::Result<()> {
        let mut header = true;
        self.records(&mut |record, (number, consumed)| {
            if std::mem::take(&mut header) {
                return ControlFlow::Continue(());
            }
            take(Row {
                number,
                cells: cells(record),
                faults: Vec::new(),
                consumed,
            })
        })
    }

    /// Every record from the header on.
    fn records(&self, visit: Visit<'_>) -> io::Result<()> {
        let mut reader = self.reader()?;
        let mut record = StringRecord::new();
        while reader.read_record(&mut record)? {
            // Counted from its end: blank lines before it are passed over with it.
            let within = record.as_slice().bytes().filter(|byte| *byte == b'\n');
            let lines = u64::try_from(within.count()).unwrap_or(u64::MAX);
            let line = reader.position().line().saturating_sub(lines + 1);
            if line < self.header_row {
                continue;
            }
            if visit(&record, (line, reader.position().byte())).is_break() {
                break;
            }
        }
        Ok(())
    }

    fn reader(&self) -> io::Result<Reader<impl Read + '_>> {
        // The last line ends like the others.
        let text = Decoded::new(self.place.read()?, self.encoding).chain(b"\n".as_slice());
        Ok(ReaderBuilder::new()
            .delimiter(self.delimiter)
            .has_headers(false)
            .flexible(true)
            .from_reader(text))
    }
}

fn cells(record: &StringRecord) -> Vec<String> {
    record.iter().map(|cell| cell.trim().to_owned()).collect()
}

/// The letter that stands most often in the header outside quotes; a comma where none does.
fn find_delimiter(
    input: impl Read,
    encoding: &'static Encoding,
    header_row: u64,
) -> io::Result<u8> {
    let mut text = BufReader::new(Decoded::new(input, encoding));
    let mut header = String::new();
    for _ in 0..header_row {
        header.clear();
        io::BufRead::read_line(&mut text, &mut header)?;
    }
    let count = |delimiter: u8| {
        let mut quoted = false;
        let outside = header.bytes().filter(|byte| {
            quoted ^= *byte == b'"';
            !quoted && *byte == delimiter
        });
        outside.count()
    };
    // Of equals the likelier wins: the last of the maxima is taken, so they stand in reverse.
    let best = DELIMITERS
        .into_iter()
        .rev()
        .max_by_key(|delimiter| count(*delimiter));
    Ok(best.unwrap_or(b','))
}

#[cfg(test)]
mod tests {
    use super::super::TableIn;
    use super::*;

    fn table(content: &[u8], shape: &Shape) -> (Vec<String>, Vec<Row>) {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("t.csv");
        std::fs::write(&path, content).unwrap();
        let table = TableIn::open(&path, shape).unwrap();
        let (columns, mut rows) = (table.columns.clone(), Vec::new());
        table
            .rows(&mut |row| {
                rows.push(row);
                ControlFlow::Continue(())
            })
            .unwrap();
        (columns, rows)
    }

    #[test]
    fn delimiters_are_told_by_the_header() {
        for (content, expected) in [
            ("a,b,c\n1,2,3\n", ["1", "2", "3"]),
            ("a;b;c\n1,5;2;3\n", ["1,5", "2", "3"]),
            ("a\tb\tc\n1\t2\t3\n", ["1", "2", "3"]),
            ("\"a,x,y\";b;c\n1;2;\"3\"\n", ["1", "2", "3"]),
            ("a|b|c\n1| 2 |3", ["1", "2", "3"]),
        ] {
            let (columns, rows) = table(content.as_bytes(), &Shape::default());
            assert_eq!((columns.len(), rows.len()), (3, 1), "{content}");
            assert_eq!(rows[0].cells, expected, "{content}");
        }
    }

    #[test]
    fn rows_know_their_line_and_what_is_wrong_with_them() {
        let content = "a,b\n1,\"two\nlines\"\n\n,\n3\n4,5,6\n7,8,\n\n9";
        let (_, rows) = table(content.as_bytes(), &Shape::default());
        let (_, windows) = table(content.replace('\n', "\r\n").as_bytes(), &Shape::default());
        let numbers = |rows: &[Row]| rows.iter().map(|row| row.number).collect::<Vec<_>>();
        assert_eq!(numbers(&rows), numbers(&windows));
        let told: Vec<(u64, usize, &str)> = rows
            .iter()
            .map(|row| (row.number, row.faults.len(), row.cells[0].as_str()))
            .collect();
        assert_eq!(
            told,
            [
                (2, 0, "1"),
                (6, 0, "3"),
                (7, 1, "4"),
                (8, 0, "7"),
                (10, 0, "9"),
            ]
        );
    }

    #[test]
    fn what_stands_above_the_header_is_passed_over() {
        let shape = Shape {
            header_row: 3,
            ..Shape::default()
        };
        let (columns, rows) = table(b"MANIFEST, no. 7\n\na;b\n1;2\n", &shape);
        assert_eq!(columns, ["a", "b"]);
        assert_eq!((rows[0].number, rows.len()), (4, 1));
    }

    #[test]
    fn an_encoding_that_does_not_fit_refuses_the_row_and_not_the_table() {
        let shape = Shape {
            encoding: "utf-8".to_owned(),
            ..Shape::default()
        };
        let (_, rows) = table(b"a,b\nPe\xf1a,1\nSolis,2\n", &shape);
        assert_eq!((rows[0].faults.len(), rows[1].faults.len()), (1, 0));
    }
}

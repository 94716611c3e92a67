//! Where what is refused goes, so that nothing is lost: JSON Lines, or the table again with what is
//! wrong with each row. Either can be mended and published again as it is.

use std::fs::{self, File};
use std::io::{self, BufWriter, Write as _};
use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result};
use serde::Deserialize;

use super::entry::{FieldError, Refused};
use super::tally::create_private;
use crate::mapping::Bound;
use crate::table_in::REMARKS;

/// Largest reject file that is put in order, in bytes.
const SORTED_BYTES_MAX: u64 = 64 << 20;

/// What a spreadsheet knows UTF-8 by.
const MARK: &[u8] = b"\xef\xbb\xbf";

/// A file for what is refused; made with the first refusal.
pub(crate) struct Rejects {
    path: PathBuf,
    as_table: Option<Box<AsTable>>,
    file: Option<Open>,
}

/// What a table's reject file needs to know of the table.
struct AsTable {
    columns: Vec<String>,
    delimiter: u8,
    mapping: Bound,
}

enum Open {
    Lines(BufWriter<File>),
    Table(Box<csv::Writer<File>>),
}

/// What is wrong with a row, as it is told to people.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Remark {
    pub(super) column: String,
    pub(super) reason: String,
}

impl Rejects {
    /// As JSON Lines.
    pub(crate) fn lines(path: PathBuf) -> Self {
        Self {
            path,
            as_table: None,
            file: None,
        }
    }

    /// As the table that it came from, with three columns more.
    pub(super) fn table(
        path: PathBuf,
        columns: Vec<String>,
        delimiter: u8,
        mapping: Bound,
    ) -> Self {
        let as_table = AsTable {
            columns,
            delimiter,
            mapping,
        };
        Self {
            path,
            as_table: Some(Box::new(as_table)),
            file: None,
        }
    }

    /// Which column is wrong and why, in one line; every one, where there are several.
    pub(super) fn remark(&self, refused: &Refused) -> Remark {
        let column = |error: &FieldError| {
            if let Some(column) = &error.column {
                return column.clone();
            }
            let rule = refused.row.as_ref().and_then(|row| {
                let place = usize::try_from(error.index).ok()?;
                row.rules.get(place).copied()
            });
            let found = self.as_table.as_ref().zip(rule);
            found
                .and_then(|(table, rule)| table.mapping.column(rule, &error.field))
                .unwrap_or_default()
        };
        let (mut columns, mut reasons): (Vec<String>, Vec<&str>) = (Vec::new(), Vec::new());
        for error in &refused.errors {
            let column = column(error);
            if !column.is_empty() && !columns.contains(&column) {
                columns.push(column);
            }
            if !reasons.contains(&error.message.as_str()) {
                reasons.push(&error.message);
            }
        }
        let reason = if reasons.is_empty() {
            refused.reason.clone()
        } else {
            reasons.join("; ")
        };
        Remark {
            column: columns.join(", "),
            reason: format!("{}: {reason}", refused.code),
        }
    }

    /// [`Self::remark`], for others: the column and the reason.
    pub(crate) fn told(&self, refused: &Refused) -> (String, String) {
        let Remark { column, reason } = self.remark(refused);
        (column, reason)
    }

    /// Writes something down.
    pub(super) fn put(&mut self, refused: &Refused) -> Result<()> {
        if self.file.is_none() {
            self.file = Some(self.open().with_context(|| self.cannot())?);
        }
        let written = match (&mut self.file, &refused.row) {
            (Some(Open::Lines(file)), _) => serde_json::to_writer(&mut *file, refused)
                .map_err(io::Error::from)
                .and_then(|()| file.write_all(b"\n")),
            (Some(Open::Table(_)), row) => {
                let Remark { column, reason } = self.remark(refused);
                let cells = row.iter().flat_map(|row| &row.cells).map(String::as_str);
                let remarks = [refused.line.to_string(), column, reason];
                let record: Vec<&str> = cells.chain(remarks.iter().map(String::as_str)).collect();
                match &mut self.file {
                    Some(Open::Table(file)) => file.write_record(record).map_err(io::Error::from),
                    Some(Open::Lines(_)) | None => Ok(()),
                }
            }
            (None, _) => Ok(()),
        };
        written.with_context(|| format!("reject file {}", self.path.display()))
    }

    fn open(&self) -> io::Result<Open> {
        let mut file = create_private(&self.path)?;
        let Some(table) = &self.as_table else {
            return Ok(Open::Lines(BufWriter::new(file)));
        };
        file.write_all(MARK)?;
        let mut writer = table.writer(file);
        writer.write_record(table.header())?;
        Ok(Open::Table(Box::new(writer)))
    }

    /// Completes the file and puts it into the order of the input; where it is, if there is one.
    pub(super) fn finish(&mut self) -> Result<Option<PathBuf>> {
        let finished = match self.file.take() {
            None => return Ok(None),
            Some(Open::Lines(mut file)) => file.flush().and_then(|()| sort_lines(&self.path)),
            Some(Open::Table(mut file)) => file.flush().and_then(|()| self.sort_rows()),
        };
        finished.with_context(|| self.cannot())?;
        Ok(Some(self.path.clone()))
    }

    fn sort_rows(&self) -> io::Result<()> {
        let Some(table) = &self.as_table else {
            return Ok(());
        };
        if fs::metadata(&self.path)?.len() > SORTED_BYTES_MAX {
            return Ok(());
        }
        let row = |record: &csv::StringRecord| {
            record
                .get(table.columns.len())
                .and_then(|row| row.parse::<u64>().ok())
        };
        let mut reader = csv::ReaderBuilder::new()
            .delimiter(table.delimiter)
            .from_path(&self.path)?;
        let records: Result<Vec<csv::StringRecord>, csv::Error> = reader.records().collect();
        let mut records = records?;
        if records.is_sorted_by_key(row) {
            return Ok(());
        }
        records.sort_by_key(row);
        let mut file = create_private(&self.path)?;
        file.write_all(MARK)?;
        let mut writer = table.writer(file);
        writer.write_record(table.header())?;
        for record in records {
            writer.write_record(&record)?;
        }
        writer.flush()
    }

    fn cannot(&self) -> String {
        format!(
            "reject file {} cannot be written; choose another with --reject",
            self.path.display()
        )
    }
}

impl AsTable {
    fn writer(&self, file: File) -> csv::Writer<File> {
        csv::WriterBuilder::new()
            .delimiter(self.delimiter)
            .from_writer(file)
    }

    fn header(&self) -> impl Iterator<Item = &str> {
        self.columns.iter().map(String::as_str).chain(REMARKS)
    }
}

/// Puts what several writers noted into the order of the input, unless that is too much to hold.
fn sort_lines(path: &Path) -> io::Result<()> {
    #[derive(Deserialize)]
    struct Place {
        line: u64,
    }
    if fs::metadata(path)?.len() > SORTED_BYTES_MAX {
        return Ok(());
    }
    let text = fs::read_to_string(path)?;
    let place = |line: &&str| serde_json::from_str::<Place>(line).map_or(0, |place| place.line);
    let mut lines: Vec<&str> = text.lines().collect();
    if lines.is_sorted_by_key(place) {
        return Ok(());
    }
    lines.sort_by_key(place);
    let mut file = BufWriter::new(create_private(path)?);
    for line in lines {
        writeln!(file, "{line}")?;
    }
    file.flush()
}

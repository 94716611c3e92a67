//! Tables as offices keep them: CSV in any of the usual encodings, and the sheets of a workbook. Read
//! row by row, so that the size of a file is no matter; every row knows where it stands.
//!
//! Every cell is a text here. What a spreadsheet holds as a date or a number is written as one
//! spelling (`2026-07-01`, `2026-07-01T09:30:00`, `12`), so that whoever reads rows reads one thing.

mod delimited;
mod encoding;
mod workbook;

use std::ffi::OsStr;
use std::io;
use std::ops::ControlFlow;
use std::path::Path;

use anyhow::{Context as _, Result, bail};
use serde::Deserialize;

use self::delimited::Delimited;
use self::workbook::Workbook;

/// Longest cell, in bytes: an event holds no more than four of these.
const CELL_BYTES_MAX: usize = 64 * 1024;

/// What a reject file adds to a table, as its last columns.
pub(crate) const REMARKS: [&str; 3] = ["row", "column", "reason"];

/// What is known of a table before it is read.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(crate) struct Shape {
    /// `auto`, or what the file says by no means: `utf-8`, `utf-16le`, `utf-16be`, `windows-1252`.
    pub(crate) encoding: String,
    /// What stands between cells: one letter; found out from the header when absent.
    pub(crate) delimiter: Option<char>,
    /// The sheet of a workbook; its first when absent.
    pub(crate) sheet: Option<String>,
    /// The row that names the columns, from 1: what stands above it is passed over.
    pub(crate) header_row: u32,
    /// Whether numbers are written as `1.234,50`.
    pub(crate) decimal_comma: bool,
    /// What says "nothing stands here", besides an empty cell.
    pub(crate) empty: Vec<String>,
}

impl Default for Shape {
    fn default() -> Self {
        Self {
            encoding: "auto".to_owned(),
            delimiter: None,
            sheet: None,
            header_row: 1,
            decimal_comma: false,
            empty: Vec::new(),
        }
    }
}

/// A table whose header was read.
#[derive(Debug)]
pub(crate) struct TableIn {
    /// The columns' names, from left to right.
    pub(crate) columns: Vec<String>,
    /// What stands between cells where rows are written down again.
    pub(crate) delimiter: u8,
    /// How far `consumed` will come.
    pub(crate) total: Option<u64>,
    /// Something that whoever reads the table should know.
    pub(crate) remark: Option<String>,
    kind: Kind,
}

#[derive(Debug)]
enum Kind {
    Delimited(Delimited),
    Workbook(Workbook),
}

/// One row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Row {
    /// Where it stands: the line of a CSV that it begins at, the row of a sheet; from 1. In a reject
    /// file, where it stood in the table that it was refused from.
    pub(crate) number: u64,
    /// A text for each column, trimmed.
    pub(crate) cells: Vec<String>,
    /// Why it cannot be read as it stands: the column's place and a reason.
    pub(crate) faults: Vec<(Option<usize>, String)>,
    /// How far the table has been read.
    pub(crate) consumed: u64,
}

/// Takes one row after the other, and says whether it wants more.
pub(crate) type TakeRow<'t> = &'t mut dyn FnMut(Row) -> ControlFlow<()>;

impl TableIn {
    /// Opens a table and reads its header.
    ///
    /// # Errors
    /// The file cannot be read, is no table, or has no header.
    pub(crate) fn open(path: &Path, shape: &Shape) -> Result<Self> {
        let cannot = || format!("table {} cannot be read", path.display());
        let header_row = u64::from(shape.header_row.max(1));
        let is_workbook = is_workbook(path);
        let mut table = if is_workbook {
            let (workbook, columns, remark) =
                Workbook::open(path, shape, header_row).with_context(cannot)?;
            Self {
                columns,
                delimiter: if shape.decimal_comma { b';' } else { b',' },
                total: None,
                remark,
                kind: Kind::Workbook(workbook),
            }
        } else {
            let (delimited, columns, remark) =
                Delimited::open(path, shape, header_row).with_context(cannot)?;
            Self {
                columns,
                delimiter: delimited.delimiter(),
                total: delimited.total(),
                remark,
                kind: Kind::Delimited(delimited),
            }
        };
        while table.columns.last().is_some_and(String::is_empty) {
            table.columns.pop();
        }
        if table.columns.is_empty() {
            bail!(
                "table {}: row {header_row} names no columns",
                path.display()
            );
        }
        Ok(table)
    }

    /// Whether the last columns are what a reject file adds.
    pub(crate) fn has_remarks(&self) -> bool {
        self.columns.len() > REMARKS.len()
            && self
                .columns
                .iter()
                .rev()
                .zip(REMARKS.iter().rev())
                .all(|(a, b)| a == b)
    }

    /// Gives every row that is not empty, until it is told to stop.
    ///
    /// # Errors
    /// The file cannot be read any further.
    pub(crate) fn rows(self, take: TakeRow<'_>) -> io::Result<()> {
        let width = self.columns.len();
        let remarks = self.has_remarks().then(|| width - REMARKS.len());
        let mut checked = |mut row: Row| {
            if row.cells.iter().all(String::is_empty) && row.faults.is_empty() {
                return ControlFlow::Continue(());
            }
            let over = row.cells.iter().skip(width).filter(|cell| !cell.is_empty());
            if over.count() > 0 {
                let reason = format!("{} cells, and the header names {width}", row.cells.len());
                row.faults.push((None, reason));
            }
            row.cells.resize(width, String::new());
            check_cells(&mut row);
            let told = remarks.and_then(|place| row.cells.get(place)?.parse().ok());
            row.number = told.unwrap_or(row.number);
            take(row)
        };
        match self.kind {
            Kind::Delimited(delimited) => delimited.rows(&mut checked),
            Kind::Workbook(workbook) => workbook.rows(&mut checked),
        }
    }
}

/// Whether a file is a workbook, by its name.
pub(crate) fn is_workbook(path: &Path) -> bool {
    extension(path).is_some_and(|ending| ["xlsx", "xlsm"].contains(&ending.as_str()))
}

/// Whether a file is a table, by its name.
pub(crate) fn is_table(path: &Path) -> bool {
    let delimited = ["csv", "tsv", "tab", "txt"];
    is_workbook(path) || extension(path).is_some_and(|ending| delimited.contains(&ending.as_str()))
}

fn extension(path: &Path) -> Option<String> {
    path.extension()
        .and_then(OsStr::to_str)
        .map(str::to_ascii_lowercase)
}

fn check_cells(row: &mut Row) {
    for (place, cell) in row.cells.iter().enumerate() {
        if cell.len() > CELL_BYTES_MAX {
            let reason = format!("{} bytes, at most {CELL_BYTES_MAX}", cell.len());
            row.faults.push((Some(place), reason));
        } else if cell.contains(char::REPLACEMENT_CHARACTER) {
            let reason = "holds bytes that the encoding does not have: say which one it is";
            row.faults.push((Some(place), reason.to_owned()));
        }
    }
}

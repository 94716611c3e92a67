//! Sheets of a workbook (XLSX), cell by cell. Of a formula the value counts that was there when the
//! workbook was saved.

use std::fs::File;
use std::io::{self, BufReader};
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result};
use calamine::{DataRef, ExcelDateTime, Reader as _, Xlsx, open_workbook};

use super::{Row, Shape, TakeRow};

/// A sheet of a workbook.
#[derive(Debug)]
pub(super) struct Workbook {
    path: PathBuf,
    sheet: String,
    header_row: u64,
    decimal_comma: bool,
}

impl Workbook {
    /// Opens one and reads the header of a sheet, with something that its reader should know.
    pub(super) fn open(
        path: &Path,
        shape: &Shape,
        header_row: u64,
    ) -> Result<(Self, Vec<String>, Option<String>)> {
        let book: Xlsx<BufReader<File>> = open_workbook(path)?;
        let names = book.sheet_names();
        let (sheet, remark) = if let Some(asked) = &shape.sheet {
            let found = names.iter().find(|name| *name == asked);
            let there = || format!("no sheet `{asked}`: there are {}", names.join(", "));
            (found.with_context(there)?.clone(), None)
        } else {
            let first = names.first().context("the workbook has no sheet")?;
            let several = names.len() > 1;
            let remark = format!("sheet `{first}` is read, of {}", names.join(", "));
            (first.clone(), several.then_some(remark))
        };
        let workbook = Self {
            path: path.to_owned(),
            sheet,
            header_row,
            decimal_comma: shape.decimal_comma,
        };
        let mut columns = Vec::new();
        workbook.each(&mut |row| {
            if row.number == header_row {
                columns = row.cells;
            }
            ControlFlow::Break(())
        })?;
        Ok((workbook, columns, remark))
    }

    pub(super) fn rows(self, take: TakeRow<'_>) -> io::Result<()> {
        self.each(&mut |row| {
            if row.number == self.header_row {
                return ControlFlow::Continue(());
            }
            take(row)
        })
    }

    /// Every row from the header on that holds anything.
    fn each(&self, take: TakeRow<'_>) -> io::Result<()> {
        let cannot = |error: calamine::XlsxError| io::Error::other(error.to_string());
        let mut book: Xlsx<BufReader<File>> = open_workbook(&self.path).map_err(cannot)?;
        let mut cells = book.worksheet_cells_reader(&self.sheet).map_err(cannot)?;
        let mut row: Option<Row> = None;
        while let Some(cell) = cells.next_cell().map_err(cannot)? {
            let (at, column) = cell.get_position();
            let number = u64::from(at) + 1;
            if number < self.header_row {
                continue;
            }
            if row.as_ref().is_some_and(|row| row.number != number)
                && let Some(done) = row.take()
                && take(done).is_break()
            {
                return Ok(());
            }
            let row = row.get_or_insert_with(|| Row {
                number,
                cells: Vec::new(),
                faults: Vec::new(),
                consumed: number,
            });
            let place = usize::try_from(column).unwrap_or(usize::MAX);
            self.put(row, place, cell.get_value());
        }
        // Nothing follows the last row, so whether more is wanted does not matter.
        match row.map(take) {
            Some(ControlFlow::Continue(()) | ControlFlow::Break(())) | None => Ok(()),
        }
    }

    fn put(&self, row: &mut Row, place: usize, value: &DataRef<'_>) {
        let text = match value {
            DataRef::Empty => return,
            DataRef::String(text) | DataRef::DateTimeIso(text) | DataRef::DurationIso(text) => {
                text.trim().to_owned()
            }
            DataRef::SharedString(text) => text.trim().to_owned(),
            DataRef::Bool(value) => value.to_string(),
            DataRef::Int(number) => number.to_string(),
            DataRef::Float(number) => self.number(*number),
            DataRef::DateTime(at) => self.time(at),
            DataRef::Error(error) => {
                let reason = format!("the formula ends in {error}");
                row.faults.push((Some(place), reason));
                error.to_string()
            }
        };
        if row.cells.len() <= place {
            row.cells.resize(place + 1, String::new());
        }
        if let Some(cell) = row.cells.get_mut(place) {
            *cell = text;
        }
    }

    /// A number as the table writes numbers.
    fn number(&self, number: f64) -> String {
        let text = number.to_string();
        if self.decimal_comma {
            text.replace('.', ",")
        } else {
            text
        }
    }

    fn time(&self, at: &ExcelDateTime) -> String {
        if at.is_duration() {
            return self.number(at.as_f64());
        }
        let (year, month, day, hour, minute, second, _) = at.to_ymd_hms_milli();
        if at.as_f64() < 1.0 {
            return format!("{hour:02}:{minute:02}:{second:02}");
        }
        let date = format!("{year:04}-{month:02}-{day:02}");
        if (hour, minute, second) == (0, 0, 0) {
            date
        } else {
            format!("{date}T{hour:02}:{minute:02}:{second:02}")
        }
    }
}

//! Tables as files that other programs open: CSV, CSV with HXL tags, XLSX, JSON and Parquet.
//!
//! Every format is written from the same [`Sheet`]s, so that a column has one name, kind and tag in
//! all of them, and a cell that is not known is missing in all of them. The same sheets and manifest
//! give the same bytes: no file holds the time at which it was made.
//!
//! A format holds either all sheets of an answer or one; the manifest (what the answer rests on) is
//! inside where the format has room for it, and beside the file in any case.

mod columnar;
mod document;
mod text;
mod workbook;

use std::fmt;
use std::str::FromStr;

use homeward_projections::Sheet;
use serde_json::Value as Json;

/// A format.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Format {
    /// RFC 4180, UTF-8, with a header row.
    Csv,
    /// The same with a row of HXL tags below the header.
    Hxl,
    /// A spreadsheet: one worksheet a sheet, and one for the manifest.
    Xlsx,
    /// Columns with their kinds, and rows, with the manifest.
    Json,
    /// Typed columns, with the manifest among the file's metadata.
    Parquet,
}

/// Why a table cannot be written in a format.
#[derive(Debug, thiserror::Error)]
pub enum WriteError {
    /// The format has an upper bound.
    #[error(
        "sheet `{sheet}` has {rows} rows, and {format} holds at most {rows_max}: take another format, or ask for fewer"
    )]
    TooLong {
        /// Which sheet.
        sheet: String,
        /// Its rows.
        rows: usize,
        /// The format.
        format: Format,
        /// Most rows, without the header.
        rows_max: usize,
    },
    /// What is written with failed.
    #[error("sheet `{sheet}` cannot be written as {format}: {reason}")]
    Failed {
        /// Which sheet.
        sheet: String,
        /// The format.
        format: Format,
        /// What happened.
        reason: String,
    },
}

/// Not the name of a format.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("expected csv, hxl, xlsx, json or parquet, found `{0}`")]
pub struct NoSuchFormat(String);

impl Format {
    /// Every format.
    pub const ALL: &'static [Self] = &[Self::Csv, Self::Hxl, Self::Xlsx, Self::Json, Self::Parquet];

    /// The format's name.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Csv => "csv",
            Self::Hxl => "hxl",
            Self::Xlsx => "xlsx",
            Self::Json => "json",
            Self::Parquet => "parquet",
        }
    }

    /// How a file's name ends. HXL is CSV to whoever does not know it.
    pub const fn ending(self) -> &'static str {
        match self {
            Self::Csv => "csv",
            Self::Hxl => "hxl.csv",
            Self::Xlsx => "xlsx",
            Self::Json => "json",
            Self::Parquet => "parquet",
        }
    }

    /// Its media type.
    pub const fn media_type(self) -> &'static str {
        match self {
            Self::Csv | Self::Hxl => "text/csv; charset=utf-8; header=present",
            Self::Xlsx => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            Self::Json => "application/json",
            Self::Parquet => "application/vnd.apache.parquet",
        }
    }

    /// Whether one file holds every sheet of an answer.
    pub const fn holds_all_sheets(self) -> bool {
        match self {
            Self::Xlsx | Self::Json => true,
            Self::Csv | Self::Hxl | Self::Parquet => false,
        }
    }

    /// Whether people can read it on a terminal.
    pub const fn is_text(self) -> bool {
        match self {
            Self::Csv | Self::Hxl | Self::Json => true,
            Self::Xlsx | Self::Parquet => false,
        }
    }
}

impl fmt::Display for Format {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

impl FromStr for Format {
    type Err = NoSuchFormat;

    fn from_str(text: &str) -> Result<Self, NoSuchFormat> {
        let found = Self::ALL.iter().find(|format| format.as_str() == text);
        found.copied().ok_or_else(|| NoSuchFormat(text.to_owned()))
    }
}

/// A file of every sheet, or of the first where the format holds one.
///
/// # Errors
/// A sheet is longer than the format can hold, or cannot be written.
pub fn write(format: Format, sheets: &[Sheet], manifest: &Json) -> Result<Vec<u8>, WriteError> {
    match (format, sheets) {
        (Format::Json, _) => document::write(sheets, manifest),
        (Format::Xlsx, _) => workbook::write(sheets, manifest),
        (Format::Csv | Format::Hxl | Format::Parquet, []) => Ok(Vec::new()),
        (Format::Csv, [sheet, ..]) => text::write(sheet, Format::Csv),
        (Format::Hxl, [sheet, ..]) => text::write(sheet, Format::Hxl),
        (Format::Parquet, [sheet, ..]) => columnar::write(sheet, manifest),
    }
}

/// An error of the library that writes a format.
fn failed(sheet: &str, format: Format, error: &dyn fmt::Display) -> WriteError {
    WriteError::Failed {
        sheet: sheet.to_owned(),
        format,
        reason: error.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use homeward_projections::sheet::{Column, Value};
    use jiff::civil::date;
    use proptest::prelude::*;
    use serde_json::json;

    use super::*;

    /// A sheet with every kind of cell, among them what other programs stumble over.
    pub(super) fn sample() -> Sheet {
        let mut sheet = Sheet::new(
            "sample",
            "Every kind of cell",
            [
                Column::text("site", "#loc+site"),
                Column::count("journeys", "#indicator+num"),
                Column::number("share", "#indicator+share"),
                Column::day("day", "#date"),
            ],
        );
        let day = date(2026, 2, 28);
        sheet.push(["=1+1".into(), 3.into(), (1.0 / 3.0).into(), day.into()]);
        sheet.push([
            "a \"b\", c\nd é".into(),
            (-7).into(),
            0.0.into(),
            day.into(),
        ]);
        sheet.push([
            Value::Missing,
            Value::Missing,
            Value::Missing,
            Value::Missing,
        ]);
        sheet
    }

    #[test]
    fn a_format_is_read_as_it_is_written() {
        for format in Format::ALL {
            assert_eq!(format.to_string().parse(), Ok(*format));
        }
        assert!("xls".parse::<Format>().is_err());
    }

    fn sheets() -> impl Strategy<Value = Sheet> {
        let cell = (
            ".{0,12}",
            any::<i64>(),
            any::<f64>(),
            0_i32..60_000,
            0_u8..16,
        );
        prop::collection::vec(cell, 0..20).prop_map(|cells| {
            let mut sheet = sample();
            for (text, count, number, days, known) in cells {
                let day = date(1900, 1, 1)
                    .checked_add(jiff::Span::new().days(days))
                    .unwrap();
                let kept = |bit: u8, value: Value| {
                    if known & bit == 0 {
                        Value::Missing
                    } else {
                        value
                    }
                };
                sheet.push([
                    kept(1, text.into()),
                    kept(2, count.into()),
                    kept(4, number.into()),
                    kept(8, day.into()),
                ]);
            }
            sheet
        })
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(48))]

        #[test]
        fn the_same_sheets_are_the_same_bytes(sheet in sheets()) {
            let manifest = json!({ "table": "sample", "ledgers": { "jm": 7 } });
            let sheets = [sheet.clone(), Sheet { name: "again".to_owned(), ..sheet }];
            for format in Format::ALL {
                let first = write(*format, &sheets, &manifest);
                let second = write(*format, &sheets.clone(), &manifest.clone());
                prop_assert_eq!(first.unwrap(), second.unwrap(), "{}", format);
            }
        }
    }
}

//! Sheets as a spreadsheet (XLSX, ISO/IEC 29500): one worksheet a sheet with a frozen header, numbers
//! as numbers and days as days, and the manifest in a worksheet of its own at the end.
//!
//! Numbers in a spreadsheet are floating-point: a count beyond 2^53 would change, and is written as a
//! text. Its calendar begins in 1900: a day before is written as a text.

use homeward_projections::Sheet;
use homeward_projections::sheet::{Column, Kind, Value};
use rust_xlsxwriter::{
    DocProperties, ExcelDateTime, Format as CellFormat, Workbook, Worksheet, XlsxError,
};
use serde_json::Value as Json;

use super::{Format, WriteError, failed};

/// Rows of a worksheet besides the header.
const ROWS_MAX: usize = 1_048_575;

/// The largest whole number up to which every whole number is a floating-point number.
const COUNT_MAX: i64 = 1 << 53;

/// The worksheet that says what the answer rests on.
const MANIFEST: &str = "manifest";

/// How cells are shown.
struct Look {
    header: CellFormat,
    day: CellFormat,
}

pub(super) fn write(sheets: &[Sheet], manifest: &Json) -> Result<Vec<u8>, WriteError> {
    let look = Look {
        header: CellFormat::new().set_bold(),
        day: CellFormat::new().set_num_format("yyyy-mm-dd"),
    };
    let mut workbook = Workbook::new();
    let dated = undated().map_err(|error| failed(MANIFEST, Format::Xlsx, &error))?;
    workbook.set_properties(&dated);
    let last = manifest_sheet(manifest);
    for sheet in sheets.iter().chain([&last]) {
        if sheet.rows.len() > ROWS_MAX {
            return Err(WriteError::TooLong {
                sheet: sheet.name.clone(),
                rows: sheet.rows.len(),
                format: Format::Xlsx,
                rows_max: ROWS_MAX,
            });
        }
        fill(workbook.add_worksheet(), sheet, &look)
            .map_err(|error| failed(&sheet.name, Format::Xlsx, &error))?;
    }
    workbook
        .save_to_buffer()
        .map_err(|error| failed(MANIFEST, Format::Xlsx, &error))
}

/// Properties that say nothing of when the file was made: the same answer is the same file.
fn undated() -> Result<DocProperties, XlsxError> {
    let fixed = ExcelDateTime::from_ymd(2000, 1, 1)?;
    Ok(DocProperties::new()
        .set_author("homeward")
        .set_creation_datetime(&fixed))
}

/// The manifest, one line a field.
fn manifest_sheet(manifest: &Json) -> Sheet {
    let columns = [Column::text("field", ""), Column::text("value", "")];
    let mut sheet = Sheet::new(MANIFEST, "What the answer rests on", columns);
    for (field, value) in manifest.as_object().into_iter().flatten() {
        let value = match value {
            Json::String(text) => text.clone(),
            Json::Null | Json::Bool(_) | Json::Number(_) | Json::Array(_) | Json::Object(_) => {
                value.to_string()
            }
        };
        sheet.push([field.as_str().into(), value.into()]);
    }
    sheet
}

fn fill(worksheet: &mut Worksheet, sheet: &Sheet, look: &Look) -> Result<(), XlsxError> {
    worksheet.set_name(&sheet.name)?;
    worksheet.set_freeze_panes(1, 0)?;
    for (at, column) in (0_u16..).zip(&sheet.columns) {
        worksheet.write_string_with_format(0, at, &column.name, &look.header)?;
        worksheet.set_column_width(at, width(column))?;
    }
    for (line, row) in (1_u32..).zip(&sheet.rows) {
        for (at, value) in (0_u16..).zip(row) {
            cell(worksheet, line, at, value, look)?;
        }
    }
    Ok(())
}

/// Wide enough for what stands in it most of the time, in letters.
fn width(column: &Column) -> u16 {
    let least = match column.kind {
        Kind::Text => 18,
        Kind::Count | Kind::Number => 10,
        Kind::Day => 12,
    };
    let name = u16::try_from(column.name.chars().count()).unwrap_or(least);
    name.saturating_add(2).clamp(least, 40)
}

fn cell(
    worksheet: &mut Worksheet,
    line: u32,
    at: u16,
    value: &Value,
    look: &Look,
) -> Result<(), XlsxError> {
    match value {
        Value::Missing => {}
        Value::Text(text) => {
            worksheet.write_string(line, at, text)?;
        }
        Value::Count(count) if count.abs_diff(0) > COUNT_MAX.unsigned_abs() => {
            worksheet.write_string(line, at, count.to_string())?;
        }
        Value::Count(count) => {
            #[expect(
                clippy::cast_precision_loss,
                clippy::as_conversions,
                reason = "looked at just above: not beyond 2^53"
            )]
            let count = *count as f64;
            worksheet.write_number(line, at, count)?;
        }
        Value::Number(number) => {
            worksheet.write_number(line, at, *number)?;
        }
        Value::Day(day) => match excel_day(*day) {
            Some(day) => {
                worksheet.write_datetime_with_format(line, at, &day, &look.day)?;
            }
            None => {
                worksheet.write_string(line, at, day.to_string())?;
            }
        },
    }
    Ok(())
}

fn excel_day(day: jiff::civil::Date) -> Option<ExcelDateTime> {
    let year = u16::try_from(day.year())
        .ok()
        .filter(|year| *year >= 1900)?;
    let (month, day) = (
        u8::try_from(day.month()).ok()?,
        u8::try_from(day.day()).ok()?,
    );
    ExcelDateTime::from_ymd(year, month, day).ok()
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;
    use serde_json::json;

    use super::super::tests::sample;
    use super::*;

    #[test]
    fn a_calendar_that_begins_in_1900_is_not_asked_for_more() {
        assert!(excel_day(date(1899, 12, 31)).is_none());
        assert!(excel_day(date(1900, 1, 1)).is_some());
        let mut sheet = sample();
        sheet.push([
            Value::Missing,
            i64::MAX.into(),
            Value::Missing,
            date(1850, 5, 5).into(),
        ]);
        assert!(write(&[sheet], &json!({})).is_ok());
    }

    #[test]
    fn too_many_rows_are_refused() {
        let mut sheet = Sheet::new("long", "Many rows", [Column::text("a", "")]);
        sheet.rows = vec![vec![Value::Missing]; ROWS_MAX + 1];
        let refused = write(&[sheet], &json!({})).unwrap_err();
        assert!(
            matches!(
                refused,
                WriteError::TooLong {
                    rows_max: ROWS_MAX,
                    ..
                }
            ),
            "{refused}"
        );
    }
}

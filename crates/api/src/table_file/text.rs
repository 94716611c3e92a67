//! CSV (RFC 4180, UTF-8, lines end with CR LF), and the same with a row of HXL tags.
//!
//! What is not known is an empty field. A text that a spreadsheet would run as a formula (it begins
//! with `=`, `+`, `-`, `@`, a tab or a line break) gets a leading `'`: texts come from publishers, and
//! whoever opens the file must not run what they wrote. Numbers are never touched.
//! Source of the guard: OWASP, CSV injection.

use homeward_projections::Sheet;
use homeward_projections::sheet::Value;

use super::{Format, WriteError, failed};

/// Letters with which a text becomes a formula somewhere.
const FORMULA: [char; 6] = ['=', '+', '-', '@', '\t', '\r'];

/// One sheet; with tags if the format is [`Format::Hxl`].
pub(super) fn write(sheet: &Sheet, format: Format) -> Result<Vec<u8>, WriteError> {
    let mut writer = csv::WriterBuilder::new()
        .terminator(csv::Terminator::CRLF)
        .from_writer(Vec::new());
    let failed = |error: &dyn std::fmt::Display| failed(&sheet.name, format, error);
    let names = sheet.columns.iter().map(|column| &column.name);
    writer.write_record(names).map_err(|error| failed(&error))?;
    if format == Format::Hxl {
        let tags = sheet.columns.iter().map(|column| &column.hxl);
        writer.write_record(tags).map_err(|error| failed(&error))?;
    }
    for row in &sheet.rows {
        let cells = row.iter().map(cell);
        writer.write_record(cells).map_err(|error| failed(&error))?;
    }
    writer.into_inner().map_err(|error| failed(&error))
}

fn cell(value: &Value) -> String {
    match value {
        Value::Missing => String::new(),
        Value::Text(text) => harmless(text),
        Value::Count(count) => count.to_string(),
        // The shortest digits that are read back as the same number.
        Value::Number(number) => number.to_string(),
        Value::Day(day) => day.to_string(),
    }
}

fn harmless(text: &str) -> String {
    // A line feed too: some programs pass over empty lines before they look for a formula.
    if text.starts_with(FORMULA) || text.starts_with('\n') {
        format!("'{text}")
    } else {
        text.to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::sample;
    use super::*;

    #[test]
    fn a_file_is_as_the_standard_says_and_runs_nothing() {
        let expected = "site,journeys,share,day\r\n\
             '=1+1,3,0.3333333333333333,2026-02-28\r\n\
             \"a \"\"b\"\", c\nd é\",-7,0,2026-02-28\r\n\
             ,,,\r\n";
        let file = write(&sample(), Format::Csv).unwrap();
        assert_eq!(String::from_utf8(file).unwrap(), expected);
    }

    #[test]
    fn tags_stand_below_the_names() {
        let file = String::from_utf8(write(&sample(), Format::Hxl).unwrap()).unwrap();
        let mut lines = file.split("\r\n");
        assert_eq!(lines.next(), Some("site,journeys,share,day"));
        let tags = "#loc+site,#indicator+num,#indicator+share,#date";
        assert_eq!(lines.next(), Some(tags));
    }

    #[test]
    fn every_way_into_a_formula_is_closed() {
        for text in ["=A1", "+1", "-1", "@SUM(A1)", "\t=A1", "\r=A1", "\n=A1"] {
            assert_eq!(harmless(text), format!("'{text}"));
        }
        for text in ["", "a=b", "norman-manley", "2026-07-01"] {
            assert_eq!(harmless(text), text);
        }
    }
}

//! Sheets as a JSON document: for programs that would rather have columns with their kinds than guess.

use std::borrow::Cow;

use homeward_projections::Sheet;
use homeward_projections::sheet::{Column, Value};
use serde::Serialize;
use serde_json::Value as Json;

use super::{Format, WriteError, failed};

#[derive(Serialize)]
struct Document<'a> {
    manifest: &'a Json,
    sheets: Vec<Written<'a>>,
}

#[derive(Serialize)]
struct Written<'a> {
    name: &'a str,
    title: &'a str,
    columns: Vec<WrittenColumn<'a>>,
    rows: Vec<Vec<Cell<'a>>>,
}

#[derive(Serialize)]
struct WrittenColumn<'a> {
    name: &'a str,
    kind: &'static str,
    hxl: &'a str,
}

/// A cell; `null` is what is not known, a day is a text.
#[derive(Serialize)]
#[serde(untagged)]
enum Cell<'a> {
    Missing,
    Text(Cow<'a, str>),
    Count(i64),
    Number(f64),
}

impl<'a> From<&'a Value> for Cell<'a> {
    fn from(value: &'a Value) -> Self {
        match value {
            Value::Missing => Self::Missing,
            Value::Text(text) => Self::Text(text.into()),
            Value::Count(count) => Self::Count(*count),
            Value::Number(number) => Self::Number(*number),
            Value::Day(day) => Self::Text(day.to_string().into()),
        }
    }
}

impl<'a> From<&'a Column> for WrittenColumn<'a> {
    fn from(column: &'a Column) -> Self {
        let Column { name, kind, hxl } = column;
        Self {
            name,
            kind: kind.as_str(),
            hxl,
        }
    }
}

impl<'a> From<&'a Sheet> for Written<'a> {
    fn from(sheet: &'a Sheet) -> Self {
        let cells = |row: &'a Vec<Value>| row.iter().map(Into::into).collect();
        Self {
            name: &sheet.name,
            title: &sheet.title,
            columns: sheet.columns.iter().map(Into::into).collect(),
            rows: sheet.rows.iter().map(cells).collect(),
        }
    }
}

pub(super) fn write(sheets: &[Sheet], manifest: &Json) -> Result<Vec<u8>, WriteError> {
    let document = Document {
        manifest,
        sheets: sheets.iter().map(Into::into).collect(),
    };
    let name = sheets.first().map_or("", |sheet| sheet.name.as_str());
    serde_json::to_vec(&document).map_err(|error| failed(name, Format::Json, &error))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::super::tests::sample;
    use super::*;

    #[test]
    fn columns_say_what_they_hold() {
        let file = write(&[sample()], &json!({ "day": "2026-02-28" })).unwrap();
        let document: Json = serde_json::from_slice(&file).unwrap();
        let expected = json!({
            "manifest": { "day": "2026-02-28" },
            "sheets": [{
                "name": "sample",
                "title": "Every kind of cell",
                "columns": [
                    { "name": "site", "kind": "text", "hxl": "#loc+site" },
                    { "name": "journeys", "kind": "count", "hxl": "#indicator+num" },
                    { "name": "share", "kind": "number", "hxl": "#indicator+share" },
                    { "name": "day", "kind": "day", "hxl": "#date" },
                ],
                "rows": [
                    ["=1+1", 3, 1.0 / 3.0, "2026-02-28"],
                    ["a \"b\", c\nd é", -7, 0.0, "2026-02-28"],
                    [null, null, null, null],
                ],
            }],
        });
        assert_eq!(document, expected);
    }
}

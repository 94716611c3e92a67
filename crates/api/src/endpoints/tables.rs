//! `GET /v1/tables` and `GET /v1/tables/{table}`: every table, as a file that other programs open.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use axum::Json;
use axum::extract::{Path, Query, State};
use axum::http::{HeaderName, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use homeward_projections::Sheet;
use homeward_projections::tables::{self, AskError, Loaded, Parameter, Question, TableKind};
use serde::Serialize;
use serde_json::{Value, json};
use utoipa::ToSchema;

use super::recidivism;
use crate::answer::{Footing, read, view};
use crate::asked::Asked;
use crate::gate::{Gate, Reading};
use crate::keys::Key;
use crate::problem::Problem;
use crate::table_file::{self, Format, WriteError};

/// Most rows of a list in one answer: the read model waits while it is read.
const LIST_ROWS_MAX: usize = 100_000;

/// What the answer rests on, as JSON in ASCII: for formats that have no room for it inside.
const MANIFEST: HeaderName = HeaderName::from_static("homeward-manifest");

/// The tables there are.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct TableList {
    /// Tables, in the order in which people look at them.
    tables: Vec<TableOffer>,
    /// Formats in which each can be had.
    formats: Vec<&'static str>,
}

/// One table.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct TableOffer {
    /// Its name, for the path.
    name: &'static str,
    /// What it shows.
    title: &'static str,
    /// The read model that it is read from.
    model: &'static str,
    /// Parameters that it takes, besides `format`, `sheet` and `at_least`.
    parameters: Vec<&'static str>,
    /// Dimensions that it can be restricted to and, if it takes `by`, grouped by.
    dimensions: &'static [&'static str],
    /// Its sheets, as they are when nothing is grouped by.
    sheets: Vec<SheetOffer>,
}

/// One sheet of a table.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct SheetOffer {
    /// Its name, for `sheet`.
    name: String,
    /// What it shows.
    title: String,
    /// Its columns, from left to right.
    columns: Vec<ColumnOffer>,
}

/// One column of a sheet.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct ColumnOffer {
    /// Its name, with its unit last.
    name: String,
    /// `text`, `count`, `number` or `day`.
    kind: &'static str,
    /// Its tag of the Humanitarian Exchange Language.
    hxl: String,
}

/// List the tables that can be taken elsewhere, with their columns and what each may be asked.
#[utoipa::path(
    get, path = "/v1/tables", tag = "read models",
    responses((status = 200, body = TableList), (status = "4XX", body = Problem)),
    security(("key" = []))
)]
pub(crate) async fn list(_reader: Reading) -> Json<TableList> {
    Json(TableList {
        tables: tables::all().iter().map(Into::into).collect(),
        formats: Format::ALL.iter().map(|format| format.as_str()).collect(),
    })
}

/// Take a table elsewhere: as CSV, HXL-tagged CSV, XLSX, JSON or Parquet. What the answer rests on is
/// in the header `homeward-manifest`, and inside the file where the format has room for it.
#[utoipa::path(
    get, path = "/v1/tables/{table}", tag = "read models",
    params(
        ("table" = String, Path, description = "a name that /v1/tables lists"),
        ("format" = Option<String>, Query, description = "csv, hxl, xlsx, json (default) or parquet"),
        ("sheet" = Option<Vec<String>>, Query, description = "only this sheet; csv, hxl and parquet hold one, the first unless named"),
        ("by" = Option<Vec<String>>, Query, description = "dimension to group by; which parameters a table takes, /v1/tables lists"),
        ("day" = Option<String>, Query, description = "reference day, today in UTC when absent"),
        ("journey" = Option<String>, Query, description = "the journey of a table of one journey"),
        ("definition" = Option<String>, Query, description = "recidivism: by which definition; everything else that /v1/recidivism takes likewise"),
        ("from" = Option<String>, Query, description = "first month, 2026-01; eleven before the last when absent"),
        ("to" = Option<String>, Query, description = "last month, included; that of the reference day when absent"),
        ("ledger" = Option<Vec<String>>, Query, description = "only these ledgers; every other dimension likewise"),
        ("known" = Option<Vec<String>>, Query, description = "up to where the log is known: head, ledger:sequence (repeat for several ledgers), a time in UTC before which it was stored, or cut:name"),
        ("at_least" = Option<Vec<String>>, Query, description = "wait until the answer knows ledger:sequence"),
    ),
    responses((status = 200, body = Vec<u8>, content_type = "application/octet-stream"), (status = "4XX", body = Problem), (status = 503, body = Problem)),
    security(("key" = []))
)]
pub(crate) async fn one(
    State(gate): State<Gate>,
    Reading(key): Reading,
    Path(name): Path<String>,
    Query(pairs): Query<Vec<(String, String)>>,
) -> Result<Response, Problem> {
    let kind = tables::named(&name).ok_or_else(|| Problem::not_found("this table"))?;
    let mut asked = Asked::new(pairs);
    let view = view(&gate, kind.model.name, &mut asked).await?;
    let format = asked.one::<Format>("format")?.unwrap_or(Format::Json);
    let wanted = asked.all("sheet");
    let question = question(&gate, kind, asked, &key)?;
    // Reading a long list and pressing a spreadsheet take their time: other requests go on.
    let file = tokio::task::spawn_blocking(move || {
        let loaded = Loaded {
            instruments: &gate.instruments,
        };
        let (told, footing) = read(&view, |table| kind.ask(table, &question, loaded))?;
        file(kind, format, &wanted, &question, told.sheets, &footing)
    });
    let broken = |_| {
        let detail = "this table could not be written; it was noted, and the others go on";
        Problem::new(StatusCode::INTERNAL_SERVER_ERROR, "internal", detail)
    };
    Ok(file.await.map_err(broken)??.into_response())
}

/// Reads everything that the table takes; what is left over must be a dimension.
fn question(
    gate: &Gate,
    kind: &TableKind,
    mut asked: Asked,
    key: &Key,
) -> Result<Question, Problem> {
    let mut covariates = BTreeMap::new();
    let mut question = Question::on(jiff::civil::Date::MIN);
    question.rows_max = LIST_ROWS_MAX;
    for parameter in kind.takes {
        match parameter {
            Parameter::By => question.by = asked.all("by"),
            Parameter::Day => question.day = asked.day()?,
            Parameter::Journey => question.journey = asked.one("journey")?,
            Parameter::Returns => {
                question.definition = Some(recidivism::definition(gate, &mut asked)?);
                question.returns = recidivism::question(&mut asked)?;
                covariates = asked.under("cohort.");
            }
            Parameter::From => question.from = asked.one("from")?,
            Parameter::To => question.to = asked.one("to")?,
        }
    }
    question.only = asked.only(key, kind.dimensions)?;
    question.only.append(&mut covariates);
    Ok(question)
}

/// A file to send.
struct File {
    format: Format,
    name: String,
    bytes: Vec<u8>,
    manifest: Value,
}

fn file(
    kind: &TableKind,
    format: Format,
    wanted: &[String],
    question: &Question,
    sheets: Vec<Sheet>,
    footing: &Footing,
) -> Result<File, Problem> {
    let manifest = manifest(kind, question, &sheets, footing);
    let (first, sheets) = chosen(format, wanted, sheets)?;
    let mut name = kind.name.to_owned();
    if let [only] = sheets.as_slice()
        && only.name != first
    {
        name = format!("{name}.{}", only.name);
    }
    Ok(File {
        format,
        name: format!("{name}.{}", format.ending()),
        bytes: table_file::write(format, &sheets, &manifest)?,
        manifest,
    })
}

/// The sheets that were asked for, and the name of the first there is.
fn chosen(
    format: Format,
    wanted: &[String],
    mut sheets: Vec<Sheet>,
) -> Result<(String, Vec<Sheet>), Problem> {
    let names: Vec<String> = sheets.iter().map(|sheet| sheet.name.clone()).collect();
    if let Some(other) = wanted.iter().find(|name| !names.contains(name)) {
        let known = names.join(", ");
        let detail = format!("no sheet `{other}` here; there are {known}");
        return Err(Problem::parameter("sheet", detail));
    }
    if wanted.len() > 1 && !format.holds_all_sheets() {
        let detail = format!("{format} holds one sheet: ask for each, or for xlsx or json");
        return Err(Problem::parameter("sheet", detail));
    }
    if !wanted.is_empty() {
        sheets.retain(|sheet| wanted.contains(&sheet.name));
    } else if !format.holds_all_sheets() {
        sheets.truncate(1);
    }
    Ok((names.into_iter().next().unwrap_or_default(), sheets))
}

/// What the answer rests on. Nothing that changes while the answer stays the same stands here.
fn manifest(kind: &TableKind, question: &Question, sheets: &[Sheet], footing: &Footing) -> Value {
    let as_of = footing.as_of();
    let ledgers: serde_json::Map<String, Value> = as_of
        .ledgers
        .iter()
        .filter(|(ledger, _)| {
            let only = question.only.get("ledger");
            only.is_none_or(|only| only.contains(ledger))
        })
        .map(|(ledger, position)| (ledger.clone(), position.sequence.into()))
        .collect();
    let sheets: Vec<Value> = sheets
        .iter()
        .map(|sheet| json!({ "name": sheet.name, "rows": sheet.rows.len() }))
        .collect();
    json!({
        "homeward": env!("CARGO_PKG_VERSION"),
        "table": kind.name,
        "model": kind.model.name,
        "model_version": kind.model.version,
        "question": kind.to_json(question),
        "known": footing.known().collect::<Vec<_>>(),
        "log_sha256": footing.log_sha256(),
        "sequences": ledgers,
        "complete": as_of.not_current.is_none(),
        "sheets": sheets,
    })
}

impl IntoResponse for File {
    fn into_response(self) -> Response {
        let Self {
            format,
            name,
            bytes,
            manifest,
        } = self;
        let disposition = format!("attachment; filename=\"{name}\"");
        let mut response = bytes.into_response();
        let headers = response.headers_mut();
        let media_type = HeaderValue::from_static(format.media_type());
        headers.insert(header::CONTENT_TYPE, media_type);
        for (name, text) in [
            (header::CONTENT_DISPOSITION, disposition),
            (MANIFEST, ascii(&manifest.to_string())),
        ] {
            // Both are of printable ASCII; one that were not would only be left out.
            if let Ok(value) = HeaderValue::from_str(&text) {
                headers.insert(name, value);
            }
        }
        response
    }
}

/// JSON in which every letter beyond ASCII is written as an escape: the same JSON.
fn ascii(json: &str) -> String {
    let mut text = String::with_capacity(json.len());
    for letter in json.chars() {
        if letter.is_ascii() {
            text.push(letter);
        } else {
            for unit in letter.encode_utf16(&mut [0; 2]) {
                // Writing to a string cannot fail.
                write!(text, "\\u{unit:04x}").unwrap_or_default();
            }
        }
    }
    text
}

impl From<&TableKind> for TableOffer {
    fn from(kind: &TableKind) -> Self {
        Self {
            name: kind.name,
            title: kind.title,
            model: kind.model.name,
            parameters: kind.takes.iter().flat_map(|p| p.names()).copied().collect(),
            dimensions: kind.dimensions,
            sheets: kind.empty().into_iter().map(Into::into).collect(),
        }
    }
}

impl From<Sheet> for SheetOffer {
    fn from(sheet: Sheet) -> Self {
        let column = |column: homeward_projections::sheet::Column| ColumnOffer {
            name: column.name,
            kind: column.kind.as_str(),
            hxl: column.hxl,
        };
        Self {
            name: sheet.name,
            title: sheet.title,
            columns: sheet.columns.into_iter().map(column).collect(),
        }
    }
}

impl From<AskError> for Problem {
    fn from(error: AskError) -> Self {
        match error {
            AskError::Query(error) => error.into(),
            AskError::Returns(error) => error.into(),
            AskError::WhichDefinition => Self::parameter("definition", error),
            AskError::WhichJourney => Self::parameter("journey", error),
            AskError::NoSuchJourney(_) => Self::not_found("this journey"),
            AskError::TooLong { .. } => Self::new(
                StatusCode::UNPROCESSABLE_ENTITY,
                "table-too-long",
                format!("{error}; `homeward replay` writes a table of any length"),
            ),
            AskError::Unwritable(_) => {
                tracing::error!(%error, "a table could not be told");
                let detail = "this table could not be told; it was noted";
                Self::new(StatusCode::INTERNAL_SERVER_ERROR, "internal", detail)
            }
        }
    }
}

impl From<WriteError> for Problem {
    fn from(error: WriteError) -> Self {
        match error {
            WriteError::TooLong { .. } => Self::new(
                StatusCode::UNPROCESSABLE_ENTITY,
                "table-too-long",
                error.to_string(),
            ),
            WriteError::Failed { .. } => {
                tracing::error!(%error, "a table could not be written");
                let detail = "this table could not be written; it was noted";
                Self::new(StatusCode::INTERNAL_SERVER_ERROR, "internal", detail)
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_header_holds_any_json() {
        let manifest = json!({ "site": "Curaçao 𝄞" }).to_string();
        let written = ascii(&manifest);
        assert!(HeaderValue::from_str(&written).is_ok(), "{written}");
        let read: Value = serde_json::from_str(&written).unwrap();
        assert_eq!(read, json!({ "site": "Curaçao 𝄞" }));
    }
}

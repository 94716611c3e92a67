//! Where tables go: to standard output, into a file, or one file a sheet into a folder; beside each
//! file its manifest.

use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result, bail};
use clap::Args;
use homeward_api::table_file::Format;
use serde_json::Value;

use crate::out;
use crate::publish::create_private;

/// In which format a table is written, and where to.
#[derive(Debug, Clone, Args)]
pub(crate) struct TableOut {
    /// Format of the table: csv, hxl, xlsx, json or parquet
    #[arg(long, value_name = "FORMAT")]
    pub(crate) format: Option<Format>,
    /// The one sheet to write; otherwise all that the format holds
    #[arg(long, value_name = "SHEET")]
    pub(crate) sheet: Option<String>,
}

impl TableOut {
    /// Whether a file is wanted at all.
    pub(crate) fn is_asked(&self) -> bool {
        self.format.is_some() || self.sheet.is_some()
    }
}

/// One file to write: which sheet, or all of them, and where to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Target {
    /// The sheet; `None` is every sheet.
    pub(crate) sheet: Option<String>,
    /// The file; `None` is standard output.
    pub(crate) file: Option<PathBuf>,
}

/// What to write of a table with some sheets, the first of which is the one that it is named after.
///
/// # Errors
/// There is no such sheet, or the format is none for a terminal.
pub(crate) fn targets(
    table: &str,
    sheets: &[String],
    format: Format,
    asked: Option<&str>,
    place: Option<&Path>,
) -> Result<Vec<Target>> {
    if let Some(other) = asked.filter(|name| sheets.iter().all(|sheet| sheet != name)) {
        bail!(
            "`{table}` has no sheet `{other}`: expected one of {}",
            sheets.join(", ")
        );
    }
    let first = sheets.first().map(String::as_str);
    let name = |sheet: Option<&str>| match sheet.filter(|sheet| Some(*sheet) != first) {
        Some(sheet) => format!("{table}.{sheet}.{}", format.ending()),
        None => format!("{table}.{}", format.ending()),
    };
    let one = |sheet: Option<&str>, file| {
        vec![Target {
            sheet: sheet.map(str::to_owned),
            file,
        }]
    };
    let sheet = if format.holds_all_sheets() {
        asked
    } else {
        asked.or(first)
    };
    let Some(place) = place else {
        if !format.is_text() {
            bail!("{format} is nothing for a terminal: name a file with --out");
        }
        return Ok(one(sheet, None));
    };
    if !is_folder(place) {
        return Ok(one(sheet, Some(place.to_owned())));
    }
    if format.holds_all_sheets() || asked.is_some() {
        return Ok(one(sheet, Some(place.join(name(asked)))));
    }
    let every = sheets.iter().map(|sheet| Target {
        sheet: Some(sheet.clone()),
        file: Some(place.join(name(Some(sheet)))),
    });
    Ok(every.collect())
}

/// A folder that is there, or a name that ends as a folder's does.
fn is_folder(place: &Path) -> bool {
    place.is_dir()
        || place
            .as_os_str()
            .to_string_lossy()
            .ends_with(std::path::is_separator)
}

/// Says which sheets stay unwritten because nobody asked for them.
pub(crate) fn remark_left_out(sheets: &[String], targets: &[Target]) {
    let [
        Target {
            sheet: Some(one), ..
        },
    ] = targets
    else {
        return;
    };
    let others: Vec<&str> = sheets
        .iter()
        .filter(|sheet| *sheet != one)
        .map(String::as_str)
        .collect();
    if !others.is_empty() {
        let others = others.join(", ");
        out::remark(format!(
            "only sheet `{one}` is written; there are also: {others} (--sheet, or a folder as --out)"
        ));
    }
}

/// Writes a file, for its owner only, and its manifest beside it; to standard output without.
///
/// # Errors
/// The file cannot be written.
pub(crate) fn write(target: &Target, bytes: &[u8], manifest: &Value) -> Result<()> {
    let Some(file) = &target.file else {
        let mut stdout = io::stdout().lock();
        stdout.write_all(bytes)?;
        return Ok(stdout.flush()?);
    };
    let cannot = || format!("{} cannot be written", file.display());
    if let Some(folder) = file.parent() {
        std::fs::create_dir_all(folder).with_context(cannot)?;
    }
    let save = |path: &Path, bytes: &[u8]| -> io::Result<()> {
        let mut file = create_private(path)?;
        file.write_all(bytes)?;
        file.sync_all()
    };
    save(file, bytes).with_context(cannot)?;
    let mut beside = file.clone().into_os_string();
    beside.push(".manifest.json");
    let mut manifest = serde_json::to_vec_pretty(manifest)?;
    manifest.push(b'\n');
    save(Path::new(&beside), &manifest).with_context(cannot)?;
    out::remark(format!(
        "{} written, {} bytes, and its manifest beside it",
        file.display(),
        bytes.len()
    ));
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(format: Format, sheet: Option<&str>, place: Option<&str>) -> Vec<(String, String)> {
        let sheets = ["caseload".to_owned(), "all".to_owned()];
        let targets = targets("caseload", &sheets, format, sheet, place.map(Path::new));
        let told = |target: Target| {
            let file = target.file.map(|file| file.display().to_string());
            (
                target.sheet.unwrap_or_else(|| "*".to_owned()),
                file.unwrap_or_else(|| "-".to_owned()),
            )
        };
        targets.unwrap().into_iter().map(told).collect()
    }

    fn one(sheet: &str, file: &str) -> Vec<(String, String)> {
        vec![(sheet.to_owned(), file.to_owned())]
    }

    #[test]
    fn a_format_that_holds_one_sheet_takes_the_first_or_fills_a_folder() {
        assert_eq!(told(Format::Csv, None, None), one("caseload", "-"));
        assert_eq!(
            told(Format::Csv, None, Some("a.csv")),
            one("caseload", "a.csv")
        );
        assert_eq!(
            told(Format::Csv, Some("all"), Some("a.csv")),
            one("all", "a.csv")
        );
        let both = told(Format::Hxl, None, Some("out/"));
        let expected = [
            ("caseload".to_owned(), "out/caseload.hxl.csv".to_owned()),
            ("all".to_owned(), "out/caseload.all.hxl.csv".to_owned()),
        ];
        assert_eq!(both, expected);
        let all = told(Format::Parquet, Some("all"), Some("out/"));
        assert_eq!(all, one("all", "out/caseload.all.parquet"));
    }

    #[test]
    fn a_format_that_holds_all_sheets_takes_all() {
        assert_eq!(told(Format::Xlsx, None, Some("a.xlsx")), one("*", "a.xlsx"));
        assert_eq!(
            told(Format::Json, None, Some("out/")),
            one("*", "out/caseload.json")
        );
        assert_eq!(told(Format::Json, Some("all"), None), one("all", "-"));
    }

    #[test]
    fn what_cannot_be_shown_or_is_not_there_is_refused() {
        let sheets = ["caseload".to_owned()];
        let refused = targets("caseload", &sheets, Format::Parquet, None, None).unwrap_err();
        assert!(refused.to_string().contains("--out"), "{refused}");
        let refused = targets("caseload", &sheets, Format::Csv, Some("al"), None).unwrap_err();
        assert!(refused.to_string().contains("caseload"), "{refused}");
    }
}

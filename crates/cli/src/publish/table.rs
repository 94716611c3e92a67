//! A table with a mapping, as something to publish: each row is a commit.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use anyhow::{Context as _, Result};

use super::entry::{Commit, Entry, FieldError, Refused, TableRow};
use super::{Rejects, Source, TableArgs, Take, reject_path};
use crate::mapping::{self, Bound, Fault, Mapping};
use crate::out;
use crate::progress::Unit;
use crate::table_in::{self, REMARKS, Row, TableIn};

/// Opens a table to publish it, and says where what is refused goes.
///
/// # Errors
/// The table cannot be read, or the mapping does not fit it.
pub(crate) fn open(
    path: &Path,
    mut mapping: Mapping,
    args: &TableArgs,
    reject: Option<&Path>,
) -> Result<(Source, Rejects)> {
    if args.sheet.is_some() {
        mapping.shape.sheet.clone_from(&args.sheet);
    }
    let table = TableIn::open(path, &mapping.shape)?;
    if let Some(remark) = &table.remark {
        out::remark(remark);
    }
    let bound = mapping::bind(mapping, &table, &args.set)
        .with_context(|| format!("the mapping does not fit {}", path.display()))?;
    // A reject file that is published again has remarks of the last time: they are not the table's.
    let kept = table.columns.len()
        - if table.has_remarks() {
            REMARKS.len()
        } else {
            0
        };
    let columns: Vec<String> = table.columns.iter().take(kept).cloned().collect();
    let file = reject.map_or_else(|| beside(path), Path::to_owned);
    let rejects = Rejects::table(file, columns, table.delimiter, bound.clone());
    let unit = if table_in::is_workbook(path) {
        Unit::Rows
    } else {
        Unit::Bytes
    };
    let total = table.total;
    let names = table.columns.clone();
    let entries =
        move |take: Take<'_>| table.rows(&mut |row| take(entry(&bound, row, &names, kept)));
    let source = Source {
        entries: Box::new(entries),
        total,
        unit,
    };
    Ok((source, rejects))
}

/// `<table>.rejected.csv`; of a reject file, one of its own, because it is being read.
fn beside(path: &Path) -> PathBuf {
    reject_path(path, "csv")
}

fn entry(bound: &Bound, row: Row, names: &[String], kept: usize) -> Entry {
    let told = bound.tell(&row, names);
    let (line, consumed, mut cells) = (row.number, row.consumed, row.cells);
    cells.truncate(kept);
    let content = match told {
        Ok(told) => Ok(Commit {
            json: format!("{{\"events\":{}}}", told.events),
            journey: told.journey,
            events: u64::try_from(told.rules.len()).unwrap_or(u64::MAX),
            row: Some(Arc::new(TableRow {
                cells,
                rules: told.rules,
            })),
        }),
        Err(faults) => Err(refused(line, cells, faults)),
    };
    Entry {
        line,
        consumed,
        content,
    }
}

fn refused(line: u64, cells: Vec<String>, faults: Vec<Fault>) -> Refused {
    let error = |fault: Fault| FieldError {
        index: 0,
        event: None,
        field: fault.field,
        code: fault.code,
        message: fault.reason,
        column: Some(fault.column),
    };
    let errors: Vec<FieldError> = faults.into_iter().map(error).collect();
    let first = errors.first();
    let text = |get: fn(&FieldError) -> &String| first.map(get).cloned().unwrap_or_default();
    Refused {
        line,
        code: text(|error| &error.code),
        field: text(|error| &error.field),
        reason: text(|error| &error.message),
        errors,
        commit: None,
        text: None,
        row: Some(Arc::new(TableRow {
            cells,
            rules: Vec::new(),
        })),
    }
}

//! A mapping to begin with: every field of the events with what it says, and the columns whose names
//! are like a field's put in already.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use anyhow::{Context as _, Result};
use homeward_events::catalogue::EventType;

use super::fields::{Fields, Holds, Listed};

/// Most words of a vocabulary that are written out beside a field.
const WORDS_MAX: usize = 12;

/// The text of a mapping for some columns and event types.
///
/// # Errors
/// There is no such event type.
pub(super) fn begin(columns: &[String], types: &[String]) -> Result<String> {
    let mut text = String::from(HEAD);
    let mut line = |what: &str| {
        text.push_str(what);
        text.push('\n');
    };
    line(&format!(
        "# Columns of the table: {}",
        columns.join(", ").replace('\n', " ")
    ));
    line("\n[journey]");
    match like("journey", columns) {
        Some(column) => line(&format!("column = {}", quoted(column))),
        None => line(
            "derive = [\"\"] # columns that tell persons apart: batch and line, or a case number",
        ),
    }
    line("\n[fields] # of every event");
    line("\"/source\" = \"urn:example:office:system\" # which system the table comes from");
    line(&given("/ledger", "ledger", columns, "which ledger"));
    line(&given("/occurred", "occurred", columns, "when it happened"));
    line("# \"/agency\" = \"\" # on whose behalf; that of the key unless given");
    line(
        "# \"/sequence\" = { column = \"\" } # the system's own number of each row, from 1 without gaps",
    );
    line(
        "# \"/sequence\" = { row_number = true } # where it has none, and there is one table only",
    );
    let mut taken = BTreeSet::new();
    for name in types {
        let entry = EventType::find(name)
            .with_context(|| format!("no event type `{name}` is known here"))?;
        line(&format!("\n[[event]]\ntype = {}", quoted(name)));
        line("# when = [\"column\"] # only for rows where this column is not empty");
        line("[event.fields]");
        for field in Fields::of(entry).list() {
            if taken.insert((entry.name, field.pointer.clone())) {
                line(&field_line(&field, columns));
            }
        }
    }
    Ok(text)
}

const HEAD: &str = r#"# Which column feeds which field. Lines that begin with # are remarks: take the # away to use them.
# A field is a constant ("/data/return_type" = "deported") or comes from a column, with
#   words = { M = "male" }    what the table's words mean; any other is refused
#   empty = "not-provided"    what an empty cell means; without it the field is absent
#   split = ";"               several values in one cell
#   letters = "slug"          Norman Manley is norman-manley; also upper, lower
# Then: homeward mapping check THIS --table TABLE, and homeward publish TABLE --mapping THIS --dry-run

[table]
# delimiter = ";"            # found out unless given
# encoding = "windows-1252"  # found out unless given
# decimal_comma = true       # 1.234,50
# empty = ["n/a", "-"]       # what else says that nothing stands in a cell

[dates]
formats = ["%d/%m/%Y"]       # the first that fits counts; 2026-07-01 is always understood
# zone = "America/Jamaica"   # needed where a time of day is given

"#;

fn field_line(field: &Listed, columns: &[String]) -> String {
    let name = field.pointer.rsplit('/').next().unwrap_or_default();
    let found = like(name, columns);
    let split = if field.kind.holds == Holds::List {
        ", split = \";\""
    } else {
        ""
    };
    let words = if field.kind.words.is_empty() {
        ""
    } else {
        ", words = {}"
    };
    let place = &field.pointer;
    let column = quoted(found.unwrap_or_default());
    let off = if field.required || found.is_some() {
        ""
    } else {
        "# "
    };
    let mut line = format!("{off}\"{place}\" = {{ column = {column}{words}{split} }} #");
    if field.required {
        line.push_str(" REQUIRED.");
    }
    // Writing to a string cannot fail.
    write!(line, " {}", field.says).unwrap_or_default();
    if !field.kind.words.is_empty() {
        let shown: Vec<&str> = field
            .kind
            .words
            .iter()
            .take(WORDS_MAX)
            .map(String::as_str)
            .collect();
        let more = if field.kind.words.len() > WORDS_MAX {
            ", ..."
        } else {
            ""
        };
        write!(line, " Words: {}{more}", shown.join(", ")).unwrap_or_default();
    }
    line
}

fn given(pointer: &str, name: &str, columns: &[String], says: &str) -> String {
    let column = quoted(like(name, columns).unwrap_or_default());
    format!("\"{pointer}\" = {{ column = {column} }} # {says}")
}

/// The column whose name is like a field's.
fn like<'c>(name: &str, columns: &'c [String]) -> Option<&'c str> {
    let plain = |text: &str| -> String {
        text.chars()
            .filter(|letter| letter.is_alphanumeric())
            .flat_map(char::to_lowercase)
            .collect()
    };
    let wanted = plain(name);
    let mut found = columns.iter().filter(|column| plain(column) == wanted);
    found.next().map(String::as_str)
}

/// A text as TOML writes it.
fn quoted(text: &str) -> String {
    toml::Value::String(text.to_owned()).to_string()
}

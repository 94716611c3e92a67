//! Tables on a terminal: for eyes. Whoever computes on takes a file, where nothing is rounded.

use comfy_table::{CellAlignment, Table, presets};
use homeward_projections::Sheet;
use homeward_projections::sheet::{Kind, Value};

/// A sheet as text. Numbers have four decimals; what is not known is `-`.
pub(crate) fn table(sheet: &Sheet) -> String {
    let mut table = Table::new();
    table.load_style(presets::NOTHING);
    table.set_header(sheet.columns.iter().map(|column| &column.name));
    for row in &sheet.rows {
        table.add_row(row.iter().map(cell));
    }
    for (index, column) in sheet.columns.iter().enumerate() {
        if let Some(shown) = table.column_mut(index) {
            shown.set_cell_alignment(match column.kind {
                Kind::Text | Kind::Day => CellAlignment::Left,
                Kind::Count | Kind::Number => CellAlignment::Right,
            });
        }
    }
    table.trim_fmt()
}

fn cell(value: &Value) -> String {
    match value {
        Value::Missing => "-".to_owned(),
        Value::Text(text) => printable(text),
        Value::Count(count) => count.to_string(),
        Value::Number(number) => format!("{number:.4}"),
        Value::Day(day) => day.to_string(),
    }
}

/// Texts come from publishers: none of them moves the cursor or colours the screen.
pub(crate) fn printable(text: &str) -> String {
    let plain = |letter: char| if letter.is_control() { ' ' } else { letter };
    text.chars().map(plain).collect()
}

#[cfg(test)]
mod tests {
    use homeward_projections::sheet::Column;
    use jiff::civil::date;

    use super::*;

    #[test]
    fn a_sheet_is_told_in_columns() {
        let columns = [
            Column::text("site", ""),
            Column::count("journeys", ""),
            Column::number("share", ""),
            Column::day("day", ""),
        ];
        let mut sheet = Sheet::new("caseload", "Journeys", columns);
        let day = date(2026, 7, 1);
        sheet.push([
            "a\u{1b}[1mb".into(),
            12.into(),
            (1.0 / 3.0).into(),
            day.into(),
        ]);
        sheet.push([Value::Missing, 7.into(), Value::Missing, Value::Missing]);
        let lines = [
            " site    journeys   share  day",
            " a [1mb        12  0.3333  2026-07-01",
            " -              7       -  -",
        ];
        assert_eq!(table(&sheet), lines.join("\n"));
    }
}

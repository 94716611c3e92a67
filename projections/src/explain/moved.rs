//! What a difference says, in words.

use crate::explain::figure::Figure;
use crate::model::Difference;

/// A difference in one line: `stage received -> assessed` where one cell gave way to another, else
/// each cell with what was added, as `+1 ledger jm, sex female`; then how many rows changed.
pub fn moved(figure: &Figure, difference: &Difference) -> String {
    let mut words = Vec::new();
    let mut cells = difference.cells.iter();
    match (cells.next(), cells.next(), cells.next()) {
        (Some((a, by)), Some((b, back)), None) if *by == -back && by.abs() == 1 => {
            let (from, to) = if *by < 0 { (a, b) } else { (b, a) };
            words.push(gave_way(figure, from, to));
        }
        _ => words.extend(
            difference
                .cells
                .iter()
                .map(|(cell, by)| format!("{by:+} {}", told(figure, cell))),
        ),
    }
    match difference.rows.len() {
        0 => {}
        1 => words.push("1 row".to_owned()),
        rows => words.push(format!("{rows} rows")),
    }
    words.join("; ")
}

/// A cell with the names of its dimensions; one of another shape as it is.
fn told(figure: &Figure, cell: &str) -> String {
    let named = figure.named(cell).into_iter();
    let words = named.map(|(name, value)| match name {
        "" => value.to_owned(),
        name => format!("{name} {}", shown(value)),
    });
    words.collect::<Vec<_>>().join(", ")
}

/// Where two cells differ.
fn gave_way(figure: &Figure, from: &str, to: &str) -> String {
    let (before, after) = (figure.named(from), figure.named(to));
    if before.len() != after.len() {
        return format!("-1 {}; +1 {}", told(figure, from), told(figure, to));
    }
    let pairs = before.into_iter().zip(after);
    let differing = pairs.filter(|((_, a), (_, b))| a != b);
    let words = differing.map(|((name, a), (_, b))| format!("{name} {} -> {}", shown(a), shown(b)));
    words.collect::<Vec<_>>().join(", ")
}

fn shown(value: &str) -> &str {
    if value.is_empty() { "-" } else { value }
}

//! Cells by calendar: weeks and weekdays, years and months. The lightness says how much, the number
//! in the cell says it exactly.

use super::ink::{Ink, Pattern};
use super::legend::{Classes, Swatch, rows};
use super::scale::number;
use super::sheet::{Anchor, Sheet};
use super::{Amount, Frame, Say, typeface};

/// More columns than this become rows where the picture is narrow.
const NARROW_COLUMNS_MAX: usize = 12;

/// Cells in rows and columns.
#[derive(Debug)]
pub struct Calendar<'a> {
    /// What is counted.
    pub title: &'a str,
    /// Names of the rows, from top to bottom.
    pub rows: Vec<&'a str>,
    /// Names of the columns, from left to right; empty where a column needs none.
    pub columns: Vec<&'a str>,
    /// Row by row, as many as there are columns in each.
    pub cells: Vec<Vec<Amount<'a>>>,
    /// The classes; those that hold the largest if none are given.
    pub classes: Option<Classes>,
    /// How a value is spelled.
    pub say: Say<'a>,
}

impl Calendar<'_> {
    pub(crate) fn draw(&self, sheet: &mut Sheet, empty: &str) -> f64 {
        let known: Vec<f64> = self
            .cells
            .iter()
            .flatten()
            .filter_map(|cell| cell.known())
            .collect();
        let reasons = self.reasons();
        if known.is_empty() && reasons.is_empty() {
            let extent = (sheet.width(), sheet.frame.pick(200.0, 160.0));
            sheet.nothing((0.5, 0.5), (extent.0 - 1.0, extent.1 - 1.0), empty);
            return extent.1;
        }
        let largest = known.into_iter().fold(0.0, f64::max);
        let classes = self
            .classes
            .clone()
            .unwrap_or_else(|| Classes::up_to(largest, true));
        let mut top = classes.strip(sheet, (self.title, self.say), 0.0) + 6.0;
        top = rows(sheet, top, &reasons) + 6.0;
        let turned = sheet.frame == Frame::Narrow && self.columns.len() > NARROW_COLUMNS_MAX;
        let (down, across) = if turned {
            (&self.columns, &self.rows)
        } else {
            (&self.rows, &self.columns)
        };
        let size = sheet.size() - 1.0;
        let left = down
            .iter()
            .map(|name| typeface::width(name, size))
            .fold(0.0, f64::max)
            + 10.0;
        let cell_width = ((sheet.width() - left) / number(across.len()).max(1.0)).min(72.0);
        let cell_height =
            cell_width.clamp(sheet.frame.pick(22.0, 20.0), sheet.frame.pick(34.0, 30.0));
        let grid_top = top + size * 1.7;
        names_across(sheet, across, (left, grid_top - 7.0), cell_width);
        for (row, name) in down.iter().enumerate() {
            let y = grid_top + number(row) * cell_height;
            sheet.soft(
                (left - 8.0, y + cell_height / 2.0 + size * 0.35),
                Anchor::End,
                name,
            );
            for (column, across_name) in across.iter().enumerate() {
                let (in_row, in_column) = if turned { (column, row) } else { (row, column) };
                let cell = self
                    .cells
                    .get(in_row)
                    .and_then(|cells| cells.get(in_column));
                let Some(cell) = cell else { continue };
                let at = (left + number(column) * cell_width, y);
                self.cell(sheet, *cell, &classes, (at, (cell_width, cell_height)));
                let say = format!("{name} {across_name} · {}", cell.spelled(self.say));
                sheet.hit(at, (cell_width, cell_height), say.trim());
            }
        }
        grid_top + number(down.len()) * cell_height + 8.0
    }

    fn reasons(&self) -> Vec<(Swatch, &str)> {
        let mut reasons: Vec<(Pattern, &str)> = self
            .cells
            .iter()
            .flatten()
            .filter_map(|cell| cell.reason())
            .filter(|(_, words)| !words.is_empty())
            .collect();
        reasons.sort_unstable();
        reasons.dedup();
        reasons
            .into_iter()
            .map(|(pattern, words)| (Swatch::Pattern(pattern), words))
            .collect()
    }

    fn cell(
        &self,
        sheet: &mut Sheet,
        cell: Amount<'_>,
        classes: &Classes,
        ((x, y), (width, height)): ((f64, f64), (f64, f64)),
    ) {
        let (at, extent) = ((x + 1.0, y + 1.0), (width - 2.0, height - 2.0));
        let size = (sheet.size() - 2.0).min(height * 0.6);
        let Some(value) = cell.known() else {
            if let Some((pattern, _)) = cell.reason() {
                let fill = sheet.pattern(pattern);
                sheet
                    .rect(at, extent)
                    .line(Ink::Grid, 0.8)
                    .set("fill", &fill)
                    .empty();
            }
            return;
        };
        // Nothing is no shade of something, least of all where one is the most.
        let step = (value > 0.0).then(|| classes.step(value));
        let ground = sheet.rect(at, extent);
        match step {
            Some(step) => ground.fill_step(step).empty(),
            None => ground.line(Ink::Grid, 0.8).set("fill", "none").empty(),
        }
        let spelled = self.say.of(value);
        if typeface::width(&spelled, size) <= width - 4.0 {
            let text = sheet.text(
                (x + width / 2.0, y + height / 2.0 + size * 0.36),
                Anchor::Middle,
                size,
            );
            match step {
                Some(step) => text.words_on_step(step).text(&spelled),
                None => text.fill(Ink::Soft).text(&spelled),
            }
        }
    }
}

/// Names over columns, those left out that would run into the one before.
fn names_across(sheet: &mut Sheet, names: &[&str], (left, y): (f64, f64), cell_width: f64) {
    let size = sheet.size() - 1.0;
    let mut free = 0.0;
    for (index, name) in names.iter().enumerate() {
        let extent = typeface::width(name, size);
        let middle = left + (number(index) + 0.5) * cell_width;
        let start = (middle - extent / 2.0).min(sheet.width() - extent).max(0.0);
        if extent > 0.0 && start >= free {
            sheet.soft((start, y), Anchor::Start, name);
            free = start + extent + 6.0;
        }
    }
}

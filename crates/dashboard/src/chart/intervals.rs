//! Medians with their intervals, row by row, against a limit that was agreed.

use super::axis::{Axis, Plot};
use super::ink::Ink;
use super::legend::{Swatch, diamond, dot, rows};
use super::pen::Path;
use super::scale::{Scale, number};
use super::sheet::{Anchor, Sheet};
use super::{Frame, typeface};

/// One row.
#[derive(Debug, Clone)]
pub struct Interval<'a> {
    /// Whose it is.
    pub label: &'a str,
    /// How many it rests on, in words.
    pub note: &'a str,
    /// The middle; `None` if it has not been reached.
    pub middle: Option<f64>,
    /// The lower end; `None` if nothing bounds it from below.
    pub lower: Option<f64>,
    /// The upper end; `None` if it has not been reached.
    pub upper: Option<f64>,
    /// Why it may not be drawn.
    pub withheld: Option<&'a str>,
}

/// What was agreed.
#[derive(Debug, Clone, Copy)]
pub struct Limit<'a> {
    /// In the unit of the axis.
    pub at: f64,
    /// "agreed: 14 days".
    pub label: &'a str,
    /// What a middle within it is called.
    pub within: &'a str,
    /// What a middle beyond it is called.
    pub beyond: &'a str,
}

/// Rows over one axis.
#[derive(Debug)]
pub struct Intervals<'a> {
    /// What is measured.
    pub x: Axis<'a>,
    /// The rows, in their order.
    pub rows: Vec<Interval<'a>>,
    /// What was agreed, if anything was.
    pub limit: Option<Limit<'a>>,
    /// What is said of an end that has not been reached.
    pub open: &'a str,
}

impl Intervals<'_> {
    pub(crate) fn draw(&self, sheet: &mut Sheet, empty: &str) -> f64 {
        let size = sheet.size();
        let largest = self
            .rows
            .iter()
            .flat_map(|row| [row.middle, row.upper, row.lower])
            .flatten();
        let limit = self.limit.map(|limit| limit.at);
        let largest = largest
            .chain(limit)
            .filter(|value| value.is_finite())
            .fold(0.0, f64::max);
        let ticks_max = sheet.frame.pick(6, 4);
        let range = self.x.range(largest, ticks_max);
        let label_room = sheet.frame.pick(190.0, 0.0);
        let value_room = sheet.frame.pick(96.0, 0.0);
        let legend = self.limit.map_or_else(Vec::new, |limit| {
            vec![(Swatch::Dot, limit.within), (Swatch::Diamond, limit.beyond)]
        });
        let legend_end = if self.rows.is_empty() {
            0.0
        } else {
            rows(sheet, 0.0, &legend)
        };
        let limit_line = if self.limit.is_some() {
            size * 1.5
        } else {
            0.0
        };
        let title_line = if self.x.title.is_empty() {
            0.0
        } else {
            size * 1.5
        };
        if title_line > 0.0 {
            let title = typeface::fit(self.x.title, size - 1.0, sheet.width());
            sheet.soft((0.0, legend_end + size), Anchor::Start, &title);
        }
        let top = legend_end + title_line + limit_line + 8.0;
        let row_height = sheet.frame.pick(42.0, 62.0);
        let height_of_all = if self.rows.is_empty() {
            160.0
        } else {
            number(self.rows.len()) * row_height
        };
        let plot = Plot {
            left: label_room + 4.0,
            right: sheet.width() - value_room - 14.0,
            top,
            bottom: top + height_of_all,
        };
        let scale = Scale::new(range, (plot.left + 4.0, plot.right));
        let ticks = self.x.ticks_that_fit(range, plot.width(), size);
        plot.upright_lines(sheet, (scale, &ticks));
        let untitled = Axis {
            title: "",
            ..self.x
        };
        let end = plot.level(sheet, &untitled, scale, &ticks);
        if self.rows.is_empty() {
            sheet.nothing((plot.left, plot.top), (plot.width(), plot.height()), empty);
        } else {
            self.limit_line(sheet, plot, scale);
        }
        for (index, row) in self.rows.iter().enumerate() {
            self.row(sheet, (plot, scale), row, top + number(index) * row_height);
        }
        end + 8.0
    }

    fn limit_line(&self, sheet: &mut Sheet, plot: Plot, scale: Scale) {
        let Some(limit) = self.limit else { return };
        let (x, size) = (scale.at(limit.at), sheet.size() - 1.0);
        let lead = plot.top - 6.0;
        let line = sheet
            .between((x, lead), (x, plot.bottom))
            .line(Ink::Words, 1.5);
        line.set("stroke-dasharray", "5 3").empty();
        let half = typeface::bold_width(limit.label, size) / 2.0;
        let x = x.max(half).min(sheet.width() - half);
        let text = sheet
            .text((x, lead - 6.0), Anchor::Middle, size)
            .fill(Ink::Words);
        text.set("font-weight", "700").text(limit.label);
    }

    fn row(&self, sheet: &mut Sheet, (plot, scale): (Plot, Scale), row: &Interval<'_>, top: f64) {
        let middle_said = row
            .middle
            .map_or_else(|| self.open.to_owned(), |middle| self.x.say.of(middle));
        let spelled = if row.withheld.is_some() {
            "–"
        } else {
            &middle_said
        };
        let (middle, height) = sheet.frame.pick((top + 21.0, 42.0), (top + 44.0, 62.0));
        let line = top + height;
        sheet.straight((0.0, line), (sheet.width(), line), Ink::Grid, 1.0);
        match sheet.frame {
            Frame::Wide => words_beside(sheet, plot, row, (spelled, middle)),
            Frame::Narrow => words_above(sheet, row, (spelled, top + 19.0)),
        }
        let mut say = format!("{} · {}", row.label, row.withheld.unwrap_or(spelled));
        if let Some(why) = row.withheld {
            let fill = sheet.pattern(super::ink::Pattern::Withheld);
            let bar = sheet.rect((plot.left + 4.0, middle - 9.0), (plot.width() - 4.0, 18.0));
            bar.set("fill", &fill).empty();
            let size = sheet.size() - 1.0;
            let why = typeface::fit(why, size, plot.width() - 20.0);
            let at = (f64::midpoint(plot.left, plot.right), middle + size * 0.36);
            sheet.haloed(at, Anchor::Middle, size, &why);
        } else {
            self.interval(sheet, (plot, scale), row, middle);
            let end = |value: Option<f64>| {
                value.map_or_else(|| self.open.to_owned(), |value| self.x.say.of(value))
            };
            let (lower, upper) = (end(row.lower), end(row.upper));
            say = format!("{say} ({lower}–{upper}) · {}", row.note);
        }
        sheet.hit((0.0, top), (sheet.width(), height), &say);
    }

    fn interval(
        &self,
        sheet: &mut Sheet,
        (plot, scale): (Plot, Scale),
        row: &Interval<'_>,
        y: f64,
    ) {
        let known = |value: Option<f64>| value.filter(|value| value.is_finite());
        let (lower, upper, middle) = (known(row.lower), known(row.upper), known(row.middle));
        if lower.is_none() && upper.is_none() && middle.is_none() {
            return;
        }
        let start = scale.at(lower.unwrap_or(0.0));
        let end = upper.map_or(plot.right, |upper| scale.at(upper));
        sheet
            .between((start, y), (end, y))
            .solid_series(0, 3.0)
            .set("stroke-opacity", "0.55")
            .empty();
        if lower.is_some() {
            sheet
                .between((start, y - 5.0), (start, y + 5.0))
                .solid_series(0, 2.0)
                .empty();
        }
        if upper.is_some() {
            sheet
                .between((end, y - 5.0), (end, y + 5.0))
                .solid_series(0, 2.0)
                .empty();
        } else {
            let mut head = Path::default();
            head.move_to(end - 2.0, y - 6.0);
            head.line_to(end + 8.0, y);
            head.line_to(end - 2.0, y + 6.0);
            head.close();
            sheet
                .pen
                .element("path")
                .set("d", head.written())
                .fill_series(0)
                .empty();
        }
        let Some(middle) = middle else { return };
        if self.limit.is_some_and(|limit| middle > limit.at) {
            let place = (scale.at(middle), y);
            sheet
                .pen
                .element("circle")
                .at("cx", place.0)
                .at("cy", y)
                .at("r", 6.0)
                .fill(Ink::Ground)
                .empty();
            diamond(sheet, place);
        } else {
            dot(sheet, (scale.at(middle), y));
        }
    }
}

/// The words of a row left and right of it.
fn words_beside(sheet: &mut Sheet, plot: Plot, row: &Interval<'_>, (spelled, middle): (&str, f64)) {
    let (size, room) = (sheet.size(), plot.left - 16.0);
    let label = typeface::fit(row.label, size, room);
    let label_y = if row.note.is_empty() {
        middle + size * 0.35
    } else {
        middle - 2.0
    };
    sheet.ink((0.0, label_y), Anchor::Start, &label);
    let note = typeface::fit(row.note, size - 1.0, room);
    sheet.soft((0.0, middle + 14.0), Anchor::Start, &note);
    let words = typeface::fit(spelled, size, sheet.width() - plot.right - 12.0);
    sheet.ink((sheet.width(), middle + size * 0.35), Anchor::End, &words);
}

/// The words of a row in a line above it.
fn words_above(sheet: &mut Sheet, row: &Interval<'_>, (spelled, y): (&str, f64)) {
    let size = sheet.size();
    let words = typeface::fit(spelled, size, 120.0);
    let room = sheet.width() - typeface::width(&words, size) - 12.0;
    let label = typeface::fit(row.label, size, room);
    sheet.haloed((0.0, y), Anchor::Start, size, &label);
    let used = typeface::width(&label, size) + 8.0;
    if room - used > 40.0 {
        let note = typeface::fit(row.note, size - 1.0, room - used);
        sheet.halo((used, y), Anchor::Start, size - 1.0, &note);
        sheet.soft((used, y), Anchor::Start, &note);
    }
    sheet.ink((sheet.width(), y), Anchor::End, &words);
}

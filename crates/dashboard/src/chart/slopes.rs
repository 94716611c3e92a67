//! The same people at several waves: lines from wave to wave, and under each wave how many answered
//! and how many are missing. A wave without a figure breaks the line; nothing is drawn through it.

use super::axis::{Axis, Plot};
use super::beside::{Wanted, spread};
use super::ink::{Ink, Pattern};
use super::legend::{Swatch, rows};
use super::pen::Path;
use super::scale::{Scale, number};
use super::sheet::{Anchor, Sheet};
use super::{Amount, typeface};

/// A wave.
#[derive(Debug, Clone)]
pub struct Wave<'a> {
    /// "3 months".
    pub label: &'a str,
    /// The share of those due who did not answer.
    pub missing: Amount<'a>,
    /// How many answered, in words.
    pub answered: &'a str,
}

/// A line: one dimension or one group.
#[derive(Debug, Clone)]
pub struct Slope<'a> {
    /// Its name, written at its end.
    pub label: &'a str,
    /// Its figure at each wave.
    pub values: Vec<Amount<'a>>,
}

/// Lines over waves.
#[derive(Debug)]
pub struct Slopes<'a> {
    /// What is measured.
    pub y: Axis<'a>,
    /// The waves, in their order.
    pub waves: Vec<Wave<'a>>,
    /// The lines.
    pub slopes: Vec<Slope<'a>>,
    /// What the hatched bars are ("did not answer").
    pub missing: &'a str,
    /// How a missing share is spelled.
    pub say_missing: super::Say<'a>,
}

impl Slopes<'_> {
    pub(crate) fn draw(&self, sheet: &mut Sheet, empty: &str) -> f64 {
        let size = sheet.size();
        let known = self
            .slopes
            .iter()
            .flat_map(|slope| slope.values.iter().filter_map(|value| value.known()));
        let known: Vec<f64> = known.collect();
        let range = self.y.range(known.iter().copied().fold(0.0, f64::max), 5);
        let ticks = self.y.ticks(range, 5);
        let room = sheet.frame.pick(150.0, 96.0);
        let names: Vec<Name> = self
            .slopes
            .iter()
            .map(|slope| self.name(slope, size, room))
            .collect();
        let names_width = names.iter().map(|name| name.width).fold(0.0, f64::max);
        let top = if self.y.title.is_empty() {
            14.0
        } else {
            size * 2.2
        };
        let plot = Plot {
            left: self.y.widest(&ticks, size - 1.0) + 10.0,
            right: sheet.width() - names_width - 22.0,
            top,
            bottom: top + sheet.frame.pick(250.0, 200.0),
        };
        let y = Scale::new(range, (plot.bottom, plot.top));
        plot.upright(sheet, &self.y, y, &ticks);
        let (from, to) = ((plot.left, plot.bottom), (plot.right, plot.bottom));
        sheet.straight(from, to, Ink::Axis, 1.0);
        if known.is_empty() || self.waves.is_empty() {
            sheet.nothing((plot.left, plot.top), (plot.width(), plot.height()), empty);
            return plot.bottom + 10.0;
        }
        let pitch = plot.width() / number(self.waves.len());
        let waves = number(self.waves.len().saturating_sub(1)).max(0.5);
        let ends = (plot.left + pitch / 2.0, plot.right - pitch / 2.0);
        let x = Scale::new((0.0, waves), ends);
        for (series, slope) in self.slopes.iter().enumerate() {
            self.line(sheet, (x, y), series, slope);
        }
        write_names(sheet, (plot, y), (&names, ends.1));
        self.waves_below(sheet, plot, (x, pitch))
    }

    fn name(&self, slope: &Slope<'_>, size: f64, room: f64) -> Name {
        let lines = typeface::wrap(slope.label, size * typeface::BOLD, room, 3);
        let last = slope.values.iter().rev().find_map(|value| value.known());
        let value = last.map_or_else(|| "–".into(), |value| self.y.in_full(value));
        let widths = lines.iter().map(|line| typeface::bold_width(line, size));
        let width = widths
            .chain([typeface::width(&value, size)])
            .fold(0.0, f64::max);
        Name {
            lines,
            value,
            width,
            last,
        }
    }

    fn line(&self, sheet: &mut Sheet, (x, y): (Scale, Scale), series: usize, slope: &Slope<'_>) {
        let mut path = Path::default();
        let mut joined = false;
        let places: Vec<Option<(f64, f64, f64)>> = (0..)
            .zip(&slope.values)
            .map(|(wave, value)| {
                value
                    .known()
                    .map(|value| (x.at(number(wave)), y.at(value), value))
            })
            .collect();
        for place in &places {
            match place {
                Some((x, y, _)) if joined => path.line_to(*x, *y),
                Some((x, y, _)) => path.move_to(*x, *y),
                None => {}
            }
            joined = place.is_some();
        }
        sheet
            .pen
            .element("g")
            .set("data-series", slope.label)
            .open();
        let line = sheet.pen.element("path").set("d", path.written());
        line.line_series(series, 2.5)
            .set("stroke-linejoin", "round")
            .empty();
        for (place, wave) in places.iter().zip(&self.waves) {
            let Some((x, y, value)) = place else { continue };
            marker(sheet, series, (*x, *y));
            let say = format!(
                "{} · {}: {}",
                wave.label,
                slope.label,
                self.y.in_full(*value)
            );
            sheet.hit((x - 14.0, y - 14.0), (28.0, 28.0), &say);
        }
        sheet.pen.close("g");
    }

    /// Under each wave its name, how many answered, and which share did not.
    fn waves_below(&self, sheet: &mut Sheet, plot: Plot, (x, pitch): (Scale, f64)) -> f64 {
        let size = sheet.frame.pick(sheet.size() - 1.0, sheet.size() - 2.0);
        let wrapped = |text: &str| typeface::wrap(text, size, pitch - 4.0, 3);
        let deepest =
            |lines: Vec<Vec<String>>| number(lines.iter().map(Vec::len).max().unwrap_or(0));
        let labels = deepest(self.waves.iter().map(|wave| wrapped(wave.label)).collect());
        let answered = deepest(
            self.waves
                .iter()
                .map(|wave| wrapped(wave.answered))
                .collect(),
        );
        let missing = |wave: &Wave<'_>| wrapped(&wave.missing.spelled(self.say_missing));
        let missing_lines = deepest(self.waves.iter().map(missing).collect());
        let line = size * 1.25;
        let labels_top = plot.bottom + 8.0;
        let answered_top = labels_top + labels * line + 3.0;
        let bar_top = answered_top + answered * line + 7.0;
        let missing_top = bar_top + BAR_HEIGHT + 3.0;
        for (at, wave) in self.waves.iter().enumerate() {
            let middle = x.at(number(at));
            let mut write = |lines: &[String], top: f64, ink: Ink| {
                let mut y = top + size;
                for words in lines {
                    sheet
                        .text((middle, y), Anchor::Middle, size)
                        .fill(ink)
                        .text(words);
                    y += line;
                }
            };
            write(&wrapped(wave.label), labels_top, Ink::Words);
            write(&wrapped(wave.answered), answered_top, Ink::Soft);
            write(&missing(wave), missing_top, Ink::Soft);
            missing_bar(
                sheet,
                wave.missing,
                (middle, bar_top),
                (pitch * 0.6).min(70.0),
            );
        }
        let end = missing_top + missing_lines * line + 8.0;
        rows(
            sheet,
            end,
            &[(Swatch::Pattern(Pattern::Withheld), self.missing)],
        ) + 4.0
    }
}

/// How high the whole stands in the bars of those missing.
const BAR_HEIGHT: f64 = 34.0;

/// A name at the end of a line.
struct Name {
    lines: Vec<String>,
    value: String,
    width: f64,
    last: Option<f64>,
}

/// Names at the height of the last figure each line has.
fn write_names(sheet: &mut Sheet, (plot, y): (Plot, Scale), (names, end): (&[Name], f64)) {
    let size = sheet.size();
    let wanted: Vec<Wanted> = names
        .iter()
        .map(|name| Wanted {
            middle: name.last.map_or(plot.bottom, |value| y.at(value)),
            height: (number(name.lines.len()) + 1.0) * size * 1.2 + 6.0,
        })
        .collect();
    let middles = spread(&wanted, plot.top - size, plot.bottom + size);
    let x = plot.right + 18.0;
    for (series, ((name, wanted), middle)) in names.iter().zip(&wanted).zip(middles).enumerate() {
        if name.last.is_some() {
            let tie = sheet.between((end + 9.0, wanted.middle), (x - 4.0, middle));
            tie.line(Ink::Axis, 0.8)
                .set("stroke-dasharray", "1.5 2.5")
                .empty();
        }
        let mut line_y = middle - (number(name.lines.len()) + 1.0) * size * 0.6 + size * 0.95;
        for line in &name.lines {
            let text = sheet
                .text((x, line_y), Anchor::Start, size)
                .words_series(series);
            text.set("font-weight", "700").text(line);
            line_y += size * 1.2;
        }
        sheet.ink((x, line_y), Anchor::Start, &name.value);
    }
}

/// Of those due at a wave, the part that is missing.
fn missing_bar(sheet: &mut Sheet, missing: Amount<'_>, (middle, top): (f64, f64), width: f64) {
    let at = (middle - width / 2.0, top);
    sheet.rect(at, (width, BAR_HEIGHT)).fill(Ink::Quiet).empty();
    if let Some(share) = missing.known() {
        let fill = sheet.pattern(Pattern::Withheld);
        let height = BAR_HEIGHT * share.clamp(0.0, 1.0);
        let bar = sheet.rect((at.0, top + BAR_HEIGHT - height), (width, height));
        bar.line(Ink::Axis, 0.8).set("fill", &fill).empty();
    } else if let Some((pattern, _)) = missing.reason() {
        let fill = sheet.pattern(pattern);
        sheet
            .rect(at, (width, BAR_HEIGHT))
            .set("fill", &fill)
            .empty();
    }
}

/// A mark of a shape of its own for each series.
fn marker(sheet: &mut Sheet, series: usize, (x, y): (f64, f64)) {
    let mut path = Path::default();
    let corners: &[(f64, f64)] = match series % 4 {
        0 => {
            let circle = sheet
                .pen
                .element("circle")
                .at("cx", x)
                .at("cy", y)
                .at("r", 4.5);
            return circle.fill_series(series).empty();
        }
        1 => &[(-4.2, -4.2), (4.2, -4.2), (4.2, 4.2), (-4.2, 4.2)],
        2 => &[(0.0, -5.5), (5.2, 4.0), (-5.2, 4.0)],
        _ => &[(0.0, -6.0), (6.0, 0.0), (0.0, 6.0), (-6.0, 0.0)],
    };
    for (index, (right, down)) in corners.iter().enumerate() {
        if index == 0 {
            path.move_to(x + right, y + down);
        } else {
            path.line_to(x + right, y + down);
        }
    }
    path.close();
    sheet
        .pen
        .element("path")
        .set("d", path.written())
        .fill_series(series)
        .empty();
}

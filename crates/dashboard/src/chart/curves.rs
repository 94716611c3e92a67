//! Step curves: survival and cumulative incidence, with their bands, the marks of those whose
//! observation ended, and the numbers at risk under the axis.

use super::axis::{Axis, Plot};
use super::beside::{Wanted, spread};
use super::ink::{Ink, Pattern};
use super::legend::{Swatch, rows};
use super::pen::Path;
use super::scale::{Scale, number, ticks};
use super::sheet::{Anchor, Sheet};
use super::{Say, typeface};

/// A place of pointing for each of at most so many moments.
const MOMENTS_MAX: usize = 60;

/// A curve falls or rises here.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Step {
    /// When, in the unit of the level axis.
    pub at: f64,
    /// The value from then on.
    pub value: f64,
    /// The interval from then on, lower end first.
    pub band: Option<(f64, f64)>,
}

/// One curve.
#[derive(Debug, Clone)]
pub struct Curve<'a> {
    /// Its name, written at its end.
    pub label: &'a str,
    /// The value before the first step.
    pub start: f64,
    /// In the order of time.
    pub steps: Vec<Step>,
    /// When observations ended without an event.
    pub censored: Vec<f64>,
    /// How far anybody was observed: the curve ends there, however far the axis goes on.
    pub until: f64,
    /// Why it may not be drawn; its name then stands with this.
    pub withheld: Option<&'a str>,
}

/// A row of numbers under the axis, one at each round time.
#[derive(Debug, Clone, Copy)]
pub struct Below<'a> {
    /// What the numbers are.
    pub label: &'a str,
    /// The number at a time, spelled.
    pub at: Say<'a>,
}

/// Curves over one time.
#[derive(Debug)]
pub struct Curves<'a> {
    /// Time since the origin.
    pub x: Axis<'a>,
    /// What is estimated.
    pub y: Axis<'a>,
    /// The curves.
    pub curves: Vec<Curve<'a>>,
    /// What the bands are ("95 % interval"); none are drawn without it.
    pub band: Option<&'a str>,
    /// What the marks on the curves are ("observation ended").
    pub mark: Option<&'a str>,
    /// From when on too few are observed to rely on, and the words for it.
    pub caution: Option<(f64, &'a str)>,
    /// Rows under the axis.
    pub below: Vec<Below<'a>>,
}

impl Curve<'_> {
    fn steps(&self) -> impl Iterator<Item = &Step> {
        self.steps
            .iter()
            .filter(|step| step.at.is_finite() && step.value.is_finite() && step.at <= self.until)
    }

    fn is_drawn(&self) -> bool {
        self.withheld.is_none()
            && self.until.is_finite()
            && self.until > 0.0
            && self.start.is_finite()
    }

    /// The value at a time, if anybody was still observed.
    fn value_at(&self, time: f64) -> Option<&Step> {
        self.steps().take_while(|step| step.at <= time).last()
    }

    fn value(&self, time: f64) -> f64 {
        self.value_at(time).map_or(self.start, |step| step.value)
    }
}

/// The frame of one drawing.
struct Laid<'c, 'a> {
    plot: Plot,
    x: Scale,
    y: Scale,
    curves: &'c Curves<'a>,
}

/// A name at the end of a curve, in lines.
struct Name {
    lines: Vec<String>,
    value: String,
    wanted: Wanted,
}

impl Curves<'_> {
    pub(crate) fn draw(&self, sheet: &mut Sheet, empty: &str) -> f64 {
        let drawn = self.curves.iter().any(Curve::is_drawn);
        let size = sheet.size();
        let y_ticks_max = 5;
        let largest = self.curves.iter().flat_map(|curve| {
            let tops = curve
                .steps()
                .map(|step| step.band.map_or(step.value, |(_, upper)| upper));
            tops.chain([curve.start])
        });
        let y_range = self.y.range(
            largest
                .filter(|value| value.is_finite())
                .fold(0.0, f64::max),
            y_ticks_max,
        );
        let y_ticks = self.y.ticks(y_range, y_ticks_max);
        let x_range = self.x.range(0.0, 6);

        let names_width = sheet.frame.pick(170.0, 96.0);
        let mut names: Vec<Name> = self
            .curves
            .iter()
            .map(|curve| self.name(curve, size, names_width))
            .collect();
        let names_width = names
            .iter()
            .flat_map(Name::widths(size))
            .fold(0.0, f64::max);
        let names_height: f64 = names.iter().map(|name| name.wanted.height).sum();

        let legend_end = if drawn {
            rows(sheet, 0.0, &self.legend())
        } else {
            0.0
        };
        let title = if self.y.title.is_empty() {
            10.0
        } else {
            size * 2.0
        };
        let top = legend_end + title;
        let plot = Plot {
            left: self.y.widest(&y_ticks, size - 1.0) + 10.0,
            right: sheet.width() - names_width - 16.0,
            top,
            bottom: top + names_height.max(sheet.frame.pick(290.0, 220.0)),
        };
        let laid = Laid {
            plot,
            x: Scale::new(x_range, (plot.left, plot.right)),
            y: Scale::new(y_range, (plot.bottom, plot.top)),
            curves: self,
        };
        let x_ticks = self.x.ticks_that_fit(x_range, plot.width(), size);
        plot.upright(sheet, &self.y, laid.y, &y_ticks);
        if drawn {
            laid.caution(sheet);
        }
        let mut end = plot.level(sheet, &self.x, laid.x, &x_ticks);
        if !drawn {
            sheet.nothing((plot.left, plot.top), (plot.width(), plot.height()), empty);
        }
        laid.draw_curves(sheet);
        laid.draw_names(sheet, &mut names);
        if drawn {
            for row in &self.below {
                end = laid.draw_below(sheet, row, &x_ticks, end);
            }
            laid.draw_moments(sheet);
        }
        end + size * 0.6
    }

    fn legend(&self) -> Vec<(Swatch, &str)> {
        let one = self.curves.iter().position(Curve::is_drawn).unwrap_or(0);
        let band = self.band.map(|name| (Swatch::Band(one), name));
        let marked = self
            .curves
            .iter()
            .any(|curve| curve.is_drawn() && !curve.censored.is_empty());
        let mark = self
            .mark
            .filter(|_| marked)
            .map(|name| (Swatch::Tick, name));
        let caution = self
            .caution
            .map(|(_, name)| (Swatch::Pattern(Pattern::Immature), name));
        band.into_iter().chain(mark).chain(caution).collect()
    }

    fn name(&self, curve: &Curve<'_>, size: f64, room: f64) -> Name {
        let lines = typeface::wrap(curve.label, size * typeface::BOLD, room, 3);
        let value = if curve.is_drawn() {
            self.y.in_full(curve.value(curve.until))
        } else {
            typeface::fit(curve.withheld.unwrap_or("–"), size - 1.0, room)
        };
        let height = (number(lines.len()) + 1.0) * size * 1.2 + 8.0;
        Name {
            lines,
            value,
            wanted: Wanted {
                middle: 0.0,
                height,
            },
        }
    }
}

impl Name {
    fn widths(size: f64) -> impl Fn(&Self) -> Vec<f64> {
        move |name| {
            let lines = name
                .lines
                .iter()
                .map(|line| typeface::bold_width(line, size));
            lines.chain([typeface::width(&name.value, size)]).collect()
        }
    }
}

impl Laid<'_, '_> {
    /// Where few are left, the ground is hatched and the words for it stand in the legend.
    fn caution(&self, sheet: &mut Sheet) {
        let Some((from, _)) = self.curves.caution.filter(|(from, _)| from.is_finite()) else {
            return;
        };
        let x = self.x.at(from);
        let fill = sheet.pattern(Pattern::Immature);
        sheet
            .rect(
                (x, self.plot.top),
                (self.plot.right - x, self.plot.height()),
            )
            .set("fill", &fill)
            .empty();
        let edge = sheet
            .between((x, self.plot.top), (x, self.plot.bottom))
            .line(Ink::Axis, 1.0);
        edge.set("stroke-dasharray", "3 3").empty();
    }

    fn draw_curves(&self, sheet: &mut Sheet) {
        let drawn = || {
            self.curves
                .curves
                .iter()
                .enumerate()
                .filter(|(_, curve)| curve.is_drawn())
        };
        if self.curves.band.is_some() {
            for (series, curve) in drawn() {
                let band = self.band(curve);
                if !band.is_empty() {
                    let element = sheet.pen.element("path").set("d", band.written());
                    element
                        .fill_series(series)
                        .set("fill-opacity", "0.16")
                        .empty();
                }
            }
        }
        for (series, curve) in drawn() {
            sheet
                .pen
                .element("g")
                .set("data-series", curve.label)
                .open();
            let mut path = Path::default();
            path.move_to(self.x.at(0.0), self.y.at(curve.start));
            for step in curve.steps() {
                path.across_to(self.x.at(step.at));
                path.up_or_down_to(self.y.at(step.value));
            }
            path.across_to(self.x.at(curve.until));
            let element = sheet.pen.element("path").set("d", path.written());
            element
                .line_series(series, 2.5)
                .set("stroke-linejoin", "round")
                .empty();
            let end = (self.x.at(curve.until), self.y.at(curve.value(curve.until)));
            let dot = sheet.pen.element("circle").at("cx", end.0).at("cy", end.1);
            dot.at("r", 3.5).fill_series(series).empty();
            let mut marks = Path::default();
            for time in curve.censored.iter().filter(|time| time.is_finite()) {
                let (x, y) = (self.x.at(*time), self.y.at(curve.value(*time)));
                marks.move_to(x, y - 4.5);
                marks.up_or_down_to(y + 4.5);
            }
            if self.curves.mark.is_some() && !marks.is_empty() {
                let element = sheet.pen.element("path").set("d", marks.written());
                element.solid_series(series, 1.3).empty();
            }
            sheet.pen.close("g");
        }
    }

    /// The band, there along the upper ends and back along the lower.
    fn band(&self, curve: &Curve<'_>) -> Path {
        let mut path = Path::default();
        let ends = |step: &Step| {
            step.band
                .filter(|(lower, upper)| lower.is_finite() && upper.is_finite())
        };
        let known: Vec<(f64, f64, f64)> = curve
            .steps()
            .filter_map(|step| ends(step).map(|(lower, upper)| (step.at, lower, upper)))
            .collect();
        let Some((first, ..)) = known.first() else {
            return path;
        };
        path.move_to(self.x.at(*first), self.y.at(curve.start));
        for (at, _, upper) in &known {
            path.across_to(self.x.at(*at));
            path.up_or_down_to(self.y.at(*upper));
        }
        path.across_to(self.x.at(curve.until));
        for (at, lower, _) in known.iter().rev() {
            path.up_or_down_to(self.y.at(*lower));
            path.across_to(self.x.at(*at));
        }
        path.close();
        path
    }

    fn draw_names(&self, sheet: &mut Sheet, names: &mut [Name]) {
        let size = sheet.size();
        for (curve, name) in self.curves.curves.iter().zip(names.iter_mut()) {
            let value = if curve.is_drawn() {
                curve.value(curve.until)
            } else {
                f64::NEG_INFINITY
            };
            name.wanted.middle = self.y.at(value);
        }
        let wanted: Vec<Wanted> = names.iter().map(|name| name.wanted).collect();
        let middles = spread(
            &wanted,
            self.plot.top - size * 0.6,
            self.plot.bottom + size * 0.6,
        );
        let x = self.plot.right + 14.0;
        for ((series, curve), (name, middle)) in self
            .curves
            .curves
            .iter()
            .enumerate()
            .zip(names.iter().zip(middles))
        {
            if curve.is_drawn() {
                let (end_x, end_y) = (self.x.at(curve.until), self.y.at(curve.value(curve.until)));
                if (end_y - middle).abs() > 4.0 || end_x < self.plot.right - 6.0 {
                    let tie = sheet.between((end_x + 3.0, end_y), (x - 4.0, middle));
                    tie.line(Ink::Axis, 0.8)
                        .set("stroke-dasharray", "1.5 2.5")
                        .empty();
                }
            }
            let lines = number(name.lines.len()) + 1.0;
            let mut y = middle - lines * size * 0.6 + size * 0.95;
            for line in &name.lines {
                let element = sheet.text((x, y), Anchor::Start, size).words_series(series);
                element.set("font-weight", "700").text(line);
                y += size * 1.2;
            }
            if curve.is_drawn() {
                sheet.ink((x, y), Anchor::Start, &name.value);
            } else {
                sheet.soft((x, y), Anchor::Start, &name.value);
            }
        }
    }

    fn draw_below(&self, sheet: &mut Sheet, row: &Below<'_>, ticks: &[f64], end: f64) -> f64 {
        let size = sheet.size() - 1.0;
        let name = end + size * 2.0;
        sheet.soft(
            (0.0, name),
            Anchor::Start,
            &typeface::fit(row.label, size, sheet.width()),
        );
        let numbers = name + size * 1.35;
        for tick in ticks {
            let spelled = row.at.of(*tick);
            let half = typeface::width(&spelled, size) / 2.0;
            let x = self.x.at(*tick).max(half).min(sheet.width() - half);
            sheet
                .text((x, numbers), Anchor::Middle, size)
                .fill(Ink::Words)
                .text(&spelled);
        }
        numbers - size * 0.2
    }

    /// Upright strips that say, when pointed at, what every curve is at that moment.
    fn draw_moments(&self, sheet: &mut Sheet) {
        let range = self.x.range();
        let moments = ticks(range, MOMENTS_MAX, None, self.curves.x.whole);
        let reach = self
            .curves
            .curves
            .iter()
            .filter(|curve| curve.is_drawn())
            .map(|curve| curve.until);
        let reach = reach.fold(0.0, f64::max);
        let half = moments.get(..2).map_or(4.0, |pair| match pair {
            [first, second] => (self.x.at(*second) - self.x.at(*first)) / 2.0,
            _ => 4.0,
        });
        for moment in moments.into_iter().filter(|moment| *moment <= reach) {
            let x = self.x.at(moment);
            let (left, right) = (
                (x - half).max(self.plot.left),
                (x + half).min(self.plot.right),
            );
            let mut say = self.curves.x.in_full(moment);
            for curve in self
                .curves
                .curves
                .iter()
                .filter(|curve| curve.is_drawn() && moment <= curve.until)
            {
                let spell = |value| self.curves.y.in_full(value);
                say = format!("{say} · {}: {}", curve.label, spell(curve.value(moment)));
                if let Some((lower, upper)) = curve.value_at(moment).and_then(|step| step.band) {
                    say = format!("{say} ({}–{})", spell(lower), spell(upper));
                }
            }
            sheet.hit(
                (left, self.plot.top),
                (right - left, self.plot.height()),
                &say,
            );
        }
    }
}

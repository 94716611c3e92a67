//! Parts of a whole over time: competing outcomes, stacked so that they reach the whole at every
//! moment.

use super::axis::{Axis, Plot};
use super::beside::{Wanted, spread};
use super::ink::{Ink, Pattern};
use super::pen::Path;
use super::scale::{Scale, number};
use super::sheet::{Anchor, Sheet};
use super::typeface;

/// One part, as it stands at each of the times.
#[derive(Debug, Clone)]
pub struct Layer<'a> {
    /// Its name, written at its end.
    pub label: &'a str,
    /// Its share from each time on; as many as there are times.
    pub shares: Vec<f64>,
    /// It is what is left when nothing happened: drawn without a colour.
    pub remainder: bool,
}

/// Parts over time, the first at the bottom.
#[derive(Debug)]
pub struct Shares<'a> {
    /// Time since the origin.
    pub x: Axis<'a>,
    /// Shares of the whole.
    pub y: Axis<'a>,
    /// When shares change, rising; the first is usually 0.
    pub times: Vec<f64>,
    /// The parts.
    pub layers: Vec<Layer<'a>>,
    /// How far anybody was observed.
    pub until: f64,
    /// From when on too few are observed to rely on, and the words for it.
    pub caution: Option<(f64, &'a str)>,
}

/// Where a layer begins and ends at each time.
struct Stacked {
    lower: Vec<f64>,
    upper: Vec<f64>,
}

impl Shares<'_> {
    pub(crate) fn draw(&self, sheet: &mut Sheet, empty: &str) -> f64 {
        let size = sheet.size();
        let drawn = !self.times.is_empty() && !self.layers.is_empty() && self.until > 0.0;
        let (x_range, y_range) = (self.x.range(0.0, 6), self.y.range(1.0, 5));
        let y_ticks = self.y.ticks(y_range, 5);
        let stacked = self.stack();
        let room = sheet.frame.pick(180.0, 104.0);
        let names: Vec<(Vec<String>, String)> = self
            .layers
            .iter()
            .map(|layer| {
                let last = layer.shares.last().copied().unwrap_or(0.0);
                (
                    typeface::wrap(layer.label, size * typeface::BOLD, room, 3),
                    self.y.in_full(last),
                )
            })
            .collect();
        let wide = |line: &String| typeface::bold_width(line, size);
        let names_width = names
            .iter()
            .flat_map(|(lines, value)| lines.iter().chain([value]));
        let names_width = if drawn {
            names_width.map(wide).fold(0.0, f64::max)
        } else {
            0.0
        };
        let heights: Vec<f64> = names
            .iter()
            .map(|(lines, _)| (number(lines.len()) + 1.0) * size * 1.2 + 7.0)
            .collect();

        let legend: Vec<_> = self
            .caution
            .filter(|_| drawn)
            .map(|(_, words)| (super::legend::Swatch::Pattern(Pattern::Immature), words))
            .into_iter()
            .collect();
        let top = super::legend::rows(sheet, 0.0, &legend)
            + if self.y.title.is_empty() {
                10.0
            } else {
                size * 2.0
            };
        let plot = Plot {
            left: self.y.widest(&y_ticks, size - 1.0) + 10.0,
            right: sheet.width() - names_width - 18.0,
            top,
            bottom: top
                + heights
                    .iter()
                    .sum::<f64>()
                    .max(sheet.frame.pick(300.0, 240.0)),
        };
        let x = Scale::new(x_range, (plot.left, plot.right));
        let y = Scale::new(y_range, (plot.bottom, plot.top));
        plot.upright(sheet, &self.y, y, &y_ticks);
        if drawn {
            self.layers(sheet, &stacked, (x, y));
            self.caution(sheet, plot, x);
            self.names(sheet, (plot, y), &stacked, (&names, &heights));
        } else {
            sheet.nothing((plot.left, plot.top), (plot.width(), plot.height()), empty);
        }
        let x_ticks = self.x.ticks_that_fit(x_range, plot.width(), size);
        let end = plot.level(sheet, &self.x, x, &x_ticks);
        if drawn {
            self.moments(sheet, plot, x);
        }
        end + size * 0.6
    }

    fn stack(&self) -> Vec<Stacked> {
        let mut under = vec![0.0_f64; self.times.len()];
        let mut stacked = Vec::new();
        for layer in &self.layers {
            let share = |at: usize| {
                layer
                    .shares
                    .get(at)
                    .copied()
                    .filter(|share| share.is_finite())
                    .unwrap_or(0.0)
            };
            let upper: Vec<f64> = under
                .iter()
                .enumerate()
                .map(|(at, lower)| lower + share(at).max(0.0))
                .collect();
            stacked.push(Stacked {
                lower: std::mem::replace(&mut under, upper.clone()),
                upper,
            });
        }
        stacked
    }

    /// The number of a layer among those that have a colour.
    fn series(&self, layer: usize) -> usize {
        self.layers
            .iter()
            .take(layer)
            .filter(|layer| !layer.remainder)
            .count()
    }

    fn layers(&self, sheet: &mut Sheet, stacked: &[Stacked], (x, y): (Scale, Scale)) {
        for (index, (layer, span)) in self.layers.iter().zip(stacked).enumerate() {
            let mut path = Path::default();
            for (at, (time, upper)) in self.times.iter().zip(&span.upper).enumerate() {
                if at == 0 {
                    path.move_to(x.at(*time), y.at(*upper));
                } else {
                    path.across_to(x.at(*time));
                    path.up_or_down_to(y.at(*upper));
                }
            }
            path.across_to(x.at(self.until));
            for (time, lower) in self.times.iter().zip(&span.lower).rev() {
                path.up_or_down_to(y.at(*lower));
                path.across_to(x.at(*time));
            }
            path.close();
            let fill =
                (!layer.remainder).then(|| sheet.pattern(Pattern::Series(self.series(index))));
            let element = sheet
                .pen
                .element("path")
                .set("d", path.written())
                .set("data-series", layer.label);
            match fill {
                Some(fill) => element.line(Ink::Ground, 0.6).set("fill", &fill).empty(),
                None => element.fill(Ink::Quiet).empty(),
            }
        }
    }

    fn caution(&self, sheet: &mut Sheet, plot: Plot, x: Scale) {
        let Some((from, _)) = self.caution.filter(|(from, _)| from.is_finite()) else {
            return;
        };
        let from = x.at(from);
        let fill = sheet.pattern(Pattern::Immature);
        let veil = sheet.rect((from, plot.top), (plot.right - from, plot.height()));
        veil.set("fill", &fill).set("fill-opacity", "0.5").empty();
        let edge = sheet
            .between((from, plot.top), (from, plot.bottom))
            .line(Ink::Axis, 1.0);
        edge.set("stroke-dasharray", "3 3").empty();
    }

    fn names(
        &self,
        sheet: &mut Sheet,
        (plot, y): (Plot, Scale),
        stacked: &[Stacked],
        (names, heights): (&[(Vec<String>, String)], &[f64]),
    ) {
        let size = sheet.size();
        let last = |values: &[f64]| values.last().copied().unwrap_or(0.0);
        let wanted: Vec<Wanted> = stacked
            .iter()
            .zip(heights)
            .map(|(span, height)| Wanted {
                middle: y.at(f64::midpoint(last(&span.lower), last(&span.upper))),
                height: *height,
            })
            .collect();
        let middles = spread(&wanted, plot.top - size * 0.6, plot.bottom + size * 0.6);
        for (index, (((lines, value), wanted), middle)) in
            names.iter().zip(&wanted).zip(middles).enumerate()
        {
            let x = plot.right + 16.0;
            let tie = sheet.between((plot.right + 2.0, wanted.middle), (x - 4.0, middle));
            tie.line(Ink::Axis, 0.8).empty();
            let count = number(lines.len()) + 1.0;
            let mut line_y = middle - count * size * 0.6 + size * 0.95;
            let remainder = self.layers.get(index).is_some_and(|layer| layer.remainder);
            let series = self.series(index);
            for line in lines {
                let text = sheet
                    .text((x, line_y), Anchor::Start, size)
                    .set("font-weight", "700");
                let text = if remainder {
                    text.fill(Ink::Soft)
                } else {
                    text.words_series(series)
                };
                text.text(line);
                line_y += size * 1.2;
            }
            sheet.ink((x, line_y), Anchor::Start, value);
        }
    }

    fn moments(&self, sheet: &mut Sheet, plot: Plot, x: Scale) {
        let moments = super::scale::ticks(x.range(), 60, None, self.x.whole);
        let half = moments.get(..2).map_or(4.0, |pair| match pair {
            [first, second] => (x.at(*second) - x.at(*first)) / 2.0,
            _ => 4.0,
        });
        for moment in moments.into_iter().filter(|moment| *moment <= self.until) {
            let Some(at) = self.times.iter().rposition(|time| *time <= moment) else {
                continue;
            };
            let mut say = self.x.in_full(moment);
            for layer in self.layers.iter().rev() {
                let share = layer.shares.get(at).copied().unwrap_or(0.0);
                say = format!("{say} · {}: {}", layer.label, self.y.in_full(share));
            }
            let place = x.at(moment);
            let (left, right) = (
                (place - half).max(plot.left),
                (place + half).min(plot.right),
            );
            sheet.hit((left, plot.top), (right - left, plot.height()), &say);
        }
    }
}

//! Bars that lie (names and amounts) or stand (amounts over time), in parts that are stacked or side
//! by side.

use super::axis::{Axis, Plot};
use super::ink::{Ink, Pattern};
use super::legend::{Swatch, rows};
use super::scale::{Scale, number};
use super::sheet::{Anchor, Sheet};
use super::{Amount, Frame, typeface};

/// What is drawn for a part that has no figure, along the bar.
const STUB: f64 = 18.0;

/// Which way bars go.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Direction {
    /// From left to right, one name per line.
    Lying,
    /// From bottom to top, in the order of time.
    Standing,
}

/// How the parts of one bar stand to each other.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Arrangement {
    /// End to end: they add up.
    Stacked,
    /// Side by side: they are compared.
    Grouped,
}

/// One bar, or one group.
#[derive(Debug, Clone)]
pub struct Bar<'a> {
    /// What it is.
    pub label: &'a str,
    /// One amount per series.
    pub parts: Vec<Amount<'a>>,
}

/// Bars over one axis.
#[derive(Debug)]
pub struct Bars<'a> {
    /// What is counted or measured.
    pub value: Axis<'a>,
    /// What the parts are; their names make the legend if there are several.
    pub series: Vec<&'a str>,
    /// The bars, in their order.
    pub bars: Vec<Bar<'a>>,
    /// Which way they go.
    pub direction: Direction,
    /// How their parts stand.
    pub arrangement: Arrangement,
}

impl Bar<'_> {
    fn sum(&self) -> f64 {
        self.parts
            .iter()
            .filter_map(|part| part.known())
            .map(|value| value.max(0.0))
            .sum()
    }

    /// Why the bar is not the whole figure, if it is not.
    fn reason(&self) -> Option<(Pattern, &str)> {
        self.parts.iter().find_map(|part| part.reason())
    }
}

impl Bars<'_> {
    pub(crate) fn draw(&self, sheet: &mut Sheet, empty: &str) -> f64 {
        if self.bars.is_empty() {
            let extent = (sheet.width(), sheet.frame.pick(220.0, 180.0));
            sheet.nothing((0.5, 0.5), (extent.0 - 1.0, extent.1 - 1.0), empty);
            return extent.1;
        }
        let mut legend: Vec<(Swatch, &str)> = Vec::new();
        if self.series.len() > 1 {
            legend.extend(
                self.series
                    .iter()
                    .enumerate()
                    .map(|(at, name)| (Swatch::Fill(at), *name)),
            );
        }
        let mut reasons: Vec<(Pattern, &str)> = self
            .bars
            .iter()
            .flat_map(|bar| bar.parts.iter().filter_map(|part| part.reason()))
            .collect();
        reasons.sort_unstable();
        reasons.dedup();
        legend.extend(
            reasons
                .iter()
                .map(|(pattern, words)| (Swatch::Pattern(*pattern), *words)),
        );
        let top = rows(sheet, 0.0, &legend);
        match self.direction {
            Direction::Lying => self.lying(sheet, top),
            Direction::Standing => self.standing(sheet, top),
        }
    }

    fn largest(&self) -> f64 {
        let of = |bar: &Bar<'_>| match self.arrangement {
            Arrangement::Stacked => bar.sum(),
            Arrangement::Grouped => bar
                .parts
                .iter()
                .filter_map(|part| part.known())
                .fold(0.0, f64::max),
        };
        self.bars.iter().map(of).fold(0.0, f64::max)
    }

    /// Bars in one group.
    fn abreast(&self) -> usize {
        match self.arrangement {
            Arrangement::Stacked => 1,
            Arrangement::Grouped => self.series.len().max(1),
        }
    }

    fn lying(&self, sheet: &mut Sheet, legend_end: f64) -> f64 {
        let size = sheet.size();
        let ticks_max = sheet.frame.pick(6, 4);
        let range = self.value.range(self.largest(), ticks_max);
        let labels = self
            .bars
            .iter()
            .map(|bar| typeface::width(bar.label, size))
            .fold(0.0, f64::max);
        let room = sheet.frame.pick((labels + 14.0).min(230.0), 0.0);
        let thick = if self.abreast() > 1 { 16.0 } else { 22.0 };
        let (above, group) = (
            sheet.frame.pick(0.0, size * 1.5),
            number(self.abreast()) * thick,
        );
        let pitch = above + group + 12.0;
        let title = if self.value.title.is_empty() {
            0.0
        } else {
            size * 1.7
        };
        let top = legend_end + title;
        let plot = Plot {
            left: room,
            right: sheet.width() - self.end_room(size),
            top,
            bottom: top + pitch * number(self.bars.len()),
        };
        if !self.value.title.is_empty() {
            let words = typeface::fit(self.value.title, size - 1.0, sheet.width());
            sheet.soft((0.0, top - size * 0.6), Anchor::Start, &words);
        }
        let scale = Scale::new(range, (plot.left, plot.right));
        for (index, bar) in self.bars.iter().enumerate() {
            let y = top + number(index) * pitch;
            let bar_top = y + above + sheet.frame.pick(6.0, 2.0);
            if sheet.frame == Frame::Wide {
                let words = typeface::fit(bar.label, size, room - 12.0);
                sheet.ink(
                    (room - 10.0, bar_top + group / 2.0 + size * 0.35),
                    Anchor::End,
                    &words,
                );
            } else {
                let words = typeface::fit(bar.label, size, sheet.width());
                sheet.ink((0.0, y + size * 1.15), Anchor::Start, &words);
            }
            self.lie(sheet, scale, bar, (bar_top, thick));
            sheet.hit((0.0, y), (sheet.width(), pitch), &self.say(bar));
        }
        if sheet.frame == Frame::Wide {
            let (from, to) = ((plot.left, plot.top), (plot.left, plot.bottom));
            sheet.straight(from, to, Ink::Axis, 1.0);
        }
        plot.bottom + 6.0
    }

    /// What the longest words at the end of a bar take.
    fn end_room(&self, size: f64) -> f64 {
        let ends = self.bars.iter().flat_map(|bar| self.ends(bar));
        ends.map(|words| typeface::width(&words, size))
            .fold(0.0, f64::max)
            .min(150.0)
            + STUB
            + 10.0
    }

    /// The words at the ends of the bars of one group.
    fn ends(&self, bar: &Bar<'_>) -> Vec<String> {
        match self.arrangement {
            Arrangement::Grouped => bar
                .parts
                .iter()
                .map(|part| part.spelled(self.value.say))
                .collect(),
            Arrangement::Stacked => vec![match bar.reason() {
                Some((_, why)) => why.to_owned(),
                None => self.value.say.of(bar.sum()),
            }],
        }
    }

    fn lie(&self, sheet: &mut Sheet, scale: Scale, bar: &Bar<'_>, (top, thick): (f64, f64)) {
        let size = sheet.size();
        let (start, _) = scale.range();
        let (mut x, mut y) = (scale.at(start), top);
        let mut reached = start;
        let ends = self.ends(bar);
        let words = |sheet: &mut Sheet, at: (f64, f64), words: Option<&String>| {
            let room = sheet.width() - at.0;
            let words = typeface::fit(words.map_or("", String::as_str), size - 1.0, room);
            sheet.ink(at, Anchor::Start, &words);
        };
        for (series, part) in bar.parts.iter().enumerate() {
            let extent = if let Some(value) = part.known() {
                let fill = sheet.pattern(Pattern::Series(series));
                // What has no figure may have moved the bar's end away from where its parts add up to.
                let end = x + scale.at(reached + value.max(0.0)) - scale.at(reached);
                let rect = sheet.rect((x, y), (end - x, thick - 2.0));
                rect.line(Ink::Ground, 1.0).set("fill", &fill).empty();
                reached += value.max(0.0);
                end
            } else {
                stub(sheet, *part, (x + 1.0, y), (STUB, thick - 2.0));
                x + STUB + 1.0
            };
            match self.arrangement {
                Arrangement::Stacked => x = extent,
                Arrangement::Grouped => {
                    words(
                        sheet,
                        (extent + 6.0, y + thick * 0.5 + size * 0.3),
                        ends.get(series),
                    );
                    y += thick;
                    reached = start;
                }
            }
        }
        if self.arrangement == Arrangement::Stacked {
            words(sheet, (x + 6.0, y + thick * 0.5 + size * 0.3), ends.first());
        }
    }

    fn standing(&self, sheet: &mut Sheet, legend_end: f64) -> f64 {
        let size = sheet.size();
        let ticks_max = 5;
        let range = self.value.range(self.largest(), ticks_max);
        let ticks = self.value.ticks(range, ticks_max);
        let top = legend_end
            + if self.value.title.is_empty() {
                10.0
            } else {
                size * 2.0
            };
        let plot = Plot {
            left: self.value.widest(&ticks, size - 1.0) + 10.0,
            right: sheet.width() - 2.0,
            top,
            bottom: top + sheet.frame.pick(250.0, 190.0),
        };
        let scale = Scale::new(range, (plot.bottom, plot.top));
        plot.upright(sheet, &self.value, scale, &ticks);
        let pitch = plot.width() / number(self.bars.len());
        let gap = (pitch * 0.22).min(18.0);
        let thick = ((pitch - gap) / number(self.abreast())).clamp(0.5, 64.0);
        for (index, bar) in self.bars.iter().enumerate() {
            let middle = plot.left + (number(index) + 0.5) * pitch;
            self.stand(
                sheet,
                (plot, scale),
                bar,
                (middle - thick * number(self.abreast()) / 2.0, thick),
            );
        }
        sheet.straight(
            (plot.left, plot.bottom),
            (plot.right, plot.bottom),
            Ink::Axis,
            1.0,
        );
        self.names_below(sheet, plot, pitch);
        for (index, bar) in self.bars.iter().enumerate() {
            let left = plot.left + number(index) * pitch;
            sheet.hit((left, plot.top), (pitch, plot.height()), &self.say(bar));
        }
        plot.bottom + size * 2.0
    }

    /// As many names as fit, evenly spaced, the first always among them.
    fn names_below(&self, sheet: &mut Sheet, plot: Plot, pitch: f64) {
        let size = sheet.size() - 1.0;
        let widest = self
            .bars
            .iter()
            .map(|bar| typeface::width(bar.label, size))
            .fold(0.0, f64::max);
        let mut every = 1;
        while pitch * number(every) < widest + 10.0 && every < self.bars.len() {
            every += 1;
        }
        for (index, bar) in self.bars.iter().enumerate().step_by(every) {
            let half = typeface::width(bar.label, size) / 2.0;
            let x = plot.left + (number(index) + 0.5) * pitch;
            let x = x.min(sheet.width() - half).max(half);
            sheet.soft((x, plot.bottom + 8.0 + size), Anchor::Middle, bar.label);
        }
    }

    fn stand(
        &self,
        sheet: &mut Sheet,
        (plot, scale): (Plot, Scale),
        bar: &Bar<'_>,
        (left, thick): (f64, f64),
    ) {
        let (mut x, mut y, mut reached) = (left, plot.bottom, 0.0);
        for (series, part) in bar.parts.iter().enumerate() {
            if let Some(value) = part.known() {
                let fill = sheet.pattern(Pattern::Series(series));
                let end = y + scale.at(reached + value.max(0.0)) - scale.at(reached);
                let rect = sheet.rect((x, end), (thick, y - end));
                rect.line(Ink::Ground, 0.8).set("fill", &fill).empty();
                reached += value.max(0.0);
                y = end;
            } else {
                let height = STUB.min(y - plot.top);
                stub(sheet, *part, (x, y - height), (thick, height));
                y -= height;
            }
            if self.arrangement == Arrangement::Grouped {
                (x, y, reached) = (x + thick, plot.bottom, 0.0);
            }
        }
    }

    /// All that a bar says.
    fn say(&self, bar: &Bar<'_>) -> String {
        let mut say = bar.label.to_owned();
        for (name, part) in self.series.iter().zip(&bar.parts) {
            let name = if self.series.len() > 1 {
                format!("{name}: ")
            } else {
                String::new()
            };
            say = format!("{say} · {name}{}", part.spelled(self.value.say));
        }
        say
    }
}

/// In place of a part that has no figure: of one size, so that it says nothing about how much it is.
fn stub(sheet: &mut Sheet, part: Amount<'_>, at: (f64, f64), extent: (f64, f64)) {
    let Some((pattern, _)) = part.reason() else {
        return;
    };
    let fill = sheet.pattern(pattern);
    let rect = sheet
        .rect(at, extent)
        .line(Ink::Axis, 0.8)
        .set("fill", &fill);
    rect.set("stroke-dasharray", "3 2").empty();
}

//! What marks mean, where they cannot be named beside themselves.

use super::ink::{Ink, Pattern, STEPS_COUNT};
use super::scale::{Scale, bounds, number};
use super::sheet::{Anchor, Sheet};
use super::{Say, typeface};

/// What stands before a name in a legend.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Swatch {
    /// The fill of a series.
    Fill(usize),
    /// A band around a curve of a series.
    Band(usize),
    /// The mark of one whose observation ended.
    Tick,
    /// A value within its limit.
    Dot,
    /// A value beyond its limit.
    Diamond,
    /// A step of the one colour.
    Step(usize),
    /// Why there is no figure.
    Pattern(Pattern),
}

/// Names in a row, in further rows where they do not fit. Returns where the rows end.
pub(crate) fn rows<S: AsRef<str>>(sheet: &mut Sheet, top: f64, entries: &[(Swatch, S)]) -> f64 {
    let size = sheet.size() - 1.0;
    let (line, gap, swatch) = (size * 1.6, 18.0, 22.0);
    let (mut x, mut y) = (0.0, top);
    for (kind, name) in entries {
        let name = typeface::fit(name.as_ref(), size, sheet.width() - swatch);
        let extent = swatch + typeface::width(&name, size);
        if x > 0.0 && x + extent > sheet.width() {
            (x, y) = (0.0, y + line);
        }
        draw_swatch(sheet, *kind, (x, y));
        sheet.soft((x + swatch, y + size), Anchor::Start, &name);
        x += extent + gap;
    }
    if entries.is_empty() { top } else { y + line }
}

fn draw_swatch(sheet: &mut Sheet, swatch: Swatch, (x, y): (f64, f64)) {
    let middle = y + sheet.size() * 0.55;
    let boxed = ((x, middle - 6.0), (15.0, 12.0));
    match swatch {
        Swatch::Fill(series) => {
            let fill = sheet.pattern(Pattern::Series(series));
            sheet.rect(boxed.0, boxed.1).set("fill", &fill).empty();
        }
        Swatch::Band(series) => {
            let band = sheet.rect(boxed.0, boxed.1).fill_series(series);
            band.set("fill-opacity", "0.18").empty();
            sheet
                .between((x, middle), (x + 15.0, middle))
                .solid_series(series, 2.0)
                .empty();
        }
        Swatch::Tick => {
            sheet.straight((x, middle), (x + 15.0, middle), Ink::Soft, 1.5);
            sheet.straight(
                (x + 7.5, middle - 5.0),
                (x + 7.5, middle + 5.0),
                Ink::Soft,
                1.5,
            );
        }
        Swatch::Dot => dot(sheet, (x + 7.5, middle)),
        Swatch::Diamond => diamond(sheet, (x + 7.5, middle)),
        Swatch::Step(step) => sheet.rect(boxed.0, boxed.1).fill_step(step).empty(),
        Swatch::Pattern(pattern) => {
            let fill = sheet.pattern(pattern);
            let pattern = sheet.rect(boxed.0, boxed.1).line(Ink::Axis, 0.8);
            pattern.set("fill", &fill).empty();
        }
    }
}

/// A filled circle: within the limit.
pub(crate) fn dot(sheet: &mut Sheet, (x, y): (f64, f64)) {
    let circle = sheet
        .pen
        .element("circle")
        .at("cx", x)
        .at("cy", y)
        .at("r", 5.5);
    circle.fill_series(0).empty();
}

/// A larger diamond with an open middle: beyond the limit.
pub(crate) fn diamond(sheet: &mut Sheet, (x, y): (f64, f64)) {
    let mut path = super::pen::Path::default();
    path.move_to(x, y - 7.0);
    path.line_to(x + 7.0, y);
    path.line_to(x, y + 7.0);
    path.line_to(x - 7.0, y);
    path.close();
    let diamond = sheet.pen.element("path").set("d", path.written());
    diamond.solid_series(1, 2.5).empty();
}

/// Classes of one colour from little to much, with round bounds; a value on a bound belongs to the
/// class above it.
#[derive(Debug, Clone, PartialEq)]
pub struct Classes {
    bounds: Vec<f64>,
}

impl Classes {
    /// At most five classes from 0 to a round bound that holds `largest`; of whole numbers if so
    /// asked. Several pictures that share their classes can be compared.
    pub fn up_to(largest: f64, whole: bool) -> Self {
        Self {
            bounds: bounds(largest, STEPS_COUNT, whole),
        }
    }

    fn count(&self) -> usize {
        self.bounds.len().saturating_sub(1).max(1)
    }

    /// The step of colour of a value: few classes are spread over all steps.
    pub(crate) fn step(&self, value: f64) -> usize {
        let inner = self.bounds.get(1..self.count()).unwrap_or_default();
        let class = inner.iter().filter(|bound| value >= **bound).count();
        self.step_of(class)
    }

    fn step_of(&self, class: usize) -> usize {
        let last = self.count().saturating_sub(1);
        (class * (STEPS_COUNT - 1) + last / 2)
            .checked_div(last)
            .unwrap_or(STEPS_COUNT / 2)
    }

    /// A strip of the classes with the bounds under their joints. Returns where it ends.
    pub(crate) fn strip(&self, sheet: &mut Sheet, (title, say): (&str, Say<'_>), top: f64) -> f64 {
        let size = sheet.size() - 1.0;
        sheet.soft(
            (0.0, top + size),
            Anchor::Start,
            &typeface::fit(title, size, sheet.width()),
        );
        let (strip_top, height) = (top + size * 1.6, 12.0);
        let edge = self
            .bounds
            .first()
            .map_or(0.0, |bound| typeface::width(&say.of(*bound), size) / 2.0);
        let length = (number(self.count()) * 64.0).min(sheet.width() - 2.0 * edge - 40.0);
        let ends = (
            self.bounds.first().copied().unwrap_or(0.0),
            self.bounds.last().copied().unwrap_or(1.0),
        );
        let scale = Scale::new(ends, (edge, edge + length));
        for (class, pair) in self.bounds.windows(2).enumerate() {
            let [from, to] = pair else { continue };
            let (x, end) = (scale.at(*from), scale.at(*to));
            let step = self.step_of(class);
            sheet
                .rect((x, strip_top), (end - x, height))
                .fill_step(step)
                .empty();
        }
        for bound in &self.bounds {
            let x = scale.at(*bound);
            sheet.straight(
                (x, strip_top),
                (x, strip_top + height + 4.0),
                Ink::Soft,
                1.0,
            );
            sheet.soft(
                (x, strip_top + height + 6.0 + size),
                Anchor::Middle,
                &say.of(*bound),
            );
        }
        strip_top + height + 8.0 + size * 1.4
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_value_on_a_bound_belongs_to_the_class_above() {
        let classes = Classes::up_to(47.0, true);
        assert_eq!(classes.bounds.len(), 6);
        assert_eq!(
            [0.0, 9.0, 10.0, 49.0, 50.0, 90.0].map(|value| classes.step(value)),
            [0, 0, 1, 4, 4, 4]
        );
        let few = Classes::up_to(2.0, true);
        assert_eq!([0.0, 1.0, 2.0].map(|value| few.step(value)), [0, 4, 4]);
        assert_eq!(Classes::up_to(1.0, true).step(1.0), STEPS_COUNT / 2);
    }
}

//! Axes: what a direction means, its round values, and how they are drawn.

use super::ink::Ink;
use super::scale::{Scale, number, round_up, ticks};
use super::sheet::{Anchor, Sheet};
use super::{Say, typeface};

/// What a direction of a picture means. `from`, `to` and values are in one unit; `say` spells a value
/// with its unit in the reader's language.
#[derive(Debug, Clone, Copy)]
pub struct Axis<'a> {
    pub(crate) title: &'a str,
    pub(crate) from: f64,
    pub(crate) to: f64,
    pub(crate) every: Option<f64>,
    pub(crate) whole: bool,
    pub(crate) grows: bool,
    pub(crate) say: Say<'a>,
    pub(crate) say_pointed: Option<Say<'a>>,
}

impl<'a> Axis<'a> {
    /// Shares of a whole: 0 to 1, always drawn in full.
    pub const fn share(title: &'a str, say: Say<'a>) -> Self {
        Self {
            title,
            from: 0.0,
            to: 1.0,
            every: None,
            whole: false,
            grows: false,
            say,
            say_pointed: None,
        }
    }

    /// The same, from `from` on: where all values lie near the whole, and the reader is told.
    #[must_use]
    pub const fn beginning_at(self, from: f64) -> Self {
        Self { from, ..self }
    }

    /// Elapsed time from 0 to `to`, with lines at multiples of `every` (13 weeks, 6 months).
    pub const fn time(title: &'a str, to: f64, every: f64, say: Say<'a>) -> Self {
        Self {
            title,
            from: 0.0,
            to,
            every: Some(every),
            whole: true,
            grows: false,
            say,
            say_pointed: None,
        }
    }

    /// Numbers of people or things, from 0 to a round one that holds all.
    pub const fn count(title: &'a str, say: Say<'a>) -> Self {
        Self {
            title,
            from: 0.0,
            to: 0.0,
            every: None,
            whole: true,
            grows: true,
            say,
            say_pointed: None,
        }
    }

    /// Amounts that may have parts (days, rates), from 0 to a round one that holds all.
    pub const fn amount(title: &'a str, say: Say<'a>) -> Self {
        Self {
            whole: false,
            ..Self::count(title, say)
        }
    }

    /// Spells a value in full where it stands alone ("week 12" where the axis says "12").
    #[must_use]
    pub const fn pointed(self, say: Say<'a>) -> Self {
        Self {
            say_pointed: Some(say),
            ..self
        }
    }

    pub(crate) fn in_full(&self, value: f64) -> String {
        self.say_pointed.unwrap_or(self.say).of(value)
    }

    /// The range, given the largest value there is.
    pub(crate) fn range(&self, largest: f64, ticks_max: usize) -> (f64, f64) {
        if self.grows {
            (0.0, round_up(largest, ticks_max, self.whole))
        } else {
            (self.from, self.to)
        }
    }

    pub(crate) fn ticks(&self, range: (f64, f64), ticks_max: usize) -> Vec<f64> {
        ticks(range, ticks_max, self.every, self.whole)
    }

    /// As many round values as can stand beside each other in a width.
    pub(crate) fn ticks_that_fit(&self, range: (f64, f64), width: f64, size: f64) -> Vec<f64> {
        let mut ticks_max = 7;
        loop {
            let found = self.ticks(range, ticks_max);
            let taken = number(found.len()) * (self.widest(&found, size) + 12.0);
            if taken <= width || ticks_max <= 2 {
                return found;
            }
            ticks_max -= 1;
        }
    }

    /// How wide the widest value is when it is spelled.
    pub(crate) fn widest(&self, ticks: &[f64], size: f64) -> f64 {
        let spelled = ticks
            .iter()
            .map(|tick| typeface::width(&self.say.of(*tick), size));
        spelled.fold(0.0, f64::max)
    }
}

/// Where data is drawn.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Plot {
    pub(crate) left: f64,
    pub(crate) right: f64,
    pub(crate) top: f64,
    pub(crate) bottom: f64,
}

impl Plot {
    pub(crate) const fn width(self) -> f64 {
        self.right - self.left
    }

    pub(crate) const fn height(self) -> f64 {
        self.bottom - self.top
    }

    /// Level lines at the round values of an upright axis, each with its value at the left, and the
    /// title above them: nobody should have to tilt their head.
    pub(crate) fn upright(self, sheet: &mut Sheet, axis: &Axis<'_>, scale: Scale, ticks: &[f64]) {
        let size = sheet.size() - 1.0;
        for tick in ticks {
            let y = scale.at(*tick);
            sheet.straight((self.left, y), (self.right, y), Ink::Grid, 1.0);
            sheet.soft(
                (self.left - 8.0, y + size * 0.35),
                Anchor::End,
                &axis.say.of(*tick),
            );
        }
        if !axis.title.is_empty() {
            let title = typeface::fit(axis.title, size, sheet.width());
            sheet.soft((0.0, self.top - size), Anchor::Start, &title);
        }
    }

    /// The line that everything stands on, with the round values of a level axis and its title under
    /// it. Returns where the next line of words can stand.
    pub(crate) fn level(
        self,
        sheet: &mut Sheet,
        axis: &Axis<'_>,
        scale: Scale,
        ticks: &[f64],
    ) -> f64 {
        let size = sheet.size() - 1.0;
        sheet.straight(
            (self.left, self.bottom),
            (self.right, self.bottom),
            Ink::Axis,
            1.0,
        );
        let labels = self.bottom + 8.0 + size;
        for tick in ticks {
            let x = scale.at(*tick);
            sheet.straight((x, self.bottom), (x, self.bottom + 5.0), Ink::Axis, 1.0);
            let spelled = axis.say.of(*tick);
            let half = typeface::width(&spelled, size) / 2.0;
            let x = x.min(sheet.width() - half).max(half);
            sheet.soft((x, labels), Anchor::Middle, &spelled);
        }
        if axis.title.is_empty() {
            return labels;
        }
        let title = typeface::fit(axis.title, size, sheet.width() - self.left);
        sheet.soft((self.left, labels + size * 1.5), Anchor::Start, &title);
        labels + size * 1.5
    }

    /// Upright lines at the round values of a level axis, to be read down long rows.
    pub(crate) fn upright_lines(self, sheet: &mut Sheet, (scale, ticks): (Scale, &[f64])) {
        for tick in ticks {
            let x = scale.at(*tick);
            sheet.straight((x, self.top), (x, self.bottom), Ink::Grid, 1.0);
        }
    }
}

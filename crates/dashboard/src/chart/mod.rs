//! Charts as accessible SVG: few kinds, each of them able to say what it does not know.
//!
//! A chart is handed words that are localised already and values as they are; [`Say`] spells values
//! in the reader's language. What it gives back stands in a page as it is: `role="img"` with a title
//! and a description, no style attribute and no script (the pages' content security policy is
//! `default-src 'self'`), colours as attributes that [`STYLE`] overrides by class for dark pages.
//! The headline, the sub-title and the table with the same numbers belong to the page.
//!
//! Every chart is drawn twice, [`Frame::Wide`] and [`Frame::Narrow`], and the style sheet shows the
//! one that fits: one picture that is scaled down to a telephone would leave words of 7 pixels.
//!
//! Why our own: plotters draws on back ends and knows no title, description, pattern or class;
//! charts-rs and charming carry colours in `style` or draw by a script. None gives an interval
//! without an end, a withheld cell or a hatch for what is not final, and those are what these
//! pictures are about.
//!
//! To add a kind: a file with its struct and a `draw`, a variant in [`Kind`], and its pictures in
//! `tests/pictures.rs`.

mod axis;
mod bars;
mod beside;
mod calendar;
mod curves;
mod export;
mod flow;
mod ink;
mod intervals;
mod legend;
mod pen;
mod scale;
mod shares;
mod sheet;
mod slopes;
mod typeface;

use std::fmt;

pub use axis::Axis;
pub use bars::{Arrangement, Bar, Bars, Direction};
pub use calendar::Calendar;
pub use curves::{Below, Curve, Curves, Step};
pub use export::{Caption, Picture, PictureError};
pub use flow::{Flow, Leaving, Stage};
pub use intervals::{Interval, Intervals, Limit};
pub use legend::Classes;
pub use shares::{Layer, Shares};
pub use slopes::{Slope, Slopes, Wave};

pub(crate) use ink::{Ink, Pattern};
pub(crate) use legend::{Swatch, rows};
pub(crate) use pen::Path;
pub(crate) use scale::number;
pub(crate) use sheet::{Anchor, Sheet};
pub(crate) use typeface::{fit, width};

use crate::map::Map;

/// The style sheet of all charts.
pub const STYLE: &str = include_str!("chart.css");

/// How a value is spelled for the reader: with its unit, decimal sign and digits.
#[derive(Clone, Copy)]
pub struct Say<'a>(&'a dyn Fn(f64) -> String);

impl<'a> Say<'a> {
    /// Spells by this closure.
    pub const fn new(spell: &'a dyn Fn(f64) -> String) -> Self {
        Self(spell)
    }

    /// A value that is none is a dash in every language.
    pub(crate) fn of(&self, value: f64) -> String {
        if value.is_finite() {
            (self.0)(value)
        } else {
            "–".into()
        }
    }
}

impl fmt::Debug for Say<'_> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("Say")
    }
}

/// What ids of elements in a chart begin with; two charts of one page have two.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ChartId(String);

impl ChartId {
    /// Whatever is no letter, digit or hyphen of ASCII becomes a hyphen, so that the id can stand in
    /// a reference.
    pub fn new(prefix: &str) -> Self {
        let safe = prefix.chars().map(|letter| {
            if letter.is_ascii_alphanumeric() {
                letter
            } else {
                '-'
            }
        });
        Self(
            std::iter::once('c')
                .chain(std::iter::once('-'))
                .chain(safe)
                .collect(),
        )
    }

    pub(crate) fn as_str(&self) -> &str {
        &self.0
    }
}

/// The two widths that a chart is drawn for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Frame {
    /// 720 units wide: desks, tablets, paper.
    Wide,
    /// 360 units wide: telephones and narrow columns.
    Narrow,
}

impl Frame {
    /// Both.
    pub const ALL: [Self; 2] = [Self::Wide, Self::Narrow];

    pub(crate) const fn width(self) -> f64 {
        match self {
            Self::Wide => 720.0,
            Self::Narrow => 360.0,
        }
    }

    pub(crate) const fn text_size(self) -> f64 {
        match self {
            Self::Wide => 14.0,
            Self::Narrow => 13.0,
        }
    }

    /// The first for wide frames, the second for narrow ones.
    pub(crate) fn pick<T>(self, wide: T, narrow: T) -> T {
        match self {
            Self::Wide => wide,
            Self::Narrow => narrow,
        }
    }

    const fn letter(self) -> char {
        match self {
            Self::Wide => 'w',
            Self::Narrow => 'n',
        }
    }

    const fn class(self) -> &'static str {
        match self {
            Self::Wide => "hc hc-wide",
            Self::Narrow => "hc hc-narrow",
        }
    }
}

/// What a chart says in words.
#[derive(Debug, Clone, Copy)]
pub struct Words<'a> {
    /// Its name, for those who cannot see it.
    pub title: &'a str,
    /// What it shows, in a sentence or two with the figures that matter.
    pub desc: &'a str,
    /// What stands in its place when there is nothing to draw.
    pub empty: &'a str,
}

/// A figure, or why there is none. One that may not be told is never drawn as zero.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Amount<'a> {
    /// It is known.
    Known(f64),
    /// It may not be shown; the words say why.
    Withheld(&'a str),
    /// Its time is not over; the words say until when.
    Immature(&'a str),
    /// Nobody asked, or there was nobody to ask; the words say which.
    Nothing(&'a str),
}

impl<'a> Amount<'a> {
    /// Both together; if one of them is not known, neither is what they add up to.
    #[must_use]
    pub fn plus(self, other: Self) -> Self {
        match (self, other) {
            (Self::Known(one), Self::Known(other)) => Self::Known(one + other),
            (Self::Known(_), reason) | (reason, _) => reason,
        }
    }

    /// The figure, where it is known and finite.
    pub(crate) fn known(self) -> Option<f64> {
        match self {
            Self::Known(value) => Some(value).filter(|value| value.is_finite()),
            Self::Withheld(_) | Self::Immature(_) | Self::Nothing(_) => None,
        }
    }

    /// How it is drawn if it is not known, and the words for it.
    pub(crate) fn reason(self) -> Option<(Pattern, &'a str)> {
        match self {
            Self::Known(value) if value.is_finite() => None,
            Self::Known(_) => Some((Pattern::Nothing, "")),
            Self::Withheld(why) => Some((Pattern::Withheld, why)),
            Self::Immature(why) => Some((Pattern::Immature, why)),
            Self::Nothing(why) => Some((Pattern::Nothing, why)),
        }
    }

    /// The figure as it is spelled, or why there is none.
    pub(crate) fn spelled(self, say: Say<'_>) -> String {
        match self {
            Self::Known(value) => say.of(value),
            Self::Withheld(why) | Self::Immature(why) | Self::Nothing(why) => why.into(),
        }
    }
}

/// What a chart shows.
#[derive(Debug)]
pub enum Kind<'a> {
    /// Step curves with bands: survival, cumulative incidence.
    Curves(Curves<'a>),
    /// Parts of a whole over time.
    Shares(Shares<'a>),
    /// Bars that lie or stand, stacked or side by side.
    Bars(Bars<'a>),
    /// Medians with their intervals against a limit.
    Intervals(Intervals<'a>),
    /// The same people at several waves.
    Slopes(Slopes<'a>),
    /// Stages that people pass, and how they leave.
    Flow(Flow<'a>),
    /// Cells by calendar.
    Calendar(Calendar<'a>),
    /// Areas of a country.
    Map(Map<'a>),
}

/// A chart.
#[derive(Debug)]
pub struct Chart<'a> {
    /// What it says.
    pub words: Words<'a>,
    /// What it shows.
    pub kind: Kind<'a>,
}

impl Chart<'_> {
    /// The picture in one frame.
    pub fn svg(&self, id: &ChartId, frame: Frame) -> String {
        let mut sheet = Sheet::new(id, frame);
        let height = self.draw(&mut sheet);
        sheet.finish(&self.words, self.name(), height)
    }

    /// Both pictures for a page, of which the style sheet shows the one that fits.
    pub fn figure(&self, id: &ChartId) -> String {
        let pictures = Frame::ALL.map(|frame| self.svg(id, frame)).concat();
        format!("<div class=\"hc-figure\">{pictures}</div>")
    }

    /// Draws, and says how high it became.
    fn draw(&self, sheet: &mut Sheet) -> f64 {
        let empty = self.words.empty;
        match &self.kind {
            Kind::Curves(curves) => curves.draw(sheet, empty),
            Kind::Shares(shares) => shares.draw(sheet, empty),
            Kind::Bars(bars) => bars.draw(sheet, empty),
            Kind::Intervals(intervals) => intervals.draw(sheet, empty),
            Kind::Slopes(slopes) => slopes.draw(sheet, empty),
            Kind::Flow(flow) => flow.draw(sheet, empty),
            Kind::Calendar(calendar) => calendar.draw(sheet, empty),
            Kind::Map(map) => map.draw(sheet, empty),
        }
    }

    const fn name(&self) -> &'static str {
        match &self.kind {
            Kind::Curves(_) => "curves",
            Kind::Shares(_) => "shares",
            Kind::Bars(_) => "bars",
            Kind::Intervals(_) => "intervals",
            Kind::Slopes(_) => "slopes",
            Kind::Flow(_) => "flow",
            Kind::Calendar(_) => "calendar",
            Kind::Map(_) => "map",
        }
    }
}

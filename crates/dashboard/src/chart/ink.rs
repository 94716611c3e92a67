//! Colours, dashes and patterns. Nothing is told by colour alone: every series has its own dash, its
//! own fill pattern, its own marker and its name beside it.
//!
//! Series colours are those of Okabe and Ito ("Color Universal Design", 2008), told apart with all
//! common kinds of colour blindness; purple and yellow are darkened (on white) and orange is
//! reddened so that each keeps a contrast of 3 to 1 with the page, which WCAG 2.2 asks of lines
//! (1.4.11). Steps of one colour (maps, calendars) rise in lightness only. A test computes the
//! contrasts.
//!
//! The colours here are for paper and light pages. They stand as presentation attributes, so a
//! picture that is taken out of its page keeps them; `chart.css` gives dark pages theirs by class.

use super::pen::{Element, Pen};

/// Series that can be told apart in one picture; further ones begin again.
pub(crate) const SERIES_MAX: usize = 6;

/// What a series looks like.
#[derive(Debug)]
pub(crate) struct Look {
    pub(crate) color: &'static str,
    /// The same, dark enough for words (4.5 to 1).
    pub(crate) words: &'static str,
    pub(crate) dash: Option<&'static str>,
    fill_class: &'static str,
    line_class: &'static str,
    words_class: &'static str,
    pattern: Motif,
}

/// What is drawn over a plain fill to tell it from others.
#[derive(Debug, Clone, Copy)]
enum Motif {
    Plain,
    Rising,
    Dots,
    Falling,
    Level,
    Crossed,
}

const LOOKS: [Look; SERIES_MAX] = [
    Look {
        color: "#0072B2",
        words: "#005A8C",
        dash: None,
        fill_class: "hc-f1",
        line_class: "hc-k1",
        words_class: "hc-w1",
        pattern: Motif::Plain,
    },
    Look {
        color: "#D55E00",
        words: "#A34700",
        dash: Some("7 4"),
        fill_class: "hc-f2",
        line_class: "hc-k2",
        words_class: "hc-w2",
        pattern: Motif::Rising,
    },
    Look {
        color: "#009E73",
        words: "#00704F",
        dash: Some("2 3"),
        fill_class: "hc-f3",
        line_class: "hc-k3",
        words_class: "hc-w3",
        pattern: Motif::Dots,
    },
    Look {
        color: "#AA4A88",
        words: "#8A3A6E",
        dash: Some("10 3 2 3"),
        fill_class: "hc-f4",
        line_class: "hc-k4",
        words_class: "hc-w4",
        pattern: Motif::Falling,
    },
    Look {
        color: "#8C6D00",
        words: "#6B5300",
        dash: Some("4 2"),
        fill_class: "hc-f5",
        line_class: "hc-k5",
        words_class: "hc-w5",
        pattern: Motif::Level,
    },
    Look {
        color: "#5A5A5A",
        words: "#4A4A4A",
        dash: Some("12 4"),
        fill_class: "hc-f6",
        line_class: "hc-k6",
        words_class: "hc-w6",
        pattern: Motif::Crossed,
    },
];

/// Steps of one colour, from little to much, each with whether words on it are light.
const STEPS: [(&str, &str, &str, bool); STEPS_COUNT] = [
    ("hc-q1", "hc-u1", "#DCEAF6", false),
    ("hc-q2", "hc-u2", "#A9CCE8", false),
    ("hc-q3", "hc-u3", "#6BA6D6", false),
    ("hc-q4", "hc-u4", "#2F78B7", true),
    ("hc-q5", "hc-u5", "#0B4A86", true),
];

/// How many steps there are.
pub(crate) const STEPS_COUNT: usize = 5;

/// The look of the series with this number.
pub(crate) fn look(series: usize) -> &'static Look {
    let [first, ..] = &LOOKS;
    LOOKS.get(series % SERIES_MAX).unwrap_or(first)
}

/// What is not data: words, lines that help reading, the ground.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Ink {
    /// Words to be read.
    Words,
    /// Words that explain others.
    Soft,
    /// Lines that help the eye.
    Grid,
    /// The line that values stand on.
    Axis,
    /// What lies under everything.
    Ground,
    /// A fill that says "all of it" behind a part.
    Quiet,
}

impl Ink {
    const fn of(self) -> (&'static str, &'static str, &'static str) {
        match self {
            Self::Words => ("hc-ink", "hc-ink-k", "#1B1F23"),
            Self::Soft => ("hc-soft", "hc-soft-k", "#56606A"),
            Self::Grid => ("hc-grid", "hc-grid-k", "#DDE1E5"),
            Self::Axis => ("hc-axis", "hc-axis-k", "#7A838C"),
            Self::Ground => ("hc-ground", "hc-ground-k", "#FFFFFF"),
            Self::Quiet => ("hc-quiet", "hc-quiet-k", "#E9EDF0"),
        }
    }
}

/// What an element is filled or drawn with.
impl<'p> Element<'p> {
    pub(crate) fn fill(self, ink: Ink) -> Element<'p> {
        let (class, _, color) = ink.of();
        self.set("class", class).set("fill", color)
    }

    pub(crate) fn line(self, ink: Ink, width: f64) -> Element<'p> {
        let (_, class, color) = ink.of();
        self.set("class", class)
            .set("stroke", color)
            .at("stroke-width", width)
    }

    /// Filled with the plain colour of a series.
    pub(crate) fn fill_series(self, series: usize) -> Element<'p> {
        let look = look(series);
        self.set("class", look.fill_class).set("fill", look.color)
    }

    /// Words in the colour of a series.
    pub(crate) fn words_series(self, series: usize) -> Element<'p> {
        let look = look(series);
        self.set("class", look.words_class).set("fill", look.words)
    }

    /// A line of a series, with its dash.
    pub(crate) fn line_series(self, series: usize, width: f64) -> Element<'p> {
        let look = look(series);
        let line = self.solid_series(series, width);
        match look.dash {
            Some(dash) => line.set("stroke-dasharray", dash),
            None => line,
        }
    }

    /// A line of a series without its dash: short marks would drown in it.
    pub(crate) fn solid_series(self, series: usize, width: f64) -> Element<'p> {
        let look = look(series);
        self.set("class", look.line_class)
            .set("fill", "none")
            .set("stroke", look.color)
            .at("stroke-width", width)
    }

    /// Filled with a step of the one colour; steps count from zero.
    pub(crate) fn fill_step(self, step: usize) -> Element<'p> {
        let (class, _, color, _) = rung(step);
        self.set("class", class).set("fill", color)
    }

    /// Words that lie on a step.
    pub(crate) fn words_on_step(self, step: usize) -> Element<'p> {
        let (_, class, _, light) = rung(step);
        self.set("class", class)
            .set("fill", if light { "#FFFFFF" } else { "#1B1F23" })
    }
}

fn rung(step: usize) -> (&'static str, &'static str, &'static str, bool) {
    let [.., last] = STEPS;
    STEPS.get(step).copied().unwrap_or(last)
}

/// A fill that a picture defines once and uses by name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Pattern {
    /// The fill of a series.
    Series(usize),
    /// A figure that may not be shown.
    Withheld,
    /// A figure that is not yet known in full.
    Immature,
    /// Nothing is known.
    Nothing,
}

impl Pattern {
    /// Its name within the picture that has this id.
    pub(crate) fn id(self, picture: &str) -> String {
        match self {
            Self::Series(series) => format!("{picture}-p{}", series % SERIES_MAX + 1),
            Self::Withheld => format!("{picture}-withheld"),
            Self::Immature => format!("{picture}-immature"),
            Self::Nothing => format!("{picture}-nothing"),
        }
    }

    /// How an element refers to it.
    pub(crate) fn url(self, picture: &str) -> String {
        format!("url(#{})", self.id(picture))
    }

    pub(crate) fn define(self, pen: &mut Pen, picture: &str) {
        pen.element("pattern")
            .set("id", &self.id(picture))
            .set("patternUnits", "userSpaceOnUse")
            .set("width", "8")
            .set("height", "8")
            .open();
        match self {
            Self::Series(series) => {
                pen.element("rect")
                    .set("width", "8")
                    .set("height", "8")
                    .fill_series(series)
                    .empty();
                if let Some(path) = look(series).pattern.path() {
                    let (width, ink) = (1.2, Ink::Ground);
                    pen.element("path")
                        .set("d", path)
                        .set("fill", "none")
                        .line(ink, width)
                        .empty();
                }
            }
            Self::Withheld => {
                rect(pen, Ink::Quiet);
                motif(pen, Motif::Rising, Ink::Axis);
            }
            Self::Immature => {
                rect(pen, Ink::Ground);
                motif(pen, Motif::Falling, Ink::Grid);
            }
            Self::Nothing => {
                rect(pen, Ink::Ground);
                motif(pen, Motif::Dots, Ink::Grid);
            }
        }
        pen.close("pattern");
    }
}

fn rect(pen: &mut Pen, ink: Ink) {
    pen.element("rect")
        .set("width", "8")
        .set("height", "8")
        .fill(ink)
        .empty();
}

fn motif(pen: &mut Pen, motif: Motif, ink: Ink) {
    if let Some(path) = motif.path() {
        pen.element("path")
            .set("d", path)
            .set("fill", "none")
            .line(ink, 1.2)
            .empty();
    }
}

impl Motif {
    /// Lines on a tile of eight by eight that meet the neighbouring tiles.
    const fn path(self) -> Option<&'static str> {
        match self {
            Self::Plain => None,
            Self::Rising => Some("M-2 2L2 -2M0 8L8 0M6 10L10 6"),
            Self::Falling => Some("M-2 6L2 10M0 0L8 8M6 -2L10 2"),
            Self::Dots => Some("M1.2 2h1.6M5.2 6h1.6"),
            Self::Level => Some("M0 2h8M0 6h8"),
            Self::Crossed => Some("M0 4h8M4 0v8"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Relative luminance by WCAG 2.2.
    fn luminance(color: &str) -> f64 {
        let part = |at: usize| {
            let value = f64::from(u8::from_str_radix(&color[at..at + 2], 16).unwrap()) / 255.0;
            if value <= 0.04045 {
                value / 12.92
            } else {
                ((value + 0.055) / 1.055).powf(2.4)
            }
        };
        0.2126 * part(1) + 0.7152 * part(3) + 0.0722 * part(5)
    }

    fn contrast(one: &str, other: &str) -> f64 {
        let (one, other) = (luminance(one), luminance(other));
        (one.max(other) + 0.05) / (one.min(other) + 0.05)
    }

    /// The value of a custom property in the first or the dark block of the style sheet.
    fn custom(dark: bool, name: &str) -> String {
        let style = super::super::STYLE;
        let block = style
            .split("prefers-color-scheme: dark")
            .nth(usize::from(dark))
            .unwrap();
        let found = block.split(&format!("{name}:")).nth(1).unwrap();
        found.split(';').next().unwrap().trim().to_owned()
    }

    #[test]
    fn lines_and_words_stand_out_from_light_and_dark_pages() {
        for (number, look) in (1..).zip(&LOOKS) {
            assert_eq!(
                custom(false, &format!("--hc-s{number}")),
                look.color,
                "series {number}"
            );
            assert_eq!(
                custom(false, &format!("--hc-w{number}")),
                look.words,
                "series {number}"
            );
        }
        for dark in [false, true] {
            let ground = custom(dark, "--hc-ground");
            for number in 1..=SERIES_MAX {
                let line = custom(dark, &format!("--hc-s{number}"));
                assert!(
                    contrast(&line, &ground) >= 3.0,
                    "line {number} dark {dark} {}",
                    contrast(&line, &ground)
                );
                let words = custom(dark, &format!("--hc-w{number}"));
                assert!(
                    contrast(&words, &ground) >= 4.5,
                    "words {number} dark {dark}"
                );
            }
            for name in ["--hc-ink", "--hc-soft"] {
                assert!(
                    contrast(&custom(dark, name), &ground) >= 4.5,
                    "{name} dark {dark}"
                );
            }
            for step in 1..=STEPS_COUNT {
                let fill = custom(dark, &format!("--hc-q{step}"));
                let words = custom(dark, &format!("--hc-u{step}"));
                assert!(
                    contrast(&fill, &words) >= 4.5,
                    "step {step} dark {dark} {}",
                    contrast(&fill, &words)
                );
            }
        }
    }

    #[test]
    fn steps_rise_in_one_direction() {
        let falling = STEPS
            .windows(2)
            .all(|pair| luminance(pair[0].2) > luminance(pair[1].2));
        assert!(falling);
    }
}

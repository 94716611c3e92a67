//! What a picture is drawn on: its width, its words, its patterns, and the element around it.

use std::collections::BTreeSet;

use super::ink::{Ink, Pattern};
use super::pen::{Element, Pen, px};
use super::{ChartId, Frame, Words, typeface};

/// Where a text stands in relation to its place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Anchor {
    Start,
    Middle,
    End,
}

impl Anchor {
    const fn word(self) -> Option<&'static str> {
        match self {
            Self::Start => None,
            Self::Middle => Some("middle"),
            Self::End => Some("end"),
        }
    }
}

/// A picture in the making.
#[derive(Debug)]
pub(crate) struct Sheet {
    pub(crate) pen: Pen,
    pub(crate) frame: Frame,
    id: String,
    patterns: BTreeSet<Pattern>,
}

impl Sheet {
    pub(crate) fn new(id: &ChartId, frame: Frame) -> Self {
        Self {
            pen: Pen::default(),
            frame,
            id: format!("{}-{}", id.as_str(), frame.letter()),
            patterns: BTreeSet::new(),
        }
    }

    pub(crate) const fn width(&self) -> f64 {
        self.frame.width()
    }

    /// The size of words, of soft words one less.
    pub(crate) const fn size(&self) -> f64 {
        self.frame.text_size()
    }

    /// A text in a role. The caller ends the element.
    pub(crate) fn text(&mut self, (x, y): (f64, f64), anchor: Anchor, size: f64) -> Element<'_> {
        let element = self
            .pen
            .element("text")
            .at("x", x)
            .at("y", y)
            .at("font-size", size);
        match anchor.word() {
            Some(word) => element.set("text-anchor", word),
            None => element,
        }
    }

    /// Soft words.
    pub(crate) fn soft(&mut self, at: (f64, f64), anchor: Anchor, words: &str) {
        let size = self.size() - 1.0;
        self.text(at, anchor, size).fill(Ink::Soft).text(words);
    }

    /// Words to be read.
    pub(crate) fn ink(&mut self, at: (f64, f64), anchor: Anchor, words: &str) {
        let size = self.size();
        self.text(at, anchor, size).fill(Ink::Words).text(words);
    }

    /// Words on a ground of their own colour, so that lines under them do not cut them.
    pub(crate) fn haloed(&mut self, at: (f64, f64), anchor: Anchor, size: f64, words: &str) {
        self.halo(at, anchor, size, words);
        self.text(at, anchor, size).fill(Ink::Words).text(words);
    }

    /// The ground of words, which are then written over it.
    pub(crate) fn halo(&mut self, at: (f64, f64), anchor: Anchor, size: f64, words: &str) {
        let halo = self.text(at, anchor, size).line(Ink::Ground, 4.0);
        halo.set("fill", "none")
            .set("stroke-linejoin", "round")
            .text(words);
    }

    pub(crate) fn straight(&mut self, from: (f64, f64), to: (f64, f64), ink: Ink, width: f64) {
        self.between(from, to).line(ink, width).empty();
    }

    pub(crate) fn between(&mut self, (x1, y1): (f64, f64), (x2, y2): (f64, f64)) -> Element<'_> {
        let line = self.pen.element("line");
        line.at("x1", x1).at("y1", y1).at("x2", x2).at("y2", y2)
    }

    /// A rectangle; one without extent is drawn as none.
    pub(crate) fn rect(&mut self, (x, y): (f64, f64), (width, height): (f64, f64)) -> Element<'_> {
        let rect = self.pen.element("rect").at("x", x).at("y", y);
        rect.at("width", width.max(0.0))
            .at("height", height.max(0.0))
    }

    /// The reference to a pattern, which is then defined.
    pub(crate) fn pattern(&mut self, pattern: Pattern) -> String {
        self.patterns.insert(pattern);
        pattern.url(&self.id)
    }

    /// A place that says something when it is pointed at. `say` is a whole sentence or nearly.
    pub(crate) fn hit(&mut self, at: (f64, f64), extent: (f64, f64), say: &str) {
        self.rect(at, extent)
            .set("class", "hc-hit")
            .set("fill", "none")
            .set("pointer-events", "all")
            .set("data-say", say)
            .empty();
    }

    /// Where nothing is: the words for it in the middle of where it would be.
    pub(crate) fn nothing(&mut self, (x, y): (f64, f64), (width, height): (f64, f64), words: &str) {
        let fill = self.pattern(Pattern::Nothing);
        self.rect((x, y), (width, height))
            .line(Ink::Grid, 1.0)
            .set("fill", &fill)
            .empty();
        let size = self.size() + 1.0;
        let lines = typeface::wrap(words, size, width - 24.0, 3);
        let mut line_y = y + height / 2.0 - super::scale::number(lines.len()) * size * 0.65 + size;
        for line in lines {
            self.haloed((x + width / 2.0, line_y), Anchor::Middle, size, &line);
            line_y += size * 1.3;
        }
    }

    /// The whole picture.
    pub(crate) fn finish(self, words: &Words<'_>, kind: &str, height: f64) -> String {
        let mut pen = Pen::default();
        let (title, desc) = (format!("{}-t", self.id), format!("{}-d", self.id));
        let view = format!("0 0 {} {}", px(self.frame.width()), px(height));
        pen.element("svg")
            .set("xmlns", "http://www.w3.org/2000/svg")
            .set("class", self.frame.class())
            .set("id", &self.id)
            .set("viewBox", &view)
            .set("role", "img")
            .set("aria-labelledby", &format!("{title} {desc}"))
            .set("font-family", "system-ui, 'Noto Sans', sans-serif")
            .set("data-kind", kind)
            .open();
        pen.element("title").set("id", &title).text(words.title);
        pen.element("desc").set("id", &desc).text(words.desc);
        if !self.patterns.is_empty() {
            pen.element("defs").open();
            for pattern in self.patterns {
                pattern.define(&mut pen, &self.id);
            }
            pen.close("defs");
        }
        pen.markup(&self.pen.written());
        pen.close("svg");
        pen.written()
    }
}

//! Writing SVG: every attribute and text is escaped here, every number rounded here, so that no
//! picture can be broken by a name and none carries `NaN` or digits that differ between machines.

use std::fmt::Write as _;

/// A length or place in a picture as SVG spells it: one decimal, none where it is zero. What is not
/// a number has no place; it is kept out where data comes in, and spelled as zero if it gets here.
pub(crate) fn px(value: f64) -> String {
    if !value.is_finite() {
        return "0".into();
    }
    let mut spelled = format!("{value:.1}");
    if let Some(whole) = spelled.strip_suffix(".0") {
        spelled.truncate(whole.len());
    }
    if spelled == "-0" {
        spelled.remove(0);
    }
    spelled
}

/// Text as it may stand between tags and in quoted attributes. Characters that XML does not know
/// are left out: one of them would make the whole picture unreadable.
fn escape_into(out: &mut String, text: &str) {
    for character in text.chars() {
        match character {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\n' | '\t' | '\r' => out.push(' '),
            unknown if unknown.is_control() || matches!(unknown, '\u{FFFE}' | '\u{FFFF}') => {}
            known => out.push(known),
        }
    }
}

/// What has been written so far.
#[derive(Debug, Default)]
pub(crate) struct Pen(String);

impl Pen {
    /// Begins an element; nothing more can be written before it is ended.
    pub(crate) fn element(&mut self, name: &'static str) -> Element<'_> {
        self.0.push('<');
        self.0.push_str(name);
        Element { pen: self, name }
    }

    /// Ends an element that was opened.
    pub(crate) fn close(&mut self, name: &'static str) {
        self.0.push_str("</");
        self.0.push_str(name);
        self.0.push('>');
    }

    /// An element that holds nothing but text.
    pub(crate) fn words(&mut self, name: &'static str, text: &str) {
        self.element(name).text(text);
    }

    /// Markup that another pen wrote.
    pub(crate) fn markup(&mut self, written: &str) {
        self.0.push_str(written);
    }

    pub(crate) fn written(self) -> String {
        self.0
    }
}

/// An element whose attributes are being written.
#[derive(Debug)]
#[must_use = "an element that is begun has to be ended"]
pub(crate) struct Element<'p> {
    pen: &'p mut Pen,
    name: &'static str,
}

impl Element<'_> {
    /// An attribute.
    pub(crate) fn set(self, name: &'static str, value: &str) -> Self {
        self.pen.0.push(' ');
        self.pen.0.push_str(name);
        self.pen.0.push_str("=\"");
        escape_into(&mut self.pen.0, value);
        self.pen.0.push('"');
        self
    }

    /// An attribute that is a length or place.
    pub(crate) fn at(self, name: &'static str, value: f64) -> Self {
        self.set(name, &px(value))
    }

    /// The element holds nothing.
    pub(crate) fn empty(self) {
        self.pen.0.push_str("/>");
    }

    /// The element holds this text.
    pub(crate) fn text(self, text: &str) {
        self.pen.0.push('>');
        escape_into(&mut self.pen.0, text);
        self.pen.close(self.name);
    }

    /// The element holds what is written until it is closed.
    pub(crate) fn open(self) {
        self.pen.0.push('>');
    }
}

/// The `d` of a path.
#[derive(Debug, Default)]
pub(crate) struct Path(String);

impl Path {
    fn step(&mut self, letter: char, places: &[f64]) {
        self.0.push(letter);
        for (index, place) in places.iter().enumerate() {
            let separator = if index == 0 { "" } else { " " };
            // Writing into a String does not fail.
            write!(self.0, "{separator}{}", px(*place)).unwrap_or_default();
        }
    }

    pub(crate) fn move_to(&mut self, x: f64, y: f64) {
        self.step('M', &[x, y]);
    }

    pub(crate) fn line_to(&mut self, x: f64, y: f64) {
        self.step('L', &[x, y]);
    }

    pub(crate) fn across_to(&mut self, x: f64) {
        self.step('H', &[x]);
    }

    pub(crate) fn up_or_down_to(&mut self, y: f64) {
        self.step('V', &[y]);
    }

    pub(crate) fn close(&mut self) {
        self.0.push('Z');
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    pub(crate) fn written(&self) -> &str {
        &self.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_spelled_alike_everywhere() {
        for (value, spelled) in [
            (0.0, "0"),
            (-0.04, "0"),
            (12.0, "12"),
            (12.34, "12.3"),
            (-7.25, "-7.2"),
            (f64::NAN, "0"),
            (f64::INFINITY, "0"),
        ] {
            assert_eq!(px(value), spelled, "{value}");
        }
    }

    #[test]
    fn a_name_cannot_break_a_picture() {
        let mut pen = Pen::default();
        pen.element("text")
            .set("data-say", "a\"b<c>")
            .text("x & y\u{7}\n</text>");
        assert_eq!(
            pen.written(),
            "<text data-say=\"a&quot;b&lt;c&gt;\">x &amp; y &lt;/text&gt;</text>"
        );
    }
}

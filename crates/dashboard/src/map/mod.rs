//! Maps of first-level areas. A country whose outlines are not known is shown as a grid of equal
//! squares with the areas' names: honest about what it is, and as readable.
//!
//! Areas are told apart by number and lightness; what is withheld or unknown is hatched or dotted,
//! never pale as if it were little. What a map says stands in a table beside it as well: areas are
//! large or small for reasons that have nothing to do with people.

mod outline;

pub use outline::{Area, Country};

use crate::chart::{
    Amount, Anchor, Classes, Ink, Path, Pattern, Say, Sheet, Swatch, fit, number, rows, width,
};

/// A step in a picture below which points of an outline fall together, in units of the picture.
const DETAIL: f64 = 0.6;

/// What is known of an area.
#[derive(Debug, Clone)]
pub struct Place<'a> {
    /// Its code; codes of places within it count as it.
    pub code: &'a str,
    /// Its name, if the outlines do not know one.
    pub name: &'a str,
    /// The figure.
    pub amount: Amount<'a>,
}

/// A map.
#[derive(Debug)]
pub struct Map<'a> {
    /// ISO 3166-1 alpha-2 of the country.
    pub country: &'a str,
    /// What is counted.
    pub title: &'a str,
    /// Figures by area.
    pub places: Vec<Place<'a>>,
    /// What is said of areas that have no figure.
    pub nothing: &'a str,
    /// What the figures in areas that the map does not show are called ("not on the map").
    pub elsewhere: &'a str,
    /// Classes shared with other maps, if there are some.
    pub classes: Option<Classes>,
    /// How a figure is spelled.
    pub say: Say<'a>,
}

/// An area as it is drawn.
struct Drawn<'m> {
    name: &'m str,
    amount: Amount<'m>,
}

impl Map<'_> {
    pub(crate) fn draw(&self, sheet: &mut Sheet, empty: &str) -> f64 {
        if self.places.is_empty() {
            let extent = (sheet.width(), sheet.frame.pick(240.0, 200.0));
            sheet.nothing((0.5, 0.5), (extent.0 - 1.0, extent.1 - 1.0), empty);
            return extent.1;
        }
        let country = Country::of(self.country);
        let amounts = country.map(|country| self.by_area(country));
        let shown = amounts.as_ref().map_or_else(
            || {
                self.places
                    .iter()
                    .map(|place| place.amount)
                    .collect::<Vec<_>>()
            },
            |drawn| drawn.iter().map(|drawn| drawn.amount).collect(),
        );
        let largest = shown
            .iter()
            .filter_map(|amount| amount.known())
            .fold(0.0, f64::max);
        let classes = self
            .classes
            .clone()
            .unwrap_or_else(|| Classes::up_to(largest, true));
        let top = classes.strip(sheet, (self.title, self.say), 0.0) + 4.0;
        let mut reasons: Vec<(Pattern, &str)> =
            shown.iter().filter_map(|amount| amount.reason()).collect();
        reasons.sort_unstable();
        reasons.dedup();
        let reasons: Vec<(Swatch, &str)> = reasons
            .into_iter()
            .map(|(pattern, words)| (Swatch::Pattern(pattern), words))
            .collect();
        let top = rows(sheet, top, &reasons) + 8.0;
        match (country, amounts) {
            (Some(country), Some(drawn)) => self.outlines(sheet, country, (&drawn, &classes), top),
            (None, _) | (_, None) => self.squares(sheet, &classes, top),
        }
    }

    /// The figure of each area, in the order of the areas. Several places in one area add up; if one
    /// of them has no figure, neither has the area.
    fn by_area<'m>(&'m self, country: &'static Country) -> Vec<Drawn<'m>> {
        let of = |area: &'static Area| {
            let within = |place: &&Place<'_>| {
                country
                    .area(place.code)
                    .is_some_and(|found| std::ptr::eq(found, area))
            };
            let places = self.places.iter().filter(within);
            let amount = places.map(|place| place.amount).reduce(Amount::plus);
            Drawn {
                name: area.name,
                amount: amount.unwrap_or(Amount::Nothing(self.nothing)),
            }
        };
        country.areas.iter().map(of).collect()
    }

    fn outlines(
        &self,
        sheet: &mut Sheet,
        country: &Country,
        (drawn, classes): (&[Drawn<'_>], &Classes),
        top: f64,
    ) -> f64 {
        let room = sheet
            .frame
            .pick((sheet.width(), 460.0), (sheet.width(), 420.0));
        let scale = ((room.0 - 4.0) / country.width).min((room.1 - 4.0) / country.height);
        let left = (room.0 - country.width * scale) / 2.0;
        let place = |(x, y): (f64, f64)| (left + x * scale, top + 2.0 + y * scale);
        for (area, drawn) in country.areas.iter().zip(drawn) {
            let mut path = Path::default();
            for ring in &area.rings {
                trace(&mut path, ring.iter().map(|point| place(*point)));
            }
            let say = format!("{} · {}", drawn.name, drawn.amount.spelled(self.say));
            let fill = drawn
                .amount
                .reason()
                .map(|(pattern, _)| sheet.pattern(pattern));
            let element = sheet.pen.element("path").set("d", path.written());
            let element = element
                .set("data-say", &say)
                .set("data-area", area.codes.first().unwrap_or(&""));
            match (fill, drawn.amount.known()) {
                (None, Some(value)) => element.fill_step(classes.step(value)).empty(),
                (fill, _) => element.set("fill", &fill.unwrap_or_default()).empty(),
            }
            let border = sheet
                .pen
                .element("path")
                .set("d", path.written())
                .set("fill", "none");
            border
                .set("stroke-linejoin", "round")
                .line(Ink::Ground, 1.2)
                .empty();
            if drawn.amount.known().is_none() {
                let border = sheet
                    .pen
                    .element("path")
                    .set("d", path.written())
                    .set("fill", "none");
                border
                    .set("stroke-dasharray", "3 2")
                    .line(Ink::Axis, 0.8)
                    .empty();
            }
        }
        let mut unnamed: Vec<(Swatch, String)> = Vec::new();
        for (area, drawn) in country.areas.iter().zip(drawn) {
            let Some(value) = drawn.amount.known() else {
                continue;
            };
            let step = classes.step(value);
            let spelled = self.say.of(value);
            let room = (place(area.label), area.room * scale);
            if !label(sheet, (drawn.name, &spelled), step, room) {
                unnamed.push((Swatch::Step(step), format!("{} {spelled}", drawn.name)));
            }
        }
        let end = rows(sheet, top + country.height * scale + 14.0, &unnamed);
        self.rest(sheet, country, end)
    }

    /// Figures of places that lie in none of the areas: said, not dropped.
    fn rest(&self, sheet: &mut Sheet, country: &Country, top: f64) -> f64 {
        let outside = self
            .places
            .iter()
            .filter(|place| country.area(place.code).is_none());
        let spelled: Vec<String> = outside
            .map(|place| {
                let name = if place.name.is_empty() {
                    place.code
                } else {
                    place.name
                };
                format!("{name} {}", place.amount.spelled(self.say))
            })
            .collect();
        if spelled.is_empty() {
            return top;
        }
        let size = sheet.size() - 1.0;
        let words = format!("{}: {}", self.elsewhere, spelled.join(", "));
        sheet.soft(
            (0.0, top + size),
            Anchor::Start,
            &fit(&words, size, sheet.width()),
        );
        top + size * 1.8
    }

    fn squares(&self, sheet: &mut Sheet, classes: &Classes, top: f64) -> f64 {
        let across: usize = sheet.frame.pick(6, 3);
        let pitch = sheet.width() / number(across);
        let (height, size) = (pitch * sheet.frame.pick(0.6, 0.62), sheet.size() - 2.0);
        for (index, place) in self.places.iter().enumerate() {
            let x = number(index % across) * pitch;
            let y = top + number(index / across) * height;
            let say = format!("{} · {}", place.name, place.amount.spelled(self.say));
            let pattern = place
                .amount
                .reason()
                .map(|(pattern, _)| sheet.pattern(pattern));
            let rect = sheet
                .rect((x + 1.5, y + 1.5), (pitch - 3.0, height - 3.0))
                .set("data-say", &say);
            let name = fit(
                if place.name.is_empty() {
                    place.code
                } else {
                    place.name
                },
                size,
                pitch - 12.0,
            );
            let (name_at, number_at) = ((x + 8.0, y + size + 7.0), (x + 8.0, y + height - 12.0));
            if let Some(value) = place.amount.known() {
                let step = classes.step(value);
                rect.fill_step(step).empty();
                sheet
                    .text(name_at, Anchor::Start, size)
                    .words_on_step(step)
                    .text(&name);
                let number = sheet
                    .text(number_at, Anchor::Start, size + 4.0)
                    .words_on_step(step);
                number.set("font-weight", "700").text(&self.say.of(value));
            } else {
                rect.line(Ink::Axis, 0.8)
                    .set("fill", &pattern.unwrap_or_default())
                    .empty();
                sheet.haloed(name_at, Anchor::Start, size, &name);
            }
        }
        let lines = self.places.len().div_ceil(across);
        top + number(lines) * height + 6.0
    }
}

/// The name and the number where there is room for both, else the number, else neither. Says
/// whether both are there; the others stand under the map.
fn label(
    sheet: &mut Sheet,
    (name, spelled): (&str, &str),
    step: usize,
    ((x, y), room): ((f64, f64), f64),
) -> bool {
    let size = sheet.size() - 2.0;
    let across = room * 2.0;
    let both = room > size * 1.3 && width(name, size - 1.0) <= across;
    if both {
        let text = sheet.text((x, y - 2.0), Anchor::Middle, size - 1.0);
        text.words_on_step(step).text(name);
    }
    if room > size * 0.6 && width(spelled, size) <= across {
        let at = if both { y + size } else { y + size * 0.36 };
        let number = sheet.text((x, at), Anchor::Middle, size);
        let number = number.words_on_step(step).set("font-weight", "700");
        number.text(spelled);
    }
    both
}

/// A ring without the points that fall together at this size.
fn trace(path: &mut Path, points: impl Iterator<Item = (f64, f64)>) {
    let mut last: Option<(f64, f64)> = None;
    for (x, y) in points {
        match last {
            None => path.move_to(x, y),
            Some((before_x, before_y)) if (x - before_x).abs() + (y - before_y).abs() < DETAIL => {
                continue;
            }
            Some(_) => path.line_to(x, y),
        }
        last = Some((x, y));
    }
    path.close();
}

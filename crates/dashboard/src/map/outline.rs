//! Outlines of first-level areas, from the file beside this one; it says where they come from.

use std::collections::BTreeMap;
use std::sync::LazyLock;

const FILE: &str = include_str!("outlines.tsv");

/// A first-level area of a country.
#[derive(Debug)]
pub struct Area {
    /// Its codes: ISO 3166-2 first, then those of others.
    pub codes: Vec<&'static str>,
    /// Its name, in the country's own spelling or in English.
    pub name: &'static str,
    /// Where a label best stands.
    pub(super) label: (f64, f64),
    /// How far around the label the area reaches at least.
    pub(super) room: f64,
    pub(super) rings: Vec<Vec<(f64, f64)>>,
}

/// A country with its areas, on a plane of its own.
#[derive(Debug)]
pub struct Country {
    /// ISO 3166-1 alpha-2.
    pub code: &'static str,
    pub(super) width: f64,
    pub(super) height: f64,
    /// In the order of their codes.
    pub areas: Vec<Area>,
}

impl Country {
    /// The country with this ISO 3166-1 code, if its outlines are known.
    pub fn of(code: &str) -> Option<&'static Self> {
        static COUNTRIES: LazyLock<BTreeMap<&'static str, Country>> = LazyLock::new(read);
        COUNTRIES.get(code)
    }

    /// The area with this code, or the one that the code lies in: P-codes of places begin with that
    /// of the area above them (`HT0811-07` lies in `HT08`).
    pub fn area(&self, code: &str) -> Option<&Area> {
        let longest = |area: &Area| {
            let within = area.codes.iter().filter(|known| code.starts_with(*known));
            within.map(|known| known.len()).max()
        };
        let found = self
            .areas
            .iter()
            .filter_map(|area| Some((longest(area)?, area)));
        found
            .max_by_key(|(length, _)| *length)
            .map(|(_, area)| area)
    }
}

/// Reads the file. Lines that are none are left out; a test reads how many there are.
fn read() -> BTreeMap<&'static str, Country> {
    let mut countries = BTreeMap::new();
    let mut current: Option<&'static str> = None;
    for line in FILE.lines().filter(|line| !line.starts_with('#')) {
        let cells: Vec<&'static str> = line.split('\t').collect();
        match cells.as_slice() {
            ["country", code, width, height] => {
                let number = |cell: &str| cell.parse().unwrap_or(1.0);
                let (width, height) = (number(width), number(height));
                countries.insert(
                    *code,
                    Country {
                        code,
                        width,
                        height,
                        areas: Vec::new(),
                    },
                );
                current = Some(code);
            }
            ["area", rest @ ..] => {
                let country = current.and_then(|code| countries.get_mut(code));
                if let (Some(country), Some(area)) = (country, area(rest)) {
                    country.areas.push(area);
                }
            }
            _ => {}
        }
    }
    countries
}

fn area(cells: &[&'static str]) -> Option<Area> {
    let [codes, name, x, y, room, rings] = cells else {
        return None;
    };
    Some(Area {
        codes: codes.split(' ').collect(),
        name,
        label: (x.parse().ok()?, y.parse().ok()?),
        room: room.parse().ok()?,
        rings: rings.split(';').map(ring).collect::<Option<_>>()?,
    })
}

/// A ring from its first point and the steps after it.
fn ring(cell: &str) -> Option<Vec<(f64, f64)>> {
    let numbers: Vec<f64> = cell
        .split(' ')
        .map(|number| number.parse().ok())
        .collect::<Option<_>>()?;
    let steps = numbers.chunks_exact(2).filter_map(|pair| match pair {
        [x, y] => Some((*x, *y)),
        _ => None,
    });
    let points = steps.scan((0.0, 0.0), |at, (x, y)| {
        *at = (at.0 + x, at.1 + y);
        Some(*at)
    });
    Some(points.collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_line_is_read() {
        let lines = FILE
            .lines()
            .filter(|line| line.starts_with("area\t"))
            .count();
        let countries =
            ["AG", "BB", "GD", "GY", "HT", "JM", "TT"].map(|code| Country::of(code).unwrap());
        assert_eq!(
            countries
                .iter()
                .map(|country| country.areas.len())
                .sum::<usize>(),
            lines
        );
        assert_eq!(lines, 74);
        assert!(FILE.len() < 80_000);
        for country in countries {
            for area in &country.areas {
                let inside = |(x, y): &(f64, f64)| {
                    (-1.0..=country.width + 1.0).contains(x)
                        && (-1.0..=country.height + 1.0).contains(y)
                };
                assert!(area.rings.iter().flatten().all(inside), "{}", area.name);
                assert!(
                    area.rings.iter().all(|ring| ring.len() >= 3),
                    "{}",
                    area.name
                );
            }
        }
    }

    #[test]
    fn a_place_lies_in_the_area_whose_code_it_begins_with() {
        let haiti = Country::of("HT").unwrap();
        assert_eq!(haiti.area("HT0811-07").unwrap().name, "Grand'Anse");
        assert_eq!(haiti.area("HT01").unwrap().name, "Ouest");
        assert!(haiti.area("HT99").is_none());
        assert_eq!(
            Country::of("TT").unwrap().area("TT-TOB").unwrap().name,
            "Tobago"
        );
        assert_eq!(
            Country::of("GY").unwrap().area("GY-DE").unwrap().name,
            "Demerara-Mahaica"
        );
        assert!(Country::of("US").is_none());
    }
}

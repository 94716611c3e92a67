//! Pictures of every kind, kept as snapshots, read back as XML, and put on one page to look at:
//! `target/tmp/pictures.html`.
#![cfg(test)]

mod any;
mod cases;
mod rossi;

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::path::Path;

use homeward_dashboard::chart::{Caption, ChartId, Frame, Picture, STYLE};
use roxmltree::Document;

const CAPTION: Caption<'static> = Caption {
    headline: "Three in four were not arrested within a year of their release",
    subtitle: "Share not arrested, by week since release. n = 432. Definition rearrest@1.",
    footer: "Rossi release cohort. As of sequence 1,204, 2026-07-01 09:30. Homeward.",
};

#[test]
fn pictures_are_as_they_were() {
    for (name, chart) in cases::all() {
        let drawn = chart.svg(&ChartId::new(name), Frame::Wide);
        insta::assert_snapshot!(name, drawn.replace("><", ">\n<"));
    }
}

/// What a picture has to be whatever it shows.
fn check(name: &str, drawn: &str) {
    assert!(
        !drawn.contains("NaN") && !drawn.contains("inf"),
        "{name}: a number that is none"
    );
    assert!(!drawn.contains(" style="), "{name}: a style attribute");
    let document =
        Document::parse(drawn).unwrap_or_else(|error| panic!("{name}: {error}\n{drawn}"));
    let root = document.root_element();
    assert_eq!(root.attribute("role"), Some("img"), "{name}");
    let ids: Vec<&str> = document
        .descendants()
        .filter_map(|node| node.attribute("id"))
        .collect();
    let known: BTreeSet<&str> = ids.iter().copied().collect();
    assert_eq!(ids.len(), known.len(), "{name}: an id twice");
    let labelled = root
        .attribute("aria-labelledby")
        .unwrap()
        .split(' ')
        .collect::<Vec<_>>();
    assert!(
        labelled.len() == 2 && labelled.iter().all(|id| known.contains(id)),
        "{name}"
    );
    for node in document.descendants().filter(roxmltree::Node::is_element) {
        for attribute in node.attributes() {
            if let Some(id) = attribute.value().strip_prefix("url(#") {
                assert!(
                    known.contains(id.trim_end_matches(')')),
                    "{name}: {id} is nowhere defined"
                );
            }
        }
        let names: BTreeSet<&str> = node
            .attributes()
            .map(|attribute| attribute.name())
            .collect();
        assert_eq!(names.len(), node.attributes().len(), "{name}");
    }
    words_inside(name, &root);
}

/// No word begins or ends outside of the picture, as far as widths can be told without a browser.
fn words_inside(name: &str, root: &roxmltree::Node<'_, '_>) {
    let view: Vec<f64> = root
        .attribute("viewBox")
        .unwrap()
        .split(' ')
        .map(|cell| cell.parse().unwrap())
        .collect();
    for text in root.descendants().filter(|node| node.has_tag_name("text")) {
        let place = |name: &str| text.attribute(name).unwrap().parse::<f64>().unwrap();
        let (x, y, size) = (place("x"), place("y"), place("font-size"));
        let words = text.text().unwrap_or_default();
        let extent = 0.48 * size * f64::from(u32::try_from(words.chars().count()).unwrap());
        let (start, end) = match text.attribute("text-anchor") {
            Some("middle") => (x - extent / 2.0, x + extent / 2.0),
            Some("end") => (x - extent, x),
            _ => (x, x + extent),
        };
        assert!(
            start >= view[0] - 6.0 && end <= view[0] + view[2] + 6.0,
            "{name}: {words:?} {start} to {end}"
        );
        assert!(
            y >= size * 0.5 && y <= view[3],
            "{name}: {words:?} at {y} of {}",
            view[3]
        );
    }
}

#[test]
fn pictures_are_well_formed_and_words_stay_inside() {
    for (name, chart) in cases::all() {
        for frame in Frame::ALL {
            let drawn = chart.svg(&ChartId::new(name), frame);
            check(&format!("{name} {frame:?}"), &drawn);
            assert_eq!(
                drawn,
                chart.svg(&ChartId::new(name), frame),
                "{name}: other bytes"
            );
        }
        let figure = chart.figure(&ChartId::new(name));
        let alone = Picture::of(&figure, &CAPTION).unwrap().svg();
        assert!(Document::parse(&alone).is_ok(), "{name}");
    }
}

#[test]
fn what_may_not_be_told_is_not_drawn() {
    for (name, chart) in cases::all() {
        let drawn = chart.figure(&ChartId::new(name));
        if name.ends_with("_empty") {
            assert!(drawn.contains("No data"), "{name}");
        }
        if ["bars_lying", "flow", "calendar", "map_jamaica", "intervals"].contains(&name) {
            assert!(drawn.contains("-withheld"), "{name}: no pattern");
            assert!(drawn.contains("fewer than 11"), "{name}: no reason");
        }
    }
}

#[test]
fn the_curve_of_rossi_ends_where_it_must() {
    let (_, chart) = cases::all().swap_remove(0);
    let drawn = chart.svg(&ChartId::new("rossi"), Frame::Wide);
    assert!(drawn.contains("week 52 · All 432: 73.6 % (69.2 %–77.5 %)"));
}

#[test]
fn a_picture_can_leave_its_page() {
    let (name, chart) = cases::all().swap_remove(1);
    let figure = chart.figure(&ChartId::new(name));
    let picture = Picture::of(&figure, &CAPTION).unwrap();
    let (png, svg) = (picture.png().unwrap(), picture.svg());
    assert!(png.starts_with(b"\x89PNG"));
    assert_eq!(png, picture.png().unwrap());
    assert!(svg.contains("<style>") && svg.contains("73.6") == figure.contains("73.6"));
    assert!(Picture::of("<p>nothing</p>", &CAPTION).is_err());
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR"));
    std::fs::write(folder.join("picture.png"), png).unwrap();
    std::fs::write(folder.join("picture.svg"), svg).unwrap();
}

#[test]
fn pictures_can_be_looked_at() {
    let mut page = String::from(
        "<!doctype html><meta charset=utf-8><meta name=viewport content='width=device-width'>",
    );
    write!(page, "<style>body{{font:16px system-ui;margin:1rem;background:#fff;color:#111}}@media screen and (prefers-color-scheme:dark){{body{{background:#14181c;color:#eee}}}}h2{{font-size:1rem;margin:2rem 0 .5rem}}{STYLE}</style>").unwrap();
    for (name, chart) in cases::all() {
        write!(page, "<h2>{name}</h2>{}", chart.figure(&ChartId::new(name))).unwrap();
    }
    std::fs::write(
        Path::new(env!("CARGO_TARGET_TMPDIR")).join("pictures.html"),
        page,
    )
    .unwrap();
}

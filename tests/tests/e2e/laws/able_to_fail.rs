//! Each law is shown able to fail, on a house made up for it.

use std::collections::BTreeSet;

use serde::de::DeserializeOwned;

use super::check;
use super::house::{House, Import};

/// A house of crates, each with what it imports; `tests:` before what only its tests do.
fn house_of(crates: &[(&str, &[&str])]) -> House {
    let import = |name: &&str| Import {
        name: name.trim_start_matches("tests:").to_owned(),
        by_tests: name.starts_with("tests:"),
    };
    let mut house = House::default();
    for (name, imports) in crates {
        let imports = imports.iter().map(import).collect();
        house.crates.insert((*name).to_owned(), imports);
    }
    house
}

/// A house of files.
fn files_of(files: &[(&str, &str)]) -> House {
    let mut house = House::default();
    for (path, text) in files {
        house.files.insert((*path).to_owned(), (*text).to_owned());
    }
    house
}

fn law<T: DeserializeOwned>(text: &str) -> T {
    toml::from_str(text).expect("a law")
}

#[test]
fn a_crate_that_imports_from_its_own_floor_or_above() {
    let floors = law("law = 'Downwards.'\nof = { low = 0, left = 1, right = 1 }");
    let good = house_of(&[("low", &["serde"]), ("left", &["low"]), ("right", &["low"])]);
    assert!(check::floors(&floors, &good).is_empty());

    let across = house_of(&[("low", &[]), ("left", &["right"]), ("right", &[])]);
    assert_eq!(
        check::floors(&floors, &across),
        ["Downwards.\n    left imports right"]
    );

    let up = house_of(&[("low", &["tests:left"]), ("left", &[]), ("right", &[])]);
    assert_eq!(
        check::floors(&floors, &up),
        ["Downwards.\n    low imports left"]
    );
}

#[test]
fn a_crate_without_a_floor_and_a_floor_without_its_crate() {
    let floors = law("law = 'Downwards.'\nof = { low = 0 }");
    assert_eq!(
        check::floors(&floors, &house_of(&[("new", &[])])),
        [
            "Downwards.\n    there is no crate low",
            "Downwards.\n    new stands on no floor"
        ]
    );
}

#[test]
fn a_pure_crate_that_imports_an_engine() {
    let never = law(
        "law = 'Pure.'\ncrates = ['facts']\ndependencies = ['engine']\n\
                     through_others = true",
    );
    let found = |imports| {
        let mut house = house_of(&[("facts", imports)]);
        let mut package = |name: &str, imports: &[&str]| {
            let imports = imports.iter().map(|name| (*name).to_owned()).collect();
            house.packages.insert(name.to_owned(), imports);
        };
        package("library", &["part", "library"]);
        package("part", &["engine"]);
        package("plain", &[]);
        check::never(&never, &house)
    };
    assert!(found(&["plain"]).is_empty());
    assert_eq!(found(&["engine"]), ["Pure.\n    facts imports engine"]);
    assert_eq!(
        found(&["tests:engine"]),
        ["Pure.\n    facts imports engine"]
    );
    assert_eq!(
        found(&["library"]),
        ["Pure.\n    facts imports library, and so engine"]
    );
    assert!(found(&["tests:library"]).is_empty());
    assert_eq!(
        check::never(&never, &House::default()),
        ["Pure.\n    there is no crate facts"]
    );
}

#[test]
fn a_stranger_that_imports_an_engine() {
    let home = law("law = 'One home.'\ndependency = 'engine'\ncrates = ['keeper']");
    assert!(check::home(&home, &house_of(&[("keeper", &["engine"]), ("other", &[])])).is_empty());
    assert_eq!(
        check::home(
            &home,
            &house_of(&[("keeper", &["engine"]), ("other", &["tests:engine"])])
        ),
        ["One home.\n    other imports engine"]
    );
}

#[test]
fn a_word_where_it_may_not_stand() {
    let text = law(
        "law = 'Not here.'\nwords = ['env::var', '/place/']\nendings = ['.rs']\n\
                    within = ['crates/']\nexcept = { 'crates/cli/' = 'it may' }",
    );
    let may = ("crates/cli/src/main.rs", "env::var(\"A\")");
    let found = |path, line| check::text(&text, &files_of(&[may, (path, line)]));
    assert_eq!(
        found(
            "crates/a/src/lib.rs",
            "fn a() {\n    std::env::var(\"A\")\n}"
        ),
        ["Not here.\n    crates/a/src/lib.rs:2 says env::var"]
    );
    assert_eq!(
        found("crates/a/src/lib.rs", "\"/place/here\""),
        ["Not here.\n    crates/a/src/lib.rs:1 says /place/"]
    );
    assert!(found("crates/a/src/lib.rs", "env::variable() home/place/work").is_empty());
    assert!(found("crates/a/notes.md", "env::var").is_empty());
    assert!(found("events/src/lib.rs", "env::var").is_empty());
    assert_eq!(
        check::text(&text, &House::default()),
        ["Not here.\n    there is no crates/cli/ to except"]
    );
}

#[test]
fn a_file_that_is_too_long() {
    let found = |longer, path, lines: usize| {
        let length = "law = 'Short.'\nwithin = 'src/'\nending = '.rs'\nlines_max = 3\nlonger = ";
        let length = law(&format!("{length}{longer}"));
        check::length(&length, &files_of(&[(path, &"line\n".repeat(lines))]))
    };
    assert!(found("{}", "events/src/a.rs", 3).is_empty());
    assert_eq!(
        found("{}", "events/src/a.rs", 4),
        ["Short.\n    events/src/a.rs has 4"]
    );
    assert!(found("{}", "events/schema/a.json", 4).is_empty());
    let with_reason = "{ 'events/src/a.rs' = 'a table' }";
    assert!(found(with_reason, "events/src/a.rs", 4).is_empty());
    assert_eq!(
        found(with_reason, "events/src/a.rs", 3),
        ["Short.\n    events/src/a.rs has 3, and needs no exception"]
    );
    assert_eq!(
        found(with_reason, "events/src/b.rs", 3),
        ["Short.\n    events/src/a.rs has 0, and needs no exception"]
    );
}

#[test]
fn a_thing_at_the_top_that_does_not_belong_there() {
    let top = law("law = 'Rooms.'\nentries = ['README.md', 'crates']\npassed_over = []");
    let found = |names: &[&str]| {
        let house = House {
            top_level: names
                .iter()
                .map(|name| (*name).to_owned())
                .collect::<BTreeSet<_>>(),
            ..House::default()
        };
        check::top_level(&top, &house)
    };
    assert!(found(&["README.md", "crates", ".config"]).is_empty());
    assert_eq!(
        found(&["README.md", "scripts"]),
        [
            "Rooms.\n    scripts does not belong",
            "Rooms.\n    crates is not there"
        ]
    );
}

#[test]
fn a_readme_that_leaves_something_out() {
    let readme = law("law = 'A map.'");
    let found = |text: &str| {
        let mut house = house_of(&[("homeward", &[]), ("homeward-api", &[])]);
        house.files.insert("README.md".to_owned(), text.to_owned());
        check::readme(&readme, &house, &["follow-up"])
    };
    assert!(found("`homeward`, `homeward-api` and `follow-up.missed`").is_empty());
    assert!(found("A\n```text\nhomeward/\nhomeward-api/ follow-up\n```\nB").is_empty());
    assert_eq!(
        found("`homeward-api` and `follow-up`"),
        ["A map.\n    it does not name homeward"]
    );
    assert_eq!(
        found("homeward and `homeward-api`, with `code` for follow-up"),
        [
            "A map.\n    it does not name homeward",
            "A map.\n    it does not name follow-up"
        ]
    );
    assert_eq!(
        check::readme(&readme, &House::default(), &[]),
        ["A map.\n    there is no README.md"]
    );
}

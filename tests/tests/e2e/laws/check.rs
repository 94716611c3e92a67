//! Laws, and the pure functions that hold them against a house. Each gives its breaches: the law's
//! sentence, and the place where it is broken.

use std::collections::{BTreeMap, BTreeSet};

use serde::Deserialize;

use super::house::House;

/// What was found, one line or two each; none when the law holds.
pub(super) type Breaches = Vec<String>;

/// `laws.toml`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Laws {
    pub(super) floors: Floors,
    pub(super) never: Vec<Never>,
    pub(super) home: Vec<Home>,
    pub(super) text: Vec<Text>,
    pub(super) length: Length,
    pub(super) top_level: TopLevel,
    pub(super) readme: Readme,
}

/// Crates import downwards.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Floors {
    law: String,
    /// Crate to floor, the lowest is 0.
    of: BTreeMap<String, u8>,
}

/// Crates that never import certain packages.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Never {
    law: String,
    crates: BTreeSet<String>,
    dependencies: BTreeSet<String>,
    /// Nor import what imports them.
    through_others: bool,
}

/// A package that only certain crates import.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Home {
    law: String,
    dependency: String,
    crates: BTreeSet<String>,
}

/// Words that certain files do not hold.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Text {
    law: String,
    words: Vec<String>,
    /// How the names of the files end; none: every file.
    #[serde(default)]
    endings: Vec<String>,
    /// Where the files lie; none: everywhere.
    #[serde(default)]
    within: Vec<String>,
    /// Where they may hold them all the same, and why.
    #[serde(default)]
    except: BTreeMap<String, String>,
}

/// Source files of a length that one can read.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Length {
    law: String,
    /// A folder somewhere in the path of each.
    within: String,
    /// How their names end.
    ending: String,
    lines_max: usize,
    /// Files that are longer, and why.
    longer: BTreeMap<String, String>,
}

/// What lies at the top.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct TopLevel {
    law: String,
    /// All of it, but for dot-files.
    entries: BTreeSet<String>,
    /// What is not looked at.
    pub(super) passed_over: BTreeSet<String>,
}

/// What the README names.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Readme {
    law: String,
}

fn breach(law: &str, place: impl std::fmt::Display) -> String {
    format!("{law}\n    {place}")
}

pub(super) fn floors(floors: &Floors, house: &House) -> Breaches {
    let mut breaches = Breaches::new();
    for name in floors
        .of
        .keys()
        .filter(|name| !house.crates.contains_key(*name))
    {
        breaches.push(breach(
            &floors.law,
            format_args!("there is no crate {name}"),
        ));
    }
    for (name, imports) in &house.crates {
        let Some(floor) = floors.of.get(name) else {
            breaches.push(breach(
                &floors.law,
                format_args!("{name} stands on no floor"),
            ));
            continue;
        };
        for import in imports {
            if floors
                .of
                .get(&import.name)
                .is_some_and(|below| below >= floor)
            {
                let place = format_args!("{name} imports {}", import.name);
                breaches.push(breach(&floors.law, place));
            }
        }
    }
    breaches
}

pub(super) fn never(law: &Never, house: &House) -> Breaches {
    let mut breaches = Breaches::new();
    for name in &law.crates {
        let Some(imports) = house.crates.get(name) else {
            breaches.push(breach(&law.law, format_args!("there is no crate {name}")));
            continue;
        };
        for import in imports {
            if law.dependencies.contains(&import.name) {
                let place = format_args!("{name} imports {}", import.name);
                breaches.push(breach(&law.law, place));
            } else if law.through_others && !import.by_tests {
                for reached in reached_from(&import.name, house).intersection(&law.dependencies) {
                    let place = format_args!("{name} imports {}, and so {reached}", import.name);
                    breaches.push(breach(&law.law, place));
                }
            }
        }
    }
    breaches
}

/// Every package that `package` imports, itself or through others. Our own crates are left to their
/// own laws: the lock file does not tell what only their tests import.
fn reached_from(package: &str, house: &House) -> BTreeSet<String> {
    let mut reached = BTreeSet::new();
    let mut ahead = vec![package];
    while let Some(name) = ahead.pop() {
        if house.crates.contains_key(name) || !reached.insert(name.to_owned()) {
            continue;
        }
        ahead.extend(
            house
                .packages
                .get(name)
                .into_iter()
                .flatten()
                .map(String::as_str),
        );
    }
    reached
}

pub(super) fn home(law: &Home, house: &House) -> Breaches {
    let strangers = house
        .crates
        .iter()
        .filter(|(name, _)| !law.crates.contains(*name));
    strangers
        .filter(|(_, imports)| imports.iter().any(|import| import.name == law.dependency))
        .map(|(name, _)| breach(&law.law, format_args!("{name} imports {}", law.dependency)))
        .collect()
}

pub(super) fn text(law: &Text, house: &House) -> Breaches {
    let bound = |path: &str| {
        (law.endings.is_empty() || law.endings.iter().any(|ending| path.ends_with(ending)))
            && (law.within.is_empty() || law.within.iter().any(|room| path.starts_with(room)))
            && !law.except.keys().any(|room| path.starts_with(room))
    };
    let mut breaches = Breaches::new();
    for (path, text) in house.files.iter().filter(|(path, _)| bound(path)) {
        for (number, line) in (1..).zip(text.lines()) {
            for word in law.words.iter().filter(|word| stands_in(line, word)) {
                breaches.push(breach(
                    &law.law,
                    format_args!("{path}:{number} says {word}"),
                ));
            }
        }
    }
    for room in law.except.keys() {
        if !house.files.keys().any(|path| path.starts_with(room)) {
            let place = format_args!("there is no {room} to except");
            breaches.push(breach(&law.law, place));
        }
    }
    breaches
}

/// Whether `word` stands in `text` as a word: not as a part of a longer one.
fn stands_in(text: &str, word: &str) -> bool {
    let is_part = |c: char| c.is_alphanumeric() || c == '_';
    let open_start = word.starts_with(is_part) || word.starts_with('/');
    let open_end = word.ends_with(is_part);
    text.match_indices(word).any(|(at, _)| {
        let goes_on_before = open_start && text[..at].ends_with(is_part);
        let goes_on_after = open_end && text[at + word.len()..].starts_with(is_part);
        !goes_on_before && !goes_on_after
    })
}

pub(super) fn length(law: &Length, house: &House) -> Breaches {
    let is_source = |path: &str| path.contains(&law.within) && path.ends_with(&law.ending);
    let mut breaches = Breaches::new();
    for (path, text) in house.files.iter().filter(|(path, _)| is_source(path)) {
        let lines = text.lines().count();
        if lines > law.lines_max && !law.longer.contains_key(path) {
            breaches.push(breach(&law.law, format_args!("{path} has {lines}")));
        }
    }
    for path in law.longer.keys() {
        let lines = house.files.get(path).map_or(0, |text| text.lines().count());
        if lines <= law.lines_max {
            let place = format_args!("{path} has {lines}, and needs no exception");
            breaches.push(breach(&law.law, place));
        }
    }
    breaches
}

pub(super) fn top_level(law: &TopLevel, house: &House) -> Breaches {
    let shown: BTreeSet<_> = house
        .top_level
        .iter()
        .filter(|name| !name.starts_with('.'))
        .cloned()
        .collect();
    let strange = shown
        .difference(&law.entries)
        .map(|name| format!("{name} does not belong"));
    let missing = law
        .entries
        .difference(&shown)
        .map(|name| format!("{name} is not there"));
    strange
        .chain(missing)
        .map(|place| breach(&law.law, place))
        .collect()
}

pub(super) fn readme(law: &Readme, house: &House, families: &[&str]) -> Breaches {
    let Some(text) = house.files.get("README.md") else {
        return vec![breach(&law.law, "there is no README.md")];
    };
    // Between backticks, in a line or in a block: a fence is three of them, and leaves the count odd.
    let code: Vec<_> = text.split('`').skip(1).step_by(2).collect();
    let names = house
        .crates
        .keys()
        .map(String::as_str)
        .chain(families.iter().copied());
    names
        .filter(|name| !code.iter().any(|code| is_named(code, name)))
        .map(|name| breach(&law.law, format_args!("it does not name {name}")))
        .collect()
}

/// Whether `name` stands in `code` by itself: `homeward` is not named by `homeward-api`.
fn is_named(code: &str, name: &str) -> bool {
    let is_part = |c: char| c.is_alphanumeric() || c == '-' || c == '_';
    code.split(|c| !is_part(c)).any(|word| word == name)
}

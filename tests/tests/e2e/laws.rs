//! The laws of `laws.toml`, held against the house as it stands. A law that is broken fails with its
//! sentence and the place; that each of them can fail is shown in [`able_to_fail`].

mod able_to_fail;
mod check;
mod house;

use check::{Breaches, Laws};
use homeward_events::catalogue::Family;
use house::House;

/// Reads laws and house, and fails with every breach that `check` finds.
fn hold(check: impl Fn(&Laws, &House) -> Breaches) {
    let laws: Laws = toml::from_str(include_str!("../../laws.toml")).expect("laws.toml");
    let house = House::read(&laws.top_level.passed_over);
    let breaches = check(&laws, &house);
    assert!(breaches.is_empty(), "\n{}\n", breaches.join("\n"));
}

#[test]
fn crates_import_from_lower_floors() {
    hold(|laws, house| check::floors(&laws.floors, house));
}

#[test]
fn pure_crates_import_nothing_impure() {
    hold(|laws, house| {
        laws.never
            .iter()
            .flat_map(|law| check::never(law, house))
            .collect()
    });
}

#[test]
fn engines_have_one_home() {
    hold(|laws, house| {
        laws.home
            .iter()
            .flat_map(|law| check::home(law, house))
            .collect()
    });
}

#[test]
fn words_stand_only_where_they_may() {
    hold(|laws, house| {
        laws.text
            .iter()
            .flat_map(|law| check::text(law, house))
            .collect()
    });
}

#[test]
fn files_are_one_room_each() {
    hold(|laws, house| check::length(&laws.length, house));
}

#[test]
fn the_top_level_shows_the_rooms() {
    hold(|laws, house| check::top_level(&laws.top_level, house));
}

#[test]
fn the_readme_maps_the_house() {
    let families: Vec<_> = Family::ALL.iter().map(|family| family.as_str()).collect();
    hold(|laws, house| check::readme(&laws.readme, house, &families));
}

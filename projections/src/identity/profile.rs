//! A person as the facts of one journey describe them, ready to be compared.

use std::collections::BTreeSet;

use homeward_events::place::CountryCode;
use homeward_events::sealed::Sensitive;
use homeward_events::vocabulary::Sex;

use super::birth::Birth;
use super::rules::Rules;
use super::side::{Side, Written};
use super::statement::Statement;
use super::words::{NameWord, number, words};

/// Names as one fact gives them.
#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Names {
    pub(super) given: Side,
    pub(super) surnames: Side,
    pub(super) also: Side,
}

/// Everything that is compared. Words are places in a vocabulary.
#[derive(Debug, Clone, Default)]
pub(super) struct Profile {
    pub(super) names: Vec<Names>,
    pub(super) born: BTreeSet<Birth>,
    /// By kind.
    pub(super) documents: BTreeSet<(String, String)>,
    pub(super) mothers: Vec<Side>,
    pub(super) sexes: BTreeSet<Sex>,
    pub(super) countries: BTreeSet<CountryCode>,
    /// Every word as often as it was placed, so that each can be given up again.
    placed: Vec<usize>,
}

impl Profile {
    /// What some facts say together; `place` gives the place of a word, see [`Side::of`].
    pub(super) fn of<'s>(
        statements: impl IntoIterator<Item = &'s Statement>,
        rules: &Rules,
        place: &mut dyn FnMut(&str, Written) -> usize,
    ) -> Self {
        let mut profile = Self::default();
        let mut placed = Vec::new();
        let mut place = |text: &str, written: Written| {
            let word = place(text, written);
            placed.push(word);
            word
        };
        let mut side = |names: &[Sensitive], whole: bool| {
            let texts = names.iter().map(Sensitive::reveal);
            let words: Vec<NameWord> = words(texts, rules);
            Side::of(&words, whole, &mut place)
        };
        for statement in statements {
            let identity = &statement.identity;
            let names = Names {
                given: side(&identity.given_names, true),
                surnames: side(&identity.surnames, true),
                also: side(&identity.also_known_as, false),
            };
            if names != Names::default() && !profile.names.contains(&names) {
                profile.names.push(names);
            }
            if let Some(mother) = &identity.mother_name {
                let mother = side(std::slice::from_ref(mother), false);
                if !mother.words.is_empty() && !profile.mothers.contains(&mother) {
                    profile.mothers.push(mother);
                }
            }
            profile.born.extend(identity.born_on.map(Birth::from));
            for (kind, text) in &identity.documents {
                let number = number(text.reveal());
                if !number.is_empty() {
                    profile.documents.insert((kind.clone(), number));
                }
            }
            profile
                .sexes
                .extend(statement.sex.filter(|sex| tells(*sex)));
            profile.countries.extend(statement.sending_country.clone());
        }
        profile.placed = placed;
        profile
    }

    /// Places of the words that people are looked for by.
    pub(super) fn name_words(&self) -> BTreeSet<usize> {
        let sides = self
            .names
            .iter()
            .flat_map(|names| [&names.given, &names.surnames, &names.also]);
        sides.flat_map(Side::places).collect()
    }

    /// Whether names say one word twice.
    pub(super) fn repeats_words(&self) -> bool {
        self.names.iter().any(|names| {
            let sides = [&names.given, &names.surnames, &names.also];
            let words: Vec<usize> = sides.into_iter().flat_map(Side::places).collect();
            words.iter().collect::<BTreeSet<_>>().len() < words.len()
        })
    }

    /// Every word, as often as it was placed.
    pub(super) fn placed(&self) -> &[usize] {
        &self.placed
    }
}

/// Whether an answer about sex says anything.
fn tells(sex: Sex) -> bool {
    match sex {
        Sex::Female | Sex::Male => true,
        Sex::Other | Sex::NotKnown | Sex::RefusedToSay => false,
    }
}

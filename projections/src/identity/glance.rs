//! What can be seen of two people at a glance: the most that comparing them could come to. Of the
//! thousands who share a frequent name, nearly all are passed over here.

use homeward_events::vocabulary::Sex;

use super::birth::Birth;
use super::profile::Profile;
use super::rules::Weights;

/// What lies close at hand of a profile.
#[derive(Debug, Clone, Copy)]
pub(super) struct Glance {
    born: Seen<Birth>,
    sex: Seen<Sex>,
    /// Whether each of the names has given names, and surnames.
    given: bool,
    surnames: bool,
    mothers: usize,
    /// Whether names can agree in words that are not shared: initials, and words that count twice.
    more_than_shared: bool,
}

/// One value of a profile, which may have several.
#[derive(Debug, Clone, Copy)]
enum Seen<T> {
    None,
    One(T),
    Several,
}

impl<T: Copy> Seen<T> {
    fn of(values: impl IntoIterator<Item = T>) -> Self {
        let mut values = values.into_iter();
        match (values.next(), values.next()) {
            (None, _) => Self::None,
            (Some(one), None) => Self::One(one),
            (Some(_), Some(_)) => Self::Several,
        }
    }
}

impl Glance {
    pub(super) fn of(profile: &Profile, more_than_shared: bool) -> Self {
        let names = &profile.names;
        Self {
            born: Seen::of(profile.born.iter().copied()),
            sex: Seen::of(profile.sexes.iter().copied()),
            given: names.iter().all(|names| !names.given.words.is_empty()),
            surnames: names.iter().all(|names| !names.surnames.words.is_empty()),
            mothers: profile.mothers.len(),
            more_than_shared,
        }
    }

    /// Whether two birth dates can be those of one human being; `None` where there are several.
    pub(super) fn born_alike(&self, other: &Self, weights: &Weights) -> Option<bool> {
        match (self.born, other.born) {
            (Seen::None, _) | (_, Seen::None) => Some(false),
            (Seen::One(one), Seen::One(other)) => Some(one.judge(other, &weights.born).0 > 0),
            (Seen::Several, _) | (_, Seen::Several) => None,
        }
    }
}

/// The most that each field can weigh, documents aside: by them, people are found for themselves.
pub(super) struct Most<'r> {
    weights: &'r Weights,
    given: i32,
    given_more: i32,
    surname: i32,
    surname_more: i32,
    born: i32,
    mother: i32,
    country: i32,
}

impl<'r> Most<'r> {
    pub(super) fn of(weights: &'r Weights) -> Self {
        let most = |weights: &[i32]| weights.iter().copied().max().unwrap_or_default().max(0);
        let (given, surname) = (&weights.given, &weights.surname);
        let (born, mother) = (&weights.born, &weights.mother);
        Self {
            given: most(&[
                given.same,
                given.same_common,
                given.nickname,
                given.slip,
                given.sound,
                given.initial,
                given.alias,
            ]),
            given_more: most(&[given.another, given.another_differs]),
            surname: most(&[
                surname.same,
                surname.same_common,
                surname.nickname,
                surname.slip,
                surname.sound,
                surname.initial,
            ]) + most(&[surname.order]),
            surname_more: most(&[surname.second, surname.second_common, surname.rest_differs]),
            born: most(&[
                born.same_day,
                born.swapped,
                born.digit,
                born.same_month,
                born.same_year,
                born.about,
                born.other_day,
                born.near_years,
                born.other_years,
            ]),
            mother: most(&[mother.same, mother.partly, mother.differ]),
            country: most(&[weights.sending_country.same, weights.sending_country.differ]),
            weights,
        }
    }

    /// No score of two people is above this, unless a document agrees. `shared` is how many words of
    /// the one the other is called by.
    pub(super) fn score(&self, one: &Glance, other: &Glance, shared: u32) -> i32 {
        let born = match (one.born, other.born) {
            (Seen::None, _) | (_, Seen::None) => 0,
            (Seen::One(one), Seen::One(other)) => one.judge(other, &self.weights.born).0,
            (Seen::Several, _) | (_, Seen::Several) => self.born,
        };
        let sex = &self.weights.sex;
        let sex = match (one.sex, other.sex) {
            (Seen::None, _) | (_, Seen::None) => 0,
            (Seen::One(one), Seen::One(other)) if one == other => sex.same,
            (Seen::One(_), Seen::One(_)) => sex.differ,
            (Seen::Several, _) | (_, Seen::Several) => sex.same.max(sex.differ),
        };
        let mother = if one.mothers.min(other.mothers) > 0 {
            self.mother
        } else {
            0
        };
        born + sex + mother + self.country + self.names(one, other, shared)
    }

    /// Each word that is shared makes one given name or one surname agree; where both have some and
    /// none agrees, that speaks against.
    fn names(&self, one: &Glance, other: &Glance, shared: u32) -> i32 {
        let shared = if one.more_than_shared || other.more_than_shared {
            u32::MAX
        } else {
            shared
        };
        let differ = |both: bool, weight: i32| if both { weight } else { weight.max(0) };
        let both_given = one.given && other.given;
        let no_given = differ(both_given, self.weights.given.differ);
        // Names that are crossed have no surnames to differ where a given name is missing.
        let both = both_given && one.surnames && other.surnames;
        let no_surname = differ(both, self.weights.surname.differ);
        let (given, surname) = (self.given, self.surname);
        let of_one = || (given + no_surname).max(surname + no_given);
        let of_two = || {
            (given + surname)
                .max(given + self.given_more + no_surname)
                .max(surname + self.surname_more + no_given)
        };
        let names = match shared {
            0 => no_given + no_surname,
            1 => of_one(),
            2 => of_one().max(of_two()),
            3 => of_two().max(given + surname + self.given_more.max(self.surname_more)),
            _ => given + self.given_more + surname + self.surname_more,
        };
        // Crossed names are taken where straight ones come to nothing.
        names.max(names + self.weights.crossed.penalty)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::identity::Rules;

    /// Why nobody is missed by looking only at those who share two words, or one and a birth date, or a
    /// document: nobody else reaches the threshold.
    #[test]
    fn who_shares_one_word_and_no_birth_date_is_no_duplicate() {
        let rules = Rules::shipped().unwrap();
        let most = Most::of(&rules.weights);
        for (given, surnames) in [(true, true), (true, false), (false, true), (false, false)] {
            let glance = Glance {
                born: Seen::None,
                sex: Seen::Several,
                given,
                surnames,
                mothers: 1,
                more_than_shared: false,
            };
            for shared in [0, 1] {
                let most = most.score(&glance, &glance, shared);
                assert!(most < rules.weights.threshold, "{most}: {glance:?}");
            }
        }
    }
}

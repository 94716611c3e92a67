//! Two records, field by field. The same score from both sides.

use super::evidence::{Field, How, Tally};
use super::profile::{Names, Profile};
use super::rules::{Given, Rules, Surname, Weights};
use super::side::{Alike, Meeting, Met, Side};
use super::vocabulary::Grade;

/// Weighs two records.
pub(super) fn judge<T: Tally>(
    one: &Profile,
    other: &Profile,
    alike: &impl Alike,
    rules: &Rules,
) -> T {
    let weights = &rules.weights;
    let pairs = one
        .names
        .iter()
        .flat_map(|names| other.names.iter().map(move |others| (names, others)));
    let names = pairs.map(|(names, others)| judge_names(names, others, alike, weights));
    let mut judged: T = best(names).unwrap_or_default();
    let born = one.born.iter().flat_map(|born| {
        other
            .born
            .iter()
            .map(|others| born.judge(*others, &weights.born))
    });
    if let Some((weight, how)) = born.max() {
        judged.note(Field::Born, how, weight);
    }
    judge_documents(one, other, weights, &mut judged);
    let mothers = one
        .mothers
        .iter()
        .flat_map(|mother| other.mothers.iter().map(move |others| (mother, others)));
    let mother = mothers.map(|(mother, others)| judge_mother(&mother.meet(others, alike), weights));
    if let Some((weight, how)) = mother.max() {
        judged.note(Field::MotherName, how, weight);
    }
    for (field, known, same, weighs) in [
        (
            Field::Sex,
            !one.sexes.is_empty() && !other.sexes.is_empty(),
            !one.sexes.is_disjoint(&other.sexes),
            &weights.sex,
        ),
        (
            Field::SendingCountry,
            !one.countries.is_empty() && !other.countries.is_empty(),
            !one.countries.is_disjoint(&other.countries),
            &weights.sending_country,
        ),
    ] {
        match (known, same) {
            (true, true) => judged.note(field, How::Same, weighs.same),
            (true, false) => judged.note(field, How::Differ, weighs.differ),
            (false, _) => {}
        }
    }
    judged
}

/// The one with the highest score; of several, the first.
fn best<T: Tally>(judgements: impl Iterator<Item = T>) -> Option<T> {
    judgements.reduce(|best, next| {
        if next.score() > best.score() {
            next
        } else {
            best
        }
    })
}

fn judge_names<T: Tally>(one: &Names, other: &Names, alike: &impl Alike, weights: &Weights) -> T {
    let mut straight: T = judge_given(one, &one.given, other, &other.given, alike, &weights.given);
    straight.join(judge_surnames(
        &one.surnames.meet(&other.surnames, alike),
        &weights.surname,
    ));
    if straight.score() > 0 || one.surnames.words.is_empty() || other.surnames.words.is_empty() {
        return straight;
    }
    let crossed = [
        (&one.given, &other.surnames, &one.surnames, &other.given),
        (&one.surnames, &other.given, &one.given, &other.surnames),
    ];
    let crossed = crossed.map(|(given, others_given, surnames, others_surnames)| {
        let mut judged: T = judge_given(one, given, other, others_given, alike, &weights.given);
        let met = surnames.meet(others_surnames, alike);
        judged.join(judge_surnames(&met, &weights.surname));
        judged.note(Field::Names, How::Crossed, weights.crossed.penalty);
        judged
    });
    best(std::iter::once(straight).chain(crossed)).unwrap_or_default()
}

fn judge_given<T: Tally>(
    one: &Names,
    given: &Side,
    other: &Names,
    others_given: &Side,
    alike: &impl Alike,
    weights: &Given,
) -> T {
    let mut judged = T::default();
    let meeting = given.meet(others_given, alike);
    let weigh = |met: &Met| match (met.grade, met.common) {
        (Grade::Same, false) => (weights.same, How::Same),
        (Grade::Same, true) => (weights.same_common, How::Same),
        (Grade::Nickname, _) => (weights.nickname, How::Nickname),
        (Grade::Slip, _) => (weights.slip, How::Slip),
        (Grade::Sound, _) => (weights.sound, How::Sound),
        (Grade::Initial, _) => (weights.initial, How::Initial),
    };
    if let Some((weight, how)) = meeting.met.iter().map(weigh).max() {
        judged.note(Field::GivenNames, how, weight);
        if meeting.met.len() > 1 {
            judged.note(Field::GivenNames, How::Both, weights.another);
        } else if meeting.fewer > 1 {
            judged.note(Field::GivenNames, How::OneOfTwo, weights.another_differs);
        }
        return judged;
    }
    let aliases = [
        (&one.also, others_given),
        (given, &other.also),
        (&one.also, &other.also),
    ];
    let stands_for = |met: &Met| met.grade > Grade::Initial;
    let alias = aliases.iter().any(|(side, others)| {
        let meeting = side.meet(others, alike);
        meeting.met.iter().any(stands_for)
    });
    if alias {
        judged.note(Field::GivenNames, How::Alias, weights.alias);
    } else if meeting.fewer > 0 {
        judged.note(Field::GivenNames, How::Differ, weights.differ);
    }
    judged
}

fn judge_surnames<T: Tally>(meeting: &Meeting, weights: &Surname) -> T {
    let mut judged = T::default();
    let weigh = |met: &Met| match (met.grade, met.common) {
        (Grade::Same, false) => (weights.same, How::Same),
        (Grade::Same, true) => (weights.same_common, How::Same),
        (Grade::Nickname, _) => (weights.nickname, How::Nickname),
        (Grade::Slip, _) => (weights.slip, How::Slip),
        (Grade::Sound, _) => (weights.sound, How::Sound),
        (Grade::Initial, _) => (weights.initial, How::Initial),
    };
    let Some((weight, how)) = meeting.met.iter().map(weigh).max() else {
        if meeting.fewer > 0 {
            judged.note(Field::Surnames, How::Differ, weights.differ);
        }
        return judged;
    };
    judged.note(Field::Surnames, how, weight);
    if meeting.met.len() > 1 {
        let common = meeting.met.iter().any(|met| met.common);
        let weight = if common {
            weights.second_common
        } else {
            weights.second
        };
        judged.note(Field::Surnames, How::Both, weight);
    } else if meeting.fewer > 1 {
        judged.note(Field::Surnames, How::OneOfTwo, weights.rest_differs);
    }
    if meeting.met.iter().any(|met| met.at != met.other_at) {
        judged.note(Field::Surnames, How::OtherOrder, weights.order);
    }
    judged
}

/// Whether two birth dates can be those of one human being.
pub(super) fn born_alike(one: &Profile, other: &Profile, weights: &Weights) -> bool {
    one.born.iter().any(|born| {
        let mut others = other.born.iter();
        others.any(|others| born.judge(*others, &weights.born).0 > 0)
    })
}

fn judge_documents(one: &Profile, other: &Profile, weights: &Weights, judged: &mut impl Tally) {
    let weights = &weights.document;
    let pairs = one
        .documents
        .iter()
        .flat_map(|document| other.documents.iter().map(move |others| (document, others)));
    let weighed = pairs.filter_map(|((kind, number), (other_kind, other_number))| {
        let long = number.len().min(other_number.len()) >= weights.slip_length_min;
        if kind == other_kind {
            Some(if number == other_number {
                (weights.same, How::Same)
            } else if long && strsim::osa_distance(number, other_number) <= 1 {
                (weights.slip, How::Slip)
            } else if weights.lasting.contains(kind) {
                (weights.lasting_differ, How::Differ)
            } else {
                (weights.differ, How::Differ)
            })
        } else {
            (long && number == other_number).then_some((weights.other_kind, How::OtherKind))
        }
    });
    // One document that agrees outweighs those that were renewed; if none does, the worst counts.
    let counts = weighed.reduce(|one, other| {
        if one.0 > 0 || other.0 > 0 {
            one.max(other)
        } else {
            one.min(other)
        }
    });
    if let Some((weight, how)) = counts {
        judged.note(Field::Document, how, weight);
    }
}

fn judge_mother(meeting: &Meeting, weights: &Weights) -> (i32, How) {
    let weights = &weights.mother;
    let met = meeting.met.iter().filter(|met| met.grade > Grade::Initial);
    match met.count() {
        0 => (weights.differ, How::Differ),
        met if met == meeting.fewer && met > 1 => (weights.same, How::Same),
        _ => (weights.partly, How::Partly),
    }
}

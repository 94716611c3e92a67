//! Two records, field by field. The same score from both sides.

use homeward_events::time::OccurredOn;
use jiff::civil::Date;

use super::evidence::{Field, How, Judgement};
use super::profile::{Names, Profile};
use super::rules::{Given, Rules, Surname, Weights};
use super::side::{Alike, Meeting, Met, Side};
use super::vocabulary::Grade;

/// Weighs two records.
pub(super) fn judge(one: &Profile, other: &Profile, alike: &dyn Alike, rules: &Rules) -> Judgement {
    let weights = &rules.weights;
    let pairs = one
        .names
        .iter()
        .flat_map(|names| other.names.iter().map(move |others| (names, others)));
    let names = pairs.map(|(names, others)| judge_names(names, others, alike, weights));
    let mut judged = best(names).unwrap_or_default();
    let born = one.born.iter().flat_map(|born| {
        other
            .born
            .iter()
            .map(|others| judge_born(*born, *others, weights))
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
fn best(judgements: impl Iterator<Item = Judgement>) -> Option<Judgement> {
    judgements.reduce(|best, next| if next.score > best.score { next } else { best })
}

fn judge_names(one: &Names, other: &Names, alike: &dyn Alike, weights: &Weights) -> Judgement {
    let mut straight = judge_given(one, &one.given, other, &other.given, alike, &weights.given);
    straight.join(judge_surnames(
        &one.surnames.meet(&other.surnames, alike),
        &weights.surname,
    ));
    if straight.score > 0 || one.surnames.words.is_empty() || other.surnames.words.is_empty() {
        return straight;
    }
    let crossed = [
        (&one.given, &other.surnames, &one.surnames, &other.given),
        (&one.surnames, &other.given, &one.given, &other.surnames),
    ];
    let crossed = crossed.map(|(given, others_given, surnames, others_surnames)| {
        let mut judged = judge_given(one, given, other, others_given, alike, &weights.given);
        let met = surnames.meet(others_surnames, alike);
        judged.join(judge_surnames(&met, &weights.surname));
        judged.note(Field::Names, How::Crossed, weights.crossed.penalty);
        judged
    });
    best(std::iter::once(straight).chain(crossed)).unwrap_or_default()
}

fn judge_given(
    one: &Names,
    given: &Side,
    other: &Names,
    others_given: &Side,
    alike: &dyn Alike,
    weights: &Given,
) -> Judgement {
    let mut judged = Judgement::default();
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

fn judge_surnames(meeting: &Meeting, weights: &Surname) -> Judgement {
    let mut judged = Judgement::default();
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

fn judge_born(one: OccurredOn, other: OccurredOn, weights: &Weights) -> (i32, How) {
    let weights = &weights.born;
    let (a, b) = (one.day(), other.day());
    let years = (a.year() - b.year()).abs();
    let by_years = || {
        if years <= weights.years_near_max {
            (weights.near_years, How::Differ)
        } else {
            (weights.other_years, How::Differ)
        }
    };
    match coarser(one, other) {
        Known::Day => {
            if a == b {
                (weights.same_day, How::Same)
            } else if years == 0
                && i16::from(a.day()) == i16::from(b.month())
                && a.month() == b.day()
            {
                (weights.swapped, How::DayMonthSwapped)
            } else if one_digit_off(a, b) {
                (weights.digit, How::Digit)
            } else if years == 0 {
                (weights.other_day, How::OtherDay)
            } else {
                by_years()
            }
        }
        Known::Month if years == 0 && a.month() == b.month() => {
            (weights.same_month, How::SameMonth)
        }
        Known::Month if years == 0 => (weights.other_day, How::OtherDay),
        Known::Month => by_years(),
        Known::Year if years == 0 => (weights.same_year, How::SameYear),
        Known::Year if years <= weights.years_near_max => (weights.about, How::About),
        Known::Year => (weights.other_years, How::Differ),
    }
}

/// Whether two birth dates can be those of one human being.
pub(super) fn born_alike(one: &Profile, other: &Profile, weights: &Weights) -> bool {
    one.born.iter().any(|born| {
        let mut others = other.born.iter();
        others.any(|others| judge_born(*born, *others, weights).0 > 0)
    })
}

/// Whether one digit differs, or two beside each other changed places.
fn one_digit_off(a: Date, b: Date) -> bool {
    let digits = |date: Date| {
        let (year, month, day) = (date.year(), i16::from(date.month()), i16::from(date.day()));
        [
            year / 1000,
            year / 100 % 10,
            year / 10 % 10,
            year % 10,
            month / 10,
            month % 10,
            day / 10,
            day % 10,
        ]
    };
    let pairs = digits(a).into_iter().zip(digits(b)).enumerate();
    let mut differ = pairs.filter(|(_, (a, b))| a != b);
    match (differ.next(), differ.next(), differ.next()) {
        (Some(_), None, None) => true,
        (Some((at, (a, b))), Some((next, (c, d))), None) => next == at + 1 && a == d && b == c,
        _ => false,
    }
}

/// How precisely both dates are known.
enum Known {
    Day,
    Month,
    Year,
}

fn coarser(one: OccurredOn, other: OccurredOn) -> Known {
    match (one, other) {
        (OccurredOn::Year(_), _) | (_, OccurredOn::Year(_)) => Known::Year,
        (OccurredOn::Month(..), _) | (_, OccurredOn::Month(..)) => Known::Month,
        (
            OccurredOn::Day(_) | OccurredOn::Instant(..),
            OccurredOn::Day(_) | OccurredOn::Instant(..),
        ) => Known::Day,
    }
}

fn judge_documents(one: &Profile, other: &Profile, weights: &Weights, judged: &mut Judgement) {
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
    let (agree, differ): (Vec<_>, Vec<_>) = weighed.partition(|(weight, _)| *weight > 0);
    let counts = agree.into_iter().max().or(differ.into_iter().min());
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

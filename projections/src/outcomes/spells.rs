//! Livelihood, housing and schooling, so many months after reception: by the spell that covers the
//! mark, and by how much of the time up to it lay within one; never by the last answer.

use std::collections::BTreeMap;

use homeward_events::time::days_between;
use jiff::civil::Date;
use serde::Serialize;

use super::calendar::Calendar;
use super::life::{Area, Chapter, Stay};
use crate::measure::ratio;

/// Marks after reception at which spells are looked at, in calendar months.
pub const MARKS: [i32; 3] = [3, 6, 12];

/// How a part of life stood at a mark after reception. Every journey that was received by the
/// reference day is in exactly one of `observed`, `not_observed` and `not_yet`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct SpellGroup {
    /// Which part of life.
    pub area: Area,
    /// Calendar months after reception.
    pub months: i32,
    /// Values of the dimensions grouped by.
    pub values: Vec<String>,
    /// Journeys whose mark has come, and who were still observed.
    pub observed: i64,
    /// Of them, within a spell at the mark.
    pub in_spell: i64,
    /// The same by kind of spell.
    pub kinds: BTreeMap<String, i64>,
    /// Days from reception up to the mark, of those observed.
    pub days: i64,
    /// Of them, within a spell.
    pub days_in_spell: i64,
    /// Journeys whose mark has come, no longer observed.
    pub not_observed: i64,
    /// Journeys whose mark has not come by the reference day: counted nowhere else.
    pub not_yet: i64,
}

impl SpellGroup {
    /// Of those observed, who was within a spell at the mark.
    pub fn share(&self) -> Option<f64> {
        ratio(self.in_spell, self.observed)
    }

    /// Of the days up to the mark, how many lay within a spell.
    pub fn share_of_days(&self) -> Option<f64> {
        ratio(self.days_in_spell, self.days)
    }
}

#[derive(Debug, Default)]
struct Cell<'l> {
    observed: i64,
    kinds: BTreeMap<&'l str, i64>,
    days: i64,
    days_in_spell: i64,
    not_observed: i64,
    not_yet: i64,
}

/// What one group has: by mark, by part of life.
#[derive(Debug, Default)]
pub(super) struct Tally<'l>([[Cell<'l>; Area::ALL.len()]; MARKS.len()]);

impl<'l> Tally<'l> {
    pub(super) fn add(&mut self, chapter: &'l Chapter, on: Date, calendar: &mut Calendar) {
        let Some(received) = chapter.received.map(|day| day.0).filter(|day| *day <= on) else {
            return;
        };
        for ((mark, days), cells) in calendar.from(received).marks.into_iter().zip(&mut self.0) {
            let (is_yet_to_come, is_unseen) = (mark > on, chapter.is_unseen(mark, on));
            for (area, cell) in Area::ALL.into_iter().zip(cells) {
                if is_yet_to_come {
                    cell.not_yet += 1;
                } else if is_unseen {
                    cell.not_observed += 1;
                } else {
                    cell.days += days;
                    cell.observe(chapter, area, received, mark);
                }
            }
        }
    }

    pub(super) fn told(&self, values: &[String]) -> impl Iterator<Item = SpellGroup> {
        let marked = MARKS.into_iter().zip(&self.0);
        marked.flat_map(move |(months, cells)| {
            let of_areas = Area::ALL.into_iter().zip(cells);
            of_areas
                .filter(|(_, cell)| cell.observed + cell.not_observed + cell.not_yet > 0)
                .map(move |(area, cell)| SpellGroup {
                    area,
                    months,
                    values: values.to_vec(),
                    observed: cell.observed,
                    in_spell: cell.kinds.values().sum(),
                    kinds: cell
                        .kinds
                        .iter()
                        .map(|(kind, count)| ((*kind).to_owned(), *count))
                        .collect(),
                    days: cell.days,
                    days_in_spell: cell.days_in_spell,
                    not_observed: cell.not_observed,
                    not_yet: cell.not_yet,
                })
        })
    }
}

impl<'l> Cell<'l> {
    fn observe(&mut self, chapter: &'l Chapter, area: Area, received: Date, mark: Date) {
        self.observed += 1;
        let (mut covering, mut covered_to): (Option<&Stay>, Date) = (None, received);
        // In order of time: what began last covers the mark where several do.
        for stay in chapter.spells.iter().filter(|stay| stay.area == area) {
            let end = stay.to.map_or(mark, |to| to.0.min(mark));
            let begin = stay.from.0.max(covered_to);
            if begin < end {
                self.days_in_spell += i64::from(days_between(begin, end));
                covered_to = end;
            }
            if stay.from.0 <= mark && stay.to.is_none_or(|to| to.0 > mark) {
                covering = Some(stay);
            }
        }
        if let Some(stay) = covering {
            *self.kinds.entry(&stay.kind).or_default() += 1;
        }
    }
}

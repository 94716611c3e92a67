//! One walk over what a list may let through: counts of all of it, and the rows of a page.

use std::collections::{BTreeMap, BinaryHeap};

use homeward_events::referral::Priority;

use super::ROWS;
use super::answer::{After, Next, Query, Shown};
use super::board::{Board, DAY_US, Place, Profile, standing};
use super::kind::{Kind, Standing};
use super::list::{Escalation, Order, Show};
use super::owed::Row;
use crate::model::{Table, TableError, read_row};

/// A walk for a question.
pub(super) struct Walk<'q> {
    query: &'q Query<'q>,
    /// By profile: which parts of the list it may pass, a bit each.
    parts: Vec<u16>,
    /// By profile: how far ahead the list's order puts it.
    ranks: Vec<u8>,
    /// How many rows passed, by level.
    levels: Vec<i64>,
    /// The first rows of the page, at most one more than it holds; the last on top.
    page: BinaryHeap<(After, Option<usize>, Standing)>,
}

/// Rows by profile, in the order of [`Standing::ALL`].
pub(super) type Tally = Vec<[i64; 4]>;

fn rank(order: Order, priority: Option<Priority>) -> u8 {
    match (order, priority) {
        (Order::Deadline, _) | (Order::Priority, Some(Priority::Emergency)) => 0,
        (Order::Priority, Some(Priority::Urgent)) => 1,
        (Order::Priority, Some(Priority::Normal)) => 2,
        (Order::Priority, None) => 3,
    }
}

/// Which parts of a list a profile may pass; none if the question's own conditions do not let it.
fn parts(query: &Query<'_>, profile: &Profile) -> u16 {
    let passes = |only: &BTreeMap<String, Vec<String>>| {
        only.iter().all(|(name, values)| {
            let value = profile.value(name);
            values.is_empty() || value.is_none_or(|value| values.iter().any(|v| v == value))
        })
    };
    if !passes(query.only) {
        return 0;
    }
    let shows = query.terms.show.iter().zip(0_u32..);
    shows
        .filter(|(show, _)| passes(&show.only))
        .fold(0, |bits, (_, nth)| {
            bits | 1_u16.checked_shl(nth).unwrap_or(0)
        })
}

impl<'q> Walk<'q> {
    /// A walk for a question over a board.
    pub(super) fn new(query: &'q Query<'q>, board: &Board) -> Self {
        let profiles = board.profiles().iter();
        let order = query.terms.order;
        Self {
            query,
            parts: profiles.clone().map(|of| parts(query, of)).collect(),
            ranks: profiles.map(|of| rank(order, of.priority)).collect(),
            levels: vec![0; query.terms.escalation.len()],
            page: BinaryHeap::new(),
        }
    }

    /// How many rows passed, by level of escalation.
    pub(super) fn levels(&self) -> &[i64] {
        &self.levels
    }

    /// Whether the question itself lets a value of `kind` or `standing` through.
    fn asks_for(&self, dimension: &str, value: &str) -> bool {
        let only = self.query.only.get(dimension);
        only.is_none_or(|values| values.is_empty() || values.iter().any(|v| v == value))
    }

    /// Walks over what is owed of a kind: counts what passes, and keeps what is on the page.
    pub(super) fn over(&mut self, board: &Board, kind: Kind) -> Tally {
        let mut tally: Tally = vec![[0; 4]; self.parts.len()];
        let reference = self.query.reference.of(kind);
        let parts: Vec<(u16, &Show, (i64, i64))> = self
            .query
            .terms
            .show
            .iter()
            .zip(0_u32..)
            .filter_map(|(show, nth)| {
                let bounds = show.bounds(kind, reference)?;
                Some((1_u16.checked_shl(nth)?, show, bounds))
            })
            .collect();
        let bounds = parts.iter().map(|(_, _, bounds)| *bounds);
        let bounds = bounds.reduce(|(from, to), (f, t)| (from.min(f), to.max(t)));
        let Some(bounds) = bounds.filter(|_| self.asks_for("kind", kind.as_str())) else {
            return tally;
        };
        let asked: Vec<bool> = Standing::ALL
            .iter()
            .map(|standing| self.asks_for("standing", standing.as_str()))
            .collect();
        for (place, item) in board.within(kind, bounds) {
            let number = usize::try_from(item.profile).unwrap_or(usize::MAX);
            let lets = self.parts.get(number).copied().unwrap_or_default();
            if lets == 0 {
                continue;
            }
            let stands = standing(kind, place, item, reference);
            let at = (place.anchor, item.since);
            let passes = parts
                .iter()
                .any(|(bit, show, _)| lets & bit != 0 && show.lets(kind, stands, at, reference));
            let nth = stands.place();
            if !passes || !asked.get(nth).copied().unwrap_or(false) {
                continue;
            }
            if let Some(count) = tally.get_mut(number).and_then(|counts| counts.get_mut(nth)) {
                *count += 1;
            }
            let rank = self.ranks.get(number).copied().unwrap_or_default();
            self.note(kind, place, stands, rank);
        }
        tally
    }

    /// Counts a row's level, and keeps the row if it is on the page.
    fn note(&mut self, kind: Kind, place: &Place, stands: Standing, rank: u8) {
        let level = self.level(kind, place);
        if let Some(rows) = level.and_then(|level| self.levels.get_mut(level)) {
            *rows += 1;
        }
        if let Some(wanted) = self.query.level {
            let name = level.and_then(|level| self.query.terms.escalation.get(level));
            if name.is_none_or(|known| known.level != wanted) {
                return;
            }
        }
        // What is told by days ends with its day.
        let last = if kind.is_timed() { 0 } else { DAY_US - 1 };
        let anchor = place.anchor.saturating_add(last);
        let row = After(rank, anchor, kind, place.journey, place.nth);
        if self.query.after.is_some_and(|after| row <= after) {
            return;
        }
        let is_full = self.page.len() > self.query.limit;
        if is_full && self.page.peek().is_some_and(|(last, ..)| row > *last) {
            return;
        }
        self.page.push((row, level, stands));
        if is_full {
            self.page.pop();
        }
    }

    /// The highest level that something has reached.
    fn level(&self, kind: Kind, place: &Place) -> Option<usize> {
        let elapsed = self.query.reference.of(kind).saturating_sub(place.anchor);
        let reached = |level: &Escalation| {
            let after = level.after.micros();
            elapsed > after || (kind.runs() && elapsed == after)
        };
        self.query.terms.escalation.iter().rposition(reached)
    }

    /// The page's rows, and where the next one begins.
    pub(super) fn page(self, table: &dyn Table) -> Result<(Vec<Shown>, Option<After>), TableError> {
        let mut kept = self.page.into_sorted_vec();
        let more = kept.len() > self.query.limit;
        kept.truncate(self.query.limit);
        let next = kept.last().filter(|_| more).map(|(row, ..)| *row);
        let mut rows = Vec::with_capacity(kept.len());
        for (After(_, _, _, journey, nth), level, standing) in kept {
            let key = format!("{ROWS}{journey}");
            let Some(bytes) = table.row(&key)? else {
                continue;
            };
            let row: Row<'static> = read_row(&key, &bytes)?;
            let Some(owed) = row.owed.into_iter().nth(usize::from(nth)) else {
                continue;
            };
            let level = level.and_then(|level| self.query.terms.escalation.get(level));
            rows.push(Shown {
                journey,
                ledger: row.ledger.into_owned(),
                site: row.site.into_owned(),
                programme: row.programme.into_owned(),
                return_type: row.return_type.into_owned(),
                sex: row.sex.into_owned(),
                stage: row.stage.into_owned(),
                next: Next::of(&owed),
                owed,
                standing,
                level: level.map(|level| level.level.clone()),
            });
        }
        Ok((rows, next))
    }
}

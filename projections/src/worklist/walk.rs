//! What a list lets through: counts of all of it, told from how many deadlines lie between two times, and
//! the rows of a page, found where it begins.

use std::collections::{BTreeMap, BTreeSet, BinaryHeap};

use homeward_events::referral::Priority;

use super::ROWS;
use super::answer::{After, Next, Query, Shown};
use super::board::{Board, DAY_US, Item, Line, Place, Profile, standing};
use super::kind::{Kind, Standing};
use super::list::{Order, Show};
use super::owed::Row;
use crate::model::{Table, TableError, read_row};

/// A walk for a question.
pub(super) struct Walk<'q> {
    query: &'q Query<'q>,
    /// By profile: which parts of the list it may pass, a bit each.
    parts: Vec<u16>,
    /// How many rows passed, by level.
    levels: Vec<i64>,
    /// The first rows of the page, at most one more than it holds; the last on top.
    page: BinaryHeap<(After, Option<usize>, Standing)>,
}

/// Rows in the order of [`Standing::ALL`].
pub(super) type Tally = [i64; 4];

/// What may pass of a kind at the reference.
struct Gate<'q> {
    kind: Kind,
    reference: i64,
    /// How what is asked for may stand.
    asked: Vec<Standing>,
    /// The list's parts that speak of the kind, each with its bit.
    shows: Vec<(u16, &'q Show)>,
    /// All times, from the first to the last.
    stretches: Vec<Stretch>,
    /// Something is let through by when it began, which does not follow from its deadline.
    looks_at_beginnings: bool,
}

/// Deadlines between two times, both included, that are all let through or held back alike.
struct Stretch {
    from: i64,
    to: i64,
    /// The highest level that they have reached.
    level: Option<usize>,
    /// Which parts let them through, by standing.
    lets: [u16; 4],
}

impl Stretch {
    fn lets(&self, standing: Standing) -> u16 {
        self.lets.get(standing.place()).copied().unwrap_or_default()
    }

    /// How many of a line lie here.
    fn count(&self, line: &Line) -> i64 {
        let up_to = match self.to.checked_add(1) {
            Some(next) => line.anchors.below(next),
            None => line.anchors.len(),
        };
        up_to - line.anchors.below(self.from)
    }
}

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

impl<'q> Gate<'q> {
    /// `None` if nothing of the kind passes.
    fn of(query: &'q Query<'q>, kind: Kind) -> Option<Self> {
        let asks_for = |dimension: &str, value: &str| {
            let only = query.only.get(dimension);
            only.is_none_or(|values| values.is_empty() || values.iter().any(|v| v == value))
        };
        if !asks_for("kind", kind.as_str()) {
            return None;
        }
        let reference = query.reference.of(kind);
        let shows = query.terms.show.iter().zip(0_u32..);
        let bounded = shows.filter_map(|(show, nth)| {
            let bounds = show.bounds(kind, reference)?;
            Some((1_u16.checked_shl(nth)?, show, bounds))
        });
        let bounded: Vec<(u16, &Show, (i64, i64))> = bounded.collect();
        if bounded.is_empty() {
            return None;
        }
        let mut cuts = BTreeSet::from([i64::MIN, reference]);
        for (_, _, (from, to)) in &bounded {
            cuts.extend([Some(*from), to.checked_add(1)].into_iter().flatten());
        }
        cuts.extend(query.terms.escalation.iter().map(|level| {
            let reached = reference.saturating_sub(level.after.micros());
            // What runs has got there when the time is up, a deadline is broken after it.
            reached.saturating_add(i64::from(kind.runs()))
        }));
        let mut gate = Self {
            kind,
            reference,
            asked: Standing::ALL
                .iter()
                .copied()
                .filter(|standing| asks_for("standing", standing.as_str()))
                .collect(),
            looks_at_beginnings: !kind.runs()
                && bounded.iter().any(|(_, show, _)| show.since.is_some()),
            shows: bounded.iter().map(|(bit, show, _)| (*bit, *show)).collect(),
            stretches: Vec::with_capacity(cuts.len()),
        };
        let ends = cuts.iter().skip(1).map(|next| next - 1);
        for (from, to) in cuts.iter().copied().zip(ends.chain([i64::MAX])) {
            let mut stretch = Stretch {
                from,
                to,
                level: gate.level(query, from),
                lets: [0; 4],
            };
            for standing in gate.standings(from) {
                if let Some(lets) = stretch.lets.get_mut(standing.place()) {
                    *lets = gate.lets(*standing, (from, from));
                }
            }
            gate.stretches.push(stretch);
        }
        Some(gate)
    }

    /// How something with a deadline (a beginning, for what runs) can stand.
    fn standings(&self, anchor: i64) -> &'static [Standing] {
        if self.kind.runs() {
            &[Standing::Running]
        } else if anchor < self.reference {
            &[Standing::Overdue]
        } else {
            &[Standing::Upcoming, Standing::Due]
        }
    }

    /// The highest level that a deadline has reached.
    fn level(&self, query: &Query<'_>, anchor: i64) -> Option<usize> {
        let elapsed = self.reference.saturating_sub(anchor);
        let mut levels = query.terms.escalation.iter();
        levels.rposition(|level| {
            let after = level.after.micros();
            elapsed > after || (self.kind.runs() && elapsed == after)
        })
    }

    /// The parts that let something through, whatever its profile; times are deadline and beginning.
    fn lets(&self, standing: Standing, times: (i64, i64)) -> u16 {
        if !self.asked.contains(&standing) {
            return 0;
        }
        let shows = self.shows.iter();
        shows
            .filter(|(_, show)| show.lets(self.kind, standing, times, self.reference))
            .fold(0, |bits, (bit, _)| bits | bit)
    }

    /// The stretch in which a deadline lies.
    fn stretch(&self, anchor: i64) -> Option<&Stretch> {
        let at = self
            .stretches
            .partition_point(|stretch| stretch.to < anchor);
        self.stretches.get(at)
    }

    /// How something stands that passes, and the level that it has reached.
    fn pass(&self, parts: u16, place: &Place, item: &Item) -> Option<(Standing, Option<usize>)> {
        let stands = standing(self.kind, place, item, self.reference);
        let stretch = self.stretch(place.anchor)?;
        let may = if self.looks_at_beginnings {
            self.lets(stands, (place.anchor, item.since))
        } else {
            stretch.lets(stands)
        };
        (parts & may != 0).then_some((stands, stretch.level))
    }

    /// The first deadline that can pass.
    fn begins(&self) -> i64 {
        let all = Standing::ALL;
        let mut stretches = self.stretches.iter();
        let first =
            stretches.find(|s| self.looks_at_beginnings || all.iter().any(|st| s.lets(*st) != 0));
        first.map_or(i64::MAX, |stretch| stretch.from)
    }

    /// Whether these parts let through whatever is due (or coming), whenever its deadline is.
    fn lets_all(&self, standing: Standing, parts: u16) -> bool {
        let coming = self.stretches.iter().filter(|s| s.from >= self.reference);
        let mut lets = coming.map(|stretch| stretch.lets(standing) & parts != 0);
        !self.kind.runs() && lets.all(|lets| lets)
    }
}

impl<'q> Walk<'q> {
    /// A walk for a question over a board.
    pub(super) fn new(query: &'q Query<'q>, board: &Board) -> Self {
        Self {
            query,
            parts: board.profiles().iter().map(|of| parts(query, of)).collect(),
            levels: vec![0; query.terms.escalation.len()],
            page: BinaryHeap::new(),
        }
    }

    /// How many rows passed, by level of escalation.
    pub(super) fn levels(&self) -> &[i64] {
        &self.levels
    }

    /// Which parts of the list a profile may pass.
    fn parts_of(&self, number: usize) -> u16 {
        self.parts.get(number).copied().unwrap_or_default()
    }

    /// Counts what passes of a kind, by the number of its profile, and keeps what is on the page.
    pub(super) fn over(&mut self, board: &Board, kind: Kind) -> BTreeMap<usize, Tally> {
        let Some(gate) = Gate::of(self.query, kind) else {
            return BTreeMap::new();
        };
        if self.query.limit > 0 {
            self.fill_page(board, &gate);
        }
        let mut tallies = BTreeMap::new();
        if gate.looks_at_beginnings {
            self.look_at_each(board, &gate, &mut tallies);
        } else {
            self.count_lines(board, &gate, &mut tallies);
            self.look_at_coming(board, &gate, &mut tallies);
        }
        tallies
    }

    fn note(
        &mut self,
        tallies: &mut BTreeMap<usize, Tally>,
        number: usize,
        (standing, level): (Standing, Option<usize>),
        rows: i64,
    ) {
        let tally = tallies.entry(number).or_default();
        if let Some(count) = tally.get_mut(standing.place()) {
            *count += rows;
        }
        if let Some(count) = level.and_then(|level| self.levels.get_mut(level)) {
            *count += rows;
        }
    }

    /// Counts by deadlines alone: what has passed, what runs, and what is due or coming whenever its
    /// deadline is.
    fn count_lines(
        &mut self,
        board: &Board,
        gate: &Gate<'_>,
        tallies: &mut BTreeMap<usize, Tally>,
    ) {
        for (number, line) in board.lines(gate.kind) {
            let parts = self.parts_of(number);
            if parts == 0 {
                continue;
            }
            for stretch in &gate.stretches {
                for standing in [Standing::Overdue, Standing::Running] {
                    if stretch.lets(standing) & parts != 0 {
                        let stands = (standing, stretch.level);
                        self.note(tallies, number, stands, stretch.count(line));
                    }
                }
            }
            let begun = line.dues.below(gate.reference.saturating_add(1));
            if gate.lets_all(Standing::Due, parts) {
                let due = begun - line.anchors.below(gate.reference);
                self.note(tallies, number, (Standing::Due, None), due);
            }
            if gate.lets_all(Standing::Upcoming, parts) {
                let upcoming = line.anchors.len() - begun;
                self.note(tallies, number, (Standing::Upcoming, None), upcoming);
            }
        }
    }

    /// Counts what is due or coming if its deadline is near enough.
    fn look_at_coming(
        &mut self,
        board: &Board,
        gate: &Gate<'_>,
        tallies: &mut BTreeMap<usize, Tally>,
    ) {
        let coming = [Standing::Due, Standing::Upcoming];
        // The last stretch has no end: what passes there passes whenever its deadline is.
        let near = gate
            .stretches
            .iter()
            .filter(|stretch| stretch.to < i64::MAX);
        for stretch in near {
            if coming.iter().all(|standing| stretch.lets(*standing) == 0) {
                continue;
            }
            for lane in board.lanes(gate.kind) {
                for (place, item) in board.within(lane, (stretch.from, stretch.to)) {
                    let number = item.profile();
                    let parts = self.parts_of(number);
                    let stands = standing(gate.kind, place, item, gate.reference);
                    if stretch.lets(stands) & parts != 0 && !gate.lets_all(stands, parts) {
                        self.note(tallies, number, (stands, stretch.level), 1);
                    }
                }
            }
        }
    }

    /// Counts one by one.
    fn look_at_each(
        &mut self,
        board: &Board,
        gate: &Gate<'_>,
        tallies: &mut BTreeMap<usize, Tally>,
    ) {
        for lane in board.lanes(gate.kind) {
            for (place, item) in board.within(lane, (i64::MIN, i64::MAX)) {
                let number = item.profile();
                if let Some(stands) = gate.pass(self.parts_of(number), place, item) {
                    self.note(tallies, number, stands, 1);
                }
            }
        }
    }

    /// Keeps the rows of a kind that are on the page.
    fn fill_page(&mut self, board: &Board, gate: &Gate<'_>) {
        // What is told by days ends with its day.
        let last = if gate.kind.is_timed() { 0 } else { DAY_US - 1 };
        for lane in board.lanes(gate.kind) {
            let rank = rank(self.query.terms.order, lane.1);
            let Some(from) = self.begins(rank, last) else {
                continue;
            };
            for (place, item) in board.within(lane, (from.max(gate.begins()), i64::MAX)) {
                let anchor = place.anchor.saturating_add(last);
                let row = After(rank, anchor, gate.kind, place.journey, place.nth);
                let is_full = self.page.len() > self.query.limit;
                if is_full && self.page.peek().is_some_and(|(last, ..)| row > *last) {
                    break;
                }
                let number = item.profile();
                let Some((stands, level)) = gate.pass(self.parts_of(number), place, item) else {
                    continue;
                };
                if !self.is_level_asked(level) || self.query.after.is_some_and(|a| row <= a) {
                    continue;
                }
                self.page.push((row, level, stands));
                if is_full {
                    self.page.pop();
                }
            }
        }
    }

    /// The first deadline of a rank that can be on the page; `None` if none can.
    fn begins(&self, rank: u8, last: i64) -> Option<i64> {
        match self.query.after {
            Some(After(past, ..)) if past > rank => None,
            Some(After(past, anchor, ..)) if past == rank => Some(anchor.saturating_sub(last)),
            Some(_) | None => Some(i64::MIN),
        }
    }

    fn is_level_asked(&self, level: Option<usize>) -> bool {
        self.query.level.is_none_or(|wanted| {
            let known = level.and_then(|level| self.query.terms.escalation.get(level));
            known.is_some_and(|known| known.level == wanted)
        })
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

//! Circuits: how a count can be another number while every sum stays what it is.
//!
//! A count that grows by one unbalances its sums; another count of the same sum that gives way balances
//! it and unbalances that one's other sum, and so on until the circle closes or ends at a count that no
//! other sum holds. Sums are the nodes of a graph and counts its edges; a circle is found by Dijkstra's
//! algorithm, where a count that is withheld already costs next to nothing and one that must be withheld
//! for the purpose costs what is lost with it (shortest paths for complementary suppression: Kelly, Golden
//! and Assad 1992; Castro 2002). Circles are walked again and again until the count is the number asked
//! for, so that several can share what none of them could give way to alone.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet, BinaryHeap};

use super::{Count, Sight, Sum};

/// What it costs to pass a count that is withheld already: short circles are better than long ones.
const PASSED: u64 = 1;
/// What it costs to withhold one more, besides what it counts.
const WITHHELD: u64 = 64;

/// A sum and by which sign it is out of balance; or, without one, the end beyond all sums.
type Stop = Option<(usize, i64)>;

/// A count and the direction in which it moves.
type Move = (usize, i64);

/// An end of an edge: the sum, and what the count's growth by one does to its balance.
type End = Option<(usize, i64)>;

/// The graph of sums and counts.
pub(super) struct Circuits {
    counts: Vec<Count>,
    /// The two ends of each count; none for one that never moves.
    ends: Vec<Option<[End; 2]>>,
    /// The counts at each sum.
    at: Vec<Vec<usize>>,
    /// The counts with an end beyond all sums.
    beyond: Vec<usize>,
}

impl Circuits {
    pub(super) fn new(counts: Vec<Count>, sums: &[Sum]) -> Self {
        let mut signs: Vec<Vec<(usize, i64)>> = vec![Vec::new(); counts.len()];
        for (sum, Sum { whole, parts }) in sums.iter().enumerate() {
            let parts = parts.iter().map(|part| (*part, -1));
            for (count, sign) in parts.chain([(*whole, 1)]) {
                if let Some(signs) = signs.get_mut(count) {
                    signs.push((sum, sign));
                }
            }
        }
        let ends: Vec<Option<[End; 2]>> = signs
            .iter()
            .map(|signs| match signs.as_slice() {
                [] => Some([None, None]),
                [one] => Some([Some(*one), None]),
                [one, other] => Some([Some(*one), Some(*other)]),
                _ => None,
            })
            .collect();
        let (mut at, mut beyond) = (vec![Vec::new(); sums.len()], Vec::new());
        for (count, ends) in ends.iter().enumerate() {
            for end in ends.iter().flatten() {
                match end.and_then(|(sum, _)| at.get_mut(sum)) {
                    Some(at) => at.push(count),
                    None => beyond.push(count),
                }
            }
        }
        Self {
            counts,
            ends,
            at,
            beyond,
        }
    }

    pub(super) fn counts(&self) -> &[Count] {
        &self.counts
    }

    /// Withholds what it takes so that this count could be that number; nothing if nothing helps.
    pub(super) fn let_be(&mut self, count: usize, number: i64) -> Option<()> {
        let mut table = self.counts.clone();
        loop {
            let missing = number - table.get(count)?.is;
            if missing == 0 {
                break;
            }
            let (circle, step) = self.circle(&table, (count, missing.signum()))?;
            let step = step.min(missing.abs());
            for (moved, by) in circle {
                let found = table.get_mut(moved)?;
                found.is += by * step;
                // A count that is given away here is withheld for good.
                let kept = self.counts.get_mut(moved)?;
                if kept.sight == Sight::Shown {
                    kept.sight = Sight::Withheld;
                }
                found.sight = kept.sight;
            }
        }
        Some(())
    }

    /// The cheapest circle by which a count can move in a direction, and how many times it can be walked.
    fn circle(&self, table: &[Count], start: Move) -> Option<(BTreeMap<usize, i64>, i64)> {
        let mut barred = BTreeSet::from([start.0]);
        loop {
            let way = self.way(table, start, &barred)?;
            let mut moves = BTreeMap::from([start]);
            for (count, by) in way {
                *moves.entry(count).or_insert(0) += by;
            }
            let falling = moves
                .iter()
                .filter(|(count, by)| **by < 0 && **count != start.0);
            // What is still shown has not been withheld yet: it keeps 1 as others do.
            let room = |count: usize| match table.get(count) {
                Some(count) if count.sight == Sight::Shown => count.is - 1,
                Some(count) => count.room(),
                None => 0,
            };
            let steps = falling.map(|(count, by)| (*count, room(*count) / by.abs()));
            let narrowest = steps.min_by_key(|(_, step)| *step);
            match narrowest {
                // Passed twice, and not wide enough for that.
                Some((count, 0)) => {
                    barred.insert(count);
                }
                Some((_, step)) => return Some((moves, step)),
                None => return Some((moves, i64::MAX)),
            }
        }
    }

    /// The cheapest way from one end of a count that moves to its other.
    fn way(
        &self,
        table: &[Count],
        (count, by): Move,
        barred: &BTreeSet<usize>,
    ) -> Option<Vec<Move>> {
        let [from, to] = (*self.ends.get(count)?)?;
        let start: Stop = from.map(|(sum, sign)| (sum, sign * by));
        let goal: Stop = to.map(|(sum, sign)| (sum, -sign * by));
        if from.is_none() && to.is_none() {
            return Some(Vec::new());
        }
        let mut reached = Reached::from(start, self.at.len());
        let mut open = BinaryHeap::from([Reverse((0, start))]);
        'search: while let Some(Reverse((cost, stop))) = open.pop() {
            if stop == goal {
                break;
            }
            if reached.cost(stop) < cost {
                continue;
            }
            for (moved, next) in self.onward(table, stop, barred) {
                let through = cost.saturating_add(price(table.get(moved.0)));
                if through < reached.cost(next) {
                    reached.set(next, (through, Some((stop, moved))));
                    // Whatever is still open costs as much, and one more count at least.
                    if next == goal && through == cost + PASSED {
                        break 'search;
                    }
                    open.push(Reverse((through, next)));
                }
            }
        }
        reached.way_to(goal)
    }

    /// What can move at a stop so that it is balanced, and where that leads.
    fn onward(&self, table: &[Count], stop: Stop, barred: &BTreeSet<usize>) -> Vec<(Move, Stop)> {
        let mut onward = Vec::new();
        let edges = match stop {
            Some((sum, _)) => self.at.get(sum),
            None => Some(&self.beyond),
        };
        for edge in edges
            .into_iter()
            .flatten()
            .filter(|edge| !barred.contains(edge))
        {
            let (Some(Some([one, other])), Some(count)) = (self.ends.get(*edge), table.get(*edge))
            else {
                continue;
            };
            let here = |end: &End| end.map(|(sum, _)| sum) == stop.map(|(sum, _)| sum);
            let (near, far) = if here(one) {
                (one, other)
            } else {
                (other, one)
            };
            let ways: &[i64] = match (stop, near) {
                (Some((_, unbalanced)), Some((_, sign))) if unbalanced * sign > 0 => &[-1],
                (Some(_), Some(_)) => &[1],
                (None, _) | (_, None) => &[1, -1],
            };
            for by in ways.iter().filter(|by| can_move(*count, **by)) {
                onward.push(((*edge, *by), far.map(|(sum, sign)| (sum, sign * by))));
            }
        }
        onward
    }
}

/// Stops by what it costs to come there, and from where one comes.
struct Reached(Vec<Step>);

/// What it costs, and the stop before with the move from there; none at the start.
type Step = (u64, Option<(Stop, Move)>);

impl Reached {
    fn from(start: Stop, sums: usize) -> Self {
        let mut reached = Self(vec![(u64::MAX, None); sums * 2 + 1]);
        reached.set(start, (0, None));
        reached
    }

    /// The end beyond all sums comes first, then each sum by its two signs.
    fn place(stop: Stop) -> usize {
        stop.map_or(0, |(sum, sign)| sum * 2 + if sign > 0 { 2 } else { 1 })
    }

    fn cost(&self, stop: Stop) -> u64 {
        self.0
            .get(Self::place(stop))
            .map_or(u64::MAX, |(cost, _)| *cost)
    }

    fn set(&mut self, at: Stop, step: Step) {
        if let Some(found) = self.0.get_mut(Self::place(at)) {
            *found = step;
        }
    }

    /// The moves to a stop; nothing where none lead there.
    fn way_to(&self, goal: Stop) -> Option<Vec<Move>> {
        if self.cost(goal) == u64::MAX {
            return None;
        }
        let (mut way, mut at) = (Vec::new(), goal);
        while let Some((_, Some((before, moved)))) = self.0.get(Self::place(at)) {
            way.push(*moved);
            at = *before;
        }
        Some(way)
    }
}

/// Whether a count can move in a direction, withheld for the purpose if need be. Zero that is shown stays
/// shown.
fn can_move(count: Count, by: i64) -> bool {
    match count.sight {
        Sight::Known => false,
        Sight::Shown => count.is > 1,
        Sight::Withheld | Sight::Unseen => by > 0 || count.room() > 0,
    }
}

fn price(count: Option<&Count>) -> u64 {
    match count {
        Some(count) if count.sight == Sight::Shown => {
            WITHHELD.saturating_add(u64::try_from(count.is).unwrap_or(0))
        }
        Some(_) | None => PASSED,
    }
}

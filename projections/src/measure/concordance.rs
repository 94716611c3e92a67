//! How often a model ranks two persons rightly: the concordance index.
//!
//! Sources: Harrell, Califf, Pryor, Lee and Rosati (1982); Therneau and Watson (2015) for rows with a
//! start. Checked against `concordance(coxph(...))` of the R package `survival`.

use std::collections::BTreeMap;

use super::cox::Row;
use super::real;

/// Pairs in which one person fails while the other is at risk and does not fail at the same time.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Concordance {
    /// The one who fails had the higher risk.
    pub concordant: u64,
    /// The one who fails had the lower risk.
    pub discordant: u64,
    /// Both had the same risk.
    pub tied: u64,
}

impl Concordance {
    /// Share of pairs ranked rightly, a tie counting half: 0.5 is chance. `None` without a pair.
    pub fn index(self) -> Option<f64> {
        let pairs = real(self.concordant) + real(self.discordant) + real(self.tied);
        (pairs > 0.0).then(|| (real(self.concordant) + real(self.tied) / 2.0) / pairs)
    }

    /// Counts pairs within strata. `risks` holds one risk per row; a higher one is to fail sooner.
    pub(super) fn of(rows: &[Row], risks: &[f64]) -> Self {
        let mut strata: BTreeMap<u32, Vec<(&Row, f64)>> = BTreeMap::new();
        for (row, risk) in rows.iter().zip(risks) {
            strata.entry(row.stratum).or_default().push((row, *risk));
        }
        let mut pairs = Self::default();
        for stratum in strata.values() {
            pairs.add_stratum(stratum);
        }
        pairs
    }

    /// From the last failure time to the first, with everybody at risk held by rank.
    fn add_stratum(&mut self, rows: &[(&Row, f64)]) {
        let mut ranks: Vec<f64> = rows.iter().map(|(_, risk)| *risk).collect();
        ranks.sort_by(f64::total_cmp);
        ranks.dedup_by(|a, b| a.total_cmp(b).is_eq());
        let rank = |risk: f64| ranks.partition_point(|known| known.total_cmp(&risk).is_lt());

        let mut failing: BTreeMap<i64, Vec<(usize, u64)>> = BTreeMap::new();
        for (row, risk) in rows.iter().filter(|(row, _)| row.event) {
            let at = failing.entry(row.stop).or_default();
            at.push((rank(*risk), row.count));
        }
        let mut joining: Vec<&(&Row, f64)> = rows.iter().collect();
        // Of those who leave at one time, the censored stand last and so join first.
        joining.sort_by_key(|(row, _)| (row.stop, !row.event));
        let mut leaving: Vec<&(&Row, f64)> = rows.iter().collect();
        leaving.sort_by_key(|(row, _)| row.start);

        let mut at_risk = Ranked::new(ranks.len());
        for (time, failures) in failing.iter().rev() {
            let outlasts = |row: &Row| row.stop > *time || (row.stop == *time && !row.event);
            while let Some((row, risk)) = joining.pop_if(|(row, _)| outlasts(row)) {
                at_risk.add(rank(*risk), row.count);
            }
            let gone = |(row, _): &mut &(&Row, f64)| row.start.is_some_and(|start| start >= *time);
            while let Some((row, risk)) = leaving.pop_if(gone) {
                at_risk.remove(rank(*risk), row.count);
            }
            for (rank, count) in failures {
                let below = at_risk.below(*rank);
                let equal = at_risk.below(rank + 1) - below;
                let above = at_risk.total - below - equal;
                self.concordant += below * count;
                self.tied += equal * count;
                self.discordant += above * count;
            }
        }
    }
}

/// Counts by rank with sums up to a rank: a binary indexed tree (Fenwick 1994).
struct Ranked {
    sums: Vec<u64>,
    total: u64,
}

impl Ranked {
    fn new(ranks: usize) -> Self {
        Self {
            sums: vec![0; ranks + 1],
            total: 0,
        }
    }

    fn each(&mut self, rank: usize, change: impl Fn(&mut u64)) {
        let mut place = rank + 1;
        while let Some(sum) = self.sums.get_mut(place) {
            change(sum);
            place += place & place.wrapping_neg();
        }
        change(&mut self.total);
    }

    fn add(&mut self, rank: usize, count: u64) {
        self.each(rank, |sum| *sum += count);
    }

    fn remove(&mut self, rank: usize, count: u64) {
        self.each(rank, |sum| *sum -= count);
    }

    /// How many have a rank below `rank`.
    fn below(&self, rank: usize) -> u64 {
        let mut place = rank;
        let mut below = 0;
        while let Some(sum) = self.sums.get(place).filter(|_| place > 0) {
            below += sum;
            place &= place - 1;
        }
        below
    }
}

//! Cohorts followed through fixed windows: answers that know whether they are final, the ladder from
//! small groups to wide ones, and failure year by year.
//!
//! Windows are half-open, `[origin, origin + window)`, while a curve at a time includes that time: the
//! share within a window of `w` units is one minus the curve at `w - 1`.
//!
//! Sources: maturity and the waiting time for proof as in the proven-reoffending statistics of the
//! Ministry of Justice of England and Wales; cumulative, annual and first-failure figures as in the
//! Bureau of Justice Statistics' *Recidivism of Prisoners Released* (Durose, Cooper and Snyder 2014;
//! Alper, Durose and Markman 2018). Wilson (1927) for the ladder's intervals. No R function does this;
//! without censoring the first-failure figures are those of `survfit`.

use std::collections::BTreeMap;

use super::proportion::Proportion;

/// A window after the origin, in the caller's unit. Calendar months have unlike lengths: the caller
/// measures them from each origin.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Window {
    closes: i64,
    final_from: i64,
}

impl Window {
    /// Failures before `closes` count, and from `final_from` on the answer stands: the time between is
    /// for failures that happened in the window to be proven. `None` if it would stand before the
    /// window closes.
    pub const fn new(closes: i64, final_from: i64) -> Option<Self> {
        if final_from >= closes {
            Some(Self { closes, final_from })
        } else {
            None
        }
    }
}

/// What has become of a person, in time since the origin.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fate {
    /// Failed.
    Failed {
        /// When it happened.
        at: i64,
        /// When it was proven; `at` where the definition asks for no proof.
        proven: i64,
    },
    /// Something came first that rules a failure out: death, re-migration, renewed removal.
    Competed(i64),
    /// Observation ended.
    Censored(i64),
    /// Nothing yet.
    Open,
}

/// Whether a person failed within a window.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Answer {
    /// Yes.
    Yes,
    /// No.
    No,
    /// No, and a failure had become impossible within it.
    Competed,
    /// Nobody knows: observation ended before the answer could stand.
    Lost,
    /// The answer does not stand yet, whatever is known so far.
    NotYet,
}

impl Fate {
    /// The answer `elapsed` units after the origin.
    ///
    /// Maturity depends on time alone. Were early failures to count before their window has closed,
    /// while others wait, every running cohort would look worse than it is.
    pub const fn within(self, window: Window, elapsed: i64) -> Answer {
        if elapsed < window.final_from {
            return Answer::NotYet;
        }
        match self {
            Self::Failed { at, proven } if at < window.closes && proven < window.final_from => {
                Answer::Yes
            }
            Self::Competed(at) if at < window.closes => Answer::Competed,
            Self::Censored(at) if at < window.final_from => Answer::Lost,
            Self::Failed { .. } | Self::Competed(_) | Self::Censored(_) | Self::Open => Answer::No,
        }
    }
}

/// Persons by answer.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Tally {
    /// Failed within the window.
    pub yes: u64,
    /// Did not.
    pub no: u64,
    /// Could not any more.
    pub competed: u64,
    /// Lost before the answer stood.
    pub lost: u64,
    /// Window still running, or proof still awaited.
    pub not_yet: u64,
}

impl Tally {
    /// Adds persons.
    pub const fn add(&mut self, answer: Answer, persons: u64) {
        let sum = match answer {
            Answer::Yes => &mut self.yes,
            Answer::No => &mut self.no,
            Answer::Competed => &mut self.competed,
            Answer::Lost => &mut self.lost,
            Answer::NotYet => &mut self.not_yet,
        };
        *sum = sum.saturating_add(persons);
    }

    /// Everybody, whatever the answer.
    pub const fn persons(self) -> u64 {
        self.mature()
            .saturating_add(self.lost)
            .saturating_add(self.not_yet)
    }

    const fn mature(self) -> u64 {
        self.yes
            .saturating_add(self.no)
            .saturating_add(self.competed)
    }

    /// Nobody's answer is still to come.
    pub const fn is_final(self) -> bool {
        self.not_yet == 0
    }

    /// The share of yes among answers that stand, `None` without one. Show [`Self::not_yet`] and
    /// [`Self::lost`] beside it; where many are lost, ask the curve instead.
    pub const fn share(self) -> Option<Proportion> {
        Proportion::new(self.yes, self.mature())
    }
}

/// Tallies by cohort and window; both are the caller's names for them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CohortTable<C, W> {
    cells: BTreeMap<(C, W), Tally>,
}

impl<C, W> Default for CohortTable<C, W> {
    fn default() -> Self {
        Self {
            cells: BTreeMap::new(),
        }
    }
}

impl<C: Ord, W: Ord> CohortTable<C, W> {
    /// Adds persons of a cohort with one answer for a window.
    pub fn add(&mut self, cohort: C, window: W, answer: Answer, persons: u64) {
        let cell = self.cells.entry((cohort, window)).or_default();
        cell.add(answer, persons);
    }

    /// Every cohort and window that somebody is in, in order.
    pub fn cells(&self) -> impl Iterator<Item = (&C, &W, Tally)> {
        self.cells.iter().map(|((c, w), tally)| (c, w, *tally))
    }

    /// All cohorts together, for one window.
    pub fn total(&self, window: &W) -> Tally {
        let mut total = Tally::default();
        for (_, _, tally) in self.cells().filter(|(_, known, _)| *known == window) {
            total.add(Answer::Yes, tally.yes);
            total.add(Answer::No, tally.no);
            total.add(Answer::Competed, tally.competed);
            total.add(Answer::Lost, tally.lost);
            total.add(Answer::NotYet, tally.not_yet);
        }
        total
    }
}

/// When a group says enough by itself.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Enough {
    /// Level of the interval, for instance 0.95.
    pub level: f64,
    /// Its greatest width, as a share: 0.1 is ten points of a hundred.
    pub width_max: f64,
    /// The smallest group whose share may be shown.
    pub persons_min: u64,
}

/// The rung of a ladder on which an answer is given.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Rung<L> {
    /// The group.
    pub label: L,
    /// How many rungs were too narrow a group before it.
    pub climbed: usize,
    /// Its share.
    pub share: Proportion,
    /// Wilson's interval of the share.
    pub interval: (f64, f64),
    /// It says enough; otherwise it is the widest group there is, and still does not.
    pub enough: bool,
}

/// Why a ladder cannot be climbed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum LadderError {
    /// A wider group holds all persons of the one before it.
    #[error("rung {rung} of the ladder does not hold the one before it")]
    NotWider {
        /// The rung, from 0.
        rung: usize,
    },
    /// There is nobody on any rung, or the level is not strictly between 0 and 1.
    #[error("no rung of the ladder has an interval")]
    Nobody,
}

/// Climbs from the narrowest group to wider ones (this site, this country, the region), each given as
/// a label, how many failed, and of how many, until one says enough. If none does, the answer is the
/// widest, marked so.
///
/// # Errors
/// A rung that does not hold the one before it; a ladder without anybody.
pub fn roll_up<L>(
    rungs: impl IntoIterator<Item = (L, u64, u64)>,
    enough: Enough,
) -> Result<Rung<L>, LadderError> {
    let mut best = None;
    let mut before = (0, 0);
    for (climbed, (label, part, whole)) in rungs.into_iter().enumerate() {
        let rest = whole.checked_sub(part);
        let Some(rest) = rest.filter(|rest| part >= before.0 && *rest >= before.1) else {
            return Err(LadderError::NotWider { rung: climbed });
        };
        before = (part, rest);
        let share = Proportion::new(part, whole);
        let Some((share, interval)) = share.and_then(|s| Some((s, s.wilson(enough.level)?))) else {
            continue;
        };
        let narrow = interval.1 - interval.0 <= enough.width_max;
        let rung = Rung {
            label,
            climbed,
            share,
            interval,
            enough: narrow && whole >= enough.persons_min,
        };
        if rung.enough {
            return Ok(rung);
        }
        best = Some(rung);
    }
    best.ok_or(LadderError::Nobody)
}

/// Persons with the same failures, in time since the origin.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct History {
    /// When they failed, each time, in any order.
    pub failures: Vec<i64>,
    /// They have been observed up to, and not including, this time.
    pub observed_to: i64,
    /// How many persons.
    pub persons: u64,
}

/// Failure within one period, among those observed to its end. Three figures that people mix up.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Period {
    /// First time of the period.
    pub from: i64,
    /// The period ends before this time.
    pub to: i64,
    /// Persons observed to its end.
    pub observed: u64,
    /// Of them, those who failed at least once by its end.
    pub failed_by: u64,
    /// Of them, those who failed at least once within it, whether or not they had before.
    pub failed_within: u64,
    /// Of them, those free of failure until it began.
    pub free_before: u64,
    /// Of those, the ones who failed within it: for the first time.
    pub first_failed: u64,
}

impl Period {
    /// Cumulative: failed at least once since the origin, of all observed. It never falls in a closed
    /// cohort.
    pub const fn cumulative(self) -> Option<Proportion> {
        Proportion::new(self.failed_by, self.observed)
    }

    /// Annual: failed within the period, of all observed.
    pub const fn annual(self) -> Option<Proportion> {
        Proportion::new(self.failed_within, self.observed)
    }

    /// First-failure hazard: failed for the first time within the period, of those free until then.
    pub const fn first_failure(self) -> Option<Proportion> {
        Proportion::new(self.first_failed, self.free_before)
    }
}

/// Failure period by period. `bounds` are the ends of periods, the first of which begins at 0:
/// `[365, 730]` is two years. A bound not above the one before it makes an empty period in which
/// nobody fails. For censoring within a period see
/// [`super::survival::Curve::first_failure_within`].
pub fn periods(histories: &[History], bounds: &[i64]) -> Vec<Period> {
    let starts = std::iter::once(0).chain(bounds.iter().copied());
    starts
        .zip(bounds)
        .map(|(from, to)| period(histories, from, *to))
        .collect()
}

fn period(histories: &[History], from: i64, to: i64) -> Period {
    let mut period = Period {
        from,
        to,
        ..Period::default()
    };
    let count = |sum: &mut u64, is: bool, history: &History| {
        *sum = sum.saturating_add(if is { history.persons } else { 0 });
    };
    for history in histories.iter().filter(|h| h.observed_to >= to) {
        let first = history.failures.iter().copied().min();
        let within = history.failures.iter().any(|at| *at >= from && *at < to);
        let free = first.is_none_or(|at| at >= from);
        let failed_by = first.is_some_and(|at| at < to);
        count(&mut period.observed, true, history);
        count(&mut period.failed_by, failed_by, history);
        count(&mut period.failed_within, within, history);
        count(&mut period.free_before, free, history);
        count(&mut period.first_failed, free && within, history);
    }
    period
}

//! From a history to outcomes: one for every origin that the definition counts from.
//!
//! One walk serves both the figures and the trace: a [`Witness`] is told of every judgement, and the
//! figures' witness listens to none of them.

mod ends;
mod judge;
mod starts;
mod witness;

use homeward_events::justice::Severity;
use homeward_events::time::{add_days, days_between};
use jiff::civil::Date;

use self::judge::{Fact, each_fact};
pub(super) use self::witness::{NoFailure, Verdict, What, Witness};
use super::Definition;
use super::terms::{Unit, Which};
use crate::histories::{Arrival, History, PartingKind, Past};

/// What became of one person, or journey, from one origin on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Outcome<'h> {
    /// The journey that the origin belongs to.
    pub past: &'h Past,
    /// The reception that the person is counted by.
    pub arrival: &'h Arrival,
    /// The day from which time is counted.
    pub origin: Date,
    /// First day at risk: the origin, or later where the definition gives grace.
    pub at_risk_from: Date,
    /// Failures that count, by the definition's clock, while observed and at risk; the first one is
    /// the person's failure.
    pub failures: Vec<Failed>,
    /// How observation ended, or would have ended without a failure.
    pub stop: Stop,
    /// Time not at risk, in order, none overlapping another.
    pub gaps: Vec<Gap>,
    /// Everything that can be proven in time is known on the reference day. Until then no answer
    /// about this person stands.
    pub mature: bool,
}

/// A failure that counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Failed {
    /// Its day by the definition's clock.
    pub on: Date,
    /// The place of its cause among [`Definition::causes`].
    pub cause: u16,
    /// The day on which it was proven, or otherwise became a fact.
    pub proven: Date,
    /// How serious the offence was, where it was one and that was told.
    pub severity: Option<Severity>,
}

/// How observation ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Stop {
    /// The day.
    pub on: Date,
    /// How.
    pub kind: StopKind,
}

/// The ways in which observation can end without a failure.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum StopKind {
    /// The definition counts no failure after this day.
    Complete,
    /// A failure had become impossible.
    Competed(PartingKind),
    /// A failure could no longer be seen.
    Censored(PartingKind),
    /// Not at all: the reference day came first.
    Open,
}

/// Time not at risk: the days after `from` and before `to`. Whoever enters custody in the morning
/// was free until then, and whoever leaves it is free that day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Gap {
    /// The day on which it began.
    pub from: Date,
    /// The day on which it had ended; the day after the reference day while it lasts.
    pub to: Date,
}

impl Gap {
    /// Whether a day lies in it.
    pub fn holds(self, day: Date) -> bool {
        self.from < day && day < self.to
    }
}

impl Outcome<'_> {
    /// The failure that ended the person's time, if one did.
    pub fn failed(&self) -> Option<Failed> {
        self.failures.first().copied()
    }

    /// The day on which the person's time ended, by a failure or otherwise.
    pub fn ended(&self) -> Date {
        self.failed().map_or(self.stop.on, |failed| failed.on)
    }
}

/// Where one course of time begins.
struct Start<'h> {
    past: &'h Past,
    arrival: &'h Arrival,
    on: Date,
    /// The journeys whose facts count.
    scope: &'h [Past],
}

impl Definition {
    /// What became of a person, as known on a day: an outcome for every origin that the definition
    /// counts from, in order of time, and none for somebody outside its population.
    pub fn evaluate<'h>(&self, history: &'h History, on: Date) -> Vec<Outcome<'h>> {
        let mut outcomes = Vec::new();
        self.walk(history, on, &mut (), &mut |outcome| outcomes.push(outcome));
        outcomes
    }

    pub(super) fn walk<'h>(
        &self,
        history: &'h History,
        on: Date,
        witness: &mut impl Witness,
        visit: &mut impl FnMut(Outcome<'h>),
    ) {
        match self.terms().origin.unit {
            Unit::Person => self.walk_scope(&history.journeys, on, witness, visit),
            Unit::Journey => {
                for past in &history.journeys {
                    self.walk_scope(std::slice::from_ref(past), on, witness, visit);
                }
            }
        }
    }

    fn walk_scope<'h>(
        &self,
        scope: &'h [Past],
        on: Date,
        witness: &mut impl Witness,
        visit: &mut impl FnMut(Outcome<'h>),
    ) {
        let origin = self.terms().origin;
        let mut begun = false;
        self.starts(scope, &mut |start| {
            let what = What::Origin(origin.event);
            witness.turn(start.past);
            if start.on > on {
                witness.note(start.on, what, Verdict::NotKnownYet);
            } else if begun && origin.which == Which::First {
                witness.note(start.on, what, Verdict::NotFirst);
            } else {
                begun = true;
                if let Some(condition) = self.outside(start.past, start.arrival) {
                    witness.note(start.on, what, Verdict::OutsidePopulation(condition));
                } else {
                    witness.note(start.on, what, Verdict::Begins);
                    visit(self.follow(&start, on, witness));
                }
            }
        });
    }

    fn follow<'h>(&self, start: &Start<'h>, on: Date, witness: &mut impl Witness) -> Outcome<'h> {
        let grace = self.terms().grace;
        let at_risk_from = add_days_quickly(start.on, grace.after_origin_days);
        let gaps = self.gaps(start, on, witness);
        let stop = self.stop(start, on, witness);
        let mut found: Vec<(Failed, Fact<'h>)> = Vec::new();
        each_fact(start, &mut |fact| {
            for (rule, cause) in self.rules(fact.event) {
                match self.judge(rule, &fact, start, on) {
                    Err(why) => witness.note(fact.told.on.0, What::Fact(fact), Verdict::Not(why)),
                    Ok((day, proven)) => {
                        let severity = fact.case.and_then(|case| case.severity);
                        found.push((
                            Failed {
                                on: day,
                                cause,
                                proven,
                                severity,
                            },
                            fact,
                        ));
                    }
                }
            }
        });
        found.sort_by_key(|(failed, _)| *failed);
        let mut failures: Vec<Failed> = Vec::new();
        for (failed, fact) in found {
            let apart = failures.last().is_none_or(|last| {
                let since = days_between(last.on, failed.on);
                since > i32::from(grace.between_failures_days) || grace.between_failures_days == 0
            });
            let why = if failed.on > stop.on {
                Some(NoFailure::AfterTheEnd)
            } else if failed.on < at_risk_from {
                Some(NoFailure::InGrace)
            } else if gaps.iter().any(|gap| gap.holds(failed.on)) {
                Some(NoFailure::NotAtRisk)
            } else if !apart {
                Some(NoFailure::SameAsBefore)
            } else {
                None
            };
            let verdict = if let Some(why) = why {
                Verdict::Not(why)
            } else {
                failures.push(failed);
                Verdict::Fails {
                    first: failures.len() == 1,
                }
            };
            witness.note(failed.on, What::Fact(fact), verdict);
        }
        let mature = self.mature_on(start.on) <= on;
        if !mature {
            witness.note(on, What::Day, Verdict::NotMature);
        }
        Outcome {
            past: start.past,
            arrival: start.arrival,
            origin: start.on,
            at_risk_from,
            failures,
            stop,
            gaps,
            mature,
        }
    }
}

/// Most definitions give no grace, and calendar arithmetic over everybody is not free.
fn add_days_quickly(day: Date, days: u16) -> Date {
    if days == 0 {
        day
    } else {
        add_days(day, i32::from(days))
    }
}

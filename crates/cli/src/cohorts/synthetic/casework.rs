//! Casework: plans, instruments and follow-ups.

use std::collections::{BTreeMap, BTreeSet};

use homeward_events::Body;
use homeward_events::assessment::{Completed as Assessed, InstrumentRef};
use homeward_events::follow_up::{
    Completed, LifeArea, Missed, MissedReason, Rescheduled, Scheduled, Standing,
};
use homeward_events::id::{GoalId, PlanId, ScheduleKey};
use homeward_events::plan::{
    Agreed, ApprovalDecision, Approved, Goal, GoalProgress, GoalReview, Reviewed,
};
use homeward_events::time::add_months;
use homeward_events::vocabulary::{Answer, Channel, DeliveryMode, Dimension, Level, Missing, Wave};
use homeward_projections::instrument::{DimensionScore, Instrument, Item};

use super::person::Return;
use super::random::Random;
use super::story::{Desk, Moment, Note, Story};
use crate::cohorts::word;

/// Questions of each dimension whose answers are drawn in the course of the story.
const ITEMS: u8 = 3;

/// One asking of the schedule.
#[derive(Debug, Clone, Copy)]
pub(super) struct Asking {
    pub(super) wave: Wave,
    months: i32,
}

/// A month after arrival: all that most people are asked.
pub(super) const FIRST_ASKING: Asking = Asking {
    wave: Wave::Month1,
    months: 1,
};
/// The schedule of a full case.
pub(super) const ASKINGS: [Asking; 3] = [
    Asking {
        wave: Wave::Month3,
        months: 3,
    },
    Asking {
        wave: Wave::Month6,
        months: 6,
    },
    Asking {
        wave: Wave::Month12,
        months: 12,
    },
];

impl Asking {
    fn key(self) -> ScheduleKey {
        word(self.wave.as_str())
    }

    fn due(self, back: &Return) -> Moment {
        Moment::on(add_months(back.arrives.day(), self.months), 0)
    }
}

impl Story<'_> {
    /// What the example instrument says of a person at a wave.
    pub(super) fn assessed(&mut self, back: &Return, wave: Wave, delivery: DeliveryMode) -> Body {
        let months = match wave {
            Wave::Baseline | Wave::Extra => 0,
            Wave::Month1 => 1,
            Wave::Month3 => 3,
            Wave::Month6 => 6,
            Wave::Month12 | Wave::Endline => 12,
        };
        // People get on their feet with time, less so when help came by referral only.
        let pace = if delivery == DeliveryMode::Referral {
            1
        } else {
            2
        };
        let (instrument, mut answers) = (self.place.instrument, BTreeMap::new());
        for dimension in Dimension::ALL {
            let level = back.standing + months * pace + self.random.between(-18, 18);
            // Questions beyond the first few are drawn aside, so that however long an instrument is,
            // the rest of the story stays the same.
            let mut aside = self.random.aside();
            for (item, nth) in items_of(instrument, *dimension).zip(0..) {
                let random = if nth < ITEMS {
                    &mut self.random
                } else {
                    &mut aside
                };
                answers.insert(item.id.clone(), answered(random, level));
            }
        }
        let scores = instrument.score(&answers);
        let of = |(dimension, of): (&Dimension, &DimensionScore)| Some((*dimension, of.score?));
        Body::from(Assessed {
            instrument: InstrumentRef {
                id: instrument.id.clone(),
                version: instrument.version,
                digest: Some(instrument.digest.clone()),
            },
            wave,
            answers,
            scores: scores.dimensions.iter().filter_map(of).collect(),
            overall: scores.overall,
            delivery: Some(delivery),
            assessor: self.random.pick(&self.place.workers).cloned(),
            personal: None,
        })
    }

    /// Agreed, decided on and reviewed: the keys of its goals.
    pub(super) fn plan(&mut self, back: &Return, at: Moment) -> BTreeSet<GoalId> {
        let id = PlanId::from_uuid(self.uuid());
        let names = [
            ("work", Dimension::Economic),
            ("home", Dimension::Social),
            ("papers", Dimension::Social),
            ("peace-of-mind", Dimension::Psychosocial),
        ];
        let from = usize::from(self.random.few(0, 2));
        let goals: Vec<Goal> = names
            .iter()
            .skip(from)
            .take(2)
            .map(|(name, dimension)| Goal {
                id: word(name),
                dimension: *dimension,
                level: self.random.weighted(
                    Level::Individual,
                    &[(150, Level::Community), (50, Level::Structural)],
                ),
                due_on: Some(at.days_on(180).civil()),
                summary: None,
            })
            .collect();
        let keys: BTreeSet<GoalId> = goals.iter().map(|goal| goal.id.clone()).collect();
        let programme = Some(self.place.programme.clone());
        let agreed = Agreed {
            plan: id,
            programme,
            goals,
            personal: None,
        };
        self.tell(Note::on(at, Desk::Office), agreed);
        self.approve(id, at);
        for days in [(85, 100), (175, 200)] {
            let at = self.workday(back.arrives, days);
            if !self.over(at) {
                self.review(id, &keys, at);
            }
        }
        keys
    }

    fn approve(&mut self, plan: PlanId, agreed: Moment) {
        let mut at = agreed;
        let decisions = self.random.weighted(
            [Some(ApprovalDecision::Approved), None],
            &[
                (
                    100,
                    [
                        Some(ApprovalDecision::SentBack),
                        Some(ApprovalDecision::Approved),
                    ],
                ),
                (30, [Some(ApprovalDecision::Rejected), None]),
            ],
        );
        for decision in decisions.into_iter().flatten() {
            at = self.workday(at, (1, 6));
            if self.over(at) {
                return;
            }
            let approver = self.place.supervisor.clone();
            self.tell(
                Note::on(at, Desk::Supervisor),
                Approved {
                    plan,
                    decision,
                    approver,
                },
            );
        }
    }

    fn review(&mut self, plan: PlanId, goals: &BTreeSet<GoalId>, at: Moment) {
        let goals = goals
            .iter()
            .map(|id| GoalReview {
                id: id.clone(),
                progress: self.random.weighted(
                    GoalProgress::UnderWay,
                    &[
                        (200, GoalProgress::NotBegun),
                        (300, GoalProgress::Reached),
                        (60, GoalProgress::GivenUp),
                    ],
                ),
            })
            .collect();
        let reviewed = Reviewed {
            plan,
            goals,
            added: Vec::new(),
            personal: None,
        };
        self.tell(Note::on(at, Desk::Office), reviewed);
    }

    /// Schedules these askings in one go, and asks. The ones that are still to take place.
    pub(super) fn follow_up(
        &mut self,
        back: &Return,
        at: Moment,
        askings: &[Asking],
        delivery: DeliveryMode,
    ) -> Vec<ScheduleKey> {
        let scheduled = askings
            .iter()
            .map(|asking| {
                let due = asking.due(back);
                Body::from(Scheduled {
                    key: asking.key(),
                    wave: asking.wave,
                    due_on: due.civil(),
                    opens_on: Some(due.days_on(-14).civil()),
                    closes_on: Some(due.days_on(14).civil()),
                    channel: Some(Channel::Phone),
                    assigned_to: self.random.pick(&self.place.workers).cloned(),
                })
            })
            .collect();
        self.tell_together(Note::on(at, Desk::Office), scheduled);
        let mut open = Vec::new();
        for asking in askings {
            if !self.ask(back, *asking, delivery) {
                open.push(asking.key());
            }
        }
        open
    }

    /// One asking, moved or tried in vain at times. Whether it took place.
    fn ask(&mut self, back: &Return, asking: Asking, delivery: DeliveryMode) -> bool {
        let mut at = self.workday(asking.due(back), (-3, 6));
        for attempt in 1..=2 {
            if self.over(at) {
                return false;
            }
            match self.random.below(100) {
                0..62 => {
                    self.answer(back, asking, at, delivery);
                    return true;
                }
                62..75 => {
                    let moved = Rescheduled {
                        key: asking.key(),
                        due_on: at.days_on(14).civil(),
                        closes_on: Some(at.days_on(28).civil()),
                        reason: self.random.chance(300).then(|| "storm warning".to_owned()),
                    };
                    self.tell(Note::on(at, Desk::Office), moved);
                    at = self.workday(at, (10, 18));
                }
                _ => {
                    let reason = self.random.weighted(
                        MissedReason::Unreachable,
                        &[
                            (120, MissedReason::Refused),
                            (60, MissedReason::WorkerUnavailable),
                            (50, MissedReason::PlaceUnreachable),
                            (30, MissedReason::NotSafe),
                            (30, MissedReason::Other),
                        ],
                    );
                    let missed = Missed {
                        key: asking.key(),
                        reason,
                        attempt: Some(attempt),
                    };
                    self.tell(Note::on(at, Desk::Office), missed);
                    at = self.workday(at, (3, 10));
                }
            }
        }
        false
    }

    fn answer(&mut self, back: &Return, asking: Asking, at: Moment, delivery: DeliveryMode) {
        let better = u32::try_from(back.standing.clamp(0, 100)).unwrap_or_default() * 6;
        let mut findings = BTreeMap::new();
        for area in LifeArea::ALL {
            if !self.random.chance(600) {
                continue;
            }
            let finding = if self.random.chance(60) {
                Answer::Missing(Missing::RefusedToSay)
            } else {
                let others = [(better, Standing::Better), (200, Standing::Worse)];
                Answer::Known(self.random.weighted(Standing::Same, &others))
            };
            findings.insert(*area, finding);
        }
        let completed = Completed {
            key: asking.key(),
            channel: self.random.weighted(
                Channel::Phone,
                &[
                    (150, Channel::Office),
                    (120, Channel::HomeVisit),
                    (100, Channel::Message),
                    (20, Channel::Video),
                    (80, Channel::ThirdParty),
                ],
            ),
            findings,
            next_on: None,
            personal: None,
        };
        let mut bodies = vec![Body::from(completed)];
        if asking.wave != Wave::Month1 && self.random.chance(850) {
            bodies.push(self.assessed(back, asking.wave, delivery));
        }
        self.tell_together(Note::on(at, Desk::Office), bodies);
    }
}

fn items_of(instrument: &Instrument, dimension: Dimension) -> impl Iterator<Item = &Item> {
    let items = instrument.items.iter();
    items.filter(move |item| item.dimension == dimension)
}

/// An answer of somebody who stands at `level` of 0 to 99; now and then there is none.
fn answered(random: &mut Random, level: i64) -> Answer<u8> {
    if random.chance(50) {
        let others = [Missing::NotKnown, Missing::RefusedToSay];
        return Answer::Missing(random.one_of(Missing::NotAsked, &others));
    }
    let option = (level + random.between(-15, 15)).clamp(0, 99) / 20;
    Answer::Known(u8::try_from(option).unwrap_or_default())
}

//! How journeys end: closed, left, lost, died; and how some begin again.

use homeward_events::Body;
use homeward_events::assistance::AssistanceKind;
use homeward_events::departure::{
    ContactLost, ContactRegained, DeathCause, Died, MovedAway, Remigrated, RemovedAgain,
};
use homeward_events::follow_up::{CancelReason, Cancelled, Rescheduled};
use homeward_events::id::{ReferralId, ScheduleKey, SpellId};
use homeward_events::lifecycle::{Closed, ClosureReason, Reopened};
use homeward_events::referral::{WithdrawReason, Withdrawn, WithdrawnBy};
use homeward_events::status::{Ended, SpellEnd};
use homeward_events::time::Precision;
use homeward_events::vocabulary::{Channel, DeliveryMode, ReturnType};

use super::person::Return;
use super::random::Random;
use super::story::{Desk, Moment, Note, Story};

/// How much there is to tell.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Depth {
    /// Announced, and never received.
    Absent,
    /// Leaves after reception.
    Brief,
    /// A full case.
    Full,
    /// A case with many referrals.
    Long,
    /// One with a service of many sessions besides.
    Tail,
}

/// How it ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum End {
    /// Not yet.
    Open,
    /// Closed for this reason.
    Closed(ClosureReason),
    /// Left again.
    Remigrated,
    /// Was sent back a second time.
    RemovedAgain,
    /// Left the area.
    MovedAway,
    /// Out of reach.
    ContactLost,
    /// Died.
    Died,
}

/// What will become of a journey, drawn before it is told.
#[derive(Debug, Clone, Copy)]
pub(super) struct Fate {
    pub(super) depth: Depth,
    pub(super) end: End,
    /// Days from arrival to the end.
    pub(super) days: i64,
}

/// What is still to be done when a journey ends.
#[derive(Debug, Clone, Default)]
pub(super) struct Open {
    pub(super) referrals: Vec<ReferralId>,
    pub(super) follow_ups: Vec<ScheduleKey>,
    pub(super) spells: Vec<SpellId>,
}

impl Fate {
    pub(super) fn draw(random: &mut Random, depth: Depth) -> Self {
        let brief = matches!(depth, Depth::Absent | Depth::Brief);
        let reason = if brief {
            brief_reason(random)
        } else {
            full_reason(random)
        };
        let end = random.weighted(
            End::Closed(reason),
            &[
                (if brief { 260 } else { 110 }, End::Open),
                (35, End::Remigrated),
                (14, End::RemovedAgain),
                (30, End::MovedAway),
                (if brief { 130 } else { 70 }, End::ContactLost),
                (9, End::Died),
            ],
        );
        let closed = matches!(end, End::Closed(_));
        let days = match depth {
            Depth::Absent | Depth::Brief => random.between(15, if closed { 130 } else { 240 }),
            Depth::Full => random.between(if closed { 330 } else { 230 }, 450),
            Depth::Long => random.between(if closed { 400 } else { 270 }, 580),
            Depth::Tail => random.between(if closed { 600 } else { 500 }, 800),
        };
        let days = if end == End::Open { 900 } else { days };
        Self { depth, end, days }
    }
}

fn brief_reason(random: &mut Random) -> ClosureReason {
    random.one_of(
        ClosureReason::Withdrew,
        &[
            ClosureReason::NoLongerEligible,
            ClosureReason::LostToFollowUp,
            ClosureReason::TimeLimit,
            ClosureReason::Transferred,
        ],
    )
}

fn full_reason(random: &mut Random) -> ClosureReason {
    random.weighted(
        ClosureReason::PlanCompleted,
        &[
            (240, ClosureReason::TimeLimit),
            (90, ClosureReason::Withdrew),
            (30, ClosureReason::NoLongerEligible),
            (25, ClosureReason::FundingEnded),
            (10, ClosureReason::Safety),
            (10, ClosureReason::SecurityContext),
        ],
    )
}

impl Story<'_> {
    /// The end, the day after the last thing that happened at the latest.
    pub(super) fn finish(&mut self, back: &Return, end: End, open: Open) {
        let at = self.workday(self.limit, (1, 1));
        match end {
            End::Open => {}
            End::Closed(reason) => {
                let planned = reason == ClosureReason::PlanCompleted && self.random.chance(100);
                if planned {
                    let ended = ContactLost {
                        last_channel: None,
                        planned: true,
                    };
                    self.tell(Note::on(at, Desk::Office), ended);
                }
                let keys = open.follow_ups.clone();
                self.close(at.hours_on(1), reason, open);
                if self.random.chance(60) {
                    self.begin_again(at, &keys);
                }
            }
            End::Remigrated => {
                let left = Remigrated {
                    to: Some(back.sender.clone()),
                    regular: self.random.chance(500).then(|| self.random.chance(300)),
                };
                self.depart(at, left, ClosureReason::Remigrated, open);
            }
            End::RemovedAgain => {
                let removed = RemovedAgain {
                    from: Some(back.sender.clone()),
                    return_type: Some(ReturnType::Deported),
                };
                self.depart(at, removed, ClosureReason::RemovedAgain, open);
            }
            End::MovedAway => {
                let moved = MovedAway {
                    to: self.random.pick(&self.place.areas).cloned(),
                };
                self.depart(at, moved, ClosureReason::MovedAway, open);
            }
            End::ContactLost => self.lose(at, open),
            End::Died => {
                let cause = self.random.one_of(
                    DeathCause::Illness,
                    &[
                        DeathCause::Accident,
                        DeathCause::Violence,
                        DeathCause::NotKnown,
                        DeathCause::Suicide,
                    ],
                );
                self.depart(at, Died { cause: Some(cause) }, ClosureReason::Died, open);
            }
        }
    }

    /// Heard of some time later, and mostly a reason to close.
    fn depart(&mut self, at: Moment, body: impl Into<Body>, reason: ClosureReason, open: Open) {
        let late = self.random.between(0, 25);
        let precision = self
            .random
            .weighted(Precision::Day, &[(120, Precision::Month)]);
        self.tell(Note::at(at, Desk::Office).to(precision).late(late), body);
        if self.random.chance(750) {
            let at = self.workday(at, (late + 32, late + 50));
            self.close(at, reason, open);
        }
    }

    fn lose(&mut self, at: Moment, open: Open) {
        let lost = ContactLost {
            last_channel: Some(self.random.one_of(Channel::Phone, &[Channel::Message])),
            planned: false,
        };
        let late = self.random.between(10, 30);
        self.tell(Note::on(at, Desk::Office).late(late), lost);
        let later = self.workday(at, (40, 90));
        if self.random.chance(350) {
            let regained = ContactRegained {
                channel: Some(self.random.one_of(Channel::Office, &[Channel::ThirdParty])),
            };
            self.tell(Note::on(later, Desk::Office), regained);
            if self.random.chance(500) {
                let at = self.workday(later, (20, 60));
                self.close(at, ClosureReason::Withdrew, open);
            }
        } else if self.random.chance(700) {
            self.close(later, ClosureReason::LostToFollowUp, open);
        }
    }

    /// Ends what is open, and closes.
    fn close(&mut self, at: Moment, reason: ClosureReason, open: Open) {
        let mut bodies: Vec<Body> = Vec::new();
        for referral in open.referrals {
            let (by, reason) = (WithdrawnBy::Sender, WithdrawReason::JourneyClosed);
            bodies.push(
                Withdrawn {
                    referral,
                    by,
                    reason,
                }
                .into(),
            );
        }
        for key in open.follow_ups {
            bodies.push(
                Cancelled {
                    key,
                    reason: CancelReason::JourneyClosed,
                }
                .into(),
            );
        }
        for spell in open.spells {
            if self.random.chance(120) {
                bodies.push(
                    Ended {
                        spell,
                        reason: SpellEnd::NotKnown,
                    }
                    .into(),
                );
            }
        }
        bodies.push(Closed { reason }.into());
        self.all(Note::at(at, Desk::Supervisor), bodies);
    }

    /// Opened again: what was cancelled is restored, something is given, and mostly it closes again.
    fn begin_again(&mut self, closed: Moment, keys: &[ScheduleKey]) {
        let at = self.workday(closed, (20, 120));
        let reason = Some("asked for help again".to_owned());
        self.tell(Note::on(at, Desk::Supervisor), Reopened { reason });
        self.limit = at.days_on(300);
        let at = self.workday(at, (1, 5));
        let restored = keys.iter().map(|key| {
            Body::from(Rescheduled {
                key: key.clone(),
                due_on: at.days_on(30).civil(),
                closes_on: None,
                reason: None,
            })
        });
        let restored: Vec<Body> = restored.collect();
        self.all(Note::on(at, Desk::Office), restored);
        let kind = self
            .random
            .one_of(AssistanceKind::Cash, &[AssistanceKind::Housing]);
        self.assist(at, kind, DeliveryMode::Direct, None, None);
        if self.random.chance(600) {
            let open = Open {
                follow_ups: keys.to_vec(),
                ..Open::default()
            };
            let at = self.workday(self.limit, (1, 30));
            self.close(at, ClosureReason::TimeLimit, open);
        }
    }
}

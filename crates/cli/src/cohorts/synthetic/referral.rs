//! Referrals: one walk through the closed loop, step by step until it ends or time does.

use std::collections::{BTreeMap, BTreeSet};

use homeward_events::Body;
use homeward_events::consent::DataCategory;
use homeward_events::id::{EventId, GoalId, ReferralId};
use homeward_events::referral::{
    Accepted, Attendance, Attended, Booked, Concluded, ContactFailed, Contacted, DeclineReason,
    Declined, DeclinedBy, Delivery, GoalOutcome, Missed, NotDeliveredReason, Priority, Received,
    Reopened, Rerouted, Sent, Started, Waitlisted, WithdrawReason, Withdrawn, WithdrawnBy,
};
use homeward_events::time::{OccurredOn, Precision};

use super::arrival::Agreement;
use super::place::Provider;
use super::story::{Desk, Moment, Note, Story};

/// How many referrals may follow one another.
const CHAIN_MAX: u8 = 3;

/// What is asked for.
#[derive(Debug, Clone)]
pub(super) struct Request<'a, 'p> {
    pub(super) agreement: &'a Agreement,
    pub(super) provider: &'p Provider,
    pub(super) goals: &'a BTreeSet<GoalId>,
    /// Sessions once the service has begun.
    pub(super) sessions: u32,
    /// Nothing of it happens from here on.
    pub(super) limit: Moment,
}

/// What became of a chain of referrals.
#[derive(Debug, Clone, Default)]
pub(super) struct Chain {
    /// Referrals that somebody still must act on.
    pub(super) open: Vec<ReferralId>,
    /// The one that delivered, with the day.
    pub(super) delivered: Option<(ReferralId, Moment)>,
}

/// How a walk ended.
enum Left<'p> {
    /// Nobody need act on it any more.
    Ended,
    /// The loop is closed, and something was delivered.
    Delivered,
    /// Refused, and nothing more.
    Declined,
    /// Passed on to another agency, under a referral of its own.
    Rerouted(ReferralId, &'p Provider),
}

struct Walk<'s, 'a, 'p> {
    story: &'s mut Story<'p>,
    request: Request<'a, 'p>,
    id: ReferralId,
    at: Moment,
    /// The last step is known to the day only: the next one happens on a later day.
    to_the_day: bool,
    last: EventId,
}

impl<'p> Story<'p> {
    /// Sends a referral, and whatever follows from it.
    pub(super) fn refer(&mut self, request: &Request<'_, 'p>, at: Moment) -> Chain {
        let mut chain = Chain::default();
        let mut request = request.clone();
        let mut id = ReferralId::from_uuid(self.uuid());
        let (mut at, mut follows, mut sender) = (at, None, Desk::Office);
        for _ in 0..CHAIN_MAX {
            if at >= request.limit || !request.agreement.lets(&request.provider.agency, at) {
                break;
            }
            let last = self.send(&request, id, follows, Note::at(at, sender));
            let mut walk = Walk {
                story: self,
                request: request.clone(),
                id,
                at,
                to_the_day: false,
                last,
            };
            let left = walk.go();
            let ended_at = walk.at;
            match left {
                None => chain.open.push(id),
                Some(Left::Ended) => {}
                Some(Left::Delivered) => chain.delivered = Some((id, ended_at)),
                Some(Left::Rerouted(new, provider)) => {
                    (follows, id, at) = (Some(id), new, ended_at.hours_on(1));
                    sender = Desk::Provider(request.provider);
                    request.provider = provider;
                    continue;
                }
                Some(Left::Declined) => {
                    chain.open.push(id);
                    if self.random.chance(400)
                        && let Some(provider) = self.random.pick(&self.place.providers)
                    {
                        (follows, sender) = (Some(id), Desk::Office);
                        id = ReferralId::from_uuid(self.uuid());
                        at = self.workday(ended_at, (1, 7));
                        request.provider = provider;
                        continue;
                    }
                }
            }
            break;
        }
        chain
    }

    fn send(
        &mut self,
        request: &Request<'_, 'p>,
        referral: ReferralId,
        follows: Option<ReferralId>,
        note: Note<'_>,
    ) -> EventId {
        let categories = &request.agreement.categories;
        let discloses: BTreeSet<DataCategory> = [
            DataCategory::Identity,
            DataCategory::Contact,
            DataCategory::Needs,
            DataCategory::Health,
        ]
        .into_iter()
        .filter(|category| categories.contains(category))
        .filter(|category| *category != DataCategory::Health || self.random.chance(300))
        .collect();
        let sent = Sent {
            referral,
            to: request.provider.agency.clone(),
            service: Some(request.provider.service.clone()),
            directory_version: Some(1),
            need: request.provider.need,
            priority: self.random.weighted(
                Priority::Normal,
                &[(50, Priority::Emergency), (220, Priority::Urgent)],
            ),
            consent: request.agreement.consent,
            discloses,
            goals: request.goals.clone(),
            follows,
            personal: None,
        };
        self.tell(note, sent)
    }
}

impl<'p> Walk<'_, '_, 'p> {
    /// The next step so many days on; `None` when time ends before it.
    fn step(&mut self, days: (i64, i64), by: Desk<'_>, body: impl Into<Body>) -> Option<()> {
        let body = body.into();
        let next_day = self.to_the_day || days.0 > 0;
        let at = if !next_day && self.story.random.chance(300) {
            self.at.hours_on(self.story.random.between(1, 4))
        } else {
            self.story.workday(self.at, (days.0.max(1), days.1.max(1)))
        };
        if at >= self.request.limit {
            return None;
        }
        // Steps of one day are told to the minute, so that nobody need guess which came first.
        self.to_the_day = at.day() != self.at.day() && self.story.random.chance(200);
        let precision = if self.to_the_day {
            Precision::Day
        } else {
            Precision::Instant
        };
        let note = Note::at(at, by).to(precision).because(self.last);
        self.last = self.story.tell(note, body);
        self.at = at;
        Some(())
    }

    fn provide(&mut self, days: (i64, i64), body: impl Into<Body>) -> Option<()> {
        let provider = self.request.provider;
        self.step(days, Desk::Provider(provider), body)
    }

    fn go(&mut self) -> Option<Left<'p>> {
        let referral = self.id;
        if self.story.random.chance(40) {
            self.withdraw((15, 40), WithdrawnBy::Sender, WithdrawReason::NoAnswer)?;
            return Some(Left::Ended);
        }
        self.provide((0, 2), Received { referral })?;
        match self.story.random.below(1000) {
            0..110 => return self.decline(),
            110..170 => {
                if let Some(provider) = self.another_provider() {
                    return self.reroute(provider);
                }
            }
            170..270 => {
                let expected_on = Some(self.at.days_on(21).civil());
                self.provide(
                    (0, 3),
                    Waitlisted {
                        referral,
                        expected_on,
                    },
                )?;
                match self.story.random.below(100) {
                    0..10 => return self.decline(),
                    10..25 => {
                        let reason = WithdrawReason::NoLongerNeeded;
                        self.withdraw((5, 40), WithdrawnBy::Client, reason)?;
                        return Some(Left::Ended);
                    }
                    _ => {}
                }
            }
            _ => {}
        }
        self.accept()?;
        self.serve()
    }

    fn accept(&mut self) -> Option<()> {
        let assigned_to = Some(self.request.provider.worker.clone());
        let referral = self.id;
        self.provide(
            (0, 6),
            Accepted {
                referral,
                assigned_to,
            },
        )
    }

    fn withdraw(
        &mut self,
        days: (i64, i64),
        by: WithdrawnBy,
        reason: WithdrawReason,
    ) -> Option<()> {
        let referral = self.id;
        self.step(
            days,
            Desk::Office,
            Withdrawn {
                referral,
                by,
                reason,
            },
        )
    }

    fn decline(&mut self) -> Option<Left<'p>> {
        let random = &mut self.story.random;
        let by_client = random.chance(250);
        let (by, reason) = if by_client {
            (
                DeclinedBy::Client,
                random.one_of(DeclineReason::ClientRefused, &[DeclineReason::Safety]),
            )
        } else {
            let reason = random.one_of(
                DeclineReason::LackOfCapacity,
                &[
                    DeclineReason::NotEligible,
                    DeclineReason::ServiceNotOffered,
                    DeclineReason::OutsideArea,
                    DeclineReason::InformationMissing,
                    DeclineReason::Other,
                ],
            );
            (DeclinedBy::Provider, reason)
        };
        let referral = self.id;
        self.provide(
            (0, 5),
            Declined {
                referral,
                by,
                reason,
            },
        )?;
        if by_client || !self.story.random.chance(300) || !self.reopen("a place became free")? {
            return Some(Left::Declined);
        }
        self.serve()
    }

    /// Taken up again, received and accepted, if a consent still lets it. Whether it was.
    fn reopen(&mut self, reason: &str) -> Option<bool> {
        let latest = self.at.days_on(16);
        let agency = &self.request.provider.agency;
        // Nor when time ends first: nobody would know whether it stands open.
        if latest >= self.request.limit || !self.request.agreement.lets(agency, latest) {
            return Some(false);
        }
        let referral = self.id;
        let reopened = Reopened {
            referral,
            reason: Some(reason.to_owned()),
        };
        self.step((3, 15), Desk::Office, reopened)?;
        self.provide((0, 2), Received { referral })?;
        self.accept()?;
        Some(true)
    }

    /// An agency that the referral may be passed on to.
    fn another_provider(&mut self) -> Option<&'p Provider> {
        let place = self.story.place;
        let latest = self.at.days_on(6);
        let Request {
            agreement,
            provider,
            ..
        } = self.request;
        self.story.random.pick(&place.providers).filter(|other| {
            other.agency != provider.agency && agreement.lets(&other.agency, latest)
        })
    }

    fn reroute(&mut self, provider: &'p Provider) -> Option<Left<'p>> {
        let new_referral = ReferralId::from_uuid(self.story.uuid());
        let to = provider.agency.clone();
        self.provide(
            (0, 4),
            Rerouted {
                referral: self.id,
                to,
                new_referral,
            },
        )?;
        Some(Left::Rerouted(new_referral, provider))
    }

    /// From acceptance to the end.
    fn serve(&mut self) -> Option<Left<'p>> {
        let referral = self.id;
        let mut attempt = 0;
        while attempt < 3 && self.story.random.chance(180) {
            attempt += 1;
            self.provide((1, 5), ContactFailed { referral, attempt })?;
        }
        if attempt == 3 {
            return self.conclude(
                Delivery::NotDelivered,
                NotDeliveredReason::ClientUnreachable,
            );
        }
        self.provide((0, 6), Contacted { referral })?;
        if self.story.random.chance(40) {
            self.withdraw(
                (1, 9),
                WithdrawnBy::Client,
                WithdrawReason::ClientChangedMind,
            )?;
            return Some(Left::Ended);
        }
        if !self.meet()? {
            return self.conclude(Delivery::NotDelivered, NotDeliveredReason::ClientRefused);
        }
        if self.story.random.chance(850) {
            self.provide((0, 7), Started { referral })?;
            for _ in 0..self.request.sessions {
                self.session()?;
            }
        }
        let (delivery, reason) = self.story.random.weighted(
            (Delivery::Delivered, NotDeliveredReason::Other),
            &[
                (150, (Delivery::Partly, NotDeliveredReason::LackOfCapacity)),
                (
                    60,
                    (Delivery::NotDelivered, NotDeliveredReason::NoLongerNeeded),
                ),
                (
                    40,
                    (
                        Delivery::NotDelivered,
                        NotDeliveredReason::ProviderUnreachable,
                    ),
                ),
            ],
        );
        let left = self.conclude(delivery, reason)?;
        // Some come back after the loop was closed.
        if self.story.random.chance(40) && self.reopen("asked for more help")? {
            self.provide((0, 6), Contacted { referral })?;
            self.provide(
                (1, 9),
                Attended {
                    referral,
                    attendance: Attendance::OnTime,
                },
            )?;
            return self.conclude(Delivery::Delivered, NotDeliveredReason::Other);
        }
        Some(left)
    }

    /// The first appointment; whether the client came in the end.
    fn meet(&mut self) -> Option<bool> {
        let referral = self.id;
        if self.story.random.chance(150) {
            self.provide(
                (0, 5),
                Attended {
                    referral,
                    attendance: Attendance::OnTime,
                },
            )?;
            return Some(true);
        }
        for _ in 0..3 {
            self.book()?;
            if self.story.random.chance(780) {
                self.attend((1, 9))?;
                return Some(true);
            }
            self.provide((1, 9), Missed { referral })?;
            if self.story.random.chance(250) {
                return Some(false);
            }
        }
        Some(false)
    }

    fn book(&mut self) -> Option<()> {
        let at = OccurredOn::Day(self.at.days_on(7).day());
        self.provide(
            (0, 3),
            Booked {
                referral: self.id,
                at,
            },
        )
    }

    fn attend(&mut self, days: (i64, i64)) -> Option<()> {
        let attendance = self
            .story
            .random
            .weighted(Attendance::OnTime, &[(160, Attendance::Late)]);
        self.provide(
            days,
            Attended {
                referral: self.id,
                attendance,
            },
        )
    }

    /// One more session of a service that has begun.
    fn session(&mut self) -> Option<()> {
        if self.story.random.chance(250) {
            self.book()?;
        }
        if self.story.random.chance(150) {
            return self.provide((5, 9), Missed { referral: self.id });
        }
        self.attend((5, 9))
    }

    fn conclude(&mut self, delivery: Delivery, reason: NotDeliveredReason) -> Option<Left<'p>> {
        let outcome = |story: &mut Story<'_>| match delivery {
            Delivery::NotDelivered => GoalOutcome::NotReached,
            Delivery::Partly => GoalOutcome::PartlyReached,
            Delivery::Delivered => story.random.weighted(
                GoalOutcome::Reached,
                &[
                    (280, GoalOutcome::PartlyReached),
                    (90, GoalOutcome::NotReached),
                ],
            ),
        };
        let goals = self.request.goals;
        let outcomes: BTreeMap<GoalId, GoalOutcome> = goals
            .iter()
            .map(|goal| (goal.clone(), outcome(self.story)))
            .collect();
        let concluded = Concluded {
            referral: self.id,
            delivery,
            reason: (delivery != Delivery::Delivered).then_some(reason),
            outcomes,
            personal: None,
        };
        self.provide((3, 25), concluded)?;
        match delivery {
            Delivery::NotDelivered => Some(Left::Ended),
            Delivery::Delivered | Delivery::Partly => Some(Left::Delivered),
        }
    }
}

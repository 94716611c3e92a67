//! One life from the announcement on: which parts are told, in which order.

use std::collections::BTreeSet;

use homeward_events::assistance::AssistanceKind;
use homeward_events::consent::{Purpose, Withdrawn};
use homeward_events::id::{GoalId, JourneyId, ReferralId};
use homeward_events::lifecycle::ClosureReason;
use homeward_events::referral::ConsentWithdrawn;
use homeward_events::screening::Depth as ScreeningDepth;
use homeward_events::vocabulary::{DeliveryMode, Wave};

use super::arrival::Agreement;
use super::casework::{ASKINGS, FIRST_ASKING};
use super::ending::{Depth, End, Fate, Open};
use super::person::Return;
use super::referral::Request;
use super::story::{Desk, Note, Story};

impl Story<'_> {
    /// Everything, from the announcement on.
    pub(super) fn live(&mut self, back: &Return, fate: Fate, earlier: Option<JourneyId>) {
        if fate.depth == Depth::Absent {
            self.stay_away(back);
            return;
        }
        let notice = self.announce(back);
        self.receive(back, notice);
        let mut end = fate.end;
        self.limit = back.arrives.midnight().days_on(fate.days);
        let gone = match end {
            End::Died | End::Remigrated | End::RemovedAgain => self.limit,
            End::Open | End::Closed(_) | End::MovedAway | End::ContactLost => {
                back.arrives.days_on(1000)
            }
        };
        if let Some(imprisoned) = self.justice(back, gone)
            && imprisoned < self.limit
            && imprisoned > back.arrives.days_on(20)
            && matches!(end, End::Open | End::Closed(_))
        {
            self.limit = imprisoned.midnight();
            end = End::Closed(ClosureReason::Imprisoned);
        }
        let open = if fate.depth == Depth::Brief {
            self.leave_soon(back)
        } else {
            self.stay(back, fate.depth)
        };
        if let Some(other) = earlier {
            self.link(back, other);
        }
        self.finish(back, end, open);
        if self.random.chance(6) {
            self.erase(back);
        }
    }

    /// Received, and soon on their own way.
    fn leave_soon(&mut self, back: &Return) -> Open {
        let mut open = Open::default();
        self.screen(back, back.arrives.hours_on(1), ScreeningDepth::Rapid);
        if self.random.chance(120) {
            self.screen(back, back.arrives.hours_on(2), ScreeningDepth::Rapid);
        }
        if self.random.chance(900) {
            let kind = self
                .random
                .weighted(AssistanceKind::Transport, &[(250, AssistanceKind::Cash)]);
            let at = back.arrives.hours_on(3);
            self.assist(at, kind, DeliveryMode::Direct, None, None);
        }
        if self.random.chance(950) {
            let (registration, home) = self.register(back);
            let at = registration.at;
            self.ask_consent(at.hours_on(1));
            open.spells.push(home);
            self.correct(registration);
            if self.random.chance(850) {
                let (asking, mode) = ([FIRST_ASKING], DeliveryMode::Direct);
                open.follow_ups = self.follow_up(back, at.hours_on(2), &asking, mode);
            }
        }
        if self.random.chance(60) {
            open.spells.extend(self.livelihood(back));
        }
        open
    }

    /// A case.
    fn stay(&mut self, back: &Return, depth: Depth) -> Open {
        let mut open = Open::default();
        let found = self.screen(back, back.arrives.hours_on(1), ScreeningDepth::Rapid);
        let (registration, home) = self.register(back);
        let agreement = self.ask_consent(registration.at.hours_on(1));
        self.correct(registration);
        if found {
            let at = self.workday(back.arrives, (2, 9));
            self.screen(back, at, ScreeningDepth::Full);
        }
        let mode = self.random.weighted(
            DeliveryMode::Both,
            &[(300, DeliveryMode::Direct), (200, DeliveryMode::Referral)],
        );
        let at = self.workday(back.arrives, (5, 11));
        let baseline = self.assessed(back, Wave::Baseline, mode);
        self.tell(Note::on(at, Desk::Office), baseline);
        let at = self.workday(back.arrives, (12, 14));
        let goals = self.plan(back, at);
        open.follow_ups = self.follow_up(back, at.hours_on(1), &ASKINGS, mode);
        if self.random.chance(25) {
            let at = self.workday(back.arrives, (60, 160));
            self.transfer(at);
        }
        if mode != DeliveryMode::Referral {
            let kind = self.random.one_of(
                AssistanceKind::Cash,
                &[
                    AssistanceKind::InKind,
                    AssistanceKind::Grant,
                    AssistanceKind::Training,
                ],
            );
            let at = self.workday(back.arrives, (16, 80));
            if !self.over(at) {
                let goal = goals.first().cloned();
                self.assist(at, kind, DeliveryMode::Direct, goal, None);
            }
        }
        // An override lasts for days only: nothing is shown to anyone under it later.
        let consented = agreement.as_ref().is_none_or(|one| one.consent.is_some());
        if let Some(agreement) = agreement {
            open.referrals = self.refer_all(back, depth, agreement, &goals);
        }
        open.spells = self.move_house(back, home);
        open.spells.extend(self.livelihood(back));
        let at = self.workday(back.arrives, (15, 50));
        self.disclose(at, consented);
        open
    }

    /// All referrals of a case, and what a withdrawal of consent does to them.
    fn refer_all(
        &mut self,
        back: &Return,
        depth: Depth,
        mut agreement: Agreement,
        goals: &BTreeSet<GoalId>,
    ) -> Vec<ReferralId> {
        let withdrawn = self.workday(back.arrives, (60, 300));
        let takes_back = agreement.consent.is_some()
            && withdrawn.days_on(1) < self.limit
            && withdrawn < agreement.until
            && self.random.chance(50);
        if takes_back {
            agreement.until = withdrawn.midnight();
        }
        let (count, sessions) = match depth {
            Depth::Absent | Depth::Brief => (0, 0),
            Depth::Full => self.random.one_of((1, 2), &[(1, 1), (2, 0)]),
            Depth::Long => (self.random.few(4, 6), 2 + self.random.below(3)),
            Depth::Tail => (self.random.few(6, 8), 14 + self.random.below(14)),
        };
        let mut open = Vec::new();
        for _ in 0..count {
            let days = if agreement.consent.is_none() {
                (1, 3)
            } else {
                (5, 150)
            };
            self.refer_once(back, &agreement, days, sessions, goals, &mut open);
        }
        if let Some(consent) = agreement.consent.filter(|_| takes_back) {
            let purposes = BTreeSet::from([Purpose::Referral]);
            let mut bodies = vec![Withdrawn { consent, purposes }.into()];
            let stopped = |referral| {
                ConsentWithdrawn {
                    referral,
                    consent: Some(consent),
                }
                .into()
            };
            bodies.extend(open.drain(..).map(stopped));
            self.tell_together(Note::at(withdrawn, Desk::Office), bodies);
            let again = self.workday(withdrawn, (10, 40));
            if !self.over(again) && self.random.chance(400) {
                let agreement = self.give_consent(again);
                self.refer_once(back, &agreement, (80, 340), sessions, goals, &mut open);
            }
        }
        open
    }

    fn refer_once(
        &mut self,
        back: &Return,
        agreement: &Agreement,
        days: (i64, i64),
        sessions: u32,
        goals: &BTreeSet<GoalId>,
        open: &mut Vec<ReferralId>,
    ) {
        let at = self
            .workday(back.arrives, days)
            .max(agreement.from.hours_on(20));
        let limit = self.limit.min(agreement.until);
        let Some(provider) = self.random.pick(&self.place.providers) else {
            return;
        };
        if at >= limit {
            return;
        }
        let request = Request {
            agreement,
            provider,
            goals,
            sessions,
            limit,
        };
        let chain = self.refer(&request, at);
        open.extend(chain.open);
        let Some((referral, at)) = chain.delivered else {
            return;
        };
        let at = self.workday(at, (1, 10));
        if self.over(at) || !self.random.chance(600) {
            return;
        }
        let kind = self.random.one_of(
            AssistanceKind::Counselling,
            &[
                AssistanceKind::Training,
                AssistanceKind::Documents,
                AssistanceKind::Medical,
                AssistanceKind::Housing,
                AssistanceKind::Legal,
                AssistanceKind::Other,
            ],
        );
        let goal = goals.last().cloned();
        self.assist(at, kind, DeliveryMode::Referral, goal, Some(referral));
    }
}

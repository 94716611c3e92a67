//! Support, and what life does meanwhile: assistance, housing, work and schooling.

use homeward_events::Body;
use homeward_events::assistance::{
    Amount, AssistanceKind, ConfirmationFinding, Confirmed, Delivered, Money, Reversed,
};
use homeward_events::id::{AssistanceId, GoalId, ReferralId, SpellId};
use homeward_events::status::{
    Employed, EmploymentKind, Ended, Enrolled, Housed, HousingKind, SchoolingKind, SpellEnd,
};
use homeward_events::time::Precision;
use homeward_events::vocabulary::{DeliveryMode, Dimension};

use super::person::Return;
use super::story::{Desk, Moment, Note, Story};

impl Story<'_> {
    /// Something delivered, perhaps undone, perhaps looked at again after three months.
    pub(super) fn assist(
        &mut self,
        at: Moment,
        kind: AssistanceKind,
        mode: DeliveryMode,
        goal: Option<GoalId>,
        referral: Option<ReferralId>,
    ) {
        let assistance = AssistanceId::from_uuid(self.uuid());
        let hundredths = u64::try_from(self.random.between(20, 900)).unwrap_or_default() * 5_000;
        let delivered = Delivered {
            assistance,
            kind,
            mode,
            value: is_money(kind).then(|| Money {
                amount: Amount { hundredths },
                currency: self.place.currency.clone(),
            }),
            items: (kind == AssistanceKind::InKind).then(|| "household set".to_owned()),
            programme: Some(self.place.programme.clone()),
            dimension: Some(dimension(kind)),
            goal,
            referral,
        };
        self.tell(Note::on(at, Desk::Office), delivered);
        let soon = self.workday(at, (2, 20));
        if self.random.chance(15) && !self.over(soon) {
            let reason = "entered for the wrong account".to_owned();
            self.tell(
                Note::on(soon, Desk::Office),
                Reversed { assistance, reason },
            );
            return;
        }
        let later = self.workday(at, (88, 100));
        if kind != AssistanceKind::Transport && !self.over(later) && self.random.chance(600) {
            let finding = self.random.weighted(
                ConfirmationFinding::InUse,
                &[
                    (130, ConfirmationFinding::NoLongerInUse),
                    (60, ConfirmationFinding::SoldOrLost),
                    (20, ConfirmationFinding::NotReceived),
                    (120, ConfirmationFinding::NotConfirmed),
                ],
            );
            self.tell(
                Note::on(later, Desk::Office),
                Confirmed {
                    assistance,
                    finding,
                },
            );
        }
    }

    /// Work and schooling, often heard of late. What is still going on at the end.
    pub(super) fn livelihood(&mut self, back: &Return) -> Vec<SpellId> {
        let mut open = Vec::new();
        let luck = u32::try_from(back.standing.clamp(0, 100)).unwrap_or_default() * 10;
        if self.random.chance(250) {
            let at = self.workday(back.arrives, (30, 140));
            let kind = self.random.one_of(
                SchoolingKind::Vocational,
                &[
                    SchoolingKind::Vocational,
                    SchoolingKind::Secondary,
                    SchoolingKind::Literacy,
                    SchoolingKind::Language,
                    SchoolingKind::Tertiary,
                    SchoolingKind::Primary,
                ],
            );
            self.spell(&mut open, at, (60, 200), |spell| {
                Enrolled { spell, kind }.into()
            });
        }
        let mut at = self.workday(back.arrives, (20, 150));
        for _ in 0..3 {
            if !self.random.chance(luck) {
                break;
            }
            let kind = self.random.weighted(
                EmploymentKind::Informal,
                &[
                    (260, EmploymentKind::Formal),
                    (210, EmploymentKind::SelfEmployed),
                    (70, EmploymentKind::Apprenticeship),
                    (60, EmploymentKind::FamilyWork),
                    (30, EmploymentKind::NotKnown),
                ],
            );
            let hours_a_week = Some(self.random.few(12, 48));
            let body = |spell| {
                Body::from(Employed {
                    spell,
                    kind,
                    hours_a_week,
                })
            };
            let Some(ended) = self.spell(&mut open, at, (25, 240), body) else {
                break;
            };
            at = self.workday(ended, (7, 60));
        }
        open
    }

    /// A better place to live, after the first.
    pub(super) fn move_house(&mut self, back: &Return, first: SpellId) -> Vec<SpellId> {
        let at = self.workday(back.arrives, (40, 200));
        if self.over(at) || !self.random.chance(350) {
            return vec![first];
        }
        let spell = SpellId::from_uuid(self.uuid());
        let moved = vec![
            Ended {
                spell: first,
                reason: SpellEnd::MovedOn,
            }
            .into(),
            Housed {
                spell,
                kind: HousingKind::Own,
                area: back.area.clone(),
            }
            .into(),
        ];
        self.tell_together(Note::on(at, Desk::Office), moved);
        vec![spell]
    }

    /// One spell; the moment it ended, unless it goes on.
    fn spell(
        &mut self,
        open: &mut Vec<SpellId>,
        at: Moment,
        days: (i64, i64),
        body: impl FnOnce(SpellId) -> Body,
    ) -> Option<Moment> {
        if self.over(at) {
            return None;
        }
        let spell = SpellId::from_uuid(self.uuid());
        let late = self.random.weighted(0, &[(250, 9), (120, 40)]);
        // The end of a journey may end the spell: its beginning is on record by then.
        let late = if self.over(at.days_on(late + 1)) {
            0
        } else {
            late
        };
        let precision = self
            .random
            .weighted(Precision::Day, &[(100, Precision::Month)]);
        let note = Note::at(at, Desk::Office).to(precision).late(late);
        self.tell(note, body(spell));
        let end = self.workday(at, days);
        if self.over(end) || self.random.chance(300) {
            open.push(spell);
            return None;
        }
        let reason = self.random.weighted(
            SpellEnd::Completed,
            &[
                (240, SpellEnd::Left),
                (170, SpellEnd::PutOut),
                (200, SpellEnd::Expired),
                (120, SpellEnd::MovedOn),
                (60, SpellEnd::NotKnown),
            ],
        );
        // Heard of after the beginning at the earliest.
        let note = Note::on(end, Desk::Office).late(late + self.random.between(1, 20));
        self.tell(note, Ended { spell, reason });
        Some(end)
    }
}

const fn is_money(kind: AssistanceKind) -> bool {
    matches!(
        kind,
        AssistanceKind::Cash | AssistanceKind::Grant | AssistanceKind::Transport
    )
}

const fn dimension(kind: AssistanceKind) -> Dimension {
    match kind {
        AssistanceKind::Cash
        | AssistanceKind::Grant
        | AssistanceKind::Training
        | AssistanceKind::InKind => Dimension::Economic,
        AssistanceKind::Counselling | AssistanceKind::Medical => Dimension::Psychosocial,
        AssistanceKind::Housing
        | AssistanceKind::Transport
        | AssistanceKind::Documents
        | AssistanceKind::Legal
        | AssistanceKind::Other => Dimension::Social,
    }
}

//! Which facts are failures, and which day they are given.

use homeward_events::justice::CustodyReason;
use homeward_events::time::add_months;
use homeward_events::vocabulary::ReturnType;
use jiff::civil::Date;

use super::Start;
use super::witness::NoFailure;
use crate::definition::Definition;
use crate::definition::terms::{Clock, Failure, FailureEvent};
use crate::histories::{Case, PartingKind, Told};

/// A fact that may be a failure.
#[derive(Debug, Clone, Copy)]
pub(in crate::definition) struct Fact<'h> {
    pub(in crate::definition) event: FailureEvent,
    pub(in crate::definition) told: Told,
    pub(in crate::definition) case: Option<&'h Case>,
    reason: Option<CustodyReason>,
    return_type: Option<ReturnType>,
}

impl Definition {
    /// The rules about a kind of fact, each with the number of its cause.
    pub(super) fn rules(&self, event: FailureEvent) -> impl Iterator<Item = (&Failure, u16)> {
        let rules = self.terms().failure.iter();
        rules.filter(move |rule| rule.event == event).map(|rule| {
            let place = self.causes().iter().position(|cause| *cause == rule.cause);
            (
                rule,
                u16::try_from(place.unwrap_or_default()).unwrap_or(u16::MAX),
            )
        })
    }

    /// The day of a failure by the clock, and the day on which it was proven; or why it is none.
    pub(super) fn judge(
        &self,
        rule: &Failure,
        fact: &Fact<'_>,
        start: &Start<'_>,
        on: Date,
    ) -> Result<(Date, Date), NoFailure> {
        let own = fact.told.on.0;
        let case = fact.case;
        if own > on {
            return Err(NoFailure::NotKnownYet);
        }
        let allowed = [
            (
                rule.class.is_empty()
                    || case
                        .and_then(|c| c.class)
                        .is_some_and(|c| rule.class.contains(&c)),
                NoFailure::OtherClass,
            ),
            (
                rule.severity.is_empty()
                    || case
                        .and_then(|c| c.severity)
                        .is_some_and(|s| rule.severity.contains(&s)),
                NoFailure::OtherSeverity,
            ),
            (
                rule.reason.is_empty() || fact.reason.is_some_and(|r| rule.reason.contains(&r)),
                NoFailure::OtherReason,
            ),
            (
                rule.return_type.is_empty()
                    || fact
                        .return_type
                        .is_some_and(|r| rule.return_type.contains(&r)),
                NoFailure::OtherReturnType,
            ),
        ];
        if let Some((_, why)) = allowed.into_iter().find(|(holds, _)| !holds) {
            return Err(why);
        }
        let convicted = case.and_then(|case| case.convicted).map(|told| told.on.0);
        let quashed = case
            .and_then(|case| case.quashed)
            .is_some_and(|told| told.on.0 <= on);
        let proof = fact.event == FailureEvent::Convicted || self.terms().clock == Clock::Disposal;
        if proof && quashed {
            return Err(NoFailure::Quashed);
        }
        let offence = case.and_then(|case| case.offence).map_or(own, |day| day.0);
        let (day, proven) = match self.terms().clock {
            Clock::Event => (own, own),
            Clock::Offence => (offence, own),
            Clock::Disposal => {
                let disposed = convicted.ok_or(NoFailure::NotDisposed)?;
                (disposed, disposed)
            }
            Clock::Recorded => (fact.told.recorded.0, fact.told.recorded.0),
        };
        self.place(rule, start, on, [day, proven, offence])
    }

    /// Whether a failure's days lie where the rule wants them.
    fn place(
        &self,
        rule: &Failure,
        start: &Start<'_>,
        on: Date,
        [day, proven, offence]: [Date; 3],
    ) -> Result<(Date, Date), NoFailure> {
        let after = |months: u16| add_months(start.on, i32::from(months));
        if day > on || proven > on {
            return Err(NoFailure::NotKnownYet);
        }
        if day < start.on {
            let offence_clock = self.terms().clock == Clock::Offence;
            let why = if offence_clock {
                NoFailure::OffenceBeforeOrigin
            } else {
                NoFailure::BeforeOrigin
            };
            return Err(why);
        }
        if rule.offence_after_origin && offence < start.on {
            return Err(NoFailure::OffenceBeforeOrigin);
        }
        if rule.from_months > 0 && day < after(rule.from_months) {
            return Err(NoFailure::TooEarly);
        }
        if rule
            .before_months
            .is_some_and(|months| day >= after(months))
        {
            return Err(NoFailure::TooLate);
        }
        if rule
            .proven_before_months
            .is_some_and(|months| proven >= after(months))
        {
            return Err(NoFailure::ProvenTooLate);
        }
        Ok((day, proven))
    }
}

/// Visits every fact that may be a failure, in the order of the rows.
pub(super) fn each_fact<'h>(start: &Start<'h>, visit: &mut impl FnMut(Fact<'h>)) {
    for past in start.scope {
        let mut fact = |event, told, case, reason, return_type| {
            visit(Fact {
                event,
                told,
                case,
                reason,
                return_type,
            });
        };
        for case in &past.cases {
            let steps = [
                (FailureEvent::Arrested, case.arrested),
                (FailureEvent::Charged, case.charged),
                (FailureEvent::Convicted, case.convicted),
            ];
            for (event, told) in steps {
                if let Some(told) = told {
                    fact(event, told, Some(case), None, None);
                }
            }
        }
        for spell in &past.custody {
            fact(
                FailureEvent::CustodyEntered,
                spell.from,
                None,
                Some(spell.reason),
                None,
            );
        }
        for told in &past.breaches {
            fact(FailureEvent::SupervisionBreached, *told, None, None, None);
        }
        for parting in &past.partings {
            let event = match parting.kind {
                PartingKind::Remigrated => FailureEvent::Remigrated,
                PartingKind::RemovedAgain => FailureEvent::RemovedAgain,
                PartingKind::Died
                | PartingKind::MovedAway
                | PartingKind::ContactLost
                | PartingKind::ObservationEnded
                | PartingKind::ContactRegained => continue,
            };
            fact(event, parting.told, None, None, None);
        }
        if let Some(arrival) = &past.arrival
            && arrival.on.0 > start.on
        {
            let told = Told {
                on: arrival.on,
                recorded: arrival.on,
            };
            fact(
                FailureEvent::ReceivedAgain,
                told,
                None,
                None,
                Some(arrival.return_type),
            );
        }
    }
}

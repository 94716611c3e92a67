//! How far a journey has come.

use crate::journey::{DepartureKind, Journey, Stage};
use crate::referral::State;

impl Journey<'_> {
    pub(super) fn stage_reached(&self) -> Stage {
        let last_departure = self.departures.last().map(|departure| departure.kind);
        let open_referral = self.referrals.values().any(|r| r.state.pending().is_some());
        let served = self.referrals.values().any(|r| {
            // What was under way is not undone by what ended it.
            r.attended.is_some() || matches!(r.state, State::Concluded)
        });
        let helped = !self.plans.is_empty() && self.assistance.values().any(|a| !a.reversed);
        if self.died().is_some() {
            return Stage::Died;
        }
        if self.closure.is_some() {
            return Stage::Closed;
        }
        match last_departure {
            Some(
                DepartureKind::Remigrated | DepartureKind::RemovedAgain | DepartureKind::MovedAway,
            ) => {
                return Stage::Departed;
            }
            Some(DepartureKind::ContactLost) => return Stage::ContactLost,
            Some(
                DepartureKind::Died
                | DepartureKind::ObservationEnded
                | DepartureKind::ContactRegained,
            )
            | None => {}
        }
        if served || helped {
            Stage::InService
        } else if open_referral {
            Stage::Referred
        } else if !self.plans.is_empty() {
            Stage::Planned
        } else if !self.assessments.is_empty() || !self.screenings.is_empty() {
            Stage::Assessed
        } else if self.origin.is_some() || self.registered {
            Stage::Received
        } else if self.not_arrived {
            Stage::NotArrived
        } else {
            match self.notice {
                Some(notice) if notice.cancelled => Stage::Cancelled,
                Some(_) => Stage::Expected,
                None => Stage::Unknown,
            }
        }
    }
}

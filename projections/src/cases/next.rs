//! What is to be done next on a case, and whose turn it is.

use homeward_events::id::AgencyId;
use homeward_events::time::Day;
use homeward_journey::{Approval, FollowUpState, Journey, TransferState};
use jiff::civil::Date;

use super::row::Next;

/// What is owed and by whom. Nothing but the answer to a transfer is owed of somebody who died, or of
/// a case that is closed.
pub(super) fn next(journey: &Journey<'_>) -> Vec<Next> {
    let mut next = Vec::new();
    let mut owe = |what: &str, on: Option<Date>, owner: Option<&AgencyId>, of: Option<String>| {
        next.push(Next {
            on: on.map(Day),
            what: what.to_owned(),
            owner: owner.cloned(),
            of,
        });
    };
    let keeper = journey.agency;
    let is_open = journey.closure.is_none() && journey.died().is_none();
    for (id, transfer) in &journey.transfers {
        if let Some((owner, day)) = transfer.pending() {
            owe(
                "answer-transfer",
                Some(day),
                Some(owner),
                Some(id.to_string()),
            );
        }
        let left = transfer.state == TransferState::Accepted && transfer.ledger.is_some();
        if left && is_open {
            owe("close-transferred", None, keeper, Some(id.to_string()));
        }
    }
    if is_open {
        if let Some(day) = journey.plan_due_on() {
            owe("agree-plan", Some(day), keeper, None);
        }
        for (id, plan) in &journey.plans {
            if plan.approval == Approval::Pending {
                owe("decide-plan", None, Some(plan.agency), Some(id.to_string()));
            }
        }
        for (id, given) in &journey.assistance {
            if let Some(day) = given.confirm_on() {
                let (agency, id) = (Some(given.agency), Some(id.to_string()));
                owe("confirm-assistance", Some(day), agency, id);
            }
        }
        for (key, follow_up) in &journey.follow_ups {
            match follow_up.state {
                FollowUpState::Scheduled | FollowUpState::Missed(_) => {
                    owe(
                        "follow-up",
                        Some(follow_up.due_on),
                        keeper,
                        Some(key.to_string()),
                    );
                }
                FollowUpState::Completed(_) | FollowUpState::Cancelled(_) => {}
            }
        }
    }
    next.sort_by(|a, b| (a.on.is_none(), a).cmp(&(b.on.is_none(), b)));
    next
}

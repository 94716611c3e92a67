//! Words for plans, deliveries and follow-ups.

use homeward_events::id::{AssistanceId, PlanId};
use homeward_events::time::Day;
use homeward_events::vocabulary::{self, Channel, Wave};
use homeward_events::{Body, assistance, follow_up, plan};
use jiff::civil::Date;

use super::words::{or, parsed};
use super::{DAY_0, Words, uuid};

/// The body that the words say, if it is one of these.
pub(super) fn body(what: &str, words: &mut Words<'_>) -> Option<Body> {
    match what {
        "plan-agreed" | "plan-reviewed" | "plan-approved" => Some(plans(what, words)),
        "delivered" | "confirmed" | "reversed" => Some(deliveries(what, words)),
        _ => follow_ups(what.strip_prefix("follow-up-")?, words),
    }
}

fn plans(what: &str, words: &mut Words<'_>) -> Body {
    let plan = PlanId::from_uuid(uuid(words.next("a plan")));
    match what {
        "plan-agreed" => plan::Agreed {
            plan,
            programme: None,
            goals: goals(&words.list("goals", &[])),
            personal: None,
        }
        .into(),
        "plan-reviewed" => plan::Reviewed {
            plan,
            goals: ["work", "home"]
                .iter()
                .filter_map(|id| {
                    let progress = words.option(id)?;
                    Some(plan::GoalReview {
                        id: parsed(id),
                        progress: parsed(progress),
                    })
                })
                .collect(),
            added: goals(&words.list("added", &[])),
            personal: None,
        }
        .into(),
        _ => plan::Approved {
            plan,
            decision: or(words, "as", plan::ApprovalDecision::Approved),
            approver: or(words, "by", parsed("supervisor")),
        }
        .into(),
    }
}

fn goals(ids: &[&str]) -> Vec<plan::Goal> {
    let goal = |id: &&str| plan::Goal {
        id: parsed(id),
        dimension: vocabulary::Dimension::Economic,
        level: vocabulary::Level::Individual,
        due_on: None,
        summary: None,
    };
    ids.iter().map(goal).collect()
}

fn deliveries(what: &str, words: &mut Words<'_>) -> Body {
    let assistance = AssistanceId::from_uuid(uuid(words.next("a delivery")));
    match what {
        "delivered" => assistance::Delivered {
            assistance,
            kind: assistance::AssistanceKind::Cash,
            mode: vocabulary::DeliveryMode::Direct,
            value: None,
            items: None,
            programme: None,
            dimension: None,
            goal: None,
            referral: None,
        }
        .into(),
        "confirmed" => {
            let finding = or(words, "found", assistance::ConfirmationFinding::InUse);
            assistance::Confirmed {
                assistance,
                finding,
            }
            .into()
        }
        _ => assistance::Reversed {
            assistance,
            reason: "paid twice".to_owned(),
        }
        .into(),
    }
}

fn follow_ups(step: &str, words: &mut Words<'_>) -> Option<Body> {
    let key = parsed(words.next("a key"));
    let due_on = |due: Option<Date>| Day(due.unwrap_or(DAY_0));
    Some(match step {
        "scheduled" => follow_up::Scheduled {
            key,
            wave: Wave::Month3,
            due_on: due_on(words.day("due")),
            opens_on: None,
            closes_on: None,
            channel: None,
            assigned_to: None,
        }
        .into(),
        "rescheduled" => follow_up::Rescheduled {
            key,
            due_on: due_on(words.day("due")),
            closes_on: None,
            reason: None,
        }
        .into(),
        "completed" => follow_up::Completed {
            key,
            channel: Channel::Phone,
            findings: [].into(),
            next_on: None,
            personal: None,
        }
        .into(),
        "missed" => {
            let reason = follow_up::MissedReason::Unreachable;
            follow_up::Missed {
                key,
                reason,
                attempt: None,
            }
            .into()
        }
        "cancelled" => {
            let reason = or(words, "reason", follow_up::CancelReason::Other);
            follow_up::Cancelled { key, reason }.into()
        }
        _ => return None,
    })
}

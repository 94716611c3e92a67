//! Words and expectations for transfers, relatives, attachments, plans and deliveries.

use homeward_events::Body;
use homeward_events::id::{
    AssistanceId, AttachmentId, GoalId, HouseholdId, JourneyId, PlanId, TransferId,
};
use homeward_events::lifecycle;
use homeward_events::plan::GoalProgress;
use homeward_events::time::days_between;
use homeward_journey::Journey;
use jiff::civil::Date;

use super::words::{or, parsed};
use super::{DAY_0, Words, uuid};

/// The body that the words say, if it is one of these.
pub(super) fn body(what: &str, words: &mut Words<'_>) -> Option<Body> {
    transfers(what, words).or_else(|| records(what, words))
}

fn transfers(what: &str, words: &mut Words<'_>) -> Option<Body> {
    let mut transfer = || TransferId::from_uuid(uuid(words.next("a transfer")));
    Some(match what {
        "transfer-proposed" => lifecycle::TransferProposed {
            transfer: transfer(),
            to: or(words, "to", parsed("shelter")),
            site: None,
            ledger: None,
            reason: lifecycle::TransferReason::Moved,
            consent: None,
        }
        .into(),
        "transfer-accepted" => lifecycle::Transferred {
            transfer: Some(transfer()),
            to: or(words, "to", parsed("shelter")),
            site: None,
            accepted: true,
        }
        .into(),
        // Agreed outside the ledger.
        "transferred" => lifecycle::Transferred {
            transfer: None,
            to: or(words, "to", parsed("shelter")),
            site: None,
            accepted: true,
        }
        .into(),
        "transfer-declined" => lifecycle::TransferDeclined {
            transfer: transfer(),
            reason: lifecycle::TransferDeclineReason::NoCapacity,
        }
        .into(),
        "transfer-withdrawn" => lifecycle::TransferWithdrawn {
            transfer: transfer(),
            reason: None,
        }
        .into(),
        _ => return None,
    })
}

fn records(what: &str, words: &mut Words<'_>) -> Option<Body> {
    Some(match what {
        "related" => lifecycle::Related {
            other: JourneyId::from_uuid(uuid(words.next("a journey"))),
            relation: or(words, "as", lifecycle::Relation::Sibling),
            household: words
                .option("household")
                .map(|key| HouseholdId::from_uuid(uuid(key))),
        }
        .into(),
        "unrelated" => lifecycle::Unrelated {
            other: JourneyId::from_uuid(uuid(words.next("a journey"))),
            reason: None,
        }
        .into(),
        "attached" => lifecycle::Attached {
            attachment: AttachmentId::from_uuid(uuid(words.next("an attachment"))),
            sha256: parsed(&"0a".repeat(32)),
            media_type: parsed("application/pdf"),
            bytes: or(words, "bytes", 12),
            kind: lifecycle::AttachmentKind::Receipt,
            title: None,
            about: None,
        }
        .into(),
        "detached" => lifecycle::Detached {
            attachment: AttachmentId::from_uuid(uuid(words.next("an attachment"))),
            reason: lifecycle::RemovalReason::EntryError,
        }
        .into(),
        _ => return None,
    })
}

/// `plan p pending reviews:2 work:reached`: the approval, and how far goals have come.
pub(super) fn expect_plan(journey: &Journey<'_>, words: &mut Words<'_>) {
    let (row, key) = (words.row, words.next("a plan"));
    let plan = journey.plans.get(&PlanId::from_uuid(uuid(key)));
    let plan = plan.unwrap_or_else(|| panic!("no plan {key} in `{row}`"));
    assert_eq!(plan.approval.as_str(), words.next("an approval"), "`{row}`");
    if let Some(reviews) = words.option("reviews") {
        assert_eq!(plan.reviews.to_string(), reviews, "`{row}`");
    }
    for goal in ["work", "home"] {
        if let Some(progress) = words.option(goal) {
            let found = plan
                .goals
                .get(&parsed::<GoalId>(goal))
                .map(|goal| goal.progress);
            assert_eq!(
                found.map(GoalProgress::as_str),
                Some(progress),
                "{goal} in `{row}`"
            );
        }
    }
}

/// `plan-due 31` or `plan-due none`.
pub(super) fn expect_day(found: Option<Date>, words: &mut Words<'_>) {
    let found = found.map_or_else(
        || "none".to_owned(),
        |day| days_between(DAY_0, day).to_string(),
    );
    assert_eq!(found, words.next("a day or `none`"), "`{}`", words.row);
}

/// `transfer t pending by:19`: the state, and the last day for an answer.
pub(super) fn expect_transfer(journey: &Journey<'_>, words: &mut Words<'_>) {
    let (row, key) = (words.row, words.next("a transfer"));
    let transfer = journey.transfers.get(&TransferId::from_uuid(uuid(key)));
    let transfer = transfer.unwrap_or_else(|| panic!("no transfer {key} in `{row}`"));
    assert_eq!(transfer.state.as_str(), words.next("a state"), "`{row}`");
    if let Some(owner) = words.option("owner") {
        let found = transfer.pending().map(|(owner, _)| owner.as_str());
        assert_eq!(found.unwrap_or("none"), owner, "`{row}`");
    }
    if let Some(by) = words.day("by") {
        assert_eq!(transfer.pending().map(|(_, by)| by), Some(by), "`{row}`");
    }
}

/// `confirm d 90` or `confirm d none`.
pub(super) fn expect_confirmation(journey: &Journey<'_>, words: &mut Words<'_>) {
    let (row, key) = (words.row, words.next("a delivery"));
    let known = journey.assistance.get(&AssistanceId::from_uuid(uuid(key)));
    let known = known.unwrap_or_else(|| panic!("no delivery {key} in `{row}`"));
    expect_day(known.confirm_on(), words);
}

/// `relative other child household:h`, or `relative other none`.
pub(super) fn expect_relative(journey: &Journey<'_>, words: &mut Words<'_>) {
    let (row, key) = (words.row, words.next("a journey"));
    let known = journey.relations.get(&JourneyId::from_uuid(uuid(key)));
    let known = known.unwrap_or_else(|| panic!("nothing is told of {key} in `{row}`"));
    let relation = known
        .relation
        .map_or("none", |(relation, _)| relation.as_str());
    assert_eq!(relation, words.next("a relation"), "`{row}`");
    if let Some(household) = words.option("household") {
        let found = known.relation.and_then(|(_, household)| household);
        assert_eq!(
            found,
            Some(HouseholdId::from_uuid(uuid(household))),
            "`{row}`"
        );
    }
}

/// `attachment a there` or `attachment a removed`.
pub(super) fn expect_attachment(journey: &Journey<'_>, words: &mut Words<'_>) {
    let (row, key) = (words.row, words.next("an attachment"));
    let known = journey.attachments.get(&AttachmentId::from_uuid(uuid(key)));
    let known = known.unwrap_or_else(|| panic!("no attachment {key} in `{row}`"));
    let state = known.removed.map_or("there", |_| "removed");
    assert_eq!(state, words.next("a state"), "`{row}`");
}

//! Where a case stands, part by part: what is next, referrals, consents, plans, assistance, transfers,
//! attachments, relatives. A part of which nothing is told is a panel that is empty.

use homeward_projections::{cases, plans};

use crate::endpoints::journeys::{JourneyAnswer, NextAction};
use crate::endpoints::referrals::lists::OpenReferral;
use crate::pages::ask::Ask;
use crate::pages::panel::{Cell, Column, Guard, Panel, State, TableTwin};
use crate::pages::written;

/// Every part, the most pressing first.
pub(super) fn panels(ask: &Ask, told: &JourneyAnswer) -> Vec<Panel> {
    let mut panels = promised(ask, told);
    panels.extend(given(ask, told));
    panels
}

const REFERRALS: &[&str] = &[
    "column-need",
    "column-to",
    "column-state",
    "column-owner",
    "column-clock",
    "journey-by",
    "column-priority",
    "journey-sent",
];
const CONSENTS: &[&str] = &[
    "journey-purposes",
    "journey-data",
    "journey-agencies",
    "column-from-day",
    "column-until",
];
const PLANS: &[&str] = &[
    "journey-goal",
    "column-dimension",
    "column-level",
    "column-progress",
    "journey-by",
    "journey-plan-state",
];
const ASSISTANCE: &[&str] = &[
    "column-kind",
    "journey-on",
    "column-agency",
    "column-mode",
    "journey-worth",
    "column-confirmation",
];
const TRANSFERS: &[&str] = &[
    "column-from",
    "column-to",
    "column-state",
    "column-reason",
    "journey-whose",
    "journey-by",
];
const ATTACHMENTS: &[&str] = &[
    "column-kind",
    "journey-called",
    "journey-on",
    "column-agency",
    "journey-size",
];

/// What is to be done, and what was asked of whom.
fn promised(ask: &Ask, told: &JourneyAnswer) -> Vec<Panel> {
    let next = told.next_actions.iter().map(|next| action(ask, next));
    let referrals = told.referrals.iter().map(|open| referral(ask, open));
    let consents = told
        .consents_in_force
        .iter()
        .map(|given| consent(ask, given));
    let plans = told.plans.iter().flat_map(|agreed| plan(ask, agreed));
    let columns = ["journey-what", "journey-by", "journey-whose", "journey-of"];
    vec![
        part(ask, "journey-next", &columns, next.collect()),
        part(ask, "journey-referrals", REFERRALS, referrals.collect()),
        part(ask, "journey-consents", CONSENTS, consents.collect()),
        part(ask, "journey-plans", PLANS, plans.collect()),
    ]
}

/// What was given, where the case went, what belongs to it.
fn given(ask: &Ask, told: &JourneyAnswer) -> Vec<Panel> {
    let given = told.assistance.iter().map(|given| assistance(ask, given));
    let transfers = told.transfers.iter().map(|transfer| moved(ask, transfer));
    let attached = told.attachments.iter().map(|one| attachment(ask, one));
    let relatives = told.relatives.iter().map(|one| related(ask, one));
    let columns = ["column-journey", "journey-relation"];
    vec![
        part(ask, "journey-assistance", ASSISTANCE, given.collect()),
        part(ask, "journey-transfers", TRANSFERS, transfers.collect()),
        part(ask, "journey-attachments", ATTACHMENTS, attached.collect()),
        part(ask, "journey-relatives", &columns, relatives.collect()),
    ]
}

fn part(ask: &Ask, id: &'static str, columns: &[&str], rows: Vec<Vec<Cell>>) -> Panel {
    let speech = ask.speech();
    let said = speech.say(id);
    Panel {
        id,
        headline: said.clone(),
        state: if rows.is_empty() {
            State::Empty
        } else {
            State::Told
        },
        tables: vec![TableTwin {
            caption: said,
            columns: columns
                .iter()
                .map(|column| Column::words(speech.say(column)))
                .collect(),
            rows,
            totals: Vec::new(),
            guard: Guard::Closed,
        }],
        table_first: true,
        ..Panel::default()
    }
}

fn text(value: Option<impl ToString>) -> Cell {
    Cell::text(value.map(|value| value.to_string()).unwrap_or_default())
}

fn day(value: Option<impl ToString>) -> Cell {
    Cell::day(value.map(|value| value.to_string()).unwrap_or_default())
}

fn action(ask: &Ask, action: &NextAction) -> Vec<Cell> {
    let next = &action.next;
    let by = day(next.on);
    // The key of a follow-up says which; other ids are told apart by their ends.
    let of = next
        .of
        .as_deref()
        .map(|of| match uuid::Uuid::try_parse(of) {
            Ok(_) => written::short(of),
            Err(_) => of.to_owned(),
        });
    vec![
        Cell::word(ask.speech(), "next", &next.what),
        if action.overdue {
            by.drawn("day pressing")
        } else {
            by
        },
        text(next.owner.as_ref()),
        text(of),
    ]
}

fn referral(ask: &Ask, open: &OpenReferral) -> Vec<Cell> {
    let speech = ask.speech();
    let row = &open.row;
    let mut state = speech.word("referral-state", &row.state);
    let why = row
        .declined
        .as_deref()
        .map(|why| speech.word("decline-reason", why))
        .or_else(|| {
            row.withdrawn
                .as_deref()
                .map(|why| speech.word("withdraw-reason", why))
        })
        .or_else(|| {
            row.delivery
                .as_deref()
                .map(|what| speech.word("delivery", what))
        });
    if let Some(why) = why {
        state = format!("{state}: {why}");
    }
    if open.consent_expired {
        state = format!("{state} ({})", speech.say("journey-consent-expired"));
    }
    let level = open
        .level
        .map(|level| speech.word("clock-level", level.as_str()));
    let due = row.due.map(written::instant);
    let due = [due, level]
        .into_iter()
        .flatten()
        .collect::<Vec<_>>()
        .join(", ");
    let due = Cell::text(due);
    let word = |vocabulary: &str, value: Option<&str>| {
        value.map_or_else(Cell::default, |value| Cell::word(speech, vocabulary, value))
    };
    vec![
        Cell::word(speech, "service-need", &row.need),
        Cell::text(row.to.to_string()),
        Cell {
            value: row.state.clone(),
            ..Cell::text(state)
        },
        word("owner", row.owner.as_deref()),
        word("clock", row.clock.as_deref()),
        if open.overdue {
            due.drawn("pressing")
        } else {
            due
        },
        Cell::word(speech, "priority", row.priority.as_str()),
        Cell::day(written::occurred(row.sent)),
    ]
}

fn consent(ask: &Ask, given: &cases::Consent) -> Vec<Cell> {
    let speech = ask.speech();
    let purposes = given.purposes.iter();
    let purposes: Vec<String> = purposes
        .map(|purpose| speech.word("purpose", purpose.as_str()))
        .collect();
    let data = match &given.categories {
        None => speech.say("journey-override"),
        Some(categories) => {
            let said = categories.iter();
            let said = said.map(|category| speech.word("data-category", category.as_str()));
            said.collect::<Vec<_>>().join(", ")
        }
    };
    let agencies: Vec<&str> = given
        .agencies
        .iter()
        .map(homeward_events::id::AgencyId::as_str)
        .collect();
    let agencies = if agencies.is_empty() {
        speech.say("journey-agencies-needed")
    } else {
        agencies.join(", ")
    };
    vec![
        Cell::text(purposes.join(", ")),
        Cell::text(data),
        Cell::text(agencies),
        day(Some(given.from)),
        day(given.expires_on),
    ]
}

/// A row for every goal.
fn plan(ask: &Ask, agreed: &plans::Row) -> Vec<Vec<Cell>> {
    let speech = ask.speech();
    let told = [
        ("state", speech.word("approval", &agreed.state).into()),
        ("day", written::occurred(agreed.agreed).into()),
        ("agency", agreed.agency.to_string().into()),
    ];
    let state = speech.tell("journey-plan-told", &told);
    let goal = |goal: &plans::GoalRow| {
        let summary = goal.summary.clone();
        vec![
            Cell::text(summary.unwrap_or_else(|| goal.id.to_string())),
            Cell::word(speech, "dimension", goal.dimension.as_str()),
            Cell::word(speech, "level", goal.level.as_str()),
            Cell::word(speech, "goal-progress", goal.progress.as_str()),
            day(goal.due_on),
            Cell::text(state.clone()),
        ]
    };
    agreed.goals.iter().map(goal).collect()
}

fn assistance(ask: &Ask, given: &cases::Given) -> Vec<Cell> {
    let speech = ask.speech();
    let value = given
        .value
        .as_ref()
        .map(|value| format!("{} {}", value.amount, value.currency.as_str()));
    let worth = [value, given.items.clone()];
    let worth: Vec<String> = worth.into_iter().flatten().collect();
    let confirmed = match (given.confirmed, given.confirm_on) {
        (Some(found), _) => speech.word("confirmation-finding", found.as_str()),
        (None, Some(day)) => speech.tell("journey-confirm-on", &[("day", day.to_string().into())]),
        (None, None) => String::new(),
    };
    let class = if given.reversed { "struck" } else { "" };
    vec![
        Cell::word(speech, "assistance-kind", given.kind.as_str()),
        Cell::day(written::occurred(given.on)),
        Cell::text(given.agency.to_string()),
        Cell::word(speech, "delivery-mode", given.mode.as_str()),
        Cell::text(worth.join(", ")).drawn(class),
        if given.reversed {
            Cell::text(speech.say("journey-reversed"))
        } else {
            Cell::text(confirmed)
        },
    ]
}

fn moved(ask: &Ask, transfer: &cases::Transfer) -> Vec<Cell> {
    let speech = ask.speech();
    let mut state = speech.word("transfer-state", &transfer.state);
    if let Some(why) = &transfer.declined {
        state = format!("{state}: {}", speech.word("transfer-decline-reason", why));
    }
    let to = [
        Some(transfer.to.to_string()),
        transfer.site.as_ref().map(ToString::to_string),
        transfer.ledger.as_ref().map(ToString::to_string),
    ];
    vec![
        Cell::text(transfer.from.to_string()),
        Cell::text(to.into_iter().flatten().collect::<Vec<_>>().join(", ")),
        Cell {
            value: transfer.state.clone(),
            ..Cell::text(state)
        },
        Cell::word(speech, "transfer-reason", transfer.reason.as_str()),
        text(transfer.owner.as_ref()),
        day(transfer.due_on),
    ]
}

fn attachment(ask: &Ask, attached: &cases::Attachment) -> Vec<Cell> {
    let speech = ask.speech();
    let kibibytes = i64::try_from(attached.bytes.div_ceil(1024)).unwrap_or(i64::MAX);
    let class = if attached.removed.is_some() {
        "struck"
    } else {
        ""
    };
    let removed = attached.removal.map(|why| {
        let why = speech.word("removal-reason", why.as_str());
        speech.tell("journey-removed", &[("reason", why.into())])
    });
    let called = [attached.title.clone(), removed];
    let called: Vec<String> = called.into_iter().flatten().collect();
    vec![
        Cell::word(speech, "attachment-kind", attached.kind.as_str()).drawn(class),
        Cell::text(called.join(" – ")),
        Cell::day(written::occurred(attached.on)),
        Cell::text(attached.agency.to_string()),
        Cell::text(speech.tell("journey-kibibytes", &[("size", kibibytes.into())])),
    ]
}

fn related(ask: &Ask, relative: &cases::Relative) -> Vec<Cell> {
    let speech = ask.speech();
    let journey = relative.journey.to_string();
    let relation = relative.relation.map_or(
        "household-member",
        homeward_events::lifecycle::Relation::as_str,
    );
    vec![
        Cell {
            value: journey.clone(),
            ..Cell::text(written::short(&journey))
        }
        .to(ask.journey(&journey)),
        Cell::word(speech, "relation", relation),
    ]
}

//! Lists as sheets: one row a journey, referral, follow-up, finding or event. They are told whole or
//! refused.

use homeward_events::time::OccurredOn;
use homeward_events::vocabulary::Role;
use jiff::civil::Date;

use super::{AskError, Loaded, Question, TableKind, Told};
use crate::model::Table;
use crate::sheet::{Column, Sheet, Value};
use crate::timeline::Timeline;
use crate::{caseload, follow_ups, quality, referrals, timeline, worklist};

/// The sheets of a list without rows, where asking for nothing gives no answer.
pub(super) fn empty(kind: &TableKind) -> Option<Vec<Sheet>> {
    (kind.name == "timeline").then(|| vec![timeline_sheet(None)])
}

/// One more than the most rows, so that a list that is too long is seen to be.
pub(super) fn limit(question: &Question) -> usize {
    question.rows_max.saturating_add(1)
}

pub(super) fn told<R: serde::Serialize>(
    question: &Question,
    rows: &[R],
    sheet: impl FnOnce(&[R]) -> Sheet,
) -> Result<Told, AskError> {
    if rows.len() > question.rows_max {
        return Err(AskError::TooLong {
            rows_max: question.rows_max,
        });
    }
    Ok(Told {
        answer: serde_json::to_value(rows)?,
        sheets: vec![sheet(rows)],
    })
}

pub(super) fn journeys(
    table: &dyn Table,
    question: &Question,
    _: Loaded<'_>,
) -> Result<Told, AskError> {
    let rows = caseload::list(table, &question.only, None, limit(question))?;
    told(question, &rows, journeys_sheet)
}

fn journeys_sheet(rows: &[caseload::Case]) -> Sheet {
    let mut sheet = Sheet::new(
        "journeys",
        "Journeys, in the order of their ids",
        [
            Column::text("journey", "#meta+id"),
            Column::dimension("ledger"),
            Column::dimension("stage"),
            Column::dimension("site"),
            Column::dimension("return_type"),
            Column::dimension("sex"),
            Column::dimension("age_band"),
            Column::dimension("grounds"),
            Column::day("arrival", "#date+arrival"),
            Column::day("last_day", "#date+last"),
        ],
    );
    for case in rows {
        sheet.push([
            case.journey.to_string().into(),
            case.ledger.clone().into(),
            case.stage.clone().into(),
            case.site.clone().into(),
            case.return_type.clone().into(),
            case.sex.clone().into(),
            case.age_band.clone().into(),
            case.grounds.clone().into(),
            case.arrival.map(|day| day.0).into(),
            case.last_day.map(|day| day.0).into(),
        ]);
    }
    sheet
}

pub(super) fn timeline(
    table: &dyn Table,
    question: &Question,
    _: Loaded<'_>,
) -> Result<Told, AskError> {
    let journey = question.journey.ok_or(AskError::WhichJourney)?;
    let ledgers = question.ledgers();
    let found = timeline::of(table, journey)?
        .filter(|found| ledgers.is_empty() || ledgers.iter().any(|l| l == found.ledger.as_str()))
        .ok_or(AskError::NoSuchJourney(journey))?;
    Ok(Told {
        answer: serde_json::to_value(&found)?,
        sheets: vec![timeline_sheet(Some(&found))],
    })
}

/// The first civil day that a time may mean, where it is known to the day.
fn day_of(occurred: OccurredOn) -> Option<Date> {
    (occurred.day() == occurred.last_day()).then(|| occurred.day())
}

fn timeline_sheet(timeline: Option<&Timeline>) -> Sheet {
    let mut sheet = Sheet::new(
        "timeline",
        "Events of one journey, in the order of telling; one that was struck no longer stands",
        [
            Column::text("journey", "#meta+id"),
            Column::dimension("ledger"),
            Column::text("event", "#meta+event+id"),
            Column::text("type", "#event+type"),
            Column::text("occurred", "#date+occurred+text"),
            Column::day("occurred_on", "#date+occurred"),
            Column::text("recorded", "#date+recorded+text"),
            Column::text("agency", "#org+agency"),
            Column::text("role", "#meta+role"),
            Column::text("struck_by", "#meta+struck_by"),
            Column::text("replaced_by", "#meta+replaced_by"),
            Column::text("findings", "#meta+findings"),
        ],
    );
    let entries = timeline.iter().flat_map(|timeline| &timeline.entries);
    for (timeline, entry) in timeline.into_iter().cycle().zip(entries) {
        let findings = entry.findings.join(" ");
        let struck = entry.struck.as_ref();
        sheet.push([
            timeline.journey.to_string().into(),
            timeline.ledger.as_str().into(),
            entry.event.to_string().into(),
            entry.event_type.as_ref().into(),
            entry.occurred.to_string().into(),
            day_of(entry.occurred).into(),
            entry.recorded.to_string().into(),
            entry.agency.as_str().into(),
            entry.role.map(Role::as_str).into(),
            struck.map(|struck| struck.by.to_string()).into(),
            struck
                .and_then(|struck| struck.replaced_by)
                .map(|id| id.to_string())
                .into(),
            (!findings.is_empty()).then_some(findings).into(),
        ]);
    }
    sheet
}

pub(super) fn open_referrals(
    table: &dyn Table,
    question: &Question,
    _: Loaded<'_>,
) -> Result<Told, AskError> {
    let query = referrals::ListQuery {
        ledger: question.ledgers().to_vec(),
        state: question.only.get("state").cloned().unwrap_or_default(),
        ..referrals::ListQuery::default()
    };
    let rows = referrals::list_open(table, &query, limit(question))?;
    told(question, &rows, referrals_sheet)
}

fn referrals_sheet(rows: &[referrals::Row]) -> Sheet {
    let mut sheet = Sheet::new(
        "referrals-open",
        "Open referrals; `due` is when the running clock ends, in UTC",
        [
            Column::text("referral", "#meta+referral+id"),
            Column::text("journey", "#meta+id"),
            Column::dimension("ledger"),
            Column::text("from", "#org+from"),
            Column::text("to", "#org+to"),
            Column::text("need", "#sector+need"),
            Column::text("priority", "#meta+priority"),
            Column::text("sent", "#date+sent+text"),
            Column::day("sent_on", "#date+sent"),
            Column::text("state", "#status+referral"),
            Column::text("since", "#date+since+text"),
            Column::text("owner", "#meta+owner"),
            Column::text("clock", "#meta+clock"),
            Column::text("due", "#date+due+text"),
            Column::count("contacts_failed", "#indicator+contacts_failed+num"),
            Column::count("missed", "#indicator+missed+num"),
            Column::day("place_on", "#date+place"),
            Column::day("consent_until", "#date+consent"),
            Column::text("follows", "#meta+follows+id"),
        ],
    );
    for row in rows {
        sheet.push([
            row.referral.to_string().into(),
            row.journey.to_string().into(),
            row.ledger.clone().into(),
            row.from.as_str().into(),
            row.to.as_str().into(),
            row.need.clone().into(),
            row.priority.as_str().into(),
            row.sent.to_string().into(),
            day_of(row.sent).into(),
            row.state.clone().into(),
            row.since.to_string().into(),
            row.owner.clone().into(),
            row.clock.clone().into(),
            row.due.map(|due| due.to_string()).into(),
            i64::from(row.contacts_failed).into(),
            i64::from(row.missed).into(),
            row.place_on.map(|day| day.0).into(),
            row.consent_until.map(|day| day.0).into(),
            row.follows.map(|id| id.to_string()).into(),
        ]);
    }
    sheet
}

pub(super) fn due_follow_ups(
    table: &dyn Table,
    question: &Question,
    _: Loaded<'_>,
) -> Result<Told, AskError> {
    let (ledgers, on) = (question.ledgers(), question.day);
    let rows = follow_ups::list_due(table, ledgers, on, false, None, limit(question))?;
    told(question, &rows, |rows| follow_ups_sheet(rows, on))
}

fn follow_ups_sheet(rows: &[follow_ups::Row], on: Date) -> Sheet {
    let mut sheet = Sheet::new(
        "follow-ups-due",
        format!("Follow-ups due on or before {on}; overdue once their window has closed"),
        [
            Column::text("journey", "#meta+id"),
            Column::text("key", "#meta+key"),
            Column::dimension("ledger"),
            Column::dimension("site"),
            Column::text("wave", "#meta+wave"),
            Column::text("state", "#status+follow_up"),
            Column::day("due_on", "#date+due"),
            Column::day("closes_on", "#date+closes"),
            Column::count("attempts", "#indicator+attempts+num"),
            Column::text("overdue", "#meta+overdue"),
        ],
    );
    for row in rows {
        let overdue = if row.closes_on.0 < on { "yes" } else { "no" };
        sheet.push([
            row.journey.to_string().into(),
            row.key.to_string().into(),
            row.ledger.clone().into(),
            row.site.clone().into(),
            row.wave.clone().into(),
            row.state.clone().into(),
            row.due_on.0.into(),
            row.closes_on.0.into(),
            i64::from(row.attempts).into(),
            overdue.into(),
        ]);
    }
    sheet
}

pub(super) fn owed(
    table: &dyn Table,
    question: &Question,
    _: Loaded<'_>,
) -> Result<Told, AskError> {
    let asked = worklist::sheet(table, question, limit(question));
    let (answer, sheet) = asked.map_err(|error| match error {
        worklist::ListError::Dimension(error) => AskError::Query(error.into()),
        worklist::ListError::Table(error) => error.into(),
    })?;
    told(question, &answer.rows, |_| sheet)
}

pub(super) fn findings(
    table: &dyn Table,
    question: &Question,
    _: Loaded<'_>,
) -> Result<Told, AskError> {
    let rows = quality::list(table, question.ledgers(), None, limit(question))?;
    told(question, &rows, findings_sheet)
}

fn findings_sheet(rows: &[quality::Row]) -> Sheet {
    let mut sheet = Sheet::new(
        "findings",
        "Facts that break a rule",
        [
            Column::dimension("ledger"),
            Column::text("journey", "#meta+id"),
            Column::text("event", "#meta+event+id"),
            Column::text("rule", "#meta+rule"),
            Column::text("detail", "#description"),
        ],
    );
    for row in rows {
        sheet.push([
            Value::from(row.ledger.clone()),
            row.journey.to_string().into(),
            row.event.to_string().into(),
            row.rule.clone().into(),
            row.detail.clone().into(),
        ]);
    }
    sheet
}

//! Referrals as sheets: those that have ended, how long steps take, what providers answer, and why
//! referrals end without what was asked for.

use super::counts::{columns, row};
use super::lists::{limit, told};
use super::{AskError, Loaded, Question, Told};
use crate::model::Table;
use crate::referrals::{self, Row, providers, reasons};
use crate::sheet::{Column, Sheet, Value};
use crate::turnaround;

pub(super) fn closed(
    table: &dyn Table,
    question: &Question,
    _: Loaded<'_>,
) -> Result<Told, AskError> {
    let query = referrals::ListQuery {
        ledger: question.ledgers().to_vec(),
        state: question.only.get("state").cloned().unwrap_or_default(),
        ..referrals::ListQuery::default()
    };
    let rows = referrals::list_closed(table, &query, limit(question))?;
    told(question, &rows, closed_sheet)
}

fn closed_sheet(rows: &[Row]) -> Sheet {
    let mut sheet = Sheet::new(
        "referrals-closed",
        "Referrals that have ended, the last to end first, and why",
        [
            Column::text("referral", "#meta+referral+id"),
            Column::text("journey", "#meta+id"),
            Column::dimension("ledger"),
            Column::text("from", "#org+from"),
            Column::text("to", "#org+to"),
            Column::text("need", "#sector+need"),
            Column::text("sent", "#date+sent+text"),
            Column::text("state", "#status+referral"),
            Column::text("since", "#date+since+text"),
            Column::text("why", "#meta+why"),
            Column::count("contacts_failed", "#indicator+contacts_failed+num"),
            Column::count("missed", "#indicator+missed+num"),
            Column::text("follows", "#meta+follows+id"),
            Column::text("followed_by", "#meta+followed_by+id"),
        ],
    );
    for row in rows {
        let later: Vec<String> = row.followed_by.iter().map(ToString::to_string).collect();
        sheet.push([
            row.referral.to_string().into(),
            row.journey.to_string().into(),
            row.ledger.clone().into(),
            row.from.as_str().into(),
            row.to.as_str().into(),
            row.need.clone().into(),
            row.sent.to_string().into(),
            row.state.clone().into(),
            row.since.to_string().into(),
            row.why_ended().into(),
            i64::from(row.contacts_failed).into(),
            i64::from(row.missed).into(),
            row.follows.map(|id| id.to_string()).into(),
            (!later.is_empty()).then(|| later.join(" ")).into(),
        ]);
    }
    sheet
}

pub(super) fn turnaround(
    table: &dyn Table,
    question: &Question,
    _: Loaded<'_>,
) -> Result<Told, AskError> {
    let answer = turnaround::answer(table, &question.only, &question.by, question.day)?;
    Ok(Told {
        answer: serde_json::to_value(&answer)?,
        sheets: vec![answer.sheet()],
    })
}

impl turnaround::Answer {
    /// The durations as a table: a row for each group and step.
    pub fn sheet(&self) -> Sheet {
        let measured = [
            Column::text("step", "#meta+step"),
            Column::count("referrals", "#indicator+referrals+num"),
            Column::count("taken", "#indicator+taken+num"),
            Column::count("running", "#indicator+running+num"),
            Column::count("left", "#indicator+left+num"),
            Column::count("median_hours", "#indicator+median+hours"),
            Column::count("median_least", "#indicator+median+hours+least"),
            Column::count("median_most", "#indicator+median+hours+most"),
            Column::count("p90_hours", "#indicator+p90+hours"),
            Column::count("in_time", "#indicator+in_time+num"),
            Column::count("late", "#indicator+late+num"),
        ];
        let mut sheet = Sheet::new(
            "referral-turnaround",
            "How long each step of referrals takes, what still runs counted in (Kaplan-Meier)",
            columns(&self.by, measured),
        );
        for line in &self.lines {
            let measured: [Value; 11] = [
                line.step.into(),
                line.referrals.into(),
                line.taken.into(),
                line.running.into(),
                line.left.into(),
                line.median_hours.into(),
                line.median_least.into(),
                line.median_most.into(),
                line.p90_hours.into(),
                line.in_time.into(),
                line.late.into(),
            ];
            sheet.push(row(&line.values, measured));
        }
        sheet
    }
}

pub(super) fn providers(
    table: &dyn Table,
    question: &Question,
    _: Loaded<'_>,
) -> Result<Told, AskError> {
    let answer = providers::answer(table, &question.only, &question.by, question.day)?;
    Ok(Told {
        answer: serde_json::to_value(&answer)?,
        sheets: vec![answer.sheet()],
    })
}

/// Classes of age, the last without an end.
const AGES: [&str; providers::AGE_DAYS.len() + 1] = [
    "open_to_3_days",
    "open_to_14_days",
    "open_to_30_days",
    "open_to_90_days",
    "open_beyond_90_days",
];

impl providers::Answer {
    /// What became of referrals as a table: a row for each group.
    pub fn sheet(&self) -> Sheet {
        let counted = [
            "referrals",
            "accepted",
            "declined",
            "undecided",
            "unanswered",
            "left",
            "open",
        ];
        let counts = counted
            .into_iter()
            .chain(AGES)
            .chain(["overdue", "escalated"]);
        let counts = counts.map(|name| Column::count(name, format!("#indicator+{name}+num")));
        let shares = ["share", "share_least", "share_most"]
            .map(|name| Column::number(name, format!("#indicator+{name}")));
        let mut sheet = Sheet::new(
            "referral-providers",
            "What became of referrals, undecided ones counted as such, and how old open ones are",
            columns(&self.by, counts.chain(shares)),
        );
        for line in &self.lines {
            let tally = &line.tally;
            let counts = [
                tally.referrals,
                tally.accepted,
                tally.declined,
                tally.undecided,
                tally.unanswered,
                tally.left,
                tally.open,
            ];
            let more = [tally.overdue, tally.escalated];
            let counts = counts.into_iter().chain(tally.open_by_age).chain(more);
            let shares = [line.share, line.share_least, line.share_most].map(Value::from);
            sheet.push(
                row(&line.values, [])
                    .chain(counts.map(Value::from))
                    .chain(shares),
            );
        }
        sheet
    }
}

pub(super) fn reasons(
    table: &dyn Table,
    question: &Question,
    _: Loaded<'_>,
) -> Result<Told, AskError> {
    let answer = reasons::answer(table, &question.only, &question.by, "en")?;
    Ok(Told {
        answer: serde_json::to_value(&answer)?,
        sheets: vec![answer.sheet()],
    })
}

impl reasons::Answer {
    /// Reasons as a table: a row for each group and reason.
    pub fn sheet(&self) -> Sheet {
        let told = [
            Column::text("kind", "#meta+kind"),
            Column::text("reason_group", "#meta+reason+group"),
            Column::text("group_label", "#meta+reason+group+label"),
            Column::text("reason", "#meta+reason"),
            Column::text("label", "#meta+reason+label"),
            Column::count("referrals", "#indicator+referrals+num"),
        ];
        let mut sheet = Sheet::new(
            "referral-reasons",
            "Why referrals ended without what was asked for; one can stand in several kinds",
            columns(&self.by, told),
        );
        for line in &self.lines {
            let told: [Value; 6] = [
                line.kind.clone().into(),
                line.group.clone().into(),
                line.group_label.clone().into(),
                line.reason.clone().into(),
                line.label.clone().into(),
                line.referrals.into(),
            ];
            sheet.push(row(&line.values, told));
        }
        sheet
    }
}

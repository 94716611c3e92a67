//! Everything that is owed, as a sheet.

use homeward_events::referral::Priority;

use super::answer::{Answer, ListError, Query, Reference, answer};
use super::list::{Order, Show, Terms};
use crate::model::Table;
use crate::sheet::{Column, Sheet};
use crate::tables::Question;

/// Everything that is owed, as of the question's day.
///
/// # Errors
/// A dimension does not exist, or the store cannot be read.
pub(crate) fn sheet(
    table: &dyn Table,
    question: &Question,
    limit: usize,
) -> Result<(Answer, Sheet), ListError> {
    let terms = Terms::ad_hoc(Show::default(), Order::Deadline, Vec::new());
    let told = answer(
        table,
        &Query {
            terms: &terms,
            only: &question.only,
            by: &[],
            reference: Reference::on(question.day),
            level: None,
            after: None,
            limit,
        },
    )?;
    let mut sheet = Sheet::new(
        "worklist",
        format!("What is owed, by whom and by when, as of {}", question.day),
        [
            Column::dimension("kind"),
            Column::dimension("standing"),
            Column::text("journey", "#meta+id"),
            Column::dimension("ledger"),
            Column::dimension("site"),
            Column::dimension("agency"),
            Column::dimension("programme"),
            Column::dimension("return_type"),
            Column::dimension("sex"),
            Column::dimension("stage"),
            Column::dimension("priority"),
            Column::dimension("clock"),
            Column::dimension("about"),
            Column::text("subject", "#meta+subject"),
            Column::text("since", "#date+since+text"),
            Column::text("due", "#date+due+text"),
            Column::text("closes", "#date+closes+text"),
            Column::count("attempts", "#indicator+attempts+num"),
            Column::text("next", "#activity+next"),
            Column::text("who", "#contact+next"),
        ],
    );
    for row in &told.rows {
        let owed = &row.owed;
        sheet.push([
            owed.kind.as_str().into(),
            row.standing.as_str().into(),
            row.journey.to_string().into(),
            row.ledger.clone().into(),
            row.site.clone().into(),
            owed.agency.clone().into_owned().into(),
            row.programme.clone().into(),
            row.return_type.clone().into(),
            row.sex.clone().into(),
            row.stage.clone().into(),
            owed.priority.map(Priority::as_str).into(),
            owed.clock.clone().map(String::from).into(),
            owed.about.clone().map(String::from).into(),
            owed.subject.clone().map(String::from).into(),
            owed.since.to_string().into(),
            owed.due.map(|due| due.to_string()).into(),
            owed.closes.map(|closes| closes.to_string()).into(),
            owed.attempts.map(i64::from).into(),
            row.next.what.into(),
            row.next.who.clone().into(),
        ]);
    }
    Ok((told, sheet))
}

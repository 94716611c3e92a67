//! Counts as sheets: the groups, and all of them together in a sheet of their own, because a sum
//! among its parts is counted twice by whoever adds a column up.

use super::{AskError, Loaded, Question, Told};
use crate::model::Table;
use crate::sheet::{Column, Sheet, Value};
use crate::{caseload, five_w, follow_ups, outcomes, quality, referrals};

/// Columns of dimensions, and then others.
pub(super) fn columns(
    by: &[String],
    more: impl IntoIterator<Item = Column>,
) -> impl Iterator<Item = Column> {
    by.iter()
        .map(|name| Column::dimension(name))
        .chain(more)
        .collect::<Vec<_>>()
        .into_iter()
}

/// A row: the values of dimensions, and then others.
pub(super) fn row<const N: usize>(
    values: &[String],
    more: [Value; N],
) -> impl Iterator<Item = Value> {
    values.iter().cloned().map(Value::from).chain(more)
}

pub(super) fn caseload(
    table: &dyn Table,
    question: &Question,
    _: Loaded<'_>,
) -> Result<Told, AskError> {
    let query = caseload::Query {
        only: question.only.clone(),
        by: question.by.clone(),
    };
    let answer = caseload::count(table, &query)?;
    Ok(Told {
        answer: serde_json::to_value(&answer)?,
        sheets: answer.sheets(),
    })
}

impl caseload::Answer {
    /// The count as tables: `caseload`, and `all` with the persons behind it.
    pub fn sheets(&self) -> Vec<Sheet> {
        let journeys = || Column::count("journeys", "#indicator+journeys+num");
        let mut groups = Sheet::new(
            "caseload",
            "Journeys in each group",
            columns(&self.by, [journeys()]),
        );
        for group in &self.groups {
            groups.push(row(&group.values, [group.journeys.into()]));
        }
        let persons = Column::count("persons", "#affected+persons");
        let mut all = Sheet::new(
            "all",
            "Journeys in all groups, and the different persons whose journeys they are",
            [journeys(), persons],
        );
        all.push([self.journeys.into(), self.persons.into()]);
        vec![groups, all]
    }
}

pub(super) fn referrals(
    table: &dyn Table,
    question: &Question,
    _: Loaded<'_>,
) -> Result<Told, AskError> {
    let answer = referrals::count(table, &question.only, &question.by, question.day)?;
    Ok(Told {
        answer: serde_json::to_value(&answer)?,
        sheets: answer.sheets(),
    })
}

impl referrals::Answer {
    /// The count as tables: `referrals`, and `all`.
    pub fn sheets(&self) -> Vec<Sheet> {
        let counted = || {
            [
                Column::count("referrals", "#indicator+referrals+num"),
                Column::count("open", "#indicator+referrals+open+num"),
                Column::count("overdue", "#indicator+referrals+overdue+num"),
            ]
        };
        let mut groups = Sheet::new(
            "referrals",
            "Referrals in each group; overdue are open ones whose clock ended before the day",
            columns(&self.by, counted()),
        );
        for group in &self.groups {
            let counts = [group.referrals, group.open, group.overdue].map(Value::from);
            groups.push(row(&group.values, counts));
        }
        let mut all = Sheet::new("all", "Referrals in all groups", counted());
        all.push([self.referrals, self.open, self.overdue].map(Value::from));
        vec![groups, all]
    }
}

pub(super) fn follow_ups(
    table: &dyn Table,
    question: &Question,
    _: Loaded<'_>,
) -> Result<Told, AskError> {
    let answer = follow_ups::count(table, &question.only, &question.by, question.day)?;
    Ok(Told {
        answer: serde_json::to_value(&answer)?,
        sheets: answer.sheets(),
    })
}

impl follow_ups::Answer {
    /// The count as tables: `follow-ups`, and `all`.
    pub fn sheets(&self) -> Vec<Sheet> {
        let counted = || {
            [
                ("upcoming", "#indicator+upcoming+num"),
                ("due", "#indicator+due+num"),
                ("overdue", "#indicator+overdue+num"),
                ("missed", "#indicator+missed+num"),
                ("completed", "#indicator+completed+num"),
                ("cancelled", "#indicator+cancelled+num"),
                ("lapsed", "#indicator+lapsed+num"),
            ]
            .map(|(name, tag)| Column::count(name, tag))
        };
        let counts = |standing: &follow_ups::Standing| {
            [
                standing.upcoming,
                standing.due,
                standing.overdue,
                standing.missed,
                standing.completed,
                standing.cancelled,
                standing.lapsed,
            ]
            .map(Value::from)
        };
        let title = format!("Follow-ups in each group, as they stand on {}", self.on);
        let mut groups = Sheet::new("follow-ups", title, columns(&self.by, counted()));
        for group in &self.groups {
            groups.push(row(&group.values, counts(&group.standing)));
        }
        let mut all = Sheet::new("all", "Follow-ups in all groups", counted());
        all.push(counts(&self.all));
        vec![groups, all]
    }
}

pub(super) fn quality(
    table: &dyn Table,
    question: &Question,
    _: Loaded<'_>,
) -> Result<Told, AskError> {
    let lines = quality::report(table, &question.only)?;
    Ok(Told {
        answer: serde_json::to_value(&lines)?,
        sheets: vec![quality_sheet(&lines)],
    })
}

fn quality_sheet(lines: &[quality::Line]) -> Sheet {
    let mut sheet = Sheet::new(
        "quality",
        "How many, by kind (finding, corrected, missing, lag, precision), ledger and subject",
        [
            Column::text("kind", "#meta+kind"),
            Column::dimension("ledger"),
            Column::text("subject", "#meta+subject"),
            Column::text("value", "#meta+value"),
            Column::count("count", "#indicator+num"),
        ],
    );
    for line in lines {
        let value = (!line.value.is_empty()).then(|| line.value.clone());
        sheet.push([
            line.kind.clone().into(),
            line.ledger.clone().into(),
            line.subject.clone().into(),
            value.into(),
            line.count.into(),
        ]);
    }
    sheet
}

pub(super) fn outcomes(
    table: &dyn Table,
    question: &Question,
    loaded: Loaded<'_>,
) -> Result<Told, AskError> {
    let query = outcomes::Query {
        only: question.only.clone(),
        by: question.by.clone(),
        on: question.day,
        language: "en".to_owned(),
    };
    let answer = outcomes::answer(table, &query, loaded.instruments)?;
    Ok(Told {
        answer: serde_json::to_value(&answer)?,
        sheets: answer.sheets(),
    })
}

pub(super) fn five_w(
    table: &dyn Table,
    question: &Question,
    _: Loaded<'_>,
) -> Result<Told, AskError> {
    let (from, to) = question.months();
    let query = five_w::Query {
        only: question.only.clone(),
        by: question.by.clone(),
        from,
        to,
    };
    let answer = five_w::answer(table, &query)?;
    Ok(Told {
        answer: serde_json::to_value(&answer)?,
        sheets: answer.sheets(),
    })
}

//! Steps as sheets: how far journeys come, how those left who went no further, and how long each step
//! takes.

use super::{AskError, Loaded, Question, Told};
use crate::model::Table;
use crate::sheet::{Column, Sheet, Value};
use crate::steps::{self, Answer, Query};

pub(super) fn steps(
    table: &dyn Table,
    question: &Question,
    _: Loaded<'_>,
) -> Result<Told, AskError> {
    let query = Query {
        only: question.only.clone(),
        from: None,
        to: None,
        on: question.day,
    };
    let answer = steps::answer(table, &query)?;
    Ok(Told {
        answer: serde_json::to_value(&answer)?,
        sheets: answer.sheets(),
    })
}

impl Answer {
    /// Stages, reasons for leaving, and times.
    pub fn sheets(&self) -> Vec<Sheet> {
        vec![self.stages_sheet(), self.left_sheet(), self.times_sheet()]
    }

    fn stages_sheet(&self) -> Sheet {
        let mut sheet = Sheet::new(
            "stages",
            "How far journeys come: who came so far went on, waits there, or left from there",
            [
                Column::text("step", "#meta+step"),
                Column::count("reached", "#indicator+reached+num"),
                Column::count("took", "#indicator+took+num"),
                Column::count("waiting", "#indicator+waiting+num"),
                Column::count("left", "#indicator+left+num"),
            ],
        );
        for stage in &self.stages {
            sheet.push([
                stage.step.as_str().into(),
                stage.reached.into(),
                stage.took.into(),
                stage.waiting.into(),
                stage.left.values().sum::<i64>().into(),
            ]);
        }
        sheet
    }

    fn left_sheet(&self) -> Sheet {
        let mut sheet = Sheet::new(
            "left",
            "How those left who went no further than a step",
            [
                Column::text("step", "#meta+step"),
                Column::text("how", "#meta+how"),
                Column::count("journeys", "#indicator+left+num"),
            ],
        );
        for stage in &self.stages {
            for (how, journeys) in &stage.left {
                let row: [Value; 3] = [
                    stage.step.as_str().into(),
                    how.as_str().into(),
                    (*journeys).into(),
                ];
                sheet.push(row);
            }
        }
        sheet
    }

    fn times_sheet(&self) -> Sheet {
        let mut sheet = Sheet::new(
            "times",
            "Share that has taken each step by day after reception, leaving as what competes \
             (Aalen-Johansen, interval of 95 in a hundred)",
            [
                Column::text("step", "#meta+step"),
                Column::count("days", "#indicator+days"),
                Column::count("at_risk", "#indicator+at_risk+num"),
                Column::number("taken", "#indicator+taken+share"),
                Column::number("lower", "#indicator+taken+share+lower"),
                Column::number("upper", "#indicator+taken+share+upper"),
                Column::number("left", "#indicator+left+share"),
            ],
        );
        for time in &self.times {
            for point in &time.curve {
                sheet.push([
                    time.step.as_str().into(),
                    point.days.into(),
                    i64::try_from(point.at_risk).unwrap_or(i64::MAX).into(),
                    point.taken.into(),
                    point.lower.into(),
                    point.upper.into(),
                    point.left.into(),
                ]);
            }
        }
        sheet
    }
}

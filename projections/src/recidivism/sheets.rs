//! An answer as tables that leave the house.

use jiff::civil::Date;

use super::Answer;
use super::figures::Share;
use super::groups::{Cohort, PeriodShare};
use crate::measure::risk::{Cause, RiskTable};
use crate::sheet::{Column, Sheet, Value};

impl Answer {
    /// The answer as tables: how persons ended, the survival table at every time at which somebody
    /// left, the same by group, cumulative incidence by cause, fixed windows, cohorts by window, and
    /// years after the origin.
    pub fn sheets(&self) -> Vec<Sheet> {
        let definition = definition_sheet(
            &self.definition,
            &self.definition_digest,
            self.on.0,
            &self.definition_text,
        );
        let mut sheets = vec![definition, self.ends_sheet()];
        let title = format!(
            "Share free of failure by time after the origin, in units of one {} (Kaplan-Meier)",
            self.unit.as_str()
        );
        let mut survival = Sheet::new("survival", title.clone(), survival_columns(Vec::new()));
        self.survival(&self.tables.one, &[], &mut survival);
        sheets.push(survival);
        if !self.by.is_empty() {
            let by = self.by.iter().map(|name| Column::dimension(name)).collect();
            let mut groups = Sheet::new("survival-by-group", title, survival_columns(by));
            for (values, table) in &self.tables.groups {
                self.survival(table, values, &mut groups);
            }
            sheets.push(groups);
        }
        sheets.extend([
            self.incidence_sheet(),
            self.windows_sheet(),
            self.cohorts_sheet(),
            self.years_sheet(),
        ]);
        sheets
    }

    fn ends_sheet(&self) -> Sheet {
        let columns = [
            Column::text("role", "#status+role"),
            Column::text("end", "#status"),
            Column::count("persons", "#affected"),
        ];
        let mut sheet = Sheet::new("ends", "Persons by how their time ended", columns);
        for end in &self.figures.ends {
            sheet.push([end.role.into(), end.end.as_str().into(), end.persons.into()]);
        }
        sheet
    }

    fn survival(&self, table: &RiskTable, values: &[String], sheet: &mut Sheet) {
        let curve = table.kaplan_meier();
        for point in curve.points() {
            let interval = curve.interval(point.time, self.interval.measure(), self.level);
            let mut row: Vec<Value> = values.iter().map(|value| value.as_str().into()).collect();
            row.extend([
                point.time.into(),
                point.at_risk.into(),
                point.events.into(),
                point.censored.into(),
                point.survival.into(),
                point.standard_error.into(),
                interval.map(|(lower, _)| lower).into(),
                interval.map(|(_, upper)| upper).into(),
                point.cumulative_hazard.into(),
            ]);
            sheet.push(row);
        }
    }

    fn incidence_sheet(&self) -> Sheet {
        let columns = [
            Column::text("cause", "#status+cause"),
            Column::count("time", "#indicator+time+num"),
            Column::number("incidence", "#indicator+incidence+num"),
            Column::number("standard_error", "#indicator+error+num"),
            Column::number("lower", "#indicator+lower+num"),
            Column::number("upper", "#indicator+upper+num"),
        ];
        let title = "Cumulative incidence by cause, competing ends too (Aalen-Johansen)";
        let mut sheet = Sheet::new("incidence", title, columns);
        let incidences = self.tables.all.aalen_johansen();
        for (cause, name) in (0_u16..).map(Cause).zip(&self.tables.causes) {
            let rows = self.tables.all.rows().iter();
            for row in rows.filter(|row| row.by_cause.contains_key(&cause)) {
                let incidence = incidences.at(row.time, cause);
                let scale = self.interval.measure();
                let interval = incidences.interval(row.time, cause, scale, self.level);
                sheet.push([
                    name.as_str().into(),
                    row.time.into(),
                    incidence.share.into(),
                    incidence.standard_error.into(),
                    interval.map(|(lower, _)| lower).into(),
                    interval.map(|(_, upper)| upper).into(),
                ]);
            }
        }
        sheet
    }

    fn windows_sheet(&self) -> Sheet {
        let mut columns = vec![Column::count("window_months", "#indicator+window+num")];
        columns.extend(tally_columns());
        columns.push(Column::count("not_yet_failed", "#affected+not_yet+failed"));
        columns.extend(share_columns("share"));
        columns.extend([
            Column::number("share_if_no_lost_failed", "#indicator+share+least+num"),
            Column::number("share_if_all_lost_failed", "#indicator+share+most+num"),
            Column::count("failures", "#indicator+failures+num"),
            Column::number("failures_per_100_persons", "#indicator+frequency+num"),
            Column::number("severity_per_100_persons", "#indicator+severity+num"),
        ]);
        let title = "Failed within fixed windows; what does not stand yet is not a no";
        let mut sheet = Sheet::new("windows", title, columns);
        for window in &self.figures.windows {
            let mut row: Vec<Value> = vec![i64::from(window.months).into()];
            let (failed, not_failed) = (window.failed, window.not_failed);
            let rest = [
                window.competing,
                window.censored,
                window.not_yet,
                window.not_yet_failed,
            ];
            row.extend([failed, not_failed].map(Value::from));
            row.extend(rest.map(Value::from));
            row.extend(share_values(window.share));
            row.extend([
                window.bounds.map(|(least, _)| least).into(),
                window.bounds.map(|(_, most)| most).into(),
            ]);
            let counted = window.reoffending;
            row.extend([
                counted.map(|counted| counted.failures).into(),
                counted.and_then(|counted| counted.per_100_persons).into(),
                counted
                    .and_then(|counted| counted.severity_per_100_persons)
                    .into(),
            ]);
            sheet.push(row);
        }
        sheet
    }

    fn cohorts_sheet(&self) -> Sheet {
        let mut columns = vec![
            Column::text("cohort", "#date+cohort"),
            Column::count("window_months", "#indicator+window+num"),
        ];
        columns.extend(tally_columns());
        columns.push(Column::text("is_final", "#status+final"));
        columns.extend(share_columns("share"));
        let title = "Cohorts by time of origin, and fixed windows";
        let mut sheet = Sheet::new("cohorts", title, columns);
        for cohort in &self.cohorts {
            let Cohort {
                failed,
                not_failed,
                competing,
                censored,
                not_yet,
                ..
            } = *cohort;
            let mut row: Vec<Value> = vec![
                cohort.cohort.as_str().into(),
                i64::from(cohort.months).into(),
            ];
            row.extend([failed, not_failed, competing, censored, not_yet].map(Value::from));
            row.push(if cohort.is_final { "yes" } else { "no" }.into());
            row.extend(share_values(cohort.share));
            sheet.push(row);
        }
        sheet
    }

    fn years_sheet(&self) -> Sheet {
        let mut columns = vec![
            Column::count("year", "#indicator+year+num"),
            Column::count("observed", "#affected+observed"),
        ];
        for name in ["cumulative", "annual", "first_failure"] {
            columns.extend(share_columns(name));
        }
        let title = "Years after the origin, among those observed to the end of each";
        let mut sheet = Sheet::new("years", title, columns);
        for year in &self.years {
            let PeriodShare {
                cumulative,
                annual,
                first_failure,
                ..
            } = *year;
            let mut row: Vec<Value> = vec![i64::from(year.year).into(), year.observed.into()];
            for share in [cumulative, annual, first_failure] {
                row.extend(share_values(share));
            }
            sheet.push(row);
        }
        sheet
    }
}

/// What the figures of an answer count.
pub(super) fn definition_sheet(name: &str, digest: &str, on: Date, sentence: &str) -> Sheet {
    let columns = [
        Column::text("definition", "#meta+definition"),
        Column::text("digest", "#meta+digest"),
        Column::day("reference_day", "#date+reference"),
        Column::text("sentence", "#description"),
    ];
    let mut sheet = Sheet::new("definition", "What the figures count", columns);
    sheet.push([name.into(), digest.into(), on.into(), sentence.into()]);
    sheet
}

fn survival_columns(by: Vec<Column>) -> Vec<Column> {
    let mut columns = by;
    columns.extend([
        Column::count("time", "#indicator+time+num"),
        Column::count("at_risk", "#affected+at_risk"),
        Column::count("events", "#affected+failed"),
        Column::count("censored", "#affected+censored"),
        Column::number("survival", "#indicator+survival+num"),
        Column::number("standard_error", "#indicator+error+num"),
        Column::number("lower", "#indicator+lower+num"),
        Column::number("upper", "#indicator+upper+num"),
        Column::number("cumulative_hazard", "#indicator+hazard+num"),
    ]);
    columns
}

fn tally_columns() -> [Column; 5] {
    ["failed", "not_failed", "competing", "censored", "not_yet"]
        .map(|name| Column::count(name, format!("#affected+{name}")))
}

/// A share, of how many, and the limits of its Wilson interval.
fn share_columns(name: &str) -> [Column; 4] {
    // Attributes of tags are words without `_`.
    let attribute = name.replace('_', "");
    let tag = |more: &str| format!("#indicator+{attribute}{more}+num");
    [
        Column::number(name, tag("")),
        Column::count(
            format!("{name}_of_persons"),
            format!("#affected+{attribute}+whole"),
        ),
        Column::number(format!("{name}_lower"), tag("+lower")),
        Column::number(format!("{name}_upper"), tag("+upper")),
    ]
}

fn share_values(share: Option<Share>) -> [Value; 4] {
    let wilson = share.and_then(|share| share.wilson);
    [
        share.map(|share| share.share).into(),
        share.map(|share| share.whole).into(),
        wilson.map(|(lower, _)| lower).into(),
        wilson.map(|(_, upper)| upper).into(),
    ]
}

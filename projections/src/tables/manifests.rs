//! Manifests as sheets: batches with how many stand how, and the lines of batches that are asked for.

use homeward_events::id::{BatchId, JourneyId, SiteId};
use homeward_events::reception::NotArrivedReason;
use jiff::civil::Date;
use serde_json::json;

use super::{AskError, Loaded, Question, Told};
use crate::manifests::{self, Line, Manifest};
use crate::model::Table;
use crate::sheet::{Column, Sheet};

pub(super) fn batches(
    table: &dyn Table,
    question: &Question,
    _: Loaded<'_>,
) -> Result<Told, AskError> {
    let all = manifests::list(table, &question.only, question.day)?;
    Ok(Told {
        sheets: vec![batches_sheet(&all, question.day)],
        answer: serde_json::to_value(&all)?,
    })
}

fn batches_sheet(all: &[Manifest], on: Date) -> Sheet {
    let counts = [
        "announced",
        "arrived",
        "not_arrived",
        "untold",
        "expected",
        "cancelled",
        "unannounced",
        "medical_provided",
        "medical_none",
        "medical_not_provided",
        "criminal_provided",
        "criminal_none",
        "criminal_not_provided",
    ];
    let mut columns = vec![
        Column::dimension("ledger"),
        Column::dimension("batch"),
        Column::day("expected_from", "#date+expected+start"),
        Column::day("expected_to", "#date+expected+end"),
        Column::text("ports", "#loc+ports"),
    ];
    columns.extend(counts.map(|name| Column::count(name, format!("#affected+{name}"))));
    let title = format!("Manifests as they stand on {on}, by batch");
    let mut sheet = Sheet::new("manifests", title, columns);
    for manifest in all {
        let counts = manifest.counts;
        let (medical, criminal) = (manifest.medical_information, manifest.criminal_information);
        let day = |day: Option<&homeward_events::time::Day>| day.map(|day| day.0);
        let mut row = vec![
            manifest.ledger.clone().into(),
            Some(manifest.batch.clone())
                .filter(|batch| !batch.is_empty())
                .into(),
            day(manifest.expected_on.first()).into(),
            day(manifest.expected_on.last()).into(),
            manifest.ports.join(" ").into(),
        ];
        let numbers = [
            counts.announced,
            counts.arrived,
            counts.not_arrived,
            counts.untold,
            counts.expected,
            counts.cancelled,
            counts.unannounced,
            medical.provided,
            medical.none,
            medical.not_provided,
            criminal.provided,
            criminal.none,
            criminal.not_provided,
        ];
        row.extend(numbers.map(Into::into));
        sheet.push(row);
    }
    sheet
}

pub(super) fn lines(
    table: &dyn Table,
    question: &Question,
    _: Loaded<'_>,
) -> Result<Told, AskError> {
    let (mut announced, mut unannounced) = (Vec::new(), Vec::new());
    for batch in question.only.get("batch").into_iter().flatten() {
        // What is no batch has no lines.
        let Ok(batch) = batch.parse::<BatchId>() else {
            continue;
        };
        let (lines, others) = manifests::lines(table, &batch, question.ledgers(), question.day)?;
        announced.extend(lines);
        unannounced.extend(others);
    }
    let rows_max = question.rows_max;
    if announced.len() + unannounced.len() > rows_max {
        return Err(AskError::TooLong { rows_max });
    }
    Ok(Told {
        answer: json!({ "lines": announced, "unannounced": unannounced }),
        sheets: vec![lines_sheet(
            announced.iter().chain(&unannounced),
            question.day,
        )],
    })
}

fn lines_sheet<'l>(lines: impl Iterator<Item = &'l Line>, on: Date) -> Sheet {
    let columns = [
        Column::dimension("ledger"),
        Column::dimension("batch"),
        Column::count("line", "#meta+line"),
        Column::text("journey", "#meta+id"),
        Column::text("standing", "#status+standing"),
        Column::day("expected_on", "#date+expected"),
        Column::dimension("port"),
        Column::text("carrier", "#meta+carrier"),
        Column::text("sending_country", "#country+sending"),
        Column::text("return_type", "#meta+return_type"),
        Column::text("grounds", "#meta+grounds"),
        Column::text("received_on", "#date+received"),
        Column::text("received_at", "#loc+received"),
        Column::text("received_as", "#meta+received_as"),
        Column::text("not_arrived_reason", "#meta+reason"),
        Column::text("medical_information", "#meta+medical"),
        Column::text("criminal_information", "#meta+criminal"),
    ];
    let title = format!("People of a manifest as they stand on {on}, and who came unannounced");
    let mut sheet = Sheet::new("manifest-lines", title, columns);
    for line in lines {
        sheet.push([
            line.ledger.clone().into(),
            line.batch.as_ref().map(BatchId::to_string).into(),
            line.line.map(i64::from).into(),
            line.journey.to_string().into(),
            line.standing.as_str().into(),
            line.expected_on.0.into(),
            line.port.as_ref().map(SiteId::to_string).into(),
            line.carrier.clone().into(),
            line.sending_country.to_string().into(),
            line.return_type.as_str().into(),
            line.grounds.as_str().into(),
            line.received_on.map(|on| on.to_string()).into(),
            line.received_at.as_ref().map(SiteId::to_string).into(),
            line.received_as.as_ref().map(JourneyId::to_string).into(),
            line.not_arrived_reason.map(NotArrivedReason::as_str).into(),
            line.medical_information.as_str().into(),
            line.criminal_information.as_str().into(),
        ]);
    }
    sheet
}

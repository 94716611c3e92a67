//! Data quality: facts that break a rule, scores that their answers do not give, corrections, what is missing, how late and how precisely
//! facts are recorded.

use std::collections::BTreeMap;

use homeward_events::catalogue::Correction;
use homeward_events::codec::recording_lag_days;
use homeward_events::id::{EventId, JourneyId};
use homeward_events::time::Precision;
use homeward_events::{Body, Event, Family};
use homeward_journey::{Journey, Person};
use serde::{Deserialize, Serialize};

use crate::caseload::{QueryError, filter};
use crate::cube::{Cube, cell_key};
use crate::dimension::{NOT_KNOWN, Profile};
use crate::index::Index;
use crate::instrument::{Instruments, Misfit};
use crate::model::{Contributions, ReadModel, Table, TableError};
use crate::referrals::collect;

/// The read model.
pub static QUALITY: ReadModel = ReadModel {
    name: "quality",
    version: 4,
    reads: Family::ALL,
    contribute,
    index: Some(|| Index::Cube(Cube::new(DIMENSIONS))),
};

/// What is counted: `kind` is `finding`, `corrected`, `missing`, `lag` or `precision`; `subject` the
/// rule, the reason, the field, or the family; `value` the bucket of days or the precision, else
/// empty.
pub const DIMENSIONS: &[&str] = &["kind", "ledger", "subject", "value"];

/// Buckets of days between a fact and its recording.
pub const LAG_BUCKETS: [&str; 6] = ["0", "1-2", "3-7", "8-30", "31-90", "91+"];

/// An answer to no item of the instrument, or one that the item does not offer.
pub const ANSWER_MISFIT: &str = "answer-misfit";
/// A stored score that its answers do not give.
pub const SCORE_DIFFERS: &str = "score-differs";
/// An assessment made with another file of the same instrument and version.
pub const INSTRUMENT_EDITED: &str = "instrument-edited";

/// A fact that breaks a rule.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Row {
    /// Ledger.
    pub ledger: String,
    /// The journey.
    pub journey: JourneyId,
    /// The fact.
    pub event: EventId,
    /// The rule, by its code.
    pub rule: String,
    /// What was found.
    pub detail: String,
}

fn contribute(person: &Person<'_>, out: &mut Contributions) {
    for journey in &person.journeys {
        let ledger = journey.ledger.map_or(NOT_KNOWN, |ledger| ledger.as_str());
        findings(journey, ledger, out);
        // Cuts and directories can be wrong, and observe nobody.
        if journey.is_nobodys() {
            continue;
        }
        misfits(journey, ledger, out);
        for (_, correction) in &journey.struck {
            if let Some(reason) = correction_reason(correction) {
                out.count(cell_key(&["corrected", ledger, reason, ""]));
            }
        }
        recording(journey, ledger, out);
        for field in missing(journey) {
            out.count(cell_key(&["missing", ledger, field, ""]));
        }
    }
}

/// How late and how precisely a journey's facts were recorded. Counted by family first: a journey has
/// many facts of few families, and each cell is written once.
fn recording(journey: &Journey<'_>, ledger: &str, out: &mut Contributions) {
    let mut counts: BTreeMap<(&str, Family, &str), i64> = BTreeMap::new();
    for event in &journey.facts {
        let family = event.body.family();
        *counts
            .entry(("lag", family, lag_bucket(event)))
            .or_default() += 1;
        let precision = match event.occurred.precision() {
            Precision::Year => "year",
            Precision::Month => "month",
            Precision::Day => "day",
            Precision::Instant => "instant",
        };
        *counts.entry(("precision", family, precision)).or_default() += 1;
    }
    for ((kind, family, value), count) in counts {
        out.add(cell_key(&[kind, ledger, family.as_str(), value]), count);
    }
}

fn findings(journey: &Journey<'_>, ledger: &str, out: &mut Contributions) {
    for finding in &journey.findings {
        let rule = finding.rule.code();
        out.count(cell_key(&["finding", ledger, rule, ""]));
        let detail = finding.detail.clone();
        finding_row(journey, ledger, (finding.event, rule, detail), out);
    }
}

/// Assessments that do not fit the instrument they name, or whose scores are not what their answers
/// give. Only instruments that ship are known here: the same facts must give the same rows in every
/// house, whatever files it was given.
fn misfits(journey: &Journey<'_>, ledger: &str, out: &mut Contributions) {
    for assessment in &journey.assessments {
        let (id, version) = (assessment.instrument.as_str(), assessment.version);
        let Some(instrument) = Instruments::embedded().get(id, version) else {
            continue;
        };
        let found = instrument.misfits(
            assessment.digest,
            assessment.answers,
            assessment.scores,
            assessment.overall,
        );
        let mut details: BTreeMap<&str, Vec<String>> = BTreeMap::new();
        for misfit in found {
            let rule = match misfit {
                Misfit::Digest { .. } => INSTRUMENT_EDITED,
                Misfit::Item { .. } | Misfit::Choice { .. } => ANSWER_MISFIT,
                Misfit::Score { .. } => SCORE_DIFFERS,
            };
            details.entry(rule).or_default().push(misfit.to_string());
        }
        for (rule, details) in details {
            out.count(cell_key(&["finding", ledger, rule, ""]));
            let detail = format!("{}: {}", instrument.name(), details.join("; "));
            finding_row(journey, ledger, (assessment.event, rule, detail), out);
        }
    }
}

fn finding_row(
    journey: &Journey<'_>,
    ledger: &str,
    (event, rule, detail): (EventId, &str, String),
    out: &mut Contributions,
) {
    let row = Row {
        ledger: ledger.to_owned(),
        journey: journey.id,
        event,
        rule: rule.to_owned(),
        detail,
    };
    out.row(format!("finding|{}|{event}|{rule}", journey.id), &row);
}

fn lag_bucket(event: &Event) -> &'static str {
    match recording_lag_days(event) {
        ..=0 => "0",
        1..=2 => "1-2",
        3..=7 => "3-7",
        8..=30 => "8-30",
        31..=90 => "31-90",
        91.. => "91+",
    }
}

/// What a received person's record lacks.
fn missing(journey: &Journey<'_>) -> impl Iterator<Item = &'static str> {
    let profile = Profile::of(journey);
    let lacks = [
        ("sex", profile.sex == NOT_KNOWN),
        ("birth-date", journey.born.is_none()),
        ("grounds", profile.grounds == "not-provided"),
        ("area", journey.area.is_none()),
        ("consent", journey.consents.is_empty()),
        ("assessment", journey.assessments.is_empty()),
    ];
    let received = journey.origin.is_some();
    lacks
        .into_iter()
        .filter(move |(_, lacks)| received && *lacks)
        .map(|(field, _)| field)
}

fn correction_reason(event: &Event) -> Option<&'static str> {
    let Body::Correction(correction) = &event.body else {
        return None;
    };
    Some(match correction {
        Correction::Retracted(body) => body.reason.as_str(),
        Correction::Replaced(body) => body.reason.as_str(),
    })
}

/// One line of the report.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Line {
    /// `finding`, `corrected`, `missing`, `lag` or `precision`.
    pub kind: String,
    /// Ledger.
    pub ledger: String,
    /// The rule, the reason, the field, or the family.
    pub subject: String,
    /// The bucket or the precision, else empty.
    pub value: String,
    /// How many.
    pub count: i64,
}

/// The report, line by line, in order.
///
/// # Errors
/// A dimension does not exist.
pub fn report(
    table: &dyn Table,
    only: &BTreeMap<String, Vec<String>>,
) -> Result<Vec<Line>, QueryError> {
    let empty = Cube::new(DIMENSIONS);
    let cube = table.cube().unwrap_or(&empty);
    let filter = filter(cube, only)?;
    let line = |(values, count): (Vec<String>, i64)| match <[String; 4]>::try_from(values) {
        Ok([kind, ledger, subject, value]) => Some(Line {
            kind,
            ledger,
            subject,
            value,
            count,
        }),
        Err(_) => None,
    };
    Ok(cube
        .sums(&filter, &[0, 1, 2, 3])
        .into_iter()
        .filter_map(line)
        .collect())
}

/// A page of facts that break a rule, by journey; `after` is the last row of the page before.
///
/// # Errors
/// The store cannot be read.
pub fn list(
    table: &dyn Table,
    ledgers: &[String],
    after: Option<&Row>,
    limit: usize,
) -> Result<Vec<Row>, TableError> {
    let from = after.map_or_else(
        || "finding|".to_owned(),
        |row| format!("finding|{}|{}|{}\0", row.journey, row.event, row.rule),
    );
    collect(table, &from, "finding|", limit, |row: &Row| {
        ledgers.is_empty() || ledgers.contains(&row.ledger)
    })
}

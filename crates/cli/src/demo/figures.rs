//! What the demo shows, asked through the door, and what it must be.

use anyhow::{Context as _, Result, bail};
use homeward_cli::cohorts::rossi;
use homeward_events::id::LedgerId;
use jiff::civil::{Date, date};
use serde_json::Value;

use crate::door::Door;
use crate::import::ROSSI_LEDGER;

/// A day by which everybody of the cohort had been observed to the end.
pub(super) const ROSSI_DAY: Date = date(1974, 1, 1);

/// Share free of arrest after 52 weeks, in ten-thousandths. Source: `survfit` of the R package
/// `survival` on the same data; 318 / 432, as nobody was lost before.
const ROSSI_SURVIVAL: i64 = 7361;

/// The cohort's figures at 52 weeks.
///
/// # Errors
/// The server cannot be asked, or a figure is not what it must be.
pub(super) async fn rossi(door: &Door) -> Result<String> {
    let weeks = rossi::WEEKS;
    let path = format!("/v1/recidivism?ledger={ROSSI_LEDGER}&unit=week&at={weeks}&day={ROSSI_DAY}");
    let answer = door.get(&path).await?;
    let point = answer
        .pointer("/curve/0")
        .context("the answer holds no curve")?;
    let persons = number(&answer, "/persons")?;
    let arrested = number(point, "/failed")?;
    let survival = point
        .pointer("/survival")
        .and_then(Value::as_f64)
        .context("the answer holds no survival")?;
    let line = format!(
        "Rossi cohort at {weeks} weeks: {persons} at start, {arrested} arrested, survival {survival:.4}"
    );
    let expected = [
        i64::try_from(rossi::PEOPLE)?,
        i64::try_from(rossi::ARRESTED)?,
    ];
    let known = format!("0.{ROSSI_SURVIVAL:04}");
    if [persons, arrested] != expected || format!("{survival:.4}") != known {
        let [people, arrests] = expected;
        bail!("{line}; it must be {people}, {arrests} and {known}");
    }
    Ok(format!("{line} (checked against R)"))
}

/// Headlines of the synthetic year; each line says what it is.
///
/// # Errors
/// The server cannot be asked.
pub(super) async fn synthetic(door: &Door, ledgers: &[LedgerId], day: Date) -> Result<Vec<String>> {
    let names: Vec<&str> = ledgers.iter().map(LedgerId::as_str).collect();
    let only = format!("&ledger={}", names.join("&ledger="));
    let caseload = door.get(&format!("/v1/caseload?by=stage{only}")).await?;
    let stages: Vec<String> = caseload
        .pointer("/groups")
        .and_then(Value::as_array)
        .into_iter()
        .flatten()
        .filter_map(|group| {
            let stage = group.pointer("/values/0")?.as_str()?;
            Some(format!("{stage} {}", group.pointer("/journeys")?))
        })
        .collect();
    let referrals = door.get(&format!("/v1/referrals?day={day}{only}")).await?;
    let follow_ups = door.get(&format!("/v1/follow-ups?day={day}{only}")).await?;
    let rearrest = door
        .get(&format!("/v1/recidivism?unit=day&at=365&day={day}{only}"))
        .await?;
    let path = format!("/v1/directory?{}", only.trim_start_matches('&'));
    let directory = door.get(&path).await?;
    let astray = directory.pointer("/astray").and_then(Value::as_array);
    let astray = astray.into_iter().flatten();
    let astray: i64 = astray
        .filter_map(|found| found.pointer("/referrals")?.as_i64())
        .sum();
    let point = rearrest
        .pointer("/curve/0")
        .context("the answer holds no curve")?;
    let survival = point
        .pointer("/survival")
        .and_then(Value::as_f64)
        .unwrap_or(1.0);
    Ok(vec![
        format!(
            "SYNTHETIC year on {day}: {} journeys of {} persons: {}",
            number(&caseload, "/journeys")?,
            number(&caseload, "/persons")?,
            stages.join(", ")
        ),
        format!(
            "SYNTHETIC referrals: {}, of them open {}, past their time {}",
            number(&referrals, "/all/referrals")?,
            number(&referrals, "/all/open")?,
            number(&referrals, "/all/overdue")?
        ),
        format!("SYNTHETIC referrals that name what no directory lists: {astray}"),
        format!(
            "SYNTHETIC follow-ups: completed {}, due {}, overdue {}",
            number(&follow_ups, "/all/completed")?,
            number(&follow_ups, "/all/due")?,
            number(&follow_ups, "/all/overdue")?
        ),
        format!(
            "SYNTHETIC first arrests within 365 days: {} of {} persons, {survival:.4} free of arrest",
            number(point, "/failed")?,
            number(&rearrest, "/persons")?
        ),
    ])
}

fn number(answer: &Value, pointer: &str) -> Result<i64> {
    answer
        .pointer(pointer)
        .and_then(Value::as_i64)
        .with_context(|| format!("the answer holds no number at {pointer}: {answer}"))
}

//! Reading a definition's file: what it must say, and what it cannot mean.

use homeward_events::id::LedgerId;

use super::terms::{Clock, FailureEvent, NotAtRisk, Terms, Unit};
use crate::histories::PartingKind;

/// Longest window, in calendar months: a hundred years.
const MONTHS_MAX: u16 = 1200;
/// Most windows of a definition.
const WINDOWS_MAX: usize = 24;
/// Most rules of failure.
const FAILURES_MAX: usize = 24;
/// Longest file, in bytes.
const FILE_BYTES_MAX: usize = 64 * 1024;

/// A file that is no definition: where, and what it should say.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{file}: field `{field}`: {problem}")]
pub struct DefinitionError {
    /// The file.
    pub file: String,
    /// The field, `failure[0].event`; `.` for the file as a whole.
    pub field: String,
    /// What is wrong, and what was expected.
    pub problem: String,
}

/// Reads and checks.
pub(super) fn read(file: &str, text: &str) -> Result<Terms, DefinitionError> {
    let wrong = |field: String, problem: String| DefinitionError {
        file: file.to_owned(),
        field,
        problem,
    };
    if text.len() > FILE_BYTES_MAX {
        let problem = format!("{} bytes, at most {FILE_BYTES_MAX}", text.len());
        return Err(wrong(".".to_owned(), problem));
    }
    let no_toml = |error: toml::de::Error| wrong(".".to_owned(), error.message().to_owned());
    let parsed = toml::Deserializer::parse(text).map_err(no_toml)?;
    let terms: Terms = serde_path_to_error::deserialize(parsed).map_err(|error| {
        let field = error.path().to_string();
        wrong(field, error.inner().message().to_owned())
    })?;
    match problem(&terms) {
        None => Ok(terms),
        Some((field, problem)) => Err(wrong(field, problem)),
    }
}

type Problem = (String, String);

fn problem(terms: &Terms) -> Option<Problem> {
    names(terms)
        .or_else(|| windows(terms))
        .or_else(|| population(terms))
        .or_else(|| ends(terms))
        .or_else(|| {
            let rules = 0..terms.failure.len();
            rules.into_iter().find_map(|index| failure(terms, index))
        })
}

fn at(field: impl Into<String>, problem: impl Into<String>) -> Problem {
    (field.into(), problem.into())
}

fn names(terms: &Terms) -> Option<Problem> {
    // A ledger's id has the shape that a definition's id needs: it stands in addresses and file names.
    if terms.id.parse::<LedgerId>().is_err() {
        return Some(at("id", "expected 1 to 64 of a-z, 0-9 and inner `-`"));
    }
    if terms.version == 0 {
        return Some(at("version", "expected 1 or more"));
    }
    for (field, text) in [("title", &terms.title), ("source", &terms.source)] {
        if text.trim().is_empty() {
            return Some(at(field, "expected words"));
        }
    }
    if terms
        .effective_to
        .is_some_and(|last| last < terms.effective_from)
    {
        return Some(at(
            "effective_to",
            "expected a day on or after effective_from",
        ));
    }
    None
}

fn windows(terms: &Terms) -> Option<Problem> {
    let months = &terms.windows.months;
    if months.is_empty() || months.len() > WINDOWS_MAX {
        return Some(at(
            "windows.months",
            format!("expected 1 to {WINDOWS_MAX} windows"),
        ));
    }
    if months.iter().any(|m| *m == 0 || *m > MONTHS_MAX) {
        return Some(at(
            "windows.months",
            format!("expected 1 to {MONTHS_MAX} months"),
        ));
    }
    if !months.is_sorted_by(|a, b| a < b) {
        return Some(at(
            "windows.months",
            "expected months in rising order, none twice",
        ));
    }
    if terms.windows.wait_months > MONTHS_MAX {
        return Some(at(
            "windows.wait_months",
            format!("expected at most {MONTHS_MAX} months"),
        ));
    }
    None
}

fn population(terms: &Terms) -> Option<Problem> {
    let people = &terms.population;
    match (people.age_min_years, people.age_max_years) {
        (Some(min), Some(max)) if min > max => Some(at(
            "population.age_max_years",
            "expected at least age_min_years",
        )),
        _ => None,
    }
}

fn ends(terms: &Terms) -> Option<Problem> {
    let lists = [
        ("ends.competing", &terms.ends.competing),
        ("ends.censoring", &terms.ends.censoring),
    ];
    for (field, list) in lists {
        if list.contains(&PartingKind::ContactRegained) {
            let problem = "`contact-regained` ends nothing: it takes back a loss of contact";
            return Some(at(field, problem));
        }
        for kind in list {
            let event = match kind {
                PartingKind::Remigrated => FailureEvent::Remigrated,
                PartingKind::RemovedAgain => FailureEvent::RemovedAgain,
                PartingKind::Died
                | PartingKind::MovedAway
                | PartingKind::ContactLost
                | PartingKind::ObservationEnded
                | PartingKind::ContactRegained => continue,
            };
            if terms.failure.iter().any(|rule| rule.event == event) {
                let problem = format!("`{}` is a failure already", kind.as_str());
                return Some(at(field, problem));
            }
        }
    }
    let [(_, competing), (field, censoring)] = lists;
    if let Some(both) = censoring.iter().find(|kind| competing.contains(kind)) {
        return Some(at(field, format!("`{}` competes already", both.as_str())));
    }
    let away = terms.not_at_risk.contains(&NotAtRisk::Abroad);
    let ended = competing
        .iter()
        .chain(censoring)
        .any(|k| *k == PartingKind::Remigrated);
    if away && ended {
        return Some(at(
            "not_at_risk",
            "`abroad` is a gap, but `remigrated` ends observation already",
        ));
    }
    None
}

fn failure(terms: &Terms, index: usize) -> Option<Problem> {
    let field = |name: &str| format!("failure[{index}].{name}");
    if terms.failure.len() > FAILURES_MAX {
        return Some(at(
            "failure",
            format!("expected at most {FAILURES_MAX} rules"),
        ));
    }
    let rule = terms.failure.get(index)?;
    if rule.cause.parse::<LedgerId>().is_err() {
        return Some(at(
            field("cause"),
            "expected 1 to 64 of a-z, 0-9 and inner `-`",
        ));
    }
    let of_a_case = rule.event.is_of_a_case();
    let about_cases = [
        ("class", !rule.class.is_empty()),
        ("severity", !rule.severity.is_empty()),
        ("offence_after_origin", rule.offence_after_origin),
        ("proven_before_months", rule.proven_before_months.is_some()),
    ];
    for (name, given) in about_cases {
        if given && !of_a_case {
            let problem = format!(
                "only arrested, charged and convicted have it, found event `{}`",
                rule.event.as_str()
            );
            return Some(at(field(name), problem));
        }
    }
    if !rule.reason.is_empty() && rule.event != FailureEvent::CustodyEntered {
        return Some(at(field("reason"), "only custody-entered has a reason"));
    }
    if !rule.return_type.is_empty() && rule.event != FailureEvent::ReceivedAgain {
        return Some(at(
            field("return_type"),
            "only received-again has a return type",
        ));
    }
    if rule.event == FailureEvent::ReceivedAgain && terms.origin.unit == Unit::Journey {
        return Some(at(
            field("event"),
            "a journey by itself is received once: expected unit `person`",
        ));
    }
    if terms.clock == Clock::Disposal && !of_a_case {
        let problem = format!(
            "`{}` has no disposal, which the clock asks for",
            rule.event.as_str()
        );
        return Some(at(field("event"), problem));
    }
    months(rule, &field)
}

fn months(rule: &super::terms::Failure, field: &dyn Fn(&str) -> String) -> Option<Problem> {
    let bounds = [
        ("before_months", rule.before_months),
        ("proven_before_months", rule.proven_before_months),
    ];
    for (name, months) in bounds {
        if months.is_some_and(|m| m <= rule.from_months || m > MONTHS_MAX) {
            let least = rule.from_months.saturating_add(1);
            return Some(at(
                field(name),
                format!("expected {least} to {MONTHS_MAX} months"),
            ));
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    const GOOD: &str = include_str!("../../definitions/rearrest.toml");

    fn refused(from: &str, to: &str) -> DefinitionError {
        assert!(GOOD.contains(from), "{from}");
        read("own.toml", &GOOD.replace(from, to)).unwrap_err()
    }

    #[test]
    fn an_error_names_file_field_and_what_was_expected() {
        for (from, to, field, expected) in [
            ("version = 1", "version = 0", "version", "1 or more"),
            (
                "version = 1",
                "version = 1\nnew = 2",
                "new",
                "unknown field",
            ),
            ("id = \"rearrest\"", "id = \"Re arrest\"", "id", "a-z"),
            (
                "event = \"arrested\"",
                "event = \"jailed\"",
                "failure[0].event",
                "custody-entered",
            ),
            (
                "event = \"arrested\"",
                "event = \"arrested\"\nreason = [\"remand\"]",
                "failure[0].reason",
                "only custody-entered",
            ),
            ("[6, 12", "[12, 6", "windows.months", "rising order"),
            (
                "\"died\", ",
                "\"died\", \"moved-away\", ",
                "ends.censoring",
                "competes already",
            ),
            (
                "\"died\", ",
                "\"dead\", ",
                "ends.competing[0]",
                "observation-ended",
            ),
            ("which = \"first\"\n", "", "origin", "which"),
        ] {
            let error = refused(from, to);
            let text = error.to_string();
            assert_eq!(error.field, field, "{text}");
            assert!(text.starts_with("own.toml: field `"), "{text}");
            assert!(text.contains(expected), "{text}");
        }
    }

    #[test]
    fn what_is_no_toml_is_said_to_be_none() {
        let error = read("own.toml", "id = ").unwrap_err();
        assert_eq!(
            (error.file.as_str(), error.field.as_str()),
            ("own.toml", ".")
        );
    }
}

//! Whether a person can be served: exact where the directory is, and honest where nobody said.

use std::collections::BTreeSet;
use std::fmt::Display;

use homeward_events::directory::Eligibility;
use homeward_events::vocabulary::{ReturnType, Sex};

use super::suggest::{Fit, Query};

/// Whether a person can be served, with what stands in the way or is not known.
pub(super) fn fit(eligibility: Option<&Eligibility>, query: &Query) -> (Fit, Vec<String>) {
    let Some(eligibility) = eligibility else {
        return (Fit::Fits, Vec::new());
    };
    let sex = query
        .sex
        .filter(|sex| !matches!(sex, Sex::NotKnown | Sex::RefusedToSay));
    let return_type = query
        .return_type
        .filter(|kind| *kind != ReturnType::Unknown);
    let mut fit = Fit::Fits;
    let mut reasons = Vec::new();
    let judged = [
        of_age(eligibility, query.age),
        of("sex", &eligibility.sexes, sex),
        of("group", &eligibility.groups, query.group),
        of("return type", &eligibility.return_types, return_type),
    ];
    for (worse, reason) in judged.into_iter().flatten() {
        fit = fit.max(worse);
        reasons.push(reason);
    }
    if let Some(text) = &eligibility.text {
        fit = fit.max(Fit::MayNotFit);
        reasons.push(format!("conditions: {text}"));
    }
    (fit, reasons)
}

fn of_age(eligibility: &Eligibility, age: Option<u8>) -> Option<(Fit, String)> {
    let (min, max) = (eligibility.age_min, eligibility.age_max);
    let span = match (min, max) {
        (None, None) => return None,
        (Some(min), None) => format!("from {min} years"),
        (None, Some(max)) => format!("up to {max} years"),
        (Some(min), Some(max)) => format!("from {min} to {max} years"),
    };
    let Some(age) = age else {
        return Some((Fit::MayNotFit, format!("{span}: age not said")));
    };
    let fits = min.is_none_or(|min| min <= age) && max.is_none_or(|max| age <= max);
    (!fits).then(|| (Fit::DoesNotFit, format!("{span}, not {age}")))
}

fn of<T: Ord + Display>(
    name: &str,
    allowed: &BTreeSet<T>,
    asked: Option<T>,
) -> Option<(Fit, String)> {
    let only: Vec<String> = allowed.iter().map(ToString::to_string).collect();
    match asked {
        _ if allowed.is_empty() => None,
        Some(asked) if allowed.contains(&asked) => None,
        Some(asked) => {
            let reason = format!("only {}, not {asked}", only.join(", "));
            Some((Fit::DoesNotFit, reason))
        }
        None => Some((
            Fit::MayNotFit,
            format!("only {}: {name} not said", only.join(", ")),
        )),
    }
}

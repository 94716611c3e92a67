//! Why referrals end without what was asked for, in groups that somebody can act on.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use serde::{Deserialize, Serialize};

use super::known::{Known, Only, group, places, values};
use crate::caseload::QueryError;
use crate::instrument::Texts;
use crate::model::Table;

/// The file that ships.
const SHIPPED: &str = include_str!("../../reasons/referral.toml");

static REASONS: LazyLock<Reasons> =
    // A file that could not be read would leave reasons without a group; a test reads it.
    LazyLock::new(|| toml::from_str(SHIPPED).unwrap_or_default());

/// The kind of reason for which a provider or a client said no.
pub const DECLINED: &str = "declined";
/// For which not everything was delivered.
pub const NOT_DELIVERED: &str = "not-delivered";
/// For which it was called off.
pub const WITHDRAWN: &str = "withdrawn";
/// Because the consent was withdrawn; the only reason of its kind.
pub const CONSENT_WITHDRAWN: &str = "consent-withdrawn";

/// Reasons and their groups, with what they are called.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Reasons {
    /// What the file is called.
    pub id: String,
    /// Its version, raised with every change.
    pub version: u16,
    /// Languages of its labels.
    pub languages: Vec<String>,
    groups: Vec<GroupEntry>,
    kinds: BTreeMap<String, BTreeMap<String, Reason>>,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
struct GroupEntry {
    id: String,
    label: Texts,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
struct Reason {
    group: String,
    label: Texts,
}

impl Reasons {
    /// Those that ship.
    pub fn shipped() -> &'static Self {
        &REASONS
    }

    /// The group of a reason, what it is called and what the reason is called, in a language.
    pub fn told(&self, kind: &str, reason: &str, language: &str) -> Option<(&str, &str, &str)> {
        let known = self.kinds.get(kind)?.get(reason)?;
        let group = self.groups.iter().find(|group| group.id == known.group)?;
        Some((
            &group.id,
            group.label.text(language),
            known.label.text(language),
        ))
    }
}

/// How many referrals one reason has.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Line {
    /// The values of the dimensions grouped by.
    pub values: Vec<String>,
    /// `declined`, `not-delivered`, `withdrawn` or `consent-withdrawn`.
    pub kind: String,
    /// The group of the reason.
    pub group: String,
    /// What the group is called.
    pub group_label: String,
    /// The reason.
    pub reason: String,
    /// What it is called.
    pub label: String,
    /// Referrals. One that was declined and later withdrawn stands in both kinds.
    pub referrals: i64,
}

/// Reasons by group.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Answer {
    /// The dimensions grouped by.
    pub by: Vec<String>,
    /// Each group, kind and reason that occurs, in order.
    pub lines: Vec<Line>,
    /// Referrals asked about, with and without such a reason.
    pub referrals: i64,
}

/// Counts why referrals ended without what was asked for.
///
/// # Errors
/// A dimension does not exist, or the store cannot be read.
pub fn answer(
    table: &dyn Table,
    only: &BTreeMap<String, Vec<String>>,
    by: &[String],
    language: &str,
) -> Result<Answer, QueryError> {
    let (by_places, only) = (places(by)?, Only::new(only)?);
    let known = Known::of(table)?;
    let reasons = Reasons::shipped();
    let mut referrals = 0;
    let mut counts: BTreeMap<(Vec<&str>, &str, &str, &str), i64> = BTreeMap::new();
    for walk in known.passing(&only) {
        referrals += 1;
        for (kind, reason) in &walk.reasons {
            let in_group = reasons.told(kind, reason, language);
            let in_group = in_group.map_or("", |(id, ..)| id);
            let key = (group(walk, &by_places), *kind, in_group, &**reason);
            *counts.entry(key).or_default() += 1;
        }
    }
    let line = |((in_groups, kind, _, reason), referrals): ((Vec<&str>, &str, &str, &str), i64)| {
        let (group, group_label, label) =
            reasons.told(kind, reason, language).unwrap_or(("", "", ""));
        Line {
            values: values(&in_groups),
            kind: kind.to_owned(),
            group: group.to_owned(),
            group_label: group_label.to_owned(),
            reason: reason.to_owned(),
            label: label.to_owned(),
            referrals,
        }
    };
    Ok(Answer {
        by: by.to_vec(),
        lines: counts.into_iter().map(line).collect(),
        referrals,
    })
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use homeward_events::referral::{DeclineReason, NotDeliveredReason, WithdrawReason};

    use super::*;

    #[test]
    fn every_reason_stands_in_a_group_and_has_a_name_in_every_language() {
        let reasons: Reasons = toml::from_str(SHIPPED).unwrap();
        let words = |kind: &str| -> BTreeSet<&str> {
            reasons.kinds[kind].keys().map(String::as_str).collect()
        };
        let expected = [
            (
                DECLINED,
                DeclineReason::ALL.iter().map(|r| r.as_str()).collect(),
            ),
            (
                NOT_DELIVERED,
                NotDeliveredReason::ALL.iter().map(|r| r.as_str()).collect(),
            ),
            (
                WITHDRAWN,
                WithdrawReason::ALL.iter().map(|r| r.as_str()).collect(),
            ),
            (CONSENT_WITHDRAWN, BTreeSet::from([CONSENT_WITHDRAWN])),
        ];
        assert_eq!(reasons.kinds.len(), expected.len());
        let mut used = BTreeSet::new();
        for (kind, expected) in expected {
            assert_eq!(words(kind), expected, "{kind}");
            for (reason, entry) in &reasons.kinds[kind] {
                assert!(
                    reasons.told(kind, reason, "en").is_some(),
                    "{kind} {reason}"
                );
                used.insert(entry.group.clone());
            }
        }
        let groups: BTreeSet<String> = reasons.groups.iter().map(|g| g.id.clone()).collect();
        assert_eq!(groups, used);
        let entries = reasons.kinds.values().flat_map(BTreeMap::values);
        let labels = reasons.groups.iter().map(|group| &group.label);
        for label in labels.chain(entries.map(|entry| &entry.label)) {
            let named: Vec<&str> = label.all().keys().map(String::as_str).collect();
            let mut languages: Vec<&str> = reasons.languages.iter().map(String::as_str).collect();
            languages.sort_unstable();
            assert_eq!(named, languages, "{label:?}");
        }
    }
}

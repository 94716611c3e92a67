//! Personal data: at most one `personal` object in a body, split by compartment, so that each
//! compartment can be sealed, disclosed and erased on its own. Nothing in here is needed to fold:
//! read models never see it, and [`crate::codec::without_personal`] takes it out whole.

use std::collections::BTreeMap;
use std::fmt;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_with::skip_serializing_none;

use crate::time::OccurredOn;

/// A text that identifies or exposes a person: prints as `[redacted]` in logs and debug output.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(transparent)]
pub struct Sensitive(String);

impl Sensitive {
    /// Wraps a text.
    pub fn new(text: impl Into<String>) -> Self {
        Self(text.into())
    }
    /// The text itself, for a caller who may see it.
    pub fn reveal(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Sensitive {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("[redacted]")
    }
}

impl fmt::Display for Sensitive {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("[redacted]")
    }
}

/// The personal data of one event, by compartment.
#[skip_serializing_none]
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Personal {
    /// Who the person is.
    pub identity: Option<Identity>,
    /// Where the person can be reached.
    pub contact: Option<Contact>,
    /// Health, in the words of whoever examined.
    pub health: Option<Health>,
    /// Criminal history as handed over.
    pub criminal: Option<Criminal>,
    /// Protection concerns.
    pub protection: Option<Protection>,
    /// Anything else in free words.
    pub free_text: Option<Sensitive>,
}

/// Compartment `identity`.
#[skip_serializing_none]
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Identity {
    /// Names as written on the document or as given, each possibly partial.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub given_names: Vec<Sensitive>,
    /// One or two surnames, in order.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub surnames: Vec<Sensitive>,
    /// Nicknames and aliases.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub also_known_as: Vec<Sensitive>,
    /// Birth date, as precisely as it is known.
    pub born_on: Option<OccurredOn>,
    /// Document numbers by kind (`passport`, `birth-certificate`, `national-id`, ...).
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub documents: BTreeMap<String, Sensitive>,
    /// Mother's name, as registries of the region match by it.
    pub mother_name: Option<Sensitive>,
}

/// Compartment `contact`.
#[skip_serializing_none]
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Contact {
    /// Telephone numbers.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub phones: Vec<Sensitive>,
    /// Address in the words used there.
    pub address: Option<Sensitive>,
    /// A relative or friend who can be reached.
    pub next_of_kin: Option<Sensitive>,
}

/// Compartment `health`.
#[skip_serializing_none]
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Health {
    /// Conditions.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub conditions: Vec<Sensitive>,
    /// Medication.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub medication: Vec<Sensitive>,
    /// Notes.
    pub notes: Option<Sensitive>,
}

/// Compartment `criminal`.
#[skip_serializing_none]
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Criminal {
    /// Offences as the sending state or the court words them.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub offences: Vec<Sensitive>,
    /// Notes.
    pub notes: Option<Sensitive>,
}

/// Compartment `protection`.
#[skip_serializing_none]
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Protection {
    /// From whom or what the person needs protection.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub concerns: Vec<Sensitive>,
    /// Notes.
    pub notes: Option<Sensitive>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_does_not_reach_debug_output() {
        let personal = Personal {
            identity: Some(Identity {
                surnames: vec![Sensitive::new("Baptiste")],
                ..Identity::default()
            }),
            free_text: Some(Sensitive::new("Baptiste again")),
            ..Personal::default()
        };
        let shown = format!("{personal:?} {}", Sensitive::new("Baptiste"));
        assert!(!shown.contains("Baptiste"), "{shown}");
        assert!(shown.contains("[redacted]"));
    }
}

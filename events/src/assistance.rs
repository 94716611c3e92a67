//! Assistance: what a person got, in cash or kind, and whether it still served three months on
//! (source: IOM, reintegration assistance monitoring).

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::body::bodies;
use crate::id::{AssistanceId, GoalId, ProgrammeId, ReferralId};
use crate::vocabulary::{DeliveryMode, Dimension, vocabulary};

vocabulary! {
    /// What kind of assistance.
    AssistanceKind {
        /// Cash.
        Cash = "cash",
        /// Goods.
        InKind = "in-kind",
        /// Training.
        Training = "training",
        /// Business grant.
        Grant = "grant",
        /// Counselling.
        Counselling = "counselling",
        /// Medical support.
        Medical = "medical",
        /// Housing support.
        Housing = "housing",
        /// Onward transport.
        Transport = "transport",
        /// Documents.
        Documents = "documents",
        /// Legal aid.
        Legal = "legal",
        /// Another.
        Other = "other",
    }

    /// What the confirmation found.
    ConfirmationFinding {
        /// Received and in use.
        InUse = "in-use",
        /// Received, no longer in use.
        NoLongerInUse = "no-longer-in-use",
        /// Sold or lost.
        SoldOrLost = "sold-or-lost",
        /// Not received.
        NotReceived = "not-received",
        /// Could not be confirmed.
        NotConfirmed = "not-confirmed",
    }
}

/// An amount of money in hundredths of the currency's unit: exact, and never a float.
/// Written `{"amount": "150.00", "currency": "USD"}`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Money {
    /// The amount.
    pub amount: Amount,
    /// ISO 4217 code.
    pub currency: Currency,
}

/// A decimal number with exactly two places, from 0.00 to 99999999.99.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Amount {
    /// Hundredths of the unit.
    pub hundredths: u64,
}

/// Largest amount, in hundredths: a bound that a slip of the keyboard runs into.
const HUNDREDTHS_MAX: u64 = 9_999_999_999;

impl std::str::FromStr for Amount {
    type Err = String;
    fn from_str(text: &str) -> Result<Self, String> {
        let refused =
            || format!("expected an amount such as 150.00, at most 99999999.99, found `{text}`");
        let (whole, part) = text.split_once('.').ok_or_else(refused)?;
        let digits = |s: &str| !s.is_empty() && s.bytes().all(|b| b.is_ascii_digit());
        let plain = whole == "0" || !whole.starts_with('0');
        if !digits(whole) || !digits(part) || part.len() != 2 || whole.len() > 8 || !plain {
            return Err(refused());
        }
        let hundredths = format!("{whole}{part}")
            .parse::<u64>()
            .map_err(|_| refused())?;
        if hundredths > HUNDREDTHS_MAX {
            Err(refused())
        } else {
            Ok(Self { hundredths })
        }
    }
}

impl std::fmt::Display for Amount {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}.{:02}", self.hundredths / 100, self.hundredths % 100)
    }
}

impl Serialize for Amount {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Amount {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_str(crate::text::FromText::new("amount such as 150.00"))
    }
}

impl JsonSchema for Amount {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Amount".into()
    }
    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({ "type": "string", "pattern": "^(0|[1-9][0-9]{0,7})\\.[0-9]{2}$" })
    }
}

/// ISO 4217 currency code (shape only: the list changes).
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Currency(String);

impl Currency {
    /// The code's text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl std::str::FromStr for Currency {
    type Err = String;
    fn from_str(text: &str) -> Result<Self, String> {
        if text.len() == 3 && text.bytes().all(|b| b.is_ascii_uppercase()) {
            Ok(Self(text.to_owned()))
        } else {
            Err(format!(
                "expected a currency code such as JMD, found `{text}`"
            ))
        }
    }
}

impl Serialize for Currency {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.0)
    }
}

impl<'de> Deserialize<'de> for Currency {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_str(crate::text::FromText::new("currency code such as JMD"))
    }
}

impl JsonSchema for Currency {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Currency".into()
    }
    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({ "type": "string", "pattern": "^[A-Z]{3}$" })
    }
}

bodies! {
    /// Assistance was delivered.
    Delivered {
        /// This delivery.
        assistance: AssistanceId,
        /// What kind.
        kind: AssistanceKind,
        /// How it reached the person.
        mode: DeliveryMode,
        /// Its worth.
        value: Option<Money>,
        /// Items, in a few words without personal data.
        items: Option<String>,
        /// Programme that pays.
        programme: Option<ProgrammeId>,
        /// Dimension it serves.
        dimension: Option<Dimension>,
        /// Goal it serves.
        goal: Option<GoalId>,
        /// Referral that led to it.
        referral: Option<ReferralId>,
    }

    /// Somebody looked, three months on, whether it still serves.
    Confirmed {
        /// Which delivery.
        assistance: AssistanceId,
        /// What was found.
        finding: ConfirmationFinding,
    }

    /// The delivery was undone (returned, paid twice, never handed over).
    Reversed {
        /// Which delivery.
        assistance: AssistanceId,
        /// Why, in a few words without personal data.
        reason: String,
    }
}

#[cfg(test)]
mod tests {
    use super::Amount;

    #[test]
    fn amounts_are_exact_and_have_one_spelling() {
        for text in ["0.00", "0.05", "150.00", "99999999.99"] {
            assert_eq!(text.parse::<Amount>().unwrap().to_string(), text);
        }
        for text in [
            "",
            "1",
            "1.5",
            "01.00",
            "-1.00",
            "1,00",
            "1.000",
            "100000000.00",
            "NaN",
        ] {
            assert!(text.parse::<Amount>().is_err(), "{text}");
        }
    }
}

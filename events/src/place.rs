//! Places: countries by ISO 3166-1 alpha-2, areas by P-code or ISO 3166-2.

use std::fmt;
use std::str::FromStr;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// A text that is not a code of a place.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("expected {expected}, found `{found}`")]
pub struct PlaceError {
    expected: &'static str,
    found: String,
}

macro_rules! place_code {
    ($(#[$doc:meta])* $name:ident, $expected:literal, $pattern:literal, $accepts:expr) => {
        $(#[$doc])*
        #[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(std::sync::Arc<str>);

        impl $name {
            /// The code's text.
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }
        impl FromStr for $name {
            type Err = PlaceError;
            fn from_str(text: &str) -> Result<Self, PlaceError> {
                let accepts: fn(&str) -> bool = $accepts;
                if accepts(text) {
                    Ok(Self(text.into()))
                } else {
                    let found = text.chars().take(32).collect();
                    Err(PlaceError { expected: $expected, found })
                }
            }
        }
        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }
        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, "{}({})", stringify!($name), self.0)
            }
        }
        impl Serialize for $name {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_str(&self.0)
            }
        }
        impl<'de> Deserialize<'de> for $name {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                deserializer.deserialize_str(crate::text::FromText::new($expected))
            }
        }
        impl JsonSchema for $name {
            fn schema_name() -> std::borrow::Cow<'static, str> {
                stringify!($name).into()
            }
            fn json_schema(_: &mut SchemaGenerator) -> Schema {
                json_schema!({ "type": "string", "pattern": $pattern })
            }
        }
    };
}

place_code! {
    /// Country, ISO 3166-1 alpha-2 (shape only: the list changes).
    CountryCode, "country code of two capital letters such as JM", "^[A-Z]{2}$",
    |text| text.len() == 2 && text.bytes().all(|b| b.is_ascii_uppercase())
}

place_code! {
    /// Area within a country: P-code, HASC or ISO 3166-2. Shape only, and not too strict: `HT0811-07`
    /// is real.
    AreaCode, "area code such as JM-01 or HT0811-07", "^[A-Z]{2}[A-Z0-9.-]{0,14}$",
    |text| (2..=16).contains(&text.len())
        && text.bytes().take(2).all(|b| b.is_ascii_uppercase())
        && text.bytes().all(|b| b.is_ascii_uppercase() || b.is_ascii_digit() || b == b'-' || b == b'.')
}

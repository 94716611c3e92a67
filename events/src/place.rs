//! Places: countries by ISO 3166-1 alpha-2, areas by P-code or ISO 3166-2, coordinates as decimal
//! text; and the languages that are spoken there.

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

place_code! {
    /// Language, as ISO 639 and BCP 47 write it: `es`, `pt-BR`, `hat` (shape only: the list changes).
    LanguageCode, "language code such as es, pt-BR or hat", "^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$",
    |text| {
        let (language, rest) = text.split_once('-').unwrap_or((text, "none"));
        (2..=3).contains(&language.len())
            && language.bytes().all(|b| b.is_ascii_lowercase())
            && rest.split('-').all(|part| {
                (2..=8).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_alphanumeric())
            })
    }
}

place_code! {
    /// Degrees of latitude or longitude as decimal text, exactly as given: `-76.7936`.
    Degrees, "degrees such as 17.9970 or -76.7936", r"^-?[0-9]{1,3}(\.[0-9]{1,12})?$",
    |text| {
        let (whole, part) = text.split_once('.').unwrap_or((text, "0"));
        let whole = whole.strip_prefix('-').unwrap_or(whole);
        let digits = |text: &str, most| {
            (1..=most).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_digit())
        };
        digits(whole, 3) && digits(part, 12) && whole.parse().is_ok_and(|whole: u16| whole <= 180)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn languages_and_degrees_have_a_shape() {
        for good in ["es", "hat", "pt-BR", "zh-Hant-TW"] {
            assert!(good.parse::<LanguageCode>().is_ok(), "{good}");
        }
        for bad in ["", "e", "ES", "span", "pt-", "pt_BR", "pt-B"] {
            assert!(bad.parse::<LanguageCode>().is_err(), "{bad}");
        }
        for good in ["17.9970", "-76.7936", "0", "180"] {
            assert!(good.parse::<Degrees>().is_ok(), "{good}");
        }
        for bad in ["", "-", "17,9", ".5", "5.", "181", "1e2", "+1", "--1"] {
            assert!(bad.parse::<Degrees>().is_err(), "{bad}");
        }
    }
}

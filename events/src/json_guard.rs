//! What JSON must not be at the border, before anything reads it: too deep, or with a key twice.
//!
//! A key given twice means two readers may see two different facts; nesting without bound means one
//! request can exhaust a reader's stack.

use std::borrow::Cow;
use std::collections::BTreeSet;
use std::fmt;

use serde::de::{DeserializeSeed, Deserializer, Error, MapAccess, SeqAccess, Visitor};

/// What was found, and where.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum GuardError {
    /// Nested deeper than the limit.
    TooDeep,
    /// The key at this JSON pointer stands twice.
    KeyTwice(String),
    /// Not JSON at all, in the reader's words.
    Syntax(String),
}

/// Walks a document once without building it.
pub(crate) fn check(json: &str, depth_max: usize) -> Result<(), GuardError> {
    let mut finding = None;
    let mut path = Vec::new();
    let mut reader = serde_json::Deserializer::from_str(json);
    // Our own depth limit answers before the reader's fixed one (128) can.
    let seed = Guard {
        depth_left: depth_max,
        path: &mut path,
        finding: &mut finding,
    };
    let walked = seed.deserialize(&mut reader).and_then(|()| reader.end());
    match (finding, walked) {
        (Some(finding), _) => Err(finding),
        (None, Err(error)) => Err(GuardError::Syntax(error.to_string())),
        (None, Ok(())) => Ok(()),
    }
}

/// One step of the way to a value. Spelled out only where something is found.
enum Step<'de> {
    Key(Cow<'de, str>),
    Index(usize),
}

/// The way to a value as a JSON pointer.
fn pointer(path: &[Step<'_>]) -> String {
    let tokens = path.iter().map(|step| match step {
        Step::Key(key) => format!("/{}", pointer_token(key)),
        Step::Index(index) => format!("/{index}"),
    });
    tokens.collect()
}

/// A key, borrowed where it stands in the document without escapes.
struct Key;

impl<'de> DeserializeSeed<'de> for Key {
    type Value = Cow<'de, str>;
    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        deserializer.deserialize_str(self)
    }
}

impl<'de> Visitor<'de> for Key {
    type Value = Cow<'de, str>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a key")
    }
    fn visit_borrowed_str<E>(self, key: &'de str) -> Result<Self::Value, E> {
        Ok(Cow::Borrowed(key))
    }
    fn visit_str<E>(self, key: &str) -> Result<Self::Value, E> {
        Ok(Cow::Owned(key.to_owned()))
    }
}

struct Guard<'g, 'de> {
    depth_left: usize,
    path: &'g mut Vec<Step<'de>>,
    finding: &'g mut Option<GuardError>,
}

impl Guard<'_, '_> {
    fn stop<E: Error>(self, finding: GuardError) -> E {
        *self.finding = Some(finding);
        E::custom("refused")
    }
}

/// Writes a key as a JSON pointer's token (RFC 6901).
pub(crate) fn pointer_token(key: &str) -> String {
    key.replace('~', "~0").replace('/', "~1")
}

impl<'de> DeserializeSeed<'de> for Guard<'_, 'de> {
    type Value = ();
    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Guard<'_, 'de> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("JSON")
    }
    fn visit_bool<E>(self, _: bool) -> Result<(), E> {
        Ok(())
    }
    fn visit_i64<E>(self, _: i64) -> Result<(), E> {
        Ok(())
    }
    fn visit_u64<E>(self, _: u64) -> Result<(), E> {
        Ok(())
    }
    fn visit_f64<E>(self, _: f64) -> Result<(), E> {
        Ok(())
    }
    fn visit_str<E>(self, _: &str) -> Result<(), E> {
        Ok(())
    }
    fn visit_unit<E>(self) -> Result<(), E> {
        Ok(())
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<(), A::Error> {
        let Some(depth_left) = self.depth_left.checked_sub(1) else {
            return Err(self.stop(GuardError::TooDeep));
        };
        for index in 0_usize.. {
            self.path.push(Step::Index(index));
            let inner = Guard {
                depth_left,
                path: &mut *self.path,
                finding: &mut *self.finding,
            };
            if items.next_element_seed(inner)?.is_none() {
                self.path.pop();
                break;
            }
            self.path.pop();
        }
        Ok(())
    }

    fn visit_map<A: MapAccess<'de>>(self, mut fields: A) -> Result<(), A::Error> {
        let Some(depth_left) = self.depth_left.checked_sub(1) else {
            return Err(self.stop(GuardError::TooDeep));
        };
        let mut seen = BTreeSet::new();
        while let Some(key) = fields.next_key_seed(Key)? {
            self.path.push(Step::Key(key.clone()));
            if !seen.insert(key) {
                let pointer = pointer(self.path);
                return Err(self.stop(GuardError::KeyTwice(pointer)));
            }
            let inner = Guard {
                depth_left,
                path: &mut *self.path,
                finding: &mut *self.finding,
            };
            fields.next_value_seed(inner)?;
            self.path.pop();
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_given_twice_is_found_where_it_stands() {
        assert_eq!(
            check(r#"{"a":[{"b":1},{"c/d":1,"c/d":2}]}"#, 32),
            Err(GuardError::KeyTwice("/a/1/c~1d".to_owned()))
        );
        assert_eq!(check(r#"{"a":{"b":1},"c":{"b":2}}"#, 32), Ok(()));
    }

    #[test]
    fn depth_is_counted_in_arrays_and_objects() {
        let nested = |n: usize| format!("{}{}", "[".repeat(n), "]".repeat(n));
        assert_eq!(check(&nested(32), 32), Ok(()));
        assert_eq!(check(&nested(33), 32), Err(GuardError::TooDeep));
        assert_eq!(check(&nested(100_000), 32), Err(GuardError::TooDeep));
    }

    #[test]
    fn what_is_not_json_is_said_so() {
        for bad in ["", "{", "NaN", "[1,]", "{} {}", "{\"a\":01}"] {
            assert!(
                matches!(check(bad, 32), Err(GuardError::Syntax(_))),
                "{bad}"
            );
        }
    }
}

//! The value of a field, from the cells that feed it, and its place in the event.

use serde_json::{Map, Value};

use super::apply::Cells;
use super::fields::{Holds, is_place};
use super::file::{Field, FieldFrom, RuleField};
use super::letters::{amount, integer, letters};

impl RuleField {
    /// The field's value; `None` where it is absent.
    pub(super) fn value(&self, cells: &Cells<'_>) -> Result<Option<Value>, (String, String)> {
        let from = match &self.source {
            Field::Constant(value) => return Ok(Some(value.clone())),
            Field::From(from) if !from.derive.is_empty() => return Ok(None),
            Field::From(from) => from,
        };
        if from.row_number {
            return Ok(Some(self.plain(&cells.row_number().to_string())));
        }
        let parts: Vec<&str> = from.names().map(|name| cells.get(name)).collect();
        let text = parts
            .into_iter()
            .filter(|part| !part.is_empty())
            .collect::<Vec<_>>()
            .join(" ");
        let told = if text.is_empty() {
            Ok(from
                .empty
                .as_deref()
                .filter(|word| !word.is_empty())
                .map(|word| self.plain(word)))
        } else if let Some(separator) = &from.split {
            let parts = text
                .split(separator.as_str())
                .map(str::trim)
                .filter(|part| !part.is_empty());
            let values: Result<Vec<Option<Value>>, String> =
                parts.map(|part| self.one(cells, from, part)).collect();
            values.map(|values| Some(values.into_iter().flatten().collect()))
        } else {
            self.one(cells, from, &text)
        };
        told.map_err(|reason| (from.names().collect::<Vec<_>>().join(", "), reason))
    }

    /// A word of the mapping, as what the field holds.
    fn plain(&self, word: &str) -> Value {
        match self.element {
            Holds::Boolean => word
                .parse::<bool>()
                .map_or_else(|_| word.into(), Value::from),
            Holds::Integer => word
                .parse::<i64>()
                .map_or_else(|_| word.into(), Value::from),
            Holds::Text
            | Holds::Date
            | Holds::Day
            | Holds::Instant
            | Holds::Amount
            | Holds::Uuid
            | Holds::List => word.into(),
        }
    }

    fn one(
        &self,
        cells: &Cells<'_>,
        from: &FieldFrom,
        text: &str,
    ) -> Result<Option<Value>, String> {
        let changed = letters(from.letters, text);
        if !self.words.is_empty() {
            return match self.words.get(&changed.to_lowercase()) {
                Some(means) if means.is_empty() => Ok(None),
                Some(means) => Ok(Some(self.plain(means))),
                None => {
                    let known: Vec<&str> = from.words.keys().map(String::as_str).collect();
                    Err(format!("`{text}` is none of {}", known.join(", ")))
                }
            };
        }
        let decimal_comma = cells.decimal_comma();
        let value: Value = match self.element {
            Holds::Text | Holds::List => changed.into(),
            Holds::Uuid => changed.to_lowercase().into(),
            Holds::Date => self.calendar.read(text)?.to_string().into(),
            Holds::Day => self.calendar.day(text)?.into(),
            Holds::Instant => self.calendar.instant(text)?.into(),
            Holds::Integer => integer(text, decimal_comma)?.into(),
            Holds::Amount => amount(text, decimal_comma)?.into(),
            Holds::Boolean => text
                .to_lowercase()
                .parse::<bool>()
                .map_err(|_| format!("`{text}` is neither true nor false: give `words`"))?
                .into(),
        };
        Ok(Some(value))
    }
}

/// Puts a value where a pointer says; what is on the way is made.
pub(super) fn put(event: &mut Map<String, Value>, segments: &[String], value: Value) {
    let Some((first, rest)) = segments.split_first() else {
        return;
    };
    let mut node = event.entry(first.clone()).or_insert(Value::Null);
    for segment in rest {
        if is_place(segment) {
            if !node.is_array() {
                *node = Value::Array(Vec::new());
            }
            let Value::Array(places) = node else { return };
            places.push(Value::Null);
            let Some(last) = places.last_mut() else {
                return;
            };
            node = last;
        } else {
            if !node.is_object() {
                *node = Value::Object(Map::new());
            }
            let Value::Object(object) = node else { return };
            node = object.entry(segment.clone()).or_insert(Value::Null);
        }
    }
    *node = value;
}

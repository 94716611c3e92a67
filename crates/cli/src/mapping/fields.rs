//! The fields that an event of a type may have, as its generated schema says: what a mapping may point
//! to, what each of them holds, and what must be there.

use std::collections::BTreeMap;

use homeward_events::catalogue::EventType;
use homeward_events::schema::event_schema;
use serde_json::Value;

/// What a field holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Holds {
    /// A text or a word of a vocabulary.
    Text,
    /// A date of any precision.
    Date,
    /// A civil day.
    Day,
    /// An instant in UTC.
    Instant,
    /// A whole number.
    Integer,
    /// Yes or no.
    Boolean,
    /// An exact amount, as text with two decimals.
    Amount,
    /// A uuid.
    Uuid,
    /// Several of something.
    List,
}

/// One field that a mapping may fill.
#[derive(Debug, Clone)]
pub(super) struct FieldKind {
    pub(super) holds: Holds,
    /// The vocabulary, where it has one.
    pub(super) words: Vec<String>,
}

/// The schema of an event type, for looking fields up.
#[derive(Debug)]
pub(super) struct Fields {
    schema: Value,
}

/// A field that a body may have, for a mapping that is begun.
#[derive(Debug)]
pub(super) struct Listed {
    pub(super) pointer: String,
    pub(super) required: bool,
    pub(super) says: String,
    pub(super) kind: FieldKind,
}

impl Fields {
    pub(super) fn of(entry: &EventType) -> Self {
        Self {
            schema: event_schema(entry),
        }
    }

    /// What the field at a pointer holds.
    ///
    /// # Errors
    /// There is no such field, or it has fields of its own.
    pub(super) fn at(&self, pointer: &str) -> Result<FieldKind, String> {
        let mut node = &self.schema;
        for segment in segments(pointer)? {
            node = self.step(node, &segment).ok_or_else(|| {
                let known = self.names(node).join(", ");
                format!("no field `{segment}` in {pointer}: there are {known}")
            })?;
        }
        self.kind(node)
            .ok_or_else(|| format!("{pointer} is an object: name a field in it"))
    }

    /// Required fields, as pointers: of the event, and of each object that something is put into.
    pub(super) fn required(&self, filled: &[&str]) -> Vec<String> {
        let mut missing = Vec::new();
        let mut objects = vec!["/data".to_owned()];
        for pointer in filled {
            let mut end = "/data/".len();
            while let Some(next) = pointer.get(end..).and_then(|rest| rest.find('/')) {
                let object = pointer.get(..end + next).unwrap_or_default().to_owned();
                if object.starts_with("/data/") && !objects.contains(&object) {
                    objects.push(object);
                }
                end += next + 1;
            }
        }
        for object in objects {
            let mut node = Some(&self.schema);
            for segment in segments(&object).unwrap_or_default() {
                node = node.and_then(|node| self.step(node, &segment));
            }
            let required = node
                .map(|node| self.resolve(node))
                .and_then(|n| n.get("required"));
            for name in required.and_then(Value::as_array).into_iter().flatten() {
                let pointer = format!("{object}/{}", name.as_str().unwrap_or_default());
                let under = format!("{pointer}/");
                if !filled
                    .iter()
                    .any(|given| *given == pointer || given.starts_with(&under))
                {
                    missing.push(pointer);
                }
            }
        }
        missing
    }

    /// Every field of the body, required ones first, in objects too.
    pub(super) fn list(&self) -> Vec<Listed> {
        let mut listed = Vec::new();
        if let Some(data) = self.schema.pointer("/properties/data") {
            self.list_in("/data", data, true, &mut listed);
        }
        listed.sort_by_key(|field| !field.required);
        listed
    }

    fn list_in(&self, at: &str, object: &Value, needed: bool, out: &mut Vec<Listed>) {
        let object = self.resolve(object);
        let required = object.get("required").and_then(Value::as_array);
        let properties = object.get("properties").and_then(Value::as_object);
        for (name, node) in properties.into_iter().flatten() {
            let required = required
                .is_some_and(|names| names.iter().any(|known| known.as_str() == Some(name)));
            let pointer = format!("{at}/{name}");
            match self.kind(node) {
                Some(kind) => out.push(Listed {
                    pointer,
                    required: needed && required,
                    says: description(node),
                    kind,
                }),
                None => self.list_in(&pointer, node, needed && required, out),
            }
        }
    }

    fn step<'s>(&'s self, node: &'s Value, segment: &str) -> Option<&'s Value> {
        let node = self.resolve(node);
        if let Some(items) = node.get("items") {
            return is_place(segment).then_some(items);
        }
        if let Some(found) = node.get("properties").and_then(|known| known.get(segment)) {
            return Some(found);
        }
        let choices = node
            .get("oneOf")
            .and_then(Value::as_array)
            .into_iter()
            .flatten();
        let mut choices = choices.filter_map(|choice| choice.get("properties")?.get(segment));
        choices.next().or_else(|| {
            node.get("additionalProperties")
                .filter(|any| any.is_object())
        })
    }

    fn names(&self, node: &Value) -> Vec<String> {
        let node = self.resolve(node);
        let properties = node.get("properties").and_then(Value::as_object);
        properties
            .into_iter()
            .flat_map(|known| known.keys().cloned())
            .collect()
    }

    /// Follows references, and past the "or null" of optional fields.
    fn resolve<'s>(&'s self, mut node: &'s Value) -> &'s Value {
        loop {
            let choices = node.get("anyOf").and_then(Value::as_array);
            let real = choices.and_then(|choices| {
                choices
                    .iter()
                    .find(|choice| choice.get("type").is_none_or(|kind| kind != "null"))
            });
            let referred = node
                .get("$ref")
                .and_then(Value::as_str)
                .and_then(|path| self.schema.pointer(path.trim_start_matches('#')));
            match real.or(referred) {
                Some(next) => node = next,
                None => return node,
            }
        }
    }

    fn kind(&self, node: &Value) -> Option<FieldKind> {
        let target = self.resolve(node);
        let words: Vec<String> = words(target).collect();
        let kind = |holds| {
            Some(FieldKind {
                holds,
                words: words.clone(),
            })
        };
        let types = target.get("type");
        let is = |name: &str| match types {
            Some(Value::String(kind)) => kind == name,
            Some(Value::Array(kinds)) => kinds.iter().any(|kind| kind == name),
            _ => false,
        };
        let pattern = target
            .get("pattern")
            .and_then(Value::as_str)
            .unwrap_or_default();
        let format = target
            .get("format")
            .and_then(Value::as_str)
            .unwrap_or_default();
        if !words.is_empty() {
            kind(Holds::Text)
        } else if is("integer") {
            kind(Holds::Integer)
        } else if is("boolean") {
            kind(Holds::Boolean)
        } else if is("array") {
            kind(Holds::List)
        } else if is("string") {
            kind(match format {
                "date" => Holds::Day,
                "date-time" => Holds::Instant,
                _ if pattern.starts_with("^[0-9a-f]{8}-") => Holds::Uuid,
                _ if pattern.starts_with("^[0-9]{4}(-") => Holds::Date,
                _ if pattern.contains("\\.[0-9]{2}") => Holds::Amount,
                _ => Holds::Text,
            })
        } else {
            None
        }
    }
}

/// The segments of a pointer, unescaped.
pub(super) fn segments(pointer: &str) -> Result<Vec<String>, String> {
    let rest = pointer
        .strip_prefix('/')
        .ok_or_else(|| format!("`{pointer}` is no pointer: expected one such as /data/sex"))?;
    let unescape = |segment: &str| segment.replace("~1", "/").replace("~0", "~");
    Ok(rest.split('/').map(unescape).collect())
}

/// Whether a segment is a place in a list.
pub(super) fn is_place(segment: &str) -> bool {
    segment == "-" || (!segment.is_empty() && segment.bytes().all(|b| b.is_ascii_digit()))
}

fn words(node: &Value) -> impl Iterator<Item = String> {
    let single = node
        .get("enum")
        .and_then(Value::as_array)
        .into_iter()
        .flatten();
    let each = node
        .get("oneOf")
        .and_then(Value::as_array)
        .into_iter()
        .flatten();
    single
        .chain(each.filter_map(|choice| choice.get("const")))
        .filter_map(|word| word.as_str().map(str::to_owned))
}

fn description(node: &Value) -> String {
    let text = node
        .get("description")
        .and_then(Value::as_str)
        .unwrap_or_default();
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// What is known of fields, by event type.
pub(super) type ByType = BTreeMap<&'static str, Fields>;

#[cfg(test)]
mod tests {
    use super::*;

    fn fields(name: &str) -> Fields {
        Fields::of(EventType::find(name).unwrap())
    }

    #[test]
    fn fields_are_found_with_what_they_hold() {
        let received = fields("reception.received");
        for (pointer, holds) in [
            ("/data/site", Holds::Text),
            ("/data/born", Holds::Date),
            ("/data/companions", Holds::Integer),
            ("/data/needs", Holds::List),
            ("/data/needs/-", Holds::Text),
            ("/data/place_to_stay/known", Holds::Boolean),
            ("/data/personal/identity/surnames/0", Holds::Text),
            ("/data/personal/identity/documents/passport", Holds::Text),
            ("/occurred", Holds::Date),
            ("/recordedtime", Holds::Instant),
            ("/causationid", Holds::Uuid),
        ] {
            assert_eq!(received.at(pointer).unwrap().holds, holds, "{pointer}");
        }
        assert!(
            received
                .at("/data/sex")
                .unwrap()
                .words
                .contains(&"female".to_owned())
        );
        assert_eq!(
            fields("notice.notified")
                .at("/data/expected_on")
                .unwrap()
                .holds,
            Holds::Day
        );
        let value = fields("assistance.delivered")
            .at("/data/value/amount")
            .unwrap();
        assert_eq!(value.holds, Holds::Amount);
        for pointer in ["/data/gender", "/data/personal", "data/sex", "/data/site/x"] {
            assert!(received.at(pointer).is_err(), "{pointer}");
        }
    }

    #[test]
    fn what_must_be_there_is_known_in_objects_too() {
        let delivered = fields("assistance.delivered");
        let filled = ["/data/assistance", "/data/kind", "/data/value/amount"];
        let missing = delivered.required(&filled);
        assert_eq!(missing, ["/data/mode", "/data/value/currency"]);
    }
}

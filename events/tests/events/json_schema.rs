//! As much of JSON Schema as our generated files use; a keyword that is not known here fails, so
//! nothing passes because it was not looked at.

use serde_json::{Map, Value};

/// What does not fit, as JSON pointers with a reason.
pub(crate) fn misfits(schema: &Value, value: &Value) -> Vec<String> {
    let mut found = Vec::new();
    check(schema, schema, value, "", &mut found);
    found
}

fn check(root: &Value, schema: &Value, value: &Value, at: &str, found: &mut Vec<String>) {
    let Some(schema) = schema.as_object() else {
        if schema == &Value::Bool(false) {
            found.push(format!("{at}: not allowed"));
        }
        return;
    };
    for (keyword, expected) in schema {
        let fits = match keyword.as_str() {
            "$schema" | "$id" | "$defs" | "title" | "description" | "format" | "pattern"
            | "default" => true,
            "$ref" => {
                let target = root.pointer(&expected.as_str().unwrap()[1..]).unwrap();
                check(root, target, value, at, found);
                true
            }
            "const" => value == expected,
            "type" => expected.as_array().map_or_else(
                || is_of(expected, value),
                |kinds| kinds.iter().any(|kind| is_of(kind, value)),
            ),
            "anyOf" => fitting(root, expected, value) >= 1,
            "oneOf" => fitting(root, expected, value) == 1,
            "minimum" => value.as_i64() >= expected.as_i64(),
            "maximum" => value.as_i64() <= expected.as_i64(),
            "minLength" => value.as_str().map(str::len) >= number(expected),
            "maxLength" => value.as_str().map(str::len) <= number(expected),
            "uniqueItems" => value.as_array().is_none_or(|items| {
                items
                    .iter()
                    .enumerate()
                    .all(|(index, item)| !items[..index].contains(item))
            }),
            "items" => {
                for (index, item) in value.as_array().into_iter().flatten().enumerate() {
                    check(root, expected, item, &format!("{at}/{index}"), found);
                }
                true
            }
            "required" => expected
                .as_array()
                .unwrap()
                .iter()
                .all(|field| value.get(field.as_str().unwrap()).is_some()),
            "properties" | "patternProperties" | "additionalProperties" => {
                // Together, and once.
                let first = ["properties", "patternProperties", "additionalProperties"]
                    .into_iter()
                    .find(|word| schema.contains_key(*word));
                if first == Some(keyword) {
                    check_fields(root, schema, value, at, found);
                }
                true
            }
            other => panic!("{at}: the keyword `{other}` is not known to this test"),
        };
        if !fits {
            found.push(format!("{at}: {value} does not fit {keyword} {expected}"));
        }
    }
}

fn check_fields(
    root: &Value,
    schema: &Map<String, Value>,
    value: &Value,
    at: &str,
    found: &mut Vec<String>,
) {
    for (name, inner) in value.as_object().into_iter().flatten() {
        let by_name = schema.get("properties").and_then(|fields| fields.get(name));
        // Our patterns are those of slugs, and the types check them; here the first one serves.
        let by_pattern = schema
            .get("patternProperties")
            .and_then(|patterns| patterns.as_object()?.values().next());
        let expected = by_name
            .or(by_pattern)
            .or(schema.get("additionalProperties"))
            .unwrap_or(&Value::Bool(true));
        check(root, expected, inner, &format!("{at}/{name}"), found);
    }
}

fn fitting(root: &Value, choices: &Value, value: &Value) -> usize {
    let fits = |choice: &&Value| {
        let mut found = Vec::new();
        check(root, choice, value, "", &mut found);
        found.is_empty()
    };
    choices.as_array().unwrap().iter().filter(fits).count()
}

fn is_of(kind: &Value, value: &Value) -> bool {
    match kind.as_str().unwrap() {
        "null" => value.is_null(),
        "boolean" => value.is_boolean(),
        "integer" => value.is_i64() || value.is_u64(),
        "string" => value.is_string(),
        "array" => value.is_array(),
        "object" => value.is_object(),
        other => panic!("the kind `{other}` is not known to this test"),
    }
}

fn number(value: &Value) -> Option<usize> {
    usize::try_from(value.as_u64()?).ok()
}

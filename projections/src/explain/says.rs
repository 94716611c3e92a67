//! What an event says, in one line.

use homeward_events::Event;
use serde_json::Value;

/// Fields that are never told: who the person is, and since when.
const UNTOLD: [&str; 2] = ["personal", "born"];

/// What an event says, in one line without personal data: its fields in the order of their names, as
/// `case 0198…, class larceny`. Every field of a body is a word of a vocabulary, an id, a date or a
/// number; free words stand in `personal`, which is left out, and so is the birth date.
pub fn says(event: &Event) -> String {
    let Ok(Value::Object(fields)) = serde_json::to_value(&event.body) else {
        return String::new();
    };
    let told = fields
        .iter()
        .filter(|(name, _)| !UNTOLD.contains(&name.as_str()))
        .map(|(name, value)| format!("{} {}", name.replace('_', " "), words(value)));
    told.collect::<Vec<_>>().join(", ")
}

fn words(value: &Value) -> String {
    match value {
        Value::Null => "none".to_owned(),
        Value::Bool(true) => "yes".to_owned(),
        Value::Bool(false) => "no".to_owned(),
        Value::Number(number) => number.to_string(),
        Value::String(text) => text.clone(),
        Value::Array(values) => values.iter().map(words).collect::<Vec<_>>().join(" "),
        Value::Object(fields) => {
            let told = fields
                .iter()
                .filter(|(name, _)| !UNTOLD.contains(&name.as_str()))
                .map(|(name, value)| format!("{name}={}", words(value)));
            told.collect::<Vec<_>>().join(" ")
        }
    }
}

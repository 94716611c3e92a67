//! HSDS 3 as JSON: a list of services, a page of an API (`{"contents": [...]}`), or one service, each
//! with what belongs to it nested.

use std::sync::Arc;

use anyhow::{Result, bail};
use serde_json::Value;

use super::record::{Place, Record};

/// The services of a file.
///
/// # Errors
/// The text is no JSON, or holds no services.
pub(super) fn services(file: &str, text: &str) -> Result<Vec<Record>> {
    let whole: Value = serde_json::from_str(text)
        .map_err(|error| anyhow::anyhow!("{file} is no JSON: {error}"))?;
    let file: Arc<str> = file.into();
    let services = match whole {
        Value::Array(services) => services,
        Value::Object(mut page) => {
            let listed = ["contents", "services"].map(|name| page.remove(name));
            match listed.into_iter().flatten().next() {
                Some(Value::Array(services)) => services,
                Some(_) => bail!("{file}: expected a list of services"),
                None => vec![Value::Object(page)],
            }
        }
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {
            bail!("{file}: expected a list of services, a page of an API, or one service")
        }
    };
    let read = (1..).zip(services).map(|(row, service)| {
        let place = Place {
            file: Arc::clone(&file),
            row,
            path: String::new(),
        };
        record(place, service)
    });
    Ok(read.collect())
}

fn record(place: Place, value: Value) -> Record {
    let mut record = Record::new(place);
    let Value::Object(fields) = value else {
        return record;
    };
    for (name, value) in fields {
        match value {
            Value::Null => {}
            Value::Bool(is) => record.set(&name, if is { "true" } else { "false" }),
            Value::Number(number) => record.set(&name, &number.to_string()),
            Value::String(text) => record.set(&name, &text),
            Value::Object(_) => {
                let place = within(&record.place, &name);
                record.push(&name, self::record(place, value));
            }
            Value::Array(items) => {
                for (index, item) in items.into_iter().enumerate() {
                    let place = within(&record.place, &format!("{name}/{index}"));
                    record.push(&name, self::record(place, item));
                }
            }
        }
    }
    record
}

fn within(place: &Place, name: &str) -> Place {
    Place {
        path: format!("{}/{name}", place.path),
        ..place.clone()
    }
}

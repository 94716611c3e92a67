//! Small facts for tests, as publishers would write them.

use serde_json::{Value, json};
use uuid::Uuid;

/// A fresh id.
#[expect(
    clippy::disallowed_methods,
    reason = "tests publish as services do, with ids of their own"
)]
pub fn id() -> Uuid {
    Uuid::new_v4()
}

/// An event of `journey` in ledger `jm`.
pub fn event(journey: Uuid, event_type: &str, occurred: &str, data: &Value) -> Value {
    let version = if event_type == "reception.received" {
        2
    } else {
        1
    };
    json!({
        "specversion": "1.0",
        "id": id(),
        "source": "urn:homeward:test",
        "type": event_type,
        "subject": journey,
        "schemaversion": version,
        "ledger": "jm",
        "occurred": occurred,
        "recordedtime": "2026-06-01T12:00:00Z",
        "agency": "moss",
        "data": data,
    })
}

/// A reception on a day.
pub fn received(journey: Uuid, occurred: &str) -> Value {
    let data = json!({
        "site": "norman-manley",
        "return_type": "deported",
        "grounds": "immigration",
        "sending_country": "US",
        "sex": "male",
        "born": "1985",
    });
    event(journey, "reception.received", occurred, &data)
}

/// A screening on a day: a fact that may be told of any journey, any number of times.
pub fn screened(journey: Uuid, occurred: &str) -> Value {
    let data = json!({ "kind": "health", "depth": "rapid", "result": "negative" });
    event(journey, "screening.completed", occurred, &data)
}

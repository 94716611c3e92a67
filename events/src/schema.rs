//! What writers in other languages need: a JSON Schema per event type and an AsyncAPI document.
//! Generated from the types, checked in, and checked by a test.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use crate::catalogue::{EventType, event_types};

/// Every generated file, by its name within the schema folder, with its content.
pub fn files() -> BTreeMap<String, String> {
    let mut files: BTreeMap<String, String> = event_types()
        .map(|entry| (file_name(entry), pretty(&event_schema(entry))))
        .collect();
    files.insert("asyncapi.json".to_owned(), pretty(&asyncapi()));
    files
}

fn file_name(entry: &EventType) -> String {
    format!("{}.v{}.json", entry.name, entry.version)
}

fn pretty(value: &Value) -> String {
    let mut text = format!("{value:#}");
    text.push('\n');
    text
}

/// The whole event: envelope and body.
pub fn event_schema(entry: &EventType) -> Value {
    let mut body = (entry.schema)().to_value();
    let definitions = body.as_object_mut().and_then(|body| {
        body.remove("$schema");
        body.remove("$defs")
    });
    let uuid = json!({ "type": "string", "format": "uuid" });
    let slug = json!({ "type": "string", "pattern": "^[a-z0-9]([a-z0-9-]{0,62}[a-z0-9])?$" });
    json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": format!("urn:homeward:schema:{}:{}", entry.name, entry.version),
        "title": entry.name,
        "type": "object",
        "additionalProperties": false,
        "required": [
            "specversion", "id", "source", "type", "subject", "schemaversion", "ledger", "occurred",
            "data"
        ],
        "properties": {
            "specversion": { "const": "1.0" },
            "id": uuid,
            "source": { "type": "string", "format": "uri-reference", "minLength": 1, "maxLength": 256 },
            "type": { "const": entry.name },
            "subject": { "type": "string", "format": "uuid", "description": "the journey" },
            "datacontenttype": { "const": "application/json" },
            "schemaversion": { "const": entry.version },
            "ledger": slug,
            "occurred": {
                "type": "string",
                "description": "2026, 2026-07, 2026-07-01, or an instant with its local offset"
            },
            "recordedtime": { "type": "string", "format": "date-time" },
            "time": { "type": "string", "format": "date-time", "description": "read as recordedtime" },
            "agency": slug,
            "actor": slug,
            "role": { "type": "string" },
            "causationid": uuid,
            "correlationid": { "type": "string", "minLength": 1, "maxLength": 256 },
            "data": body,
        },
        "$defs": definitions.unwrap_or_else(|| json!({})),
    })
}

/// Where events go in and how they lie in the log.
pub fn asyncapi() -> Value {
    let messages: serde_json::Map<String, Value> = event_types()
        .map(|entry| {
            let payload = json!({ "$ref": format!("./{}", file_name(entry)) });
            let message = json!({
                "name": entry.name,
                "title": entry.name,
                "contentType": "application/cloudevents+json",
                "payload": payload,
            });
            (entry.name.to_owned(), message)
        })
        .collect();
    let channel_messages: serde_json::Map<String, Value> = messages
        .keys()
        .map(|name| {
            (
                name.clone(),
                json!({ "$ref": format!("#/components/messages/{name}") }),
            )
        })
        .collect();
    json!({
        "asyncapi": "3.0.0",
        "info": {
            "title": "Homeward events",
            "version": env!("CARGO_PKG_VERSION"),
            "description": "Lifecycle events of reintegration journeys. Publishers send commits (CloudEvents 1.0 JSON batches of one journey) to the intake; the log keeps them, one message per commit, one subject per journey.",
            "license": { "name": "Apache-2.0" }
        },
        "defaultContentType": "application/cloudevents-batch+json",
        "channels": {
            "intake": {
                "address": "intake.v1",
                "description": "Request and reply; header Authorization: Bearer <key>.",
                "messages": channel_messages.clone(),
            },
            "ledger": {
                "address": "ledger.{ledger}.{journey}",
                "description": "The log itself, read-only for everyone but the border.",
                "parameters": {
                    "ledger": { "description": "one country's or agency's log" },
                    "journey": { "description": "the journey, a uuid" }
                },
                "messages": channel_messages,
            }
        },
        "operations": {
            "publish": { "action": "send", "channel": { "$ref": "#/channels/intake" } },
            "replay": { "action": "receive", "channel": { "$ref": "#/channels/ledger" } }
        },
        "components": { "messages": messages }
    })
}

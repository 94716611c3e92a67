//! What writers in other languages need: a JSON Schema per event type and an AsyncAPI document.
//! Generated from the types, checked in, and checked by a test.

use std::collections::BTreeMap;

use schemars::{JsonSchema, SchemaGenerator};
use serde_json::{Value, json};

use crate::catalogue::{EventType, event_types};
use crate::id::{ActorId, AgencyId, EventId, JourneyId, LedgerId};
use crate::sequence::SourceSequence;
use crate::time::{OccurredOn, RecordedAt};
use crate::vocabulary::Role;

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
            "id": inline::<EventId>(),
            "source": { "type": "string", "format": "uri-reference", "minLength": 1, "maxLength": 256 },
            "type": { "const": entry.name },
            "subject": inline::<JourneyId>(),
            "datacontenttype": { "const": "application/json" },
            "schemaversion": { "const": entry.version },
            "ledger": inline::<LedgerId>(),
            "occurred": inline::<OccurredOn>(),
            "recordedtime": inline::<RecordedAt>(),
            "time": inline::<RecordedAt>(),
            "agency": inline::<AgencyId>(),
            "actor": inline::<ActorId>(),
            "role": inline::<Role>(),
            "causationid": inline::<EventId>(),
            "correlationid": { "type": "string", "minLength": 1, "maxLength": 256 },
            "sequence": inline::<SourceSequence>(),
            "data": body,
        },
        "$defs": definitions.unwrap_or_else(|| json!({})),
    })
}

/// The schema of an attribute, as its type writes it.
fn inline<T: JsonSchema>() -> Value {
    T::json_schema(&mut SchemaGenerator::default()).to_value()
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

//! Golden samples: one per type and version, never edited once released.

use std::collections::BTreeMap;
use std::path::Path;

use homeward_events::catalogue::{Reception, event_types};
use homeward_events::codec::{
    Defaults, check_json, decode_commit, decode_event, encode_commit, without_personal,
};
use homeward_events::{Body, Event};
use serde_json::Value;

use crate::json_schema;

/// Every sample by its file name without `.json`, such as `reception.received.v2`.
pub(crate) fn samples() -> BTreeMap<String, String> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("samples");
    std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| {
            let path = entry.unwrap().path();
            let name = path.file_name().unwrap().to_str().unwrap();
            let name = name.strip_suffix(".json").unwrap_or(name).to_owned();
            (name, std::fs::read_to_string(&path).unwrap())
        })
        .collect()
}

/// Samples of the versions that are written today.
pub(crate) fn current_samples() -> impl Iterator<Item = (String, String)> {
    let mut samples = samples();
    event_types().map(move |entry| {
        let name = format!("{}.v{}", entry.name, entry.version);
        let json = samples.remove(&name).unwrap_or_default();
        (name, json)
    })
}

fn decode(name: &str, json: &str) -> Event {
    decode_event(json, None).unwrap_or_else(|error| panic!("{name}: {error}"))
}

#[test]
fn every_type_and_version_has_a_sample_and_no_sample_is_stray() {
    let expected: Vec<String> = event_types()
        .flat_map(|entry| (1..=entry.version).map(|v| format!("{}.v{v}", entry.name)))
        .collect();
    let found = samples();
    for name in &expected {
        assert!(
            found.contains_key(name),
            "missing: events/samples/{name}.json"
        );
    }
    for name in found.keys() {
        assert!(expected.contains(name), "stray: events/samples/{name}");
    }
}

#[test]
fn every_sample_says_the_type_and_version_of_its_name() {
    for (name, json) in samples() {
        check_json(&json).unwrap();
        let value: Value = serde_json::from_str(&json).unwrap();
        let said = format!(
            "{}.v{}",
            value["type"].as_str().unwrap(),
            value["schemaversion"]
        );
        assert_eq!(said, name);
        let event = decode(&name, &json);
        assert_eq!(event.body.event_type().name, value["type"]);
        assert_eq!(event.body.family(), event.body.event_type().family);
    }
}

#[test]
fn samples_of_current_versions_are_written_again_as_they_stand() {
    for (name, json) in current_samples() {
        let event = decode(&name, &json);
        let read: Value = serde_json::from_str(&json).unwrap();
        assert_eq!(serde_json::to_value(&event).unwrap(), read, "{name}");

        let commit = encode_commit(std::slice::from_ref(&event)).unwrap();
        let defaults = Defaults {
            recorded: event.recorded,
            agency: None,
            actor: None,
        };
        assert_eq!(
            decode_commit(&commit, &defaults).unwrap(),
            [event],
            "{name}"
        );
    }
}

#[test]
fn samples_fit_the_schema_of_their_type() {
    for entry in event_types() {
        let schema = homeward_events::schema::event_schema(entry);
        let name = format!("{}.v{}", entry.name, entry.version);
        let sample: Value = serde_json::from_str(&samples()[&name]).unwrap();
        assert_eq!(
            json_schema::misfits(&schema, &sample),
            Vec::<String>::new(),
            "{name}"
        );

        let mut bent = sample.clone();
        bent["data"]["no-such-field"] = Value::Null;
        assert_eq!(json_schema::misfits(&schema, &bent).len(), 1, "{name}");
    }
}

#[test]
fn samples_show_every_field_that_their_type_has() {
    for entry in event_types() {
        let schema = homeward_events::schema::event_schema(entry);
        let name = format!("{}.v{}", entry.name, entry.version);
        let sample: Value = serde_json::from_str(&samples()[&name]).unwrap();
        let Some(fields) = schema.pointer("/properties/data/properties") else {
            continue;
        };
        for field in fields.as_object().unwrap().keys() {
            assert!(
                sample["data"].get(field).is_some(),
                "{name}: `{field}` is not shown"
            );
        }
    }
}

#[test]
fn a_reception_of_version_1_means_what_version_2_says() {
    let samples = samples();
    let old = decode("v1", &samples["reception.received.v1"]);
    let new = decode("v2", &samples["reception.received.v2"]);
    let Body::Reception(Reception::Received(old)) = &old.body else {
        panic!("not a reception: {old:?}");
    };
    let Body::Reception(Reception::Received(new)) = &new.body else {
        panic!("not a reception: {new:?}");
    };
    assert_eq!(old.born, Some("1985".parse().unwrap()));
    // Apart from what version 1 could not say, both samples tell of the same reception.
    let mut lifted = (**new).clone();
    (lifted.born, lifted.group, lifted.personal) = (old.born, None, None);
    assert_eq!(**old, lifted);
}

#[test]
fn without_personal_data_a_sample_is_the_same_fact() {
    for (name, json) in current_samples() {
        let bare = without_personal(&json).unwrap();
        let value: Value = serde_json::from_str(&bare).unwrap();
        assert!(value["data"].get("personal").is_none(), "{name}");
        let (whole, bare) = (decode(&name, &json), decode(&name, &bare));
        assert_eq!(whole.sort_key(), bare.sort_key(), "{name}");
        assert_eq!(
            whole.body == bare.body,
            !json.contains("\"personal\""),
            "{name}"
        );
    }
}

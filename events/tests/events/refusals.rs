//! What the border refuses: each with the event, the field and a stable code.

use homeward_events::Family;
use homeward_events::codec::{
    COMMIT_BYTES_MAX, COMMIT_EVENTS_MAX, Code, Defaults, EVENT_BYTES_MAX, decode_commit,
    decode_event,
};
use serde_json::{Value, json};

use crate::samples::samples;

fn defaults() -> Defaults {
    Defaults {
        recorded: "2027-12-31T00:00:00Z".parse().unwrap(),
        agency: None,
        actor: None,
    }
}

fn sample(name: &str) -> Value {
    serde_json::from_str(&samples()[name]).unwrap()
}

/// The sample `name` with the value at `pointer` put in place, or taken out.
pub(crate) fn bent(name: &str, pointer: &str, value: Option<Value>) -> Vec<u8> {
    let mut event = sample(name);
    let (parent, key) = pointer.rsplit_once('/').unwrap();
    match (event.pointer_mut(parent).unwrap(), value) {
        (Value::Object(fields), Some(value)) => {
            fields.insert(key.to_owned(), value);
        }
        (Value::Object(fields), None) => {
            fields.remove(key).unwrap();
        }
        (Value::Array(items), Some(value)) => items[key.parse::<usize>().unwrap()] = value,
        (other, _) => panic!("{pointer} of {name} is in {other}"),
    }
    batch(&[event])
}

fn batch(events: &[Value]) -> Vec<u8> {
    serde_json::to_vec(events).unwrap()
}

/// The bytes of the sample `name` with `from` written as `to`, once.
fn respelled(name: &str, from: &str, to: &str) -> Vec<u8> {
    let text = samples()[name].clone();
    assert!(text.contains(from), "{name} does not say {from}");
    format!("[{}]", text.replacen(from, to, 1)).into_bytes()
}

/// What is found wrong, as `index code field`.
pub(crate) fn found(payload: &[u8]) -> Vec<String> {
    match decode_commit(payload, &defaults()) {
        Ok(_) => Vec::new(),
        Err(errors) => errors
            .iter()
            .map(|error| format!("{} {} {}", error.index, error.code, error.field))
            .collect(),
    }
}

#[test]
fn bytes_with_two_readings_or_none_are_refused_before_anything_is_read() {
    let received = "reception.received.v2";
    let mut not_utf8 = respelled(received, "Beispiel", "B?ispiel");
    let at = not_utf8.iter().position(|byte| *byte == b'?').unwrap();
    not_utf8[at] = 0xff;
    let deep = format!("{}{}", "[".repeat(100_000), "]".repeat(100_000));
    let cases: Vec<(&str, Vec<u8>, &str)> = vec![
        ("not text", not_utf8, "0 not-utf8 "),
        ("nothing", Vec::new(), "0 not-json "),
        (
            "cut short",
            samples()[received].as_bytes()[..200].to_vec(),
            "0 not-json ",
        ),
        ("NaN", respelled(received, ": 14", ": NaN"), "0 not-json "),
        (
            "leading zero",
            respelled(received, ": 14", ": 014"),
            "0 not-json ",
        ),
        (
            "number beyond all bounds",
            respelled(received, ": 14", ": 1e400"),
            "0 not-json ",
        ),
        (
            "half a surrogate pair",
            respelled(received, "Beispiel", "\\ud800"),
            "0 not-json ",
        ),
        ("deep", deep.into_bytes(), "0 too-deep "),
        (
            "a key twice in the envelope",
            respelled(
                received,
                "\"ledger\": \"jm\"",
                "\"ledger\": \"jm\", \"ledger\": \"tt\"",
            ),
            "0 key-twice /0/ledger",
        ),
        (
            "a key twice in the body",
            respelled(received, "\"minors\": 2", "\"minors\": 2, \"minors\": 0"),
            "0 key-twice /0/data/minors",
        ),
        (
            "a key twice in another spelling",
            respelled(
                received,
                "\"minors\": 2",
                "\"minors\": 2, \"\\u006dinors\": 0",
            ),
            "0 key-twice /0/data/minors",
        ),
        (
            "a key twice in a map",
            respelled(received, "\"passport\":", "\"birth-certificate\":"),
            "0 key-twice /0/data/personal/identity/documents/birth-certificate",
        ),
        (
            "no batch",
            samples()[received].clone().into_bytes(),
            "0 not-json ",
        ),
        ("no event", b"[]".to_vec(), "0 empty "),
        ("not an event", b"[7]".to_vec(), "0 field-invalid "),
        (
            "too large",
            vec![b' '; COMMIT_BYTES_MAX + 1],
            "0 too-large ",
        ),
    ];
    for (case, payload, expected) in cases {
        assert_eq!(found(&payload), [expected], "{case}");
    }
}

#[test]
fn an_event_has_a_size_and_a_commit_a_length() {
    let name = "reception.received.v2";
    let long = |bytes: usize| {
        bent(
            name,
            "/data/personal/free_text",
            Some(json!("x".repeat(bytes))),
        )
    };
    let rest = long(0).len() - "[]".len();
    assert_eq!(found(&long(EVENT_BYTES_MAX - rest)), Vec::<String>::new());
    assert_eq!(found(&long(EVENT_BYTES_MAX - rest + 1)), ["0 too-large "]);

    let many = |count: usize| -> Vec<u8> {
        let events: Vec<Value> = (0..count)
            .map(|index| {
                let mut event = sample("departure.died.v1");
                event["id"] = json!(format!("0198c2f4-0002-7000-8000-{index:012}"));
                event
            })
            .collect();
        batch(&events)
    };
    assert_eq!(found(&many(COMMIT_EVENTS_MAX)), Vec::<String>::new());
    assert_eq!(found(&many(COMMIT_EVENTS_MAX + 1)), ["0 too-many-events "]);
}

#[test]
fn a_commit_is_about_one_journey_and_says_each_fact_once() {
    let first = sample("journey.closed.v1");
    let other = |pointer: &str, value: &str| {
        let mut event = sample("journey.reopened.v1");
        *event.pointer_mut(pointer).unwrap() = json!(value);
        batch(&[first.clone(), event])
    };
    let same = first["id"].as_str().unwrap();
    assert_eq!(found(&other("/id", same)), ["1 event-twice /id"]);
    let journey = "0198c2f4-0001-7000-8000-000000000002";
    assert_eq!(
        found(&other("/subject", journey)),
        ["1 mixed-journeys /subject"]
    );
    assert_eq!(found(&other("/ledger", "tt")), ["1 mixed-journeys /ledger"]);
}

#[test]
fn every_event_of_a_commit_is_looked_at() {
    let mut events = [
        sample("journey.closed.v1"),
        sample("journey.reopened.v1"),
        sample("journey.transferred.v1"),
    ];
    events[0]["data"]["reason"] = json!("bored");
    events[2]["data"]["to"] = json!("North Office");
    assert_eq!(
        found(&batch(&events)),
        ["0 word-unknown /data/reason", "2 field-invalid /data/to"]
    );
}

#[test]
fn a_refusal_names_type_and_family_where_they_can_be_read() {
    let payload = bent("justice.arrested.v1", "/data/case", Some(json!("7")));
    let errors = decode_commit(&payload, &defaults()).unwrap_err();
    assert_eq!(errors[0].event_type.as_deref(), Some("justice.arrested"));
    assert_eq!(errors[0].family(), Some(Family::Justice));
    assert!(
        errors[0].to_string().contains("justice.arrested"),
        "{}",
        errors[0]
    );

    let payload = bent(
        "justice.arrested.v1",
        "/type",
        Some(json!("justice.pardoned")),
    );
    let errors = decode_commit(&payload, &defaults()).unwrap_err();
    assert_eq!(
        errors[0].family(),
        Some(Family::Justice),
        "readers of other families may go on"
    );

    let payload = bent("justice.arrested.v1", "/occurred", None);
    let errors = decode_commit(&payload, &defaults()).unwrap_err();
    assert_eq!(errors[0].event_type.as_deref(), Some("justice.arrested"));
}

#[test]
fn a_refusal_does_not_repeat_personal_data() {
    let payload = bent(
        "reception.received.v2",
        "/data/personal/identity/given_names",
        Some(json!("Testperson")),
    );
    let errors = decode_commit(&payload, &defaults()).unwrap_err();
    assert_eq!(errors[0].field, "/data/personal/identity/given_names");
    assert!(
        !errors[0].to_string().contains("Testperson"),
        "{}",
        errors[0]
    );
}

#[test]
fn the_border_fills_in_what_a_publisher_may_leave_out_and_nothing_else() {
    let mut event = sample("departure.died.v1");
    for field in ["recordedtime", "agency", "role", "datacontenttype"] {
        event.as_object_mut().unwrap().remove(field);
    }
    let json = event.to_string();
    let error = decode_event(&json, None).unwrap_err();
    assert_eq!(
        (error.code, error.field.as_str()),
        (Code::FieldMissing, "/recordedtime")
    );

    let defaults = Defaults {
        recorded: "2027-06-01T12:00:00Z".parse().unwrap(),
        agency: Some("sample-office".parse().unwrap()),
        actor: Some("worker-9".parse().unwrap()),
    };
    let filled = decode_event(&json, Some(&defaults)).unwrap();
    assert_eq!(filled.recorded, defaults.recorded);
    assert_eq!(Some(filled.agency), defaults.agency);
    assert_eq!(filled.actor, defaults.actor);
    assert_eq!(filled.role, None);

    let said = decode_event(&sample("departure.died.v1").to_string(), Some(&defaults)).unwrap();
    assert_ne!(
        said.recorded, defaults.recorded,
        "what the publisher says stands"
    );

    let mut event = sample("departure.died.v1");
    let recorded = event
        .as_object_mut()
        .unwrap()
        .remove("recordedtime")
        .unwrap();
    event["time"] = recorded.clone();
    let read = decode_event(&event.to_string(), None).unwrap();
    assert_eq!(
        json!(read.recorded),
        recorded,
        "`time` is read in its place"
    );
}

#[test]
fn a_number_is_kept_and_is_no_part_of_what_is_said() {
    let numbered = |number: Option<&str>| {
        let mut event = sample("departure.died.v1");
        if let Some(number) = number {
            event["sequence"] = json!(number);
        }
        decode_event(&event.to_string(), None).unwrap()
    };
    let (none, first, other) = (numbered(None), numbered(Some("17")), numbered(Some("18")));
    assert_eq!(none.sequence, None);
    assert!(!json!(none).as_object().unwrap().contains_key("sequence"));
    assert_eq!(json!(first)["sequence"], "17");
    assert!(first.says_the_same(&other) && none.says_the_same(&first));
    let wrong = bent("departure.died.v1", "/sequence", Some(json!("017")));
    let error = decode_commit(&wrong, &defaults()).unwrap_err().remove(0);
    assert_eq!(
        error.message,
        "expected a whole number from 1 to 1000000000000000 without leading zeros, found `017`"
    );
}

#[test]
fn a_fact_may_be_dated_a_day_ahead_of_utc_and_no_more() {
    let dated = |occurred: &str| {
        let mut event = sample("departure.died.v1");
        event["recordedtime"] = json!("2027-05-06T23:59:59Z");
        event["occurred"] = json!(occurred);
        found(&batch(&[event]))
    };
    assert_eq!(dated("2027-05-07"), Vec::<String>::new());
    assert_eq!(dated("2027-05-07T13:00:00+14:00"), Vec::<String>::new());
    assert_eq!(dated("2027-05-08"), ["0 occurred-later /occurred"]);
    // Imprecise dates begin before they end.
    assert_eq!(dated("2027"), Vec::<String>::new());
    assert_eq!(dated("2028"), ["0 occurred-later /occurred"]);
}

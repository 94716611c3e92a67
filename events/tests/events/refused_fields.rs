//! One field wrong at a time, and what is said of it.

use crate::refusals::{bent, found};

const RECEIVED: &str = "reception.received.v2";

/// Sample, field, JSON put in its place (nothing: taken out), code and field of the refusal.
const CASES: &[(&str, &str, &str, &str)] = &[
    // The envelope.
    (
        RECEIVED,
        "/type",
        r#""reception.vanished""#,
        "type-unknown /type",
    ),
    (
        RECEIVED,
        "/schemaversion",
        "3",
        "version-newer /schemaversion",
    ),
    (
        RECEIVED,
        "/schemaversion",
        "0",
        "version-unknown /schemaversion",
    ),
    (
        RECEIVED,
        "/schemaversion",
        r#""2""#,
        "field-invalid /schemaversion",
    ),
    (
        RECEIVED,
        "/specversion",
        r#""0.3""#,
        "field-invalid /specversion",
    ),
    (
        RECEIVED,
        "/datacontenttype",
        r#""text/xml""#,
        "field-invalid /datacontenttype",
    ),
    (
        RECEIVED,
        "/source",
        r#""two words""#,
        "field-invalid /source",
    ),
    (
        RECEIVED,
        "/correlationid",
        r#""""#,
        "field-invalid /correlationid",
    ),
    (RECEIVED, "/sequence", "17", "field-invalid /sequence"),
    (RECEIVED, "/sequence", r#""""#, "field-invalid /sequence"),
    (RECEIVED, "/sequence", r#""0""#, "field-invalid /sequence"),
    (RECEIVED, "/sequence", r#""017""#, "field-invalid /sequence"),
    (RECEIVED, "/sequence", r#""+17""#, "field-invalid /sequence"),
    (RECEIVED, "/sequence", r#""1e3""#, "field-invalid /sequence"),
    (
        RECEIVED,
        "/sequence",
        r#""1000000000000001""#,
        "field-invalid /sequence",
    ),
    (
        RECEIVED,
        "/sequence",
        r#""18446744073709551616""#,
        "field-invalid /sequence",
    ),
    (RECEIVED, "/subject", "", "field-missing /subject"),
    (RECEIVED, "/agency", "", "field-missing /agency"),
    (RECEIVED, "/data", "", "field-missing /data"),
    (RECEIVED, "/data", "null", "field-invalid /data"),
    (RECEIVED, "/data", "[]", "field-invalid /data"),
    (RECEIVED, "/priority", "1", "field-unknown /priority"),
    (
        RECEIVED,
        "/id",
        r#""0198C2F4-0002-7000-8000-000000000004""#,
        "field-invalid /id",
    ),
    (RECEIVED, "/id", "4", "field-invalid /id"),
    (RECEIVED, "/ledger", r#""JM""#, "field-invalid /ledger"),
    (RECEIVED, "/ledger", r#""jm.port""#, "field-invalid /ledger"),
    (RECEIVED, "/agency", r#""-border""#, "field-invalid /agency"),
    (RECEIVED, "/role", r#""boss""#, "word-unknown /role"),
    (
        RECEIVED,
        "/occurred",
        r#""2026-02-30""#,
        "field-invalid /occurred",
    ),
    (
        RECEIVED,
        "/occurred",
        r#""02/03/2026""#,
        "field-invalid /occurred",
    ),
    (
        RECEIVED,
        "/occurred",
        r#""1026-03-02""#,
        "field-invalid /occurred",
    ),
    (
        RECEIVED,
        "/occurred",
        r#""2026-03-04""#,
        "occurred-later /occurred",
    ),
    (
        RECEIVED,
        "/recordedtime",
        r#""2026-03-02T09:41:07-05:00""#,
        "field-invalid /recordedtime",
    ),
    // The body.
    (
        RECEIVED,
        "/data/colour",
        r#""blue""#,
        "field-unknown /data/colour",
    ),
    (RECEIVED, "/data/site", "", "field-missing /data/site"),
    (RECEIVED, "/data/site", "7", "field-invalid /data/site"),
    (RECEIVED, "/data/sex", r#""MALE""#, "word-unknown /data/sex"),
    (
        RECEIVED,
        "/data/documents/1",
        r#""library-card""#,
        "word-unknown /data/documents/1",
    ),
    (
        RECEIVED,
        "/data/sending_country",
        r#""us""#,
        "field-invalid /data/sending_country",
    ),
    (
        RECEIVED,
        "/data/born",
        r#""1985-00""#,
        "field-invalid /data/born",
    ),
    (RECEIVED, "/data/minors", "-1", "field-invalid /data/minors"),
    (
        RECEIVED,
        "/data/minors",
        "256",
        "field-invalid /data/minors",
    ),
    (
        RECEIVED,
        "/data/place_to_stay/known",
        r#""no""#,
        "field-invalid /data/place_to_stay/known",
    ),
    (
        RECEIVED,
        "/data/personal/identity/shoe_size",
        "44",
        "field-unknown /data/personal/identity/shoe_size",
    ),
    (
        RECEIVED,
        "/data/personal/identity/given_names/0",
        "null",
        "field-invalid /data/personal/identity/given_names/0",
    ),
    (
        "reception.received.v1",
        "/data/birth_year",
        r#""1985""#,
        "field-invalid /data/birth_year",
    ),
    (
        "reception.received.v1",
        "/data/born",
        r#""1985""#,
        "field-unknown /data/born",
    ),
    (
        "assessment.completed.v1",
        "/data/overall",
        "10001",
        "field-invalid /data/overall",
    ),
    (
        "assessment.completed.v1",
        "/data/scores/economic",
        "0.5",
        "field-invalid /data/scores",
    ),
    (
        "assistance.delivered.v1",
        "/data/value/amount",
        "1.5",
        "field-invalid /data/value/amount",
    ),
    (
        "assistance.delivered.v1",
        "/data/value/amount",
        r#""1.5""#,
        "field-invalid /data/value/amount",
    ),
    (
        "assistance.delivered.v1",
        "/data/value/currency",
        r#""jmd""#,
        "field-invalid /data/value/currency",
    ),
    (
        "consent.given.v1",
        "/data/purposes/0",
        r#""marketing""#,
        "word-unknown /data/purposes/0",
    ),
    (
        "follow-up.scheduled.v1",
        "/data/due_on",
        r#""2026-06""#,
        "field-invalid /data/due_on",
    ),
    (
        "referral.sent.v1",
        "/data/priority",
        r#""low""#,
        "word-unknown /data/priority",
    ),
    (
        "referral.contact-failed.v1",
        "/data/attempt",
        "",
        "field-missing /data/attempt",
    ),
];

#[test]
fn what_is_wrong_with_one_field_is_said_of_that_field() {
    for (name, pointer, json, expected) in CASES {
        let value = (!json.is_empty()).then(|| serde_json::from_str(json).unwrap());
        let payload = bent(name, pointer, value);
        assert_eq!(
            found(&payload),
            [format!("0 {expected}")],
            "{name} {pointer} {json}"
        );
    }
}

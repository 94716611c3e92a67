//! The streams, spelled out: every setting is written when a stream is created, and compared at
//! every start and while running.
//!
//! The comparison works on the server's own JSON, not on a client's picture of it: a setting that
//! is switched on and that we have never heard of is a mismatch like any other.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::time::Duration;

use homeward_events::id::LedgerId;
use serde_json::{Map, Value, json};

use crate::commit::{COMMIT_BYTES_MAX, DEAD_LETTER_BYTES_MAX, REASON_BYTES_MAX};

/// How long the server itself remembers commit ids. A convenience, never the guarantee: that is
/// the expected sequence.
pub const DUPLICATE_WINDOW: Duration = Duration::from_mins(2);

/// Room for the headers of a message, in bytes: ids and sequences take about 300; the label of a
/// dead letter up to the longest reason, of which JSON may make six bytes each.
const HEADER_BYTES_MAX: usize = 8 * 1024 + 6 * REASON_BYTES_MAX;

/// Largest message of a ledger stream, headers included, in bytes.
pub const LEDGER_MESSAGE_BYTES_MAX: usize = COMMIT_BYTES_MAX + HEADER_BYTES_MAX;

/// Largest dead letter, headers included, in bytes.
pub const DEAD_LETTER_MESSAGE_BYTES_MAX: usize = DEAD_LETTER_BYTES_MAX + HEADER_BYTES_MAX;

/// The least `max_payload` of a server that will do, in bytes. The default of 1 MiB will not.
pub const SERVER_PAYLOAD_BYTES_MIN: usize = LEDGER_MESSAGE_BYTES_MAX;

/// Space for dead letters, in bytes: a thousand of the largest. It is set aside when the stream is
/// created. When it is used up nothing is dropped; refusals then say that they could not be kept.
pub const DEAD_LETTER_STORE_BYTES_MAX: u64 = 1 << 30;

/// The stream of everything that was refused.
pub const DEAD_LETTERS: &str = "DEAD_LETTERS";

/// First token of the subjects of dead letters.
pub const DEAD_LETTER_SUBJECT: &str = "dead-letter";

/// First token of the subjects of commits.
pub const LEDGER_SUBJECT: &str = "ledger";

/// First token of the subjects of JetStream's object store.
pub const OBJECT_SUBJECT: &str = "$O";

/// Bytes of one chunk of an attachment: few messages for a document, each far below what a server
/// takes.
pub const ATTACHMENT_CHUNK_BYTES: usize = 256 << 10;

/// The bucket of a ledger's attachments in JetStream's object store.
pub fn attachment_bucket(ledger: &LedgerId) -> String {
    format!("attachments-{ledger}")
}

/// Settings that an operator may choose freely: they say where a stream is or what it is for, not
/// what it keeps. The name is how we found it.
const FREE: [&str; 4] = ["name", "description", "placement", "metadata"];

/// Whether commits may go together. A ledger that does not let them is as good, and slower.
const BATCHES: &str = "allow_atomic";

/// The stream of a ledger. Slugs hold nothing that a stream name may not.
pub fn ledger_stream(ledger: &LedgerId) -> String {
    format!("LEDGER_{ledger}")
}

/// How one stream has to be set up.
#[derive(Debug, Clone, PartialEq)]
pub struct StreamSettings {
    name: String,
    settings: BTreeMap<&'static str, Value>,
    /// Any limit of bytes will do, as long as there is one.
    size_is_free: bool,
    /// Commits may go together, or not.
    batches_are_free: bool,
}

/// What differs between streams of the same kind.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Choices {
    /// Copies of each message: 1, or 3 in a cluster.
    pub replicas: u8,
    /// How long the server remembers commit ids; [`DUPLICATE_WINDOW`] but in tests.
    pub duplicate_window: Duration,
    /// Space set aside for dead letters when their stream is created, in bytes;
    /// [`DEAD_LETTER_STORE_BYTES_MAX`] unless the server has little. An operator may change it
    /// later: any limit will do.
    pub dead_letter_store_bytes_max: u64,
}

impl Default for Choices {
    fn default() -> Self {
        Self {
            replicas: 1,
            duplicate_window: DUPLICATE_WINDOW,
            dead_letter_store_bytes_max: DEAD_LETTER_STORE_BYTES_MAX,
        }
    }
}

impl StreamSettings {
    /// The settings of the stream of `ledger`: keeps everything for ever.
    pub fn of_ledger(ledger: &LedgerId, choices: &Choices) -> Self {
        let mut settings = common(choices);
        settings.insert("subjects", json!([format!("{LEDGER_SUBJECT}.{ledger}.*")]));
        settings.insert("max_bytes", json!(-1));
        settings.insert("max_msg_size", json!(LEDGER_MESSAGE_BYTES_MAX));
        settings.insert(BATCHES, json!(true));
        Self {
            name: ledger_stream(ledger),
            settings,
            size_is_free: false,
            batches_are_free: true,
        }
    }

    /// The settings of the dead letters: as durable as a ledger, but limited in size, and full
    /// rather than forgetful.
    pub fn of_dead_letters(choices: &Choices) -> Self {
        let mut settings = common(choices);
        settings.insert("subjects", json!([format!("{DEAD_LETTER_SUBJECT}.>")]));
        settings.insert("max_bytes", json!(choices.dead_letter_store_bytes_max));
        settings.insert("max_msg_size", json!(DEAD_LETTER_MESSAGE_BYTES_MAX));
        Self {
            name: DEAD_LETTERS.to_owned(),
            settings,
            size_is_free: true,
            batches_are_free: false,
        }
    }

    /// The settings of the bucket of a ledger's attachments: as durable as the ledger. An operator
    /// may remove from it, because personal data must be erasable; the identities that we connect
    /// with are not given the permission.
    pub fn of_attachments(ledger: &LedgerId, choices: &Choices) -> Self {
        let bucket = attachment_bucket(ledger);
        let mut settings = common(choices);
        let subjects = ["C", "M"].map(|part| format!("{OBJECT_SUBJECT}.{bucket}.{part}.>"));
        settings.insert("subjects", json!(subjects));
        settings.insert("max_bytes", json!(-1));
        let message_bytes_max = ATTACHMENT_CHUNK_BYTES + HEADER_BYTES_MAX;
        settings.insert("max_msg_size", json!(message_bytes_max));
        settings.insert("deny_delete", json!(false));
        settings.insert("deny_purge", json!(false));
        Self {
            name: format!("OBJ_{bucket}"),
            settings,
            size_is_free: false,
            batches_are_free: false,
        }
    }

    /// The name of the stream.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The settings as a server takes them.
    pub fn to_json(&self) -> Value {
        let mut config = Map::new();
        config.insert("name".to_owned(), json!(self.name));
        for (name, value) in &self.settings {
            config.insert((*name).to_owned(), value.clone());
        }
        Value::Object(config)
    }

    /// Every setting in which `found` (a server's stream configuration) differs.
    pub fn compare(&self, found: &Map<String, Value>) -> Vec<Mismatch> {
        let names: BTreeSet<&str> = self
            .settings
            .keys()
            .copied()
            .chain(found.keys().map(String::as_str))
            .filter(|name| !FREE.contains(name))
            .collect();
        let differs = |name: &str| {
            let expected = self.settings.get(name).unwrap_or(&Value::Null);
            let found = found.get(name).unwrap_or(&Value::Null);
            let same = expected == found
                || (is_unset(expected) && is_unset(found))
                || (self.size_is_free && name == "max_bytes" && found.as_u64() > Some(0))
                || (self.batches_are_free && name == BATCHES);
            (!same).then(|| Mismatch {
                subject: self.name.clone(),
                setting: name.to_owned(),
                expected: expected.to_string(),
                found: found.to_string(),
            })
        };
        names.into_iter().filter_map(differs).collect()
    }
}

/// What ledgers and dead letters have in common.
fn common(choices: &Choices) -> BTreeMap<&'static str, Value> {
    let window_nanos = u64::try_from(choices.duplicate_window.as_nanos()).unwrap_or(u64::MAX);
    BTreeMap::from([
        ("storage", json!("file")),
        ("retention", json!("limits")),
        ("discard", json!("new")),
        ("max_msgs", json!(-1)),
        ("max_msgs_per_subject", json!(-1)),
        ("max_age", json!(0)),
        ("max_consumers", json!(-1)),
        ("num_replicas", json!(choices.replicas)),
        ("duplicate_window", json!(window_nanos)),
        ("compression", json!("none")),
        // `async` would answer before the message is on disk, whatever the server's sync setting.
        ("persist_mode", json!("default")),
        ("allow_direct", json!(true)),
        ("deny_delete", json!(true)),
        ("deny_purge", json!(true)),
        ("no_ack", json!(false)),
        ("sealed", json!(false)),
        ("discard_new_per_subject", json!(false)),
        ("allow_rollup_hdrs", json!(false)),
        ("allow_msg_ttl", json!(false)),
        ("allow_msg_counter", json!(false)),
        ("allow_msg_schedules", json!(false)),
        (BATCHES, json!(false)),
        ("mirror_direct", json!(false)),
    ])
}

/// Servers leave out what is off, and write some of it out as an empty value.
fn is_unset(value: &Value) -> bool {
    match value {
        Value::Null => true,
        Value::Bool(on) => !on,
        Value::Number(number) => number.as_i64() == Some(0),
        Value::String(text) => text.is_empty() || text == "default",
        Value::Array(items) => items.is_empty(),
        Value::Object(fields) => fields.is_empty(),
    }
}

/// One setting that is not as it must be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mismatch {
    /// The stream, or `server`.
    pub subject: String,
    /// The setting's name, as the server spells it.
    pub setting: String,
    /// What it must be.
    pub expected: String,
    /// What it is.
    pub found: String,
}

impl fmt::Display for Mismatch {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self {
            subject,
            setting,
            expected,
            found,
        } = self;
        write!(
            f,
            "{subject}: {setting}: expected {expected}, found {found}"
        )
    }
}

/// All settings that are not as they must be; never empty when part of an error.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mismatches(pub Vec<Mismatch>);

impl fmt::Display for Mismatches {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the log is not set up as a ledger must be")?;
        for mismatch in &self.0 {
            write!(f, "; {mismatch}")?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ledger() -> StreamSettings {
        StreamSettings::of_ledger(&"jm".parse().unwrap(), &Choices::default())
    }

    fn config(settings: &StreamSettings) -> Map<String, Value> {
        settings.to_json().as_object().unwrap().clone()
    }

    #[test]
    fn what_we_ask_for_is_what_we_expect() {
        assert_eq!(ledger().compare(&config(&ledger())), []);
        let letters = StreamSettings::of_dead_letters(&Choices::default());
        assert_eq!(letters.compare(&config(&letters)), []);
        let bucket = StreamSettings::of_attachments(&"jm".parse().unwrap(), &Choices::default());
        assert_eq!(bucket.compare(&config(&bucket)), []);
        assert_eq!(bucket.name(), "OBJ_attachments-jm");
        assert_ne!(ledger().compare(&config(&letters)), []);
        let mut resized = config(&letters);
        resized.insert("max_bytes".to_owned(), json!(1 << 20));
        assert_eq!(letters.compare(&resized), []);
        resized.insert("max_bytes".to_owned(), json!(-1));
        assert_eq!(letters.compare(&resized).len(), 1);
    }

    #[test]
    fn what_is_off_may_be_left_out_or_empty() {
        let mut found = config(&ledger());
        for name in ["persist_mode", "allow_atomic", "max_age", "sealed"] {
            found.remove(name);
        }
        found.insert("consumer_limits".to_owned(), json!({}));
        found.insert("sources".to_owned(), Value::Null);
        found.insert("metadata".to_owned(), json!({ "_nats.ver": "2.15.1" }));
        assert_eq!(ledger().compare(&found), []);
    }

    #[test]
    fn every_other_setting_is_named() {
        for (name, value) in [
            ("max_msgs", json!(50)),
            ("deny_purge", json!(false)),
            ("persist_mode", json!("async")),
            ("discard", json!("old")),
            ("num_replicas", json!(3)),
            ("subjects", json!(["ledger.jm.*", "other"])),
            ("republish", json!({ "src": ">", "dest": "leak.>" })),
            ("a_setting_of_tomorrow", json!(true)),
        ] {
            let mut found = config(&ledger());
            found.insert(name.to_owned(), value.clone());
            let mismatches = ledger().compare(&found);
            assert_eq!(mismatches.len(), 1, "{name}");
            assert_eq!(mismatches[0].setting, name);
            assert_eq!(mismatches[0].found, value.to_string());
        }
        let mut found = config(&ledger());
        found.remove("allow_direct");
        let mismatch = ledger().compare(&found).remove(0).to_string();
        assert_eq!(
            mismatch,
            "LEDGER_jm: allow_direct: expected true, found null"
        );
    }
}

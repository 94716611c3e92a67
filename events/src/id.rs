//! Typed ids: the kind of a thing is in its type, so a journey can never stand where an event is meant.
//!
//! Two shapes: *uuids* for things that publishers create without asking anyone (events, commits,
//! journeys, referrals), and *slugs* for things that people name (ledgers, agencies, sites).

use std::fmt;
use std::str::FromStr;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use uuid::Uuid;

/// Longest slug, in bytes: it becomes part of a NATS subject and of a file name.
pub const SLUG_BYTES_MAX: usize = 64;

/// A text that is not an id of the kind asked for.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum IdError {
    /// Not a UUID in its hyphenated lower-case form.
    #[error("expected a uuid such as 0198c2f4-7f6a-7c1e-9d53-0a5b3c1d2e4f, found `{0}`")]
    Uuid(String),
    /// Not a slug.
    #[error("expected 1 to 64 of a-z, 0-9 and inner `-`, found `{0}`")]
    Slug(String),
    /// Not the name of a cut.
    #[error("expected 1 to 64 of A-Z, a-z, 0-9 and inner `-`, found `{0}`")]
    CutName(String),
    /// Not a digest.
    #[error("expected 64 of 0-9 and a-f, found `{0}`")]
    Digest(String),
    /// Not a media type.
    #[error("expected a media type such as application/pdf, in lower case, found `{0}`")]
    MediaType(String),
}

macro_rules! uuid_id {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(Uuid);

        impl $name {
            /// Wraps a uuid that is known to name this kind of thing.
            pub const fn from_uuid(uuid: Uuid) -> Self {
                Self(uuid)
            }
            /// The uuid itself.
            pub const fn as_uuid(&self) -> &Uuid {
                &self.0
            }
            /// The sixteen bytes of the uuid, most significant first: their order is the id's order.
            pub const fn as_bytes(&self) -> &[u8; 16] {
                self.0.as_bytes()
            }
        }

        impl FromStr for $name {
            type Err = IdError;
            fn from_str(text: &str) -> Result<Self, IdError> {
                let parsed = Uuid::try_parse(text).map_err(|_| IdError::Uuid(text.to_owned()))?;
                // One spelling only: ids become subjects, keys and file names.
                let mut buffer = Uuid::encode_buffer();
                if *parsed.hyphenated().encode_lower(&mut buffer) == *text {
                    Ok(Self(parsed))
                } else {
                    Err(IdError::Uuid(text.to_owned()))
                }
            }
        }
        text_id!($name, "uuid", "^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$");
        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.hyphenated().fmt(f)
            }
        }
    };
}

macro_rules! slug_id {
    ($(#[$doc:meta])* $name:ident) => {
        named_id! {
            $(#[$doc])*
            $name, "slug", "^[a-z0-9]([a-z0-9-]{0,62}[a-z0-9])?$", is_slug, Slug
        }
    };
}

macro_rules! named_id {
    (
        $(#[$doc:meta])* $name:ident, $format:literal, $pattern:literal, $fits:ident, $error:ident
    ) => {
        $(#[$doc])*
        #[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(std::sync::Arc<str>);

        impl $name {
            /// The text.
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl FromStr for $name {
            type Err = IdError;
            fn from_str(text: &str) -> Result<Self, IdError> {
                if $fits(text) {
                    Ok(Self(text.into()))
                } else {
                    Err(IdError::$error(text.chars().take(SLUG_BYTES_MAX).collect()))
                }
            }
        }
        text_id!($name, $format, $pattern);
        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }
    };
}

macro_rules! text_id {
    ($name:ident, $format:literal, $pattern:literal) => {
        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, "{}({self})", stringify!($name))
            }
        }
        impl Serialize for $name {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.collect_str(self)
            }
        }
        impl<'de> Deserialize<'de> for $name {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                deserializer.deserialize_str(crate::text::FromText::new($format))
            }
        }
        impl JsonSchema for $name {
            fn schema_name() -> std::borrow::Cow<'static, str> {
                stringify!($name).into()
            }
            fn json_schema(_: &mut SchemaGenerator) -> Schema {
                json_schema!({ "type": "string", "pattern": $pattern })
            }
        }
    };
}

named_id! {
    /// The name of a cut, such as `2026-Q2`. Capitals count: `2026-Q2` and `2026-q2` are two names.
    CutName, "name of a cut", "^[A-Za-z0-9]([A-Za-z0-9-]{0,62}[A-Za-z0-9])?$", is_cut_name, CutName
}
named_id! {
    /// A SHA-256 over a log up to a position, in hexadecimal.
    LogDigest, "digest", "^[0-9a-f]{64}$", is_digest, Digest
}

named_id! {
    /// A SHA-256 over the bytes of an attachment, in hexadecimal: what they are found by.
    ContentDigest, "digest", "^[0-9a-f]{64}$", is_digest, Digest
}
named_id! {
    /// What kind of bytes an attachment is, such as `application/pdf`: type and subtype of RFC 6838 in
    /// lower case, without parameters.
    MediaType, "media type",
    "^[a-z0-9][a-z0-9!#$&^_.+-]{0,63}/[a-z0-9][a-z0-9!#$&^_.+-]{0,63}$", is_media_type, MediaType
}

impl LogDigest {
    /// The digest with these bytes.
    pub fn of(bytes: [u8; 32]) -> Self {
        Self(hexadecimal(bytes).into())
    }
}

impl ContentDigest {
    /// The digest with these bytes.
    pub fn of(bytes: [u8; 32]) -> Self {
        Self(hexadecimal(bytes).into())
    }
}

fn hexadecimal(bytes: [u8; 32]) -> String {
    let hex = |half: u8| char::from_digit(u32::from(half), 16).unwrap_or('0');
    bytes
        .iter()
        .flat_map(|byte| [hex(byte >> 4), hex(byte & 15)])
        .collect()
}

/// Two names of RFC 6838, each of 1 to 64 letters, that begin with a letter or a digit.
fn is_media_type(text: &str) -> bool {
    let first = |b: &u8| b.is_ascii_lowercase() || b.is_ascii_digit();
    let name = |text: &str| {
        text.len() <= 64
            && text.as_bytes().first().is_some_and(first)
            && text.bytes().all(|b| first(&b) || b"!#$&^_.+-".contains(&b))
    };
    text.split_once('/')
        .is_some_and(|(kind, subtype)| name(kind) && name(subtype))
}

/// As a slug, with capitals.
fn is_cut_name(text: &str) -> bool {
    is_slug(&text.to_ascii_lowercase())
}

/// 64 of `0-9` and `a-f`.
fn is_digest(text: &str) -> bool {
    let hex = |b: u8| b.is_ascii_digit() || (b'a'..=b'f').contains(&b);
    text.len() == 64 && text.bytes().all(hex)
}

/// One to 64 of `a-z`, `0-9` and inner `-`.
fn is_slug(text: &str) -> bool {
    let plain = |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit();
    let bytes = text.as_bytes();
    match (bytes.first(), bytes.last()) {
        (Some(&first), Some(&last)) => {
            bytes.len() <= SLUG_BYTES_MAX
                && plain(first)
                && plain(last)
                && bytes.iter().all(|&b| plain(b) || b == b'-')
        }
        _ => false,
    }
}

uuid_id! {
    /// One fact, for ever. Chosen by whoever writes the fact down, so a retry carries the same one.
    EventId
}
uuid_id! {
    /// One to 64 events of one journey that become true together.
    CommitId
}
uuid_id! {
    /// One return of one person in one ledger, from notice or reception to closure and what follows.
    JourneyId
}
uuid_id! {
    /// One referral: a request from one agency to another on behalf of a returnee.
    ReferralId
}
uuid_id! {
    /// One spell (of housing, work, schooling or custody) with a beginning and perhaps an end.
    SpellId
}
uuid_id! {
    /// One delivery of assistance.
    AssistanceId
}
uuid_id! {
    /// One reintegration plan.
    PlanId
}
uuid_id! {
    /// One criminal case: arrest, charge, disposal and what a higher court made of it belong together.
    CaseId
}
uuid_id! {
    /// One consent, from giving to withdrawal.
    ConsentId
}
uuid_id! {
    /// One request for erasure or access.
    RequestId
}

uuid_id! {
    /// One transfer of a case, from proposal to answer.
    TransferId
}
uuid_id! {
    /// One household: people who live together, whatever they are to each other.
    HouseholdId
}
uuid_id! {
    /// One attachment of a journey: bytes under a name of their own, kept beside the log.
    AttachmentId
}

/// Under which the journey ids of cuts are made; chosen once at random, never to change.
const CUTS: Uuid = Uuid::from_u128(0x5d4f_6a0e_2c0b_4b7e_9a51_8f2f_7f0c_6a11);
/// The same for service directories.
const DIRECTORIES: Uuid = Uuid::from_u128(0x8c1e_37b2_90d4_4f6a_b5e8_1d27_c3a9_04ef);

impl JourneyId {
    /// Where the named cuts of a ledger stand: a journey that nobody makes, found from the ledger's
    /// name alone (a uuid of version 5).
    pub fn of_cuts(ledger: &LedgerId) -> Self {
        Self(Uuid::new_v5(&CUTS, ledger.as_str().as_bytes()))
    }

    /// Whether this is where the named cuts of `ledger` stand.
    pub fn is_of_cuts(&self, ledger: &LedgerId) -> bool {
        // Hardly an id is of this version, so hardly one is compared.
        self.0.get_version_num() == 5 && *self == Self::of_cuts(ledger)
    }

    /// Where the service directory of a ledger stands: as [`Self::of_cuts`], another journey.
    pub fn of_directory(ledger: &LedgerId) -> Self {
        Self(Uuid::new_v5(&DIRECTORIES, ledger.as_str().as_bytes()))
    }

    /// Whether this is where the service directory of `ledger` stands.
    pub fn is_of_directory(&self, ledger: &LedgerId) -> bool {
        self.0.get_version_num() == 5 && *self == Self::of_directory(ledger)
    }

    /// Whether this is where `ledger` keeps what is about no person: its cuts, its service directory.
    pub fn is_nobodys(&self, ledger: &LedgerId) -> bool {
        self.is_of_cuts(ledger) || self.is_of_directory(ledger)
    }
}

slug_id! {
    /// One country's (or agency's) log, such as `jm`.
    LedgerId
}
slug_id! {
    /// An organization that publishes, receives referrals or keeps cases (Open Referral HSDS
    /// `organization`).
    AgencyId
}
slug_id! {
    /// A port, shelter or office (Open Referral HSDS `location`).
    SiteId
}
slug_id! {
    /// A service that can be referred to (Open Referral HSDS `service`).
    ServiceId
}
slug_id! {
    /// A reintegration programme.
    ProgrammeId
}
slug_id! {
    /// An assessment instrument, such as `example-sustainability`.
    InstrumentId
}
slug_id! {
    /// The person or machine account that acted; an account, never a person's name.
    ActorId
}
slug_id! {
    /// A goal within a plan.
    GoalId
}
slug_id! {
    /// A scheduled follow-up: choosing the same key again schedules nothing new.
    ScheduleKey
}
slug_id! {
    /// One charter flight, vessel or convoy as the sending state numbers it.
    BatchId
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_have_one_spelling() {
        let text = "0198c2f4-7f6a-7c1e-9d53-0a5b3c1d2e4f";
        assert_eq!(text.parse::<EventId>().unwrap().to_string(), text);
        for other in [
            text.to_uppercase(),
            format!("{{{text}}}"),
            text.replace('-', ""),
            String::new(),
        ] {
            assert!(other.parse::<EventId>().is_err(), "{other}");
        }
    }

    #[test]
    fn what_is_about_nobody_stands_under_one_id_in_each_ledger() {
        let (jm, tt): (LedgerId, LedgerId) = ("jm".parse().unwrap(), "tt".parse().unwrap());
        let cuts = JourneyId::of_cuts(&jm);
        assert_eq!(cuts.to_string(), "ef97ffad-7975-5684-8c46-1ba34fe1e8d9");
        assert!(cuts.is_of_cuts(&jm) && !cuts.is_of_cuts(&tt));
        let directory = JourneyId::of_directory(&jm);
        assert!(directory.is_of_directory(&jm) && !directory.is_of_directory(&tt));
        assert!(directory.is_nobodys(&jm) && cuts.is_nobodys(&jm) && !directory.is_of_cuts(&jm));
        for bad in ["", "-Q2", "Q2-", "2026 Q2", "2026:Q2", "2026/Q2"] {
            assert!(bad.parse::<CutName>().is_err(), "{bad}");
        }
        assert!("2026-Q2".parse::<CutName>().is_ok());
    }

    #[test]
    fn media_types_have_no_room_for_tricks() {
        for good in ["application/pdf", "image/svg+xml", "text/plain"] {
            assert!(good.parse::<MediaType>().is_ok(), "{good}");
        }
        for bad in [
            "",
            "pdf",
            "/pdf",
            "text/",
            "Text/plain",
            "text/plain; charset=utf-8",
            "a/b/c",
            "a/\r\nb",
        ] {
            assert!(bad.parse::<MediaType>().is_err(), "{bad}");
        }
    }

    #[test]
    fn slugs_are_safe_in_subjects_and_file_names() {
        for good in ["jm", "a", "new-start-2", "7"] {
            assert!(good.parse::<LedgerId>().is_ok(), "{good}");
        }
        let long = "a".repeat(65);
        for bad in [
            "",
            "-a",
            "a-",
            "A",
            "a.b",
            "a*",
            "a>",
            "a/b",
            "a b",
            "é",
            long.as_str(),
        ] {
            assert!(bad.parse::<LedgerId>().is_err(), "{bad}");
        }
    }
}

//! The service directory: what stands in which version, what people are referred to, and what a
//! question about somebody's need is answered with ([`suggest`]).
//!
//! Rows are what was said of each service in each version, and which versions are out; cells count
//! the referrals that name a service. How many places are free, and whether a referral names what its
//! version of the directory does not list, is worked out when asked: the directory is another
//! journey, and neither waits for the other.

mod astray;
mod fit;
mod index;
pub mod suggest;
mod versions;

use homeward_events::Family;
use homeward_events::directory::Service;
use homeward_events::id::{EventId, LogDigest, ServiceId};
use homeward_events::referral::DeclineReason;
use homeward_events::time::OccurredOn;
use homeward_journey::directory::Directory;
use homeward_journey::referral::Referral;
use homeward_journey::{Journey, Person};
use serde::{Deserialize, Serialize};
use serde_with::skip_serializing_none;
use sha2::{Digest as _, Sha256};

use crate::cube::cell_key;
use crate::dimension::{NOT_KNOWN, month};
use crate::index::Index;
use crate::model::{Contributions, ReadModel};

pub use astray::{Astray, Why as AstrayWhy, astray};
pub use index::{Book, Catalogue};
pub use suggest::{Query, Suggestion, suggest};
pub use versions::{Changes, Standing, Told, told};

/// The read model.
pub static DIRECTORY: ReadModel = ReadModel {
    name: "directory",
    version: 1,
    reads: &[
        Family::Consent,
        Family::Referral,
        Family::Lifecycle,
        Family::Correction,
        Family::Directory,
    ],
    contribute,
    index: Some(|| Index::Directory(Box::default())),
};

/// What referrals that name a service are counted by. `owner` is whose turn it is (`none` once it has
/// ended), `answer` the provider's (`accepted`, `declined` or `none`), in `answered_month`.
pub const DIMENSIONS: &[&str] = &[
    "ledger",
    "service",
    "directory_version",
    "to",
    "state",
    "owner",
    "answer",
    "answered_month",
];

/// What a dimension says where there is nothing to say.
pub const NONE: &str = "none";
/// The provider took it on.
pub const ACCEPTED: &str = "accepted";
/// The provider did not.
pub const DECLINED: &str = "declined";

const SERVICES: &str = "service|";
const VERSIONS: &str = "version|";

/// What was said of a service in a version.
#[skip_serializing_none]
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Listing {
    /// Ledger.
    pub ledger: String,
    /// From which version on.
    pub version: u32,
    /// Which service.
    pub id: ServiceId,
    /// The service; absent when it was withdrawn.
    pub service: Option<Service>,
    /// The event that says so.
    pub event: EventId,
}

/// A version that is out.
#[skip_serializing_none]
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Version {
    /// Ledger.
    pub ledger: String,
    /// Its number.
    pub version: u32,
    /// When it was published.
    pub on: OccurredOn,
    /// How many services stand in it, as its publication says.
    pub services: u32,
    /// SHA-256 over them, as its publication says.
    pub digest: LogDigest,
    /// Where it comes from.
    pub note: Option<String>,
    /// The publication.
    pub event: EventId,
}

/// SHA-256 over a service as a directory describes it: equal services have equal ones.
pub fn fingerprint(service: &Service) -> LogDigest {
    // A service is made of texts and whole numbers: it can always be written.
    let bytes = serde_json::to_vec(service).unwrap_or_default();
    LogDigest::of(Sha256::digest(bytes).into())
}

/// SHA-256 over the services that stand in a version: a line each, by id, with its fingerprint.
pub fn digest<'s>(services: impl IntoIterator<Item = (&'s ServiceId, &'s LogDigest)>) -> LogDigest {
    let mut sha256 = Sha256::new();
    for (id, fingerprint) in services {
        sha256.update(format!("{id} {fingerprint}\n"));
    }
    LogDigest::of(sha256.finalize().into())
}

fn contribute(person: &Person<'_>, out: &mut Contributions) {
    for journey in &person.journeys {
        if let Some(directory) = &journey.directory {
            list(journey, directory, out);
        }
        for referral in journey.referrals.values() {
            if let Some(service) = referral.service {
                count(journey, referral, service, out);
            }
        }
    }
}

fn list(journey: &Journey<'_>, directory: &Directory<'_>, out: &mut Contributions) {
    let ledger = journey.ledger.map_or(NOT_KNOWN, |ledger| ledger.as_str());
    for (id, said) in &directory.said {
        // What was said last in a version is written last, and holds.
        for said in said {
            let listing = Listing {
                ledger: ledger.to_owned(),
                version: said.version,
                id: (*id).clone(),
                service: said.service.cloned(),
                event: said.event,
            };
            out.row(
                format!("{SERVICES}{ledger}|{id}|{:010}", said.version),
                &listing,
            );
        }
    }
    for (number, version) in &directory.versions {
        let published = version.published;
        let row = Version {
            ledger: ledger.to_owned(),
            version: *number,
            on: version.on,
            services: published.services,
            digest: published.digest.clone(),
            note: published.note.clone(),
            event: version.event,
        };
        out.row(format!("{VERSIONS}{ledger}|{number:010}"), &row);
    }
}

fn count(
    journey: &Journey<'_>,
    referral: &Referral<'_>,
    service: &ServiceId,
    out: &mut Contributions,
) {
    let pending = referral.state.pending();
    let answer = answer(referral);
    let answered = referral.decided.filter(|_| answer != NONE);
    let none = || NONE.to_owned();
    out.count(cell_key(&[
        journey.ledger.map_or(NOT_KNOWN, |ledger| ledger.as_str()),
        service.as_str(),
        &referral
            .directory_version
            .map_or_else(none, |version| version.to_string()),
        referral.to.as_str(),
        referral.state.as_str(),
        pending.map_or(NONE, |(owner, _)| owner.as_str()),
        answer,
        &answered.map_or_else(none, |on| month(on.day())),
    ]));
}

/// What the provider answered. A client who would rather not is no answer of the provider's.
fn answer(referral: &Referral<'_>) -> &'static str {
    match (referral.decided, referral.declined) {
        (None, _) | (Some(_), Some(DeclineReason::ClientRefused)) => NONE,
        (Some(_), None) => ACCEPTED,
        (Some(_), Some(_)) => DECLINED,
    }
}

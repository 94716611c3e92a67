//! Referrals that name what the directory does not list: questions of data quality, found when asked,
//! because a referral and a directory are two journeys that never wait for each other.

use homeward_events::id::ServiceId;
use serde::Serialize;

use super::{Book, Catalogue, NONE};
use crate::model::{Table, TableError};

/// Referrals to one service at one version that do not agree with the directory.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Astray {
    /// Ledger.
    pub ledger: String,
    /// The service that they name.
    pub service: String,
    /// The version that they name, if they do.
    pub directory_version: Option<u32>,
    /// The agency that they went to.
    pub to: String,
    /// What is wrong.
    pub why: Why,
    /// How many.
    pub referrals: i64,
}

/// What is wrong with a referral's service.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Why {
    /// That version of the directory is not out.
    VersionUnknown,
    /// That version does not list the service.
    NotListed,
    /// The service was withdrawn by then.
    Withdrawn,
    /// The service is another agency's.
    OtherAgency,
}

impl Why {
    /// Its text.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::VersionUnknown => "version-unknown",
            Self::NotListed => "not-listed",
            Self::Withdrawn => "withdrawn",
            Self::OtherAgency => "other-agency",
        }
    }
}

/// Referrals of some ledgers (empty: of all) that name a service which their version of the directory
/// does not list, or lists as another agency's. One that names no version is held against the last.
///
/// # Errors
/// The table cannot be read.
pub fn astray(table: &dyn Table, ledgers: &[String]) -> Result<Vec<Astray>, TableError> {
    let catalogue = Catalogue::of(table)?;
    let empty = Book::default();
    let mut found = Vec::new();
    for (ledger, service, load) in catalogue.loads() {
        if !ledgers.is_empty() && !ledgers.iter().any(|known| known == ledger) {
            continue;
        }
        let book = catalogue.books().find(|(known, _)| *known == ledger);
        let book = book.map_or(&empty, |(_, book)| book);
        for ((version, to), referrals) in &load.sent {
            let named = version.parse().ok().filter(|_| version != NONE);
            if let Some(why) = judge(book, service, named, to) {
                found.push(Astray {
                    ledger: ledger.to_owned(),
                    service: service.to_owned(),
                    directory_version: named,
                    to: to.clone(),
                    why,
                    referrals: *referrals,
                });
            }
        }
    }
    Ok(found)
}

fn judge(book: &Book, service: &str, named: Option<u32>, to: &str) -> Option<Why> {
    let version = match named {
        Some(named) if book.versions.contains_key(&named) => named,
        Some(_) => return Some(Why::VersionUnknown),
        None => book.last().map_or(0, |version| version.version),
    };
    let listing = service
        .parse::<ServiceId>()
        .ok()
        .and_then(|id| book.holds(&id, version));
    match listing.map(|listing| listing.service.as_ref()) {
        None => Some(Why::NotListed),
        Some(None) => Some(Why::Withdrawn),
        Some(Some(listed)) if listed.organization.id.as_str() != to => Some(Why::OtherAgency),
        Some(Some(_)) => None,
    }
}

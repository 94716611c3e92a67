//! Which versions are out, and what changed from each to the next.

use std::collections::BTreeMap;

use homeward_events::directory::Service;
use homeward_events::id::{LogDigest, ServiceId};

use super::{Book, Catalogue, Version, digest};
use crate::model::{Table, TableError};

/// A ledger's directory, version by version.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Told {
    /// Ledger.
    pub ledger: String,
    /// Versions that are out, the first first.
    pub versions: Vec<Changes>,
    /// The services that stand in the version asked for, by id.
    pub standing: Vec<Standing>,
    /// Which version that is; `None` when none is out.
    pub version: Option<u32>,
    /// What was said after the last version and is not out yet: the fingerprint of what was listed,
    /// `None` for what was withdrawn.
    pub unpublished: BTreeMap<ServiceId, Option<LogDigest>>,
}

/// A version, and what changed with it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Changes {
    /// The version.
    pub version: Version,
    /// Whether what stands in it is what was published: corrections change a version that is out.
    pub is_as_published: bool,
    /// Services that the version before did not have.
    pub new: Vec<ServiceId>,
    /// Services that the version before described otherwise.
    pub changed: Vec<ServiceId>,
    /// Services that only the version before has.
    pub withdrawn: Vec<ServiceId>,
    /// How many are as they were.
    pub unchanged: usize,
}

/// A service that stands in a version.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Standing {
    /// The service.
    pub service: Service,
    /// SHA-256 over it.
    pub sha256: LogDigest,
}

/// Tells the directories of some ledgers (empty: of all), with the services of a version: the last
/// one, unless another is asked for.
///
/// # Errors
/// The table cannot be read.
pub fn told(
    table: &dyn Table,
    ledgers: &[String],
    version: Option<u32>,
) -> Result<Vec<Told>, TableError> {
    let catalogue = Catalogue::of(table)?;
    let wanted = |ledger: &str| ledgers.is_empty() || ledgers.iter().any(|known| known == ledger);
    let books = catalogue.books().filter(|(ledger, _)| wanted(ledger));
    Ok(books
        .map(|(ledger, book)| tell(ledger, book, version))
        .collect())
}

fn tell(ledger: &str, book: &Book, version: Option<u32>) -> Told {
    let last = book.last().map(|version| version.version);
    let shown = version.filter(|asked| book.versions.contains_key(asked));
    let shown = if version.is_some() { shown } else { last };
    let standing = shown.into_iter().flat_map(|version| book.standing(version));
    let after = last.map_or(0, |last| last.saturating_add(1));
    let unpublished = book.said.iter().filter_map(|(id, said)| {
        let (_, (_, sha256)) = said.range(after..).next_back()?;
        Some((id.clone(), sha256.clone()))
    });
    Told {
        ledger: ledger.to_owned(),
        versions: changes(book),
        standing: standing
            .map(|(_, service, sha256)| Standing {
                service: service.clone(),
                sha256: sha256.clone(),
            })
            .collect(),
        version: shown,
        unpublished: unpublished.collect(),
    }
}

fn changes(book: &Book) -> Vec<Changes> {
    let mut before: BTreeMap<&ServiceId, &LogDigest> = BTreeMap::new();
    let mut told = Vec::with_capacity(book.versions.len());
    for (number, version) in &book.versions {
        let now: BTreeMap<&ServiceId, &LogDigest> = book
            .standing(*number)
            .map(|(id, _, sha256)| (id, sha256))
            .collect();
        let (mut new, mut changed) = (Vec::new(), Vec::new());
        for (id, sha256) in &now {
            match before.get(id) {
                None => new.push((*id).clone()),
                Some(known) if known != sha256 => changed.push((*id).clone()),
                Some(_) => {}
            }
        }
        let gone = before.keys().filter(|id| !now.contains_key(*id));
        told.push(Changes {
            version: version.clone(),
            is_as_published: digest(now.iter().map(|(id, sha256)| (*id, *sha256)))
                == version.digest,
            withdrawn: gone.map(|id| (*id).clone()).collect(),
            unchanged: now.len() - new.len() - changed.len(),
            new,
            changed,
        });
        before = now;
    }
    told
}

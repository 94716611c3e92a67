//! The directory in memory: what stands in each version, and how many referrals each service has.

use std::borrow::Cow;
use std::collections::BTreeMap;

use homeward_events::directory::Service;
use homeward_events::id::{LogDigest, ServiceId};
use jiff::civil::Date;

use super::{ACCEPTED, DIMENSIONS, Listing, NONE, SERVICES, VERSIONS, Version, fingerprint};
use crate::cube::{Cube, SEPARATOR};
use crate::index::Index;
use crate::model::{Table, TableError, read_row};

/// Every ledger's directory, and the referrals to its services.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Catalogue {
    books: BTreeMap<String, Book>,
    /// By ledger and service.
    loads: BTreeMap<(String, String), Load>,
    cube: Cube,
}

/// The directory of a ledger.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Book {
    /// What was said of each service, by version, with the fingerprint of what was listed.
    pub said: BTreeMap<ServiceId, BTreeMap<u32, (Listing, Option<LogDigest>)>>,
    /// Versions that are out.
    pub versions: BTreeMap<u32, Version>,
}

/// The referrals to a service.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Load {
    /// Of them, those that take a place at the provider: it is the provider's turn.
    pub open: i64,
    /// The provider's answers by month: accepted, declined.
    pub answers: BTreeMap<String, (i64, i64)>,
    /// All, by version of the directory and the agency that they went to.
    pub sent: BTreeMap<(String, String), i64>,
}

impl Load {
    fn is_empty(&self) -> bool {
        self.open == 0 && self.answers.is_empty() && self.sent.is_empty()
    }
}

impl Default for Catalogue {
    fn default() -> Self {
        Self {
            books: BTreeMap::new(),
            loads: BTreeMap::new(),
            cube: Cube::new(DIMENSIONS),
        }
    }
}

impl Catalogue {
    /// Notes that a row was written, or (`None`) removed.
    ///
    /// # Errors
    /// The row is not what this version writes; it is then left out.
    pub fn note_row(&mut self, key: &str, row: Option<&[u8]>) -> Result<(), TableError> {
        if let Some(rest) = key.strip_prefix(SERVICES) {
            self.note_listing(key, rest, row)
        } else if let Some(rest) = key.strip_prefix(VERSIONS) {
            self.note_version(key, rest, row)
        } else {
            Ok(())
        }
    }

    fn note_listing(
        &mut self,
        key: &str,
        rest: &str,
        row: Option<&[u8]>,
    ) -> Result<(), TableError> {
        let mut parts = rest.split(SEPARATOR);
        let (Some(ledger), Some(Ok(id)), Some(Ok(version))) = (
            parts.next(),
            parts.next().map(str::parse::<ServiceId>),
            parts.next().map(str::parse::<u32>),
        ) else {
            return Ok(());
        };
        let book = self.books.entry(ledger.to_owned()).or_default();
        if let Some(said) = book.said.get_mut(&id) {
            said.remove(&version);
            if said.is_empty() {
                book.said.remove(&id);
            }
        }
        if let Some(row) = row {
            let listing: Listing = read_row(key, row)?;
            let sha256 = listing.service.as_ref().map(fingerprint);
            let said = book.said.entry(id).or_default();
            said.insert(version, (listing, sha256));
        }
        self.books.retain(|_, book| !book.is_empty());
        Ok(())
    }

    fn note_version(
        &mut self,
        key: &str,
        rest: &str,
        row: Option<&[u8]>,
    ) -> Result<(), TableError> {
        let Some((ledger, number)) = rest.split_once(SEPARATOR) else {
            return Ok(());
        };
        let Ok(number) = number.parse::<u32>() else {
            return Ok(());
        };
        let book = self.books.entry(ledger.to_owned()).or_default();
        book.versions.remove(&number);
        if let Some(row) = row {
            book.versions.insert(number, read_row(key, row)?);
        }
        self.books.retain(|_, book| !book.is_empty());
        Ok(())
    }

    /// Notes that a cell grew.
    pub fn note_cell(&mut self, key: &str, by: i64) {
        self.cube.add(key, by);
        let mut parts = key.split(SEPARATOR);
        let mut next = || parts.next().unwrap_or_default();
        let (ledger, service, version, to) = (next(), next(), next(), next());
        let (_state, owner, answer, month) = (next(), next(), next(), next());
        let place = (ledger.to_owned(), service.to_owned());
        let load = self.loads.entry(place).or_default();
        if owner == "provider" {
            load.open += by;
        }
        if answer != NONE {
            let (accepted, declined) = load.answers.entry(month.to_owned()).or_default();
            *(if answer == ACCEPTED {
                accepted
            } else {
                declined
            }) += by;
            load.answers.retain(|_, counts| *counts != (0, 0));
        }
        let sent = (version.to_owned(), to.to_owned());
        *load.sent.entry(sent).or_default() += by;
        load.sent.retain(|_, count| *count != 0);
        if load.is_empty() {
            self.loads.remove(&(ledger.to_owned(), service.to_owned()));
        }
    }

    /// Referrals by their dimensions.
    pub const fn cube(&self) -> &Cube {
        &self.cube
    }

    /// Each ledger's directory.
    pub fn books(&self) -> impl Iterator<Item = (&str, &Book)> {
        self.books.iter().map(|(ledger, book)| (&**ledger, book))
    }

    /// The referrals to a service.
    pub fn load(&self, ledger: &str, service: &ServiceId) -> Option<&Load> {
        self.loads
            .get(&(ledger.to_owned(), service.as_str().to_owned()))
    }

    /// The referrals to every service that one of them names, by ledger and service.
    pub fn loads(&self) -> impl Iterator<Item = (&str, &str, &Load)> {
        self.loads
            .iter()
            .map(|((ledger, service), load)| (&**ledger, &**service, load))
    }

    /// The directory of a table: from memory where it keeps it, otherwise from its rows and cells.
    pub(super) fn of(table: &dyn Table) -> Result<Cow<'_, Self>, TableError> {
        if let Some(kept) = table.index().and_then(Index::directory) {
            return Ok(Cow::Borrowed(kept));
        }
        let (mut read, mut failed) = (Self::default(), None);
        table.rows_from("", &mut |key, row| {
            failed = read.note_row(key, Some(row)).err();
            failed.is_none()
        })?;
        table.cells_under("", &mut |cell, by| read.note_cell(cell, by))?;
        failed.map_or(Ok(Cow::Owned(read)), Err)
    }
}

impl Book {
    fn is_empty(&self) -> bool {
        self.said.is_empty() && self.versions.is_empty()
    }

    /// The last version that was out on a day.
    pub fn on(&self, day: Date) -> Option<&Version> {
        let mut out = self.versions.values().rev();
        out.find(|version| version.on.day() <= day)
    }

    /// The last version that is out.
    pub fn last(&self) -> Option<&Version> {
        self.versions.values().next_back()
    }

    /// What holds of a service in a version; `None` when nothing was ever said of it up to there.
    pub fn holds(&self, id: &ServiceId, version: u32) -> Option<&Listing> {
        let mut said = self.said.get(id)?.range(..=version);
        said.next_back().map(|(_, (listing, _))| listing)
    }

    /// The services that stand in a version, by id, with their fingerprints.
    pub fn standing(
        &self,
        version: u32,
    ) -> impl Iterator<Item = (&ServiceId, &Service, &LogDigest)> {
        self.said.iter().filter_map(move |(id, said)| {
            let (_, (listing, sha256)) = said.range(..=version).next_back()?;
            Some((id, listing.service.as_ref()?, sha256.as_ref()?))
        })
    }
}

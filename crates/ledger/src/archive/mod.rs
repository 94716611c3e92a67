//! The log as one file: whole ledgers, or slices that say so, read without any server.
//!
//! ```text
//! header     "HOMEWARD", format version
//! blocks     commits of one ledger in the order of their sequences, compressed, one after another
//! sections   named; see below
//! directory  JSON: place, size and SHA-256 of each section
//! footer     place, size and SHA-256 of the directory, "HW-WHOLE"
//! ```
//!
//! | section | what it holds |
//! |---|---|
//! | `manifest` | JSON for people and programs: who, when, what, from where to where ([`Manifest`]) |
//! | `blocks/<ledger>` | each block's place, sizes, first sequence, commits and SHA-256 |
//! | `journeys/<ledger>` | which blocks hold commits of which journey |
//!
//! Numbers are little-endian. The directory's digest covers every section, and the sections every
//! block, so one digest ([`Archive::sha256`]) stands for the whole file. It tells damage from what
//! was written; that nobody wrote something else is for a signature over it to say.
//!
//! Invariants:
//! - a file that was cut off, never finished or changed in any byte outside its blocks does not open;
//! - a changed block is refused when it is read, with its sequences; nothing of it is given out;
//! - every byte belongs to exactly one part: nothing can be hidden between them;
//! - a slice never passes for the whole: [`crate::Reader::verify_complete`] refuses it;
//! - an archive appears under its name whole and on the disk, or not at all.
//!
//! To add something to the file (a signature, the nodes of a tree): a section of its own. A reader
//! that does not know it checks its bytes and passes over it. To change what is here already: the
//! next format version, because older readers have to refuse that.

mod block;
mod check;
mod index;
mod layout;
mod manifest;
mod open;
mod read;
#[cfg(test)]
mod tests;
mod write;

use std::path::Path;
use std::sync::Arc;

pub use self::check::Damage;
pub use self::manifest::{Extent, Manifest};
pub(crate) use self::read::ArchiveLog;
pub use self::write::{Plan, WriteError, write_archive};
use crate::read::Reader;

/// Why a file is not read as an archive.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ArchiveError {
    /// The operating system does not let us read it.
    #[error("cannot be read: {0}")]
    Unavailable(String),
    /// It does not begin as an archive does.
    #[error("is no archive: it does not begin as one")]
    NotAnArchive,
    /// A newer program wrote it.
    #[error("is an archive of format {found}, this program knows format {known}")]
    FormatUnknown {
        /// What the file says.
        found: u32,
        /// What we read.
        known: u32,
    },
    /// It does not end as an archive does.
    #[error("is cut off, or was never finished: {0}")]
    CutOff(String),
    /// A part of it is not what was written.
    #[error("is damaged: {part}: {reason}")]
    Damaged {
        /// Which part of the file.
        part: String,
        /// What is wrong with it.
        reason: String,
    },
}

/// An archive whose directory, manifest and indexes are whole. Cheap to clone.
#[derive(Clone)]
pub struct Archive(Arc<ArchiveLog>);

impl Archive {
    /// Opens an archive and checks everything in it but its blocks, which are checked as they are
    /// read. The file must not be written to while it is open; a change is refused when it is met.
    ///
    /// # Errors
    /// It is no archive, is damaged, or cannot be read.
    pub fn open(path: &Path) -> Result<Self, ArchiveError> {
        Ok(Self(Arc::new(open::open(path)?)))
    }

    /// What it says about itself.
    pub fn manifest(&self) -> &Manifest {
        self.0.manifest()
    }

    /// SHA-256 of the directory, in hexadecimal: another digest means another file, the same one
    /// the same file.
    pub fn sha256(&self) -> &str {
        self.0.sha256()
    }

    /// Reads it as a log that nobody appends to.
    pub fn reader(&self) -> Reader {
        Reader::archive(&self.0)
    }

    /// Reads every block and compares all of it with what manifest and indexes say. `progress` is
    /// told how many commits each block held. Takes as long as reading all of it: a thread that
    /// may block calls it.
    pub fn check(&self, progress: impl FnMut(u64)) -> Vec<Damage> {
        check::check(&self.0, progress)
    }
}

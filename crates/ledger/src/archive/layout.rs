//! Where the parts of an archive lie: header, directory, footer.

use std::fmt::Write as _;

use bytes::{Buf, BufMut};
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};

use super::ArchiveError;

/// How an archive begins.
const BEGINS: &[u8; 8] = b"HOMEWARD";

/// How a finished archive ends.
const ENDS: &[u8; 8] = b"HW-WHOLE";

/// The only format there is.
const VERSION: u32 = 1;

/// Bytes of the header.
pub(super) const HEADER_BYTES: u64 = 12;

/// Bytes of the footer.
pub(super) const FOOTER_BYTES: u64 = 56;

/// The name of the manifest's section.
pub(super) const MANIFEST: &str = "manifest";

/// SHA-256.
pub(super) type Sha = [u8; 32];

/// One named part of the file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Section {
    pub(super) name: String,
    /// The first byte's place in the file.
    pub(super) at: u64,
    pub(super) bytes: u64,
    /// Of its bytes, in hexadecimal.
    pub(super) sha256: String,
}

/// Every section, in the order of the file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Directory {
    pub(super) sections: Vec<Section>,
}

/// Where the directory is, and what it has to be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Footer {
    pub(super) at: u64,
    pub(super) bytes: u64,
    pub(super) sha256: Sha,
}

/// The section that lists a ledger's blocks.
pub(super) fn blocks_of(ledger: &impl std::fmt::Display) -> String {
    format!("blocks/{ledger}")
}

/// The section that finds a ledger's journeys.
pub(super) fn journeys_of(ledger: &impl std::fmt::Display) -> String {
    format!("journeys/{ledger}")
}

pub(super) fn sha256(bytes: &[u8]) -> Sha {
    Sha256::digest(bytes).into()
}

pub(super) fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::new(), |mut hex, byte| {
        // Writing to a string cannot fail.
        write!(hex, "{byte:02x}").unwrap_or_default();
        hex
    })
}

/// A length as it is written. Nothing in memory is longer than 64 bits can say.
pub(super) fn length(bytes: &[u8]) -> u64 {
    u64::try_from(bytes.len()).unwrap_or(u64::MAX)
}

pub(super) fn damaged(part: impl Into<String>, reason: impl Into<String>) -> ArchiveError {
    ArchiveError::Damaged {
        part: part.into(),
        reason: reason.into(),
    }
}

pub(super) fn header() -> Vec<u8> {
    let mut bytes = BEGINS.to_vec();
    bytes.put_u32_le(VERSION);
    bytes
}

/// # Errors
/// It is no archive, or one of another format.
pub(super) fn read_header(mut bytes: &[u8]) -> Result<(), ArchiveError> {
    let mut begins = [0; 8];
    let version = bytes
        .try_copy_to_slice(&mut begins)
        .and_then(|()| bytes.try_get_u32_le())
        .map_err(|_| ArchiveError::NotAnArchive)?;
    if begins != *BEGINS {
        return Err(ArchiveError::NotAnArchive);
    }
    if version != VERSION {
        return Err(ArchiveError::FormatUnknown {
            found: version,
            known: VERSION,
        });
    }
    Ok(())
}

impl Footer {
    pub(super) fn of(at: u64, directory: &[u8]) -> Self {
        Self {
            at,
            bytes: length(directory),
            sha256: sha256(directory),
        }
    }

    pub(super) fn to_bytes(&self) -> Vec<u8> {
        let mut bytes = Vec::new();
        bytes.put_u64_le(self.at);
        bytes.put_u64_le(self.bytes);
        bytes.put_slice(&self.sha256);
        bytes.put_slice(ENDS);
        bytes
    }

    /// Reads the footer of a file of `file_bytes` bytes.
    ///
    /// # Errors
    /// The file does not end as an archive does.
    pub(super) fn read(mut bytes: &[u8], file_bytes: u64) -> Result<Self, ArchiveError> {
        let (mut sha256, mut ends) = ([0; 32], [0; 8]);
        let mut take = || {
            let (at, bytes_) = (bytes.try_get_u64_le()?, bytes.try_get_u64_le()?);
            bytes.try_copy_to_slice(&mut sha256)?;
            bytes.try_copy_to_slice(&mut ends)?;
            Ok::<_, bytes::TryGetError>((at, bytes_))
        };
        let (at, bytes) = take().map_err(|_| ArchiveError::CutOff("no footer".to_owned()))?;
        if ends != *ENDS {
            let reason = format!("its {file_bytes} bytes do not end as an archive does");
            return Err(ArchiveError::CutOff(reason));
        }
        let end = file_bytes.checked_sub(FOOTER_BYTES);
        if at < HEADER_BYTES || at.checked_add(bytes) != end {
            return Err(damaged(
                "footer",
                "the directory does not end where it begins",
            ));
        }
        Ok(Self { at, bytes, sha256 })
    }
}

impl Directory {
    /// Reads the directory, whose digest was checked: its sections lie one after another up to it.
    ///
    /// # Errors
    /// It is not one that we write.
    pub(super) fn read(bytes: &[u8], footer: &Footer) -> Result<Self, ArchiveError> {
        let directory: Self = serde_json::from_slice(bytes)
            .map_err(|error| damaged("directory", error.to_string()))?;
        let mut sections = directory.sections.iter();
        let first = sections.next();
        let mut end = first.and_then(|first| first.at.checked_add(first.bytes));
        for section in sections {
            if end != Some(section.at) {
                let reason = format!("section `{}` does not follow the one before", section.name);
                return Err(damaged("directory", reason));
            }
            end = section.at.checked_add(section.bytes);
        }
        if end != Some(footer.at) || first.is_some_and(|first| first.at < HEADER_BYTES) {
            return Err(damaged("directory", "the sections do not fill their place"));
        }
        Ok(directory)
    }

    /// # Errors
    /// There is no such section, or more than one.
    pub(super) fn find(&self, name: &str) -> Result<&Section, ArchiveError> {
        let mut found = self.sections.iter().filter(|section| section.name == name);
        match (found.next(), found.next()) {
            (Some(section), None) => Ok(section),
            (None, _) => Err(damaged("directory", format!("no section `{name}`"))),
            (Some(_), Some(_)) => Err(damaged("directory", format!("two sections `{name}`"))),
        }
    }

    /// Where the blocks end.
    pub(super) fn begins(&self, footer: &Footer) -> u64 {
        self.sections
            .first()
            .map_or(footer.at, |section| section.at)
    }
}

//! Bearer keys: who may come in, and for what. Deny by default; only digests are kept.
//!
//! A key's text is `hw_<id>_<secret>`. The file holds its id, what it may do and the SHA-256 of the
//! secret; a secret is 256 random bits, so a plain digest is enough. A running server notices within
//! a second when the file has changed.

use std::fmt::Write as _;
use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::sync::{Arc, RwLock};

use homeward_events::id::{AgencyId, LedgerId};
use homeward_ledger::clock;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};
use utoipa::ToSchema;

/// How often a running server looks whether the file has changed, in seconds.
const RELOAD_SECONDS: i64 = 1;

/// What a key may do.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Role {
    /// Publish events.
    Publisher,
    /// Read every read model.
    Reader,
    /// Publish, read, and see who people are: search them, and who may come twice.
    CaseWorker,
    /// Publish, read, and correct what other agencies told.
    Supervisor,
    /// Everything: publish, read, verify, see dead letters.
    Operator,
}

impl Role {
    /// Whether it may publish.
    pub const fn publishes(self) -> bool {
        matches!(
            self,
            Self::Publisher | Self::CaseWorker | Self::Supervisor | Self::Operator
        )
    }

    /// Whether it may read.
    pub const fn reads(self) -> bool {
        matches!(
            self,
            Self::Reader | Self::CaseWorker | Self::Supervisor | Self::Operator
        )
    }

    /// Whether its word counts in the capacity of a supervisor or an administrator: it may correct
    /// what other agencies told.
    pub const fn supervises(self) -> bool {
        matches!(self, Self::Supervisor | Self::Operator)
    }

    /// Whether it may see who people are.
    pub const fn identifies(self) -> bool {
        matches!(self, Self::CaseWorker | Self::Operator)
    }

    /// Whether it may operate.
    pub const fn operates(self) -> bool {
        matches!(self, Self::Operator)
    }
}

/// A key as it is kept.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Key {
    /// Its id, part of its text: lower-case letters and digits.
    pub id: String,
    /// What people call it.
    pub name: String,
    /// What it may do.
    pub role: Role,
    /// Ledgers it may use; empty means every ledger of the server.
    #[serde(default)]
    pub ledgers: Vec<LedgerId>,
    /// Agencies it may write for; empty means every agency. The first is filled in where an event
    /// names none.
    #[serde(default)]
    pub agencies: Vec<AgencyId>,
    /// When it was made.
    pub created: Timestamp,
    /// When it stops working.
    pub expires: Option<Timestamp>,
    /// When it was revoked.
    pub revoked: Option<Timestamp>,
    /// SHA-256 of the secret, in hexadecimal.
    pub digest: String,
}

impl Key {
    /// Whether it may use a ledger.
    pub fn may_use(&self, ledger: &LedgerId) -> bool {
        self.ledgers.is_empty() || self.ledgers.contains(ledger)
    }

    /// Whether it may write for an agency.
    pub fn speaks_for(&self, agency: &AgencyId) -> bool {
        self.agencies.is_empty() || self.agencies.contains(agency)
    }

    fn works_at(&self, now: Timestamp) -> bool {
        self.revoked.is_none() && self.expires.is_none_or(|expires| now < expires)
    }
}

/// A key to be made.
#[derive(Debug, Clone)]
pub struct NewKey<'a> {
    /// Its id: 1 to 32 lower-case letters and digits, not used before.
    pub id: String,
    /// The secret: at least 32 characters, letters and digits.
    pub secret: &'a str,
    /// What people call it.
    pub name: String,
    /// What it may do.
    pub role: Role,
    /// Ledgers it may use; empty means every ledger of the server.
    pub ledgers: Vec<LedgerId>,
    /// Agencies it may write for; empty means every agency.
    pub agencies: Vec<AgencyId>,
    /// When it is made.
    pub created: Timestamp,
    /// When it stops working.
    pub expires: Option<Timestamp>,
}

/// Why keys cannot be used or changed.
#[derive(Debug, thiserror::Error)]
pub enum KeyError {
    /// The file cannot be read or written.
    #[error("key file {path}: {source}")]
    File {
        /// Which file.
        path: PathBuf,
        /// What happened.
        source: std::io::Error,
    },
    /// The file is not a list of keys.
    #[error("key file {path} cannot be read: {reason}")]
    Content {
        /// Which file.
        path: PathBuf,
        /// What is wrong with it.
        reason: String,
    },
    /// The new key is malformed, or its id is taken.
    #[error("key `{id}`: {reason}")]
    Refused {
        /// The key's id.
        id: String,
        /// Why.
        reason: &'static str,
    },
}

/// Why a caller is not let in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NotLetIn {
    /// No key was shown.
    Missing,
    /// What was shown is no working key. Never says why: an id must not be guessable.
    Invalid,
}

/// The keys in a file.
#[derive(Debug, Clone)]
pub struct KeyStore {
    path: PathBuf,
    loaded: Arc<RwLock<Loaded>>,
}

#[derive(Debug, Default)]
struct Loaded {
    keys: Vec<Arc<Key>>,
    looked: Timestamp,
    version: Option<FileVersion>,
}

/// How closely to look whether the file has changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Look {
    /// Unless that was done within the last second.
    Seldom,
    /// Now.
    Now,
    /// Read it, changed or not.
    Read,
}

type FileVersion = (std::time::SystemTime, u64);

impl KeyStore {
    /// Opens a file of keys; one that does not exist holds none.
    ///
    /// # Errors
    /// The file cannot be read, or is not a list of keys.
    pub fn open(path: &Path) -> Result<Self, KeyError> {
        let store = Self {
            path: path.to_owned(),
            loaded: Arc::default(),
        };
        store.reload(Look::Read)?;
        Ok(store)
    }

    /// Keeps a new key.
    ///
    /// # Errors
    /// The key is malformed, its id is taken, or the file cannot be written.
    pub fn add(&self, new: NewKey<'_>) -> Result<(), KeyError> {
        let refuse = |reason| {
            Err(KeyError::Refused {
                id: new.id.clone(),
                reason,
            })
        };
        let plain = |text: &str| text.bytes().all(|b| b.is_ascii_alphanumeric());
        if new.id.is_empty() || new.id.len() > 32 || !plain(&new.id) {
            return refuse("an id is 1 to 32 letters and digits");
        }
        if new.secret.len() < 32 || !plain(new.secret) {
            return refuse("a secret is at least 32 letters and digits");
        }
        let mut keys = self.list();
        if keys.iter().any(|key| key.id == new.id) {
            return refuse("the id is taken");
        }
        keys.push(Arc::new(Key {
            digest: digest(new.secret),
            id: new.id,
            name: new.name,
            role: new.role,
            ledgers: new.ledgers,
            agencies: new.agencies,
            created: new.created,
            expires: new.expires,
            revoked: None,
        }));
        self.write(&keys)
    }

    /// Every key, in the order in which they were made.
    pub fn list(&self) -> Vec<Arc<Key>> {
        self.loaded
            .read()
            .map_or_else(|_| Vec::new(), |loaded| loaded.keys.clone())
    }

    /// Stops a key from working; `false` when there is none of that id.
    ///
    /// # Errors
    /// The file cannot be written.
    pub fn revoke(&self, id: &str, at: Timestamp) -> Result<bool, KeyError> {
        let mut found = false;
        let revoked = |key: &Arc<Key>| {
            if key.id != id {
                return Arc::clone(key);
            }
            found = true;
            Arc::new(Key {
                revoked: key.revoked.or(Some(at)),
                ..Key::clone(key)
            })
        };
        let keys: Vec<Arc<Key>> = self.list().iter().map(revoked).collect();
        if found {
            self.write(&keys)?;
        }
        Ok(found)
    }

    /// The key that an `Authorization` header shows.
    ///
    /// # Errors
    /// No key was shown, or none that works.
    pub fn authenticate(&self, header: Option<&str>) -> Result<Arc<Key>, NotLetIn> {
        let shown = header.ok_or(NotLetIn::Missing)?;
        let token = shown.strip_prefix("Bearer ").ok_or(NotLetIn::Missing)?;
        let (id, secret) = token
            .strip_prefix("hw_")
            .and_then(|rest| rest.split_once('_'))
            .ok_or(NotLetIn::Invalid)?;
        self.look(Look::Seldom);
        self.working(id, secret)
            .or_else(|| {
                // A key that was made a moment ago works at once.
                self.look(Look::Now);
                self.working(id, secret)
            })
            .ok_or(NotLetIn::Invalid)
    }

    /// The key of an id, if it still works: whoever came in by it may stay.
    pub(crate) fn still(&self, id: &str) -> Option<Arc<Key>> {
        self.look(Look::Seldom);
        let mut keys = self.list().into_iter();
        keys.find(|key| key.id == id && key.works_at(clock::now()))
    }

    fn working(&self, id: &str, secret: &str) -> Option<Arc<Key>> {
        let key = self.list().into_iter().find(|key| key.id == id)?;
        // Digests are compared, so the time this takes says nothing about the secret.
        (key.digest == digest(secret) && key.works_at(clock::now())).then_some(key)
    }

    fn look(&self, look: Look) {
        if let Err(error) = self.reload(look) {
            tracing::error!(%error, "keys could not be reloaded; the ones known before still work");
        }
    }

    fn reload(&self, look: Look) -> Result<(), KeyError> {
        let Ok(mut loaded) = self.loaded.write() else {
            return Ok(());
        };
        let looked = clock::now();
        let recent = looked.duration_since(loaded.looked).as_secs() < RELOAD_SECONDS;
        if look == Look::Seldom && recent {
            return Ok(());
        }
        loaded.looked = looked;
        let version = match fs::metadata(&self.path) {
            Ok(meta) => meta.modified().ok().map(|modified| (modified, meta.len())),
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => None,
            Err(source) => {
                return Err(KeyError::File {
                    path: self.path.clone(),
                    source,
                });
            }
        };
        if look != Look::Read && version == loaded.version {
            return Ok(());
        }
        loaded.keys = if version.is_some() {
            self.read()?
        } else {
            Vec::new()
        };
        loaded.version = version;
        Ok(())
    }

    fn read(&self) -> Result<Vec<Arc<Key>>, KeyError> {
        let bytes = fs::read(&self.path).map_err(|source| KeyError::File {
            path: self.path.clone(),
            source,
        })?;
        let keys: Vec<Key> = serde_json::from_slice(&bytes).map_err(|error| KeyError::Content {
            path: self.path.clone(),
            reason: error.to_string(),
        })?;
        Ok(keys.into_iter().map(Arc::new).collect())
    }

    /// Written beside and renamed, so that no reader ever sees half a file.
    fn write(&self, keys: &[Arc<Key>]) -> Result<(), KeyError> {
        let file = |source| KeyError::File {
            path: self.path.clone(),
            source,
        };
        let mut bytes = serde_json::to_vec_pretty(keys).map_err(|error| KeyError::Content {
            path: self.path.clone(),
            reason: error.to_string(),
        })?;
        bytes.push(b'\n');
        let beside = self.path.with_extension("json.new");
        if let Some(folder) = self.path.parent() {
            fs::create_dir_all(folder).map_err(file)?;
        }
        let mut out = private_file(&beside).map_err(file)?;
        out.write_all(&bytes)
            .and_then(|()| out.sync_all())
            .map_err(file)?;
        fs::rename(&beside, &self.path).map_err(file)?;
        self.reload(Look::Read)
    }
}

/// A new file that only its owner may read.
fn private_file(path: &Path) -> std::io::Result<fs::File> {
    let mut options = fs::OpenOptions::new();
    options.write(true).create(true).truncate(true);
    #[cfg(unix)]
    {
        use std::os::unix::fs::OpenOptionsExt as _;
        options.mode(0o600);
    }
    options.open(path)
}

fn digest(secret: &str) -> String {
    Sha256::digest(secret.as_bytes())
        .iter()
        .fold(String::new(), |mut hex, byte| {
            // Writing to a string cannot fail.
            write!(hex, "{byte:02x}").unwrap_or_default();
            hex
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    const SECRET: &str = "0123456789abcdef0123456789abcdef";

    fn new_key(id: &str) -> NewKey<'static> {
        NewKey {
            id: id.to_owned(),
            secret: SECRET,
            name: "port of entry".to_owned(),
            role: Role::Publisher,
            ledgers: vec!["jm".parse().unwrap()],
            agencies: Vec::new(),
            created: clock::now(),
            expires: None,
        }
    }

    #[test]
    fn a_key_opens_until_it_is_revoked_and_its_secret_is_not_kept() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("keys.json");
        let store = KeyStore::open(&path).unwrap();
        store.add(new_key("desk1")).unwrap();
        assert!(store.add(new_key("desk1")).is_err());
        let header = format!("Bearer hw_desk1_{SECRET}");
        assert_eq!(
            store.authenticate(Some(&header)).unwrap().name,
            "port of entry"
        );
        for wrong in [
            format!("Bearer hw_desk1_{SECRET}0"),
            format!("Bearer hw_desk2_{SECRET}"),
            "Bearer ".to_owned(),
            format!("Bearer {SECRET}"),
        ] {
            assert_eq!(
                store.authenticate(Some(&wrong)).unwrap_err(),
                NotLetIn::Invalid,
                "{wrong}"
            );
        }
        assert_eq!(store.authenticate(None).unwrap_err(), NotLetIn::Missing);
        assert!(!fs::read_to_string(&path).unwrap().contains(SECRET));
        assert!(store.revoke("desk1", clock::now()).unwrap());
        assert_eq!(
            store.authenticate(Some(&header)).unwrap_err(),
            NotLetIn::Invalid
        );
    }

    #[test]
    fn an_expired_key_does_not_open() {
        let folder = tempfile::tempdir().unwrap();
        let store = KeyStore::open(&folder.path().join("keys.json")).unwrap();
        let long_ago = "2020-01-01T00:00:00Z".parse().unwrap();
        store
            .add(NewKey {
                expires: Some(long_ago),
                ..new_key("old")
            })
            .unwrap();
        let header = format!("Bearer hw_old_{SECRET}");
        assert_eq!(
            store.authenticate(Some(&header)).unwrap_err(),
            NotLetIn::Invalid
        );
    }
}

//! Where generations lie on disk.
//!
//! ```text
//! views/LOCK                     one program at a time
//! views/<store>/CURRENT          names the generation that is served
//! views/<store>/OPEN             in use since which boot; absent after a clean close
//! views/<store>/v<version>-<n>/  a generation: one sled database
//! views/quarantine/<store>-<n>/  a generation that was doubted, and WHY
//! ```

use std::fmt;
use std::fs::{self, File, TryLockError};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::str::FromStr;

/// Doubted generations that are kept per store, for someone to look at.
const QUARANTINE_KEEP: usize = 2;

/// The folder that doubted generations go to; no store may be called so.
pub(crate) const QUARANTINE: &str = "quarantine";

/// Which version of a store, and the how-manieth attempt: `v2-17`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Generation {
    pub(crate) version: u32,
    pub(crate) number: u64,
}

impl fmt::Display for Generation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "v{}-{}", self.version, self.number)
    }
}

impl FromStr for Generation {
    type Err = ();
    fn from_str(text: &str) -> Result<Self, ()> {
        let (version, number) = text
            .strip_prefix('v')
            .and_then(|t| t.split_once('-'))
            .ok_or(())?;
        let parsed = Self {
            version: version.parse().map_err(drop)?,
            number: number.parse().map_err(drop)?,
        };
        if parsed.to_string() == text {
            Ok(parsed)
        } else {
            Err(())
        }
    }
}

/// All stores of one data directory, held by one program at a time.
#[derive(Debug)]
pub(crate) struct Views {
    root: PathBuf,
    // Held for its lock, which ends with it.
    _lock: File,
}

/// Why the folder cannot be used.
#[derive(Debug, thiserror::Error)]
pub(crate) enum ViewsError {
    #[error("another program uses {0}")]
    InUse(PathBuf),
    #[error("{path}: {error}")]
    Io { path: PathBuf, error: io::Error },
}

impl Views {
    /// Takes possession of `<data>/views`, creating it if need be.
    pub(crate) fn take(data_dir: &Path) -> Result<Self, ViewsError> {
        let root = data_dir.join("views");
        let failed = |error| ViewsError::Io {
            path: root.clone(),
            error,
        };
        fs::create_dir_all(&root).map_err(failed)?;
        let lock = File::create(root.join("LOCK")).map_err(failed)?;
        match lock.try_lock() {
            Ok(()) => Ok(Self { root, _lock: lock }),
            Err(TryLockError::WouldBlock) => Err(ViewsError::InUse(root)),
            Err(TryLockError::Error(error)) => Err(failed(error)),
        }
    }

    /// The folder of one store.
    pub(crate) fn store(&self, name: &str) -> StoreFolder {
        StoreFolder {
            name: name.to_owned(),
            dir: self.root.join(name),
            quarantine: self.root.join(QUARANTINE),
        }
    }
}

/// The generations of one store.
#[derive(Debug, Clone)]
pub(crate) struct StoreFolder {
    name: String,
    dir: PathBuf,
    quarantine: PathBuf,
}

impl StoreFolder {
    pub(crate) fn path(&self, generation: Generation) -> PathBuf {
        self.dir.join(generation.to_string())
    }

    /// The generation that is served, if there is one.
    pub(crate) fn current(&self) -> Option<Generation> {
        self.named()
            .filter(|generation| self.path(*generation).is_dir())
    }

    /// The generation that was served last, even if it was put aside since.
    fn named(&self) -> Option<Generation> {
        let text = fs::read_to_string(self.dir.join("CURRENT")).ok()?;
        text.trim().parse().ok()
    }

    /// A generation that was not there before: a database that is still being closed must never
    /// meet another one at its path.
    pub(crate) fn next(&self, version: u32) -> Generation {
        let known = self.generations().into_iter().chain(self.named());
        let last = known.map(|known| known.number).max();
        Generation {
            version,
            number: last.unwrap_or(0) + 1,
        }
    }

    /// From now on `generation` is served, whatever happens to this program.
    pub(crate) fn switch(&self, generation: Generation) -> io::Result<()> {
        self.mark_open()?;
        write_durably(&self.dir, "CURRENT", &format!("{generation}\n"))
    }

    /// Notes that the store is in use: sled loses writes when the operating system dies, and it
    /// must be known afterwards that it did.
    pub(crate) fn mark_open(&self) -> io::Result<()> {
        fs::create_dir_all(&self.dir)?;
        write_durably(&self.dir, "OPEN", &boot_id())
    }

    /// Notes that the store was closed with everything on disk.
    pub(crate) fn mark_closed(&self) -> io::Result<()> {
        match fs::remove_file(self.dir.join("OPEN")) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
            Ok(()) | Err(_) => Ok(()),
        }
    }

    /// Whether the operating system has died, or may have, since the store was last in use.
    pub(crate) fn lost_power(&self) -> bool {
        fs::read_to_string(self.dir.join("OPEN"))
            .is_ok_and(|then| then.is_empty() || then != boot_id())
    }

    /// Removes what no generation in `keep` needs: attempts that were cut off.
    pub(crate) fn remove_all_but(&self, keep: Option<Generation>) {
        for other in self
            .generations()
            .into_iter()
            .filter(|other| Some(*other) != keep)
        {
            remove(&self.path(other));
        }
    }

    /// Puts a generation aside; it is never served again.
    pub(crate) fn quarantine(&self, generation: Generation, why: &str) -> io::Result<()> {
        fs::create_dir_all(&self.quarantine)?;
        let mut kept = self.quarantined();
        let number = kept.last().map_or(1, |(last, _)| last + 1);
        while kept.len() >= QUARANTINE_KEEP {
            remove(&kept.remove(0).1);
        }
        let aside = self.quarantine.join(format!("{}-{number}", self.name));
        fs::rename(self.path(generation), &aside)?;
        fs::write(aside.join("WHY"), format!("{generation}: {why}\n"))
    }

    /// Generations put aside, oldest first.
    fn quarantined(&self) -> Vec<(u64, PathBuf)> {
        let number = |name: &str| -> Option<u64> {
            name.strip_prefix(&self.name)?
                .strip_prefix('-')?
                .parse()
                .ok()
        };
        let mut found: Vec<(u64, PathBuf)> = names(&self.quarantine)
            .filter_map(|name| Some((number(&name)?, self.quarantine.join(&name))))
            .collect();
        found.sort();
        found
    }

    fn generations(&self) -> Vec<Generation> {
        names(&self.dir)
            .filter_map(|name| name.parse().ok())
            .collect()
    }
}

/// Removes a folder; one that cannot be removed is in nobody's way but takes room.
pub(crate) fn remove(path: &Path) {
    if let Err(error) = fs::remove_dir_all(path) {
        tracing::warn!(path = %path.display(), %error, "a folder cannot be removed");
    }
}

fn names(dir: &Path) -> impl Iterator<Item = String> + use<> {
    let entries = fs::read_dir(dir).into_iter().flatten().flatten();
    entries.filter_map(|entry| entry.file_name().into_string().ok())
}

/// All of the new text or all of the old, and on disk when this returns.
fn write_durably(dir: &Path, name: &str, text: &str) -> io::Result<()> {
    let draft = dir.join(format!("{name}.new"));
    let mut file = File::create(&draft)?;
    file.write_all(text.as_bytes())?;
    file.sync_all()?;
    fs::rename(&draft, dir.join(name))?;
    File::open(dir)?.sync_all()
}

/// Which run of the operating system this is; empty where that cannot be known, which is taken for
/// another run.
fn boot_id() -> String {
    fs::read_to_string("/proc/sys/kernel/random/boot_id").unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_generation_is_served_from_the_switch_on_and_put_aside_once_doubted() {
        let dir = tempfile::tempdir().unwrap();
        let views = Views::take(dir.path()).unwrap();
        assert!(matches!(Views::take(dir.path()), Err(ViewsError::InUse(_))));
        let folder = views.store("caseload");
        assert_eq!(folder.current(), None);
        for attempt in 1..=3 {
            let generation = folder.next(3);
            assert_eq!(generation.to_string(), format!("v3-{attempt}"));
            fs::create_dir_all(folder.path(generation)).unwrap();
            folder.switch(generation).unwrap();
            assert_eq!(folder.current(), Some(generation));
            folder.quarantine(generation, "a test").unwrap();
            assert_eq!(folder.current(), None);
        }
        let kept: Vec<u64> = folder
            .quarantined()
            .into_iter()
            .map(|(number, _)| number)
            .collect();
        assert_eq!(kept, [2, 3]);
        assert!(!folder.lost_power());
        fs::write(dir.path().join("views/caseload/OPEN"), "another boot").unwrap();
        assert!(folder.lost_power());
        folder.mark_closed().unwrap();
        assert!(!folder.lost_power());
    }

    #[test]
    fn names_of_generations_have_one_spelling() {
        assert_eq!(
            "v1-2".parse(),
            Ok(Generation {
                version: 1,
                number: 2
            })
        );
        for other in ["1-2", "v1", "v01-2", "v1-2x", "CURRENT"] {
            assert_eq!(other.parse::<Generation>(), Err(()), "{other}");
        }
    }
}

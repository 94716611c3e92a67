//! Digests of the log up to a position: a chain, so that the digest of a longer log goes on from that
//! of a shorter one. `link(n) = SHA-256(link(n - 1) || SHA-256(payload of commit n))`, and link 0 is 32
//! zero bytes. The digest of several ledgers is one over their names, sequences and links.
//!
//! Links are noted now and then, so that no later question reads the whole log for its digest.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use futures::StreamExt;
use homeward_events::id::{CommitId, LedgerId, LogDigest};
use homeward_ledger::{ReadError, Reader, StoredCommit};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};

use super::Moment;
use crate::checkpoint::Reached;

/// A link is noted after so many commits: reading as many again takes a moment, and a million commits
/// leave a file of a few KB.
const NOTE_EVERY: u64 = 8192;

type Link = [u8; 32];

/// The links that were noted, by ledger.
#[derive(Debug)]
pub(crate) struct Chains {
    /// Where they are kept, if they are.
    folder: Option<PathBuf>,
    ledgers: BTreeMap<LedgerId, Chain>,
}

#[derive(Debug, Clone, Serialize, Deserialize)]
struct Chain {
    /// Of which stream.
    created: Timestamp,
    marks: BTreeMap<u64, Mark>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
struct Mark {
    commit: CommitId,
    link: Link,
}

/// A chain being followed through one ledger.
pub(crate) struct Following {
    link: Link,
    marks: BTreeMap<u64, Mark>,
}

impl Following {
    fn from(link: Link) -> Self {
        Self {
            link,
            marks: BTreeMap::new(),
        }
    }

    pub(crate) fn start() -> Self {
        Self::from(Link::default())
    }

    /// Takes in the next commit.
    pub(crate) fn add(&mut self, commit: &StoredCommit) {
        let mut hasher = Sha256::new();
        hasher.update(self.link);
        hasher.update(Sha256::digest(&commit.payload));
        self.link = hasher.finalize().into();
        if commit.sequence.is_multiple_of(NOTE_EVERY) {
            self.note(commit);
        }
    }

    /// Notes the present link, which is that of `commit`.
    fn note(&mut self, commit: &StoredCommit) {
        let mark = Mark {
            commit: commit.commit,
            link: self.link,
        };
        self.marks.insert(commit.sequence, mark);
    }
}

impl Chains {
    /// What earlier runs noted in `folder`; what cannot be read is worked out again.
    pub(crate) fn open(folder: Option<&Path>, ledgers: &[LedgerId]) -> Self {
        let read = |ledger: &LedgerId| {
            let bytes = fs::read(path(folder?, ledger)).ok()?;
            Some((ledger.clone(), serde_json::from_slice(&bytes).ok()?))
        };
        Self {
            folder: folder.map(Path::to_owned),
            ledgers: ledgers.iter().filter_map(read).collect(),
        }
    }

    /// The digest of the log up to a moment.
    ///
    /// # Errors
    /// The log cannot be read.
    pub(crate) async fn digest(
        &mut self,
        reader: &Reader,
        moment: &Moment,
    ) -> Result<LogDigest, ReadError> {
        let mut links = BTreeMap::new();
        for (ledger, reached) in &moment.ledgers {
            links.insert(ledger.clone(), self.link(reader, ledger, reached).await?);
        }
        Ok(whole(moment, &links))
    }

    async fn link(
        &mut self,
        reader: &Reader,
        ledger: &LedgerId,
        reached: &Reached,
    ) -> Result<Link, ReadError> {
        let known = self
            .ledgers
            .get(ledger)
            .filter(|chain| chain.created == reached.created);
        let last = known.and_then(|chain| chain.marks.range(..=reached.sequence).next_back());
        let last = last.map(|(sequence, mark)| (*sequence, *mark));
        if let Some((from, mark)) = last {
            // Read again, to see that it is still the same log.
            let mut commits = reader.range(ledger, from, reached.sequence);
            let first = commits.next().await.transpose()?;
            if first.is_some_and(|first| first.commit == mark.commit) {
                let mut following = Following::from(mark.link);
                while let Some(commit) = commits.next().await {
                    following.add(&commit?);
                }
                return Ok(self.keep(ledger, reached, following));
            }
            self.ledgers.remove(ledger);
        }
        let mut following = Following::start();
        let mut commits = reader.range(ledger, 1, reached.sequence);
        while let Some(commit) = commits.next().await {
            following.add(&commit?);
        }
        Ok(self.keep(ledger, reached, following))
    }

    /// The digest of a log that was followed from its beginning to a moment.
    pub(crate) fn followed(
        &mut self,
        moment: &Moment,
        following: BTreeMap<LedgerId, Following>,
    ) -> LogDigest {
        let mut links = BTreeMap::new();
        for (ledger, following) in following {
            if let Some(reached) = moment.ledgers.get(&ledger) {
                let link = self.keep(&ledger, reached, following);
                links.insert(ledger, link);
            }
        }
        whole(moment, &links)
    }

    /// Keeps what was noted on the way, and gives the last link.
    fn keep(&mut self, ledger: &LedgerId, reached: &Reached, following: Following) -> Link {
        let Following { link, marks } = following;
        let created = reached.created;
        let empty = || Chain {
            created,
            marks: BTreeMap::new(),
        };
        let chain = self.ledgers.entry(ledger.clone()).or_insert_with(empty);
        if chain.created != created {
            *chain = empty();
        }
        let before = chain.marks.len();
        chain.marks.extend(marks);
        if chain.marks.len() != before
            && let Some(folder) = &self.folder
            && let Err(error) = save(folder, ledger, chain)
        {
            tracing::warn!(%ledger, %error, "links of the log's digest cannot be kept");
        }
        link
    }
}

fn path(folder: &Path, ledger: &LedgerId) -> PathBuf {
    folder.join(format!("{ledger}.chain"))
}

fn save(folder: &Path, ledger: &LedgerId, chain: &Chain) -> std::io::Result<()> {
    super::file::write_whole(&path(folder, ledger), &serde_json::to_vec(chain)?)
}

fn whole(moment: &Moment, links: &BTreeMap<LedgerId, Link>) -> LogDigest {
    let mut hasher = Sha256::new();
    for (ledger, link) in links {
        let sequence = moment.watermark().sequence(ledger);
        hasher.update(ledger.as_str());
        // Slugs have no zero byte.
        hasher.update([0]);
        hasher.update(sequence.to_be_bytes());
        hasher.update(link);
    }
    LogDigest::of(hasher.finalize().into())
}

//! What a projector needs to know.

use std::path::PathBuf;
use std::time::Duration;

use homeward_projections::ReadModel;

/// Where, which, and how.
#[derive(Debug, Clone)]
pub struct Config {
    /// The data directory; stores lie in its folder `views`.
    pub data_dir: PathBuf,
    /// The read models to keep. Names are distinct, and none is `facts` or `quarantine`.
    pub models: Vec<&'static ReadModel>,
    /// A store further behind than this many commits is built afresh, because folding a journey
    /// once is quicker than following it through its history.
    pub rebuild_lag_commits: u64,
    /// Threads of a rebuild; at least 1.
    pub workers: usize,
    /// Commits that are folded into the models at once, at most; at least 1. Commits of one journey
    /// make one difference together.
    pub group_commits: usize,
    /// How long a change stays in memory before it is written: what is changed again meanwhile is
    /// written once, and what a crash loses of it is folded again from the log.
    pub write_after: Duration,
    /// Where to end as if the process had been killed.
    #[cfg(test)]
    pub(crate) interruption: Option<Interruption>,
}

/// Between which batches a test cuts the writer off.
#[cfg(test)]
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Interruption {
    /// After the facts of this batch of commits were stored, and before any model has them.
    AfterFacts(u64),
    /// After the first model has this batch of commits, and before the others.
    AfterFirstModel(u64),
}

impl Config {
    /// Every read model, in `data_dir`.
    pub fn new(data_dir: impl Into<PathBuf>) -> Self {
        Self {
            data_dir: data_dir.into(),
            models: homeward_projections::all().to_vec(),
            rebuild_lag_commits: 20_000,
            workers: 2,
            group_commits: 2048,
            write_after: Duration::from_secs(5),
            #[cfg(test)]
            interruption: None,
        }
    }
}

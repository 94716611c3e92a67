//! Named cuts: positions of the log under a name, so that a figure can be asked again as it was.
//!
//! A cut is about the log and not about a person. It stands under a journey id of its own in each
//! ledger ([`crate::id::JourneyId::of_cuts`]), which holds nothing else.

use std::collections::BTreeMap;

use crate::body::bodies;
use crate::id::{CutName, LedgerId, LogDigest};

bodies! {
    /// Positions of one ledger or several were given a name. A name once given stays.
    Named {
        /// The name, once in this ledger.
        name: CutName,
        /// The last sequence of each ledger that the cut knows; ledgers not named are not known to it
        /// at all.
        positions: BTreeMap<LedgerId, u64>,
        /// Digest of everything in those ledgers up to there, to see that the log is still the same.
        log_sha256: Option<LogDigest>,
        /// What for, in a few words without personal data.
        note: Option<String>,
    }
}

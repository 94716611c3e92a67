//! Reading all of an archive, and comparing it with what it says about itself.

use homeward_events::id::LedgerId;

use super::index::JourneyBlocks;
use super::layout::journeys_of;
use super::manifest::Sum;
use super::read::{ArchiveLog, ArchivedLedger};

/// Something in an archive that is not as it was written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Damage {
    /// In which ledger.
    pub ledger: LedgerId,
    /// Where, and what is wrong.
    pub what: String,
}

/// Every damage that there is; blocks that can be read are read although others cannot.
pub(super) fn check(log: &ArchiveLog, mut progress: impl FnMut(u64)) -> Vec<Damage> {
    let damages = log.each().flat_map(|archived| {
        let damages = check_ledger(log, archived, &mut progress);
        damages.into_iter().map(|what| Damage {
            ledger: archived.extent.ledger.clone(),
            what,
        })
    });
    damages.collect()
}

fn check_ledger(
    log: &ArchiveLog,
    archived: &ArchivedLedger,
    progress: &mut impl FnMut(u64),
) -> Vec<String> {
    let (mut damages, mut sum, mut journeys) = (vec![], Sum::default(), JourneyBlocks::default());
    for (number, entry) in (0..).zip(&archived.blocks) {
        match log.block(archived, entry) {
            Ok(commits) => {
                for commit in &commits {
                    sum.add(commit);
                    journeys.note(commit.journey, number);
                }
            }
            Err(error) => damages.push(error.to_string()),
        }
        progress(u64::from(entry.commits));
    }
    if !damages.is_empty() {
        // Sums over what is left would differ because of that.
        return damages;
    }
    let extent = &archived.extent;
    let found = (sum.commits, sum.payload_bytes, sum.last_stored);
    if found != (extent.commits, extent.payload_bytes, extent.last_stored) {
        damages.push("commits, bytes or last time are not those of the manifest".to_owned());
    }
    if sum.payloads_sha256() != extent.payloads_sha256 {
        damages.push(format!(
            "payloads have the digest {}, the manifest says {}",
            sum.payloads_sha256(),
            extent.payloads_sha256
        ));
    }
    if !archived.journeys.is(&journeys.to_bytes()) {
        let section = journeys_of(&extent.ledger);
        damages.push(format!(
            "section `{section}` names other blocks than hold its journeys"
        ));
    }
    damages
}

//! A service directory as its facts tell it: what stands in which version.

use std::collections::BTreeMap;

use homeward_events::directory::{Published, Service};
use homeward_events::id::{EventId, ServiceId};
use homeward_events::time::{OccurredOn, RecordedAt};

/// The service directory of a ledger.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Directory<'f> {
    /// What was said of each service, by version; of one version, in the order of telling.
    pub said: BTreeMap<&'f ServiceId, Vec<Said<'f>>>,
    /// Versions that are out, by number: of each, the publication that was recorded first.
    pub versions: BTreeMap<u32, Version<'f>>,
}

/// What was said of a service.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Said<'f> {
    /// From which version on.
    pub version: u32,
    /// The service as listed; `None` when it was withdrawn.
    pub service: Option<&'f Service>,
    /// The event.
    pub event: EventId,
}

/// A version that is out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Version<'f> {
    /// What was published.
    pub published: &'f Published,
    /// When.
    pub on: OccurredOn,
    /// When that was recorded.
    pub recorded: RecordedAt,
    /// The event.
    pub event: EventId,
}

impl<'f> Directory<'f> {
    /// The services that stand in a version, by id.
    pub fn standing(&self, version: u32) -> impl Iterator<Item = (&'f ServiceId, &'f Service)> {
        let last = move |said: &[Said<'f>]| {
            let known = said.iter().rev().find(|said| said.version <= version)?;
            known.service
        };
        self.said
            .iter()
            .filter_map(move |(id, said)| Some((*id, last(said)?)))
    }
}

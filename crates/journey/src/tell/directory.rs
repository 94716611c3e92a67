//! The service directory: where it stands, and that each version is what its publication says.

use std::collections::BTreeSet;

use homeward_events::catalogue::{Correction, Directory as Fact};
use homeward_events::directory::Published;
use homeward_events::id::EventId;
use homeward_events::{Body, Event};

use super::Telling;
use crate::directory::{Directory, Said, Version};
use crate::finding::Rule;
use crate::order::recording_key;

impl<'f> Telling<'f> {
    /// A directory stands under an id of its own, and nothing else does but its corrections: it is
    /// about services, and must never be taken for a person.
    pub(super) fn check_directory(&mut self, facts: &[&'f Event]) {
        let mut here: Vec<(&'f Event, &'f Fact)> = Vec::new();
        for event in facts {
            let is_here = self.journey.id.is_of_directory(&event.ledger);
            match &event.body {
                Body::Directory(fact) if is_here => here.push((event, fact)),
                Body::Directory(_) => {
                    let detail = "the directory of a ledger stands under an id of its own";
                    self.note(event, Rule::DirectoryElsewhere, detail);
                }
                Body::Correction(_) => {}
                Body::Notice(_)
                | Body::Reception(_)
                | Body::Screening(_)
                | Body::Consent(_)
                | Body::Assessment(_)
                | Body::Plan(_)
                | Body::Referral(_)
                | Body::Assistance(_)
                | Body::FollowUp(_)
                | Body::Status(_)
                | Body::Justice(_)
                | Body::Departure(_)
                | Body::Lifecycle(_)
                | Body::Erasure(_)
                | Body::Access(_)
                | Body::Cut(_) => {
                    if is_here {
                        let detail = "nothing but the service directory stands under this id";
                        self.note(event, Rule::DirectoryOnly, detail);
                    }
                }
            }
        }
        if here.is_empty() {
            return;
        }
        let directory = self.tell_directory(&here);
        self.check_versions(&here, &directory, &replacements(facts));
        self.journey.directory = Some(Box::new(directory));
    }

    fn tell_directory(&mut self, facts: &[(&'f Event, &'f Fact)]) -> Directory<'f> {
        let mut directory = Directory::default();
        let mut publications: Vec<(&Event, &Published)> = Vec::new();
        for (event, fact) in facts {
            let event_id = event.id;
            let (id, version, service) = match fact {
                Fact::ServiceListed(body) => (&body.service.id, body.version, Some(&body.service)),
                Fact::ServiceWithdrawn(body) => (&body.service, body.version, None),
                Fact::Published(body) => {
                    publications.push((event, body));
                    continue;
                }
            };
            directory.said.entry(id).or_default().push(Said {
                version,
                service,
                event: event_id,
            });
        }
        for said in directory.said.values_mut() {
            // Stable: of one version, the order of telling stays.
            said.sort_by_key(|said| said.version);
        }
        publications.sort_by_key(|(event, _)| recording_key(event));
        for (event, published) in publications {
            let version = Version {
                published,
                on: event.occurred,
                recorded: event.recorded,
                event: event.id,
            };
            let held = *directory
                .versions
                .entry(published.version)
                .or_insert(version);
            if held.event != event.id && held.published != published {
                let detail = format!("version {} is another", published.version);
                self.note(event, Rule::DirectoryVersionTaken, detail);
            }
        }
        directory
    }

    fn check_versions(
        &mut self,
        facts: &[(&'f Event, &'f Fact)],
        directory: &Directory<'f>,
        replacements: &BTreeSet<EventId>,
    ) {
        for (event, fact) in facts {
            let version = match fact {
                Fact::ServiceListed(body) => body.version,
                Fact::ServiceWithdrawn(body) => {
                    let said = directory.said.get(&body.service);
                    let listed =
                        |said: &Said<'_>| said.service.is_some() && said.version <= body.version;
                    if !said.is_some_and(|said| said.iter().any(listed)) {
                        let detail = format!("service {} was not listed before", body.service);
                        self.note(event, Rule::DirectoryServiceUnknown, detail);
                    }
                    body.version
                }
                Fact::Published(body) => {
                    self.check_publication(event, body, directory);
                    continue;
                }
            };
            let out = directory.versions.get(&version);
            if out.is_some_and(|out| out.recorded < event.recorded)
                && !replacements.contains(&event.id)
            {
                let detail = format!("version {version} is out already");
                self.note(event, Rule::DirectoryVersionOut, detail);
            }
        }
    }

    fn check_publication(&mut self, event: &Event, body: &Published, directory: &Directory<'f>) {
        let version = body.version;
        let before = version.checked_sub(1);
        let follows =
            before.is_some_and(|last| last == 0 || directory.versions.contains_key(&last));
        if !follows {
            let detail = format!("version {version} does not follow on another");
            self.note(event, Rule::DirectoryVersionGap, detail);
        }
        let standing = directory.standing(version).count();
        if u32::try_from(standing).ok() != Some(body.services) {
            let said = body.services;
            let detail = format!("{standing} services stand in version {version}, not {said}");
            self.note(event, Rule::DirectoryCountDiffers, detail);
        }
    }
}

/// Facts that stand in the place of corrected ones: they may change a version that is out.
fn replacements(facts: &[&Event]) -> BTreeSet<EventId> {
    let by = |event: &&Event| {
        let Body::Correction(Correction::Replaced(body)) = &event.body else {
            return None;
        };
        Some(body.by)
    };
    facts.iter().filter_map(by).collect()
}

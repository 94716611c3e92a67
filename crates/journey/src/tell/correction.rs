//! Who may correct what. A correction by somebody who may not is a finding and strikes all the same:
//! what stands must not depend on who is found to keep the case, which depends on what stands.

use homeward_events::id::AgencyId;
use homeward_events::vocabulary::Role;
use homeward_events::{Event, Family};

use super::Telling;
use crate::finding::Rule;
use crate::order::recording_key;
use crate::standing::correction;

impl<'f> Telling<'f> {
    /// Notes the corrections that are not for those to make who made them.
    pub(super) fn check_corrections(
        &mut self,
        facts: &[&'f Event],
        struck: &[(&'f Event, &'f Event)],
    ) {
        for event in facts
            .iter()
            .filter(|event| event.body.family() == Family::Correction)
        {
            let Some((target, _)) = correction(event) else {
                continue;
            };
            let struck = struck.iter().map(|(struck, _)| *struck);
            let mut known = facts.iter().copied().chain(struck);
            // One that is not there is noted where corrections are applied.
            let Some(target) = known.find(|other| other.id == target) else {
                continue;
            };
            let keeper = self.keeper_before(event);
            let theirs = event.agency == target.agency || keeper == Some(&event.agency);
            if theirs || event.role.is_some_and(has_authority) {
                continue;
            }
            let kept = keeper.map_or_else(
                || "nobody keeps the case".to_owned(),
                |keeper| format!("{keeper} keeps the case"),
            );
            let detail = format!(
                "{} told that fact and {kept}: others correct as `supervisor` or `administrator`",
                target.agency
            );
            self.note(event, Rule::CorrectionForeign, detail);
        }
    }

    /// Who kept the case when a fact was written down, by what was written down before it.
    pub(super) fn keeper_before(&self, event: &Event) -> Option<&'f AgencyId> {
        let before = recording_key(event);
        self.keepers
            .iter()
            .rev()
            .find(|(fact, _)| recording_key(fact) < before)
            .map(|(_, keeper)| *keeper)
    }
}

/// Who may correct what another agency told: whoever answers for its work. A key must allow it too.
const fn has_authority(role: Role) -> bool {
    match role {
        Role::Supervisor | Role::Administrator => true,
        Role::Intake
        | Role::CaseWorker
        | Role::Provider
        | Role::Health
        | Role::Justice
        | Role::Evaluator
        | Role::Import => false,
    }
}

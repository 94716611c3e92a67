//! Named cuts: where they stand, and that a name is given once.

use std::collections::BTreeMap;

use homeward_events::catalogue::Cut as CutFact;
use homeward_events::cut::Named;
use homeward_events::id::CutName;
use homeward_events::{Body, Event};

use super::Telling;
use crate::finding::Rule;
use crate::order::recording_key;

impl<'f> Telling<'f> {
    /// Cuts stand under an id of their own, and nothing else does: they are about the log, and must
    /// never be taken for a person.
    pub(super) fn check_cuts(&mut self, facts: &[&'f Event]) {
        let mut named: Vec<(&Event, &Named)> = Vec::new();
        for event in facts {
            let here = self.journey.id.is_of_cuts(&event.ledger);
            match (cut(event), here) {
                (Some(cut), true) => named.push((event, cut)),
                (Some(_), false) => {
                    let detail = "cuts of a ledger stand under an id of their own";
                    self.note(event, Rule::CutElsewhere, detail);
                }
                (None, true) => {
                    self.note(
                        event,
                        Rule::CutsOnly,
                        "nothing but cuts stands under this id",
                    );
                }
                (None, false) => {}
            }
        }
        named.sort_by_key(|(event, _)| recording_key(event));
        let mut first: BTreeMap<&CutName, &Named> = BTreeMap::new();
        for (event, cut) in named {
            let holds = *first.entry(&cut.name).or_insert(cut);
            if holds.positions != cut.positions {
                let detail = format!("`{}` names other positions", cut.name);
                self.note(event, Rule::CutNameTaken, detail);
            }
        }
    }
}

/// The cut that an event names.
pub(crate) fn cut(event: &Event) -> Option<&Named> {
    let Body::Cut(CutFact::Named(cut)) = &event.body else {
        return None;
    };
    Some(cut)
}

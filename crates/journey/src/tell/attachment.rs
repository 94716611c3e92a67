//! Attachments and relatives: what is kept beside a journey.

use homeward_events::Event;
use homeward_events::id::{HouseholdId, JourneyId};
use homeward_events::lifecycle::{Attached, Detached, Relation};

use super::Telling;
use crate::case::{Attachment, Related};
use crate::finding::Rule;

impl<'f> Telling<'f> {
    /// The first attachment under an id holds.
    pub(super) fn open_attachment(&mut self, event: &'f Event, body: &'f Attached) {
        self.journey
            .attachments
            .entry(body.attachment)
            .or_insert(Attachment {
                event: event.id,
                on: event.occurred,
                agency: &event.agency,
                attached: body,
                removed: None,
            });
    }

    pub(super) fn tell_attached(&mut self, event: &Event, body: &Attached) {
        let known = self.journey.attachments.get(&body.attachment);
        if known.is_some_and(|known| *known.attached != *body) {
            let detail = format!("attachment {} is another one", body.attachment);
            self.note(event, Rule::AttachmentTwice, detail);
        }
    }

    pub(super) fn tell_detached(&mut self, event: &Event, body: &Detached) {
        if let Some(known) = self.journey.attachments.get_mut(&body.attachment) {
            known.removed = Some((event.occurred, body.reason));
        } else {
            let detail = format!("no attachment {} was added", body.attachment);
            self.note(event, Rule::AttachmentUnknown, detail);
        }
    }

    /// The last word on a pair counts, by the time that it was recorded.
    pub(super) fn tell_relation(
        &mut self,
        event: &Event,
        other: JourneyId,
        relation: Option<(Relation, Option<HouseholdId>)>,
    ) {
        if other == self.journey.id {
            self.note(event, Rule::LinkToSelf, "nobody is related to themselves");
            return;
        }
        let word = Related {
            recorded: event.recorded,
            event: event.id,
            relation,
        };
        let last = self.journey.relations.entry(other).or_insert(word);
        if (word.recorded, word.event) > (last.recorded, last.event) {
            *last = word;
        }
    }
}

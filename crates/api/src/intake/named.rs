//! What an event names beyond its journey: positions of the log, and bytes beside it.

use homeward_events::catalogue::{Cut as CutFact, Lifecycle as LifecycleFact};
use homeward_events::{Body, Event};

use super::Intake;
use crate::outcome::{Outcome, Reason, failed_read, refused, unavailable};

impl Intake {
    /// What an event names beyond its journey is there.
    pub(super) async fn check_what_is_named(&self, events: &[Event]) -> Result<(), Outcome> {
        self.check_cuts(events).await?;
        self.check_attachments(events).await
    }

    /// An attachment names bytes that are kept: a fact must not promise what nobody has.
    async fn check_attachments(&self, events: &[Event]) -> Result<(), Outcome> {
        for (index, event) in events.iter().enumerate() {
            let Body::Lifecycle(LifecycleFact::Attached(body)) = &event.body else {
                continue;
            };
            let kept = self.attachments.size(&event.ledger, &body.sha256).await;
            let kept = kept.map_err(|error| Outcome::Failed(unavailable(&error.to_string())))?;
            let (field, code, message) = match kept {
                Some(bytes) if bytes == body.bytes => continue,
                Some(bytes) => (
                    "/data/bytes",
                    "attachment-size",
                    format!("the attachment has {bytes} bytes"),
                ),
                None => (
                    "/data/sha256",
                    "attachment-absent",
                    format!(
                        "put its bytes first: /v1/attachments/{}/{}",
                        event.ledger, body.sha256
                    ),
                ),
            };
            let reason = Reason {
                index,
                event_type: Some(event.body.event_type().name.to_owned()),
                field: field.to_owned(),
                code: code.to_owned(),
                message,
            };
            return Err(Outcome::Refused(refused(409, vec![reason])));
        }
        Ok(())
    }

    /// A cut names what is in the log: nobody can say yet what will stand at a later position.
    async fn check_cuts(&self, events: &[Event]) -> Result<(), Outcome> {
        for (index, event) in events.iter().enumerate() {
            let Body::Cut(CutFact::Named(cut)) = &event.body else {
                continue;
            };
            for (ledger, asked) in &cut.positions {
                let last = if self.reader.ledgers().contains(ledger) {
                    let head = self.reader.head(ledger).await;
                    head.map_err(|error| Outcome::Failed(failed_read(&error)))?
                        .last
                } else {
                    0
                };
                if *asked > last {
                    let reason = Reason {
                        index,
                        event_type: Some(event.body.event_type().name.to_owned()),
                        field: format!("/data/positions/{ledger}"),
                        code: "cut-beyond-head".to_owned(),
                        message: format!("ledger {ledger} ends at {last}, the cut names {asked}"),
                    };
                    return Err(Outcome::Refused(refused(409, vec![reason])));
                }
            }
        }
        Ok(())
    }
}

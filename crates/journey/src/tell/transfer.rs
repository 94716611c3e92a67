//! Transfers: the case changes hands when the other side accepts, and not before.

use homeward_events::Event;
use homeward_events::id::{AgencyId, TransferId};
use homeward_events::lifecycle::{
    TransferDeclined, TransferProposed, TransferWithdrawn, Transferred,
};

use super::Telling;
use crate::case::{Transfer, TransferState};
use crate::finding::Rule;

impl<'f> Telling<'f> {
    /// The first proposal under an id holds.
    pub(super) fn open_transfer(&mut self, event: &'f Event, body: &'f TransferProposed) {
        self.journey
            .transfers
            .entry(body.transfer)
            .or_insert(Transfer {
                event: event.id,
                proposed: event.occurred,
                from: &event.agency,
                to: &body.to,
                site: body.site.as_ref(),
                ledger: body.ledger.as_ref(),
                reason: body.reason,
                consent: body.consent,
                state: TransferState::Pending,
                since: event.occurred,
            });
    }

    pub(super) fn tell_proposed(&mut self, event: &'f Event, body: &'f TransferProposed) {
        let keeper = self.keeper_before(event);
        if let Some(keeper) = keeper.filter(|keeper| **keeper != event.agency) {
            let detail = format!("{keeper} keeps the case, and proposes to whom it passes");
            self.note(event, Rule::TransferForeign, detail);
        }
        let Some(known) = self.journey.transfers.get(&body.transfer) else {
            return;
        };
        let again = known.event != event.id;
        let unanswered = known.state == TransferState::Pending;
        if again {
            let detail = format!("transfer {} was proposed already", body.transfer);
            self.note(event, Rule::TransferPending, detail);
            return;
        }
        if let Some(other) = self.proposed.first() {
            let detail = format!("transfer {other} waits for an answer");
            self.note(event, Rule::TransferPending, detail);
        }
        if unanswered {
            self.proposed.insert(body.transfer);
        }
    }

    pub(super) fn tell_transferred(&mut self, event: &'f Event, body: &'f Transferred) {
        if !body.accepted {
            return;
        }
        if let Some(transfer) = body.transfer {
            if !self.answer(event, transfer, TransferState::Accepted, Some(&body.to)) {
                return;
            }
        } else {
            // Agreed elsewhere: told by one of the two sides.
            let keeper = self.keeper_before(event);
            let theirs = event.agency == body.to || keeper.is_none_or(|k| *k == event.agency);
            if !theirs {
                let detail = "told neither by who kept the case nor by who keeps it now";
                self.note(event, Rule::TransferForeign, detail);
                return;
            }
        }
        self.keepers.push((event, &body.to));
        self.journey.agency = Some(&body.to);
        self.journey.site = body.site.as_ref().or(self.journey.site);
    }

    pub(super) fn tell_declined(&mut self, event: &Event, body: &TransferDeclined) {
        let state = TransferState::Declined(body.reason);
        self.answer(event, body.transfer, state, None);
    }

    pub(super) fn tell_withdrawn(&mut self, event: &Event, body: &TransferWithdrawn) {
        self.answer(event, body.transfer, TransferState::Withdrawn, None);
    }

    /// Answers a transfer, or notes why this is no answer to it; `to` is who takes the case over, by
    /// this answer's word.
    fn answer(
        &mut self,
        event: &Event,
        transfer: TransferId,
        state: TransferState,
        to: Option<&AgencyId>,
    ) -> bool {
        let Some(known) = self.journey.transfers.get_mut(&transfer) else {
            let detail = format!("no transfer {transfer} was proposed");
            self.note(event, Rule::TransferUnknown, detail);
            return false;
        };
        let (asked, proposer) = (known.to, known.from);
        let whose = match state {
            TransferState::Pending | TransferState::Withdrawn => proposer,
            TransferState::Accepted | TransferState::Declined(_) => asked,
        };
        if known.state != TransferState::Pending {
            let detail = format!("transfer {transfer} is {} already", known.state.as_str());
            self.note(event, Rule::TransferAnswered, detail);
            return false;
        }
        if event.agency != *whose {
            let detail = format!("that answer is {whose}'s to give");
            self.note(event, Rule::TransferForeign, detail);
            return false;
        }
        if to.is_some_and(|to| to != asked) {
            let detail = format!("transfer {transfer} was proposed to {asked}");
            self.note(event, Rule::TransferForeign, detail);
            return false;
        }
        (known.state, known.since) = (state, event.occurred);
        self.proposed.remove(&transfer);
        true
    }
}

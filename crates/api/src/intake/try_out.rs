//! A dry run at the border: everything is decided, and nothing appended.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;

use homeward_events::Event;
use homeward_events::id::{JourneyId, LedgerId};
use homeward_journey::{Decision, decide};

use super::{Intake, Offer};
use crate::authority::as_far_as_the_key_goes;
use crate::keys::Key;
use crate::outcome::{Outcome, refused_by_rules, unavailable};

impl Intake {
    /// What would become of commits of one journey, offered one after the other: whether each was known
    /// already, or why it would not get in. Nothing is appended, and nothing is kept.
    pub(crate) async fn try_out(&self, key: &Key, offers: &[Offer]) -> Vec<Result<bool, Outcome>> {
        let mut told: BTreeMap<(LedgerId, JourneyId), Vec<Event>> = BTreeMap::new();
        let mut outcomes = Vec::with_capacity(offers.len());
        for offer in offers {
            outcomes.push(self.try_one(key, offer, &mut told).await);
        }
        outcomes
    }

    /// `told` is what the journeys would hold after the commits before this one.
    async fn try_one(
        &self,
        key: &Key,
        offer: &Offer,
        told: &mut BTreeMap<(LedgerId, JourneyId), Vec<Event>>,
    ) -> Result<bool, Outcome> {
        let events = self.admit(key, offer).map_err(Outcome::Refused)?;
        self.check_what_is_named(&events).await?;
        let Some(first) = events.first() else {
            return Err(Outcome::Failed(unavailable(
                "a commit without events was admitted",
            )));
        };
        let place = (first.ledger.clone(), first.journey);
        let journey = first.journey;
        let held = match told.entry(place) {
            Entry::Occupied(held) => held.into_mut(),
            Entry::Vacant(new) => {
                let (ledger, journey) = new.key();
                let read = self.read(ledger, *journey).await.map_err(Outcome::Failed)?;
                new.insert(read.events.clone())
            }
        };
        let judged = as_far_as_the_key_goes(key, &events);
        match decide(journey, held, &judged) {
            Decision::NothingNew => Ok(true),
            Decision::Append(new) => {
                held.extend(new.iter().filter_map(|at| events.get(*at).cloned()));
                Ok(false)
            }
            Decision::Refuse(refusals) => {
                Err(Outcome::Refused(refused_by_rules(&refusals, &events)))
            }
        }
    }
}

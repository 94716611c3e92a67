//! A small log, written as publishers write: facts in the order of their coming.

use std::collections::BTreeMap;

use homeward_events::codec::decode_event;
use homeward_events::id::{EventId, JourneyId, LedgerId};
use homeward_projections::explain::{Place, Placed};
use homeward_projections::fold::Facts;
use proptest::prelude::*;
use serde_json::{Value, json};

/// The journey, event or other thing with a number.
pub(crate) fn uuid(number: usize) -> String {
    format!("00000000-0000-4000-8000-{number:012}")
}

pub(crate) fn journey(number: usize) -> JourneyId {
    uuid(number).parse().unwrap()
}

/// A log of two ledgers: odd journeys are of `jm`, even ones of `tt`.
#[derive(Debug, Clone, Default)]
pub(crate) struct Log {
    pub(crate) placed: Vec<Placed>,
}

impl Log {
    /// The fact with the number `n`, from 1.
    pub(crate) fn event(n: usize) -> EventId {
        uuid(1_000_000 + n).parse().unwrap()
    }

    /// Writes the next fact down, and gives its number.
    pub(crate) fn write(&mut self, journey: usize, kind: &str, on: &str, data: Value) -> usize {
        let number = self.placed.len() + 1;
        let ledger = if journey.is_multiple_of(2) {
            "tt"
        } else {
            "jm"
        };
        let event = json!({
            "specversion": "1.0",
            "id": Self::event(number),
            "source": "urn:homeward:test",
            "type": kind,
            "subject": uuid(journey),
            "schemaversion": if kind == "reception.received" { 2 } else { 1 },
            "ledger": ledger,
            "occurred": on,
            "recordedtime": format!("2027-01-01T{:02}:{:02}:00Z", number / 60, number % 60),
            "agency": "moss",
            "data": data,
        });
        let event = decode_event(&event.to_string(), None).unwrap();
        let sequence = self
            .placed
            .iter()
            .filter(|placed| placed.place.ledger == event.ledger)
            .count();
        let place = Place {
            ledger: event.ledger.clone(),
            sequence: u64::try_from(sequence).unwrap() + 1,
            index: 0,
        };
        self.placed.push(Placed { place, event });
        number
    }

    pub(crate) fn received(&mut self, journey: usize, on: &str, sex: &str) -> usize {
        let data = json!({
            "site": "norman-manley", "return_type": "deported", "grounds": "drugs",
            "sending_country": "US", "sex": sex, "born": "1990-05-05"
        });
        self.write(journey, "reception.received", on, data)
    }

    /// The facts among the first `n` of each ledger that are covered by a cut, and the others in
    /// the order of their places.
    pub(crate) fn cut(&self, cut: &BTreeMap<LedgerId, u64>) -> (Facts, Vec<Placed>) {
        let (mut before, mut then) = (Facts::new(), Vec::new());
        for placed in &self.placed {
            if placed.place.sequence <= cut.get(&placed.place.ledger).copied().unwrap_or(0) {
                let facts = before.entry(placed.event.journey).or_default();
                facts.push(placed.event.clone());
            } else {
                then.push(placed.clone());
            }
        }
        then.sort_by(|a, b| a.place.cmp(&b.place));
        (before, then)
    }

    /// Everything.
    pub(crate) fn facts(&self) -> Facts {
        let (_, all) = self.cut(&BTreeMap::new());
        collected(&all)
    }
}

pub(crate) fn collected(placed: &[Placed]) -> Facts {
    let mut facts = Facts::new();
    for placed in placed {
        let of = facts.entry(placed.event.journey).or_default();
        of.push(placed.event.clone());
    }
    facts
}

/// One fact of an arbitrary log: of which journey, what, on which day, and what it names.
type Pick = (usize, usize, i64, usize);

fn write(log: &mut Log, (journey, what, day, named): Pick) {
    let on = jiff::civil::date(2026, 1, 1)
        .saturating_add(jiff::ToSpan::days(day))
        .to_string();
    let other = uuid(named % 5 + 1);
    let thing = uuid(100 + named % 3);
    // A fact of the same journey, or one that comes later, or never.
    let theirs: Vec<usize> = (1..=log.placed.len())
        .filter(|n| log.placed[n - 1].event.journey == self::journey(journey))
        .collect();
    let fact = theirs.get(named % (theirs.len() + 1)).copied();
    let fact = uuid(1_000_000 + fact.unwrap_or(named + 1));
    let (kind, data) = match what {
        0..=2 => {
            let sex = ["male", "female"][named % 2];
            log.received(journey, &on, sex);
            return;
        }
        3 => ("justice.arrested", json!({ "case": thing })),
        4 => (
            "status.employed",
            json!({ "spell": thing, "kind": "formal" }),
        ),
        5 => ("status.ended", json!({ "spell": thing, "reason": "left" })),
        6 => (
            "assessment.completed",
            json!({
                "instrument": { "id": "example-sustainability", "version": 1 }, "wave": "baseline",
                "scores": { "economic": 100 * named }, "overall": 50 * named
            }),
        ),
        7 => (
            "follow-up.scheduled",
            json!({ "key": "month-3", "wave": "month-3", "due_on": "2026-04-01" }),
        ),
        8 => (
            "referral.sent",
            json!({
                "referral": thing, "to": "health-desk", "need": "health", "priority": "urgent",
                "consent": uuid(50), "discloses": ["needs"]
            }),
        ),
        9 => ("referral.received", json!({ "referral": thing })),
        10 => ("departure.died", json!({})),
        11 => ("departure.contact-lost", json!({ "planned": false })),
        12 => ("journey.closed", json!({ "reason": "withdrew" })),
        13 | 14 => (
            "journey.linked",
            json!({ "other": other, "basis": "review" }),
        ),
        15 => ("journey.unlinked", json!({ "other": other })),
        16 | 17 => (
            "correction.retracted",
            json!({ "event": fact, "reason": "duplicate" }),
        ),
        18 => (
            "correction.replaced",
            json!({ "event": fact, "by": uuid(1_000_001), "reason": "entry-error" }),
        ),
        19 => (
            "consent.given",
            json!({
                "consent": uuid(50 + named % 2), "purposes": ["referral"], "categories": ["needs"],
                "form": "written"
            }),
        ),
        20 => (
            "consent.withdrawn",
            json!({ "consent": uuid(50 + named % 2) }),
        ),
        21 => ("referral.accepted", json!({ "referral": thing })),
        _ => (
            "screening.completed",
            json!({ "kind": "health", "depth": "rapid", "result": "negative" }),
        ),
    };
    log.write(journey, kind, &on, data);
}

/// Any log of a few journeys: late facts, corrections of facts that are there and of some that are
/// not, links and unlinks, in any order.
pub(crate) fn logs() -> impl Strategy<Value = Log> {
    let pick = (1_usize..=5, 0_usize..23, 0_i64..150, 0_usize..12);
    prop::collection::vec(pick, 0..40).prop_map(|picks| {
        let mut log = Log::default();
        for pick in picks {
            write(&mut log, pick);
        }
        log
    })
}

/// A cut of both ledgers.
pub(crate) fn cuts() -> impl Strategy<Value = BTreeMap<LedgerId, u64>> {
    (0_u64..25, 0_u64..25)
        .prop_map(|(jm, tt)| [("jm".parse().unwrap(), jm), ("tt".parse().unwrap(), tt)].into())
}

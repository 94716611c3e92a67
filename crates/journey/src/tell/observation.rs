//! What is observed of the person: spells, what police and courts report, and departures.

use homeward_events::Event;
use homeward_events::catalogue::{
    Departure as DepartureFact, Justice as JusticeFact, Status as StatusFact,
};
use homeward_events::id::{CaseId, SpellId};
use homeward_events::justice::Severity;
use homeward_events::time::OccurredOn;
use homeward_events::vocabulary::Grounds;

use super::Telling;
use crate::finding::Rule;
use crate::journey::{Case, Custody, Departure, DepartureKind, Journey, Spell, SpellKind};
use crate::order::surely_before;

impl Journey<'_> {
    /// Whether the person has died, and when: as told first, or more precisely where a later fact
    /// narrows it down.
    pub fn died(&self) -> Option<OccurredOn> {
        let deaths = self
            .departures
            .iter()
            .filter(|fact| fact.kind == DepartureKind::Died);
        deaths.map(|fact| fact.on).reduce(|known, told| {
            let within = told.day() >= known.day() && told.last_day() <= known.last_day();
            if within && told.precision() > known.precision() {
                told
            } else {
                known
            }
        })
    }
}

impl Telling<'_> {
    pub(super) fn open_spell(&mut self, event: &Event, fact: &StatusFact) {
        let (spell, kind) = match fact {
            StatusFact::Housed(body) => (body.spell, SpellKind::Housing(body.kind)),
            StatusFact::Employed(body) => (body.spell, SpellKind::Employment(body.kind)),
            StatusFact::Enrolled(body) => (body.spell, SpellKind::Schooling(body.kind)),
            StatusFact::Ended(_) => return,
        };
        let from = event.occurred;
        self.journey.spells.entry(spell).or_insert(Spell {
            kind,
            from,
            to: None,
        });
    }

    pub(super) fn tell_status(&mut self, event: &Event, fact: &StatusFact) {
        let body = match fact {
            StatusFact::Ended(body) => body,
            StatusFact::Housed(_) | StatusFact::Employed(_) | StatusFact::Enrolled(_) => return,
        };
        match self.journey.spells.get_mut(&body.spell) {
            Some(spell) if surely_before(event.occurred, spell.from) => {
                let begun = spell.from;
                self.note_backwards(event, begun);
            }
            Some(spell) => {
                spell.to.get_or_insert(event.occurred);
            }
            None => self.note_spell(event, body.spell),
        }
    }

    fn note_spell(&mut self, event: &Event, spell: SpellId) {
        self.note(
            event,
            Rule::SpellUnknown,
            format!("no spell {spell} was begun"),
        );
    }

    fn note_backwards(&mut self, event: &Event, begun: OccurredOn) {
        let detail = format!("ended on {}, begun on {begun}", event.occurred);
        self.note(event, Rule::SpellBackwards, detail);
    }

    pub(super) fn open_justice(&mut self, event: &Event, fact: &JusticeFact) {
        let case = match fact {
            JusticeFact::Arrested(body) => body.case,
            JusticeFact::Charged(body) => body.case,
            JusticeFact::Convicted(body) => body.case,
            JusticeFact::CustodyEntered(body) => {
                let (reason, from) = (body.reason, event.occurred);
                let spell = Custody {
                    reason,
                    from,
                    to: None,
                };
                self.journey.custody.entry(body.spell).or_insert(spell);
                return;
            }
            JusticeFact::Acquitted(_)
            | JusticeFact::Quashed(_)
            | JusticeFact::CustodyLeft(_)
            | JusticeFact::SupervisionBreached(_) => return,
        };
        self.journey.cases.entry(case).or_default();
    }

    pub(super) fn tell_justice(&mut self, event: &Event, fact: &JusticeFact) {
        let on = event.occurred;
        match fact {
            JusticeFact::Arrested(body) => {
                let case = self.journey.cases.entry(body.case).or_default();
                case.arrested.get_or_insert(on);
                about(case, body.offence_on, body.class, body.severity);
            }
            JusticeFact::Charged(body) => {
                let case = self.journey.cases.entry(body.case).or_default();
                case.charged.get_or_insert(on);
                about(case, body.offence_on, body.class, body.severity);
            }
            JusticeFact::Convicted(body) => {
                let case = self.journey.cases.entry(body.case).or_default();
                convict(case, on);
                about(
                    case,
                    Some(body.offence_on),
                    Some(body.class),
                    Some(body.severity),
                );
            }
            JusticeFact::Acquitted(body) => {
                if let Some(case) = self.case(event, body.case) {
                    case.acquitted.get_or_insert(on);
                }
            }
            JusticeFact::Quashed(body) => {
                if let Some(case) = self.case(event, body.case) {
                    case.quashed.get_or_insert(on);
                }
            }
            JusticeFact::CustodyEntered(_) => {}
            JusticeFact::CustodyLeft(body) => match self.journey.custody.get_mut(&body.spell) {
                Some(spell) if surely_before(on, spell.from) => {
                    let begun = spell.from;
                    self.note_backwards(event, begun);
                }
                Some(spell) => {
                    spell.to.get_or_insert(on);
                }
                None => self.note_spell(event, body.spell),
            },
            JusticeFact::SupervisionBreached(_) => self.journey.breaches.push(on),
        }
    }

    /// The case that a court speaks of; noted when nobody opened it.
    fn case(&mut self, event: &Event, id: CaseId) -> Option<&mut Case> {
        if !self.journey.cases.contains_key(&id) {
            self.note(event, Rule::CaseUnknown, format!("no case {id} was opened"));
        }
        self.journey.cases.get_mut(&id)
    }

    pub(super) fn open_departure(&mut self, event: &Event, fact: &DepartureFact) {
        let kind = match fact {
            DepartureFact::Remigrated(_) => DepartureKind::Remigrated,
            DepartureFact::RemovedAgain(_) => DepartureKind::RemovedAgain,
            DepartureFact::MovedAway(_) => DepartureKind::MovedAway,
            DepartureFact::Died(_) => DepartureKind::Died,
            DepartureFact::ContactLost(body) if body.planned => DepartureKind::ObservationEnded,
            DepartureFact::ContactLost(_) => DepartureKind::ContactLost,
            DepartureFact::ContactRegained(_) => DepartureKind::ContactRegained,
        };
        self.journey.departures.push(Departure {
            kind,
            on: event.occurred,
            event: event.id,
        });
    }
}

/// The first proof holds; after a conviction was quashed, a retrial proves anew.
fn convict(case: &mut Case, on: OccurredOn) {
    if case
        .quashed
        .is_some_and(|quashed| surely_before(quashed, on))
    {
        (case.convicted, case.quashed) = (Some(on), None);
    } else {
        case.convicted.get_or_insert(on);
    }
}

/// What a case is said to be about, as last told.
fn about(
    case: &mut Case,
    offence: Option<OccurredOn>,
    class: Option<Grounds>,
    severity: Option<Severity>,
) {
    case.offence = offence.or(case.offence);
    case.class = class.or(case.class);
    case.severity = severity.or(case.severity);
}

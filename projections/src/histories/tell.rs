//! From a person to the history that their row keeps.

use homeward_events::Body;
use homeward_events::catalogue::Justice as JusticeFact;
use homeward_events::id::CaseId;
use homeward_events::time::{Day, OccurredOn};
use homeward_journey::{Case as CaseTold, Journey, Origin, Person, SpellKind};

use super::history::{Arrival, Case, Custody, History, Parting, Past, Spell, SpellOf, Told};
use crate::dimension::age;

/// A person's history; `None` for somebody who was never received.
pub fn history(person: &Person<'_>) -> Option<History> {
    let received = person.received();
    if received.is_empty() {
        return None;
    }
    let others = person.journeys.iter().filter(|j| j.origin.is_none());
    let journeys = received.into_iter().chain(others).map(past).collect();
    Some(History { journeys })
}

fn past(journey: &Journey<'_>) -> Past {
    let mut custody: Vec<Custody> = journey
        .custody
        .iter()
        .map(|(id, spell)| {
            let entered = |fact: &JusticeFact| matches!(fact, JusticeFact::CustodyEntered(body) if body.spell == *id);
            Custody {
                reason: spell.reason,
                from: told(journey, spell.from, entered),
                to: spell.to.map(|to| Day(to.day())),
            }
        })
        .collect();
    custody.sort_by_key(|spell| (spell.from, spell.to, spell.reason));
    let mut spells: Vec<Spell> = journey.spells.values().map(spell).collect();
    spells.sort_by_key(|spell| (spell.from, spell.to, spell.of));
    Past {
        journey: journey.id,
        ledger: journey.ledger.cloned(),
        arrival: journey.origin.map(|origin| arrival(journey, origin)),
        cases: journey
            .cases
            .iter()
            .map(|(id, told)| case(journey, *id, told))
            .collect(),
        breaches: breaches(journey),
        custody,
        partings: partings(journey),
        spells,
    }
}

fn arrival(journey: &Journey<'_>, origin: Origin<'_>) -> Arrival {
    let port = journey.notice.and_then(|notice| notice.port);
    Arrival {
        on: Day(origin.on.day()),
        site: journey.site.or(port).cloned(),
        return_type: origin.return_type,
        grounds: origin.grounds,
        sex: journey.sex,
        age: age(journey.born, origin.on.day()),
        programme: journey.programme.cloned(),
        sending_country: origin.sending_country.clone(),
        group: origin.group,
        cohort: journey
            .cohort
            .iter()
            .map(|(name, value)| ((*name).to_owned(), *value))
            .collect(),
    }
}

fn spell(spell: &homeward_journey::Spell) -> Spell {
    Spell {
        of: match spell.kind {
            SpellKind::Housing(kind) => SpellOf::Housing(kind),
            SpellKind::Employment(kind) => SpellOf::Employment(kind),
            SpellKind::Schooling(kind) => SpellOf::Schooling(kind),
        },
        from: Day(spell.from.day()),
        to: spell.to.map(|to| Day(to.day())),
    }
}

/// A step of a case, as a court or the police tells it.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Step {
    Arrested,
    Charged,
    Convicted,
    Acquitted,
    Quashed,
}

/// Which step of which case a fact tells.
const fn step_of(fact: &JusticeFact) -> Option<(CaseId, Step)> {
    match fact {
        JusticeFact::Arrested(body) => Some((body.case, Step::Arrested)),
        JusticeFact::Charged(body) => Some((body.case, Step::Charged)),
        JusticeFact::Convicted(body) => Some((body.case, Step::Convicted)),
        JusticeFact::Acquitted(body) => Some((body.case, Step::Acquitted)),
        JusticeFact::Quashed(body) => Some((body.case, Step::Quashed)),
        JusticeFact::CustodyEntered(_)
        | JusticeFact::CustodyLeft(_)
        | JusticeFact::SupervisionBreached(_) => None,
    }
}

fn case(journey: &Journey<'_>, id: CaseId, case: &CaseTold) -> Case {
    let told = |on: Option<OccurredOn>, step: Step| {
        on.map(|on| told(journey, on, |fact| step_of(fact) == Some((id, step))))
    };
    Case {
        case: id,
        offence: case.offence.map(|on| Day(on.day())),
        arrested: told(case.arrested, Step::Arrested),
        charged: told(case.charged, Step::Charged),
        convicted: told(case.convicted, Step::Convicted),
        acquitted: told(case.acquitted, Step::Acquitted),
        quashed: told(case.quashed, Step::Quashed),
        class: case.class,
        severity: case.severity,
    }
}

fn breaches(journey: &Journey<'_>) -> Vec<Told> {
    let mut breaches: Vec<Told> = journey
        .facts
        .iter()
        .filter(|event| {
            matches!(
                &event.body,
                Body::Justice(JusticeFact::SupervisionBreached(_))
            )
        })
        .map(|event| Told {
            on: Day(event.occurred.day()),
            recorded: Day(event.recorded.day()),
        })
        .collect();
    breaches.sort();
    breaches
}

fn partings(journey: &Journey<'_>) -> Vec<Parting> {
    let recorded = |departure: &homeward_journey::Departure| {
        let event = journey.facts.iter().find(|e| e.id == departure.event);
        event.map_or(departure.on.day(), |event| event.recorded.day())
    };
    journey
        .departures
        .iter()
        .map(|departure| Parting {
            kind: departure.kind.into(),
            told: Told {
                on: Day(departure.on.day()),
                recorded: Day(recorded(departure)),
            },
        })
        .collect()
}

/// When a fact of justice happened, and when it was first written down that it happened then.
fn told(journey: &Journey<'_>, on: OccurredOn, is: impl Fn(&JusticeFact) -> bool) -> Told {
    let recorded = journey
        .facts
        .iter()
        .filter(|event| event.occurred == on)
        .filter(|event| matches!(&event.body, Body::Justice(fact) if is(fact)))
        .map(|event| event.recorded.day())
        .min();
    Told {
        on: Day(on.day()),
        recorded: Day(recorded.unwrap_or(on.day())),
    }
}

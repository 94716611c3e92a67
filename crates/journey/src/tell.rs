//! Telling a journey: each standing fact in turn changes what is known, and what breaks a rule is
//! noted.

use std::collections::{BTreeMap, BTreeSet};

use homeward_events::catalogue::{
    Assistance as AssistanceFact, Consent as ConsentFact, Departure as DepartureFact,
    Erasure as ErasureFact, FollowUp as FollowUpFact, Justice as JusticeFact,
    Lifecycle as LifecycleFact, Notice as NoticeFact, Plan as PlanFact, Reception as ReceptionFact,
    Referral as ReferralFact, Screening as ScreeningFact, Status as StatusFact,
};
use homeward_events::consent::Purpose;
use homeward_events::id::{AgencyId, JourneyId, SpellId};
use homeward_events::referral::Delivery;
use homeward_events::time::OccurredOn;
use homeward_events::{Body, Event, justice};

use crate::finding::{Finding, Rule};
use crate::journey::{
    Assessment, Assistance, Case, Closure, Consent, Custody, Departure, DepartureKind, FollowUp,
    FollowUpState, Journey, Notice, Origin, Spell, SpellKind, Stage,
};
use crate::referral::{Move, Referral, State, step_of};
use crate::standing::{Standing, stand};

impl<'f> Journey<'f> {
    /// Reads a set of facts of the journey `id`. Total: any set in any order, with any duplicates.
    pub fn from_facts(id: JourneyId, facts: impl IntoIterator<Item = &'f Event>) -> Self {
        let Standing {
            facts,
            struck,
            findings,
        } = stand(facts);
        let mut journey = Self::empty(id, findings);
        journey.ledger = facts
            .first()
            .or(struck.first().map(|(event, _)| event))
            .map(|e| &e.ledger);
        // Keys are gathered first, so that a schedule noted down after its answer still counts.
        for event in &facts {
            journey.open(event);
        }
        for event in &facts {
            journey.check_order(event);
            journey.tell(event);
        }
        journey.check_origin(&facts);
        journey.last_day = facts.iter().filter_map(|event| observed_day(event)).max();
        journey.stage = journey.stage_reached();
        journey.facts = facts;
        journey.struck = struck;
        journey.findings.sort();
        journey.findings.dedup();
        journey
    }

    fn empty(id: JourneyId, findings: Vec<Finding>) -> Self {
        Self {
            id,
            ledger: None,
            facts: Vec::new(),
            struck: Vec::new(),
            notice: None,
            origin: None,
            programme: None,
            site: None,
            agency: None,
            area: None,
            cohort: BTreeMap::new(),
            sex: None,
            born: None,
            stage: Stage::Unknown,
            consents: BTreeMap::new(),
            overrides: Vec::new(),
            screenings: Vec::new(),
            assessments: Vec::new(),
            plans: BTreeMap::new(),
            referrals: BTreeMap::new(),
            assistance: BTreeMap::new(),
            follow_ups: BTreeMap::new(),
            spells: BTreeMap::new(),
            custody: BTreeMap::new(),
            cases: BTreeMap::new(),
            breaches: Vec::new(),
            departures: Vec::new(),
            closure: None,
            reopenings: 0,
            links: BTreeMap::new(),
            last_day: None,
            registered: false,
            not_arrived: false,
            erasures_requested: BTreeSet::new(),
            findings,
        }
    }

    fn note(&mut self, event: &Event, rule: Rule, detail: impl Into<String>) {
        self.findings.push(Finding {
            event: event.id,
            rule,
            detail: detail.into(),
        });
    }

    /// Whether the person has died, and the day.
    pub fn died(&self) -> Option<OccurredOn> {
        self.departures
            .iter()
            .find(|d| d.kind == DepartureKind::Died)
            .map(|d| d.on)
    }

    /// What other facts refer to by a key of their own: known from the start, whenever it was
    /// written down. Consents and spells say themselves from when they hold.
    fn open(&mut self, event: &'f Event) {
        let on = event.occurred;
        match &event.body {
            Body::Consent(ConsentFact::Given(body)) => {
                self.consents.entry(body.consent).or_insert(Consent {
                    from: on,
                    expires_on: body.expires_on.map(|day| day.0),
                    purposes: &body.purposes,
                    agencies: &body.agencies,
                    withdrawn: Vec::new(),
                });
            }
            Body::Consent(ConsentFact::Overridden(body)) => self.overrides.push(Consent {
                from: on,
                expires_on: body.expires_on.map(|day| day.0),
                purposes: &body.purposes,
                agencies: &body.agencies,
                withdrawn: Vec::new(),
            }),
            Body::Plan(PlanFact::Agreed(body)) => {
                self.plans.entry(body.plan).or_insert(on);
            }
            Body::Assistance(AssistanceFact::Delivered(body)) => {
                self.assistance
                    .entry(body.assistance)
                    .or_insert(Assistance {
                        on,
                        delivered: body,
                        confirmed: None,
                        reversed: false,
                    });
            }
            Body::FollowUp(FollowUpFact::Scheduled(body)) => {
                // The first schedule under a key holds; the same key again schedules nothing new.
                self.follow_ups.entry(&body.key).or_insert(FollowUp {
                    wave: body.wave,
                    due_on: body.due_on.0,
                    closes_on: body.closes_on.unwrap_or(body.due_on).0,
                    state: FollowUpState::Scheduled,
                    since: on,
                    attempts: 0,
                });
            }
            Body::Status(fact) => self.open_spell(fact, on),
            Body::Erasure(ErasureFact::Requested(body)) => {
                self.erasures_requested.insert(body.request);
            }
            Body::Justice(JusticeFact::CustodyEntered(body)) => {
                self.custody.entry(body.spell).or_insert(Custody {
                    reason: body.reason,
                    from: on,
                    to: None,
                });
            }
            Body::Notice(_)
            | Body::Reception(_)
            | Body::Screening(_)
            | Body::Consent(_)
            | Body::Assessment(_)
            | Body::Plan(_)
            | Body::Referral(_)
            | Body::Assistance(_)
            | Body::FollowUp(_)
            | Body::Justice(_)
            | Body::Departure(_)
            | Body::Lifecycle(_)
            | Body::Correction(_)
            | Body::Erasure(_)
            | Body::Access(_) => {}
        }
    }

    fn open_spell(&mut self, fact: &StatusFact, on: OccurredOn) {
        let (spell, kind) = match fact {
            StatusFact::Housed(body) => (body.spell, SpellKind::Housing(body.kind)),
            StatusFact::Employed(body) => (body.spell, SpellKind::Employment(body.kind)),
            StatusFact::Enrolled(body) => (body.spell, SpellKind::Schooling(body.kind)),
            StatusFact::Ended(_) => return,
        };
        self.spells.entry(spell).or_insert(Spell {
            kind,
            from: on,
            to: None,
        });
    }

    /// What may not follow closure or death.
    fn check_order(&mut self, event: &Event) {
        let after = |on: OccurredOn| event.occurred.day() > on.last_day();
        if let Some(died) = self.died().filter(|died| after(*died)) {
            if !may_follow_death(&event.body) {
                self.note(
                    event,
                    Rule::AfterDeath,
                    format!("the person died on {died}"),
                );
            }
        } else if let Some(closure) = self.closure.filter(|closure| after(closure.on))
            && !may_follow_closure(&event.body)
        {
            let detail = format!("closed on {} ({})", closure.on, closure.reason);
            self.note(event, Rule::JourneyClosed, detail);
        }
    }

    fn check_origin(&mut self, facts: &[&'f Event]) {
        if self.origin.is_some() || self.notice.is_some() {
            return;
        }
        let begins = |event: &&Event| {
            matches!(
                &event.body,
                Body::Reception(_) | Body::Correction(_) | Body::Erasure(_)
            )
        };
        if facts
            .iter()
            .any(|event| matches!(&event.body, Body::Reception(_)))
        {
            return;
        }
        for event in facts.iter().filter(|event| !begins(event)) {
            self.note(
                event,
                Rule::OriginMissing,
                "no notice and no reception is known",
            );
        }
    }

    fn tell(&mut self, event: &'f Event) {
        match &event.body {
            Body::Notice(fact) => self.tell_notice(fact),
            Body::Reception(fact) => self.tell_reception(event, fact),
            Body::Screening(ScreeningFact::Completed(body)) => {
                self.screenings.push((body, event.occurred));
            }
            Body::Consent(fact) => self.tell_consent(event, fact),
            Body::Assessment(homeward_events::catalogue::Assessment::Completed(body)) => {
                self.assessments.push(Assessment {
                    on: event.occurred,
                    instrument: &body.instrument.id,
                    version: body.instrument.version,
                    wave: body.wave,
                    scores: &body.scores,
                    overall: body.overall,
                    delivery: body.delivery,
                });
            }
            Body::Plan(fact) => self.tell_plan(event, fact),
            Body::Referral(fact) => self.tell_referral(event, fact),
            Body::Assistance(fact) => self.tell_assistance(event, fact),
            Body::FollowUp(fact) => self.tell_follow_up(event, fact),
            Body::Status(fact) => self.tell_status(event, fact),
            Body::Justice(fact) => self.tell_justice(event, fact),
            Body::Departure(fact) => self.tell_departure(event, fact),
            Body::Lifecycle(fact) => self.tell_lifecycle(event, fact),
            Body::Erasure(ErasureFact::Completed(body)) => self.tell_erasure(event, body.request),
            // Applied before telling begins; or nothing that changes what is known.
            Body::Correction(_) | Body::Erasure(ErasureFact::Requested(_)) | Body::Access(_) => {}
        }
    }

    fn tell_notice(&mut self, fact: &'f NoticeFact) {
        match fact {
            NoticeFact::Notified(body) => {
                self.sex = body.sex.or(self.sex);
                self.notice = Some(Notice {
                    expected_on: body.expected_on.0,
                    port: body.port.as_ref(),
                    batch: body.batch.as_ref(),
                    return_type: body.return_type,
                    grounds: body.grounds,
                    cancelled: false,
                });
            }
            NoticeFact::Changed(body) => {
                if let Some(notice) = &mut self.notice {
                    notice.expected_on = body.expected_on.map_or(notice.expected_on, |day| day.0);
                    notice.port = body.port.as_ref().or(notice.port);
                    notice.batch = body.batch.as_ref().or(notice.batch);
                }
            }
            NoticeFact::Cancelled(_) => {
                if let Some(notice) = &mut self.notice {
                    notice.cancelled = true;
                }
            }
        }
    }

    fn tell_reception(&mut self, event: &'f Event, fact: &'f ReceptionFact) {
        match fact {
            ReceptionFact::Received(body) => {
                self.sex = Some(body.sex);
                self.born = body.born.or(self.born);
                self.area = body.area.as_ref().or(self.area);
                self.programme = body.programme.as_ref().or(self.programme);
                self.site = Some(&body.site);
                self.agency = Some(&event.agency);
                self.origin.get_or_insert(Origin {
                    event: event.id,
                    on: event.occurred,
                    site: &body.site,
                    return_type: body.return_type,
                    grounds: body.grounds,
                    sending_country: &body.sending_country,
                    group: body.group,
                    batch: body.batch.as_ref(),
                });
            }
            ReceptionFact::Registered(body) => {
                self.area = body.area.as_ref().or(self.area);
                self.programme = body.programme.as_ref().or(self.programme);
                self.site = Some(&body.site);
                self.agency = Some(&event.agency);
                self.registered = true;
                self.cohort.extend(
                    body.cohort
                        .iter()
                        .map(|(name, value)| (name.as_str(), *value)),
                );
            }
            ReceptionFact::NotArrived(_) => self.not_arrived = true,
        }
    }

    fn tell_consent(&mut self, event: &'f Event, fact: &'f ConsentFact) {
        match fact {
            ConsentFact::Withdrawn(body) => {
                if let Some(consent) = self.consents.get_mut(&body.consent) {
                    consent.withdrawn.push((event.occurred, &body.purposes));
                } else {
                    let detail = format!("no consent {} was given", body.consent);
                    self.note(event, Rule::ConsentUnknown, detail);
                }
            }
            ConsentFact::Given(_) | ConsentFact::Refused(_) | ConsentFact::Overridden(_) => {}
        }
    }

    fn tell_plan(&mut self, event: &Event, fact: &PlanFact) {
        let plan = match fact {
            PlanFact::Agreed(_) => return,
            PlanFact::Reviewed(body) => body.plan,
            PlanFact::Approved(body) => body.plan,
        };
        if !self.plans.contains_key(&plan) {
            self.note(
                event,
                Rule::PlanUnknown,
                format!("no plan {plan} was agreed"),
            );
        }
    }

    /// Whether a consent or an override lets a referral to `agency` go out on a day.
    pub fn may_refer(&self, agency: &AgencyId, on: OccurredOn) -> bool {
        self.consents
            .values()
            .chain(&self.overrides)
            .any(|consent| consent.covers(Purpose::Referral, agency, on))
    }

    fn tell_referral(&mut self, event: &'f Event, fact: &'f ReferralFact) {
        let (id, step) = step_of(fact);
        let on = event.occurred;
        if let ReferralFact::Sent(body) = fact {
            if !self.may_refer(&body.to, on) {
                let detail = format!(
                    "no consent or override covers a referral to {} on {on}",
                    body.to
                );
                self.note(event, Rule::ConsentMissing, detail);
            }
            if self.referrals.contains_key(&id) {
                self.note(
                    event,
                    Rule::ReferralTwice,
                    format!("referral {id} was sent before"),
                );
                return;
            }
            let referral = Referral {
                from: &event.agency,
                to: &body.to,
                need: body.need,
                priority: body.priority,
                sent: on,
                state: State::Sent,
                since: on,
                decided: None,
                attended: None,
                concluded: None,
                declined: None,
                withdrawn: None,
                follows: body.follows,
            };
            self.referrals.insert(id, referral);
            return;
        }
        let Some(known) = self.referrals.get(&id) else {
            self.note(
                event,
                Rule::ReferralUnknown,
                format!("referral {id} was not sent before"),
            );
            return;
        };
        let state = known.state;
        let Some(next) = step.and_then(|step| state.after(step)) else {
            let detail = format!(
                "a referral that is {} cannot be {}",
                state.as_str(),
                said(fact)
            );
            self.note(event, Rule::ReferralMove, detail);
            return;
        };
        if step == Some(Move::Reopened) && !self.may_refer(known.to, on) {
            let detail = format!(
                "no consent or override covers a referral to {} on {on}",
                known.to
            );
            self.note(event, Rule::ConsentMissing, detail);
        }
        if let ReferralFact::Concluded(body) = fact
            && body.delivery != Delivery::Delivered
            && body.reason.is_none()
        {
            self.note(
                event,
                Rule::ReasonMissing,
                format!("{} without a reason", body.delivery),
            );
        }
        if let Some(referral) = self.referrals.get_mut(&id) {
            advance(referral, fact, next, on);
        }
    }

    fn tell_assistance(&mut self, event: &Event, fact: &AssistanceFact) {
        let id = match fact {
            AssistanceFact::Delivered(_) => return,
            AssistanceFact::Confirmed(body) => body.assistance,
            AssistanceFact::Reversed(body) => body.assistance,
        };
        match (self.assistance.get_mut(&id), fact) {
            (Some(known), AssistanceFact::Confirmed(body)) => known.confirmed = Some(body.finding),
            (Some(known), AssistanceFact::Reversed(_)) => known.reversed = true,
            (Some(_), AssistanceFact::Delivered(_)) => {}
            (None, _) => {
                self.note(
                    event,
                    Rule::AssistanceUnknown,
                    format!("no delivery {id} is known"),
                );
            }
        }
    }

    fn tell_follow_up(&mut self, event: &Event, fact: &FollowUpFact) {
        let key = match fact {
            FollowUpFact::Scheduled(_) => return,
            FollowUpFact::Rescheduled(body) => &body.key,
            FollowUpFact::Completed(body) => &body.key,
            FollowUpFact::Missed(body) => &body.key,
            FollowUpFact::Cancelled(body) => &body.key,
        };
        let Some(known) = self.follow_ups.get_mut(key) else {
            self.note(
                event,
                Rule::ScheduleMissing,
                format!("no follow-up `{key}` is scheduled"),
            );
            return;
        };
        let done = matches!(known.state, FollowUpState::Completed(_));
        match fact {
            FollowUpFact::Rescheduled(body) => {
                known.due_on = body.due_on.0;
                known.closes_on = body.closes_on.unwrap_or(body.due_on).0;
                if !done {
                    (known.state, known.since) = (FollowUpState::Scheduled, event.occurred);
                }
            }
            FollowUpFact::Completed(body) if !done => {
                (known.state, known.since) =
                    (FollowUpState::Completed(body.channel), event.occurred);
            }
            FollowUpFact::Missed(body) => {
                known.attempts += 1;
                if !done {
                    (known.state, known.since) =
                        (FollowUpState::Missed(body.reason), event.occurred);
                }
            }
            FollowUpFact::Cancelled(body) if !done => {
                (known.state, known.since) =
                    (FollowUpState::Cancelled(body.reason), event.occurred);
            }
            // What took place took place: the first answer stands.
            FollowUpFact::Completed(_)
            | FollowUpFact::Cancelled(_)
            | FollowUpFact::Scheduled(_) => {}
        }
    }

    fn tell_status(&mut self, event: &Event, fact: &StatusFact) {
        let StatusFact::Ended(body) = fact else {
            return;
        };
        match self.spells.get_mut(&body.spell) {
            Some(spell) if event.occurred.last_day() < spell.from.day() => {
                let detail = format!("ended on {}, begun on {}", event.occurred, spell.from);
                self.note(event, Rule::SpellBackwards, detail);
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

    fn tell_justice(&mut self, event: &Event, fact: &JusticeFact) {
        let on = event.occurred;
        match fact {
            JusticeFact::Arrested(body) => {
                let case = self.cases.entry(body.case).or_default();
                case.arrested.get_or_insert(on);
                about(case, body.offence_on, body.class, body.severity);
            }
            JusticeFact::Charged(body) => {
                let case = self.cases.entry(body.case).or_default();
                case.charged.get_or_insert(on);
                about(case, body.offence_on, body.class, body.severity);
            }
            JusticeFact::Convicted(body) => {
                let case = self.cases.entry(body.case).or_default();
                case.convicted.get_or_insert(on);
                about(
                    case,
                    Some(body.offence_on),
                    Some(body.class),
                    Some(body.severity),
                );
            }
            JusticeFact::Acquitted(body) => match self.cases.get_mut(&body.case) {
                Some(case) => {
                    case.acquitted.get_or_insert(on);
                }
                None => self.note(event, Rule::CaseUnknown, format!("no case {}", body.case)),
            },
            JusticeFact::Quashed(body) => match self.cases.get_mut(&body.case) {
                Some(case) => {
                    case.quashed.get_or_insert(on);
                }
                None => self.note(event, Rule::CaseUnknown, format!("no case {}", body.case)),
            },
            JusticeFact::CustodyEntered(_) => {}
            JusticeFact::CustodyLeft(body) => match self.custody.get_mut(&body.spell) {
                Some(spell) if on.last_day() < spell.from.day() => {
                    let detail = format!("left on {on}, entered on {}", spell.from);
                    self.note(event, Rule::SpellBackwards, detail);
                }
                Some(spell) => {
                    spell.to.get_or_insert(on);
                }
                None => self.note_spell(event, body.spell),
            },
            JusticeFact::SupervisionBreached(_) => self.breaches.push(on),
        }
    }

    fn tell_departure(&mut self, event: &Event, fact: &DepartureFact) {
        let kind = match fact {
            DepartureFact::Remigrated(_) => DepartureKind::Remigrated,
            DepartureFact::RemovedAgain(_) => DepartureKind::RemovedAgain,
            DepartureFact::MovedAway(_) => DepartureKind::MovedAway,
            DepartureFact::Died(_) => DepartureKind::Died,
            DepartureFact::ContactLost(body) if body.planned => DepartureKind::ObservationEnded,
            DepartureFact::ContactLost(_) => DepartureKind::ContactLost,
            DepartureFact::ContactRegained(_) => DepartureKind::ContactRegained,
        };
        self.departures.push(Departure {
            kind,
            on: event.occurred,
            event: event.id,
        });
    }

    fn tell_lifecycle(&mut self, event: &'f Event, fact: &'f LifecycleFact) {
        match fact {
            LifecycleFact::Closed(body) => {
                self.closure = Some(Closure {
                    on: event.occurred,
                    reason: body.reason,
                });
            }
            LifecycleFact::Reopened(_) => {
                if self.closure.take().is_some() {
                    self.reopenings += 1;
                } else {
                    self.note(event, Rule::NotClosed, "the journey is not closed");
                }
            }
            LifecycleFact::Transferred(body) => {
                if body.accepted {
                    self.agency = Some(&body.to);
                    self.site = body.site.as_ref().or(self.site);
                }
            }
            LifecycleFact::Linked(body) => self.tell_link(event, body.other, true),
            LifecycleFact::Unlinked(body) => self.tell_link(event, body.other, false),
        }
    }

    /// The last word on a pair counts, by the time that it was recorded.
    fn tell_link(&mut self, event: &Event, other: JourneyId, linked: bool) {
        if other == self.id {
            self.note(
                event,
                Rule::LinkToSelf,
                "a journey is one human being already",
            );
            return;
        }
        let word = (event.recorded, event.id, linked);
        let last = self.links.entry(other).or_insert(word);
        *last = (*last).max(word);
    }

    fn tell_erasure(&mut self, event: &Event, request: homeward_events::id::RequestId) {
        if !self.erasures_requested.contains(&request) {
            self.note(
                event,
                Rule::RequestUnknown,
                format!("no erasure {request} was asked for"),
            );
        }
    }

    fn stage_reached(&self) -> Stage {
        let last_departure = self.departures.last().map(|departure| departure.kind);
        let open_referral = self.referrals.values().any(|r| r.state.pending().is_some());
        let served = self.referrals.values().any(|r| {
            matches!(
                r.state,
                State::Attended | State::InService | State::Concluded
            )
        });
        let helped = !self.plans.is_empty() && self.assistance.values().any(|a| !a.reversed);
        if self.died().is_some() {
            return Stage::Died;
        }
        if self.closure.is_some() {
            return Stage::Closed;
        }
        match last_departure {
            Some(
                DepartureKind::Remigrated | DepartureKind::RemovedAgain | DepartureKind::MovedAway,
            ) => {
                return Stage::Departed;
            }
            Some(DepartureKind::ContactLost) => return Stage::ContactLost,
            Some(
                DepartureKind::Died
                | DepartureKind::ObservationEnded
                | DepartureKind::ContactRegained,
            )
            | None => {}
        }
        if served || helped {
            Stage::InService
        } else if open_referral {
            Stage::Referred
        } else if !self.plans.is_empty() {
            Stage::Planned
        } else if !self.assessments.is_empty() || !self.screenings.is_empty() {
            Stage::Assessed
        } else if self.origin.is_some() || self.registered {
            Stage::Received
        } else if self.not_arrived {
            Stage::NotArrived
        } else {
            match self.notice {
                Some(notice) if notice.cancelled => Stage::Cancelled,
                Some(_) => Stage::Expected,
                None => Stage::Unknown,
            }
        }
    }
}

/// What a case is said to be about, as last told.
fn about(
    case: &mut Case,
    offence: Option<OccurredOn>,
    class: Option<homeward_events::vocabulary::Grounds>,
    severity: Option<justice::Severity>,
) {
    case.offence = offence.or(case.offence);
    case.class = class.or(case.class);
    case.severity = severity.or(case.severity);
}

fn advance(referral: &mut Referral<'_>, fact: &ReferralFact, next: State, on: OccurredOn) {
    if next != referral.state {
        (referral.state, referral.since) = (next, on);
    }
    match fact {
        ReferralFact::Accepted(_) => {
            referral.decided.get_or_insert(on);
        }
        ReferralFact::Declined(body) => {
            referral.decided.get_or_insert(on);
            referral.declined = Some(body.reason);
        }
        ReferralFact::Attended(_) => {
            referral.attended.get_or_insert(on);
        }
        ReferralFact::Concluded(body) => {
            referral.concluded = Some((on, body.delivery, body.reason));
        }
        ReferralFact::Withdrawn(body) => referral.withdrawn = Some(body.reason),
        ReferralFact::Reopened(_) => referral.concluded = None,
        ReferralFact::Sent(_)
        | ReferralFact::Received(_)
        | ReferralFact::Rerouted(_)
        | ReferralFact::Waitlisted(_)
        | ReferralFact::Contacted(_)
        | ReferralFact::ContactFailed(_)
        | ReferralFact::Booked(_)
        | ReferralFact::Missed(_)
        | ReferralFact::Started(_)
        | ReferralFact::ConsentWithdrawn(_) => {}
    }
}

/// The move in words: the type's past participle.
fn said(fact: &ReferralFact) -> &'static str {
    fact.event_type()
        .name
        .split_once('.')
        .map_or("moved", |(_, word)| word)
}

/// Corrections, what settles the estate, and what is done with the record itself.
fn may_follow_death(body: &Body) -> bool {
    match body {
        Body::Correction(_) | Body::Assistance(_) | Body::Erasure(_) | Body::Access(_) => true,
        Body::Lifecycle(fact) => match fact {
            LifecycleFact::Closed(_) | LifecycleFact::Linked(_) | LifecycleFact::Unlinked(_) => {
                true
            }
            LifecycleFact::Reopened(_) | LifecycleFact::Transferred(_) => false,
        },
        Body::Notice(_)
        | Body::Reception(_)
        | Body::Screening(_)
        | Body::Consent(_)
        | Body::Assessment(_)
        | Body::Plan(_)
        | Body::Referral(_)
        | Body::FollowUp(_)
        | Body::Status(_)
        | Body::Justice(_)
        | Body::Departure(_) => false,
    }
}

/// What is done with the record, and what others observe of the person: a journey that is closed
/// must not make an arrest, a death or another removal invisible, or closing early would look like
/// success. A withdrawal of consent is always heard.
fn may_follow_closure(body: &Body) -> bool {
    match body {
        Body::Correction(_)
        | Body::Lifecycle(_)
        | Body::Justice(_)
        | Body::Departure(_)
        | Body::Erasure(_)
        | Body::Access(_) => true,
        Body::Consent(fact) => matches!(fact, ConsentFact::Withdrawn(_)),
        Body::Notice(_)
        | Body::Reception(_)
        | Body::Screening(_)
        | Body::Assessment(_)
        | Body::Plan(_)
        | Body::Referral(_)
        | Body::Assistance(_)
        | Body::FollowUp(_)
        | Body::Status(_) => false,
    }
}

/// The day on which a fact observed the person; what is done with the record observes nobody.
fn observed_day(event: &Event) -> Option<jiff::civil::Date> {
    match &event.body {
        Body::Notice(_) | Body::Correction(_) | Body::Erasure(_) | Body::Access(_) => None,
        Body::Reception(_)
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
        | Body::Lifecycle(_) => Some(event.occurred.day()),
    }
}

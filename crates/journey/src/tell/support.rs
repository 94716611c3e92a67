//! Deliveries and follow-ups.

use homeward_events::Event;
use homeward_events::catalogue::{Assistance as AssistanceFact, FollowUp as FollowUpFact};
use homeward_events::follow_up::CancelReason;
use homeward_events::time::OccurredOn;

use super::Telling;
use crate::finding::Rule;
use crate::journey::{Assistance, FollowUp, FollowUpState};

impl<'f> Telling<'f> {
    pub(super) fn open_assistance(&mut self, event: &'f Event, fact: &'f AssistanceFact) {
        match fact {
            AssistanceFact::Delivered(body) => {
                self.journey
                    .assistance
                    .entry(body.assistance)
                    .or_insert(Assistance {
                        on: event.occurred,
                        agency: &event.agency,
                        delivered: body,
                        confirmed: None,
                        reversed: false,
                    });
            }
            AssistanceFact::Confirmed(_) | AssistanceFact::Reversed(_) => {}
        }
    }

    pub(super) fn tell_assistance(&mut self, event: &Event, fact: &AssistanceFact) {
        let id = match fact {
            AssistanceFact::Delivered(_) => return,
            AssistanceFact::Confirmed(body) => body.assistance,
            AssistanceFact::Reversed(body) => body.assistance,
        };
        match (self.journey.assistance.get_mut(&id), fact) {
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

    /// The first schedule under a key holds; the same key again schedules nothing new.
    pub(super) fn open_follow_up(&mut self, event: &Event, fact: &'f FollowUpFact) {
        match fact {
            FollowUpFact::Scheduled(body) => {
                self.journey
                    .follow_ups
                    .entry(&body.key)
                    .or_insert(FollowUp {
                        wave: body.wave,
                        due_on: body.due_on.0,
                        closes_on: body.closes_on.unwrap_or(body.due_on).0,
                        channel: body.channel,
                        assigned_to: body.assigned_to.as_ref(),
                        moved: Vec::new(),
                        state: FollowUpState::Scheduled,
                        since: event.occurred,
                        attempts: 0,
                    });
            }
            FollowUpFact::Rescheduled(_)
            | FollowUpFact::Completed(_)
            | FollowUpFact::Missed(_)
            | FollowUpFact::Cancelled(_) => {}
        }
    }

    pub(super) fn tell_follow_up(&mut self, event: &Event, fact: &FollowUpFact) {
        let key = match fact {
            FollowUpFact::Scheduled(_) => return,
            FollowUpFact::Rescheduled(body) => &body.key,
            FollowUpFact::Completed(body) => &body.key,
            FollowUpFact::Missed(body) => &body.key,
            FollowUpFact::Cancelled(body) => &body.key,
        };
        if let Some(known) = self.journey.follow_ups.get_mut(key) {
            follow(known, fact, event.occurred);
        } else {
            let detail = format!("no follow-up `{key}` is scheduled");
            self.note(event, Rule::ScheduleMissing, detail);
        }
    }

    /// What was cancelled because the journey closed is owed again.
    pub(super) fn restore_follow_ups(&mut self, reopened: OccurredOn) {
        for known in self.journey.follow_ups.values_mut() {
            if known.state == FollowUpState::Cancelled(CancelReason::JourneyClosed) {
                (known.state, known.since) = (FollowUpState::Scheduled, reopened);
            }
        }
    }
}

/// What took place took place: the first answer stands, and nothing moves it afterwards. What was
/// called off stays so until it is scheduled anew or takes place all the same.
fn follow(known: &mut FollowUp<'_>, fact: &FollowUpFact, on: OccurredOn) {
    if let FollowUpFact::Missed(_) = fact {
        known.attempts += 1;
    }
    let next = match (known.state, fact) {
        (FollowUpState::Completed(_), _)
        | (_, FollowUpFact::Scheduled(_))
        | (FollowUpState::Cancelled(_), FollowUpFact::Missed(_)) => return,
        (_, FollowUpFact::Rescheduled(body)) => {
            known.moved.push((known.due_on, known.closes_on));
            known.due_on = body.due_on.0;
            known.closes_on = body.closes_on.unwrap_or(body.due_on).0;
            FollowUpState::Scheduled
        }
        (_, FollowUpFact::Completed(body)) => FollowUpState::Completed(body.channel),
        (_, FollowUpFact::Missed(body)) => FollowUpState::Missed(body.reason),
        (_, FollowUpFact::Cancelled(body)) => FollowUpState::Cancelled(body.reason),
    };
    (known.state, known.since) = (next, on);
}

//! Plans: goals, reviews, and what was decided.

use std::collections::BTreeMap;

use homeward_events::catalogue::Plan as PlanFact;
use homeward_events::plan::{self, ApprovalDecision, GoalProgress};
use homeward_events::{Event, id::PlanId};

use super::Telling;
use crate::case::{Approval, Goal, Plan};
use crate::finding::Rule;

impl<'f> Telling<'f> {
    /// The first agreement under an id holds.
    pub(super) fn open_plan(&mut self, event: &'f Event, fact: &'f PlanFact) {
        match fact {
            PlanFact::Agreed(body) => {
                self.journey.plans.entry(body.plan).or_insert(Plan {
                    on: event.occurred,
                    agency: &event.agency,
                    actor: event.actor.as_ref(),
                    programme: body.programme.as_ref(),
                    goals: BTreeMap::new(),
                    reviewed: None,
                    reviews: 0,
                    approval: Approval::Pending,
                    decided: None,
                });
                self.add(event, body.plan, &body.goals);
            }
            PlanFact::Reviewed(body) => {
                if !body.added.is_empty() {
                    self.added.push((event, body));
                }
            }
            PlanFact::Approved(_) => {}
        }
    }

    /// What reviews add, now that every plan is known, whenever it was written down.
    pub(super) fn add_goals(&mut self) {
        for (event, body) in std::mem::take(&mut self.added) {
            self.add(event, body.plan, &body.added);
        }
    }

    fn add(&mut self, event: &'f Event, plan: PlanId, goals: &'f [plan::Goal]) {
        let Some(known) = self.journey.plans.get_mut(&plan) else {
            return;
        };
        let mut twice = Vec::new();
        for goal in goals {
            let is_new = !known.goals.contains_key(&goal.id);
            known.goals.entry(&goal.id).or_insert(Goal {
                dimension: goal.dimension,
                level: goal.level,
                due_on: goal.due_on.map(|day| day.0),
                summary: goal.summary.as_deref(),
                progress: GoalProgress::NotBegun,
                since: event.occurred,
            });
            if !is_new {
                twice.push(&goal.id);
            }
        }
        for goal in twice {
            let detail = format!("plan {plan} has a goal `{goal}` already");
            self.note(event, Rule::GoalTwice, detail);
        }
    }

    pub(super) fn tell_plan(&mut self, event: &'f Event, fact: &'f PlanFact) {
        let plan = match fact {
            PlanFact::Agreed(_) => return,
            PlanFact::Reviewed(body) => body.plan,
            PlanFact::Approved(body) => body.plan,
        };
        let Some(known) = self.journey.plans.get_mut(&plan) else {
            let detail = format!("no plan {plan} was agreed");
            self.note(event, Rule::PlanUnknown, detail);
            return;
        };
        match fact {
            PlanFact::Agreed(_) => {}
            PlanFact::Reviewed(body) => {
                let unknown = known.review(event, body);
                for goal in unknown {
                    let detail = format!("plan {plan} has no goal `{}`", goal.id);
                    self.note(event, Rule::GoalUnknown, detail);
                }
            }
            PlanFact::Approved(body) => {
                if known.actor == Some(&body.approver) {
                    let detail = format!("`{}` agreed the plan", body.approver);
                    self.note(event, Rule::FourEyes, detail);
                } else {
                    known.approval = match body.decision {
                        ApprovalDecision::Approved => Approval::Approved,
                        ApprovalDecision::SentBack => Approval::SentBack,
                        ApprovalDecision::Rejected => Approval::Rejected,
                    };
                    known.decided = Some((event.occurred, &body.approver));
                }
            }
        }
    }
}

impl<'f> Plan<'f> {
    /// Takes in a review; gives back what it says of goals that the plan does not have.
    fn review(&mut self, event: &'f Event, body: &'f plan::Reviewed) -> Vec<&'f plan::GoalReview> {
        self.reviews += 1;
        self.reviewed = Some(event.occurred);
        // Changed after it was sent back, it waits for a decision again.
        if self.approval == Approval::SentBack {
            self.approval = Approval::Pending;
        }
        let mut unknown = Vec::new();
        for review in &body.goals {
            match self.goals.get_mut(&review.id) {
                Some(goal) => (goal.progress, goal.since) = (review.progress, event.occurred),
                None => unknown.push(review),
            }
        }
        unknown
    }
}

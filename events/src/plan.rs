//! Plans: what the returnee and the agency agree to work towards. Due within a month of return
//! (source: IOM, Reintegration Handbook, 2019).

use crate::body::bodies;
use crate::id::{ActorId, GoalId, PlanId, ProgrammeId};
use crate::sealed::Personal;
use crate::time::Day;
use crate::vocabulary::{Dimension, Level, vocabulary};

vocabulary! {
    /// How far a goal has come.
    GoalProgress {
        /// Not begun.
        NotBegun = "not-begun",
        /// Under way.
        UnderWay = "under-way",
        /// Reached.
        Reached = "reached",
        /// Given up.
        GivenUp = "given-up",
    }

    /// What the approver decided.
    ApprovalDecision {
        /// Approved.
        Approved = "approved",
        /// Sent back for changes.
        SentBack = "sent-back",
        /// Rejected.
        Rejected = "rejected",
    }
}

bodies! {
    /// One goal of a plan.
    Goal {
        /// Its key within the plan.
        id: GoalId,
        /// Dimension.
        dimension: Dimension,
        /// Level.
        level: Level,
        /// By when.
        due_on: Option<Day>,
        /// What, in a few words without personal data.
        summary: Option<String>,
    }

    /// How far one goal has come.
    GoalReview {
        /// Which goal.
        id: GoalId,
        /// How far.
        progress: GoalProgress,
    }

    /// A plan was agreed with the returnee.
    Agreed {
        /// This plan.
        plan: PlanId,
        /// Programme.
        programme: Option<ProgrammeId>,
        /// Goals, at least one.
        goals: Vec<Goal>,
        /// Personal data: the plan in words.
        personal: Option<Personal>,
    }

    /// A plan was reviewed.
    Reviewed {
        /// Which plan.
        plan: PlanId,
        /// Progress by goal.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        goals: Vec<GoalReview>,
        /// Goals added at the review.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        added: Vec<Goal>,
        /// Personal data: remarks.
        personal: Option<Personal>,
    }

    /// A plan was decided on by somebody with the authority to spend.
    Approved {
        /// Which plan.
        plan: PlanId,
        /// What was decided.
        decision: ApprovalDecision,
        /// By whom.
        approver: ActorId,
    }
}

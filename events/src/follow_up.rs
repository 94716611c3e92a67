//! Follow-up: asking again, on a schedule, whether reintegration holds.

use std::collections::BTreeMap;

use crate::body::bodies;
use crate::id::{ActorId, ScheduleKey};
use crate::sealed::Personal;
use crate::time::Day;
use crate::vocabulary::{Answer, Channel, Wave, vocabulary};

vocabulary! {
    /// Why nothing came of a follow-up.
    MissedReason {
        /// The person could not be reached.
        Unreachable = "unreachable",
        /// The person would rather not.
        Refused = "refused",
        /// The worker could not go.
        WorkerUnavailable = "worker-unavailable",
        /// The place could not be reached.
        PlaceUnreachable = "place-unreachable",
        /// Not safe.
        NotSafe = "not-safe",
        /// Another reason.
        Other = "other",
    }

    /// How a part of life stands.
    Standing {
        /// Better than last time.
        Better = "better",
        /// As last time.
        Same = "same",
        /// Worse than last time.
        Worse = "worse",
    }

    /// Parts of life that every follow-up asks about.
    LifeArea {
        /// Income and work.
        Livelihood = "livelihood",
        /// Housing.
        Housing = "housing",
        /// Schooling and training.
        Schooling = "schooling",
        /// Health.
        Health = "health",
        /// Family.
        Family = "family",
        /// Community and acceptance.
        Community = "community",
        /// Safety.
        Safety = "safety",
    }

    /// Why a follow-up was cancelled.
    CancelReason {
        /// The journey closed: restored when it reopens.
        JourneyClosed = "journey-closed",
        /// Scheduled by mistake.
        Mistake = "mistake",
        /// Replaced by another schedule.
        Replaced = "replaced",
        /// Another reason.
        Other = "other",
    }
}

bodies! {
    /// A follow-up is to take place. The same key again schedules nothing new.
    Scheduled {
        /// Its key within the journey, such as `month-3`.
        key: ScheduleKey,
        /// Which wave.
        wave: Wave,
        /// Day on which it is due.
        due_on: Day,
        /// First day on which it counts as this wave.
        opens_on: Option<Day>,
        /// Last day on which it counts as this wave; overdue after it. The due day when absent.
        closes_on: Option<Day>,
        /// How.
        channel: Option<Channel>,
        /// Who does it.
        assigned_to: Option<ActorId>,
    }

    /// It was moved.
    Rescheduled {
        /// Which one.
        key: ScheduleKey,
        /// New due day.
        due_on: Day,
        /// New last day.
        closes_on: Option<Day>,
        /// Why, in a few words without personal data.
        reason: Option<String>,
    }

    /// It took place.
    Completed {
        /// Which one.
        key: ScheduleKey,
        /// How.
        channel: Channel,
        /// How parts of life stand.
        #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
        findings: BTreeMap<LifeArea, Answer<Standing>>,
        /// Day of the next one, if agreed.
        next_on: Option<Day>,
        /// Personal data: what was said.
        personal: Option<Personal>,
    }

    /// It was tried and nothing came of it.
    Missed {
        /// Which one.
        key: ScheduleKey,
        /// Why.
        reason: MissedReason,
        /// Which attempt, from 1.
        attempt: Option<u8>,
    }

    /// It is not to take place.
    Cancelled {
        /// Which one.
        key: ScheduleKey,
        /// Why.
        reason: CancelReason,
    }
}

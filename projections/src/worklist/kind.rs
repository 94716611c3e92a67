//! What can be owed, and how it can stand.

use serde::{Deserialize, Serialize};

/// What is owed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Kind {
    /// Announced, and neither received nor told not to have come nor called off. By the day announced.
    Arrival,
    /// Here, and never assessed. Runs from the arrival.
    Assessment,
    /// Returned, and no plan is agreed. By one month after the return (IOM handbook).
    Plan,
    /// A referral waits for its next step. By the end of its clock.
    Referral,
    /// A referral waits for a place. By the end of its clock.
    Waitlist,
    /// A follow-up is to take place, from its due day to the end of its window.
    FollowUp,
    /// Nobody has seen the person since. Runs from the last fact that observes them.
    Contact,
    /// A consent runs out, and no other holds longer. By its last day.
    Consent,
    /// Whether a delivery still serves is to be asked. By three months after it (IOM practice).
    Confirmation,
}

impl Kind {
    /// Every kind, in order.
    pub const ALL: &'static [Self] = &[
        Self::Arrival,
        Self::Assessment,
        Self::Plan,
        Self::Referral,
        Self::Waitlist,
        Self::FollowUp,
        Self::Contact,
        Self::Consent,
        Self::Confirmation,
    ];

    /// The kind's word.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Arrival => "arrival",
            Self::Assessment => "assessment",
            Self::Plan => "plan",
            Self::Referral => "referral",
            Self::Waitlist => "waitlist",
            Self::FollowUp => "follow-up",
            Self::Contact => "contact",
            Self::Consent => "consent",
            Self::Confirmation => "confirmation",
        }
    }

    /// Whether it is told by instants; otherwise by civil days.
    pub const fn is_timed(self) -> bool {
        match self {
            Self::Referral | Self::Waitlist => true,
            Self::Arrival
            | Self::Assessment
            | Self::Plan
            | Self::FollowUp
            | Self::Contact
            | Self::Consent
            | Self::Confirmation => false,
        }
    }

    /// Whether it has no deadline, and only grows older.
    pub const fn runs(self) -> bool {
        match self {
            Self::Assessment | Self::Contact => true,
            Self::Arrival
            | Self::Plan
            | Self::Referral
            | Self::Waitlist
            | Self::FollowUp
            | Self::Consent
            | Self::Confirmation => false,
        }
    }
}

/// How something owed stands at the reference.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Standing {
    /// Not due yet.
    Upcoming,
    /// Due, and its deadline has not passed.
    Due,
    /// Its deadline has passed.
    Overdue,
    /// It has no deadline: it only grows older.
    Running,
}

impl Standing {
    /// Every standing, in order.
    pub const ALL: &'static [Self] = &[Self::Upcoming, Self::Due, Self::Overdue, Self::Running];

    /// The word for it.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Upcoming => "upcoming",
            Self::Due => "due",
            Self::Overdue => "overdue",
            Self::Running => "running",
        }
    }

    /// Its place among all, from 0.
    pub(super) const fn place(self) -> usize {
        match self {
            Self::Upcoming => 0,
            Self::Due => 1,
            Self::Overdue => 2,
            Self::Running => 3,
        }
    }
}

/// A word that is none of a set.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("expected one of {}, found `{found}`", .expected.join(", "))]
pub struct NoSuchWord {
    /// What was found.
    pub found: String,
    /// The words there are.
    pub expected: Vec<&'static str>,
}

macro_rules! words {
    ($name:ident) => {
        impl std::str::FromStr for $name {
            type Err = NoSuchWord;
            fn from_str(text: &str) -> Result<Self, NoSuchWord> {
                let mut all = Self::ALL.iter().copied();
                all.find(|known| known.as_str() == text)
                    .ok_or_else(|| NoSuchWord {
                        found: text.chars().take(64).collect(),
                        expected: Self::ALL.iter().map(|known| known.as_str()).collect(),
                    })
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(self.as_str())
            }
        }
    };
}
pub(super) use words;

words!(Kind);
words!(Standing);

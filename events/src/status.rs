//! Status: spells of housing, work and schooling, with a beginning and perhaps an end. Outcomes are
//! read from spells, not from the last answer.

use crate::body::bodies;
use crate::id::SpellId;
use crate::place::AreaCode;
use crate::vocabulary::vocabulary;

vocabulary! {
    /// How a person lives. Source: ETHOS light (FEANTSA), shortened.
    HousingKind {
        /// Own or rented home.
        Own = "own-or-rented",
        /// With family.
        WithFamily = "with-family",
        /// With friends.
        WithFriends = "with-friends",
        /// Shelter.
        Shelter = "shelter",
        /// Transitional housing.
        Transitional = "transitional",
        /// On the street.
        Street = "street",
        /// Institution.
        Institution = "institution",
    }

    /// How a person earns. Source: ILO, status in employment (ICSE-18), shortened.
    EmploymentKind {
        /// Formal employment.
        Formal = "formal",
        /// Informal or day work.
        Informal = "informal",
        /// Own business.
        SelfEmployed = "self-employed",
        /// Apprenticeship or paid training.
        Apprenticeship = "apprenticeship",
        /// Unpaid family work.
        FamilyWork = "family-work",
        /// Not told which.
        NotKnown = "not-known",
    }

    /// What a person learns. Source: ISCED, shortened.
    SchoolingKind {
        /// Primary school.
        Primary = "primary",
        /// Secondary school.
        Secondary = "secondary",
        /// Vocational training.
        Vocational = "vocational",
        /// Tertiary education.
        Tertiary = "tertiary",
        /// Literacy.
        Literacy = "literacy",
        /// Language.
        Language = "language",
    }

    /// Why a spell ended.
    SpellEnd {
        /// Completed.
        Completed = "completed",
        /// The person left it.
        Left = "left",
        /// Dismissed, evicted or expelled.
        PutOut = "put-out",
        /// It ended by itself (contract, season, lease).
        Expired = "expired",
        /// Something better was found.
        MovedOn = "moved-on",
        /// Not known.
        NotKnown = "not-known",
    }
}

bodies! {
    /// A spell of housing began.
    Housed {
        /// This spell.
        spell: SpellId,
        /// How.
        kind: HousingKind,
        /// Where.
        area: Option<AreaCode>,
    }

    /// A spell of work began.
    Employed {
        /// This spell.
        spell: SpellId,
        /// How.
        kind: EmploymentKind,
        /// Hours a week.
        hours_a_week: Option<u8>,
    }

    /// A spell of schooling began.
    Enrolled {
        /// This spell.
        spell: SpellId,
        /// What.
        kind: SchoolingKind,
    }

    /// A spell ended.
    Ended {
        /// Which spell.
        spell: SpellId,
        /// Why.
        reason: SpellEnd,
    }
}

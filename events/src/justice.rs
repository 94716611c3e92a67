//! Justice: what police, courts, prisons and supervision report. A technical breach is kept apart
//! from a new offence, an arrest from a conviction, and a quashed conviction is none.

use crate::body::bodies;
use crate::id::{CaseId, SpellId};
use crate::place::CountryCode;
use crate::sealed::Personal;
use crate::time::{Day, OccurredOn};
use crate::vocabulary::{Grounds, vocabulary};

vocabulary! {
    /// How serious an offence is.
    Severity {
        /// Summary or petty.
        Summary = "summary",
        /// Triable either way.
        EitherWay = "either-way",
        /// Indictable only.
        Indictable = "indictable",
        /// Not known.
        NotKnown = "not-known",
    }

    /// What the court decided.
    Disposal {
        /// Custody.
        Custody = "custody",
        /// Suspended custody.
        SuspendedCustody = "suspended-custody",
        /// Community sentence or probation.
        Community = "community",
        /// Fine.
        Fine = "fine",
        /// Caution or reprimand: counts as proven.
        Caution = "caution",
        /// Discharge.
        Discharge = "discharge",
        /// Another.
        Other = "other",
    }

    /// Why a person went into custody.
    CustodyReason {
        /// Remand before trial.
        Remand = "remand",
        /// Sentence for a new offence.
        NewOffence = "new-offence",
        /// Technical breach of supervision, no new offence.
        TechnicalBreach = "technical-breach",
        /// An old sentence goes on.
        OldSentence = "old-sentence",
        /// Immigration detention.
        Immigration = "immigration",
    }

    /// How supervision was breached.
    BreachKind {
        /// Missed appointment.
        MissedAppointment = "missed-appointment",
        /// Failed test.
        FailedTest = "failed-test",
        /// Left the area.
        LeftArea = "left-area",
        /// Another technical breach.
        OtherTechnical = "other-technical",
    }
}

bodies! {
    /// The person was arrested. The event's date is the day of arrest.
    Arrested {
        /// This case.
        case: CaseId,
        /// When the offence is said to have been committed.
        offence_on: Option<OccurredOn>,
        /// Class of offence; absent when the report does not say.
        class: Option<Grounds>,
        /// How serious.
        severity: Option<Severity>,
        /// Where.
        jurisdiction: Option<CountryCode>,
        /// Personal data.
        personal: Option<Personal>,
    }

    /// The person was charged.
    Charged {
        /// Which case.
        case: CaseId,
        /// When the offence is said to have been committed.
        offence_on: Option<OccurredOn>,
        /// Class of offence.
        class: Option<Grounds>,
        /// How serious.
        severity: Option<Severity>,
        /// Where.
        jurisdiction: Option<CountryCode>,
    }

    /// The offence was proven: conviction or caution. The event's date is the day of disposal.
    Convicted {
        /// Which case.
        case: CaseId,
        /// When the offence was committed.
        offence_on: OccurredOn,
        /// Class of offence.
        class: Grounds,
        /// How serious.
        severity: Severity,
        /// What the court decided.
        disposal: Disposal,
        /// Where.
        jurisdiction: Option<CountryCode>,
        /// Personal data.
        personal: Option<Personal>,
    }

    /// The person was acquitted, or the case dropped.
    Acquitted {
        /// Which case.
        case: CaseId,
    }

    /// The conviction was quashed: it never counts.
    Quashed {
        /// Which case.
        case: CaseId,
    }

    /// The person went into custody: no time at risk until they leave.
    CustodyEntered {
        /// This spell of custody.
        spell: SpellId,
        /// Why.
        reason: CustodyReason,
        /// Case it belongs to.
        case: Option<CaseId>,
    }

    /// The person left custody.
    CustodyLeft {
        /// Which spell of custody.
        spell: SpellId,
    }

    /// A condition of supervision was breached without a new offence.
    SupervisionBreached {
        /// How.
        kind: BreachKind,
        /// Day of the hearing.
        hearing_on: Option<Day>,
    }
}

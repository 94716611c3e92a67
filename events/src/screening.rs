//! Screening: a quick look at what cannot wait. A positive rapid screen asks for a fuller one.

use std::collections::BTreeSet;

use crate::body::bodies;
use crate::id::SiteId;
use crate::sealed::Personal;
use crate::vocabulary::vocabulary;

vocabulary! {
    /// What was screened.
    ScreeningKind {
        /// Health.
        Health = "health",
        /// Mental health and substance use.
        MentalHealth = "mental-health",
        /// Vulnerability.
        Vulnerability = "vulnerability",
        /// Protection risk (trafficking, violence, threats).
        ProtectionRisk = "protection-risk",
    }

    /// How deep the screening went.
    Depth {
        /// A few questions at the port.
        Rapid = "rapid",
        /// A full screening.
        Full = "full",
    }

    /// What came of it.
    ScreeningResult {
        /// Nothing found.
        Negative = "negative",
        /// Something found: a rapid screen asks for a full one.
        Positive = "positive",
        /// Could not be completed.
        Inconclusive = "inconclusive",
        /// The person declined.
        Declined = "declined",
    }

    /// What cannot wait.
    UrgentFlag {
        /// Medical emergency.
        MedicalEmergency = "medical-emergency",
        /// Medication will run out.
        MedicationContinuity = "medication-continuity",
        /// Risk of self-harm.
        SelfHarm = "self-harm",
        /// Threat to life.
        ThreatToLife = "threat-to-life",
        /// Indicators of trafficking.
        Trafficking = "trafficking",
        /// Gender-based violence.
        GenderBasedViolence = "gender-based-violence",
        /// Unaccompanied or separated child.
        UnaccompaniedChild = "unaccompanied-child",
        /// No shelter tonight.
        Homeless = "homeless",
        /// Pregnancy.
        Pregnancy = "pregnancy",
        /// Disability that needs support.
        Disability = "disability",
    }

    /// A professional's judgement of vulnerability, with its reasons; never computed silently.
    /// Source: IOM, Determinants of Migrant Vulnerability (2019).
    VulnerabilityLevel {
        /// Low.
        Low = "low",
        /// Medium.
        Medium = "medium",
        /// High.
        High = "high",
    }

    /// Where a risk or a protective factor lies. Source: as above.
    FactorLevel {
        /// The person.
        Individual = "individual",
        /// Household and family.
        Household = "household",
        /// Community.
        Community = "community",
        /// Structures.
        Structural = "structural",
    }
}

bodies! {
    /// A screening was completed.
    Completed {
        /// What was screened.
        kind: ScreeningKind,
        /// How deep.
        depth: Depth,
        /// What came of it.
        result: ScreeningResult,
        /// Where.
        site: Option<SiteId>,
        /// What cannot wait.
        #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
        urgent: BTreeSet<UrgentFlag>,
        /// Level of vulnerability, judged by the professional who screened.
        vulnerability: Option<VulnerabilityLevel>,
        /// Levels at which risk factors were found.
        #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
        risk_factors: BTreeSet<FactorLevel>,
        /// Levels at which protective factors were found.
        #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
        protective_factors: BTreeSet<FactorLevel>,
        /// Personal data: findings, rationale.
        personal: Option<Personal>,
    }
}

//! Consent: who may share what, with whom, for what. An override is not consent: it has a ground, a
//! decider and evidence.

use std::collections::BTreeSet;

use crate::body::bodies;
use crate::id::{ActorId, AgencyId, ConsentId};
use crate::sealed::Personal;
use crate::time::Day;
use crate::vocabulary::vocabulary;

vocabulary! {
    /// What data may be used for.
    Purpose {
        /// Case management by the agency that asks.
        CaseManagement = "case-management",
        /// Referral to other agencies.
        Referral = "referral",
        /// Follow-up after support.
        FollowUp = "follow-up",
        /// Statistics and evaluation without names.
        Evaluation = "evaluation",
        /// Tracing of family.
        FamilyTracing = "family-tracing",
    }

    /// What kinds of data may be shared; the compartments of personal data and what is not personal.
    DataCategory {
        /// Who the person is.
        Identity = "identity",
        /// How to reach the person.
        Contact = "contact",
        /// Health.
        Health = "health",
        /// Criminal history.
        Criminal = "criminal",
        /// Protection concerns.
        Protection = "protection",
        /// Needs, plans and services.
        Needs = "needs",
        /// Assessment scores.
        Assessment = "assessment",
    }

    /// How consent was expressed.
    ConsentForm {
        /// Signed.
        Written = "written",
        /// Spoken before a witness.
        Verbal = "verbal",
        /// By a guardian or representative.
        Guardian = "guardian",
    }

    /// On what ground a referral went ahead without consent.
    /// Source: inter-agency referral practice; GDPR Art. 6(1)(d), vital interests.
    OverrideGround {
        /// Life at risk.
        LifeAtRisk = "life-at-risk",
        /// Unable to consent.
        UnableToConsent = "unable-to-consent",
        /// Best interests of a child.
        ChildProtection = "child-protection",
        /// A law or a court orders it.
        LegalObligation = "legal-obligation",
    }
}

bodies! {
    /// Consent was given.
    Given {
        /// This consent.
        consent: ConsentId,
        /// For what.
        purposes: BTreeSet<Purpose>,
        /// To which agencies; empty means every agency that the purpose needs.
        #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
        agencies: BTreeSet<AgencyId>,
        /// Which data.
        categories: BTreeSet<DataCategory>,
        /// How.
        form: ConsentForm,
        /// Last day on which it holds.
        expires_on: Option<Day>,
        /// Language it was explained in (BCP 47).
        language: Option<String>,
    }

    /// Consent was asked for and refused.
    Refused {
        /// For what.
        purposes: BTreeSet<Purpose>,
        /// To which agencies.
        #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
        agencies: BTreeSet<AgencyId>,
    }

    /// A consent was withdrawn, wholly or for some purposes. It stops further sharing, not history.
    Withdrawn {
        /// Which consent.
        consent: ConsentId,
        /// For which purposes; empty means all.
        #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
        purposes: BTreeSet<Purpose>,
    }

    /// Sharing goes ahead without consent.
    Overridden {
        /// On what ground.
        ground: OverrideGround,
        /// For what.
        purposes: BTreeSet<Purpose>,
        /// To which agencies; empty means every agency that the purpose needs.
        #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
        agencies: BTreeSet<AgencyId>,
        /// Who decided.
        decided_by: ActorId,
        /// Reference of the evidence on file.
        evidence: String,
        /// Last day on which it holds.
        expires_on: Option<Day>,
        /// Personal data: the circumstances.
        personal: Option<Personal>,
    }
}

//! The service directory: what people can be referred to, version by version.
//!
//! The words are those of the Human Services Data Specification (HSDS 3, Open Referral):
//! organization, service, location, service area, eligibility, capacity. It is about services and not
//! about a person, and stands under a journey id of its own in each ledger
//! ([`crate::id::JourneyId::of_directory`]), which holds nothing else.
//!
//! A version holds what its predecessor held, with what is listed and withdrawn under its own number;
//! a service that did not change is not listed again. It is out once it is published.

use std::collections::{BTreeMap, BTreeSet};

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_with::skip_serializing_none;

use crate::body::bodies;
use crate::id::{AgencyId, LogDigest, ServiceId, SiteId};
use crate::place::{AreaCode, CountryCode, Degrees, LanguageCode};
use crate::referral::ServiceNeed;
use crate::vocabulary::{ParticipantGroup, ReturnType, Sex, vocabulary};

vocabulary! {
    /// Whether a service takes people. Source: HSDS `service.status`; `defunct` is withdrawn, and
    /// `temporarily closed` is inactive.
    ServiceStatus {
        /// It does.
        Active = "active",
        /// Not for now.
        Inactive = "inactive",
    }

    /// Why a service is in the directory no more.
    WithdrawnReason {
        /// The source lists it no more.
        NotInSource = "not-in-source",
        /// The source says that it is no more (HSDS `defunct`).
        Defunct = "defunct",
        /// Another reason.
        Other = "other",
    }
}

/// A term of a taxonomy, kept as it was given.
#[skip_serializing_none]
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Term {
    /// The taxonomy, as its file names it.
    pub taxonomy: Option<String>,
    /// The term's code in it.
    pub code: Option<String>,
    /// The term.
    pub name: String,
}

/// Where people must live to be served.
#[skip_serializing_none]
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ServiceArea {
    /// The area's code; a country's alone is the whole country.
    pub area: Option<AreaCode>,
    /// The area's name, as it was given.
    pub name: Option<String>,
}

/// An office where the service is.
#[skip_serializing_none]
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Location {
    /// Its id.
    pub site: SiteId,
    /// Its name.
    pub name: Option<String>,
    /// Country.
    pub country: Option<CountryCode>,
    /// Area within the country.
    pub area: Option<AreaCode>,
    /// Street and town, on one line.
    pub address: Option<String>,
    /// Latitude (WGS 84), north of the equator positive.
    pub latitude: Option<Degrees>,
    /// Longitude (WGS 84), east of Greenwich positive.
    pub longitude: Option<Degrees>,
}

/// Who can be served. What is absent or empty excludes nobody.
#[skip_serializing_none]
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Eligibility {
    /// Youngest, in whole years.
    pub age_min: Option<u8>,
    /// Oldest, in whole years.
    pub age_max: Option<u8>,
    /// Of these sexes only.
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    pub sexes: BTreeSet<Sex>,
    /// Of these groups only.
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    pub groups: BTreeSet<ParticipantGroup>,
    /// After such returns only.
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    pub return_types: BTreeSet<ReturnType>,
    /// Conditions in words, as they were given.
    pub text: Option<String>,
}

/// How many people can be served at a time.
#[skip_serializing_none]
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Capacity {
    /// Places in all.
    pub places: u32,
    /// What a place is, such as `bed` or `seat`.
    pub per: Option<String>,
}

/// How the office is reached; an office's, never a person's.
#[skip_serializing_none]
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Office {
    /// Telephone numbers.
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    pub phones: BTreeSet<String>,
    /// The office's address for electronic mail.
    pub email: Option<String>,
    /// Its page.
    pub url: Option<String>,
}

/// The organization that a referral goes to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Organization {
    /// Its id: the agency of referrals.
    pub id: AgencyId,
    /// Its name.
    pub name: String,
}

/// A service as a directory describes it.
#[skip_serializing_none]
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Service {
    /// The service.
    pub id: ServiceId,
    /// Who offers it.
    pub organization: Organization,
    /// What it is called, by language; never empty.
    pub name: BTreeMap<LanguageCode, String>,
    /// What it does, in a few sentences.
    pub description: Option<String>,
    /// Which needs it answers.
    pub needs: BTreeSet<ServiceNeed>,
    /// The terms that say so, as they were given.
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    pub terms: BTreeSet<Term>,
    /// Where people must live; empty means anywhere.
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    pub areas: BTreeSet<ServiceArea>,
    /// Its offices.
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    pub locations: BTreeSet<Location>,
    /// Languages spoken without an interpreter; empty means that nobody said.
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    pub languages: BTreeSet<LanguageCode>,
    /// Who can be served.
    pub eligibility: Option<Eligibility>,
    /// How many can be served at a time; absent means that nobody said.
    pub capacity: Option<Capacity>,
    /// When it is open, in words.
    pub schedule: Option<String>,
    /// How the office is reached.
    pub office: Option<Office>,
    /// Whether it takes people.
    pub status: ServiceStatus,
    /// Its id in the source, where that is no id of ours.
    pub source_id: Option<String>,
}

bodies! {
    /// A service was listed, or listed anew because it changed.
    ServiceListed {
        /// From which version on.
        version: u32,
        /// What is listed.
        service: Service,
    }

    /// A service is in the directory no more.
    ServiceWithdrawn {
        /// From which version on.
        version: u32,
        /// Which service.
        service: ServiceId,
        /// Why.
        reason: WithdrawnReason,
    }

    /// A version is out.
    Published {
        /// Its number: one more than the last, from 1.
        version: u32,
        /// How many services stand in it.
        services: u32,
        /// SHA-256 over the services that stand in it, as whoever published them computed it.
        digest: LogDigest,
        /// Where it comes from and under which terms, without personal data.
        note: Option<String>,
    }
}

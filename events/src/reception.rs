//! Reception: the person is here. The door of every journey.

use std::collections::BTreeSet;

use crate::body::bodies;
use crate::catalogue::NotLifted;
use crate::id::{BatchId, ProgrammeId, SiteId};
use crate::place::{AreaCode, CountryCode};
use crate::sealed::Personal;
use crate::time::{Day, OccurredOn, YEAR_MAX, YEAR_MIN};
use crate::vocabulary::{Answer, Grounds, ParticipantGroup, Provided, ReturnType, Sex, vocabulary};

vocabulary! {
    /// Documents a person holds on arrival.
    Document {
        /// Valid passport.
        Passport = "passport",
        /// Emergency travel document for one journey.
        EmergencyTravelDocument = "emergency-travel-document",
        /// National identity card.
        NationalId = "national-id",
        /// Birth certificate.
        BirthCertificate = "birth-certificate",
        /// Driving licence.
        DrivingLicence = "driving-licence",
        /// Tax or social security number.
        TaxOrSocialSecurity = "tax-or-social-security",
    }

    /// Immediate needs at the port, and what is given there.
    /// Source: reception procedures of IOM and of national deportee units.
    Need {
        /// Meals and water.
        Meals = "meals",
        /// Hygiene kit.
        HygieneKit = "hygiene-kit",
        /// Clothing.
        Clothing = "clothing",
        /// Onward transport.
        Transport = "transport",
        /// Shelter for the first nights.
        Shelter = "shelter",
        /// A telephone call or a phone.
        Phone = "phone",
        /// Pocket money.
        Cash = "cash",
        /// Medical attention.
        Medical = "medical",
        /// Psychological first aid.
        PsychologicalFirstAid = "psychological-first-aid",
        /// Tracing of family.
        FamilyTracing = "family-tracing",
        /// Identity documents.
        Documents = "documents",
        /// An interpreter.
        Interpreter = "interpreter",
    }

    /// Why a person who was announced did not arrive.
    NotArrivedReason {
        /// Not on the flight or vessel.
        NotOnBoard = "not-on-board",
        /// The flight or vessel did not come.
        TransportCancelled = "transport-cancelled",
        /// Refused or returned at the port.
        TurnedBack = "turned-back",
        /// Left before reception could speak to them.
        LeftBeforeReception = "left-before-reception",
        /// Not known.
        NotKnown = "not-known",
    }
}

bodies! {
    /// The person was received. Version 2: the birth date is a date of any precision
    /// (version 1 knew a birth year only), see [`received_from_version_1`].
    Received {
        /// Where.
        site: SiteId,
        /// How the return came about.
        return_type: ReturnType,
        /// Grounds of the return.
        grounds: Grounds,
        /// Country that sent the person back.
        sending_country: CountryCode,
        /// Group of participants.
        group: Option<ParticipantGroup>,
        /// Sex.
        sex: Sex,
        /// Birth date as precisely as it is known; `1985` reads "about 1985".
        born: Option<OccurredOn>,
        /// First-level area that the person will live in.
        area: Option<AreaCode>,
        /// Charter batch.
        batch: Option<BatchId>,
        /// Programme that receives.
        programme: Option<ProgrammeId>,
        /// Years lived abroad, whole.
        years_abroad: Option<u8>,
        /// Accompanying adults.
        companions: Option<u8>,
        /// Accompanying minors.
        minors: Option<u8>,
        /// Documents held.
        #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
        documents: BTreeSet<Document>,
        /// Immediate needs.
        #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
        needs: BTreeSet<Need>,
        /// What was given at once.
        #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
        given: BTreeSet<Need>,
        /// Whether medical information came with the person.
        medical_information: Option<Provided>,
        /// Whether criminal history came with the person.
        criminal_information: Option<Provided>,
        /// Whether the person has a place to sleep tonight.
        place_to_stay: Option<Answer<bool>>,
        /// Personal data.
        personal: Option<Personal>,
    }

    /// The person was announced and did not arrive.
    NotArrived {
        /// Day of arrival as announced.
        expected_on: Day,
        /// Why.
        reason: NotArrivedReason,
    }

    /// The person was registered with a programme or an office, at reception or later.
    Registered {
        /// Office.
        site: SiteId,
        /// Programme.
        programme: Option<ProgrammeId>,
        /// First-level area that the person lives in.
        area: Option<AreaCode>,
        /// Household members depending on the person.
        dependants: Option<u8>,
        /// Covariates of a study cohort, by name; whole numbers only, no personal data.
        #[serde(default, skip_serializing_if = "std::collections::BTreeMap::is_empty")]
        cohort: std::collections::BTreeMap<String, i64>,
        /// Personal data.
        personal: Option<Personal>,
    }
}

/// Version 1 said `birth_year`, a number; version 2 says `born`, a date of any precision.
pub(crate) fn received_from_version_1(
    body: &mut serde_json::Map<String, serde_json::Value>,
) -> Result<(), NotLifted> {
    if body.contains_key("born") {
        return Err(NotLifted {
            field: "born",
            unknown: true,
            message: "version 1 says `birth_year`".to_owned(),
        });
    }
    let year = match body.remove("birth_year") {
        None | Some(serde_json::Value::Null) => return Ok(()),
        Some(year) => year,
    };
    let year = year
        .as_i64()
        .filter(|year| (i64::from(YEAR_MIN)..=i64::from(YEAR_MAX)).contains(year))
        .ok_or_else(|| NotLifted {
            field: "birth_year",
            unknown: false,
            message: format!("expected a year from {YEAR_MIN} to {YEAR_MAX}, found {year}"),
        })?;
    body.insert(
        "born".to_owned(),
        serde_json::Value::String(format!("{year:04}")),
    );
    Ok(())
}

//! Notices: what the sending state announces before anyone arrives, one line of its manifest each.

use crate::body::bodies;
use crate::id::BatchId;
use crate::sealed::Personal;
use crate::time::Day;
use crate::vocabulary::{Grounds, ParticipantGroup, Provided, ReturnType, Sex};
use crate::{id::SiteId, place::CountryCode};

bodies! {
    /// A person is announced.
    Notified {
        /// Day of arrival as announced.
        expected_on: Day,
        /// Port of arrival.
        port: Option<SiteId>,
        /// Flight, vessel or convoy, as announced.
        carrier: Option<String>,
        /// Charter batch.
        batch: Option<BatchId>,
        /// Line number within the manifest, from 1.
        line: Option<u32>,
        /// Sending country (ISO 3166-1 alpha-2).
        sending_country: CountryCode,
        /// How the return came about.
        return_type: ReturnType,
        /// Grounds of the return.
        grounds: Grounds,
        /// Group of participants.
        group: Option<ParticipantGroup>,
        /// Sex.
        sex: Option<Sex>,
        /// Whether medical information was handed over.
        medical_information: Provided,
        /// Whether criminal history was handed over.
        criminal_information: Provided,
        /// Personal data.
        personal: Option<Personal>,
    }

    /// The announcement changed. Absent fields stay as they were.
    Changed {
        /// New day of arrival.
        expected_on: Option<Day>,
        /// New port of arrival.
        port: Option<SiteId>,
        /// New carrier.
        carrier: Option<String>,
        /// New batch.
        batch: Option<BatchId>,
        /// Medical information handed over in the meantime.
        medical_information: Option<Provided>,
        /// Criminal history handed over in the meantime.
        criminal_information: Option<Provided>,
    }

    /// The announcement was withdrawn.
    Cancelled {
        /// Why, in the sending state's words; no personal data.
        reason: Option<String>,
    }
}

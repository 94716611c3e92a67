//! Assessment: an instrument was asked and scored. Every stored score carries the id, version and
//! digest of the instrument that computed it.

use std::collections::BTreeMap;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::body::bodies;
use crate::id::{ActorId, InstrumentId};
use crate::sealed::Personal;
use crate::vocabulary::{Answer, DeliveryMode, Dimension, Wave};

/// A score from 0 to 1 in whole ten-thousandths, so that a stored score is exact.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Score(u16);

impl Score {
    /// Highest score, in ten-thousandths.
    pub const MAX: u16 = 10_000;

    /// A score in ten-thousandths, from 0 to [`Self::MAX`].
    pub const fn new(ten_thousandths: u16) -> Option<Self> {
        if ten_thousandths <= Self::MAX {
            Some(Self(ten_thousandths))
        } else {
            None
        }
    }

    /// Ten-thousandths.
    pub const fn ten_thousandths(self) -> u16 {
        self.0
    }
}

impl Serialize for Score {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_u16(self.0)
    }
}

impl<'de> Deserialize<'de> for Score {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let value = u16::deserialize(deserializer)?;
        Self::new(value).ok_or_else(|| {
            serde::de::Error::custom(format!(
                "expected a score in ten-thousandths from 0 to 10000, found {value}"
            ))
        })
    }
}

impl JsonSchema for Score {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Score".into()
    }
    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({
            "type": "integer", "minimum": 0, "maximum": 10_000,
            "description": "score from 0 to 1 in ten-thousandths"
        })
    }
}

bodies! {
    /// Which instrument, to the byte.
    InstrumentRef {
        /// The instrument.
        id: InstrumentId,
        /// Its version, from 1.
        version: u16,
        /// SHA-256 of its file, in hexadecimal.
        digest: Option<String>,
    }

    /// An assessment was completed.
    Completed {
        /// Which instrument.
        instrument: InstrumentRef,
        /// Which wave.
        wave: Wave,
        /// Answers by item, as the index of the option chosen or the reason for none.
        #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
        answers: BTreeMap<String, Answer<u8>>,
        /// Scores by dimension, computed by the instrument.
        #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
        scores: BTreeMap<Dimension, Score>,
        /// The whole score, if the instrument has one.
        overall: Option<Score>,
        /// How support was delivered up to now.
        delivery: Option<DeliveryMode>,
        /// Who asked.
        assessor: Option<ActorId>,
        /// Personal data: remarks.
        personal: Option<Personal>,
    }
}

//! What is told of scores: by wave, of change between waves, and of who was asked.

use std::collections::BTreeMap;

use homeward_events::assessment::Score;
use homeward_events::vocabulary::{Dimension, Wave};
use serde::Serialize;

use super::life::{Asked, Items};
use crate::measure::ratio;

/// What an instrument scores: a dimension, or everything.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Measure {
    /// One dimension.
    Of(Dimension),
    /// The whole score.
    Overall,
}

impl Measure {
    /// Every one, in the order in which they are shown.
    pub const ALL: [Self; 4] = [
        Self::Of(Dimension::Economic),
        Self::Of(Dimension::Social),
        Self::Of(Dimension::Psychosocial),
        Self::Overall,
    ];

    /// The word that answers write: the dimension, or `overall`.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Of(dimension) => dimension.as_str(),
            Self::Overall => "overall",
        }
    }

    pub(super) fn of(self, asked: &Asked) -> Option<u16> {
        match self {
            Self::Of(dimension) => asked.scores.get(&dimension).copied(),
            Self::Overall => asked.overall,
        }
    }
}

impl Serialize for Measure {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.as_str())
    }
}

/// Scores of one instrument, dimension and wave.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ScoreGroup {
    /// Instrument and version, `example-sustainability@1`.
    pub instrument: String,
    /// Dimension, or `overall`.
    pub dimension: Measure,
    /// Wave.
    pub wave: Wave,
    /// Values of the dimensions grouped by.
    pub values: Vec<String>,
    /// Journeys with a score: the last assessment of the wave counts.
    pub journeys: i64,
    /// Different persons among them.
    pub persons: i64,
    /// Sum of the scores, in ten-thousandths. The mean is this by `journeys` by 10,000.
    pub sum: i64,
    /// Journeys by band of the instrument, as far as it is known here.
    pub bands: BTreeMap<String, i64>,
    /// How the items of these assessments were answered, of all dimensions.
    pub items: Items,
}

/// Change from the baseline to a later wave of the same version of an instrument.
///
/// Every journey with a baseline score is in exactly one of `responded`, `unscored`,
/// `not_comparable`, `missing` (these four are `expected`), `not_observed` and `not_yet`, where the
/// wave has a day on which it is due.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ChangeGroup {
    /// Instrument and version, `example-sustainability@1`.
    pub instrument: String,
    /// Dimension, or `overall`.
    pub dimension: Measure,
    /// The earlier wave.
    pub wave_from: Wave,
    /// The later wave.
    pub wave_to: Wave,
    /// Values of the dimensions grouped by.
    pub values: Vec<String>,
    /// Journeys with a score at the earlier wave.
    pub baseline: i64,
    /// Journeys with a score at both: the pairs that means are of. Some may be ahead of their day.
    pub paired: i64,
    /// Mean score of the pairs at the earlier wave, 0 to 1.
    pub mean_from: Option<f64>,
    /// Mean score of the pairs at the later wave, 0 to 1.
    pub mean_to: Option<f64>,
    /// Mean change of the pairs, -1 to 1.
    pub mean_change: Option<f64>,
    /// Its standard error; of two pairs at the least.
    pub standard_error: Option<f64>,
    /// Lower end of its 95 % interval, by Student's distribution.
    pub lower: Option<f64>,
    /// Upper end of its 95 % interval.
    pub upper: Option<f64>,
    /// Journeys whose wave is due, and who were still observed or answered all the same.
    pub expected: i64,
    /// Of them, with a score at the later wave.
    pub responded: i64,
    /// Of them, asked, with too few answers for a score.
    pub unscored: i64,
    /// Of them, asked with another version of the instrument only.
    pub not_comparable: i64,
    /// Of them, not asked: who is missing.
    pub missing: i64,
    /// Journeys whose wave is due, out of sight by then.
    pub not_observed: i64,
    /// Journeys whose wave is not due by the reference day.
    pub not_yet: i64,
}

/// How many were asked at a wave, with whatever instrument, of all who were received.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ResponseGroup {
    /// Wave.
    pub wave: Wave,
    /// Values of the dimensions grouped by.
    pub values: Vec<String>,
    /// Journeys whose wave is due, and who were still observed or answered all the same.
    pub expected: i64,
    /// Of them, asked.
    pub responded: i64,
    /// Of them, not asked: who is missing.
    pub missing: i64,
    /// Journeys whose wave is due, out of sight by then.
    pub not_observed: i64,
    /// Journeys whose wave is not due by the reference day.
    pub not_yet: i64,
}

impl ScoreGroup {
    pub(super) fn key(&self) -> (&str, Measure, Wave, &[String]) {
        (&self.instrument, self.dimension, self.wave, &self.values)
    }
}

impl ChangeGroup {
    pub(super) fn key(&self) -> (&str, Measure, Wave, &[String]) {
        (&self.instrument, self.dimension, self.wave_to, &self.values)
    }
}

impl ScoreGroup {
    /// Mean score, 0 to 1.
    pub fn mean(&self) -> Option<f64> {
        let whole = i64::from(Score::MAX);
        ratio(self.sum, self.journeys * whole)
    }
}

impl ChangeGroup {
    /// Of those expected at the later wave, who has a score there.
    pub fn response_rate(&self) -> Option<f64> {
        ratio(self.responded, self.expected)
    }
}

impl ResponseGroup {
    /// Of those expected, who was asked.
    pub fn response_rate(&self) -> Option<f64> {
        ratio(self.responded, self.expected)
    }
}

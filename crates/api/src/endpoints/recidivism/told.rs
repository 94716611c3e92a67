//! The answer as it leaves the door.

use homeward_events::time::Day;
use homeward_projections::recidivism as asked;
use serde::Serialize;
use utoipa::ToSchema;

/// What becomes of people after an origin.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Recidivism {
    /// Definition and version.
    pub(crate) definition: String,
    /// SHA-256 of the definition's file.
    pub(crate) definition_digest: String,
    /// What it says.
    pub(crate) definition_text: String,
    /// The reference day: nothing later is known to this answer.
    #[schema(value_type = String, format = Date)]
    pub(crate) on: Day,
    /// Unit of `time`.
    pub(crate) unit: &'static str,
    /// Level of every interval.
    pub(crate) level: f64,
    /// Scale of the curve's intervals.
    pub(crate) interval: &'static str,
    #[serde(flatten)]
    pub(crate) figures: ReturnFigures,
    /// Cohorts by time of origin, one entry for each window.
    pub(crate) cohorts: Vec<CohortWindow>,
    /// Years after the origin, among those observed to the end of each.
    pub(crate) years: Vec<YearShares>,
    /// Dimensions that groups are told by.
    pub(crate) by: Vec<String>,
    /// The groups, in the order of their values.
    pub(crate) groups: Vec<ReturnGroup>,
    /// Whether the groups differ; absent for fewer than two.
    pub(crate) log_rank: Option<LogRank>,
    /// For each window the narrowest group that says enough, if `widen` was asked for.
    pub(crate) ladder: Vec<LadderRung>,
}

/// Estimates about some persons.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct ReturnFigures {
    /// Persons at the start.
    pub(crate) persons: u64,
    /// Failures in the curve.
    pub(crate) failed: u64,
    /// Persons about whom no answer stands yet; they are in no curve.
    pub(crate) not_mature: u64,
    /// Persons by how their time under observation ended.
    pub(crate) ends: Vec<EndPersons>,
    /// The Kaplan-Meier curve at the times asked for.
    pub(crate) curve: Vec<CurvePoint>,
    /// When a quarter, half and three quarters had failed.
    pub(crate) quantiles: Vec<FailureQuantile>,
    /// Mean time free of failure.
    pub(crate) restricted_mean: MeanTime,
    /// Cumulative incidence by cause, competing ends too (Aalen-Johansen).
    pub(crate) causes: Vec<CauseIncidence>,
    /// Fixed windows in calendar months.
    pub(crate) windows: Vec<WindowCounts>,
}

/// Persons of one end.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct EndPersons {
    /// failed, competing, censored, complete, open or not-mature.
    pub(crate) role: &'static str,
    /// The cause of failure or the kind of end.
    pub(crate) end: String,
    pub(crate) persons: u64,
}

/// The curve at one time.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct CurvePoint {
    /// Units after origin.
    pub(crate) time: i64,
    /// Still observed and free of failure just before it.
    pub(crate) at_risk: u64,
    /// Failures up to and including it.
    pub(crate) failed: u64,
    /// Share free of failure (Kaplan-Meier).
    pub(crate) survival: f64,
    /// Standard error (Greenwood).
    pub(crate) standard_error: f64,
    /// Lower bound of the interval.
    pub(crate) lower: Option<f64>,
    /// Upper bound.
    pub(crate) upper: Option<f64>,
    /// Cumulative hazard (Nelson-Aalen).
    pub(crate) cumulative_hazard: f64,
    /// Its standard error.
    pub(crate) cumulative_hazard_error: f64,
}

/// When a share had failed.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct FailureQuantile {
    /// 0.5 is the median.
    pub(crate) share: f64,
    /// Units after origin; absent where fewer failed.
    pub(crate) time: Option<f64>,
    pub(crate) lower: Option<f64>,
    pub(crate) upper: Option<f64>,
}

/// Mean time free of failure up to a horizon.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct MeanTime {
    pub(crate) horizon: i64,
    pub(crate) mean: f64,
    pub(crate) standard_error: f64,
    /// The horizon lies beyond the last observation.
    pub(crate) extrapolated: bool,
}

/// One cause among those that compete.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct CauseIncidence {
    pub(crate) cause: String,
    /// Whether it is a failure, or a competing end.
    pub(crate) failure: bool,
    pub(crate) at: Vec<IncidencePoint>,
}

/// Cumulative incidence at one time.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct IncidencePoint {
    pub(crate) time: i64,
    /// Share of everybody that has ended so.
    pub(crate) share: f64,
    pub(crate) standard_error: f64,
    pub(crate) lower: Option<f64>,
    pub(crate) upper: Option<f64>,
}

/// A fixed window; "not yet" is never counted as "no".
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct WindowCounts {
    /// Calendar months after origin.
    pub(crate) months: u16,
    /// Failed within it.
    pub(crate) failed: u64,
    /// Observed to its end without failing.
    pub(crate) not_failed: u64,
    /// Could not fail any more before it ended.
    pub(crate) competing: u64,
    /// Observation ended before the answer could stand.
    pub(crate) censored: u64,
    /// The answer does not stand yet.
    pub(crate) not_yet: u64,
    /// Of those, who has failed as far as is known.
    pub(crate) not_yet_failed: u64,
    /// Failed, of those whose answer stands.
    pub(crate) share: Option<ShareOf>,
    /// The share if nobody of the lost had failed; far from `share_most`, ask the curve instead.
    pub(crate) share_least: Option<f64>,
    /// The share if all of the lost had failed.
    pub(crate) share_most: Option<f64>,
    /// Frequency and severity, where the definition counts them.
    pub(crate) reoffending: Option<ReoffendingRates>,
}

/// A share of persons with its intervals.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct ShareOf {
    pub(crate) part: u64,
    pub(crate) whole: u64,
    pub(crate) share: f64,
    pub(crate) wilson_lower: Option<f64>,
    pub(crate) wilson_upper: Option<f64>,
    pub(crate) clopper_pearson_lower: Option<f64>,
    pub(crate) clopper_pearson_upper: Option<f64>,
}

/// How often and how gravely.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct ReoffendingRates {
    pub(crate) failures: u64,
    pub(crate) per_100_persons: Option<f64>,
    pub(crate) per_100_lower: Option<f64>,
    pub(crate) per_100_upper: Option<f64>,
    pub(crate) per_person_failed: Option<f64>,
    severity_per_100_persons: Option<f64>,
}

/// One cohort in one window.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct CohortWindow {
    pub(crate) cohort: String,
    pub(crate) months: u16,
    pub(crate) failed: u64,
    pub(crate) not_failed: u64,
    pub(crate) competing: u64,
    pub(crate) censored: u64,
    pub(crate) not_yet: u64,
    /// Nobody's answer is still to come.
    pub(crate) is_final: bool,
    pub(crate) share: Option<ShareOf>,
}

/// One year after the origin.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct YearShares {
    pub(crate) year: u16,
    /// Persons observed to its end.
    pub(crate) observed: u64,
    /// Failed at least once by its end.
    pub(crate) cumulative: Option<ShareOf>,
    /// Failed within it, whether or not they had before.
    pub(crate) annual: Option<ShareOf>,
    /// Failed for the first time within it, of those free until then.
    pub(crate) first_failure: Option<ShareOf>,
}

/// One group.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct ReturnGroup {
    pub(crate) values: Vec<String>,
    #[serde(flatten)]
    pub(crate) figures: ReturnFigures,
}

/// Whether groups differ (log-rank).
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct LogRank {
    /// Dimensions within whose values groups were compared.
    pub(crate) strata: Vec<String>,
    /// How early failures weigh: 0 as late ones, 1 as the share free of failure before them.
    pub(crate) rho: u8,
    pub(crate) chi2: Option<f64>,
    pub(crate) degrees: Option<u64>,
    pub(crate) p: Option<f64>,
    /// Why groups cannot be compared.
    pub(crate) not_compared: Option<String>,
    pub(crate) groups: Vec<LogRankGroup>,
}

/// One group's side of a comparison.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct LogRankGroup {
    pub(crate) values: Vec<String>,
    pub(crate) observed: f64,
    pub(crate) expected: f64,
}

/// The group that answers a window.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct LadderRung {
    pub(crate) months: u16,
    /// Conditions that were given up.
    pub(crate) without: Vec<String>,
    pub(crate) share: ShareOf,
    /// It says enough; otherwise it is the widest group, and still does not.
    pub(crate) enough: bool,
}

impl Recidivism {
    pub(super) fn of(answer: asked::Answer) -> Self {
        Self {
            definition: answer.definition,
            definition_digest: answer.definition_digest,
            definition_text: answer.definition_text,
            on: answer.on,
            unit: answer.unit.as_str(),
            level: answer.level,
            interval: answer.interval.as_str(),
            figures: answer.figures.into(),
            cohorts: answer.cohorts.into_iter().map(Into::into).collect(),
            years: answer.years.into_iter().map(Into::into).collect(),
            by: answer.by,
            groups: answer
                .groups
                .into_iter()
                .map(|group| ReturnGroup {
                    values: group.values,
                    figures: group.figures.into(),
                })
                .collect(),
            log_rank: answer.log_rank.map(Into::into),
            ladder: answer
                .ladder
                .into_iter()
                .map(|rung| LadderRung {
                    months: rung.months,
                    without: rung.without,
                    share: rung.share.into(),
                    enough: rung.enough,
                })
                .collect(),
        }
    }
}

impl From<asked::Figures> for ReturnFigures {
    fn from(figures: asked::Figures) -> Self {
        let mean = figures.restricted_mean;
        Self {
            persons: figures.persons,
            failed: figures.failed,
            not_mature: figures.not_mature,
            ends: figures
                .ends
                .into_iter()
                .map(|end| EndPersons {
                    role: end.role,
                    end: end.end,
                    persons: end.persons,
                })
                .collect(),
            curve: figures.at.into_iter().map(Into::into).collect(),
            quantiles: figures
                .quantiles
                .into_iter()
                .map(|quantile| FailureQuantile {
                    share: quantile.share,
                    time: quantile.time,
                    lower: quantile.lower,
                    upper: quantile.upper,
                })
                .collect(),
            restricted_mean: MeanTime {
                horizon: mean.horizon,
                mean: mean.mean,
                standard_error: mean.standard_error,
                extrapolated: mean.extrapolated,
            },
            causes: figures.causes.into_iter().map(Into::into).collect(),
            windows: figures.windows.into_iter().map(Into::into).collect(),
        }
    }
}

impl From<asked::Reading> for CurvePoint {
    fn from(reading: asked::Reading) -> Self {
        Self {
            time: reading.time,
            at_risk: reading.at_risk,
            failed: reading.failed,
            survival: reading.survival,
            standard_error: reading.standard_error,
            lower: reading.interval.map(|(lower, _)| lower),
            upper: reading.interval.map(|(_, upper)| upper),
            cumulative_hazard: reading.cumulative_hazard,
            cumulative_hazard_error: reading.cumulative_hazard_error,
        }
    }
}

impl From<asked::Causes> for CauseIncidence {
    fn from(cause: asked::Causes) -> Self {
        let point = |incidence: asked::Incidence| IncidencePoint {
            time: incidence.time,
            share: incidence.share,
            standard_error: incidence.standard_error,
            lower: incidence.interval.map(|(lower, _)| lower),
            upper: incidence.interval.map(|(_, upper)| upper),
        };
        Self {
            cause: cause.cause,
            failure: cause.failure,
            at: cause.at.into_iter().map(point).collect(),
        }
    }
}

impl From<asked::Window> for WindowCounts {
    fn from(window: asked::Window) -> Self {
        let rates = |rates: asked::Reoffended| ReoffendingRates {
            failures: rates.failures,
            per_100_persons: rates.per_100_persons,
            per_100_lower: rates.per_100_interval.map(|(lower, _)| lower),
            per_100_upper: rates.per_100_interval.map(|(_, upper)| upper),
            per_person_failed: rates.per_person_failed,
            severity_per_100_persons: rates.severity_per_100_persons,
        };
        Self {
            months: window.months,
            failed: window.failed,
            not_failed: window.not_failed,
            competing: window.competing,
            censored: window.censored,
            not_yet: window.not_yet,
            not_yet_failed: window.not_yet_failed,
            share: window.share.map(Into::into),
            share_least: window.bounds.map(|(least, _)| least),
            share_most: window.bounds.map(|(_, most)| most),
            reoffending: window.reoffending.map(rates),
        }
    }
}

impl From<asked::Share> for ShareOf {
    fn from(share: asked::Share) -> Self {
        Self {
            part: share.part,
            whole: share.whole,
            share: share.share,
            wilson_lower: share.wilson.map(|(lower, _)| lower),
            wilson_upper: share.wilson.map(|(_, upper)| upper),
            clopper_pearson_lower: share.clopper_pearson.map(|(lower, _)| lower),
            clopper_pearson_upper: share.clopper_pearson.map(|(_, upper)| upper),
        }
    }
}

impl From<asked::Cohort> for CohortWindow {
    fn from(cohort: asked::Cohort) -> Self {
        Self {
            cohort: cohort.cohort,
            months: cohort.months,
            failed: cohort.failed,
            not_failed: cohort.not_failed,
            competing: cohort.competing,
            censored: cohort.censored,
            not_yet: cohort.not_yet,
            is_final: cohort.is_final,
            share: cohort.share.map(Into::into),
        }
    }
}

impl From<asked::PeriodShare> for YearShares {
    fn from(year: asked::PeriodShare) -> Self {
        Self {
            year: year.year,
            observed: year.observed,
            cumulative: year.cumulative.map(Into::into),
            annual: year.annual.map(Into::into),
            first_failure: year.first_failure.map(Into::into),
        }
    }
}

impl From<asked::LogRank> for LogRank {
    fn from(test: asked::LogRank) -> Self {
        let side = |side: asked::Compared| LogRankGroup {
            values: side.values,
            observed: side.observed,
            expected: side.expected,
        };
        Self {
            strata: test.strata,
            rho: test.rho,
            chi2: test.chi2,
            degrees: test.degrees,
            p: test.p,
            not_compared: test.not_compared,
            groups: test.groups.into_iter().map(side).collect(),
        }
    }
}

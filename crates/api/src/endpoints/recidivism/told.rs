//! The answer as it leaves the door.

use homeward_events::time::Day;
use homeward_projections::recidivism as asked;
use serde::Serialize;
use utoipa::ToSchema;

/// What becomes of people after an origin.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Recidivism {
    /// Definition and version.
    definition: String,
    /// SHA-256 of the definition's file.
    definition_digest: String,
    /// What it says.
    definition_text: String,
    /// The reference day: nothing later is known to this answer.
    #[schema(value_type = String, format = Date)]
    on: Day,
    /// Unit of `time`.
    unit: &'static str,
    /// Level of every interval.
    level: f64,
    /// Scale of the curve's intervals.
    interval: &'static str,
    #[serde(flatten)]
    figures: ReturnFigures,
    /// Cohorts by time of origin, one entry for each window.
    cohorts: Vec<CohortWindow>,
    /// Years after the origin, among those observed to the end of each.
    years: Vec<YearShares>,
    /// Dimensions that groups are told by.
    by: Vec<String>,
    /// The groups, in the order of their values.
    groups: Vec<ReturnGroup>,
    /// Whether the groups differ; absent for fewer than two.
    log_rank: Option<LogRank>,
    /// For each window the narrowest group that says enough, if `widen` was asked for.
    ladder: Vec<LadderRung>,
}

/// Estimates about some persons.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct ReturnFigures {
    /// Persons at the start.
    persons: u64,
    /// Failures in the curve.
    failed: u64,
    /// Persons about whom no answer stands yet; they are in no curve.
    not_mature: u64,
    /// Persons by how their time under observation ended.
    ends: Vec<EndPersons>,
    /// The Kaplan-Meier curve at the times asked for.
    curve: Vec<CurvePoint>,
    /// When a quarter, half and three quarters had failed.
    quantiles: Vec<FailureQuantile>,
    /// Mean time free of failure.
    restricted_mean: MeanTime,
    /// Cumulative incidence by cause, competing ends too (Aalen-Johansen).
    causes: Vec<CauseIncidence>,
    /// Fixed windows in calendar months.
    windows: Vec<WindowCounts>,
}

/// Persons of one end.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct EndPersons {
    /// failed, competing, censored, complete, open or not-mature.
    role: &'static str,
    /// The cause of failure or the kind of end.
    end: String,
    persons: u64,
}

/// The curve at one time.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct CurvePoint {
    /// Units after origin.
    time: i64,
    /// Still observed and free of failure just before it.
    at_risk: u64,
    /// Failures up to and including it.
    failed: u64,
    /// Share free of failure (Kaplan-Meier).
    survival: f64,
    /// Standard error (Greenwood).
    standard_error: f64,
    /// Lower bound of the interval.
    lower: Option<f64>,
    /// Upper bound.
    upper: Option<f64>,
    /// Cumulative hazard (Nelson-Aalen).
    cumulative_hazard: f64,
    /// Its standard error.
    cumulative_hazard_error: f64,
}

/// When a share had failed.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct FailureQuantile {
    /// 0.5 is the median.
    share: f64,
    /// Units after origin; absent where fewer failed.
    time: Option<f64>,
    lower: Option<f64>,
    upper: Option<f64>,
}

/// Mean time free of failure up to a horizon.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct MeanTime {
    horizon: i64,
    mean: f64,
    standard_error: f64,
    /// The horizon lies beyond the last observation.
    extrapolated: bool,
}

/// One cause among those that compete.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct CauseIncidence {
    cause: String,
    /// Whether it is a failure, or a competing end.
    failure: bool,
    at: Vec<IncidencePoint>,
}

/// Cumulative incidence at one time.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct IncidencePoint {
    time: i64,
    /// Share of everybody that has ended so.
    share: f64,
    standard_error: f64,
    lower: Option<f64>,
    upper: Option<f64>,
}

/// A fixed window; "not yet" is never counted as "no".
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct WindowCounts {
    /// Calendar months after origin.
    months: u16,
    /// Failed within it.
    failed: u64,
    /// Observed to its end without failing.
    not_failed: u64,
    /// Could not fail any more before it ended.
    competing: u64,
    /// Observation ended before the answer could stand.
    censored: u64,
    /// The answer does not stand yet.
    not_yet: u64,
    /// Of those, who has failed as far as is known.
    not_yet_failed: u64,
    /// Failed, of those whose answer stands.
    share: Option<ShareOf>,
    /// The share if nobody of the lost had failed; far from `share_most`, ask the curve instead.
    share_least: Option<f64>,
    /// The share if all of the lost had failed.
    share_most: Option<f64>,
    /// Frequency and severity, where the definition counts them.
    reoffending: Option<ReoffendingRates>,
}

/// A share of persons with its intervals.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct ShareOf {
    part: u64,
    whole: u64,
    share: f64,
    wilson_lower: Option<f64>,
    wilson_upper: Option<f64>,
    clopper_pearson_lower: Option<f64>,
    clopper_pearson_upper: Option<f64>,
}

/// How often and how gravely.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct ReoffendingRates {
    failures: u64,
    per_100_persons: Option<f64>,
    per_100_lower: Option<f64>,
    per_100_upper: Option<f64>,
    per_person_failed: Option<f64>,
    severity_per_100_persons: Option<f64>,
}

/// One cohort in one window.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct CohortWindow {
    cohort: String,
    months: u16,
    failed: u64,
    not_failed: u64,
    competing: u64,
    censored: u64,
    not_yet: u64,
    /// Nobody's answer is still to come.
    is_final: bool,
    share: Option<ShareOf>,
}

/// One year after the origin.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct YearShares {
    year: u16,
    /// Persons observed to its end.
    observed: u64,
    /// Failed at least once by its end.
    cumulative: Option<ShareOf>,
    /// Failed within it, whether or not they had before.
    annual: Option<ShareOf>,
    /// Failed for the first time within it, of those free until then.
    first_failure: Option<ShareOf>,
}

/// One group.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct ReturnGroup {
    values: Vec<String>,
    #[serde(flatten)]
    figures: ReturnFigures,
}

/// Whether groups differ (log-rank).
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct LogRank {
    /// Dimensions within whose values groups were compared.
    strata: Vec<String>,
    /// How early failures weigh: 0 as late ones, 1 as the share free of failure before them.
    rho: u8,
    chi2: Option<f64>,
    degrees: Option<u64>,
    p: Option<f64>,
    /// Why groups cannot be compared.
    not_compared: Option<String>,
    groups: Vec<LogRankGroup>,
}

/// One group's side of a comparison.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct LogRankGroup {
    values: Vec<String>,
    observed: f64,
    expected: f64,
}

/// The group that answers a window.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct LadderRung {
    months: u16,
    /// Conditions that were given up.
    without: Vec<String>,
    share: ShareOf,
    /// It says enough; otherwise it is the widest group, and still does not.
    enough: bool,
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

//! Confidence intervals around a probability, by the scale on which they are symmetric.

use statrs::distribution::{ContinuousCDF, Normal};

/// The scale on which an interval is symmetric.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Interval {
    /// The probability itself, cut at 0 and 1 (`conf.type = "plain"` in R).
    Plain,
    /// `log p`, cut at 1 (R's default, `"log"`).
    Log,
    /// `log(-log p)`: never leaves 0..1 (`"log-log"`). Kalbfleisch and Prentice (1980).
    LogLog,
}

impl Interval {
    /// The interval at `level` around `estimate` with the given standard error.
    ///
    /// `None` where R's `survfit` answers NA: the estimate is 0 (except [`Self::Plain`] with no
    /// error), or it is 1 on the log-log scale; and if `level` is not strictly between 0 and 1.
    pub fn around(self, estimate: f64, standard_error: f64, level: f64) -> Option<(f64, f64)> {
        let z = normal_quantile(level)?;
        match self {
            Self::Plain => {
                let half = z * standard_error;
                Some(((estimate - half).max(0.0), (estimate + half).min(1.0)))
            }
            Self::Log => {
                let log = Some(estimate).filter(|p| *p > 0.0)?.ln();
                let half = z * standard_error / estimate;
                Some(((log - half).exp(), (log + half).exp().min(1.0)))
            }
            Self::LogLog => {
                let log = Some(estimate).filter(|p| *p > 0.0 && *p < 1.0)?.ln();
                let half = z * standard_error / (estimate * log.abs());
                Some(((log * half.exp()).exp(), (log * (-half).exp()).exp()))
            }
        }
    }
}

/// How many standard errors hold the middle `level` of a normal distribution: 1.96 for 0.95.
/// `None` if `level` is not strictly between 0 and 1.
pub(super) fn normal_quantile(level: f64) -> Option<f64> {
    inside(level).then(|| Normal::standard().inverse_cdf(0.5 + level / 2.0))
}

/// Whether a level can be asked for: strictly between 0 and 1.
pub(super) fn inside(level: f64) -> bool {
    level > 0.0 && level < 1.0
}

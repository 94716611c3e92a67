//! How far a long work is, with its rate and the time left: on standard error, on a terminal only.

use std::time::Duration;

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

/// What is counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Unit {
    /// Bytes of an input.
    Bytes,
    /// Commits of a log or a cohort.
    Commits,
    /// Journeys of a cohort.
    Journeys,
    /// Rows of a sheet.
    Rows,
}

/// A progress bar. Cheap to clone.
#[derive(Clone)]
pub(crate) struct Progress(ProgressBar);

impl Progress {
    /// A bar for `total` units, or one without an end where nobody knows.
    pub(crate) fn new(what: &'static str, total: Option<u64>, unit: Unit) -> Self {
        let bar = total.map_or_else(ProgressBar::no_length, ProgressBar::new);
        bar.set_draw_target(ProgressDrawTarget::stderr_with_hz(8));
        let template = match (unit, total) {
            (Unit::Bytes, Some(_)) => {
                "{prefix} {wide_bar} {percent}% of {total_bytes} {binary_bytes_per_sec} {eta} left {msg}"
            }
            (Unit::Commits, Some(_)) => {
                "{prefix} {wide_bar} {percent}% of {human_len} commits {per_sec} {eta} left {msg}"
            }
            (Unit::Journeys, Some(_)) => {
                "{prefix} {wide_bar} {percent}% of {human_len} journeys {per_sec} {eta} left {msg}"
            }
            (Unit::Rows, Some(_)) => {
                "{prefix} {wide_bar} {percent}% of {human_len} rows {per_sec} {eta} left {msg}"
            }
            (Unit::Bytes, None) => "{prefix} {spinner} {bytes} {binary_bytes_per_sec} {msg}",
            (Unit::Commits | Unit::Journeys | Unit::Rows, None) => {
                "{prefix} {spinner} {human_pos} {per_sec} {msg}"
            }
        };
        // The templates are ours; one that did not parse would leave the default style.
        if let Ok(style) = ProgressStyle::with_template(template) {
            bar.set_style(style);
        }
        bar.set_prefix(what);
        bar.enable_steady_tick(Duration::from_millis(250));
        Self(bar)
    }

    /// That much more is done.
    pub(crate) fn advance(&self, by: u64) {
        self.0.inc(by);
    }

    /// That much is done in all.
    pub(crate) fn reach(&self, position: u64) {
        self.0.set_position(position);
    }

    /// There is that much to do in all.
    pub(crate) fn expect(&self, total: u64) {
        self.0.set_length(total);
    }

    /// A remark behind the bar.
    pub(crate) fn say(&self, text: String) {
        self.0.set_message(text);
    }

    /// Takes the bar away: the answer follows.
    pub(crate) fn clear(&self) {
        self.0.finish_and_clear();
    }
}

//! The one home of "now".
//!
//! Facts carry the times of their publishers and of the log; nothing that is stored or folded asks
//! for the time. What does ask (a recorded time at the border, a default reference day) asks here.

use jiff::Timestamp;

/// The present moment in UTC, as the operating system tells it.
#[expect(
    clippy::disallowed_methods,
    reason = "this is the one place that the disallowed list points to"
)]
pub fn now() -> Timestamp {
    Timestamp::now()
}

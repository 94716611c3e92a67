//! Earlier positions of the log.

mod between;

pub use between::{commits_between, touched};

//! Cohorts to learn with, for the binary `homeward`.

pub mod cohorts;

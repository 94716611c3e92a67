//! Statistics over integer cells, computed when asked.

pub mod survival;

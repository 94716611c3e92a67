//! Pictures and words of the pages: charts as accessible SVG, maps, and what is said in five languages.
//!
//! Nothing here knows what a figure means or where it comes from: the api asks, and says with this
//! crate what it found.
//!
//! Invariants: the same input gives the same bytes; no picture carries anything by colour alone; a
//! word that a language lacks is a failing test, never a gap on a page; no HTTP, no store, no clock.

pub mod chart;
pub mod language;
pub mod map;
pub mod withhold;

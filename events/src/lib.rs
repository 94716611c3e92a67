//! Facts: the only types of Homeward that are stored for ever.
//!
//! An event is one immutable fact about one journey, in the envelope of CloudEvents 1.0. This crate
//! knows what may be said ([`catalogue`]), how it is written and read ([`codec`]), and nothing else:
//! no network, no store, no clock, no randomness. What the facts *mean* is `homeward_journey`'s.
//!
//! Invariants:
//! - what was once stored can be read for ever: bodies only grow, and older versions are lifted;
//! - bytes have one reading: unknown fields, keys given twice and loose spellings are refused;
//! - no float: amounts are hundredths, scores ten-thousandths, times civil dates or whole seconds;
//! - personal data stands in one object per body ([`sealed::Personal`]), and nothing else needs it.

pub mod access;
pub mod assessment;
pub mod assistance;
mod body;
pub mod catalogue;
pub mod codec;
pub mod consent;
pub mod correction;
pub mod cut;
pub mod departure;
pub mod directory;
pub mod envelope;
pub mod erasure;
pub mod follow_up;
pub mod id;
mod json_guard;
pub mod justice;
pub mod lifecycle;
pub mod notice;
pub mod place;
pub mod plan;
pub mod reception;
pub mod referral;
pub mod schema;
pub mod screening;
pub mod sealed;
pub mod sequence;
pub mod status;
mod text;
pub mod time;
pub mod vocabulary;

pub use catalogue::{Body, Family};
pub use envelope::Event;

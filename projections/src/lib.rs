//! What journeys add up to: read models and statistics, pure.
//!
//! Every read model is two pure steps: [`homeward_journey::Journey::from_facts`] tells each journey,
//! and [`model::ReadModel::contribute`] says what one *person* (the journeys now linked as one human
//! being) adds: rows under keys of their own, and integer increments on cells shared with others.
//! When facts change, the *difference* of contributions before and after is applied. Cells are sums,
//! so late facts, corrections, links and unlinks cost the same as any other fact, and live, rebuilt,
//! parallel and as-of folds give the same bytes.
//!
//! Invariants: no float and no "today" in a row or cell; nothing here reads a clock, a store or the
//! network; what a question needs besides (a reference day, a window) comes with the question.
//!
//! To add a read model: a file beside this one, and a line in [`all`].

pub mod assistance;
pub mod caseload;
pub mod cases;
pub mod counted;
pub mod cube;
pub mod definition;
pub mod dimension;
pub mod directory;
pub mod explain;
pub mod five_w;
pub mod fold;
pub mod follow_ups;
pub mod histories;
pub mod identity;
pub mod index;
pub mod instrument;
pub mod manifests;
pub mod measure;
pub mod model;
pub mod outcomes;
pub mod plans;
pub mod quality;
pub mod recidivism;
pub mod referrals;
pub mod rows;
pub mod schedule;
pub mod sheet;
pub mod shelf;
pub mod sources;
pub mod steps;
pub mod tables;
pub mod timeline;
pub mod turnaround;
pub mod worklist;

pub use cube::Cube;
pub use histories::Histories;
pub use index::Index;
pub use model::{Contributions, Difference, MemoryTable, ReadModel, Table, TableError};
pub use sheet::Sheet;

/// Every read model, in the order in which people look at them.
pub fn all() -> &'static [&'static ReadModel] {
    ALL
}

static ALL: &[&ReadModel] = &[
    &timeline::TIMELINE,
    &caseload::CASELOAD,
    &referrals::REFERRALS,
    &follow_ups::FOLLOW_UPS,
    &worklist::WORKLIST,
    &outcomes::OUTCOMES,
    &steps::STEPS,
    &five_w::FIVE_W,
    &plans::PLANS,
    &assistance::ASSISTANCE,
    &cases::CASES,
    &histories::HISTORIES,
    &quality::QUALITY,
    &directory::DIRECTORY,
    &manifests::MANIFESTS,
    &sources::SOURCES,
];

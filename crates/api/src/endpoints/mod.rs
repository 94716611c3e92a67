//! One file per endpoint: its route, its types, its document.

pub(crate) mod assistance;
pub(crate) mod attachments;
pub(crate) mod caseload;
pub(crate) mod cuts;
pub(crate) mod definitions;
pub(crate) mod diff;
pub(crate) mod events;
pub(crate) mod explain;
pub(crate) mod five_w;
pub(crate) mod follow_ups;
pub(crate) mod instruments;
pub(crate) mod journeys;
pub(crate) mod known;
pub(crate) mod manifests;
pub(crate) mod operations;
pub(crate) mod outcomes;
pub(crate) mod plans;
pub(crate) mod quality;
pub(crate) mod recidivism;
pub(crate) mod referrals;
pub(crate) mod schedules;
pub(crate) mod services;
pub(crate) mod sources;
pub(crate) mod stream;
pub(crate) mod tables;
pub(crate) mod worklists;

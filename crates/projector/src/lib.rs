//! (placeholder)
mod checkpoint;
mod config;
mod decoder;
mod delta;
mod facts;
mod fold_log;
mod folder;
mod fsck;
mod position;
mod progress;
mod projector;
mod rebuild;
mod runs;
mod shared;
mod status;
mod store;
mod table;
mod tally;
mod told;
mod view;
mod writer;
pub use config::Config;
pub use fold_log::*;
pub use fsck::*;
pub use position::Watermark;
pub use progress::*;
pub use projector::*;
pub use rebuild::Bound;
pub use status::*;
pub use view::View;

#[cfg(test)]
mod tests;

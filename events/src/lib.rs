//! Facts: the only types of Homeward that are stored for ever.
pub mod id;
mod text;
pub mod time;

//! Identity: who is found, and that nothing but facts decides.

mod crowd;
mod facts;
mod linkage;
mod links;
mod names;
mod written;

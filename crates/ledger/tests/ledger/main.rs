//! The log, in memory and on a real nats-server.

mod support;

mod both;
mod damage;
mod doors;
mod private;
mod reading;
mod setup;

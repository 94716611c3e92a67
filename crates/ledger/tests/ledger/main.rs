//! The log, in memory and on a real nats-server.

// Clippy lets tests unwrap; it knows them by this attribute.
#[cfg(test)]
mod support;

#[cfg(test)]
mod attachments;
#[cfg(test)]
mod both;
#[cfg(test)]
mod cluster;
#[cfg(test)]
mod damage;
#[cfg(test)]
mod doors;
#[cfg(test)]
mod private;
#[cfg(test)]
mod reading;
#[cfg(test)]
mod setup;
#[cfg(test)]
mod together;

//! What definitions make of histories.
#![cfg(test)]

mod arbitrary;
mod gaps;
mod oracles;
mod people;
mod regression;
mod rows;
mod sides;

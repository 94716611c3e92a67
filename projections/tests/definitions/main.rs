//! What definitions make of histories.
#![cfg(test)]

mod arbitrary;
mod gaps;
mod oracles;
mod people;
mod rows;
mod sides;

//! Prints the referral machine, or writes it into a document between its markers:
//! `cargo run -p homeward-journey --example machine -- README.md`.

use std::io::{Error, Write};

use homeward_journey::machine;

fn main() -> Result<(), Error> {
    let Some(path) = std::env::args().nth(1) else {
        return std::io::stdout().write_all(machine::table().as_bytes());
    };
    let document = std::fs::read_to_string(&path)?;
    let written = machine::written_into(&document)
        .ok_or_else(|| Error::other(format!("{path} has no place for the machine")))?;
    std::fs::write(&path, written)
}

//! The whole house through its doors: one test binary, one file per door.
//!
//! `cfg(test)` always holds here; it tells clippy that what helps a test is part of one.

#[cfg(test)]
mod archive;
#[cfg(test)]
mod border;
#[cfg(test)]
mod browser;
#[cfg(test)]
mod casework;
#[cfg(test)]
mod definitions;
#[cfg(test)]
mod directory;
#[cfg(test)]
mod doors;
#[cfg(test)]
mod explained;
#[cfg(test)]
mod faults;
#[cfg(test)]
mod laws;
#[cfg(test)]
mod lives;
#[cfg(test)]
mod numbers;
#[cfg(test)]
mod offices;
#[cfg(test)]
mod past;
#[cfg(test)]
mod people;
#[cfg(test)]
mod races;
#[cfg(test)]
mod readers;
#[cfg(test)]
mod referrals;
#[cfg(test)]
mod rossi;
#[cfg(test)]
mod worklists;

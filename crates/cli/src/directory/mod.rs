//! `homeward directory`: the services that people can be referred to, from Open Referral's HSDS
//! (Human Services Data Specification 2 and 3, as JSON and as tables) into the ledger, and asked.

mod describe;
mod import;
mod json;
mod record;
mod sample;
mod show;
mod source;
mod tabular;
mod terms;
#[cfg(test)]
mod tests;

use std::path::Path;

use anyhow::Result;
use clap::Subcommand;

use crate::exit::Outcome;
pub(crate) use import::{Publication, bring};
pub(crate) use sample::synthetic;

/// What is done with a service directory.
#[derive(Debug, Subcommand)]
pub(crate) enum DirectoryCommand {
    /// Publish a version of a directory from HSDS, or show what would change
    Import(import::ImportArgs),
    /// Find services that answer a need, the most fitting first
    Suggest(show::SuggestArgs),
    /// List versions, and the services of one of them
    List(show::ListArgs),
}

/// `homeward directory`.
pub(crate) async fn run(
    command: &DirectoryCommand,
    data_dir: &Path,
    json: bool,
) -> Result<Outcome> {
    match command {
        DirectoryCommand::Import(args) => import::run(args, data_dir, json).await,
        DirectoryCommand::Suggest(args) => show::suggest(args, data_dir, json).await,
        DirectoryCommand::List(args) => show::list(args, data_dir, json).await,
    }
}

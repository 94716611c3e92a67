//! Log lines: to standard error, for people or as JSON, as much as was asked for.

use std::io::{self, IsTerminal as _};

use anyhow::{Context as _, Result, anyhow};
use tracing_subscriber::EnvFilter;

use crate::config::LogFormat;

/// The variable that says exactly what is logged, as in `homeward_ledger=debug,warn`.
const VARIABLE: &str = "HOMEWARD_LOG";

/// Begins to log. `quiet` commands only warn, unless asked for more.
///
/// # Errors
/// `HOMEWARD_LOG` cannot be read.
pub(crate) fn start(format: LogFormat, verbose: u8, quiet: bool) -> Result<()> {
    let filter = match std::env::var(VARIABLE) {
        Ok(directives) => EnvFilter::try_new(&directives)
            .with_context(|| format!("{VARIABLE}=`{directives}` is no list of log levels"))?,
        Err(_) => EnvFilter::new(directives(verbose, quiet)),
    };
    let lines = tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_writer(io::stderr);
    let started = match format {
        LogFormat::Human => lines.with_ansi(io::stderr().is_terminal()).try_init(),
        LogFormat::Json => lines.json().flatten_event(true).try_init(),
    };
    started.map_err(|error| anyhow!("log lines cannot be set up: {error}"))
}

/// Our own rooms say more than what they are built with.
fn directives(verbose: u8, quiet: bool) -> &'static str {
    match (verbose, quiet) {
        // A command that needs the log fails when it loses it, and says so once.
        (0, true) => "warn,async_nats=error,homeward_ledger::jetstream::link=error",
        (0, false) => "info,async_nats=warn",
        (1, _) => {
            "info,homeward=debug,homeward_api=debug,homeward_ledger=debug,homeward_projector=debug"
        }
        (2.., _) => "trace",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_level_can_be_read() {
        for (verbose, quiet) in [(0, true), (0, false), (1, true), (2, false), (9, true)] {
            assert!(
                EnvFilter::try_new(directives(verbose, quiet)).is_ok(),
                "{verbose} {quiet}"
            );
        }
    }
}

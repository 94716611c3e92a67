//! The one place that writes to the terminal: answers to standard output, remarks to standard error.
//!
//! Results only, never logs: logs go through `tracing`, which writes to standard error as well.

use std::fmt::Display;
use std::io::{self, IsTerminal, Write};

use serde::Serialize;

/// Writes one line of an answer.
///
/// # Errors
/// Standard output is closed; `main` ends quietly then, because the reader has seen enough.
pub(crate) fn line(text: impl Display) -> io::Result<()> {
    writeln!(io::stdout().lock(), "{text}")
}

/// Writes an answer as JSON, on one line or, for people, indented.
///
/// # Errors
/// As [`line()`].
pub(crate) fn json(value: &impl Serialize) -> io::Result<()> {
    let mut out = io::stdout().lock();
    if io::stdout().is_terminal() {
        serde_json::to_writer_pretty(&mut out, value)?;
    } else {
        serde_json::to_writer(&mut out, value)?;
    }
    writeln!(out)
}

/// Writes a remark to standard error. If even that is closed, there is nobody left to tell.
pub(crate) fn remark(text: impl Display) {
    writeln!(io::stderr().lock(), "{text}").unwrap_or_default();
}

/// How many of something there are: `1 commit`, `2 commits`.
pub(crate) fn counted(count: impl Display, noun: &str) -> String {
    let count = count.to_string();
    let plural = if count == "1" { "" } else { "s" };
    format!("{count} {noun}{plural}")
}

/// Whether an error comes from a reader that went away, as in `homeward export | head`.
pub(crate) fn is_closed(error: &anyhow::Error) -> bool {
    error.chain().any(|cause| {
        cause
            .downcast_ref::<io::Error>()
            .is_some_and(|error| error.kind() == io::ErrorKind::BrokenPipe)
    })
}

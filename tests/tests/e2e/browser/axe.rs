//! What axe-core finds: rules of accessibility that a machine can judge.

use std::path::{Path, PathBuf};

use serde_json::Value;

use super::Page;
use super::chromium::required;

/// Names the script; `cargo xtask test` sets it.
const VARIABLE: &str = "HOMEWARD_AXE";
/// Where `cargo xtask test` leaves it.
const FALLBACK: &str = "../target/tools/axe-core-4.14.1/node_modules/axe-core/axe.min.js";

/// Runs every rule, and gives a line for each place of what is serious or critical.
const RUN: &str = r"async () => {
    const { violations } = await axe.run(document, { resultTypes: ['violations'], preload: false });
    return violations
        .filter(({ impact }) => impact === 'serious' || impact === 'critical')
        .flatMap(({ id, help, nodes }) => nodes.map(({ html, failureSummary }) =>
            `${id}: ${help}\n${html}\n${failureSummary}`));
}";

fn script() -> Option<String> {
    let named = std::env::var_os(VARIABLE).filter(|name| !name.is_empty());
    let path = named.map_or_else(
        || Path::new(env!("CARGO_MANIFEST_DIR")).join(FALLBACK),
        PathBuf::from,
    );
    std::fs::read_to_string(path).ok()
}

impl Page {
    /// Serious and critical findings, each with the markup it is about; none where axe is not there
    /// and nobody insists.
    pub(crate) async fn axe(&self) -> Vec<String> {
        let there: bool = self.ask("() => Boolean(window.axe)").await;
        if !there {
            let Some(script) = script() else {
                assert!(!required(), "there is no axe-core, and it is required");
                eprintln!("SKIPPED: there is no axe-core; `cargo xtask test` says what to do");
                return Vec::new();
            };
            // Through the protocol, which the page's policy does not bind.
            let put: Result<Value, String> = self.evaluate(&format!("{script}; null")).await;
            put.unwrap();
        }
        let before = self.complaints();
        let found = self.ask(RUN).await;
        // What it tries on the page's styles is refused by the page's policy, as it should be.
        self.complaints();
        self.complain_again(before);
        found
    }
}

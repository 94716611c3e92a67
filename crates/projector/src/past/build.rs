//! Which program answered, without asking where it came from.

use std::sync::LazyLock;

use homeward_events::catalogue::event_types;
use homeward_events::id::LogDigest;
use sha2::{Digest as _, Sha256};

/// Digits of a build that are shown: enough to tell builds apart.
const SHOWN: usize = 16;

/// What tells this program's answers from those of others: a digest over its version, the events it
/// reads and the read models it folds, each with their versions. The same sources give the same one on
/// every machine.
pub fn build() -> &'static str {
    static BUILD: LazyLock<String> = LazyLock::new(|| {
        let mut parts = vec![format!("homeward {}", env!("CARGO_PKG_VERSION"))];
        parts.extend(event_types().map(|entry| format!("event {} {}", entry.name, entry.version)));
        let models = homeward_projections::all().iter();
        parts.extend(models.map(|model| format!("model {} {}", model.name, model.version)));
        let digest = digest(parts.join("\n").as_bytes());
        digest.as_str().chars().take(SHOWN).collect()
    });
    &BUILD
}

/// SHA-256 of some bytes.
pub fn digest(bytes: &[u8]) -> LogDigest {
    LogDigest::of(Sha256::digest(bytes).into())
}

//! What a replayed answer rests on.

use std::collections::BTreeMap;

use anyhow::Result;
use homeward_events::id::LogDigest;
use homeward_events::time::Day;
use homeward_projections::MemoryTable;
use homeward_projections::definition::Definition;
use serde::Serialize;
use serde_json::Value;
use sha2::{Digest as _, Sha256};

use crate::out;

/// A definition that an answer rests on.
#[derive(Serialize)]
pub(super) struct DefinitionUsed {
    /// Id and version.
    definition: String,
    /// SHA-256 of its file.
    digest: String,
}

impl DefinitionUsed {
    pub(super) fn of(definition: &Definition) -> Self {
        Self {
            definition: definition.name(),
            digest: definition.digest().to_owned(),
        }
    }
}

/// What an answer rests on.
#[derive(Serialize)]
pub(super) struct Manifest {
    /// Version of this program.
    pub(super) homeward: &'static str,
    /// Digest of which events it reads and which read models it folds.
    pub(super) build: &'static str,
    pub(super) table: &'static str,
    pub(super) model: &'static str,
    pub(super) model_version: u32,
    /// The definitions, for figures that have one.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(super) definitions: Vec<DefinitionUsed>,
    /// Up to where the log is known, as it was asked.
    pub(super) known: Vec<String>,
    /// The last sequence of each ledger that is in.
    pub(super) sequences: BTreeMap<String, u64>,
    /// SHA-256 of the log up to there.
    pub(super) log_sha256: String,
    /// The reference day.
    pub(super) day: Day,
    /// Ledgers that count; empty means every one that is known.
    pub(super) ledgers: Vec<String>,
    pub(super) question: Value,
    /// SHA-256 of the question, with model, day and ledgers.
    pub(super) question_sha256: String,
    /// SHA-256 of every row and cell that was folded.
    pub(super) fold_sha256: String,
    /// SHA-256 of the answer's JSON.
    pub(super) answer_sha256: String,
}

impl Manifest {
    /// For people: one line each, in a fixed order.
    pub(super) fn print(&self) -> Result<()> {
        let manifest = self;
        let words = |texts: &[String], none: &str| {
            if texts.is_empty() {
                none.to_owned()
            } else {
                texts.join(", ")
            }
        };
        let sequences: Vec<String> = manifest
            .sequences
            .iter()
            .map(|(ledger, last)| format!("{ledger}:{last}"))
            .collect();
        out::line(format!(
            "model       {}@{} of homeward {}",
            manifest.model, manifest.model_version, manifest.homeward
        ))?;
        out::line(format!("build       {}", manifest.build))?;
        for DefinitionUsed { definition, digest } in &manifest.definitions {
            out::line(format!("definition  {definition} sha256:{digest}"))?;
        }
        out::line(format!("known       {}", manifest.known.join(", ")))?;
        out::line(format!("sequences   {}", words(&sequences, "none")))?;
        out::line(format!("log         sha256:{}", manifest.log_sha256))?;
        out::line(format!("day         {}", manifest.day))?;
        out::line(format!("ledgers     {}", words(&manifest.ledgers, "every")))?;
        out::line(format!("question    {}", manifest.question))?;
        out::line(format!("asked       sha256:{}", manifest.question_sha256))?;
        out::line(format!("fold        sha256:{}", manifest.fold_sha256))?;
        out::line(format!("answer      sha256:{}", manifest.answer_sha256))?;
        Ok(())
    }
}

/// A digest over rows and cells in their order, each with its length, so that none can pass for two.
pub(super) fn digest_of(table: &MemoryTable) -> String {
    let mut hasher = Sha256::new();
    let mut part = |bytes: &[u8]| {
        hasher.update(u64::try_from(bytes.len()).unwrap_or(u64::MAX).to_be_bytes());
        hasher.update(bytes);
    };
    for (key, row) in &table.rows {
        part(key.as_bytes());
        part(row);
    }
    part(b"cells");
    for (key, count) in &table.cells {
        part(key.as_bytes());
        part(&count.to_be_bytes());
    }
    LogDigest::of(hasher.finalize().into()).to_string()
}

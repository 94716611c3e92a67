//! Finding a nats-server that will do.

use std::ffi::OsStr;
use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::time::Duration;

use super::PrivateServerError;
use crate::version::{SERVER_VERSION_MIN, ServerVersion};

/// What the program is called on a search path.
const NAME: &str = "nats-server";

/// How long it may take to print its version.
const VERSION_PATIENCE: Duration = Duration::from_secs(10);

/// The nats-server to run: the configured one, or else the first on `path_var` (the value of
/// `PATH`; this crate reads no environment).
///
/// # Errors
/// `NotFound`, which says where we looked. A configured one is never replaced by another.
pub fn find_binary(
    configured: Option<&Path>,
    path_var: Option<&OsStr>,
) -> Result<PathBuf, PrivateServerError> {
    if let Some(configured) = configured {
        return if configured.is_file() {
            Ok(configured.to_path_buf())
        } else {
            Err(PrivateServerError::NotFound {
                looked: configured.display().to_string(),
            })
        };
    }
    let folders = path_var.map(std::env::split_paths).into_iter().flatten();
    let mut candidates = folders.map(|folder| folder.join(NAME));
    let found = candidates.find(|candidate| candidate.is_file());
    found.ok_or_else(|| PrivateServerError::NotFound {
        looked: format!("{NAME} in every folder of the search path"),
    })
}

/// Asks a nats-server for its version.
///
/// # Errors
/// `Unusable` if it cannot be run, is something else, or is older than [`SERVER_VERSION_MIN`].
pub async fn check_version(binary: &Path) -> Result<ServerVersion, PrivateServerError> {
    let unusable = |reason: String| PrivateServerError::Unusable {
        binary: binary.display().to_string(),
        reason,
    };
    let run = tokio::process::Command::new(binary)
        .arg("-v")
        .stdin(Stdio::null())
        .kill_on_drop(true)
        .output();
    let output = tokio::time::timeout(VERSION_PATIENCE, run)
        .await
        .map_err(|_| unusable("it did not tell its version".to_owned()))?
        .map_err(|error| unusable(error.to_string()))?;
    accept(&String::from_utf8_lossy(&output.stdout)).map_err(unusable)
}

fn accept(printed: &str) -> Result<ServerVersion, String> {
    let version: ServerVersion = printed.parse().map_err(|error| format!("{error}"))?;
    if version < SERVER_VERSION_MIN {
        return Err(format!(
            "version {version} is too old, {SERVER_VERSION_MIN} or newer is needed"
        ));
    }
    Ok(version)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_old_server_is_refused_by_its_version() {
        assert!(accept("nats-server: v2.15.1\n").is_ok());
        assert_eq!(
            accept("nats-server: v2.9.25\n").unwrap_err(),
            "version 2.9.25 is too old, 2.14.0 or newer is needed"
        );
        assert!(
            accept("something else\n")
                .unwrap_err()
                .contains("found `something else`")
        );
    }

    #[test]
    fn the_configured_binary_is_never_replaced_by_another() {
        let folder = tempfile::tempdir().unwrap();
        let binary = folder.path().join(NAME);
        std::fs::write(&binary, "").unwrap();
        let path = folder.path().as_os_str();
        assert_eq!(find_binary(None, Some(path)).unwrap(), binary);
        assert_eq!(find_binary(Some(&binary), None).unwrap(), binary);
        let missing = folder.path().join("missing");
        assert!(find_binary(Some(&missing), Some(path)).is_err());
        assert!(find_binary(None, None).is_err());
    }
}

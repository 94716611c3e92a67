//! Everything but the tests that a change has to pass: each step runs whatever became of the one
//! before, and the sum at the end says which failed.

use std::process::{Command, ExitCode};
use std::time::{Duration, Instant};

use crate::{cargo, nats_server};

/// Where cargo-deny finds its settings.
const DENY: &str = ".config/deny.toml";

/// What became of a step.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Outcome {
    Passed,
    Failed,
    /// It could not be run here, for this reason.
    Skipped(&'static str),
}

/// Runs every step, and prints the sum.
///
/// # Errors
/// When cargo itself could not be started.
pub(crate) fn run() -> anyhow::Result<ExitCode> {
    let mut report = Report::default();
    report.command("format", cargo::cargo(["fmt", "--all", "--check"]))?;
    report.command("lints", {
        cargo::cargo([
            "clippy",
            "--workspace",
            "--all-targets",
            "--",
            "-D",
            "warnings",
        ])
    })?;
    let mut documentation = cargo::cargo(["doc", "--workspace", "--no-deps"]);
    documentation.env("RUSTDOCFLAGS", "-Dwarnings");
    report.command("documentation", documentation)?;
    report.command("generated files", {
        cargo::cargo([
            "run", "--quiet", "-p", "homeward", "--", "schema", "--check",
        ])
    })?;
    report.step("dependencies", dependencies)?;
    report.step("advisories", advisories)?;
    report.step("snapshots", snapshots)?;
    print!("{}", report.sum());
    Ok(report.exit_code())
}

/// Licences, bans and sources; all of it is in the lock file and the crates themselves.
fn dependencies() -> anyhow::Result<Outcome> {
    if !cargo::has("deny") {
        return Ok(Outcome::Skipped("cargo-deny is not installed"));
    }
    let mut check = cargo::cargo(["deny", "check", "--config", DENY]);
    outcome(check.args(["bans", "licenses", "sources"]))
}

/// Known holes and abandoned crates. The list of them has to be fetched, and a machine that cannot
/// is not a reason to fail; that there was no look is said.
fn advisories() -> anyhow::Result<Outcome> {
    if !cargo::has("deny") {
        return Ok(Outcome::Skipped("cargo-deny is not installed"));
    }
    let mut fetch = cargo::cargo(["deny", "fetch", "--config", DENY, "db"]);
    if outcome(&mut fetch)? == Outcome::Failed {
        return Ok(Outcome::Skipped(
            "the list of advisories could not be fetched",
        ));
    }
    let mut check = cargo::cargo(["deny", "check", "--config", DENY, "--disable-fetch"]);
    outcome(check.arg("advisories"))
}

/// Snapshots that no test asks for any more.
fn snapshots() -> anyhow::Result<Outcome> {
    if !cargo::has("insta") {
        return Ok(Outcome::Skipped("cargo-insta is not installed"));
    }
    let nats_server = nats_server::find_or_install()?;
    let homeward = cargo::build_homeward(&["-p", "homeward"])?;
    let mut test = cargo::cargo(["insta", "test", "--workspace", "--check"]);
    test.arg("--unreferenced=reject")
        .env(nats_server::VARIABLE, nats_server)
        .env(cargo::BINARY_VARIABLE, homeward);
    outcome(&mut test)
}

fn outcome(command: &mut Command) -> anyhow::Result<Outcome> {
    let code = cargo::exit_code(command)?;
    Ok(if code == ExitCode::SUCCESS {
        Outcome::Passed
    } else {
        Outcome::Failed
    })
}

/// The steps so far.
#[derive(Default)]
struct Report {
    steps: Vec<(&'static str, Outcome, Duration)>,
}

impl Report {
    fn command(&mut self, name: &'static str, mut command: Command) -> anyhow::Result<()> {
        self.step(name, || outcome(&mut command))
    }

    fn step(
        &mut self,
        name: &'static str,
        work: impl FnOnce() -> anyhow::Result<Outcome>,
    ) -> anyhow::Result<()> {
        println!("== {name}");
        let begun = Instant::now();
        let outcome = work()?;
        let step = (name, outcome, begun.elapsed());
        println!("{}\n", line(step));
        self.steps.push(step);
        Ok(())
    }

    fn failed(&self) -> usize {
        let failed = |step: &&(_, Outcome, _)| step.1 == Outcome::Failed;
        self.steps.iter().filter(failed).count()
    }

    fn exit_code(&self) -> ExitCode {
        if self.failed() == 0 {
            ExitCode::SUCCESS
        } else {
            ExitCode::FAILURE
        }
    }

    fn sum(&self) -> String {
        let lines: String = self.steps.iter().map(|step| line(*step) + "\n").collect();
        let closing = match self.failed() {
            0 => "every step that ran passed".to_owned(),
            1 => "1 step failed".to_owned(),
            more => format!("{more} steps failed"),
        };
        format!("== sum\n{lines}{closing}\n")
    }
}

fn line((name, outcome, took): (&str, Outcome, Duration)) -> String {
    let seconds = took.as_secs_f64();
    match outcome {
        Outcome::Passed => format!("{name:<16} passed   {seconds:>6.1} s"),
        Outcome::Failed => format!("{name:<16} FAILED   {seconds:>6.1} s"),
        Outcome::Skipped(reason) => format!("{name:<16} SKIPPED: {reason}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn report(steps: &[(&'static str, Outcome)]) -> Report {
        let step = |(name, outcome): &(_, _)| (*name, *outcome, Duration::from_millis(1_540));
        Report {
            steps: steps.iter().map(step).collect(),
        }
    }

    #[test]
    fn the_sum_names_every_step_and_its_time() {
        let report = report(&[
            ("format", Outcome::Passed),
            ("lints", Outcome::Failed),
            ("advisories", Outcome::Skipped("no network")),
        ]);
        assert_eq!(
            report.sum(),
            "== sum\n\
             format           passed      1.5 s\n\
             lints            FAILED      1.5 s\n\
             advisories       SKIPPED: no network\n\
             1 step failed\n"
        );
        assert_eq!(report.exit_code(), ExitCode::FAILURE);
    }

    #[test]
    fn what_was_skipped_is_no_failure() {
        let report = report(&[
            ("format", Outcome::Passed),
            ("advisories", Outcome::Skipped("no network")),
        ]);
        assert!(report.sum().ends_with("every step that ran passed\n"));
        assert_eq!(report.exit_code(), ExitCode::SUCCESS);
    }

    #[test]
    fn a_step_that_fails_does_not_keep_the_next_from_running() {
        let mut report = Report::default();
        report.step("first", || Ok(Outcome::Failed)).unwrap();
        report.step("second", || Ok(Outcome::Passed)).unwrap();
        let names: Vec<_> = report.steps.iter().map(|step| step.0).collect();
        assert_eq!(names, ["first", "second"]);
        assert_eq!(report.failed(), 1);
    }
}

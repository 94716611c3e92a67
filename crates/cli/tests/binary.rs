//! The binary as scripts see it: exit codes, what is printed where, and what is left on disk. Nothing
//! here needs a server.
#![expect(
    clippy::unwrap_used,
    reason = "a test that cannot run its subject has failed"
)]

use std::fs;
use std::io::Write as _;
use std::path::Path;
use std::process::{Command, Output, Stdio};

use serde_json::Value;

/// The binary on a data directory of its own, with an environment that says nothing to it.
fn homeward(folder: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_homeward"));
    for (name, _) in std::env::vars_os() {
        if name.to_string_lossy().starts_with("HOMEWARD_") {
            command.env_remove(name);
        }
    }
    command
        .current_dir(folder)
        .arg("--data-dir")
        .arg(folder.join("data"));
    command
}

fn run(folder: &Path, arguments: &[&str]) -> Output {
    homeward(folder).args(arguments).output().unwrap()
}

fn told(output: &Output) -> (Option<i32>, String, String) {
    let text = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).unwrap();
    (
        output.status.code(),
        text(&output.stdout),
        text(&output.stderr),
    )
}

#[test]
fn a_command_line_that_cannot_be_read_is_2() {
    let folder = tempfile::tempdir().unwrap();
    for line in [
        vec!["no-such-command"],
        vec!["keys", "create", "--name", "x", "--role", "king"],
        vec!["serve", "--ledger", "JM"],
        vec!["replay", "--known", "yesterday"],
        vec!["replay", "--model", "no-such-model"],
        vec!["import", "rossi"],
        vec!["archive"],
        vec!["archive", "--out", "a", "--check", "a"],
        vec!["archive", "--check", "a", "--from", "2"],
    ] {
        assert_eq!(run(folder.path(), &line).status.code(), Some(2), "{line:?}");
    }
}

#[test]
fn a_failure_is_1_and_says_what_to_do() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("text.jsonl"), "[]\n").unwrap();
    // No server listens on the first port there is.
    for (line, expected) in [
        (vec!["publish", "missing.jsonl"], "missing.jsonl"),
        (
            vec!["status", "--url", "http://127.0.0.1:1"],
            "homeward serve",
        ),
        (vec!["status", "--url", "https://127.0.0.1:1"], "plain http"),
        (vec!["export"], "--ledger"),
        (
            vec![
                "export",
                "--ledger",
                "jm",
                "--nats-server",
                "no-such-server",
            ],
            "--nats-server",
        ),
        (vec!["keys", "revoke", "nobody"], "homeward keys list"),
        (vec!["archive", "--out", "a"], "--ledger"),
        (vec!["archive", "--check", "missing"], "missing"),
        (vec!["archive", "--check", "text.jsonl"], "is no archive"),
        (vec!["replay", "--archive", "text.jsonl"], "is no archive"),
        (vec!["export", "--archive", "missing"], "missing"),
    ] {
        let (code, out, error) = told(&run(folder.path(), &line));
        assert_eq!((code, out.as_str()), (Some(1), ""), "{line:?}: {error}");
        assert!(
            error.starts_with("error: ") && error.contains(expected),
            "{line:?}: {error}"
        );
    }
}

#[test]
fn lines_that_are_no_commits_are_3_and_are_left_in_a_file() {
    let folder = tempfile::tempdir().unwrap();
    let input = folder.path().join("input.jsonl");
    fs::write(&input, "one\r\n\r\n[]\r\n{\"a\":").unwrap();
    let (code, out, _) = told(&run(folder.path(), &["--json", "publish", "input.jsonl"]));
    let summary: Value = serde_json::from_str(&out).unwrap();
    assert_eq!(
        (code, &summary["refused"], &summary["accepted"]),
        (Some(3), &3.into(), &0.into())
    );
    let rejects = fs::read_to_string(folder.path().join("input.jsonl.rejected.jsonl")).unwrap();
    let rejects: Vec<Value> = rejects
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect();
    let told: Vec<(u64, &str)> = rejects
        .iter()
        .map(|reject| {
            (
                reject["line"].as_u64().unwrap(),
                reject["code"].as_str().unwrap(),
            )
        })
        .collect();
    assert_eq!(told, [(1, "not-json"), (3, "empty"), (4, "not-json")]);
}

#[test]
fn nothing_to_publish_is_0_from_a_file_and_from_standard_input() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("empty.jsonl"), "\n").unwrap();
    assert_eq!(
        run(folder.path(), &["publish", "empty.jsonl"])
            .status
            .code(),
        Some(0)
    );
    let mut child = homeward(folder.path())
        .args(["publish", "-", "--reject", "none.jsonl"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    child.stdin.take().unwrap().write_all(b"[]\n").unwrap();
    assert_eq!(child.wait_with_output().unwrap().status.code(), Some(0));
    assert!(!folder.path().join("none.jsonl").exists());
}

#[test]
fn a_key_is_printed_once_and_can_be_revoked() {
    let folder = tempfile::tempdir().unwrap();
    let line = [
        "keys",
        "create",
        "--name",
        "port desk",
        "--role",
        "publisher",
        "--ledger",
        "jm,tt",
    ];
    let (code, key, _) = told(&run(folder.path(), &line));
    let key = key.trim();
    let id = key.split('_').nth(1).unwrap();
    assert_eq!((code, key.starts_with("hw_")), (Some(0), true), "{key}");
    let (_, list, _) = told(&run(folder.path(), &["keys", "list"]));
    assert!(
        list.contains("port desk") && list.contains("jm, tt") && list.contains(id),
        "{list}"
    );
    let secret = key.rsplit('_').next().unwrap();
    let kept = fs::read_to_string(folder.path().join("data/keys.json")).unwrap();
    assert!(!list.contains(secret) && !kept.contains(secret));
    assert_eq!(
        run(folder.path(), &["keys", "revoke", id]).status.code(),
        Some(0)
    );
    let (_, list, _) = told(&run(folder.path(), &["--json", "keys", "list"]));
    let list: Value = serde_json::from_str(&list).unwrap();
    assert!(list[0]["revoked"].is_string(), "{list}");
}

#[test]
fn the_environment_comes_between_the_file_and_the_flags() {
    let folder = tempfile::tempdir().unwrap();
    fs::create_dir(folder.path().join("data")).unwrap();
    let file = "listen = \"127.0.0.1:1\"\nledgers = [\"jm\"]\nlog_format = \"json\"\n";
    fs::write(folder.path().join("data/homeward.toml"), file).unwrap();
    let output = homeward(folder.path())
        .env("HOMEWARD_LISTEN", "127.0.0.1:2")
        .env("HOMEWARD_LEDGERS", "tt,bb")
        .args(["--json", "config", "check", "--ledger", "gy"])
        .output()
        .unwrap();
    let settings: Value = serde_json::from_slice(&output.stdout).unwrap();
    let setting = |name: &str| {
        (
            settings[name]["value"].clone(),
            settings[name]["from"].clone(),
        )
    };
    assert_eq!(
        setting("listen"),
        ("127.0.0.1:2".into(), "environment".into())
    );
    assert_eq!(
        setting("ledgers"),
        (serde_json::json!(["gy"]), "flag".into())
    );
    assert_eq!(setting("log_format"), ("json".into(), "file".into()));
    assert_eq!(setting("nats_intake"), (true.into(), "default".into()));
}

#[test]
fn schemas_that_differ_are_4() {
    let folder = tempfile::tempdir().unwrap();
    assert_eq!(
        run(folder.path(), &["schema", "--write", "schema"])
            .status
            .code(),
        Some(0)
    );
    assert_eq!(
        run(folder.path(), &["schema", "--check", "schema"])
            .status
            .code(),
        Some(0)
    );
    fs::remove_file(folder.path().join("schema/asyncapi.json")).unwrap();
    let (code, out, _) = told(&run(folder.path(), &["schema", "--check", "schema"]));
    assert_eq!((code, out.as_str()), (Some(4), "asyncapi.json differs\n"));
}

#[test]
fn a_cohort_can_be_written_down_and_every_line_is_a_commit() {
    let folder = tempfile::tempdir().unwrap();
    let line = ["import", "synthetic", "--ledger", "ag", "--out", "ag.jsonl"];
    let (code, _, error) = told(&run(folder.path(), &line));
    assert_eq!(code, Some(0), "{error}");
    assert!(error.contains("SYNTHETIC"), "{error}");
    let text = fs::read_to_string(folder.path().join("ag.jsonl")).unwrap();
    assert!(text.lines().count() > 12);
    for line in text.lines() {
        let commit: Value = serde_json::from_str(line).unwrap();
        let source = commit["events"][0]["source"].as_str().unwrap();
        assert!(source.starts_with("urn:homeward:synthetic:"), "{source}");
    }
}

#[test]
fn a_reader_that_has_seen_enough_is_no_failure() {
    let folder = tempfile::tempdir().unwrap();
    let mut child = homeward(folder.path())
        .arg("schema")
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    drop(child.stdout.take());
    let output = child.wait_with_output().unwrap();
    assert_eq!(told(&output), (Some(0), String::new(), String::new()));
}

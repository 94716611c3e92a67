//! The log in one file: written beside a running house, read where there is no server at all, and
//! taken back through the border into another house.

use std::path::Path;
use std::process::{Command, Output};

use homeward_e2e::house::{House, homeward};
use serde_json::Value;

/// The binary where nothing else is: no path, no data directory, no settings.
fn elsewhere(folder: &Path, arguments: &[&str]) -> Output {
    let mut command = Command::new(homeward());
    command
        .env_clear()
        .current_dir(folder)
        .args(["--data-dir", "nothing-here"])
        .args(arguments);
    command.output().unwrap()
}

fn done(output: Output) -> Vec<u8> {
    let told = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{told}");
    output.stdout
}

fn json(bytes: &[u8]) -> Value {
    serde_json::from_slice(bytes).unwrap()
}

/// Questions that every read model with figures is asked; the day makes them independent of today.
const QUESTIONS: [&[&str]; 3] = [
    &["--model", "caseload", "--by", "ledger"],
    &["--model", "referrals"],
    &["--model", "histories", "--at", "180"],
];

/// What is behind a figure, and what moved it.
const EXPLAINED: [&[&str]; 2] = [
    &["--json", "explain", "caseload", "--day", "2026-06-30"],
    &[
        "--json",
        "diff",
        "--from",
        "jm:9",
        "--from",
        "tt:9",
        "--day",
        "2026-06-30",
    ],
];

fn replay<'a>(question: &[&'a str], more: &[&'a str]) -> Vec<&'a str> {
    let always = ["--json", "replay", "--day", "2026-06-30"];
    [&always, question, more].concat()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_archive_answers_without_a_server_and_fills_another_house() {
    let house = House::start(&["jm", "tt"]).await;
    let operator = house.key("operator", &[]);
    let invented = |ledger: &str| {
        let line = ["import", "synthetic", "--publish", "--ledger", ledger];
        let more = ["--journeys", "12", "--key", &operator];
        done(house.run(&[&line[..], &more].concat()));
    };
    invented("jm");
    invented("tt");
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("all.homeward");
    let path = file.to_str().unwrap();
    let told = done(house.run(&[
        "--json",
        "archive",
        "--out",
        path,
        "--by",
        "evaluation unit",
    ]));
    let told = json(&told);
    assert_eq!(told["manifest"]["by"], "evaluation unit");
    assert_eq!(told["manifest"]["ledgers"][1]["whole"], true, "{told}");

    let logged: Vec<Vec<u8>> = QUESTIONS
        .map(|question| done(house.run(&replay(question, &[]))))
        .to_vec();
    // Beside a running house, nobody needs a nats-server to read.
    let data_dir = house.folder().to_str().unwrap();
    for (question, logged) in QUESTIONS.iter().zip(&logged) {
        let line = replay(question, &["--data-dir", data_dir]);
        let mut command = Command::new(homeward());
        let beside = command.env_clear().args(&line).output().unwrap();
        assert!(done(beside) == *logged, "{question:?}");
    }
    let explained = EXPLAINED.map(|question| done(house.run(question)));
    let exported = done(house.run(&["export"]));
    drop(house);
    // From here on there is no server, and none could be started.
    for (question, logged) in QUESTIONS.iter().zip(&logged) {
        let archived = done(elsewhere(
            folder.path(),
            &replay(question, &["--archive", path]),
        ));
        assert!(
            archived == *logged,
            "{question:?}: {}",
            String::from_utf8_lossy(&archived)
        );
    }
    for (question, logged) in EXPLAINED.iter().zip(&explained) {
        let line = [question, &["--archive", path][..]].concat();
        assert!(
            done(elsewhere(folder.path(), &line)) == *logged,
            "{question:?}"
        );
    }
    assert!(done(elsewhere(folder.path(), &["export", "--archive", path])) == exported);
    let lines = std::str::from_utf8(&exported).unwrap().lines();
    let slice: Vec<&str> = lines
        .filter(|line| line.contains("\"ledger\":\"tt\""))
        .skip(2)
        .take(3)
        .collect();
    let ours = [
        "export",
        "--archive",
        path,
        "--ledger",
        "tt",
        "--from",
        "3",
        "--to",
        "5",
    ];
    let ours = done(elsewhere(folder.path(), &ours));
    assert_eq!(
        std::str::from_utf8(&ours)
            .unwrap()
            .lines()
            .collect::<Vec<_>>(),
        slice
    );
    let checked = json(&done(elsewhere(
        folder.path(),
        &["--json", "archive", "--check", path],
    )));
    assert_eq!(
        (&checked["whole"], &checked["sha256"]),
        (&true.into(), &told["sha256"])
    );

    let fresh = House::start(&["jm", "tt"]).await;
    let operator = fresh.key("operator", &[]);
    let lines = folder.path().join("all.jsonl");
    std::fs::write(&lines, &exported).unwrap();
    done(fresh.run(&["publish", lines.to_str().unwrap(), "--key", &operator]));
    for (question, logged) in QUESTIONS.iter().zip(&logged) {
        let again = json(&done(fresh.run(&replay(question, &[]))));
        assert_eq!(again["answer"], json(logged)["answer"], "{question:?}");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_damaged_archive_and_a_slice_are_not_answered_from() {
    let house = House::start(&["jm"]).await;
    let operator = house.key("operator", &[]);
    let line = [
        "import",
        "synthetic",
        "--publish",
        "--ledger",
        "jm",
        "--journeys",
        "12",
    ];
    done(house.run(&[&line[..], &["--key", &operator]].concat()));
    let folder = tempfile::tempdir().unwrap();
    let (whole, slice) = (folder.path().join("whole"), folder.path().join("slice"));
    done(house.run(&["archive", "--out", whole.to_str().unwrap()]));
    done(house.run(&[
        "archive",
        "--out",
        slice.to_str().unwrap(),
        "--from",
        "2",
        "--to",
        "9",
    ]));
    drop(house);
    let run = |arguments: &[&str]| {
        let output = elsewhere(folder.path(), arguments);
        let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
        let (told, error) = (text(&output.stdout), text(&output.stderr));
        (output.status.code(), told, error)
    };

    assert_eq!(run(&["archive", "--check", "slice"]).0, Some(0));
    let (code, told, error) = run(&["replay", "--archive", "slice"]);
    assert_eq!((code, told.as_str()), (Some(1), ""));
    assert!(
        error.contains("ledger `jm`: a slice, 2 to 9 of 1 to "),
        "{error}"
    );
    let (code, told, _) = run(&["export", "--archive", "slice"]);
    assert_eq!((code, told.lines().count()), (Some(0), 8));

    let mut bytes = std::fs::read(&whole).unwrap();
    bytes[1_000] ^= 1;
    std::fs::write(&whole, &bytes).unwrap();
    let (code, told, _) = run(&["archive", "--check", "whole"]);
    assert_eq!(code, Some(4), "{told}");
    assert!(
        told.contains("sequences 1 to ") && told.contains("at byte 12"),
        "{told}"
    );
    let (code, told, error) = run(&["replay", "--archive", "whole"]);
    assert_eq!((code, told.as_str()), (Some(1), ""));
    assert!(error.contains("ledger `jm`: sequences 1 to "), "{error}");
    bytes.truncate(bytes.len() - 1);
    std::fs::write(&whole, &bytes).unwrap();
    let (code, told, _) = run(&["archive", "--check", "whole"]);
    assert_eq!(code, Some(4));
    assert!(told.contains("cut off"), "{told}");
    assert_eq!(run(&["replay", "--archive", "whole"]).0, Some(1));
}

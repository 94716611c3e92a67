//! Definitions as data: the shipped ones beside an office's own, evaluated without a new build.

use std::fs;

use homeward_e2e::facts::{event, id, received};
use homeward_e2e::house::House;
use serde_json::{Value, json};

/// An office asks its own question: does anybody come to the police within a quarter of the year,
/// counted from the second week on?
const OWN: &str = r#"
id = "quick-contact"
version = 3
title = "Contact with the police within a quarter"
source = "an office's own"
effective_from = "2026-01-01"
not_at_risk = ["custody"]

[origin]
event = "reception"
unit = "person"
which = "first"

[population]
return_type = ["deported"]

[[failure]]
cause = "police"
event = "arrested"

[[failure]]
cause = "police"
event = "charged"
class = ["drugs", "firearms"]

[windows]
months = [3]

[grace]
after_origin_days = 7

[ends]
competing = ["died"]
censoring = ["contact-lost"]
"#;

const SENTENCE: &str = "Each person is followed from the first reception on. Counted are only those \
    with type of return deported. A failure is an arrest or a charge of class drugs or firearms. A \
    failure is dated by its own day. Nobody is at risk in the first 7 days after the origin. These \
    make a failure impossible and compete: death. These end observation without an answer and \
    censor: lost contact. This is no time at risk, and facts in it do not count: time in custody. \
    Windows close 3 calendar months after the origin; the day of closing is not in them. Before a \
    window has closed its answer is “not yet”, never “no”. What lies after the reference day is not \
    known.";

async fn lives(house: &House) {
    let key = house.key("publisher", &[]);
    for (arrested, class) in [
        (None, ""),
        (Some("2026-02-01"), "drugs"),
        (Some("2026-01-05"), "fraud"),
    ] {
        let journey = id();
        let mut commit = vec![received(journey, "2026-01-01")];
        if let Some(on) = arrested {
            let case = json!({ "case": id(), "class": class });
            commit.push(event(journey, "justice.arrested", on, &case));
        }
        let (status, answer) = house.publish(&key, &commit).await;
        assert_eq!(status, 201, "{answer}");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_office_brings_its_own_definition() {
    let folder = tempfile::tempdir().unwrap();
    let own = folder.path().join("definitions");
    fs::create_dir(&own).unwrap();
    fs::write(own.join("quick.toml"), OWN).unwrap();
    let house = House::start_in(folder, &["jm"], &[]).await;
    lives(&house).await;

    let reader = house.key("reader", &[]);
    let (_, list) = house.get(&reader, "/v1/definitions").await;
    let definitions = list["definitions"].as_array().unwrap();
    assert_eq!(definitions.len(), 6, "{list}");
    let quick = definitions
        .iter()
        .find(|d| d["name"] == "quick-contact@3")
        .unwrap();
    assert_eq!(
        (&quick["sentence"], &quick["file"]),
        (&json!(SENTENCE), &json!(OWN))
    );

    let path = "/v1/recidivism?definition=quick-contact&day=2026-06-30&at=60&at_least=jm:3";
    let (status, answer) = house.get(&reader, path).await;
    assert_eq!(status, 200, "{answer}");
    assert_eq!(answer["definition_digest"], quick["digest"]);
    assert_eq!(answer["definition_text"], json!(SENTENCE));
    // Three were received, one of them arrested in the first week: that does not count.
    assert_eq!(
        (&answer["persons"], &answer["failed"]),
        (&json!(3), &json!(1))
    );
    let window = &answer["windows"][0];
    assert_eq!(
        (&window["failed"], &window["not_failed"]),
        (&json!(1), &json!(2))
    );

    // Without a name, the shipped one answers; a name that nobody knows is refused with those known.
    let (_, answer) = house.get(&reader, "/v1/recidivism?day=2026-06-30").await;
    assert_eq!(
        (&answer["definition"], &answer["failed"]),
        (&json!("rearrest@1"), &json!(2))
    );
    let (status, refused) = house
        .get(&reader, "/v1/recidivism?definition=nothing")
        .await;
    assert_eq!(status, 400, "{refused}");
    assert!(
        refused["detail"]
            .as_str()
            .unwrap()
            .contains("quick-contact@3"),
        "{refused}"
    );
}

/// Five shipped definitions and a sixth from a file, over one fold, twice to the byte.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn six_definitions_stand_side_by_side_over_one_fold() {
    let house = House::start(&["jm"]).await;
    lives(&house).await;
    let file = house.folder().join("own.toml");
    fs::write(&file, OWN).unwrap();
    let file = file.to_str().unwrap();
    let mut arguments = vec!["--json", "replay", "--day", "2026-06-30", "--at", "60"];
    for name in [
        "rearrest",
        "reconviction-proven",
        "return-to-custody",
        "removed-again",
        "remigration",
        file,
    ] {
        arguments.extend(["--definition", name]);
    }
    let output = house.run(&arguments);
    let told = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{told}");
    assert_eq!(house.run(&arguments).stdout, output.stdout);
    let answer: Value = serde_json::from_slice(&output.stdout).unwrap();
    let answers = answer["answer"].as_array().unwrap();
    let failed: Vec<(&str, i64)> = answers
        .iter()
        .map(|a| {
            (
                a["definition"].as_str().unwrap(),
                a["failed"].as_i64().unwrap(),
            )
        })
        .collect();
    assert_eq!(
        failed,
        [
            ("rearrest@1", 2),
            ("reconviction-proven@1", 0),
            ("return-to-custody@1", 0),
            ("removed-again@1", 0),
            ("remigration@1", 0),
            ("quick-contact@3", 1),
        ]
    );
    assert_eq!(answers[5]["definition_text"], json!(SENTENCE));
    assert_eq!(
        answer["manifest"]["definitions"].as_array().unwrap().len(),
        6
    );
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_file_that_is_no_definition_is_said_to_be_none() {
    let house = House::start(&["jm"]).await;
    let folder = house.folder().join("definitions");
    fs::create_dir(&folder).unwrap();
    let file = folder.join("own.toml");
    fs::write(
        &file,
        OWN.replace("event = \"charged\"", "event = \"jailed\""),
    )
    .unwrap();
    let check = house.run(&["definitions", "check", file.to_str().unwrap()]);
    let told = String::from_utf8_lossy(&check.stderr).into_owned();
    assert_eq!(check.status.code(), Some(1), "{told}");
    for word in ["own.toml", "failure[1].event", "jailed", "custody-entered"] {
        assert!(told.contains(word), "{told}");
    }
    // A server would answer from another definition than the office means: it does not start.
    let list = house.run(&["definitions", "list"]);
    assert_eq!(list.status.code(), Some(1));
    let serve = house.run(&["serve", "--listen", "127.0.0.1:0", "--ledger", "other"]);
    let told = String::from_utf8_lossy(&serve.stderr).into_owned();
    assert_eq!(serve.status.code(), Some(1), "{told}");
    assert!(told.contains("own.toml"), "{told}");

    fs::write(&file, OWN).unwrap();
    let check = house.run(&["definitions", "check", file.to_str().unwrap()]);
    let told = String::from_utf8_lossy(&check.stdout).into_owned();
    assert!(check.status.success() && told.contains(SENTENCE), "{told}");
}

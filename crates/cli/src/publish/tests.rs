//! Publishing through a real door: the API before a log in memory.

use std::fs;
use std::path::{Path, PathBuf};

use homeward_api::keys::{KeyStore, Role};
use homeward_api::{Doors, ServeConfig};
use homeward_cli::cohorts::rossi;
use homeward_events::codec::encode_commit;
use homeward_ledger::{Ledgers, in_memory};
use homeward_projector::{Config, Projector};
use serde_json::Value;
use tempfile::TempDir;
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;

use super::pieces::Format;
use super::{Rejects, Summary, open, publish, reject_path};
use crate::door::Door;
use crate::keys;

/// A door that is open for one test.
struct Open {
    folder: TempDir,
    ledgers: Ledgers,
    keys: KeyStore,
    url: String,
    tracker: TaskTracker,
    stop: CancellationToken,
}

impl Open {
    async fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let ledgers = in_memory(&["rossi".parse().unwrap()]);
        let (tracker, stop) = (TaskTracker::new(), CancellationToken::new());
        let config = Config::new(folder.path());
        let reader = ledgers.reader.clone();
        let projector = Projector::start(config, reader, tracker.clone(), stop.clone())
            .await
            .unwrap();
        let keys = keys::open(folder.path()).unwrap();
        let config = ServeConfig {
            listen: "127.0.0.1:0".parse().unwrap(),
            nats_intake: false,
        };
        let rules = homeward_projections::identity::Rules::shipped().unwrap();
        let people = homeward_projector::Identities::start(
            ledgers.reader.clone(),
            rules,
            &tracker,
            stop.clone(),
        );
        let doors = Doors {
            people,
            ledgers: ledgers.clone(),
            projector,
            definitions: homeward_projections::definition::Definitions::shipped(),
            keys: keys.clone(),
            instruments: homeward_projections::instrument::Instruments::default(),
            schedules: homeward_projections::schedule::Schedules::default(),
            worklists: homeward_projections::worklist::Worklists::default(),
            secret: keys::random_secret,
        };
        let running = homeward_api::serve(config, doors, &tracker, stop.clone())
            .await
            .unwrap();
        let url = format!("http://{}", running.address);
        Self {
            folder,
            ledgers,
            keys,
            url,
            tracker,
            stop,
        }
    }

    fn door(&self, role: Role) -> Door {
        let key = keys::make(&self.keys, "test", role).unwrap();
        Door::new(&self.url, Some(key)).unwrap()
    }

    fn write(&self, name: &str, content: &[u8]) -> PathBuf {
        let path = self.folder.path().join(name);
        fs::write(&path, content).unwrap();
        path
    }

    async fn publish(&self, input: &Path) -> anyhow::Result<Summary> {
        let source = open(input, Format::Auto).unwrap();
        let rejects = Rejects::lines(reject_path(input, "jsonl"));
        publish(&self.door(Role::Publisher), source, 3, rejects).await
    }

    async fn close(self) {
        self.stop.cancel();
        self.tracker.close();
        self.tracker.wait().await;
    }
}

/// The first commits of the Rossi cohort, one on each line.
fn lines(commits: usize) -> Vec<String> {
    rossi::commits(&"rossi".parse().unwrap())
        .unwrap()
        .iter()
        .take(commits)
        .map(|commit| String::from_utf8(encode_commit(commit).unwrap()).unwrap())
        .collect()
}

fn rejects(input: &Path) -> Vec<Value> {
    let text = fs::read_to_string(reject_path(input, "jsonl")).unwrap();
    text.lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_cohort_gets_in_once_in_order_within_each_journey() {
    let house = Open::new().await;
    // More than two requests of a hundred commits for each of the three writers.
    let all = lines(700);
    let input = house.write("cohort.jsonl", all.join("\n").as_bytes());
    let first = house.publish(&input).await.unwrap();
    assert_eq!((first.accepted, first.known, first.refused), (700, 0, 0));
    assert_eq!(first.reject_file, None);
    let again = house.publish(&input).await.unwrap();
    assert_eq!((again.accepted, again.known, again.refused), (0, 700, 0));
    assert_eq!(again.events, first.events);
    let head = house
        .ledgers
        .reader
        .head(&"rossi".parse().unwrap())
        .await
        .unwrap();
    assert_eq!(head.last, 700);
    house.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_array_gives_what_its_lines_give() {
    let house = Open::new().await;
    let all = lines(40);
    let array = format!("[\n{}\n]\n", all.join(",\n"));
    let input = house.write("cohort.json", array.as_bytes());
    let summary = house.publish(&input).await.unwrap();
    assert_eq!((summary.accepted, summary.refused), (40, 0));
    let input = house.write("cohort.jsonl", all.join("\r\n").as_bytes());
    let again = house.publish(&input).await.unwrap();
    assert_eq!((again.accepted, again.known), (0, 40));
    house.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_refused_is_noted_and_the_rest_gets_in() {
    let house = Open::new().await;
    let good = lines(3);
    let unknown_type = good[1].replace("justice.arrested", "justice.suspected");
    assert_ne!(unknown_type, good[1]);
    let twice = r#"{"events":[{"id":1,"id":2}]}"#;
    let input = house.write(
        "mixed.jsonl",
        format!(
            "{}\nnot json\n\n{unknown_type}\n{twice}\n{}",
            good[0], good[2]
        )
        .as_bytes(),
    );
    let summary = house.publish(&input).await.unwrap();
    assert_eq!((summary.accepted, summary.refused), (2, 3));
    assert_eq!(summary.reject_file, Some(reject_path(&input, "jsonl")));
    let rejects = rejects(&input);
    let told: Vec<(u64, &str)> = rejects
        .iter()
        .map(|reject| {
            (
                reject["line"].as_u64().unwrap(),
                reject["code"].as_str().unwrap(),
            )
        })
        .collect();
    assert_eq!(
        told,
        [(2, "not-json"), (4, "type-unknown"), (5, "key-twice")]
    );
    assert_eq!(rejects[0]["text"], "not json");
    assert_eq!(rejects[1]["field"], "/type");
    assert_eq!(
        rejects[1]["commit"]["events"][0]["type"],
        "justice.suspected"
    );
    assert!(
        rejects[1]["reason"]
            .as_str()
            .unwrap()
            .contains("justice.suspected")
    );
    // Mended where it was noted, and published again as it is: only what was mended gets in.
    let mended = fs::read_to_string(reject_path(&input, "jsonl")).unwrap();
    let mended = mended.replace("justice.suspected", "justice.arrested");
    let mended = house.write("mended.jsonl", mended.as_bytes());
    let summary = house.publish(&mended).await.unwrap();
    assert_eq!((summary.accepted, summary.refused), (1, 2));
    house.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_key_that_may_not_publish_ends_it_at_once() {
    let house = Open::new().await;
    let input = house.write("cohort.jsonl", lines(5).join("\n").as_bytes());
    for (door, expected) in [
        (house.door(Role::Reader), "does not allow publishing"),
        (Door::new(&house.url, None).unwrap(), "homeward keys create"),
        (
            Door::new(&house.url, Some("hw_x_y".to_owned())).unwrap(),
            "does not know this key",
        ),
    ] {
        let source = open(&input, Format::Auto).unwrap();
        let refused = publish(
            &door,
            source,
            2,
            Rejects::lines(reject_path(&input, "jsonl")),
        )
        .await
        .unwrap_err();
        let refused = format!("{refused:#}");
        assert!(refused.contains(expected), "{refused}");
    }
    house.close().await;
}

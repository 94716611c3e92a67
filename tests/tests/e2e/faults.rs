//! Kills without warning, at points of time that a seed chooses, while writers publish: whatever was
//! acknowledged is in the log, once, and the read models add up to the log.
//!
//! `HOMEWARD_FAULT_SEED` gives the kills of another run again (as far as threads and disks do), and
//! `HOMEWARD_FAULT_POINTS` says how many there are.

use std::collections::BTreeMap;
use std::process::Command;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use homeward_e2e::dice;
use homeward_e2e::facts::{id, received, screened};
use homeward_e2e::house::{House, PATIENCE, bearer, until};
use serde_json::Value;
use tokio::sync::watch;
use tokio::task::JoinSet;
use tokio_util::sync::CancellationToken;

/// Kills, unless told otherwise.
const POINTS: u64 = 50;
/// Publishers at the same time.
const WRITERS: usize = 8;
/// Commits of a journey before its writer begins another.
const COMMITS_OF_A_JOURNEY: usize = 12;
/// Most acknowledgements between two kills: a kill may hit a recovery that has only begun.
const ACKNOWLEDGED_MAX: u64 = 60;
/// Most time from there to the kill, in microseconds: somewhere within the way of a commit.
const PAUSE_MICROS_MAX: u64 = 3000;
/// How long a publisher waits for one answer before it sends the commit again.
const ANSWER_WITHIN: Duration = Duration::from_secs(10);
/// How long it waits before that.
const AGAIN_AFTER: Duration = Duration::from_millis(20);

/// What a publisher was promised: for each event, where its commit stands.
type Promised = BTreeMap<String, u64>;

/// A publisher, which does not give up on a commit before it is acknowledged.
struct Writer {
    client: reqwest::Client,
    key: String,
    url: watch::Receiver<String>,
    stop: CancellationToken,
    acknowledged: Arc<AtomicU64>,
}

impl Writer {
    /// Publishes until stopped.
    async fn run(self) -> Promised {
        let mut promised = Promised::new();
        while !self.stop.is_cancelled() {
            let journey = id();
            for nth in 0..COMMITS_OF_A_JOURNEY {
                let commit = if nth == 0 {
                    vec![
                        received(journey, "2026-05-01"),
                        screened(journey, "2026-05-01"),
                    ]
                } else {
                    vec![screened(journey, "2026-05-02")]
                };
                let sequence = self.insist(&commit).await;
                self.acknowledged.fetch_add(1, Ordering::Relaxed);
                promised.extend(commit.iter().map(|event| (id_of(event), sequence)));
                if self.stop.is_cancelled() {
                    break;
                }
            }
        }
        promised
    }

    /// Publishes a commit, again and again, until it is acknowledged; gives its place.
    async fn insist(&self, commit: &[Value]) -> u64 {
        let (body, begun) = (Value::from(commit).to_string(), Instant::now());
        loop {
            if let Some(sequence) = self.offer(&body).await {
                return sequence;
            }
            assert!(begun.elapsed() < PATIENCE, "never acknowledged: {body}");
            tokio::time::sleep(AGAIN_AFTER).await;
        }
    }

    /// Offers a commit once. No answer and "not now" are no reason to doubt the commit; a refusal is.
    async fn offer(&self, body: &str) -> Option<u64> {
        let url = format!("{}/v1/events", *self.url.borrow());
        let request = self.client.post(url).timeout(ANSWER_WITHIN);
        let request = request
            .header("authorization", bearer(&self.key))
            .body(body.to_owned());
        let answer = request.send().await.ok()?;
        let status = answer.status();
        let answer: Value = answer.json().await.ok()?;
        if status.is_server_error() {
            return None;
        }
        assert_eq!(status, 201, "{answer}");
        Some(answer["results"][0]["sequence"].as_u64().unwrap())
    }
}

fn id_of(event: &Value) -> String {
    event["id"].as_str().unwrap().to_owned()
}

/// A number from the environment.
fn told(variable: &str) -> Option<u64> {
    let text = std::env::var(variable).ok()?;
    Some(
        text.parse()
            .unwrap_or_else(|_| panic!("{variable}={text}: expected a number")),
    )
}

/// Kills the house's nats-server; the house has to notice by itself. Gives whether it was there.
fn kill_nats(house: &House) -> bool {
    let Some(pid) = house.nats_pid() else {
        return false;
    };
    // The file may still name one that has ended, and its number may be somebody else's by now.
    let line = std::fs::read(format!("/proc/{pid}/cmdline")).unwrap_or_default();
    let folder = house.folder().to_str().unwrap();
    if !String::from_utf8_lossy(&line).contains(folder) {
        return false;
    }
    Command::new("kill")
        .args(["-9", &pid.to_string()])
        .status()
        .unwrap()
        .success()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn whatever_is_killed_every_acknowledged_commit_is_there_once() {
    let points = told("HOMEWARD_FAULT_POINTS").unwrap_or(POINTS);
    let seed = told("HOMEWARD_FAULT_SEED").unwrap_or_else(|| id().as_u64_pair().0);
    println!("HOMEWARD_FAULT_SEED={seed} HOMEWARD_FAULT_POINTS={points}");
    let mut house = House::start(&["jm"]).await;
    let key = house.key("operator", &[]);
    let (sender, url) = watch::channel(house.url.clone());
    let (stop, acknowledged) = (CancellationToken::new(), Arc::new(AtomicU64::new(0)));
    let mut writers = JoinSet::new();
    for _ in 0..WRITERS {
        let writer = Writer {
            client: reqwest::Client::new(),
            key: key.clone(),
            url: url.clone(),
            stop: stop.clone(),
            acknowledged: Arc::clone(&acknowledged),
        };
        writers.spawn(writer.run());
    }
    let mut kills = [0, 0];
    for point in 0..points {
        let [wait, pause, victim] = [(1, ACKNOWLEDGED_MAX), (2, PAUSE_MICROS_MAX), (3, 2)]
            .map(|(nth, below)| dice::pick(seed, 10 * point + nth, below));
        let from = acknowledged.load(Ordering::Relaxed);
        until("commits between two kills", async || {
            (acknowledged.load(Ordering::Relaxed) > from + wait).then_some(())
        })
        .await;
        tokio::time::sleep(Duration::from_micros(pause)).await;
        if victim == 0 {
            house.kill();
            kills[0] += 1;
            house.restart().await;
            sender.send(house.url.clone()).unwrap();
        } else if kill_nats(&house) {
            kills[1] += 1;
        }
    }
    stop.cancel();
    let mut promised = Promised::new();
    while let Some(done) = writers.join_next().await {
        promised.extend(done.unwrap());
    }
    println!(
        "kills of house and nats-server: {kills:?}; acknowledged: {} events",
        promised.len()
    );
    verify(&house, &promised);
}

/// Everything promised stands where it was promised, nothing stands twice, and the read models are
/// what the log adds up to.
fn verify(house: &House, promised: &Promised) {
    let mut found = Promised::new();
    for (place, line) in (1..).zip(house.export()) {
        assert_eq!(line["sequence"], place, "the log has a gap");
        for event in line["events"].as_array().unwrap() {
            let before = found.insert(id_of(event), place);
            assert_eq!(before, None, "event {} stands twice: {line}", id_of(event));
        }
    }
    for (event, place) in promised {
        assert_eq!(found.get(event), Some(place), "event {event}");
    }
    let key = house.key("operator", &[]);
    let fsck = house.run(&["fsck", "--key", &key]);
    let [said, remarks] = [&fsck.stdout, &fsck.stderr].map(|text| String::from_utf8_lossy(text));
    assert!(fsck.status.success(), "{said}\n{remarks}");
}

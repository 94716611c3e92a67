//! Races: who writes to one journey at the same time, and who comes back when the server has
//! forgotten. Real JetStream, real border; nothing is lost and nothing stands twice.

use std::collections::BTreeMap;
use std::time::Duration;

use bytes::Bytes;
use homeward_api::keys::{KeyStore, NewKey, Role};
use homeward_api::{Doors, ServeConfig};
use homeward_e2e::facts::{id, received, screened};
use homeward_e2e::house::{House, bearer, nats_server, until};
use homeward_events::id::{CommitId, JourneyId, LedgerId};
use homeward_ledger::private_server::{PrivateServer, PrivateServerConfig};
use homeward_ledger::{AppendError, Appended, Appender, Ledgers, NewCommit, clock, connect};
use homeward_projector::{Config, Projector};
use serde_json::{Value, json};
use tempfile::TempDir;
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;
use uuid::Uuid;

/// Rounds of two writers on one journey.
const ROUNDS: u64 = 1000;
/// Rounds on one journey before another one is begun: the loser reads the whole of it each time.
const ROUNDS_OF_A_JOURNEY: u64 = 100;
/// The same through the border, where each round tells the journey's whole story again.
const BORDER_ROUNDS: usize = 60;
/// A window that a test can wait out; two minutes otherwise.
const SHORT_WINDOW: Duration = Duration::from_millis(100);

fn jm() -> LedgerId {
    "jm".parse().unwrap()
}

async fn server() -> (PrivateServer, TempDir) {
    let folder = tempfile::tempdir().unwrap();
    let config = PrivateServerConfig {
        binary: nats_server(),
        data_dir: folder.path().join("log"),
        sync_always: true,
        max_file_store: None,
    };
    (PrivateServer::start(config).await.unwrap(), folder)
}

/// A commit of one event.
fn commit(journey: Uuid, event: &Value) -> NewCommit {
    NewCommit {
        ledger: jm(),
        journey: JourneyId::from_uuid(journey),
        id: CommitId::from_uuid(event["id"].as_str().unwrap().parse().unwrap()),
        payload: Bytes::from(json!([event]).to_string()),
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn of_two_writers_on_one_journey_exactly_one_wins_each_round() {
    let (server, _folder) = server().await;
    let connection = server.connection(&[jm()]);
    // Each with a connection of its own, as two houses would have.
    let (left, right) = (
        connect(&connection).await.unwrap(),
        connect(&connection).await.unwrap(),
    );
    let (mut wins, mut won) = ([0, 0], BTreeMap::<Uuid, Vec<CommitId>>::new());
    let (mut journey, mut last) = (id(), 0);
    for round in 0..ROUNDS {
        if round % ROUNDS_OF_A_JOURNEY == 0 {
            (journey, last) = (id(), 0);
        }
        let ours = commit(journey, &screened(journey, "2026-05-01"));
        let theirs = commit(journey, &screened(journey, "2026-05-01"));
        // Whoever is asked first has a small lead: they take turns.
        let (of_left, of_right) = if round % 2 == 0 {
            tokio::join!(
                left.appender.append(&ours, last),
                right.appender.append(&theirs, last)
            )
        } else {
            let (of_right, of_left) = tokio::join!(
                right.appender.append(&theirs, last),
                left.appender.append(&ours, last)
            );
            (of_left, of_right)
        };
        let (side, winner, appended, loser) = match (of_left, of_right) {
            (Ok(appended), loser) => (0, ours.id, appended, loser),
            (loser, Ok(appended)) => (1, theirs.id, appended, loser),
            neither => panic!("round {round}: {neither:?}"),
        };
        let sequence = round + 1;
        assert_eq!(appended, Appended::New { sequence }, "round {round}");
        assert_eq!(
            loser,
            Err(AppendError::Conflict {
                expected: last,
                found: sequence
            }),
            "round {round}"
        );
        wins[side] += 1;
        won.entry(journey).or_default().push(winner);
        last = sequence;
    }
    assert!(
        wins.iter().all(|wins| *wins > 0),
        "there was no race: {wins:?}"
    );
    for (journey, won) in won {
        let stored = left
            .reader
            .journey(&jm(), JourneyId::from_uuid(journey))
            .await
            .unwrap();
        let stored: Vec<CommitId> = stored.into_iter().map(|stored| stored.commit).collect();
        assert_eq!(stored, won);
    }
    assert_eq!(
        right.reader.verify_complete(&jm()).await.unwrap().messages,
        ROUNDS
    );
    server.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn both_writers_get_in_through_the_border_and_a_commit_sent_twice_at_once_stands_once() {
    let house = House::start(&["jm"]).await;
    let key = house.key("operator", &[]);
    let journey = id();
    house
        .publish(&key, &[received(journey, "2026-05-01")])
        .await;
    let mut told = BTreeMap::new();
    for round in 0..BORDER_ROUNDS {
        let [ours, theirs, both] = [(); 3].map(|()| screened(journey, "2026-05-01"));
        let commits = [&ours, &theirs, &both, &both].map(std::slice::from_ref);
        let answers = tokio::join!(
            house.publish(&key, commits[0]),
            house.publish(&key, commits[1]),
            house.publish(&key, commits[2]),
            house.publish(&key, commits[3]),
        );
        assert_eq!(answers.2, answers.3, "round {round}");
        for (event, (status, answer)) in
            [(&ours, answers.0), (&theirs, answers.1), (&both, answers.2)]
        {
            assert_eq!(status, 201, "round {round}: {answer}");
            let sequence = answer["results"][0]["sequence"].as_u64().unwrap();
            let before = told.insert(sequence, event["id"].as_str().unwrap().to_owned());
            assert_eq!(before, None, "round {round}: {answer}");
        }
    }
    let stored: BTreeMap<u64, String> = house
        .export()
        .iter()
        .filter(|line| line["sequence"] != 1)
        .map(place_of)
        .collect();
    assert_eq!(stored, told);
}

/// The place of an exported commit of one event, and the event's id.
fn place_of(line: &Value) -> (u64, String) {
    let events = line["events"].as_array().unwrap();
    assert_eq!(events.len(), 1, "{line}");
    (
        line["sequence"].as_u64().unwrap(),
        events[0]["id"].as_str().unwrap().to_owned(),
    )
}

/// A border before the log, with nothing at hand yet: as after a restart.
struct Border {
    url: String,
    key: String,
    tracker: TaskTracker,
    stop: CancellationToken,
    _folder: TempDir,
}

impl Border {
    async fn open(ledgers: Ledgers) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let (tracker, stop) = (TaskTracker::new(), CancellationToken::new());
        let config = Config::new(folder.path());
        let reader = ledgers.reader.clone();
        let projector = Projector::start(config, reader, tracker.clone(), stop.clone())
            .await
            .unwrap();
        let keys = KeyStore::open(&folder.path().join("keys.json")).unwrap();
        let (id, secret) = (id().simple().to_string(), id().simple().to_string());
        keys.add(NewKey {
            id: id.clone(),
            secret: &secret,
            name: "test".to_owned(),
            role: Role::Publisher,
            ledgers: Vec::new(),
            agencies: Vec::new(),
            created: clock::now(),
            expires: None,
        })
        .unwrap();
        let config = ServeConfig {
            listen: ([127, 0, 0, 1], 0).into(),
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
            ledgers,
            projector,
            definitions: homeward_projections::definition::Definitions::default(),
            keys,
            instruments: homeward_projections::instrument::Instruments::default(),
            schedules: homeward_projections::schedule::Schedules::default(),
            worklists: homeward_projections::worklist::Worklists::default(),
            // Nobody looks at pages here.
            secret: String::new,
        };
        let running = homeward_api::serve(config, doors, &tracker, stop.clone())
            .await
            .unwrap();
        let (url, key) = (
            format!("http://{}", running.address),
            format!("hw_{id}_{secret}"),
        );
        Self {
            url,
            key,
            tracker,
            stop,
            _folder: folder,
        }
    }

    /// Publishes a commit and gives the answer, to the byte.
    async fn publish(&self, commit: &[Value]) -> (u16, Bytes) {
        let request = reqwest::Client::new().post(format!("{}/v1/events", self.url));
        let answer = request
            .header("authorization", bearer(&self.key))
            .body(Value::from(commit).to_string())
            .send()
            .await
            .unwrap();
        (answer.status().as_u16(), answer.bytes().await.unwrap())
    }

    async fn close(self) {
        self.stop.cancel();
        self.tracker.close();
        self.tracker.wait().await;
    }
}

/// Waits until the server has forgotten every commit id that it knows now. Only a caller that breaks
/// the rules finds out: it appends what is there at the end that it has read, and at last it stands
/// there twice.
async fn until_forgotten(appender: &Appender) {
    let journey = id();
    let probe = commit(journey, &received(journey, "2026-05-01"));
    let first = appender.append(&probe, 0).await.unwrap();
    until("the end of the duplicate window", async || {
        let again = appender.append(&probe, first.sequence()).await.unwrap();
        (again
            != Appended::Already {
                sequence: first.sequence(),
            })
        .then_some(())
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_commit_is_known_again_after_the_server_has_forgotten_it() {
    let (server, _folder) = server().await;
    let mut connection = server.connection(&[jm()]);
    connection.choices.duplicate_window = SHORT_WINDOW;
    let ledgers = connect(&connection).await.unwrap();
    let journey = id();
    let begin = [
        received(journey, "2026-05-01"),
        screened(journey, "2026-05-01"),
    ];
    let later = [screened(journey, "2026-05-02")];

    let before = Border::open(ledgers.clone()).await;
    let (first, second) = (before.publish(&begin).await, before.publish(&later).await);
    assert_eq!((first.0, second.0), (201, 201), "{first:?} {second:?}");
    until_forgotten(&ledgers.appender).await;

    let fresh = Border::open(ledgers.clone()).await;
    // What begins the journey is offered to a border that guesses that the journey is new; then what
    // came later, to one that has read it; then everything to the border that took it in.
    for border in [&fresh, &before] {
        assert_eq!(border.publish(&begin).await, first);
        assert_eq!(border.publish(&later).await, second);
    }
    // The same without a border: the log itself tells it, from the end that was expected then.
    let stored = ledgers
        .reader
        .journey(&jm(), JourneyId::from_uuid(journey))
        .await
        .unwrap();
    assert_eq!(stored.len(), 2);
    let mut expected = 0;
    for stored in stored {
        let sequence = stored.sequence;
        let again = NewCommit {
            ledger: jm(),
            journey: stored.journey,
            id: stored.commit,
            payload: stored.payload,
        };
        let answer = ledgers.appender.append(&again, expected).await;
        assert_eq!(answer, Ok(Appended::Already { sequence }));
        expected = sequence;
    }
    before.close().await;
    fresh.close().await;
    server.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn nothing_is_called_current_without_what_was_acknowledged_before() {
    let house = House::start(&["jm"]).await;
    let key = house.key("operator", &[]);
    // A flood, in which read models follow with pauses.
    for round in 0..20 {
        let events: Vec<Value> = (0..40).map(|_| received(id(), "2026-05-01")).collect();
        let sent = events
            .iter()
            .map(|event| house.publish(&key, std::slice::from_ref(event)));
        let mut last = 0;
        for (status, answer) in futures::future::join_all(sent).await {
            assert_eq!(status, 201, "{answer}");
            last = last.max(answer["results"][0]["sequence"].as_u64().unwrap());
        }
        let (status, answer) = house.get(&key, "/v1/caseload").await;
        assert_eq!(status, 200, "{answer}");
        let as_of = &answer["as_of"];
        let ends = |name: &str| as_of["ledgers"]["jm"][name].as_u64().unwrap();
        assert!(ends("head") >= last, "round {round}: {as_of}");
        let current = as_of["current"].as_bool().unwrap();
        assert!(
            !current || ends("sequence") >= last,
            "round {round}: {as_of}"
        );
    }
}

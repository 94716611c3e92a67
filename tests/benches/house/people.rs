//! People: searches for somebody among a hundred thousand, through the HTTP door: while everybody is
//! still compared with everybody, which is the time at which they have it hardest, and thereafter.

use std::time::{Duration, Instant};

use homeward_e2e::dice::pick;
use homeward_e2e::house::House;
use serde_json::{Value, json};
use tokio::task::JoinSet;
use uuid::Uuid;

use crate::broker::{self, Broker, Engine};
use crate::crowd::Crowd;
use crate::http::Door;
use crate::report::{Bar, Figure, quantile, real};
use crate::story::Commit;
use crate::{Result, Size, say};

const LEDGER: &str = "people";
/// Callers at the same time.
const CALLERS: usize = 2;
/// The 99th percentile, in milliseconds.
const P99_MS_MAX: f64 = 50.0;
/// How long reading the names and comparing everybody may take, and how often that is looked at.
const READ_WITHIN: Duration = Duration::from_mins(20);
const LOOK_EVERY: Duration = Duration::from_millis(100);

const SEARCH: &str = "/v1/people/search";
const DUPLICATES: &str = "/v1/people/duplicates?limit=1";

fn commit(crowd: &Crowd, nth: usize) -> Commit {
    let seed = u64::try_from(nth).unwrap_or_default();
    let uuid = |kind: u64| {
        let high = u128::from(pick(seed, kind, u64::MAX));
        uuid::Builder::from_random_bytes((high << 64 | u128::from(seed)).to_be_bytes()).into_uuid()
    };
    let (journey, id): (Uuid, Uuid) = (uuid(11), uuid(12));
    let event = json!([{
        "specversion": "1.0", "id": id, "source": "urn:homeward:bench",
        "type": "reception.received", "subject": journey, "schemaversion": 2, "ledger": LEDGER,
        "occurred": "2026-05-01", "recordedtime": "2026-05-01T12:00:00Z", "agency": "moss",
        "data": {
            "site": "norman-manley", "return_type": "deported", "grounds": "immigration",
            "sending_country": "US", "sex": "male",
            "personal": { "identity": crowd.identity(seed) },
        },
    }]);
    let payload = event.to_string();
    Commit {
        journey,
        id,
        payload,
    }
}

async fn load(broker: &Broker, people: usize) -> Result<()> {
    let ledger = LEDGER.parse()?;
    broker.create(&ledger).await?;
    let begun = Instant::now();
    let crowd = Crowd::new(people);
    let commits = (0..people).map(move |nth| commit(&crowd, nth));
    broker.fill(&ledger, commits).await?;
    let seconds = begun.elapsed().as_secs_f64();
    say(&format!(
        "people: loaded {people} receptions ({seconds:.1} s)"
    ));
    Ok(())
}

/// Asks until the answer is there; how long that took, in seconds.
async fn answered(door: &Door, request: &[u8], what: &str) -> Result<f64> {
    let begun = Instant::now();
    let mut connection = door.open().await?;
    while connection.call(request).await?.status != 200 {
        if begun.elapsed() > READ_WITHIN {
            return Err(format!("not in time: {what}").into());
        }
        tokio::time::sleep(LOOK_EVERY).await;
    }
    Ok(begun.elapsed().as_secs_f64())
}

/// What searches took, in milliseconds; how many found somebody; what the health check took meanwhile.
struct Searched {
    times: Vec<f64>,
    found: usize,
    health: Vec<f64>,
}

async fn search(door: &Door, people: usize, each: usize) -> Result<Searched> {
    let mut callers: JoinSet<Result<Searched>> = JoinSet::new();
    for caller in 0..CALLERS {
        let (door, crowd) = (door.clone(), Crowd::new(people));
        callers.spawn(async move {
            let mut connection = door.open().await?;
            let health_check = door.get("/healthz");
            let (mut times, mut health) = (Vec::with_capacity(each), Vec::new());
            let mut found = 0;
            for nth in 0..each {
                let body = crowd.question(caller + nth * CALLERS).to_string();
                let request = door.post_to(SEARCH, "application/json", &body);
                let begun = Instant::now();
                let answer = connection.call(&request).await?;
                times.push(begun.elapsed().as_secs_f64() * 1000.0);
                let told: Value = serde_json::from_slice(answer.body)?;
                let candidates = told.get("candidates").and_then(Value::as_array);
                let candidates = candidates.ok_or_else(|| format!("{}: {told}", answer.status))?;
                found += usize::from(!candidates.is_empty());
                // How much of the time is the machine's.
                let begun = Instant::now();
                connection.call(&health_check).await?;
                health.push(begun.elapsed().as_secs_f64() * 1000.0);
            }
            Ok(Searched {
                times,
                found,
                health,
            })
        });
    }
    let (times, health, found) = (Vec::new(), Vec::new(), 0);
    let mut all = Searched {
        times,
        found,
        health,
    };
    while let Some(done) = callers.join_next().await {
        let own = done??;
        all.times.extend(own.times);
        all.health.extend(own.health);
        all.found += own.found;
    }
    Ok(all)
}

fn figure(mut searched: Searched, people: usize, when: &str, seconds: f64) -> Figure {
    let [p50, p99] = [0.5, 0.99].map(|share| quantile(&mut searched.times, share));
    let health_p99 = quantile(&mut searched.health, 0.99);
    let requests = searched.times.len();
    Figure {
        group: "people",
        what: format!("POST {SEARCH} among {people}, {when}"),
        house: format!("p99 {p99:.2} ms"),
        compared_with: "milliseconds".to_owned(),
        other: format!("p50 {p50:.2} ms"),
        ratio: p99,
        bar: Some(Bar::AtMost(P99_MS_MAX)),
        details: json!({
            "requests": requests, "p50_ms": p50, "p99_ms": p99, "health_p99_ms": health_p99,
            "seconds_before": seconds,
            "answered_with_somebody": real(searched.found) / real(requests),
        }),
    }
}

/// Searches a house that knows many people.
pub(crate) async fn run(size: Size, engine: &Engine) -> Result<Vec<Figure>> {
    let people = size.journeys();
    load(&engine.connect().await?, people).await?;
    let more = ["--nats-url", engine.url.as_str()];
    let house = House::start_in(broker::folder()?, &[LEDGER], &more).await;
    let key = house.key("case-worker", &[]);
    let door = Door::new(&house.url, key);
    let anybody = Crowd::new(people).question(0).to_string();
    let anybody = door.post_to(SEARCH, "application/json", &anybody);
    let read = answered(&door, &anybody, "names are read").await?;
    say(&format!(
        "people: searched {read:.1} s after the read models are there"
    ));
    let begun = Instant::now();
    let each = if size == Size::Full { 1000 } else { 200 };
    let during = search(&door, people, each).await?;
    let asked = begun.elapsed().as_secs_f64();
    answered(&door, &door.get(DUPLICATES), "people are compared").await?;
    let compared = begun.elapsed().as_secs_f64();
    say(&format!(
        "people: compared with each other {compared:.1} s after names were read, searched for {asked:.1} s of it"
    ));
    let after = search(&door, people, each).await?;
    Ok(vec![
        figure(during, people, "while they are compared", read),
        figure(after, people, "once they are compared", compared),
    ])
}

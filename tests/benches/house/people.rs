//! People: searches for somebody among a hundred thousand, through the HTTP door. Names are skewed as
//! names are: one in twelve has the most frequent surname.

use std::time::{Duration, Instant};

use homeward_e2e::dice::pick;
use homeward_e2e::house::House;
use serde_json::{Value, json};
use tokio::task::JoinSet;
use uuid::Uuid;

use crate::broker::{self, Broker, Engine};
use crate::http::Door;
use crate::report::{Bar, Figure, quantile, real};
use crate::story::Commit;
use crate::{Result, Size, say};

const LEDGER: &str = "people";
/// Callers at the same time.
const CALLERS: usize = 2;
/// The 99th percentile, in milliseconds.
const P99_MS_MAX: f64 = 50.0;
/// How long reading the names may take, and how often that is looked at.
const READ_WITHIN: Duration = Duration::from_mins(20);
const LOOK_EVERY: Duration = Duration::from_millis(500);

const SYLLABLES: [&str; 24] = [
    "ra", "mi", "lo", "que", "nez", "ber", "to", "san", "che", "gar", "vi", "do", "mon", "tal",
    "vo", "pe", "fer", "nan", "dez", "cas", "llo", "ju", "ri", "bal",
];

/// The nth name of a list whose first are the most frequent.
fn name(list: u64, of: u64, seed: u64) -> String {
    let roll = pick(seed, list, 1000);
    let rank = of * roll * roll * roll / 1_000_000_000;
    let syllable = |nth: u64| {
        let at = pick(list.wrapping_mul(7919) + rank, nth, 24);
        let at = usize::try_from(at).unwrap_or_default();
        SYLLABLES.get(at).copied().unwrap_or_default()
    };
    (0..2 + rank % 2).map(syllable).collect()
}

/// Who somebody is.
fn identity(nth: usize) -> Value {
    let seed = u64::try_from(nth).unwrap_or_default() + 1_000_003;
    let part = |nth: u64, below: u64| pick(seed, 100 + nth, below);
    json!({
        "given_names": [name(1, 400, seed), name(2, 400, seed)],
        "surnames": [name(3, 2500, seed), name(4, 2500, seed)],
        "born_on": format!("{}-{:02}-{:02}", 1955 + part(1, 50), 1 + part(2, 12), 1 + part(3, 28)),
    })
}

fn commit(nth: usize) -> Commit {
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
            "sending_country": "US", "sex": "male", "personal": { "identity": identity(nth) },
        },
    }]);
    let payload = event.to_string();
    Commit {
        journey,
        id,
        payload,
    }
}

/// As a case worker asks: names only, or with a year; one surname or both; a letter wrong.
fn question(nth: usize, people: usize) -> Value {
    let seed = u64::try_from(nth).unwrap_or_default();
    let people = u64::try_from(people).unwrap_or(1);
    let who = identity(usize::try_from(pick(seed, 21, people)).unwrap_or_default());
    let text = |list: &str, at: usize| {
        let name = who
            .get(list)
            .and_then(|names| names.get(at))
            .and_then(Value::as_str);
        name.unwrap_or_default().to_owned()
    };
    let mut surname = text("surnames", 0);
    if seed.is_multiple_of(3) {
        surname.insert(2, 'e');
    }
    let born = who
        .get("born_on")
        .and_then(Value::as_str)
        .unwrap_or_default();
    match nth % 4 {
        0 => json!({ "given_names": [text("given_names", 0)], "surnames": [surname] }),
        1 => json!({ "surnames": [surname, text("surnames", 1)] }),
        2 => json!({
            "given_names": [text("given_names", 0)], "surnames": [surname], "born_on": born.get(..4),
        }),
        _ => who,
    }
}

async fn load(broker: &Broker, people: usize) -> Result<()> {
    let ledger = LEDGER.parse()?;
    broker.create(&ledger).await?;
    let begun = Instant::now();
    broker.fill(&ledger, (0..people).map(commit)).await?;
    let seconds = begun.elapsed().as_secs_f64();
    say(&format!(
        "people: loaded {people} receptions ({seconds:.1} s)"
    ));
    Ok(())
}

/// Searches a house that knows many people.
pub(crate) async fn run(size: Size, engine: &Engine) -> Result<Vec<Figure>> {
    let people = size.journeys();
    load(&engine.connect().await?, people).await?;
    let more = ["--nats-url", engine.url.as_str()];
    let house = House::start_in(broker::folder()?, &[LEDGER], &more).await;
    let key = house.key("case-worker", &[]);
    let begun = Instant::now();
    let door = Door::new(&house.url, key);
    // Searches are answered once names are read, while everybody is still compared with everybody:
    // the time at which they have it hardest.
    let anybody = question(0, people).to_string();
    let anybody = door.post_to("/v1/people/search", "application/json", &anybody);
    let mut connection = door.open().await?;
    while connection.call(&anybody).await?.status != 200 {
        if begun.elapsed() > READ_WITHIN {
            return Err("names are not read".into());
        }
        tokio::time::sleep(LOOK_EVERY).await;
    }
    let seconds = begun.elapsed().as_secs_f64();
    say(&format!(
        "people: searched {seconds:.1} s after the read models are there"
    ));
    let asked = if size == Size::Full { 1000 } else { 200 };
    let mut callers: JoinSet<Result<(Vec<f64>, usize)>> = JoinSet::new();
    for caller in 0..CALLERS {
        let door = door.clone();
        callers.spawn(async move {
            let mut connection = door.open().await?;
            let (mut times, mut found) = (Vec::with_capacity(asked), 0);
            for nth in 0..asked {
                let body = question(caller + nth * CALLERS, people).to_string();
                let request = door.post_to("/v1/people/search", "application/json", &body);
                let begun = Instant::now();
                let answer = connection.call(&request).await?;
                times.push(begun.elapsed().as_secs_f64() * 1000.0);
                let told: Value = serde_json::from_slice(answer.body)?;
                let candidates = told.get("candidates").and_then(Value::as_array);
                let candidates = candidates.ok_or_else(|| format!("{}: {told}", answer.status))?;
                found += usize::from(!candidates.is_empty());
            }
            Ok((times, found))
        });
    }
    let (mut times, mut found) = (Vec::new(), 0);
    while let Some(done) = callers.join_next().await {
        let (own, some) = done??;
        times.extend(own);
        found += some;
    }
    let [p50, p99] = [0.5, 0.99].map(|share| quantile(&mut times, share));
    Ok(vec![Figure {
        group: "people",
        what: format!("POST /v1/people/search among {people}"),
        house: format!("p99 {p99:.2} ms"),
        compared_with: "milliseconds".to_owned(),
        other: format!("p50 {p50:.2} ms"),
        ratio: p99,
        bar: Some(Bar::AtMost(P99_MS_MAX)),
        details: json!({
            "requests": times.len(), "p50_ms": p50, "p99_ms": p99,
            "answered_with_somebody": real(found) / real(times.len()),
        }),
    }])
}

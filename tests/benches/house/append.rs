//! Append: writers publish through the HTTP door of a house with durable sync, against raw JetStream
//! publishers that put the same bytes into a second stream of the same server with the same settings
//! and the same guarantees. Rounds of both in turn, so that noise hits both; longer than read models
//! keep changes in memory, so that what it costs to write them falls into the rounds of the house, and
//! what is left of it is waited for, so that it falls into nobody else's.

use std::sync::Arc;
use std::time::{Duration, Instant};

use homeward_e2e::house::House;
use homeward_events::id::LedgerId;
use homeward_ledger::Login;
use serde_json::{Value, json};
use tokio::task::JoinSet;

use crate::broker::{self, Broker};
use crate::http::Door;
use crate::process::{self, Processor};
use crate::report::{Bar, Figure, quantile, real};
use crate::story::{self, Commit, Story};
use crate::{Result, Size, say};

/// Writers at the same time.
const WRITERS: usize = 64;
/// Journeys that a writer has begun and not finished, at any time.
const OPEN_JOURNEYS: usize = 8;
/// How long after the last commit everything that follows from it is on disk.
const WRITTEN: Duration = Duration::from_secs(8);
/// The ledger of the house, and the one that it does not know.
const HOUSE: &str = "jm";
const RAW: &str = "raw";

/// What the writers of one round publish: to each writer its commits, in order.
type Work = Vec<Vec<Commit>>;

/// Who publishes.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Side {
    House,
    Raw,
}

struct Field {
    house: House,
    door: Door,
    broker: Broker,
    raw: LedgerId,
    nats: u32,
}

/// One round of one side.
struct Round {
    per_second: f64,
    /// Processor time per commit in microseconds: of the house, of nats-server, and of this process.
    spent: [f64; 3],
}

pub(crate) async fn run(size: Size) -> Result<Vec<Figure>> {
    let (rounds, journeys_each) = match size {
        Size::Full => (6, 48),
        Size::Quick => (2, 16),
    };
    let field = Field::open().await?;
    let story = Story {
        ledger: HOUSE,
        journeys: WRITERS * journeys_each * (rounds + 1),
        seed: 7,
    };
    story::check(&story)?;
    let mut kept = Vec::new();
    for round in 0..=rounds {
        let work = Arc::new(work(&story, round, journeys_each));
        let order = if round % 2 == 0 {
            [Side::House, Side::Raw]
        } else {
            [Side::Raw, Side::House]
        };
        let first = field.round(order[0], &work).await?;
        let second = field.round(order[1], &work).await?;
        let (ours, theirs) = if order[0] == Side::House {
            (first, second)
        } else {
            (second, first)
        };
        let (a, b) = (ours.per_second, theirs.per_second);
        say(&format!(
            "append round {round}: house {a:.0}/s, raw {b:.0}/s, ratio {:.3}",
            a / b
        ));
        // The first round warms up both sides.
        if round > 0 {
            kept.push((ours, theirs));
        }
    }
    field.compare_ends(&story).await?;
    Ok(vec![figure(&kept)])
}

fn figure(rounds: &[(Round, Round)]) -> Figure {
    let median = |of: &dyn Fn(&(Round, Round)) -> f64| {
        quantile(&mut rounds.iter().map(of).collect::<Vec<f64>>(), 0.5)
    };
    let ratio = |round: &(Round, Round)| round.0.per_second / round.1.per_second;
    let spent = |of: &dyn Fn(&(Round, Round)) -> [f64; 3]| {
        let [house, nats, client] =
            [0, 1, 2].map(|part| median(&|round| of(round).get(part).copied().unwrap_or(0.0)));
        json!({ "house": house, "nats_server": nats, "client": client })
    };
    let ratios: Vec<f64> = rounds.iter().map(ratio).collect();
    Figure {
        group: "append",
        what: format!("{WRITERS} writers over HTTP, durable sync"),
        house: format!("{:.0} commits/s", median(&|round| round.0.per_second)),
        compared_with: "JetStream publish, same bytes".to_owned(),
        other: format!("{:.0} commits/s", median(&|round| round.1.per_second)),
        ratio: median(&ratio),
        bar: Some(Bar::AtLeast(0.85)),
        details: json!({
            "ratios": ratios,
            "processor_us_per_commit": {
                "house_rounds": spent(&|round| round.0.spent),
                "raw_rounds": spent(&|round| round.1.spent),
            },
        }),
    }
}

/// The commits of a round: each writer's own journeys, a few of them open at a time.
fn work(story: &Story, round: usize, journeys_each: usize) -> Work {
    let first = round * WRITERS * journeys_each;
    let of_writer = |writer: usize| {
        let mut waiting = (0..journeys_each).map(|nth| first + nth * WRITERS + writer);
        let commits = |journey: usize| {
            let steps = story.commits(journey, false);
            steps
                .into_iter()
                .map(move |steps| story.commit(journey, steps))
        };
        let mut open: Vec<_> = waiting.by_ref().take(OPEN_JOURNEYS).map(commits).collect();
        let mut told = Vec::new();
        while !open.is_empty() {
            let mut still = Vec::with_capacity(open.len());
            for mut journey in open {
                if let Some(commit) = journey.next() {
                    told.push(commit);
                    still.push(journey);
                } else if let Some(next) = waiting.next() {
                    still.push(commits(next));
                }
            }
            open = still;
        }
        told
    };
    (0..WRITERS).map(of_writer).collect()
}

impl Field {
    async fn open() -> Result<Self> {
        let house = House::start_in(broker::folder()?, &[HOUSE], &[]).await;
        let door = Door::new(&house.url, house.key("operator", &[]));
        let running = house
            .running()
            .ok_or("the house does not say how it runs")?;
        let text = |pointer: &str| {
            let found = running.pointer(pointer).and_then(Value::as_str);
            found
                .map(str::to_owned)
                .ok_or_else(|| format!("serve.json has no {pointer}"))
        };
        let login = Login::Password {
            user: text("/nats_login/user")?,
            password: text("/nats_login/password")?,
        };
        let broker = Broker::connect(&text("/nats_url")?, &login).await?;
        let raw: LedgerId = RAW.parse()?;
        broker.create(&raw).await?;
        let nats = house
            .nats_pid()
            .ok_or("the house has no nats-server of its own")?;
        Ok(Self {
            house,
            door,
            broker,
            raw,
            nats,
        })
    }

    async fn round(&self, side: Side, work: &Arc<Work>) -> Result<Round> {
        self.settle().await?;
        let commits = real(work.iter().map(Vec::len).sum());
        let clocks = [self.house.pid(), self.nats, process::own_pid()];
        let before = clocks.map(Processor::of);
        let seconds = match side {
            Side::House => self.through_the_house(work).await?,
            Side::Raw => self.raw(work).await?,
        };
        let mut spent = [0.0; 3];
        for ((spent, pid), before) in spent.iter_mut().zip(clocks).zip(before) {
            *spent = (Processor::of(pid)?.seconds - before?.seconds) * 1e6 / commits;
        }
        Ok(Round {
            per_second: commits / seconds,
            spent,
        })
    }

    /// Waits until the read models know everything and have written it: what is left would be
    /// measured with whatever comes next.
    async fn settle(&self) -> Result<()> {
        let end = self.broker.last(&HOUSE.parse()?).await?;
        let request = self.door.get("/v1/status");
        let mut caller = self.door.open().await?;
        loop {
            let status: Value = serde_json::from_slice(caller.call(&request).await?.body)?;
            let models = status
                .get("models")
                .and_then(Value::as_array)
                .ok_or("no models")?;
            let sequence = format!("/as_of/ledgers/{HOUSE}/sequence");
            let knows = |model: &Value| model.pointer(&sequence) == Some(&json!(end));
            if end == 0 || models.iter().all(knows) {
                break;
            }
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
        if end > 0 {
            tokio::time::sleep(WRITTEN).await;
        }
        Ok(())
    }

    /// Gives the seconds it took until everything was acknowledged.
    async fn through_the_house(&self, work: &Work) -> Result<f64> {
        let mut writers: JoinSet<Result<()>> = JoinSet::new();
        let mut ready = Vec::new();
        for commits in work {
            let requests: Vec<Vec<u8>> = commits
                .iter()
                .map(|commit| self.door.post(&commit.payload))
                .collect();
            ready.push((self.door.open().await?, requests));
        }
        let begun = Instant::now();
        for (mut caller, requests) in ready {
            writers.spawn(async move {
                for request in &requests {
                    let answer = caller.call(request).await?;
                    if answer.status != 201 {
                        let body = String::from_utf8_lossy(answer.body).into_owned();
                        return Err(format!("{}: {body}", answer.status).into());
                    }
                }
                Ok(())
            });
        }
        while let Some(done) = writers.join_next().await {
            done??;
        }
        Ok(begun.elapsed().as_secs_f64())
    }

    async fn raw(&self, work: &Arc<Work>) -> Result<f64> {
        let mut writers: JoinSet<Result<()>> = JoinSet::new();
        let begun = Instant::now();
        for writer in 0..work.len() {
            let (work, broker, raw) = (Arc::clone(work), self.broker.clone(), self.raw.clone());
            writers.spawn(async move {
                let mut ends = std::collections::BTreeMap::new();
                for commit in work.get(writer).into_iter().flatten() {
                    let end = ends.entry(commit.journey).or_insert(0);
                    *end = broker.append(&raw, commit, *end).await?;
                }
                Ok(())
            });
        }
        while let Some(done) = writers.join_next().await {
            done??;
        }
        Ok(begun.elapsed().as_secs_f64())
    }

    /// Both sides did the same work: as many commits, of the same bytes.
    async fn compare_ends(&self, story: &Story) -> Result<()> {
        let journey = story.journey(story.journeys - 1);
        let ours = self.broker.end(&HOUSE.parse()?, journey).await?;
        let theirs = self.broker.end(&self.raw, journey).await?;
        if ours != theirs {
            return Err(format!(
                "{} commits here and {} there, or other bytes",
                ours.0, theirs.0
            )
            .into());
        }
        Ok(())
    }
}

//! Read: every question of the dashboards at a hundred thousand journeys, against the health check of
//! the same house: the same client, the same connections, one after the other. Answers are kept until
//! their model moves; what the long ones take when nothing was kept is told without a bar.

use std::sync::Arc;
use std::time::Instant;

use homeward_e2e::house::House;
use serde_json::json;
use tokio::task::JoinSet;

use crate::broker;
use crate::http::Door;
use crate::pages;
use crate::report::{Bar, Figure, quantile};
use crate::story::Story;
use crate::{Result, Size, say};

/// Callers at the same time.
pub(crate) const CALLERS: usize = 4;
/// How many times slower than the health check a question may be, at the 99th percentile.
const TIMES_MAX: f64 = 10.0;
/// What everything is compared with.
const HEALTH: &str = "/healthz";

/// What dashboards and case workers ask.
const QUESTIONS: [&str; 38] = [
    "/v1/caseload",
    "/v1/caseload?by=stage",
    "/v1/caseload?by=site&by=return_type",
    "/v1/caseload?by=month&by=sex",
    "/v1/caseload?by=stage&sex=female&return_type=deported",
    "/v1/caseload?by=site&by=return_type&by=sex&by=age_band&by=stage",
    "/v1/recidivism?day=2025-06-30",
    "/v1/recidivism?day=2025-06-30&unit=week&at=4&at=13&at=26&at=52",
    "/v1/recidivism?day=2025-06-30&sex=male&return_type=deported",
    "/v1/recidivism?day=2025-06-30&origin_from=2023-06-01&origin_to=2023-12-31",
    "/v1/journeys?limit=100",
    "/v1/journeys?stage=closed&site=seaport&limit=100",
    "/v1/referrals?by=state&day=2024-06-30",
    "/v1/referrals/open?limit=100",
    "/v1/referrals/open?acting=clinic&overdue=true&limit=100",
    "/v1/follow-ups?by=state&day=2024-06-30",
    "/v1/follow-ups/due?day=2024-06-30&limit=100",
    "/v1/follow-ups/due?day=2024-06-30&overdue=true&limit=100",
    "/v1/worklists?day=2024-06-30",
    "/v1/worklists/today?day=2024-06-30&limit=100",
    "/v1/worklists/overdue?day=2024-06-30&limit=100",
    "/v1/worklists/unanswered-referrals?day=2024-06-30&limit=100",
    "/v1/worklists/arrivals-expected?day=2024-06-30&limit=100",
    "/v1/worklists/unassessed?day=2024-06-30&limit=100",
    "/v1/worklists/no-contact-30-days?day=2024-06-30&limit=100",
    "/v1/worklists/consent-expiring?day=2024-06-30&limit=100",
    "/v1/worklists/clock-breaches?agency=clinic&by=priority&day=2024-06-30&limit=100",
    "/v1/worklists/confirmations-due?day=2024-06-30&limit=100",
    "/v1/worklists/overdue?by=agency&by=kind&site=seaport&day=2024-06-30&limit=100",
    "/v1/worklists/ad-hoc?kind=follow-up&due_within=7d&day=2024-06-30&limit=100",
    "/v1/steps?day=2025-06-30",
    "/v1/outcomes?day=2025-06-30",
    "/v1/outcomes?day=2025-06-30&by=sex&by=return_type",
    "/v1/five-w?from=2023-01&to=2025-06",
    "/v1/five-w?from=2024-01&to=2024-12&by=agency&by=activity&sex=female",
    "/v1/quality",
    "/v1/quality/findings?limit=100",
    "/v1/journeys/{journey}",
];

/// Questions that are asked of another day each time, so that no answer is at hand.
const ANEW: [&str; 4] = [
    "/v1/recidivism?day=",
    "/v1/outcomes?day=",
    "/v1/worklists?day=",
    "/v1/worklists/overdue?day=",
];

/// Asks a house on a filled log.
pub(crate) async fn run(size: Size, nats_url: &str, story: &Story) -> Result<Vec<Figure>> {
    let (warm_up, asked, pages_asked) = match size {
        Size::Full => (50, 500, 200),
        Size::Quick => (20, 100, 20),
    };
    let more = ["--nats-url", nats_url];
    let house = House::start_in(broker::folder()?, &[story.ledger], &more).await;
    let key = house.key("reader", &[]);
    let door = Door::new(&house.url, key.clone());
    let paths: Vec<String> = std::iter::once(HEALTH)
        .chain(QUESTIONS)
        .map(|path| path.replace("{journey}", &story.journey(story.journeys / 2).to_string()))
        .collect();
    let requests: Arc<Vec<Vec<u8>>> = Arc::new(paths.iter().map(|path| door.get(path)).collect());
    say(&format!(
        "read: asking {} questions {} times each",
        paths.len(),
        asked * CALLERS
    ));
    let mut callers: JoinSet<Result<Vec<Vec<f64>>>> = JoinSet::new();
    for caller in 0..CALLERS {
        let (door, requests) = (door.clone(), Arc::clone(&requests));
        callers.spawn(async move { ask(&door, &requests, caller, warm_up, asked).await });
    }
    let mut times: Vec<Vec<f64>> = vec![Vec::new(); paths.len()];
    while let Some(done) = callers.join_next().await {
        for (all, own) in times.iter_mut().zip(done??) {
            all.extend(own);
        }
    }
    let mut asked = paths.iter().zip(times);
    let (_, mut health) = asked.next().ok_or("no health check")?;
    let health_p99 = quantile(&mut health, 0.99);
    let bar = Some(Bar::AtMost(TIMES_MAX));
    let mut figures: Vec<Figure> = asked
        .map(|(path, times)| figure(path, times, health_p99, bar))
        .collect();
    for question in ANEW {
        let mut callers: JoinSet<Result<Vec<f64>>> = JoinSet::new();
        for caller in 0..CALLERS {
            let days: Vec<String> = (0..warm_up)
                .map(|nth| day(nth * CALLERS + caller))
                .collect();
            let asked = days.iter().map(|day| door.get(&format!("{question}{day}")));
            let (door, asked) = (door.clone(), asked.collect::<Vec<_>>());
            callers.spawn(async move { Ok(ask(&door, &asked, 0, 0, 1).await?.concat()) });
        }
        let mut times = Vec::new();
        while let Some(done) = callers.join_next().await {
            times.extend(done??);
        }
        let what = format!("{question}..., another day each time");
        figures.push(figure(&what, times, health_p99, None));
    }
    figures.extend(pages::run(&house, &key, pages_asked).await?);
    Ok(figures)
}

/// The nth of many days.
fn day(nth: usize) -> String {
    let (year, month, day) = (2024 + nth / 336, nth / 28 % 12 + 1, nth % 28 + 1);
    format!("{year}-{month:02}-{day:02}")
}

fn figure(path: &str, mut times: Vec<f64>, health_p99: f64, bar: Option<Bar>) -> Figure {
    let [p50, p99] = [0.5, 0.99].map(|share| quantile(&mut times, share));
    Figure {
        group: "read",
        what: format!("GET {path}"),
        house: format!("p99 {p99:.2} ms"),
        compared_with: format!("GET {HEALTH}"),
        other: format!("p99 {health_p99:.2} ms"),
        ratio: p99 / health_p99,
        bar,
        details: json!({ "requests": times.len(), "p50_ms": p50, "p99_ms": p99 }),
    }
}

/// Asks every question in turn, again and again; gives the milliseconds of each answer, by question.
pub(crate) async fn ask(
    door: &Door,
    requests: &[Vec<u8>],
    caller: usize,
    warm_up: usize,
    asked: usize,
) -> Result<Vec<Vec<f64>>> {
    let mut connection = door.open().await?;
    let mut times = vec![Vec::with_capacity(asked); requests.len()];
    for turn in 0..warm_up + asked {
        // Each caller begins elsewhere, so that they do not march in step.
        let first = caller * requests.len() / CALLERS;
        for nth in 0..requests.len() {
            let question = (first + nth) % requests.len();
            let (Some(request), Some(times)) = (requests.get(question), times.get_mut(question))
            else {
                continue;
            };
            let begun = Instant::now();
            let answer = connection.call(request).await?;
            let took = begun.elapsed().as_secs_f64() * 1000.0;
            if answer.status != 200 {
                let (status, body) = (answer.status, String::from_utf8_lossy(answer.body));
                return Err(format!("question {question}: {status}: {body}").into());
            }
            if turn >= warm_up {
                times.push(took);
            }
        }
    }
    Ok(times)
}

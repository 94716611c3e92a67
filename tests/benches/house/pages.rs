//! Pages: every page of figures at a hundred thousand journeys, as somebody sees it who is signed in.
//! A page asks several questions and writes them down; what counts is when somebody has it.

use std::sync::Arc;

use homeward_e2e::house::House;
use serde_json::{Value, json};
use tokio::task::JoinSet;

use crate::http::Door;
use crate::read::{CALLERS, ask};
use crate::report::{Bar, Figure, quantile};
use crate::{Result, say};

/// The 99th percentile of a page, in milliseconds.
const P99_MS_MAX: f64 = 150.0;

/// What people look at; besides, the page of one journey.
const PAGES: [&str; 11] = [
    "/?day=2024-06-30",
    "/arrivals",
    "/arrivals?sex=female&return_type=deported",
    "/flow?day=2025-06-30",
    "/referrals?day=2024-06-30",
    "/follow-ups?day=2024-06-30",
    "/outcomes?day=2025-06-30",
    "/returns?day=2025-06-30",
    "/worklists?day=2024-06-30",
    "/map?day=2025-06-30",
    "/quality",
];

/// How the page of a journey is called, whichever it is.
const JOURNEY: &str = "/journeys/{journey}";

/// Looks at each page, `asked` times by each of some visitors.
pub(crate) async fn run(house: &House, key: &str, asked: usize) -> Result<Vec<Figure>> {
    let names: Vec<&str> = PAGES.into_iter().chain([JOURNEY]).collect();
    say(&format!("read: looking at {} pages", names.len()));
    let door = Door::new(&house.url, key.to_owned());
    let cookie = sign_in(&door).await?;
    let (_, told) = house.get(key, "/v1/journeys?limit=1").await;
    let journey = told.pointer("/journeys/0/journey").and_then(Value::as_str);
    let journey = format!("/journeys/{}", journey.ok_or("there is no journey")?);
    let paths = PAGES.into_iter().chain([journey.as_str()]);
    let requests: Vec<Vec<u8>> = paths.map(|path| look(&door, path, &cookie)).collect();
    let requests = Arc::new(requests);
    let mut callers: JoinSet<Result<Vec<Vec<f64>>>> = JoinSet::new();
    for caller in 0..CALLERS {
        let (door, requests) = (door.clone(), Arc::clone(&requests));
        callers.spawn(async move { ask(&door, &requests, caller, asked / 10, asked).await });
    }
    let mut times: Vec<Vec<f64>> = vec![Vec::new(); names.len()];
    while let Some(done) = callers.join_next().await {
        for (all, own) in times.iter_mut().zip(done??) {
            all.extend(own);
        }
    }
    Ok(names
        .into_iter()
        .zip(times)
        .map(|(page, times)| figure(page, times))
        .collect())
}

fn look(door: &Door, page: &str, cookie: &str) -> Vec<u8> {
    let address = &door.address;
    format!("GET {page} HTTP/1.1\r\nhost: {address}\r\ncookie: {cookie}\r\n\r\n").into_bytes()
}

/// Shows the key once; gives the cookie.
async fn sign_in(door: &Door) -> Result<String> {
    let answer = reqwest::Client::builder()
        .redirect(reqwest::redirect::Policy::none())
        .build()?
        .post(format!("http://{}/sign-in", door.address))
        .header("content-type", "application/x-www-form-urlencoded")
        .body(format!("key={}", door.key))
        .send()
        .await?;
    let cookie = answer
        .headers()
        .get("set-cookie")
        .ok_or("nobody was signed in")?;
    let cookie = cookie.to_str()?.split(';').next().unwrap_or_default();
    Ok(cookie.to_owned())
}

fn figure(page: &str, mut times: Vec<f64>) -> Figure {
    let [p50, p99] = [0.5, 0.99].map(|share| quantile(&mut times, share));
    Figure {
        group: "pages",
        what: format!("GET {page}"),
        house: format!("p99 {p99:.2} ms"),
        compared_with: "milliseconds".to_owned(),
        other: format!("p50 {p50:.2} ms"),
        ratio: p99,
        bar: Some(Bar::AtMost(P99_MS_MAX)),
        details: json!({ "requests": times.len(), "p50_ms": p50, "p99_ms": p99 }),
    }
}

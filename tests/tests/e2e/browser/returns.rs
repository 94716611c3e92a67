//! What becomes of people, under which definition, and where they live: the pages say what the API says,
//! and Rossi's curve is the one that R draws.

use homeward_e2e::house::House;
use serde_json::{Value, json};

use super::figures::{DAY, asked, cells, columns, house, members, said, signed_in};
use super::{Browser, FIRST_VIEW_BYTES_MAX, Page};

/// The last of the Rossi cohort was released at the end of 1972 and followed for 52 weeks.
const ROSSI: &str = "ledger=rossi&unit=week&day=1974-01-01";

/// Numbers spelled alike: a page says 1 where JSON says 1.0.
pub(super) fn alike(rows: Vec<Vec<String>>) -> Vec<Vec<String>> {
    let spelled = |cell: String| match cell.parse::<f64>() {
        Ok(number) => format!("{number:.9}"),
        Err(_) => cell,
    };
    let row = |row: Vec<String>| row.into_iter().map(spelled).collect();
    rows.into_iter().map(row).collect()
}

async fn the_curve_of_rossi(page: &Page, house: &House, key: &str) {
    page.open(&format!("/returns?{ROSSI}")).await;
    page.until_says("#survival h2", "73.6").await;
    page.until_says(
        "#survival .sentence",
        "Of 432 people, 114 were arrested within 52 weeks",
    )
    .await;
    let at: Vec<String> = (0..=52).map(|week| format!("at={week}")).collect();
    let path = format!("/v1/recidivism?{ROSSI}&{}", at.join("&"));
    let answer = asked(house, key, &path).await;
    let shown = cells(page, "survival").await.remove(0);
    let weeks: Vec<&str> = shown.iter().map(|row| row[0].as_str()).collect();
    assert!(weeks.len() > 40 && weeks.last() == Some(&"52"), "{weeks:?}");
    let points = answer["curve"].as_array().unwrap().iter();
    let points: Vec<&Value> = points
        .filter(|point| weeks.contains(&said(&point["time"]).as_str()))
        .collect();
    let names = ["time", "at_risk", "failed", "survival", "lower", "upper"];
    assert_eq!(
        alike(columns(&shown, &[0, 1, 2, 4, 5, 6])),
        alike(members(&json!(points), &names))
    );
    let last = shown.last().unwrap();
    assert_eq!((last[2].as_str(), &last[4][..6]), ("114", "0.7361"));
    let said = page.attribute("#survival .hc-wide .hc-hit:last-of-type", "data-say");
    let said = said.await.unwrap();
    assert!(said.contains("52") && said.contains("73.6"), "{said}");

    // What competes, and who had none of it, are everybody at every time.
    for row in cells(page, "outcomes").await.remove(0) {
        let shares = row
            .iter()
            .skip(1)
            .map(|share| share.parse::<f64>().unwrap());
        assert!((shares.sum::<f64>() - 1.0).abs() < 1e-9, "{row:?}");
    }
    // A cohort and a window, as the API has them; what is not final is hatched.
    let shown = cells(page, "windows").await.remove(0);
    let cohorts = answer["cohorts"].as_array().unwrap();
    for row in &shown {
        let of = cohorts
            .iter()
            .filter(|window| window["cohort"] == row[0].as_str());
        let shares: Vec<String> = of
            .map(|window| super::figures::said(&window["share"]["share"]))
            .collect();
        assert_eq!(alike(vec![row[1..].to_vec()]), alike(vec![shares]));
    }
    let open = cohorts
        .iter()
        .filter(|window| window["is_final"] == false)
        .count();
    assert_eq!(page.count("#windows td.hatched").await, open);
}

/// The groups of the API, each with its curve, and whether they differ.
async fn groups(page: &Page, house: &House, key: &str) {
    let only = format!("ledger=jm&unit=week&day={DAY}");
    page.open(&format!("/returns?{only}&by=sex")).await;
    let answer = asked(house, key, &format!("/v1/recidivism?{only}&by=sex&at=0")).await;
    let mut at_start: Vec<i64> = cells(page, "survival")
        .await
        .iter()
        .map(|table| table[0][1].parse().unwrap())
        .collect();
    at_start.sort_unstable();
    let groups = answer["groups"].as_array().unwrap().iter();
    let mut expected: Vec<i64> = groups
        .map(|group| group["curve"][0]["at_risk"].as_i64().unwrap())
        .collect();
    expected.sort_unstable();
    assert_eq!(at_start, expected);
    let compared = !answer["log_rank"]["chi2"].is_null();
    let words = if compared {
        "log-rank"
    } else {
        "cannot be compared"
    };
    page.until_says("#survival", words).await;
}

async fn definitions_and_places(page: &Page, house: &House, key: &str) {
    let only = format!("ledger=jm&day={DAY}");
    page.open(&format!("/definitions?{only}")).await;
    let list = asked(house, key, "/v1/definitions").await;
    let names = members(&list["definitions"], &["name"]);
    assert_eq!(columns(&cells(page, "texts").await[0], &[0]), names);
    let beside = cells(page, "side-by-side").await.remove(0);
    for row in &beside {
        let path = format!("/v1/recidivism?{only}&definition={}", row[0]);
        assert_eq!(row[1], said(&asked(house, key, &path).await["persons"]));
    }

    page.open(&format!("/map?{only}")).await;
    let path = "/v1/five-w?ledger=jm&by=area&from=2023-07&to=2026-06";
    let areas = asked(house, key, path).await;
    let panels = ["map-jm", "map-elsewhere"];
    let mut shown = Vec::new();
    for panel in panels {
        for table in cells(page, panel).await {
            shown.extend(columns(&table, &[0, 2, 3]));
        }
    }
    shown.sort();
    let mut expected = members(&areas["consolidated"], &["values.0", "persons", "services"]);
    expected.sort();
    assert!(expected.len() > 3, "{areas}");
    assert_eq!(shown, expected);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_becomes_of_people_is_what_the_api_says() {
    let Some(browser) = Browser::start().await else {
        return;
    };
    let (house, key) = house().await;
    let page = signed_in(&browser, &house, &key).await;
    the_curve_of_rossi(&page, &house, &key).await;
    groups(&page, &house, &key).await;
    definitions_and_places(&page, &house, &key).await;
    for (name, path) in [
        ("returns", format!("/returns?{ROSSI}")),
        (
            "returns-groups",
            format!("/returns?ledger=jm&by=return_type&day={DAY}"),
        ),
        ("definitions", format!("/definitions?ledger=jm&day={DAY}")),
        ("map", format!("/map?ledger=jm&day={DAY}")),
    ] {
        assert_eq!(page.open(&path).await, 200);
        let bytes = page.bytes();
        assert!(bytes < FIRST_VIEW_BYTES_MAX, "{name}: {bytes} bytes");
        page.pass(&format!("figures-{name}")).await;
        let empty = "ledger=jm&site=nowhere&day=1990-01-01";
        let path = path.split('?').next().unwrap_or_default();
        assert_eq!(page.open(&format!("{path}?{empty}")).await, 200);
        page.pass(&format!("figures-{name}-empty")).await;
    }
    // Pictures can be taken away.
    for (file, begins) in [("survival.svg", "<svg"), ("survival.png", "\u{fffd}PNG")] {
        let read =
            "path => fetch(path).then(answer => answer.text()).then(text => text.slice(0, 4))";
        let path = format!("/returns?{ROSSI}&picture={file}");
        let text: String = page.ask_of(read, &json!(path)).await;
        assert_eq!(text, begins, "{file}");
    }
}

//! Filters: each condition of the frame is set in the form, stands in the address, and changes a figure to
//! what the API answers under it; so do both clocks.

use homeward_e2e::house::House;
use serde_json::{Value, json};

use super::figures::{DAY, cells, house, signed_in};
use super::{Browser, Page};

/// A page, the figure that is looked at, and the question that it answers.
struct Figure {
    path: &'static str,
    panel: &'static str,
    question: &'static str,
    /// The figure in the panel's first table.
    shown: fn(&[Vec<String>]) -> i64,
    /// The same in the answer.
    told: fn(&Value) -> i64,
}

/// Adds up a column; the last where none is named.
fn added(table: &[Vec<String>], column: Option<usize>) -> i64 {
    let cell = |row: &Vec<String>| row[column.unwrap_or(row.len() - 1)].parse::<i64>().unwrap();
    table.iter().map(cell).sum()
}

fn sum(list: &Value, of: fn(&Value) -> &Value) -> i64 {
    let list = list.as_array().unwrap().iter();
    list.map(|one| of(one).as_i64().unwrap()).sum()
}

/// Between them they take every condition.
const FIGURES: &[Figure] = &[
    Figure {
        path: "/returns",
        panel: "survival",
        question: "/v1/recidivism?unit=week&at=0",
        shown: |table| table[0][1].parse().unwrap(),
        told: |answer| answer["persons"].as_i64().unwrap(),
    },
    Figure {
        path: "/returns",
        panel: "survival",
        question: "/v1/recidivism?unit=week&at=260",
        shown: |table| table[table.len() - 1][2].parse().unwrap(),
        told: |answer| answer["curve"][0]["failed"].as_i64().unwrap(),
    },
    Figure {
        path: "/",
        panel: "owed",
        question: "/v1/worklists?",
        shown: |table| added(table, Some(1)),
        told: |answer| sum(&answer["worklists"], |list| &list["counts"]["rows"]),
    },
    Figure {
        path: "/arrivals",
        panel: "arrivals",
        question: "/v1/caseload?by=month",
        shown: |table| added(table, None),
        told: |answer| sum(&answer["groups"], |group| &group["journeys"]),
    },
];

/// Values for conditions that are typed or picked in a calendar; lists offer their own.
const TYPED: &[(&str, &str)] = &[
    ("agency", "synthetic-returnee-office"),
    ("programme", "synthetic-reintegration"),
    ("group", "voluntary-returnee"),
    ("origin_from", "2000-01-01"),
    ("origin_to", "1999-12-31"),
];

impl Figure {
    async fn shown(&self, page: &Page) -> i64 {
        if page.count(&format!("#{} .empty", self.panel)).await == 1 {
            return 0;
        }
        (self.shown)(&cells(page, self.panel).await[0])
    }

    /// What the API says under some conditions; nothing where it takes no such condition.
    async fn told(&self, house: &House, key: &str, conditions: &[(&str, &str)]) -> Option<i64> {
        let pairs = reqwest::Url::parse_with_params("http://house/", conditions).unwrap();
        let path = format!("{}&{}", self.question, pairs.query().unwrap_or_default());
        let (status, answer) = house.get(key, &path).await;
        match status {
            200 => Some((self.told)(&answer)),
            400 => None,
            other => panic!("{path}: {other}: {answer}"),
        }
    }
}

/// What there is to choose first, besides everything.
async fn choice(page: &Page, name: &str) -> String {
    let typed = TYPED.iter().find(|(known, _)| *known == name);
    if let Some((_, value)) = typed {
        return (*value).to_owned();
    }
    // The second where there are two: the first may be what holds without being chosen.
    let offered = "(selector) => {
        const { options } = document.querySelector(selector);
        return options[Math.min(2, options.length - 1)].value;
    }";
    page.ask_of(offered, &json!(format!("#frame-{name}"))).await
}

/// Sets conditions in the form of a page, sends it, and gives what stands in the address then.
async fn set(page: &Page, conditions: &[(&str, &str)]) -> Vec<(String, String)> {
    if page.count("form.frame details:not([open])").await == 1 {
        page.press("form.frame summary").await;
    }
    for (name, value) in conditions {
        page.fill(&format!("#frame-{name}"), value).await;
    }
    page.follow("form.frame .send button").await;
    let said = "() => [...new URLSearchParams(location.search)].filter(([, value]) => value)";
    page.ask(said).await
}

/// Each condition by itself, on each page; gives those that changed a figure.
async fn one_after_another(page: &Page, house: &House, key: &str, figure: &Figure) -> Vec<String> {
    let names = "() => [...document.querySelectorAll('form.frame .conditions [name]')]
        .map(({ name }) => name)";
    page.open(&format!("{}?day={DAY}", figure.path)).await;
    let names: Vec<String> = page.ask(names).await;
    let day = ("day", DAY);
    // Which day it is, not every question takes.
    let clock = figure.told(house, key, &[day]).await.map(|_| day);
    let clock: Vec<(&str, &str)> = clock.into_iter().collect();
    let everybody = figure.told(house, key, &clock).await.unwrap();
    assert_eq!(figure.shown(page).await, everybody);
    let mut changed = Vec::new();
    for name in names {
        page.open(&format!("{}?day={DAY}", figure.path)).await;
        let value = choice(page, &name).await;
        assert!(!value.is_empty(), "{}: no choice of {name}", figure.path);
        let stands = set(page, &[(&name, &value)]).await;
        let expected = [("day", DAY), (&name, &value)];
        let mut sorted: Vec<(&str, &str)> = stands
            .iter()
            .map(|(name, value)| (name.as_str(), value.as_str()))
            .collect();
        sorted.sort_by_key(|(name, _)| *name != "day");
        assert_eq!(sorted, expected, "{}", figure.path);
        assert_eq!(page.value(&format!("#frame-{name}")).await, value);
        let shown = figure.shown(page).await;
        let asked = [&clock[..], &[(&name, &value)]].concat();
        let Some(told) = figure.told(house, key, &asked).await else {
            // What a figure is not narrowed by, its panel says.
            let note = format!("#{} .note", figure.panel);
            page.until_says(&note, "Not narrowed by").await;
            assert_eq!(shown, everybody, "{}: {name}={value}", figure.path);
            continue;
        };
        assert_eq!(shown, told, "{}: {name}={value}", figure.path);
        if told != everybody {
            changed.push(name);
        }
    }
    changed
}

/// Both clocks through the form: a cut that is offered by its name, and a day.
async fn clocks(page: &Page, house: &House, key: &str, figure: &Figure) {
    page.open(figure.path).await;
    let offered = page.attribute("#frame-cuts option", "value").await;
    assert_eq!(offered.as_deref(), Some("cut:before"));
    let asked = [("known", "cut:before"), ("day", DAY)];
    let stands = set(page, &asked).await;
    let stood: Vec<(&str, &str)> = stands
        .iter()
        .map(|(name, value)| (name.as_str(), value.as_str()))
        .collect();
    assert_eq!(stood, asked);
    let foot = format!("#{} .foot", figure.panel);
    page.until_says(&foot, "as asked").await;
    let mut asked = asked.to_vec();
    if figure.told(house, key, &asked[1..]).await.is_none() {
        asked.pop();
    }
    let told = figure.told(house, key, &asked).await.unwrap();
    assert_eq!(figure.shown(page).await, told, "{}", figure.path);
    let now = figure.told(house, key, &asked[1..]).await.unwrap();
    assert!(told < now, "{}: the cut knows less than now", figure.path);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_filter_and_both_clocks_are_set_by_form() {
    let Some(browser) = Browser::start().await else {
        return;
    };
    let (house, key) = house().await;
    let at = ["--at", "jm:400", "--at", "rossi:200"];
    let cut = ["cut", "before", "--key", &key, "--agency", "moss"];
    let cut = house.run(&[&cut[..], &at].concat());
    assert!(cut.status.success(), "{cut:?}");
    let page = signed_in(&browser, &house, &key).await;
    let mut changed = Vec::new();
    for figure in FIGURES {
        clocks(&page, &house, &key, figure).await;
        changed.extend(one_after_another(&page, &house, &key, figure).await);
    }
    page.open("/returns").await;
    let names = "() => [...document.querySelectorAll('form.frame .conditions [name]')]
        .map(({ name }) => name)";
    for name in page.ask::<Vec<String>>(names).await {
        assert!(changed.contains(&name), "{name} changes no figure");
    }
    assert_eq!(page.complaints(), [""; 0]);
}

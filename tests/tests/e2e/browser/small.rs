//! Pages for publication: where few people are counted nobody is told, not in a table, not in a picture,
//! not in a sentence, and not by a link; and a panel that is withheld says so and looks it.

use homeward_e2e::facts::{event, id};
use homeward_e2e::house::{House, until};
use reqwest::header::{CONTENT_TYPE, COOKIE, SET_COOKIE};
use serde_json::json;

use super::figures::{DAY, house, signed_in};
use super::{Browser, FIGURE_PAGES, Look};

/// Where pages may not lead from what is published, and what may not be taken away.
const NOT_FROM_HERE: [&str; 6] = [
    "/journeys",
    "/worklists",
    "/people",
    "/explain/",
    "/take/",
    "/manifests",
];

/// A visitor without a browser, by their cookie.
async fn session(house: &House, key: &str) -> String {
    let alone = reqwest::redirect::Policy::none();
    let client = reqwest::Client::builder().redirect(alone).build().unwrap();
    let sent = client.post(format!("{}/sign-in", house.url));
    let sent = sent
        .header(CONTENT_TYPE, "application/x-www-form-urlencoded")
        .body(format!("key={key}&then=/"));
    let answer = sent.send().await.unwrap();
    let cookie = answer.headers().get(SET_COOKIE).unwrap().to_str().unwrap();
    cookie.split(';').next().unwrap().to_owned()
}

async fn fetched(house: &House, cookie: &str, path: &str) -> String {
    let asked = house.client.get(format!("{}{path}", house.url));
    let answer = asked.header(COOKIE, cookie).send().await.unwrap();
    assert_eq!(answer.status(), 200, "{path}");
    answer.text().await.unwrap()
}

/// Each panel of a page, by its id.
fn panels(page: &str) -> Vec<(String, &str)> {
    let parts = page.split("<section class=\"panel\" id=\"").skip(1);
    parts
        .map(|part| {
            let part = part.split("</section>").next().unwrap();
            let (id, rest) = part.split_once('"').unwrap();
            (id.to_owned(), rest)
        })
        .collect()
}

/// What stands between two marks, every time.
fn between<'p>(text: &'p str, before: &str, after: &str) -> Vec<&'p str> {
    let parts = text.split(before).skip(1);
    parts.filter_map(|part| part.split(after).next()).collect()
}

/// What the cells of a panel's tables hold, as the API says it, without what names the rows.
fn cells(panel: &str) -> Vec<&str> {
    between(panel, "<td data-value=\"", "\"")
}

fn is_small(text: &str) -> bool {
    text.parse::<i64>()
        .is_ok_and(|count| (1..=10).contains(&count))
}

/// Whatever a picture says: its title, its description, its words, what is read out at its parts.
fn sayings(panel: &str) -> Vec<String> {
    let marks = [
        ("<title", "</title>"),
        ("<desc", "</desc>"),
        ("data-say=\"", "\""),
    ];
    let all = marks
        .iter()
        .flat_map(|(before, after)| between(panel, before, after));
    all.map(str::to_owned).collect()
}

/// Whether a saying ends one of its parts with a small count: `January 2026 · deported: 3 · joint: 12`.
fn tells_few(saying: &str) -> bool {
    let parts = saying.split(" · ").skip(1);
    let counts = parts.map(|part| part.rsplit(": ").next().unwrap().trim());
    counts.into_iter().any(is_small)
}

/// Months after reception are no people.
fn counted(panel: &str, cells: &[&str]) -> Vec<String> {
    let months = |at: usize| panel == "life" && at.is_multiple_of(6);
    let counts = cells.iter().enumerate().filter(|(at, _)| !months(*at));
    counts.map(|(_, cell)| (*cell).to_owned()).collect()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn pages_for_publication_tell_no_small_number() {
    let (house, key) = house().await;
    let cookie = session(&house, &key).await;
    let (mut small, mut withheld, mut drawn) = (0, 0, 0);
    for path in FIGURE_PAGES {
        let address = format!("{path}?ledger=jm&day={DAY}");
        let whole = fetched(&house, &cookie, &address).await;
        let published = fetched(&house, &cookie, &format!("{address}&small=withheld")).await;
        let whole = panels(&whole);
        let shown = panels(&published);
        assert_eq!(
            whole.iter().map(|(id, _)| id).collect::<Vec<_>>(),
            shown.iter().map(|(id, _)| id).collect::<Vec<_>>(),
            "{path}: a panel is missing"
        );
        for (id, panel) in &whole {
            let cells = cells(panel);
            small += counted(id, &cells)
                .iter()
                .filter(|cell| is_small(cell))
                .count();
        }
        for (id, panel) in &shown {
            let cells = cells(panel);
            let told: Vec<String> = counted(id, &cells);
            let told = told.iter().filter(|cell| is_small(cell));
            assert_eq!(told.collect::<Vec<_>>(), [""; 0], "{path} #{id}");
            withheld += cells.iter().filter(|cell| **cell == "withheld").count();
            drawn += panel.matches("<svg").count();
            let few: Vec<String> = sayings(panel)
                .into_iter()
                .filter(|say| tells_few(say))
                .collect();
            assert_eq!(few, [""; 0], "{path} #{id}");
            for kept in ["class=\"figures\"", "class=\"explain\""] {
                assert!(!panel.contains(kept), "{path} #{id}: {kept}");
            }
            // What these say stands in their tables, or counts nobody.
            if !["survival", "texts"].contains(&id.as_str()) {
                let headline = between(panel, "<h2", "</h2>")[0];
                let headline = headline.split('>').next_back().unwrap();
                assert!(
                    !headline.contains(|letter: char| letter.is_ascii_digit()),
                    "{path} #{id}: {headline}"
                );
                for kept in ["class=\"subtitle\"", "class=\"sentence\""] {
                    let basis = id == "outcomes" || id == "windows";
                    assert!(basis || !panel.contains(kept), "{path} #{id}: {kept}");
                }
            }
        }
        for link in between(&published, "href=\"", "\"") {
            let astray = NOT_FROM_HERE.iter().find(|place| link.starts_with(**place));
            assert_eq!(astray, None, "{path} leads to {link}");
        }
    }
    // Lists of cases are no page for publication, however one comes there.
    for path in [
        "/worklists/overdue",
        "/journeys",
        "/explain/caseload",
        "/manifests",
    ] {
        let page = fetched(&house, &cookie, &format!("{path}?ledger=jm&small=withheld")).await;
        assert!(page.contains("not for publication"), "{path}: {page}");
        assert!(
            !page.contains("<table") && !page.contains("/journeys/"),
            "{path}: {page}"
        );
    }
    // The test can fail: there is something to withhold, and something is still shown.
    assert!(small > 100, "only {small} small numbers on the pages");
    assert!(withheld > 50, "only {withheld} are withheld");
    assert!(drawn > 5, "only {drawn} pictures are left");
    one_missing_follows(&house, &cookie).await;
    a_large_cohort_is_told(&house, &cookie).await;
}

/// In no row whose total is shown, and in no column, a single cell is withheld.
async fn one_missing_follows(house: &House, cookie: &str) {
    let address = format!("/arrivals?ledger=jm&day={DAY}&small=withheld");
    let page = fetched(house, cookie, &address).await;
    let all = panels(&page);
    let (_, panel) = all.iter().find(|(id, _)| id == "arrivals").unwrap();
    let rows = between(panel, "<tr><th scope=\"row\"", "</tr>");
    let rows: Vec<Vec<&str>> = rows.into_iter().map(cells).collect();
    assert!(rows.len() > 3, "{rows:?}");
    let held = |cells: &[&str]| cells.iter().filter(|cell| **cell == "withheld").count();
    let columns = (0..rows[0].len()).map(|at| rows.iter().map(|row| row[at]).collect());
    let lines: Vec<Vec<&str>> = columns.chain(rows.iter().cloned()).collect();
    assert!(lines.iter().any(|line| held(line) > 1), "{lines:?}");
    for line in &lines {
        assert_ne!(held(line), 1, "what is withheld follows: {line:?}");
    }
}

/// Rossi's 432 are told, in steps of enough people.
async fn a_large_cohort_is_told(house: &House, cookie: &str) {
    let address = "/returns?ledger=rossi&unit=week&day=1974-01-01&small=withheld";
    let page = fetched(house, cookie, address).await;
    let all = panels(&page);
    let (_, panel) = all.iter().find(|(id, _)| id == "survival").unwrap();
    assert!(
        panel.contains("Of 432 people, 114 were arrested"),
        "{panel}"
    );
    let rows = between(panel, "<tr><th scope=\"row\"", "</tr>");
    let failed: Vec<i64> = rows
        .iter()
        .map(|row| cells(row)[1].parse().unwrap())
        .collect();
    assert_eq!((failed.first(), failed.last()), (Some(&0), Some(&114)));
    for pair in failed.windows(2) {
        assert!(pair[1] - pair[0] >= 11, "{failed:?}");
    }
    assert!(panel.contains("<svg"));
}

/// A ledger of so few that hardly anything may be told.
async fn few() -> (House, String) {
    let house = House::start(&["jm"]).await;
    let key = house.key("operator", &[]);
    for (journey, sex) in ["female", "male", "male"].into_iter().enumerate() {
        let data = json!({
            "site": "norman-manley", "return_type": "deported", "grounds": "immigration",
            "sending_country": "US", "sex": sex, "born": "1985",
        });
        let on = format!("2025-01-1{journey}");
        let (status, answer) = house
            .publish(&key, &[event(id(), "reception.received", &on, &data)])
            .await;
        assert_eq!(status, 201, "{answer}");
    }
    until("three arrived", async || {
        let (_, counted) = house.get(&key, "/v1/caseload?by=sex").await;
        (counted["journeys"] == 3).then_some(())
    })
    .await;
    (house, key)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_is_withheld_says_so() {
    let Some(browser) = Browser::start().await else {
        return;
    };
    let (house, key) = few().await;
    let page = signed_in(&browser, &house, &key).await;
    page.until_says("#arrivals h2", "3 journeys").await;

    // The switch stands beside the clocks, and stays when one goes on.
    page.fill("[name=sex]", "female").await;
    page.press("[name=small]").await;
    page.follow("form.frame button").await;
    assert!(
        page.at().await.contains("small=withheld"),
        "{}",
        page.at().await
    );
    page.until_says("#arrivals .state.withheld", "Withheld: too few")
        .await;
    assert_eq!(page.count("#arrivals table").await, 0);
    assert_eq!(page.count(".places a[href^='/worklists']").await, 0);
    // Wider conditions are one step away.
    page.follow("#arrivals .leads a[href*='small=withheld']")
        .await;
    let at = page.at().await;
    assert!(at.contains("small=withheld"), "{at}");
    page.follow(".places a[href^='/flow']").await;
    page.until_says("#flow .state.withheld", "Withheld").await;
    assert!(page.at().await.contains("small=withheld"));

    for path in FIGURE_PAGES {
        let name = path.trim_start_matches('/');
        let name = if name.is_empty() { "today" } else { name };
        let address = format!("{path}?ledger=jm&day=2026-06-30&small=withheld");
        assert_eq!(page.open(&address).await, 200);
        page.pass(&format!("small-{name}-few")).await;
        // Nobody at all is no secret.
        let address =
            format!("{path}?ledger=jm&day=1990-01-01&origin_to=1990-01-01&small=withheld");
        assert_eq!(page.open(&address).await, 200);
        for look in [Look::Light, Look::Phone] {
            page.look(look).await;
            assert_eq!(page.axe().await, [""; 0], "{path}, empty, {look:?}");
        }
        page.look(Look::Light).await;
    }
    for (code, words) in [
        ("es", "Reservado"),
        ("fr", "Masqué"),
        ("pt", "Reservado"),
        ("ht", "Kache"),
        ("en", "Withheld"),
    ] {
        page.open("/arrivals?ledger=jm&small=withheld").await;
        page.follow(&format!(".languages a[lang={code}]")).await;
        page.until_says("#arrivals .state.withheld", words).await;
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn pages_for_publication_look_it() {
    let Some(browser) = Browser::start().await else {
        return;
    };
    let (house, key) = house().await;
    let page = signed_in(&browser, &house, &key).await;
    for path in FIGURE_PAGES {
        let name = path.trim_start_matches('/');
        let name = if name.is_empty() { "today" } else { name };
        let address = format!("{path}?ledger=jm&day={DAY}&small=withheld");
        assert_eq!(page.open(&address).await, 200);
        page.pass(&format!("small-{name}")).await;
    }
    page.open("/returns?ledger=rossi&unit=week&day=1974-01-01&small=withheld")
        .await;
    page.pass("small-rossi").await;
    // The picture's file is drawn from the same table.
    page.until_says("#survival .note", "For publication").await;
    assert_eq!(
        page.count("#survival .takes a[href*='picture=survival.svg']")
            .await,
        1
    );
    assert_eq!(page.count("#survival .takes a[href^='/take']").await, 0);
}

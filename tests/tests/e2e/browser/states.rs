//! Pages that have little to say, or nothing yet: one person in the whole ledger, and read models that are
//! not ready. Neither looks like a finding.

use homeward_e2e::facts::{event, id, received};
use homeward_e2e::house::{House, until};
use serde_json::{Value, json};

use super::figures::{DAY, cells};
use super::{Browser, FIGURE_PAGES, Page};

/// Pages of casework that hold panels too.
const CASEWORK_PAGES: [&str; 5] = [
    "/worklists",
    "/worklists/overdue",
    "/journeys",
    "/manifests",
    "/services",
];

/// Every page of panels.
fn pages() -> impl Iterator<Item = &'static str> {
    FIGURE_PAGES.into_iter().chain(CASEWORK_PAGES)
}

/// Nouns that do not follow a one, by language; in Haitian Creole they are alike.
const PLURALS: [(&str, &str); 5] = [
    (
        "en",
        "people|persons|journeys|referrals|follow-ups|facts|services|commits|things|lists|windows|days|weeks|months",
    ),
    (
        "es",
        "personas|trayectorias|derivaciones|seguimientos|hechos|servicios|cosas|listas|ventanas|días|semanas|meses",
    ),
    (
        "fr",
        "personnes|orientations|suivis|faits|services|choses|listes|fenêtres|jours|semaines",
    ),
    (
        "pt",
        "pessoas|trajetórias|encaminhamentos|acompanhamentos|fatos|serviços|coisas|listas|janelas|dias|semanas|meses",
    ),
    ("ht", "(?!)"),
];

/// Ones before such a noun in what a page says, tables and pictures with it.
const MISCOUNTED: &str = r"(plurals) => {
    for (const details of document.querySelectorAll('main details')) details.open = true;
    const said = document.querySelector('main').innerText
        + [...document.querySelectorAll('main svg text, main svg title, main svg desc')]
            .map((text) => '\n' + text.textContent).join('');
    const one = new RegExp(`(?<![\\d.,:–-])1[ \u00a0](${plurals})(?!\\p{L})`, 'gu');
    return [...said.matchAll(one)].map(([found]) => found);
}";

/// Headlines and sentences that give a share: of one person it is all or nothing.
const SHARES: &str = r"() => [...document.querySelectorAll('.panel h2, .panel .sentence')]
    .map((text) => text.innerText).filter((text) => text.includes('%'))";

/// Numbers of pictures that are none.
const BROKEN: &str = r"() => [...document.querySelectorAll('main svg')]
    .map((svg) => svg.outerHTML).filter((svg) => /NaN|undefined|Infinity|-?inf\b/.test(svg))
    .map((svg) => svg.slice(0, 200))";

async fn one_person(page: &Page, (path, day): (&str, &str), language: &str, plurals: &str) {
    page.open(&format!("{path}?day={day}")).await;
    let what = format!("{path} on {day} in {language}");
    let untold = page.count(".panel .loading, .panel .refused").await;
    assert_eq!(untold, 0, "{what}");
    let miscounted: Vec<String> = page.ask_of(MISCOUNTED, &json!(plurals)).await;
    assert_eq!(miscounted, [""; 0], "{what}");
    // Of facts there may be enough, where there is one person.
    if path != "/quality" {
        let shares: Vec<String> = page.ask(SHARES).await;
        assert_eq!(shares, [""; 0], "{what}");
    }
    let broken: Vec<String> = page.ask(BROKEN).await;
    assert_eq!(broken, [""; 0], "{what}");
}

/// Weeks after the one person's arrival: everything is still to come.
const SOON: &str = "2024-01-20";

/// A window that has not closed says "not yet" and how many wait, never "no"; what is owed is told from what
/// is not.
async fn nothing_is_mature(page: &Page) {
    page.open(&format!("/returns?day={SOON}")).await;
    let windows = "() => [...document.querySelectorAll('#windows td.hatched')]
        .map((cell) => [cell.innerText, cell.dataset.value])";
    let windows: Vec<(String, String)> = page.ask(windows).await;
    let waiting = ("1 not yet".to_owned(), String::new());
    assert_eq!(windows, vec![waiting; 5]);
    page.until_says("#windows h2", "0 of 5 windows are final")
        .await;
    page.pass("one-person-not-mature").await;
    page.open(&format!("/follow-ups?day={SOON}")).await;
    page.until_says("#calendar h2", "1 owed").await;
    let shades = "() => new Set([...document.querySelectorAll('#calendar .hc-wide rect')]
        .map((cell) => getComputedStyle(cell).fill)).size";
    assert!(
        page.ask::<usize>(shades).await > 1,
        "owed looks like not owed"
    );
    page.pass("one-person-owed").await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn one_person_is_told_as_one() {
    let Some(browser) = Browser::start().await else {
        return;
    };
    let house = House::start(&["jm"]).await;
    let key = house.key("operator", &[]);
    let line = ["import", "synthetic", "--publish", "--ledger", "jm"];
    let output = house.run(&[&line[..], &["--journeys", "1", "--key", &key]].concat());
    assert!(output.status.success(), "{output:?}");
    let page = browser.visitor(&house.url).await;
    page.sign_in(&key, "/arrivals").await;
    page.until_says("#arrivals h2", "One person arrived").await;
    page.open(&format!("/returns?day={DAY}")).await;
    page.until_says("#survival h2", "Too few people for a share")
        .await;
    page.until_says("#survival .sentence", "fewer than 20")
        .await;
    page.open(&format!("/flow?day={DAY}")).await;
    page.until_says("#flow h2", "1 of 1").await;
    for (language, plurals) in PLURALS {
        page.open(&format!("/language/{language}?then=%2F")).await;
        for path in pages() {
            one_person(&page, (path, DAY), language, plurals).await;
        }
    }
    page.open("/language/en?then=%2F").await;
    for path in pages() {
        one_person(&page, (path, SOON), PLURALS[0].0, PLURALS[0].1).await;
    }
    nothing_is_mature(&page).await;
    for path in pages() {
        page.open(&format!("{path}?day={DAY}")).await;
        let name = path.trim_start_matches('/').replace('/', "-");
        let name = if name.is_empty() { "today" } else { &name };
        page.pass(&format!("one-person-{name}")).await;
    }
}

/// Puts an event of a type into the log that no program knows yet: whoever folds it stops there.
async fn unknown_event(house: &House, key: &str) {
    let journey = id();
    let (status, _) = house.publish(key, &[received(journey, "2026-01-10")]).await;
    assert_eq!(status, 201);
    let mut event = house.export()[0]["events"][0].clone();
    event["id"] = json!(id());
    event["type"] = json!("journey.foretold");
    let running = house.running().unwrap();
    let told = |pointer: &str| {
        running
            .pointer(pointer)
            .unwrap()
            .as_str()
            .unwrap()
            .to_owned()
    };
    let login = async_nats::ConnectOptions::with_user_and_password(
        told("/nats_login/user"),
        told("/nats_login/password"),
    );
    // Where the house itself may listen for the log's answers.
    let login = login.custom_inbox_prefix("_HOMEWARD.test");
    let client = login.connect(told("/nats_url")).await.unwrap();
    let log = async_nats::jetstream::new(client);
    let subject = format!("ledger.jm.{journey}");
    let payload = Value::from(vec![event]).to_string().into();
    log.publish(subject, payload).await.unwrap().await.unwrap();
}

/// Panels of the page that say anything else than that they are not ready, and why.
const HASTY: &str = r"() => [...document.querySelectorAll('.panel')]
    .filter((panel) => !['models', 'texts'].includes(panel.id))
    .filter((panel) => panel.querySelectorAll('.loading').length !== 1
        || !panel.querySelector('.loading').innerText.startsWith('Not ready yet: ')
        || panel.querySelector('table, svg, .figures, .sentence'))
    .map((panel) => panel.id + ': ' + panel.innerText)";

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_page_says_what_is_not_ready_and_asks_again() {
    let Some(browser) = Browser::start().await else {
        return;
    };
    let mut house = House::start(&["jm"]).await;
    let key = house.key("operator", &[]);
    unknown_event(&house, &key).await;
    house.kill();
    std::fs::remove_dir_all(house.folder().join("views")).unwrap();
    house.restart_unready().await;
    let page = browser.visitor(&house.url).await;
    page.sign_in(&key, "/").await;
    for path in pages() {
        assert_eq!(page.open(path).await, 200, "{path}");
        let hasty: Vec<String> = page.ask(HASTY).await;
        assert_eq!(hasty, [""; 0], "{path}");
        assert!(page.count(".panel .loading").await > 0, "{path}");
        assert_eq!(page.count("body[data-again]").await, 1, "{path}");
    }
    page.open("/returns").await;
    assert_eq!(page.count(".panel .loading").await, 3);
    page.pass("not-ready").await;
    // By itself, and again.
    page.open("/arrivals").await;
    until("the page asks again, and again", async || {
        (page.asked_for("/arrivals") > 2).then_some(())
    })
    .await;
    page.until_says("#arrivals .loading", "Not ready yet").await;
    // Also where no script does.
    page.without_script(true).await;
    page.open("/arrivals").await;
    until("the page is loaded again", async || {
        (page.asked_for("/arrivals") > 1).then_some(())
    })
    .await;
}

/// Nobody was shown a record; then somebody was, twice by right and once in an emergency, and the page
/// that stands open says so.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn record_views_are_counted_as_they_come() {
    let Some(browser) = Browser::start().await else {
        return;
    };
    let house = House::start(&["jm"]).await;
    let (key, journey) = (house.key("operator", &[]), id());
    let told = house
        .publish(&key, &[received(journey, "2026-03-01")])
        .await;
    assert_eq!(told.0, 201, "{told:?}");
    let page = browser.visitor(&house.url).await;
    page.sign_in(&key, "/quality").await;
    page.until_says("#views h2", "Nobody was shown a record")
        .await;
    assert_eq!(page.count("#views table").await, 0);
    let shown = json!({
        "to": "clinician-2", "agency": "clinic", "purpose": "referral",
        "categories": ["identity"], "reason": "an appointment",
    });
    let opened = json!({
        "by": "nurse-1", "reason": "unconscious", "categories": ["health"],
        "until": "2026-03-04T15:00:00-05:00", "notified": "supervisor-1",
    });
    for (kind, data) in [
        ("access.disclosed", &shown),
        ("access.disclosed", &shown),
        ("access.glass-broken", &opened),
    ] {
        let fact = event(journey, kind, "2026-03-04T11:00:00-05:00", data);
        let told = house.publish(&key, &[fact]).await;
        assert_eq!(told.0, 201, "{told:?}");
    }
    page.until_says("#views h2", "3 disclosures and emergency accesses")
        .await;
    assert_eq!(cells(&page, "views").await, [[["jm", "moss", "2", "1"]]]);
    page.pass("record-views").await;
}

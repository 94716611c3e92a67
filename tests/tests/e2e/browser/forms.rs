//! Forms that record events: each with good and with bad input, sent twice, by keyboard, without script, in
//! every language.

use std::collections::BTreeSet;
use std::path::Path;

use homeward_e2e::house::House;
use serde_json::{Value, json};

use super::{Browser, FIRST_VIEW_BYTES_MAX, Look, Page};

/// What a reception cannot do without.
const RECEPTION: &[(&str, &str)] = &[
    ("site", "norman-manley"),
    ("return_type", "deported"),
    ("grounds", "immigration"),
    ("sending_country", "US"),
    ("sex", "female"),
    ("ledger", "jm"),
    ("agency", "moss"),
    ("occurred", "2026-03-02"),
];

/// An event, its day, and what is chosen.
type Told = (
    &'static str,
    &'static str,
    &'static [(&'static str, &'static str)],
);

/// A case from screening to closure and back, as forms record it: the event, its day, and what is chosen.
/// `*` stands for the first thing that is offered.
const CASE: &[Told] = &[
    (
        "screening.completed",
        "2026-03-02",
        &[
            ("kind", "health"),
            ("depth", "rapid"),
            ("result", "negative"),
        ],
    ),
    (
        "consent.refused",
        "2026-03-02",
        &[("purposes", "evaluation")],
    ),
    (
        "consent.given",
        "2026-03-03",
        &[
            ("purposes", "referral"),
            ("categories", "needs"),
            ("form", "written"),
            ("language", "en"),
        ],
    ),
    (
        "assessment.completed",
        "2026-03-04",
        &[("wave", "baseline")],
    ),
    (
        "referral.sent",
        "2026-03-05",
        &[
            ("need", "housing"),
            ("to", "shelter"),
            ("priority", "normal"),
            ("consent", "*"),
            ("discloses", "needs"),
        ],
    ),
    ("referral.received", "2026-03-06", &[("referral", "*")]),
    (
        "referral.waitlisted",
        "2026-03-06",
        &[("referral", "*"), ("expected_on", "2026-03-20")],
    ),
    ("referral.accepted", "2026-03-07", &[("referral", "*")]),
    (
        "referral.contact-failed",
        "2026-03-08",
        &[("referral", "*"), ("attempt", "1")],
    ),
    ("referral.contacted", "2026-03-09", &[("referral", "*")]),
    (
        "referral.booked",
        "2026-03-10",
        &[("referral", "*"), ("at", "2026-03-12")],
    ),
    ("referral.missed", "2026-03-12", &[("referral", "*")]),
    (
        "referral.booked",
        "2026-03-13",
        &[("referral", "*"), ("at", "2026-03-14")],
    ),
    (
        "referral.attended",
        "2026-03-14",
        &[("referral", "*"), ("attendance", "on-time")],
    ),
    ("referral.started", "2026-03-15", &[("referral", "*")]),
    (
        "referral.concluded",
        "2026-04-15",
        &[("referral", "*"), ("delivery", "delivered")],
    ),
    (
        "referral.sent",
        "2026-04-16",
        &[
            ("need", "legal"),
            ("to", "law-clinic"),
            ("priority", "urgent"),
            ("consent", "*"),
            ("discloses", "needs"),
        ],
    ),
    (
        "referral.declined",
        "2026-04-17",
        &[
            ("referral", "*"),
            ("by", "provider"),
            ("reason", "lack-of-capacity"),
        ],
    ),
    (
        "referral.withdrawn",
        "2026-04-18",
        &[
            ("referral", "*"),
            ("by", "sender"),
            ("reason", "no-longer-needed"),
        ],
    ),
    (
        "follow-up.scheduled",
        "2026-04-20",
        &[
            ("key", "month-3"),
            ("wave", "month-3"),
            ("due_on", "2026-06-02"),
        ],
    ),
    (
        "follow-up.missed",
        "2026-06-02",
        &[("key", "*"), ("reason", "unreachable")],
    ),
    (
        "follow-up.rescheduled",
        "2026-06-03",
        &[("key", "*"), ("due_on", "2026-06-10")],
    ),
    (
        "follow-up.completed",
        "2026-06-10",
        &[
            ("key", "*"),
            ("channel", "phone"),
            ("findings.housing", "better"),
        ],
    ),
    ("consent.withdrawn", "2026-06-11", &[("consent", "*")]),
    (
        "journey.closed",
        "2026-06-12",
        &[("reason", "plan-completed")],
    ),
    ("journey.reopened", "2026-06-13", &[("reason", "came back")]),
];

/// Fills fields in; ticks where one can tick.
async fn fill(page: &Page, fields: &[(&str, &str)]) {
    for (name, value) in fields {
        let tick = format!("[type=checkbox][name=\"{name}\"][value=\"{value}\"]");
        if page.count(&tick).await == 1 {
            page.fill(&tick, "on").await;
            continue;
        }
        let selector = format!("[name=\"{name}\"]:not([type=hidden])");
        let first = "(selector) => document.querySelector(selector).options[1].value";
        let value = match *value {
            "*" => page.ask_of::<String>(first, &json!(selector)).await,
            value => value.to_owned(),
        };
        page.fill(&selector, &value).await;
    }
}

/// The journey that the page is at.
async fn journey(page: &Page) -> String {
    let at = page.at().await;
    let journey = at
        .strip_prefix("/journeys/")
        .unwrap_or_else(|| panic!("at {at}"));
    journey.split('?').next().unwrap().to_owned()
}

/// Every event in the log, in order.
fn told(house: &House) -> Vec<Value> {
    let commits = house.export();
    let events = commits
        .iter()
        .flat_map(|commit| commit["events"].as_array().unwrap());
    events.cloned().collect()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_reception_is_recorded_by_a_form() {
    let Some(browser) = Browser::start().await else {
        return;
    };
    let house = House::start(&["jm", "tt"]).await;
    let key = house.key("case-worker", &[]);
    let page = browser.visitor(&house.url).await;
    page.sign_in(&key, "/record").await;
    page.pass("record").await;
    page.follow("#forms a").await;
    assert!(page.bytes() < FIRST_VIEW_BYTES_MAX, "{}", page.bytes());
    page.pass("form").await;

    // Nothing that was typed is lost, and every field that is wrong says so.
    fill(
        &page,
        &[
            ("site", "Norman Manley"),
            ("personal.identity.surnames", "Peña, Ruiz"),
        ],
    )
    .await;
    fill(&page, &[("needs", "meals"), ("agency", "moss")]).await;
    page.follow(".record .send button").await;
    page.until_says("#trouble h2", "Not recorded yet").await;
    assert_eq!(page.count("#trouble li").await, 4 + 1);
    assert_eq!(page.count("[aria-invalid=true]").await, 5);
    assert_eq!(
        page.value("#f-personal-identity-surnames").await,
        "Peña, Ruiz"
    );
    assert_eq!(page.count("[value=meals]:checked").await, 1);
    page.complaints();
    page.pass("form-refused").await;
    page.press("#trouble li a").await;
    assert_eq!(page.stop().await.unwrap().control, "select#f-ledger");

    // One by one where only the border can tell.
    fill(&page, RECEPTION).await;
    page.fill("#f-site", "Norman Manley").await;
    page.follow(".record .send button").await;
    let wrong = page.says("#f-site-wrong").await.unwrap();
    assert!(wrong.contains("a-z"), "{wrong}");
    page.complaints();
    fill(&page, RECEPTION).await;
    page.follow(".record .send button").await;
    let id = journey(&page).await;
    let events = told(&house);
    assert_eq!(events.len(), 1, "{events:?}");
    assert_eq!(events[0]["subject"], id);
    assert_eq!(events[0]["data"]["needs"], json!(["meals"]));
    assert_eq!(
        events[0]["data"]["personal"]["identity"]["surnames"],
        json!(["Peña", "Ruiz"])
    );
    let (_, letters) = house
        .get(&house.key("operator", &[]), "/v1/dead-letters")
        .await;
    assert_eq!(
        letters["letters"],
        json!([]),
        "what is typed wrongly is nobody's dead letter"
    );
}

/// The events that there are forms for, by their files: one that is added is in the case, or fails.
fn offered() -> BTreeSet<String> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../crates/api/forms");
    let files = std::fs::read_dir(folder).unwrap();
    let name = |file: std::fs::DirEntry| file.file_name().into_string().unwrap();
    let names = files.map(|file| name(file.unwrap()));
    names
        .map(|name| name.strip_suffix(".toml").unwrap().to_owned())
        .collect()
}

/// Everything that stands in the form, as it would be sent.
async fn filled(page: &Page) -> Vec<(String, String)> {
    page.ask("() => [...new FormData(document.querySelector('form.record'))]")
        .await
}

/// Sends a form with bad input twice: nothing that it needs, and then a day that is none. Each is told at
/// its own field and nowhere else, and what was typed stays.
async fn refused(page: &Page, event: &str, fields: &[(&str, &str)]) {
    let lacking = "() => [...document.querySelectorAll('form.record .asked')]
        .filter((asked) => asked.querySelector('.required'))
        .map((asked) => [asked, asked.querySelector('input:not([type=checkbox]), select, textarea')])
        .filter(([asked, one]) => one ? !one.value : !asked.querySelector(':checked'))
        .map(([asked, one]) => asked.id || one.id)";
    let told = "() => [...document.querySelectorAll('.is-wrong')].map((at) =>
        at.querySelector('.wrong').checkVisibility() && (at.id || at.querySelector('[aria-invalid]').id))";
    page.fill("[name=occurred]", "yesterday").await;
    let mut expected: Vec<String> = page.ask(lacking).await;
    expected.push("f-occurred".to_owned());
    page.follow(".record .send button").await;
    page.until_says("#trouble h2", "Not recorded yet").await;
    let mut wrong: Vec<String> = page.ask(told).await;
    for list in [&mut expected, &mut wrong] {
        list.sort();
    }
    assert_eq!(wrong, expected, "{event}");
    assert_eq!(page.value("[name=occurred]").await, "yesterday", "{event}");

    fill(page, fields).await;
    let typed = filled(page).await;
    page.follow(".record .send button").await;
    let said = page.says("#f-occurred-wrong").await.unwrap_or_default();
    assert!(said.starts_with("This cannot be read"), "{event}: {said}");
    let wrong: Vec<String> = page.ask(told).await;
    assert_eq!(wrong, ["f-occurred"], "{event}");
    assert_eq!(filled(page).await, typed, "{event}: what was typed stays");
    page.complaints();
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_form_takes_good_input_and_says_what_is_bad() {
    let Some(browser) = Browser::start().await else {
        return;
    };
    let house = House::start(&["jm"]).await;
    let key = house.key("operator", &["--agency", "moss"]);
    let page = browser.visitor(&house.url).await;
    page.sign_in(&key, "/record/reception.received").await;
    let (required, own) = (RECEPTION, |name: &str| {
        !["agency", "occurred"].contains(&name)
    });
    let required: Vec<_> = required
        .iter()
        .copied()
        .filter(|(name, _)| own(name))
        .collect();
    refused(&page, "reception.received", &required).await;
    page.fill("[name=occurred]", "2026-03-02").await;
    page.follow(".record .send button").await;
    let id = journey(&page).await;
    let mut recorded = BTreeSet::from(["reception.received".to_owned()]);
    for (index, (event, day, fields)) in CASE.iter().enumerate() {
        let address = format!("/record/{event}?ledger=jm&journey={id}");
        assert_eq!(page.open(&address).await, 200, "{event}");
        assert_eq!(page.axe().await, [""; 0], "{event}");
        if recorded.insert((*event).to_owned()) {
            refused(&page, event, fields).await;
        } else {
            fill(&page, fields).await;
        }
        page.fill("[name=occurred]", day).await;
        page.follow(".record .send button").await;
        let trouble = page.says("#trouble").await;
        assert_eq!(trouble, None, "{event}");
        assert_eq!(journey(&page).await, id, "{event}");
        assert_eq!(told(&house)[index + 1]["type"], *event);
    }
    let events = told(&house);
    assert_eq!(events.len(), 1 + CASE.len());
    assert_eq!(recorded, offered());
    // What the border knows and a form cannot: said at its field.
    page.open(&format!("/record/journey.reopened?ledger=jm&journey={id}"))
        .await;
    page.follow(".record .send button").await;
    let said = page.says("#trouble li").await.unwrap();
    assert!(said.starts_with("The journey is not closed."), "{said}");
    page.picture("form-not-closed", Look::Light).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_form_is_sent_twice_walked_through_and_read_in_every_language() {
    let Some(browser) = Browser::start().await else {
        return;
    };
    let house = House::start(&["jm"]).await;
    let key = house.key("case-worker", &[]);
    let page = browser.visitor(&house.url).await;
    page.sign_in(&key, "/record/reception.received").await;
    fill(&page, RECEPTION).await;
    let twice = "async () => {
        const form = document.querySelector('form.record');
        const body = new URLSearchParams(new FormData(form));
        const headers = { Accept: 'application/json' };
        const send = () => fetch(form.action, { method: 'POST', body, headers });
        const answers = await Promise.all([send(), send()]);
        answers.push(await send());
        return Promise.all(answers.map(async (answer) => [answer.status, await answer.json()]));
    }";
    let answers: Vec<(u16, Value)> = page.ask(twice).await;
    assert_eq!(answers[0].0, 201, "{answers:?}");
    assert!(
        answers.iter().all(|answer| *answer == answers[0]),
        "{answers:?}"
    );
    assert_eq!(told(&house).len(), 1);
    let id = answers[0].1["journey"].as_str().unwrap().to_owned();

    // From the first stop to the last by keyboard, and sent without a mouse.
    let screening = format!("/record/screening.completed?ledger=jm&journey={id}");
    page.open(&screening).await;
    let stops = page.walk().await;
    let names: Vec<&str> = stops.iter().map(|stop| stop.control.as_str()).collect();
    let at = |control: &str| names.iter().position(|name| *name == control).unwrap();
    assert_eq!(names[0], "a", "the way past the navigation");
    assert!(at("input#f-occurred") < at("select#f-kind"), "{names:?}");
    assert!(
        at("select#f-kind") < at("textarea#f-personal-free-text"),
        "{names:?}"
    );
    assert_eq!(names.last(), Some(&"button"));
    page.open(&screening).await;
    page.fill("#f-agency", "moss").await;
    while page
        .stop()
        .await
        .is_none_or(|stop| stop.control != "select#f-kind")
    {
        page.key("Tab").await;
    }
    page.key("h").await;
    page.fill("#f-depth", "rapid").await;
    page.fill("#f-result", "negative").await;
    page.fill("#f-occurred", "2026-03-02").await;
    page.follow_key("Enter").await;
    assert_eq!(journey(&page).await, id);
    assert_eq!(told(&house)[1]["data"]["kind"], "health");

    for (language, title) in [
        ("es", "Registrar una recepción"),
        ("fr", "Enregistrer un accueil"),
        ("pt", "Registrar uma recepção"),
        ("ht", "Anrejistre yon resepsyon"),
    ] {
        page.open(&format!(
            "/language/{language}?then=%2Frecord%2Freception.received"
        ))
        .await;
        page.until_says("h1", title).await;
        assert_eq!(
            page.attribute("html", "lang").await.as_deref(),
            Some(language)
        );
        assert_eq!(page.axe().await, [""; 0], "{language}");
        page.picture(&format!("form-{language}"), Look::Light).await;
        page.follow(".record .send button").await;
        assert!(page.count(".wrong").await >= 5);
    }

    // Whole without script.
    let plain = browser.visitor(&house.url).await;
    plain.without_script(true).await;
    plain.sign_in(&key, "/record/reception.received").await;
    fill(&plain, RECEPTION).await;
    plain.follow(".record .send button").await;
    assert_ne!(journey(&plain).await, id);
    assert_eq!(told(&house).len(), 3);

    // A reader records nothing, and does not learn that others do.
    let reader = browser.visitor(&house.url).await;
    reader.sign_in(&house.key("reader", &[]), "/").await;
    assert_eq!(reader.count("a[href^='/record']").await, 0);
    assert_eq!(reader.open("/record").await, 404);
    assert_eq!(reader.open("/record/reception.received").await, 404);
}

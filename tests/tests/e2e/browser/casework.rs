//! Casework in a browser: from what is owed to a journey and back, who somebody may be, and who came.

use homeward_e2e::facts::{event, id, received, screened};
use homeward_e2e::house::{House, until};
use serde_json::{Value, json};
use uuid::Uuid;

use super::{Browser, FIRST_VIEW_BYTES_MAX, Page};

/// Every page of lists, as its address and what its pictures are called.
const PAGES: [(&str, &str); 7] = [
    ("/worklists", "worklists"),
    ("/worklists/overdue", "worklist"),
    ("/journeys", "journeys"),
    ("/manifests", "manifests"),
    ("/manifests/charter-1", "manifest"),
    ("/services?need=housing&area=JM-01&language=es", "services"),
    ("/sources", "sources"),
];

/// A tab of somebody who has signed in.
async fn signed_in(browser: &Browser, house: &House, key: &str) -> Page {
    let page = browser.visitor(&house.url).await;
    page.open("/sign-in").await;
    page.fill("#key", key).await;
    page.follow(".sign-in button").await;
    // The browser would like a name beside a key; pages of cases complain of nothing.
    page.complaints();
    page
}

/// Publishes commits, and waits until the last of them is read.
async fn publish(house: &House, key: &str, commits: &[Vec<Value>]) {
    let mut last = 0;
    for commit in commits {
        let (status, answer) = house.publish(key, commit).await;
        assert_eq!(status, 201, "{answer}");
        last = answer["results"][0]["sequence"].as_u64().unwrap();
    }
    for path in ["/v1/journeys?limit=1", "/v1/worklists", "/v1/manifests"] {
        let join = if path.contains('?') { '&' } else { '?' };
        let path = format!("{path}{join}at_least=jm:{last}");
        assert_eq!(house.get(key, &path).await.0, 200);
    }
}

/// A journey of which everything is told that its page can say.
fn whole(journey: Uuid, relative: Uuid) -> Vec<Vec<Value>> {
    let (consent, referral) = (id(), id());
    let mistaken = screened(journey, "2026-05-02");
    let announced = json!({
        "expected_on": "2026-05-01", "port": "norman-manley", "batch": "charter-1", "line": 1,
        "sending_country": "US", "return_type": "deported", "grounds": "immigration",
        "medical_information": "none", "criminal_information": "not-provided",
    });
    let given = json!({
        "consent": consent, "purposes": ["case-management", "referral"], "agencies": ["lodge-agency"],
        "categories": ["identity", "needs"], "form": "written",
    });
    let agreed = json!({
        "plan": id(),
        "goals": [{ "id": "work", "dimension": "economic", "level": "individual",
            "due_on": "2026-09-01", "summary": "licence to trade" }],
    });
    let sent = json!({
        "referral": referral, "to": "lodge-agency", "need": "housing", "priority": "urgent",
        "consent": consent, "discloses": ["identity"],
    });
    let delivered = json!({
        "assistance": id(), "kind": "grant", "mode": "direct",
        "value": { "amount": "150000.00", "currency": "JMD" }, "items": "cooler, cart, first stock",
    });
    let scheduled = json!({
        "key": "month-3", "wave": "month-3", "due_on": "2026-08-01", "opens_on": "2026-07-18",
        "closes_on": "2026-08-15", "channel": "phone",
    });
    let disclosed = json!({
        "to": "clinician-2", "agency": "lodge-agency", "purpose": "referral",
        "categories": ["identity"], "reason": "a bed for the night",
    });
    let mut retracted = event(
        journey,
        "correction.retracted",
        "2026-05-09",
        &json!({ "event": mistaken["id"], "reason": "wrong-person" }),
    );
    retracted["recordedtime"] = "2026-06-01T13:00:00Z".into();
    vec![
        vec![
            event(journey, "notice.notified", "2026-04-20", &announced),
            received(journey, "2026-05-01"),
            mistaken,
            event(journey, "consent.given", "2026-05-02", &given),
            event(journey, "plan.agreed", "2026-05-03", &agreed),
            event(journey, "referral.sent", "2026-05-03", &sent),
            event(journey, "assistance.delivered", "2026-05-04", &delivered),
            event(journey, "follow-up.scheduled", "2026-05-04", &scheduled),
            event(
                journey,
                "journey.related",
                "2026-05-04",
                &json!({ "other": relative, "relation": "sibling" }),
            ),
            event(journey, "access.disclosed", "2026-05-05", &disclosed),
        ],
        vec![retracted],
    ]
}

/// Somebody who was announced, and of whom nothing was told.
fn announced(journey: Uuid) -> Vec<Value> {
    let notice = json!({
        "expected_on": "2026-05-01", "port": "norman-manley", "batch": "charter-1", "line": 2,
        "sending_country": "US", "return_type": "deported", "grounds": "drugs",
        "medical_information": "provided", "criminal_information": "provided",
    });
    vec![event(journey, "notice.notified", "2026-04-20", &notice)]
}

fn named(journey: Uuid, given: &str, surname: &str, born: &str) -> Vec<Value> {
    let mut event = received(journey, "2026-05-01");
    event["data"]["personal"] = json!({ "identity": {
        "given_names": [given], "surnames": [surname], "born_on": born,
    } });
    vec![event]
}

/// A directory of one shelter, and a few invented journeys.
fn furnish(house: &House, key: &str) {
    let service = json!({ "contents": [{
        "id": "lodge", "name": "Lodge", "status": "active",
        "organization": { "id": "lodge-agency", "name": "Lodge Agency" },
        "attributes": [{ "taxonomy_term": { "name": "Emergency shelter" } }],
        "service_areas": [{ "extent": "JM-01" }],
        "languages": [{ "code": "es" }],
        "capacities": [{ "maximum": 2, "unit": { "name": "bed" } }],
    }] });
    let source = house.folder().join("services.json");
    std::fs::write(&source, service.to_string()).unwrap();
    let source = source.to_str().unwrap();
    let directory = [
        "directory",
        "import",
        source,
        "--ledger",
        "jm",
        "--on",
        "2026-04-01",
    ];
    let invented = [
        "import",
        "synthetic",
        "--publish",
        "--ledger",
        "jm",
        "--journeys",
        "30",
    ];
    for line in [&directory[..], &invented[..]] {
        let output = house.run(&[line, &["--key", key]].concat());
        assert!(output.status.success(), "{output:?}");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_is_owed_leads_to_a_journey_and_back() {
    let Some(browser) = Browser::start().await else {
        return;
    };
    let house = House::start(&["jm"]).await;
    let key = house.key("operator", &[]);
    furnish(&house, &key);
    let (journey, relative) = (id(), id());
    let mut commits = vec![vec![received(relative, "2026-05-01")], announced(id())];
    commits.extend(whole(journey, relative));
    publish(&house, &key, &commits).await;

    let page = signed_in(&browser, &house, &key).await;
    page.until_says("nav.places", "Worklists").await;
    for (path, name) in PAGES {
        assert_eq!(page.open(path).await, 200, "{path}");
        assert!(
            page.bytes() < FIRST_VIEW_BYTES_MAX,
            "{path}: {}",
            page.bytes()
        );
        assert_eq!(page.count("h1").await, 1, "{path}");
        assert_eq!(page.count(".state.refused").await, 0, "{path}");
        assert!(page.count("caption").await > 0, "{path}");
        page.pass(name).await;
    }

    // From a list that is narrowed to a journey, and back to the very list.
    let list = "/worklists/overdue?ledger=jm&sex=male&standing=overdue";
    page.open(list).await;
    page.follow("#list tbody th a").await;
    page.until_says("h1", "Journey").await;
    page.follow(".back a").await;
    assert_eq!(page.at().await, list);

    the_journey_says_what_stands(&page, journey).await;
    in_every_language(&page, journey).await;

    page.without_script(true).await;
    page.open(&format!("/journeys/{journey}")).await;
    page.until_says("#story", "consent given").await;
    page.open("/manifests").await;
    page.until_says("#list", "charter-1").await;
}

async fn the_journey_says_what_stands(page: &Page, journey: Uuid) {
    assert_eq!(page.open(&format!("/journeys/{journey}")).await, 200);
    page.pass("journey").await;
    page.until_says("#story s", "screened").await;
    page.until_says("#story .gone", "belongs to another person")
        .await;
    page.until_says("#journey-next", "do the follow-up").await;
    page.until_says("#journey-referrals", "lodge-agency").await;
    page.until_says("#journey-consents", "who the person is")
        .await;
    page.until_says("#journey-plans", "licence to trade").await;
    page.until_says("#journey-assistance", "150000.00 JMD")
        .await;
    page.until_says("#journey-relatives", "sister or brother")
        .await;
    page.until_says("#looked", "data disclosed").await;
    let record = page.attribute(".leads a[href^='/record']", "href").await;
    let record = record.unwrap();
    assert!(record.contains(&journey.to_string()), "{record}");
    // A correction leads to what it corrects.
    page.press("#story .gone .remark a").await;
    let target: String = page.ask("() => document.querySelector(':target').id").await;
    assert!(target.starts_with("event-"), "{target}");

    page.open(&format!("/journeys/{journey}/counted?day=2026-12-01"))
        .await;
    page.until_says("#counted", "counted from here").await;
    page.pass("counted").await;
    assert_eq!(page.open(&format!("/journeys/{}", id())).await, 404);
}

async fn in_every_language(page: &Page, journey: Uuid) {
    for (code, title) in [
        ("es", "Trayectoria"),
        ("fr", "Parcours"),
        ("pt", "Trajetória"),
        ("ht", "Pakou"),
        ("en", "Journey"),
    ] {
        page.open(&format!("/language/{code}?then=/journeys/{journey}"))
            .await;
        page.until_says("h1", title).await;
        assert_eq!(page.attribute("html", "lang").await.as_deref(), Some(code));
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn people_are_searched_and_pairs_are_judged_once() {
    let Some(browser) = Browser::start().await else {
        return;
    };
    let house = House::start(&["jm"]).await;
    let key = house.key("case-worker", &["--ledger", "jm", "--agency", "moss"]);
    let (first, second) = (id(), id());
    let commits = [
        named(first, "José Ramón", "Quiñónez", "1980-03-04"),
        named(second, "Pepe Ramón", "Quinonez", "1980-04-03"),
    ];
    publish(&house, &key, &commits).await;
    let path = "/v1/people/duplicates?at_least=jm:2";
    until("a pair", async || {
        let (_, told) = house.get(&key, path).await;
        told["duplicates"].get(0).is_some().then_some(())
    })
    .await;

    let page = signed_in(&browser, &house, &key).await;
    page.open("/people").await;
    page.pass("people").await;
    page.fill("#given_names", "jose").await;
    page.fill("#surnames", "quinonez").await;
    page.follow(".search button").await;
    assert_eq!(page.at().await, "/people", "names stand in no address");
    page.until_says("#found", "Quiñónez").await;
    assert_eq!(page.count(".candidates > li").await, 2);
    assert_eq!(page.value("#surnames").await, "quinonez");
    page.pass("people-found").await;
    // What cannot be asked says why, and keeps what was typed.
    page.fill("#born_on", "yesterday").await;
    page.follow(".search button").await;
    page.until_says("#refused", "born_on").await;
    assert_eq!(page.value("#given_names").await, "jose");

    page.open("/people/duplicates").await;
    page.until_says(".sides", "Quinonez").await;
    page.pass("duplicates").await;
    // The same judgement sent twice is one; one without the session's token is none.
    let sent: Vec<u16> = page
        .ask(
            r"async () => {
                const form = document.querySelector('.judge');
                const send = async (token) => {
                    const data = new URLSearchParams(new FormData(form));
                    data.set('judgement', 'link');
                    data.set('basis', 'review');
                    if (token !== undefined) data.set('token', token);
                    const answer = await fetch(location.pathname, { method: 'POST', body: data });
                    return answer.status;
                };
                return [await send('stolen'), await send(), await send()];
            }",
        )
        .await;
    assert_eq!(sent.len(), 3);
    let commits = house.export();
    let events = commits
        .iter()
        .flat_map(|commit| commit["events"].as_array().unwrap());
    let linked = events
        .filter(|event| event["type"] == "journey.linked")
        .count();
    assert_eq!(linked, 1);
    page.open("/people/duplicates").await;
    page.until_says("main", "No pair is waiting").await;
    page.pass("duplicates-none").await;

    // Whoever may not see who people are does not see that there is a page for it.
    let reader = house.key("reader", &[]);
    let other = signed_in(&browser, &house, &reader).await;
    for path in ["/people", "/people/duplicates"] {
        assert_eq!(other.open(path).await, 404);
    }
    assert!(
        !other
            .says("nav.places")
            .await
            .unwrap()
            .contains("Search people")
    );
}

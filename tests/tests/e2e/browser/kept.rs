//! A form that is typed while the link is down is kept, and sent once when it is back.

use homeward_e2e::house::{House, until};
use serde_json::Value;

use super::{Browser, Link, Look, Page};

const FORM: &str = "/record/reception.received";

/// Waits until the form opens without a link.
async fn until_at_hand(page: &Page) {
    let at_hand = "async () => Boolean(navigator.serviceWorker.controller)
        && Boolean(await caches.match('/record/reception.received'))
        && Boolean(await caches.match('/kept'))";
    until("a form at hand", async || {
        page.ask::<bool>(at_hand).await.then_some(())
    })
    .await;
}

/// How many forms the browser keeps.
async fn kept(page: &Page) -> usize {
    let count = "() => new Promise((resolve) => {
        const opening = indexedDB.open('homeward');
        opening.onsuccess = () => {
            const open = opening.result;
            const there = open.objectStoreNames.contains('kept');
            const asked = there && open.transaction('kept').objectStore('kept').count();
            if (there) asked.onsuccess = () => { open.close(); resolve(asked.result); };
            else { open.close(); resolve(0); }
        };
    })";
    page.ask(count).await
}

async fn fill(page: &Page, surname: &str) {
    for (field, value) in [
        ("site", "norman-manley"),
        ("return-type", "deported"),
        ("grounds", "immigration"),
        ("sending-country", "US"),
        ("sex", "male"),
        ("ledger", "jm"),
        ("agency", "moss"),
        ("occurred", "2026-03-02"),
        ("personal-identity-surnames", surname),
    ] {
        page.fill(&format!("#f-{field}"), value).await;
    }
}

async fn send(page: &Page) {
    page.follow(".record .send button").await;
}

/// Surnames in the log, in order.
fn told(house: &House) -> Vec<Value> {
    let surname =
        |commit: &Value| commit["events"][0]["data"]["personal"]["identity"]["surnames"][0].clone();
    let mut told: Vec<Value> = house.export().iter().map(surname).collect();
    told.sort_by_key(Value::to_string);
    told
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_form_waits_for_the_link_and_is_sent_once() {
    let Some(browser) = Browser::start().await else {
        return;
    };
    let house = House::start(&["jm"]).await;
    let link = Link::to(&house.url).await;
    let page = browser.visitor(&link.url).await;
    let key = house.key("case-worker", &[]);
    page.sign_in(&key, "/record").await;
    until_at_hand(&page).await;

    link.drop_it();
    for surname in ["Abel", "Baptiste"] {
        assert_eq!(page.try_open(FORM).await, None);
        fill(&page, surname).await;
        send(&page).await;
        assert_eq!(page.at().await, "/kept");
    }
    page.until_says("#waits b", "2").await;
    assert_eq!(page.count(".kept-list li").await, 2);
    for look in Look::ALL {
        page.look(look).await;
        page.picture("kept", look).await;
        assert_eq!(page.axe().await, [""; 0]);
    }
    page.look(Look::Light).await;
    assert_eq!((kept(&page).await, told(&house).len()), (2, 0));
    // Any other page says so too, rather than nothing.
    assert_eq!(page.try_open("/arrivals").await, None);
    page.until_says("#waits b", "2").await;

    page.try_open("/kept").await;
    link.restore();
    page.until_says("#kept", "nothing waits any more").await;
    assert_eq!(told(&house), ["Abel", "Baptiste"]);
    assert_eq!(
        kept(&page).await,
        0,
        "nothing personal is kept after it was sent"
    );

    // It arrived, and nobody heard so: sent again, recorded once.
    page.open(FORM).await;
    fill(&page, "Cato").await;
    link.lose_answers();
    page.press(".record .send button").await;
    until("the third in the log", async || {
        (told(&house).len() == 3).then_some(())
    })
    .await;
    link.drop_it();
    page.until_says("#waits b", "1").await;
    link.restore();
    page.until_says("#kept", "nothing waits any more").await;
    assert_eq!(told(&house), ["Abel", "Baptiste", "Cato"]);

    // What is refused later is opened and mended.
    link.drop_it();
    page.try_open(FORM).await;
    fill(&page, "Dumas").await;
    page.fill("#f-site", "").await;
    send(&page).await;
    link.restore();
    page.until_says(".kept-list", "refused").await;
    page.follow(".kept-list a").await;
    until("what was typed", async || {
        (page.value("#f-personal-identity-surnames").await == "Dumas").then_some(())
    })
    .await;
    page.fill("#f-site", "norman-manley").await;
    send(&page).await;
    assert!(page.at().await.starts_with("/journeys/"));
    assert_eq!(told(&house).len(), 4);
    assert_eq!(kept(&page).await, 0);

    // Whoever signs out leaves nothing behind, not even without a link.
    page.open("/record").await;
    until_at_hand(&page).await;
    link.drop_it();
    page.try_open(FORM).await;
    fill(&page, "Estime").await;
    send(&page).await;
    page.until_says("#waits b", "1").await;
    page.press("form.leave button").await;
    // The house does not hear of it, and the browser has left the page all the same.
    until("the browser's own page", async || {
        let at: String = page.ask("() => location.protocol").await;
        (at == "chrome-error:").then_some(())
    })
    .await;
    link.restore();
    // The browser may still be on its way out.
    until("a page of the house", async || {
        page.try_open("/healthz").await.is_none().then_some(())
    })
    .await;
    until("nothing is left", async || {
        let pages = "() => caches.has('homeward-pages')";
        (kept(&page).await == 0 && !page.ask::<bool>(pages).await).then_some(())
    })
    .await;
    assert_eq!(told(&house).len(), 4);
}

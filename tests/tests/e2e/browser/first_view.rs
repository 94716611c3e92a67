//! The first view over a slow link: what is drawn waits for the page and for nothing else.

use chromiumoxide::cdp::browser_protocol::fetch;
use chromiumoxide::cdp::browser_protocol::network::{
    ResourceType, SetBypassServiceWorkerParams, SetCacheDisabledParams,
};
use homeward_e2e::facts::{id, received};
use homeward_e2e::house::{House, until};
use serde_json::json;

use super::{Browser, Page};

/// What a server sends before it hears that anything has arrived: ten segments (RFC 6928).
const FIRST_WINDOW_BYTES: u64 = 14_600;

/// What browsers load for a page before or while they draw it.
const LOADED: [ResourceType; 4] = [
    ResourceType::Stylesheet,
    ResourceType::Script,
    ResourceType::Font,
    ResourceType::Image,
];

impl Page {
    /// Opens a path while whatever it loads stays on its way, and waits until something is drawn.
    async fn drawn_alone(&self, path: &str) {
        let pattern = |kind| fetch::RequestPattern::builder().resource_type(kind).build();
        let held = fetch::EnableParams::builder().patterns(LOADED.map(pattern));
        self.tab().execute(held.build()).await.unwrap();
        // The command that navigates would wait for what is held back.
        let to = json!(format!("{}{path}", self.url()));
        drop(self.evaluate(&format!("location.assign({to})")).await);
        until(&format!("something is drawn at {path}"), async || {
            let drawn = "[location.pathname, \
                performance.getEntriesByName('first-contentful-paint').length]";
            let drawn = self.evaluate(drawn).await.ok()?;
            (drawn == json!([path, 1])).then_some(())
        })
        .await;
        // The picture of the tab is the browser's own wish, and nothing waits for it.
        let arrived = "() => performance.getEntriesByType('resource')
            .map(({ name }) => new URL(name).pathname).filter((path) => path !== '/assets/icon.svg')";
        let arrived: Vec<String> = self.ask(arrived).await;
        assert_eq!(arrived, [""; 0], "{path}: what was held back has arrived");
        let let_go = fetch::DisableParams::default();
        self.tab().execute(let_go).await.unwrap();
    }

    /// What the page that is open had loaded before anything could be drawn.
    pub(super) async fn blocking(&self) -> Vec<String> {
        self.ask(
            "() => performance.getEntriesByType('resource')
                .filter(({ renderBlockingStatus }) => renderBlockingStatus === 'blocking')
                .map(({ name }) => new URL(name).pathname)",
        )
        .await
    }

    /// How many bytes of the page itself crossed the link.
    async fn weight(&self) -> u64 {
        self.ask("() => performance.getEntriesByType('navigation')[0].transferSize")
            .await
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_page_is_drawn_as_soon_as_it_is_there() {
    let Some(browser) = Browser::start().await else {
        return;
    };
    let house = House::start(&["jm"]).await;
    let key = house.key("operator", &[]);
    let (status, _) = house.publish(&key, &[received(id(), "2026-01-10")]).await;
    assert_eq!(status, 201);
    let page = browser.visitor(&house.url).await;
    let forgetful = SetCacheDisabledParams::new(true);
    page.tab().execute(forgetful).await.unwrap();
    let first_time = SetBypassServiceWorkerParams::new(true);
    page.tab().execute(first_time).await.unwrap();
    // Where it is drawn by its own style: the form is not wider than its column.
    page.drawn_alone("/sign-in").await;
    let styled = "() => getComputedStyle(document.querySelector('main')).maxWidth";
    assert_eq!(page.ask::<String>(styled).await, "416px");
    page.open("/sign-in").await;
    assert_eq!(page.blocking().await, [""; 0]);
    assert!(
        page.weight().await < FIRST_WINDOW_BYTES,
        "{}",
        page.weight().await
    );
    page.sign_in(&key, "/").await;
    for path in ["/", "/returns", "/record/reception.received"] {
        page.drawn_alone(path).await;
        let styled = "() => getComputedStyle(document.body).display";
        assert_eq!(page.ask::<String>(styled).await, "grid", "{path}");
        page.open(path).await;
        assert_eq!(page.blocking().await, [""; 0], "{path}");
    }
    // Today, which whoever signs in sees first, is there whole.
    page.open("/").await;
    assert!(
        page.weight().await < FIRST_WINDOW_BYTES,
        "{}",
        page.weight().await
    );
    assert_eq!(page.complaints(), [""; 0]);
}

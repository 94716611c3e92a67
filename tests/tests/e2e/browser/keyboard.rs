//! A page without a mouse: keys, the walk from one control to the next, and the page of returns worked
//! from end to end by it.

use chromiumoxide::cdp::browser_protocol::input::{DispatchKeyEventParams, DispatchKeyEventType};
use chromiumoxide::keys::USKEYBOARD_LAYOUT;
use homeward_e2e::house::House;
use serde::Deserialize;
use serde_json::json;

use super::figures::DAY;
use super::{Browser, Page};

/// The bit of the shift key in what the protocol calls modifiers.
const SHIFT: i64 = 8;

/// More stops than any page has.
const STOPS_MAX: usize = 300;

/// Stops within one control after the first: a day has its month, its year and a calendar.
const INNER_STOPS_MAX: usize = 3;

/// Where the focus stands.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub(crate) struct Stop {
    /// `a#id`, `input[name]`: enough to find it.
    pub(crate) control: String,
    /// What a screen reader would call it, near enough: `aria-label`, label or text.
    pub(crate) name: String,
    /// Whether one sees that the focus stands there: an outline or a ring.
    seen: bool,
    /// Whether it stood there before on this walk.
    again: bool,
}

impl Stop {
    /// Whether one sees that the focus stands there.
    pub(super) fn is_seen(&self) -> bool {
        self.seen
    }
}

/// Begins a walk at the top of the page.
const BEGIN: &str = "() => {
    document.activeElement?.blur();
    getSelection().removeAllRanges();
    scrollTo(0, 0);
    window.walked = new Set();
}";

/// What a control is called, and how it is found.
const NAMED: &str = r"(at) => {
    const label = at.labels && at.labels.length ? at.labels[0].textContent : '';
    const name = at.getAttribute('aria-label') || label || at.textContent || at.title || '';
    const control = at.localName + (at.id ? '#' + at.id : at.name ? '[' + at.name + ']' : '');
    return { control, name: name.replace(/\s+/g, ' ').trim() };
}";

/// Gives the stop at the focus, or nothing when it is on the page as a whole.
const STOP: &str = r"() => {
    const at = document.activeElement;
    if (!at || at === document.body || at === document.documentElement) return null;
    const style = getComputedStyle(at);
    const seen = (style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) > 0)
        || style.boxShadow !== 'none';
    const again = Boolean(window.walked?.has(at));
    window.walked?.add(at);
    return { ...named(at), seen, again };
}";

/// Everything that a hand with a mouse could use, in the order of the text.
const CONTROLS: &str = r"() =>
    [...document.querySelectorAll('a[href], button, input, select, textarea, summary, [tabindex=\'0\']')]
        .filter((at) => at.type !== 'hidden' && !at.disabled && at.checkVisibility())
        .map((at) => ({ ...named(at), seen: true, again: false }))";

/// Controls that stand before the one that comes before them, as one reads: within a part of the page from
/// left to right, and then further down.
const BACKWARDS: &str = r"() => {
    const LINE = 12;
    const parts = 'header, nav.places, form.frame, section.panel';
    let before;
    return [...document.querySelectorAll('a[href], button, input, select, textarea, summary')]
        .filter((at) => at.type !== 'hidden' && at.checkVisibility() && at.closest(parts))
        .flatMap((at) => {
            const box = at.getClientRects()[0];
            const now = { part: at.closest(parts), left: box.left, middle: box.top + box.height / 2 };
            const down = before ? now.middle - before.middle : 0;
            const on = !before || before.part !== now.part || down > LINE || (down > -LINE && now.left > before.left);
            before = now;
            return on ? [] : [at.outerHTML.slice(0, 120)];
        });
}";

/// A script that knows how controls are named.
fn naming(script: &str) -> String {
    format!("() => {{ const named = {NAMED}; return ({script})(); }}")
}

impl Page {
    /// Presses a key: `Tab`, `Enter`, `Escape`, `ArrowDown`, ` `, `a`.
    pub(crate) async fn key(&self, key: &str) {
        self.strike(key, 0).await;
    }

    /// Presses a key while shift is held.
    pub(crate) async fn key_with_shift(&self, key: &str) {
        self.strike(key, SHIFT).await;
    }

    async fn strike(&self, key: &str, modifiers: i64) {
        let known = USKEYBOARD_LAYOUT.iter().find(|known| known.key == key);
        let known = known.unwrap_or_else(|| panic!("no key `{key}`"));
        let letter = (key.chars().count() == 1).then_some(key);
        let event = |kind| {
            let event = DispatchKeyEventParams::builder()
                .r#type(kind)
                .key(known.key)
                .code(known.code)
                .windows_virtual_key_code(known.key_code)
                .modifiers(modifiers);
            event.build().unwrap()
        };
        // A key that makes a letter says which when it goes down.
        let mut down = event(DispatchKeyEventType::RawKeyDown);
        if let Some(text) = known.text.or(letter) {
            down.r#type = DispatchKeyEventType::KeyDown;
            down.text = Some(text.to_owned());
        }
        self.tab().execute(down).await.unwrap();
        let up = event(DispatchKeyEventType::KeyUp);
        self.tab().execute(up).await.unwrap();
    }

    /// Where the focus stands; `None` on the page as a whole.
    pub(crate) async fn stop(&self) -> Option<Stop> {
        self.ask(&naming(STOP)).await
    }

    /// Goes on by Tab until the focus stands at a selector.
    ///
    /// # Panics
    /// It never does, or nobody sees it on its way.
    async fn tab_to(&self, selector: &str) {
        let there = "(selector) => document.activeElement.matches(selector)";
        self.ask::<()>("() => { window.walked = new Set([document.activeElement]); }")
            .await;
        for _ in 0..STOPS_MAX {
            self.key("Tab").await;
            let stop = self.stop().await;
            let seen = stop.as_ref().is_none_or(|stop| stop.seen || stop.again);
            assert!(seen, "nobody sees the focus at {stop:?}");
            if self.ask_of(there, &json!(selector)).await {
                return;
            }
        }
        panic!("no key leads to {selector}");
    }

    /// Types a text, letter by letter.
    async fn type_in(&self, text: &str) {
        for letter in text.chars() {
            self.key(&letter.to_string()).await;
        }
    }

    /// Sets the control at the focus by keys alone: a list to what comes next, a day to the first of the
    /// first month of this year, a line to a word. Gives what stands in it.
    async fn set_by_keys(&self, selector: &str) -> String {
        let kind: String = self.ask("() => document.activeElement.type").await;
        match kind.as_str() {
            "select-one" => self.key("ArrowDown").await,
            "date" => {
                for part in ["ArrowUp", "ArrowRight", "ArrowUp", "ArrowRight", "ArrowUp"] {
                    self.key(part).await;
                }
            }
            _ => self.type_in("moss").await,
        }
        let value = self.value(selector).await;
        assert!(!value.is_empty(), "{selector} stays empty");
        value
    }

    /// Every stop from the top of the page to its end, as Tab goes.
    ///
    /// # Panics
    /// The focus is caught before the end, or stands somewhere unseen or without a name.
    pub(crate) async fn walk(&self) -> Vec<Stop> {
        self.ask::<()>(BEGIN).await;
        let mut stops: Vec<Stop> = Vec::new();
        let mut inner = 0;
        loop {
            self.key("Tab").await;
            // Past the last stop a browser without a window is on the page as a whole, or begins anew.
            let Some(stop) = self.stop().await else {
                return stops;
            };
            if stop.again {
                let of = |stop: Option<&Stop>| stop.map(|stop| stop.control.clone());
                if of(stops.first()) == Some(stop.control.clone()) && stops.len() > 1 {
                    return stops;
                }
                let last = of(stops.last());
                inner += 1;
                let within = last == Some(stop.control.clone()) && inner <= INNER_STOPS_MAX;
                assert!(within, "the focus is caught at {stop:?}");
                continue;
            }
            inner = 0;
            assert!(stop.seen, "nobody sees the focus at {stop:?}");
            assert!(!stop.name.is_empty(), "{stop:?} has no name");
            stops.push(stop);
        }
    }
}

/// The walk over the whole page: every control once, where one sees it, in the order in which one reads.
async fn walked_through(page: &Page) {
    let stops = page.walk().await;
    let controls: Vec<Stop> = page.ask(&naming(CONTROLS)).await;
    assert_eq!(stops, controls);
    assert!(stops.len() > 60, "{stops:?}");
    let backwards: Vec<String> = page.ask(BACKWARDS).await;
    assert_eq!(backwards, [""; 0]);
}

/// Every filter, what is opened for some of them, and both clocks; and away with them again.
async fn filters(page: &Page) {
    page.tab_to("#frame-known").await;
    page.type_in("cut:first").await;
    // What was offered goes, what was typed stays.
    page.key("Escape").await;
    let mut set = vec![("known".to_owned(), page.value("#frame-known").await)];
    assert_eq!(set[0].1, "cut:first");
    let names =
        "(part) => [...document.querySelectorAll(`form.frame ${part}`)].map(({ name }) => name)";
    let in_sight = "[name=day], form.frame > .conditions [name]";
    let others = "details .conditions [name]";
    let mut all: Vec<String> = page.ask_of(names, &json!(in_sight)).await;
    let sight = all.len();
    all.extend(page.ask_of::<Vec<String>>(names, &json!(others)).await);
    assert_eq!((sight, all.len()), (5, 13), "{all:?}");
    for (index, name) in all.into_iter().enumerate() {
        if index == sight {
            page.tab_to("form.frame summary").await;
            page.key("Enter").await;
            assert_eq!(page.count("form.frame details[open]").await, 1);
        }
        let selector = format!("#frame-{name}");
        page.tab_to(&selector).await;
        let value = page.set_by_keys(&selector).await;
        set.push((name, value));
    }
    page.tab_to("form.frame .send button").await;
    page.follow_key("Enter").await;
    let asked = "(name) => new URLSearchParams(location.search).get(name)";
    for (name, value) in &set {
        let carried: Option<String> = page.ask_of(asked, &json!(name)).await;
        assert_eq!(carried.as_ref(), Some(value), "{name}");
        assert_eq!(page.value(&format!("#frame-{name}")).await, *value);
    }
    page.until_says("#survival .empty", "nobody fits").await;
    page.tab_to("form.frame .send a").await;
    page.follow_key("Enter").await;
    assert_eq!(page.at().await, "/returns");
}

/// What a panel offers: to ask otherwise, the table, files, and where the figure comes from.
async fn panel(page: &Page) {
    for (switch, asked) in [
        ("unit=month", "unit=month"),
        ("by=sex", "by=sex"),
        ("by=return_type", "by=return_type"),
        ("also=", "also="),
    ] {
        page.open(&format!("/returns?ledger=jm&day={DAY}")).await;
        page.tab_to(&format!("#survival .switch a[href*='{switch}']"))
            .await;
        page.follow_key("Enter").await;
        assert!(page.at().await.contains(asked), "{}", page.at().await);
        // One goes on where one was, not at the top of the page.
        page.key("Tab").await;
        let on = "() => Boolean(document.activeElement.closest('#survival'))";
        assert!(page.ask::<bool>(on).await, "{:?}", page.stop().await);
    }
    page.open(&format!("/returns?ledger=jm&day={DAY}")).await;
    page.tab_to("#survival-table summary").await;
    assert_eq!(page.says("#survival table").await.as_deref(), Some(""));
    page.key("Enter").await;
    page.until_says("#survival table", "Still observed").await;
    page.key("Tab").await;
    let scroll = "() => document.activeElement.matches('#survival .scroll')";
    assert!(page.ask::<bool>(scroll).await, "{:?}", page.stop().await);
    page.key("Escape").await;
    page.key_with_shift("Tab").await;
    page.key(" ").await;
    assert_eq!(page.says("#survival table").await.as_deref(), Some(""));
    let files = page.count("#survival .takes a[download]").await;
    assert_eq!(files, 5);
    for nth in 1..=files {
        page.tab_to(&format!("#survival .takes a[download]:nth-of-type({nth})"))
            .await;
        let taken = "() => fetch(document.activeElement.href).then((file) => file.status)";
        assert_eq!(page.ask::<u16>(taken).await, 200);
    }
    page.tab_to("#survival .explain").await;
    page.follow_key("Enter").await;
    assert!(page.at().await.starts_with("/explain/recidivism"));
    page.until_says("h1", "Who and what is behind").await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_page_of_returns_is_worked_by_keyboard() {
    let Some(browser) = Browser::start().await else {
        return;
    };
    let house = House::start(&["jm"]).await;
    let key = house.key("operator", &[]);
    let invented = ["import", "synthetic", "--publish", "--ledger", "jm"];
    for line in [
        [&invented[..], &["--journeys", "60", "--key", &key]].concat(),
        vec!["cut", "first", "--key", &key, "--agency", "moss"],
    ] {
        let output = house.run(&line);
        assert!(output.status.success(), "{output:?}");
    }
    let page = browser.visitor(&house.url).await;
    page.sign_in(&key, "/").await;
    let returns = format!("/returns?ledger=jm&day={DAY}");
    page.open(&returns).await;
    page.until_says("#survival .sentence", "people").await;
    walked_through(&page).await;

    // Past the navigation, or through it to another page.
    page.open(&returns).await;
    page.key("Tab").await;
    assert_eq!(page.stop().await.unwrap().name, "Skip to content");
    page.key("Enter").await;
    page.key("Tab").await;
    assert_eq!(page.stop().await.unwrap().control, "input#frame-known");
    page.open(&returns).await;
    page.tab_to(".places a[href^='/definitions']").await;
    page.follow_key("Enter").await;
    assert!(page.at().await.starts_with("/definitions?"));

    page.open("/returns").await;
    filters(&page).await;
    panel(&page).await;
    assert_eq!(page.complaints(), [""; 0]);
}

//! One tab: what is opened, filled, pressed and read in it, and what it asked of whom.

use std::fmt::Write as _;
use std::sync::{Arc, Mutex};

use chromiumoxide::cdp::browser_protocol::emulation::SetScriptExecutionDisabledParams;
use chromiumoxide::cdp::browser_protocol::input::{
    DispatchMouseEventParams, DispatchMouseEventType, InsertTextParams, MouseButton,
};
use chromiumoxide::cdp::browser_protocol::log::{EventEntryAdded, LogEntryLevel};
use chromiumoxide::cdp::browser_protocol::network::{
    self, EventLoadingFinished, EventRequestWillBeSent,
};
use chromiumoxide::cdp::browser_protocol::page::NavigateParams;
use chromiumoxide::cdp::browser_protocol::target::SetAutoAttachParams;
use chromiumoxide::cdp::js_protocol::runtime::{
    EvaluateParams, EventConsoleApiCalled, EventExceptionThrown,
};
use futures::StreamExt;
use homeward_e2e::house::until;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};
use tokio::task::JoinSet;

use super::looks;

/// A tab, at one house.
pub(crate) struct Page {
    tab: chromiumoxide::Page,
    /// The house: `http://127.0.0.1:port`.
    url: String,
    heard: Arc<Mutex<Heard>>,
    /// Listens until it goes.
    _ears: JoinSet<()>,
}

/// What a tab did since it was last opened, and what it complained of since it is there.
#[derive(Default)]
struct Heard {
    requests: Vec<String>,
    bytes: u64,
    complaints: Vec<String>,
}

/// The middle of a control after it was brought into view; it fails where another thing lies over it.
const MIDDLE: &str = r"(selector) => {
    const at = document.querySelector(selector);
    if (!at) throw new Error('nothing at ' + selector);
    at.scrollIntoView({ block: 'center', behavior: 'instant' });
    const box = at.getClientRects()[0];
    if (!box) throw new Error('not to be seen: ' + selector);
    const [x, y] = [box.left + box.width / 2, box.top + box.height / 2];
    const over = document.elementFromPoint(x, y);
    if (!over || !(at.contains(over) || over.contains(at))) {
        throw new Error(selector + ' lies under ' + (over ? over.outerHTML.slice(0, 200) : 'nothing'));
    }
    return { x, y };
}";

/// Fills a control in as its kind asks; gives whether it is one to be typed into.
const FILL: &str = r"([selector, value]) => {
    const at = document.querySelector(selector);
    if (!at) throw new Error('nothing at ' + selector);
    const typed = ['text', 'search', 'password', 'email', 'url', 'tel', 'number', 'textarea'];
    at.focus();
    if (typed.includes(at.type)) {
        at.select();
        return true;
    }
    if (at.type === 'checkbox') {
        if (at.checked !== (value === 'on')) at.click();
        return false;
    }
    if (at.type === 'radio') {
        const group = [...document.getElementsByName(at.name)];
        const one = group.find((one) => one.value === value);
        if (!one) throw new Error('no answer ' + value + ' at ' + selector);
        one.click();
        return false;
    }
    at.value = value;
    if (at.value !== value) throw new Error('no value ' + value + ' at ' + selector);
    at.dispatchEvent(new Event('input', { bubbles: true }));
    at.dispatchEvent(new Event('change', { bubbles: true }));
    return false;
}";

impl Page {
    pub(super) async fn new(tab: chromiumoxide::Page, url: &str) -> Self {
        let heard = Arc::new(Mutex::new(Heard::default()));
        let ears = listen(&tab, &heard).await;
        tab.enable_log().await.unwrap();
        // The library holds every worker of a page until somebody debugs it, and nobody does.
        let let_workers_run = SetAutoAttachParams::new(false, false);
        tab.execute(let_workers_run).await.unwrap();
        let page = Self {
            tab,
            url: url.to_owned(),
            heard,
            _ears: ears,
        };
        page.look(super::Look::Light).await;
        page
    }

    pub(super) fn tab(&self) -> &chromiumoxide::Page {
        &self.tab
    }

    pub(super) fn url(&self) -> &str {
        &self.url
    }

    /// Evaluates a function of no arguments in the page, and waits for what it promises.
    pub(crate) async fn ask<T: DeserializeOwned>(&self, function: &str) -> T {
        self.ask_of(function, &Value::Null).await
    }

    /// Evaluates a function of one argument in the page.
    pub(crate) async fn ask_of<T: DeserializeOwned>(&self, function: &str, of: &Value) -> T {
        let told = self.evaluate(&format!("({function})({of})")).await;
        let told = told.unwrap_or_else(|error| panic!("{error}"));
        serde_json::from_value(told).unwrap()
    }

    /// Evaluates an expression; what it throws is the error.
    pub(super) async fn evaluate(&self, expression: &str) -> Result<Value, String> {
        let asked = EvaluateParams::builder()
            .expression(expression)
            .await_promise(true)
            .return_by_value(true)
            .build()?;
        let told = self.tab.execute(asked).await;
        let told = told.map_err(|error| error.to_string())?.result;
        match told.exception_details {
            None => Ok(told.result.value.unwrap_or_default()),
            Some(thrown) => {
                let said = thrown.exception.and_then(|thrown| thrown.description);
                let said = said.unwrap_or(thrown.text);
                // What follows is where in a text of ours it was thrown.
                Err(said.lines().next().unwrap_or_default().to_owned())
            }
        }
    }

    /// Opens a path of the house and waits until it is there; gives its status.
    ///
    /// # Panics
    /// There is no answer.
    pub(crate) async fn open(&self, path: &str) -> u16 {
        let failed = self.try_open(path).await;
        assert_eq!(failed, None, "{path}");
        self.ask("() => performance.getEntriesByType('navigation')[0].responseStatus")
            .await
    }

    /// Opens a path; gives why there is no answer, if there is none.
    pub(crate) async fn try_open(&self, path: &str) -> Option<String> {
        {
            let mut heard = self.heard.lock().unwrap();
            heard.requests.clear();
            heard.bytes = 0;
        }
        let to = NavigateParams::new(format!("{}{path}", self.url));
        let went = self.tab.execute(to).await.unwrap().result;
        self.complete().await;
        went.error_text
    }

    /// Signs in with a key, and is then at a path.
    ///
    /// # Panics
    /// The key is not taken.
    pub(crate) async fn sign_in(&self, key: &str, then: &str) {
        self.open(&format!("/sign-in?then={then}")).await;
        self.fill("#key", key).await;
        self.follow("form.sign-in button").await;
        assert_eq!(self.at().await, then, "signed in");
    }

    /// Loads the page again, as the reader's button does.
    pub(crate) async fn reload(&self) {
        self.going_on(async || drop(self.evaluate("location.reload()").await))
            .await;
    }

    async fn complete(&self) {
        until("a page that is there", async || {
            let state = self.evaluate("document.readyState").await;
            (state.ok()? == "complete").then_some(())
        })
        .await;
    }

    /// Does something that leads to another page, and waits until that is there.
    async fn going_on(&self, act: impl AsyncFnOnce()) {
        let before = self.evaluate("performance.timeOrigin").await.unwrap();
        act().await;
        until("another page", async || {
            let now = self.evaluate("performance.timeOrigin").await.ok()?;
            (now != before).then_some(())
        })
        .await;
        self.complete().await;
    }

    /// The path and question of where it is.
    pub(crate) async fn at(&self) -> String {
        self.ask("() => location.pathname + location.search").await
    }

    /// The text of the first thing at a selector, as shown: empty where it is hidden, `None` where
    /// nothing is.
    pub(crate) async fn says(&self, selector: &str) -> Option<String> {
        let text = "(selector) => {
            const at = document.querySelector(selector);
            return at && (at.checkVisibility() ? at.innerText.trim() : '');
        }";
        self.ask_of(text, &json!(selector)).await
    }

    /// Waits until the first thing at a selector holds some words.
    pub(crate) async fn until_says(&self, selector: &str, words: &str) {
        until(&format!("`{words}` at {selector}"), async || {
            let said = self.says(selector).await?;
            said.contains(words).then_some(())
        })
        .await;
    }

    /// How many things there are at a selector.
    pub(crate) async fn count(&self, selector: &str) -> usize {
        let count = "(selector) => document.querySelectorAll(selector).length";
        self.ask_of(count, &json!(selector)).await
    }

    /// An attribute of the first thing at a selector.
    pub(crate) async fn attribute(&self, selector: &str, name: &str) -> Option<String> {
        let get = "([selector, name]) => \
            document.querySelector(selector)?.getAttribute(name) ?? null";
        self.ask_of(get, &json!([selector, name])).await
    }

    /// What stands in a control.
    pub(crate) async fn value(&self, selector: &str) -> String {
        let value = "(selector) => document.querySelector(selector).value";
        self.ask_of(value, &json!(selector)).await
    }

    /// Fills a control in: types, chooses an option or an answer, ticks (`on`) or unticks.
    pub(crate) async fn fill(&self, selector: &str, value: &str) {
        if self.ask_of(FILL, &json!([selector, value])).await {
            if value.is_empty() {
                self.key("Delete").await;
            } else {
                self.tab
                    .execute(InsertTextParams::new(value))
                    .await
                    .unwrap();
            }
        }
    }

    /// Presses on a control, as a finger or a mouse does, and waits for nothing.
    ///
    /// # Panics
    /// It is not there, or something lies over it.
    pub(crate) async fn press(&self, selector: &str) {
        let pressed = self.try_press(selector).await;
        pressed.unwrap_or_else(|error| panic!("{error}"));
    }

    /// Presses on a control; the error says why nobody can.
    pub(super) async fn try_press(&self, selector: &str) -> Result<(), String> {
        let middle = self
            .evaluate(&format!("({MIDDLE})({})", json!(selector)))
            .await?;
        for kind in [
            DispatchMouseEventType::MousePressed,
            DispatchMouseEventType::MouseReleased,
        ] {
            let event = DispatchMouseEventParams::builder()
                .r#type(kind)
                .x(middle["x"].as_f64().unwrap())
                .y(middle["y"].as_f64().unwrap())
                .button(MouseButton::Left)
                .click_count(1)
                .build();
            self.tab.execute(event.unwrap()).await.unwrap();
        }
        Ok(())
    }

    /// Presses on a control that leads to another page, and waits until that is there.
    pub(crate) async fn follow(&self, selector: &str) {
        self.going_on(async || self.press(selector).await).await;
    }

    /// Strikes a key that leads to another page, and waits until that is there.
    pub(crate) async fn follow_key(&self, key: &str) {
        self.going_on(async || self.key(key).await).await;
    }

    /// Whether scripts of the page run from the next page on.
    pub(crate) async fn without_script(&self, without: bool) {
        let scripts = SetScriptExecutionDisabledParams::new(without);
        self.tab.execute(scripts).await.unwrap();
    }

    /// Tells the page that there is no network, or that there is one again. Its service worker is let
    /// out all the same: [`super::Link::drop_it`] lets nobody.
    #[expect(
        deprecated,
        reason = "the new commands are not in every Chromium of distributions yet"
    )]
    pub(crate) async fn offline(&self, offline: bool) {
        let conditions = network::EmulateNetworkConditionsParams::new(offline, 0.0, -1.0, -1.0);
        self.tab.execute(conditions).await.unwrap();
    }

    /// How many bytes crossed the link since the page was opened, compressed as they were.
    pub(crate) fn bytes(&self) -> u64 {
        self.heard.lock().unwrap().bytes
    }

    /// How often a path was asked for since the page was opened.
    pub(crate) fn asked_for(&self, path: &str) -> usize {
        let heard = self.heard.lock().unwrap();
        let at = format!("{}{path}", self.url);
        heard.requests.iter().filter(|url| **url == at).count()
    }

    /// What was asked of others than the house since the page was opened.
    pub(crate) fn strangers(&self) -> Vec<String> {
        let ours =
            |url: &String| url.starts_with(&format!("{}/", self.url)) || url.starts_with("data:");
        let heard = self.heard.lock().unwrap();
        heard
            .requests
            .iter()
            .filter(|url| !ours(url))
            .cloned()
            .collect()
    }

    /// Errors and warnings that the browser told its console since the last question.
    pub(crate) fn complaints(&self) -> Vec<String> {
        std::mem::take(&mut self.heard.lock().unwrap().complaints)
    }

    /// Puts complaints back that somebody else will ask for.
    pub(super) fn complain_again(&self, complaints: Vec<String>) {
        let mut heard = self.heard.lock().unwrap();
        heard.complaints.splice(..0, complaints);
    }

    /// Leaves a picture of the page and what it complained of where a reader of the failure looks.
    async fn leave_trace(&self) {
        let test = std::thread::current();
        let name = test.name().unwrap_or("test").replace("::", "-");
        let folder = looks::folder("failed");
        let picture = looks::picture(&self.tab).await;
        let mut told = String::new();
        for expression in ["location.href", "document.documentElement.outerHTML"] {
            let shown = self.evaluate(expression).await.unwrap_or_default();
            writeln!(told, "{}", shown.as_str().unwrap_or_default()).unwrap();
        }
        for complaint in self.complaints() {
            writeln!(told, "console: {complaint}").unwrap();
        }
        std::fs::write(folder.join(format!("{name}.txt")), told).unwrap();
        std::fs::write(folder.join(format!("{name}.png")), picture).unwrap();
        eprintln!("what was seen is left in {}", folder.display());
    }
}

impl Drop for Page {
    fn drop(&mut self) {
        if !std::thread::panicking() {
            return;
        }
        let Ok(runtime) = tokio::runtime::Handle::try_current() else {
            return;
        };
        // Elsewhere one cannot wait here, and a panic within a panic hides the first.
        if runtime.runtime_flavor() == tokio::runtime::RuntimeFlavor::MultiThread {
            let trace = tokio::time::timeout(TRACE_PATIENCE, self.leave_trace());
            if tokio::task::block_in_place(|| runtime.block_on(async { trace.await.is_err() })) {
                eprintln!("the page answers no more: no picture of it");
            }
        }
    }
}

/// How long a failing test waits for a picture of what it saw.
const TRACE_PATIENCE: std::time::Duration = std::time::Duration::from_secs(10);

/// Hears what a tab asks for, what comes and what it complains of.
async fn listen(tab: &chromiumoxide::Page, heard: &Arc<Mutex<Heard>>) -> JoinSet<()> {
    let mut ears = JoinSet::new();
    let mut requests = tab
        .event_listener::<EventRequestWillBeSent>()
        .await
        .unwrap();
    let kept = Arc::clone(heard);
    ears.spawn(async move {
        while let Some(event) = requests.next().await {
            kept.lock()
                .unwrap()
                .requests
                .push(event.request.url.clone());
        }
    });
    let mut loaded = tab.event_listener::<EventLoadingFinished>().await.unwrap();
    let kept = Arc::clone(heard);
    ears.spawn(async move {
        while let Some(event) = loaded.next().await {
            kept.lock().unwrap().bytes += whole(event.encoded_data_length);
        }
    });
    let mut thrown = tab.event_listener::<EventExceptionThrown>().await.unwrap();
    let kept = Arc::clone(heard);
    ears.spawn(async move {
        while let Some(event) = thrown.next().await {
            let said = format!("{:?}", event.exception_details);
            kept.lock().unwrap().complaints.push(said);
        }
    });
    let mut logged = tab.event_listener::<EventEntryAdded>().await.unwrap();
    let kept = Arc::clone(heard);
    ears.spawn(async move {
        while let Some(event) = logged.next().await {
            let entry = &event.entry;
            if matches!(entry.level, LogEntryLevel::Verbose | LogEntryLevel::Info) {
                continue;
            }
            let url = entry.url.as_deref().unwrap_or_default();
            let said = format!("{:?}: {} {url}", entry.level, entry.text);
            kept.lock().unwrap().complaints.push(said);
        }
    });
    let mut console = tab.event_listener::<EventConsoleApiCalled>().await.unwrap();
    let kept = Arc::clone(heard);
    ears.spawn(async move {
        while let Some(event) = console.next().await {
            let said: Vec<_> = event.args.iter().map(|said| said.value.clone()).collect();
            let said = format!("{:?}: {said:?}", event.r#type);
            kept.lock().unwrap().complaints.push(said);
        }
    });
    ears
}

/// A count that the protocol gives as a float.
fn whole(count: f64) -> u64 {
    format!("{:.0}", count.max(0.0)).parse().unwrap_or(u64::MAX)
}

//! A page without a mouse: keys, and the walk from one control to the next.

use chromiumoxide::cdp::browser_protocol::input::{DispatchKeyEventParams, DispatchKeyEventType};
use chromiumoxide::keys::USKEYBOARD_LAYOUT;
use serde::Deserialize;

use super::Page;

/// The bit of the shift key in what the protocol calls modifiers.
const SHIFT: i64 = 8;

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

/// Gives the stop at the focus, or nothing when it is on the page as a whole.
const STOP: &str = r"() => {
    const at = document.activeElement;
    if (!at || at === document.body || at === document.documentElement) return null;
    const style = getComputedStyle(at);
    const seen = (style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) > 0)
        || style.boxShadow !== 'none';
    const label = at.labels && at.labels.length ? at.labels[0].textContent : '';
    const name = at.getAttribute('aria-label') || label || at.textContent || at.title || '';
    const control = at.localName + (at.id ? '#' + at.id : at.name ? '[' + at.name + ']' : '');
    const again = Boolean(window.walked?.has(at));
    window.walked?.add(at);
    return { control, name: name.replace(/\s+/g, ' ').trim(), seen, again };
}";

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
        self.ask(STOP).await
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

//! The pages as people meet them: a real Chromium without a window, a house of the test's own, and
//! between them a link that can be cut.
//!
//! ```ignore
//! let Some(browser) = Browser::start().await else { return };
//! let house = House::start(&["jm"]).await;
//! let page = browser.visitor(&house.url).await; // cookies of its own
//! page.open("/sign-in").await;
//! page.fill("#key", &key).await;
//! page.press("button[type=submit]").await;      // as a finger or a mouse does
//! page.until_says("h1", "Today").await;         // looks again until it does
//! page.pass("today").await;                     // axe, other hosts, console; in four looks
//! ```
//!
//! A test process is a browser process: group what can be shown with one house into one test. Where
//! there is no Chromium, tests end at once, and `cargo xtask test` says so loudly; with
//! `HOMEWARD_BROWSER=required` that is a failure. What a failing test saw is left under
//! `target/pages/failed`, and pictures of what passed under `target/pages`.

mod axe;
mod casework;
mod chromium;
mod command_line;
mod figures;
mod filters;
mod first_view;
mod forms;
mod harness;
mod kept;
mod keyboard;
mod link;
mod looks;
mod page;
mod returns;
mod small;
mod states;

pub(crate) use chromium::Browser;
pub(crate) use link::Link;
pub(crate) use looks::Look;
pub(crate) use page::Page;

/// What a first view may weigh at most as it crosses the link, in bytes.
pub(crate) const FIRST_VIEW_BYTES_MAX: u64 = 250_000;

/// Every page of figures.
pub(crate) const FIGURE_PAGES: [&str; 10] = [
    "/",
    "/arrivals",
    "/flow",
    "/referrals",
    "/follow-ups",
    "/outcomes",
    "/returns",
    "/definitions",
    "/map",
    "/quality",
];

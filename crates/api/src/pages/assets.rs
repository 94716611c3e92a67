//! What browsers need besides a page's words: how it looks stands in the page itself, the rest is loaded
//! from `/assets/{name}`, each under a name that changes with it.
//!
//! Nothing that a page waits for before it is drawn is asked for separately, so a slow link is crossed once
//! and not twice. The styles of pages and charts are 4.7 kB as they cross it; kept by the browser they
//! would save that much of each later view, which is not worth another round trip in the first one.

use std::sync::LazyLock;

use axum::extract::Path;
use axum::http::{HeaderValue, header};
use axum::response::{IntoResponse as _, Response};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use homeward_projector::past::digest;
use sha2::{Digest as _, Sha256};

use crate::problem::Problem;

/// File, media type, content.
type Asset = (&'static str, &'static str, &'static [u8]);

/// Everything there is.
const ASSETS: &[Asset] = &[
    (
        "live.js",
        "text/javascript; charset=utf-8",
        include_bytes!("../../assets/live.js"),
    ),
    (
        "kept.js",
        "text/javascript; charset=utf-8",
        include_bytes!("../../assets/kept.js"),
    ),
    (
        "icon.svg",
        "image/svg+xml",
        include_bytes!("../../assets/icon.svg"),
    ),
];

/// What answers in a browser while the link is down; it has an address of its own.
pub(crate) const WORKER: &str = include_str!("../../assets/sw.js");

/// How pages and charts look, as it stands in every page.
pub(crate) static STYLE: LazyLock<String> = LazyLock::new(|| {
    let charts = homeward_dashboard::chart::STYLE;
    format!("{}{charts}", include_str!("../../assets/style.css"))
});

/// How a policy names [`STYLE`]: any other style that stands in a page is refused.
pub(crate) fn style_source() -> String {
    let digest = Sha256::digest(STYLE.as_bytes());
    format!("'sha256-{}'", STANDARD.encode(digest))
}

/// Where the assets that every page loads are.
#[derive(Debug, Clone)]
pub(crate) struct Addresses {
    /// Updates while a page is open.
    pub live: String,
    /// Forms that wait for the link.
    pub kept: String,
    /// The picture of the tab.
    pub icon: String,
}

/// They are the same as long as the program is.
pub(crate) static ADDRESSES: LazyLock<Addresses> = LazyLock::new(|| Addresses {
    live: address("live.js"),
    kept: address("kept.js"),
    icon: address("icon.svg"),
});

/// The address of an asset: a changed one is loaded anew, the others are kept.
pub(crate) fn address(name: &str) -> String {
    let content = ASSETS.iter().find(|(known, ..)| *known == name);
    let digest = digest(content.map_or(&[], |(_, _, content)| content)).to_string();
    let short: String = digest.chars().take(12).collect();
    format!("/assets/{name}?v={short}")
}

/// `GET /assets/{name}`
pub(crate) async fn one(Path(name): Path<String>) -> Response {
    let found = ASSETS.iter().find(|(known, ..)| *known == name);
    let Some((_, kind, content)) = found else {
        return Problem::not_found("this asset").into_response();
    };
    let headers = [
        (header::CONTENT_TYPE, HeaderValue::from_static(kind)),
        (
            header::CACHE_CONTROL,
            HeaderValue::from_static("public, max-age=31536000, immutable"),
        ),
    ];
    (headers, *content).into_response()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_address_leads_to_an_asset() {
        let Addresses { live, kept, icon } = &*ADDRESSES;
        for address in [live, kept, icon] {
            let name = address.strip_prefix("/assets/").unwrap();
            let name = name.split('?').next().unwrap();
            assert!(ASSETS.iter().any(|(known, ..)| *known == name), "{name}");
        }
    }

    #[test]
    fn a_style_ends_where_the_page_says_and_asks_for_nothing() {
        for word in ["</", "<!--", "url(", "@import"] {
            assert!(!STYLE.contains(word), "{word}");
        }
    }
}

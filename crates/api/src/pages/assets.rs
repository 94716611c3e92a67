//! `/assets/{name}`: what browsers load besides the page, each under a name that changes with it.

use std::sync::LazyLock;

use axum::extract::Path;
use axum::http::{HeaderValue, header};
use axum::response::{IntoResponse as _, Response};
use homeward_projector::past::digest;

use crate::problem::Problem;

/// File, media type, content.
type Asset = (&'static str, &'static str, &'static [u8]);

/// Everything there is.
const ASSETS: &[Asset] = &[
    (
        "style.css",
        "text/css; charset=utf-8",
        include_bytes!("../../assets/style.css"),
    ),
    (
        "charts.css",
        "text/css; charset=utf-8",
        homeward_dashboard::chart::STYLE.as_bytes(),
    ),
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

/// Where the assets that every page loads are.
#[derive(Debug, Clone)]
pub(crate) struct Addresses {
    /// How everything looks.
    pub style: String,
    /// How charts look.
    pub charts: String,
    /// Updates while a page is open.
    pub live: String,
    /// Forms that wait for the link.
    pub kept: String,
    /// The picture of the tab.
    pub icon: String,
}

/// They are the same as long as the program is.
pub(crate) static ADDRESSES: LazyLock<Addresses> = LazyLock::new(|| Addresses {
    style: address("style.css"),
    charts: address("charts.css"),
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
        let Addresses {
            style,
            charts,
            live,
            kept,
            icon,
        } = &*ADDRESSES;
        for address in [style, charts, live, kept, icon] {
            let name = address.strip_prefix("/assets/").unwrap();
            let name = name.split('?').next().unwrap();
            assert!(ASSETS.iter().any(|(known, ..)| *known == name), "{name}");
        }
    }
}

//! `/sign-in`, `/sign-out` and `/language/{code}`: a key becomes a session.

use askama::Template;
use axum::extract::{Form, Path, Query, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse as _, Redirect, Response};
use axum_extra::extract::CookieJar;
use homeward_dashboard::language::{Language, Speech};
use serde::Deserialize;

use super::session::{self, Visitor};
use super::shell;
use crate::gate::Gate;

/// The sign-in page.
#[derive(Template)]
#[template(path = "sign_in.html")]
struct SignIn {
    speech: Speech,
    assets: super::assets::Addresses,
    then: String,
    /// Why the key was not taken.
    refused: Option<String>,
}

/// Where to go afterwards.
#[derive(Debug, Default, Deserialize)]
pub(crate) struct Then {
    #[serde(default)]
    then: String,
}

/// What the form sends.
#[derive(Deserialize)]
pub(crate) struct Shown {
    key: String,
    #[serde(default)]
    then: String,
}

/// What signing out sends.
#[derive(Deserialize)]
pub(crate) struct Leaving {
    token: String,
}

/// A path of this house, and nothing that a browser would take for another one.
pub(super) fn path_here(then: &str) -> &str {
    let own =
        then.starts_with('/') && !then.starts_with("//") && !then.contains(['\\', '\n', '\r']);
    if own { then } else { "/" }
}

/// Whether the browser says that a form came from a page of this house; browsers that say nothing are
/// believed.
fn from_here(headers: &HeaderMap) -> bool {
    let site = headers
        .get("sec-fetch-site")
        .and_then(|site| site.to_str().ok());
    let host = headers
        .get(header::HOST)
        .and_then(|host| host.to_str().ok());
    let origin = headers
        .get(header::ORIGIN)
        .and_then(|origin| origin.to_str().ok());
    let origin_host = origin
        .and_then(|origin| origin.split_once("://"))
        .map(|(_, host)| host);
    site.is_none_or(|site| matches!(site, "same-origin" | "none"))
        && (origin.is_none() || origin_host == host)
}

/// `GET /sign-in`
pub(crate) async fn form(jar: CookieJar, headers: HeaderMap, Query(then): Query<Then>) -> Response {
    let speech = session::speech(&jar, &headers);
    page(speech, &then.then, None, StatusCode::OK)
}

fn page(speech: Speech, then: &str, refused: Option<&str>, status: StatusCode) -> Response {
    let page = SignIn {
        speech,
        assets: super::assets::ADDRESSES.clone(),
        then: path_here(then).to_owned(),
        refused: refused.map(|why| speech.say(why)),
    };
    (status, shell::html(&page)).into_response()
}

/// `POST /sign-in`
pub(crate) async fn enter(
    State(gate): State<Gate>,
    jar: CookieJar,
    headers: HeaderMap,
    Form(shown): Form<Shown>,
) -> Response {
    let speech = session::speech(&jar, &headers);
    if !from_here(&headers) {
        return page(
            speech,
            &shown.then,
            Some("sign-in-elsewhere"),
            StatusCode::FORBIDDEN,
        );
    }
    let header = format!("Bearer {}", shown.key.trim());
    match gate.keys.authenticate(Some(&header)) {
        Ok(key) if key.role.reads() => {
            let cookie = gate.sessions.enter(&key, &headers);
            tracing::info!(key = key.id, "signed in to the pages");
            (jar.add(cookie), Redirect::to(path_here(&shown.then))).into_response()
        }
        Ok(_) => page(
            speech,
            &shown.then,
            Some("sign-in-not-reading"),
            StatusCode::FORBIDDEN,
        ),
        Err(_) => page(
            speech,
            &shown.then,
            Some("sign-in-refused"),
            StatusCode::UNAUTHORIZED,
        ),
    }
}

/// `POST /sign-out`
pub(crate) async fn leave(
    State(gate): State<Gate>,
    visitor: Visitor,
    jar: CookieJar,
    headers: HeaderMap,
    Form(leaving): Form<Leaving>,
) -> Response {
    if !visitor.sent(&leaving.token) {
        return page(
            visitor.speech,
            "/",
            Some("sign-in-elsewhere"),
            StatusCode::FORBIDDEN,
        );
    }
    let gone = gate.sessions.leave(&jar, &headers);
    let clear = [("clear-site-data", "\"cache\", \"storage\"")];
    (clear, jar.add(gone), Redirect::to("/sign-in")).into_response()
}

/// `GET /language/{code}`: from now on in this language.
pub(crate) async fn language(
    Path(code): Path<String>,
    jar: CookieJar,
    headers: HeaderMap,
    Query(then): Query<Then>,
) -> Response {
    let then = Redirect::to(path_here(&then.then));
    match code.parse::<Language>() {
        Ok(language) => {
            (jar.add(session::language_cookie(language, &headers)), then).into_response()
        }
        Err(_) => then.into_response(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nobody_is_sent_to_another_house() {
        assert_eq!(path_here("/arrivals?ledger=jm"), "/arrivals?ledger=jm");
        for elsewhere in [
            "",
            "//evil.example",
            "https://evil.example",
            "/\\evil.example",
            "x",
        ] {
            assert_eq!(path_here(elsewhere), "/");
        }
    }

    #[test]
    fn a_form_of_another_site_is_not_taken() {
        let headers = |pairs: &[(&'static str, &'static str)]| {
            let pairs = pairs.iter().map(|(name, value)| {
                (
                    name.parse::<header::HeaderName>().unwrap(),
                    value.parse().unwrap(),
                )
            });
            pairs.collect::<HeaderMap>()
        };
        assert!(from_here(&headers(&[])));
        assert!(from_here(&headers(&[("sec-fetch-site", "same-origin")])));
        assert!(from_here(&headers(&[
            ("host", "h:1"),
            ("origin", "http://h:1")
        ])));
        assert!(!from_here(&headers(&[("sec-fetch-site", "cross-site")])));
        assert!(!from_here(&headers(&[
            ("host", "h:1"),
            ("origin", "http://evil")
        ])));
        assert!(!from_here(&headers(&[("host", "h:1"), ("origin", "null")])));
    }
}

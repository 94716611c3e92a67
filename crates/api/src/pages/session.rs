//! Who is signed in: a working key, shown once, becomes a cookie that says nothing about it.
//!
//! Sessions live in memory only: a restart signs everybody out. A session ends after a shift of work,
//! when its owner signs out, or with its key. What is sent by a form carries the session's own token, so
//! that no other site can send it in somebody's name.

use std::collections::BTreeMap;
use std::convert::Infallible;
use std::sync::{Arc, Mutex, PoisonError};

use axum::extract::{FromRequestParts, OptionalFromRequestParts};
use axum::http::request::Parts;
use axum::http::{HeaderMap, header};
use axum::response::{IntoResponse as _, Redirect, Response};
use axum_extra::extract::CookieJar;
use axum_extra::extract::cookie::{Cookie, SameSite};
use homeward_dashboard::language::{Language, Speech};
use homeward_ledger::clock;
use homeward_projector::past::digest;
use jiff::{SignedDuration, Timestamp};

use crate::gate::Gate;
use crate::keys::Key;

/// How long a session lasts: a shift, with what comes before and after it.
const LASTS: SignedDuration = SignedDuration::from_hours(12);
/// Most sessions at a time; the one that would end first makes room.
const SESSIONS_MAX: usize = 10_000;
/// The cookie that says who is signed in.
const SESSION: &str = "homeward-session";
/// The cookie that says which language was chosen.
const LANGUAGE: &str = "homeward-language";

/// Everybody who is signed in.
pub(crate) struct Sessions {
    secret: fn() -> String,
    /// By the digest of what the cookie says.
    open: Mutex<BTreeMap<String, Session>>,
}

struct Session {
    key: String,
    token: String,
    until: Timestamp,
}

impl Sessions {
    /// Nobody is signed in.
    pub(crate) fn new(secret: fn() -> String) -> Self {
        Self {
            secret,
            open: Mutex::default(),
        }
    }

    /// A text that nobody can guess, for what a page has to name before it is sent.
    pub(crate) fn draw(&self) -> String {
        (self.secret)()
    }

    /// Signs in whoever showed a key; gives the cookie.
    pub(crate) fn enter(&self, key: &Key, headers: &HeaderMap) -> Cookie<'static> {
        let (shown, now) = ((self.secret)(), clock::now());
        let session = Session {
            key: key.id.clone(),
            token: (self.secret)(),
            until: now.saturating_add(LASTS).unwrap_or(Timestamp::MAX),
        };
        let mut open = self.open.lock().unwrap_or_else(PoisonError::into_inner);
        open.retain(|_, session| now < session.until);
        if open.len() >= SESSIONS_MAX
            && let Some(first) = open.iter().min_by_key(|(_, session)| session.until)
        {
            let first = first.0.clone();
            open.remove(&first);
        }
        open.insert(named(&shown), session);
        drop(open);
        cookie(SESSION, shown, headers)
    }

    /// Signs out; gives the cookie that takes the other one away.
    pub(crate) fn leave(&self, jar: &CookieJar, headers: &HeaderMap) -> Cookie<'static> {
        if let Some(shown) = jar.get(SESSION) {
            let mut open = self.open.lock().unwrap_or_else(PoisonError::into_inner);
            open.remove(&named(shown.value()));
        }
        let mut gone = cookie(SESSION, String::new(), headers);
        gone.make_removal();
        gone
    }

    /// The key's id and the token of a session that is open.
    fn find(&self, jar: &CookieJar) -> Option<(String, String)> {
        let shown = named(jar.get(SESSION)?.value());
        let open = self.open.lock().unwrap_or_else(PoisonError::into_inner);
        let session = open.get(&shown)?;
        (clock::now() < session.until).then(|| (session.key.clone(), session.token.clone()))
    }
}

/// What a session is kept under: the memory of the server does not hold what would open it.
fn named(shown: &str) -> String {
    digest(shown.as_bytes()).to_string()
}

/// Which language is wanted from now on.
pub(crate) fn language_cookie(language: Language, headers: &HeaderMap) -> Cookie<'static> {
    let mut cookie = cookie(LANGUAGE, language.code().to_owned(), headers);
    cookie.make_permanent();
    cookie
}

/// A cookie that no script reads and no other site sends; over plain HTTP only to the machine itself.
fn cookie(name: &'static str, value: String, headers: &HeaderMap) -> Cookie<'static> {
    let host = headers
        .get(header::HOST)
        .and_then(|host| host.to_str().ok());
    let name_of_host = host.map_or("", |host| {
        host.rsplit_once(':').map_or(host, |(name, _)| name)
    });
    let here = matches!(name_of_host, "127.0.0.1" | "localhost" | "[::1]");
    Cookie::build((name, value))
        .path("/")
        .http_only(true)
        .same_site(SameSite::Lax)
        .secure(!here)
        .build()
}

/// Somebody who is signed in, and how they want to be spoken to.
#[derive(Clone)]
pub(crate) struct Visitor {
    /// What they may do.
    pub key: Arc<Key>,
    /// What their forms carry.
    pub token: String,
    /// Their language.
    pub speech: Speech,
    /// The path and the query that they asked for.
    pub here: String,
}

impl Visitor {
    /// Whether a form is this visitor's own: it carries the session's token.
    pub(crate) fn sent(&self, token: &str) -> bool {
        // Digests are compared, so the time this takes says nothing about the token.
        named(token) == named(&self.token)
    }
}

impl FromRequestParts<Gate> for Visitor {
    type Rejection = Response;
    async fn from_request_parts(parts: &mut Parts, gate: &Gate) -> Result<Self, Response> {
        let found = <Self as OptionalFromRequestParts<Gate>>::from_request_parts(parts, gate);
        if let Ok(Some(visitor)) = found.await {
            return Ok(visitor);
        }
        let then = form_urlencoded::byte_serialize(here(parts).as_bytes()).collect::<String>();
        Err(Redirect::to(&format!("/sign-in?then={then}")).into_response())
    }
}

impl OptionalFromRequestParts<Gate> for Visitor {
    type Rejection = Infallible;
    async fn from_request_parts(
        parts: &mut Parts,
        gate: &Gate,
    ) -> Result<Option<Self>, Infallible> {
        let jar = CookieJar::from_headers(&parts.headers);
        let visitor = gate.sessions.find(&jar).and_then(|(key, token)| {
            Some(Self {
                key: gate.keys.still(&key).filter(|key| key.role.reads())?,
                token,
                speech: speech(&jar, &parts.headers),
                here: here(parts),
            })
        });
        Ok(visitor)
    }
}

fn here(parts: &Parts) -> String {
    let target = parts.uri.path_and_query();
    target.map_or_else(|| "/".to_owned(), |target| target.as_str().to_owned())
}

/// The language that was chosen, or else the first that the browser asks for.
pub(crate) fn speech(jar: &CookieJar, headers: &HeaderMap) -> Speech {
    let chosen = jar
        .get(LANGUAGE)
        .and_then(|cookie| cookie.value().parse().ok());
    let accepted = || {
        let header = headers.get(header::ACCEPT_LANGUAGE);
        let header = header.and_then(|header| header.to_str().ok());
        Language::accepted(header.unwrap_or_default())
    };
    Speech::new(chosen.unwrap_or_else(accepted))
}

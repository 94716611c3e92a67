//! The HTTP door of a running server, seen from outside: what every command that asks a server uses.

use std::time::Duration;

use anyhow::{Context as _, Result, anyhow, bail};
use bytes::Bytes;
use reqwest::header::HeaderMap;
use reqwest::{Client, Method, RequestBuilder, StatusCode};
use serde::Deserialize;
use serde_json::Value;

/// How long a connection may take to open.
const CONNECT_WAIT: Duration = Duration::from_secs(5);
/// How long one answer may take: a server that checks itself reads its whole log.
const ANSWER_WAIT: Duration = Duration::from_mins(1);

/// A server, and the key to show it.
#[derive(Clone)]
pub(crate) struct Door {
    client: Client,
    url: String,
    key: Option<String>,
}

/// An answer that is not what was asked for.
#[derive(Debug, thiserror::Error)]
pub(crate) enum Refusal {
    /// Nobody answers, or not for now: another try may succeed.
    #[error("{0}")]
    NotNow(String),
    /// Another try would be answered the same.
    #[error("{0}")]
    Never(String),
}

/// What a problem document says.
#[derive(Debug, Default, Deserialize)]
struct Problem {
    #[serde(default)]
    code: String,
    #[serde(default)]
    detail: String,
}

impl Door {
    /// A door at `url`, such as `http://127.0.0.1:8080`.
    ///
    /// # Errors
    /// The URL is none that this client can use.
    pub(crate) fn new(url: &str, key: Option<String>) -> Result<Self> {
        let url = url.trim_end_matches('/').to_owned();
        if url.starts_with("https://") {
            bail!("{url}: this client speaks plain http; put a TLS tunnel or proxy in front of it");
        }
        if !url.starts_with("http://") {
            bail!("`{url}` is no address of a server: expected one such as http://127.0.0.1:8080");
        }
        reqwest::Url::parse(&url).with_context(|| format!("`{url}` is no address of a server"))?;
        let client = Client::builder()
            // A server is near; a proxy that is meant for the world would not reach it.
            .no_proxy()
            .connect_timeout(CONNECT_WAIT)
            .timeout(ANSWER_WAIT)
            .build()
            .context("the http client cannot be set up")?;
        Ok(Self { client, url, key })
    }

    /// Where it is.
    pub(crate) fn url(&self) -> &str {
        &self.url
    }

    /// A request to a path, with the key; time-outs may still be changed.
    pub(crate) fn request(&self, method: Method, path: &str) -> RequestBuilder {
        let request = self.client.request(method, format!("{}{path}", self.url));
        match &self.key {
            Some(key) => request.bearer_auth(key),
            None => request,
        }
    }

    /// The JSON at a path.
    ///
    /// # Errors
    /// Nobody answers, or the answer is a refusal.
    pub(crate) async fn get(&self, path: &str) -> Result<Value> {
        Ok(self.try_get(path).await?)
    }

    /// As [`Self::get`], telling what may be tried again.
    ///
    /// # Errors
    /// Nobody answers, or the answer is a refusal.
    pub(crate) async fn try_get(&self, path: &str) -> Result<Value, Refusal> {
        self.ask(self.request(Method::GET, path), path).await
    }

    /// Whether anybody answers.
    pub(crate) async fn is_there(&self) -> bool {
        self.request(Method::GET, "/healthz").send().await.is_ok()
    }

    /// Whether somebody answers who does not know the key.
    pub(crate) async fn refuses_key(&self) -> bool {
        let answer = self.request(Method::GET, "/v1/status").send().await;
        answer.is_ok_and(|answer| answer.status() == StatusCode::UNAUTHORIZED)
    }

    /// Asks a path to do something, giving it as long as it takes.
    ///
    /// # Errors
    /// Nobody answers, or the answer is a refusal.
    pub(crate) async fn post(&self, path: &str, wait: Duration) -> Result<Value> {
        Ok(self
            .ask(self.request(Method::POST, path).timeout(wait), path)
            .await?)
    }

    /// The file at a path, with the headers that say what it is.
    ///
    /// # Errors
    /// Nobody answers, or the answer is a refusal.
    pub(crate) async fn file(
        &self,
        path: &str,
        parameters: &[(String, String)],
    ) -> Result<(HeaderMap, Bytes)> {
        let request = self.request(Method::GET, path).query(parameters);
        Ok(self.send(request, path).await?)
    }

    /// The JSON that a request is answered with.
    ///
    /// # Errors
    /// Nobody answers, or the answer is a refusal.
    pub(crate) async fn ask(&self, request: RequestBuilder, path: &str) -> Result<Value, Refusal> {
        let (_, body) = self.send(request, path).await?;
        serde_json::from_slice(&body).map_err(|error| {
            Refusal::Never(format!(
                "{}{path} answered what is no JSON: {error}",
                self.url
            ))
        })
    }

    async fn send(
        &self,
        request: RequestBuilder,
        path: &str,
    ) -> Result<(HeaderMap, Bytes), Refusal> {
        let response = request
            .send()
            .await
            .map_err(|error| self.unreachable(&error))?;
        let (status, headers) = (response.status(), response.headers().clone());
        let body = response
            .bytes()
            .await
            .map_err(|error| self.unreachable(&error))?;
        if !status.is_success() {
            return Err(self.refusal(status, &body, path));
        }
        Ok((headers, body))
    }

    /// What to say when no answer came.
    pub(crate) fn unreachable(&self, error: &reqwest::Error) -> Refusal {
        let url = &self.url;
        Refusal::NotNow(if error.is_connect() {
            format!(
                "no server answers at {url}: start one with `homeward serve`, or name another with --url"
            )
        } else if error.is_timeout() {
            format!("{url} took too long to answer")
        } else {
            let error: &dyn std::error::Error = error;
            format!("{url} broke off: {:#}", anyhow!("{}", root(error)))
        })
    }

    /// What to say when the whole request was refused.
    pub(crate) fn refusal(&self, status: StatusCode, body: &[u8], path: &str) -> Refusal {
        let problem: Problem = serde_json::from_slice(body).unwrap_or_default();
        let said = if problem.detail.is_empty() {
            String::new()
        } else {
            format!(": {} ({})", problem.detail, problem.code)
        };
        let url = &self.url;
        let text = match status {
            StatusCode::UNAUTHORIZED if self.key.is_none() => format!(
                "{url} asks for a key: give one with --key or HOMEWARD_KEY; `homeward keys create` makes one"
            ),
            StatusCode::UNAUTHORIZED => format!(
                "{url} does not know this key{said}; `homeward keys list` shows those that it knows"
            ),
            StatusCode::FORBIDDEN => format!("this key does not open {path} of {url}{said}"),
            StatusCode::NOT_FOUND => format!("{url} has no {path}{said}"),
            _ => format!("{url}{path} answered {status}{said}"),
        };
        let for_now = status.is_server_error() && status != StatusCode::NOT_IMPLEMENTED;
        if for_now || status == StatusCode::TOO_MANY_REQUESTS {
            Refusal::NotNow(text)
        } else {
            Refusal::Never(text)
        }
    }
}

/// The innermost cause: what the layers above it say is that there was a request.
fn root<'a>(error: &'a (dyn std::error::Error + 'static)) -> &'a (dyn std::error::Error + 'static) {
    let mut error = error;
    while let Some(source) = error.source() {
        error = source;
    }
    error
}

#[cfg(test)]
mod tests {
    use super::*;

    fn door(key: Option<&str>) -> Door {
        Door::new("http://127.0.0.1:1/", key.map(str::to_owned)).unwrap()
    }

    #[test]
    fn an_address_is_checked_before_it_is_used() {
        assert_eq!(door(None).url(), "http://127.0.0.1:1");
        assert!(Door::new("https://host", None).is_err());
        assert!(Door::new("host:80", None).is_err());
        assert!(Door::new("http://", None).is_err());
    }

    #[tokio::test]
    async fn a_server_that_is_not_there_may_be_tried_again() {
        let refusal = door(None).try_get("/v1/status").await.unwrap_err();
        assert!(matches!(refusal, Refusal::NotNow(_)), "{refusal}");
        assert!(refusal.to_string().contains("homeward serve"), "{refusal}");
    }

    #[test]
    fn refusals_say_what_to_do() {
        let body = br#"{"code":"key-invalid","detail":"this key does not work here"}"#;
        let told = |key, status| door(key).refusal(status, body, "/v1/status").to_string();
        assert!(told(None, StatusCode::UNAUTHORIZED).contains("homeward keys create"));
        let known = told(Some("hw_a_b"), StatusCode::UNAUTHORIZED);
        assert!(
            known.contains("does not work here (key-invalid)"),
            "{known}"
        );
        assert!(!known.contains("hw_a_b"), "{known}");
        let busy = door(None).refusal(StatusCode::SERVICE_UNAVAILABLE, b"", "/v1/status");
        assert!(matches!(busy, Refusal::NotNow(_)));
    }
}

//! What callers are told when something is not as they asked: RFC 9457 problem documents with stable
//! codes, and nothing of our insides.

use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use homeward_projections::TableError;
use homeward_projections::caseload::QueryError;
use serde::Serialize;
use utoipa::ToSchema;

use crate::keys::NotLetIn;

/// A problem document.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub(crate) struct Problem {
    /// `urn:homeward:problem:<code>`.
    #[serde(rename = "type")]
    pub kind: String,
    /// The status in words.
    pub title: String,
    /// HTTP status.
    pub status: u16,
    /// Stable code.
    pub code: String,
    /// What happened, and what to do about it.
    pub detail: String,
    /// Seconds after which another try may succeed.
    #[serde(skip)]
    pub retry_after: Option<u32>,
}

impl Problem {
    /// A problem.
    pub(crate) fn new(status: StatusCode, code: &str, detail: impl Into<String>) -> Self {
        Self {
            kind: format!("urn:homeward:problem:{code}"),
            title: status.canonical_reason().unwrap_or("Problem").to_owned(),
            status: status.as_u16(),
            code: code.to_owned(),
            detail: detail.into(),
            retry_after: (status == StatusCode::SERVICE_UNAVAILABLE).then_some(1),
        }
    }

    /// A query parameter that cannot be read.
    pub(crate) fn parameter(name: &str, detail: impl std::fmt::Display) -> Self {
        Self::new(
            StatusCode::BAD_REQUEST,
            "parameter-invalid",
            format!("`{name}`: {detail}"),
        )
    }

    /// The same for what does not exist and for what the caller may not see.
    pub(crate) fn not_found(what: &str) -> Self {
        Self::new(
            StatusCode::NOT_FOUND,
            "not-found",
            format!("{what} is not known here"),
        )
    }

    /// Something of ours broke; whoever looks after the server finds out what from its log.
    pub(crate) fn internal() -> Self {
        let (status, code) = (StatusCode::INTERNAL_SERVER_ERROR, "internal");
        Self::new(status, code, "the answer could not be made")
    }

    /// The caller's key does not allow this.
    pub(crate) fn forbidden(detail: &str) -> Self {
        Self::new(StatusCode::FORBIDDEN, "forbidden", detail)
    }
}

impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        let status = StatusCode::from_u16(self.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        let retry_after = self.retry_after;
        let mut response = (status, axum::Json(self)).into_response();
        let headers = response.headers_mut();
        headers.insert(
            header::CONTENT_TYPE,
            HeaderValue::from_static("application/problem+json"),
        );
        if let Some(seconds) = retry_after {
            headers.insert(header::RETRY_AFTER, HeaderValue::from(seconds));
        }
        if status == StatusCode::UNAUTHORIZED {
            headers.insert(header::WWW_AUTHENTICATE, HeaderValue::from_static("Bearer"));
        }
        response
    }
}

impl From<NotLetIn> for Problem {
    fn from(why: NotLetIn) -> Self {
        let (code, detail) = match why {
            NotLetIn::Missing => (
                "key-missing",
                "show a key: `Authorization: Bearer hw_...`; an operator makes one with `homeward keys create`",
            ),
            NotLetIn::Invalid => ("key-invalid", "this key does not work here"),
        };
        Self::new(StatusCode::UNAUTHORIZED, code, detail)
    }
}

impl From<QueryError> for Problem {
    fn from(error: QueryError) -> Self {
        match error {
            QueryError::Dimension(error) => Self::parameter("by", error),
            QueryError::Table(error) => error.into(),
        }
    }
}

impl From<TableError> for Problem {
    fn from(error: TableError) -> Self {
        tracing::error!(%error, "a read model could not be read");
        let detail = "the read model cannot be read at the moment and is being looked after";
        Self::new(StatusCode::SERVICE_UNAVAILABLE, "read-model-failed", detail)
    }
}

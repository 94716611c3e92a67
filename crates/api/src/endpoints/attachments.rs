//! `PUT` and `GET /v1/attachments/{ledger}/{digest}`: bytes that facts name, beside the log.

use axum::Json;
use axum::body::Body;
use axum::extract::{Path, State};
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use bytes::{Bytes, BytesMut};
use futures::StreamExt as _;
use homeward_events::id::{ContentDigest, LedgerId};
use homeward_ledger::{ATTACHMENT_BYTES_MAX, AttachmentError};
use serde::Serialize;
use utoipa::ToSchema;

use crate::gate::{Gate, Publisher, Reading};
use crate::keys::Key;
use crate::problem::Problem;

/// Attachments that pass at the same time, either way: each is held in memory while it does.
pub(crate) const ATTACHMENTS_AT_ONCE: usize = 8;

/// An attachment that is kept.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct KeptAttachment {
    /// The ledger that it is kept beside.
    ledger: String,
    /// SHA-256 of its bytes.
    sha256: String,
    /// How many bytes.
    bytes: usize,
    /// Whether it was there before.
    known: bool,
}

/// Keep the bytes of an attachment, of at most 10 MiB, under their SHA-256; as often as you like. An
/// event `journey.attached` can name them from then on, and no sooner.
#[utoipa::path(
    put, path = "/v1/attachments/{ledger}/{digest}", tag = "publish",
    params(
        ("ledger" = String, Path, description = "the ledger of the facts that will name it"),
        ("digest" = String, Path, description = "SHA-256 of the bytes, in hexadecimal"),
    ),
    request_body(content = Vec<u8>, content_type = "application/octet-stream"),
    responses(
        (status = 201, body = KeptAttachment, description = "kept"),
        (status = 200, body = KeptAttachment, description = "kept before"),
        (status = "4XX", body = Problem), (status = 503, body = Problem), (status = 507, body = Problem)
    ),
    security(("key" = []))
)]
pub(crate) async fn put(
    State(gate): State<Gate>,
    Publisher(key): Publisher,
    Path(place): Path<(String, String)>,
    body: Body,
) -> Result<Response, Problem> {
    let (ledger, digest) = read_place(&key, &place)?;
    let _passing = passing(&gate)?;
    let bytes = read_body(body).await?;
    let size = bytes.len();
    let is_new = gate.attachments.put(&ledger, &digest, bytes).await?;
    tracing::info!(key = key.id, %ledger, %digest, bytes = size, known = !is_new, "attachment kept");
    let status = if is_new {
        StatusCode::CREATED
    } else {
        StatusCode::OK
    };
    let kept = KeptAttachment {
        ledger: ledger.to_string(),
        sha256: digest.to_string(),
        bytes: size,
        known: !is_new,
    };
    Ok((status, Json(kept)).into_response())
}

/// Get the bytes of an attachment, as a file to save and never to be shown in place. Bytes that are
/// not those that the digest names are not given.
#[utoipa::path(
    get, path = "/v1/attachments/{ledger}/{digest}", tag = "read models",
    params(
        ("ledger" = String, Path, description = "the ledger of the facts that name it"),
        ("digest" = String, Path, description = "SHA-256 of the bytes, in hexadecimal"),
    ),
    responses((status = 200, body = Vec<u8>, content_type = "application/octet-stream"), (status = "4XX", body = Problem), (status = 503, body = Problem)),
    security(("key" = []))
)]
pub(crate) async fn get(
    State(gate): State<Gate>,
    Reading(key): Reading,
    Path(place): Path<(String, String)>,
) -> Result<Response, Problem> {
    let (ledger, digest) = read_place(&key, &place)?;
    let _passing = passing(&gate)?;
    let Some(bytes) = gate.attachments.get(&ledger, &digest).await? else {
        return Err(Problem::not_found("this attachment"));
    };
    tracing::info!(key = key.id, %ledger, %digest, "attachment given");
    let mut response = bytes.into_response();
    let headers = response.headers_mut();
    // What a publisher sent is nobody's page: no browser may guess what it is, or show it here.
    let plain = HeaderValue::from_static("application/octet-stream");
    headers.insert(header::CONTENT_TYPE, plain);
    let name = format!("attachment; filename=\"{digest}\"");
    if let Ok(name) = HeaderValue::try_from(name) {
        headers.insert(header::CONTENT_DISPOSITION, name);
    }
    let nosniff = HeaderValue::from_static("nosniff");
    headers.insert(header::X_CONTENT_TYPE_OPTIONS, nosniff);
    let no_store = HeaderValue::from_static("no-store");
    headers.insert(header::CACHE_CONTROL, no_store);
    Ok(response)
}

/// Which attachment of which ledger; the same answer for a ledger that is not there and for one that
/// this key does not open.
fn read_place(key: &Key, place: &(String, String)) -> Result<(LedgerId, ContentDigest), Problem> {
    let unknown = || Problem::not_found("this ledger");
    let ledger: LedgerId = place.0.parse().map_err(|_| unknown())?;
    if !key.may_use(&ledger) {
        return Err(unknown());
    }
    let digest = place.1.parse();
    Ok((
        ledger,
        digest.map_err(|error| Problem::parameter("digest", error))?,
    ))
}

/// A place among those that pass.
fn passing(gate: &Gate) -> Result<tokio::sync::SemaphorePermit<'_>, Problem> {
    gate.passing.try_acquire().map_err(|_| {
        let detail = "too many attachments pass at this moment";
        Problem::new(StatusCode::SERVICE_UNAVAILABLE, "busy", detail)
    })
}

/// Reads bytes up to the limit. Of somewhat more the rest is read and forgotten, so that whoever sends
/// it hears why it is not kept, and not that the connection broke.
async fn read_body(body: Body) -> Result<Bytes, Problem> {
    let mut chunks = body.into_data_stream();
    let (mut read, mut bytes) = (BytesMut::new(), 0_usize);
    while let Some(chunk) = chunks.next().await {
        let chunk = chunk.map_err(|_| {
            let detail = "the bytes ended early";
            Problem::new(StatusCode::BAD_REQUEST, "body-broken", detail)
        })?;
        bytes += chunk.len();
        if bytes <= ATTACHMENT_BYTES_MAX {
            read.extend_from_slice(&chunk);
        } else if bytes > 2 * ATTACHMENT_BYTES_MAX {
            break;
        } else {
            read = BytesMut::new();
        }
    }
    if bytes > ATTACHMENT_BYTES_MAX {
        return Err(AttachmentError::TooLarge { bytes }.into());
    }
    Ok(read.freeze())
}

impl From<AttachmentError> for Problem {
    fn from(error: AttachmentError) -> Self {
        let (status, code) = match &error {
            AttachmentError::TooLarge { .. } => (StatusCode::PAYLOAD_TOO_LARGE, "too-large"),
            AttachmentError::OtherDigest { .. } => {
                (StatusCode::UNPROCESSABLE_ENTITY, "digest-differs")
            }
            AttachmentError::LedgerUnknown(_) => return Self::not_found("this ledger"),
            AttachmentError::Damaged { .. } => {
                (StatusCode::SERVICE_UNAVAILABLE, "attachment-damaged")
            }
            AttachmentError::QuotaReached(_) => (StatusCode::INSUFFICIENT_STORAGE, "storage-full"),
            AttachmentError::Forbidden(_) => (StatusCode::SERVICE_UNAVAILABLE, "log-forbidden"),
            AttachmentError::Unavailable(_) => (StatusCode::SERVICE_UNAVAILABLE, "log-unavailable"),
        };
        Self::new(status, code, error.to_string())
    }
}

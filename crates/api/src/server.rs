//! The HTTP door: routes, limits, and an accept loop that does not wait for slow callers.

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::{Duration, Instant};

use axum::extract::{MatchedPath, Request, State};
use axum::http::{HeaderValue, StatusCode, header};
use axum::middleware::{self, Next};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use axum::{Json, Router};
use hyper_util::rt::{TokioExecutor, TokioIo, TokioTimer};
use hyper_util::server::conn::auto::Builder;
use hyper_util::server::graceful::GracefulShutdown;
use hyper_util::service::TowerToHyperService;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::Semaphore;
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::compression::CompressionLayer;
use tower_http::set_header::SetResponseHeaderLayer;
use utoipa::OpenApi;
use utoipa::openapi::security::{Http, HttpAuthScheme, SecurityScheme};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::endpoints::{
    assistance, attachments, caseload, cuts, definitions, diff, events, explain, five_w,
    follow_ups, instruments, journeys, known, manifests, operations, outcomes, people, plans,
    quality, recidivism, referrals, schedules, services, sources, steps, stream, tables, worklists,
};
use crate::gate::Gate;
use crate::pages;
use crate::problem::Problem;

/// How long a caller may take to send its headers.
const HEADERS_WITHIN: Duration = Duration::from_secs(10);
/// How long an answer may take; server-sent events are exempt, they begin at once.
const ANSWER_WITHIN: Duration = Duration::from_secs(30);
/// How long a verification of the whole log may take.
const VERIFY_WITHIN: Duration = Duration::from_hours(1);
/// Open connections; more wait in the backlog.
const CONNECTIONS_MAX: usize = 1024;
/// Requests in flight; more are told to come back.
const IN_FLIGHT_MAX: usize = 256;
/// Largest head of a request, in bytes.
const HEAD_BYTES_MAX: usize = 16 * 1024;
/// Longest request target, in bytes.
const TARGET_BYTES_MAX: usize = 2 * 1024;
/// How long requests in flight may finish after a stop.
const DRAIN_WITHIN: Duration = Duration::from_secs(10);

/// The document of the whole API.
#[derive(OpenApi)]
#[openapi(
    info(
        title = "Homeward",
        description = "An event-sourced ledger of reintegration journeys: commits go in, read models come out. Every answer says up to where it knows the log.",
        license(name = "Apache-2.0", identifier = "Apache-2.0"),
    ),
    tags(
        (name = "publish", description = "services publish lifecycle events"),
        (name = "read models", description = "dashboards, case workers and evaluators read"),
        (name = "people", description = "case workers find out whether somebody has come before"),
        (name = "operations", description = "operators look after it"),
    ),
    modifiers(&BearerKey)
)]
struct Document;

struct BearerKey;

impl utoipa::Modify for BearerKey {
    fn modify(&self, document: &mut utoipa::openapi::OpenApi) {
        let scheme = SecurityScheme::Http(Http::new(HttpAuthScheme::Bearer));
        document
            .components
            .get_or_insert_default()
            .add_security_scheme("key", scheme);
    }
}

fn routes() -> OpenApiRouter<Gate> {
    OpenApiRouter::with_openapi(Document::openapi())
        .routes(routes!(events::publish))
        .routes(routes!(known::find))
        .routes(routes!(sources::report))
        .routes(routes!(manifests::list))
        .routes(routes!(manifests::one))
        .routes(routes!(journeys::list))
        .routes(routes!(journeys::one))
        .routes(routes!(caseload::count))
        .routes(routes!(referrals::count))
        .routes(routes!(referrals::lists::open))
        .routes(routes!(referrals::lists::closed))
        .routes(routes!(referrals::figures::turnaround))
        .routes(routes!(referrals::figures::providers))
        .routes(routes!(referrals::figures::reasons))
        .routes(routes!(services::find))
        .routes(routes!(services::one))
        .routes(routes!(services::versions))
        .routes(routes!(follow_ups::count))
        .routes(routes!(follow_ups::list))
        .routes(routes!(schedules::list))
        .routes(routes!(schedules::plan))
        .routes(routes!(worklists::all))
        .routes(routes!(worklists::one))
        .routes(routes!(outcomes::answer))
        .routes(routes!(five_w::answer))
        .routes(routes!(steps::answer))
        .routes(routes!(plans::count))
        .routes(routes!(plans::list))
        .routes(routes!(assistance::answer))
        .routes(routes!(attachments::put, attachments::get))
        .routes(routes!(instruments::list))
        .routes(routes!(recidivism::answer))
        .routes(routes!(recidivism::regression::fit))
        .routes(routes!(definitions::list))
        .routes(routes!(people::search))
        .routes(routes!(people::duplicates))
        .routes(routes!(people::of_journey))
        .routes(routes!(quality::report))
        .routes(routes!(quality::findings))
        .routes(routes!(cuts::list))
        .routes(routes!(cuts::name))
        .routes(routes!(explain::figure))
        .routes(routes!(explain::journey))
        .routes(routes!(diff::answer))
        .routes(routes!(tables::list))
        .routes(routes!(tables::one))
        .routes(routes!(stream::follow))
        .routes(routes!(operations::status))
        .routes(routes!(operations::dead_letters))
        .routes(routes!(operations::fsck))
        .routes(routes!(operations::metrics))
        .routes(routes!(operations::healthz))
        .routes(routes!(operations::readyz))
}

/// The API's document, OpenAPI 3.1.
pub fn document() -> utoipa::openapi::OpenApi {
    routes().into_openapi()
}

/// Every route with its limits.
pub(crate) fn router(gate: Gate) -> Router {
    let (router, document) = routes().split_for_parts();
    let header =
        |name, value| SetResponseHeaderLayer::if_not_present(name, HeaderValue::from_static(value));
    let in_flight = Arc::new(Semaphore::new(IN_FLIGHT_MAX));
    router
        .route("/openapi.json", get(move || async move { Json(document) }))
        .merge(pages::routes())
        .fallback(pages::nowhere)
        .method_not_allowed_fallback(async || {
            let detail = "this path answers other methods";
            Problem::new(StatusCode::METHOD_NOT_ALLOWED, "method", detail)
        })
        .layer(middleware::from_fn_with_state(in_flight, admit))
        .layer(middleware::from_fn(observe))
        .layer(CompressionLayer::new())
        .layer(header(header::X_CONTENT_TYPE_OPTIONS, "nosniff"))
        .layer(header(header::CACHE_CONTROL, "no-store"))
        .layer(SetResponseHeaderLayer::if_not_present(
            header::CONTENT_SECURITY_POLICY,
            policy(),
        ))
        .layer(CatchPanicLayer::custom(|_| {
            let detail = "this request failed; it was noted, and the others go on";
            Problem::new(StatusCode::INTERNAL_SERVER_ERROR, "internal", detail).into_response()
        }))
        .with_state(gate)
}

/// What a browser may do for a page: nothing from elsewhere, no script and no style within the page but the
/// one that is ours.
fn policy() -> HeaderValue {
    // `default-src` does not speak for the last three.
    const REST: &str = "base-uri 'none'; form-action 'self'; frame-ancestors 'none'";
    let style = pages::assets::style_source();
    let policy = format!("default-src 'self'; style-src 'self' {style}; {REST}");
    // A digest in base 64 is always one; a policy that lets nothing in stands for what cannot be.
    HeaderValue::try_from(policy).unwrap_or(HeaderValue::from_static("default-src 'none'"))
}

/// Lets a request in while there is room, and bounds its time.
async fn admit(State(room): State<Arc<Semaphore>>, request: Request, next: Next) -> Response {
    let path = request.uri().path();
    if request
        .uri()
        .path_and_query()
        .is_some_and(|target| target.as_str().len() > TARGET_BYTES_MAX)
    {
        let detail = format!("the request target is longer than {TARGET_BYTES_MAX} bytes");
        return Problem::new(StatusCode::URI_TOO_LONG, "target-too-long", detail).into_response();
    }
    let within = if path == "/v1/fsck" {
        VERIFY_WITHIN
    } else {
        ANSWER_WITHIN
    };
    // Health must answer while the house is full: that is when it is asked for.
    let _permit = if path == "/healthz" {
        None
    } else if let Ok(permit) = Arc::clone(&room).try_acquire_owned() {
        Some(permit)
    } else {
        let detail = "too many requests are in flight";
        let busy = Problem::new(StatusCode::SERVICE_UNAVAILABLE, "busy", detail);
        return busy.into_response();
    };
    if let Ok(response) = tokio::time::timeout(within, next.run(request)).await {
        response
    } else {
        let detail = "the answer took too long; whether a commit was taken in is found out by sending it again";
        Problem::new(StatusCode::SERVICE_UNAVAILABLE, "too-slow", detail).into_response()
    }
}

/// Counts and times each request; paths by their pattern, never with ids in them.
async fn observe(request: Request, next: Next) -> Response {
    let path = request
        .extensions()
        .get::<MatchedPath>()
        .map_or_else(|| "unknown".to_owned(), |path| path.as_str().to_owned());
    let method = request.method().to_string();
    let begun = Instant::now();
    let response = next.run(request).await;
    let status = response.status().as_u16().to_string();
    metrics::counter!(
        "homeward_http_requests_total",
        "method" => method, "path" => path.clone(), "status" => status
    )
    .increment(1);
    metrics::histogram!("homeward_http_request_seconds", "path" => path)
        .record(begun.elapsed().as_secs_f64());
    response
}

/// Accepts connections until cancelled, then lets what is in flight finish.
pub(crate) async fn accept(
    listener: TcpListener,
    router: Router,
    tracker: TaskTracker,
    stop: CancellationToken,
) {
    let connections = Arc::new(Semaphore::new(CONNECTIONS_MAX));
    let graceful = GracefulShutdown::new();
    loop {
        let Ok(permit) = Arc::clone(&connections).acquire_owned().await else {
            break;
        };
        let accepted = tokio::select! {
            biased;
            () = stop.cancelled() => break,
            accepted = listener.accept() => accepted,
        };
        let (stream, peer) = match accepted {
            Ok(accepted) => accepted,
            Err(error) => {
                // Out of file descriptors, most likely: wait for some to be closed.
                tracing::warn!(%error, "a connection could not be accepted");
                tokio::time::sleep(Duration::from_millis(50)).await;
                continue;
            }
        };
        let connection = graceful.watch(serve(stream, router.clone()));
        tracker.spawn(async move {
            if let Err(error) = connection.await {
                tracing::debug!(%peer, %error, "connection ended");
            }
            drop(permit);
        });
    }
    drop(listener);
    if tokio::time::timeout(DRAIN_WITHIN, graceful.shutdown())
        .await
        .is_err()
    {
        tracing::warn!("some requests did not finish in time");
    }
}

fn serve(
    stream: TcpStream,
    router: Router,
) -> hyper_util::server::conn::auto::Connection<
    'static,
    TokioIo<TcpStream>,
    TowerToHyperService<Router>,
    TokioExecutor,
> {
    // Answers are small: waiting to fill a packet only makes them late.
    if let Err(error) = stream.set_nodelay(true) {
        tracing::debug!(%error, "nodelay refused");
    }
    let mut builder = Builder::new(TokioExecutor::new());
    builder
        .http1()
        .timer(TokioTimer::new())
        .header_read_timeout(HEADERS_WITHIN)
        .max_buf_size(HEAD_BYTES_MAX.max(8192));
    builder
        .serve_connection(TokioIo::new(stream), TowerToHyperService::new(router))
        .into_owned()
}

/// Where the door is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Running {
    /// Where it listens.
    pub address: SocketAddr,
}

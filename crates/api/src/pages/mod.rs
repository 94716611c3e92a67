//! Pages: what people look at who would rather look than read JSON. Served by the same program, without
//! anything from another host, and whole without script.
//!
//! A page asks the same functions that answer under `/v1`, as the person who is signed in, and says
//! with [`homeward_dashboard`] what they answered: nothing is worked out here a second time, so a page
//! cannot say another number than the API.
//!
//! What of a page may be published each table says of itself ([`table::Guard`]), and [`published`] holds
//! pages to it.
//!
//! What a page shows stands in its address ([`frame::Frame`]); who looks stands in a cookie
//! ([`session`]). Texts are messages (`crates/dashboard/languages/`), templates lie in `templates/`,
//! what browsers load lies in `assets/`.
//!
//! To add a panel: a function that asks and says ([`panel::Panel`]) in the file of its page. To add a
//! page: a file here, a line in [`routes`], and one in [`shell::PLACES`] if it stands in the navigation.

pub(crate) mod arrivals;
pub(crate) mod ask;
pub(crate) mod assets;
pub(crate) mod definitions;
pub(crate) mod draw;
mod duplicates;
pub(crate) mod explain;
pub(crate) mod flow;
pub(crate) mod follow_ups;
mod forms;
pub(crate) mod frame;
mod journey;
mod journeys;
mod manifests;
pub(crate) mod map;
pub(crate) mod outcomes;
pub(crate) mod panel;
mod people;
pub(crate) mod pictures;
pub(crate) mod published;
pub(crate) mod quality;
pub(crate) mod referrals;
pub(crate) mod returns;
mod services;
mod session;
pub(crate) mod shell;
pub(crate) mod sign_in;
mod sources;
pub(crate) mod table;
pub(crate) mod today;
mod worklists;
mod written;

use axum::Router;
use axum::extract::{FromRequestParts as _, Path, Query, Request, State};
use axum::http::header;
use axum::response::{IntoResponse as _, Response};
use axum::routing::{get, post};

use crate::endpoints::{stream, tables};
use crate::gate::{Gate, Reading};
use crate::problem::Problem;

pub(crate) use self::session::{Sessions, Visitor};

/// Every page.
pub(crate) fn routes() -> Router<Gate> {
    Router::new()
        .route("/", get(today::page))
        .route("/arrivals", get(arrivals::page))
        .route("/flow", get(flow::page))
        .route("/referrals", get(referrals::page))
        .route("/follow-ups", get(follow_ups::page))
        .route("/outcomes", get(outcomes::page))
        .route("/quality", get(quality::page))
        .route("/returns", get(returns::page))
        .route("/definitions", get(definitions::page))
        .route("/map", get(map::page))
        .merge(casework())
        .route("/explain/{model}", get(explain::page))
        .route("/live", get(live))
        .route("/take/{table}", get(take))
        .route("/sign-in", get(sign_in::form).post(sign_in::enter))
        .route("/sign-out", post(sign_in::leave))
        .route("/language/{code}", get(sign_in::language))
        .route("/assets/{name}", get(assets::one))
        .merge(forms::routes())
}

/// Pages of lists and cases.
fn casework() -> Router<Gate> {
    Router::new()
        .route("/journeys", get(journeys::page))
        .route("/journeys/{journey}", get(journey::page))
        .route("/journeys/{journey}/counted", get(journey::counted::page))
        .route("/worklists", get(worklists::all))
        .route("/worklists/{list}", get(worklists::one))
        .route("/manifests", get(manifests::all))
        .route("/manifests/{batch}", get(manifests::one))
        .route("/people", get(people::form).post(people::search))
        .route(
            "/people/duplicates",
            get(duplicates::list).post(duplicates::judge),
        )
        .route("/services", get(services::page))
        .route("/sources", get(sources::page))
}

/// As `/v1/stream`, for a page that is open: a browser's event source sends cookies and no key.
async fn live(
    State(gate): State<Gate>,
    visitor: Visitor,
    Query(pairs): Query<Vec<(String, String)>>,
) -> Response {
    stream::follow(State(gate), Reading(visitor.key), Query(pairs))
        .await
        .into_response()
}

/// As `/v1/tables/{table}`, for whoever is signed in: a link sends cookies and no key.
async fn take(
    State(gate): State<Gate>,
    visitor: Visitor,
    Path(table): Path<String>,
    Query(pairs): Query<Vec<(String, String)>>,
) -> Response {
    let told = tables::one(
        State(gate),
        Reading(visitor.key.clone()),
        Path(table),
        Query(pairs),
    )
    .await;
    told.unwrap_or_else(|problem| shell::trouble(&visitor, problem))
}

/// What is no address here: a page for whoever wants pages, a problem document for everybody else.
pub(crate) async fn nowhere(State(gate): State<Gate>, request: Request) -> Response {
    let problem = Problem::not_found("this path");
    let accept = request.headers().get(header::ACCEPT);
    let wants_page = accept.is_some_and(|accept| {
        accept
            .to_str()
            .is_ok_and(|accept| accept.contains("text/html"))
    });
    if !wants_page {
        return problem.into_response();
    }
    let (mut parts, _) = request.into_parts();
    match Visitor::from_request_parts(&mut parts, &gate).await {
        Ok(visitor) => shell::trouble(&visitor, problem),
        Err(sign_in_first) => sign_in_first,
    }
}

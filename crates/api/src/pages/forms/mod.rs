//! `/record`: forms that record the common events, and `/kept`: those that wait for the link.
//!
//! What a form asks is data ([`layout`]); what was typed becomes an event ([`typed`]) that goes through the
//! same intake as every other. A refusal stands at its field, and nothing that was typed is lost; a
//! form carries the id of its event, so that sending it twice records it once.
//!
//! Nothing that a form is refused for is kept among the dead letters: whoever typed it has it still.

mod layout;
mod shown;
mod subject;
mod typed;
mod view;

use axum::extract::{Form as Sent, Path, Query, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse as _, Redirect, Response};
use axum::routing::get;
use axum::{Json, Router};
use bytes::Bytes;
use homeward_events::id::{EventId, JourneyId, LedgerId};
use homeward_events::time::OccurredOn;
use homeward_projections::instrument::Instrument;
use serde_json::{Value, json};
use uuid::Uuid;

use self::layout::{Form, form};
use self::subject::Subject;
use self::typed::{Mistyped, Typed, fresh};
use self::view::{Told, refusal};
use super::Visitor;
use super::assets;
use super::frame::address;
use super::shell;
use crate::gate::Gate;
use crate::intake::Offer;
use crate::keys::Key;
use crate::outcome::{Accepted, Outcome};
use crate::problem::Problem;

/// What forms are the source of, as CloudEvents names sources.
const SOURCE: &str = "urn:homeward:forms";

/// Pages of forms.
pub(super) fn routes() -> Router<Gate> {
    Router::new()
        .route("/record", get(list))
        .route("/record/{event}", get(open).post(send))
        .route("/kept", get(kept))
        .route("/sw.js", get(worker))
}

/// A form that somebody opened or sent.
struct Opened {
    gate: Gate,
    visitor: Visitor,
    form: &'static Form,
    /// What was typed; of one that was just opened, what its link says.
    typed: Typed,
    /// The id that its event has.
    event: EventId,
    subject: Option<Subject>,
}

/// `GET /record`: which forms there are, for a journey or to begin one.
async fn list(
    State(gate): State<Gate>,
    visitor: Visitor,
    Query(pairs): Query<Vec<(String, String)>>,
) -> Response {
    let subject = Subject::find(&gate, &visitor.key, &Typed::new(pairs)).await;
    match subject {
        Ok(_) if !visitor.key.role.publishes() => shell::trouble(&visitor, not_here()),
        Ok(subject) => view::list(&visitor, subject.as_ref()),
        Err(problem) => shell::trouble(&visitor, problem),
    }
}

/// `GET /record/{event}`: a form, with what its link says filled in.
async fn open(
    State(gate): State<Gate>,
    visitor: Visitor,
    Path(event): Path<String>,
    Query(pairs): Query<Vec<(String, String)>>,
) -> Response {
    match Opened::new(gate, &visitor, &event, pairs).await {
        Ok(opened) => view::form(&opened, &Told::Nothing),
        Err(problem) => shell::trouble(&visitor, problem),
    }
}

/// `POST /record/{event}`: records what was typed, or shows what is wrong with it. Whoever asks for JSON,
/// as forms do that waited for the link, is told in a word.
async fn send(
    State(gate): State<Gate>,
    visitor: Visitor,
    Path(event): Path<String>,
    headers: HeaderMap,
    Sent(pairs): Sent<Vec<(String, String)>>,
) -> Response {
    let opened = match Opened::new(gate, &visitor, &event, pairs).await {
        Ok(opened) => opened,
        Err(problem) => return shell::trouble(&visitor, problem),
    };
    let told = opened.record().await;
    let in_a_word = headers
        .get(header::ACCEPT)
        .is_some_and(|accept| accept == "application/json");
    match told {
        Ok(accepted) if in_a_word => {
            let said = json!({ "journey": accepted.journey, "sequence": accepted.sequence });
            (StatusCode::CREATED, Json(said)).into_response()
        }
        Ok(accepted) => Redirect::to(&recorded_at(&accepted)).into_response(),
        Err(told) if in_a_word => told.status().into_response(),
        Err(told) => view::form(&opened, &told),
    }
}

/// The journey, once it knows what was just recorded.
fn recorded_at(accepted: &Accepted) -> String {
    let position = format!("{}:{}", accepted.ledger, accepted.sequence);
    let path = format!("/journeys/{}", accepted.journey);
    address(&path, [("at_least", position.as_str())].into_iter())
}

/// `GET /kept`: what waits for the link, which only the browser knows.
async fn kept(visitor: Visitor) -> Response {
    view::kept(&visitor)
}

/// `GET /sw.js`: what answers for this house in a browser while the link is down. It stands at the top, as
/// it may answer only for what lies below it.
async fn worker() -> Response {
    let headers = [
        (header::CONTENT_TYPE, "text/javascript; charset=utf-8"),
        // Asked for anew each time: an old one must not outlive its house.
        (header::CACHE_CONTROL, "no-cache"),
    ];
    (headers, assets::WORKER).into_response()
}

/// Ledgers that a key may write to here.
fn usable<'g>(gate: &'g Gate, key: &Key) -> Vec<&'g LedgerId> {
    let kept = gate.reader.ledgers().iter();
    kept.filter(|ledger| key.may_use(ledger)).collect()
}

fn not_here() -> Problem {
    Problem::not_found("this form")
}

impl Opened {
    async fn new(
        gate: Gate,
        visitor: &Visitor,
        event: &str,
        pairs: Vec<(String, String)>,
    ) -> Result<Self, Problem> {
        let form = form(event).filter(|_| visitor.key.role.publishes());
        let form = form.ok_or_else(not_here)?;
        let mut typed = Typed::new(pairs);
        let subject = if form.begins {
            // Where there is one ledger there is nothing to choose.
            if let [ledger] = usable(&gate, &visitor.key).as_slice() {
                typed.assume("ledger", ledger.to_string());
            }
            None
        } else {
            let found = Subject::find(&gate, &visitor.key, &typed).await?;
            Some(found.ok_or_else(not_here)?)
        };
        let named = typed.one("event").and_then(|event| event.parse().ok());
        let event = named.unwrap_or_else(|| {
            let drawn = gate.sessions.draw();
            EventId::from_uuid(Uuid::new_v5(&Uuid::NAMESPACE_URL, drawn.as_bytes()))
        });
        Ok(Self {
            gate,
            visitor: visitor.clone(),
            form,
            typed,
            event,
            subject,
        })
    }

    /// Whose questions are asked: the one that was chosen, or the first that is known.
    fn instrument(&self) -> Option<&Instrument> {
        let known = &self.gate.instruments;
        let asks = self.form.asks_an_instrument();
        let chosen = self.typed.one("instrument");
        let chosen = chosen.and_then(|name| known.named(name));
        chosen.or_else(|| known.all().next()).filter(|_| asks)
    }

    /// Records it, or says why not.
    async fn record(&self) -> Result<Accepted, Told> {
        let token = self.typed.one("token").unwrap_or_default();
        if !self.visitor.sent(token) {
            return Err(Told::Elsewhere);
        }
        let (body, mut mistyped) = self.typed.body(self.form, self.event, self.instrument());
        let envelope = [
            ("occurred", true),
            ("ledger", self.form.begins),
            // Where a key speaks for one agency, the border fills it in.
            ("agency", self.visitor.key.agencies.len() != 1),
        ];
        let envelope = envelope
            .iter()
            .filter_map(|(at, asked)| asked.then_some(at));
        let unsaid = envelope.filter(|at| self.typed.one(at).is_none());
        mistyped.splice(..0, unsaid.map(|at| Mistyped::missing(at)));
        let occurred = self.typed.one("occurred");
        if occurred.is_some_and(|when| when.parse::<OccurredOn>().is_err()) {
            mistyped.insert(0, Mistyped::unread("occurred"));
        }
        if !mistyped.is_empty() {
            return Err(Told::Mistyped(mistyped));
        }
        let offer = Offer {
            id: None,
            events: Bytes::from(Value::from(vec![self.envelope(&body)]).to_string()),
        };
        let (key, intake) = (&self.visitor.key, &self.gate.intake);
        // First whether it would get in: what is typed wrongly is nobody's dead letter.
        let tried = intake.try_out(key, std::slice::from_ref(&offer)).await;
        let refused = tried.into_iter().find_map(Result::err);
        let outcome = match refused {
            Some(outcome) => outcome,
            None => intake.take(key, "http", &offer).await,
        };
        match outcome {
            Outcome::Accepted(accepted) => Ok(accepted),
            Outcome::Refused(refused) => Err(refusal(refused)),
            Outcome::Failed(failed) => Err(Told::Failed(failed)),
        }
    }

    /// The whole event, as a publisher would write it.
    fn envelope(&self, body: &Value) -> Value {
        let journey = self.subject.as_ref().map_or_else(
            || JourneyId::from_uuid(fresh(self.event, "journey")),
            |subject| subject.journey,
        );
        let ledger = match &self.subject {
            Some(subject) => subject.ledger.to_string(),
            None => self.typed.one("ledger").unwrap_or_default().to_owned(),
        };
        let entry = self.form.event;
        let mut event = json!({
            "specversion": "1.0",
            "id": self.event,
            "source": SOURCE,
            "type": entry.name,
            "schemaversion": entry.version,
            "subject": journey,
            "ledger": ledger,
            "occurred": self.typed.one("occurred").unwrap_or_default(),
            "actor": self.visitor.key.id,
            "data": body,
        });
        if let (Some(agency), Some(event)) = (self.typed.one("agency"), event.as_object_mut()) {
            event.insert("agency".to_owned(), agency.into());
        }
        event
    }
}

#[cfg(test)]
mod tests;

//! `/people/duplicates`: pairs that may be one human being, side by side, for somebody to judge. A
//! judgement is a fact like any other: it goes through the same intake, and can be taken back.

use askama::Template;
use axum::extract::{Form, Path, Query, State};
use axum::response::Response;
use homeward_events::id::{AgencyId, EventId, JourneyId, LedgerId};
use homeward_events::lifecycle::{LinkBasis, Linked, Unlinked};
use homeward_events::time::{OccurredOn, RecordedAt};
use homeward_events::vocabulary::Role as Capacity;
use homeward_events::{Body, Event, codec};
use homeward_ledger::clock;
use serde::Deserialize;
use uuid::Uuid;

use super::Visitor;
use super::ask::Ask;
use super::panel::Link;
use super::people::{self, Weighed};
use super::shell::{self, Shell};
use super::written;
use crate::endpoints::people::{self as asked, PossibleDuplicate, Said};
use crate::gate::{CaseWorker, Gate};
use crate::intake::Offer;
use crate::keys::Role;
use crate::outcome::Outcome;
use crate::problem::Problem;

/// Pairs of a page: each is read with care.
const PAIRS: &str = "10";
/// What says that a judgement was made on this page.
const SOURCE: &str = "urn:homeward:pages:duplicates";
/// What ids of judgements are made from, with what they judge.
const JUDGEMENTS: Uuid = Uuid::from_u128(0x5a3c_1f8e_9d27_4b60_8e1a_f0c4_b7d2_6e95);

/// The page.
#[derive(Template)]
#[template(path = "duplicates.html")]
struct Page {
    shell: Shell,
    heading: String,
    back: Option<Link>,
    /// What became of the judgement that was sent.
    done: Option<String>,
    refused: Option<String>,
    pairs: Vec<Pair>,
    bases: Vec<(&'static str, String)>,
    /// Asked of whoever writes for every agency.
    asks_agency: bool,
    leads: Vec<Link>,
    by: String,
    foot: String,
    /// Why there is nothing to show yet.
    loading: Option<String>,
}

/// Two journeys, side by side.
struct Pair {
    number: usize,
    ledger: String,
    journey: String,
    other: String,
    heading: String,
    one: Link,
    another: Link,
    /// What is compared: term, of the one, of the other.
    rows: Vec<(String, String, String)>,
    compared: Vec<Weighed>,
    score: String,
    /// What makes the judgements of this very page: sent twice, they are one.
    mark: String,
}

/// A judgement as it is sent.
#[derive(Deserialize)]
pub(crate) struct Judged {
    #[serde(default)]
    token: String,
    ledger: String,
    journey: String,
    other: String,
    judgement: Judgement,
    #[serde(default)]
    basis: String,
    #[serde(default)]
    agency: String,
    mark: String,
}

/// Which judgement.
#[derive(Clone, Copy, Deserialize)]
#[serde(rename_all = "kebab-case")]
enum Judgement {
    /// They are one human being.
    Link,
    /// They are two.
    Unlink,
}

/// `GET /people/duplicates`
pub(crate) async fn list(
    State(gate): State<Gate>,
    visitor: Visitor,
    Query(pairs): Query<Vec<(String, String)>>,
) -> Response {
    let ask = Ask::new(gate, visitor, pairs);
    if !people::may_identify(&ask.visitor.key) {
        return people::not_for_them(&ask.visitor);
    }
    page(&ask, None, None).await
}

/// `POST /people/duplicates`
pub(crate) async fn judge(
    State(gate): State<Gate>,
    visitor: Visitor,
    Query(pairs): Query<Vec<(String, String)>>,
    Form(judged): Form<Judged>,
) -> Response {
    let ask = Ask::new(gate, visitor, pairs);
    if !people::may_identify(&ask.visitor.key) {
        return people::not_for_them(&ask.visitor);
    }
    let speech = ask.speech();
    if !ask.visitor.sent(&judged.token) {
        let why = speech.say("sign-in-elsewhere");
        return page(&ask, None, Some(why)).await;
    }
    match record(&ask, &judged).await {
        Ok(position) => {
            let told = [
                ("one", written::short(&judged.journey).into()),
                ("other", written::short(&judged.other).into()),
            ];
            let done = match judged.judgement {
                Judgement::Link => "duplicates-done-link",
                Judgement::Unlink => "duplicates-done-unlink",
            };
            let done = speech.tell(done, &told);
            page(&ask, Some((done, position)), None).await
        }
        Err(problem) => {
            let why = [("why", (&problem.detail).into())];
            let refused = speech.tell("duplicates-refused", &why);
            page(&ask, None, Some(refused)).await
        }
    }
}

/// Publishes a judgement; gives where it lies in the log.
async fn record(ask: &Ask, judged: &Judged) -> Result<String, Problem> {
    let event = event(ask, judged)?;
    let written = codec::encode_commit(&[event]);
    let written = written.map_err(|error| Problem::parameter("judgement", error))?;
    let offer = Offer {
        id: None,
        events: written.into(),
    };
    match ask.gate.intake.take(&ask.key(), "pages", &offer).await {
        Outcome::Accepted(accepted) => Ok(format!("{}:{}", accepted.ledger, accepted.sequence)),
        Outcome::Refused(refused) => {
            let reasons = refused.errors.iter().map(|error| error.message.as_str());
            let reasons = reasons.collect::<Vec<_>>().join("; ");
            let status = axum::http::StatusCode::from_u16(refused.status);
            let status = status.unwrap_or(axum::http::StatusCode::CONFLICT);
            Err(Problem::new(status, &refused.code, reasons))
        }
        Outcome::Failed(failed) => {
            let status = axum::http::StatusCode::SERVICE_UNAVAILABLE;
            Err(Problem::new(status, failed.code, failed.message))
        }
    }
}

fn event(ask: &Ask, judged: &Judged) -> Result<Event, Problem> {
    let wrong = |field: &'static str| move |error| Problem::parameter(field, error);
    let ledger: LedgerId = judged.ledger.parse().map_err(wrong("ledger"))?;
    let journey: JourneyId = judged.journey.parse().map_err(wrong("journey"))?;
    let other: JourneyId = judged.other.parse().map_err(wrong("other"))?;
    let key = ask.key();
    let typed = judged.agency.trim();
    let agency: AgencyId = match key.agencies.first() {
        Some(own) if typed.is_empty() => own.clone(),
        Some(_) | None => typed.parse().map_err(wrong("agency"))?,
    };
    let (judgement, body): (_, Body) = match judged.judgement {
        Judgement::Link => {
            let basis = judged.basis.parse::<LinkBasis>();
            let basis = basis.map_err(|error| Problem::parameter("basis", error))?;
            ("link", Linked { other, basis }.into())
        }
        Judgement::Unlink => (
            "unlink",
            Unlinked {
                other,
                reason: None,
            }
            .into(),
        ),
    };
    // The same judgement of the same page has the same id, however often it is sent.
    let name = format!("{}|{ledger}|{journey}|{other}|{judgement}", judged.mark);
    let now = RecordedAt(clock::now());
    Ok(Event {
        id: EventId::from_uuid(Uuid::new_v5(&JUDGEMENTS, name.as_bytes())),
        ledger,
        journey,
        source: SOURCE.into(),
        occurred: OccurredOn::Day(now.day()),
        recorded: now,
        agency,
        actor: None,
        role: match key.role {
            Role::CaseWorker => Some(Capacity::CaseWorker),
            Role::Supervisor => Some(Capacity::Supervisor),
            Role::Operator => Some(Capacity::Administrator),
            Role::Publisher | Role::Reader => None,
        },
        causation: None,
        correlation: None,
        sequence: None,
        body,
    })
}

async fn page(ask: &Ask, done: Option<(String, String)>, refused: Option<String>) -> Response {
    let speech = ask.speech();
    let of = ask.frame.one("journey").to_owned();
    let position = done.as_ref().map(|(_, position)| position.as_str());
    let told = pairs(ask, &of, position).await;
    let heading = speech.say("nav-duplicates");
    let mut shell = Shell::new(&ask.visitor, heading.clone(), &ask.frame);
    let (page, loading) = match told {
        Ok(page) => (Some(page), None),
        Err(problem) if problem.status == 503 => {
            shell.again = done.is_none() && refused.is_none();
            let why = [("why", (&problem.detail).into())];
            (None, Some(speech.tell("panel-loading", &why)))
        }
        Err(problem) => return shell::trouble(&ask.visitor, problem),
    };
    let found = page.as_ref().map(|page| page.duplicates.as_slice());
    let mark = page.as_ref().map(|page| mark(&page.by.as_of));
    let mark = mark.unwrap_or_default();
    let pairs = found.unwrap_or_default().iter().enumerate();
    let pairs = pairs.map(|(number, pair)| side_by_side(ask, number, pair, &mark));
    let back = (!of.is_empty()).then(|| {
        let href = ask.frame.link(&format!("/journeys/{of}"), &[]);
        Link::new(href, speech.say("counted-back"))
    });
    let bases = LinkBasis::ALL.iter().rev();
    let bases = bases.map(|basis| (basis.as_str(), speech.word("link-basis", basis.as_str())));
    shell::html(&Page {
        heading,
        back,
        done: done.map(|(said, _)| said),
        refused,
        pairs: pairs.collect(),
        bases: bases.collect(),
        asks_agency: ask.visitor.key.agencies.is_empty(),
        leads: ask.leads(page.as_ref().and_then(|page| page.next.as_deref())),
        by: page
            .as_ref()
            .map(|page| people::by_rules(speech, &page.by))
            .unwrap_or_default(),
        foot: page
            .as_ref()
            .map(|page| people::foot(ask, &page.by.as_of))
            .unwrap_or_default(),
        loading,
        shell,
    })
}

/// Pairs within the frame, or those of one journey.
async fn pairs(
    ask: &Ask,
    journey: &str,
    at_least: Option<&str>,
) -> Result<asked::DuplicatePage, Problem> {
    let mut own: Vec<(&str, &str)> = at_least.map(|at| ("at_least", at)).into_iter().collect();
    if journey.is_empty() {
        own.push(("limit", PAIRS));
        own.extend(ask.frame.values("after").map(|after| ("after", after)));
        let (gate, key, query) = ask.question(&["ledger"], &own);
        return Ok(asked::duplicates(gate, CaseWorker(key.0), query).await?.0);
    }
    let (gate, key, query) = ask.question(&[], &own);
    let path = Path(journey.to_owned());
    Ok(asked::of_journey(gate, CaseWorker(key.0), path, query)
        .await?
        .0)
}

/// What tells this page from the same page later: up to where it knows the log.
fn mark(as_of: &crate::answer::AsOfFooter) -> String {
    let positions = as_of.ledgers.iter();
    let positions = positions.map(|(ledger, at)| format!("{ledger}:{}", at.sequence));
    positions.collect::<Vec<_>>().join(",")
}

fn side_by_side(ask: &Ask, number: usize, pair: &PossibleDuplicate, mark: &str) -> Pair {
    let speech = ask.speech();
    let short = |journey: &str| written::short(journey);
    let told = [
        ("one", short(&pair.journey).into()),
        ("other", short(&pair.other).into()),
    ];
    Pair {
        number: number + 1,
        heading: speech.tell("duplicates-pair", &told),
        one: Link::new(ask.journey(&pair.journey), short(&pair.journey)),
        another: Link::new(ask.journey(&pair.other), short(&pair.other)),
        rows: compared_rows(ask, &pair.said, &pair.other_said),
        compared: people::weighed(speech, &pair.weighed.evidence),
        score: people::score(speech, pair.weighed.score),
        ledger: pair.ledger.clone(),
        journey: pair.journey.clone(),
        other: pair.other.clone(),
        mark: mark.to_owned(),
    }
}

/// Everything that either side says, term by term.
fn compared_rows(ask: &Ask, one: &[Said], other: &[Said]) -> Vec<(String, String, String)> {
    let speech = ask.speech();
    let lines = |said: &[Said]| -> Vec<(String, String)> {
        let mut told: Vec<(String, String)> = Vec::new();
        for (term, value) in said.iter().flat_map(|said| people::who(speech, said)) {
            match told.iter_mut().find(|(known, _)| *known == term) {
                Some((_, known)) if known.split("; ").any(|before| before == value) => {}
                Some((_, known)) => {
                    known.push_str("; ");
                    known.push_str(&value);
                }
                None => told.push((term, value)),
            }
        }
        told
    };
    let (one, mut other) = (lines(one), lines(other));
    let mut rows = Vec::new();
    for (term, value) in one {
        let place = other.iter().position(|(known, _)| *known == term);
        let theirs = place.map(|place| other.remove(place).1);
        rows.push((term, value, theirs.unwrap_or_default()));
    }
    rows.extend(
        other
            .into_iter()
            .map(|(term, value)| (term, String::new(), value)),
    );
    rows
}

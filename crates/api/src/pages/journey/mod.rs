//! `/journeys/{journey}`: everything of one journey: what is to be done, where its case stands, and what
//! happened, with what was corrected, by whom and why.

mod case;
pub(super) mod counted;
mod story;

use askama::Template;
use axum::extract::{self, Path, Query};
use axum::response::{IntoResponse as _, Response};

use self::story::Told;
use super::ask::Ask;
use super::frame::{self, Choice};
use super::panel::{Link, Panel, State};
use super::shell::{self, Shell};
use super::{Visitor, written};
use crate::answer::Answer;
use crate::endpoints::journeys::{self, JourneyAnswer};
use crate::gate::Gate;

/// The page.
#[derive(Template)]
#[template(path = "journey.html")]
struct Page {
    shell: Shell,
    heading: String,
    back: Link,
    /// The whole id.
    journey: String,
    /// What it is, in a few words: term, description, where that leads.
    summary: Vec<(String, Vec<Link>)>,
    /// Where else this journey is looked at.
    links: Vec<Link>,
    panels: Vec<Panel>,
    /// Parts of a case of which nothing is told.
    untold: String,
    /// What happened.
    story: Vec<Told>,
    /// Who was shown what of it.
    looked: Vec<Told>,
    foot: String,
}

/// `GET /journeys/{journey}`
pub(crate) async fn page(
    extract::State(gate): extract::State<Gate>,
    visitor: Visitor,
    Path(journey): Path<String>,
    Query(pairs): Query<Vec<(String, String)>>,
) -> Response {
    let ask = Ask::new(gate, visitor, pairs);
    // Clocks are told as they stand when the day begins.
    let day = ask.frame.one("day");
    let at = (!day.is_empty()).then(|| format!("{day}T00:00:00Z"));
    let at = at.iter().map(|at| ("at", at.as_str()));
    let at_least = ask.frame.values("at_least").map(|at| ("at_least", at));
    let own: Vec<(&str, &str)> = at.chain(at_least).collect();
    let (gate, key, query) = ask.question(&["known"], &own);
    match journeys::one(gate, key, Path(journey), query).await {
        Ok(answer) => told(&ask, &answer.0).into_response(),
        Err(problem) => shell::trouble(&ask.visitor, problem),
    }
}

fn told(ask: &Ask, answer: &Answer<JourneyAnswer>) -> Response {
    let speech = ask.speech();
    let told = &answer.told;
    let journey = told.timeline.journey.to_string();
    let heading = speech.tell(
        "journey-title",
        &[("journey", written::short(&journey).into())],
    );
    let (panels, untold): (Vec<Panel>, Vec<Panel>) = case::panels(ask, told)
        .into_iter()
        .partition(|panel| panel.state != State::Empty);
    let untold: Vec<String> = untold.into_iter().map(|panel| panel.headline).collect();
    let untold = match untold.as_slice() {
        [] => String::new(),
        parts => speech.tell("journey-untold", &[("parts", parts.join(", ").into())]),
    };
    let entries = || told.timeline.entries.iter();
    let page = Page {
        shell: Shell::with_clocks(ask, heading.clone()),
        heading,
        back: ask.back("/journeys"),
        summary: summary(ask, told),
        links: links(ask, told.timeline.ledger.as_str(), &journey),
        panels,
        untold,
        story: entries()
            .filter(|entry| !story::is_access(entry))
            .map(|entry| Told::of(speech, entry))
            .collect(),
        looked: entries()
            .filter(|entry| story::is_access(entry))
            .map(|entry| Told::of(speech, entry))
            .collect(),
        foot: ask.foot(&answer.as_of, &answer.manifest),
        journey,
    };
    shell::html(&page)
}

fn summary(ask: &Ask, told: &JourneyAnswer) -> Vec<(String, Vec<Link>)> {
    let speech = ask.speech();
    let plain = |said: String| vec![Link::new("", said)];
    let timeline = &told.timeline;
    let mut summary = vec![
        (
            speech.say("journey-stage"),
            plain(speech.word("stage", &timeline.stage)),
        ),
        (
            speech.say("column-ledger"),
            plain(timeline.ledger.to_string()),
        ),
    ];
    if let Some(keeper) = &told.keeper {
        summary.push((speech.say("journey-keeper"), plain(keeper.clone())));
    }
    let others = timeline
        .person
        .iter()
        .filter(|linked| **linked != timeline.journey);
    let others: Vec<Link> = others
        .map(|linked| Link::new(ask.journey(linked), written::short(&linked.to_string())))
        .collect();
    if !others.is_empty() {
        summary.push((speech.say("journey-same-person"), others));
    }
    summary
}

fn links(ask: &Ask, ledger: &str, journey: &str) -> Vec<Link> {
    let speech = ask.speech();
    let mut links = vec![
        Link::new("#story", speech.say("journey-story")),
        Link::new(
            ask.frame.link(&format!("/journeys/{journey}/counted"), &[]),
            speech.say("journey-counted"),
        ),
    ];
    if ask.visitor.key.role.publishes() {
        let record = frame::address(
            "/record",
            [("ledger", ledger), ("journey", journey)].into_iter(),
        );
        links.push(Link::new(record, speech.say("nav-record")));
    }
    if ask.visitor.key.role.identifies() {
        links.push(Link::new(
            ask.frame
                .link("/people/duplicates", &[("journey", journey)]),
            speech.say("nav-duplicates"),
        ));
    }
    links.push(Link::new(
        ask.frame.link("/worklists", &[]),
        speech.say("nav-worklists"),
    ));
    links
}

//! `/people`: who somebody may be. The form is sent as a body, and its answer is never kept, so that
//! nothing personal stands in an address.

use std::collections::BTreeMap;

use askama::Template;
use axum::extract::{Form, Query, State};
use axum::response::Response;
use homeward_dashboard::language::Speech;
use homeward_events::reception::Document;
use homeward_events::sealed::Sensitive;
use homeward_events::vocabulary::Sex;
use serde::{Deserialize, Serialize};

use super::ask::Ask;
use super::panel::Link;
use super::shell::{self, Shell};
use super::{Visitor, written};
use crate::answer::AsOfFooter;
use crate::endpoints::people::{self, ByRules, Candidate, Compared, Said};
use crate::gate::{CaseWorker, Gate};
use crate::keys::Key;
use crate::problem::Problem;

/// What is typed.
#[derive(Default, Deserialize)]
#[serde(default)]
pub(crate) struct Typed {
    token: String,
    given_names: String,
    surnames: String,
    also_known_as: String,
    born_on: String,
    document_kind: String,
    document_number: String,
    mother_name: String,
    sex: String,
    sending_country: String,
}

/// The same as the endpoint takes it.
#[derive(Serialize)]
struct Asked<'t> {
    given_names: Vec<&'t str>,
    surnames: Vec<&'t str>,
    also_known_as: Vec<&'t str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    born_on: Option<&'t str>,
    documents: BTreeMap<&'t str, &'t str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    mother_name: Option<&'t str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    sex: Option<&'t str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    sending_country: Option<String>,
}

/// The page.
#[derive(Template)]
#[template(path = "people.html")]
struct Page {
    shell: Shell,
    typed: Typed,
    /// Value, as it is read, chosen.
    documents: Vec<(&'static str, String, bool)>,
    sexes: Vec<(&'static str, String, bool)>,
    /// Why it could not be asked.
    refused: Option<String>,
    found: Option<Found>,
}

/// Who it may be.
struct Found {
    headline: String,
    candidates: Vec<Likeness>,
    by: String,
    foot: String,
}

/// Somebody, with what was compared.
struct Likeness {
    journey: Link,
    likely: bool,
    score: String,
    said: Vec<Vec<(String, String)>>,
    compared: Vec<Weighed>,
    linked: Vec<Link>,
}

/// One comparison in words.
pub(super) struct Weighed {
    pub said: String,
    pub weight: String,
    /// Whether it speaks against.
    pub against: bool,
}

/// `GET /people`
pub(crate) async fn form(
    State(gate): State<Gate>,
    visitor: Visitor,
    Query(pairs): Query<Vec<(String, String)>>,
) -> Response {
    let ask = Ask::new(gate, visitor, pairs);
    if !may_identify(&ask.visitor.key) {
        return not_for_them(&ask.visitor);
    }
    shown(&ask, Typed::default(), None)
}

/// `POST /people`
pub(crate) async fn search(
    State(gate): State<Gate>,
    visitor: Visitor,
    Form(typed): Form<Typed>,
) -> Response {
    let ask = Ask::new(gate, visitor, Vec::new());
    if !may_identify(&ask.visitor.key) {
        return not_for_them(&ask.visitor);
    }
    if !ask.visitor.sent(&typed.token) {
        let why = ask.speech().say("sign-in-elsewhere");
        return page(&ask, typed, Some(why), None);
    }
    let Ok(body) = serde_json::to_vec(&typed.asked()) else {
        return shell::trouble(&ask.visitor, Problem::internal());
    };
    let (gate, key, query) = ask.question(&[], &[]);
    let found = people::search(gate, CaseWorker(key.0), query, body.into()).await;
    shown(&ask, typed, Some(found.map(|found| found.0)))
}

/// Whether this visitor may see who people are.
pub(super) fn may_identify(key: &Key) -> bool {
    key.role.identifies()
}

/// The same page as for what does not exist.
pub(super) fn not_for_them(visitor: &Visitor) -> Response {
    shell::trouble(visitor, Problem::not_found("this page"))
}

impl Typed {
    fn asked(&self) -> Asked<'_> {
        let one = |text: &'_ str| (!text.trim().is_empty()).then(|| text.trim().to_owned());
        let mut documents = BTreeMap::new();
        if !self.document_number.trim().is_empty() {
            documents.insert(self.document_kind.as_str(), self.document_number.trim());
        }
        Asked {
            given_names: several(&self.given_names),
            surnames: several(&self.surnames),
            also_known_as: several(&self.also_known_as),
            born_on: several(&self.born_on).first().copied(),
            documents,
            mother_name: Some(self.mother_name.trim()).filter(|name| !name.is_empty()),
            sex: Some(self.sex.as_str()).filter(|sex| !sex.is_empty()),
            sending_country: one(&self.sending_country).map(|code| code.to_uppercase()),
        }
    }
}

/// Names between commas.
fn several(text: &str) -> Vec<&str> {
    let names = text.split(',').map(str::trim);
    names.filter(|name| !name.is_empty()).collect()
}

fn shown(ask: &Ask, typed: Typed, found: Option<Result<people::Candidates, Problem>>) -> Response {
    match found {
        None => page(ask, typed, None, None),
        Some(Err(problem)) => {
            let why = [("why", (&problem.detail).into())];
            let said = ask.speech().tell("panel-refused", &why);
            page(ask, typed, Some(said), None)
        }
        Some(Ok(told)) => {
            let speech = ask.speech();
            let count = i64::try_from(told.candidates.len()).unwrap_or(i64::MAX);
            let candidates = told.candidates.iter();
            let found = Found {
                headline: if count == 0 {
                    speech.say("people-nobody")
                } else {
                    speech.tell("people-found", &[("count", count.into())])
                },
                candidates: candidates.map(|one| likeness(ask, one)).collect(),
                by: by_rules(speech, &told.by),
                foot: foot(ask, &told.by.as_of),
            };
            page(ask, typed, None, Some(found))
        }
    }
}

fn page(ask: &Ask, typed: Typed, refused: Option<String>, found: Option<Found>) -> Response {
    let speech = ask.speech();
    let option = |vocabulary: &str, value: &'static str, chosen: &str| {
        (value, speech.word(vocabulary, value), value == chosen)
    };
    let documents = Document::ALL.iter();
    let documents = documents.map(|kind| option("document", kind.as_str(), &typed.document_kind));
    let sexes = Sex::ALL.iter();
    let sexes = sexes.map(|sex| option("sex", sex.as_str(), &typed.sex));
    shell::html(&Page {
        shell: Shell::new(&ask.visitor, speech.say("people-title"), &ask.frame),
        documents: documents.collect(),
        sexes: sexes.collect(),
        typed,
        refused,
        found,
    })
}

fn likeness(ask: &Ask, one: &Candidate) -> Likeness {
    let speech = ask.speech();
    let link = |journey: &String| {
        let href = ask
            .frame
            .link(&format!("/journeys/{journey}"), &[("back", "/people")]);
        Link::new(href, format!("{} {}", one.ledger, written::short(journey)))
    };
    Likeness {
        journey: link(&one.journey),
        likely: one.likely,
        score: score(speech, one.weighed.score),
        said: one.said.iter().map(|said| who(speech, said)).collect(),
        compared: weighed(speech, &one.weighed.evidence),
        linked: one.linked.iter().map(link).collect(),
    }
}

/// Hundredths of a bit, as bits.
pub(super) fn score(speech: Speech, hundredths: i32) -> String {
    speech.decimal(f64::from(hundredths) / 100.0, 1)
}

/// What was compared, in words.
pub(super) fn weighed(speech: Speech, evidence: &[Compared]) -> Vec<Weighed> {
    let said = |compared: &Compared| Weighed {
        said: format!(
            "{}: {}",
            speech.word("match-field", compared.field),
            speech.word("match-how", compared.how)
        ),
        weight: score(speech, compared.weight),
        against: compared.weight < 0,
    };
    evidence.iter().map(said).collect()
}

/// Who a journey says that somebody is: term, description.
pub(super) fn who(speech: Speech, said: &Said) -> Vec<(String, String)> {
    let names = |names: &[Sensitive]| {
        let shown = names.iter().map(|name| name.reveal().to_owned());
        shown.collect::<Vec<_>>().join(" ")
    };
    let documents: Vec<String> = said
        .documents
        .iter()
        .map(|kind| speech.word("document", kind))
        .collect();
    let mother = said.mother_name.as_ref().map(Sensitive::reveal);
    let lines = [
        ("people-given-names", names(&said.given_names)),
        ("people-surnames", names(&said.surnames)),
        ("people-also-known-as", names(&said.also_known_as)),
        (
            "people-born-on",
            said.born_on.map(written::occurred).unwrap_or_default(),
        ),
        ("people-document-kind", documents.join(", ")),
        ("people-mother-name", mother.unwrap_or_default().to_owned()),
        (
            "column-sex",
            said.sex
                .map(|sex| speech.word("sex", sex.as_str()))
                .unwrap_or_default(),
        ),
        (
            "column-sending-country",
            said.sending_country
                .as_ref()
                .map(ToString::to_string)
                .unwrap_or_default(),
        ),
    ];
    let told = lines.into_iter().filter(|(_, value)| !value.is_empty());
    told.map(|(term, value)| (speech.say(term), value))
        .collect()
}

/// By which rules, and from where on a pair is likely.
pub(super) fn by_rules(speech: Speech, by: &ByRules) -> String {
    let told = [
        ("rules", (&by.rules).into()),
        ("threshold", score(speech, by.threshold).into()),
    ];
    speech.tell("people-by-rules", &told)
}

/// Up to where names are known.
pub(super) fn foot(ask: &Ask, as_of: &AsOfFooter) -> String {
    ask.knows(as_of, false)
}

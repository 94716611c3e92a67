//! The shell: what stands around every page, and how pages and their troubles are sent.

use askama::Template;
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse as _, Response};
use homeward_dashboard::language::{Language, Speech};

use super::ask::{Ask, label};
use super::assets::{ADDRESSES, Addresses};
use super::frame::{CONDITIONS, Choice, Frame};
use super::panel::{Link, Panel, State};
use super::pictures;
use super::published;
use super::session::Visitor;
use crate::endpoints::{caseload, cuts};
use crate::gate::Reading;
use crate::keys::Role;
use crate::problem::Problem;

/// Who sees a place in the navigation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum For {
    /// Whoever reads.
    Readers,
    /// Whoever may see who people are.
    Identifiers,
    /// Whoever publishes.
    Publishers,
}

impl For {
    /// Whether somebody in this role sees it.
    pub(crate) const fn sees(self, role: Role) -> bool {
        match self {
            Self::Readers => true,
            Self::Identifiers => role.identifies(),
            Self::Publishers => role.publishes(),
        }
    }
}

/// The part of the navigation that counts and lists nobody.
const FIGURES: &str = "nav-figures";

/// The navigation: part, message, path, who sees it.
pub(crate) const PLACES: &[(&str, &str, &str, For)] = &[
    (FIGURES, "nav-today", "/", For::Readers),
    (FIGURES, "nav-arrivals", "/arrivals", For::Readers),
    (FIGURES, "nav-flow", "/flow", For::Readers),
    (FIGURES, "nav-referrals", "/referrals", For::Readers),
    (FIGURES, "nav-follow-ups", "/follow-ups", For::Readers),
    (FIGURES, "nav-outcomes", "/outcomes", For::Readers),
    (FIGURES, "nav-returns", "/returns", For::Readers),
    (FIGURES, "nav-definitions", "/definitions", For::Readers),
    (FIGURES, "nav-map", "/map", For::Readers),
    (FIGURES, "nav-quality", "/quality", For::Readers),
    ("nav-casework", "nav-worklists", "/worklists", For::Readers),
    ("nav-casework", "nav-journeys", "/journeys", For::Readers),
    ("nav-casework", "nav-record", "/record", For::Publishers),
    ("nav-casework", "nav-people", "/people", For::Identifiers),
    (
        "nav-casework",
        "nav-duplicates",
        "/people/duplicates",
        For::Identifiers,
    ),
    ("nav-casework", "nav-services", "/services", For::Readers),
    ("nav-casework", "nav-manifests", "/manifests", For::Readers),
    ("nav-casework", "nav-sources", "/sources", For::Readers),
];

/// What stands around a page.
pub(crate) struct Shell {
    pub speech: Speech,
    pub assets: Addresses,
    /// The title, without the house's name.
    pub title: String,
    /// Who is signed in.
    pub name: String,
    /// The id of their key, if they record events: whose forms may wait for the link.
    pub records: Option<String>,
    pub token: String,
    pub navigation: Vec<(String, Vec<Place>)>,
    pub languages: Vec<(Language, String)>,
    /// The conditions that the page takes; none on pages that take no frame.
    pub controls: Option<Controls>,
    /// Asks again by itself, without script too.
    pub again: bool,
}

/// A place in the navigation.
pub(crate) struct Place {
    pub link: Link,
    pub here: bool,
}

/// The frame as it is chosen.
pub(crate) struct Controls {
    pub path: String,
    pub in_sight: Vec<Control>,
    pub others: Vec<Control>,
    /// Whether one of the others is set.
    pub others_set: bool,
    pub known: String,
    pub day: String,
    pub cuts: Vec<String>,
    pub own: Vec<(String, String)>,
    pub narrowed: bool,
    /// Whether small numbers are withheld; absent where nothing is published.
    pub small: Option<bool>,
}

/// One condition as it is chosen.
pub(crate) struct Control {
    pub name: &'static str,
    pub label: String,
    pub by: Choice,
    pub value: String,
    /// Value, as it is read, chosen.
    pub options: Vec<(String, String, bool)>,
}

/// A page of panels.
#[derive(Template)]
#[template(path = "panels.html")]
struct Sheet {
    shell: Shell,
    heading: String,
    /// Where the visitor came from.
    back: Option<Link>,
    panels: Vec<Panel>,
}

impl Shell {
    /// Around a page, without a frame.
    pub(crate) fn new(visitor: &Visitor, title: String, frame: &Frame) -> Self {
        let speech = visitor.speech;
        let mut navigation: Vec<(String, Vec<Place>)> = Vec::new();
        for (part, said, path, who) in PLACES {
            // Lists and cases are not published, and a page that is leads to none.
            let published = *part == FIGURES || !frame.withholds();
            if !who.sees(visitor.key.role) || !published {
                continue;
            }
            let place = Place {
                link: Link::new(frame.link(path, &[]), speech.say(said)),
                here: *path == frame.path(),
            };
            let part = speech.say(part);
            match navigation.last_mut() {
                Some((last, places)) if *last == part => places.push(place),
                _ => navigation.push((part, vec![place])),
            }
        }
        let language = |language: Language| {
            let then = form_urlencoded::byte_serialize(visitor.here.as_bytes()).collect::<String>();
            (
                language,
                format!("/language/{}?then={then}", language.code()),
            )
        };
        Self {
            speech,
            assets: ADDRESSES.clone(),
            title,
            name: visitor.key.name.clone(),
            records: visitor.key.role.publishes().then(|| visitor.key.id.clone()),
            token: visitor.token.clone(),
            navigation,
            languages: Language::ALL.into_iter().map(language).collect(),
            controls: None,
            again: false,
        }
    }

    /// Around a page of one thing, which takes the clocks alone.
    pub(crate) fn with_clocks(ask: &Ask, title: String) -> Self {
        let frame = &ask.frame;
        let mut shell = Self::new(&ask.visitor, title, frame);
        shell.controls = Some(Controls {
            path: frame.path().to_owned(),
            in_sight: Vec::new(),
            others: Vec::new(),
            others_set: false,
            known: frame.one("known").to_owned(),
            day: frame.one("day").to_owned(),
            cuts: Vec::new(),
            own: frame.own().to_vec(),
            narrowed: false,
            small: None,
        });
        shell
    }

    /// Around a page that takes the frame.
    pub(crate) async fn framed(ask: &Ask, title: String) -> Self {
        let mut shell = Self::new(&ask.visitor, title, &ask.frame);
        shell.controls = Some(Controls::of(ask).await);
        shell
    }
}

impl Controls {
    async fn of(ask: &Ask) -> Self {
        let frame = &ask.frame;
        let (mut in_sight, mut others) = (Vec::new(), Vec::new());
        for condition in CONDITIONS {
            let value = frame.one(condition.name).to_owned();
            let options = match condition.by {
                Choice::Known => known(ask, condition.name).await,
                Choice::Definition => definitions(ask),
                Choice::Typed | Choice::Day => Vec::new(),
            };
            let control = Control {
                name: condition.name,
                label: label(ask.speech(), condition.name),
                by: condition.by,
                value,
                options,
            };
            if condition.in_sight {
                in_sight.push(control);
            } else {
                others.push(control);
            }
        }
        let cuts = cuts::list(ask.question(&[], &[]).0, Reading(ask.key())).await;
        let cuts = cuts.map(|cuts| cuts.0.names()).unwrap_or_default();
        Self {
            path: frame.path().to_owned(),
            others_set: others.iter().any(|control| !control.value.is_empty()),
            in_sight,
            others,
            known: frame.one("known").to_owned(),
            day: frame.one("day").to_owned(),
            cuts,
            own: frame.own().to_vec(),
            narrowed: frame.is_narrowed(),
            small: is_of_figures(frame.path()).then_some(frame.withholds()),
        }
    }
}

fn is_of_figures(path: &str) -> bool {
    let mut places = PLACES.iter();
    places.any(|(part, _, place, _)| *part == FIGURES && *place == path)
}

/// The values of a condition that there are, whether or not the rest of the frame leaves any.
async fn known(ask: &Ask, name: &'static str) -> Vec<(String, String, bool)> {
    let (gate, key, query) = ask.question(&[], &[("by", name)]);
    let mut values: Vec<String> = match caseload::count(gate, key, query).await {
        Ok(answer) => {
            let groups = answer.0.told.groups.iter();
            groups
                .filter_map(|group| group.values.first().cloned())
                .collect()
        }
        Err(_) => Vec::new(),
    };
    // What is chosen stays chosen, even where nobody is left who fits.
    for chosen in ask.frame.values(name) {
        if !values.iter().any(|value| value == chosen) {
            values.push(chosen.to_owned());
        }
    }
    let speech = ask.speech();
    let option = |value: String| {
        let chosen = ask.frame.values(name).any(|chosen| chosen == value);
        (value.clone(), speech.word(name, &value), chosen)
    };
    values.into_iter().map(option).collect()
}

fn definitions(ask: &Ask) -> Vec<(String, String, bool)> {
    let chosen = ask.frame.one("definition");
    let option = |name: String| (name.clone(), name.clone(), name == chosen);
    ask.gate
        .definitions
        .names()
        .into_iter()
        .map(option)
        .collect()
}

/// Panels as the frame asks for them: whole, or with small numbers withheld.
fn as_shown(ask: &Ask, panels: Vec<Panel>) -> Vec<Panel> {
    if !ask.frame.withholds() {
        return panels;
    }
    let shown = panels.into_iter().map(|panel| published::panel(ask, panel));
    shown.collect()
}

/// A page of panels within the frame.
pub(crate) async fn panels(ask: &Ask, heading: &str, panels: Vec<Panel>) -> Response {
    let mut panels = as_shown(ask, panels);
    if let Some(file) = pictures::offer(ask, &mut panels).await {
        return file;
    }
    let heading = ask.speech().say(heading);
    sheet(ask, heading, None, panels).await
}

/// The same under a heading of its own, with a way back.
pub(crate) async fn panels_under(
    ask: &Ask,
    heading: String,
    back: Option<Link>,
    panels: Vec<Panel>,
) -> Response {
    sheet(ask, heading, back, as_shown(ask, panels)).await
}

async fn sheet(ask: &Ask, heading: String, back: Option<Link>, panels: Vec<Panel>) -> Response {
    let mut shell = Shell::framed(ask, heading.clone()).await;
    shell.again = panels.iter().any(Panel::is_loading);
    html(&Sheet {
        shell,
        heading,
        back,
        panels,
    })
}

/// A rendered page.
pub(crate) fn html(page: &impl Template) -> Response {
    match page.render() {
        Ok(text) => Html(text).into_response(),
        Err(error) => {
            tracing::error!(%error, "a page could not be rendered");
            Problem::internal().into_response()
        }
    }
}

/// A page that says what went wrong.
#[derive(Template)]
#[template(path = "trouble.html")]
struct Trouble {
    shell: Shell,
    said: String,
    code: String,
}

/// What went wrong, as a page.
pub(crate) fn trouble(visitor: &Visitor, problem: Problem) -> Response {
    let speech = visitor.speech;
    let status = StatusCode::from_u16(problem.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    // The same for what does not exist and for what the visitor may not see.
    let hidden = matches!(status, StatusCode::NOT_FOUND | StatusCode::FORBIDDEN);
    let said = if hidden {
        speech.say("error-not-found")
    } else {
        problem.detail
    };
    let mut shell = Shell::new(visitor, speech.say("error-title"), &Frame::default());
    shell.again = status == StatusCode::SERVICE_UNAVAILABLE;
    let page = Trouble {
        shell,
        said,
        code: problem.code,
    };
    let status = if hidden {
        StatusCode::NOT_FOUND
    } else {
        status
    };
    (status, html(&page)).into_response()
}

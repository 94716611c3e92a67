//! Asking: the questions of a page, put to the functions that answer under `/v1`, as the visitor and
//! within the frame.

use std::fmt::Display;
use std::sync::Arc;

use axum::extract::{Query, State};
use homeward_dashboard::language::Speech;
use homeward_ledger::clock;

use super::frame::Frame;
use super::panel::{Guard, Link, Panel, State as Stands, TableTwin};
use super::published;
use super::session::Visitor;
use crate::answer::{AsOfFooter, Manifest};
use crate::gate::{Gate, Reading};
use crate::keys::Key;
use crate::problem::Problem;

/// Below this many people, what became of a part of them is told in numbers and not as a share, and a curve
/// is marked as resting on few: rates on fewer are not published either (Washington State Department of
/// Health, small numbers guideline).
pub(crate) const FEW: i64 = 20;

/// Who asks, and for what.
#[derive(Clone)]
pub(crate) struct Ask {
    pub gate: Gate,
    pub visitor: Visitor,
    pub frame: Frame,
}

/// A question as an endpoint takes it.
pub(crate) type Question = (State<Gate>, Reading, Query<Vec<(String, String)>>);

impl Ask {
    /// As a visitor, at an address.
    pub(crate) fn new(gate: Gate, visitor: Visitor, pairs: Vec<(String, String)>) -> Self {
        let path = visitor.here.split('?').next().unwrap_or("/");
        let frame = Frame::new(path, pairs);
        Self {
            gate,
            visitor,
            frame,
        }
    }

    /// In which language the answer is said.
    pub(crate) const fn speech(&self) -> Speech {
        self.visitor.speech
    }

    /// The key of whoever asks.
    pub(crate) fn key(&self) -> Arc<Key> {
        Arc::clone(&self.visitor.key)
    }

    /// A question with what of the frame it takes, and more of its own.
    pub(crate) fn question(&self, takes: &[&str], more: &[(&str, &str)]) -> Question {
        let mut pairs = self.frame.asked(takes);
        pairs.retain(|(name, _)| more.iter().all(|(new, _)| new != name));
        let more = more.iter();
        pairs.extend(more.map(|(name, value)| ((*name).to_owned(), (*value).to_owned())));
        (State(self.gate.clone()), Reading(self.key()), Query(pairs))
    }

    /// The address under `/v1` that gives the same answer, or takes it away.
    pub(crate) fn address(&self, path: &str, takes: &[&str], more: &[(&str, &str)]) -> String {
        let (_, _, Query(pairs)) = self.question(takes, more);
        super::frame::address(
            path,
            pairs
                .iter()
                .map(|(name, value)| (name.as_str(), value.as_str())),
        )
    }

    /// The files that a table can be taken away as.
    pub(crate) fn takes(&self, table: &str, takes: &[&str], more: &[(&str, &str)]) -> Vec<Link> {
        let take = |format: &str| {
            let mut more = more.to_vec();
            more.push(("format", format));
            let href = self.address(&format!("/take/{table}"), takes, &more);
            Link::new(href, format.to_uppercase())
        };
        ["csv", "xlsx", "hxl"].into_iter().map(take).collect()
    }

    /// What stands below a panel: up to where the answer knows the log, and when it was read.
    pub(crate) fn foot(&self, as_of: &AsOfFooter, manifest: &Manifest) -> String {
        self.knows(as_of, manifest.known.iter().any(|known| known != "head"))
    }

    /// Up to where an answer knows the log, now or as it was known, and when it was read.
    pub(crate) fn knows(&self, as_of: &AsOfFooter, is_past: bool) -> String {
        let speech = self.speech();
        let positions = as_of.ledgers.iter();
        let positions = positions.map(|(ledger, at)| format!("{ledger}:{}", at.sequence));
        let mut positions = positions.collect::<Vec<_>>().join(" ");
        if positions.is_empty() {
            positions = speech.say("as-of-nothing");
        }
        let positions = ("positions", (&positions).into());
        let knows = if is_past {
            speech.tell("as-of-past", &[positions])
        } else if as_of.lag_commits == 0 {
            speech.tell("as-of-head", &[positions])
        } else {
            let lag = i64::try_from(as_of.lag_commits).unwrap_or(i64::MAX);
            let lag = speech.tell("count-commits", &[("count", lag.into())]);
            speech.tell("as-of-behind", &[positions, ("lag", lag.into())])
        };
        let at = speech.instant(clock::now());
        format!("{knows} {}", speech.tell("as-of-at", &[("at", at.into())]))
    }

    /// Says which conditions of the frame an answer does not take.
    pub(crate) fn passed_over(&self, takes: &[&str]) -> Option<String> {
        let speech = self.speech();
        let names = self.frame.passed_over(takes);
        let names: Vec<String> = names.iter().map(|name| label(speech, name)).collect();
        let told = [("names", names.join(", ").into())];
        (!names.is_empty()).then(|| speech.tell("frame-not-narrowed", &told))
    }

    /// The page of a journey, from which one comes back to this very page.
    pub(crate) fn journey(&self, id: &impl Display) -> String {
        let here = self.frame.here();
        let path = format!("/journeys/{id}");
        self.frame.link(&path, &[("back", &here)])
    }

    /// Where the visitor came from, or else where pages of this kind are listed.
    pub(crate) fn back(&self, list: &str) -> Link {
        let from = super::sign_in::path_here(self.frame.one("back"));
        let href = if from == "/" {
            self.frame.link(list, &[])
        } else {
            from.to_owned()
        };
        Link::new(href, self.speech().say("page-back"))
    }

    /// Where a list goes on, and where it began.
    pub(crate) fn leads(&self, next: Option<&str>) -> Vec<Link> {
        let mut leads = Vec::new();
        if !self.frame.one("after").is_empty() {
            let first = self.frame.with("after", "");
            leads.push(Link::new(first, self.speech().say("page-first")));
        }
        if let Some(next) = next {
            let next = self.frame.with("after", next);
            leads.push(Link::new(next, self.speech().say("page-next")));
        }
        leads
    }

    /// A panel under its title where it finds nothing: one that could not be told says why in its place,
    /// and the others stand; one about nobody says so, and not that none of nobody did something.
    pub(crate) fn panel(
        &self,
        id: &'static str,
        title: &str,
        told: Result<Panel, Problem>,
    ) -> Panel {
        let title = self.speech().say(title);
        let panel = match told {
            Ok(panel) if panel.state == Stands::Empty => Panel {
                headline: title.clone(),
                picture: None,
                ..panel
            },
            Ok(panel) => panel,
            Err(problem) => Panel::untold(id, title.clone(), &problem, self.speech()),
        };
        Panel { title, ..panel }
    }

    /// Why few people have no share, instead of what it would be.
    pub(crate) fn too_few(&self) -> String {
        self.speech().tell("few-sentence", &[("few", FEW.into())])
    }

    /// A table as this page shows it, for pictures to be drawn from: with small numbers withheld where
    /// they are.
    pub(crate) fn shown(&self, table: TableTwin) -> TableTwin {
        if !self.frame.withholds() {
            return table;
        }
        let caption = table.caption.clone();
        published::table(self.speech(), table).unwrap_or(TableTwin {
            caption,
            columns: Vec::new(),
            rows: Vec::new(),
            totals: Vec::new(),
            guard: Guard::Withheld,
        })
    }
}

/// What a condition of the frame is called.
pub(crate) fn label(speech: Speech, name: &str) -> String {
    speech.say(&format!("frame-{}", name.replace('_', "-")))
}

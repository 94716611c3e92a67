//! Everybody, by ledger: from facts as they come to who may be whom.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use homeward_events::catalogue::{Erasure, Lifecycle};
use homeward_events::consent::DataCategory;
use homeward_events::id::{EventId, JourneyId, LedgerId};
use homeward_events::time::RecordedAt;
use homeward_events::{Body, Event};
use homeward_journey::Journey;

use super::evidence::Judgement;
use super::index::{Entry, Index};
use super::look::{self, Shared};
use super::pairs::{Duplicate, Pair, Pairs, Words, pair};
use super::probe::Probe;
use super::rules::Rules;
use super::statement::Statement;

/// Whom somebody looks for.
#[derive(Debug, Clone)]
pub struct Search {
    /// As far as it is known.
    pub who: Statement,
    /// Most answers.
    pub limit: usize,
}

/// Somebody who may be the one looked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found {
    /// In which ledger.
    pub ledger: LedgerId,
    /// Which journey.
    pub journey: JourneyId,
    /// Why.
    pub judgement: Judgement,
    /// What the journey's facts say of who it is, each once.
    pub said: Vec<Arc<Statement>>,
    /// Other journeys that are linked with it as one human being.
    pub linked: Vec<JourneyId>,
}

/// What is known of one journey.
#[derive(Default)]
struct Known {
    said: BTreeMap<EventId, Arc<Statement>>,
    links: BTreeMap<EventId, (Pair, RecordedAt, bool)>,
    /// Facts that do not stand, or whose names were erased.
    struck: BTreeSet<EventId>,
}

/// The people of one ledger.
#[derive(Default)]
struct Folk {
    known: BTreeMap<JourneyId, Known>,
    index: Index,
    pairs: Pairs,
    words: Words,
    /// Journeys with a correction or an erasure: each fact more can change what stands.
    delicate: BTreeSet<JourneyId>,
    /// Those of them that were not looked into since they changed.
    unsettled: BTreeSet<JourneyId>,
    /// Journeys that were not compared with the others since they changed.
    uncompared: BTreeSet<JourneyId>,
}

/// What comparing some journeys with all others came to.
#[derive(Debug)]
pub struct Compared(Vec<(LedgerId, Vec<Alike>)>);

/// A journey, and whom of those that are compared it may be one human being with.
type Alike = (JourneyId, BTreeSet<JourneyId>);

/// Everybody, by ledger.
pub struct People {
    rules: Rules,
    folk: BTreeMap<LedgerId, Folk>,
}

impl std::fmt::Debug for People {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("People").finish_non_exhaustive()
    }
}

impl Known {
    /// What stands, each once, in an order that no arrival changes.
    fn standing(&self) -> Vec<&Arc<Statement>> {
        let said = self.said.iter();
        let mut said: Vec<&Arc<Statement>> = said
            .filter(|(event, _)| !self.struck.contains(event))
            .map(|(_, said)| said)
            .collect();
        said.sort_by_cached_key(|said| said.key());
        said.dedup();
        said
    }
}

impl People {
    /// Nobody yet.
    pub fn new(rules: Rules) -> Self {
        Self {
            rules,
            folk: BTreeMap::new(),
        }
    }

    /// By which rules people are compared.
    pub fn rules(&self) -> &Rules {
        &self.rules
    }

    /// Takes in an event, as it is in the log. Anything that says nothing of who somebody is changes
    /// nothing.
    pub fn take(&mut self, event: &Event) {
        if let Some(folk) = self.folk.get_mut(&event.ledger)
            && folk.delicate.contains(&event.journey)
        {
            folk.unsettled.insert(event.journey);
        }
        if let Some(said) = Statement::of(event) {
            folk_of(&mut self.folk, &event.ledger).hear(event, said, &self.rules);
            return;
        }
        let link = match &event.body {
            Body::Lifecycle(Lifecycle::Linked(body)) => Some((body.other, true)),
            Body::Lifecycle(Lifecycle::Unlinked(body)) => Some((body.other, false)),
            Body::Correction(_) | Body::Erasure(_) => {
                let folk = folk_of(&mut self.folk, &event.ledger);
                folk.delicate.insert(event.journey);
                folk.unsettled.insert(event.journey);
                return;
            }
            Body::Lifecycle(
                Lifecycle::Closed(_)
                | Lifecycle::Reopened(_)
                | Lifecycle::TransferProposed(_)
                | Lifecycle::Transferred(_)
                | Lifecycle::TransferDeclined(_)
                | Lifecycle::TransferWithdrawn(_)
                | Lifecycle::Related(_)
                | Lifecycle::Unrelated(_)
                | Lifecycle::Attached(_)
                | Lifecycle::Detached(_),
            )
            | Body::Notice(_)
            | Body::Reception(_)
            | Body::Screening(_)
            | Body::Consent(_)
            | Body::Assessment(_)
            | Body::Plan(_)
            | Body::Referral(_)
            | Body::Assistance(_)
            | Body::FollowUp(_)
            | Body::Status(_)
            | Body::Justice(_)
            | Body::Departure(_)
            | Body::Access(_)
            | Body::Cut(_)
            | Body::Directory(_) => None,
        };
        if let Some((other, linked)) = link.filter(|(other, _)| *other != event.journey) {
            let word = (pair(event.journey, other), event.recorded, linked);
            folk_of(&mut self.folk, &event.ledger).link(event, word);
        }
    }

    /// Journeys with a correction or an erasure that was not looked into yet: all facts of each are
    /// needed, see [`Self::settle`].
    pub fn unsettled(&self) -> Vec<(LedgerId, JourneyId)> {
        let folk = self.folk.iter();
        folk.flat_map(|(ledger, folk)| {
            let journeys = folk.unsettled.iter();
            journeys.map(|journey| (ledger.clone(), *journey))
        })
        .collect()
    }

    /// Whether each fact more of a journey can change what stands in it.
    pub fn is_delicate(&self, ledger: &LedgerId, journey: JourneyId) -> bool {
        let folk = self.folk.get(ledger);
        folk.is_some_and(|folk| folk.delicate.contains(&journey))
    }

    /// Looks into corrections and erasures of a journey: `facts` are all that its ledger holds of it.
    pub fn settle(&mut self, ledger: &LedgerId, journey: JourneyId, facts: &[Event]) {
        let Some(folk) = self.folk.get_mut(ledger) else {
            return;
        };
        folk.unsettled.remove(&journey);
        let struck = struck(journey, facts);
        folk.strike(journey, struck, &self.rules);
    }

    /// Compares some journeys that changed with all others; how many are left.
    pub fn compare(&mut self, journeys_max: usize) -> usize {
        let compared = self.compared(journeys_max);
        self.note_compared(compared)
    }

    /// Compares some journeys that changed with all others, each pair once: with those that are not
    /// compared yet when it is their turn. Only reads, so that others may read meanwhile; nobody may
    /// change anything until it is told in [`Self::note_compared`].
    pub fn compared(&self, journeys_max: usize) -> Compared {
        let mut left = journeys_max;
        let mut compared = Compared(Vec::new());
        for (ledger, folk) in &self.folk {
            let turn = folk.uncompared.iter().take(left);
            let alike = folk.compare(turn.copied(), &self.rules);
            left = left.saturating_sub(alike.len());
            compared.0.push((ledger.clone(), alike));
        }
        compared
    }

    /// From now on, these are compared; how many are left.
    pub fn note_compared(&mut self, compared: Compared) -> usize {
        for (ledger, alike) in compared.0 {
            let folk = folk_of(&mut self.folk, &ledger);
            for (journey, others) in alike {
                folk.note_compared(journey, others);
            }
        }
        self.folk.values().map(|folk| folk.uncompared.len()).sum()
    }

    /// How many journeys say who they are.
    pub fn count(&self, opens: &dyn Fn(&LedgerId) -> bool) -> usize {
        let folk = self.folk.iter().filter(|(ledger, _)| opens(ledger));
        folk.map(|(_, folk)| folk.index.len()).sum()
    }

    /// Whether a word is part of anybody's name.
    pub fn knows_word(&self, word: &str) -> bool {
        let word = super::words::joined(word);
        let mut folk = self.folk.values();
        folk.any(|folk| folk.index.texts().any(|text| text == word))
    }

    /// Who may be the one looked for, the likeliest first; in ledgers that `opens` says.
    pub fn search(&self, search: &Search, opens: &dyn Fn(&LedgerId) -> bool) -> Vec<Found> {
        let folk = self.folk.iter().filter(|(ledger, _)| opens(ledger));
        let asked = folk.map(|(ledger, folk)| {
            let probe = folk.index.probe(&[&search.who], &self.rules);
            (ledger, (folk, probe))
        });
        let asked: BTreeMap<&LedgerId, (&Folk, Probe)> = asked.collect();
        let mut found = Vec::new();
        for (ledger, (folk, probe)) in &asked {
            let likely = look::search(&folk.index, probe, search.limit, &self.rules);
            let likely = likely.into_iter();
            found.extend(likely.map(|(score, journey)| (Reverse(score), *ledger, journey)));
        }
        found.sort_unstable();
        found.truncate(search.limit);
        let found = found.into_iter().filter_map(|(_, ledger, journey)| {
            let (folk, probe) = asked.get(ledger)?;
            let mut linked = folk.words.person(journey);
            linked.remove(&journey);
            Some(Found {
                ledger: ledger.clone(),
                journey,
                judgement: folk.index.judge(probe, journey, &self.rules)?,
                said: folk.said(journey),
                linked: linked.into_iter().collect(),
            })
        });
        found.collect()
    }

    /// Pairs that may be one human being, and that nobody has linked or told apart: in order, after
    /// one of them, in ledgers that `opens` says.
    pub fn duplicates(
        &self,
        opens: &dyn Fn(&LedgerId) -> bool,
        after: Option<&(LedgerId, JourneyId, JourneyId)>,
        limit: usize,
    ) -> Vec<Duplicate> {
        let mut found = Vec::new();
        for (ledger, folk) in self.folk.iter().filter(|(ledger, _)| opens(ledger)) {
            let after = match after {
                Some((at, ..)) if ledger < at => continue,
                Some((at, one, other)) if ledger == at => Some((*one, *other)),
                Some(_) | None => None,
            };
            let open = folk.open(folk.pairs.after(after));
            let left = limit.saturating_sub(found.len());
            found.extend(
                open.take(left)
                    .map(|pair| folk.duplicate(ledger, pair, &self.rules)),
            );
        }
        found
    }

    /// How many pairs there are, see [`Self::duplicates`].
    pub fn count_duplicates(&self, opens: &dyn Fn(&LedgerId) -> bool) -> usize {
        let folk = self.folk.iter().filter(|(ledger, _)| opens(ledger));
        folk.map(|(_, folk)| folk.open(folk.pairs.after(None)).count())
            .sum()
    }

    /// Those of one journey, see [`Self::duplicates`].
    pub fn duplicates_of(
        &self,
        journey: JourneyId,
        opens: &dyn Fn(&LedgerId) -> bool,
    ) -> Vec<Duplicate> {
        let folk = self.folk.iter().filter(|(ledger, _)| opens(ledger));
        folk.flat_map(|(ledger, folk)| {
            let open = folk.open(folk.pairs.of(journey));
            open.map(|pair| folk.duplicate(ledger, pair, &self.rules))
        })
        .collect()
    }

    /// Whether a journey says who it is, in ledgers that `opens` says.
    pub fn knows(&self, journey: JourneyId, opens: &dyn Fn(&LedgerId) -> bool) -> bool {
        let mut folk = self.folk.iter().filter(|(ledger, _)| opens(ledger));
        folk.any(|(_, folk)| !folk.said(journey).is_empty())
    }

    /// What the facts of a journey say of who it is, each once.
    pub fn said(&self, ledger: &LedgerId, journey: JourneyId) -> Vec<Arc<Statement>> {
        let folk = self.folk.get(ledger);
        folk.map(|folk| folk.said(journey)).unwrap_or_default()
    }
}

fn folk_of<'p>(folk: &'p mut BTreeMap<LedgerId, Folk>, ledger: &LedgerId) -> &'p mut Folk {
    // Ledgers are few, and a name is copied at most once an event that names somebody.
    folk.entry(ledger.clone()).or_default()
}

impl Folk {
    fn hear(&mut self, event: &Event, said: Statement, rules: &Rules) {
        let known = self.known.entry(event.journey).or_default();
        match known.said.get(&event.id) {
            // Two facts under one id cannot come through the border; should they be there all the
            // same, arrival does not choose.
            Some(there) if there.key() <= said.key() => return,
            Some(_) | None => {}
        }
        // What another fact says alike is kept once.
        let alike = known.said.values().find(|known| ***known == said).cloned();
        known
            .said
            .insert(event.id, alike.unwrap_or_else(|| Arc::new(said)));
        self.describe(event.journey, rules);
    }

    fn link(&mut self, event: &Event, link: (Pair, RecordedAt, bool)) {
        let known = self.known.entry(event.journey).or_default();
        known.links.insert(event.id, link);
        if !known.struck.contains(&event.id) {
            let (pair, recorded, linked) = link;
            self.words.note(pair, (recorded, event.id, linked));
        }
    }

    fn strike(&mut self, journey: JourneyId, struck: BTreeSet<EventId>, rules: &Rules) {
        let known = self.known.entry(journey).or_default();
        known.struck = struck;
        for (event, (pair, recorded, linked)) in &known.links {
            let word = (*recorded, *event, *linked);
            if known.struck.contains(event) {
                self.words.strike(*pair, word);
            } else {
                self.words.note(*pair, word);
            }
        }
        self.describe(journey, rules);
    }

    fn describe(&mut self, journey: JourneyId, rules: &Rules) {
        let standing = self.known.get(&journey).map(Known::standing);
        let said: Vec<&Statement> = standing.iter().flatten().map(|said| &***said).collect();
        self.index.set(journey, &said, rules);
        self.uncompared.insert(journey);
    }

    fn compare(&self, turn: impl Iterator<Item = JourneyId>, rules: &Rules) -> Vec<Alike> {
        let mut shared = Shared::default();
        // Who is compared since this began, by place.
        let mut done = vec![false; self.index.places()];
        turn.map(|journey| {
            let standing = self.known.get(&journey).map(Known::standing);
            let said: Vec<&Statement> = standing.iter().flatten().map(|said| &***said).collect();
            let probe = self.index.probe(&said, rules);
            let among = |slot: usize, entry: &Entry| {
                entry.compared || done.get(slot).is_some_and(|done| *done)
            };
            let others = look::duplicates(&self.index, &probe, &among, &mut shared, rules);
            let slot = self.index.slot(journey);
            if let Some(done) = slot.and_then(|slot| done.get_mut(slot)) {
                *done = true;
            }
            (journey, others)
        })
        .collect()
    }

    fn note_compared(&mut self, journey: JourneyId, mut others: BTreeSet<JourneyId>) {
        self.uncompared.remove(&journey);
        self.index.note_compared(journey);
        // What was found with those whose turn is still to come stands until then.
        let before = self.pairs.others(journey);
        others.extend(before.filter(|other| self.uncompared.contains(other)));
        self.pairs.set(journey, others);
    }

    /// The pairs that nobody has linked, directly or through others, or told apart.
    fn open(&self, pairs: impl Iterator<Item = Pair>) -> impl Iterator<Item = Pair> {
        pairs.filter(move |pair| {
            !self.words.told_apart(*pair) && !self.words.person(pair.0).contains(&pair.1)
        })
    }

    fn duplicate(&self, ledger: &LedgerId, (journey, other): Pair, rules: &Rules) -> Duplicate {
        let standing = self.known.get(&journey).map(Known::standing);
        let said: Vec<&Statement> = standing.iter().flatten().map(|said| &***said).collect();
        let probe = self.index.probe(&said, rules);
        Duplicate {
            ledger: ledger.clone(),
            journey,
            other,
            judgement: self.index.judge(&probe, other, rules).unwrap_or_default(),
        }
    }

    fn said(&self, journey: JourneyId) -> Vec<Arc<Statement>> {
        let known = self.known.get(&journey);
        known
            .map(|known| known.standing().into_iter().cloned().collect())
            .unwrap_or_default()
    }
}

/// Facts of a journey that do not stand, or whose names were erased.
fn struck(journey: JourneyId, facts: &[Event]) -> BTreeSet<EventId> {
    let told = Journey::from_facts(journey, facts);
    let mut struck: BTreeSet<EventId> = told.struck.iter().map(|(event, _)| event.id).collect();
    let mut requested = BTreeMap::new();
    for event in &told.facts {
        if let Body::Erasure(Erasure::Requested(body)) = &event.body {
            requested.insert(body.request, &body.categories);
        }
    }
    for erasure in &told.facts {
        let Body::Erasure(Erasure::Completed(body)) = &erasure.body else {
            continue;
        };
        let names = requested.get(&body.request).is_none_or(|categories| {
            categories.is_empty() || categories.contains(&DataCategory::Identity)
        });
        if names {
            let before = |event: &&Event| event.recorded <= erasure.recorded;
            struck.extend(facts.iter().filter(before).map(|event| event.id));
        }
    }
    struck
}

//! Intake: the one way into the log, whichever door a publisher came through.
//!
//! A commit is decoded, checked against the key, decided on against the journey's facts, and
//! appended with the sequence that the decision rests on. Whoever loses a race reads again and
//! decides again. What is refused is kept with its reason in the dead-letter stream.

mod try_out;

mod named;

use std::borrow::Cow;
use std::num::NonZeroUsize;
use std::sync::{Arc, Mutex, PoisonError};

use bytes::Bytes;
use homeward_events::codec::{self, Code, DecodeError, Defaults};
use homeward_events::id::{AgencyId, CommitId, EventId, JourneyId, LedgerId};
use homeward_events::time::RecordedAt;
use homeward_events::{Body, Event};
use homeward_journey::{Decision, decide};
use homeward_ledger::{
    AppendError, Appended, Appender, Attachments, DeadLetter, NewCommit, Reader, clock,
};
use lru::LruCache;

use crate::authority::as_far_as_the_key_goes;
use crate::keys::Key;
use crate::outcome::{
    Accepted, Failed, Outcome, Reason, Refused, failed_append, failed_read, refused,
    refused_by_rules, reused, status_of, unavailable,
};

/// Journeys whose facts are kept at hand. A stale one costs a lost race, never a wrong answer:
/// every append names the sequence that it rests on.
const JOURNEYS_AT_HAND: NonZeroUsize = NonZeroUsize::new(8192).unwrap();

/// How often a commit that lost a race is decided again.
const RACES_MAX: usize = 3;

/// A commit as a publisher offers it.
#[derive(Debug, Clone)]
pub(crate) struct Offer {
    /// The commit's id, if the publisher chose one.
    pub id: Option<CommitId>,
    /// The events: a JSON array, exactly as it came, and checked as JSON.
    pub events: Bytes,
}

/// What is known of a journey: its facts and where they lie.
#[derive(Debug, Default, Clone)]
struct History {
    events: Vec<Event>,
    /// Where each event lies.
    places: Vec<(EventId, u64)>,
    commits: Vec<(CommitId, u64)>,
    last_sequence: u64,
}

/// The border.
#[derive(Clone)]
pub(crate) struct Intake {
    appender: Appender,
    reader: Reader,
    attachments: Attachments,
    at_hand: Arc<AtHand>,
}

/// The histories of the journeys that moved last, held for moments.
struct AtHand(Mutex<LruCache<(LedgerId, JourneyId), Arc<History>>>);

impl AtHand {
    fn get(&self, place: &(LedgerId, JourneyId)) -> Option<Arc<History>> {
        self.lock().get(place).cloned()
    }

    fn put(&self, place: (LedgerId, JourneyId), history: Arc<History>) {
        // What it replaces, or what had to go, ends when the lock is free again.
        let _gone = self.lock().push(place, history);
    }

    fn remove(&self, place: &(LedgerId, JourneyId)) {
        let _gone = self.lock().pop(place);
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, LruCache<(LedgerId, JourneyId), Arc<History>>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Intake {
    /// A border before a log.
    pub(crate) fn new(appender: Appender, reader: Reader, attachments: Attachments) -> Self {
        Self {
            appender,
            reader,
            attachments,
            at_hand: Arc::new(AtHand(Mutex::new(LruCache::new(JOURNEYS_AT_HAND)))),
        }
    }

    /// Takes a commit in, or says why not. `door` is `http` or `nats`.
    pub(crate) async fn take(&self, key: &Key, door: &'static str, offer: &Offer) -> Outcome {
        let outcome = match self.admit(key, offer) {
            Ok(events) => match self.check_what_is_named(&events).await {
                Ok(()) => self.append(key, offer.id, events).await,
                Err(outcome) => outcome,
            },
            Err(refused) => Outcome::Refused(refused),
        };
        match outcome {
            Outcome::Refused(refused) => {
                Outcome::Refused(self.keep(key, door, &offer.events, refused).await)
            }
            Outcome::Accepted(_) | Outcome::Failed(_) => outcome,
        }
    }

    /// Keeps bytes that were refused before they could become an offer.
    pub(crate) async fn keep(
        &self,
        key: &Key,
        door: &'static str,
        bytes: &Bytes,
        mut refused: Refused,
    ) -> Refused {
        metrics::counter!("homeward_commits_refused_total", "code" => refused.code.clone())
            .increment(1);
        let reason = refused
            .errors
            .iter()
            .map(Reason::to_string)
            .collect::<Vec<_>>()
            .join("; ");
        let letter = DeadLetter {
            ledger: None,
            publisher: key.id.clone(),
            door,
            code: refused.code.clone(),
            reason,
            bytes: bytes.clone(),
        };
        match self.appender.refuse(letter).await {
            Ok(sequence) => refused.dead_letter = Some(sequence),
            Err(error) => tracing::error!(key = key.id, %error, "refused bytes could not be kept"),
        }
        tracing::info!(
            key = key.id,
            door,
            code = refused.code,
            dead_letter = refused.dead_letter,
            "commit refused"
        );
        refused
    }

    /// What can be said without looking into the log.
    fn admit(&self, key: &Key, offer: &Offer) -> Result<Vec<Event>, Refused> {
        let defaults = Defaults {
            recorded: RecordedAt(clock::now()),
            agency: key.agencies.first().cloned(),
            actor: None,
        };
        let events = codec::decode_checked_commit(&offer.events, &defaults).map_err(|errors| {
            let code = errors.first().map_or(Code::NotJson, |error| error.code);
            refused(
                status_of(code),
                errors.into_iter().map(Reason::from).collect(),
            )
        })?;
        for (index, event) in events.iter().enumerate() {
            let reason = |field: &str, code: &str, message: String| Reason {
                index,
                event_type: Some(event.body.event_type().name.to_owned()),
                field: field.to_owned(),
                code: code.to_owned(),
                message,
            };
            if !key.may_use(&event.ledger) {
                let message = format!("this key may not write to ledger {}", event.ledger);
                return Err(refused(
                    403,
                    vec![reason("/ledger", "ledger-forbidden", message)],
                ));
            }
            if !self.reader.ledgers().contains(&event.ledger) {
                let message = format!("no ledger {} is kept here", event.ledger);
                return Err(refused(
                    404,
                    vec![reason("/ledger", "ledger-unknown", message)],
                ));
            }
            if !key.speaks_for(&event.agency) {
                let message = format!("this key may not write for agency {}", event.agency);
                return Err(refused(
                    403,
                    vec![reason("/agency", "agency-forbidden", message)],
                ));
            }
        }
        Ok(events)
    }

    async fn append(&self, key: &Key, id: Option<CommitId>, events: Vec<Event>) -> Outcome {
        let Some(first) = events.first() else {
            return Outcome::Failed(unavailable("a commit without events was admitted"));
        };
        let (ledger, journey) = (first.ledger.clone(), first.journey);
        let place = (ledger.clone(), journey);
        // A journey that is not at hand and begins here is most likely new: nothing is read for it,
        // and a wrong guess only loses the first race.
        let begins = matches!(first.body, Body::Notice(_) | Body::Reception(_));
        let mut history = match self.at_hand.get(&place) {
            Some(history) => history,
            None if begins => Arc::default(),
            None => match self.read(&ledger, journey).await {
                Ok(history) => history,
                Err(failed) => return Outcome::Failed(failed),
            },
        };
        let judged = as_far_as_the_key_goes(key, &events);
        let mut fresh = false;
        for _ in 0..=RACES_MAX {
            let new = match decide(journey, &history.events, &judged) {
                Decision::NothingNew => return known(&history, id, &events, ledger, journey),
                Decision::Append(new) => new,
                Decision::Refuse(refusals) if fresh => {
                    return Outcome::Refused(refused_by_rules(&refusals, &events));
                }
                // What is at hand may be stale, or guessed: nobody is refused on the strength of it.
                Decision::Refuse(_) => match self.read(&ledger, journey).await {
                    Ok(read) => {
                        (history, fresh) = (read, true);
                        continue;
                    }
                    Err(failed) => return Outcome::Failed(failed),
                },
            };
            let new = if new.len() == events.len() {
                Cow::Borrowed(events.as_slice())
            } else {
                Cow::Owned(
                    new.iter()
                        .filter_map(|at| events.get(*at).cloned())
                        .collect(),
                )
            };
            let commit = match commit_id(&history, id, &new) {
                Ok(commit) => commit,
                Err(refused) => return Outcome::Refused(refused),
            };
            let offered = match offered(&place, commit, &new) {
                Ok(offered) => offered,
                Err(failed) => return Outcome::Failed(failed),
            };
            match self.appender.append(&offered, history.last_sequence).await {
                Ok(appended) => {
                    let new = match new {
                        Cow::Borrowed(_) => events,
                        Cow::Owned(new) => new,
                    };
                    return self.accepted(place, history, commit, new, appended);
                }
                Err(AppendError::Conflict { .. }) => match self.read(&ledger, journey).await {
                    Ok(read) => (history, fresh) = (read, true),
                    Err(failed) => return Outcome::Failed(failed),
                },
                Err(error) => return failed_append(&error, commit),
            }
        }
        Outcome::Failed(Failed {
            status: 503,
            code: "journey-busy",
            message: format!("journey {journey} is being written to by others"),
        })
    }

    /// Notes what is in the log now, and answers the publisher.
    fn accepted(
        &self,
        place: (LedgerId, JourneyId),
        history: Arc<History>,
        commit: CommitId,
        new: Vec<Event>,
        appended: Appended,
    ) -> Outcome {
        // What was at hand is out of date; taken out, it can be added to without a copy. Where it
        // was there already, what lies there came from an earlier try, perhaps among commits of
        // others.
        self.at_hand.remove(&place);
        let (sequence, known) = match appended {
            Appended::New { sequence } => (sequence, false),
            Appended::Already { sequence } => (sequence, true),
        };
        let (ledger, journey) = place.clone();
        if !known {
            let mut history = Arc::unwrap_or_clone(history);
            history.extend(commit, sequence, new);
            self.at_hand.put(place, Arc::new(history));
        }
        metrics::counter!("homeward_commits_accepted_total", "ledger" => ledger.to_string())
            .increment(1);
        tracing::debug!(%ledger, %journey, sequence, "commit accepted");
        Outcome::Accepted(Accepted {
            commit,
            ledger,
            journey,
            sequence,
            known,
        })
    }

    /// Everything in the log about a journey, read from it now; nothing if it is not known, or its ledger
    /// is not kept here.
    pub(crate) async fn facts(
        &self,
        ledger: &LedgerId,
        journey: JourneyId,
    ) -> Result<Vec<Event>, Failed> {
        if !self.reader.ledgers().contains(ledger) {
            return Ok(Vec::new());
        }
        Ok(self.read(ledger, journey).await?.events.clone())
    }

    /// Where events of a journey lie, and for whom they were written; `None` for one that is not in.
    ///
    /// # Errors
    /// The log cannot be read.
    pub(crate) async fn find(
        &self,
        ledger: &LedgerId,
        journey: JourneyId,
        events: &[EventId],
    ) -> Result<Vec<Option<(u64, AgencyId)>>, Failed> {
        let at_hand = self.at_hand.get(&(ledger.clone(), journey));
        if let Some(found) = at_hand.map(|history| history.find(events))
            && found.iter().all(Option::is_some)
        {
            return Ok(found);
        }
        Ok(self.read(ledger, journey).await?.find(events))
    }

    async fn read(&self, ledger: &LedgerId, journey: JourneyId) -> Result<Arc<History>, Failed> {
        let commits = self
            .reader
            .journey(ledger, journey)
            .await
            .map_err(|error| failed_read(&error))?;
        let mut history = History::default();
        for stored in commits {
            let unreadable = |error: DecodeError| Failed {
                status: 503,
                code: "journey-unreadable",
                message: format!(
                    "journey {journey} holds an event that this version cannot read, at sequence {}: {error}",
                    stored.sequence
                ),
            };
            let mut events = Vec::new();
            for piece in codec::split(&stored.payload).map_err(unreadable)? {
                events.push(codec::decode_event(piece.get(), None).map_err(unreadable)?);
            }
            history.extend(stored.commit, stored.sequence, events);
        }
        let history = Arc::new(history);
        self.at_hand
            .put((ledger.clone(), journey), Arc::clone(&history));
        Ok(history)
    }
}

impl History {
    fn find(&self, events: &[EventId]) -> Vec<Option<(u64, AgencyId)>> {
        let place = |id: &EventId| {
            let (_, sequence) = self.places.iter().find(|(known, _)| known == id)?;
            let event = self.events.iter().find(|event| event.id == *id)?;
            Some((*sequence, event.agency.clone()))
        };
        events.iter().map(place).collect()
    }

    fn extend(&mut self, commit: CommitId, sequence: u64, events: Vec<Event>) {
        self.places
            .extend(events.iter().map(|event| (event.id, sequence)));
        self.events.extend(events);
        self.commits.push((commit, sequence));
        self.last_sequence = sequence;
    }
}

/// The commit as the log takes it: its bytes are decided here, once.
fn offered(
    (ledger, journey): &(LedgerId, JourneyId),
    id: CommitId,
    new: &[Event],
) -> Result<NewCommit, Failed> {
    let payload = codec::encode_commit(new).map_err(|error| unavailable(&error.to_string()))?;
    Ok(NewCommit {
        ledger: ledger.clone(),
        journey: *journey,
        id,
        payload: Bytes::from(payload),
    })
}

/// The id under which new events are appended. Without one of the publisher's, the first new event
/// gives it, so that a retry finds it again and a longer retry does not.
fn commit_id(
    history: &History,
    chosen: Option<CommitId>,
    new: &[Event],
) -> Result<CommitId, Refused> {
    let Some(chosen) = chosen else {
        let first = new.first().map(|event| *event.id.as_uuid());
        return Ok(CommitId::from_uuid(first.unwrap_or_default()));
    };
    if history.commits.iter().any(|(commit, _)| *commit == chosen) {
        return Err(reused(chosen));
    }
    Ok(chosen)
}

/// The answer to an offer whose events are all known: the answer of the first time.
fn known(
    history: &History,
    id: Option<CommitId>,
    events: &[Event],
    ledger: LedgerId,
    journey: JourneyId,
) -> Outcome {
    let place = |event: &Event| {
        history
            .places
            .iter()
            .find(|(known, _)| *known == event.id)
            .map(|(_, sequence)| *sequence)
    };
    let sequence = events.iter().filter_map(place).max().unwrap_or_default();
    let stored = history
        .commits
        .iter()
        .find(|(_, at)| *at == sequence)
        .map(|(commit, _)| *commit);
    let commit = id
        .or(stored)
        .unwrap_or(CommitId::from_uuid(uuid::Uuid::nil()));
    Outcome::Accepted(Accepted {
        commit,
        ledger,
        journey,
        sequence,
        known: true,
    })
}

//! `POST /v1/people/search`, `GET /v1/people/duplicates`, `GET /v1/journeys/{journey}/duplicates`: who
//! somebody may be. A finding for people to judge; nothing here links anybody.
//!
//! A search is a body, because names do not belong in addresses, which are logged on the way.

use std::collections::BTreeMap;
use std::time::Instant;

use axum::Json;
use axum::body::Bytes;
use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use homeward_events::id::{JourneyId, LedgerId};
use homeward_events::place::CountryCode;
use homeward_events::sealed::{Identity, Sensitive};
use homeward_events::time::OccurredOn;
use homeward_events::vocabulary::Sex;
use homeward_projections::identity::{
    Duplicate, Evidence, Found, Judgement, People, Search, Statement,
};
use homeward_projector::{NotRead, PeopleAsOf};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::answer::{AT_LEAST_WAIT, AsOfFooter, LedgerPosition, aside};
use crate::asked::Asked;
use crate::gate::{CaseWorker, Gate};
use crate::keys::Key;
use crate::problem::Problem;

/// Candidates of a search, unless asked otherwise.
const CANDIDATES: usize = 20;
/// Most of them: who needs more has to say more of whom they look for.
const CANDIDATES_MAX: usize = 100;
/// Names that a search or a person may have of one kind.
const NAMES_MAX: usize = 8;
/// Longest name, in bytes.
const NAME_BYTES_MAX: usize = 200;

/// Whom to look for, as far as it is known.
#[derive(Debug, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, default)]
pub(crate) struct PeopleSearch {
    /// Given names, each possibly partial or an initial.
    #[schema(value_type = Vec<String>)]
    pub(crate) given_names: Vec<Sensitive>,
    /// One or two surnames.
    #[schema(value_type = Vec<String>)]
    pub(crate) surnames: Vec<Sensitive>,
    /// Nicknames and aliases.
    #[schema(value_type = Vec<String>)]
    pub(crate) also_known_as: Vec<Sensitive>,
    /// Birth date as precisely as it is known: 1985, 1985-03, 1985-03-04.
    #[schema(value_type = Option<String>)]
    pub(crate) born_on: Option<OccurredOn>,
    /// Document numbers by kind.
    #[schema(value_type = BTreeMap<String, String>)]
    pub(crate) documents: BTreeMap<String, Sensitive>,
    /// Mother's name.
    #[schema(value_type = Option<String>)]
    pub(crate) mother_name: Option<Sensitive>,
    /// Sex.
    #[schema(value_type = Option<String>)]
    pub(crate) sex: Option<Sex>,
    /// Country that sends the person back.
    #[schema(value_type = Option<String>)]
    pub(crate) sending_country: Option<CountryCode>,
    /// Only in these ledgers; empty for every ledger that the key opens.
    #[schema(value_type = Vec<String>)]
    pub(crate) ledgers: Vec<LedgerId>,
    /// Most candidates, 1 to 100; 20 when absent.
    pub(crate) limit: Option<usize>,
}

/// Up to where people were looked for, and by which rules.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct ByRules {
    /// The weights that records were compared by.
    pub(crate) rules: String,
    /// From this score on, in hundredths of a bit, two records are a possible duplicate.
    pub(crate) threshold: i32,
    pub(crate) as_of: AsOfFooter,
}

/// Who may be the one looked for.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Candidates {
    /// The likeliest first.
    pub(crate) candidates: Vec<Candidate>,
    #[serde(flatten)]
    pub(crate) by: ByRules,
}

/// Somebody who may be the one looked for.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Candidate {
    /// In which ledger.
    pub(crate) ledger: String,
    /// Which journey.
    pub(crate) journey: String,
    /// Whether the score reaches the threshold.
    pub(crate) likely: bool,
    #[serde(flatten)]
    pub(crate) weighed: Weighed,
    /// What the journey's facts say of who it is.
    pub(crate) said: Vec<Said>,
    /// Other journeys that are linked with it as one human being.
    pub(crate) linked: Vec<String>,
}

/// A score, and what it is made of.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Weighed {
    /// The sum of all weights, in hundredths of a bit.
    pub(crate) score: i32,
    /// What was compared, how it compares, and what that weighs.
    pub(crate) evidence: Vec<Compared>,
}

/// One comparison.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Compared {
    /// `given-names`, `surnames`, `born`, `document`, ...
    pub(crate) field: &'static str,
    /// `same`, `nickname`, `slip`, `day-month-swapped`, `differ`, ...
    pub(crate) how: &'static str,
    /// In hundredths of a bit; below 0 where it speaks against.
    pub(crate) weight: i32,
}

/// Who somebody is, as one fact says. Document numbers are compared and never shown.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Said {
    #[schema(value_type = Vec<String>)]
    pub(crate) given_names: Vec<Sensitive>,
    #[schema(value_type = Vec<String>)]
    pub(crate) surnames: Vec<Sensitive>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[schema(value_type = Vec<String>)]
    pub(crate) also_known_as: Vec<Sensitive>,
    #[schema(value_type = Option<String>)]
    pub(crate) born_on: Option<OccurredOn>,
    /// Kinds of documents.
    pub(crate) documents: Vec<String>,
    #[schema(value_type = Option<String>)]
    pub(crate) mother_name: Option<Sensitive>,
    #[schema(value_type = Option<String>)]
    pub(crate) sex: Option<Sex>,
    #[schema(value_type = Option<String>)]
    pub(crate) sending_country: Option<CountryCode>,
}

/// Pairs of journeys that may be one human being.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct DuplicatePage {
    /// Pairs that nobody has linked or told apart.
    pub(crate) duplicates: Vec<PossibleDuplicate>,
    /// Where the next page begins: give it back as `after`. Absent on the last page.
    pub(crate) next: Option<String>,
    #[serde(flatten)]
    pub(crate) by: ByRules,
}

/// Two journeys that may be one human being.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct PossibleDuplicate {
    /// Their ledger.
    pub(crate) ledger: String,
    /// One.
    pub(crate) journey: String,
    /// The other.
    pub(crate) other: String,
    #[serde(flatten)]
    pub(crate) weighed: Weighed,
    /// Who the one is.
    pub(crate) said: Vec<Said>,
    /// Who the other is.
    pub(crate) other_said: Vec<Said>,
}

impl From<Judgement> for Weighed {
    fn from(judgement: Judgement) -> Self {
        let compared = |evidence: Evidence| Compared {
            field: evidence.field.as_str(),
            how: evidence.how.as_str(),
            weight: evidence.weight,
        };
        Self {
            score: judgement.score,
            evidence: judgement.evidence.into_iter().map(compared).collect(),
        }
    }
}

impl From<&Statement> for Said {
    fn from(said: &Statement) -> Self {
        let identity = said.identity.clone();
        Self {
            given_names: identity.given_names,
            surnames: identity.surnames,
            also_known_as: identity.also_known_as,
            born_on: identity.born_on,
            documents: identity.documents.into_keys().collect(),
            mother_name: identity.mother_name,
            sex: said.sex,
            sending_country: said.sending_country.clone(),
        }
    }
}

impl Candidate {
    fn of(found: Found, threshold: i32) -> Self {
        Self {
            ledger: found.ledger.to_string(),
            journey: found.journey.to_string(),
            likely: found.judgement.score >= threshold,
            weighed: found.judgement.into(),
            said: found.said.iter().map(|said| Said::from(&**said)).collect(),
            linked: found.linked.iter().map(ToString::to_string).collect(),
        }
    }
}

impl PossibleDuplicate {
    fn of(found: Duplicate, people: &People) -> Self {
        let said = |journey: JourneyId| {
            let said = people.said(&found.ledger, journey);
            said.iter().map(|said| Said::from(&**said)).collect()
        };
        Self {
            said: said(found.journey),
            other_said: said(found.other),
            ledger: found.ledger.to_string(),
            journey: found.journey.to_string(),
            other: found.other.to_string(),
            weighed: found.judgement.into(),
        }
    }
}

impl ByRules {
    fn of((rules, threshold): (String, i32), as_of: &PeopleAsOf, key: &Key) -> Self {
        let heads = as_of.heads.iter().filter(|(ledger, _)| key.may_use(ledger));
        let ledgers: BTreeMap<String, LedgerPosition> = heads
            .map(|(ledger, head)| {
                let sequence = as_of.watermark.sequence(ledger);
                let head = *head;
                (ledger.to_string(), LedgerPosition { sequence, head })
            })
            .collect();
        let lag_commits = ledgers.values().map(|at| at.head - at.sequence).sum();
        Self {
            rules,
            threshold,
            as_of: AsOfFooter {
                ledgers,
                lag_commits,
                current: lag_commits == 0,
                not_current: (lag_commits > 0).then(|| format!("{lag_commits} commits behind")),
            },
        }
    }
}

impl From<NotRead> for Problem {
    fn from(why: NotRead) -> Self {
        let code = match why {
            NotRead::Reading { .. } | NotRead::Comparing { .. } | NotRead::Trouble(_) => {
                "people-not-ready"
            }
            NotRead::Behind { .. } => "still-behind",
        };
        Self::new(StatusCode::SERVICE_UNAVAILABLE, code, why.to_string())
    }
}

impl PeopleSearch {
    /// Reads a body. What is wrong with it is said without quoting it: it holds names.
    fn read(body: &[u8]) -> Result<Self, Problem> {
        let refused = |field: &str, why: &str| {
            let detail = format!("`{field}`: {why}");
            Problem::new(StatusCode::BAD_REQUEST, "body-invalid", detail)
        };
        let mut reader = serde_json::Deserializer::from_slice(body);
        let read: Result<Self, _> = serde_path_to_error::deserialize(&mut reader);
        let search = read.map_err(|error| {
            let field: String = error.path().to_string().chars().take(64).collect();
            refused(&field, "unknown, or not a value of its kind")
        })?;
        let lists = [
            ("given_names", &search.given_names),
            ("surnames", &search.surnames),
            ("also_known_as", &search.also_known_as),
        ];
        for (field, names) in lists {
            let long = |name: &Sensitive| name.reveal().len() > NAME_BYTES_MAX;
            if names.len() > NAMES_MAX || names.iter().any(long) {
                let why = format!("at most {NAMES_MAX}, of {NAME_BYTES_MAX} bytes each");
                return Err(refused(field, &why));
            }
        }
        if search.documents.len() > NAMES_MAX {
            return Err(refused("documents", &format!("at most {NAMES_MAX}")));
        }
        let names = lists.iter().all(|(_, names)| names.is_empty());
        if names && search.documents.is_empty() && search.mother_name.is_none() {
            return Err(refused(
                "surnames",
                "say a name or a document of whom you look for",
            ));
        }
        if !(1..=CANDIDATES_MAX).contains(&search.limit.unwrap_or(CANDIDATES)) {
            return Err(refused("limit", &format!("expected 1 to {CANDIDATES_MAX}")));
        }
        Ok(search)
    }

    fn search(self) -> (Search, Vec<LedgerId>) {
        let limit = self.limit.unwrap_or(CANDIDATES);
        let who = Statement {
            identity: Identity {
                given_names: self.given_names,
                surnames: self.surnames,
                also_known_as: self.also_known_as,
                born_on: self.born_on,
                documents: self.documents,
                mother_name: self.mother_name,
            },
            sex: self.sex,
            sending_country: self.sending_country,
        };
        (Search { who, limit }, self.ledgers)
    }
}

async fn wait(gate: &Gate, asked: &mut Asked) -> Result<(), Problem> {
    for (ledger, sequence) in asked.at_least()? {
        let waiting = gate.people.wait_for(&ledger, sequence, AT_LEAST_WAIT);
        waiting.await?;
    }
    Ok(())
}

fn rules(people: &People) -> (String, i32) {
    (people.rules().id(), people.rules().threshold())
}

/// Search people by name, birth date and documents, however they are written. Needs a key that may see
/// who people are; nothing of the search is logged but how many were found.
#[utoipa::path(
    post, path = "/v1/people/search", tag = "people",
    params(("at_least" = Option<Vec<String>>, Query, description = "wait until the answer knows ledger:sequence")),
    request_body = PeopleSearch,
    responses((status = 200, body = Candidates), (status = "4XX", body = Problem), (status = 503, body = Problem)),
    security(("key" = []))
)]
pub(crate) async fn search(
    State(gate): State<Gate>,
    CaseWorker(key): CaseWorker,
    Query(pairs): Query<Vec<(String, String)>>,
    body: Bytes,
) -> Result<Json<Candidates>, Problem> {
    let mut asked = Asked::new(pairs);
    let (search, ledgers) = PeopleSearch::read(&body)?.search();
    if ledgers.iter().any(|ledger| !key.may_use(ledger)) {
        return Err(Problem::forbidden("this key does not open that ledger"));
    }
    wait(&gate, &mut asked).await?;
    asked.done(&["at_least"])?;
    let opens =
        |ledger: &LedgerId| key.may_use(ledger) && (ledgers.is_empty() || ledgers.contains(ledger));
    let begun = Instant::now();
    let ((found, rules), as_of) = aside(|| {
        gate.people
            .ask(|people| (people.search(&search, &opens), rules(people)))
    })?;
    metrics::histogram!("homeward_people_search_seconds").record(begun.elapsed().as_secs_f64());
    tracing::info!(key = %key.id, found = found.len(), "people searched");
    let candidates = found.into_iter();
    Ok(Json(Candidates {
        candidates: candidates
            .map(|found| Candidate::of(found, rules.1))
            .collect(),
        by: ByRules::of(rules, &as_of, &key),
    }))
}

/// List pairs of journeys that may be one human being, and that nobody has linked or told apart.
#[utoipa::path(
    get, path = "/v1/people/duplicates", tag = "people",
    params(
        ("ledger" = Option<Vec<String>>, Query, description = "only these ledgers"),
        ("limit" = Option<usize>, Query, description = "pairs of a page, 1 to 1000"),
        ("after" = Option<String>, Query, description = "what `next` said"),
        ("at_least" = Option<Vec<String>>, Query, description = "wait until the answer knows ledger:sequence"),
    ),
    responses((status = 200, body = DuplicatePage), (status = "4XX", body = Problem), (status = 503, body = Problem)),
    security(("key" = []))
)]
pub(crate) async fn duplicates(
    State(gate): State<Gate>,
    CaseWorker(key): CaseWorker,
    Query(pairs): Query<Vec<(String, String)>>,
) -> Result<Json<DuplicatePage>, Problem> {
    let mut asked = Asked::new(pairs);
    let (limit, after) = (
        asked.limit()?,
        asked.after::<(LedgerId, JourneyId, JourneyId)>()?,
    );
    let ledgers = asked.ledgers(&key)?;
    wait(&gate, &mut asked).await?;
    asked.done(&["ledger"])?;
    let opens = |ledger: &LedgerId| {
        ledgers.is_empty() || ledgers.iter().any(|known| known == ledger.as_str())
    };
    answer(&gate, &key, limit, |people| {
        people.duplicates(&opens, after.as_ref(), limit)
    })
}

/// List the journeys that may be one human being with a journey, and that nobody has linked with it or
/// told apart.
#[utoipa::path(
    get, path = "/v1/journeys/{journey}/duplicates", tag = "people",
    params(
        ("journey" = String, Path, description = "the journey, a uuid"),
        ("at_least" = Option<Vec<String>>, Query, description = "wait until the answer knows ledger:sequence"),
    ),
    responses((status = 200, body = DuplicatePage), (status = "4XX", body = Problem), (status = 503, body = Problem)),
    security(("key" = []))
)]
pub(crate) async fn of_journey(
    State(gate): State<Gate>,
    CaseWorker(key): CaseWorker,
    Path(journey): Path<String>,
    Query(pairs): Query<Vec<(String, String)>>,
) -> Result<Json<DuplicatePage>, Problem> {
    let unknown = || Problem::not_found("a person of this journey");
    let journey: JourneyId = journey.parse().map_err(|_| unknown())?;
    let mut asked = Asked::new(pairs);
    wait(&gate, &mut asked).await?;
    asked.done(&["at_least"])?;
    let opens = |ledger: &LedgerId| key.may_use(ledger);
    let (known, _) = gate.people.ask(|people| people.knows(journey, &opens))?;
    if !known {
        return Err(unknown());
    }
    answer(&gate, &key, usize::MAX, |people| {
        people.duplicates_of(journey, &opens)
    })
}

fn answer(
    gate: &Gate,
    key: &Key,
    limit: usize,
    ask: impl FnOnce(&People) -> Vec<Duplicate>,
) -> Result<Json<DuplicatePage>, Problem> {
    let ((duplicates, next, rules), as_of) = aside(|| {
        gate.people.ask_pairs(|people| {
            let found = ask(people);
            let next = found.last().filter(|_| found.len() == limit);
            let next = next.and_then(|last| {
                serde_json::to_string(&(&last.ledger, last.journey, last.other)).ok()
            });
            let shown = found.into_iter();
            let shown: Vec<PossibleDuplicate> = shown
                .map(|found| PossibleDuplicate::of(found, people))
                .collect();
            (shown, next, rules(people))
        })
    })?;
    tracing::info!(key = %key.id, found = duplicates.len(), "possible duplicates listed");
    Ok(Json(DuplicatePage {
        duplicates,
        next,
        by: ByRules::of(rules, &as_of, key),
    }))
}

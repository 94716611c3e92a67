//! `GET /v1/services`, `GET /v1/services/{service}` and `GET /v1/directory`: which services answer a
//! need, and what each version of the directory lists.

use std::collections::BTreeMap;

use axum::Json;
use axum::extract::{Path, Query, State};
use homeward_events::directory::Service;
use homeward_events::id::ServiceId;
use homeward_events::time::Day;
use homeward_projections::directory::{self, Suggestion, suggest};
use serde::Serialize;
use utoipa::ToSchema;

use crate::answer::{Answer, read, view};
use crate::asked::Asked;
use crate::gate::{Gate, Reading};
use crate::keys::Key;
use crate::problem::Problem;

/// Services of a page, unless asked otherwise.
const SUGGESTIONS: usize = 20;
/// Most services of a page.
const SUGGESTIONS_MAX: usize = 500;

/// Services that answer a need.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Suggestions {
    /// The reference day.
    #[schema(value_type = String, format = Date)]
    pub(crate) on: Day,
    /// The most fitting first.
    pub(crate) services: Vec<SuggestedService>,
    /// How many there are in all.
    pub(crate) all: usize,
}

/// A service, and how it fits.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct SuggestedService {
    /// Ledger.
    pub(crate) ledger: String,
    /// The version of the directory that it was chosen from: name it in the referral.
    pub(crate) directory_version: u32,
    /// The service: name it in the referral.
    pub(crate) service: String,
    /// Its agency: send the referral there.
    pub(crate) to: String,
    /// The agency's name.
    pub(crate) organization: String,
    /// What it is called, by language.
    pub(crate) name: BTreeMap<String, String>,
    /// Which needs it answers.
    pub(crate) needs: Vec<&'static str>,
    /// `answers` or `may-answer`.
    pub(crate) need: &'static str,
    /// `served`, `same-country`, `anywhere` or `elsewhere`.
    pub(crate) place: &'static str,
    /// `spoken`, `not-said` or `not-spoken`.
    pub(crate) language: &'static str,
    /// `fits`, `may-not-fit` or `does-not-fit`.
    pub(crate) eligibility: &'static str,
    /// Referrals to it that wait for the provider's next step.
    pub(crate) open_referrals: i64,
    /// Its places, where it says how many.
    pub(crate) capacity: Option<ServicePlaces>,
    /// How the provider answered referrals to it of late.
    pub(crate) answers: ServiceAnswers,
    /// Why it stands where it stands.
    pub(crate) why: Vec<ServiceWhy>,
}

/// Places of a service.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct ServicePlaces {
    /// In all.
    pub(crate) places: u32,
    /// Less the open referrals; below one it is full.
    pub(crate) free: i64,
}

/// How a provider answered.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct ServiceAnswers {
    /// Over how many months, that of the reference day included.
    pub(crate) months: i32,
    /// Accepted.
    pub(crate) accepted: i64,
    /// Declined by the provider.
    pub(crate) declined: i64,
}

/// A reason.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct ServiceWhy {
    /// `status`, `need`, `place`, `language`, `eligibility`, `capacity` or `answers`.
    pub(crate) about: &'static str,
    /// In words.
    pub(crate) says: String,
}

impl From<Suggestion> for SuggestedService {
    fn from(told: Suggestion) -> Self {
        let (accepted, declined) = told.answers;
        let service = told.service;
        let name = service.name.into_iter();
        let why = told.why.into_iter();
        Self {
            ledger: told.ledger,
            directory_version: told.version,
            service: service.id.to_string(),
            to: service.organization.id.to_string(),
            organization: service.organization.name,
            name: name
                .map(|(language, name)| (language.to_string(), name))
                .collect(),
            needs: service.needs.iter().map(|need| need.as_str()).collect(),
            need: told.need.as_str(),
            place: told.place.as_str(),
            language: told.language.as_str(),
            eligibility: told.eligibility.as_str(),
            open_referrals: told.open,
            capacity: told.capacity.map(|capacity| ServicePlaces {
                places: capacity.places,
                free: capacity.free,
            }),
            answers: ServiceAnswers {
                months: suggest::ANSWER_MONTHS,
                accepted,
                declined,
            },
            why: why
                .map(|why| ServiceWhy {
                    about: why.about,
                    says: why.says,
                })
                .collect(),
        }
    }
}

/// What is asked about a person's need.
fn query(asked: &mut Asked, key: &Key) -> Result<directory::Query, Problem> {
    Ok(directory::Query {
        ledgers: asked.ledgers(key)?,
        need: asked.one("need")?,
        area: asked.one("area")?,
        language: asked.one("language")?,
        age: asked.one("age")?,
        sex: asked.one("sex")?,
        group: asked.one("group")?,
        return_type: asked.one("return_type")?,
        day: asked.day()?,
        version: asked.one("version")?,
    })
}

/// Find services that answer a need, the most fitting first, each with why it stands where it stands.
#[utoipa::path(
    get, path = "/v1/services", tag = "read models",
    params(
        ("need" = Option<String>, Query, description = "what is needed, as in a referral: housing, livelihood, health ..."),
        ("area" = Option<String>, Query, description = "where the person lives, as JM-01"),
        ("language" = Option<String>, Query, description = "what the person speaks, as es"),
        ("age" = Option<u8>, Query, description = "age in whole years"),
        ("sex" = Option<String>, Query, description = "sex"),
        ("group" = Option<String>, Query, description = "group of participants"),
        ("return_type" = Option<String>, Query, description = "how the return came about"),
        ("day" = Option<String>, Query, description = "reference day, today in UTC when absent: it says which version was out, and which answers are of late"),
        ("version" = Option<u32>, Query, description = "this version of the directory instead"),
        ("ledger" = Option<Vec<String>>, Query, description = "only these ledgers"),
        ("limit" = Option<usize>, Query, description = "services of a page, 1 to 500"),
        ("known" = Option<Vec<String>>, Query, description = "up to where the log is known: head, ledger:sequence (repeat for several ledgers), a time in UTC before which it was stored, or cut:name"),
        ("at_least" = Option<Vec<String>>, Query, description = "wait until the answer knows ledger:sequence"),
    ),
    responses((status = 200, body = Answer<Suggestions>), (status = "4XX", body = Problem), (status = 503, body = Problem)),
    security(("key" = []))
)]
pub(crate) async fn find(
    State(gate): State<Gate>,
    Reading(key): Reading,
    Query(pairs): Query<Vec<(String, String)>>,
) -> Result<Json<Answer<Suggestions>>, Problem> {
    let mut asked = Asked::new(pairs);
    let view = view(&gate, directory::DIRECTORY.name, &mut asked).await?;
    let query = query(&mut asked, &key)?;
    let limit = asked.limit_to(SUGGESTIONS, SUGGESTIONS_MAX)?;
    asked.done(&[])?;
    let ((found, all), as_of) = read(&view, |table| suggest(table, &query, limit))?;
    asked.answer(
        as_of,
        Suggestions {
            on: Day(query.day),
            services: found.into_iter().map(Into::into).collect(),
            all,
        },
    )
}

/// A service with everything that the directory says of it.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct OneService {
    #[serde(flatten)]
    pub(crate) told: SuggestedService,
    /// As the directory describes it: offices, hours, conditions, terms.
    #[schema(value_type = Object)]
    pub(crate) details: Service,
}

/// Read one service as a version of the directory describes it.
#[utoipa::path(
    get, path = "/v1/services/{service}", tag = "read models",
    params(
        ("service" = String, Path, description = "the service's id"),
        ("day" = Option<String>, Query, description = "reference day, today in UTC when absent"),
        ("version" = Option<u32>, Query, description = "this version of the directory instead"),
        ("ledger" = Option<Vec<String>>, Query, description = "only these ledgers; the first that lists it answers. What `GET /v1/services` may be asked of a person may be asked here too"),
        ("known" = Option<Vec<String>>, Query, description = "up to where the log is known: head, ledger:sequence (repeat for several ledgers), a time in UTC before which it was stored, or cut:name"),
        ("at_least" = Option<Vec<String>>, Query, description = "wait until the answer knows ledger:sequence"),
    ),
    responses((status = 200, body = Answer<OneService>), (status = "4XX", body = Problem), (status = 503, body = Problem)),
    security(("key" = []))
)]
pub(crate) async fn one(
    State(gate): State<Gate>,
    Reading(key): Reading,
    Path(service): Path<String>,
    Query(pairs): Query<Vec<(String, String)>>,
) -> Result<Json<Answer<OneService>>, Problem> {
    let mut asked = Asked::new(pairs);
    asked.about("service", &service);
    let id: ServiceId = service
        .parse()
        .map_err(|error| Problem::parameter("service", error))?;
    let view = view(&gate, directory::DIRECTORY.name, &mut asked).await?;
    let query = query(&mut asked, &key)?;
    asked.done(&[])?;
    let (found, as_of) = read(&view, |table| suggest::one(table, &id, &query))?;
    let found = found.ok_or_else(|| Problem::not_found("this service in the directory"))?;
    let details = found.service.clone();
    asked.answer(
        as_of,
        OneService {
            told: found.into(),
            details,
        },
    )
}

/// The service directories.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Directories {
    /// By ledger.
    pub(crate) directories: Vec<LedgerDirectory>,
    /// Referrals that name what the directory does not list.
    #[schema(value_type = Vec<Object>)]
    pub(crate) astray: Vec<directory::Astray>,
}

/// A ledger's directory.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct LedgerDirectory {
    /// Ledger.
    pub(crate) ledger: String,
    /// Versions that are out, the first first.
    pub(crate) versions: Vec<DirectoryVersion>,
    /// The version whose services are listed; absent when that one is not out.
    pub(crate) version: Option<u32>,
    /// The services that stand in it, by id.
    pub(crate) services: Vec<StandingService>,
    /// What was said after the last version and is not out yet: SHA-256 by service, null for what was
    /// withdrawn.
    pub(crate) unpublished: BTreeMap<String, Option<String>>,
}

/// A version of a directory, and what changed with it.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct DirectoryVersion {
    /// Its number.
    pub(crate) version: u32,
    /// When it was published.
    pub(crate) on: String,
    /// How many services stand in it, as its publication says.
    pub(crate) services: u32,
    /// SHA-256 over them, as its publication says.
    pub(crate) digest: String,
    /// Whether it still is what was published: corrections change a version that is out.
    pub(crate) as_published: bool,
    /// Where it comes from.
    pub(crate) note: Option<String>,
    /// Services that the version before did not have.
    pub(crate) new: Vec<String>,
    /// Services that the version before described otherwise.
    pub(crate) changed: Vec<String>,
    /// Services that only the version before has.
    pub(crate) withdrawn: Vec<String>,
    /// How many are as they were.
    pub(crate) unchanged: usize,
}

/// A service that stands in a version.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct StandingService {
    /// The service.
    pub(crate) service: String,
    /// Its agency.
    pub(crate) to: String,
    /// What it is called, by language.
    pub(crate) name: BTreeMap<String, String>,
    /// Which needs it answers.
    pub(crate) needs: Vec<&'static str>,
    /// Whether it takes people: `active` or `inactive`.
    pub(crate) status: &'static str,
    /// SHA-256 over what the directory says of it.
    sha256: String,
}

/// List versions of the service directory, what changed from each to the next, the services of one of
/// them, and referrals that name what their version does not list.
#[utoipa::path(
    get, path = "/v1/directory", tag = "read models",
    params(
        ("version" = Option<u32>, Query, description = "the version whose services are listed, the last one when absent"),
        ("ledger" = Option<Vec<String>>, Query, description = "only these ledgers"),
        ("known" = Option<Vec<String>>, Query, description = "up to where the log is known: head, ledger:sequence (repeat for several ledgers), a time in UTC before which it was stored, or cut:name"),
        ("at_least" = Option<Vec<String>>, Query, description = "wait until the answer knows ledger:sequence"),
    ),
    responses((status = 200, body = Answer<Directories>), (status = "4XX", body = Problem), (status = 503, body = Problem)),
    security(("key" = []))
)]
pub(crate) async fn versions(
    State(gate): State<Gate>,
    Reading(key): Reading,
    Query(pairs): Query<Vec<(String, String)>>,
) -> Result<Json<Answer<Directories>>, Problem> {
    let mut asked = Asked::new(pairs);
    let view = view(&gate, directory::DIRECTORY.name, &mut asked).await?;
    let (ledgers, version) = (asked.ledgers(&key)?, asked.one("version")?);
    asked.done(&[])?;
    let ((told, astray), as_of) = read(&view, |table| {
        let told = directory::told(table, &ledgers, version)?;
        Ok::<_, homeward_projections::TableError>((told, directory::astray(table, &ledgers)?))
    })?;
    asked.answer(
        as_of,
        Directories {
            directories: told.into_iter().map(Into::into).collect(),
            astray,
        },
    )
}

fn texts(ids: &[ServiceId]) -> Vec<String> {
    ids.iter().map(ToString::to_string).collect()
}

impl From<directory::Changes> for DirectoryVersion {
    fn from(told: directory::Changes) -> Self {
        let version = told.version;
        Self {
            version: version.version,
            on: version.on.to_string(),
            services: version.services,
            digest: version.digest.to_string(),
            as_published: told.is_as_published,
            note: version.note,
            new: texts(&told.new),
            changed: texts(&told.changed),
            withdrawn: texts(&told.withdrawn),
            unchanged: told.unchanged,
        }
    }
}

impl From<directory::Standing> for StandingService {
    fn from(told: directory::Standing) -> Self {
        let service = told.service;
        let name = service.name.into_iter();
        Self {
            service: service.id.to_string(),
            to: service.organization.id.to_string(),
            name: name
                .map(|(language, name)| (language.to_string(), name))
                .collect(),
            needs: service.needs.iter().map(|need| need.as_str()).collect(),
            status: service.status.as_str(),
            sha256: told.sha256.to_string(),
        }
    }
}

impl From<directory::Told> for LedgerDirectory {
    fn from(told: directory::Told) -> Self {
        let unpublished = told.unpublished.into_iter();
        Self {
            ledger: told.ledger,
            versions: told.versions.into_iter().map(Into::into).collect(),
            version: told.version,
            services: told.standing.into_iter().map(Into::into).collect(),
            unpublished: unpublished
                .map(|(id, sha256)| (id.to_string(), sha256.map(|sha256| sha256.to_string())))
                .collect(),
        }
    }
}

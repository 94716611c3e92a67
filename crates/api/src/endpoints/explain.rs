//! `GET /v1/explain/{model}`: the journeys and the events behind a figure.

use std::collections::BTreeMap;
use std::sync::Arc;

use axum::Json;
use axum::extract::{Path, Query, State};
use homeward_events::id::JourneyId;
use homeward_events::time::Day;
use homeward_projections::definition::Trace;
use homeward_projections::explain::{self, Evidence, Fact, Figure, PlacedFacts, Weight};
use homeward_projections::{ReadModel, Table, caseload, histories};
use homeward_projector::{FactsError, Projector, Watermark};
use serde::Serialize;
use utoipa::ToSchema;

use super::recidivism::definition;
use crate::asked::Asked;
use crate::gate::{Gate, Reading};
use crate::keys::Key;
use crate::positions::{Standpoint, standpoint};
use crate::problem::Problem;

/// Persons of a page, unless asked otherwise.
const PERSONS: usize = 20;
/// Most persons of a page: each is told once for every fact that it has.
const PERSONS_MAX: usize = 100;
/// Journeys that are looked at for one page: some hundred milliseconds of work. A page that found
/// nobody among them says where to go on.
const EXAMINED_MAX: usize = 2_000;
/// Journeys that are listed at a time, while the read model is held still.
const LISTED: usize = 200;

/// Dimensions that every read model counts by in the same way: as the caseload's list of journeys
/// shows them, so that it can tell who need not be looked at.
const SHARED: [&str; 6] = [
    "ledger",
    "site",
    "return_type",
    "sex",
    "age_band",
    "grounds",
];

/// Who and what is behind a figure.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Explanation {
    /// The read model.
    pub(crate) model: &'static str,
    /// The reference day.
    #[schema(value_type = String, format = Date)]
    pub(crate) day: Day,
    /// Who adds to the figure, by the first of their journeys.
    pub(crate) evidence: Vec<Behind>,
    /// Journeys that were looked at for this page.
    pub(crate) examined: usize,
    /// Where the next page begins: give it back as `after`. Absent on the last page. A page can be
    /// empty and not be the last.
    pub(crate) next: Option<String>,
    /// By ledger: the last sequence that the answer knows.
    pub(crate) sequences: BTreeMap<String, u64>,
}

/// Who adds to a figure, and what it rests on.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Behind {
    /// A person, by its journeys in ledgers that this key opens. More than one person only where their
    /// journeys mention each other and are not the same human being.
    #[schema(value_type = Vec<Vec<String>>)]
    pub(crate) persons: Vec<Vec<JourneyId>>,
    /// What they add.
    pub(crate) adds: Vec<CountedCell>,
    /// The events that it rests on, in the order of the log.
    pub(crate) events: Vec<EventBehind>,
    /// Events that it rests on in ledgers that this key does not open.
    pub(crate) events_withheld: usize,
}

/// A cell of a read model.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct CountedCell {
    /// The values by dimension.
    pub(crate) cell: BTreeMap<String, String>,
    /// How many.
    pub(crate) count: i64,
}

/// The parts of a cell by the names of its dimensions.
pub(crate) fn named(figure: &Figure, cell: &str) -> BTreeMap<String, String> {
    let parts = figure.named(cell).into_iter();
    parts
        .map(|(name, value)| (name.to_owned(), value.to_owned()))
        .collect()
}

/// Cells with the names of their dimensions.
pub(crate) fn counted(figure: &Figure, cells: &BTreeMap<String, i64>) -> Vec<CountedCell> {
    cells
        .iter()
        .map(|(cell, count)| CountedCell {
            cell: named(figure, cell),
            count: *count,
        })
        .collect()
}

/// An event behind a figure.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct EventBehind {
    #[serde(flatten)]
    pub(crate) event: EventTold,
    /// `needed`, or `one-of-several` that say the same.
    #[schema(value_type = String)]
    pub(crate) weight: Weight,
}

/// An event, as an explanation names it.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct EventTold {
    /// Ledger.
    pub(crate) ledger: String,
    /// Sequence of its commit.
    pub(crate) sequence: u64,
    /// Place in the commit, from 0.
    pub(crate) index: u32,
    /// The journey that it was told of.
    pub(crate) journey: String,
    /// The event.
    pub(crate) event: String,
    /// Its type.
    #[serde(rename = "type")]
    pub(crate) event_type: &'static str,
    /// When it happened.
    pub(crate) occurred: String,
    /// When it was written down.
    pub(crate) recorded: String,
    /// Whole days from the one to the other; never negative.
    pub(crate) lag_days: i32,
    /// What it says, in one line without personal data.
    pub(crate) says: String,
}

impl From<Fact> for EventTold {
    fn from(fact: Fact) -> Self {
        Self {
            ledger: fact.place.ledger.to_string(),
            sequence: fact.place.sequence,
            index: fact.place.index,
            journey: fact.journey.to_string(),
            event: fact.event.to_string(),
            event_type: fact.event_type,
            occurred: fact.occurred.to_string(),
            recorded: fact.recorded.to_string(),
            lag_days: fact.lag_days,
            says: fact.says,
        }
    }
}

impl From<FactsError> for Problem {
    fn from(error: FactsError) -> Self {
        let status = axum::http::StatusCode::SERVICE_UNAVAILABLE;
        match error {
            FactsError::NotReady => Self::new(status, "facts-not-ready", error.to_string()),
            FactsError::Store(_) => {
                tracing::error!(%error, "facts could not be read");
                let detail = "facts cannot be read at the moment and are being looked after";
                Self::new(status, "facts-failed", detail)
            }
        }
    }
}

/// Name the journeys and the events behind a figure: whoever adds to the cells that the conditions let
/// through, and the events without which they would not.
#[utoipa::path(
    get, path = "/v1/explain/{model}", tag = "read models",
    params(
        ("model" = String, Path, description = "the read model whose figure is asked about, or recidivism"),
        ("ledger" = Option<Vec<String>>, Query, description = "only these ledgers; every other dimension of the model likewise"),
        ("definition" = Option<String>, Query, description = "of `recidivism`: id, or id@version; rearrest when absent"),
        ("standing" = Option<String>, Query, description = "only what stands so on the reference day: referrals open or overdue; follow-ups upcoming, due or overdue"),
        ("day" = Option<String>, Query, description = "reference day, today in UTC when absent"),
        ("known" = Option<Vec<String>>, Query, description = "up to where the log is known: head, ledger:sequence (repeat), a time in UTC, or cut:NAME"),
        ("limit" = Option<usize>, Query, description = "persons of a page, 1 to 100"),
        ("after" = Option<String>, Query, description = "what `next` said"),
        ("at_least" = Option<Vec<String>>, Query, description = "wait until the answer knows ledger:sequence"),
    ),
    responses((status = 200, body = Explanation), (status = "4XX", body = Problem), (status = 503, body = Problem)),
    security(("key" = []))
)]
pub(crate) async fn figure(
    State(gate): State<Gate>,
    Reading(key): Reading,
    Path(model): Path<String>,
    Query(pairs): Query<Vec<(String, String)>>,
) -> Result<Json<Explanation>, Problem> {
    let mut asked = Asked::new(pairs);
    let model = asked_model(&model)?;
    let at = standpoint(&gate, model, "known", &mut asked).await?;
    let candidates = at.table(&gate, &caseload::CASELOAD).await?;
    let limit = asked.limit_to(PERSONS, PERSONS_MAX)?;
    let after = asked.after::<JourneyId>()?;
    let (figure, day, only) = asked_figure(&gate, model, &key, asked)?;
    let search = Search {
        projector: gate.projector.clone(),
        prefilter: prefilter(model.name, &only),
        figure,
        at: at.watermark,
        key,
        limit,
    };
    let sequences = sequences(&search.at);
    let found = tokio::task::spawn_blocking(move || {
        let page = search.page(&candidates, after);
        page.map(|page| page.finish(&search))
    });
    let (evidence, examined, next) = found.await.map_err(|_| Problem::internal())??;
    Ok(Json(Explanation {
        model: model.name,
        day,
        evidence,
        examined,
        next: next.and_then(|journey| serde_json::to_string(&journey).ok()),
        sequences,
    }))
}

/// The last sequence of each ledger that is in.
pub(crate) fn sequences(at: &Watermark) -> BTreeMap<String, u64> {
    at.iter()
        .map(|(ledger, sequence)| (ledger.to_string(), sequence))
        .collect()
}

/// The figures about returns: no read model of their own, but what a definition makes of histories.
const RETURNS: &str = "recidivism";

/// The read model that a figure is made from.
pub(crate) fn asked_model(name: &str) -> Result<&'static ReadModel, Problem> {
    if name == RETURNS {
        return Ok(&histories::HISTORIES);
    }
    homeward_projections::all()
        .iter()
        .copied()
        .find(|model| model.name == name && !model.dimensions().is_empty())
        .ok_or_else(|| Problem::not_found("a read model of that name that has figures"))
}

/// Conditions on a figure, by dimension.
pub(crate) type Only = BTreeMap<String, Vec<String>>;

/// The figure that is asked about, the reference day, and the conditions as they were given.
pub(crate) fn asked_figure(
    gate: &Gate,
    model: &'static ReadModel,
    key: &Key,
    mut asked: Asked,
) -> Result<(Figure, Day, Only), Problem> {
    if model.name == histories::HISTORIES.name {
        let (definition, day) = (definition(gate, &mut asked)?, asked.day()?);
        let only = asked.only(key, explain::Returns::DIMENSIONS)?;
        let returns = explain::Returns::new(definition, day, &only)
            .map_err(|error| Problem::parameter("ledger", error))?;
        return Ok((Figure::Returns(returns), Day(day), only));
    }
    let (standing, day) = (asked.one::<String>("standing")?, asked.day()?);
    let only = asked.only(key, model.dimensions())?;
    let refused = |error: explain::NoSuchFigure| Problem::parameter("standing", error);
    let conditions =
        explain::Conditions::new(model, &only).map_err(|error| refused(error.into()))?;
    let conditions = match standing {
        Some(word) => conditions.standing(model, &word, day).map_err(refused)?,
        None => conditions,
    };
    Ok((Figure::Cells(model, conditions), Day(day), only))
}

/// Why a person is counted as they are.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Course {
    /// The journeys that are this person.
    #[schema(value_type = Vec<String>)]
    pub(crate) journeys: Vec<JourneyId>,
    /// What the definition makes of the person, step by step; absent for somebody who was never
    /// received.
    #[schema(value_type = Option<Object>)]
    pub(crate) trace: Option<Trace>,
    /// By ledger: the last sequence that the answer knows.
    pub(crate) sequences: BTreeMap<String, u64>,
}

/// Tell why the person that a journey belongs to is counted, censored or left out under a definition.
#[utoipa::path(
    get, path = "/v1/explain/journey/{journey}", tag = "read models",
    params(
        ("journey" = String, Path, description = "the journey, a uuid"),
        ("definition" = Option<String>, Query, description = "id, or id@version; rearrest when absent"),
        ("day" = Option<String>, Query, description = "reference day, today in UTC when absent"),
        ("known" = Option<Vec<String>>, Query, description = "up to where the log is known, as in an explanation"),
        ("at_least" = Option<Vec<String>>, Query, description = "wait until the answer knows ledger:sequence"),
    ),
    responses((status = 200, body = Course), (status = "4XX", body = Problem), (status = 503, body = Problem)),
    security(("key" = []))
)]
pub(crate) async fn journey(
    State(gate): State<Gate>,
    Reading(key): Reading,
    Path(journey): Path<String>,
    Query(pairs): Query<Vec<(String, String)>>,
) -> Result<Json<Course>, Problem> {
    let unknown = || Problem::not_found("this journey");
    let journey: JourneyId = journey.parse().map_err(|_| unknown())?;
    let mut asked = Asked::new(pairs);
    let at = standpoint(&gate, &histories::HISTORIES, "known", &mut asked).await?;
    let (definition, day) = (definition(&gate, &mut asked)?, asked.day()?);
    asked.done(&[])?;
    let placed = gate.projector.told_together(journey, &at.watermark)?;
    let opens = |id: &JourneyId| {
        let mut facts = placed.get(id).into_iter().flatten();
        facts.all(|fact| key.may_use(&fact.place.ledger))
    };
    // The same answer for what is not there and for what this key may not see.
    let course = explain::course_of(&definition, day, &explain::plain(&placed), journey);
    let (journeys, trace) = course.filter(|_| opens(&journey)).ok_or_else(unknown)?;
    if !journeys.iter().all(opens) {
        let why = "this person has journeys in ledgers that this key does not open";
        return Err(Problem::forbidden(why));
    }
    Ok(Json(Course {
        journeys,
        trace,
        sequences: sequences(&at.watermark),
    }))
}

/// The conditions that the caseload's list can judge.
fn prefilter(model: &str, only: &Only) -> Only {
    let judged = |name: &str| model == caseload::CASELOAD.name || SHARED.contains(&name);
    only.iter()
        .filter(|(name, _)| judged(name))
        .map(|(name, values)| (name.clone(), values.clone()))
        .collect()
}

/// A search for those behind a figure.
struct Search {
    projector: Projector,
    figure: Figure,
    prefilter: Only,
    at: Watermark,
    key: Arc<Key>,
    limit: usize,
}

/// What was found for one page.
#[derive(Default)]
struct Page {
    found: Vec<(Evidence, PlacedFacts)>,
    examined: usize,
    /// The last journey that was looked at, unless it was the last there is.
    next: Option<JourneyId>,
}

impl Search {
    fn page(&self, candidates: &Standpoint, after: Option<JourneyId>) -> Result<Page, Problem> {
        let mut page = Page {
            next: after,
            ..Page::default()
        };
        loop {
            let wanted = LISTED.min(EXAMINED_MAX - page.examined);
            let listed = candidates
                .read(|table| caseload::list(table, &self.prefilter, page.next, wanted))?;
            let more = listed.len() == wanted;
            for case in listed {
                page.examined += 1;
                page.next = Some(case.journey);
                page.found.extend(self.evidence(candidates, case.journey)?);
                if page.found.len() == self.limit {
                    return Ok(page);
                }
            }
            if !more {
                page.next = None;
                return Ok(page);
            }
            if page.examined >= EXAMINED_MAX {
                return Ok(page);
            }
        }
    }

    /// The evidence of a journey and of those told together with it: at the first of them that the
    /// list shows, so that nobody is found twice.
    fn evidence(
        &self,
        candidates: &Standpoint,
        journey: JourneyId,
    ) -> Result<Option<(Evidence, PlacedFacts)>, Problem> {
        let placed = self.projector.told_together(journey, &self.at)?;
        let earlier: Vec<JourneyId> = placed.keys().copied().filter(|id| *id < journey).collect();
        for id in earlier {
            let listed =
                candidates.read(|table: &dyn Table| caseload::lists(table, &self.prefilter, id))?;
            if listed {
                return Ok(None);
            }
        }
        let evidence = explain::evidence(&self.figure, &explain::plain(&placed));
        Ok(evidence.map(|evidence| (evidence, placed)))
    }

    fn behind(&self, one: &Evidence, placed: &PlacedFacts) -> Behind {
        let opens = |id: &JourneyId| {
            let facts = placed.get(id).into_iter().flatten();
            facts
                .into_iter()
                .all(|fact| self.key.may_use(&fact.place.ledger))
        };
        let facts = one.facts(placed);
        let all = facts.len();
        let events: Vec<EventBehind> = facts
            .into_iter()
            .filter(|(fact, _)| self.key.may_use(&fact.place.ledger))
            .map(|(fact, weight)| EventBehind {
                event: fact.into(),
                weight,
            })
            .collect();
        let opened = |person: &Vec<JourneyId>| person.iter().copied().filter(opens).collect();
        Behind {
            persons: one.persons.iter().map(opened).collect(),
            adds: counted(&self.figure, &one.adds.cells),
            events_withheld: all - events.len(),
            events,
        }
    }
}

impl Page {
    fn finish(self, search: &Search) -> (Vec<Behind>, usize, Option<JourneyId>) {
        let found = self.found.iter();
        let behind = found.map(|(one, placed)| search.behind(one, placed));
        (behind.collect(), self.examined, self.next)
    }
}

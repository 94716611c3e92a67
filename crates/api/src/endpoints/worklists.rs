//! `GET /v1/worklists` and `GET /v1/worklists/{list}`: what is owed, by whom and by when, at a
//! reference day or time. A list is a file, or the words of the request itself.

use std::collections::BTreeMap;
use std::sync::Arc;

use axum::Json;
use axum::extract::{Path, Query, State};
use homeward_projections::shelf::Filed as _;
use homeward_projections::worklist::{
    self, After, Counts, Escalation, Kind, LevelCount, ListError, Order, Reference, Show, Span,
    Standing, Terms, Worklist,
};
use serde::Serialize;
use utoipa::ToSchema;

use crate::answer::{Answer, view};
use crate::asked::Asked;
use crate::gate::{Gate, Reading};
use crate::kept::read_kept;
use crate::keys::Key;
use crate::problem::Problem;

/// What a list without a file is called.
const AD_HOC: &str = "ad-hoc";

impl From<ListError> for Problem {
    fn from(error: ListError) -> Self {
        match error {
            ListError::Dimension(error) => Self::parameter("by", error),
            ListError::Table(error) => error.into(),
        }
    }
}

/// Every list with its counts.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct WorklistCounts {
    /// The reference day.
    #[schema(value_type = String, format = Date)]
    pub(crate) day: homeward_events::time::Day,
    /// The reference time.
    #[schema(value_type = String, format = DateTime)]
    pub(crate) at: jiff::Timestamp,
    /// The newest version of each list, by id.
    pub(crate) worklists: Vec<WorklistCount>,
}

/// One list with its counts.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct WorklistCount {
    #[serde(flatten)]
    pub(crate) list: WorklistName,
    /// The list itself, TOML: laid into another office's `worklists/`, it is the same list there.
    pub(crate) file: String,
    /// Everything in it: `rows`, of which `upcoming`, `due`, `overdue`, and `running` without a
    /// deadline.
    #[schema(value_type = Object)]
    pub(crate) counts: Counts,
    /// The same by kind.
    #[schema(value_type = Object)]
    pub(crate) by_kind: BTreeMap<Kind, Counts>,
    /// Rows at each level of escalation: the highest that they have reached.
    #[schema(value_type = Vec<Object>)]
    pub(crate) levels: Vec<LevelCount>,
}

/// Which list it is.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct WorklistName {
    /// Its id.
    pub(crate) id: String,
    /// Its version.
    pub(crate) version: u16,
    /// Id and version.
    pub(crate) name: String,
    /// What it is called, by language.
    pub(crate) title: BTreeMap<String, String>,
    /// SHA-256 of its file; absent for a list without one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) digest: Option<String>,
}

impl WorklistName {
    /// What it is called in a language; in English, or by its id, where that has no word for it.
    pub(crate) fn title(&self, language: &str) -> &str {
        let said = self.title.get(language).or_else(|| self.title.get("en"));
        said.map_or(self.id.as_str(), String::as_str)
    }

    fn of(terms: &Terms, digest: Option<String>) -> Self {
        Self {
            id: terms.id.clone(),
            version: terms.version,
            name: format!("{}@{}", terms.id, terms.version),
            title: terms.title.all().clone(),
            digest,
        }
    }
}

/// Count every list at a reference day or time: a date that passes moves the counts without any event.
/// What changes them is told by `/v1/stream?model=worklist`.
#[utoipa::path(
    get, path = "/v1/worklists", tag = "read models",
    params(
        ("day" = Option<String>, Query, description = "reference day, from its beginning in UTC"),
        ("at" = Option<String>, Query, description = "reference time with its offset, whose civil day is the reference day; now when both are absent"),
        ("ledger" = Option<Vec<String>>, Query, description = "only these ledgers; kind, standing, site, agency (that must act), programme, return_type, sex, stage, priority, clock and about likewise"),
        ("known" = Option<Vec<String>>, Query, description = "up to where the log is known: head, ledger:sequence (repeat for several ledgers), a time in UTC before which it was stored, or cut:name"),
        ("at_least" = Option<Vec<String>>, Query, description = "wait until the answer knows ledger:sequence"),
    ),
    responses((status = 200, body = Answer<WorklistCounts>), (status = "4XX", body = Problem), (status = 503, body = Problem)),
    security(("key" = []))
)]
pub(crate) async fn all(
    State(gate): State<Gate>,
    Reading(key): Reading,
    Query(pairs): Query<Vec<(String, String)>>,
) -> Result<Json<Answer<Arc<WorklistCounts>>>, Problem> {
    let mut asked = Asked::new(pairs);
    asked.about("list", "every");
    let view = view(&gate, "worklist", &mut asked).await?;
    let reference = asked.reference()?;
    let only = only(&mut asked, &key)?;
    let question = ("every list", reference, &only);
    let (told, mut footing) = read_kept(&gate, &view, &question, |table| {
        let count = |list: &Arc<Worklist>| {
            let query = query(list.terms(), &only, reference);
            let told = worklist::answer(table, &query)?;
            Ok(WorklistCount {
                list: WorklistName::of(list.terms(), Some(list.digest().to_owned())),
                file: list.text().to_owned(),
                counts: told.counts,
                by_kind: told.by_kind,
                levels: told.levels,
            })
        };
        let worklists: Result<_, ListError> = gate.worklists.newest().map(count).collect();
        Ok::<_, ListError>(WorklistCounts {
            day: homeward_events::time::Day(reference.day),
            at: reference.at,
            worklists: worklists?,
        })
    })?;
    for list in gate.worklists.newest() {
        footing = footing.by(&list.name(), Some(list.digest().to_owned()));
    }
    asked.answer(footing, told)
}

/// A list at a reference day or time.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct WorklistTold {
    /// Which list.
    pub(crate) list: WorklistName,
    #[serde(flatten)]
    #[schema(value_type = Object)]
    pub(crate) told: worklist::Answer,
    /// Where the next page begins: give it back as `after`. Absent on the last page.
    pub(crate) next_page: Option<String>,
}

/// Read a list: its counts, by kind, level of escalation and any dimension, and a page of its rows, each
/// with who is to do what next, by when. `ad-hoc` is a list that the request itself describes.
#[utoipa::path(
    get, path = "/v1/worklists/{list}", tag = "read models",
    params(
        ("list" = String, Path, description = "id, or id@version; ad-hoc for a list that the parameters describe"),
        ("day" = Option<String>, Query, description = "reference day, from its beginning in UTC"),
        ("at" = Option<String>, Query, description = "reference time with its offset, whose civil day is the reference day; now when both are absent"),
        ("ledger" = Option<Vec<String>>, Query, description = "only these ledgers; kind, standing, site, agency (that must act), programme, return_type, sex, stage, priority, clock and about likewise"),
        ("by" = Option<Vec<String>>, Query, description = "dimension to group counts by"),
        ("level" = Option<String>, Query, description = "only rows at this level of escalation"),
        ("due_within" = Option<String>, Query, description = "ad-hoc: the deadline passes within so long, as 7d or 24h"),
        ("overdue_by" = Option<String>, Query, description = "ad-hoc: the deadline passed more than so long ago"),
        ("since" = Option<String>, Query, description = "ad-hoc: it has stood so for at least so long"),
        ("order" = Option<String>, Query, description = "ad-hoc: deadline or priority"),
        ("escalate" = Option<Vec<String>>, Query, description = "ad-hoc: level:span, as supervisor:24h; the soonest first"),
        ("limit" = Option<usize>, Query, description = "rows of a page, 1 to 1000"),
        ("after" = Option<String>, Query, description = "what `next_page` said"),
        ("known" = Option<Vec<String>>, Query, description = "up to where the log is known: head, ledger:sequence (repeat for several ledgers), a time in UTC before which it was stored, or cut:name"),
        ("at_least" = Option<Vec<String>>, Query, description = "wait until the answer knows ledger:sequence"),
    ),
    responses((status = 200, body = Answer<WorklistTold>), (status = "4XX", body = Problem), (status = 503, body = Problem)),
    security(("key" = []))
)]
pub(crate) async fn one(
    State(gate): State<Gate>,
    Reading(key): Reading,
    Path(name): Path<String>,
    Query(pairs): Query<Vec<(String, String)>>,
) -> Result<Json<Answer<Arc<WorklistTold>>>, Problem> {
    let mut asked = Asked::new(pairs);
    asked.about("list", &name);
    let view = view(&gate, "worklist", &mut asked).await?;
    let (terms, digest) = if name == AD_HOC {
        (ad_hoc(&mut asked)?, None)
    } else {
        let list = gate.worklists.get(&name);
        let list = list.ok_or_else(|| Problem::not_found("this worklist"))?;
        (list.terms().clone(), Some(list.digest().to_owned()))
    };
    let (reference, by, limit) = (asked.reference()?, asked.all("by"), asked.limit()?);
    let level = asked.one::<String>("level")?;
    if let Some(level) = &level {
        check_level(&terms, level)?;
    }
    let after = asked.after::<After>()?;
    let only = only(&mut asked, &key)?;
    let query = worklist::Query {
        by: &by,
        level: level.as_deref(),
        after,
        limit,
        ..query(&terms, &only, reference)
    };
    let (told, footing) = read_kept(&gate, &view, &query, |table| {
        let mut told = worklist::answer(table, &query)?;
        let next = told.next.take();
        Ok::<_, ListError>(WorklistTold {
            list: WorklistName::of(&terms, digest.clone()),
            told,
            next_page: next.and_then(|next| serde_json::to_string(&next).ok()),
        })
    })?;
    let footing = match digest {
        Some(digest) => footing.by(&format!("{}@{}", terms.id, terms.version), Some(digest)),
        None => footing,
    };
    asked.answer(footing, told)
}

/// Counts and no rows.
fn query<'q>(
    terms: &'q Terms,
    only: &'q BTreeMap<String, Vec<String>>,
    reference: Reference,
) -> worklist::Query<'q> {
    worklist::Query {
        terms,
        only,
        by: &[],
        reference,
        level: None,
        after: None,
        limit: 0,
    }
}

/// Conditions on dimensions; a kind or standing that there is not is refused, not an empty list.
fn only(asked: &mut Asked, key: &Key) -> Result<BTreeMap<String, Vec<String>>, Problem> {
    let only = asked.only(key, worklist::DIMENSIONS)?;
    for kind in only.get("kind").into_iter().flatten() {
        let kind = kind.parse::<Kind>();
        kind.map_err(|error| Problem::parameter("kind", error))?;
    }
    for standing in only.get("standing").into_iter().flatten() {
        let standing = standing.parse::<Standing>();
        standing.map_err(|error| Problem::parameter("standing", error))?;
    }
    Ok(only)
}

/// The list that a request describes.
fn ad_hoc(asked: &mut Asked) -> Result<Terms, Problem> {
    let show = Show {
        due_within: asked.one("due_within")?,
        overdue_by: asked.one("overdue_by")?,
        since: asked.one("since")?,
        ..Show::default()
    };
    let order: Option<Order> = asked.one("order")?;
    let levels = asked.all("escalate");
    let levels: Result<Vec<Escalation>, Problem> = levels.iter().map(|text| level(text)).collect();
    let terms = Terms::ad_hoc(show, order.unwrap_or_default(), levels?);
    match terms.problem() {
        None => Ok(terms),
        Some((field, problem)) => {
            let detail = format!("`{field}`: {problem}");
            Err(Problem::parameter("list", detail))
        }
    }
}

fn level(text: &str) -> Result<Escalation, Problem> {
    let wrong = |why: String| Problem::parameter("escalate", why);
    let (level, after) = text
        .split_once(':')
        .ok_or_else(|| wrong("expected level:span, as supervisor:24h".to_owned()))?;
    let after: Span = after.parse().map_err(|why| wrong(format!("{why}")))?;
    Ok(Escalation {
        level: level.to_owned(),
        after,
    })
}

fn check_level(terms: &Terms, level: &str) -> Result<(), Problem> {
    let levels: Vec<&str> = terms.escalation.iter().map(|l| l.level.as_str()).collect();
    if levels.contains(&level) {
        return Ok(());
    }
    let expected = format!("expected one of the list's levels: {}", levels.join(", "));
    Err(Problem::parameter("level", expected))
}

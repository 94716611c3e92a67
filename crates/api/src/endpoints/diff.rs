//! `GET /v1/diff`: what moved a figure between two positions of the log, event by event.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use axum::Json;
use axum::extract::{Query, State};
use futures::StreamExt as _;
use homeward_events::id::{JourneyId, LedgerId};
use homeward_events::time::Day;
use homeward_ledger::{ReadError, Reader};
use homeward_projections::explain::{self, Figure, How, Place, Placed, Step, Walk};
use homeward_projections::fold::Facts;
use homeward_projector::past::{commits_between, placed};
use homeward_projector::{Projector, Watermark};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::explain::{
    CountedCell, EventTold, asked_figure, asked_model, counted, named, sequences,
};
use crate::asked::Asked;
use crate::gate::{Gate, Reading};
use crate::keys::Key;
use crate::positions::{Standpoint, standpoint};
use crate::problem::Problem;

/// Steps of a page, unless asked otherwise.
const STEPS: usize = 100;
/// Most steps of a page.
const STEPS_MAX: usize = 500;
/// Events that are looked at for one page: some hundred milliseconds of work. A page that found
/// nothing among them says where to go on.
const EXAMINED_MAX: usize = 2_000;
/// Cells that are listed at most: what differs in more is read from the two answers themselves.
const CELLS_MAX: usize = 1_000;

/// What moved a figure between two positions.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Diff {
    /// The read model.
    model: &'static str,
    /// The reference day.
    #[schema(value_type = String, format = Date)]
    day: Day,
    /// By ledger: the last sequence of the earlier answer.
    from: BTreeMap<String, u64>,
    /// By ledger: the last sequence of the later answer.
    to: BTreeMap<String, u64>,
    /// The cells that differ; on the first page only.
    cells: Option<CellsDiffer>,
    /// Events that moved the figure, in the order of the log.
    steps: Vec<StepTold>,
    /// Steps of this page in ledgers that this key does not open.
    steps_withheld: usize,
    /// What those steps moved.
    withheld: Vec<CountedCell>,
    /// Events that were looked at for this page.
    examined: usize,
    /// Where the next page begins: give it back as `after`. Absent on the last page. A page can be
    /// empty and not be the last.
    next: Option<String>,
}

/// How two answers differ.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct CellsDiffer {
    /// Sum of all cells in the earlier answer.
    before: i64,
    /// Sum of all cells in the later answer.
    after: i64,
    /// How many cells differ.
    differing: usize,
    /// The first of them, in the order of their values.
    cells: Vec<CellDiffers>,
}

/// A cell that differs.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct CellDiffers {
    /// The values by dimension.
    cell: BTreeMap<String, String>,
    /// Its count in the earlier answer.
    before: i64,
    /// Its count in the later answer.
    after: i64,
}

/// An event that moved the figure.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct StepTold {
    #[serde(flatten)]
    event: EventTold,
    /// `new`, `late` (it happened before what was known of its journey already), `correction`, `link`,
    /// `unlink` or `erasure`.
    #[schema(value_type = String)]
    how: How,
    /// What it moved, in words.
    moved: String,
    /// What it added to each cell.
    changes: Vec<CountedCell>,
}

/// Name the events that moved a figure between two positions of the log. The steps of all pages add up
/// to the difference of the two answers, exactly.
#[utoipa::path(
    get, path = "/v1/diff", tag = "read models",
    params(
        ("model" = String, Query, description = "the read model whose figure is asked about, or recidivism"),
        ("from" = Vec<String>, Query, description = "the earlier position: ledger:sequence (repeat), a time in UTC, or cut:NAME"),
        ("to" = Option<Vec<String>>, Query, description = "the later position, likewise; the head when absent"),
        ("ledger" = Option<Vec<String>>, Query, description = "only these ledgers; every other dimension of the model likewise"),
        ("definition" = Option<String>, Query, description = "of `recidivism`: id, or id@version; rearrest when absent"),
        ("standing" = Option<String>, Query, description = "only what stands so on the reference day, as in an explanation"),
        ("day" = Option<String>, Query, description = "reference day, today in UTC when absent"),
        ("limit" = Option<usize>, Query, description = "steps of a page, 1 to 500"),
        ("after" = Option<String>, Query, description = "what `next` said"),
        ("at_least" = Option<Vec<String>>, Query, description = "wait until the head knows ledger:sequence"),
    ),
    responses((status = 200, body = Diff), (status = "4XX", body = Problem), (status = 503, body = Problem)),
    security(("key" = []))
)]
pub(crate) async fn answer(
    State(gate): State<Gate>,
    Reading(key): Reading,
    Query(pairs): Query<Vec<(String, String)>>,
) -> Result<Json<Diff>, Problem> {
    let mut asked = Asked::new(pairs);
    let name = asked.one::<String>("model")?;
    let name = name.ok_or_else(|| Problem::parameter("model", "is missing"))?;
    let model = asked_model(&name)?;
    if !asked.all("known").is_empty() {
        return Err(Problem::parameter(
            "known",
            "is said by `from` and `to` here",
        ));
    }
    if !asked.has("from") {
        return Err(Problem::parameter("from", "is missing"));
    }
    let to = standpoint(&gate, model, "to", &mut asked).await?;
    let from = standpoint(&gate, model, "from", &mut asked).await?;
    let limit = asked.limit_to(STEPS, STEPS_MAX)?;
    let cursor = asked.after::<Cursor>()?;
    let (figure, day, _) = asked_figure(&gate, model, &key, asked)?;
    let mut page = Page {
        projector: gate.projector.clone(),
        figure,
        key,
        to: to.watermark.clone(),
        from: from.watermark.clone(),
        limit,
    };
    let (mut cells, mut after) = (None, None);
    if let Some(cursor) = cursor {
        // The pages of one difference end where the first one did, wherever the head is by then.
        page.to = cursor.to;
        after = Some(cursor.after);
    } else {
        let tables = (
            from.table(&gate, model).await?,
            to.table(&gate, model).await?,
        );
        let compared = tokio::task::spawn_blocking(move || {
            let differ = page.compare(&tables.0, &tables.1);
            (page, differ)
        });
        let differ;
        (page, differ) = compared.await.map_err(|_| Problem::internal())?;
        let (differ, reached) = differ?;
        cells = Some(differ);
        page.to = reached.unwrap_or(page.to);
    }
    page.check()?;
    let (events, more) = events(&gate.reader, &page.from, &page.to, after).await?;
    let walked =
        tokio::task::spawn_blocking(move || page.diff(model.name, day, cells, events, more));
    walked.await.map_err(|_| Problem::internal())?.map(Json)
}

/// Where a page ended, and where the last one will.
#[derive(Debug, Serialize, Deserialize)]
struct Cursor {
    after: Place,
    to: Watermark,
}

/// The next events between two positions, in the order of their places, and whether there are more.
async fn events(
    reader: &Reader,
    from: &Watermark,
    to: &Watermark,
    after: Option<Place>,
) -> Result<(Vec<Placed>, bool), Problem> {
    let mut begin = from.clone();
    if let Some(place) = &after {
        for (ledger, last) in to.iter().filter(|(ledger, _)| **ledger <= place.ledger) {
            let here = (*ledger == place.ledger).then(|| place.sequence.saturating_sub(1));
            let seen = here.unwrap_or(last).max(from.sequence(ledger));
            begin = begin.with(ledger, seen);
        }
    }
    let mut commits = commits_between(reader, &begin, to);
    let mut events: Vec<Placed> = Vec::new();
    while let Some(commit) = commits.next().await {
        let commit = commit.map_err(|error| unreadable(&error))?;
        if events.len() >= EXAMINED_MAX {
            return Ok((events, true));
        }
        let new = placed(&commit).into_iter();
        events.extend(new.filter(|event| after.as_ref().is_none_or(|after| event.place > *after)));
    }
    Ok((events, false))
}

fn unreadable(error: &ReadError) -> Problem {
    tracing::error!(%error, "the log could not be read");
    let status = axum::http::StatusCode::SERVICE_UNAVAILABLE;
    Problem::new(
        status,
        "log-unreadable",
        "the log cannot be read at the moment",
    )
}

/// One page of the steps.
struct Page {
    projector: Projector,
    figure: Figure,
    key: Arc<Key>,
    from: Watermark,
    to: Watermark,
    limit: usize,
}

impl Page {
    fn diff(
        &self,
        model: &'static str,
        day: Day,
        cells: Option<CellsDiffer>,
        events: Vec<Placed>,
        more: bool,
    ) -> Result<Diff, Problem> {
        let (steps, examined, next) = self.walk(events, more)?;
        let (mut told, mut withheld, mut withheld_cells) = (Vec::new(), 0, BTreeMap::new());
        for step in steps {
            if self.key.may_use(&step.fact.place.ledger) {
                told.push(self.tell(step));
                continue;
            }
            withheld += 1;
            for (cell, by) in step.difference.cells {
                homeward_projections::model::add_cell(&mut withheld_cells, cell, by);
            }
        }
        Ok(Diff {
            model,
            day,
            from: sequences(&self.from),
            to: sequences(&self.to),
            cells,
            steps: told,
            steps_withheld: withheld,
            withheld: counted(&self.figure, &withheld_cells),
            examined,
            next: next.and_then(|after| {
                let to = self.to.clone();
                serde_json::to_string(&Cursor { after, to }).ok()
            }),
        })
    }

    /// Walks along the events until there are enough steps; gives where the next page begins.
    fn walk(
        &self,
        events: Vec<Placed>,
        more: bool,
    ) -> Result<(Vec<Step>, usize, Option<Place>), Problem> {
        let mut walk = Walk::new(&self.figure, Facts::new());
        let mut known: BTreeSet<JourneyId> = BTreeSet::new();
        let (mut steps, mut examined) = (Vec::new(), 0);
        let last = events.len();
        for event in events {
            examined += 1;
            if !known.contains(&event.event.journey) {
                let facts = self
                    .projector
                    .told_together(event.event.journey, &self.to)?;
                known.insert(event.event.journey);
                for (journey, facts) in facts {
                    known.insert(journey);
                    let before = facts.into_iter().filter(|fact| {
                        self.from.covers(&fact.place.ledger, fact.place.sequence)
                            || fact.place < event.place
                    });
                    walk.learn(journey, before.map(|fact| fact.event).collect());
                }
            }
            let place = event.place.clone();
            steps.extend(walk.take(event));
            if steps.len() == self.limit || (examined == last && more) {
                let end = examined == last && !more;
                return Ok((steps, examined, (!end).then_some(place)));
            }
        }
        Ok((steps, examined, None))
    }

    fn tell(&self, step: Step) -> StepTold {
        StepTold {
            how: step.how,
            moved: explain::moved(&self.figure, &step.difference),
            changes: counted(&self.figure, &step.difference.cells),
            event: step.fact.into(),
        }
    }

    /// `from` must not lie after `to` in any ledger: a step is told forwards.
    fn check(&self) -> Result<(), Problem> {
        let beyond = |(ledger, last): &(&LedgerId, u64)| !self.to.covers(ledger, *last);
        match self.from.iter().find(beyond) {
            None => Ok(()),
            Some((ledger, _)) => {
                let why = format!("lies after `to` in ledger {ledger}");
                Err(Problem::parameter("from", why))
            }
        }
    }

    /// How the two answers differ, and how far the later one was when it was read, if it moves.
    fn compare(
        &self,
        from: &Standpoint,
        to: &Standpoint,
    ) -> Result<(CellsDiffer, Option<Watermark>), Problem> {
        let mut cells: BTreeMap<String, (i64, i64)> = BTreeMap::new();
        let (read, _) = from.read_at(|table| {
            self.figure.read(table, &mut |cell, n| {
                cells.entry(cell.to_owned()).or_default().0 = n;
            })
        });
        read?;
        let (read, reached) = to.read_at(|table| {
            self.figure.read(table, &mut |cell, n| {
                cells.entry(cell.to_owned()).or_default().1 = n;
            })
        });
        read?;
        let before = cells.iter().map(|(cell, (n, _))| (cell.as_str(), *n));
        let after = cells.iter().map(|(cell, (_, n))| (cell.as_str(), *n));
        let (before, after) = (self.figure.total(before), self.figure.total(after));
        cells.retain(|_, (before, after)| before != after);
        let differ = CellsDiffer {
            before,
            after,
            differing: cells.len(),
            cells: cells
                .iter()
                .take(CELLS_MAX)
                .map(|(cell, (before, after))| CellDiffers {
                    cell: named(&self.figure, cell),
                    before: *before,
                    after: *after,
                })
                .collect(),
        };
        Ok((differ, reached))
    }
}

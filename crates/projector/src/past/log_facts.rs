//! The log's facts in memory, to be told person by person: for questions that the sums of a fold do
//! not answer.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;
use std::sync::Arc;
use std::time::Duration;

use homeward_events::id::JourneyId;
use homeward_ledger::Reader;
use homeward_projections::ReadModel;
use homeward_projections::explain::{Placed, PlacedFacts};
use tokio_util::sync::CancellationToken;

use crate::fold_log::{FoldError, PROGRESS_EVERY_MS};
use crate::position::Watermark;
use crate::progress::{Meter, Progress};
use crate::rebuild::{Bound, Drained, drain};
use crate::status::Halted;
use crate::told::Told;

/// A log in memory, as it is stored; its facts are read when they are asked for.
pub struct LogFacts {
    drained: Drained,
    journeys: BTreeMap<JourneyId, Range<usize>>,
    /// The last commit of each ledger that is in.
    pub watermark: Watermark,
}

/// Reads the log up to a bound into memory. `progress` is told several times a second how far it is.
/// Dropping the future ends the work.
///
/// # Errors
/// The log is not complete up to the bound.
pub async fn read_log(
    reader: &Reader,
    bound: &Bound,
    mut progress: impl FnMut(Progress),
) -> Result<LogFacts, FoldError> {
    let meter = Arc::new(Meter::new());
    let cancel = CancellationToken::new();
    let mut draining = std::pin::pin!(drain(reader, bound, &meter, &cancel));
    let mut ticks = tokio::time::interval(Duration::from_millis(PROGRESS_EVERY_MS));
    let drained = loop {
        tokio::select! {
            biased;
            drained = &mut draining => break drained?,
            _ = ticks.tick() => progress(meter.progress()),
        }
    };
    let reached = drained.reached.iter();
    Ok(LogFacts {
        watermark: reached
            .map(|(ledger, reached)| (ledger.clone(), reached.sequence))
            .collect(),
        journeys: drained.journeys().into_iter().collect(),
        drained,
    })
}

impl LogFacts {
    /// Everything, in parts that must each be told together, in the order of their first journeys.
    /// Each part is read when it comes; facts that cannot be read halt `model`, or are passed over.
    pub fn together<'l>(
        &'l self,
        model: &'l ReadModel,
    ) -> impl Iterator<Item = Result<PlacedFacts, FoldError>> + 'l {
        let mut told: BTreeSet<JourneyId> = BTreeSet::new();
        self.journeys.iter().filter_map(move |(journey, commits)| {
            if told.remove(journey) {
                return None;
            }
            let together = self.drained.mentions.reach([*journey]);
            if together.len() == 1 {
                let alone = self.read(model, [(*journey, commits.clone())]);
                return Some(alone);
            }
            let members = together
                .iter()
                .filter_map(|id| Some((*id, self.journeys.get(id)?.clone())));
            let facts = self.read(model, members);
            told.extend(together.into_iter().filter(|other| other > journey));
            Some(facts)
        })
    }

    /// A journey and all that must be told together with it.
    ///
    /// # Errors
    /// A fact cannot be read, and halts `model`.
    pub fn with(&self, model: &ReadModel, journey: JourneyId) -> Result<PlacedFacts, FoldError> {
        let together = self.drained.mentions.reach([journey]);
        let members = together
            .into_iter()
            .filter_map(|id| Some((id, self.journeys.get(&id)?.clone())));
        self.read(model, members)
    }

    fn read(
        &self,
        model: &ReadModel,
        members: impl IntoIterator<Item = (JourneyId, Range<usize>)>,
    ) -> Result<PlacedFacts, FoldError> {
        let mut facts = PlacedFacts::new();
        for (journey, commits) in members {
            let told = self.drained.tell(commits);
            if let Some(halted) = told.iter().find_map(|told| halts(model, told)) {
                let model = model.name;
                return Err(FoldError::Halted { model, halted });
            }
            let placed: Vec<Placed> = told.into_iter().filter_map(Told::placed).collect();
            if !placed.is_empty() {
                facts.insert(journey, placed);
            }
        }
        Ok(facts)
    }
}

fn halts(model: &ReadModel, told: &Told) -> Option<Halted> {
    let unreadable = told.event.as_ref().err()?;
    told.halts(model)
        .then(|| Halted::new(&told.place, unreadable))
}

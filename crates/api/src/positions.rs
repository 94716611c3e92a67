//! Where an explanation stands: a read model as it is or as it was known, and the position of the log
//! that facts are told up to.

use std::sync::Arc;
use std::time::Duration;

use homeward_projections::{ReadModel, Table};
use homeward_projector::past::{Kept, Known, Moment};
use homeward_projector::{View, Watermark};

use crate::answer::{aside, view};
use crate::asked::Asked;
use crate::gate::Gate;
use crate::problem::Problem;

/// How long a question about the past waits for a fold. Less than an answer may take, and the fold
/// goes on: asked again, it is there.
const PAST_WAIT: Duration = Duration::from_secs(20);

/// A position of the log that is asked about.
pub(crate) struct Position {
    /// The last commit of each ledger that is known.
    pub(crate) watermark: Watermark,
    /// The moment, if it is not wherever the read models are now.
    moment: Option<Moment>,
}

/// A read model to ask, at a position.
pub(crate) enum Standpoint {
    Live(View),
    Past(Arc<Kept>),
}

impl Standpoint {
    /// Asks it, and says how far it was when it answered, if it moves.
    pub(crate) fn read_at<T>(&self, ask: impl FnOnce(&dyn Table) -> T) -> (T, Option<Watermark>) {
        match self {
            Self::Live(view) => {
                let (answer, as_of) = aside(|| view.read_as_of(ask));
                (answer, Some(as_of.watermark))
            }
            Self::Past(kept) => (aside(|| ask(&kept.table)), None),
        }
    }

    /// Asks it.
    pub(crate) fn read<T>(&self, ask: impl FnOnce(&dyn Table) -> T) -> T {
        match self {
            Self::Live(view) => aside(|| view.read(ask)),
            Self::Past(kept) => aside(|| ask(&kept.table)),
        }
    }
}

/// The position that a parameter names (`known=jm:1200`): where the read model stands when it is
/// absent or the head, once it knows at least what `at_least` asks for.
///
/// # Errors
/// The model is not ready or does not catch up, or there is no such position.
pub(crate) async fn standpoint(
    gate: &Gate,
    model: &'static ReadModel,
    parameter: &str,
    asked: &mut Asked,
) -> Result<Position, Problem> {
    let known: Vec<Known> = asked
        .all(parameter)
        .iter()
        .map(|text| text.parse())
        .collect::<Result<_, String>>()
        .map_err(|error| Problem::parameter(parameter, error))?;
    if known.is_empty() || known == [Known::Head] {
        // Waits for what the answer must know at least.
        view(gate, model.name, asked).await?;
        let watermark = gate.projector.view(model.name)?.as_of().watermark;
        return Ok(Position {
            watermark,
            moment: None,
        });
    }
    let moment = gate.projector.past().known(&known).await?.moment;
    Ok(Position {
        watermark: moment.watermark().clone(),
        moment: Some(moment),
    })
}

impl Position {
    /// A read model there.
    ///
    /// # Errors
    /// It is not ready, or is being folded.
    pub(crate) async fn table(
        &self,
        gate: &Gate,
        model: &'static ReadModel,
    ) -> Result<Standpoint, Problem> {
        let Some(moment) = &self.moment else {
            let view = gate.projector.view(model.name)?;
            return Ok(Standpoint::Live(view));
        };
        let kept = gate
            .projector
            .past()
            .table(model, moment, PAST_WAIT)
            .await?;
        Ok(Standpoint::Past(kept))
    }
}

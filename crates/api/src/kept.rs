//! Answers that were worked out before, for as long as they hold: until the read model moves.
//!
//! Dashboards ask the same again and again, and a question by a definition walks over everybody.

use std::any::{Any, TypeId};
use std::fmt::Debug;
use std::num::NonZeroUsize;
use std::sync::{Arc, Mutex, PoisonError};

use homeward_projections::Table;
use lru::LruCache;

use crate::answer::{Footing, View, read};
use crate::gate::Gate;
use crate::problem::Problem;

/// Answers that are kept: what a few dashboards show. The largest take some hundred kilobytes.
const ANSWERS: NonZeroUsize = NonZeroUsize::new(64).unwrap();

/// Answers, by what was asked of what.
pub(crate) struct KeptAnswers(Mutex<LruCache<Question, Arc<dyn Any + Send + Sync>>>);

/// A question, and what it was asked of: whoever is asked the same again says the same.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
struct Question {
    model: &'static str,
    /// Which generation at which position, or which log.
    of: String,
    asked: String,
    answer: TypeId,
}

impl Question {
    /// What is asked is told apart by its debug text, in which nothing of it is missing.
    fn of<T: 'static>((model, of): (&'static str, &str), asked: &impl Debug) -> Self {
        Self {
            model,
            of: of.to_owned(),
            asked: format!("{asked:?}"),
            answer: TypeId::of::<T>(),
        }
    }
}

impl KeptAnswers {
    pub(crate) fn new() -> Self {
        Self(Mutex::new(LruCache::new(ANSWERS)))
    }

    fn get<T: Any + Send + Sync>(&self, question: &Question) -> Option<Arc<T>> {
        let kept = self.lock().get(question).cloned()?;
        kept.downcast().ok()
    }

    fn keep<T: Any + Send + Sync>(&self, question: Question, answer: &Arc<T>) {
        let answer: Arc<dyn Any + Send + Sync> = Arc::<T>::clone(answer);
        // What had to go ends when the lock is free again.
        let _gone = self.lock().push(question, answer);
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, LruCache<Question, Arc<dyn Any + Send + Sync>>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// As [`read`]; what was worked out before is not worked out again while the model stands where it
/// stood. `asked` is all that the answer depends on besides the model.
///
/// # Errors
/// The question's.
pub(crate) fn read_kept<T, E>(
    gate: &Gate,
    view: &View,
    asked: &impl Debug,
    question: impl FnOnce(&dyn Table) -> Result<T, E>,
) -> Result<(Arc<T>, Footing), Problem>
where
    T: Any + Send + Sync,
    Problem: From<E>,
{
    let place = |footing: &Footing| Question::of::<T>(footing.of(), asked);
    let footing = view.footing();
    if let Some(answer) = gate.kept.get(&place(&footing)) {
        return Ok((answer, footing));
    }
    let (answer, footing) = read(view, question)?;
    let answer = Arc::new(answer);
    gate.kept.keep(place(&footing), &answer);
    Ok((answer, footing))
}

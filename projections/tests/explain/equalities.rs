//! What holds of every log, cut and read model.

use std::collections::BTreeMap;

use homeward_events::id::EventId;
use homeward_projections::explain::{Conditions, Evidence, Figure, Weight, behind, steps};
use homeward_projections::fold::{Facts, fold};
use homeward_projections::model::{Contributions, Difference, add_cell};
use homeward_projections::{ReadModel, all};
use proptest::prelude::*;

use crate::log::{collected, cuts, logs};

/// A model's whole table, and the same asked about one ledger.
fn figures(model: &'static ReadModel) -> Vec<Figure> {
    let only = BTreeMap::from([("ledger".to_owned(), vec!["jm".to_owned()])]);
    let jm = Conditions::new(model, &only).map(|conditions| Figure::Cells(model, conditions));
    [Figure::Table(model)].into_iter().chain(jm).collect()
}

fn without(facts: &Facts, gone: impl Fn(EventId) -> bool) -> Facts {
    facts
        .iter()
        .map(|(id, facts)| {
            let left = facts.iter().filter(|event| !gone(event.id));
            (*id, left.cloned().collect())
        })
        .collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(32))]

    /// The steps between two positions, applied to the earlier table, give the later one, byte for
    /// byte.
    #[test]
    fn steps_lead_from_one_table_to_the_other(log in logs(), cut in cuts()) {
        let (before, then) = log.cut(&cut);
        let mut tables = fold(all(), &before);
        let expected = fold(all(), &log.facts());
        for model in all() {
            let table = tables.get_mut(model.name).unwrap();
            for step in steps(&Figure::Table(model), before.clone(), then.clone()) {
                table.apply(step.difference);
            }
            prop_assert_eq!(&*table, &expected[model.name], "{}", model.name);
        }
    }

    /// No step is superfluous and none is missing: an event is a step if and only if the figure
    /// before it and after it differ, and its difference is that of the two.
    #[test]
    fn a_step_is_what_changes_something(log in logs(), cut in cuts()) {
        let (before, then) = log.cut(&cut);
        for figure in all().iter().flat_map(|model| figures(model)) {
            let mut steps = steps(&figure, before.clone(), then.clone()).into_iter().peekable();
            let mut known = before.clone();
            let mut adds = figure.of(&known);
            for placed in &then {
                known.entry(placed.event.journey).or_default().push(placed.event.clone());
                let now = figure.of(&known);
                let difference = Difference::between(adds, now.clone());
                let step = steps.next_if(|step| step.fact.place == placed.place);
                let told = step.map(|step| (step.fact.event, step.difference));
                let expected = (!difference.is_empty()).then_some((placed.event.id, difference));
                prop_assert_eq!(told, expected);
                adds = now;
            }
            prop_assert_eq!(steps.next(), None);
        }
    }

    /// Where the walk is begun does not matter: two stretches give the steps of one.
    #[test]
    fn a_walk_can_be_interrupted(log in logs(), cut in cuts(), at in 0_usize..40) {
        let (before, then) = log.cut(&cut);
        let at = at.min(then.len());
        let model = &homeward_projections::caseload::CASELOAD;
        let figure = Figure::Table(model);
        let whole = steps(&figure, before.clone(), then.clone());
        let mut first = steps(&figure, before.clone(), then[..at].to_vec());
        let mut known = before;
        for (journey, facts) in collected(&then[..at]) {
            known.entry(journey).or_default().extend(facts);
        }
        first.extend(steps(&figure, known, then[at..].to_vec()));
        prop_assert_eq!(first, whole);
    }

    /// The evidence of all persons adds up to the figure; what is named is enough to give it; what is
    /// named as needed is, and nothing else is.
    #[test]
    fn evidence_is_needed_and_enough(log in logs()) {
        let facts = log.facts();
        for figure in all().iter().flat_map(|model| figures(model)) {
            let whole = figure.of(&facts);
            let evidence = behind(&figure, &facts);
            let mut sum = Contributions::default();
            for one in &evidence {
                sum.rows.extend(one.adds.rows.clone());
                for (cell, by) in &one.adds.cells {
                    add_cell(&mut sum.cells, cell.clone(), *by);
                }
            }
            prop_assert_eq!(&sum, &whole);
            let named: BTreeMap<EventId, Weight> = evidence
                .iter()
                .flat_map(|one| one.events.iter().map(|bearing| (bearing.event, bearing.weight)))
                .collect();
            let only_named = figure.of(&without(&facts, |id| !named.contains_key(&id)));
            prop_assert_eq!(&only_named, &whole);
        }
    }

    /// A fact is needed if and only if the figure without it is another.
    #[test]
    fn needed_is_what_changes_the_figure(log in logs()) {
        let facts = log.facts();
        for figure in all().iter().flat_map(|model| figures(model)) {
            let whole = figure.of(&facts);
            let evidence = behind(&figure, &facts);
            let needed: Vec<EventId> = evidence
                .iter()
                .flat_map(|one| &one.events)
                .filter(|bearing| bearing.weight == Weight::Needed)
                .map(|bearing| bearing.event)
                .collect();
            for placed in &log.placed {
                let id = placed.event.id;
                let changes = figure.of(&without(&facts, |gone| gone == id)) != whole;
                // Where nobody adds anything, a fact can still keep somebody from adding: a
                // retraction, say. There is nothing then that it could be behind.
                let theirs = |one: &Evidence| {
                    one.events.iter().any(|bearing| bearing.journey == placed.event.journey)
                };
                let adds = evidence.iter().any(theirs);
                if needed.contains(&id) {
                    prop_assert!(changes, "{id} is not needed");
                } else if adds {
                    prop_assert!(!changes, "{id} is needed");
                }
            }
        }
    }
}

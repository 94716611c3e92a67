//! Explanations as tables.

use std::collections::BTreeMap;

use crate::explain::evidence::{Evidence, Weight};
use crate::explain::fact::{Fact, PlacedFacts};
use crate::explain::figure::Figure;
use crate::explain::moved::moved;
use crate::explain::walk::Step;
use crate::sheet::{Column, Sheet, Value};

/// Who and what is behind a figure: a row a fact, by person. A person is named by the first of its
/// journeys.
pub fn evidence_sheet<'e>(
    evidence: impl IntoIterator<Item = (&'e Evidence, &'e PlacedFacts)>,
) -> Sheet {
    let columns = [Column::text("person", "#meta+person")]
        .into_iter()
        .chain(fact_columns())
        .chain([
            Column::text("weight", "#meta+weight"),
            Column::text("says", "#description"),
        ]);
    let title = "Persons and facts behind a figure";
    let mut sheet = Sheet::new("behind", title, columns);
    for (one, placed) in evidence {
        let person = one.persons.first().and_then(|journeys| journeys.first());
        let person = person.map(ToString::to_string);
        for (fact, weight) in one.facts(placed) {
            let weight: Weight = weight;
            let first = [person.clone().into()].into_iter();
            let last = [weight.as_str().into(), fact.says.clone().into()];
            sheet.push(first.chain(fact_values(&fact)).chain(last));
        }
    }
    sheet
}

/// What moved a figure: a row an event, in the order of the log.
pub fn steps_sheet<'s>(figure: &Figure, steps: impl IntoIterator<Item = &'s Step>) -> Sheet {
    let columns = fact_columns().into_iter().chain([
        Column::count("lag_days", "#indicator+lag_days"),
        Column::text("how", "#status+how"),
        Column::text("moved", "#description+moved"),
        Column::text("says", "#description"),
    ]);
    let mut sheet = Sheet::new("steps", "What moved a figure, event by event", columns);
    for step in steps {
        let last = [
            step.fact.lag_days.into(),
            step.how.as_str().into(),
            moved(figure, &step.difference).into(),
            step.fact.says.clone().into(),
        ];
        sheet.push(fact_values(&step.fact).into_iter().chain(last));
    }
    sheet
}

/// The cells that differ between two answers: a row a cell, with both counts.
pub fn cells_sheet(figure: &Figure, cells: &BTreeMap<&str, (i64, i64)>) -> Sheet {
    let dimensions = figure.dimensions().iter();
    let columns = dimensions
        .map(|name| Column::dimension(name))
        .chain(["before", "after", "difference"].map(|name| Column::count(name, "#indicator+num")));
    let mut sheet = Sheet::new("cells", "Cells that differ between two answers", columns);
    for (cell, (before, after)) in cells {
        let mut values: Vec<Value> = figure
            .named(cell)
            .into_iter()
            .map(|(name, value)| {
                if figure.dimensions().contains(&name) {
                    value.into()
                } else {
                    format!("{name} {value}").trim().into()
                }
            })
            .collect();
        // A cell of another shape stands in the first column, with its name.
        values.resize(figure.dimensions().len().max(1), Value::Missing);
        values.extend([*before, *after, after - before].map(Value::from));
        sheet.push(values);
    }
    sheet
}

fn fact_columns() -> [Column; 8] {
    [
        Column::dimension("ledger"),
        Column::count("sequence", "#meta+sequence"),
        Column::count("index", "#meta+index"),
        Column::text("type", "#event+type"),
        Column::text("occurred", "#date+occurred"),
        Column::text("recorded", "#date+recorded"),
        Column::text("journey", "#meta+journey"),
        Column::text("event", "#meta+event"),
    ]
}

fn fact_values(fact: &Fact) -> [Value; 8] {
    [
        fact.place.ledger.as_str().into(),
        fact.place.sequence.into(),
        u64::from(fact.place.index).into(),
        fact.event_type.into(),
        fact.occurred.to_string().into(),
        fact.recorded.to_string().into(),
        fact.journey.to_string().into(),
        fact.event.to_string().into(),
    ]
}

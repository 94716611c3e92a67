//! The outcomes that compete: what the definition counts, what makes it impossible, and who had none
//! of these; together everybody, at every time.

use homeward_dashboard::chart::{Axis, Chart, ChartId, Kind, Layer, Say, Shares, Words};

use super::float;
use super::{FEW, Told, Unit, ending, people, rooted, takes};
use crate::pages::ask::Ask;
use crate::pages::panel::{Cell, Column, Drawn, Guard, Panel, State, TableTwin};

/// An end by its shares at the times of the curve.
struct End {
    name: String,
    shares: Vec<f64>,
}

pub(super) fn panel(ask: &Ask, unit: Unit, told: &Told) -> Panel {
    let speech = ask.speech();
    let figures = &told.told.figures;
    let until = figures.restricted_mean.horizon;
    let times: Vec<i64> = figures
        .curve
        .iter()
        .map(|point| point.time)
        .filter(|time| *time <= until)
        .collect();
    let count = ("count", people(figures.persons).into());
    let subtitle = speech.tell("returns-outcomes-subtitle", &[count]);
    let base = Panel {
        id: "outcomes",
        subtitle,
        ..Panel::default()
    };
    let Some(last) = times.last().copied().filter(|_| figures.persons > 0) else {
        let headline = speech.say("returns-outcomes-title");
        return rooted(
            ask,
            told,
            Panel {
                headline,
                state: State::Empty,
                ..base
            },
        );
    };
    let ends: Vec<End> = figures
        .causes
        .iter()
        .map(|cause| End {
            name: ending(speech, &cause.cause),
            shares: cause
                .at
                .iter()
                .take(times.len())
                .map(|point| point.share)
                .collect(),
        })
        .collect();
    let none: Vec<f64> = (0..times.len())
        .map(|at| {
            1.0 - ends
                .iter()
                .filter_map(|end| end.shares.get(at))
                .sum::<f64>()
        })
        .collect();
    let firm = figures
        .curve
        .iter()
        .rev()
        .find(|point| point.at_risk >= FEW && point.time <= last);
    let at = firm.map_or(last, |point| point.time);
    let place = times.iter().position(|time| *time == at).unwrap_or(0);
    let share_at = |shares: &[f64]| speech.percent(shares.get(place).copied().unwrap_or(0.0), 1);
    let spelled = ends
        .iter()
        .map(|end| format!("{}: {}", end.name, share_at(&end.shares)));
    let spelled = spelled.collect::<Vec<_>>().join("; ");
    let said = [
        ("time", unit.times(speech, at).into()),
        ("share", share_at(&none).into()),
    ];
    let few = figures.persons < FEW;
    let (headline, sentence) = if few {
        (speech.say("returns-outcomes-title"), ask.too_few())
    } else {
        let headline = speech.tell("returns-outcomes-headline", &said);
        (headline, format!("{spelled}."))
    };
    let mut panel = rooted(
        ask,
        told,
        Panel {
            headline,
            sentences: vec![sentence],
            tables: vec![table(ask, unit, (&times, &none), &ends)],
            takes: takes(ask, unit, &[]),
            ..base
        },
    );
    if few {
        return panel;
    }
    let caution = firm.map(|point| point.time).filter(|from| *from < last);
    picture(
        ask,
        unit,
        &Stack {
            times: &times,
            ends: &ends,
            none: &none,
            caution,
        },
        &mut panel,
    );
    panel
}

/// What is stacked.
struct Stack<'a> {
    times: &'a [i64],
    ends: &'a [End],
    none: &'a [f64],
    caution: Option<i64>,
}

/// The shares at the times at which the axis has lines, and at the last.
fn table(ask: &Ask, unit: Unit, (times, none): (&[i64], &[f64]), ends: &[End]) -> TableTwin {
    let speech = ask.speech();
    let mut columns = vec![Column::words(unit.axis(speech))];
    columns.extend(ends.iter().map(|end| Column::kept(end.name.as_str())));
    columns.push(Column::kept(speech.say("returns-none-of-these")));
    let share = |shares: &[f64], at: usize| {
        let share = shares.get(at).copied().unwrap_or(0.0);
        Cell::number(speech.percent(share, 1), share)
    };
    let mut rows = Vec::new();
    for (at, time) in times.iter().enumerate() {
        if time % unit.every() != 0 && at + 1 != times.len() {
            continue;
        }
        let mut row = vec![Cell {
            value: time.to_string(),
            ..Cell::text(speech.count(*time))
        }];
        row.extend(ends.iter().map(|end| share(&end.shares, at)));
        row.push(share(none, at));
        rows.push(row);
    }
    let caption = speech.say("returns-outcomes-title");
    TableTwin {
        caption,
        columns,
        rows,
        totals: Vec::new(),
        // Each step is one person or few.
        guard: Guard::Closed,
    }
}

fn picture(ask: &Ask, unit: Unit, stack: &Stack<'_>, panel: &mut Panel) {
    let speech = ask.speech();
    let percent = |share: f64| speech.percent(share, 0);
    let exact = |share: f64| speech.percent(share, 1);
    let count = |time: f64| speech.decimal(time, 0);
    let in_full = |time: f64| format!("{} {time:.0}", unit.axis(speech));
    let (x_title, y_title) = (unit.axis(speech), speech.say("returns-axis-everybody"));
    let few = speech.tell("returns-few", &[("count", people(FEW).into())]);
    let none = speech.say("returns-none-of-these");
    let layer = |end: &'_ End| (end.name.clone(), end.shares.clone());
    let ends: Vec<(String, Vec<f64>)> = stack.ends.iter().map(layer).collect();
    let mut layers: Vec<Layer<'_>> = ends
        .iter()
        .map(|(label, shares)| Layer {
            label,
            shares: shares.clone(),
            remainder: false,
        })
        .collect();
    layers.push(Layer {
        label: &none,
        shares: stack.none.to_vec(),
        remainder: true,
    });
    let until = float(stack.times.last().copied().unwrap_or(0));
    let shares = Shares {
        x: Axis::time(&x_title, until, float(unit.every()), Say::new(&count))
            .pointed(Say::new(&in_full)),
        y: Axis::share(&y_title, Say::new(&percent)).pointed(Say::new(&exact)),
        times: stack.times.iter().map(|time| float(*time)).collect(),
        layers,
        until,
        caution: stack.caution.map(|from| (float(from), few.as_str())),
    };
    let chart = Chart {
        words: Words {
            title: &panel.headline.clone(),
            desc: &panel.sentences.join(" "),
            empty: &speech.say("panel-empty"),
        },
        kind: Kind::Shares(shares),
    };
    panel.picture = Some(Drawn::Answer(chart.figure(&ChartId::new(panel.id))));
}

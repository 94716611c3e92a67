//! The survival curve: who is still free of what the definition counts, with its interval, and how
//! many are still observed.

use homeward_dashboard::chart::{
    Axis, Below, Chart, ChartId, Curve, Curves, Kind, Say, Step, Words,
};
use homeward_dashboard::language::Speech;

use super::{FEW, Told, Unit, asked, by_definition, choices, id, people, rooted, takes};
use crate::endpoints::recidivism::ReturnFigures;
use crate::pages::ask::{Ask, label};
use crate::pages::explain;
use crate::pages::panel::{Cell, Column, Panel, State, TableTwin};
use crate::problem::Problem;

/// Curves of one picture; further groups stand in the table.
const CURVES_MAX: usize = 6;

/// More marks than this on a curve hide it.
const MARKS_MAX: usize = 40;

/// Who a curve is about.
struct Line<'a> {
    name: String,
    figures: &'a ReturnFigures,
    /// The last time at which anybody was observed.
    until: i64,
}

pub(super) async fn panel(ask: &Ask, unit: Unit, told: &Told) -> Result<Panel, Problem> {
    let speech = ask.speech();
    let figures = &told.told.figures;
    let by = ask.frame.one("by");
    let also = ask.frame.one("also");
    let groups = match by {
        "" => None,
        by => Some(asked(ask, unit, &[("by", by)]).await?),
    };
    let other = match also {
        "" => None,
        also => Some(asked(ask, unit, &[("definition", also)]).await?),
    };
    let mut lines = Vec::new();
    match &groups {
        Some(groups) => lines.extend(groups.told.groups.iter().map(|group| {
            let value = group.values.first().map_or("", String::as_str);
            line(speech.word(by, value), &group.figures)
        })),
        None if other.is_some() => lines.push(line(told.told.definition.clone(), figures)),
        None => lines.push(line(speech.say("returns-everybody"), figures)),
    }
    if let Some(other) = &other {
        lines.push(line(other.told.definition.clone(), &other.told.figures));
    }
    lines.sort_by_key(|line| std::cmp::Reverse(line.figures.persons));
    let mut panel = words(ask, unit, told);
    if let Some(test) = groups
        .as_ref()
        .and_then(|groups| groups.told.log_rank.as_ref())
    {
        let compared = [test.chi2, test.p];
        panel
            .sentences
            .push(match (compared, test.degrees, &test.not_compared) {
                ([Some(chi2), Some(p)], Some(degrees), _) => {
                    let told = [
                        ("chi2", speech.decimal(chi2, 2).into()),
                        ("degrees", people(degrees).into()),
                        ("p", speech.decimal(p, 4).into()),
                        ("by", label(speech, by).into()),
                    ];
                    speech.tell("returns-log-rank", &told)
                }
                (_, _, why) => {
                    let why = why.clone().unwrap_or_default();
                    speech.tell("returns-not-compared", &[("why", why.into())])
                }
            });
    }
    panel.tables = lines.iter().map(|line| table(speech, unit, line)).collect();
    panel.choices = choices(ask, unit, &told.told);
    if !by.is_empty() {
        panel.takes = takes(ask, unit, &[("by", by)]);
    }
    if lines.len() > CURVES_MAX {
        let count = i64::try_from(lines.len() - CURVES_MAX).unwrap_or(i64::MAX);
        panel
            .notes
            .push(speech.tell("returns-more-groups", &[("count", count.into())]));
        lines.truncate(CURVES_MAX);
    }
    picture(ask, unit, &lines, &mut panel);
    Ok(panel)
}

fn line(name: String, figures: &ReturnFigures) -> Line<'_> {
    let until = figures.restricted_mean.horizon;
    Line {
        name,
        figures,
        until,
    }
}

/// What the panel says before it is drawn.
fn words(ask: &Ask, unit: Unit, told: &Told) -> Panel {
    let speech = ask.speech();
    let figures = &told.told.figures;
    let persons = people(figures.persons);
    let subtitle = speech.tell("returns-survival-subtitle", &[("count", persons.into())]);
    let base = Panel {
        id: "survival",
        subtitle,
        ..Panel::default()
    };
    let end = figures
        .curve
        .iter()
        .rev()
        .find(|point| point.time <= figures.restricted_mean.horizon);
    let Some(end) = end.filter(|_| figures.persons > 0) else {
        let headline = speech.say("returns-survival-title");
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
    // The headline rests on the last time at which enough were observed, the sentence on all there is.
    let firm = figures
        .curve
        .iter()
        .rev()
        .find(|point| point.at_risk >= FEW && point.time <= end.time);
    let firm = firm.unwrap_or(end);
    let share = match (firm.lower, firm.upper) {
        (Some(lower), Some(upper)) => speech.percent_between(firm.survival, lower, upper, 1),
        (Some(_) | None, _) => speech.percent(firm.survival, 1),
    };
    let definition = id(&told.told);
    let told_of = |share: String| {
        [
            ("count", persons.into()),
            ("failed", people(firm.failed).into()),
            ("share", share.into()),
            ("time", unit.times(speech, firm.time).into()),
            ("definition", (&told.told.definition).into()),
        ]
    };
    let headline = by_definition(speech, "returns-headline", definition);
    let sentence = by_definition(speech, "returns-sentence", definition);
    let mut sentences = vec![speech.tell(&sentence, &told_of(share))];
    if figures.not_mature > 0 {
        let waiting = [("count", people(figures.not_mature).into())];
        sentences.push(speech.tell("returns-not-mature", &waiting));
    }
    rooted(
        ask,
        told,
        Panel {
            headline: speech.tell(&headline, &told_of(speech.percent(firm.survival, 1))),
            sentences,
            takes: takes(ask, unit, &[]),
            explain: Some(ask.address(
                "/explain/recidivism",
                explain::TAKES,
                &[("role", "failed")],
            )),
            ..base
        },
    )
}

/// The curve's figures at every time at which one of them moved, or at which the axis has a line.
fn table(speech: Speech, unit: Unit, line: &Line<'_>) -> TableTwin {
    let mut rows = Vec::new();
    let points: Vec<_> = line
        .figures
        .curve
        .iter()
        .filter(|point| point.time <= line.until)
        .collect();
    let mut failed = 0;
    for (index, point) in points.iter().enumerate() {
        let next = points.get(index + 1).map_or(0, |next| next.at_risk);
        let now = point.failed.saturating_sub(failed);
        failed = point.failed;
        let last = index + 1 == points.len();
        let on_line = point.time % unit.every() == 0;
        if !(on_line || last || (now > 0 && points.len() <= 120)) {
            continue;
        }
        let left = point.at_risk.saturating_sub(now).saturating_sub(next);
        let share = |share: Option<f64>| {
            share.map_or_else(
                || Cell::number("–", ""),
                |share| Cell::number(speech.percent(share, 1), share),
            )
        };
        rows.push(vec![
            Cell {
                value: point.time.to_string(),
                ..Cell::text(speech.count(point.time))
            },
            Cell::count(speech, people(point.at_risk)),
            Cell::count(speech, people(point.failed)),
            Cell::count(speech, people(left)),
            share(Some(point.survival)),
            share(point.lower),
            share(point.upper),
        ]);
    }
    let numbers = ["at-risk", "failed", "left", "share", "lower", "upper"];
    let numbers =
        numbers.map(|name| Column::numbers(speech.say(&format!("returns-column-{name}"))));
    let mut columns = vec![Column::words(unit.axis(speech))];
    columns.extend(numbers);
    TableTwin {
        caption: line.name.clone(),
        columns,
        rows,
        totals: Vec::new(),
    }
}

/// Draws the curves.
fn picture(ask: &Ask, unit: Unit, lines: &[Line<'_>], panel: &mut Panel) {
    let speech = ask.speech();
    let percent = |share: f64| speech.percent(share, 0);
    let exact = |share: f64| speech.percent(share, 1);
    let count = |time: f64| speech.decimal(time, 0);
    let in_full = |time: f64| format!("{} {time:.0}", unit.axis(speech));
    let (x_title, y_title) = (unit.axis(speech), speech.say("returns-axis-share"));
    let at_risk = lines.iter().map(|line| {
        move |time: f64| {
            let point = line
                .figures
                .curve
                .iter()
                .find(|point| (float(point.time) - time).abs() < 0.5);
            let point = point.filter(|point| point.time <= line.until);
            point.map_or_else(|| "–".into(), |point| speech.count(people(point.at_risk)))
        }
    });
    let at_risk: Vec<_> = at_risk.collect();
    let risk_label = |line: &Line<'_>| {
        let said = speech.say("returns-column-at-risk");
        if lines.len() > 1 {
            format!("{said}: {}", line.name)
        } else {
            said
        }
    };
    let risk_labels: Vec<String> = lines.iter().map(risk_label).collect();
    let (band, mark, few) = (
        speech.say("returns-band"),
        speech.say("returns-mark"),
        speech.tell("returns-few", &[("count", people(FEW).into())]),
    );
    let reach = lines.iter().map(|line| line.until).max().unwrap_or(0);
    let from = axis_from(lines);
    if from > 0.0 {
        let told = [("from", speech.percent(from, 0).into())];
        panel.notes.push(speech.tell("returns-axis-begins", &told));
    }
    let too_few = speech.tell("returns-too-few", &[("count", people(FEW).into())]);
    let rows = risk_labels.iter().zip(&at_risk).map(|(label, at)| Below {
        label,
        at: Say::new(at),
    });
    let curves = Curves {
        x: Axis::time(
            &x_title,
            float(reach),
            float(unit.every()),
            Say::new(&count),
        )
        .pointed(Say::new(&in_full)),
        y: Axis::share(&y_title, Say::new(&percent))
            .beginning_at(from)
            .pointed(Say::new(&exact)),
        curves: lines.iter().map(|line| curve(line, &too_few)).collect(),
        band: Some(&band),
        mark: Some(&mark),
        caution: caution(lines).map(|from| (from, few.as_str())),
        below: rows.collect(),
    };
    let chart = Chart {
        words: Words {
            title: &panel.headline.clone(),
            desc: &panel.sentences.join(" "),
            empty: &speech.say("panel-empty"),
        },
        kind: Kind::Curves(curves),
    };
    panel.picture = Some(chart.figure(&ChartId::new(panel.id)));
}

/// From when on fewer are observed than figures should rest on, in every curve.
fn caution(lines: &[Line<'_>]) -> Option<f64> {
    let firm = |line: &Line<'_>| {
        let firm = line
            .figures
            .curve
            .iter()
            .filter(|point| point.at_risk >= FEW && point.time <= line.until);
        firm.map(|point| point.time).max().unwrap_or(0)
    };
    let firm = lines.iter().map(firm).max()?;
    let reach = lines.iter().map(|line| line.until).max()?;
    (firm < reach).then_some(float(firm))
}

/// Where the upright axis begins: at nothing, unless all curves stay near the whole.
fn axis_from(lines: &[Line<'_>]) -> f64 {
    let lowest = |line: &Line<'_>| {
        let points = line
            .figures
            .curve
            .iter()
            .filter(|point| point.time <= line.until);
        let lows = points.map(|point| point.lower.unwrap_or(point.survival));
        lows.fold(1.0, f64::min)
    };
    let drawn = lines.iter().filter(|line| line.figures.persons >= FEW);
    let lowest = drawn.map(lowest).fold(1.0, f64::min);
    if lowest >= 0.9 {
        0.9
    } else if lowest >= 0.8 {
        0.8
    } else {
        0.0
    }
}

fn curve<'a>(line: &'a Line<'_>, too_few: &'a str) -> Curve<'a> {
    let points: Vec<_> = line
        .figures
        .curve
        .iter()
        .filter(|point| point.time <= line.until)
        .collect();
    let (mut steps, mut censored, mut before) = (Vec::new(), Vec::new(), 0);
    for (index, point) in points.iter().enumerate() {
        let now = point.failed.saturating_sub(before);
        before = point.failed;
        if now > 0 {
            let band = point.lower.zip(point.upper);
            steps.push(Step {
                at: float(point.time),
                value: point.survival,
                band,
            });
        }
        // Who left without failing before the last time; at the last, everybody does.
        if let Some(next) = points.get(index + 1)
            && point.at_risk.saturating_sub(now) > next.at_risk
        {
            censored.push(float(point.time));
        }
    }
    if censored.len() > MARKS_MAX {
        censored.clear();
    }
    let until = float(line.until);
    Curve {
        label: &line.name,
        start: 1.0,
        steps,
        censored,
        until,
        withheld: (line.figures.persons < FEW).then_some(too_few),
    }
}

/// Times are far below 2^31.
pub(super) fn float(time: i64) -> f64 {
    i32::try_from(time).map_or(f64::from(i32::MAX), f64::from)
}

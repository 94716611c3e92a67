//! The survival curve: who is still free of what the definition counts, with its interval, and how
//! many are still observed.

use homeward_dashboard::chart::{
    Axis, Below, Chart, ChartId, Curve, Curves, Kind, Say, Step, Words,
};
use homeward_dashboard::language::Speech;

use super::{
    FEW, Told, Unit, asked, by_definition, choices, float, id, of_few, people, rooted, takes,
};
use crate::endpoints::recidivism::{CurvePoint, ReturnFigures};
use crate::pages::ask::{Ask, label};
use crate::pages::explain;
use crate::pages::panel::{Cell, Column, Drawn, Guard, Panel, State, TableTwin};
use crate::pages::published::RULE;
use crate::problem::Problem;

/// Curves of one picture; further groups stand in the table.
const CURVES_MAX: usize = 6;

/// More marks than this on a curve hide it.
const MARKS_MAX: usize = 40;

/// Who a curve is about.
struct Line<'a> {
    name: String,
    figures: &'a ReturnFigures,
    /// The curve as far as it is told.
    points: Vec<&'a CurvePoint>,
    /// The last time at which anybody was observed.
    until: i64,
}

pub(super) async fn panel(ask: &Ask, unit: Unit, told: &Told) -> Result<Panel, Problem> {
    let speech = ask.speech();
    let figures = &told.told.figures;
    let by = ask.frame.one("by");
    // Two definitions beside each other tell who is counted by one of them only.
    let also = if ask.frame.withholds() {
        ""
    } else {
        ask.frame.one("also")
    };
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
            line(ask, speech.word(by, value), &group.figures)
        })),
        None if other.is_some() => lines.push(line(ask, told.told.definition.clone(), figures)),
        None => lines.push(line(ask, speech.say("returns-everybody"), figures)),
    }
    if let Some(other) = &other {
        let name = other.told.definition.clone();
        lines.push(line(ask, name, &other.told.figures));
    }
    lines.sort_by_key(|line| std::cmp::Reverse(line.figures.persons));
    let mut panel = words(ask, unit, told, &line(ask, String::new(), figures));
    if ask.frame.withholds() {
        panel.tables = lines
            .iter()
            .map(|line| table(speech, unit, line, true))
            .collect();
        panel.choices = choices(ask, unit, &told.told);
        lines.retain(|line| !line.points.is_empty());
        panel.words_follow_table = by.is_empty() && !lines.is_empty();
        if !panel.words_follow_table {
            // All together would tell the group that is withheld.
            panel.headline = speech.say("returns-survival-title");
            panel.sentences.clear();
        }
        if !lines.is_empty() {
            panel.notes.push(speech.say("small-curve"));
            lines.truncate(CURVES_MAX);
            picture(ask, unit, &lines, &mut panel);
        }
        return Ok(panel);
    }
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
    panel.tables = lines
        .iter()
        .map(|line| table(speech, unit, line, false))
        .collect();
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
    if lines.iter().any(|line| line.figures.persons >= FEW) {
        picture(ask, unit, &lines, &mut panel);
    }
    Ok(panel)
}

fn line<'a>(ask: &Ask, name: String, figures: &'a ReturnFigures) -> Line<'a> {
    let until = figures.restricted_mean.horizon;
    let mut points: Vec<&CurvePoint> = figures.curve.iter().collect();
    points.retain(|point| point.time <= until);
    if ask.frame.withholds() {
        points = in_large_steps(&points, Unit::of(ask));
    }
    Line {
        name,
        figures,
        until: match points.last() {
            Some(last) if ask.frame.withholds() => last.time,
            Some(_) | None => until,
        },
        points,
    }
}

/// Times of the axis between which nobody, or enough, failed and nobody, or enough, left; as long as enough
/// are observed. Single steps of a curve are single people.
fn in_large_steps<'a>(points: &[&'a CurvePoint], unit: Unit) -> Vec<&'a CurvePoint> {
    let mut told: Vec<&CurvePoint> = Vec::new();
    let mut counts: Vec<Vec<i64>> = Vec::new();
    let (mut before, everybody) = (0, points.first().map_or(0, |first| first.at_risk));
    for point in points {
        // Who failed before the point and who left before it make up who is not at risk at it.
        let gone = people(everybody.saturating_sub(point.at_risk));
        let failed = people(point.failed);
        let left = gone.saturating_sub(before);
        before = failed;
        if point.time % unit.every() != 0 || point.at_risk < FEW {
            continue;
        }
        counts.push(vec![gone, failed, left, people(point.at_risk)]);
        if RULE.beside(&counts).last() == Some(&true) {
            told.push(point);
        } else {
            counts.pop();
        }
    }
    // One point alone is no curve.
    if told.len() < 2 { Vec::new() } else { told }
}

/// What the panel says before it is drawn.
fn words(ask: &Ask, unit: Unit, told: &Told, line: &Line<'_>) -> Panel {
    let speech = ask.speech();
    let figures = &told.told.figures;
    let persons = people(figures.persons);
    let subtitle = speech.tell("returns-survival-subtitle", &[("count", persons.into())]);
    let base = Panel {
        id: "survival",
        subtitle,
        ..Panel::default()
    };
    let end = line.points.last().filter(|_| figures.persons > 0);
    let Some(end) = end else {
        let headline = speech.say("returns-survival-title");
        let few = figures.persons > 0;
        return rooted(
            ask,
            told,
            Panel {
                headline,
                state: if few { State::Told } else { State::Empty },
                ..base
            },
        );
    };
    // The headline rests on the last time at which enough were observed, the sentence on all there is.
    let mut points = line.points.iter().rev();
    let firm = points.find(|point| point.at_risk >= FEW).unwrap_or(end);
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
    let (headline, mut sentences) = if figures.persons < FEW {
        of_few(ask, figures)
    } else {
        let headline = by_definition(speech, "returns-headline", definition);
        let sentence = by_definition(speech, "returns-sentence", definition);
        let sentence = speech.tell(&sentence, &told_of(share));
        let share = speech.percent(firm.survival, 1);
        (speech.tell(&headline, &told_of(share)), vec![sentence])
    };
    if figures.not_mature > 0 && !ask.frame.withholds() {
        let waiting = [("count", people(figures.not_mature).into())];
        sentences.push(speech.tell("returns-not-mature", &waiting));
    }
    rooted(
        ask,
        told,
        Panel {
            headline,
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

/// The curve's figures at every time at which one of them moved, or at which the axis has a line; or, where
/// small numbers are withheld, at its large steps.
fn table(speech: Speech, unit: Unit, line: &Line<'_>, withholds: bool) -> TableTwin {
    let mut rows = Vec::new();
    let points = &line.points;
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
    let number = |name: &str| Column::answer(speech.say(&format!("returns-column-{name}")));
    let mut columns = vec![Column::words(unit.axis(speech))];
    columns.extend(["at-risk", "failed"].map(number));
    // Between large steps it would be another figure.
    columns.push(Column::kept(speech.say("returns-column-left")));
    columns.extend(["share", "lower", "upper"].map(number));
    let guard = match (withholds, rows.is_empty()) {
        (true, false) => Guard::Answers(Vec::new()),
        (true, true) => Guard::Withheld,
        (false, _) => Guard::Closed,
    };
    TableTwin {
        caption: line.name.clone(),
        columns,
        rows,
        totals: Vec::new(),
        guard,
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
            let mut points = line.points.iter();
            let point = points.find(|point| (float(point.time) - time).abs() < 0.5);
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
        curves: lines
            .iter()
            .map(|line| curve(line, &too_few, ask.frame.withholds()))
            .collect(),
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
    let svg = chart.figure(&ChartId::new(panel.id));
    panel.picture = Some(if ask.frame.withholds() {
        Drawn::Table(svg)
    } else {
        Drawn::Answer(svg)
    });
}

/// From when on fewer are observed than figures should rest on, in every curve.
fn caution(lines: &[Line<'_>]) -> Option<f64> {
    let firm = |line: &Line<'_>| {
        let firm = line.points.iter().filter(|point| point.at_risk >= FEW);
        firm.map(|point| point.time).max().unwrap_or(0)
    };
    let firm = lines.iter().map(firm).max()?;
    let reach = lines.iter().map(|line| line.until).max()?;
    (firm < reach).then_some(float(firm))
}

/// Where the upright axis begins: at nothing, unless all curves stay near the whole.
fn axis_from(lines: &[Line<'_>]) -> f64 {
    let lowest = |line: &Line<'_>| {
        let lows = line
            .points
            .iter()
            .map(|point| point.lower.unwrap_or(point.survival));
        lows.fold(1.0, f64::min)
    };
    let drawn = lines.iter().filter(|line| line.figures.persons >= FEW);
    let Some(lowest) = drawn.map(lowest).reduce(f64::min) else {
        return 0.0;
    };
    if lowest >= 0.9 {
        0.9
    } else if lowest >= 0.8 {
        0.8
    } else {
        0.0
    }
}

fn curve<'a>(line: &'a Line<'_>, too_few: &'a str, withholds: bool) -> Curve<'a> {
    let points = &line.points;
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
    if censored.len() > MARKS_MAX || withholds {
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

#[cfg(test)]
mod tests {
    use super::*;

    fn point(time: i64, at_risk: u64, failed: u64) -> CurvePoint {
        CurvePoint {
            time,
            at_risk,
            failed,
            survival: 0.5,
            standard_error: 0.0,
            lower: None,
            upper: None,
            cumulative_hazard: 0.0,
            cumulative_hazard_error: 0.0,
        }
    }

    fn told(points: &[CurvePoint]) -> Vec<i64> {
        let points: Vec<&CurvePoint> = points.iter().collect();
        let told = in_large_steps(&points, Unit::Week);
        told.iter().map(|point| point.time).collect()
    }

    #[test]
    fn a_step_of_few_waits_for_the_next() {
        let points = [
            point(0, 200, 0),
            point(13, 200, 0),
            // Five fail: they would be told.
            point(26, 200, 5),
            // Fifteen more, but before them only the five are gone.
            point(39, 195, 20),
            point(52, 180, 20),
            // Three have left unseen.
            point(65, 177, 20),
            point(78, 160, 20),
        ];
        assert_eq!(told(&points), [0, 13, 52, 78]);
    }

    #[test]
    fn few_at_the_start_or_at_the_end_are_not_told() {
        assert_eq!(told(&[point(0, 19, 0), point(13, 19, 0)]), [0; 0]);
        let points = [
            point(0, 60, 0),
            point(13, 60, 15),
            point(26, 45, 15),
            point(39, 19, 41),
        ];
        assert_eq!(told(&points), [0, 13, 26]);
    }
}

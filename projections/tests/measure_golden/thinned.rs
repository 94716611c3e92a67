//! The cohort thinned by a rule: every figure of `golden.csv`, which `golden.R` beside it wrote.

use homeward_projections::measure::compare::fleming_harrington;
use homeward_projections::measure::cox::{self, Ties};
use homeward_projections::measure::proportion::{Proportion, Rate};
use homeward_projections::measure::survival::{Cause, Curve, Exit, Interval, RiskTable};

use crate::cohort::{Person, people, tables};
use crate::figures::Figures;

const TOLERANCE: f64 = 1e-9;
const TIMES: [i64; 7] = [1, 5, 10, 20, 30, 45, 52];
const SCALES: [(&str, Interval); 3] = [
    ("plain", Interval::Plain),
    ("log", Interval::Log),
    ("log-log", Interval::LogLog),
];

fn curve_of(exits: impl IntoIterator<Item = Exit>) -> Curve {
    RiskTable::from_exits(exits).kaplan_meier()
}

fn meet_curve(name: &str, curve: &Curve) {
    meet_figures(Figures::golden(&format!("{name} ")), name, curve);
}

fn meet_figures(mut figures: Figures, name: &str, curve: &Curve) {
    let mut meet = |field: String, found: Option<f64>| {
        figures.meet(&format!("{name} {field}"), found, TOLERANCE);
    };
    for (word, scale) in SCALES {
        for time in TIMES {
            let interval = curve.interval(time, scale, 0.95);
            meet(format!("{word} lower {time}"), interval.map(|i| i.0));
            meet(format!("{word} upper {time}"), interval.map(|i| i.1));
        }
        for share in [0.05, 0.1, 0.15, 0.2, 0.25, 0.5] {
            let quantile = curve.quantile(share, scale, 0.95);
            meet(format!("{word} quantile {share}"), quantile.time);
            meet(format!("{word} quantile lower {share}"), quantile.lower);
            meet(format!("{word} quantile upper {share}"), quantile.upper);
        }
    }
    for time in TIMES {
        let point = curve.at(time);
        let at_risk = f64::from(u32::try_from(point.at_risk).expect("few"));
        meet(format!("at risk {time}"), Some(at_risk));
        meet(format!("survival {time}"), Some(point.survival));
        meet(format!("error {time}"), Some(point.standard_error));
        meet(format!("hazard {time}"), Some(point.cumulative_hazard));
        let error = point.cumulative_hazard_error;
        meet(format!("hazard error {time}"), Some(error));
    }
    for horizon in [15, 40, 52, 60] {
        let mean = curve.restricted_mean(horizon);
        meet(format!("mean {horizon}"), Some(mean.mean));
        meet(format!("mean error {horizon}"), Some(mean.standard_error));
    }
    figures.done();
}

#[test]
fn curve_without_censoring_before_the_end() {
    meet_curve("rossi", &curve_of(people().iter().map(Person::whole)));
}

#[test]
fn curve_with_censoring() {
    meet_curve("censored", &curve_of(people().iter().map(Person::censored)));
}

#[test]
fn curve_with_delayed_entry() {
    let curve = curve_of(people().iter().map(Person::entering_late));
    let mut figures = Figures::golden("late ");
    // On day 1 few have entered, so the lower limit dips to 0.86 and rises again. R sorts the limits by
    // value before it looks, and finds day 3; the limit first comes down to 0.95 and 0.9 on day 1.
    figures.replace("late log-log quantile lower 0.05", 3.0, 1.0);
    figures.replace("late log-log quantile lower 0.1", 3.0, 1.0);
    meet_figures(figures, "late", &curve);
}

#[test]
fn curve_that_ends_at_zero() {
    let times = [
        3, 3, 5, 6, 6, 8, 9, 9, 12, 20, 21, 21, 25, 30, 33, 33, 41, 44, 50, 55,
    ];
    let curve = curve_of(times.map(|time| Exit::event(time, 1)));
    meet_curve("all", &curve);
    let end = curve.at(55);
    assert!(end.survival.abs() < TOLERANCE && end.standard_error.abs() < TOLERANCE);
    assert_eq!(curve.interval(55, Interval::LogLog, 0.95), None);
    assert!(!curve.restricted_mean(60).extrapolated);
}

#[test]
fn curve_with_gaps_in_time_at_risk() {
    let people = people();
    let spells: Vec<_> = people.iter().map(Person::with_gap).collect();
    let table = RiskTable::from_exits(
        spells
            .iter()
            .flat_map(homeward_projections::measure::survival::Spell::exits),
    );
    assert_eq!(table.persons(), 432);
    let curve = table.kaplan_meier();
    let mut figures = Figures::golden("gaps ");
    for time in TIMES {
        let point = curve.at(time);
        let at_risk = f64::from(u32::try_from(point.at_risk).expect("few"));
        figures.meet(&format!("gaps at risk {time}"), at_risk, TOLERANCE);
        figures.meet(&format!("gaps survival {time}"), point.survival, TOLERANCE);
        let error = point.standard_error;
        figures.meet(&format!("gaps error {time}"), error, TOLERANCE);
    }
    figures.done();
}

#[test]
fn incidence_of_competing_causes() {
    let table = RiskTable::from_exits(people().iter().map(Person::censored));
    let incidences = table.aalen_johansen();
    let mut figures = Figures::golden("causes ");
    let mut meet = |field: String, found: Option<f64>| {
        figures.meet(&format!("causes {field}"), found, TOLERANCE);
    };
    let curve = table.kaplan_meier();
    for time in TIMES {
        meet(format!("share 0 {time}"), Some(incidences.survival(time)));
        meet(
            format!("error 0 {time}"),
            Some(curve.at(time).standard_error),
        );
        for cause in [1, 2] {
            let found = incidences.at(time, Cause(cause));
            meet(format!("share {cause} {time}"), Some(found.share));
            meet(format!("error {cause} {time}"), Some(found.standard_error));
            for (word, scale) in SCALES {
                let interval = incidences.interval(time, Cause(cause), scale, 0.95);
                let name = |side| format!("{word} {side} {cause} {time}");
                meet(name("lower"), interval.map(|i| i.0));
                meet(name("upper"), interval.map(|i| i.1));
            }
        }
    }
    figures.done();
}

#[test]
fn incidence_with_delayed_entry() {
    let table = RiskTable::from_exits(people().iter().map(Person::entering_late));
    let incidences = table.aalen_johansen();
    let mut figures = Figures::golden("delayed causes ");
    for time in TIMES {
        let name = |cause: u16| format!("delayed causes share {cause} {time}");
        figures.meet(&name(0), incidences.survival(time), TOLERANCE);
        for cause in [1, 2] {
            let share = incidences.at(time, Cause(cause)).share;
            figures.meet(&name(cause), share, TOLERANCE);
        }
    }
    figures.done();
}

#[test]
fn tests_of_four_groups_within_and_without_strata() {
    let people = people();
    let group = |person: &Person| i64::from(person.group());
    let mut figures = Figures::golden("groups ");
    for rho in 0..3_u8 {
        let all = tables(&people, Person::censored, group);
        let test = fleming_harrington(&[&all], rho).expect("four groups");
        meet_test(&mut figures, &format!("groups {rho}"), &test);
    }
    figures.done();
    let mut figures = Figures::golden("strata ");
    let mut strata: Vec<Vec<RiskTable>> = Vec::new();
    for (wexp, race) in [(0, 0), (0, 1), (1, 0), (1, 1)] {
        let within = |p: &&Person| p.get("wexp") == wexp && p.get("race") == race;
        let part: Vec<Person> = people.iter().filter(within).cloned().collect();
        let exits = |group| part.iter().filter(move |p| p.group() == group);
        let table = |group| RiskTable::from_exits(exits(group).map(Person::censored));
        strata.push((0..4).map(table).collect());
    }
    let strata: Vec<&[RiskTable]> = strata.iter().map(Vec::as_slice).collect();
    for rho in 0..3_u8 {
        let test = fleming_harrington(&strata, rho).expect("four groups");
        meet_test(&mut figures, &format!("strata {rho}"), &test);
    }
    figures.done();
}

fn meet_test(
    figures: &mut Figures,
    name: &str,
    test: &homeward_projections::measure::compare::Comparison,
) {
    assert_eq!(test.degrees, 3);
    figures.meet(&format!("{name} chi2"), test.chi2, TOLERANCE);
    figures.meet(&format!("{name} p"), test.p, TOLERANCE);
    for (place, group) in test.groups.iter().enumerate() {
        let observed = group.observed;
        figures.meet(&format!("{name} observed {place}"), observed, TOLERANCE);
        let expected = group.expected;
        figures.meet(&format!("{name} expected {place}"), expected, TOLERANCE);
    }
}

const COVARIATES: [&str; 3] = ["fin", "age", "prio"];

type Rows<'a> = Box<dyn Fn(&Person) -> cox::Row + 'a>;

#[test]
fn models_with_delayed_entry_strata_and_counts() {
    let people = people();
    let mut figures = Figures::golden("cox ");
    let late = |person: &Person| cox::Row {
        start: Some(person.late),
        ..person.row(&COVARIATES)
    };
    let models: [(&str, Rows<'_>); 5] = [
        ("rossi", Box::new(|person| person.whole_row(&COVARIATES))),
        ("censored", Box::new(|person| person.row(&COVARIATES))),
        ("late", Box::new(late)),
        (
            "strata",
            Box::new(|person| cox::Row {
                stratum: person.group(),
                ..late(person)
            }),
        ),
        (
            "copies",
            Box::new(|person| cox::Row {
                count: person.copies(),
                ..late(person)
            }),
        ),
    ];
    for (model, row) in models {
        let rows: Vec<cox::Row> = people.iter().map(row).collect();
        for (word, ties) in [("efron", Ties::Efron), ("breslow", Ties::Breslow)] {
            let fit = cox::fit(&rows, ties).expect("a maximum");
            meet_model(&mut figures, &format!("cox {model} {word}"), &fit);
        }
    }
    figures.done();
}

fn meet_model(figures: &mut Figures, name: &str, fit: &cox::Fit) {
    let mut meet = |field: &str, found: f64| {
        figures.meet(&format!("{name} {field}"), found, 1e-8);
    };
    for (term, coefficient) in COVARIATES.iter().zip(&fit.coefficients) {
        meet(&format!("coefficient {term}"), coefficient.value);
        meet(&format!("error {term}"), coefficient.standard_error);
    }
    meet("covariance", fit.covariances[1][2]);
    meet("log likelihood 0", fit.log_likelihood_null);
    meet("log likelihood 1", fit.log_likelihood);
    meet("score", fit.score.chi2);
    meet("likelihood ratio", fit.likelihood_ratio.chi2);
    let count = |count: u64| f64::from(u32::try_from(count).expect("few"));
    meet("concordant", count(fit.concordance.concordant));
    meet("discordant", count(fit.concordance.discordant));
    meet("tied", count(fit.concordance.tied));
}

#[test]
fn intervals_of_shares_and_rates() {
    let mut left = 0;
    for (part, whole) in [
        (0, 5),
        (1, 5),
        (5, 5),
        (3, 30),
        (17, 21),
        (114, 432),
        (40_801, 99_999),
    ] {
        let mut figures = Figures::golden(&format!("{part} of {whole} "));
        let share = Proportion::new(part, whole).expect("a part");
        let rate = Rate::new(part, whole).expect("an exposure");
        for level in [0.9, 0.95] {
            let found = [
                ("wilson", share.wilson(level)),
                ("exact", share.clopper_pearson(level)),
                ("rate", rate.interval_per_100(level)),
            ];
            for (word, interval) in found {
                let (lower, upper) = interval.expect("a level");
                let name = |side| format!("{part} of {whole} at {level} {word} {side}");
                figures.meet(&name(0), lower, TOLERANCE);
                figures.meet(&name(1), upper, TOLERANCE);
            }
        }
        left += 1;
        figures.done();
    }
    assert_eq!(left, 7);
}

#[test]
fn no_figure_is_left_over() {
    let figures = Figures::golden("");
    let met = [
        "rossi ",
        "censored ",
        "late ",
        "all ",
        "gaps ",
        "causes ",
        "delayed ",
        "groups ",
        "strata ",
        "cox ",
    ];
    let left: Vec<String> = figures
        .names("")
        .into_iter()
        .filter(|name| !met.iter().any(|prefix| name.starts_with(prefix)))
        .filter(|name| !name.contains(" of "))
        .collect();
    assert!(left.is_empty(), "{left:?}");
}

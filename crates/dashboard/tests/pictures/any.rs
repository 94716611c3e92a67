//! Charts of anything: whatever comes in, a picture stays a picture.

use homeward_dashboard::chart::{
    Amount, Arrangement, Axis, Bar, Bars, Calendar, Chart, ChartId, Curve, Curves, Direction, Flow,
    Frame, Interval, Intervals, Kind, Layer, Leaving, Say, Shares, Slope, Slopes, Stage, Step,
    Wave, Words,
};
use homeward_dashboard::map::{Map, Place};
use proptest::prelude::*;

fn spell(value: f64) -> String {
    format!("{value:.1e}")
}

const SAY: Say<'static> = Say::new(&spell);

fn value() -> impl Strategy<Value = f64> {
    prop_oneof![4 => 0.0..1.5_f64, 2 => -1e6..1e6_f64, 1 => prop::num::f64::ANY]
}

fn amount() -> impl Strategy<Value = Amount<'static>> {
    prop_oneof![
        4 => value().prop_map(Amount::Known),
        1 => Just(Amount::Withheld("fewer than 11 people")),
        1 => Just(Amount::Immature("not final")),
        1 => Just(Amount::Nothing("nobody")),
    ]
}

fn check(kind: Kind<'_>) {
    let words = Words {
        title: "a <title> & \"more\"",
        desc: "\u{1}",
        empty: "nothing",
    };
    let chart = Chart { words, kind };
    for frame in Frame::ALL {
        super::check("any", &chart.svg(&ChartId::new("any \"id\""), frame));
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(60))]

    #[test]
    fn curves_of_anything(
        names in prop::collection::vec("\\PC{0,40}", 0..7),
        steps in prop::collection::vec((value(), value(), value(), value()), 0..20),
        (to, until, caution) in (value(), value(), value()),
    ) {
        let curve = |label| Curve {
            label,
            start: 1.0,
            steps: steps.iter().map(|(at, value, lower, upper)| Step { at: *at, value: *value, band: Some((*lower, *upper)) }).collect(),
            censored: steps.iter().map(|step| step.0).collect(),
            until,
            withheld: None,
        };
        check(Kind::Curves(Curves {
            x: Axis::time("time", to, 6.0, SAY),
            y: Axis::share("share", SAY),
            curves: names.iter().map(|name| curve(name)).collect(),
            band: Some("band"),
            mark: Some("mark"),
            caution: Some((caution, "few")),
            below: Vec::new(),
        }));
    }

    #[test]
    fn shares_of_anything(times in prop::collection::vec(value(), 0..9), shares in prop::collection::vec(prop::collection::vec(value(), 0..9), 0..7)) {
        let layer = |shares: &Vec<f64>| Layer { label: "part of the whole", shares: shares.clone(), remainder: shares.len() == 3 };
        check(Kind::Shares(Shares {
            x: Axis::time("time", 60.0, 6.0, SAY),
            y: Axis::share("share", SAY),
            times,
            layers: shares.iter().map(layer).collect(),
            until: 60.0,
            caution: None,
        }));
    }

    #[test]
    fn bars_of_anything(names in prop::collection::vec("\\PC{0,40}", 0..14), parts in prop::collection::vec(amount(), 0..5), stacked: bool, lying: bool) {
        check(Kind::Bars(Bars {
            value: Axis::count("people", SAY),
            series: parts.iter().map(|_| "series").collect(),
            bars: names.iter().map(|label| Bar { label, parts: parts.clone() }).collect(),
            direction: if lying { Direction::Lying } else { Direction::Standing },
            arrangement: if stacked { Arrangement::Stacked } else { Arrangement::Grouped },
        }));
    }

    #[test]
    fn intervals_of_anything(rows in prop::collection::vec((prop::option::of(value()), prop::option::of(value()), prop::option::of(value()), "\\PC{0,40}"), 0..8)) {
        let row = |(middle, lower, upper, label): &'_ (Option<f64>, Option<f64>, Option<f64>, String)| (*middle, *lower, *upper, label.clone());
        let rows: Vec<_> = rows.iter().map(row).collect();
        check(Kind::Intervals(Intervals {
            x: Axis::amount("days", SAY),
            rows: rows.iter().map(|(middle, lower, upper, label)| Interval { label, note: label, middle: *middle, lower: *lower, upper: *upper, withheld: None }).collect(),
            limit: None,
            open: "not reached",
        }));
    }

    #[test]
    fn slopes_of_anything(missing in prop::collection::vec(amount(), 0..6), values in prop::collection::vec(prop::collection::vec(amount(), 0..6), 0..6)) {
        check(Kind::Slopes(Slopes {
            y: Axis::share("score", SAY),
            waves: missing.iter().map(|missing| Wave { label: "wave", missing: *missing, answered: "n = 4" }).collect(),
            slopes: values.iter().map(|values| Slope { label: "dimension", values: values.clone() }).collect(),
            missing: "missing",
            say_missing: SAY,
        }));
    }

    #[test]
    fn flows_of_anything(stages in prop::collection::vec((amount(), amount(), prop::collection::vec(amount(), 0..4)), 0..6)) {
        let leaving = |amount: &Amount<'static>| Leaving { label: "left", amount: *amount };
        let stages = stages.iter().map(|(reached, waiting, left)| Stage { label: "stage", reached: *reached, waiting: *waiting, leaving: left.iter().map(leaving).collect() });
        check(Kind::Flow(Flow { stages: stages.collect(), waiting: "waiting", say: SAY, say_share: SAY }));
    }

    #[test]
    fn cells_and_areas_of_anything(cells in prop::collection::vec(prop::collection::vec(amount(), 14), 0..5)) {
        let rows = cells.iter().map(|_| "row").collect();
        check(Kind::Calendar(Calendar { title: "due", rows, columns: vec!["column"; 14], cells: cells.clone(), classes: None, say: SAY }));
        let codes = ["JM-01", "JM-02", "JM-14", "JM-99"];
        let places = || cells.iter().flatten().zip(codes.iter().cycle()).map(|(amount, code)| Place { code, name: "somewhere", amount: *amount }).collect();
        for country in ["JM", "DM"] {
            check(Kind::Map(Map { country, title: "people", places: places(), nothing: "nobody", elsewhere: "elsewhere", classes: None, say: SAY }));
        }
    }
}

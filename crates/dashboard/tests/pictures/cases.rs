//! Charts of every kind as pages show them, and the states in which there is little to show.

use homeward_dashboard::chart::{
    Amount, Arrangement, Axis, Bar, Bars, Below, Calendar, Chart, Classes, Curve, Curves,
    Direction, Flow, Interval, Intervals, Kind, Layer, Leaving, Limit, Say, Shares, Slope, Slopes,
    Stage, Step, Wave, Words,
};
use homeward_dashboard::map::{Map, Place};

use super::rossi;

const HELD: &str = "fewer than 11 people";
const EARLY: &str = "not final until 2027";

fn percent(value: f64) -> String {
    let spelled = format!("{:.1}", value * 100.0);
    format!("{} %", spelled.strip_suffix(".0").unwrap_or(&spelled))
}

fn plain(value: f64) -> String {
    format!("{value:.0}")
}

fn weeks(value: f64) -> String {
    format!("week {value:.0}")
}

fn days(value: f64) -> String {
    format!("{value:.0} days")
}

const PERCENT: Say<'static> = Say::new(&percent);
const PLAIN: Say<'static> = Say::new(&plain);
const WEEKS: Say<'static> = Say::new(&weeks);
const DAYS: Say<'static> = Say::new(&days);

const fn chart<'a>(title: &'a str, desc: &'a str, kind: Kind<'a>) -> Chart<'a> {
    Chart {
        words: Words {
            title,
            desc,
            empty: "No data for this choice",
        },
        kind,
    }
}

fn at_risk(week: f64) -> String {
    let people = rossi::people();
    people
        .iter()
        .filter(|person| f64::from(person.0) >= week)
        .count()
        .to_string()
}

fn curves(curves: Vec<Curve<'static>>) -> Curves<'static> {
    Curves {
        x: Axis::time("weeks since release", 52.0, 13.0, PLAIN).pointed(WEEKS),
        y: Axis::share("share not arrested", PERCENT),
        curves,
        band: Some("95 % interval"),
        mark: Some("observation ended"),
        caution: None,
        below: vec![Below {
            label: "at risk",
            at: Say::new(&at_risk),
        }],
    }
}

/// A made-up curve that falls evenly, some leave while it falls.
fn falling(label: &'static str, every: f64, by: f64, until: f64) -> Curve<'static> {
    let steps = (1..=1000)
        .map(|step| f64::from(step) * every)
        .take_while(|at| *at <= until)
        .map(|at| (at, 1.0 - by * at / every))
        .map(|(at, value)| Step {
            at,
            value,
            band: Some((value - 0.05, value + 0.04)),
        })
        .collect();
    let censored = vec![until * 0.3, until * 0.55, until * 0.8];
    Curve {
        label,
        start: 1.0,
        steps,
        censored,
        until,
        withheld: None,
    }
}

fn curve_cases() -> Vec<(&'static str, Chart<'static>)> {
    let people = rossi::people();
    let aided = |aid: bool| {
        people
            .iter()
            .filter(|person| person.2 == aid)
            .copied()
            .collect::<Vec<_>>()
    };
    let desc = "Of 432 people, 114 were arrested within 52 weeks; 73.6 % (69.2 to 77.5) were not.";
    let mut several = curves(vec![
        falling("Deported", 4.0, 0.030, 52.0),
        falling("Removed after conviction", 4.0, 0.031, 52.0),
        falling("Voluntary return", 6.0, 0.02, 40.0),
        falling("Refused entry", 8.0, 0.018, 52.0),
        Curve {
            withheld: Some("fewer than 11 people"),
            ..falling("Extradited", 8.0, 0.0, 52.0)
        },
    ]);
    several.caution = Some((39.0, "not yet mature: fewer than 20 observed"));
    several.band = None;
    let one = Curve {
        steps: vec![Step {
            at: 20.0,
            value: 0.0,
            band: None,
        }],
        censored: Vec::new(),
        until: 20.0,
        ..falling("One person", 60.0, 0.0, 20.0)
    };
    vec![
        (
            "curve_rossi",
            chart(
                "Rossi cohort",
                desc,
                Kind::Curves(curves(vec![rossi::curve("All 432", &people)])),
            ),
        ),
        (
            "curves_by_aid",
            chart(
                "By aid",
                desc,
                Kind::Curves(curves(vec![
                    rossi::curve("With financial aid", &aided(true)),
                    rossi::curve("Without", &aided(false)),
                ])),
            ),
        ),
        (
            "curves_several",
            chart(
                "By return type",
                "Five curves, one withheld.",
                Kind::Curves(several),
            ),
        ),
        (
            "curve_one_person",
            chart(
                "One person",
                "One person, one event.",
                Kind::Curves(curves(vec![one])),
            ),
        ),
        (
            "curves_empty",
            chart(
                "Nobody",
                "Nobody belongs to the cohort.",
                Kind::Curves(curves(Vec::new())),
            ),
        ),
    ]
}

fn shares_cases() -> Vec<(&'static str, Chart<'static>)> {
    let times: Vec<f64> = (0..=60).map(f64::from).collect();
    let share = |top: f64, pace: f64| {
        times
            .iter()
            .map(|at| top * (1.0 - (-at / pace).exp()))
            .collect::<Vec<_>>()
    };
    let (arrest, again, away, died) = (
        share(0.31, 18.0),
        share(0.12, 9.0),
        share(0.08, 30.0),
        share(0.02, 20.0),
    );
    let rest = (0..times.len())
        .map(|at| 1.0 - arrest[at] - again[at] - away[at] - died[at])
        .collect();
    let layer = |label, shares| Layer {
        label,
        shares,
        remainder: false,
    };
    let shares = |times: Vec<f64>, layers| Shares {
        x: Axis::time("months since return", 60.0, 6.0, PLAIN),
        y: Axis::share("share of those returned", PERCENT),
        times,
        layers,
        until: 60.0,
        caution: Some((48.0, "fewer than 20 observed")),
    };
    let layers = vec![
        layer("Arrested", arrest),
        layer("Removed again", again),
        layer("Re-migrated", away),
        layer("Died", died),
        Layer {
            label: "None of these",
            shares: rest,
            remainder: true,
        },
    ];
    vec![
        (
            "shares",
            chart(
                "Competing outcomes",
                "After 60 months.",
                Kind::Shares(shares(times, layers)),
            ),
        ),
        (
            "shares_empty",
            chart(
                "Competing outcomes",
                "Nobody.",
                Kind::Shares(shares(Vec::new(), Vec::new())),
            ),
        ),
    ]
}

fn bars_cases() -> Vec<(&'static str, Chart<'static>)> {
    use Amount::{Immature, Known, Withheld};
    let bar = |label, parts| Bar { label, parts };
    let bars = |series, bars, direction, arrangement| Bars {
        value: Axis::count("people", PLAIN),
        series,
        bars,
        direction,
        arrangement,
    };
    let months = [
        "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
    ];
    let arrivals = (0..).zip(months).map(|(month, label)| {
        let base = 180.0 + f64::from(month * 37 % 11) * 9.0;
        let last = if month == 11 {
            Immature(EARLY)
        } else {
            Known(22.0)
        };
        bar(label, vec![Known(base), Known(base * 0.3), last])
    });
    let types = vec!["Deported", "Removed after conviction", "Voluntary"];
    let grounds = vec![
        bar("Immigration only", vec![Known(435.0)]),
        bar("Drugs", vec![Known(266.0)]),
        bar("Assault", vec![Known(72.0)]),
        bar("Not provided by the sending state", vec![Known(51.0)]),
        bar("Kidnapping", vec![Withheld(HELD)]),
    ];
    let providers = vec![
        bar("Shelter", vec![Known(41.0), Known(9.0), Known(4.0)]),
        bar("Job centre", vec![Known(63.0), Known(21.0), Withheld(HELD)]),
        bar("Clinic", vec![Known(88.0), Known(3.0), Known(0.0)]),
    ];
    let answers = vec!["accepted", "declined", "no answer"];
    let lying = bars(
        vec!["people"],
        grounds,
        Direction::Lying,
        Arrangement::Stacked,
    );
    let stacked = bars(
        answers.clone(),
        providers.clone(),
        Direction::Lying,
        Arrangement::Stacked,
    );
    let grouped = bars(answers, providers, Direction::Lying, Arrangement::Grouped);
    let standing = bars(
        types,
        arrivals.collect(),
        Direction::Standing,
        Arrangement::Stacked,
    );
    let empty = bars(
        Vec::new(),
        Vec::new(),
        Direction::Standing,
        Arrangement::Stacked,
    );
    vec![
        (
            "bars_lying",
            chart(
                "Grounds",
                "Most were returned on immigration grounds alone.",
                Kind::Bars(lying),
            ),
        ),
        (
            "bars_stacked",
            chart("Answers", "Of referrals sent.", Kind::Bars(stacked)),
        ),
        (
            "bars_grouped",
            chart("Answers", "Of referrals sent.", Kind::Bars(grouped)),
        ),
        (
            "bars_standing",
            chart(
                "Arrivals",
                "By month and return type.",
                Kind::Bars(standing),
            ),
        ),
        ("bars_empty", chart("Arrivals", "None.", Kind::Bars(empty))),
    ]
}

fn intervals_cases() -> Vec<(&'static str, Chart<'static>)> {
    let row = |label, note, (middle, lower, upper)| Interval {
        label,
        note,
        middle,
        lower,
        upper,
        withheld: None,
    };
    let rows = vec![
        row(
            "Job centre",
            "63 referrals",
            (Some(6.0), Some(4.0), Some(9.0)),
        ),
        row(
            "Shelter",
            "54 referrals",
            (Some(12.0), Some(9.0), Some(17.0)),
        ),
        row(
            "Counselling centre",
            "28 referrals",
            (Some(19.0), Some(13.0), None),
        ),
        row("Legal aid", "17 referrals", (None, Some(21.0), None)),
        Interval {
            withheld: Some(HELD),
            ..row("Church council", "", (None, None, None))
        },
    ];
    let intervals = |rows, limit| Intervals {
        x: Axis::amount("days to an answer", DAYS),
        rows,
        limit,
        open: "not reached",
    };
    let limit = Limit {
        at: 14.0,
        label: "agreed: 14 days",
        within: "median within what was agreed",
        beyond: "median beyond it",
    };
    vec![
        (
            "intervals",
            chart(
                "Clocks",
                "Median days with intervals.",
                Kind::Intervals(intervals(rows, Some(limit))),
            ),
        ),
        (
            "intervals_empty",
            chart(
                "Clocks",
                "No referrals.",
                Kind::Intervals(intervals(Vec::new(), Some(limit))),
            ),
        ),
    ]
}

fn slopes_cases() -> Vec<(&'static str, Chart<'static>)> {
    use Amount::{Immature, Known, Nothing};
    let wave = |label, missing, answered| Wave {
        label,
        missing,
        answered,
    };
    let waves = || {
        vec![
            wave("start", Known(0.04), "n = 412"),
            wave("3 months", Known(0.31), "n = 296"),
            wave("6 months", Known(0.48), "n = 221"),
            wave("12 months", Immature(EARLY), "n = 64"),
        ]
    };
    let slope = |label, values: [Option<f64>; 4]| Slope {
        label,
        values: values
            .map(|value| value.map_or(Nothing("nobody answered"), Known))
            .to_vec(),
    };
    let slopes = |slopes| Slopes {
        y: Axis::share("mean score of those who answered both waves", PERCENT),
        waves: waves(),
        slopes,
        missing: "did not answer",
        say_missing: PERCENT,
    };
    let drawn = slopes(vec![
        slope("Economic", [Some(0.31), Some(0.42), Some(0.44), Some(0.57)]),
        slope("Social", [Some(0.48), Some(0.50), Some(0.55), Some(0.56)]),
        slope("Psychosocial", [Some(0.40), None, Some(0.52), Some(0.54)]),
    ]);
    vec![
        (
            "slopes",
            chart("Scores", "At four waves.", Kind::Slopes(drawn)),
        ),
        (
            "slopes_empty",
            chart(
                "Scores",
                "Nobody was asked.",
                Kind::Slopes(slopes(Vec::new())),
            ),
        ),
    ]
}

fn flow_cases() -> Vec<(&'static str, Chart<'static>)> {
    use Amount::{Known, Withheld};
    let leave = |label, amount| Leaving { label, amount };
    let stage = |label, reached, waiting, leaving| Stage {
        label,
        reached: Known(reached),
        waiting: Known(waiting),
        leaving,
    };
    let stages = vec![
        stage(
            "Received",
            1051.0,
            96.0,
            vec![
                leave("left after reception", Known(212.0)),
                leave("moved away", Known(18.0)),
            ],
        ),
        stage(
            "Assessed",
            725.0,
            88.0,
            vec![
                leave("withdrew", Known(40.0)),
                leave("lost to follow-up", Known(52.0)),
                leave("died", Withheld(HELD)),
            ],
        ),
        stage(
            "Planned",
            540.0,
            101.0,
            vec![leave("withdrew", Known(21.0))],
        ),
        stage(
            "Referred",
            418.0,
            77.0,
            vec![leave("re-migrated", Known(33.0))],
        ),
        stage(
            "In service",
            308.0,
            120.0,
            vec![leave("funding ended", Known(14.0))],
        ),
        stage("Plan completed", 174.0, 0.0, Vec::new()),
    ];
    let flow = |stages| Flow {
        stages,
        waiting: "still here",
        say: PLAIN,
        say_share: PERCENT,
    };
    vec![
        (
            "flow",
            chart(
                "Journeys",
                "From reception to completion.",
                Kind::Flow(flow(stages)),
            ),
        ),
        (
            "flow_empty",
            chart("Journeys", "None.", Kind::Flow(flow(Vec::new()))),
        ),
    ]
}

fn calendar_cases() -> Vec<(&'static str, Chart<'static>)> {
    use Amount::{Known, Nothing, Withheld};
    let days = vec!["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];
    let weeks = vec![
        "6 Jul", "", "", "", "3 Aug", "", "", "", "31 Aug", "", "", "", "28 Sep", "", "", "",
    ];
    let cell = |row: u32, column: u32| match (row * 5 + column * 3) % 23 {
        0 => Nothing("outside the period"),
        7 if row > 3 => Withheld(HELD),
        _ if row > 4 => Known(f64::from((row + column) % 3)),
        other => Known(f64::from(other * (7 - row) / 3)),
    };
    let cells = (0..7)
        .map(|row| (0..16).map(|column| cell(row, column)).collect())
        .collect();
    let calendar = |rows, columns, cells| Calendar {
        title: "follow-ups due",
        rows,
        columns,
        cells,
        classes: None,
        say: PLAIN,
    };
    vec![
        (
            "calendar",
            chart(
                "Follow-ups",
                "By week and weekday.",
                Kind::Calendar(calendar(days, weeks, cells)),
            ),
        ),
        (
            "calendar_empty",
            chart(
                "Follow-ups",
                "None.",
                Kind::Calendar(calendar(Vec::new(), Vec::new(), Vec::new())),
            ),
        ),
    ]
}

fn map_cases() -> Vec<(&'static str, Chart<'static>)> {
    use Amount::{Known, Withheld};
    let map = |country, places| Map {
        country,
        title: "people returned to",
        places,
        nothing: "nobody recorded",
        elsewhere: "Not on the map",
        classes: None,
        say: PLAIN,
    };
    let place = |code, amount| Place {
        code,
        name: "",
        amount,
    };
    let jamaica = vec![
        place("JM-01", Known(212.0)),
        place("JM-02", Known(187.0)),
        place("JM-03", Known(40.0)),
        place("JM-05", Known(66.0)),
        place("JM-06", Known(91.0)),
        place("JM-08", Known(143.0)),
        place("JM-12", Known(58.0)),
        place("JM-13", Withheld(HELD)),
        place("JM-14", Known(205.0)),
        place("JM-99", Known(12.0)),
    ];
    let haiti = vec![
        place("HT01", Known(41_200.0)),
        place("HT02", Known(5_210.0)),
        place("HT05", Known(12_300.0)),
        place("HT0811-07", Known(830.0)),
        place("HT08", Known(20.0)),
        place("HT09", Known(9_870.0)),
        place("HT03", Known(7_400.0)),
    ];
    let tobago = ["TT-POS", "TT-SFO", "TT-ARI", "TT-CHA", "TT-TOB"];
    let tobago = (1..)
        .zip(tobago)
        .map(|(at, code)| place(code, Known(f64::from(at) * 14.0)));
    let guyana = ["GY-DE", "GY-EB", "GY-ES", "GY-MA", "GY-UD"];
    let guyana = (1..)
        .zip(guyana)
        .map(|(at, code)| place(code, Known(f64::from(at) * 9.0)));
    let named = |code, name, amount| Place { code, name, amount };
    let dominica = vec![
        named("DM-02", "Saint Andrew", Known(4.0)),
        named("DM-04", "Saint George", Known(17.0)),
        named("DM-05", "Saint John", Known(2.0)),
        named("DM-10", "Saint Paul", Withheld(HELD)),
    ];
    let desc = "People by first-level area.";
    let mut cases = vec![
        (
            "map_jamaica",
            chart("Jamaica", desc, Kind::Map(map("JM", jamaica))),
        ),
        (
            "map_haiti",
            chart("Haiti", desc, Kind::Map(map("HT", haiti))),
        ),
        (
            "map_trinidad_and_tobago",
            chart(
                "Trinidad and Tobago",
                desc,
                Kind::Map(map("TT", tobago.collect())),
            ),
        ),
        (
            "map_guyana",
            chart("Guyana", desc, Kind::Map(map("GY", guyana.collect()))),
        ),
        (
            "map_of_squares",
            chart("Dominica", desc, Kind::Map(map("DM", dominica))),
        ),
        (
            "map_empty",
            chart("Jamaica", desc, Kind::Map(map("JM", Vec::new()))),
        ),
    ];
    let small = [
        ("BB", "map_barbados", "BB-01"),
        ("GD", "map_grenada", "GD-01"),
        ("AG", "map_antigua", "AG-04"),
    ];
    cases.extend(small.map(|(country, name, code)| {
        let shared = Map {
            classes: Some(Classes::up_to(25.0, true)),
            ..map(country, vec![place(code, Known(9.0))])
        };
        (name, chart("A small island", desc, Kind::Map(shared)))
    }));
    cases
}

/// Every case by its name.
pub(crate) fn all() -> Vec<(&'static str, Chart<'static>)> {
    [
        curve_cases(),
        shares_cases(),
        bars_cases(),
        intervals_cases(),
        slopes_cases(),
        flow_cases(),
        calendar_cases(),
        map_cases(),
    ]
    .into_iter()
    .flatten()
    .collect()
}

//! `/outcomes`: how the same people do at each wave, who is missing, and how many have work and a roof.

use axum::extract::{Query, State};
use axum::response::Response;
use homeward_dashboard::chart::{
    Amount, Axis, Chart, ChartId, Kind, Say, Slope, Slopes, Wave, Words,
};

use super::Visitor;
use super::ask::{Ask, FEW};
use super::panel::{Cell, Column, Drawn, Guard, Panel, Rests, State as Stands, TableTwin};
use super::shell;
use crate::answer::Answer;
use crate::endpoints::outcomes::{self, Changes, Outcomes, Responses};
use crate::gate::Gate;

/// What outcomes take of the frame.
const TAKES: &[&str] = &[
    "ledger",
    "site",
    "programme",
    "return_type",
    "grounds",
    "group",
    "sex",
    "age_band",
    "known",
    "day",
];

/// `GET /outcomes`
pub(crate) async fn page(
    State(gate): State<Gate>,
    visitor: Visitor,
    Query(pairs): Query<Vec<(String, String)>>,
) -> Response {
    let ask = Ask::new(gate, visitor, pairs);
    let language = [("language", ask.speech().language.code())];
    let (gate, key, query) = ask.question(TAKES, &language);
    let (scores, life) = match outcomes::answer(gate, key, query).await {
        Ok(answer) => (Ok(scores(&ask, &answer.0)), Ok(life(&ask, &answer.0))),
        Err(problem) => (Err(problem.clone()), Err(problem)),
    };
    let panels = vec![
        ask.panel("scores", "scores-title", scores),
        ask.panel("life", "life-title", life),
    ];
    shell::panels(&ask, "nav-outcomes", panels).await
}

/// Waves in their order.
const WAVES: [&str; 4] = ["baseline", "month-3", "month-6", "month-12"];

type Told = Answer<std::sync::Arc<Outcomes>>;

/// The instrument that most people answered.
fn instrument(told: &Outcomes) -> Option<&str> {
    let answered = |name: &str| -> i64 {
        let mine = told
            .scores
            .iter()
            .filter(|scores| scores.instrument == name);
        mine.map(|scores| scores.journeys).sum()
    };
    let names = told.instruments.iter().map(|named| named.name.as_str());
    names.max_by_key(|name| answered(name))
}

/// Scores of the same people at each wave, and who is missing.
fn scores(ask: &Ask, answer: &Told) -> Panel {
    let (speech, told) = (ask.speech(), &*answer.told);
    let name = instrument(told).unwrap_or_default();
    let label = told.instruments.iter().find(|named| named.name == name);
    let changes: Vec<&Changes> = told
        .changes
        .iter()
        .filter(|change| change.instrument == name && WAVES.contains(&change.wave_to.as_str()))
        .collect();
    let last = changes
        .iter()
        .rfind(|change| change.dimension == "overall" && change.paired > 0);
    let headline = match last {
        Some(change) => {
            let moved = change.mean_change.unwrap_or(0.0);
            let told = [
                ("count", change.paired.into()),
                ("wave", speech.word("wave", &change.wave_to).into()),
                (
                    "from",
                    speech.decimal(change.mean_from.unwrap_or(0.0), 2).into(),
                ),
                (
                    "to",
                    speech.decimal(change.mean_to.unwrap_or(0.0), 2).into(),
                ),
            ];
            speech.tell(
                if moved >= 0.0 {
                    "scores-up"
                } else {
                    "scores-down"
                },
                &told,
            )
        }
        None => speech.say("scores-nothing-paired"),
    };
    let subtitle = [("instrument", name.into()), ("count", told.persons.into())];
    Panel {
        id: "scores",
        headline,
        subtitle: if name.is_empty() {
            String::new()
        } else {
            speech.tell("scores-subtitle", &subtitle)
        },
        picture: Some(Drawn::Answer(picture(ask, told, name))),
        tables: vec![
            table_of_changes(ask, &changes),
            table_of_responses(ask, &told.responses),
        ],
        takes: ask.takes("outcomes", TAKES, &[]),
        notes: label
            .map(|named| named.label.clone())
            .into_iter()
            .chain(ask.passed_over(TAKES))
            .collect(),
        foot: ask.foot(&answer.as_of, &answer.manifest),
        state: if told.scores.is_empty() {
            Stands::Empty
        } else {
            Stands::Told
        },
        ..Panel::default()
    }
}

fn picture(ask: &Ask, told: &Outcomes, instrument: &str) -> String {
    let speech = ask.speech();
    let nobody = speech.say("scores-nobody");
    let response = |wave: &str| told.responses.iter().find(|response| response.wave == wave);
    let waves: Vec<(String, Option<f64>, String)> = WAVES
        .iter()
        .map(|wave| {
            let told = response(wave);
            let missing = told
                .and_then(|told| told.response_rate)
                .map(|rate| 1.0 - rate);
            let answered = told.map_or(0, |told| told.responded);
            let expected = told.map_or(0, |told| told.expected);
            let said = [("count", answered.into()), ("expected", expected.into())];
            (
                speech.word("wave", wave),
                missing,
                speech.tell("scores-answered", &said),
            )
        })
        .collect();
    let mut dimensions: Vec<&str> = Vec::new();
    for scores in told
        .scores
        .iter()
        .filter(|scores| scores.instrument == instrument)
    {
        if !dimensions.contains(&scores.dimension.as_str()) {
            dimensions.push(&scores.dimension);
        }
    }
    let mean = |dimension: &str, wave: &str| {
        let mut all = told.scores.iter();
        let found = all.find(|scores| {
            scores.instrument == instrument && scores.dimension == dimension && scores.wave == wave
        });
        found.and_then(|scores| scores.mean)
    };
    let names: Vec<String> = dimensions
        .iter()
        .map(|dimension| speech.word("dimension", dimension))
        .collect();
    let slopes = dimensions
        .iter()
        .zip(&names)
        .map(|(dimension, name)| Slope {
            label: name,
            values: WAVES
                .iter()
                .map(|wave| mean(dimension, wave).map_or(Amount::Nothing(&nobody), Amount::Known))
                .collect(),
        });
    let (title, empty) = (speech.say("scores-title"), speech.say("panel-empty"));
    let (axis, missing) = (speech.say("scores-mean"), speech.say("scores-missing"));
    let score = |value: f64| speech.decimal(value, 1);
    let percent = |value: f64| speech.percent(value, 0);
    let desc = speech.say("scores-desc");
    let chart = Chart {
        words: Words {
            title: &title,
            desc: &desc,
            empty: &empty,
        },
        kind: Kind::Slopes(Slopes {
            y: Axis::share(&axis, Say::new(&score)),
            waves: waves
                .iter()
                .map(|(label, missing, answered)| Wave {
                    label,
                    missing: missing.map_or(Amount::Nothing(&nobody), Amount::Known),
                    answered,
                })
                .collect(),
            slopes: slopes.collect(),
            missing: &missing,
            say_missing: Say::new(&percent),
        }),
    };
    chart.figure(&ChartId::new("scores"))
}

fn table_of_changes(ask: &Ask, changes: &[&Changes]) -> TableTwin {
    let speech = ask.speech();
    let number = |value: Option<f64>, decimals: usize| match value {
        Some(value) => Cell::number(speech.decimal(value, decimals), value),
        None => Cell::number("\u{2013}", ""),
    };
    let row = |change: &&Changes| {
        let between = match (change.mean_change, change.lower, change.upper) {
            (Some(mean), Some(low), Some(high)) => {
                let said = [
                    ("low", speech.decimal(low, 2).into()),
                    ("high", speech.decimal(high, 2).into()),
                ];
                let between = speech.tell("number-between", &said);
                Cell::number(format!("{} ({between})", speech.decimal(mean, 2)), mean)
            }
            (mean, ..) => number(mean, 2),
        };
        vec![
            Cell::word(speech, "dimension", &change.dimension),
            Cell::word(speech, "wave", &change.wave_to),
            Cell::count(speech, change.paired),
            number(change.mean_from, 2),
            number(change.mean_to, 2),
            between,
            Cell::count(speech, change.expected),
            Cell::count(speech, change.missing),
            Cell::count(speech, change.not_yet),
        ]
    };
    let mut columns = vec![
        Column::words(speech.say("scores-dimension")),
        Column::words(speech.say("adherence-wave")),
    ];
    columns.push(Column::kept(speech.say("scores-paired")));
    let means = ["scores-from", "scores-to", "scores-change"];
    columns.extend(means.iter().map(|said| Column::answer(speech.say(said))));
    let counts = ["scores-expected", "scores-missing", "scores-not-yet"];
    columns.extend(counts.iter().map(|said| Column::kept(speech.say(said))));
    let rests = |(row, change): (usize, &&Changes)| Rests {
        row,
        columns: vec![3, 4, 5],
        among: format!("{} {}", change.dimension, change.wave_to),
        counts: Vec::new(),
        people: change.paired,
    };
    TableTwin {
        caption: speech.say("scores-title"),
        columns,
        rows: changes.iter().map(row).collect(),
        totals: Vec::new(),
        guard: Guard::Answers(changes.iter().enumerate().map(rests).collect()),
    }
}

fn table_of_responses(ask: &Ask, responses: &[Responses]) -> TableTwin {
    let speech = ask.speech();
    let row = |response: &Responses| {
        vec![
            Cell::word(speech, "wave", &response.wave),
            Cell::count(speech, response.expected),
            Cell::count(speech, response.responded),
            match response.response_rate {
                Some(rate) => Cell::number(speech.percent(rate, 0), rate),
                None => Cell::number("\u{2013}", ""),
            },
            Cell::count(speech, response.missing),
            Cell::count(speech, response.not_observed),
            Cell::count(speech, response.not_yet),
        ]
    };
    let mut columns = vec![Column::words(speech.say("adherence-wave"))];
    let numbers = [
        "scores-expected",
        "scores-responded",
        "scores-rate",
        "scores-missing",
        "scores-not-observed",
        "scores-not-yet",
    ];
    columns.extend(numbers.iter().map(|said| Column::answer(speech.say(said))));
    // The same journeys at each wave.
    let rests = |(row, of): (usize, &Responses)| Rests {
        row,
        columns: (1..=numbers.len()).collect(),
        among: String::new(),
        counts: vec![
            of.expected,
            of.responded,
            of.missing,
            of.not_observed,
            of.not_yet,
        ],
        people: of.expected,
    };
    TableTwin {
        caption: speech.say("scores-who"),
        columns,
        rows: responses.iter().map(row).collect(),
        totals: Vec::new(),
        guard: Guard::Answers(responses.iter().enumerate().map(rests).collect()),
    }
}

/// How many have work, a roof and schooling so many months after reception.
fn life(ask: &Ask, answer: &Told) -> Panel {
    let (speech, told) = (ask.speech(), &*answer.told);
    let row = |spells: &outcomes::Spells| {
        let share = match spells.share {
            Some(of) => Cell::number(speech.percent(of, 0), of),
            None => Cell::number(speech.say("scores-nobody"), "").drawn("hatched"),
        };
        vec![
            Cell::word(speech, "life-area", &spells.area),
            Cell::count(speech, i64::from(spells.months)),
            Cell::count(speech, spells.observed),
            Cell::count(speech, spells.in_spell),
            share,
            Cell::count(speech, spells.not_observed),
            Cell::count(speech, spells.not_yet),
        ]
    };
    let mut columns = vec![Column::words(speech.say("life-area"))];
    columns.push(Column::of_nobody(speech.say("life-months")));
    let numbers = [
        "life-observed",
        "life-in-spell",
        "life-share",
        "scores-not-observed",
        "scores-not-yet",
    ];
    columns.extend(numbers.iter().map(|said| Column::answer(speech.say(said))));
    // The same journeys at each month.
    let rests = |(row, of): (usize, &outcomes::Spells)| Rests {
        row,
        columns: (2..=6).collect(),
        among: of.area.clone(),
        counts: vec![
            of.observed,
            of.in_spell,
            of.observed - of.in_spell,
            of.not_observed,
            of.not_yet,
        ],
        people: of.observed,
    };
    let twelve = told
        .spells
        .iter()
        .filter(|spells| spells.area == "livelihood" && spells.share.is_some());
    let headline = match twelve.max_by_key(|spells| spells.months) {
        Some(spells) => {
            let months = ("months", i64::from(spells.months).into());
            let count = ("count", spells.observed.into());
            if spells.observed < FEW {
                let part = ("part", spells.in_spell.into());
                speech.tell("life-headline-few", &[months, count, part])
            } else {
                let share = speech.percent(spells.share.unwrap_or(0.0), 0);
                speech.tell("life-headline", &[months, count, ("share", share.into())])
            }
        }
        None => speech.say("life-title"),
    };
    Panel {
        id: "life",
        headline,
        subtitle: speech.say("life-subtitle"),
        tables: vec![TableTwin {
            caption: speech.say("life-title"),
            columns,
            rows: told.spells.iter().map(row).collect(),
            totals: Vec::new(),
            guard: Guard::Answers(told.spells.iter().enumerate().map(rests).collect()),
        }],
        takes: ask.takes("outcomes", TAKES, &[]),
        table_first: true,
        notes: ask.passed_over(TAKES).into_iter().collect(),
        foot: ask.foot(&answer.as_of, &answer.manifest),
        state: if told.spells.is_empty() {
            Stands::Empty
        } else {
            Stands::Told
        },
        ..Panel::default()
    }
}

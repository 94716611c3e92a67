//! `/quality`: what cannot be right, what is missing, how late facts are recorded, whether the read models
//! stand where the log stands, and how often somebody was shown a record.

use std::collections::BTreeMap;

use axum::extract::{Query, State};
use axum::response::Response;
use homeward_dashboard::chart::Direction;
use homeward_projections::quality::LAG_BUCKETS;

use super::Visitor;
use super::arrivals::share;
use super::ask::Ask;
use super::draw::Counts;
use super::panel::{Cell, Column, Figure, Guard, Panel, Row, State as Stands, TableTwin};
use super::shell;
use crate::answer::Answer;
use crate::endpoints::operations;
use crate::endpoints::quality::{self, Quality};
use crate::endpoints::sources;
use crate::gate::{Gate, KeyHolder};
use crate::problem::Problem;

/// What data quality takes of the frame.
const TAKES: &[&str] = &["ledger", "known"];

/// `GET /quality`
pub(crate) async fn page(
    State(gate): State<Gate>,
    visitor: Visitor,
    Query(pairs): Query<Vec<(String, String)>>,
) -> Response {
    let ask = Ask::new(gate, visitor, pairs);
    let (gate, key, query) = ask.question(TAKES, &[]);
    let (findings, lag) = match quality::report(gate, key, query).await {
        Ok(answer) => (Ok(findings(&ask, &answer.0)), Ok(lag(&ask, &answer.0))),
        Err(problem) => (Err(problem.clone()), Err(problem)),
    };
    let panels = vec![
        ask.panel("findings", "quality-title", findings),
        ask.panel("lag", "lag-title", lag),
        ask.panel("models", "models-title", Ok(models(&ask).await)),
        ask.panel("views", "views-title", views(&ask).await),
    ];
    shell::panels(&ask, "nav-quality", panels).await
}

/// Counts of one kind, by subject, the most frequent first.
fn of_kind(answer: &Answer<Quality>, kind: &str) -> Vec<(String, i64)> {
    let mut by_subject: BTreeMap<&str, i64> = BTreeMap::new();
    for line in answer.told.lines.iter().filter(|line| line.kind == kind) {
        *by_subject.entry(&line.subject).or_default() += line.count;
    }
    let mut sorted: Vec<(String, i64)> = by_subject
        .into_iter()
        .map(|(subject, count)| (subject.to_owned(), count))
        .collect();
    sorted.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
    sorted
}

/// What breaks a rule, what was corrected, what is missing.
fn findings(ask: &Ask, answer: &Answer<Quality>) -> Panel {
    let speech = ask.speech();
    let (mut figures, mut rows) = (Vec::new(), Vec::new());
    for kind in ["finding", "missing", "corrected"] {
        let by_subject = of_kind(answer, kind);
        let all: i64 = by_subject.iter().map(|(_, count)| count).sum();
        figures.push(Figure {
            value: all.to_string(),
            said: speech.count(all),
            label: speech.say(&format!("quality-{kind}")),
            href: None,
            pressing: kind == "finding" && all > 0,
        });
        rows.extend(by_subject.iter().map(|(subject, count)| {
            vec![
                Cell {
                    value: kind.to_owned(),
                    ..Cell::text(speech.say(&format!("quality-{kind}")))
                },
                Cell::word(speech, &format!("quality-{kind}"), subject),
                Cell::count(speech, *count),
            ]
        }));
    }
    let broken: i64 = of_kind(answer, "finding")
        .iter()
        .map(|(_, count)| count)
        .sum();
    Panel {
        id: "findings",
        headline: speech.tell("quality-headline", &[("count", broken.into())]),
        subtitle: speech.say("quality-subtitle"),
        figures,
        tables: vec![TableTwin {
            caption: speech.say("quality-title"),
            columns: vec![
                Column::words(speech.say("quality-kind")),
                Column::words(speech.say("quality-subject")),
                Column::alone(speech.say("quality-count")),
            ],
            rows,
            totals: Vec::new(),
            guard: Guard::Counts(Row::Apart),
        }],
        table_first: true,
        takes: ask.takes("quality", TAKES, &[]),
        explain: Some(ask.address("/explain/quality", TAKES, &[("kind", "finding")])),
        notes: ask.passed_over(TAKES).into_iter().collect(),
        foot: ask.foot(&answer.as_of, &answer.manifest),
        ..Panel::default()
    }
}

/// Days between a fact and its recording, by family.
fn lag(ask: &Ask, answer: &Answer<Quality>) -> Panel {
    let speech = ask.speech();
    let mut by_family: BTreeMap<&str, BTreeMap<&str, i64>> = BTreeMap::new();
    for line in answer.told.lines.iter().filter(|line| line.kind == "lag") {
        let family = by_family.entry(&line.subject).or_default();
        *family.entry(&line.value).or_default() += line.count;
    }
    let count =
        |family: &BTreeMap<&str, i64>, bucket: &str| family.get(bucket).copied().unwrap_or(0);
    let all: i64 = by_family.values().flat_map(BTreeMap::values).sum();
    let late: i64 = by_family
        .values()
        .map(|family| all_of(family) - count(family, "0") - count(family, "1-2"))
        .sum();
    let bucket_said = |bucket: &&str| {
        speech.tell(
            "lag-bucket",
            &[("days", bucket.replace('-', "\u{2013}").into())],
        )
    };
    let buckets: Vec<String> = LAG_BUCKETS.iter().map(bucket_said).collect();
    let mut columns = vec![Column::words(speech.say("lag-family"))];
    columns.extend(buckets.iter().map(Column::part));
    columns.push(Column::whole(speech.say("column-total")));
    let row = |(family, counts): (&&str, &BTreeMap<&str, i64>)| {
        let mut row = vec![Cell::word(speech, "family", family)];
        row.extend(
            LAG_BUCKETS
                .iter()
                .map(|bucket| Cell::count(speech, count(counts, bucket))),
        );
        row.push(Cell::count(speech, all_of(counts)));
        row
    };
    let (title, axis) = (speech.say("lag-title"), speech.say("lag-facts"));
    let subtitle = speech.tell("lag-subtitle", &[("count", all.into())]);
    let table = ask.shown(TableTwin {
        caption: title.clone(),
        columns,
        rows: by_family.iter().map(row).collect(),
        totals: Vec::new(),
        guard: Guard::Counts(Row::Exact),
    });
    let counts = Counts {
        id: "lag",
        title: &title,
        axis: &axis,
        direction: Direction::Lying,
        series: buckets.clone(),
        bars: table.bars(1, LAG_BUCKETS.len()),
    };
    Panel {
        id: "lag",
        headline: speech.tell(
            "lag-headline",
            &[("share", speech.percent(share(late, all), 0).into())],
        ),
        subtitle: subtitle.clone(),
        picture: Some(counts.picture(speech)),
        tables: vec![table],
        foot: ask.foot(&answer.as_of, &answer.manifest),
        state: if all == 0 {
            Stands::Empty
        } else {
            Stands::Told
        },
        ..Panel::default()
    }
}

fn all_of(counts: &BTreeMap<&str, i64>) -> i64 {
    counts.values().sum()
}

/// Whether each read model stands where the log stands.
async fn models(ask: &Ask) -> Panel {
    let speech = ask.speech();
    let (gate, key, _) = ask.question(&[], &[]);
    let status = operations::status(gate, key).await.0;
    let row = |model: &operations::ReadModelStatus| {
        let lag = i64::try_from(model.lag_commits.unwrap_or(0)).unwrap_or(i64::MAX);
        let stopped = model
            .halted
            .iter()
            .map(|stop| format!("{}:{} {}", stop.ledger, stop.sequence, stop.reason));
        let wrong: Vec<String> = stopped.chain(model.last_error.clone()).collect();
        vec![
            Cell::text(model.model),
            Cell::word(speech, "model-state", model.state),
            Cell::count(speech, lag),
            Cell::count(
                speech,
                i64::try_from(model.rate_per_second).unwrap_or(i64::MAX),
            ),
            Cell::text(wrong.join("; ")),
        ]
    };
    let behind = status
        .models
        .iter()
        .filter(|model| model.state != "live" || model.lag_commits != Some(0))
        .count();
    let behind = i64::try_from(behind).unwrap_or(i64::MAX);
    Panel {
        id: "models",
        headline: speech.tell("models-headline", &[("count", behind.into())]),
        subtitle: speech.tell("models-subtitle", &[("version", status.version.into())]),
        tables: vec![TableTwin {
            caption: speech.say("models-title"),
            columns: vec![
                Column::words(speech.say("models-model")),
                Column::words(speech.say("models-state")),
                Column::kept(speech.say("models-lag")),
                Column::kept(speech.say("models-rate")),
                Column::words(speech.say("models-wrong")),
            ],
            rows: status.models.iter().map(row).collect(),
            totals: Vec::new(),
            guard: Guard::Closed,
        }],
        table_first: true,
        ..Panel::default()
    }
}

/// Facts that tell that somebody saw who a person is: shown by right, or in an emergency.
const VIEWS: [&str; 2] = ["access.disclosed", "access.glass-broken"];

/// How often records were shown, by ledger and agency.
async fn views(ask: &Ask) -> Result<Panel, Problem> {
    let speech = ask.speech();
    let (gate, _, query) = ask.question(super::sources::TAKES, &[]);
    let answer = sources::report(gate, KeyHolder(ask.key()), query).await?.0;
    let mut views: BTreeMap<(&str, &str), [i64; 2]> = BTreeMap::new();
    for source in &answer.told.sources {
        let count = VIEWS.map(|kind| source.types.get(kind).copied().unwrap_or(0));
        if count != [0; 2] {
            let of_agency = views.entry((&source.ledger, &source.agency)).or_default();
            for (all, more) in of_agency.iter_mut().zip(count) {
                *all += more;
            }
        }
    }
    let all: i64 = views.values().flatten().sum();
    let rows = views.iter().map(|((ledger, agency), counts)| {
        let words = [*ledger, *agency].map(Cell::text);
        let counts = counts.map(|count| Cell::count(speech, count));
        words.into_iter().chain(counts).collect()
    });
    let words = |said| Column::words(speech.say(said));
    let count = |said| Column::kept(speech.say(said));
    let table = TableTwin {
        caption: speech.say("views-title"),
        columns: vec![
            words("column-ledger"),
            words("column-agency"),
            count("views-disclosed"),
            count("views-broken"),
        ],
        rows: rows.collect(),
        totals: Vec::new(),
        guard: Guard::Closed,
    };
    Ok(Panel {
        id: "views",
        headline: speech.tell("views-headline", &[("count", all.into())]),
        subtitle: speech.say("views-subtitle"),
        // Where nobody was shown anything the headline says it all.
        tables: Some(table).filter(|_| all > 0).into_iter().collect(),
        table_first: true,
        notes: ask.passed_over(super::sources::TAKES).into_iter().collect(),
        foot: ask.foot(&answer.as_of, &answer.manifest),
        ..Panel::default()
    })
}

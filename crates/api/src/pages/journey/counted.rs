//! `/journeys/{journey}/counted`: why the person is counted, censored or left out under a definition.

use axum::extract::{Path, Query, State};
use axum::response::Response;
use homeward_projections::definition::trace;

use crate::endpoints::explain;
use crate::gate::Gate;
use crate::pages::ask::Ask;
use crate::pages::panel::{Cell, Column, Guard, Link, Panel, State as Stands, TableTwin};
use crate::pages::{Visitor, shell, written};

/// What an explanation takes of the frame.
const TAKES: &[&str] = &["definition", "known", "day"];

/// `GET /journeys/{journey}/counted`
pub(crate) async fn page(
    State(gate): State<Gate>,
    visitor: Visitor,
    Path(journey): Path<String>,
    Query(pairs): Query<Vec<(String, String)>>,
) -> Response {
    let ask = Ask::new(gate, visitor, pairs);
    let speech = ask.speech();
    let (gate, key, query) = ask.question(TAKES, &[]);
    let title = speech.tell(
        "counted-title",
        &[("journey", written::short(&journey).into())],
    );
    let panels = match explain::journey(gate, key, Path(journey.clone()), query).await {
        Ok(course) => match &course.0.trace {
            Some(trace) if !trace.courses.is_empty() => {
                let courses = trace.courses.iter();
                courses.map(|of| course_of(&ask, trace, of)).collect()
            }
            Some(_) | None => vec![Panel {
                id: "counted",
                headline: speech.say("counted-never-received"),
                state: Stands::Empty,
                ..Panel::default()
            }],
        },
        Err(problem) if matches!(problem.status, 403 | 404) => {
            return shell::trouble(&ask.visitor, problem);
        }
        Err(problem) => vec![Panel::untold("counted", title.clone(), &problem, speech)],
    };
    let back = Link::new(
        ask.frame.link(&format!("/journeys/{journey}"), &[]),
        speech.say("counted-back"),
    );
    shell::panels_under(&ask, title, Some(back), panels).await
}

fn course_of(ask: &Ask, trace: &trace::Trace, course: &trace::Course) -> Panel {
    let speech = ask.speech();
    let step = |step: &trace::Step| {
        vec![
            Cell::day(step.day.to_string()),
            Cell::text(step.what.clone()),
            Cell::word(speech, "verdict", step.verdict),
            Cell::text(step.reason.clone()),
        ]
    };
    let verdict = speech.word("verdict", course.verdict);
    let mut headline = verdict;
    if let Some(cause) = &course.cause {
        // A cause of failure, or another end.
        let failure = speech.word("failure-event", cause);
        let end = speech.word("parting", cause);
        let said = if failure == *cause { end } else { failure };
        headline = format!("{headline}: {said}");
    }
    if let Some(ended) = course.ended {
        headline = format!("{headline} ({ended})");
    }
    let told = [
        ("origin", course.origin.to_string().into()),
        ("definition", (&trace.definition).into()),
        ("day", speech.date(trace.on.0).into()),
    ];
    Panel {
        id: "counted",
        headline,
        subtitle: speech.tell("counted-subtitle", &told),
        tables: vec![TableTwin {
            caption: speech.say("counted-steps"),
            columns: [
                "counted-day",
                "counted-what",
                "counted-verdict",
                "column-reason",
            ]
            .map(|said| Column::words(speech.say(said)))
            .into(),
            rows: course.steps.iter().map(step).collect(),
            totals: Vec::new(),
            guard: Guard::Closed,
        }],
        table_first: true,
        notes: ask.passed_over(TAKES).into_iter().collect(),
        ..Panel::default()
    }
}

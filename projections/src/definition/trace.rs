//! Why somebody is counted as they are: every judgement of [`Definition::evaluate`], in order of time.

use homeward_events::id::{CaseId, JourneyId};
use homeward_events::time::{Day, add_months};
use jiff::civil::Date;
use serde::Serialize;
use serde_with::skip_serializing_none;

use super::Definition;
use super::evaluate::{NoFailure, Outcome, StopKind, Verdict, What, Witness};
use super::terms::{NotAtRisk, OriginEvent};
use crate::histories::{History, Past};

/// What a definition makes of one person, step by step.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Trace {
    /// Id and version of the definition.
    pub definition: String,
    /// SHA-256 of its file.
    pub digest: String,
    /// The reference day.
    pub on: Day,
    /// One course for every origin that was looked at; none for somebody who was never received.
    pub courses: Vec<Course>,
}

/// What it makes of one origin.
#[skip_serializing_none]
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Course {
    /// The journey that the origin belongs to.
    pub journey: JourneyId,
    /// The day of origin.
    pub origin: Day,
    /// How it ends: `failed`, `competing`, `censored`, `complete`, `open`, `not-mature` or
    /// `not-counted`.
    pub verdict: &'static str,
    /// The cause of failure, or the kind of end.
    pub cause: Option<String>,
    /// The day of the end.
    pub ended: Option<Day>,
    /// Why, in order of time.
    pub steps: Vec<Step>,
}

/// One judgement.
#[skip_serializing_none]
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Step {
    /// The day that is judged, by the definition's clock once a fact counts.
    pub day: Day,
    /// What.
    pub what: String,
    /// The criminal case that it belongs to.
    pub case: Option<CaseId>,
    /// What is made of it, in a word.
    pub verdict: &'static str,
    /// Why, in a sentence.
    pub reason: String,
}

/// Tells step by step what a definition makes of a person, as known on a day. It walks the same way
/// as [`Definition::evaluate`], so it cannot say anything else.
pub fn trace(definition: &Definition, history: &History, on: Date) -> Trace {
    let mut notes = Notes {
        definition,
        on,
        courses: Vec::new(),
    };
    let mut outcomes = Vec::new();
    definition.walk(history, on, &mut notes, &mut |outcome| {
        outcomes.push(outcome);
    });
    let mut outcomes = outcomes.iter();
    let mut courses = notes.courses;
    for course in &mut courses {
        if course.verdict != NOT_COUNTED
            && let Some(outcome) = outcomes.next()
        {
            close(definition, course, outcome);
        }
        course.steps.sort_by_key(|step| step.day);
    }
    Trace {
        definition: definition.name(),
        digest: definition.digest().to_owned(),
        on: Day(on),
        courses,
    }
}

const NOT_COUNTED: &str = "not-counted";

/// How a course ends.
fn close(definition: &Definition, course: &mut Course, outcome: &Outcome<'_>) {
    let (verdict, cause) = match (outcome.failed(), outcome.stop.kind) {
        (Some(failed), _) => {
            let cause = definition.causes().get(usize::from(failed.cause));
            ("failed", cause.cloned())
        }
        (None, StopKind::Complete) => ("complete", None),
        (None, StopKind::Competed(kind)) => ("competing", Some(kind.as_str().to_owned())),
        (None, StopKind::Censored(kind)) => ("censored", Some(kind.as_str().to_owned())),
        (None, StopKind::Open) => ("open", None),
    };
    course.verdict = if outcome.mature {
        verdict
    } else {
        "not-mature"
    };
    course.cause = cause;
    course.ended = Some(Day(outcome.ended()));
}

struct Notes<'d> {
    definition: &'d Definition,
    on: Date,
    courses: Vec<Course>,
}

impl Witness for Notes<'_> {
    fn turn(&mut self, past: &Past) {
        self.courses.push(Course {
            journey: past.journey,
            origin: Day(self.on),
            verdict: NOT_COUNTED,
            cause: None,
            ended: None,
            steps: Vec::new(),
        });
    }

    fn note(&mut self, day: Date, what: What<'_>, verdict: Verdict) {
        let Some(course) = self.courses.last_mut() else {
            return;
        };
        if let What::Origin(_) = what {
            course.origin = Day(day);
            if verdict == Verdict::Begins {
                course.verdict = "open";
            }
        }
        let origin = course.origin.0;
        let (word, reason) = self.definition.reason(verdict, origin, self.on);
        course.steps.push(Step {
            day: Day(day),
            what: told(what),
            case: match what {
                What::Fact(fact) => fact.case.map(|case| case.case),
                What::Origin(_) | What::Parting(_) | What::Gap(..) | What::Day => None,
            },
            verdict: word,
            reason,
        });
    }
}

fn told(what: What<'_>) -> String {
    match what {
        What::Origin(OriginEvent::Reception) => "reception".to_owned(),
        What::Origin(OriginEvent::CustodyLeft) => "custody-left".to_owned(),
        What::Fact(fact) => {
            let offence = fact.case.and_then(|case| case.offence);
            let offence = offence.map_or_else(String::new, |day| format!(", offence of {day}"));
            format!("{} on {}{offence}", fact.event.as_str(), fact.told.on)
        }
        What::Parting(kind) => kind.as_str().to_owned(),
        What::Gap(NotAtRisk::Custody, gap) => format!("custody until {}", gap.to),
        What::Gap(NotAtRisk::Abroad, gap) => format!("abroad until {}", gap.to),
        What::Day => "reference day".to_owned(),
    }
}

impl Definition {
    /// A verdict in a word, and why in a sentence.
    fn reason(&self, verdict: Verdict, origin: Date, on: Date) -> (&'static str, String) {
        match verdict {
            Verdict::Begins => ("counted", "time is counted from this day".to_owned()),
            Verdict::NotFirst => (NOT_COUNTED, "only the first origin counts".to_owned()),
            Verdict::NotKnownYet => ("not-known", format!("later than the reference day {on}")),
            Verdict::OutsidePopulation(condition) => {
                (NOT_COUNTED, format!("outside the population: {condition}"))
            }
            Verdict::Fails { first: true } => (
                "failed",
                "the first failure: it ends the person's time".to_owned(),
            ),
            Verdict::Fails { first: false } => (
                "failed-again",
                "counted in frequency and severity, not in the curve".to_owned(),
            ),
            Verdict::Not(why) => ("no-failure", self.no_failure(why, origin, on)),
            Verdict::Competes => (
                "competing",
                "makes a failure impossible from then on".to_owned(),
            ),
            Verdict::Censors => (
                "censored",
                "hides a failure from view from then on".to_owned(),
            ),
            Verdict::TakenBack => ("taken-back", "contact was regained later".to_owned()),
            Verdict::EndsNothing => ("no-end", "does not end observation here".to_owned()),
            Verdict::BeforeOrigin => ("no-end", format!("before the origin on {origin}")),
            Verdict::NotAtRisk => ("not-at-risk", "no time at risk".to_owned()),
            Verdict::Completes => ("complete", "no later failure would count".to_owned()),
            Verdict::Open => ("open", "observed up to this day".to_owned()),
            Verdict::NotMature => (
                "not-mature",
                format!("no answer stands before {}", self.mature_on(origin)),
            ),
        }
    }

    fn no_failure(&self, why: NoFailure, origin: Date, on: Date) -> String {
        let bound = |months: &dyn Fn(&super::Failure) -> Option<u16>| {
            let bounds = self.terms().failure.iter().filter_map(months);
            let days = bounds.map(|months| add_months(origin, i32::from(months)).to_string());
            days.collect::<Vec<_>>().join(" or ")
        };
        match why {
            NoFailure::NotKnownYet => format!("later than the reference day {on}"),
            NoFailure::BeforeOrigin => format!("before the origin on {origin}"),
            NoFailure::OffenceBeforeOrigin => {
                format!("the offence was committed before the origin on {origin}")
            }
            NoFailure::InGrace => "in the days of grace after the origin".to_owned(),
            NoFailure::TooEarly => {
                let from = bound(&|rule| Some(rule.from_months).filter(|months| *months > 0));
                format!("counts only from {from} on")
            }
            NoFailure::TooLate => {
                format!("counts only before {}", bound(&|rule| rule.before_months))
            }
            NoFailure::OtherClass => "another class of offence".to_owned(),
            NoFailure::OtherSeverity => "another severity".to_owned(),
            NoFailure::OtherReason => "another reason for custody".to_owned(),
            NoFailure::OtherReturnType => "another type of return".to_owned(),
            NoFailure::NotDisposed => "the case has no conviction or caution".to_owned(),
            NoFailure::Quashed => "the conviction was quashed".to_owned(),
            NoFailure::ProvenTooLate => {
                format!(
                    "counts only if proven before {}",
                    bound(&|rule| rule.proven_before_months)
                )
            }
            NoFailure::NotAtRisk => "in time that is no time at risk".to_owned(),
            NoFailure::AfterTheEnd => "after observation had ended".to_owned(),
            NoFailure::SameAsBefore => "too close to the failure before it".to_owned(),
        }
    }
}

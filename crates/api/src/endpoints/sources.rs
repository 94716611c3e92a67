//! `GET /v1/sources`: what came in from each publishing system, and what of it was refused.

use std::collections::{BTreeMap, BTreeSet};

use axum::Json;
use axum::extract::{Query, State};
use axum::http::StatusCode;
use homeward_events::sequence::SourceSequence;
use homeward_events::time::Day;
use homeward_projections::Table;
use homeward_projections::sources::numbers::{self, Gap, Run};
use homeward_projections::sources::{self, Source};
use serde::Serialize;
use utoipa::ToSchema;

use crate::answer::{Answer, read, view};
use crate::asked::Asked;
use crate::gate::{Gate, KeyHolder};
use crate::problem::Problem;
use crate::refusals::Refusal;

/// Most gaps, refusals and runs that are listed of one source; they are counted all the same.
const LISTED_MAX: usize = 1000;

/// What came in.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct CameIn {
    /// What is in, by ledger, source and agency.
    #[schema(value_type = Vec<Object>)]
    pub(crate) sources: Vec<Source>,
    /// What was refused, by ledger, source and code; absent for a key that only reads.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) refused: Option<Vec<RefusedCount>>,
    /// The sources' own numbers (`sequence`), where they give any: which are in, and which are not. Of
    /// all days and all agencies that share them.
    pub(crate) numbers: Vec<Numbers>,
}

/// A source's own numbers in one ledger, from a first to a last one. Each is one of three: in, refused,
/// missing.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Numbers {
    /// The ledger.
    pub(crate) ledger: String,
    /// The publishing system.
    pub(crate) source: String,
    /// The first number that is looked at: 1 unless asked for.
    pub(crate) first: u64,
    /// The last: the greatest that was ever offered, unless asked for.
    pub(crate) last: u64,
    /// How many numbers are in.
    #[serde(rename = "in")]
    pub(crate) in_log: u64,
    /// How many were refused and are not in; 0 for a key that only reads, to which they are missing.
    pub(crate) refused: usize,
    /// How many never came.
    pub(crate) missing: u64,
    /// Which never came: the first 1000 ranges.
    #[schema(value_type = Vec<Object>)]
    pub(crate) gaps: Vec<Gap>,
    /// Which were refused, and why the last time: the first 1000.
    pub(crate) refusals: Vec<RefusedNumber>,
    /// Which stand on several different events: the first 1000 ranges, each with the number of events.
    #[schema(value_type = Vec<Object>)]
    pub(crate) twice: Vec<Run>,
    /// Whether one of the lists is longer than what is shown of it.
    pub(crate) shortened: bool,
}

/// A number that was refused.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct RefusedNumber {
    /// The number.
    pub(crate) number: u64,
    /// Stable code.
    pub(crate) code: String,
    /// The same for people.
    pub(crate) reason: String,
    /// Where the refused bytes are kept.
    pub(crate) dead_letter: u64,
}

/// How many different events of a source were refused for one reason, the last time each was offered.
/// What was mended since is among those that are in, too.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct RefusedCount {
    /// The ledger that they named.
    pub(crate) ledger: String,
    /// The publishing system that they named.
    pub(crate) source: String,
    /// Stable code.
    pub(crate) code: String,
    /// How many.
    pub(crate) events: u64,
}

/// Count what is in of each publishing system, and what was refused of it with which code; where a
/// source numbers its events (`sequence`), say which numbers never came, which were refused and which
/// stand on several events. A publisher's key is told about its own agencies, and about what was refused
/// of its own.
#[utoipa::path(
    get, path = "/v1/sources", tag = "publish",
    params(
        ("source" = Option<Vec<String>>, Query, description = "only these sources; ledger and agency likewise"),
        ("from" = Option<String>, Query, description = "first day of recording that is counted"),
        ("to" = Option<String>, Query, description = "last day of recording that is counted"),
        ("first" = Option<String>, Query, description = "first of the sources' own numbers that is looked at; 1 unless given"),
        ("last" = Option<String>, Query, description = "last of them; the greatest that was offered unless given"),
        ("known" = Option<Vec<String>>, Query, description = "up to where the log is known: head, ledger:sequence (repeat for several ledgers), a time in UTC before which it was stored, or cut:name"),
        ("at_least" = Option<Vec<String>>, Query, description = "wait until the answer knows ledger:sequence"),
    ),
    responses((status = 200, body = Answer<CameIn>), (status = "4XX", body = Problem), (status = 503, body = Problem)),
    security(("key" = []))
)]
pub(crate) async fn report(
    State(gate): State<Gate>,
    KeyHolder(key): KeyHolder,
    Query(pairs): Query<Vec<(String, String)>>,
) -> Result<Json<Answer<CameIn>>, Problem> {
    let mut asked = Asked::new(pairs);
    asked.about("key", &key.id);
    let view = view(&gate, "sources", &mut asked).await?;
    let (from, to) = (asked.one::<Day>("from")?, asked.one::<Day>("to")?);
    let range = Range::asked(&mut asked)?;
    let mut only = asked.only(&key, &["ledger", "source", "agency"])?;
    if !key.role.reads() && !key.agencies.is_empty() {
        let agencies = only.entry("agency".to_owned()).or_default();
        if agencies.is_empty() {
            agencies.extend(key.agencies.iter().map(ToString::to_string));
        } else if !agencies
            .iter()
            .all(|a| key.agencies.iter().any(|own| own.as_str() == a))
        {
            return Err(Problem::forbidden(
                "this key does not speak for that agency",
            ));
        }
    }
    let days = (from.map(|day| day.0), to.map(|day| day.0));
    let refused = if key.role.publishes() {
        gate.refusals
            .catch_up(&gate.reader)
            .await
            .map_err(|error| {
                let (status, code) = (StatusCode::SERVICE_UNAVAILABLE, "log-unavailable");
                Problem::new(status, code, error.to_string())
            })?;
        let own = (!key.role.operates()).then_some(key.id.as_str());
        let allowed = |(ledger, source): (&str, &str)| {
            [("ledger", ledger), ("source", source)]
                .into_iter()
                .all(|(name, value)| {
                    let values = only.get(name);
                    values.is_none_or(|values| values.iter().any(|known| known == value))
                })
        };
        let counted = gate.refusals.count(own).into_iter();
        let counted = counted.filter(|((ledger, source, _), _)| allowed((ledger, source)));
        let count = |((ledger, source, code), events)| RefusedCount {
            ledger,
            source,
            code,
            events,
        };
        let mut numbers = gate.refusals.numbers(own);
        numbers.retain(|(ledger, source), _| allowed((ledger, source)));
        Some((counted.map(count).collect(), numbers))
    } else {
        None
    };
    let (refused, refused_numbers) = refused.unzip();
    let refused_numbers = refused_numbers.unwrap_or_default();
    let question = |table: &dyn Table| -> Result<_, Problem> {
        let all = sources::report(table, &only, (None, None))?;
        let numbers = numbered(table, &all, refused_numbers, range)?;
        Ok((sources::report(table, &only, days)?, numbers))
    };
    let ((sources, numbers), as_of) = read(&view, question)?;
    asked.answer(
        as_of,
        CameIn {
            sources,
            refused,
            numbers,
        },
    )
}

/// Which of the sources' numbers are looked at.
#[derive(Debug, Clone, Copy)]
struct Range {
    first: u64,
    last: Option<u64>,
}

impl Range {
    fn asked(asked: &mut Asked) -> Result<Self, Problem> {
        let first = asked.one::<SourceSequence>("first")?;
        let last = asked.one::<SourceSequence>("last")?;
        let range = Self {
            first: first.map_or(1, SourceSequence::get),
            last: last.map(SourceSequence::get),
        };
        if range.last.is_some_and(|last| last < range.first) {
            return Err(Problem::parameter("last", "is less than the first"));
        }
        Ok(range)
    }
}

/// Refused numbers by ledger and source.
type RefusedNumbers = BTreeMap<(String, String), BTreeMap<u64, Refusal>>;

/// The numbers of every source that gives any, or, with a last number, of every source.
fn numbered(
    table: &dyn Table,
    sources: &[Source],
    mut refused: RefusedNumbers,
    range: Range,
) -> Result<Vec<Numbers>, Problem> {
    let of = |source: &Source| (source.ledger.clone(), source.source.clone());
    let told: BTreeSet<(String, String)> = sources.iter().map(of).collect();
    for of in &told {
        refused.entry(of.clone()).or_default();
    }
    let mut numbered = Vec::new();
    for ((ledger, source), refused) in refused {
        let runs = numbers::arrived(table, &ledger, &source)?;
        // Whoever offers an event may name any source: that tells nothing of what others sent under it.
        if !runs.is_empty() && !told.contains(&(ledger.clone(), source.clone())) {
            continue;
        }
        let greatest = [
            runs.last().map(|run| run.last),
            refused.keys().next_back().copied(),
            range.last.map(|_| range.first),
        ];
        // A source that gives no numbers lacks none.
        let Some(greatest) = greatest.into_iter().flatten().max() else {
            continue;
        };
        let last = range.last.unwrap_or(greatest);
        let offered: BTreeSet<u64> = refused.keys().copied().collect();
        let compared = numbers::compare(&runs, &offered, (range.first, last));
        let lengths = [
            compared.gaps.len(),
            compared.refused.len(),
            compared.twice.len(),
        ];
        let told = |number: &u64| {
            let refusal = refused.get(number)?;
            Some(RefusedNumber {
                number: *number,
                code: refusal.code.clone(),
                reason: refusal.reason.clone(),
                dead_letter: refusal.dead_letter,
            })
        };
        numbered.push(Numbers {
            first: range.first,
            last,
            in_log: compared.in_log,
            refused: compared.refused.len(),
            missing: compared.missing,
            shortened: lengths.into_iter().any(|length| length > LISTED_MAX),
            refusals: compared
                .refused
                .iter()
                .take(LISTED_MAX)
                .filter_map(told)
                .collect(),
            gaps: compared.gaps.into_iter().take(LISTED_MAX).collect(),
            twice: compared.twice.into_iter().take(LISTED_MAX).collect(),
            ledger,
            source,
        });
    }
    Ok(numbered)
}

//! A second way to answer, which looks at each thing owed by itself, held against the first.

use std::collections::BTreeMap;

use homeward_events::id::JourneyId;
use homeward_events::referral::Priority;
use homeward_events::time::Day;
use jiff::civil::Date;
use jiff::tz::Offset;
use jiff::{Timestamp, ToSpan as _};
use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;
use proptest::sample::{select, subsequence};
use uuid::Uuid;

use super::board::{DAY_US, micros};
use super::{
    After, Answer, Counts, Escalation, Kind, Moment, Order, Owed, Query, ROWS, Reference, Row,
    Show, Standing, Terms, WORKLIST, answer,
};
use crate::model::{Contributions, Difference, MemoryTable};

const AGENCIES: [&str; 3] = ["clinic", "moss", "shelter"];
const SITES: [&str; 2] = ["airport", "seaport"];
const CLOCKS: [&str; 2] = ["decision", "receipt"];

fn moment(kind: Kind, hours: i64) -> Moment {
    let first = Date::constant(2026, 1, 1);
    if kind.is_timed() {
        let midnight = Offset::UTC.to_timestamp(first.at(0, 0, 0, 0)).unwrap();
        Moment::At(midnight + hours.hours())
    } else {
        Moment::Day(Day(first + (hours / 24).days()))
    }
}

fn owed() -> impl Strategy<Value = Owed<'static>> {
    let kinds = select(Kind::ALL);
    let times = (0..480_i64, 0..200_i64, 0..200_i64);
    let priorities = select(vec![
        Priority::Emergency,
        Priority::Urgent,
        Priority::Normal,
    ]);
    let of_referrals = (option::of(priorities), option::of(select(&CLOCKS)));
    (kinds, times, select(&AGENCIES), of_referrals).prop_map(
        |(kind, (begins, waits, stays), agency, (priority, clock))| Owed {
            kind,
            agency: agency.into(),
            since: moment(kind, begins),
            due: (!kind.runs()).then(|| moment(kind, begins + waits)),
            closes: (!kind.runs()).then(|| moment(kind, begins + waits + stays)),
            subject: None,
            about: None,
            priority,
            clock: clock.map(Into::into),
            assigned_to: None,
            channel: None,
            attempts: None,
            moved: None,
        },
    )
}

fn row() -> impl Strategy<Value = Row<'static>> {
    (select(&SITES), vec(owed(), 1..5)).prop_map(|(site, owed)| Row {
        ledger: "jm".into(),
        site: site.into(),
        programme: "none".into(),
        return_type: "deported".into(),
        sex: "male".into(),
        stage: "received".into(),
        owed,
    })
}

fn show() -> impl Strategy<Value = Show> {
    let spans = vec!["0 hours", "5 hours", "1 day", "3 days", "7 days"];
    let span = move || option::weighted(0.3, select(spans.clone()));
    let kinds = prop_oneof![
        Just(Vec::new()),
        subsequence(Kind::ALL.to_vec(), 1..Kind::ALL.len())
    ];
    let standing = prop_oneof![
        Just(Vec::new()),
        subsequence(Standing::ALL.to_vec(), 1..Standing::ALL.len())
    ];
    let clock = option::weighted(0.3, select(&CLOCKS));
    (kinds, standing, [span(), span(), span()], clock).prop_map(
        |(kinds, standing, [within, by, since], clock)| Show {
            kinds,
            standing,
            due_within: within.map(|span| span.parse().unwrap()),
            overdue_by: by.map(|span| span.parse().unwrap()),
            since: since.map(|span| span.parse().unwrap()),
            only: clock
                .map(|clock| ("clock".to_owned(), vec![clock.to_owned()]))
                .into_iter()
                .collect(),
        },
    )
}

/// The dimensions by which questions are narrowed here.
fn value(row: &Row<'_>, owed: &Owed<'_>, dimension: &str) -> String {
    match dimension {
        "site" => row.site.to_string(),
        "agency" => owed.agency.to_string(),
        "clock" => owed.clock.as_deref().unwrap_or("none").to_owned(),
        other => panic!("{other} is not asked for here"),
    }
}

/// Everything that passes, in order: with how it stands and the level that it has reached.
fn passing(
    rows: &BTreeMap<JourneyId, Row<'_>>,
    query: &Query<'_>,
) -> Vec<(After, Standing, Option<usize>)> {
    let mut passing = Vec::new();
    for (journey, row) in rows {
        for (owed, nth) in row.owed.iter().zip(0_u16..) {
            let (kind, reference) = (owed.kind, query.reference.of(owed.kind));
            let since = micros(owed.since);
            let anchor = owed.closes.map_or(since, micros);
            let stands = if kind.runs() {
                Standing::Running
            } else if anchor < reference {
                Standing::Overdue
            } else if micros(owed.due.unwrap()) <= reference {
                Standing::Due
            } else {
                Standing::Upcoming
            };
            let holds = |only: &BTreeMap<String, Vec<String>>| {
                only.iter().all(|(name, values)| match name.as_str() {
                    "kind" => values.iter().any(|value| value == kind.as_str()),
                    "standing" => values.iter().any(|value| value == stands.as_str()),
                    other => values.contains(&value(row, owed, other)),
                })
            };
            let shown = query.terms.show.iter().any(|show| {
                (show.kinds.is_empty() || show.kinds.contains(&kind))
                    && holds(&show.only)
                    && show.lets(kind, stands, (anchor, since), reference)
            });
            if !shown || !holds(query.only) {
                continue;
            }
            let level = query.terms.escalation.iter().rposition(|level| {
                let reached = anchor.saturating_add(level.after.micros());
                reached < reference || (kind.runs() && reached == reference)
            });
            let rank = match (query.terms.order, owed.priority) {
                (Order::Deadline, _) | (Order::Priority, Some(Priority::Emergency)) => 0,
                (Order::Priority, Some(Priority::Urgent)) => 1,
                (Order::Priority, Some(Priority::Normal)) => 2,
                (Order::Priority, None) => 3,
            };
            let end = if kind.is_timed() { 0 } else { DAY_US - 1 };
            passing.push((
                After(rank, anchor + end, kind, *journey, nth),
                stands,
                level,
            ));
        }
    }
    passing.sort();
    passing
}

fn check(rows: &BTreeMap<JourneyId, Row<'_>>, query: &Query<'_>, told: &Answer) {
    let all = passing(rows, query);
    let count = |standing: Standing| {
        let those = all.iter().filter(|(_, stands, _)| *stands == standing);
        i64::try_from(those.count()).unwrap()
    };
    let counts = Counts {
        rows: i64::try_from(all.len()).unwrap(),
        upcoming: count(Standing::Upcoming),
        due: count(Standing::Due),
        overdue: count(Standing::Overdue),
        running: count(Standing::Running),
    };
    assert_eq!(told.counts, counts);
    for (nth, level) in told.levels.iter().enumerate() {
        let those = all.iter().filter(|(_, _, reached)| *reached == Some(nth));
        assert_eq!(level.rows, i64::try_from(those.count()).unwrap());
    }
    let of_level = |reached: &Option<usize>| {
        let name = reached.map(|nth| query.terms.escalation[nth].level.as_str());
        query.level.is_none() || name == query.level
    };
    let mut page = all.iter().filter(|(after, _, level)| {
        query.after.is_none_or(|past| *after > past) && of_level(level)
    });
    for shown in &told.rows {
        let (After(_, _, kind, journey, nth), stands, _) = page.next().expect("no more rows");
        assert_eq!((shown.owed.kind, shown.journey), (*kind, *journey));
        assert_eq!(shown.owed, rows[journey].owed[usize::from(*nth)]);
        assert_eq!(shown.standing, *stands);
    }
    assert_eq!(
        told.next.is_some(),
        page.next().is_some() && query.limit > 0
    );
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(600))]

    #[test]
    fn counting_times_tells_what_looking_at_each_tells(
        rows in vec((0..12_u128, option::weighted(0.9, row())), 1..40),
        shows in vec(show(), 1..4),
        (hours, limit, deep) in (-24..720_i64, 0..6_usize, 0..30_usize),
        (by_priority, ladder, asked_level) in (any::<bool>(), any::<bool>(), any::<bool>()),
        agencies in subsequence(AGENCIES.to_vec(), 0..3),
        standing in subsequence(Standing::ALL.to_vec(), 0..3),
    ) {
        let (mut kept, mut table) = (BTreeMap::new(), MemoryTable::new(&WORKLIST));
        for (number, row) in rows {
            let journey = JourneyId::from_uuid(Uuid::from_u128(number));
            let of = |row: Option<&Row<'_>>| {
                let mut rows = Contributions::default();
                if let Some(row) = row {
                    rows.row(format!("{ROWS}{journey}"), row);
                }
                rows
            };
            let before = match &row {
                Some(row) => kept.insert(journey, row.clone()),
                None => kept.remove(&journey),
            };
            table.apply(Difference::between(of(before.as_ref()), of(row.as_ref())));
        }
        let escalation = |level: &str, after: &str| Escalation {
            level: level.to_owned(),
            after: after.parse().unwrap(),
        };
        let ladder = if ladder {
            vec![escalation("supervisor", "1 day"), escalation("manager", "5 days")]
        } else {
            Vec::new()
        };
        let order = if by_priority { Order::Priority } else { Order::Deadline };
        let mut terms = Terms::ad_hoc(Show::default(), order, ladder);
        terms.show = shows;
        let mut only = BTreeMap::new();
        if !agencies.is_empty() {
            let agencies = agencies.into_iter().map(str::to_owned).collect();
            only.insert("agency".to_owned(), agencies);
        }
        if !standing.is_empty() {
            let standing = standing.iter().map(|s| s.as_str().to_owned()).collect();
            only.insert("standing".to_owned(), standing);
        }
        let first: Timestamp = "2026-01-01T00:00:00Z".parse().unwrap();
        let at = first + hours.hours();
        let reference = Reference { day: Offset::UTC.to_datetime(at).date(), at };
        let mut query = Query {
            terms: &terms,
            only: &only,
            by: &[],
            reference,
            level: (asked_level && !terms.escalation.is_empty()).then_some("supervisor"),
            after: None,
            limit,
        };
        query.after = passing(&kept, &query).get(deep).map(|(after, ..)| *after);
        check(&kept, &query, &answer(&table, &query).unwrap());
    }
}

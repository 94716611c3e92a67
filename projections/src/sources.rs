//! Sources: how many events of each publishing system are in, by agency and type, and by agency and day
//! of recording, so that whoever sent them can compare with what was sent.
//!
//! Counted are all events that were taken in, also those that were corrected later. What was refused is
//! not in the log: the border answers for it.
//!
//! Where a source numbers its events itself, [`numbers`] says which of them are in.

pub mod numbers;

use std::collections::BTreeMap;

use homeward_events::time::Day;
use homeward_events::{Event, Family};
use homeward_journey::Person;
use jiff::civil::Date;
use serde::Serialize;

use crate::caseload::{QueryError, filter};
use crate::cube::{Cube, SEPARATOR, cell_key};
use crate::index::Index;
use crate::model::{Contributions, ReadModel, Table};

/// The read model.
pub static SOURCES: ReadModel = ReadModel {
    name: "sources",
    version: 2,
    reads: Family::ALL,
    contribute,
    index: Some(|| Index::Cube(Cube::new(DIMENSIONS))),
};

/// What events are counted by. `kind` is `type` or `day`, and `value` the type or the day: apart,
/// because together they would be nearly as many cells as events.
pub const DIMENSIONS: &[&str] = &["kind", "ledger", "source", "agency", "value"];

fn contribute(person: &Person<'_>, out: &mut Contributions) {
    // Cuts and directories are about nobody, and are counted as nobody's everywhere.
    for journey in person
        .journeys
        .iter()
        .filter(|journey| !journey.is_nobodys())
    {
        let ledger = journey.ledger.map_or("", |ledger| ledger.as_str());
        let mut types: BTreeMap<(&str, &str, &str), i64> = BTreeMap::new();
        let mut days: BTreeMap<(&str, &str, Date), i64> = BTreeMap::new();
        let struck = journey.struck.iter().map(|(event, _)| *event);
        for event in journey.facts.iter().copied().chain(struck) {
            let (source, agency) = (&*event.source, event.agency.as_str());
            if let Some(number) = event.sequence {
                numbers::count(ledger, &escaped(source), number, out);
            }
            *types.entry((source, agency, name(event))).or_default() += 1;
            *days
                .entry((source, agency, event.recorded.day()))
                .or_default() += 1;
        }
        for ((source, agency, name), count) in types {
            out.add(
                cell_key(&["type", ledger, &escaped(source), agency, name]),
                count,
            );
        }
        for ((source, agency, day), count) in days {
            let day = day.to_string();
            out.add(
                cell_key(&["day", ledger, &escaped(source), agency, &day]),
                count,
            );
        }
    }
}

fn name(event: &Event) -> &'static str {
    event.body.event_type().name
}

/// A source as part of a cell's key: what separates there is written as URIs write it.
fn escaped(source: &str) -> std::borrow::Cow<'_, str> {
    if source.contains(SEPARATOR) {
        source.replace(SEPARATOR, "%7C").into()
    } else {
        source.into()
    }
}

/// What is in of one source, for one agency.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Source {
    /// Ledger.
    pub ledger: String,
    /// The publishing system, as its events name it.
    pub source: String,
    /// On whose behalf.
    pub agency: String,
    /// Events recorded on the days that were asked for.
    pub events: i64,
    /// First day of recording among them.
    pub first_on: Day,
    /// Last day of recording among them.
    pub last_on: Day,
    /// Events by type, of all days.
    pub types: BTreeMap<String, i64>,
}

/// What is in, by ledger, source and agency; `from` and `to` are days of recording, both included.
///
/// # Errors
/// A dimension does not exist.
pub fn report(
    table: &dyn Table,
    only: &BTreeMap<String, Vec<String>>,
    (from, to): (Option<Date>, Option<Date>),
) -> Result<Vec<Source>, QueryError> {
    let empty = Cube::new(DIMENSIONS);
    let cube = table.cube().unwrap_or(&empty);
    let mut only = only.clone();
    if let Some(sources) = only.get_mut("source") {
        for source in sources {
            *source = escaped(source).into_owned();
        }
    }
    let filter = filter(cube, &only)?;
    let mut days: BTreeMap<[String; 3], (i64, Day, Day)> = BTreeMap::new();
    let mut types: BTreeMap<[String; 3], BTreeMap<String, i64>> = BTreeMap::new();
    cube.visit(&filter, &[0, 1, 2, 3, 4], |values, count| {
        let &[kind, ledger, source, agency, value] = values else {
            return;
        };
        let of = [ledger, source, agency].map(str::to_owned);
        if kind == "type" {
            types.entry(of).or_default().insert(value.to_owned(), count);
            return;
        }
        let Ok(day) = value.parse::<Day>() else {
            return;
        };
        if from.is_some_and(|from| day.0 < from) || to.is_some_and(|to| day.0 > to) {
            return;
        }
        let (events, first, last) = days.entry(of).or_insert((0, day, day));
        *events += count;
        *first = day.min(*first);
        *last = day.max(*last);
    });
    let told = days.into_iter().map(|(of, (events, first_on, last_on))| {
        let types = types.remove(&of).unwrap_or_default();
        let [ledger, source, agency] = of;
        Source {
            ledger,
            source: source.replace("%7C", "|"),
            agency,
            events,
            first_on,
            last_on,
            types,
        }
    });
    Ok(told.collect())
}

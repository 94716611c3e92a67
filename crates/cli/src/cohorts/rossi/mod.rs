//! The Rossi cohort: 432 men released from Maryland state prisons and followed for 52 weeks, told as
//! journeys.
//!
//! Source: Rossi, Berk and Lenihan (1980), *Money, Work, and Crime: Experimental Evidence*; the tables
//! and what is known of them stand in `data/rossi/`. Released prisoners are no returnees: the cohort
//! is here because its figures are published, so that anyone can check ours.
//!
//! | in the tables | in the journey |
//! |---|---|
//! | a row | a journey; its id follows from the ledger and the row's number |
//! | (nothing) | release on a made-up day *t0*, spread over 1972 |
//! | release, `age` | `reception.received` on *t0*; born in a year, *t0*'s less the age |
//! | `fin` ... `prio`, `educ` | `reception.registered` on *t0*, field `cohort` |
//! | `yes` in weeks *v* to *w* | `status.employed` on day *t0* + 7 (*v* - 1), `status.ended` on day *t0* + 7 *w*; no end when *w* is the last week observed |
//! | `arrest` in week *w* | `justice.arrested` on day *t0* + 7 *w* |
//! | no arrest | `departure.contact-lost`, planned, on day *t0* + 364 |
//!
//! Every fact is recorded on the morning after it occurred.

use std::collections::BTreeSet;

use homeward_events::departure::ContactLost;
use homeward_events::id::{
    AgencyId, CaseId, EventId, JourneyId, LedgerId, ProgrammeId, SiteId, SpellId,
};
use homeward_events::justice::Arrested;
use homeward_events::place::CountryCode;
use homeward_events::reception::{Received, Registered};
use homeward_events::status::{Employed, EmploymentKind, Ended, SpellEnd};
use homeward_events::time::{OccurredOn, RecordedAt, add_days};
use homeward_events::vocabulary::{Grounds, ReturnType, Role, Sex};
use homeward_events::{Body, Event};
use jiff::civil::{Date, Time, date};
use jiff::tz::Offset;
use uuid::{Uuid, uuid};

use self::table::{Person, people};
use super::word;

mod table;

pub use self::table::CohortError;

/// How many people the study followed.
pub const PEOPLE: usize = 432;
/// How many of them were arrested within [`WEEKS`].
pub const ARRESTED: usize = 114;
/// Weeks of observation.
pub const WEEKS: u8 = 52;
/// What every event's `source` says.
pub const SOURCE: &str = "urn:homeward:cohort:rossi";

/// Ids of the cohort are uuids of version 5 within this one.
const NAMESPACE: Uuid = uuid!("5f2d7a34-9c1e-5b60-8d47-3e0a1c9b6f28");
/// Release days are made up: the study's tables hold none.
const FIRST_RELEASE: Date = date(1972, 1, 1);
/// Days over which releases are spread: that year's.
const RELEASE_DAYS: usize = 366;
/// The whole cohort as commits, person by person, each person's in the order in which they were
/// recorded.
///
/// # Errors
/// The embedded tables cannot be read or contradict each other.
pub fn commits(ledger: &LedgerId) -> Result<Vec<Vec<Event>>, CohortError> {
    let people = people()?;
    let words = Words::new(ledger);
    let told = people
        .iter()
        .enumerate()
        .flat_map(|(index, person)| tell(&words, index, person));
    Ok(told.collect())
}

/// Ids and words that all events share.
struct Words {
    ledger: LedgerId,
    agency: AgencyId,
    site: SiteId,
    programme: ProgrammeId,
    country: CountryCode,
}

impl Words {
    fn new(ledger: &LedgerId) -> Self {
        Self {
            ledger: ledger.clone(),
            agency: word("md-study"),
            site: word("md-release"),
            programme: word("life-baltimore"),
            country: word("US"),
        }
    }

    /// The id of something of one person, by what it is.
    fn id(&self, row: usize, thing: &str) -> Uuid {
        let name = format!("{}/{row}/{thing}", self.ledger);
        Uuid::new_v5(&NAMESPACE, name.as_bytes())
    }
}

/// The facts of one day, noted down together on the next morning.
fn commit(
    words: &Words,
    row: usize,
    day: Date,
    bodies: impl IntoIterator<Item = (String, Body)>,
) -> (Date, Vec<Event>) {
    let morning = add_days(day, 1).to_datetime(Time::constant(9, 0, 0, 0));
    let recorded = RecordedAt(Offset::UTC.to_timestamp(morning).unwrap_or_default());
    let events = bodies.into_iter().map(|(thing, body)| Event {
        id: EventId::from_uuid(words.id(row, &thing)),
        ledger: words.ledger.clone(),
        journey: JourneyId::from_uuid(words.id(row, "journey")),
        source: SOURCE.into(),
        occurred: OccurredOn::Day(day),
        recorded,
        agency: words.agency.clone(),
        actor: None,
        role: Some(Role::Import),
        causation: None,
        correlation: None,
        sequence: None,
        body,
    });
    (day, events.collect())
}

fn tell(words: &Words, index: usize, person: &Person) -> Vec<Vec<Event>> {
    let row = index + 1;
    let after = index * RELEASE_DAYS / PEOPLE;
    let release = add_days(FIRST_RELEASE, i32::try_from(after).unwrap_or_default());
    // The day on which so many weeks have passed.
    let after_weeks = |weeks: u8| add_days(release, 7 * i32::from(weeks));
    let mut told = vec![commit(words, row, release, arrival(words, person, release))];
    for &(first, last) in &person.employed {
        let spell = SpellId::from_uuid(words.id(row, &format!("spell-{first}")));
        let began = Employed {
            spell,
            kind: EmploymentKind::NotKnown,
            hours_a_week: None,
        };
        let thing = format!("employed-{first}");
        told.push(commit(
            words,
            row,
            after_weeks(first - 1),
            [(thing, began.into())],
        ));
        if last < person.week {
            let ended = Ended {
                spell,
                reason: SpellEnd::NotKnown,
            };
            let thing = format!("ended-{last}");
            told.push(commit(
                words,
                row,
                after_weeks(last),
                [(thing, ended.into())],
            ));
        }
    }
    let end: (String, Body) = if person.arrested {
        let arrested = Arrested {
            case: CaseId::from_uuid(words.id(row, "case")),
            offence_on: None,
            class: None,
            severity: None,
            jurisdiction: Some(words.country.clone()),
            personal: None,
        };
        ("arrested".to_owned(), arrested.into())
    } else {
        let ended = ContactLost {
            last_channel: None,
            planned: true,
        };
        ("observed".to_owned(), ended.into())
    };
    told.push(commit(words, row, after_weeks(person.week), [end]));
    // Spells and the end are told by the calendar; on one day, in the order above.
    told.sort_by_key(|(day, _)| *day);
    told.into_iter().map(|(_, events)| events).collect()
}

fn arrival(words: &Words, person: &Person, release: Date) -> [(String, Body); 2] {
    let received = Received {
        site: words.site.clone(),
        return_type: ReturnType::Unknown,
        grounds: Grounds::NotProvided,
        sending_country: words.country.clone(),
        group: None,
        // The study was of men.
        sex: Sex::Male,
        born: Some(OccurredOn::Year(release.year() - person.age)),
        area: None,
        batch: None,
        programme: Some(words.programme.clone()),
        years_abroad: None,
        companions: None,
        minors: None,
        documents: BTreeSet::new(),
        needs: BTreeSet::new(),
        given: BTreeSet::new(),
        medical_information: None,
        criminal_information: None,
        place_to_stay: None,
        personal: None,
    };
    let registered = Registered {
        site: words.site.clone(),
        programme: Some(words.programme.clone()),
        area: None,
        dependants: None,
        cohort: person.covariates.clone(),
        personal: None,
    };
    [
        ("received".to_owned(), received.into()),
        ("registered".to_owned(), registered.into()),
    ]
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::table::{COVARIATES, NUMBERS, Table, WEEKLY};
    use super::*;
    use homeward_events::catalogue::{Departure, Justice, Reception, Status};
    use homeward_events::codec::{Defaults, decode_commit, encode_commit};
    use homeward_events::time::days_between;
    use homeward_journey::{Decision, Journey, decide};

    fn journeys() -> Vec<Vec<Vec<Event>>> {
        let commits = commits(&word("rossi")).unwrap();
        commits
            .chunk_by(|a, b| a[0].journey == b[0].journey)
            .map(<[Vec<Event>]>::to_vec)
            .collect()
    }

    #[test]
    fn the_cohort_is_432_journeys_with_114_arrests() {
        let journeys = journeys();
        let arrested = |journey: &&Vec<Vec<Event>>| {
            journey
                .iter()
                .flatten()
                .any(|event| matches!(event.body, Body::Justice(Justice::Arrested(_))))
        };
        assert_eq!(journeys.len(), PEOPLE);
        assert_eq!(journeys.iter().filter(arrested).count(), ARRESTED);
        let ids: BTreeSet<_> = journeys
            .iter()
            .flatten()
            .flatten()
            .map(|event| event.id)
            .collect();
        assert_eq!(ids.len(), journeys.iter().flatten().flatten().count());
    }

    #[test]
    fn what_is_told_is_what_the_tables_hold() {
        let weekly = Table::read("weekly", WEEKLY).unwrap();
        let numbers = Table::read("numbers", NUMBERS).unwrap();
        for (row, commits) in journeys().iter().enumerate() {
            let told = Told::of(commits);
            assert_eq!(
                told.week,
                numbers.number::<i32>(row, "week").unwrap(),
                "row {row}"
            );
            assert_eq!(told.arrested, numbers.cell(row, "arrest").unwrap() == "1");
            for column in COVARIATES {
                let expected: i64 = numbers.number(row, column).unwrap();
                assert_eq!(told.covariates[column], expected, "row {row} {column}");
            }
            let educ: i64 = weekly.number(row, "educ").unwrap();
            assert_eq!(told.covariates["educ"], educ);
            let age: i16 = numbers.number(row, "age").unwrap();
            assert_eq!(told.born, OccurredOn::Year(told.release.year() - age));
            for week in 1..=WEEKS {
                let expected = weekly.cell(row, &format!("emp{week}")).unwrap();
                assert_eq!(
                    told.in_work(i32::from(week)),
                    expected,
                    "row {row} week {week}"
                );
            }
        }
    }

    /// What a journey's events say, read back without the code above.
    struct Told {
        release: Date,
        born: OccurredOn,
        covariates: BTreeMap<String, i64>,
        spells: BTreeMap<SpellId, (i32, Option<i32>)>,
        week: i32,
        arrested: bool,
    }

    impl Told {
        fn of(commits: &[Vec<Event>]) -> Self {
            let first = &commits[0][0];
            let release = first.occurred.day();
            let Body::Reception(Reception::Received(received)) = &first.body else {
                panic!("a journey begins with its reception: {first:?}");
            };
            let mut told = Self {
                release,
                born: received.born.unwrap(),
                covariates: BTreeMap::new(),
                spells: BTreeMap::new(),
                week: 0,
                arrested: false,
            };
            for event in commits.iter().flatten() {
                told.read(event);
            }
            told
        }

        fn read(&mut self, event: &Event) {
            let days = days_between(self.release, event.occurred.day());
            assert_eq!(days % 7, 0, "{event:?}");
            let weeks = days / 7;
            match &event.body {
                Body::Reception(Reception::Registered(body)) => {
                    self.covariates.clone_from(&body.cohort);
                }
                Body::Status(Status::Employed(body)) => {
                    assert!(self.spells.insert(body.spell, (weeks + 1, None)).is_none());
                }
                Body::Status(Status::Ended(body)) => {
                    self.spells.get_mut(&body.spell).unwrap().1 = Some(weeks);
                }
                Body::Justice(Justice::Arrested(_)) => (self.week, self.arrested) = (weeks, true),
                Body::Departure(Departure::ContactLost(body)) => {
                    assert!(body.planned);
                    self.week = weeks;
                }
                Body::Reception(Reception::Received(_)) => assert_eq!(weeks, 0),
                Body::Notice(_)
                | Body::Reception(_)
                | Body::Screening(_)
                | Body::Consent(_)
                | Body::Assessment(_)
                | Body::Plan(_)
                | Body::Referral(_)
                | Body::Assistance(_)
                | Body::FollowUp(_)
                | Body::Status(_)
                | Body::Justice(_)
                | Body::Departure(_)
                | Body::Lifecycle(_)
                | Body::Correction(_)
                | Body::Erasure(_)
                | Body::Access(_)
                | Body::Cut(_)
                | Body::Directory(_) => panic!("the study does not say: {event:?}"),
            }
        }

        fn in_work(&self, week: i32) -> &'static str {
            let spans =
                |(from, to): &(i32, Option<i32>)| *from <= week && week <= to.unwrap_or(self.week);
            if week > self.week {
                "NA"
            } else if self.spells.values().any(spans) {
                "yes"
            } else {
                "no"
            }
        }
    }

    #[test]
    fn every_commit_passes_the_border_and_joins_its_journey() {
        for commits in journeys() {
            let mut known: Vec<Event> = Vec::new();
            for commit in commits {
                let defaults = Defaults {
                    recorded: commit[0].recorded,
                    agency: None,
                    actor: None,
                };
                let bytes = encode_commit(&commit).unwrap();
                assert_eq!(decode_commit(&bytes, &defaults).unwrap(), commit);
                let decision = decide(commit[0].journey, &known, &commit);
                assert_eq!(decision, Decision::Append((0..commit.len()).collect()));
                known.extend(commit);
            }
            assert!(
                Journey::from_facts(known[0].journey, &known)
                    .findings
                    .is_empty()
            );
        }
    }

    #[test]
    fn ids_follow_from_ledger_and_row() {
        let ledger: LedgerId = word("rossi");
        assert_eq!(commits(&ledger).unwrap(), commits(&ledger).unwrap());
        let other = commits(&word("jm")).unwrap();
        assert_ne!(other[0][0].journey, commits(&ledger).unwrap()[0][0].journey);
    }
}

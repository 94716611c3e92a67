//! Journeys to load a house with: made from a number, so that the same run can be made again, and
//! with nothing of a real person in them.
//!
//! A story is the same bytes as the border would store: `check` holds it to that.

use std::ops::Range;

use homeward_e2e::dice;
use homeward_events::codec::{self, Defaults};
use homeward_events::time::RecordedAt;
use jiff::civil::{Date, date};
use jiff::{Timestamp, ToSpan as _};
use uuid::{Builder, Uuid};

use crate::Result;

/// Events of the shortest journey; each of the next twelve lengths is as frequent.
const STEPS_MIN: usize = 4;
/// How many lengths there are; the mean is ten.
const LENGTHS: usize = 13;
/// The mean of all lengths.
const STEPS_MEAN: usize = STEPS_MIN + LENGTHS / 2;

/// What becomes true together: first step, and one past the last.
const COMMITS: [Range<usize>; 11] = [
    0..2,
    2..4,
    4..6,
    6..7,
    7..9,
    9..10,
    10..12,
    12..13,
    13..14,
    14..15,
    15..16,
];

/// Days after arrival on which each step happens.
const DAYS: [i64; 16] = [
    0, 0, 1, 3, 10, 10, 12, 13, 14, 30, 91, 100, 120, 150, 210, 365,
];

/// Journeys of one ledger.
#[derive(Debug, Clone)]
pub(crate) struct Story {
    pub(crate) ledger: &'static str,
    pub(crate) journeys: usize,
    pub(crate) seed: u64,
}

/// One commit, as a publisher sends it and as the log stores it.
#[derive(Debug, Clone)]
pub(crate) struct Commit {
    pub(crate) journey: Uuid,
    /// The id of its first event, which the border takes for the commit's id.
    pub(crate) id: Uuid,
    pub(crate) payload: String,
}

impl Story {
    /// How many events all journeys have together: ten each.
    pub(crate) fn events(&self) -> usize {
        self.journeys * STEPS_MEAN
    }

    /// How many events a journey has.
    pub(crate) fn steps(&self, journey: usize) -> usize {
        // The last ones, which would not fill a round of lengths, have the mean.
        if journey >= self.journeys - self.journeys % LENGTHS {
            STEPS_MEAN
        } else {
            STEPS_MIN + journey % LENGTHS
        }
    }

    /// The commits of a journey: its steps in groups, or one by one.
    pub(crate) fn commits(&self, journey: usize, one_by_one: bool) -> Vec<Range<usize>> {
        let steps = self.steps(journey);
        if one_by_one {
            return (0..steps).map(|step| step..step + 1).collect();
        }
        let begun = COMMITS.iter().filter(|commit| commit.start < steps);
        begun
            .map(|commit| commit.start..commit.end.min(steps))
            .collect()
    }

    /// The steps of a journey that become true together, as one commit.
    pub(crate) fn commit(&self, journey: usize, steps: Range<usize>) -> Commit {
        let id = self.id(journey, steps.start);
        let mut payload = String::with_capacity(512 * steps.len());
        for step in steps {
            payload.push(if payload.is_empty() { '[' } else { ',' });
            payload.push_str(&self.event(journey, step));
        }
        payload.push(']');
        Commit {
            journey: self.journey(journey),
            id,
            payload,
        }
    }

    /// The order in which commits arrive: every journey's own in order, and journeys mixed.
    pub(crate) fn arrivals(&self, one_by_one: bool) -> Vec<usize> {
        let mut arrivals: Vec<usize> = (0..self.journeys)
            .flat_map(|journey| {
                let commits = self.commits(journey, one_by_one).len();
                std::iter::repeat_n(journey, commits)
            })
            .collect();
        for last in (1..arrivals.len()).rev() {
            let other = pick(self.seed ^ 0xa11, last, last + 1);
            arrivals.swap(last, other);
        }
        arrivals
    }

    /// A journey's id.
    pub(crate) fn journey(&self, journey: usize) -> Uuid {
        self.uuid(journey, 100)
    }

    fn id(&self, journey: usize, step: usize) -> Uuid {
        self.uuid(journey, step)
    }

    fn uuid(&self, journey: usize, part: usize) -> Uuid {
        let high = dice::mix(self.seed.wrapping_mul(3) ^ dice::mix(number(journey)) ^ number(part));
        let low = dice::mix(high ^ 0x1d);
        let bytes = (u128::from(high) << 64) | u128::from(low);
        Builder::from_random_bytes(bytes.to_be_bytes()).into_uuid()
    }

    fn event(&self, journey: usize, step: usize) -> String {
        let (agency, role, name, version, data) = self.said(journey, step);
        let (id, subject, ledger) = (self.id(journey, step), self.journey(journey), self.ledger);
        let day = self.day(journey, step);
        format!(
            r#"{{"specversion":"1.0","id":"{id}","source":"urn:homeward:bench","type":"{name}","subject":"{subject}","datacontenttype":"application/json","schemaversion":{version},"ledger":"{ledger}","occurred":"{day}","recordedtime":"{day}T16:00:00Z","agency":"{agency}","role":"{role}","data":{{{data}}}}}"#
        )
    }

    /// The day of a step; arrivals are spread over two years.
    fn day(&self, journey: usize, step: usize) -> Date {
        let arrival = number(self.choose(journey, 700)).cast_signed();
        let after = DAYS.get(step).copied().unwrap_or(0);
        date(2023, 1, 2).saturating_add((arrival + after).days())
    }

    /// A number below `below` that belongs to a journey.
    fn choose(&self, journey: usize, below: usize) -> usize {
        pick(self.seed ^ number(below), journey, below)
    }

    fn word(&self, journey: usize, words: &[&'static str]) -> &'static str {
        words
            .get(self.choose(journey, words.len()))
            .copied()
            .unwrap_or_default()
    }

    /// Who says a step, in which capacity, its type and version, and what it says.
    fn said(
        &self,
        journey: usize,
        step: usize,
    ) -> (&'static str, &'static str, &'static str, u16, String) {
        const MOSS: &str = "returnee-office";
        let own = |part: usize| self.uuid(journey, 200 + part);
        match step {
            0 => (
                MOSS,
                "intake",
                "reception.received",
                2,
                self.reception(journey),
            ),
            1 => {
                let result = self.word(journey, &["negative", "positive", "inconclusive"]);
                let data = format!(
                    r#""kind":"vulnerability","depth":"rapid","result":"{result}","site":"airport","vulnerability":"medium","risk_factors":["individual"]"#
                );
                (MOSS, "health", "screening.completed", 1, data)
            }
            2 => {
                let data = format!(
                    r#""consent":"{}","purposes":["case-management","referral","follow-up"],"agencies":["clinic"],"categories":["identity","needs"],"form":"written","language":"en-JM""#,
                    own(0)
                );
                (MOSS, "case-worker", "consent.given", 1, data)
            }
            3 => {
                let overall = 1000 + self.choose(journey, 9000);
                let data = format!(
                    r#""instrument":{{"id":"example-sustainability","version":1}},"wave":"baseline","scores":{{"economic":{overall},"social":5000,"psychosocial":2500}},"overall":{overall},"assessor":"worker-3""#
                );
                (MOSS, "case-worker", "assessment.completed", 1, data)
            }
            4 => {
                let data = format!(
                    r#""plan":"{}","programme":"reintegration","goals":[{{"id":"work","dimension":"economic","level":"individual"}},{{"id":"home","dimension":"social","level":"community"}}]"#,
                    own(1)
                );
                (MOSS, "case-worker", "plan.agreed", 1, data)
            }
            5 => {
                let due = self.day(journey, 10);
                let data = format!(
                    r#""key":"month-3","wave":"month-3","due_on":"{due}","channel":"phone","assigned_to":"worker-3""#
                );
                (MOSS, "case-worker", "follow-up.scheduled", 1, data)
            }
            6..9 => referral(step, own(2), own(0)),
            _ => later(step, &own),
        }
    }

    fn reception(&self, journey: usize) -> String {
        let site = self.word(
            journey,
            &["airport", "seaport", "second-airport", "north-pier"],
        );
        let kind = self.word(
            journey,
            &[
                "deported",
                "removed-after-conviction",
                "voluntary",
                "assisted-voluntary",
                "refused-entry",
            ],
        );
        let grounds = self.word(
            journey,
            &[
                "immigration",
                "drugs",
                "assault",
                "larceny",
                "fraud",
                "none-stated",
                "not-provided",
            ],
        );
        let country = self.word(journey, &["US", "GB", "CA"]);
        let sex = self.word(
            journey,
            &[
                "male",
                "female",
                "male",
                "male",
                "female",
                "male",
                "not-known",
                "male",
            ],
        );
        let born = 1950 + self.choose(journey, 55);
        format!(
            r#""site":"{site}","return_type":"{kind}","grounds":"{grounds}","sending_country":"{country}","sex":"{sex}","born":"{born}","batch":"charter-1","years_abroad":9,"companions":0,"minors":0,"documents":["passport"],"needs":["shelter","phone"],"given":["meals","phone"]"#
        )
    }
}

/// A referral, from its sending until it is taken on.
fn referral(
    step: usize,
    referral: Uuid,
    consent: Uuid,
) -> (&'static str, &'static str, &'static str, u16, String) {
    match step {
        6 => {
            let data = format!(
                r#""referral":"{referral}","to":"clinic","service":"primary-care","need":"health","priority":"urgent","consent":"{consent}","discloses":["identity","needs"]"#
            );
            ("returnee-office", "case-worker", "referral.sent", 1, data)
        }
        7 => (
            "clinic",
            "provider",
            "referral.received",
            1,
            format!(r#""referral":"{referral}""#),
        ),
        _ => {
            let data = format!(r#""referral":"{referral}","assigned_to":"clinician-2""#);
            ("clinic", "provider", "referral.accepted", 1, data)
        }
    }
}

/// What happens after the first month.
fn later(
    step: usize,
    own: &dyn Fn(usize) -> Uuid,
) -> (&'static str, &'static str, &'static str, u16, String) {
    const MOSS: &str = "returnee-office";
    match step {
        9 | 12 => {
            let data = format!(
                r#""assistance":"{}","kind":"grant","mode":"direct","value":{{"amount":"150000.00","currency":"JMD"}},"items":"first stock","programme":"reintegration","dimension":"economic","goal":"work""#,
                own(step)
            );
            (MOSS, "provider", "assistance.delivered", 1, data)
        }
        10 => {
            let data = r#""key":"month-3","channel":"phone","findings":{"livelihood":{"known":"better"},"health":{"known":"same"}}"#;
            (
                MOSS,
                "case-worker",
                "follow-up.completed",
                1,
                data.to_owned(),
            )
        }
        11 => {
            let data = format!(
                r#""spell":"{}","kind":"self-employed","hours_a_week":30"#,
                own(step)
            );
            (MOSS, "case-worker", "status.employed", 1, data)
        }
        13 => {
            let data = format!(
                r#""case":"{}","class":"larceny","severity":"summary","jurisdiction":"JM""#,
                own(5)
            );
            ("police", "justice", "justice.arrested", 1, data)
        }
        14 => {
            let data = format!(
                r#""case":"{}","class":"larceny","severity":"summary","jurisdiction":"JM""#,
                own(5)
            );
            ("court", "justice", "justice.charged", 1, data)
        }
        _ => (
            MOSS,
            "supervisor",
            "journey.closed",
            1,
            r#""reason":"plan-completed""#.to_owned(),
        ),
    }
}

/// Makes sure that the border would store some journeys exactly as they are told here: else the raw
/// side would be given other bytes than the house stores.
///
/// # Errors
/// It would not.
pub(crate) fn check(story: &Story) -> Result<()> {
    let defaults = Defaults {
        recorded: RecordedAt(Timestamp::UNIX_EPOCH),
        agency: None,
        actor: None,
    };
    for journey in 0..story.journeys.min(4 * LENGTHS) {
        let commit = story.commit(journey, 0..story.steps(journey));
        let events = codec::decode_commit(commit.payload.as_bytes(), &defaults)
            .map_err(|errors| format!("journey {journey}: {errors:?}"))?;
        if codec::encode_commit(&events)? != commit.payload.as_bytes() {
            return Err(format!("journey {journey} would be stored in other bytes").into());
        }
    }
    Ok(())
}

/// A whole number as 64 bits.
fn number(value: usize) -> u64 {
    u64::try_from(value).unwrap_or(u64::MAX)
}

/// A number below `below`, chosen by `seed` and `nth`.
fn pick(seed: u64, nth: usize, below: usize) -> usize {
    usize::try_from(dice::pick(seed, number(nth), number(below))).unwrap_or(0)
}

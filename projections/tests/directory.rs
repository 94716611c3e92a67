//! The service directory: which services are suggested first and why, capacity as referrals come and
//! go, versions, and referrals that name what is not listed.

#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::needless_pass_by_value,
    reason = "a test that cannot go on says so by failing; facts are written as they are read"
)]

use homeward_events::Event;
use homeward_events::codec::decode_event;
use homeward_events::id::JourneyId;
use homeward_projections::directory::{self, AstrayWhy, Query, Suggestion, suggest};
use homeward_projections::fold::{self, Facts};
use homeward_projections::model::{Contributions, Difference, MemoryTable};
use jiff::civil::date;
use serde_json::{Value, json};

/// A thing with a number.
fn uuid(number: usize) -> String {
    format!("00000000-0000-4000-8000-{number:012}")
}

/// Writes facts down, each with the next id and a later time of recording.
#[derive(Default)]
struct Scribe {
    events: Vec<Event>,
}

impl Scribe {
    fn write(&mut self, journey: &str, event_type: &str, occurred: &str, data: Value) {
        let written = self.events.len() + 1;
        let event = json!({
            "specversion": "1.0", "id": uuid(1_000_000 + written), "source": "urn:homeward:test",
            "type": event_type, "subject": journey,
            "schemaversion": if event_type == "reception.received" { 2 } else { 1 },
            "ledger": "jm", "occurred": occurred,
            "recordedtime": format!("2030-01-01T{:02}:{:02}:{:02}Z",
                written / 3600, written / 60 % 60, written % 60),
            "agency": "moss", "data": data,
        });
        self.events
            .push(decode_event(&event.to_string(), None).unwrap());
    }

    fn directory(&mut self, what: &str, occurred: &str, data: Value) {
        let journey = JourneyId::of_directory(&"jm".parse().unwrap()).to_string();
        self.write(&journey, &format!("directory.{what}"), occurred, data);
    }

    /// A version that lists these services and comes out on a day.
    fn version(&mut self, version: u32, occurred: &str, services: &[Value], standing: u32) {
        for service in services {
            let data = json!({ "version": version, "service": service });
            self.directory("service-listed", occurred, data);
        }
        let digest = "0".repeat(64);
        let data = json!({ "version": version, "services": standing, "digest": digest });
        self.directory("published", occurred, data);
    }

    fn refer(&mut self, journey: usize, steps: &[&str], month: &str, named: Value) {
        let (id, referral) = (uuid(journey), uuid(500_000 + journey));
        let received = json!({
            "site": "norman-manley", "return_type": "deported", "grounds": "drugs",
            "sending_country": "US", "sex": "male", "born": "1990-05-05"
        });
        self.write(&id, "reception.received", &format!("{month}-01"), received);
        let overridden = json!({
            "purposes": ["referral"], "agencies": [], "ground": "life-at-risk",
            "decided_by": "supervisor", "evidence": "seen", "expires_on": "2031-01-01"
        });
        self.write(
            &id,
            "consent.overridden",
            &format!("{month}-01"),
            overridden,
        );
        let mut sent = json!({
            "referral": referral, "to": "new-start", "need": "housing", "priority": "normal",
            "discloses": []
        });
        for (name, value) in named.as_object().unwrap() {
            sent[name] = value.clone();
        }
        self.write(&id, "referral.sent", &format!("{month}-02"), sent);
        for (day, step) in (3..).zip(steps) {
            let data = match *step {
                "declined" => json!({
                    "referral": referral, "by": "provider", "reason": "lack-of-capacity"
                }),
                "withdrawn" => json!({
                    "referral": referral, "by": "sender", "reason": "no-longer-needed"
                }),
                _ => json!({ "referral": referral }),
            };
            let occurred = format!("{month}-{day:02}");
            self.write(&id, &format!("referral.{step}"), &occurred, data);
        }
    }

    fn facts(&self) -> Facts {
        let mut facts = Facts::new();
        for event in &self.events {
            facts.entry(event.journey).or_default().push(event.clone());
        }
        facts
    }

    fn table(&self) -> MemoryTable {
        fold::fold(&[&directory::DIRECTORY], &self.facts())
            .remove("directory")
            .unwrap()
    }

    fn suggest(&self, query: &Query) -> Vec<Suggestion> {
        suggest(&self.table(), query, 100).unwrap().0
    }
}

/// A service of New Start for housing; `more` says what else.
fn service(id: &str, more: Value) -> Value {
    let mut service = json!({
        "id": id, "organization": { "id": "new-start", "name": "New Start" },
        "name": { "en": id }, "needs": ["housing"], "status": "active"
    });
    for (name, value) in more.as_object().unwrap() {
        service[name] = value.clone();
    }
    service
}

fn query() -> Query {
    Query {
        ledgers: Vec::new(),
        need: None,
        area: None,
        language: None,
        age: None,
        sex: None,
        group: None,
        return_type: None,
        day: date(2026, 6, 15),
        version: None,
    }
}

fn ids(suggestions: &[Suggestion]) -> Vec<&str> {
    let ids = suggestions.iter();
    ids.map(|suggestion| suggestion.service.id.as_str())
        .collect()
}

#[test]
fn the_need_comes_first_then_the_place_then_the_language() {
    let mut scribe = Scribe::default();
    let area = |area: &str| json!([{ "area": area }]);
    let services = [
        service(
            "clinic",
            json!({ "needs": ["health"], "areas": area("JM-01") }),
        ),
        service(
            "unmapped",
            json!({ "needs": ["other"], "areas": area("JM-01") }),
        ),
        service("abroad", json!({ "areas": area("TT") })),
        service("anywhere", json!({})),
        service(
            "north",
            json!({ "areas": area("JM-08"), "languages": ["es"] }),
        ),
        service(
            "here-english",
            json!({ "areas": area("JM-01"), "languages": ["en"] }),
        ),
        service("here-unsaid", json!({ "areas": area("JM-01") })),
        service(
            "here-spanish",
            json!({ "areas": area("JM"), "languages": ["en", "es"] }),
        ),
        service(
            "office-here",
            json!({
                "locations": [{ "site": "office", "country": "JM", "area": "JM-01" }],
                "languages": ["es"]
            }),
        ),
    ];
    scribe.version(1, "2026-01-01", &services, 9);
    let asked = Query {
        need: Some("housing".parse().unwrap()),
        area: Some("JM-01".parse().unwrap()),
        language: Some("es".parse().unwrap()),
        ..query()
    };
    let found = scribe.suggest(&asked);
    assert_eq!(
        ids(&found),
        [
            "here-spanish",
            "office-here",
            "here-unsaid",
            "here-english",
            "north",
            "anywhere",
            "abroad",
            "unmapped"
        ]
    );
    let says: Vec<&str> = found[3].why.iter().map(|why| why.says.as_str()).collect();
    assert_eq!(
        says,
        ["answers housing", "serves JM-01", "speaks en, not es"]
    );
    // A district is served where its department is.
    let district = Query {
        area: Some("HT0811-07".parse().unwrap()),
        ..query()
    };
    let mut scribe = Scribe::default();
    let services = [
        service("a-country", json!({ "areas": area("HT09") })),
        service("b-department", json!({ "areas": area("HT08") })),
    ];
    scribe.version(1, "2026-01-01", &services, 2);
    assert_eq!(
        ids(&scribe.suggest(&district)),
        ["b-department", "a-country"]
    );
}

#[test]
fn eligibility_is_exact_at_its_edges_and_says_what_stands_in_the_way() {
    let mut scribe = Scribe::default();
    let eligible = |eligibility: Value| json!({ "eligibility": eligibility });
    let services = [
        service("for-all", json!({})),
        service("of-age", eligible(json!({ "age_min": 18, "age_max": 64 }))),
        service("women", eligible(json!({ "sexes": ["female"] }))),
        service(
            "refugees",
            eligible(json!({ "groups": ["refugee", "migrant"] })),
        ),
        service(
            "deported",
            eligible(json!({ "return_types": ["deported"] })),
        ),
        service("in-words", eligible(json!({ "text": "by interview" }))),
    ];
    scribe.version(1, "2026-01-01", &services, 6);
    let told = |query: &Query, id: &str| {
        let found = scribe.suggest(query);
        let found = found.iter().find(|found| found.service.id.as_str() == id);
        let found = found.unwrap();
        let why = found.why.first().map(|why| why.says.clone());
        format!("{} {}", found.eligibility.as_str(), why.unwrap_or_default())
    };
    for (age, expected) in [
        (None, "may-not-fit from 18 to 64 years: age not said"),
        (Some(17), "does-not-fit from 18 to 64 years, not 17"),
        (Some(18), "fits "),
        (Some(64), "fits "),
        (Some(65), "does-not-fit from 18 to 64 years, not 65"),
    ] {
        assert_eq!(
            told(&Query { age, ..query() }, "of-age"),
            expected,
            "{age:?}"
        );
    }
    for (sex, expected) in [
        (None, "may-not-fit only female: sex not said"),
        (Some("female"), "fits "),
        (Some("male"), "does-not-fit only female, not male"),
        (Some("not-known"), "may-not-fit only female: sex not said"),
    ] {
        let sex = sex.map(|sex| sex.parse().unwrap());
        assert_eq!(told(&Query { sex, ..query() }, "women"), expected);
    }
    let migrant = Query {
        group: Some("migrant".parse().unwrap()),
        return_type: Some("voluntary".parse().unwrap()),
        ..query()
    };
    assert_eq!(told(&migrant, "refugees"), "fits ");
    assert_eq!(
        told(&migrant, "deported"),
        "does-not-fit only deported, not voluntary"
    );
    assert_eq!(
        told(&migrant, "in-words"),
        "may-not-fit conditions: by interview"
    );
    let found = scribe.suggest(&migrant);
    assert_eq!(ids(&found)[..2], ["for-all", "refugees"]);
    assert_eq!(
        ids(&found).last(),
        Some(&"deported"),
        "what does not fit stands last"
    );
}

#[test]
fn what_is_full_goes_last_and_a_place_is_free_again_when_the_referral_ends() {
    let mut scribe = Scribe::default();
    let places = |places: u32| json!({ "capacity": { "places": places, "per": "bed" } });
    let services = [
        service("small", places(2)),
        service("z-unknown", json!({})),
        service("large", places(3)),
        service("closed", json!({ "status": "inactive" })),
    ];
    scribe.version(1, "2026-01-01", &services, 4);
    let named = |id: &str| json!({ "service": id, "directory_version": 1 });
    let free = |scribe: &Scribe| {
        let found = scribe.suggest(&query());
        let free = found
            .iter()
            .find(|found| found.service.id.as_str() == "small");
        let order = ids(&found).join(" ");
        (free.unwrap().capacity.unwrap().free, order)
    };
    assert_eq!(
        free(&scribe),
        (2, "large small z-unknown closed".to_owned())
    );
    scribe.refer(1, &["received", "accepted"], "2026-05", named("small"));
    assert_eq!(free(&scribe).0, 1);
    // What was declined takes no place, and is an answer of the provider's.
    scribe.refer(2, &["received", "declined"], "2026-05", named("small"));
    assert_eq!(free(&scribe).0, 1);
    scribe.refer(3, &[], "2026-05", named("small"));
    assert_eq!(
        free(&scribe),
        (0, "large z-unknown small closed".to_owned())
    );
    let found = scribe.suggest(&query());
    let says: Vec<&str> = found[2].why.iter().map(|why| why.says.as_str()).collect();
    assert_eq!(
        says,
        [
            "0 of 2 places free, 2 referrals open",
            "accepted 1 of 2 referrals in 6 months"
        ]
    );
    scribe.refer(4, &["withdrawn"], "2026-05", named("small"));
    assert_eq!(free(&scribe).0, 0);
}

#[test]
fn answers_of_late_are_those_of_six_months() {
    let mut scribe = Scribe::default();
    scribe.version(
        1,
        "2025-01-01",
        &[service("old", json!({})), service("quick", json!({}))],
        2,
    );
    for (journey, steps, month) in [
        (1, ["received", "declined"], "2025-12"),
        (2, ["received", "accepted"], "2026-01"),
        (3, ["received", "accepted"], "2026-06"),
        (4, ["received", "declined"], "2026-07"),
    ] {
        let named = json!({ "service": "quick", "directory_version": 1 });
        scribe.refer(journey, &steps, month, named);
    }
    let answers = |day| {
        let found = scribe.suggest(&Query { day, ..query() });
        (found[0].service.id.as_str().to_owned(), found[0].answers)
    };
    assert_eq!(answers(date(2026, 6, 30)), ("quick".to_owned(), (2, 0)));
    let (first, answered) = answers(date(2025, 12, 31));
    assert_eq!(
        (first.as_str(), answered),
        ("old", (0, 0)),
        "no answer is better than a refusal"
    );
}

#[test]
fn each_version_stands_as_it_was_and_says_what_changed() {
    let mut scribe = Scribe::default();
    let [a, b, c] = ["a", "b", "c"].map(|id| service(id, json!({})));
    scribe.version(1, "2026-01-01", &[a, b], 2);
    let withdrawn = json!({ "version": 2, "service": "b", "reason": "not-in-source" });
    scribe.directory("service-withdrawn", "2026-07-01", withdrawn);
    let changed = service("a", json!({ "schedule": "mornings" }));
    scribe.version(2, "2026-07-01", &[changed, c], 2);
    let on = |day| scribe.suggest(&Query { day, ..query() });
    assert_eq!(ids(&on(date(2025, 12, 31))), [""; 0]);
    assert_eq!(ids(&on(date(2026, 6, 30))), ["a", "b"]);
    assert_eq!(ids(&on(date(2026, 7, 1))), ["a", "c"]);
    let first = Query {
        version: Some(1),
        day: date(2026, 7, 1),
        ..query()
    };
    assert_eq!(ids(&scribe.suggest(&first)), ["a", "b"]);
    let told = directory::told(&scribe.table(), &[], None).unwrap();
    let second = &told[0].versions[1];
    let texts = |ids: &[homeward_events::id::ServiceId]| -> Vec<String> {
        ids.iter().map(ToString::to_string).collect()
    };
    assert_eq!(texts(&second.new), ["c"]);
    assert_eq!(texts(&second.changed), ["a"]);
    assert_eq!(texts(&second.withdrawn), ["b"]);
    assert_eq!((second.unchanged, told[0].version), (0, Some(2)));
    assert!(!second.is_as_published, "its digest is another");
}

#[test]
fn referrals_to_what_is_not_listed_are_found_when_asked() {
    let mut scribe = Scribe::default();
    let other = json!({ "organization": { "id": "church", "name": "Church" } });
    let services = [
        service("here", json!({})),
        service("theirs", other),
        service("gone", json!({})),
    ];
    scribe.version(1, "2026-01-01", &services, 3);
    let withdrawn = json!({ "version": 2, "service": "gone", "reason": "defunct" });
    scribe.directory("service-withdrawn", "2026-02-01", withdrawn);
    scribe.version(2, "2026-02-01", &[], 2);
    for (journey, service, version) in [
        (1, "here", Some(2)),
        (2, "here", None),
        (3, "gone", Some(1)),
        (4, "gone", Some(2)),
        (5, "gone", None),
        (6, "never", Some(2)),
        (7, "here", Some(3)),
        (8, "theirs", Some(1)),
    ] {
        let named = json!({ "service": service, "directory_version": version });
        scribe.refer(journey, &[], "2026-05", named);
    }
    let found = directory::astray(&scribe.table(), &[]).unwrap();
    let found: Vec<(&str, Option<u32>, AstrayWhy)> = found
        .iter()
        .map(|found| (found.service.as_str(), found.directory_version, found.why))
        .collect();
    assert_eq!(
        found,
        [
            ("gone", Some(2), AstrayWhy::Withdrawn),
            ("gone", None, AstrayWhy::Withdrawn),
            ("here", Some(3), AstrayWhy::VersionUnknown),
            ("never", Some(2), AstrayWhy::NotListed),
            ("theirs", Some(1), AstrayWhy::OtherAgency),
        ]
    );
    assert!(
        directory::astray(&scribe.table(), &["tt".to_owned()])
            .unwrap()
            .is_empty()
    );
}

#[test]
fn fact_by_fact_is_what_all_at_once_is() {
    let mut scribe = Scribe::default();
    let capacity = json!({ "capacity": { "places": 1 } });
    scribe.version(
        1,
        "2026-01-01",
        &[service("a", capacity), service("b", json!({}))],
        2,
    );
    let named = json!({ "service": "a", "directory_version": 1 });
    scribe.refer(1, &["received", "accepted"], "2026-05", named);
    scribe.version(2, "2026-06-01", &[service("a", json!({}))], 2);
    let model = &directory::DIRECTORY;
    let (mut known, mut table) = (Facts::new(), MemoryTable::new(model));
    for event in &scribe.events {
        let before = fold::contributions(model, &known);
        known.entry(event.journey).or_default().push(event.clone());
        let after = fold::contributions(model, &known);
        table.apply(Difference::between(before, after));
    }
    assert_eq!(table, scribe.table());
    // And all of it can be taken away again.
    let all = fold::contributions(model, &known);
    table.apply(Difference::between(all, Contributions::default()));
    assert_eq!(table, MemoryTable::new(model));
}

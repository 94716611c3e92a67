//! HSDS in both of its forms, its mistakes, and what a version changes.

use std::collections::BTreeMap;
use std::io::Write as _;
use std::path::{Path, PathBuf};

use homeward_events::Event;
use homeward_events::directory::WithdrawnReason;
use homeward_events::id::{JourneyId, LedgerId, LogDigest, ServiceId};
use homeward_journey::{Decision, Journey, decide};

use super::describe::Described;
use super::import::{Plan, Publication};
use super::source::{described, read};
use super::terms::Terms;

fn sample(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("data/directory")
        .join(name)
}

fn sample_read(name: &str) -> Described {
    read(&sample(name), None, &"en".parse().unwrap()).unwrap()
}

/// A directory of tables, by file name without `.csv`.
fn tables(files: &[(&str, &str)]) -> Described {
    let files = files
        .iter()
        .map(|(name, text)| (format!("{name}.csv"), text.as_bytes().to_vec()));
    let terms = Terms::read(None).unwrap();
    described(&files.collect(), &terms, &"en".parse().unwrap()).unwrap()
}

fn mistakes(described: &Described) -> Vec<String> {
    described.errors.iter().map(ToString::to_string).collect()
}

#[test]
fn json_tables_and_a_zip_file_of_tables_say_the_same() {
    let json = sample_read("synthetic.json");
    assert_eq!(mistakes(&json), Vec::<String>::new());
    assert_eq!(json.services.len(), 15);
    let folder = sample_read("synthetic");
    assert_eq!(json, folder);

    let packed = tempfile::Builder::new().suffix(".zip").tempfile().unwrap();
    let mut zip = zip::ZipWriter::new(packed.reopen().unwrap());
    for entry in std::fs::read_dir(sample("synthetic")).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_str().unwrap();
        let options = zip::write::SimpleFileOptions::default();
        zip.start_file(format!("export/{name}"), options).unwrap();
        zip.write_all(&std::fs::read(&path).unwrap()).unwrap();
    }
    zip.finish().unwrap();
    let unpacked = read(packed.path(), None, &"en".parse().unwrap()).unwrap();
    assert_eq!(json, unpacked);

    // What no mapping knows is kept, and said.
    let terms: Vec<&str> = json.unknown_terms.keys().map(String::as_str).collect();
    assert_eq!(terms, ["sports and recreation"]);
    let areas: Vec<&str> = json.uncoded_areas.keys().map(String::as_str).collect();
    assert_eq!(areas, ["Portmore and around"]);
    let club = &json.services[&"synthetic-sports-club".parse::<ServiceId>().unwrap()];
    let club = serde_json::to_value(club).unwrap();
    assert_eq!(club["needs"], serde_json::json!(["other"]));
    assert_eq!(club["terms"][0]["name"], "sports and recreation");
    let house = &json.services[&"synthetic-women-s-house".parse::<ServiceId>().unwrap()];
    let house = serde_json::to_value(house).unwrap();
    assert_eq!(
        house["eligibility"],
        serde_json::json!({ "age_min": 16, "sexes": ["female"] })
    );
    assert_eq!(house["name"]["es"], "Casa segura para mujeres");
    assert_eq!(
        house["capacity"],
        serde_json::json!({ "places": 10, "per": "bed" })
    );
}

#[test]
fn hsds_2_is_read_by_its_own_column_names() {
    let told = tables(&[
        (
            "organizations",
            "id,name,url\nORG 1,New Start,https://new.example.org\n",
        ),
        (
            "services",
            "id,organization_id,name,status,eligibility\nSVC 1,ORG 1,Day centre,,Adults\n",
        ),
        (
            "services_at_location",
            "id,service_id,location_id\n1,SVC 1,LOC 1\n",
        ),
        (
            "locations",
            "id,name,latitude,longitude\nLOC 1,Main,13.09,-59.61\n",
        ),
        (
            "physical_addresses",
            "id,location_id,address_1,city,region,country\n1,LOC 1,Bay St,Bridgetown,08,bb\n",
        ),
        (
            "languages",
            "id,service_id,location_id,language\n1,,LOC 1,Spanish\n",
        ),
        (
            "service_areas",
            "id,service_id,service_area\n1,SVC 1,BB-08\n",
        ),
        (
            "regular_schedules",
            "id,service_id,weekday,opens_at,closes_at\n1,SVC 1,Monday,09:00,12:00\n",
        ),
        (
            "services_taxonomy",
            "id,service_id,taxonomy_id\n1,SVC 1,T1\n",
        ),
        ("taxonomy", "id,name,vocabulary\nT1,Food,Open Eligibility\n"),
    ]);
    assert_eq!(mistakes(&told), Vec::<String>::new());
    let service = serde_json::to_value(told.services.values().next().unwrap()).unwrap();
    let expected = serde_json::json!({
        "id": "svc-1", "source_id": "SVC 1",
        "organization": { "id": "org-1", "name": "New Start" },
        "name": { "en": "Day centre" },
        "needs": ["social-assistance"],
        "terms": [{ "taxonomy": "Open Eligibility", "name": "Food" }],
        "areas": [{ "area": "BB-08" }],
        "locations": [{
            "site": "loc-1", "name": "Main", "country": "BB", "area": "BB-08",
            "address": "Bay St, Bridgetown", "latitude": "13.09", "longitude": "-59.61",
        }],
        "languages": ["es"],
        "eligibility": { "text": "Adults" },
        "schedule": "Monday 09:00-12:00",
        "office": { "url": "https://new.example.org" },
        "status": "active",
    });
    assert_eq!(service, expected);
}

#[test]
fn every_mistake_is_told_with_file_row_and_field() {
    let told = tables(&[
        ("organizations", "id,name\nnew-start,New Start\nnobody,\n"),
        (
            "services",
            "id,organization_id,name,status,minimum_age,maximum_age\n\
             good,new-start,Good,active,18.0,64\n\
             ,new-start,No id,active,,\n\
             ---,new-start,No slug,active,,\n\
             lost,elsewhere,Lost,active,,\n\
             nameless,nobody,Nameless,active,,\n\
             untitled,new-start,,active,,\n\
             odd,new-start,Odd,perhaps,18.5,x\n\
             back,new-start,Backwards,active,40,30\n\
             good,new-start,Good again,active,,\n",
        ),
        (
            "languages",
            "id,service_id,code\n1,good,es\n2,odd,Klingon?\n",
        ),
        ("service_areas", "id,service_id,name\n1,odd,\n"),
        (
            "service_at_locations",
            "id,service_id,location_id\n1,odd,here\n2,odd,gone\n",
        ),
        ("locations", "id,latitude\nhere,17;9\n"),
        ("addresses", "id,location_id,country\n1,here,Jamaica\n"),
        (
            "service_capacity",
            "id,service_id,available,maximum\n1,odd,,many\n",
        ),
    ]);
    let services: Vec<&str> = told.services.keys().map(ServiceId::as_str).collect();
    assert_eq!(services, ["good"], "only what is right is taken");
    let expected = [
        "addresses.csv, row 2, country: expected country code of two capital letters such as JM, found `JAMAICA`",
        "languages.csv, row 3, code: expected a language such as es, found `Klingon?`",
        "locations.csv, row 2, latitude: expected degrees such as 17.9970 or -76.7936, found `17;9`",
        "organizations.csv, row 3, name: required, and absent",
        "service_areas.csv, row 2, name: an area has a code or a name",
        "service_at_locations.csv, row 3, location_id: `gone` is not in locations.csv",
        "service_capacity.csv, row 2, maximum: expected a whole number, found `many`",
        "services.csv, row 3, id: required, and absent",
        "services.csv, row 4, id: expected 1 to 64 of a-z, 0-9 and inner `-`, found ``",
        "services.csv, row 5, organization_id: `elsewhere` is not in organizations.csv",
        "services.csv, row 7, name: required, and absent",
        "services.csv, row 8, maximum_age: expected a whole number, found `x`",
        "services.csv, row 8, minimum_age: expected a whole number, found `18.5`",
        "services.csv, row 8, status: expected active, inactive, temporarily closed or defunct, found `perhaps`",
        "services.csv, row 9, maximum_age: 30 is less than minimum_age 40",
        "services.csv, row 10, id: service good stands twice",
    ];
    assert_eq!(mistakes(&told), expected);
}

#[test]
fn a_mistake_in_json_is_told_by_its_pointer() {
    let text = r#"[{"id": "a", "name": "A", "status": "active", "organization": {"id": "o", "name": "O"},
                    "languages": [{"code": "es"}, {"code": "?"}]}]"#;
    let files = BTreeMap::from([("page.json".to_owned(), text.as_bytes().to_vec())]);
    let terms = Terms::read(None).unwrap();
    let told = described(&files, &terms, &"en".parse().unwrap()).unwrap();
    let expected = "page.json, row 1, /languages/1/code: expected a language such as es, found `?`";
    assert_eq!(mistakes(&told), [expected]);
    for (name, text) in [
        ("a.json", "{"),
        ("a.json", "7"),
        ("a.csv", "id\n"),
        ("a.json", "[]"),
    ] {
        let files = BTreeMap::from([(name.to_owned(), text.as_bytes().to_vec())]);
        assert!(
            described(&files, &terms, &"en".parse().unwrap()).is_err(),
            "{name} {text}"
        );
    }
}

/// A ledger that takes what is published, as its border would.
struct Books {
    ledger: LedgerId,
    events: Vec<Event>,
}

impl Books {
    fn standing(&self) -> (Option<u32>, BTreeMap<ServiceId, LogDigest>) {
        let id = JourneyId::of_directory(&self.ledger);
        let journey = Journey::from_facts(id, &self.events);
        assert_eq!(journey.findings, []);
        let Some(directory) = journey.directory else {
            return (None, BTreeMap::new());
        };
        let last = directory.versions.keys().next_back().copied();
        let standing = directory.standing(u32::MAX);
        let standing = standing.map(|(id, service)| {
            (
                id.clone(),
                homeward_projections::directory::fingerprint(service),
            )
        });
        (last, standing.collect())
    }

    fn plan(&self, described: Described) -> Plan {
        let (version, standing) = self.standing();
        Plan::of(&self.ledger, version, &standing, false, described)
    }

    fn take(&mut self, commits: Vec<Vec<Event>>) {
        let id = JourneyId::of_directory(&self.ledger);
        for commit in commits {
            assert!(commit.len() <= 64);
            match decide(id, &self.events, &commit) {
                Decision::Append(_) => self.events.extend(commit),
                Decision::NothingNew => {}
                Decision::Refuse(refused) => panic!("{refused:?}"),
            }
        }
    }
}

fn publication() -> Publication {
    Publication {
        agency: "homeward".parse().unwrap(),
        on: Some("2026-01-01".parse().unwrap()),
        note: None,
        event_source: "urn:homeward:test".to_owned(),
    }
}

#[test]
fn a_version_says_what_changed_and_nothing_twice() {
    let mut books = Books {
        ledger: "jm".parse().unwrap(),
        events: Vec::new(),
    };
    let first = books.plan(sample_read("synthetic.json"));
    let imported = &first.imported;
    assert_eq!((imported.version, imported.is_new), (1, true));
    assert_eq!((imported.new.len(), imported.unchanged), (15, 0));
    let commits = first.commits(&publication()).unwrap();
    assert_eq!(commits.iter().map(Vec::len).sum::<usize>(), 16);
    let ids = |commits: &[Vec<Event>]| -> Vec<_> {
        commits.iter().flatten().map(|event| event.id).collect()
    };
    // Whoever says the same says it under the same ids.
    assert_eq!(
        ids(&commits),
        ids(&books
            .plan(sample_read("synthetic"))
            .commits(&publication())
            .unwrap())
    );
    books.take(commits);

    let again = books.plan(sample_read("synthetic")).imported;
    assert_eq!(
        (again.version, again.is_new, again.unchanged),
        (1, false, 15)
    );

    let mut second = sample_read("synthetic.json");
    let shelter: ServiceId = "synthetic-shelter".parse().unwrap();
    let club: ServiceId = "synthetic-sports-club".parse().unwrap();
    let clinic: ServiceId = "synthetic-clinic".parse().unwrap();
    second.services.get_mut(&shelter).unwrap().schedule = Some("day and night".to_owned());
    second.services.remove(&club);
    second.services.remove(&clinic);
    second.defunct.insert(clinic.clone());
    let plan = books.plan(second);
    let imported = &plan.imported;
    assert_eq!((imported.version, imported.unchanged), (2, 12));
    assert_eq!(imported.changed, [shelter]);
    assert_eq!(imported.withdrawn, [clinic.clone(), club.clone()]);
    let commits = plan.commits(&publication()).unwrap();
    assert_eq!(
        commits.concat().len(),
        4,
        "what did not change is not said again"
    );
    books.take(commits);
    assert_eq!(books.standing().0, Some(2));
    assert_eq!(books.standing().1.len(), 13);
    let reasons = serde_json::to_string(&books.events).unwrap();
    for reason in [WithdrawnReason::Defunct, WithdrawnReason::NotInSource] {
        assert!(reasons.contains(&format!("\"{reason}\"")), "{reason}");
    }
}

#[test]
fn where_rows_cannot_be_read_nothing_is_withdrawn_for_being_missing() {
    let mut books = Books {
        ledger: "jm".parse().unwrap(),
        events: Vec::new(),
    };
    let commits = books
        .plan(sample_read("synthetic.json"))
        .commits(&publication());
    books.take(commits.unwrap());
    let mut bad = sample_read("synthetic.json");
    bad.services.pop_first();
    bad.errors = tables(&[("services", "id,name\n,\n")]).errors;
    let imported = books.plan(bad).imported;
    assert_eq!((imported.is_new, imported.withdrawn.len()), (false, 0));
    assert_eq!(imported.unchanged, 15);
}

#[test]
fn a_large_directory_is_published_in_commits_that_the_border_takes() {
    let mut large = sample_read("synthetic.json");
    let one = large.services.values().next().unwrap().clone();
    large.services = (0..150)
        .map(|number| {
            let mut service = one.clone();
            service.id = format!("service-{number}").parse().unwrap();
            (service.id.clone(), service)
        })
        .collect();
    let mut books = Books {
        ledger: "jm".parse().unwrap(),
        events: Vec::new(),
    };
    let plan = books.plan(large);
    let commits = plan.commits(&publication()).unwrap();
    assert_eq!(
        commits.iter().map(Vec::len).collect::<Vec<_>>(),
        [64, 64, 23]
    );
    // Broken off after the first, an import goes on where it was.
    books.take(commits[..1].to_vec());
    let (_, standing) = books.standing();
    assert_eq!(standing.len(), 64);
    let mut again = sample_read("synthetic.json");
    again.services = plan.services();
    let rest = Plan::of(&books.ledger, None, &standing, true, again);
    assert_eq!((rest.imported.version, rest.imported.unchanged), (1, 64));
    books.take(rest.commits(&publication()).unwrap());
    assert_eq!(books.standing().0, Some(1));
}

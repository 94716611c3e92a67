//! A service directory through the doors: imported, referred to, replaced, and asked as it was.

use std::path::{Path, PathBuf};

use homeward_e2e::facts::{event, id, received};
use homeward_e2e::house::House;
use serde_json::{Value, json};

/// A service of one's own agency, as HSDS 3 writes it.
fn service(id: &str, beds: u32) -> Value {
    json!({
        "id": id, "name": id, "status": "active",
        "organization": { "id": format!("{id}-agency"), "name": "Agency" },
        "attributes": [{ "taxonomy_term": { "name": "Emergency shelter" } }],
        "service_areas": [{ "extent": "JM-01" }],
        "languages": [{ "code": "es" }],
        "capacities": [{ "maximum": beds, "unit": { "name": "bed" } }],
    })
}

fn source(house: &House, services: &[Value]) -> PathBuf {
    let path = house.folder().join("services.json");
    std::fs::write(&path, json!({ "contents": services }).to_string()).unwrap();
    path
}

/// Runs an import, and gives its exit code and what it said.
fn import(house: &House, key: &str, source: &Path, more: &[&str]) -> (Option<i32>, String) {
    let source = source.to_str().unwrap();
    let mut arguments = vec![
        "directory",
        "import",
        source,
        "--ledger",
        "jm",
        "--key",
        key,
    ];
    let reject = house.folder().join("rejected.jsonl");
    arguments.extend(["--reject", reject.to_str().unwrap()]);
    arguments.extend(more);
    let output = house.run(&arguments);
    let said = [output.stdout, output.stderr].concat();
    (output.status.code(), String::from_utf8(said).unwrap())
}

/// A person who is referred to a service, in one commit.
async fn refer(house: &House, key: &str, named: &Value) {
    let journey = id();
    let overridden = json!({
        "purposes": ["referral"], "agencies": [], "ground": "life-at-risk",
        "decided_by": "supervisor", "evidence": "note"
    });
    let mut sent = json!({
        "referral": id(), "need": "housing", "priority": "urgent", "discloses": []
    });
    for name in ["to", "service", "directory_version"] {
        sent[name] = named[name].clone();
    }
    let commit = [
        received(journey, "2026-05-01"),
        event(journey, "consent.overridden", "2026-05-01", &overridden),
        event(journey, "referral.sent", "2026-05-01", &sent),
    ];
    let (status, answer) = house.publish(key, &commit).await;
    assert_eq!(status, 201, "{answer}");
}

const ASKED: &str = "/v1/services?need=housing&area=JM-01&language=es";

/// The services suggested, with the version and the free places of each.
async fn suggested(house: &House, key: &str, more: &str) -> Vec<(Value, Value, Value)> {
    let (status, told) = house.get(key, &format!("{ASKED}{more}")).await;
    assert_eq!(status, 200, "{told}");
    let services = told["services"].as_array().unwrap();
    let told = services.iter().map(|service| {
        let free = service["capacity"]["free"].clone();
        let version = service["directory_version"].clone();
        (service["service"].clone(), version, free)
    });
    told.collect()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_directory_is_imported_referred_to_replaced_and_asked_as_it_was() {
    let house = House::start(&["jm"]).await;
    let key = house.key("operator", &[]);
    let first = source(&house, &[service("shelter", 2), service("lodge", 1)]);

    let (code, said) = import(&house, &key, &first, &["--dry-run"]);
    assert_eq!(code, Some(0), "{said}");
    assert!(
        said.contains("jm: version 1 would be published: 2 new"),
        "{said}"
    );
    let (_, nothing) = house.get(&key, "/v1/directory").await;
    assert_eq!(
        nothing["directories"],
        json!([]),
        "a dry run publishes nothing"
    );

    let (code, said) = import(&house, &key, &first, &["--on", "2026-04-01"]);
    assert!(said.contains("jm: version 1 is published: 2 new"), "{said}");
    assert_eq!(code, Some(0));
    let (_, said) = import(&house, &key, &first, &["--on", "2026-04-02"]);
    assert!(said.contains("jm: version 1 stands already"), "{said}");

    let one = |name: &str, version: u32, free: i64| (json!(name), json!(version), json!(free));
    let found = suggested(&house, &key, "&at_least=jm:1").await;
    assert_eq!(found, [one("shelter", 1, 2), one("lodge", 1, 1)]);

    // Who is referred to what was suggested takes a place; what is full goes last.
    let (_, told) = house.get(&key, ASKED).await;
    let shelter = &told["services"][0];
    refer(&house, &key, shelter).await;
    let found = suggested(&house, &key, "&at_least=jm:2").await;
    assert_eq!(found, [one("lodge", 1, 1), one("shelter", 1, 1)]);
    refer(&house, &key, shelter).await;
    let found = suggested(&house, &key, "&at_least=jm:3").await;
    assert_eq!(found, [one("lodge", 1, 1), one("shelter", 1, 0)]);

    let second = source(&house, &[service("shelter", 5)]);
    let (_, said) = import(&house, &key, &second, &[]);
    assert!(said.contains("withdrawn: lodge"), "{said}");
    assert!(
        said.contains("version 2 is published: 0 new, 1 changed, 1 withdrawn, 0 unchanged"),
        "{said}"
    );
    let found = suggested(&house, &key, "&at_least=jm:4").await;
    assert_eq!(found, [one("shelter", 2, 3)]);
    // As it was: the version that was out then, and as it was known then.
    let found = suggested(&house, &key, "&day=2026-05-01").await;
    assert_eq!(found, [one("lodge", 1, 1), one("shelter", 1, 0)]);
    let found = suggested(&house, &key, "&known=jm:1").await;
    assert_eq!(found, [one("shelter", 1, 2), one("lodge", 1, 1)]);

    // A referral to what its version does not list is taken, and found.
    let gone = json!({ "to": "lodge-agency", "service": "lodge", "directory_version": 2 });
    refer(&house, &key, &gone).await;
    let (_, told) = house.get(&key, "/v1/directory?at_least=jm:5").await;
    let astray = json!([{
        "ledger": "jm", "service": "lodge", "directory_version": 2, "to": "lodge-agency",
        "why": "withdrawn", "referrals": 1
    }]);
    assert_eq!(told["astray"], astray);
    let versions = &told["directories"][0]["versions"];
    assert_eq!(versions[1]["withdrawn"], json!(["lodge"]));
    assert_eq!(
        (&versions[0]["as_published"], &versions[1]["as_published"]),
        (&json!(true), &json!(true))
    );
    let (status, one) = house.get(&key, "/v1/services/lodge?version=1").await;
    assert_eq!(
        (status, &one["details"]["capacity"]["places"]),
        (200, &json!(1)),
        "{one}"
    );
    assert_eq!(house.get(&key, "/v1/services/lodge").await.0, 404);
    // Nobody's journey is counted as somebody's.
    let (_, caseload) = house.get(&key, "/v1/caseload?at_least=jm:5").await;
    assert_eq!(caseload["journeys"], 3, "{caseload}");

    let mut bad = service("shelter", 5);
    bad["languages"][0]["code"] = json!("?");
    let (code, said) = import(&house, &key, &source(&house, &[bad]), &[]);
    assert_eq!(code, Some(3), "{said}");
    assert!(
        said.contains("services.json, row 1, /languages/0/code: expected a language"),
        "{said}"
    );
    assert!(said.contains("jm: version 2 stands already"), "{said}");
    let listed = house.run(&["directory", "list", "--key", &key]);
    let listed = String::from_utf8(listed.stdout).unwrap();
    assert!(
        listed.contains("jm@2") && listed.contains("withdrawn"),
        "{listed}"
    );
}

//! Who is who: found by those who may, however the name is written; told to nobody else, and written
//! nowhere but in the log.

use homeward_e2e::facts::{event, id, received};
use homeward_e2e::house::{House, bearer};
use serde_json::{Value, json};
use uuid::Uuid;

fn named(journey: Uuid, identity: &Value) -> Value {
    let mut event = received(journey, "2026-05-01");
    event["data"]["personal"] = json!({ "identity": identity });
    event
}

async fn search(house: &House, key: &str, at_least: &str, body: &Value) -> (u16, Value, String) {
    let url = format!("{}/v1/people/search?at_least={at_least}", house.url);
    let request = house.client.post(url).header("authorization", bearer(key));
    let answer = request.body(body.to_string()).send().await.unwrap();
    let kept = answer.headers()["cache-control"]
        .to_str()
        .unwrap()
        .to_owned();
    (answer.status().as_u16(), answer.json().await.unwrap(), kept)
}

fn journeys(answer: &Value) -> Vec<&str> {
    let candidates = answer["candidates"].as_array().unwrap().iter();
    candidates
        .map(|candidate| candidate["journey"].as_str().unwrap())
        .collect()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_person_who_comes_again_is_found_and_judged_by_people() {
    let house = House::start(&["jm", "tt"]).await;
    let key = house.key("case-worker", &["--ledger", "jm", "--agency", "moss"]);
    let (first, second) = (id(), id());
    let identity = json!({
        "given_names": ["José Ramón"], "surnames": ["Quiñónez", "Villatoro"], "born_on": "1980-03-04",
    });
    let again = json!({
        "given_names": ["PEPE"], "surnames": ["QUINONES"], "born_on": "1980-04-03",
        "mother_name": "Ana Villatoro",
    });
    let reception = named(first, &identity);
    for commit in [reception.clone(), named(second, &again)] {
        assert_eq!(house.publish(&key, &[commit]).await.0, 201);
    }

    let who = json!({ "given_names": ["jose"], "surnames": ["quinonez"] });
    let (status, found, kept) = search(&house, &key, "jm:2", &who).await;
    assert_eq!((status, kept.as_str()), (200, "no-store"), "{found}");
    assert_eq!(journeys(&found).len(), 2, "{found}");
    assert_eq!(found["candidates"][0]["journey"], first.to_string());
    assert_eq!(
        found["candidates"][0]["said"][0]["surnames"][1],
        "Villatoro"
    );
    assert_eq!(found["as_of"]["ledgers"]["jm"]["sequence"], 2);
    assert!(found["as_of"]["ledgers"]["tt"].is_null(), "{found}");

    let path = format!("/v1/journeys/{second}/duplicates?at_least=jm:2");
    let (_, of_journey) = house.get(&key, &path).await;
    let pair = &of_journey["duplicates"][0];
    let how: Vec<&str> = pair["evidence"]
        .as_array()
        .unwrap()
        .iter()
        .map(|evidence| evidence["how"].as_str().unwrap())
        .collect();
    assert!(
        how.contains(&"nickname") && how.contains(&"day-month-swapped"),
        "{pair}"
    );
    let (_, all) = house.get(&key, "/v1/people/duplicates").await;
    assert_eq!(all["duplicates"], of_journey["duplicates"]);
    let (_, status) = house.get(&key, "/v1/status").await;
    assert_eq!(status["people"]["possible_duplicates"], 1);
    let told = house.run(&["people", "duplicates", "--url", &house.url, "--key", &key]);
    let told = String::from_utf8(told.stdout).unwrap();
    assert!(
        told.contains("Quiñónez") && told.contains("day-month-swapped"),
        "{told}"
    );

    // A duplicate is a finding until somebody judges it; never a merge by itself.
    let (_, timeline) = house.get(&key, &format!("/v1/journeys/{second}")).await;
    assert!(
        !timeline.to_string().contains(&first.to_string()),
        "{timeline}"
    );
    let linked = json!({ "other": first, "basis": "review" });
    let link = event(second, "journey.linked", "2026-05-02", &linked);
    assert_eq!(house.publish(&key, &[link]).await.0, 201);
    let (_, all) = house.get(&key, "/v1/people/duplicates?at_least=jm:3").await;
    assert_eq!(all["duplicates"], json!([]));

    // What is struck is found no more, and what nobody may see is shown to nobody.
    let retracted = json!({ "event": reception["id"], "reason": "wrong-person" });
    let mut struck = event(first, "correction.retracted", "2026-05-03", &retracted);
    struck["recordedtime"] = "2026-06-01T13:00:00Z".into();
    let (status, answer) = house.publish(&key, &[struck]).await;
    assert_eq!(status, 201, "{answer}");
    let (_, found, _) = search(&house, &key, "jm:4", &who).await;
    assert_eq!(journeys(&found), [second.to_string()], "{found}");
    nothing_leaks(&house);
}

/// No name is in a log line or in a read model.
fn nothing_leaks(house: &House) {
    let log = std::fs::read(house.folder().join("serve.log")).unwrap();
    let mut files = vec![(house.folder().join("serve.log"), log)];
    let mut folders = vec![house.folder().join("views")];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else {
                files.push((path.clone(), std::fs::read(path).unwrap()));
            }
        }
    }
    assert!(files.len() > 3);
    for (path, bytes) in files {
        let text = String::from_utf8_lossy(&bytes).to_lowercase();
        for name in ["quiñ", "quinon", "villatoro"] {
            assert!(!text.contains(name), "{name} is in {}", path.display());
        }
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn nobody_else_may_search_and_a_refusal_repeats_no_name() {
    let house = House::start(&["jm", "tt"]).await;
    let who = json!({ "surnames": ["Villatoro"] });
    for role in ["reader", "publisher"] {
        let key = house.key(role, &[]);
        let (status, refused, _) = search(&house, &key, "", &who).await;
        assert_eq!(
            (status, &refused["code"]),
            (403, &json!("identity-forbidden"))
        );
        let (status, refused) = house.get(&key, "/v1/people/duplicates").await;
        assert_eq!(
            (status, &refused["code"]),
            (403, &json!("identity-forbidden"))
        );
    }
    let key = house.key("case-worker", &["--ledger", "jm"]);
    let elsewhere = json!({ "surnames": ["Villatoro"], "ledgers": ["tt"] });
    assert_eq!(search(&house, &key, "", &elsewhere).await.0, 403);
    for wrong in [
        json!({ "surnames": "Villatoro" }),
        json!({ "surname": ["Villatoro"] }),
        json!({ "born_on": "Villatoro" }),
        json!({}),
        json!({ "surnames": ["Villatoro"], "limit": 0 }),
    ] {
        let (status, refused, _) = search(&house, &key, "", &wrong).await;
        assert_eq!(
            (status, &refused["code"]),
            (400, &json!("body-invalid")),
            "{wrong}"
        );
        assert!(!refused.to_string().contains("Villatoro"), "{refused}");
    }
    // Somebody of another ledger is not there for this key.
    let other = house.key("case-worker", &["--ledger", "tt"]);
    let mut elsewhere = named(
        id(),
        &json!({ "given_names": ["Ana"], "surnames": ["Villatoro"] }),
    );
    elsewhere["ledger"] = "tt".into();
    assert_eq!(house.publish(&other, &[elsewhere]).await.0, 201);
    let found = search(&house, &other, "tt:1", &who).await.1;
    assert_eq!(journeys(&found).len(), 1);
    assert!(journeys(&search(&house, &key, "tt:1", &who).await.1).is_empty());
}

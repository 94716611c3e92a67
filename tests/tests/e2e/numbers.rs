//! Sources that number what they send: which numbers never came, which were refused, which came twice.

use homeward_e2e::facts::{id, received};
use homeward_e2e::house::until;
use serde_json::{Value, json};

use crate::offices::{HEADER, Office, PORT, port_rows, told, write_csv};

const SOURCE: &str = "urn:jm:port:list";

/// The port's list with a number in each row, from 1.
fn numbered_rows(rows: usize) -> Vec<Vec<String>> {
    let rows = port_rows(rows).into_iter().zip(1..);
    rows.map(|(mut row, number)| {
        row.push(number.to_string());
        row
    })
    .collect()
}

/// Asks again until the read model knows as many numbers, and as many ranges that are in twice.
async fn reconciled(
    office: &Office,
    arguments: &[&str],
    (in_log, twice): (u64, usize),
    code: i32,
) -> Value {
    let arguments = [&["reconcile", "--source", SOURCE], arguments].concat();
    let report = until("every number is counted", async || {
        let output = office.publish(&arguments);
        let report: Value = serde_json::from_slice(&output.stdout).ok()?;
        let numbers = &report["answer"]["numbers"][0];
        let settled = numbers["in"] == in_log && numbers["twice"].as_array()?.len() == twice;
        settled.then_some(output)
    });
    let report = told(&report.await, code);
    assert_eq!(report["agrees"], code == 0, "{report}");
    report["answer"]["numbers"][0].clone()
}

fn refused(numbers: &Value) -> Vec<(u64, &str)> {
    let refusals = numbers["refusals"].as_array().unwrap().iter();
    let told = |refusal: &'_ Value| refusal["number"].as_u64();
    refusals
        .map(|refusal| (told(refusal).unwrap(), refusal["code"].as_str().unwrap()))
        .collect()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn of_twenty_rows_each_number_that_is_not_in_is_named() {
    let office = Office::open().await;
    let (csv, mapping) = (office.file("list.csv"), office.file("list.toml"));
    let with_number = "[fields]\n\"/sequence\" = { column = \"no\" }";
    std::fs::write(&mapping, PORT.replace("[fields]", with_number)).unwrap();
    let header = [&HEADER[..], &["no"]].concat();
    let mut rows = numbered_rows(20);
    // Screened, and never received: the server refuses these. One row is not sent at all.
    for refused in [6, 11] {
        rows[refused][1] = "screening".to_owned();
    }
    let withheld = rows.remove(16);
    write_csv(&csv, &header, &rows, b',');
    let mapping = mapping.to_str().unwrap();
    let publish = |file: &str, code: i32| {
        told(
            &office.publish(&["publish", file, "--mapping", mapping]),
            code,
        )
    };
    let first = publish(csv.to_str().unwrap(), 3);
    assert_eq!(
        (&first["accepted"], &first["refused"]),
        (&json!(17), &json!(2))
    );

    let numbers = reconciled(&office, &[], (17, 0), 4).await;
    let gap =
        |first: u64, last: u64| json!({ "first": first, "last": last, "count": last + 1 - first });
    assert_eq!(
        refused(&numbers),
        [(7, "origin-missing"), (12, "origin-missing")]
    );
    assert_eq!(numbers["gaps"], json!([gap(17, 17)]));
    assert_eq!(
        (&numbers["first"], &numbers["last"]),
        (&json!(1), &json!(20))
    );
    let people = office
        .house
        .run(&["reconcile", "--source", SOURCE, "--key", &office.key]);
    let people = String::from_utf8(people.stdout).unwrap();
    for line in [
        "number 7 was refused, origin-missing",
        "number 17 never came",
        "of the numbers 1 to 20, 17 are in, 2 were refused, 1 never came",
    ] {
        assert!(people.contains(line), "{people}");
    }
    // As many as whoever sent them says that there are.
    let more = reconciled(&office, &["--from", "16", "--to", "30"], (4, 0), 4).await;
    assert_eq!(more["gaps"], json!([gap(17, 17), gap(21, 30)]));
    assert_eq!(more["refused"], 0);
    reconciled(&office, &["--from", "13", "--to", "16"], (4, 0), 0).await;
    mended(&office, &publish, (header, rows, withheld)).await;
}

/// What was refused is mended, and what was withheld is sent: then nothing is missing.
async fn mended(
    office: &Office,
    publish: &impl Fn(&str, i32) -> Value,
    (header, mut rows, withheld): (Vec<&str>, Vec<Vec<String>>, Vec<String>),
) {
    let csv = office.file("list.csv");
    for refused in [6, 11] {
        rows[refused][1] = "arrival".to_owned();
    }
    rows.push(withheld.clone());
    write_csv(&csv, &header, &rows, b',');
    assert_eq!(publish(csv.to_str().unwrap(), 0)["accepted"], 3);
    let whole = reconciled(office, &["--from", "1", "--to", "20"], (20, 0), 0).await;
    assert_eq!(
        (&whole["missing"], &whole["refused"]),
        (&json!(0), &json!(0))
    );

    // The same list with other numbers says nothing new; another person under a used number is found.
    let mut renumbered = rows.clone();
    for row in &mut renumbered {
        row[9] = (row[9].parse::<u32>().unwrap() + 100).to_string();
    }
    write_csv(&csv, &header, &renumbered, b',');
    assert_eq!(publish(csv.to_str().unwrap(), 0)["accepted"], 0);
    let mut another = withheld;
    another[0] = "another case".to_owned();
    write_csv(&csv, &header, &[another], b',');
    assert_eq!(publish(csv.to_str().unwrap(), 0)["accepted"], 1);
    let numbers = reconciled(office, &["--to", "20"], (20, 1), 4).await;
    let expected = json!([{ "first": 17, "last": 17, "events": 2 }]);
    assert_eq!(numbers["twice"], expected);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_mended_reject_file_keeps_the_numbers_of_its_rows() {
    let office = Office::open().await;
    let (csv, mapping) = (office.file("list.csv"), office.file("list.toml"));
    let with_number = "[fields]\n\"/sequence\" = { row_number = true }";
    std::fs::write(&mapping, PORT.replace("[fields]", with_number)).unwrap();
    let mut rows = port_rows(5);
    rows[2][6] = "W".to_owned();
    write_csv(&csv, &HEADER, &rows, b',');
    let mapping = mapping.to_str().unwrap();
    let publish = |file: &str, code: i32| {
        let output = office.publish(&["publish", file, "--mapping", mapping]);
        told(&output, code)
    };
    let first = publish(csv.to_str().unwrap(), 3);
    let numbers = reconciled(&office, &[], (4, 0), 4).await;
    assert_eq!(
        numbers["gaps"],
        json!([{ "first": 3, "last": 3, "count": 1 }])
    );

    let reject = first["reject_file"].as_str().unwrap();
    let text = std::fs::read_to_string(reject).unwrap();
    std::fs::write(reject, text.replace(",W,", ",M,")).unwrap();
    assert_eq!(publish(reject, 0)["accepted"], 1);
    let numbers = reconciled(&office, &["--to", "5"], (5, 0), 0).await;
    assert_eq!(numbers["missing"], 0);

    bytes_that_are_no_event(&office).await;
}

/// What cannot be read as an event at all is refused, and its number told all the same.
async fn bytes_that_are_no_event(office: &Office) {
    let mut bent = received(id(), "2026-06-01");
    bent["agency"] = json!("pica");
    bent["source"] = json!(SOURCE);
    bent["sequence"] = json!("8");
    bent["id"] = json!("no id");
    let (status, answer) = office.house.publish(&office.key, &[bent]).await;
    assert_eq!(status, 422, "{answer}");
    let numbers = reconciled(office, &["--to", "8"], (5, 0), 4).await;
    assert_eq!(refused(&numbers), [(8, "field-invalid")]);
    assert_eq!(
        numbers["gaps"],
        json!([{ "first": 6, "last": 7, "count": 2 }])
    );
}

//! Tables of offices: published with a mapping, refused row by row, and asked for again.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::Output;

use homeward_e2e::facts::{event, id, received};
use homeward_e2e::house::House;
use rust_xlsxwriter::{ExcelDateTime, Format, Workbook};
use serde_json::{Value, json};

/// A port's list: receptions, and screenings of people who were received before.
pub(crate) const PORT: &str = r#"
[dates]
formats = ["%d/%m/%Y"]
[journey]
derive = ["case"]
[fields]
"/source" = "urn:jm:port:list"
"/ledger" = "jm"
"/agency" = "pica"
"/occurred" = { column = "date" }
"/recordedtime" = "2026-07-02T12:00:00Z"
[[event]]
type = "reception.received"
only = { kind = ["arrival"] }
[event.fields]
"/data/site" = { column = "port", letters = "slug" }
"/data/return_type" = "deported"
"/data/grounds" = { column = "grounds", letters = "slug", empty = "not-provided" }
"/data/sending_country" = { column = "from" }
"/data/sex" = { column = "sex", words = { M = "male", F = "female" } }
"/data/minors" = { column = "minors" }
"/data/personal/identity/surnames/0" = { column = "surname" }
[[event]]
type = "screening.completed"
only = { kind = ["screening"] }
[event.fields]
"/data/kind" = "health"
"/data/depth" = "rapid"
"/data/result" = "negative"
"#;

pub(crate) const HEADER: [&str; 9] = [
    "case", "kind", "date", "port", "grounds", "from", "sex", "minors", "surname",
];

/// What can be wrong with a row: the column, the cell that is wrong in it, and a part of the reason.
const WRONG: [(&str, &str, &str); 10] = [
    ("date", "31/02/2026", "no such day"),
    ("date", "next week", "is no date"),
    ("date", "01/07/2099", "occurred-later"),
    ("sex", "W", "is none of"),
    ("sex", "", "field-missing"),
    ("from", "USA", "field-invalid"),
    ("minors", "two", "is no number"),
    ("grounds", "speeding", "word-unknown"),
    ("case", "", "the id is made from it"),
    ("kind", "screening", "origin-missing"),
];

/// Every fiftieth row is wrong.
pub(crate) fn port_rows(rows: usize) -> Vec<Vec<String>> {
    (0..rows)
        .map(|row| {
            let case = format!("C{row}");
            let date = format!("{:02}/{:02}/2026", row % 28 + 1, row % 6 + 1);
            let sex = if row % 7 == 0 { "F" } else { "M" };
            let cells = [
                &case,
                "arrival",
                &date,
                "Norman Manley",
                "immigration",
                "US",
                sex,
                "1",
                "Peña",
            ];
            let mut cells = cells.map(str::to_owned).to_vec();
            if let Some((column, cell, _)) = wrong(row) {
                let place = HEADER.iter().position(|name| *name == column).unwrap();
                cells[place] = cell.to_owned();
            }
            cells
        })
        .collect()
}

fn wrong(row: usize) -> Option<(&'static str, &'static str, &'static str)> {
    (row % 50 == 49).then(|| WRONG[row / 50 % WRONG.len()])
}

pub(crate) fn write_csv(path: &Path, header: &[&str], rows: &[Vec<String>], delimiter: u8) {
    let mut file = csv::WriterBuilder::new()
        .delimiter(delimiter)
        .from_path(path)
        .unwrap();
    file.write_record(header).unwrap();
    for row in rows {
        file.write_record(row).unwrap();
    }
    file.flush().unwrap();
}

/// The same table as a workbook: dates are dates there, and numbers numbers.
fn write_xlsx(path: &Path, header: &[&str], rows: &[Vec<String>]) {
    let day = Format::new().set_num_format("dd/mm/yyyy");
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    sheet.write_row(0, 0, header.iter().copied()).unwrap();
    for (at, row) in (1..).zip(rows) {
        for (column, cell) in (0..).zip(row) {
            let date: Option<Vec<u16>> = cell.split('/').map(|part| part.parse().ok()).collect();
            let date = date.filter(|parts| parts.len() == 3).and_then(|parts| {
                let part = |place: usize| u8::try_from(parts[place]).ok();
                ExcelDateTime::from_ymd(parts[2], part(1)?, part(0)?).ok()
            });
            if let Some(date) = date {
                sheet.write_with_format(at, column, &date, &day).unwrap();
            } else if let Ok(number) = cell.parse::<u32>() {
                sheet.write(at, column, number).unwrap();
            } else if !cell.is_empty() {
                sheet.write(at, column, cell.as_str()).unwrap();
            }
        }
    }
    book.save(path).unwrap();
}

pub(crate) fn told(output: &Output, code: i32) -> Value {
    let error = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(code), "{error}");
    serde_json::from_slice(&output.stdout).unwrap_or_else(|_| panic!("no JSON: {error}"))
}

/// Rows of a reject file: row number, column and reason.
fn rejects(path: &Path) -> Vec<(usize, String, String)> {
    let mut file = csv::Reader::from_path(path).unwrap();
    let rows = file.records().map(|record| {
        let record = record.unwrap();
        let last = |place: usize| record.get(record.len() - place).unwrap().to_owned();
        (last(3).parse().unwrap(), last(2), last(1))
    });
    rows.collect()
}

pub(crate) struct Office {
    pub(crate) house: House,
    pub(crate) key: String,
    operator: String,
}

impl Office {
    pub(crate) async fn open() -> Self {
        let house = House::start(&["jm"]).await;
        let key = house.key("publisher", &["--ledger", "jm", "--agency", "pica"]);
        let operator = house.key("operator", &[]);
        Self {
            house,
            key,
            operator,
        }
    }

    pub(crate) fn file(&self, name: &str) -> PathBuf {
        self.house.folder().join(name)
    }

    fn run(&self, key: &str, arguments: &[&str]) -> Output {
        let mut all = vec!["--json"];
        all.extend(arguments);
        all.extend(["--key", key]);
        self.house.run(&all)
    }

    pub(crate) fn publish(&self, arguments: &[&str]) -> Output {
        self.run(&self.key, arguments)
    }
}

/// What must stand in the reject file, whatever the table was.
fn expect_rejects(path: &Path, rows: usize) {
    let found = rejects(path);
    let expected: Vec<_> = (0..rows)
        .filter_map(|row| Some((row + 2, wrong(row)?)))
        .collect();
    assert_eq!(found.len(), expected.len());
    for ((row, column, reason), (expected_row, (expected_column, _, part))) in
        found.iter().zip(&expected)
    {
        assert_eq!(row, expected_row, "{column}: {reason}");
        // What breaks a rule is no fault of one cell.
        if *part != "origin-missing" {
            assert_eq!(column, expected_column, "row {row}: {reason}");
        }
        assert!(reason.contains(part), "row {row}, {column}: {reason}");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn ten_thousand_rows_with_two_hundred_bad_ones() {
    const ROWS: usize = 10_000;
    let office = Office::open().await;
    let (csv, mapping) = (office.file("port.csv"), office.file("port.toml"));
    let rows = port_rows(ROWS);
    write_csv(&csv, &HEADER, &rows, b';');
    std::fs::write(&mapping, PORT).unwrap();
    let (csv, mapping) = (csv.to_str().unwrap(), mapping.to_str().unwrap());
    let publish = ["publish", csv, "--mapping", mapping, "--writers", "8"];

    // Everything is known before anything is published, and nothing is published by asking.
    let dry = told(&office.publish(&[&publish[..], &["--dry-run"]].concat()), 3);
    assert_eq!(
        (&dry["good"], dry["refused"].as_array().unwrap().len()),
        (&json!(9800), 200)
    );

    let first = told(&office.publish(&publish), 3);
    let counts =
        |told: &Value| [&told["accepted"], &told["known"], &told["refused"]].map(Value::as_u64);
    assert_eq!(counts(&first), [Some(9800), Some(0), Some(200)]);
    let reject = PathBuf::from(first["reject_file"].as_str().unwrap());
    assert_eq!(reject, office.file("port.csv.rejected.csv"));
    expect_semicolons(&reject);
    expect_rejects(&comma(&reject), ROWS);

    // Again, and as a workbook: nothing is new, and the same rows are refused for the same reasons.
    let again = told(&office.publish(&publish), 3);
    assert_eq!(counts(&again), [Some(0), Some(9800), Some(200)]);
    let book = office.file("port.xlsx");
    write_xlsx(&book, &HEADER, &rows);
    let book = book.to_str().unwrap();
    let publish = ["publish", book, "--mapping", mapping, "--writers", "8"];
    let as_book = told(&office.publish(&publish), 3);
    assert_eq!(counts(&as_book), [Some(0), Some(9800), Some(200)]);
    expect_rejects(&office.file("port.xlsx.rejected.csv"), ROWS);

    // Did you get all of mine?
    let report = told(
        &office.publish(&["reconcile", csv, "--mapping", mapping]),
        4,
    );
    let lists =
        ["refused", "missing", "unreadable"].map(|list| report[list].as_array().unwrap().len());
    assert_eq!(
        (report["in"].as_u64(), lists),
        (Some(9800), [20, 0, 180]),
        "{report}"
    );
    assert_eq!(report["refused"][0]["code"], "origin-missing");
    let source = "urn:jm:port:list";
    let by_count =
        |expected: &str| office.publish(&["reconcile", "--source", source, "--expected", expected]);
    homeward_e2e::house::until("every event is counted", async || {
        by_count("9800").status.success().then_some(())
    })
    .await;
    let short = told(&by_count("10000"), 4);
    assert_eq!(
        (&short["in"], &short["refused"]),
        (&json!(9800), &json!(20))
    );

    mended(&office, &reject, mapping);
}

/// A reject file is published again as it is, once it is mended.
fn mended(office: &Office, reject: &Path, mapping: &str) {
    let text = std::fs::read_to_string(reject).unwrap();
    let mended = text
        .replace(";W;", ";F;")
        .replace(";screening;", ";arrival;");
    assert_ne!(text, mended);
    std::fs::write(reject, mended).unwrap();
    let file = reject.to_str().unwrap();
    let told_now = told(&office.publish(&["publish", file, "--mapping", mapping]), 3);
    assert_eq!(
        (&told_now["accepted"], &told_now["refused"]),
        (&json!(40), &json!(160))
    );
    let rest = office.file("port.csv.rejected.csv.rejected.csv");
    let header = std::fs::read_to_string(rest).unwrap();
    let header = header
        .lines()
        .next()
        .unwrap()
        .trim_start_matches('\u{feff}')
        .to_owned();
    assert_eq!(header, format!("{};row;column;reason", HEADER.join(";")));
}

fn expect_semicolons(path: &Path) {
    let text = std::fs::read_to_string(path).unwrap();
    assert!(text.starts_with("\u{feff}case;kind;date;"), "{text:.80}");
    assert!(text.contains(";Peña;"));
}

/// The same file with commas, as the reader of these tests expects.
fn comma(path: &Path) -> PathBuf {
    let mut reader = csv::ReaderBuilder::new()
        .delimiter(b';')
        .from_path(path)
        .unwrap();
    let header: Vec<String> = reader
        .headers()
        .unwrap()
        .iter()
        .map(str::to_owned)
        .collect();
    let rows: Vec<Vec<String>> = reader
        .records()
        .map(|record| record.unwrap().iter().map(str::to_owned).collect())
        .collect();
    let path = path.with_extension("commas.csv");
    let header: Vec<&str> = header.iter().map(String::as_str).collect();
    write_csv(&path, &header, &rows, b',');
    path
}

const MANIFEST: [&str; 14] = [
    "line",
    "expected_on",
    "port",
    "flight",
    "sending_country",
    "return_type",
    "grounds",
    "sex",
    "born_on",
    "given_names",
    "surname",
    "second_surname",
    "medical_information",
    "criminal_information",
];

/// 42 people, and 5 rows that nobody can read.
fn manifest_rows() -> Vec<Vec<String>> {
    let mut rows: Vec<Vec<String>> = (1..=42)
        .map(|line: u32| {
            let medical = ["provided", "none", ""][usize::try_from(line).unwrap() % 3];
            let number = line.to_string();
            [
                &number,
                "01/07/2026",
                "Norman Manley",
                "OA 1017",
                "us",
                "deported",
                "immigration",
                "M",
                "1985",
                "Jean",
                "Peña",
                "",
                medical,
                "",
            ]
            .map(str::to_owned)
            .to_vec()
        })
        .collect();
    for (at, (column, cell)) in [
        ("expected_on", "31/06/2026"),
        ("sex", "?"),
        ("medical_information", "no"),
        ("sending_country", ""),
        ("line", ""),
    ]
    .into_iter()
    .enumerate()
    {
        let mut row = rows[at].clone();
        row[0] = (100 + at).to_string();
        let place = MANIFEST.iter().position(|name| *name == column).unwrap();
        row[place] = cell.to_owned();
        rows.insert(8 * (at + 1), row);
    }
    rows
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_manifest_against_who_came() {
    let office = Office::open().await;
    let rows = manifest_rows();
    write_csv(&office.file("list.csv"), &MANIFEST, &rows, b',');
    // The layout that ships knows a passport, which this list does not give.
    let set = "ledger=jm batch=us-2026-07-01 notified_on=2026-06-28 passport=";
    let mut import = vec!["manifest", "import"];
    let (csv, book) = (office.file("list.csv"), office.file("list.xlsx"));
    write_xlsx(&book, &MANIFEST, &rows);
    let sets: Vec<&str> = set.split(' ').flat_map(|set| ["--set", set]).collect();
    import.extend(&sets);

    let list = csv.to_str().unwrap();
    let dry = told(
        &office.publish(&[&import[..], &["--dry-run", list]].concat()),
        3,
    );
    let wrong: Vec<(u64, &str)> = dry["refused"]
        .as_array()
        .unwrap()
        .iter()
        .map(|wrong| {
            (
                wrong["row"].as_u64().unwrap(),
                wrong["column"].as_str().unwrap(),
            )
        })
        .collect();
    let expected = [
        (10, "expected_on"),
        (18, "sex"),
        (26, "medical_information"),
        (34, "sending_country"),
        (42, "line"),
    ];
    assert_eq!(
        (dry["good"].as_u64(), wrong),
        (Some(42), expected.to_vec()),
        "{dry}"
    );

    let first = told(&office.publish(&[&import[..], &[list]].concat()), 3);
    assert_eq!(
        (&first["accepted"], &first["refused"]),
        (&json!(42), &json!(5))
    );
    let as_book = told(
        &office.publish(&[&import[..], &[book.to_str().unwrap()]].concat()),
        3,
    );
    assert_eq!(
        (&as_book["known"], &as_book["refused"]),
        (&json!(42), &json!(5))
    );

    let journeys = announced(&office).await;
    assert_eq!(journeys.len(), 42);
    let (in_batch, at_port) = (id(), id());
    let mut unannounced = received(in_batch, "2026-07-01");
    unannounced["data"]["batch"] = json!("us-2026-07-01");
    let mut commits = vec![vec![unannounced], vec![received(at_port, "2026-07-01")]];
    for (line, journey) in &journeys {
        match line {
            // Nobody says anything of these two.
            7 | 19 => {}
            33 => {
                let body = json!({ "expected_on": "2026-07-01", "reason": "not-on-board" });
                commits.push(vec![event(
                    *journey,
                    "reception.not-arrived",
                    "2026-07-01",
                    &body,
                )]);
            }
            _ => commits.push(vec![received(*journey, "2026-07-01")]),
        }
    }
    let mut head = 0;
    for commit in &mut commits {
        commit[0]["recordedtime"] = json!("2026-07-01T20:00:00Z");
        let (status, answer) = office.house.publish(&office.operator, commit).await;
        assert_eq!(status, 201, "{answer}");
        head = answer["results"][0]["sequence"].as_u64().unwrap();
    }
    let path = format!("/v1/manifests/us-2026-07-01?at_least=jm:{head}&day=2026-07-01");
    let (_, on_the_day) = office.house.get(&office.operator, &path).await;
    assert_eq!(on_the_day["manifests"][0]["expected"], 2, "{on_the_day}");
    reconciled(&office, [in_batch, at_port]);
}

/// By line, the journeys that were announced.
async fn announced(office: &Office) -> BTreeMap<u64, uuid::Uuid> {
    let path = "/v1/manifests/us-2026-07-01?at_least=jm:42&day=2026-06-30";
    let (status, answer) = office.house.get(&office.operator, path).await;
    assert_eq!(status, 200, "{answer}");
    let lines = answer["lines"].as_array().unwrap();
    lines
        .iter()
        .map(|line| {
            assert_eq!(line["standing"], "expected");
            let journey = line["journey"].as_str().unwrap().parse().unwrap();
            (line["line"].as_u64().unwrap(), journey)
        })
        .collect()
}

fn reconciled(office: &Office, unannounced: [uuid::Uuid; 2]) {
    let asked = [
        "manifest",
        "reconcile",
        "--batch",
        "us-2026-07-01",
        "--day",
        "2026-07-02",
    ];
    let output = office.run(&office.operator, &asked);
    let answer = told(&output, 0);
    let lines = answer["lines"].as_array().unwrap();
    let standing = |word: &str| -> Vec<u64> {
        let lines = lines.iter().filter(|line| line["standing"] == word);
        lines.map(|line| line["line"].as_u64().unwrap()).collect()
    };
    assert_eq!(standing("untold"), [7, 19]);
    assert_eq!(standing("not-arrived"), [33]);
    assert_eq!(standing("arrived").len(), 39);
    let mut came: Vec<&str> = answer["unannounced"]
        .as_array()
        .unwrap()
        .iter()
        .map(|line| line["journey"].as_str().unwrap())
        .collect();
    came.sort_unstable();
    let mut expected = unannounced.map(|journey| journey.to_string());
    expected.sort_unstable();
    assert_eq!(came, expected);
    let counts = &answer["manifests"][0];
    for (name, expected) in [
        ("announced", 42),
        ("arrived", 39),
        ("not_arrived", 1),
        ("untold", 2),
        ("unannounced", 2),
    ] {
        assert_eq!(counts[name], expected, "{name}: {counts}");
    }
    let handed = json!({ "provided": 14, "none": 14, "not_provided": 14 });
    assert_eq!(counts["medical_information"], handed);
    assert_eq!(counts["criminal_information"]["not_provided"], 42);
    assert!(!String::from_utf8_lossy(&output.stdout).contains("Peña"));
}

//! What rows tell under a mapping, and what is wrong with mappings and rows.

use serde_json::Value;

use super::apply::{Fault, Told};
use super::*;
use crate::table_in::Row;

/// A mapping of receptions, and of a screening where the table has one.
const PORT: &str = r#"
[table]
empty = ["n/a"]
[dates]
formats = ["%d/%m/%Y"]
zone = "America/Jamaica"
[journey]
derive = ["Case"]
[fields]
"/source" = "urn:jm:port"
"/ledger" = "jm"
"/occurred" = { columns = ["Date", "Time"] }
[[event]]
type = "reception.received"
[event.fields]
"/data/site" = { column = "Port", letters = "slug" }
"/data/return_type" = "deported"
"/data/grounds" = { column = "Grounds", words = { IMM = "immigration", DRG = "drugs" }, empty = "not-provided" }
"/data/sending_country" = { column = "From", letters = "upper" }
"/data/sex" = { column = "Sex", words = { M = "male", F = "female" } }
"/data/born" = { column = "Born" }
"/data/minors" = { column = "Minors" }
"/data/needs" = { column = "Needs", split = ",", words = { food = "meals", bed = "shelter", none = "" } }
"/data/medical_information" = { column = "Medical", words = { yes = "provided", none = "none" }, empty = "not-provided" }
"/data/personal/identity/surnames/0" = { column = "Surname" }
"/data/personal/identity/surnames/1" = { column = "Second surname" }
[[event]]
type = "screening.completed"
when = ["Screened"]
[event.fields]
"/data/kind" = "health"
"/data/depth" = "rapid"
"/data/result" = { column = "Screened", words = { positive = "positive", negative = "negative" } }
"#;

const COLUMNS: [&str; 15] = [
    "case",
    "Date",
    "Time",
    "Port",
    "Grounds",
    "From",
    "Sex",
    "Born",
    "Minors",
    "Needs",
    "Medical",
    "Surname",
    "Second  Surname",
    "Screened",
    "Remarks",
];

/// A good row.
const GOOD: [&str; 15] = [
    "17",
    "01/07/2026",
    "09:30",
    "Norman Manley",
    "IMM",
    "us",
    "m",
    "1985",
    "2",
    "food, bed",
    "",
    "Peña",
    "",
    "",
    "seen",
];

fn columns() -> Vec<String> {
    COLUMNS.map(str::to_owned).to_vec()
}

fn tell(changes: &[(&str, &str)]) -> Result<Told, Vec<Fault>> {
    let mapping = Mapping::read(PORT).unwrap();
    let bound = mapping.bind(&columns(), &[], stand_in()).unwrap();
    bound.tell(&row(2, changes), &columns())
}

/// The good row with other cells, at a place of the table.
fn row(number: u64, changes: &[(&str, &str)]) -> Row {
    let mut cells = GOOD.map(str::to_owned).to_vec();
    for (column, value) in changes {
        let place = COLUMNS.iter().position(|name| name == column).unwrap();
        cells[place] = (*value).to_owned();
    }
    Row {
        number,
        cells,
        faults: Vec::new(),
        consumed: 0,
    }
}

fn events(told: &Told) -> Vec<Value> {
    serde_json::from_str(&told.events).unwrap()
}

#[test]
fn a_row_has_one_number_and_its_first_event_carries_it() {
    let numbers = |sequence: &str, row: u64, changes: &[(&str, &str)]| {
        let text = PORT.replace("[fields]", &format!("[fields]\n\"/sequence\" = {sequence}"));
        let bound = Mapping::read(&text).unwrap();
        let bound = bound.bind(&columns(), &[], stand_in()).unwrap();
        let told = bound.tell(&self::row(row, changes), &columns());
        let told = told.map_err(|faults| format!("{}: {}", faults[0].column, faults[0].reason))?;
        let events = events(&told);
        let numbers = events.iter().map(|event| event.get("sequence").cloned());
        Ok::<_, String>(numbers.collect::<Vec<_>>())
    };
    let one = |number: &str| Ok(vec![Some(Value::from(number))]);
    let column = r#"{ column = "Case" }"#;
    assert_eq!(numbers(column, 2, &[]), one("17"));
    assert_eq!(numbers("{ row_number = true }", 2, &[]), one("1"));
    assert_eq!(
        numbers("{ row_number = true }", 8, &[("Screened", "positive")]),
        Ok(vec![Some("7".into()), None])
    );
    let wrong = numbers(column, 2, &[("case", "017")]).unwrap_err();
    assert!(
        wrong.starts_with("Case: expected a whole number"),
        "{wrong}"
    );
    let none = PORT.replace(
        "\"/data/born\" = { column = \"Born\" }",
        "\"/data/born\" = { row_number = true }",
    );
    let error = Mapping::read(&none).unwrap_err().to_string();
    assert!(error.contains("/data/born: holds no number"), "{error}");
}

#[test]
fn a_row_is_a_commit_of_the_events_it_tells() {
    let told = tell(&[]).unwrap();
    let [received] = <[Value; 1]>::try_from(events(&told)).unwrap();
    assert_eq!(received["occurred"], "2026-07-01T09:30:00-05:00");
    assert_eq!(received["subject"], told.journey.as_str());
    let data = &received["data"];
    assert_eq!(data["site"], "norman-manley");
    assert_eq!(data["grounds"], "immigration");
    assert_eq!(data["minors"], 2);
    assert_eq!(data["needs"], serde_json::json!(["meals", "shelter"]));
    assert_eq!(
        data["personal"]["identity"]["surnames"],
        serde_json::json!(["Peña"])
    );
    assert!(data.get("companions").is_none());

    let both = tell(&[("Screened", "negative"), ("Time", "")]).unwrap();
    let [received, screened] = <[Value; 2]>::try_from(events(&both)).unwrap();
    assert_eq!(received["occurred"], "2026-07-01");
    assert_eq!(screened["type"], "screening.completed");
    assert_eq!(
        (both.journey.as_str(), both.rules),
        (told.journey.as_str(), vec![0, 1])
    );
}

#[test]
fn an_empty_cell_never_says_none() {
    for (cell, expected) in [
        ("", "not-provided"),
        ("n/a", "not-provided"),
        ("None", "none"),
    ] {
        let told = tell(&[("Medical", cell)]).unwrap();
        assert_eq!(
            events(&told)[0]["data"]["medical_information"],
            expected,
            "{cell}"
        );
    }
    assert!(tell(&[("Medical", "no")]).is_err());
    let wrong = PORT.replace(
        "empty = \"not-provided\" }\n\"/data/personal",
        "empty = \"none\" }\n\"/data/personal",
    );
    let error = Mapping::read(&wrong).unwrap_err().to_string();
    assert!(error.contains("never says `none`"), "{error}");
}

/// Part of the format: whoever derives ids elsewhere must come to the same.
#[test]
fn the_same_row_is_the_same_events_for_ever() {
    let told = tell(&[]).unwrap();
    assert_eq!(told, tell(&[("Remarks", "seen again")]).unwrap());
    let namespace = uuid::Uuid::new_v5(&uuid::Uuid::NAMESPACE_URL, b"urn:homeward:mapping");
    let made = |name: &str| uuid::Uuid::new_v5(&namespace, name.as_bytes()).to_string();
    assert_eq!(
        told.journey,
        made("journey\u{1f}jm\u{1f}urn:jm:port\u{1f}17")
    );
    let name = format!(
        "event\u{1f}urn:jm:port\u{1f}{}\u{1f}reception.received\u{1f}0",
        told.journey
    );
    assert_eq!(events(&told)[0]["id"], made(&name));
    // Another case is another journey; another sex is the same event, and the border says so.
    assert_ne!(told.journey, tell(&[("case", "18")]).unwrap().journey);
    let changed = tell(&[("Sex", "F")]).unwrap();
    assert_eq!(events(&told)[0]["id"], events(&changed)[0]["id"]);
}

#[test]
fn what_is_wrong_with_a_row_names_its_columns() {
    for (changes, column, code) in [
        (vec![("Date", "31/02/2026")], "Date, Time", "field-invalid"),
        (vec![("Date", "")], "Date, Time", "field-invalid"),
        (
            vec![("Date", ""), ("Time", "")],
            "Date, Time",
            "field-missing",
        ),
        (
            vec![("Date", "01/07/2099"), ("Time", "")],
            "Date, Time",
            "occurred-later",
        ),
        (vec![("Sex", "W")], "Sex", "field-invalid"),
        (vec![("Sex", "")], "Sex", "field-missing"),
        (vec![("From", "USA")], "From", "field-invalid"),
        (vec![("Born", "1985-13")], "Born", "field-invalid"),
        (vec![("Minors", "two")], "Minors", "field-invalid"),
        (vec![("Minors", "300")], "Minors", "field-invalid"),
        (vec![("Needs", "food, money")], "Needs", "field-invalid"),
        (vec![("case", "")], "Case", "field-missing"),
        (vec![("Port", "")], "Port", "field-missing"),
    ] {
        let faults = tell(&changes).unwrap_err();
        assert_eq!(
            (faults[0].column.as_str(), faults[0].code.as_str()),
            (column, code),
            "{changes:?}: {faults:?}"
        );
    }
    let both = tell(&[("Sex", "W"), ("Minors", "two")]).unwrap_err();
    assert_eq!(both.len(), 2);
}

#[test]
fn what_is_wrong_with_a_mapping_is_told_at_once() {
    for (from, to, expected) in [
        ("\"/data/site\"", "\"/data/place\"", "no field `place`"),
        (
            "\"/data/sex\"",
            "\"/data/companions\"",
            "/data/sex: required",
        ),
        ("M = \"male\"", "M = \"man\"", "`man` is none of"),
        ("\"/ledger\" = \"jm\"", "", "/ledger: required"),
        (
            "type = \"screening.completed\"",
            "type = \"screening.done\"",
            "no event type",
        ),
        (
            "[journey]\nderive = [\"Case\"]",
            "[journey]",
            "[journey] names a column",
        ),
        ("split = \",\", ", "", "`split` goes with a list"),
        ("column = \"Born\"", "column = \"\"", "names no column yet"),
        (
            "\"/data/return_type\" = \"deported\"",
            "\"/data/return_type\" = \"sent\"",
            "`sent` is none of",
        ),
        (
            "\"/source\"",
            "\"/type\" = \"x.y\"\n\"/source\"",
            "filled in by itself",
        ),
        ("derive = [\"Case\"]", "colunm = \"Case\"", "unknown field"),
    ] {
        assert!(PORT.contains(from), "{from}");
        let error = Mapping::read(&PORT.replacen(from, to, 1))
            .unwrap_err()
            .to_string();
        assert!(error.contains(expected), "{from} -> {to}: {error}");
    }
}

#[test]
fn a_table_that_lacks_a_column_is_told_which() {
    let mapping = Mapping::read(PORT).unwrap();
    let few: Vec<String> = columns().into_iter().skip(1).collect();
    let wrong = mapping.clone().bind(&few, &[], stand_in()).unwrap_err();
    assert!(wrong.len() == 1 && wrong[0].contains("`Case`"), "{wrong:?}");
    let set = [("case".to_owned(), "17".to_owned())];
    let bound = mapping.bind(&few, &set, stand_in()).unwrap();
    let cells = GOOD.iter().skip(1).map(|cell| (*cell).to_owned()).collect();
    let row = Row {
        number: 2,
        cells,
        faults: Vec::new(),
        consumed: 0,
    };
    assert_eq!(bound.tell(&row, &few).unwrap(), tell(&[]).unwrap());
}

#[test]
fn the_manifest_that_ships_is_a_mapping() {
    let mapping = Mapping::read(MANIFEST).unwrap();
    assert_eq!(mapping.types().collect::<Vec<_>>(), ["notice.notified"]);
}

#[test]
fn a_mapping_that_is_begun_says_what_is_missing_and_nothing_else() {
    let columns: Vec<String> = ["Case", "sex", "born", "Sending country"]
        .map(str::to_owned)
        .to_vec();
    let text = begin::begin(&columns, &["reception.received".to_owned()]).unwrap();
    let error = Mapping::read(&text).unwrap_err();
    let told = error.to_string();
    assert!(told.contains("/data/site: names no column yet"), "{told}");
    assert!(!told.contains("/data/sex:"), "{told}");
    let filled = text
        .replace("column = \"\"", "column = \"Case\"")
        .replace("[\"\"]", "[\"Case\"]");
    let filled = filled.replace("words = {}", "words = { }");
    Mapping::read(&filled).unwrap();
    assert!(begin::begin(&columns, &["reception.done".to_owned()]).is_err());
}

//! Tables in the hands of other programs: every format opened by readers that people use (pyarrow,
//! openpyxl, a parser of HXL), which must all see the same.
//!
//! The readers are installed once into an environment under `target/`, named by the digest of the file
//! that pins them; that asks a package index the first time.

use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::process::Command;

use homeward_api::table_file::{self, Format};
use homeward_e2e::house::{House, until};
use homeward_projections::Sheet;
use homeward_projections::sheet::{Column, Value as Cell};
use jiff::civil::date;
use serde_json::{Value, json};

/// Where the readers' programs are.
fn readers() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("readers")
}

/// Runs a command to its end; what it wrote to its standard output.
fn run(command: &mut Command) -> String {
    let output = command
        .output()
        .unwrap_or_else(|error| panic!("{command:?} cannot be started: {error}"));
    let told = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{command:?} failed:\n{told}");
    String::from_utf8(output.stdout).unwrap()
}

/// The Python of an environment with the readers in it, made where it is not there yet.
fn python() -> PathBuf {
    let pins = readers().join("requirements.txt");
    let digest = digest(&fs::read(&pins).unwrap());
    let target = Path::new(env!("CARGO_MANIFEST_DIR")).join("../target/readers");
    fs::create_dir_all(&target).unwrap();
    // Tests are processes of their own: one makes it, the others wait.
    let lock = File::create(target.join("lock")).unwrap();
    lock.lock().unwrap();
    let environment = target.join(digest);
    let python = environment.join(if cfg!(windows) {
        "Scripts/python.exe"
    } else {
        "bin/python"
    });
    let complete = environment.join("complete");
    if !complete.is_file() {
        let system = ["python3", "python"].into_iter().find(|program| {
            let mut asked = Command::new(program);
            let asked = asked.args(["-c", "import venv, ensurepip"]).output();
            asked.is_ok_and(|answer| answer.status.success())
        });
        let system = system.expect(
            "neither python3 nor python with venv and pip was found: the readers of exported \
             tables run in it, so install one (on Debian also python3-venv)",
        );
        run(Command::new(system)
            .args(["-m", "venv", "--clear"])
            .arg(&environment));
        // Some are to be had as sources only; pyarrow from its sources would take an hour.
        let pip = Command::new(&python)
            .args(["-m", "pip", "install", "--quiet", "--no-input"])
            .args([
                "--disable-pip-version-check",
                "--no-deps",
                "--only-binary",
                "pyarrow",
            ])
            .arg("--requirement")
            .arg(&pins)
            .output()
            .unwrap();
        let told = String::from_utf8_lossy(&pip.stderr);
        assert!(
            pip.status.success(),
            "pip cannot install the readers of exported tables; this test needs a package index \
             the first time it runs:\n{told}"
        );
        File::create(complete).unwrap();
    }
    python
}

/// A name for an environment: another list of pins is another environment.
fn digest(bytes: &[u8]) -> String {
    // FNV-1a, 64 bits: told apart, not kept from anyone.
    let hash = bytes.iter().fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| {
        (hash ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3)
    });
    format!("{hash:016x}")
}

/// What every reader sees of a table whose files are in `folder`.
fn profile(folder: &Path, table: &str) -> Value {
    let mut command = Command::new(python());
    command
        .arg(readers().join("profile.py"))
        .arg(folder)
        .arg(table);
    serde_json::from_str(&run(&mut command)).unwrap()
}

/// Checks that each reader sees of the sheet `table` what the JSON document says.
fn assert_all_see_the_same(seen: &Value, table: &str) {
    let sheet = seen["sheet"].as_str().unwrap();
    let told = &seen["json"][sheet];
    for format in ["csv", "hxl", "parquet"] {
        assert_eq!(&seen[format], told, "{table} as {format}");
    }
    let worksheet = &seen["xlsx"][sheet];
    assert_eq!(worksheet["rows"], told["rows"], "{table} as xlsx");
    assert_eq!(worksheet["columns"], told["columns"], "{table} as xlsx");
    assert_eq!(worksheet["frozen"], "A2");
    assert_eq!(worksheet["formulas"], false);
    assert_eq!(seen["created"], "2000-01-01 00:00:00");
    assert_eq!(seen["manifests"][0], seen["manifests"][1]);
    assert!(seen["xlsx"]["manifest"]["rows"].as_u64().unwrap() > 0);
}

/// Cells that readers stumble over: formulas, quotes, lines, letters beyond ASCII, the ends of numbers.
fn awkward() -> Sheet {
    let columns = [
        Column::text("site", "#loc+site"),
        Column::count("journeys", "#indicator+journeys+num"),
        Column::number("share", "#indicator+share"),
        Column::day("day", "#date+arrival"),
    ];
    let mut sheet = Sheet::new("awkward", "Every kind of cell", columns);
    let (leap, old) = (date(2024, 2, 29), date(1969, 12, 31));
    let rows: [[Cell; 4]; 5] = [
        ["1+1".into(), 3.into(), (1.0 / 3.0).into(), leap.into()],
        [
            "a \"b\", c; d".into(),
            (-7).into(),
            1e-300.into(),
            old.into(),
        ],
        [
            "Cura\u{e7}ao \u{1d11e}".into(),
            ((1_i64 << 53) - 1).into(),
            (-0.1).into(),
            leap.into(),
        ],
        [Cell::Missing, Cell::Missing, Cell::Missing, Cell::Missing],
        ["two\nlines".into(), 0.into(), 1e15.into(), old.into()],
    ];
    for row in rows {
        sheet.push(row);
    }
    sheet
}

#[test]
fn awkward_cells_are_read_alike_in_every_format() {
    let folder = tempfile::tempdir().unwrap();
    let manifest = json!({ "table": "awkward", "sequences": { "jm": 7 } });
    let save = |sheet: &Sheet, format: Format| {
        let name = format!("{}.{}", sheet.name, format.ending());
        let bytes = table_file::write(format, std::slice::from_ref(sheet), &manifest).unwrap();
        fs::write(folder.path().join(name), bytes).unwrap();
    };
    let mut sheet = awkward();
    for format in Format::ALL {
        save(&sheet, *format);
    }
    let seen = profile(folder.path(), "awkward");
    assert_all_see_the_same(&seen, "awkward");
    let day = &seen["parquet"]["columns"]["day"];
    let expected = json!({
        "kind": "day", "known": 4, "first": "1969-12-31", "last": "2024-02-29"
    });
    assert_eq!(*day, expected);
    let types = json!({
        "site": "string", "journeys": "int64", "share": "double", "day": "date32[day]"
    });
    assert_eq!(seen["types"], types);
    assert_eq!(seen["tags"][1], "#indicator+journeys+num");

    // A formula stays a text in a spreadsheet, and runs in none that opens the CSV.
    sheet.name = "formula".to_owned();
    sheet.rows = vec![vec![
        "=1+1".into(),
        1.into(),
        0.5.into(),
        date(2026, 7, 1).into(),
    ]];
    for format in Format::ALL {
        save(&sheet, *format);
    }
    let seen = profile(folder.path(), "formula");
    assert_eq!(seen["xlsx"]["formula"]["formulas"], false);
    for (format, text) in [
        ("json", "=1+1"),
        ("csv", "'=1+1"),
        ("hxl", "'=1+1"),
        ("parquet", "=1+1"),
    ] {
        let sheet = if format == "json" {
            &seen[format]["formula"]
        } else {
            &seen[format]
        };
        assert_eq!(sheet["columns"]["site"]["first"], text, "{format}");
    }
}

/// Asks the running house for a table in every format, one file a sheet, into a folder.
fn export(house: &House, key: &str, folder: &str, table: &str, more: &[&str]) {
    for format in Format::ALL {
        let format = format.to_string();
        let mut line = vec!["export", "--table", table, "--format", &format];
        line.extend(["--key", key, "--url", &house.url, "--out", folder]);
        line.extend(more);
        let output = house.run(&line);
        let told = String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success(), "{line:?}: {told}");
    }
}

/// Waits until a read model knows as many commits as the log holds.
async fn caught_up(house: &House, key: &str, path: &str, commits: usize) {
    until("a read model that knows the log", async || {
        let (_, answer) = house.get(key, path).await;
        (answer["as_of"]["ledgers"]["rossi"]["sequence"] == commits).then_some(())
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_real_cohort_is_read_alike_in_every_format() {
    let house = House::start(&["rossi"]).await;
    let key = house.key("operator", &[]);
    let imported = house.run(&[
        "import",
        "rossi",
        "--publish",
        "--url",
        &house.url,
        "--key",
        &key,
    ]);
    assert!(
        imported.status.success(),
        "{}",
        String::from_utf8_lossy(&imported.stderr)
    );
    let head = house.export().len();
    caught_up(&house, &key, "/v1/caseload", head).await;
    caught_up(&house, &key, "/v1/recidivism", head).await;
    let temporary = tempfile::tempdir().unwrap();
    let folder = format!("{}/", temporary.path().join("taken").display());

    export(&house, &key, &folder, "journeys", &[]);
    let seen = profile(Path::new(&folder), "journeys");
    assert_all_see_the_same(&seen, "journeys");
    assert_eq!(seen["json"]["journeys"]["rows"], 432);
    assert_eq!(seen["types"]["arrival"], "date32[day]");
    assert_eq!(seen["manifests"][0]["sequences"]["rossi"], head);

    let by = ["--by", "month", "--by", "sex"];
    export(&house, &key, &folder, "caseload", &by);
    let seen = profile(Path::new(&folder), "caseload");
    assert_all_see_the_same(&seen, "caseload");
    assert_eq!(seen["parquet"]["columns"]["journeys"]["sum"], 432.0);
    assert_eq!(seen["xlsx"]["all"]["columns"]["persons"]["sum"], 432.0);
    assert!(Path::new(&folder).join("caseload.all.csv").is_file());
    // A proxy of HXL filters and adds up by tags alone.
    let added = run(Command::new(python())
        .arg(readers().join("hxl_sum.py"))
        .arg(Path::new(&folder).join("caseload.hxl.csv"))
        .args(["#meta+sex=male", "#meta+sex", "#indicator+journeys+num"]));
    let added: Value = serde_json::from_str(&added).unwrap();
    assert_eq!(added, json!({ "male": 432.0 }));

    let weeks = [
        "--unit",
        "week",
        "--at",
        "26",
        "--at",
        "52",
        "--day",
        "2100-01-01",
    ];
    export(&house, &key, &folder, "recidivism", &weeks);
    let seen = profile(Path::new(&folder), "recidivism");
    assert_all_see_the_same(&seen, "recidivism");
    // The survival table as R has it: 114 arrested, and 0.7361 free of arrest after 52 weeks.
    assert_eq!(seen["sheet"], "survival");
    assert_eq!(seen["parquet"]["columns"]["events"]["sum"], 114.0);
    let csv = fs::read_to_string(Path::new(&folder).join("recidivism.csv")).unwrap();
    let last = csv.lines().last().unwrap();
    assert!(
        last.starts_with("52,") && last.contains(",0.7361111111111"),
        "{last}"
    );
    let rule = &seen["manifests"][0]["question"]["definition"];
    assert_eq!(rule, "rearrest@1");

    the_same_bytes_again(&house, &key, Path::new(&folder), &by);
}

/// Asked again, and asked of the log alone, an answer is the same file.
fn the_same_bytes_again(house: &House, key: &str, folder: &Path, by: &[&str]) {
    let again = folder.join("again");
    let again = format!("{}/", again.display());
    export(house, key, &again, "caseload", by);
    for name in [
        "caseload.csv",
        "caseload.xlsx",
        "caseload.parquet",
        "caseload.json",
    ] {
        let read = |folder: &Path| fs::read(folder.join(name)).unwrap();
        assert!(read(folder) == read(Path::new(&again)), "{name} differs");
        let beside = format!("{name}.manifest.json");
        assert!(folder.join(&beside).is_file(), "{beside}");
    }
    let offline = folder.join("offline.csv");
    let mut line = vec!["replay", "--model", "caseload", "--format", "csv", "--out"];
    let path = offline.display().to_string();
    line.push(&path);
    line.extend(by);
    let output = house.run(&line);
    assert!(
        output.status.success(),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
    let read = |path: &Path| fs::read_to_string(path).unwrap();
    assert_eq!(read(&offline), read(&folder.join("caseload.csv")));
    // A figure that nobody may see is refused at this door as at every other.
    let refused = house.run(&[
        "export", "--table", "caseload", "--key", "hw_a_b", "--url", &house.url,
    ]);
    assert!(!refused.status.success());
}

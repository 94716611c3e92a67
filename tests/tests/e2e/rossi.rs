//! A published study from the stream: every figure that R's `survival` gives of the cohort is the one
//! that the doors give, after its commits were published in random order.
//!
//! The figures are those of `projections/tests/data/rossi.expected.json`; the script that they come
//! from stands in `projections/tests/measure_golden/rossi.rs`.

use std::collections::BTreeMap;
use std::fs;

use homeward_e2e::dice::pick;
use homeward_e2e::house::{House, until};
use serde_json::Value;

const EXPECTED: &str = include_str!("../../../projections/tests/data/rossi.expected.json");
/// Whoever has it has the same order again.
const SEED: u64 = 1980;
const TOLERANCE: f64 = 1e-6;
/// For figures given with four decimals.
const FOUR_DECIMALS: f64 = 5.1e-5;
/// The last of the cohort was released at the end of 1972 and followed for 52 weeks.
const DAY: &str = "1974-01-01";
const COVARIATES: [&str; 7] = ["fin", "age", "race", "wexp", "mar", "paro", "prio"];

/// Figures that have not been met yet, by the path to them; `None` is R's NA.
struct Figures {
    left: BTreeMap<String, Option<f64>>,
    missed: Vec<String>,
}

impl Figures {
    fn read() -> Self {
        fn walk(value: &Value, name: String, left: &mut BTreeMap<String, Option<f64>>) {
            match value {
                Value::Object(fields) => {
                    for (key, value) in fields {
                        walk(value, format!("{name}/{key}"), left);
                    }
                }
                Value::Array(items) => {
                    for (place, value) in items.iter().enumerate() {
                        walk(value, format!("{name}/{place}"), left);
                    }
                }
                Value::Number(number) => drop(left.insert(name, number.as_f64())),
                Value::Null => drop(left.insert(name, None)),
                Value::String(_) | Value::Bool(_) => {}
            }
        }
        let mut left = BTreeMap::new();
        let document: Value = serde_json::from_str(EXPECTED).unwrap();
        walk(&document["rossi"], String::new(), &mut left);
        assert!(left.len() > 70, "{} figures", left.len());
        Self {
            left,
            missed: Vec::new(),
        }
    }

    fn meet(&mut self, name: &str, found: &Value, tolerance: f64) {
        let Some(expected) = self.left.remove(name) else {
            panic!("no figure `{name}`, or met before");
        };
        let met = match (expected, found.as_f64()) {
            (None, None) => true,
            (Some(expected), Some(found)) => (expected - found).abs() <= tolerance,
            (Some(_), None) | (None, Some(_)) => false,
        };
        if !met {
            let line = format!("`{name}`: expected {expected:?}, found {found}");
            self.missed.push(line);
        }
    }

    fn done(self) {
        assert!(self.missed.is_empty(), "{}", self.missed.join("\n"));
        assert!(self.left.is_empty(), "not met: {:?}", self.left);
    }
}

/// How often the file is sent at most: receptions are in after the first time.
const PASSES_MAX: usize = 3;

/// The cohort's commits in an order that the seed says, on their way through the border.
fn publish_shuffled(house: &House) -> usize {
    let written = house.folder().join("rossi.jsonl");
    let path = written.to_str().unwrap();
    done(house, &["import", "rossi", "--out", path]);
    let text = fs::read_to_string(&written).unwrap();
    let mut lines: Vec<&str> = text.lines().collect();
    for last in (1..lines.len()).rev() {
        let at = u64::try_from(last).unwrap();
        let drawn = pick(SEED, at, at + 1);
        lines.swap(last, usize::try_from(drawn).unwrap());
    }
    fs::write(&written, lines.join("\n")).unwrap();
    let key = house.key("publisher", &[]);
    // What comes before its journey is refused, and sent again once the journey is there; what is
    // known already is answered as the first time.
    for _ in 0..PASSES_MAX {
        let told = house.run(&["--json", "publish", path, "--writers", "16", "--key", &key]);
        let told: Value = serde_json::from_slice(&told.stdout).unwrap();
        let count = |name: &str| told[name].as_u64().unwrap();
        if count("refused") == 0 {
            let taken = usize::try_from(count("accepted") + count("known")).unwrap();
            assert_eq!(taken, lines.len(), "{told}");
            return taken;
        }
    }
    panic!("refused after {PASSES_MAX} passes");
}

fn done(house: &House, arguments: &[&str]) -> Vec<u8> {
    let output = house.run(arguments);
    let [said, told] = [&output.stdout, &output.stderr].map(|text| String::from_utf8_lossy(text));
    assert!(output.status.success(), "{arguments:?}: {said}{told}");
    output.stdout
}

/// Someone who reads the cohort week by week.
struct Reader<'h> {
    house: &'h House,
    key: String,
    commits: usize,
}

impl Reader<'_> {
    async fn get(&self, path: &str, question: &str) -> Value {
        let Self { house, commits, .. } = self;
        let always = format!("ledger=rossi&unit=week&day={DAY}&at_least=rossi:{commits}");
        let path = format!("{path}?{always}&{question}");
        until(&path, async || {
            let (status, answer) = house.get(&self.key, &path).await;
            let waits = status == 503 || status == 504;
            assert!(waits || status == 200, "{path}: {answer}");
            (!waits).then_some(answer)
        })
        .await
    }

    async fn returns(&self, question: &str) -> Value {
        self.get("/v1/recidivism", question).await
    }

    /// The seven covariates of the study, and more.
    async fn model(&self, more: &str) -> Value {
        let study = COVARIATES.map(|name| format!("covariate=cohort.{name}"));
        let question = format!("{}{more}", study.join("&"));
        self.get("/v1/recidivism/regression", &question).await
    }

    /// The same from the log alone.
    fn replay(&self, more: &str, ties: &str) -> Value {
        let study = COVARIATES.map(|name| format!("cohort.{name}")).join(",");
        let (cox, day) = (format!("{study}{more}"), ["--day", DAY]);
        let model = ["--unit", "week", "--cox", &cox, "--ties", ties];
        let line = [&["--json", "replay"], &day[..], &model].concat();
        let answer: Value = serde_json::from_slice(&done(self.house, &line)).unwrap();
        answer["answer"].clone()
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_figure_of_the_rossi_cohort_comes_from_the_stream_in_any_order() {
    let house = House::start(&["rossi"]).await;
    let commits = publish_shuffled(&house);
    let reader = Reader {
        house: &house,
        key: house.key("reader", &[]),
        commits,
    };
    let mut figures = Figures::read();
    curve(&reader, &mut figures).await;
    groups(&reader, &mut figures).await;
    models(&reader, &mut figures).await;
    employment(&reader, &mut figures).await;
    figures.done();
}

async fn curve(reader: &Reader<'_>, figures: &mut Figures) {
    let at = "at=12&at=26&at=39&at=52&horizon=52";
    let answer = reader.returns(at).await;
    let mut meet = |name: &str, found: &Value| figures.meet(name, found, TOLERANCE);
    meet("/n", &answer["persons"]);
    meet("/events", &answer["failed"]);
    let points = answer["curve"].as_array().unwrap();
    assert_eq!(points.len(), 4);
    for point in points {
        let time = &point["time"];
        meet(&format!("/km_overall/{time}"), &point["survival"]);
        let error = &point["standard_error"];
        meet(&format!("/km_se_greenwood/{time}"), error);
        meet(&format!("/km_ci95_loglog/{time}/0"), &point["lower"]);
        meet(&format!("/km_ci95_loglog/{time}/1"), &point["upper"]);
        meet(&format!("/at_risk/{time}"), &point["at_risk"]);
        if time != 39 {
            let hazard = &point["cumulative_hazard"];
            meet(&format!("/nelson_aalen/{time}"), hazard);
        }
    }
    let median = &answer["quantiles"][1];
    assert_eq!(median["share"], 0.5);
    meet("/median", &median["time"]);
    let mean = &answer["restricted_mean"];
    meet("/rmst_52", &mean["mean"]);
    meet("/rmst_52_se", &mean["standard_error"]);
    let answer = reader.returns("at=52&interval=log").await;
    meet("/km_ci95_log_52/0", &answer["curve"][0]["lower"]);
    meet("/km_ci95_log_52/1", &answer["curve"][0]["upper"]);
    // The cohort's figures on the plain scale: the survival more or less 1.96 standard errors.
    let answer = reader.returns("at=52&interval=plain").await;
    let point = &answer["curve"][0];
    let number = |name: &str| point[name].as_f64().unwrap();
    let half = 1.959_963_984_540_054 * number("standard_error");
    assert!((number("survival") - half - number("lower")).abs() < 1e-12);
    assert!((number("survival") + half - number("upper")).abs() < 1e-12);
}

async fn groups(reader: &Reader<'_>, figures: &mut Figures) {
    for column in ["fin", "wexp", "mar", "paro", "race"] {
        let answer = reader.returns(&format!("at=52&by=cohort.{column}")).await;
        for (value, group) in answer["groups"].as_array().unwrap().iter().enumerate() {
            assert_eq!(group["values"][0], value.to_string());
            let name = format!("/groups_S52/{column}{value}");
            figures.meet(&name, &group["curve"][0]["survival"], TOLERANCE);
        }
        let test = &answer["log_rank"];
        assert_eq!((&test["degrees"], &test["rho"]), (&1.into(), &0.into()));
        let name = format!("/logrank_chi2/{column}");
        figures.meet(&format!("{name}/0"), &test["chi2"], TOLERANCE);
        figures.meet(&format!("{name}/1"), &test["p"], TOLERANCE);
        if column == "fin" {
            for value in 0..2 {
                let name = format!("/logrank_expected_fin/fin{value}");
                let expected = &test["groups"][value]["expected"];
                figures.meet(&name, expected, FOUR_DECIMALS);
            }
        }
    }
    let answer = reader.returns("by=cohort.fin&rho=1").await;
    let test = &answer["log_rank"];
    figures.meet("/peto_fleming_rho1_fin/0", &test["chi2"], FOUR_DECIMALS);
    figures.meet("/peto_fleming_rho1_fin/1", &test["p"], FOUR_DECIMALS / 10.0);
}

async fn models(reader: &Reader<'_>, figures: &mut Figures) {
    let efron = reader.model("").await;
    let breslow = reader.model("&ties=breslow").await;
    assert_eq!(
        reader.replay("", "breslow")["covariates"][0]["coefficient"],
        breslow["covariates"][0]["coefficient"]
    );
    let mut meet = |name: &str, found: &Value| figures.meet(name, found, TOLERANCE);
    for (place, name) in COVARIATES.iter().enumerate() {
        let effect = &efron["covariates"][place];
        assert_eq!(effect["covariate"], format!("cohort.{name}"));
        meet(&format!("/cox_efron/{name}/0"), &effect["coefficient"]);
        meet(&format!("/cox_efron/{name}/1"), &effect["standard_error"]);
        let value = &breslow["covariates"][place]["coefficient"];
        meet(&format!("/cox_breslow/{name}"), value);
    }
    meet("/cox_efron_loglik/0", &efron["log_likelihood_null"]);
    meet("/cox_efron_loglik/1", &efron["log_likelihood"]);
    meet("/concordance", &efron["concordance"]);
    assert_eq!(
        (&efron["left_out"], &efron["events"]),
        (&0.into(), &114.into())
    );
    // The age that was told at reception, and the one that the study registered, are one.
    let told = reader
        .get("/v1/recidivism/regression", "covariate=age")
        .await;
    let registered = "covariate=cohort.age";
    let registered = reader.get("/v1/recidivism/regression", registered).await;
    let coefficient = |model: &Value| model["covariates"][0]["coefficient"].clone();
    assert_eq!(coefficient(&told), coefficient(&registered));
}

async fn employment(reader: &Reader<'_>, figures: &mut Figures) {
    let model = reader.model("&covariate=in:employment").await;
    let name = "/cox_time_varying_employment_current_week";
    let mut meet = |field: &str, found: &Value| {
        figures.meet(&format!("{name}/{field}"), found, TOLERANCE);
    };
    let effects = &model["covariates"];
    // R's rows are weeks; ours are cut only where employment changes.
    meet("rows", &model["units_at_risk"]);
    meet("finyes", &effects[0]["coefficient"]);
    meet("age", &effects[1]["coefficient"]);
    meet("prio", &effects[6]["coefficient"]);
    meet("empyes", &effects[7]["coefficient"]);
    meet("empyes_se", &effects[7]["standard_error"]);
    let rows = model["rows"].as_u64().unwrap();
    assert!((433..19_809).contains(&rows), "{rows} rows");

    let lagged = reader.replay(",in:employment@1", "efron");
    let name = "/cox_time_varying_employment_lag1";
    let effect = &lagged["covariates"][7];
    let value = &effect["coefficient"];
    figures.meet(&format!("{name}/empyes"), value, TOLERANCE);
    let error = &effect["standard_error"];
    figures.meet(&format!("{name}/empyes_se"), error, TOLERANCE);
    assert_eq!(lagged["units_at_risk"], 19_809 - 432);
}

//! The pages of figures: what they say is what the API says, in four looks, five languages, under two
//! clocks, and while the log moves on.

use homeward_e2e::facts::{id, received};
use homeward_e2e::house::{House, until};
use serde_json::{Value, json};

use super::{Browser, FIRST_VIEW_BYTES_MAX, Look, Page};

pub(super) const DAY: &str = "2026-06-30";

/// A house with the Rossi cohort and some invented journeys, and a key that opens everything.
pub(super) async fn house() -> (House, String) {
    let house = House::start(&["rossi", "jm"]).await;
    let key = house.key("operator", &[]);
    for line in [
        vec!["import", "rossi", "--publish"],
        vec![
            "import",
            "synthetic",
            "--publish",
            "--ledger",
            "jm",
            "--journeys",
            "120",
        ],
    ] {
        let mut line = line;
        line.extend(["--key", &key]);
        let output = house.run(&line);
        assert!(output.status.success(), "{output:?}");
    }
    current(&house, &key).await;
    (house, key)
}

/// Waits until every read model knows the whole log: figures are compared that were asked for one after
/// the other.
async fn current(house: &House, key: &str) {
    let commits = |ledger: &str| {
        let output = house.run(&["export", "--ledger", ledger]);
        assert!(output.status.success(), "{output:?}");
        let lines = output.stdout.split(|byte| *byte == b'\n');
        lines.filter(|line| !line.is_empty()).count()
    };
    let heads = ["rossi", "jm"].map(|ledger| (ledger, commits(ledger)));
    until("every read model knows the whole log", async || {
        let status = asked(house, key, "/v1/status").await;
        let models = status["models"].as_array()?.iter();
        let knows = |model: &Value, (ledger, head): &(&str, usize)| {
            let known = &model["as_of"]["ledgers"][ledger]["sequence"];
            known.as_u64() == u64::try_from(*head).ok()
        };
        let mut behind = models.filter(|model| !heads.iter().all(|head| knows(model, head)));
        behind.next().is_none().then_some(())
    })
    .await;
}

pub(super) async fn signed_in(browser: &Browser, house: &House, key: &str) -> Page {
    let page = browser.visitor(&house.url).await;
    page.open("/arrivals?ledger=jm").await;
    assert!(
        page.at().await.starts_with("/sign-in"),
        "{}",
        page.at().await
    );
    page.fill("#key", key).await;
    page.press("form.sign-in button").await;
    // Back to where one wanted to go.
    page.until_says("h1", "Arrivals").await;
    assert_eq!(page.at().await, "/arrivals?ledger=jm");
    page
}

/// What the API says in the cells of a panel's tables: table, row, cell.
pub(super) async fn cells(page: &Page, panel: &str) -> Vec<Vec<Vec<String>>> {
    let read = "panel => [...document.querySelectorAll(`#${panel} table`)].map(table =>
        [...table.tBodies[0].rows].map(row => [...row.cells].map(cell => cell.dataset.value)))";
    let mut tables: Vec<Vec<Vec<String>>> = page.ask_of(read, &json!(panel)).await;
    for cell in tables.iter_mut().flatten().flatten() {
        *cell = rounded(cell);
    }
    tables
}

pub(super) fn said(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        Value::Null => String::new(),
        Value::Bool(_) | Value::Number(_) | Value::Array(_) | Value::Object(_) => {
            rounded(&value.to_string())
        }
    }
}

/// A fraction to twelve decimals: reading JSON may lose the last of its digits.
fn rounded(text: &str) -> String {
    let fraction = text.parse::<f64>().ok().filter(|_| text.contains('.'));
    let Some(fraction) = fraction else {
        return text.to_owned();
    };
    let twelve = format!("{fraction:.12}");
    let shortest = twelve.trim_end_matches('0').trim_end_matches('.');
    shortest.to_owned()
}

/// The members of each of some objects, as cells say them.
pub(super) fn members(list: &Value, names: &[&str]) -> Vec<Vec<String>> {
    let list = list.as_array().unwrap();
    let member = |of: &Value, name: &str| match name.strip_prefix("values.") {
        Some(at) => said(&of["values"][at.parse::<usize>().unwrap()]),
        None => said(&of[name]),
    };
    list.iter()
        .map(|of| names.iter().map(|name| member(of, name)).collect())
        .collect()
}

/// Some columns of a table.
pub(super) fn columns(table: &[Vec<String>], wanted: &[usize]) -> Vec<Vec<String>> {
    table
        .iter()
        .map(|row| wanted.iter().map(|at| row[*at].clone()).collect())
        .collect()
}

fn sorted(mut rows: Vec<Vec<String>>) -> Vec<Vec<String>> {
    rows.sort();
    rows
}

pub(super) async fn asked(house: &House, key: &str, path: &str) -> Value {
    let (status, answer) = house.get(key, path).await;
    assert_eq!(status, 200, "{path}: {answer}");
    answer
}

async fn referrals_are_those_of_the_api(page: &Page, house: &House, key: &str) {
    page.open(&format!("/referrals?ledger=jm&day={DAY}")).await;
    let only = format!("ledger=jm&day={DAY}");
    let states = asked(house, key, &format!("/v1/referrals?by=state&{only}")).await;
    let expected = members(
        &states["groups"],
        &["values.0", "referrals", "open", "overdue"],
    );
    assert!(expected.len() > 3, "{states}");
    assert_eq!(
        sorted(cells(page, "funnel").await.remove(0)),
        sorted(expected)
    );

    let clocks = asked(
        house,
        key,
        &format!("/v1/referrals/turnaround?by=to&priority=normal&{only}"),
    )
    .await;
    let answers: Vec<&Value> = clocks["lines"]
        .as_array()
        .unwrap()
        .iter()
        .filter(|line| line["step"] == "answer")
        .collect();
    let names = [
        "values.0",
        "referrals",
        "taken",
        "running",
        "left",
        "median_hours",
        "p90_hours",
        "in_time",
        "late",
    ];
    assert_eq!(
        cells(page, "clocks").await.remove(0),
        members(&json!(answers), &names)
    );

    let providers = asked(house, key, &format!("/v1/referrals/providers?{only}")).await;
    let names = [
        "values.0",
        "referrals",
        "accepted",
        "declined",
        "undecided",
        "unanswered",
        "left",
        "share",
    ];
    assert_eq!(
        cells(page, "providers").await.remove(0),
        members(&providers["lines"], &names)
    );
    let open: i64 = providers["lines"]
        .as_array()
        .unwrap()
        .iter()
        .map(|line| line["open"].as_i64().unwrap())
        .sum();
    let shown: i64 = cells(page, "ages").await[0]
        .iter()
        .map(|row| row[1].parse::<i64>().unwrap())
        .sum();
    assert_eq!(shown, open);

    let reasons = asked(house, key, "/v1/referrals/reasons?ledger=jm").await;
    let expected = members(&reasons["lines"], &["reason", "kind", "group", "referrals"]);
    assert_eq!(
        sorted(cells(page, "reasons").await.remove(0)),
        sorted(expected)
    );
}

async fn journeys_are_those_of_the_api(page: &Page, house: &House, key: &str) {
    page.open(&format!("/?day={DAY}")).await;
    let lists = asked(house, key, &format!("/v1/worklists?day={DAY}")).await;
    let expected: Vec<Vec<String>> = lists["worklists"]
        .as_array()
        .unwrap()
        .iter()
        .map(|list| {
            let counts = ["rows", "upcoming", "due", "overdue", "running"];
            counts
                .iter()
                .map(|name| said(&list["counts"][name]))
                .collect()
        })
        .collect();
    let shown = cells(page, "owed").await;
    assert_eq!(columns(&shown[0], &[1, 2, 3, 4, 5]), expected);

    page.open("/arrivals?ledger=jm").await;
    let counted = asked(house, key, "/v1/caseload?by=month&ledger=jm").await;
    let shown = cells(page, "arrivals").await.remove(0);
    let last = shown[0].len() - 1;
    assert_eq!(
        columns(&shown, &[0, last]),
        members(&counted["groups"], &["values.0", "journeys"])
    );

    page.open(&format!("/flow?ledger=jm&day={DAY}")).await;
    let steps = asked(house, key, &format!("/v1/steps?ledger=jm&day={DAY}")).await;
    let shown = cells(page, "flow").await.remove(0);
    let expected = members(&steps["stages"], &["step", "reached", "took", "waiting"]);
    assert_eq!(columns(&shown, &[0, 1, 3, 4]), expected);
    let shown = cells(page, "times").await.remove(0);
    let expected = members(
        &steps["times"],
        &["step", "taken", "left", "waiting", "median_days"],
    );
    assert_eq!(columns(&shown, &[0, 1, 2, 3, 4]), expected);
}

async fn follow_ups_and_quality_are_those_of_the_api(page: &Page, house: &House, key: &str) {
    page.open(&format!("/follow-ups?ledger=jm&day={DAY}")).await;
    let waves = asked(
        house,
        key,
        &format!("/v1/follow-ups?by=wave&ledger=jm&day={DAY}"),
    )
    .await;
    let names = [
        "values.0",
        "completed",
        "overdue",
        "due",
        "upcoming",
        "cancelled",
        "lapsed",
        "missed",
    ];
    let shown = cells(page, "adherence").await.remove(0);
    assert_eq!(
        sorted(columns(&shown, &[0, 1, 2, 3, 4, 5, 6, 7])),
        sorted(members(&waves["groups"], &names))
    );

    page.open(&format!("/outcomes?ledger=jm&day={DAY}")).await;
    let outcomes = asked(house, key, &format!("/v1/outcomes?ledger=jm&day={DAY}")).await;
    let shown = cells(page, "scores").await;
    let names = [
        "wave",
        "expected",
        "responded",
        "response_rate",
        "missing",
        "not_observed",
        "not_yet",
    ];
    assert_eq!(shown[1], members(&outcomes["responses"], &names));
    let names = [
        "area",
        "months",
        "observed",
        "in_spell",
        "share",
        "not_observed",
        "not_yet",
    ];
    assert_eq!(
        cells(page, "life").await.remove(0),
        members(&outcomes["spells"], &names)
    );

    page.open("/quality?ledger=jm").await;
    let quality = asked(house, key, "/v1/quality?ledger=jm").await;
    let of = |kind: &str| -> i64 {
        let lines = quality["lines"].as_array().unwrap().iter();
        lines
            .filter(|line| line["kind"] == kind)
            .map(|line| line["count"].as_i64().unwrap())
            .sum()
    };
    for kind in ["finding", "missing", "corrected"] {
        let shown = cells(page, "findings").await.remove(0);
        let shown = shown
            .iter()
            .filter(|row| row[0] == kind)
            .map(|row| row[2].parse::<i64>().unwrap());
        assert_eq!(shown.sum::<i64>(), of(kind), "{kind}");
    }
    let lag = cells(page, "lag").await.remove(0);
    let lag: i64 = lag
        .iter()
        .map(|row| row.last().unwrap().parse::<i64>().unwrap())
        .sum();
    assert_eq!(lag, of("lag"));
}

async fn a_figure_leads_to_its_facts(page: &Page) {
    page.open("/arrivals?ledger=jm").await;
    page.follow("#arrivals .explain").await;
    page.until_says("h1", "Who and what is behind").await;
    assert!(!cells(page, "behind").await[0].is_empty());
    page.pass("figures-explain").await;
    // The fact itself, in its journey.
    page.follow("#behind tbody td a").await;
    assert!(
        page.at().await.starts_with("/journeys/"),
        "{}",
        page.at().await
    );
    let fact: String = page.ask("() => location.hash.slice(1)").await;
    assert!(fact.starts_with("event-"), "{fact}");
    assert_eq!(page.count(&format!("[id='{fact}']")).await, 1);
}

/// Every page of figures.
const PAGES: [(&str, &str); 7] = [
    ("today", "/"),
    ("arrivals", "/arrivals"),
    ("flow", "/flow"),
    ("referrals", "/referrals"),
    ("follow-ups", "/follow-ups"),
    ("outcomes", "/outcomes"),
    ("quality", "/quality"),
];

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn pages_say_what_the_api_says() {
    let Some(browser) = Browser::start().await else {
        return;
    };
    let (house, key) = house().await;
    let page = signed_in(&browser, &house, &key).await;
    journeys_are_those_of_the_api(&page, &house, &key).await;
    follow_ups_and_quality_are_those_of_the_api(&page, &house, &key).await;
    a_figure_leads_to_its_facts(&page).await;
    referrals_are_those_of_the_api(&page, &house, &key).await;
    for (name, path) in PAGES {
        let more = if path == "/quality" {
            "?ledger=jm"
        } else {
            "?ledger=jm&day=2026-06-30"
        };
        assert_eq!(page.open(&format!("{path}{more}")).await, 200);
        assert!(
            page.bytes() < FIRST_VIEW_BYTES_MAX,
            "{name}: {} bytes",
            page.bytes()
        );
        page.pass(&format!("figures-{name}")).await;
        // Nobody fits: every panel says so, and none says zero.
        let empty = format!("{path}?ledger=jm&site=nowhere&return_type=extradited&day=1990-01-01");
        assert_eq!(page.open(&empty).await, 200);
        page.pass(&format!("figures-{name}-empty")).await;
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn clocks_languages_and_the_log_move_a_page() {
    let Some(browser) = Browser::start().await else {
        return;
    };
    let house = House::start(&["jm"]).await;
    let key = house.key("operator", &[]);
    let (status, _) = house.publish(&key, &[received(id(), "2026-01-10")]).await;
    assert_eq!(status, 201);
    let page = signed_in(&browser, &house, &key).await;
    page.until_says("#arrivals h2", "One person arrived").await;

    // What is published appears without being asked for.
    let (status, _) = house.publish(&key, &[received(id(), "2026-01-11")]).await;
    assert_eq!(status, 201);
    page.until_says("#arrivals h2", "2 journeys").await;

    // As it was known before that.
    page.fill("#frame-known", "jm:1").await;
    page.press("form.frame button").await;
    page.until_says("#arrivals h2", "One person arrived").await;
    assert!(
        page.at().await.contains("known=jm%3A1"),
        "{}",
        page.at().await
    );
    page.until_says("#arrivals .foot", "as asked").await;
    // A position that there is not is refused in its panel, and the page stands.
    page.fill("#frame-known", "jm:999").await;
    page.press("form.frame button").await;
    page.until_says("#arrivals .refused", "Cannot be answered")
        .await;

    // A day on which nothing had happened.
    page.open("/flow?ledger=jm&day=2026-01-10").await;
    page.until_says("#flow .subtitle", "10 January 2026").await;
    assert_eq!(cells(&page, "flow").await[0][0][1], "1");
    page.open("/flow?ledger=jm&day=2026-01-09").await;
    page.until_says("#flow .empty", "nobody fits").await;

    // What a panel does not tell apart, it says.
    page.open("/arrivals?ledger=jm&agency=pica").await;
    page.until_says("#arrivals .note", "Not narrowed by: Agency")
        .await;

    page.open("/arrivals?ledger=jm").await;
    for (code, heading, number) in [
        ("es", "Llegadas", "2 trayectorias"),
        ("fr", "Arrivées", "2 parcours"),
        ("pt", "Chegadas", "2 trajetórias"),
        ("ht", "Arive yo", "2 pakou"),
        ("en", "Arrivals", "2 journeys"),
    ] {
        page.follow(&format!(".languages a[lang={code}]")).await;
        page.until_says("h1", heading).await;
        page.until_says("#arrivals h2", number).await;
        assert_eq!(page.attribute("html", "lang").await.as_deref(), Some(code));
        assert_eq!(page.at().await, "/arrivals?ledger=jm");
    }

    // Without script everything but updating works.
    page.without_script(true).await;
    page.open("/arrivals?ledger=jm").await;
    page.until_says("#arrivals h2", "2 journeys").await;
    page.follow(".places a[href^='/flow']").await;
    page.until_says("h1", "Journey flow").await;
    page.without_script(false).await;

    // The tables stand on paper, where nobody can open them.
    page.open("/arrivals?ledger=jm").await;
    page.look(Look::Print).await;
    page.until_says("#arrivals table", "January 2026").await;
    page.look(Look::Light).await;

    // Who has signed out sees nothing, and a reader of another ledger sees nothing of this one.
    page.press(".leave button").await;
    page.until_says("h2", "Sign in").await;
    page.open("/arrivals").await;
    assert!(page.at().await.starts_with("/sign-in"));
    page.fill("#key", "hw_nobody_0123456789abcdef0123456789abcdef")
        .await;
    page.press("form.sign-in button").await;
    page.until_says("#refused", "does not work").await;
    let blind = house.key("publisher", &[]);
    page.fill("#key", &blind).await;
    page.press("form.sign-in button").await;
    page.until_says("#refused", "allows publishing").await;
}

//! The command line answers what pages show: each panel beside `homeward replay`, which folds the log by
//! itself and asks no server.

use homeward_e2e::house::House;
use serde_json::Value;

use super::figures::{DAY, asked, cells, house, members, said, signed_in};
use super::returns::alike;
use super::{Browser, Page};

/// The last column of a table, whichever it is.
const LAST: usize = usize::MAX;

/// A panel whose table is a list of an answer.
struct Beside {
    page: &'static str,
    panel: &'static str,
    table: usize,
    columns: &'static [usize],
    /// What `replay` is asked, besides ledger and day.
    line: &'static str,
    /// The list in the answer; the answer itself where this is empty.
    list: &'static str,
    /// Members of each of the list, by pointer, for the columns.
    members: &'static [&'static str],
    /// What only some of the list have: a member and its value.
    only: Option<(&'static str, &'static str)>,
}

const fn beside(
    (page, panel, table): (&'static str, &'static str, usize),
    columns: &'static [usize],
    (line, list): (&'static str, &'static str),
    members: &'static [&'static str],
) -> Beside {
    Beside {
        page,
        panel,
        table,
        columns,
        line,
        list,
        members,
        only: None,
    }
}

const PANELS: &[Beside] = &[
    beside(
        ("/arrivals", "arrivals", 0),
        &[0, LAST],
        ("caseload --by month", "/groups"),
        &["/values/0", "/journeys"],
    ),
    beside(
        ("/flow", "flow", 0),
        &[0, 1, 3, 4],
        ("steps", "/stages"),
        &["/step", "/reached", "/took", "/waiting"],
    ),
    beside(
        ("/flow", "times", 0),
        &[0, 1, 2, 3, 4],
        ("steps", "/times"),
        &["/step", "/taken", "/left", "/waiting", "/median_days"],
    ),
    beside(
        ("/referrals", "funnel", 0),
        &[0, 1, 2, 3],
        ("referrals --by state", "/groups"),
        &["/values/0", "/referrals", "/open", "/overdue"],
    ),
    Beside {
        only: Some(("/step", "answer")),
        ..beside(
            ("/referrals", "clocks", 0),
            &[0, 1, 2, 3, 4, 5, 6, 7, 8],
            (
                "referral-turnaround --by to --only priority=normal",
                "/lines",
            ),
            &[
                "/values/0",
                "/referrals",
                "/taken",
                "/running",
                "/left",
                "/median_hours",
                "/p90_hours",
                "/in_time",
                "/late",
            ],
        )
    },
    beside(
        ("/referrals", "providers", 0),
        &[0, 1, 2, 3, 4, 5, 6, 7],
        ("referral-providers --by to", "/lines"),
        &[
            "/values/0",
            "/referrals",
            "/accepted",
            "/declined",
            "/undecided",
            "/unanswered",
            "/left",
            "/share",
        ],
    ),
    beside(
        ("/referrals", "reasons", 0),
        &[0, 1, 2, 3],
        ("referral-reasons", "/lines"),
        &["/reason", "/kind", "/group", "/referrals"],
    ),
    beside(
        ("/follow-ups", "adherence", 0),
        &[0, 1, 2, 3, 4, 5, 6, 7],
        ("follow-ups --by wave", "/groups"),
        &[
            "/values/0",
            "/standing/completed",
            "/standing/overdue",
            "/standing/due",
            "/standing/upcoming",
            "/standing/cancelled",
            "/standing/lapsed",
            "/standing/missed",
        ],
    ),
    beside(
        ("/outcomes", "scores", 0),
        &[0, 1, 2, 3, 4, 5, 6, 7, 8],
        ("outcomes", "/changes"),
        &[
            "/dimension",
            "/wave_to",
            "/paired",
            "/mean_from",
            "/mean_to",
            "/mean_change",
            "/expected",
            "/missing",
            "/not_yet",
        ],
    ),
    beside(
        ("/outcomes", "scores", 1),
        &[0, 1, 2, 4, 5, 6],
        ("outcomes", "/responses"),
        &[
            "/wave",
            "/expected",
            "/responded",
            "/missing",
            "/not_observed",
            "/not_yet",
        ],
    ),
    beside(
        ("/outcomes", "life", 0),
        &[0, 1, 2, 3, 5, 6],
        ("outcomes", "/spells"),
        &[
            "/area",
            "/months",
            "/observed",
            "/in_spell",
            "/not_observed",
            "/not_yet",
        ],
    ),
    beside(
        ("/manifests", "list", 0),
        &[1, 4, 5, 6, 7, 8, 9, 10],
        ("manifests", ""),
        &[
            "/ledger",
            "/announced",
            "/expected",
            "/untold",
            "/arrived",
            "/not_arrived",
            "/cancelled",
            "/unannounced",
        ],
    ),
    beside(
        ("/journeys", "list", 0),
        &[0, 1, 2, 3, 4, 5, 6, 7, 8, 9],
        ("journeys", ""),
        &[
            "/journey",
            "/stage",
            "/arrival",
            "/last_day",
            "/return_type",
            "/sex",
            "/age_band",
            "/grounds",
            "/site",
            "/ledger",
        ],
    ),
];

/// What `homeward replay` answers.
fn replayed(house: &House, line: &str) -> Value {
    let asked = format!("--json replay --ledger jm --day {DAY} --model {line}");
    let asked: Vec<&str> = asked.split(' ').collect();
    let output = house.run(&asked);
    let told = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{line}: {told}");
    let answer: Value = serde_json::from_slice(&output.stdout).unwrap();
    answer["answer"].clone()
}

fn list(answer: &Value, pointer: &str) -> Vec<Value> {
    answer.pointer(pointer).unwrap().as_array().unwrap().clone()
}

fn pointed(list: &[Value], pointers: &[&str]) -> Vec<Vec<String>> {
    let member = |of: &Value, pointer: &&str| said(of.pointer(pointer).unwrap_or(&Value::Null));
    let row = |of: &Value| pointers.iter().map(|pointer| member(of, pointer)).collect();
    list.iter().map(row).collect()
}

/// Some columns of a table, in an order that both sides can be put into.
fn sorted(rows: Vec<Vec<String>>) -> Vec<Vec<String>> {
    let mut rows = alike(rows);
    rows.sort();
    rows
}

fn some(table: &[Vec<String>], wanted: &[usize]) -> Vec<Vec<String>> {
    let cell = |row: &Vec<String>, at: usize| row[at.min(row.len() - 1)].clone();
    let row = |row: &Vec<String>| wanted.iter().map(|at| cell(row, *at)).collect();
    table.iter().map(row).collect()
}

/// Panels that are lists of an answer.
async fn lists(page: &Page, house: &House) {
    for panel in PANELS {
        page.open(&format!("{}?ledger=jm&day={DAY}", panel.page))
            .await;
        let what = format!("{}#{}", panel.page, panel.panel);
        let shown = some(&cells(page, panel.panel).await[panel.table], panel.columns);
        let mut told = list(&replayed(house, panel.line), panel.list);
        if let Some((member, value)) = panel.only {
            told.retain(|one| one.pointer(member).is_some_and(|is| is == value));
        }
        // A page shows fifty; which ones, journeys and all stand in one order.
        told.truncate(50);
        let told = pointed(&told, panel.members);
        assert!(!told.is_empty(), "{what} shows nothing to compare");
        assert_eq!(sorted(shown), sorted(told), "{what}");
    }
}

/// Sums that a panel makes of an answer's lines.
async fn sums(page: &Page, house: &House) {
    page.open(&format!("/referrals?ledger=jm&day={DAY}")).await;
    let shown: Vec<String> = some(&cells(page, "ages").await[0], &[1]).concat();
    let lines = list(&replayed(house, "referral-providers --by to"), "/lines");
    let age = |nth: usize| -> i64 {
        let of = lines.iter().map(|line| &line["open_by_age"][nth]);
        of.map(|count| count.as_i64().unwrap()).sum()
    };
    let told: Vec<String> = (0..5).map(|nth| age(nth).to_string()).collect();
    assert_eq!(shown, told);

    page.open("/quality?ledger=jm").await;
    let lines = replayed(house, "quality");
    let count = |kind: &str, subject: &str| -> i64 {
        let lines = lines.as_array().unwrap().iter();
        let of = lines.filter(|line| line["kind"] == kind && line["subject"] == subject);
        of.map(|line| line["count"].as_i64().unwrap()).sum()
    };
    let findings = cells(page, "findings").await.remove(0);
    assert!(findings.len() > 3, "{findings:?}");
    for row in findings {
        assert_eq!(row[2], count(&row[0], &row[1]).to_string(), "{row:?}");
    }
    for row in cells(page, "lag").await.remove(0) {
        assert_eq!(row.last(), Some(&count("lag", &row[0]).to_string()));
    }

    // Due long before the last day: the calendar shows weeks around the day that is asked.
    page.open("/follow-ups?ledger=jm&day=2024-10-01").await;
    let told = house.run(&[
        "--json",
        "replay",
        "--ledger",
        "jm",
        "--day",
        "2024-10-01",
        "--model",
        "follow-ups",
        "--by",
        "due_on",
    ]);
    let told: Value = serde_json::from_slice(&told.stdout).unwrap();
    let days = list(&told, "/answer/groups");
    let shown = cells(page, "calendar").await.remove(0);
    assert!(shown.len() > 10, "{shown:?}");
    for row in shown {
        let day = days.iter().find(|day| day["values"][0] == row[0].as_str());
        let standing = |name: &str| day.unwrap()["standing"][name].as_i64().unwrap();
        let owed = standing("upcoming") + standing("due") + standing("overdue");
        let told = [owed, standing("completed")].map(|count| count.to_string());
        assert_eq!(row[1..], told, "{}", row[0]);
    }
}

/// What becomes of people: curve, outcomes that compete, windows, and each definition beside the others.
async fn returns(page: &Page, house: &House) {
    page.open(&format!("/returns?ledger=jm&day={DAY}")).await;
    let curve = cells(page, "survival").await.remove(0);
    let weeks: Vec<String> = curve.iter().map(|row| format!("--at {}", row[0])).collect();
    let line = format!("recidivism --unit week {}", weeks.join(" "));
    let told = replayed(house, &line);
    let points = [
        "/time",
        "/at_risk",
        "/failed",
        "/survival",
        "/interval/0",
        "/interval/1",
    ];
    assert_eq!(
        alike(some(&curve, &[0, 1, 2, 4, 5, 6])),
        alike(pointed(&list(&told, "/at"), &points))
    );

    let shares = cells(page, "outcomes").await.remove(0);
    let weeks: Vec<String> = shares
        .iter()
        .map(|row| format!("--at {}", row[0]))
        .collect();
    let competing = replayed(
        house,
        &format!("recidivism --unit week {}", weeks.join(" ")),
    );
    let causes = list(&competing, "/causes");
    assert!(causes.len() > 2, "{causes:?}");
    for (nth, cause) in causes.iter().enumerate() {
        let told = pointed(&list(cause, "/at"), &["/share"]);
        assert_eq!(
            alike(some(&shares, &[nth + 1])),
            alike(told),
            "{}",
            cause["cause"]
        );
    }

    let windows = list(&told, "/cohorts");
    for row in cells(page, "windows").await.remove(0) {
        let of = windows
            .iter()
            .filter(|window| window["cohort"] == row[0].as_str());
        let of: Vec<Value> = of.cloned().collect();
        let told = pointed(&of, &["/share/share"]).concat();
        assert_eq!(
            alike(vec![row[1..].to_vec()]),
            alike(vec![told]),
            "{}",
            row[0]
        );
    }

    page.open(&format!("/definitions?ledger=jm&day={DAY}"))
        .await;
    let beside = cells(page, "side-by-side").await.remove(0);
    assert!(beside.len() > 3, "{beside:?}");
    for row in beside {
        let told = replayed(house, &format!("recidivism --definition {}", row[0]));
        assert_eq!(row[1], said(&told["persons"]), "{}", row[0]);
    }
}

/// Places, and how far each read model is.
async fn places_and_health(page: &Page, house: &House, key: &str) {
    page.open(&format!("/map?ledger=jm&day={DAY}")).await;
    let mut shown = Vec::new();
    for panel in ["map-jm", "map-elsewhere"] {
        for table in cells(page, panel).await {
            shown.extend(some(&table, &[1, 2, 3]));
        }
    }
    let line = "five-w --by area --from-month 2023-07 --to-month 2026-06";
    let told = list(&replayed(house, line), "/consolidated");
    let pointers = ["/values/0", "/persons", "/services"];
    assert_eq!(sorted(shown), sorted(pointed(&told, &pointers)));

    page.open("/quality").await;
    let status = house.run(&["--json", "status", "--key", key]);
    let status: Value = serde_json::from_slice(&status.stdout).unwrap();
    let told = members(&status["models"], &["model", "state", "lag_commits"]);
    assert_eq!(some(&cells(page, "models").await[0], &[0, 1, 2]), told);
}

/// What is owed, list by list, and who is behind a list.
async fn worklists(page: &Page, house: &House, key: &str) {
    page.open(&format!("/worklists/overdue?ledger=jm&day={DAY}"))
        .await;
    let owed = replayed(house, "worklist");
    let owed = owed.as_array().unwrap().iter();
    let overdue: Vec<&Value> = owed.filter(|row| row["standing"] == "overdue").collect();
    page.until_says("#list h2", &format!("{} things", overdue.len()))
        .await;
    for row in some(&cells(page, "list").await[0], &[0]) {
        assert!(
            overdue
                .iter()
                .any(|owed| owed["journey"] == row[0].as_str())
        );
    }

    page.open(&format!("/?ledger=jm&day={DAY}")).await;
    let line = [
        "--json",
        "worklists",
        "count",
        "--key",
        key,
        "--ledger",
        "jm",
        "--day",
        DAY,
    ];
    let told = house.run(&line);
    let told: Value = serde_json::from_slice(&told.stdout).unwrap();
    let counts = [
        "/counts/rows",
        "/counts/upcoming",
        "/counts/due",
        "/counts/overdue",
        "/counts/running",
    ];
    let told = pointed(&list(&told, "/worklists"), &counts);
    assert!(told.len() > 5, "{told:?}");
    assert_eq!(some(&cells(page, "owed").await[0], &[1, 2, 3, 4, 5]), told);
}

/// A journey's own page: every fact that the command line tells of it, and no other.
async fn a_journey(page: &Page, house: &House, key: &str) {
    let journeys = asked(house, key, "/v1/journeys?ledger=jm").await;
    let journey = journeys["journeys"][0]["journey"].as_str().unwrap();
    page.open(&format!("/journeys/{journey}")).await;
    let told = replayed(house, &format!("timeline --journey {journey}"));
    let events = pointed(&list(&told, "/entries"), &["/event"]).concat();
    assert!(events.len() > 3, "{told}");
    let shown = "() => [...document.querySelectorAll('.story [id^=event-], .story[id^=event-]')]
        .map(({ id }) => id.slice('event-'.length))";
    let shown: Vec<String> = page.ask(shown).await;
    assert_eq!(shown, events);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_command_line_lists_what_pages_list() {
    let Some(browser) = Browser::start().await else {
        return;
    };
    let (house, key) = house().await;
    let page = signed_in(&browser, &house, &key).await;
    lists(&page, &house).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_command_line_answers_what_pages_show() {
    let Some(browser) = Browser::start().await else {
        return;
    };
    let (house, key) = house().await;
    let page = signed_in(&browser, &house, &key).await;
    sums(&page, &house).await;
    returns(&page, &house).await;
    places_and_health(&page, &house, &key).await;
    a_journey(&page, &house, &key).await;
    worklists(&page, &house, &key).await;
}

//! The whole cohort: every figure of `rossi.expected.json`.
//!
//! R 4.2.2, survival 3.5-3:
//!
//! ```r
//! library(survival)
//! r <- read.csv("rossi.csv")
//! fit <- survfit(Surv(week, arrest) ~ 1, r, conf.type = "log-log")
//! summary(fit, times = c(12, 26, 39, 52))          # survival, standard error, interval, at risk
//! summary(fit, times = c(12, 26, 52))$cumhaz       # Nelson-Aalen
//! summary(survfit(Surv(week, arrest) ~ 1, r), times = 52)             # interval on the log scale
//! quantile(fit, 0.5); print(fit, rmean = 52)       # median, restricted mean
//! for (g in c("fin", "wexp", "mar", "paro", "race")) {
//!   print(summary(survfit(Surv(week, arrest) ~ r[[g]], r), times = 52)$surv)
//!   print(survdiff(Surv(week, arrest) ~ r[[g]], r)$chisq)
//! }
//! survdiff(Surv(week, arrest) ~ fin, r)$exp
//! survdiff(Surv(week, arrest) ~ fin, r, rho = 1)
//! f <- Surv(week, arrest) ~ fin + age + race + wexp + mar + paro + prio
//! m <- coxph(f, r); summary(m); m$loglik; m$concordance
//! coef(coxph(f, r, ties = "breslow"))
//! w <- read.csv("rossi-weekly-employment.csv")
//! weeks <- function(lag) do.call(rbind, lapply(seq_len(nrow(w)), function(i) {
//!   stop <- seq(1 + lag, length.out = w$week[i] - lag)
//!   if (length(stop) == 0) return(NULL)
//!   data.frame(start = stop - 1, stop = stop, arrest = stop == w$week[i] & w$arrest[i] == 1,
//!     w[i, c("fin", "age", "race", "wexp", "mar", "paro", "prio")], row.names = NULL,
//!     emp = unlist(w[i, paste0("emp", stop - lag)], use.names = FALSE))
//! }))
//! for (lag in 0:1) print(coxph(update(f, Surv(start, stop, arrest) ~ . + emp), weeks(lag)))
//! ```

use homeward_projections::measure::compare::{fleming_harrington, log_rank};
use homeward_projections::measure::cox::{self, Ties};
use homeward_projections::measure::survival::{Interval, RiskTable};

use crate::cohort::{Line, lines, people, tables};
use crate::figures::Figures;

const TOLERANCE: f64 = 1e-6;
/// For figures given with four decimals.
const FOUR_DECIMALS: f64 = 5.1e-5;

const COVARIATES: [&str; 7] = ["fin", "age", "race", "wexp", "mar", "paro", "prio"];

#[test]
fn every_figure_of_the_cohort_is_the_one_of_r() {
    let mut figures = Figures::document("rossi.expected.json");
    curve(&mut figures);
    groups(&mut figures);
    models(&mut figures);
    employment(&mut figures);
    figures.done();
}

fn curve(figures: &mut Figures) {
    let table = RiskTable::from_exits(people().iter().map(super::cohort::Person::whole));
    let curve = table.kaplan_meier();
    let mut meet = |name: &str, found: f64| figures.meet(name, found, TOLERANCE);
    meet("/rossi/n", real(table.persons()));
    meet("/rossi/events", real(table.events()));
    for time in [12, 26, 39, 52] {
        let point = curve.at(time);
        let (lower, upper) = curve.interval(time, Interval::LogLog, 0.95).expect("some");
        meet(&format!("/rossi/km_overall/{time}"), point.survival);
        meet(
            &format!("/rossi/km_se_greenwood/{time}"),
            point.standard_error,
        );
        meet(&format!("/rossi/km_ci95_loglog/{time}/0"), lower);
        meet(&format!("/rossi/km_ci95_loglog/{time}/1"), upper);
        meet(&format!("/rossi/at_risk/{time}"), real(point.at_risk));
        if time != 39 {
            let name = format!("/rossi/nelson_aalen/{time}");
            meet(&name, point.cumulative_hazard);
        }
    }
    let (lower, upper) = curve.interval(52, Interval::Log, 0.95).expect("some");
    meet("/rossi/km_ci95_log_52/0", lower);
    meet("/rossi/km_ci95_log_52/1", upper);
    let mean = curve.restricted_mean(52);
    meet("/rossi/rmst_52", mean.mean);
    meet("/rossi/rmst_52_se", mean.standard_error);
    let median = curve.median(Interval::LogLog, 0.95).time;
    figures.meet("/rossi/median", median, TOLERANCE);
}

fn groups(figures: &mut Figures) {
    let people = people();
    for column in ["fin", "wexp", "mar", "paro", "race"] {
        let tables = tables(&people, super::cohort::Person::whole, |p| p.get(column));
        for (value, table) in tables.iter().enumerate() {
            let survival = table.kaplan_meier().at(52).survival;
            let name = format!("/rossi/groups_S52/{column}{value}");
            figures.meet(&name, survival, TOLERANCE);
        }
        let test = log_rank(&tables).expect("two groups");
        assert_eq!(test.degrees, 1);
        let name = format!("/rossi/logrank_chi2/{column}");
        figures.meet(&format!("{name}/0"), test.chi2, TOLERANCE);
        figures.meet(&format!("{name}/1"), test.p, TOLERANCE);
    }
    let tables = tables(&people, super::cohort::Person::whole, |p| p.get("fin"));
    let test = log_rank(&tables).expect("two groups");
    for (value, group) in test.groups.iter().enumerate() {
        let name = format!("/rossi/logrank_expected_fin/fin{value}");
        figures.meet(&name, group.expected, FOUR_DECIMALS);
    }
    let test = fleming_harrington(&[&tables], 1).expect("two groups");
    let name = "/rossi/peto_fleming_rho1_fin";
    figures.meet(&format!("{name}/0"), test.chi2, FOUR_DECIMALS);
    figures.meet(&format!("{name}/1"), test.p, FOUR_DECIMALS / 10.0);
}

fn models(figures: &mut Figures) {
    let people = people();
    let rows: Vec<cox::Row> = people.iter().map(|p| p.whole_row(&COVARIATES)).collect();
    let efron = cox::fit(&rows, Ties::Efron).expect("a maximum");
    let breslow = cox::fit(&rows, Ties::Breslow).expect("a maximum");
    let mut meet = |name: &str, found: f64| figures.meet(name, found, TOLERANCE);
    for (place, name) in COVARIATES.iter().enumerate() {
        let coefficient = efron.coefficients[place];
        meet(&format!("/rossi/cox_efron/{name}/0"), coefficient.value);
        let error = coefficient.standard_error;
        meet(&format!("/rossi/cox_efron/{name}/1"), error);
        let value = breslow.coefficients[place].value;
        meet(&format!("/rossi/cox_breslow/{name}"), value);
    }
    meet("/rossi/cox_efron_loglik/0", efron.log_likelihood_null);
    meet("/rossi/cox_efron_loglik/1", efron.log_likelihood);
    let concordance = efron.concordance.index().expect("pairs");
    meet("/rossi/concordance", concordance);
}

/// Everybody's weeks at risk, each with the employment of `lag` weeks before.
fn weeks(lag: i64) -> Vec<cox::Row> {
    let flag = |line: &Line, column: &str, value: &str| i64::from(line[column] == value);
    let number = |line: &Line, column: &str| line[column].parse::<i64>().expect("a number");
    let mut rows = Vec::new();
    for line in lines("rossi-weekly-employment.csv") {
        let last = number(&line, "week");
        for week in 1 + lag..=last {
            let employed = format!("emp{}", week - lag);
            rows.push(cox::Row {
                stratum: 0,
                start: Some(week - 1),
                stop: week,
                event: week == last && line["arrest"] == "1",
                count: 1,
                covariates: vec![
                    flag(&line, "fin", "yes"),
                    number(&line, "age"),
                    flag(&line, "race", "other"),
                    flag(&line, "wexp", "yes"),
                    flag(&line, "mar", "not married"),
                    flag(&line, "paro", "yes"),
                    number(&line, "prio"),
                    flag(&line, &employed, "yes"),
                ],
            });
        }
    }
    rows
}

fn employment(figures: &mut Figures) {
    let rows = weeks(0);
    let count = real(u64::try_from(rows.len()).expect("few"));
    let fit = cox::fit(&rows, Ties::Efron).expect("a maximum");
    let name = "/rossi/cox_time_varying_employment_current_week";
    let mut meet = |field: &str, found: f64| {
        figures.meet(&format!("{name}/{field}"), found, TOLERANCE);
    };
    meet("rows", count);
    meet("finyes", fit.coefficients[0].value);
    meet("age", fit.coefficients[1].value);
    meet("prio", fit.coefficients[6].value);
    meet("empyes", fit.coefficients[7].value);
    meet("empyes_se", fit.coefficients[7].standard_error);
    // R: 30133 concordant, 12421 discordant, 28 tied; log-likelihood -641.054951969.
    assert_eq!(
        (
            fit.concordance.concordant,
            fit.concordance.discordant,
            fit.concordance.tied
        ),
        (30_133, 12_421, 28)
    );
    assert!((fit.log_likelihood + 641.054_951_969).abs() < TOLERANCE);

    let fit = cox::fit(&weeks(1), Ties::Efron).expect("a maximum");
    let name = "/rossi/cox_time_varying_employment_lag1";
    let employed = fit.coefficients[7];
    figures.meet(&format!("{name}/empyes"), employed.value, TOLERANCE);
    let error = employed.standard_error;
    figures.meet(&format!("{name}/empyes_se"), error, TOLERANCE);
}

fn real(count: u64) -> f64 {
    f64::from(u32::try_from(count).expect("few"))
}

//! The Rossi release cohort as curves, estimated here in the plainest way so that the pictures show
//! real steps: 432 people, 114 arrested within 52 weeks.

use homeward_dashboard::chart::{Curve, Step};

const COHORT: &str = include_str!("../../../cli/data/rossi/rossi.csv");

/// (week, arrested, financial aid) of each person.
pub(crate) fn people() -> Vec<(u32, bool, bool)> {
    let person = |line: &str| {
        let mut cells = line
            .split(',')
            .map(|cell| cell.trim().parse::<u32>().unwrap());
        (
            cells.next().unwrap(),
            cells.next().unwrap() == 1,
            cells.next().unwrap() == 1,
        )
    };
    COHORT.lines().skip(1).map(person).collect()
}

/// Kaplan-Meier with log-log intervals.
pub(crate) fn curve<'a>(label: &'a str, people: &[(u32, bool, bool)]) -> Curve<'a> {
    let (mut survival, mut greenwood, mut steps) = (1.0_f64, 0.0_f64, Vec::new());
    for week in 1..=52 {
        let at_risk = f64::from(
            u32::try_from(people.iter().filter(|person| person.0 >= week).count()).unwrap(),
        );
        let events = people
            .iter()
            .filter(|person| person.0 == week && person.1)
            .count();
        let events = f64::from(u32::try_from(events).unwrap());
        if events == 0.0 {
            continue;
        }
        survival *= 1.0 - events / at_risk;
        greenwood += events / (at_risk * (at_risk - events));
        let spread = 1.959_964 * greenwood.sqrt() / survival.ln().abs();
        let band = (survival.powf(spread.exp()), survival.powf((-spread).exp()));
        steps.push(Step {
            at: f64::from(week),
            value: survival,
            band: Some(band),
        });
    }
    let censored = people.iter().filter(|person| !person.1 && person.0 < 52);
    Curve {
        label,
        start: 1.0,
        steps,
        censored: censored.map(|person| f64::from(person.0)).collect(),
        until: 52.0,
        withheld: None,
    }
}

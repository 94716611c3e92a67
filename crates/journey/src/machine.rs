//! The referral machine as a table in Markdown, for the README: every state with every event.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use crate::finding::Rule;
use crate::referral::{Move, State};

/// Stands before the table in the README.
pub const BEGIN: &str = "<!-- referral machine: generated -->\n";
/// Stands after it.
pub const END: &str = "<!-- referral machine: end -->\n";

/// The machine: a row for each state with whose turn it is and which clock runs, where each event
/// leads, and by which code each other event is refused. Every event of the family stands once in
/// every row.
pub fn table() -> String {
    let mut text = String::from(
        "| state | whose turn | clock | `referral.` events and where they lead | refused, by code |\n\
         |---|---|---|---|---|\n",
    );
    let unsent = Move::ALL.iter().map(|step| step.as_str());
    let unsent = grouped([(Rule::ReferralUnknown, unsent.collect())].into());
    row(&mut text, ("(none)", "sender", ""), "sent → sent", &unsent);
    for state in State::ALL {
        let (whose, clock) = state
            .pending()
            .map_or(("nobody: ended", ""), |(owner, clock)| {
                (owner.as_str(), clock.as_str())
            });
        let mut leads = Vec::new();
        let mut refused = BTreeMap::from([(Rule::ReferralTwice, vec!["sent"])]);
        for step in Move::ALL {
            match state.after(*step) {
                Ok(next) if next == *state => leads.push(format!("{} → stays", step.as_str())),
                Ok(next) => leads.push(format!("{} → {}", step.as_str(), next.as_str())),
                Err(rule) => refused.entry(rule).or_default().push(step.as_str()),
            }
        }
        let head = (state.as_str(), whose, clock);
        row(&mut text, head, &leads.join(", "), &grouped(refused));
    }
    text
}

fn grouped(refused: BTreeMap<Rule, Vec<&str>>) -> String {
    let group = |(rule, steps): (Rule, Vec<&str>)| format!("`{rule}`: {}", steps.join(", "));
    let groups: Vec<String> = refused.into_iter().map(group).collect();
    groups.join("; ")
}

fn row(text: &mut String, (state, whose, clock): (&str, &str, &str), leads: &str, refused: &str) {
    // Writing to a text cannot fail.
    writeln!(
        text,
        "| {state} | {whose} | {clock} | {leads} | {refused} |"
    )
    .unwrap_or_default();
}

/// A document with the table between its markers written anew; `None` where it has no markers.
pub fn written_into(document: &str) -> Option<String> {
    let (before, rest) = document.split_once(BEGIN)?;
    let (_, after) = rest.split_once(END)?;
    Some(format!("{before}{BEGIN}\n{}\n{END}{after}", table()))
}

//! Given-when-then rows: a small language for rules.
//!
//! ```text
//! day 0 received | day 3 assessed | s: day 5 referral-sent r | then refused consent-missing
//! ```
//!
//! - Steps stand between `|`. All but the last are in the log; the last is proposed. Facts of one
//!   step are joined by `&` and noted down together.
//! - A fact is `[label:] when what [key] [option:value]...`; *what* is a word of [`words`].
//! - Any fact may say who tells it: `agency:`, `actor:`, `as-role:`.
//! - *When* is `day N`, `day N HH:MM` (an instant, five hours behind UTC), `month N` or `year N`,
//!   counted from day 0, which is 1 January 2026.
//! - Facts are recorded one minute after the other, as they stand; `@N` says another minute.
//! - After `then` stand expectations: first what is decided (`accepted`, `refused rule ...`,
//!   `nothing-new`), then what the journey says with the proposal in it. Every finding must be
//!   expected: those that are refused, and `finding label rule`.
//!
//! Strict: an unknown word or a word too many fails the row.

mod cases;
mod support;
mod words;

use std::collections::{BTreeMap, BTreeSet};

use homeward_events::Event;
use homeward_events::id::{
    AgencyId, CaseId, ConsentId, EventId, JourneyId, ReferralId, ScheduleKey,
};
use homeward_events::time::{OccurredOn, RecordedAt, add_days, days_between};
use homeward_journey::{Decision, Journey, Rule, decide};
use jiff::civil::{Date, date};
use uuid::Uuid;

/// Day 0.
const DAY_0: Date = date(2026, 1, 1);

/// The words of one fact or expectation, read one by one.
pub(crate) struct Words<'r> {
    row: &'r str,
    plain: std::collections::VecDeque<&'r str>,
    options: BTreeMap<&'r str, &'r str>,
}

impl<'r> Words<'r> {
    fn of(row: &'r str, text: &'r str) -> Self {
        let mut words = Self {
            row,
            plain: [].into(),
            options: BTreeMap::new(),
        };
        for word in text.split_whitespace() {
            // `09:00` is a time.
            match word
                .split_once(':')
                .filter(|(name, _)| name.parse::<i8>().is_err())
            {
                Some((name, value)) => {
                    let twice = words.options.insert(name, value);
                    assert!(twice.is_none(), "option `{name}` stands twice in `{row}`");
                }
                None => words.plain.push_back(word),
            }
        }
        words
    }

    fn next(&mut self, what: &str) -> &'r str {
        let row = self.row;
        self.plain
            .pop_front()
            .unwrap_or_else(|| panic!("expected {what} in `{row}`"))
    }

    fn number(&mut self, what: &str) -> i32 {
        let (row, word) = (self.row, self.next(what));
        word.parse()
            .unwrap_or_else(|_| panic!("expected {what}, found `{word}` in `{row}`"))
    }

    fn option(&mut self, name: &str) -> Option<&'r str> {
        self.options.remove(name)
    }

    /// A list such as `needs,health`; `default` when it is not given.
    fn list(&mut self, name: &str, default: &[&'r str]) -> Vec<&'r str> {
        self.option(name)
            .map_or_else(|| default.to_vec(), |list| list.split(',').collect())
    }

    fn day(&mut self, name: &str) -> Option<Date> {
        let row = self.row;
        let number = |text: &str| {
            text.parse()
                .unwrap_or_else(|_| panic!("`{name}` in `{row}`"))
        };
        self.option(name).map(|text| add_days(DAY_0, number(text)))
    }

    fn when(&mut self) -> OccurredOn {
        match self.next("`day`, `month` or `year`") {
            "day" => {
                let day = add_days(DAY_0, self.number("a day"));
                match self.plain.front().filter(|word| word.contains(':')) {
                    None => day.into(),
                    Some(time) => {
                        let instant = format!("{day}T{time}:00-05:00").parse().unwrap();
                        self.plain.pop_front();
                        instant
                    }
                }
            }
            "month" => {
                let months = self.number("a month");
                let year = i16::try_from(2026 + months.div_euclid(12)).unwrap();
                OccurredOn::Month(year, i8::try_from(months.rem_euclid(12) + 1).unwrap())
            }
            "year" => OccurredOn::Year(i16::try_from(2026 + self.number("a year")).unwrap()),
            word => panic!(
                "expected `day`, `month` or `year`, found `{word}` in `{}`",
                self.row
            ),
        }
    }

    fn end(self) {
        let Self {
            row,
            plain,
            options,
        } = self;
        assert!(plain.is_empty(), "words too many in `{row}`: {plain:?}");
        assert!(
            options.is_empty(),
            "options too many in `{row}`: {options:?}"
        );
    }
}

/// A uuid that is its key's text, so that rows and failures read alike.
pub(crate) fn uuid(key: &str) -> Uuid {
    assert!(key.len() <= 16, "key `{key}` is longer than 16 letters");
    let mut bytes = [0; 16];
    bytes[..key.len()].copy_from_slice(key.as_bytes());
    Uuid::from_bytes(bytes)
}

fn event_id(label: &str) -> EventId {
    EventId::from_uuid(uuid(label))
}

/// The journey of every row; its key is `this`.
pub(crate) fn this() -> JourneyId {
    JourneyId::from_uuid(uuid("this"))
}

/// One fact of a row: recorded in this minute, and called so where it has no label.
pub(crate) fn fact(row: &str, text: &str, minute: usize, nth: usize) -> Event {
    let (label, text) = match text.trim().split_once(": ") {
        Some((label, text)) => (label.to_owned(), text),
        None => (format!("fact-{nth:02}"), text.trim()),
    };
    let (text, minute) = match text.split_once('@') {
        Some((text, minute)) => (text, minute.trim().parse().unwrap()),
        None => (text, minute),
    };
    let mut words = Words::of(row, text);
    let occurred = words.when();
    let body = words::body(&mut words);
    let agency = words.option("agency").unwrap_or("welfare");
    let role = words.option("as-role").map(|role| role.parse().unwrap());
    let actor = words.option("actor").map(|actor| actor.parse().unwrap());
    words.end();
    let recorded = format!("2027-01-01T{:02}:{:02}:00Z", minute / 60, minute % 60);
    Event {
        id: event_id(&label),
        ledger: "jm".parse().unwrap(),
        journey: this(),
        source: "rows".into(),
        occurred,
        recorded: recorded.parse::<RecordedAt>().unwrap(),
        agency: agency.parse().unwrap(),
        actor,
        role,
        causation: None,
        correlation: None,
        sequence: None,
        body,
    }
}

/// The rules by which a row expects to be refused.
pub(crate) fn refused_rules(row: &str) -> Vec<&str> {
    let expected = row
        .split_once("| then ")
        .map_or("", |(_, expected)| expected);
    let decided = expected.split('|').next().unwrap_or_default();
    decided
        .trim()
        .strip_prefix("refused ")
        .map_or(Vec::new(), |r| r.split_whitespace().collect())
}

fn rule(row: &str, code: &str) -> Rule {
    let known = Rule::ALL.iter().find(|rule| rule.code() == code);
    *known.unwrap_or_else(|| panic!("no rule `{code}` in `{row}`"))
}

/// Checks one row, at the border and in the log.
pub(crate) fn check(row: &str) {
    check_of(this(), row);
}

/// As [`check`], for another journey than `this`.
pub(crate) fn check_of(id: JourneyId, row: &str) {
    let (given, then) = row
        .split_once("| then ")
        .unwrap_or_else(|| panic!("no `| then` in `{row}`"));
    let mut steps: Vec<Vec<Event>> = Vec::new();
    let mut nth = 0;
    for (minute, step) in given.split('|').enumerate() {
        let facts = step.split('&').map(|text| {
            nth += 1;
            fact(row, text, minute, nth)
        });
        steps.push(facts.collect());
    }
    let proposed = steps.pop().unwrap();
    let known = steps.concat();

    let mut expectations = then.split('|');
    let decided = expectations.next().unwrap_or_default();
    let mut findings = check_decision(id, row, decided, &known, &proposed);

    let mut joined = known.clone();
    joined.extend(proposed.iter().cloned());
    let journey = Journey::from_facts(id, &joined);
    let backwards = Journey::from_facts(id, joined.iter().rev().chain(&joined));
    assert_eq!(journey, backwards, "order of arrival matters in `{row}`");
    for expectation in expectations {
        let mut words = Words::of(row, expectation);
        if let Some(finding) = expect(&journey, &mut words) {
            findings.insert(finding);
        }
        words.end();
    }
    let found: BTreeSet<(EventId, Rule)> = journey
        .findings
        .iter()
        .map(|finding| (finding.event, finding.rule))
        .collect();
    assert_eq!(
        found, findings,
        "findings of `{row}`: {:#?}",
        journey.findings
    );
}

/// Checks what is decided on a proposal, and gives the findings that the log would hold with it.
fn check_decision(
    id: JourneyId,
    row: &str,
    expected: &str,
    known: &[Event],
    proposed: &[Event],
) -> BTreeSet<(EventId, Rule)> {
    let decision = decide(id, known, proposed);
    let mut words = Words::of(row, expected);
    let mut findings = BTreeSet::new();
    match (words.next("what is decided"), &decision) {
        ("accepted", Decision::Append(new)) => {
            assert_eq!(new.len(), proposed.len(), "`{row}`: {decision:?}");
        }
        ("nothing-new", Decision::NothingNew) => {}
        ("refused", Decision::Refuse(refusals)) => {
            let mut rules = BTreeSet::new();
            while !words.plain.is_empty() {
                rules.insert(rule(row, words.next("a rule")));
            }
            let refused = refusals.iter().map(|refusal| refusal.rule).collect();
            assert_eq!(rules, refused, "`{row}`: {decision:#?}");
            for refusal in refusals {
                assert_eq!(proposed[refusal.index].id, refusal.event, "`{row}`");
                assert!(!refusal.detail.is_empty(), "`{row}`: no detail");
            }
            findings.extend(refusals.iter().map(|refusal| (refusal.event, refusal.rule)));
        }
        (_, _) => panic!("`{row}` decided: {decision:#?}"),
    }
    words.end();
    findings
}

/// Checks one expectation of the journey; a finding is given back, to be compared with all.
fn expect(journey: &Journey<'_>, words: &mut Words<'_>) -> Option<(EventId, Rule)> {
    let row = words.row;
    match words.next("an expectation") {
        "finding" => {
            let event = event_id(words.next("a label"));
            return Some((event, rule(row, words.next("a rule"))));
        }
        "stage" => assert_eq!(journey.stage.as_str(), words.next("a stage"), "`{row}`"),
        "origin" => {
            let origin = journey.origin.map(|origin| origin.event);
            let expected = words.next("a label or `none`");
            assert_eq!(
                origin,
                Some(expected).filter(|l| *l != "none").map(event_id),
                "`{row}`"
            );
        }
        "struck" => {
            let struck = event_id(words.next("a label"));
            assert!(
                journey.struck.iter().any(|(event, _)| event.id == struck),
                "`{row}`"
            );
        }
        "stands" => {
            let stands = event_id(words.next("a label"));
            assert!(
                journey.facts.iter().any(|event| event.id == stands),
                "`{row}`"
            );
        }
        "told" => {
            let mut labels = Vec::new();
            while !words.plain.is_empty() {
                labels.push(event_id(words.next("a label")));
            }
            let told: Vec<_> = journey.facts.iter().map(|event| event.id).collect();
            assert_eq!(told, labels, "`{row}`");
        }
        "closed" => {
            let reason = journey.closure.map(|closure| closure.reason.as_str());
            assert_eq!(reason, Some(words.next("a reason")), "`{row}`");
        }
        "open" => assert!(journey.closure.is_none(), "`{row}`: {:?}", journey.closure),
        "reopenings" => {
            let expected = words.number("a number");
            assert_eq!(
                i64::from(journey.reopenings),
                i64::from(expected),
                "`{row}`"
            );
        }
        "died" => assert_eq!(journey.died(), Some(words.when()), "`{row}`"),
        "alive" => assert_eq!(journey.died(), None, "`{row}`"),
        "last-day" => {
            let expected = add_days(DAY_0, words.number("a day"));
            assert_eq!(journey.last_day, Some(expected), "`{row}`");
        }
        "expected-on" => {
            let expected = add_days(DAY_0, words.number("a day"));
            assert_eq!(
                journey.notice.map(|notice| notice.expected_on),
                Some(expected),
                "`{row}`"
            );
        }
        "referral" => expect_referral(journey, words),
        "plan" => cases::expect_plan(journey, words),
        "plan-due" => cases::expect_day(journey.plan_due_on(), words),
        "transfer" => cases::expect_transfer(journey, words),
        "kept-by" => {
            let keeper = journey.agency.map(AgencyId::as_str);
            assert_eq!(keeper, Some(words.next("an agency")), "`{row}`");
        }
        "confirm" => cases::expect_confirmation(journey, words),
        "relative" => cases::expect_relative(journey, words),
        "attachment" => cases::expect_attachment(journey, words),
        "follow-up" => expect_follow_up(journey, words),
        "case" => expect_case(journey, words),
        word => panic!("unknown expectation `{word}` in `{row}`"),
    }
    None
}

fn expect_referral(journey: &Journey<'_>, words: &mut Words<'_>) {
    let (row, key) = (words.row, words.next("a referral"));
    let id = ReferralId::from_uuid(uuid(key));
    let referral = journey
        .referrals
        .get(&id)
        .unwrap_or_else(|| panic!("no {key} in `{row}`"));
    assert_eq!(referral.state.as_str(), words.next("a state"), "`{row}`");
    if let Some(to) = words.option("to") {
        assert_eq!(referral.to.as_str(), to, "`{row}`");
    }
    if let Some(since) = words.day("since") {
        assert_eq!(referral.since.day(), since, "`{row}`");
    }
    if let Some(gone) = words.option("gone") {
        let consent = referral.consent_gone.and_then(|(_, consent)| consent);
        assert_eq!(consent, Some(ConsentId::from_uuid(uuid(gone))), "`{row}`");
    }
    for (name, found) in [
        ("missed", referral.missed),
        ("in-vain", referral.contacts_failed),
    ] {
        if let Some(expected) = words.option(name) {
            assert_eq!(found.to_string(), expected, "{name} in `{row}`");
        }
    }
    if let Some(place) = words.day("place") {
        assert_eq!(referral.place_on, Some(place), "`{row}`");
    }
    if let Some(until) = words.option("until") {
        let found = referral.consent_until.map(|day| days_between(DAY_0, day));
        let found = found.map_or_else(|| "none".to_owned(), |day| day.to_string());
        assert_eq!(found, until, "until in `{row}`");
    }
    if let Some(earlier) = words.option("follows") {
        let earlier = ReferralId::from_uuid(uuid(earlier));
        assert_eq!(referral.follows, Some(earlier), "`{row}`");
        assert!(
            journey.referrals[&earlier].followed_by.contains(&id),
            "`{row}`"
        );
    }
}

fn expect_follow_up(journey: &Journey<'_>, words: &mut Words<'_>) {
    let (row, key) = (words.row, words.next("a key"));
    let parsed: ScheduleKey = key.parse().unwrap();
    let known = journey.follow_ups.get(&parsed);
    let known = known.unwrap_or_else(|| panic!("no follow-up {key} in `{row}`"));
    assert_eq!(known.state.as_str(), words.next("a state"), "`{row}`");
    if let Some(due) = words.day("due") {
        assert_eq!(known.due_on, due, "`{row}`");
    }
    if let Some(attempts) = words.option("attempts") {
        assert_eq!(known.attempts.to_string(), attempts, "`{row}`");
    }
}

/// `case k convicted:9 quashed:none`: by step, the day or `none`.
fn expect_case(journey: &Journey<'_>, words: &mut Words<'_>) {
    let (row, key) = (words.row, words.next("a case"));
    let id = CaseId::from_uuid(uuid(key));
    let case = journey
        .cases
        .get(&id)
        .unwrap_or_else(|| panic!("no case {key} in `{row}`"));
    let steps = [
        ("convicted", case.convicted),
        ("acquitted", case.acquitted),
        ("quashed", case.quashed),
    ];
    for (name, found) in steps {
        if let Some(expected) = words.option(name) {
            let found = found.map(|on| days_between(DAY_0, on.day()));
            let found = found.map_or_else(|| "none".to_owned(), |day| day.to_string());
            assert_eq!(found, expected, "{name} in `{row}`");
        }
    }
}

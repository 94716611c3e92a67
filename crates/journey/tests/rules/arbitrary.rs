//! Arbitrary facts, of every type and with few ids, so that they meet. Written in the row language:
//! what fails reads as a row.

use std::fmt::Write;

use homeward_events::Event;
use proptest::collection::vec;
use proptest::prelude::*;

use crate::language::fact;

/// Facts of a case at most: enough to meet, few enough to read.
const FACTS_MAX: u8 = 24;

/// Every word of the language. Capitals stand for a key: `C` a consent, `R` a referral, `E` a fact,
/// `J` a journey, `M` a follow-up, `N` a day, and so on.
const WORDS: &[&str] = &[
    "notified on:N",
    "notice-changed on:N",
    "notice-cancelled",
    "received",
    "received",
    "cut-named a",
    "listed a",
    "unlisted a",
    "published",
    "not-arrived",
    "registered",
    "screened",
    "assessed",
    "consent-given C",
    "consent-given C until:N",
    "consent-given C to:clinic data:needs,health",
    "consent-refused",
    "consent-withdrawn C",
    "consent-withdrawn C for:referral",
    "consent-overridden until:N",
    "plan-agreed P",
    "plan-agreed P goals:work,home actor:supervisor",
    "plan-reviewed P",
    "plan-reviewed P work:reached added:home",
    "plan-approved P",
    "plan-approved P as:sent-back",
    "referral-sent R",
    "referral-sent R under:C data:needs",
    "referral-sent R to:shelter data:health",
    "referral-sent R goals:home,work follows:R",
    "referral-received R",
    "referral-accepted R",
    "referral-declined R",
    "referral-rerouted R",
    "referral-rerouted R as:R",
    "referral-waitlisted R",
    "referral-contacted R",
    "referral-contact-failed R",
    "referral-booked R",
    "referral-attended R",
    "referral-missed R",
    "referral-started R",
    "referral-concluded R",
    "referral-concluded R as:partly",
    "referral-concluded R goals:home,work",
    "referral-withdrawn R",
    "referral-consent-withdrawn R",
    "referral-reopened R",
    "delivered D",
    "confirmed D",
    "reversed D",
    "follow-up-scheduled M due:N",
    "follow-up-rescheduled M due:N",
    "follow-up-completed M",
    "follow-up-missed M",
    "follow-up-cancelled M",
    "follow-up-cancelled M reason:journey-closed",
    "housed S",
    "employed S",
    "enrolled S",
    "spell-ended S",
    "arrested K",
    "charged K",
    "convicted K",
    "acquitted K",
    "quashed K",
    "custody-entered S",
    "custody-left S",
    "breached",
    "remigrated",
    "removed-again",
    "moved-away",
    "died",
    "contact-lost",
    "observation-ended",
    "contact-regained",
    "closed",
    "closed reason:safety",
    "reopened",
    "transferred",
    "transfer-proposed T",
    "transfer-proposed T to:clinic",
    "transfer-accepted T agency:shelter",
    "transfer-declined T agency:shelter",
    "transfer-withdrawn T",
    "related J",
    "related J as:child household:h",
    "unrelated J",
    "attached A",
    "attached A bytes:13",
    "detached A",
    "linked J",
    "unlinked J",
    "retracted E",
    "retracted E",
    "replaced E by:E",
    "retracted E agency:police",
    "retracted E agency:police as-role:supervisor",
    "arrested K agency:police",
    "registered agency:shelter",
    "erasure-requested Q",
    "erasure-completed Q",
    "disclosed",
    "disclosed to:clinic for:referral data:needs",
    "glass-broken",
];

/// Fills the capitals of a word with keys, each from a pool of its own.
fn filled(word: &str, picks: &[u8]) -> String {
    let mut picks = picks.iter().copied().cycle();
    let mut pick = |of: u8| picks.next().unwrap_or(0) % of;
    let mut text = String::new();
    for letter in word.chars() {
        match letter {
            'J' => text += ["this", "other", "third"][usize::from(pick(3))],
            'M' => text += ["m3", "m6"][usize::from(pick(2))],
            'E' => write!(text, "e{}", pick(FACTS_MAX)).unwrap(),
            'N' => write!(text, "{}", pick(20)).unwrap(),
            key if key.is_ascii_uppercase() => {
                write!(text, "{}{}", key.to_ascii_lowercase(), pick(2)).unwrap();
            }
            other => text.push(other),
        }
    }
    text
}

/// When, as precisely as it may be.
pub(crate) fn when() -> impl Strategy<Value = String> {
    prop_oneof![
        6 => (0..20).prop_map(|day| format!("day {day}")),
        3 => (0..20, 0..24).prop_map(|(day, hour)| format!("day {day} {hour:02}:00")),
        1 => (-1..2).prop_map(|month| format!("month {month}")),
        1 => Just("year 0".to_owned()),
    ]
}

/// What happened, with keys, as a row says it: a word of those from `first` on, so that a case can
/// dwell on one family and its neighbours.
fn word_from(first: usize, of: usize) -> impl Strategy<Value = String> {
    (0..of, vec(any::<u8>(), 4)).prop_map(move |(nth, picks)| {
        let word = WORDS[(first + nth) % WORDS.len()];
        filled(word, &picks)
    })
}

/// What happened, of any kind.
pub(crate) fn word() -> impl Strategy<Value = String> {
    word_from(0, WORDS.len())
}

/// What happened, mostly of a few kinds.
pub(crate) fn words(most: usize) -> impl Strategy<Value = Vec<String>> {
    (0..WORDS.len()).prop_flat_map(move |first| {
        vec(prop_oneof![1 => word(), 4 => word_from(first, 20)], 0..most)
    })
}

/// The texts of facts, each with a label that others may name, now and then the same.
fn texts() -> impl Strategy<Value = Vec<(String, u8)>> {
    words(usize::from(FACTS_MAX)).prop_flat_map(|words| {
        let one = |word| {
            (0..FACTS_MAX, when(), 0..40_u8)
                .prop_map(move |(label, when, minute)| (format!("e{label}: {when} {word}"), minute))
        };
        words.into_iter().map(one).collect::<Vec<_>>()
    })
}

/// Any facts of one journey.
pub(crate) fn facts() -> impl Strategy<Value = Vec<Event>> {
    texts().prop_map(|texts| {
        texts
            .iter()
            .map(|(text, minute)| fact(text, text, usize::from(*minute), 0))
            .collect()
    })
}

//! The frame: what every page can be narrowed to, the two clocks, and whether small numbers are withheld.
//! It stands in the address, so that a
//! page can be sent to somebody, kept, and asked again.

use std::collections::BTreeSet;

/// A condition of the frame.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Condition {
    /// As the API spells it.
    pub name: &'static str,
    /// How it is chosen.
    pub by: Choice,
    /// Whether it stands in sight, or among what is opened when it is needed.
    pub in_sight: bool,
}

/// How a condition is chosen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Choice {
    /// From what there is.
    Known,
    /// Typed.
    Typed,
    /// A day.
    Day,
    /// A definition.
    Definition,
}

const fn condition(name: &'static str, by: Choice, in_sight: bool) -> Condition {
    Condition { name, by, in_sight }
}

/// Every condition, in the order in which pages show them.
pub(crate) const CONDITIONS: &[Condition] = &[
    condition("ledger", Choice::Known, true),
    condition("return_type", Choice::Known, true),
    condition("sex", Choice::Known, true),
    condition("age_band", Choice::Known, true),
    condition("grounds", Choice::Known, false),
    condition("site", Choice::Known, false),
    condition("agency", Choice::Typed, false),
    condition("programme", Choice::Typed, false),
    condition("group", Choice::Typed, false),
    condition("origin_from", Choice::Day, false),
    condition("origin_to", Choice::Day, false),
    condition("definition", Choice::Definition, false),
];

/// The clocks: up to where the log is known, and up to which day the world is.
pub(crate) const CLOCKS: &[&str] = &["known", "day"];

/// Asks for pages as they may be published: small numbers are withheld, whatever it is set to.
pub(crate) const SMALL: &str = "small";

/// What a page is asked for.
#[derive(Debug, Clone, Default)]
pub(crate) struct Frame {
    path: String,
    /// Conditions and clocks.
    pairs: Vec<(String, String)>,
    /// What this page alone is asked: its own switches, and where its list goes on.
    own: Vec<(String, String)>,
}

impl Frame {
    /// Of an address.
    pub(crate) fn new(path: &str, pairs: Vec<(String, String)>) -> Self {
        let of_frame = |name: &str| {
            name == SMALL
                || CLOCKS.contains(&name)
                || CONDITIONS.iter().any(|condition| condition.name == name)
        };
        let mut said = pairs;
        said.retain(|(_, value)| !value.is_empty());
        let (pairs, own) = said.into_iter().partition(|(name, _)| of_frame(name));
        Self {
            path: path.to_owned(),
            pairs,
            own,
        }
    }

    /// Every value of a condition.
    pub(crate) fn values<'f>(&'f self, name: &'f str) -> impl Iterator<Item = &'f str> {
        let pairs = self.pairs.iter().chain(&self.own);
        let mine = pairs.filter(move |(known, _)| known == name);
        mine.map(|(_, value)| value.as_str())
    }

    /// The value of a condition or a clock, or nothing.
    pub(crate) fn one<'f>(&'f self, name: &'f str) -> &'f str {
        self.values(name).next().unwrap_or_default()
    }

    /// Conditions and clocks that a question takes, by these names.
    pub(crate) fn asked(&self, takes: &[&str]) -> Vec<(String, String)> {
        let pairs = self.pairs.iter();
        let mine = pairs.filter(|(name, _)| takes.contains(&name.as_str()));
        mine.cloned().collect()
    }

    /// Names of conditions that are set and that a question does not take: whoever reads its answer must
    /// know.
    pub(crate) fn passed_over(&self, takes: &[&str]) -> BTreeSet<&str> {
        let names = self.pairs.iter().map(|(name, _)| name.as_str());
        let other = names.filter(|name| *name != SMALL && !takes.contains(name));
        other.collect()
    }

    /// Whether small numbers are withheld.
    pub(crate) fn withholds(&self) -> bool {
        !self.one(SMALL).is_empty()
    }

    /// Whether anything is narrowed.
    pub(crate) fn is_narrowed(&self) -> bool {
        !self.pairs.is_empty()
    }

    /// The page's path.
    pub(crate) fn path(&self) -> &str {
        &self.path
    }

    /// What this page alone is asked.
    pub(crate) fn own(&self) -> &[(String, String)] {
        &self.own
    }

    /// The address of another page with the same frame, and this besides.
    pub(crate) fn link(&self, path: &str, more: &[(&str, &str)]) -> String {
        let said = self.pairs.iter();
        let said = said.map(|(name, value)| (name.as_str(), value.as_str()));
        // What is said now stands for what was said before.
        let kept = said.filter(|(name, _)| more.iter().all(|(new, _)| new != name));
        address(path, kept.chain(more.iter().copied()))
    }

    /// The address of this page with one thing asked otherwise; without it where `value` is empty.
    pub(crate) fn with(&self, name: &str, value: &str) -> String {
        let said = self.pairs.iter().chain(&self.own);
        let said = said.map(|(name, value)| (name.as_str(), value.as_str()));
        let kept = said.filter(|(known, _)| *known != name);
        let new = (!value.is_empty()).then_some((name, value));
        address(&self.path, kept.chain(new))
    }

    /// This very address.
    pub(crate) fn here(&self) -> String {
        self.with("", "")
    }
}

/// A path with a query.
pub(crate) fn address<'p>(path: &str, pairs: impl Iterator<Item = (&'p str, &'p str)>) -> String {
    let mut query = form_urlencoded::Serializer::new(String::new());
    query.extend_pairs(pairs);
    let query = query.finish();
    if query.is_empty() {
        path.to_owned()
    } else {
        format!("{path}?{query}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn frame(pairs: &[(&str, &str)]) -> Frame {
        let pairs = pairs.iter();
        let pairs = pairs.map(|(name, value)| ((*name).to_owned(), (*value).to_owned()));
        Frame::new("/arrivals", pairs.collect())
    }

    #[test]
    fn the_address_says_everything_that_is_shown() {
        let frame = frame(&[
            ("ledger", "jm"),
            ("ledger", "tt"),
            ("sex", ""),
            ("unit", "week"),
        ]);
        assert_eq!(frame.here(), "/arrivals?ledger=jm&ledger=tt&unit=week");
        assert_eq!(frame.with("ledger", ""), "/arrivals?unit=week");
        assert_eq!(
            frame.with("unit", "a b&c"),
            "/arrivals?ledger=jm&ledger=tt&unit=a+b%26c"
        );
        // What only this page is asked does not follow to others.
        assert_eq!(
            frame.link("/map", &[("day", "2026-07-01")]),
            "/map?ledger=jm&ledger=tt&day=2026-07-01"
        );
    }

    #[test]
    fn a_condition_that_a_question_does_not_take_is_told() {
        let frame = frame(&[("ledger", "jm"), ("agency", "moss")]);
        assert_eq!(
            frame.asked(&["ledger"]),
            [("ledger".to_owned(), "jm".to_owned())]
        );
        assert_eq!(
            frame
                .passed_over(&["ledger"])
                .into_iter()
                .collect::<Vec<_>>(),
            ["agency"]
        );
    }
}

//! Whatever a page can be told has its word in every language: a new value of a vocabulary, a new event
//! type or a new rule fails here until five people have been asked what it is called.

use std::collections::BTreeSet;

use homeward_dashboard::language::{Language, Speech};
use homeward_events::follow_up::LifeArea;
use homeward_events::{Family, catalogue, schema, vocabulary};
use homeward_journey::{Rule, Stage, referral};
use homeward_projections::identity::Field;
use homeward_projections::referrals::Level;
use homeward_projections::turnaround::Step;
use homeward_projections::worklist;
use homeward_projections::{manifests, quality};
use serde_json::Value;

/// Values by the name of their vocabulary, as [`Speech::word`] is asked.
type Values = BTreeSet<(String, String)>;

/// The closed vocabularies of everything that is stored, as the schemas for other languages give them.
fn stored() -> Values {
    let mut values = Values::new();
    for entry in catalogue::event_types() {
        let schema = schema::event_schema(entry);
        let definitions = schema.get("$defs").and_then(Value::as_object);
        for (name, definition) in definitions.into_iter().flatten() {
            let listed = |within: &Value, key: &str| -> Vec<Value> {
                let list = within.get(key).and_then(Value::as_array);
                list.cloned().unwrap_or_default()
            };
            let ways = listed(definition, "oneOf").into_iter();
            let ways = ways.chain([definition.clone()]);
            let found = ways.flat_map(|way| {
                let mut words = listed(&way, "enum");
                words.extend(way.get("const").cloned());
                words
            });
            for value in found.filter(Value::is_string) {
                let value = value.as_str().unwrap_or_default();
                values.insert((kebab(name), value.to_owned()));
            }
        }
    }
    values
}

/// `ReturnType` as messages spell it: `return-type`.
fn kebab(name: &str) -> String {
    let mut spelt = String::new();
    for letter in name.chars() {
        if letter.is_ascii_uppercase() && !spelt.is_empty() {
            spelt.push('-');
        }
        spelt.push(letter.to_ascii_lowercase());
    }
    spelt
}

/// What stands in no schema, or is derived and never stored.
fn derived() -> Values {
    let mut values = Values::new();
    let mut all = |vocabulary: &str, words: &mut dyn Iterator<Item = &str>| {
        values.extend(words.map(|word| (vocabulary.to_owned(), word.to_owned())));
    };
    all(
        "event",
        &mut catalogue::event_types().map(|entry| entry.name),
    );
    all("family", &mut Family::ALL.iter().map(|of| of.as_str()));
    let roles = vocabulary::Role::ALL;
    all("role", &mut roles.iter().map(|role| role.as_str()));
    all("life-area", &mut LifeArea::ALL.iter().map(|of| of.as_str()));
    all("stage", &mut Stage::ALL.iter().map(|of| of.as_str()));
    all("finding", &mut Rule::ALL.iter().map(|rule| rule.code()));
    let misfits = [
        quality::ANSWER_MISFIT,
        quality::SCORE_DIFFERS,
        quality::INSTRUMENT_EDITED,
    ];
    all("finding", &mut misfits.into_iter());
    let states = referral::State::ALL;
    all("referral-state", &mut states.iter().map(|of| of.as_str()));
    all(
        "clock",
        &mut referral::Clock::ALL.iter().map(|of| of.as_str()),
    );
    all(
        "move",
        &mut referral::Move::ALL.iter().map(|of| of.as_str()),
    );
    all("step", &mut Step::ALL.iter().map(|step| step.as_str()));
    all("clock-level", &mut Level::ALL.iter().map(|of| of.as_str()));
    let kinds = worklist::Kind::ALL;
    all("worklist-kind", &mut kinds.iter().map(|kind| kind.as_str()));
    let standings = worklist::Standing::ALL;
    all(
        "worklist-standing",
        &mut standings.iter().map(|of| of.as_str()),
    );
    let orders = worklist::Order::ALL;
    all("worklist-order", &mut orders.iter().map(|of| of.as_str()));
    let standings = manifests::Standing::ALL;
    all(
        "manifest-standing",
        &mut standings.iter().map(|of| of.as_str()),
    );
    let fields = [
        Field::GivenNames,
        Field::Surnames,
        Field::Names,
        Field::Born,
        Field::Document,
        Field::MotherName,
        Field::Sex,
        Field::SendingCountry,
    ];
    all("match-field", &mut fields.iter().map(|of| of.as_str()));
    let lists = worklist::shipped();
    let levels = lists.iter().flat_map(|list| &list.terms().escalation);
    let levels: BTreeSet<String> = levels.map(|next| next.level.clone()).collect();
    all("escalation-level", &mut levels.iter().map(String::as_str));
    values
}

#[test]
fn every_word_is_said_in_every_language() {
    let (stored, derived) = (stored(), derived());
    assert!(stored.len() > 330, "only {} values found", stored.len());
    for language in Language::ALL {
        let speech = Speech::new(language);
        let unsaid: Vec<String> = stored
            .iter()
            .chain(&derived)
            .map(|(vocabulary, value)| format!("{vocabulary}-{}", value.replace('.', "-")))
            .filter(|id| !speech.knows(id))
            .collect();
        assert!(unsaid.is_empty(), "{language:?} lacks {unsaid:?}");
    }
}

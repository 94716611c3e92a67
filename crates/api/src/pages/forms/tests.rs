//! What was typed becomes the event that was meant, and every form speaks every language.

use std::collections::BTreeSet;

use homeward_dashboard::language::{Language, Speech};
use homeward_events::codec;
use homeward_projections::instrument::Instruments;
use serde_json::json;

use super::layout::{Kind, forms};
use super::shown::spelt;
use super::*;

fn typed(pairs: &[(&str, &str)]) -> Typed {
    let pairs = pairs.iter();
    Typed::new(
        pairs
            .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()))
            .collect(),
    )
}

fn id() -> EventId {
    EventId::from_uuid(Uuid::nil())
}

/// What a form says, and the codes of what is wrong with it.
fn body(event: &str, pairs: &[(&str, &str)]) -> (Value, Vec<(String, &'static str)>) {
    let form = form(event).unwrap();
    let instrument = Instruments::embedded().all().next();
    let (body, mistyped) = typed(pairs).body(form, id(), instrument);
    let mistyped = mistyped.into_iter().map(|wrong| (wrong.at, wrong.code));
    (body, mistyped.collect())
}

#[test]
fn a_reception_says_what_was_typed() {
    let (said, wrong) = body(
        "reception.received",
        &[
            ("site", " norman-manley "),
            ("return_type", "deported"),
            ("grounds", "immigration"),
            ("sending_country", "US"),
            ("sex", "male"),
            ("personal.identity.given_names", "José Luis"),
            ("personal.identity.surnames", "de la Cruz, Núñez"),
            ("needs", "phone"),
            ("needs", "meals"),
            ("minors", "2"),
            ("place_to_stay", "refused-to-say"),
            ("born", ""),
        ],
    );
    assert_eq!(wrong, []);
    let expected = json!({
        "site": "norman-manley", "return_type": "deported", "grounds": "immigration",
        "sending_country": "US", "sex": "male", "minors": 2, "needs": ["phone", "meals"],
        "place_to_stay": { "missing": "refused-to-say" },
        "personal": { "identity": { "given_names": ["José Luis"], "surnames": ["de la Cruz", "Núñez"] } },
    });
    assert_eq!(said, expected);
}

#[test]
fn everything_that_is_missing_is_told_at_once() {
    let (_, wrong) = body(
        "reception.received",
        &[("sex", "male"), ("minors", "300"), ("born", "last year")],
    );
    let expected = [
        ("site", "field-missing"),
        ("return_type", "field-missing"),
        ("grounds", "field-missing"),
        ("sending_country", "field-missing"),
        ("born", "field-invalid"),
        ("minors", "field-invalid"),
    ];
    assert_eq!(wrong, expected.map(|(at, code)| (at.to_owned(), code)));
}

#[test]
fn an_assessment_is_scored_by_its_instrument() {
    let instrument = Instruments::embedded().all().next().unwrap();
    let answers = instrument.items.iter();
    let names: Vec<String> = answers.map(|item| format!("answers.{}", item.id)).collect();
    let mut pairs: Vec<(&str, &str)> = names.iter().map(|name| (name.as_str(), "0")).collect();
    pairs[0].1 = "not-asked";
    pairs.push(("wave", "baseline"));
    let (said, wrong) = body("assessment.completed", &pairs);
    assert_eq!(wrong, []);
    let first = &instrument.items[0].id;
    assert_eq!(said["answers"][first], json!({ "missing": "not-asked" }));
    assert_eq!(
        said["answers"].as_object().unwrap().len(),
        instrument.items.len()
    );
    assert_eq!(said["instrument"]["digest"], json!(instrument.digest));
    let answers = serde_json::from_value(said["answers"].clone()).unwrap();
    let scored = instrument.score(&answers);
    assert_eq!(said["overall"], json!(scored.overall.unwrap()));
}

#[test]
fn a_follow_up_says_how_parts_of_life_stand() {
    let (said, wrong) = body(
        "follow-up.completed",
        &[
            ("key", "month-3"),
            ("channel", "phone"),
            ("findings.housing", "better"),
            ("findings.health", "not-known"),
        ],
    );
    assert_eq!(wrong, []);
    let expected =
        json!({ "housing": { "known": "better" }, "health": { "missing": "not-known" } });
    assert_eq!(said["findings"], expected);
}

#[test]
fn an_id_that_the_form_gives_follows_from_its_event() {
    let once = body("consent.given", &[]).0;
    assert_eq!(once, body("consent.given", &[]).0);
    let (other, _) = typed(&[]).body(
        form("consent.given").unwrap(),
        EventId::from_uuid(Uuid::max()),
        None,
    );
    assert_ne!(once["consent"], other["consent"]);
}

/// Every choice that a form offers is one that the border takes.
#[test]
fn every_form_can_be_filled_in() {
    for form in forms() {
        let mut pairs = Vec::new();
        for field in form.fields() {
            let value = match &field.kind {
                Kind::Word(words) | Kind::Words(words) => words.words.last().unwrap().as_str(),
                Kind::YesNo => "no",
                Kind::Each(each, words) => {
                    let name = format!("{}.{}", field.at, each.words[0]);
                    pairs.push((name, words.words[0].clone()));
                    continue;
                }
                Kind::Items | Kind::Fresh => continue,
                Kind::Day | Kind::When => "2026-07-01",
                Kind::Number(..) => "1",
                Kind::Line(layout::Shape::Country) => "US",
                Kind::Line(layout::Shape::Area) => "JM-01",
                Kind::Line(_) | Kind::Lines(_) | Kind::Long => "norman-manley",
                Kind::Of(layout::Things::FollowUps) => "month-3",
                Kind::Of(_) => "0198c2f4-7f6a-7c1e-9d53-0a5b3c1d2e4f",
            };
            pairs.push((field.at.clone(), value.to_owned()));
        }
        let instrument = Instruments::embedded().all().next();
        let (body, mistyped) = Typed::new(pairs).body(form, id(), instrument);
        assert_eq!(mistyped, [], "{}", form.event.name);
        let event = json!([{
            "specversion": "1.0", "id": id(), "source": SOURCE, "type": form.event.name,
            "schemaversion": form.event.version, "subject": Uuid::nil(), "ledger": "jm",
            "agency": "moss", "recordedtime": "2026-07-02T00:00:00Z", "occurred": "2026-07-01",
            "data": body,
        }]);
        let read = codec::decode_event(&event[0].to_string(), None);
        read.unwrap_or_else(|error| panic!("{}: {error}", form.event.name));
    }
}

#[test]
fn every_form_speaks_every_language() {
    let mut ids: BTreeSet<String> = BTreeSet::new();
    for form in forms() {
        ids.insert(format!("form-{}", spelt(form.event.name)));
        ids.insert(format!(
            "forms-of-{}",
            form.event.name.split('.').next().unwrap()
        ));
        ids.extend(
            form.sections
                .iter()
                .map(|section| format!("section-{}", section.id)),
        );
        for field in form.fields() {
            ids.insert(format!("field-{}", spelt(&field.at)));
            if let Kind::Word(words) | Kind::Words(words) = &field.kind {
                ids.extend(
                    words
                        .words
                        .iter()
                        .map(|word| format!("{}-{word}", words.name)),
                );
            }
            if let Kind::Each(each, words) = &field.kind {
                for words in [each, words] {
                    ids.extend(
                        words
                            .words
                            .iter()
                            .map(|word| format!("{}-{word}", words.name)),
                    );
                }
            }
            if let Kind::Of(things) = field.kind {
                ids.insert(things.none().to_owned());
            }
        }
    }
    for language in Language::ALL {
        let speech = Speech::new(language);
        let lacks: Vec<&String> = ids.iter().filter(|id| !speech.knows(id)).collect();
        assert!(lacks.is_empty(), "{language:?} lacks {lacks:?}");
    }
}

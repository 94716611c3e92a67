//! Every language says everything, with its own plurals and separators.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::date;

use super::*;

/// The messages of a language with the variables that each asks for.
fn messages(language: Language) -> BTreeMap<String, BTreeSet<String>> {
    let mut found: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for (area, text) in files(language) {
        let mut current = None;
        for line in text.lines() {
            let starts = line.starts_with(|first: char| first.is_ascii_alphabetic());
            if starts && let Some((id, _)) = line.split_once('=') {
                let id = id.trim().to_owned();
                let twice = found.insert(id.clone(), BTreeSet::new());
                assert!(
                    twice.is_none(),
                    "{area} of {language:?}: `{id}` stands twice"
                );
                current = Some(id);
            }
            let (Some(id), false) = (&current, line.starts_with('#')) else {
                continue;
            };
            for part in line.split('$').skip(1) {
                let end = part.find(|c: char| !c.is_ascii_alphanumeric() && c != '-');
                // A count and the count as it is said are one thing: plurals need not go by it everywhere.
                let name = &part[..end.unwrap_or(part.len())];
                let name = name.strip_suffix("-said").unwrap_or(name);
                found.get_mut(id).unwrap().insert(name.to_owned());
            }
        }
    }
    found
}

#[test]
fn every_file_can_be_read() {
    for language in Language::ALL {
        for (area, text) in files(language) {
            if let Err((_, errors)) = FluentResource::try_new(text.to_owned()) {
                panic!("{area} of {language:?}: {errors:?}");
            }
        }
    }
}

#[test]
fn every_language_says_what_english_says() {
    let english = messages(Language::En);
    assert!(english.len() > 100);
    for language in Language::ALL {
        let own = messages(language);
        let missing: Vec<_> = english.keys().filter(|id| !own.contains_key(*id)).collect();
        assert!(missing.is_empty(), "{language:?} lacks {missing:?}");
        let stray: Vec<_> = own.keys().filter(|id| !english.contains_key(*id)).collect();
        assert!(
            stray.is_empty(),
            "{language:?} says what English does not: {stray:?}"
        );
        for (id, variables) in &english {
            assert_eq!(
                &own[id], variables,
                "`{id}` of {language:?} has other variables"
            );
        }
    }
}

#[test]
fn plurals_go_by_the_language() {
    let said = |language, count: i64| {
        Speech::new(language).tell("count-people", &[("count", count.into())])
    };
    assert_eq!(said(Language::En, 1), "1 person");
    assert_eq!(said(Language::En, 0), "0 people");
    assert_eq!(said(Language::En, 4323), "4,323 people");
    assert_eq!(said(Language::Fr, 0), "0 personne");
    assert_eq!(said(Language::Fr, 4323), "4\u{202f}323 personnes");
    assert_eq!(said(Language::Es, 1), "1 persona");
    assert_eq!(said(Language::Es, 2), "2 personas");
    assert_eq!(said(Language::Pt, 4323), "4.323 pessoas");
    assert_eq!(said(Language::Ht, 2), "2 moun");
}

#[test]
fn numbers_are_written_as_the_language_writes_them() {
    let speech = Speech::new;
    assert_eq!(speech(Language::En).percent(0.73611, 1), "73.6\u{a0}%");
    assert_eq!(speech(Language::Fr).percent(0.73611, 1), "73,6\u{a0}%");
    assert_eq!(
        speech(Language::En).percent_between(0.7361, 0.692, 0.775, 1),
        "73.6\u{a0}% (69.2 to 77.5)"
    );
    assert_eq!(speech(Language::En).decimal(-0.0004, 2), "0.00");
    assert_eq!(speech(Language::En).decimal(-1234.5, 1), "\u{2212}1,234.5");
    assert_eq!(speech(Language::En).decimal(f64::NAN, 1), "\u{2013}");
    assert_eq!(speech(Language::Pt).count(-1_000_000), "\u{2212}1.000.000");
}

#[test]
fn dates_are_written_as_the_language_writes_them() {
    let said = |language| Speech::new(language).date(date(2026, 7, 1));
    assert_eq!(said(Language::En), "1 July 2026");
    assert_eq!(said(Language::Es), "1 de julio de 2026");
    assert_eq!(said(Language::Fr), "1er juillet 2026");
    assert_eq!(said(Language::Pt), "1 de julho de 2026");
    assert_eq!(said(Language::Ht), "1 jiyè 2026");
}

#[test]
fn the_browser_says_which_language_is_wanted() {
    assert_eq!(Language::accepted("fr-HT,fr;q=0.9,en;q=0.5"), Language::Fr);
    assert_eq!(Language::accepted("de, es;q=0.4, pt;q=0.7"), Language::Pt);
    assert_eq!(Language::accepted("ht"), Language::Ht);
    assert_eq!(Language::accepted("*"), Language::En);
    assert_eq!(Language::accepted("fr;q=0"), Language::En);
    assert_eq!(Language::accepted(""), Language::En);
}

#[test]
fn a_word_that_nobody_knows_stays_as_it_is() {
    let speech = Speech::new(Language::Es);
    assert_eq!(speech.word("return_type", "deported"), "deportación");
    assert_eq!(speech.word("site", "norman-manley"), "norman-manley");
    assert_eq!(speech.say("nothing-of-the-kind"), "nothing-of-the-kind");
}

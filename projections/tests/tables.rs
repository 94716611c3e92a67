//! What holds of every table that leaves the house.

use std::collections::BTreeSet;

use homeward_projections::sheet::{Column, Kind, Value};
use homeward_projections::tables::{self, AskError, Loaded, Parameter, Question};
use homeward_projections::{MemoryTable, Sheet};
use jiff::civil::date;

fn slug(text: &str, also: char) -> bool {
    let mut letters = text.chars();
    letters
        .next()
        .is_some_and(|first| first.is_ascii_lowercase())
        && letters.all(|l| l.is_ascii_lowercase() || l.is_ascii_digit() || l == also)
}

/// `#word+attribute+attribute`. Source: HXL standard 1.1.
fn is_tag(text: &str) -> bool {
    text.strip_prefix('#')
        .is_some_and(|words| words.split('+').all(|word| slug(word, '_')))
}

#[test]
fn every_column_has_a_word_and_a_tag_of_its_own() {
    for kind in tables::all() {
        let sheets = kind.empty();
        assert!(!sheets.is_empty(), "{}", kind.name);
        let names: BTreeSet<&str> = sheets.iter().map(|sheet| sheet.name.as_str()).collect();
        assert_eq!(names.len(), sheets.len(), "{}: a sheet twice", kind.name);
        for sheet in &sheets {
            assert!(
                slug(&sheet.name, '-') && sheet.name.len() <= 31,
                "{}",
                sheet.name
            );
            let names: BTreeSet<&str> = sheet.columns.iter().map(|c| c.name.as_str()).collect();
            let tags: BTreeSet<&str> = sheet.columns.iter().map(|c| c.hxl.as_str()).collect();
            let columns = sheet.columns.len();
            let which = format!("{} {}", kind.name, sheet.name);
            assert_eq!(
                (names.len(), tags.len()),
                (columns, columns),
                "{which}: {tags:?}"
            );
            for column in &sheet.columns {
                assert!(slug(&column.name, '_'), "{which}: {}", column.name);
                assert!(is_tag(&column.hxl), "{which}: {}", column.hxl);
            }
        }
    }
}

#[test]
fn every_dimension_has_a_tag_of_its_own() {
    for kind in tables::all() {
        let columns = kind.dimensions.iter().map(|name| Column::dimension(name));
        let tags: BTreeSet<String> = columns.map(|column| column.hxl).collect();
        assert_eq!(tags.len(), kind.dimensions.len(), "{}: {tags:?}", kind.name);
        assert!(tags.iter().all(|tag| is_tag(tag)), "{tags:?}");
    }
}

#[test]
fn every_table_can_be_grouped_by_what_it_says_it_can() {
    for kind in tables::all()
        .iter()
        .filter(|kind| kind.takes(Parameter::By))
    {
        let nothing = MemoryTable::new(kind.model);
        for dimension in kind.dimensions {
            let mut question = Question::on(date(2026, 7, 1));
            question.by = vec![(*dimension).to_owned()];
            let told = kind.ask(&nothing, &question, Loaded::embedded()).unwrap();
            let has = |sheet: &Sheet| sheet.columns.iter().any(|column| column.name == *dimension);
            assert!(told.sheets.iter().any(has), "{} by {dimension}", kind.name);
        }
        let mut question = Question::on(date(2026, 7, 1));
        question.by = vec!["shoe_size".to_owned()];
        let refused = kind
            .ask(&nothing, &question, Loaded::embedded())
            .unwrap_err()
            .to_string();
        assert!(refused.contains("shoe_size"), "{refused}");
    }
}

#[test]
fn a_table_of_one_journey_asks_which() {
    let kind = tables::named("timeline").unwrap();
    let nothing = MemoryTable::new(kind.model);
    let mut question = Question::on(date(2026, 7, 1));
    let refused = kind
        .ask(&nothing, &question, Loaded::embedded())
        .unwrap_err();
    assert!(matches!(refused, AskError::WhichJourney), "{refused}");
    let journey = "00000000-0000-4000-8000-000000000001".parse().unwrap();
    question.journey = Some(journey);
    let refused = kind
        .ask(&nothing, &question, Loaded::embedded())
        .unwrap_err();
    assert!(matches!(refused, AskError::NoSuchJourney(other) if other == journey));
}

#[test]
fn a_day_column_holds_days_or_nothing() {
    for kind in tables::all() {
        for sheet in kind.empty() {
            for row in &sheet.rows {
                for (column, value) in sheet.columns.iter().zip(row) {
                    let fits = match value {
                        Value::Missing => true,
                        Value::Text(_) => column.kind == Kind::Text,
                        Value::Count(_) => column.kind == Kind::Count,
                        Value::Number(_) => column.kind == Kind::Number,
                        Value::Day(_) => column.kind == Kind::Day,
                    };
                    assert!(fits, "{} {}: {value:?}", sheet.name, column.name);
                }
            }
        }
    }
}

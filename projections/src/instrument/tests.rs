//! Given answers, when scored, then this; and which files are refused, with the field.

use homeward_events::vocabulary::{Answer, Missing};
use proptest::prelude::*;

use super::*;

type Answers = BTreeMap<String, Answer<u8>>;

/// Two dimensions; the first of three items with weights 1, 1 and 2.
const SMALL: &str = r#"
id = "small"
version = 3
languages = ["en"]
source = "made for a test"
title = { en = "Small" }
label = { en = "a test, nothing else" }
missing = { dimensions_min = 2 }
dimensions = [
  { id = "economic", weight = 3, answered_min = 2, title = { en = "Economic" } },
  { id = "social", weight = 1, answered_min = 1, title = { en = "Social" } },
]
bands = [
  { id = "low", from = 0, title = { en = "low" } },
  { id = "high", from = 5000, title = { en = "high" } },
]
scales = [
  { id = "thirds", options = [
    { score = 0, text = { en = "no" } },
    { score = 3333, text = { en = "a bit" } },
    { score = 10000, text = { en = "yes" } },
  ] },
]
items = [
  { id = "a", dimension = "economic", weight = 1, scale = "thirds", text = { en = "A?" } },
  { id = "b", dimension = "economic", weight = 1, scale = "thirds", text = { en = "B?" } },
  { id = "c", dimension = "economic", weight = 2, scale = "thirds", text = { en = "C?" } },
  { id = "d", dimension = "social", weight = 1, scale = "thirds", text = { en = "D?" } },
]
"#;

fn small() -> Instrument {
    Instrument::parse("small.toml", SMALL).unwrap()
}

/// `a0 b1 c- d?`: an option, or `r` refused, `?` not known, `-` not asked.
fn answers(text: &str) -> Answers {
    let answer = |word: &str| {
        let (item, given) = word.split_at(1);
        let answer = match given {
            "r" => Answer::Missing(Missing::RefusedToSay),
            "?" => Answer::Missing(Missing::NotKnown),
            "-" => Answer::Missing(Missing::NotAsked),
            option => Answer::Known(option.parse().unwrap()),
        };
        (item.to_owned(), answer)
    };
    text.split_whitespace().map(answer).collect()
}

fn points(score: Option<Score>) -> Option<u16> {
    score.map(Score::ten_thousandths)
}

#[test]
fn every_shipped_file_is_an_instrument_with_a_label() {
    for (name, text) in SHIPPED {
        let instrument = Instrument::parse(name, text).unwrap();
        assert_eq!(
            Instruments::embedded().named(&instrument.name()),
            Some(&instrument)
        );
    }
    let example = Instruments::embedded()
        .named("example-sustainability@1")
        .unwrap();
    assert_eq!(
        example.label.text("en"),
        "equal-weight example, not IOM's RSS"
    );
    let economic = example
        .items
        .iter()
        .filter(|item| item.dimension == Dimension::Economic);
    assert_eq!((economic.count(), example.items.len()), (9, 15));
    // Answers were given under this version: its bytes stay as they are.
    assert_eq!(
        example.digest,
        "4b243078296fdd0ee16ea5afc048c90c4c8dcfeec7bfc3df6a0951463e028d67"
    );
}

#[test]
fn scores_are_weighted_means_rounded_half_up() {
    let given = [
        // (3333 + 0) / 2 = 1666.5; overall (3 x 1667 + 10000) / 4 = 3750.25.
        ("a1 b0 d2", Some(1667), Some(10_000), Some(3750)),
        // (3333 + 2 x 10000) / 3 = 7777.67.
        ("a1 c2 d0", Some(7778), Some(0), Some(5834)),
        // (3333 + 2 x 0) / 3 = 1111 exactly; overall (3333 + 3333) / 4 = 1666.5.
        ("a1 c0 d1", Some(1111), Some(3333), Some(1667)),
        ("a2 b2 c2 d2", Some(10_000), Some(10_000), Some(10_000)),
        // One answer is one too few, and then one dimension is one too few.
        ("a2 d2", None, Some(10_000), None),
        ("a2 b2", Some(10_000), None, None),
        ("", None, None, None),
    ];
    for (text, economic, social, overall) in given {
        let scores = small().score(&answers(text));
        let of = |dimension| points(scores.dimensions[&dimension].score);
        assert_eq!(of(Dimension::Economic), economic, "{text}");
        assert_eq!(of(Dimension::Social), social, "{text}");
        assert_eq!(points(scores.overall), overall, "{text}");
    }
}

#[test]
fn refused_not_known_and_not_asked_are_three_answers() {
    for (text, counts) in [
        ("ar b? c-", (0, 1, 1, 1)),
        ("ar br", (0, 2, 0, 1)),
        ("a? b? c?", (0, 0, 3, 0)),
        ("", (0, 0, 0, 3)),
        ("a0 b1 cr", (2, 1, 0, 0)),
    ] {
        let found = small().score(&answers(text)).dimensions[&Dimension::Economic];
        let told = (
            found.answered,
            found.refused,
            found.not_known,
            found.not_asked,
        );
        assert_eq!(told, counts, "{text}");
        assert_eq!(found.score.is_some(), found.answered >= 2, "{text}");
    }
}

#[test]
fn a_score_lies_in_the_band_that_begins_at_or_below_it() {
    let small = small();
    for (score, band) in [(0, "low"), (4999, "low"), (5000, "high"), (10_000, "high")] {
        let found = small.band(Score::new(score).unwrap()).unwrap();
        assert_eq!(found.id, band, "{score}");
    }
}

#[test]
fn what_does_not_fit_is_named() {
    let small = small();
    let scores = |economic: u16, social: u16| -> BTreeMap<Dimension, Score> {
        [(Dimension::Economic, economic), (Dimension::Social, social)]
            .map(|(dimension, score)| (dimension, Score::new(score).unwrap()))
            .into()
    };
    let misfits = |digest, text, economic, overall| -> Vec<String> {
        let overall = Score::new(overall);
        let found = small.misfits(digest, &answers(text), &scores(economic, 10_000), overall);
        found.iter().map(ToString::to_string).collect()
    };
    let none: [&str; 0] = [];
    assert_eq!(misfits(None, "a1 b0 d2", 1667, 3750), none);
    assert_eq!(misfits(Some(&small.digest), "a1 b0 d2", 1667, 3750), none);
    assert_eq!(
        misfits(None, "a1 b0 d2", 1666, 3751),
        [
            "`economic` is stored as 1666, the answers give 1667",
            "`overall` is stored as 3751, the answers give 3750"
        ]
    );
    assert_eq!(
        misfits(None, "a1 b3 z0 d2", 1, 1),
        ["`b` has no option 3: expected 0 to 2", "`z` is no item"]
    );
    // Nothing was answered that a score could be held against.
    assert_eq!(misfits(None, "", 1, 1), none);
    assert_eq!(
        misfits(None, "a2 d2", 9, 9),
        [
            "`economic` is stored as 9, the answers give none",
            "`overall` is stored as 9, the answers give none"
        ]
    );
    let other = misfits(Some("0000"), "a1 b0 d2", 1667, 3750);
    assert!(
        other[0].starts_with("made with another file: sha256 0000"),
        "{other:?}"
    );
}

#[test]
fn a_file_is_refused_with_its_field() {
    for (from, to, told) in [
        (
            "version = 3",
            "version = 0",
            "`version`: expected a number from 1",
        ),
        (
            "version = 3",
            "version = \"x\"",
            "`version`: line 3: invalid type",
        ),
        ("id = \"small\"", "id = \"S\"", "`id`: line 2: "),
        (
            "version = 3",
            "version = 3\nrule = 1",
            "`rule`: line 4: unknown field",
        ),
        (
            "dimensions_min = 2",
            "dimensions_min = 3",
            "`missing.dimensions_min`: expected 1 to 2",
        ),
        (
            "answered_min = 2",
            "answered_min = 4",
            "`dimensions[0].answered_min`: expected 1 to 3",
        ),
        (
            "weight = 3",
            "weight = 0",
            "`dimensions[0].weight`: expected 1 to 1000000",
        ),
        (
            "from = 5000",
            "from = 0",
            "`bands[1].from`: expected bands that begin with 0 and rise",
        ),
        (
            "score = 3333",
            "score = 10001",
            "`scales[0].options[1].score`: line 20: expected a score",
        ),
        ("id = \"b\"", "id = \"a\"", "`items[1]`: `a` stands twice"),
        (
            "scale = \"thirds\", text = { en = \"C?\" }",
            "scale = \"x\", text = { en = \"C?\" }",
            "`items[2].scale`: `x` is not among the scales",
        ),
        (
            "{ en = \"D?\" }",
            "{ es = \"D?\" }",
            "`items[3].text`: no text in `en`",
        ),
        (
            "{ en = \"D?\" }",
            "{ en = \"D?\", es = \"D?\" }",
            "`items[3].text`: `es` is not among",
        ),
        ("languages", "languages =", "`file`: line 4: "),
    ] {
        let text = SMALL.replacen(from, to, 1);
        let error = Instrument::parse("office.toml", &text)
            .unwrap_err()
            .to_string();
        assert!(
            error.starts_with(&format!("office.toml: {told}")),
            "{error}"
        );
    }
}

#[test]
fn a_version_is_never_edited() {
    let mut known = Instruments::default();
    known.add(small()).unwrap();
    known.add(small()).unwrap();
    let edited = SMALL.replace("A?", "Really A?");
    let edited = Instrument::parse("edited.toml", &edited).unwrap();
    let error = known.add(edited).unwrap_err().to_string();
    assert!(
        error.starts_with("small@3 is known already with other content"),
        "{error}"
    );
    let next = SMALL.replace("version = 3", "version = 4");
    known
        .add(Instrument::parse("next.toml", &next).unwrap())
        .unwrap();
    assert_eq!(known.all().count(), 2);
}

proptest! {
    /// A mean lies between the lowest and the highest answer, a better answer never lowers it, and
    /// what is missing changes nothing but what is counted as missing.
    #[test]
    fn scores_follow_their_answers(options in prop::collection::vec(prop::option::of(0_u8..3), 4)) {
        let items = ["a", "b", "c", "d"];
        let given: Answers = items
            .iter()
            .zip(&options)
            .filter_map(|(item, option)| Some(((*item).to_owned(), Answer::Known((*option)?))))
            .collect();
        let small = small();
        let scores = small.score(&given);
        let economic = scores.dimensions[&Dimension::Economic];
        prop_assert_eq!(economic.answered + economic.refused + economic.not_known + economic.not_asked, 3);
        for item in items {
            let mut better = given.clone();
            match better.get_mut(item) {
                Some(Answer::Known(option)) if *option < 2 => *option += 1,
                _ => continue,
            }
            prop_assert!(small.score(&better).overall >= scores.overall);
        }
        let mut refused = given.clone();
        for item in items {
            refused.entry(item.to_owned()).or_insert(Answer::Missing(Missing::RefusedToSay));
        }
        prop_assert_eq!(small.score(&refused).overall, scores.overall);
    }
}

//! Which forms there are: one data file each, and what their fields are by the event's schema.
//!
//! A file says which fields a form asks for, in which order; labels, kinds, words and whether a field has
//! to be filled in follow from the schema that other writers are held to. To add a form: a file in
//! `forms/`, a line in `FILES`, and its title in each language.

use std::sync::LazyLock;

use homeward_events::catalogue::{EventType, event_types};
use homeward_events::follow_up::LifeArea;
use homeward_events::schema::event_schema;
use serde::Deserialize;
use serde_json::Value;

/// Each file, under the event type that it records.
macro_rules! files {
    ($($name:literal),+ $(,)?) => {
        &[$(($name, include_str!(concat!("../../../forms/", $name, ".toml")))),+]
    };
}

/// In the order in which a journey meets them.
const FILES: &[(&str, &str)] = files![
    "reception.received",
    "screening.completed",
    "consent.given",
    "consent.refused",
    "consent.withdrawn",
    "assessment.completed",
    "referral.sent",
    "referral.received",
    "referral.accepted",
    "referral.declined",
    "referral.waitlisted",
    "referral.contacted",
    "referral.contact-failed",
    "referral.booked",
    "referral.attended",
    "referral.missed",
    "referral.started",
    "referral.concluded",
    "referral.withdrawn",
    "follow-up.scheduled",
    "follow-up.completed",
    "follow-up.missed",
    "follow-up.rescheduled",
    "journey.closed",
    "journey.reopened",
];

/// Every form; a test sees to it that every file can be read.
static FORMS: LazyLock<Vec<Form>> = LazyLock::new(|| {
    let read = |(name, text): &(&'static str, &str)| read(name, text).ok();
    FILES.iter().filter_map(read).collect()
});

/// A form that records one event.
#[derive(Debug)]
pub(super) struct Form {
    /// What it records.
    pub event: &'static EventType,
    /// Whether it begins a journey; every other is of one.
    pub begins: bool,
    /// Its fields, in order, by section.
    pub sections: Vec<Section>,
}

/// Fields that belong together.
#[derive(Debug)]
pub(super) struct Section {
    /// Its name, for its heading.
    pub id: String,
    /// In order.
    pub fields: Vec<Field>,
}

/// One thing that is asked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Field {
    /// Where it stands in the body, with dots: `personal.identity.surnames`.
    pub at: String,
    /// What it may say.
    pub kind: Kind,
    /// Whether the event cannot do without.
    pub required: bool,
}

/// What a field may say.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Kind {
    /// One word of a vocabulary.
    Word(Vocabulary),
    /// Some words of one.
    Words(Vocabulary),
    /// Yes, no, or why there is no answer.
    YesNo,
    /// For each word of the first vocabulary, a word of the second, or why there is none.
    Each(Vocabulary, Vocabulary),
    /// For each item of an instrument, one of its options, or why there is none.
    Items,
    /// A civil day.
    Day,
    /// A date as precisely as it is known.
    When,
    /// A whole number in a range.
    Number(u64, u64),
    /// A line of text.
    Line(Shape),
    /// Several, with commas between them.
    Lines(Shape),
    /// Several lines of text.
    Long,
    /// An id that the form gives.
    Fresh,
    /// Something that the journey has already.
    Of(Things),
}

impl Things {
    /// The message that says that there are none.
    pub(super) const fn none(self) -> &'static str {
        match self {
            Self::Consents => "things-none-consents",
            Self::Referrals => "things-none-referrals",
            Self::FollowUps => "things-none-follow-ups",
        }
    }
}

/// What a line of text looks like.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Shape {
    /// Words of anybody's.
    Free,
    /// A name that an office gave: `norman-manley`.
    Code,
    /// A country: `US`.
    Country,
    /// An area: `JM-01`.
    Area,
}

/// Things of a journey that an event is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(super) enum Things {
    /// Consents in force.
    Consents,
    /// Referrals that are open.
    Referrals,
    /// Follow-ups that are due one day.
    FollowUps,
}

/// A closed set of words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Vocabulary {
    /// Its name, as messages spell it: `return-type`.
    pub name: String,
    /// Its words, in the order in which they are defined.
    pub words: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    #[serde(default)]
    begins: bool,
    section: Vec<SectionOnFile>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct SectionOnFile {
    id: String,
    fields: Vec<FieldOnFile>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct FieldOnFile {
    at: String,
    #[serde(default)]
    long: bool,
    from: Option<From>,
    each: Option<String>,
}

/// Where what a field says comes from, if not from whoever fills it in.
#[derive(Deserialize)]
#[serde(rename_all = "kebab-case")]
enum From {
    Fresh,
    Instrument,
    #[serde(untagged)]
    Journey(Things),
}

/// Every form, in the order in which a journey meets them.
pub(super) fn forms() -> &'static [Form] {
    &FORMS
}

/// The form that records an event type.
pub(super) fn form(event: &str) -> Option<&'static Form> {
    forms().iter().find(|form| form.event.name == event)
}

impl Form {
    /// Every field, in order.
    pub(super) fn fields(&self) -> impl Iterator<Item = &Field> {
        self.sections.iter().flat_map(|section| &section.fields)
    }

    /// Whether it asks the questions of an instrument.
    pub(super) fn asks_an_instrument(&self) -> bool {
        self.fields().any(|field| field.kind == Kind::Items)
    }
}

fn read(name: &'static str, text: &str) -> Result<Form, String> {
    let file: File = toml::from_str(text).map_err(|error| format!("{name}: {error}"))?;
    let mut types = event_types();
    let event = types.find(|entry| entry.name == name);
    let event = event.ok_or_else(|| format!("{name}: no such event type"))?;
    let schema = event_schema(event);
    let sections = file.section.into_iter().map(|section| {
        let fields = section.fields.iter().map(|field| {
            let found = field.resolved(&schema);
            found.ok_or_else(|| format!("{name}: `{}` is not asked like that", field.at))
        });
        Ok(Section {
            id: section.id,
            fields: fields.collect::<Result<_, String>>()?,
        })
    });
    Ok(Form {
        event,
        begins: file.begins,
        sections: sections.collect::<Result<_, String>>()?,
    })
}

impl FieldOnFile {
    /// What the schema says of it; `None` where it has no such field, or it is of another kind.
    fn resolved(&self, schema: &Value) -> Option<Field> {
        let mut found = Found::at(schema, schema.pointer("/properties/data")?);
        let mut required = true;
        for part in self.at.split('.') {
            let asked = found.schema.get("required").and_then(Value::as_array);
            required &= asked.is_some_and(|asked| asked.iter().any(|name| name == part));
            let inner = found.schema.get("properties")?.get(part)?;
            found = Found::at(schema, inner);
        }
        let kind = match (&self.from, &self.each) {
            (Some(From::Fresh), None) => Kind::Fresh,
            (Some(From::Instrument), None) => Kind::Items,
            (Some(From::Journey(things)), None) => Kind::Of(*things),
            (None, Some(each)) => {
                let answer = Found::at(schema, found.schema.get("additionalProperties")?);
                let known = answer.schema.pointer("/oneOf/0/properties/known")?;
                Kind::Each(each_of(each)?, Found::at(schema, known).vocabulary()?)
            }
            (None, None) => self.kind(schema, found)?,
            (Some(_), Some(_)) => return None,
        };
        let at = self.at.clone();
        Some(Field { at, kind, required })
    }

    fn kind(&self, whole: &Value, found: Found<'_>) -> Option<Kind> {
        if self.long {
            return found.is_text().then_some(Kind::Long);
        }
        if let Some(items) = found.schema.get("items") {
            let item = Found::at(whole, items);
            let words = item.vocabulary();
            return Some(words.map_or_else(|| Kind::Lines(item.shape()), Kind::Words));
        }
        if let Some(words) = found.vocabulary() {
            return Some(Kind::Word(words));
        }
        let known = found.schema.pointer("/oneOf/0/properties/known/type");
        if known.is_some_and(|kind| kind == "boolean") {
            return Some(Kind::YesNo);
        }
        let bound = |name| found.schema.get(name).and_then(Value::as_u64);
        if let (Some(least), Some(most)) = (bound("minimum"), bound("maximum")) {
            return Some(Kind::Number(least, most));
        }
        match found.name {
            Some("Day") => Some(Kind::Day),
            Some("OccurredOn") => Some(Kind::When),
            Some(_) | None => found.is_text().then_some(Kind::Line(found.shape())),
        }
    }
}

/// A part of a schema, with the name of its definition.
#[derive(Clone, Copy)]
struct Found<'s> {
    name: Option<&'s str>,
    schema: &'s Value,
}

impl<'s> Found<'s> {
    /// Follows what `schema` refers to; what may also be absent is what it is when it is there.
    fn at(whole: &'s Value, schema: &'s Value) -> Self {
        let some = schema.pointer("/anyOf/0").unwrap_or(schema);
        let name = some.get("$ref").and_then(Value::as_str);
        let name = name.and_then(|name| name.strip_prefix("#/$defs/"));
        let defined = name.and_then(|name| whole.get("$defs")?.get(name));
        Self {
            name,
            schema: defined.unwrap_or(some),
        }
    }

    fn vocabulary(self) -> Option<Vocabulary> {
        let words = self.schema.get("oneOf")?.as_array()?.iter();
        let words = words.map(|word| Some(word.get("const")?.as_str()?.to_owned()));
        Some(Vocabulary {
            name: kebab(self.name?),
            words: words.collect::<Option<_>>()?,
        })
    }

    fn shape(self) -> Shape {
        match (self.name, self.schema.get("pattern")) {
            (Some("CountryCode"), _) => Shape::Country,
            (Some("AreaCode"), _) => Shape::Area,
            (_, Some(_)) => Shape::Code,
            (_, None) => Shape::Free,
        }
    }

    fn is_text(self) -> bool {
        let kind = self.schema.get("type");
        let first = kind.and_then(|kind| kind.get(0)).or(kind);
        first.is_some_and(|first| first == "string")
    }
}

/// The keys that a map is asked by; its schema does not say them.
fn each_of(name: &str) -> Option<Vocabulary> {
    (name == "LifeArea").then(|| Vocabulary {
        name: kebab(name),
        words: LifeArea::ALL.iter().map(ToString::to_string).collect(),
    })
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_form_is_read() {
        for (name, text) in FILES {
            read(name, text).unwrap();
        }
        assert_eq!(forms().len(), FILES.len());
    }

    #[test]
    fn every_form_asks_what_its_event_cannot_do_without() {
        for form in forms() {
            let schema = event_schema(form.event);
            let asked = schema.pointer("/properties/data/required");
            for name in asked.and_then(Value::as_array).into_iter().flatten() {
                let name = name.as_str().unwrap();
                // The instrument is the one whose questions are asked.
                let there = form.fields().any(|field| field.at == name)
                    || (name == "instrument" && form.asks_an_instrument());
                assert!(there, "{} asks no `{name}`", form.event.name);
            }
        }
    }

    #[test]
    fn a_field_is_of_the_kind_that_the_schema_says() {
        let kind = |event, at: &str| {
            let mut fields = form(event).unwrap().fields();
            let field = fields.find(|field| field.at == at).unwrap();
            (field.kind.clone(), field.required)
        };
        let (Kind::Word(words), true) = kind("reception.received", "return_type") else {
            panic!("no words");
        };
        assert_eq!(
            (words.name.as_str(), words.words[0].as_str()),
            ("return-type", "deported")
        );
        assert_eq!(kind("reception.received", "born"), (Kind::When, false));
        assert_eq!(
            kind("reception.received", "site"),
            (Kind::Line(Shape::Code), true)
        );
        assert_eq!(
            kind("reception.received", "minors"),
            (Kind::Number(0, 255), false)
        );
        assert_eq!(
            kind("reception.received", "place_to_stay"),
            (Kind::YesNo, false)
        );
        let (surnames, required) = kind("reception.received", "personal.identity.surnames");
        assert_eq!((surnames, required), (Kind::Lines(Shape::Free), false));
        assert_eq!(kind("follow-up.rescheduled", "due_on"), (Kind::Day, true));
        assert_eq!(
            kind("follow-up.rescheduled", "reason"),
            (Kind::Line(Shape::Free), false)
        );
        assert_eq!(kind("consent.given", "consent"), (Kind::Fresh, true));
        let consents = Kind::Of(Things::Consents);
        assert_eq!(kind("referral.sent", "consent"), (consents, false));
        assert_eq!(
            kind("assessment.completed", "answers"),
            (Kind::Items, false)
        );
        let (Kind::Each(areas, standings), false) = kind("follow-up.completed", "findings") else {
            panic!("no findings");
        };
        assert_eq!(
            (areas.words.len(), standings.name.as_str()),
            (7, "standing")
        );
    }

    #[test]
    fn a_form_that_asks_what_no_event_says_is_not_read() {
        let file = |fields| format!("[[section]]\nid = \"a\"\nfields = [{fields}]");
        let refused = |fields| read("journey.closed", &file(fields)).unwrap_err();
        assert!(refused("{ at = \"cause\" }").contains("`cause`"));
        assert!(refused("{ at = \"reason\", long = true }").contains("`reason`"));
        assert!(refused("{ at = \"reason\", wide = true }").contains("wide"));
        assert!(read("journey.ended", "").is_err());
    }
}

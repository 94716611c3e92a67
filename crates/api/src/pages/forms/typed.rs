//! What was typed into a form, and the event body that it says.

use std::collections::BTreeMap;
use std::str::FromStr;

use homeward_events::assessment::InstrumentRef;
use homeward_events::id::EventId;
use homeward_events::time::{Day, OccurredOn};
use homeward_events::vocabulary::{Answer, Missing};
use homeward_projections::instrument::Instrument;
use serde_json::{Map, Value, json};
use uuid::Uuid;

use super::layout::{Field, Form, Kind};

/// The code of what cannot be read.
const UNREAD: &str = "field-invalid";

/// What was typed, by the name of the control; empty texts are not there.
#[derive(Debug, Default, Clone)]
pub(super) struct Typed(BTreeMap<String, Vec<String>>);

/// Why a field cannot be taken as it was typed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Mistyped {
    /// Which field.
    pub at: String,
    /// Stable code, of those that the border gives.
    pub code: &'static str,
}

impl Mistyped {
    /// A field that has to be filled in.
    pub(super) fn missing(at: &str) -> Self {
        let (at, code) = (at.to_owned(), "field-missing");
        Self { at, code }
    }

    /// A field that says what nobody can read.
    pub(super) fn unread(at: &str) -> Self {
        let (at, code) = (at.to_owned(), UNREAD);
        Self { at, code }
    }
}

impl Typed {
    /// From the pairs of a form.
    pub(super) fn new(pairs: Vec<(String, String)>) -> Self {
        let mut typed: BTreeMap<String, Vec<String>> = BTreeMap::new();
        for (name, value) in pairs {
            let value = value.trim();
            if !value.is_empty() {
                typed.entry(name).or_default().push(value.to_owned());
            }
        }
        Self(typed)
    }

    /// Fills a control in that nothing was typed into.
    pub(super) fn assume(&mut self, name: &str, value: String) {
        self.0.entry(name.to_owned()).or_insert_with(|| vec![value]);
    }

    /// What was typed into a control, the first of several.
    pub(super) fn one(&self, name: &str) -> Option<&str> {
        self.all(name).first().map(String::as_str)
    }

    /// Everything that was ticked.
    pub(super) fn all(&self, name: &str) -> &[String] {
        self.0.get(name).map_or(&[], Vec::as_slice)
    }

    /// The body that a form's fields say, and what is wrong with them.
    pub(super) fn body(
        &self,
        form: &Form,
        event: EventId,
        instrument: Option<&Instrument>,
    ) -> (Value, Vec<Mistyped>) {
        let mut body = Map::new();
        let mut mistyped = Vec::new();
        for field in form.fields() {
            if field.kind == Kind::Items {
                if let Some(instrument) = instrument {
                    self.answer(field, instrument, &mut body);
                }
                continue;
            }
            match self.value(field, event) {
                Ok(Some(value)) => put(&mut body, &field.at, value),
                Ok(None) if field.required => mistyped.push(Mistyped::missing(&field.at)),
                Ok(None) => {}
                Err(code) => mistyped.push(Mistyped {
                    at: field.at.clone(),
                    code,
                }),
            }
        }
        (Value::Object(body), mistyped)
    }

    /// What one field says; `Ok(None)` where it says nothing.
    fn value(&self, field: &Field, event: EventId) -> Result<Option<Value>, &'static str> {
        let one = self.one(&field.at);
        Ok(match &field.kind {
            Kind::Word(_) | Kind::Line(_) | Kind::Long | Kind::Of(_) => one.map(Value::from),
            Kind::Day => read::<Day>(one)?,
            Kind::When => read::<OccurredOn>(one)?,
            Kind::Words(_) => some_of(self.all(&field.at).iter().map(String::as_str)),
            Kind::Lines(_) => some_of(
                one.unwrap_or_default()
                    .split([',', ';', '\n'])
                    .map(str::trim)
                    .filter(|line| !line.is_empty()),
            ),
            Kind::YesNo => match one {
                Some("yes") => Some(json!({ "known": true })),
                Some("no") => Some(json!({ "known": false })),
                Some(missing) => Some(json!({ "missing": missing })),
                None => None,
            },
            Kind::Number(least, most) => match one.map(str::parse::<u64>) {
                None => None,
                Some(Ok(number)) if (*least..=*most).contains(&number) => Some(number.into()),
                Some(_) => return Err(UNREAD),
            },
            Kind::Each(each, _) => {
                let told = each.words.iter().filter_map(|word| {
                    let said = self.one(&format!("{}.{word}", field.at))?;
                    Some((word.clone(), said_or_missing(said)))
                });
                let told: Map<String, Value> = told.collect();
                (!told.is_empty()).then_some(Value::Object(told))
            }
            Kind::Fresh => Some(fresh(event, &field.at).to_string().into()),
            // Answered with the instrument at hand.
            Kind::Items => None,
        })
    }

    /// Puts answers to an instrument's items into a body, with what they score.
    fn answer(&self, field: &Field, instrument: &Instrument, body: &mut Map<String, Value>) {
        let answers = instrument.items.iter().filter_map(|item| {
            let said = self.one(&format!("{}.{}", field.at, item.id))?;
            let answer = match said.parse() {
                Ok(option) => Answer::Known(option),
                Err(_) => Answer::Missing(said.parse::<Missing>().ok()?),
            };
            Some((item.id.clone(), answer))
        });
        let answers: BTreeMap<String, Answer<u8>> = answers.collect();
        let scored = instrument.score(&answers);
        let parts = scored.dimensions.iter();
        let parts = parts.filter_map(|(part, told)| Some((part, told.score?)));
        let named = InstrumentRef {
            id: instrument.id.clone(),
            version: instrument.version,
            digest: Some(instrument.digest.clone()),
        };
        body.insert("instrument".to_owned(), json!(named));
        body.insert(field.at.clone(), json!(answers));
        body.insert(
            "scores".to_owned(),
            json!(parts.collect::<BTreeMap<_, _>>()),
        );
        if let Some(overall) = scored.overall {
            body.insert("overall".to_owned(), json!(overall));
        }
    }
}

/// An id that follows from the event's: whoever sends the form twice means the same thing.
pub(super) fn fresh(event: EventId, what: &str) -> Uuid {
    Uuid::new_v5(event.as_uuid(), what.as_bytes())
}

/// A text that can be read as what it should say.
fn read<T: FromStr>(one: Option<&str>) -> Result<Option<Value>, &'static str> {
    let readable = |text: &str| text.parse::<T>().map(|_| text.into());
    one.map(readable).transpose().map_err(|_| UNREAD)
}

fn some_of<'w>(words: impl Iterator<Item = &'w str>) -> Option<Value> {
    let words: Vec<Value> = words.map(Value::from).collect();
    (!words.is_empty()).then_some(Value::Array(words))
}

/// An answer as bodies spell it: a known one, or why there is none.
fn said_or_missing(said: &str) -> Value {
    match said.parse::<Missing>() {
        Ok(missing) => json!({ "missing": missing }),
        Err(_) => json!({ "known": said }),
    }
}

/// Puts a value where a path with dots leads.
fn put(body: &mut Map<String, Value>, at: &str, value: Value) {
    match at.split_once('.') {
        None => drop(body.insert(at.to_owned(), value)),
        Some((first, rest)) => {
            let inner = body.entry(first).or_insert_with(|| json!({}));
            if let Some(inner) = inner.as_object_mut() {
                put(inner, rest, value);
            }
        }
    }
}

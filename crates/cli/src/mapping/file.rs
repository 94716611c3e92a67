//! The mapping file: which column feeds which field, as data.

use std::collections::BTreeMap;

use homeward_events::catalogue::EventType;
use serde::de::Error as _;
use serde::{Deserialize, Deserializer};
use serde_json::Value;

use super::dates::{Calendar, Dates};
use super::fields::{ByType, FieldKind, Fields, Holds, segments};
use crate::table_in::Shape;

/// The file, as it is written.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct MappingFile {
    #[serde(default)]
    pub(super) table: Shape,
    #[serde(default)]
    pub(super) dates: Dates,
    /// Which journey a row is about.
    pub(super) journey: Identity,
    /// Fields of every event.
    #[serde(default)]
    pub(super) fields: BTreeMap<String, Field>,
    /// The events that a row tells, in order.
    #[serde(rename = "event")]
    pub(super) events: Vec<EventRule>,
}

/// How an id is come by: it stands in a column, or is made from columns, always the same.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(super) struct Identity {
    /// The column that holds it.
    pub(super) column: Option<String>,
    /// The columns that it is made from.
    pub(super) derive: Vec<String>,
    /// What keeps it apart from ids made from like columns by others: who shares it shares ids.
    /// The source of the events unless given.
    pub(super) scope: Option<String>,
}

/// One event that a row tells.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct EventRule {
    #[serde(rename = "type")]
    pub(super) event_type: String,
    /// Only where none of these columns is empty.
    #[serde(default)]
    pub(super) when: Vec<String>,
    /// Only where these columns say one of these words.
    #[serde(default)]
    pub(super) only: BTreeMap<String, Vec<String>>,
    /// The event's id; made from journey and type unless given.
    pub(super) id: Option<Identity>,
    #[serde(default)]
    pub(super) fields: BTreeMap<String, Field>,
}

/// Where a field's value comes from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Field {
    /// It is always this.
    Constant(Value),
    /// It stands in columns.
    From(FieldFrom),
}

/// A field that columns feed.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(super) struct FieldFrom {
    /// The column.
    pub(super) column: Option<String>,
    /// Several columns, joined by a space: a date and a time of day.
    pub(super) columns: Vec<String>,
    /// The row's number below the header, from 1; of a reject file, as it was in the whole table.
    pub(super) row_number: bool,
    /// A uuid made from these columns, the journey and the field.
    pub(super) derive: Vec<String>,
    /// What the table's words mean; anything else is refused. A word that means "" says nothing.
    pub(super) words: BTreeMap<String, String>,
    /// What an empty cell means; without it the field is absent.
    pub(super) empty: Option<String>,
    /// What separates several values in one cell.
    pub(super) split: Option<String>,
    /// How dates are written here, where the table has another way.
    pub(super) formats: Vec<String>,
    /// Letters changed before anything else: `upper`, `lower`, or `slug` (`Norman Manley` to
    /// `norman-manley`).
    pub(super) letters: Option<Letters>,
}

/// How letters are changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum Letters {
    Upper,
    Lower,
    Slug,
}

impl<'de> Deserialize<'de> for Field {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let value = toml::Value::deserialize(deserializer)?;
        if value.is_table() {
            return FieldFrom::deserialize(value)
                .map(Self::From)
                .map_err(D::Error::custom);
        }
        if value.is_float() || value.is_datetime() {
            return Err(D::Error::custom(format!("{value}: write it as a text")));
        }
        serde_json::to_value(&value)
            .map(Self::Constant)
            .map_err(D::Error::custom)
    }
}

/// A mapping that was checked against the types of its events.
#[derive(Debug, Clone)]
pub(crate) struct Mapping {
    pub(crate) shape: Shape,
    pub(super) journey: Identity,
    pub(super) rules: Vec<Rule>,
}

/// One event that a row tells, checked.
#[derive(Debug, Clone)]
pub(super) struct Rule {
    pub(super) entry: &'static EventType,
    /// How many rules before it are of its type.
    pub(super) nth: usize,
    pub(super) when: Vec<String>,
    pub(super) only: BTreeMap<String, Vec<String>>,
    pub(super) id: Option<Identity>,
    pub(super) fields: Vec<RuleField>,
}

/// A field of a rule, checked.
#[derive(Debug, Clone)]
pub(super) struct RuleField {
    pub(super) pointer: String,
    pub(super) segments: Vec<String>,
    pub(super) source: Field,
    /// What it holds; of a list that one cell is split into, what an element holds.
    pub(super) element: Holds,
    pub(super) calendar: Calendar,
    /// By the table's word in small letters.
    pub(super) words: BTreeMap<String, String>,
}

/// Why a file is no mapping: everything that is wrong with it.
#[derive(Debug, thiserror::Error)]
#[error("{}", .0.join("\n"))]
pub(crate) struct NoMapping(pub(crate) Vec<String>);

/// What the machinery fills in itself.
const OURS: [&str; 6] = [
    "/specversion",
    "/id",
    "/type",
    "/subject",
    "/schemaversion",
    "/datacontenttype",
];

/// Attributes that every event has. The agency may be that of the key.
const NEEDED: [&str; 3] = ["/source", "/ledger", "/occurred"];

impl Mapping {
    /// Reads and checks a mapping.
    ///
    /// # Errors
    /// Everything that is wrong with it.
    pub(crate) fn read(text: &str) -> Result<Self, NoMapping> {
        let file: MappingFile =
            toml::from_str(text).map_err(|error| NoMapping(vec![error.to_string()]))?;
        let mut wrong = Vec::new();
        let calendar = file
            .dates
            .calendar()
            .map_err(|why| vec![format!("[dates] {why}")]);
        let calendar = calendar.map_err(NoMapping)?;
        check_identity("[journey]", &file.journey, &mut wrong);
        if file.events.is_empty() {
            wrong.push("a mapping tells at least one event: [[event]]".to_owned());
        }
        let (mut rules, mut known): (Vec<Rule>, ByType) = (Vec::new(), ByType::new());
        for event in &file.events {
            let Some(entry) = EventType::find(&event.event_type) else {
                wrong.push(format!(
                    "no event type `{}` is known here",
                    event.event_type
                ));
                continue;
            };
            let fields = known.entry(entry.name).or_insert_with(|| Fields::of(entry));
            let nth = rules
                .iter()
                .filter(|rule: &&Rule| rule.entry.name == entry.name)
                .count();
            match rule(&file, event, (entry, nth), fields, &calendar) {
                Ok(rule) => rules.push(rule),
                Err(mut found) => wrong.append(&mut found),
            }
        }
        if wrong.is_empty() {
            Ok(Self {
                shape: file.table,
                journey: file.journey,
                rules,
            })
        } else {
            Err(NoMapping(wrong))
        }
    }

    /// The types of the events that it tells.
    pub(crate) fn types(&self) -> impl Iterator<Item = &'static str> {
        self.rules.iter().map(|rule| rule.entry.name)
    }
}

fn check_identity(at: &str, id: &Identity, wrong: &mut Vec<String>) {
    if id.column.is_some() != id.derive.is_empty() {
        wrong.push(format!(
            "{at} names a column, or columns to derive the id from"
        ));
    }
}

fn rule(
    file: &MappingFile,
    event: &EventRule,
    (entry, nth): (&'static EventType, usize),
    fields: &Fields,
    calendar: &Calendar,
) -> Result<Rule, Vec<String>> {
    let mut wrong = Vec::new();
    let of = |pointer: &str, why: String| format!("{} {pointer}: {why}", entry.name);
    if let Some(id) = &event.id {
        check_identity(&format!("{} id", entry.name), id, &mut wrong);
    }
    let mut all = file.fields.clone();
    all.extend(event.fields.clone());
    let mut checked = Vec::new();
    for (pointer, source) in &all {
        // What every event may have stands for those that can: the others pass it over.
        let shared = !event.fields.contains_key(pointer) && pointer.starts_with("/data/");
        if OURS.contains(&pointer.as_str()) {
            let why = "is filled in by itself: see [journey], id and type";
            wrong.push(of(pointer, why.to_owned()));
            continue;
        }
        match fields
            .at(pointer)
            .and_then(|kind| field(pointer, source, &kind, fields, calendar))
        {
            Ok(field) => checked.push(field),
            Err(_) if shared && fields.at(pointer).is_err() => {}
            Err(why) => wrong.push(of(pointer, why)),
        }
    }
    for needed in NEEDED {
        if !all.contains_key(needed) {
            wrong.push(of(needed, "required, and fed by nothing".to_owned()));
        }
    }
    let filled: Vec<&str> = checked.iter().map(|field| field.pointer.as_str()).collect();
    for missing in fields.required(&filled) {
        wrong.push(of(&missing, "required, and fed by nothing".to_owned()));
    }
    if !wrong.is_empty() {
        return Err(wrong);
    }
    Ok(Rule {
        entry,
        nth,
        when: event.when.clone(),
        only: event.only.clone(),
        id: event.id.clone(),
        fields: checked,
    })
}

fn field(
    pointer: &str,
    source: &Field,
    kind: &FieldKind,
    fields: &Fields,
    calendar: &Calendar,
) -> Result<RuleField, String> {
    let is_list = kind.holds == Holds::List;
    let element = if is_list {
        fields.at(&format!("{pointer}/-"))?
    } else {
        kind.clone()
    };
    let (words, formats): (BTreeMap<String, String>, &[String]) = match source {
        Field::Constant(value) => {
            check_constant(value, &element)?;
            (BTreeMap::new(), &[])
        }
        Field::From(from) => {
            check_from(pointer, from, is_list, &element)?;
            let lower =
                |(word, means): (&String, &String)| (word.trim().to_lowercase(), means.clone());
            (from.words.iter().map(lower).collect(), &from.formats)
        }
    };
    Ok(RuleField {
        pointer: pointer.to_owned(),
        segments: segments(pointer)?,
        source: source.clone(),
        element: element.holds,
        calendar: calendar.with(formats)?,
        words,
    })
}

fn check_constant(value: &Value, element: &FieldKind) -> Result<(), String> {
    let values = value
        .as_array()
        .map_or(std::slice::from_ref(value), Vec::as_slice);
    values
        .iter()
        .filter_map(Value::as_str)
        .try_for_each(|word| check_word(word, element))
}

fn check_from(
    pointer: &str,
    from: &FieldFrom,
    is_list: bool,
    element: &FieldKind,
) -> Result<(), String> {
    let sources = [
        from.column.is_some(),
        !from.columns.is_empty(),
        !from.derive.is_empty(),
        from.row_number,
    ];
    if sources.into_iter().filter(|given| *given).count() != 1 {
        return Err("names one of column, columns, derive and row_number".to_owned());
    }
    if from.row_number
        && !(element.words.is_empty() && from.words.is_empty() && holds_number(element))
    {
        return Err("holds no number: `row_number` is one".to_owned());
    }
    let named = from.column.iter().chain(&from.columns).chain(&from.derive);
    if named.clone().any(|name| name.trim().is_empty()) {
        return Err("names no column yet".to_owned());
    }
    if !from.derive.is_empty() && element.holds != Holds::Uuid {
        return Err("is no id: `derive` makes one".to_owned());
    }
    if is_list != from.split.is_some() {
        return Err(
            "`split` goes with a list, and a list with `split`, or with a place: `/-`".to_owned(),
        );
    }
    if from.split.as_deref() == Some("") {
        return Err("`split` is empty".to_owned());
    }
    for means in from
        .words
        .values()
        .chain(&from.empty)
        .filter(|means| !means.is_empty())
    {
        check_word(means, element)?;
    }
    // Law of the domain: what was not handed over is not the same as nothing to hand over.
    if ["/data/medical_information", "/data/criminal_information"].contains(&pointer)
        && from.empty.as_deref() == Some("none")
    {
        return Err("an empty cell never says `none`: it says not-provided".to_owned());
    }
    Ok(())
}

/// Whether a number may stand in a field: the attribute `sequence` is a number written as a text.
fn holds_number(element: &FieldKind) -> bool {
    matches!(element.holds, Holds::Text | Holds::Integer)
}

fn check_word(word: &str, element: &FieldKind) -> Result<(), String> {
    if element.words.is_empty() || element.words.iter().any(|known| known == word) {
        return Ok(());
    }
    Err(format!("`{word}` is none of {}", element.words.join(", ")))
}

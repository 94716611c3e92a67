//! From a row to a commit: the events that it tells become true together, or none of them does.
//!
//! Pure: the same row under the same mapping is the same events with the same ids, so that a file may
//! be published as often as anybody likes.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use homeward_events::codec::{Defaults, decode_checked_commit};
use serde_json::{Map, Value};
use uuid::Uuid;

use super::fields::is_place;
use super::file::{Field, FieldFrom, Identity, Mapping, Rule, RuleField};
use super::value::put;
use crate::table_in::Row;

/// Under which names are made into ids. Part of every derived id: it never changes.
static NAMES: LazyLock<Uuid> =
    LazyLock::new(|| Uuid::new_v5(&Uuid::NAMESPACE_URL, b"urn:homeward:mapping"));

/// Separates the parts of a name; no cell holds it.
const SEPARATOR: char = '\u{1f}';

/// The attribute with the source's own number.
const SEQUENCE: &str = "sequence";

/// A mapping for the columns of one table.
#[derive(Debug, Clone)]
pub(crate) struct Bound {
    mapping: Mapping,
    /// Place of each column that the mapping names, by the name as it is written there.
    places: BTreeMap<String, usize>,
    /// What every row has besides, after the table's own columns.
    set: Vec<String>,
    /// Words that say "nothing stands here", in small letters.
    empty: Vec<String>,
    defaults: Defaults,
}

/// A row that tells something.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Told {
    /// The events, as a JSON array.
    pub(crate) events: String,
    /// Their journey.
    pub(crate) journey: String,
    /// Which rule each event was made by.
    pub(crate) rules: Vec<usize>,
}

/// What is wrong with a row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Fault {
    /// The column, where it is one.
    pub(crate) column: String,
    /// Stable code.
    pub(crate) code: String,
    /// JSON pointer within the event; empty for the row.
    pub(crate) field: String,
    /// Why, for people.
    pub(crate) reason: String,
}

impl Identity {
    fn columns(&self) -> impl Iterator<Item = &str> {
        self.column.iter().chain(&self.derive).map(String::as_str)
    }
}

impl FieldFrom {
    pub(super) fn names(&self) -> impl Iterator<Item = &str> {
        let names = self.column.iter().chain(&self.columns).chain(&self.derive);
        names.map(String::as_str)
    }
}

impl Mapping {
    /// Every column that it names.
    pub(crate) fn columns(&self) -> BTreeSet<&str> {
        let mut names: BTreeSet<&str> = self.journey.columns().collect();
        for rule in &self.rules {
            names.extend(rule.when.iter().chain(rule.only.keys()).map(String::as_str));
            names.extend(rule.id.iter().flat_map(Identity::columns));
            for field in &rule.fields {
                if let Field::From(from) = &field.source {
                    names.extend(from.names());
                }
            }
        }
        names
    }

    /// Fits the mapping to a table; `set` are columns that every row has alike.
    ///
    /// # Errors
    /// The columns that the table does not have, or has twice.
    pub(crate) fn bind(
        self,
        columns: &[String],
        set: &[(String, String)],
        defaults: Defaults,
    ) -> Result<Bound, Vec<String>> {
        let given = set.iter().map(|(name, _)| name);
        let all: Vec<String> = columns.iter().chain(given).cloned().collect();
        let folded: Vec<String> = all.iter().map(|name| fold(name)).collect();
        let (mut places, mut wrong) = (BTreeMap::new(), Vec::new());
        for name in self.columns() {
            let wanted = fold(name);
            let mut found = (0..).zip(&folded).filter(|(_, known)| **known == wanted);
            match (found.next(), found.next()) {
                (Some((place, _)), None) => {
                    places.insert(name.to_owned(), place);
                }
                (Some(_), Some(_)) => {
                    wrong.push(format!("column `{name}` stands twice in the table"));
                }
                (None, _) => wrong.push(format!(
                    "no column `{name}`: the table has {}; --set {name}=... gives it to every row",
                    all.join(", ")
                )),
            }
        }
        if !wrong.is_empty() {
            return Err(wrong);
        }
        let empty = self
            .shape
            .empty
            .iter()
            .map(|word| word.trim().to_lowercase());
        Ok(Bound {
            empty: empty.collect(),
            set: set
                .iter()
                .map(|(_, value)| value.trim().to_owned())
                .collect(),
            mapping: self,
            places,
            defaults,
        })
    }
}

/// A column's name as far as it tells columns apart: without capitals and extra white space.
fn fold(name: &str) -> String {
    name.split_whitespace()
        .collect::<Vec<_>>()
        .join(" ")
        .to_lowercase()
}

/// A row with what every row has alike.
pub(super) struct Cells<'r> {
    bound: &'r Bound,
    row: &'r Row,
}

impl<'r> Cells<'r> {
    /// Whether the table writes numbers as `1.234,50`.
    pub(super) fn decimal_comma(&self) -> bool {
        self.bound.mapping.shape.decimal_comma
    }

    /// The row's number below the header.
    pub(super) fn row_number(&self) -> u64 {
        let header = u64::from(self.bound.mapping.shape.header_row.max(1));
        self.row.number.saturating_sub(header)
    }

    /// What stands in a column; empty where it says that nothing does.
    pub(super) fn get(&self, name: &str) -> &'r str {
        let Some(place) = self.bound.places.get(name) else {
            return "";
        };
        let set = place.checked_sub(self.row.cells.len());
        let cell = match set {
            Some(place) => self.bound.set.get(place),
            None => self.row.cells.get(*place),
        };
        let cell = cell.map_or("", String::as_str);
        let is_empty =
            !self.bound.empty.is_empty() && self.bound.empty.contains(&cell.to_lowercase());
        if is_empty { "" } else { cell }
    }

    /// A name made of columns; the first that is empty makes none.
    fn joined<'n>(&self, names: &'n [String]) -> Result<String, &'n str> {
        let mut joined = String::new();
        for name in names {
            let cell = self.get(name);
            if cell.is_empty() {
                return Err(name);
            }
            joined.push(SEPARATOR);
            joined.push_str(cell);
        }
        Ok(joined)
    }

    /// The id that a column holds, or that is made from columns under `name`.
    fn id(&self, identity: &Identity, name: &str, field: &str) -> Result<String, Fault> {
        let fault = |column: &str, code: &str, reason: String| Fault {
            column: column.to_owned(),
            code: code.to_owned(),
            field: field.to_owned(),
            reason,
        };
        if let Some(column) = &identity.column {
            let cell = self.get(column);
            if cell.is_empty() {
                return Err(fault(
                    column,
                    "field-missing",
                    "is empty, and holds the id".to_owned(),
                ));
            }
            return match Uuid::try_parse(cell) {
                Ok(id) => Ok(id.hyphenated().to_string()),
                Err(_) => Err(fault(column, "field-invalid", "is no uuid".to_owned())),
            };
        }
        match self.joined(&identity.derive) {
            Ok(columns) => Ok(derived(&format!("{name}{columns}"))),
            Err(empty) => {
                let reason = "is empty, and the id is made from it".to_owned();
                Err(fault(empty, "field-missing", reason))
            }
        }
    }
}

/// The id that a name gives, always the same.
fn derived(name: &str) -> String {
    Uuid::new_v5(&NAMES, name.as_bytes())
        .hyphenated()
        .to_string()
}

impl Bound {
    /// What a row tells.
    ///
    /// # Errors
    /// Everything that is wrong with it; at least one.
    pub(crate) fn tell(&self, row: &Row, columns: &[String]) -> Result<Told, Vec<Fault>> {
        let unreadable = |(place, reason): &(Option<usize>, String)| Fault {
            column: place
                .and_then(|place| columns.get(place))
                .cloned()
                .unwrap_or_default(),
            code: "cell-unreadable".to_owned(),
            field: String::new(),
            reason: reason.clone(),
        };
        let mut faults: Vec<Fault> = row.faults.iter().map(unreadable).collect();
        let cells = Cells { bound: self, row };
        let (mut events, mut rules) = (Vec::new(), Vec::new());
        for (place, rule) in self.mapping.rules.iter().enumerate() {
            if rule.applies(&cells) {
                let mut event = rule.fill(&cells, &mut faults);
                // A row that tells several events has one number: the first of them carries it.
                let number = event.get(SEQUENCE);
                if events
                    .iter()
                    .any(|other: &Map<_, _>| other.get(SEQUENCE) == number)
                {
                    event.remove(SEQUENCE);
                }
                events.push(event);
                rules.push(place);
            }
        }
        if events.is_empty() {
            faults.push(Fault {
                column: String::new(),
                code: "tells-nothing".to_owned(),
                field: String::new(),
                reason: "no event of the mapping applies to this row".to_owned(),
            });
        }
        let journey = self.identify(&cells, &mut events, &rules, &mut faults);
        if !faults.is_empty() {
            return Err(faults);
        }
        let events = Value::from(events.into_iter().map(Value::Object).collect::<Vec<_>>());
        let events = events.to_string();
        decode_checked_commit(events.as_bytes(), &self.defaults).map_err(|errors| {
            let fault = |error: homeward_events::codec::DecodeError| Fault {
                column: rules
                    .get(error.index)
                    .and_then(|rule| self.column(*rule, &error.field))
                    .unwrap_or_default(),
                code: error.code.to_string(),
                field: error.field,
                reason: error.message,
            };
            errors.into_iter().map(fault).collect::<Vec<_>>()
        })?;
        Ok(Told {
            events,
            journey,
            rules,
        })
    }

    /// Gives the events their journey, their ids, and the ids that are made from these.
    fn identify(
        &self,
        cells: &Cells<'_>,
        events: &mut [Map<String, Value>],
        rules: &[usize],
        faults: &mut Vec<Fault>,
    ) -> String {
        let text = |event: &Map<String, Value>, name: &str| {
            event
                .get(name)
                .and_then(Value::as_str)
                .unwrap_or_default()
                .to_owned()
        };
        let Some(first) = events.first() else {
            return String::new();
        };
        let (ledger, source) = (text(first, "ledger"), text(first, "source"));
        let identity = &self.mapping.journey;
        let scope = identity.scope.as_deref().unwrap_or(&source);
        let name = format!("journey{SEPARATOR}{ledger}{SEPARATOR}{scope}");
        let journey = match cells.id(identity, &name, "/subject") {
            Ok(journey) => journey,
            Err(fault) => {
                faults.push(fault);
                return String::new();
            }
        };
        for (event, place) in events.iter_mut().zip(rules) {
            let Some(rule) = self.mapping.rules.get(*place) else {
                continue;
            };
            let (kind, nth, source) = (rule.entry.name, rule.nth, text(event, "source"));
            let name = format!(
                "event{SEPARATOR}{source}{SEPARATOR}{journey}{SEPARATOR}{kind}{SEPARATOR}{nth}"
            );
            let usual = Identity::default();
            match cells.id(rule.id.as_ref().unwrap_or(&usual), &name, "/id") {
                Ok(id) => {
                    event.insert("id".to_owned(), id.into());
                }
                Err(fault) => faults.push(fault),
            }
            event.insert("subject".to_owned(), journey.clone().into());
            rule.derive(cells, &journey, event, faults);
        }
        journey
    }

    /// The columns that feed a field of a rule's event, joined; `None` where none does.
    pub(crate) fn column(&self, rule: usize, pointer: &str) -> Option<String> {
        let rule = self.mapping.rules.get(rule)?;
        let joined = |names: Vec<&str>| (!names.is_empty()).then(|| names.join(", "));
        if pointer == "/subject" {
            return joined(self.mapping.journey.columns().collect());
        }
        let parent = |pointer: &str| {
            pointer
                .rsplit_once('/')
                .map(|(parent, _)| parent.to_owned())
        };
        let same = |field: &&RuleField| field.pointer == pointer;
        let around = |field: &&RuleField| {
            let under = |outer: &str, inner: &str| {
                inner
                    .strip_prefix(outer)
                    .is_some_and(|rest| rest.starts_with('/'))
            };
            under(&field.pointer, pointer)
                || under(pointer, &field.pointer)
                || (field.segments.last().is_some_and(|last| is_place(last))
                    && parent(&field.pointer) == parent(pointer))
        };
        let field = rule
            .fields
            .iter()
            .find(same)
            .or_else(|| rule.fields.iter().find(around))?;
        match &field.source {
            Field::From(from) => joined(from.names().collect()),
            Field::Constant(_) => None,
        }
    }
}

impl Rule {
    fn applies(&self, cells: &Cells<'_>) -> bool {
        let says = |(column, words): (&String, &Vec<String>)| {
            let cell = cells.get(column).to_lowercase();
            words.iter().any(|word| word.trim().to_lowercase() == cell)
        };
        self.when.iter().all(|column| !cells.get(column).is_empty()) && self.only.iter().all(says)
    }

    /// The event without its ids.
    fn fill(&self, cells: &Cells<'_>, faults: &mut Vec<Fault>) -> Map<String, Value> {
        let mut event = Map::new();
        event.insert("specversion".to_owned(), "1.0".into());
        event.insert("type".to_owned(), self.entry.name.into());
        event.insert("schemaversion".to_owned(), self.entry.version.into());
        event.insert("data".to_owned(), Value::Object(Map::new()));
        for field in &self.fields {
            match field.value(cells) {
                Ok(Some(value)) => put(&mut event, &field.segments, value),
                Ok(None) => {}
                Err((column, reason)) => faults.push(Fault {
                    column,
                    code: "field-invalid".to_owned(),
                    field: field.pointer.clone(),
                    reason,
                }),
            }
        }
        event
    }

    /// Ids within the body that are made from columns.
    fn derive(
        &self,
        cells: &Cells<'_>,
        journey: &str,
        event: &mut Map<String, Value>,
        faults: &mut Vec<Fault>,
    ) {
        for field in &self.fields {
            let Field::From(from) = &field.source else {
                continue;
            };
            if from.derive.is_empty() {
                continue;
            }
            let name = field.segments.last().map_or("", String::as_str);
            let identity = Identity {
                derive: from.derive.clone(),
                ..Identity::default()
            };
            let name = format!("{name}{SEPARATOR}{journey}");
            match cells.id(&identity, &name, &field.pointer) {
                Ok(id) => put(event, &field.segments, id.into()),
                Err(fault) => faults.push(fault),
            }
        }
    }
}

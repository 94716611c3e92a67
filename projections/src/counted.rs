//! What a journey is counted by, as rows hold it, so that any question can group and restrict by any
//! of it; and names that many rows share, kept once in memory.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use homeward_journey::Journey;
use serde::{Deserialize, Serialize};

use crate::cube::NoSuchDimension;
use crate::dimension::{NOT_KNOWN, Profile};

/// What a journey is counted by; what is not known is a value of its own, and not written down.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Counted {
    /// Ledger.
    #[serde(default = "not_known", skip_serializing_if = "is_not_known")]
    pub ledger: Arc<str>,
    /// Site that keeps the case.
    #[serde(default = "not_known", skip_serializing_if = "is_not_known")]
    pub site: Arc<str>,
    /// First-level area that the person lives in: a P-code or ISO 3166-2.
    #[serde(default = "not_known", skip_serializing_if = "is_not_known")]
    pub area: Arc<str>,
    /// Programme.
    #[serde(default = "not_known", skip_serializing_if = "is_not_known")]
    pub programme: Arc<str>,
    /// How the return came about.
    #[serde(default = "not_known", skip_serializing_if = "is_not_known")]
    pub return_type: Arc<str>,
    /// Grounds of the return.
    #[serde(default = "not_known", skip_serializing_if = "is_not_known")]
    pub grounds: Arc<str>,
    /// Group of participants.
    #[serde(default = "not_known", skip_serializing_if = "is_not_known")]
    pub group: Arc<str>,
    /// Sex.
    #[serde(default = "not_known", skip_serializing_if = "is_not_known")]
    pub sex: Arc<str>,
    /// Age band at reception.
    #[serde(default = "not_known", skip_serializing_if = "is_not_known")]
    pub age_band: Arc<str>,
}

/// Reads one of the texts that a journey is counted by.
type Field = fn(&Counted) -> &Arc<str>;

fn not_known() -> Arc<str> {
    NOT_KNOWN.into()
}

fn is_not_known(text: &str) -> bool {
    text == NOT_KNOWN
}

impl Counted {
    /// Reads a journey's.
    pub fn of(journey: &Journey<'_>) -> Self {
        let profile = Profile::of(journey);
        let group = journey.origin.and_then(|origin| origin.group);
        Self {
            ledger: profile.ledger.into(),
            site: profile.site.into(),
            area: journey.area.map_or(NOT_KNOWN, |area| area.as_str()).into(),
            programme: profile.programme.into(),
            return_type: profile.return_type.into(),
            grounds: profile.grounds.into(),
            group: group.map_or(NOT_KNOWN, |group| group.as_str()).into(),
            sex: profile.sex.into(),
            age_band: profile.age_band.into(),
        }
    }

    /// Its fields by name, in the order of their names' list.
    const FIELDS: [(&'static str, Field); 9] = [
        ("ledger", |of| &of.ledger),
        ("site", |of| &of.site),
        ("area", |of| &of.area),
        ("programme", |of| &of.programme),
        ("return_type", |of| &of.return_type),
        ("grounds", |of| &of.grounds),
        ("group", |of| &of.group),
        ("sex", |of| &of.sex),
        ("age_band", |of| &of.age_band),
    ];

    /// The field of that name.
    fn field(name: &str) -> Option<Field> {
        let mut fields = Self::FIELDS.into_iter();
        fields.find(|(known, _)| *known == name).map(|(_, of)| of)
    }

    /// The same, with each text kept once among `names`.
    fn share(&self, names: &mut Names) -> Self {
        Self {
            ledger: names.text(&self.ledger),
            site: names.text(&self.site),
            area: names.text(&self.area),
            programme: names.text(&self.programme),
            return_type: names.text(&self.return_type),
            grounds: names.text(&self.grounds),
            group: names.text(&self.group),
            sex: names.text(&self.sex),
            age_band: names.text(&self.age_band),
        }
    }
}

/// What many rows hold, kept once.
#[derive(Debug, Clone, Default)]
pub struct Names {
    texts: BTreeSet<Arc<str>>,
    counted: BTreeSet<Arc<Counted>>,
}

impl Names {
    pub(crate) fn text(&mut self, text: &Arc<str>) -> Arc<str> {
        if let Some(known) = self.texts.get(text) {
            return Arc::clone(known);
        }
        self.texts.insert(Arc::clone(text));
        Arc::clone(text)
    }

    pub(crate) fn counted(&mut self, counted: &Arc<Counted>) -> Arc<Counted> {
        if let Some(known) = self.counted.get(counted) {
            return Arc::clone(known);
        }
        let shared = Arc::new(counted.share(self));
        self.counted.insert(Arc::clone(&shared));
        shared
    }
}

/// Where a dimension's value is read: on the journey, or on the thing that is counted, at its place
/// among that thing's own dimensions.
#[derive(Debug, Clone, Copy)]
enum Place {
    Journey(Field),
    Own(usize),
}

/// Conditions and groups of a question, with every name understood once.
#[derive(Debug)]
pub(crate) struct Grouping<'q> {
    by: Vec<Place>,
    on_journey: Vec<(Field, &'q [String])>,
    on_own: Vec<(usize, &'q [String])>,
}

impl<'q> Grouping<'q> {
    /// Understands names: of a journey, or one of `own`. `dimensions` is what an error lists.
    ///
    /// # Errors
    /// A name is neither.
    pub(crate) fn new(
        only: &'q BTreeMap<String, Vec<String>>,
        by: &[String],
        own: &[&str],
        dimensions: &'static [&'static str],
    ) -> Result<Self, NoSuchDimension> {
        let place = |name: &str| {
            let of_own = own.iter().position(|known| *known == name).map(Place::Own);
            of_own
                .or_else(|| Counted::field(name).map(Place::Journey))
                .ok_or_else(|| NoSuchDimension {
                    found: name.to_owned(),
                    expected: dimensions,
                })
        };
        let (mut on_journey, mut on_own) = (Vec::new(), Vec::new());
        for (name, values) in only {
            match place(name)? {
                _ if values.is_empty() => {}
                Place::Journey(of) => on_journey.push((of, values.as_slice())),
                Place::Own(at) => on_own.push((at, values.as_slice())),
            }
        }
        Ok(Self {
            by: by
                .iter()
                .map(|name| place(name))
                .collect::<Result<_, _>>()?,
            on_journey,
            on_own,
        })
    }

    /// Whether a journey meets the conditions on journeys.
    pub(crate) fn passes(&self, counted: &Counted) -> bool {
        self.on_journey
            .iter()
            .all(|(of, values)| values.iter().any(|value| value.as_str() == &**of(counted)))
    }

    /// Whether a thing that is counted meets the conditions on it.
    pub(crate) fn passes_own(&self, own: &[&str]) -> bool {
        self.on_own.iter().all(|(at, values)| {
            own.get(*at)
                .is_some_and(|own| values.iter().any(|v| v == own))
        })
    }

    /// The values of the group that something belongs to.
    pub(crate) fn group<'v>(&self, counted: &'v Counted, own: &[&'v str]) -> Vec<&'v str> {
        let value = |place: &Place| match place {
            Place::Journey(of) => &**of(counted),
            Place::Own(at) => own.get(*at).copied().unwrap_or(NOT_KNOWN),
        };
        self.by.iter().map(value).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_not_known_is_not_written_and_read_as_such() {
        let row = r#"{"ledger":"jm","sex":"male"}"#;
        let counted: Counted = serde_json::from_str(row).unwrap();
        assert_eq!((&*counted.ledger, &*counted.site), ("jm", NOT_KNOWN));
        assert_eq!(serde_json::to_string(&counted).unwrap(), row);
    }

    #[test]
    fn names_are_understood_once_and_for_all() {
        let counted: Counted = serde_json::from_str(r#"{"ledger":"jm"}"#).unwrap();
        let only = BTreeMap::from([
            ("ledger".to_owned(), vec!["tt".to_owned(), "jm".to_owned()]),
            ("agency".to_owned(), vec!["moss".to_owned()]),
            ("sex".to_owned(), Vec::new()),
        ]);
        let by = ["agency".to_owned(), "ledger".to_owned()];
        let grouping = Grouping::new(&only, &by, &["agency"], &["agency", "ledger"]).unwrap();
        assert!(grouping.passes(&counted));
        assert!(grouping.passes_own(&["moss"]) && !grouping.passes_own(&["other"]));
        assert_eq!(grouping.group(&counted, &["moss"]), ["moss", "jm"]);
        let error = Grouping::new(&only, &["x".to_owned()], &["agency"], &["agency"]).unwrap_err();
        assert_eq!(
            error.to_string(),
            "no dimension `x`: expected one of agency"
        );
    }
}

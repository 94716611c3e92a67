//! From a source's records to services as the ledger keeps them. Everything that is wrong is told with
//! its place; a service with a mistake in it is left out. Persons named as contacts are passed over.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Display;
use std::str::FromStr;

use homeward_events::directory::{
    Capacity, Eligibility, Location, Office, Organization, Service, ServiceArea, ServiceStatus,
    Term,
};
use homeward_events::id::{SLUG_BYTES_MAX, ServiceId};
use homeward_events::place::{AreaCode, CountryCode, LanguageCode};
use homeward_events::referral::ServiceNeed;

use super::record::{Record, RowError};
use super::terms::{Meaning, Terms};

/// Under which scheme an organization's identifiers say which agency of ours it is.
const AGENCY_SCHEME: &str = "homeward-agency";

/// What a source says.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Described {
    /// Services by id.
    pub(crate) services: BTreeMap<ServiceId, Service>,
    /// Services that the source says are no more.
    pub(crate) defunct: BTreeSet<ServiceId>,
    /// What is wrong.
    pub(crate) errors: Vec<RowError>,
    /// Terms that mean nothing here, with how often they stand.
    pub(crate) unknown_terms: BTreeMap<String, u64>,
    /// Areas without a code, with how often they stand.
    pub(crate) uncoded_areas: BTreeMap<String, u64>,
}

/// Reads records; names are in `language` unless their column says another.
pub(super) fn describe(
    records: &[Record],
    astray: Vec<RowError>,
    terms: &Terms,
    language: &LanguageCode,
) -> Described {
    let mut reading = Reading {
        terms,
        language,
        told: Described::default(),
    };
    for record in records {
        let known = reading.told.errors.len();
        let service = reading.service(record);
        let Some((service, is_defunct)) = service.filter(|_| reading.told.errors.len() == known)
        else {
            continue;
        };
        let id = service.id.clone();
        let told = &mut reading.told;
        if told.services.contains_key(&id) || told.defunct.contains(&id) {
            told.errors
                .push(record.wrong("id", format!("service {id} stands twice")));
        } else if is_defunct {
            told.defunct.insert(id);
        } else {
            told.services.insert(id, service);
        }
    }
    let mut told = reading.told;
    told.errors.extend(astray);
    told.errors.sort();
    told.errors.dedup();
    told
}

struct Reading<'t> {
    terms: &'t Terms,
    language: &'t LanguageCode,
    told: Described,
}

/// What the terms of a service say.
#[derive(Default)]
struct Said {
    terms: BTreeSet<Term>,
    needs: BTreeSet<ServiceNeed>,
    eligibility: Eligibility,
}

impl Reading<'_> {
    fn wrong(&mut self, record: &Record, field: &str, reason: impl Display) {
        self.told.errors.push(record.wrong(field, reason));
    }

    /// A field that may be absent, but not wrong.
    fn field<T: FromStr<Err: Display>>(&mut self, record: &Record, field: &str) -> Option<T> {
        let text = record.text(field)?;
        match text.parse() {
            Ok(value) => Some(value),
            Err(error) => {
                self.wrong(record, field, error);
                None
            }
        }
    }

    /// An id of ours from an id of the source's, and that one where it differs.
    fn id<T: FromStr<Err: Display>>(&mut self, record: &Record) -> Option<(T, Option<String>)> {
        let Some(text) = record.text("id") else {
            self.wrong(record, "id", "required, and absent");
            return None;
        };
        let slug = slug(text);
        if slug.len() > SLUG_BYTES_MAX {
            let reason = format!("longer than {SLUG_BYTES_MAX} letters: `{text}`");
            self.wrong(record, "id", reason);
            return None;
        }
        match slug.parse() {
            Ok(id) => Some((id, (slug != text).then(|| text.to_owned()))),
            Err(error) => {
                self.wrong(record, "id", error);
                None
            }
        }
    }

    fn service(&mut self, record: &Record) -> Option<(Service, bool)> {
        let id = self.id(record);
        let organization = self.organization(record);
        let name = self.name(record);
        let (status, is_defunct) = self.status(record);
        let said = self.said(record);
        let areas = self.areas(record);
        let locations = self.locations(record);
        let languages = self.languages(record);
        let eligibility = self.eligibility(record, said.eligibility);
        let capacity = self.capacity(record);
        let (id, source_id) = id?;
        let service = Service {
            id,
            organization: organization?,
            name,
            description: record.text("description").map(str::to_owned),
            needs: said.needs,
            terms: said.terms,
            areas,
            locations,
            languages,
            eligibility: (eligibility != Eligibility::default()).then_some(eligibility),
            capacity,
            schedule: schedule(record),
            office: office(record),
            status,
            source_id,
        };
        Some((service, is_defunct))
    }

    fn organization(&mut self, record: &Record) -> Option<Organization> {
        let Some(organization) = record.first("organization") else {
            // One that a table points at and does not hold is told already.
            if record.text("organization_id").is_none() {
                self.wrong(record, "organization", "required, and absent");
            }
            return None;
        };
        let ours = organization
            .all("organization_identifiers")
            .iter()
            .find(|known| known.text("identifier_scheme") == Some(AGENCY_SCHEME));
        let id = match ours {
            Some(ours) => self.field(ours, "identifier"),
            None => self.id(organization).map(|(id, _)| id),
        };
        let name = organization.text("name");
        if name.is_none() {
            self.wrong(organization, "name", "required, and absent");
        }
        Some(Organization {
            id: id?,
            name: name?.to_owned(),
        })
    }

    /// The name, and those of columns such as `name_es`.
    fn name(&mut self, record: &Record) -> BTreeMap<LanguageCode, String> {
        let mut names = BTreeMap::new();
        match record.text("name") {
            Some(name) => {
                names.insert(self.language.clone(), name.to_owned());
            }
            None => self.wrong(record, "name", "required, and absent"),
        }
        for (language, name) in record.under("name_") {
            match language.parse() {
                Ok(language) => {
                    names.insert(language, name.to_owned());
                }
                Err(error) => self.wrong(record, &format!("name_{language}"), error),
            }
        }
        names
    }

    /// Whether it takes people, and whether it is no more. HSDS before version 3 may leave it out.
    fn status(&mut self, record: &Record) -> (ServiceStatus, bool) {
        match record.text("status") {
            None | Some("active") => (ServiceStatus::Active, false),
            Some("inactive" | "temporarily closed") => (ServiceStatus::Inactive, false),
            Some("defunct") => (ServiceStatus::Inactive, true),
            Some(other) => {
                let reason = format!(
                    "expected active, inactive, temporarily closed or defunct, found `{other}`"
                );
                self.wrong(record, "status", reason);
                (ServiceStatus::Inactive, false)
            }
        }
    }

    fn said(&mut self, record: &Record) -> Said {
        let mut said = Said::default();
        for attribute in record.all("attributes") {
            let term = attribute.first("taxonomy_term").unwrap_or(attribute);
            let Some(name) = term.any(&["name", "term", "label", "value"]) else {
                continue;
            };
            let code = term.text("code");
            let detail = term.first("taxonomy_detail");
            let taxonomy = detail
                .and_then(|taxonomy| taxonomy.text("name"))
                .or_else(|| term.any(&["taxonomy", "vocabulary"]));
            match self.terms.meaning(code, name) {
                Some(Meaning::Need(need)) => {
                    said.needs.insert(need);
                }
                Some(Meaning::Sex(sex)) => {
                    said.eligibility.sexes.insert(sex);
                }
                Some(Meaning::Group(group)) => {
                    said.eligibility.groups.insert(group);
                }
                Some(Meaning::ReturnType(kind)) => {
                    said.eligibility.return_types.insert(kind);
                }
                None => *self.told.unknown_terms.entry(name.to_owned()).or_default() += 1,
            }
            said.terms.insert(Term {
                taxonomy: taxonomy.map(str::to_owned),
                code: code.map(str::to_owned),
                name: name.to_owned(),
            });
        }
        if said.needs.is_empty() {
            said.needs.insert(ServiceNeed::Other);
        }
        said
    }

    fn areas(&mut self, record: &Record) -> BTreeSet<ServiceArea> {
        let at_locations = record.all("service_at_locations").iter();
        let there = at_locations.flat_map(|at| at.all("service_areas"));
        let mut areas = BTreeSet::new();
        for area in record.all("service_areas").iter().chain(there) {
            let name = area.any(&["name", "service_area", "description"]);
            let uri = area
                .text("uri")
                .and_then(|uri| uri.rsplit(['/', ':']).next());
            let said = [area.text("extent"), uri, name];
            let code = said.into_iter().flatten().find_map(area_code);
            let name = name.filter(|name| code.as_ref().is_none_or(|code| code.as_str() != *name));
            match (&code, name) {
                (None, None) => {
                    self.wrong(area, "name", "an area has a code or a name");
                    continue;
                }
                (None, Some(name)) => {
                    *self.told.uncoded_areas.entry(name.to_owned()).or_default() += 1;
                }
                (Some(_), _) => {}
            }
            areas.insert(ServiceArea {
                area: code,
                name: name.map(str::to_owned),
            });
        }
        areas
    }

    fn locations(&mut self, record: &Record) -> BTreeSet<Location> {
        let mut locations = BTreeSet::new();
        for at in record.all("service_at_locations") {
            let Some(location) = at.first("location") else {
                continue;
            };
            let Some((site, _)) = self.id(location) else {
                continue;
            };
            let address = location.first("addresses");
            let country = address.and_then(|address| self.country(address));
            let region = address.and_then(|address| address.any(&["state_province", "region"]));
            let lines = ["address_1", "address_2", "city", "postal_code"];
            let line: Vec<&str> = address
                .into_iter()
                .flat_map(|address| lines.iter().filter_map(|name| address.text(name)))
                .collect();
            locations.insert(Location {
                site,
                name: location.text("name").map(str::to_owned),
                area: region.and_then(|region| area_in(country.as_ref(), region)),
                country,
                address: (!line.is_empty()).then(|| line.join(", ")),
                latitude: self.field(location, "latitude"),
                longitude: self.field(location, "longitude"),
            });
        }
        locations
    }

    fn country(&mut self, address: &Record) -> Option<CountryCode> {
        let country = address.text("country")?.to_uppercase();
        match country.parse() {
            Ok(country) => Some(country),
            Err(error) => {
                self.wrong(address, "country", error);
                None
            }
        }
    }

    fn languages(&mut self, record: &Record) -> BTreeSet<LanguageCode> {
        let at_locations = record.all("service_at_locations").iter();
        let there = at_locations
            .filter_map(|at| at.first("location"))
            .flat_map(|location| location.all("languages"));
        let mut languages = BTreeSet::new();
        for language in record.all("languages").iter().chain(there) {
            let said = ["code", "language", "name"];
            let field = said.into_iter().find(|name| language.text(name).is_some());
            let Some((field, text)) = field.and_then(|field| Some((field, language.text(field)?)))
            else {
                self.wrong(language, "code", "required, and absent");
                continue;
            };
            if let Some(code) = self.terms.language(text) {
                languages.insert(code);
            } else {
                let reason = format!("expected a language such as es, found `{text}`");
                self.wrong(language, field, reason);
            }
        }
        languages
    }

    fn eligibility(&mut self, record: &Record, said: Eligibility) -> Eligibility {
        let own = record.first("eligibility").unwrap_or(record);
        let (min, max) = (
            self.whole(own, "minimum_age"),
            self.whole(own, "maximum_age"),
        );
        if let (Some(min), Some(max)) = (min, max)
            && max < min
        {
            let reason = format!("{max} is less than minimum_age {min}");
            self.wrong(own, "maximum_age", reason);
        }
        let text = record.any(&["eligibility_description", "eligibility"]);
        let text = text.or_else(|| own.any(&["eligibility", "eligibility_description"]));
        Eligibility {
            age_min: min,
            age_max: max,
            text: text.map(str::to_owned),
            ..said
        }
    }

    /// Places in all; where only those that are free are told, those. Places of another unit than the
    /// first are not added up.
    fn capacity(&mut self, record: &Record) -> Option<Capacity> {
        let mut counted: Option<Capacity> = None;
        let known = ["capacities", "service_capacities"];
        for capacity in known.iter().flat_map(|name| record.all(name)) {
            let field = ["maximum", "available"]
                .into_iter()
                .find(|name| capacity.text(name).is_some())
                .unwrap_or("maximum");
            let Some(places) = self.whole::<u32>(capacity, field) else {
                continue;
            };
            let unit = capacity.first("unit").and_then(|unit| unit.text("name"));
            let per = unit.map(str::to_owned);
            match &mut counted {
                None => counted = Some(Capacity { places, per }),
                Some(first) if first.per == per => {
                    first.places = first.places.saturating_add(places);
                }
                Some(_) => {}
            }
        }
        counted
    }

    /// A whole number; HSDS writes it as a number, which may be `18.0`.
    fn whole<T: FromStr>(&mut self, record: &Record, field: &str) -> Option<T> {
        let text = record.text(field)?;
        let (whole, part) = text.split_once('.').unwrap_or((text, "0"));
        let number = whole.parse().ok();
        let number = number.filter(|_| !part.is_empty() && part.bytes().all(|digit| digit == b'0'));
        if number.is_none() {
            let reason = format!("expected a whole number, found `{text}`");
            self.wrong(record, field, reason);
        }
        number
    }
}

/// When it is open, in words: as described, or as the rules say.
fn schedule(record: &Record) -> Option<String> {
    let told = record.all("schedules").iter().filter_map(|schedule| {
        if let Some(described) = schedule.text("description") {
            return Some(described.to_owned());
        }
        let days = schedule.any(&["byday", "weekday", "bymonthday", "freq"]);
        let hours = ["opens_at", "closes_at"].map(|name| schedule.text(name));
        let hours = match hours {
            [Some(from), Some(to)] => Some(format!("{from}-{to}")),
            [from, to] => from.or(to).map(str::to_owned),
        };
        let parts: Vec<String> = days.map(str::to_owned).into_iter().chain(hours).collect();
        (!parts.is_empty()).then(|| parts.join(" "))
    });
    let told: Vec<String> = told.collect();
    (!told.is_empty()).then(|| told.join("; "))
}

/// How the office is reached: the service's own numbers, or else the organization's.
fn office(record: &Record) -> Option<Office> {
    let organization = record.first("organization");
    let numbers = |of: &Record| -> BTreeSet<String> {
        let phones = of.all("phones").iter();
        phones
            .filter_map(|phone| phone.text("number"))
            .map(str::to_owned)
            .collect()
    };
    let own = numbers(record);
    let either = |name: &str| {
        let text = record.text(name);
        text.or_else(|| {
            organization?
                .any(&[name, "website"])
                .filter(|_| name == "url")
        })
        .or_else(|| organization?.text(name))
        .map(str::to_owned)
    };
    let office = Office {
        phones: if own.is_empty() {
            organization.map(numbers).unwrap_or_default()
        } else {
            own
        },
        email: either("email"),
        url: either("url"),
    };
    (office != Office::default()).then_some(office)
}

/// A code of an area: a country's two letters, or more with a digit or a hyphen in it. Names in
/// capitals are no codes.
fn area_code(text: &str) -> Option<AreaCode> {
    let marked = text.bytes().any(|b| b.is_ascii_digit() || b == b'-');
    let code: AreaCode = text.parse().ok()?;
    (marked || text.len() == 2).then_some(code)
}

/// An area as addresses write it: `JM-01`, or `01` in Jamaica.
fn area_in(country: Option<&CountryCode>, text: &str) -> Option<AreaCode> {
    let whole = area_code(text).filter(|code| code.as_str().len() > 2);
    whole.or_else(|| area_code(&format!("{}-{text}", country?)))
}

/// A text as a slug: small letters, digits, and `-` for all else.
fn slug(text: &str) -> String {
    let mut slug = String::with_capacity(text.len());
    for letter in text.chars() {
        if letter.is_ascii_alphanumeric() {
            slug.push(letter.to_ascii_lowercase());
        } else if !slug.is_empty() && !slug.ends_with('-') {
            slug.push('-');
        }
    }
    slug.trim_end_matches('-').to_owned()
}

//! Which services answer a need, the most fitting first, and why each stands where it stands.
//!
//! Ranked by what excludes first (closed, not eligible, full), then by the need, the place, the
//! language, how surely the person is eligible, and how the provider has answered of late. [ours]
//! Nothing is hidden that answers the need: what does not fit stands last, with its reason.

use std::cmp::Reverse;
use std::collections::BTreeSet;

use homeward_events::directory::{Service, ServiceStatus};
use homeward_events::id::ServiceId;
use homeward_events::place::{AreaCode, CountryCode, LanguageCode};
use homeward_events::referral::ServiceNeed;
use homeward_events::time::add_months;
use homeward_events::vocabulary::{ParticipantGroup, ReturnType, Sex};
use jiff::civil::Date;

use super::fit::fit;
use super::index::Load;
use super::{Book, Catalogue};
use crate::dimension::month;
use crate::model::{Table, TableError};

/// Over how many months, that of the reference day included, a provider's answers are counted. [ours]
pub const ANSWER_MONTHS: i32 = 6;

/// Where a provider stands that has answered nothing of late, in thousandths: between the two. [ours]
const SHARE_UNKNOWN: i64 = 500;

/// What is needed, where, by whom. What is not said restricts nothing.
#[derive(Debug, Clone)]
pub struct Query {
    /// Ledgers; empty means all.
    pub ledgers: Vec<String>,
    /// The need.
    pub need: Option<ServiceNeed>,
    /// Where the person lives.
    pub area: Option<AreaCode>,
    /// The language that the person speaks.
    pub language: Option<LanguageCode>,
    /// Age in whole years.
    pub age: Option<u8>,
    /// Sex.
    pub sex: Option<Sex>,
    /// Group of participants.
    pub group: Option<ParticipantGroup>,
    /// How the return came about.
    pub return_type: Option<ReturnType>,
    /// The reference day: it says which version was out, and which answers are of late.
    pub day: Date,
    /// This version, instead of the one that was out on the reference day.
    pub version: Option<u32>,
}

/// Whether a service answers the need.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum NeedMatch {
    /// It does, or no need was asked for.
    Answers,
    /// Its terms are mapped to no need: it may.
    MayAnswer,
}

/// Whether a service serves where the person lives.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum PlaceMatch {
    /// The area is served, or no area was asked for.
    Served,
    /// In the same country.
    SameCountry,
    /// It does not say where people must live.
    Anywhere,
    /// Elsewhere.
    Elsewhere,
}

/// Whether the person's language is spoken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum LanguageMatch {
    /// It is, or no language was asked for.
    Spoken,
    /// It does not say which languages are spoken.
    NotSaid,
    /// Others are.
    NotSpoken,
}

/// Whether the person can be served.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Fit {
    /// Yes, as far as the directory says.
    Fits,
    /// It depends on what was not said, or on conditions in words.
    MayNotFit,
    /// No.
    DoesNotFit,
}

/// How many places a service has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Places {
    /// In all.
    pub places: u32,
    /// Less than one when as many referrals are open as there are places, or more.
    pub free: i64,
}

/// Why a service stands where it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Why {
    /// What it is about: `status`, `need`, `place`, `language`, `eligibility`, `capacity`, `answers`.
    pub about: &'static str,
    /// What there is to say.
    pub says: String,
}

/// A service that answers the need.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Suggestion {
    /// Ledger.
    pub ledger: String,
    /// The version of the directory that it was chosen from.
    pub version: u32,
    /// The service.
    pub service: Service,
    /// Whether it answers the need.
    pub need: NeedMatch,
    /// Whether it serves where the person lives.
    pub place: PlaceMatch,
    /// Whether the person's language is spoken.
    pub language: LanguageMatch,
    /// Whether the person can be served.
    pub eligibility: Fit,
    /// Referrals to it that take a place.
    pub open: i64,
    /// Its places, where it says how many.
    pub capacity: Option<Places>,
    /// Of the provider's answers of late: accepted, declined.
    pub answers: (i64, i64),
    /// Why it stands where it stands.
    pub why: Vec<Why>,
}

impl NeedMatch {
    /// Its text.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Answers => "answers",
            Self::MayAnswer => "may-answer",
        }
    }
}

impl PlaceMatch {
    /// Its text.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Served => "served",
            Self::SameCountry => "same-country",
            Self::Anywhere => "anywhere",
            Self::Elsewhere => "elsewhere",
        }
    }
}

impl LanguageMatch {
    /// Its text.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Spoken => "spoken",
            Self::NotSaid => "not-said",
            Self::NotSpoken => "not-spoken",
        }
    }
}

impl Fit {
    /// Its text.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Fits => "fits",
            Self::MayNotFit => "may-not-fit",
            Self::DoesNotFit => "does-not-fit",
        }
    }
}

/// Services that answer a need, the most fitting first, with how many there are in all.
///
/// # Errors
/// The table cannot be read.
pub fn suggest(
    table: &dyn Table,
    query: &Query,
    limit: usize,
) -> Result<(Vec<Suggestion>, usize), TableError> {
    let catalogue = Catalogue::of(table)?;
    let mut found = Vec::new();
    for (ledger, book) in catalogue.books().filter(|(ledger, _)| query.wants(ledger)) {
        let Some(version) = version(book, query) else {
            continue;
        };
        for (id, service, _) in book.standing(version) {
            let load = catalogue.load(ledger, id);
            let weighed = need(service, query).map(|need| weigh(service, need, load, query));
            found.extend(weighed.map(|weighed| (weighed, ledger, version, service)));
        }
    }
    let all = found.len();
    found.sort_by_key(|(weighed, ledger, _, service)| (rank(weighed), *ledger, &service.id));
    let told = found
        .into_iter()
        .take(limit)
        .map(|(weighed, ledger, version, service)| weighed.told(ledger, version, service, query));
    Ok((told.collect(), all))
}

/// One service, weighed as [`suggest`] weighs it: that of the first ledger whose version lists it.
///
/// # Errors
/// The table cannot be read.
pub fn one(
    table: &dyn Table,
    id: &ServiceId,
    query: &Query,
) -> Result<Option<Suggestion>, TableError> {
    let catalogue = Catalogue::of(table)?;
    for (ledger, book) in catalogue.books().filter(|(ledger, _)| query.wants(ledger)) {
        let version = version(book, query);
        let holds = version.and_then(|version| Some((version, book.holds(id, version)?)));
        if let Some((version, Some(service))) =
            holds.map(|(version, listing)| (version, listing.service.as_ref()))
        {
            let load = catalogue.load(ledger, id);
            let weighed = weigh(service, NeedMatch::Answers, load, query);
            return Ok(Some(weighed.told(ledger, version, service, query)));
        }
    }
    Ok(None)
}

impl Query {
    fn wants(&self, ledger: &str) -> bool {
        self.ledgers.is_empty() || self.ledgers.iter().any(|known| known == ledger)
    }
}

fn version(book: &Book, query: &Query) -> Option<u32> {
    match query.version {
        Some(version) => book.versions.contains_key(&version).then_some(version),
        None => book.on(query.day).map(|version| version.version),
    }
}

/// Whether a service answers the need; `None` for no.
fn need(service: &Service, query: &Query) -> Option<NeedMatch> {
    let Some(need) = query.need else {
        return Some(NeedMatch::Answers);
    };
    if service.needs.contains(&need) {
        return Some(NeedMatch::Answers);
    }
    let unmapped = service.needs.is_empty() || service.needs.contains(&ServiceNeed::Other);
    unmapped.then_some(NeedMatch::MayAnswer)
}

/// What a service is ranked by; its reasons are put into words only for those that are shown.
struct Weighed {
    is_active: bool,
    need: NeedMatch,
    place: PlaceMatch,
    language: LanguageMatch,
    eligibility: Fit,
    reasons: Vec<String>,
    open: i64,
    capacity: Option<Places>,
    answers: (i64, i64),
}

fn weigh(service: &Service, need: NeedMatch, load: Option<&Load>, query: &Query) -> Weighed {
    let (eligibility, reasons) = fit(service.eligibility.as_ref(), query);
    let open = load.map_or(0, |load| load.open);
    Weighed {
        is_active: service.status == ServiceStatus::Active,
        need,
        place: place(service, query.area.as_ref()),
        language: language(service, query.language.as_ref()),
        eligibility,
        reasons,
        open,
        capacity: service.capacity.as_ref().map(|capacity| Places {
            places: capacity.places,
            free: i64::from(capacity.places) - open,
        }),
        answers: load.map_or((0, 0), |load| answers(load, query.day)),
    }
}

impl Weighed {
    fn is_full(&self) -> bool {
        self.capacity.is_some_and(|capacity| capacity.free < 1)
    }
}

/// Smaller is better. Closed, not eligible and full exclude; then what was asked for, in order.
fn rank(weighed: &Weighed) -> impl Ord + use<> {
    let (accepted, declined) = weighed.answers;
    let share = (accepted * 1000)
        .checked_div(accepted + declined)
        .unwrap_or(SHARE_UNKNOWN);
    (
        !weighed.is_active,
        weighed.eligibility == Fit::DoesNotFit,
        weighed.is_full(),
        (weighed.need, weighed.place, weighed.language),
        weighed.eligibility,
        Reverse(share),
        Reverse(weighed.capacity.map_or(0, |capacity| capacity.free)),
    )
}

/// Accepted and declined in the months up to a day.
fn answers(load: &Load, day: Date) -> (i64, i64) {
    let (first, last) = (month(add_months(day, 1 - ANSWER_MONTHS)), month(day));
    let of_late = load.answers.range(first..=last);
    of_late.fold((0, 0), |(accepted, declined), (_, (yes, no))| {
        (accepted + yes, declined + no)
    })
}

/// An area holds another if its code begins the other's: `JM` holds `JM-01`, `HT08` holds
/// `HT0811-07`. [ours]
fn holds(area: &AreaCode, other: &AreaCode) -> bool {
    other.as_str().starts_with(area.as_str())
}

fn place(service: &Service, asked: Option<&AreaCode>) -> PlaceMatch {
    let Some(asked) = asked else {
        return PlaceMatch::Served;
    };
    let areas = service.areas.iter().filter_map(|area| area.area.as_ref());
    // Offices count where nothing says whom they serve.
    let offices = service
        .locations
        .iter()
        .filter(|_| service.areas.is_empty());
    let near = offices.clone().filter_map(|office| office.area.as_ref());
    if areas
        .clone()
        .chain(near.clone())
        .any(|area| holds(area, asked))
    {
        return PlaceMatch::Served;
    }
    let country = asked.as_str().get(..2);
    let countries = service
        .locations
        .iter()
        .filter_map(|office| office.country.as_ref())
        .map(CountryCode::as_str);
    let named: BTreeSet<&str> = areas
        .chain(near)
        .filter_map(|area| area.as_str().get(..2))
        .chain(countries)
        .collect();
    match country {
        Some(country) if named.contains(country) => PlaceMatch::SameCountry,
        Some(_) | None if named.is_empty() => PlaceMatch::Anywhere,
        Some(_) | None => PlaceMatch::Elsewhere,
    }
}

fn language(service: &Service, asked: Option<&LanguageCode>) -> LanguageMatch {
    // `pt-BR` is spoken where `pt` is, and the other way round.
    let base = |code: &LanguageCode| code.as_str().split('-').next().map(str::to_owned);
    match asked {
        None => LanguageMatch::Spoken,
        Some(_) if service.languages.is_empty() => LanguageMatch::NotSaid,
        Some(asked)
            if service
                .languages
                .iter()
                .any(|known| base(known) == base(asked)) =>
        {
            LanguageMatch::Spoken
        }
        Some(_) => LanguageMatch::NotSpoken,
    }
}

impl Weighed {
    fn told(self, ledger: &str, version: u32, service: &Service, query: &Query) -> Suggestion {
        let why = self.why(service, query);
        Suggestion {
            ledger: ledger.to_owned(),
            version,
            service: service.clone(),
            need: self.need,
            place: self.place,
            language: self.language,
            eligibility: self.eligibility,
            open: self.open,
            capacity: self.capacity,
            answers: self.answers,
            why,
        }
    }

    fn why(&self, service: &Service, query: &Query) -> Vec<Why> {
        let mut why = Vec::new();
        let mut say = |about, says: String| why.push(Why { about, says });
        if !self.is_active {
            say("status", "takes nobody for now".to_owned());
        }
        if let Some(need) = query.need {
            say(
                "need",
                match self.need {
                    NeedMatch::Answers => format!("answers {need}"),
                    NeedMatch::MayAnswer => "its terms are mapped to no need of ours".to_owned(),
                },
            );
        }
        if let Some(area) = &query.area {
            let country = area.as_str().get(..2).unwrap_or_default();
            say(
                "place",
                match self.place {
                    PlaceMatch::Served => format!("serves {area}"),
                    PlaceMatch::SameCountry => format!("elsewhere in {country}"),
                    PlaceMatch::Anywhere => "says nothing of where people must live".to_owned(),
                    PlaceMatch::Elsewhere => format!("not in {country}"),
                },
            );
        }
        if let Some(language) = &query.language {
            say("language", self.spoken(language, service));
        }
        for reason in &self.reasons {
            say("eligibility", reason.clone());
        }
        if let Some(Places { places, free }) = self.capacity {
            let open = self.open;
            let says = format!(
                "{} of {places} places free, {open} referrals open",
                free.max(0)
            );
            say("capacity", says);
        }
        let (accepted, declined) = self.answers;
        if accepted + declined > 0 {
            let says = format!(
                "accepted {accepted} of {} referrals in {ANSWER_MONTHS} months",
                accepted + declined
            );
            say("answers", says);
        }
        why
    }

    fn spoken(&self, asked: &LanguageCode, service: &Service) -> String {
        match self.language {
            LanguageMatch::Spoken => format!("speaks {asked}"),
            LanguageMatch::NotSaid => "says nothing of languages".to_owned(),
            LanguageMatch::NotSpoken => {
                let spoken: Vec<&str> =
                    service.languages.iter().map(LanguageCode::as_str).collect();
                format!("speaks {}, not {asked}", spoken.join(", "))
            }
        }
    }
}

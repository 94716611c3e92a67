//! What a definition says, in the reader's language: made from its fields, so that the words cannot
//! say what the figures do not do.

mod phrases;

use std::fmt::Display;
use std::str::FromStr;

use super::Definition;
use super::terms::{
    Clock, Failure, FailureEvent, NotAtRisk, Origin, OriginEvent, Population, Unit, Which,
};
use crate::histories::PartingKind;
use phrases::Phrase;

/// A language in which definitions are told.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Language {
    /// English, `en`.
    #[default]
    English,
    /// Spanish, `es`.
    Spanish,
    /// French, `fr`.
    French,
    /// Portuguese, `pt`.
    Portuguese,
    /// Haitian Creole, `ht`.
    HaitianCreole,
}

/// A code that is none of ours.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("expected one of en, es, fr, pt, ht, found `{0}`")]
pub struct UnknownLanguage(String);

impl Language {
    /// Every language.
    pub const ALL: &'static [Self] = &[
        Self::English,
        Self::Spanish,
        Self::French,
        Self::Portuguese,
        Self::HaitianCreole,
    ];

    /// Its code. Source: ISO 639-1.
    pub const fn code(self) -> &'static str {
        match self {
            Self::English => "en",
            Self::Spanish => "es",
            Self::French => "fr",
            Self::Portuguese => "pt",
            Self::HaitianCreole => "ht",
        }
    }
}

impl FromStr for Language {
    type Err = UnknownLanguage;
    fn from_str(code: &str) -> Result<Self, UnknownLanguage> {
        let known = Self::ALL
            .iter()
            .copied()
            .find(|language| language.code() == code);
        known.ok_or_else(|| UnknownLanguage(code.chars().take(16).collect()))
    }
}

impl Definition {
    /// What it counts, in sentences of a language. Words of a vocabulary stand as they are stored.
    pub fn sentence(&self, language: Language) -> String {
        Speaker { language }.definition(self)
    }
}

struct Speaker {
    language: Language,
}

impl Speaker {
    fn say(&self, phrase: Phrase) -> &'static str {
        phrase.text(self.language)
    }

    fn with(&self, phrase: Phrase, filled: &str) -> String {
        self.say(phrase).replacen("{}", filled, 1)
    }

    fn list(&self, items: &[String], last: Phrase) -> String {
        match items {
            [] => String::new(),
            [one] => one.clone(),
            [most @ .., end] => format!("{} {} {end}", most.join(", "), self.say(last)),
        }
    }

    fn any<T: Display>(&self, values: &[T]) -> String {
        let values: Vec<String> = values.iter().map(ToString::to_string).collect();
        self.list(&values, Phrase::Or)
    }

    fn months(&self, months: u16) -> String {
        match months {
            1 => self.say(Phrase::OneMonth).to_owned(),
            more => self.with(Phrase::Months, &more.to_string()),
        }
    }

    fn days(&self, days: u16) -> String {
        match days {
            1 => self.say(Phrase::OneDay).to_owned(),
            more => self.with(Phrase::Days, &more.to_string()),
        }
    }

    fn definition(&self, definition: &Definition) -> String {
        let terms = definition.terms();
        let mut told = vec![self.say(origin(terms.origin)).to_owned()];
        told.extend(self.population(&terms.population));
        let many = definition.causes().len() > 1;
        let failures: Vec<String> = terms
            .failure
            .iter()
            .map(|rule| self.failure(rule, many))
            .collect();
        told.push(self.with(Phrase::FailureIs, &self.list(&failures, Phrase::Or)));
        told.push(self.say(clock(terms.clock)).to_owned());
        if terms.grace.after_origin_days > 0 {
            told.push(self.with(Phrase::Grace, &self.days(terms.grace.after_origin_days)));
        }
        if terms.grace.between_failures_days > 0 {
            told.push(self.with(
                Phrase::Repeats,
                &self.days(terms.grace.between_failures_days),
            ));
        }
        let ends = [
            (Phrase::Compete, &terms.ends.competing),
            (Phrase::Censor, &terms.ends.censoring),
        ];
        for (phrase, kinds) in ends.into_iter().filter(|(_, kinds)| !kinds.is_empty()) {
            let kinds: Vec<String> = kinds
                .iter()
                .map(|kind| self.say(parting(*kind)).to_owned())
                .collect();
            told.push(self.with(phrase, &self.list(&kinds, Phrase::And)));
        }
        if !terms.not_at_risk.is_empty() {
            let gaps: Vec<String> = terms
                .not_at_risk
                .iter()
                .map(|why| self.say(gap(*why)).to_owned())
                .collect();
            told.push(self.with(Phrase::NotAtRisk, &self.list(&gaps, Phrase::And)));
        }
        self.windows(definition, &mut told);
        if let Some(counting) = &terms.counting {
            told.push(self.say(Phrase::EveryFailure).to_owned());
            let points: Vec<String> = counting
                .severity_points
                .iter()
                .map(|(severity, points)| format!("{severity} {points}"))
                .collect();
            if !points.is_empty() {
                told.push(self.with(Phrase::Points, &points.join(", ")));
            }
        }
        told.push(self.say(Phrase::NotKnownLater).to_owned());
        told.join(" ")
    }

    fn windows(&self, definition: &Definition, told: &mut Vec<String>) {
        let windows = &definition.terms().windows;
        let (last, most) = windows.months.split_last().unwrap_or((&0, &[]));
        let mut months: Vec<String> = most.iter().map(ToString::to_string).collect();
        months.push(self.months(*last));
        told.push(self.with(Phrase::Windows, &self.list(&months, Phrase::And)));
        told.push(match windows.wait_months {
            0 => self.say(Phrase::AtOnce).to_owned(),
            wait => self.with(Phrase::AfterWait, &self.months(wait)),
        });
    }

    fn population(&self, people: &Population) -> Option<String> {
        let conditions = [
            (Phrase::Ledger, self.any(&people.ledger)),
            (Phrase::Site, self.any(&people.site)),
            (Phrase::Programme, self.any(&people.programme)),
            (Phrase::ReturnType, self.any(&people.return_type)),
            (Phrase::Grounds, self.any(&people.grounds)),
            (Phrase::Group, self.any(&people.group)),
            (Phrase::Sex, self.any(&people.sex)),
            (Phrase::SendingCountry, self.any(&people.sending_country)),
            (
                Phrase::AgeFrom,
                people
                    .age_min_years
                    .map_or_else(String::new, |age| age.to_string()),
            ),
            (
                Phrase::AgeTo,
                people
                    .age_max_years
                    .map_or_else(String::new, |age| age.to_string()),
            ),
        ];
        let told: Vec<String> = conditions
            .into_iter()
            .filter(|(_, values)| !values.is_empty())
            .map(|(phrase, values)| self.with(phrase, &values))
            .collect();
        (!told.is_empty()).then(|| self.with(Phrase::Only, &self.list(&told, Phrase::And)))
    }

    fn failure(&self, rule: &Failure, many: bool) -> String {
        let mut told = self.say(event(rule.event)).to_owned();
        let lists = [
            (Phrase::OfClass, self.any(&rule.class)),
            (Phrase::OfSeverity, self.any(&rule.severity)),
            (Phrase::ForReason, self.any(&rule.reason)),
            (Phrase::OfReturnType, self.any(&rule.return_type)),
        ];
        for (phrase, values) in lists.into_iter().filter(|(_, values)| !values.is_empty()) {
            told.push(' ');
            told.push_str(&self.with(phrase, &values));
        }
        if rule.offence_after_origin {
            told.push_str(", ");
            told.push_str(self.say(Phrase::OffenceAfterOrigin));
        }
        let from = Some(rule.from_months).filter(|months| *months > 0);
        let months = [
            (Phrase::From, from),
            (Phrase::Before, rule.before_months),
            (Phrase::ProvenBefore, rule.proven_before_months),
        ];
        for (phrase, months) in months {
            if let Some(months) = months {
                told.push_str(", ");
                told.push_str(&self.with(phrase, &self.months(months)));
            }
        }
        if many {
            told.push(' ');
            told.push_str(&self.with(Phrase::CountedAs, &rule.cause));
        }
        told
    }
}

const fn origin(origin: Origin) -> Phrase {
    match (origin.event, origin.unit, origin.which) {
        (OriginEvent::Reception, Unit::Person, Which::First) => Phrase::PersonFirstReception,
        (OriginEvent::Reception, Unit::Person, Which::Every) => Phrase::PersonEveryReception,
        (OriginEvent::Reception, Unit::Journey, Which::First | Which::Every) => {
            Phrase::JourneyReception
        }
        (OriginEvent::CustodyLeft, Unit::Person, Which::First) => Phrase::PersonFirstRelease,
        (OriginEvent::CustodyLeft, Unit::Person, Which::Every) => Phrase::PersonEveryRelease,
        (OriginEvent::CustodyLeft, Unit::Journey, Which::First) => Phrase::JourneyFirstRelease,
        (OriginEvent::CustodyLeft, Unit::Journey, Which::Every) => Phrase::JourneyEveryRelease,
    }
}

const fn event(event: FailureEvent) -> Phrase {
    match event {
        FailureEvent::Arrested => Phrase::Arrested,
        FailureEvent::Charged => Phrase::Charged,
        FailureEvent::Convicted => Phrase::Convicted,
        FailureEvent::CustodyEntered => Phrase::CustodyEntered,
        FailureEvent::SupervisionBreached => Phrase::SupervisionBreached,
        FailureEvent::RemovedAgain => Phrase::RemovedAgainEvent,
        FailureEvent::Remigrated => Phrase::RemigratedEvent,
        FailureEvent::ReceivedAgain => Phrase::ReceivedAgain,
    }
}

const fn clock(clock: Clock) -> Phrase {
    match clock {
        Clock::Event => Phrase::ClockEvent,
        Clock::Offence => Phrase::ClockOffence,
        Clock::Disposal => Phrase::ClockDisposal,
        Clock::Recorded => Phrase::ClockRecorded,
    }
}

const fn parting(kind: PartingKind) -> Phrase {
    match kind {
        PartingKind::Died => Phrase::Died,
        PartingKind::Remigrated => Phrase::Remigrated,
        PartingKind::RemovedAgain => Phrase::RemovedAgain,
        PartingKind::MovedAway => Phrase::MovedAway,
        PartingKind::ContactLost => Phrase::ContactLost,
        PartingKind::ObservationEnded => Phrase::ObservationEnded,
        PartingKind::ContactRegained => Phrase::ContactRegained,
    }
}

const fn gap(why: NotAtRisk) -> Phrase {
    match why {
        NotAtRisk::Custody => Phrase::InCustody,
        NotAtRisk::Abroad => Phrase::Abroad,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_phrase_is_there_in_every_language_with_the_same_blanks() {
        for phrase in Phrase::ALL {
            let blanks = phrase.text(Language::English).matches("{}").count();
            for language in Language::ALL {
                let text = phrase.text(*language);
                assert!(!text.trim().is_empty(), "{phrase:?} {}", language.code());
                assert_eq!(
                    text.matches("{}").count(),
                    blanks,
                    "{phrase:?} {}",
                    language.code()
                );
            }
        }
    }

    #[test]
    fn the_shipped_definitions_read_as_sentences() {
        let shelf = super::super::Definitions::shipped();
        let definition = shelf.get("reconviction-proven").unwrap();
        assert_eq!(
            definition.sentence(Language::English),
            "Each person is followed from the first reception on. A failure is a conviction or \
             caution that was not quashed, for an offence committed on or after the day of origin, \
             dated before 12 calendar months after the origin, proven before 18 calendar months \
             after the origin. A failure is dated by the day of the offence. These make a failure \
             impossible and compete: death, leaving the country again and being sent back again. \
             These end observation without an answer and censor: lost contact, moving out of the \
             area and the planned end of observation. Windows close 12 calendar months after the \
             origin; the day of closing is not in them. Until 6 calendar months after a window has \
             closed its answer is “not yet”, never “no”. All failures are counted as well as the \
             first. Points of severity: summary 1, either-way 2, indictable 4. What lies after the \
             reference day is not known."
        );
        for definition in shelf.iter() {
            for language in Language::ALL {
                let told = definition.sentence(*language);
                assert!(!told.contains("{}") && told.ends_with('.'), "{told}");
            }
        }
    }
}

//! From when and for whom time is counted.

use jiff::civil::Date;

use super::Start;
use crate::definition::Definition;
use crate::definition::terms::OriginEvent;
use crate::histories::{Arrival, Past};

impl Definition {
    /// Origins in order of time.
    pub(super) fn starts<'h>(&self, scope: &'h [Past], visit: &mut impl FnMut(Start<'h>)) {
        match self.terms().origin.event {
            OriginEvent::Reception => {
                for past in scope {
                    if let Some(arrival) = &past.arrival {
                        let on = arrival.on.0;
                        visit(Start {
                            past,
                            arrival,
                            on,
                            scope,
                        });
                    }
                }
            }
            OriginEvent::CustodyLeft => {
                let Some((_, first)) = arrivals(scope).next() else {
                    return;
                };
                let mut left: Vec<(Date, &Past, &Arrival)> = Vec::new();
                for past in scope {
                    let arrival = past.arrival.as_ref().unwrap_or(first);
                    let days = past.custody.iter().filter_map(|spell| spell.to);
                    let days = days.filter(|day| *day >= first.on);
                    left.extend(days.map(|day| (day.0, past, arrival)));
                }
                left.sort_by_key(|(day, past, _)| (*day, past.journey));
                for (on, past, arrival) in left {
                    visit(Start {
                        past,
                        arrival,
                        on,
                        scope,
                    });
                }
            }
        }
    }

    /// The condition that keeps a person out of the population, if one does.
    pub(super) fn outside(&self, past: &Past, arrival: &Arrival) -> Option<&'static str> {
        let people = &self.terms().population;
        let (min, max) = (people.age_min_years, people.age_max_years);
        let age = arrival.age;
        let conditions = [
            ("ledger", is_any_of(&people.ledger, past.ledger.as_ref())),
            ("site", is_any_of(&people.site, arrival.site.as_ref())),
            (
                "programme",
                is_any_of(&people.programme, arrival.programme.as_ref()),
            ),
            (
                "return_type",
                is_any_of(&people.return_type, Some(&arrival.return_type)),
            ),
            (
                "grounds",
                is_any_of(&people.grounds, Some(&arrival.grounds)),
            ),
            ("group", is_any_of(&people.group, arrival.group.as_ref())),
            ("sex", is_any_of(&people.sex, arrival.sex.as_ref())),
            (
                "sending_country",
                is_any_of(&people.sending_country, Some(&arrival.sending_country)),
            ),
            (
                "age_min_years",
                min.is_none_or(|min| age.is_some_and(|age| age >= min)),
            ),
            (
                "age_max_years",
                max.is_none_or(|max| age.is_some_and(|age| age <= max)),
            ),
        ];
        let failed = conditions.iter().find(|(_, holds)| !holds);
        failed.map(|(name, _)| *name)
    }
}

/// No condition, or one that a known value meets.
fn is_any_of<T: PartialEq>(allowed: &[T], value: Option<&T>) -> bool {
    allowed.is_empty() || value.is_some_and(|value| allowed.contains(value))
}

/// The receptions, each with its journey.
pub(super) fn arrivals(scope: &[Past]) -> impl Iterator<Item = (&Past, &Arrival)> {
    scope
        .iter()
        .filter_map(|past| Some((past, past.arrival.as_ref()?)))
}

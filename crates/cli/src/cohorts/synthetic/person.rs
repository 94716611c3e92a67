//! Who comes back, and how: drawn so that the shares are those of the region.

use homeward_events::id::BatchId;
use homeward_events::place::{AreaCode, CountryCode};
use homeward_events::time::OccurredOn;
use homeward_events::vocabulary::{Grounds, ParticipantGroup, ReturnType, Sex};
use jiff::civil::date;

use super::names::Names;
use super::place::Place;
use super::random::Random;
use super::story::Moment;

/// A human being: the same in each of their journeys.
#[derive(Debug, Clone, Copy)]
pub(super) struct Person {
    pub(super) sex: Sex,
    pub(super) born: OccurredOn,
    pub(super) names: Names,
}

/// One return of that person.
#[derive(Debug, Clone)]
pub(super) struct Return {
    pub(super) person: Person,
    pub(super) arrives: Moment,
    pub(super) charter: Option<BatchId>,
    pub(super) line: u32,
    pub(super) grounds: Grounds,
    pub(super) kind: ReturnType,
    pub(super) group: ParticipantGroup,
    pub(super) sender: CountryCode,
    pub(super) area: Option<AreaCode>,
    /// How well the person stands, from 0 to 100: answers and luck follow from it.
    pub(super) standing: i64,
}

impl Person {
    pub(super) fn draw(random: &mut Random, place: &Place, year: i16) -> Self {
        let sex = if random.chance(place.men_permille) {
            Sex::Male
        } else {
            random.weighted(Sex::Female, &[(8, Sex::Other), (12, Sex::RefusedToSay)])
        };
        // Two draws make the middle ages the most frequent.
        let age = 18 + random.few(0, 22) + random.few(0, 22);
        let born = year - i16::from(age);
        let day = || date(born, 1, 1);
        let born = match random.below(100) {
            0..15 => OccurredOn::Year(born),
            15..20 => OccurredOn::Month(born, day().month() + random_month(random)),
            _ => OccurredOn::Day(Moment::on(day(), 0).days_on(random.between(0, 364)).day()),
        };
        // Drawn last: everything else stays as it was.
        let names = Names::draw(random, place.language, sex);
        Self { sex, born, names }
    }
}

fn random_month(random: &mut Random) -> i8 {
    i8::try_from(random.below(12)).unwrap_or_default()
}

/// Grounds in 1,000: Jamaica 2019 (1,051 involuntary returns), with a share for which the sending
/// state gives none.
const GROUNDS: [(u32, Grounds); 12] = [
    (238, Grounds::Drugs),
    (64, Grounds::Assault),
    (55, Grounds::Larceny),
    (38, Grounds::Fraud),
    (37, Grounds::Firearms),
    (34, Grounds::Homicide),
    (29, Grounds::Sexual),
    (6, Grounds::Laundering),
    (4, Grounds::Kidnapping),
    (46, Grounds::Other),
    (48, Grounds::NotProvided),
    (10, Grounds::NoneStated),
];

/// How a return without any offence comes about, per thousand; the rest is deported.
const WITHOUT_OFFENCE: [(u32, ReturnType); 7] = [
    (70, ReturnType::RefusedEntry),
    (45, ReturnType::AssistedVoluntary),
    (25, ReturnType::VoluntaryHumanitarian),
    (20, ReturnType::Voluntary),
    (20, ReturnType::Spontaneous),
    (5, ReturnType::Unknown),
    (0, ReturnType::Extradited),
];

/// How a return with one comes about, per thousand; the rest is removed after conviction.
const WITH_OFFENCE: [(u32, ReturnType); 2] =
    [(330, ReturnType::Deported), (12, ReturnType::Extradited)];

/// Participants who are no returnees at all, per thousand of those without an offence.
const OTHER_GROUPS: [(u32, ParticipantGroup); 5] = [
    (8, ParticipantGroup::Migrant),
    (5, ParticipantGroup::Refugee),
    (5, ParticipantGroup::HostCommunity),
    (2, ParticipantGroup::Indigenous),
    (2, ParticipantGroup::Other),
];

impl Return {
    pub(super) fn draw(
        random: &mut Random,
        place: &Place,
        person: Person,
        arrives: Moment,
        charter: Option<(BatchId, u32)>,
    ) -> Self {
        let drawn = random.weighted(Grounds::Immigration, &GROUNDS);
        let offence = !matches!(
            drawn,
            Grounds::Immigration | Grounds::NotProvided | Grounds::NoneStated
        );
        let other = random.weighted(ParticipantGroup::ForcedReturnee, &OTHER_GROUPS);
        let (grounds, kind, group) =
            if charter.is_none() && !offence && other != ParticipantGroup::ForcedReturnee {
                (Grounds::NoneStated, ReturnType::Spontaneous, other)
            } else {
                let kind = if offence {
                    random.weighted(ReturnType::RemovedAfterConviction, &WITH_OFFENCE)
                } else if charter.is_some() {
                    ReturnType::Deported
                } else {
                    random.weighted(ReturnType::Deported, &WITHOUT_OFFENCE)
                };
                (drawn, kind, group_of(kind))
            };
        let sender_at = random.below(1000);
        Self {
            person,
            arrives,
            line: charter.as_ref().map_or(0, |(_, line)| *line),
            charter: charter.map(|(batch, _)| batch),
            grounds,
            kind,
            group,
            sender: sender(place, sender_at),
            area: random.pick(&place.areas).cloned(),
            standing: i64::midpoint(random.between(10, 80), random.between(10, 80)),
        }
    }

    /// Whether the return followed an offence.
    pub(super) fn after_offence(&self) -> bool {
        match self.kind {
            ReturnType::RemovedAfterConviction | ReturnType::Extradited => true,
            ReturnType::Deported
            | ReturnType::RefusedEntry
            | ReturnType::Voluntary
            | ReturnType::AssistedVoluntary
            | ReturnType::VoluntaryHumanitarian
            | ReturnType::Spontaneous
            | ReturnType::Unknown => false,
        }
    }
}

fn sender(place: &Place, mut drawn: u32) -> CountryCode {
    for (share, code) in &place.senders {
        match drawn.checked_sub(*share) {
            Some(rest) => drawn = rest,
            None => return code.clone(),
        }
    }
    place.sender.clone()
}

fn group_of(kind: ReturnType) -> ParticipantGroup {
    match kind {
        ReturnType::Voluntary
        | ReturnType::AssistedVoluntary
        | ReturnType::VoluntaryHumanitarian
        | ReturnType::Spontaneous => ParticipantGroup::VoluntaryReturnee,
        ReturnType::Deported
        | ReturnType::RemovedAfterConviction
        | ReturnType::RefusedEntry
        | ReturnType::Extradited
        | ReturnType::Unknown => ParticipantGroup::ForcedReturnee,
    }
}

//! Where a synthetic ledger lies: offices, providers and the shares that its people are drawn by. All
//! names of agencies are invented; countries, areas and offsets are real.

use homeward_events::assistance::Currency;
use homeward_events::id::{ActorId, AgencyId, LedgerId, ProgrammeId, ServiceId, SiteId};
use homeward_events::place::{AreaCode, CountryCode};
use homeward_events::referral::ServiceNeed;
use homeward_projections::instrument::{Instrument, Instruments};
use jiff::tz::Offset;

use crate::cohorts::word;

/// What all journeys of one ledger share.
#[derive(Debug)]
pub(super) struct Place {
    pub(super) ledger: LedgerId,
    pub(super) source: Box<str>,
    pub(super) country: CountryCode,
    pub(super) offset: Offset,
    pub(super) currency: Currency,
    pub(super) language: &'static str,
    /// Men among those returned, per thousand.
    pub(super) men_permille: u32,
    /// Who sends, per thousand; the rest is the first.
    pub(super) senders: Vec<(u32, CountryCode)>,
    pub(super) sender: CountryCode,
    pub(super) areas: Vec<AreaCode>,
    pub(super) airport: SiteId,
    pub(super) office_site: SiteId,
    pub(super) second_office_site: SiteId,
    pub(super) border: AgencyId,
    pub(super) office: AgencyId,
    pub(super) second_office: AgencyId,
    pub(super) health: AgencyId,
    pub(super) police: AgencyId,
    pub(super) court: AgencyId,
    pub(super) prison: AgencyId,
    pub(super) probation: AgencyId,
    pub(super) providers: Vec<Provider>,
    pub(super) programme: ProgrammeId,
    pub(super) instrument: &'static Instrument,
    pub(super) workers: Vec<ActorId>,
    pub(super) officers: Vec<ActorId>,
    pub(super) supervisor: ActorId,
    pub(super) registrar: ActorId,
}

/// An agency that referrals go to.
#[derive(Debug, Clone)]
pub(super) struct Provider {
    pub(super) agency: AgencyId,
    pub(super) service: ServiceId,
    pub(super) need: ServiceNeed,
    pub(super) worker: ActorId,
}

/// What is known of a country.
struct Profile {
    country: &'static str,
    offset_hours: i8,
    currency: &'static str,
    language: &'static str,
    men_permille: u32,
    sender: &'static str,
    senders: &'static [(u32, &'static str)],
    areas: &'static [&'static str],
}

/// Services every place has, by what they are for.
const SERVICES: [(&str, ServiceNeed); 12] = [
    ("shelter", ServiceNeed::Housing),
    ("job-centre", ServiceNeed::Livelihood),
    ("training-agency", ServiceNeed::Education),
    ("clinic", ServiceNeed::Health),
    ("counselling-centre", ServiceNeed::MentalHealth),
    ("registry", ServiceNeed::Documents),
    ("legal-aid", ServiceNeed::Legal),
    ("protection-desk", ServiceNeed::Protection),
    ("family-service", ServiceNeed::Family),
    ("welfare-office", ServiceNeed::SocialAssistance),
    ("enterprise-fund", ServiceNeed::BusinessGrant),
    ("church-council", ServiceNeed::Community),
];

fn profile(ledger: &str) -> Profile {
    let caricom = Profile {
        country: "ZZ",
        offset_hours: -4,
        currency: "XCD",
        language: "en",
        men_permille: 840,
        sender: "US",
        senders: &[(140, "CA"), (160, "GB"), (60, "KY")],
        areas: &[],
    };
    match ledger {
        "jm" => Profile {
            country: "JM",
            offset_hours: -5,
            currency: "JMD",
            men_permille: 862,
            senders: &[(120, "CA"), (180, "GB"), (60, "KY"), (30, "BS")],
            areas: &[
                "JM-01", "JM-02", "JM-03", "JM-05", "JM-06", "JM-08", "JM-12", "JM-13", "JM-14",
            ],
            ..caricom
        },
        "ht" => Profile {
            country: "HT",
            offset_hours: -5,
            currency: "HTG",
            language: "ht",
            men_permille: 815,
            sender: "DO",
            senders: &[(190, "US"), (70, "BS"), (50, "TC"), (30, "CU")],
            areas: &["HT01", "HT02", "HT05", "HT0811-07", "HT09"],
        },
        "tt" => Profile {
            country: "TT",
            currency: "TTD",
            men_permille: 850,
            areas: &["TT-POS", "TT-SFO", "TT-ARI", "TT-CHA", "TT-TOB"],
            ..caricom
        },
        "gy" => Profile {
            country: "GY",
            currency: "GYD",
            men_permille: 830,
            senders: &[(200, "CA"), (80, "BB"), (120, "SR"), (60, "TT")],
            areas: &["GY-DE", "GY-EB", "GY-ES", "GY-MA", "GY-UD"],
            ..caricom
        },
        "bb" => Profile {
            country: "BB",
            currency: "BBD",
            areas: &["BB-01", "BB-04", "BB-08"],
            ..caricom
        },
        "gd" => Profile {
            country: "GD",
            areas: &["GD-01", "GD-03", "GD-10"],
            ..caricom
        },
        "ag" => Profile {
            country: "AG",
            areas: &["AG-03", "AG-04", "AG-10"],
            ..caricom
        },
        _ => caricom,
    }
}

/// The instrument that synthetic people are asked with; it says of itself that it is an example.
#[expect(clippy::expect_used, reason = "it ships, and a test reads it")]
fn example() -> &'static Instrument {
    let example = Instruments::embedded().named("example-sustainability@1");
    example.expect("the example instrument ships")
}

impl Place {
    pub(super) fn new(ledger: &LedgerId, seed: u64) -> Self {
        let profile = profile(ledger.as_str());
        let country: CountryCode = word(profile.country);
        let named = |what: &str| format!("synthetic-{what}");
        let providers = SERVICES
            .iter()
            .zip(1..)
            .map(|(&(name, need), number)| Provider {
                agency: word(&named(name)),
                service: word(&named(name)),
                need,
                worker: word(&format!("provider-{number}")),
            });
        let accounts = |kind: &str, count: u8| -> Vec<ActorId> {
            (1..=count)
                .map(|number| word(&format!("{kind}-{number}")))
                .collect()
        };
        Self {
            ledger: ledger.clone(),
            source: format!("urn:homeward:synthetic:{seed}").into(),
            offset: Offset::constant(profile.offset_hours),
            currency: word(profile.currency),
            language: profile.language,
            men_permille: profile.men_permille,
            sender: word(profile.sender),
            senders: profile
                .senders
                .iter()
                .map(|(share, code)| (*share, word(code)))
                .collect(),
            areas: profile.areas.iter().map(|code| word(code)).collect(),
            airport: word(&named("airport")),
            office_site: word(&named("office")),
            second_office_site: word(&named("office-north")),
            border: word(&named("border")),
            office: word(&named("returnee-office")),
            second_office: word(&named("returnee-office-north")),
            health: word(&named("port-health")),
            police: word(&named("police")),
            court: word(&named("court")),
            prison: word(&named("prison-service")),
            probation: word(&named("probation")),
            providers: providers.collect(),
            programme: word(&named("reintegration")),
            instrument: example(),
            workers: accounts("worker", 9),
            officers: accounts("officer", 6),
            supervisor: word("supervisor-1"),
            registrar: word("registrar-1"),
            country,
        }
    }
}

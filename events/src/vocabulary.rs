//! Closed vocabularies: what a field may say, with one spelling each, in the order they are defined.

/// Defines a vocabulary: an enum whose values are written in `kebab-case`, with its texts and its
/// whole range at hand. Values are only ever added, never removed or renamed: they are stored for
/// ever.
macro_rules! vocabulary {
    ($(
        $(#[$doc:meta])*
        $name:ident { $( $(#[$variant_doc:meta])* $variant:ident = $text:literal ),+ $(,)? }
    )+) => {$(
        $(#[$doc])*
        #[derive(
            Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash,
            serde::Serialize, serde::Deserialize, schemars::JsonSchema,
        )]
        pub enum $name {
            $( $(#[$variant_doc])* #[serde(rename = $text)] $variant ),+
        }

        impl $name {
            /// Every value, in the order of definition.
            pub const ALL: &'static [Self] = &[$(Self::$variant),+];

            /// The stored spelling.
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $text),+ }
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(self.as_str())
            }
        }

        impl std::str::FromStr for $name {
            type Err = $crate::vocabulary::UnknownWord;
            fn from_str(text: &str) -> Result<Self, Self::Err> {
                Self::ALL.iter().copied().find(|value| value.as_str() == text).ok_or_else(|| {
                    $crate::vocabulary::UnknownWord {
                        word: text.chars().take(64).collect(),
                        vocabulary: stringify!($name),
                        expected: Self::ALL.iter().map(|value| value.as_str()).collect(),
                    }
                })
            }
        }
    )+};
}
pub(crate) use vocabulary;

/// A word that is not in its vocabulary.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{word}` is not a {vocabulary}: expected one of {}", .expected.join(", "))]
pub struct UnknownWord {
    /// What was found, at most 64 characters of it.
    pub word: String,
    /// The vocabulary's name.
    pub vocabulary: &'static str,
    /// Every word of the vocabulary.
    pub expected: Vec<&'static str>,
}

vocabulary! {
    /// Sex as recorded on the travel document or stated by the person.
    /// Source: ISO/IEC 5218 (0 not known, 1, 2, 9 not applicable), with `other` as IOM registers it.
    Sex {
        /// Female.
        Female = "female",
        /// Male.
        Male = "male",
        /// Another, as stated by the person.
        Other = "other",
        /// Not known.
        NotKnown = "not-known",
        /// The person would rather not say.
        RefusedToSay = "refused-to-say",
    }

    /// Why there is no answer: three different answers.
    Missing {
        /// Asked, and nobody knows.
        NotKnown = "not-known",
        /// Asked, and the person would rather not say.
        RefusedToSay = "refused-to-say",
        /// Never asked.
        NotAsked = "not-asked",
    }

    /// Which group of participants a person belongs to (programme documents of IOM and CARICOM
    /// IMPACS).
    ParticipantGroup {
        /// Returned against their will.
        ForcedReturnee = "forced-returnee",
        /// Returned by their own decision.
        VoluntaryReturnee = "voluntary-returnee",
        /// A refugee.
        Refugee = "refugee",
        /// A migrant.
        Migrant = "migrant",
        /// A member of the host community.
        HostCommunity = "host-community",
        /// An indigenous person.
        Indigenous = "indigenous",
        /// Another participant.
        Other = "other",
    }

    /// How the return came about. Source: IOM's terms for assisted and forced return.
    ReturnType {
        /// Deported.
        Deported = "deported",
        /// Removed after serving a sentence.
        RemovedAfterConviction = "removed-after-conviction",
        /// Refused entry and sent back.
        RefusedEntry = "refused-entry",
        /// Returned by their own decision, without assistance.
        Voluntary = "voluntary",
        /// Assisted voluntary return (AVR, AVRR).
        AssistedVoluntary = "assisted-voluntary",
        /// Voluntary humanitarian return (VHR).
        VoluntaryHumanitarian = "voluntary-humanitarian",
        /// Returned unannounced, outside any procedure.
        Spontaneous = "spontaneous",
        /// Extradited.
        Extradited = "extradited",
        /// Not known.
        Unknown = "unknown",
    }

    /// Grounds of the return as the sending state gives them. "None stated" and "not provided" are
    /// two different answers.
    Grounds {
        /// Immigration only: no offence.
        Immigration = "immigration",
        /// Drugs.
        Drugs = "drugs",
        /// Firearms.
        Firearms = "firearms",
        /// Homicide.
        Homicide = "homicide",
        /// Larceny.
        Larceny = "larceny",
        /// Fraud.
        Fraud = "fraud",
        /// Assault.
        Assault = "assault",
        /// Sexual offence.
        Sexual = "sexual",
        /// Kidnapping.
        Kidnapping = "kidnapping",
        /// Money laundering.
        Laundering = "laundering",
        /// Another ground.
        Other = "other",
        /// The sending state states that there is none.
        NoneStated = "none-stated",
        /// The sending state did not say.
        NotProvided = "not-provided",
    }

    /// Whether the sending state handed over a kind of information.
    Provided {
        /// It was handed over, and there is something in it.
        Provided = "provided",
        /// The sending state states that there is nothing to hand over.
        None = "none",
        /// It was not handed over: nobody here knows.
        NotProvided = "not-provided",
    }

    /// Dimension of reintegration. Source: IOM, Reintegration Handbook (2019).
    Dimension {
        /// Economic.
        Economic = "economic",
        /// Social.
        Social = "social",
        /// Psychosocial.
        Psychosocial = "psychosocial",
    }

    /// Level at which reintegration is supported. Source: IOM, Reintegration Handbook (2019).
    Level {
        /// The person and the family.
        Individual = "individual",
        /// The community.
        Community = "community",
        /// Institutions and services.
        Structural = "structural",
    }

    /// Which asking of an instrument: before support, then after so many months.
    Wave {
        /// At the start.
        Baseline = "baseline",
        /// One month on.
        Month1 = "month-1",
        /// Three months on.
        Month3 = "month-3",
        /// Six months on.
        Month6 = "month-6",
        /// Twelve months on.
        Month12 = "month-12",
        /// At closure.
        Endline = "endline",
        /// Outside the schedule.
        Extra = "extra",
    }

    /// How a person was reached.
    Channel {
        /// At the office.
        Office = "office",
        /// At home.
        HomeVisit = "home-visit",
        /// By telephone.
        Phone = "phone",
        /// By message.
        Message = "message",
        /// By video.
        Video = "video",
        /// Through family or a community member.
        ThirdParty = "third-party",
        /// Through an agency's or a court's records.
        Records = "records",
    }

    /// How assistance reached the person; the sector compares outcomes by it.
    /// Source: IOM, reintegration outcomes study (people helped by referral scored lower).
    DeliveryMode {
        /// By the agency itself.
        Direct = "direct",
        /// By another agency after a referral.
        Referral = "referral",
        /// By both.
        Both = "both",
    }

    /// In which capacity somebody acted.
    Role {
        /// Border, police or port intake.
        Intake = "intake",
        /// Case worker.
        CaseWorker = "case-worker",
        /// Supervisor of case workers.
        Supervisor = "supervisor",
        /// Provider of a referred service.
        Provider = "provider",
        /// Health worker.
        Health = "health",
        /// Police, courts, prison or probation.
        Justice = "justice",
        /// Evaluator.
        Evaluator = "evaluator",
        /// Administrator of a ledger.
        Administrator = "administrator",
        /// A machine account that imports.
        Import = "import",
    }
}

/// An answer, or which of the three ways of not having one.
#[derive(
    Debug,
    Clone,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    serde::Serialize,
    serde::Deserialize,
    schemars::JsonSchema,
)]
#[serde(rename_all = "kebab-case")]
pub enum Answer<T> {
    /// There is an answer.
    Known(T),
    /// There is none, for this reason.
    Missing(Missing),
}

impl<T> Answer<T> {
    /// The answer, if there is one.
    pub fn known(&self) -> Option<&T> {
        match self {
            Self::Known(value) => Some(value),
            Self::Missing(_) => None,
        }
    }
}

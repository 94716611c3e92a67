//! What a judgement rests on: which fields were compared, how they compare, what that weighs.

/// What was compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Field {
    /// Given names and nicknames.
    GivenNames,
    /// One or two surnames.
    Surnames,
    /// Both together.
    Names,
    /// Birth date.
    Born,
    /// A document.
    Document,
    /// Mother's name.
    MotherName,
    /// Sex.
    Sex,
    /// Country that sent the person back.
    SendingCountry,
}

impl Field {
    /// The field's text.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::GivenNames => "given-names",
            Self::Surnames => "surnames",
            Self::Names => "names",
            Self::Born => "born",
            Self::Document => "document",
            Self::MotherName => "mother-name",
            Self::Sex => "sex",
            Self::SendingCountry => "sending-country",
        }
    }
}

/// How two fields compare.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum How {
    /// The same, spelling aside.
    Same,
    /// The same, and so is the other one of two.
    Both,
    /// The same, and the other one of two is not.
    OneOfTwo,
    /// One person answers to both names.
    Nickname,
    /// An alias of one is a name of the other.
    Alias,
    /// One letter, or two that changed places.
    Slip,
    /// They sound alike.
    Sound,
    /// One is the first letter of the other.
    Initial,
    /// In the other order.
    OtherOrder,
    /// Given names stand where surnames should.
    Crossed,
    /// Day and month changed places.
    DayMonthSwapped,
    /// One digit, or two that changed places.
    Digit,
    /// The same month, and one of both knows no day.
    SameMonth,
    /// The same year, and one of both knows no month.
    SameYear,
    /// A year that one of both knows only roughly.
    About,
    /// The same year, and another day.
    OtherDay,
    /// The same number under another kind of document.
    OtherKind,
    /// Some words of the name.
    Partly,
    /// Not the same.
    Differ,
}

impl How {
    /// The text.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Same => "same",
            Self::Both => "both",
            Self::OneOfTwo => "one-of-two",
            Self::Nickname => "nickname",
            Self::Alias => "alias",
            Self::Slip => "slip",
            Self::Sound => "sound",
            Self::Initial => "initial",
            Self::OtherOrder => "other-order",
            Self::Crossed => "crossed",
            Self::DayMonthSwapped => "day-month-swapped",
            Self::Digit => "digit",
            Self::SameMonth => "same-month",
            Self::SameYear => "same-year",
            Self::About => "about",
            Self::OtherDay => "other-day",
            Self::OtherKind => "other-kind",
            Self::Partly => "partly",
            Self::Differ => "differ",
        }
    }
}

/// One comparison.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Evidence {
    /// What was compared.
    pub field: Field,
    /// How it compares.
    pub how: How,
    /// What that weighs, in hundredths of a bit: for one human being above 0, for two below.
    pub weight: i32,
}

/// All comparisons of two records.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Judgement {
    /// The sum of all weights.
    pub score: i32,
    /// What was compared; fields that one of both leaves out are not here.
    pub evidence: Vec<Evidence>,
}

/// What comparisons are noted in. Of thousands who are compared, a few are shown: the others need a
/// score, and no list of what it is made of.
pub(super) trait Tally: Default {
    /// One comparison more.
    fn note(&mut self, field: Field, how: How, weight: i32);
    /// Everything noted in another.
    fn join(&mut self, other: Self);
    /// The sum of all weights.
    fn score(&self) -> i32;
}

impl Tally for Judgement {
    fn note(&mut self, field: Field, how: How, weight: i32) {
        self.score += weight;
        self.evidence.push(Evidence { field, how, weight });
    }

    fn join(&mut self, other: Self) {
        self.score += other.score;
        self.evidence.extend(other.evidence);
    }

    fn score(&self) -> i32 {
        self.score
    }
}

impl Tally for i32 {
    fn note(&mut self, _: Field, _: How, weight: i32) {
        *self += weight;
    }

    fn join(&mut self, other: Self) {
        *self += other;
    }

    fn score(&self) -> i32 {
        *self
    }
}

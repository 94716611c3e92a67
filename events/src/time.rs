//! Time as people know it. Three clocks, three types, never mixed up:
//!
//! - [`OccurredOn`]: when it happened in the world; may be known to the year, the month, the day or
//!   the instant;
//! - [`RecordedAt`]: when the service that publishes wrote it down;
//! - [`StoredAt`]: when the log took it in.
//!
//! All texts have one spelling. Order among facts never comes from a wall clock of ours.

use std::fmt;
use std::str::FromStr;

use jiff::civil::{self, Date};
use jiff::tz::Offset;
use jiff::{Timestamp, ToSpan};
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// First year that a fact may be dated in: nobody alive was born before.
pub const YEAR_MIN: i16 = 1900;
/// Last year that a fact may be dated in or planned for.
pub const YEAR_MAX: i16 = 2199;

/// A text that is not a date or time of the shape asked for.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum TimeError {
    /// Not one of the four precisions.
    #[error(
        "expected a date as 2026, 2026-07, 2026-07-01 or 2026-07-01T09:30:00-05:00, found `{0}`"
    )]
    Occurred(String),
    /// The shape is right, but no such day or time exists.
    #[error("no such date or time exists: `{0}`")]
    Impossible(String),
    /// Outside the years that a fact may be dated in.
    #[error("year outside {YEAR_MIN} to {YEAR_MAX}: `{0}`")]
    Year(String),
    /// Not an RFC 3339 time in UTC.
    #[error("expected a time in UTC as 2026-07-01T14:30:00Z, found `{0}`")]
    Instant(String),
}

/// When something happened in the world, as precisely as it is known.
///
/// Written as `2026`, `2026-07`, `2026-07-01` or `2026-07-01T09:30:00-05:00`; an instant keeps the
/// offset of the place where it happened, because the civil day there is what people mean.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub enum OccurredOn {
    /// Known to the year.
    Year(i16),
    /// Known to the month (1 to 12).
    Month(i16, i8),
    /// Known to the civil day.
    Day(Date),
    /// Known to the second, with the local offset from UTC.
    Instant(Timestamp, Offset),
}

/// How precisely a time is known, from coarse to fine.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Precision {
    /// To the year.
    Year,
    /// To the month.
    Month,
    /// To the day.
    Day,
    /// To the second.
    Instant,
}

impl OccurredOn {
    /// The first civil day that this may mean: all arithmetic of days starts from it.
    pub fn day(&self) -> Date {
        match *self {
            Self::Year(year) => civil::date(year, 1, 1),
            Self::Month(year, month) => civil::date(year, month, 1),
            Self::Day(day) => day,
            Self::Instant(at, offset) => offset.to_datetime(at).date(),
        }
    }

    /// The last civil day that this may mean. The same as [`Self::day`] unless imprecise.
    pub fn last_day(&self) -> Date {
        match *self {
            Self::Year(year) => civil::date(year, 12, 31),
            Self::Month(..) => self.day().last_of_month(),
            Self::Day(_) | Self::Instant(..) => self.day(),
        }
    }

    /// The first instant that this may mean; a civil day without an offset is read in UTC.
    pub fn first_instant(&self) -> Timestamp {
        match *self {
            Self::Instant(at, _) => at,
            Self::Year(_) | Self::Month(..) | Self::Day(_) => Offset::UTC
                .to_timestamp(self.day().to_datetime(civil::Time::midnight()))
                .unwrap_or(Timestamp::MIN),
        }
    }

    /// The last instant that this may mean; a civil day without an offset ends with its last second
    /// anywhere on Earth (UTC-12), so that nothing is called overdue before it is.
    pub fn last_instant(&self) -> Timestamp {
        match *self {
            Self::Instant(at, _) => at,
            Self::Year(_) | Self::Month(..) | Self::Day(_) => Offset::constant(-12)
                .to_timestamp(self.last_day().to_datetime(civil::time(23, 59, 59, 0)))
                .unwrap_or(Timestamp::MAX),
        }
    }

    /// How precisely it is known.
    pub fn precision(&self) -> Precision {
        match self {
            Self::Year(_) => Precision::Year,
            Self::Month(..) => Precision::Month,
            Self::Day(_) => Precision::Day,
            Self::Instant(..) => Precision::Instant,
        }
    }

    /// Sorts by civil day where it happened, then by instant within the day; a time known only to
    /// the day comes before the instants of that day. Total, and the same everywhere.
    pub fn sort_key(&self) -> (Date, Timestamp) {
        let within_day = match *self {
            Self::Instant(at, _) => at,
            Self::Year(_) | Self::Month(..) | Self::Day(_) => Timestamp::MIN,
        };
        (self.day(), within_day)
    }
}

impl PartialOrd for OccurredOn {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for OccurredOn {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        let key = |time: &Self| {
            // One instant of one day told from two places is two texts: nothing but the same text is
            // equal.
            let offset_seconds = match *time {
                Self::Instant(_, offset) => offset.seconds(),
                Self::Year(_) | Self::Month(..) | Self::Day(_) => 0,
            };
            let (precision, last_day) = (time.precision(), time.last_day());
            (time.sort_key(), precision, last_day, offset_seconds)
        };
        key(self).cmp(&key(other))
    }
}

impl From<Date> for OccurredOn {
    fn from(day: Date) -> Self {
        Self::Day(day)
    }
}

impl FromStr for OccurredOn {
    type Err = TimeError;

    fn from_str(text: &str) -> Result<Self, TimeError> {
        let shape = || TimeError::Occurred(text.chars().take(40).collect());
        let impossible = || TimeError::Impossible(text.to_owned());
        let bytes = text.as_bytes();
        let digits = |from: usize, to: usize| -> Result<i16, TimeError> {
            let part = text
                .get(from..to)
                .filter(|p| p.bytes().all(|b| b.is_ascii_digit()));
            part.and_then(|p| p.parse().ok()).ok_or_else(shape)
        };
        let hyphen = |at: usize| bytes.get(at) == Some(&b'-');
        let value = match bytes.len() {
            4 => Self::Year(digits(0, 4)?),
            7 if hyphen(4) => {
                let month = i8::try_from(digits(5, 7)?).map_err(|_| impossible())?;
                if !(1..=12).contains(&month) {
                    return Err(impossible());
                }
                Self::Month(digits(0, 4)?, month)
            }
            10 => Self::Day(parse_date(text)?),
            20.. if bytes.get(10) == Some(&b'T') => parse_instant(text)?,
            _ => return Err(shape()),
        };
        let year = match value {
            Self::Year(year) | Self::Month(year, _) => year,
            Self::Day(_) | Self::Instant(..) => value.day().year(),
        };
        if (YEAR_MIN..=YEAR_MAX).contains(&year) {
            Ok(value)
        } else {
            Err(TimeError::Year(text.to_owned()))
        }
    }
}

/// A civil day, written `2026-07-01`.
fn parse_date(text: &str) -> Result<Date, TimeError> {
    let number = |from: usize, to: usize| -> Option<i16> {
        let part = text.get(from..to)?;
        if part.bytes().all(|b| b.is_ascii_digit()) {
            part.parse().ok()
        } else {
            None
        }
    };
    let shaped = text.len() == 10 && text.get(4..5) == Some("-") && text.get(7..8) == Some("-");
    match (shaped, number(0, 4), number(5, 7), number(8, 10)) {
        (true, Some(year), Some(month), Some(day)) => i8::try_from(month)
            .ok()
            .zip(i8::try_from(day).ok())
            .and_then(|(month, day)| Date::new(year, month, day).ok())
            .ok_or_else(|| TimeError::Impossible(text.to_owned())),
        _ => Err(TimeError::Occurred(text.chars().take(40).collect())),
    }
}

/// `2026-07-01T09:30:00-05:00` or `2026-07-01T14:30:00Z`, whole seconds.
fn parse_instant(text: &str) -> Result<OccurredOn, TimeError> {
    let shape = || TimeError::Occurred(text.chars().take(40).collect());
    let impossible = || TimeError::Impossible(text.to_owned());
    let day = text.get(..10).ok_or_else(shape).and_then(parse_date)?;
    let two = |from: usize| -> Result<i8, TimeError> {
        let part = text
            .get(from..from + 2)
            .filter(|p| p.bytes().all(|b| b.is_ascii_digit()));
        part.and_then(|p| p.parse().ok()).ok_or_else(shape)
    };
    if text.get(13..14) != Some(":") || text.get(16..17) != Some(":") {
        return Err(shape());
    }
    let time = civil::Time::new(two(11)?, two(14)?, two(17)?, 0).map_err(|_| impossible())?;
    let offset = match text.get(19..) {
        Some("Z") => Offset::UTC,
        Some(rest) if rest.len() == 6 && rest.get(3..4) == Some(":") => {
            let sign = match rest.get(..1) {
                Some("+") => 1,
                Some("-") => -1,
                _ => return Err(shape()),
            };
            let (hours, minutes) = (i32::from(two(20)?), i32::from(two(23)?));
            if hours > 14 || minutes > 59 || (sign < 0 && hours == 0 && minutes == 0) {
                return Err(impossible());
            }
            Offset::from_seconds(sign * (hours * 3600 + minutes * 60)).map_err(|_| impossible())?
        }
        _ => return Err(shape()),
    };
    let at = offset
        .to_timestamp(day.to_datetime(time))
        .map_err(|_| impossible())?;
    Ok(OccurredOn::Instant(at, offset))
}

impl fmt::Display for OccurredOn {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match *self {
            Self::Year(year) => write!(f, "{year:04}"),
            Self::Month(year, month) => write!(f, "{year:04}-{month:02}"),
            Self::Day(day) => write!(f, "{day}"),
            Self::Instant(at, offset) => {
                let local = offset.to_datetime(at);
                let (date, time) = (local.date(), local.time());
                let (hour, minute, second) = (time.hour(), time.minute(), time.second());
                write!(f, "{date}T{hour:02}:{minute:02}:{second:02}")?;
                match offset.seconds() {
                    0 => f.write_str("Z"),
                    seconds => {
                        let sign = if seconds < 0 { '-' } else { '+' };
                        let minutes = seconds.unsigned_abs() / 60;
                        write!(f, "{sign}{:02}:{:02}", minutes / 60, minutes % 60)
                    }
                }
            }
        }
    }
}

macro_rules! written_as_text {
    ($name:ident, $expected:literal, $schema:tt) => {
        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, "{}({self})", stringify!($name))
            }
        }
        impl Serialize for $name {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.collect_str(self)
            }
        }
        impl<'de> Deserialize<'de> for $name {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                deserializer.deserialize_str(crate::text::FromText::new($expected))
            }
        }
        impl JsonSchema for $name {
            fn schema_name() -> std::borrow::Cow<'static, str> {
                stringify!($name).into()
            }
            fn json_schema(_: &mut SchemaGenerator) -> Schema {
                json_schema!($schema)
            }
        }
    };
}

written_as_text!(OccurredOn, "date as 2026, 2026-07, 2026-07-01 or 2026-07-01T09:30:00-05:00", {
    "type": "string",
    "description": "2026, 2026-07, 2026-07-01, or an instant with its local offset",
    "pattern": "^[0-9]{4}(-[0-9]{2}(-[0-9]{2}(T[0-9]{2}:[0-9]{2}:[0-9]{2}(Z|[+-][0-9]{2}:[0-9]{2}))?)?)?$"
});

/// A civil day, written `2026-07-01`; what is due, planned or begun on a day.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Day(pub Date);

impl Day {
    /// Days from `earlier` to this day; negative when this day is before it.
    pub fn days_since(self, earlier: Date) -> i32 {
        days_between(earlier, self.0)
    }
}

/// Whole days from `from` to `to`; negative when `to` is before `from`.
pub fn days_between(from: Date, to: Date) -> i32 {
    from.until(to).map_or(0, |span| span.get_days())
}

/// The day `months` calendar months after `day`; where that month is shorter, its last day
/// (31 August plus six months is the last day of February).
pub fn add_months(day: Date, months: i32) -> Date {
    day.saturating_add(months.months())
}

/// The day `days` days after `day` (before, when negative).
pub fn add_days(day: Date, days: i32) -> Date {
    day.saturating_add(days.days())
}

impl FromStr for Day {
    type Err = TimeError;
    fn from_str(text: &str) -> Result<Self, TimeError> {
        match text.parse()? {
            OccurredOn::Day(day) => Ok(Self(day)),
            OccurredOn::Year(_) | OccurredOn::Month(..) | OccurredOn::Instant(..) => {
                Err(TimeError::Occurred(text.to_owned()))
            }
        }
    }
}

impl fmt::Display for Day {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

written_as_text!(Day, "day as 2026-07-01", { "type": "string", "format": "date" });

/// When the publishing service wrote a fact down, in UTC.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct RecordedAt(pub Timestamp);

/// When the log took a fact in, in UTC. Comes from the log only, never from a publisher.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct StoredAt(pub Timestamp);

impl RecordedAt {
    /// The civil day in UTC.
    pub fn day(&self) -> Date {
        Offset::UTC.to_datetime(self.0).date()
    }
}

/// `2026-07-01T14:30:00Z` with up to nine decimals of a second: the calendar library reads more
/// spellings than RFC 3339 has, and a leap second as the second before it.
fn is_utc_instant(text: &str) -> bool {
    let shaped = |text: &str, shape: &str| {
        text.len() == shape.len()
            && text
                .bytes()
                .zip(shape.bytes())
                .all(|(found, expected)| match expected {
                    b'0' => found.is_ascii_digit(),
                    _ => found == expected,
                })
    };
    let Some((seconds, decimals)) = text
        .strip_suffix('Z')
        .and_then(|rest| rest.split_at_checked(19))
    else {
        return false;
    };
    let whole = shaped(seconds, "0000-00-00T00:00:00") && !seconds.ends_with("60");
    let fraction = decimals.strip_prefix('.').is_some_and(|digits| {
        (1..=9).contains(&digits.len()) && digits.bytes().all(|b| b.is_ascii_digit())
    });
    whole && (decimals.is_empty() || fraction)
}

macro_rules! instant {
    ($name:ident) => {
        impl FromStr for $name {
            type Err = TimeError;
            fn from_str(text: &str) -> Result<Self, TimeError> {
                let refused = || TimeError::Instant(text.chars().take(40).collect());
                if !is_utc_instant(text) {
                    return Err(refused());
                }
                let at: Timestamp = text.parse().map_err(|_| refused())?;
                let year = Offset::UTC.to_datetime(at).year();
                if (YEAR_MIN..=YEAR_MAX).contains(&year) {
                    Ok($name(at))
                } else {
                    Err(TimeError::Year(text.to_owned()))
                }
            }
        }
        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.fmt(f)
            }
        }
        written_as_text!($name, "time in UTC as 2026-07-01T14:30:00Z", {
            "type": "string", "format": "date-time", "pattern": "Z$"
        });
    };
}

instant!(RecordedAt);
instant!(StoredAt);

//! Dates as offices write them: by the formats that a mapping names, in order, and always by our own
//! spelling, which is what spreadsheets' own dates are read as.

use homeward_events::time::{OccurredOn, RecordedAt};
use jiff::civil::{Date, DateTime, Time, date};
use jiff::fmt::strtime::{self, BrokenDownTime};
use jiff::tz::{Offset, TimeZone};
use jiff::{Timestamp, ToSpan as _};
use serde::Deserialize;

/// Spellings that are always understood, after those of the mapping.
const OURS: [&str; 6] = [
    "%Y-%m-%d",
    "%Y-%m-%dT%H:%M:%S",
    "%Y-%m-%dT%H:%M",
    "%Y-%m-%dT%H:%M:%S%:z",
    "%Y-%m",
    "%Y",
];

/// The serial numbers that are days of people alive: 1927 to 2199. Smaller ones look like years.
const SERIALS: std::ops::Range<i64> = 10_000..109_576;

/// How a table writes dates.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(crate) struct Dates {
    /// As `%d/%m/%Y` or `%Y-%m-%d %H:%M`; the first that fits counts. A format without a day, or
    /// without a month, gives a date that is known no better.
    pub(crate) formats: Vec<String>,
    /// Where the clocks hang: `America/Jamaica`, or an offset such as `-05:00`.
    pub(crate) zone: Option<String>,
    /// Whether whole numbers count days as spreadsheets do.
    pub(crate) serial_numbers: bool,
}

/// [`Dates`], checked.
#[derive(Debug, Clone)]
pub(super) struct Calendar {
    formats: Vec<String>,
    zone: Option<TimeZone>,
    serial_numbers: bool,
}

impl Dates {
    /// Checks formats and zone.
    ///
    /// # Errors
    /// What cannot be meant.
    pub(super) fn calendar(&self) -> Result<Calendar, String> {
        for format in &self.formats {
            check_format(format)?;
        }
        if let Some((first, second)) = ambiguous(&self.formats) {
            return Err(format!(
                "`{first}` and `{second}` read one text as two days: a table has one order"
            ));
        }
        let zone = self.zone.as_deref().map(|name| {
            let offset = strtime::parse("%:z", name)
                .ok()
                .and_then(|read| read.offset());
            match offset {
                Some(offset) => Ok(TimeZone::fixed(offset)),
                None => TimeZone::get(name).map_err(|_| {
                    format!("zone `{name}`: expected one such as America/Jamaica or -05:00")
                }),
            }
        });
        Ok(Calendar {
            formats: self.formats.clone(),
            zone: zone.transpose()?,
            serial_numbers: self.serial_numbers,
        })
    }
}

fn check_format(format: &str) -> Result<(), String> {
    if format.contains("%y") {
        return Err(format!(
            "`{format}`: two digits do not say which century; give four, or the year in another column"
        ));
    }
    // A format that cannot write a day cannot read one either.
    let day = DateTime::from_parts(date(2026, 7, 1), Time::midnight());
    let stamp = TimeZone::UTC.to_ambiguous_zoned_datetime(day).compatible();
    let written = stamp
        .map_err(|error| error.to_string())
        .and_then(|at| strtime::format(format, &at).map_err(|error| error.to_string()))
        .and_then(|text| strtime::parse(format, text).map_err(|error| error.to_string()))
        .map_err(|error| format!("`{format}`: {error}"))?;
    if written.year().is_none() {
        return Err(format!("`{format}` names no year (%Y)"));
    }
    Ok(())
}

/// Two formats that differ in nothing but the order of day and month.
fn ambiguous(formats: &[String]) -> Option<(&str, &str)> {
    let swapped = |format: &str| {
        format
            .replace("%d", "\u{0}")
            .replace("%m", "%d")
            .replace('\u{0}', "%m")
    };
    let has = |asked: &String| formats.iter().find(|format| *format == asked);
    formats.iter().find_map(|format| {
        let other = swapped(format);
        (other != *format)
            .then(|| has(&other))
            .flatten()
            .map(|other| (format.as_str(), other.as_str()))
    })
}

impl Calendar {
    /// The same with other formats first.
    pub(super) fn with(&self, formats: &[String]) -> Result<Self, String> {
        for format in formats {
            check_format(format)?;
        }
        let mut calendar = self.clone();
        if !formats.is_empty() {
            calendar.formats = formats.to_vec();
        }
        Ok(calendar)
    }

    /// Reads a date of any precision.
    pub(super) fn read(&self, text: &str) -> Result<OccurredOn, String> {
        let formats = self.formats.iter().map(String::as_str).chain(OURS);
        for format in formats {
            // A date and the time of day beside it are one text, whatever the date's format.
            for time in ["", " %H:%M", " %H:%M:%S"] {
                if let Ok(read) = strtime::parse(format!("{format}{time}"), text) {
                    return self.told(&read);
                }
            }
        }
        if let Ok(day) = text.parse::<OccurredOn>() {
            return Ok(day);
        }
        if let Some(day) = text.parse().ok().and_then(by_serial) {
            if self.serial_numbers {
                return in_range(&day.to_string());
            }
            return Err(format!(
                "`{text}` is a number; if it counts days, as {day}, say so: serial_numbers = true"
            ));
        }
        let expected = match self.formats.as_slice() {
            [] => "2026-07-01".to_owned(),
            formats => formats.join(" or "),
        };
        Err(format!("`{text}` is no date as {expected}"))
    }

    /// Reads a civil day.
    pub(super) fn day(&self, text: &str) -> Result<String, String> {
        match self.read(text)? {
            OccurredOn::Day(day) => Ok(day.to_string()),
            OccurredOn::Instant(at, offset) => Ok(offset.to_datetime(at).date().to_string()),
            OccurredOn::Year(_) | OccurredOn::Month(..) => {
                Err(format!("`{text}` is not known to the day"))
            }
        }
    }

    /// Reads an instant, in UTC.
    pub(super) fn instant(&self, text: &str) -> Result<String, String> {
        if text.ends_with('Z')
            && let Ok(at) = text.parse::<RecordedAt>()
        {
            return Ok(at.to_string());
        }
        match self.read(text)? {
            OccurredOn::Instant(at, _) => Ok(at.to_string()),
            OccurredOn::Year(_) | OccurredOn::Month(..) | OccurredOn::Day(_) => {
                Err(format!("`{text}` has no time of day"))
            }
        }
    }

    /// What was read, as precisely as it says.
    fn told(&self, read: &BrokenDownTime) -> Result<OccurredOn, String> {
        let year = read.year().ok_or("no year was read")?;
        let Some(month) = read.month() else {
            return in_range(&format!("{year:04}"));
        };
        let Some(day) = read.day() else {
            return in_range(&format!("{year:04}-{month:02}"));
        };
        let day = Date::new(year, month, day)
            .map_err(|_| format!("no such day exists: {year:04}-{month:02}-{day:02}"))?;
        let (Some(hour), minute) = (read.hour(), read.minute().unwrap_or(0)) else {
            return in_range(&day.to_string());
        };
        let second = read.second().unwrap_or(0);
        let time = Time::new(hour, minute, second, 0)
            .map_err(|_| format!("no such time exists: {hour:02}:{minute:02}:{second:02}"))?;
        let at = day.to_datetime(time);
        let (at, offset) = match read.offset() {
            Some(offset) => (offset.to_timestamp(at).map_err(|e| e.to_string())?, offset),
            None => self.in_zone(at)?,
        };
        in_range(&OccurredOn::Instant(at, offset).to_string())
    }

    /// What a clock on the wall says, where it hangs.
    fn in_zone(&self, wall: DateTime) -> Result<(Timestamp, Offset), String> {
        let zone = self.zone.as_ref().ok_or_else(|| {
            format!("{wall} has a time of day, and the mapping names no zone ([dates] zone)")
        })?;
        let read = zone.to_ambiguous_timestamp(wall);
        let at = read.unambiguous().map_err(|_| {
            format!("clocks were changed: {wall} was there never or twice; give the offset with it")
        })?;
        Ok((at, zone.to_offset(at)))
    }
}

/// Only years that a fact may be dated in.
fn in_range(text: &str) -> Result<OccurredOn, String> {
    text.parse::<OccurredOn>()
        .map_err(|error| error.to_string())
}

/// The day that a spreadsheet counts so: from 1899-12-30, as all of them do since March 1900.
fn by_serial(number: i64) -> Option<Date> {
    if !SERIALS.contains(&number) {
        return None;
    }
    date(1899, 12, 30).checked_add(number.days()).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn calendar(formats: &[&str], zone: Option<&str>) -> Calendar {
        let dates = Dates {
            formats: formats.iter().map(|format| (*format).to_owned()).collect(),
            zone: zone.map(str::to_owned),
            serial_numbers: false,
        };
        dates.calendar().unwrap()
    }

    #[test]
    fn a_date_is_known_as_well_as_it_is_written() {
        let told = calendar(&["%d/%m/%Y", "%d %b %Y", "%m/%Y"], Some("America/Jamaica"));
        for (text, expected) in [
            ("1/7/2026", "2026-07-01"),
            ("01/07/2026 09:30:00", "2026-07-01T09:30:00-05:00"),
            ("01/07/2026 09:30", "2026-07-01T09:30:00-05:00"),
            ("1 Jul 2026", "2026-07-01"),
            ("7/2026", "2026-07"),
            ("1985", "1985"),
            ("2026-07-01", "2026-07-01"),
            ("2026-07-01T09:30:00", "2026-07-01T09:30:00-05:00"),
            ("2026-07-01T09:30:00+02:00", "2026-07-01T09:30:00+02:00"),
            ("2026-07-01T09:30:00Z", "2026-07-01T09:30:00Z"),
        ] {
            assert_eq!(
                told.read(text).map(|d| d.to_string()),
                Ok(expected.to_owned()),
                "{text}"
            );
        }
    }

    #[test]
    fn what_is_no_day_is_not_guessed() {
        let told = calendar(&["%d/%m/%Y"], None);
        for text in [
            "31/02/2026",
            "13/13/2026",
            "1/7/26",
            "46204",
            "soon",
            "2026-07-01 09:30",
        ] {
            assert!(told.read(text).is_err(), "{text}: {:?}", told.read(text));
        }
        assert!(told.day("2026-07").is_err());
    }

    #[test]
    fn hours_that_clocks_skip_or_strike_twice_are_refused() {
        let told = calendar(&[], Some("America/Port-au-Prince"));
        assert!(told.read("2026-03-08 02:30").is_err());
        assert!(told.read("2026-11-01 01:30").is_err());
        assert!(told.read("2026-11-01 03:30").is_ok());
        let leap = told.day("2028-02-29").unwrap();
        assert_eq!(leap, "2028-02-29");
    }

    #[test]
    fn serial_numbers_count_only_where_the_mapping_says_so() {
        let dates = Dates {
            serial_numbers: true,
            ..Dates::default()
        };
        let told = dates.calendar().unwrap();
        assert_eq!(told.day("46204").unwrap(), "2026-07-01");
        assert_eq!(told.read("1985").unwrap().to_string(), "1985");
    }

    #[test]
    fn formats_that_cannot_be_meant_are_refused() {
        let refused = |formats: &[&str], zone: Option<&str>| {
            let dates = Dates {
                formats: formats.iter().map(|format| (*format).to_owned()).collect(),
                zone: zone.map(str::to_owned),
                serial_numbers: false,
            };
            dates.calendar().unwrap_err()
        };
        assert!(refused(&["%d/%m/%y"], None).contains("century"));
        assert!(refused(&["%d/%m/%Y", "%m/%d/%Y"], None).contains("two days"));
        assert!(refused(&["%d/%m"], None).contains("year"));
        assert!(refused(&[], Some("Kingston")).contains("America/Jamaica"));
    }
}

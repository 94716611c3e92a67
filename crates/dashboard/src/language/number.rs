//! Numbers and dates as each language writes them.
//!
//! Thousands and decimals: English `4,323` and `73.6`; Spanish, French and Haitian Creole `4 323` (narrow
//! no-break space) and `73,6`; Portuguese `4.323` and `73,6` (Unicode CLDR 46, `numbers`; for Spanish
//! the space that ISO 80000-1 and the Ortografía of 2010 ask for, since offices of the region differ on
//! the point and the comma; CLDR has no numbers for Haitian Creole, French stands for it).

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::Offset;

use super::{Language, Speech, Told};

/// Narrow no-break space.
const NARROW: char = '\u{202f}';
/// No-break space.
const SPACE: char = '\u{a0}';

impl Language {
    const fn thousands(self) -> char {
        match self {
            Self::En => ',',
            Self::Es | Self::Fr | Self::Ht => NARROW,
            Self::Pt => '.',
        }
    }

    /// What stands before the fraction.
    pub const fn decimal(self) -> char {
        match self {
            Self::En => '.',
            Self::Es | Self::Fr | Self::Pt | Self::Ht => ',',
        }
    }
}

impl Speech {
    /// A whole number: `4,323`.
    pub fn count(self, count: i64) -> String {
        let digits = count.unsigned_abs().to_string();
        let grouped = self.grouped(&digits);
        if count < 0 {
            format!("\u{2212}{grouped}")
        } else {
            grouped
        }
    }

    /// A number with so many decimals: `0.7361`.
    pub fn decimal(self, value: f64, decimals: usize) -> String {
        if !value.is_finite() {
            return "\u{2013}".to_owned();
        }
        let plain = format!("{:.decimals$}", value.abs());
        let (whole, fraction) = plain.split_once('.').unwrap_or((&plain, ""));
        // What rounds to zero has no sign.
        let negative = value < 0.0 && plain.bytes().any(|byte| (b'1'..=b'9').contains(&byte));
        let mut said = String::new();
        if negative {
            said.push('\u{2212}');
        }
        said.push_str(&self.grouped(whole));
        if !fraction.is_empty() {
            said.push(self.language.decimal());
            said.push_str(fraction);
        }
        said
    }

    /// A share as a percentage with so many decimals: `73.6 %` for 0.736 (ISO 80000-1 puts the space).
    pub fn percent(self, share: f64, decimals: usize) -> String {
        format!("{}{SPACE}%", self.decimal(share * 100.0, decimals))
    }

    /// A share with its interval: `73.6 % (69.2 to 77.5)`.
    pub fn percent_between(self, share: f64, low: f64, high: f64, decimals: usize) -> String {
        let between = self.tell(
            "number-between",
            &[
                ("low", self.decimal(low * 100.0, decimals).into()),
                ("high", self.decimal(high * 100.0, decimals).into()),
            ],
        );
        format!("{} ({between})", self.percent(share, decimals))
    }

    /// A day: `1 July 2026`.
    pub fn date(self, day: Date) -> String {
        let (year, month) = (day.year().to_string(), self.month_name(day.month()));
        let day = match (self.language, day.day()) {
            (Language::Fr, 1) => "1er".to_owned(),
            (_, day) => day.to_string(),
        };
        let told = [
            ("day", Told::from(day)),
            ("month", month.into()),
            ("year", year.into()),
        ];
        self.tell("date-long", &told)
    }

    /// A day in few letters, for tables and axes: `2026-07-01`, which every office reads alike (ISO 8601).
    pub fn day(self, day: Date) -> String {
        day.to_string()
    }

    /// A month: `July 2026`.
    pub fn month(self, year: i16, month: i8) -> String {
        let told = [
            ("month", Told::from(self.month_name(month))),
            ("year", year.to_string().into()),
        ];
        self.tell("date-month", &told)
    }

    /// A month in few letters, for axes: `Jul`.
    pub fn month_short(self, month: i8) -> String {
        self.say(&format!("month-short-{month}"))
    }

    /// An instant, in UTC: `1 July 2026, 14:30 UTC`.
    pub fn instant(self, instant: Timestamp) -> String {
        let civil = Offset::UTC.to_datetime(instant);
        let (hour, minute) = (civil.hour(), civil.minute());
        format!("{}, {hour:02}:{minute:02} UTC", self.date(civil.date()))
    }

    fn month_name(self, month: i8) -> String {
        self.say(&format!("month-{month}"))
    }

    fn grouped(self, digits: &str) -> String {
        let mut said = String::new();
        for (index, digit) in digits.chars().enumerate() {
            if index > 0 && digits.len().saturating_sub(index).is_multiple_of(3) {
                said.push(self.language.thousands());
            }
            said.push(digit);
        }
        said
    }
}

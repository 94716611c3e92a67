//! A table that leaves the house: named, typed and tagged columns, and rows in a fixed order.
//!
//! Every answer that people take elsewhere is told as sheets, once; what writes CSV, XLSX, Parquet,
//! HXL or a terminal's table reads nothing but this. So a column has the same name, type and tag in
//! every format, and a cell that is not known is missing in all of them, never zero.

use jiff::civil::Date;

/// One table.
#[derive(Debug, Clone, PartialEq)]
pub struct Sheet {
    /// Its name among the sheets of an answer: a slug, at most 31 letters (the limit of XLSX).
    pub name: String,
    /// What it shows, in a sentence for people.
    pub title: String,
    /// The columns, from left to right.
    pub columns: Vec<Column>,
    /// The rows, each as long as `columns`.
    pub rows: Vec<Vec<Value>>,
}

/// A column.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Column {
    /// A word of small letters, digits and `_`, with its unit last: `window_months`.
    pub name: String,
    /// What its values are.
    pub kind: Kind,
    /// The tag of the Humanitarian Exchange Language: `#affected+f`; empty for none.
    /// Source: HXL standard 1.1, hxlstandard.org.
    pub hxl: String,
}

/// What a column holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// A word or a text.
    Text,
    /// A whole number of something.
    Count,
    /// A rate, share or estimate.
    Number,
    /// A civil day.
    Day,
}

/// A cell.
#[derive(Debug, Clone, PartialEq)]
pub enum Value {
    /// Not known, not defined or not asked: an empty cell.
    Missing,
    /// Of a [`Kind::Text`] column.
    Text(String),
    /// Of a [`Kind::Count`] column.
    Count(i64),
    /// Of a [`Kind::Number`] column; always finite.
    Number(f64),
    /// Of a [`Kind::Day`] column.
    Day(Date),
}

impl Kind {
    /// The kind's word.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Text => "text",
            Self::Count => "count",
            Self::Number => "number",
            Self::Day => "day",
        }
    }
}

impl Column {
    /// A column of words.
    pub fn text(name: impl Into<String>, hxl: impl Into<String>) -> Self {
        Self::of(Kind::Text, name, hxl)
    }

    /// A column of whole numbers.
    pub fn count(name: impl Into<String>, hxl: impl Into<String>) -> Self {
        Self::of(Kind::Count, name, hxl)
    }

    /// A column of estimates.
    pub fn number(name: impl Into<String>, hxl: impl Into<String>) -> Self {
        Self::of(Kind::Number, name, hxl)
    }

    /// A column of days.
    pub fn day(name: impl Into<String>, hxl: impl Into<String>) -> Self {
        Self::of(Kind::Day, name, hxl)
    }

    fn of(kind: Kind, name: impl Into<String>, hxl: impl Into<String>) -> Self {
        Self {
            name: name.into(),
            kind,
            hxl: hxl.into(),
        }
    }

    /// The column of a dimension that many tables count by, with the tag that fits it.
    pub fn dimension(name: &str) -> Self {
        let hxl = match name {
            "ledger" => "#org+ledger",
            "from" => "#org+from",
            "to" => "#org+to",
            "site" => "#loc+site",
            "programme" => "#activity+programme",
            "need" => "#sector+need",
            "month" => "#date+month",
            "sent_month" => "#date+sent+month",
            "origin_on" => "#date+origin",
            "due_on" => "#date+due",
            "closes_on" => "#date+closes",
            "ended_on" => "#date+ended",
            "stage" => "#status",
            "state" => "#status+state",
            "age_band" => "#meta+age",
            other => return Self::text(other, format!("#meta+{other}")),
        };
        Self::text(name, hxl)
    }
}

impl Sheet {
    /// A table without rows.
    pub fn new(
        name: impl Into<String>,
        title: impl Into<String>,
        columns: impl IntoIterator<Item = Column>,
    ) -> Self {
        Self {
            name: name.into(),
            title: title.into(),
            columns: columns.into_iter().collect(),
            rows: Vec::new(),
        }
    }

    /// Adds a row: a value for each column. One that is too short is filled with missing cells.
    pub fn push(&mut self, values: impl IntoIterator<Item = Value>) {
        let mut row: Vec<Value> = values.into_iter().collect();
        debug_assert_eq!(row.len(), self.columns.len(), "a row of `{}`", self.name);
        row.resize(self.columns.len(), Value::Missing);
        self.rows.push(row);
    }
}

impl From<&str> for Value {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}

impl From<String> for Value {
    fn from(text: String) -> Self {
        Self::Text(text)
    }
}

impl From<i64> for Value {
    fn from(count: i64) -> Self {
        Self::Count(count)
    }
}

impl From<i32> for Value {
    fn from(count: i32) -> Self {
        Self::Count(count.into())
    }
}

impl From<u64> for Value {
    fn from(count: u64) -> Self {
        i64::try_from(count).map_or(Self::Missing, Self::Count)
    }
}

impl From<f64> for Value {
    /// A number that is not finite is not known.
    fn from(number: f64) -> Self {
        if number.is_finite() {
            Self::Number(number)
        } else {
            Self::Missing
        }
    }
}

impl From<Date> for Value {
    fn from(day: Date) -> Self {
        Self::Day(day)
    }
}

impl<T: Into<Self>> From<Option<T>> for Value {
    fn from(value: Option<T>) -> Self {
        value.map_or(Self::Missing, Into::into)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_not_known_is_missing_and_never_zero() {
        assert_eq!(Value::from(f64::NAN), Value::Missing);
        assert_eq!(Value::from(f64::INFINITY), Value::Missing);
        assert_eq!(Value::from(None::<i64>), Value::Missing);
        assert_eq!(Value::from(Some(0_i64)), Value::Count(0));
        assert_eq!(Value::from(u64::MAX), Value::Missing);
    }
}

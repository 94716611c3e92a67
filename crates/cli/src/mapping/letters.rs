//! Numbers and letters as offices write them.

use super::file::Letters;

/// A text with its letters changed.
pub(super) fn letters(change: Option<Letters>, text: &str) -> String {
    match change {
        None => text.to_owned(),
        Some(Letters::Upper) => text.to_uppercase(),
        Some(Letters::Lower) => text.to_lowercase(),
        Some(Letters::Slug) => {
            let plain = |letter: char| {
                if letter.is_alphanumeric() {
                    letter
                } else {
                    ' '
                }
            };
            let spaced: String = text.to_lowercase().chars().map(plain).collect();
            spaced.split_whitespace().collect::<Vec<_>>().join("-")
        }
    }
}

/// A number's digits before and after the decimal mark. Marks between thousands stand where they must
/// or nowhere, so that `1.234` and `1,234` are never taken for each other.
fn digits(text: &str, decimal_comma: bool) -> Result<(String, String), String> {
    let refused = || {
        let example = if decimal_comma {
            "1.234,50"
        } else {
            "1,234.50"
        };
        format!("`{text}` is no number as {example}")
    };
    let (mark, thousands) = if decimal_comma {
        (',', '.')
    } else {
        ('.', ',')
    };
    let (whole, part) = text.split_once(mark).unwrap_or((text, ""));
    let all_digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    let mut groups = whole.split(thousands);
    let first = groups.next().unwrap_or_default();
    let grouped = whole.contains(thousands);
    let fits = !first.is_empty()
        && all_digits(first)
        && (!grouped || first.len() <= 3)
        && groups.all(|group| group.len() == 3 && all_digits(group))
        && all_digits(part)
        && !(part.is_empty() && text.ends_with(mark));
    if fits {
        Ok((whole.replace(thousands, ""), part.to_owned()))
    } else {
        Err(refused())
    }
}

/// A whole number; decimals that are all zero say nothing.
pub(super) fn integer(text: &str, decimal_comma: bool) -> Result<i64, String> {
    let (negative, unsigned) = match text.strip_prefix('-') {
        Some(rest) => (true, rest),
        None => (false, text),
    };
    let (whole, part) = digits(unsigned, decimal_comma)?;
    let whole: Option<i64> = whole.parse().ok();
    match whole.filter(|_| part.bytes().all(|digit| digit == b'0')) {
        Some(whole) => Ok(if negative { -whole } else { whole }),
        None => Err(format!("`{text}` is no whole number")),
    }
}

/// An exact amount with two decimals.
pub(super) fn amount(text: &str, decimal_comma: bool) -> Result<String, String> {
    let (whole, part) = digits(text, decimal_comma)?;
    let whole = whole.trim_start_matches('0');
    let whole = if whole.is_empty() { "0" } else { whole };
    let kept = part.trim_end_matches('0');
    if kept.len() > 2 {
        return Err(format!("`{text}` has more than two decimals"));
    }
    Ok(format!("{whole}.{kept:0<2}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_between_thousands_stand_where_they_must_or_nowhere() {
        for (text, comma, expected) in [
            ("1234", false, Some("1234.00")),
            ("1,234.5", false, Some("1234.50")),
            ("1234,5", true, Some("1234.50")),
            ("1.234.567,05", true, Some("1234567.05")),
            ("1.234", true, Some("1234.00")),
            ("1,234", false, Some("1234.00")),
            ("0,00", true, Some("0.00")),
            ("007", false, Some("7.00")),
            ("1234.5", true, None),
            ("1,23", false, None),
            ("12,34.5", false, None),
            ("1.005", false, None),
            ("-5", false, None),
            ("5.", false, None),
            ("USD 5", false, None),
            ("", false, None),
        ] {
            let told = amount(text, comma).ok();
            assert_eq!(told.as_deref(), expected, "{text}, comma {comma}");
        }
    }

    #[test]
    fn whole_numbers_have_no_part() {
        for (text, comma, expected) in [
            ("3", false, Some(3)),
            ("3.0", false, Some(3)),
            ("3,00", true, Some(3)),
            ("-1", false, Some(-1)),
            ("1.200", true, Some(1200)),
            ("3.5", false, None),
            ("three", false, None),
        ] {
            assert_eq!(integer(text, comma).ok(), expected, "{text}, comma {comma}");
        }
    }

    #[test]
    fn a_name_becomes_a_slug() {
        assert_eq!(
            letters(Some(Letters::Slug), " Norman  Manley (KIN)"),
            "norman-manley-kin"
        );
        assert_eq!(letters(Some(Letters::Upper), "us"), "US");
        assert_eq!(letters(None, "Us"), "Us");
    }
}

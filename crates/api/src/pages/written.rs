//! How days, instants and ids of the log are written on pages: as they were told, no more precisely.

use homeward_events::time::OccurredOn;
use homeward_projections::worklist::Moment;
use jiff::Timestamp;
use jiff::tz::Offset;

/// Letters of an id that tell it apart on a page: the last group of a uuid, which is random.
const ID_LETTERS: usize = 12;

/// When something happened: `2026`, `2026-07`, `2026-07-01`, or `2026-07-01 09:30` by the clocks of the
/// place.
pub(crate) fn occurred(on: OccurredOn) -> String {
    match on {
        OccurredOn::Year(_) | OccurredOn::Month(..) | OccurredOn::Day(_) => on.to_string(),
        OccurredOn::Instant(at, offset) => clock(at, offset),
    }
}

/// An instant in UTC: `2026-07-01 14:30`.
pub(crate) fn instant(at: Timestamp) -> String {
    format!("{} UTC", clock(at, Offset::UTC))
}

/// A day, or an instant in UTC.
pub(crate) fn moment(moment: &Moment) -> String {
    match moment {
        Moment::Day(day) => day.to_string(),
        Moment::At(at) => instant(*at),
    }
}

/// An id in few letters; the whole of it stands in the address that it leads to.
pub(crate) fn short(id: &str) -> String {
    let letters: Vec<char> = id.chars().collect();
    let from = letters.len().saturating_sub(ID_LETTERS);
    letters.into_iter().skip(from).collect()
}

fn clock(at: Timestamp, offset: Offset) -> String {
    let civil = offset.to_datetime(at);
    let (day, hour, minute) = (civil.date(), civil.hour(), civil.minute());
    format!("{day} {hour:02}:{minute:02}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_is_written_more_precisely_than_it_was_told() {
        for (told, written) in [
            ("2026", "2026"),
            ("2026-07", "2026-07"),
            ("2026-07-01", "2026-07-01"),
            ("2026-07-01T23:30:00-05:00", "2026-07-01 23:30"),
        ] {
            assert_eq!(occurred(told.parse().unwrap()), written);
        }
        let at: Timestamp = "2026-07-02T04:30:00Z".parse().unwrap();
        assert_eq!(instant(at), "2026-07-02 04:30 UTC");
        assert_eq!(
            short("019f1bad-ff00-7d4e-a1b4-3c6f48e8f56c"),
            "3c6f48e8f56c"
        );
    }
}

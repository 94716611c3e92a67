//! Days that follow from a reception, worked out once for everybody who was received on that day: a
//! question over a hundred thousand journeys would spend its time on calendar arithmetic otherwise.

use std::collections::BTreeMap;

use homeward_events::time::{add_months, days_between};
use homeward_events::vocabulary::Wave;
use jiff::civil::Date;

use super::spells::MARKS;

/// How many waves there are.
pub(super) const WAVES: usize = Wave::ALL.len();

/// What follows from one day of reception.
#[derive(Debug, Clone, Copy)]
pub(super) struct Marks {
    /// When the waves are due, in their order; `None` for waves outside the schedule.
    pub(super) dues: [Option<Date>; WAVES],
    /// The marks at which spells are looked at, each with the days up to it.
    pub(super) marks: [(Date, i64); MARKS.len()],
}

/// Days of reception that were met.
#[derive(Debug, Default)]
pub(super) struct Calendar(BTreeMap<Date, Marks>);

impl Calendar {
    /// What follows from a day.
    pub(super) fn from(&mut self, start: Date) -> Marks {
        *self.0.entry(start).or_insert_with(|| {
            let mut marks = Marks {
                dues: [None; WAVES],
                marks: [(start, 0); MARKS.len()],
            };
            for (due, wave) in marks.dues.iter_mut().zip(Wave::ALL) {
                *due = due_months(*wave).map(|months| add_months(start, months));
            }
            for (mark, months) in marks.marks.iter_mut().zip(MARKS) {
                let day = add_months(start, months);
                *mark = (day, i64::from(days_between(start, day)));
            }
            marks
        })
    }
}

/// Calendar months after reception at which a wave is due; `None` for waves outside the schedule.
const fn due_months(wave: Wave) -> Option<i32> {
    match wave {
        Wave::Baseline => Some(0),
        Wave::Month1 => Some(1),
        Wave::Month3 => Some(3),
        Wave::Month6 => Some(6),
        Wave::Month12 => Some(12),
        Wave::Endline | Wave::Extra => None,
    }
}

//! Bars of counts, as most panels draw them.

use homeward_dashboard::chart::{
    Amount, Arrangement, Axis, Bar, Bars, Chart, ChartId, Direction, Kind, Say, Words,
};
use homeward_dashboard::language::Speech;

use super::panel::Drawn;

/// Counts by name, in parts that add up.
pub(crate) struct Counts<'c> {
    /// What the ids of the picture begin with.
    pub id: &'c str,
    /// What it shows, for those who cannot see it.
    pub title: &'c str,
    /// What is counted.
    pub axis: &'c str,
    /// Which way the bars go.
    pub direction: Direction,
    /// What the parts are.
    pub series: Vec<String>,
    /// Each bar with its parts, as a table shows them; without parts it is an empty place.
    pub bars: Vec<(String, Vec<Amount<'c>>)>,
}

impl Counts<'_> {
    /// The picture.
    pub(crate) fn picture(&self, speech: Speech) -> Drawn {
        let say = |value: f64| speech.decimal(value, 0);
        let empty = speech.say("panel-empty");
        let chart = Chart {
            words: Words {
                title: self.title,
                desc: self.title,
                empty: &empty,
            },
            kind: Kind::Bars(Bars {
                value: Axis::count(self.axis, Say::new(&say)),
                series: self.series.iter().map(String::as_str).collect(),
                bars: self
                    .bars
                    .iter()
                    .map(|(label, parts)| Bar {
                        label,
                        parts: parts.clone(),
                    })
                    .collect(),
                direction: self.direction,
                arrangement: Arrangement::Stacked,
            }),
        };
        Drawn::Table(chart.figure(&ChartId::new(self.id)))
    }
}

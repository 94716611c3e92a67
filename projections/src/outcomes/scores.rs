//! Scores by wave, change between waves, and who is missing.

use std::collections::{BTreeMap, BTreeSet};

use homeward_events::assessment::Score;
use homeward_events::vocabulary::{DeliveryMode, Wave};
use jiff::civil::Date;

use super::calendar::{Calendar, WAVES};
use super::groups::{ChangeGroup, Measure, ResponseGroup, ScoreGroup};
use super::life::{Asked, Chapter, Items};
use crate::instrument::{self, Instrument, Instruments};
use crate::measure::paired::Paired;

/// Level of intervals.
const LEVEL: f64 = 0.95;

/// What is known of a journey on a reference day.
pub(super) struct Known<'l> {
    /// The last assessment of each wave of each version.
    last: Vec<&'l Asked>,
    /// How support was delivered, as told last.
    pub(super) delivery: Option<&'static str>,
}

impl<'l> Known<'l> {
    /// `None` where the journey had neither been received nor assessed.
    pub(super) fn of(chapter: &'l Chapter, on: Date) -> Option<Self> {
        let (mut last, mut delivery) = (Vec::<&Asked>::new(), None);
        for asked in chapter.assessments.iter().filter(|asked| asked.on.0 <= on) {
            delivery = asked.delivery.map(DeliveryMode::as_str).or(delivery);
            let same = |known: &&Asked| known.is_of(asked) && known.wave == asked.wave;
            match last.iter_mut().find(|known| same(known)) {
                Some(known) => *known = asked,
                None => last.push(asked),
            }
        }
        let is_received = chapter.received.is_some_and(|day| day.0 <= on);
        (is_received || !last.is_empty()).then_some(Self { last, delivery })
    }
}

impl Asked {
    /// Which version of which instrument.
    fn version(&self) -> (&str, u16) {
        (&self.instrument, self.version)
    }

    /// Whether both are of the same version of the same instrument.
    fn is_of(&self, other: &Self) -> bool {
        self.instrument == other.instrument && self.version == other.version
    }
}

/// How a journey stands to a wave.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Standing {
    Responded,
    Unscored,
    NotComparable,
    Missing,
    NotObserved,
    NotYet,
}

const MEASURES: usize = Measure::ALL.len();

/// What one group has.
#[derive(Debug, Default)]
pub(super) struct Tally<'l> {
    /// By instrument and version.
    by_instrument: BTreeMap<(&'l str, u16), Cells<'l>>,
    responses: [ResponseCell; WAVES],
}

/// What one group has of one version of an instrument, by wave and measure.
#[derive(Debug, Default)]
struct Cells<'l> {
    /// Where it is known.
    instrument: Option<&'l Instrument>,
    asked: [bool; WAVES],
    scores: [[ScoreCell; MEASURES]; WAVES],
    changes: [[ChangeCell; MEASURES]; WAVES],
}

#[derive(Debug, Clone, Default)]
struct ScoreCell {
    journeys: i64,
    persons: i64,
    /// The person counted last: persons come one after the other.
    counted: u64,
    sum: i64,
    /// By band of the instrument, in its order.
    bands: Vec<i64>,
    items: Items,
}

#[derive(Debug, Clone, Copy, Default)]
struct ChangeCell {
    baseline: i64,
    pairs: Paired,
    standing: StandingCounts,
}

#[derive(Debug, Clone, Copy, Default)]
struct ResponseCell {
    standing: StandingCounts,
}

#[derive(Debug, Clone, Copy, Default)]
struct StandingCounts {
    responded: i64,
    unscored: i64,
    not_comparable: i64,
    missing: i64,
    not_observed: i64,
    not_yet: i64,
}

impl StandingCounts {
    fn note(&mut self, standing: Standing) {
        match standing {
            Standing::Responded => self.responded += 1,
            Standing::Unscored => self.unscored += 1,
            Standing::NotComparable => self.not_comparable += 1,
            Standing::Missing => self.missing += 1,
            Standing::NotObserved => self.not_observed += 1,
            Standing::NotYet => self.not_yet += 1,
        }
    }

    const fn expected(&self) -> i64 {
        self.responded + self.unscored + self.not_comparable + self.missing
    }
}

impl<'l> Tally<'l> {
    pub(super) fn add(
        &mut self,
        chapter: &'l Chapter,
        known: &Known<'l>,
        (on, calendar): (Date, &mut Calendar),
        person: u64,
        instruments: &'l Instruments,
    ) {
        for asked in &known.last {
            let cells = self.by_instrument.entry(asked.version()).or_default();
            cells.score(asked, person, instruments);
        }
        if let Some(received) = chapter.received.map(|day| day.0).filter(|day| *day <= on) {
            self.respond(chapter, known, &calendar.from(received).dues, on);
        }
        for baseline in known.last.iter().filter(|a| a.wave == Wave::Baseline) {
            if let Some(cells) = self.by_instrument.get_mut(&baseline.version()) {
                let start = chapter.received.unwrap_or(baseline.on).0;
                let dues = calendar.from(start).dues;
                cells.change(chapter, known, baseline, (dues, on));
            }
        }
    }

    fn respond(
        &mut self,
        chapter: &Chapter,
        known: &Known<'_>,
        dues: &[Option<Date>; WAVES],
        on: Date,
    ) {
        for ((wave, due), cell) in Wave::ALL.iter().zip(dues).zip(&mut self.responses) {
            let Some(due) = *due else { continue };
            let standing = if due > on {
                Standing::NotYet
            } else if known.last.iter().any(|asked| asked.wave == *wave) {
                Standing::Responded
            } else if chapter.is_unseen(due, on) {
                Standing::NotObserved
            } else {
                Standing::Missing
            };
            cell.standing.note(standing);
        }
    }
}

impl<'l> Cells<'l> {
    fn score(&mut self, asked: &'l Asked, person: u64, instruments: &'l Instruments) {
        if self.instrument.is_none() {
            self.instrument = instruments.get(&asked.instrument, asked.version);
        }
        let waves = Wave::ALL.iter().zip(&mut self.asked).zip(&mut self.scores);
        for ((_, was_asked), cells) in waves.filter(|((wave, _), _)| **wave == asked.wave) {
            *was_asked = true;
            for (measure, cell) in Measure::ALL.into_iter().zip(cells) {
                if let Some(score) = measure.of(asked) {
                    cell.add(score, asked.items, person, self.instrument);
                }
            }
        }
    }

    fn change(
        &mut self,
        chapter: &Chapter,
        known: &Known<'_>,
        baseline: &Asked,
        (dues, on): ([Option<Date>; WAVES], Date),
    ) {
        let waves = Wave::ALL.iter().zip(dues).zip(&mut self.changes);
        for ((wave, due), cells) in waves.filter(|((wave, _), _)| **wave != Wave::Baseline) {
            let at_wave = || known.last.iter().filter(|asked| asked.wave == *wave);
            let follow = at_wave().find(|asked| asked.is_of(baseline));
            let is_other = at_wave().any(|asked| asked.instrument == baseline.instrument);
            let is_unseen = due.is_some_and(|due| chapter.is_unseen(due, on));
            for (measure, cell) in Measure::ALL.into_iter().zip(cells) {
                let Some(from) = measure.of(baseline) else {
                    continue;
                };
                cell.baseline += 1;
                let to = follow.and_then(|follow| measure.of(follow));
                if let Some(to) = to {
                    cell.pairs.add(from, to);
                }
                let standing = match due {
                    Some(due) if due > on => Some(Standing::NotYet),
                    _ if to.is_some() => due.map(|_| Standing::Responded),
                    _ if follow.is_some() => Some(Standing::Unscored),
                    _ if is_other => Some(Standing::NotComparable),
                    Some(_) if is_unseen => Some(Standing::NotObserved),
                    Some(_) => Some(Standing::Missing),
                    None => None,
                };
                if let Some(standing) = standing {
                    cell.standing.note(standing);
                }
            }
        }
    }
}

impl ScoreCell {
    fn add(&mut self, score: u16, items: Items, person: u64, instrument: Option<&Instrument>) {
        self.journeys += 1;
        self.persons += i64::from(self.counted != person);
        self.counted = person;
        self.sum += i64::from(score);
        self.items.add(items);
        let Some(instrument) = instrument else { return };
        self.bands.resize(instrument.bands.len(), 0);
        let of_band = instrument.bands.iter().zip(&mut self.bands).rev();
        let mut within = of_band.filter(|(band, _)| band.from.ten_thousandths() <= score);
        if let Some((_, count)) = within.next() {
            *count += 1;
        }
    }
}

/// Which waves anybody was asked at, by instrument whatever its version: a wave at which nobody ever
/// was is none of the schedule.
pub(super) struct Waves<'l> {
    versions: BTreeSet<(&'l str, u16)>,
    by_instrument: BTreeSet<(&'l str, Wave)>,
    all: BTreeSet<Wave>,
}

impl<'l> Waves<'l> {
    pub(super) fn of<'t>(tallies: impl Iterator<Item = &'t Tally<'l>>) -> Self
    where
        'l: 't,
    {
        let mut waves = Self {
            versions: BTreeSet::new(),
            by_instrument: BTreeSet::new(),
            all: BTreeSet::new(),
        };
        for ((id, version), cells) in tallies.flat_map(|tally| &tally.by_instrument) {
            waves.versions.insert((id, *version));
            let asked = Wave::ALL
                .iter()
                .zip(cells.asked)
                .filter(|(_, asked)| *asked);
            for (wave, _) in asked {
                waves.by_instrument.insert((id, *wave));
                waves.all.insert(*wave);
            }
        }
        waves
    }

    /// The names of all versions, in order.
    pub(super) fn instruments(&self) -> impl Iterator<Item = String> {
        let versions = self.versions.iter();
        versions.map(|(id, version)| instrument::name(id, *version))
    }
}

/// What is told of every group.
#[derive(Default)]
pub(super) struct Told {
    pub(super) scores: Vec<ScoreGroup>,
    pub(super) changes: Vec<ChangeGroup>,
    pub(super) responses: Vec<ResponseGroup>,
}

impl Told {
    pub(super) fn tell(&mut self, tally: &Tally<'_>, values: &[String], waves: &Waves<'_>) {
        for ((id, version), cells) in &tally.by_instrument {
            let name = instrument::name(id, *version);
            for (wave, of_wave) in Wave::ALL.iter().zip(&cells.scores) {
                let of_measure = Measure::ALL.into_iter().zip(of_wave);
                let told = of_measure.filter(|(_, cell)| cell.journeys > 0);
                self.scores.extend(told.map(|(measure, cell)| {
                    cell.told((&name, measure, *wave), values, cells.instrument)
                }));
            }
            for (wave, of_wave) in Wave::ALL.iter().zip(&cells.changes) {
                if !waves.by_instrument.contains(&(*id, *wave)) {
                    continue;
                }
                let of_measure = Measure::ALL.into_iter().zip(of_wave);
                let told = of_measure.filter(|(_, cell)| cell.baseline > 0);
                self.changes
                    .extend(told.map(|(measure, cell)| cell.told((&name, measure, *wave), values)));
            }
        }
        for (wave, ResponseCell { standing }) in Wave::ALL.iter().zip(&tally.responses) {
            let (expected, others) = (standing.expected(), standing.not_observed);
            if waves.all.contains(wave) && expected + others + standing.not_yet > 0 {
                self.responses.push(ResponseGroup {
                    wave: *wave,
                    values: values.to_vec(),
                    expected,
                    responded: standing.responded,
                    missing: standing.missing,
                    not_observed: standing.not_observed,
                    not_yet: standing.not_yet,
                });
            }
        }
    }
}

impl ScoreCell {
    fn told(
        &self,
        (instrument, dimension, wave): (&str, Measure, Wave),
        values: &[String],
        known: Option<&Instrument>,
    ) -> ScoreGroup {
        let bands = known.into_iter().flat_map(|known| &known.bands);
        ScoreGroup {
            instrument: instrument.to_owned(),
            dimension,
            wave,
            values: values.to_vec(),
            journeys: self.journeys,
            persons: self.persons,
            sum: self.sum,
            bands: bands
                .map(|band| band.id.clone())
                .zip(self.bands.iter().copied())
                .collect(),
            items: self.items,
        }
    }
}

impl ChangeCell {
    fn told(
        &self,
        (instrument, dimension, wave): (&str, Measure, Wave),
        values: &[String],
    ) -> ChangeGroup {
        let (pairs, standing) = (&self.pairs, &self.standing);
        let of_one = |ten_thousandths: f64| ten_thousandths / f64::from(Score::MAX);
        let interval = pairs.interval(LEVEL);
        ChangeGroup {
            instrument: instrument.to_owned(),
            dimension,
            wave_from: Wave::Baseline,
            wave_to: wave,
            values: values.to_vec(),
            baseline: self.baseline,
            paired: i64::try_from(pairs.pairs).unwrap_or(i64::MAX),
            mean_from: pairs.mean_from().map(of_one),
            mean_to: pairs.mean_to().map(of_one),
            mean_change: pairs.mean_change().map(of_one),
            standard_error: pairs.standard_error().map(of_one),
            lower: interval.map(|(lower, _)| of_one(lower)),
            upper: interval.map(|(_, upper)| of_one(upper)),
            expected: standing.expected(),
            responded: standing.responded,
            unscored: standing.unscored,
            not_comparable: standing.not_comparable,
            missing: standing.missing,
            not_observed: standing.not_observed,
            not_yet: standing.not_yet,
        }
    }
}

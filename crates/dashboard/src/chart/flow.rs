//! Stages that people pass one after the other: how many reach each, and how those left who went no
//! further.

use super::ink::{Ink, Pattern};
use super::pen::Path;
use super::scale::{Scale, number};
use super::sheet::{Anchor, Sheet};
use super::{Amount, Frame, Say, typeface};

/// How some left between one stage and the next.
#[derive(Debug, Clone)]
pub struct Leaving<'a> {
    /// The reason.
    pub label: &'a str,
    /// How many.
    pub amount: Amount<'a>,
}

/// A stage.
#[derive(Debug, Clone)]
pub struct Stage<'a> {
    /// Its name.
    pub label: &'a str,
    /// How many reached it.
    pub reached: Amount<'a>,
    /// Who is still there and may go on: the largest part of what follows is not a loss.
    pub waiting: Amount<'a>,
    /// How others left from here, in the order they should be read.
    pub leaving: Vec<Leaving<'a>>,
}

/// Stages from the first to the last.
#[derive(Debug)]
pub struct Flow<'a> {
    /// The stages.
    pub stages: Vec<Stage<'a>>,
    /// What those are called who are still at a stage.
    pub waiting: &'a str,
    /// How a number of people is spelled.
    pub say: Say<'a>,
    /// How a share of those at the first stage is spelled.
    pub say_share: Say<'a>,
}

const BAR: f64 = 34.0;

/// One entry of what stands beside the way from one stage to the next.
struct Note<'a> {
    label: &'a str,
    amount: Amount<'a>,
    waiting: bool,
}

impl Flow<'_> {
    pub(crate) fn draw(&self, sheet: &mut Sheet, empty: &str) -> f64 {
        let first = self
            .stages
            .first()
            .and_then(|stage| stage.reached.known())
            .unwrap_or(0.0);
        if first <= 0.0
            && self
                .stages
                .iter()
                .all(|stage| stage.reached.reason().is_none())
        {
            let extent = (sheet.width(), sheet.frame.pick(220.0, 180.0));
            sheet.nothing((0.5, 0.5), (extent.0 - 1.0, extent.1 - 1.0), empty);
            return extent.1;
        }
        let size = sheet.size();
        let largest = self
            .stages
            .iter()
            .filter_map(|stage| stage.reached.known())
            .fold(0.0, f64::max);
        let left = sheet.frame.pick(150.0, 0.0);
        let room = sheet.frame.pick(330.0, sheet.width());
        let scale = Scale::new((0.0, largest.max(1.0)), (0.0, room));
        let mut top = 2.0;
        for (index, stage) in self.stages.iter().enumerate() {
            if sheet.frame == Frame::Narrow {
                self.heading(sheet, stage, (0.0, top + size), first);
                top += size * 1.6;
            } else {
                let label = typeface::wrap(stage.label, size, left - 14.0, 2);
                let mut y =
                    top + BAR / 2.0 + size * 0.35 - (number(label.len()) - 1.0) * size * 0.6;
                for line in label {
                    let text = sheet
                        .text((left - 12.0, y), Anchor::End, size)
                        .fill(Ink::Words);
                    text.set("font-weight", "700").text(&line);
                    y += size * 1.2;
                }
            }
            let width = stage
                .reached
                .known()
                .map_or(60.0, |value| scale.at(value).max(1.5));
            bar(sheet, stage, (left, top), width);
            if sheet.frame == Frame::Wide {
                let spelled = self.spelled(stage, first);
                sheet.ink(
                    (left + room + 16.0, top + BAR / 2.0 + size * 0.35),
                    Anchor::Start,
                    &spelled,
                );
            }
            let say = format!("{} · {}", stage.label, self.spelled(stage, first));
            sheet.hit((0.0, top), (sheet.width(), BAR), &say);
            top += BAR;
            let next = self.stages.get(index + 1).map(|next| {
                let width = next.reached.known();
                let width = width.map_or(60.0, |value| scale.at(value).max(1.5));
                (width, next)
            });
            top = self.between(sheet, stage, (left, top), (width, next));
        }
        top + 4.0
    }

    fn heading(&self, sheet: &mut Sheet, stage: &Stage<'_>, (x, y): (f64, f64), first: f64) {
        let size = sheet.size();
        let spelled = self.spelled(stage, first);
        let room = sheet.width() - typeface::width(&spelled, size) - 12.0;
        let label = typeface::fit(stage.label, size * typeface::BOLD, room);
        let text = sheet.text((x, y), Anchor::Start, size).fill(Ink::Words);
        text.set("font-weight", "700").text(&label);
        let end = sheet.width();
        sheet.ink((end, y), Anchor::End, &spelled);
    }

    /// How many reached the stage, and which share of the first that is.
    fn spelled(&self, stage: &Stage<'_>, first: f64) -> String {
        let spelled = stage.reached.spelled(self.say);
        match stage.reached.known() {
            Some(value) if first > 0.0 => {
                format!("{spelled} · {}", self.say_share.of(value / first))
            }
            Some(_) | None => spelled,
        }
    }

    /// The way to the next stage, narrowing, and beside it who is still there and who left and why.
    fn between(
        &self,
        sheet: &mut Sheet,
        stage: &Stage<'_>,
        (left, top): (f64, f64),
        (from, to): (f64, Option<(f64, &Stage<'_>)>),
    ) -> f64 {
        let size = sheet.size() - 1.0;
        let waiting = Note {
            label: self.waiting,
            amount: stage.waiting,
            waiting: true,
        };
        let leaving = stage.leaving.iter().map(|leaving| Note {
            label: leaving.label,
            amount: leaving.amount,
            waiting: false,
        });
        let worth = |note: &Note<'_>| {
            note.amount.known() != Some(0.0) && !matches!(note.amount, Amount::Nothing(_))
        };
        let notes: Vec<Note<'_>> = std::iter::once(waiting)
            .chain(leaving)
            .filter(worth)
            .collect();
        let line = size * 1.45;
        let lines = number(notes.len());
        let height = (lines * line + 14.0).max(22.0);
        // Between stages of which one has no figure, a way would say how it narrows.
        let known = |stage: &Stage<'_>| stage.reached.known().is_some();
        if let Some((to, next)) = to
            && known(stage)
            && known(next)
        {
            let mut path = Path::default();
            path.move_to(left, top);
            path.line_to(left + from, top);
            path.line_to(left + to, top + height);
            path.line_to(left, top + height);
            path.close();
            sheet
                .pen
                .element("path")
                .set("d", path.written())
                .fill(Ink::Quiet)
                .empty();
        }
        let (x, room) = match sheet.frame {
            Frame::Wide => (left + 346.0, sheet.width() - left - 346.0),
            Frame::Narrow => (sheet.width() * 0.36, sheet.width() * 0.64),
        };
        let mut y = top + 7.0 + size * 1.05;
        for note in notes {
            let spelled = note.amount.spelled(self.say);
            let column = 44.0;
            let place = (x + column, y);
            let words = typeface::fit(note.label, size, room - column - 8.0);
            if note.waiting {
                sheet
                    .text(place, Anchor::End, size)
                    .words_series(0)
                    .set("font-weight", "700")
                    .text(&spelled);
                sheet
                    .text((place.0 + 8.0, y), Anchor::Start, size)
                    .words_series(0)
                    .text(&words);
            } else if note.amount.reason().is_some() {
                let words = typeface::fit(
                    &format!("{} ({spelled})", note.label),
                    size,
                    room - column - 8.0,
                );
                let fill = sheet.pattern(Pattern::Withheld);
                sheet
                    .rect((place.0 - 22.0, y - size * 0.8), (22.0, size * 0.9))
                    .set("fill", &fill)
                    .empty();
                sheet.soft((place.0 + 8.0, y), Anchor::Start, &words);
            } else {
                sheet.ink(place, Anchor::End, &spelled);
                sheet.soft((place.0 + 8.0, y), Anchor::Start, &words);
            }
            y += line;
        }
        if to.is_some() || lines > 0.0 {
            top + height
        } else {
            top
        }
    }
}

/// The bar of those who reached a stage.
fn bar(sheet: &mut Sheet, stage: &Stage<'_>, at: (f64, f64), width: f64) {
    let pattern = stage
        .reached
        .reason()
        .map_or(Pattern::Series(0), |(pattern, _)| pattern);
    let fill = sheet.pattern(pattern);
    sheet.rect(at, (width, BAR)).set("fill", &fill).empty();
}

//! How observation ends without a failure, and what is no time at risk.

use homeward_events::time::{add_days, add_months};
use jiff::civil::Date;

use super::starts::arrivals;
use super::witness::{Verdict, What, Witness};
use super::{Gap, Start, Stop, StopKind};
use crate::definition::Definition;
use crate::definition::terms::NotAtRisk;
use crate::histories::{PartingKind, Past};

impl Definition {
    /// How observation ends without a failure: of several ends on one day, what makes failure
    /// impossible comes before what hides it.
    pub(super) fn stop(&self, start: &Start<'_>, on: Date, witness: &mut impl Witness) -> Stop {
        let mut stop = Stop {
            on,
            kind: StopKind::Open,
        };
        if let Some(months) = self.horizon_months() {
            let complete = add_months(start.on, i32::from(months));
            if complete <= on {
                stop = Stop {
                    on: complete,
                    kind: StopKind::Complete,
                };
            }
        }
        let ends = &self.terms().ends;
        for past in start.scope {
            let regained = past.partings.iter().rposition(|parting| {
                parting.kind == PartingKind::ContactRegained && parting.told.on.0 <= on
            });
            for (index, parting) in past.partings.iter().enumerate() {
                let (kind, day) = (parting.kind, parting.told.on.0);
                let (verdict, end) = if day > on {
                    (Verdict::NotKnownYet, None)
                } else if ends.competing.contains(&kind) {
                    (Verdict::Competes, Some(StopKind::Competed(kind)))
                } else if !ends.censoring.contains(&kind) {
                    (Verdict::EndsNothing, None)
                } else if regained.is_some_and(|regained| index < regained) {
                    // A gap in contact that was closed again hides nothing.
                    (Verdict::TakenBack, None)
                } else {
                    (Verdict::Censors, Some(StopKind::Censored(kind)))
                };
                let end = end.filter(|_| day >= start.on);
                let verdict = match (verdict, end) {
                    (Verdict::Competes | Verdict::Censors, None) => Verdict::BeforeOrigin,
                    (verdict, _) => verdict,
                };
                witness.note(day, What::Parting(kind), verdict);
                if let Some(kind) = end
                    && (day, kind) < (stop.on, stop.kind)
                {
                    stop = Stop { on: day, kind };
                }
            }
        }
        match stop.kind {
            StopKind::Complete => witness.note(stop.on, What::Day, Verdict::Completes),
            StopKind::Open => witness.note(on, What::Day, Verdict::Open),
            StopKind::Competed(_) | StopKind::Censored(_) => {}
        }
        stop
    }

    pub(super) fn gaps(&self, start: &Start<'_>, on: Date, witness: &mut impl Witness) -> Vec<Gap> {
        let excluded = &self.terms().not_at_risk;
        let mut gaps: Vec<Gap> = Vec::new();
        let mut add = |why: NotAtRisk, from: Date, to: Option<Date>| {
            // What has not ended on the reference day lasts, as far as is known on it.
            let to = to.filter(|to| *to <= on).unwrap_or_else(|| add_days(on, 1));
            let gap = Gap { from, to };
            if from <= on && to > start.on {
                witness.note(from, What::Gap(why, gap), Verdict::NotAtRisk);
                gaps.push(gap);
            }
        };
        for past in start.scope {
            if excluded.contains(&NotAtRisk::Custody) {
                for spell in &past.custody {
                    add(
                        NotAtRisk::Custody,
                        spell.from.on.0,
                        spell.to.map(|day| day.0),
                    );
                }
            }
            if excluded.contains(&NotAtRisk::Abroad) {
                let left =
                    |parting: &&crate::histories::Parting| parting.kind == PartingKind::Remigrated;
                for parting in past.partings.iter().filter(left) {
                    let from = parting.told.on.0;
                    add(NotAtRisk::Abroad, from, back(start.scope, from));
                }
            }
        }
        merge(gaps)
    }
}

/// The first sign, on or after a day, that somebody who had left is back.
fn back(scope: &[Past], from: Date) -> Option<Date> {
    let removed = scope.iter().flat_map(|past| &past.partings);
    let removed = removed
        .filter(|parting| parting.kind == PartingKind::RemovedAgain)
        .map(|parting| parting.told.on.0)
        .filter(|day| *day >= from);
    let received = arrivals(scope)
        .map(|(_, arrival)| arrival.on.0)
        .filter(|day| *day > from);
    removed.chain(received).min()
}

/// In order, those that overlap as one; two that only touch leave the day between them at risk.
fn merge(mut gaps: Vec<Gap>) -> Vec<Gap> {
    gaps.sort_by_key(|gap| (gap.from, gap.to));
    let mut merged: Vec<Gap> = Vec::new();
    for gap in gaps {
        match merged.last_mut() {
            Some(last) if gap.from < last.to => last.to = last.to.max(gap.to),
            Some(_) | None => merged.push(gap),
        }
    }
    merged
}

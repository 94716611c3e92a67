//! What providers answer, and why referrals end without what was asked for.

use homeward_dashboard::chart::Direction;
use homeward_dashboard::language::Speech;
use homeward_projections::referrals::{providers, reasons};

use super::{TAKES, passed_over, provider};
use crate::endpoints::referrals::figures;
use crate::pages::arrivals::share;
use crate::pages::ask::{Ask, FEW};
use crate::pages::draw::Counts;
use crate::pages::panel::{Cell, Column, Guard, Panel, Row, State as Stands, TableTwin};
use crate::problem::Problem;

/// How many of those that were sent are accepted: a share where there are enough.
fn headline(speech: Speech, accepted: i64, sent: i64) -> String {
    let count = ("count", sent.into());
    if sent < FEW {
        let part = ("part", accepted.into());
        return speech.tell("providers-headline-few", &[count, part]);
    }
    let share = speech.percent(share(accepted, sent), 0);
    speech.tell("providers-headline", &[count, ("share", share.into())])
}

/// What providers answer, and how many can still become accepted.
pub(super) async fn answers(ask: &Ask) -> Result<Panel, Problem> {
    let speech = ask.speech();
    let more = provider(ask);
    let (gate, key, query) = ask.question(TAKES, &more);
    let answer = figures::providers(gate, key, query).await?.0;
    let lines = &answer.told.lines;
    let names = ["accepted", "declined", "undecided", "unanswered", "left"];
    let parts = |line: &providers::Line| {
        let tally = &line.tally;
        [
            tally.accepted,
            tally.declined,
            tally.undecided,
            tally.unanswered,
            tally.left,
        ]
    };
    let series: Vec<String> = names
        .iter()
        .map(|name| speech.say(&format!("providers-{name}")))
        .collect();
    let first = |line: &providers::Line| line.values.first().cloned().unwrap_or_default();
    let row = |line: &providers::Line| {
        let mut row = vec![
            Cell::text(first(line)),
            Cell::count(speech, line.tally.referrals),
        ];
        row.extend(parts(line).map(|count| Cell::count(speech, count)));
        row.push(match (line.share, line.share_least, line.share_most) {
            (Some(of), Some(least), Some(most)) => {
                Cell::number(speech.percent_between(of, least, most, 0), of)
            }
            _ => Cell::number("\u{2013}", ""),
        });
        row
    };
    let (title, axis) = (
        speech.say("providers-title"),
        speech.say("funnel-referrals"),
    );
    let (sent, accepted) = lines.iter().fold((0, 0), |(sent, accepted), line| {
        (sent + line.tally.referrals, accepted + line.tally.accepted)
    });
    let mut columns = vec![
        Column::words(speech.say("clocks-provider")),
        Column::whole(speech.say("funnel-referrals")),
    ];
    columns.extend(series.iter().map(Column::part));
    // What it can still become tells the others.
    let of = speech.say("providers-share");
    columns.push(Column::share(of, &[2, 3, 4, 5, 6], &[1]));
    let mut sums = [0; 5];
    for line in lines {
        for (sum, part) in sums.iter_mut().zip(parts(line)) {
            *sum += part;
        }
    }
    let mut totals = vec![
        Cell::text(speech.say("column-total")),
        Cell::count(speech, sent),
    ];
    totals.extend(sums.map(|count| Cell::count(speech, count)));
    totals.push(Cell::number("\u{2013}", ""));
    let table = ask.shown(TableTwin {
        caption: title.clone(),
        columns,
        rows: lines.iter().map(row).collect(),
        totals,
        guard: Guard::Counts(Row::Exact),
    });
    let counts = Counts {
        id: "providers",
        title: &title,
        axis: &axis,
        direction: Direction::Lying,
        series,
        bars: table.bars(2, names.len()),
    };
    Ok(Panel {
        id: "providers",
        headline: headline(speech, accepted, sent),
        subtitle: speech.say("providers-subtitle"),
        picture: Some(counts.picture(speech)),
        tables: vec![table],
        takes: ask.takes("referral-providers", TAKES, &more),
        notes: passed_over(ask),
        foot: ask.foot(&answer.as_of, &answer.manifest),
        state: if lines.is_empty() {
            Stands::Empty
        } else {
            Stands::Told
        },
        ..Panel::default()
    })
}

/// Why referrals ended without what was asked for.
pub(super) async fn why(ask: &Ask) -> Result<Panel, Problem> {
    let speech = ask.speech();
    let mut more = provider(ask);
    more.push(("language", speech.language.code()));
    let takes_reasons = ["ledger", "known"];
    let (gate, key, query) = ask.question(&takes_reasons, &more);
    let answer = figures::reasons(gate, key, query).await?.0;
    let mut lines: Vec<&reasons::Line> = answer.told.lines.iter().collect();
    lines.sort_by(|a, b| {
        b.referrals
            .cmp(&a.referrals)
            .then_with(|| a.reason.cmp(&b.reason))
    });
    let row = |line: &&reasons::Line| {
        vec![
            Cell {
                value: line.reason.clone(),
                ..Cell::text(&line.label)
            },
            Cell {
                value: line.kind.clone(),
                ..Cell::text(speech.say(&format!("reasons-{}", line.kind)))
            },
            Cell {
                value: line.group.clone(),
                ..Cell::text(&line.group_label)
            },
            Cell::count(speech, line.referrals),
        ]
    };
    let headline = match lines.first() {
        Some(first) => speech.tell(
            "reasons-headline",
            &[
                ("reason", (&first.label).into()),
                ("count", first.referrals.into()),
            ],
        ),
        None => speech.say("reasons-title"),
    };
    Ok(Panel {
        id: "reasons",
        headline,
        subtitle: speech.tell(
            "reasons-subtitle",
            &[
                ("count", answer.told.referrals.into()),
                ("file", (&answer.told.reasons).into()),
            ],
        ),
        tables: vec![TableTwin {
            caption: speech.say("reasons-title"),
            columns: vec![
                Column::words(speech.say("reasons-reason")),
                Column::words(speech.say("reasons-kind")),
                Column::words(speech.say("reasons-group")),
                Column::alone(speech.say("funnel-referrals")),
            ],
            rows: lines.iter().map(row).collect(),
            totals: Vec::new(),
            guard: Guard::Counts(Row::Apart),
        }],
        table_first: true,
        notes: ask
            .passed_over(&["ledger", "known", "agency"])
            .into_iter()
            .collect(),
        foot: ask.foot(&answer.as_of, &answer.manifest),
        state: if lines.is_empty() {
            Stands::Empty
        } else {
            Stands::Told
        },
        ..Panel::default()
    })
}

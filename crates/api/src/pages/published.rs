//! What is shown where small numbers are withheld: pages as they may leave the house.
//!
//! The frame asks for it (`small=withheld`). Then a page shows of each panel its title, its tables with
//! what may not be told withheld, the picture if it was drawn from such a table, and nothing else: no
//! headline or sentence that tells a figure, no files, no way to journeys. What a panel does not say how
//! to publish is not published ([`Guard::Closed`]): forgetting is safe.

use std::collections::{BTreeMap, BTreeSet};

use homeward_dashboard::language::Speech;
use homeward_dashboard::withhold::{Figures, Place, Rule};
use homeward_ledger::clock;

use super::ask::{Ask, label};
use super::frame::CONDITIONS;
use super::panel::{Drawn, Link, Panel, State};
use super::table::{Cell, Guard, Holds, Rests, Row, TableTwin};

/// The rule of this house.
pub(crate) const RULE: Rule = Rule::PUBLISHED;

/// A panel as it may be published; one that is already stays so.
pub(crate) fn panel(ask: &Ask, panel: Panel) -> Panel {
    let speech = ask.speech();
    let closed = panel
        .tables
        .iter()
        .all(|table| matches!(table.guard, Guard::Closed));
    let tables = panel.tables.into_iter();
    let tables = tables
        .filter_map(|twin| table(speech, twin))
        .map(without_kept);
    let tables: Vec<TableTwin> = tables.collect();
    let title = match tables.first() {
        _ if !panel.title.is_empty() => panel.title,
        Some(first) => first.caption.clone(),
        None => speech.say("small-title"),
    };
    let told = panel.state == State::Told;
    let state = if told && tables.is_empty() {
        let why = if closed { "small-closed" } else { "small-few" };
        State::Withheld(speech.say(why))
    } else {
        panel.state
    };
    let (mut leads, mut notes) = (Vec::new(), panel.notes);
    if matches!(state, State::Withheld(_)) {
        if !closed {
            leads = wider(ask);
        }
    } else if told {
        notes.insert(0, note(speech));
    }
    let drawn = match panel.picture {
        Some(Drawn::Table(svg)) if !tables.is_empty() => Some(Drawn::Table(svg)),
        Some(Drawn::Table(_) | Drawn::Answer(_)) | None => None,
    };
    let words = panel.words_follow_table && !tables.is_empty();
    Panel {
        id: panel.id,
        headline: if words { panel.headline } else { title.clone() },
        title,
        subtitle: if words { panel.subtitle } else { String::new() },
        sentences: if words { panel.sentences } else { Vec::new() },
        basis: panel.basis,
        switches: panel.switches,
        choices: panel.choices,
        // Where no picture stands, the table is what is looked at.
        table_first: panel.table_first || drawn.is_none(),
        picture: drawn,
        tables,
        leads,
        notes,
        foot: read(speech),
        state,
        ..Panel::default()
    }
}

/// When it was read; positions in ledgers are counts too.
fn read(speech: Speech) -> String {
    let at = speech.instant(clock::now());
    speech.tell("as-of-at", &[("at", at.into())])
}

/// What is withheld, and what a zero is.
fn note(speech: Speech) -> String {
    let said = [
        ("most", (RULE.shown_from - 1).into()),
        ("people", RULE.people_from.into()),
    ];
    speech.tell("small-note", &said)
}

/// Where the same is asked of more people: without one of the conditions that narrow it.
fn wider(ask: &Ask) -> Vec<Link> {
    let set = CONDITIONS.iter().map(|condition| condition.name);
    let set = set.filter(|name| *name != "definition" && !ask.frame.one(name).is_empty());
    let without = |name: &str| {
        let told = [("condition", label(ask.speech(), name).into())];
        Link::new(
            ask.frame.with(name, ""),
            ask.speech().tell("small-wider", &told),
        )
    };
    set.map(without).collect()
}

/// A table as it may be published; nothing if it may not be.
pub(crate) fn table(speech: Speech, mut twin: TableTwin) -> Option<TableTwin> {
    let withheld = match &twin.guard {
        Guard::Done => return Some(twin),
        Guard::Closed | Guard::Withheld => return None,
        Guard::Open => Cells::new(),
        Guard::Counts(row) => counts(&twin, *row)?,
        Guard::Answers(answers) => {
            let withheld = answered(answers);
            let all = answers.iter().flat_map(cells_of);
            if !answers.is_empty() && all.collect::<Cells>() == withheld {
                return None;
            }
            withheld
        }
    };
    let shares = shares(&twin, &withheld);
    for (at, row) in twin.rows.iter_mut().chain([&mut twin.totals]).enumerate() {
        for (column, cell) in row.iter_mut().enumerate() {
            cell.href = None;
            let kept = twin
                .columns
                .get(column)
                .is_none_or(|column| column.holds == Holds::Kept);
            let place = (at, column);
            if kept || withheld.contains(&place) || shares.contains(&place) {
                *cell = Cell::withheld(speech);
            }
        }
    }
    twin.guard = Guard::Done;
    Some(twin)
}

/// Row and column; totals are the row after the last.
type Cells = BTreeSet<(usize, usize)>;

/// Lays out the counts of a table and finds what is withheld.
fn counts(twin: &TableTwin, row: Row) -> Option<Cells> {
    let mut figures = Figures::under(RULE);
    let mut laid: BTreeMap<(usize, usize), Place> = BTreeMap::new();
    let mut rests: Vec<Place> = Vec::new();
    let of = |holds: Holds| {
        let columns = twin.columns.iter().enumerate();
        let mine = columns.filter(move |(_, column)| column.holds == holds);
        mine.map(|(at, _)| at).collect::<Vec<usize>>()
    };
    let (parts, wholes) = (of(Holds::Part), of(Holds::Whole));
    let rows: Vec<&Vec<Cell>> = twin.rows.iter().chain([&twin.totals]).collect();
    for (at, cells) in rows.iter().enumerate() {
        for (column, cell) in cells.iter().enumerate() {
            let counts = twin
                .columns
                .get(column)
                .is_some_and(super::table::Column::counts);
            if let Some(count) = cell.counted().filter(|_| counts) {
                laid.insert((at, column), figures.shown(count));
            }
        }
    }
    for (at, cells) in rows.iter().enumerate() {
        let counted = |column: &usize| cells.get(*column).and_then(Cell::counted).unwrap_or(0);
        let mut parted: Vec<Place> = Vec::new();
        parted.extend(parts.iter().filter_map(|column| laid.get(&(at, *column))));
        let all: i64 = parts.iter().map(counted).sum();
        let whole_at = |row: usize| wholes.first().and_then(|column| laid.get(&(row, *column)));
        let whole = match (row, whole_at(at)) {
            (Row::Apart, _) => None,
            (Row::Known, _) => (!parted.is_empty()).then(|| figures.known(all)),
            (Row::Exact | Row::Within | Row::Onward, whole) => whole.copied(),
        };
        let Some(whole) = whole else { continue };
        match row {
            Row::Within => {
                let rest = figures.unseen(wholes.first().map_or(0, counted) - all);
                rests.push(rest);
                parted.push(rest);
            }
            Row::Onward => parted.extend(whole_at(at + 1)),
            Row::Apart | Row::Exact | Row::Known => {}
        }
        figures.add_up(whole, &parted);
    }
    if !twin.totals.is_empty() {
        for column in 0..twin.columns.len() {
            let above = (0..twin.rows.len()).filter_map(|row| laid.get(&(row, column)).copied());
            if let Some(total) = laid.get(&(twin.rows.len(), column)) {
                figures.add_up(*total, &above.collect::<Vec<_>>());
            }
        }
        if let Some((total, above)) = rests.split_last() {
            figures.add_up(*total, above);
        }
    }
    let withheld = figures.withheld()?;
    let counted = |(row, column): &(usize, usize)| {
        let cell = rows.get(*row).and_then(|cells| cells.get(*column));
        cell.and_then(Cell::counted).unwrap_or(0)
    };
    let told =
        |(cell, place): &(&(usize, usize), &Place)| counted(cell) != 0 && !withheld.holds(**place);
    let held = laid.iter().filter(|(_, place)| withheld.holds(**place));
    let held: Cells = held.map(|(cell, _)| *cell).collect();
    // Where nothing is left to read there is no table.
    (held.is_empty() || laid.iter().any(|count| told(&count))).then_some(held)
}

/// Shares and middle values that rest on too few, or on what is withheld.
fn shares(twin: &TableTwin, withheld: &Cells) -> Cells {
    let mut few = Cells::new();
    for (at, row) in twin.rows.iter().chain([&twin.totals]).enumerate() {
        for (place, column) in twin.columns.iter().enumerate() {
            let Holds::Share(from, of) = &column.holds else {
                continue;
            };
            let counted = |column: &usize| row.get(*column).and_then(Cell::counted).unwrap_or(0);
            let people: i64 = of.iter().map(counted).sum();
            let told = from.iter().chain(of);
            let hidden = told
                .into_iter()
                .any(|column| withheld.contains(&(at, *column)));
            if hidden || (people != 0 && people < RULE.people_from) {
                few.insert((at, place));
            }
        }
    }
    few
}

fn cells_of(rests: &Rests) -> impl Iterator<Item = (usize, usize)> {
    rests.columns.iter().map(|column| (rests.row, *column))
}

/// What is withheld of answers about people who are partly the same.
fn answered(answers: &[Rests]) -> Cells {
    let mut by_people: BTreeMap<&str, Vec<&Rests>> = BTreeMap::new();
    let (enough, few): (Vec<&Rests>, Vec<&Rests>) = answers
        .iter()
        .partition(|rests| rests.people == 0 || rests.people >= RULE.people_from);
    for rests in enough {
        by_people.entry(&rests.among).or_default().push(rests);
    }
    let mut withheld: Cells = few.into_iter().flat_map(cells_of).collect();
    for same in by_people.values() {
        let counts: Vec<Vec<i64>> = same.iter().map(|rests| rests.counts.clone()).collect();
        let shown = RULE.beside(&counts);
        let hidden = same.iter().zip(shown).filter(|(_, shown)| !shown);
        withheld.extend(hidden.flat_map(|(rests, _)| cells_of(rests)));
    }
    withheld
}

/// Without the columns that are not published.
fn without_kept(mut twin: TableTwin) -> TableTwin {
    let kept: Vec<bool> = twin
        .columns
        .iter()
        .map(|column| column.holds == Holds::Kept)
        .collect();
    for row in twin.rows.iter_mut().chain([&mut twin.totals]) {
        let mut kept = kept.iter();
        row.retain(|_| !kept.next().copied().unwrap_or(false));
    }
    twin.columns.retain(|column| column.holds != Holds::Kept);
    twin
}

#[cfg(test)]
mod tests {
    use homeward_dashboard::language::Language;

    use super::super::table::Column;
    use super::*;

    const SPEECH: Speech = Speech::new(Language::En);

    fn counted(columns: Vec<Column>, rows: &[&[i64]], totals: &[i64], row: Row) -> TableTwin {
        let cells = |counts: &[i64]| {
            let counts = counts.iter().map(|count| Cell::count(SPEECH, *count));
            std::iter::once(Cell::text("row")).chain(counts).collect()
        };
        TableTwin {
            caption: "caption".to_owned(),
            columns: std::iter::once(Column::words("name"))
                .chain(columns)
                .collect(),
            rows: rows.iter().map(|counts| cells(counts)).collect(),
            totals: if totals.is_empty() {
                Vec::new()
            } else {
                cells(totals)
            },
            guard: Guard::Counts(row),
        }
    }

    /// The table as it is read, `x` for what is withheld; or nothing.
    fn read(twin: TableTwin) -> Vec<String> {
        let Some(twin) = table(SPEECH, twin) else {
            return Vec::new();
        };
        let said = |row: &Vec<Cell>| {
            let cells = row.iter().skip(1).map(|cell| match cell.class {
                "withheld" => "x".to_owned(),
                _ => cell.value.clone(),
            });
            cells.collect::<Vec<_>>().join(" ")
        };
        twin.rows.iter().chain([&twin.totals]).map(said).collect()
    }

    fn part(said: &str) -> Column {
        Column::part(said)
    }

    #[test]
    fn a_small_count_takes_others_with_it() {
        let columns = || vec![part("a"), part("b"), part("c"), Column::whole("all")];
        let rows: [&[i64]; 3] = [&[40, 3, 20, 63], &[50, 12, 30, 92], &[60, 0, 25, 85]];
        let totals = [150, 15, 75, 240];
        let twin = counted(columns(), &rows, &totals, Row::Exact);
        assert_eq!(
            read(twin),
            ["40 x x 63", "50 x x 92", "60 0 25 85", "150 15 75 240"]
        );
        // Nothing small: everything is shown.
        let rows: [&[i64]; 1] = [&[40, 13, 20, 73]];
        let twin = counted(columns(), &rows, &[], Row::Exact);
        assert_eq!(read(twin), ["40 13 20 73", ""]);
    }

    #[test]
    fn a_small_rest_is_not_told_by_a_part() {
        let columns = vec![Column::whole("all"), part("late")];
        let twin = counted(columns, &[&[200, 195], &[90, 30]], &[290, 225], Row::Within);
        assert_eq!(read(twin), ["200 x", "90 x", "290 225"]);
    }

    #[test]
    fn those_who_came_further_tell_nobody_who_stayed() {
        // 100 came, 95 came further, 3 wait, 2 left.
        let columns = vec![Column::whole("came"), part("wait"), part("left")];
        let rows: [&[i64]; 2] = [&[100, 3, 2], &[95, 60, 35]];
        let shown = read(counted(columns, &rows, &[], Row::Onward));
        assert_eq!(shown, ["x x x", "95 60 35", ""]);
    }

    #[test]
    fn shares_rest_on_enough_and_on_nothing_withheld() {
        let columns = vec![
            part("kept"),
            part("missed"),
            Column::share("share", &[1, 2], &[1, 2]),
        ];
        let rows: [&[i64]; 4] = [&[15, 25, 37], &[0, 12, 0], &[2, 45, 4], &[0, 0, 0]];
        let shown = read(counted(columns, &rows, &[], Row::Apart));
        assert_eq!(shown, ["15 25 37", "0 12 x", "x 45 x", "0 0 0", ""]);
    }

    #[test]
    fn where_nothing_is_left_to_read_there_is_no_table() {
        let columns = || vec![part("a"), part("b"), Column::whole("all")];
        assert!(read(counted(columns(), &[&[3, 2, 5]], &[], Row::Exact)).is_empty());
        assert!(read(counted(columns(), &[&[3, 0, 3]], &[], Row::Exact)).is_empty());
        // Nobody at all is told.
        assert_eq!(
            read(counted(columns(), &[&[0, 0, 0]], &[], Row::Exact)),
            ["0 0 0", ""]
        );
        // Everybody may know that there are 25; so that 5 are of one kind cannot be withheld.
        let known = vec![part("a"), part("b")];
        assert!(read(counted(known.clone(), &[&[5, 0]], &[], Row::Known)).is_empty());
        assert_eq!(read(counted(known, &[&[20, 5]], &[], Row::Known)), [""; 0]);
    }

    #[test]
    fn answers_about_the_same_people_differ_by_enough() {
        let rests = |row, counts: [i64; 2], people| Rests {
            row,
            columns: vec![1, 2],
            among: "cohort".to_owned(),
            counts: counts.to_vec(),
            people,
        };
        let mut twin = counted(
            vec![Column::answer("part"), Column::answer("whole")],
            &[&[30, 100], &[34, 100], &[45, 100], &[12, 19]],
            &[],
            Row::Apart,
        );
        twin.guard = Guard::Answers(vec![
            rests(0, [30, 100], 100),
            rests(1, [34, 100], 100),
            rests(2, [45, 100], 100),
            rests(3, [12, 19], 19),
        ]);
        assert_eq!(read(twin), ["30 100", "x x", "45 100", "x x", ""]);
    }

    #[test]
    fn forgetting_is_safe() {
        let mut twin = counted(vec![part("a")], &[&[500]], &[], Row::Apart);
        twin.guard = Guard::Closed;
        assert!(read(twin).is_empty());
    }
}

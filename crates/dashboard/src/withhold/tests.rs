//! Somebody tries to work out what is withheld: by trying every table there could be where tables are
//! small, and by narrowing intervals until nothing narrows any more where they are not.

use proptest::collection::vec;
use proptest::prelude::*;
use proptest::strategy::ValueTree;
use proptest::test_runner::TestRunner;

use super::{Figures, Place, Rule};

/// A table as it is published: counts in rows and columns, and what stands beside and below.
#[derive(Debug, Clone)]
struct Published {
    rows: Vec<Vec<i64>>,
    shape: Shape,
}

#[derive(Debug, Clone, Copy)]
struct Shape {
    /// How rows end.
    ends: End,
    /// Whether each column has its total below.
    totals: bool,
    /// Whether the last column stands nowhere: the rest of a whole.
    rest_unseen: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum End {
    Open,
    Total,
    /// With a total that stands nowhere and that everybody knows.
    Known,
}

/// Every sum of the table by the places of its whole and parts; and which places stand nowhere.
struct Laid {
    figures: Figures,
    counts: Vec<i64>,
    sums: Vec<(usize, Vec<usize>)>,
    unseen: Vec<bool>,
    known: Vec<bool>,
}

impl Laid {
    fn new(rule: Rule) -> Self {
        Self {
            figures: Figures::under(rule),
            counts: Vec::new(),
            sums: Vec::new(),
            unseen: Vec::new(),
            known: Vec::new(),
        }
    }

    fn put(&mut self, count: i64, unseen: bool, known: bool) -> Place {
        self.counts.push(count);
        self.unseen.push(unseen);
        self.known.push(known);
        match (unseen, known) {
            (_, true) => self.figures.known(count),
            (true, false) => self.figures.unseen(count),
            (false, false) => self.figures.shown(count),
        }
    }

    fn is_whole(&self, place: usize) -> bool {
        self.sums.iter().any(|(whole, _)| *whole == place)
    }

    fn add_up(&mut self, whole: Place, parts: &[Place]) {
        self.figures.add_up(whole, parts);
        let parts = parts.iter().map(|part| part.0).collect();
        self.sums.push((whole.0, parts));
    }
}

impl Published {
    fn lay(&self, rule: Rule) -> Laid {
        let mut laid = Laid::new(rule);
        let columns = self.rows[0].len();
        let total = |row: &[i64]| row.iter().sum::<i64>();
        let mut places: Vec<Vec<Place>> = Vec::new();
        let mut all = self.rows.clone();
        if self.shape.totals {
            let below = (0..columns).map(|at| self.rows.iter().map(|row| row[at]).sum());
            all.push(below.collect());
        }
        for row in &all {
            let mut line: Vec<Place> = Vec::new();
            for (at, count) in row.iter().enumerate() {
                let unseen = self.shape.rest_unseen && at + 1 == columns;
                line.push(laid.put(*count, unseen, false));
            }
            if self.shape.ends != End::Open {
                let known = self.shape.ends == End::Known;
                let whole = laid.put(total(row), known, known);
                laid.add_up(whole, &line);
                line.push(whole);
            }
            places.push(line);
        }
        if self.shape.totals
            && let Some((below, above)) = places.split_last()
        {
            for (at, whole) in below.iter().enumerate() {
                let parts: Vec<Place> = above.iter().map(|row| row[at]).collect();
                laid.add_up(*whole, &parts);
            }
        }
        laid
    }
}

fn shapes() -> impl Strategy<Value = Shape> {
    let ends = prop_oneof![Just(End::Open), Just(End::Total), Just(End::Known)];
    let shape = (ends, any::<bool>(), any::<bool>());
    shape.prop_map(|(ends, totals, rest)| Shape {
        ends,
        totals,
        rest_unseen: rest && ends == End::Total,
    })
}

fn tables(
    rows: std::ops::RangeInclusive<usize>,
    columns: std::ops::RangeInclusive<usize>,
    counts: impl Strategy<Value = i64> + Clone + 'static,
) -> impl Strategy<Value = Published> {
    (columns, shapes()).prop_flat_map(move |(columns, shape)| {
        vec(vec(counts.clone(), columns), rows.clone())
            .prop_map(move |rows| Published { rows, shape })
    })
}

/// Three small tables stand for all: from 3 on counts are shown, so that every table can be tried.
const TINY: Rule = Rule {
    shown_from: 3,
    people_from: 5,
};

/// Whether some table agrees with what is shown while these places hold these numbers: every count that
/// is not shown is tried at every number up to `most`.
fn agrees(laid: &Laid, withheld: &[bool], fixed: (usize, i64), most: i64) -> bool {
    let open: Vec<usize> = (0..laid.counts.len())
        .filter(|at| withheld[*at] || (laid.unseen[*at] && !laid.known[*at]))
        .collect();
    let mut table = laid.counts.clone();
    try_out(laid, withheld, (&open, fixed), &mut table, most)
}

fn try_out(
    laid: &Laid,
    withheld: &[bool],
    (open, fixed): (&[usize], (usize, i64)),
    table: &mut Vec<i64>,
    most: i64,
) -> bool {
    let Some((at, rest)) = open.split_first() else {
        return laid.sums.iter().all(|(whole, parts)| {
            table[*whole] == parts.iter().map(|part| table[*part]).sum::<i64>()
        });
    };
    // A sum of which nothing is open any more decides early.
    let least = i64::from(withheld[*at]);
    let numbers = if *at == fixed.0 {
        fixed.1..=fixed.1
    } else {
        least..=most
    };
    for number in numbers {
        table[*at] = number;
        let settled = |places: &[usize]| places.iter().all(|place| !rest.contains(place));
        let sound = laid.sums.iter().all(|(whole, parts)| {
            !(settled(parts) && settled(&[*whole]))
                || table[*whole] == parts.iter().map(|part| table[*part]).sum::<i64>()
        });
        if sound && try_out(laid, withheld, (rest, fixed), table, most) {
            return true;
        }
    }
    false
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, ..ProptestConfig::default() })]

    /// Whoever tries every table finds each small count at each number that it could be.
    #[test]
    fn every_number_stays_possible(table in tables(1..=3, 1..=2, 0_i64..6)) {
        let laid = table.lay(TINY);
        let Some(withheld) = laid.figures.clone().withheld() else {
            // Only where everybody knows the whole can a table be refused.
            prop_assert_eq!(table.shape.ends, End::Known);
            return Ok(());
        };
        let withheld: Vec<bool> =
            (0..laid.counts.len()).map(|at| withheld.holds(Place(at))).collect();
        let most = laid.counts.iter().copied().max().unwrap_or(0) + 3;
        for (at, count) in laid.counts.iter().enumerate() {
            if laid.known[at] || !TINY.is_small(*count) {
                continue;
            }
            prop_assert!(withheld[at] || laid.unseen[at], "{} is shown", count);
            let numbers = if laid.is_whole(at) {
                *count..*count + TINY.shown_from - 1
            } else {
                1..TINY.shown_from
            };
            for number in numbers {
                prop_assert!(
                    agrees(&laid, &withheld, (at, number), most),
                    "place {} cannot be {}: {:?}", at, number, withheld
                );
            }
        }
    }

    /// Nothing is withheld without need: not zero, and nothing where nothing is small.
    #[test]
    fn nothing_is_withheld_without_need(table in tables(1..=6, 1..=5, prop_oneof![Just(0), 11_i64..400])) {
        let mut laid = table.lay(Rule::PUBLISHED);
        laid.counts.retain(|count| Rule::PUBLISHED.is_small(*count));
        if let Some(withheld) = laid.figures.withheld() && laid.counts.is_empty() {
            prop_assert!(withheld.0.iter().all(|held| !held));
        }
    }

    /// Whoever narrows by every sum, again and again, never gets below ten numbers; and zero is never
    /// withheld.
    #[test]
    fn no_interval_narrows(
        table in tables(1..=12, 1..=6, prop_oneof![3 => Just(0), 3 => 1_i64..11, 2 => 11_i64..60, 1 => 60_i64..900])
    ) {
        let laid = table.lay(Rule::PUBLISHED);
        let Some(withheld) = laid.figures.clone().withheld() else {
            prop_assert_eq!(table.shape.ends, End::Known);
            return Ok(());
        };
        let mut between: Vec<(i64, i64)> = Vec::new();
        for (at, count) in laid.counts.iter().enumerate() {
            let held = withheld.holds(Place(at));
            prop_assert!(!held || *count > 0, "a zero is withheld");
            between.push(match (held, laid.unseen[at] && !laid.known[at]) {
                (true, _) => (1, 100_000),
                (false, true) => (0, 100_000),
                (false, false) => (*count, *count),
            });
        }
        narrow(&laid, &mut between);
        for (at, count) in laid.counts.iter().enumerate() {
            if Rule::PUBLISHED.is_small(*count) && !laid.known[at] {
                let (least, most) = between[at];
                let wide = if laid.is_whole(at) {
                    least <= *count && most >= count + 9
                } else {
                    least <= 1 && most >= 10
                };
                prop_assert!(wide, "place {}: {} to {}", at, least, most);
            }
        }
    }

    /// Answers that stand beside each other tell no small difference.
    #[test]
    fn answers_beside_each_other_tell_no_small_difference(
        answers in vec(vec(0_i64..60, 3), 0..8)
    ) {
        let shown = Rule::PUBLISHED.beside(&answers);
        let standing = || answers.iter().zip(&shown).filter(|(_, shown)| **shown);
        for (one, _) in standing() {
            for (other, _) in standing() {
                for (one, other) in one.iter().zip(other) {
                    prop_assert!(!Rule::PUBLISHED.is_small((one - other).abs()));
                }
            }
        }
    }
}

/// Narrows what each count lies between by every sum until nothing moves.
fn narrow(laid: &Laid, between: &mut [(i64, i64)]) {
    let mut moved = true;
    while moved {
        moved = false;
        for (whole, parts) in &laid.sums {
            let (least, most) = parts.iter().fold((0, 0), |(least, most), part| {
                (least + between[*part].0, most + between[*part].1)
            });
            let (low, high) = between[*whole];
            let mut new = vec![(*whole, (low.max(least), high.min(most)))];
            for part in parts {
                let (own_low, own_high) = between[*part];
                let (others_least, others_most) = (least - own_low, most - own_high);
                let bounds = (
                    own_low.max(low - others_most),
                    own_high.min(high - others_least),
                );
                new.push((*part, bounds));
            }
            for (place, bounds) in new {
                moved |= between[place] != bounds;
                between[place] = bounds;
            }
        }
    }
}

#[test]
fn eleven_ones_do_not_follow_from_their_sum() {
    // Eleven counts of which none is zero and that add up to eleven are all one.
    let mut figures = Figures::under(Rule::PUBLISHED);
    let parts: Vec<Place> = (0..11).map(|_| figures.shown(1)).collect();
    let whole = figures.shown(11);
    figures.add_up(whole, &parts);
    assert!(figures.withheld().unwrap().holds(whole));
}

#[test]
fn the_smallest_that_helps_is_withheld_with_a_small_one() {
    let mut figures = Figures::under(Rule::PUBLISHED);
    let parts = [3, 0, 400, 25, 60].map(|count| figures.shown(count));
    let whole = figures.shown(488);
    figures.add_up(whole, &parts);
    let withheld = figures.withheld().unwrap();
    assert_eq!(
        parts.map(|part| withheld.holds(part)),
        [true, false, false, true, false]
    );
    assert!(!withheld.holds(whole));
}

#[test]
fn a_small_rest_withholds_what_would_tell_it() {
    // Of 200 people 195 have a roof: that five have none is not told either.
    let mut figures = Figures::under(Rule::PUBLISHED);
    let (part, rest, whole) = (figures.shown(195), figures.unseen(5), figures.shown(200));
    figures.add_up(whole, &[part, rest]);
    let withheld = figures.withheld().unwrap();
    assert_eq!((withheld.holds(part), withheld.holds(whole)), (true, false));
}

#[test]
fn where_everybody_knows_the_whole_a_single_part_cannot_be_withheld() {
    let mut figures = Figures::under(Rule::PUBLISHED);
    let (one, none, whole) = (figures.shown(5), figures.shown(0), figures.known(5));
    figures.add_up(whole, &[one, none]);
    assert_eq!(figures.withheld(), None);
}

/// Quarters by kind of return as countries of 500 to 3,000 returns a year have them: one kind is frequent,
/// the others rare, and numbers move from quarter to quarter. Smaller countries publish years.
fn quarters() -> impl Strategy<Value = Published> {
    let mix = prop_oneof![
        Just([70, 18, 7, 4, 1]),
        Just([55, 25, 12, 6, 2]),
        Just([85, 10, 3, 1, 1]),
    ];
    let moves = vec(vec(60_i64..140, 5), 12..=20);
    (125_i64..750, mix, moves).prop_map(|(quarter, mix, moves)| Published {
        rows: moves
            .iter()
            .map(|row| {
                let counts = row.iter().zip(mix);
                counts
                    .map(|(moved, share)| quarter * share * moved / 10_000)
                    .collect()
            })
            .collect(),
        shape: Shape {
            ends: End::Total,
            totals: true,
            rest_unseen: false,
        },
    })
}

/// What is published is still worth reading, in the sum of two hundred tables; where small counts are as
/// frequent as large ones a single table can lose more, and its years should be published instead.
#[test]
fn most_of_countries_quarters_stays_published() {
    let mut runner = TestRunner::deterministic();
    let (mut all, mut shown) = (0, 0);
    for _ in 0..200 {
        let table = quarters().new_tree(&mut runner).unwrap().current();
        let withheld = table.lay(Rule::PUBLISHED).figures.withheld().unwrap();
        // Each row has its total behind its parts.
        let row = table.rows[0].len() + 1;
        for (at, counts) in table.rows.iter().enumerate() {
            for (column, count) in counts.iter().enumerate() {
                all += count;
                if !withheld.holds(Place(at * row + column)) {
                    shown += count;
                }
            }
        }
    }
    assert!(shown * 10 >= all * 7, "{shown} of {all} are shown");
}

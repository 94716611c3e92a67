//! Which counts stay out of a published table, so that nobody can be found in it or worked out of it.
//!
//! A count from 1 to 10 is withheld (*primary*: Centers for Medicare and Medicaid Services, cell size
//! suppression policy; OCHA Centre for Humanitarian Data, statistical disclosure control), and with it as
//! many others as it takes (*secondary*) that it does not follow from totals. Zero is shown: that nobody
//! is there tells about nobody. Shares and middle values rest on at least 20 (Washington State Department
//! of Health, guidelines for working with small numbers).
//!
//! What is promised of [`Figures::withheld`]: for every small count *v* and each number from 1 to 10 there
//! is a table that agrees with everything shown, with all sums and with what anybody may know
//! ([`Figures::known`]), that withholds the same cells with at least 1 in each of them, and in which *v*
//! is that number. So the table tells nothing about a small count but that it is withheld. A small total
//! is never below what its parts must be at least, so for totals ten numbers in a row are promised, the
//! true one first. Such tables are not guessed at but built ([`circuit`]); what cannot be had so gives no
//! table at all.
//!
//! What is not promised: that nothing follows from two tables together, or from the same table at two
//! times, or for who runs this very code on every table that could have been (which cells are taken
//! besides depends on the counts).

mod circuit;

use circuit::Circuits;

/// From where on counts may be shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rule {
    /// The least count besides zero that is shown.
    pub shown_from: i64,
    /// The fewest people on whom a share or a middle value may rest.
    pub people_from: i64,
}

impl Rule {
    /// What published pages keep to; the module says where the numbers come from.
    pub const PUBLISHED: Self = Self {
        shown_from: 11,
        people_from: 20,
    };

    /// Whether a count may not be shown.
    pub const fn is_small(self, count: i64) -> bool {
        count != 0 && count < self.shown_from
    }

    /// Which of several answers about people who are partly the same may stand beside each other: those
    /// whose counts are large enough, and differ from the counts of every other that stands by nothing or
    /// by enough. The first come first.
    ///
    /// Each answer is a list of counts, as many in each. A difference of two counts is the count of those
    /// who are in one of them only, where one group holds the other: windows of one cohort, widened
    /// groups, people still observed.
    pub fn beside(self, answers: &[Vec<i64>]) -> Vec<bool> {
        let mut standing: Vec<&Vec<i64>> = Vec::new();
        let mut shown = Vec::with_capacity(answers.len());
        for answer in answers {
            let apart = |other: &&Vec<i64>| {
                let mut both = answer.iter().zip(other.iter());
                both.all(|(one, other)| !self.is_small((one - other).abs()))
            };
            let stands =
                answer.iter().all(|count| !self.is_small(*count)) && standing.iter().all(apart);
            if stands {
                standing.push(answer);
            }
            shown.push(stands);
        }
        shown
    }
}

/// A count among [`Figures`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place(usize);

/// Who gets to see a count.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Sight {
    /// It stands in the table unless it is withheld.
    Shown,
    /// It is withheld.
    Withheld,
    /// It stands nowhere, but follows where everything else of its sum is shown.
    Unseen,
    /// It stands nowhere, and anybody may know it.
    Known,
}

#[derive(Debug, Clone, Copy)]
struct Count {
    is: i64,
    sight: Sight,
}

impl Count {
    /// How far it can fall in a table that withholds the same cells.
    fn room(self) -> i64 {
        match self.sight {
            Sight::Withheld => self.is - 1,
            Sight::Unseen => self.is,
            Sight::Shown | Sight::Known => 0,
        }
    }
}

/// The whole is what its parts add up to.
#[derive(Debug, Clone)]
struct Sum {
    whole: usize,
    parts: Vec<usize>,
}

/// The counts of one table, and what adds up to what.
#[derive(Debug, Clone)]
pub struct Figures {
    rule: Rule,
    counts: Vec<Count>,
    sums: Vec<Sum>,
}

/// Which counts are withheld.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Withheld(Vec<bool>);

impl Withheld {
    /// Whether this one is.
    pub fn holds(&self, place: Place) -> bool {
        self.0.get(place.0).copied().unwrap_or(true)
    }
}

impl Figures {
    /// None yet, under a rule.
    pub const fn under(rule: Rule) -> Self {
        Self {
            rule,
            counts: Vec::new(),
            sums: Vec::new(),
        }
    }

    /// A count that stands in the table.
    pub fn shown(&mut self, count: i64) -> Place {
        self.place(count, Sight::Shown)
    }

    /// A count that does not, but follows from others: the rest of a whole of which some parts are told.
    pub fn unseen(&mut self, count: i64) -> Place {
        self.place(count, Sight::Unseen)
    }

    /// A count that does not, and that anybody may know.
    pub fn known(&mut self, count: i64) -> Place {
        self.place(count, Sight::Known)
    }

    fn place(&mut self, is: i64, sight: Sight) -> Place {
        self.counts.push(Count { is, sight });
        Place(self.counts.len() - 1)
    }

    /// These parts add up to this whole, and everybody knows that they do. One count stands in two sums
    /// at most: its row's and its column's. A third makes it one that never gives way for another.
    pub fn add_up(&mut self, whole: Place, parts: &[Place]) {
        let parts = parts.iter().map(|part| part.0).collect();
        let whole = whole.0;
        self.sums.push(Sum { whole, parts });
    }

    /// Which counts are withheld; nothing where no choice of them would keep the promise, so that the
    /// table must be withheld whole.
    pub fn withheld(mut self) -> Option<Withheld> {
        let mut small = Vec::new();
        for (place, count) in self.counts.iter_mut().enumerate() {
            let seen = match count.sight {
                Sight::Shown => {
                    if self.rule.is_small(count.is) {
                        count.sight = Sight::Withheld;
                    }
                    true
                }
                Sight::Unseen => true,
                Sight::Withheld | Sight::Known => false,
            };
            if seen && self.rule.is_small(count.is) {
                small.push((place, count.is));
            }
        }
        let mut circuits = Circuits::new(self.counts, &self.sums);
        let last = self.rule.shown_from - 1;
        for (place, count) in small {
            // More withheld later takes no table away, so what one is promised stays so.
            if self.sums.iter().any(|sum| sum.whole == place) {
                circuits.let_be(place, count + last - 1)?;
            } else {
                circuits.let_be(place, 1)?;
                circuits.let_be(place, last)?;
            }
        }
        let withheld = circuits
            .counts()
            .iter()
            .map(|count| count.sight == Sight::Withheld);
        Some(Withheld(withheld.collect()))
    }
}

#[cfg(test)]
mod tests;

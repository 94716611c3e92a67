//! Numbers in order, of which it is quickly told how many lie below another.

/// Most numbers of a run: what an insertion moves.
const RUN_MAX: usize = 512;

/// Numbers, each as often as it was put in.
#[derive(Debug, Clone, Default)]
pub(super) struct Ordered {
    /// In order, each run and one after the other; none is empty.
    runs: Vec<Vec<i64>>,
}

impl Ordered {
    /// The run in which a number stands, or belongs.
    fn run(&self, number: i64) -> usize {
        let before = |run: &Vec<i64>| run.last().is_some_and(|last| *last < number);
        self.runs.partition_point(before)
    }

    /// Puts a number in.
    pub(super) fn insert(&mut self, number: i64) {
        // What is larger than everything goes to the end of the last run.
        let at = self.run(number).min(self.runs.len().saturating_sub(1));
        let Some(run) = self.runs.get_mut(at) else {
            self.runs.push(vec![number]);
            return;
        };
        run.insert(run.partition_point(|known| *known < number), number);
        if run.len() > RUN_MAX {
            let half = run.split_off(RUN_MAX / 2);
            self.runs.insert(at + 1, half);
        }
    }

    /// Takes a number out, once.
    pub(super) fn remove(&mut self, number: i64) {
        let at = self.run(number);
        let Some(run) = self.runs.get_mut(at) else {
            return;
        };
        let nth = run.partition_point(|known| *known < number);
        if run.get(nth) == Some(&number) {
            run.remove(nth);
        }
        if run.is_empty() {
            self.runs.remove(at);
        }
    }

    /// How many lie below a number.
    pub(super) fn below(&self, number: i64) -> i64 {
        let at = self.run(number);
        let (whole, rest) = self.runs.split_at(at);
        let whole: usize = whole.iter().map(Vec::len).sum();
        let part = rest
            .first()
            .map_or(0, |run| run.partition_point(|known| *known < number));
        i64::try_from(whole + part).unwrap_or(i64::MAX)
    }

    /// How many there are.
    pub(super) fn len(&self) -> i64 {
        let all: usize = self.runs.iter().map(Vec::len).sum();
        i64::try_from(all).unwrap_or(i64::MAX)
    }
}

#[cfg(test)]
mod tests {
    use proptest::collection::vec;
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn it_counts_as_a_sorted_list_does(
            put in vec(0..200_i64, 0..3000),
            taken in vec(0..200_i64, 0..3000),
            asked in -5..205_i64,
        ) {
            let (mut ordered, mut plain) = (Ordered::default(), Vec::new());
            for number in put {
                ordered.insert(number);
                plain.push(number);
            }
            for number in taken {
                ordered.remove(number);
                if let Some(nth) = plain.iter().position(|known| *known == number) {
                    plain.swap_remove(nth);
                }
            }
            let below = plain.iter().filter(|known| **known < asked).count();
            prop_assert_eq!(ordered.below(asked), i64::try_from(below).unwrap());
            prop_assert_eq!(ordered.len(), i64::try_from(plain.len()).unwrap());
        }
    }
}

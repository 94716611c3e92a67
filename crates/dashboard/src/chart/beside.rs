//! Labels beside what they name, without one covering another.

/// A label that wants to be somewhere.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Wanted {
    /// Where its middle would best be.
    pub(crate) middle: f64,
    /// What it takes, the air around it included.
    pub(crate) height: f64,
}

/// Labels that touch each other and therefore move together.
struct Block {
    top: f64,
    height: f64,
    members: Vec<usize>,
}

/// Where the middles go, in the order they came: as near as can be to where they want to be (least
/// squares, found by pooling neighbours that collide), in the same order from top to bottom, none
/// over another, all between `top` and `bottom` if there is room for all.
pub(crate) fn spread(wanted: &[Wanted], top: f64, bottom: f64) -> Vec<f64> {
    let mut order: Vec<(usize, &Wanted)> = wanted.iter().enumerate().collect();
    order.sort_by(|(left, a), (right, b)| a.middle.total_cmp(&b.middle).then(left.cmp(right)));
    let within = |block: &mut Block| {
        block.top = block.top.min(bottom - block.height).max(top);
    };
    let mut blocks: Vec<Block> = Vec::new();
    for (index, label) in order {
        let mut block = Block {
            top: label.middle - label.height / 2.0,
            height: label.height,
            members: vec![index],
        };
        within(&mut block);
        while let Some(above) = blocks.pop_if(|above| above.top + above.height > block.top) {
            let (upper, lower) = (
                super::scale::number(above.members.len()),
                super::scale::number(block.members.len()),
            );
            let pooled = (above.top * upper + (block.top - above.height) * lower) / (upper + lower);
            block = Block {
                top: pooled,
                height: above.height + block.height,
                members: [above.members, block.members].concat(),
            };
            within(&mut block);
        }
        blocks.push(block);
    }
    let mut middles = vec![0.0; wanted.len()];
    for block in blocks {
        let mut edge = block.top;
        for index in block.members {
            let height = wanted.get(index).map_or(0.0, |label| label.height);
            if let Some(middle) = middles.get_mut(index) {
                *middle = edge + height / 2.0;
            }
            edge += height;
        }
    }
    middles
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn labels_never_cover_each_other(middles in prop::collection::vec(0.0..300.0_f64, 0..12)) {
            let wanted: Vec<Wanted> = middles.iter().map(|middle| Wanted { middle: *middle, height: 20.0 }).collect();
            let mut placed = spread(&wanted, 0.0, 300.0);
            prop_assert!(placed.iter().all(|middle| (9.99..=290.01).contains(middle)));
            placed.sort_by(f64::total_cmp);
            prop_assert!(placed.windows(2).all(|pair| pair[1] - pair[0] >= 19.99), "{placed:?}");
        }

        #[test]
        fn labels_with_room_stay_where_they_want_to_be(first in 10.0..100.0_f64, gap in 20.1..100.0_f64) {
            let wanted = [first + gap, first].map(|middle| Wanted { middle, height: 20.0 });
            let placed = spread(&wanted, 0.0, 300.0);
            prop_assert!((placed[0] - first - gap).abs() < 1e-9 && (placed[1] - first).abs() < 1e-9);
        }
    }
}

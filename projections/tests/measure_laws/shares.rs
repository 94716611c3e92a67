//! Intervals of shares and rates.

use homeward_projections::measure::proportion::{Proportion, Rate, Reoffending};
use proptest::prelude::*;

use crate::close;

proptest! {
    #[test]
    fn intervals_hold_the_share_and_narrow_with_the_level(part in 0..400_u64, rest in 0..400_u64) {
        prop_assume!(part + rest > 0);
        let share = Proportion::new(part, part + rest).expect("a part");
        for interval in [Proportion::wilson, Proportion::clopper_pearson] {
            let (lower, upper) = interval(share, 0.95).expect("a level");
            prop_assert!(0.0 <= lower && lower <= share.share() + 1e-12);
            prop_assert!(share.share() <= upper + 1e-12 && upper <= 1.0);
            let (inner_lower, inner_upper) = interval(share, 0.8).expect("a level");
            prop_assert!(lower <= inner_lower && inner_upper <= upper);
        }
    }

    #[test]
    fn the_complement_has_the_mirrored_interval(part in 0..200_u64, rest in 0..200_u64) {
        prop_assume!(part + rest > 0);
        let yes = Proportion::new(part, part + rest).expect("a part");
        let no = Proportion::new(rest, part + rest).expect("a part");
        for interval in [Proportion::wilson, Proportion::clopper_pearson] {
            let (a, b) = (interval(yes, 0.9), interval(no, 0.9));
            let ((lower, upper), (other_lower, other_upper)) = (a.expect("some"), b.expect("some"));
            prop_assert!(close(lower, 1.0 - other_upper) && close(upper, 1.0 - other_lower));
        }
    }
}

#[test]
fn what_is_no_share_is_none() {
    assert_eq!(Proportion::new(0, 0), None);
    assert_eq!(Proportion::new(3, 2), None);
    assert_eq!(Rate::new(3, 0), None);
    let share = Proportion::new(1, 2).expect("a part");
    for level in [0.0, 1.0, -1.0, f64::NAN] {
        assert_eq!(share.wilson(level), None);
        assert_eq!(share.clopper_pearson(level), None);
        let rate = Rate::new(1, 2).expect("an exposure");
        assert_eq!(rate.interval_per_100(level), None);
    }
}

#[test]
fn rate_frequency_and_severity_move_apart() {
    let cohort = Reoffending {
        persons: 200,
        failed: 50,
        failures: 150,
        severity_points: 450,
    };
    assert!(close(cohort.rate().expect("somebody").per_100(), 25.0));
    assert!(close(cohort.frequency().expect("somebody").per_100(), 75.0));
    assert!(close(cohort.failures_per_failed().expect("some"), 3.0));
    assert!(close(cohort.severity_per_100().expect("somebody"), 225.0));
    let nobody = Reoffending::default();
    assert_eq!(nobody.rate(), None);
    assert_eq!(nobody.failures_per_failed(), None);
}

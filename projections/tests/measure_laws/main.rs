//! What must hold of the statistics whatever the cells are.
#![expect(
    clippy::expect_used,
    clippy::indexing_slicing,
    reason = "a test fails by a panic"
)]

mod cohorts;
mod curves;
mod models;
mod shares;

/// Two floats that differ by rounding only.
fn close(a: f64, b: f64) -> bool {
    (a - b).abs() <= 1e-9 * a.abs().max(b.abs()).max(1.0)
}

fn real(count: u64) -> f64 {
    f64::from(u32::try_from(count).expect("few"))
}

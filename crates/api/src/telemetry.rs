//! Counters and gauges for operators, in the text format of Prometheus.

use std::sync::OnceLock;
use std::time::Duration;

use homeward_projector::ModelStatus;
use metrics_exporter_prometheus::{PrometheusBuilder, PrometheusHandle};
use tokio_util::sync::CancellationToken;

/// One recorder for the process, whatever number of servers runs in it (tests run several).
static RECORDER: OnceLock<Option<PrometheusHandle>> = OnceLock::new();

/// Begins to count. Safe to call again.
pub(crate) fn start() {
    RECORDER.get_or_init(|| match PrometheusBuilder::new().install_recorder() {
        Ok(handle) => Some(handle),
        Err(error) => {
            tracing::warn!(%error, "metrics are off: another recorder is installed");
            None
        }
    });
}

/// How often what requests took is summed up, as the recorder's own exporter does.
const SUM_UP_EVERY: Duration = Duration::from_secs(5);

/// Sums up what requests took, until cancelled. The recorder keeps every single duration until
/// somebody asks for the figures: where nobody ever does, a busy house would fill its memory.
pub(crate) async fn sum_up(stop: CancellationToken) {
    let mut ticks = tokio::time::interval(SUM_UP_EVERY);
    while stop.run_until_cancelled(ticks.tick()).await.is_some() {
        if let Some(recorder) = RECORDER.get().and_then(Option::as_ref) {
            recorder.run_upkeep();
        }
    }
}

/// Everything counted so far, and how the read models stand now.
pub(crate) fn render(models: &[ModelStatus]) -> String {
    for model in models {
        let serves = if model.as_of.is_some() { 1.0 } else { 0.0 };
        metrics::gauge!("homeward_read_model_serves", "model" => model.model).set(serves);
        metrics::gauge!("homeward_read_model_quarantines", "model" => model.model)
            .set(real(model.quarantines));
        let Some(as_of) = &model.as_of else { continue };
        let current = if as_of.current.is_ok() { 1.0 } else { 0.0 };
        metrics::gauge!("homeward_read_model_current", "model" => model.model).set(current);
        metrics::gauge!("homeward_read_model_lag_commits", "model" => model.model)
            .set(real(as_of.lag_commits));
        for (ledger, sequence) in as_of.watermark.iter() {
            metrics::gauge!(
                "homeward_read_model_sequence", "model" => model.model, "ledger" => ledger.to_string()
            )
            .set(real(sequence));
        }
    }
    RECORDER
        .get()
        .and_then(Option::as_ref)
        .map(PrometheusHandle::render)
        .unwrap_or_default()
}

#[expect(
    clippy::cast_precision_loss,
    clippy::as_conversions,
    reason = "a gauge is a float"
)]
fn real(count: u64) -> f64 {
    count as f64
}

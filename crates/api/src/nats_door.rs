//! The NATS door: the same intake, as request and reply.

use bytes::Bytes;
use homeward_ledger::{Reply, Request, Responder, ServeError, ServiceName, serve_requests};
use tokio_util::sync::CancellationToken;

use crate::endpoints::events;
use crate::gate::Gate;
use crate::problem::Problem;

/// The subject that requests go to.
pub const SUBJECT: &str = "intake.v1";

/// Answers requests until stopped.
pub(crate) async fn serve(
    responder: Responder,
    gate: Gate,
    stop: CancellationToken,
) -> Result<(), ServeError> {
    let service = ServiceName {
        name: "homeward-intake".to_owned(),
        version: env!("CARGO_PKG_VERSION").to_owned(),
        subject: SUBJECT.to_owned(),
        description: "takes commits of lifecycle events into the ledger".to_owned(),
    };
    let handler = move |request: Request| {
        let gate = gate.clone();
        async move { answer(&gate, request).await }
    };
    serve_requests(&responder, &service, handler, stop).await
}

async fn answer(gate: &Gate, request: Request) -> Reply {
    let key = match gate.keys.authenticate(request.authorization.as_deref()) {
        Ok(key) if key.role.publishes() => key,
        Ok(_) => return problem(&Problem::forbidden("this key does not allow publishing")),
        Err(why) => return problem(&why.into()),
    };
    let answer = events::take(&gate.intake, &key, "nats", &request.payload, None).await;
    Reply {
        status: answer.status().as_u16(),
        content_type: "application/json",
        payload: Bytes::from(answer.to_json()),
    }
}

fn problem(problem: &Problem) -> Reply {
    Reply {
        status: problem.status,
        content_type: "application/problem+json",
        payload: serde_json::to_vec(problem).unwrap_or_default().into(),
    }
}

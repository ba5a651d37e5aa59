//! The handlers for calls.

use std::sync::Arc;

use axum::Json;
use axum::extract::rejection::{JsonRejection, PathRejection};
use axum::extract::{Path, State};
use axum::http::header::LOCATION;
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};

use crate::Backend;
use crate::dialling;
use crate::failure::Failure;
use crate::journal::{Begun, Order, Progress};
use crate::number::is_number;
use crate::view::{CallView, live_view};

/// Places a call. If the same `Idempotency-Key` came before, returns the call that was placed for it.
///
/// It waits a little for the outcome. If the browser leaves meanwhile, the call goes on.
pub(crate) async fn place(
    State(backend): State<Arc<Backend>>,
    headers: HeaderMap,
    order: Result<Json<Order>, JsonRejection>,
) -> Result<Response, Failure> {
    let Json(order) = order?;
    if order.agent.is_empty() || !is_number(&order.number) {
        return Err(Failure::INVALID);
    }
    let key = headers.get("idempotency-key").map(|key| key.to_str()).transpose();
    let key = key.map_err(|_| Failure::INVALID)?.filter(|key| !key.is_empty());
    let call = loop {
        match backend.journal.begin(key, order.clone())? {
            Begun::New(call) => {
                tokio::spawn(dialling::place(Arc::clone(&backend), Arc::clone(&call)));
                break call;
            }
            Begun::Again(call) => break call,
            Begun::After(earlier) => {
                if let Progress::InDoubt(_) = earlier.outcome_within(backend.settings.patience).await {
                    let looked = dialling::look(&backend, &earlier).await;
                    looked.map_err(|failure| failure.may_be_ringing(earlier.id))?;
                }
                if earlier.is_open() {
                    return Err(Failure::EARLIER_CALL.may_be_ringing(earlier.id));
                }
            }
        }
    };
    let progress = call.outcome_within(backend.settings.patience).await;
    let (status, mut headers) = match &progress {
        Progress::Placing => (StatusCode::ACCEPTED, HeaderMap::new()),
        Progress::Placed { .. } => (StatusCode::CREATED, HeaderMap::new()),
        Progress::InDoubt(failure) | Progress::NotPlaced(failure) => (failure.status, failure.headers()),
    };
    headers.extend(format!("/calls/{}", call.id).parse().map(|place| (LOCATION, place)));
    Ok((status, headers, Json(CallView::new(&call, progress))).into_response())
}

/// Returns the state of a call. If it is in doubt, looks for it first.
///
/// If the look fails, the doubt remains: the phone may still be ringing.
pub(crate) async fn show(
    State(backend): State<Arc<Backend>>,
    id: Result<Path<u64>, PathRejection>,
) -> Result<Json<CallView>, Failure> {
    let Path(id) = id?;
    let call = backend.journal.call(id).ok_or(Failure::NO_SUCH_CALL)?;
    let look = async {
        if let Progress::InDoubt(_) = call.progress() {
            dialling::look(&backend, &call).await?;
        }
        live_view(&backend, &call).await
    };
    look.await.map(Json).map_err(|failure| failure.may_be_ringing(id))
}

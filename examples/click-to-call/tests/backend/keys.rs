//! Tests of idempotency keys: two clicks are one call.

use ccc_api::mock::USER;
use serde_json::{Value, json};

use crate::support::{NUMBER, Response, Site, send};

async fn click(site: &Site, order: Value) -> Response {
    send(site.order(&order).header("idempotency-key", "order-4711")).await
}

fn order() -> Value {
    json!({ "agent": USER, "number": NUMBER })
}

#[tokio::test]
async fn two_clicks_with_one_key_are_one_call() {
    let site = Site::open().await;
    let (first, second) = tokio::join!(click(&site, order()), click(&site, order()));
    assert_eq!((&first.body, site.calls_asked_for()), (&second.body, 1));
}

#[tokio::test]
async fn an_empty_key_is_ignored() {
    let site = Site::open().await;
    for number in [NUMBER, "13199999999"] {
        let order = site.order(&json!({ "agent": USER, "number": number }));
        let response = send(order.header("idempotency-key", "")).await;
        assert_ne!(response.status, 422);
    }
}

#[tokio::test]
async fn a_key_of_another_order_is_refused() {
    let site = Site::open().await;
    click(&site, order()).await;
    let other = click(&site, json!({ "agent": USER, "number": "13199999999" })).await;
    let error = json!("the_idempotency_key_is_of_another_call");
    assert_eq!((other.status.as_u16(), &other.body["error"]), (422, &error));
}

#[tokio::test]
async fn the_key_of_a_call_that_was_not_placed_can_be_used_again() {
    let site = Site::with(|config| config, |_| {}).await;
    assert_eq!(click(&site, order()).await.status, 409, "the agent is not signed in");
    site.sign_in(USER).await;
    assert_eq!(click(&site, order()).await.status, 201);
}

//! Tests of the counters.

use ccc_api::mock::{Fault, USER};

use crate::support::{NUMBER, Site};

#[tokio::test]
async fn requests_are_counted_by_operation_and_outcome() {
    let site = Site::open().await;
    site.endpoint.inject(Fault::Throttle, 1);
    site.call(USER, NUMBER).await;
    site.call(USER, NUMBER).await;
    site.get("/calls/1").await;
    let expected = r#"# HELP ccc_requests_total Requests to the call centre.
# TYPE ccc_requests_total counter
ccc_requests_total{operation="MakeCall",outcome="ok"} 1
ccc_requests_total{operation="MakeCall",outcome="refused"} 1
ccc_requests_total{operation="MakeCall",outcome="throttled"} 1
ccc_requests_total{operation="PollUserStatus",outcome="ok"} 1
"#;
    assert_eq!(site.get("/metrics").await.text, expected);
}

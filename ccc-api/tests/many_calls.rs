//! Tests of many calls at once over one client.

mod support;

use support::{Server, call, placed};

/// As many as the usual limit of sockets allows, with both ends in this process.
const AT_ONCE: usize = 400;

#[tokio::test]
async fn hundreds_of_calls_at_once_are_each_sent_once_and_get_a_response() {
    let server = Server::always(placed()).await;
    let client = server.client();
    let calls: Vec<_> = (0..AT_ONCE)
        .map(|_| {
            let client = client.clone();
            tokio::spawn(async move { client.send(call()).await })
        })
        .collect();
    for call in calls {
        let answer = call.await.unwrap().unwrap();
        assert_eq!(answer.data.call_context.job_id.as_deref(), Some("job-1"));
    }
    assert_eq!(server.requests().len(), AT_ONCE);
}

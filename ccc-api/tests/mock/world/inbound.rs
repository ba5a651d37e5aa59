//! Tests of inbound calls: the queue, and ringing at agents.

use super::{AGENT, CUSTOMER, GROUP, INSTANCE, LI, Scene, scene};

const NUMBER: &str = "0109898989";

async fn record(scene: &Scene, job: &str) -> (String, String) {
    scene.step(2);
    let record = scene.client.get_call_detail_record().instance_id(INSTANCE).contact_id(job);
    let data = record.send().await.unwrap().into_inner().data;
    let disposition = data.contact_disposition.unwrap().as_str().to_owned();
    (disposition, data.agent_ids.unwrap_or_default())
}

#[tokio::test]
async fn inbound_call_rings_at_the_agent_who_has_been_ready_for_longest() {
    let scene = scene().await;
    scene.ready(LI).await;
    scene.step(5);
    scene.ready(AGENT).await;
    scene.centre.call_in(CUSTOMER, NUMBER, GROUP).unwrap();
    assert_eq!((scene.state(AGENT).await, scene.state(LI).await), ("READY".into(), "RINGING".into()));
}

#[tokio::test]
async fn inbound_call_is_answered_by_the_agent() {
    let scene = scene().await;
    scene.ready(AGENT).await;
    let job = scene.centre.call_in(CUSTOMER, NUMBER, GROUP).unwrap();
    scene.client.answer_call().instance_id(INSTANCE).job_id(&job).send().await.unwrap();
    assert_eq!(scene.state(AGENT).await, "TALKING");
    assert_eq!(scene.channels(AGENT).await, ["outside ANSWERED", "user-test ANSWERED"]);
}

#[tokio::test]
async fn unanswered_call_goes_to_the_next_agent_and_the_first_goes_on_a_break() {
    let scene = scene().await;
    scene.ready(AGENT).await;
    scene.step(1);
    scene.ready(LI).await;
    scene.centre.call_in(CUSTOMER, NUMBER, GROUP).unwrap();
    scene.step(20);
    assert_eq!(scene.state(AGENT).await, "BREAK RingingTimeout");
    assert_eq!(scene.state(LI).await, "RINGING");
}

#[tokio::test]
async fn rejected_call_waits_for_the_next_agent() {
    let scene = scene().await;
    scene.ready(AGENT).await;
    let job = scene.centre.call_in(CUSTOMER, NUMBER, GROUP).unwrap();
    scene.release(AGENT, &job).await;
    assert_eq!(scene.state(AGENT).await, "BREAK RejectCall");
    scene.ready(LI).await;
    assert_eq!(scene.poll(LI).await.call_context.job_id.as_deref(), Some(job.as_str()));
}

#[tokio::test]
async fn call_waits_until_an_agent_is_ready() {
    let scene = scene().await;
    let job = scene.centre.call_in(CUSTOMER, NUMBER, GROUP).unwrap();
    scene.step(60);
    scene.ready(AGENT).await;
    assert_eq!(scene.state(AGENT).await, "RINGING");
    assert_eq!(scene.poll(AGENT).await.call_context.job_id.as_deref(), Some(job.as_str()));
}

#[tokio::test]
async fn record_says_that_the_customer_hung_up_in_the_queue() {
    let scene = scene().await;
    let job = scene.centre.call_in(CUSTOMER, NUMBER, GROUP).unwrap();
    scene.step(10);
    scene.centre.hang_up(CUSTOMER).unwrap();
    assert_eq!(record(&scene, &job).await.0, "AbandonedInQueue");
}

#[tokio::test]
async fn record_says_that_the_customer_hung_up_while_it_rang() {
    let scene = scene().await;
    scene.ready(AGENT).await;
    let job = scene.centre.call_in(CUSTOMER, NUMBER, GROUP).unwrap();
    scene.centre.hang_up(CUSTOMER).unwrap();
    assert_eq!(scene.state(AGENT).await, "READY");
    assert_eq!(record(&scene, &job).await.0, "AbandonedInRing");
}

#[tokio::test]
async fn call_that_waits_for_too_long_ends() {
    let scene = scene().await;
    let job = scene.centre.call_in(CUSTOMER, NUMBER, GROUP).unwrap();
    scene.step(120);
    assert_eq!(record(&scene, &job).await.0, "QueuingTimeout");
}

#[tokio::test]
async fn call_whose_waiting_time_ends_while_it_rings_ends_when_nobody_answers() {
    let scene = scene().await;
    let job = scene.centre.call_in(CUSTOMER, NUMBER, GROUP).unwrap();
    scene.step(110);
    scene.ready(AGENT).await;
    scene.step(20);
    assert_eq!(scene.state(AGENT).await, "BREAK RingingTimeout");
    assert_eq!(record(&scene, &job).await.0, "QueuingTimeout");
}

#[tokio::test]
async fn inbound_call_does_not_ring_at_an_agent_who_only_places_calls() {
    let scene = scene().await;
    scene.sign_in(AGENT).await;
    let ready = scene.client.ready_for_service().instance_id(INSTANCE);
    ready.outbound_scenario(true).send().await.unwrap();
    scene.centre.call_in(CUSTOMER, NUMBER, GROUP).unwrap();
    assert_eq!(scene.state(AGENT).await, "READY");
}

#[tokio::test]
async fn call_to_an_unknown_skill_group_is_an_error() {
    let scene = scene().await;
    assert!(scene.centre.call_in(CUSTOMER, NUMBER, "nowhere@ccc-test").is_err());
}

//! Tests of outbound calls: dialling, answering, hold, mute, hanging up.

use std::time::Duration;

use ccc_api::mock::world::Behaviour;

use super::{AGENT, CUSTOMER, INSTANCE, LI, refused, scene, scene_with};

#[tokio::test]
async fn call_of_a_signed_out_agent_is_refused() {
    let scene = scene().await;
    let call = scene.client.make_call().instance_id(INSTANCE).callee(CUSTOMER).device_id("desk");
    assert_eq!(refused!(call), "InvalidOperation.UserState");
}

#[tokio::test]
async fn call_is_one_job_whose_two_channels_ring_and_are_answered() {
    let scene = scene().await;
    scene.ready(AGENT).await;
    let job = scene.call(AGENT).await;
    assert_eq!(scene.state(AGENT).await, "DIALING");
    assert_eq!(scene.channels(AGENT).await, ["user-test CREATED", "outside CREATED"]);
    scene.step(1);
    assert_eq!(scene.channels(AGENT).await, ["user-test RINGING", "outside RINGING"]);
    scene.centre.answer(CUSTOMER).unwrap();
    assert_eq!(scene.channels(AGENT).await, ["user-test ANSWERED", "outside ANSWERED"]);
    assert_eq!(scene.state(AGENT).await, "TALKING");
    assert_eq!(scene.poll(AGENT).await.call_context.job_id.as_deref(), Some(job.as_str()));
}

#[tokio::test]
async fn channels_say_who_calls_whom() {
    let scene = scene().await;
    scene.ready(AGENT).await;
    scene.call(AGENT).await;
    let data = scene.poll(AGENT).await;
    let extension = data.user_context.extension.unwrap();
    let [own, customer] = &data.call_context.channel_contexts[..] else { panic!("two channels") };
    assert_eq!(own.destination.as_ref(), Some(&extension));
    assert_eq!(own.user_extension.as_ref(), Some(&extension));
    assert_eq!(customer.originator.as_deref(), Some("0109898989"));
    assert_eq!(customer.destination.as_deref(), Some(CUSTOMER));
}

#[tokio::test]
async fn second_call_of_an_agent_is_refused() {
    let scene = scene().await;
    scene.ready(AGENT).await;
    scene.call(AGENT).await;
    let call = scene.client.make_call().instance_id(INSTANCE).callee("13100000000").device_id("desk");
    assert_eq!(refused!(call), "InvalidOperation.UserState");
}

#[tokio::test]
async fn caller_must_be_a_number_of_the_agent() {
    let scene = scene().await;
    scene.ready(AGENT).await;
    let call = scene.client.make_call().instance_id(INSTANCE).callee(CUSTOMER).device_id("desk");
    assert_eq!(refused!(call.caller("02100000000")), "NotExists.Number");
}

/// Calls a customer who behaves in this way. Returns the agent's state, the reason and the disposition.
async fn unanswered(behaviour: Behaviour) -> (String, String, String) {
    let scene = scene_with(|builder| builder.behaviour(behaviour)).await;
    scene.ready(AGENT).await;
    let job = scene.call(AGENT).await;
    // It rings for a minute, and the record appears a second later.
    scene.step(62);
    let record = scene.client.get_call_detail_record().instance_id(INSTANCE).contact_id(&job);
    let record = record.send().await.unwrap();
    let data = &record.data;
    (
        scene.state(AGENT).await,
        data.release_reason.clone().unwrap_or_default(),
        data.contact_disposition.as_ref().map(|value| value.as_str().to_owned()).unwrap_or_default(),
    )
}

#[tokio::test]
async fn busy_callee_ends_the_call_and_leaves_the_agent_ready() {
    let (state, reason, disposition) = unanswered(Behaviour::Busy).await;
    assert_eq!((&*state, &*reason, &*disposition), ("READY", "486 - Busy Here", "NoAnswer"));
}

#[tokio::test]
async fn callee_who_rejects_ends_the_call() {
    let (state, reason, disposition) = unanswered(Behaviour::Rejects { after: Duration::from_secs(2) }).await;
    assert_eq!((&*state, &*reason, &*disposition), ("READY", "603 - Decline", "Reject"));
}

#[tokio::test]
async fn call_that_nobody_answers_ends_when_it_has_rung_for_too_long() {
    let (state, reason, disposition) = unanswered(Behaviour::NeverAnswers).await;
    assert_eq!((&*state, &*reason, &*disposition), ("READY", "480 - Temporarily Unavailable", "NoAnswer"));
}

#[tokio::test]
async fn request_sets_how_long_it_may_ring() {
    let scene = scene().await;
    scene.ready(AGENT).await;
    let call = scene.client.make_call().instance_id(INSTANCE).callee(CUSTOMER).device_id("desk");
    call.timeout_seconds(30).send().await.unwrap();
    scene.step(30);
    assert_eq!(scene.state(AGENT).await, "DIALING");
    scene.step(1);
    assert_eq!(scene.state(AGENT).await, "READY");
}

#[tokio::test]
async fn agent_does_after_call_work_when_the_callee_has_hung_up() {
    let scene = scene_with(|builder| {
        builder.behaviour(Behaviour::AnswersAndHangsUp {
            after: Duration::from_secs(1),
            talks: Duration::from_secs(30),
        })
    })
    .await;
    scene.ready(AGENT).await;
    scene.call(AGENT).await;
    scene.step(10);
    assert_eq!(scene.state(AGENT).await, "TALKING");
    scene.step(25);
    assert_eq!(scene.state(AGENT).await, "WORKING");
    let channels = scene.poll(AGENT).await.call_context.channel_contexts;
    assert!(channels.iter().all(|channel| channel.release_initiator.as_deref() == Some(CUSTOMER)));
    scene.step(10);
    assert_eq!(scene.state(AGENT).await, "READY");
    assert_eq!(scene.poll(AGENT).await.user_context.job_id.as_deref(), Some(""));
}

#[tokio::test]
async fn channel_is_on_hold_until_it_is_retrieved() {
    let scene = scene().await;
    scene.ready(AGENT).await;
    let job = scene.talk(AGENT).await;
    let customer = scene.channel(AGENT, "").await;
    let hold = || scene.client.hold_call().instance_id(INSTANCE).job_id(&job).channel_id(&customer);
    hold().send().await.unwrap();
    assert_eq!(scene.channels(AGENT).await, ["user-test ANSWERED", "outside ANSWERED [\"HOLD\"]"]);
    assert_eq!(refused!(hold()), "InvalidOperation.ChannelState");
    let retrieve = || scene.client.retrieve_call().instance_id(INSTANCE).job_id(&job).channel_id(&customer);
    retrieve().send().await.unwrap();
    assert_eq!(scene.channels(AGENT).await, ["user-test ANSWERED", "outside ANSWERED"]);
    assert_eq!(refused!(retrieve()), "InvalidOperation.ChannelState");
}

#[tokio::test]
async fn own_channel_is_muted_if_none_is_named() {
    let scene = scene().await;
    scene.ready(AGENT).await;
    let job = scene.talk(AGENT).await;
    scene.client.mute_call().instance_id(INSTANCE).job_id(&job).send().await.unwrap();
    assert_eq!(scene.channels(AGENT).await, ["user-test ANSWERED [\"MUTED\"]", "outside ANSWERED"]);
    scene.client.unmute_call().instance_id(INSTANCE).job_id(&job).send().await.unwrap();
    assert_eq!(scene.channels(AGENT).await, ["user-test ANSWERED", "outside ANSWERED"]);
}

#[tokio::test]
async fn ringing_channel_cannot_be_put_on_hold() {
    let scene = scene().await;
    scene.ready(AGENT).await;
    let job = scene.call(AGENT).await;
    let channel = scene.channel(AGENT, "").await;
    let hold = scene.client.hold_call().instance_id(INSTANCE).job_id(&job).channel_id(channel);
    assert_eq!(refused!(hold), "InvalidOperation.ChannelState");
}

#[tokio::test]
async fn unknown_calls_and_channels_are_refused() {
    let scene = scene().await;
    scene.ready(AGENT).await;
    let job = scene.talk(AGENT).await;
    let hold = |job: &str| scene.client.hold_call().instance_id(INSTANCE).job_id(job).channel_id("ch:nobody");
    assert_eq!(refused!(hold("job-1")), "NotExists.JobId");
    assert_eq!(refused!(hold(&job)), "NotExists.ChannelId");
}

#[tokio::test]
async fn operations_on_a_released_call_are_refused() {
    let scene = scene().await;
    scene.ready(AGENT).await;
    let job = scene.talk(AGENT).await;
    let customer = scene.channel(AGENT, "").await;
    scene.release(AGENT, &job).await;
    let hold = scene.client.hold_call().instance_id(INSTANCE).job_id(&job).channel_id(customer);
    assert_eq!(refused!(hold), "NotExists.JobId");
}

#[tokio::test]
async fn call_to_an_extension_rings_at_the_colleague() {
    let scene = scene().await;
    scene.ready(AGENT).await;
    scene.ready(LI).await;
    let extension = scene.poll(LI).await.user_context.extension.unwrap();
    let call = scene.client.make_call().instance_id(INSTANCE).user_id(AGENT).device_id("desk");
    let response = call.callee(extension).send().await.unwrap();
    let context = &response.data.call_context;
    assert_eq!(context.call_type.as_ref().unwrap().as_str(), "INTERNAL");
    assert_eq!(scene.state(LI).await, "RINGING");
    let answer = scene.client.answer_call().instance_id(INSTANCE).user_id(LI);
    answer.job_id(context.job_id.as_ref().unwrap()).send().await.unwrap();
    assert_eq!((scene.state(AGENT).await, scene.state(LI).await), ("TALKING".into(), "TALKING".into()));
}

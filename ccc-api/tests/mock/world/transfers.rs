//! Tests of transfers, at once and after consulting.

use super::{AGENT, CUSTOMER, GROUP, INSTANCE, LI, Scene, refused, scene};

/// Returns the agents in the record of a call.
async fn agents(scene: &Scene, job: &str) -> String {
    scene.step(2);
    let record = scene.client.get_call_detail_record().instance_id(INSTANCE).contact_id(job);
    record.send().await.unwrap().into_inner().data.agent_ids.unwrap()
}

/// Makes a scene with two agents, one of whom talks with the customer. Returns the call's id, too.
async fn talking() -> (Scene, String) {
    let scene = scene().await;
    scene.ready(AGENT).await;
    scene.ready(LI).await;
    let job = scene.talk(AGENT).await;
    (scene, job)
}

async fn initiate(scene: &Scene, job: &str, to: &str) {
    let ask = scene.client.initiate_attended_transfer().instance_id(INSTANCE).user_id(AGENT);
    ask.job_id(job).transferee(to).send().await.unwrap();
}

async fn answer(scene: &Scene, job: &str) {
    scene.client.answer_call().instance_id(INSTANCE).user_id(LI).job_id(job).send().await.unwrap();
}

#[tokio::test]
async fn blind_transfer_rings_at_the_colleague_and_releases_the_agent() {
    let (scene, job) = talking().await;
    let transfer = scene.client.blind_transfer().instance_id(INSTANCE).user_id(AGENT);
    transfer.job_id(&job).transferee(LI).send().await.unwrap();
    assert_eq!((scene.state(AGENT).await, scene.state(LI).await), ("WORKING".into(), "RINGING".into()));
    answer(&scene, &job).await;
    let expected = ["user-test RELEASED", "outside ANSWERED", "li ANSWERED"];
    assert_eq!(scene.channels(LI).await, expected);
    scene.centre.hang_up(CUSTOMER).unwrap();
    assert_eq!(agents(&scene, &job).await, format!("{AGENT},{LI}"));
}

#[tokio::test]
async fn blind_transfer_to_a_skill_group_waits_in_its_queue() {
    let (scene, job) = talking().await;
    let transfer = scene.client.blind_transfer().instance_id(INSTANCE).user_id(AGENT);
    transfer.job_id(&job).transferee(GROUP).send().await.unwrap();
    assert_eq!(scene.state(LI).await, "RINGING");
    // Otherwise the agent would get the call back after after-call work.
    scene.client.take_break().instance_id(INSTANCE).user_id(AGENT).code("Lunch").send().await.unwrap();
    scene.step(20);
    assert_eq!(scene.state(LI).await, "BREAK RingingTimeout");
    scene.client.ready_for_service().instance_id(INSTANCE).user_id(LI).send().await.unwrap();
    assert_eq!(scene.state(LI).await, "RINGING");
}

#[tokio::test]
async fn blind_transfer_to_an_external_number_rings_there() {
    let (scene, job) = talking().await;
    let transfer = scene.client.blind_transfer().instance_id(INSTANCE).user_id(AGENT);
    transfer.job_id(&job).transferee("02188888888").send().await.unwrap();
    scene.step(1);
    scene.centre.answer("02188888888").unwrap();
    scene.centre.hang_up(CUSTOMER).unwrap();
    assert_eq!(agents(&scene, &job).await, AGENT);
}

#[tokio::test]
async fn transfer_to_a_busy_agent_is_refused_and_changes_nothing() {
    let (scene, job) = talking().await;
    let call = scene.client.make_call().instance_id(INSTANCE).user_id(LI).device_id("desk");
    call.callee("13100000000").send().await.unwrap();
    let transfer = scene.client.blind_transfer().instance_id(INSTANCE).user_id(AGENT).job_id(&job);
    assert_eq!(refused!(transfer.transferee(LI)), "UserBusy");
    assert_eq!(scene.state(AGENT).await, "TALKING");
}

#[tokio::test]
async fn consulting_holds_the_customer_and_rings_at_the_colleague() {
    let (scene, job) = talking().await;
    initiate(&scene, &job, LI).await;
    assert_eq!(
        scene.channels(AGENT).await,
        ["user-test ANSWERED", "outside ANSWERED [\"HOLD\"]", "li RINGING"]
    );
}

#[tokio::test]
async fn completed_transfer_connects_customer_and_colleague() {
    let (scene, job) = talking().await;
    initiate(&scene, &job, LI).await;
    answer(&scene, &job).await;
    let complete = scene.client.complete_attended_transfer().instance_id(INSTANCE).user_id(AGENT);
    complete.job_id(&job).send().await.unwrap();
    assert_eq!(scene.state(AGENT).await, "WORKING");
    assert_eq!(scene.channels(LI).await, ["user-test RELEASED", "outside ANSWERED", "li ANSWERED"]);
    scene.release(LI, &job).await;
    assert_eq!(agents(&scene, &job).await, format!("{AGENT},{LI}"));
}

#[tokio::test]
async fn transfer_is_not_completed_before_the_colleague_answers() {
    let (scene, job) = talking().await;
    initiate(&scene, &job, LI).await;
    let complete = scene.client.complete_attended_transfer().instance_id(INSTANCE).user_id(AGENT);
    assert_eq!(refused!(complete.job_id(&job)), "InvalidOperation.ChannelState");
}

#[tokio::test]
async fn cancelled_transfer_reconnects_the_customer_and_releases_the_colleague() {
    let (scene, job) = talking().await;
    initiate(&scene, &job, LI).await;
    let cancel = scene.client.cancel_attended_transfer().instance_id(INSTANCE).user_id(AGENT);
    cancel.job_id(&job).send().await.unwrap();
    assert_eq!(scene.channels(AGENT).await, ["user-test ANSWERED", "outside ANSWERED", "li RELEASED"]);
    assert_eq!(scene.state(LI).await, "READY");
}

#[tokio::test]
async fn customer_is_reconnected_when_the_colleague_rejects() {
    let (scene, job) = talking().await;
    initiate(&scene, &job, LI).await;
    scene.release(LI, &job).await;
    assert_eq!(scene.state(LI).await, "BREAK RejectCall");
    assert_eq!(scene.channels(AGENT).await, ["user-test ANSWERED", "outside ANSWERED", "li RELEASED"]);
}

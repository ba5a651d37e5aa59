//! Tests of supervisors in an agent's call.

use super::{AGENT, BOSS, CUSTOMER, INSTANCE, LI, Scene, refused, scene};

async fn talking() -> (Scene, String) {
    let scene = scene().await;
    scene.ready(AGENT).await;
    scene.ready(BOSS).await;
    let job = scene.talk(AGENT).await;
    (scene, job)
}

#[tokio::test]
async fn monitored_call_shows_who_listens_to_whom() {
    let (scene, job) = talking().await;
    let monitor = scene.client.monitor_call().instance_id(INSTANCE).user_id(BOSS);
    monitor.monitored_user_id(AGENT).send().await.unwrap();
    let watched =
        ["user-test ANSWERED [\"MONITORED\"]", "outside ANSWERED", "boss ANSWERED [\"MONITORING\"]"];
    assert_eq!(scene.channels(AGENT).await, watched);
    assert_eq!(scene.poll(BOSS).await.user_context.job_id.as_deref(), Some(job.as_str()));
}

#[tokio::test]
async fn call_goes_on_when_its_supervisor_leaves() {
    let (scene, job) = talking().await;
    let monitor = scene.client.monitor_call().instance_id(INSTANCE).user_id(BOSS);
    monitor.monitored_user_id(AGENT).send().await.unwrap();
    scene.release(BOSS, &job).await;
    assert_eq!(scene.state(BOSS).await, "READY");
    assert_eq!(
        scene.channels(AGENT).await,
        ["user-test ANSWERED", "outside ANSWERED", "boss RELEASED [\"MONITORING\"]"]
    );
}

#[tokio::test]
async fn supervisor_who_monitors_can_begin_to_coach() {
    let (scene, job) = talking().await;
    let monitor = scene.client.monitor_call().instance_id(INSTANCE).user_id(BOSS);
    monitor.monitored_user_id(AGENT).send().await.unwrap();
    let coach = scene.client.coach_call().instance_id(INSTANCE).user_id(BOSS);
    coach.coached_user_id(AGENT).job_id(&job).send().await.unwrap();
    let channels = scene.channels(AGENT).await;
    assert_eq!(channels[0], "user-test ANSWERED [\"COACHED\"]");
    assert_eq!(channels.last().unwrap(), "boss ANSWERED [\"COACHING\"]");
}

#[tokio::test]
async fn supervisor_who_barges_in_is_a_third_party() {
    let (scene, job) = talking().await;
    let barge = scene.client.barge_in_call().instance_id(INSTANCE).user_id(BOSS);
    barge.barged_user_id(AGENT).job_id(&job).send().await.unwrap();
    assert_eq!(scene.channels(AGENT).await, ["user-test ANSWERED", "outside ANSWERED", "boss ANSWERED"]);
}

#[tokio::test]
async fn supervisor_who_intercepts_replaces_the_agent() {
    let (scene, job) = talking().await;
    let intercept = scene.client.intercept_call().instance_id(INSTANCE).user_id(BOSS);
    intercept.intercepted_user_id(AGENT).job_id(&job).send().await.unwrap();
    assert_eq!(scene.state(AGENT).await, "WORKING");
    assert_eq!(scene.channels(BOSS).await, ["user-test RELEASED", "outside ANSWERED", "boss ANSWERED"]);
}

#[tokio::test]
async fn supervisor_is_released_when_the_call_ends() {
    let (scene, _) = talking().await;
    let monitor = scene.client.monitor_call().instance_id(INSTANCE).user_id(BOSS);
    monitor.monitored_user_id(AGENT).send().await.unwrap();
    scene.centre.hang_up(CUSTOMER).unwrap();
    assert_eq!((scene.state(AGENT).await, scene.state(BOSS).await), ("WORKING".into(), "READY".into()));
}

#[tokio::test]
async fn only_an_agent_in_a_call_can_be_monitored() {
    let scene = scene().await;
    scene.ready(BOSS).await;
    scene.ready(LI).await;
    let monitor = || scene.client.monitor_call().instance_id(INSTANCE).user_id(BOSS);
    assert_eq!(refused!(monitor().monitored_user_id(LI)), "NotExists.JobId");
    assert_eq!(refused!(monitor().monitored_user_id("nobody")), "NotExists.UserId");
}

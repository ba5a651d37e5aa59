//! Tests of agents: signing in and out, breaks, and polls.

use super::{AGENT, GROUP, INSTANCE, refused, scene};

#[tokio::test]
async fn agent_is_offline_until_signed_in_and_on_a_break_until_ready() {
    let scene = scene().await;
    assert_eq!(scene.state(AGENT).await, "OFFLINE");
    scene.sign_in(AGENT).await;
    assert_eq!(scene.state(AGENT).await, "BREAK Warm-up");
    scene.client.ready_for_service().instance_id(INSTANCE).send().await.unwrap();
    assert_eq!(scene.state(AGENT).await, "READY");
}

#[tokio::test]
async fn polls_show_the_device_and_the_skill_groups_of_the_sign_in() {
    let scene = scene().await;
    scene.sign_in(AGENT).await;
    let context = scene.poll(AGENT).await.user_context;
    assert_eq!(context.signed_skill_group_id_list, [GROUP]);
    assert_eq!(context.device_id.as_deref(), Some("desk"));
}

#[tokio::test]
async fn break_has_the_code_that_was_given() {
    let scene = scene().await;
    scene.ready(AGENT).await;
    scene.client.take_break().instance_id(INSTANCE).code("Lunch").send().await.unwrap();
    assert_eq!(scene.state(AGENT).await, "BREAK Lunch");
}

#[tokio::test]
async fn signed_out_agent_cannot_take_a_break() {
    let scene = scene().await;
    let code = refused!(scene.client.take_break().instance_id(INSTANCE).code("Lunch"));
    assert_eq!(code, "InvalidOperation.UserState");
}

#[tokio::test]
async fn work_mode_changes() {
    let scene = scene().await;
    let change = scene.client.change_work_mode().instance_id(INSTANCE).work_mode("OFF_SITE");
    change.mobile("12000000009").send().await.unwrap();
    let context = scene.poll(AGENT).await.user_context;
    assert_eq!(context.work_mode.unwrap().as_str(), "OFF_SITE");
    assert_eq!(context.mobile.as_deref(), Some("12000000009"));
}

#[tokio::test]
async fn signing_out_is_refused_during_a_call() {
    let scene = scene().await;
    scene.ready(AGENT).await;
    scene.talk(AGENT).await;
    let code = refused!(scene.client.sign_out_group().instance_id(INSTANCE));
    assert_eq!(code, "InvalidOperation.UserState");
    assert_eq!(scene.state(AGENT).await, "TALKING");
}

#[tokio::test]
async fn signed_out_agent_is_offline_and_in_no_skill_group() {
    let scene = scene().await;
    scene.ready(AGENT).await;
    scene.client.sign_out_group().instance_id(INSTANCE).send().await.unwrap();
    let context = scene.poll(AGENT).await.user_context;
    assert_eq!(context.user_state.unwrap().as_str(), "OFFLINE");
    assert!(context.signed_skill_group_id_list.is_empty());
}

#[tokio::test]
async fn reset_ends_the_call_of_the_agent() {
    let scene = scene().await;
    scene.ready(AGENT).await;
    scene.talk(AGENT).await;
    scene.client.reset_agent_state().instance_id(INSTANCE).user_id(AGENT).send().await.unwrap();
    assert_eq!(scene.state(AGENT).await, "OFFLINE");
    assert!(scene.centre.hang_up(super::CUSTOMER).is_err());
}

#[tokio::test]
async fn unknown_ids_are_refused() {
    let scene = scene().await;
    let poll = || scene.client.poll_user_status();
    assert_eq!(refused!(poll().instance_id("nowhere")), "NotExists.InstanceId");
    assert_eq!(refused!(poll().instance_id(INSTANCE).user_id("nobody")), "NotExists.UserId");
}

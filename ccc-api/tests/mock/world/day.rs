//! Tests of a working day, with the async client and with the blocking one: signing in, a call on hold, a transfer, the
//! record and its recording.

use super::{AGENT, CUSTOMER, GROUP, INSTANCE, LI, Scene, scene};

/// Runs the same steps with both clients: `$wait` is `.await` or nothing.
macro_rules! working_day {
    ($client:expr, $scene:expr, $($wait:tt)*) => {{
        let (client, scene): (_, &Scene) = ($client, $scene);
        for user in [AGENT, LI] {
            let sign_in = client.sign_in_group().instance_id(INSTANCE).user_id(user).device_id("desk");
            sign_in.signed_skill_group_id_list([GROUP]).send()$($wait)*.unwrap();
            client.ready_for_service().instance_id(INSTANCE).user_id(user).send()$($wait)*.unwrap();
        }
        let call = client.make_call().instance_id(INSTANCE).user_id(AGENT).device_id("desk").callee(CUSTOMER);
        let job = call.send()$($wait)*.unwrap().data.call_context.job_id.clone().unwrap();
        scene.step(3);
        scene.centre.answer(CUSTOMER).unwrap();
        scene.step(20);

        let status = client.poll_user_status().instance_id(INSTANCE).user_id(AGENT).send()$($wait)*.unwrap();
        let customer = status.data.call_context.channel_contexts[1].channel_id.clone().unwrap();
        client.hold_call().instance_id(INSTANCE).job_id(&job).channel_id(&customer).send()$($wait)*.unwrap();
        scene.step(5);
        client.retrieve_call().instance_id(INSTANCE).job_id(&job).channel_id(&customer).send()$($wait)*.unwrap();

        let ask = client.initiate_attended_transfer().instance_id(INSTANCE).user_id(AGENT);
        ask.job_id(&job).transferee(LI).send()$($wait)*.unwrap();
        client.answer_call().instance_id(INSTANCE).user_id(LI).job_id(&job).send()$($wait)*.unwrap();
        scene.step(5);
        let complete = client.complete_attended_transfer().instance_id(INSTANCE).user_id(AGENT);
        complete.job_id(&job).send()$($wait)*.unwrap();
        scene.step(10);
        client.release_call().instance_id(INSTANCE).user_id(LI).job_id(&job).send()$($wait)*.unwrap();
        scene.step(5);

        let record = client.get_call_detail_record().instance_id(INSTANCE).contact_id(&job).send()$($wait)*.unwrap();
        assert_eq!(record.data.agent_ids.as_deref(), Some(&*format!("{AGENT},{LI}")));
        assert_eq!(record.data.release_initiator.as_ref().unwrap().as_str(), "agent");
        let recording = client.get_mono_recording().instance_id(INSTANCE).contact_id(&job).send()$($wait)*.unwrap();
        assert!(recording.data.file_url.as_deref().is_some_and(|url| url.contains(&job)));
        scene.step(10);
        for user in [AGENT, LI] {
            let out = client.sign_out_group().instance_id(INSTANCE).user_id(user).send()$($wait)*.unwrap();
            assert_eq!(out.data.user_state.as_ref().unwrap().as_str(), "OFFLINE");
        }
    }};
}

#[tokio::test]
async fn working_day_of_the_async_client() {
    let scene = scene().await;
    working_day!(&scene.client, &scene, .await);
}

#[cfg(feature = "blocking")]
#[test]
fn working_day_of_the_blocking_client() {
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(1).enable_all().build().unwrap();
    let scene = runtime.block_on(scene());
    let client = ccc_api::blocking::Client::new(scene.endpoint.config()).unwrap();
    working_day!(&client, &scene,);
}

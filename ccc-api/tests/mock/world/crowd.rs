//! A test with many agents at once.

use std::collections::BTreeSet;
use std::time::{Duration, UNIX_EPOCH};

use ccc_api::Client;
use ccc_api::mock::MockEndpoint;
use ccc_api::mock::world::{Behaviour, CallCentre};

use super::{GROUP, INSTANCE};

const AGENTS: usize = 2000;
const PATIENCE: Duration = Duration::from_secs(60);

/// Works through a day of one agent: signs in, calls, waits for the end of the call, signs out. Returns the call's id.
async fn work(client: Client, number: usize) -> String {
    let user = format!("agent{number}@{INSTANCE}");
    let sign_in = client.sign_in_group().instance_id(INSTANCE).user_id(&user).device_id("desk");
    sign_in.signed_skill_group_id_list([GROUP]).send().await.unwrap();
    let call = client.make_call().instance_id(INSTANCE).user_id(&user).device_id("desk");
    let placed = call.callee(format!("131{number:08}")).send().await.unwrap();
    for _ in 0..2000 {
        let status = client.poll_user_status().instance_id(INSTANCE).user_id(&user).send().await.unwrap();
        let state = status.data.user_context.user_state.clone().unwrap();
        if ["WORKING", "READY"].contains(&state.as_str()) {
            client.sign_out_group().instance_id(INSTANCE).user_id(&user).send().await.unwrap();
            return placed.data.call_context.job_id.clone().unwrap();
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    panic!("the call of {user} never ends");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn two_thousand_agents_call_at_once_and_each_call_has_one_record() {
    let mut builder = CallCentre::builder()
        .dialing(Duration::from_millis(1))
        .wrap_up(Duration::from_millis(1))
        .record_delay(Duration::ZERO)
        .behaviour(Behaviour::AnswersAndHangsUp {
            after: Duration::from_millis(1),
            talks: Duration::from_millis(100),
        });
    for number in 0..AGENTS {
        builder = builder.agent(format!("agent{number}"));
    }
    let centre = builder.build();
    let yesterday = (centre.now() - Duration::from_secs(86_400)).duration_since(UNIX_EPOCH).unwrap();
    let yesterday = i64::try_from(yesterday.as_millis()).unwrap();
    let endpoint = MockEndpoint::builder().world(centre).start().await.unwrap();
    // All agents wait for one another, on a machine that may be busy.
    let patient = endpoint.config().to_builder().timeout(PATIENCE).attempt_timeout(PATIENCE);
    let client = Client::new(patient.build().unwrap()).unwrap();
    let tasks: Vec<_> = (0..AGENTS).map(|number| tokio::spawn(work(client.clone(), number))).collect();
    let mut jobs = BTreeSet::new();
    for task in tasks {
        jobs.insert(task.await.unwrap());
    }
    assert_eq!(jobs.len(), AGENTS);

    let mut recorded = BTreeSet::new();
    // Without a start time, calls from before midnight in China would be left out.
    let list = client.list_call_detail_records().instance_id(INSTANCE).page_number(1).page_size(100);
    let mut records = list.start_time(yesterday).items();
    while let Some(record) = records.next().await {
        let contact = record.unwrap().contact_id.unwrap();
        assert!(recorded.insert(contact), "a call has two records");
    }
    assert_eq!(recorded, jobs);
}

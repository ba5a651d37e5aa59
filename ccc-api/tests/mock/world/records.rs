//! Tests of a call's record and recording, and of reports.

use std::time::Duration;

use ccc_api::mock::world::PastCall;

use super::{AGENT, CUSTOMER, INSTANCE, Scene, scene};

/// Makes a scene with an agent who is ready.
async fn ready() -> Scene {
    let scene = scene().await;
    scene.ready(AGENT).await;
    scene
}

impl Scene {
    /// Makes a call of half a minute, which has just ended. Returns its id.
    async fn past_call(&self) -> String {
        let job = self.talk(AGENT).await;
        self.step(30);
        self.centre.hang_up(CUSTOMER).unwrap();
        job
    }

    /// Returns the ids of the records of the last two days.
    async fn records(&self) -> Vec<String> {
        let list = self.client.list_call_detail_records().instance_id(INSTANCE).page_number(1).page_size(100);
        let found = list.start_time(self.days_ago(2)).send().await.unwrap();
        found.data.list.iter().map(|record| record.contact_id.clone().unwrap()).collect()
    }

    fn days_ago(&self, days: u64) -> i64 {
        let then = self.centre.now() - Duration::from_secs(days * 86_400);
        i64::try_from(then.duration_since(std::time::UNIX_EPOCH).unwrap().as_millis()).unwrap()
    }

    async fn recording(&self, job: &str) -> Option<String> {
        let get = self.client.get_mono_recording().instance_id(INSTANCE).contact_id(job);
        get.send().await.unwrap().data.file_name.clone()
    }
}

#[tokio::test]
async fn each_call_that_ended_has_one_record() {
    let scene = ready().await;
    let first = scene.past_call().await;
    scene.step(20);
    let second = scene.past_call().await;
    assert_eq!(scene.records().await, std::slice::from_ref(&first));
    scene.step(1);
    assert_eq!(scene.records().await, [second, first]);
}

#[tokio::test]
async fn record_has_the_details_of_the_call() {
    let scene = ready().await;
    let job = scene.past_call().await;
    scene.step(1);
    let get = scene.client.get_call_detail_record().instance_id(INSTANCE).contact_id(&job);
    let record = get.send().await.unwrap().data.clone();
    assert_eq!(
        (record.called_number.as_deref(), record.agent_ids.as_deref(), record.call_duration),
        (Some(CUSTOMER), Some(AGENT), Some(30))
    );
}

#[tokio::test]
async fn recording_of_the_call_appears_after_its_record() {
    let scene = ready().await;
    let job = scene.past_call().await;
    scene.step(1);
    assert_eq!(scene.recording(&job).await, None);
    scene.step(2);
    assert_eq!(scene.recording(&job).await, Some(format!("{job}.wav")));
}

#[tokio::test]
async fn recording_of_an_unknown_call_is_refused() {
    let scene = ready().await;
    let get = scene.client.get_mono_recording().instance_id(INSTANCE).contact_id("job-1");
    assert_eq!(get.send().await.unwrap_err().code(), Some("NotExists.JobId"));
}

#[tokio::test]
async fn records_of_past_calls_can_be_added() {
    let scene = ready().await;
    let call = PastCall {
        user: AGENT.to_owned(),
        caller: CUSTOMER.to_owned(),
        callee: "0109898989".to_owned(),
        inbound: true,
        started: scene.centre.now() - Duration::from_secs(86_400),
        talked: Duration::from_secs(60),
    };
    let job = scene.centre.add_record(&call).unwrap();
    assert_eq!(scene.records().await, [job]);
}

#[tokio::test]
async fn report_agrees_with_the_records() {
    let scene = ready().await;
    for _ in 0..3 {
        scene.past_call().await;
        scene.step(20);
    }
    let report = scene.client.list_historical_agent_report().instance_id(INSTANCE);
    let report = report.page_number(1).page_size(10).start_time(scene.days_ago(2)).send().await.unwrap();
    let of_agent = report.data.list.iter().find(|agent| agent.agent_id.as_deref() == Some(AGENT));
    let overall = &of_agent.unwrap().overall;
    let calls = i32::try_from(scene.records().await.len()).unwrap();
    assert_eq!((overall.total_calls, overall.total_talk_time), (Some(calls), Some(90)));
}

#[tokio::test]
async fn summary_of_the_day_has_its_own_field() {
    let scene = ready().await;
    let summary = scene.client.list_agent_summary_reports_since_midnight().instance_id(INSTANCE);
    let summary = summary.send().await.unwrap();
    let agents = summary.paged_agent_summary_report.list.iter();
    assert!(agents.map(|agent| agent.agent_id.as_deref()).any(|agent| agent == Some(AGENT)));
}

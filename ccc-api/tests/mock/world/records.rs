//! What a call leaves behind: its record, then its recording, and its part in the reports.

use std::time::Duration;

use ccc_api::Client;
use ccc_api::mock::MockEndpoint;
use ccc_api::mock::world::{Behaviour, CallCentre, PastCall};

const CUSTOMER: &str = "13188888888";
const USER: &str = "user-test@ccc-test";

struct Desk {
    centre: CallCentre,
    client: Client,
    _endpoint: MockEndpoint,
}

impl Desk {
    /// An agent who is ready.
    async fn open() -> Self {
        let centre = CallCentre::builder().stepped().behaviour(Behaviour::Waits).build();
        let endpoint = MockEndpoint::builder().world(centre.clone()).start().await.unwrap();
        let client = Client::new(endpoint.config()).unwrap();
        let sign_in = client.sign_in_group().instance_id("ccc-test").device_id("desk-1");
        sign_in.signed_skill_group_id_list(["skill-group@ccc-test"]).send().await.unwrap();
        client.ready_for_service().instance_id("ccc-test").device_id("desk-1").send().await.unwrap();
        Self { centre, client, _endpoint: endpoint }
    }

    /// A call of half a minute, just over; gives its id.
    async fn call(&self) -> String {
        let call = self.client.make_call().instance_id("ccc-test").device_id("desk-1");
        let placed = call.callee(CUSTOMER).send().await.unwrap();
        self.centre.step(Duration::from_secs(2));
        self.centre.answer(CUSTOMER).unwrap();
        self.centre.step(Duration::from_secs(30));
        self.centre.hang_up(CUSTOMER).unwrap();
        placed.data.call_context.job_id.clone().unwrap()
    }

    /// The ids of the records that there are of the last two days.
    async fn records(&self) -> Vec<String> {
        let list =
            self.client.list_call_detail_records().instance_id("ccc-test").page_number(1).page_size(100);
        let found = list.start_time(self.days_ago(2)).send().await.unwrap();
        found.data.list.iter().map(|record| record.contact_id.clone().unwrap()).collect()
    }

    fn days_ago(&self, days: u64) -> i64 {
        let then = self.centre.now() - Duration::from_secs(days * 86_400);
        i64::try_from(then.duration_since(std::time::UNIX_EPOCH).unwrap().as_millis()).unwrap()
    }

    async fn recording(&self, job: &str) -> Option<String> {
        let get = self.client.get_mono_recording().instance_id("ccc-test").contact_id(job);
        get.send().await.unwrap().data.file_name.clone()
    }
}

#[tokio::test]
async fn each_call_that_ended_has_one_record() {
    let desk = Desk::open().await;
    let first = desk.call().await;
    desk.centre.step(Duration::from_secs(20));
    let second = desk.call().await;
    assert_eq!(desk.records().await, std::slice::from_ref(&first));
    desk.centre.step(Duration::from_secs(1));
    assert_eq!(desk.records().await, [second, first]);
}

#[tokio::test]
async fn record_tells_of_the_call() {
    let desk = Desk::open().await;
    let job = desk.call().await;
    desk.centre.step(Duration::from_secs(1));
    let get = desk.client.get_call_detail_record().instance_id("ccc-test").contact_id(&job);
    let record = get.send().await.unwrap().data.clone();
    assert_eq!(
        (record.called_number.as_deref(), record.agent_ids.as_deref(), record.call_duration),
        (Some(CUSTOMER), Some(USER), Some(30))
    );
}

#[tokio::test]
async fn recording_comes_after_the_record_and_is_of_that_call() {
    let desk = Desk::open().await;
    let job = desk.call().await;
    desk.centre.step(Duration::from_secs(1));
    assert_eq!(desk.recording(&job).await, None);
    desk.centre.step(Duration::from_secs(2));
    assert_eq!(desk.recording(&job).await, Some(format!("{job}.wav")));
}

#[tokio::test]
async fn recording_of_a_call_that_never_was_is_refused() {
    let desk = Desk::open().await;
    let get = desk.client.get_mono_recording().instance_id("ccc-test").contact_id("job-1");
    assert_eq!(get.send().await.unwrap_err().code(), Some("NotExists.JobId"));
}

#[tokio::test]
async fn history_is_there_from_the_start() {
    let desk = Desk::open().await;
    let call = PastCall {
        user: USER.to_owned(),
        caller: CUSTOMER.to_owned(),
        callee: "0109898989".to_owned(),
        inbound: true,
        started: desk.centre.now() - Duration::from_secs(86_400),
        talked: Duration::from_secs(60),
    };
    let job = desk.centre.add_record(&call).unwrap();
    assert_eq!(desk.records().await, [job]);
}

#[tokio::test]
async fn report_agrees_with_the_records() {
    let desk = Desk::open().await;
    for _ in 0..3 {
        desk.call().await;
        desk.centre.step(Duration::from_secs(20));
    }
    let report = desk.client.list_historical_agent_report().instance_id("ccc-test");
    let report = report.page_number(1).page_size(10).start_time(desk.days_ago(2)).send().await.unwrap();
    let overall = &report.data.list[0].overall;
    let calls = i32::try_from(desk.records().await.len()).unwrap();
    assert_eq!((overall.total_calls, overall.total_talk_time), (Some(calls), Some(90)));
}

#[tokio::test]
async fn summary_of_the_day_has_its_own_field() {
    let desk = Desk::open().await;
    let summary = desk.client.list_agent_summary_reports_since_midnight().instance_id("ccc-test");
    let summary = summary.send().await.unwrap();
    let agents = &summary.paged_agent_summary_report.list;
    assert_eq!(agents[0].agent_id.as_deref(), Some(USER));
}

//! Tests of the simulated call centre, with the client over a real socket. Its clock stands still until a test steps it.

use std::time::Duration;

use ccc_api::mock::MockEndpoint;
use ccc_api::mock::world::{Behaviour, CallCentre, CallCentreBuilder};
use ccc_api::operation::poll_user_status::PollUserStatusData;
use ccc_api::types::ChannelContext;
use ccc_api::{Client, Response};

mod agents;
mod calls;
mod crowd;
mod day;
mod directory;
mod inbound;
mod records;
mod supervision;
mod transfers;

const INSTANCE: &str = "ccc-test";
const GROUP: &str = "skill-group@ccc-test";
const AGENT: &str = "user-test@ccc-test";
const LI: &str = "li@ccc-test";
const BOSS: &str = "boss@ccc-test";
const CUSTOMER: &str = "13188888888";

/// An endpoint, a client of it, and the handle of its call centre.
struct Scene {
    endpoint: MockEndpoint,
    client: Client,
    centre: CallCentre,
}

/// Makes a centre with the agents user-test and li and the manager boss. External parties wait for the test.
async fn scene() -> Scene {
    scene_with(|builder| builder).await
}

async fn scene_with(change: impl FnOnce(CallCentreBuilder) -> CallCentreBuilder) -> Scene {
    let builder = CallCentre::builder().stepped().behaviour(Behaviour::Waits);
    let centre = change(builder.agent("li").manager("boss")).build();
    let endpoint = MockEndpoint::builder().world(centre.clone()).start().await.unwrap();
    let client = Client::new(endpoint.config()).unwrap();
    Scene { endpoint, client, centre }
}

impl Scene {
    fn step(&self, seconds: u64) {
        self.centre.step(Duration::from_secs(seconds));
    }

    async fn sign_in(&self, user: &str) {
        let sign_in = self.client.sign_in_group().instance_id(INSTANCE).user_id(user).device_id("desk");
        sign_in.signed_skill_group_id_list([GROUP]).send().await.unwrap();
    }

    /// Signs a user in and makes the user ready.
    async fn ready(&self, user: &str) {
        self.sign_in(user).await;
        self.client.ready_for_service().instance_id(INSTANCE).user_id(user).send().await.unwrap();
    }

    async fn poll(&self, user: &str) -> PollUserStatusData {
        let status = self.client.poll_user_status().instance_id(INSTANCE).user_id(user).send().await;
        status.map(Response::into_inner).unwrap().data
    }

    /// Returns the user's state, followed by the break code if there is one.
    async fn state(&self, user: &str) -> String {
        let context = self.poll(user).await.user_context;
        let state = context.user_state.unwrap();
        let code = context.break_code.unwrap();
        [state.as_str(), &code].join(" ").trim().to_owned()
    }

    /// Places a call to the customer. Returns its id.
    async fn call(&self, user: &str) -> String {
        let call = self.client.make_call().instance_id(INSTANCE).user_id(user).device_id("desk");
        let response = call.callee(CUSTOMER).send().await.unwrap();
        response.data.call_context.job_id.clone().unwrap()
    }

    /// Places a call to the customer, who answers it. Returns its id.
    async fn talk(&self, user: &str) -> String {
        let job = self.call(user).await;
        self.step(1);
        self.centre.answer(CUSTOMER).unwrap();
        job
    }

    /// Returns the channels of the user's call, each as `who state flags`.
    async fn channels(&self, user: &str) -> Vec<String> {
        self.poll(user).await.call_context.channel_contexts.iter().map(line).collect()
    }

    /// Returns the id of a channel of the user's call: that of the user `who`, or the customer's if `who` is empty.
    async fn channel(&self, user: &str, who: &str) -> String {
        let channels = self.poll(user).await.call_context.channel_contexts;
        let of = channels.into_iter().find(|channel| channel.user_id.as_deref() == Some(who));
        of.unwrap().channel_id.unwrap()
    }

    async fn release(&self, user: &str, job: &str) {
        let release = self.client.release_call().instance_id(INSTANCE).user_id(user);
        release.job_id(job).send().await.unwrap();
    }
}

fn line(channel: &ChannelContext) -> String {
    let user = channel.user_id.as_deref().filter(|user| !user.is_empty());
    let who = user.map_or("outside", |user| user.split('@').next().unwrap());
    let state = channel.channel_state.as_ref().unwrap().as_str();
    let flags = channel.channel_flags.as_deref().unwrap();
    format!("{who} {state} {flags}").replace(" []", "")
}

/// Returns the code of an operation's refusal.
macro_rules! refused {
    ($call:expr) => {{
        use ccc_api::error::OperationError as _;
        match $call.send().await {
            Err(ccc_api::Error::Service(error)) => error.code().to_owned(),
            other => panic!("not refused: {other:?}"),
        }
    }};
}
use refused;

//! The last part: a morning in a simulated call centre, whose clock the demo steps.

use std::time::{Duration, UNIX_EPOCH};

use ccc_api::Client;
use ccc_api::mock::MockEndpoint;
use ccc_api::mock::world::{Behaviour, CallCentre};
use ccc_api::types::{ChannelContext, UserContext};

use super::call::unexpected;
use super::headline;
use crate::failure::Failure;
use crate::terminal::{BOLD, DIM, Terminal, paint, visible};

const INSTANCE: &str = "ccc-test";
const GROUP: &str = "skill-group@ccc-test";
const WANG: &str = "wang@ccc-test";
const LI: &str = "li@ccc-test";
/// A customer's number that no telephone has.
const CUSTOMER: &str = "10000000001";

/// Sends an operation and prints a line: the time, `$what`, and the two agents.
macro_rules! step {
    ($day:ident, $what:literal, $call:expr) => {{
        let result = $call.map_err(unexpected)?;
        $day.tell($what).await?;
        result
    }};
}

/// Shows the morning in twenty lines.
pub(crate) async fn show(terminal: Terminal) -> Result<(), Failure> {
    let day = Day::begin(terminal).await?;
    terminal.print(&headline(6, "A morning in a simulated call centre"))?;
    let (client, centre) = (&day.client, &day.centre);
    for user in [WANG, LI] {
        let sign_in = client.sign_in_group().instance_id(INSTANCE).user_id(user).device_id("desk");
        sign_in.signed_skill_group_id_list([GROUP]).send().await.map_err(unexpected)?;
    }
    day.tell("SignInGroup, both").await?;
    for user in [WANG, LI] {
        let ready = client.ready_for_service().instance_id(INSTANCE).user_id(user);
        ready.send().await.map_err(unexpected)?;
    }
    day.tell("ReadyForService, both").await?;

    day.wait(5);
    let call = client.make_call().instance_id(INSTANCE).user_id(WANG).device_id("desk").callee(CUSTOMER);
    let placed = step!(day, "MakeCall to a customer", call.send().await);
    let job = placed.data.call_context.job_id.as_deref().unwrap_or_default();
    day.wait(2);
    day.tell("it rings").await?;
    day.wait(6);
    step!(day, "the customer answers", centre.answer(CUSTOMER));
    let customer = day.customers_channel().await?;
    day.wait(40);
    let hold = client.hold_call().instance_id(INSTANCE).user_id(WANG).job_id(job).channel_id(&customer);
    step!(day, "HoldCall", hold.send().await);
    day.wait(15);
    let retrieve = client.retrieve_call().instance_id(INSTANCE).user_id(WANG);
    step!(day, "RetrieveCall", retrieve.job_id(job).channel_id(&customer).send().await);
    let ask = client.initiate_attended_transfer().instance_id(INSTANCE).user_id(WANG).job_id(job);
    step!(day, "InitiateAttendedTransfer to li", ask.transferee(LI).send().await);
    day.wait(3);
    let answer = client.answer_call().instance_id(INSTANCE).user_id(LI).job_id(job);
    step!(day, "AnswerCall", answer.send().await);
    let complete = client.complete_attended_transfer().instance_id(INSTANCE).user_id(WANG);
    step!(day, "CompleteAttendedTransfer", complete.job_id(job).send().await);
    day.wait(90);
    let release = client.release_call().instance_id(INSTANCE).user_id(LI).job_id(job);
    step!(day, "ReleaseCall", release.send().await);

    step!(day, "a customer calls in: it rings at wang", centre.call_in("10000000002", "0109898989", GROUP));
    day.wait(10);
    day.tell("after-call work of li is over").await?;
    day.wait(20);
    day.tell("unanswered: it rings at li").await?;
    step!(day, "the customer gives up", centre.hang_up("10000000002"));
    day.sum_up(job).await
}

/// An endpoint with a call centre and two agents.
struct Day {
    client: Client,
    centre: CallCentre,
    terminal: Terminal,
    _endpoint: MockEndpoint,
}

impl Day {
    /// Starts the endpoint at nine o'clock.
    async fn begin(terminal: Terminal) -> Result<Self, Failure> {
        let nine = UNIX_EPOCH + Duration::from_secs(9 * 3600);
        let builder = CallCentre::builder().stepped().begins(nine).behaviour(Behaviour::Waits);
        let centre = builder.agent("wang").agent("li").build();
        let endpoint = MockEndpoint::builder().world(centre.clone()).start().await;
        let endpoint = endpoint.map_err(|source| Failure::Io {
            doing: "start",
            what: "the local endpoint".to_owned(),
            source,
        })?;
        let client = Client::new(endpoint.config()).map_err(unexpected)?;
        Ok(Self { client, centre, terminal, _endpoint: endpoint })
    }

    fn wait(&self, seconds: u64) {
        self.centre.step(Duration::from_secs(seconds));
    }

    /// Prints a line: the time, the event, and the agents' states from polls.
    async fn tell(&self, what: &str) -> Result<(), Failure> {
        let mut line = format!("    {} {what:<38}", paint(DIM, self.time()));
        for (name, user) in [("wang", WANG), ("li", LI)] {
            let status = self.client.poll_user_status().instance_id(INSTANCE).user_id(user);
            let status = status.send().await.map_err(unexpected)?;
            let data = &status.data;
            line += &format!(" {}", agent(name, &data.user_context, &data.call_context.channel_contexts));
        }
        self.terminal.print(&format!("{}\n", line.trim_end()))?;
        Ok(())
    }

    fn time(&self) -> String {
        let since = self.centre.now().duration_since(UNIX_EPOCH).unwrap_or_default().as_secs();
        format!("{:02}:{:02}:{:02}", since / 3600 % 24, since / 60 % 60, since % 60)
    }

    async fn customers_channel(&self) -> Result<String, Failure> {
        let status = self.client.poll_user_status().instance_id(INSTANCE).user_id(WANG).send().await;
        let status = status.map_err(unexpected)?;
        let channels = &status.data.call_context.channel_contexts;
        let customer = channels.iter().find(|channel| channel.user_id.as_deref() == Some(""));
        let id = customer.and_then(|channel| channel.channel_id.clone());
        id.ok_or_else(|| Failure::Unexpected("the call has no customer".to_owned()))
    }

    /// Prints the record of a call, and its recording.
    async fn sum_up(&self, job: &str) -> Result<(), Failure> {
        self.wait(5);
        let record = self.client.get_call_detail_record().instance_id(INSTANCE).contact_id(job);
        let record = record.send().await.map_err(unexpected)?;
        let recording = self.client.get_mono_recording().instance_id(INSTANCE).contact_id(job);
        let recording = recording.send().await.map_err(unexpected)?;
        let data = &record.data;
        let lines = format!(
            "    {} {} by {}, {} s, {}\n    {} {}\n",
            paint(DIM, "record   "),
            data.contact_disposition.as_ref().map_or("", |value| value.as_str()),
            visible(data.agent_ids.as_deref().unwrap_or_default()),
            data.call_duration.unwrap_or_default(),
            visible(data.release_reason.as_deref().unwrap_or_default()),
            paint(DIM, "recording"),
            visible(recording.data.file_name.as_deref().unwrap_or_default()),
        );
        self.terminal.print(&lines)?;
        Ok(())
    }
}

/// Writes an agent's state, and the flags and number of the live channels of the agent's call.
fn agent(name: &str, context: &UserContext, channels: &[ChannelContext]) -> String {
    let state = context.user_state.as_ref().map_or("", |state| state.as_str());
    let code = context.break_code.as_deref().unwrap_or_default();
    let held = channels
        .iter()
        .any(|channel| channel.channel_flags.as_deref().is_some_and(|flags| flags.contains("HOLD")));
    let more = if held {
        " (customer on hold)".to_owned()
    } else if code.is_empty() {
        String::new()
    } else {
        format!(" ({code})")
    };
    format!("{} {:<28}", paint(DIM, name), format!("{}{}", paint(BOLD, state), visible(&more)))
}

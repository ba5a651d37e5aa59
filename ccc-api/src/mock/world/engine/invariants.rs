//! The invariants of a call centre, checked after random operations.
//!
//! For a longer run of a million operations:
//! `PROPTEST_CASES=5000 PROPTEST_RNG_SEED=1 cargo test --release --package ccc-api --features mock invariants`

use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;

use proptest::prelude::*;

use super::super::CallCentre;
use super::super::operations::handler;
use super::super::parameters::Parameters;
use super::super::state::Instance;
use super::super::state::agent::UserState;
use super::super::state::job::{Channel, ChannelState, Flag, Job, Party, Release};
use super::reason;

const USERS: &[&str] = &["user-test@ccc-test", "a@ccc-test", "b@ccc-test", "c@ccc-test", "boss@ccc-test"];
const NUMBERS: &[&str] = &["13100000001", "13100000002", "13100000003"];
const GROUPS: &[&str] = &["skill-group@ccc-test", "sales@ccc-test"];
const DAY: Duration = Duration::from_secs(86_400);

/// Operations that change something, with the users who call them. Some stand here several times, to be chosen more
/// often.
const ACTIONS: &[(&str, Who)] = &[
    ("SignInGroup", Who::Anybody),
    ("ReadyForService", Who::Anybody),
    ("ReadyForService", Who::Anybody),
    ("TakeBreak", Who::Anybody),
    ("ChangeWorkMode", Who::Anybody),
    ("SignOutGroup", Who::Anybody),
    ("ResetAgentState", Who::Anybody),
    ("PollUserStatus", Who::Anybody),
    ("MakeCall", Who::Free),
    ("MakeCall", Who::Free),
    ("MakeCall", Who::Free),
    ("RedialCall", Who::Free),
    ("AnswerCall", Who::Rung),
    ("AnswerCall", Who::Rung),
    ("AnswerCall", Who::Rung),
    ("AnswerCall", Who::Rung),
    ("ReleaseCall", Who::Busy),
    ("HoldCall", Who::Busy),
    ("RetrieveCall", Who::Busy),
    ("MuteCall", Who::Busy),
    ("UnmuteCall", Who::Busy),
    ("SendDtmfSignaling", Who::Busy),
    ("BlindTransfer", Who::Busy),
    ("InitiateAttendedTransfer", Who::Busy),
    ("InitiateAttendedTransfer", Who::Busy),
    ("CompleteAttendedTransfer", Who::Consulting),
    ("CancelAttendedTransfer", Who::Consulting),
    ("MonitorCall", Who::Free),
    ("CoachCall", Who::Free),
    ("BargeInCall", Who::Free),
    ("InterceptCall", Who::Free),
    ("InterceptCall", Who::Busy),
];

/// The kind of user who calls an operation, if there is one, so that more operations succeed than are refused.
#[derive(Clone, Copy, Debug)]
enum Who {
    Anybody,
    Free,
    Rung,
    Busy,
    Consulting,
}

impl Who {
    fn suits(self, instance: &Instance, user: &str) -> bool {
        let Some(agent) = instance.agents.get(user) else { return false };
        match self {
            Self::Anybody => true,
            Self::Free => matches!(agent.state(), UserState::Ready | UserState::Break),
            Self::Rung => agent.state() == UserState::Ringing,
            Self::Busy => agent.state() == UserState::Talking,
            Self::Consulting => {
                let job = agent.job.as_ref().and_then(|job| instance.jobs.get(job));
                job.is_some_and(|job| job.consultation.is_some()) && agent.state() == UserState::Talking
            }
        }
    }

    /// Returns the n-th user of this kind; the n-th of all users if there is none.
    fn nth(self, instance: &Instance, n: usize) -> &'static str {
        let suits: Vec<_> = USERS.iter().copied().filter(|user| self.suits(instance, user)).collect();
        let users = if suits.is_empty() { USERS } else { &suits };
        users[n % users.len()]
    }
}

/// A random step. Its numbers choose among users, calls and channels.
#[derive(Clone, Debug)]
enum Step {
    Operation { action: usize, user: usize, other: usize, job: Option<usize>, channel: usize },
    Time(u64),
    Answers(usize),
    Rejects(usize),
    HangsUp(usize),
    CallsIn { number: usize, group: usize },
}

fn step() -> impl Strategy<Value = Step> {
    prop_oneof![
        12 => (0..ACTIONS.len(), 0..USERS.len(), 0..9_usize, prop::option::weighted(0.1, 0..9_usize), 0..5_usize)
            .prop_map(|(action, user, other, job, channel)| Step::Operation { action, user, other, job, channel }),
        3 => prop_oneof![5 => 0..2_000_u64, 1 => 0..30_000_u64, 1 => 0..200_000_u64].prop_map(Step::Time),
        3 => (0..NUMBERS.len()).prop_map(Step::Answers),
        1 => (0..NUMBERS.len()).prop_map(Step::Rejects),
        2 => (0..NUMBERS.len()).prop_map(Step::HangsUp),
        2 => (0..NUMBERS.len(), 0..GROUPS.len()).prop_map(|(number, group)| Step::CallsIn { number, group }),
    ]
}

/// Makes a centre with five users. Its three external numbers wait for a step, are busy, and answer.
fn centre() -> Instance {
    let centre = CallCentre::builder()
        .stepped()
        .skill_group("sales")
        .agent("a")
        .agent("b")
        .agent("c")
        .manager("boss")
        .behaviour(super::super::Behaviour::Waits)
        .behaviour_of(NUMBERS[1], super::super::Behaviour::Busy)
        .behaviour_of(
            NUMBERS[2],
            super::super::Behaviour::AnswersAndHangsUp {
                after: Duration::from_secs(2),
                talks: Duration::from_secs(30),
            },
        )
        .build();
    let inner = centre.lock();
    let mut instance = inner.state.instances["ccc-test"].clone();
    for (index, user) in USERS.iter().enumerate() {
        for action in [("SignInGroup", Who::Anybody), ("ReadyForService", Who::Anybody)] {
            operate(&mut instance, action, index, user.len(), None, 0);
        }
    }
    instance
}

/// Takes a step. Returns the call in its response.
fn take(instance: &mut Instance, step: &Step) -> Option<String> {
    match *step {
        Step::Operation { action, user, other, job, channel } => {
            return operate(instance, ACTIONS[action], user, other, job, channel);
        }
        Step::Time(millis) => instance.advance(instance.now + i64::try_from(millis).unwrap_or_default()),
        Step::Answers(number) => outside(instance, NUMBERS[number], |instance, job, channel| {
            instance.answer(job, channel);
        }),
        Step::Rejects(number) => outside(instance, NUMBERS[number], |instance, job, channel| {
            instance.decline(job, channel, reason::DECLINED);
        }),
        Step::HangsUp(number) => outside(instance, NUMBERS[number], Instance::hang_up),
        Step::CallsIn { number, group } => {
            return Some(instance.call_in(NUMBERS[number], "0109898989", GROUPS[group]));
        }
    }
    None
}

fn outside(instance: &mut Instance, number: &str, act: impl Fn(&mut Instance, &str, &str)) {
    let channels =
        instance.jobs.values().flat_map(|job| job.channels.iter().map(move |channel| (job, channel)));
    let mut live = channels.filter(|(_, channel)| channel.is_live());
    let found = live.find(|(_, channel)| channel.party == Party::Outside(number.to_owned()));
    if let Some((job, channel)) = found.map(|(job, channel)| (job.id.clone(), channel.id.clone())) {
        act(instance, &job, &channel);
    }
}

fn operate(
    instance: &mut Instance,
    (action, who): (&str, Who),
    user: usize,
    other: usize,
    job: Option<usize>,
    channel: usize,
) -> Option<String> {
    let user = who.nth(instance, user);
    let handle = handler(action).expect("an operation of this world");
    let own = instance.agents.get(user).and_then(|agent| agent.job.clone());
    let chosen = job.and_then(|job| instance.jobs.keys().nth(job % instance.jobs.len().max(1)).cloned());
    let job = chosen.or(own).unwrap_or_else(|| "job-1".to_owned());
    let of_job = instance.jobs.get(&job).map(|job| job.channels.as_slice()).unwrap_or_default();
    let channel = of_job.get(channel % of_job.len().max(1)).map_or("ch", |channel| &channel.id).to_owned();
    // Supervisors need an agent who talks, others one who is free.
    let watches = ["MonitorCall", "CoachCall", "BargeInCall", "InterceptCall"].contains(&action);
    let parties: Vec<_> = [USERS, NUMBERS, GROUPS].concat();
    let party = match parties[other % parties.len()] {
        _ if watches => Who::Busy.nth(instance, other),
        user if USERS.contains(&user) => Who::Free.nth(instance, other),
        party => party,
    };
    let extension = instance.users.get(party).map_or(party, |user| &user.extension).to_owned();
    let parameters: BTreeMap<_, _> = [
        ("BargedUserId", party.to_owned()),
        ("Callee", extension),
        ("ChannelId", channel),
        ("CoachedUserId", party.to_owned()),
        ("Code", "Lunch".to_owned()),
        ("DeviceId", "desk".to_owned()),
        ("Dtmf", "1".to_owned()),
        ("InterceptedUserId", party.to_owned()),
        ("JobId", if watches { String::new() } else { job }),
        ("MonitoredUserId", party.to_owned()),
        ("OutboundScenario", other.is_multiple_of(5).to_string()),
        ("SignedSkillGroupIdList", format!("[{:?}]", GROUPS[other % GROUPS.len()])),
        ("Transferee", party.to_owned()),
        ("UserId", user.to_owned()),
        ("WorkMode", if other.is_multiple_of(3) { "OFF_SITE" } else { "ON_SITE" }.to_owned()),
    ]
    .into_iter()
    .filter(|(name, _)| !(other.is_multiple_of(2) && *name == "ChannelId"))
    .map(|(name, value)| (name.to_owned(), value))
    .collect();
    // Neither a success nor a refusal may break the invariants.
    let data = handle(instance, Parameters(&parameters)).ok()?;
    Some(data["CallContext"]["JobId"].as_str()?.to_owned())
}

/// Checks all invariants between two steps.
fn check(instance: &Instance, calls: &mut BTreeSet<String>) {
    for (user, agent) in &instance.agents {
        let state = agent.state();
        let job = agent.job.as_deref().and_then(|job| instance.jobs.get(job));
        match state {
            UserState::Dialing | UserState::Ringing | UserState::Talking => {
                let job = job.unwrap_or_else(|| panic!("{user} is {state:?} in no call"));
                let channel =
                    job.channel_of(user).unwrap_or_else(|| panic!("{user} is {state:?} at no channel"));
                let fits = match state {
                    UserState::Dialing => channel.state <= ChannelState::Ringing,
                    UserState::Ringing => channel.state == ChannelState::Ringing,
                    _ => channel.state == ChannelState::Answered,
                };
                assert!(fits, "{user} is {state:?}, the channel {:?}", channel.state);
                assert_eq!(job.ended, None, "{user} is in a call that ended");
            }
            UserState::Working => assert!(job.is_some(), "{user} works on no call"),
            UserState::Offline | UserState::Break | UserState::Ready => {
                assert_eq!(agent.job, None, "{user} is {state:?} in a call");
            }
        }
        assert_eq!(state == UserState::Break, !agent.break_code().is_empty(), "{user}'s break has a code");
        let spans: Vec<_> = agent.log.iter().cloned().chain([agent.present(instance.now)]).collect();
        assert!(spans.windows(2).all(|pair| pair[0].end == pair[1].start), "{user}'s states leave gaps");
    }
    let records: BTreeSet<_> = instance.records.iter().map(|record| record.job.id.clone()).collect();
    assert_eq!(records.len(), instance.records.len(), "a call has two records");
    let mut channels = BTreeSet::new();
    for job in instance.jobs.values() {
        calls.insert(job.id.clone());
        assert!(job.channels.iter().all(|channel| channels.insert(&channel.id)), "a channel is in two calls");
        assert_eq!(
            job.ended.is_some(),
            records.contains(&job.id),
            "a record is there from the end of the call on"
        );
        let live: Vec<_> = job.channels.iter().filter(|channel| channel.is_live()).collect();
        for channel in &live {
            if let Some(user) = channel.party.user() {
                let agent = instance.agents.get(user).expect("the user of a channel");
                assert_eq!(agent.job.as_ref(), Some(&job.id), "{user} is connected to another call");
                assert!(agent.state().is_busy(), "{user} is connected and {:?}", agent.state());
                assert_eq!(job.channels_of(user), 1, "{user} is connected twice");
            }
        }
        check_flags(job);
        check_wait(instance, job);
        for channel in job.channels.iter().filter(|channel| !channel.is_live()) {
            let initiator = channel.released.as_ref().map(|release| release.initiator.as_str());
            assert!(initiator.is_some_and(|name| !name.is_empty()), "nobody released {}", channel.id);
        }
        match job.ended {
            Some(_) => {
                assert!(live.is_empty(), "somebody is in a call that ended");
                assert!(job.end.is_some());
            }
            None => {
                let parties = job.principals().count();
                assert!(parties > 1 || (parties == 1 && job.waits()), "a call of {parties} goes on");
            }
        }
        if let Some(consultation) = &job.consultation {
            for channel in [&consultation.from, &consultation.to] {
                assert!(live.iter().any(|live| live.id == *channel), "somebody left the consultation");
            }
        }
    }
    for job in instance.records.iter().map(|record| &record.job) {
        let end = job.end.as_ref().expect("how the call ended");
        assert!(job.established.is_none() || end.disposition == "Success", "{} ends a talk", end.disposition);
        // The centre itself ends a call only when it has waited for too long.
        let by_centre = |release: &Release| release.initiator == job.own_number();
        if job.channels.iter().filter_map(|channel| channel.released.as_ref()).any(by_centre) {
            let until = job.queue.as_ref().expect("a queue in which it waited").until;
            assert!(job.end_time() >= until, "a wait is over too soon");
        }
    }
    let known = |call: &&String| records.contains(*call) || instance.jobs.contains_key(*call);
    assert!(calls.iter().all(|call| known(&call)), "a call is gone without a record");
    assert!(records.iter().all(|record| calls.contains(record)), "a record is of no call");
}

/// Checks the flags of a call's channels.
fn check_flags(job: &Job) {
    let live: Vec<_> = job.channels.iter().filter(|channel| channel.is_live()).collect();
    for (watching, watched) in [(Flag::Monitoring, Flag::Monitored), (Flag::Coaching, Flag::Coached)] {
        let flagged = |flag| live.iter().filter(move |channel| job.flags(channel).contains(&flag));
        for channel in flagged(watching) {
            let is_watched = flagged(watched).any(|other| other.extension == channel.destination);
            assert!(is_watched, "{} is {watching:?} nobody", channel.id);
        }
    }
    let holds = |channel: &&&Channel| channel.is_held();
    let talks = |channel: &Channel| {
        matches!(channel.party, Party::Agent(_)) && channel.state == ChannelState::Answered
    };
    for channel in live.iter().filter(holds) {
        let others = live.iter().any(|other| other.id != channel.id && talks(other));
        let outside = matches!(channel.party, Party::Outside(_));
        assert!(!outside || others, "{} is on hold for nobody", channel.id);
    }
    if let Some(consultation) = &job.consultation {
        let supervises = |channel: &Channel| matches!(channel.party, Party::Supervisor(_));
        let held = consultation.held.iter().filter_map(|id| job.channel(id));
        assert!(!held.into_iter().any(supervises), "a consultation holds a supervisor");
    }
}

/// Checks that a call waits only while no agent is ready, and not for too long.
fn check_wait(instance: &Instance, job: &Job) {
    let Some(queue) = job.queue.as_ref().filter(|_| job.waits()) else { return };
    let free = instance.longest_ready(&queue.skill_group);
    assert_eq!(free, None, "{} waits although somebody is ready", job.id);
    assert!(instance.now < queue.until, "{} waits for too long", job.id);
}

/// Lets everybody hang up.
fn end_the_day(instance: &mut Instance) {
    let channels: Vec<_> = instance
        .jobs
        .values()
        .flat_map(|job| job.channels.iter().map(|channel| (job.id.clone(), channel.id.clone())))
        .collect();
    for (job, channel) in channels {
        instance.hang_up(&job, &channel);
    }
    instance.advance(instance.now + i64::try_from(DAY.as_millis()).unwrap_or_default());
}

proptest! {
    #[test]
    fn invariants_hold_after_any_operation(steps in prop::collection::vec(step(), 200)) {
        let mut instance = centre();
        let mut calls = BTreeSet::new();
        // A call is in the state after the step in which it began, or in the response of that step.
        for step in &steps {
            calls.extend(take(&mut instance, step));
            check(&instance, &mut calls);
        }
        end_the_day(&mut instance);
        check(&instance, &mut calls);
        prop_assert!(instance.jobs.is_empty(), "a call never ends");
        prop_assert_eq!(instance.records.len(), calls.len());
        prop_assert_eq!(instance.timers.len(), 0);
    }
}

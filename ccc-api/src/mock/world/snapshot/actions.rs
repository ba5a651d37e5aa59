//! What people can do next: operations that the call centre would not refuse now, and commands for external parties.

use super::super::state::Instance;
use super::super::state::agent::{Agent, UserState};
use super::super::state::job::{Channel, ChannelState, Job, Party};
use super::is_whole;

/// Returns the operations that an agent can send now. Those about a call are about the agent's own.
pub(super) fn of_agent(instance: &Instance, user: &str, agent: &Agent) -> Vec<&'static str> {
    match agent.state() {
        UserState::Offline => vec!["SignInGroup"],
        UserState::Break => with_dialing(instance, user, &["ReadyForService", "SignOutGroup"]),
        UserState::Ready => with_dialing(instance, user, &["TakeBreak", "SignOutGroup"]),
        UserState::Working => vec!["ReadyForService", "TakeBreak", "SignOutGroup"],
        UserState::Dialing => vec!["ReleaseCall"],
        UserState::Ringing => vec!["AnswerCall", "ReleaseCall"],
        UserState::Talking => {
            let job = agent.job.as_deref().and_then(|job| instance.jobs.get(job));
            job.and_then(|job| Some(in_talk(job, job.channel_of(user)?))).unwrap_or_default()
        }
    }
}

/// Adds `MakeCall`, if the agent has a number to call from.
fn with_dialing(instance: &Instance, user: &str, others: &[&'static str]) -> Vec<&'static str> {
    let dials = instance.number_of(user).is_some().then_some("MakeCall");
    dials.into_iter().chain(others.iter().copied()).collect()
}

fn in_talk(job: &Job, own: &Channel) -> Vec<&'static str> {
    let mut may = vec!["ReleaseCall", if own.muted { "UnmuteCall" } else { "MuteCall" }];
    if matches!(own.party, Party::Supervisor(_)) {
        return may;
    }
    match &job.consultation {
        None => {
            may.extend(holdable_by(job, own).map(|_| "HoldCall"));
            may.extend(held_by(job, own).map(|_| "RetrieveCall"));
            if job.principals().all(|channel| channel.state == ChannelState::Answered) {
                may.extend(["BlindTransfer", "InitiateAttendedTransfer"]);
            }
        }
        Some(consultation) if consultation.from == own.id => {
            let asked = job.channel(&consultation.to);
            let has_answered = asked.is_some_and(|asked| asked.state == ChannelState::Answered);
            let mut parties = job.principals();
            if has_answered && parties.any(|channel| ![&own.id, &consultation.to].contains(&&channel.id)) {
                may.push("CompleteAttendedTransfer");
            }
            may.push("CancelAttendedTransfer");
        }
        Some(_) => {}
    }
    may
}

/// Returns the channel that an agent can put on hold: an external party's, if there is one.
pub(super) fn holdable_by<'a>(job: &'a Job, own: &Channel) -> Option<&'a Channel> {
    other(job, own, |channel| !channel.is_held())
}

/// Returns the channel whose hold an agent can end: an external party's, if there is one.
pub(super) fn held_by<'a>(job: &'a Job, own: &Channel) -> Option<&'a Channel> {
    other(job, own, Channel::is_held)
}

fn other<'a>(job: &'a Job, own: &Channel, suits: impl Fn(&Channel) -> bool) -> Option<&'a Channel> {
    let others = job.principals().filter(|channel| channel.id != own.id);
    let suit = others
        .filter(|channel| channel.state == ChannelState::Answered && suits(channel) && is_whole(&channel.id));
    suit.min_by_key(|channel| channel.party.user().is_some())
}

/// Returns the commands for an external party whose channel is in this state.
pub(super) const fn of_outside(state: ChannelState) -> &'static [&'static str] {
    match state {
        ChannelState::Ringing => &["answer", "busy", "reject"],
        ChannelState::Answered => &["hang-up"],
        ChannelState::Created | ChannelState::Released => &[],
    }
}

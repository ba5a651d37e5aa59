//! The work of an agent: states, and the log of former states.

use super::Millis;

/// The state of an agent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in super::super) enum UserState {
    Offline,
    Break,
    Ready,
    Dialing,
    Ringing,
    Talking,
    Working,
}

impl UserState {
    pub(in super::super) const fn wire(self) -> &'static str {
        match self {
            Self::Offline => "OFFLINE",
            Self::Break => "BREAK",
            Self::Ready => "READY",
            Self::Dialing => "DIALING",
            Self::Ringing => "RINGING",
            Self::Talking => "TALKING",
            Self::Working => "WORKING",
        }
    }

    /// Whether the agent is in a call, or dials, or a call rings at the agent.
    pub(in super::super) const fn is_busy(self) -> bool {
        matches!(self, Self::Dialing | Self::Ringing | Self::Talking)
    }
}

/// A span of time in which an agent's state did not change.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in super::super) struct StateLog {
    pub(in super::super) state: UserState,
    pub(in super::super) break_code: String,
    pub(in super::super) work_mode: String,
    pub(in super::super) outbound_scenario: bool,
    /// The call that the state belongs to, if any.
    pub(in super::super) job: Option<String>,
    pub(in super::super) start: Millis,
    pub(in super::super) end: Millis,
}

/// The work of a user.
#[derive(Clone, Debug)]
pub(in super::super) struct Agent {
    state: UserState,
    /// Why the agent is on a break; empty in any other state.
    break_code: String,
    since: Millis,
    /// When the present span began, which is not in the log yet.
    span_since: Millis,
    /// The call of the present state.
    state_job: Option<String>,
    work_mode: String,
    pub(in super::super) device: String,
    /// The agent's own telephone, for work off site.
    pub(in super::super) mobile: String,
    /// Skill groups that the agent is signed in to.
    pub(in super::super) signed_in: Vec<String>,
    outbound_scenario: bool,
    /// The call that the agent is in, or does after-call work for.
    pub(in super::super) job: Option<String>,
    /// The state and break code before the call, to which the agent returns if nobody answers.
    before: Option<(UserState, String)>,
    /// The time of the last `PollUserStatus`.
    pub(in super::super) heartbeat: Millis,
    /// Former states, oldest first.
    pub(in super::super) log: Vec<StateLog>,
}

impl Agent {
    pub(in super::super) fn new(now: Millis) -> Self {
        Self {
            state: UserState::Offline,
            break_code: String::new(),
            since: now,
            span_since: now,
            state_job: None,
            work_mode: "ON_SITE".to_owned(),
            device: String::new(),
            mobile: String::new(),
            signed_in: Vec::new(),
            outbound_scenario: false,
            job: None,
            before: None,
            heartbeat: now,
            log: Vec::new(),
        }
    }

    pub(in super::super) const fn state(&self) -> UserState {
        self.state
    }

    pub(in super::super) fn break_code(&self) -> &str {
        &self.break_code
    }

    /// Returns when the present state began.
    pub(in super::super) const fn since(&self) -> Millis {
        self.since
    }

    /// Enters another state, and logs the one before.
    pub(in super::super) fn enter(&mut self, state: UserState, now: Millis) {
        self.change(state, String::new(), now);
    }

    /// Joins a call. [`leave`](Self::leave) or [`wrap_up`](Self::wrap_up) ends it.
    pub(in super::super) fn join(&mut self, job: &str, state: UserState, now: Millis) {
        if !self.state.is_busy() {
            self.before = Some((self.state, self.break_code.clone()));
        }
        self.job = Some(job.to_owned());
        self.enter(state, now);
    }

    /// Leaves a call that nobody answered, and returns to the state before. After-call work for an earlier call is not
    /// resumed.
    pub(in super::super) fn leave(&mut self, now: Millis) {
        self.job = None;
        match self.before.take() {
            Some((UserState::Break, code)) => self.take_break(&code, now),
            _ => self.enter(UserState::Ready, now),
        }
    }

    /// Goes on a break because the agent did not answer a call.
    pub(in super::super) fn miss(&mut self, break_code: &str, now: Millis) {
        self.job = None;
        self.before = None;
        self.take_break(break_code, now);
    }

    /// Begins the after-call work of the call that the agent was in.
    pub(in super::super) fn wrap_up(&mut self, now: Millis) {
        self.before = None;
        self.enter(UserState::Working, now);
    }

    /// Goes on a break.
    pub(in super::super) fn take_break(&mut self, code: &str, now: Millis) {
        self.change(UserState::Break, code.to_owned(), now);
    }

    fn change(&mut self, state: UserState, break_code: String, now: Millis) {
        if state == self.state && break_code == self.break_code {
            return;
        }
        self.log.push(self.present(now));
        self.state = state;
        self.break_code = break_code;
        self.state_job.clone_from(&self.job);
        self.since = now;
        self.span_since = now;
    }

    /// Returns where the agent works: `ON_SITE`, `OFF_SITE` or `OFFICE_PHONE`.
    pub(in super::super) fn work_mode(&self) -> &str {
        &self.work_mode
    }

    /// Whether the agent only places calls.
    pub(in super::super) const fn outbound_scenario(&self) -> bool {
        self.outbound_scenario
    }

    /// Changes where the agent works, from now on.
    pub(in super::super) fn set_work_mode(&mut self, work_mode: &str, now: Millis) {
        if work_mode != self.work_mode {
            self.end_span(now);
            work_mode.clone_into(&mut self.work_mode);
        }
    }

    /// Changes whether the agent only places calls, from now on.
    pub(in super::super) fn set_outbound_scenario(&mut self, only: bool, now: Millis) {
        if only != self.outbound_scenario {
            self.end_span(now);
            self.outbound_scenario = only;
        }
    }

    /// Logs the present state until now, unless it has just begun.
    fn end_span(&mut self, now: Millis) {
        if self.span_since < now {
            self.log.push(self.present(now));
            self.span_since = now;
        }
    }

    /// Returns the present state as if it ended now.
    pub(in super::super) fn present(&self, now: Millis) -> StateLog {
        StateLog {
            state: self.state,
            break_code: self.break_code.clone(),
            work_mode: self.work_mode.clone(),
            outbound_scenario: self.outbound_scenario,
            job: self.state_job.clone(),
            start: self.span_since,
            end: now,
        }
    }
}

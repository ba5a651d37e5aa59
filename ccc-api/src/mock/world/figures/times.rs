//! Figures about how agents spent their time.

use std::collections::BTreeMap;

use super::super::state::Millis;
use super::super::state::agent::{StateLog, UserState};
use super::{Spans, States, Window};

/// Time in which agents were signed in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(in super::super) struct Presence {
    /// With breaks.
    pub(in super::super) online: Millis,
    /// Without breaks.
    pub(in super::super) at_work: Millis,
}

/// How agents spent their time.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(in super::super) struct Times {
    pub(in super::super) ready: Spans,
    pub(in super::super) breaks: Spans,
    pub(in super::super) breaks_by_code: BTreeMap<String, Spans>,
    pub(in super::super) work: Spans,
    /// Time in calls, including dialling and ringing.
    pub(in super::super) busy: Millis,
    pub(in super::super) presence: Presence,
    pub(in super::super) by_mode: BTreeMap<String, Presence>,
    /// Time in which agents only placed calls.
    pub(in super::super) outbound_only: Presence,
    pub(in super::super) outbound_only_ready: Millis,
    pub(in super::super) first_check_in: Option<Millis>,
    pub(in super::super) last_check_out: Option<Millis>,
    /// The most agents who were signed in at the same time.
    pub(in super::super) most_signed_in: i64,
}

/// Returns the part of a state that is within a span of time.
fn within(state: &StateLog, window: Window) -> Option<(Millis, Millis)> {
    let (start, end) = (state.start.max(window.from), state.end.min(window.until));
    (start < end).then_some((start, end))
}

impl Times {
    /// Counts the states of an agent. Returns those of after-call work, with their time within the span.
    pub(super) fn count<'a>(
        &mut self,
        states: &'a States<'_>,
        window: Window,
    ) -> Vec<(&'a StateLog, Millis)> {
        let mut after_calls = Vec::new();
        let mut was_offline = true;
        for state in states.iter() {
            let offline = state.state == UserState::Offline;
            if was_offline && !offline && window.contains(state.start) {
                self.first_check_in =
                    Some(self.first_check_in.map_or(state.start, |first| first.min(state.start)));
            }
            if !was_offline && offline && window.contains(state.start) {
                self.last_check_out = self.last_check_out.max(Some(state.start));
            }
            was_offline = offline;
            let Some((start, end)) = within(state, window) else { continue };
            self.add(state, end - start);
            if state.state == UserState::Working {
                after_calls.push((state, end - start));
            }
        }
        after_calls
    }

    fn add(&mut self, state: &StateLog, span: Millis) {
        match state.state {
            UserState::Offline => return,
            UserState::Break => {
                self.breaks.add(span);
                self.breaks_by_code.entry(state.break_code.clone()).or_default().add(span);
            }
            UserState::Ready => {
                self.ready.add(span);
                if state.outbound_scenario {
                    self.outbound_only_ready += span;
                }
            }
            UserState::Working => self.work.add(span),
            UserState::Dialing | UserState::Ringing | UserState::Talking => self.busy += span,
        }
        let at_work = if state.state == UserState::Break { 0 } else { span };
        let mode = self.by_mode.entry(state.work_mode.clone()).or_default();
        let outbound_only = state.outbound_scenario.then_some(&mut self.outbound_only);
        for presence in [&mut self.presence, mode].into_iter().chain(outbound_only) {
            presence.online += span;
            presence.at_work += at_work;
        }
    }

    /// Counts the most agents who were signed in at the same time.
    pub(super) fn count_signed_in(&mut self, agents: &[&States<'_>], window: Window) {
        let states = agents.iter().flat_map(|states| states.iter());
        let signed_in = states.filter(|state| state.state != UserState::Offline);
        // Sorting puts ends before starts of the same time, so an agent who changes states counts once.
        let mut changes: Vec<(Millis, i64)> = signed_in
            .filter_map(|state| within(state, window))
            .flat_map(|(start, end)| [(start, 1), (end, -1)])
            .collect();
        changes.sort_unstable();
        let mut present = 0;
        for (_, change) in changes {
            present += change;
            self.most_signed_in = self.most_signed_in.max(present);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn state(state: UserState, start: Millis, end: Millis) -> StateLog {
        StateLog {
            state,
            break_code: String::new(),
            work_mode: "ON_SITE".to_owned(),
            outbound_scenario: false,
            job: None,
            start,
            end,
        }
    }

    fn times(agents: &[Vec<StateLog>], from: Millis, until: Millis) -> Times {
        let agents = agents.iter().map(|states| {
            let (present, former) = states.split_last().unwrap();
            States { former, present: present.clone() }
        });
        let agents: Vec<_> = agents.collect();
        let agents: Vec<_> = agents.iter().collect();
        let window = Window { from, until };
        let mut times = Times::default();
        for states in &agents {
            times.count(states, window);
        }
        times.count_signed_in(&agents, window);
        times
    }

    fn day() -> Vec<StateLog> {
        vec![
            state(UserState::Offline, 0, 10),
            state(UserState::Break, 10, 20),
            state(UserState::Ready, 20, 50),
            state(UserState::Offline, 50, 90),
        ]
    }

    #[test]
    fn part_of_a_state_within_the_span_counts() {
        assert_eq!(times(&[day()], 30, 40).ready, Spans { count: 1, total: 10, longest: 10 });
    }

    #[test]
    fn breaks_do_not_count_as_time_at_work() {
        assert_eq!(times(&[day()], 0, 90).presence, Presence { online: 40, at_work: 30 });
    }

    #[test]
    fn first_sign_in_and_last_sign_out_are_found() {
        let times = times(&[day()], 0, 90);
        assert_eq!((times.first_check_in, times.last_check_out), (Some(10), Some(50)));
    }

    #[test]
    fn agents_who_are_signed_in_one_after_the_other_count_once() {
        let later = vec![state(UserState::Ready, 50, 60)];
        assert_eq!(times(&[day(), later], 0, 90).most_signed_in, 1);
    }

    #[test]
    fn agents_who_are_signed_in_at_the_same_time_are_added_up() {
        assert_eq!(times(&[day(), day()], 0, 90).most_signed_in, 2);
    }
}

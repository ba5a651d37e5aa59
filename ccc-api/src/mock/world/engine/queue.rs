//! How calls that wait find an agent.

use super::super::state::Instance;
use super::super::state::agent::UserState;
use super::super::state::job::Job;
use super::events::reason;

impl Instance {
    /// An agent takes calls again.
    pub(in super::super) fn become_ready(&mut self, user: &str) {
        let now = self.now;
        let Some(agent) = self.agent(user) else { return };
        let job = agent.job.take();
        agent.enter(UserState::Ready, now);
        if let Some(job) = job {
            self.forget(&job);
        }
        self.dispatch();
    }

    /// Offers waiting calls to ready agents: the call that has waited longest, to the agent who has.
    pub(in super::super) fn dispatch(&mut self) {
        let mut waiting: Vec<_> = self
            .jobs
            .values()
            .filter(|job| job.waits())
            .filter_map(|job| Some((job.queue.as_ref()?.since, job.id.clone())))
            .collect();
        waiting.sort();
        for (_, job) in waiting {
            self.offer_to_longest_ready(&job);
        }
    }

    /// The agent of a skill group who has been ready for longest, but for those who only call out.
    pub(in super::super) fn longest_ready(&self, skill_group: &str) -> Option<String> {
        self.agents
            .iter()
            .filter(|(_, agent)| agent.state() == UserState::Ready && !agent.outbound_scenario)
            .filter(|(_, agent)| agent.signed_in.iter().any(|group| group == skill_group))
            .min_by_key(|(_, agent)| agent.since())
            .map(|(user, _)| user.clone())
    }

    fn offer_to_longest_ready(&mut self, job_id: &str) {
        let now = self.now;
        let group =
            self.jobs.get(job_id).and_then(|job| job.queue.as_ref()).map(|queue| queue.skill_group.clone());
        let Some(group) = group else { return };
        let Some(user) = self.longest_ready(&group) else { return };
        let Some(job) = self.jobs.get_mut(job_id) else { return };
        if let Some(queue) = &mut job.queue {
            queue.left = Some(now);
        }
        let (call_type, caller) = (job.call_type, job.caller.clone());
        self.offer(job_id, &user, call_type, &caller, &group, None);
    }

    /// A call that has waited for too long ends.
    pub(in super::super) fn give_up_waiting(&mut self, job_id: &str) {
        if self.jobs.get(job_id).is_some_and(Job::waits) {
            self.end(job_id, None, reason::NO_ANSWER, "QueuingTimeout");
        }
    }
}

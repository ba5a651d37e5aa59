//! How waiting calls find an agent.

use std::collections::BTreeSet;

use super::super::state::Instance;
use super::super::state::agent::UserState;
use super::events::reason;

impl Instance {
    /// Makes an agent ready. `outbound_scenario`, if given, says whether the agent only places calls from now on.
    pub(in super::super) fn become_ready(&mut self, user: &str, outbound_scenario: Option<bool>) {
        let now = self.now;
        let Some(agent) = self.agent(user) else { return };
        let job = agent.job.take();
        agent.enter(UserState::Ready, now);
        if let Some(only) = outbound_scenario {
            agent.set_outbound_scenario(only, now);
        }
        if let Some(job) = job {
            self.forget(&job);
        }
        self.dispatch();
    }

    /// Offers waiting calls to ready agents: first the call that has waited for longest, to the agent who has been ready
    /// for longest.
    pub(in super::super) fn dispatch(&mut self) {
        let mut waiting: Vec<_> = self
            .jobs
            .values()
            .filter(|job| job.waits())
            .filter_map(|job| {
                let queue = job.queue.as_ref()?;
                Some((queue.since, job.id.clone(), queue.skill_group.clone()))
            })
            .collect();
        waiting.sort();
        // Nobody becomes ready meanwhile, so a group without a ready agent has none for its later calls either.
        let mut without = BTreeSet::new();
        for (_, job, group) in waiting {
            if without.contains(&group) {
                continue;
            }
            match self.longest_ready(&group) {
                Some(user) => self.offer_from_queue(&job, &user, &group),
                None => {
                    without.insert(group);
                }
            }
        }
    }

    /// Returns the agent of a skill group who has been ready for longest, without those who only place calls.
    pub(in super::super) fn longest_ready(&self, skill_group: &str) -> Option<String> {
        self.agents
            .iter()
            .filter(|(_, agent)| agent.state() == UserState::Ready && !agent.outbound_scenario())
            .filter(|(_, agent)| agent.signed_in.iter().any(|group| group == skill_group))
            .min_by_key(|(_, agent)| agent.since())
            .map(|(user, _)| user.clone())
    }

    fn offer_from_queue(&mut self, job_id: &str, user: &str, group: &str) {
        let now = self.now;
        let Some(job) = self.jobs.get_mut(job_id) else { return };
        if let Some(queue) = &mut job.queue {
            queue.left = Some(now);
        }
        let (call_type, caller) = (job.call_type, job.caller.clone());
        self.offer(job_id, user, call_type, &caller, group, None);
    }

    /// Ends a call that has waited for too long.
    pub(in super::super) fn give_up_waiting(&mut self, job_id: &str) {
        let Some(job) = self.jobs.get(job_id).filter(|job| job.waits()) else { return };
        // The timer may be that of an earlier queue of the call.
        if job.queue.as_ref().is_some_and(|queue| queue.until <= self.now) {
            let number = job.own_number().to_owned();
            self.end(job_id, (&number, false), reason::NO_ANSWER, "QueuingTimeout");
        }
    }
}

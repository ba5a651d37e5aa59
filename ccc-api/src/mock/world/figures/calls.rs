//! Figures about calls of one kind.

use super::super::state::job::{CallType, Channel, Job};
use super::{Scope, Spans, Window};

/// Seconds within which a call should be answered.
pub(in super::super) const SERVICE_LEVELS: [i64; 3] = [15, 20, 30];

/// Figures about calls of one kind, for an instance, an agent or a skill group.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(in super::super) struct Calls {
    pub(in super::super) total: i64,
    /// Calls that were offered to them.
    pub(in super::super) offered: i64,
    /// Calls that they placed.
    pub(in super::super) dialed: i64,
    /// Placed calls that were answered.
    pub(in super::super) answered: i64,
    /// Offered calls that they answered.
    pub(in super::super) handled: i64,
    pub(in super::super) talked: i64,
    pub(in super::super) queued: i64,
    pub(in super::super) ringed: i64,
    pub(in super::super) timed_out: i64,
    pub(in super::super) abandoned_in_queue: Spans,
    pub(in super::super) abandoned_in_ring: Spans,
    pub(in super::super) blind_in: i64,
    pub(in super::super) blind_out: i64,
    pub(in super::super) attended_in: i64,
    pub(in super::super) attended_out: i64,
    /// Calls that were transferred to an external number.
    pub(in super::super) forwarded: i64,
    pub(in super::super) dialing: Spans,
    pub(in super::super) ring: Spans,
    pub(in super::super) customer_ring: Spans,
    pub(in super::super) wait: Spans,
    pub(in super::super) talk: Spans,
    pub(in super::super) hold: Spans,
    pub(in super::super) work: Spans,
    /// Calls that were answered within each of the [`SERVICE_LEVELS`].
    pub(in super::super) in_time: [i64; 3],
}

impl Calls {
    pub(super) fn count(&mut self, job: &Job, scope: Scope<'_>, window: Window) {
        let own: Vec<&Channel> =
            job.agents().map(|(_, channel)| channel).filter(|channel| scope.covers(channel)).collect();
        let queues: Vec<_> = job.queues().filter(|queue| scope.covers_queue(&queue.skill_group)).collect();
        if own.is_empty() && queues.is_empty() && scope != Scope::Instance {
            return;
        }
        let (dialers, offered): (Vec<&Channel>, Vec<&Channel>) =
            own.iter().partition(|channel| job.is_dialer(channel));
        let happened = |time: Option<i64>| i64::from(time.is_some_and(|time| window.contains(time)));

        let queued = queues.iter().map(|queue| queue.since).min();
        let came = offered.iter().map(|channel| channel.created).chain(queued).min();
        let came = if scope == Scope::Instance && job.call_type == CallType::Inbound {
            Some(job.started)
        } else {
            came
        };
        let placed = dialers.first().map(|channel| channel.created);
        let answered = dialers.iter().find_map(|channel| channel.answered);
        let handled = offered.iter().filter_map(|channel| channel.answered).min();
        self.total += happened(placed.into_iter().chain(came).min());
        self.dialed += happened(placed);
        self.offered += happened(came);
        self.answered += happened(answered);
        self.handled += happened(handled);
        self.talked += happened(answered.into_iter().chain(handled).min());
        self.queued += happened(queued);
        self.ringed += happened(offered.iter().filter_map(|channel| channel.rang).min());

        self.count_spans(job, scope, window, &own);
        self.count_transfers(job, scope, window);
        if came.is_some() && !matches!(scope, Scope::Agent(_)) && window.contains(job.end_time()) {
            self.count_abandoned(job);
        }
    }

    fn count_spans(&mut self, job: &Job, scope: Scope<'_>, window: Window, own: &[&Channel]) {
        for channel in own {
            if window.contains(channel.taken()) {
                if job.is_dialer(channel) {
                    self.dialing.add(channel.taken() - channel.created);
                } else if channel.rang.is_some() {
                    self.ring.add(channel.ringing());
                }
            }
            if channel.answered.is_some() && window.contains(channel.changed) {
                self.talk.add(channel.talking());
            }
        }
        let held: i64 = own.iter().map(|channel| channel.held()).sum();
        if held > 0 && window.contains(job.end_time()) {
            self.hold.add(held);
        }
        if let Some((_, customer)) = job.outside().next().filter(|_| !own.is_empty())
            && customer.rang.is_some()
            && window.contains(customer.taken())
        {
            self.customer_ring.add(customer.ringing());
        }
        let taken = own.iter().filter(|channel| !job.is_dialer(channel) && channel.answered.is_some());
        let Some(first) = taken.min_by_key(|channel| channel.answered) else { return };
        if window.contains(first.taken()) {
            let wait = if matches!(scope, Scope::Agent(_)) { first.ringing() } else { job.waiting() };
            self.wait.add(wait);
            for (in_time, seconds) in self.in_time.iter_mut().zip(SERVICE_LEVELS) {
                *in_time += i64::from(wait <= seconds * 1000);
            }
        }
    }

    fn count_transfers(&mut self, job: &Job, scope: Scope<'_>, window: Window) {
        let covers = |id: &str| job.channel(id).is_some_and(|channel| scope.covers(channel));
        for transfer in job.transfers.iter().filter(|transfer| window.contains(transfer.at)) {
            let to = transfer.to.as_deref();
            let into_queue = || {
                job.queues().any(|queue| queue.since == transfer.at && scope.covers_queue(&queue.skill_group))
            };
            let (out, into) = (covers(&transfer.from), to.map_or_else(into_queue, covers));
            let (outs, ins) = if transfer.attended {
                (&mut self.attended_out, &mut self.attended_in)
            } else {
                (&mut self.blind_out, &mut self.blind_in)
            };
            *outs += i64::from(out);
            *ins += i64::from(into);
            let outside = to.and_then(|id| job.channel(id)).is_some_and(|to| to.party.user().is_none());
            self.forwarded += i64::from(out && outside);
        }
    }

    fn count_abandoned(&mut self, job: &Job) {
        let waited = job.end_time() - job.queue.as_ref().map_or(job.started, |queue| queue.since);
        match job.end.as_ref().map(|end| end.disposition) {
            Some("AbandonedInQueue") => self.abandoned_in_queue.add(waited),
            Some("AbandonedInRing") => self.abandoned_in_ring.add(waited),
            Some("QueuingTimeout") => self.timed_out += 1,
            _ => {}
        }
    }
}

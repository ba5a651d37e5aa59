//! The course of one call through its attempts: whether, when and with which time limit the next one follows.

use std::time::{Duration, Instant, SystemTime};

use http::HeaderMap;
use http::response::Parts;

use super::classify::{Verdict, classify};
use crate::call::error::Failure;
use crate::call::limits::{AttemptLimit, TimeLimits};
use crate::call::trace;
use crate::retry::backoff::{Wait, random};
use crate::retry::budget::{RetryBudget, Withdrawal};
use crate::retry::hints::Hints;
use crate::retry::policy::RetryPolicy;
use crate::text::clock::Clock;
use crate::text::skew::{ClockCorrection, ClockSkew, corrected, log_skew};
use crate::wire::record::{Attempts, Unaffordable};

/// A failed attempt, and the hints in the headers of its response.
#[derive(Debug)]
pub(crate) struct Failed {
    failure: Failure,
    hints: Hints,
    headers: Option<HeaderMap>,
}

impl Failed {
    /// Adds the hints in the head of a response.
    pub(crate) fn with_head(failure: Failure, head: &Parts) -> Self {
        Self { failure, hints: Hints::read(&head.headers), headers: Some(head.headers.clone()) }
    }

    pub(crate) fn failure(&self) -> &Failure {
        &self.failure
    }
}

impl From<Failure> for Failed {
    fn from(failure: Failure) -> Self {
        Self { failure, hints: Hints::default(), headers: None }
    }
}

/// The state that all calls of a client and its clones share.
#[derive(Debug)]
pub(crate) struct Shared {
    budget: RetryBudget,
    clock: ClockCorrection,
}

impl Shared {
    pub(crate) fn new(policy: RetryPolicy) -> Self {
        Self { budget: RetryBudget::new(policy.credit()), clock: ClockCorrection::default() }
    }
}

/// One call and its attempts.
#[derive(Debug)]
pub(crate) struct Course<'c> {
    policy: RetryPolicy,
    limits: TimeLimits,
    deadline: Instant,
    shared: &'c Shared,
    clock: &'c dyn Clock,
    /// The clock correction of the current attempt.
    clock_skew: Option<ClockSkew>,
    /// Whether the clock was corrected during this call.
    corrected: bool,
    /// The price of the current attempt; the first one is free.
    withdrawal: Option<Withdrawal<'c>>,
    attempts: Attempts,
}

impl<'c> Course<'c> {
    pub(crate) fn begin(
        safe_to_repeat: bool,
        policy: RetryPolicy,
        limits: TimeLimits,
        shared: &'c Shared,
        clock: &'c dyn Clock,
    ) -> Self {
        Self {
            policy,
            limits,
            deadline: Instant::now() + limits.total,
            shared,
            clock,
            clock_skew: shared.clock.get(),
            corrected: false,
            withdrawal: None,
            attempts: Attempts::begin(safe_to_repeat),
        }
    }

    /// Returns the number of the current attempt, from 1.
    pub(crate) fn attempt(&self) -> u32 {
        self.attempts.count()
    }

    pub(crate) fn is_safe_to_repeat(&self) -> bool {
        self.attempts.is_safe_to_repeat()
    }

    /// Returns the time to sign the attempt with.
    pub(crate) fn signing_time(&self) -> SystemTime {
        corrected(self.clock.now(), self.clock_skew)
    }

    /// Returns the deadline of the whole call.
    pub(crate) fn deadline(&self) -> AttemptLimit {
        AttemptLimit { at: self.deadline, limit: self.limits.total }
    }

    /// Returns the deadline of an attempt that is sent now.
    pub(crate) fn attempt_deadline(&self) -> AttemptLimit {
        let at = Instant::now() + self.limits.attempt;
        if at < self.deadline { AttemptLimit { at, limit: self.limits.attempt } } else { self.deadline() }
    }

    /// Ends the call: the current attempt succeeded.
    pub(crate) fn succeed(mut self) -> Attempts {
        if self.withdrawal.is_none() {
            self.shared.budget.earn();
        }
        self.attempts.set_clock_skew(self.clock_skew);
        self.attempts
    }

    /// Takes the failure of the current attempt. Waits until the next one may begin, or returns the error of the whole
    /// call at once.
    pub(crate) async fn fail(&mut self, failed: Failed) -> Result<(), Failure> {
        if let Some(withdrawal) = self.withdrawal.take() {
            withdrawal.spend();
        }
        let wait = match self.next(&failed) {
            Ok(wait) => wait,
            Err(why) => return Err(self.give_up(failed, why)),
        };
        trace::sent_again(&failed.failure, wait);
        self.attempts.add(failed.failure.attempt());
        if !wait.is_zero() {
            tokio::time::sleep(wait).await;
        }
        self.clock_skew = self.shared.clock.get();
        Ok(())
    }

    /// Pays for the next attempt and returns how long to wait for it; or returns why there is none.
    fn next(&mut self, failed: &Failed) -> Result<Duration, Option<Unaffordable>> {
        let wait = match classify(&failed.failure, self.is_safe_to_repeat()) {
            Verdict::WithTheRightTime if self.correct_clock(failed.hints.date) => Duration::ZERO,
            Verdict::Stop | Verdict::WithTheRightTime => return Err(None),
            Verdict::Again { throttled } => {
                let wait = Wait { attempts: self.attempt(), throttled, wish: failed.hints.retry_after };
                wait.length(self.policy, random())
            }
        };
        if self.attempt() >= self.policy.attempts_allowed() {
            return Err(None);
        }
        if wait >= self.deadline.saturating_duration_since(Instant::now()) {
            return Err(Some(Unaffordable::Time(wait)));
        }
        self.withdrawal = Some(self.shared.budget.withdraw().ok_or(Some(Unaffordable::Budget))?);
        Ok(wait)
    }

    /// Corrects the clock by the service's date; tells whether the next attempt is signed with another time.
    fn correct_clock(&mut self, date: Option<SystemTime>) -> bool {
        let measured =
            date.and_then(|date| self.shared.clock.measure(self.clock.now(), date, self.clock_skew));
        let Some(skew) = measured else { return false };
        log_skew(skew);
        self.clock_skew = Some(skew);
        let first = !std::mem::replace(&mut self.corrected, true);
        first && skew.is_followed()
    }

    fn give_up(&mut self, failed: Failed, why: Option<Unaffordable>) -> Failure {
        let mut attempts = std::mem::take(&mut self.attempts);
        attempts.set_retry_after(failed.hints.retry_after);
        attempts.set_clock_skew(self.clock_skew);
        if let Some(why) = why {
            attempts.set_unaffordable(why);
        }
        failed.failure.with_attempts(attempts.with_headers(failed.headers))
    }
}

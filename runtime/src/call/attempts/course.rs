//! The course of one call: what was tried, and whether, when and in what time it is tried again.

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

/// A failed attempt, and what its response said about the next.
#[derive(Debug)]
pub(crate) struct Failed {
    failure: Failure,
    hints: Hints,
    headers: Option<HeaderMap>,
}

impl Failed {
    /// `head` is that of the response, as far as there was one.
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

/// What the calls of a client and its clones share.
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

/// One call on its way through its attempts.
#[derive(Debug)]
pub(crate) struct Course<'c> {
    policy: RetryPolicy,
    limits: TimeLimits,
    deadline: Instant,
    shared: &'c Shared,
    clock: &'c dyn Clock,
    /// What the attempt now under way corrects the clock by.
    clock_skew: Option<ClockSkew>,
    /// Whether the clock was corrected for this call.
    corrected: bool,
    /// What the attempt now under way costs; the first one costs nothing.
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

    /// The number of the attempt now under way, from 1.
    pub(crate) fn attempt(&self) -> u32 {
        self.attempts.count()
    }

    pub(crate) fn is_safe_to_repeat(&self) -> bool {
        self.attempts.is_safe_to_repeat()
    }

    /// The time to sign the attempt with.
    pub(crate) fn signing_time(&self) -> SystemTime {
        corrected(self.clock.now(), self.clock_skew)
    }

    /// When the whole call must be over.
    pub(crate) fn deadline(&self) -> AttemptLimit {
        AttemptLimit { at: self.deadline, limit: self.limits.total }
    }

    /// When an attempt that is sent now must be over.
    pub(crate) fn attempt_deadline(&self) -> AttemptLimit {
        let at = Instant::now() + self.limits.attempt;
        if at < self.deadline { AttemptLimit { at, limit: self.limits.attempt } } else { self.deadline() }
    }

    /// The attempt under way succeeded.
    pub(crate) fn succeed(mut self) -> Attempts {
        if self.withdrawal.is_none() {
            self.shared.budget.earn();
        }
        self.attempts.set_clock_skew(self.clock_skew);
        self.attempts
    }

    /// The attempt under way failed. Waits until the next one may begin, or gives the error of the whole call at once.
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

    /// How long to wait for the next attempt, which is then paid for; or why there is none.
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

    /// Whether another attempt will be signed with another time, which the service's date says is right.
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

//! The retry budget of a client and its clones: it protects a service that is in trouble.

use std::sync::atomic::{AtomicU32, Ordering};

/// The price of a retry; a success without one earns 1.
const PRICE: u32 = 5;

/// A token bucket. It is full at the start, and only successes refill it.
#[derive(Debug)]
pub(crate) struct RetryBudget {
    tokens: AtomicU32,
    capacity: u32,
}

impl RetryBudget {
    /// Creates a budget for so many retries.
    pub(crate) fn new(attempts: u32) -> Self {
        let capacity = attempts.saturating_mul(PRICE);
        Self { tokens: AtomicU32::new(capacity), capacity }
    }

    /// Pays for a retry, if enough is left.
    pub(crate) fn withdraw(&self) -> Option<Withdrawal<'_>> {
        let paid = |tokens: u32| tokens.checked_sub(PRICE);
        self.tokens.fetch_update(Ordering::Relaxed, Ordering::Relaxed, paid).ok()?;
        Some(Withdrawal { budget: self, price: PRICE })
    }

    /// Earns 1 for a success without a retry.
    pub(crate) fn earn(&self) {
        self.put_back(1);
    }

    fn put_back(&self, tokens: u32) {
        if self.tokens.load(Ordering::Relaxed) == self.capacity {
            return;
        }
        let filled = |held: u32| Some(held.saturating_add(tokens).min(self.capacity));
        let _ = self.tokens.fetch_update(Ordering::Relaxed, Ordering::Relaxed, filled);
    }
}

/// The price of one retry. It is paid back if the retry succeeds or is abandoned: neither means that the service is in
/// trouble.
#[derive(Debug)]
pub(crate) struct Withdrawal<'b> {
    budget: &'b RetryBudget,
    price: u32,
}

impl Withdrawal<'_> {
    /// Keeps the price, because the retry failed.
    pub(crate) fn spend(mut self) {
        self.price = 0;
    }
}

impl Drop for Withdrawal<'_> {
    fn drop(&mut self) {
        if self.price > 0 {
            self.budget.put_back(self.price);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Ordering, PRICE, RetryBudget};

    fn left(budget: &RetryBudget) -> u32 {
        budget.tokens.load(Ordering::Relaxed)
    }

    #[test]
    fn an_empty_budget_pays_for_nothing() {
        let budget = RetryBudget::new(2);
        budget.withdraw().unwrap().spend();
        budget.withdraw().unwrap().spend();
        assert!(budget.withdraw().is_none());
        assert!(RetryBudget::new(0).withdraw().is_none());
    }

    #[test]
    fn successes_fill_it_up_to_where_it_began() {
        let budget = RetryBudget::new(2);
        budget.withdraw().unwrap().spend();
        for _ in 0..PRICE {
            budget.earn();
        }
        assert_eq!(left(&budget), 2 * PRICE);
        budget.earn();
        assert_eq!(left(&budget), 2 * PRICE);
    }

    #[test]
    fn what_was_not_spent_comes_back() {
        let budget = RetryBudget::new(1);
        drop(budget.withdraw());
        assert_eq!(left(&budget), PRICE);
    }

    #[test]
    fn it_is_never_overdrawn_nor_overfilled_by_many_at_once() {
        let budget = RetryBudget::new(3);
        std::thread::scope(|scope| {
            for thread in 0..8 {
                let budget = &budget;
                scope.spawn(move || {
                    for round in 0..1000 {
                        match budget.withdraw() {
                            Some(withdrawal) if (round + thread) % 3 == 0 => withdrawal.spend(),
                            Some(_) => {}
                            None => budget.earn(),
                        }
                        assert!(left(budget) <= 3 * PRICE);
                    }
                });
            }
        });
    }
}

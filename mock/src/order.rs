//! Orders for the next requests: each for a number of requests, of one operation or of all.

use std::collections::VecDeque;
use std::fmt;

/// Orders that wait for requests, in the order in which they were given.
#[derive(Debug)]
pub(super) struct Orders<T>(VecDeque<Order<T>>);

#[derive(Debug)]
struct Order<T> {
    /// The operation whose requests it is for; `None` means all.
    operation: Option<String>,
    what: T,
    /// The number of requests that it still applies to; never zero.
    left: u64,
}

impl<T: Clone> Orders<T> {
    pub(super) fn new() -> Self {
        Self(VecDeque::new())
    }

    pub(super) fn add(&mut self, operation: Option<&str>, what: T, count: u64) {
        if count > 0 {
            self.0.push_back(Order { operation: operation.map(str::to_owned), what, left: count });
        }
    }

    pub(super) fn clear(&mut self) {
        self.0.clear();
    }

    /// Returns the pending orders: the operation, the content, and the number of requests left.
    pub(super) fn pending(&self) -> impl Iterator<Item = (Option<&str>, &T, u64)> {
        self.0.iter().map(|order| (order.operation.as_deref(), &order.what, order.left))
    }

    /// Takes the first order that applies to a request of `operation`.
    pub(super) fn next(&mut self, operation: Option<&str>) -> Option<T> {
        let is_for_it =
            |order: &Order<T>| order.operation.is_none() || order.operation.as_deref() == operation;
        let place = self.0.iter().position(is_for_it)?;
        let order = self.0.get_mut(place)?;
        order.left -= 1;
        if order.left > 0 {
            return Some(order.what.clone());
        }
        self.0.remove(place).map(|order| order.what)
    }
}

/// The reason why an endpoint does not accept an order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OrderError(pub(super) String);

impl fmt::Display for OrderError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for OrderError {}

#[cfg(test)]
mod tests {
    use super::Orders;

    #[test]
    fn orders_are_taken_as_often_as_they_say_and_one_after_the_other() {
        let mut orders = Orders::new();
        orders.add(None, 'a', 2);
        orders.add(None, 'b', 0);
        orders.add(None, 'c', 1);
        let met: String = std::iter::from_fn(|| orders.next(Some("Ring"))).collect();
        assert_eq!(met, "aac");
    }

    #[test]
    fn order_for_an_operation_waits_for_its_requests() {
        let mut orders = Orders::new();
        orders.add(Some("Ring"), 'r', 1);
        orders.add(None, 'a', 2);
        let met = [Some("Knock"), None, Some("Ring"), Some("Ring")].map(|operation| orders.next(operation));
        assert_eq!(met, [Some('a'), Some('a'), Some('r'), None]);
    }

    #[test]
    fn orders_for_all_operations_and_for_one_are_taken_in_turn() {
        let mut orders = Orders::new();
        orders.add(None, 'a', 1);
        orders.add(Some("Ring"), 'r', 1);
        let met: String = std::iter::from_fn(|| orders.next(Some("Ring"))).collect();
        assert_eq!(met, "ar");
    }
}

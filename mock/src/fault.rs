//! Faults on demand: what an endpoint does to requests so that an application's test sees how it bears it.

use std::collections::VecDeque;
use std::time::Duration;

use http::StatusCode;

/// What a request meets at a [`MockEndpoint`](super::MockEndpoint) that was told so.
///
/// But for [`Throttle`](Self::Throttle), the request is checked and carried out as ever; only its answer is not as it
/// should be. So a call that meets one may ring.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Fault {
    /// It is refused for coming too fast: HTTP 400 and `Throttling.User`.
    Throttle,
    /// It is answered so much later.
    Delay(Duration),
    /// It is answered with this status and a page of HTML, as gateways do: of 5xx or 4xx.
    Status(StatusCode),
    /// The connection is closed without an answer.
    Close,
    /// It is answered with HTTP 200 and half an object.
    Nonsense,
}

/// Faults that wait for requests, each with how many are to meet it.
#[derive(Debug, Default)]
pub(super) struct Faults(VecDeque<(Fault, u64)>);

impl Faults {
    pub(super) fn add(&mut self, fault: Fault, count: u64) {
        self.0.push_back((fault, count));
    }

    pub(super) fn clear(&mut self) {
        self.0.clear();
    }

    /// What the next request meets.
    pub(super) fn next(&mut self) -> Option<Fault> {
        while let Some((fault, left)) = self.0.front_mut() {
            if let Some(rest) = left.checked_sub(1) {
                *left = rest;
                return Some(*fault);
            }
            self.0.pop_front();
        }
        None
    }
}

#[cfg(test)]
mod tests {
    use super::{Fault, Faults};

    #[test]
    fn each_fault_is_met_as_often_as_it_was_ordered_in_the_order_of_the_orders() {
        let mut faults = Faults::default();
        faults.add(Fault::Close, 2);
        faults.add(Fault::Nonsense, 0);
        faults.add(Fault::Throttle, 1);
        let met: Vec<_> = std::iter::from_fn(|| faults.next()).collect();
        assert_eq!(met, [Fault::Close, Fault::Close, Fault::Throttle]);
    }
}

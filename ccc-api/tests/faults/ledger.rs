//! Compares what the server counted with what the client reported.

use std::collections::{HashMap, HashSet};
use std::fmt;
use std::time::Duration;

/// The outcome of a request that the server read completely.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Fate {
    /// The service said that it refused the request.
    Refused,
    /// Anything else, so that the phone may ring.
    CarriedOut,
}

/// A request that the server read completely.
#[derive(Clone, Debug)]
pub(crate) struct Delivery {
    pub(crate) id: String,
    pub(crate) nonce: String,
    pub(crate) fate: Fate,
}

/// What the client reported of one call.
#[derive(Clone, Debug)]
pub(crate) struct Told {
    pub(crate) id: String,
    pub(crate) safe_to_repeat: bool,
    pub(crate) succeeded: bool,
    pub(crate) attempts: u32,
    pub(crate) reached: bool,
    pub(crate) carried_out: bool,
    pub(crate) took: Duration,
    pub(crate) text: String,
}

/// The limits of a schedule.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Limits {
    pub(crate) attempts: u32,
    pub(crate) total: Duration,
}

/// Everything about one schedule.
#[derive(Debug)]
pub(crate) struct Ledger {
    pub(crate) seed: u64,
    pub(crate) limits: Limits,
    pub(crate) deliveries: Vec<Delivery>,
    pub(crate) told: Vec<Told>,
}

/// How long after its limit a call may end on a busy machine.
const SLACK: Duration = Duration::from_secs(10);

impl Ledger {
    /// Checks every promise for every call of the schedule.
    fn check(&self) {
        let mut by_id: HashMap<&str, Vec<&Delivery>> = HashMap::new();
        for delivery in &self.deliveries {
            by_id.entry(&delivery.id).or_default().push(delivery);
        }
        for told in &self.told {
            let deliveries = by_id.remove(told.id.as_str()).unwrap_or_default();
            let carried_out = deliveries.iter().filter(|delivery| delivery.fate == Fate::CarriedOut).count();
            let context = || format!("seed {}: {} {told:?} but {deliveries:?}", self.seed, told.text);
            assert!(told.safe_to_repeat || carried_out <= 1, "placed twice: {}", context());
            assert!(!told.succeeded || carried_out >= 1, "success of nothing: {}", context());
            assert!(told.carried_out || carried_out == 0, "told not to ring, but does: {}", context());
            assert!(told.reached || deliveries.is_empty(), "told not to be sent, but was: {}", context());
            assert!(told.attempts <= self.limits.attempts, "too many attempts: {}", context());
            assert!(deliveries.len() <= told.attempts as usize, "sent more often than told: {}", context());
            assert!(told.took <= self.limits.total + SLACK, "too long: {}", context());
        }
        assert!(by_id.is_empty(), "seed {}: from nowhere: {by_id:?}", self.seed);
    }
}

/// The sum of all schedules.
#[derive(Debug, Default)]
pub(crate) struct Tally {
    calls: Count,
    look_ups: Count,
    nonces: HashSet<String>,
    deliveries: u64,
}

#[derive(Debug, Default)]
struct Count {
    made: u64,
    succeeded: u64,
    attempts: u64,
    delivered: u64,
    /// Calls that the server read completely more than once.
    repeated: u64,
    /// Calls that were carried out more than once.
    doubled: u64,
    overrun: Duration,
}

impl Tally {
    pub(crate) fn add(&mut self, ledger: Ledger) {
        ledger.check();
        for told in &ledger.told {
            let count = if told.safe_to_repeat { &mut self.look_ups } else { &mut self.calls };
            let fates: Vec<Fate> =
                ledger.deliveries.iter().filter(|one| one.id == told.id).map(|one| one.fate).collect();
            let carried_out = fates.iter().filter(|fate| **fate == Fate::CarriedOut).count();
            count.made += 1;
            count.succeeded += u64::from(told.succeeded);
            count.attempts += u64::from(told.attempts);
            count.delivered += fates.len() as u64;
            count.repeated += u64::from(fates.len() > 1);
            count.doubled += u64::from(carried_out > 1);
            count.overrun = count.overrun.max(told.took.saturating_sub(ledger.limits.total));
        }
        for delivery in ledger.deliveries {
            self.deliveries += 1;
            let (seed, nonce) = (ledger.seed, delivery.nonce);
            assert!(!nonce.is_empty() && self.nonces.insert(nonce), "seed {seed}: a nonce came twice");
        }
    }

    /// Checks that the schedules really tested the promises.
    pub(crate) fn check(&self, schedules: u64) {
        assert_eq!(self.calls.doubled, 0);
        assert_eq!(self.nonces.len() as u64, self.deliveries);
        if schedules >= 1000 {
            let Self { calls, look_ups, .. } = self;
            assert!(calls.repeated * 50 > schedules, "refused calls are sent again");
            assert!(look_ups.doubled * 20 > schedules, "what may be repeated is");
            assert!(look_ups.succeeded * 2 > look_ups.made, "most of what may be repeated succeeds");
            let more = look_ups.succeeded * calls.made > calls.succeeded * look_ups.made;
            assert!(more, "repeating is what helps");
        }
    }
}

impl fmt::Display for Tally {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} deliveries, as many nonces", self.deliveries)?;
        for (name, count) in [("MakeCall", &self.calls), ("safe to repeat", &self.look_ups)] {
            let Count { made, succeeded, attempts, delivered, repeated, doubled, overrun } = count;
            write!(
                f,
                "; {name}: {made} calls, {attempts} attempts, {delivered} deliveries, {succeeded} succeeded, {repeated} \
                 delivered again, {doubled} carried out twice, at most {overrun:.1?} over time"
            )?;
        }
        Ok(())
    }
}

//! Detects nonces that are used twice, in bounded memory.

use std::collections::{HashSet, VecDeque};
use std::time::{Duration, SystemTime};

use sha2::{Digest, Sha256};

/// Remembers nonces as long as their timestamps are accepted.
pub(super) struct Nonces {
    capacity: usize,
    kept_for: Duration,
    /// When each was first seen, oldest first.
    order: VecDeque<(SystemTime, Fingerprint)>,
    seen: HashSet<Fingerprint>,
}

/// The hash of an access key id and a nonce. Its size is fixed, however long the nonce is.
type Fingerprint = [u8; 32];

impl Nonces {
    /// Remembers at most `capacity` nonces, each for `kept_for`. Beyond that, the oldest are forgotten.
    pub(super) fn new(capacity: usize, kept_for: Duration) -> Self {
        Self { capacity, kept_for, order: VecDeque::new(), seen: HashSet::new() }
    }

    /// Remembers a nonce. Returns whether it is new for this access key.
    pub(super) fn first_use(&mut self, key_id: &str, nonce: &str, now: SystemTime) -> bool {
        self.forget(now);
        let mut hash = Sha256::new();
        hash.update(key_id.as_bytes());
        hash.update([0]);
        hash.update(nonce.as_bytes());
        let fingerprint = hash.finalize().into();
        if !self.seen.insert(fingerprint) {
            return false;
        }
        self.order.push_back((now, fingerprint));
        true
    }

    fn forget(&mut self, now: SystemTime) {
        while let Some((first_seen, fingerprint)) = self.order.front() {
            let stale = now.duration_since(*first_seen).is_ok_and(|age| age > self.kept_for);
            if !stale && self.order.len() < self.capacity {
                return;
            }
            self.seen.remove(fingerprint);
            self.order.pop_front();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const MINUTE: Duration = Duration::from_secs(60);
    const START: SystemTime = SystemTime::UNIX_EPOCH;

    #[test]
    fn second_use_is_detected() {
        let mut nonces = Nonces::new(10, MINUTE);
        assert!(nonces.first_use("id", "n", START));
        assert!(!nonces.first_use("id", "n", START + MINUTE));
    }

    #[test]
    fn access_keys_have_nonces_of_their_own() {
        let mut nonces = Nonces::new(10, MINUTE);
        assert!(nonces.first_use("id", "n", START));
        assert!(nonces.first_use("other", "n", START));
    }

    #[test]
    fn nonce_is_forgotten_when_its_timestamp_has_expired() {
        let mut nonces = Nonces::new(10, MINUTE);
        assert!(nonces.first_use("id", "n", START));
        assert!(nonces.first_use("id", "n", START + 2 * MINUTE));
    }

    #[test]
    fn memory_stays_within_its_capacity() {
        let mut nonces = Nonces::new(3, MINUTE);
        for nonce in 0..100 {
            assert!(nonces.first_use("id", &nonce.to_string(), START));
        }
        assert_eq!((nonces.order.len(), nonces.seen.len()), (3, 3));
    }
}
